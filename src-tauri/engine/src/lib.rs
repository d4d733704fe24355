//! The journeys: load, watch, look closer. Both shells call these and draw what they answer.
//! Not here: Tauri, arguments, words that only the window says.

pub mod view;
