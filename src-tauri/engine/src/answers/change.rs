//! What a change does to a file, as both shells show it: masked, and only the lines around it.

use rolecall_core::{
    document::{Document, printable},
    edit::{Mark, diff},
    profiles::File,
};

use crate::{
    engine::{Engine, lock},
    view::{ChangeHunk, ChangeLine, FileChange, LineMark},
};

impl Engine {
    /// What becomes of a file; none where nothing does. No bytes are a file that is not there.
    pub(crate) fn file_change(&self, file: File, old: &[u8], new: &[u8]) -> Option<FileChange> {
        let masked = |bytes: &[u8]| lock(&self.masker).mask(&Document::parse(bytes.to_vec()));
        let hunks = diff(&masked(old), &masked(new)).into_iter().map(|hunk| {
            let lines = hunk.lines.into_iter().map(|(mark, text)| ChangeLine {
                is: mark.into(),
                text: printable(&text).into_owned(),
            });
            ChangeHunk {
                line: hunk.line,
                lines: lines.collect(),
            }
        });
        let hunks: Vec<_> = hunks.collect();
        (!hunks.is_empty()).then(|| FileChange {
            file: file.into(),
            hunks,
        })
    }
}

impl From<Mark> for LineMark {
    fn from(mark: Mark) -> Self {
        match mark {
            Mark::Kept => Self::Kept,
            Mark::Removed => Self::Removed,
            Mark::Added => Self::Added,
        }
    }
}
