//! A trie over folded text in a double array: at most 64 symbols, a step is one look at eight bytes.

use std::collections::{BTreeMap, HashMap};

/// No symbol: a character that no pattern holds.
const NONE: u8 = u8::MAX;

/// What stands at the end of a pattern.
pub(super) type Output = u32;

/// Patterns by prefix, walked from one place of a text at a time.
#[derive(Debug)]
pub(super) struct Trie {
    ascii: [u8; 128],
    other: HashMap<char, u8>,
    cells: Vec<Cell>,
    /// Of the cell in the same place: where its outputs stand.
    ends: Vec<(u32, u32)>,
    outputs: Vec<Output>,
    openings: Openings,
}

/// A place in the trie. The cell that a symbol leads to stands at `base + symbol`, if `parent` there says so.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// With [`ENDS`] where a pattern ends.
    base: u32,
    parent: u32,
}

const FREE: u32 = u32::MAX;
/// A pattern ends here.
const ENDS: u32 = 1 << 31;
const EMPTY: Cell = Cell { base: 0, parent: FREE };
/// The most symbols there are.
const SYMBOLS: usize = 64;

/// Patterns before they are packed.
#[derive(Debug, Default)]
pub(super) struct Builder {
    symbols: BTreeMap<char, u8>,
    nodes: Vec<Growing>,
}

/// Where each symbol leads, and what stands here.
type Growing = (BTreeMap<u8, usize>, Vec<Output>);

impl Builder {
    /// Adds a pattern, folded as [`fold`] does. A pattern whose symbols find no room any more is left out.
    pub(super) fn add(&mut self, pattern: &str, output: Output) {
        if self.nodes.is_empty() {
            self.nodes.push(<_>::default());
        }
        let folded: Vec<char> = pattern.chars().map(fold).collect();
        if folded.is_empty() {
            return;
        }
        for &c in &folded {
            if let (Ok(next @ ..64), None) = (u8::try_from(self.symbols.len()), self.symbols.get(&c)) {
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
                self.nodes.push(<_>::default());
            }
            at = next;
        }
        if !self.nodes[at].1.contains(&output) {
            self.nodes[at].1.push(output);
        }
    }

