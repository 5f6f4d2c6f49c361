//! When a feed is polled next: spread over its interval, slower while it fails, not before the board allows.

use sha2::{Digest, Sha256};

use crate::domain::time::{HOUR, Millis};
use crate::store::FeedRow;

/// A failing feed is polled at least this often.
const SLOWEST: i64 = 6 * HOUR;

/// The moment of the next poll after one that failed.
pub(super) fn after_failure(feed: &FeedRow, now: Millis, retry_at: Option<Millis>) -> Millis {
    let interval = feed.settings.interval;
    let backed_off = now.plus((interval << feed.failures.min(6)).min(SLOWEST.max(interval)));
    retry_at.unwrap_or(backed_off).max(backed_off)
}

/// The moment of the next poll: polls of one interval are spread over it by the feed's name.
#[must_use]
pub fn next_poll(feed: &FeedRow, now: Millis) -> Millis {
    let interval = feed.settings.interval.max(1);
    let digest = Sha256::digest(feed.settings.key.as_str().as_bytes());
    let spread = digest.iter().take(7).fold(0_i64, |sum, byte| (sum << 8) | i64::from(*byte)) % interval;
    let since = (now.0 - spread).rem_euclid(interval);
    let next = now.plus(interval - since);
    // Never sooner than half an interval after this poll, wherever in its interval it was made.
    if next.since(now) * 2 < interval { next.plus(interval) } else { next }
}
