//! A disk in memory that can fail at any call, and can lose what was not synced. Passes the same tests as the real one.
//! Here is what tests do to it, as other programs and fate would; `port` is what Rolecall sees of it.

mod port;
mod state;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
};

use super::{FileType, Rumour};
use state::{Lack, Meanwhile, State, What};

/// In place of an error's number: the call takes half of what it is asked to write, and there is no space for the rest.
pub const SHORT: i32 = -1;

/// When and how the disk says no.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// The first call that fails; the first call is 1.
    pub at_call: u32,
    /// The system's number for the error, such as `ENOSPC`; or `SHORT`.
    pub errno: i32,
    /// All later calls fail too.
    pub for_ever: bool,
}

/// What a power cut leaves of content that was not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing of it.
    Dropped,
    /// All of it.
    Kept,
    /// Half of it.
    Half,
    /// Zeros in its place.
    Zeros,
}

/// What a power cut leaves.
#[derive(Clone, Copy, Debug)]
pub struct Crash {
    /// Of the content of files.
    pub content: Left,
    /// Of new names, renames and removals that were not synced: bit n is the n-th since the last sync, in any order.
    pub names: u32,
}

/// A disk in memory.
#[derive(Clone, Default)]
pub struct FakeDisk(Arc<Mutex<State>>);

struct Watched {
    rumour: Rumour,
    folders: Mutex<Vec<PathBuf>>,
}

impl std::fmt::Debug for FakeDisk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FakeDisk({} calls)", self.state().calls)
    }
}

impl FakeDisk {
    /// A disk with a root folder and nothing in it.
    pub fn new() -> Self {
        let disk = Self::default();
        disk.put("/", What::Folder, 0o755);
        disk
    }

    /// Puts a file there, with the folders above it, as another program would that replaces files.
    pub fn write(&self, path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) {
        let mode = self.mode(&path).unwrap_or(0o600);
        self.put(path, What::File(bytes.into()), mode);
    }

    /// Puts a folder there.
    pub fn folder(&self, path: impl AsRef<Path>) {
        self.put(path, What::Folder, 0o700);
    }

    /// Puts a link there.
    pub fn link(&self, path: impl AsRef<Path>, target: impl Into<PathBuf>) {
        self.put(path, What::Link(target.into()), 0o777);
    }

    /// Gives a file that is there a second name.
    pub fn hard_link(&self, path: impl AsRef<Path>, other: impl AsRef<Path>) {
        let mut state = self.state();
        let inode = state.names[path.as_ref()];
        state.enter(vec![(other.as_ref().to_owned(), Some(inode))], true);
    }

    /// Puts a pipe, a socket or a device there.
    pub fn special(&self, path: impl AsRef<Path>, file_type: FileType) {
        self.put(path, What::Other(file_type), 0o600);
    }

    /// Removes what is there and below, as another program would.
    pub fn delete(&self, path: impl AsRef<Path>) {
        let mut state = self.state();
        let below = state.names.keys();
        let below = below.filter(|known| known.starts_with(path.as_ref()));
        let gone = below.map(|known| (known.clone(), None)).collect();
        state.enter(gone, true);
        drop(state);
        self.tell(path.as_ref());
    }

    /// Changes permission bits and owner.
    pub fn own(&self, path: impl AsRef<Path>, mode: u32, owner: u32) {
        let mut state = self.state();
        let node = state.there(path.as_ref());
        (node.mode, node.owner) = (mode, owner);
    }

    /// Hangs an extended attribute on a file.
    pub fn attribute(&self, path: impl AsRef<Path>, name: &str, value: &str) {
        let mut state = self.state();
        let attributes = &mut state.there(path.as_ref()).attributes;
        attributes.insert(name.into(), value.into());
    }

    /// The extended attributes of a file, `name=value`.
    pub fn attributes(&self, path: impl AsRef<Path>) -> Vec<String> {
        let mut state = self.state();
        let attributes = state.there(path.as_ref()).attributes.iter();
        attributes
            .map(|(name, value)| format!("{name}={value}"))
            .collect()
    }

    /// From now on nothing can be renamed to or from this name: a single file that is mounted there.
    pub fn mount(&self, path: impl AsRef<Path>) {
        self.state().mounted.insert(path.as_ref().to_owned());
    }

