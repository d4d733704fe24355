//! Answers over texts: what the shells get for given files.

use std::{fmt::Write, sync::Arc};

use crate::{
    Dialect,
    engine::{Engine, Options},
    snapshot::Snapshot,
    view::{ChainEnd, GroupKind, Grouping, Query, Segment, Shown, Sort, View},
    world::{World, disk::FakeDisk, env::FakeEnv},
};

/// A snapshot of these two files; none where the text is empty.
pub(crate) fn snapshot(config: &str, credentials: &str) -> Arc<Snapshot> {
    let disk = FakeDisk::new();
    disk.folder("/home/jo/.aws");
    for (name, text) in [("config", config), ("credentials", credentials)] {
        if !text.is_empty() {
            disk.write(format!("/home/jo/.aws/{name}"), text);
        }
    }
    let world = World {
        disk: Arc::new(disk),
        ..World::fake(FakeEnv::with_home("/home/jo"))
    };
    Engine::start(world, Options::default()).snapshot()
}

const ROLE: &str = "role_arn = arn:aws:iam::111122223333:role/team/Deploy";
const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";

fn query(view: View) -> Query {
    Query {
        view,
        filter: String::new(),
        segment: Segment::All,
        grouping: Grouping::Source,
        sort: Sort::Name,
    }
}

fn groups(snapshot: &Snapshot, query: &Query) -> Vec<String> {
    let name = |id: &u32| {
        snapshot
            .profile(*id)
            .expect("a listed profile")
            .name()
            .to_owned()
    };
    let groups = snapshot.listing(query, &[]).groups.into_iter();
    groups
        .map(|group| {
            format!(
                "{:?} {}: {}",
                group.kind,
                group.name.unwrap_or_default(),
                group.ids.iter().map(name).collect::<Vec<_>>().join(" ")
            )
        })
        .collect()
}

#[test]
fn profiles_stand_in_groups_by_where_their_keys_come_from() {
    let config = format!(
        "[sso-session acme]\n[profile web10]\nsso_session = acme\n[profile web9]\nsso_session = acme\n[profile deploy]\n{ROLE}\nsource_profile = web9\n\
         [profile admin]\n{ROLE}\nsource_profile = base\n[profile lost]\n{ROLE}\nsource_profile = gone\n[profile ec2]\n{ROLE}\ncredential_source = Ec2InstanceMetadata\n[profile empty]\nregion = x\n"
    );
    let snapshot = snapshot(&config, &format!("[base]\n{KEYS}"));
    assert_eq!(
        groups(&snapshot, &query(View::Profiles)),
        [
            "CantStart : lost",
            "UserKeys : base",
            "Portal acme: deploy web9 web10",
            "StartsFrom base: admin",
            "CredentialSource : ec2",
            "NoKeys : empty"
        ]
    );
    assert_eq!(
        groups(&snapshot, &query(View::AssumeRole)),
        [
            "CantStart : lost",
            "Portal acme: deploy",
            "StartsFrom base: admin",
            "CredentialSource : ec2"
        ]
    );
}

#[test]
fn the_assume_role_view_says_each_way_in_a_line() {
    let config = format!(
        "[profile a]\n{ROLE}\nsource_profile = b\n[profile b]\n{ROLE}\nsource_profile = base\n[profile l]\n{ROLE}\nsource_profile = l\n"
    );
    let snapshot = snapshot(&config, &format!("[base]\n{KEYS}"));
    let lines: Vec<_> = snapshot
        .listing(&query(View::AssumeRole), &[])
        .groups
        .into_iter()
        .flat_map(|group| group.lines.expect("lines"))
        .collect();
    assert_eq!(
        lines,
        [
            "l → l goes in a circle",
            "base → b → Deploy",
            "base → Deploy"
        ]
    );
}

#[test]
fn a_segment_a_filter_and_other_orders_narrow_and_sort() {
    let snapshot = snapshot(
        "[profile b]\nregion = x\n[profile a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n",
        "",
    );
    let ask = |query: &Query| {
        let listing = snapshot.listing(query, &[]);
        (groups(&snapshot, query), listing.shown, listing.of)
    };
    let attention = Query {
        segment: Segment::Attention,
        ..query(View::Profiles)
    };
    assert_eq!(ask(&attention), (vec!["NoKeys : b".to_owned()], 1, 2));
    let by_status = Query {
        sort: Sort::Status,
        grouping: Grouping::None,
        ..query(View::Profiles)
    };
    assert_eq!(ask(&by_status).0, ["All : b a"]);
    let none = Query {
        filter: "xyz".into(),
        ..query(View::Profiles)
    };
    assert_eq!(ask(&none), (Vec::new(), 0, 2));
}

