//! The JSON documents of the command. Their keys are a contract (`docs/cli.md`).

use std::collections::HashSet;

use rolecall_core::{
    Purpose, Secret,
    dialect::rust_ini::IniProperty,
    profiles::{
        End, File, Profile, Property,
        keys::{KnownKey, ReadBy, Showing, known},
    },
};
use serde::Serialize;

use super::chain::missing;
use crate::{
    Failure,
    filter::Filter,
    snapshot::Snapshot,
    view::{
        Account, AccountsDocument, ChainDocument, ChainEnd, CheckDocument, CheckedFix,
        CheckedProblem, Hop, ListDocument, ListedAccount, ListedProfile, ShowDocument, Shown,
        ShownValue, Step, UsedAccount, Value,
    },
    words,
};

/// `rolecall read --as rust-ini --json`: each file as the engine has it, nothing merged.
#[derive(Serialize)]
pub struct ReadDocument {
    /// The engine's name.
    pub engine: &'static str,
    /// What it reads in config; null when there is no file.
    pub config: Option<ReadFile>,
    /// What it reads in credentials; null when there is no file.
    pub credentials: Option<ReadFile>,
}

/// One file as an engine has it.
#[derive(Serialize)]
#[serde(untagged)]
pub enum ReadFile {
    /// Its sections, in order.
    Read {
        /// Always true.
        ok: bool,
        /// Name and properties, in order.
        sections: Vec<ReadSection>,
    },
    /// It refuses the file.
    Refused {
        /// Always false.
        ok: bool,
        /// Its own words.
        error: String,
    },
}

/// A section as an engine has it.
#[derive(Serialize)]
pub struct ReadSection {
    /// Its name; null for what stands before the first header.
    pub section: Option<String>,
    /// Keys and values; a secret that was not asked for as bullets.
    pub properties: Vec<(String, String)>,
}

pub(super) const BULLETS: &str = "••••••••";

impl Snapshot {
    /// The accounts, by name, and what is in use.
    pub fn accounts_document(&self) -> AccountsDocument {
        let connections = self.connections();
        let name = |id| {
            let mut accounts = connections.accounts.iter();
            accounts.find(|account| account.id == id)
        };
        let in_use = connections.in_use.as_ref().and_then(|in_use| {
            Some(UsedAccount {
                account: name(in_use.account)?.form.name.clone(),
                role: in_use.role.as_ref().map(|role| role.name.clone()),
                region: in_use.region.clone(),
            })
        });
        let failures = connections.failure.into_iter();
        let failures: Vec<_> = failures.chain(self.failures().map(Failure::view)).collect();
        AccountsDocument {
            accounts: connections
                .accounts
                .into_iter()
                .map(listed_account)
                .collect(),
            in_use,
            failure: failures.first().cloned(),
            failures,
        }
    }

    /// Every profile that answers the filter, by name.
    pub fn list_document(&self, filter: &str) -> (ListDocument, Option<String>) {
        let filter = Filter::parse(filter);
        let mut rules = vec![Vec::new(); self.home().profiles().len()];
        for problem in &self.problems {
            for id in &problem.profiles {
                let rules: &mut Vec<String> = &mut rules[id.0 as usize];
                if !rules.iter().any(|rule| rule == problem.rule.name) {
                    rules.push(problem.rule.name.to_owned());
                }
            }
        }
        let profiles = self.by_name.iter().map(|id| self.home().profile(*id));
        let profiles = profiles
            .filter(|profile| filter.matches(self, *profile))
            .map(|profile| ListedProfile {
                name: profile.name().to_owned(),
                source: profile.source().into(),
                status: self.status(profile).0.into(),
                region: text(profile, "region"),
                account_id: words::account_id(profile),
                role_arn: text(profile, "role_arn"),
                files: File::BOTH
                    .into_iter()
                    .filter(|file| profile.is_in(*file))
                    .map(Into::into)
                    .collect(),
                problems: std::mem::take(&mut rules[profile.id.0 as usize]),
            });
        let profiles = profiles.collect();
        let failures: Vec<_> = self.failures().map(Failure::view).collect();
        let document = ListDocument {
            profiles,
            problems: self.counts().problems,
            failure: failures.first().cloned(),
            failures,
        };
        (document, filter.hint)
    }

