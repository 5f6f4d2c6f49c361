//! All tests that cross rooms or need a database: one binary, a file a theme.

#![expect(clippy::unwrap_used, reason = "a scene that cannot go on ends, and says where")]

mod alerts;
mod commands;
mod doors;
mod faults;
mod feeds;
mod life;
mod local_discord;
mod page;
mod skills;
mod store;
mod support;
