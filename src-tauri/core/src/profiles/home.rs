//! Both files joined: every profile once, with the sections it stands in. Nothing is copied out of the documents but
//! the names; a value is read where it stands, so its line is always known.

use std::{borrow::Cow, collections::HashMap, ops::Range, sync::OnceLock};

use super::{
    chain::Chains,
    near::Near,
    odd::{OddLine, Oddity, odd_lines},
    property::Property,
    session::Portal,
    source::Source,
    values::{Values, common},
};
use crate::{
    dialect::canonical::{Header, header},
    document::{Document, Kind, Span},
};

/// One of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum File {
    /// Settings; profiles as `[profile x]`.
    Config,
    /// Keys; profiles as `[x]`.
    Credentials,
}

impl File {
    /// Both, in the order in which they are read.
    pub const BOTH: [Self; 2] = [Self::Config, Self::Credentials];

    /// Its name, as people and tools say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Credentials => "credentials",
        }
    }
}

/// A range of bytes in a line of one file. The first line is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which file.
    pub file: File,
    /// Which line.
    pub line: u32,
    /// Which bytes of the document.
    pub span: Span,
}

/// A profile's number within its [`Home`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProfileId(pub u32);

/// A section's number within its [`Home`], in the order of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub u32);

/// A header with the lines below it.
#[derive(Clone, Debug)]
pub struct Section {
    /// The file it stands in.
    pub file: File,
    /// The header's line and name.
    pub place: Place,
    /// The lines below the header.
    pub lines: Range<u32>,
    /// The profile it is about.
    pub profile: Option<ProfileId>,
}

#[derive(Debug)]
struct Record {
    name: Box<str>,
    /// In the order in which they are read; the last one that sets a key holds.
    sections: Vec<SectionId>,
    source: Source,
    values: Values,
    /// Its place among the portals of the home.
    portal: Option<u32>,
}

/// A portal's section.
#[derive(Clone, Debug)]
pub struct SsoSession {
    /// Its name.
    pub name: Box<str>,
    /// Where it stands.
    pub section: SectionId,
}

/// The two files and what stands in them.
#[derive(Debug)]
pub struct Home {
    documents: [Option<Document>; 2],
    sections: Vec<Section>,
    profiles: Vec<Record>,
    by_name: HashMap<Box<str>, ProfileId>,
    sso_sessions: Vec<SsoSession>,
    /// By name; of two of one name the last holds.
    services: HashMap<Box<str>, SectionId>,
    portals: Vec<Portal>,
    chains: Chains,
    /// Of the profiles' names, once somebody looks for a close one.
    near: OnceLock<Near>,
    /// Once a rule looks at them.
    odd: OnceLock<Vec<OddLine>>,
}

impl Home {
    /// Joins what is there. A file that is missing or could not be read is `None`.
    pub fn read(config: Option<Document>, credentials: Option<Document>) -> Self {
        let mut home = Self {
            documents: [config, credentials],
            sections: Vec::new(),
            profiles: Vec::new(),
            by_name: HashMap::new(),
            sso_sessions: Vec::new(),
            services: HashMap::new(),
            portals: Vec::new(),
            chains: Chains::default(),
            near: OnceLock::new(),
            odd: OnceLock::new(),
        };
        for file in File::BOTH {
            home.join(file);
        }
        home.let_prefixed_default_win();
        for number in 0..home.profiles.len() {
            let id = ProfileId(u32::try_from(number).expect("fewer profiles than lines"));
            let sections = home.profiles[number]
                .sections
                .iter()
                .map(|id| home.section(*id));
            let values = Values::of(
                sections.filter_map(|section| Some((section, home.document(section.file)?))),
            );
            home.profiles[number].values = values;
            home.profiles[number].source = Source::of(home.profile(id));
        }
        home.find_portals();
        home.chains = Chains::of(&home);
        home
    }

    fn join(&mut self, file: File) {
        let Some(document) = self.documents[file as usize].take() else {
            return;
        };
        let headers = (0u32..)
            .zip(document.lines())
            .filter_map(|(number, line)| match line.kind {
                Kind::Section { name, .. } => Some((number, name)),
                _ => None,
            });
        let headers: Vec<_> = headers.collect();
        let end = u32::try_from(document.lines().len()).expect("a line has at least a byte");
        for (at, (line, name)) in headers.iter().enumerate() {
            let next = headers.get(at + 1).map_or(end, |(next, _)| *next);
            let section =
                SectionId(u32::try_from(self.sections.len()).expect("fewer sections than lines"));
            let profile = match header(file, &document.text(*name)) {
                Header::Profile(name) => Some(self.named(&name, section)),
                Header::SsoSession(name) => {
                    self.sso_sessions.push(SsoSession {
                        name: name.into(),
                        section,
                    });
                    None
                }
                Header::Services(name) => {
                    self.services.insert(name.into(), section);
                    None
                }
                Header::Other => None,
            };
            let place = Place {
                file,
                line: *line,
                span: *name,
            };
            self.sections.push(Section {
                file,
                place,
                lines: *line + 1..next,
                profile,
            });
        }
        self.documents[file as usize] = Some(document);
    }

