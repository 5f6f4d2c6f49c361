//! The lines of a posting: which sections count in full, which name only what is nice to have, and which nothing.

use super::scan::Spot;
use super::wishes;
use std::borrow::Cow;
use std::ops::Range;

/// How much a line of text says about what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// An ordinary line.
    Full,
    /// Under a heading such as "Nice to have".
    Optional,
    /// Benefits, company blurb, legal text.
    None,
}

/// One line, without its line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) range: Range<usize>,
    pub(super) weight: Weight,
    /// The heading over it; empty where there is none.
    pub(super) heading: Range<usize>,
}

/// A heading is no longer than this, in bytes.
const HEADING: usize = 70;
/// A line of fewer bytes that begins as a heading of a section without weight is one, however it is set.
const SHORT: usize = 40;
/// Sections without weight end here at the latest, in bytes: a heading behind them may have been missed.
const LONGEST_BLANK: usize = 2500;

/// Headings of sections without weight begin so.
const NOTHING: [&str; 22] = [
    "not needed",
    "not required",
    "what we don't need",
    "what you don't need",
    "about us",
    "about the company",
    "about our company",
    "who we are",
    "our company",
    "company overview",
    "benefits",
    "our benefits",
    "perks",
    "compensation and benefits",
    "compensation & benefits",
    "what we offer",
    "we offer",
    "why join us",
    "why you'll love working here",
    "equal opportunity",
    "equal employment",
    "diversity",
];

/// Lines that begin so open a section even where nothing marks them as headings.
const ASKING: [&str; 19] = [
    "who you are",
    "who we are looking for",
    "who we're looking for",
    "who are you",
    "requirements",
    "responsibilities",
    "qualifications",
    "what you",
    "what will you",
    "you ",
    "your ",
    "the role",
    "about the role",
    "job ",
    "skills",
    "must have",
    "tech stack",
    "our stack",
    "minimum",
];

/// Splits `text` and weighs each line by the heading over it.
pub(super) fn lines(text: &str, wishes: &[Spot<()>]) -> Vec<Line> {
    // About as many as postings hold.
    let mut found = Vec::with_capacity(text.len() / 40);
    let mut weight = Weight::Full;
    let mut over = 0..0;
    let mut since = 0;
    let mut after_gap = true;
    let mut listed = false;
    let mut start = 0;
    let mut wishes = wishes.iter();
    let mut next_wish = wishes.next();
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let range = start..end;
        let line = &text[range.clone()];
        start = end + 1;
        let trimmed = line.trim();
        let mut wish = None;
        while let Some(next) = next_wish.filter(|next| next.start < range.end) {
            wish = wish.or(Some(next.end));
            next_wish = wishes.next();
        }
        if !trimmed.is_empty() {
            if let Some(new) = heading(trimmed, after_gap, listed, wish.is_some(), weight) {
                weight = new;
                over = range.clone();
                since = range.start;
                listed = false;
            } else if is_bullet(trimmed) {
                listed = true;
            } else if weight == Weight::Optional && listed && after_gap {
                // The list is over; a paragraph of its own begins.
                weight = Weight::Full;
                over = 0..0;
            } else if weight == Weight::None && range.start - since > LONGEST_BLANK {
                weight = Weight::Full;
            }
        }
        after_gap = trimmed.is_empty();
        let first = line.bytes().find(u8::is_ascii_alphanumeric).unwrap_or_default() | 0x20;
        let aside = range.start + if opens_aside(first) { aside(line) } else { 0 };
        if aside > range.start {
            found.push(Line { range: range.start..aside, weight: Weight::None, heading: 0..0 });
        }
        let weight = match weight {
            _ if is_code(trimmed) => Weight::None,
            Weight::Full
                if (wish.is_some() || wishes::opens_alone(first))
                    && wishes::is_labelled(text, aside..range.end, wish) =>
            {
                Weight::Optional
            }
            weight => weight,
        };
        found.push(Line { range: aside..range.end, weight, heading: over.clone() });
    }
    found
}

/// A line of a script, which some post on how to filter such posts: `hideAllExcept(/\b(Rust)\b/i);`
fn is_code(line: &str) -> bool {
    line.ends_with(';')
        && ["(/", "()", "(\"", "('"].iter().any(|call| line.contains(call))
        && !line.contains(' ')
}

/// Where the sentence ends with which a line begins and that says nothing of the job: "Perks: a chef on site. The work:".
fn aside(line: &str) -> usize {
    let Some(colon) = memchr::memchr(b':', &line.as_bytes()[..line.len().min(SHORT + 1)]) else { return 0 };
    let opening = line[..colon].trim_start_matches(|c: char| !c.is_alphanumeric());
    if !ASIDES.iter().any(|start| starts_with(opening, start)) {
        return 0;
    }
    line[colon..].find(". ").map_or(line.len(), |end| colon + end + 1)
}

