//! `process.shell`: a program line that says something to a shell. The AWS CLI runs it without one.

use super::{Facts, Found, Rule, Severity};
use crate::{dialect::process::wants_a_shell, profiles::Home};

pub(super) const RULE: Rule = Rule {
    name: "process.shell",
    severity: Severity::Warning,
    short: "program wants a shell",
    why: "The AWS CLI and boto3 run the program directly: ~, $NAME, | and ; stay as they are written. JavaScript, Go, Java and Rust run the line in a shell.",
    source: "AWS CLI User Guide, “Sourcing credentials with an external process”; recorded from botocore and JavaScript",
    check,
};

fn check(home: &Home, _facts: &Facts, found: &mut Found) {
    for profile in home.profiles() {
        let Some(process) = profile.get("credential_process") else {
            continue;
        };
        if !wants_a_shell(&process.value) || starts_a_shell(&process.value) {
            continue;
        }
        found
            .problem(
                process.place,
                format!(
                    "The AWS CLI and boto3 run the program of {} without a shell, and this line wants one.",
                    profile.name()
                ),
            )
            .about(profile)
            .advice("Write the whole path, with no ~, $, | or ; on the line; or put them into a script and name that.");
    }
}

/// The program is a shell itself, and hears what the line says.
fn starts_a_shell(line: &str) -> bool {
    let program = line.split_ascii_whitespace().next().unwrap_or_default();
    let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = name.trim_matches(['"', '\'']).trim_end_matches(".exe");
    matches!(
        name,
        "sh" | "bash" | "dash" | "zsh" | "fish" | "cmd" | "powershell" | "pwsh"
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::tests::check_text;

    #[test]
    fn a_home_folder_and_a_variable_are_marked() {
        check_text(
            &RULE,
            r"
[profile a]
credential_process = ~/bin/keys acme
#                    ^^^^^^^^^^^^^^^ The AWS CLI and boto3 run the program of a without a shell, and this line wants one.
[profile b]
credential_process = /opt/keys $HOME/acme
#                    ^^^^^^^^^^^^^^^^^^^^ The AWS CLI and boto3 run the program of b without a shell, and this line wants one.
",
        );
    }

    #[test]
    fn a_whole_path_and_a_shell_that_is_named_are_fine() {
        check_text(
            &RULE,
            "[profile a]\ncredential_process = /opt/keys --profile acme\n[profile b]\ncredential_process = /bin/sh -c 'keys $HOME'\n[profile c]\ncredential_process = \"/opt/my keys\" a~b\n",
        );
    }
}
