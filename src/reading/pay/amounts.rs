//! Amounts of money in a text: number, unit, currency and period, in the forms of many countries.

use super::judge::period_in;
use crate::domain::pay::Period;
use crate::domain::text::tail;
use crate::reading::pattern;

/// One amount in a text.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    pub(super) value: f64,
    pub(super) kilo: bool,
    pub(super) million: bool,
    pub(super) currency: Option<&'static str>,
    pub(super) period: Option<Period>,
    /// "120k+".
    pub(super) open: bool,
    pub(super) start: usize,
    pub(super) end: usize,
    /// How many of its last bytes name the period.
    period_len: usize,
}

/// The word for a step stands within so many bytes before its number.
const STEP: usize = 16;

/// The codes of currencies in which postings pay.
const CODES: &str = "USD|EUR|GBP|CAD|AUD|NZD|CHF|INR|JPY|SGD|HKD|PLN|CZK|SEK|NOK|DKK|BRL|MXN|ZAR|ILS|HUF|RON|VND|IDR|PHP|THB|\
    TWD|KRW|CNY|RMB|AED|TRY|UAH|KES|NGN|SAR|QAR|KWD|BHD|OMR|EGP|PKR|LKR|BDT|MYR|ARS|CLP|COP|PEN|BGN|RSD|ISK|GEL|MAD|GHS|TND|\
    NPR|JOD|KZT|UZS|AZN|AMD|MNT|KHR|MMK|IQD|DZD|XOF|XAF|UGX|TZS|RWF|ETB|ZMW|BWP|MUR|NAD|MZN|DOP|GTQ|CRC|UYU|PYG|JMD|TTD|MDL|MKD|RUB";

pub(super) fn amounts(text: &str) -> Vec<Amount> {
    let pattern = pattern!(&[
        r"(?P<c1>US\$|CA\$|C\$|CAD\s?\$|AU\$|A\$|NZ\$|S\$|SGD\s?\$|HK\$|NT\$|R\$|GH₵|[$£€₹¥₩₫₪₱₴₦₸₵₽]|\bTk\.?|\bKshs?\.?|\bTSh|\bUSh|\bRM|\bRp\.?|\bR|\b(?-i:N)|\b(?:",
        CODES,
        r"|Rs\.?|euros?)\.?\s?\$?)?\s?",
        r"(?P<n>\d{1,2}(?:,\d\d)+,\d{3}|\d{1,3}(?:[.,'’ \x{a0}\x{202f}]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)",
        // Koruny come first, or their k would be thousands.
        r"(?:\s?(?:(?P<koruny>kč)|(?P<m>k|m|mm|mn|million|lakhs?|lacs?|l|lpa|crores?|cr|thousand|tys|tr|triệu|jt|juta)\b(?:\.\s)?|(?P<man>万)))?",
        r"(?P<plus>\+)?",
        r"(?:\s?(?P<c2>(?:",
        CODES,
        r"|euros?|dollars|pounds|lei|zl|zloty|yen|won|dong|shekels|reais|naira|rand|forint|baht|rupiah|ringgit|tenge|shillings|dirhams?)\b|zł|[€£₹₫円₸₽]|\$(?:\s?(?:CAD|AUD|NZD|SGD|HKD|MXN|USD)\b)?))?",
        r"(?P<p>\s?(?:/\s?(?:hour|hr|h|day|d|week|wk|w|month|mois|mês|mes|bulan|tháng|mo|m|year|yr|y|annum|a)|(?:per|an?|each)\s(?:hour|hr|day|week|wk|months?|mth|mo|year|yr|annum)|p/?\.?\s?[ham]\b|pcm)\b\.?)?",
    ]
    .concat());
    let mut out: Vec<Amount> = Vec::new();
    for found in pattern.captures_iter(text) {
        let (Some(whole), Some(number)) = (found.get(0), found.name("n")) else { continue };
        // Part of a longer word or number ("K8s", "v2.3", "2024-01").
        let glued = text[..number.start()]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() && found.name("c1").is_none());
        let Some(value) = value(number.as_str()) else { continue };
        // "R45 000" is money, "R 4.0" a language.
        let letter = found.name("c1").is_some_and(|sign| matches!(sign.as_str(), "R" | "r" | "N"));
        let paid = found.name("m").is_some()
            || found.name("p").is_some()
            || value >= 1_000.0
            || pattern!(r"^\s?[-–]\s?R ?\d").is_match(&text[whole.end()..]);
        if letter && !paid {
            continue;
        }
        // "(Grade 9)", "Band 4": steps of a scale.
        let step = found.name("c1").is_none()
            && value < 100.0
            && pattern!(r"\b(grade|level|band|step|scale|tier|zone|class|phase)\W{0,2}$")
                .is_match(tail(&text[..number.start()], STEP));
        if step {
            continue;
        }
        // "401K" is a plan for one's old age.
        if glued || (value == 401.0 && found.name("c1").is_none()) {
            continue;
        }
        let unit = found.name("m").map(|m| m.as_str().to_lowercase()).unwrap_or_default();
        let mut amount = Amount {
            value,
            kilo: matches!(unit.as_str(), "k" | "thousand" | "tys"),
            million: matches!(unit.as_str(), "m" | "mm" | "mn" | "million" | "tr" | "triệu" | "jt" | "juta"),
            currency: found
                .name("c2")
                .and_then(|c| code(c.as_str()))
                .or_else(|| found.name("c1").and_then(|c| code(c.as_str()))),
            period: found.name("p").and_then(|p| period_in(p.as_str(), true)),
            open: found.name("plus").is_some(),
            start: whole.start() + (whole.as_str().len() - whole.as_str().trim_start().len()),
            end: whole.end(),
            period_len: found.name("p").map_or(0, |p| p.as_str().len()),
        };
        if found.name("koruny").is_some() {
            amount.currency = Some("CZK");
        }
        if found.name("man").is_some() {
            amount.value *= 10_000.0;
        }
        // A stated code wins over a sign: "$80-110k CAD".
        if let (Some(one), Some(two)) = (found.name("c1"), found.name("c2"))
            && code(two.as_str()).is_none()
        {
            amount.currency = code(one.as_str());
        }
        match unit.as_str() {
            "lakh" | "lakhs" | "lac" | "lacs" | "l" | "lpa" => {
                amount.value = (amount.value * 100_000.0).round();
                amount.currency = amount.currency.or(Some("INR"));
                if unit == "lpa" {
                    amount.period = Some(Period::Year);
                }
            }
            "crore" | "crores" | "cr" => {
                amount.value = (amount.value * 10_000_000.0).round();
                amount.currency = amount.currency.or(Some("INR"));
            }
            _ if amount.million => amount.value *= 1_000_000.0,
            _ => {}
        }
        // "25 - 45 million VND": so does this one.
        if amount.million
            && let Some(last) = out.last_mut()
            && last.value < 1_000.0
            && !last.million
            && is_range(&text[last.end..amount.start])
        {
            last.value *= 1_000_000.0;
            last.million = true;
        }
        // "10-20 lakhs": the unit belongs to both.
        if matches!(unit.as_str(), "lakh" | "lakhs" | "lac" | "lacs" | "l" | "lpa")
            && let Some(last) = out.last_mut()
            && last.value < 1_000.0
            && is_range(&text[last.end..amount.start])
        {
            last.value = (last.value * 100_000.0).round();
            last.currency = last.currency.or(Some("INR"));
        }
        out.push(amount);
    }
    // "$9,500 to $13,000 monthly (SGD)": a code behind the sign says which dollars.
    for amount in &mut out {
        let dollars = amount.currency == Some("USD") && text[amount.start..amount.end].contains('$');
        let behind = pattern!(
            r"^\W{0,2}(?:(?:per|an?) \w+|monthly|annually|yearly|hourly|gross)?\W{0,3}(?P<code>CAD|AUD|NZD|SGD|HKD|MXN|TWD)\b"
        );
        if dollars && let Some(found) = behind.captures(&text[amount.end..]) {
            amount.currency = code(&found["code"]);
        }
        let unsaid = pattern!(
            r"^\W{0,2}(?:(?:per|an?) \w+|monthly|annually|yearly|hourly)\W{1,3}(?P<code>(?-i:[A-Z]{3}))\b"
        );
        if amount.currency.is_none()
            && let Some(found) = unsaid.captures(&text[amount.end - amount.period_len..])
        {
            amount.currency = code(&found["code"]);
        }
    }
    // "$80-110k CAD": the code behind a range is the currency of both.
    for at in 1..out.len() {
        if is_range(&text[out[at - 1].end..out[at].start]) && out[at].currency.is_some() {
            let code = out[at].currency;
            let sign = text[out[at - 1].start..out[at - 1].end].contains(['$', '£', '€']);
            if out[at - 1].currency.is_none() || (sign && code != Some("USD")) {
                out[at - 1].currency = code;
            }
        }
    }
    out
}

