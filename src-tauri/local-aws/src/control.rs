//! The control route: `POST /_control` with one command as JSON, for tests and the demo, which are other processes. In
//! Rust the same commands go to `LocalAws::control`. A web page can't reach it: it must be JSON, from nowhere, to
//! loopback by name.

use bytes::Bytes;
use http::Request;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    clock::Clock,
    script::Scripted,
    signature::text,
    state::{State, Who},
};

/// Where commands go.
pub const CONTROL: &str = "/_control";

/// What can be asked of this AWS behind its callers' backs.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Answers the next requests of this action so, instead of truthfully.
    Script {
        /// `AssumeRole`.
        action: String,
        /// What to answer.
        answer: Scripted,
        /// How many requests; one where it isn't said.
        #[serde(default = "once")]
        times: usize,
    },
    /// Moves the clock on; back with a number below zero.
    Advance {
        /// By how much.
        seconds: i64,
    },
    /// Stops the clock at a time.
    StopClock {
        /// RFC 3339.
        at: Timestamp,
    },
    /// Forgets a key or a session.
    Revoke {
        /// Which.
        key_id: String,
    },
    /// Makes a new key for the same user and forgets the old one; answers the new one.
    Rotate {
        /// The old one.
        key_id: String,
    },
    /// Makes a session as another program of the person would; answers its keys.
    Issue {
        /// `arn:aws:sts::111122223333:assumed-role/PowerUser/jo`.
        arn: String,
        /// How long it lasts.
        seconds: u32,
    },
    /// The person's answer to a sign-in with a code, without a browser.
    Decide {
        /// `ABCD-EFGH`; the only one under way where none is named.
        user_code: Option<String>,
        /// What was pressed.
        allow: bool,
    },
    /// Takes a permission set away from the person, or gives it.
    Assign {
        /// Twelve digits.
        account_id: String,
        /// The permission set.
        role_name: String,
        /// Whether it is there afterwards.
        allowed: bool,
    },
    /// Ends every session at every portal, as an administrator can.
    EndPortalSessions,
    /// Forgets every program that registered.
    ForgetClients,
    /// Answers what was asked so far, first to last.
    Log,
}

fn once() -> usize {
    1
}

/// Obeys a command; the answer is null where there is nothing to tell.
pub(crate) fn obey(state: &mut State, command: Command) -> Result<Value, String> {
    let unknown = |key_id: &str| format!("there is no key {key_id} of a user or session");
    match command {
        Command::Script {
            action,
            answer,
            times,
        } => {
            let answers = std::iter::repeat_n((action, answer), times);
            state.script.extend(answers);
            Ok(Value::Null)
        }
        Command::Advance { seconds } => {
            state.clock.advance(seconds);
            Ok(Value::Null)
        }
        Command::StopClock { at } => {
            state.clock = Clock::Stands(at);
            Ok(Value::Null)
        }
        Command::Revoke { key_id } => {
            let gone = state.revoke(&key_id).then_some(Value::Null);
            gone.ok_or_else(|| unknown(&key_id))
        }
        Command::Rotate { key_id } => {
            let issued = state.rotate(&key_id).ok_or_else(|| unknown(&key_id))?;
            Ok(json!(issued))
        }
        Command::Issue { arn, seconds } => Ok(json!(state.issue(Who::of(&arn), seconds))),
        Command::Decide { user_code, allow } => {
            let decided = state.decide(user_code.as_deref(), allow);
            let found = decided.then_some(Value::Null);
            found.ok_or_else(|| "no sign-in waits for an answer".to_owned())
        }
        Command::Assign {
            account_id,
            role_name,
            allowed,
        } => {
            let portals = state.world.portals.iter_mut();
            let mut accounts = portals.flat_map(|portal| &mut portal.accounts);
            let account = accounts.find(|account| account.id == account_id);
            let account = account.ok_or_else(|| format!("no portal opens {account_id}"))?;
            account.roles.retain(|role| *role != role_name);
            if allowed {
                account.roles.push(role_name);
            }
            Ok(Value::Null)
        }
        Command::EndPortalSessions => {
            state.identity.tokens.clear();
            Ok(Value::Null)
        }
        Command::ForgetClients => {
            state.identity.clients.clear();
            Ok(Value::Null)
        }
        Command::Log => Ok(json!(state.log)),
    }
}

/// Obeys a request of the control route: status and JSON.
pub(crate) fn answer(state: &mut State, request: &Request<Bytes>) -> (u16, Value) {
    let said = |sentence: String| json!({ "error": sentence });
    if request.method() != http::Method::POST {
        return (405, said("POST a command".to_owned()));
    }
    if !from_a_program(request) {
        return (
            403,
            said("this is for programs on this computer".to_owned()),
        );
    }
    match serde_json::from_slice(request.body()) {
        Err(error) => (400, said(error.to_string())),
        Ok(command) => match obey(state, command) {
            Ok(value) => (200, value),
            Err(sentence) => (404, said(sentence)),
        },
    }
}

/// Whether the request names loopback and JSON, and no page sent it. Node's `fetch` says `sec-fetch-mode`; what only a
/// browser says is the site.
fn from_a_program(request: &Request<Bytes>) -> bool {
    let host = text(request, "host").unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let headers = request.headers();
    let of_a_page = ["origin", "referer", "sec-fetch-site"];
    ["127.0.0.1", "localhost"].contains(&name)
        && text(request, "content-type") == Some("application/json")
        && !of_a_page.iter().any(|name| headers.contains_key(*name))
}
