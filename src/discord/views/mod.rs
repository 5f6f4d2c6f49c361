//! Pure views: a value in, a message out; each measures itself and shortens by rule.

pub mod alert;
pub mod chart;
pub mod details;
pub mod explain;
pub mod feeds;
pub mod numbers;
pub mod opening;
pub mod search;
pub mod skills;
pub mod subscription;
pub mod why;

/// The stripe of what leads on: the blue of a clear sky.
pub const CALM: u32 = 0x3b_82_f6;
/// The stripe of a skill's page.
pub const SKILL: u32 = 0x0f_a3_8b;
