//! One profile or portal and its tokens: the one in force, the newer one in the files if there is one, and what the
//! person said to those before. Pure; nothing here reads or writes.

use std::sync::Arc;

use jiff::Timestamp;
use rolecall_core::{Fingerprint, profiles::Keys};

use super::file::KeptToken;

/// So many answers are remembered for one profile or portal.
const ANSWERS: usize = 16;

/// What is known of a token.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub print: Fingerprint,
    /// The middle left out; none for portals.
    pub key_id: Option<String>,
    pub ends_at: Option<Timestamp>,
    /// In memory only; none for portals, and for one that was replaced while Rolecall was closed.
    pub keys: Option<Arc<Keys>>,
}

/// A token in the files that is not in force.
#[derive(Debug)]
pub(super) struct Newer {
    pub token: Token,
    /// The question that first named it.
    pub ticket: u32,
    /// The person said “Not now”.
    pub declined: bool,
}

/// One profile or portal and its tokens.
#[derive(Debug)]
pub(super) struct Held {
    /// The profile's or the portal's name.
    pub name: String,
    pub in_force: Token,
    pub newer: Option<Newer>,
    /// The last one last.
    answers: Vec<(Fingerprint, bool)>,
}

impl Held {
    /// The first token that is seen is in force without a question.
    pub(super) fn first(name: String, token: Token) -> Self {
        Self {
            name,
            in_force: token,
            newer: None,
            answers: Vec::new(),
        }
    }

    /// Takes note of what the files have now; `ours` says that Rolecall itself wrote it. Says whether anything is
    /// different that has to be kept.
    pub(super) fn see(&mut self, token: Token, ours: bool, ticket: u32) -> bool {
        if token.print == self.in_force.print {
            self.newer = None;
            let differs = self.in_force.ends_at != token.ends_at;
            self.in_force = token;
            return differs;
        }
        if let Some(newer) = &mut self.newer
            && newer.token.print == token.print
            && !ours
        {
            newer.token = token;
            return false;
        }
        let said = self.answers.iter().rev();
        let said = said.into_iter().find(|(print, _)| *print == token.print);
        match said.map(|(_, yes)| *yes) {
            _ if ours => self.switch_to(token),
            Some(true) => self.switch_to(token),
            answer => {
                self.newer = Some(Newer {
                    token,
                    ticket,
                    declined: answer == Some(false),
                });
                false
            }
        }
    }

    fn switch_to(&mut self, token: Token) -> bool {
        self.in_force = token;
        self.newer = None;
        true
    }

    /// What the person said to the newer token. One that is declined waits under a new ticket for a later Yes.
    pub(super) fn answer(&mut self, yes: bool, next_ticket: u32) {
        let Some(mut newer) = self.newer.take() else {
            return;
        };
        let print = newer.token.print;
        self.answers.retain(|(known, _)| *known != print);
        self.answers.push((print, yes));
        if self.answers.len() > ANSWERS {
            self.answers.remove(0);
        }
        if yes {
            self.in_force = newer.token;
        } else {
            newer.declined = true;
            newer.ticket = next_ticket;
            self.newer = Some(newer);
        }
    }

    /// As kept.
    pub(super) fn kept(&self, portal: Option<String>) -> KeptToken {
        let said = |wanted: bool| {
            let said = self.answers.iter().filter(move |(_, yes)| *yes == wanted);
            said.map(|(print, _)| print.to_string()).collect()
        };
        KeptToken {
            name: self.name.clone(),
            portal,
            fingerprint: self.in_force.print.to_string(),
            key_id: self.in_force.key_id.clone(),
            ends_at: self.in_force.ends_at.map(Timestamp::as_second),
            yes: said(true),
            no: said(false),
        }
    }

    /// From what was kept; none for what can't be read.
    pub(super) fn from_kept(kept: KeptToken) -> Option<Self> {
        let answers = |prints: Vec<String>, yes: bool| {
            let prints = prints.into_iter().filter_map(|print| print.parse().ok());
            prints.map(move |print| (print, yes))
        };
        let in_force = Token {
            print: kept.fingerprint.parse().ok()?,
            key_id: kept.key_id,
            ends_at: kept.ends_at.and_then(|at| Timestamp::from_second(at).ok()),
            keys: None,
        };
        Some(Self {
            name: kept.name,
            in_force,
            newer: None,
            answers: answers(kept.yes, true)
                .chain(answers(kept.no, false))
                .collect(),
        })
    }
}
