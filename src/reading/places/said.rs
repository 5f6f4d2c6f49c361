//! Places in sentences: where the work is, and from which countries it may be done.

use super::{Located, place_of, push, string};
use crate::domain::place::Place;
use crate::domain::text::tail;
use crate::reading::gazetteer::{self, key};
use crate::reading::pattern;

/// "We look for developers in SF", "from one of our offices in Austin, NY", "join our San Mateo headquarters".
pub(super) fn of_prose(prose: &str, located: &mut Located) {
    static SAID: std::sync::LazyLock<Vec<regex::Regex>> = std::sync::LazyLock::new(|| {
        [
            r"\b(?:role|position|job|you) (?:is|will be|are|would be) (?:based|located|headquartered) (?:in|at|out of) (?:our |downtown )?{names}",
            r"\b(?:looking for|hiring|seeking|searching for|recruiting)\b[^.\n]*?? in {names}",
            r"\b(?:one of )?(?:our|the|an) offices? (?:is |are )?(?:located )?in {names}",
            r"\b(?:in|at|from|to|for|join|out of) (?:our|the) {names} ?(?:offices?|headquarters|hq|hub|studios?|campus|lab)\b",
            r"\bour {names} ?(?:offices?|headquarters|hq|hub|studios?|campus|lab)\b",
            r"\b(?:hub|office|studio|team|site|hq|headquarters|branch|niederlassung) in {names}?,? (?:where this role|we (?:search|seek|look)|we(?:'re|’re| are) (?:looking|hiring|searching)|suchen wir|is (?:looking|hiring|growing))",
            r"\bdays? (?:a|per|each) week in {names}",
            r"\bon-?site (?:in|at) {names}",
            r"\b(?:client|customer)(?:'s)? site in {names}",
            r"\b(?:our|the) office (?:by|near|at|on|beside) [^.,\n]+? in {names}",
            r"\bjoin us [^.\n]*?\bin {names}",
            r"\b(?:join|in|for|to) (?:our|their|the) {names} ?team\b",
            r"\b(?:to )?be in {names} at least",
            r"\boffice \({names}",
            r"(?:(?m:^)|[.!] ){names} ?office (?:on|in|at|is)\b",
            r"(?m:^)[^\w\n]*office in {names}",
            r"\bbased [^.\n]*?\bin {names}",
            r"\b(?:openings?|positions?|vacanc(?:y|ies)|one) in {names}",
            r"\b(?:studio|company|start-?up|agency|consultancy|firm|shop|team|project|department|desk|(?:seat|role|post|position|job) (?:is|sits))(?: of \d+)?,? (?:based |located )?(?:in|out of) {names}",
            r"\b(?:client|customer) in (?:downtown |central )?{names} (?:needs|seeks|is looking|requires)",
            r"\bat the (?:harbour|airport|port|plant|factory|campus|institute) in {names}",
            r"\b(?:this role sits|you'll be|you’ll be|you will be|you'll sit|based|located|work(?:ing)? on-?site) in {names}",
            r"\b(?:relocate|relocation|move|moving) to {names}",
        ]
        .iter()
        .map(|said| crate::reading::compile(said))
        .collect()
    });
    for said in &*SAID {
        for found in said.captures_iter(prose).take(4) {
            let start = found.get(0).map_or(0, |said| said.start());
            // "Chance to onsite in Osaka"
            if pattern!(r"\b(?:visits?|visiting|travel\w*|trips?|chances?|opportunit\w+)\b[^.\n]{0,16}$")
                .is_match(tail(&prose[..start], 40))
            {
                continue;
            }
            // "in Medellín or Bogotá"
            if let Some(names) = found.get(1) {
                let list = super::mentions::with_more(
                    prose,
                    names.start(),
                    names.start() + names.as_str().trim_end_matches([' ', ',', '.']).len(),
                );
                if list.len() > names.len()
                    && let Some(place) = place_of(list)
                {
                    return string(place, located);
                }
            }
            let words = found[1].trim_end_matches(['.', ',', ' ']);
            let words = words.strip_suffix("'s").or_else(|| words.strip_suffix("’s")).unwrap_or(words);
            // "Vienna We": a sentence may begin behind a place that lost its full stop.
            let shorter = words.rsplit_once(' ').map_or("", |(first, _)| first.trim_end_matches([',', '.']));
            let last = words.rsplit(", ").next().unwrap_or_default();
            if let Some(place) = place_of(words).or_else(|| place_of(shorter)).or_else(|| place_of(last)) {
                return string(place, located);
            }
        }
    }
}

