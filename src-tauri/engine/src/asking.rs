//! What a profile asks of AWS, ready to be asked: the plan of its files, the address in force and whose it is, the name
//! of the session. Everything is owned, so that a question outlives the snapshot that it was made from.

use std::sync::Arc;

use rolecall_core::profiles::{
    Keys, PermissionSet, Plan, Profile, Variables, arn,
    endpoint::{Endpoint, Host, SIGNIN, SSO, SSO_OIDC, STS, is_region, variable_of},
    plan::{Base, Mfa},
};

use crate::{
    engine::{Engine, lock},
    failure::Failure,
    portal::{Console, Reached},
    sessions::RoleSession,
    snapshot::Snapshot,
    world::{World, aws::RoleRequest},
};

/// What an account says besides its profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Override {
    /// The address for its calls; the person named it, so it may be anybody's.
    pub(crate) endpoint: Option<String>,
    /// The region in force.
    pub(crate) region: Option<String>,
}

/// Where questions go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The region to ask.
    pub(crate) region: String,
    /// The region that the person or the files named; exports name no other.
    pub(crate) named_region: Option<String>,
    /// The address, where it is not AWS's own.
    pub(crate) endpoint: Option<Endpoint>,
}

impl Target {
    /// The address as written.
    pub(crate) fn url(&self) -> Option<&str> {
        self.endpoint.as_ref().map(|endpoint| endpoint.url.as_str())
    }
}

/// One role to get the keys of, with the profile that names it.
#[derive(Clone, Debug)]
pub(crate) struct Hop {
    /// The profile's name.
    pub(crate) profile: Box<str>,
    /// The role's name, for sentences.
    pub(crate) role: String,
    /// What is asked; the code comes later.
    pub(crate) request: Request,
    /// It wants a code.
    pub(crate) mfa: bool,
}

/// How the keys of a role are had.
#[derive(Clone, Debug)]
pub(crate) enum Request {
    /// STS is asked, with keys.
    Role(RoleRequest),
    /// A portal is asked, with its token: the first of a chain, or all of it.
    PermissionSet {
        /// Where.
        portal: Box<Reached>,
        /// For which.
        set: PermissionSet,
    },
    /// A console sign-in gives them, in place of a portal.
    Console(Box<Console>),
}

impl Request {
    /// What STS is asked; none of a portal.
    pub(crate) fn role(&mut self) -> Option<&mut RoleRequest> {
        match self {
            Self::Role(role) => Some(role),
            Self::PermissionSet { .. } | Self::Console(_) => None,
        }
    }
}

/// All that has to be asked for a profile.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// The profile's name.
    pub(crate) profile: Box<str>,
    /// What the chain begins with; none where a portal gives the first.
    pub(crate) keys: Option<Arc<Keys>>,
    /// Whose keys these are, or whose portal; none for the environment's.
    pub(crate) base: Option<Box<str>>,
    /// A role of the chain whose session still works, by its name, and its keys: where the asking starts.
    pub(crate) started: Option<(String, Arc<Keys>)>,
    /// The roles, the first to assume first; none for a profile that has keys.
    pub(crate) hops: Vec<Hop>,
    /// The device that a role asks for.
    pub(crate) mfa: Option<Mfa>,
    /// Where to ask.
    pub(crate) target: Target,
}

/// The services that Rolecall asks, as files and variables name them.
const ASKED: [&str; 4] = [STS, SSO, SSO_OIDC, SIGNIN];

impl Question {
    /// The key ID that the chain begins with; empty where a portal gives the first keys.
    pub(crate) fn base_key(&self) -> String {
        let keys = self.keys.as_ref();
        keys.map(|keys| keys.access_key_id.clone())
            .unwrap_or_default()
    }
}

/// What variables say about asking.
pub(crate) fn variables(world: &World) -> Variables {
    let var = |name: &str| {
        let value = world.env.var(name)?;
        Some(value.to_string_lossy().into_owned()).filter(|value| !value.is_empty())
    };
    Variables {
        region: var("AWS_REGION").or_else(|| var("AWS_DEFAULT_REGION")),
        endpoints: ASKED
            .into_iter()
            .filter_map(|service| Some((service.to_owned(), var(&variable_of(service))?)))
            .collect(),
        dual_stack: var("AWS_USE_DUALSTACK_ENDPOINT"),
        endpoint: var("AWS_ENDPOINT_URL"),
        ignore_endpoints: var("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"),
    }
}

impl Snapshot {
    /// What to ask for a profile.
    ///
    /// # Errors
    /// `unsupported`, with what stands in the way.
    pub(crate) fn plan(&self, profile: Profile<'_>) -> Result<Plan, Failure> {
        Plan::of(profile, &self.around.asking)
            .map_err(|obstacle| Failure::obstacle(self, &obstacle))
    }

    /// Where a profile's questions go. An account's address may be anybody's, since a person typed it; one of a file or
    /// a variable is AWS's or this computer's.
    ///
    /// # Errors
    /// `unsupported` for an address that nothing is sent to.
    pub(crate) fn target(
        &self,
        profile: Profile<'_>,
        plan: &Plan,
        over: &Override,
    ) -> Result<Target, Failure> {
        let given = over.endpoint.as_deref();
        let endpoint = match profile.endpoint_of(STS, given, &self.around.asking) {
            Some((url, named)) => {
                let endpoint = Endpoint::parse(&url)
                    .map_err(|bad| Failure::bad_endpoint(&url, &named, bad))?;
                if given.is_none() && endpoint.host == Host::Other {
                    return Err(Failure::strange_endpoint(profile.name(), &named, &endpoint));
                }
                Some(endpoint)
            }
            None => None,
        };
        let own = over.region.clone().filter(|region| is_region(region));
        let named_region = own.or_else(|| plan.region.clone());
        let partition = plan.roles.first().map(|role| role.role_arn.as_str());
        Ok(Target {
            region: named_region
                .clone()
                .unwrap_or_else(|| usual_region(partition.unwrap_or_default()).to_owned()),
            named_region,
            endpoint,
        })
    }
}

