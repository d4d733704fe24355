//! The one file that prints. Data goes to standard output, all else to standard error. Text from files is escaped
//! before it reaches a terminal; a pipe that closes ends quietly.
#![expect(clippy::print_stderr, reason = "this is where the command prints")]

use std::{
    fmt::Write as _,
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use rolecall_engine::world::World;
use rolecall_engine::{
    Purpose, Secret, escape_line,
    view::{
        AccountsDocument, AssumeOutcome, AssumedSession, CheckDocument, FailureDocument,
        FailureView, ListDocument, ListedProfile, NodeKind, OutcomeDocument, Severity,
        ShowDocument, Status, Step, UsedAccount,
    },
};
use serde::Serialize;

/// How a verb ended; the exit codes of `docs/cli.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// 0.
    Done,
    /// 1: problems found, or the answer is no.
    No,
    /// 3: the world failed.
    Failed,
    /// 130: the person gave up.
    Interrupted,
    /// What the program that was run ended with.
    Program(u8),
}

impl Ending {
    pub(crate) fn at_least(self, other: Self) -> Self {
        self.max(other)
    }
}

pub(crate) fn end(ending: Ending) -> ExitCode {
    match ending {
        Ending::Done => ExitCode::SUCCESS,
        Ending::No => ExitCode::from(1),
        Ending::Failed => ExitCode::from(3),
        Ending::Interrupted => ExitCode::from(130),
        Ending::Program(code) => ExitCode::from(code),
    }
}

/// Help and version are answers; all else is bad usage.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    // A closed pipe ends quietly.
    let _ = error.print();
    if error.use_stderr() {
        ExitCode::from(2)
    } else {
        ExitCode::SUCCESS
    }
}

/// Writes data; a closed pipe ends quietly and as well as if it had been read.
pub(crate) fn out(text: &str) -> Ending {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Ok(()) => Ending::Done,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ending::Done,
        Err(error) => {
            eprintln!("rolecall: the output could not be written: {error}.");
            Ending::Failed
        }
    }
}

pub(crate) fn json(document: &impl Serialize) -> Ending {
    let text = serde_json::to_string_pretty(document).expect("documents are plain data");
    out(&(text + "\n"))
}

pub(crate) fn note(text: Option<&str>) {
    if let Some(text) = text {
        eprintln!("rolecall: {text}");
    }
}

/// One line on a terminal that the next one takes the place of.
pub(crate) fn progress(text: &str) {
    eprint!("\r\u{1b}[K{text}");
}

pub(crate) fn failure(failure: &FailureView, as_json: bool) -> Ending {
    tell(failure);
    if as_json {
        json(&FailureDocument {
            failure: failure.clone(),
        });
    }
    let is_answer = failure.code == rolecall_engine::view::FailureCode::NotFound;
    if is_answer {
        Ending::No
    } else {
        Ending::Failed
    }
}

/// The answer needs the person: what, for scripts and for people.
pub(crate) fn outcome(document: &OutcomeDocument, as_json: bool) -> Ending {
    let ended = match &document.outcome {
        AssumeOutcome::MfaNeeded {
            profile, device, ..
        } => {
            let (profile, device) = (escape_line(profile), escape_line(device));
            eprintln!("rolecall: {profile} wants a code of the device {device}.");
            eprintln!("  Run it again with --mfa -");
            Ending::No
        }
        AssumeOutcome::Cancelled => Ending::Interrupted,
        AssumeOutcome::Assumed { .. } => Ending::Done,
    };
    if as_json {
        json(document);
    }
    ended
}

/// What an assumed role came to, without its secrets.
pub(crate) fn session(session: &AssumedSession) -> Ending {
    let (profile, name) = (
        escape_line(&session.profile.name),
        escape_line(&session.identity.name),
    );
    let minutes = (session.ends_at - session.started_at) / 60;
    out(&format!(
        "{profile}: {name} in {}\n  key {}, for {minutes} min\n",
        session.identity.account_id, session.key_id
    ))
}

/// Keys, asked for in a form that hands them over.
pub(crate) fn secret(text: &Secret) -> Ending {
    text.expose(Purpose::Export, out)
}

