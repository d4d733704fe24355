//! `file.permissions`: other users of the machine can read the keys. Only for credentials; config holds none, as a rule.

use super::{Facts, Found, Rule, Severity};
use crate::profiles::{File, Home};

pub(super) const RULE: Rule = Rule {
    name: "file.permissions",
    severity: Severity::Warning,
    short: "readable by others",
    why: "Every program that runs as another user of this machine can take the keys and use them from anywhere.",
    source: "AWS CLI User Guide, “Configuration and credential file settings”; the AWS CLI creates the file with 0600",
    check,
};

fn check(home: &Home, facts: &Facts, found: &mut Found) {
    let Some(mode) = facts
        .modes
        .get(&File::Credentials)
        .filter(|mode| **mode & 0o077 != 0)
    else {
        return;
    };
    if !home.profiles().any(|profile| {
        profile
            .get_in(File::Credentials, "aws_secret_access_key")
            .is_some()
    }) {
        return;
    }
    let who = match (mode & 0o066, mode & 0o006) {
        (0, _) => "Other users can open the credentials file",
        (_, 0) => "Your group can read your keys",
        _ => "Other users can read your keys",
    };
    found
        .problem(
            super::start_of(File::Credentials),
            format!(
                "{who}: credentials has the permissions {:04o}.",
                mode & 0o7777
            ),
        )
        .advice("Make it private: chmod 600 on the credentials file.")
        .open_to_others(*mode);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        profiles::File,
        rules::{Facts, tests::check_with},
    };

    const KEYS: &str = "--- credentials\n[a]\naws_access_key_id = A\naws_secret_access_key = s\n";

    fn facts(mode: u32) -> Facts {
        Facts {
            modes: [(File::Credentials, mode)].into(),
            ..Facts::default()
        }
    }

    #[test]
    fn keys_that_others_can_read_are_marked() {
        let marked = KEYS.replace(
            "[a]\n",
            "[a]\n#^ Other users can read your keys: credentials has the permissions 0644.\n",
        );
        check_with(&RULE, &marked, &facts(0o100_644));
        let marked = KEYS.replace(
            "[a]\n",
            "[a]\n#^ Your group can read your keys: credentials has the permissions 0640.\n",
        );
        check_with(&RULE, &marked, &facts(0o100_640));
    }

    #[test]
    fn private_files_and_files_without_keys_are_fine() {
        check_with(&RULE, KEYS, &facts(0o100_600));
        check_with(&RULE, "--- credentials\n# nothing yet\n", &facts(0o100_644));
    }
}
