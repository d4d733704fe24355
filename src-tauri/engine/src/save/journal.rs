//! What a write in place leaves in the data folder until it is done: which file, the old bytes and the new ones. A start
//! that finds one looks at the file: the old text or the new one stand as they are, what lies between them becomes the
//! new one, and a text that is neither is somebody's and left alone.

use std::{
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::lock;
use crate::{
    look::{VIEW_LIMIT, read_file},
    notes::{data_folder, write_whole},
    world::{
        World,
        disk::{OpenFile, write_all},
    },
};

/// The ending of those that nobody can complete: both texts are kept, and not looked at again.
const LEFT: &str = "left";

/// The first line of the file, before the old bytes and the new ones.
#[derive(Serialize, Deserialize)]
struct Head {
    target: PathBuf,
    old: usize,
    new: usize,
}

/// One that is begun.
pub(super) struct Journal<'a> {
    world: &'a World,
    path: PathBuf,
}

impl<'a> Journal<'a> {
    /// On the disk before it comes back.
    pub(super) fn begin(
        world: &'a World,
        target: &Path,
        old: &[u8],
        new: &[u8],
    ) -> io::Result<Self> {
        let folder = data_folder(world).ok_or(io::ErrorKind::NotFound)?;
        let head = Head {
            target: target.to_owned(),
            old: old.len(),
            new: new.len(),
        };
        let head = serde_json::to_vec(&head)?;
        let path = folder.join("unfinished").join(name(target));
        write_whole(world, &path, &[&head, &b"\n"[..], old, new].concat())?;
        Ok(Self { world, path })
    }

    /// The file is whole again.
    pub(super) fn end(self) {
        // If that fails, the next start sees that it is done.
        let _ = self.world.disk.remove(&self.path);
    }
}

/// Writes a file from its start to its end, and waits until that is on the disk.
pub(super) fn overwrite(open: &mut dyn OpenFile, bytes: &[u8]) -> io::Result<()> {
    write_all(open, bytes)?;
    open.set_size(bytes.len() as u64)?;
    open.sync()
}

/// A name that stands for a path.
pub(super) fn name(target: &Path) -> String {
    short_hash(target.as_os_str().as_encoded_bytes())
}

/// Enough to tell a few texts apart.
pub(super) fn short_hash(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let first = u64::from_be_bytes(hash[..8].try_into().expect("eight of thirty-two"));
    format!("{first:016x}")
}

/// Completes what was cut short.
pub(super) fn finish_all(world: &World) {
    let Some(folder) = data_folder(world).map(|folder| folder.join("unfinished")) else {
        return;
    };
    for name in world.disk.list(&folder).unwrap_or_default() {
        let Some(name) = name.to_str().filter(|name| !name.ends_with(LEFT)) else {
            continue;
        };
        let path = folder.join(name);
        // Its lock has the same name, and is held by the one whose journal it is, while that one lives.
        let Some(_ours) = lock::try_take_named(world, stem(name)) else {
            continue;
        };
        // What can't be read or written now is tried again at the next start.
        let _ = if name.starts_with('.') {
            // It was not yet whole, so nothing was written either.
            world.disk.remove(&path)
        } else {
            finish(world, &path)
        };
    }
}

/// The name of a journal in that of its file.
fn stem(name: &str) -> &str {
    name.trim_start_matches('.')
        .split('.')
        .next()
        .unwrap_or(name)
}

fn finish(world: &World, path: &Path) -> io::Result<()> {
    // Both texts of a file, and its path.
    let bytes = read_file(world, path, 3 * VIEW_LIMIT)?;
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (head, texts) = bytes.split_at(end.ok_or(io::ErrorKind::InvalidData)?);
    let head: Head = serde_json::from_slice(head)?;
    let texts = texts
        .get(1..)
        .filter(|texts| texts.len() == head.old + head.new);
    let (old, new) = texts.ok_or(io::ErrorKind::InvalidData)?.split_at(head.old);
    let there = read_file(world, &head.target, VIEW_LIMIT)?;
    if there != old && there != new {
        if !lies_between(old, new, &there) {
            return world.disk.rename(path, &path.with_extension(LEFT));
        }
        let mut open = world.disk.open_to_change(&head.target)?;
        overwrite(open.as_mut(), new)?;
    }
    world.disk.remove(path)
}

/// Each byte is the old one or the new one at its place, or one that a power cut left as zero.
fn lies_between(old: &[u8], new: &[u8], there: &[u8]) -> bool {
    there.len() <= old.len().max(new.len())
        && there
            .iter()
            .enumerate()
            .all(|(at, byte)| *byte == 0 || old.get(at) == Some(byte) || new.get(at) == Some(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cut_leaves_lies_between_and_what_a_person_wrote_does_not() {
        let (old, new) = (&b"[a]\nregion = x\n"[..], &b"[a]\noutput = json\n"[..]);
        for (there, lies) in [
            (&b"[a]\noutpon = x\n"[..], true),
            (b"[a]\nout", true),
            (b"[a]\0\0\0\0\0\0\0 = x\n", true),
            (b"", true),
            (b"[a]\nregion = z\n", false),
            (b"[a]\noutput = json\n\n", false),
        ] {
            assert_eq!(lies_between(old, new, there), lies, "{there:?}");
        }
    }
}