#[test]
fn a_detail_has_each_value_with_its_line_and_no_secret() {
    let snapshot = snapshot(
        "[profile a]\nregion = eu-west-1\n",
        &format!("[a]\n{KEYS}region = us-east-1\n"),
    );
    let detail = snapshot.detail(0).expect("a");
    let values: Vec<_> = detail
        .values
        .iter()
        .map(|value| {
            let shown = match &value.shown {
                Shown::Text { text } => text.as_str(),
                Shown::Hidden => "hidden",
            };
            format!(
                "{} {shown} {:?}:{} hides {}",
                value.key,
                value.place.file,
                value.place.line,
                value.hides.len()
            )
        })
        .collect();
    assert_eq!(
        values,
        [
            "aws_access_key_id AKIAIOSFODNN7EXAMPLE Credentials:2 hides 0",
            "aws_secret_access_key hidden Credentials:3 hides 0",
            "region us-east-1 Credentials:4 hides 1",
        ]
    );
    let json = serde_json::to_string(&detail).expect("plain data");
    assert!(!json.contains("wJalr"), "{json}");
    assert_eq!(detail.advice.len(), 1, "AKIA without a token is long-lived");
}

#[test]
fn what_readers_make_of_a_profile_stands_beside_it() {
    let snapshot = snapshot(
        "[profile a]\nregion = eu-west-1 # home\noutput = json\n",
        "",
    );
    let readers =
        serde_json::to_value(&snapshot.read_by(0).expect("a").readers).expect("plain data");
    let differs = serde_json::json!({ "is": "differs", "differences": [{
        "key": "region",
        "here": { "is": "text", "text": "eu-west-1" },
        "there": { "is": "text", "text": "eu-west-1 # home" },
    }]});
    for reader in readers.as_array().expect("readers") {
        let reads = match reader["engine"].as_str().expect("a name") {
            "botocore" | "rust-ini" => &differs,
            _ => &serde_json::json!({ "is": "same" }),
        };
        assert_eq!(&reader["reading"], reads, "{reader}");
    }
    assert_eq!(readers.as_array().map(Vec::len), Some(6));
}

#[test]
fn a_profile_opens_before_any_reader_has_read_the_files() {
    let snapshot = snapshot("[profile a]\nregion = eu-west-1\n", "");
    snapshot.detail(0).expect("a");
    assert!(
        !snapshot.was_compared(),
        "nobody waits for six readers who did not ask for them"
    );
    snapshot.read_by(0).expect("a");
    assert!(snapshot.was_compared());
}

#[test]
fn why_says_that_keys_come_from_below_another_header() {
    let keys = KEYS;
    let snapshot = snapshot(
        "",
        &format!("[a]\nregion = eu-west-1\n[b\n{keys}[c]\n{keys}"),
    );
    let why = |name, engine| {
        let why = snapshot.why_document(name, &[engine], &|_| None);
        let [sdk] = why.expect("known").sdks.try_into().expect("one SDK");
        let stands_in = sdk.steps.last().and_then(|step| step.stands_in.clone());
        (sdk.ends, stands_in)
    };
    for engine in [Dialect::Js, Dialect::Go] {
        let (ends, stands_in) = why("a", engine);
        assert_eq!(
            ends.as_deref(),
            Some("keys of b, under the name of a"),
            "{engine:?}"
        );
        assert_eq!(stands_in.as_deref(), Some("b"));
        assert_eq!(why("c", engine), (Some("keys of c".into()), None));
    }
    assert_eq!(why("a", Dialect::Java).0, None, "it refuses the file");
}

#[test]
fn who_reads_both_files_how_is_counted_and_who_refuses_one_is_told_once() {
    let keys = KEYS;
    let snapshot = snapshot(
        "[profile a]\nregion = eu-west-1\n[profile b]\nregion = eu-west-1 # home\n",
        &format!("[c]\n{keys}[d\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\n"),
    );
    let compatibility = snapshot.compatibility();
    let told: Vec<_> = compatibility
        .engines
        .iter()
        .map(|it| {
            let lines: Vec<_> = it.not_read.iter().map(|file| file.line).collect();
            let counts = [it.same, it.differs, it.absent, it.unusable, it.refused];
            (it.engine.as_str(), counts, lines)
        })
        .collect();
    let refused = |line| vec![Some(line)];
    assert_eq!(
        told,
        [
            ("botocore", [0, 0, 0, 0, 4], refused(5)),
            ("js", [2, 1, 1, 0, 0], vec![]),
            ("go", [2, 1, 1, 0, 0], vec![]),
            ("java", [0, 0, 0, 0, 4], refused(4)),
            ("rust", [0, 0, 0, 0, 4], refused(4)),
            ("rust-ini", [1, 1, 0, 0, 2], refused(5)),
        ]
    );
    let names: Vec<_> = compatibility
        .profiles
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["b", "c", "d"]);
    let json = serde_json::to_string(&snapshot.compat_document(None, &Dialect::ALL).expect("all"))
        .expect("plain");
    assert!(
        !json.contains("wJalr") && json.contains(r#""signsWith":"d""#),
        "{json}"
    );
}

