//! Instants and spans as whole milliseconds, the form in which they are stored and compared.

use serde::{Deserialize, Serialize};

/// An instant: milliseconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub i64);

/// One second in milliseconds.
pub const SECOND: i64 = 1_000;
/// One minute in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day of 24 hours in milliseconds.
pub const DAY: i64 = 24 * HOUR;

impl Millis {
    /// The instant `span` milliseconds later; saturates at the ends of the range.
    #[must_use]
    pub const fn plus(self, span: i64) -> Self {
        Self(self.0.saturating_add(span))
    }

    /// The instant `span` milliseconds earlier; saturates at the ends of the range.
    #[must_use]
    pub const fn minus(self, span: i64) -> Self {
        Self(self.0.saturating_sub(span))
    }

    /// Milliseconds from `earlier` to `self`; negative when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Whole seconds since 1970, rounded down, as Discord's timestamps want them.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND)
    }
}
