//! `local-aws`: starts the AWS of this library, says where and what its devices show in one line of JSON, and runs until
//! its standard input ends. Whoever started it holds that pipe, so it can't be left behind.

use std::{collections::BTreeMap, io, path::PathBuf, process::ExitCode};

use clap::Parser;
use local_aws::{LocalAws, World};

/// An AWS on this computer, for tests and demos.
#[derive(Parser)]
struct Arguments {
    /// Who there is, as TOML; the users and roles of AWS's documentation otherwise
    #[arg(long, value_name = "FILE")]
    world: Option<PathBuf>,
    /// Listen here; any free port otherwise
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Sessions end after so many seconds, however long was asked for
    #[arg(long, value_name = "N")]
    session_seconds: Option<u32>,
}

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a program of its own"
)]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let started = world(&arguments).and_then(|world| {
        let codes = codes(&world);
        let aws = LocalAws::start_on(arguments.port, world).map_err(|error| error.to_string())?;
        Ok((aws, codes))
    });
    match started {
        Ok((aws, codes)) => {
            println!("{}", serde_json::json!({ "url": aws.url(), "mfa": codes }));
            // Nothing is read but the end.
            let _ = io::copy(&mut io::stdin(), &mut io::sink());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("local-aws: {error}");
            ExitCode::FAILURE
        }
    }
}

fn world(arguments: &Arguments) -> Result<World, String> {
    let mut world = match &arguments.world {
        Some(file) => World::read(file)?,
        None => World::documentation(),
    };
    world.session_seconds = arguments.session_seconds.or(world.session_seconds);
    Ok(world)
}

/// What each device shows, by its serial number.
fn codes(world: &World) -> BTreeMap<String, String> {
    let devices = world.users.iter().filter_map(|user| user.device.clone());
    devices.map(|device| (device.serial, device.code)).collect()
}
