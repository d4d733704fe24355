//! Accounts over a watched home: kept, changed by two at once, and never deleted by what happens to the files.

use crate::{
    view::{Account, AccountForm, Endpoint, FailureCode, Label, Query, Segment},
    watch::tests::Watched,
};

const ROLE: &str = "role_arn = arn:aws:iam::111122223333:role/Deploy\nsource_profile =";
const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
const FILE: &str = "/home/jo/.local/share/rolecall/accounts.toml";

fn form(name: &str) -> AccountForm {
    AccountForm {
        name: name.into(),
        profile: "acme-dev".into(),
        role: None,
        region: None,
        endpoint: Endpoint::Aws,
        label: None,
    }
}

impl Watched {
    /// Keys, a role that starts from them, and keys that nobody uses.
    async fn with_roles() -> Self {
        let config = format!(
            "[profile acme-dev]\nregion = eu-west-1\n[profile deploy]\n{ROLE} acme-dev\nregion = us-east-1\nmfa_serial = arn:aws:iam::111122223333:mfa/jo\n[profile far]\n{ROLE} deploy\n"
        );
        let credentials = format!("[acme-dev]\n{KEYS}[idle]\n{}", KEYS.replace("7EX", "8EX"));
        Self::home(&[("config", &config), ("credentials", &credentials)]).await
    }

    fn accounts(&self) -> Vec<Account> {
        self.snapshot().connections().accounts
    }

    fn names(&self) -> Vec<String> {
        let accounts = self.accounts().into_iter();
        accounts.map(|account| account.form.name).collect()
    }

    fn row(&self, name: &str) -> u32 {
        let snapshot = self.snapshot();
        snapshot.id(snapshot.named(name).expect("there"))
    }
}

#[tokio::test]
async fn an_account_connects_its_profile_and_what_feeds_it_and_marks_unused_keys() {
    let home = Watched::with_roles().await;
    assert_eq!(
        home.rows(),
        [
            "acme-dev unchecked",
            "deploy unchecked",
            "far unchecked",
            "idle unchecked"
        ]
    );
    let account = AccountForm {
        role: Some("deploy".into()),
        ..form("Acme Dev")
    };
    home.engine.save_account(&account, None).expect("saved");
    assert_eq!(
        home.rows(),
        [
            "acme-dev connected",
            "deploy connected",
            "far unchecked",
            "idle warning"
        ]
    );
    let listing = home.engine.listing(&Query {
        view: crate::view::View::Profiles,
        filter: String::new(),
        segment: Segment::InUse,
        grouping: crate::view::Grouping::None,
        sort: crate::view::Sort::Name,
    });
    assert_eq!(
        listing.groups[0].ids,
        [home.row("acme-dev"), home.row("deploy")]
    );
    let [account] = home.accounts().try_into().expect("one account");
    assert_eq!(account.status.name(), "connected");
    assert_eq!(
        account.region.as_deref(),
        Some("us-east-1"),
        "the role's own"
    );
    assert_eq!(account.account_id.as_deref(), Some("111122223333"));
    assert_eq!(account.key_id.as_deref(), Some("AKIA…MPLE"));
    let roles: Vec<_> = account
        .roles
        .iter()
        .map(|role| &*role.profile.name)
        .collect();
    assert_eq!(roles, ["deploy"], "far starts from deploy");
    assert!(account.roles[0].mfa);
}

