//! Names of cities, regions, countries and areas; compiled in, looked up by a folded key.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::names::{COUNTRIES, REGIONS};
use crate::domain::text::fold;

/// A city of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct City {
    pub(super) name: &'static str,
    /// Postal code of its region in US, CA, AU and IN; elsewhere empty.
    pub(super) region: &'static str,
    pub(super) country: &'static str,
    /// Thousands of inhabitants.
    pub(super) people: u32,
}

/// Folded, points and apostrophes dropped, other signs as single spaces: "U.S.A." → "usa".
pub(super) fn key(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        if matches!(c, '.' | '\'' | '’') {
            continue;
        }
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// The cities of this name, largest first.
pub(super) fn cities(key: &str) -> &'static [City] {
    static CITIES: LazyLock<HashMap<String, Vec<City>>> = LazyLock::new(|| {
        let mut all: HashMap<String, Vec<City>> = HashMap::new();
        for line in include_str!("../../config/places.tsv").lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let mut column = || columns.next().unwrap_or_default();
            let (name, others, region, country) = (column(), column(), column(), column());
            let city = City { name, region, country, people: column().parse().unwrap_or(0) };
            for form in std::iter::once(name).chain(others.split(';').filter(|form| !form.is_empty())) {
                let list = all.entry(self::key(form)).or_default();
                if !list.contains(&city) {
                    list.push(city);
                }
            }
        }
        for list in all.values_mut() {
            list.sort_by_key(|city| std::cmp::Reverse(city.people));
        }
        all
    });
    CITIES.get(key).map_or(&[], Vec::as_slice)
}

/// ISO 3166-1 alpha-2 of a country's name.
pub(super) fn country(key: &str) -> Option<&'static str> {
    static NAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let mut names: HashMap<&str, &str> = COUNTRIES.iter().copied().collect();
        names.extend([
            ("us", "US"),
            ("the us", "US"),
            ("the usa", "US"),
            ("united states", "US"),
            ("the united states", "US"),
            ("the uk", "GB"),
            ("the united kingdom", "GB"),
            ("great britain", "GB"),
            ("us based", "US"),
            ("us only", "US"),
            ("usa only", "US"),
            ("uk only", "GB"),
            ("uk based", "GB"),
            ("canada only", "CA"),
            ("u s", "US"),
            ("u k", "GB"),
        ]);
        names
    });
    NAMES.get(key).copied()
}

/// ISO code of a country that is written as a code in capitals ("DE", "US", "IND").
pub(super) fn country_code(text: &str) -> Option<&'static str> {
    // Of three letters only those of countries with many postings, for the others are words or states as often.
    const THREE: [(&str, &str); 23] = [
        ("ARE", "AE"),
        ("AUS", "AU"),
        ("AUT", "AT"),
        ("BEL", "BE"),
        ("BRA", "BR"),
        ("CHE", "CH"),
        ("CHN", "CN"),
        ("DEU", "DE"),
        ("DNK", "DK"),
        ("ESP", "ES"),
        ("FRA", "FR"),
        ("GBR", "GB"),
        ("IND", "IN"),
        ("IRL", "IE"),
        ("ISR", "IL"),
        ("ITA", "IT"),
        ("JPN", "JP"),
        ("MEX", "MX"),
        ("NLD", "NL"),
        ("POL", "PL"),
        ("PRT", "PT"),
        ("SGP", "SG"),
        ("SWE", "SE"),
    ];
    if text.len() == 3 {
        return THREE.iter().find(|(three, _)| *three == text).map(|(_, code)| *code);
    }
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()))
        .then(|| {
            COUNTRIES
                .iter()
                .find(|(_, code)| *code == text || (text == "UK" && *code == "GB"))
                .map(|(_, code)| *code)
        })
        .flatten()
}

/// Region and country of a region's full name ("california" → CA, US).
pub(super) fn region(key: &str) -> Option<(&'static str, &'static str)> {
    let key = key.strip_prefix("state of ").unwrap_or(key);
    REGIONS.iter().find_map(|(country, regions)| {
        regions.iter().find(|(name, _)| *name == key).map(|(_, code)| (*code, *country))
    })
}

/// Region and country of a postal code in capitals; US before CA, AU and IN.
pub(super) fn region_code(text: &str) -> Vec<(&'static str, &'static str)> {
    if !(2..=3).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Vec::new();
    }
    REGIONS
        .iter()
        .flat_map(|(country, regions)| {
            regions.iter().filter(|(_, code)| *code == text).map(|(_, code)| (*code, *country))
        })
        .collect()
}

/// The areas of `domain::place::AREAS` that a name stands for.
pub(super) fn area(key: &str) -> Option<&'static str> {
    Some(match key {
        "eu" | "european union" | "the eu" | "eu only" => "EU",
        "europe" | "european" | "eur" | "continental europe" => "Europe",
        "emea" | "europe middle east and africa" => "EMEA",
        "americas" | "the americas" => "Americas",
        "latam" | "latin america" | "south america" => "LATAM",
        "apac" | "asia pacific" | "asia" => "APAC",
        "world"
        | "worldwide"
        | "global"
        | "globally"
        | "anywhere"
        | "anywhere in the world"
        | "international"
        | "any location"
        | "work from anywhere" => "world",
        _ => return None,
    })
}

/// Whether a key is the name of a city, region, country or area.
pub(super) fn is_place(key: &str) -> bool {
    area(key).is_some()
        || country(key).is_some()
        || region(key).is_some()
        || cities(key).first().is_some_and(|city| city.people >= 100)
        || matches!(key, "north america" | "us" | "uk" | "nordics" | "dach")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_knows_other_names() {
        assert_eq!(cities("nyc")[0].name, "New York");
        assert_eq!((cities("bangalore")[0].name, cities("bangalore")[0].region), ("Bengaluru", "KA"));
        assert_eq!(cities("munchen")[0].name, "Munich");
        assert_eq!(cities("paris")[0].country, "FR");
        assert!(cities("paris").iter().any(|city| city.region == "TX"));
        assert_eq!(region("california"), Some(("CA", "US")));
        assert_eq!(country_code("DE"), Some("DE"));
        assert_eq!(area(&key("European Union")), Some("EU"));
    }
}
