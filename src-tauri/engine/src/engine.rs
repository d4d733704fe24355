//! The one that both shells hold: it has the world, publishes snapshots, and does what a person asks for.
//! How it keeps up with the disk is in `watch`; what it answers is in `answers`.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use rolecall_core::document::{MaskKey, Masker};
use tokio::sync::{Notify, broadcast, watch};

use crate::{
    accounts::Accounts,
    answers::row_changes,
    asking,
    assume::Flight,
    create::create_files,
    draft::Drafts,
    failure::Failure,
    history::History,
    import::LastPaste,
    kept::Kept,
    locate::{Overrides, Places},
    look::{Sight, look},
    mask_key::InstallKey,
    notes,
    portal::{self, Catalogs, Reminders, UnderWay},
    reveal::Showings,
    save,
    sessions::Sessions,
    settings::Settings,
    snapshot::{Around, Names, Read, Snapshot},
    tokens::Tokens,
    verify::Verified,
    view::{Draft, FileKind, Listing, Message, Query, Shell, Undo, Update, Watching},
    world::World,
};

/// Variables that decide which files or profile AWS tools use, in the order in which they are shown.
const VARIABLES: [&str; 4] = [
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
];

/// Opened profiles are noted down when nothing more was opened for this long.
const NOTE_AFTER: Duration = Duration::from_secs(2);

/// How to start.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Paths that win over variables.
    pub overrides: Overrides,
    /// The files are the sample's; the window says so.
    pub sample: bool,
}

/// Both shells hold one.
#[derive(Debug)]
pub struct Engine {
    pub(crate) world: World,
    options: Options,
    pub(crate) published: watch::Sender<Arc<Snapshot>>,
    pub(crate) moments: broadcast::Sender<Moment>,
    pub(crate) look_again: Notify,
    pub(crate) showings: Mutex<Showings>,
    /// Assumed roles, with their keys.
    pub(crate) sessions: Mutex<Sessions>,
    /// Roles that are being assumed.
    pub(crate) flights: Mutex<Vec<Flight>>,
    pub(crate) verified: Mutex<Verified>,
    names: Mutex<Names>,
    pub(crate) settings: Mutex<Settings>,
    pub(crate) accounts: Mutex<Accounts>,
    pub(crate) tokens: Mutex<Tokens>,
    pub(crate) mask_key: MaskKey,
    /// A person can see the window.
    visible: AtomicBool,
    /// The order of last use has changed and will be noted down soon.
    noting: AtomicBool,
    pub(crate) masker: Arc<Mutex<Masker>>,
    pub(crate) drafts: Mutex<Drafts>,
    /// A draft is not as it was noted.
    pub(crate) draft_typed: Notify,
    /// Held while one of the two files is written: one writer at a time.
    pub(crate) saving: Mutex<()>,
    /// What was saved a moment ago.
    pub(crate) kept: Mutex<Vec<Kept>>,
    /// Held while a version is kept; may wait for the keyring.
    pub(crate) history: Mutex<History>,
    /// What Undo would take back.
    pub(crate) undo: Mutex<Option<Undo>>,
    /// What was pasted and not written yet.
    pub(crate) pasted: Mutex<LastPaste>,
    /// Sign-ins under way.
    pub(crate) under_way: Mutex<UnderWay>,
    /// Held while what was listed of portals is read and written.
    pub(crate) catalogs: Mutex<Catalogs>,
    /// Which ends of sign-ins were announced, and which put off.
    pub(crate) reminders: Mutex<Reminders>,
}

/// Something that happened besides a new snapshot.
#[derive(Clone, Debug)]
pub(crate) enum Moment {
    /// A showing ended.
    Concealed(u32),
    /// A secret left the clipboard.
    ClipboardCleared,
    /// The engine changed what the file editor shows.
    Draft(Arc<Draft>),
}

