//! What choosing a profile fills into the account form. Names and labels are offered, never chosen silently.

use rolecall_core::profiles::{Profile, Source};

use super::short_key_id;
use crate::{
    failure::Failure,
    snapshot::Snapshot,
    view::{Label, ProfileChoice},
};

impl Snapshot {
    /// What a profile fills into the account form.
    ///
    /// # Errors
    /// `notFound` when its name is gone.
    pub(crate) fn profile_choice(&self, id: u32) -> Result<ProfileChoice, Failure> {
        let profile = self.profile(id)?;
        let has_keys = profile.source().has_keys();
        let key_id = profile.get("aws_access_key_id").filter(|_| has_keys);
        let mut roles = self.roles_of([profile.name()].into_iter());
        let roles = roles.remove(&profile.id).unwrap_or_default();
        let text = |key| Some(profile.get(key)?.value.into_owned());
        Ok(ProfileChoice {
            profile: self.profile_ref(profile),
            status: self.status(profile).0.into(),
            keys_at: key_id.as_ref().map(|key_id| Self::place(key_id.place)),
            keys_from: keys_from(profile),
            key_id: key_id.and_then(|_| short_key_id(profile)),
            region: text("region"),
            roles: roles
                .into_iter()
                .map(|role| self.role_choice(role))
                .collect(),
            name: self.free_name(&title_case(profile.name())),
            label: label(profile.name()),
            endpoint: text("endpoint_url"),
        })
    }

    /// The name, or the first of `name 2`, `name 3` … that no account has.
    fn free_name(&self, name: &str) -> String {
        let is_free = |wanted: &String| {
            let mut accounts = self.around.accounts.all();
            accounts.all(|(_, account)| account.name.to_lowercase() != wanted.to_lowercase())
        };
        let names = (2..).map(|number: u32| format!("{name} {number}"));
        let mut names = std::iter::once(name.to_owned()).chain(names);
        names
            .find(is_free)
            .expect("there are more numbers than accounts")
    }
}

/// Where keys come from, in the words of the form.
fn keys_from(profile: Profile<'_>) -> String {
    let text = |key| profile.get(key).map(|property| property.value.into_owned());
    match profile.source() {
        Source::StaticKeys | Source::SessionKeys => {
            let place = profile
                .get("aws_access_key_id")
                .map(|id| id.place.file.name());
            place.unwrap_or("nothing").to_owned()
        }
        Source::Sso => profile.portal().map_or_else(
            || "a portal".to_owned(),
            |portal| format!("{} portal", portal.name),
        ),
        Source::AssumeRole => text("source_profile").map_or_else(
            || "a role without a source".to_owned(),
            |from| format!("a role that starts from {from}"),
        ),
        Source::CredentialSource => text("credential_source").unwrap_or_default(),
        Source::WebIdentity => "a token file".to_owned(),
        Source::Process => "credential_process".to_owned(),
        Source::Login => "a console sign-in".to_owned(),
        Source::None => "nothing".to_owned(),
    }
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
}

/// `acme-dev` as `Acme Dev`.
fn title_case(name: &str) -> String {
    let upper = |part: &str| {
        let mut chars = part.chars();
        let first = chars.next().into_iter().flat_map(char::to_uppercase);
        first.chain(chars).collect::<String>()
    };
    let title = parts(name).map(upper).collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        name.to_owned()
    } else {
        title
    }
}

/// What the words of a name suggest.
fn label(name: &str) -> Option<Label> {
    parts(name).find_map(|part| match part.to_lowercase().as_str() {
        "dev" | "development" => Some(Label::Dev),
        "stage" | "staging" => Some(Label::Staging),
        "prod" | "production" => Some(Label::Production),
        _ => None,
    })
}
