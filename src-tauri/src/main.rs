//! The window over the engine: wires the two together and decides nothing.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
#[cfg(feature = "e2e")]
mod leak;
mod window;

use rolecall_engine::{Engine, Options, world::World};

include!("command_list.rs");

macro_rules! handler {
    ($($command:ident),* $(,)?) => { tauri::generate_handler![$(commands::$command),*] };
}

#[expect(
    clippy::disallowed_methods,
    reason = "Tauri's macro for what is built in has an exit of its own"
)]
fn main() {
    let sample = std::env::args()
        .skip(1)
        .any(|argument| argument == "--sample");
    let world = world();
    let builder = tauri::Builder::default();
    #[cfg(feature = "e2e")]
    let builder = leak::watched(builder, &world);
    let engine = Engine::start(
        world,
        Options {
            sample,
            ..Options::default()
        },
    );
    engine.restore_drafts();
    builder
        .manage(engine.clone())
        .manage(commands::Listener::default())
        .invoke_handler(with_commands!(handler))
        .setup(move |app| {
            tauri::async_runtime::spawn(engine.clone().watch());
            tauri::async_runtime::spawn(engine.clone().keep_drafts());
            Ok(window::open(app, engine.clone(), sample)?)
        })
        .run(tauri::generate_context!())
        .expect("the page and its settings are built in");
}

#[cfg(not(feature = "e2e"))]
fn world() -> World {
    World::real()
}

/// In builds for the window tests a file moves the clock: nobody waits a minute to see the clipboard emptied.
#[cfg(feature = "e2e")]
fn world() -> World {
    use rolecall_engine::world::clock::SteeredClock;
    let mut world = World::real();
    if let Some(file) = world.env.var("ROLECALL_TEST_CLOCK") {
        world.clock = std::sync::Arc::new(SteeredClock::by(file.into()));
    }
    world
}
