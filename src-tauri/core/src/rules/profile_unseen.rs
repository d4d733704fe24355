//! `profile.unseen`: a profile that not every SDK finds, for the way in which its header is written. The folds say who
//! does: each odd header is given to them alone.
//! Not here: headers in the form of the other file (`section.wrong_prefix`), `[DEFAULT]` (`section.default_case`).

use super::{Facts, Found, Rule, Safety, Severity, who_first};
use crate::{
    dialect::{Engine, Files, OF_OBJECTS, is_identifier},
    document::{Document, Kind, Span},
    edit::Edit,
    profiles::{File, Home, Oddity, Place, Profile},
};

pub(super) const RULE: Rule = Rule {
    name: "profile.unseen",
    severity: Severity::Info,
    short: "not for every SDK",
    why: "A program that doesn't find the profile fails, or goes on with keys from variables or from the machine.",
    source: "aws-runtime validate_identifier, @smithy/core parseIni, botocore configloader.py; recorded from six readers",
    check,
};

/// More than these are told as one.
const TOLD: usize = 100;

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    let mut odd = home
        .odd_lines(Oddity::Header)
        .filter_map(|odd| OddHeader::of(home, odd.place, home.profile(home.profile_of(odd)?)));
    for header in odd.by_ref().take(TOLD) {
        header.tell(found);
    }
    if let Some(next) = odd.next() {
        let more = 1 + odd.count();
        found
            .problem(
                next.inner,
                format!("{more} more profiles have headers that not every SDK reads."),
            )
            .advice("Give profiles names of letters, digits and _ - / . % @ : +.");
    }
}

struct OddHeader<'a> {
    profile: Profile<'a>,
    file: File,
    /// From one bracket to the other, blanks included.
    inner: Place,
    text: &'a str,
}

impl<'a> OddHeader<'a> {
    fn of(home: &'a Home, name: Place, profile: Profile<'a>) -> Option<Self> {
        let document = home.document(name.file)?;
        let line = document.lines()[name.line as usize];
        if !matches!(line.kind, Kind::Section { closed: true, .. }) {
            return None;
        }
        let whole = std::str::from_utf8(document.slice(line.span)).ok()?;
        let at = |byte: u32| (byte - line.span.start) as usize;
        let open = whole[..at(name.span.start)].rfind('[')? + 1;
        let close = at(name.span.end) + whole[at(name.span.end)..].find(']')?;
        let byte = |at: usize| line.span.start + u32::try_from(at).expect("within the line");
        let inner = Place {
            span: Span {
                start: byte(open),
                end: byte(close),
            },
            ..name
        };
        let text = &whole[open..close];
        let is_told = name.file == File::Credentials && text.trim().starts_with("profile ")
            || profile.name() == "DEFAULT";
        (!is_told).then_some(Self {
            profile,
            file: name.file,
            inner,
            text,
        })
    }

    fn tell(&self, found: &mut Found) {
        let unseen: Vec<_> = Engine::SDKS
            .into_iter()
            .filter(|engine| !self.is_seen_by(*engine))
            .collect();
        if unseen.is_empty() {
            return;
        }
        let (name, why) = (self.profile.name(), self.why());
        let not = if unseen.len() == 1 && unseen[0] != Engine::Botocore {
            "doesn't"
        } else {
            "don't"
        };
        let message = format!("{} {not} find {name}: {why}.", who_first(&unseen));
        let problem = found.problem(self.inner, message);
        problem.about(self.profile);
        if unseen.contains(&Engine::Botocore) {
            problem.severity(Severity::Warning);
        }
        let plain = match self.file {
            File::Config if name != "default" => format!("profile {name}"),
            _ => name.to_owned(),
        };
        if !is_identifier(name) || OF_OBJECTS.contains(&name) {
            problem
                .advice("Rename it: every SDK reads names of letters, digits and _ - / . % @ : +.");
            return;
        }
        problem
            .advice(format!("Write the header as [{plain}]."))
            .fix(
                format!("Write [{plain}]"),
                Safety::Choice,
                vec![Edit::Replace {
                    place: self.inner,
                    becomes: plain,
                }],
            );
    }

    /// The header alone in a file. Who refuses that is told elsewhere.
    fn is_seen_by(&self, engine: Engine) -> bool {
        let document = Document::parse(format!("[{}]\nk = v\n", self.text).into_bytes());
        let files = match self.file {
            File::Config => Files {
                config: Some(&document),
                credentials: None,
            },
            File::Credentials => Files {
                config: None,
                credentials: Some(&document),
            },
        };
        let reading = engine.read(files);
        reading.is_ok_and(|reading| {
            reading.profiles.contains_key(self.profile.name()) || !reading.passed_over.is_empty()
        })
    }

    fn why(&self) -> &'static str {
        let name = self.profile.name();
        if self.text.trim() != self.text {
            "there are blanks inside the brackets"
        } else if OF_OBJECTS.contains(&name) {
            "JavaScript's objects have something of that name already"
        } else if self.text.ends_with(['"', '\'']) {
            "its name stands in quotes"
        } else if name.contains(char::is_whitespace) {
            "its name has a blank in it"
        } else if is_identifier(name) {
            "there is more than one blank before its name"
        } else {
            "its name has letters that they don't know"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn headers_that_the_aws_cli_does_not_read_are_marked() {
        check_text(
            &RULE,
            r"
[ default ]
#^^^^^^^^^ The AWS CLI, boto3 and JavaScript don't find default: there are blanks inside the brackets. [Write [default]]
[profile my team]
#^^^^^^^^^^^^^^^ The AWS CLI, boto3, JavaScript, Java and Rust don't find my team: its name has a blank in it.
",
        );
    }

    #[test]
    fn names_that_some_sdks_do_not_read_are_marked() {
        check_text(
            &RULE,
            r#"
[profile "a"]
#^^^^^^^^^^^ Go, Java and Rust don't find a: its name stands in quotes. [Write [profile a]]
[profile  b]
#^^^^^^^^^^ JavaScript doesn't find b: there is more than one blank before its name. [Write [profile b]]
[profile constructor]
#^^^^^^^^^^^^^^^^^^^ JavaScript doesn't find constructor: JavaScript's objects have something of that name already.
[profile a!]
#^^^^^^^^^^ JavaScript, Java and Rust don't find a!: its name has letters that they don't know.
"#,
        );
    }

    #[test]
    fn names_that_every_sdk_reads_are_fine() {
        check_text(
            &RULE,
            "[default]\n[profile a] # note\n[profile team/data+etl@acme]\n[sso-session  s]\n[plugins]\n[profile\tb]\n--- credentials\n[111122223333_Admin]\n[Default]\n",
        );
    }
}
