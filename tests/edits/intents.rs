//! Thousands of random intents on random files: each is refused, or changes the lines that it names and no others, and never
//! ends as a mistake of Rolecall's own.

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use rolecall_core::{
    document::Document,
    edit::{apply, keeps_to, named_lines},
    intent::{Intent, Named, Refusal},
    profiles::{File, Home},
};

const CASES: usize = 5000;
const NAMES: [&str; 6] = ["a", "b", "a", "b", "default", "new"];
const KEYS: [&str; 5] = [
    "region",
    "s3",
    "s3.max_queue_size",
    "aws_access_key_id",
    "source_profile",
];
const VALUES: [&str; 3] = ["b", "eu-north-1", "10"];

fn intents() -> impl Strategy<Value = Intent> {
    let name = || prop::sample::select(&NAMES[..]).prop_map(str::to_owned);
    let key = || prop::sample::select(&KEYS[..]).prop_map(str::to_owned);
    let value = || prop::sample::select(&VALUES[..]).prop_map(str::to_owned);
    let file = || prop::sample::select(&File::BOTH[..]);
    let section = move || name().prop_map(Named::Profile);
    prop_oneof![
        3 => (section(), prop::option::of(file()), key(), value()).prop_map(|(section, file, key, value)| Intent::Set { section, file, key, value }),
        2 => (section(), prop::option::of(file()), key()).prop_map(|(section, file, key)| Intent::Unset { section, file, key }),
        1 => (section(), key(), value()).prop_map(|(section, key, value)| Intent::Add { section, properties: vec![(key, value)], file: None }),
        1 => (name(), name()).prop_map(|(profile, to)| Intent::Rename { profile, to }),
        1 => (name(), name()).prop_map(|(profile, to)| Intent::Duplicate { profile, to }),
        1 => (name(), file()).prop_map(|(profile, to)| Intent::Move { profile, to }),
        1 => section().prop_map(|section| Intent::Remove { section }),
        1 => (name(), name()).prop_map(|(profile, into)| Intent::Merge { profile, into }),
    ]
}

#[test]
fn thousands_of_random_intents_change_only_the_lines_they_name_or_are_refused() {
    let mut runner = TestRunner::new(Config::default());
    let (mut done, mut refused, mut same) = (0, 0, 0);
    for _ in 0..CASES {
        let files = (super::cases(), super::cases(), intents());
        let (config, credentials, intent) = files.new_tree(&mut runner).expect("made").current();
        let document = |case: &super::Case| Document::parse(case.bytes());
        let home = Home::read(Some(document(&config)), Some(document(&credentials)));
        let edits = match intent.edits(&home) {
            Ok(edits) => edits,
            Err(Refusal::Same) => {
                same += 1;
                continue;
            }
            Err(_) => {
                refused += 1;
                continue;
            }
        };
        done += 1;
        for file in File::BOTH {
            let document = home.document(file).expect("both are there");
            let named = named_lines(document, file, &edits);
            let new = apply(document, file, &edits);
            assert!(
                keeps_to(document.bytes(), &new, &named),
                "{intent:?} on {:?} became {:?}, naming {named:?}",
                String::from_utf8_lossy(document.bytes()),
                String::from_utf8_lossy(&new),
            );
        }
    }
    println!("{CASES} intents: {done} carried out, {refused} refused, {same} with nothing to do");
    assert!(done * 4 > CASES, "a quarter must be carried out");
}
