//! Changes as values: what stands where, and what it becomes. A fix carries them, so that a person sees the lines
//! before anything is written; text as somebody types in it; what two programs did to one file, put together.
//! Not here: writing, which is the business of saving.

mod beside;
mod changed;
mod diff;
mod join;
mod lines;
mod merge;
mod place;
mod typed;

pub use changed::{Tally, additions, changed_lines, tally};
pub use diff::{Hunk, Mark, diff};
pub use join::join_sections;
pub use lines::keeps_to;
pub use merge::{Merge, Overlap, Side, keep_mine, merge, settle};
pub use place::{apply, changes, named_lines};
pub(crate) use typed::characters;
pub use typed::{Change, OutOfStep, Spot, Typed, column};

use crate::profiles::{File, Place};

/// One change of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The text at a place becomes another.
    Replace {
        /// Where.
        place: Place,
        /// What stands there then.
        becomes: String,
    },
    /// Whole lines go.
    RemoveLines {
        /// The first of them; the span does not matter.
        first: Place,
        /// How many.
        count: u32,
    },
    /// New lines come.
    InsertLines {
        /// Into this file.
        file: File,
        /// Below this line, counted as it is before; none for the start of the file.
        below: Option<u32>,
        /// They, without their endings.
        lines: Vec<String>,
    },
    /// Whole lines go elsewhere in the same file.
    MoveLines {
        /// The first of them; the span does not matter.
        first: Place,
        /// How many.
        count: u32,
        /// The line that they stand below then, counted as it is before.
        below: u32,
    },
}

impl Edit {
    /// The file that it changes.
    pub fn file(&self) -> File {
        match self {
            Self::Replace { place, .. } => place.file,
            Self::RemoveLines { first, .. } | Self::MoveLines { first, .. } => first.file,
            Self::InsertLines { file, .. } => *file,
        }
    }
}
