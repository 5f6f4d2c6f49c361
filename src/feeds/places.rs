//! Places from structured fields: country and region names to codes. Prose and free text are read elsewhere.

use serde_json::Value;

use super::json;
use crate::domain::place::Place;
use crate::domain::text::fold;
use crate::reading::names::{COUNTRIES, REGIONS};

/// The place of separate fields for city, region and country (name or code); `None` when nothing is known. A
/// country that is no country is left out, so that "European Union" does not become a place.
pub(super) fn place(city: Option<&str>, region: Option<&str>, country: Option<&str>) -> Option<Place> {
    let country = country.and_then(country_code).map(str::to_owned);
    let region = region.and_then(json::clean).and_then(|name| region_name(country.as_deref(), name));
    let city = city.and_then(json::clean);
    let place = Place { city, region, country };
    (place != Place::default()).then_some(place)
}

/// The same for an object whose keys for city, region and country are given.
pub(super) fn from_object(value: &Value, keys: [&str; 3]) -> Option<Place> {
    let [city, region, country] = keys.map(|key| value.get(key).and_then(Value::as_str));
    place(city, region, country)
}

/// ISO 3166-1 alpha-2 of a country's name or code in any case.
pub(super) fn country_code(text: &str) -> Option<&'static str> {
    let key = key(text);
    COUNTRIES
        .iter()
        .find(|(name, code)| *name == key || key.eq_ignore_ascii_case(code))
        .map(|(_, code)| *code)
}

/// The area of [`crate::domain::place::AREAS`] that a field for countries names in place of one.
pub(super) fn area(text: &str) -> Option<&'static str> {
    Some(match key(text).as_str() {
        "eu" | "european union" => "EU",
        "europe" => "Europe",
        "emea" => "EMEA",
        "americas" | "the americas" => "Americas",
        "latam" | "latin america" => "LATAM",
        "apac" | "asia pacific" => "APAC",
        "world" | "worldwide" | "global" | "anywhere" => "world",
        _ => return None,
    })
}

/// The countries and areas that a field for "from where" names, each once: `LATAM,  Brazil`, `USA Only`. What is
/// neither (time zones, cities) is left out.
pub(super) fn areas(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in text.split([',', ';', '/', '|']) {
        let folded = key(part);
        let bare = folded.trim_start_matches("remote ").trim_end_matches(" only").trim_start_matches("the ");
        match bare {
            "north america" => {
                json::push_once(&mut found, "US".to_owned());
                json::push_once(&mut found, "CA".to_owned());
            }
            "anywhere in the world" => json::push_once(&mut found, "world".to_owned()),
            _ => {
                if let Some(area) = area(bare).or_else(|| country_code(bare)) {
                    json::push_once(&mut found, area.to_owned());
                }
            }
        }
    }
    found
}

/// A region by its postal code where its country has such, else by the name given.
fn region_name(country: Option<&str>, name: String) -> Option<String> {
    let Some((_, regions)) = REGIONS.iter().find(|(code, _)| Some(*code) == country) else {
        // Boards fill the region with the country when there is none.
        return (country.is_none() || country_code(&name) != country).then_some(name);
    };
    let key = key(&name);
    let known = regions.iter().find(|(full, code)| *full == key || key.eq_ignore_ascii_case(code));
    match known {
        Some((_, code)) => Some((*code).to_owned()),
        None if country_code(&name) == country => None,
        None => Some(name),
    }
}

/// Folded, without points and apostrophes, other marks as spaces: "U.S.A." → "usa".
fn key(text: &str) -> String {
    let folded: String = fold(text)
        .chars()
        .filter(|c| !matches!(c, '.' | '\'' | '’'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(city: &str, region: &str, country: &str) -> String {
        place(Some(city), Some(region), Some(country)).map(|place| place.to_string()).unwrap_or_default()
    }

    #[test]
    fn countries_and_regions_come_down_to_codes() {
        assert_eq!(text("San Francisco ", "California ", "USA"), "San Francisco, CA, US");
        assert_eq!(text("New York City", "NY", "United States of America"), "New York City, NY, US");
        assert_eq!(text("Toronto", "ontario", "Canada"), "Toronto, ON, CA");
        assert_eq!(text("Zürich", "", "Switzerland"), "Zürich, CH");
        assert_eq!(text("Paris", "Île-de-France", "fr"), "Paris, Île-de-France, FR");
        assert_eq!(text("", "Germany", "Germany"), "DE");
    }

    #[test]
    fn georgia_is_a_state_in_the_states_and_a_country_elsewhere() {
        assert_eq!(text("Atlanta", "Georgia", "United States"), "Atlanta, GA, US");
        assert_eq!(text("Tbilisi", "", "Georgia"), "Tbilisi, GE");
    }

    #[test]
    fn what_is_no_country_is_no_place_but_may_be_an_area() {
        assert_eq!(place(Some(" "), None, Some("European Union")), None);
        assert_eq!(area("European Union"), Some("EU"));
        assert_eq!(area("Berlin"), None);
    }

    #[test]
    fn from_where_is_read_from_lists() {
        assert_eq!(areas("LATAM,  Brazil"), ["LATAM", "BR"]);
        assert_eq!(areas("USA Only"), ["US"]);
        assert_eq!(areas("Anywhere in the World"), ["world"]);
        assert_eq!(areas("North America, UK"), ["US", "CA", "GB"]);
        assert_eq!(areas("CET +/- 2 hours, Berlin"), [""; 0]);
    }

    #[test]
    fn tables_hold_their_keys_in_the_form_that_is_looked_up() {
        for (name, code) in COUNTRIES.iter().chain(REGIONS.iter().flat_map(|(_, regions)| regions.iter())) {
            assert_eq!(*name, key(name));
            assert!((2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_uppercase()));
        }
    }
}
