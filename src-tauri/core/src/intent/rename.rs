//! Another name for a profile: its headers, and the lines of other profiles that start from it.

use super::{Named, Refusal};
use crate::{
    edit::Edit,
    profiles::{Home, Place},
};

pub(super) fn rename(home: &Home, profile: &str, to: &str) -> Result<Vec<Edit>, Refusal> {
    let from = Named::Profile(profile.to_owned());
    let new = Named::Profile(to.to_owned());
    let sections = from.known(home)?;
    if profile == to {
        return Err(Refusal::Same);
    }
    new.free(home)?;
    let mut edits: Vec<Edit> = sections
        .iter()
        .map(|section| replace(section.place, new.header(section.file)))
        .collect();
    edits.extend(references(home, profile).map(|place| replace(place, to.to_owned())));
    Ok(edits)
}

/// The values that name this profile as the one to start from.
pub(super) fn references<'a>(home: &'a Home, profile: &'a str) -> impl Iterator<Item = Place> + 'a {
    home.profiles()
        .flat_map(crate::profiles::Profile::properties)
        .filter(move |property| {
            property.key.eq_ignore_ascii_case("source_profile") && property.value == profile
        })
        .map(|property| property.place)
}

pub(super) fn replace(place: Place, becomes: String) -> Edit {
    Edit::Replace { place, becomes }
}
