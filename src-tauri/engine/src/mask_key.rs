//! The key of this installation: with it masked text and fingerprints of tokens stay the same over restarts. It lies in
//! the data folder, for the person alone, and is made when the first thing has to be kept that needs it; looking writes
//! nothing. Where it can't be kept, a key of this run does, and nothing that needs it is kept either.

use std::{io, path::PathBuf};

use rolecall_core::document::MaskKey;

use crate::{
    notes::{data_folder, read, write_whole},
    world::World,
};

/// The key, and whether it is on the disk.
#[derive(Debug)]
pub(crate) struct InstallKey {
    /// The key.
    pub key: MaskKey,
    kept: bool,
}

impl InstallKey {
    /// The one of this installation, else a new one.
    pub(crate) fn load(world: &World) -> Self {
        match on_disk(world) {
            Ok(Some(key)) => Self { key, kept: true },
            _ => Self {
                key: MaskKey::new(world.random.bytes()),
                kept: false,
            },
        }
    }

    /// Makes sure that it is on the disk, so that what is made with it may be kept too.
    ///
    /// # Errors
    /// When it can't be written, or another Rolecall has made one meanwhile.
    pub(crate) fn keep(&mut self, world: &World) -> io::Result<()> {
        if self.kept {
            return Ok(());
        }
        let path = path(world).ok_or(io::ErrorKind::NotFound)?;
        if on_disk(world)?.is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        write_whole(world, &path, self.key.bytes())?;
        self.kept = true;
        Ok(())
    }
}

fn path(world: &World) -> Option<PathBuf> {
    Some(data_folder(world)?.join("mask.key"))
}

/// The key that is there; none where nothing is, or something that is no key.
fn on_disk(world: &World) -> io::Result<Option<MaskKey>> {
    let Some(path) = path(world) else {
        return Ok(None);
    };
    match read(world, &path) {
        Ok(bytes) => Ok(bytes.try_into().ok().map(MaskKey::new)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::world::{disk::FakeDisk, env::FakeEnv};

    const PATH: &str = "/home/jo/.local/share/rolecall/mask.key";

    fn world() -> (World, FakeDisk) {
        let disk = FakeDisk::new();
        disk.folder("/home/jo");
        let world = World {
            disk: Arc::new(disk.clone()),
            ..World::fake(FakeEnv::with_home("/home/jo"))
        };
        (world, disk)
    }

    #[test]
    fn it_is_written_when_something_is_kept_and_stays_the_same() {
        let (world, disk) = world();
        disk.write(PATH, [9; 32]);
        let mut known = InstallKey::load(&world);
        known.keep(&world).expect("it is there");
        assert_eq!(known.key.bytes(), &[9; 32], "not a new one");
        disk.delete(PATH);
        let mut new = InstallKey::load(&world);
        assert_eq!(disk.content(PATH), None, "looking writes nothing");
        new.keep(&world).expect("written");
        assert_eq!(disk.content(PATH), Some(new.key.bytes().to_vec()));
        assert_eq!(disk.mode(PATH), Some(0o600));
    }

    #[test]
    fn one_that_can_not_be_read_is_left_alone_and_nothing_is_kept_with_another() {
        let (world, disk) = world();
        disk.write(PATH, [9; 32]);
        disk.own(PATH, 0o000, 0);
        assert!(InstallKey::load(&world).keep(&world).is_err());
        assert_eq!(disk.content(PATH), Some(vec![9; 32]));
    }
}
