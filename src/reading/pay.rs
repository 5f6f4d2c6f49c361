//! Pay: stated base ranges with currency and period; numbers that are not pay are left alone.

use super::Read;
use super::fields::{Fields, Label};
use super::pattern;
use crate::domain::pay::Pay;
use crate::domain::posting::Posting;
use amounts::{amounts, is_range};
use judge::{judge, out_of};

mod amounts;
mod cell;
mod judge;
mod other;

/// The base pay that the board's pay text, the title or else the first of these texts to state one states; of several
/// ranges, the lowest to the highest.
pub(super) fn read(posting: &Posting, fields: &Fields<'_>, texts: [&str; 2]) -> Read<Pay> {
    if let Some(text) = &posting.pay_text
        && let Some(found) = of(text, true)
    {
        return Some(found);
    }
    let title = of(&posting.title, false);
    let stated = || of_fields(fields).or_else(|| texts.into_iter().find_map(of_lines));
    if let Some((pay, _)) = &title {
        // "R780k" in a title is the end of the range that the text states.
        let range = |(told, _): &(Pay, String)| {
            told.min != told.max && (told.max == pay.max || told.min == pay.min) && told.currency.is_some()
        };
        return stated().filter(range).or(title);
    }
    // "PHP Developer - up to $1,800"
    let upto = || pattern!(r"\bup ?to (?:[a-z]{3} )?[$€£₱₹]? ?\d").is_match(&posting.title);
    stated().or_else(|| of(&posting.title, true).filter(|_| upto()))
}

/// What stands behind "Salary:" on lines of their own; of several, as of several ranges.
fn of_fields(fields: &Fields<'_>) -> Read<Pay> {
    let lines: Vec<String> = fields.said(Label::Pay).map(|value| format!("Salary: {value}")).collect();
    let (pay, words) = of_lines(&lines.join("\n"))
        .or_else(|| lines.iter().find_map(|line| of(line, true)).filter(|(pay, _)| pay.currency.is_some()))?;
    Some((pay, words))
}

fn of_lines(text: &str) -> Read<Pay> {
    let mut all: Vec<(Pay, String)> = Vec::new();
    for line in text.lines() {
        if !line.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        // "Up to 1,800 USD (gross)" on a line of its own.
        let upto = line.len() <= 40 && pattern!(r"^\W*up ?to [^a-z]{0,4}(?:[a-z]{3} )?[\d.,]+k? ?(?:usd|eur|gbp|sgd|[$€£])?\W*(?:\(?(?:gross|net)\)?)?\W*$").is_match(line);
        all.extend(of(line, upto));
    }
    let (first, words) = all.first()?.clone();
    let mut pay = first;
    for (other, _) in &all[1..] {
        // "Min $34.72/Hr." and, on the next line, "Max $52.08/Hr."
        let ends = pay.max.is_none() && other.min.is_none();
        if ends && other.currency == pay.currency && other.period == pay.period {
            pay.max = other.max;
            continue;
        }
        if is_far(&pay, other) {
            continue;
        }
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
        let same = other.currency == pay.currency && other.period == pay.period && !is_far(&pay, other);
        if same && other.max.is_some() && pay.max.is_some() {
            pay.min = least(pay.min, other.min);
            pay.max = most(pay.max, other.max);
            words = format!("{words}, {its_words}");
        }
    }
    Some((pay, words))
}

/// Whether a second range is too small to be of another level: an allowance beside the pay.
fn is_far(pay: &Pay, other: &Pay) -> bool {
    pay.min.zip(other.max).is_some_and(|(least, most)| most < least * 0.3)
}

fn least(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.into_iter().chain(b).reduce(f64::min)
}