impl Snapshot {
    /// The address of a profile's sessions, as written: the account's, else the one that is in force for STS.
    pub(crate) fn endpoint_in_force(
        &self,
        profile: Profile<'_>,
        over: &Override,
    ) -> Option<String> {
        let given = over.endpoint.as_deref();
        let (url, _) = profile.endpoint_of(STS, given, &self.around.asking)?;
        Some(url)
    }

    /// The newest session of a profile that still works.
    pub(crate) fn live_session(&self, profile: Profile<'_>) -> Option<&Arc<RoleSession>> {
        let mut sessions = self.around.sessions.of(profile.name());
        sessions.find(|session| session.is_live(self.facts.now))
    }
}

impl Engine {
    /// What to ask for a profile, with the keys that it begins with.
    ///
    /// # Errors
    /// What stands in the way.
    pub(crate) fn question(
        &self,
        snapshot: &Snapshot,
        profile: Profile<'_>,
        over: &Override,
    ) -> Result<Question, Failure> {
        let plan = snapshot.plan(profile)?;
        let target = snapshot.target(profile, &plan, over)?;
        let (keys, base) = match plan.base {
            Base::Profile(id) => {
                let base = snapshot.home().profile(id);
                (
                    Some(self.keys_in_force(snapshot, base)?),
                    Some(base.name().into()),
                )
            }
            Base::Environment => (Some(Arc::new(environment_keys(&self.world)?)), None),
            Base::Portal(id) | Base::Console(id) => {
                (None, Some(snapshot.home().profile(id).name().into()))
            }
        };
        let first = match plan.base {
            Base::Portal(id) => Some(portal_hop(snapshot, snapshot.home().profile(id))?),
            Base::Console(id) => {
                let base = snapshot.home().profile(id);
                Some(Hop {
                    profile: base.name().into(),
                    role: base.name().to_owned(),
                    request: Request::Console(Box::new(snapshot.console_of(base)?)),
                    mfa: false,
                })
            }
            Base::Profile(_) | Base::Environment => None,
        };
        let roles = plan.roles.into_iter().map(|ask| Hop {
            profile: snapshot.home().profile(ask.profile).name().into(),
            role: arn::role_name(&ask.role_arn)
                .unwrap_or(&ask.role_arn)
                .to_owned(),
            request: Request::Role(RoleRequest {
                role_arn: ask.role_arn,
                session_name: ask
                    .session_name
                    .unwrap_or_else(|| session_name(&self.world)),
                external_id: ask.external_id,
                duration_seconds: ask.duration_seconds,
                mfa: None,
            }),
            mfa: ask.mfa,
        });
        Ok(Question {
            profile: profile.name().into(),
            keys,
            base,
            started: None,
            hops: first.into_iter().chain(roles).collect(),
            mfa: plan.mfa,
            target,
        })
    }

    /// What an account says besides its profile; nothing for no account.
    ///
    /// # Errors
    /// `notFound` when it is gone.
    pub(crate) fn account_override(&self, account: Option<u32>) -> Result<Override, Failure> {
        account.map_or_else(
            || Ok(Override::default()),
            |account| lock(&self.accounts).address(account),
        )
    }
}

/// The permission set that a chain begins with.
fn portal_hop(snapshot: &Snapshot, base: Profile<'_>) -> Result<Hop, Failure> {
    let set = PermissionSet::of(base).map_err(|bad| Failure::bad_portal(base.name(), &bad))?;
    Ok(Hop {
        profile: base.name().into(),
        role: set.role_name.clone(),
        request: Request::PermissionSet {
            portal: Box::new(snapshot.portal_of(base)?),
            set,
        },
        mfa: false,
    })
}

/// The region that a partition's own console begins with.
fn usual_region(role_arn: &str) -> &'static str {
    match role_arn.split(':').nth(1) {
        Some("aws-cn") => "cn-north-1",
        Some("aws-us-gov") => "us-gov-west-1",
        Some("aws-eusc") => "eusc-de-east-1",
        _ => "us-east-1",
    }
}

/// `rolecall-jo`: whoever reads the account's trail sees who it was.
fn session_name(world: &World) -> String {
    let user = ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| world.env.var(name));
    let user = user.map(|user| user.to_string_lossy().into_owned());
    let fitting = |c: &char| c.is_ascii_alphanumeric() || "=,.@_-".contains(*c);
    let user: String = user
        .iter()
        .flat_map(|user| user.chars())
        .filter(fitting)
        .take(50)
        .collect();
    if user.is_empty() {
        "rolecall".into()
    } else {
        format!("rolecall-{user}")
    }
}

/// `credential_source = Environment` reads them at that moment.
fn environment_keys(world: &World) -> Result<Keys, Failure> {
    let var = |name: &str| {
        let value = world.env.var(name)?.to_string_lossy().into_owned();
        (!value.is_empty()).then_some(value)
    };
    let pair = var("AWS_ACCESS_KEY_ID").zip(var("AWS_SECRET_ACCESS_KEY"));
    let (access_key_id, secret) = pair.ok_or_else(Failure::no_environment_keys)?;
    Ok(Keys {
        access_key_id,
        secret_access_key: rolecall_core::Secret::new(secret),
        session_token: var("AWS_SESSION_TOKEN").map(rolecall_core::Secret::new),
    })
}
