//! How each reader sees the same lines. One file per reader, named as the reader is; `canonical` is the reading that
//! Rolecall lists. All answer in the form of `reading`, from the rows of `document`.
//!
//! The rows of the table that the folds point to (“row …”) are those of `docs/compatibility.md`.

pub mod beside;
pub mod botocore;
pub mod canonical;
pub mod go;
pub mod java;
pub mod js;
pub mod locations;
pub mod picks;
pub mod process;
mod reading;
pub mod rust;
pub mod rust_ini;
mod shlex;
pub mod table;
pub mod why;

pub(crate) use js::OF_OBJECTS;
pub use reading::{At, Block, Files, Property, Reading, Reason, Refusal, Section, Sections, Value};

/// A family of programs that read the files with one parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Engine {
    /// AWS CLI, boto3 and all that stands on botocore.
    Botocore,
    /// AWS SDK for JavaScript v3.
    Js,
    /// AWS SDK for Go v2.
    Go,
    /// AWS SDK for Java v2.
    Java,
    /// AWS SDK for Rust.
    Rust,
    /// The crate rust-ini, with which `OpenDAL` and rust-s3 read the files.
    RustIni,
}

impl Engine {
    /// All six, those first that most people use.
    pub const ALL: [Self; 6] = [
        Self::Botocore,
        Self::Js,
        Self::Go,
        Self::Java,
        Self::Rust,
        Self::RustIni,
    ];

    /// The SDKs of AWS, which know profiles and get keys with them.
    pub const SDKS: [Self; 5] = [Self::Botocore, Self::Js, Self::Go, Self::Java, Self::Rust];

    /// The name on the command line and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Botocore => "botocore",
            Self::Js => "js",
            Self::Go => "go",
            Self::Java => "java",
            Self::Rust => "rust",
            Self::RustIni => "rust-ini",
        }
    }

    /// Who reads with it, as a person would say it.
    pub const fn used_by(self) -> &'static str {
        match self {
            Self::Botocore => "AWS CLI, boto3",
            Self::Js => "JavaScript",
            Self::Go => "Go",
            Self::Java => "Java",
            Self::Rust => "Rust",
            Self::RustIni => "OpenDAL, rust-s3",
        }
    }

    /// The engine of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// Reads both files as this engine does.
    ///
    /// # Errors
    /// The engine's refusal to read anything, with the line that it stumbles over.
    pub fn read(self, files: Files<'_>) -> Result<Reading<'_>, Refusal> {
        match self {
            Self::Botocore => botocore::read(files),
            Self::Js => Ok(js::read(files)),
            Self::Go => go::read(files),
            Self::Java => java::read(files),
            Self::Rust => rust::read(files),
            Self::RustIni => Ok(rust_ini::read(files)),
        }
    }
}

/// Whether a name or a key has only the letters that the published grammar allows; nothing at all is allowed.
/// Source: aws-runtime `validate_identifier`, Java's `ProfileFileReader`.
pub(crate) fn is_identifier(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_-/.%@:+".contains(&byte))
}
