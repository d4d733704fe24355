//! Both files joined: every profile once, with the sections it stands in. Nothing is copied out of the documents but
//! the names; a value is read where it stands, so its line is always known.

use std::{borrow::Cow, ops::Range, sync::OnceLock};

use hashbrown::HashMap;

use super::{
    chain::Chains,
    names::Names,
    near::Near,
    odd::{OddLine, Oddity, odd_lines},
    property::Property,
    session::Portal,
    source::Source,
    values::{Held, Keys, Noted, Values, common},
};
use crate::{
    dialect::canonical::{Header, header},
    document::{Document, Kind, Span, Tally},
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
    held: Held,
}

#[derive(Clone, Debug)]
struct Record {
    /// The places of its sections in the home's list of them.
    sections: Range<u32>,
    keys: Keys,
    source: Source,
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
    /// Of profiles, by their numbers.
    names: Names,
    profiles: Vec<Record>,
    /// The sections of profiles, those of one together, in the order in which they are read: the last one that sets a key
    /// holds.
    of_profiles: Vec<SectionId>,
    values: Values,
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
        let documents = [config, credentials];
        // What there will be, so that nothing grows and is copied on the way.
        let mut room = Tally::default();
        for document in documents.iter().flatten() {
            room += document.tally();
        }
        let mut home = Self {
            documents,
            sections: Vec::with_capacity(room.headers),
            names: Names::with_room_for(room.headers, room.of_names),
            profiles: Vec::new(),
            of_profiles: Vec::new(),
            values: Values::with_room_for(room.properties),
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
        home.values.give_back();
        home.gather();
        for number in 0..home.profiles.len() {
            let id = ProfileId(u32::try_from(number).expect("fewer profiles than lines"));
            home.profiles[number].source = Source::of(home.profile(id));
        }
        home.find_portals();
        home.chains = Chains::of(&home);
        home
    }

    /// Takes the sections of a file, in one walk over its lines.
    fn join(&mut self, file: File) {
        let Some(document) = self.documents[file as usize].take() else {
            return;
        };
        let first = self.sections.len();
        // Whether the property above is one of those that are noted.
        let mut is_noted = false;
        for (line, read) in (0u32..).zip(document.lines()) {
            match read.kind {
                Kind::Section { name, .. } => {
                    if let [.., above] = &mut self.sections[first..] {
                        above.lines.end = line;
                    }
                    is_noted = false;
                    let profile = self.about(header(file, &document.text(name)));
                    self.sections.push(Section {
                        file,
                        place: Place {
                            file,
                            line,
                            span: name,
                        },
                        lines: line + 1..line + 1,
                        profile,
                        held: self.values.begin(),
                    });
                }
                Kind::Property { key, value } => {
                    is_noted = false;
                    if let [.., above] = &mut self.sections[first..]
                        && let Some(key) = common(document.slice(key))
                    {
                        self.values.note(&mut above.held, key, line, value);
                        is_noted = true;
                    }
                }
                Kind::Continuation { .. } if is_noted => {
                    if let [.., above] = &mut self.sections[first..] {
                        self.values.note_more(&mut above.held);
                    }
                }
                Kind::Junk => is_noted = false,
                Kind::Blank | Kind::Comment | Kind::Nested { .. } | Kind::Continuation { .. } => {}
            }
        }
        if let [.., last] = &mut self.sections[first..] {
            let end = document.lines().len();
            last.lines.end = u32::try_from(end).expect("a line has at least a byte");
        }
        self.documents[file as usize] = Some(document);
    }

    /// Notes what the next section is about, and answers with the profile if it is one's.
    fn about(&mut self, header: Header<'_>) -> Option<ProfileId> {
        let section =
            SectionId(u32::try_from(self.sections.len()).expect("fewer sections than lines"));
        match header {
            Header::Profile(name) => return Some(ProfileId(self.names.number_or_next(&name))),
            Header::SsoSession(name) => self.sso_sessions.push(SsoSession {
                name: name.into(),
                section,
            }),
            Header::Services(name) => {
                self.services.insert(name.into(), section);
            }
            Header::Other => {}
        }
        None
    }

