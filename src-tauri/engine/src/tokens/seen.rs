//! The tokens that stand in the files: of each profile with session keys, and of each portal with a readable file in
//! `sso/cache`. Here alone a token is opened, to take its fingerprint.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use rolecall_core::{
    Fingerprint, Purpose, Secret,
    caches::SsoToken,
    document::MaskKey,
    profiles::{Keys, Profile, session},
    rules::Facts,
};

use super::{Holder, held::Token};
use crate::{answers::short_key_id, snapshot::Read};

/// Each token with the name of the profile or portal that it belongs to.
pub(super) fn tokens_in(
    read: &Read,
    now: Timestamp,
    key: &MaskKey,
) -> BTreeMap<Holder, (String, Token)> {
    let facts = Facts {
        now,
        sso_tokens: read.sso_tokens.clone(),
        ..Facts::default()
    };
    let mut seen = BTreeMap::new();
    for profile in read.home.profiles() {
        let Some(holder) = Holder::of(profile) else {
            continue;
        };
        // A portal has one token for all its profiles.
        if seen.contains_key(&holder) {
            continue;
        }
        let found = match &holder {
            Holder::Profile(name) => {
                of_profile(&facts, profile, key).map(|token| (name.clone(), token))
            }
            Holder::Portal(file) => of_portal(&facts, profile, file),
        };
        if let Some(found) = found {
            seen.insert(holder, found);
        }
    }
    seen
}

fn of_profile(facts: &Facts, profile: Profile<'_>, key: &MaskKey) -> Option<Token> {
    let keys = profile.keys()?;
    Some(Token {
        print: fingerprint(key, &keys)?,
        key_id: short_key_id(profile),
        ends_at: session(facts, profile).and_then(|fact| fact.ends_at),
        keys: Some(Arc::new(keys)),
    })
}

fn of_portal(facts: &Facts, profile: Profile<'_>, file: &str) -> Option<(String, Token)> {
    let Some(SsoToken::Readable { ends_at, token }) = facts.sso_tokens.get(file) else {
        return None;
    };
    let token = Token {
        print: *token,
        key_id: None,
        ends_at: Some(*ends_at),
        keys: None,
    };
    Some((profile.portal()?.name.to_string(), token))
}

/// Of a profile's keys; none where they have no session token.
pub(super) fn fingerprint(key: &MaskKey, keys: &Keys) -> Option<Fingerprint> {
    let token = keys.session_token.as_ref()?;
    Some(token.expose(Purpose::Compare, |token| {
        Fingerprint::of(key, &["keys", &keys.access_key_id, token])
    }))
}

/// Of a portal's token, as `core::caches` takes it of the file.
pub(super) fn portal_fingerprint(key: &MaskKey, token: &Secret) -> Fingerprint {
    token.expose(Purpose::Compare, |token| {
        Fingerprint::of(key, &["sso", token])
    })
}
