//! Unsaved text over the end of the program, however that came. A moment after each change the draft is noted in the data
//! folder, masked; the next start finds the note of a program that runs no more, and the text is in the editor again, over
//! whatever the file is by then. Secrets that were typed and are in no file are kept only where History is encrypted,
//! sealed with its key; else their tokens stay damaged, which blocks saving until they are typed again. Where History
//! keeps nothing, neither does this.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use jiff::Timestamp;
use rolecall_core::{document::Document, edit::Typed, profiles::File};
use serde::{Deserialize, Serialize};

use super::{Held, editable};
use crate::{
    engine::{Engine, Moment, lock},
    history::seal::{Sealer, hex, unhex},
    notes::{data_folder, read, remove, rename, write_whole},
    view::{Draft, HistoryChoice},
    world::World,
};

/// What is typed within this time goes onto the disk together.
const REST: Duration = Duration::from_millis(300);

/// What lies in the data folder, one for each file and program.
#[derive(Serialize, Deserialize)]
pub(super) struct Left {
    /// The file.
    path: String,
    /// When it was typed last.
    at: Timestamp,
    /// What was on disk when typing began, masked; none where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<String>,
    /// What was typed, masked.
    pub(super) mine: String,
    /// The same with its secrets, sealed with the key of History.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) secrets: Option<String>,
}

impl Engine {
    /// Takes up what was typed and not saved when the program ended the last time. For the window, before its page asks.
    pub fn restore_drafts(&self) {
        for file in File::BOTH {
            if let Some((note, left)) = self.left(file) {
                self.take_up(file, &note, &left);
            }
        }
    }

    /// Notes the drafts a moment after each change. Needs a tokio runtime.
    pub async fn keep_drafts(self: Arc<Self>) {
        loop {
            self.draft_typed.notified().await;
            self.world.clock.sleep(REST).await;
            let engine = self.clone();
            // A large file takes a while to mask and write.
            if tokio::task::spawn_blocking(move || engine.note_drafts())
                .await
                .is_err()
            {
                return;
            }
        }
    }

    /// Those of the time before, for whoever begins to listen.
    pub(crate) fn restored_drafts(&self) -> Vec<Draft> {
        let snapshot = self.snapshot();
        let mut drafts = lock(&self.drafts);
        let files = File::BOTH.into_iter().filter(|file| {
            let held = drafts.0[*file as usize].as_ref();
            held.is_some_and(|held| held.restored.is_some())
        });
        let files: Vec<_> = files.collect();
        let view = |file| self.draft_view(&snapshot, &mut drafts, file);
        files.into_iter().map(view).collect()
    }

    pub(super) fn note_drafts(&self) {
        for file in File::BOTH {
            self.learn_secrets(file);
            // Nobody waits for this: what can't be noted now is tried again with the next change.
            let _ = self.note_draft(file);
        }
    }

    fn note_draft(&self, file: File) -> Option<()> {
        let path = self.note_path(file)?;
        let keeps = self.history_choice() != Some(HistoryChoice::None);
        let (left, real, version) = {
            let mut drafts = lock(&self.drafts);
            let held = drafts.0[file as usize].as_mut()?;
            if held.noted == Some(held.version) {
                return None;
            }
            if held.is_clean() || !keeps {
                if held.noted.take().is_some() {
                    let _ = remove(&self.world, &path);
                }
                return None;
            }
            let (left, real) = self.as_left(held, file);
            (left, real, held.version)
        };
        lock(&self.tokens).keep_key(&self.world).ok()?;
        let secrets = || {
            let real = real.as_deref()?;
            self.with_encryption(|sealer| sealed(&self.world, sealer, real))
        };
        let left = Left {
            secrets: left.secrets.clone().or_else(secrets),
            ..left
        };
        let text = toml::to_string(&left).expect("notes are plain TOML");
        write_whole(&self.world, &path, text.as_bytes()).ok()?;
        let mut drafts = lock(&self.drafts);
        drafts.0[file as usize].as_mut()?.noted = Some(version);
        Some(())
    }

    /// A draft as it may lie on the disk, and the bytes that it stands for where all of its secrets are known.
    fn as_left(&self, held: &Held, file: File) -> (Left, Option<Vec<u8>>) {
        let plain = Sealer::plain(self.mask_key.bytes());
        let typed = Document::parse(held.typed.bytes());
        let mut masker = lock(&self.masker);
        let mine = if held.shows_secrets {
            masker.mask(&typed)
        } else {
            masker.cover_typed(&typed)
        };
        let base = held.base.as_deref().map(|base| masker.mask(base));
        let real = masker.unmask(&mine).ok();
        let left = Left {
            path: self.draft_path(file).unwrap_or_default(),
            at: held.touched,
            base: base.map(|base| sealed(&self.world, &plain, &base)),
            mine: sealed(&self.world, &plain, &mine),
            secrets: held.sealed.clone(),
        };
        (left, real)
    }

