//! Plain words to a filter: `senior rust, remote from Germany or Berlin, 90k EUR+, no agencies, not crypto`.

use super::filter::Filter;
use super::ids::SkillId;
use super::place::Place;

/// What the parser must look up by name; implemented by whoever holds the catalog and the gazetteer.
pub trait Lexicon {
    /// The skill that this name or alias stands for, any case; `None` when it is unknown or too ambiguous
    /// to be meant by a lone word (`go` is meant, `access` is not).
    fn skill(&self, name: &str) -> Option<SkillId>;
    /// The place that these words name (city, region, country, nationality not), any case.
    fn place(&self, words: &str) -> Option<Place>;
    /// The area of [`super::place::AREAS`] or country code that these words name ("europe" → `Europe`).
    fn area(&self, words: &str) -> Option<String>;
    /// A company of the store by this exact name (folded).
    fn company(&self, name: &str) -> Option<String>;
}

/// What plain words were understood as.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Understood {
    /// The filter.
    pub filter: Filter,
    /// Words that were not understood as anything else and became text terms, as typed.
    pub as_text: Vec<String>,
}

/// Reads `query` into a filter. Every word ends up somewhere: in a field, or as text. Never fails.
#[must_use]
pub fn parse(_query: &str, _lexicon: &dyn Lexicon) -> Understood {
    unimplemented!("written by the owner of domain and search")
}
