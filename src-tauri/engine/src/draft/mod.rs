//! The file editor. What is typed lives here, masked as the page has it, and so outlives a crash of the page. The page
//! tells each change with the version that it was made on; answers are about a version too. Saving puts the secrets
//! back, and the draft together with whatever others did to the file meanwhile. What becomes of it when they touch is in
//! `moved`; how it outlives the program too, in `outlives`.

mod moved;
mod outline;
mod outlives;
#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use rolecall_core::{
    document::{DamagedToken, Document, Encoding},
    edit::{Change, Merge, Spot, Typed, changed_lines, merge, tally},
    profiles::File,
};

use crate::{
    diagnosis::diagnose,
    engine::{Engine, Moment, lock},
    failure::Failure,
    history::Deed,
    look::EDIT_LIMIT,
    save::{Report, Wrote},
    snapshot::{FileFound, Snapshot},
    view::{Diagnosis, Draft, FileKind, Resolution, SaveOutcome, TextChange},
};

use outline::Told;

/// Shown secrets are hidden again after this long without a change (`safety.md`).
const SHOWN_FOR: Duration = Duration::from_mins(5);
/// How often another program may come between a look and a write before we stop and show it.
const ROUNDS: u32 = 8;

/// What is open in the editor, by file.
#[derive(Debug, Default)]
pub(crate) struct Drafts([Option<Held>; 2]);

/// One file's draft.
struct Held {
    /// What was on disk when typing began, and at each place that was settled since, what was there then; none where
    /// nothing was.
    base: Option<Arc<Document>>,
    /// The base as the page had it.
    clean: Vec<u8>,
    typed: Typed,
    version: u32,
    shows_secrets: bool,
    touched: Timestamp,
    told: Told,
    /// What was on disk when the person last looked at both sides, as the page had it.
    compared: Vec<u8>,
    /// The version that lies in the data folder, or is saved and lies there no more.
    noted: Option<u32>,
    /// When it was typed last, where that was before this program started.
    restored: Option<Timestamp>,
    /// Secrets that were typed before this program started, as long as the key of History is not to be had.
    sealed: Option<String>,
}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Held(version {})", self.version)
    }
}

impl Held {
    fn is_clean(&self) -> bool {
        self.typed.bytes() == self.clean
    }

    /// Its bytes, where they are not those that everybody is shown of the file.
    fn own_bytes(&self) -> Option<Vec<u8>> {
        let bytes = self.typed.bytes();
        (self.shows_secrets || bytes != self.clean).then_some(bytes)
    }
}

impl Engine {
    /// What the editor shows of a file: what was typed and not saved, else what is on disk.
    ///
    /// # Errors
    /// When there is no place for the file.
    pub fn open_draft(&self, file: FileKind) -> Result<Draft, Failure> {
        let file = file.into();
        let snapshot = self.snapshot();
        if snapshot.around.places.of(file).is_none() {
            return Err(Failure::no_place(File::name(file)));
        }
        let mut drafts = lock(&self.drafts);
        if drafts.0[file as usize].is_none() {
            drafts.put(file, self.fresh(&snapshot, file, 1, false));
        }
        Ok(self.draft_view(&snapshot, &mut drafts, file))
    }

    /// Takes what was typed on top of a version, and says which version that makes.
    ///
    /// # Errors
    /// `draft.outOfStep` when it was typed on another text; then nothing changed.
    pub fn edit_draft(
        &self,
        file: FileKind,
        version: u32,
        changes: &[TextChange],
    ) -> Result<u32, Failure> {
        let file: File = file.into();
        editable(&self.snapshot(), file)?;
        let mut drafts = lock(&self.drafts);
        let held = drafts.held(file)?;
        if held.version != version {
            return Err(Failure::out_of_step());
        }
        let mut typed = held.typed.clone();
        for change in changes {
            typed
                .apply(&typed_change(change))
                .map_err(|_| Failure::out_of_step())?;
        }
        held.typed = typed;
        held.version += 1;
        held.touched = self.world.clock.now();
        self.draft_typed.notify_one();
        Ok(held.version)
    }

