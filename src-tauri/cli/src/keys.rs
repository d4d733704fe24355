//! The verbs that get keys: `assume`, `env`, `exec`, `process`. These connect to AWS. Secrets come in over standard input and go out
//! on standard output or into a program's environment, never over arguments.

use std::{ffi::OsString, sync::Arc};

use rolecall_engine::{
    Engine, Failure, Secret, Target, Wish,
    view::{AssumeOutcome, FailureCode, OutcomeDocument},
};

use crate::{
    arguments::{Asking, Form},
    print::{self, Ending},
    verbs::How,
};

pub(crate) fn assume(
    engine: &Arc<Engine>,
    id: u32,
    asking: &Asking,
    how: How,
) -> Result<Ending, Failure> {
    let outcome = with_code(asking, |wish| wait(engine.assume(id, wish)).map(Some))?;
    Ok(match outcome.unwrap_or(AssumeOutcome::Cancelled) {
        AssumeOutcome::Assumed { .. } if how.json => print::secret(&engine.session_document(id)?),
        AssumeOutcome::Assumed { session } => print::session(&session),
        outcome => print::outcome(&OutcomeDocument { outcome }, how.json),
    })
}

pub(crate) fn env(
    engine: &Arc<Engine>,
    id: u32,
    form: Option<Form>,
    asking: &Asking,
    how: How,
) -> Result<Ending, Failure> {
    if let Some(needed) = get_keys(engine, id, asking)? {
        return Ok(print::outcome(&needed, how.json));
    }
    let in_use = || {
        let shell = engine.snapshot().overview().connections.shell;
        shell.map_or(Target::Sh, Target::from)
    };
    let target = match form {
        Some(form) => form.into(),
        None if how.json => Target::Json,
        None => in_use(),
    };
    Ok(print::secret(&engine.exports(id, target, None)?))
}

pub(crate) fn exec(
    engine: &Arc<Engine>,
    id: u32,
    asking: &Asking,
    command: &[OsString],
    how: How,
) -> Result<Ending, Failure> {
    if let Some(needed) = get_keys(engine, id, asking)? {
        return Ok(print::outcome(&needed, how.json));
    }
    let code = engine.exec(id, command)?;
    Ok(Ending::Program(u8::try_from(code).unwrap_or(1)))
}

/// For AWS tools that call this by themselves: nobody is there to answer, so nothing is asked and nothing opened. What
/// stands in the way is one line on standard error, and standard output stays empty.
pub(crate) fn process(engine: &Arc<Engine>, id: u32) -> Ending {
    let keys = || {
        let outcome = wait(engine.get_keys(id, Wish::default()))?;
        match outcome {
            Some(AssumeOutcome::MfaNeeded { device, .. }) => Err(Failure::code_needed(&device)),
            Some(AssumeOutcome::Cancelled) => Err(Failure::code_needed("")),
            Some(AssumeOutcome::Assumed { .. }) | None => engine.exports(id, Target::Json, None),
        }
    };
    match keys() {
        Ok(keys) => print::secret(&keys),
        Err(failure) => {
            print::note(Some(&format!("{} {}", failure.message, failure.hint)));
            // A person can answer this one: it is no failure of the world.
            if failure.code == FailureCode::Expired {
                Ending::No
            } else {
                Ending::Failed
            }
        }
    }
}

/// Assumes what has to be assumed; what else is needed for that, if anything.
fn get_keys(
    engine: &Arc<Engine>,
    id: u32,
    asking: &Asking,
) -> Result<Option<OutcomeDocument>, Failure> {
    let outcome = with_code(asking, |wish| wait(engine.get_keys(id, wish)))?;
    Ok(outcome
        .filter(|outcome| !matches!(outcome, AssumeOutcome::Assumed { .. }))
        .map(|outcome| OutcomeDocument { outcome }))
}

/// Asks once without a code, and once more with one where that is wanted and may be read.
fn with_code(
    asking: &Asking,
    ask: impl Fn(Wish) -> Result<Option<AssumeOutcome>, Failure>,
) -> Result<Option<AssumeOutcome>, Failure> {
    let wish = |code| Wish {
        code,
        seconds: asking.duration,
        ..Wish::default()
    };
    let outcome = ask(wish(None))?;
    match (&outcome, asking.mfa) {
        (Some(AssumeOutcome::MfaNeeded { device, .. }), Some(_)) => {
            ask(wish(Some(Secret::new(print::ask_code(device)))))
        }
        _ => Ok(outcome),
    }
}

/// The command waits; only the window has something else to do meanwhile.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a process that was just started can have a timer and a socket");
    runtime.block_on(future)
}
