//! The way to AWS and back, for every service alike: the clients of HTTP, how long one waits, and what an answer that is
//! a no says. Nothing is taken from the environment but proxies.

use std::{error::Error, io, sync::OnceLock, time::Duration};

use aws_sdk_sts::{
    config::{RuntimeComponents, SharedHttpClient, http::HttpResponse, timeout::TimeoutConfig},
    error::{ProvideErrorMetadata, SdkError},
    operation::RequestId,
};
use aws_smithy_http_client::{
    Builder, Connector,
    proxy::ProxyConfig,
    tls::{Provider, rustls_provider::CryptoMode},
};
use aws_smithy_types::date_time::{DateTime, Format};
use jiff::Timestamp;

use super::{AwsError, AwsErrorKind};

const CONNECT: Duration = Duration::from_secs(5);
const READ: Duration = Duration::from_secs(15);
/// One call in all, however slowly its answer drips.
const WHOLE: Duration = Duration::from_secs(20);
/// Of what AWS says.
const WORDS: usize = 500;

/// The clients of HTTP, made when first wanted and kept.
#[derive(Debug)]
pub(in crate::world) struct Way {
    patience: Duration,
    /// With TLS, and over the proxy that the environment names.
    over_tls: OnceLock<SharedHttpClient>,
    /// For this computer alone; no proxy sees it.
    plain: OnceLock<SharedHttpClient>,
}

impl Default for Way {
    fn default() -> Self {
        Self::patient_for(READ)
    }
}

impl Way {
    /// Waits this long for the next bytes of an answer.
    pub(in crate::world) fn patient_for(patience: Duration) -> Self {
        Self {
            patience,
            over_tls: OnceLock::new(),
            plain: OnceLock::new(),
        }
    }

    /// The client for this address; without one for AWS's own.
    pub(in crate::world) fn client(&self, endpoint: Option<&str>) -> SharedHttpClient {
        let is_plain = endpoint.is_some_and(|url| url.to_ascii_lowercase().starts_with("http:"));
        let http = if is_plain {
            self.plain.get_or_init(|| Builder::new().build_http())
        } else {
            self.over_tls.get_or_init(over_tls)
        };
        http.clone()
    }

    pub(in crate::world) fn timeouts(&self) -> TimeoutConfig {
        TimeoutConfig::builder()
            .connect_timeout(CONNECT)
            .read_timeout(self.patience)
            .operation_timeout(WHOLE)
            .build()
    }
}

fn over_tls() -> SharedHttpClient {
    let proxies = ProxyConfig::from_env();
    Builder::new().build_with_connector_fn(move |settings, components| {
        let mut connector = Connector::builder().proxy_config(proxies.clone());
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
        connector
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .build()
    })
}

/// An answer that reads as AWS's and lacks what every such answer of AWS has. The SDK takes one that was cut off for
/// whole: the value where it ends is short, those after it are empty, and an end that is not there is in 1970.
pub(in crate::world) fn incomplete() -> AwsError {
    of_kind(AwsErrorKind::NotAws)
}

/// A request that lacks what it takes.
pub(in crate::world) fn unmade() -> AwsError {
    of_kind(AwsErrorKind::Unmade)
}

fn of_kind(kind: AwsErrorKind) -> AwsError {
    AwsError {
        kind,
        code: None,
        message: None,
        status: None,
        request_id: None,
        server_time: None,
    }
}

pub(in crate::world) fn said<E>(error: &SdkError<E, HttpResponse>) -> AwsError
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let kind = match error {
        SdkError::TimeoutError(_) => AwsErrorKind::TimedOut,
        SdkError::DispatchFailure(failure) if failure.is_timeout() => AwsErrorKind::TimedOut,
        SdkError::DispatchFailure(failure) if failure.as_other().is_some() => AwsErrorKind::Cut,
        SdkError::DispatchFailure(failure) => way_there(error, failure.is_io()),
        // The answer began and its body never came whole; a body that came and can't be read is the service's error.
        SdkError::ResponseError(_) => AwsErrorKind::Cut,
        SdkError::ServiceError(service) if service.err().code().is_some() => AwsErrorKind::Refused,
        SdkError::ServiceError(_) => AwsErrorKind::NotAws,
        _ => AwsErrorKind::Unmade,
    };
    let response = error.raw_response();
    let short = |text: &str| text.chars().take(WORDS).collect::<String>();
    let service = error.as_service_error();
    AwsError {
        kind,
        code: service.and_then(|service| service.code()).map(short),
        message: service.and_then(|service| service.message()).map(short),
        status: response.map(|response| response.status().as_u16()),
        request_id: response.and_then(RequestId::request_id).map(short),
        server_time: response
            .and_then(|response| response.headers().get("date"))
            .and_then(|date| DateTime::from_str(date, Format::HttpDate).ok())
            .and_then(|date| Timestamp::from_second(date.secs()).ok()),
    }
}

/// What kept a request from arriving, by the kinds of errors; without one of the system's, what came was no HTTP, or the
/// connection ended.
fn way_there(error: &(dyn Error + 'static), ended: bool) -> AwsErrorKind {
    let mut next = Some(error);
    let mut system = None;
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            let untrusted = matches!(tls, rustls::Error::InvalidCertificate(_));
            return if untrusted {
                AwsErrorKind::Untrusted
            } else {
                AwsErrorKind::NotAws
            };
        }
        let io = error.downcast_ref::<io::Error>();
        system = io.or(system);
        // An error of the system that wraps another one names that one's source as its own.
        let inside = io.and_then(io::Error::get_ref);
        next = inside.map(|error| error as &dyn Error).or(error.source());
    }
    match system.map(io::Error::kind) {
        Some(io::ErrorKind::TimedOut) => AwsErrorKind::TimedOut,
        Some(
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof,
        ) => AwsErrorKind::Cut,
        Some(_) => AwsErrorKind::Unreachable,
        None if ended => AwsErrorKind::Cut,
        None => AwsErrorKind::NotAws,
    }
}
