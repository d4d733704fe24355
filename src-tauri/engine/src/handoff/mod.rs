//! Keys handed over: to a shell that a person pastes into, to a file that a tool reads, to a program. What is absent is
//! unset, for keys of one profile and the token of another must never meet. A value that some reader could take for
//! more than a value is refused, by its field's name; nothing is cut or replaced.
//! One file for each target, with its quoting; what real shells make of it is tried in
//! `tests/shells`.

mod cmd;
mod docker;
mod dotenv;
mod fish;
mod json;
mod nushell;
mod powershell;
mod sh;
#[cfg(test)]
mod tests;

use std::{ffi::OsString, sync::Arc};

use jiff::Timestamp;
use rolecall_core::{
    Purpose, Secret,
    profiles::{Keys, Profile, plan::Base},
};

use crate::{
    asking::Override, engine::Engine, failure::Failure, sessions::RoleSession, snapshot::Snapshot,
    view::Shell,
};

/// A session is not handed over with less than this left, in seconds, and less than a quarter of its length.
const SHORT: i64 = 5 * 60;

/// Who takes the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// bash, zsh, sh
    Sh,
    /// fish
    Fish,
    /// `PowerShell`
    Powershell,
    /// cmd
    Cmd,
    /// nushell
    Nushell,
    /// A `.env` file: compose, Astro, python-dotenv
    Dotenv,
    /// The file of docker's `--env-file`
    Docker,
    /// What a `credential_process` prints
    Json,
}

impl From<Shell> for Target {
    fn from(shell: Shell) -> Self {
        match shell {
            Shell::Bash | Shell::Zsh => Self::Sh,
            Shell::Fish => Self::Fish,
            Shell::Powershell => Self::Powershell,
            Shell::Cmd => Self::Cmd,
            Shell::Nushell => Self::Nushell,
        }
    }
}

/// One variable: set to this, or not set.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) name: &'static str,
    pub(crate) value: Option<&'a str>,
}

/// What a profile stands for, ready to be handed over.
#[derive(Clone, Debug)]
pub(crate) struct HandOver {
    pub(crate) keys: Arc<Keys>,
    pub(crate) region: Option<String>,
    pub(crate) endpoint: Option<String>,
    /// The role's session, where it is one.
    pub(crate) session: Option<Arc<RoleSession>>,
}

impl HandOver {
    /// As its target takes it.
    ///
    /// # Errors
    /// `unsupported` for a value that is not safe there, by its name.
    pub(crate) fn text(&self, target: Target) -> Result<Secret, Failure> {
        let ends = self.ends_at();
        let text = self.with_lines(ends.as_deref(), |lines| match target {
            Target::Sh => Ok(sh::write(lines)),
            Target::Fish => Ok(fish::write(lines)),
            Target::Powershell => Ok(powershell::write(lines)),
            Target::Cmd => cmd::write(lines),
            Target::Nushell => Ok(nushell::write(lines)),
            Target::Dotenv => Ok(dotenv::write(lines)),
            Target::Docker => Ok(docker::write(lines)),
            Target::Json => Ok(json::process(lines)),
        })??;
        let comment = match target {
            Target::Json => None,
            Target::Cmd => Some("rem"),
            _ => Some("#"),
        };
        let ending = comment
            .zip(ends)
            .map(|(comment, ends)| format!("{comment} Ends at {ends}\n"));
        Ok(Secret::new(text + &ending.unwrap_or_default()))
    }

    /// As `rolecall assume --json` prints it.
    pub(crate) fn session_document(&self) -> Result<Secret, Failure> {
        let ends = self.ends_at();
        self.with_lines(ends.as_deref(), |lines| {
            Secret::new(json::session(lines, self.session.as_deref()))
        })
    }

    fn ends_at(&self) -> Option<String> {
        self.session
            .as_ref()
            .map(|session| session.ends_at.to_string())
    }

