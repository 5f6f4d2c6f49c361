//! Numbers measured from openings in words: each with how many openings it is of, none below a floor.

use super::super::words::{count, moment_of_day, plain, shorten};
use crate::domain::pay::Pay;
use crate::domain::time::Millis;
use crate::search::{Companion, Numbers, Spread, WINDOW};
use crate::skills::catalog::Catalog;

/// Shares are told of at least so many openings.
pub const SHARES: u64 = 20;

/// A spread of pay is told of at least so many.
pub const PAY: u64 = 10;

/// A change is told when the earlier window had at least so many.
pub const CHANGE: u64 = 10;

/// Today's numbers of a skill, a few lines.
#[must_use]
pub fn told(numbers: &Numbers, now: Millis, catalog: &Catalog) -> String {
    if numbers.open == 0 {
        let before = match numbers.new {
            0 => String::new(),
            new => format!(" {} in the last {WINDOW} days did.", count(new, "opening")),
        };
        return format!("**Openings now**\nNone of the open openings asks for it right now.{before}");
    }
    let mut lines = vec![format!("**{} now** · {}", count(numbers.open, "opening"), change(numbers))];
    let mut shares = Vec::new();
    shares.extend(remote(numbers));
    shares.extend(levels(numbers));
    if !shares.is_empty() {
        lines.push(shares.join(" · "));
    }
    lines.extend(numbers.pay.iter().filter(|spread| spread.count >= PAY).take(2).map(pay));
    let beside: Vec<String> = companions(numbers)
        .filter_map(|one| Some(format!("{} ×{:.1}", plain(&catalog.get(&one.skill)?.name), one.lift)))
        .take(4)
        .collect();
    if !beside.is_empty() {
        lines.push(format!("More often beside it than by chance: {}", beside.join(", ")));
    }
    lines.extend(companies(numbers));
    lines.push(format!("-# counted over the openings that Crier holds, {}", moment_of_day(now)));
    lines.join("\n")
}

/// "41 new in 30 days, 17 % more than in the 30 before".
#[must_use]
pub fn change(numbers: &Numbers) -> String {
    let new = format!("{} new in {WINDOW} days", numbers.new);
    match percent_change(numbers) {
        None => new,
        Some(0) => format!("{new}, as many as in the {WINDOW} before"),
        Some(more @ 1..) => format!("{new}, {more} % more than in the {WINDOW} before"),
        Some(less) => format!("{new}, {} % fewer than in the {WINDOW} before", -less),
    }
}

/// How much more or less than in the window before, in percent; `None` below the floor.
#[must_use]
pub fn percent_change(numbers: &Numbers) -> Option<i64> {
    if numbers.before < CHANGE {
        return None;
    }
    let (new, before) = (numbers.new.cast_signed(), numbers.before.cast_signed());
    Some(((new - before) * 100).div_euclid(before))
}

/// A share in whole percent, rounded; `of` is not 0.
const fn percent(part: u64, of: u64) -> u64 {
    (part * 100 + of / 2) / of
}

/// "44 % remote (of 118)".
#[must_use]
pub fn remote(numbers: &Numbers) -> Option<String> {
    let (remote, known) = numbers.remote;
    (known >= SHARES).then(|| format!("{} % remote (of {known})", percent(remote, known)))
}

/// "senior 51 %, mid 30 % (of 96)".
#[must_use]
pub fn levels(numbers: &Numbers) -> Option<String> {
    let (levels, known) = &numbers.levels;
    if *known < SHARES {
        return None;
    }
    let told =
        levels.iter().take(3).map(|(level, many)| format!("{} {} %", level.label(), percent(*many, *known)));
    Some(format!("{} (of {known})", told.collect::<Vec<_>>().join(", ")))
}

/// "Pay a year: median 165k USD, the middle half 140–190k USD (38 openings)".
#[must_use]
pub fn pay(spread: &Spread) -> String {
    let amount = |min: f64, max: f64| {
        let round = |amount: f64| {
            if amount >= 10_000.0 { (amount / 1_000.0).round() * 1_000.0 } else { amount.round() }
        };
        Pay {
            min: Some(round(min)),
            max: Some(round(max)),
            currency: Some(spread.currency.clone()),
            period: Some(crate::domain::pay::Period::Year),
        }
        .to_string()
    };
    format!(
        "Pay a year: median {}, middle half {} ({})",
        amount(spread.median, spread.median),
        amount(spread.lower, spread.upper),
        count(spread.count, "opening")
    )
}

/// "Most at Acme (7), Umbra (4)": companies with several openings, when there are enough to speak of most.
#[must_use]
pub fn companies(numbers: &Numbers) -> Option<String> {
    let several = numbers.companies.iter().filter(|(_, many)| *many > 1 && numbers.open >= SHARES).take(3);
    let told: Vec<String> =
        several.map(|(name, many)| format!("{} ({many})", plain(&shorten(name, 40)))).collect();
    (!told.is_empty()).then(|| format!("Most at {}", told.join(", ")))
}

/// Companions, when there are openings enough to speak of any.
pub fn companions(numbers: &Numbers) -> impl Iterator<Item = &Companion> {
    numbers.companions.iter().filter(|_| numbers.open >= SHARES)
}