    /// What is found in the draft as it is now, for somebody who has the outline of the id `known`.
    ///
    /// # Errors
    /// `draft.outOfStep` when no draft is open.
    pub fn diagnose_draft(
        &self,
        file: FileKind,
        known: Option<&str>,
    ) -> Result<Diagnosis, Failure> {
        let file = file.into();
        let snapshot = self.snapshot();
        let mut drafts = lock(&self.drafts);
        drafts.held(file)?;
        Ok(self.diagnosis(&snapshot, &mut drafts, file, known))
    }

    /// Lets the draft go and shows what is on disk.
    ///
    /// # Errors
    /// `draft.outOfStep` when no draft is open.
    pub fn discard_draft(&self, file: FileKind) -> Result<Draft, Failure> {
        self.resolve_draft(file, Resolution::LoadTheirs)
    }

    /// Shows the secrets of a file in the editor, or hides them again.
    ///
    /// # Errors
    /// When a hidden secret was damaged by typing: nobody could say what it was.
    pub fn show_secrets(self: &Arc<Self>, file: FileKind, shown: bool) -> Result<Draft, Failure> {
        let file = file.into();
        let snapshot = self.snapshot();
        editable(&snapshot, file)?;
        let mut drafts = lock(&self.drafts);
        self.turn(drafts.held(file)?, file, shown)?;
        if shown {
            tokio::spawn(self.clone().hide_when_idle(file));
        }
        Ok(self.draft_view(&snapshot, &mut drafts, file))
    }

    /// Puts the draft on disk.
    ///
    /// # Errors
    /// When the world says no, or a hidden secret was damaged. The file is as it was, and so is the draft.
    pub fn save_draft(&self, file: FileKind) -> Result<SaveOutcome, Failure> {
        let saved = self.save_once(file.into());
        self.put_back();
        saved
    }

    fn save_once(&self, file: File) -> Result<SaveOutcome, Failure> {
        let _one_at_a_time = lock(&self.saving);
        // The draft of such a file is empty, and must never be what the file becomes.
        editable(&self.snapshot(), file)?;
        let (mut base, mut new, mut lines) = {
            let mut drafts = lock(&self.drafts);
            let held = drafts.held(file)?;
            // What was typed in the masked text must be all that changes in the real one.
            let lines = changed_lines(&held.clean, &held.typed.bytes());
            let new = self.real_bytes(file, &held.typed.bytes(), held.shows_secrets)?;
            (held.base.clone(), new, lines)
        };
        let deed = self.deed("You edited in Rolecall");
        let mine = (base.clone(), new.clone());
        for _ in 0..ROUNDS {
            let old = base.as_deref().map(Document::bytes);
            if old == Some(new.as_slice()) {
                return Ok(self.saved(file, &mine, new, &deed, None));
            }
            self.note_own_tokens(file, old.unwrap_or_default(), &new);
            match self.put_lines(file, (old, &lines), &new, &deed)? {
                Wrote::Done(report) => {
                    return Ok(self.saved(file, &mine, new, &deed, Some(report)));
                }
                Wrote::LooksEmptied => {
                    self.see_what_is_there();
                    return Err(Failure::looks_emptied(file.name()));
                }
                Wrote::Moved {
                    there: Some(theirs),
                    ..
                } => {
                    // What we saved a moment ago and they had not seen is no line that they removed.
                    let whole = self.with_kept(file, &theirs);
                    match merge(old.unwrap_or_default(), &new, &whole) {
                        Merge::Clean(both) => new = both,
                        Merge::Overlap(_) => break,
                    }
                    lines = changed_lines(&theirs, &new);
                    base = Some(Arc::new(Document::parse(theirs)));
                }
                Wrote::Moved { there: None, .. } => break,
            }
        }
        self.see_what_is_there();
        let snapshot = self.snapshot();
        let mut drafts = lock(&self.drafts);
        Ok(SaveOutcome::Conflict {
            draft: Box::new(self.draft_view(&snapshot, &mut drafts, file)),
        })
    }

    /// After each look: a draft that nobody touched follows the file, another one is told that the file moved.
    pub(crate) fn follow_drafts(&self) {
        let snapshot = self.snapshot();
        let mut drafts = lock(&self.drafts);
        for file in File::BOTH {
            let Some(held) = &drafts.0[file as usize] else {
                continue;
            };
            let now = snapshot.home().document(file).map(Document::bytes);
            if now == held.base.as_deref().map(Document::bytes) {
                continue;
            }
            if held.is_clean() {
                let fresh = self.fresh(&snapshot, file, held.version + 1, held.shows_secrets);
                drafts.put(file, fresh);
            }
            let draft = self.draft_view(&snapshot, &mut drafts, file);
            // Nobody listening means no window.
            let _ = self.moments.send(Moment::Draft(Arc::new(draft)));
        }
    }

