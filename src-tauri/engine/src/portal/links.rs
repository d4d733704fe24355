//! Which addresses Rolecall opens: pages of AWS, by label and not by how the text ends, and pages on this computer where
//! the portal's own sign-in is there. Whatever else a service sends is shown, and nobody is taken there.
//! The list is that of AWS's sign-in hosts (AWS General Reference, “AWS sign-in endpoints”; IAM Identity Center User Guide,
//! “customizing the access portal URL”).

use rolecall_core::profiles::endpoint::is_region;
use url::{Host, Url};

/// How the names of services end.
const ENDS: [&[&str]; 3] = [
    &["amazonaws", "com"],
    &["amazonaws", "com", "cn"],
    &["api", "aws"],
];

/// Whether this address may be opened.
pub(super) fn may_open(url: &str, on_loopback: bool) -> bool {
    let Ok(url) = Url::parse(url) else {
        return false;
    };
    let is_plain = url.username().is_empty() && url.password().is_none();
    match (url.scheme(), url.host()) {
        ("http" | "https", Some(Host::Ipv4(address))) => {
            is_plain && on_loopback && address.is_loopback()
        }
        ("http", Some(Host::Domain("localhost"))) => is_plain && on_loopback,
        ("https", Some(Host::Domain(name))) => is_plain && url.port().is_none() && is_aws(name),
        _ => false,
    }
}

fn is_aws(name: &str) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    match labels[..] {
        [company, "awsapps", "com" | "cn"] | [company, "app", "aws"] => !company.is_empty(),
        [company, "portal", region, "app", "aws"] => !company.is_empty() && is_region(region),
        ["oidc", region, ref end @ ..] | ["device", "sso", region, ref end @ ..] => {
            is_region(region) && ENDS.contains(&end)
        }
        [region, "signin" | "console", "aws", "amazon", "com"]
        | [region, "signin" | "console", "amazonaws-us-gov", "com"] => is_region(region),
        ["signin" | "console", "aws", "amazon", "com"]
        | ["signin" | "console", "amazonaws", "cn"]
        | ["signin" | "console", "amazonaws-us-gov", "com"] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_aws_are_opened_and_those_that_look_like_it_are_not() {
        for good in [
            "https://acme.awsapps.com/start/#/device?user_code=ABCD-EFGH",
            "https://oidc.eu-west-1.amazonaws.com/authorize?client_id=x",
            "https://device.sso.us-east-1.amazonaws.com/",
            "https://oidc.cn-north-1.amazonaws.com.cn/authorize",
            "https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws/",
        ] {
            assert!(may_open(good, false), "{good}");
        }
        for bad in [
            "http://acme.awsapps.com/start",
            "https://evilawsapps.com/start",
            "https://awsapps.com.evil.example/start",
            "https://acme.awsapps.com@evil.example/",
            "https://user@acme.awsapps.com/",
            "https://acme.awsapps.com:8443/",
            "https://oidc.evil.example.amazonaws.com/",
            "https://bucket.s3.amazonaws.com/",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "--help",
            "http://127.0.0.1:8000/authorize",
        ] {
            assert!(!may_open(bad, false), "{bad}");
        }
    }

    #[test]
    fn this_computer_is_opened_only_for_a_portal_that_is_here() {
        assert!(may_open("http://127.0.0.1:8000/authorize", true));
        assert!(!may_open("http://192.168.0.1:8000/authorize", true));
        assert!(!may_open("http://evil.example/authorize", true));
    }
}
