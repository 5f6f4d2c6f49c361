//! Places of work from place strings: cities, regions and countries, settled by what stands beside them.

use super::fields::Fields;
use super::gazetteer::{self, City, key};
use super::pattern;
use super::sections::sentences;
use atoms::{Atom, atoms};
use context::{by_context, is_abroad_too};
use join::{settle, take};
use lines::{clean, of_fields, of_first_lines, of_header, place_of};
use mentions::of_mentions;
pub use mentions::with_words;
pub(super) use mentions::{mentions, of_presence};
use said::of_prose;
pub(super) use said::{areas, countries, leading_areas, states};

mod atoms;
mod context;
mod join;
mod lines;
mod mentions;
mod said;

use crate::domain::place::Place;
use crate::domain::posting::Posting;

/// The most characters of a place string that are read, and the most strings of a posting.
const LONGEST: usize = 600;
const MOST: usize = 100;

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
    /// Something stands there that is no place that we know.
    unknown: bool,
    /// No field and no line of its own says it, but a sentence.
    in_prose: bool,
    /// Places of which only the city's name was said, where cities of several countries have it.
    alone: Vec<(Place, Vec<City>)>,
    /// The strings that were read.
    pub(super) words: String,
}

impl Located {
    /// Whether nothing at all was said.
    pub(super) fn is_silent(&self) -> bool {
        self.places.is_empty() && self.areas.is_empty() && !self.unknown && !self.remote
    }

    /// Forgets a place that a sentence names, city or country, if the job is remote and the sentence does not offer it as a choice: it is
    /// where the company is.
    pub(super) fn narrow_to_choice(&mut self, texts: [&str; 2]) {
        let mut sentences = texts.into_iter().flat_map(str::lines).flat_map(sentences);
        let offers = |sentence: &str| {
            sentence.contains(&self.words)
                && pattern!(r"\bremote|\bhome\b|\banywhere\b|\bwherever\b|\brelocat").is_match(sentence)
        };
        if self.in_prose && !sentences.any(offers) {
            self.places.clear();
            self.words.clear();
        }
    }
}

/// Reads the posting's places: fields of the board, then its place strings, then a line of the text that names one.
pub(super) fn read(posting: &Posting, header: &[&str], fields: &Fields<'_>, texts: [&str; 2]) -> Located {
    let mut located = Located::default();
    for text in posting.locations.iter().take(MOST) {
        string(text, &mut located);
    }
    // "2 Locations", "Hybrid": strings that name nothing.
    let silent = !located.unknown && !located.remote;
    if !posting.places.is_empty() {
        located.places.clone_from(&posting.places);
    }
    let unknown = |located: &Located| located.places.is_empty() && located.areas.is_empty();
    if unknown(&located) && !located.remote {
        of_fields(fields, &mut located);
    }
    if unknown(&located) {
        of_header(header, &mut located);
    }
    if unknown(&located) {
        of_first_lines(texts[0], &mut located);
    }
    for said in [of_prose, of_mentions] {
        for text in texts {
            if unknown(&located) && silent && !located.remote {
                said(text, &mut located);
                located.in_prose = !located.places.is_empty();
            }
        }
    }
    title(posting, &mut located);
    by_context(&mut located, &posting.title, texts);
    located
}

