//! Where a profile sends its calls to a service. A file that came from elsewhere can name any address, and a call carries a
//! session token, so an address is taken apart here, strictly, before anybody connects: plain http only goes to this
//! computer, and a stranger's host is used only when the person named it outside the files.
//! Sources: AWS SDKs and Tools Reference, “Service-specific endpoints” (the order, held against the cases that botocore and
//! the AWS CLI publish) and “Regions” (names); botocore's `partitions.json` (the suffixes).

use std::{borrow::Cow, collections::BTreeMap};

use super::Profile;

/// The service that gives sessions of roles, as files and variables name it.
pub const STS: &str = "sts";
/// The service of a portal's accounts, roles and keys.
pub const SSO: &str = "sso";
/// The service of a portal's sign-in.
pub const SSO_OIDC: &str = "sso_oidc";
/// The service of console sign-ins.
pub const SIGNIN: &str = "signin";

/// An address that somebody named, and where.
pub type Named = (String, Cow<'static, str>);

/// What the environment says about asking; handed in, since nothing here looks at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables {
    /// `AWS_REGION`, else `AWS_DEFAULT_REGION`.
    pub region: Option<String>,
    /// `AWS_ENDPOINT_URL_STS` and its like, by the service's name in the files ([`variable_of`]).
    pub endpoints: BTreeMap<String, String>,
    /// `AWS_USE_DUALSTACK_ENDPOINT`.
    pub dual_stack: Option<String>,
    /// `AWS_ENDPOINT_URL`.
    pub endpoint: Option<String>,
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`.
    pub ignore_endpoints: Option<String>,
}

/// The variable that names a service's address: `AWS_ENDPOINT_URL_STS`.
pub fn variable_of(service: &str) -> String {
    format!("AWS_ENDPOINT_URL_{}", service.to_ascii_uppercase())
}

/// Who answers there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// AWS itself.
    Aws,
    /// This computer: LocalStack and its kind.
    Loopback,
    /// Somebody else.
    Other,
}

/// An address that calls may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// As written.
    pub url: String,
    /// With the port, such as `localhost:4566`.
    pub authority: String,
    /// Who answers there.
    pub host: Host,
}

/// Why a text is no address for calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadEndpoint {
    /// It is no `http` or `https` URL of a plain host, port and path.
    NoUrl,
    /// It is plain `http` to another computer.
    PlainHttp,
}

impl Endpoint {
    /// Takes a URL apart.
    ///
    /// # Errors
    /// When it is none, or would send a token in the clear.
    pub fn parse(url: &str) -> Result<Self, BadEndpoint> {
        let lower = url.to_ascii_lowercase();
        let (rest, plain) = match (
            lower.strip_prefix("http://"),
            lower.strip_prefix("https://"),
        ) {
            (Some(rest), _) => (rest, true),
            (_, Some(rest)) => (rest, false),
            _ => return Err(BadEndpoint::NoUrl),
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (name, port) = match authority.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
            _ => (authority, None),
        };
        let port_is_fine = port.is_none_or(|port| {
            port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
        });
        let path_is_fine = path
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte));
        if !port_is_fine || !path_is_fine || !is_host(name) {
            return Err(BadEndpoint::NoUrl);
        }
        let host = whose(name);
        if plain && host != Host::Loopback {
            return Err(BadEndpoint::PlainHttp);
        }
        Ok(Self {
            url: url.to_owned(),
            authority: authority.to_owned(),
            host,
        })
    }
}

impl Profile<'_> {
    /// The address of a service that somebody named, and where it is named; none for AWS's own. What was `given` outside
    /// files and variables holds always, as a program's own choice does for the SDKs. Then the order is theirs: the
    /// variable of the service, the variable for all, the profile's `services`, the profile itself.
    pub fn endpoint_of(
        self,
        service: &str,
        given: Option<&str>,
        variables: &Variables,
    ) -> Option<Named> {
        if let Some(url) = given {
            return Some((url.to_owned(), "the account's endpoint".into()));
        }
        if self.ignores_endpoints(variables) {
            return None;
        }
        endpoint_in_variables(service, variables)
            .or_else(|| {
                let url = self.endpoint_in_services(service)?;
                Some((url, "the section of its services".into()))
            })
            .or_else(|| Some((self.own_endpoint()?, "endpoint_url".into())))
    }

    /// It asks for addresses that speak IPv6 too (`use_dualstack_endpoint`).
    pub fn is_dual_stack(self, variables: &Variables) -> bool {
        let own = self.get("use_dualstack_endpoint");
        let says = variables
            .dual_stack
            .as_deref()
            .or(own.as_ref().map(|own| &*own.value));
        says.is_some_and(|says| says.eq_ignore_ascii_case("true"))
    }

    /// The address for every service, which exports name.
    pub fn endpoint(self, given: Option<&str>, variables: &Variables) -> Option<String> {
        if let Some(url) = given {
            return Some(url.to_owned());
        }
        if self.ignores_endpoints(variables) {
            return None;
        }
        in_variable(variables).or_else(|| self.own_endpoint())
    }

    /// What `[services …]` says of one of them: `endpoint_url` in its block.
    fn endpoint_in_services(self, service: &str) -> Option<String> {
        let services = self.get("services")?;
        let section = self.home.services(&services.value)?;
        let key = format!("{service}.endpoint_url");
        let properties = self.home.properties(section);
        let url = properties
            .filter(|property| property.key.eq_ignore_ascii_case(&key))
            .last()?;
        Some(url.value.into_owned()).filter(|url| !url.is_empty())
    }

    fn own_endpoint(self) -> Option<String> {
        self.get("endpoint_url").map(|url| url.value.into_owned())
    }

    fn ignores_endpoints(self, variables: &Variables) -> bool {
        let own = self.get("ignore_configured_endpoint_urls");
        let says = variables
            .ignore_endpoints
            .as_deref()
            .or(own.as_ref().map(|own| &*own.value));
        says.is_some_and(|says| says.eq_ignore_ascii_case("true"))
    }
}

/// The address of a service that variables name, and which one.
pub fn endpoint_in_variables(service: &str, variables: &Variables) -> Option<Named> {
    let own = variables.endpoints.get(service);
    own.filter(|url| !url.is_empty())
        .map(|url| (url.clone(), variable_of(service).into()))
        .or_else(|| Some((in_variable(variables)?, "AWS_ENDPOINT_URL".into())))
}

/// The end of a region's host names. Source: botocore's `partitions.json`, `dnsSuffix` and `dualStackDnsSuffix`.
pub fn dns_suffix(region: &str, dual_stack: bool) -> &'static str {
    let is = |prefix: &str| region.starts_with(prefix);
    match () {
        () if is("cn-") && dual_stack => "api.amazonwebservices.com.cn",
        () if is("cn-") => "amazonaws.com.cn",
        () if is("eusc-") && dual_stack => "api.amazonwebservices.eu",
        () if is("eusc-") => "amazonaws.eu",
        () if is("us-isob-") => "sc2s.sgov.gov",
        () if is("us-isof-") || is("eu-isof-") => "csp.hci.ic.gov",
        () if is("us-iso-") => "c2s.ic.gov",
        () if is("eu-isoe-") => "cloud.adc-e.uk",
        () if dual_stack => "api.aws",
        () => "amazonaws.com",
    }
}

fn in_variable(variables: &Variables) -> Option<String> {
    variables.endpoint.clone().filter(|url| !url.is_empty())
}

/// A region's name in form, so that it can stand in a host's name: `eu-west-1`.
pub fn is_region(text: &str) -> bool {
    let mut parts: Vec<&str> = text.split('-').collect();
    let last = parts.pop().unwrap_or_default();
    let is_word = |part: &&str| {
        !part.is_empty() && part.len() <= 20 && part.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    let number = (1..=2).contains(&last.len()) && last.bytes().all(|byte| byte.is_ascii_digit());
    number && parts.len() >= 2 && parts.iter().all(is_word) && (2..=10).contains(&parts[0].len())
}

fn is_host(name: &str) -> bool {
    if name == "[::1]" {
        return true;
    }
    !name.is_empty()
        && name.len() <= 253
        && name.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        })
}

fn whose(name: &str) -> Host {
    let labels: Vec<&str> = name.split('.').collect();
    let is_127 = labels.len() == 4
        && labels[0] == "127"
        && labels.iter().all(|label| label.parse::<u8>().is_ok());
    if name == "[::1]" || name == "localhost" || is_127 {
        return Host::Loopback;
    }
    if is_aws(name) {
        return Host::Aws;
    }
    Host::Other
}

/// `oidc.eu-west-1.amazonaws.com`, `portal.sso.eu-west-1.amazonaws.com`, and of STS `sts.amazonaws.com`, `sts.eu-west-1.amazonaws.com`, `sts-fips.…`, `vpce-….sts.eu-west-1.vpce.amazonaws.com`. Not
/// every name under AWS's suffixes is AWS: a bucket's or an API's belongs to whoever made it.
fn is_aws(name: &str) -> bool {
    const SUFFIXES: [&str; 12] = [
        "amazonaws.com",
        "amazonaws.com.cn",
        "amazonaws.eu",
        "api.aws",
        "api.amazonwebservices.com.cn",
        "api.amazonwebservices.eu",
        "c2s.ic.gov",
        "sc2s.sgov.gov",
        "cloud.adc-e.uk",
        "csp.hci.ic.gov",
        "api.aws.ic.gov",
        "api.aws.scloud",
    ];
    SUFFIXES.into_iter().any(|suffix| {
        let Some(before) = name
            .strip_suffix(suffix)
            .and_then(|rest| rest.strip_suffix('.'))
        else {
            return false;
        };
        let labels: Vec<&str> = before.split('.').collect();
        let is_sts = |label: &str| label == "sts" || label == "sts-fips";
        match labels[..] {
            [service] => is_sts(service),
            [service, region] => (is_sts(service) || service == "oidc") && is_region(region),
            ["portal", "sso", region] => is_region(region),
            [vpce, service, region, "vpce"] => {
                vpce.starts_with("vpce-") && is_sts(service) && is_region(region)
            }
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::Document, profiles::Home};

    fn host(url: &str) -> Result<Host, BadEndpoint> {
        Endpoint::parse(url).map(|endpoint| endpoint.host)
    }

    #[test]
    fn an_address_is_aws_this_computer_or_a_strangers() {
        for url in [
            "https://sts.amazonaws.com",
            "https://sts.eu-west-1.amazonaws.com/",
            "https://sts-fips.us-gov-west-1.amazonaws.com",
            "https://sts.cn-north-1.amazonaws.com.cn",
            "https://vpce-1a2b-3c.sts.eu-west-1.vpce.amazonaws.com",
            "https://oidc.eu-west-1.amazonaws.com",
            "https://portal.sso.eu-west-1.amazonaws.com",
            "https://portal.sso.eu-west-1.api.aws",
        ] {
            assert_eq!(host(url), Ok(Host::Aws), "{url}");
        }
        for url in [
            "http://localhost:4566",
            "HTTP://LOCALHOST:4566/",
            "http://127.0.0.1:1",
            "http://127.9.9.9",
            "http://[::1]:4566",
            "https://localhost",
        ] {
            assert_eq!(host(url), Ok(Host::Loopback), "{url}");
        }
        for url in [
            "https://sts.example.com",
            "https://sts.s3.amazonaws.com",
            "https://oidc.amazonaws.com",
            "https://evil.portal.sso.eu-west-1.amazonaws.com",
            "https://sts.execute-api.eu-west-1.amazonaws.com",
            "https://evilamazonaws.com",
            "https://sts.amazonaws.com.evil.example",
            "https://localhost.evil.example",
            "https://127.0.0.1.evil.example",
        ] {
            assert_eq!(host(url), Ok(Host::Other), "{url}");
        }
    }

    #[test]
    fn what_is_no_plain_url_is_refused_and_so_is_http_to_elsewhere() {
        for url in [
            "",
            "localhost:4566",
            "ftp://localhost",
            "http://",
            "http://localhost:4566@evil.example",
            "http://localhost\\@evil.example",
            "http://localhost:99999",
            "http://localhost:+1",
            "http://local host",
            "http://localhost/?a=b",
            "http://localhost/#x",
            "http://localhost/%2e",
            "http://[::2]",
            "https://sts.amazonaws.com\r\nHost: x",
        ] {
            assert_eq!(host(url), Err(BadEndpoint::NoUrl), "{url}");
        }
        for url in ["http://sts.amazonaws.com", "http://127.0.0.1.evil.example"] {
            assert_eq!(host(url), Err(BadEndpoint::PlainHttp), "{url}");
        }
    }

    #[test]
    fn regions_are_known_by_their_form() {
        for good in [
            "eu-west-1",
            "us-gov-west-1",
            "eusc-de-east-1",
            "xx-new-place-12",
        ] {
            assert!(is_region(good), "{good}");
        }
        for bad in [
            "",
            "eu",
            "eu-west",
            "EU-west-1",
            "eu-west-1.evil.example",
            "eu-west-1#",
            "evil.example/#",
            "eu--1",
            "e-west-1",
            "eu-west-123",
            "aws-global",
        ] {
            assert!(!is_region(bad), "{bad}");
        }
    }

    #[test]
    fn the_address_for_sts_is_found_in_the_sdks_order() {
        let text = "[profile a]\nendpoint_url = https://profile\nservices = local\n[services local]\ns3 =\n  endpoint_url = https://s3\nsts =\n  endpoint_url = https://services\n\
                    [profile b]\nendpoint_url = https://profile\n[profile c]\nendpoint_url = https://profile\nignore_configured_endpoint_urls = true\n";
        let home = Home::read(Some(Document::parse(text.as_bytes().to_vec())), None);
        let url = |name, variables: &Variables| {
            let profile = home.named_profile(name).expect("there");
            profile
                .endpoint_of(STS, None, variables)
                .map(|(url, _)| url)
        };
        let none = Variables::default();
        assert_eq!(url("a", &none).as_deref(), Some("https://services"));
        assert_eq!(url("b", &none).as_deref(), Some("https://profile"));
        assert_eq!(url("c", &none), None);
        let all = Variables {
            endpoint: Some("https://all".into()),
            ..Variables::default()
        };
        assert_eq!(url("a", &all).as_deref(), Some("https://all"));
        let sts = Variables {
            endpoints: [(STS.to_owned(), "https://sts".to_owned())].into(),
            ..all.clone()
        };
        assert_eq!(url("a", &sts).as_deref(), Some("https://sts"));
        let ignoring = Variables {
            ignore_endpoints: Some("TRUE".into()),
            ..sts
        };
        assert_eq!(url("a", &ignoring), None);
        let a = home.named_profile("a").expect("there");
        assert_eq!(
            a.endpoint(None, &none).as_deref(),
            Some("https://profile"),
            "what is for STS alone is not for all"
        );
    }
}
