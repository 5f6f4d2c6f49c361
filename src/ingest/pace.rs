//! How fast things go: when a feed is polled next (spread over its interval, slower while it fails, not before the board
//! allows), and how soon a change is shown (later for openings that change all the time).

use sha2::{Digest, Sha256};

use crate::domain::posting::Posting;
use crate::domain::time::{DAY, HOUR, Millis};
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

/// The middle of the milliseconds from publication to first sight of these postings. Those whose board tells only the day
/// say nothing of minutes.
pub(super) fn delay<'a>(unknown: impl Iterator<Item = &'a Posting>, now: Millis) -> Option<i64> {
    let told = unknown.filter_map(|posting| posting.posted_at).filter(|at| at.0 % DAY != 0);
    let mut delays: Vec<i64> =
        told.map(|at| now.since(at)).filter(|delay| (0..30 * DAY).contains(delay)).collect();
    delays.sort_unstable();
    delays.get(delays.len() / 2).copied()
}

/// What an opening did within so many milliseconds tells whether it flaps.
pub(super) const LATELY: i64 = 3 * DAY;

/// Events within [`LATELY`] beyond which no more are kept: whoever reads the history has seen enough.
pub(super) const RESTLESS: u32 = 50;

/// Events within [`LATELY`] that are shown at once.
const CALM: u32 = 4;

/// How many milliseconds a change of an opening waits before posts are edited, when it had so many events lately: boards
/// that drop and list a job again dozens of times cost one edit a day then, which shows what is true by that time.
pub(super) fn settling(lately: u32) -> i64 {
    lately.checked_sub(CALM).map_or(0, |more| (HOUR << more.min(5)).min(DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_that_flaps_is_shown_less_and_less_often() {
        let waits: Vec<i64> = (0..12).map(|lately| settling(lately) / HOUR).collect();
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 24, 24, 24]);
        assert_eq!(settling(u32::MAX), DAY);
    }
}