    /// Every key of a profile.
    ///
    /// # Errors
    /// `notFound`.
    pub fn show_document(&self, name: &str, reveal: bool) -> Result<ShowDocument, Failure> {
        let profile = self.named(name)?;
        let (status, reason) = self.status(profile);
        let problems = self.problems_of(profile);
        let values = self
            .values(profile)
            .into_iter()
            .map(|(value, property)| shown_value(value, &property, reveal));
        Ok(ShowDocument {
            name: profile.name().to_owned(),
            source: profile.source().into(),
            status: status.into(),
            reason: self.reason(profile, reason),
            ends_at: self
                .session(profile)
                .and_then(|(_, fact)| fact.ends_at)
                .map(|at| at.to_string()),
            values: values.collect(),
            problems: problems
                .iter()
                .map(|problem| problem.rule.clone())
                .collect(),
            sentences: problems
                .into_iter()
                .map(|problem| problem.message)
                .collect(),
        })
    }

    /// From the profile to where its keys come from.
    ///
    /// # Errors
    /// `notFound`.
    pub fn chain_document(&self, name: &str) -> Result<ChainDocument, Failure> {
        let profile = self.named(name)?;
        let hops = profile.hops(usize::MAX);
        let (end, missing) = match profile.chain_end() {
            End::Complete { .. } => (ChainEnd::Complete, None),
            End::Loop { .. } => (ChainEnd::Loop, None),
            End::Missing { last } => (ChainEnd::Missing, missing(self.home().profile(last))),
        };
        let base = hops.len() - 1;
        let hops = hops.into_iter().enumerate().map(|(at, hop)| {
            // As a source, a profile with keys is used for them, whatever role it names.
            let by_own_keys = at > 0 && at == base && hop.has_own_keys();
            let via = if by_own_keys {
                own_keys(hop)
            } else {
                hop.source().into()
            };
            let role_arn = if by_own_keys {
                None
            } else {
                text(hop, "role_arn")
            };
            Hop {
                profile: hop.name().to_owned(),
                via,
                role_arn,
            }
        });
        Ok(ChainDocument {
            hops: hops.collect(),
            end,
            missing,
        })
    }

    /// The same for reading: from where the keys come from to the profile, and in one sentence.
    ///
    /// # Errors
    /// `notFound`.
    pub fn chain_steps(&self, name: &str) -> Result<(Vec<Step>, String), Failure> {
        let chain = self.chain_view(self.named(name)?);
        Ok((chain.steps, chain.sentence))
    }

    /// Every problem, in the order of the files.
    pub fn check_document(&self) -> CheckDocument {
        let problems = self.problems.iter().map(|problem| {
            let place = problem.places[0];
            let column = |at: u32| {
                let line = self.home().document(place.file).and_then(|document| {
                    let line = document.lines().get(place.line as usize)?;
                    let before = rolecall_core::document::Span {
                        start: line.span.start,
                        end: at.max(line.span.start),
                    };
                    Some(document.text(before).chars().count())
                });
                u32::try_from(line.unwrap_or(0))
                    .unwrap_or(u32::MAX)
                    .saturating_add(1)
            };
            CheckedProblem {
                rule: problem.rule.name.to_owned(),
                severity: problem.severity.into(),
                file: place.file.into(),
                line: place.line + 1,
                column: column(place.span.start),
                end_line: place.line + 1,
                end_column: column(place.span.end),
                message: problem.message.clone(),
                fixes: problem
                    .fixes
                    .iter()
                    .map(|fix| CheckedFix {
                        title: fix.title.clone(),
                        safety: fix.safety.into(),
                    })
                    .collect(),
            }
        });
        let failures: Vec<_> = self.failures().map(Failure::view).collect();
        CheckDocument {
            problems: problems.collect(),
            failure: failures.first().cloned(),
            failures,
        }
    }

