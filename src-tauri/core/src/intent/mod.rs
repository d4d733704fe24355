//! What a person wants changed, in the words of profiles instead of lines: set a value, add, rename, move, remove. An
//! intent is carried out on whatever the files hold at that moment, and comes to edits, as a fix does; so it can be
//! shown before it is written, and done again when another program was quicker.
//!
//! What is written is the subset that every SDK reads alike, in the way the file itself is written; a name or value
//! outside of it is refused with the reason. The home may be masked: nothing here needs a secret's text.

mod add;
mod comment;
mod remove;
mod rename;
mod set;
mod style;
mod words;

use crate::{
    edit::Edit,
    profiles::{File, Home, Section},
};

pub use words::{check_key, check_name, check_value};

/// Something that a person wants changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// One property gets a value; the section is made where it is missing.
    Set {
        /// Whose.
        section: Named,
        /// In this file; else where it stands, or where it belongs.
        file: Option<File>,
        /// Which; nested ones with a dot.
        key: String,
        /// Its new value.
        value: String,
    },
    /// One property goes.
    Unset {
        /// Whose.
        section: Named,
        /// From this file; else from each in which it stands.
        file: Option<File>,
        /// Which; nested ones with a dot.
        key: String,
    },
    /// A section that is not there yet.
    Add {
        /// What it is called.
        section: Named,
        /// Its properties, in this order.
        properties: Vec<(String, String)>,
        /// All of them in this file; else each where it belongs.
        file: Option<File>,
    },
    /// Many sections that are not there yet, in one place: thousands cost as much as one.
    AddAll {
        /// What each is called, with its properties in this order.
        sections: Vec<(Named, Vec<(String, String)>)>,
    },
    /// Several that have nothing to do with each other, each as the files are before any of them.
    Together(Vec<Intent>),
    /// A line that no tool reads, below the properties of a section that is there.
    Comment {
        /// Whose.
        section: Named,
        /// The line without its sign; one line.
        text: String,
    },
    /// A profile gets another name, and so does every line that names it.
    Rename {
        /// Its name.
        profile: String,
        /// Its new name.
        to: String,
    },
    /// A profile once more under another name.
    Duplicate {
        /// Its name.
        profile: String,
        /// The name of the copy.
        to: String,
    },
    /// A profile's properties go into the other file.
    Move {
        /// Its name.
        profile: String,
        /// There they all stand then.
        to: File,
    },
    /// A section goes, with its lines.
    Remove {
        /// Which.
        section: Named,
    },
    /// What one profile has and the other lacks goes into the other, which stays as it is else; who starts from the one
    /// starts from the other; the one goes.
    Merge {
        /// The profile that goes.
        profile: String,
        /// The profile that stays.
        into: String,
    },
}

/// A section by what it is and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Named {
    /// A profile, in both files.
    Profile(String),
    /// A portal: `[sso-session name]`.
    SsoSession(String),
}

/// Why an intent is not carried out. Nothing has been changed then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such section.
    Missing(Named),
    /// There is one of this name already.
    Taken(Named),
    /// The section has no such property, or not in that file.
    NotSet {
        /// The property.
        key: String,
    },
    /// Not every SDK reads such a name.
    Name {
        /// The name.
        name: String,
        /// What is wrong with it, as the end of a sentence.
        because: &'static str,
    },
    /// Not every SDK reads such a value as it is meant.
    Value {
        /// The property.
        key: String,
        /// What is wrong with it, as the end of a sentence.
        because: &'static str,
    },
    /// A nested property below one that has a value: some SDKs would read it as more of that value.
    HasValue {
        /// The one above.
        key: String,
    },
    /// One key is given two values.
    Twice {
        /// The key.
        key: String,
    },
    /// This is no key that can be written.
    Key {
        /// The key.
        key: String,
    },
    /// There is nothing that it would change.
    Same,
}

impl Intent {
    /// What has to be changed for it, as the files are.
    ///
    /// # Errors
    /// Why it is not carried out.
    pub fn edits(&self, home: &Home) -> Result<Vec<Edit>, Refusal> {
        let edits = match self {
            Self::Set {
                section,
                file,
                key,
                value,
            } => set::set(home, section, *file, key, value),
            Self::Unset { section, file, key } => set::unset(home, section, *file, key),
            Self::Add {
                section,
                properties,
                file,
            } => add::add(home, section, properties, *file),
            Self::AddAll { sections } => add::add_all(home, sections),
            Self::Together(intents) => {
                let edits = intents.iter().map(|intent| intent.edits(home));
                edits.collect::<Result<Vec<_>, _>>().map(|all| all.concat())
            }
            Self::Comment { section, text } => comment::comment(home, section, text),
            Self::Rename { profile, to } => rename::rename(home, profile, to),
            Self::Duplicate { profile, to } => add::duplicate(home, profile, to),
            Self::Move { profile, to } => remove::move_to(home, profile, *to),
            Self::Remove { section } => remove::remove(home, section),
            Self::Merge { profile, into } => remove::merge(home, profile, into),
        }?;
        if edits.is_empty() {
            return Err(Refusal::Same);
        }
        Ok(edits)
    }
}

impl Named {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Profile(name) | Self::SsoSession(name) => name,
        }
    }

    /// Whether it has this comment already.
    pub fn has_comment(&self, home: &Home, text: &str) -> bool {
        comment::is_there(home, self, text)
    }

    /// Its sections, in the order of the files; none when it is not there.
    fn sections<'a>(&self, home: &'a Home) -> Vec<&'a Section> {
        match self {
            Self::Profile(name) => home
                .named_profile(name)
                .map(|profile| profile.sections().collect())
                .unwrap_or_default(),
            Self::SsoSession(name) => home
                .sso_sessions()
                .iter()
                .filter(|session| *session.name == **name)
                .map(|session| home.section(session.section))
                .collect(),
        }
    }

    /// Its sections.
    ///
    /// # Errors
    /// When it has none.
    fn known<'a>(&self, home: &'a Home) -> Result<Vec<&'a Section>, Refusal> {
        let sections = self.sections(home);
        if sections.is_empty() {
            return Err(Refusal::Missing(self.clone()));
        }
        Ok(sections)
    }

    /// That nothing is called so yet, and that every SDK reads the name.
    ///
    /// # Errors
    /// When it is not so.
    fn free(&self, home: &Home) -> Result<(), Refusal> {
        check_name(self.name())?;
        if self.sections(home).is_empty() {
            Ok(())
        } else {
            Err(Refusal::Taken(self.clone()))
        }
    }

    /// What stands between the brackets.
    fn header(&self, file: File) -> String {
        match (self, file) {
            (Self::SsoSession(name), _) => format!("sso-session {name}"),
            (Self::Profile(name), File::Credentials) => name.clone(),
            (Self::Profile(name), File::Config) if name == "default" => name.clone(),
            (Self::Profile(name), File::Config) => format!("profile {name}"),
        }
    }

    /// The file that a property of it belongs in when nothing says otherwise: keys into credentials, as `aws configure`
    /// has it.
    fn home_of(&self, key: &str) -> File {
        const KEYS: [&str; 4] = [
            "aws_access_key_id",
            "aws_secret_access_key",
            "aws_session_token",
            "aws_security_token",
        ];
        match self {
            Self::Profile(_) if KEYS.contains(&key) => File::Credentials,
            Self::Profile(_) | Self::SsoSession(_) => File::Config,
        }
    }
}

#[cfg(test)]
mod tests;
