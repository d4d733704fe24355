//! The claims that no single crate can make about itself. Each folder beside this one is one kind of claim
//! (`ARCHITECTURE.md`, tests); this file is empty because cargo wants one.
