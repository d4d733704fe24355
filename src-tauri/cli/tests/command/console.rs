//! Console sign-ins as `aws login` leaves them: used while they last, renewed near their end, and never signed in to.

use local_aws::{LocalAws, World, documentation as d};
use serde_json::{Value, json};

use super::home::{Home, Ran, feed};

const CONFIG: &str = "[profile console]\nlogin_session = arn:aws:iam::111122223333:user/jo\nregion = eu-west-1\n\
    [profile from-console]\nrole_arn = arn:aws:iam::444455556666:role/FromPortal\nsource_profile = console\n";
/// The SHA-256 of the `login_session`.
const FILE: &str =
    "login/cache/53f9fd8c23065fa8a7d2d384dcbbe0922e92af2a195f003fb4eb4f3c129b0c16.json";
/// RFC 7515's example key (A.3).
const KEY: &str = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEII6bEJ5xkJi/mASH3x9dd+nLKWBuvtImO19XwhPfhPSyoAoGCCqGSM49\n\
    AwEHoUQDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEXH8UTNG72b\nfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==\n\
    -----END EC PRIVATE KEY-----\n";

struct Bench {
    home: Home,
    aws: LocalAws,
}

impl Bench {
    fn new() -> Self {
        let home = Home::with(&[("config", CONFIG)]);
        std::fs::create_dir_all(home.aws().join("login/cache")).expect("made");
        let world = World::documentation().console(d::USER, "rt-EXAMPLE-1");
        let aws = LocalAws::start(world).expect("a port");
        Self { home, aws }
    }

    fn left(&self, ends_at: &str, refresh: &str) {
        let issued = self
            .aws
            .issue("arn:aws:sts::111122223333:assumed-role/Console/jo", 900);
        let file = json!({
            "accessToken": {
                "accessKeyId": issued.key_id, "secretAccessKey": issued.secret, "sessionToken": issued.token,
                "accountId": "111122223333", "expiresAt": ends_at,
            },
            "tokenType": "aws_sigv4", "clientId": "arn:aws:signin:::devtools/same-device",
            "refreshToken": refresh, "idToken": "EXAMPLE", "dpopKey": KEY,
        });
        self.home.write(FILE, &file.to_string());
    }

    fn file(&self) -> Value {
        serde_json::from_str(&self.home.read(FILE)).expect("JSON")
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.home.command(arguments);
        command.env("AWS_ENDPOINT_URL", self.aws.url());
        feed(command, b"")
    }

    fn renewed(&self) -> usize {
        let asked = self.aws.requests().into_iter();
        asked
            .filter(|logged| logged.action == "CreateOAuth2Token")
            .count()
    }
}

#[test]
fn what_lasts_is_used_and_what_ends_soon_is_renewed_once() {
    let bench = Bench::new();
    bench.left("2126-01-01T00:00:00Z", "rt-EXAMPLE-1");
    let keys = bench.run(&["process", "console"]);
    assert_eq!(keys.code, 0, "{keys:?}");
    assert_eq!(
        keys.json()["AccessKeyId"],
        bench.file()["accessToken"]["accessKeyId"]
    );
    assert_eq!(bench.renewed(), 0);

    bench.left("2020-01-01T00:00:00Z", "rt-EXAMPLE-1");
    let before = bench.file();
    let keys = bench.run(&["process", "console"]);
    assert_eq!(keys.code, 0, "{keys:?}");
    let after = bench.file();
    assert_eq!(
        keys.json()["AccessKeyId"],
        after["accessToken"]["accessKeyId"]
    );
    assert_ne!(before["refreshToken"], after["refreshToken"]);
    for kept in ["dpopKey", "idToken", "clientId", "tokenType"] {
        assert_eq!(before[kept], after[kept]);
    }
    assert_eq!(after["accessToken"]["accountId"], json!("111122223333"));
    assert_eq!(bench.renewed(), 1);
    let chained = bench.run(&["assume", "from-console", "--json"]);
    assert_eq!(chained.code, 0, "{chained:?}");
    assert_eq!(bench.renewed(), 1, "fifteen minutes are enough");
}

#[test]
fn one_that_is_over_says_who_signs_in_again() {
    let bench = Bench::new();
    let cause = |ran: Ran| ran.json()["failure"]["cause"].as_str().map(str::to_owned);
    let none = bench.run(&["env", "console", "--json"]);
    assert_eq!(
        (none.code, cause(none).as_deref()),
        (3, Some("console.signedOut"))
    );
    bench.left("2020-01-01T00:00:00Z", "rt-EXAMPLE-used-up");
    let over = bench.run(&["env", "console", "--json"]);
    assert!(over.err.contains("aws login --profile console"), "{over:?}");
    assert_eq!(
        (over.code, cause(over).as_deref()),
        (3, Some("console.expired"))
    );
}