/// The first line of standard input; on a terminal it is asked for.
pub(crate) fn ask_code(device: &str) -> String {
    ask(&format!("Code of {}: ", escape_line(device)))
}

/// The first line of standard input; on a terminal the question stands before it. What can't be read is no answer.
pub(crate) fn ask(question: &str) -> String {
    if io::stdin().is_terminal() {
        eprint!("{question}");
    }
    let mut line = String::new();
    let _ = io::stdin().read_line(&mut line);
    line.trim().to_owned()
}

/// Files that could not be read are told beside what could.
pub(crate) fn with_failures(ended: Ending, failures: &[FailureView]) -> Ending {
    failures.iter().for_each(tell);
    if failures.is_empty() {
        ended
    } else {
        Ending::Failed
    }
}

fn tell(failure: &FailureView) {
    eprintln!("rolecall: {}", escape_line(&failure.message));
    eprintln!("  {}", escape_line(&failure.hint));
}

pub(crate) fn list(document: &ListDocument, look: Look) -> Ending {
    let place = |profile: &ListedProfile| {
        let parts = [profile.account_id.as_deref(), profile.region.as_deref()];
        parts
            .into_iter()
            .flatten()
            .map(escape_line)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let places: Vec<_> = document.profiles.iter().map(place).collect();
    let name_width = width(
        document
            .profiles
            .iter()
            .map(|profile| profile.name.as_str()),
    );
    let place_width = width(places.iter().map(String::as_str));
    let mut text = String::new();
    for (profile, place) in document.profiles.iter().zip(places) {
        let line = format!(
            "{} {:<9}  {:<name_width$}  {:<16}  {place:<place_width$}  {}",
            look.shape(profile.status),
            profile.status.name(),
            escape_line(&profile.name),
            profile.source.name(),
            profile.problems.join(" "),
        );
        writeln!(text, "{}", line.trim_end()).expect("writing to a String");
    }
    let ended = out(&text);
    let count = document.profiles.len();
    let profiles = if count == 1 {
        "1 profile".to_owned()
    } else {
        format!("{count} profiles")
    };
    let problems = match document.problems {
        0 => "no problems".to_owned(),
        1 => "1 problem".to_owned(),
        problems => format!("{problems} problems"),
    };
    eprintln!("{profiles}, {problems}.");
    ended
}

pub(crate) fn show(document: &ShowDocument, look: Look) -> Ending {
    let mut text = String::new();
    let (name, reason) = (escape_line(&document.name), escape_line(&document.reason));
    write!(
        text,
        "{name}\n{} {}: {reason}\n",
        look.shape(document.status),
        document.status.name()
    )
    .expect("a String");
    if let Some(ends_at) = &document.ends_at {
        writeln!(text, "  session until {ends_at}").expect("a String");
    }
    text.push('\n');
    let key_width = width(document.values.iter().map(|value| value.key.as_str()));
    for value in &document.values {
        let shown = value.value.as_deref().unwrap_or("••••••••");
        let shown = shown
            .split('\n')
            .map(|line| escape_line(line).into_owned())
            .collect::<Vec<_>>()
            .join(" ⏎ ");
        let place = format!("{}, line {}", value.file.name(), value.line);
        let readers = if value.read_by.is_empty() {
            "nobody known".to_owned()
        } else {
            value.read_by.join(" ")
        };
        let key = escape_line(&value.key);
        writeln!(
            text,
            "  {key:<key_width$}  {shown}\n  {:key_width$}  {place}; read by {readers}",
            ""
        )
        .expect("a String");
    }
    for (rule, sentence) in document.problems.iter().zip(&document.sentences) {
        writeln!(
            text,
            "
  {} [{rule}]",
            escape_line(sentence)
        )
        .expect("a String");
    }
    out(&text)
}

pub(crate) fn chain((steps, sentence): &(Vec<Step>, String), look: Look) -> Ending {
    let mut text = String::new();
    for (number, step) in (1..).zip(steps) {
        let shape = match (step.status, step.kind) {
            (Some(status), _) => look.shape(status),
            (None, NodeKind::Missing) => look.missing(),
            (None, _) => " ".to_owned(),
        };
        writeln!(
            text,
            "{number}. {shape} {}: {}",
            escape_line(&step.name),
            escape_line(&step.text)
        )
        .expect("a String");
    }
    writeln!(text, "{}", escape_line(sentence)).expect("a String");
    out(&text)
}

pub(crate) fn check(document: &CheckDocument, look: Look) -> Ending {
    let mut text = String::new();
    for problem in &document.problems {
        let (message, file) = (escape_line(&problem.message), problem.file.name());
        let severity = look.severity(problem.severity);
        writeln!(
            text,
            "{file}:{}:{}: {severity}: {message} [{}]",
            problem.line, problem.column, problem.rule
        )
        .expect("a String");
        for fix in &problem.fixes {
            writeln!(text, "  could be fixed: {}", escape_line(&fix.title)).expect("a String");
        }
    }
    let ended = out(&text);
    if document.problems.is_empty() && document.failures.is_empty() {
        eprintln!("No problems.");
    }
    ended
}

pub(crate) fn accounts(document: &AccountsDocument, look: Look) -> Ending {
    let names = document
        .accounts
        .iter()
        .map(|account| account.name.as_str());
    let name_width = width(names);
    let in_use = document.in_use.as_ref();
    let mut text = String::new();
    for account in &document.accounts {
        let used = in_use.is_some_and(|in_use| in_use.account == account.name);
        let through = account.role.as_ref().unwrap_or(&account.profile);
        let place = [&account.account_id, &account.region, &account.endpoint];
        let place = place.into_iter().flatten().map(|text| escape_line(text));
        let line = format!(
            "{} {} {:<9}  {:<name_width$}  {}  {}",
            if used { "*" } else { " " },
            look.shape(account.status),
            account.status.name(),
            escape_line(&account.name),
            escape_line(through),
            place.collect::<Vec<_>>().join(" "),
        );
        writeln!(
            text,
            "{}\n    {}",
            line.trim_end(),
            escape_line(&account.reason)
        )
        .expect("a String");
    }
    let ended = out(&text);
    match document.accounts.len() {
        0 => eprintln!("No accounts. rolecall accounts add NAME --profile PROFILE keeps one."),
        1 => eprintln!("1 account."),
        count => eprintln!("{count} accounts; * is in use."),
    }
    ended
}

/// `rolecall use NAME --json`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Used {
    pub(crate) in_use: Option<UsedAccount>,
}

