//! The journeys: load, watch, look closer. Both shells call these and draw what they answer.
//! Not here: Tauri, arguments, words that only the window says.

mod accounts;
pub mod answers;
mod asking;
mod assume;
mod aws_failures;
mod change;
mod compared;
mod create;
mod diagnosis;
mod draft;
mod engine;
mod failure;
#[cfg(test)]
mod faults;
mod filter;
mod handoff;
mod history;
mod import;
mod kept;
mod keys_in_force;
mod locate;
mod look;
mod mask_key;
mod notes;
mod permissions;
mod portal;
mod reveal;
mod save;
mod sessions;
mod settings;
mod snapshot;
mod tokens;
mod verify;
pub mod view;
mod watch;
mod words;
pub mod world;

pub use assume::Wish;
pub use engine::{Engine, Messages, Options};
pub use failure::Failure;
pub use handoff::Target;
pub use locate::Overrides;
pub use portal::{LoginWish, TEMPLATE, Told};
pub use rolecall_core::import::LIMIT as MOST_TO_PASTE;
pub use rolecall_core::{
    Purpose, Secret, dialect::Engine as Dialect, document::escape_line, profiles::keys::is_secret,
};
pub use snapshot::{FileFound, Snapshot};
