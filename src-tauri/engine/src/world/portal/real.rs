//! The portals over AWS's own SDK. Nothing is signed; tokens and secrets of programs go in the requests. An answer that
//! lacks what every such answer has is none.

use aws_sdk_signin::{
    Client as SignIn, Config as SignInConfig, config as signin, types::CreateOAuth2TokenRequestBody,
};
use aws_sdk_sso::{
    Client as Sso, Config as SsoConfig,
    config::{BehaviorVersion, Region, StalledStreamProtectionConfig, retry::RetryConfig},
};
use aws_sdk_ssooidc::{Client as Oidc, Config as OidcConfig, config as oidc};
use aws_smithy_async::rt::sleep::TokioSleep;
use jiff::Timestamp;
use rolecall_core::{
    Purpose, Secret,
    caches::Registration,
    profiles::{Keys, PermissionSet},
};

use super::{
    At, BY_BROWSER, BY_DEVICE, BY_REFRESH, ConsoleAsk, ConsoleGranted, DeviceAsked, Grant, Granted,
    Page, Portal, PortalAccount, Program, Reply, proof,
};
use crate::world::aws::way::{Way, incomplete, said, unmade};

/// The most that the service gives at once.
const PAGE: i32 = 100;

/// The portals over AWS's own SDK.
#[derive(Debug, Default)]
pub struct RealPortal(Way);

impl RealPortal {
    fn sso(&self, at: &At) -> Sso {
        let mut config = SsoConfig::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .http_client(self.0.client(at.endpoint.as_deref()))
            .region(Region::new(at.region.clone()))
            .sleep_impl(TokioSleep::new())
            .retry_config(RetryConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .timeout_config(self.0.timeouts());
        config.set_endpoint_url(at.endpoint.clone());
        config.set_use_dual_stack(at.dual_stack.then_some(true));
        Sso::from_conf(config.build())
    }

    fn oidc(&self, at: &At) -> Oidc {
        let mut config = OidcConfig::builder()
            .behavior_version(oidc::BehaviorVersion::v2026_01_12())
            .http_client(self.0.client(at.endpoint.as_deref()))
            .region(oidc::Region::new(at.region.clone()))
            .sleep_impl(TokioSleep::new())
            .retry_config(oidc::retry::RetryConfig::disabled())
            .stalled_stream_protection(oidc::StalledStreamProtectionConfig::disabled())
            .timeout_config(self.0.timeouts());
        config.set_endpoint_url(at.endpoint.clone());
        config.set_use_dual_stack(at.dual_stack.then_some(true));
        Oidc::from_conf(config.build())
    }
}

fn open(secret: &Secret) -> String {
    secret.expose(Purpose::SignRequest, str::to_owned)
}

/// AWS SDKs and Tools Reference, “Login credentials provider”: the sign-in service of each partition.
fn signin_address(region: &str) -> String {
    match region {
        region if region.starts_with("cn-") => format!("https://{region}.signin.amazonaws.cn"),
        region if region.starts_with("us-gov-") => {
            format!("https://{region}.signin.amazonaws-us-gov.com")
        }
        region => format!("https://{region}.signin.aws.amazon.com"),
    }
}

/// Something, and more than nothing.
fn some(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}

impl Portal for RealPortal {
    fn register(&self, at: &At, program: Program) -> Reply<Registration> {
        let grants = [BY_BROWSER, BY_REFRESH, BY_DEVICE].map(str::to_owned);
        let request = self
            .oidc(at)
            .register_client()
            .client_name(program.name)
            .client_type("public")
            .redirect_uris(program.redirect)
            .issuer_url(program.start_url)
            .set_grant_types(Some(grants.to_vec()))
            .set_scopes(Some(program.scopes).filter(|scopes| !scopes.is_empty()));
        Box::pin(async move {
            let answer = request.send().await.map_err(|error| said(&error))?;
            let known = || {
                let end = answer.client_secret_expires_at();
                Some(Registration {
                    client_id: some(answer.client_id())?,
                    client_secret: Secret::new(some(answer.client_secret())?).into(),
                    ends_at: Timestamp::from_second(end).ok().filter(|_| end > 0)?,
                    grants: grants.to_vec(),
                })
            };
            known().ok_or_else(incomplete)
        })
    }

    fn ask_device(&self, at: &At, known: &Registration, start_url: &str) -> Reply<DeviceAsked> {
        let request = self
            .oidc(at)
            .start_device_authorization()
            .client_id(&known.client_id)
            .client_secret(open(&known.client_secret))
            .start_url(start_url);
        Box::pin(async move {
            let answer = request.send().await.map_err(|error| said(&error))?;
            let asked = || {
                let url = some(answer.verification_uri())?;
                Some(DeviceAsked {
                    device_code: Secret::new(some(answer.device_code())?).into(),
                    user_code: some(answer.user_code())?,
                    complete_url: some(answer.verification_uri_complete())
                        .unwrap_or_else(|| url.clone()),
                    url,
                    seconds: u32::try_from(answer.expires_in()).ok()?,
                    interval: u32::try_from(answer.interval()).ok()?,
                })
            };
            asked().ok_or_else(incomplete)
        })
    }

