//! AWS over its own SDK. Nothing is taken from the environment but proxies: keys, region and address are the caller's.
//! Not here: retries (an MFA code works once, and a person who waits decides better), the instance's metadata.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sdk_sts::{
    Client, Config,
    config::{
        BehaviorVersion, IdentityCache, Region, StalledStreamProtectionConfig, retry::RetryConfig,
    },
};
use aws_smithy_async::time::StaticTimeSource;
use jiff::Timestamp;
use rolecall_core::{Purpose, Secret, profiles::Keys};

use super::{
    Assumed, Aws, Caller, CallerIdentity, Reply, RoleRequest,
    way::{Way, incomplete, said},
};

/// AWS over its own SDK.
#[derive(Debug, Default)]
pub struct RealAws(Way);

impl RealAws {
    /// Waits this long for the next bytes of an answer.
    #[cfg(test)]
    pub(super) fn patient_for(patience: std::time::Duration) -> Self {
        Self(Way::patient_for(patience))
    }

    fn client(&self, caller: &Caller) -> Client {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .http_client(self.0.client(caller.endpoint.as_deref()))
            .credentials_provider(credentials(&caller.keys))
            .identity_cache(IdentityCache::no_cache())
            .region(Region::new(caller.region.clone()))
            .time_source(StaticTimeSource::new(SystemTime::from(caller.now)))
            .retry_config(RetryConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .timeout_config(self.0.timeouts());
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
