//! How often a subscription speaks: at once, at fixed times in the server's time zone, or by a cron line.

use std::fmt;
use std::str::FromStr;

use super::time::Millis;

/// How often a subscription speaks. Its text form (`FromStr`, `Display`) is what people type and what is
/// stored: `instant`, `hourly`, `daily HH:MM`, `weekdays HH:MM`, `weekly DAY HH:MM`, or five cron fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cadence {
    /// As soon as an opening is found.
    Instant,
    /// At every full hour.
    Hourly,
    /// Every day at this minute of the day (0–1439), in the server's time zone.
    Daily(u16),
    /// Monday to Friday at this minute of the day.
    Weekdays(u16),
    /// On one day (0 = Monday) at this minute of the day.
    Weekly(u8, u16),
    /// Five fields of crontab, with crontab's meaning of weekdays (0 and 7 = Sunday).
    Cron(String),
}

/// Why a cadence could not be read; its text is a whole sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CadenceError(pub String);

impl Cadence {
    /// The first moment after `now` at which the subscription speaks, in `zone`; `now` itself for
    /// [`Cadence::Instant`]. A time that daylight saving skips happens at the first moment after the gap; a
    /// time that happens twice counts once, the first.
    #[must_use]
    pub fn next_after(&self, _now: Millis, _zone: chrono_tz::Tz) -> Millis {
        unimplemented!("written by the owner of domain and search")
    }
}

impl FromStr for Cadence {
    type Err = CadenceError;

    fn from_str(_text: &str) -> Result<Self, Self::Err> {
        unimplemented!("written by the owner of domain and search")
    }
}

impl fmt::Display for Cadence {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        unimplemented!("written by the owner of domain and search")
    }
}
