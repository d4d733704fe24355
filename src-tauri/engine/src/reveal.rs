//! The two ways in which one value leaves the engine, each asked for by a person: shown for 30 seconds, copied for 60.
//! A lint in `tests/` lists who may open a `Secret`; these two are among them.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use jiff::Timestamp;
use rolecall_core::{Purpose, Secret};

use crate::{
    engine::{Engine, Moment, lock},
    failure::Failure,
    view::{Revealed, Shell},
};

/// A secret is shown for this long (seed S9).
const SHOWN_FOR: Duration = Duration::from_secs(30);
/// A copied secret stays on the clipboard for this long (seed S9).
const COPIED_FOR: Duration = Duration::from_mins(1);
/// Nobody looks at more secrets than this within a minute; a script in the page might try.
const PER_MINUTE: usize = 20;

/// What is being shown.
#[derive(Debug, Default)]
pub(crate) struct Showings {
    last_ticket: u32,
    open: Vec<u32>,
    times: VecDeque<Timestamp>,
}

impl Showings {
    fn open(&mut self, now: Timestamp) -> Result<u32, Failure> {
        let a_minute_ago = now - Duration::from_mins(1);
        while self.times.front().is_some_and(|time| *time <= a_minute_ago) {
            self.times.pop_front();
        }
        if self.times.len() >= PER_MINUTE {
            return Err(Failure::too_many_reveals());
        }
        self.times.push_back(now);
        self.last_ticket += 1;
        self.open.push(self.last_ticket);
        Ok(self.last_ticket)
    }

    fn close(&mut self, ticket: u32) -> bool {
        let before = self.open.len();
        self.open.retain(|open| *open != ticket);
        self.open.len() < before
    }
}

impl Engine {
    /// Shows one value for 30 seconds; then `Concealed` is told.
    ///
    /// # Errors
    /// `notFound` when it is gone, `unsupported` after twenty within a minute.
    pub fn reveal(self: &Arc<Self>, id: u32, key: &str) -> Result<Revealed, Failure> {
        let (secret, _) = self.snapshot().secret(id, key)?;
        let ticket = lock(&self.showings).open(self.world.clock.now())?;
        let engine = self.clone();
        tokio::spawn(async move {
            engine.world.clock.sleep(SHOWN_FOR).await;
            engine.conceal(ticket);
        });
        Ok(Revealed {
            text: secret.expose(Purpose::Reveal, str::to_owned),
            ticket,
        })
    }

    /// Ends a showing before its time. One that has ended is left alone.
    pub fn conceal(&self, ticket: u32) {
        if lock(&self.showings).close(ticket) {
            // Nobody listening means no window, and nothing shown.
            let _ = self.moments.send(Moment::Concealed(ticket));
        }
    }

    /// Puts one value on the clipboard. A secret leaves it after 60 seconds, unless something newer is there.
    ///
    /// # Errors
    /// `notFound` when it is gone, `unsupported` without a clipboard.
    pub fn copy(self: &Arc<Self>, id: u32, key: &str) -> Result<(), Failure> {
        let (secret, is_secret) = self.snapshot().secret(id, key)?;
        self.put_on_clipboard(secret, is_secret)
    }

    /// Puts the lines that hand a profile's keys to a shell on the clipboard, for 60 seconds.
    ///
    /// # Errors
    /// As `exports`, and `unsupported` without a clipboard.
    pub fn copy_exports(
        self: &Arc<Self>,
        id: u32,
        shell: Shell,
        account: Option<u32>,
    ) -> Result<(), Failure> {
        let lines = self.exports(id, shell.into(), account)?;
        self.put_on_clipboard(lines, true)
    }

    pub(crate) fn put_on_clipboard(
        self: &Arc<Self>,
        secret: Secret,
        is_secret: bool,
    ) -> Result<(), Failure> {
        secret
            .expose(Purpose::Clipboard, |text| {
                self.world.clipboard.put(text, is_secret)
            })
            .map_err(|error| Failure::no_clipboard(&error.to_string()))?;
        if is_secret {
            let engine = self.clone();
            tokio::spawn(async move {
                engine.world.clock.sleep(COPIED_FOR).await;
                let cleared = secret.expose(Purpose::Clipboard, |text| {
                    engine.world.clipboard.clear_if(text)
                });
                if cleared.is_ok_and(|cleared| cleared) {
                    let _ = engine.moments.send(Moment::ClipboardCleared);
                }
            });
        }
        Ok(())
    }
}
