//! How each reader sees the same lines. One file per reader, and `canonical`, the reading that Rolecall lists.
//! So far one foreign reader, rust-ini; the AWS SDKs' own follow.

pub mod canonical;
pub mod rust_ini;
