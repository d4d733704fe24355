//! Keeps up with the disk. An event is a rumour: it only means “go and look”. What is looked at is compared with what
//! is known; only a difference is published. Folders are watched, never files, since editors put a new file in the old
//! one's place: those of both paths, of every link on the way, and of the sign-in cache, or for a missing folder the
//! nearest one above that is there; and Rolecall's own, for accounts that the command writes. Where the system can't tell,
//! since it has no watches left or the folder lies on a network disk, the files are looked at every two seconds.

#[cfg(test)]
pub(crate) mod tests;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use rolecall_core::{caches::SsoToken, document::seems_torn, profiles::File};
use tokio::sync::Notify;

use crate::{
    accounts,
    engine::{Engine, lock},
    locate::Places,
    look::{Seen, Sight, TORN_LOOKS, TORN_PAUSE},
    snapshot::{FileFound, Read, Snapshot},
    view::{LastChange, Watching},
    world::{
        World,
        disk::{FileType, FolderWatch},
    },
};

/// After a rumour, this much quiet before a look …
const QUIET: Duration = Duration::from_millis(75);
/// … but no longer than this after the first.
const AT_MOST: Duration = Duration::from_millis(500);
/// A look that nothing asked for, in case the system kept something from us.
const SAFETY: Duration = Duration::from_secs(30);
/// Between looks where the system does not tell of changes.
const POLL: Duration = Duration::from_secs(2);
/// How often a file that went missing is looked for again before it is believed: one second in all.
const GONE_LOOKS: u32 = 20;
/// A folder that is watched, and which one it was then.
type Folder = (PathBuf, Option<((u64, u64), i128)>);

/// Links followed on the way to a file, as Linux does.
const LINKS: usize = 40;

impl Engine {
    /// Watches until the engine is dropped by everybody else. Needs a tokio runtime.
    pub async fn watch(self: Arc<Self>) {
        let rumours = Arc::new(Notify::new());
        let heard = rumours.clone();
        self.ask_about_tokens();
        tokio::spawn(self.clone().remember_looks());
        tokio::spawn(self.clone().remind());
        let start = || {
            let heard = heard.clone();
            self.world.disk.watch(Box::new(move || heard.notify_one()))
        };
        let mut watch = start();
        let mut set_for = None;
        loop {
            // What the system had too few of a moment ago it may have now.
            if watch.is_err() {
                watch = start();
            }
            let how = self.set_folders(&mut watch, &mut set_for);
            if self.snapshot().around.watching != how {
                self.publish(None, |around| around.watching = how.clone());
            }
            // Whatever moved while the folders were being set is seen by this look.
            self.look_and_publish().await;
            // Made now, so that the first key in the filter doesn't wait for it.
            self.snapshot().search();
            self.wait(&rumours, &how).await;
        }
    }

    /// Waits until there is a reason to look.
    async fn wait(&self, rumours: &Notify, how: &Watching) {
        let pause = if matches!(how, Watching::Polling { .. }) {
            POLL
        } else {
            SAFETY
        };
        let now = self.world.clock.now();
        let until = self
            .snapshot()
            .next_change
            .map(|at| Duration::try_from(at.duration_since(now)).unwrap_or_default());
        let change = self.world.clock.sleep(until.unwrap_or(pause).min(pause));
        tokio::select! {
            () = rumours.notified() => self.settle(rumours).await,
            () = self.look_again.notified() => {}
            () = change => {}
        }
    }

    /// Waits for quiet after a rumour, but not for ever.
    async fn settle(&self, rumours: &Notify) {
        let mut enough = self.world.clock.sleep(AT_MOST);
        loop {
            tokio::select! {
                () = rumours.notified() => {}
                () = self.world.clock.sleep(QUIET) => return,
                () = &mut enough => return,
            }
        }
    }

    async fn look_and_publish(&self) {
        let (mut places, mut sight) = self.look_around();
        let mut looks = 0;
        while looks < seems_unfinished(&self.snapshot(), &sight) {
            self.world.clock.sleep(TORN_PAUSE).await;
            (places, sight) = self.look_around();
            looks += 1;
        }
        let known = self.snapshot();
        let differs = known.read.differs_from(&sight);
        let accounts_differ = lock(&self.accounts).follow(&self.world);
        if differs.anything() || known.around.places != places {
            let at = self.world.clock.now().as_second();
            let change = LastChange {
                what: differs.what().to_owned(),
                at,
            };
            let read = Read::from(sight);
            let asks = self.observe_tokens(&read);
            self.publish(Some(read), |around| {
                around.places = places;
                around.last_change = Some(change);
            });
            if asks {
                self.tell_of_tokens();
            }
        } else if accounts_differ
            || known
                .next_change
                .is_some_and(|at| at <= self.world.clock.now())
        {
            self.publish(None, |_| {});
        }
    }

