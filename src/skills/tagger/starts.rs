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

/// Calls `each` for the places of a text in order, but for those in `blanks`, at whose ends all begins anew.
pub(super) fn each(text: &str, blanks: &[Range<usize>], mut each: impl FnMut(Start)) {
    let mut from = 0;
    for blank in blanks {
        in_range(text, from..blank.start, &mut each);
        from = from.max(blank.end);
    }
    in_range(text, from..text.len(), &mut each);
}

/// Sixty-four bytes at a time: a loop over words or letters would branch another way at each of them, which costs the
/// processor more than the work itself.
fn in_range(text: &str, range: Range<usize>, each: &mut impl FnMut(Start)) {
    let mut before = Classes::default();
    let mut at = range.start;
    while at < range.end {
        let block = text.as_bytes()[at..range.end].first_chunk::<BLOCK>();
        if let Some(classes) = block.and_then(Classes::of_ascii) {
            let (starts, glued) = classes.starts(&before);
            let mut left = starts | glued;
            while left != 0 {
                let place = left.trailing_zeros();
                each(Start { at: at + place as usize, glued: glued >> place & 1 == 1 });
                left &= left - 1;
            }
            before = classes;
            at += BLOCK;
        } else {
            let end = range.end.min(at + BLOCK);
            at = slowly(text, at..end, &mut before, each);
        }
    }
}

/// The same, a character at a time until one ends at or behind the range's end: the last bytes of a text, and such as hold
/// other characters than ASCII. Returns where it stopped.
fn slowly(text: &str, range: Range<usize>, before: &mut Classes, each: &mut impl FnMut(Start)) -> usize {
    let mut at = range.start;
    for c in text[at..].chars() {
        if at >= range.end {
            break;
        }
        let class = Classes::of(c);
        let (starts, glued) = class.starts(before);
        if (starts | glued) & 1 == 1 {
            each(Start { at, glued: glued & 1 == 1 });
        }
        before.push(class);
        at += c.len_utf8();
    }
    at
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// What kinds of characters stand at 64 places, the first in the lowest bit.
#[derive(Debug, Clone, Copy, Default)]
struct Classes {
    word: u64,
    small: u64,
    capital: u64,
    quote: u64,
    /// Anything but white space.
    shown: u64,
}

impl Classes {
    /// Where something starts, and where two words may have run together, given the places before these.
    #[inline]
    fn starts(&self, before: &Self) -> (u64, u64) {
        // Of each place, what stands so many before it.
        let back = |these: u64, before: u64, by: u32| these << by | before >> (64 - by);
        let word = back(self.word, before.word, 1);
        let quote = back(self.quote, before.quote, 1);
        // After an apostrophe a word starts only where a quotation does: 'Go', not it's.
        let inside = quote & self.word & back(self.word, before.word, 2);
        // So many small letters before a capital may be a word of their own.
        let small = (1..=4).fold(!0, |all, by| all & back(self.small, before.small, by));
        (self.shown & !word & !inside, self.capital & small)
    }

    /// Those of a single character, in the lowest bits.
    fn of(c: char) -> Self {
        Self {
            word: is_word(c).into(),
            small: c.is_lowercase().into(),
            capital: c.is_uppercase().into(),
            quote: matches!(c, '\'' | '’').into(),
            shown: (c > ' ').into(),
        }
    }

    /// Adds a single character behind the others, of which the first is lost.
    fn push(&mut self, last: Self) {
        let push = |these: &mut u64, last: u64| *these = *these >> 1 | last << 63;
        push(&mut self.word, last.word);
        push(&mut self.small, last.small);
        push(&mut self.capital, last.capital);
        push(&mut self.quote, last.quote);
        push(&mut self.shown, last.shown);
    }

    /// Those of a block, unless other characters than ASCII are in it.
    #[inline]
    fn of_ascii(block: &[u8; BLOCK]) -> Option<Self> {
        if !block.is_ascii() {
            return None;
        }
        let mut all = Self::default();
        for (eight, by) in block.chunks_exact(8).zip((0..).step_by(8)) {
            let eight = u64::from_le_bytes(eight.try_into().unwrap_or_default());
            // The high bit of each byte that is at least `least`, and of none more than `most`.
            let from = |least: u8| eight + u64::from(0x80 - least) * EACH;
            let range = |least: u8, most: u8| from(least) & !from(most + 1);
            let (small, capital) = (range(b'a', b'z'), range(b'A', b'Z'));
            let word = small | capital | range(b'0', b'9') | range(b'_', b'_');
            all.word |= gather(word) << by;
            all.small |= gather(small) << by;
            all.capital |= gather(capital) << by;
            all.quote |= gather(range(b'\'', b'\'')) << by;
            all.shown |= gather(from(b'!')) << by;
        }
        Some(all)
    }
}

/// A one in each byte.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The high bits of eight bytes side by side.
#[inline]
fn gather(bytes: u64) -> u64 {
    // Byte i is moved to bit 56 + i, and nothing else to where it would be carried there.
    (bytes >> 7 & EACH).wrapping_mul(0x0102_0408_1020_4080) >> 56
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
        fn blocks_are_read_as_single_characters_are(text in "[a-cA-C09_ \n\t.+'’é•À]{0,300}|[ -~]{0,300}") {
            let (mut fast, mut slow) = (Vec::new(), Vec::new());
            each(&text, &[], |start| fast.push(start));
            slowly(&text, 0..text.len(), &mut Classes::default(), &mut |start| slow.push(start));
            proptest::prop_assert_eq!(fast, slow);
        }
    }
}