#[test]
fn a_chain_is_the_same_as_graph_and_as_list() {
    let config = format!(
        "[profile a]\n{ROLE}\nsource_profile = b\nmfa_serial = m\n[profile b]\n{ROLE}\nsource_profile = base\n"
    );
    let snapshot = snapshot(&config, &format!("[base]\n{KEYS}"));
    let chain = snapshot.detail(0).expect("a").chain;
    assert_eq!(chain.end, ChainEnd::Complete);
    let steps: Vec<_> = chain
        .steps
        .iter()
        .map(|step| format!("{}: {}", step.name, step.text))
        .collect();
    assert_eq!(
        steps,
        [
            "base: keys that never end, AKIA…MPLE",
            "b: role/Deploy in 1111 2222 3333",
            "a: role/Deploy in 1111 2222 3333, asks for an MFA code, at most 1 hour because it is a role from a role",
        ]
    );
    let nodes: Vec<_> = chain
        .graph
        .nodes
        .iter()
        .map(|node| (node.name.as_str(), node.one_hour))
        .collect();
    assert_eq!(nodes, [("base", false), ("b", false), ("a", true)]);
    assert_eq!(chain.graph.edges.len(), 2);
    assert_eq!(chain.sentence, "2 roles in a row, from base.");
}

#[test]
fn circles_and_missing_sources_are_drawn_and_named() {
    let config = format!(
        "[profile a]\n{ROLE}\nsource_profile = b\n[profile b]\n{ROLE}\nsource_profile = a\n[profile c]\n{ROLE}\nsource_profile = acme-deev\n"
    );
    let snapshot = snapshot(&config, "");
    let chain = |id| snapshot.detail(id).expect("there").chain;
    assert_eq!(chain(0).sentence, "a → b → a goes in a circle.");
    assert_eq!(chain(0).graph.edges.len(), 2, "there and back");
    assert_eq!(chain(2).sentence, "Source profile “acme-deev” is missing.");
    let names: Vec<_> = chain(2)
        .graph
        .nodes
        .into_iter()
        .map(|node| node.name)
        .collect();
    assert_eq!(names, ["acme-deev", "c"]);
}

#[test]
fn a_start_with_many_roles_is_drawn_in_part_and_counted() {
    let mut config = format!("[profile a]\n{ROLE}\nsource_profile = base\n");
    for number in 0..200 {
        writeln!(config, "[profile r{number}]\n{ROLE}\nsource_profile = base").expect("a String");
    }
    let snapshot = snapshot(&config, &format!("[base]\n{KEYS}"));
    let graph = snapshot.chains(0).expect("a").graph;
    assert_eq!(graph.nodes.len(), 60);
    assert_eq!(
        graph.nodes.last().map(|node| node.name.as_str()),
        Some("143"),
        "the rest is counted"
    );
}

#[test]
fn a_problem_comes_with_its_lines_masked_and_with_what_a_fix_changes() {
    let config = format!(
        "[profile acme-dev]\nregion = x\naws_session_token = verysecret\n[profile r]\n{ROLE}\nsource_profile = acme-deev # here\n"
    );
    let snapshot = snapshot(&config, "");
    let groups = snapshot.problem_groups();
    let row = groups
        .iter()
        .flat_map(|group| &group.problems)
        .find(|row| row.message.starts_with("r has nothing"))
        .expect("the problem");
    assert_eq!(row.place, "config, line 6");
    let problem = snapshot.problem(&row.key).expect("in full");
    let change: Vec<_> = problem.fixes[0].changes[0]
        .lines
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(
        change,
        [
            "source_profile = acme-deev # here",
            "source_profile = acme-dev # here"
        ]
    );
    let around: Vec<_> = problem.excerpts[0]
        .lines
        .iter()
        .map(|line| line.line.expect("a number"))
        .collect();
    assert_eq!(around, [4, 5, 6]);
    let all = serde_json::to_string(
        &snapshot
            .problem_groups()
            .iter()
            .flat_map(|g| {
                g.problems
                    .iter()
                    .map(|p| snapshot.problem(&p.key).expect("full"))
            })
            .collect::<Vec<_>>(),
    )
    .expect("plain");
    assert!(!all.contains("verysecret"), "{all}");
}

