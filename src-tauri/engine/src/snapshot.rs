//! Everything that is known at one moment, immutable. Published by the watch; both shells draw from it and nobody keeps
//! a second truth. Dear parts that only a closer look needs are made when first asked for.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use jiff::Timestamp;
use rolecall_core::{
    caches::SsoToken,
    document::{Document, Masker, Span, secret_spans},
    profiles::{File, Home, Profile, ProfileId, Variables, used_by_accounts},
    rules::{self, Facts, Problem},
    status::{self, Reason, Status},
};

use crate::{
    accounts::Accounts,
    compared::Compared,
    failure::Failure,
    locate::Places,
    look::{EDIT_LIMIT, Seen, Sight},
    sessions::Sessions,
    settings::Settings,
    tokens::NewerToken,
    verify::Verified,
    view::{self, LastChange, Row, Shell, Watching},
};

/// What stands where a file should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFound {
    /// Nothing.
    Missing,
    /// A file; its document is in the home.
    Read,
    /// Something that could not be read.
    Failed(Failure),
}

/// The numbers by which the window names profiles and accounts: the same for a name as long as Rolecall is open.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    ids: HashMap<Box<str>, u32>,
    next: u32,
}

impl Names {
    pub(crate) fn id(&mut self, name: &str) -> u32 {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = self.next;
        self.next += 1;
        self.ids.insert(name.into(), id);
        id
    }

    pub(crate) fn known(&self, name: &str) -> Option<u32> {
        self.ids.get(name).copied()
    }

    /// The number goes over to the new name.
    pub(crate) fn rename(&mut self, before: &str, now: &str) {
        if let Some(id) = self.ids.remove(before) {
            self.ids.insert(now.into(), id);
        }
    }
}

/// What was read, apart from what follows from it and from the time.
pub(crate) struct Read {
    pub(crate) files: [FileFound; 2],
    pub(crate) home: Home,
    modes: BTreeMap<File, u32>,
    pub(crate) sso_tokens: BTreeMap<String, SsoToken>,
    secrets: [OnceLock<Vec<Span>>; 2],
    masked: OnceLock<Home>,
    compared: OnceLock<Option<Compared>>,
}

impl Read {
    pub(crate) fn from(sight: Sight) -> Self {
        let mut modes = BTreeMap::new();
        let mut found = [FileFound::Missing, FileFound::Missing];
        let mut documents = [None, None];
        for (file, seen) in File::BOTH.into_iter().zip(sight.files) {
            found[file as usize] = match seen {
                Seen::Missing => FileFound::Missing,
                Seen::Failed(failure) => FileFound::Failed(failure),
                Seen::Read { bytes, mode } => {
                    modes.extend(mode.map(|mode| (file, mode)));
                    documents[file as usize] = Some(Document::parse(bytes));
                    FileFound::Read
                }
            };
        }
        let [config, credentials] = documents;
        Self {
            files: found,
            home: Home::read(config, credentials),
            modes,
            sso_tokens: sight.sso_tokens,
            secrets: Default::default(),
            masked: OnceLock::new(),
            compared: OnceLock::new(),
        }
    }

    /// Which parts of a new sight are not what was read before.
    pub(crate) fn differs_from(&self, sight: &Sight) -> Differs {
        let file_differs =
            |file: File| match (&self.files[file as usize], &sight.files[file as usize]) {
                (FileFound::Missing, Seen::Missing) => false,
                (FileFound::Failed(before), Seen::Failed(now)) => before != now,
                (FileFound::Read, Seen::Read { bytes, mode }) => {
                    let before = self.home.document(file).map_or(&[][..], Document::bytes);
                    before != bytes.as_slice() || self.modes.get(&file) != mode.as_ref()
                }
                _ => true,
            };
        Differs {
            config: file_differs(File::Config),
            credentials: file_differs(File::Credentials),
            tokens: self.sso_tokens != sight.sso_tokens,
        }
    }
}

/// What changed between two looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Differs {
    pub(crate) config: bool,
    pub(crate) credentials: bool,
    pub(crate) tokens: bool,
}

