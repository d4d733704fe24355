//! Changing the two files by what a person wants, not by lines. A request is carried out on what the files hold at that
//! moment: first in memory, to be shown, and when that is agreed to once more and on disk. When it then comes to
//! something else than was shown, because another program was quicker, nothing is written.
//!
//! The two files can't change in one moment. Config goes first; each is whole at every instant. When the second one can't
//! be written the first one is taken back, and where that can't be either it is said.

mod fixes;
mod refusals;
#[cfg(test)]
mod tests;

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
    ops::Range,
};

pub(crate) use fixes::is_safe;

use rolecall_core::{
    document::{Document, Encoding},
    edit::{Edit, apply, keeps_to, named_lines},
    intent::{Intent, Named, check_value},
    profiles::{File, Home},
    rules::{self, Severity},
};

use crate::{
    engine::{Engine, lock},
    failure::Failure,
    history::Deed,
    import::import_in_words,
    permissions::close,
    save::Wrote,
    snapshot::{FileFound, Snapshot},
    view::{
        ChangeOutcome, ChangeRequest, FileChange, GivenValue, NewSection, Proposal, SectionName,
    },
};

/// How often another program may come in between before we stop and say so.
const ROUNDS: u32 = 8;

/// The bytes of both files as they would be.
struct After {
    what: String,
    files: [Option<Vec<u8>>; 2],
    /// The lines of the files as they are that it is about; none where it takes several steps.
    named: Option<[Vec<Range<usize>>; 2]>,
    /// Files that become private with it.
    closes: Vec<File>,
}

impl Engine {
    /// What a request would do. Nothing is written.
    ///
    /// # Errors
    /// Why it can't be done, `unreadable` when a file could not be read.
    pub fn propose(&self, request: &ChangeRequest) -> Result<Proposal, Failure> {
        let snapshot = self.snapshot();
        let after = self.after(&snapshot, request)?;
        Ok(self.proposal(&snapshot, &after))
    }

    /// Does what was shown as the proposal of this id.
    ///
    /// # Errors
    /// As [`Self::propose`], and `unwritable`.
    pub fn carry_out(&self, request: &ChangeRequest, id: &str) -> Result<ChangeOutcome, Failure> {
        let done = self.carry_out_once(request, id);
        self.put_back();
        let outcome = done?;
        if outcome == ChangeOutcome::Written {
            match request {
                ChangeRequest::Rename { profile, to } => self.profile_renamed(profile, to)?,
                ChangeRequest::Import { ticket, names } => self.imported(*ticket, names),
                _ => {}
            }
        }
        Ok(outcome)
    }

    fn carry_out_once(&self, request: &ChangeRequest, id: &str) -> Result<ChangeOutcome, Failure> {
        let _one_at_a_time = lock(&self.saving);
        for _ in 0..ROUNDS {
            self.see_what_is_there();
            let snapshot = self.snapshot();
            let after = self.after(&snapshot, request)?;
            let besides = fixes::closed(&snapshot, &after.closes);
            if id_of(&self.changes(&snapshot, &after), &besides) != id {
                return Ok(ChangeOutcome::Conflict);
            }
            for file in &after.closes {
                close(&self.world, &snapshot.around.places, *file)?;
            }
            if self.write_both(&snapshot, &after)? {
                self.see_what_is_there();
                return Ok(ChangeOutcome::Written);
            }
        }
        Ok(ChangeOutcome::Conflict)
    }

    /// Writes what differs. False when a file moved meanwhile; everything is as it was then.
    fn write_both(&self, snapshot: &Snapshot, after: &After) -> Result<bool, Failure> {
        let deed = self.deed(after.what.clone());
        let mut written = Vec::new();
        for file in File::BOTH {
            let base = snapshot.home().document(file).map(Document::bytes);
            let Some(new) = after.files[file as usize].as_deref() else {
                continue;
            };
            if base == Some(new) {
                continue;
            }
            self.note_own_tokens(file, base.unwrap_or_default(), new);
            let wrote = match &after.named {
                Some(named) => self.put_lines(file, (base, &named[file as usize]), new, &deed),
                None => self.put(file, base, new, &deed),
            };
            let stop = match wrote {
                Ok(Wrote::Done(_)) => {
                    written.push((file, base, new));
                    continue;
                }
                Ok(Wrote::Moved { .. }) => None,
                Ok(Wrote::LooksEmptied) => Some(Failure::looks_emptied(file.name())),
                Err(failure) => Some(failure),
            };
            for (first, base, new) in written {
                if !self.take_back(first, base, new, &deed) {
                    let stop = stop.unwrap_or_else(|| Failure::never_quiet(file.name()));
                    return Err(stop.but_stands(first.name()));
                }
            }
            return stop.map_or(Ok(false), Err);
        }
        for (file, base, new) in written {
            self.keep_watch(file, base.unwrap_or_default(), new, &deed);
        }
        Ok(true)
    }

