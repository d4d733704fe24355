//! Files and folders, as low as a fault can strike: each call is one thing that the system can say no to. What a save
//! or a look is made of these, so that their order can be tested step by step.

#[cfg(any(test, feature = "fakes"))]
mod fake;
mod real;
#[cfg(any(windows, test))]
mod replace;
#[cfg(target_os = "linux")]
mod sys_lease;
#[cfg(windows)]
mod sys_replace;
#[cfg(test)]
mod tests;

use std::{
    ffi::OsString,
    fmt, io,
    path::{Path, PathBuf},
};

#[cfg(any(test, feature = "fakes"))]
pub use fake::{Crash, FakeDisk, Fault, Left, SHORT};
pub use real::RealDisk;

/// What something is, by `fstat`, never by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link; only `stat_link` answers this.
    Link,
    /// A named pipe.
    Pipe,
    /// A socket.
    Socket,
    /// A device.
    Device,
}

/// What the system tells of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat {
    /// What it is.
    pub file_type: FileType,
    /// Bytes.
    pub size: u64,
    /// Permission bits, such as `0o600`; none where the system has no such thing.
    pub mode: Option<u32>,
    /// The owner's number; none where the system has no such thing.
    pub owner: Option<u32>,
    /// The group's number; none where the system has no such thing.
    pub group: Option<u32>,
    /// How many names it has (hard links).
    pub links: u64,
    /// Device and inode: the same thing under two names has the same.
    pub identity: (u64, u64),
    /// The time of the last change of content, in nanoseconds since 1970; only to be compared with itself.
    pub modified: i128,
}

/// A file that is open.
pub trait OpenFile: Send {
    /// What it is.
    ///
    /// # Errors
    /// As the system says.
    fn stat(&self) -> io::Result<Stat>;
    /// Reads on; 0 at the end.
    ///
    /// # Errors
    /// As the system says.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize>;
    /// Writes some of the bytes and says how many.
    ///
    /// # Errors
    /// As the system says.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;
    /// Sets the permission bits, whatever the umask. Does nothing where the system has no such thing.
    ///
    /// # Errors
    /// As the system says.
    fn set_mode(&mut self, mode: u32) -> io::Result<()>;
    /// Gives it to an owner and a group. Does nothing where the system has no such thing.
    ///
    /// # Errors
    /// As the system says: few may give files away.
    fn set_owner(&mut self, owner: u32, group: u32) -> io::Result<()>;
    /// Takes over what hangs on another file besides its content, mode and owner: access lists and other extended
    /// attributes. Does nothing where the system has no such thing, or the other has none.
    ///
    /// # Errors
    /// As the system says: the file system may have no place for them.
    fn take_attributes(&mut self, from: &Path) -> io::Result<()>;
    /// Makes sure that so many bytes have room, without changing content or size. Does nothing where the file system
    /// can't.
    ///
    /// # Errors
    /// `StorageFull`, and whatever else the system says.
    fn reserve(&mut self, size: u64) -> io::Result<()>;
    /// Cuts what is behind so many bytes off.
    ///
    /// # Errors
    /// As the system says.
    fn set_size(&mut self, size: u64) -> io::Result<()>;
    /// Whether another program has it open for writing.
    ///
    /// # Errors
    /// `Unsupported` where the system does not tell.
    fn has_writers(&self) -> io::Result<bool>;
    /// Waits until the content is on the disk.
    ///
    /// # Errors
    /// As the system says; final for this file.
    fn sync(&mut self) -> io::Result<()>;
}

/// Held until it is dropped, and no longer than its process lives.
pub trait Lock: Send {}

/// Writes all of the bytes.
///
/// # Errors
/// As the system says; `WriteZero` when it takes no more and does not say why.
pub fn write_all(open: &mut dyn OpenFile, bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        match open.write(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => rest = &rest[count..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Creates a folder and those above it, private, where nothing is, and waits until they are on the disk.
///
/// # Errors
/// As the system says; what was made by then stays.
pub fn make_folders(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    match disk.stat(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        found => return found.map(|_| ()),
    }
    let parent = folder.parent().unwrap_or(folder);
    if parent != folder {
        make_folders(disk, parent)?;
    }
    match disk.make_folder(folder, 0o700) {
        // Another program was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.and_then(|()| disk.sync_folder(parent)),
    }
}

/// Folders that are being watched.
pub trait FolderWatch: Send {
    /// From now on watches these, and no others. Folders that are not there are passed over.
    ///
    /// # Errors
    /// When the system's limit of watches is used up.
    fn set(&mut self, folders: &[PathBuf]) -> io::Result<()>;
}

/// Called when something moved in a watched folder. A rumour without content: whoever hears it goes and looks.
pub type Rumour = Box<dyn Fn() + Send + Sync>;

/// Files and folders. All errors are the system's own.
#[expect(
    clippy::missing_errors_doc,
    reason = "each fails as the system says, and only so"
)]
pub trait Disk: Send + Sync + fmt::Debug {
    /// Opens for reading. Never waits for the other end of a pipe, never becomes a terminal's owner.
    fn open(&self, path: &Path) -> io::Result<Box<dyn OpenFile>>;
    /// What is behind the path, over all links.
    fn stat(&self, path: &Path) -> io::Result<Stat>;
    /// What the path itself is.
    fn stat_link(&self, path: &Path) -> io::Result<Stat>;
    /// Where a link points.
    fn read_link(&self, path: &Path) -> io::Result<PathBuf>;
    /// The names in a folder, in no order.
    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>>;
    /// Creates a file for writing. Fails when anything is there already, a link too.
    fn create(&self, path: &Path, mode: u32) -> io::Result<Box<dyn OpenFile>>;
    /// Opens what is there for writing from its start, and cuts nothing off. Fails for a link.
    fn open_to_change(&self, path: &Path) -> io::Result<Box<dyn OpenFile>>;
    /// Nothing can change it, not even its owner, as long as its immutable attribute is set.
    fn is_frozen(&self, path: &Path) -> bool;
    /// The system can't tell what other programs change in a folder: it lies on a network disk, or is made up by a program.
    fn is_silent(&self, folder: &Path) -> bool;
    /// Locks among programs that ask for the same; the file is made where it is missing. `WouldBlock` when another has
    /// it, `Unsupported` where the file system knows no locks.
    fn lock(&self, path: &Path) -> io::Result<Box<dyn Lock>>;
    /// Creates a folder with exactly these permission bits.
    fn make_folder(&self, path: &Path, mode: u32) -> io::Result<()>;
    /// Puts a file in another's place, at once.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// The same, and fails when anything is there. `Unsupported` where the system or the file system can't.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Two files take each other's place, at once. `Unsupported` where the system or the file system can't.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Waits until the folder's entries are on the disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Starts watching, no folder at first.
    fn watch(&self, rumour: Rumour) -> io::Result<Box<dyn FolderWatch>>;
}
