//! What is asked when another program renews a token, what is not, and which keys are in force meanwhile.

use std::{fmt::Write, time::Duration};

use rolecall_core::profiles::File;

use crate::{
    view::{Account, AccountForm, Connections, Endpoint, FailureCode, TokenChange},
    watch::tests::Watched,
};

const CONFIG: &str = "[profile deploy]\nrole_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = acme\nregion = eu-west-1\n";
const DATA: &str = "/home/jo/.local/share/rolecall";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// Session keys, made different by a number.
fn keys(name: &str, number: u32) -> String {
    format!(
        "[{name}]\naws_access_key_id = ASIAIOSFODNN{number:04}MPLE\naws_secret_access_key = {SECRET}\naws_session_token = token-{number}\n"
    )
}

fn keys_until(name: &str, number: u32, end: &str) -> String {
    format!("{}aws_expiration = {end}\n", keys(name, number))
}

fn form(name: &str, profile: &str, role: Option<&str>) -> AccountForm {
    AccountForm {
        name: name.into(),
        profile: profile.into(),
        role: role.map(Into::into),
        region: None,
        endpoint: Endpoint::Aws,
        label: None,
    }
}

impl Watched {
    async fn acme(number: u32) -> Self {
        let home = Self::home(&[("config", CONFIG), ("credentials", &keys("acme", number))]).await;
        for (name, role) in [("Acme", None), ("Acme Deploy", Some("deploy"))] {
            let saved = home.engine.save_account(&form(name, "acme", role), None);
            saved.expect("saved");
        }
        home
    }

    /// Another program writes the credentials, and Rolecall has time to see it.
    async fn renew(&self, text: &str) {
        self.write("credentials", text);
        self.pass(1000).await;
    }

    fn connections(&self) -> Connections {
        self.snapshot().connections()
    }

    fn question(&self) -> Option<TokenChange> {
        self.connections().token_change
    }

    fn account(&self, name: &str) -> Account {
        let accounts = self.connections().accounts.into_iter();
        let mut named = accounts.filter(|account| account.form.name == name);
        named.next().expect("it was saved")
    }

    fn answer(&self, use_new: bool) {
        let ticket = self.question().expect("a question").ticket;
        self.engine
            .answer_token_change(ticket, use_new)
            .expect("answered");
    }

    /// The key ID that `acme` signs with: its own, where the file's are in force.
    fn signs_with(&self) -> Result<String, FailureCode> {
        match self.engine.held_keys("acme") {
            Ok(Some(keys)) => Ok(keys.access_key_id.clone()),
            Ok(None) => Ok("file".into()),
            Err(failure) => Err(failure.code),
        }
    }
}

#[tokio::test]
async fn a_renewed_token_is_asked_about_with_its_keys_and_accounts() {
    let home = Watched::acme(1).await;
    assert_eq!(home.question(), None, "the first one is in force at once");
    home.renew(&keys_until("acme", 2, "2026-11-23T00:00:00Z"))
        .await;
    let question = home.question().expect("a question");
    assert_eq!(question.accounts, ["Acme", "Acme Deploy"]);
    let [token] = question.tokens.as_slice() else {
        panic!("one token")
    };
    assert_eq!(token.name, "acme");
    assert_eq!(token.old_key.as_deref(), Some("ASIA…MPLE"));
    assert_eq!(token.new_key.as_deref(), Some("ASIA…MPLE"));
    assert_eq!((token.old_ends_at, token.about), (None, false));
    assert_eq!(token.new_ends_at, Some(1_795_392_000));
    assert_eq!(
        home.signs_with(),
        Ok("ASIAIOSFODNN0001MPLE".into()),
        "until it is answered"
    );
    home.answer(true);
    assert_eq!(home.question(), None);
    assert_eq!(home.signs_with(), Ok("file".into()));
    assert!(!home.account("Acme").unswitched);
}

