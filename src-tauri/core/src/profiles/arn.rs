//! The two parts of a role ARN that a person looks for. Anything that is not one has neither.
//! Source: AWS IAM User Guide, "IAM identifiers": `arn:partition:iam::account:role/path/name`.

/// The twelve digits, kept as text because some begin with zero.
pub fn account_id(arn: &str) -> Option<&str> {
    let account = arn.strip_prefix("arn:")?.split(':').nth(3)?;
    is_account_id(account).then_some(account)
}

/// The role's name, without its path.
pub fn role_name(arn: &str) -> Option<&str> {
    let resource = arn.strip_prefix("arn:")?.splitn(5, ':').nth(4)?;
    resource
        .strip_prefix("role/")?
        .rsplit('/')
        .next()
        .filter(|name| !name.is_empty())
}

/// Twelve digits.
pub fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_and_name_are_found_in_every_partition_and_path() {
        let arn = "arn:aws-cn:iam::012345678901:role/team/deploy/Admin";
        assert_eq!(
            (account_id(arn), role_name(arn)),
            (Some("012345678901"), Some("Admin"))
        );
    }

    #[test]
    fn what_is_no_role_arn_has_neither() {
        for text in [
            "",
            "arn",
            "arn:aws:iam::1234:user/x",
            "role/Admin",
            "arn:aws:iam::12345678901x:role/",
        ] {
            assert_eq!((account_id(text), role_name(text)), (None, None), "{text}");
        }
    }
}
