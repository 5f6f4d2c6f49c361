//! Whether amounts are base pay, by the words around them; funding, allowances, bonuses and totals are not.

use super::amounts::Amount;
use crate::domain::pay::{Pay, Period};
use crate::reading::pattern;

/// The currency of the amount before in the same sentence: "from HKD 436,500 … base salary of 312,000".
pub(super) fn out_of(before: &Amount, text: &str, one: &Amount) -> Option<&'static str> {
    let between = text.get(before.end..one.start)?;
    (between.len() < 120 && !between.contains([';', '\n']) && !between.contains(". "))
        .then_some(before.currency?)
}

/// Whether these amounts are base pay, and of which currency and period.
pub(super) fn judge(
    text: &str,
    one: &Amount,
    two: Option<&Amount>,
    last: &Amount,
    before_it: Option<&'static str>,
    field: bool,
) -> Option<Pay> {
    let before = tail(&text[..one.start], 90);
    let after = head(&text[last.end..], 60);
    let near = tail(before, 40);
    let currency = one.currency.or_else(|| two.and_then(|two| two.currency));
    let said = pattern!(
        r"\b(salary|salaries|pay|compensation|base|wages?|remuneration|gehalt|rate|earn|package|comp|ctc|income|stipend of pay)\b"
    );
    let salary = said.is_match(before) || said.is_match(head(after, 25));
    let not_pay = pattern!(
        r"(401|\b(ote|on[- ]target|bonus|sign[- ]on|signing|equity|options?|stock|raised|raising|funding|funded|series [a-e]|revenue|arr|valuation|valued|budget|stipend|allowance|subsid(y|ies)|gifts?|rewards?|awards?|sponsor(ed|ship)|vouchers?|coverage|reimburs\w*|credits?|per (month|year) (for|towards) (gym|learning|education|wellness|internet)|customers|users|invested|investment|backed|insurance|deductible|hsa|fsa|match(ing)?|donat\w+|prize|market|assets|aum|transactions?|volume|payments? of|processed|billion|grant|loan|referral|fine|price[ds]?|cost|save[sd]?|worth|quota|deal size|acv|up to \$?\d+ (in|for|towards) |commission)\b)"
    );
    // "Bonus, and a base salary of $X": what stands last counts.
    let last_of = |pattern: &regex::Regex| pattern.find_iter(near).last().map(|found| found.start());
    if last_of(not_pay)
        .is_some_and(|not| last_of(pattern!(r"\b(base|salary)\b")).is_none_or(|base| base < not))
    {
        return None;
    }
    // What one may earn in all is not base pay; "total compensation … of which base salary $X" turns to the base.
    let in_all = pattern!(
        r"\b(total|overall|first[- ]year|all[- ]in|expected|potential|average|uncapped)( \w+){0,2}[- ](comp(ensation)?|cash|earnings?|package|remuneration|rewards?|income)\b[^.;]{0,60}$|\b(compensation|earnings?|earning|income) (potential|opportunity|growth)\b[^.;]{0,40}$|\b(tc|commissions?[- ]only)\b[^.;]{0,20}$"
    );
    if in_all.is_match(before)
        && !pattern!(r"\b(base|basic|fixed|salary|salaries)\b[^.;]{0,50}$").is_match(near)
    {
        return None;
    }
    // A benefit's amount may stand far behind its name, within the sentence.
    let benefit = pattern!(
        r"\b(allowances?|stipends?|subsid(y|ies)|reimburs\w+|gifts?|certificates?|certifications?|training|insurance|tuition|relocation|vouchers?)\b[^.;]{0,90}$"
    );
    if benefit.is_match(before)
        && !pattern!(r"\b(base|salary|salaries|pay|compensation)\b[^.;]{0,40}$").is_match(before)
    {
        return None;
    }
    if pattern!(r"^[\s(]{0,3}ote\b|^\W{0,3}(to relocate|(for )?(relocation|referral)|(annual(ly)? |yearly )?(tc\b|total comp)|on[- ]target|(signing|sign-on|annual|performance)? ?bonus|in (funding|revenue|equity|arr|stock)|billion|bn\b|mm\b|(million|m) (in|users|customers|series)|employees|people|customers|users|countries|series|stipend|allowance|sign[- ]on|hours|days|weeks|months|years|yrs|raised|budget|%|\+? (members|clients|companies|engineers|stores))").is_match(after) {
        return None;
    }
    if one.million || last.million {
        // Nobody is paid in millions but where the currency is small.
        let small = matches!(currency, Some("INR" | "JPY" | "KRW" | "VND" | "IDR" | "HUF" | "CLP" | "COP"));
        if !small {
            return None;
        }
    }
    if currency.is_none() && !salary && !field {
        return None;
    }
    let currency = currency.or(before_it);
    let scale = |amount: &Amount, other: Option<&Amount>| {
        let mut value = amount.value;
        // "$120-160k": the k belongs to both.
        let kilo = amount.kilo || (value < 1_000.0 && other.is_some_and(|other| other.kilo));
        if kilo {
            value *= 1_000.0;
        }
        value
    };
    let low = scale(one, two);
    let high = two.map(|two| scale(two, Some(one)));
    let top = high.unwrap_or(low);
    let period = last
        .period
        .or(one.period)
        .or_else(|| period_in(head(after, 30), true))
        .or_else(|| period_in(tail(before, 45), false));
    let currency_code = currency.map(str::to_owned);
    if high.is_some_and(|high| high < low) || top <= 0.0 {
        return None;
    }
    // "$100,000+ Monthly bonus": nobody is paid so much an hour or a month.
    let strong = matches!(currency, Some("USD" | "EUR" | "GBP" | "CAD" | "AUD" | "CHF" | "NZD" | "SGD"));
    let period = match period {
        Some(Period::Hour) if strong && top > 2_000.0 => None,
        Some(Period::Day) if strong && top > 10_000.0 => None,
        Some(Period::Week) if strong && top > 20_000.0 => None,
        Some(Period::Month) if strong && top > 50_000.0 => None,
        period => period,
    };
    // An amount alone, without salary words or a period, is seldom pay.
    let yearly_size = match currency {
        Some("INR") => top >= 200_000.0,
        Some("JPY") => top >= 2_000_000.0,
        Some("KRW" | "VND" | "IDR") => top >= 20_000_000.0,
        Some("HUF" | "CLP" | "COP") => top >= 5_000_000.0,
        Some("CZK" | "SEK" | "NOK" | "DKK" | "PLN" | "MXN" | "PHP" | "THB" | "TWD" | "ZAR" | "UAH") => {
            top >= 150_000.0
        }
        _ => top >= 15_000.0,
    };
    let plausible = match period {
        Some(Period::Year) => yearly_size || (currency.is_some() && top >= 8_000.0),
        Some(Period::Month) => top >= 200.0,
        Some(Period::Week) => top >= 100.0,
        Some(Period::Day) => (40.0..=100_000.0).contains(&top),
        Some(Period::Hour) => {
            (5.0..=2_000.0).contains(&top) || matches!(currency, Some("INR" | "JPY" | "PHP"))
        }
        None => yearly_size || (field && top >= 500.0),
    };
    if !plausible
        || top > 5_000_000.0
            && !matches!(currency, Some("INR" | "JPY" | "KRW" | "VND" | "IDR" | "HUF" | "CLP" | "COP"))
    {
        return None;
    }
    let alone = high.is_none();
    if alone && !field && !salary && period.is_none() {
        return None;
    }
    if !field && !salary && currency.is_none() {
        return None;
    }
    let period = period.or_else(|| (currency.is_some() && yearly_size).then_some(Period::Year));
    let from = pattern!(r"(from|start(s|ing)?( at| from)?|minimum( of)?|at least|min\.?|above|>=?|ab)\s*$")
        .is_match(near)
        || last.open
        || after.starts_with('+')
        || pattern!(r"^\s*(and up|minimum|or more|plus\b)").is_match(after);
    let upto = pattern!(r"(up to|max(imum)?( of)?|bis( zu)?|<=?)\s*$").is_match(near);
    let (min, max) = match high {
        Some(high) => (Some(low), Some(high)),
        None if from => (Some(low), None),
        None if upto => (None, Some(low)),
        None => (Some(low), Some(low)),
    };
    Some(Pay { min, max, currency: currency_code, period })
}

