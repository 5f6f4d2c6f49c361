//! The words of the business as plain values: pure, no input or output, no clock, no randomness.

pub mod cadence;
pub mod filter;
pub mod history;
pub mod ids;
pub mod level;
pub mod notice;
pub mod opening;
pub mod pay;
pub mod place;
pub mod posting;
pub mod query;
pub mod subscription;
pub mod text;
pub mod time;
pub mod words;