#[tokio::test]
async fn choosing_a_profile_fills_the_form() {
    let home = Watched::with_roles().await;
    let choice = home
        .engine
        .profile_choice(home.row("acme-dev"))
        .expect("there");
    assert_eq!(
        (&*choice.name, choice.label),
        ("Acme Dev", Some(Label::Dev))
    );
    assert_eq!(choice.key_id.as_deref(), Some("AKIA…MPLE"));
    assert_eq!(choice.keys_at.map(|place| place.line), Some(2));
    assert_eq!(
        (&*choice.keys_from, choice.region.as_deref()),
        ("credentials", Some("eu-west-1"))
    );
    assert_eq!(choice.roles.len(), 1);
    home.engine
        .save_account(&form("Acme Dev"), None)
        .expect("saved");
    let again = home
        .engine
        .profile_choice(home.row("acme-dev"))
        .expect("there");
    assert_eq!(again.name, "Acme Dev 2");
    let role = home
        .engine
        .profile_choice(home.row("deploy"))
        .expect("there");
    assert_eq!(
        (role.key_id, &*role.keys_from),
        (None, "a role that starts from acme-dev")
    );
}

#[tokio::test]
async fn accounts_are_kept_renamed_and_removed_and_keep_their_numbers() {
    let home = Watched::with_roles().await;
    let one = home.engine.save_account(&form("One"), None).expect("saved");
    let two = home.engine.save_account(&form("Two"), None).expect("saved");
    home.engine.use_account(Some(one), None).expect("in use");
    let renamed = AccountForm {
        endpoint: Endpoint::LocalStack,
        label: Some(Label::Staging),
        ..form("Zero")
    };
    assert_eq!(home.engine.save_account(&renamed, Some(one)), Ok(one));
    assert_eq!(home.names(), ["Two", "Zero"]);
    let connections = home.snapshot().connections();
    assert_eq!(connections.in_use.map(|in_use| in_use.account), Some(one));
    let zero = &connections.accounts[1];
    assert_eq!(zero.endpoint.as_deref(), Some("http://localhost:4566"));
    let home = home.reopened(|_| {}).await;
    assert_eq!(home.names(), ["Two", "Zero"]);
    assert_eq!(home.accounts()[1].form, renamed);
    let id = home.accounts()[0].id;
    home.engine.remove_account(id).expect("removed");
    assert_eq!(home.names(), ["Zero"]);
    let gone = home.engine.remove_account(id).expect_err("gone").message;
    assert_eq!(
        gone,
        "This account is gone; another Rolecall may have removed it."
    );
    assert_ne!(one, two);
}

#[tokio::test]
async fn what_is_refused_changes_nothing() {
    let home = Watched::with_roles().await;
    home.engine.save_account(&form("One"), None).expect("saved");
    let before = home.disk.content(FILE);
    let far = AccountForm {
        role: Some("far".into()),
        ..form("Two")
    };
    let failure = home.engine.save_account(&far, None).expect_err("refused");
    assert_eq!(
        failure.message,
        "far does not start from acme-dev: it starts from deploy."
    );
    assert!(
        home.engine.save_account(&form("one"), None).is_err(),
        "taken"
    );
    assert!(
        home.engine.use_region(Some("eu-west-1")).is_err(),
        "nothing is in use"
    );
    assert_eq!(home.disk.content(FILE), before);
}

#[tokio::test]
async fn an_account_stays_when_its_profile_goes_and_the_role_in_use_never_becomes_the_base_keys() {
    let home = Watched::with_roles().await;
    let role = home.row("deploy");
    let id = home.engine.save_account(&form("One"), None).expect("saved");
    home.engine
        .use_account(Some(id), Some(role))
        .expect("in use");
    home.engine
        .use_region(Some("eu-central-1"))
        .expect("changed");
    let in_use = home.snapshot().connections().in_use.expect("in use");
    assert_eq!(in_use.role.map(|role| role.name).as_deref(), Some("deploy"));
    assert_eq!(in_use.region.as_deref(), Some("eu-central-1"));
    home.write(
        "config",
        "[profile acme-dev]\nregion = eu-west-1\n[profile x]\nregion = eu-west-1\n",
    );
    home.pass(4000).await;
    assert_eq!(home.snapshot().connections().in_use, None);
    home.delete("credentials");
    home.write("config", "[profile x]\nregion = eu-west-1\n");
    home.pass(4000).await;
    let [account] = home.accounts().try_into().expect("it stays");
    assert_eq!(
        (account.status.name(), &*account.reason, account.profile_id),
        ("broken", "Profile “acme-dev” is gone.", None)
    );
}

