//! A world in which no portal answers. The journeys to one are tried with the real client and `local-aws`.

use jiff::Timestamp;
use rolecall_core::{
    Secret,
    caches::Registration,
    profiles::{Keys, PermissionSet},
};

use super::{
    At, ConsoleAsk, ConsoleGranted, DeviceAsked, Grant, Granted, Page, Portal, PortalAccount,
    Program, Reply,
};
use crate::world::aws::{AwsError, AwsErrorKind};

/// A world in which nobody answers.
#[derive(Debug)]
pub struct NoPortal;

fn nobody<T>() -> Reply<T> {
    Box::pin(async {
        Err(AwsError {
            kind: AwsErrorKind::Unreachable,
            code: None,
            message: None,
            status: None,
            request_id: None,
            server_time: None,
        })
    })
}

impl Portal for NoPortal {
    fn register(&self, _: &At, _: Program) -> Reply<Registration> {
        nobody()
    }

    fn ask_device(&self, _: &At, _: &Registration, _: &str) -> Reply<DeviceAsked> {
        nobody()
    }

    fn token(&self, _: &At, _: &Registration, _: Grant) -> Reply<Granted> {
        nobody()
    }

    fn accounts(&self, _: &At, _: &Secret, _: Option<String>) -> Reply<Page<PortalAccount>> {
        nobody()
    }

    fn roles(&self, _: &At, _: &Secret, _: &str, _: Option<String>) -> Reply<Page<String>> {
        nobody()
    }

    fn keys(&self, _: &At, _: &Secret, _: &PermissionSet) -> Reply<(Keys, Timestamp)> {
        nobody()
    }

    fn console(&self, _: &At, _: ConsoleAsk) -> Reply<ConsoleGranted> {
        nobody()
    }

    fn log_out(&self, _: &At, _: &Secret) -> Reply<()> {
        nobody()
    }
}
