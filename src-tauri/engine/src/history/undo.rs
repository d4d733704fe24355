//! Undo: takes back the last change that Rolecall made, in both files if it was in both, and leaves alone what came
//! since. Undoing again walks further back; an undo is never what is undone. All of it is worked out on masked text.

use std::collections::{BTreeMap, BTreeSet};

use rolecall_core::{
    edit::{Merge, merge},
    profiles::File,
};

use super::{Deed, store::Store, version::Version};
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    view::{FailureCode, FileChange, HistoryChoice, Undo},
};

/// The last change of ours, and its version of each file.
struct Last {
    deed: Deed,
    versions: BTreeMap<File, Version>,
}

impl Engine {
    /// What Undo would do, named and shown.
    ///
    /// # Errors
    /// `notFound` when nothing is left to undo, or it no longer fits what is there.
    pub fn undo_preview(&self) -> Result<(String, Vec<FileChange>), Failure> {
        let last = self.last_change()?;
        let mut changes = Vec::new();
        for (file, version) in &last.versions {
            let now = self.bytes_now(*file)?.unwrap_or_default();
            let becomes = self.undone(*file, version, &last.deed, &now)?;
            changes.extend(self.file_change(*file, &now, &becomes));
        }
        Ok((last.deed.what, changes))
    }

    /// Takes back the last change that Rolecall made, and says which.
    ///
    /// # Errors
    /// As `undo_preview`, or when a file can't be written.
    pub fn undo(&self) -> Result<String, Failure> {
        // It fits everywhere, or nothing is written.
        let (_, changes) = self.undo_preview()?;
        let last = self.last_change()?;
        let undo = Deed {
            undoes: Some(last.deed.id.clone()),
            ..self.deed(format!("Undo: {}", last.deed.what))
        };
        let undone = last.versions.iter().try_for_each(|(file, version)| {
            self.replay(*file, &undo, |now| {
                self.undone(*file, version, &last.deed, now)
            })
        });
        if changes.is_empty() && undone.is_ok() {
            self.note_as_undone(&last, &undo)?;
        }
        self.see_what_is_there();
        self.put_back();
        undone.map(|()| last.deed.what)
    }

    /// Another program took it back already: noted, so that Undo walks on.
    fn note_as_undone(&self, last: &Last, undo: &Deed) -> Result<(), Failure> {
        let mut history = lock(&self.history);
        self.open_history(&mut history)?;
        for file in last.versions.keys() {
            let now = self.bytes_now(*file)?;
            self.keep(&mut history, *file, now.as_deref(), Some((undo, None)))
                .map_err(|error| Failure::history_unwritable(&error))?;
        }
        self.note_last_change(&history.store);
        Ok(())
    }

    /// What Undo names in the window; notes it, and says whether that is news.
    pub(super) fn note_last_change(&self, store: &Store) -> bool {
        let is_off = self.history_choice() == Some(HistoryChoice::None);
        let last = find(store, &self.history_paths()).filter(|_| !is_off);
        let last = last.map(|last| Undo {
            what: last.deed.what,
            at: last
                .versions
                .values()
                .map(|version| version.at.as_second())
                .max()
                .unwrap_or_default(),
        });
        let mut known = lock(&self.undo);
        let news = *known != last;
        *known = last;
        news
    }

    fn last_change(&self) -> Result<Last, Failure> {
        let mut history = lock(&self.history);
        history.store.refresh(&self.world);
        find(&history.store, &self.history_paths()).ok_or_else(Failure::nothing_to_undo)
    }

    fn history_paths(&self) -> [String; 2] {
        File::BOTH.map(|file| self.history_path(file))
    }

    /// What a file becomes when a change is taken back.
    fn undone(
        &self,
        file: File,
        version: &Version,
        deed: &Deed,
        now: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        let after = self.masked_text(version)?;
        let before = match version.before {
            Some(number) => self.masked_text(&self.version(number)?)?,
            None => Vec::new(),
        };
        match merge(&after, &before, &self.masked_bytes(now)) {
            Merge::Clean(both) => self.with_secrets(file, &both, now),
            Merge::Overlap(_) => Err(Failure::no_longer_fits(file.name(), &deed.what)),
        }
    }
}

fn find(store: &Store, paths: &[String; 2]) -> Option<Last> {
    let ours = || {
        store
            .all()
            .rev()
            .map(|(_, version)| version)
            .filter(|version| paths.contains(&version.path))
            .filter_map(|version| Some((version, version.deed.as_ref()?)))
    };
    let undone: BTreeSet<&str> = ours()
        .filter_map(|(_, deed)| deed.undoes.as_deref())
        .collect();
    // A file that was created has nothing before it that could be there again.
    let (_, deed) = ours().find(|(version, deed)| {
        version.before.is_some() && deed.undoes.is_none() && !undone.contains(deed.id.as_str())
    })?;
    let mut versions = BTreeMap::new();
    for (version, _) in ours().filter(|(_, other)| other.id == deed.id) {
        // What was put back after another program wrote over it has two: the newer one holds.
        versions
            .entry(version.file.into())
            .or_insert_with(|| version.clone());
    }
    Some(Last {
        deed: deed.clone(),
        versions,
    })
}

impl Failure {
    fn nothing_to_undo() -> Self {
        Self::new(
            FailureCode::NotFound,
            "history.nothingToUndo",
            "There is nothing to undo: Rolecall has changed nothing, or all of it was taken back."
                .into(),
            "rolecall history list shows every version, also those of other programs.",
        )
    }

    fn no_longer_fits(file: &str, what: &str) -> Self {
        Self::new(
            FailureCode::NotFound,
            "history.noLongerFits",
            format!("“{what}” can't be undone: the same lines of {file} were changed again since."),
            "Change them by hand, or restore an earlier version: rolecall history list",
        )
    }
}