fn most(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.into_iter().chain(b).reduce(f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pay::Period;

    fn of(text: &str) -> String {
        let posting = Posting { pay_text: None, ..Posting::default() };
        shown(read(&posting, &Fields::of(text), [text, ""]))
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
        assert_eq!(of("Salary: ₹12,00,000 - ₹18,00,000 a year"), "1200000..1800000 INR year");
        assert_eq!(of("Salary 120K+ USD"), "120000..? USD year");
        assert_eq!(of("The base salary would be $75k plus bonus"), "75000..75000 USD year");
        assert_eq!(of("Base: $150k, OTE: $300k"), "150000..150000 USD year");
        assert_eq!(of("Salary: 20 000 - 28 000 PLN net/month (B2B)"), "20000..28000 PLN month");
        assert_eq!(of("Gehalt: 3.000 – 4.000 € brutto/Monat"), "3000..4000 EUR month");
        assert_eq!(of("年収 salary 600万円"), "6000000..6000000 JPY year");
        assert_eq!(of("Salary: 9.000,50 EUR per month"), "9000.5..9000.5 EUR month");
        assert_eq!(of("Salary: KES 280,000 – 340,000 per month"), "280000..340000 KES month");
        assert_eq!(of("Salary: R45 000 - R60 000 pm"), "45000..60000 ZAR month");
        assert_eq!(of("Salaire : 95 000 $ à 115 000 $ CAD par année"), "95000..115000 CAD year");
        assert_eq!(of("Salary: $9,500 to $13,000 monthly (SGD)"), "9500..13000 SGD month");
        assert_eq!(of("Lương: Salary: 25 - 45 million VND per month"), "25000000..45000000 VND month");
        assert_eq!(of("Money: 60 000 – 85 000 Kč per month"), "60000..85000 CZK month");
        assert_eq!(of("Salary: 380,000 yen ~ 620,000 yen per month"), "380000..620000 JPY month");
        assert_eq!(
            of("Annual salary of 10 million yen - 13 million yen per year"),
            "10000000..13000000 JPY year"
        );
        assert_eq!(
            of("Gaji / Salary: Rp 12.000.000 – Rp 20.000.000 per bulan"),
            "12000000..20000000 IDR month"
        );
        assert_eq!(of("Pay is 350k - 500k naira monthly"), "350000..500000 NGN month");
        assert_eq!(of("Salary: N350,000 - N480,000 monthly"), "350000..480000 NGN month");
        assert_eq!(of("Japanese N2 and pay by experience"), "-");
        assert_eq!(of("Remuneration: NZD $68,000 - $80,000"), "68000..80000 NZD year");
        assert_eq!(of("Salary up to $1,800 gross"), "?..1800 USD ?");
        assert_eq!(of("Salary: Rs. 120k - 180k PKR per month"), "120000..180000 PKR month");
        assert_eq!(of("Min USD $34.72/Hr.\nMax USD $52.08/Hr."), "34.72..52.08 USD hour");
        assert_eq!(
            of("Salary: 9 500 – 12 300 PLN per month\nMyBenefit: 350 PLN per month"),
            "9500..12300 PLN month"
        );
        assert_eq!(
            of("On call is paid with 350 € per week.\nSalary: 75.000 – 92.000 €"),
            "75000..92000 EUR year"
        );
        assert_eq!(
            of("The range is CAD 165,000 to CAD 195,000. Employees also get shares."),
            "165000..195000 CAD year"
        );
        assert_eq!(
            of("Level 3: base salary $100,000 - $120,000\nLevel 4: base salary $130,000 - $150,000"),
            "100000..150000 USD year"
        );
    }

    #[test]
    fn a_cell_of_a_header_states_pay_by_its_amount_alone() {
        assert_eq!(of("Acme | Berlin | $150k+ & equity"), "150000..? USD year");
        assert_eq!(of("Acme | Berlin | up to $220K USD"), "?..220000 USD year");
        assert_eq!(of("Acme | Berlin | 40-65k € + bonus"), "40000..65000 EUR year");
        assert_eq!(of("Acme | REMOTE | 90K - 150K | https://acme.example"), "90000..150000 ? ?");
        assert_eq!(of("Acme | Berlin | $70k-150k+"), "70000..? USD year");
        assert_eq!(of("Acme | 1-2% equity | $60k, No Equity"), "60000..60000 USD year");
        assert_eq!(of("Acme | raised $40k | 10k users"), "-");
        assert_eq!(of("Acme | Berlin | 3-4 days | 50k users"), "-");
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
            "$10,000 employee referral bonus",
            "₱40,000 yearly learning budget",
            "We do about $900k/yr in sales",
            "Deals of £80k–£400k ACV",
            "Fertility HRA (up to $10,000 per year)",
            "The total targeted cash range for this role is listed below. It includes commission. Zone A $75,000 — $120,000 USD",
            "Revenue grew to $90,000 - $120,000 a month",
        ] {
            assert_eq!(of(text), "-", "{text}");
        }
    }

    #[test]
    fn a_boards_pay_text_without_currency_keeps_it_unknown() {
        let posting = Posting { pay_text: Some("30000-40000".into()), ..Posting::default() };
        assert_eq!(shown(read(&posting, &Fields::default(), ["", ""])), "30000..40000 ? ?");
    }
}