    /// Packs the patterns, each path with its cells side by side, so that few lines of the cache are read.
    pub(super) fn build(mut self) -> Trie {
        if self.nodes.is_empty() {
            self.nodes.push(<_>::default());
        }
        let mut trie = Trie {
            ascii: [NONE; 128],
            other: HashMap::new(),
            cells: vec![EMPTY; SYMBOLS],
            ends: Vec::new(),
            outputs: Vec::new(),
            openings: Openings::default(),
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
        trie.ends = vec![(0, 0); SYMBOLS];
        let mut waiting = vec![(0, 0)];
        while let Some((from, at)) = waiting.pop() {
            let (kids, outputs) = &self.nodes[from];
            if !outputs.is_empty() {
                let start = size(trie.outputs.len());
                trie.outputs.extend(outputs);
                trie.ends[at] = (start, size(trie.outputs.len()));
                trie.cells[at].base |= ENDS;
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
        trie.openings.open(&self.nodes, 0, 0, 0);
        trie
    }
}

/// Which letters patterns begin with. Most words of a text begin with none of them, and these bits stay in the nearest
/// cache, where the cells do not.
#[derive(Debug)]
struct Openings {
    /// One bit for each three symbols.
    three: Vec<u64>,
    /// The same, where a pattern ends within the three.
    early: Vec<u64>,
    /// One bit for each four symbols, by a hash of them: several may share one.
    four: Vec<u64>,
}

/// As many bits as three symbols of six bits need.
const OPENINGS: usize = 1 << 18;

impl Default for Openings {
    fn default() -> Self {
        let bits = || vec![0; OPENINGS / 64];
        Self { three: bits(), early: bits(), four: bits() }
    }
}

impl Openings {
    /// Marks what stands below node `at`, which `depth` symbols lead to.
    fn open(&mut self, nodes: &[Growing], at: usize, depth: u32, path: usize) {
        let (kids, outputs) = &nodes[at];
        if depth == 4 {
            mark(&mut self.four, hash(path));
            return;
        }
        if depth == 3 {
            mark(&mut self.three, path);
        }
        if depth > 0 && !outputs.is_empty() {
            // A pattern that ends early may go on as it likes.
            let rest = 6 * (3 - depth);
            for opening in path << rest..(path + 1) << rest {
                mark(&mut self.three, opening);
                mark(&mut self.early, opening);
            }
        }
        for (symbol, kid) in kids {
            self.open(nodes, *kid, depth + 1, path << 6 | usize::from(*symbol));
        }
    }

    /// Whether a pattern may begin with these four symbols; never wrong when it says no.
    fn may_begin(&self, symbols: [u8; 4]) -> bool {
        let [one, two, three, four] = symbols.map(|symbol| usize::from(symbol & 63));
        let opening = one << 12 | two << 6 | three;
        is_marked(&self.three, opening)
            && (is_marked(&self.early, opening) || is_marked(&self.four, hash(opening << 6 | four)))
    }
}

fn mark(bits: &mut [u64], at: usize) {
    bits[at / 64] |= 1 << (at % 64);
}

fn is_marked(bits: &[u64], at: usize) -> bool {
    bits[at / 64] >> (at % 64) & 1 == 1
}

/// Four symbols to a place among the bits; multiplied by a large odd number, of which the middle is well mixed.
fn hash(four: usize) -> usize {
    (four.wrapping_mul(0x9e37_79b1) >> 14) % OPENINGS
}

fn size(len: usize) -> u32 {
    u32::try_from(len).expect("a skill catalog has far fewer than four milliards of letters")
}

impl Trie {
    /// Whether any pattern begins with `c`.
    pub(super) fn begins(&self, c: char) -> bool {
        self.symbol(c).is_some_and(|symbol| self.step(0, symbol).is_some())
    }

    /// Walks from byte `start` of `text`; calls `visit(end, outputs)` at the end of each pattern on the way, shortest
    /// first. A run of spaces in the text counts as one.
    pub(super) fn walk(&self, text: &str, start: usize, mut visit: impl FnMut(usize, &[Output])) {
        let bytes = text.as_bytes();
        if let Some(&[one, two, three, four]) = bytes.get(start..start + 4)
            && (one | two | three | four).is_ascii()
            // A run of spaces counts as one: the walk steps over it.
            && ![one, two, three, four].contains(&b'\t')
            && !(two == b' ' && (one == b' ' || three == b' '))
            && !(three == b' ' && four == b' ')
        {
            // What no pattern holds has six bits as well, those of a symbol that may be one; the walk tells them apart.
            let symbols = [one, two, three, four].map(|byte| self.ascii[usize::from(byte)]);
            if !self.openings.may_begin(symbols) {
                return;
            }
        }
        let mut cell = 0;
        let mut at = start;
        let mut spaced = false;
        while let Some(&byte) = bytes.get(at) {
            let symbol = if byte.is_ascii() {
                at += 1;
                let space = byte == b' ' || byte == b'\t';
                if space && std::mem::replace(&mut spaced, space) {
                    continue;
                }
                spaced = space;
                self.ascii[usize::from(if space { b' ' } else { byte })]
            } else {
                let Some(c) = text[at..].chars().next() else { return };
                let folded = fold(c);
                at += c.len_utf8();
                if folded == ' ' && spaced {
                    continue;
                }
                spaced = folded == ' ';
                self.symbol(folded).unwrap_or(NONE)
            };
            let Some(next) = self.step(cell, symbol) else { return };
            cell = next;
            if self.cells[cell].base & ENDS != 0 {
                let (from, to) = self.ends[cell];
                visit(at, &self.outputs[from as usize..to as usize]);
            }
        }
    }

    /// The cell that a symbol leads to.
    fn step(&self, from: usize, symbol: u8) -> Option<usize> {
        // No cell is led to by `NONE`, so that what stands there has another parent.
        let to = (self.cells[from].base & !ENDS) as usize + usize::from(symbol);
        // A cell without children has no base; what stands by chance behind it has another parent.
        self.cells.get(to).is_some_and(|cell| cell.parent as usize == from).then_some(to)
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

    fn ends(trie: &Trie, text: &str, start: usize) -> Vec<(usize, Vec<Output>)> {
        let mut found = Vec::new();
        trie.walk(text, start, |end, outputs| found.push((end, outputs.to_vec())));
        found
    }

    #[test]
    fn a_walk_meets_every_pattern_on_its_way_in_any_case_and_spacing() {
        let mut builder = Builder::default();
        for (pattern, output) in [("Go", 1), ("go live", 2), ("C++", 3), ("go", 4), ("naïve", 5)] {
            builder.add(pattern, output);
        }
        let trie = builder.build();
        assert_eq!(ends(&trie, "GO \u{a0} Live", 0), [(2, vec![1, 4]), (10, vec![2])]);
        assert_eq!(ends(&trie, "in c++.", 3), [(6, vec![3])]);
        assert_eq!(ends(&trie, "NAÏVE", 0), [(6, vec![5])]);
        assert!(trie.begins('n') && !trie.begins('z'));
        assert_eq!(ends(&Builder::default().build(), "x", 0), []);
    }

    proptest::proptest! {
        #[test]
        fn a_walk_finds_what_a_plain_search_finds(
            patterns in proptest::collection::vec("[abc é+]{1,5}", 0..12),
            text in "[abc é+]{0,16}",
        ) {
            let mut builder = Builder::default();
            let mut spaced: Vec<String> = Vec::new();
            for pattern in patterns.iter().filter(|pattern| !pattern.contains("  ")) {
                builder.add(pattern, size(spaced.len()));
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
                found.sort_unstable();
                wanted.sort_unstable();
                proptest::prop_assert_eq!(found, wanted, "{:?} from {}", text, start);
            }
        }
    }
}
