//! Proof that who trades a code is who asked for it (RFC 7636), and the address that asks. The verifier never leaves this
//! computer but for the trade; the state tells our answer from somebody else's.

use std::sync::Arc;

use aws_smithy_types::base64;
use rolecall_core::{Purpose, Secret, profiles::endpoint::dns_suffix};
use sha2::{Digest, Sha256};
use url::form_urlencoded;

use super::{Reached, cache::CALLBACK};
use crate::world::World;

/// One attempt to sign in with a browser.
pub(super) struct Attempt {
    /// Good for one trade.
    pub(super) verifier: Arc<Secret>,
    state: Secret,
    /// Where the browser carries the code to.
    pub(super) redirect: String,
}

impl Attempt {
    /// Coming back to this port.
    pub(super) fn new(world: &World, port: u16) -> Self {
        let random = || Secret::new(url_safe(&world.random.bytes()));
        Self {
            verifier: random().into(),
            state: random(),
            redirect: format!("http://127.0.0.1:{port}{CALLBACK}"),
        }
    }

    /// The page that asks the person.
    pub(super) fn url(&self, reached: &Reached, client_id: &str) -> String {
        let at = &reached.oidc;
        let base = at.endpoint.clone().unwrap_or_else(|| {
            let suffix = dns_suffix(&at.region, at.dual_stack);
            format!("https://oidc.{}.{suffix}", at.region)
        });
        let challenge = self.verifier.expose(Purpose::SignRequest, |verifier| {
            url_safe(&Sha256::digest(verifier.as_bytes()))
        });
        let query = self.state.expose(Purpose::SignRequest, |state| {
            form_urlencoded::Serializer::new(String::new())
                .append_pair("response_type", "code")
                .append_pair("client_id", client_id)
                .append_pair("redirect_uri", &self.redirect)
                .append_pair("state", state)
                .append_pair("code_challenge_method", "S256")
                .append_pair("scopes", &reached.portal.asked_scopes().join(" "))
                .append_pair("code_challenge", &challenge)
                .finish()
        });
        format!("{}/authorize?{query}", base.trim_end_matches('/'))
    }

    /// This is the answer to this attempt, and to no other.
    pub(super) fn is_answered_by(&self, state: &str) -> bool {
        self.state.expose(Purpose::Compare, |ours| ours == state)
    }
}

/// Base64 in the letters of URLs, without padding.
pub(crate) fn url_safe(bytes: &[u8]) -> String {
    let text = base64::encode(bytes);
    let text = text.trim_end_matches('=');
    text.replace('+', "-").replace('/', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_that_of_rfc_7636() {
        let hash = Sha256::digest(b"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(
            url_safe(&hash),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
