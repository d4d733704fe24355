//! Where one signs in: a portal as the files describe it, and which permission set of it a profile wants. Both forms are
//! read, a section of its own (`[sso-session x]`) and the older one in the profile itself. What is missing or unfit says
//! so by kind; nothing here connects.
//! Sources: AWS SDKs and Tools Reference, “IAM Identity Center credential provider”; botocore `credentials.py`
//! (`SSOProvider`) and `tokens.py`.

use super::{
    Home, Profile, Source, Variables,
    arn::is_account_id,
    endpoint::{Named, SSO, SSO_OIDC, endpoint_in_variables, is_region},
    session::Portal,
};
use crate::caches;

/// What a sign-in may be used for where the section does not say: as the AWS CLI.
const SCOPE: &str = "sso:account:access";

/// What a portal goes by, and with it its token's file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PortalKey {
    /// The name of its section.
    Session(String),
    /// The start URL exactly as written: the older form.
    StartUrl(String),
}

impl PortalKey {
    /// The text that names the token's file.
    pub fn text(&self) -> &str {
        match self {
            Self::Session(text) | Self::StartUrl(text) => text,
        }
    }
}

/// A portal, ready to sign in at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInAt {
    /// What it goes by.
    pub key: PortalKey,
    /// For sentences.
    pub name: String,
    /// Its address.
    pub start_url: String,
    /// Its region.
    pub region: String,
    /// As the section has them.
    pub scopes: Vec<String>,
    /// Another address for its sign-in, and where that is named.
    pub oidc_endpoint: Option<Named>,
    /// Another address for its accounts, and where that is named.
    pub sso_endpoint: Option<Named>,
    /// Addresses that speak IPv6 too are asked for.
    pub dual_stack: bool,
}

/// Why there is no signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadPortal {
    /// There is no section of this name.
    NoSection(String),
    /// This key is not set.
    Lacks(&'static str),
    /// A value that AWS would refuse, or that must not become part of an address.
    Value {
        /// Its key.
        key: &'static str,
        /// What it has to be.
        rule: &'static str,
    },
}

/// A role that a portal gives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PermissionSet {
    /// Twelve digits.
    pub account_id: String,
    /// Its name.
    pub role_name: String,
}

impl SignInAt {
    /// The portal of this section.
    ///
    /// # Errors
    /// What is missing or unfit.
    pub fn of_session(home: &Home, name: &str, variables: &Variables) -> Result<Self, BadPortal> {
        Ok(Self::section(home, name)?.reached(home, variables))
    }

    fn section(home: &Home, name: &str) -> Result<Self, BadPortal> {
        let section = home
            .sso_session(name)
            .ok_or_else(|| BadPortal::NoSection(name.to_owned()))?
            .section;
        let value = |key: &str| {
            let found = home
                .properties(section)
                .filter(|property| property.key.eq_ignore_ascii_case(key));
            let text = found.last()?.value.into_owned();
            Some(text).filter(|text| !text.is_empty())
        };
        let scopes = value("sso_registration_scopes").unwrap_or_default();
        let scopes = scopes.split(',').map(str::trim);
        let portal = Self {
            key: PortalKey::Session(name.to_owned()),
            name: name.to_owned(),
            start_url: value("sso_start_url").ok_or(BadPortal::Lacks("sso_start_url"))?,
            region: value("sso_region").ok_or(BadPortal::Lacks("sso_region"))?,
            scopes: scopes
                .filter(|scope| !scope.is_empty())
                .map(str::to_owned)
                .collect(),
            oidc_endpoint: None,
            sso_endpoint: None,
            dual_stack: false,
        };
        portal.checked()
    }

    /// The portal that a profile signs in at.
    ///
    /// # Errors
    /// What is missing or unfit.
    pub fn of_profile(profile: Profile<'_>, variables: &Variables) -> Result<Self, BadPortal> {
        let value = |key: &'static str| profile.get(key).map(|it| it.value.into_owned());
        let mut portal = if let Some(session) = value("sso_session") {
            Self::section(profile.home, &session)?
        } else {
            let start_url = value("sso_start_url").ok_or(BadPortal::Lacks("sso_start_url"))?;
            let portal = Self {
                name: Portal::of(&start_url).name.into(),
                key: PortalKey::StartUrl(start_url.clone()),
                start_url,
                region: value("sso_region").ok_or(BadPortal::Lacks("sso_region"))?,
                scopes: Vec::new(),
                oidc_endpoint: None,
                sso_endpoint: None,
                dual_stack: false,
            };
            portal.checked()?
        };
        portal.reach_as(profile, variables);
        Ok(portal)
    }