    /// Whether a file is again what it was before it was written a moment ago.
    fn take_back(&self, file: File, base: Option<&[u8]>, new: &[u8], deed: &Deed) -> bool {
        let back = Deed {
            undoes: Some(deed.id.clone()),
            ..self.deed(format!("Undo: {}", deed.what))
        };
        // A file that was not there can't be made so.
        base.is_some_and(|base| {
            matches!(self.put(file, Some(new), base, &back), Ok(Wrote::Done(_)))
        })
    }

    /// Both files as they would be. A file that could not be read would count as empty, so nothing is done then.
    fn after(&self, snapshot: &Snapshot, request: &ChangeRequest) -> Result<After, Failure> {
        for file in File::BOTH {
            if let FileFound::Failed(failure) = snapshot.found(file) {
                return Err(failure.clone());
            }
        }
        match request {
            ChangeRequest::Fix { problem, fix } => fixes::one(snapshot, problem, *fix),
            ChangeRequest::FixAll { safe } => fixes::all(snapshot, *safe),
            _ => self.intended(snapshot, request),
        }
    }

    /// Intents are carried out on masked text, so that no secret is in them; at the end the secrets come back.
    fn intended(&self, snapshot: &Snapshot, request: &ChangeRequest) -> Result<After, Failure> {
        let mut files = File::BOTH.map(|file| snapshot.masked(file).map(|it| it.bytes().to_vec()));
        let intents = self.intents(snapshot, request)?;
        let is_one = intents.len() == 1;
        let mut named = None;
        for intent in intents {
            let documents = files.clone().map(|bytes| bytes.map(Document::parse));
            let [config, credentials] = documents;
            let home = Home::read(config, credentials);
            let edits = intent
                .edits(&home)
                .map_err(|refusal| Failure::refusal(&refusal, snapshot))?;
            refuse_no_text(&home, &edits)?;
            apply_to(&home, &edits, &mut files)?;
            named = is_one.then(|| named_in(&home, &edits));
        }
        let masker = lock(&self.masker);
        let real = |bytes: Vec<u8>| {
            masker
                .unmask(&bytes)
                .expect("the tokens are of this masker, and edits move them whole")
        };
        Ok(After {
            what: what(snapshot.home(), request),
            files: files.map(|bytes| bytes.map(real)),
            named,
            closes: Vec::new(),
        })
    }

    fn intents(
        &self,
        snapshot: &Snapshot,
        request: &ChangeRequest,
    ) -> Result<Vec<Intent>, Failure> {
        Ok(match request.clone() {
            ChangeRequest::Set {
                section,
                file,
                key,
                value,
            } => vec![Intent::Set {
                section: section.into(),
                file: file.map(Into::into),
                value: self.covered(&key, &value)?,
                key,
            }],
            ChangeRequest::Unset { section, file, key } => vec![Intent::Unset {
                section: section.into(),
                file: file.map(Into::into),
                key,
            }],
            ChangeRequest::Add { sections } => {
                let add = |new: NewSection| {
                    let properties = new.properties.into_iter().map(|property| {
                        let value = self.covered(&property.key, &property.value)?;
                        Ok((property.key, value))
                    });
                    Ok(Intent::Add {
                        section: new.section.into(),
                        properties: properties.collect::<Result<_, Failure>>()?,
                        file: None,
                    })
                };
                sections
                    .into_iter()
                    .map(add)
                    .collect::<Result<_, Failure>>()?
            }
            ChangeRequest::Rename { profile, to } => vec![Intent::Rename { profile, to }],
            ChangeRequest::Duplicate { profile, to } => vec![Intent::Duplicate { profile, to }],
            ChangeRequest::Move { profile, to } => vec![Intent::Move {
                profile,
                to: to.into(),
            }],
            ChangeRequest::Remove { section } => vec![Intent::Remove {
                section: section.into(),
            }],
            ChangeRequest::Merge { profile, into } => vec![Intent::Merge { profile, into }],
            ChangeRequest::Import { ticket, names } => {
                self.import_intents(snapshot, ticket, &names)?
            }
            ChangeRequest::Generate { wish } => vec![self.generated(snapshot, &wish)?],
            ChangeRequest::GiveSection { start_url, name } => {
                vec![snapshot.section_given(&start_url, &name)?]
            }
            ChangeRequest::Fix { .. } | ChangeRequest::FixAll { .. } => Vec::new(),
        })
    }

    /// A value as masked text has it.
    fn covered(&self, key: &str, value: &GivenValue) -> Result<String, Failure> {
        let key = key.to_ascii_lowercase();
        check_value(&key, value.text()).map_err(|refusal| Failure::not_written(&refusal))?;
        Ok(lock(&self.masker).cover_value(&key, value.text()))
    }

    fn proposal(&self, snapshot: &Snapshot, after: &After) -> Proposal {
        let changes = self.changes(snapshot, after);
        let besides = fixes::closed(snapshot, &after.closes);
        Proposal {
            what: after.what.clone(),
            id: id_of(&changes, &besides),
            besides,
            worse: worse(snapshot, after.files.clone()),
            changes,
        }
    }

