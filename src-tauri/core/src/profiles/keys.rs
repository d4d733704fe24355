//! The keys that AWS tools know: in which section they stand, who reads them, whether they are secret.
//! From the AWS SDKs and Tools Reference and the sources of the six readers.
//! Not here: allowed values and help, which come with the editor.

/// An SDK family whose source reads a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadBy {
    /// botocore and boto3.
    Botocore,
    /// The AWS CLI itself.
    Cli,
    /// AWS SDK for Rust.
    Rust,
    /// AWS SDK for JavaScript v3.
    Js,
    /// AWS SDK for Go v2.
    Go,
    /// AWS SDK for Java v2.
    Java,
}

impl ReadBy {
    /// The name used on the command line and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Botocore => "botocore",
            Self::Cli => "cli",
            Self::Rust => "rust",
            Self::Js => "js",
            Self::Go => "go",
            Self::Java => "java",
        }
    }
}

/// The kind of section that a key belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum In {
    /// `[profile x]`, `[default]`, or a section of the credentials file.
    Profile,
    /// `[sso-session x]`.
    SsoSession,
    /// `[services x]`.
    Services,
}

/// How a key's value may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Showing {
    /// As it is.
    Plain,
    /// As it is where a person looks; shortened in messages and logs.
    Identifier,
    /// A command line: what looks like a secret in it is hidden.
    Command,
    /// Never, unless asked for.
    Secret,
}

/// One known key.
#[derive(Clone, Copy, Debug)]
pub struct KnownKey {
    /// Lower case; nested ones with a dot.
    pub name: &'static str,
    /// Where it belongs.
    pub section: In,
    /// How its value may be shown.
    pub showing: Showing,
    readers: &'static str,
}

impl KnownKey {
    /// Who reads it, in a fixed order.
    pub fn read_by(&self) -> impl Iterator<Item = ReadBy> {
        self.readers.chars().map(|reader| match reader {
            'b' => ReadBy::Botocore,
            'c' => ReadBy::Cli,
            'r' => ReadBy::Rust,
            'j' => ReadBy::Js,
            'g' => ReadBy::Go,
            _ => ReadBy::Java,
        })
    }
}

/// Returns what is known of a key, looked up in lower case; the first record of that name.
pub fn known(key: &str) -> Option<&'static KnownKey> {
    KEYS.iter()
        .find(|known| known.name.eq_ignore_ascii_case(key))
}

/// Whether the value of a key is never shown unless asked for.
pub fn is_secret(key: &str) -> bool {
    known(key).is_some_and(|key| key.showing == Showing::Secret)
}

const fn key(name: &'static str, section: In, showing: Showing, readers: &'static str) -> KnownKey {
    KnownKey {
        name,
        section,
        showing,
        readers,
    }
}

