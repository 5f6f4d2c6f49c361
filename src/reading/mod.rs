//! A posting's words to facts: every value is stated by the text or the board, with the words it was read from.

use crate::domain::opening::Facts;
use crate::domain::place::Place;
use crate::domain::posting::Posting;
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
pub fn read(_posting: &Posting, _tagger: &Tagger) -> Reading {
    todo!()
}

/// The place that these words name (a city, region or country, any case), for filters and options.
#[must_use]
pub fn place(_words: &str) -> Option<Place> {
    todo!()
}

/// The area of `domain::place::AREAS`, or the ISO country code, that these words name.
#[must_use]
pub fn area(_words: &str) -> Option<String> {
    todo!()
}
