//! Numbers in a query: pay floors ("90k EUR+"), ages ("last 7 days") and years of experience ("max 3 years").

use super::Word;
use crate::domain::filter::PayFloor;
use crate::domain::pay::Period;

/// Currency signs and words people type, and their ISO codes.
const CURRENCIES: &[(&str, &str)] = &[
    ("$", "USD"),
    ("us$", "USD"),
    ("usd", "USD"),
    ("dollars", "USD"),
    ("€", "EUR"),
    ("eur", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("£", "GBP"),
    ("gbp", "GBP"),
    ("pounds", "GBP"),
    ("₹", "INR"),
    ("inr", "INR"),
    ("chf", "CHF"),
    ("cad", "CAD"),
    ("aud", "AUD"),
    ("sek", "SEK"),
    ("nok", "NOK"),
    ("dkk", "DKK"),
    ("pln", "PLN"),
    ("czk", "CZK"),
    ("jpy", "JPY"),
    ("¥", "JPY"),
    ("sgd", "SGD"),
    ("brl", "BRL"),
    ("nzd", "NZD"),
    ("ils", "ILS"),
    ("mxn", "MXN"),
    ("vnd", "VND"),
    ("huf", "HUF"),
    ("ron", "RON"),
    ("zar", "ZAR"),
    ("aed", "AED"),
    ("hkd", "HKD"),
    ("krw", "KRW"),
];

/// A pay floor at the start of `words`, and how many words it took. A number counts as pay when it has a
/// currency or a `k`; without a currency it is taken in US dollars.
pub(super) fn pay(words: &[Word]) -> Option<(PayFloor, usize)> {
    let mut at = 0;
    if matches!(
        words.first()?.folded.as_str(),
        "min" | "minimum" | "from" | "over" | "above" | ">" | ">=" | "≥" | "paying" | "pay"
    ) {
        at = 1;
    } else if words.first()?.folded == "at" && words.get(1)?.folded == "least" {
        at = 2;
    }
    let mut currency = words.get(at).and_then(|word| currency_of(&word.folded));
    if currency.is_some() {
        at += 1;
    }
    let word = words.get(at)?;
    if word.quoted || word.minus {
        return None;
    }
    let mut text = word.folded.trim_start_matches(['>', '=', '≥']).trim_end_matches('+').to_owned();
    let mut period = None;
    if let Some((amount, per)) = text.clone().split_once('/') {
        period = Some(period_of(per)?);
        amount.clone_into(&mut text);
    }
    for (sign, code) in CURRENCIES {
        let rest = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)).map(str::to_owned);
        if let Some(rest) = rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            currency = Some((*code).to_owned());
            text = rest;
            break;
        }
    }
    let thousand = text.ends_with('k');
    let digits = text.trim_end_matches('k').replace([',', '_'], "");
    // "80-100k": the floor is the lower end.
    let low = digits.split('-').next()?;
    let amount: f64 = low.parse().ok().filter(|n: &f64| n.is_finite() && *n > 0.0)?;
    at += 1;
    let mut plus = word.folded.ends_with('+');
    while let Some(next) = words.get(at) {
        let bare = next.folded.trim_end_matches('+');
        if let (None, Some(code)) = (&currency, currency_of(bare)) {
            currency = Some(code);
        } else if let (None, Some(per)) = (period, bare.strip_prefix('/').and_then(period_of)) {
            period = Some(per);
        } else if matches!(bare, "per" | "a" | "an" | "/") && period.is_none() {
            match words.get(at + 1).and_then(|w| period_of(w.folded.trim_end_matches('+'))) {
                Some(per) => {
                    period = Some(per);
                    at += 1;
                }
                None => break,
            }
        } else if let (None, Some(per)) = (period, adverb_of(bare)) {
            period = Some(per);
        } else if !(bare.is_empty()
            || matches!(bare, "or" | "and") && words.get(at + 1).is_some_and(|w| w.folded == "more"))
        {
            break;
        } else if matches!(bare, "or" | "and") {
            at += 1;
        }
        plus |= next.folded.ends_with('+');
        at += 1;
    }
    if currency.is_none() && !thousand && !plus {
        return None;
    }
    let amount = if thousand { amount * 1000.0 } else { amount };
    let period = period.unwrap_or(if amount < 500.0 { Period::Hour } else { Period::Year });
    Some((PayFloor { amount, currency: currency.unwrap_or_else(|| "USD".to_owned()), period }, at))
}

