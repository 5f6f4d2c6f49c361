//! Linear models of words, learned from texts written for this project: what a sentence says though no pattern knows its
//! wording.
//!
//! Their weights stand in `config/reading`; `cargo bench --bench learn` makes them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::pattern;
use crate::domain::text::fold;

/// Words in a row that count as one feature, at most.
const RUN: usize = 3;
/// Words on either side of a mention that are looked at.
const BESIDE: usize = 12;

/// A word of a text as the models see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'t> {
    kind: Kind<'t>,
    /// Stands for its name.
    number: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind<'t> {
    /// A word or a sign; case and accents do not count.
    Said(&'t str),
    /// "3", "10:30", "five".
    Number,
    /// A day of the week.
    Day,
    /// What a mark calls it: `@city`, `@skill`, `@this`.
    Mark(&'static str),
}

impl<'t> Word<'t> {
    /// What stands for a part of a text.
    #[must_use]
    pub fn mark(name: &'static str) -> Self {
        Self::of(Kind::Mark(name))
    }

    fn of(kind: Kind<'t>) -> Self {
        let number = match kind {
            // Without making the name where letters are plain.
            Kind::Said(word) if word.is_ascii() => {
                number_of(word.bytes().map(|byte| byte.to_ascii_lowercase()))
            }
            Kind::Mark(name) => number_of(name.bytes()),
            kind => number_of(kind.name().bytes()),
        };
        Self { kind, number }
    }
}

impl Kind<'_> {
    /// The word as it stands in the tables.
    fn name(self) -> String {
        match self {
            Self::Said(word) => fold(word).replace('’', "'"),
            Self::Number => "#".to_owned(),
            Self::Day => "@day".to_owned(),
            Self::Mark(name) => name.to_owned(),
        }
    }
}

