//! Places of work from place strings: cities, regions and countries, settled by what stands beside them.

use super::gazetteer::{self, City, key};
use super::pattern;
use crate::domain::place::Place;
use crate::domain::posting::Posting;

/// What place strings said.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Located {
    pub(super) places: Vec<Place>,
    /// Countries and areas that stand beside "remote", or alone as areas.
    pub(super) areas: Vec<String>,
    pub(super) remote: bool,
    /// "Berlin or remote": the office is a choice.
    pub(super) choice: bool,
    pub(super) hybrid: bool,
    pub(super) onsite: bool,
    /// The strings that were read.
    pub(super) words: String,
}

/// Reads the posting's places: fields of the board, then its place strings, then a line of the text that names one.
pub(super) fn read(posting: &Posting, prose: &str) -> Located {
    let mut located = Located::default();
    for text in &posting.locations {
        string(text, &mut located);
    }
    if !posting.places.is_empty() {
        located.places.clone_from(&posting.places);
    }
    let unsaid = located.places.is_empty() && located.areas.is_empty() && !located.remote;
    if unsaid && let Some(found) = pattern!(r"(?m)^[\W_]*(?:locations?|standort|office location|based in)\s*[:–-]\s*(.{2,80})$").captures(prose) {
        string(&found[1], &mut located);
    } else if unsaid && let Some(found) = pattern!(r"\b(?:role|position|job|you) (?:is|will be|are) (?:based|located) (?:in|at|out of) (?:our )?((?:[A-Z][\w.]+,? ?){1,4})").captures(prose) {
        string(&found[1], &mut located);
    }
    if posting.locations.is_empty()
        && let Some(found) = pattern!(r"\(([^()]*)\)|[-–,|] ?([^-–,|()]+)$").captures(&posting.title)
        && let Some(inner) = found.get(1).or(found.get(2))
        && located.places.is_empty()
        && gazetteer::is_place(&key(inner.as_str()))
    {
        string(inner.as_str(), &mut located);
    }
    located
}

/// One place that these words name, and nothing else.
pub(super) fn named(words: &str) -> Option<Place> {
    let mut located = Located::default();
    let capital = words.trim();
    // Typed filters are often lower case; codes are codes in any case.
    let text = if capital.len() == 2 { capital.to_uppercase() } else { capital.to_owned() };
    if gazetteer::area(&key(&text)).is_some() {
        return None;
    }
    let parts: Vec<String> = text
        .split(',')
        .map(|part| {
            let part = part.trim();
            if (2..=3).contains(&part.len()) { part.to_uppercase() } else { part.to_owned() }
        })
        .collect();
    string(&parts.join(", "), &mut located);
    let clean = !located.remote && located.areas.is_empty() && located.places.len() == 1;
    clean.then(|| located.places.remove(0))
}

