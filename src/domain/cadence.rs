//! How often a subscription speaks: at once, at fixed times in the server's time zone, or by a cron line.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, Days, LocalResult, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc,
};
use chrono_tz::Tz;
use cron::Schedule;

use super::time::{HOUR, Millis, SECOND};

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
    Cron(CronLine),
}

/// A line of five crontab fields that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CronLine {
    text: String,
    /// One schedule, or two when both day fields are set: crontab then fires on either.
    schedules: Vec<Schedule>,
}

/// Why a cadence could not be read; its text is a whole sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CadenceError(pub String);

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Cadence {
    /// The first moment after `now` at which the subscription speaks, in `zone`; `now` itself for
    /// [`Cadence::Instant`]. A time that daylight saving skips happens at the first moment after the gap; a
    /// time that happens twice counts once, the first. A cron line without a further date gives the far future.
    #[must_use]
    pub fn next_after(&self, now: Millis, zone: Tz) -> Millis {
        let Some(local) = DateTime::<Utc>::from_timestamp_millis(now.0).map(|t| t.with_timezone(&zone))
        else {
            return now;
        };
        match self {
            Self::Instant => now,
            Self::Hourly => {
                let into_hour = i64::from(local.minute() * 60 + local.second()) * SECOND
                    + i64::from(local.timestamp_subsec_millis());
                now.plus(HOUR - into_hour)
            }
            Self::Daily(minute) => on_days(now, &local, zone, *minute, |_| true),
            Self::Weekdays(minute) => on_days(now, &local, zone, *minute, |day| day < 5),
            Self::Weekly(wanted, minute) => {
                on_days(now, &local, zone, *minute, |day| day == u32::from(*wanted))
            }
            Self::Cron(line) => line.next_after(now, local.naive_local(), zone),
        }
    }
}

fn on_days(now: Millis, local: &DateTime<Tz>, zone: Tz, minute: u16, wanted: impl Fn(u32) -> bool) -> Millis {
    let time = NaiveTime::from_hms_opt(u32::from(minute) / 60, u32::from(minute) % 60, 0).unwrap_or_default();
    // From yesterday, because the first of an hour that happens twice may lie before `now` and be today's.
    (0..16)
        .filter_map(|ahead| local.date_naive().checked_add_days(Days::new(ahead)))
        .filter(|date| wanted(date.weekday().num_days_from_monday()))
        .map(|date| resolve(date.and_time(time), zone))
        .find(|&at| at > now)
        .unwrap_or(now.plus(7 * 24 * HOUR))
}

/// The instant of a wall-clock time in `zone`: the first of two, or the first moment after a gap.
fn resolve(wall: NaiveDateTime, zone: Tz) -> Millis {
    let mut wall = wall;
    for _ in 0..=(4 * 24) {
        match zone.from_local_datetime(&wall) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => return Millis(at.timestamp_millis()),
            // No gap of a real zone is longer than a day, and all end on a quarter of an hour.
            LocalResult::None => {
                let past = i64::from(wall.minute() % 15) * 60 + i64::from(wall.second());
                wall += TimeDelta::seconds(15 * 60 - past);
            }
        }
    }
    Millis(wall.and_utc().timestamp_millis())
}

/// The moment at which the day of `now` began in `zone`.
#[must_use]
pub fn day_start(now: Millis, zone: Tz) -> Millis {
    DateTime::<Utc>::from_timestamp_millis(now.0)
        .map_or(now, |at| resolve(at.with_timezone(&zone).date_naive().and_time(NaiveTime::MIN), zone))
}

impl CronLine {
    fn next_after(&self, now: Millis, wall: NaiveDateTime, zone: Tz) -> Millis {
        // The crate is asked in wall-clock time as if it were UTC; `resolve` then settles gaps and doubles.
        self.schedules
            .iter()
            .filter_map(|schedule| {
                let start = wall.and_utc() - TimeDelta::hours(3);
                schedule
                    .after(&start)
                    .map(|at| resolve(at.naive_utc(), zone))
                    .take(20_000)
                    .find(|&at| at > now)
            })
            .min()
            .unwrap_or(Millis(i64::MAX / 4))
    }
}

