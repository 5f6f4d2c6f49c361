//! Words of a text in the one form in which filters, the search index and names compare them.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

/// Stands between two fields in a sequence of terms, so that no phrase reaches across them.
pub const BREAK: &str = "";

/// The first `most` bytes of `text`, up to a whole character.
#[must_use]
pub fn head(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// The last `most` bytes of `text`, from a whole character on.
#[must_use]
pub fn tail(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// The terms of `text` in reading order: case and accents folded, English stemming, and names such as `C++`,
/// `C#`, `.NET` and `Node.js` whole.
#[must_use]
pub fn terms(text: &str) -> Vec<String> {
    let folded = fold(text);
    let stemmer = Stemmer::create(Algorithm::English);
    raw_words(&folded).map(|word| stem(&stemmer, word)).collect()
}

/// The words of `text` in reading order before they are stemmed; [`term`] of each is what [`terms`] gives. For whoever
/// remembers what a word became.
pub fn words(text: &str, visit: impl FnMut(&str)) {
    raw_words(&fold(text)).for_each(visit);
}

/// The term of one word that [`words`] gave.
#[must_use]
pub fn term(word: &str) -> String {
    stem(&Stemmer::create(Algorithm::English), word)
}

/// Whether `terms` holds `phrase` as neighbours in order; a phrase of one is a plain word.
#[must_use]
pub fn holds(terms: &[String], phrase: &[String]) -> bool {
    !phrase.is_empty() && terms.windows(phrase.len()).any(|window| window == phrase)
}

/// `text` in lower case and without accents ("São Paulo" → "sao paulo").
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words of a folded text. A word is a run of letters and digits with what belongs to it: `+` and `#` behind
/// (`c++`, `c#`), a dot before `net`, a dot within names such as `node.js`, an apostrophe within.
fn raw_words(folded: &str) -> impl Iterator<Item = &str> {
    let mut rest = folded;
    std::iter::from_fn(move || {
        let start = rest.find(|c: char| c.is_alphanumeric())?;
        let dotted = start > 0 && rest[..start].ends_with('.') && rest[start..].starts_with("net");
        let mut end = start + run(&rest[start..]);
        while let Some(more) = dotted_suffix(&rest[end..]) {
            end += more;
        }
        let dotted = dotted && &rest[start..end] == "net";
        let word = if dotted { &rest[start - 1..end] } else { &rest[start..end] };
        rest = &rest[end..];
        Some(word)
    })
}

/// Length of the letters, digits, inner apostrophes and trailing `+`/`#` at the start of `text`.
fn run(text: &str) -> usize {
    let letters = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let after = &text[letters..];
    if let Some(apart) = after.strip_prefix(['\'', '’']) {
        let more = apart.find(|c: char| !c.is_alphanumeric()).unwrap_or(apart.len());
        if (1..=2).contains(&more) && letters > 1 {
            return letters + (after.len() - apart.len()) + more;
        }
    }
    // `c++` and `c#`, but not the plus of "90k+": only letters carry one.
    if text[..letters].chars().all(char::is_alphabetic) {
        for mark in ["++", "#"] {
            if after.starts_with(mark) {
                return letters + mark.len();
            }
        }
    }
    letters
}

/// Length of `.js` and the like at the start of `text`, when it ends a name.
fn dotted_suffix(text: &str) -> Option<usize> {
    ["js", "net", "io", "ts", "ai"].into_iter().find_map(|suffix| {
        let after = text.strip_prefix('.')?.strip_prefix(suffix)?;
        (!after.starts_with(|c: char| c.is_alphanumeric())).then_some(suffix.len() + 1)
    })
}

fn stem(stemmer: &Stemmer, word: &str) -> String {
    // Possessive marks and stems only for plain English-looking words: names with digits or signs stay whole.
    let plain = word.split(['\'', '’']).next().unwrap_or(word);
    let base = if word.ends_with("'s") || word.ends_with("’s") {
        plain.to_owned()
    } else {
        word.replace(['\'', '’'], "")
    };
    if base.len() > 3 && base.bytes().all(|b| b.is_ascii_lowercase()) {
        stemmer.stem(&base).into_owned()
    } else {
        base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_signs_stay_whole_and_sentences_do_not_glue() {
        assert_eq!(
            terms("C++, C# and .NET; Node.js. ASP.NET ends.Next"),
            ["c++", "c#", "and", ".net", "node.js", "asp.net", "end", "next"]
        );
    }

    #[test]
    fn accents_case_and_plurals_fold() {
        assert_eq!(terms("São Paulo’s ENGINEERS"), ["sao", "paulo", "engin"]);
        assert_eq!(terms("engineering"), terms("Engineer"));
    }

    #[test]
    fn a_phrase_needs_neighbours_in_order() {
        let text = terms("Build distributed systems in Rust");
        assert!(holds(&text, &terms("distributed system")));
        assert!(!holds(&text, &terms("systems distributed")));
        assert!(!holds(&text, &[]));
    }
}