/// FNV-1a: short words are numbered faster than by anything of more care.
fn number_of(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes
        .fold(0xcbf2_9ce4_8422_2325, |number, byte| (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The number of words in a row, from their numbers.
fn number_of_run(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0, |run: u64, word| (run.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The weights of words and runs of words, `N` for each.
pub(super) struct Weights<const N: usize> {
    of_all: [f32; N],
    of_runs: HashMap<u64, [f32; N], BuildHasherDefault<Numbered>>,
}

impl<const N: usize> Weights<N> {
    /// Reads a table: words and their weights in columns; the row without a word holds for all texts.
    pub(super) fn of(table: &str) -> Self {
        let mut all = Self { of_all: [0.0; N], of_runs: HashMap::default() };
        for line in table.lines().filter(|line| !line.starts_with("//")) {
            let Some((words, weights)) = line.split_once('\t') else { continue };
            let mut weights = weights.split('\t').map(|weight| weight.parse().unwrap_or(0.0));
            let weights = std::array::from_fn(|_| weights.next().unwrap_or(0.0));
            if words.is_empty() {
                all.of_all = weights;
            } else {
                let run = words.split(' ').map(|word| number_of(word.bytes()));
                all.of_runs.insert(number_of_run(run), weights);
            }
        }
        all
    }

    /// The sums of the weights of these words and their runs, each counted once, and of what stands `beside` them.
    pub(super) fn sums(&self, words: &[Word<'_>], beside: &[[Word<'_>; 2]]) -> [f32; N] {
        let number = |run: &[Word<'_>]| number_of_run(run.iter().map(|word| word.number));
        let mut runs = Vec::with_capacity(words.len() * RUN + beside.len());
        (1..=RUN).for_each(|length| runs.extend(words.windows(length).map(number)));
        runs.extend(beside.iter().map(|pair| number(pair)));
        runs.sort_unstable();
        runs.dedup();
        let mut sums = self.of_all;
        for weights in runs.iter().filter_map(|run| self.of_runs.get(run)) {
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
        sums
    }
}

/// Keys that are numbers of no pattern already.
#[derive(Default)]
struct Numbered(u64);

impl Hasher for Numbered {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = number_of(bytes.iter().copied());
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The names of the features that a table weighs, for whoever learns them.
#[must_use]
pub fn features(words: &[Word<'_>], beside: &[[Word<'_>; 2]]) -> Vec<String> {
    let name = |run: &[Word<'_>]| run.iter().map(|word| word.kind.name()).collect::<Vec<_>>().join(" ");
    let runs = (1..=RUN).flat_map(|length| words.windows(length).map(name));
    let mut out: Vec<String> = runs.chain(beside.iter().map(|pair| name(pair))).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The words of a text; for what is marked, the mark's name. Marks stand in order and do not overlap.
#[must_use]
pub fn words<'t>(text: &'t str, marks: &[(Range<usize>, &'static str)]) -> Vec<Word<'t>> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut marks = marks.iter().peekable();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        while marks.next_if(|(range, _)| range.end <= at).is_some() {}
        if let Some((range, name)) = marks.next_if(|(range, _)| range.start <= at) {
            out.push(Word::mark(name));
            at = range.end;
            continue;
        }
        let rest = &text[at..];
        let length = if first.is_alphabetic() {
            word_length(rest)
        } else if first.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ':')).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        // A mark may begin within what would be one word.
        let length = marks.peek().map_or(length, |(range, _)| length.min(range.start - at));
        if !is_unseen(first) {
            out.push(Word::of(kind(&rest[..length])));
        }
        at += length;
    }
    out
}

/// White space, and signs without a width of their own.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '_' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Letters, and one apostrophe within: "you'd".
fn word_length(text: &str) -> usize {
    let letters = |text: &str| text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let first = letters(text);
    let mut rest = text[first..].chars();
    match rest.next() {
        Some(mark @ ('\'' | '’')) if rest.next().is_some_and(char::is_alphabetic) => {
            first + mark.len_utf8() + letters(&text[first + mark.len_utf8()..])
        }
        _ => first,
    }
}

fn kind(said: &str) -> Kind<'_> {
    const NUMBERS: [&str; 10] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let is = |name: &&str| said.eq_ignore_ascii_case(name);
    if said.starts_with(|c: char| c.is_ascii_digit()) || (said.len() <= 5 && NUMBERS.iter().any(is)) {
        return Kind::Number;
    }
    let day = (3..=10).contains(&said.len())
        && ["mon", "tue", "wed", "thu", "fri", "sun"]
            .iter()
            .any(|day| said.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(day)))
        && pattern!(r"^{day}$").is_match(said);
    if day { Kind::Day } else { Kind::Said(said) }
}

/// The words around the one at `at`.
#[must_use]
pub fn around<'w, 't>(words: &'w [Word<'t>], at: usize) -> &'w [Word<'t>] {
    &words[at.saturating_sub(BESIDE)..words.len().min(at + BESIDE + 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_for_their_kind() {
        let text = "You'd sit in Da Nang two days, Mon & Tues.";
        let names: Vec<_> =
            words(text, &[(13..20, "@this")]).into_iter().map(|word| word.kind.name()).collect();
        assert_eq!(names, ["you'd", "sit", "in", "@this", "#", "days", ",", "@day", "&", "@day", "."]);
    }

    #[test]
    fn a_table_weighs_words_and_runs_once() {
        let weights: Weights<1> =
            Weights::of("// about\n\t0.5\nat home\t2\nhome\t1\n#\t4\n@under pay\t8\nétage\t16");
        let sum = |text: &str| weights.sums(&words(text, &[]), &[])[0];
        assert_eq!(sum("We bake"), 0.5);
        assert_eq!(sum("At HOME, at home"), 3.5);
        assert_eq!(sum("3 or four at étage 5"), 4.5);
        assert_eq!(sum("ETAGE"), 0.5);
        let under = [[Word::mark("@under"), words("Pay", &[])[0]]];
        assert_eq!(weights.sums(&[], &under)[0], 8.5);
    }

    #[test]
    fn features_are_named_as_they_are_numbered() {
        let words = words("Tú’d come to the Büro on Mondays, 3 days", &[]);
        for feature in features(&words, &[]) {
            let weights: Weights<1> = Weights::of(&format!("{feature}\t1"));
            assert_eq!(weights.sums(&words, &[])[0], 1.0, "{feature}");
        }
    }
}
