//! The first letters of all patterns in Bloom filters: most words of a text begin none, and are told from the others in
//! passing.

/// Bits by a hash of letters: they say yes to some that no pattern begins with, and never no to those that one does.
#[derive(Debug)]
pub(super) struct Prefixes {
    /// Patterns of up to three letters, with what may stand behind the shorter ones.
    three: Bits,
    /// Patterns of four.
    four: Bits,
    /// Patterns of five.
    five: Bits,
    /// The first six letters of patterns of six and seven.
    six: Bits,
    /// The first letters of longer ones.
    eight: Bits,
}

/// How many bits a filter has: few enough for the near caches, and enough that few say yes by chance.
const BITS: usize = 1 << 18;

/// How many letters are looked at.
const LETTERS: usize = 8;

/// Of a known length, so that no place is checked against it.
type Bits = Box<[u64; BITS / 64]>;

impl Default for Prefixes {
    fn default() -> Self {
        let bits = || Box::new([0; BITS / 64]);
        Self { three: bits(), four: bits(), five: bits(), six: bits(), eight: bits() }
    }
}

impl Prefixes {
    /// Adds a pattern in small letters.
    pub(super) fn add(&mut self, pattern: &[char]) {
        let first: Option<Vec<u8>> = pattern.iter().take(LETTERS).map(|c| u8::try_from(*c).ok()).collect();
        // Where a text has other letters than ASCII, it is always walked from.
        let Some(first) = first.filter(|first| first.is_ascii()) else { return };
        match first.len() {
            LETTERS => mark(&mut self.eight, &first),
            6 | 7 => mark(&mut self.six, &first[..6]),
            5 => mark(&mut self.five, &first),
            4 => mark(&mut self.four, &first),
            _ => self.add_short(first, true),
        }
    }

    /// Marks a pattern of up to three letters. Behind a letter only what ends the word may follow.
    fn add_short(&mut self, letters: Vec<u8>, whole: bool) {
        if letters.len() == 3 {
            return mark(&mut self.three, &letters);
        }
        let letter = whole && letters.last().is_some_and(u8::is_ascii_alphanumeric);
        for next in (0..128_u8).filter(|next| !(letter && next.is_ascii_alphanumeric())) {
            self.add_short([&letters[..], &[next]].concat(), false);
        }
    }

    /// Whether a pattern may begin at byte `start` of a text; of patterns of less than four letters only such as end with
    /// their word. Without a branch: half of the words begin patterns, so that the processor would guess wrong at every
    /// other one, which costs more than looking.
    #[inline]
    pub(super) fn may_begin(&self, text: &[u8], start: usize) -> bool {
        let Some(letters) = text[start..].first_chunk::<LETTERS>() else { return true };
        let letters = u64::from_le_bytes(*letters);
        is_marked(&self.three, letters & 0xff_ffff)
            | is_marked(&self.four, letters & 0xffff_ffff)
            | is_marked(&self.five, letters & 0xff_ffff_ffff)
            | is_marked(&self.six, letters & 0xffff_ffff_ffff)
            | is_marked(&self.eight, letters)
            | is_unusual(letters)
    }
}

/// Whether other letters than ASCII are among these, which would have to be folded, or white space that counts as one
/// space.
#[inline]
fn is_unusual(letters: u64) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    // The high bit of each byte that is zero, and of some that follow such a one.
    let zero = |bytes: u64| bytes.wrapping_sub(EACH) & !bytes & HIGH;
    let spaces = zero(letters ^ (u64::from(b' ') * EACH));
    let tabs = zero(letters ^ (u64::from(b'\t') * EACH));
    letters & HIGH | tabs | spaces & (spaces >> 8) != 0
}

fn mark(bits: &mut Bits, letters: &[u8]) {
    let letters = letters.iter().rev().fold(0, |all, letter| all << 8 | u64::from(*letter));
    let at = hash(letters);
    bits[at / 64] |= 1 << (at % 64);
}

#[inline]
fn is_marked(bits: &Bits, letters: u64) -> bool {
    let at = hash(letters);
    bits[at / 64] >> (at % 64) & 1 == 1
}

/// Letters in any case to a place among the bits: of a product with a large odd number the upper bits are well mixed.
#[inline]
fn hash(letters: u64) -> usize {
    // Signs may meet other signs so; that only makes a filter say yes more often.
    let small = letters | 0x2020_2020_2020_2020;
    (small.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 46) as usize
}
