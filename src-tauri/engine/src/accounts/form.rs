//! Whether an account can be as the form has it. Nothing is changed before all of it is right.

use std::net::IpAddr;

use rolecall_core::profiles::Profile;
use url::{Host, Url};

use super::refusals::LONGEST_NAME;
use crate::{
    failure::Failure,
    snapshot::Snapshot,
    view::{AccountForm, Endpoint},
};

/// The form with blanks at the ends left out and empty fields absent, if an account can be so. `others` are the names
/// that are taken.
///
/// # Errors
/// `notFound` for a profile that is not there, `unsupported` for what an account can't be.
pub(super) fn checked<'a>(
    form: &AccountForm,
    snapshot: &Snapshot,
    mut others: impl Iterator<Item = &'a str>,
) -> Result<AccountForm, Failure> {
    let filled = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let form = AccountForm {
        name: form.name.trim().to_owned(),
        role: filled(&form.role),
        region: filled(&form.region),
        ..form.clone()
    };
    check_name(&form.name)?;
    if let Some(taken) = others.find(|other| other.to_lowercase() == form.name.to_lowercase()) {
        return Err(Failure::account_name_taken(taken));
    }
    let profile = snapshot.named(&form.profile)?;
    if let Some(role) = &form.role {
        check_role(snapshot.named(role)?, profile)?;
    }
    if let Some(region) = &form.region {
        check_region(region)?;
    }
    let endpoint = match &form.endpoint {
        Endpoint::Other { url } => Endpoint::Other {
            url: checked_endpoint(url.trim())?,
        },
        other => other.clone(),
    };
    Ok(AccountForm { endpoint, ..form })
}

fn check_name(name: &str) -> Result<(), Failure> {
    let length = name.chars().count();
    if length == 0 {
        return Err(Failure::account_without_name());
    }
    if length > LONGEST_NAME {
        return Err(Failure::account_name_too_long(length));
    }
    if rolecall_core::document::escape_line(name) != name {
        return Err(Failure::account_name_odd());
    }
    Ok(())
}

/// A role of an account starts directly from the account's profile (seed S23).
pub(super) fn check_role(role: Profile<'_>, profile: Profile<'_>) -> Result<(), Failure> {
    if !role.source().assumes_role() {
        return Err(Failure::no_role_profile(role.name(), profile.name()));
    }
    let from = role.starts_from();
    if from.is_none_or(|from| from.id != profile.id) {
        let from = from.map(Profile::name);
        return Err(Failure::role_starts_elsewhere(
            role.name(),
            profile.name(),
            from,
        ));
    }
    Ok(())
}

/// The shape of a region's name: `eu-west-1`, `us-gov-east-1`. Which ones there are changes too often for a list.
pub(super) fn check_region(region: &str) -> Result<(), Failure> {
    let letters = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    let parts: Vec<_> = region.split('-').collect();
    let is_one = match parts.as_slice() {
        [first, middle @ .., last] if !middle.is_empty() => {
            letters(first)
                && (2..=10).contains(&first.len())
                && middle.iter().all(|part| letters(part))
                && (1..=2).contains(&last.len())
                && last.bytes().all(|b| b.is_ascii_digit())
        }
        _ => false,
    };
    if is_one {
        Ok(())
    } else {
        Err(Failure::no_region(region))
    }
}

/// https, or http to this computer; nothing that could hold a password.
fn checked_endpoint(text: &str) -> Result<String, Failure> {
    let no_url = || {
        Failure::endpoint(
            "endpoint.noUrl",
            "is no URL",
            "Write it whole, such as https://sts.example.com or http://localhost:4566.",
        )
    };
    let url = Url::parse(text).map_err(|_| no_url())?;
    let host = url.host().ok_or_else(no_url)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Failure::endpoint(
            "endpoint.userInfo",
            "has a name or a password in it",
            "Leave out what stands before the @; requests are signed with the profile's keys.",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Failure::endpoint(
            "endpoint.query",
            "has a ? or a # in it",
            "Leave out what stands there and behind it.",
        ));
    }
    match url.scheme() {
        "https" => {}
        "http" if is_this_computer(&host) => {}
        "http" => {
            return Err(Failure::endpoint(
                "endpoint.insecure",
                "is http, which anybody on the way can read and change",
                "Use https; http is for this computer alone, such as http://localhost:4566.",
            ));
        }
        _ => return Err(no_url()),
    }
    Ok(text.to_owned())
}

