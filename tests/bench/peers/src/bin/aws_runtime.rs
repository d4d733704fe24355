//! The parser of the AWS SDK for Rust as a program: reads both files, says how many profiles there are, no more.

use std::{env, path::Path};

use bench_peers::{aws_sections, aws_source};

fn main() {
    let aws = env::args_os().nth(1).expect("say which .aws folder");
    println!(
        "{}",
        aws_sections(aws_source(Path::new(&aws))).profiles().count()
    );
}
