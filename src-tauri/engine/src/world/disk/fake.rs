//! A disk in memory that can fail at any call, and can lose what was not synced. Passes the same tests as the real one.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    io,
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
};

use super::{Disk, FileType, FolderWatch, OpenFile, Rumour, Stat};

/// When and how the disk says no.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// The first call that fails; the first call is 1.
    pub at_call: u32,
    /// The system's number for the error, such as `ENOSPC`.
    pub errno: i32,
    /// All later calls fail too.
    pub for_ever: bool,
}

/// A disk in memory.
#[derive(Clone, Default)]
pub struct FakeDisk(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    nodes: BTreeMap<PathBuf, Node>,
    next_inode: u64,
    now: i128,
    calls: u32,
    log: Vec<String>,
    fault: Option<Fault>,
    /// What another program writes, and before which call.
    meanwhile: Option<(u32, PathBuf, Vec<u8>)>,
    /// As on a file system that knows only plain renames.
    plain: bool,
    /// Renames that a crash takes back: the target, and what stood there.
    renames: Vec<(PathBuf, Option<Node>)>,
    watchers: Vec<Arc<Watched>>,
}

#[derive(Clone)]
struct Node {
    what: What,
    mode: u32,
    owner: u32,
    group: u32,
    links: u64,
    inode: u64,
    modified: i128,
    /// What a crash leaves of the content.
    durable: Vec<u8>,
    /// The entry itself survives a crash.
    entry_durable: bool,
}

#[derive(Clone)]
enum What {
    File(Vec<u8>),
    Folder,
    Link(PathBuf),
    Other(FileType),
}

struct Watched {
    rumour: Rumour,
    folders: Mutex<Vec<PathBuf>>,
}

