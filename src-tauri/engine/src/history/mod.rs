//! History: every version of the two files that Rolecall saw. Before a file is written its old bytes are here, on the
//! disk; where that can't be, nothing is written until a person decides. `put` is the one door through which the files
//! are written. Here too: what Undo and restore take back (`undo`). How text is kept and with which key is in `keeping`.

mod keeping;
mod looks;
mod masked;
mod one_profile;
mod passphrase;
mod replay;
mod restore;
pub(crate) mod seal;
mod store;
#[cfg(test)]
mod tests;
mod undo;
mod version;

use std::{io, ops::Range};

use rolecall_core::{
    document::{Document, Encoding},
    edit::additions,
    profiles::File,
};

use keeping::Chosen;
pub(crate) use keeping::Keeping;
use store::Store;
pub(crate) use version::Deed;
use version::Version;

use crate::{
    engine::{Engine, lock},
    failure::{Failure, refused},
    locate::Places,
    save::{self, Wrote},
    view::FailureCode,
};

/// One Rolecall at a time notes and prunes: else one could remove what another has not noted yet.
const TURN: &str = "history";

/// What the engine has of it.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// Filled when it is first needed, or when a person chooses.
    keeping: Option<Keeping>,
    /// What that follows from; another Rolecall may choose anew.
    chosen: Option<Chosen>,
    store: Store,
    /// A look has asked for the key.
    asked: bool,
    /// The person said that the next change may be written without it.
    skips: bool,
}

impl Engine {
    /// The beginning of something that changes the files: all that is written with it is taken back together.
    pub(crate) fn deed(&self, what: impl Into<String>) -> Deed {
        Deed {
            id: seal::hex(&self.world.random.bytes()[..8]),
            what: what.into(),
            undoes: None,
        }
    }

    /// Writes one of the files, as `save::write` does. Its old bytes are in History before the first one changes.
    ///
    /// # Errors
    /// When History can't keep them, with a cause that begins with `history.`; or when the file can't be written. Either
    /// way it is as it was.
    pub(crate) fn put(
        &self,
        file: File,
        base: Option<&[u8]>,
        new: &[u8],
        deed: &Deed,
    ) -> Result<Wrote, Failure> {
        self.put_by(file, base, new, deed, |places| {
            save::write(&self.world, places, file, base, new)
        })
    }

    /// The same, as `save::write_lines` does.
    ///
    /// # Errors
    /// As `put`, and `bug` when another line would change too.
    pub(crate) fn put_lines(
        &self,
        file: File,
        (base, lines): (Option<&[u8]>, &[Range<usize>]),
        new: &[u8],
        deed: &Deed,
    ) -> Result<Wrote, Failure> {
        self.put_by(file, base, new, deed, |places| {
            save::write_lines(&self.world, places, file, (base, lines), new)
        })
    }

    fn put_by(
        &self,
        file: File,
        base: Option<&[u8]>,
        new: &[u8],
        deed: &Deed,
        save: impl FnOnce(&Places) -> Result<Wrote, Failure>,
    ) -> Result<Wrote, Failure> {
        let mut history = lock(&self.history);
        let places = self.snapshot().around.places.clone();
        let save = || {
            let wrote = save(&places)?;
            if let Wrote::Moved {
                crossed: Some(theirs),
                ..
            } = &wrote
            {
                // They may have begun from an older text: what is not in theirs is nothing that they took away.
                let base = base.unwrap_or_default();
                self.keep_watch(file, base, &additions(base, theirs), deed);
            }
            Ok(wrote)
        };
        if history.skips {
            let wrote = save();
            // Another program was quicker: the same change is tried once more.
            history.skips = matches!(wrote, Ok(Wrote::Moved { .. }));
            return wrote;
        }
        self.open_history(&mut history)
            .map_err(|failure| failure.so_not_saved(file))?;
        let turn = save::turn(&self.world, TURN);
        history.store.refresh(&self.world);
        let before = self
            .keep(&mut history, file, base, None)
            .map_err(|error| Failure::history_unwritable(&error).so_not_saved(file))?;
        drop(turn);
        let wrote = save()?;
        if matches!(wrote, Wrote::Done(_)) {
            let _turn = save::turn(&self.world, TURN);
            history.store.refresh(&self.world);
            // The file is written, and its old bytes are kept; without this note the change is another program's.
            let _ = self.keep(&mut history, file, Some(new), Some((deed, before)));
            history.store.prune(&self.world);
            self.note_last_change(&history.store);
        }
        Ok(wrote)
    }