impl Differs {
    pub(crate) fn anything(self) -> bool {
        self.config || self.credentials || self.tokens
    }

    pub(crate) fn what(self) -> &'static str {
        match (self.config, self.credentials) {
            (true, true) => "config and credentials",
            (true, false) => "config",
            (false, true) => "credentials",
            (false, false) => "sign-in cache",
        }
    }
}

/// What goes into a snapshot besides what was read.
#[derive(Clone, Debug)]
pub(crate) struct Around {
    pub(crate) places: Places,
    pub(crate) sample: bool,
    pub(crate) sample_code: Option<String>,
    pub(crate) variables: Vec<(String, String)>,
    pub(crate) watching: Watching,
    pub(crate) last_change: Option<LastChange>,
    pub(crate) undo: Option<view::Undo>,
    pub(crate) settings: Settings,
    pub(crate) accounts: Accounts,
    /// Tokens that another program renewed and that are not in force.
    pub(crate) newer_tokens: Vec<NewerToken>,
    /// As far as the environment says.
    pub(crate) shell: Option<Shell>,
    /// What variables say about asking AWS.
    pub(crate) asking: Variables,
    pub(crate) sessions: Sessions,
    pub(crate) verified: Verified,
    pub(crate) checked_at: Timestamp,
}

/// Everything that is known at one moment.
pub struct Snapshot {
    /// Rises by one with each that is published.
    pub revision: u32,
    pub(crate) around: Around,
    pub(crate) read: Arc<Read>,
    pub(crate) facts: Facts,
    pub(crate) problems: Vec<Problem>,
    pub(crate) next_change: Option<Timestamp>,
    pub(crate) statuses: Vec<(Status, Reason)>,
    /// For each profile, the one through which an account uses it.
    pub(crate) used: Vec<Option<ProfileId>>,
    ids: Vec<u32>,
    rows: OnceLock<Vec<Row>>,
    /// By name, digits by their value: the order of every list.
    pub(crate) by_name: Vec<ProfileId>,
    search: OnceLock<Vec<Box<str>>>,
    by_id: OnceLock<HashMap<u32, ProfileId>>,
    masker: Arc<Mutex<Masker>>,
}

impl Snapshot {
    pub(crate) fn of(
        revision: u32,
        read: &Arc<Read>,
        around: Around,
        names: &mut Names,
        masker: Arc<Mutex<Masker>>,
    ) -> Self {
        let home = &read.home;
        let facts = Facts {
            now: around.checked_at,
            modes: read.modes.clone(),
            sso_tokens: read.sso_tokens.clone(),
            account_profiles: around.accounts.profiles(),
        };
        let report = rules::check(home, &facts);
        let statuses = status::statuses(home, &facts, &report.problems);
        let used = used_by_accounts(home, &facts.account_profiles);
        let held_until = around
            .newer_tokens
            .iter()
            .filter_map(|token| token.held_until);
        let held_until = held_until.filter(|at| *at > facts.now);
        let session_end = around.sessions.next_end(facts.now);
        let next_change = [report.next_change, session_end]
            .into_iter()
            .flatten()
            .chain(held_until)
            .min();
        let mut by_name: Vec<ProfileId> = home.profiles().map(|profile| profile.id).collect();
        by_name.sort_by(|a, b| {
            alphanumeric_sort::compare_str(home.profile(*a).name(), home.profile(*b).name())
        });
        let ids: Vec<u32> = home
            .profiles()
            .map(|profile| names.id(profile.name()))
            .collect();
        Self {
            revision,
            around,
            facts,
            problems: report.problems,
            next_change,
            statuses,
            used,
            ids,
            rows: OnceLock::new(),
            by_name,
            search: OnceLock::new(),
            by_id: OnceLock::new(),
            masker,
            read: read.clone(),
        }
    }

    /// The files as they were read.
    pub fn home(&self) -> &Home {
        &self.read.home
    }

    /// What stands where a file should be.
    pub fn found(&self, file: File) -> &FileFound {
        &self.read.files[file as usize]
    }

