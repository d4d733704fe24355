//! Where the world is let in: one port for each thing outside, one real and one fake of each. A journey gets a `World`
//! and never reaches around it; a lint holds that. Fakes are for tests and stand behind the feature `fakes`.

pub mod aws;
pub mod browser;
pub mod clipboard;
pub mod clock;
pub mod disk;
pub mod env;
pub mod loopback;
pub mod notices;
pub mod portal;
pub mod process;
pub mod random;
pub mod vault;

use std::{fmt, sync::Arc};

pub use self::{
    aws::Aws, browser::Browser, clipboard::Clipboard, clock::Clock, disk::Disk, env::Env,
    loopback::Loopback, notices::Notices, portal::Portal, process::Process, random::Random,
    vault::Vault,
};

/// Everything outside. Cheap to clone.
#[derive(Clone)]
pub struct World {
    /// Files and folders.
    pub disk: Arc<dyn Disk>,
    /// What time it is, and waiting.
    pub clock: Arc<dyn Clock>,
    /// Variables, the home folder, the person.
    pub env: Arc<dyn Env>,
    /// The clipboard.
    pub clipboard: Arc<dyn Clipboard>,
    /// The system's notices.
    pub notices: Arc<dyn Notices>,
    /// Bytes that nobody can guess.
    pub random: Arc<dyn Random>,
    /// AWS.
    pub aws: Arc<dyn Aws>,
    /// The portals of Identity Center.
    pub portal: Arc<dyn Portal>,
    /// The browser.
    pub browser: Arc<dyn Browser>,
    /// A door on this computer, for what the browser carries back.
    pub loopback: Arc<dyn Loopback>,
    /// Other programs.
    pub process: Arc<dyn Process>,
    /// The system's keyring.
    pub vault: Arc<dyn Vault>,
}

impl World {
    /// This computer.
    pub fn real() -> Self {
        Self {
            disk: Arc::new(disk::RealDisk),
            clock: Arc::new(clock::RealClock),
            env: Arc::new(env::RealEnv),
            clipboard: Arc::new(clipboard::RealClipboard::default()),
            notices: Arc::new(notices::RealNotices),
            random: Arc::new(random::RealRandom),
            aws: Arc::new(aws::RealAws::default()),
            portal: Arc::new(portal::RealPortal::default()),
            browser: Arc::new(browser::RealBrowser),
            loopback: Arc::new(loopback::RealLoopback),
            process: Arc::new(process::RealProcess::new()),
            vault: Arc::new(vault::RealVault),
        }
    }

    /// A world in memory, at noon of 22 November 2026, with an empty disk.
    #[cfg(any(test, feature = "fakes"))]
    pub fn fake(env: env::FakeEnv) -> Self {
        Self {
            disk: Arc::new(disk::FakeDisk::new()),
            clock: Arc::new(clock::FakeClock::at("2026-11-22T12:00:00Z")),
            env: Arc::new(env),
            clipboard: Arc::new(clipboard::FakeClipboard::default()),
            notices: Arc::new(notices::FakeNotices::default()),
            random: Arc::new(random::FakeRandom),
            aws: Arc::new(aws::FakeAws::default()),
            // A world without portals: who tests a journey to one gives the real client an address on this computer.
            portal: Arc::new(portal::NoPortal),
            browser: Arc::new(browser::FakeBrowser::default()),
            loopback: Arc::new(loopback::RealLoopback),
            process: Arc::new(process::FakeProcess(7)),
            vault: Arc::new(vault::FakeVault::default()),
        }
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("World")
    }
}
