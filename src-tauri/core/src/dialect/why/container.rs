//! Keys from the container that a program runs in: which address two variables name. Source: aws-config `ecs.rs`, whose
//! published cases these are; the other SDKs have the same rule.

/// Hosts that may be asked over http besides this computer: ECS, and EKS over IPv4 and IPv6.
const HOSTS: [&str; 3] = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"];

/// The address that is asked for keys.
///
/// # Errors
/// The SDK's own words for why nothing is asked.
pub fn container_uri(variable: &dyn Fn(&str) -> Option<String>) -> Result<String, &'static str> {
    if let Some(relative) = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
        return Ok(format!("http://{}{relative}", HOSTS[0]));
    }
    let Some(full) = variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") else {
        return Err("No environment variables were set to configure ECS provider");
    };
    let Some((scheme, rest)) = full.split_once("://") else {
        return Err("URI did not specify a host");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match host.rsplit_once(':') {
        Some((name, port))
            if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            name
        }
        _ => host,
    };
    let is_own = ["localhost", "[::1]"].contains(&host) || host.starts_with("127.");
    match (scheme, host) {
        (_, "") => Err("URI did not specify a host"),
        ("https", _) => Ok(full),
        ("http", host) if is_own || HOSTS.contains(&host) => Ok(full),
        _ => Err("URI did not refer to the loopback interface"),
    }
}

#[cfg(test)]
mod tests {
    use super::container_uri;

    #[test]
    fn a_stranger_is_not_asked_over_http() {
        let asked = |full: &str| {
            container_uri(&|name| name.ends_with("FULL_URI").then(|| full.to_owned())).is_ok()
        };
        for full in [
            "http://example.com/k",
            "http://169.254.169.254/k",
            "http://127evil.example/k",
            "ftp://localhost/k",
        ] {
            assert!(!asked(full), "{full}");
        }
        assert!(asked("http://127.0.0.1:51679/k") && asked("http://[::1]:1/k"));
    }
}
