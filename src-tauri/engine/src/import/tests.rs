//! What becomes of a paste in a home: offered, shown, written, remembered. The keys are AWS's documented examples.

use std::sync::Arc;

use crate::{
    engine::{Engine, Options},
    failure::Failure,
    view::{ChangeOutcome, ChangeRequest, FailureCode, PasteForm, Pasted, Proposal},
    world::{World, disk::FakeDisk, env::FakeEnv},
};

const CONFIG: &str = "/home/jo/.aws/config";
const CREDENTIALS: &str = "/home/jo/.aws/credentials";
const SETTINGS: &str = "/home/jo/.local/share/rolecall/settings.toml";
const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const OTHER_ID: &str = "AKIAI44QH8DHBEXAMPLE";
const OTHER_SECRET: &str = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY";
const SESSION_ID: &str = "ASIAIOSFODNN7EXAMPLE";
const TOKEN: &str = "AQoEXAMPLEH4aoAH0gNCAPyJxz4BlCFFxWNE1OPTgk5TthTFvwqnKwRcOIfrRh3cLTo6UDdyJwOOvEVPvLXCrrrUtdnniCEXAMPLE";
const HOME: &str = "# work\n[default]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY\n";

fn desk(credentials: &str) -> (Arc<Engine>, FakeDisk) {
    let disk = FakeDisk::new();
    disk.folder("/home/jo");
    disk.write(CREDENTIALS, credentials);
    let world = World {
        disk: Arc::new(disk.clone()),
        ..World::fake(FakeEnv::with_home("/home/jo"))
    };
    (Engine::start(world, Options::default()), disk)
}

fn block(id: &str, token: &str) -> String {
    format!(
        "[123456789012_Admin]\naws_access_key_id={id}\naws_secret_access_key={SECRET}\naws_session_token={token}\n"
    )
}

fn read(disk: &FakeDisk, path: &str) -> String {
    String::from_utf8(disk.content(path).expect("it is there")).expect("text")
}

fn names(pasted: &Pasted) -> Vec<String> {
    pasted
        .offers
        .iter()
        .map(|offer| offer.name.clone())
        .collect()
}

fn import(ticket: u32, names: &[&str]) -> ChangeRequest {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    ChangeRequest::Import { ticket, names }
}

fn look(engine: &Engine, text: &str) -> Result<Pasted, Failure> {
    engine.look_at_paste(&text.to_owned().into())
}

/// Pastes, and writes it under these names.
fn take(engine: &Engine, text: &str, names: &[&str]) -> Proposal {
    let pasted = look(engine, text).expect("keys");
    let request = import(pasted.ticket, names);
    let shown = engine.propose(&request).expect("it can be done");
    let outcome = engine.carry_out(&request, &shown.id).expect("no failure");
    assert_eq!(outcome, ChangeOutcome::Written);
    shown
}

#[test]
fn a_portal_block_becomes_a_profile_under_a_name_that_is_remembered() {
    let (engine, disk) = desk(HOME);
    let pasted = look(&engine, &block(SESSION_ID, TOKEN)).expect("keys");
    assert_eq!(pasted.form, PasteForm::PortalBlock);
    assert_eq!(names(&pasted), ["123456789012_Admin"]);
    assert!(!pasted.offers[0].updates);
    let shown = take(&engine, &block(SESSION_ID, TOKEN), &["acme"]);
    assert_eq!(shown.what, "Add acme");
    assert_eq!(
        read(&disk, CREDENTIALS),
        format!(
            "{HOME}\n[acme]\naws_access_key_id = {SESSION_ID}\naws_secret_access_key = {SECRET}\naws_session_token = {TOKEN}\n"
        )
    );
    assert!(read(&disk, SETTINGS).contains("\"123456789012/Admin\" = \"acme\""));
    let again = look(&engine, &block("ASIAI44QH8DHBEXAMPLE", "new")).expect("keys");
    let offer = &again.offers[0];
    assert_eq!((offer.name.as_str(), offer.updates), ("acme", true));
    assert_eq!(offer.key_id.as_deref(), Some("ASIA…MPLE"));
}

