//! Closing a file that others can read, once the person has agreed: group and others lose what they may, the owner keeps
//! it, and the content is not touched. Saving never does this by itself (`save` keeps the mode as it is).

use rolecall_core::profiles::File;

use crate::{
    engine::{Engine, lock},
    failure::Failure,
    locate::Places,
    view::FileKind,
    world::{World, disk::FileType},
};

/// What group and others may do.
pub(crate) const OPEN: u32 = 0o077;

/// The permission bits that are left for the owner.
pub(crate) fn closed(mode: u32) -> u32 {
    mode & !OPEN
}

impl Engine {
    /// Makes a file private.
    ///
    /// # Errors
    /// `notFound` when it is gone, `unwritable` when the system says no. Its permissions are as they were then.
    pub fn close_permissions(&self, file: FileKind) -> Result<(), Failure> {
        let file = file.into();
        let closed = {
            let _one_at_a_time = lock(&self.saving);
            close(&self.world, &self.snapshot().around.places, file)
        };
        self.see_what_is_there();
        closed
    }
}

/// Closes one file, by whoever is saving just now.
pub(crate) fn close(world: &World, places: &Places, file: File) -> Result<(), Failure> {
    let Some(path) = places.of(file) else {
        return Err(Failure::gone(file.name()));
    };
    let close = || {
        // What is open can't be exchanged for something else in between.
        let mut open = world.disk.open(path)?;
        let stat = open.stat()?;
        match stat.mode {
            Some(mode) if stat.file_type == FileType::File && mode & OPEN != 0 => {
                open.set_mode(closed(mode))
            }
            _ => Ok(()),
        }
    };
    close().map_err(|error| Failure::not_closed(file.name(), &places.shown(path), &error))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        engine::Options,
        world::{
            disk::{FakeDisk, Fault},
            env::FakeEnv,
        },
    };

    const CREDENTIALS: &str = "/home/jo/.aws/credentials";
    const TEXT: &str = "[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";

    fn open_to(mode: u32) -> (Arc<Engine>, FakeDisk) {
        let disk = FakeDisk::new();
        disk.write(CREDENTIALS, TEXT);
        disk.own(CREDENTIALS, mode, 1000);
        let world = World {
            disk: Arc::new(disk.clone()),
            ..World::fake(FakeEnv::with_home("/home/jo"))
        };
        (Engine::start(world, Options::default()), disk)
    }

    fn problems(engine: &Engine) -> usize {
        let snapshot = engine.snapshot();
        let found = &snapshot.problems;
        let found = found.iter().map(|problem| problem.rule.name);
        found.filter(|rule| *rule == "file.permissions").count()
    }

    #[test]
    fn f023_an_open_file_is_closed_for_all_but_its_owner_and_the_problem_is_gone() {
        for (mode, closed) in [
            (0o644, 0o600),
            (0o666, 0o600),
            (0o640, 0o600),
            (0o440, 0o400),
        ] {
            let (engine, disk) = open_to(mode);
            assert_eq!(problems(&engine), 1);
            engine
                .close_permissions(FileKind::Credentials)
                .expect("closed");
            assert_eq!(disk.mode(CREDENTIALS), Some(closed));
            assert_eq!(disk.content(CREDENTIALS), Some(TEXT.into()));
            assert_eq!(problems(&engine), 0);
        }
    }

    #[test]
    fn f023_what_closing_does_is_said_before_it_is_done() {
        for (mode, now, then) in [
            (0o644, "0644 rw-r--r--", "0600 rw-------"),
            (0o750, "0750 rwxr-x---", "0700 rwx------"),
        ] {
            let (engine, _) = open_to(mode);
            let snapshot = engine.snapshot();
            let problem = snapshot.problem("file.permissions/credentials/");
            let closing = problem.expect("found").closing.expect("it can be closed");
            assert_eq!(closing.file, FileKind::Credentials);
            assert_eq!(closing.path, "~/.aws/credentials");
            assert_eq!((closing.now.as_str(), closing.then.as_str()), (now, then));
        }
    }

    #[test]
    fn f023_what_can_not_be_closed_is_as_it_was_and_told() {
        for at_call in 1..4 {
            let (engine, disk) = open_to(0o644);
            disk.plan(Some(Fault {
                at_call,
                errno: 1,
                for_ever: false,
            }));
            let failure = engine.close_permissions(FileKind::Credentials);
            let failure = failure.expect_err("the system said no");
            assert_eq!(
                failure.message,
                "credentials is as open as it was: you have no permission there."
            );
            assert_eq!(disk.mode(CREDENTIALS), Some(0o644));
        }
    }
}