    /// The lines that go and come.
    fn changes(&self, snapshot: &Snapshot, after: &After) -> Vec<FileChange> {
        let change = |file| {
            let old = snapshot.home().document(file).map(Document::bytes);
            let new = after.files[file as usize].as_deref().unwrap_or_default();
            self.file_change(file, old.unwrap_or_default(), new)
        };
        File::BOTH.into_iter().filter_map(change).collect()
    }
}

/// The same lines give the same id, and others another one.
fn id_of(changes: &[FileChange], besides: &[String]) -> String {
    let mut hasher = DefaultHasher::new();
    for change in changes {
        for line in change.hunks.iter().flat_map(|hunk| &hunk.lines) {
            (line.is as u8, &line.text).hash(&mut hasher);
        }
    }
    besides.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// What is no text has no lines that something could stand below.
fn refuse_no_text(home: &Home, edits: &[Edit]) -> Result<(), Failure> {
    let is_text = |file: &File| {
        let encoding = home.document(*file).map(Document::encoding);
        !matches!(encoding, Some(Encoding::Utf16 | Encoding::Binary))
    };
    let mut touched = edits.iter().map(Edit::file);
    match touched.find(|file| !is_text(file)) {
        Some(file) => Err(Failure::no_text(file.name())),
        None => Ok(()),
    }
}

/// Carries edits out on the bytes of the files that they are about, and looks that no other line is touched: where a
/// change takes several steps, the lines that it names in between are in no file, so they are looked at here.
fn apply_to(home: &Home, edits: &[Edit], files: &mut [Option<Vec<u8>>; 2]) -> Result<(), Failure> {
    for file in File::BOTH {
        if !edits.iter().any(|edit| edit.file() == file) {
            continue;
        }
        let none = Document::parse(Vec::new());
        let document = home.document(file).unwrap_or(&none);
        let new = apply(document, file, edits);
        if !keeps_to(document.bytes(), &new, &named_lines(document, file, edits)) {
            return Err(Failure::strays(file.name()));
        }
        files[file as usize] = Some(new);
    }
    Ok(())
}

/// The lines that edits name in each file.
fn named_in(home: &Home, edits: &[Edit]) -> [Vec<Range<usize>>; 2] {
    let none = Document::parse(Vec::new());
    File::BOTH.map(|file| named_lines(home.document(file).unwrap_or(&none), file, edits))
}

/// The sentences of the problems that come with it.
fn worse(snapshot: &Snapshot, files: [Option<Vec<u8>>; 2]) -> Vec<String> {
    let before: HashSet<&str> = snapshot
        .problems
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    let [config, credentials] = files.map(|bytes| bytes.map(Document::parse));
    let home = Home::read(config, credentials);
    rules::check(&home, &snapshot.facts)
        .problems
        .into_iter()
        .filter(|problem| problem.severity != Severity::Info)
        .map(|problem| problem.message)
        .filter(|message| !before.contains(message.as_str()))
        .collect()
}

/// A request in words, as *Undo* names it too.
fn what(home: &Home, request: &ChangeRequest) -> String {
    match request {
        ChangeRequest::Set { section, key, .. } => format!("Set {key} of {}", name(section)),
        ChangeRequest::Unset { section, key, .. } => format!("Remove {key} of {}", name(section)),
        ChangeRequest::Add { sections } => {
            let names: Vec<_> = sections.iter().map(|new| name(&new.section)).collect();
            format!("Add {}", names.join(" and "))
        }
        ChangeRequest::Rename { profile, to } => format!("Rename {profile} to {to}"),
        ChangeRequest::Duplicate { profile, to } => format!("Duplicate {profile} as {to}"),
        ChangeRequest::Move { profile, to } => format!("Move {profile} to {}", to.name()),
        ChangeRequest::Remove { section } => format!("Delete {}", name(section)),
        ChangeRequest::Merge { profile, into } => format!("Merge {profile} into {into}"),
        ChangeRequest::Import { names, .. } => import_in_words(home, names),
        ChangeRequest::Generate { wish } => match &wish.portal {
            Some(portal) => format!("Add profiles from {portal}"),
            None => "Add profiles from the portal".to_owned(),
        },
        ChangeRequest::GiveSection { name, .. } => format!("Give {name} a section of its own"),
        ChangeRequest::Fix { .. } | ChangeRequest::FixAll { .. } => "Fix problems".to_owned(),
    }
}

fn name(section: &SectionName) -> &str {
    match section {
        SectionName::Profile(name) | SectionName::SsoSession(name) => name,
    }
}

impl From<SectionName> for Named {
    fn from(section: SectionName) -> Self {
        match section {
            SectionName::Profile(name) => Self::Profile(name),
            SectionName::SsoSession(name) => Self::SsoSession(name),
        }
    }
}
