//! Which two files: the command's arguments, then the environment variables, then `~/.aws`.
//! Read as the AWS CLI reads them: `~` stands for the home folder, relative paths start from the current one, and a
//! variable that is set to nothing means no file (botocore `session.py`).

use std::path::{Path, PathBuf};

use rolecall_core::profiles::File;

use crate::{failure::Failure, world::World};

/// Paths that a person gave to the command; they win over variables.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--credentials`.
    pub credentials: Option<PathBuf>,
}

/// Where everything is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Places {
    /// Of `config`; none where a variable says so.
    pub config: Option<PathBuf>,
    /// Of `credentials`; none where a variable says so.
    pub credentials: Option<PathBuf>,
    /// Of the token files.
    pub sso_cache: PathBuf,
    /// The folder that AWS tools look in by default.
    pub folder: PathBuf,
    home: Option<PathBuf>,
}

impl Places {
    /// Finds them.
    ///
    /// # Errors
    /// When no home folder is known and some path needs it.
    pub(crate) fn find(world: &World, overrides: &Overrides) -> Result<Self, Failure> {
        let home = world.env.home();
        let folder = home.as_ref().map(|home| home.join(".aws"));
        let path = |given: &Option<PathBuf>, file: File| -> Result<Option<PathBuf>, Failure> {
            if let Some(path) = given {
                return Ok(Some(absolute(world, path)));
            }
            match world.env.var(variable(file)) {
                Some(value) if value.is_empty() => Ok(None),
                Some(value) => Ok(Some(absolute(
                    world,
                    &expanded(Path::new(&value), home.as_deref()),
                ))),
                None => folder
                    .as_ref()
                    .map(|folder| Some(folder.join(file.name())))
                    .ok_or_else(Failure::no_home),
            }
        };
        let config = path(&overrides.config, File::Config)?;
        let credentials = path(&overrides.credentials, File::Credentials)?;
        let beside = || {
            config
                .iter()
                .chain(&credentials)
                .find_map(|path| path.parent().map(Path::to_owned))
        };
        let folder = folder.or_else(beside).unwrap_or_default();
        Ok(Self {
            config,
            credentials,
            sso_cache: folder.join("sso/cache"),
            folder,
            home,
        })
    }

    /// No places at all: no home folder is known.
    pub(crate) fn nowhere() -> Self {
        Self {
            config: None,
            credentials: None,
            sso_cache: PathBuf::new(),
            folder: PathBuf::new(),
            home: None,
        }
    }

    /// The path of one file.
    pub(crate) fn of(&self, file: File) -> Option<&Path> {
        match file {
            File::Config => self.config.as_deref(),
            File::Credentials => self.credentials.as_deref(),
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

    fn places(env: FakeEnv, overrides: &Overrides) -> Result<Places, Failure> {
        Places::find(&World::fake(env), overrides)
    }

    fn shown(env: FakeEnv, overrides: &Overrides) -> [Option<String>; 2] {
        let places = places(env, overrides).expect("found");
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
    fn without_a_home_folder_both_paths_must_be_given() {
        let env = FakeEnv::default().var("AWS_CONFIG_FILE", "/c");
        assert_eq!(
            places(env.clone(), &Overrides::default()),
            Err(Failure::no_home())
        );
        let both = env.var("AWS_SHARED_CREDENTIALS_FILE", "/k");
        assert_eq!(shown(both, &Overrides::default()), some("/c", "/k"));
    }
}
