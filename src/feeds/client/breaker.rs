//! The breaker of a host: after failures in a row, or when it asks for quiet, it is left alone for a while, so that five
//! hundred boards of one host that is down are not five hundred times tried and waited for.

use crate::domain::time::{HOUR, MINUTE, Millis};

/// Requests in a row that failed with all their tries before the host is left alone.
const FAILURES: u32 = 4;

/// The first rest in milliseconds; it doubles with each further failure.
const FIRST: i64 = MINUTE;

/// No rest is longer, unless the host itself asks for more.
const LONGEST: i64 = HOUR;

/// How a host has been lately.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    failures: u32,
    rest: Option<(Millis, String)>,
}

impl Breaker {
    /// Until when it rests, and why; `None` when it may be asked. When a rest is over one request tries it, and one
    /// more failure begins the next rest.
    pub(super) fn resting(&self, now: Millis) -> Option<(Millis, &str)> {
        self.rest.as_ref().filter(|(until, _)| now < *until).map(|(until, cause)| (*until, cause.as_str()))
    }

    /// It answered, whatever it said.
    pub(super) fn answered(&mut self) {
        *self = Self::default();
    }

    /// It is in trouble; `jitter` of 0 to 1 spreads the return of those who wait. `quiet` is until when it asked not to
    /// be asked.
    pub(super) fn failed(&mut self, now: Millis, cause: &str, quiet: Option<Millis>, jitter: f64) {
        self.failures = self.failures.saturating_add(1);
        let doubled = self.failures.checked_sub(FAILURES).map(|more| (FIRST << more.min(10)).min(LONGEST));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "at most an hour of ms"
        )]
        let own = doubled.map(|span| now.plus(span + (span as f64 * jitter.clamp(0.0, 1.0) / 4.0) as i64));
        if let Some(until) = own.max(quiet) {
            self.rest = Some((until, cause.to_owned()));
        }
    }

    /// Whether nothing is held against it.
    pub(super) const fn is_well(&self) -> bool {
        self.failures == 0 && self.rest.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_000_000);

    #[test]
    fn failures_in_a_row_bring_rests_that_double_up_to_an_hour() {
        let mut host = Breaker::default();
        for _ in 1..FAILURES {
            host.failed(NOW, "down", None, 0.0);
            assert_eq!(host.resting(NOW), None);
        }
        host.failed(NOW, "down", None, 0.0);
        assert_eq!(host.resting(NOW), Some((NOW.plus(MINUTE), "down")));
        assert_eq!(host.resting(NOW.plus(MINUTE)), None, "then one request tries it");
        host.failed(NOW, "down", None, 1.0);
        assert_eq!(host.resting(NOW), Some((NOW.plus(2 * MINUTE + MINUTE / 2), "down")));
        for _ in 0..50 {
            host.failed(NOW, "down", None, 0.0);
        }
        assert_eq!(host.resting(NOW), Some((NOW.plus(HOUR), "down")));
        host.answered();
        assert!(host.is_well() && host.resting(NOW).is_none());
    }

    #[test]
    fn a_host_that_asks_for_quiet_gets_it_at_once_and_as_long_as_it_asks() {
        let mut host = Breaker::default();
        host.failed(NOW, "too many requests", Some(NOW.plus(2 * HOUR)), 0.0);
        assert_eq!(host.resting(NOW), Some((NOW.plus(2 * HOUR), "too many requests")));
        assert!(!host.is_well());
    }
}
