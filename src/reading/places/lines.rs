//! Places in the lines of a text that hold little else: labelled lines, the first line, and one of the next.

use super::mentions::of_mentions;
use super::said::of_prose;
use super::{Located, string};
use crate::reading::fields::{Fields, Label};
use crate::reading::gazetteer::{self, key};
use crate::reading::pattern;

/// "Location: Praha 8 - Karlín": all lines that say where the work is.
pub(super) fn of_fields(fields: &Fields<'_>, located: &mut Located) {
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
pub(super) fn of_header(header: &[&str], located: &mut Located) {
    // "Headquarters: Halifax" says where the company is.
    if header.iter().any(|part| pattern!(r"^(?:headquarters|hq)$").is_match(part)) {
        return;
    }
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
pub(super) fn of_first_lines(prose: &str, located: &mut Located) {
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
pub(super) fn place_of(part: &str) -> Option<&str> {
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
pub(super) fn clean(text: &str) -> Option<Located> {
    let mut found = Located::default();
    string(text, &mut found);
    // Two letters alone may be anything: "MD/DO".
    let spelled = found.places.iter().any(|place| place.city.is_some())
        || text.chars().filter(|c| c.is_lowercase()).count() >= 4
        || pattern!(r"\b(?-i:US|USA|UK|EU|UAE)\b").is_match(text);
    let known = !found.places.is_empty() || (found.remote && !found.areas.is_empty());
    (known && spelled && !found.unknown).then_some(found)
}
