//! What headings and labels ask for: knowledge, or only what is nice to have ("[Want]", "Meriting: Ada").

use std::sync::LazyLock;

use regex::Regex;

/// One search for all: headings are short and many.
static WISH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "(?i-u)nice[ -]to[ -]have|good to have|nice extra|bonus|plus|preferred|preferable|desirable|desired|advantage|would be great|would be nice|optional|extra credit|even better|wish ?list|wishes|meriting|meritorious|meriterande|extra treat|a treat|icing on|be valued|are valued|is valued|diferencia|differential|deseable|desej|wensen|von vorteil|nschenswert|souhait",
    )
    .expect("a pattern that is written here compiles")
});

/// Headings over what one has to know.
static KNOWLEDGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "(?i-u)require|qualification|skills|must[ -]have|nice[ -]to[ -]have|stack|technolog|what you (?:bring|need|have|know)|you (?:bring|have|know|need)|plus|bonus|desirable|wensen|eisen",
    )
    .expect("a pattern that is written here compiles")
});

/// Words that say so only alone.
const ALONE: [&str; 14] = [
    "nice",
    "want",
    "wants",
    "welcome",
    "asset",
    "assets",
    "valued",
    "valuable",
    "pre",
    "a pre",
    "pré",
    "added",
    "also an asset",
    "not required, but fun",
];

/// A label has fewer bytes than this.
const LABEL: usize = 40;

/// Whether a heading, without the signs around it, is over such a list.
pub(super) fn is_heading(bare: &str) -> bool {
    ALONE.iter().any(|word| bare.eq_ignore_ascii_case(word)) || WISH.is_match(bare)
}

/// Whether a heading is over what one has to know, or would be nice to know.
pub(super) fn asks(heading: &str) -> bool {
    KNOWLEDGE.is_match(heading)
}

/// "Nice: Kubernetes", "Good to have - Docker": whether a line has such a label of its own.
pub(super) fn is_labelled(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = &line.as_bytes()[..line.len().min(LABEL)];
    let Some(end) = memchr::memchr2(b':', b'-', first) else { return false };
    let label = line[..end].trim_end();
    let parts = first[end] == b':' || label.len() < end;
    parts && !label.contains(". ") && !label.starts_with("Our ") && is_heading(label)
}