#[tokio::test]
async fn what_was_opened_last_comes_first_where_that_is_asked_for() {
    let disk = FakeDisk::new();
    disk.write(
        "/home/jo/.aws/config",
        "[profile a]\nregion = x\n[profile b]\nregion = x\n[profile c]\nregion = x\n",
    );
    let world = World {
        disk: Arc::new(disk),
        ..World::fake(FakeEnv::with_home("/home/jo"))
    };
    let engine = Engine::start(world, Options::default());
    for id in [1, 2] {
        engine.opened(id);
    }
    let query = Query {
        sort: Sort::Recent,
        grouping: Grouping::None,
        ..query(View::Profiles)
    };
    assert_eq!(engine.listing(&query).groups[0].ids, [2, 1, 0]);
}

#[test]
fn pinned_profiles_come_first() {
    let disk = FakeDisk::new();
    disk.write(
        "/home/jo/.aws/config",
        "[profile a]\nregion = x\n[profile b]\nregion = x\n",
    );
    let env = FakeEnv::with_home("/home/jo").var("ROLECALL_DATA", "/home/jo/data");
    let world = World {
        disk: Arc::new(disk),
        ..World::fake(env)
    };
    let engine = Engine::start(world.clone(), Options::default());
    engine.pin(1, true).expect("pinned");
    let again = Engine::start(world, Options::default());
    for engine in [engine, again] {
        let groups = engine
            .snapshot()
            .listing(&query(View::Profiles), &[])
            .groups;
        assert_eq!(
            (groups[0].kind, groups[0].ids.len()),
            (GroupKind::Pinned, 1)
        );
    }
}

#[test]
fn no_answer_holds_a_secret_that_nobody_asked_for() {
    const CANARY: &str = "CANARY9wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzz7";
    let config = format!(
        "# aws_secret_access_key = {CANARY}\n[profile a]\naws_session_token = {CANARY}\nmy_own_key = {CANARY}\n\
         credential_process = /bin/x --token {CANARY}\nnonsense {CANARY}\nregion = x\nregion = y\n[profile b]\n{ROLE}\nsource_profile = aa\n"
    );
    let credentials = format!(
        "[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {CANARY}\n  {CANARY}\n[a]\naws_secret_access_key: {CANARY}\n"
    );
    let snapshot = snapshot(&config, &credentials);
    let mut said = vec![
        serde_json::to_string(&snapshot.overview()).expect("plain"),
        serde_json::to_string(snapshot.rows()).expect("plain"),
        serde_json::to_string(&snapshot.problem_groups()).expect("plain"),
        serde_json::to_string(&snapshot.list_document("").0).expect("plain"),
        serde_json::to_string(&snapshot.check_document()).expect("plain"),
        serde_json::to_string(&snapshot.compat_document(None, &Dialect::ALL).expect("all"))
            .expect("plain"),
        serde_json::to_string(&snapshot.compatibility()).expect("plain"),
        format!("{snapshot:?}"),
    ];
    for engine in Dialect::ALL {
        let read = snapshot.read_document(engine, false);
        said.push(serde_json::to_string(&read).expect("plain"));
    }
    for view in [View::Profiles, View::AssumeRole] {
        said.push(serde_json::to_string(&snapshot.listing(&query(view), &[])).expect("plain"));
    }
    for row in snapshot.rows() {
        said.push(serde_json::to_string(&snapshot.detail(row.id).expect("there")).expect("plain"));
        said.push(serde_json::to_string(&snapshot.chains(row.id).expect("there")).expect("plain"));
        said.push(
            serde_json::to_string(&snapshot.show_document(&row.name, false).expect("there"))
                .expect("plain"),
        );
        said.push(
            serde_json::to_string(&snapshot.chain_document(&row.name).expect("there"))
                .expect("plain"),
        );
    }
    for problem in snapshot
        .problem_groups()
        .iter()
        .flat_map(|group| &group.problems)
    {
        said.push(
            serde_json::to_string(&snapshot.problem(&problem.key).expect("there")).expect("plain"),
        );
    }
    for text in &said {
        assert!(!text.contains("CANARY"), "{text}");
    }
    let shown =
        serde_json::to_string(&snapshot.show_document("a", true).expect("there")).expect("plain");
    assert!(
        shown.contains(CANARY),
        "asked for, it is found: the test has eyes"
    );
}

#[test]
fn a_row_is_about_a_hundred_bytes_on_the_wire() {
    let mut config = String::new();
    for number in 0..500 {
        writeln!(config, "[profile globex-data-{number}]\nsso_session = globex\nsso_account_id = 111122223333\nsso_role_name = Administrator")
            .expect("a String");
    }
    let snapshot = snapshot(&config, "");
    let bytes =
        serde_json::to_string(snapshot.rows()).expect("plain").len() / snapshot.rows().len();
    assert!((60..160).contains(&bytes), "{bytes} bytes");
}
