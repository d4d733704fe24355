//! What a portal gives, laid beside the profiles that are there: which roles have one, and the name that each other would
//! get. Nobody is asked; it is what was listed last.

use super::generate::{Names, check_template, gone, permission_set, planned, signed_in_there};
use crate::{
    engine::Engine,
    failure::Failure,
    view::{OfferedRole, PortalRoles, RolesOfAccount},
};

impl Engine {
    /// The accounts and roles of a portal with the profiles that are there or would be; none before they were listed.
    ///
    /// # Errors
    /// `notFound` without such a portal, `unsupported` for a template that names nothing.
    pub fn portal_roles(
        &self,
        name: Option<&str>,
        template: &str,
    ) -> Result<Option<PortalRoles>, Failure> {
        let snapshot = self.snapshot();
        let reached = snapshot.portal_named(name)?;
        check_template(template)?;
        let Some(catalog) = self.catalog(&reached) else {
            return Ok(None);
        };
        let there = signed_in_there(&snapshot, &reached);
        let names = Names::of(&snapshot, &reached, template);
        let mut new = planned(&catalog, &there, names)?
            .into_iter()
            .map(|it| it.name);
        let accounts = catalog.accounts.iter().map(|account| RolesOfAccount {
            id: account.id.clone(),
            name: account.name.clone(),
            roles: account
                .roles
                .iter()
                .map(|role| {
                    let profiles = there.get(&permission_set(account, role));
                    let known = profiles.and_then(|profiles| profiles.first());
                    OfferedRole {
                        role: role.clone(),
                        profile: known.cloned().or_else(|| new.next()).unwrap_or_default(),
                        is_new: known.is_none(),
                    }
                })
                .collect(),
        });
        let accounts = accounts.collect();
        Ok(Some(PortalRoles {
            portal: reached.portal.name.clone(),
            listed_at: catalog.listed_at,
            complete: catalog.is_whole(),
            accounts,
            gone: if catalog.is_whole() {
                gone(&there, &catalog).cloned().collect()
            } else {
                Vec::new()
            },
        }))
    }
}
