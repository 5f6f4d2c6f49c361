//! Plain words to a filter: `senior rust, remote from Germany or Berlin, 90k EUR+, no agencies, not crypto`.

mod clause;
mod numbers;

use super::filter::{Filter, TextTerm};
use super::ids::SkillId;
use super::place::Place;

/// What the parser must look up by name; implemented by whoever holds the catalog and the gazetteer.
pub trait Lexicon {
    /// The skill that this name or alias stands for, any case; `None` when it is unknown or too ambiguous
    /// to be meant by a lone word (`go` is meant, `access` is not).
    fn skill(&self, name: &str) -> Option<SkillId>;
    /// The place that these words name (city, region or country), any case.
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

/// Reads `query` into a filter. Every word ends up somewhere: in a field, or as text; only words that ask for
/// nothing ("jobs", "and", "please") are passed over. Never fails.
#[must_use]
pub fn parse(query: &str, lexicon: &dyn Lexicon) -> Understood {
    let mut understood = Understood::default();
    for words in clauses(query) {
        clause::read(&words, lexicon, &mut understood);
    }
    let filter = &mut understood.filter;
    // "remote from Germany" asks for remote work; "… or Berlin" also takes an office there.
    if !filter.remote_from.is_empty() && filter.places.is_empty() && filter.work_modes.is_empty() {
        filter.work_modes.insert(super::level::WorkMode::Remote);
    }
    // "rust or go" is either; a lone skill is a must.
    if filter.skills_any.len() == 1 {
        filter.skills_all.append(&mut filter.skills_any);
    }
    understood
}

/// A word of a query: as typed, and folded for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    typed: String,
    folded: String,
    /// Typed within quotes: never anything but text.
    quoted: bool,
    /// Preceded by a minus sign.
    minus: bool,
}

/// The words of each clause; clauses end at commas, semicolons and line ends outside quotes and numbers.
fn clauses(query: &str) -> Vec<Vec<Word>> {
    let mut all = vec![Vec::new()];
    let chars: Vec<char> = query.chars().map(straight).collect();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        if c.is_whitespace() || c == '(' || c == ')' {
            i += 1;
        } else if matches!(c, ',' | ';' | '\n') && !(c == ',' && i > 0 && digit(i - 1) && digit(i + 1)) {
            all.push(Vec::new());
            i += 1;
        } else {
            let minus =
                c == '-' && chars.get(i + 1).is_some_and(|next| next.is_alphanumeric() || *next == '"');
            if minus {
                i += 1;
            }
            let quoted = chars[i] == '"';
            let start = if quoted { i + 1 } else { i };
            let ends = |at: usize| {
                if quoted {
                    chars[at] == '"'
                } else {
                    chars[at].is_whitespace()
                        || matches!(chars[at], ';' | '"' | '(' | ')')
                        || (chars[at] == ',' && !(digit(at.saturating_sub(1)) && digit(at + 1)))
                }
            };
            let end = (start..chars.len()).find(|&at| ends(at)).unwrap_or(chars.len());
            let typed: String = chars[start..end].iter().collect();
            // Whatever the character, the walk goes on: a lone closing quote is a word of nothing.
            i = if quoted { end + 1 } else { end.max(i + 1) };
            if !typed.trim().is_empty() {
                let folded = super::text::fold(typed.trim().trim_end_matches(['.', '!', '?', ':']));
                if let Some(clause) = all.last_mut() {
                    clause.push(Word { typed: typed.trim().to_owned(), folded, quoted, minus });
                }
            }
        }
    }
    all.retain(|clause| !clause.is_empty());
    all
}

fn straight(c: char) -> char {
    match c {
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '−' => '-',
        c => c,
    }
}

impl Understood {
    fn text(&mut self, words: Vec<String>, exclude: bool) {
        self.as_text.push(words.join(" "));
        let term = TextTerm { words, exclude };
        if !self.filter.text.contains(&term) {
            self.filter.text.push(term);
        }
    }
}

#[cfg(test)]
mod tests;
