//! What one reader makes of both files: the form in which all folds answer, so that their answers can be laid side by
//! side. Everything borrows from the documents and knows its line.

use std::{borrow::Cow, fmt};

use indexmap::IndexMap;

use crate::{
    document::Document,
    profiles::{File, Home},
};

/// The two files; one that is not there is `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Files<'a> {
    /// Settings.
    pub config: Option<&'a Document>,
    /// Keys.
    pub credentials: Option<&'a Document>,
}

impl<'a> From<&'a Home> for Files<'a> {
    fn from(home: &'a Home) -> Self {
        Self {
            config: home.document(File::Config),
            credentials: home.document(File::Credentials),
        }
    }
}

impl<'a> Files<'a> {
    /// Those that are there, in the order in which they are read.
    pub(super) fn both(self) -> impl Iterator<Item = (File, &'a Document)> {
        let both = [
            (File::Config, self.config),
            (File::Credentials, self.credentials),
        ];
        both.into_iter()
            .filter_map(|(file, document)| Some((file, document?)))
    }
}

/// A line of one file; the first is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Which file.
    pub file: File,
    /// Which line.
    pub line: u32,
}

/// Sections by name, in the order in which they were first seen.
pub type Sections<'a> = IndexMap<Cow<'a, str>, Section<'a>>;

/// The rest of a name behind a prefix, borrowed where the name is.
pub(super) fn behind<'a>(name: &Cow<'a, str>, prefix: &str) -> Option<Cow<'a, str>> {
    match name {
        Cow::Borrowed(name) => name.strip_prefix(prefix).map(Cow::Borrowed),
        Cow::Owned(name) => name
            .strip_prefix(prefix)
            .map(|name| Cow::Owned(name.to_owned())),
    }
}

/// What a reader holds after reading both files.
#[derive(Debug, Default)]
pub struct Reading<'a> {
    /// The profiles, by the names that a person would give it.
    pub profiles: Sections<'a>,
    /// `[sso-session x]` as `x`.
    pub sso_sessions: Sections<'a>,
    /// `[services x]` as `x`.
    pub services: Sections<'a>,
    /// What it holds besides and uses for nothing that this project knows, such as `[plugins]`.
    pub other: Sections<'a>,
    /// Files that it takes for empty without a word, and why.
    pub passed_over: Vec<Refusal>,
    /// Profiles that it lists and refuses to use, as Go does with half a key pair; and the line of the half.
    pub unusable: IndexMap<Cow<'a, str>, At>,
}

/// A section as a reader has it.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// Its header; of several, the first that counts.
    pub at: At,
    /// What it holds for each key.
    pub properties: IndexMap<Cow<'a, str>, Property<'a>>,
}

impl<'a> Section<'a> {
    /// Without properties.
    pub(super) fn new(at: At) -> Self {
        Self {
            at,
            properties: IndexMap::new(),
        }
    }

    /// The value of a key, where it is text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.properties.get(key)?.value.text()
    }

    /// Adds to the block of a key what is not in it, and lays the rest over it.
    pub(super) fn add_block(&mut self, key: Cow<'a, str>, property: Property<'a>) {
        match (self.properties.get_mut(&key), property.value) {
            (
                Some(Property {
                    value: Value::Block(held),
                    ..
                }),
                Value::Block(block),
            ) => {
                held.extend(block);
            }
            (_, value) => {
                self.properties.insert(key, Property { value, ..property });
            }
        }
    }
}

/// A property as a reader has it.
#[derive(Clone, Debug)]
pub struct Property<'a> {
    /// What it holds.
    pub value: Value<'a>,
    /// The line that it came from.
    pub at: At,
    /// Another spelling of the header sets the key too, and which of them holds changes from run to run.
    pub is_contested: bool,
}

impl<'a> Property<'a> {
    pub(super) fn new(value: impl Into<Value<'a>>, at: At) -> Self {
        Self {
            value: value.into(),
            at,
            is_contested: false,
        }
    }
}

/// A value as a reader has it.
#[derive(Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text; the lines of one that goes on are joined with LF.
    Text(Cow<'a, str>),
    /// A block of its own below the key.
    Block(Block<'a>),
}

/// The keys of a block, each with its text and its line.
pub type Block<'a> = IndexMap<Cow<'a, str>, (Cow<'a, str>, At)>;

impl Value<'_> {
    /// The text, where it is text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Block(_) => None,
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<Block<'a>> for Value<'a> {
    fn from(block: Block<'a>) -> Self {
        Self::Block(block)
    }
}

impl fmt::Debug for Value<'_> {
    /// Without the text: it may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Block(block) => f.debug_set().entries(block.keys()).finish(),
        }
    }
}

/// A reader's refusal of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which file, and the line that it stumbles over; none where the reader gives up on the file as a whole.
    pub file: File,
    /// That line; the first is 0.
    pub line: Option<u32>,
    /// Of which sort.
    pub reason: Reason,
    /// The reader's own words for it, without the file's path and the line.
    pub words: Cow<'static, str>,
}

/// Why a reader refuses a file: what is in the file, whichever words the reader has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// A byte that is not UTF-8.
    NotUtf8,
    /// Something stands before the first header that it knows.
    BeforeAnySection,
    /// A header without its bracket, or with text behind it.
    Header,
    /// A line without a separator.
    NoSeparator,
    /// Nothing before the separator.
    NoKey,
    /// An indented line with nothing above it to go on.
    NothingToGoOn,
    /// A line of a block that is no property.
    Block,
    /// A section for the second time.
    DuplicateSection,
    /// A key for the second time.
    DuplicateKey,
    /// A quote that nothing closes.
    Quote,
    /// An escape that is none.
    Escape,
    /// A name that would reach into the reader itself.
    Name,
}

impl Refusal {
    pub(super) fn new(at: At, reason: Reason, words: impl Into<Cow<'static, str>>) -> Self {
        Self {
            file: at.file,
            line: Some(at.line),
            reason,
            words: words.into(),
        }
    }
}