    /// Puts the sections of each profile together.
    fn gather(&mut self) {
        let hidden = self.hidden_by_prefixed_default();
        let counted = || {
            let sections = (0u32..).map(SectionId).zip(&self.sections);
            let counts = sections.filter(|(section, _)| hidden.binary_search(section).is_err());
            counts.filter_map(|(section, of)| Some((section, of.profile?)))
        };
        let mut starts = vec![0u32; self.names.len() + 1];
        for (_, id) in counted() {
            starts[id.0 as usize + 1] += 1;
        }
        for number in 1..starts.len() {
            starts[number] += starts[number - 1];
        }
        let records = starts.windows(2).map(|ends| Record {
            sections: ends[0]..ends[1],
            keys: Keys::default(),
            source: Source::None,
            portal: None,
        });
        let mut records: Vec<_> = records.collect();
        let count = starts.last().copied().unwrap_or_default();
        let mut of_profiles = vec![SectionId(0); count as usize];
        for (section, id) in counted() {
            let next = &mut starts[id.0 as usize];
            of_profiles[*next as usize] = section;
            *next += 1;
            let keys = &mut records[id.0 as usize].keys;
            *keys = keys.and_then(self.section(section).held.keys());
        }
        (self.profiles, self.of_profiles) = (records, of_profiles);
    }

    /// `[profile default]` hides `[default]` of the same file wholly (all SDKs; the AWS CLI when it comes later): the
    /// sections that are hidden.
    fn hidden_by_prefixed_default(&self) -> Vec<SectionId> {
        let default = self.names.number("default").map(ProfileId);
        let of_default = |(_, section): &(u32, &Section)| {
            default.is_some() && section.profile == default && section.file == File::Config
        };
        let sections = (0u32..).zip(&self.sections).filter(of_default);
        let is_prefixed = |section: &Section| self.slice(section.place).starts_with(b"profile");
        let (prefixed, plain): (Vec<_>, Vec<_>) =
            sections.partition(|(_, section)| is_prefixed(section));
        if prefixed.is_empty() {
            return Vec::new();
        }
        plain
            .into_iter()
            .map(|(number, _)| SectionId(number))
            .collect()
    }

    fn find_portals(&mut self) {
        let mut places: HashMap<Cow<'_, str>, u32> = HashMap::new();
        let mut portals = Vec::new();
        let mut of_profiles = Vec::new();
        for profile in self.profiles() {
            let Some(key) = Portal::key(profile) else {
                continue;
            };
            let place = *places.entry(key).or_insert_with_key(|key| {
                let place = u32::try_from(portals.len()).expect("fewer portals than profiles");
                portals.push(Portal::of(key));
                place
            });
            of_profiles.push((profile.id, place));
        }
        drop(places);
        self.portals = portals;
        for (id, place) in of_profiles {
            self.profiles[id.0 as usize].portal = Some(place);
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
        let number = self.names.number(name)?;
        Some(self.profile(ProfileId(number)))
    }

    /// All portals that have a section.
    pub fn sso_sessions(&self) -> &[SsoSession] {
        &self.sso_sessions
    }

    /// The portals that profiles sign in at, each once.
    pub(super) fn portals(&self) -> &[Portal] {
        &self.portals
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

    /// The profile whose name is closest to `wanted`, if it is a slip or two of the finger away.
    pub fn closest_to(&self, wanted: &str) -> Option<Profile<'_>> {
        let names = self.profiles().map(Profile::name);
        let near = self.near.get_or_init(|| Near::of(names));
        let name = |at: usize| {
            self.names
                .name(u32::try_from(at).expect("it was counted in 32 bits"))
        };
        self.named_profile(name(near.closest(wanted, name)?))
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
        self.home.names.name(self.id.0)
    }

    /// Where its keys would come from.
    pub fn source(self) -> Source {
        self.record.source
    }

    /// The portal that it signs in at, where its keys come from one.
    pub fn portal(self) -> Option<&'a Portal> {
        self.portal_place().map(|place| &self.home.portals[place])
    }

