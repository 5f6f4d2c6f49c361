//! A trie over folded text in a double array: at most 63 symbols, a step is one look at eight bytes.

use std::collections::{BTreeMap, HashMap};

use super::prefixes::Prefixes;

/// No symbol: a character that no pattern holds.
const NONE: u8 = 63;

/// Patterns by prefix, walked from one place of a text at a time; at the end of each stand its outputs.
#[derive(Debug)]
pub(super) struct Trie<T> {
    ascii: [u8; 128],
    other: HashMap<char, u8>,
    cells: Vec<Cell>,
    /// Of the cell in the same place: where its outputs stand.
    ends: Vec<(u32, u32)>,
    outputs: Vec<T>,
    prefixes: Prefixes,
}

/// A place in the trie. The cell that a symbol leads to stands at `base + symbol`, if `parent` there says so.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// With [`ENDS`] and [`OPEN`] where a pattern ends.
    base: u32,
    parent: u32,
}

const FREE: u32 = u32::MAX;
/// A pattern ends here.
const ENDS: u32 = 1 << 31;
/// One ends here after which its word may go on.
const OPEN: u32 = 1 << 30;
const EMPTY: Cell = Cell { base: 0, parent: FREE };
/// The most symbols there are, with [`NONE`].
const SYMBOLS: usize = 64;

/// Patterns before they are packed.
#[derive(Debug)]
pub(super) struct Builder<T> {
    symbols: BTreeMap<char, u8>,
    nodes: Vec<Growing<T>>,
    prefixes: Prefixes,
}

/// Where each symbol leads, what stands here, and whether its word may go on.
type Growing<T> = (BTreeMap<u8, usize>, Vec<T>, bool);

impl<T> Default for Builder<T> {
    fn default() -> Self {
        Self { symbols: BTreeMap::new(), nodes: vec![Growing::default()], prefixes: Prefixes::default() }
    }
}

impl<T: Copy + PartialEq> Builder<T> {
    /// Adds a pattern, folded as [`fold`] does; `open` when it counts as well where small letters follow it in its word.
    /// A pattern whose symbols find no room any more is left out.
    pub(super) fn add(&mut self, pattern: &str, open: bool, output: T) {
        let folded: Vec<char> = pattern.chars().map(fold).collect();
        if folded.is_empty() {
            return;
        }
        for &c in &folded {
            if let (Ok(next @ ..NONE), None) = (u8::try_from(self.symbols.len()), self.symbols.get(&c)) {
                self.symbols.insert(c, next);
            }
        }
        let Some(path) = folded.iter().map(|c| self.symbols.get(c).copied()).collect::<Option<Vec<u8>>>()
        else {
            return;
        };
        let mut at = 0;
        for symbol in path {
            let fresh = self.nodes.len();
            let next = *self.nodes[at].0.entry(symbol).or_insert(fresh);
            if next == fresh {
                self.nodes.push(Growing::default());
            }
            at = next;
        }
        self.nodes[at].2 |= open;
        if !self.nodes[at].1.contains(&output) {
            self.nodes[at].1.push(output);
        }
        self.prefixes.add(&folded);
    }

