//! Counts the memory that one reading asks for at its peak, the bytes of the files included.
//!   memory rolecall|aws-runtime AWS_FOLDER
//! A program of its own, because counting slows down what is counted.

use std::{env, hint::black_box, path::Path};

use bench_peers::{Files, aws_sections, aws_source, home, lex};
use peak_alloc::PeakAlloc;
use rolecall_core::rules;
use serde_json::json;

#[global_allocator]
static COUNTED: PeakAlloc = PeakAlloc;

fn main() {
    let [_, reader, aws] = env::args()
        .collect::<Vec<_>>()
        .try_into()
        .expect("say which reader and .aws folder");
    let aws = Path::new(&aws);
    let mut files = Files::read(aws);
    let bytes = files.bytes();
    let config = std::mem::take(&mut files.config);
    let credentials = std::mem::take(&mut files.credentials);
    let before = match reader.as_str() {
        "rolecall" => {
            // The files were read above already and are part of the sum.
            let before = COUNTED.current_usage() - bytes;
            COUNTED.reset_peak_usage();
            let home = home(lex(config, credentials));
            black_box((rules::check(&home, &files.facts), home));
            before
        }
        "aws-runtime" => {
            drop((config, credentials));
            let before = COUNTED.current_usage();
            COUNTED.reset_peak_usage();
            black_box(aws_sections(aws_source(aws)));
            before
        }
        other => panic!("there is no reader {other}"),
    };
    println!(
        "{}",
        json!({ "bytes": bytes, "peak": COUNTED.peak_usage() - before })
    );
}