    fn named(&mut self, name: &str, section: SectionId) -> ProfileId {
        if let Some(id) = self.by_name.get(name) {
            self.profiles[id.0 as usize].sections.push(section);
            return *id;
        }
        let id = ProfileId(u32::try_from(self.profiles.len()).expect("fewer profiles than lines"));
        self.by_name.insert(name.into(), id);
        self.profiles.push(Record {
            name: name.into(),
            sections: vec![section],
            source: Source::None,
            values: Values::default(),
            portal: None,
        });
        id
    }

    /// `[profile default]` hides `[default]` of the same file wholly (all SDKs; the AWS CLI when it comes later).
    fn let_prefixed_default_win(&mut self) {
        let Some(id) = self.by_name.get("default").copied() else {
            return;
        };
        let is_prefixed = |section: &SectionId| {
            let section = &self.sections[section.0 as usize];
            section.file == File::Config && self.slice(section.place).starts_with(b"profile")
        };
        let sections = &self.profiles[id.0 as usize].sections;
        if sections.iter().any(is_prefixed) {
            let in_credentials =
                |section: &SectionId| self.sections[section.0 as usize].file == File::Credentials;
            let kept = sections
                .iter()
                .copied()
                .filter(|s| is_prefixed(s) || in_credentials(s))
                .collect();
            self.profiles[id.0 as usize].sections = kept;
        }
    }

    fn find_portals(&mut self) {
        let mut places: HashMap<Box<str>, u32> = HashMap::new();
        for number in 0..self.profiles.len() {
            let id = ProfileId(u32::try_from(number).expect("fewer profiles than lines"));
            let Some(key) = Portal::key(self.profile(id)).map(|key| key.value.into_owned()) else {
                continue;
            };
            let place = places.get(&*key).copied().unwrap_or_else(|| {
                let place = u32::try_from(self.portals.len()).expect("fewer portals than profiles");
                self.portals.push(Portal::of(&key));
                places.insert(key.into(), place);
                place
            });
            self.profiles[number].portal = Some(place);
        }
    }

    pub(super) fn chains(&self) -> &Chains {
        &self.chains
    }

    /// The document of a file, where it was read.
    pub fn document(&self, file: File) -> Option<&Document> {
        self.documents[file as usize].as_ref()
    }

    /// The bytes at a place.
    pub fn slice(&self, place: Place) -> &[u8] {
        self.document(place.file)
            .map_or(&[], |document| document.slice(place.span))
    }

