//! The file changed on disk while there was something unsaved: what is said of that, both sides to look at, and what
//! becomes of them, for the whole file or place by place.

use std::{ops::Range, sync::Arc};

use rolecall_core::{
    document::Document,
    edit::{Merge, Overlap, Side, Tally, Typed, keep_mine, merge, settle, tally},
    profiles::File,
};

use super::{Drafts, Held};
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    snapshot::Snapshot,
    view::{ComparedPlace, Comparison, Draft, FileKind, Moved, PlaceSide, Resolution},
};

impl Engine {
    /// Both sides: what is on disk, and what was typed; and the places that both changed.
    ///
    /// # Errors
    /// `draft.outOfStep` when no draft is open.
    pub fn compare_draft(&self, file: FileKind) -> Result<Comparison, Failure> {
        let file = file.into();
        let snapshot = self.snapshot();
        let mut drafts = lock(&self.drafts);
        let held = drafts.held(file)?;
        let theirs = self.shown(snapshot.home().document(file), held.shows_secrets);
        held.compared = theirs.bytes();
        let places = held.overlaps(&held.compared);
        Ok(Comparison {
            theirs: theirs.text(),
            mine: held.typed.text(),
            places: places.iter().map(compared).collect(),
        })
    }

    /// What becomes of the draft when the file changed on disk.
    ///
    /// # Errors
    /// `draft.outOfStep` when no draft is open.
    pub fn resolve_draft(&self, file: FileKind, how: Resolution) -> Result<Draft, Failure> {
        let file = file.into();
        let snapshot = self.snapshot();
        let mut drafts = lock(&self.drafts);
        let held = drafts.held(file)?;
        let theirs = self.theirs(&snapshot, held, file);
        let mine = held.typed.bytes();
        let mine = match how {
            Resolution::LoadTheirs => None,
            Resolution::KeepBoth => match merge(&held.clean, &mine, &theirs) {
                Merge::Clean(both) => Some(both),
                // They touch after all, by a change that came in between: the page is told anew.
                Merge::Overlap(_) => return Ok(self.draft_view(&snapshot, &mut drafts, file)),
            },
            Resolution::KeepMine => Some(keep_mine(&held.clean, &mine, &theirs)),
        };
        self.rebase(&snapshot, &mut drafts, file, mine);
        Ok(self.draft_view(&snapshot, &mut drafts, file))
    }

    /// Settles one of the places that both changed, counted from 0 as in the comparison that the person looks at. After
    /// the last one the draft stands on what is on disk. When anything changed since that comparison, nothing becomes of
    /// it, and the page has to compare anew.
    ///
    /// # Errors
    /// `draft.outOfStep` when no draft is open, or when it is not the one that was compared.
    pub fn settle_place(
        &self,
        file: FileKind,
        version: u32,
        place: u32,
        side: PlaceSide,
    ) -> Result<Draft, Failure> {
        let file = file.into();
        let snapshot = self.snapshot();
        let mut drafts = lock(&self.drafts);
        let held = drafts.held(file)?;
        if held.version != version {
            return Err(Failure::out_of_step());
        }
        let theirs = self.theirs(&snapshot, held, file);
        let overlaps = held.overlaps(&theirs);
        let seen = overlaps
            .get(place as usize)
            .filter(|_| theirs == held.compared);
        let Some(overlap) = seen else {
            return Ok(self.draft_view(&snapshot, &mut drafts, file));
        };
        let mine = held.typed.bytes();
        let sides = (held.clean.as_slice(), mine.as_slice(), theirs.as_slice());
        let (clean, mine) = settle(sides, overlap, side.into());
        match merge(&clean, &mine, &theirs) {
            Merge::Clean(both) => self.rebase(&snapshot, &mut drafts, file, Some(both)),
            Merge::Overlap(_) => {
                let base = self.real_bytes(file, &clean, held.shows_secrets)?;
                held.base = Some(Arc::new(Document::parse(base)));
                held.clean = clean;
                held.typed = Typed::of(&Document::parse(mine));
                held.version += 1;
                self.draft_typed.notify_one();
            }
        }
        Ok(self.draft_view(&snapshot, &mut drafts, file))
    }

    pub(super) fn moved(&self, snapshot: &Snapshot, held: &Held, file: File) -> Option<Moved> {
        let document = snapshot.home().document(file);
        if document.map(Document::bytes) == held.base.as_deref().map(Document::bytes) {
            return None;
        }
        if document.is_none() {
            return Some(Moved::Gone);
        }
        let theirs = self.theirs(snapshot, held, file);
        let mine = held.typed.bytes();
        Some(match merge(&held.clean, &mine, &theirs) {
            Merge::Clean(_) => Moved::Apart {
                what: what_they_did(tally(&held.clean, &theirs), tally(&held.clean, &mine)),
            },
            Merge::Overlap(places) => Moved::Overlap {
                line: places.first().map_or(1, |place| count(place.line) + 1),
                places: count(places.len()),
            },
        })
    }

    /// What is on disk, as the page has it.
    fn theirs(&self, snapshot: &Snapshot, held: &Held, file: File) -> Vec<u8> {
        let document = snapshot.home().document(file);
        self.shown(document, held.shows_secrets).bytes()
    }

    /// The draft stands on what is on disk, with this text; without one it is what is on disk.
    fn rebase(&self, snapshot: &Snapshot, drafts: &mut Drafts, file: File, mine: Option<Vec<u8>>) {
        let Some(held) = &mut drafts.0[file as usize] else {
            return;
        };
        let mut fresh = self.fresh(snapshot, file, held.version + 1, held.shows_secrets);
        if let Some(mine) = mine {
            fresh.typed = Typed::of(&Document::parse(mine));
            fresh.sealed = held.sealed.take();
        }
        drafts.put(file, fresh);
        self.draft_typed.notify_one();
    }
}

impl Held {
    fn overlaps(&self, theirs: &[u8]) -> Vec<Overlap> {
        match merge(&self.clean, &self.typed.bytes(), theirs) {
            Merge::Clean(_) => Vec::new(),
            Merge::Overlap(places) => places,
        }
    }
}

impl From<PlaceSide> for Side {
    fn from(side: PlaceSide) -> Self {
        match side {
            PlaceSide::Mine => Self::Mine,
            PlaceSide::Theirs => Self::Theirs,
        }
    }
}

fn compared(place: &Overlap) -> ComparedPlace {
    let lines = |range: &Range<usize>| (count(range.start) + 1, count(range.len()));
    let ((their_line, their_lines), (my_line, my_lines)) =
        (lines(&place.theirs), lines(&place.mine));
    ComparedPlace {
        their_line,
        their_lines,
        my_line,
        my_lines,
    }
}

fn count(lines: usize) -> u32 {
    u32::try_from(lines).expect("a file has fewer lines than bytes")
}

/// Nobody tells us who it was.
fn what_they_did(theirs: Tally, mine: Tally) -> String {
    let side = if theirs.first >= mine.first {
        "below"
    } else {
        "above"
    };
    let lines = |count: u32| match count {
        1 => "1 line".to_owned(),
        count => format!("{count} lines"),
    };
    let did = match (theirs.added, theirs.removed, theirs.changed) {
        (added, 0, 0) => format!("added {}", lines(added)),
        (0, removed, 0) => format!("removed {}", lines(removed)),
        (0, 0, changed) => format!("changed {}", lines(changed)),
        _ => format!("changed {}", lines(theirs.lines())),
    };
    format!("Another program {did} {side} yours.")
}
