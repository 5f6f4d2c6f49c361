//! Pay from structured fields: ranges joined over pay zones, odd spans brought to those that we know.

use serde_json::Value;

use super::json;
use crate::domain::pay::{Pay, Period};

/// One stated range before it is joined with others.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Range {
    /// Lower end in whole units.
    pub(super) min: Option<f64>,
    /// Upper end in whole units.
    pub(super) max: Option<f64>,
    /// ISO 4217.
    pub(super) currency: Option<String>,
    /// What it pays for.
    pub(super) span: Option<Span>,
}

/// So many periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    /// How many periods one amount pays for: 2 for two weeks, ½ for half a month.
    pub(super) many: f64,
    /// Of what.
    pub(super) period: Period,
}

impl Span {
    /// One of `period`.
    pub(super) const fn one(period: Period) -> Self {
        Self { many: 1.0, period }
    }
}

/// The ranges as one pay: those in the first one's currency and span, from the least minimum to the greatest
/// maximum (several ranges are pay zones of one job). `None` when no amount above zero is stated.
pub(super) fn join(ranges: impl IntoIterator<Item = Range>) -> Option<Pay> {
    let mut joined: Option<(Range, Pay)> = None;
    for range in ranges {
        let each = |amount: Option<f64>| {
            let amount = amount.filter(|amount| amount.is_finite() && *amount > 0.0)?;
            Some(range.span.map_or(amount, |span| amount / span.many))
        };
        let (mut min, mut max) = (each(range.min), each(range.max));
        if let (Some(low), Some(high)) = (min, max)
            && low > high
        {
            (min, max) = (max, min);
        }
        if min.is_none() && max.is_none() {
            continue;
        }
        match &mut joined {
            None => {
                let currency = range.currency.as_deref().and_then(currency);
                let period = range.span.map(|span| span.period);
                joined = Some((range, Pay { min, max, currency, period }));
            }
            Some((first, pay)) if first.currency == range.currency && first.span == range.span => {
                pay.min = least(pay.min, min, f64::min);
                pay.max = least(pay.max, max, f64::max);
            }
            Some(_) => {}
        }
    }
    joined.map(|(_, pay)| pay)
}

/// The pay in four fields of `value`: least, most, currency and period. `None` unless all that makes it plain is there.
pub(super) fn of(value: &Value, [min, max, currency, period]: [&str; 4]) -> Option<Pay> {
    join([Range {
        min: json::number(value, min),
        max: json::number(value, max),
        currency: json::line(value, currency),
        span: json::text(value, period).and_then(self::period).map(Span::one),
    }])
    .filter(|pay| pay.currency.is_some() && pay.period.is_some())
}

/// The pay in an object of somebody's own making: `min` and `max` (or `min_amount` and `max_amount`), `currency`, `period`
/// (or `interval`). What it pays for may be left out where the amount tells it. `None` without a currency.
#[must_use]
pub fn stated(value: &Value) -> Option<Pay> {
    let either = |keys: [&str; 2]| keys.into_iter().find_map(|key| json::number(value, key));
    let (min, max) = (either(["min", "min_amount"]), either(["max", "max_amount"]));
    let currency = json::text(value, "currency").and_then(currency)?;
    let named = ["period", "interval"].into_iter().find_map(|key| period(json::text(value, key)?));
    let by_size = || period_by_size(max.or(min)?, &currency);
    let span = named.or_else(by_size).map(Span::one);
    join([Range { min, max, currency: Some(currency.clone()), span }])
}

fn least(a: Option<f64>, b: Option<f64>, choose: fn(f64, f64) -> f64) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(choose(a, b)),
        (a, b) => a.or(b),
    }
}

