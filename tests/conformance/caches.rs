//! The names of token files, as the AWS CLI's own classes computed them.

use rolecall_core::caches::sso_token_file;
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    cache: String,
    what: String,
    hash_input: String,
    file: String,
}

#[test]
fn token_files_are_named_as_the_aws_cli_names_them() {
    let vectors: Vectors = super::own("vectors.json");
    let tokens: Vec<_> = vectors
        .vectors
        .iter()
        .filter(|v| v.cache == "sso/cache" && v.what == "token")
        .collect();
    assert!(
        tokens.len() >= 5,
        "the vectors have tokens: {}",
        tokens.len()
    );
    for vector in tokens {
        assert_eq!(
            sso_token_file(&vector.hash_input),
            vector.file,
            "{}",
            vector.hash_input
        );
    }
}