    /// Whether the next change can be kept. May wait for the keyring.
    ///
    /// # Errors
    /// With a cause that begins with `history.`: a person has to choose, or to open it.
    pub fn history_ready(&self) -> Result<(), Failure> {
        self.open_history(&mut lock(&self.history)).map(|_| ())
    }

    /// The next change is written though History can't keep what was there: the person said so.
    pub fn skip_history_once(&self) {
        lock(&self.history).skips = true;
    }

    /// Keeps a version, unless it is the last one already; says its number, if anything is kept at all.
    fn keep(
        &self,
        history: &mut History,
        file: File,
        bytes: Option<&[u8]>,
        made_by: Option<(&Deed, Option<u64>)>,
    ) -> io::Result<Option<u64>> {
        let path = self.history_path(file);
        let Some(keeping) = &history.keeping else {
            return Ok(None);
        };
        let Some(sealer) = keeping.sealer() else {
            return Ok(None);
        };
        let text = bytes.and_then(|bytes| self.as_kept(keeping, bytes));
        let blob = match &text {
            Some(text) => Some(Store::keep_bytes(&self.world, sealer, text)?),
            None => None,
        };
        let size = bytes.map_or(0, <[u8]>::len);
        let last = history.store.last(&path);
        if let (Some((number, last)), None) = (last, made_by)
            && (&last.blob, last.size) == (&blob, size)
        {
            return Ok(Some(number));
        }
        let (deed, before) = made_by.map_or((None, last.map(|(number, _)| number)), |made| {
            (Some(made.0.clone()), made.1)
        });
        let version = Version {
            at: self.world.clock.now(),
            file: file.into(),
            path,
            size,
            key: blob.as_ref().and(sealer.key_id.clone()),
            blob,
            deed,
            before,
        };
        history.store.add(&self.world, version).map(Some)
    }

    /// The text of a file as it may be kept; none where its secrets can't be told from the rest.
    fn as_kept(&self, keeping: &Keeping, bytes: &[u8]) -> Option<seal::Text> {
        if matches!(keeping, Keeping::Encrypted(_)) {
            return Some(bytes.to_vec().into());
        }
        let document = Document::parse(bytes.to_vec());
        let is_text = !matches!(document.encoding(), Encoding::Utf16 | Encoding::Binary);
        is_text.then(|| lock(&self.masker).mask(&document).into())
    }

    fn history_path(&self, file: File) -> String {
        let snapshot = self.snapshot();
        let path = snapshot.around.places.of(file);
        path.map(|path| path.to_string_lossy().into_owned())
            .unwrap_or_default()
    }
}

impl Failure {
    /// History can't keep anything: `why` goes on after “since”.
    pub(crate) fn no_history(cause: &'static str, why: &str) -> Self {
        Self::new(
            FailureCode::Unwritable,
            cause,
            format!("History can't keep the old text, since {why}."),
            "Choose how History is kept, then try again: rolecall history keep --help",
        )
    }

    /// The person chose that nothing is kept.
    fn history_off() -> Self {
        Self::new(
            FailureCode::Unsupported,
            "history.off",
            "History is switched off, so nothing can be shown, undone or restored.".into(),
            "rolecall history keep switches it on again.",
        )
    }

    /// Its folder could not be written.
    pub(crate) fn history_unwritable(error: &io::Error) -> Self {
        let (_, why, hint) = refused(error);
        Self::new(
            FailureCode::Unwritable,
            "history.unwritable",
            format!("History can't keep the old text, since {why}."),
            hint,
        )
    }

    /// The same, about a file that was to be written.
    fn so_not_saved(self, file: File) -> Self {
        let message = format!("{} was not saved: {}", file.name(), self.message);
        Self { message, ..self }
    }
}
