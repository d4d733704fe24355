//! Accounts over a fake world.
