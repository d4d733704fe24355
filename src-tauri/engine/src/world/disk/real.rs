//! This computer's disk. The one file that calls `std::fs` and `notify`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is the port"
)]

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Disk, FileType, FolderWatch, Lock, OpenFile, Rumour, Stat};

/// File systems whose changes may be made elsewhere, by `f_type`: AFS, Ceph, CIFS, SMB, SMB 2, NFS, 9p, FUSE. Sources: the
/// kernel's `magic.h`, and what inotify(7) says it can't report.
#[cfg(target_os = "linux")]
const SILENT: [rustix::fs::FsWord; 8] = [
    0x5346_414f,
    0x00c3_6400,
    0xff53_4d42,
    0x517b,
    0xfe53_4d42,
    0x6969,
    0x0102_1997,
    0x6573_5546,
];

/// This computer's disk.
#[derive(Debug)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn open(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
            options.custom_flags(flags.bits().cast_signed());
        }
        Ok(Box::new(options.open(path)?))
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        fs::metadata(path).map(|metadata| stat(&metadata))
    }

    fn stat_link(&self, path: &Path) -> io::Result<Stat> {
        fs::symlink_metadata(path).map(|metadata| stat(&metadata))
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect()
    }

    fn create(&self, path: &Path, mode: u32) -> io::Result<Box<dyn OpenFile>> {
        let mut options = OpenOptions::new();
        // `create_new` is O_EXCL, which does not follow a link either.
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
        let mut file = options.open(path)?;
        file.set_mode(mode)?;
        Ok(Box::new(file))
    }

    fn open_to_change(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let mut options = OpenOptions::new();
        options.write(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
            options.custom_flags(flags.bits().cast_signed());
        }
        Ok(Box::new(options.open(path)?))
    }

    #[cfg(target_os = "linux")]
    fn is_frozen(&self, path: &Path) -> bool {
        let flags = File::open(path).map(rustix::fs::ioctl_getflags);
        matches!(flags, Ok(Ok(flags)) if flags.contains(rustix::fs::IFlags::IMMUTABLE))
    }

    #[cfg(not(target_os = "linux"))]
    fn is_frozen(&self, _path: &Path) -> bool {
        false
    }

    #[cfg(target_os = "linux")]
    fn is_silent(&self, folder: &Path) -> bool {
        let system = rustix::fs::statfs(folder).map(|system| system.f_type);
        system.is_ok_and(|system| SILENT.contains(&(system & 0xffff_ffff)))
    }

    #[cfg(not(target_os = "linux"))]
    fn is_silent(&self, _folder: &Path) -> bool {
        false
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Lock>> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Box::new(file)),
            Err(fs::TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
            Err(fs::TryLockError::Error(error)) if knows_no_locks(&error) => {
                Err(io::ErrorKind::Unsupported.into())
            }
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }

    fn make_folder(&self, path: &Path, mode: u32) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, mode);
        builder.create(path)?;
        set_mode(path, mode)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        rename_with(from, to, Rename::New)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        rename_with(one, other, Rename::Exchange)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Windows has no such call; its folders are journalled.
        if cfg!(unix) {
            File::open(folder)?.sync_all()
        } else {
            Ok(())
        }
    }

    fn watch(&self, rumour: Rumour) -> io::Result<Box<dyn FolderWatch>> {
        let heard = move |event: notify::Result<notify::Event>| {
            // Reading the files is what we do ourselves; hearing of that would never end.
            if !matches!(
                event,
                Ok(notify::Event {
                    kind: EventKind::Access(_),
                    ..
                })
            ) {
                rumour();
            }
        };
        let watcher = notify::recommended_watcher(heard).map_err(from_notify)?;
        Ok(Box::new(RealWatch {
            watcher,
            watched: BTreeSet::new(),
        }))
    }
}

impl Lock for File {}

/// A network file system without its lock service says `ENOLCK`.
fn knows_no_locks(error: &io::Error) -> bool {
    #[cfg(unix)]
    let is_nolck = error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error());
    #[cfg(not(unix))]
    let is_nolck = false;
    is_nolck || error.kind() == io::ErrorKind::Unsupported
}

impl OpenFile for File {
    fn stat(&self) -> io::Result<Stat> {
        self.metadata().map(|metadata| stat(&metadata))
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Read::read(self, buffer)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Write::write(self, bytes)
    }

    #[cfg(unix)]
    fn set_mode(&mut self, mode: u32) -> io::Result<()> {
        self.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
    }

    #[cfg(not(unix))]
    fn set_mode(&mut self, _mode: u32) -> io::Result<()> {
        Ok(())
    }

    #[cfg(unix)]
    fn set_owner(&mut self, owner: u32, group: u32) -> io::Result<()> {
        std::os::unix::fs::fchown(&*self, Some(owner), Some(group))
    }

    #[cfg(not(unix))]
    fn set_owner(&mut self, _owner: u32, _group: u32) -> io::Result<()> {
        Ok(())
    }

    #[cfg(target_os = "linux")]
    fn take_attributes(&mut self, from: &Path) -> io::Result<()> {
        use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
        let from = File::open(from)?;
        let mut names = vec![0; 64 << 10];
        let count = match flistxattr(&from, &mut names[..]) {
            Err(rustix::io::Errno::OPNOTSUPP) => return Ok(()),
            listed => listed?,
        };
        let mut value = vec![0; 64 << 10];
        let names = names[..count].split(|byte| *byte == 0);
        for name in names.filter(|name| !name.is_empty()) {
            let size = fgetxattr(&from, name, &mut value[..])?;
            fsetxattr(&*self, name, &value[..size], XattrFlags::empty())?;
        }
        Ok(())
    }

