//! What may be typed. Help texts are the command's own documentation.
#![expect(clippy::doc_markdown, reason = "clap prints these as they are")]

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use rolecall_engine::{Dialect, Target, view::FileKind};

/// Every AWS profile of this computer, what is wrong with it, and where its keys come from.
///
/// Rolecall reads ~/.aws/config and ~/.aws/credentials, or the files that AWS_CONFIG_FILE and
/// AWS_SHARED_CREDENTIALS_FILE name. set, unset, add, import, rename, duplicate, move, remove, merge, check --fix, history
/// undo, history restore, sso generate and sso give-section change them: they show what changes and ask, and where nobody can be asked they write only
/// with --yes. assume, env, exec, process, login, logout and sso connect to AWS, or to the endpoint that the profile
/// names; exec runs the program that you name, login opens your browser; all others do none of that.
#[derive(Debug, Parser)]
#[command(name = "rolecall", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) files: Files,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Args)]
pub(crate) struct Files {
    /// Read this config file
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Read this credentials file
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) credentials: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Every profile, with its status
    #[command(
        after_help = "A filter has words that must all match name, AWS account number, role, region or the end \
                            of the key ID, and narrows with is:broken, source:sso, account:1234, role:Admin, \
                            region:eu-west-1, file:credentials."
    )]
    List {
        /// Words that must all match
        #[arg(value_name = "FILTER")]
        filter: Vec<String>,
    },
    /// Every key of a profile, with the file and line it comes from and who reads it
    Show {
        /// The profile
        name: String,
        /// Show secrets too
        #[arg(long)]
        reveal: bool,
    },
    /// The role chain of a profile, to where its keys come from
    Chain {
        /// The profile
        name: String,
    },
    /// What is wrong with the files; exits 1 when there is a warning or worse
    Check {
        /// Say too where these SDKs part from what Rolecall lists
        #[arg(
            long = "for",
            value_name = "ENGINE",
            value_delimiter = ',',
            conflicts_with = "fix"
        )]
        engines: Vec<Reader>,
        /// Fix what can be fixed without changing what any tool reads, and close a file that others can read; with =all,
        /// also fix what is a choice
        #[arg(long, value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "safe")]
        fix: Option<Fix>,
        #[command(flatten)]
        writing: Writing,
    },
    #[command(flatten)]
    Change(ChangeVerb),
    /// Make profiles of keys from standard input, or give newer ones to those that have them
    #[command(
        after_help = "It reads what the AWS access portal shows (all three options), lines that set variables, the .csv \
                            file of an access key, JSON of STS and of a credential_process, an Airflow connection, and \
                            other ini files. Keys of an account and role go where those before them went."
    )]
    Import {
        /// Where from: standard input
        #[arg(value_name = "-", value_parser = pasted_input)]
        from: StandardInput,
        /// The profile that they go into; once for each in the text, in their order
        #[arg(long = "as", value_name = "NAME")]
        names: Vec<String>,
        #[command(flatten)]
        writing: Writing,
    },
    /// How one of the SDKs sees these files
    Read {
        /// The SDK, or another parser that programs read these files with
        #[arg(long = "as", value_name = "ENGINE")]
        engine: Reader,
        /// Show secrets too
        #[arg(long)]
        reveal: bool,
    },
    /// Which SDKs read these files, or one profile, as they are listed; which otherwise, and which not at all
    Compat {
        /// The profile; without it, all
        name: Option<String>,
        /// Only these SDKs
        #[arg(long = "for", value_name = "ENGINE", value_delimiter = ',')]
        engines: Vec<Reader>,
    },
    /// Which keys each SDK would use with a profile, and why, step by step
    Why {
        /// The profile
        name: String,
        /// Only these SDKs
        #[arg(long = "sdk", value_name = "ENGINE", value_delimiter = ',')]
        engines: Vec<Reader>,
    },
    /// The accounts: names for profiles with a role, a region, an endpoint and a label
    Accounts {
        #[command(subcommand)]
        verb: Option<AccountsVerb>,
    },
    /// Put an account in use, here and in the window
    Use {
        /// The account
        name: String,
        /// The role profile; without it the account's own role, or its base keys
        role: Option<String>,
        /// Use the base keys, though the account has a role
        #[arg(long, conflicts_with = "role")]
        base_keys: bool,
        /// Use this region instead of the account's own
        #[arg(long)]
        region: Option<String>,
    },
    /// What was changed in the two files, when, and by whom; undo and restore
    History {
        #[command(subcommand)]
        verb: Option<HistoryVerb>,
    },
    /// Assume a role through its chain; with --json the keys too
    Assume {
        /// The role profile
        name: String,
        #[command(flatten)]
        asking: Asking,
    },
    /// The lines that give a profile's keys to a shell: eval "$(rolecall env NAME)"
    Env {
        /// The profile; a role is assumed first
        name: String,
        /// The form; the shell in use if you name none
        #[arg(long, value_name = "SHELL")]
        shell: Option<Form>,
        #[command(flatten)]
        asking: Asking,
    },
    /// Print a profile's keys as a credential_process does; asks nobody and opens nothing
    Process {
        /// The profile; a role is assumed first
        name: String,
    },
    /// Sign in at a portal of IAM Identity Center, in the browser
    Login {
        /// The portal: its section's name, or its start URL; may be left out where there is one
        portal: Option<String>,
        /// With a code that is typed or compared, as where no browser comes back
        #[arg(long)]
        device: bool,
        /// Open no browser; the page is only told
        #[arg(long)]
        no_browser: bool,
        /// End the session at the portal first, and start a new one
        #[arg(long)]
        fresh: bool,
    },
    /// End the session at a portal
    Logout {
        /// The portal; may be left out where there is one
        portal: Option<String>,
    },
    /// The portals, what they open, and profiles for it
    Sso {
        #[command(subcommand)]
        verb: Option<SsoVerb>,
    },
    /// Run a program with a profile's keys in its environment
    Exec {
        /// The profile; a role is assumed first
        name: String,
        #[command(flatten)]
        asking: Asking,
        /// The program and its arguments
        #[arg(last = true, required = true, value_name = "CMD")]
        command: Vec<OsString>,
    },
}