const LINKS: u32 = 40;

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

    /// Puts a file there, with the folders above it, as another program would.
    pub fn write(&self, path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) {
        let mode = self
            .state()
            .nodes
            .get(path.as_ref())
            .map_or(0o600, |node| node.mode);
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

    /// Puts a pipe, a socket or a device there.
    pub fn special(&self, path: impl AsRef<Path>, file_type: FileType) {
        self.put(path, What::Other(file_type), 0o600);
    }

    /// Removes what is there and below, as another program would.
    pub fn delete(&self, path: impl AsRef<Path>) {
        self.state()
            .nodes
            .retain(|known, _| !known.starts_with(path.as_ref()));
        self.tell(path.as_ref());
    }

    /// Changes permission bits and owner.
    pub fn own(&self, path: impl AsRef<Path>, mode: u32, owner: u32) {
        let mut state = self.state();
        let node = state
            .nodes
            .get_mut(path.as_ref())
            .expect("the test put it there");
        (node.mode, node.owner) = (mode, owner);
    }

    /// The file has this many names.
    pub fn names(&self, path: impl AsRef<Path>, links: u64) {
        let mut state = self.state();
        let node = state
            .nodes
            .get_mut(path.as_ref())
            .expect("the test put it there");
        node.links = links;
    }

    /// The bytes of a file, if there is one.
    pub fn content(&self, path: impl AsRef<Path>) -> Option<Vec<u8>> {
        match &self.state().nodes.get(path.as_ref())?.what {
            What::File(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }

    /// The permission bits of what is there.
    pub fn mode(&self, path: impl AsRef<Path>) -> Option<u32> {
        self.state().nodes.get(path.as_ref()).map(|node| node.mode)
    }

    /// From now on counts calls anew, and fails as the plan says.
    pub fn plan(&self, fault: Option<Fault>) {
        let mut state = self.state();
        (state.calls, state.fault) = (0, fault);
        state.log.clear();
    }

    /// Before that call, counted from now, another program writes these bytes over a file, in place.
    pub fn meanwhile(&self, at_call: u32, path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) {
        self.plan(None);
        self.state().meanwhile = Some((at_call, path.as_ref().to_owned(), bytes.into()));
    }

    /// From now on it can't exchange files, nor refuse to rename over one.
    pub fn only_plain_renames(&self) {
        self.state().plain = true;
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
        let mut state = self.state();
        for (path, before) in std::mem::take(&mut state.renames).into_iter().rev() {
            match before {
                Some(before) => state.nodes.insert(path, before),
                None => state.nodes.remove(&path),
            };
        }
        state.nodes.retain(|_, node| node.entry_durable);
        for node in state.nodes.values_mut() {
            if let What::File(bytes) = &mut node.what {
                bytes.clone_from(&node.durable);
            }
        }
        state.fault = None;
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
            .filter(|above| !state.nodes.contains_key(*above))
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
        for watcher in watchers {
            if watcher
                .folders
                .lock()
                .expect("as above")
                .iter()
                .any(|folder| folder == parent)
            {
                (watcher.rumour)();
            }
        }
    }

    /// Counts a call, and fails it where the plan says so.
    fn call(&self, what: &str, path: &Path) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        state.calls += 1;
        let calls = state.calls;
        if let Some((_, at, bytes)) = state.meanwhile.take_if(|(at, ..)| *at == calls)
            && let Ok(at) = state.resolve(&at, true)
        {
            let node = state.nodes.get_mut(&at).expect("it was resolved");
            node.durable.clone_from(&bytes);
            node.what = What::File(bytes);
        }
        state.log.push(format!("{what} {}", path.display()));
        match state.fault {
            Some(fault)
                if state.calls == fault.at_call
                    || (fault.for_ever && state.calls > fault.at_call) =>
            {
                Err(io::Error::from_raw_os_error(fault.errno))
            }
            _ => Ok(state),
        }
    }
}

impl State {
    fn insert(&mut self, path: &Path, what: What, mode: u32, durable: bool) {
        self.next_inode += 1;
        self.now += 1;
        let bytes = if let (What::File(bytes), true) = (&what, durable) {
            bytes.clone()
        } else {
            Vec::new()
        };
        let node = Node {
            what,
            mode,
            owner: 1000,
            group: 1000,
            links: 1,
            inode: self.next_inode,
            modified: self.now,
            durable: bytes,
            entry_durable: durable,
        };
        self.nodes.insert(path.to_owned(), node);
    }

    /// Follows the links of a path, its own last one too where `last` says so.
    fn resolve(&self, path: &Path, last: bool) -> io::Result<PathBuf> {
        let mut links = 0;
        let mut todo: Vec<OsString> = parts(path).rev().collect();
        let mut at = PathBuf::from("/");
        while let Some(part) = todo.pop() {
            let next = at.join(&part);
            match self.nodes.get(&next).map(|node| &node.what) {
                None => return Err(io::ErrorKind::NotFound.into()),
                Some(What::Link(target)) if last || !todo.is_empty() => {
                    links += 1;
                    if links > LINKS {
                        return Err(io::Error::from_raw_os_error(
                            rustix::io::Errno::LOOP.raw_os_error(),
                        ));
                    }
                    if target.is_absolute() {
                        at = PathBuf::from("/");
                    }
                    todo.extend(parts(target).rev());
                }
                Some(What::Folder) => at = next,
                Some(_) if todo.is_empty() => at = next,
                Some(_) => return Err(io::ErrorKind::NotADirectory.into()),
            }
        }
        Ok(at)
    }

    fn node(&self, path: &Path, last: bool) -> io::Result<&Node> {
        let path = self.resolve(path, last)?;
        self.nodes
            .get(&path)
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn free(&self, path: &Path) -> io::Result<PathBuf> {
        let folder = self.resolve(path.parent().unwrap_or(path), true)?;
        let path = folder.join(path.file_name().unwrap_or_default());
        if self.nodes.contains_key(&path) {
            Err(io::ErrorKind::AlreadyExists.into())
        } else {
            Ok(path)
        }
    }
}

fn parts(path: &Path) -> impl DoubleEndedIterator<Item = OsString> + '_ {
    path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_owned()),
        _ => None,
    })
}

fn stat(node: &Node) -> Stat {
    let (file_type, size) = match &node.what {
        What::File(bytes) => (FileType::File, bytes.len() as u64),
        What::Folder => (FileType::Folder, 0),
        What::Link(_) => (FileType::Link, 0),
        What::Other(file_type) => (*file_type, 0),
    };
    Stat {
        file_type,
        size,
        mode: Some(node.mode),
        owner: Some(node.owner),
        group: Some(node.group),
        links: node.links,
        identity: (1, node.inode),
        modified: node.modified,
    }
}

