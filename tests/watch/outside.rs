//! Other programs do one thing after another, of twelve kinds, in an order that a seed decides. Again and again, and at the
//! end, what Rolecall shows is what is there, and each new token was asked about exactly once. `ROLECALL_ROUNDS` says how
//! many things; `npm run faults` says 10,000.

use std::{
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::Path,
};

use rolecall_core::profiles::File;

use super::{Watched, profile};

/// After so many things the two are compared.
const BETWEEN: usize = 10;
const KINDS: usize = 12;

/// What is in the files, and what comes next.
struct Outside<'a> {
    home: &'a Watched,
    seed: u64,
    config: String,
    token: u32,
    target: u32,
}

impl Outside<'_> {
    fn random(&mut self, below: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        usize::try_from(self.seed % below as u64).expect("small")
    }

    /// Does one thing, and says of which kind it was; the last kind is not among them.
    fn acts(&mut self, number: usize) -> usize {
        let kind = self.random(KINDS - 1);
        let home = self.home;
        match kind {
            0 => {
                self.changes_a_value(number);
                home.write("config", &self.config);
            }
            1 => {
                self.changes_a_value(number);
                home.save_by_rename("config", &self.config);
            }
            2 => {
                self.config += &profile(&format!("new-{number}"));
                home.write("config", &self.config);
            }
            3 => {
                self.loses_the_last_profile();
                home.save_by_rename("config", &self.config);
            }
            // As `touch` does, and as a program that writes what is there.
            4 => home.write("config", &self.config),
            5 => {
                fs::remove_file(home.path("config")).expect("removed");
                home.write("config", &self.config);
            }
            6 => self.links_to_another_file(),
            7 => self.replaces_the_folder(),
            8 => {
                let mode = if number.is_multiple_of(2) {
                    0o600
                } else {
                    0o644
                };
                let mode = fs::Permissions::from_mode(mode);
                fs::set_permissions(home.path("credentials"), mode).expect("set");
            }
            9 => {
                let text = format!(
                    "{{\"accessToken\":\"t{number}\",\"expiresAt\":\"2126-01-01T00:00:00Z\"}}"
                );
                let name = format!("sso/cache/{number:040x}.json");
                home.write(&name, text);
            }
            // Half of it first, as a program that is slow.
            _ => {
                self.changes_a_value(number);
                let (half, _) = self.config.split_at(self.config.len() / 2);
                home.write("config", half);
                home.write("config", &self.config);
            }
        }
        kind
    }

    fn changes_a_value(&mut self, number: usize) {
        let at = self.random(self.config.matches("region = ").count());
        let mut lines: Vec<String> = self.config.lines().map(str::to_owned).collect();
        let regions = lines
            .iter_mut()
            .filter(|line| line.starts_with("region = "));
        let line = regions.into_iter().nth(at).expect("there are some");
        *line = format!("region = r{number}");
        self.config = lines.join("\n") + "\n";
    }

    /// But never so many that the file looks torn.
    fn loses_the_last_profile(&mut self) {
        let last = self.config.rfind("[profile").expect("some");
        if self.config.matches("[profile").count() > 20 {
            self.config.truncate(last);
        }
    }

    fn links_to_another_file(&mut self) {
        self.target += 1;
        let dot = self
            .home
            .home
            .path()
            .join(format!("dot-{}", self.target % 3));
        fs::write(&dot, &self.config).expect("written");
        let new = self.home.path("new-link");
        symlink(dot, &new).expect("linked");
        fs::rename(new, self.home.path("config")).expect("in its place");
    }

    fn replaces_the_folder(&self) {
        let home = self.home.home.path();
        let new = home.join("new-folder");
        fs::create_dir_all(new.join("sso/cache")).expect("made");
        fs::write(new.join("config"), &self.config).expect("written");
        fs::copy(self.home.path("credentials"), new.join("credentials")).expect("copied");
        let old = home.join("old-folder");
        fs::rename(self.home.path(""), &old).expect("moved away");
        fs::rename(new, self.home.path("")).expect("moved in");
        fs::remove_dir_all(old).expect("removed");
    }

    /// The twelfth kind: the keys of a session are renewed, and the person answers.
    fn renews_the_token(&mut self) {
        self.token += 1;
        self.home.save_by_rename("credentials", keys(self.token));
        let asked = self.home.asks(|questions| questions.open.is_some());
        let asked = asked.expect("that is what was waited for");
        assert_eq!(asked.token_count, 1);
        let answered = self
            .home
            .engine
            .answer_token_change(asked.ticket, self.token.is_multiple_of(2));
        answered.expect("it was open");
        self.home.asks(|questions| questions.open.is_none());
    }

    /// What is shown is what is there.
    fn is_seen(&self) {
        let credentials = keys(self.token);
        self.home.until("all that was done", || {
            self.home.holds(File::Config, self.config.as_bytes())
                && self.home.holds(File::Credentials, credentials.as_bytes())
        });
    }
}

/// Session keys, made different by a number.
fn keys(number: u32) -> String {
    format!(
        "[acme]\naws_access_key_id = ASIAIOSFODNN{number:04}MPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\naws_session_token = token-{number}\n"
    )
}

fn config() -> String {
    let profiles: Vec<_> = (0..30)
        .map(|number| profile(&format!("p{number}")))
        .collect();
    profiles.concat()
}

fn before(home: &Path) {
    fs::create_dir_all(home.join(".aws/sso/cache")).expect("made");
    fs::write(home.join(".aws/config"), config()).expect("written");
    fs::write(home.join(".aws/credentials"), keys(0)).expect("written");
}

#[test]
fn whatever_other_programs_do_the_last_state_is_shown_and_each_new_token_is_asked_about_once() {
    let rounds = std::env::var("ROLECALL_ROUNDS").ok();
    let rounds: usize = rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(300);
    let seed = std::env::var("ROLECALL_SEED").ok();
    let seed = seed.and_then(|seed| seed.parse().ok()).unwrap_or(0x5eed);
    let home = Watched::home(before);
    let mut outside = Outside {
        home: &home,
        seed,
        config: config(),
        token: 0,
        target: 0,
    };
    let mut kinds = [0; KINDS];
    for number in 0..rounds {
        if number % BETWEEN < BETWEEN - 1 {
            kinds[outside.acts(number)] += 1;
        } else {
            outside.is_seen();
            outside.renews_the_token();
            kinds[KINDS - 1] += 1;
        }
    }
    outside.is_seen();
    let on_disk = fs::read_to_string(home.path("config")).expect("it is there");
    assert_eq!(on_disk, outside.config, "the test did what it thinks");
    let asked = home.questions.borrow().asked.len();
    println!("seed {seed}: {rounds} things, by kind {kinds:?}; asked {asked} times");
    assert_eq!(asked, outside.token as usize);
    assert!(kinds.iter().all(|count| *count > 0), "each kind happened");
}
