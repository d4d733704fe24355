//! What the shells ask, answered from a snapshot: the lists, one profile, its chain, the problems, the command's
//! documents. Nothing here looks at the disk.

mod account_form;
mod chain;
mod change;
mod connections;
mod detail;
mod documents;
mod graph;
mod listing;
mod overview;
mod portability;
mod problems;
mod reading;
mod rows;
#[cfg(test)]
pub(crate) mod tests;
mod why;

pub(crate) use reading::hides;
pub use reading::{ReadBoth, ReadDocument, ReadFile, ReadFiles, ReadSection};
pub(crate) use rows::{row_changes, short, short_key_id};