/// Reads one place string.
fn string(text: &str, out: &mut Located) {
    let before = (out.places.len(), out.areas.len(), out.remote, out.hybrid, out.onsite);
    // "2 Locations", "N/A", "Multiple locations" name nothing.
    let text = pattern!(
        r"\b(\d+|multiple|various|several|other|all) (locations?|offices|cities|sites)\b|\bn/a\b|\btbd\b"
    )
    .replace_all(text, " ");
    // Time zones and hours say when people work, not where.
    let text = pattern!(r"\b(?:us|uk|eu|european|pacific|eastern|central)? ?(?:est|edt|pst|pdt|cst|cet|cest|gmt|utc|et|pt|time ?zones?|hours|hrs)(?: ?[+-] ?\d+)?(?: (?:hours|time ?zones?|overlap))?\b").replace_all(&text, " ").into_owned();
    let remote = pattern!(r"\b(remote(ly)?|work from home|wfh|home ?office|distributed|anywhere|virtual|télétravail|teletrabajo)\b").is_match(&text)
        && !pattern!(r"\b(no|not) (fully )?remote|remote:? no\b|non-remote").is_match(&text);
    out.remote |= remote;
    out.hybrid |= pattern!(r"\bhybrid(e)?\b").is_match(&text);
    out.onsite |=
        pattern!(r"\b(on-?site|in[ -]office|in[ -]person|no remote|not remote|vor ort)\b").is_match(&text);
    let mut groups: Vec<Vec<Atom>> = Vec::new();
    for group in
        pattern!(r"\s*(?:[;|/•·+&\n()\[\]]|\s-\s|\s–\s|\s—\s|->|\bor\b|\band\b|\boder\b|:)\s*").split(&text)
    {
        let atoms: Vec<Atom> = group.split(',').filter_map(|part| atom(part, out)).collect();
        if !atoms.is_empty() {
            groups.push(atoms);
        }
    }
    // "Remote - US": the country is from where; "Berlin - Germany": it narrows the city before it.
    let mut found: Vec<Place> = Vec::new();
    let mut pending: Vec<Atom> = groups.concat();
    while !pending.is_empty() {
        let (place, used) = take(&pending);
        pending.drain(..used.max(1));
        if let Some(place) = place
            && !found.contains(&place)
        {
            found.push(place);
        }
    }
    let cities = found.iter().any(|place| place.city.is_some());
    let or_remote = remote && cities;
    out.choice |= or_remote;
    if remote && !or_remote {
        for place in &found {
            if let Some(country) = &place.country
                && !out.areas.contains(country)
            {
                out.areas.push(country.clone());
            }
        }
    }
    for place in found {
        // A country beside its own city says nothing new.
        let covered = out.places.iter().any(|known| known.lies_in(&place));
        if !covered {
            out.places.push(place);
        }
    }
    if before != (out.places.len(), out.areas.len(), out.remote, out.hybrid, out.onsite) {
        if !out.words.is_empty() {
            out.words.push_str("; ");
        }
        out.words.push_str(text.trim());
    }
}

/// What a piece between commas may be.
#[derive(Debug, Clone)]
enum Atom {
    City(Vec<City>),
    /// A full name or a postal code; codes may be countries too ("CA", "DE").
    Region(Vec<(&'static str, &'static str)>, Option<&'static str>),
    Country(&'static str),
    /// Capitalised words that no table knows: a place only before a state.
    Name(String),
}

fn atom(part: &str, out: &mut Located) -> Option<Atom> {
    // The region around San Francisco is named without it more often than not.
    let bay = pattern!(r"^\W*(?:(?:san francisco|sf)\W+)?bay area\W*$").is_match(part);
    let part = if bay { "San Francisco" } else { part };
    let part = pattern!(r"\b(remote(ly)?|hybrid|on-?site|in[ -]office|office|hq|headquarters|greater|metro(politan)?( area)?|area|region|city of|based|preferred|only|within|from|in|the|fully|work|home|wfh|flexible|usa?-based|downtown|\d+%|\d{5}(-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b")
        .replace_all(part, " ");
    let part = part.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let key = key(part);
    if key.is_empty() {
        return None;
    }
    if let Some(area) = gazetteer::area(&key) {
        push(&mut out.areas, area);
        return None;
    }
    match key.as_str() {
        "north america" => {
            push(&mut out.areas, "US");
            push(&mut out.areas, "CA");
            return None;
        }
        "dach" => {
            for country in ["DE", "AT", "CH"] {
                push(&mut out.areas, country);
            }
            return None;
        }
        "singapore" => return Some(Atom::City(gazetteer::cities(&key)[..1].to_vec())),
        "new york" | "washington" | "mexico" | "luxembourg" | "quebec" | "georgia" | "guatemala"
        | "panama" => {}
        _ => {
            if let Some(country) = gazetteer::country(&key) {
                return Some(Atom::Country(country));
            }
        }
    }
    let trimmed = part.replace('.', "");
    let regions = gazetteer::region_code(trimmed.trim());
    let country = gazetteer::country_code(trimmed.trim());
    if !regions.is_empty() || country.is_some() {
        return Some(match (regions.is_empty(), country) {
            (true, Some(country)) => Atom::Country(country),
            (_, country) => Atom::Region(regions, country),
        });
    }
    let cities = gazetteer::cities(&key);
    if !cities.is_empty()
        && (gazetteer::region(&key).is_none() || matches!(key.as_str(), "new york" | "washington"))
        && !EVERYDAY.contains(&key.as_str())
    {
        return Some(Atom::City(cities.to_vec()));
    }
    if let Some(region) = gazetteer::region(&key) {
        return Some(Atom::Region(vec![region], gazetteer::country(&key)));
    }
    if let Some(country) = gazetteer::country(&key) {
        return Some(Atom::Country(country));
    }
    // "Austin TX", "Berlin Germany", "San Francisco CA": without a comma.
    if let Some((head, tail)) = part.rsplit_once(' ') {
        let tail_key = self::key(tail);
        let place = gazetteer::cities(&self::key(head));
        if !place.is_empty() {
            let narrowed: Vec<City> =
                if let Some(country) = gazetteer::country(&tail_key).or(gazetteer::country_code(tail)) {
                    place.iter().filter(|city| city.country == country).copied().collect()
                } else {
                    Vec::new()
                };
            if !narrowed.is_empty() {
                return Some(Atom::City(narrowed));
            }
            let regions = gazetteer::region_code(tail);
            let narrowed: Vec<City> =
                place.iter().filter(|city| regions.contains(&(city.region, city.country))).copied().collect();
            if !narrowed.is_empty() {
                return Some(Atom::City(narrowed));
            }
        }
    }
    let proper = part.split_whitespace().all(|word| {
        word.starts_with(|c: char| c.is_uppercase())
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\''))
    });
    (proper && part.split_whitespace().count() <= 3 && part.chars().count() >= 3)
        .then(|| Atom::Name(part.to_owned()))
}