/// b = botocore, c = AWS CLI, r = Rust, j = JavaScript v3, g = Go v2, v = Java v2.
#[rustfmt::skip]
pub const KEYS: &[KnownKey] = &[
    key("aws_access_key_id", In::Profile, Showing::Identifier, "bcrjgv"),
    key("aws_secret_access_key", In::Profile, Showing::Secret, "bcrjgv"),
    key("aws_session_token", In::Profile, Showing::Secret, "bcrjgv"),
    key("aws_security_token", In::Profile, Showing::Secret, "bc"),
    key("aws_account_id", In::Profile, Showing::Plain, "bcrjv"),
    key("aws_credential_scope", In::Profile, Showing::Plain, "j"),
    key("region", In::Profile, Showing::Plain, "bcrjgv"),
    key("output", In::Profile, Showing::Plain, "c"),
    key("role_arn", In::Profile, Showing::Plain, "bcrjgv"),
    key("source_profile", In::Profile, Showing::Plain, "bcrjgv"),
    key("credential_source", In::Profile, Showing::Plain, "bcrjgv"),
    key("external_id", In::Profile, Showing::Plain, "bcrjgv"),
    key("mfa_serial", In::Profile, Showing::Plain, "bcjgv"),
    key("duration_seconds", In::Profile, Showing::Plain, "bcjgv"),
    key("role_session_name", In::Profile, Showing::Plain, "bcrjgv"),
    key("web_identity_token_file", In::Profile, Showing::Plain, "bcrjgv"),
    key("credential_process", In::Profile, Showing::Command, "bcrjgv"),
    key("sso_session", In::Profile, Showing::Plain, "bcrjgv"),
    key("sso_account_id", In::Profile, Showing::Plain, "bcrjgv"),
    key("sso_role_name", In::Profile, Showing::Plain, "bcrjgv"),
    key("sso_start_url", In::Profile, Showing::Plain, "bcrjgv"),
    key("sso_region", In::Profile, Showing::Plain, "bcrjgv"),
    key("sso_auto_populated", In::Profile, Showing::Plain, ""),
    key("sso_start_url", In::SsoSession, Showing::Plain, "bcrjgv"),
    key("sso_region", In::SsoSession, Showing::Plain, "bcrjgv"),
    key("sso_registration_scopes", In::SsoSession, Showing::Plain, "c"),
    key("login_session", In::Profile, Showing::Plain, "bcrjgv"),
    key("endpoint_url", In::Profile, Showing::Plain, "bcrjgv"),
    key("services", In::Profile, Showing::Plain, "bcrjgv"),
    key("ignore_configured_endpoint_urls", In::Profile, Showing::Plain, "bcrjgv"),
    key("<service_id>.endpoint_url", In::Services, Showing::Plain, "bcrjgv"),
    key("use_dualstack_endpoint", In::Profile, Showing::Plain, "bcrjgv"),
    key("use_fips_endpoint", In::Profile, Showing::Plain, "bcrjgv"),
    key("endpoint_discovery_enabled", In::Profile, Showing::Plain, "bcjgv"),
    key("sts_regional_endpoints", In::Profile, Showing::Plain, "bc"),
    key("account_id_endpoint_mode", In::Profile, Showing::Plain, "bcrjgv"),
    key("s3_us_east_1_regional_endpoint", In::Profile, Showing::Plain, "bc"),
    key("s3_use_arn_region", In::Profile, Showing::Plain, "bcjgv"),
    key("s3_disable_multiregion_access_points", In::Profile, Showing::Plain, "bcjgv"),
    key("s3_disable_express_session_auth", In::Profile, Showing::Plain, "bcrjgv"),
    key("retry_mode", In::Profile, Showing::Plain, "bcrjgv"),
    key("max_attempts", In::Profile, Showing::Plain, "bcrjgv"),
    key("defaults_mode", In::Profile, Showing::Plain, "bcjgv"),
    key("sdk_ua_app_id", In::Profile, Showing::Plain, "bcrjgv"),
    key("ca_bundle", In::Profile, Showing::Plain, "bcg"),
    key("tcp_keepalive", In::Profile, Showing::Plain, "bc"),
    key("parameter_validation", In::Profile, Showing::Plain, "bc"),
    key("disable_request_compression", In::Profile, Showing::Plain, "bcrjgv"),
    key("request_min_compression_size_bytes", In::Profile, Showing::Plain, "bcrjgv"),
    key("request_checksum_calculation", In::Profile, Showing::Plain, "bcrjgv"),
    key("response_checksum_validation", In::Profile, Showing::Plain, "bcrjgv"),
    key("sigv4a_signing_region_set", In::Profile, Showing::Plain, "bcrjv"),
    key("auth_scheme_preference", In::Profile, Showing::Plain, "bcrjgv"),
    key("disable_host_prefix_injection", In::Profile, Showing::Plain, "bcv"),
    key("disable_clock_skew_correction", In::Profile, Showing::Plain, "j"),
    key("api_versions", In::Profile, Showing::Plain, "bc"),
    key("data_path", In::Profile, Showing::Plain, "bc"),
    key("ec2_metadata_service_endpoint", In::Profile, Showing::Plain, "bcrjgv"),
    key("ec2_metadata_service_endpoint_mode", In::Profile, Showing::Plain, "bcrjgv"),
    key("ec2_metadata_v1_disabled", In::Profile, Showing::Plain, "bcjgv"),
    key("metadata_service_timeout", In::Profile, Showing::Plain, "bc"),
    key("metadata_service_num_attempts", In::Profile, Showing::Plain, "bc"),
    key("imds_use_ipv6", In::Profile, Showing::Plain, "bc"),
    key("csm_enabled", In::Profile, Showing::Plain, "bcv"),
    key("csm_host", In::Profile, Showing::Plain, "bcv"),
    key("csm_port", In::Profile, Showing::Plain, "bcv"),
    key("csm_client_id", In::Profile, Showing::Plain, "bc"),
    key("proxy_ca_bundle", In::Profile, Showing::Plain, "bc"),
    key("proxy_client_cert", In::Profile, Showing::Plain, "bc"),
    key("proxy_use_forwarding_for_https", In::Profile, Showing::Plain, "bc"),
    key("cli_pager", In::Profile, Showing::Plain, "c"),
    key("cli_auto_prompt", In::Profile, Showing::Plain, "c"),
    key("cli_binary_format", In::Profile, Showing::Plain, "c"),
    key("cli_timestamp_format", In::Profile, Showing::Plain, "c"),
    key("cli_history", In::Profile, Showing::Plain, "c"),
    key("cli_error_format", In::Profile, Showing::Plain, "c"),
    key("cli_help_output", In::Profile, Showing::Plain, "c"),
    key("cli_follow_urlparam", In::Profile, Showing::Plain, "c"),
    key("s3.addressing_style", In::Profile, Showing::Plain, "bc"),
    key("s3.use_accelerate_endpoint", In::Profile, Showing::Plain, "bc"),
    key("s3.use_dualstack_endpoint", In::Profile, Showing::Plain, "bc"),
    key("s3.payload_signing_enabled", In::Profile, Showing::Plain, "bc"),
    key("s3.use_arn_region", In::Profile, Showing::Plain, "bc"),
    key("s3.us_east_1_regional_endpoint", In::Profile, Showing::Plain, "bc"),
    key("s3.max_concurrent_requests", In::Profile, Showing::Plain, "c"),
    key("s3.max_queue_size", In::Profile, Showing::Plain, "c"),
    key("s3.multipart_threshold", In::Profile, Showing::Plain, "c"),
    key("s3.multipart_chunksize", In::Profile, Showing::Plain, "c"),
    key("s3.max_bandwidth", In::Profile, Showing::Plain, "c"),
    key("s3.io_chunksize", In::Profile, Showing::Plain, "c"),
    key("s3.preferred_transfer_client", In::Profile, Showing::Plain, "c"),
    key("s3.target_bandwidth", In::Profile, Showing::Plain, "c"),
    key("s3.should_stream", In::Profile, Showing::Plain, "c"),
    key("s3.disk_throughput", In::Profile, Showing::Plain, "c"),
    key("s3.direct_io", In::Profile, Showing::Plain, "c"),
    key("emr", In::Profile, Showing::Plain, "c"),
    key("include_profile", In::Profile, Showing::Plain, ""),
    key("session_tags", In::Profile, Showing::Plain, ""),
    key("transitive_session_tags", In::Profile, Showing::Plain, ""),
    key("source_identity", In::Profile, Showing::Plain, ""),
    key("mfa_process", In::Profile, Showing::Plain, ""),
    key("parent_profile", In::Profile, Showing::Plain, ""),
    key("granted_sso_start_url", In::Profile, Showing::Plain, ""),
    key("granted_sso_region", In::Profile, Showing::Plain, ""),
    key("granted_sso_account_id", In::Profile, Showing::Plain, ""),
    key("granted_sso_role_name", In::Profile, Showing::Plain, ""),
    key("granted_sso_registration_scopes", In::Profile, Showing::Plain, ""),
    key("web_identity_token_process", In::Profile, Showing::Plain, ""),
    key("toolkit_artifact_guid", In::Profile, Showing::Plain, ""),
    key("color", In::Profile, Showing::Plain, ""),
    key("image", In::Profile, Showing::Plain, ""),
    key("x_principal_arn", In::Profile, Showing::Plain, ""),
    key("x_security_token_expires", In::Profile, Showing::Plain, ""),
    key("aws_expiration", In::Profile, Showing::Plain, ""),
    key("expiration", In::Profile, Showing::Plain, ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_keys_are_those_that_sign_requests() {
        let secret: Vec<_> = KEYS
            .iter()
            .filter(|key| key.showing == Showing::Secret)
            .map(|key| key.name)
            .collect();
        assert_eq!(
            secret,
            [
                "aws_secret_access_key",
                "aws_session_token",
                "aws_security_token"
            ]
        );
    }

    #[test]
    fn a_key_is_found_in_any_case_and_says_who_reads_it() {
        let region = known("Region").expect("region is known");
        assert_eq!(region.read_by().count(), 6, "all six read the region");
        assert!(known("regoin").is_none());
    }

    #[test]
    fn every_reader_letter_is_one_of_the_six() {
        for key in KEYS {
            assert!(
                key.readers.chars().all(|reader| "bcrjgv".contains(reader)),
                "{}",
                key.name
            );
        }
    }
}
