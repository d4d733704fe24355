//! What Rolecall itself remembers: which profiles are pinned, which were opened last, and what pasted keys are called.
//! When that is missing or odd, everything still works.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    failure::Failure,
    notes::{Note, Noted},
    view::HistoryChoice,
    world::World,
};

const NOTE: Note = Note {
    name: "settings",
    head: "",
    not_kept: "The settings were not kept",
};

const RECENT: usize = 50;

/// What Rolecall itself remembers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// Names of pinned profiles.
    pub pinned: Vec<String>,
    /// Names of the profiles that were opened, the last one first.
    pub recent: Vec<String>,
    /// How History keeps text, once that was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<HistoryChoice>,
    /// The profiles that pasted keys went into, by `account/role`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// What a newer Rolecall wrote; kept as it is.
    #[serde(flatten)]
    pub unknown: toml::Table,
}

impl Settings {
    /// Reads them. A file that can't be read as settings counts as none.
    pub(crate) fn load(world: &World) -> Self {
        match NOTE.load(world) {
            Noted::Read(settings) => settings,
            Noted::Missing | Noted::Damaged => Self::default(),
        }
    }

    /// Pins a profile or lets it go.
    pub(crate) fn pin(&mut self, name: &str, pinned: bool) {
        self.pinned.retain(|known| known != name);
        if pinned {
            self.pinned.push(name.to_owned());
        }
    }

    /// A profile has another name. Says whether that changed anything.
    pub(crate) fn rename(&mut self, from: &str, to: &str) -> bool {
        let listed = self.pinned.iter_mut().chain(&mut self.recent);
        let names = listed.chain(self.names.values_mut());
        let mut found = false;
        for name in names.filter(|name| *name == from) {
            to.clone_into(name);
            found = true;
        }
        found
    }

    /// Notes what pasted keys are called. Says whether that changed anything.
    pub(crate) fn call(&mut self, names: Vec<(String, String)>) -> bool {
        let before = self.names.clone();
        self.names.extend(names);
        self.names != before
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

    /// Writes them, but for how History is kept: another Rolecall may have chosen that meanwhile.
    ///
    /// # Errors
    /// `unwritable`; what was there before is still there.
    pub(crate) fn save(&self, world: &World) -> Result<(), Failure> {
        let history = Self::load(world).history.or(self.history);
        let merged = Self {
            history,
            ..self.clone()
        };
        merged.save_choice(world)
    }

    /// Writes them with how History is kept: that was chosen here.
    ///
    /// # Errors
    /// As [`Self::save`].
    pub(crate) fn save_choice(&self, world: &World) -> Result<(), Failure> {
        NOTE.save(world, self)
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
