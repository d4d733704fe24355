//! The journeys to a portal against `local-aws`.