    #[cfg(not(target_os = "linux"))]
    fn take_attributes(&mut self, _from: &Path) -> io::Result<()> {
        Ok(())
    }

    #[cfg(target_os = "linux")]
    fn reserve(&mut self, size: u64) -> io::Result<()> {
        use rustix::{
            fs::{FallocateFlags, fallocate},
            io::Errno,
        };
        match fallocate(&*self, FallocateFlags::KEEP_SIZE, 0, size.max(1)) {
            Err(Errno::OPNOTSUPP | Errno::NOSYS) => Ok(()),
            reserved => Ok(reserved?),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn reserve(&mut self, _size: u64) -> io::Result<()> {
        Ok(())
    }

    fn set_size(&mut self, size: u64) -> io::Result<()> {
        self.set_len(size)
    }

    #[cfg(target_os = "linux")]
    fn has_writers(&self) -> io::Result<bool> {
        super::sys_lease::has_writers(self)
    }

    #[cfg(not(target_os = "linux"))]
    fn has_writers(&self) -> io::Result<bool> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

/// What a plain rename can't do.
#[derive(Clone, Copy)]
enum Rename {
    New,
    Exchange,
}

/// `renameat2` on Linux, `renameatx_np` on macOS. Old kernels and some file systems say `EINVAL` or `ENOSYS`.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn rename_with(from: &Path, to: &Path, how: Rename) -> io::Result<()> {
    use rustix::{
        fs::{CWD, RenameFlags, renameat_with},
        io::Errno,
    };
    let flags = match how {
        Rename::New => RenameFlags::NOREPLACE,
        Rename::Exchange => RenameFlags::EXCHANGE,
    };
    renameat_with(CWD, from, CWD, to, flags).map_err(|errno| match errno {
        Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP => io::ErrorKind::Unsupported.into(),
        errno => errno.into(),
    })
}

#[cfg(windows)]
fn rename_with(from: &Path, to: &Path, how: Rename) -> io::Result<()> {
    use super::{replace, replace::Replacing, sys_replace::Windows};
    match how {
        Rename::New => Windows.rename(from, to),
        Rename::Exchange => replace::exchange(&Windows, from, to),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple", windows)))]
fn rename_with(_from: &Path, _to: &Path, how: Rename) -> io::Result<()> {
    match how {
        Rename::New | Rename::Exchange => Err(io::ErrorKind::Unsupported.into()),
    }
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn stat(metadata: &Metadata) -> Stat {
    use std::os::unix::fs::{FileTypeExt, MetadataExt};
    let kind = metadata.file_type();
    let file_type = if kind.is_fifo() {
        FileType::Pipe
    } else if kind.is_socket() {
        FileType::Socket
    } else if kind.is_block_device() || kind.is_char_device() {
        FileType::Device
    } else {
        plain_type(metadata)
    };
    Stat {
        file_type,
        size: metadata.len(),
        mode: Some(metadata.mode() & 0o7777),
        owner: Some(metadata.uid()),
        group: Some(metadata.gid()),
        links: metadata.nlink(),
        identity: (metadata.dev(), metadata.ino()),
        modified: modified(metadata),
    }
}

#[cfg(not(unix))]
fn stat(metadata: &Metadata) -> Stat {
    Stat {
        file_type: plain_type(metadata),
        size: metadata.len(),
        mode: None,
        owner: None,
        group: None,
        links: 1,
        identity: (0, 0),
        modified: modified(metadata),
    }
}

fn plain_type(metadata: &Metadata) -> FileType {
    if metadata.is_symlink() {
        FileType::Link
    } else if metadata.is_dir() {
        FileType::Folder
    } else {
        FileType::File
    }
}

fn modified(metadata: &Metadata) -> i128 {
    let since = metadata
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| {
        i128::try_from(since.as_nanos()).unwrap_or(i128::MAX)
    })
}

struct RealWatch {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl FolderWatch for RealWatch {
    fn set(&mut self, folders: &[PathBuf]) -> io::Result<()> {
        for gone in self
            .watched
            .iter()
            .filter(|folder| !folders.contains(folder))
        {
            // The folder itself may be gone, and its watch with it.
            let _ = self.watcher.unwatch(gone);
        }
        self.watched.retain(|folder| folders.contains(folder));
        for folder in folders {
            // Watching again is right even for a known path: another folder may stand there now.
            let _ = self.watcher.unwatch(folder);
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.watched.insert(folder.clone());
                }
                Err(error) => {
                    self.watched.remove(folder);
                    let error = from_notify(error);
                    if error.kind() != io::ErrorKind::NotFound {
                        return Err(error);
                    }
                }
            }
        }
        Ok(())
    }
}

fn from_notify(error: notify::Error) -> io::Error {
    match error.kind {
        notify::ErrorKind::Io(error) => error,
        notify::ErrorKind::PathNotFound => io::ErrorKind::NotFound.into(),
        notify::ErrorKind::MaxFilesWatch => io::Error::new(
            io::ErrorKind::StorageFull,
            "this user's limit of watches is used up",
        ),
        other => io::Error::other(format!("{other:?}")),
    }
}
