//! Changes as values: what stands where, and what it becomes. A fix carries them, so that a person sees the lines
//! before anything is written; text as somebody types in it; what two programs did to one file, put together.
//! Not here: writing, which is the business of saving.

mod merge;
mod typed;

pub use merge::{Merge, Tally, keep_mine, merge, tally};
pub use typed::{Change, OutOfStep, Spot, Typed, column};

use crate::profiles::Place;

/// One change within one line.
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
}
