//! What the shells ask, answered from a snapshot: the lists, one profile, its chain, the problems, the command's
//! documents. Nothing here looks at the disk.

mod account_form;
mod chain;
mod change;
mod connections;
mod detail;
mod dialects;
mod documents;
mod graph;
mod hidden;
mod listing;
mod overview;
mod portability;
mod problems;
mod readers;
mod rows;
#[cfg(test)]
pub(crate) mod tests;

pub use documents::{ReadDocument, ReadFile, ReadSection};
pub(crate) use rows::{row_changes, short, short_key_id};
