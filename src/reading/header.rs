//! The first line of postings that begin "Company | Role | Berlin | ONSITE | Full-time | VISA", as on Hacker News.

use super::pattern;
use crate::domain::text::head;

/// The parts of such a line, trimmed; of a line like "Acme - Berlin, Germany" or "Berlin, Germany. Full-time." where
/// there is none; empty where the text begins in another way.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(3);
    let barred = || lines().filter(|line| line.contains('|')).map(loose).find(|parts| parts.len() >= 2);
    let rows = lines().map(split).find(|parts| parts.len() >= 3);
    rows.or_else(barred).unwrap_or_else(|| lines().next().map_or_else(Vec::new, loose))
}

/// What a first line holds that is no row of parts: its sentences and halves, and what stands behind their first comma.
fn loose(line: &str) -> Vec<&str> {
    if line.starts_with("- ") {
        return Vec::new();
    }
    let border = pattern!(r"\s*\|+\s*|\s+(?:-+|–|—)\s+|\s*/\s+|[.:]\s+|\.$");
    let parts = border.split(head(line, LOOSE)).map(str::trim).filter(|part| !part.is_empty());
    // "Berlin, Germany (full-time, visa)": what stands in brackets is of another kind.
    let kinds = pattern!(r"\b(full|part|contract|visas?|h-?1b|remote|hybrid|on-?site)\b");
    let bare = parts.flat_map(|part| match part.split_once(" (") {
        Some((bare, inner)) if kinds.is_match(inner) => [bare, inner.trim_end_matches(')')],
        _ => [part, ""],
    });
    // "Shoreditch, London, UK": what stands behind a comma may be known where the whole is not.
    let halves = bare.flat_map(|part| {
        let first = part.split_once(", ").map(|(_, rest)| rest);
        let second = first.and_then(|rest| rest.split_once(", ")).map(|(_, rest)| rest);
        [Some(part), first, second]
    });
    halves.flatten().filter(|part| !part.is_empty() && is_label(part)).take(16).collect()
}

/// Few words, or nothing but names: a sentence says no place or mode in passing.
fn is_label(part: &str) -> bool {
    let names = |word: &str| !word.starts_with(char::is_lowercase) || matches!(word, "and" | "or");
    part.split_whitespace().count() <= WORDS || part.split_whitespace().all(names)
}

/// A part of more words must be all names.
const WORDS: usize = 5;
/// How far into the first line such parts are looked for, in bytes.
const LOOSE: usize = 110;

/// The part that says just this and no more; `None` when parts say it twice differently is for the caller to see.
pub(super) fn part<'a>(parts: &[&'a str], whole: &regex::Regex) -> Option<&'a str> {
    parts.iter().copied().find(|part| part.len() <= 60 && whole.is_match(part))
}

/// Bars part such a line, or else dashes between spaces; a bulleted line or a long sentence is none.
fn split(line: &str) -> Vec<&str> {
    if line.starts_with("- ") {
        return Vec::new();
    }
    let by = |border: &regex::Regex| -> Vec<&str> {
        border
            .split(line)
            .map(|part| end_run_on(part.trim()))
            .filter(|part| !part.is_empty())
            .take(12)
            .collect()
    };
    let barred = by(pattern!(r"\s*\|+\s*|\s+[·•]\s+"));
    if barred.len() >= 3 {
        return barred;
    }
    if line.len() > 160 {
        return Vec::new();
    }
    by(pattern!(r"\s+(?:-+|–|—)\s+"))
}

/// The text may run on behind the last part: "ONSITE We build ovens".
fn end_run_on(part: &str) -> &str {
    pattern!(r"^(?:remote|hybrid|on[ -]?site|full[ -]?time|part[ -]?time|contract|visa)\b(?-i: [A-Z][A-Za-z]?[a-z])")
        .find(part)
        .and_then(|run| Some(run.as_str().rsplit_once(' ')?.0.trim_end()))
        .map_or(part, |word| &part[..word.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_dashes_part_a_header() {
        assert_eq!(parts("Acme | Rust | Berlin, Germany\nWe build."), ["Acme", "Rust", "Berlin, Germany"]);
        assert_eq!(parts("CLOSED\nAcme || Rust || Remote"), ["Acme", "Rust", "Remote"]);
        assert_eq!(parts("NYC, New York - Acme - Full time"), ["NYC, New York", "Acme", "Full time"]);
        assert_eq!(parts("Acme | Berlin | ONSITE We build ovens"), ["Acme", "Berlin", "ONSITE"]);
        assert_eq!(parts("Acme - Berlin, Germany"), ["Acme", "Berlin, Germany", "Germany"]);
        assert_eq!(parts("Acme, Berlin. Full-time.")[1..], ["Berlin", "Full-time"]);
        assert_eq!(parts("Senior baker / ONSITE / FULLTIME")[1..], ["ONSITE", "FULLTIME"]);
        assert_eq!(parts("Berlin, DE (full-time)"), ["Berlin, DE", "DE", "full-time"]);
        assert_eq!(parts("- We build | and | run\nIt is fun - really."), [""; 0]);
    }
}