/// A currency code in capitals, if it is of the form of one.
pub(super) fn currency(text: &str) -> Option<String> {
    let code = text.trim().to_ascii_uppercase();
    (code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(code)
}

/// The span that a word of a board names: `HOUR`, `weeks`, `annual`, …
pub(super) fn period(word: &str) -> Option<Period> {
    Some(match word.trim().to_ascii_lowercase().trim_end_matches('s') {
        "hour" | "hourly" | "hr" => Period::Hour,
        "day" | "daily" => Period::Day,
        "week" | "weekly" => Period::Week,
        "month" | "monthly" => Period::Month,
        "year" | "yearly" | "annual" | "annually" | "annum" | "yr" => Period::Year,
        _ => return None,
    })
}

/// The only span that a sentence names ("Annual base pay range"); `None` when it names none or several.
pub(super) fn period_in(text: &str) -> Option<Period> {
    let mut found = text.split(|c: char| !c.is_ascii_alphabetic()).filter_map(period);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// What an amount must be for when nothing says it: by size, in currencies whose amounts are alike.
pub(super) fn period_by_size(amount: f64, currency: &str) -> Option<Period> {
    if !["USD", "EUR", "GBP", "CAD", "AUD", "CHF", "NZD", "SGD"].contains(&currency) {
        return None;
    }
    if amount >= 20_000.0 {
        return Some(Period::Year);
    }
    (amount < 250.0).then_some(Period::Hour)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(min: f64, max: f64, currency: &str, many: f64, period: Period) -> Range {
        Range {
            min: Some(min),
            max: Some(max),
            currency: Some(currency.into()),
            span: Some(Span { many, period }),
        }
    }

    #[test]
    fn pay_zones_join_and_other_currencies_do_not() {
        let pay = join([
            range(0.0, 0.0, "USD", 1.0, Period::Year),
            range(120_000.0, 150_000.0, "USD", 1.0, Period::Year),
            range(100_000.0, 140_000.0, "USD", 1.0, Period::Year),
            range(1.0, 900_000.0, "CAD", 1.0, Period::Year),
        ])
        .unwrap();
        assert_eq!(
            (pay.min, pay.max, pay.currency.as_deref()),
            (Some(100_000.0), Some(150_000.0), Some("USD"))
        );
        assert_eq!(join([range(0.0, 0.0, "USD", 1.0, Period::Year)]), None);
    }

    #[test]
    fn half_months_and_fortnights_come_down_to_one() {
        let half = join([range(3000.0, 3500.0, "USD", 0.5, Period::Month)]).unwrap();
        assert_eq!((half.min, half.max, half.period), (Some(6000.0), Some(7000.0), Some(Period::Month)));
        let two = join([range(4000.0, 3000.0, "EUR", 2.0, Period::Week)]).unwrap();
        assert_eq!((two.min, two.max, two.period), (Some(1500.0), Some(2000.0), Some(Period::Week)));
    }

    #[test]
    fn an_object_of_ones_own_states_pay_by_either_names() {
        let of = |text: &str| stated(&serde_json::from_str(text).unwrap()).map(|pay| pay.to_string());
        let full =
            r#"{"min_amount": 120000, "max_amount": "150000.0", "currency": "usd", "interval": "yearly"}"#;
        assert_eq!(of(full).as_deref(), Some("120–150k USD"));
        assert_eq!(of(r#"{"min": 45, "currency": "EUR"}"#).as_deref(), Some("from 45 EUR an hour"));
        assert_eq!(of(r#"{"min": 90000, "max": null}"#), None);
        assert_eq!(of(r#"{"min": 0, "max": 0, "currency": "USD"}"#), None);
    }

    #[test]
    fn a_sentence_names_one_span_or_none() {
        assert_eq!(period_in("Annual base pay range"), Some(Period::Year));
        assert_eq!(period_in("hourly, paid each week"), None);
        assert_eq!(period_in("Pay range"), None);
        assert_eq!(period_by_size(95_000.0, "USD"), Some(Period::Year));
        assert_eq!(period_by_size(42.0, "USD"), Some(Period::Hour));
        assert_eq!(period_by_size(900_000.0, "JPY"), None);
    }
}