    /// The bytes of a file, if there is one.
    pub fn content(&self, path: impl AsRef<Path>) -> Option<Vec<u8>> {
        let state = self.state();
        match &state.nodes.get(state.names.get(path.as_ref())?)?.what {
            What::File(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }

    /// The permission bits of what is there.
    pub fn mode(&self, path: impl AsRef<Path>) -> Option<u32> {
        let state = self.state();
        let inode = state.names.get(path.as_ref())?;
        Some(state.nodes[inode].mode)
    }

    /// Everything that has a name, with its bytes where it is a file.
    pub fn everything(&self) -> Vec<(PathBuf, Option<Vec<u8>>)> {
        let names: Vec<_> = self.state().names.keys().cloned().collect();
        names
            .into_iter()
            .map(|path| (path.clone(), self.content(path)))
            .collect()
    }

    /// From now on counts calls anew, and fails as the plan says.
    pub fn plan(&self, fault: Option<Fault>) {
        let mut state = self.state();
        (state.calls, state.fault, state.is_full) = (0, fault, false);
        state.log.clear();
    }

    /// Before that call, counted from now, another program writes these bytes over a file, in place.
    pub fn meanwhile(&self, at_call: u32, path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) {
        self.plan(None);
        self.and_meanwhile(at_call, path, bytes);
    }

    /// The same beside what is planned already.
    pub fn and_meanwhile(&self, at_call: u32, path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) {
        let into = path.as_ref().to_owned();
        let planned = Meanwhile::at(at_call, into, bytes.into());
        self.state().meanwhile.push(planned);
    }

    /// Another program has the file open for writing, and writes these bytes into it before that call, whatever name
    /// it has by then.
    pub fn holds(&self, at_call: u32, path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) {
        self.meanwhile(at_call, path.as_ref(), bytes);
        let mut state = self.state();
        let inode = state.names[path.as_ref()];
        let meanwhile = state.meanwhile.last_mut().expect("it was planned just now");
        meanwhile.inode = Some(inode);
    }

    /// From now on it can't exchange files, nor refuse to rename over one.
    pub fn only_plain_renames(&self) {
        self.state().lacks.insert(Lack::Exchange);
    }

    /// As on a network: renames happen, and their answer is lost.
    pub fn answers_of_renames_are_lost(&self) {
        self.state().lacks.insert(Lack::Answers);
    }

    /// This user may watch nothing from now on, or may again.
    pub fn no_watches(&self, none: bool) {
        let mut state = self.state();
        if none {
            state.lacks.insert(Lack::Watches);
        } else {
            state.lacks.remove(&Lack::Watches);
        }
    }

    /// Nothing is told of what happens in this folder, as on a network disk.
    pub fn silent(&self, folder: impl AsRef<Path>) {
        self.state().silent.insert(folder.as_ref().to_owned());
    }

    /// From now on it knows no locks.
    pub fn no_locks(&self) {
        self.state().lacks.insert(Lack::Locks);
    }

    /// How many calls there were since the plan.
    pub fn calls(&self) -> u32 {
        self.state().calls
    }

    /// The calls since the plan, such as `create /home/.aws/config`.
    pub fn log(&self) -> Vec<String> {
        self.state().log.clone()
    }

    /// The power fails: what was not synced is gone.
    pub fn crash(&self) {
        self.crash_as(Crash {
            content: Left::Dropped,
            names: 0,
        });
    }

    /// The power fails, and this is left of what was not synced.
    pub fn crash_as(&self, crash: Crash) {
        self.state().crash(crash);
    }

    /// Another disk that holds the same, for another fate.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self(Arc::new(Mutex::new(self.state().clone())))
    }

    /// How many new names, renames and removals are not synced.
    pub fn unsynced_names(&self) -> usize {
        self.state().pending.len()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0
            .lock()
            .expect("no test panics while it holds the disk")
    }

    fn put(&self, path: impl AsRef<Path>, what: What, mode: u32) {
        let path = path.as_ref();
        let mut state = self.state();
        let missing: Vec<_> = path
            .ancestors()
            .skip(1)
            .filter(|above| !state.names.contains_key(*above))
            .collect();
        for above in &missing {
            state.insert(above, What::Folder, 0o700, true);
        }
        state.insert(path, what, mode, true);
        drop(state);
        missing
            .into_iter()
            .rev()
            .chain([path])
            .for_each(|path| self.tell(path));
    }

    fn tell(&self, path: &Path) {
        let watchers = self.state().watchers.clone();
        let parent = path.parent().unwrap_or(path);
        if self.state().silent.contains(parent) {
            return;
        }
        for watcher in watchers {
            let folders = watcher.folders.lock().expect("as above");
            let hears = folders.iter().any(|folder| folder == parent);
            drop(folders);
            if hears {
                (watcher.rumour)();
            }
        }
    }
}