    fn token(&self, at: &At, known: &Registration, grant: Grant) -> Reply<Granted> {
        let request = self
            .oidc(at)
            .create_token()
            .client_id(&known.client_id)
            .client_secret(open(&known.client_secret));
        let request = match grant {
            Grant::Device(code) => request.grant_type(BY_DEVICE).device_code(open(&code)),
            Grant::Browser {
                code,
                verifier,
                redirect,
            } => request
                .grant_type(BY_BROWSER)
                .code(open(&code))
                .code_verifier(open(&verifier))
                .redirect_uri(redirect),
            Grant::Refresh(token) => request.grant_type(BY_REFRESH).refresh_token(open(&token)),
        };
        Box::pin(async move {
            let answer = request.send().await.map_err(|error| said(&error))?;
            let granted = || {
                let seconds = u32::try_from(answer.expires_in()).ok()?;
                Some(Granted {
                    access_token: Secret::new(some(answer.access_token())?),
                    seconds: Some(seconds).filter(|seconds| *seconds > 0)?,
                    refresh_token: some(answer.refresh_token()).map(Secret::new),
                })
            };
            granted().ok_or_else(incomplete)
        })
    }

    fn accounts(
        &self,
        at: &At,
        token: &Secret,
        next: Option<String>,
    ) -> Reply<Page<PortalAccount>> {
        let request = self
            .sso(at)
            .list_accounts()
            .access_token(open(token))
            .max_results(PAGE)
            .set_next_token(next);
        Box::pin(async move {
            let answer = request.send().await.map_err(|error| said(&error))?;
            let accounts = answer.account_list.ok_or_else(incomplete)?.into_iter();
            let accounts = accounts.filter_map(|account| {
                Some(PortalAccount {
                    id: account.account_id?,
                    name: account.account_name.filter(|name| !name.is_empty()),
                    email: account.email_address.filter(|email| !email.is_empty()),
                })
            });
            Ok(Page {
                items: accounts.collect(),
                next: answer.next_token.filter(|next| !next.is_empty()),
            })
        })
    }

    fn roles(
        &self,
        at: &At,
        token: &Secret,
        account_id: &str,
        next: Option<String>,
    ) -> Reply<Page<String>> {
        let request = self
            .sso(at)
            .list_account_roles()
            .access_token(open(token))
            .account_id(account_id)
            .max_results(PAGE)
            .set_next_token(next);
        Box::pin(async move {
            let answer = request.send().await.map_err(|error| said(&error))?;
            let roles = answer.role_list.ok_or_else(incomplete)?.into_iter();
            Ok(Page {
                items: roles.filter_map(|role| role.role_name).collect(),
                next: answer.next_token.filter(|next| !next.is_empty()),
            })
        })
    }

    fn keys(&self, at: &At, token: &Secret, set: &PermissionSet) -> Reply<(Keys, Timestamp)> {
        let request = self
            .sso(at)
            .get_role_credentials()
            .access_token(open(token))
            .account_id(&set.account_id)
            .role_name(&set.role_name);
        Box::pin(async move {
            let answer = request.send().await.map_err(|error| said(&error))?;
            let keys = || {
                let given = answer.role_credentials()?;
                let keys = Keys {
                    access_key_id: some(given.access_key_id())?,
                    secret_access_key: Secret::new(some(given.secret_access_key())?),
                    session_token: Some(Secret::new(some(given.session_token())?)),
                };
                // Milliseconds, unlike every other time of AWS.
                let end = Timestamp::from_millisecond(given.expiration()).ok()?;
                Some((keys, end)).filter(|_| given.expiration() > 0)
            };
            keys().ok_or_else(incomplete)
        })
    }

    fn console(&self, at: &At, ask: ConsoleAsk) -> Reply<ConsoleGranted> {
        let address = at
            .endpoint
            .clone()
            .unwrap_or_else(|| signin_address(&at.region));
        let token = format!("{}/v1/token", address.trim_end_matches('/'));
        let proof = ask
            .proof_key
            .expose(Purpose::SignRequest, |key| proof::of(key, &token, ask.now));
        let config = SignInConfig::builder()
            .behavior_version(signin::BehaviorVersion::v2026_01_12())
            .http_client(self.0.client(at.endpoint.as_deref()))
            .region(signin::Region::new(at.region.clone()))
            .sleep_impl(TokioSleep::new())
            .retry_config(signin::retry::RetryConfig::disabled())
            .stalled_stream_protection(signin::StalledStreamProtectionConfig::disabled())
            .timeout_config(self.0.timeouts())
            .endpoint_url(address)
            .build();
        Box::pin(async move {
            let proof = proof.ok_or_else(unmade)?;
            let input = CreateOAuth2TokenRequestBody::builder()
                .client_id(ask.client_id)
                .grant_type("refresh_token")
                .refresh_token(open(&ask.refresh_token))
                .build()
                .map_err(|_| unmade())?;
            let request = SignIn::from_conf(config)
                .create_o_auth2_token()
                .token_input(input)
                .customize()
                .mutate_request(move |request| {
                    request.headers_mut().insert("DPoP", proof.clone());
                });
            let answer = request.send().await.map_err(|error| said(&error))?;
            let granted = || {
                let answer = answer.token_output()?;
                let given = answer.access_token()?;
                let seconds = u32::try_from(answer.expires_in()).ok()?;
                Some(ConsoleGranted {
                    keys: Keys {
                        access_key_id: some(Some(given.access_key_id()))?,
                        secret_access_key: Secret::new(some(Some(given.secret_access_key()))?),
                        session_token: Some(Secret::new(some(Some(given.session_token()))?)),
                    },
                    seconds: Some(seconds).filter(|seconds| *seconds > 0)?,
                    refresh_token: Secret::new(some(Some(answer.refresh_token()))?),
                })
            };
            granted().ok_or_else(incomplete)
        })
    }

    fn log_out(&self, at: &At, token: &Secret) -> Reply<()> {
        let request = self.sso(at).logout().access_token(open(token));
        Box::pin(async move {
            request.send().await.map_err(|error| said(&error))?;
            Ok(())
        })
    }
}
