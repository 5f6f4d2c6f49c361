//! The skills that a posting asks for, told from those that would be nice, each with the words around its first mention.

use std::ops::Range;

use crate::domain::opening::Facts;
use crate::domain::posting::Posting;
use crate::domain::text::{head, tail};
use crate::skills::tagger::Tagger;

/// Bytes of a sentence that are kept on each side of a name.
const BESIDE: usize = 50;

/// Where a point or a sentence ends.
const ENDS: [char; 3] = ['\n', '•', ';'];

/// Fills in skills, what is nice to have, and the evidence of both.
pub(super) fn read(posting: &Posting, description: &str, tagger: &Tagger, facts: &mut Facts) {
    let mut tags = tagger.tag_posting(&posting.title, description, &posting.tags, &posting.company);
    // What is asked for stands before what would be nice.
    tags.sort_by_key(|tag| tag.optional);
    for tag in &tags {
        // The board's own tags need no words, as its fields need none.
        if !tag.span.is_empty() {
            let text = if tag.in_title { &posting.title } else { description };
            facts.evidence.insert(Facts::skill_key(tag.skill), around(text, tag.span.clone()).to_owned());
        }
    }
    facts.nice_to_have = tags.iter().filter(|tag| tag.optional).map(|tag| tag.skill.clone()).collect();
    facts.skills = tags.into_iter().map(|tag| tag.skill.clone()).collect();
}

/// The sentence or point in which `span` stands, of a long one the words beside it.
fn around(text: &str, span: Range<usize>) -> &str {
    let before = tail(&text[..span.start], BESIDE);
    let behind = head(&text[span.end..], BESIDE);
    let mut left = before.rsplit(ENDS).next().unwrap_or_default().rsplit(". ").next().unwrap_or_default();
    let mut right = behind.split(ENDS).next().unwrap_or_default().split(". ").next().unwrap_or_default();
    // Cut within a sentence: the outermost word may be half a one.
    if left.len() == before.len() && before.len() < span.start {
        left = left.split_once(' ').map_or("", |(_, words)| words);
    }
    if right.len() == behind.len() && span.end + behind.len() < text.len() {
        right = right.rsplit_once(' ').map_or("", |(words, _)| words);
    }
    text[span.start - left.len()..span.end + right.len()].trim_start_matches(['-', '*', ' ']).trim()
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_those_of_the_point() {
        let text = "About us • You write Rust daily; and more\n- A sentence that goes on for a long while before it comes to the point, which is Kafka in the middle, and then goes on again for a while.";
        let around = |name: &str| {
            let start = text.find(name).unwrap();
            super::around(text, start..start + name.len())
        };
        assert_eq!(around("Rust"), "You write Rust daily");
        assert_eq!(
            around("Kafka"),
            "while before it comes to the point, which is Kafka in the middle, and then goes on again for a"
        );
        assert_eq!(super::around("Rust", 0..4), "Rust");
    }
}
