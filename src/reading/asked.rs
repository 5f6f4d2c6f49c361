//! The skills that a posting asks for, told from those that would be nice, each with the words around its first mention.

use std::ops::Range;
use std::sync::LazyLock;

use super::learned::{Weights, Word, around, words};
use super::sections::sentences;
use crate::domain::opening::Facts;
use crate::domain::posting::Posting;
use crate::domain::text::{head, tail};
use crate::skills::tagger::{Demand, Tagger};

/// Bytes of a sentence that are kept on each side of a name.
const BESIDE: usize = 50;
/// Where a point or a sentence ends.
const ENDS: [char; 3] = ['\n', '•', ';'];
/// So sure the model must be that a name is not asked of the reader: the sum of its weights; 0 is as likely as not.
const SURE: f32 = 1.0;
/// And that it is only nice to have.
const SURE_NICE: f32 = 1.0;
/// Words of a heading that are looked at.
const UNDER: usize = 6;
/// A line of more bytes is no heading.
const HEADING: usize = 50;

/// Fills in skills, what is nice to have, and the evidence of both.
pub(super) fn read(posting: &Posting, description: &str, tagger: &Tagger, facts: &mut Facts) {
    let judge = |spans: &[Range<usize>]| judge(description, spans);
    let mut tags = tagger.tag_posting_if(&posting.title, description, &posting.tags, &posting.company, judge);
    // What is asked for stands before what would be nice.
    tags.sort_by_key(|tag| tag.optional);
    for tag in &tags {
        // The board's own tags need no words, as its fields need none.
        if !tag.span.is_empty() {
            let text = if tag.in_title { &posting.title } else { description };
            facts.evidence.insert(Facts::skill_key(tag.skill), quoted(text, tag.span.clone()).to_owned());
        }
    }
    facts.nice_to_have = tags.iter().filter(|tag| tag.optional).map(|tag| tag.skill.clone()).collect();
    facts.skills = tags.into_iter().map(|tag| tag.skill.clone()).collect();
}

/// What each mention of a skill asks of the reader: nothing where it is the company's story or another team's work.
fn judge(text: &str, spans: &[Range<usize>]) -> Vec<Demand> {
    static WEIGHTS: LazyLock<Weights<2>> =
        LazyLock::new(|| Weights::of(include_str!("../../config/reading/asked.tsv")));
    let demand = |(words, under): &Mention<'_>| match WEIGHTS.sums(words, under) {
        [other, _] if other > SURE => Demand::None,
        [_, nice] if nice > SURE_NICE => Demand::Nice,
        _ => Demand::Asked,
    };
    of_spans(text, spans).iter().map(demand).collect()
}

/// The words around a mention, where it stands as `@this`, and those of the heading that it stands under.
pub type Mention<'t> = (Vec<Word<'t>>, Vec<[Word<'t>; 2]>);

/// The words around each mention at `spans`, which stand in order; other mentions are `@skill`.
#[must_use]
pub fn of_spans<'t>(text: &'t str, spans: &[Range<usize>]) -> Vec<Mention<'t>> {
    let mut out = Vec::with_capacity(spans.len());
    let mut left = spans;
    let (mut at, mut heading) = (0, "");
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        for sentence in sentences(line) {
            let end = at + sentence.len();
            let (here, rest) = left.split_at(left.iter().take_while(|span| span.start < end).count());
            left = rest;
            if !here.is_empty() {
                of_sentence(sentence, at, here, heading, &mut out);
            }
            at = end;
        }
        if !bare.is_empty() && bare.len() <= HEADING && !bare.ends_with('.') && !is_point(bare) {
            heading = bare;
        }
    }
    out
}

fn of_sentence<'t>(
    sentence: &'t str,
    start: usize,
    spans: &[Range<usize>],
    heading: &'t str,
    out: &mut Vec<Mention<'t>>,
) {
    let mut marks: Vec<(Range<usize>, &'static str)> = Vec::with_capacity(spans.len());
    // Of each mention the number of its mark: two skills may share their words.
    let mut marked = Vec::with_capacity(spans.len());
    for span in spans {
        let inside = span.start - start..(span.end - start).min(sentence.len());
        if marks.last().is_none_or(|(last, _)| last.end <= inside.start) {
            marks.push((inside, "@skill"));
        }
        marked.push(marks.len() - 1);
    }
    let mut all = words(sentence, &marks);
    let mut under: Vec<[Word<'_>; 2]> =
        words(heading, &[]).into_iter().take(UNDER).map(|word| [Word::mark("@under"), word]).collect();
    if is_point(sentence.trim_start()) {
        under.push([Word::mark("@under"), Word::mark("@point")]);
    }
    let places: Vec<usize> = (0..all.len()).filter(|at| all[*at] == Word::mark("@skill")).collect();
    for mark in marked {
        let at = places[mark];
        all[at] = Word::mark("@this");
        out.push((around(&all, at).to_vec(), under.clone()));
        all[at] = Word::mark("@skill");
    }
}

fn is_point(line: &str) -> bool {
    line.starts_with(['-', '*', '•', '·', '✔', '▪', '→', '>'])
}

/// The sentence or point in which `span` stands, of a long one the words beside it.
fn quoted(text: &str, span: Range<usize>) -> &str {
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
        let quoted = |name: &str| {
            let start = text.find(name).unwrap();
            super::quoted(text, start..start + name.len())
        };
        assert_eq!(quoted("Rust"), "You write Rust daily");
        assert_eq!(
            quoted("Kafka"),
            "while before it comes to the point, which is Kafka in the middle, and then goes on again for a"
        );
        assert_eq!(super::quoted("Rust", 0..4), "Rust");
    }
}
