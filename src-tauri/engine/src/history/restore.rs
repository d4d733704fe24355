//! Versions looked at again, and put back: the whole file, or the sections of one profile.

use jiff::Timestamp;
use rolecall_core::profiles::File;

use super::{one_profile::with_profile, version::Version};
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    view::{FailureCode, FileChange, HistoryDocument, KeptVersion, VersionDocument},
};

impl Engine {
    /// Every version, the newest first.
    pub fn history_document(&self) -> HistoryDocument {
        let mut history = lock(&self.history);
        history.store.refresh(&self.world);
        let versions = history.store.all().rev();
        let versions = versions.map(|(id, version)| kept(id, version));
        HistoryDocument {
            versions: versions.collect(),
            damaged: history.store.damaged(),
            kept: self.history_choice(),
        }
    }

    /// What a version did to its file.
    ///
    /// # Errors
    /// `notFound` when there is no such version, `unreadable` when its text can't be read any more.
    pub fn version_document(&self, id: u64) -> Result<VersionDocument, Failure> {
        let version = self.version(id)?;
        let after = self.masked_text(&version)?;
        let before = match version.before {
            Some(before) => self.masked_text(&self.version(before)?)?,
            None => Vec::new(),
        };
        let change = self.file_change(version.file.into(), &before, &after);
        Ok(VersionDocument {
            version: kept(id, &version),
            changes: change.into_iter().collect(),
        })
    }

    /// What restoring would do.
    ///
    /// # Errors
    /// As `restore`.
    pub fn restore_preview(
        &self,
        id: u64,
        profile: Option<&str>,
    ) -> Result<Vec<FileChange>, Failure> {
        let version = self.version(id)?;
        let file = version.file.into();
        let now = self.bytes_now(file)?.unwrap_or_default();
        let becomes = self.restored(&version, profile, &now)?;
        Ok(self.file_change(file, &now, &becomes).into_iter().collect())
    }

    /// Puts a version back, or the sections that a profile had in it.
    ///
    /// # Errors
    /// `notFound` when there is no such version or profile, `unreadable` when its text or a secret is gone, or when the
    /// file can't be written. It is as it was then.
    pub fn restore(&self, id: u64, profile: Option<&str>) -> Result<(), Failure> {
        let version = self.version(id)?;
        let file: File = version.file.into();
        let what = match profile {
            Some(name) => format!("Restore {name} of version {id}"),
            None => format!("Restore version {id} of {}", file.name()),
        };
        let restored = self.replay(file, &self.deed(what), |now| {
            self.restored(&version, profile, now)
        });
        self.see_what_is_there();
        self.put_back();
        restored
    }

    fn restored(
        &self,
        version: &Version,
        profile: Option<&str>,
        now: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        let file = version.file.into();
        if version.path != self.history_path(file) {
            return Err(Failure::elsewhere(&version.path));
        }
        let then = self.masked_text(version)?;
        let becomes = match profile {
            None => then,
            Some(name) => with_profile(file, &then, &self.masked_bytes(now), name)
                .ok_or_else(|| Failure::not_in_version(name))?,
        };
        self.with_secrets(file, &becomes, now)
    }

    pub(super) fn version(&self, id: u64) -> Result<Version, Failure> {
        let mut history = lock(&self.history);
        history.store.refresh(&self.world);
        let version = history.store.version(id).cloned();
        version.ok_or_else(|| Failure::no_such_version(id))
    }
}

fn kept(id: u64, version: &Version) -> KeptVersion {
    let at = Timestamp::from_second(version.at.as_second());
    KeptVersion {
        id,
        at: at.expect("whole seconds of a time").to_string(),
        file: version.file,
        path: version.path.clone(),
        size: version.size,
        by_rolecall: version.deed.as_ref().map(|deed| deed.what.clone()),
        before: version.before,
        without_secrets: version.blob.is_some() && version.key.is_none(),
    }
}

impl Failure {
    fn no_such_version(id: u64) -> Self {
        Self::new(
            FailureCode::NotFound,
            "history.notFound",
            format!("History has no version {id}."),
            "rolecall history list shows all versions.",
        )
    }

    fn not_in_version(name: &str) -> Self {
        Self::new(
            FailureCode::NotFound,
            "history.notInVersion",
            format!("That version has no profile “{name}”."),
            "rolecall history show ID shows what a version changed.",
        )
    }

    fn elsewhere(path: &str) -> Self {
        Self::new(
            FailureCode::NotFound,
            "history.elsewhere",
            format!("That version is of {path}, which is not the file in use."),
            "Name that file with --config or --credentials, then restore it.",
        )
    }
}
