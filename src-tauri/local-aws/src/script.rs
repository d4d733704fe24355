//! What this AWS is told to answer, instead of the truth or with it: one answer for one request, in order, per action.
//! For what no request can cause: a server that is busy, off, silent, broken, or not AWS at all.

use serde::{Deserialize, Serialize};

/// One answer out of the script.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Scripted {
    /// A refusal with this status, code and message.
    Refuse {
        /// HTTP status.
        status: u16,
        /// `InternalFailure`.
        code: String,
        /// A sentence.
        message: String,
    },
    /// 400 `Throttling`, `Rate exceeded`.
    Throttled,
    /// 403 `RegionDisabledException`.
    RegionDisabled,
    /// Anything at all: a proxy's HTML page, an answer that lies.
    Page {
        /// HTTP status.
        status: u16,
        /// `text/html`.
        content_type: String,
        /// The whole body.
        body: String,
    },
    /// 302 to elsewhere.
    Redirect {
        /// Where to.
        location: String,
    },
    /// Nothing, until the caller hangs up.
    Hang,
    /// The true answer's head and half of its body, then the connection is reset.
    Reset,
    /// Half of the true answer's body, as a whole message. aws-sdk-sts 1.124 reads half an answer to `AssumeRole` as a
    /// whole one, with a token cut off and an end in 1970.
    Truncated,
}

impl Scripted {
    /// Its name in the log.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Refuse { .. } => "refuse",
            Self::Throttled => "throttled",
            Self::RegionDisabled => "region_disabled",
            Self::Page { .. } => "page",
            Self::Redirect { .. } => "redirect",
            Self::Hang => "hang",
            Self::Reset => "reset",
            Self::Truncated => "truncated",
        }
    }
}