/// The countries and areas that these words name, from where one may work; none if they say anything else. The words may
/// run on behind a stop: the first sentence counts.
pub(in crate::reading) fn areas(words: &str) -> Vec<String> {
    let first = pattern!(r"[.;!] | (?:but|with|and must|so|that|who|only|timezone|time zone)\b")
        .split(words)
        .next()
        .unwrap_or(words);
    let mut found = Located::default();
    string(&format!("Remote, {first}"), &mut found);
    if found.unknown || found.places.iter().any(|place| place.city.is_some()) {
        return Vec::new();
    }
    found.areas
}

/// The countries and areas with which a list begins: "Australia, New Zealand or Singapore and have the right to work".
pub(in crate::reading) fn leading_areas(list: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in
        pattern!(r"\s*(?:[,/&;(]|\bor\b|\band\b)\s*").split(list).filter(|part| !part.trim().is_empty())
    {
        let words: Vec<&str> = part
            .trim_end_matches('.')
            .split_whitespace()
            .skip_while(|word| word.eq_ignore_ascii_case("the"))
            .collect();
        let known = (1..=words.len().min(4)).rev().find_map(|length| {
            let name = words[..length].join(" ");
            let name = name.trim_end_matches(['.', ',']);
            let key = key(name);
            if let Some(area) =
                gazetteer::area(&key).or_else(|| gazetteer::country(&key)).filter(|_| name.len() > 2)
            {
                return Some((length, vec![area.to_owned()]));
            }
            let mut located = Located::default();
            string(&format!("Remote, {name}"), &mut located);
            let city = located.unknown || located.places.iter().any(|place| place.city.is_some());
            // Two letters are a code only in capitals; "in", "or" and "me" are words.
            let word = name.len() <= 2 && name.chars().any(char::is_lowercase);
            (!city && !word && !located.areas.is_empty()).then_some((length, located.areas))
        });
        let Some((length, areas)) = known else { break };
        areas.iter().for_each(|area| push(&mut found, area));
        // A sentence goes on behind the last one.
        if length < words.len() {
            break;
        }
    }
    found
}

/// "Available in the following states: AZ, CA, CO", "we employ in AZ, CA and CO": the words that list states of the US.
pub(in crate::reading) fn states(prose: &str) -> Option<&str> {
    let list = pattern!(
        r"\b(?:states|employ|hire|hiring|live|reside|located|available|open|eligible|residents of)\b[^.\n]{0,30}?:?\s*\(?((?-i:[A-Z]{2})(?:,? (?:and |or )?(?-i:[A-Z]{2})){2,})\b"
    );
    let found = list.captures(prose)?;
    let words = found.get(1)?.as_str();
    words
        .split([',', ' '])
        .filter(|code| !matches!(*code, "" | "and" | "or"))
        .all(|code| gazetteer::region_code(code).iter().any(|(_, country)| *country == "US"))
        .then_some(words)
}

/// The countries among these codes and areas.
pub(in crate::reading) fn countries(from: &[String]) -> Vec<Place> {
    let country = |code: &&String| gazetteer::country_code(code).is_some();
    let place = |code: &String| Place { city: None, region: None, country: Some(code.clone()) };
    from.iter().filter(country).map(place).collect()
}