    /// The files that could not be read.
    pub fn failures(&self) -> impl Iterator<Item = &Failure> {
        self.read.files.iter().filter_map(|found| match found {
            FileFound::Failed(failure) => Some(failure),
            FileFound::Missing | FileFound::Read => None,
        })
    }

    /// Every profile as a row, by its number.
    pub(crate) fn rows(&self) -> &[Row] {
        self.rows.get_or_init(|| {
            self.home()
                .profiles()
                .map(|profile| self.row(profile))
                .collect()
        })
    }

    pub(crate) fn is_pinned(&self, profile: Profile<'_>) -> bool {
        self.around
            .settings
            .pinned
            .iter()
            .any(|name| name == profile.name())
    }

    pub(crate) fn status(&self, profile: Profile<'_>) -> (Status, Reason) {
        self.statuses[profile.id.0 as usize]
    }

    pub(crate) fn id(&self, profile: Profile<'_>) -> u32 {
        self.ids[profile.id.0 as usize]
    }

    /// The profile of a row.
    ///
    /// # Errors
    /// `notFound` when a newer look no longer has its name.
    pub(crate) fn profile(&self, id: u32) -> Result<Profile<'_>, Failure> {
        let by_id = self.by_id.get_or_init(|| {
            let numbers = self.home().profiles().map(|profile| profile.id);
            self.ids.iter().copied().zip(numbers).collect()
        });
        let profile = by_id.get(&id).map(|id| self.home().profile(*id));
        profile.ok_or_else(|| Failure::gone("This profile"))
    }

    /// The profile of this name.
    ///
    /// # Errors
    /// `notFound`, with the closest name there is.
    pub fn named(&self, name: &str) -> Result<Profile<'_>, Failure> {
        let closest = || {
            self.home()
                .closest_to(name)
                .map(|profile| profile.name().to_owned())
        };
        self.home()
            .named_profile(name)
            .ok_or_else(|| Failure::no_such_profile(name, closest().as_deref()))
    }

    /// Where a file holds secrets.
    pub(crate) fn secrets(&self, file: File) -> &[Span] {
        let document = self.home().document(file);
        self.read.secrets[file as usize]
            .get_or_init(|| document.map(secret_spans).unwrap_or_default())
    }

    /// Both files with their secrets masked; their lines are those of the files.
    pub(crate) fn masked_home(&self) -> &Home {
        self.read.masked.get_or_init(|| {
            let mut masker = self.masker.lock().unwrap_or_else(PoisonError::into_inner);
            let mut read = |file| {
                let document = self.home().document(file)?;
                Some(Document::parse(masker.mask(document)))
            };
            Home::read(read(File::Config), read(File::Credentials))
        })
    }

    /// One of them.
    pub(crate) fn masked(&self, file: File) -> Option<&Document> {
        self.masked_home().document(file)
    }

    /// Both files as each reader has them; none where one is too large to be read as often.
    pub(crate) fn compared(&self) -> Option<&Compared> {
        let compared = self.read.compared.get_or_init(|| {
            let home = self.masked_home();
            let documents = File::BOTH
                .into_iter()
                .filter_map(|file| home.document(file));
            let is_large = |document: &Document| document.bytes().len() as u64 > EDIT_LIMIT;
            let is_too_large = documents.into_iter().any(is_large);
            (!is_too_large).then(|| Compared::of(home))
        });
        compared.as_ref()
    }

    /// Whether anybody has asked what the readers make of these files.
    #[cfg(test)]
    pub(crate) fn was_compared(&self) -> bool {
        self.read.compared.get().is_some()
    }

    /// What a word of a filter is looked for in, by profile number; small letters.
    pub(crate) fn search(&self) -> &[Box<str>] {
        self.search
            .get_or_init(|| self.home().profiles().map(crate::words::haystack).collect())
    }

    pub(crate) fn place(place: rolecall_core::profiles::Place) -> view::Place {
        view::Place {
            file: place.file.into(),
            line: place.line + 1,
        }
    }
}

impl std::fmt::Debug for Snapshot {
    /// Numbers only: what it holds are the files.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Snapshot({}, {} profiles, {} problems)",
            self.revision,
            self.ids.len(),
            self.problems.len()
        )
    }
}
