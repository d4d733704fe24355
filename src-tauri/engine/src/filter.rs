//! What a person types above a list. Words must all match; a word with a known prefix and a colon narrows one thing.
//! Both shells use this one: the window's field and `rolecall list FILTER`.

use rolecall_core::{
    profiles::{File, Profile},
    status::Status,
};

use crate::{
    snapshot::Snapshot,
    view,
    words::{account_id, role},
};

/// A filter, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    conditions: Vec<Condition>,
    /// What is not known, as a sentence.
    pub hint: Option<String>,
}

#[derive(Debug, PartialEq, Eq)]
enum Condition {
    Word(String),
    Is(Status),
    Pinned,
    Source(String),
    Account(String),
    Role(String),
    Region(String),
    File(String),
}

impl Filter {
    /// Takes a filter apart. Never fails: what is not known is told in `hint` and matches as a plain word.
    pub(crate) fn parse(text: &str) -> Self {
        let mut filter = Self::default();
        for word in text.split_whitespace() {
            let word = word.to_lowercase();
            let condition = match word.split_once(':') {
                Some(("is", "pinned")) => Condition::Pinned,
                Some(("is", value)) => {
                    match status(value) {
                        Some(status) => Condition::Is(status),
                        None => {
                            filter.hint =
                            Some("is: knows broken, warning, ended, unchecked, connected and pinned.".into());
                            continue;
                        }
                    }
                }
                Some(("source", value)) => Condition::Source(value.into()),
                Some(("account", value)) => {
                    Condition::Account(value.chars().filter(|c| *c != '-').collect())
                }
                Some(("role", value)) => Condition::Role(value.into()),
                Some(("region", value)) => Condition::Region(value.into()),
                Some(("file", value)) => Condition::File(value.into()),
                _ => Condition::Word(word),
            };
            filter.conditions.push(condition);
        }
        filter
    }

    /// Whether a profile answers it.
    pub(crate) fn matches(&self, snapshot: &Snapshot, profile: Profile<'_>) -> bool {
        self.conditions
            .iter()
            .all(|condition| condition.holds(snapshot, profile))
    }
}

impl Condition {
    fn holds(&self, snapshot: &Snapshot, profile: Profile<'_>) -> bool {
        let value = |key| {
            profile
                .get(key)
                .map(|property| property.value.to_lowercase())
        };
        match self {
            Self::Word(word) => {
                snapshot.search()[profile.id.0 as usize].contains(word.as_str())
                    || in_file(profile, word)
            }
            Self::Is(status) => snapshot.status(profile).0 == *status,
            Self::Pinned => snapshot.is_pinned(profile),
            Self::Source(wanted) => {
                view::Source::from(profile.source())
                    .name()
                    .to_lowercase()
                    .starts_with(wanted.as_str())
                    || profile
                        .portal()
                        .is_some_and(|portal| portal.name.to_lowercase() == *wanted)
                    || value("source_profile").is_some_and(|source| source == *wanted)
            }
            Self::Account(wanted) => {
                account_id(profile).is_some_and(|account| account.contains(wanted.as_str()))
            }
            Self::Role(wanted) => {
                role(profile).is_some_and(|role| role.to_lowercase().contains(wanted.as_str()))
            }
            Self::Region(wanted) => {
                value("region").is_some_and(|region| region.contains(wanted.as_str()))
            }
            Self::File(wanted) => in_file(profile, wanted),
        }
    }
}

fn in_file(profile: Profile<'_>, name: &str) -> bool {
    File::BOTH
        .into_iter()
        .any(|file| file.name() == name && profile.is_in(file))
}

fn status(word: &str) -> Option<Status> {
    Some(match word {
        "broken" => Status::Broken,
        "warning" => Status::Warning,
        "ended" => Status::Ended,
        "unchecked" => Status::Unchecked,
        "connected" => Status::Connected,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::answers::tests::snapshot;

    fn names(filter: &str) -> Vec<String> {
        let snapshot = snapshot(
            "[profile lambda-dev]\nrole_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = base\nregion = eu-west-1\n\
             [profile web]\nsso_session = acme\nsso_account_id = 012345678901\nsso_role_name = ReadOnly\n[sso-session acme]\n",
            "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n",
        );
        let filter = super::Filter::parse(filter);
        let found = snapshot
            .home()
            .profiles()
            .filter(|profile| filter.matches(&snapshot, *profile));
        found.map(|profile| profile.name().to_owned()).collect()
    }

    #[test]
    fn plain_words_look_in_name_account_role_region_and_key() {
        assert_eq!(names("LAMBDA"), ["lambda-dev"]);
        assert_eq!(names("1111"), ["lambda-dev"]);
        assert_eq!(names("readonly"), ["web"]);
        assert_eq!(names("eu-west"), ["lambda-dev"]);
        assert_eq!(names("mple"), ["base"]);
        assert_eq!(
            names("lambda deploy eu"),
            ["lambda-dev"],
            "all words must match"
        );
        assert_eq!(names("lambda readonly"), [""; 0]);
        assert_eq!(names(""), ["lambda-dev", "web", "base"]);
    }

    #[test]
    fn tokens_narrow_one_thing() {
        assert_eq!(names("account:0123-4567"), ["web"]);
        assert_eq!(names("source:sso"), ["web"]);
        assert_eq!(names("source:acme"), ["web"]);
        assert_eq!(names("source:base"), ["lambda-dev"]);
        assert_eq!(names("is:unchecked file:credentials"), ["base"]);
        assert_eq!(names("role:deploy region:eu"), ["lambda-dev"]);
    }

    #[test]
    fn an_unknown_state_is_told_and_narrows_nothing() {
        assert_eq!(names("is:fine web"), ["web"]);
        assert!(super::Filter::parse("is:fine").hint.is_some());
    }
}
