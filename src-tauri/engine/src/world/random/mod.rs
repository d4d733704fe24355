//! Bytes that nobody can guess.

use std::fmt;

/// Bytes that nobody can guess.
pub trait Random: Send + Sync + fmt::Debug {
    /// Thirty-two of them.
    fn bytes(&self) -> [u8; 32];
}

/// This computer's own.
#[derive(Debug)]
pub struct RealRandom;

impl Random for RealRandom {
    fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the system has random bytes once it has booted");
        bytes
    }
}

/// Always the same ones, so that a test can say what comes out.
#[cfg(any(test, feature = "fakes"))]
#[derive(Debug)]
pub struct FakeRandom;

#[cfg(any(test, feature = "fakes"))]
impl Random for FakeRandom {
    fn bytes(&self) -> [u8; 32] {
        [7; 32]
    }
}
