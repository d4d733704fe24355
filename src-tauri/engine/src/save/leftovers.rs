//! What a process that died in a save left beside the file, under a name that only Rolecall makes. The next start removes
//! it. It may hold what another program wrote in that moment, so bytes that are not in the file are put into the data
//! folder first. Nothing else is ever removed.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;
use rolecall_core::profiles::File;

use super::{
    journal::{name, short_hash},
    lock, place,
};
use crate::{
    locate::Places,
    look::{VIEW_LIMIT, read_file},
    notes::{data_folder, write_whole},
    world::World,
};

/// On a home that machines share, a number may run elsewhere.
const SETTLED: Duration = Duration::from_secs(10);

/// A name beside a file that nobody can have planted something under: `.config.rolecall-4711-0a1b2c3d`.
pub(super) fn new_name(world: &World, target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let random = world.random.bytes()[..4].try_into();
    let random = u32::from_be_bytes(random.expect("four of thirty-two"));
    target.with_file_name(format!(
        ".{name}.rolecall-{}-{random:08x}",
        world.process.id()
    ))
}

/// Removes those of one file.
pub(super) fn clear(world: &World, places: &Places, file: File) {
    let target = places
        .of(file)
        .and_then(|path| place::target(world, path).ok());
    let Some((target, folder)) = target
        .as_deref()
        .and_then(|target| Some((target, target.parent()?)))
    else {
        return;
    };
    let names = world.disk.list(folder).unwrap_or_default();
    let mut left = names
        .iter()
        .filter_map(|name| {
            let id = process_of(name.to_str()?, target)?;
            Some((folder.join(name), id))
        })
        .filter(|(path, id)| !world.process.is_running(*id) && is_settled(world, path))
        .peekable();
    if left.peek().is_none() {
        return;
    }
    // Whoever is saving now clears up by itself.
    let Some(_ours) = lock::try_take_named(world, &name(target)) else {
        return;
    };
    for (path, _) in left {
        if keep(world, target, &path).is_some() {
            let _ = world.disk.remove(&path);
        }
    }
}

/// The process in a name of ours.
fn process_of(name: &str, target: &Path) -> Option<u32> {
    let file = target.file_name()?.to_str()?;
    let rest = name.strip_prefix('.')?.strip_prefix(file)?;
    let (id, random) = rest.strip_prefix(".rolecall-")?.split_once('-')?;
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let is_random = random.len() == 8 && random.bytes().all(is_hex);
    let is_id = id.bytes().all(|byte| byte.is_ascii_digit());
    (is_random && is_id).then(|| id.parse().ok())?
}

fn is_settled(world: &World, path: &Path) -> bool {
    let Ok(stat) = world.disk.stat_link(path) else {
        return false;
    };
    let modified = Timestamp::from_nanosecond(stat.modified).unwrap_or_default();
    world.clock.now() > modified + SETTLED
}

/// Puts the bytes where they are not lost, unless they are known. None when that can't be.
fn keep(world: &World, target: &Path, path: &Path) -> Option<()> {
    let bytes = read_file(world, path, VIEW_LIMIT).ok()?;
    let there = read_file(world, target, VIEW_LIMIT).unwrap_or_default();
    if bytes.is_empty() || bytes == there {
        return Some(());
    }
    let name = target.file_name()?.to_str()?;
    let aside = data_folder(world)?
        .join("set-aside")
        .join(format!("{name}-{}", short_hash(&bytes)));
    write_whole(world, &aside, &bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_rolecall_makes_are_its_own() {
        let target = Path::new("/home/jo/.aws/config");
        let process = |name| process_of(name, target);
        assert_eq!(process(".config.rolecall-4711-0a1b2c3d"), Some(4711));
        for other in [
            ".config.rolecall-4711-0a1b2c3",
            ".config.rolecall-4711-0A1B2C3D",
            ".config.rolecall--0a1b2c3d",
            ".config.rolecall-+1-0a1b2c3d",
            ".credentials.rolecall-4711-0a1b2c3d",
            "config.rolecall-4711-0a1b2c3d",
            ".config.rolecall-4711-0a1b2c3d.bak",
            "config.bak",
            ".config.swp",
        ] {
            assert_eq!(process(other), None, "{other}");
        }
    }
}