/// What is done with portals.
#[derive(Debug, Subcommand)]
pub(crate) enum SsoVerb {
    /// All accounts and roles that a portal opens
    List {
        /// The portal; may be left out where there is one
        portal: Option<String>,
        /// What was listed last, where anything was; connects only else
        #[arg(long)]
        cached: bool,
    },
    /// A profile for each role that has none yet
    Generate {
        /// The portal; may be left out where there is one
        portal: Option<String>,
        #[command(flatten)]
        making: Making,
    },
    /// Give a portal that stands in profiles a section of its own, and let them name it
    GiveSection {
        /// Its start URL exactly as the profiles have it
        start_url: String,
        /// The section's name
        name: String,
        #[command(flatten)]
        writing: Writing,
    },
}

/// Which profiles are made, and how.
#[derive(Debug, Args)]
pub(crate) struct Making {
    /// Their names, with {account}, {id}, {role}, {email} and {portal} in them; {account}-{role} if you name none
    #[arg(long)]
    pub(crate) template: Option<String>,
    /// Their region
    #[arg(long)]
    pub(crate) region: Option<String>,
    /// Only of this account, by number or name; once for each
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) account: Vec<String>,
    /// Only for this role; once for each
    #[arg(long, value_name = "ROLE")]
    pub(crate) role: Vec<String>,
    /// Also delete the profiles of this portal whose role is no longer there
    #[arg(long)]
    pub(crate) remove_gone: bool,
    /// From what was listed last, where anything was
    #[arg(long)]
    pub(crate) cached: bool,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// The verbs that change the two files.