#[test]
fn an_update_replaces_three_values_and_nothing_else() {
    let known = format!(
        "{HOME}\n[acme]\n# from the portal\naws_access_key_id={ID}\naws_secret_access_key={OTHER_SECRET}\naws_session_token=old\nregion=eu-west-1\n"
    );
    let (engine, disk) = desk(&known);
    let shown = take(&engine, &block(SESSION_ID, TOKEN), &["acme"]);
    assert_eq!(shown.what, "Update acme");
    let wanted = known
        .replace(
            &format!("[acme]\n# from the portal\naws_access_key_id={ID}"),
            &format!("[acme]\n# from the portal\naws_access_key_id={SESSION_ID}"),
        )
        .replace(
            &format!("aws_secret_access_key={OTHER_SECRET}"),
            &format!("aws_secret_access_key={SECRET}"),
        )
        .replace(
            "aws_session_token=old",
            &format!("aws_session_token={TOKEN}"),
        );
    assert_eq!(read(&disk, CREDENTIALS), wanted);
}

#[test]
fn keys_that_are_there_already_are_known_by_their_id() {
    let (engine, _) = desk(&format!(
        "{HOME}[mine]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\n"
    ));
    let csv = format!("Access key ID,Secret access key\n{ID},{SECRET}\n");
    let pasted = look(&engine, &csv).expect("keys");
    assert_eq!(
        (names(&pasted), pasted.offers[0].updates),
        (vec!["mine".to_owned()], true)
    );
    let shown = engine
        .propose(&import(pasted.ticket, &["mine"]))
        .expect("fine");
    assert_eq!(shown.changes, [], "there is nothing to change");
}

#[test]
fn a_csv_becomes_the_default_profile_or_goes_beside_it() {
    let csv = format!("\u{feff}Access key ID,Secret access key\r\n{ID},{SECRET}\r\n");
    let (engine, disk) = desk("");
    let pasted = look(&engine, &csv).expect("keys");
    assert_eq!(names(&pasted), ["default"]);
    take(&engine, &csv, &["default"]);
    assert_eq!(
        read(&disk, CREDENTIALS),
        format!("[default]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\n")
    );
    let (engine, _) = desk(HOME);
    assert_eq!(names(&look(&engine, &csv).expect("keys")), ["pasted"]);
}

#[test]
fn a_name_that_is_taken_gets_a_number() {
    let (engine, _) = desk(HOME);
    let text = format!("[default]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\n");
    assert_eq!(names(&look(&engine, &text).expect("keys")), ["default-2"]);
    let spaced = text.replace("[default]", "[my team]");
    assert_eq!(names(&look(&engine, &spaced).expect("keys")), ["my-team"]);
}

#[test]
fn a_region_goes_into_config_and_an_end_beside_the_keys() {
    let (engine, disk) = desk(HOME);
    let text = format!(
        "export AWS_ACCESS_KEY_ID={SESSION_ID}\nexport AWS_SECRET_ACCESS_KEY={SECRET}\nexport AWS_SESSION_TOKEN={TOKEN}\nexport AWS_REGION=eu-west-1\nexport AWS_CREDENTIAL_EXPIRATION=2026-11-22T18:00:00Z\n"
    );
    take(&engine, &text, &["acme"]);
    assert_eq!(read(&disk, CONFIG), "[profile acme]\nregion = eu-west-1\n");
    assert!(read(&disk, CREDENTIALS).ends_with("aws_expiration = 2026-11-22T18:00:00Z\n"));
}

#[test]
fn what_would_be_untrue_beside_new_keys_goes() {
    let known = format!(
        "[acme]\naws_access_key_id = {SESSION_ID}\naws_secret_access_key = {SECRET}\naws_session_token = {TOKEN}\naws_expiration = 2026-11-22T11:00:00Z\n"
    );
    let (engine, disk) = desk(&known);
    let csv = format!("User name,Access key ID,Secret access key\njo,{OTHER_ID},{OTHER_SECRET}\n");
    take(&engine, &csv, &["acme"]);
    assert_eq!(
        read(&disk, CREDENTIALS),
        format!("[acme]\naws_access_key_id = {OTHER_ID}\naws_secret_access_key = {OTHER_SECRET}\n")
    );
}