    /// Every portal of a home, those with a section first, each once; what is wrong with one stands in its place.
    pub fn all(home: &Home, variables: &Variables) -> Vec<(String, Result<Self, BadPortal>)> {
        let mut names: Vec<&str> = Vec::new();
        for session in home.sso_sessions() {
            if !names.contains(&&*session.name) {
                names.push(&session.name);
            }
        }
        let sessions = names.into_iter().map(|name| {
            let portal = Self::of_session(home, name, variables);
            (name.to_owned(), portal)
        });
        let mut all: Vec<_> = sessions.collect();
        let mut seen: Vec<String> = Vec::new();
        for profile in home.profiles().filter(|it| it.source() == Source::Sso) {
            if profile.get("sso_session").is_some() {
                continue;
            }
            let Some(url) = profile.get("sso_start_url") else {
                continue;
            };
            if !seen.contains(&url.value.to_string()) {
                seen.push(url.value.to_string());
                let name = Portal::of(&url.value).name.into_string();
                all.push((name, Self::of_profile(profile, variables)));
            }
        }
        all
    }

    /// The file of `sso/cache` with its token.
    pub fn token_file(&self) -> String {
        caches::sso_token_file(self.key.text())
    }

    /// The file of `sso/cache` in which programs that go by botocore's name keep their registration.
    pub fn registration_file(&self) -> String {
        let session = match &self.key {
            PortalKey::Session(name) => Some(name.as_str()),
            PortalKey::StartUrl(_) => None,
        };
        let scopes: Vec<&str> = self.scopes.iter().map(String::as_str).collect();
        let scopes = (!scopes.is_empty()).then_some(&scopes[..]);
        caches::sso_registration_file(&self.start_url, &self.region, session, scopes)
    }

    /// What is asked for; a portal of the older form asks for nothing, and its token can't be renewed.
    pub fn asked_scopes(&self) -> Vec<String> {
        match (&self.key, self.scopes.as_slice()) {
            (PortalKey::Session(_), []) => vec![SCOPE.to_owned()],
            (_, scopes) => scopes.to_vec(),
        }
    }

    /// Whether a profile signs in here.
    pub fn is_of(&self, profile: Profile<'_>) -> bool {
        let own = Portal::key(profile);
        let is_session = profile.get("sso_session").is_some();
        own.is_some_and(|own| {
            *own == *self.key.text() && is_session == matches!(self.key, PortalKey::Session(_))
        })
    }

    fn checked(self) -> Result<Self, BadPortal> {
        let host = self.start_url.to_ascii_lowercase();
        let host = host.strip_prefix("https://").unwrap_or_default();
        let host = host.split(['/', '#', '?']).next().unwrap_or_default();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:".contains(&byte);
        if host.is_empty()
            || !host.bytes().all(plain)
            || self.start_url.bytes().any(|byte| !byte.is_ascii_graphic())
        {
            return Err(BadPortal::Value {
                key: "sso_start_url",
                rule: "It looks like https://my-company.awsapps.com/start.",
            });
        }
        if !is_region(&self.region) {
            return Err(BadPortal::Value {
                key: "sso_region",
                rule: "It looks like eu-west-1.",
            });
        }
        Ok(self)
    }

    /// Where it is reached: what variables say, else what the first of its profiles says that says anything.
    fn reached(mut self, home: &Home, variables: &Variables) -> Self {
        let mut profiles = home.profiles().filter(|profile| self.is_of(*profile));
        let says = |profile: &Profile<'_>| {
            let named = profile.endpoint_of(SSO_OIDC, None, variables);
            named.is_some() || profile.is_dual_stack(variables)
        };
        let found = profiles.find(says);
        match found {
            Some(profile) => self.reach_as(profile, variables),
            None => {
                self.oidc_endpoint = endpoint_in_variables(SSO_OIDC, variables);
                self.sso_endpoint = endpoint_in_variables(SSO, variables);
            }
        }
        self
    }

    fn reach_as(&mut self, profile: Profile<'_>, variables: &Variables) {
        self.oidc_endpoint = profile.endpoint_of(SSO_OIDC, None, variables);
        self.sso_endpoint = profile.endpoint_of(SSO, None, variables);
        self.dual_stack = profile.is_dual_stack(variables);
    }
}