    async fn hide_when_idle(self: Arc<Self>, file: File) {
        loop {
            let touched = match &lock(&self.drafts).0[file as usize] {
                Some(held) if held.shows_secrets => held.touched,
                _ => return,
            };
            let idle = self.world.clock.now().duration_since(touched);
            let left = SHOWN_FOR.saturating_sub(Duration::try_from(idle).unwrap_or_default());
            if left.is_zero() {
                break;
            }
            self.world.clock.sleep(left).await;
        }
        let snapshot = self.snapshot();
        let mut drafts = lock(&self.drafts);
        if let Ok(held) = drafts.held(file)
            && self.turn(held, file, false).is_ok()
        {
            let draft = self.draft_view(&snapshot, &mut drafts, file);
            let _ = self.moments.send(Moment::Draft(Arc::new(draft)));
        }
    }

    /// Makes the draft show its secrets, or hide them.
    fn turn(&self, held: &mut Held, file: File, shown: bool) -> Result<(), Failure> {
        held.touched = self.world.clock.now();
        if held.shows_secrets == shown {
            return Ok(());
        }
        let bytes = self.real_bytes(file, &held.typed.bytes(), held.shows_secrets)?;
        let document = Document::parse(bytes);
        held.typed = self.shown(Some(&document), shown);
        held.clean = self.shown(held.base.as_deref(), shown).bytes();
        held.shows_secrets = shown;
        held.version += 1;
        Ok(())
    }

    /// Text as the page has it, with its secrets put back.
    fn real_bytes(&self, file: File, bytes: &[u8], shows: bool) -> Result<Vec<u8>, Failure> {
        if shows {
            return Ok(bytes.to_vec());
        }
        let bytes = lock(&self.masker).unmask(bytes);
        bytes.map_err(|damaged| Failure::damaged_secrets(file.name(), &lines_of(&damaged)))
    }

    /// A draft of what is on disk.
    fn fresh(&self, snapshot: &Snapshot, file: File, version: u32, shows_secrets: bool) -> Held {
        let document = snapshot.home().document(file);
        let shown = document.filter(|_| editable(snapshot, file).is_ok());
        let typed = self.shown(shown, shows_secrets);
        Held {
            base: document.map(|document| Arc::new(Document::parse(document.bytes().to_vec()))),
            clean: typed.bytes(),
            typed,
            version,
            shows_secrets,
            touched: self.world.clock.now(),
            told: Told::default(),
            compared: Vec::new(),
            noted: None,
            restored: None,
            sealed: None,
        }
    }

    /// A document as the page has it.
    fn shown(&self, document: Option<&Document>, with_secrets: bool) -> Typed {
        match document {
            None => Typed::of(&Document::parse(Vec::new())),
            Some(document) if with_secrets => Typed::of(document),
            Some(document) => Typed::of(&Document::parse(lock(&self.masker).mask(document))),
        }
    }

    /// The new bytes are on disk: they are published, and the draft starts anew from them. What is mine in them may be
    /// less, when another program was quicker.
    fn saved(
        &self,
        file: File,
        (before, mine): &(Option<Arc<Document>>, Vec<u8>),
        new: Vec<u8>,
        deed: &Deed,
        report: Option<Report>,
    ) -> SaveOutcome {
        let base = before.as_deref().map_or(&[][..], Document::bytes);
        let lines = tally(base, &new).lines();
        self.keep_watch(file, base, mine, deed);
        let document = Document::parse(new);
        {
            let mut drafts = lock(&self.drafts);
            if let Ok(held) = drafts.held(file) {
                held.typed = self.shown(Some(&document), held.shows_secrets);
                held.clean = held.typed.bytes();
                held.base = Some(Arc::new(document));
                held.version += 1;
                (held.restored, held.sealed) = (None, None);
            }
        }
        self.draft_typed.notify_one();
        self.see_what_is_there();
        let snapshot = self.snapshot();
        let mut drafts = lock(&self.drafts);
        SaveOutcome::Saved {
            draft: Box::new(self.draft_view(&snapshot, &mut drafts, file)),
            lines,
            note: report.and_then(Report::note),
        }
    }