#[tokio::test]
async fn an_end_that_stands_beside_new_keys_from_before_says_nothing_of_them() {
    let home = Watched::home(&[(
        "credentials",
        &keys_until("acme", 1, "2026-11-22T13:00:00Z"),
    )])
    .await;
    home.renew(&keys_until("acme", 2, "2026-11-22T13:00:00Z"))
        .await;
    let token = home.question().expect("a question").tokens.remove(0);
    assert_eq!(token.old_ends_at, Some(1_795_352_400));
    assert_eq!(token.new_ends_at, None);
}

#[tokio::test]
async fn ten_changed_together_are_one_question_and_one_more_joins_it() {
    let all = |number: u32, count: u32| {
        let mut text = String::new();
        for at in 0..count {
            write!(text, "{}", keys(&format!("p{at}"), number + at)).expect("a String");
        }
        text
    };
    let home = Watched::home(&[("credentials", &all(100, 11))]).await;
    home.engine.set_visible(false);
    home.renew(&(all(200, 10) + &keys("p10", 110))).await;
    let first = home.question().expect("a question");
    assert_eq!((first.token_count, first.tokens.len()), (10, 10));
    home.renew(&all(200, 11)).await;
    let more = home.question().expect("the same question");
    assert_eq!(more.token_count, 11);
    assert_eq!(
        home.notices.shown(),
        ["Session Token Changed: The keys for 10 profiles were renewed outside Rolecall."]
    );
    // What somebody saw and answered is answered; what came meanwhile still waits.
    home.engine
        .answer_token_change(first.ticket, true)
        .expect("answered");
    let rest = home.question().expect("the rest");
    assert_eq!(
        rest.tokens
            .iter()
            .map(|t| t.name.as_str())
            .collect::<Vec<_>>(),
        ["p10"]
    );
    let again = home.engine.answer_token_change(first.ticket, true);
    assert_eq!(
        again.expect_err("it is closed").message,
        "This question is no longer open: it was answered, or another token came since."
    );
}

#[tokio::test]
async fn not_now_keeps_the_old_keys_until_their_end_and_never_asks_again() {
    let home = Watched::acme(0).await;
    home.renew(&keys_until("acme", 1, "2026-11-22T13:00:00Z"))
        .await;
    home.answer(true);
    home.renew(&keys_until("acme", 2, "2026-11-22T20:00:00Z"))
        .await;
    home.answer(false);
    assert_eq!(home.question(), None);
    assert_eq!(home.signs_with(), Ok("ASIAIOSFODNN0001MPLE".into()));
    assert!(home.account("Acme").unswitched && home.account("Acme Deploy").unswitched);
    home.renew(&keys_until("acme", 3, "2026-11-22T21:00:00Z"))
        .await;
    home.answer(false);
    home.renew(&keys_until("acme", 2, "2026-11-22T20:00:00Z"))
        .await;
    assert_eq!(
        home.question(),
        None,
        "the same token is not asked about twice"
    );
    home.clock.pass(Duration::from_hours(1));
    home.pass(1000).await;
    assert_eq!(home.signs_with(), Err(FailureCode::Expired));
    assert_eq!(
        home.account("Acme").reason,
        "The keys of acme that were in use have ended; its newer token waits for your Yes."
    );
    let declined = home
        .connections()
        .declined_tokens
        .expect("it may still be used");
    home.engine
        .answer_token_change(declined.ticket, true)
        .expect("a late Yes");
    assert_eq!(home.signs_with(), Ok("file".into()));
    assert!(!home.account("Acme").unswitched);
}

#[tokio::test]
async fn what_aws_says_of_the_old_keys_is_shown_while_they_are_in_force_and_not_after() {
    let home = Watched::acme(1).await;
    home.renew(&keys("acme", 2)).await;
    home.answer(false);
    let verified = home.engine.verify_account(home.account("Acme").id).await;
    let verified = verified.expect("they work");
    let account = home.account("Acme");
    assert_eq!(account.account_id.as_ref(), Some(&verified.account_id));
    assert_eq!(account.verified, Some(verified));
    let ticket = home.connections().declined_tokens.expect("put off").ticket;
    let yes = home.engine.answer_token_change(ticket, true);
    yes.expect("a late Yes");
    assert_eq!(
        home.account("Acme").verified,
        None,
        "the new ones are others"
    );
}

