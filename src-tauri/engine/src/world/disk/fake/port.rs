//! The fake disk as Rolecall sees it: the port, over the state.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
};

use super::{
    super::{Disk, FileType, FolderWatch, Lock, OpenFile, Rumour, Stat},
    FakeDisk, Watched,
    state::{Lack, Node, State, What},
};

impl FakeDisk {
    /// Counts a call, and fails it where the plan says so.
    fn call(&self, what: &str, path: &Path) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        state.count(what, path)?;
        Ok(state)
    }

    fn opened(&self, path: PathBuf, inode: u64) -> Box<dyn OpenFile> {
        Box::new(FakeFile {
            disk: self.clone(),
            path,
            inode,
            at: 0,
        })
    }
}

fn stat(state: &State, inode: u64) -> Stat {
    let node = &state.nodes[&inode];
    let (file_type, size) = match &node.what {
        What::File(bytes) => (FileType::File, bytes.len() as u64),
        What::Folder => (FileType::Folder, 0),
        What::Link(_) => (FileType::Link, 0),
        What::Other(file_type) => (*file_type, 0),
    };
    let names = state.names.values().filter(|other| **other == inode);
    Stat {
        file_type,
        size,
        mode: Some(node.mode),
        owner: Some(node.owner),
        group: Some(node.group),
        links: names.count() as u64,
        identity: (1, inode),
        modified: node.modified,
    }
}

