//! The words of core in the words of the shells, one for one.

use rolecall_core::{profiles, rules, status};

use super::{FileKind, Safety, Severity, Source, Status};

impl From<profiles::File> for FileKind {
    fn from(file: profiles::File) -> Self {
        match file {
            profiles::File::Config => Self::Config,
            profiles::File::Credentials => Self::Credentials,
        }
    }
}

impl FileKind {
    /// Its name, as people and tools say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Config => profiles::File::Config.name(),
            Self::Credentials => profiles::File::Credentials.name(),
        }
    }
}

impl From<FileKind> for profiles::File {
    fn from(file: FileKind) -> Self {
        match file {
            FileKind::Config => Self::Config,
            FileKind::Credentials => Self::Credentials,
        }
    }
}

impl From<profiles::Source> for Source {
    fn from(source: profiles::Source) -> Self {
        match source {
            profiles::Source::StaticKeys => Self::StaticKeys,
            profiles::Source::SessionKeys => Self::SessionKeys,
            profiles::Source::Sso => Self::Sso,
            profiles::Source::AssumeRole => Self::AssumeRole,
            profiles::Source::WebIdentity => Self::WebIdentity,
            profiles::Source::Process => Self::Process,
            profiles::Source::Login => Self::Login,
            profiles::Source::CredentialSource => Self::CredentialSource,
            profiles::Source::None => Self::None,
        }
    }
}

impl Source {
    /// As in JSON and in filters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StaticKeys => "staticKeys",
            Self::SessionKeys => "sessionKeys",
            Self::Sso => "sso",
            Self::AssumeRole => "assumeRole",
            Self::WebIdentity => "webIdentity",
            Self::Process => "process",
            Self::Login => "login",
            Self::CredentialSource => "credentialSource",
            Self::None => "none",
        }
    }
}

impl From<status::Status> for Status {
    fn from(status: status::Status) -> Self {
        match status {
            status::Status::Broken => Self::Broken,
            status::Status::Warning => Self::Warning,
            status::Status::Ended => Self::Ended,
            status::Status::Unchecked => Self::Unchecked,
            status::Status::Connected => Self::Connected,
        }
    }
}

impl Status {
    /// As in JSON, on the command line and in filters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Warning => "warning",
            Self::Ended => "ended",
            Self::Unchecked => "unchecked",
            Self::Connected => "connected",
        }
    }
}

impl From<rules::Severity> for Severity {
    fn from(severity: rules::Severity) -> Self {
        match severity {
            rules::Severity::Error => Self::Error,
            rules::Severity::Warning => Self::Warning,
            rules::Severity::Info => Self::Info,
        }
    }
}

impl From<rules::Safety> for Safety {
    fn from(safety: rules::Safety) -> Self {
        match safety {
            rules::Safety::Safe => Self::Safe,
            rules::Safety::Choice => Self::Choice,
        }
    }
}