impl PermissionSet {
    /// The one that a profile names.
    ///
    /// # Errors
    /// What is missing or unfit.
    pub fn of(profile: Profile<'_>) -> Result<Self, BadPortal> {
        let value = |key: &'static str| {
            let value = profile.get(key).map(|it| it.value.into_owned());
            value.ok_or(BadPortal::Lacks(key))
        };
        let (account_id, role_name) = (value("sso_account_id")?, value("sso_role_name")?);
        if !is_account_id(&account_id) {
            return Err(BadPortal::Value {
                key: "sso_account_id",
                rule: "It has twelve digits.",
            });
        }
        // IAM Identity Center API Reference, `CreatePermissionSet`: `[\w+=,.@-]+`.
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
        if role_name.len() > 64 || !role_name.bytes().all(fits) {
            return Err(BadPortal::Value {
                key: "sso_role_name",
                rule: "It has letters, digits and _+=,.@-.",
            });
        }
        Ok(Self {
            account_id,
            role_name,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn home(config: &str) -> Home {
        Home::read(Some(Document::parse(config.as_bytes().to_vec())), None)
    }

    const BOTH: &str = "[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n\
        sso_registration_scopes = sso:account:access, codewhisperer:completions\n\
        [profile new]\nsso_session = acme\nsso_account_id = 012345678901\nsso_role_name = Admin\n\
        [profile old]\nsso_start_url = https://old.awsapps.com/start#/\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = A\n";

    #[test]
    fn both_forms_are_portals_and_each_is_listed_once() {
        let home = home(BOTH);
        let all = SignInAt::all(&home, &Variables::default());
        let names: Vec<_> = all.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["acme", "old"]);
        let new = all[0].1.clone().expect("whole");
        assert_eq!(
            new.asked_scopes(),
            ["sso:account:access", "codewhisperer:completions"]
        );
        let profile = |name| home.named_profile(name).expect("there");
        assert!(new.is_of(profile("new")) && !new.is_of(profile("old")));
        let set = PermissionSet::of(profile("new")).expect("whole");
        assert_eq!(
            (&*set.account_id, &*set.role_name),
            ("012345678901", "Admin")
        );
        let old = SignInAt::of_profile(profile("old"), &Variables::default()).expect("whole");
        assert!(old.asked_scopes().is_empty(), "its token can't be renewed");
        assert!(matches!(
            PermissionSet::of(profile("old")),
            Err(BadPortal::Value {
                key: "sso_account_id",
                ..
            })
        ));
    }

    #[test]
    fn what_must_not_become_an_address_is_refused() {
        let bad = |url: &str, region: &str| {
            let text = format!("[sso-session s]\nsso_start_url = {url}\nsso_region = {region}\n");
            SignInAt::of_session(&home(&text), "s", &Variables::default()).err()
        };
        assert_eq!(bad("https://acme.awsapps.com/start#/", "eu-west-1"), None);
        for url in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "http://acme.awsapps.com/start",
            "https://user@evil.example/start",
            "https:///start",
        ] {
            let found = bad(url, "eu-west-1");
            assert!(
                matches!(
                    found,
                    Some(BadPortal::Value {
                        key: "sso_start_url",
                        ..
                    })
                ),
                "{url}: {found:?}"
            );
        }
        for region in ["us-east-1.evil.test/#", "../", "EU"] {
            let found = bad("https://acme.awsapps.com/start", region);
            assert!(
                matches!(
                    found,
                    Some(BadPortal::Value {
                        key: "sso_region",
                        ..
                    })
                ),
                "{region}: {found:?}"
            );
        }
        let missing = SignInAt::of_session(&home(""), "s", &Variables::default());
        assert_eq!(missing, Err(BadPortal::NoSection("s".into())));
    }

    #[test]
    fn a_portal_is_reached_where_its_profiles_say_and_variables_win() {
        let text = BOTH.replace(
            "[profile new]\n",
            "[profile new]\nendpoint_url = http://127.0.0.1:1\n",
        );
        let home = home(&text);
        let at = |variables: &Variables| {
            let portal = SignInAt::of_session(&home, "acme", variables).expect("whole");
            portal.oidc_endpoint.map(|(url, _)| url)
        };
        assert_eq!(
            at(&Variables::default()).as_deref(),
            Some("http://127.0.0.1:1")
        );
        let named = Variables {
            endpoints: [(SSO_OIDC.to_owned(), "http://127.0.0.1:2".to_owned())].into(),
            ..Variables::default()
        };
        assert_eq!(at(&named).as_deref(), Some("http://127.0.0.1:2"));
    }
}