pub(crate) fn used(in_use: Option<&UsedAccount>) -> Ending {
    let text = in_use.map_or_else(
        || "No account is in use.\n".to_owned(),
        |in_use| {
            let role = in_use.role.as_deref().unwrap_or("base keys, no role");
            let region = in_use.region.as_deref().unwrap_or("no region");
            format!(
                "{}: {}, {}\n",
                escape_line(&in_use.account),
                escape_line(role),
                escape_line(region)
            )
        },
    );
    out(&text)
}

/// Names of any length line up, within reason.
fn width<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names
        .map(|name| name.chars().count())
        .max()
        .unwrap_or(0)
        .min(48)
}

/// Colour on a terminal that wants it; shapes and words always.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    colour: bool,
}

impl Look {
    /// `NO_COLOR` is the convention of no-color.org.
    pub(crate) fn of_stdout(world: &World) -> Self {
        let unwanted = world
            .env
            .var("NO_COLOR")
            .is_some_and(|value| !value.is_empty());
        Self {
            colour: io::stdout().is_terminal() && !unwanted,
        }
    }

    fn shape(self, status: Status) -> String {
        let (shape, colour) = match status {
            Status::Broken => ("✕", 31),
            Status::Warning => ("▲", 33),
            Status::Ended => ("◷", 90),
            Status::Unchecked => ("◌", 90),
            Status::Connected => ("●", 32),
        };
        self.paint(shape, colour)
    }

    fn missing(self) -> String {
        self.paint("✕", 31)
    }

    fn severity(self, severity: Severity) -> String {
        let (word, colour) = match severity {
            Severity::Error => ("error", 31),
            Severity::Warning => ("warning", 33),
            Severity::Info => ("info", 90),
        };
        self.paint(word, colour)
    }

    pub(crate) fn paint(self, text: &str, colour: u8) -> String {
        if self.colour {
            format!("\u{1b}[{colour}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
