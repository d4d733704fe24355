//! What the fake disk holds: content by inode and names that lead to it, each as programs see it and as a power cut
//! would leave it.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    io,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use rustix::io::Errno;

use super::{super::FileType, Crash, Fault, Left, SHORT, Watched};

const LINKS: u32 = 40;

/// A name, and what it leads to from now on.
pub(super) type Entry = (PathBuf, Option<u64>);

#[derive(Clone, Default)]
pub(super) struct State {
    pub(super) nodes: BTreeMap<u64, Node>,
    pub(super) names: BTreeMap<PathBuf, u64>,
    /// The names that survive a power cut.
    durable: BTreeMap<PathBuf, u64>,
    /// What happened to names since; each of these happens whole or not at all.
    pub(super) pending: Vec<Vec<Entry>>,
    next_inode: u64,
    pub(super) now: i128,
    pub(super) calls: u32,
    pub(super) log: Vec<String>,
    pub(super) fault: Option<Fault>,
    /// After a write that was cut short.
    pub(super) is_full: bool,
    pub(super) meanwhile: Vec<Meanwhile>,
    /// What this file system can't do.
    pub(super) lacks: BTreeSet<Lack>,
    pub(super) mounted: BTreeSet<PathBuf>,
    /// Folders of which nothing is told.
    pub(super) silent: BTreeSet<PathBuf>,
    pub(super) locks: BTreeSet<PathBuf>,
    pub(super) watchers: Vec<Arc<Watched>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lack {
    /// Exchanging two files, or refusing to rename over one.
    Exchange,
    Locks,
    /// Watches: this user has no more of them.
    Watches,
    /// The answers to renames, which are lost on the way.
    Answers,
}

#[derive(Clone)]
pub(super) struct Node {
    pub(super) what: What,
    pub(super) mode: u32,
    pub(super) owner: u32,
    pub(super) group: u32,
    pub(super) modified: i128,
    pub(super) attributes: BTreeMap<String, String>,
    /// What a power cut leaves of the content.
    pub(super) durable: Vec<u8>,
}

#[derive(Clone)]
pub(super) enum What {
    File(Vec<u8>),
    Folder,
    Link(PathBuf),
    Other(FileType),
}

/// What another program writes, and before which call.
#[derive(Clone)]
pub(super) struct Meanwhile {
    at_call: u32,
    into: PathBuf,
    bytes: Vec<u8>,
    /// It has had this one open since the plan.
    pub(super) inode: Option<u64>,
}

impl Meanwhile {
    pub(super) fn at(at_call: u32, into: PathBuf, bytes: Vec<u8>) -> Self {
        Self {
            at_call,
            into,
            bytes,
            inode: None,
        }
    }
}

impl State {
    /// Changes what names lead to, at once.
    pub(super) fn enter(&mut self, entries: Vec<Entry>, durable: bool) {
        apply(&mut self.names, &entries);
        if durable {
            apply(&mut self.durable, &entries);
        } else {
            self.pending.push(entries);
        }
    }

    /// The names in a folder survive from now on.
    pub(super) fn sync_names(&mut self, folder: &Path) {
        let (synced, pending) =
            std::mem::take(&mut self.pending)
                .into_iter()
                .partition(|entries| {
                    entries
                        .iter()
                        .any(|(path, _)| path.parent() == Some(folder))
                });
        let synced: Vec<Vec<Entry>> = synced;
        for entries in synced {
            apply(&mut self.durable, &entries);
        }
        self.pending = pending;
    }

    pub(super) fn crash(&mut self, crash: Crash) {
        let pending = std::mem::take(&mut self.pending);
        for (at, entries) in pending.into_iter().enumerate() {
            if crash.names >> at.min(31) & 1 == 1 {
                apply(&mut self.durable, &entries);
            }
        }
        self.names.clone_from(&self.durable);
        for node in self.nodes.values_mut() {
            if let What::File(bytes) = &mut node.what {
                *bytes = left(&node.durable, bytes, crash.content);
                node.durable.clone_from(bytes);
            }
        }
        (self.fault, self.is_full) = (None, false);
        self.locks.clear();
    }

    pub(super) fn insert(&mut self, path: &Path, what: What, mode: u32, durable: bool) -> u64 {
        self.next_inode += 1;
        self.now += 1;
        let bytes = match &what {
            What::File(bytes) if durable => bytes.clone(),
            _ => Vec::new(),
        };
        let node = Node {
            what,
            mode,
            owner: 1000,
            group: 1000,
            modified: self.now,
            attributes: BTreeMap::new(),
            durable: bytes,
        };
        self.nodes.insert(self.next_inode, node);
        self.enter(vec![(path.to_owned(), Some(self.next_inode))], durable);
        self.next_inode
    }

