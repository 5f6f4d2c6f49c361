//! The first line of postings that begin "Company | Role | Berlin | ONSITE | Full-time | VISA", as on Hacker News.

use super::pattern;

/// The parts of such a line, trimmed; empty where the text begins in another way.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(3);
    lines.map(split).find(|parts| parts.len() >= 3).unwrap_or_default()
}

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
        border.split(line).map(str::trim).filter(|part| !part.is_empty()).take(12).collect()
    };
    let barred = by(pattern!(r"\s*\|+\s*"));
    if barred.len() >= 3 {
        return barred;
    }
    if line.len() > 160 {
        return Vec::new();
    }
    by(pattern!(r"\s+(?:-+|–|—)\s+"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_dashes_part_a_header() {
        assert_eq!(parts("Acme | Rust | Berlin, Germany\nWe build."), ["Acme", "Rust", "Berlin, Germany"]);
        assert_eq!(parts("CLOSED\nAcme || Rust || Remote"), ["Acme", "Rust", "Remote"]);
        assert_eq!(parts("NYC, New York - Acme - Full time"), ["NYC, New York", "Acme", "Full time"]);
        assert_eq!(parts("- We build | and | run\nIt is fun - really."), [""; 0]);
    }
}
