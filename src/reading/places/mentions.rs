//! Cities that a text mentions anywhere, weighed by the words around them: the last resort for where the work is.

use std::sync::LazyLock;

use super::atoms::EVERYDAY;
use super::context::by_context;
use super::{Located, string};
use crate::domain::place::Place;
use crate::domain::text::{head, tail};
use crate::reading::gazetteer::{self, key};
use crate::reading::learned::{Weights, Word, around, words};
use crate::reading::pattern;
use crate::reading::sections::sentences;

/// Words of a city's name at most.
const WORDS: usize = 4;
/// What a sentence says of a city stands within this many bytes.
const NEAR: usize = 70;
/// No text mentions more cities that matter: the cost stays bounded whatever a feed sends.
const MOST: usize = 60;
/// What a mention must weigh at least.
const ENOUGH: f32 = 2.0;
/// And where one must be somewhere.
const SOME: f32 = 0.0;
/// What the model's word counts beside the other weights.
const LEARNED: f32 = 1.0;

/// The cities with the most weight; several if they stand in one list.
pub(super) fn of_mentions(prose: &str, located: &mut Located) {
    if let Some(words) = heaviest(prose, ENOUGH, "") {
        string(words, located);
    }
}

/// Where one must be for a job that is not remote: some city is meant, so that less must speak for it, and most of all
/// the sentence that says so, of which `told` is a part, or the other way about.
pub(in crate::reading) fn of_presence(texts: [&str; 3], told: &str) -> (Vec<Place>, String) {
    let words = texts.into_iter().find_map(|text| heaviest(text, SOME, told));
    let mut located = Located::default();
    words.inspect(|words| string(words, &mut located));
    by_context(&mut located, "", [texts[0], texts[1]]);
    (located.places, located.words)
}

/// The words that name the cities with the most weight, if that is enough.
fn heaviest<'t>(prose: &'t str, enough: f32, told: &str) -> Option<&'t str> {
    let mut best: Option<(f32, u32, &str)> = None;
    let mentions = prose.lines().flat_map(sentences).flat_map(|sentence| {
        with_words(sentence).into_iter().map(move |(start, end, said)| (sentence, start, end, said))
    });
    for (sentence, start, end, said) in mentions.take(MOST) {
        let mut weight = weight(sentence, start, end) as f32 + LEARNED * WORK.sums(&said, &[])[0];
        if !told.is_empty() && (sentence.contains(told) || told.contains(sentence.trim())) {
            weight += 2.0;
        }
        let people = gazetteer::cities(&key(&sentence[start..end])).first().map_or(0, |city| city.people);
        // An address ends with its city: "Binh Thanh district, Ho Chi Minh".
        let like = |most: f32| (weight - most).abs() < 0.5;
        if weight >= enough
            && best.is_none_or(|(most, known, _)| if like(most) { people > known * 4 } else { weight > most })
        {
            best = Some((weight, people, with_more(sentence, start, end)));
        }
    }
    best.map(|(.., words)| words)
}

static WORK: LazyLock<Weights<1>> =
    LazyLock::new(|| Weights::of(include_str!("../../../config/reading/places.tsv")));

/// The cities that a sentence mentions, each with the words around it, where it stands as `@this`.
#[must_use]
pub fn with_words(sentence: &str) -> Vec<(usize, usize, Vec<Word<'_>>)> {
    let cities = mentions(sentence);
    let marks: Vec<_> = cities.iter().map(|(start, end)| (*start..*end, "@city")).collect();
    let mut all = words(sentence, &marks);
    let places: Vec<usize> = (0..all.len()).filter(|at| all[*at] == Word::mark("@city")).collect();
    let mut of_one = |at: usize| {
        all[at] = Word::mark("@this");
        let words = around(&all, at).to_vec();
        all[at] = Word::mark("@city");
        words
    };
    cities.into_iter().zip(places).map(|((start, end), at)| (start, end, of_one(at))).collect()
}

