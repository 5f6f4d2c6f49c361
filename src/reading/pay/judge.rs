//! What pay amounts are: their currency, period and ends, and whether they are plausible as pay.

use super::amounts::Amount;
use super::cell;
use super::other::is_other;
use crate::domain::pay::{Pay, Period};
use crate::domain::text::{head, tail};
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
    let currency = match (one.currency, two.and_then(|two| two.currency)) {
        // "Rs. 120k - 180k PKR"
        (Some("INR"), Some(code)) => Some(code),
        (one, two) => one.or(two),
    };
    let said = pattern!(
        r"\b(salary|salaries|pay|compensation|base|wages?|remuneration|gehalt|vergütung|lohn|salaire|rémunération|sueldo|salario|salário|salarial|remuneração|tarief|salaris|renta|gaji|thu nhập|rate|earns?|package|comp|ctc|income|stipend of pay)\b"
    );
    let cell = !field && cell::is_pay(text, one, last);
    // "$75,000 + 12% super"
    let with_pension =
        pattern!(r"^\W{0,3}(?:(?:plus|and|incl?\w*) )?(?:\d+(?:\.\d)? ?% )?super(?:annuation)?\b")
            .is_match(after);
    let salary = cell || with_pension || said.is_match(before) || said.is_match(head(after, 25));
    // "R960k - R1.1m": the millions end a range that begins with thousands.
    let ends_in_million = one.kilo && last.million && last.value <= 3_000_000.0;
    if (one.million || last.million) && !ends_in_million {
        // Nobody is paid in millions but where the currency is small.
        let small = matches!(
            currency,
            Some("INR" | "JPY" | "KRW" | "VND" | "IDR" | "HUF" | "CLP" | "COP" | "NGN" | "PKR")
        );
        if !small {
            return None;
        }
    }
    if currency.is_none() && paid_in(before).is_none() && !salary && !field {
        return None;
    }
    let currency = currency.or(before_it).or_else(|| paid_in(before));
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
        .or_else(|| period_in(after_brackets(after), true))
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
        Some("NGN" | "PKR") => top >= 1_000_000.0,
        Some("KRW" | "VND" | "IDR") => top >= 20_000_000.0,
        Some("HUF" | "CLP" | "COP") => top >= 5_000_000.0,
        Some(
            "CZK" | "SEK" | "NOK" | "DKK" | "PLN" | "MXN" | "PHP" | "THB" | "TWD" | "ZAR" | "UAH" | "KES"
            | "EGP" | "LKR" | "BDT" | "ARS",
        ) => top >= 150_000.0,
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
        // "Salary up to $1,800": by the month or not, nobody says.
        None => yearly_size || ((field || cell || (currency.is_some() && is_named(before))) && top >= 500.0),
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
    // Looked at last, for it costs most.
    if is_other(text, one, last) {
        return None;
    }
    let period = period.or_else(|| (currency.is_some() && yearly_size).then_some(Period::Year));
    let from = pattern!(r"\b(?:minimum|at least)\b[^;:]{0,90}\b(?:is|of|amounts to)(?: [a-z]{3})?\s*$")
        .is_match(before)
        || pattern!(r"(from|start(s|ing)?( at| from)?|minimum( of)?|min(imum|\.)? (salary|pay|wage)\W{0,3}|at least|min\.?|above|>=?|ab)\s*$")
            .is_match(near)
        || last.open
        || after.starts_with('+')
        || pattern!(r"^\s*(and up|minimum|or more|plus\s*([|.,;)]|$))").is_match(after);
    let upto = pattern!(r"(up ?to|until|hasta|até|max(imum)?( of)?|bis( zu)?|<=?)\s*$").is_match(near);
    let (min, max) = match high {
        // "$100k-150k+": how far it goes is open.
        Some(_) if last.open => (Some(low), None),
        Some(high) => (Some(low), Some(high)),
        None if from => (Some(low), None),
        None if upto => (None, Some(low)),
        None => (Some(low), Some(low)),
    };
    Some(Pay { min, max, currency: currency_code, period })
}

/// What stands behind "(Basic + Housing)"; nothing where no brackets follow.
fn after_brackets(after: &str) -> &str {
    let inner = after.trim_start().strip_prefix('(').and_then(|inner| inner.split_once(')'));
    inner.map_or("", |(_, behind)| head(behind, 20))
}

