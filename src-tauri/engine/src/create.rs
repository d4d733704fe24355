//! The two files, created where nothing is: empty but for a comment, private from the first instant. A file that exists
//! is never touched, and nothing is written before the person asks.

use rolecall_core::profiles::File;

use crate::{failure::Failure, locate::Places, save, world::World};

/// Creates these files, and the folder they are in.
///
/// # Errors
/// `unwritable`, with what is as it was.
pub(crate) fn create_files(world: &World, places: &Places, files: &[File]) -> Result<(), Failure> {
    let files = files.iter().filter(|file| places.of(**file).is_some());
    files
        .into_iter()
        .try_for_each(|file| save::create(world, places, *file, text(*file).as_bytes()))
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
        world::{disk::FakeDisk, env::FakeEnv},
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
}