    /// Counts a call, lets another program act before it, and says whether it fails.
    pub(super) fn count(&mut self, what: &str, path: &Path) -> io::Result<()> {
        self.calls += 1;
        let calls = self.calls;
        let due = self.meanwhile.extract_if(.., |due| due.at_call == calls);
        for due in due.collect::<Vec<_>>() {
            let resolved = self.resolve(&due.into, true);
            let inode = due
                .inode
                .or_else(|| self.names.get(&resolved.ok()?).copied());
            if let Some(node) = inode.and_then(|inode| self.nodes.get_mut(&inode)) {
                node.durable.clone_from(&due.bytes);
                node.what = What::File(due.bytes);
            }
        }
        self.log.push(format!("{what} {}", path.display()));
        match self.fault {
            _ if self.is_full && what == "write" => {
                Err(io::Error::from_raw_os_error(Errno::NOSPC.raw_os_error()))
            }
            Some(fault) if fault.errno == SHORT => Ok(()),
            Some(fault) if calls == fault.at_call || (fault.for_ever && calls > fault.at_call) => {
                Err(io::Error::from_raw_os_error(fault.errno))
            }
            _ => Ok(()),
        }
    }

    /// Whether this call takes only half of what it is to write.
    pub(super) fn is_short(&mut self) -> bool {
        let calls = self.calls;
        let is_short = self
            .fault
            .is_some_and(|fault| fault.errno == SHORT && fault.at_call == calls);
        self.is_full |= is_short;
        is_short
    }

    /// Another program has it open for writing.
    pub(super) fn is_held(&self, inode: u64) -> bool {
        self.meanwhile
            .iter()
            .any(|meanwhile| meanwhile.inode == Some(inode))
    }

    /// Follows the links of a path, its own last one too where `last` says so.
    pub(super) fn resolve(&self, path: &Path, last: bool) -> io::Result<PathBuf> {
        let mut links = 0;
        let mut todo: Vec<OsString> = parts(path).rev().collect();
        let mut at = PathBuf::from("/");
        while let Some(part) = todo.pop() {
            let next = at.join(&part);
            match self.names.get(&next).map(|inode| &self.nodes[inode].what) {
                None => return Err(io::ErrorKind::NotFound.into()),
                Some(What::Link(target)) if last || !todo.is_empty() => {
                    links += 1;
                    if links > LINKS {
                        return Err(io::Error::from_raw_os_error(Errno::LOOP.raw_os_error()));
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

    pub(super) fn inode(&self, path: &Path, last: bool) -> io::Result<u64> {
        let path = self.resolve(path, last)?;
        let inode = self.names.get(&path).copied();
        inode.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// What a test put there.
    pub(super) fn there(&mut self, path: &Path) -> &mut Node {
        let inode = self.names[path];
        self.nodes.get_mut(&inode).expect("names lead to nodes")
    }

    /// Where a new name would stand.
    pub(super) fn free(&self, path: &Path) -> io::Result<PathBuf> {
        let path = self.place(path)?;
        if self.names.contains_key(&path) {
            Err(io::ErrorKind::AlreadyExists.into())
        } else {
            Ok(path)
        }
    }

    /// Where a name stands, in a folder that may be changed.
    pub(super) fn place(&self, path: &Path) -> io::Result<PathBuf> {
        let folder = self.resolve(path.parent().unwrap_or(path), true)?;
        let inode = self.names[&folder];
        if self.nodes[&inode].mode & 0o200 == 0 {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let path = folder.join(path.file_name().unwrap_or_default());
        if self.mounted.contains(&path) {
            return Err(io::Error::from_raw_os_error(Errno::BUSY.raw_os_error()));
        }
        Ok(path)
    }
}

fn apply(names: &mut BTreeMap<PathBuf, u64>, entries: &[Entry]) {
    for (path, to) in entries {
        match to {
            Some(inode) => names.insert(path.clone(), *inode),
            None => names.remove(path),
        };
    }
}

/// What a power cut leaves of a file's bytes.
fn left(durable: &[u8], now: &[u8], how: Left) -> Vec<u8> {
    let same = |at: usize| durable.get(at) == now.get(at);
    match how {
        _ if durable == now => now.to_vec(),
        Left::Dropped => durable.to_vec(),
        Left::Kept => now.to_vec(),
        Left::Half => now[..now.len() / 2].to_vec(),
        Left::Zeros => (0..now.len())
            .map(|at| if same(at) { now[at] } else { 0 })
            .collect(),
    }
}

fn parts(path: &Path) -> impl DoubleEndedIterator<Item = OsString> + '_ {
    path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_owned()),
        _ => None,
    })
}
