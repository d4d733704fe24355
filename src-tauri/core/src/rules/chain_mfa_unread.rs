//! `chain.mfa_unread`: roles that ask for a code of an MFA device, for which the AWS SDK for Rust never asks. One
//! problem for all of them, about the first alone: it is worth knowing once, and not on every role.

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{Home, Profile};

pub(super) const RULE: Rule = Rule {
    name: "chain.mfa_unread",
    severity: Severity::Info,
    short: "no code with Rust",
    why: "The SDK for Rust doesn't look at mfa_serial and asks for the role without a code; a role that wants one is denied.",
    source: "smithy-rs aws-config profile/credentials; AWS SDKs and Tools Reference, mfa_serial",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    let asks = |profile: &Profile<'_>| {
        profile.source().assumes_role() && profile.get("mfa_serial").is_some()
    };
    let roles: Vec<_> = home.profiles().filter(asks).collect();
    let [first, more @ ..] = roles.as_slice() else {
        return;
    };
    let who = match more.len() {
        0 => first.name().to_owned(),
        1 => format!("{} and 1 more role", first.name()),
        more => format!("{} and {more} more roles", first.name()),
    };
    let place = first
        .get("mfa_serial")
        .map_or(first.place(), |serial| serial.place);
    found
        .problem(place, format!("Rust programs don't ask for the code of {who}."))
        .advice("For such a program get the role's keys with the AWS CLI or Rolecall, and hand them over.");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn roles_with_a_device_are_told_once() {
        let role = "role_arn = arn:aws:iam::111122223333:role/R\nsource_profile = base\n";
        check_text(
            &RULE,
            &format!(
                "[profile a]\n{role}mfa_serial = arn:aws:iam::111122223333:mfa/jo\n#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Rust programs don't ask for the code of a and 1 more role.\n[profile b]\n{role}mfa_serial = GAHT12345678\n"
            ),
        );
    }

    #[test]
    fn roles_without_a_device_and_devices_without_a_role_are_fine() {
        check_text(
            &RULE,
            "[profile a]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = b\n[profile b]\nmfa_serial = GAHT12345678\n",
        );
    }
}
