//! Dates as boards write them, to instants.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use serde_json::Value;

use crate::domain::time::Millis;

/// The date under `key`: ISO 8601 with or without a zone (then UTC), a bare day (midnight UTC), RFC 2822, US
/// `MM/DD/YYYY`, or a number since 1970 in seconds or milliseconds. `None` for anything else and for years
/// outside of 1990 to 2100.
pub(super) fn date(value: &Value, key: &str) -> Option<Millis> {
    match value.get(key)? {
        Value::String(text) => parse(text),
        Value::Number(number) => {
            #[expect(clippy::cast_possible_truncation, reason = "a date with a fraction loses only that")]
            let number = number.as_i64().or_else(|| number.as_f64().map(|number| number as i64))?;
            // Seconds reach this value in the year 5138, milliseconds in 1973.
            plausible(Millis(if number.abs() < 100_000_000_000 {
                number.saturating_mul(1000)
            } else {
                number
            }))
        }
        _ => None,
    }
}

/// The same for a text.
pub(super) fn parse(text: &str) -> Option<Millis> {
    let text = text.trim();
    let zoned = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"))
        .or_else(|_| DateTime::parse_from_rfc2822(text))
        .map(|date| date.timestamp_millis());
    if let Ok(at) = zoned {
        return plausible(Millis(at));
    }
    let bare = text.trim_end_matches("UTC").trim_end_matches('Z').trim_end();
    let plain = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(bare, form).ok())
        .or_else(|| {
            ["%Y-%m-%d", "%m/%d/%Y"]
                .iter()
                .find_map(|form| NaiveDate::parse_from_str(bare, form).ok())
                .and_then(|day| day.and_hms_opt(0, 0, 0))
        })?;
    plausible(Millis(Utc.from_utc_datetime(&plain).timestamp_millis()))
}

/// 1990 and 2100; a date outside is a slip of the board, not a date.
const RANGE: std::ops::Range<i64> = 631_152_000_000..4_102_444_800_000;

fn plausible(at: Millis) -> Option<Millis> {
    RANGE.contains(&at.0).then_some(at)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_instant_in_every_form_that_boards_use() {
        let at = Some(Millis(1_777_901_400_000));
        for text in [
            "2026-05-04T09:30:00-04:00",
            "2026-05-04T13:30:00.000+00:00",
            "2026-05-04T13:30:00Z",
            "2026-05-04T13:30:00",
            "2026-05-04T13:30:00.000+0000",
            "2026-05-04 13:30:00 UTC",
            "Mon, 04 May 2026 13:30:00 +0000",
        ] {
            assert_eq!(parse(text), at, "{text}");
        }
        assert_eq!(date(&json!({"at": 1_777_901_400}), "at"), at);
        assert_eq!(date(&json!({"at": 1_777_901_400_000_i64}), "at"), at);
        assert_eq!(parse("2026-05-04"), Some(Millis(1_777_852_800_000)));
        assert_eq!(parse("05/04/2026"), Some(Millis(1_777_852_800_000)));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "30+ days ago", "0001-01-01", "9999-12-31T00:00:00Z", "13/40/2026"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(date(&json!({"at": 0}), "at"), None);
        assert_eq!(date(&json!({"at": true}), "at"), None);
        assert_eq!(date(&json!({"at": 1e300}), "at"), None);
    }
}