    /// Both files as rust-ini has them.
    pub fn read_document(&self, reveal: bool) -> ReadDocument {
        let [config, credentials] = File::BOTH.map(|file| self.read_file(file, reveal));
        ReadDocument {
            engine: "rust-ini",
            config,
            credentials,
        }
    }

    fn read_file(&self, file: File, reveal: bool) -> Option<ReadFile> {
        // What the canonical reading hides is hidden in this one too, wherever the engine puts it: it joins lines.
        let document = self.home().document(file)?;
        let hidden: HashSet<_> = self
            .secrets(file)
            .iter()
            .map(|span| document.text(*span))
            .collect();
        let shown = |text: &str| {
            if reveal {
                text.to_owned()
            } else {
                without(text, |part| hidden.contains(part))
            }
        };
        let property = |IniProperty { key, value, .. }: &IniProperty| {
            let is_secret = known(key.trim()).is_some_and(|known| known.showing == Showing::Secret);
            (
                shown(key),
                if is_secret && !reveal {
                    BULLETS.to_owned()
                } else {
                    shown(value)
                },
            )
        };
        Some(match self.ini(file)? {
            Err(refusal) => ReadFile::Refused {
                ok: false,
                error: refusal.words.to_string(),
            },
            Ok(ini) => {
                let sections = ini.sections.iter().map(|section| ReadSection {
                    section: section.name.clone(),
                    properties: section.properties.iter().map(property).collect(),
                });
                ReadFile::Read {
                    ok: true,
                    sections: sections.collect(),
                }
            }
        })
    }
}

fn listed_account(account: Account) -> ListedAccount {
    ListedAccount {
        name: account.form.name,
        profile: account.form.profile,
        role: account.form.role,
        region: account.region,
        endpoint: account.endpoint,
        label: account.form.label,
        status: account.status,
        reason: account.reason,
        key_id: account.key_id,
        account_id: account.account_id,
        unswitched: account.unswitched,
    }
}

fn shown_value(value: Value, property: &Property<'_>, reveal: bool) -> ShownValue {
    let secret = value.shown == Shown::Hidden;
    let text = match value.shown {
        Shown::Text { text } if !reveal => Some(text),
        _ if reveal => Some(
            Secret::new(property.value.clone().into_owned()).expose(Purpose::Reveal, str::to_owned),
        ),
        _ => None,
    };
    ShownValue {
        value: text,
        secret,
        file: value.place.file,
        line: value.place.line,
        read_by: known(&value.key)
            .into_iter()
            .flat_map(KnownKey::read_by)
            .map(ReadBy::name)
            .collect(),
        key: value.key,
    }
}

/// Text with bullets for every hidden piece that stands in it as a whole, as a line or as a word.
/// The text without the secrets in it, wherever a reader puts them.
pub(super) fn without(text: &str, is_hidden: impl Fn(&str) -> bool) -> String {
    if is_hidden(text) {
        return BULLETS.to_owned();
    }
    let lines = text.split('\n').map(|line| {
        if is_hidden(line) {
            return BULLETS.to_owned();
        }
        let words = line.split_inclusive([' ', '=']).map(|word| {
            let bare = word.trim_end_matches([' ', '=']);
            if is_hidden(bare) {
                word.replacen(bare, BULLETS, 1)
            } else {
                word.to_owned()
            }
        });
        words.collect()
    });
    lines.collect::<Vec<String>>().join("\n")
}

fn text(profile: Profile<'_>, key: &str) -> Option<String> {
    profile.get(key).map(|property| property.value.into_owned())
}

fn own_keys(profile: Profile<'_>) -> crate::view::Source {
    if profile.get("aws_session_token").is_some() {
        crate::view::Source::SessionKeys
    } else {
        crate::view::Source::StaticKeys
    }
}
