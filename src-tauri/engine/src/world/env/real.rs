//! This process's environment.
#![expect(clippy::disallowed_methods, reason = "this is the port")]

use std::{ffi::OsString, path::PathBuf};

use super::Env;

/// This process's environment.
#[derive(Debug)]
pub struct RealEnv;

impl Env for RealEnv {
    fn var(&self, name: &str) -> Option<OsString> {
        std::env::var_os(name)
    }

    fn home(&self) -> Option<PathBuf> {
        std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
    }

    fn current_folder(&self) -> Option<PathBuf> {
        std::env::current_dir().ok()
    }

    #[cfg(unix)]
    fn user(&self) -> Option<u32> {
        Some(rustix::process::geteuid().as_raw())
    }

    #[cfg(not(unix))]
    fn user(&self) -> Option<u32> {
        None
    }
}
