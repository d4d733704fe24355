//! What Rolecall itself remembers: which profiles are pinned, which were opened last. A small TOML file in its data
//! folder; when that is missing or odd, everything still works.

use std::{
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{failure::Failure, world::World};

const RECENT: usize = 50;

/// What Rolecall itself remembers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// Names of pinned profiles.
    pub pinned: Vec<String>,
    /// Names of the profiles that were opened, the last one first.
    pub recent: Vec<String>,
    /// What a newer Rolecall wrote; kept as it is.
    #[serde(flatten)]
    pub unknown: toml::Table,
}

impl Settings {
    /// Reads them. A file that can't be read as settings counts as none, and is set aside before the next write.
    pub(crate) fn load(world: &World) -> Self {
        let text = file(world).and_then(|path| read(world, &path).ok());
        text.and_then(|text| toml::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Pins a profile or lets it go.
    pub(crate) fn pin(&mut self, name: &str, pinned: bool) {
        self.pinned.retain(|known| known != name);
        if pinned {
            self.pinned.push(name.to_owned());
        }
    }

    /// Notes that a profile was opened. Says whether that changed anything.
    pub(crate) fn opened(&mut self, name: &str) -> bool {
        if self.recent.first().is_some_and(|first| first == name) {
            return false;
        }
        self.recent.retain(|known| known != name);
        self.recent.insert(0, name.to_owned());
        self.recent.truncate(RECENT);
        true
    }

    /// Writes them: whole and at once, readable for the person alone.
    ///
    /// # Errors
    /// `unwritable`; what was there before is still there.
    pub(crate) fn save(&self, world: &World) -> Result<(), Failure> {
        let Some(path) = file(world) else {
            return Ok(());
        };
        write(
            world,
            &path,
            &toml::to_string(self).expect("settings are plain TOML"),
        )
        .map_err(|error| Failure::notes_unwritable(&path.display().to_string(), &error))
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

fn file(world: &World) -> Option<PathBuf> {
    Some(data_folder(world)?.join("settings.toml"))
}

fn read(world: &World, path: &Path) -> io::Result<String> {
    const LIMIT: usize = 1 << 20;
    let mut open = world.disk.open(path)?;
    let mut bytes = vec![0; LIMIT];
    let mut filled = 0;
    loop {
        match open.read(&mut bytes[filled..])? {
            0 => break,
            count => filled += count,
        }
    }
    bytes.truncate(filled);
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn write(world: &World, path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    make_folders(world, folder)?;
    let odd = read(world, path).is_ok_and(|text| toml::from_str::<Settings>(&text).is_err());
    if odd {
        let aside = format!("settings.bad-{}.toml", world.clock.now().as_second());
        world.disk.rename(path, &folder.join(aside))?;
    }
    let new = folder.join(".settings.toml.new");
    // Left over from a write that was cut short.
    let _ = world.disk.remove(&new);
    let mut open = world.disk.create(&new, 0o600)?;
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let count = open.write(rest)?;
        rest = &rest[count..];
    }
    open.sync()?;
    drop(open);
    world.disk.rename(&new, path)?;
    world.disk.sync_folder(folder)
}

fn make_folders(world: &World, folder: &Path) -> io::Result<()> {
    if world.disk.stat(folder).is_ok() {
        return Ok(());
    }
    let Some(parent) = folder.parent() else {
        return Ok(());
    };
    make_folders(world, parent)?;
    match world.disk.make_folder(folder, 0o700) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.and_then(|()| world.disk.sync_folder(parent)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::world::{
        disk::{FakeDisk, Fault},
        env::FakeEnv,
    };

    fn world() -> (World, FakeDisk) {
        let disk = FakeDisk::new();
        disk.folder("/home/jo");
        let world = World {
            disk: Arc::new(disk.clone()),
            ..World::fake(FakeEnv::with_home("/home/jo").var("ROLECALL_DATA", "/home/jo/data"))
        };
        (world, disk)
    }

    #[test]
    fn pins_survive_a_restart_and_the_file_is_private() {
        let (world, disk) = world();
        let mut settings = Settings::load(&world);
        settings.pin("acme", true);
        settings.save(&world).expect("saved");
        assert_eq!(Settings::load(&world).pinned, ["acme"]);
        assert_eq!(disk.mode("/home/jo/data/settings.toml"), Some(0o600));
        assert_eq!(disk.mode("/home/jo/data"), Some(0o700));
    }

    #[test]
    fn what_a_newer_rolecall_wrote_is_kept() {
        let (world, disk) = world();
        disk.write(
            "/home/jo/data/settings.toml",
            "theme = \"dark\"\npinned = [\"a\"]\n",
        );
        let mut settings = Settings::load(&world);
        settings.pin("b", true);
        settings.save(&world).expect("saved");
        let text = String::from_utf8(disk.content("/home/jo/data/settings.toml").expect("there"))
            .expect("text");
        assert!(text.contains("theme = \"dark\""), "{text}");
    }

    #[test]
    fn an_odd_file_counts_as_none_and_is_set_aside() {
        let (world, disk) = world();
        disk.write("/home/jo/data/settings.toml", "pinned = 7");
        let settings = Settings::load(&world);
        assert_eq!(settings, Settings::default());
        settings.save(&world).expect("saved");
        assert_eq!(
            disk.content("/home/jo/data/settings.bad-1795348800.toml"),
            Some(b"pinned = 7".to_vec())
        );
    }

    #[test]
    fn a_write_that_fails_at_any_call_leaves_the_old_settings_or_the_new_ones() {
        let old = Settings {
            pinned: vec!["old".into()],
            ..Settings::default()
        };
        let new = Settings {
            pinned: vec!["new".into()],
            ..Settings::default()
        };
        for at_call in 1.. {
            let (world, disk) = world();
            old.save(&world).expect("saved");
            disk.plan(Some(Fault {
                at_call,
                errno: 28,
                for_ever: true,
            }));
            let saved = new.save(&world);
            let calls = disk.calls();
            disk.crash();
            let after = Settings::load(&world);
            assert!(
                after == old || after == new,
                "after call {at_call}: {after:?}"
            );
            if calls < at_call {
                assert_eq!((saved, after), (Ok(()), new));
                assert!(at_call > 8, "the loop has struck every call");
                break;
            }
        }
    }
}
