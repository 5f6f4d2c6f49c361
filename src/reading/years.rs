//! Years of experience: the least number that the main requirement asks for.

use super::{Read, pattern};

/// The least years asked for; "preferred" ones and ages of the company do not count.
pub(super) fn read(prose: &str) -> Read<u8> {
    let years = pattern!(
        r"\b(?:(\d{1,2})(?:\.\d)?|(two|three|four|five|six|seven|eight|nine|ten))\s*(?:\+|plus|or more)?\s*(?:\(\d+\)\s*)?(?:(?:-|–|—|to)\s*\d{1,2}\s*\+?\s*)?(?:years?|yrs?)['’]?(?:\s+of)?[^.\n;]{0,60}?\b(?:experience|exp\b|expertise|background|track record|working|building|developing|programming|in a|in an|with|industry|professional|coding|designing|leading|managing)"
    );
    let mut best: Option<(u8, String)> = None;
    for line in prose.lines() {
        if pattern!(r"\b(preferred|nice to have|bonus|plus:|a plus|ideally|desirable)\b").is_match(line) {
            continue;
        }
        for found in years.captures_iter(line) {
            let words = &found[0];
            if pattern!(r"\b(years? (ago|old)|founded|over the (last|past)|for (over|more than) \d+ years (we|our)|company|history|we have|we've|our \w+ (has|have))\b").is_match(line) && !pattern!(r"\b(you|candidate|require|minimum|at least|experience (in|with|as))\b").is_match(line) {
                continue;
            }
            let number = match (found.get(1), found.get(2)) {
                (Some(digits), _) => digits.as_str().parse().unwrap_or(0),
                (None, Some(word)) => {
                    let names = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
                    let at = names.iter().position(|name| word.as_str().eq_ignore_ascii_case(name));
                    at.and_then(|at| u8::try_from(at + 2).ok()).unwrap_or(0)
                }
                _ => 0,
            };
            // The first requirement is the main one; later ones ask for a part of it.
            if (1..=25).contains(&number) && best.is_none() {
                best = Some((number, words.to_owned()));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_requirement_counts() {
        let years = |text| read(text).map(|(years, _)| years);
        assert_eq!(years("- 5+ years of experience with Rust\n- 2 years with Kafka"), Some(5));
        assert_eq!(years("3-5 years of professional software development"), Some(3));
        assert_eq!(years("At least five years building backends"), Some(5));
        assert_eq!(years("Nice to have: 7 years of experience in games"), None);
        assert_eq!(years("Founded 10 years ago with a track record"), None);
    }
}
