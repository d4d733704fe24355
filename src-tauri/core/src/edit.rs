//! Changes as values: what stands where, and what it becomes. A fix carries them, so that a person sees the lines
//! before anything is written. Not here: carrying them out, which is the business of saving.

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
