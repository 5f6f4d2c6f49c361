//! Registers the slash commands by one bulk request, only when they changed.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use twilight_http_ratelimiting::Method;

use super::commands;
use super::rest::{Rest, RestError};
use crate::store::{Store, StoreError};

/// Why registering failed.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Discord refused.
    #[error(transparent)]
    Rest(#[from] RestError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes Discord's commands of the application equal to ours; true when anything was sent. `always` sends even what
/// did not change.
///
/// # Errors
/// When Discord or the database refuses.
pub async fn register(
    rest: &Rest,
    store: &Store,
    application: u64,
    always: bool,
) -> Result<bool, RegisterError> {
    let wanted = commands::definitions();
    let hash: String =
        Sha256::digest(wanted.to_string()).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let stamp = format!("{application}:{hash}");
    if !always && store.note(STAMP).await?.as_deref() == Some(stamp.as_str()) {
        return Ok(false);
    }
    let path = format!("applications/{application}/commands");
    let made = rest.send(Method::Put, &path, Some(&wanted)).await?;
    let ids: BTreeMap<String, String> = made
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|made| Some((made["name"].as_str()?.to_owned(), made["id"].as_str()?.to_owned())))
        .collect();
    store.set_note(IDS, &serde_json::to_string(&ids).unwrap_or_default()).await?;
    // The stamp last: a process killed before it registers again, which does no harm.
    store.set_note(STAMP, &stamp).await?;
    Ok(true)
}

/// The ids of the registered commands by name, for mentions; empty before they were registered.
///
/// # Errors
/// When the database failed.
pub async fn ids(store: &Store) -> Result<BTreeMap<String, String>, StoreError> {
    Ok(store.note(IDS).await?.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
}

const STAMP: &str = "commands:registered";
const IDS: &str = "commands:ids";
