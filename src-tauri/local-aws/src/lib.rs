//! An AWS on this computer, for tests and the demo: its Security Token Service and Identity Center. It exists because the
//! public emulators take any trust policy, MFA code and duration, and none speaks Identity Center; this one is as strict
//! as AWS, and can be told to throttle, hang, reset and lie. It depends on nothing of Rolecall, so that a misreading of the protocol is not shared, and it is
//! judged by boto3 and the AWS CLI (`tests/`).

mod body;
mod call;
mod clock;
mod control;
pub mod documentation;
mod identity;
mod limits;
mod oidc;
mod pages;
mod portal;
mod refusal;
mod script;
mod server;
mod signature;
mod signin;
mod state;
mod sts;
mod world;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::Arc,
    thread::JoinHandle,
    time::Duration,
};

use serde_json::Value;
use tokio::sync::oneshot;

use server::Shared;
use state::State;
pub use {
    control::{CONTROL, Command},
    script::Scripted,
    state::{Issued, Logged},
    world::{Account, Console, Device, Key, Portal, Role, Session, User, World},
};

/// A running AWS, on a thread of its own; dropping this stops it and closes every connection.
pub struct LocalAws {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl LocalAws {
    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// What the system says when it gives no port or no thread.
    pub fn start(world: World) -> io::Result<Self> {
        Self::start_on(0, world)
    }

    /// Starts on this port of 127.0.0.1; 0 is any that is free.
    ///
    /// # Errors
    /// What the system says when it gives no port or no thread.
    pub fn start_on(port: u16, world: World) -> io::Result<Self> {
        // Whoever starts this may be in a runtime already, so nothing waits for ours here.
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()?;
        let shared = Arc::new(Shared::of(State::of(world)));
        let (stop, stopped) = oneshot::channel();
        let served = shared.clone();
        let thread = std::thread::Builder::new()
            .name("local-aws".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    let listener = tokio::net::TcpListener::from_std(listener)
                        .expect("a listener that does not block, in a runtime");
                    tokio::select! {
                        never = server::serve(listener, served) => match never {},
                        _ = stopped => {}
                    }
                });
            })?;
        Ok(Self {
            address,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// What `endpoint_url` is to say: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Obeys a command of the control route.
    ///
    /// # Errors
    /// What the command names and this AWS does not know.
    pub fn control(&self, command: Command) -> Result<Value, String> {
        control::obey(&mut self.shared.lock(), command)
    }

    /// Answers the next `times` requests of this action so.
    pub fn script(&self, action: &str, answer: &Scripted, times: usize) {
        let answers = std::iter::repeat_n((action.to_owned(), answer.clone()), times);
        self.shared.lock().script.extend(answers);
    }

    /// Moves the clock on; back with a number below zero.
    pub fn advance(&self, seconds: i64) {
        self.shared.lock().clock.advance(seconds);
    }

    /// Stops the clock at a time.
    pub fn stop_clock(&self, at: jiff::Timestamp) {
        self.shared.lock().clock = clock::Clock::Stands(at);
    }

    /// Makes a session as another program of the person would.
    pub fn issue(&self, arn: &str, seconds: u32) -> Issued {
        self.shared.lock().issue(state::Who::of(arn), seconds)
    }

    /// What was asked so far, first to last.
    pub fn requests(&self) -> Vec<Logged> {
        self.shared.lock().log.clone()
    }

    /// Waits until so many requests have come; whether they did within `patience`.
    pub fn wait_for_requests(&self, count: usize, patience: Duration) -> bool {
        let state = self.shared.lock();
        let waited = self
            .shared
            .bell
            .wait_timeout_while(state, patience, |state| state.log.len() < count);
        waited.is_ok_and(|(state, _)| state.log.len() >= count)
    }
}

impl Drop for LocalAws {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so already.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_starts_and_stops_inside_the_runtime_of_a_test() {
        let aws = LocalAws::start(World::documentation()).expect("a port");
        let address = aws.address;
        assert!(tokio::net::TcpStream::connect(address).await.is_ok());
        drop(aws);
        assert!(tokio::net::TcpStream::connect(address).await.is_err());
    }
}