pub(super) fn is_range(between: &str) -> bool {
    pattern!(
        r"^\s*(?:-|–|—|−|to|until|and|bis|tot|a|à|~|～|through|up to|and (?:a )?max(?:imum)?(?: of)?)\s*$"
    )
    .is_match(between)
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
    let upper = text.trim().trim_end_matches('.').to_uppercase().replace([' ', '\u{a0}'], "");
    // "$CAD"
    let named = upper.strip_prefix('$').filter(|rest| !rest.is_empty()).unwrap_or(&upper);
    Some(match named {
        "$" | "US$" | "USD$" | "DOLLARS" => "USD",
        "€" | "EURO" | "EUROS" => "EUR",
        "£" | "POUNDS" => "GBP",
        "₹" | "RS" => "INR",
        "CA$" | "C$" => "CAD",
        "AU$" | "A$" => "AUD",
        "NZ$" => "NZD",
        "S$" => "SGD",
        "HK$" => "HKD",
        "NT$" => "TWD",
        "R$" | "REAIS" => "BRL",
        "¥" | "円" | "YEN" => "JPY",
        "₩" | "WON" => "KRW",
        "₫" | "DONG" => "VND",
        "₪" | "SHEKELS" => "ILS",
        "₱" => "PHP",
        "₸" | "TENGE" => "KZT",
        "₵" | "GH₵" => "GHS",
        "₽" => "RUB",
        "KSH" | "KSHS" => "KES",
        "TSH" => "TZS",
        "USH" => "UGX",
        "₴" => "UAH",
        "₦" | "N" | "NAIRA" => "NGN",
        "ZŁ" | "ZL" | "ZLOTY" => "PLN",
        "R" | "RAND" => "ZAR",
        "FORINT" => "HUF",
        "LEI" => "RON",
        "BAHT" => "THB",
        "RP" | "RUPIAH" => "IDR",
        "RMB" => "CNY",
        "TK" => "BDT",
        "RM" | "RINGGIT" => "MYR",
        _ => {
            // "NZD $68,000"
            let bare = named.trim_end_matches('$');
            return CODES.split('|').find(|code| *code == bare);
        }
    })
}
