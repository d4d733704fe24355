//! Rolecall and another program write one file at the same time, again and again: a writer that empties the file and
//! fills it again without a lock, the real AWS CLI, which does the same, and an editor that puts a new file in its place.
//! Nobody's change is lost. That there is a race at all is seen beside it: two such writers without Rolecall must lose some.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use super::{Home, SAVER, until};

const WRITER: &str = env!("CARGO_BIN_EXE_truncating-writer");
const PROFILES: usize = 300;

fn config() -> String {
    (0..PROFILES).fold(String::new(), |mut text, number| {
        write!(text, "[profile p{number}]\nregion = us-east-1\n\n").expect("a string");
        text
    })
}

/// How many changes each makes; a round more for each ten of `ROLECALL_ROUNDS`, up to what a whole race is.
fn changes() -> usize {
    let rounds = std::env::var("ROLECALL_ROUNDS").ok();
    let rounds: Option<usize> = rounds.and_then(|rounds| rounds.parse().ok());
    rounds.map_or(60, |rounds| rounds.clamp(60, PROFILES))
}

/// Saves on and on, as a window does, and keeps watch until its input ends.
struct Window(Child, BufReader<std::process::ChildStdout>);

impl Window {
    fn saves(home: &Home, count: usize, name: &str) -> Self {
        let mut child = home
            .command(SAVER)
            .args(["many", &count.to_string(), name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it runs");
        let output = child.stdout.take().expect("piped");
        Self(child, BufReader::new(output))
    }

    fn is_done(&mut self) {
        let mut line = String::new();
        self.1.read_line(&mut line).expect("its output");
        assert_eq!(line, "done\n");
    }

    fn ends(mut self) {
        drop(self.0.stdin.take());
        assert!(self.0.wait().expect("it is over").success());
    }
}

fn writer(home: &Home, count: usize, name: &str) -> Child {
    writer_that(home, count, name, &[])
}

fn writer_that(home: &Home, count: usize, name: &str, how: &[&str]) -> Child {
    let mut command = home.command(WRITER);
    command.arg(home.config());
    let child = command
        .args([&count.to_string(), name, "10"])
        .args(how)
        .spawn();
    child.expect("it runs")
}

fn ended(mut child: Child) {
    assert!(child.wait().expect("it is over").success());
}

/// The keys of this name that are not in the file.
fn missing(text: &str, name: &str, count: usize) -> Vec<usize> {
    let lines: BTreeSet<_> = text.lines().map(str::trim).collect();
    let is_missing =
        |number: &usize| !lines.contains(format!("{name}_{number} = {number}").as_str());
    (0..count).filter(is_missing).collect()
}

/// What was there before the race is there still, line by line and in order.
fn holds_base(text: &str) -> bool {
    let mut lines = text.lines();
    let base = config();
    base.lines()
        .filter(|line| !line.is_empty())
        .all(|line| lines.any(|other| other == line))
}

fn settled(home: &Home, windows: Vec<Window>, names: &[(&str, usize)]) {
    until(|| {
        let text = home.text();
        let mut lost = names
            .iter()
            .map(|(name, count)| (name, missing(&text, name, *count)));
        let (name, lost) = lost.find(|(_, lost)| !lost.is_empty())?;
        Some(format!("{name} {lost:?}"))
    });
    for window in windows {
        window.ends();
    }
    let text = home.text();
    for (name, count) in names {
        assert_eq!(missing(&text, name, *count), [0; 0], "{name}");
    }
    assert!(holds_base(&text));
    assert!(home.beside().is_empty(), "{:?}", home.beside());
    assert!(!home.path().join("data/set-aside").exists());
}

#[test]
fn f059_a_window_and_a_writer_that_empties_the_file_lose_nothing_of_each_other() {
    let count = changes();
    for _ in 0..2 {
        let home = Home::with(&config());
        let mut window = Window::saves(&home, count, "own");
        let other = writer(&home, count, "foreign");
        window.is_done();
        ended(other);
        settled(&home, vec![window], &[("own", count), ("foreign", count)]);
    }
}

#[test]
fn f059_a_window_and_an_editor_that_saves_by_rename_lose_nothing_of_each_other() {
    let home = Home::with(&config());
    let count = changes();
    let mut window = Window::saves(&home, count, "own");
    let other = writer_that(&home, count, "foreign", &["rename"]);
    window.is_done();
    ended(other);
    settled(&home, vec![window], &[("own", count), ("foreign", count)]);
}

#[test]
fn f059_two_such_writers_without_rolecall_do_lose_so_the_race_is_one() {
    let home = Home::with(&config());
    let count = changes();
    let both = [writer(&home, count, "one"), writer(&home, count, "other")];
    both.into_iter().for_each(ended);
    let text = home.text();
    let lost = missing(&text, "one", count).len() + missing(&text, "other", count).len();
    println!("without Rolecall {lost} of {} changes are lost", 2 * count);
    assert!(lost > 0, "nothing was lost, so nothing raced");
}

#[test]
fn f060_two_rolecalls_and_another_program_lose_nothing_with_history_and_without() {
    let count = changes();
    for kept in ["none", "withoutSecrets"] {
        let home = Home::with(&config());
        let settings = home.path().join("data/settings.toml");
        std::fs::write(settings, format!("history = \"{kept}\"\n")).expect("written");
        let mut windows = vec![
            Window::saves(&home, count, "window"),
            Window::saves(&home, count, "command"),
        ];
        let other = writer(&home, count, "foreign");
        windows.iter_mut().for_each(Window::is_done);
        ended(other);
        let names = [("window", count), ("command", count), ("foreign", count)];
        settled(&home, windows, &names);
    }
}

#[test]
fn f059_awscli_10648_sets_values_while_a_window_saves_and_nothing_is_lost() {
    let home = Home::with(&config());
    let count = changes();
    let sets = count / 10;
    let mut window = Window::saves(&home, count, "own");
    let aws = rolecall_tests::python("aws");
    for number in 0..sets {
        let key = format!("profile.p{}.foreign_{number}", number * 7);
        let mut aws: Command = home.command(aws.to_str().expect("text"));
        let set = aws.args(["configure", "set", &key, &number.to_string()]);
        assert!(set.status().expect("the AWS CLI runs").success());
    }
    window.is_done();
    settled(&home, vec![window], &[("own", count), ("foreign", sets)]);
}

#[test]
fn f061_leapp_228_emptied_by_a_program_that_died_is_never_written_over() {
    let home = Home::with(&config());
    let mut window = Window::saves(&home, 1, "own");
    window.is_done();
    let mut once = home.command(WRITER);
    once.arg(home.config()).args(["once", "0"]);
    assert!(once.status().expect("it runs").success());
    window.ends();
    assert_eq!(home.text(), "", "what a person sees is what is there");
}