#[derive(Debug, Subcommand)]
pub(crate) enum ChangeVerb {
    /// Give a property of a profile a value
    Set {
        /// The profile
        name: String,
        /// The property, such as region or s3.max_queue_size
        key: String,
        /// Its value; a secret's is -, and is read from standard input or asked for
        #[arg(allow_hyphen_values = true)]
        value: String,
        #[command(flatten)]
        section: Section,
        #[command(flatten)]
        writing: Writing,
    },
    /// Take a property of a profile away
    Unset {
        /// The profile
        name: String,
        /// The property
        key: String,
        #[command(flatten)]
        section: Section,
        #[command(flatten)]
        writing: Writing,
    },
    /// Add a profile
    Add {
        /// Its name
        name: String,
        /// Its properties, such as region=eu-west-1; a secret's value is -, read from standard input or asked for
        #[arg(value_name = "KEY=VALUE", required = true, value_parser = property)]
        properties: Vec<(String, String)>,
        /// It is a portal: [sso-session NAME]
        #[arg(long)]
        sso_session: bool,
        #[command(flatten)]
        writing: Writing,
    },
    /// Give a profile another name, and change every line, account and pin that names it
    Rename {
        /// The profile
        old: String,
        /// Its new name
        new: String,
        #[command(flatten)]
        writing: Writing,
    },
    /// The same profile once more, under another name
    Duplicate {
        /// The profile
        name: String,
        /// The name of the copy
        new: String,
        #[command(flatten)]
        writing: Writing,
    },
    /// Put all properties of a profile into one of the files
    Move {
        /// The profile
        name: String,
        /// The file
        #[arg(long)]
        to: File,
        #[command(flatten)]
        writing: Writing,
    },
    /// Delete a profile from both files
    Remove {
        /// The profile
        name: String,
        /// It is a portal: [sso-session NAME]
        #[arg(long)]
        sso_session: bool,
        #[command(flatten)]
        writing: Writing,
    },
    /// Put what A has and B lacks into B, let those that start from A start from B, and delete A
    Merge {
        /// The profile that goes
        a: String,
        /// The profile that stays
        b: String,
        #[command(flatten)]
        writing: Writing,
    },
}

/// Where a property stands.
#[derive(Debug, Args)]
pub(crate) struct Section {
    /// In this file; without it where the property stands, or where it belongs
    #[arg(long)]
    pub(crate) file: Option<File>,
    /// NAME is a portal: [sso-session NAME]
    #[arg(long)]
    pub(crate) sso_session: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum File {
    Config,
    Credentials,
}

impl From<File> for FileKind {
    fn from(file: File) -> Self {
        match file {
            File::Config => Self::Config,
            File::Credentials => Self::Credentials,
        }
    }
}

/// Which problems are fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Fix {
    /// Those whose fix changes nothing of what any tool reads
    Safe,
    /// Those whose fix is a choice too
    All,
}

