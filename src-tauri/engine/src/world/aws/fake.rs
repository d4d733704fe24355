//! An AWS that answers what a test put down, in that order, and remembers what it was asked. For the journeys alone;
//! what real servers answer is asked of real servers (`cli/tests`, `local-aws`).

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex},
};

use rolecall_core::{Purpose, Secret, profiles::Keys};
use tokio::sync::Notify;

use super::{Assumed, Aws, AwsError, Caller, CallerIdentity, Reply, RoleRequest};

/// An AWS that answers what a test put down.
#[derive(Clone, Default)]
pub struct FakeAws(Arc<Inner>);

#[derive(Default)]
struct Inner {
    asked: Mutex<Vec<String>>,
    refusals: Mutex<VecDeque<Option<AwsError>>>,
    hold: Mutex<Option<Arc<Notify>>>,
    life: Mutex<Option<jiff::SignedDuration>>,
}

#[expect(
    clippy::missing_panics_doc,
    reason = "no test panics while it holds one"
)]
impl FakeAws {
    /// The next answer but those put down before is this no; `None` is a yes.
    pub fn then(&self, refusal: Option<AwsError>) {
        self.0.refusals.lock().expect("as said").push_back(refusal);
    }

    /// Answers wait until somebody notifies this; then all go.
    pub fn hold(&self) -> Arc<Notify> {
        let hold = Arc::new(Notify::new());
        *self.0.hold.lock().expect("as said") = Some(hold.clone());
        hold
    }

    /// What it was asked, one line each: who, where, what.
    pub fn asked(&self) -> Vec<String> {
        self.0.asked.lock().expect("as said").clone()
    }

    /// Sessions live this long, whatever was asked for.
    pub fn sessions_live(&self, life: jiff::SignedDuration) {
        *self.0.life.lock().expect("as said") = Some(life);
    }

    fn answer(&self, line: String) -> Result<(), AwsError> {
        self.0.asked.lock().expect("as said").push(line);
        let refusal = self.0.refusals.lock().expect("as said").pop_front();
        refusal.flatten().map_or(Ok(()), Err)
    }
}

async fn held(fake: &FakeAws) {
    let hold = fake.0.hold.lock().expect("as said").clone();
    if let Some(hold) = hold {
        hold.notified().await;
        hold.notify_one();
    }
}

impl Aws for FakeAws {
    fn assume_role(&self, caller: Caller, role: RoleRequest) -> Reply<Assumed> {
        let fake = self.clone();
        Box::pin(async move {
            let code = role.mfa.as_ref().map(|(serial, code)| {
                format!(
                    " with {} of {serial}",
                    code.expose(Purpose::SignRequest, str::to_owned)
                )
            });
            let seconds = role.duration_seconds.unwrap_or(3600);
            let result = fake.answer(format!(
                "{} in {} at {}: {} as {} for {seconds}{}",
                caller.keys.access_key_id,
                caller.region,
                caller.endpoint.as_deref().unwrap_or("AWS"),
                role.role_arn,
                role.session_name,
                code.unwrap_or_default(),
            ));
            held(&fake).await;
            result?;
            let life = *fake.0.life.lock().expect("as said");
            let life = life.unwrap_or_else(|| jiff::SignedDuration::from_secs(seconds.into()));
            let number = fake.asked().len();
            Ok(Assumed {
                keys: Keys {
                    access_key_id: format!("ASIAIOSFODNN{number}EXAMPLE"),
                    secret_access_key: Secret::new(
                        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(),
                    ),
                    session_token: Some(Secret::new(format!("token{number}"))),
                },
                ends_at: caller.now + life,
                arn: format!(
                    "{}/{}",
                    role.role_arn
                        .replace(":iam:", ":sts:")
                        .replace(":role/", ":assumed-role/"),
                    role.session_name
                ),
            })
        })
    }

    fn caller_identity(&self, caller: Caller) -> Reply<CallerIdentity> {
        let fake = self.clone();
        Box::pin(async move {
            let result = fake.answer(format!("{}: who?", caller.keys.access_key_id));
            held(&fake).await;
            result?;
            Ok(CallerIdentity {
                account: "111122223333".into(),
                arn: "arn:aws:iam::111122223333:user/jo".into(),
            })
        })
    }
}

impl fmt::Debug for FakeAws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FakeAws")
    }
}