#[tokio::test]
async fn after_a_restart_a_declined_token_is_not_asked_about_and_its_accounts_say_so() {
    let home = Watched::acme(1).await;
    home.renew(&keys("acme", 2)).await;
    home.answer(false);
    let home = home.reopened(|_| {}).await;
    assert_eq!(home.question(), None);
    assert!(home.account("Acme").unswitched);
    assert_eq!(home.account("Acme").status.name(), "ended");
    assert_eq!(
        home.signs_with(),
        Err(FailureCode::Expired),
        "the old keys were in memory only"
    );
    let declined = home
        .connections()
        .declined_tokens
        .expect("it may still be used");
    home.engine
        .answer_token_change(declined.ticket, true)
        .expect("a late Yes");
    let home = home.reopened(|_| {}).await;
    assert_eq!(
        (home.question(), home.signs_with()),
        (None, Ok("file".into()))
    );
    assert!(!home.account("Acme").unswitched);
}

#[tokio::test]
async fn a_token_that_changed_while_rolecall_was_closed_is_asked_about_at_the_next_start() {
    let home = Watched::acme(1).await;
    let home = home
        .reopened(|home| home.write("credentials", &keys("acme", 2)))
        .await;
    let question = home.question().expect("a question");
    assert_eq!(question.tokens[0].old_key.as_deref(), Some("ASIA…MPLE"));
    home.answer(true);
    let home = home.reopened(|_| {}).await;
    assert_eq!(home.question(), None);
}

#[tokio::test]
async fn the_same_token_is_no_question_whatever_else_changes() {
    let home = Watched::acme(1).await;
    home.renew(&format!(
        "# a note\n{}region = eu-west-1\n",
        keys("acme", 1)
    ))
    .await;
    home.delete("credentials");
    home.pass(3000).await;
    home.renew(&keys("acme", 1)).await;
    assert_eq!(home.question(), None, "it went and came back");
    home.delete("credentials");
    home.pass(3000).await;
    home.renew(&keys("acme", 2)).await;
    assert!(home.question().is_some(), "another one came back");
    home.renew(&keys("acme", 1)).await;
    assert_eq!(
        home.question(),
        None,
        "what is in force again is no question"
    );
}

#[tokio::test]
async fn a_file_caught_half_written_neither_asks_nor_takes_a_question_back() {
    let home = Watched::acme(1).await;
    home.write("credentials", "[acme]\naws_access_key_id = ASIAIOSF");
    home.pass(300).await;
    assert_eq!(home.question(), None);
    home.renew(&keys("acme", 2)).await;
    let ticket = home.question().expect("a question").ticket;
    home.write("credentials", "");
    home.pass(300).await;
    home.renew(&keys("acme", 2)).await;
    assert_eq!(
        home.question().map(|question| question.ticket),
        Some(ticket)
    );
    home.disk.own("/home/jo/.aws/credentials", 0o000, 0);
    home.disk.write("/home/jo/.aws/touched", "");
    home.pass(1000).await;
    assert!(
        home.snapshot().failures().next().is_some(),
        "it can't be read"
    );
    assert_eq!(
        home.question().map(|question| question.ticket),
        Some(ticket)
    );
}

#[tokio::test]
async fn a_token_typed_in_rolecall_is_no_question_and_one_beside_it_is() {
    let before = keys("acme", 1) + &keys("other", 10);
    let home = Watched::home(&[("credentials", &before)]).await;
    // Another program renews the one while a person types the other: the save merges both.
    let theirs = keys("acme", 1) + &keys("other", 11);
    let merged = keys("acme", 2) + &keys("other", 11);
    home.engine
        .note_own_tokens(File::Credentials, theirs.as_bytes(), merged.as_bytes());
    home.renew(&merged).await;
    let question = home.question().expect("a question");
    let names: Vec<_> = question.tokens.iter().map(|token| &*token.name).collect();
    assert_eq!(names, ["other"]);
}