/// A place at the end of the title, where the place strings name no city: "District Manager - Fort Worth, TX". A city
/// alone counts only where there are no place strings, and none counts that lies elsewhere than they say.
fn title(posting: &Posting, located: &mut Located) {
    if located.places.iter().any(|place| place.city.is_some()) {
        return;
    }
    let Some(found) = pattern!(r"\(([^()]*)\)\s*$|(?:\s[-–—|]\s?|,\s)([^-–—|()]+)$|-([^\x00-\x7F]{2,8})$")
        .captures(&posting.title)
    else {
        return;
    };
    let Some(inner) = found.get(1).or(found.get(2)).or(found.get(3)) else { return };
    let inner = inner.as_str().trim();
    let alone = posting.locations.is_empty() && located.places.is_empty();
    if alone
        && (gazetteer::is_place(&key(inner))
            || pattern!(r"/|\bor\b").is_match(inner) && clean(inner).is_some())
    {
        string(inner, located);
    }
    // "Technical Support Engineer, APAC", remote.
    if located.remote
        && located.places.is_empty()
        && located.areas.is_empty()
        && let Some(area) = gazetteer::area(&key(inner)).or_else(|| gazetteer::country(&key(inner)))
    {
        push(&mut located.areas, area);
        located.words = inner.to_owned();
        return;
    }
    // A name in another script is no everyday word as "Enterprise" in Nevada is.
    let foreign = !inner.is_ascii() && !located.places.is_empty();
    if (foreign || pattern!(r"^[A-Z][\w .'-]+, (?-i:[A-Z]{2,3})$").is_match(inner))
        && let Some(place) = named(inner)
        && place.city.is_some()
        && located.places.iter().all(|known| known.country == place.country)
        && !(located.remote && located.places.is_empty())
    {
        located.places.retain(|known| !place.lies_in(known));
        located.places.push(place);
        located.words = inner.to_owned();
    }
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
    // No board's place string is longer; the cost stays bounded whatever a feed sends.
    let text = &text[..text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end)];
    let original = text;
    // "San Francisco (Mission)": the quarter of a large city, and no town elsewhere.
    let quarters = pattern!(r"(?P<city>\p{L}[\p{L} .'’-]*?) ?\((?P<quarter>[^()]{2,40})\)");
    let text = &*quarters.replace_all(text, |found: &regex::Captures<'_>| {
        let (city, quarter) = (&found["city"], &found["quarter"]);
        let within = !city.to_lowercase().ends_with("area")
            && !pattern!(r"\b(?:or|and|remote|hybrid|possible)\b|[,/]|\d").is_match(quarter)
            && gazetteer::cities(&key(city)).first().is_some_and(|city| city.people >= 400)
            && gazetteer::country(&key(quarter)).is_none()
            && gazetteer::cities(&key(quarter)).first().is_none_or(|city| city.people < 400);
        if within { city.to_owned() } else { found[0].to_owned() }
    });
    let before = (out.places.len(), out.areas.len(), out.remote, out.hybrid, out.onsite);
    // "2 Locations", "N/A", "Multiple locations" name nothing.
    let text = pattern!(
        r"\b(\d+|multiple|various|several|other|all) (locations?|offices|cities|sites)\b|\bn/a\b|\btbd\b"
    )
    .replace_all(text, " ");
    // Time zones and hours say when people work, not where.
    let text = pattern!(r"\b(?:us|uk|eu|european|pacific|eastern|central)? ?(?:est|edt|pst|pdt|cst|cet|cest|gmt|utc|et|pt|time ?zones?|hours|hrs)(?: ?[+-] ?\d+)?(?: (?:hours|time ?zones?|overlap))?\b").replace_all(&text, " ").into_owned();
    // "Makati, Metro Manila": the city around a city says nothing new.
    let text = pattern!(r"(\w),\s*(?:metro|greater)\s+\p{L}+").replace_all(&text, "$1").into_owned();
    // "London / 2 days remote"
    let text = pattern!(r"\b\d(?: ?[-–] ?\d)? days?\b(?: (?:a|per) week)?(?: (?:in|at) (?:the )?office| remote| on[ -]?site| wfh| from home)?").replace_all(&text, " ").into_owned();
    let remote = pattern!(r"\b(remote(ly)?|remot[oa]|zdalnie|work from home|wfh|home ?office|home[ -]based|distributed|anywhere|worldwide|virtual|télétravail|teletrabajo)\b").is_match(&text)
        && !pattern!(r"\b(no|not) (fully )?remote|remote:? no\b|non-remote|\bno (wfh|work from home|home ?office|telework)\b|no option to work remotely").is_match(&text);
    out.remote |= remote;
    out.hybrid |= pattern!(r"\bh[yií]brid(e|o|a)?\b").is_match(&text);
    out.onsite |=
        pattern!(r"\b(on-?site|in[ -]office|in[ -]person|no remote|not remote|vor ort)\b|\(office\)")
            .is_match(&text);
    let mut found: Vec<Place> = Vec::new();
    // Cities without anything that narrows them.
    let mut alone = Vec::new();
    // "LA" is a city beside others and a state behind its own: "SF / LA", "New Orleans, LA".
    let text = pattern!(r"(?-i:(?P<before>^|[/|;(&]\s*|\bor |\band |[Gg]reater )LA)(?P<after>\s*(?:$|[/|;)&]|area\b|metro\b|or\b|and\b|,))")
        .replace(&text, "${before}Los Angeles$after")
        .into_owned();
    // "Berlin; London": what stands behind does not narrow what stands before.
    for several in pattern!(r"\s*(?:[;|/•·+&\n]|\bor\b|\band\b|\boder\b)\s*").split(&text) {
        // "Remote - US": the country is from where; "Berlin - Germany": it narrows the city before it.
        let mut pending: Vec<Atom> = pattern!(r"\s*(?:[()\[\],:]|\s-\s|\s–\s|\s—\s|->)\s*")
            .split(several)
            .flat_map(|part| atoms(part, out))
            .collect();
        out.unknown |= pending.iter().any(|atom| matches!(atom, Atom::Name(_)));
        while !pending.is_empty() {
            let (place, used) = take(&pending);
            if let Some(place) = place
                && !found.contains(&place)
            {
                if let (1, Some(Atom::City(cities))) = (used, pending.first()) {
                    alone.push((found.len(), cities.clone()));
                }
                found.push(place);
            }
            pending.drain(..used.max(1));
        }
    }
    settle(&mut found, &alone);
    // A quarter of a country that is a city.
    for place in found.iter_mut().filter(|place| place.city.is_some()) {
        match place.country.as_deref() {
            Some("HK") => place.city = Some("Hong Kong".to_owned()),
            Some("SG") => place.city = Some("Singapore".to_owned()),
            _ => {}
        }
    }
    out.alone.extend(
        alone
            .into_iter()
            .filter(|(_, cities)| is_abroad_too(cities))
            .map(|(at, cities)| (found[at].clone(), cities)),
    );
    // "Remote (US/Canada), Dallas": what stands in the brackets is from where.
    for named in pattern!(r"\bremote\s*(?:\(|in\b|within\b)\s*([\w. /,&]{2,60})").captures_iter(&text) {
        leading_areas(&named[1]).iter().for_each(|area| push(&mut out.areas, area));
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
            out.places.retain(|known| !place.lies_in(known));
            out.places.push(place);
        }
    }
    if before != (out.places.len(), out.areas.len(), out.remote, out.hybrid, out.onsite) {
        if !out.words.is_empty() {
            out.words.push_str("; ");
        }
        out.words.push_str(original.trim());
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
        assert_eq!(of("Seattle, Washington, United States"), "Seattle, WA, US");
        assert_eq!(of("US-CA-Menlo Park"), "Menlo Park, CA, US");
        assert_eq!(of("GB-London; DE-Berlin"), "London, GB; Berlin, DE");
        assert_eq!(of("US, London, Paris"), "US; London, GB; Paris, FR");
        assert_eq!(of("India-Karnataka"), "KA, IN");
        assert_eq!(of("Thailand-Regional"), "TH");
        assert_eq!(of("Boston Drydock; North Austin, TX"), "Boston, MA, US; Austin, TX, US");
        assert_eq!(of("Houston Methodist Hospital"), "");
        assert_eq!(of("JFK, LHR, Pune (IND)"), "New York, NY, US; London, GB; Pune, MH, IN");
        assert_eq!(of("El Segundo (LA Area)"), "El Segundo, CA, US; Los Angeles, CA, US");
        assert_eq!(of("SF / LA / NYC"), "San Francisco, CA, US; Los Angeles, CA, US; New York, NY, US");
        assert_eq!(of("New Orleans, LA"), "New Orleans, LA, US");
        assert_eq!(of("Hong Kong"), "Hong Kong, HK");
        assert_eq!(of("Cambridge/Boston, MA"), "Cambridge, MA, US; Boston, MA, US");
        assert_eq!(of("Cambridge, UK / Boston, MA"), "Cambridge, GB; Boston, MA, US");
        assert_eq!(of("Dublin / San Francisco"), "Dublin, IE; San Francisco, CA, US");
        assert_eq!(of("Remote (US), Dallas, Denver"), "Dallas, TX, US; Denver, CO, US remote US");
        assert_eq!(of("Washington D.C."), "Washington, DC, US");
        assert_eq!(of("1020 Wien"), "Vienna, AT");
        assert_eq!(of("Paris 9e"), "Paris, FR");
        assert_eq!(of("Perth WA 6000"), "Perth, WA, AU");
        assert_eq!(of("Makati, Metro Manila"), "Makati, PH");
        assert_eq!(of("Halifax, West Yorkshire"), "Halifax, GB");
        assert_eq!(of("San Francisco (Mission)"), "San Francisco, CA, US");
        assert_eq!(of("Remote (US/Canada)"), "US; CA remote US,CA");
    }

    #[test]
    fn a_text_says_where_the_work_is() {
        let of = |prose: &str| {
            let header = crate::reading::header::parts(prose);
            let located = read(&Posting::default(), &header, &Fields::of(prose), [prose, ""]);
            located.places.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(of("We bake.\nLocations: Austin, TX | Denver, CO"), "Austin, TX, US; Denver, CO, US");
        assert_eq!(of("We bake.\n📍 Lisbon"), "Lisbon, PT");
        assert_eq!(of("Location: Berlin-Mitte"), "Berlin, DE");
        assert_eq!(of("Location: Hai Chau, Da Nang"), "Da Nang, VN");
        assert_eq!(of("DUBAI - UAE"), "Dubai, AE");
        assert_eq!(
            of("Where: hybrid out of our support center in Minneapolis, MN (North Loop)"),
            "Minneapolis, MN, US"
        );
        assert_eq!(of("Headquarters: Wilmington, DE\nWe sell tea."), "");
        assert_eq!(of("Join our San Mateo, CA headquarters in July."), "San Mateo, CA, US");
        assert_eq!(of("This is for our Oslo office, near the sea."), "Oslo, NO");
        assert_eq!(of("Acme (Toronto, Ontario) - full time, no remote"), "Toronto, ON, CA");
        assert_eq!(of("We serve customers in Berlin and Paris."), "");
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
