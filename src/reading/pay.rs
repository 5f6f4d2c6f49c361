//! Pay: stated base ranges with currency and period; numbers that are not pay are left alone.

use super::{Read, pattern};
use crate::domain::pay::{Pay, Period};
use crate::domain::posting::Posting;

/// The base pay that the board's pay text or the prose states; of several ranges, the lowest to the highest.
pub(super) fn read(posting: &Posting, prose: &str) -> Read<Pay> {
    if let Some(text) = &posting.pay_text
        && let Some(found) = of(text, true)
    {
        return Some(found);
    }
    let title = of(&posting.title, false);
    if title.is_some() {
        return title;
    }
    let mut all: Vec<(Pay, String)> = Vec::new();
    for line in prose.lines() {
        if !line.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        all.extend(of(line, false));
    }
    let (first, words) = all.first()?.clone();
    let mut pay = first;
    for (other, _) in &all[1..] {
        if other.currency == pay.currency
            && other.period == pay.period
            && other.min.is_some()
            && other.max.is_some()
            && pay.max.is_some()
        {
            pay.min = least(pay.min, other.min);
            pay.max = most(pay.max, other.max);
        }
    }
    Some((pay, words))
}

/// One amount in a text.
#[derive(Debug, Clone)]
struct Amount {
    value: f64,
    kilo: bool,
    million: bool,
    currency: Option<&'static str>,
    period: Option<Period>,
    start: usize,
    end: usize,
}

fn of(text: &str, field: bool) -> Read<Pay> {
    let amounts = amounts(text);
    let mut ranges: Vec<(Pay, String)> = Vec::new();
    let mut at = 0;
    while at < amounts.len() {
        let one = &amounts[at];
        let before = at.checked_sub(1).and_then(|last| out_of(&amounts[last], text, one));
        let two = amounts.get(at + 1).filter(|two| is_range(&text[one.end..two.start]));
        let last = two.unwrap_or(one);
        at += if two.is_some() { 2 } else { 1 };
        if let Some(pay) = judge(text, one, two, last, before, field) {
            ranges.push((pay, text[one.start..last.end].to_owned()));
        }
    }
    let (mut pay, mut words) = ranges.first()?.clone();
    for (other, its_words) in &ranges[1..] {
        let same = other.currency == pay.currency && other.period == pay.period;
        if same && other.max.is_some() && pay.max.is_some() {
            pay.min = least(pay.min, other.min);
            pay.max = most(pay.max, other.max);
            words = format!("{words}, {its_words}");
        }
    }
    Some((pay, words))
}

/// The currency of the amount before in the same sentence: "from HKD 436,500 … base salary of 312,000".
fn out_of(before: &Amount, text: &str, one: &Amount) -> Option<&'static str> {
    let between = text.get(before.end..one.start)?;
    (between.len() < 120 && !between.contains([';', '\n']) && !between.contains(". "))
        .then_some(before.currency?)
}

