//! Where this runs, as far as signing in goes: whether a browser that is opened here can come back here. Over SSH, in WSL
//! and in a container it can't, or only sometimes, and a code is what works. Who set `BROWSER` has seen to it.

use std::path::Path;

use crate::world::World;

/// Why a browser here would not come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Apart {
    /// The person sits at another computer.
    Ssh,
    /// The browser is Windows'.
    Wsl,
    /// The browser is outside.
    Container,
    /// There is no screen.
    NoScreen,
}

impl Apart {
    /// As the beginning of a sentence.
    pub(super) fn why(self) -> &'static str {
        match self {
            Self::Ssh => "You are here over SSH",
            Self::Wsl => "This is WSL",
            Self::Container => "This is a container",
            Self::NoScreen => "There is no screen here",
        }
    }
}

/// What keeps a browser from coming back, if anything.
pub(super) fn apart(world: &World) -> Option<Apart> {
    let is_set = |name: &str| world.env.var(name).is_some_and(|value| !value.is_empty());
    if is_set("BROWSER") {
        return None;
    }
    if is_set("SSH_CONNECTION") || is_set("SSH_TTY") {
        return Some(Apart::Ssh);
    }
    if is_set("WSL_DISTRO_NAME") || is_set("WSL_INTEROP") {
        return Some(Apart::Wsl);
    }
    let is_there = |path: &str| world.disk.stat(Path::new(path)).is_ok();
    if is_set("container")
        || is_set("KUBERNETES_SERVICE_HOST")
        || is_there("/.dockerenv")
        || is_there("/run/.containerenv")
    {
        return Some(Apart::Container);
    }
    let has_screen = is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
    let is_linux = cfg!(all(unix, not(target_os = "macos")));
    (is_linux && !has_screen).then_some(Apart::NoScreen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::env::FakeEnv;

    #[test]
    fn each_place_is_known_by_its_marks() {
        let here = |variables: &[(&str, &str)]| {
            let env = variables
                .iter()
                .fold(FakeEnv::default(), |env, (name, value)| {
                    env.var(name, value)
                });
            apart(&World::fake(env))
        };
        let screen = ("DISPLAY", ":0");
        assert_eq!(here(&[screen]), None);
        assert_eq!(
            here(&[screen, ("SSH_CONNECTION", "1 2 3 4")]),
            Some(Apart::Ssh)
        );
        assert_eq!(
            here(&[screen, ("WSL_DISTRO_NAME", "Debian")]),
            Some(Apart::Wsl)
        );
        assert_eq!(
            here(&[screen, ("container", "podman")]),
            Some(Apart::Container)
        );
        assert_eq!(here(&[]), Some(Apart::NoScreen));
        assert_eq!(
            here(&[("SSH_TTY", "/dev/pts/1"), ("BROWSER", "/opt/forward")]),
            None
        );
    }
}
