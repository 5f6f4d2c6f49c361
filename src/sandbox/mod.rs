//! A local Discord with a web page: REST, gateway and people, so that the bot runs with nothing to sign up for; it imports nothing of ours.

use std::path::PathBuf;
use std::sync::Arc;

/// How a sandbox is started.
#[expect(missing_docs, reason = "placeholder")]
pub struct Options {
    pub port: u16,
    pub record: Option<PathBuf>,
    pub seed: u64,
    pub now: Arc<dyn Fn() -> i64 + Send + Sync>,
    pub openings: String,
    pub published_at_start: usize,
    pub faults: bool,
}
#[expect(missing_docs, reason = "placeholder")]
pub struct Running {
    pub base_url: String,
    pub token: String,
    pub application_id: u64,
    pub public_key: String,
    pub guild_id: u64,
    pub board_url: String,
}
#[expect(missing_docs, reason = "placeholder")]
pub async fn start(_: Options) -> Result<Running, String> {
    todo!()
}
#[expect(missing_docs, reason = "placeholder")]
impl Running {
    pub async fn stop(self) {}
    pub fn publish_next(&self) -> Option<String> {
        None
    }
}
