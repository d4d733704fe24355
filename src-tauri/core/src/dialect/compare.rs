//! One profile as Rolecall lists it beside the same profile as one reader has it: who reads it the same, who reads it
//! differently, who does not see it, who refuses the file. The worst of it, keys that belong to another profile, is told
//! by that profile's name.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{At, Files, Property, Reading, Reason, Refusal, Section, Value};
use crate::profiles::{File, Home, Profile};

impl<'a> From<&'a Home> for Files<'a> {
    fn from(home: &'a Home) -> Self {
        Self {
            config: home.document(File::Config),
            credentials: home.document(File::Credentials),
        }
    }
}

/// How a reader sees a profile.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    /// As Rolecall lists it.
    Same,
    /// Some keys are others.
    Differs(Vec<Difference>),
    /// It knows no profile of this name.
    Absent,
    /// It refuses a file that the profile stands in, or passes over it.
    Refused(Refusal),
}

/// A key that a reader has otherwise.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// In small letters; one of a block as `s3.max_queue_size`.
    pub key: String,
    /// What Rolecall lists; none where it lists nothing for the key.
    pub here: Option<Held>,
    /// What the reader holds; none where it holds nothing, or nothing but an empty value.
    pub there: Option<Held>,
    /// The profile that the reader's line belongs to, where it is another one: its key leaked into this profile.
    pub of: Option<String>,
    /// What it holds changes from run to run.
    pub is_random: bool,
}

/// A value and its line. It may be a secret, so it has no `Debug` of its own text.
#[derive(PartialEq, Eq)]
pub struct Held {
    /// The value.
    pub text: String,
    /// Where it stands.
    pub at: At,
}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Held({} bytes at {:?})", self.text.len(), self.at)
    }
}

/// Lays a profile beside what a reader made of the files.
pub fn compare(home: &Home, profile: Profile<'_>, read: &Result<Reading<'_>, Refusal>) -> Seen {
    let reading = match read {
        Ok(reading) => reading,
        Err(refusal) => return Seen::Refused(refusal.clone()),
    };
    let passed_over = reading.passed_over.iter();
    if let Some(refusal) = passed_over
        .into_iter()
        .find(|refusal| profile.is_in(refusal.file))
    {
        return Seen::Refused(refusal.clone());
    }
    if let Some(at) = reading.unusable.get(profile.name()) {
        let words = format!("partial credentials found for profile {}", profile.name());
        return Seen::Refused(Refusal::new(*at, Reason::HalfAPair, words));
    }
    let Some(section) = reading.profiles.get(profile.name()) else {
        return Seen::Absent;
    };
    let differences = differences(home, profile, section);
    if differences.is_empty() {
        Seen::Same
    } else {
        Seen::Differs(differences)
    }
}

fn differences(home: &Home, profile: Profile<'_>, section: &Section<'_>) -> Vec<Difference> {
    let here = listed(profile);
    let there = held(section);
    let keys: BTreeSet<&String> = here.keys().chain(there.keys()).collect();
    let mut differences = Vec::new();
    for key in keys {
        let (ours, theirs) = (here.get(key), there.get(key));
        if ours.map(|(text, _)| text.as_ref()) == theirs.map(|(text, ..)| *text) {
            continue;
        }
        // A key in capitals is told once: that the reader does not know it under its name.
        if ours.is_none() && *key != key.to_lowercase() && here.contains_key(&key.to_lowercase()) {
            continue;
        }
        differences.push(Difference {
            key: key.clone(),
            here: ours.map(|(text, at)| Held {
                text: text.to_string(),
                at: *at,
            }),
            there: theirs.map(|(text, at, _)| Held {
                text: text.to_string(),
                at: *at,
            }),
            of: theirs.and_then(|(_, at, _)| owner(home, profile, *at)),
            is_random: theirs.is_some_and(|(.., is_random)| *is_random),
        });
    }
    differences
}

/// What Rolecall lists, by keys in small letters; what is set to nothing counts as not set.
fn listed(profile: Profile<'_>) -> BTreeMap<String, (Cow<'_, str>, At)> {
    let mut listed = BTreeMap::new();
    for property in profile.properties() {
        let at = At {
            file: property.place.file,
            line: property.place.line,
        };
        listed.insert(property.key.to_lowercase(), (property.value, at));
    }
    listed.retain(|_, (value, _)| !value.is_empty());
    listed
}