/// "Payment in USD between 3,000 and …"
fn paid_in(before: &str) -> Option<&'static str> {
    let named = pattern!(r"\b(?:in|of) (?P<code>(?-i:USD|EUR|GBP))\b[^.;\d]{0,20}$").captures(before)?;
    ["USD", "EUR", "GBP"].into_iter().find(|code| *code == &named["code"])
}

/// Whether nothing stands between "salary" and the amount but words such as "up to".
fn is_named(before: &str) -> bool {
    pattern!(r"\b(?:salary|gaji|lương|thu nhập|salario|salário|gehalt|wages?)\b(?:\W{1,3}(?:range|is|of|up to|upto|from|between|gross|net|monthly))*\W{0,3}$").is_match(before)
}

/// The period that words name; those behind an amount must begin with it.
pub(super) fn period_in(text: &str, behind: bool) -> Option<Period> {
    let rules: [(&regex::Regex, &regex::Regex, Period); 5] = [
        (
            pattern!(
                r"^\W{0,3}(?:[a-z]{3}\W{1,2})?(?:(?:brut\w*|gross|net\w*|l[ií]quid\w+|base|basic|before tax|pre-tax|\+ ?vat|excl\.? ?\w*)[\W]{0,3})*(?:(?:/|per|an?|each|por|par|pro|je|de l')\s?(?:hours?|hr|h|uur|stunde|heure|hora)\b|hourly\b|p/?h\b)"
            ),
            pattern!(r"\bhourly\b|\bper hour\b"),
            Period::Hour,
        ),
        (
            pattern!(
                r"^\W{0,3}(?:[a-z]{3}\W{1,2})?(?:(?:brut\w*|gross|net\w*|l[ií]quid\w+|base|basic|before tax|pre-tax|\+ ?vat|excl\.? ?\w*)[\W]{0,3})*(?:(?:/|per|a|por|par|pro)\s?(?:day|dag|tag|jour|d[ií]a)\b|(?:daily|p/?d)\b)"
            ),
            pattern!(r"\bdaily rate\b|\bday rate\b"),
            Period::Day,
        ),
        (
            pattern!(
                r"^\W{0,3}(?:[a-z]{3}\W{1,2})?(?:(?:brut\w*|gross|net\w*|l[ií]quid\w+|base|basic|before tax|pre-tax|\+ ?vat|excl\.? ?\w*)[\W]{0,3})*(?:(?:/|per|a)\s?(?:week|wk)\b|weekly\b)"
            ),
            pattern!(r"\bweekly\b"),
            Period::Week,
        ),
        (
            pattern!(
                r"^\W{0,3}(?:[a-z]{3}\W{1,2})?(?:(?:brut\w*|gross|net\w*|l[ií]quid\w+|base|basic|before tax|pre-tax|\+ ?vat|excl\.? ?\w*)[\W]{0,3})*(?:(?:/|per|by|in the|a|p\.|pro|im|por|par|al|na)\s?(?:months?|mth|bulan|tháng|monat|maand|mois|m[eê]s|mese|mies\w*|mo|m)\b|(?:monthly|monatlich|mensu\w+|mensil\w|miesięcznie|pcm|pm|p\.m)\b)"
            ),
            pattern!(r"\bmonthly\b|\bper month\b"),
            Period::Month,
        ),
        (
            pattern!(
                r"^\W{0,3}(?:[a-z]{3}\W{1,2})?(?:(?:brut\w*|gross|net\w*|l[ií]quid\w+|base|basic|before tax|pre-tax|\+ ?vat|excl\.? ?\w*)[\W]{0,3})*(?:(?:/|per|a|p\.?|pro|im|por|par|al)\s?(?:year|yr|y|annum|a|jahr|ann?ée|an|año|ano|jaar)\b|(?:annually|yearly|annual|annuel\w*|jährlich|anual\w*|pa\b|lpa))"
            ),
            pattern!(r"\b(annual(ly)?|yearly|per annum|per year|ctc|jahresgehalt|ral)\b"),
            Period::Year,
        ),
    ];
    rules
        .into_iter()
        .find(|(after, before, _)| if behind { after.is_match(text) } else { before.is_match(text) })
        .map(|(.., period)| period)
}
