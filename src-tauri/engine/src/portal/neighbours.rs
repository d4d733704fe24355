//! What else is there when one signs in: keys in a profile or a variable that AWS tools would use in place of the sign-in.
//! Said before a browser opens, so that nobody wonders afterwards whose keys those were.

use std::collections::BTreeMap;

use rolecall_core::{dialect::Engine as Dialect, document::escape_line, profiles::Profile};

use super::Reached;
use crate::{engine::Engine, failure::Failure, snapshot::Snapshot};

/// More profiles than this are counted and not named.
const NAMED: usize = 3;
/// Keys of a profile that some SDK takes before its portal.
const OTHERS: [&str; 5] = [
    "aws_access_key_id",
    "credential_process",
    "web_identity_token_file",
    "login_session",
    "role_arn",
];

impl Engine {
    /// What AWS tools would use in place of a sign-in, as sentences; none where nothing is in its way.
    ///
    /// # Errors
    /// `notFound` without such a portal.
    pub fn shadows(&self, name: Option<&str>) -> Result<Vec<String>, Failure> {
        let snapshot = self.snapshot();
        let reached = snapshot.portal_named(name)?;
        let is_set = |name: &str| {
            let value = self.world().env.var(name);
            value.is_some_and(|value| !value.is_empty())
        };
        let mut sentences = Vec::new();
        if is_set("AWS_ACCESS_KEY_ID") && is_set("AWS_SECRET_ACCESS_KEY") {
            sentences.push(
                "AWS_ACCESS_KEY_ID is set here: where no profile is named, AWS tools use its keys and not this sign-in."
                    .to_owned(),
            );
        }
        sentences.extend(snapshot.shadowed_profiles(&reached));
        Ok(sentences)
    }
}

impl Snapshot {
    fn shadowed_profiles(&self, reached: &Reached) -> Vec<String> {
        let others = |profile: &Profile<'_>| OTHERS.iter().any(|key| profile.get(key).is_some());
        let ours = self.home().profiles();
        let mixed: Vec<_> = ours
            .filter(|profile| reached.portal.is_of(*profile))
            .filter(others)
            .collect();
        let mut sentences: Vec<_> = mixed
            .iter()
            .take(NAMED)
            .filter_map(|profile| self.shadowed(*profile))
            .collect();
        if mixed.len() > NAMED {
            sentences.push(format!(
                "{} more profiles have other keys beside this sign-in.",
                mixed.len() - NAMED
            ));
        }
        sentences
    }

    /// Which SDKs pass this profile's portal over, and for what.
    fn shadowed(&self, profile: Profile<'_>) -> Option<String> {
        let why = self
            .why_document(profile.name(), &Dialect::ALL, &|_| None)
            .ok()?;
        let mut instead: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for sdk in &why.sdks {
            if let Some(base) = sdk.base.as_ref().filter(|base| base.is != "sso") {
                let what = match base.is {
                    "staticKeys" => "the keys in the files",
                    "process" => "its credential_process",
                    "webIdentity" => "its token file",
                    "login" => "its console sign-in",
                    _ => "something else",
                };
                instead.entry(what).or_default().push(sdk.engine);
            }
        }
        if instead.is_empty() {
            return None;
        }
        let parts: Vec<_> = instead
            .iter()
            .map(|(what, engines)| format!("{} use {what}", engines.join(", ")))
            .collect();
        let name = escape_line(profile.name());
        Some(format!(
            "{name} has more than this sign-in: {}.",
            parts.join("; ")
        ))
    }
}
