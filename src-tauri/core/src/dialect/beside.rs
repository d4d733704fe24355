//! A reader's profiles beside the ones that Rolecall lists: which it has alike, which otherwise and in which keys, and
//! which it has not. What a reader takes out of somebody else's section is told by whose it is: keys below a header that
//! it does not know land in the section above, and then it signs as one profile with another one's keys.

use std::{borrow::Cow, collections::BTreeMap};

use super::{At, Reading, Refusal, Section, Value};
use crate::profiles::{Home, Profile, ProfileId, Property};

/// Keys that say whose keys are used: one of these out of another profile, and requests are signed as somebody else.
const GIVES_KEYS: [&str; 9] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "credential_process",
    "login_session",
    "role_arn",
    "source_profile",
    "sso_account_id",
    "sso_session",
    "web_identity_token_file",
];

/// What a reader makes of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has it as it is listed.
    Same,
    /// It does not read this file, in which the profile stands, or for its sake none at all.
    Refuses(Refusal),
    /// It lists the profile and refuses to use it, because of this line.
    Unusable(At),
    /// It has no such profile.
    Absent,
    /// It has other values.
    Differs {
        /// Key by key, in alphabetical order.
        differences: Vec<Difference>,
        /// The profile or section whose keys it would sign with.
        signs_with: Option<String>,
    },
}

/// What a reader makes of all profiles.
#[derive(Debug)]
pub struct Beside {
    /// It reads nothing at all, since it refuses a file.
    pub refusal: Option<Refusal>,
    /// The files that it takes for empty.
    pub passed_over: Vec<Refusal>,
    /// The profiles that it does not have as they are listed, by number; not those of a file that it does not read.
    otherwise: Vec<(ProfileId, Verdict)>,
}

/// One key.
#[derive(Clone, PartialEq, Eq)]
pub struct Difference {
    /// The key; of a block as `s3.max_queue_size`.
    pub key: String,
    /// What is listed; none where it is not set.
    pub here: Option<(String, At)>,
    /// What the reader has; none where it has nothing.
    pub there: Option<(String, At)>,
}

impl std::fmt::Debug for Difference {
    /// Without the values: they may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Difference({})", self.key)
    }
}

impl Beside {
    /// Lays a reading beside what is listed.
    pub fn of(home: &Home, reading: Result<Reading<'_>, Refusal>) -> Self {
        let reading = match reading {
            Ok(reading) => reading,
            Err(refusal) => {
                return Self {
                    refusal: Some(refusal),
                    passed_over: Vec::new(),
                    otherwise: Vec::new(),
                };
            }
        };
        let passed_over = |profile: Profile<'_>| {
            let mut refused = reading.passed_over.iter();
            refused.any(|refusal| profile.is_in(refusal.file))
        };
        let otherwise = home.profiles().filter_map(|profile| {
            let verdict = judge(home, profile, &reading);
            (verdict != Verdict::Same && !passed_over(profile)).then_some((profile.id, verdict))
        });
        Self {
            refusal: None,
            otherwise: otherwise.collect(),
            passed_over: reading.passed_over.clone(),
        }
    }

    /// What it makes of one.
    pub fn verdict(&self, profile: Profile<'_>) -> Verdict {
        let not_read = |refusal: &&Refusal| profile.is_in(refusal.file);
        let passed_over = || self.passed_over.iter().find(not_read);
        if let Some(refusal) = self.refusal.as_ref().or_else(passed_over) {
            return Verdict::Refuses(refusal.clone());
        }
        let found = self
            .otherwise
            .binary_search_by_key(&profile.id, |(id, _)| *id);
        found.map_or(Verdict::Same, |at| self.otherwise[at].1.clone())
    }
}

fn judge(home: &Home, profile: Profile<'_>, reading: &Reading<'_>) -> Verdict {
    if let Some(at) = reading.unusable.get(profile.name()) {
        return Verdict::Unusable(*at);
    }
    let listed = listed(profile);
    let Some(section) = reading.profiles.get(profile.name()) else {
        // A profile in which nothing is set is nothing to anybody.
        return if listed.is_empty() {
            Verdict::Same
        } else {
            Verdict::Absent
        };
    };
    let differences = differences(&listed, &held(section));
    if differences.is_empty() {
        return Verdict::Same;
    }
    let signs_with = differences.iter().find_map(|difference| {
        let (_, at) = difference.there.as_ref()?;
        let is_key = GIVES_KEYS.contains(&difference.key.as_str());
        is_key.then(|| whose(home, profile, *at)).flatten()
    });
    Verdict::Differs {
        differences,
        signs_with,
    }
}