#[tokio::test]
async fn a_new_sign_in_at_a_portal_is_asked_about_and_named() {
    let cache = "sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json";
    let token = |token: &str| {
        format!("{{\"accessToken\":\"{token}\",\"expiresAt\":\"2026-11-22T20:00:00Z\"}}")
    };
    let config = "[sso-session s]\nsso_region = x\n[profile a]\nsso_session = s\n[profile b]\nsso_session = s\n";
    let home = Watched::home(&[("config", config), (cache, &token("one"))]).await;
    home.engine
        .save_account(&form("A", "a", None), None)
        .expect("saved");
    home.engine.set_visible(false);
    home.write(cache, "{\"accessToken\":\"tw");
    home.pass(100).await;
    home.write(cache, &token("two"));
    home.pass(1000).await;
    let question = home.question().expect("a question");
    assert_eq!(
        (question.token_count, question.accounts),
        (1, vec!["A".to_owned()])
    );
    assert_eq!(
        (&*question.tokens[0].name, &question.tokens[0].new_key),
        ("s", &None)
    );
    assert_eq!(
        home.notices.shown(),
        ["Session Token Changed: The keys for s were renewed outside Rolecall."]
    );
}

#[tokio::test]
async fn what_is_kept_has_no_token_and_is_private_and_a_new_key_starts_anew() {
    let home = Watched::acme(1).await;
    home.renew(&keys("acme", 2)).await;
    home.answer(false);
    let file = format!("{DATA}/tokens.toml");
    let text = String::from_utf8(home.disk.content(&file).expect("kept")).expect("text");
    for secret in ["token-1", "token-2", SECRET, "ASIAIOSFODNN0001MPLE"] {
        assert!(!text.contains(secret), "{text}");
    }
    for name in ["tokens.toml", "mask.key", "accounts.toml"] {
        assert_eq!(
            home.disk.mode(format!("{DATA}/{name}")),
            Some(0o600),
            "{name}"
        );
    }
    let home = home
        .reopened(|home| home.disk.write(format!("{DATA}/mask.key"), [9; 32]))
        .await;
    assert_eq!(
        home.question(),
        None,
        "with another key nothing can be compared"
    );
}

#[tokio::test]
async fn a_data_folder_that_can_not_be_written_asks_as_always_and_says_what_was_lost() {
    let home = Watched::home(&[("credentials", &keys("acme", 1))]).await;
    home.renew(&keys("acme", 2)).await;
    let ticket = home.question().expect("a question").ticket;
    home.disk.plan(Some(crate::world::disk::Fault {
        at_call: 1,
        errno: 30,
        for_ever: true,
    }));
    let failure = home
        .engine
        .answer_token_change(ticket, true)
        .expect_err("not kept");
    assert_eq!(failure.code, FailureCode::Unwritable);
    assert!(
        failure
            .message
            .starts_with("The answer holds until Rolecall is closed and was not kept: "),
        "{}",
        failure.message
    );
    assert_eq!(home.question(), None, "it holds");
}

#[tokio::test]
async fn without_anybody_to_answer_the_files_are_believed() {
    let home = Watched::acme(1).await;
    let home = home
        .reopened(|home| home.write("credentials", &keys("acme", 2)))
        .await;
    let world = home.engine.world.clone();
    let command = crate::Engine::start(world, crate::Options::default());
    assert!(matches!(command.held_keys("acme"), Ok(None)));
}

#[tokio::test]
async fn keys_beside_a_role_are_asked_about_too() {
    let role = "role_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile = acme\n";
    let home = Watched::home(&[("credentials", &(keys("acme", 1) + role))]).await;
    home.renew(&(keys("acme", 2) + role)).await;
    assert!(home.question().is_some());
    assert_eq!(home.signs_with(), Ok("ASIAIOSFODNN0001MPLE".into()));
}
