//! One walk over a text: every name, word of context, veto and turn of phrase with its place.

use smallvec::SmallVec;

use super::blank;
use super::cues::{Cue, KINDS};
use super::patterns::{Meaning, Patterns};
use super::starts::{self, Start};

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
    /// A list for each kind of turn.
    cues: [Few; KINDS],
}

/// Most texts hold so few turns of a kind that they need no room of their own.
type Few = SmallVec<[Spot<()>; 6]>;

impl Found {
    pub(super) fn cues(&self, cue: Cue) -> &[Spot<()>] {
        &self.cues[cue as usize]
    }
}

/// Walks the text once.
pub(super) fn scan(patterns: &Patterns, text: &str) -> Found {
    // About as many as postings hold.
    let mut found = Found {
        names: Vec::with_capacity(text.len() / 64),
        hints: Vec::with_capacity(text.len() / 20),
        vetoes: Vec::with_capacity(text.len() / 128),
        cues: std::array::from_fn(|_| Few::new()),
    };
    // Gathered before any of them is walked from: at each word the processor would guess wrong, half of the time, whether a
    // walk comes next.
    let mut waiting = [Start { at: 0, glued: false }; 64];
    let mut count = 0;
    let blanks = blank::ranges(text, |word| patterns.dotted.contains(&word.to_lowercase()));
    starts::each(text, &blanks, |start| {
        waiting[count] = start;
        count += usize::from(patterns.trie.may_begin(text.as_bytes(), start.at));
        if count == waiting.len() {
            waiting.iter().for_each(|start| walk(patterns, text, *start, &mut found));
            count = 0;
        }
    });
    waiting[..count].iter().for_each(|start| walk(patterns, text, *start, &mut found));
    found
}

fn walk(patterns: &Patterns, text: &str, Start { at: start, glued }: Start, found: &mut Found) {
    let mut longest = None;
    patterns.trie.walk(text, start, |end, outputs| {
        let border = border(text, end);
        for &output in outputs {
            match output {
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
                        found.cues[cue as usize].push(Spot { start, end, what: () });
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
    let next = text.as_bytes().get(end).copied().unwrap_or(b' ');
    if !(next.is_ascii_alphanumeric() || matches!(next, b'_' | b'#' | b'+' | 128..)) {
        return Border::Clean;
    }
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
