//! What Rolecall itself keeps: small TOML files in its data folder, which people can read. How each is read and written:
//! whole and at once, readable for the person alone. One that can't be read as what it should be counts as none, and is
//! set aside before the next write. Not here: what they hold (`settings`, `accounts`, `tokens`).

use std::{
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    failure::Failure,
    look::read_file,
    world::{
        World,
        disk::{make_folders, write_all},
    },
};

/// Far more than a person's notes need; ten thousand remembered tokens are 2 MB.
const LIMIT: u64 = 16 << 20;

/// One of the files.
pub(crate) struct Note {
    /// Its name, without `.toml`.
    pub name: &'static str,
    /// The comment that it begins with; nothing, or whole lines.
    pub head: &'static str,
    /// What was lost when it can't be written, as the begin of a sentence: `The pin was not kept`.
    pub not_kept: &'static str,
}

/// What stands where a note should be.
#[derive(Debug, PartialEq)]
pub(crate) enum Noted<T> {
    /// Nothing, or no data folder is known.
    Missing,
    /// Something that can't be read as this note.
    Damaged,
    /// The note.
    Read(T),
}

impl Note {
    /// Its path, as long as a data folder is known.
    pub(crate) fn path(&self, world: &World) -> Option<PathBuf> {
        Some(data_folder(world)?.join(self.file()))
    }

    fn file(&self) -> String {
        format!("{}.toml", self.name)
    }

    /// Reads it.
    pub(crate) fn load<T: DeserializeOwned>(&self, world: &World) -> Noted<T> {
        let Some(path) = self.path(world) else {
            return Noted::Missing;
        };
        match read(world, &path) {
            Ok(bytes) => toml::from_slice(&bytes).map_or(Noted::Damaged, Noted::Read),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Noted::Missing,
            Err(_) => Noted::Damaged,
        }
    }

    /// Writes it. Does nothing where no data folder is known: then it holds for this run.
    ///
    /// # Errors
    /// `unwritable`; what was there before is still there.
    pub(crate) fn save<T: Serialize + DeserializeOwned>(
        &self,
        world: &World,
        value: &T,
    ) -> Result<(), Failure> {
        let Some(path) = self.path(world) else {
            return Ok(());
        };
        let text = toml::to_string(value).expect("notes are plain TOML");
        let write = || {
            if matches!(self.load::<T>(world), Noted::Damaged) {
                let now = world.clock.now().as_second();
                let aside = path.with_file_name(format!("{}.bad-{now}.toml", self.name));
                world.disk.rename(&path, &aside)?;
            }
            write_whole(world, &path, format!("{}{text}", self.head).as_bytes())
        };
        write().map_err(|error| {
            Failure::notes_unwritable(self.not_kept, &path.display().to_string(), &error)
        })
    }
}

/// Rolecall's data folder: `ROLECALL_DATA`, else the platform's.
pub(crate) fn data_folder(world: &World) -> Option<PathBuf> {
    let var = |name| {
        world
            .env
            .var(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let home = || world.env.home();
    var("ROLECALL_DATA").or_else(|| {
        if cfg!(target_os = "macos") {
            Some(home()?.join("Library/Application Support/Rolecall"))
        } else if cfg!(windows) {
            Some(var("APPDATA")?.join("Rolecall"))
        } else {
            Some(
                var("XDG_DATA_HOME")
                    .or_else(|| Some(home()?.join(".local/share")))?
                    .join("rolecall"),
            )
        }
    })
}

/// Reads a file of the data folder.
pub(crate) fn read(world: &World, path: &Path) -> io::Result<Vec<u8>> {
    let bytes = read_file(world, path, LIMIT)?;
    if bytes.len() as u64 > LIMIT {
        return Err(io::Error::other("it is larger than notes are"));
    }
    Ok(bytes)
}

/// At the start: removes what writes that were cut short left over.
pub(crate) fn clear_unfinished(world: &World) {
    let Some(data) = data_folder(world) else {
        return;
    };
    for folder in [data.join("history/blobs"), data.join("drafts"), data] {
        for entry in world.disk.list(&folder).unwrap_or_default() {
            if is_left_over(world, &entry) {
                let _ = world.disk.remove(&folder.join(entry));
            }
        }
    }
}

/// What a write of a program that runs no more was filling: `.NAME.PROCESS.new`.
pub(crate) fn is_left_over(world: &World, entry: &OsStr) -> bool {
    let writer = entry.to_str().and_then(|entry| {
        let (_, writer) = entry
            .strip_prefix('.')?
            .strip_suffix(".new")?
            .rsplit_once('.')?;
        writer.parse().ok()
    });
    writer.is_some_and(|writer: u32| !world.process.is_running(writer))
}

/// Lets go of a file of the data folder.
pub(crate) fn remove(world: &World, path: &Path) -> io::Result<()> {
    world.disk.remove(path)
}

/// Gives a file of the data folder another name there.
pub(crate) fn rename(world: &World, path: &Path, to: &Path) -> io::Result<()> {
    world.disk.rename(path, to)
}

/// Puts a file into the data folder, in place of what was there, and makes the folder where it is missing.
pub(crate) fn write_whole(world: &World, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    make_folders(&*world.disk, folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Another Rolecall may be writing the same file: each has a name of its own for what is not whole yet.
    let new = folder.join(format!(".{name}.{}.new", world.process.id()));
    // Left over from a write that failed.
    let _ = world.disk.remove(&new);
    let mut open = world.disk.create(&new, 0o600)?;
    write_all(open.as_mut(), bytes)?;
    open.sync()?;
    drop(open);
    world.disk.rename(&new, path)?;
    world.disk.sync_folder(folder)
}