/// Where the names of cities stand, the longest from each capital.
pub(in crate::reading) fn mentions(sentence: &str) -> Vec<(usize, usize)> {
    let words: Vec<_> = pattern!(r"[\p{L}'’.-]+").find_iter(sentence).map(|word| word.range()).collect();
    let mut found = Vec::new();
    let mut covered = 0;
    for (at, first) in words.iter().enumerate() {
        if first.start < covered || !sentence[first.clone()].starts_with(char::is_uppercase) {
            continue;
        }
        let ahead = &words[at..words.len().min(at + WORDS)];
        let longest = (1..=ahead.len()).rev().find_map(|count| {
            let words = &ahead[..count];
            let single = words.windows(2).all(|pair| pair[1].start == pair[0].end + 1);
            let end = words[count - 1].end;
            let name = sentence[first.start..end].trim_end_matches(['.', '\'', '’', '-']);
            let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
            // "Leipzig-Plagwitz"
            let name = if count == 1 && !is_city(name) { with_quarter(name) } else { name };
            (single && name.len() > 2 && is_city(name)).then_some((first.start + name.len(), at + count))
        });
        if let Some((end, next)) = longest {
            // "Le Van Luong", "Paris Saint-Germain": a part of another name.
            let capital = |word: Option<&std::ops::Range<usize>>| {
                word.is_some_and(|word| sentence[word.clone()].starts_with(char::is_uppercase))
            };
            let before = at
                .checked_sub(1)
                .and_then(|before| words.get(before))
                .filter(|word| word.end + 1 == first.start && word.start > 0)
                // "South Jakarta"
                .filter(|word| {
                    !pattern!(r"^(?:north|south|east|west|central|downtown|inner|metro|greater|old)$")
                        .is_match(&sentence[(*word).clone()])
                });
            let behind = words.get(next).filter(|word| word.start == end + 1);
            let known = behind.is_some_and(|word| {
                pattern!(r"^(?:office|hq|hub|team|campus|site|studio|area|metro|[a-z]{2})$")
                    .is_match(&sentence[word.clone()])
            });
            // "in Zurich Altstetten": a quarter of a large city.
            let large = sentence[..first.start].ends_with(" in ")
                && gazetteer::cities(&key(&sentence[first.start..end]))
                    .first()
                    .is_some_and(|city| city.people >= 400);
            if capital(before) || (capital(behind) && !known && !large) {
                covered = end;
                continue;
            }
            found.push((first.start, end));
            covered = end;
        }
    }
    found
}

/// The large city of which the name behind its hyphen is a quarter.
fn with_quarter(name: &str) -> &str {
    let city = name.split('-').next().unwrap_or(name);
    let large = gazetteer::cities(&key(city)).first().is_some_and(|city| city.people >= 200);
    if large { city } else { name }
}

fn is_city(name: &str) -> bool {
    let key = key(name);
    !EVERYDAY.contains(&key.as_str())
        && gazetteer::cities(&key).first().is_some_and(|city| city.people >= 30)
        && gazetteer::country(&key).is_none_or(|country| country == "SG")
}

