//! What may be typed. Help texts are the command's own documentation.
#![expect(clippy::doc_markdown, reason = "clap prints these as they are")]

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Every AWS profile of this computer, what is wrong with it, and where its keys come from.
///
/// Rolecall reads ~/.aws/config and ~/.aws/credentials, or the files that AWS_CONFIG_FILE and
/// AWS_SHARED_CREDENTIALS_FILE name. None of these verbs writes to them, connects
/// or runs another program.
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
    Check,
    /// How another reader sees these files
    Read {
        /// The reader
        #[arg(long = "as", value_name = "ENGINE")]
        engine: Engine,
        /// Show secrets too
        #[arg(long)]
        reveal: bool,
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

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Engine {
    /// The crate rust-ini with its default options: OpenDAL, rust-s3
    RustIni,
}