fn is_this_computer(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => IpAddr::from(*address).is_loopback(),
        Host::Ipv6(address) => IpAddr::from(*address).is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::tests::snapshot;

    const ROLE: &str = "role_arn = arn:aws:iam::111122223333:role/R\nsource_profile =";

    fn said(change: impl FnOnce(&mut AccountForm)) -> String {
        let config = format!(
            "[profile acme]\nregion = eu-west-1\n[profile deploy]\n{ROLE} acme\n[profile other]\n{ROLE} deploy\n"
        );
        let mut form = AccountForm {
            name: " Acme Dev ".into(),
            profile: "acme".into(),
            role: None,
            region: None,
            endpoint: Endpoint::Aws,
            label: None,
        };
        change(&mut form);
        match checked(&form, &snapshot(&config, ""), ["Taken"].into_iter()) {
            Ok(form) => format!("ok {}", form.name),
            Err(failure) => failure.message,
        }
    }

    #[test]
    fn each_field_is_refused_with_its_own_sentence() {
        let name = |name: &str| {
            let name = name.to_owned();
            said(|form| form.name = name)
        };
        assert_eq!(name(" Acme Dev "), "ok Acme Dev");
        assert_eq!(name("  "), "An account needs a name.");
        assert_eq!(
            name(&"é".repeat(65)),
            "The name has 65 characters, more than the 64 that fit."
        );
        assert_eq!(
            name("a\u{1b}b"),
            "The name has a character that can't be shown, such as a line break."
        );
        assert_eq!(name("tAKEN"), "There is an account “Taken” already.");
        assert_eq!(
            said(|form| form.profile = "acmee".into()),
            "There is no profile “acmee”."
        );
        let role = |name: &str| {
            let name = Some(name.to_owned());
            said(|form| form.role = name)
        };
        assert_eq!(role("deploy"), "ok Acme Dev");
        assert_eq!(role(""), "ok Acme Dev");
        assert_eq!(role("acme"), "acme assumes no role.");
        assert_eq!(
            role("other"),
            "other does not start from acme: it starts from deploy."
        );
        assert_eq!(role("gone"), "There is no profile “gone”.");
    }

    #[test]
    fn regions_have_the_shape_that_aws_gives_them() {
        for region in ["eu-west-1", "us-gov-east-1", "ap-southeast-11"] {
            assert!(check_region(region).is_ok(), "{region}");
        }
        for region in [
            "eu west 1",
            "eu-west",
            "EU-WEST-1",
            "eu-1",
            "eu--1",
            "e-west-1",
            "eu-west-123",
            "eu-west-1 ",
            "é-west-1",
        ] {
            let failure = check_region(region).expect_err(region);
            assert_eq!(failure.message, format!("“{region}” is no region name."));
        }
    }

    #[test]
    fn http_goes_to_this_computer_alone_and_no_address_holds_a_password() {
        for url in [
            "https://sts.example.com",
            "http://localhost:4566",
            "http://127.0.0.1:5000/",
            "http://[::1]:4566",
            "http://sts.localhost:4566",
        ] {
            assert!(checked_endpoint(url).is_ok(), "{url}");
        }
        let table = [
            ("localhost:4566", "The endpoint is no URL."),
            ("not a url", "The endpoint is no URL."),
            ("", "The endpoint is no URL."),
            ("ftp://example.com", "The endpoint is no URL."),
            ("file:///etc/passwd", "The endpoint is no URL."),
            (
                "http://10.0.0.1:4566",
                "The endpoint is http, which anybody on the way can read and change.",
            ),
            (
                "http://localhost.evil.example",
                "The endpoint is http, which anybody on the way can read and change.",
            ),
            (
                "https://jo:hunter2@example.com",
                "The endpoint has a name or a password in it.",
            ),
            (
                "https://example.com/?token=hunter2",
                "The endpoint has a ? or a # in it.",
            ),
        ];
        for (url, wanted) in table {
            let failure = checked_endpoint(url).expect_err(url);
            assert_eq!(failure.message, wanted, "{url}");
            assert!(!failure.hint.contains("hunter2"));
        }
    }
}
