//! Discord's limits, kept ahead of time: buckets and the requests a second in all, and the budget of invalid requests.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::header::HeaderMap;
use twilight_http_ratelimiting::{Endpoint, Method, Permit, RateLimitHeaders, RateLimiter};

use crate::domain::time::{MINUTE, Millis};

/// Answers 401, 403 and 429 in ten minutes after which Discord bans an address for an hour or so.
const INVALID_ALLOWED: usize = 10_000;
/// We stop well before: other programs may share the address.
const INVALID_STOP: usize = INVALID_ALLOWED / 2;
const INVALID_WINDOW: i64 = 10 * MINUTE;

/// Decides when a request may go out. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Limits {
    buckets: RateLimiter,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// When requests of the last ten minutes were invalid, oldest first.
    invalid: VecDeque<Millis>,
    /// Nothing is sent before: a global 429, or Cloudflare's ban.
    stopped_until: Millis,
}

impl Limits {
    /// At most `per_second` requests a second in all, interactions not counted (Discord exempts them).
    #[must_use]
    pub fn new(per_second: u16) -> Self {
        Self { buckets: RateLimiter::new(per_second.max(1)), state: Arc::default() }
    }

    /// The instant before which nothing may be sent, if there is one.
    #[must_use]
    pub fn stopped_until(&self, now: Millis) -> Option<Millis> {
        let mut state = self.state();
        while state.invalid.front().is_some_and(|at| now.since(*at) > INVALID_WINDOW) {
            state.invalid.pop_front();
        }
        if state.invalid.len() >= INVALID_STOP {
            return state.invalid.front().map(|oldest| oldest.plus(INVALID_WINDOW));
        }
        (state.stopped_until > now).then_some(state.stopped_until)
    }

    /// Waits until the bucket of this route and the requests a second have room.
    pub async fn acquire(&self, method: Method, path: &str) -> Permit {
        let path = path.split('?').next().unwrap_or_default().trim_start_matches('/').to_owned();
        self.buckets.acquire(Endpoint { method, path }).await
    }

    /// Nothing is sent before `until`.
    pub fn stop_until(&self, until: Millis) {
        let mut state = self.state();
        state.stopped_until = state.stopped_until.max(until);
    }

    /// Counts an answer of 401, 403 or (not shared) 429.
    pub fn count_invalid(&self, now: Millis) {
        self.state().invalid.push_back(now);
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // Nothing that holds the lock can panic half-way through a change.
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The bucket as an answer's headers tell it; `None` where there are none (interactions, Cloudflare).
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the limiter counts in the machine's monotonic time")]
pub fn headers(found: &HeaderMap) -> Option<RateLimitHeaders> {
    let text = |name: &str| found.get(name)?.to_str().ok();
    let reset_after: f64 = text(RateLimitHeaders::RESET_AFTER)?.parse().ok()?;
    Some(RateLimitHeaders {
        bucket: text(RateLimitHeaders::BUCKET)?.as_bytes().to_vec(),
        limit: text(RateLimitHeaders::LIMIT)?.parse().ok()?,
        remaining: text(RateLimitHeaders::REMAINING)?.parse().ok()?,
        reset_at: std::time::Instant::now() + Duration::from_secs_f64(reset_after.clamp(0.0, 86_400.0)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn half_of_the_invalid_budget_stops_everything_until_it_is_past() {
        let limits = Limits::new(50);
        for i in 0..INVALID_STOP as i64 {
            assert_eq!(limits.stopped_until(Millis(i)), None);
            limits.count_invalid(Millis(i));
        }
        assert_eq!(limits.stopped_until(Millis(6_000)), Some(Millis(INVALID_WINDOW)));
        assert_eq!(limits.stopped_until(Millis(INVALID_WINDOW + 1)), None);
    }
}
