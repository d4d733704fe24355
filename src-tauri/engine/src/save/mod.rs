//! The one way to write the two files. What is written began from a text; if the file is no longer that text, that is
//! the answer, and whoever asked puts both together. Whatever fails, the path holds the old bytes or the new ones: a new
//! file is filled beside the old one and both change places, or, where that can't be, the file is written in place under
//! a journal. Each step has its file here; the order of them is `write`.

mod beside;
mod in_place;
mod journal;
mod leftovers;
mod lock;
mod place;
mod report;
#[cfg(test)]
mod tests;

use std::{io, ops::Range, path::Path};

use rolecall_core::{
    document::{Document, seems_torn},
    edit::keeps_to,
    profiles::File,
};

use crate::{
    failure::Failure,
    locate::Places,
    look::{Seen, TORN_LOOKS, TORN_PAUSE, see},
    world::{World, disk::Stat},
};

pub(crate) use lock::{Turn, try_turn, turn};
pub(crate) use report::{Report, Rung};

/// Nobody writes to it: not even its owner, as far as the permission bits say.
const WRITABLE: u32 = 0o200;

/// What writing came to.
#[derive(Debug)]
pub(crate) enum Wrote {
    /// The new bytes are on disk.
    Done(Report),
    /// Something else is there now, or nothing; it was left alone.
    Moved {
        /// The bytes that are there.
        there: Option<Vec<u8>>,
        /// What another program wrote while ours stood in its place for a moment. It is there again, but who read ours in
        /// that moment does not know of it, and may write over it.
        crossed: Option<Vec<u8>>,
    },
    /// Another program emptied it, or cut it short, and did not come to an end. It was left alone.
    LooksEmptied,
}

/// Why nothing was written.
enum Stop {
    /// The file is not what the change began from.
    Answer(Wrote),
    Failure(Failure),
    /// The system said no; the file is as it was.
    Io(io::Error),
}

impl Wrote {
    fn moved(there: Option<Vec<u8>>) -> Self {
        Self::Moved {
            there,
            crossed: None,
        }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// Puts `new` in the place of `base`, which is what the file must hold; none where there must be no file.
///
/// # Errors
/// When the world says no. The file is as it was then.
pub(crate) fn write(
    world: &World,
    places: &Places,
    file: File,
    base: Option<&[u8]>,
    new: &[u8],
) -> Result<Wrote, Failure> {
    match put(world, places, file, base, new) {
        Ok(report) => Ok(Wrote::Done(report)),
        Err(Stop::Answer(answer)) => Ok(answer),
        Err(Stop::Failure(failure)) => Err(failure),
        Err(Stop::Io(error)) => Err(Failure::not_saved(file.name(), &error)),
    }
}

/// The same for a change that is about these lines of `base`, counted from 0, and about no others.
///
/// # Errors
/// `bug` when another line would change too; nothing is written then. Else as `write`.
pub(crate) fn write_lines(
    world: &World,
    places: &Places,
    file: File,
    (base, lines): (Option<&[u8]>, &[Range<usize>]),
    new: &[u8],
) -> Result<Wrote, Failure> {
    if !keeps_to(base.unwrap_or_default(), new, lines) {
        return Err(Failure::strays(file.name()));
    }
    write(world, places, file, base, new)
}

/// Creates a file where nothing is.
///
/// # Errors
/// When something is there, or the world says no. What is there is as it was.
pub(crate) fn create(
    world: &World,
    places: &Places,
    file: File,
    text: &[u8],
) -> Result<(), Failure> {
    let not_created = |error: &io::Error| {
        let path = places.of(file).map(|path| places.shown(path));
        let path = path.unwrap_or_else(|| file.name().into());
        Failure::unwritable(&path, error, "What is there is as it was.")
    };
    match put(world, places, file, None, text) {
        Ok(_) => Ok(()),
        Err(Stop::Answer(_)) => Err(not_created(&io::ErrorKind::AlreadyExists.into())),
        Err(Stop::Failure(failure)) => Err(failure),
        Err(Stop::Io(error)) => Err(not_created(&error)),
    }
}

/// At the start: what a save that was cut short left behind is completed or removed.
pub(crate) fn recover(world: &World, places: &Places) {
    journal::finish_all(world);
    for file in File::BOTH {
        leftovers::clear(world, places, file);
    }
}

fn put(
    world: &World,
    places: &Places,
    file: File,
    base: Option<&[u8]>,
    new: &[u8],
) -> Result<Report, Stop> {
    let Some(path) = places.of(file) else {
        return Err(Failure::no_place(file.name()).into());
    };
    let target = place::target(world, path)?;
    let _ours = lock::take(world, file, &target)?;
    look(world, places, file, base)?;
    place::refuse_lost_folder(world, places, file, &target)?;
    let before = match base {
        None => None,
        Some(_) => Some(world.disk.stat(&target)?),
    };
    if before.is_some_and(|before| before.mode.is_some_and(|mode| mode & WRITABLE == 0)) {
        return Err(Failure::read_only(file.name(), &places.shown(&target)).into());
    }
    let place = Place {
        world,
        target: &target,
        before,
        base,
        new,
        // The last look: what comes between it and the write is a matter of microseconds.
        look: &|base| look(world, places, file, base),
    };
    let Some((base, before)) = base.zip(before) else {
        return place.beside();
    };
    match in_place::needed(world, &before) {
        Some(why) => place.in_place(file, base, why),
        None => match place.beside() {
            Err(Stop::Io(error)) => match in_place::instead_of(&error) {
                Some(why) => place.in_place(file, base, why),
                None => Err(error.into()),
            },
            done => done,
        },
    }
}

/// Stops when the file is not what it must be.
type Look<'a> = &'a dyn Fn(Option<&[u8]>) -> Result<(), Stop>;

/// A file that is about to be written, and what must be there until then.
struct Place<'a> {
    world: &'a World,
    target: &'a Path,
    before: Option<Stat>,
    base: Option<&'a [u8]>,
    new: &'a [u8],
    look: Look<'a>,
}

/// Stops when the file is not what the change began from. What seems half-written is looked at again before that is
/// believed, and never written over.
fn look(world: &World, places: &Places, file: File, base: Option<&[u8]>) -> Result<(), Stop> {
    let mut there = bytes(see(world, places, file))?;
    if there.as_deref() == base {
        return Ok(());
    }
    let Some(known) = base.map(|base| Document::parse(base.to_vec())) else {
        return Err(Stop::Answer(Wrote::moved(there)));
    };
    let is_torn = |now: &Option<Vec<u8>>| now.as_deref().is_some_and(|now| seems_torn(&known, now));
    let mut looks = 0;
    while is_torn(&there) && looks < TORN_LOOKS {
        world.clock.pause(TORN_PAUSE);
        there = bytes(see(world, places, file))?;
        looks += 1;
    }
    if is_torn(&there) {
        return Err(Stop::Answer(Wrote::LooksEmptied));
    }
    if there.as_deref() == base {
        return Ok(());
    }
    Err(Stop::Answer(Wrote::moved(there)))
}

/// A link that leads to nothing leads to where a file may be created.
fn bytes(seen: Seen) -> Result<Option<Vec<u8>>, Failure> {
    match seen {
        Seen::Read { bytes, .. } => Ok(Some(bytes)),
        Seen::Missing => Ok(None),
        Seen::Failed(failure) if failure.cause == Some("file.danglingLink") => Ok(None),
        Seen::Failed(failure) => Err(failure),
    }
}
