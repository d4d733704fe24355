//! `import -`: keys from standard input into the two files, by the way of all verbs that write.

use std::io::{self, Read};

use rolecall_engine::{Engine, Failure, MOST_TO_PASTE};

use crate::{
    arguments::Writing,
    change,
    print::{self, Ending},
    verbs::How,
};

/// Recognises what comes in, and writes it under these names where that is agreed to.
pub(crate) fn run(
    engine: &Engine,
    names: &[String],
    writing: &Writing,
    how: How,
) -> Result<Ending, Failure> {
    let mut bytes = Vec::new();
    // One more than is read, so that too much is seen; what breaks off is judged as what it is.
    let limit = MOST_TO_PASTE as u64 + 1;
    let _ = io::stdin().lock().take(limit).read_to_end(&mut bytes);
    let pasted = engine.look_at_paste_bytes(&bytes)?;
    for note in &pasted.notes {
        print::note(Some(note));
    }
    change::change(engine, &pasted.request(names)?, writing, how)
}
