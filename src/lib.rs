//! Crier: a Discord bot that finds job openings, announces them once, and explains the skills they ask for.
//!
//! The plan of the house is in ARCHITECTURE.md; `tests/layering.rs` holds it.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod discord;
pub mod domain;
pub mod feeds;
pub mod ingest;
pub mod reading;
pub mod sandbox;
pub mod scheduler;
pub mod search;
pub mod skills;
pub mod statistics;
pub mod store;
pub mod telemetry;
pub mod tips;
pub mod web;
