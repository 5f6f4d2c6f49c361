//! What headings and labels ask for: knowledge, or only what is nice to have ("[Want]", "Meriting: Ada").

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Headings over what one has to know.
static KNOWLEDGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "(?i-u)require|qualification|skills|must[ -]have|nice[ -]to[ -]have|stack|technolog|what you(?:'ll| will)? (?:bring|need|have|know)|you (?:bring|have|know|need)|plus|bonus|desirable|wensen|eisen",
    )
    .expect("a pattern that is written here compiles")
});

/// A label has fewer bytes than this.
pub(super) const LABEL: usize = 40;

/// Whether a heading, without the signs around it, is a word that says only alone that its list is wished for.
pub(super) fn is_alone(bare: &str) -> bool {
    let words: &[&str] = match bare.len() {
        3 => &["pre"],
        4 => &["nice", "want", "pré"],
        5 => &["wants", "asset", "added", "a pre"],
        6 => &["assets", "valued"],
        7 => &["welcome"],
        8 => &["valuable"],
        13 => &["also an asset"],
        21 => &["not required, but fun"],
        _ => return false,
    };
    words.iter().any(|word| bare.eq_ignore_ascii_case(word))
}

/// Whether a heading is over what one has to know, or would be nice to know.
pub(super) fn asks(heading: &str) -> bool {
    KNOWLEDGE.is_match(heading)
}

/// Whether one of the words that say so alone begins with this small letter.
pub(super) fn opens_alone(letter: u8) -> bool {
    matches!(letter, b'a' | b'n' | b'p' | b'v' | b'w')
}

/// "Nice: Kubernetes", "Good to have - Docker": whether a line has such a label of its own; `wish` is where the first of
/// [`Cue::Wish`](super::cues::Cue::Wish) in it ends.
pub(super) fn is_labelled(text: &str, line: Range<usize>, wish: Option<usize>) -> bool {
    let bytes = &text.as_bytes()[line.clone()];
    let Some(start) = bytes.iter().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii()) else {
        return false;
    };
    let first = &bytes[start..bytes.len().min(start + LABEL)];
    let Some(end) = memchr::memchr2(b':', b'-', first) else { return false };
    let label = &text[line.start + start..line.start + start + end];
    let bare = label.trim_end();
    let parts = first[end] == b':' || bare.len() < label.len();
    let wished = wish.is_some_and(|wish| wish <= line.start + start + end && !bare.starts_with("Our "));
    parts && (is_alone(bare) || (wished && !bare.contains(". ")))
}
