//! What lies in the folder `history`: a note for each version, numbered, and the sealed bytes under their keyed hash.
//! Notes hold no text of a file. A note that can't be read is passed over; the others stand. Nothing is overwritten, so
//! two Rolecalls at once number on and lose nothing; only what is older than the bounds is removed, and only what was
//! made here.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
};

use jiff::SignedDuration;

use super::{
    seal::{Sealer, Text},
    version::Version,
};
use crate::{
    notes::{data_folder, read, write_whole},
    world::{
        World,
        disk::{make_folders, write_all},
    },
};

/// More versions than this are not kept …
pub(crate) const VERSIONS: usize = 500;
/// … and none that is older.
const AGE: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Tells backup programs to leave the folder out (bford.info/cachedir).
const TAG: &[u8] = b"Signature: 8a477f597d28d172789f06886806bc55\n# Rolecall's history. It may hold what was deleted from ~/.aws, so it is kept out of backups.\n";

/// The folder, and the notes that were read so far.
#[derive(Debug, Default)]
pub(crate) struct Store {
    /// By number; none where the note can't be read.
    versions: BTreeMap<u64, Option<Version>>,
}

impl Store {
    /// Reads the notes that came since, from whichever Rolecall.
    pub(crate) fn refresh(&mut self, world: &World) {
        let Some(folder) = folder(world) else {
            return;
        };
        let names = world
            .disk
            .list(&folder.join("versions"))
            .unwrap_or_default();
        let numbers: BTreeSet<u64> = names
            .iter()
            .filter_map(|name| name.to_str()?.strip_suffix(".toml")?.parse().ok())
            .collect();
        self.versions
            .retain(|number, version| numbers.contains(number) && version.is_some());
        for number in numbers {
            self.versions
                .entry(number)
                .or_insert_with(|| note(world, &folder, number));
        }
    }

    /// All of them, the oldest first.
    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = (u64, &Version)> {
        let whole = |(number, version): (&u64, _)| Some((*number, Option::as_ref(version)?));
        self.versions.iter().filter_map(whole)
    }

    /// How many notes can't be read.
    pub(crate) fn damaged(&self) -> usize {
        self.versions.values().filter(|note| note.is_none()).count()
    }

    /// One of them.
    pub(crate) fn version(&self, number: u64) -> Option<&Version> {
        self.versions.get(&number)?.as_ref()
    }

    /// The last one of the file at this path.
    pub(crate) fn last(&self, path: &str) -> Option<(u64, &Version)> {
        self.all().rfind(|(_, version)| version.path == path)
    }

    /// Its bytes; none where they are gone, changed, or sealed with another key.
    pub(crate) fn bytes(world: &World, sealer: &Sealer, name: &str) -> Option<Text> {
        let path = folder(world)?.join("blobs").join(name);
        sealer.open(name, &read(world, &path).ok()?)
    }

    /// Makes sure that these bytes are on the disk, whole, and says their name.
    ///
    /// # Errors
    /// As the system says.
    pub(crate) fn keep_bytes(world: &World, sealer: &Sealer, bytes: &[u8]) -> io::Result<String> {
        let folder = made(world)?;
        let name = sealer.name(bytes);
        if Self::bytes(world, sealer, &name).is_none() {
            let locked = sealer.seal(&*world.random, &name, bytes);
            write_whole(world, &folder.join("blobs").join(&name), &locked)?;
        }
        Ok(name)
    }

    /// Notes a version down, on the disk when this returns, and says its number.
    ///
    /// # Errors
    /// As the system says; nothing is noted then.
    pub(crate) fn add(&mut self, world: &World, version: Version) -> io::Result<u64> {
        let folder = made(world)?.join("versions");
        let text = toml::to_string(&version).expect("a version is plain TOML");
        let mut number = self.versions.keys().last().map_or(1, |last| last + 1);
        loop {
            let path = folder.join(format!("{number}.toml"));
            let mut open = match world.disk.create(&path, 0o600) {
                // Another Rolecall was quicker.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    number += 1;
                    continue;
                }
                open => open?,
            };
            let filled = write_all(open.as_mut(), text.as_bytes())
                .and_then(|()| open.sync())
                .and_then(|()| world.disk.sync_folder(&folder));
            if let Err(error) = filled {
                // Ours, and not whole. A leftover is passed over.
                let _ = world.disk.remove(&path);
                return Err(error);
            }
            self.versions.insert(number, Some(version));
            return Ok(number);
        }
    }

    /// Removes what is beyond the bounds. What can't be removed now is tried again at the next version.
    pub(crate) fn prune(&mut self, world: &World) {
        let Some(folder) = folder(world) else {
            return;
        };
        let oldest = world.clock.now() - AGE;
        let last_of_each: BTreeSet<u64> = {
            let paths: BTreeSet<&str> = self.all().map(|(_, version)| &*version.path).collect();
            let last = |path| Some(self.last(path)?.0);
            paths.into_iter().filter_map(last).collect()
        };
        let too_many = self.versions.len().saturating_sub(VERSIONS);
        let beyond: Vec<u64> = self
            .versions
            .iter()
            .enumerate()
            .filter(|(at, (_, version))| {
                *at < too_many || version.as_ref().is_some_and(|v| v.at < oldest)
            })
            .map(|(_, (number, _))| *number)
            .filter(|number| !last_of_each.contains(number))
            .collect();
        for number in &beyond {
            let path = folder.join("versions").join(format!("{number}.toml"));
            if world.disk.remove(&path).is_ok() {
                self.versions.remove(number);
            }
        }
        if !beyond.is_empty() {
            self.drop_unused(world, &folder.join("blobs"));
        }
    }

    fn drop_unused(&self, world: &World, blobs: &Path) {
        let used: BTreeSet<&str> = self
            .all()
            .filter_map(|(_, version)| version.blob.as_deref())
            .collect();
        for name in world.disk.list(blobs).unwrap_or_default() {
            let ours = name
                .to_str()
                .is_some_and(|name| name.len() == 64 && !used.contains(name));
            if ours {
                let _ = world.disk.remove(&blobs.join(name));
            }
        }
    }
}

/// Where all of it lies, as long as a data folder is known.
pub(crate) fn folder(world: &World) -> Option<PathBuf> {
    Some(data_folder(world)?.join("history"))
}

/// The folder, made where it is missing.
fn made(world: &World) -> io::Result<PathBuf> {
    let folder = folder(world).ok_or_else(|| {
        io::Error::other("no home folder was found, and ROLECALL_DATA is not set")
    })?;
    make_folders(&*world.disk, &folder.join("blobs"))?;
    make_folders(&*world.disk, &folder.join("versions"))?;
    let tag = folder.join("CACHEDIR.TAG");
    if world.disk.stat(&tag).is_err() {
        write_whole(world, &tag, TAG)?;
    }
    Ok(folder)
}

fn note(world: &World, folder: &Path, number: u64) -> Option<Version> {
    let path = folder.join("versions").join(format!("{number}.toml"));
    toml::from_slice(&read(world, &path).ok()?).ok()
}