/// Words that are names of small towns and of much else.
const EVERYDAY: &[&str] = &[
    "mobile",
    "remote",
    "home",
    "central",
    "enterprise",
    "engineering",
    "sales",
    "product",
    "field",
    "market",
    "best",
    "union",
    "liberty",
    "independence",
    "reading",
    "bath",
    "nice",
    "orange",
    "normal",
    "university",
    "of",
    "most",
    "hub",
    "campus",
    "studio",
    "north",
    "south",
    "east",
    "west",
    "brand",
    "data",
    "bar",
    "split",
    "male",
    "mall",
    "coming",
    "clerk",
    "cloud",
    "general",
    "security",
    "design",
    "support",
    "operations",
    "internal",
    "full",
    "global",
    "open",
    "other",
    "various",
    "headquarters",
    "america",
    "americas",
    "national",
    "northwest",
    "southwest",
];

/// The place at the start of `atoms`, and how many of them it takes.
fn take(atoms: &[Atom]) -> (Option<Place>, usize) {
    let place = |city: Option<&str>, region: &str, country: Option<&str>| {
        Some(Place {
            city: city.map(str::to_owned),
            region: (!region.is_empty()).then(|| region.to_owned()),
            country: country.map(str::to_owned),
        })
    };
    match atoms {
        [Atom::City(cities), rest @ ..] => {
            let mut candidates = cities.clone();
            let mut used = 1;
            for next in rest.iter().take(2) {
                let fits = |city: &City| match next {
                    Atom::Region(regions, country) => {
                        regions.contains(&(city.region, city.country)) || *country == Some(city.country)
                    }
                    Atom::Country(country) => city.country == *country,
                    // "New York, New York"; "Luxembourg, Luxembourg".
                    Atom::City(others) => used == 1 && others.first().map(|o| o.name) == Some(city.name),
                    Atom::Name(_) => false,
                };
                let narrowed: Vec<City> = candidates.iter().filter(|city| fits(city)).copied().collect();
                if narrowed.is_empty() {
                    // A country or state that none of the known cities lies in: believe the text.
                    if let (Atom::Region(regions, _), 1) = (next, used)
                        && let Some((region, country)) = regions.first()
                    {
                        return (place(Some(cities[0].name), region, Some(country)), 2);
                    }
                    break;
                }
                candidates = narrowed;
                used += 1;
            }
            let city = candidates[0];
            // "Paris" alone is the big one; a village's name alone is too little to be sure.
            if used == 1 && city.people < 30 && cities.len() > 2 {
                return (None, 1);
            }
            (place(Some(city.name), city.region, Some(city.country)), used)
        }
        [Atom::Name(name), Atom::Region(regions, _), rest @ ..] => {
            let more = usize::from(matches!(rest.first(), Some(Atom::Country(_))));
            match regions.first() {
                Some((region, country)) => (place(Some(name), region, Some(country)), 2 + more),
                None => (None, 2),
            }
        }
        [Atom::Name(name), Atom::Country(country), ..] if !matches!(*country, "US") => {
            // "Lower Saxony, Germany" is a region, "Garching, Germany" a town; only towns of the table are cities.
            let _ = name;
            (place(None, "", Some(country)), 2)
        }
        [Atom::Region(regions, country), rest @ ..] => {
            let state = regions.first().copied();
            match (state, country, rest.first()) {
                (Some((code, of)), _, Some(Atom::Country(next))) if of == *next => {
                    (place(None, code, Some(of)), 2)
                }
                // "CA" or "IN" alone is a country as likely as a state; two letters alone say too little.
                (Some((code, _)), Some(country), _)
                    if code.len() == 2 && matches!(*country, "CA" | "IN" | "DE" | "GB" | "AU") =>
                {
                    (place(None, "", Some(country)), 1)
                }
                (Some((code, of)), _, _) => (place(None, code, Some(of)), 1),
                (None, Some(country), _) => (place(None, "", Some(country)), 1),
                (None, None, _) => (None, 1),
            }
        }
        [Atom::Country(country), ..] => (place(None, "", Some(country)), 1),
        _ => (None, 1),
    }
}