/// Whether one of [`ASIDES`] begins with this small letter.
fn opens_aside(letter: u8) -> bool {
    matches!(letter, b'b' | b'h' | b'o' | b'p' | b't' | b'w')
}

/// Sentences that begin so, with a colon soon behind, say nothing of the job.
const ASIDES: [&str; 8] = [
    "benefits",
    "our benefits",
    "perks",
    "our perks",
    "office perks",
    "we offer",
    "how to apply",
    "to apply",
];

/// The weight that a heading gives to what follows it; `None` for a line that is no heading.
fn heading(line: &str, after_gap: bool, listed: bool, wish: bool, now: Weight) -> Option<Weight> {
    if line.len() > HEADING {
        return None;
    }
    let marked = match line.as_bytes() {
        [b'#' | b'=', ..] | [.., b':' | b'='] | [b'*', _, .., b'*'] => true,
        [.., b'?'] => line.split_whitespace().count() <= 6,
        _ => false,
    };
    // Most short lines are items of lists.
    if !marked && is_bullet(line) {
        return None;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let alone = after_gap
        && !line.ends_with(['.', ',', ';', '!', '?'])
        && bare.starts_with(char::is_uppercase)
        && bare.split_whitespace().count() <= 8
        && !bare.contains(',');
    let after_list = listed
        && bare.starts_with(char::is_uppercase)
        && bare.len() < SHORT
        && !line.ends_with(['.', ',', ';', '!'])
        && (wish || wishes::is_alone(bare));
    if !(marked || alone || after_list || now == Weight::None || bare.len() < SHORT) {
        return None;
    }
    let mut plain = Cow::Borrowed(bare);
    if plain.contains('\u{2019}') {
        plain = Cow::Owned(plain.replace('\u{2019}', "'"));
    }
    let opens = |starts: &[&str]| starts.iter().any(|start| starts_with(&plain, start));
    if !(marked
        || alone
        || after_list
        || (now == Weight::None && opens(&ASKING))
        || (bare.len() < SHORT && opens(&NOTHING)))
    {
        return None;
    }
    Some(if opens(&NOTHING) && !opens(&ASKING) {
        Weight::None
    } else if wish || wishes::is_alone(&plain) {
        Weight::Optional
    } else {
        Weight::Full
    })
}

/// Whether a text begins with these letters, in any case.
fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|first| first.eq_ignore_ascii_case(start))
}

pub(super) fn is_bullet(line: &str) -> bool {
    match line.as_bytes() {
        [b'*', b'*', ..] => false,
        [b'-' | b'*' | b'+' | b'>' | b'~', ..] => true,
        [first, ..] if first.is_ascii() => false,
        _ => line.starts_with(['•', '·', '–', '→', '✔', '✓', '✅', '▪', '●', '‣', '◦', '➤']),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::super::cues::Cue;
    use super::super::patterns::Patterns;
    use super::super::scan;
    use super::*;
    use crate::skills::catalog::Catalog;

    static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(&Catalog::load(None).unwrap()));

    fn lines(text: &str) -> Vec<Line> {
        super::lines(text, scan::scan(&PATTERNS, text).cues(Cue::Wish))
    }

    fn weights(text: &str) -> Vec<Weight> {
        lines(text).into_iter().map(|line| line.weight).collect()
    }

    #[test]
    fn headings_weigh_what_follows_them() {
        use Weight::{Full, None, Optional};
        assert_eq!(
            weights(
                "Requirements:\n- Rust\nNice to have:\n- Go\n\nBenefits\n- Free access\nWhat you will do\n- C++"
            ),
            [Full, Full, Optional, Optional, Optional, None, None, Full, Full]
        );
    }

    #[test]
    fn an_ordinary_sentence_is_no_heading() {
        assert_eq!(
            weights("We offer Rust work to people who like it, and a bonus.\nGo is a plus."),
            [Weight::Full; 2]
        );
    }

    #[test]
    fn a_sentence_about_perks_is_none_about_the_job() {
        let text = "Perks: a chef on site, each day. You write Go and Rust with us.\nBenefits:\nPython";
        let shown: Vec<_> = lines(text).into_iter().map(|line| (&text[line.range], line.weight)).collect();
        assert_eq!(
            shown[..2],
            [
                ("Perks: a chef on site, each day.", Weight::None),
                (" You write Go and Rust with us.", Weight::Full)
            ]
        );
        assert_eq!(shown.last(), Some(&("Python", Weight::None)));
    }

    #[test]
    fn a_line_of_a_script_asks_for_nothing() {
        assert_eq!(weights("hideAllExcept(/\\b(Rust)\\b/i);\nJava(Spring);"), [Weight::None, Weight::Full]);
    }

    #[test]
    fn lines_cover_the_text_without_their_ends() {
        let text = "a\n\nbc\r\n";
        let shown: Vec<&str> = lines(text).into_iter().map(|line| &text[line.range]).collect();
        assert_eq!(shown, ["a", "", "bc\r", ""]);
    }
}
