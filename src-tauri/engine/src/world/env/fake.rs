//! An environment that a test writes down.

use std::{collections::BTreeMap, ffi::OsString, path::PathBuf};

use super::Env;

/// An environment that a test writes down.
#[derive(Clone, Debug, Default)]
pub struct FakeEnv {
    /// Its variables.
    pub vars: BTreeMap<String, OsString>,
    /// The home folder.
    pub home: Option<PathBuf>,
}

impl FakeEnv {
    /// With a home folder and no variables.
    pub fn with_home(home: impl Into<PathBuf>) -> Self {
        Self {
            home: Some(home.into()),
            ..Self::default()
        }
    }

    /// With one more variable.
    #[must_use]
    pub fn var(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.vars.insert(name.into(), value.into());
        self
    }
}

impl Env for FakeEnv {
    fn var(&self, name: &str) -> Option<OsString> {
        self.vars.get(name).cloned()
    }

    fn home(&self) -> Option<PathBuf> {
        self.home.clone()
    }

    fn current_folder(&self) -> Option<PathBuf> {
        Some(PathBuf::from("/here"))
    }

    fn user(&self) -> Option<u32> {
        Some(1000)
    }
}