    /// Packs the patterns, each path with its cells side by side, so that few lines of the cache are read.
    pub(super) fn build(self) -> Trie<T> {
        let mut trie = Trie {
            ascii: [NONE; 128],
            other: HashMap::new(),
            cells: vec![EMPTY; SYMBOLS],
            ends: vec![(0, 0); SYMBOLS],
            outputs: Vec::new(),
            prefixes: self.prefixes,
        };
        trie.cells[0].parent = 0;
        for (c, symbol) in self.symbols {
            match trie.ascii.get_mut(c as usize) {
                Some(place) => *place = symbol,
                None => {
                    trie.other.insert(c, symbol);
                }
            }
        }
        for byte in b'A'..=b'Z' {
            trie.ascii[usize::from(byte)] = trie.ascii[usize::from(byte.to_ascii_lowercase())];
        }
        trie.ascii[usize::from(b'\t')] = trie.ascii[usize::from(b' ')];
        let mut waiting = vec![(0, 0)];
        while let Some((from, at)) = waiting.pop() {
            let (kids, outputs, open) = &self.nodes[from];
            if !outputs.is_empty() {
                let start = size(trie.outputs.len());
                trie.outputs.extend(outputs);
                trie.ends[at] = (start, size(trie.outputs.len()));
                trie.cells[at].base |= if *open { ENDS | OPEN } else { ENDS };
            }
            let Some((&first, _)) = kids.first_key_value() else { continue };
            // Only the last cells are searched: a gap further back would tear the path apart.
            let mut base = (trie.cells.len() - SYMBOLS).saturating_sub(usize::from(first)).max(1);
            let taken = |cells: &[Cell], base: usize| {
                kids.keys().any(|symbol| {
                    cells.get(base + usize::from(*symbol)).is_some_and(|cell| cell.parent != FREE)
                })
            };
            while taken(&trie.cells, base) {
                base += 1;
            }
            trie.cells[at].base |= size(base);
            let room = (base + SYMBOLS).max(trie.cells.len());
            trie.cells.resize(room, EMPTY);
            trie.ends.resize(room, (0, 0));
            for (symbol, kid) in kids.iter().rev() {
                let place = base + usize::from(*symbol);
                trie.cells[place].parent = size(at);
                waiting.push((*kid, place));
            }
        }
        trie
    }
}

fn size(len: usize) -> u32 {
    u32::try_from(len).expect("a skill catalog has far fewer than four milliards of letters")
}

impl<T> Trie<T> {
    /// Whether [`Self::walk`] may find something from byte `start` of a text: see [`Prefixes::may_begin`].
    #[inline]
    pub(super) fn may_begin(&self, text: &[u8], start: usize) -> bool {
        self.prefixes.may_begin(text, start)
    }

    /// Walks from byte `start` of `text` and calls `each` where patterns end, with their outputs, the shortest first.
    /// Those that are not open are passed over where their word goes on in small letters. A run of spaces counts as one.
    #[inline]
    pub(super) fn walk(&self, text: &str, start: usize, mut each: impl FnMut(usize, &[T])) {
        let bytes = text.as_bytes();
        let (mut cell, mut at, mut spaced) = (0, start, false);
        let mut base = self.cells[cell].base;
        while let Some(&byte) = bytes.get(at) {
            let (symbol, space) = if byte.is_ascii() {
                at += 1;
                (self.ascii[usize::from(byte)], byte == b' ' || byte == b'\t')
            } else {
                let Some(c) = text[at..].chars().next() else { return };
                let folded = fold(c);
                at += c.len_utf8();
                (self.symbol(folded).unwrap_or(NONE), folded == ' ')
            };
            if space && spaced {
                continue;
            }
            spaced = space;
            let Some(next) = self.step(cell, base, symbol) else { return };
            (cell, base) = next;
            if base & ENDS != 0 {
                // Most that end within a word end nothing.
                let within =
                    byte.is_ascii_alphanumeric() && bytes.get(at).is_some_and(u8::is_ascii_lowercase);
                if base & OPEN != 0 || !within {
                    each(at, self.outputs(cell));
                }
            }
        }
    }

    /// What ends in a cell.
    fn outputs(&self, cell: usize) -> &[T] {
        let (from, to) = self.ends[cell];
        &self.outputs[from as usize..to as usize]
    }

    /// The place that a symbol leads to from another one, and its base.
    fn step(&self, from: usize, base: u32, symbol: u8) -> Option<(usize, u32)> {
        // No cell is led to by `NONE`, so that what stands there has another parent.
        let to = (base & !(ENDS | OPEN)) as usize + usize::from(symbol);
        let cell = self.cells.get(to)?;
        // A cell without children has no base; what stands by chance behind it has another parent.
        (cell.parent as usize == from).then_some((to, cell.base))
    }

