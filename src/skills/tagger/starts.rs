//! The places of a text from which a name may begin: word starts, signs, and capitals where two words have run together.

use std::ops::Range;

use super::scan::is_word;

/// Where something may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) at: usize,
    /// Behind small letters: two words may have run together here.
    pub(super) glued: bool,
}

/// So many small letters before a capital may be a word of their own.
const GLUED: usize = 4;

/// Calls `each` for the places of a text in order, but for those in `blanks`.
pub(super) fn each(text: &str, blanks: &[Range<usize>], mut each: impl FnMut(Start)) {
    let bytes = text.as_bytes();
    let mut blanks = blanks.iter();
    let mut blank = blanks.next();
    // The letter before, and how many small letters in a row end with it.
    let mut before = ' ';
    let mut small = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let Some(skipped) = blank.take_if(|blank| blank.start <= at) {
            blank = blanks.next();
            if skipped.end > at {
                (at, before, small) = (skipped.end, ' ', 0);
                continue;
            }
        }
        // Most letters are ASCII; only the others need decoding.
        let c = if byte.is_ascii() { char::from(byte) } else { text[at..].chars().next().unwrap_or(' ') };
        let letter = is_word(c);
        let starts = before == ' '
            || !(is_word(before) || (letter && matches!(before, '\'' | '’')))
            || starts_after_quote(text, at, before);
        let glued = letter && !starts && small >= GLUED && c.is_uppercase();
        if (starts && !matches!(c, ' ' | '\n')) || glued {
            each(Start { at, glued });
        }
        at += c.len_utf8();
        small = if c.is_lowercase() { small + 1 } else { 0 };
        before = c;
        if letter && byte.is_ascii() {
            // The rest of a word in small letters starts nothing, nor does the space behind it.
            let rest = small_letters(&bytes[at..]);
            if rest > 0 {
                (at, before, small) = (at + rest, 'a', small + rest);
            }
            if bytes.get(at) == Some(&b' ') {
                (at, before, small) = (at + 1, ' ', 0);
            }
        }
    }
}

/// After an apostrophe a word starts only where a quotation does: 'Go', not it's.
fn starts_after_quote(text: &str, at: usize, before: char) -> bool {
    (before == '\'' || before == '’')
        && !text[..at - before.len_utf8()].chars().next_back().is_some_and(is_word)
}

/// How many small ASCII letters open `bytes`. Eight at a time: a loop over single letters would end at another place in
/// every word, which costs the processor more than the work itself.
fn small_letters(bytes: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let mut run = 0;
    while let Some(eight) = bytes[run..].first_chunk::<8>() {
        let letters = u64::from_le_bytes(*eight);
        let low = letters & !HIGH;
        // The high bit of each byte that holds at least 'a', and more than 'z'.
        let from_a = low + (0x80 - u64::from(b'a')) * EACH;
        let past_z = low + (0x80 - u64::from(b'z') - 1) * EACH;
        let others = !(from_a & !past_z & !letters) & HIGH;
        if others != 0 {
            return run + others.trailing_zeros() as usize / 8;
        }
        run += 8;
    }
    run + bytes[run..].iter().take_while(|byte| byte.is_ascii_lowercase()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(text: &str, blank: Range<usize>) -> Vec<&str> {
        let mut found = Vec::new();
        each(text, &[blank], |start| found.push(&text[start.at..]));
        found.into_iter().map(|rest: &str| rest.split([' ', ',']).next().unwrap_or_default()).collect()
    }

    #[test]
    fn words_signs_and_capitals_behind_words_are_starts() {
        assert_eq!(starts("It's 'Go', .NET", 0..0), ["It's", "'Go'", "Go'", "", ".NET", "NET"]);
        assert_eq!(starts("experienceKubernetes JSx", 0..0), ["experienceKubernetes", "Kubernetes", "JSx"]);
        assert_eq!(starts("at x.io Élan", 3..7), ["at", "Élan"]);
    }

    proptest::proptest! {
        #[test]
        fn letters_are_counted_eight_at_a_time_as_one_by_one(text in "[a-z]{0,20}[`a-z{A\u{e1}\u{7f}]{0,4}[a-z]{0,9}") {
            let plain = text.bytes().take_while(u8::is_ascii_lowercase).count();
            proptest::prop_assert_eq!(small_letters(text.as_bytes()), plain);
        }
    }
}
