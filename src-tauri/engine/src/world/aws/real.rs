//! AWS over its own SDK. Nothing is taken from the environment but proxies: keys, region and address are the caller's.
//! Not here: retries (an MFA code works once, and a person who waits decides better), the instance's metadata.

use std::{
    error::Error,
    io,
    sync::OnceLock,
    time::{Duration, SystemTime},
};

use aws_credential_types::Credentials;
use aws_sdk_sts::{
    Client, Config,
    config::{
        BehaviorVersion, IdentityCache, Region, RuntimeComponents, SharedHttpClient,
        StalledStreamProtectionConfig, http::HttpResponse, retry::RetryConfig,
        timeout::TimeoutConfig,
    },
    error::{ProvideErrorMetadata, SdkError},
    operation::RequestId,
};
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_http_client::{
    Builder, Connector,
    proxy::ProxyConfig,
    tls::{Provider, rustls_provider::CryptoMode},
};
use aws_smithy_types::date_time::{DateTime, Format};
use jiff::Timestamp;
use rolecall_core::{Purpose, Secret, profiles::Keys};

use super::{Assumed, Aws, AwsError, AwsErrorKind, Caller, CallerIdentity, Reply, RoleRequest};

const CONNECT: Duration = Duration::from_secs(5);
const READ: Duration = Duration::from_secs(15);
/// One call in all, however slowly its answer drips.
const WHOLE: Duration = Duration::from_secs(20);
/// Of what AWS says.
const WORDS: usize = 500;

/// AWS over its own SDK.
#[derive(Debug)]
pub struct RealAws {
    patience: Duration,
    /// With TLS, and over the proxy that the environment names.
    over_tls: OnceLock<SharedHttpClient>,
    /// For this computer alone; no proxy sees it.
    plain: OnceLock<SharedHttpClient>,
}

impl Default for RealAws {
    fn default() -> Self {
        Self::patient_for(READ)
    }
}

impl RealAws {
    /// Waits this long for the next bytes of an answer.
    pub(super) fn patient_for(patience: Duration) -> Self {
        Self {
            patience,
            over_tls: OnceLock::new(),
            plain: OnceLock::new(),
        }
    }

    fn client(&self, caller: &Caller) -> Client {
        let is_plain = caller
            .endpoint
            .as_deref()
            .is_some_and(|url| url.to_ascii_lowercase().starts_with("http:"));
        let http = if is_plain {
            self.plain.get_or_init(|| Builder::new().build_http())
        } else {
            self.over_tls.get_or_init(over_tls)
        };
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(CONNECT)
            .read_timeout(self.patience)
            .operation_timeout(WHOLE)
            .build();
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .http_client(http.clone())
            .credentials_provider(credentials(&caller.keys))
            .identity_cache(IdentityCache::no_cache())
            .region(Region::new(caller.region.clone()))
            .time_source(StaticTimeSource::new(SystemTime::from(caller.now)))
            .retry_config(RetryConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .timeout_config(timeouts);
        config.set_endpoint_url(caller.endpoint.clone());
        Client::from_conf(config.build())
    }
}

impl Aws for RealAws {
    fn assume_role(&self, caller: Caller, role: RoleRequest) -> Reply<Assumed> {
        let client = self.client(&caller);
        let name_at_the_end = format!("/{}", role.session_name);
        Box::pin(async move {
            let seconds = role.duration_seconds.and_then(|s| i32::try_from(s).ok());
            let mut request = client
                .assume_role()
                .role_arn(role.role_arn)
                .role_session_name(role.session_name)
                .set_external_id(role.external_id)
                .set_duration_seconds(seconds);
            if let Some((serial, code)) = role.mfa {
                let code = code.expose(Purpose::SignRequest, str::to_owned);
                request = request.serial_number(serial).token_code(code);
            }
            let answer = request.send().await.map_err(|error| said(&error))?;
            let keys = answer.credentials().ok_or_else(incomplete)?;
            let (secret, token) = (keys.secret_access_key(), keys.session_token());
            let arn = answer.assumed_role_user().map_or("", |user| user.arn());
            let ends_at = Timestamp::from_second(keys.expiration().secs());
            let ends_at = ends_at.ok().filter(|end| *end > caller.now);
            let is_empty = [keys.access_key_id(), secret, token].contains(&"");
            // STS API Reference, `AssumedRoleUser`: an ARN of a session ends with its name.
            if is_empty || !arn.ends_with(&name_at_the_end) {
                return Err(incomplete());
            }
            Ok(Assumed {
                keys: Keys {
                    access_key_id: keys.access_key_id().to_owned(),
                    secret_access_key: Secret::new(secret.to_owned()),
                    session_token: Some(Secret::new(token.to_owned())),
                },
                ends_at: ends_at.ok_or_else(incomplete)?,
                arn: arn.to_owned(),
            })
        })
    }

    fn caller_identity(&self, caller: Caller) -> Reply<CallerIdentity> {
        let client = self.client(&caller);
        Box::pin(async move {
            let request = client.get_caller_identity();
            let answer = request.send().await.map_err(|error| said(&error))?;
            let (account, arn) = answer.account().zip(answer.arn()).ok_or_else(incomplete)?;
            // An ARN names the account too.
            if arn.split(':').nth(4) != Some(account) {
                return Err(incomplete());
            }
            Ok(CallerIdentity {
                account: account.to_owned(),
                arn: arn.to_owned(),
            })
        })
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

fn credentials(keys: &Keys) -> Credentials {
    let text = |secret: &Secret| secret.expose(Purpose::SignRequest, str::to_owned);
    Credentials::new(
        keys.access_key_id.clone(),
        text(&keys.secret_access_key),
        keys.session_token.as_ref().map(text),
        None,
        "rolecall",
    )
}

/// An answer that reads as AWS's and lacks what every such answer of AWS has. The SDK takes one that was cut off for
/// whole: the value where it ends is short, those after it are empty, and an end that is not there is in 1970.
fn incomplete() -> AwsError {
    of_kind(AwsErrorKind::NotAws)
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

fn said<E>(error: &SdkError<E, HttpResponse>) -> AwsError
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
