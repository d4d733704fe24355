//! What can't be changed so, each with its sentence.

use rolecall_core::intent::{Named, Refusal};

use crate::{failure::Failure, snapshot::Snapshot, view::FailureCode};

impl Failure {
    /// A secret stands on the command line, where other programs can read it.
    pub fn secret_argument(key: &str) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "secret.argument",
            format!(
                "{key} is a secret, and arguments can be read by other programs of this machine."
            ),
            "Give - as its value: it is read from standard input then, or asked for.",
        )
    }

    /// A change of both files came to an end after the first one, which could not be taken back.
    pub(super) fn but_stands(self, first: &str) -> Self {
        Self {
            message: format!("{} The change of {first} stands.", self.message),
            hint: format!("Undo takes the change of {first} back. {}", self.hint),
            ..self
        }
    }

    /// A file that AWS tools can't read as text.
    pub(super) fn no_text(file: &str) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "file.noText",
            format!("{file} is no text that AWS tools read, so it is left as it is."),
            "Save it as UTF-8, or put back a copy of it from History.",
        )
    }

    /// Why an intent was not carried out on these files.
    pub(super) fn refusal(refusal: &Refusal, snapshot: &Snapshot) -> Self {
        match refusal {
            Refusal::Missing(Named::Profile(name)) => {
                let closest = snapshot.home().closest_to(name);
                Self::no_such_profile(name, closest.map(rolecall_core::profiles::Profile::name))
            }
            other => Self::not_written(other),
        }
    }

    /// Why a value, key or name is not written.
    pub(super) fn not_written(refusal: &Refusal) -> Self {
        let unsupported =
            |cause, message, hint: &str| Self::new(FailureCode::Unsupported, cause, message, hint);
        match refusal {
            Refusal::Missing(Named::Profile(name)) => Self::no_such_profile(name, None),
            Refusal::Missing(Named::SsoSession(name)) => Self::new(
                FailureCode::NotFound,
                "portal.notFound",
                format!("There is no [sso-session {name}] in config."),
                "Name one that is there, or add it.",
            ),
            Refusal::Taken(Named::Profile(name)) => unsupported(
                "profile.nameTaken",
                format!("There is a profile “{name}” already."),
                "Choose another name.",
            ),
            Refusal::Taken(Named::SsoSession(name)) => unsupported(
                "portal.nameTaken",
                format!("There is an [sso-session {name}] already."),
                "Choose another name.",
            ),
            Refusal::NotSet { key } => Self::new(
                FailureCode::NotFound,
                "key.notFound",
                format!("{key} is not set there."),
                "Look with rolecall show, or choose the other file.",
            ),
            Refusal::Name { name, because } => unsupported(
                "profile.oddName",
                format!("“{name}” is no name for a profile: {because}."),
                "Use letters, digits, - and _, such as acme-dev.",
            ),
            Refusal::Value { key, because } => unsupported(
                "key.oddValue",
                format!("This value of {key} can't be written: {because}."),
                "Give another value. What only some tools read can be typed in the file editor.",
            ),
            Refusal::Twice { key } => unsupported(
                "key.twice",
                format!("{key} is given twice."),
                "Give it one value; the AWS CLI refuses a file that has two.",
            ),
            Refusal::HasValue { key } => unsupported(
                "key.hasValue",
                format!("{key} has a value, so it can't have settings below it."),
                &format!("Unset {key} first, then set them."),
            ),
            Refusal::Key { key } => unsupported(
                "key.odd",
                format!("“{key}” is no key of a profile."),
                "Keys have small letters, digits and _, such as region or s3.max_queue_size.",
            ),
            Refusal::Same => unsupported(
                "change.same",
                "The files are so already.".into(),
                "There is nothing to do.",
            ),
        }
    }
}
