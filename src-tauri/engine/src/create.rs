//! The two files, created where nothing is: empty but for a comment, private from the first instant. A file that exists
//! is never touched, and nothing is written before the person asks.

use std::{io, path::Path};

use rolecall_core::profiles::File;

use crate::{
    failure::Failure,
    locate::Places,
    world::{
        World,
        disk::{make_folders, write_all},
    },
};

/// Creates these files, and the folder they are in.
///
/// # Errors
/// `unwritable`, with what is as it was. A file that was begun is removed again.
pub(crate) fn create_files(world: &World, places: &Places, files: &[File]) -> Result<(), Failure> {
    for file in files {
        let Some(path) = places.of(*file) else {
            continue;
        };
        let shown = places.shown(path);
        let folder = path.parent().unwrap_or(path);
        if let Err(error) = make_folders(&*world.disk, folder) {
            return Err(Failure::unwritable(
                &places.shown(folder),
                &error,
                "Nothing was changed.",
            ));
        }
        if let Err(error) = create(world, path, text(*file)) {
            return Err(Failure::unwritable(
                &shown,
                &error,
                "What is there is as it was.",
            ));
        }
        // The entry is there already; a power cut before this takes it back, which loses nothing.
        let _ = world.disk.sync_folder(folder);
    }
    Ok(())
}

fn create(world: &World, path: &Path, text: &str) -> io::Result<()> {
    let mut open = world.disk.create(path, 0o600)?;
    let mut fill = || {
        write_all(open.as_mut(), text.as_bytes())?;
        open.sync()
    };
    fill().inspect_err(|_| {
        // Ours, and not whole: it goes. If even that fails, the failure above says what happened.
        let _ = world.disk.remove(path);
    })
}

fn text(file: File) -> &'static str {
    match file {
        File::Config => {
            "# Settings of AWS tools: one [profile name] section for each profile.\n\
             # Keys belong in the credentials file beside this one.\n"
        }
        File::Credentials => {
            "# Access keys of AWS tools: one [name] section for each profile.\n\
             # Keep this file private; whoever can read it can use the keys.\n"
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rolecall_core::document::MaskKey;

    use super::*;
    use crate::{
        locate::Overrides,
        look::{Seen, look},
        view::FailureCode,
        world::{
            disk::{FakeDisk, Fault},
            env::FakeEnv,
        },
    };

    fn home() -> (World, FakeDisk, Places) {
        let disk = FakeDisk::new();
        disk.folder("/home/jo");
        let world = World {
            disk: Arc::new(disk.clone()),
            ..World::fake(FakeEnv::with_home("/home/jo"))
        };
        let places = Places::find(&world, &Overrides::default());
        (world, disk, places)
    }

    #[test]
    fn both_files_are_private_and_read_as_no_profile() {
        let (world, disk, places) = home();
        create_files(&world, &places, &File::BOTH).expect("created");
        assert_eq!(disk.mode("/home/jo/.aws"), Some(0o700));
        assert_eq!(disk.mode("/home/jo/.aws/config"), Some(0o600));
        assert_eq!(disk.mode("/home/jo/.aws/credentials"), Some(0o600));
        assert!(
            look(&world, &places, &MaskKey::new([7; 32]))
                .files
                .iter()
                .all(|seen| matches!(seen, Seen::Read { .. }))
        );
    }

    #[test]
    fn a_file_that_exists_is_left_alone_and_told() {
        let (world, disk, places) = home();
        disk.write("/home/jo/.aws/config", "[default]\n");
        let failure = create_files(&world, &places, &[File::Config]).expect_err("it is there");
        assert_eq!(failure.code, FailureCode::Unwritable);
        assert_eq!(
            failure.message,
            "~/.aws/config was not created: something is there already. What is there is as it was."
        );
        assert_eq!(
            disk.content("/home/jo/.aws/config"),
            Some(b"[default]\n".to_vec())
        );
    }

    #[test]
    fn a_disk_that_fails_at_any_call_leaves_no_half_written_file() {
        for errno in [5, 13, 28, 30, 122] {
            for for_ever in [false, true] {
                for at_call in 1.. {
                    let (world, disk, places) = home();
                    disk.plan(Some(Fault {
                        at_call,
                        errno,
                        for_ever,
                    }));
                    let created = create_files(&world, &places, &File::BOTH);
                    let calls = disk.calls();
                    for file in File::BOTH {
                        let content = disk.content(places.of(file).expect("a path"));
                        let whole = content
                            .as_deref()
                            .is_none_or(|bytes| bytes == text(file).as_bytes());
                        assert!(
                            whole || for_ever,
                            "call {at_call}, error {errno}: {:?}",
                            disk.log()
                        );
                    }
                    if let Err(failure) = created {
                        assert!(
                            failure.message.contains("was not created"),
                            "{}",
                            failure.message
                        );
                    }
                    if calls < at_call {
                        assert!(at_call > 10, "the loop has struck every call");
                        break;
                    }
                }
            }
        }
    }
}