impl Disk for FakeDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let state = self.call("open", path)?;
        let path = state.resolve(path, true)?;
        if state.nodes[&path].mode & 0o400 == 0 {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(Box::new(FakeFile {
            disk: self.clone(),
            path,
            at: 0,
        }))
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        self.call("stat", path)?.node(path, true).map(stat)
    }

    fn stat_link(&self, path: &Path) -> io::Result<Stat> {
        self.call("stat_link", path)?.node(path, false).map(stat)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        match &self.call("read_link", path)?.node(path, false)?.what {
            What::Link(target) => Ok(target.clone()),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let state = self.call("list", folder)?;
        let folder = state.resolve(folder, true)?;
        let below = state
            .nodes
            .keys()
            .filter(|path| path.parent() == Some(&folder));
        Ok(below
            .filter_map(|path| path.file_name().map(OsString::from))
            .collect())
    }

    fn create(&self, path: &Path, mode: u32) -> io::Result<Box<dyn OpenFile>> {
        let mut state = self.call("create", path)?;
        let path = state.free(path)?;
        state.insert(&path, What::File(Vec::new()), mode, false);
        drop(state);
        self.tell(&path);
        Ok(Box::new(FakeFile {
            disk: self.clone(),
            path,
            at: 0,
        }))
    }

    fn make_folder(&self, path: &Path, mode: u32) -> io::Result<()> {
        let mut state = self.call("make_folder", path)?;
        let path = state.free(path)?;
        state.insert(&path, What::Folder, mode, false);
        drop(state);
        self.tell(&path);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.call("rename", from)?;
        let from = state.resolve(from, false)?;
        let folder = state.resolve(to.parent().unwrap_or(to), true)?;
        let to = folder.join(to.file_name().unwrap_or_default());
        let node = state.nodes.remove(&from).expect("it was resolved above");
        let before = state.nodes.insert(to.clone(), node);
        state.renames.push((to.clone(), before));
        drop(state);
        self.tell(&to);
        Ok(())
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        let state = self.call("rename_new", from)?;
        if state.plain {
            return Err(io::ErrorKind::Unsupported.into());
        }
        state.free(to)?;
        drop(state);
        self.rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        let mut state = self.call("exchange", one)?;
        if state.plain {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let (one, other) = (state.resolve(one, false)?, state.resolve(other, false)?);
        let first = state.nodes.remove(&one).expect("it was resolved above");
        let second = state.nodes.insert(other.clone(), first).expect("the same");
        state.nodes.insert(one.clone(), second.clone());
        state.renames.push((other.clone(), Some(second)));
        drop(state);
        self.tell(&other);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.call("remove", path)?;
        let path = state.resolve(path, false)?;
        state.nodes.remove(&path);
        drop(state);
        self.tell(&path);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.call("sync_folder", folder)?;
        let folder = state.resolve(folder, true)?;
        for (path, node) in &mut state.nodes {
            node.entry_durable |= path.parent() == Some(&folder);
        }
        state
            .renames
            .retain(|(path, _)| path.parent() != Some(&folder));
        Ok(())
    }

    fn watch(&self, rumour: Rumour) -> io::Result<Box<dyn FolderWatch>> {
        let watched = Arc::new(Watched {
            rumour,
            folders: Mutex::new(Vec::new()),
        });
        self.state().watchers.push(watched.clone());
        Ok(Box::new(watched))
    }
}

impl FolderWatch for Arc<Watched> {
    fn set(&mut self, folders: &[PathBuf]) -> io::Result<()> {
        *self.folders.lock().expect("as above") = folders.to_vec();
        Ok(())
    }
}

struct FakeFile {
    disk: FakeDisk,
    path: PathBuf,
    at: usize,
}

impl FakeFile {
    fn change<R>(&self, call: &str, change: impl FnOnce(&mut Node, i128) -> R) -> io::Result<R> {
        let mut state = self.disk.call(call, &self.path)?;
        state.now += 1;
        let now = state.now;
        let node = state
            .nodes
            .get_mut(&self.path)
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        Ok(change(node, now))
    }
}

impl OpenFile for FakeFile {
    fn stat(&self) -> io::Result<Stat> {
        self.disk
            .call("fstat", &self.path)?
            .node(&self.path, false)
            .map(stat)
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let state = self.disk.call("read", &self.path)?;
        let What::File(bytes) = &state.node(&self.path, false)?.what else {
            return Err(io::ErrorKind::IsADirectory.into());
        };
        let rest = bytes.get(self.at..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.change("write", |node, now| {
            node.modified = now;
            let What::File(content) = &mut node.what else {
                return 0;
            };
            content.extend_from_slice(bytes);
            bytes.len()
        })?;
        self.disk.tell(&self.path);
        Ok(count)
    }

    fn set_mode(&mut self, mode: u32) -> io::Result<()> {
        self.change("set_mode", |node, _| node.mode = mode)
    }

    fn set_owner(&mut self, owner: u32, group: u32) -> io::Result<()> {
        // As on Linux for all but root: only to a group of one's own, and never to somebody else.
        let allowed = self.change("set_owner", |node, _| {
            let allowed = node.owner == owner;
            if allowed {
                node.group = group;
            }
            allowed
        })?;
        if allowed {
            Ok(())
        } else {
            Err(io::ErrorKind::PermissionDenied.into())
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.change("sync", |node, _| {
            if let What::File(bytes) = &node.what {
                node.durable.clone_from(bytes);
            }
        })
    }
}
