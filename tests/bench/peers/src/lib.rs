//! The two readings that are compared, over the same bytes: Rolecall's whole one, and that of the AWS SDK for Rust.

use std::{fs, path::Path};

use aws_runtime::env_config::{
    file::{EnvConfigFileKind, EnvConfigFiles},
    section::EnvConfigSections,
    source::{self, Source},
};
use aws_types::os_shim_internal::{Env, Fs};
use rolecall_core::{
    caches,
    document::{Document, MaskKey},
    profiles::{File, Home},
    rules::Facts,
};

/// Both files as they were read, and what else Rolecall is told.
pub struct Files {
    pub config: Vec<u8>,
    pub credentials: Vec<u8>,
    pub facts: Facts,
}

impl Files {
    /// Reads what stands in an `.aws` folder.
    pub fn read(aws: &Path) -> Self {
        let key = MaskKey::new([7; 32]);
        let tokens = fs::read_dir(aws.join("sso/cache")).expect("a home that was made has one");
        let tokens = tokens.map(|entry| {
            let path = entry.expect("nobody removes it meanwhile").path();
            let name = path.file_name().expect("an entry has a name");
            let token = caches::sso_token(&fs::read(&path).expect("it was listed"), &key);
            (name.to_string_lossy().into_owned(), token)
        });
        let facts = Facts {
            now: jiff::Timestamp::now(),
            modes: File::BOTH.map(|file| (file, 0o600)).into(),
            sso_tokens: tokens.collect(),
            account_profiles: Vec::new(),
        };
        Self {
            config: fs::read(aws.join("config")).expect("a home that was made has one"),
            credentials: fs::read(aws.join("credentials")).expect("a home that was made has one"),
            facts,
        }
    }

    /// How many bytes they are together.
    pub fn bytes(&self) -> usize {
        self.config.len() + self.credentials.len()
    }
}

/// Both files as tables of lines.
pub fn lex(config: Vec<u8>, credentials: Vec<u8>) -> (Document, Document) {
    (Document::parse(config), Document::parse(credentials))
}

/// The profiles with their sources and chains.
pub fn home((config, credentials): (Document, Document)) -> Home {
    Home::read(Some(config), Some(credentials))
}

/// Both files on disk as aws-runtime holds them before it parses.
pub fn aws_source(aws: &Path) -> Source {
    let files = EnvConfigFiles::builder()
        .with_file(EnvConfigFileKind::Config, aws.join("config"))
        .with_file(EnvConfigFileKind::Credentials, aws.join("credentials"))
        .build();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime without drivers");
    runtime
        .block_on(source::load(&Env::from_slice(&[]), &Fs::real(), &files))
        .expect("both files are there")
}

/// Its profiles.
pub fn aws_sections(source: Source) -> EnvConfigSections {
    EnvConfigSections::parse(source)
        .expect("the homes that are measured are whole for every reader")
}