/// How much the words around a city say that the work is there.
fn weight(sentence: &str, start: usize, end: usize) -> i32 {
    let before = tail(&sentence[..start], NEAR);
    let list = with_more(sentence, start, end);
    let behind = head(&sentence[start + list.len()..], NEAR);
    // Three and more are a list of offices.
    let places = pattern!(r", (?-i:\p{Lu}\p{Ll})| or | and |/|&").find_iter(list).count();
    let mut weight = if places > 1 { -2 } else { 0 };
    // "our office in", "the Town Hall in", "based in downtown"
    if pattern!(r"\b(?:office|hub|site|studio|lab|campus|plant|factory|cent(?:er|re)|workshop|warehouse|building|hall|location|yard|branch)(?: \S+){0,3} (?:in|at|near|of|on|next to)(?: \S+ of)? (?:downtown |central |the heart of )?$").is_match(before) {
        weight += 2;
    }
    if pattern!(r"\b(?:based|located|situated|on[ -]?site|in person|hybrid|in-office|relocate|commut\w+|comes?|joins?|with us|sit(?:s|ting)?|role|position|job|work\w*|liv(?:e|ing)|team|hiring|looking|seek\w*|needs?|near|close|enough)(?: \S+){0,4} (?:in|at|to|from|out of|near) (?:downtown |central |the heart of |either |our |the )*(?:(?-i:\p{Lu})[\p{L}.'’-]+, )?$").is_match(before) {
        weight += 2;
    }
    // "the Toronto hub", "Alameda, California hangar"
    if pattern!(r"^(?:,? \p{Lu}[\p{L}.]+){0,2} (?:offices?|hub|site|studio|campus|hq|headquarters|hangar|plant|factory|lab|warehouse|team|folks)\b").is_match(behind) {
        weight += 2;
    }
    if pattern!(r"\b(?:on[ -]?site|hybrid|in person|in-person|days? (?:a|per|each) week|come in|in the office|at the office|full[ -]time|where you(?:'|’)d)\b").is_match(sentence) {
        weight += 1;
    }
    // "in our Collins Street office, Melbourne", "in the west of Tokyo", "made by six people in Da Nang"
    if pattern!(r"\b(?:office|studio|workshop|lab|hall|building|site|campus|hq|headquarters)\)?, $|\b(?:north|south|east|west|cent(?:er|re)|heart|middle|outskirts|edge|side) of $|\b(?:people|of us|everyone|everybody|all|whole team) (?:is |are |sits? |works? )?in $|@ ?$").is_match(before) {
        weight += 2;
    }
    if pattern!(r"\boffices are in $").is_match(before) {
        weight += 4;
    }
    // An address: "8th Floor, 3 Nguyen Luong Bang, District 7, Ho Chi Minh"
    if pattern!(r"\b\d+ (?:(?-i:\p{Lu})[\p{L}.'’-]+ ){1,4}[^,;]{0,16}, $|\b(?:rue|calle|via|avenida|\p{L}+(?:straße|strasse|gasse|laan|straat)) [^,;]{0,30}, $").is_match(before) {
        weight += 3;
    } else if pattern!(r"\b(?:floor|street|str\.|road|avenue|district|ward|building|tower|park|plaza|zip)\b")
        .is_match(before)
        && pattern!(r"\d").is_match(before)
    {
        weight += 2;
    }
    if pattern!(r"\b(?:location|place|workplace|where|site|office)\b\W{1,3}$").is_match(before) {
        weight += 3;
    }
    // A line of its own: "Palo Alto, CA and Waterloo, ON (two offices)."
    if start == 0 && list.contains(", ") && sentence[list.len()..].trim_start().starts_with(['(', '–', '—'])
    {
        weight += 2;
    }
    if pattern!(r"\b(?:headquarters|hq)\b[^.;:]{0,20}$").is_match(before) {
        weight -= 1;
    }
    // "For our Group Finance in Vienna we search", "in Tel Aviv on Sunday, Tuesday"
    if pattern!(r"^,? (?:we (?:search|seek|look|are|hire|need|want)|is (?:looking|hiring|seeking|searching)|suchen|sucht|on {day})\b").is_match(behind) {
        weight += 2;
    }
    if pattern!(r"\b(?:our|the) (?:[\p{L}&/-]+ ){1,5}(?:stream|crew|unit|function|department|squad|group|finance|division) in $").is_match(before) {
        weight += 2;
    }
    if pattern!(r"\b(?:comes? from|came from|(?:with|tell|talk|report\w*|alongside)\b[^.;:]{0,25} teams? in|colleagues (?:in|from)|(?:gave up|closed|left) (?:the|our))[^.;:]{0,20}$").is_match(before) {
        weight -= 3;
    }
    // Other places of the company, and places in its story.
    if pattern!(r"\b(?:customers?|clients?|users?|investors?|funds?|funded|founded|born|raised|markets?|partners?|serv(?:e|es|ing)|stores?|shops?|schools|visits?|travel\w*|trips?|shuttle|university|studied|colleagues|other|also|launch\w*|expand\w*|opening|opened|moved from|between|(?:one|two|three|some|others) (?:in|at)|headquartered|opportunit\w*|training|meet-?ups?|left|quit|whether|asked|off-?sites?|once a (?:year|quarter)|quarterly|yearly|time ?zone|led by|law)\b[^.;:]{0,50}$").is_match(before) {
        weight -= 3;
    }
    if pattern!(
        r"^(?:,? \p{Lu}[\p{L}.]+)* (?:law|time|university|marathon|stock|exchange|based (?:fund|investors))\b"
    )
    .is_match(behind)
    {
        weight -= 3;
    }
    weight
}

/// The city with what narrows it, and with others of its list: "Grand Rapids, MI or Fort Wayne, IN".
pub(super) fn with_more(sentence: &str, start: usize, end: usize) -> &str {
    let rest = &sentence[end..];
    let more = pattern!(
        r"^(?:(?:, ?| or | and | / ?|/| & )(?-i:\p{Lu})[\p{L}.'’-]*(?: (?-i:\p{Lu})[\p{L}.'’-]+){0,2})*"
    )
    .find(rest)
    .map_or(0, |more| more.end());
    sentence[start..end + more].trim_end_matches(['.', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        let mut located = Located::default();
        of_mentions(text, &mut located);
        located.places.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn the_office_speaks_for_a_city_and_customers_against_it() {
        assert_eq!(of("We have customers in Paris. You'd be with us in Tallinn on Mondays."), "Tallinn, EE");
        assert_eq!(of("We all work out of our canal-side office in Utrecht."), "Utrecht, NL");
        assert_eq!(of("8th Floor, 3 Nguyen Luong Bang, District 7, Ho Chi Minh"), "Ho Chi Minh City, VN");
        assert_eq!(
            of("Based in either Grand Rapids, MI or Fort Wayne, IN."),
            "Grand Rapids, MI, US; Fort Wayne, IN, US"
        );
        assert_eq!(of("We gave up the Dublin office last summer."), "");
        assert_eq!(of("Since 1921 we have built boilers in Munich, Brno and Győr."), "");
        assert_eq!(of("Ask for Paris Jackson at the office."), "");
    }
}