impl FromStr for CronLine {
    type Err = CadenceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields.as_slice() else {
            return Err(CadenceError(format!(
                "A cron line has five fields (minute, hour, day, month, weekday); \"{text}\" has {}.",
                fields.len()
            )));
        };
        if *minute == "*" || minute.contains("*/") && steps_below(minute, 10) {
            return Err(CadenceError(format!(
                "\"{text}\" would speak more often than every ten minutes; use \"instant\" for alerts at once."
            )));
        }
        let weekday = crontab_weekdays(weekday).ok_or_else(|| {
            CadenceError(format!(
                "\"{weekday}\" is no weekday field: use 0–7 (0 and 7 are Sunday) or MON–SUN."
            ))
        })?;
        let schedule = |day: &str, weekday: &str| {
            Schedule::from_str(&format!("0 {minute} {hour} {day} {month} {weekday}")).map_err(|_| {
                CadenceError(format!(
                    "\"{text}\" is no cron line that I understand, for example \"30 9 * * 1-5\"."
                ))
            })
        };
        let schedules = if *day != "*" && weekday != "*" {
            vec![schedule(day, "*")?, schedule("*", &weekday)?]
        } else {
            vec![schedule(day, &weekday)?]
        };
        Ok(Self { text: fields.join(" "), schedules })
    }
}

fn steps_below(field: &str, least: u32) -> bool {
    field.split('/').nth(1).and_then(|step| step.parse::<u32>().ok()).is_none_or(|step| step < least)
}

/// A crontab weekday field as the crate `cron` counts (Sunday = 1), ranges written out; `None` if it is none.
fn crontab_weekdays(field: &str) -> Option<String> {
    if field == "*" || field == "?" {
        return Some("*".to_owned());
    }
    let number = |text: &str| -> Option<u32> {
        let lower = text.to_ascii_lowercase();
        if let Some(i) = DAYS.iter().position(|day| lower == *day) {
            return Some((i as u32 + 1) % 7);
        }
        text.parse().ok().filter(|n| *n <= 7)
    };
    let mut days = std::collections::BTreeSet::new();
    for item in field.split(',') {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, step.parse::<usize>().ok().filter(|s| *s > 0)?),
            None => (item, 1),
        };
        let (from, to) = match range.split_once('-') {
            // A range that ends on Sunday means the Sunday after, whichever way Sunday is written.
            Some((from, to)) => (
                number(from)?,
                match number(to)? {
                    0 => 7,
                    day => day,
                },
            ),
            None if range == "*" => (0, 6),
            None => (number(range)?, number(range)?),
        };
        if from > to {
            return None;
        }
        days.extend((from..=to).step_by(step).map(|day| day % 7 + 1));
    }
    Some(days.iter().map(u32::to_string).collect::<Vec<_>>().join(","))
}

impl FromStr for Cadence {
    type Err = CadenceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.trim().to_lowercase().replace(" at ", " ");
        let words: Vec<&str> = lower.split_whitespace().collect();
        match words.as_slice() {
            ["instant" | "instantly" | "now" | "immediately"] => Ok(Self::Instant),
            ["hourly"] => Ok(Self::Hourly),
            ["daily", time] => Ok(Self::Daily(minute_of_day(time)?)),
            ["weekdays" | "weekday", time] => Ok(Self::Weekdays(minute_of_day(time)?)),
            ["weekly", day, time] => Ok(Self::Weekly(weekday(day)?, minute_of_day(time)?)),
            ["daily" | "weekdays"] => {
                Err(CadenceError(format!("Say when: for example \"{} 09:00\".", words[0])))
            }
            ["weekly", ..] => {
                Err(CadenceError("Say day and time: for example \"weekly mon 09:00\".".to_owned()))
            }
            fields if fields.len() == 5 => Ok(Self::Cron(lower.parse()?)),
            _ => Err(CadenceError(format!(
                "\"{}\" is no cadence. Use instant, hourly, daily HH:MM, weekdays HH:MM, weekly DAY HH:MM, or a cron line such as \"30 9 * * 1-5\".",
                text.trim()
            ))),
        }
    }
}

fn minute_of_day(text: &str) -> Result<u16, CadenceError> {
    let (hour, minute) = text.split_once(':').unwrap_or((text, "0"));
    match (hour.parse::<u16>(), minute.parse::<u16>()) {
        (Ok(hour @ 0..=23), Ok(minute @ 0..=59)) => Ok(hour * 60 + minute),
        _ => Err(CadenceError(format!(
            "\"{text}\" is no time of day; write HH:MM on a 24-hour clock, such as 09:00."
        ))),
    }
}

