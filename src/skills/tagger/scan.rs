//! One walk over a text: every name, word of context, veto and turn of phrase with its place.

use super::blank;
use super::cues::Cue;
use super::patterns::{Meaning, Patterns};

/// Something between two bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot<T> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) what: T,
}

/// A name at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    /// Place in [`Patterns::forms`].
    pub(super) form: u32,
    /// Two words have run together here ("experienceKubernetes"); only names beyond doubt may be read so.
    pub(super) glued: bool,
}

/// What a text holds, each list by start.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The longest name from each word start.
    pub(super) names: Vec<Spot<Name>>,
    pub(super) hints: Vec<Spot<u32>>,
    /// With `true` where the veto need only stand near.
    pub(super) vetoes: Vec<Spot<(u32, bool)>>,
    pub(super) cues: Vec<Spot<Cue>>,
}

/// Walks the text once.
pub(super) fn scan(patterns: &Patterns, text: &str) -> Found {
    // About as many as postings hold.
    let room = text.len() / 32;
    let mut found = Found {
        names: Vec::with_capacity(room / 2),
        hints: Vec::with_capacity(room),
        vetoes: Vec::with_capacity(room / 8),
        cues: Vec::with_capacity(room / 4),
    };
    let blanks = blank::ranges(text, |word| patterns.dotted.contains(&word.to_lowercase()));
    let mut blanks = blanks.into_iter().peekable();
    // The letter before, and how many small letters in a row end with it.
    let mut before = ' ';
    let mut small = 0_u32;
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        // Most letters are ASCII; only the others need decoding.
        let c = if byte.is_ascii() { char::from(byte) } else { text[at..].chars().next().unwrap_or(' ') };
        if let Some(blank) = blanks.next_if(|blank| blank.start <= at)
            && blank.end > at
        {
            at = blank.end;
            before = ' ';
            small = 0;
            continue;
        }
        if is_word(c) {
            let word_start =
                !(is_word(before) || matches!(before, '\'' | '’')) || starts_after_quote(text, at, before);
            if word_start {
                walk(patterns, text, at, false, &mut found);
            } else if small >= 4 && c.is_uppercase() {
                walk(patterns, text, at, true, &mut found);
            }
            small = if c.is_lowercase() { small + 1 } else { 0 };
            if byte.is_ascii() {
                // The rest of a word in small letters starts nothing.
                let rest =
                    text.as_bytes()[at + 1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
                if rest > 0 {
                    at += rest;
                    small += u32::try_from(rest).unwrap_or(u32::MAX - small);
                    before = 'a';
                    at += 1;
                    continue;
                }
            }
        } else {
            if !is_word(before) && c != ' ' && c != '\n' && patterns.trie.begins(c) {
                walk(patterns, text, at, false, &mut found);
            }
            small = 0;
        }
        before = c;
        at += c.len_utf8();
    }
    found
}

/// After an apostrophe a word starts only where a quotation does: 'Go', not it's.
fn starts_after_quote(text: &str, at: usize, before: char) -> bool {
    (before == '\'' || before == '’')
        && !text[..at - before.len_utf8()].chars().next_back().is_some_and(is_word)
}

fn walk(patterns: &Patterns, text: &str, start: usize, glued: bool, found: &mut Found) {
    let mut longest = None;
    patterns.trie.walk(text, start, |end, outputs| {
        let border = border(text, end);
        for &output in outputs {
            match patterns.meanings[output as usize] {
                Meaning::Form(form) => match border {
                    Border::Clean => longest = Some(Spot { start, end, what: Name { form, glued } }),
                    Border::Glued if end - start >= 4 => {
                        longest = Some(Spot { start, end, what: Name { form, glued: true } });
                    }
                    Border::Glued | Border::Within => {}
                },
                _ if glued => {}
                Meaning::Hint(hint, open) => {
                    if open || border == Border::Clean {
                        found.hints.push(Spot { start, end, what: hint });
                    }
                }
                Meaning::Veto(veto, near) => {
                    if border == Border::Clean {
                        found.vetoes.push(Spot { start, end, what: (veto, near) });
                    }
                }
                Meaning::Cue(cue) => {
                    if border == Border::Clean || (cue == Cue::Company && text[..end].ends_with('-')) {
                        found.cues.push(Spot { start, end, what: cue });
                    }
                }
            }
        }
    });
    found.names.extend(longest);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Border {
    /// A word ends here.
    Clean,
    /// A small letter meets a capital with a small one behind: perhaps two words run together.
    Glued,
    /// Within a word.
    Within,
}

/// What kind of place for a name to end `end` is.
fn border(text: &str, end: usize) -> Border {
    let mut after = text[end..].chars();
    let Some(next) = after.next() else { return Border::Clean };
    let last = text[..end].chars().next_back().unwrap_or(' ');
    match next {
        '#' => Border::Within,
        // "C++" is not C and "Java 8+" not a longer name, but "AWS+GCP" is two.
        '+' => {
            if is_word(last) && after.next().is_some_and(char::is_alphabetic) {
                Border::Clean
            } else {
                Border::Within
            }
        }
        _ if !is_word(next) => Border::Clean,
        // Versions follow signs: "C++17".
        _ if matches!(last, '+' | '#') && next.is_ascii_digit() => Border::Clean,
        _ if last.is_lowercase() && next.is_uppercase() && after.next().is_some_and(char::is_lowercase) => {
            Border::Glued
        }
        _ => Border::Within,
    }
}

/// Whether `c` belongs to a word, in any script.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