impl Engine {
    /// Looks once. Whoever keeps it open calls `watch` next.
    pub fn start(world: World, options: Options) -> Arc<Self> {
        let settings = Settings::load(&world);
        let accounts = Accounts::load(&world);
        let key = InstallKey::load(&world);
        let mask_key = key.key.clone();
        let masker = Arc::new(Mutex::new(Masker::new(mask_key.clone())));
        let mut tokens = Tokens::load(&world, key);
        let mut names = Names::default();
        notes::clear_unfinished(&world);
        let found = Places::find(&world, &options.overrides);
        save::recover(&world, &found);
        portal::clear_unfinished(&world, &found.sso_cache);
        let (places, sight) = look_around(&world, &options, &mask_key);
        let read = Arc::new(Read::from(sight));
        tokens.observe(&read, world.clock.now());
        let around = Around {
            places,
            sample: options.sample,
            sample_code: sample_code(&world, &options),
            variables: variables(&world),
            watching: Watching::Events,
            last_change: None,
            settings: settings.clone(),
            accounts: accounts.clone(),
            newer_tokens: tokens.newer(),
            shell: shell(&world),
            asking: asking::variables(&world),
            sessions: Sessions::default(),
            verified: Verified::default(),
            undo: None,
            checked_at: world.clock.now(),
        };
        let first = Snapshot::of(1, &read, around, &mut names, masker.clone());
        Arc::new(Self {
            world,
            options,
            published: watch::Sender::new(Arc::new(first)),
            moments: broadcast::Sender::new(64),
            look_again: Notify::new(),
            showings: Mutex::default(),
            sessions: Mutex::default(),
            flights: Mutex::default(),
            verified: Mutex::default(),
            names: Mutex::new(names),
            settings: Mutex::new(settings),
            accounts: Mutex::new(accounts),
            tokens: Mutex::new(tokens),
            mask_key,
            visible: AtomicBool::new(true),
            noting: AtomicBool::new(false),
            masker,
            drafts: Mutex::default(),
            draft_typed: Notify::new(),
            saving: Mutex::default(),
            kept: Mutex::default(),
            history: Mutex::default(),
            undo: Mutex::default(),
            pasted: Mutex::default(),
            under_way: Mutex::default(),
            catalogs: Mutex::default(),
            reminders: Mutex::default(),
        })
    }

    /// What is known now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.published.borrow().clone()
    }

    /// The row of a profile.
    ///
    /// # Errors
    /// `notFound`, with the closest name there is.
    pub fn id_of(&self, name: &str) -> Result<u32, Failure> {
        let snapshot = self.snapshot();
        Ok(snapshot.id(snapshot.named(name)?))
    }

    /// Everything at first, then each change.
    pub fn messages(&self) -> Messages {
        Messages {
            snapshots: self.published.subscribe(),
            moments: self.moments.subscribe(),
            restored: self.restored_drafts(),
            sent: None,
        }
    }

    /// Looks at the files now, rather than when the system tells of a change.
    pub fn look_again(&self) {
        self.look_again.notify_one();
    }

    /// The window can be seen from now on, or not. While it can't, the system says that a token changed.
    pub fn set_visible(&self, visible: bool) {
        self.visible.store(visible, Ordering::Release);
    }

    pub(crate) fn is_visible(&self) -> bool {
        self.visible.load(Ordering::Acquire)
    }

    /// Creates the named files where nothing is.
    ///
    /// # Errors
    /// `unwritable`, with what is as it was.
    pub fn create_files(&self, files: &[FileKind]) -> Result<(), Failure> {
        let files: Vec<_> = files.iter().map(|file| (*file).into()).collect();
        let created = create_files(&self.world, &self.snapshot().around.places, &files);
        self.remember_created(&files);
        self.look_again();
        created
    }

    /// Keeps a profile at the top of the list, or lets it go.
    ///
    /// # Errors
    /// `notFound` when it is gone, `unwritable` when that can't be kept for the next start.
    pub fn pin(&self, id: u32, pinned: bool) -> Result<(), Failure> {
        let snapshot = self.snapshot();
        let name = snapshot.profile(id)?.name();
        let settings = {
            let mut settings = lock(&self.settings);
            settings.pin(name, pinned);
            settings.clone()
        };
        self.republish();
        settings.save(&self.world)
    }

    /// Pins, the order of last use and the names of pasted keys follow a profile that has another name.
    ///
    /// # Errors
    /// `unwritable` when that can't be kept for the next start.
    pub(crate) fn rename_remembered(&self, from: &str, to: &str) -> Result<(), Failure> {
        self.remember(|settings| settings.rename(from, to))
    }

    /// Keeps what pasted keys are called, by `account/role`, for the next ones.
    ///
    /// # Errors
    /// `unwritable` when that can't be kept for the next start.
    pub(crate) fn remember_names(&self, names: Vec<(String, String)>) -> Result<(), Failure> {
        self.remember(|settings| settings.call(names))
    }

    /// Changes the settings, and writes them where that changed anything.
    fn remember(&self, change: impl FnOnce(&mut Settings) -> bool) -> Result<(), Failure> {
        let settings = {
            let mut settings = lock(&self.settings);
            if !change(&mut settings) {
                return Ok(());
            }
            settings.clone()
        };
        self.republish();
        settings.save(&self.world)
    }

    /// Which rows answer a question, in which order and groups.
    pub fn listing(&self, query: &Query) -> Listing {
        let recent = lock(&self.settings).recent.clone();
        self.snapshot().listing(query, &recent)
    }

    /// Notes that a profile was opened, for the order “Recently opened”. No news to anybody: a list that changes its
    /// order while somebody walks through it is no help.
    pub fn opened(self: &Arc<Self>, id: u32) {
        let snapshot = self.snapshot();
        let Ok(profile) = snapshot.profile(id) else {
            return;
        };
        if !lock(&self.settings).opened(profile.name()) || self.noting.swap(true, Ordering::AcqRel)
        {
            return;
        }
        let engine = self.clone();
        tokio::spawn(async move {
            engine.world.clock.sleep(NOTE_AFTER).await;
            engine.noting.store(false, Ordering::Release);
            // The order of a list is not worth a word when it can't be kept.
            let _ = lock(&engine.settings).clone().save(&engine.world);
        });
    }

    /// One look around.
    pub(crate) fn look_around(&self) -> (Places, Sight) {
        look_around(&self.world, &self.options, &self.mask_key)
    }

    /// Publishes what was read, or the same once more because time or settings changed.
    pub(crate) fn publish(&self, read: Option<Read>, change: impl FnOnce(&mut Around)) {
        self.published.send_modify(|published| {
            let mut around = published.around.clone();
            around.checked_at = self.world.clock.now();
            around.settings = lock(&self.settings).clone();
            around.accounts = lock(&self.accounts).clone();
            around.newer_tokens = lock(&self.tokens).newer();
            around.sessions = lock(&self.sessions).clone();
            around.verified = lock(&self.verified).clone();
            around.undo.clone_from(&lock(&self.undo));
            change(&mut around);
            let read = read.map_or_else(|| published.read.clone(), Arc::new);
            let revision = published.revision + 1;
            *published = Arc::new(Snapshot::of(
                revision,
                &read,
                around,
                &mut lock(&self.names),
                self.masker.clone(),
            ));
        });
        self.follow_drafts();
        self.put_back();
    }

    /// Looks now and publishes what is there: after a change of our own, which is no news from outside.
    pub(crate) fn see_what_is_there(&self) {
        let (places, sight) = self.look_around();
        self.publish(Some(Read::from(sight)), |around| around.places = places);
    }

    /// The same files once more, with what else has changed.
    pub(crate) fn republish(&self) {
        self.publish(None, |_| {});
    }
}

