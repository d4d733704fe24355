//! What is noted down of a version. It names no value of a file and holds no text of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::view::FileKind;

/// What is known of a version besides its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Version {
    /// When it was seen.
    pub at: Timestamp,
    /// Which of the two files.
    pub file: FileKind,
    /// Where that lay.
    pub path: String,
    /// Bytes of the file.
    pub size: usize,
    /// The name of its bytes; none where no file was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blob: Option<String>,
    /// The key that its bytes are encrypted with; none where they are kept without secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What Rolecall did; none where another program did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deed: Option<Deed>,
    /// The version that stood there before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
}

/// Something that Rolecall did, to one file or to both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Deed {
    /// The same for all that belongs together, and is taken back together.
    pub id: String,
    /// In a person's words, such as `Set region of acme-dev`.
    pub what: String,
    /// The change that this one takes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
}