/// What a reader holds. Keys keep their case, those of a block don't: their readers ask in any.
fn held<'s>(section: &'s Section<'_>) -> BTreeMap<String, (&'s str, At, bool)> {
    let mut held = BTreeMap::new();
    for (key, property) in &section.properties {
        let Property {
            value,
            at,
            is_contested,
        } = property;
        match value {
            Value::Block(block) => {
                for (sub, (text, at)) in block {
                    held.insert(of_block(key, sub), (text.as_ref(), *at, *is_contested));
                }
            }
            // A block as text: Rust and Java take it apart where they use it.
            Value::Text(text) if text.starts_with('\n') => {
                for line in text.lines() {
                    if let Some((sub, text)) = line.split_once('=') {
                        held.insert(of_block(key, sub.trim()), (text.trim(), *at, *is_contested));
                    }
                }
            }
            Value::Text(text) => {
                let key = match key.split_once('.') {
                    Some((key, sub)) => of_block(key, sub),
                    None => key.to_string(),
                };
                held.insert(key, (text.as_ref(), *at, *is_contested));
            }
        }
    }
    held.retain(|_, (text, ..)| !text.is_empty());
    held
}

fn of_block(key: &str, sub: &str) -> String {
    format!("{key}.{}", sub.to_lowercase())
}

/// The other profile that a line belongs to.
fn owner(home: &Home, profile: Profile<'_>, at: At) -> Option<String> {
    // Sections stand in the order of the files, so that many leaks cost no more than a look each.
    let sections = home.sections();
    let behind = sections
        .partition_point(|section| (section.file, section.place.line) <= (at.file, at.line));
    let section = sections[..behind]
        .last()
        .filter(|section| section.file == at.file)?;
    let owner = section.profile.filter(|owner| *owner != profile.id)?;
    Some(home.profile(owner).name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dialect::Engine, document::Document};

    /// What each engine makes of profile `a`, in a word and the keys that differ.
    fn seen(config: &str) -> Vec<String> {
        let home = Home::read(Some(Document::parse(config.as_bytes().to_vec())), None);
        let profile = home.named_profile("a").expect("profile a");
        let word = |engine: Engine| match compare(&home, profile, &engine.read((&home).into())) {
            Seen::Same => "same".to_owned(),
            Seen::Absent => "absent".to_owned(),
            Seen::Refused(refusal) => format!("refused on {:?}", refusal.line.map(|line| line + 1)),
            Seen::Differs(differences) => {
                let keys = differences.iter().map(|difference| {
                    let of = difference.of.as_deref().map(|of| format!(" of {of}"));
                    format!("{}{}", difference.key, of.unwrap_or_default())
                });
                keys.collect::<Vec<_>>().join(", ")
            }
        };
        Engine::ALL.into_iter().map(word).collect()
    }

    #[test]
    fn a_plain_profile_is_the_same_for_all() {
        let text = "[profile a]\nregion = eu-west-1\ns3 =\n  max_queue_size = 5\n";
        assert_eq!(seen(text)[..5], ["same"; 5]);
    }

    #[test]
    fn keys_that_leak_from_another_profile_are_told_by_its_name() {
        let text = "[profile a]\nregion = x\n[profile b\naws_access_key_id = B\naws_secret_access_key = s\n";
        let leaked = "aws_access_key_id of b, aws_secret_access_key of b";
        let [botocore, js, go, java, rust, rust_ini] = seen(text).try_into().expect("six");
        assert_eq!([js, go], [leaked, leaked]);
        assert_eq!([botocore, java, rust], ["refused on Some(3)"; 3]);
        assert!(rust_ini.starts_with("refused"));
    }

    #[test]
    fn a_key_in_capitals_and_a_comment_in_a_value_differ_for_some() {
        let text = "[profile a]\nRegion = x\noutput = json # the usual\n";
        let [botocore, js, go, java, rust, _] = seen(text).try_into().expect("six");
        assert_eq!(botocore, "output");
        assert_eq!([js, java], ["region", "region"]);
        assert_eq!([go, rust], ["same", "same"]);
    }
}
