//! Which keys each SDK picks where a profile has several, one case to a row: the second table of `docs/compatibility.md`.
//! As in `table.rs` the answers are not written down: `why` gives them.

use super::{
    Engine, Files,
    why::{Asked, Base, Found, why},
};
use crate::document::Document;

/// Kinds of keys in one profile, and chains: which each SDK picks for profile `a`.
#[derive(Clone, Copy, Debug)]
pub struct Pick {
    /// What stands in the profile.
    pub name: &'static str,
    /// The sample's config.
    pub config: &'static str,
    /// The sample's credentials; empty where there are none.
    pub credentials: &'static str,
}

impl Pick {
    /// Where the SDK ends, short enough for a table; empty for rust-ini.
    pub fn answer(&self, engine: Engine) -> String {
        let document = |text: &str| (!text.is_empty()).then(|| Document::parse(text.into()));
        let (config, credentials) = (document(self.config), document(self.credentials));
        let files = Files {
            config: config.as_ref(),
            credentials: credentials.as_ref(),
        };
        let Ok(reading) = engine.read(files) else {
            return "refuses the file".to_owned();
        };
        let asked = Asked {
            files,
            reading: &reading,
            variable: &|_| None,
        };
        match why(engine, asked, "a").map(|why| why.end) {
            None => String::new(),
            Some(Err(stop)) => format!("error: {}", stop.words),
            Some(Ok(found)) => ended(&found),
        }
    }
}

fn ended(found: &Found<'_>) -> String {
    let mut text = match &found.base {
        Base::Keys {
            profile,
            key_id,
            has_token,
        } => {
            let token = if *has_token { " and a token" } else { "" };
            format!("keys {key_id} of {profile}{token}")
        }
        Base::WebIdentity { profile, .. } => format!("web identity of {profile}"),
        Base::Sso { profile, .. } => format!("portal of {profile}"),
        Base::Process { profile } => format!("process of {profile}"),
        Base::Login { profile } => format!("console sign-in of {profile}"),
        Base::Named { source, .. } => source.to_string(),
        Base::Beyond => "none; asks container and machine".to_owned(),
    };
    for role in &found.roles {
        text = format!("{text}, role {}", role.role_arn);
    }
    text
}

/// All picks, in the order of the page.
#[rustfmt::skip]
pub const PICKS: &[Pick] = &[
    Pick { name: "keys and a portal", config: "[profile a]\nsso_start_url = u\nsso_region = r\nsso_account_id = 1\nsso_role_name = R\naws_access_key_id = K\naws_secret_access_key = s\n", credentials: "" },
    Pick { name: "keys in config and a process", config: "[profile a]\ncredential_process = p\naws_access_key_id = K\naws_secret_access_key = s\n", credentials: "" },
    Pick { name: "keys in credentials and a process", config: "[profile a]\ncredential_process = p\n", credentials: "[a]\naws_access_key_id = K\naws_secret_access_key = s\n" },
    Pick { name: "keys and a console sign-in", config: "[profile a]\nlogin_session = l\naws_access_key_id = K\naws_secret_access_key = s\n", credentials: "" },
    Pick { name: "keys and a web identity", config: "[profile a]\nrole_arn = A\nweb_identity_token_file = f\naws_access_key_id = K\naws_secret_access_key = s\n", credentials: "" },
    Pick { name: "keys and a role without a source", config: "[profile a]\nrole_arn = A\naws_access_key_id = K\naws_secret_access_key = s\n", credentials: "" },
    Pick { name: "keys, a role and its source", config: "[profile a]\nrole_arn = A\nsource_profile = b\naws_access_key_id = K\naws_secret_access_key = s\n[profile b]\naws_access_key_id = B\naws_secret_access_key = s\n", credentials: "" },
    Pick { name: "a source profile that has a role too", config: "[profile a]\nrole_arn = A\nsource_profile = b\n[profile b]\nrole_arn = B\nsource_profile = c\naws_access_key_id = KB\naws_secret_access_key = s\n[profile c]\naws_access_key_id = KC\naws_secret_access_key = s\n", credentials: "" },
    Pick { name: "a role that starts from itself", config: "[profile a]\nrole_arn = A\nsource_profile = a\naws_access_key_id = K\naws_secret_access_key = s\n", credentials: "" },
    Pick { name: "two roles in a circle, keys in the first", config: "[profile a]\nrole_arn = A\nsource_profile = b\naws_access_key_id = K\naws_secret_access_key = s\n[profile b]\nrole_arn = B\nsource_profile = a\n", credentials: "" },
    Pick { name: "source_profile and credential_source", config: "[profile a]\nrole_arn = A\nsource_profile = b\ncredential_source = Ec2InstanceMetadata\n[profile b]\naws_access_key_id = K\naws_secret_access_key = s\n", credentials: "" },
    Pick { name: "source_profile without a role", config: "[profile a]\nsource_profile = b\n[profile b]\naws_access_key_id = K\naws_secret_access_key = s\n", credentials: "" },
    Pick { name: "credential_source in other letters", config: "[profile a]\nrole_arn = A\ncredential_source = ec2instancemetadata\n", credentials: "" },
    Pick { name: "half a key pair and a process", config: "[profile a]\naws_access_key_id = K\ncredential_process = p\n", credentials: "" },
    Pick { name: "half a key pair in each file", config: "[profile a]\naws_access_key_id = K\n", credentials: "[a]\naws_secret_access_key = s\n" },
    Pick { name: "old token in config, new keys in credentials", config: "[profile a]\naws_session_token = old\n", credentials: "[a]\naws_access_key_id = K\naws_secret_access_key = s\n" },
    Pick { name: "a portal's account without its role", config: "[profile a]\nsso_account_id = 1\naws_access_key_id = K\naws_secret_access_key = s\n", credentials: "" },
    Pick { name: "a portal's region, said twice", config: "[profile a]\nsso_session = s\nsso_region = r\nsso_account_id = 1\nsso_role_name = R\n[sso-session s]\nsso_region = r\nsso_start_url = u\n", credentials: "" },
];
