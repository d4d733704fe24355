//! What AWS tools keep between runs below `~/.aws`: how the files are named and what they say. Read as possibly torn JSON of
//! any tool; of secrets only fingerprints leave. Names are held against those that the AWS CLI's own classes computed.
//! Not here: opening them (`engine/look.rs`).

mod cli;
mod login;
mod names;
mod sign_in;
mod sso;

pub use cli::{AssumeRole, CliKeys, assume_role_file, cli_keys, sso_keys_file};
pub use login::{ConsoleSignIn, LoginToken, login_file, login_token, renewed_login};
pub use sign_in::{Registration, Renewal, SignIn};
pub use sso::{SsoToken, sso_registration_file, sso_token, sso_token_file};

use jiff::Timestamp;

/// A time as tools write it: RFC 3339, with `UTC` for `Z` in old files, or a blank instead of the `T`.
pub fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    match text.strip_suffix("UTC") {
        Some(text) => format!("{}Z", text.trim_end()).parse().ok(),
        None => text.parse().ok(),
    }
}