#[tokio::test]
async fn the_window_follows_what_the_command_writes_and_neither_loses_the_others_account() {
    let home = Watched::with_roles().await;
    home.engine
        .save_account(&form("Window"), None)
        .expect("saved");
    let command = crate::Engine::start(home.engine.world.clone(), crate::Options::default());
    home.engine
        .save_account(&form("Window 2"), None)
        .expect("saved");
    command.save_account(&form("Command"), None).expect("saved");
    home.engine
        .save_account(&form("Window 3"), None)
        .expect("saved");
    home.pass(1000).await;
    assert_eq!(home.names(), ["Command", "Window", "Window 2", "Window 3"]);
    command
        .use_named("command", Some("deploy"), false, None)
        .expect("in use");
    home.pass(1000).await;
    assert!(home.snapshot().connections().in_use.is_some());
}

#[tokio::test]
async fn a_damaged_file_is_set_aside_by_the_next_write_and_unknown_keys_stay() {
    let home = Watched::with_roles().await;
    let home = home
        .reopened(|home| home.disk.write(FILE, "account = 7"))
        .await;
    assert!(home.names().is_empty(), "it starts");
    let failure = home.snapshot().connections().failure.expect("it is told");
    assert_eq!(
        failure.message,
        "accounts.toml in Rolecall's data folder can't be read as accounts."
    );
    home.engine.save_account(&form("One"), None).expect("saved");
    assert_eq!(home.snapshot().connections().failure, None);
    let folder = "/home/jo/.local/share/rolecall";
    let now = home.engine.world.clock.now().as_second();
    let aside = home
        .disk
        .content(format!("{folder}/accounts.bad-{now}.toml"));
    assert_eq!(aside, Some(b"account = 7".to_vec()));
    let newer = "tray = true\n[[account]]\nname = \"One\"\nprofile = \"acme-dev\"\ncolour = \"red\"\nlabel = \"sandbox\"\n";
    home.disk.write(FILE, newer);
    home.pass(1000).await;
    home.engine.save_account(&form("Two"), None).expect("saved");
    let text = String::from_utf8(home.disk.content(FILE).expect("there")).expect("text");
    for kept in [
        "tray = true",
        "colour = \"red\"",
        "sandbox",
        "# The accounts of Rolecall",
    ] {
        assert!(text.contains(kept), "{text}");
    }
    home.disk.write(FILE, "[[account]]\nname = \"On");
    home.pass(1000).await;
    assert_eq!(home.names(), ["One", "Two"], "somebody is typing in it");
}

#[tokio::test]
async fn a_data_folder_that_can_not_be_written_is_told_and_nothing_is_shown_that_was_not_kept() {
    let home = Watched::with_roles().await;
    home.disk.plan(Some(crate::world::disk::Fault {
        at_call: 2,
        errno: 28,
        for_ever: true,
    }));
    let failure = home
        .engine
        .save_account(&form("One"), None)
        .expect_err("full");
    assert_eq!(failure.code, FailureCode::Unwritable);
    assert!(
        failure.message.starts_with("The account was not kept: "),
        "{}",
        failure.message
    );
    home.disk.plan(None);
    assert!(home.names().is_empty());
}

#[tokio::test]
async fn a_refusal_still_shows_what_another_rolecall_wrote() {
    let home = Watched::with_roles().await;
    home.engine.save_account(&form("One"), None).expect("saved");
    let command = crate::Engine::start(home.engine.world.clone(), crate::Options::default());
    command.save_account(&form("Two"), None).expect("saved");
    assert!(
        home.engine.save_account(&form("Two"), None).is_err(),
        "taken"
    );
    assert_eq!(home.names(), ["One", "Two"]);
}