type Values<'a> = BTreeMap<Cow<'a, str>, (Cow<'a, str>, At)>;

/// What is listed, by keys in small letters. What is set to nothing is not set.
fn listed(profile: Profile<'_>) -> Values<'_> {
    let mut values = Values::new();
    for Property { key, value, place } in profile.properties() {
        let at = At {
            file: place.file,
            line: place.line,
        };
        let key = match key {
            Cow::Borrowed(key) if !key.bytes().any(|byte| byte.is_ascii_uppercase()) => key.into(),
            key => Cow::Owned(key.to_ascii_lowercase()),
        };
        values.insert(key, (value, at));
    }
    values.retain(|_, (value, _)| !value.is_empty());
    values
}

/// What the reader has, blocks by their keys.
fn held<'a>(section: &'a Section<'_>) -> Values<'a> {
    let mut values = Values::new();
    for (key, property) in &section.properties {
        match &property.value {
            Value::Text(text) => {
                values.insert(key.as_ref().into(), (text.as_ref().into(), property.at));
            }
            Value::Block(block) => {
                for (inner, (text, at)) in block {
                    values.insert(format!("{key}.{inner}").into(), (text.as_ref().into(), *at));
                }
            }
        }
    }
    values.retain(|_, (value, _)| !value.is_empty());
    values
}

fn differences(listed: &Values<'_>, held: &Values<'_>) -> Vec<Difference> {
    let owned = |value: &(Cow<'_, str>, At)| (value.0.clone().into_owned(), value.1);
    let missing = listed.iter().filter_map(|(key, here)| {
        let there = held.get(key);
        let is_same = there.is_some_and(|there| there.0 == here.0) || is_whole(key, held);
        (!is_same).then(|| Difference {
            key: key.to_string(),
            here: Some(owned(here)),
            there: there.map(owned),
        })
    });
    let more = held.iter().filter_map(|(key, there)| {
        let is_listed = listed.contains_key(key) || listed.contains_key(&*key.to_ascii_lowercase());
        (!is_listed && !is_block(key, there, listed)).then(|| Difference {
            key: key.to_string(),
            here: None,
            there: Some(owned(there)),
        })
    });
    let mut all: Vec<_> = missing.chain(more).collect();
    all.sort_by(|one, other| one.key.cmp(&other.key));
    all
}

/// Some readers give a block as one text, for whoever asks to take apart.
fn is_whole(key: &str, held: &Values<'_>) -> bool {
    let block = key.split_once('.').and_then(|(block, _)| held.get(block));
    block.is_some_and(|(text, _)| text.starts_with('\n'))
}

fn is_block(key: &str, (text, _): &(Cow<'_, str>, At), listed: &Values<'_>) -> bool {
    let inner = |listed: &Cow<'_, str>| {
        let rest = listed.strip_prefix(key);
        rest.is_some_and(|rest| rest.starts_with('.'))
    };
    text.starts_with('\n') && listed.keys().any(inner)
}

/// Whose line this is, when it is not this profile's: another one's, or that of a header that is no profile's.
pub fn whose(home: &Home, profile: Profile<'_>, at: At) -> Option<String> {
    // Sections stand in the order of the files, so that many leaks cost no more than a look each.
    let place = (at.file, at.line);
    let sections = home.sections();
    let behind = sections.partition_point(|section| (section.file, section.place.line) <= place);
    let section = sections[..behind].last()?;
    if section.file != at.file || section.profile == Some(profile.id) {
        return None;
    }
    Some(match section.profile {
        Some(other) => home.profile(other).name().to_owned(),
        None => home.text(section.place).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Engine, Files},
        *,
    };
    use crate::document::Document;

    fn judged(engine: Engine, config: &str, credentials: &str) -> Vec<(String, Verdict)> {
        let document = |text: &str| Some(Document::parse(text.as_bytes().to_vec()));
        let home = Home::read(document(config), document(credentials));
        let files = Files {
            config: home.document(crate::profiles::File::Config),
            credentials: home.document(crate::profiles::File::Credentials),
        };
        let beside = Beside::of(&home, engine.read(files));
        let judged = |profile: Profile<'_>| (profile.name().to_owned(), beside.verdict(profile));
        home.profiles().map(judged).collect()
    }

    fn keys(verdict: &Verdict) -> Vec<String> {
        let Verdict::Differs { differences, .. } = verdict else {
            panic!("{verdict:?}");
        };
        let text =
            |value: &Option<(String, At)>| value.as_ref().map_or("", |value| &value.0).to_owned();
        let one = |it: &Difference| format!("{}: {} | {}", it.key, text(&it.here), text(&it.there));
        differences.iter().map(one).collect()
    }

    #[test]
    fn what_the_common_subset_says_every_reader_has_alike() {
        let config = "[default]\nregion = eu-west-1\n\n[profile a]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = default\ns3 =\n  max_queue_size = 5\n";
        let credentials = "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
        for engine in Engine::ALL {
            let judged = judged(engine, config, credentials);
            // rust-ini knows no blocks.
            if engine != Engine::RustIni {
                let is_same = |(_, verdict): &(String, Verdict)| *verdict == Verdict::Same;
                assert!(judged.iter().all(is_same), "{engine:?}: {judged:?}");
            }
        }
    }

    #[test]
    fn keys_below_a_header_that_is_not_seen_are_told_by_whose_they_are() {
        let credentials = "[a]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY\n[b\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
        for engine in [Engine::Js, Engine::Go] {
            let judged = judged(engine, "", credentials);
            let (name, verdict) = &judged[0];
            let Verdict::Differs { signs_with, .. } = verdict else {
                panic!("{verdict:?}");
            };
            assert_eq!((name.as_str(), signs_with.as_deref()), ("a", Some("b")));
            assert_eq!(judged[1], ("b".into(), Verdict::Absent));
        }
        for (engine, line) in [(Engine::Botocore, 4), (Engine::Rust, 3), (Engine::Java, 3)] {
            for (name, verdict) in judged(engine, "", credentials) {
                let Verdict::Refuses(refusal) = verdict else {
                    panic!("{name}: {verdict:?}");
                };
                assert_eq!(refusal.line, Some(line), "{engine:?}");
            }
        }
    }

    #[test]
    fn another_value_stands_beside_the_listed_one() {
        let judged = judged(
            Engine::Botocore,
            "[profile a]\nregion = eu-west-1 # home\n",
            "",
        );
        assert_eq!(keys(&judged[0].1), ["region: eu-west-1 | eu-west-1 # home"]);
        let judged = super::tests::judged(Engine::Js, "[profile a]\nRegion = eu-west-1\n", "");
        assert_eq!(keys(&judged[0].1), ["region: eu-west-1 | "]);
    }
}
