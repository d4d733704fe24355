//! What the engine does with tokens: observes them at each look, says which keys are in force, takes the answer.

use std::{collections::BTreeSet, sync::Arc};

use rolecall_core::{
    Fingerprint, Purpose, Secret,
    document::Document,
    profiles::{File, Home, Keys, Profile},
};

use super::{InForce, seen::fingerprint};
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    snapshot::Read,
    view::{FailureCode, TokenOf},
};

impl Engine {
    /// Whether tokens in what was read make a question where none waited.
    pub(crate) fn observe_tokens(&self, read: &Read) -> bool {
        let mut tokens = lock(&self.tokens);
        let asks = tokens.observe(read, self.world.clock.now());
        // What can't be kept is asked about again after a restart, and holds until then.
        let _ = tokens.keep(&self.world);
        asks
    }

    /// A question that nobody can see is told by the system, once. It names profiles and portals, never a key.
    pub(crate) fn tell_of_tokens(&self) {
        let change = self.snapshot().connections().token_change;
        if let Some(change) = change.filter(|_| !self.is_visible()) {
            let text = match change.tokens.as_slice() {
                [token] => format!("The keys for {} were renewed outside Rolecall.", token.name),
                tokens => {
                    let portals = tokens.iter().any(|token| token.of == TokenOf::Portal);
                    let what = if portals {
                        "profiles and portals"
                    } else {
                        "profiles"
                    };
                    let count = change.token_count;
                    format!("The keys for {count} {what} were renewed outside Rolecall.")
                }
            };
            self.world.notices.show("Session Token Changed", &text);
        }
    }

    /// From now on somebody is there who can answer.
    pub(crate) fn ask_about_tokens(&self) {
        let mut tokens = lock(&self.tokens);
        tokens.asks = true;
        // As above.
        let _ = tokens.keep(&self.world);
    }

    /// The keys with which a profile signs, if not those in its file: a newer token is there, and nobody said Yes to it.
    ///
    /// # Errors
    /// `expired` when the keys in force have ended, or are gone with a restart.
    pub(crate) fn held_keys(&self, profile: &str) -> Result<Option<Arc<Keys>>, Failure> {
        match lock(&self.tokens).in_force(profile, self.world.clock.now()) {
            InForce::File => Ok(None),
            InForce::Held(keys) => Ok(Some(keys)),
            InForce::Ended => Err(Failure::newer_token_waits(profile)),
        }
    }

    /// Answers “Session Token Changed”, or says Yes to what was declined before.
    ///
    /// # Errors
    /// `notFound` when the question is closed, `unwritable` when the answer can't be kept; it holds nevertheless.
    pub fn answer_token_change(
        self: &Arc<Self>,
        ticket: u32,
        use_new: bool,
    ) -> Result<(), Failure> {
        let kept = {
            let mut tokens = lock(&self.tokens);
            tokens.answer(ticket, use_new)?;
            tokens.keep(&self.world)
        };
        self.republish();
        if use_new {
            self.renew_outdated();
        }
        kept
    }

    /// A person signed in here, or a token was renewed here, so nobody is asked about it. To be called before it is
    /// written.
    pub(crate) fn note_own_portal_token(&self, token: &Secret) {
        let mut tokens = lock(&self.tokens);
        let key = tokens.key.key.clone();
        let print = token.expose(Purpose::Compare, |token| {
            Fingerprint::of(&key, &["sso", token])
        });
        tokens.ours.insert(print);
    }

    /// Tokens that `after` has and `before` has not were typed here, so nobody is asked about them. To be called before
    /// they are written.
    pub fn note_own_tokens(&self, file: File, before: &[u8], after: &[u8]) {
        let mut tokens = lock(&self.tokens);
        let prints = |bytes: &[u8]| -> BTreeSet<Fingerprint> {
            let document = Some(Document::parse(bytes.to_vec()));
            let home = match file {
                File::Config => Home::read(document, None),
                File::Credentials => Home::read(None, document),
            };
            let keys = home.profiles().filter_map(Profile::keys);
            keys.filter_map(|keys| fingerprint(&tokens.key.key, &keys))
                .collect()
        };
        let ours: Vec<_> = prints(after).difference(&prints(before)).copied().collect();
        tokens.ours.extend(ours);
    }
}

impl Failure {
    pub(super) fn question_closed() -> Self {
        Self::new(
            FailureCode::NotFound,
            "token.closed",
            "This question is no longer open: it was answered, or another token came since.".into(),
            "Look at what is asked now.",
        )
    }

    fn newer_token_waits(profile: &str) -> Self {
        Self::new(
            FailureCode::Expired,
            "token.waits",
            format!(
                "The keys of {profile} that were in use are gone, and its newer token was not accepted."
            ),
            "Use the new token, then try again.",
        )
    }
}