/// The period that words name; those behind an amount must begin with it.
pub(super) fn period_in(text: &str, behind: bool) -> Option<Period> {
    let rules: [(&regex::Regex, &regex::Regex, Period); 5] = [
        (
            pattern!(r"^\W{0,3}(?:\w{3} )?(?:gross )?(?:/|per|an?|each)\s?(?:hour|hr|h)\b|^\W{0,3}hourly\b"),
            pattern!(r"\bhourly\b|\bper hour\b"),
            Period::Hour,
        ),
        (
            pattern!(r"^\W{0,3}(?:\w{3} )?(?:/|per|a)\s?day\b|^\W{0,3}(?:daily|p/?d)\b"),
            pattern!(r"\bdaily rate\b|\bday rate\b"),
            Period::Day,
        ),
        (
            pattern!(r"^\W{0,3}(?:\w{3} )?(?:/|per|a)\s?(?:week|wk)\b|^\W{0,3}weekly\b"),
            pattern!(r"\bweekly\b"),
            Period::Week,
        ),
        (
            pattern!(
                r"^\W{0,3}(?:\w{3} )?(?:(?:gross|net|brutto|netto) ?)?(?:/|per|a|p\.|pro|im)\s?(?:month|monat|mo|m)\b|^\W{0,3}(?:\w{3} )?(?:gross |net )?(?:monthly|pcm)\b"
            ),
            pattern!(r"\bmonthly\b"),
            Period::Month,
        ),
        (
            pattern!(
                r"^\W{0,3}(?:\w{3} )?(?:(?:gross|base|net|brutto) ?)?(?:/|per|a|p\.?|pro|im)\s?(?:year|yr|y|annum|a|jahr)\b|^\W{0,3}(?:\w{3} )?(?:gross )?(?:annually|yearly|annual|pa\b|lpa)"
            ),
            pattern!(r"\b(annual(ly)?|yearly|per annum|per year|ctc)\b"),
            Period::Year,
        ),
    ];
    rules
        .into_iter()
        .find(|(after, before, _)| if behind { after.is_match(text) } else { before.is_match(text) })
        .map(|(.., period)| period)
}

/// The last `most` bytes of a text, from a whole character on.
fn tail(text: &str, most: usize) -> &str {
    let mut at = text.len().saturating_sub(most);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    &text[at..]
}

/// The first `most` bytes of a text, up to a whole character.
fn head(text: &str, most: usize) -> &str {
    let mut at = text.len().min(most);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}
