//! Finds the skills that a text asks for: longest match from each word start, boundaries, case and context.

use super::catalog::Catalog;
use crate::domain::ids::SkillId;

/// Built once from the catalog, shared by all threads.
#[derive(Debug)]
pub struct Tagger {}

/// One skill found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The skill.
    pub skill: SkillId,
    /// Byte range of the first mention.
    pub span: std::ops::Range<usize>,
    /// Mentioned only as nice to have.
    pub optional: bool,
}

impl Tagger {
    /// Builds the automaton.
    #[must_use]
    pub fn new(_catalog: &Catalog) -> Self {
        todo!()
    }
    /// The skills of a plain text, in the order of first mention, each once. Linear in the text's length.
    #[must_use]
    pub fn tag(&self, _text: &str) -> Vec<Tag> {
        todo!()
    }
    /// The skills of a posting: title, text and the board's own tags (mapped through aliases), minus the company's own
    /// name; those of the title first.
    #[must_use]
    pub fn tag_posting(&self, _title: &str, _text: &str, _tags: &[String], _company: &str) -> Vec<Tag> {
        todo!()
    }
}
