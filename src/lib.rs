//! Crier: a Discord bot that finds job openings, announces them once, and explains the skills they ask for.
//!
//! The plan of the house is in ARCHITECTURE.md; `tests/layering.rs` holds it.

pub mod clock;
pub mod config;
pub mod domain;
pub mod feeds;
pub mod ingest;
pub mod reading;
pub mod sandbox;
pub mod search;
pub mod skills;
pub mod store;
