//! A posting's words to facts: every value is stated by the text or the board, with the words it was read from.

mod agency;
mod asked;
mod days;
mod employment;
mod fields;
mod fold;
mod gazetteer;
mod header;
mod html;
mod language;
pub mod learned;
mod level;
mod mode;
pub(crate) mod names;
mod pay;
mod places;
mod sections;
mod summary;
#[cfg(test)]
mod tests;
mod visa;
mod years;

pub use asked::{Mention, of_spans};
pub use fold::alike;
pub use mode::{MODES, of_window, windows};
pub use places::with_words;

use std::collections::BTreeMap;

use crate::domain::level::WorkMode;
use crate::domain::opening::Facts;
use crate::domain::place::Place;
use crate::domain::posting::{Body, Posting};
use crate::skills::tagger::Tagger;

/// A posting, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The text, plain, lists kept as lines that start with "- ".
    pub description: String,
    /// What was read. Fields of the board come before prose.
    pub facts: Facts,
    /// Two postings with equal keys are the same job: company and title, normalised (legal forms, gender marks,
    /// requisition numbers and place words dropped), without the place.
    pub fold_key: String,
}

/// Reads a posting. Never fails, never panics; linear in the length of the text.
#[must_use]
pub fn read(posting: &Posting, tagger: &Tagger) -> Reading {
    let description = match &posting.body {
        Body::Html(html) => html::to_text(html),
        Body::Text(text) => html::tidy(text),
    };
    let mut facts = facts(posting, &description);
    asked::read(posting, &description, tagger, &mut facts);
    Reading { description, facts, fold_key: fold::key(posting) }
}

/// All facts but the skills.
fn facts(posting: &Posting, description: &str) -> Facts {
    let sections::Sections { job: prose, offered, company } = sections::read(description);
    let header = header::parts(description);
    let fields = fields::Fields::of(description);
    let mut evidence = BTreeMap::new();
    let told = &mut evidence;
    // A field of the board needs no words as evidence; it is the board's own word.
    let level = posting.level.or_else(|| keep(told, "level", level::read(&posting.title, &prose)));
    let employment = posting.employment.or_else(|| {
        keep(
            told,
            "employment",
            employment::read(&posting.title, &posting.locations, &header, &fields, [&prose, &offered]),
        )
    });
    let mut located = places::read(posting, &header, &fields, [&prose, &offered]);
    let work_mode = posting.work_mode.or_else(|| {
        keep(told, "work_mode", mode::read(posting, &located, &header, &fields, [&prose, &offered]))
    });
    match work_mode {
        Some(WorkMode::Remote) => located.narrow_to_choice([&prose, &offered]),
        Some(_) if located.is_silent() => {
            let said = told.get("work_mode").map(String::as_str).unwrap_or_default();
            (located.places, located.words) = places::of_presence([&prose, &offered, &company], said);
        }
        _ => {}
    }
    let remote_from = keep(told, "remote_from", mode::remote_from(posting, work_mode, &located, &prose));
    if located.places.is_empty() {
        // A remote job is in the countries from which it may be done.
        located.places = places::countries(remote_from.as_deref().unwrap_or_default());
    }
    let pay =
        posting.pay.clone().or_else(|| keep(told, "pay", pay::read(posting, &fields, [&prose, &offered])));
    let visa = posting
        .visa
        .or_else(|| keep(told, "visa", visa::read(&header, &fields, [&prose, &offered, &company])));
    let years = keep(told, "years", years::read(&fields, &prose));
    let agency = keep(told, "agency", agency::read(&posting.company, description));
    if !located.words.is_empty() {
        told.insert("places".to_owned(), located.words);
    }
    Facts {
        skills: Vec::new(),
        nice_to_have: Vec::new(),
        level,
        employment,
        work_mode,
        remote_from: remote_from.unwrap_or_default(),
        places: located.places,
        pay,
        visa,
        years,
        agency,
        summary: summary::read(&prose),
        language: posting.language.clone().or_else(|| language::read(description)),
        evidence,
    }
}

/// A value with the words it was read from: the words are kept under the fact's name.
type Read<T> = Option<(T, String)>;

fn keep<T>(evidence: &mut BTreeMap<String, String>, name: &str, read: Read<T>) -> Option<T> {
    let (value, words) = read?;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if !words.is_empty() {
        evidence.insert(name.to_owned(), words.chars().take(160).collect());
    }
    Some(value)
}

/// A pattern that is compiled once; `pattern` is a constant of ours.
macro_rules! pattern {
    ($pattern:expr) => {{
        static PATTERN: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| crate::reading::compile($pattern));
        &*PATTERN
    }};
}

/// One pattern of several; where two begin at one place, the first wins.
macro_rules! any_of {
    [$($pattern:expr),+ $(,)?] => {{
        static PATTERN: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| crate::reading::compile(&[$($pattern),+].join("|")));
        &*PATTERN
    }};
}
use any_of;
use pattern;

/// In any case; `{some}`, `{day}`, `{days}` and `{names}` stand for what is said often.
///
/// Borders of words are those of ASCII: with Unicode's, one curly quote in a text sends the search from its automaton
/// to a simulation that is ten times slower. No word of ours begins or ends with another letter.
fn compile(pattern: &str) -> regex::Regex {
    const SOME: &str = r"(?:[1-4]|one|two|three|four)(?:(?: ?[/–-] ?| to | or )(?:[2-4]|two|three|four))?";
    const DAY: &str = r"(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri)(?:days?|s)?";
    const NAMES: &str = r"((?-i:(?:[A-ZÀ-Ž][a-zA-ZÀ-ž'’.-]+,? ?){1,4}))";
    const DAYS: &str =
        "{day}(?:(?:,? ?(?:and|or|to|till|until|through|thru|plus|&|[+]|/|-|–),? ?|, ?){day})*";
    let pattern = pattern
        .replace("{some}", SOME)
        .replace("{days}", DAYS)
        .replace("{day}", DAY)
        .replace("{names}", NAMES);
    let pattern = pattern.replace(r"\b", r"(?-u:\b)");
    regex::Regex::new(&format!("(?i){pattern}")).expect("our patterns are tried by tests")
}

/// The place that these words name (a city, region or country, any case), for filters and options.
#[must_use]
pub fn place(words: &str) -> Option<Place> {
    places::named(words)
}

/// The sentences of a text, for the bench that learns from them.
pub fn sentences_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(sections::sentences)
}

/// The area of `domain::place::AREAS`, or the ISO country code, that these words name.
#[must_use]
pub fn area(words: &str) -> Option<String> {
    gazetteer::area(&gazetteer::key(words))
        .map(str::to_owned)
        .or_else(|| gazetteer::country(&gazetteer::key(words)).map(str::to_owned))
}