fn weekday(text: &str) -> Result<u8, CadenceError> {
    let short: String = text.chars().take(3).collect();
    let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter()
        .zip(full)
        .position(|(day, name)| *day == short && name.starts_with(text))
        .and_then(|i| u8::try_from(i).ok())
        .ok_or_else(|| {
            CadenceError(format!(
                "\"{text}\" is no day of the week; write mon, tue, wed, thu, fri, sat or sun."
            ))
        })
}

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |minute: &u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        match self {
            Self::Instant => f.write_str("instant"),
            Self::Hourly => f.write_str("hourly"),
            Self::Daily(minute) => write!(f, "daily {}", clock(minute)),
            Self::Weekdays(minute) => write!(f, "weekdays {}", clock(minute)),
            Self::Weekly(day, minute) => {
                write!(f, "weekly {} {}", DAYS[usize::from(*day).min(6)], clock(minute))
            }
            Self::Cron(line) => f.write_str(&line.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(cadence: &str, now: &str, zone: &str) -> String {
        let zone: Tz = zone.parse().unwrap();
        let now = Millis(DateTime::parse_from_rfc3339(now).unwrap().timestamp_millis());
        let at = cadence.parse::<Cadence>().unwrap().next_after(now, zone);
        DateTime::<Utc>::from_timestamp_millis(at.0).unwrap().with_timezone(&zone).to_rfc3339()
    }

    #[test]
    fn named_cadences_fall_on_the_servers_wall_clock() {
        assert_eq!(next("daily 09:00", "2026-11-24T08:30:00Z", "Europe/Berlin"), "2026-11-25T09:00:00+01:00");
        assert_eq!(next("weekdays 9", "2026-11-27T12:00:00Z", "UTC"), "2026-11-30T09:00:00+00:00");
        assert_eq!(next("weekly sunday 18:05", "2026-11-24T00:00:00Z", "UTC"), "2026-11-29T18:05:00+00:00");
        assert_eq!(next("hourly", "2026-11-24T08:30:00.250Z", "Asia/Kolkata"), "2026-11-24T15:00:00+05:30");
    }

    #[test]
    fn a_time_that_daylight_saving_skips_comes_after_the_gap_and_a_doubled_one_once() {
        assert_eq!(next("daily 02:30", "2026-03-28T12:00:00Z", "Europe/Berlin"), "2026-03-29T03:00:00+02:00");
        assert_eq!(next("daily 02:30", "2026-10-24T12:00:00Z", "Europe/Berlin"), "2026-10-25T02:30:00+02:00");
        assert_eq!(next("daily 02:30", "2026-10-25T00:45:00Z", "Europe/Berlin"), "2026-10-26T02:30:00+01:00");
    }

    #[test]
    fn cron_counts_weekdays_as_crontab_does() {
        assert_eq!(next("30 9 * * 1-5", "2026-11-27T10:00:00Z", "UTC"), "2026-11-30T09:30:00+00:00");
        assert_eq!(next("0 8 * * 0", "2026-11-24T00:00:00Z", "UTC"), "2026-11-29T08:00:00+00:00");
        assert_eq!(next("0 8 * * 7", "2026-11-24T00:00:00Z", "UTC"), "2026-11-29T08:00:00+00:00");
        assert_eq!(next("0 8 * * sat-sun", "2026-11-28T09:00:00Z", "UTC"), "2026-11-29T08:00:00+00:00");
    }

    #[test]
    fn cron_fires_on_either_day_field_when_both_are_set() {
        assert_eq!(next("0 8 1 * 5", "2026-11-24T00:00:00Z", "UTC"), "2026-11-27T08:00:00+00:00");
        assert_eq!(next("0 8 1 * 5", "2026-11-28T00:00:00Z", "UTC"), "2026-12-01T08:00:00+00:00");
    }

    #[test]
    fn what_is_typed_wrong_is_answered_with_a_sentence() {
        let error = |text: &str| text.parse::<Cadence>().unwrap_err().0;
        assert_eq!(error("daily"), "Say when: for example \"daily 09:00\".");
        assert_eq!(
            error("daily 25:00"),
            "\"25:00\" is no time of day; write HH:MM on a 24-hour clock, such as 09:00."
        );
        assert_eq!(
            error("weekly someday 9:00"),
            "\"someday\" is no day of the week; write mon, tue, wed, thu, fri, sat or sun."
        );
        assert!(error("* * * * *").contains("more often than every ten minutes"));
        assert!(error("sometimes").contains("is no cadence"));
    }

    #[test]
    fn every_cadence_reads_back_what_it_prints() {
        for text in
            ["instant", "hourly", "daily 09:00", "weekdays 07:45", "weekly sun 00:00", "15 */2 * * 1,3"]
        {
            assert_eq!(text.parse::<Cadence>().unwrap().to_string(), text);
        }
    }
}
