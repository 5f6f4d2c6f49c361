//! Places of work from place strings: cities, regions and countries, settled by what stands beside them.

use super::fields::{Fields, Label};
use super::gazetteer::{self, key};
use super::pattern;
use atoms::{Atom, atoms};
use join::{settle, take};
use mentions::of_mentions;
use said::of_prose;
pub(super) use said::{areas, countries, leading_areas, states};

mod atoms;
mod join;
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
    /// The strings that were read.
    pub(super) words: String,
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
            }
        }
    }
    title(posting, &mut located);
    located
}

/// "Location: Praha 8 - Karlín": all lines that say where the work is.
fn of_fields(fields: &Fields<'_>, located: &mut Located) {
    for value in fields.said(Label::Place) {
        // "Where: hybrid out of our support center in Minneapolis": a sentence.
        if value.split_whitespace().count() > SENTENCE
            && place_of(value).is_none()
            && !pattern!(r"^\W*(?:fully |100 ?% )?remote").is_match(value)
        {
            let mut said = Located::default();
            of_prose(value, &mut said);
            if said.places.is_empty() {
                of_mentions(value, &mut said);
            }
            if let [place, ..] = &*said.places
                && place.city.is_some()
            {
                located.places.append(&mut said.places);
                value.clone_into(&mut located.words);
                return;
            }
        }
        // What stands behind the first sentence, or in the brackets of a remote job's distance, is more than a place.
        let value = pattern!(r"\. |, (?:with|plus|and then)\b").split(value).next().unwrap_or(value);
        let bare =
            pattern!(r"\((?:must|within|with|near|close|on-?site|office|\d)[^)]*\)").replace_all(value, "");
        string(&bare, located);
        if !located.places.is_empty() || !located.areas.is_empty() {
            return;
        }
    }
    // "Work set-up: hybrid (BGC, Taguig)"
    for value in fields.said(Label::Mode) {
        let inner =
            value.split_once('(').and_then(|(_, inner)| inner.split_once(')')).map(|(inner, _)| inner);
        if let Some(place) = inner
            .filter(|inner| inner.contains(", "))
            .and_then(|inner| place_of(inner).or_else(|| place_of(inner.rsplit(", ").next()?)))
        {
            return string(place, located);
        }
    }
}

/// What stands behind a label and has more words may be a sentence.
const SENTENCE: usize = 5;

/// The parts of the first line that are places and nothing else.
fn of_header(header: &[&str], located: &mut Located) {
    // "Plumeria Health (Toronto, Ontario) - full time"
    let inner = header.first().and_then(|part| Some(part.split_once('(')?.1.split_once(')')?.0));
    if let Some(place) = inner.filter(|inner| inner.contains(", ")).and_then(place_of) {
        return string(place, located);
    }
    let mut places: Vec<&str> = Vec::new();
    for place in header.iter().filter_map(|part| place_of(part)) {
        // "Berlin, Germany" has been read when "Germany" comes.
        if places.last().is_none_or(|last| !last.ends_with(place)) {
            places.push(place);
        }
    }
    // A company may be called like a city: "Republic | Washington, DC".
    let company = places.len() > 1
        && gazetteer::country(&key(places[1])).is_none()
        && header.first() == places.first()
        && !places[0].contains(',');
    places[usize::from(company)..].iter().for_each(|place| string(place, located));
    // "Parcelbird (SF) - Founding Engineer"
    if let Some(place) = inner.filter(|_| places.is_empty()).and_then(place_of) {
        string(place, located);
    }
}

/// One of the first lines that is a place and nothing else: "Portland, Oregon".
fn of_first_lines(prose: &str, located: &mut Located) {
    let lines = prose.lines().map(str::trim).filter(|line| !line.is_empty()).take(FIRST_LINES);
    let lines = lines.filter(|line| !pattern!(r"^\W*(?:headquarter|hq\b)").is_match(line));
    let place = lines.filter(|line| line.len() <= 80).find_map(|line| {
        // "Manchester - 1 day per week on site": what stands behind the dash says that the line is about the place.
        let dash = pattern!(r"\s[-–—•/·]\s").find(line);
        let (first, rest) = dash.map_or((line, ""), |dash| (&line[..dash.start()], &line[dash.end()..]));
        let said = first.contains(", ") || first.contains('(');
        let working = pattern!(r"\b(?:on-?site|remote|hybrid|days? (?:a|per)|in[ -](?:person|office))\b")
            .is_match(rest);
        place_of(first).filter(|_| rest.is_empty() && said || working)
    });
    if let Some(place) = place {
        string(place, located);
    }
}

/// So many lines may be set like a field without its label.
const FIRST_LINES: usize = 5;

/// What of a part is a place and nothing else; what stands in brackets may be: "Brooklyn, NY (local)".
fn place_of(part: &str) -> Option<&str> {
    if part.len() > 60 || part.contains("://") {
        return None;
    }
    let bare = part.split_once('(').map(|(bare, _)| bare.trim());
    let (full, bare) = (clean(part), bare.and_then(|bare| Some((bare, clean(bare)?))));
    match (full, bare) {
        // "Washington, DC (Georgetown)": a quarter, not the one abroad.
        (Some(full), Some((bare, of_bare))) => {
            // "Sydney (Surry Hills)" is the city alone, "Berlin (London possible)" are two.
            let quarter = full.places.iter().all(|place| {
                of_bare.places.iter().all(|known| {
                    known.city.is_some() && known.country == place.country && known.region == place.region
                })
            });
            let abroad = full.places.iter().any(|place| {
                of_bare.places.iter().all(|known| known.city.is_some() && known.country != place.country)
            });
            let choice = pattern!(r"\b(?:or|remote|possible)\b").is_match(part);
            Some(if (abroad || quarter) && !choice { bare } else { part })
        }
        (Some(_), None) => Some(part),
        (None, Some((bare, _))) => Some(bare),
        // "Tokyo, Nihonbashi": a quarter that no table knows, behind a large city.
        (None, None) => part.split_once(", ").map(|(first, _)| first).filter(|first| {
            gazetteer::cities(&key(first)).first().is_some_and(|city| city.people >= 400)
                && clean(first).is_some()
        }),
    }
}

/// What these words say, if they are places and nothing else.
fn clean(text: &str) -> Option<Located> {
    let mut found = Located::default();
    string(text, &mut found);
    // Two letters alone may be anything: "MD/DO".
    let spelled = found.places.iter().any(|place| place.city.is_some())
        || text.chars().filter(|c| c.is_lowercase()).count() >= 4
        || pattern!(r"\b(?-i:US|USA|UK|EU|UAE)\b").is_match(text);
    let known = !found.places.is_empty() || (found.remote && !found.areas.is_empty());
    (known && spelled && !found.unknown).then_some(found)
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
        assert_eq!(of("Makati, Metro Manila"), "Makati City, PH");
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
