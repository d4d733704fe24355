//! Rolecall's own client against moto, a second AWS that somebody else wrote: what our client and our `local-aws` might
//! misread in the same way, moto reads as others do. It takes any key, code and trust, so refusals are not tried here.
#![expect(clippy::disallowed_methods, reason = "the test runs moto")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use rolecall_engine::{
    Engine, Options, Wish,
    view::AssumeOutcome,
    world::{World, aws::RealAws, clock::RealClock, disk::FakeDisk, env::FakeEnv},
};

/// moto on a free port of this computer; it ends with the test.
struct Moto {
    process: Child,
    url: String,
}

impl Moto {
    fn start() -> Self {
        let mut process = Command::new(rolecall_tests::python("moto_server"))
            .args(["--host", "127.0.0.1", "--port", "0"])
            .env("PYTHONUNBUFFERED", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("moto: scripts/setup.sh brings it");
        let said = BufReader::new(process.stderr.take().expect("piped"));
        let mut said = said.lines().map_while(Result::ok);
        let url = said.find_map(|line| Some(line.split_once("Running on ")?.1.trim().to_owned()));
        // Whoever stops reading stops moto, at its next word.
        std::thread::spawn(move || said.for_each(drop));
        let url = url.expect("moto says where it is");
        Self { process, url }
    }

    /// Its own list of what it holds, in JSON: moto answers, and nobody else who took the port.
    fn holds(&self) -> String {
        let address = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("it listens");
        write!(
            stream,
            "GET /moto-api/data.json HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )
        .expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A home in memory whose calls go to this address.
fn engine(url: &str) -> Arc<Engine> {
    let disk = FakeDisk::new();
    disk.folder("/home/jo/.aws");
    disk.write(
        "/home/jo/.aws/config",
        format!(
            "[profile deploy]\nrole_arn = arn:aws:iam::444455556666:role/Deploy\nsource_profile = middle\nregion = eu-west-1\nendpoint_url = {url}\n\
             [profile middle]\nrole_arn = arn:aws:iam::111122223333:role/Middle\nsource_profile = base\nexternal_id = acme-7c4f-EXAMPLE\n\
             mfa_serial = arn:aws:iam::111122223333:mfa/jo\n\
             [profile base]\nregion = eu-west-1\nendpoint_url = {url}\n"
        ),
    );
    disk.write(
        "/home/jo/.aws/credentials",
        "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY\n",
    );
    let world = World {
        disk: Arc::new(disk),
        aws: Arc::new(RealAws::default()),
        clock: Arc::new(RealClock),
        ..World::fake(FakeEnv::with_home("/home/jo").var("USER", "jo"))
    };
    Engine::start(world, Options::default())
}

#[tokio::test]
async fn a_role_is_assumed_over_two_hops_and_moto_says_who_one_is_then() {
    let moto = Moto::start();
    assert!(moto.holds().starts_with("HTTP/1.1 200"));
    let engine = engine(&moto.url);
    let id = |name| engine.id_of(name).expect("a profile");

    let base = engine.verify(id("base")).await.expect("an identity");
    assert_eq!(base.name, "user/moto", "moto knows no users of ours");

    let wish = Wish {
        code: Some(rolecall_engine::Secret::new("123456".into())),
        ..Wish::default()
    };
    let outcome = engine.assume(id("deploy"), wish).await.expect("assumed");
    let AssumeOutcome::Assumed { session } = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(session.identity.name, "assumed-role/Deploy/rolecall-jo");
    assert_eq!(session.identity.account_id, "444455556666");
    assert!(session.key_id.starts_with("ASIA"));
    let lives = session.ends_at - session.started_at;
    assert!((3590..=3610).contains(&lives), "an hour, and not {lives} s");

    let who = engine.verify(id("deploy")).await.expect("an identity");
    assert_eq!(
        (who.name, who.account_id),
        (session.identity.name, session.identity.account_id)
    );
    // Each hop was made: moto remembers the sessions that it gave out.
    let held = moto.holds();
    for role in ["role/Middle", "role/Deploy"] {
        assert!(held.contains(role), "{role}: {held}");
    }
}