fn push(list: &mut Vec<String>, value: &str) {
    if !list.iter().any(|known| known == value) {
        list.push(value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        let mut out = Located::default();
        string(text, &mut out);
        let places: Vec<String> = out.places.iter().map(ToString::to_string).collect();
        let remote = if out.remote { " remote" } else { "" };
        format!("{}{remote} {}", places.join("; "), out.areas.join(",")).trim().to_owned()
    }

    #[test]
    fn strings_of_real_boards_are_read() {
        assert_eq!(of("Berlin, Germany or London, UK"), "Berlin, DE; London, GB");
        assert_eq!(of("NYC / SF / Remote"), "New York, NY, US; San Francisco, CA, US remote");
        assert_eq!(of("Remote - US (PST hours)"), "US remote US");
        assert_eq!(of("Bengaluru, Karnataka, India"), "Bengaluru, KA, IN");
        assert_eq!(of("3 locations"), "");
        assert_eq!(of("EMEA"), "EMEA");
        assert_eq!(of("Remote, worldwide"), "remote world");
        assert_eq!(of("San Francisco, CA; Austin, TX"), "San Francisco, CA, US; Austin, TX, US");
        assert_eq!(of("Paris, TX"), "Paris, TX, US");
        assert_eq!(of("Paris"), "Paris, FR");
        assert_eq!(of("Dublin"), "Dublin, IE");
        assert_eq!(of("London, Paris, New York"), "London, GB; Paris, FR; New York, NY, US");
        assert_eq!(of("HQ - Torrance"), "Torrance, CA, US");
        assert_eq!(of("New York, NY, United States"), "New York, NY, US");
        assert_eq!(of("Remote (North America)"), "remote US,CA");
        assert_eq!(of("Berlin, Germany (hybrid, 2 days in the office)"), "Berlin, DE");
        assert_eq!(of("Toronto, ON"), "Toronto, ON, CA");
        assert_eq!(of("Vancouver, BC, Canada"), "Vancouver, BC, CA");
        assert_eq!(of("Singapore"), "Singapore, SG");
        assert_eq!(of("San Francisco Bay Area"), "San Francisco, CA, US");
        assert_eq!(of("Remote-US"), "US remote US");
    }

    #[test]
    fn typed_names_are_places_or_nothing() {
        let name = |words| named(words).map(|place| place.to_string()).unwrap_or_default();
        assert_eq!(name("germany"), "DE");
        assert_eq!(name("berlin"), "Berlin, DE");
        assert_eq!(name("nyc"), "New York, NY, US");
        assert_eq!(name("paris, tx"), "Paris, TX, US");
        assert_eq!(name("california"), "CA, US");
        assert_eq!(name("de"), "DE");
        assert_eq!(name("europe"), "");
        assert_eq!(name("rust"), "");
        assert_eq!(name("atlantis"), "");
    }
}