#[test]
fn profiles_that_start_from_each_other_do_so_under_their_new_names() {
    let (engine, disk) = desk(HOME);
    let text = format!(
        "[base]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\n[profile deploy]\nrole_arn = arn:aws:iam::123456789012:role/Deploy\nsource_profile = base\n"
    );
    take(&engine, &text, &["acme", "acme-deploy"]);
    assert_eq!(
        read(&disk, CONFIG),
        "[profile acme-deploy]\nrole_arn = arn:aws:iam::123456789012:role/Deploy\nsource_profile = acme\n"
    );
    let pasted = look(&engine, &text).expect("keys");
    let shown = engine
        .propose(&import(pasted.ticket, &["", "role"]))
        .expect("fine");
    assert_eq!(shown.what, "Add role", "an empty name leaves one out");
}

#[test]
fn nothing_that_goes_back_has_a_secret() {
    let (engine, _) = desk(HOME);
    let pasted = look(&engine, &block(SESSION_ID, TOKEN)).expect("keys");
    let shown = engine
        .propose(&import(pasted.ticket, &["acme"]))
        .expect("fine");
    let said = format!("{pasted:?}{shown:?}{engine:?}");
    assert!(!said.contains(SECRET) && !said.contains(TOKEN), "{said}");
}

#[test]
fn a_ticket_holds_until_it_is_written_forgotten_or_replaced() {
    let (engine, disk) = desk(HOME);
    let gone = |request: &ChangeRequest| {
        let failure = engine.propose(request).expect_err("it is gone");
        (failure.code, failure.cause) == (FailureCode::NotFound, Some("paste.gone"))
    };
    let first = look(&engine, &block(SESSION_ID, TOKEN)).expect("keys");
    let second = look(&engine, &block(SESSION_ID, TOKEN)).expect("keys");
    assert!(gone(&import(first.ticket, &["acme"])));
    engine.forget_paste();
    assert!(gone(&import(second.ticket, &["acme"])));
    take(&engine, &block(SESSION_ID, TOKEN), &["acme"]);
    assert!(gone(&import(second.ticket + 1, &["acme"])));
    assert_eq!(read(&disk, CREDENTIALS).matches("[acme]").count(), 1);
}

#[test]
fn what_is_no_key_is_told_and_changes_nothing() {
    let (engine, disk) = desk(HOME);
    let failure = look(&engine, "Dear Jo").expect_err("no keys");
    assert_eq!(
        (failure.code, failure.message.as_str()),
        (FailureCode::Unsupported, "That doesn't look like AWS keys.")
    );
    assert_eq!(read(&disk, CREDENTIALS), HOME);
}

#[test]
fn a_name_that_not_all_sdks_read_is_refused() {
    let (engine, _) = desk(HOME);
    let pasted = look(&engine, &block(SESSION_ID, TOKEN)).expect("keys");
    let failure = engine
        .propose(&import(pasted.ticket, &["my team"]))
        .expect_err("most SDKs don't find it");
    assert_eq!(failure.cause, Some("profile.oddName"));
}

#[test]
fn a_pasted_command_goes_in_as_a_comment_and_once() {
    let (engine, disk) = desk(HOME);
    let text = format!(
        "[dev]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\ncredential_process = /bin/evil --password {OTHER_SECRET}\n[run]\ncredential_process = /bin/evil\n"
    );
    let pasted = look(&engine, &text).expect("keys");
    let commands: Vec<_> = pasted
        .offers
        .iter()
        .map(|offer| offer.command.as_deref())
        .collect();
    let [Some(masked), Some("credential_process = /bin/evil")] = commands[..] else {
        panic!("{commands:?}");
    };
    assert!(
        masked.starts_with("credential_process = /bin/evil --password ••••"),
        "{masked}"
    );
    take(&engine, &text, &["dev", "run"]);
    assert!(read(&disk, CREDENTIALS).ends_with(&format!(
        "# credential_process = /bin/evil --password {OTHER_SECRET}\n"
    )));
    assert_eq!(
        read(&disk, CONFIG),
        "[profile run]\n# credential_process = /bin/evil\n"
    );
    let home = engine.snapshot();
    let runs = |name| {
        home.home()
            .named_profile(name)
            .expect("there")
            .get("credential_process")
    };
    assert!(
        runs("dev").is_none() && runs("run").is_none(),
        "nothing runs it"
    );
    let again = look(&engine, &text).expect("keys");
    let shown = engine.propose(&import(again.ticket, &["dev", "run"]));
    assert_eq!(shown.expect("fine").changes, []);
}