    /// Sets the folders to watch, when they are not those already, and says how changes are noticed from now on.
    fn set_folders(
        &self,
        watch: &mut std::io::Result<Box<dyn FolderWatch>>,
        set_for: &mut Option<Vec<Folder>>,
    ) -> Watching {
        let polling = |why: String| Watching::Polling {
            seconds: u32::try_from(POLL.as_secs()).unwrap_or(2),
            why,
        };
        let refused = |error: &std::io::Error| {
            polling(format!(
                "The system does not tell of changes here: {error}."
            ))
        };
        let places = &self.snapshot().around.places;
        let folders = folders(&self.world, places);
        let watch = match watch {
            Ok(watch) => watch,
            Err(error) => return refused(error),
        };
        // Another folder may stand under the same name now. Its number does not always tell, since that of a folder
        // that is gone is given to the next one; together with its time of change it does.
        let identified: Vec<_> = folders
            .iter()
            .map(|folder| {
                (
                    folder.clone(),
                    self.world
                        .disk
                        .stat(folder)
                        .map(|stat| (stat.identity, stat.modified))
                        .ok(),
                )
            })
            .collect();
        if set_for.as_ref() != Some(&identified) {
            if let Err(error) = watch.set(&folders) {
                *set_for = None;
                return refused(&error);
            }
            *set_for = Some(identified);
        }
        if let Some(folder) = folders
            .iter()
            .find(|folder| self.world.disk.is_silent(folder))
        {
            let folder = places.shown(folder);
            return polling(format!(
                "{folder} lies on a disk that does not tell of changes, as network disks do."
            ));
        }
        let folder_is_there = |file| {
            let folder = places.of(file).and_then(Path::parent);
            folder.is_some_and(|folder| self.world.disk.stat(folder).is_ok())
        };
        let is_there = File::BOTH.into_iter().any(folder_is_there);
        if is_there {
            Watching::Events
        } else {
            Watching::Waiting
        }
    }
}

/// How many more looks a sight deserves before it is believed: none, unless a file seems caught in the middle of being
/// written or replaced.
fn seems_unfinished(known: &Snapshot, sight: &Sight) -> u32 {
    let file = |file: File| match (known.found(file), &sight.files[file as usize]) {
        (FileFound::Read, Seen::Missing) => GONE_LOOKS,
        (FileFound::Read, Seen::Read { bytes, .. }) => {
            let before = known.home().document(file);
            if before.is_some_and(|before| seems_torn(before, bytes)) {
                TORN_LOOKS
            } else {
                0
            }
        }
        _ => 0,
    };
    let torn_token = sight.sso_tokens.iter().any(|(name, token)| {
        let before = known.facts.sso_tokens.get(name);
        matches!(
            (before, token),
            (Some(SsoToken::Readable { .. }) | None, SsoToken::Unreadable)
        )
    });
    File::BOTH
        .map(file)
        .into_iter()
        .max()
        .unwrap_or(0)
        .max(if torn_token { 3 } else { 0 })
}

/// The folders in which a change would show.
fn folders(world: &World, places: &Places) -> Vec<PathBuf> {
    let mut folders = BTreeSet::new();
    for path in File::BOTH.into_iter().filter_map(|file| places.of(file)) {
        follow(world, path, &mut folders);
    }
    follow(world, &places.sso_cache.join("any"), &mut folders);
    if let Some(path) = accounts::path(world) {
        follow(world, &path, &mut folders);
    }
    folders.into_iter().collect()
}

/// Adds the folder of a path, and those of every link on the way to what it means.
fn follow(world: &World, path: &Path, folders: &mut BTreeSet<PathBuf>) {
    let mut at = path.to_owned();
    for _ in 0..LINKS {
        let mut above = at.parent();
        while let Some(folder) = above {
            if world
                .disk
                .stat(folder)
                .is_ok_and(|stat| stat.file_type == FileType::Folder)
            {
                folders.insert(folder.to_owned());
                break;
            }
            above = folder.parent();
        }
        // A link anywhere on the way may be switched: its own folder is watched too.
        let link = at.ancestors().find(|part| {
            world
                .disk
                .stat_link(part)
                .is_ok_and(|stat| stat.file_type == FileType::Link)
        });
        let Some(link) = link.map(Path::to_owned) else {
            return;
        };
        let (Ok(target), Some(folder)) = (world.disk.read_link(&link), link.parent()) else {
            return;
        };
        folders.insert(folder.to_owned());
        let rest = at.strip_prefix(&link).unwrap_or(Path::new("")).to_owned();
        let target = folder.join(target);
        at = if rest.as_os_str().is_empty() {
            target
        } else {
            target.join(rest)
        };
    }
}