    fn symbol(&self, c: char) -> Option<u8> {
        let symbol = match self.ascii.get(c as usize) {
            Some(&symbol) => symbol,
            None => self.other.get(&c).copied().unwrap_or(NONE),
        };
        (symbol != NONE).then_some(symbol)
    }
}

/// The form in which pattern and text meet: lower case, typewriter quotes, hyphens and spaces.
pub(super) fn fold(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            // Full-width forms lie at a fixed distance from their ASCII twins.
            char::from_u32(c as u32 - 0xfee0).map_or(c, |plain| plain.to_ascii_lowercase())
        }
        _ if c.is_ascii() => c,
        _ => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(trie: &Trie<u32>, text: &str, start: usize) -> Vec<(usize, Vec<u32>)> {
        let mut found = Vec::new();
        trie.walk(text, start, |end, outputs| found.push((end, outputs.to_vec())));
        found
    }

    #[test]
    fn a_walk_meets_every_pattern_on_its_way_in_any_case_and_spacing() {
        let mut builder = Builder::default();
        for (pattern, output) in [("Go", 1), ("go live", 2), ("C++", 3), ("go", 4), ("naïve", 5)] {
            builder.add(pattern, true, output);
        }
        let trie = builder.build();
        assert_eq!(ends(&trie, "GO \u{a0} Live", 0), [(2, vec![1, 4]), (10, vec![2])]);
        assert_eq!(ends(&trie, "in c++.", 3), [(6, vec![3])]);
        assert_eq!(ends(&trie, "NAÏVE", 0), [(6, vec![5])]);
        assert_eq!(ends(&Builder::default().build(), "x", 0), []);
    }

    #[test]
    fn what_is_not_open_is_passed_over_within_its_word() {
        let mut builder = Builder::default();
        builder.add("data", false, 1);
        builder.add("databas", true, 2);
        let trie = builder.build();
        assert_eq!(ends(&trie, "databases", 0), [(7, vec![2])]);
        assert_eq!(ends(&trie, "dataBases", 0), [(4, vec![1]), (7, vec![2])]);
        assert_eq!(ends(&trie, "data", 0), [(4, vec![1])]);
    }

    proptest::proptest! {
        #[test]
        fn a_walk_finds_what_a_plain_search_finds(
            patterns in proptest::collection::vec("[abc é+]{1,6}", 0..12),
            text in "[abcd é+]{0,16}",
        ) {
            let mut builder = Builder::default();
            let mut spaced: Vec<String> = Vec::new();
            for pattern in patterns.iter().filter(|pattern| !pattern.contains("  ")) {
                builder.add(pattern, true, size(spaced.len()));
                spaced.push(pattern.clone());
            }
            let trie = builder.build();
            for (start, _) in text.char_indices() {
                let mut found: Vec<usize> =
                    ends(&trie, &text, start).into_iter().flat_map(|(_, outputs)| outputs).map(|at| at as usize).collect();
                // A run of spaces counts as one, also at the end.
                let single = text[start..].split(' ').fold(String::new(), |mut out, word| {
                    if !word.is_empty() {
                        out.push_str(word);
                    }
                    if !out.ends_with(' ') {
                        out.push(' ');
                    }
                    out
                });
                let single = if text[start..].ends_with(' ') { single } else { single.trim_end_matches(' ').to_owned() };
                let mut wanted: Vec<usize> =
                    (0..spaced.len()).filter(|at| single.starts_with(&spaced[*at])).collect();
                // Short ones may be passed over within a word.
                let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let ends_word = wanted.iter().map(|at| &spaced[*at]).any(|pattern| {
                    pattern.chars().count() >= 4
                        || !letter(pattern.chars().next_back())
                        || !letter(single.strip_prefix(pattern.as_str()).and_then(|rest| rest.chars().next()))
                });
                proptest::prop_assert!(trie.may_begin(text.as_bytes(), start) || !ends_word);
                found.sort_unstable();
                wanted.sort_unstable();
                proptest::prop_assert_eq!(found, wanted, "{:?} from {}", text, start);
            }
        }
    }
}
