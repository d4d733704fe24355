//! The few words by which people know a profile, besides its name.

use rolecall_core::profiles::{Profile, Source, arn};

/// The AWS account number, as far as the files tell.
pub(crate) fn account_id(profile: Profile<'_>) -> Option<String> {
    let from_role = profile
        .get("role_arn")
        .and_then(|arn| arn::account_id(&arn.value).map(str::to_owned));
    from_role.or_else(|| {
        let named = profile
            .get("sso_account_id")
            .or_else(|| profile.get("aws_account_id"))?;
        arn::is_account_id(&named.value).then(|| named.value.into_owned())
    })
}

/// The role's name, without path and ARN; for a portal the permission-set role.
pub(crate) fn role(profile: Profile<'_>) -> Option<String> {
    match profile.source() {
        Source::Sso => profile
            .get("sso_role_name")
            .map(|role| role.value.into_owned()),
        _ => profile
            .get("role_arn")
            .map(|arn| arn::role_name(&arn.value).unwrap_or(&arn.value).to_owned()),
    }
}

/// Name, AWS account number, role, region and the end of the key ID, in small letters.
pub(crate) fn haystack(profile: Profile<'_>) -> Box<str> {
    let mut text = profile.name().to_lowercase();
    let key_id = profile.get("aws_access_key_id").map(|id| {
        id.value
            .chars()
            .skip(id.value.chars().count().saturating_sub(4))
            .collect()
    });
    let region = profile
        .get("region")
        .map(|region| region.value.into_owned());
    for part in [account_id(profile), role(profile), region, key_id]
        .into_iter()
        .flatten()
    {
        text.push('\n');
        text.push_str(&part.to_lowercase());
    }
    text.into()
}