    fn take_up(&self, file: File, note: &Path, left: &Left) -> Option<()> {
        let snapshot = self.snapshot();
        // What can't be opened now is offered when it can.
        editable(&snapshot, file).ok()?;
        let plain = Sealer::plain(self.mask_key.bytes());
        let mine = Document::parse(opened(&plain, &left.mine)?);
        let mut fresh = self.fresh(&snapshot, file, 1, false);
        if fresh.clean == mine.bytes() {
            let _ = remove(&self.world, note);
            return None;
        }
        let clean = left.base.as_ref().map(|base| opened(&plain, base));
        fresh.base = match clean.clone().flatten() {
            None => None,
            // A secret that is in no file any more leaves its token there: the file has changed then anyway.
            Some(clean) => {
                let real = lock(&self.masker).unmask(&clean).unwrap_or(clean);
                Some(Arc::new(Document::parse(real)))
            }
        };
        fresh.clean = clean.flatten().unwrap_or_default();
        fresh.typed = Typed::of(&mine);
        fresh.restored = Some(left.at);
        fresh.touched = left.at;
        fresh.sealed.clone_from(&left.secrets);
        let is_ours = rename(&self.world, note, &self.note_path(file)?).is_ok();
        fresh.noted = is_ours.then_some(fresh.version);
        lock(&self.drafts).0[file as usize] = Some(fresh);
        self.draft_typed.notify_one();
        Some(())
    }

    /// Learns the secrets that were typed before this program started, once the key of History is to be had.
    fn learn_secrets(&self, file: File) -> Option<()> {
        let held_secrets = || lock(&self.drafts).0[file as usize].as_ref()?.sealed.clone();
        let secrets = held_secrets()?;
        let real = self.with_encryption(|sealer| opened(sealer, &secrets))?;
        // Masking is how the masker learns them: they get the same tokens as before.
        lock(&self.masker).mask(&Document::parse(real?));
        let snapshot = self.snapshot();
        let mut drafts = lock(&self.drafts);
        drafts.0[file as usize].as_mut()?.sealed = None;
        let draft = self.draft_view(&snapshot, &mut drafts, file);
        // Nobody listening means no window.
        let _ = self.moments.send(Moment::Draft(Arc::new(draft)));
        Some(())
    }

    /// The newest note about a file that a program left behind which runs no more.
    fn left(&self, file: File) -> Option<(PathBuf, Left)> {
        let folder = folder(&self.world)?;
        let ours = self.draft_path(file)?;
        let names = self.world.disk.list(&folder).unwrap_or_default();
        let notes = names.iter().filter_map(|name| {
            let name = name.to_str()?;
            let (about, writer) = name.strip_suffix(".toml")?.rsplit_once('.')?;
            let writer: u32 = writer.parse().ok()?;
            if !about.starts_with(file.name()) || self.world.process.is_running(writer) {
                return None;
            }
            let note = folder.join(name);
            let left: Left = toml::from_slice(&read(&self.world, &note).ok()?).ok()?;
            (left.path == ours).then_some((note, left))
        });
        notes.max_by_key(|(_, left)| left.at)
    }

    /// Where this program notes it.
    fn note_path(&self, file: File) -> Option<PathBuf> {
        let path = self.draft_path(file)?;
        let name = Sealer::plain(self.mask_key.bytes()).name(path.as_bytes());
        let writer = self.world.process.id();
        let note = format!("{}-{}.{writer}.toml", file.name(), &name[..16]);
        Some(folder(&self.world)?.join(note))
    }

    fn draft_path(&self, file: File) -> Option<String> {
        let snapshot = self.snapshot();
        let path = snapshot.around.places.of(file)?;
        Some(path.to_string_lossy().into_owned())
    }
}

fn folder(world: &World) -> Option<PathBuf> {
    Some(data_folder(world)?.join("drafts"))
}

/// Bytes as a note has them: their name, and they themselves as the sealer lays them down.
fn sealed(world: &World, sealer: &Sealer, bytes: &[u8]) -> String {
    let name = sealer.name(bytes);
    let laid_down = sealer.seal(&*world.random, &name, bytes);
    format!("{name}:{}", hex(&laid_down))
}

/// The bytes again; none where they are not those that were laid down.
pub(super) fn opened(sealer: &Sealer, note: &str) -> Option<Vec<u8>> {
    let (name, laid_down) = note.split_once(':')?;
    Some(sealer.open(name, &unhex(laid_down)?)?.to_vec())
}