    fn draft_view(&self, snapshot: &Snapshot, drafts: &mut Drafts, file: File) -> Draft {
        let diagnosis = self.diagnosis(snapshot, drafts, file, None);
        let held = drafts.0[file as usize]
            .as_ref()
            .expect("its caller put it there");
        let places = &snapshot.around.places;
        Draft {
            file: file.into(),
            path: places
                .of(file)
                .map(|path| places.shown(path))
                .unwrap_or_default(),
            version: held.version,
            text: held.typed.text(),
            shows_secrets: held.shows_secrets,
            read_only: editable(snapshot, file).err().map(|failure| failure.view()),
            new: held.base.is_none() && snapshot.home().document(file).is_none(),
            moved: self.moved(snapshot, held, file),
            restored: held.restored.map(Timestamp::as_second),
            diagnosis,
        }
    }

    fn diagnosis(
        &self,
        snapshot: &Snapshot,
        drafts: &mut Drafts,
        file: File,
        known: Option<&str>,
    ) -> Diagnosis {
        let documents = File::BOTH.map(|file| {
            let own = drafts.0[file as usize].as_ref().and_then(Held::own_bytes);
            let masked = || snapshot.masked(file).map(|it| it.bytes().to_vec());
            own.or_else(masked).map(Document::parse)
        });
        let held = drafts.0[file as usize]
            .as_mut()
            .expect("its caller put it there");
        let bytes = held.typed.bytes();
        let unsaved_lines = tally(&held.clean, &bytes).lines();
        let damaged = if held.shows_secrets {
            Vec::new()
        } else {
            lock(&self.masker).damaged(&bytes)
        };
        let (found, sections) = diagnose(documents, &snapshot.facts, file);
        Diagnosis {
            version: held.version,
            outline: held.told.tell(sections, known),
            unsaved_lines,
            damaged: lines_of(&damaged),
            ..found
        }
    }
}

impl Drafts {
    fn held(&mut self, file: File) -> Result<&mut Held, Failure> {
        self.0[file as usize]
            .as_mut()
            .ok_or_else(Failure::out_of_step)
    }

    /// Another draft takes the place of the one that was there; what of that lies on the disk is still to be let go.
    fn put(&mut self, file: File, held: Held) {
        let place = &mut self.0[file as usize];
        let noted = place.as_ref().and_then(|before| before.noted);
        *place = Some(Held { noted, ..held });
    }
}

/// Whether a file can be typed in.
///
/// # Errors
/// Why it can only be looked at.
fn editable(snapshot: &Snapshot, file: File) -> Result<(), Failure> {
    if let FileFound::Failed(failure) = snapshot.found(file) {
        return Err(failure.clone());
    }
    let Some(document) = snapshot.home().document(file) else {
        return Ok(());
    };
    let size = document.bytes().len() as u64;
    if size > EDIT_LIMIT {
        return Err(Failure::too_large_to_edit(file.name(), size, EDIT_LIMIT));
    }
    match document.encoding() {
        Encoding::Utf8 | Encoding::Utf8WithMark => Ok(()),
        Encoding::Utf16 => Err(Failure::not_text(file.name(), "text in UTF-16")),
        Encoding::Binary => Err(Failure::not_text(file.name(), "no text")),
    }
}

fn typed_change(change: &TextChange) -> Change {
    let spot = |line: u32, column: u32| Spot {
        line: line.wrapping_sub(1),
        column: column.wrapping_sub(1),
    };
    Change {
        from: spot(change.start_line, change.start_column),
        to: spot(change.end_line, change.end_column),
        text: change.text.clone(),
    }
}

/// Where they stand, the first line being 1.
fn lines_of(damaged: &[DamagedToken]) -> Vec<u32> {
    let number = |token: &DamagedToken| u32::try_from(token.line + 1);
    let lines = damaged.iter().map(number);
    let mut lines: Vec<u32> = lines
        .map(|line| line.expect("a file has fewer lines than bytes"))
        .collect();
    // A token that stands for nothing is found at both of its ends.
    lines.dedup();
    lines
}