impl Disk for FakeDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let state = self.call("open", path)?;
        let path = state.resolve(path, true)?;
        let inode = state.names[&path];
        if state.nodes[&inode].mode & 0o400 == 0 {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(self.opened(path, inode))
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        let state = self.call("stat", path)?;
        state.inode(path, true).map(|inode| stat(&state, inode))
    }

    fn stat_link(&self, path: &Path) -> io::Result<Stat> {
        let state = self.call("stat_link", path)?;
        state.inode(path, false).map(|inode| stat(&state, inode))
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        let state = self.call("read_link", path)?;
        match &state.nodes[&state.inode(path, false)?].what {
            What::Link(target) => Ok(target.clone()),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let state = self.call("list", folder)?;
        let folder = state.resolve(folder, true)?;
        let below = state
            .names
            .keys()
            .filter(|path| path.parent() == Some(&folder));
        Ok(below
            .filter_map(|path| path.file_name().map(OsString::from))
            .collect())
    }

    fn create(&self, path: &Path, mode: u32) -> io::Result<Box<dyn OpenFile>> {
        let mut state = self.call("create", path)?;
        let path = state.free(path)?;
        let inode = state.insert(&path, What::File(Vec::new()), mode, false);
        drop(state);
        self.tell(&path);
        Ok(self.opened(path, inode))
    }

    fn open_to_change(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let state = self.call("open_to_change", path)?;
        let path = state.resolve(path, false)?;
        let inode = state.names[&path];
        match &state.nodes[&inode] {
            Node { mode, .. } if mode & 0o200 == 0 => Err(io::ErrorKind::PermissionDenied.into()),
            Node {
                what: What::File(_),
                ..
            } => Ok(self.opened(path, inode)),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    fn is_frozen(&self, path: &Path) -> bool {
        let state = self.call("is_frozen", path);
        let mode = state.and_then(|state| Ok(state.nodes[&state.inode(path, true)?].mode));
        mode.is_ok_and(|mode| mode == 0)
    }

    fn is_silent(&self, folder: &Path) -> bool {
        self.state().silent.contains(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Lock>> {
        let mut state = self.call("lock", path)?;
        if state.lacks.contains(&Lack::Locks) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        if !state.names.contains_key(path) {
            let path = state.free(path)?;
            state.insert(&path, What::File(Vec::new()), 0o600, false);
        }
        if !state.locks.insert(path.to_owned()) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(Box::new(FakeLock(self.clone(), path.to_owned())))
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
        let inode = state.inode(from, false)?;
        let (from, to) = (state.place(from)?, state.place(to)?);
        state.enter(vec![(from, None), (to.clone(), Some(inode))], false);
        let is_lost = state.lacks.contains(&Lack::Answers);
        drop(state);
        self.tell(&to);
        if is_lost {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(())
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        let state = self.call("rename_new", from)?;
        if state.lacks.contains(&Lack::Exchange) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        state.free(to)?;
        drop(state);
        self.rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        let mut state = self.call("exchange", one)?;
        if state.lacks.contains(&Lack::Exchange) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let (first, second) = (state.inode(one, false)?, state.inode(other, false)?);
        let (one, other) = (state.place(one)?, state.place(other)?);
        state.enter(
            vec![(one, Some(second)), (other.clone(), Some(first))],
            false,
        );
        drop(state);
        self.tell(&other);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.call("remove", path)?;
        state.inode(path, false)?;
        let path = state.place(path)?;
        state.enter(vec![(path.clone(), None)], false);
        drop(state);
        self.tell(&path);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.call("sync_folder", folder)?;
        let folder = state.resolve(folder, true)?;
        state.sync_names(&folder);
        Ok(())
    }

    fn watch(&self, rumour: Rumour) -> io::Result<Box<dyn FolderWatch>> {
        if self.state().lacks.contains(&Lack::Watches) {
            return Err(io::Error::other("too many open files"));
        }
        let watched = Arc::new(Watched {
            rumour,
            folders: Mutex::new(Vec::new()),
        });
        self.state().watchers.push(watched.clone());
        Ok(Box::new(FakeWatch(self.clone(), watched)))
    }
}

struct FakeWatch(FakeDisk, Arc<Watched>);

impl FolderWatch for FakeWatch {
    fn set(&mut self, folders: &[PathBuf]) -> io::Result<()> {
        if self.0.state().lacks.contains(&Lack::Watches) {
            return Err(io::Error::other("this user's limit of watches is used up"));
        }
        *self.1.folders.lock().expect("as above") = folders.to_vec();
        Ok(())
    }
}

struct FakeLock(FakeDisk, PathBuf);

impl Lock for FakeLock {}

impl Drop for FakeLock {
    fn drop(&mut self) {
        self.0.state().locks.remove(&self.1);
    }
}

struct FakeFile {
    disk: FakeDisk,
    /// The name that it was opened by, for the log.
    path: PathBuf,
    inode: u64,
    at: usize,
}

impl FakeFile {
    fn change<R>(&self, call: &str, change: impl FnOnce(&mut Node) -> R) -> io::Result<R> {
        let mut state = self.disk.call(call, &self.path)?;
        let node = state.nodes.get_mut(&self.inode);
        Ok(change(node.expect("open files stay")))
    }
}

impl OpenFile for FakeFile {
    fn stat(&self) -> io::Result<Stat> {
        let state = self.disk.call("fstat", &self.path)?;
        Ok(stat(&state, self.inode))
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let state = self.disk.call("read", &self.path)?;
        let What::File(bytes) = &state.nodes[&self.inode].what else {
            return Err(io::ErrorKind::IsADirectory.into());
        };
        let rest = bytes.get(self.at..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.disk.call("write", &self.path)?;
        let taken = if state.is_short() {
            &bytes[..bytes.len() / 2]
        } else {
            bytes
        };
        state.now += 1;
        let now = state.now;
        let node = state.nodes.get_mut(&self.inode).expect("open files stay");
        node.modified = now;
        let What::File(content) = &mut node.what else {
            return Err(io::ErrorKind::IsADirectory.into());
        };
        let end = self.at + taken.len();
        content.resize(content.len().max(end), 0);
        content[self.at..end].copy_from_slice(taken);
        self.at = end;
        drop(state);
        self.disk.tell(&self.path);
        Ok(taken.len())
    }

    fn set_mode(&mut self, mode: u32) -> io::Result<()> {
        self.change("set_mode", |node| node.mode = mode)
    }

    fn set_owner(&mut self, owner: u32, group: u32) -> io::Result<()> {
        // As on Linux for all but root: only to a group of one's own, and never to somebody else.
        let allowed = self.change("set_owner", |node| {
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

    fn take_attributes(&mut self, from: &Path) -> io::Result<()> {
        let mut state = self.disk.call("take_attributes", &self.path)?;
        let from = state.inode(from, true)?;
        let attributes: BTreeMap<_, _> = state.nodes[&from].attributes.clone();
        let node = state.nodes.get_mut(&self.inode);
        node.expect("open files stay").attributes.extend(attributes);
        Ok(())
    }

    fn reserve(&mut self, _size: u64) -> io::Result<()> {
        self.change("reserve", |_| ())
    }

    fn set_size(&mut self, size: u64) -> io::Result<()> {
        let size = usize::try_from(size).expect("tests are small");
        self.change("set_size", |node| {
            if let What::File(bytes) = &mut node.what {
                bytes.resize(size, 0);
            }
        })?;
        self.disk.tell(&self.path);
        Ok(())
    }

    fn has_writers(&self) -> io::Result<bool> {
        let state = self.disk.call("has_writers", &self.path)?;
        Ok(state.is_held(self.inode))
    }

    fn sync(&mut self) -> io::Result<()> {
        self.change("sync", |node| {
            if let What::File(bytes) = &node.what {
                node.durable.clone_from(bytes);
            }
        })
    }
}