    /// The text at a place.
    pub fn text(&self, place: Place) -> Cow<'_, str> {
        crate::document::printable(self.slice(place))
    }

    /// All profiles, in the order in which their names first appear, config before credentials.
    pub fn profiles(&self) -> impl ExactSizeIterator<Item = Profile<'_>> + Clone {
        let count = u32::try_from(self.profiles.len()).expect("fewer profiles than lines");
        (0..count).map(|number| self.profile(ProfileId(number)))
    }

    /// One profile.
    pub fn profile(&self, id: ProfileId) -> Profile<'_> {
        Profile {
            home: self,
            id,
            record: &self.profiles[id.0 as usize],
        }
    }

    /// The profile of this name. Names are compared by their bytes.
    pub fn named_profile(&self, name: &str) -> Option<Profile<'_>> {
        self.by_name.get(name).map(|id| self.profile(*id))
    }

    /// All portals that have a section.
    pub fn sso_sessions(&self) -> &[SsoSession] {
        &self.sso_sessions
    }

    /// The portal of this name; the last section of that name holds.
    pub fn sso_session(&self, name: &str) -> Option<&SsoSession> {
        self.sso_sessions
            .iter()
            .rev()
            .find(|session| &*session.name == name)
    }

    /// The lines that are odd in this way, in the order of the files.
    pub(crate) fn odd_lines(&self, oddity: Oddity) -> impl Iterator<Item = &OddLine> {
        let odd = self.odd.get_or_init(|| odd_lines(self));
        odd.iter().filter(move |line| line.oddity == oddity)
    }

    /// The profile in whose section an odd line stands.
    pub(crate) fn profile_of(&self, odd: &OddLine) -> Option<ProfileId> {
        self.section(odd.section?).profile
    }

    /// The profile in whose section a line stands.
    pub(crate) fn profile_at(&self, place: Place) -> Option<ProfileId> {
        let line = (place.file, place.line);
        let behind = self
            .sections
            .partition_point(|section| (section.file, section.place.line) <= line);
        let section = self.sections[..behind].last()?;
        section.profile.filter(|_| section.file == place.file)
    }

    /// The section `[services name]`.
    pub(crate) fn services(&self, name: &str) -> Option<SectionId> {
        self.services.get(name).copied()
    }

    /// All sections, in the order of the files.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// One section.
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.0 as usize]
    }

    /// The properties of a section, in order.
    pub fn properties(&self, section: SectionId) -> impl Iterator<Item = Property<'_>> {
        let section = self.section(section);
        let document = self
            .document(section.file)
            .expect("a section's file was read");
        Property::on_lines(document, section.file, section.lines.clone())
    }

    /// The last property of this key in a section, also when its value is empty. Case of the key does not matter.
    fn last(&self, section: SectionId, key: &str) -> Option<Property<'_>> {
        let section = self.section(section);
        let document = self
            .document(section.file)
            .expect("a section's file was read");
        let line = section.lines.clone().rev().find(|line| {
            match document.lines()[*line as usize].kind {
                Kind::Property { key: found, .. } => {
                    document.slice(found).eq_ignore_ascii_case(key.as_bytes())
                }
                _ => false,
            }
        })?;
        Property::on(document, section.file, line)
    }

    /// The profile whose name is closest to `name`, if it is a slip or two of the finger away.
    pub fn closest_to(&self, name: &str) -> Option<Profile<'_>> {
        let names = || self.profiles().map(Profile::name);
        let at = self
            .near
            .get_or_init(|| Near::of(names()))
            .closest(name, names())?;
        self.profiles().nth(at)
    }
}

/// A profile of a [`Home`].
#[derive(Clone, Copy, Debug)]
pub struct Profile<'a> {
    pub(super) home: &'a Home,
    /// Its number.
    pub id: ProfileId,
    record: &'a Record,
}

impl<'a> Profile<'a> {
    /// Its name, without `profile` and quotes.
    pub fn name(self) -> &'a str {
        &self.record.name
    }

    /// Where its keys would come from.
    pub fn source(self) -> Source {
        self.record.source
    }

    /// The portal that it signs in at, where its keys come from one.
    pub fn portal(self) -> Option<&'a Portal> {
        self.record
            .portal
            .map(|place| &self.home.portals[place as usize])
    }

    /// Its sections, in the order in which they are read.
    pub fn sections(self) -> impl DoubleEndedIterator<Item = &'a Section> {
        self.record.sections.iter().map(|id| self.home.section(*id))
    }

    /// Its header's place, the first one in the order of the files.
    pub fn place(self) -> Place {
        self.home.section(self.record.sections[0]).place
    }

    /// It has a section in this file.
    pub fn is_in(self, file: File) -> bool {
        self.sections().any(|section| section.file == file)
    }

    /// The property that holds for this key; none where it is not set, or set to nothing.
    pub fn get(self, key: &str) -> Option<Property<'a>> {
        let held = match common(key.as_bytes()) {
            Some(key) => self
                .held(key, File::Credentials)
                .or_else(|| self.held(key, File::Config)),
            None => self
                .record
                .sections
                .iter()
                .rev()
                .find_map(|section| self.home.last(*section, key)),
        };
        held.filter(|property| !property.value.is_empty())
    }

    /// The property of this key that holds in one file alone.
    pub fn get_in(self, file: File, key: &str) -> Option<Property<'a>> {
        let held = match common(key.as_bytes()) {
            Some(key) => self.held(key, file),
            None => {
                let in_file = |id: &&SectionId| self.home.section(**id).file == file;
                let sections = self.record.sections.iter().rev().filter(in_file);
                sections
                    .into_iter()
                    .find_map(|section| self.home.last(*section, key))
            }
        };
        held.filter(|property| !property.value.is_empty())
    }

    /// One of the keys that everybody asks about is set in this file, whatever it says. Cheaper than to read it.
    pub(crate) fn has_in(self, file: File, key: &str) -> bool {
        common(key.as_bytes()).is_some_and(|key| self.record.values.line(key, file).is_some())
    }

    fn held(self, key: u8, file: File) -> Option<Property<'a>> {
        let line = self.record.values.line(key, file)?;
        Property::on(self.home.document(file)?, file, line)
    }

    /// All its properties, in the order in which they are read: a later one of the same key holds.
    pub fn properties(self) -> impl Iterator<Item = Property<'a>> {
        self.record
            .sections
            .iter()
            .flat_map(|section| self.home.properties(*section))
    }
}
