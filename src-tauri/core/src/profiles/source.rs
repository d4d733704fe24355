//! Where the keys of a profile would come from, by its own properties alone.

use super::{File, Profile};

/// What a tool would do to get keys with this profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// Take the key ID and the secret from a file.
    StaticKeys,
    /// Take them with a session token.
    SessionKeys,
    /// Ask the portal for the keys of a permission-set role.
    Sso,
    /// Assume a role with the keys of `source_profile`. Also a role that names no source: it can't start.
    AssumeRole,
    /// Assume a role with the token of a file.
    WebIdentity,
    /// Run `credential_process`.
    Process,
    /// Use a console sign-in, `login_session`.
    Login,
    /// Assume a role with keys of the environment, the instance or the container.
    CredentialSource,
    /// Nothing: no key of the profile says how.
    None,
}

impl Source {
    /// The order is botocore's, the AWS CLI's own (`credentials.py`, `ProfileProviderBuilder` and the providers after
    /// it); the other SDKs differ where a profile has two kinds at once, which the compatibility view will say.
    pub(super) fn of(profile: Profile<'_>) -> Self {
        let has = |key| profile.has(key);
        let keys_in = |file| profile.has_in(file, "aws_access_key_id");
        if has("role_arn") {
            return if has("web_identity_token_file") {
                Self::WebIdentity
            } else if has("credential_source") && !has("source_profile") {
                Self::CredentialSource
            } else {
                Self::AssumeRole
            };
        }
        if [
            "sso_session",
            "sso_account_id",
            "sso_role_name",
            "sso_start_url",
        ]
        .into_iter()
        .any(has)
        {
            return Self::Sso;
        }
        if keys_in(File::Credentials) {
            return Self::keys(profile);
        }
        if has("login_session") {
            return Self::Login;
        }
        if has("credential_process") {
            return Self::Process;
        }
        if keys_in(File::Config) || has("aws_secret_access_key") {
            return Self::keys(profile);
        }
        Self::None
    }

    fn keys(profile: Profile<'_>) -> Self {
        let has_token = ["aws_session_token", "aws_security_token"]
            .into_iter()
            .any(|key| profile.has(key));
        if has_token {
            Self::SessionKeys
        } else {
            Self::StaticKeys
        }
    }

    /// It assumes a role from another profile or from outside (seed S6).
    pub fn assumes_role(self) -> bool {
        matches!(self, Self::AssumeRole | Self::CredentialSource)
    }

    /// The keys themselves stand in a file.
    pub fn has_keys(self) -> bool {
        matches!(self, Self::StaticKeys | Self::SessionKeys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::Document, profiles::Home};

    fn source(config: &str, credentials: &str) -> Source {
        let document = |text: &str| Some(Document::parse(text.as_bytes().to_vec()));
        Home::read(document(config), document(credentials))
            .named_profile("a")
            .expect("profile a")
            .source()
    }

    #[test]
    fn each_kind_is_told_by_its_keys() {
        let role = "role_arn = arn:aws:iam::111122223333:role/R";
        assert_eq!(
            source(
                "",
                "[a]\naws_access_key_id = A\naws_secret_access_key = s\n"
            ),
            Source::StaticKeys
        );
        assert_eq!(
            source("", "[a]\naws_access_key_id = A\naws_session_token = t\n"),
            Source::SessionKeys
        );
        assert_eq!(source("[profile a]\nsso_session = s\n", ""), Source::Sso);
        assert_eq!(source("[profile a]\nsso_start_url = u\n", ""), Source::Sso);
        assert_eq!(
            source(&format!("[profile a]\n{role}\nsource_profile = b\n"), ""),
            Source::AssumeRole
        );
        assert_eq!(
            source(&format!("[profile a]\n{role}\n"), ""),
            Source::AssumeRole,
            "it can't start, and is a role"
        );
        assert_eq!(
            source(
                &format!("[profile a]\n{role}\ncredential_source = Environment\n"),
                ""
            ),
            Source::CredentialSource
        );
        assert_eq!(
            source(
                &format!("[profile a]\n{role}\nweb_identity_token_file = f\n"),
                ""
            ),
            Source::WebIdentity
        );
        assert_eq!(
            source("[profile a]\ncredential_process = p\n", ""),
            Source::Process
        );
        assert_eq!(
            source("[profile a]\nlogin_session = l\n", ""),
            Source::Login
        );
        assert_eq!(source("[profile a]\nregion = x\n", ""), Source::None);
        assert_eq!(
            source("[profile a]\naws_access_key_id =\n", ""),
            Source::None,
            "set to nothing is not set"
        );
    }

    #[test]
    fn of_two_kinds_the_one_that_the_aws_cli_takes_is_named() {
        let keys = "[a]\naws_access_key_id = A\naws_secret_access_key = s\n";
        assert_eq!(source("[profile a]\nsso_session = s\n", keys), Source::Sso);
        assert_eq!(
            source("[profile a]\ncredential_process = p\n", keys),
            Source::StaticKeys
        );
        assert_eq!(
            source(
                "[profile a]\ncredential_process = p\naws_access_key_id = A\naws_secret_access_key = s\n",
                ""
            ),
            Source::Process
        );
    }
}
