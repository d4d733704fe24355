//! A look at the disk: both files, whole, and the token files of `sso/cache`. Nothing is parsed here and nothing is
//! written; what could not be read is told per file, and the other file still counts.

use std::{collections::BTreeMap, io, path::Path, time::Duration};

use rolecall_core::{
    caches::{self, SsoToken},
    document::MaskKey,
    profiles::File,
};

use crate::{
    failure::Failure,
    locate::{Places, Where, variable},
    world::{
        World,
        disk::{FileType, OpenFile, Stat},
    },
};

/// Larger files are not opened.
pub(crate) const VIEW_LIMIT: u64 = 64 << 20;
/// Larger files can only be looked at.
pub(crate) const EDIT_LIMIT: u64 = 8 << 20;

/// Between two looks at a file that seems half-written.
pub(crate) const TORN_PAUSE: Duration = Duration::from_millis(50);
/// How often such a file is looked at again before it is believed: two seconds in all.
pub(crate) const TORN_LOOKS: u32 = 40;

const TOKEN_LIMIT: u64 = 1 << 20;
const TOKEN_FILES: usize = 2000;

/// What was found where a file should be.
pub(crate) enum Seen {
    /// Nothing.
    Missing,
    /// A file, read whole.
    Read {
        /// Its bytes.
        bytes: Vec<u8>,
        /// Its permission bits.
        mode: Option<u32>,
    },
    /// Something that could not be read.
    Failed(Failure),
}

/// What a look saw.
pub(crate) struct Sight {
    /// `config`, then `credentials`.
    pub files: [Seen; 2],
    /// The token files, by name.
    pub sso_tokens: BTreeMap<String, SsoToken>,
}

/// Looks at everything once; fingerprints of tokens are made with `key`.
pub(crate) fn look(world: &World, places: &Places, key: &MaskKey) -> Sight {
    Sight {
        files: File::BOTH.map(|file| see(world, places, file)),
        sso_tokens: see_tokens(world, places, key),
    }
}

/// Looks at one file.
pub(crate) fn see(world: &World, places: &Places, file: File) -> Seen {
    let path = match places.place(file) {
        Where::At(path) => path,
        Where::Nowhere => return Seen::Missing,
        Where::NoHome => return Seen::Failed(Failure::no_home(file.name(), variable(file))),
    };
    match read_whole(world, path, file) {
        Ok((bytes, stat)) => Seen::Read {
            bytes,
            mode: stat.mode,
        },
        Err(Wrong::Failure(failure)) => Seen::Failed(failure),
        Err(Wrong::Io(error)) if error.kind() == io::ErrorKind::NotFound => {
            match dangling(world, path) {
                Some(target) => Seen::Failed(Failure::dangling_link(
                    file.name(),
                    &places.shown(Path::new(&target)),
                )),
                None => Seen::Missing,
            }
        }
        Err(Wrong::Io(error)) => {
            let ownership = world
                .disk
                .stat(path)
                .ok()
                .and_then(|stat| ownership(&stat, world.env.user()));
            Seen::Failed(Failure::unreadable(
                file.name(),
                &places.shown(path),
                &error,
                ownership.as_deref(),
            ))
        }
    }
}

enum Wrong {
    Failure(Failure),
    Io(io::Error),
}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Reads until two looks at size and time around it agree: another program may be writing.
fn read_whole(world: &World, path: &Path, file: File) -> Result<(Vec<u8>, Stat), Wrong> {
    const TRIES: usize = 4;
    // By name first: opening a device can have effects of its own.
    refuse(&world.disk.stat(path)?, file)?;
    let mut tries = 1;
    loop {
        let mut open = world.disk.open(path)?;
        let before = open.stat()?;
        refuse(&before, file)?;
        let bytes = read_to_end(open.as_mut(), before.size, VIEW_LIMIT)?;
        let after = open.stat()?;
        if (before.size, before.modified) == (after.size, after.modified) || tries == TRIES {
            return Ok((bytes, after));
        }
        tries += 1;
    }
}

fn refuse(stat: &Stat, file: File) -> Result<(), Wrong> {
    if stat.file_type != FileType::File {
        return Err(Wrong::Failure(Failure::not_a_file(
            file.name(),
            stat.file_type,
            variable(file),
        )));
    }
    if stat.size > VIEW_LIMIT {
        return Err(Wrong::Failure(Failure::too_large(
            file.name(),
            stat.size,
            VIEW_LIMIT,
            variable(file),
        )));
    }
    Ok(())
}

/// Reads a file to its end, but no more than the limit and a little.
pub(crate) fn read_file(world: &World, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut open = world.disk.open(path)?;
    let size = open.stat()?.size;
    read_to_end(open.as_mut(), size, limit)
}

/// Reads on to the end, or until `limit` is passed; `size` is how much to expect.
fn read_to_end(open: &mut dyn OpenFile, size: u64, limit: u64) -> io::Result<Vec<u8>> {
    let size = usize::try_from(size.min(limit)).unwrap_or(0);
    let mut bytes = vec![0; size + 1];
    let mut filled = 0;
    loop {
        match open.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if filled as u64 > limit {
            break;
        }
        if filled == bytes.len() {
            bytes.resize(filled + 64 * 1024, 0);
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}

/// The target of a link that leads nowhere.
fn dangling(world: &World, path: &Path) -> Option<String> {
    let stat = world.disk.stat_link(path).ok()?;
    if stat.file_type != FileType::Link {
        return None;
    }
    let target = world.disk.read_link(path).ok()?;
    let folder = path.parent().unwrap_or(path);
    Some(folder.join(target).display().to_string())
}

fn ownership(stat: &Stat, user: Option<u32>) -> Option<String> {
    let (owner, mode) = (stat.owner?, stat.mode?);
    let owner = match owner {
        0 => "root".to_owned(),
        owner if Some(owner) == user => "you".to_owned(),
        owner => format!("user {owner}"),
    };
    Some(format!("owner {owner}, mode {mode:03o}"))
}

/// Token files have the hash of what they belong to as their name; other tools keep other files beside them.
fn see_tokens(world: &World, places: &Places, key: &MaskKey) -> BTreeMap<String, SsoToken> {
    let Ok(names) = world.disk.list(&places.sso_cache) else {
        return BTreeMap::new();
    };
    let is_token = |name: &String| {
        name.strip_suffix(".json")
            .is_some_and(|stem| stem.len() == 40 && stem.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let names = names
        .into_iter()
        .filter_map(|name| name.into_string().ok())
        .filter(is_token)
        .take(TOKEN_FILES);
    let read = |name: String| {
        let token = see_token(world, &places.sso_cache.join(&name), key)?;
        Some((name, token))
    };
    names.filter_map(read).collect()
}

fn see_token(world: &World, path: &Path, key: &MaskKey) -> Option<SsoToken> {
    let is_file = |stat: Stat| stat.file_type == FileType::File && stat.size <= TOKEN_LIMIT;
    let stat = world.disk.stat(path).ok()?;
    if !is_file(stat) {
        return Some(SsoToken::Unreadable);
    }
    match read_file(world, path, TOKEN_LIMIT) {
        Ok(bytes) => Some(caches::sso_token(&bytes, key)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(_) => Some(SsoToken::Unreadable),
    }
}
