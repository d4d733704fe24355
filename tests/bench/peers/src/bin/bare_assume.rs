//! Two roles, one from the other, by the AWS SDK for Rust and nothing else: no file is read, nothing is looked for. Keys,
//! roles and address are handed over.
//!   bare_assume URL KEY_ID SECRET ROLE ROLE
//! Prints who one is in the end.

use std::env;

use aws_sdk_sts::{
    Client,
    config::{BehaviorVersion, Credentials, Region},
};
use aws_smithy_http_client::Builder;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let [_, url, key_id, secret, first, second] = env::args()
        .collect::<Vec<_>>()
        .try_into()
        .expect("say where, whose keys, and which two roles");
    let http = Builder::new().build_http();
    let client = |keys: Credentials| {
        let config = aws_sdk_sts::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(http.clone())
            .credentials_provider(keys)
            .region(Region::new("eu-west-1"))
            .endpoint_url(&url);
        Client::from_conf(config.build())
    };
    let mut keys = Credentials::from_keys(key_id, secret, None);
    for role in [first, second] {
        let request = client(keys)
            .assume_role()
            .role_arn(role)
            .role_session_name("bench");
        let answer = request.send().await.expect("the role may be assumed");
        let who = answer.assumed_role_user().expect("AWS says who one is");
        println!("{}", who.arn());
        let new = answer.credentials().expect("AWS gives keys");
        keys = Credentials::from_keys(
            new.access_key_id(),
            new.secret_access_key(),
            Some(new.session_token().to_owned()),
        );
    }
}
