//! The journeys to a portal of IAM Identity Center: sign in, stay signed in, list accounts and roles, get the keys of a
//! permission set, sign out. Tokens lie where the AWS CLI and the SDKs keep theirs and are read anew each time, since any
//! of these may have renewed them; keys live in memory alone. A browser is opened by `login`, which a person asked for, and
//! by nothing else.

mod cache;
mod console;
mod documents;
mod failures;
mod generate;
mod here;
mod keys;
mod links;
mod listing;
mod login;
mod logout;
mod neighbours;
mod pace;
mod pkce;
mod reminders;
mod roles;
#[cfg(test)]
pub(crate) mod tests;
mod token;
mod under_way;

use rolecall_core::profiles::{
    Profile, SignInAt,
    endpoint::{Endpoint, Host, Named},
};

pub(crate) use cache::clear_unfinished;
pub(crate) use console::Console;
pub use generate::TEMPLATE;
pub(crate) use listing::Catalogs;
pub use login::{LoginWish, Told};
pub(crate) use pkce::url_safe;
pub(crate) use reminders::Reminders;
pub(crate) use under_way::UnderWay;

use crate::{
    engine::Engine,
    failure::Failure,
    snapshot::Snapshot,
    world::{World, portal::At},
};

/// A portal and where it is asked.
#[derive(Clone, Debug)]
pub(crate) struct Reached {
    /// As the files have it.
    pub(crate) portal: SignInAt,
    /// Its sign-in.
    pub(crate) oidc: At,
    /// Its accounts.
    pub(crate) sso: At,
    /// Pages on this computer may be opened for it, since its own sign-in is there.
    pub(crate) on_loopback: bool,
}

impl Reached {
    /// Looks at whose the addresses are: a token goes to AWS, or stays on this computer.
    ///
    /// # Errors
    /// `unsupported` for an address that nothing is sent to.
    fn of(portal: SignInAt) -> Result<Self, Failure> {
        let checked = |named: &Option<Named>| {
            let Some((url, named)) = named else {
                return Ok(None);
            };
            let endpoint =
                Endpoint::parse(url).map_err(|bad| Failure::bad_endpoint(url, named, bad))?;
            if endpoint.host == Host::Other {
                return Err(Failure::strange_endpoint(&portal.name, named, &endpoint));
            }
            Ok(Some(endpoint))
        };
        let (oidc, sso) = (
            checked(&portal.oidc_endpoint)?,
            checked(&portal.sso_endpoint)?,
        );
        let at = |endpoint: &Option<Endpoint>| At {
            region: portal.region.clone(),
            endpoint: endpoint.as_ref().map(|it| it.url.clone()),
            dual_stack: portal.dual_stack,
        };
        Ok(Self {
            on_loopback: oidc.as_ref().is_some_and(|it| it.host == Host::Loopback),
            oidc: at(&oidc),
            sso: at(&sso),
            portal,
        })
    }
}

impl Snapshot {
    /// The portal that a person named: by its section, by the first label of its host, or by its start URL; the only one
    /// there is where nobody named one.
    ///
    /// # Errors
    /// `notFound`, with the names there are; `unsupported`, with what is wrong with it.
    pub(crate) fn portal_named(&self, name: Option<&str>) -> Result<Reached, Failure> {
        let all = SignInAt::all(self.home(), &self.around.asking);
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        let is_meant = |(known, portal): &&(String, Result<SignInAt, _>)| match name {
            None => true,
            Some(name) => known == name || portal.as_ref().is_ok_and(|it| it.start_url == name),
        };
        let mut meant = all.iter().filter(is_meant);
        let found = meant
            .next()
            .ok_or_else(|| Failure::no_portal(name, &names))?;
        if meant.next().is_some() && name.is_none() {
            return Err(Failure::which_portal(&names));
        }
        let portal = found.1.clone();
        Reached::of(portal.map_err(|bad| Failure::bad_portal(&found.0, &bad))?)
    }

    /// The portal that a profile signs in at.
    ///
    /// # Errors
    /// `unsupported`, with what is wrong with it.
    pub(crate) fn portal_of(&self, profile: Profile<'_>) -> Result<Reached, Failure> {
        let portal = SignInAt::of_profile(profile, &self.around.asking);
        Reached::of(portal.map_err(|bad| Failure::bad_portal(profile.name(), &bad))?)
    }
}

impl Engine {
    pub(crate) fn world(&self) -> &World {
        &self.world
    }
}
