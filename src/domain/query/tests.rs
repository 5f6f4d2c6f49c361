//! Scenes: what people type, and what is understood of it.

use super::*;
use crate::domain::filter::World;
use crate::domain::pay::Rates;

struct Small;

impl Lexicon for Small {
    fn skill(&self, name: &str) -> Option<SkillId> {
        let id = match name {
            "rust" | "go" | "kafka" | "php" | "kubernetes" => name,
            "distributed systems" => "distributed-systems",
            "c++" => "cpp",
            "golang" => "go",
            _ => return None,
        };
        Some(id.into())
    }

    fn place(&self, words: &str) -> Option<Place> {
        let city = |city: &str, country: &str| {
            Some(Place { city: Some(city.into()), region: None, country: Some(country.into()) })
        };
        match words {
            "germany" => Some(Place::country("DE")),
            "berlin" => city("Berlin", "DE"),
            "new york" => city("New York", "US"),
            _ => None,
        }
    }

    fn area(&self, words: &str) -> Option<String> {
        match words {
            "germany" => Some("DE".into()),
            "us" | "usa" => Some("US".into()),
            "europe" => Some("Europe".into()),
            _ => None,
        }
    }

    fn company(&self, name: &str) -> Option<String> {
        matches!(name, "railway" | "monad labs").then(|| name.to_owned())
    }
}

/// What is understood, as chips, with the words that became text behind a bar.
fn chips(query: &str) -> String {
    let world = World {
        rates: Rates { date: String::new(), usd: Default::default() },
        under: Default::default(),
        skill_names: Default::default(),
    };
    let understood = parse(query, &Small);
    let chips: Vec<String> = understood.filter.chips(&world).into_iter().map(|(_, chip)| chip).collect();
    format!("{} | {}", chips.join("; "), understood.as_text.join(", "))
}

#[test]
fn the_example_of_the_contract_is_understood() {
    assert_eq!(
        chips("senior rust, remote from Germany or Berlin, 90k EUR+, no agencies, not crypto"),
        "not crypto; skill rust; remote from DE, or in Berlin, DE; senior; at least 90,000 EUR a year; no agencies | crypto"
    );
}

#[test]
fn skills_are_and_unless_or_stands_between() {
    assert_eq!(chips("rust kafka"), "skill kafka and rust | ");
    assert_eq!(chips("Rust or Golang"), "skill go or rust | ");
    assert_eq!(chips("distributed systems -php"), "skill distributed-systems, not php | ");
    assert_eq!(chips("C++ jobs"), "skill cpp | ");
}

#[test]
fn pay_is_read_in_the_forms_people_type() {
    for (typed, chip) in [
        ("€90k+", "at least 90,000 EUR a year | "),
        ("at least 90,000 EUR", "at least 90,000 EUR a year | "),
        ("$50/h", "at least 50 USD an hour | "),
        ("100k", "at least 100,000 USD a year | "),
        ("min 4000 gbp per month", "at least 4,000 GBP a month | "),
        ("80-100k usd", "at least 80,000 USD a year | "),
    ] {
        assert_eq!(chips(typed), chip, "{typed}");
    }
    assert_eq!(chips("42"), "text 42 | 42");
}

#[test]
fn place_mode_level_age_and_years_are_read() {
    assert_eq!(chips("hybrid or onsite in New York"), "in New York, US; hybrid or on-site | ");
    assert_eq!(chips("remote Europe"), "remote from Europe; remote | ");
    assert_eq!(chips("remote from berlin"), "remote from DE; remote | ");
    assert_eq!(chips("junior or mid-level, last 7 days"), "entry or mid; posted in the last 7 days | ");
    assert_eq!(chips("max 3 years experience, full time"), "full-time; at most 3 years asked | ");
    assert_eq!(chips("visa sponsorship at Monad Labs"), "at monad labs; visa sponsored | ");
    assert_eq!(chips("no visa sponsorship, not at Railway"), "not at railway; no visa sponsorship | ");
}

#[test]
fn what_is_not_understood_becomes_text_and_is_told() {
    assert_eq!(
        chips("blockchain \"market maker\" -\"smart contract\""),
        "text blockchain, text \"market maker\", not \"smart contract\" | blockchain, market maker, smart contract"
    );
}

proptest::proptest! {
    #[test]
    fn nothing_that_is_typed_breaks_it(query in "\\PC{0,80}") {
        let understood = parse(&query, &Small);
        proptest::prop_assert!(understood.filter.text.len() <= query.len());
    }
}
