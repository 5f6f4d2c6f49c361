//! Places of work: a city, its region and its country, and the areas from which remote work is allowed.

use serde::{Deserialize, Serialize};

/// A place as precisely as it is known; at least one part is set.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The city's English name.
    pub city: Option<String>,
    /// US, Canadian, Australian and Indian regions by postal code (`CA`, `ON`), others by English name.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2, upper case.
    pub country: Option<String>,
}

impl Place {
    /// A place of which only the country is known.
    #[must_use]
    pub fn country(code: &str) -> Self {
        Self { country: Some(code.to_owned()), ..Self::default() }
    }

    /// Whether `self`, as an opening's place, lies in what `wanted` asks for: every part that `wanted` has
    /// must be equal (case folded). A city lies in its country; a bare country does not lie in a city.
    #[must_use]
    pub fn lies_in(&self, wanted: &Self) -> bool {
        let part = |have: &Option<String>, want: &Option<String>| match (have, want) {
            (_, None) => true,
            (Some(have), Some(want)) => super::text::fold(have) == super::text::fold(want),
            (None, Some(_)) => false,
        };
        part(&self.country, &wanted.country)
            && part(&self.region, &wanted.region)
            && part(&self.city, &wanted.city)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts: Vec<&str> =
            [&self.city, &self.region, &self.country].into_iter().flatten().map(String::as_str).collect();
        f.write_str(&parts.join(", "))
    }
}

/// The areas that `remote_from` may name besides ISO country codes.
pub const AREAS: &[&str] = &["EU", "Europe", "EMEA", "Americas", "LATAM", "APAC", "world"];

/// Whether remote work "from `area`" (an ISO country code or a name of [`AREAS`]) allows somebody in
/// `country` (ISO code) to take it.
#[must_use]
pub fn area_holds(area: &str, country: &str) -> bool {
    if area == "world" || area == country {
        return true;
    }
    let europe = EU.contains(&country) || EUROPE_BESIDES_EU.contains(&country);
    match area {
        "EU" => EU.contains(&country),
        "Europe" => europe,
        "EMEA" => europe || MIDDLE_EAST.contains(&country) || AFRICA.contains(&country),
        "LATAM" => LATIN_AMERICA.contains(&country),
        "Americas" => {
            LATIN_AMERICA.contains(&country)
                || CARIBBEAN_BESIDES_LATIN.contains(&country)
                || matches!(country, "US" | "CA")
        }
        "APAC" => ASIA_PACIFIC.contains(&country),
        _ => false,
    }
}

/// Whether two areas (names of [`AREAS`] or ISO country codes) have a country in common.
#[must_use]
pub fn areas_meet(one: &str, other: &str) -> bool {
    if one == other || one == "world" || other == "world" {
        return true;
    }
    let all = [
        EU,
        EUROPE_BESIDES_EU,
        MIDDLE_EAST,
        AFRICA,
        LATIN_AMERICA,
        CARIBBEAN_BESIDES_LATIN,
        ASIA_PACIFIC,
        &["US", "CA"],
    ];
    if is_country(one) {
        return area_holds(other, one);
    }
    if is_country(other) {
        return area_holds(one, other);
    }
    all.into_iter().flatten().any(|country| area_holds(one, country) && area_holds(other, country))
}

fn is_country(area: &str) -> bool {
    area.len() == 2 && area != "EU"
}

const EU: &[&str] = &[
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];
const EUROPE_BESIDES_EU: &[&str] = &[
    "AD", "AL", "BA", "BY", "CH", "FO", "GB", "GG", "GI", "IM", "IS", "JE", "LI", "MC", "MD", "ME", "MK",
    "NO", "RS", "RU", "SM", "TR", "UA", "VA", "XK",
];
const MIDDLE_EAST: &[&str] =
    &["AE", "BH", "IL", "IQ", "IR", "JO", "KW", "LB", "OM", "PS", "QA", "SA", "SY", "TR", "YE"];
const AFRICA: &[&str] = &[
    "AO", "BF", "BI", "BJ", "BW", "CD", "CF", "CG", "CI", "CM", "CV", "DJ", "DZ", "EG", "ER", "ET", "GA",
    "GH", "GM", "GN", "GQ", "GW", "KE", "KM", "LR", "LS", "LY", "MA", "MG", "ML", "MR", "MU", "MW", "MZ",
    "NA", "NE", "NG", "RW", "SC", "SD", "SL", "SN", "SO", "SS", "ST", "SZ", "TD", "TG", "TN", "TZ", "UG",
    "ZA", "ZM", "ZW",
];
const LATIN_AMERICA: &[&str] = &[
    "AR", "BO", "BR", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "PY",
    "SV", "UY", "VE",
];
const CARIBBEAN_BESIDES_LATIN: &[&str] =
    &["AG", "BB", "BM", "BS", "BZ", "DM", "GD", "GY", "HT", "JM", "KN", "KY", "LC", "SR", "TT", "VC"];
const ASIA_PACIFIC: &[&str] = &[
    "AU", "BD", "BN", "BT", "CN", "FJ", "HK", "ID", "IN", "JP", "KH", "KR", "LA", "LK", "MM", "MN", "MO",
    "MV", "MY", "NP", "NZ", "PG", "PH", "PK", "SG", "TH", "TW", "VN",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_lies_in_its_country_but_not_the_reverse() {
        let berlin = Place { city: Some("Berlin".into()), region: None, country: Some("DE".into()) };
        assert!(berlin.lies_in(&Place::country("DE")));
        assert!(!Place::country("DE").lies_in(&berlin));
    }

    #[test]
    fn remote_areas_hold_their_countries() {
        assert!(area_holds("world", "DE") && area_holds("Europe", "DE") && area_holds("EU", "DE"));
        assert!(!area_holds("US", "DE") && !area_holds("EU", "GB") && area_holds("EMEA", "ZA"));
    }
}