    /// The variables in their order, once each has been looked at.
    pub(crate) fn with_lines<R>(
        &self,
        ends: Option<&str>,
        use_them: impl FnOnce(&[Line<'_>]) -> R,
    ) -> Result<R, Failure> {
        let keys = &self.keys;
        let with = |secret: &str, token: Option<&str>| {
            let line = |name, value| Line { name, value };
            let lines = [
                line("AWS_ACCESS_KEY_ID", Some(keys.access_key_id.as_str())),
                line("AWS_SECRET_ACCESS_KEY", Some(secret)),
                line("AWS_SESSION_TOKEN", token),
                line("AWS_REGION", self.region.as_deref()),
                line("AWS_DEFAULT_REGION", self.region.as_deref()),
                line("AWS_ENDPOINT_URL", self.endpoint.as_deref()),
                line("AWS_CREDENTIAL_EXPIRATION", ends),
                // botocore takes the old name before the new one; the JavaScript SDK a profile before keys.
                line("AWS_SECURITY_TOKEN", None),
                line("AWS_PROFILE", None),
                line("AWS_DEFAULT_PROFILE", None),
            ];
            lines.iter().try_for_each(check)?;
            Ok(use_them(&lines))
        };
        keys.secret_access_key
            .expose(Purpose::Export, |secret| match &keys.session_token {
                Some(token) => token.expose(Purpose::Export, |token| with(secret, Some(token))),
                None => with(secret, None),
            })
    }
}

impl Engine {
    /// A profile's keys, or those of its session, as its target takes them.
    ///
    /// # Errors
    /// `expired` without a session that works, `unsupported` without keys or with a value that is not safe there.
    pub fn exports(
        &self,
        id: u32,
        target: Target,
        account: Option<u32>,
    ) -> Result<Secret, Failure> {
        self.hand_over(id, account)?.text(target)
    }

    /// What an assumed role came to, whole, as one JSON document.
    ///
    /// # Errors
    /// As `exports`.
    pub fn session_document(&self, id: u32) -> Result<Secret, Failure> {
        self.hand_over(id, None)?.session_document()
    }

    /// Turns this process into a program with the profile's keys in its environment, or runs it where the system can't
    /// do that; then its exit code is the answer.
    ///
    /// # Errors
    /// As `exports`, and `notFound` or `unreadable` when the program can't be run.
    pub fn exec(&self, id: u32, argv: &[OsString]) -> Result<i32, Failure> {
        let hand_over = self.hand_over(id, None)?;
        let ends = hand_over.ends_at();
        let ran = hand_over.with_lines(ends.as_deref(), |lines| {
            let environment: Vec<_> = lines.iter().map(|line| (line.name, line.value)).collect();
            self.world.process.become_program(argv, &environment)
        })?;
        ran.map_err(|error| Failure::not_run(argv.first(), &error))
    }

    fn hand_over(&self, id: u32, account: Option<u32>) -> Result<HandOver, Failure> {
        let over = self.account_override(account)?;
        let snapshot = self.snapshot();
        let profile = snapshot.profile(id)?;
        let hand_over = self.keys_to_hand_over(&snapshot, profile, &over)?;
        if let Some(session) = &hand_over.session {
            let left = seconds_between(self.world.clock.now(), session.ends_at);
            let length = seconds_between(session.started_at, session.ends_at);
            if left < SHORT && left * 4 < length {
                return Err(Failure::session_over(profile.name(), left));
            }
        }
        Ok(hand_over)
    }

    /// What a profile stands for now: the session of a role, else keys.
    ///
    /// # Errors
    /// `expired` for a role without a session that works, `unsupported` without keys.
    pub(crate) fn keys_to_hand_over(
        &self,
        snapshot: &Snapshot,
        profile: Profile<'_>,
        over: &Override,
    ) -> Result<HandOver, Failure> {
        let plan = snapshot.plan(profile)?;
        let asking = &snapshot.around.asking;
        let region = over.region.clone().or_else(|| plan.region.clone());
        let endpoint = profile.endpoint(over.endpoint.as_deref(), asking);
        let hand_over = |keys, session| HandOver {
            keys,
            region,
            endpoint,
            session,
        };
        if let (false, Base::Profile(base)) = (plan.makes_session(), plan.base) {
            let base = snapshot.home().profile(base);
            return Ok(hand_over(self.keys_in_force(snapshot, base)?, None));
        }
        let at = snapshot.endpoint_in_force(profile, over);
        let session = lock_find(self, profile.name(), at.as_deref());
        let session = session.ok_or_else(|| Failure::not_assumed(profile.name()))?;
        let left = seconds_between(self.world.clock.now(), session.ends_at);
        if left <= 0 {
            return Err(Failure::session_over(profile.name(), left));
        }
        Ok(hand_over(session.keys.clone(), Some(session)))
    }
}

fn lock_find(engine: &Engine, profile: &str, endpoint: Option<&str>) -> Option<Arc<RoleSession>> {
    crate::engine::lock(&engine.sessions)
        .find(profile, endpoint)
        .cloned()
}

fn seconds_between(from: Timestamp, to: Timestamp) -> i64 {
    to.as_second() - from.as_second()
}

/// Refuses what a shell, a terminal or a reader of lines could take for more than a value.
fn check(line: &Line<'_>) -> Result<(), Failure> {
    let Some(value) = line.value else {
        return Ok(());
    };
    let field = match line.name {
        "AWS_ACCESS_KEY_ID" => "The key ID",
        "AWS_SECRET_ACCESS_KEY" => "The secret",
        "AWS_SESSION_TOKEN" => "The session token",
        "AWS_ENDPOINT_URL" => "The endpoint",
        "AWS_CREDENTIAL_EXPIRATION" => "The end",
        _ => "The region",
    };
    let is_key = matches!(
        line.name,
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" | "AWS_SESSION_TOKEN"
    );
    let what = if value.contains(['\n', '\r']) {
        "contains a line break"
    } else if value.contains('\0') {
        "contains a NUL byte"
    } else if value.chars().any(is_unseen) {
        "contains a character that can't be seen"
    } else if is_key && !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        "contains a character that no key has"
    } else {
        return Ok(());
    };
    Err(Failure::not_exported(field, what))
}

/// Controls, line and paragraph separators, what turns the direction of text, what has no width, and tags.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
            | '\u{E0000}'..='\u{E007F}')
}