    /// Its place among the portals of the home.
    pub(super) fn portal_place(self) -> Option<usize> {
        self.record.portal.map(|place| place as usize)
    }

    /// Its sections, in the order in which they are read.
    pub fn sections(self) -> impl DoubleEndedIterator<Item = &'a Section> {
        self.section_ids().iter().map(|id| self.home.section(*id))
    }

    fn section_ids(self) -> &'a [SectionId] {
        let places = &self.record.sections;
        &self.home.of_profiles[places.start as usize..places.end as usize]
    }

    /// Its header's place, the first one in the order of the files.
    pub fn place(self) -> Place {
        self.home.section(self.section_ids()[0]).place
    }

    /// It has a section in this file.
    pub fn is_in(self, file: File) -> bool {
        self.sections().any(|section| section.file == file)
    }

    /// The property that holds for this key; none where it is not set, or set to nothing.
    pub fn get(self, key: &str) -> Option<Property<'a>> {
        match common(key.as_bytes()) {
            Some(key) if !self.record.keys.has(key) => None,
            Some(key) => self.common_property(key, |_| true),
            None => self.last(key, |_| true),
        }
        .filter(|property| !property.value.is_empty())
    }

    /// The value that holds for this key, where only that is wanted.
    #[inline]
    pub fn value(self, key: &str) -> Option<Cow<'a, str>> {
        match common(key.as_bytes()) {
            Some(key) => self.common_value(key),
            None => self.get(key).map(|property| property.value),
        }
    }

    fn common_value(self, key: u8) -> Option<Cow<'a, str>> {
        if !self.record.keys.has(key) {
            return None;
        }
        let (document, file, noted) = self.held(key, |_| true)?;
        if noted.goes_on {
            return Some(Property::on(document, file, noted.line)?.value);
        }
        Some(document.text(noted.value))
    }

    /// Whether this key is set, and not to nothing.
    #[inline]
    pub fn has(self, key: &str) -> bool {
        match common(key.as_bytes()) {
            Some(key) => self.record.keys.has(key),
            None => self.get(key).is_some(),
        }
    }

    /// Whether this key is set in one file, and not to nothing.
    pub fn has_in(self, file: File, key: &str) -> bool {
        let sections = self.sections().filter(|section| section.file == file);
        let held = sections.map(|section| section.held.keys());
        match common(key.as_bytes()) {
            Some(key) => held.fold(Keys::default(), Keys::and_then).has(key),
            None => self.get_in(file, key).is_some(),
        }
    }

    /// The property of this key that holds in one file alone.
    pub fn get_in(self, file: File, key: &str) -> Option<Property<'a>> {
        match common(key.as_bytes()) {
            Some(key) => self.common_property(key, |of| of == file),
            None => self.last(key, |of| of == file),
        }
        .filter(|property| !property.value.is_empty())
    }

    fn common_property(self, key: u8, counts: impl Fn(File) -> bool) -> Option<Property<'a>> {
        let (document, file, noted) = self.held(key, counts)?;
        Property::on(document, file, noted.line)
    }

    /// Where a common key is set last, in the files that count. Credentials come last, so theirs hold.
    fn held(self, key: u8, counts: impl Fn(File) -> bool) -> Option<(&'a Document, File, Noted)> {
        let mut sections = self.sections().rev().filter(|section| counts(section.file));
        let (file, noted) = sections
            .find_map(|section| Some((section.file, self.home.values.last(&section.held, key)?)))?;
        let document = self.home.document(file).expect("a section's file was read");
        Some((document, file, noted))
    }

    fn last(self, key: &str, counts: impl Fn(File) -> bool) -> Option<Property<'a>> {
        let counts = |id: &&SectionId| counts(self.home.section(**id).file);
        let mut sections = self.section_ids().iter().rev().filter(counts);
        sections.find_map(|section| self.home.last(*section, key))
    }

    /// All its properties, in the order in which they are read: a later one of the same key holds.
    pub fn properties(self) -> impl Iterator<Item = Property<'a>> {
        self.section_ids()
            .iter()
            .flat_map(|section| self.home.properties(*section))
    }
}