fn look_around(world: &World, options: &Options, key: &MaskKey) -> (Places, Sight) {
    let places = Places::find(world, &options.overrides);
    let sight = look(world, &places, key);
    (places, sight)
}

/// What `npm run demo` says that the sample's MFA device shows.
fn sample_code(world: &World, options: &Options) -> Option<String> {
    let code = world.env.var("ROLECALL_SAMPLE_MFA")?.into_string().ok()?;
    options.sample.then_some(code)
}

fn variables(world: &World) -> Vec<(String, String)> {
    let set = VARIABLES.into_iter().filter_map(|name| {
        let value = world.env.var(name)?;
        let means_nothing = value.is_empty() && name.ends_with("PROFILE");
        (!means_nothing).then(|| (name.to_owned(), value.to_string_lossy().into_owned()))
    });
    set.collect()
}

/// The shell in use, as far as the environment says: its own, else the one of the system.
fn shell(world: &World) -> Option<Shell> {
    let named = world.env.var("SHELL").map(std::path::PathBuf::from);
    match named.as_deref().and_then(|path| path.file_stem()?.to_str()) {
        Some("bash" | "sh" | "dash") => Some(Shell::Bash),
        Some("zsh") => Some(Shell::Zsh),
        Some("fish") => Some(Shell::Fish),
        Some("nu") => Some(Shell::Nushell),
        Some("pwsh" | "powershell") => Some(Shell::Powershell),
        _ if cfg!(windows) => Some(Shell::Powershell),
        _ => None,
    }
}

/// A lock that a panic elsewhere does not poison for good: every holder leaves whole values behind.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the window is told without asking.
#[derive(Debug)]
pub struct Messages {
    snapshots: watch::Receiver<Arc<Snapshot>>,
    moments: broadcast::Receiver<Moment>,
    /// Unsaved text of the time before, not told yet.
    restored: Vec<Draft>,
    sent: Option<Arc<Snapshot>>,
}

impl Messages {
    /// The next one; none when the engine is gone. The first is everything.
    pub async fn next(&mut self) -> Option<Message> {
        if self.sent.is_none() {
            return Some(self.update());
        }
        if let Some(draft) = self.restored.pop() {
            let draft = Box::new(draft);
            return Some(Message::Draft { draft });
        }
        loop {
            tokio::select! {
                changed = self.snapshots.changed() => {
                    changed.ok()?;
                    return Some(self.update());
                }
                moment = self.moments.recv() => match moment {
                    Ok(Moment::Concealed(ticket)) => return Some(Message::Concealed { ticket }),
                    Ok(Moment::ClipboardCleared) => return Some(Message::ClipboardCleared),
                    Ok(Moment::Draft(draft)) => {
                        return Some(Message::Draft {
                            draft: Box::new(draft.as_ref().clone()),
                        });
                    }
                    // Too slow to hear of all of them: showings end in the window by themselves too.
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => return None,
                },
            }
        }
    }

    fn update(&mut self) -> Message {
        let now = self.snapshots.borrow_and_update().clone();
        let rows = row_changes(self.sent.as_deref(), &now);
        let update = Box::new(Update {
            overview: now.overview(),
            rows,
        });
        self.sent = Some(now);
        Message::Update { update }
    }
}