fn currency_of(word: &str) -> Option<String> {
    CURRENCIES.iter().find(|(sign, _)| *sign == word).map(|(_, code)| (*code).to_owned())
}

fn period_of(word: &str) -> Option<Period> {
    Some(match word {
        "h" | "hr" | "hour" => Period::Hour,
        "d" | "day" => Period::Day,
        "w" | "week" => Period::Week,
        "m" | "mo" | "month" => Period::Month,
        "y" | "yr" | "year" | "annum" => Period::Year,
        _ => return None,
    })
}

fn adverb_of(word: &str) -> Option<Period> {
    Some(match word {
        "hourly" => Period::Hour,
        "daily" => Period::Day,
        "weekly" => Period::Week,
        "monthly" => Period::Month,
        "yearly" | "annually" => Period::Year,
        _ => return None,
    })
}

/// An age at the start of `words` ("last 7 days", "past week", "today", "24h"), in hours, and how many words it took.
pub(super) fn age(words: &[Word]) -> Option<(u32, usize)> {
    let at = |i: usize| words.get(i).map(|word| word.folded.as_str());
    match (at(0)?, at(1), at(2)) {
        ("today", ..) => Some((24, 1)),
        ("yesterday", ..) => Some((48, 1)),
        ("posted", Some("today"), _) => Some((24, 2)),
        ("this", Some("week"), _) => Some((7 * 24, 2)),
        ("this", Some("month"), _) => Some((30 * 24, 2)),
        ("last" | "past" | "within", Some(one), two) => {
            if let Some(hours) = unit(one) {
                return Some((hours, 2));
            }
            if let Some(hours) = glued(one) {
                return Some((hours, 2));
            }
            let count: u32 = one.parse().ok().filter(|n| (1..=1000).contains(n))?;
            Some((count * unit(two?)?, 3))
        }
        (one, ..) => glued(one).map(|hours| (hours, 1)),
    }
}

/// An age written in one word, such as `24h` or `7d`, in hours.
fn glued(word: &str) -> Option<u32> {
    let (number, letter) = word.split_at_checked(word.len().checked_sub(1)?)?;
    let count: u32 = number.parse().ok().filter(|n| (1..=1000).contains(n))?;
    matches!(letter, "h" | "d" | "w").then(|| unit(letter)).flatten().map(|hours| count * hours)
}

fn unit(word: &str) -> Option<u32> {
    Some(match word {
        "h" | "hour" | "hours" => 1,
        "d" | "day" | "days" => 24,
        "w" | "week" | "weeks" => 7 * 24,
        "month" | "months" => 30 * 24,
        _ => return None,
    })
}

/// The most years of experience at the start of `words` ("max 3 years", "0-2 years experience", "<= 5 yrs"), and
/// how many words it took.
pub(super) fn years(words: &[Word]) -> Option<(u8, usize)> {
    let mut at = 0;
    let first = words.first()?.folded.as_str();
    if matches!(first, "max" | "maximum" | "under" | "<" | "<=" | "≤") {
        at = 1;
    } else if matches!(
        (first, words.get(1).map(|w| w.folded.as_str())),
        ("at", Some("most")) | ("up", Some("to")) | ("less", Some("than"))
    ) {
        at = 2;
    }
    let number = words.get(at)?.folded.trim_start_matches(['<', '=', '≤']).to_owned();
    let most: u8 = number.rsplit('-').next()?.parse().ok().filter(|n| *n <= 50)?;
    at += 1;
    if !matches!(words.get(at)?.folded.as_str(), "year" | "years" | "yrs" | "yr" | "yoe") {
        return None;
    }
    at += 1;
    while words.get(at).is_some_and(|word| matches!(word.folded.as_str(), "of" | "experience" | "exp")) {
        at += 1;
    }
    Some((most, at))
}
