//! Keys that a person pastes. The engine looks at the text, keeps it under a ticket, and offers to update the profile
//! that it is of, or to add one. The change itself goes the way of all changes: `ChangeRequest::Import`, shown first.
//! What is pasted is never logged, and only names and key IDs go back to whoever sent it.

mod intents;
mod offer;
#[cfg(test)]
mod tests;

pub(crate) use intents::import_in_words;
use rolecall_core::import::{self, Form, Found, NotKeys, Paste};

use crate::{
    engine::{Engine, lock},
    failure::Failure,
    view::{ChangeRequest, GivenValue, PasteForm, Pasted},
};

/// The last text that was recognised. Another one takes its place: nobody pastes two at once.
#[derive(Debug, Default)]
pub(crate) struct LastPaste {
    last_ticket: u32,
    found: Vec<Found>,
}

impl LastPaste {
    /// What a ticket stands for.
    ///
    /// # Errors
    /// `notFound` when it was written, or another text came since.
    fn of(&self, ticket: u32) -> Result<&[Found], Failure> {
        if ticket == self.last_ticket && !self.found.is_empty() {
            Ok(&self.found)
        } else {
            Err(Failure::paste_gone())
        }
    }
}

impl Engine {
    /// Recognises what was pasted and says what may become of it. Nothing is written.
    ///
    /// # Errors
    /// `unsupported`, with what is missing.
    pub fn look_at_paste(&self, text: &GivenValue) -> Result<Pasted, Failure> {
        self.looked_at(import::read(text.text()))
    }

    /// The same for the bytes of a file or a pipe.
    ///
    /// # Errors
    /// `unsupported`, with what is missing.
    pub fn look_at_paste_bytes(&self, bytes: &[u8]) -> Result<Pasted, Failure> {
        self.looked_at(import::read_bytes(bytes))
    }

    /// Forgets what was pasted.
    pub fn forget_paste(&self) {
        lock(&self.pasted).found.clear();
    }

    fn looked_at(&self, paste: Result<Paste, NotKeys>) -> Result<Pasted, Failure> {
        let paste = paste.map_err(|not| Failure::not_keys(&not))?;
        let snapshot = self.snapshot();
        let settings = &snapshot.around.settings;
        let mut masker = lock(&self.masker);
        let offers = offer::offers(&paste.found, snapshot.home(), settings, &mut masker);
        drop(masker);
        let mut pasted = lock(&self.pasted);
        pasted.last_ticket += 1;
        pasted.found = paste.found;
        Ok(Pasted {
            ticket: pasted.last_ticket,
            form: paste.form.into(),
            offers,
            notes: paste.notes,
        })
    }
}

impl Pasted {
    /// The request that writes it, under these names; where there are fewer than profiles, the rest as offered.
    ///
    /// # Errors
    /// `unsupported` when there are more names than profiles.
    pub fn request(&self, names: &[String]) -> Result<ChangeRequest, Failure> {
        if names.len() > self.offers.len() {
            return Err(Failure::too_many_names(names.len(), self.offers.len()));
        }
        let offered = self.offers.iter().skip(names.len());
        let names = names.iter().chain(offered.map(|offer| &offer.name));
        Ok(ChangeRequest::Import {
            ticket: self.ticket,
            names: names.cloned().collect(),
        })
    }
}

impl From<Form> for PasteForm {
    fn from(form: Form) -> Self {
        match form {
            Form::PortalBlock => Self::PortalBlock,
            Form::Ini => Self::Ini,
            Form::Variables => Self::Variables,
            Form::Values => Self::Values,
            Form::Csv => Self::Csv,
            Form::Json => Self::Json,
            Form::Airflow => Self::Airflow,
        }
    }
}
