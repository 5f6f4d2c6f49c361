//! A small-footprint trie over folded text: at most 64 symbols, children side by side, counted by bits.

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
    nodes: Vec<Node>,
    outputs: Vec<Output>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// Which symbols lead on.
    kids: u64,
    /// Where the child of the lowest symbol stands; the others follow.
    first: u32,
    outputs: (u32, u32),
}

/// Patterns before they are packed.
#[derive(Debug, Default)]
pub(super) struct Builder {
    symbols: BTreeMap<char, u8>,
    nodes: Vec<(BTreeMap<u8, usize>, Vec<Output>)>,
}

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

    /// Packs the patterns, breadth first, so that near the root all stays in the cache.
    pub(super) fn build(mut self) -> Trie {
        if self.nodes.is_empty() {
            self.nodes.push(<_>::default());
        }
        let mut trie = Trie {
            ascii: [NONE; 128],
            other: HashMap::new(),
            nodes: vec![Node::default()],
            outputs: Vec::new(),
        };
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
        let mut queue = vec![0];
        let mut at = 0;
        while let Some(&from) = queue.get(at) {
            let (kids, outputs) = &self.nodes[from];
            let start = size(trie.outputs.len());
            trie.outputs.extend(outputs);
            let first = size(trie.nodes.len());
            trie.nodes[at] = Node {
                kids: kids.keys().fold(0, |bits, symbol| bits | (1 << symbol)),
                first,
                outputs: (start, size(trie.outputs.len())),
            };
            trie.nodes.extend(kids.iter().map(|_| Node::default()));
            queue.extend(kids.values());
            at += 1;
        }
        trie
    }
}

fn size(len: usize) -> u32 {
    u32::try_from(len).expect("a skill catalog has far fewer than four milliards of letters")
}

impl Trie {
    /// Whether any pattern begins with `c`.
    pub(super) fn begins(&self, c: char) -> bool {
        self.symbol(c).is_some_and(|symbol| self.nodes[0].kids >> symbol & 1 == 1)
    }

    /// Walks from byte `start` of `text`; calls `visit(end, outputs)` at the end of each pattern on the way, shortest
    /// first. A run of spaces in the text counts as one.
    pub(super) fn walk(&self, text: &str, start: usize, mut visit: impl FnMut(usize, &[Output])) {
        let bytes = text.as_bytes();
        let mut node = &self.nodes[0];
        let mut at = start;
        let mut spaced = false;
        while at < bytes.len() {
            let byte = bytes[at];
            let (symbol, width, space) = if byte.is_ascii() {
                let space = matches!(byte, b' ' | b'\t');
                (self.ascii[usize::from(if space { b' ' } else { byte })], 1, space)
            } else {
                let Some(c) = text[at..].chars().next() else { return };
                let folded = fold(c);
                (self.symbol(folded).unwrap_or(NONE), c.len_utf8(), folded == ' ')
            };
            at += width;
            if space && spaced {
                continue;
            }
            spaced = space;
            if symbol == NONE || node.kids >> symbol & 1 == 0 {
                return;
            }
            let before = (node.kids & ((1 << symbol) - 1)).count_ones();
            node = &self.nodes[(node.first + before) as usize];
            let (from, to) = node.outputs;
            if from != to {
                visit(at, &self.outputs[from as usize..to as usize]);
            }
        }
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
}
