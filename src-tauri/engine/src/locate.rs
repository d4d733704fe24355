//! Which two files: the command's arguments, then the environment variables, then `~/.aws`.
//! Read as the AWS CLI reads them: `~` stands for the home folder, relative paths start from the current one, and a
//! variable that is set to nothing means no file (botocore `session.py`).

use std::path::{Path, PathBuf};

use rolecall_core::profiles::File;

use crate::world::World;

/// Paths that a person gave to the command; they win over variables.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--credentials`.
    pub credentials: Option<PathBuf>,
}

/// Where one file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    /// Here.
    At(PathBuf),
    /// Nowhere: its variable is set to nothing.
    Nowhere,
    /// In the home folder, and no home folder is known.
    NoHome,
}

/// Where everything is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Places {
    /// Of `config`, then of `credentials`.
    files: [Where; 2],
    /// Of the token files.
    pub(crate) sso_cache: PathBuf,
    /// The folder of the files, that of config where they are apart.
    pub(crate) folder: PathBuf,
    home: Option<PathBuf>,
}

impl Places {
    /// Finds them.
    pub(crate) fn find(world: &World, overrides: &Overrides) -> Self {
        let home = world.env.home();
        let folder = home.as_ref().map(|home| home.join(".aws"));
        let files = File::BOTH.map(|file| {
            let given = match file {
                File::Config => &overrides.config,
                File::Credentials => &overrides.credentials,
            };
            if let Some(path) = given {
                return Where::At(absolute(world, path));
            }
            match (world.env.var(variable(file)), &folder) {
                (Some(value), _) if value.is_empty() => Where::Nowhere,
                (Some(value), _) => Where::At(absolute(
                    world,
                    &expanded(Path::new(&value), home.as_deref()),
                )),
                (None, Some(folder)) => Where::At(folder.join(file.name())),
                (None, None) => Where::NoHome,
            }
        });
        let in_use = files.iter().find_map(|place| match place {
            Where::At(path) => path.parent().map(Path::to_owned),
            Where::Nowhere | Where::NoHome => None,
        });
        let default = folder.or_else(|| in_use.clone()).unwrap_or_default();
        let folder = in_use.unwrap_or_else(|| default.clone());
        Self {
            files,
            sso_cache: default.join("sso/cache"),
            folder,
            home,
        }
    }

    /// Where a file is.
    pub(crate) fn place(&self, file: File) -> &Where {
        &self.files[file as usize]
    }

    /// The path of a file, where it has one.
    pub(crate) fn of(&self, file: File) -> Option<&Path> {
        match self.place(file) {
            Where::At(path) => Some(path),
            Where::Nowhere | Where::NoHome => None,
        }
    }

    /// A path for reading: the home folder as `~`.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let inside = self
            .home
            .as_ref()
            .and_then(|home| path.strip_prefix(home).ok());
        match inside {
            Some(inside) => format!("~/{}", inside.display()),
            None => path.display().to_string(),
        }
    }
}

/// The variable that names a file.
pub(crate) fn variable(file: File) -> &'static str {
    match file {
        File::Config => "AWS_CONFIG_FILE",
        File::Credentials => "AWS_SHARED_CREDENTIALS_FILE",
    }
}

fn expanded(path: &Path, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

fn absolute(world: &World, path: &Path) -> PathBuf {
    match world.env.current_folder() {
        Some(folder) if path.is_relative() => folder.join(path),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{World, env::FakeEnv};

    fn places(env: FakeEnv, overrides: &Overrides) -> Places {
        Places::find(&World::fake(env), overrides)
    }

    fn shown(env: FakeEnv, overrides: &Overrides) -> [Option<String>; 2] {
        let places = places(env, overrides);
        File::BOTH.map(|file| places.of(file).map(|path| places.shown(path)))
    }

    fn some(config: &str, credentials: &str) -> [Option<String>; 2] {
        [Some(config.into()), Some(credentials.into())]
    }

    #[test]
    fn arguments_win_over_variables_and_those_over_the_home_folder() {
        let home = || FakeEnv::with_home("/home/jo");
        let none = Overrides::default();
        assert_eq!(
            shown(home(), &none),
            some("~/.aws/config", "~/.aws/credentials")
        );
        let with_variable = home().var("AWS_CONFIG_FILE", "/etc/aws/config");
        assert_eq!(
            shown(with_variable.clone(), &none),
            some("/etc/aws/config", "~/.aws/credentials")
        );
        let given = Overrides {
            config: Some("c".into()),
            credentials: None,
        };
        assert_eq!(
            shown(with_variable, &given),
            some("/here/c", "~/.aws/credentials")
        );
    }

    #[test]
    fn a_variable_may_begin_with_the_home_folder_and_one_set_to_nothing_means_no_file() {
        let env = FakeEnv::with_home("/home/jo")
            .var("AWS_CONFIG_FILE", "~/x/config")
            .var("AWS_SHARED_CREDENTIALS_FILE", "");
        assert_eq!(
            shown(env, &Overrides::default()),
            [Some("~/x/config".into()), None]
        );
    }

    #[test]
    fn without_a_home_folder_a_file_is_known_only_where_a_variable_names_it() {
        let env = FakeEnv::default().var("AWS_CONFIG_FILE", "/c");
        let places = places(env, &Overrides::default());
        assert_eq!(places.place(File::Config), &Where::At("/c".into()));
        assert_eq!(places.place(File::Credentials), &Where::NoHome);
    }
}