fn property(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("a property is KEY=VALUE, such as region=eu-west-1".into()),
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum HistoryVerb {
    /// Every version that Rolecall saw, the newest first
    List,
    /// What a version changed
    Show {
        /// Its number
        id: u64,
    },
    /// Put a version back, or one profile as it was in it
    Restore {
        /// Its number
        id: u64,
        /// The profile; without it the whole file
        name: Option<String>,
        #[command(flatten)]
        writing: Writing,
    },
    /// Take back the last change that Rolecall made
    Undo {
        #[command(flatten)]
        writing: Writing,
    },
    /// Choose how text is kept from now on
    Keep {
        /// How
        how: Keep,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Keep {
    /// Encrypted, with a key in the system's keyring
    Keyring,
    /// Encrypted, with a key that a passphrase opens; it is asked for, or read from standard input
    Passphrase,
    /// The same with a new passphrase, in the place of a forgotten one; what was kept with that can't be read any more
    NewPassphrase,
    /// With secrets masked; restoring keeps today's
    WithoutSecrets,
    /// Not at all; nothing can be undone then
    None,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountsVerb {
    /// All accounts, and the one in use
    List,
    /// Keep a new account
    Add {
        /// Its name
        name: String,
        /// The profile that gives its keys
        #[arg(long)]
        profile: String,
        #[command(flatten)]
        fields: Fields,
    },
    /// Change what is given; an empty value takes it away
    Edit {
        /// The account
        name: String,
        /// Its new name
        #[arg(long = "name", value_name = "NEW")]
        new_name: Option<String>,
        /// The profile that gives its keys
        #[arg(long)]
        profile: Option<String>,
        #[command(flatten)]
        fields: Fields,
    },
    /// Forget an account; the files of ~/.aws stay as they are
    Remove {
        /// The account
        name: String,
    },
}

/// What an account may have besides name and profile.
#[derive(Debug, Args)]
pub(crate) struct Fields {
    /// The role profile that it works with; it starts from the profile
    #[arg(long)]
    pub(crate) role: Option<String>,
    /// The region, if not the profile's
    #[arg(long)]
    pub(crate) region: Option<String>,
    /// Where its calls go: aws, localstack, or a URL
    #[arg(long)]
    pub(crate) endpoint: Option<String>,
    /// What kind of account it is
    #[arg(long)]
    pub(crate) label: Option<Label>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Label {
    /// Development
    Dev,
    /// Staging
    Staging,
    /// Production
    Production,
    /// No label
    None,
}

/// How a verb that writes to the two files may write.
#[derive(Debug, Args)]
pub(crate) struct Writing {
    /// Write without asking
    #[arg(long, conflicts_with = "diff")]
    pub(crate) yes: bool,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub(crate) diff: bool,
}

/// How a role is asked for.
#[derive(Debug, Args)]
pub(crate) struct Asking {
    /// Read the MFA code from standard input, or ask on a terminal
    #[arg(long, value_name = "-", value_parser = standard_input, allow_hyphen_values = true)]
    pub(crate) mfa: Option<StandardInput>,
    /// For how long, such as 1h or 90m; from 15m to 12h
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    pub(crate) duration: Option<u32>,
}

/// Where a secret argument is read from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StandardInput;

fn standard_input(text: &str) -> Result<StandardInput, String> {
    if text == "-" {
        return Ok(StandardInput);
    }
    Err("a code is never an argument, since process lists show those; --mfa - reads it from standard input, or asks".into())
}

fn pasted_input(text: &str) -> Result<StandardInput, String> {
    if text == "-" {
        return Ok(StandardInput);
    }
    Err("it reads standard input: rolecall import - < FILE".into())
}

fn seconds(text: &str) -> Result<u32, String> {
    let (mut sum, mut number) = (0u32, String::new());
    for c in text.chars() {
        let unit = match c {
            'h' => 3600,
            'm' => 60,
            's' => 1,
            digit => {
                number.push(digit);
                continue;
            }
        };
        let part = number.parse::<u32>().ok().and_then(|n| n.checked_mul(unit));
        sum = part
            .and_then(|part| sum.checked_add(part))
            .ok_or("no time such as 1h or 90m")?;
        number.clear();
    }
    if !number.is_empty() {
        let rest = number.parse::<u32>().ok();
        sum = rest
            .and_then(|rest| sum.checked_add(rest))
            .ok_or("no time such as 1h or 90m")?;
    }
    if (900..=43200).contains(&sum) {
        Ok(sum)
    } else {
        Err("AWS gives sessions of 15 minutes to 12 hours".into())
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Form {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Cmd,
    Nushell,
    /// A .env file: compose, Astro, python-dotenv
    Dotenv,
    /// The file of docker's --env-file
    Docker,
    /// What a credential_process prints
    Json,
}

impl From<Form> for Target {
    fn from(form: Form) -> Self {
        match form {
            Form::Bash | Form::Zsh => Self::Sh,
            Form::Fish => Self::Fish,
            Form::Powershell => Self::Powershell,
            Form::Cmd => Self::Cmd,
            Form::Nushell => Self::Nushell,
            Form::Dotenv => Self::Dotenv,
            Form::Docker => Self::Docker,
            Form::Json => Self::Json,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Reader {
    /// AWS CLI, boto3
    Botocore,
    /// AWS SDK for JavaScript v3
    Js,
    /// AWS SDK for Go v2
    Go,
    /// AWS SDK for Java v2
    Java,
    /// AWS SDK for Rust
    Rust,
    /// The crate rust-ini with its default options: OpenDAL, rust-s3
    RustIni,
}

impl From<Reader> for Dialect {
    fn from(reader: Reader) -> Self {
        match reader {
            Reader::Botocore => Self::Botocore,
            Reader::Js => Self::Js,
            Reader::Go => Self::Go,
            Reader::Java => Self::Java,
            Reader::Rust => Self::Rust,
            Reader::RustIni => Self::RustIni,
        }
    }
}

/// These readers, or all where none is named.
pub(crate) fn dialects(named: &[Reader]) -> Vec<Dialect> {
    let named = if named.is_empty() {
        Reader::value_variants()
    } else {
        named
    };
    named.iter().copied().map(Into::into).collect()
}