/// Whether these amounts are base pay, and of which currency and period.
fn judge(
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
    if not_pay.is_match(near) && !pattern!(r"\b(base|salary)\b[^.;]{0,30}$").is_match(near) {
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
    if pattern!(r"^\W{0,3}(to relocate|(for )?(relocation|referral)|(annual(ly)? |yearly )?(tc\b|total comp)|ote\b|on[- ]target|(signing|sign-on|annual|performance)? ?bonus|in (funding|revenue|equity|arr|stock)|billion|bn\b|mm\b|(million|m) (in|users|customers|series)|employees|people|customers|users|countries|series|stipend|allowance|sign[- ]on|hours|days|weeks|months|years|yrs|raised|budget|%|\+? (members|clients|companies|engineers|stores))").is_match(after) {
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

fn amounts(text: &str) -> Vec<Amount> {
    let pattern = pattern!(
        r"(?P<c1>US\$|CA\$|C\$|CAD\s?\$|AU\$|A\$|NZ\$|S\$|SGD\s?\$|HK\$|R\$|[$£€₹¥₩₫₪₱₴]|\b(?:USD|EUR|GBP|CAD|AUD|NZD|CHF|INR|JPY|SGD|HKD|PLN|CZK|SEK|NOK|DKK|BRL|MXN|ZAR|ILS|HUF|RON|VND|IDR|PHP|THB|TWD|KRW|CNY|RMB|AED|TRY|UAH|Rs\.?|euros?)\s?\$?)?\s?(?P<n>\d{1,3}(?:[.,'’ \x{a0}\x{202f}]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?:\s?(?P<m>k|m|mm|mn|million|lakhs?|lacs?|l|lpa|crores?|cr|thousand|tys|tr|triệu)\b)?(?:\s?(?P<c2>(?:USD|EUR|GBP|CAD|AUD|NZD|CHF|INR|JPY|SGD|HKD|PLN|CZK|SEK|NOK|DKK|BRL|MXN|ZAR|ILS|HUF|RON|VND|IDR|PHP|THB|TWD|KRW|CNY|RMB|AED|TRY|UAH|euros?|dollars|pounds)\b|[€£₹₫$]))?(?P<p>\s?(?:/\s?(?:hour|hr|h|day|d|week|wk|w|month|mo|m|year|yr|y|annum|a)|(?:per|an?|each)\s(?:hour|hr|day|week|wk|month|mo|year|yr|annum)|p\.?\s?[ham]\b|pcm)\b\.?)?"
    );
    let mut out: Vec<Amount> = Vec::new();
    for found in pattern.captures_iter(text) {
        let (Some(whole), Some(number)) = (found.get(0), found.name("n")) else { continue };
        // Part of a longer word or number ("K8s", "v2.3", "2024-01").
        let glued = text[..number.start()]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() && found.name("c1").is_none());
        let Some(value) = value(number.as_str()) else { continue };
        // "401K" is a plan for one's old age.
        if glued || (value == 401.0 && found.name("c1").is_none()) {
            continue;
        }
        let unit = found.name("m").map(|m| m.as_str().to_lowercase()).unwrap_or_default();
        let mut amount = Amount {
            value,
            kilo: matches!(unit.as_str(), "k" | "thousand" | "tys"),
            million: matches!(unit.as_str(), "m" | "mm" | "mn" | "million" | "tr" | "triệu"),
            currency: found
                .name("c2")
                .and_then(|c| code(c.as_str()))
                .or_else(|| found.name("c1").and_then(|c| code(c.as_str()))),
            period: found.name("p").and_then(|p| period_in(p.as_str(), true)),
            start: whole.start() + (whole.as_str().len() - whole.as_str().trim_start().len()),
            end: whole.end(),
        };
        // A stated code wins over a sign: "$80-110k CAD".
        if let (Some(one), Some(two)) = (found.name("c1"), found.name("c2"))
            && code(two.as_str()).is_none()
        {
            amount.currency = code(one.as_str());
        }
        match unit.as_str() {
            "lakh" | "lakhs" | "lac" | "lacs" | "l" | "lpa" => {
                amount.value *= 100_000.0;
                amount.currency = amount.currency.or(Some("INR"));
                if unit == "lpa" {
                    amount.period = Some(Period::Year);
                }
            }
            "crore" | "crores" | "cr" => {
                amount.value *= 10_000_000.0;
                amount.currency = amount.currency.or(Some("INR"));
            }
            _ if amount.million => amount.value *= 1_000_000.0,
            _ => {}
        }
        // "10-20 lakhs": the unit belongs to both.
        if matches!(unit.as_str(), "lakh" | "lakhs" | "lac" | "lacs" | "l" | "lpa")
            && let Some(last) = out.last_mut()
            && last.value < 1_000.0
            && is_range(&text[last.end..amount.start])
        {
            last.value *= 100_000.0;
            last.currency = last.currency.or(Some("INR"));
        }
        out.push(amount);
    }
    // "$80-110k CAD": the code behind a range is the currency of both.
    for at in 1..out.len() {
        if is_range(&text[out[at - 1].end..out[at].start]) && out[at].currency.is_some() {
            let code = out[at].currency;
            let sign = text[out[at - 1].start..].starts_with(['$', '£', '€']);
            if out[at - 1].currency.is_none() || (sign && code != Some("USD")) {
                out[at - 1].currency = code;
            }
        }
    }
    out
}

fn is_range(between: &str) -> bool {
    pattern!(r"^\s*(?:-|–|—|−|to|until|and|bis|a|~|through|up to)\s*$").is_match(between)
}

/// 1,200.50 and 1.200,50 and 1 200; `None` for what is no amount.
fn value(text: &str) -> Option<f64> {
    let plain: String =
        text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’')).collect();
    let last = plain.rfind(['.', ',']);
    let cleaned = match last {
        None => plain,
        Some(at) => {
            let decimals = plain.len() - at - 1;
            let whole: String = plain[..at].chars().filter(char::is_ascii_digit).collect();
            // Three digits behind the last mark are thousands.
            if decimals == 3 {
                format!("{whole}{}", &plain[at + 1..])
            } else {
                format!("{whole}.{}", &plain[at + 1..])
            }
        }
    };
    cleaned.parse().ok()
}

fn code(text: &str) -> Option<&'static str> {
    let upper = text.trim().trim_end_matches('.').to_uppercase().replace(' ', "");
    Some(match upper.as_str() {
        "$" | "US$" | "USD" | "USD$" | "DOLLARS" => "USD",
        "€" | "EUR" | "EURO" | "EUROS" => "EUR",
        "£" | "GBP" | "POUNDS" => "GBP",
        "₹" | "INR" | "RS" => "INR",
        "CA$" | "C$" | "CAD" | "CAD$" => "CAD",
        "AU$" | "A$" | "AUD" | "AUD$" => "AUD",
        "NZ$" | "NZD" => "NZD",
        "S$" | "SGD" | "SGD$" => "SGD",
        "HK$" | "HKD" => "HKD",
        "R$" | "BRL" => "BRL",
        "¥" | "JPY" => "JPY",
        "₩" | "KRW" => "KRW",
        "₫" | "VND" => "VND",
        "₪" | "ILS" => "ILS",
        "₱" | "PHP" => "PHP",
        "₴" | "UAH" => "UAH",
        "CHF" => "CHF",
        "PLN" => "PLN",
        "CZK" => "CZK",
        "SEK" => "SEK",
        "NOK" => "NOK",
        "DKK" => "DKK",
        "MXN" => "MXN",
        "ZAR" => "ZAR",
        "HUF" => "HUF",
        "RON" => "RON",
        "IDR" => "IDR",
        "THB" => "THB",
        "TWD" => "TWD",
        "CNY" | "RMB" => "CNY",
        "AED" => "AED",
        "TRY" => "TRY",
        _ => return None,
    })
}

/// The period that words name; those behind an amount must begin with it.
fn period_in(text: &str, behind: bool) -> Option<Period> {
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
                r"^\W{0,3}(?:\w{3} )?(?:gross |net |brutto |netto )?(?:/|per|a|p\.)\s?(?:month|mo|m)\b|^\W{0,3}(?:\w{3} )?(?:gross |net )?(?:monthly|pcm)\b"
            ),
            pattern!(r"\bmonthly\b"),
            Period::Month,
        ),
        (
            pattern!(
                r"^\W{0,3}(?:\w{3} )?(?:gross |base )?(?:/|per|a|p\.?)\s?(?:year|yr|y|annum|a)\b|^\W{0,3}(?:\w{3} )?(?:gross )?(?:annually|yearly|annual|pa\b|lpa)"
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

fn least(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.into_iter().chain(b).reduce(f64::min)
}

fn most(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.into_iter().chain(b).reduce(f64::max)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        let posting = Posting { pay_text: None, ..Posting::default() };
        shown(read(&posting, text))
    }

    fn shown(read: Read<Pay>) -> String {
        let Some((pay, _)) = read else { return "-".into() };
        let end = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or("?".into());
        format!(
            "{}..{} {} {}",
            end(pay.min),
            end(pay.max),
            pay.currency.unwrap_or("?".into()),
            pay.period.map_or("?", Period::label)
        )
    }

    #[test]
    fn ranges_ends_and_currencies_are_read() {
        assert_eq!(of("The base salary is $120,000 - $160,000."), "120000..160000 USD year");
        assert_eq!(of("Salary: $120-160k"), "120000..160000 USD year");
        assert_eq!(of("Pay: €90k–€120k a year"), "90000..120000 EUR year");
        assert_eq!(of("Salary $80-110k CAD"), "80000..110000 CAD year");
        assert_eq!(of("Gehalt: 60.000 - 75.000 EUR"), "60000..75000 EUR year");
        assert_eq!(of("$45 - $60 per hour"), "45..60 USD hour");
        assert_eq!(of("Salary up to £85,000"), "?..85000 GBP year");
        assert_eq!(of("Base pay starts at $20 an hour"), "20..? USD hour");
        assert_eq!(of("Compensation from 90k EUR"), "90000..? EUR year");
        assert_eq!(of("Salary: 12-18 LPA"), "1200000..1800000 INR year");
        assert_eq!(of("Salary: 9.000,50 EUR per month"), "9000.5..9000.5 EUR month");
        assert_eq!(
            of("Level 3: base salary $100,000 - $120,000\nLevel 4: base salary $130,000 - $150,000"),
            "100000..150000 USD year"
        );
    }

    #[test]
    fn numbers_that_are_not_pay_are_left_alone() {
        for text in [
            "We raised $40,000,000 in Series B funding.",
            "401k with a match",
            "We have unbelievable benefits/401K package",
            "Special allowance for foreign language certificates (up to 500USD/month)",
            "$5,000 to relocate",
            "$150K-$250K annual total comp",
            "A $1,500 learning stipend per year",
            "Serving 120,000 - 160,000 customers",
            "$200,000 OTE",
            "Signing bonus of $20,000",
            "Revenue grew to $90,000 - $120,000 a month",
        ] {
            assert_eq!(of(text), "-", "{text}");
        }
    }

    #[test]
    fn a_boards_pay_text_without_currency_keeps_it_unknown() {
        let posting = Posting { pay_text: Some("30000-40000".into()), ..Posting::default() };
        assert_eq!(shown(read(&posting, "")), "30000..40000 ? ?");
    }
}
