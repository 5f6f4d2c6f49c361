//! One line about the job, taken from the posting's own sentences, never invented.

use super::pattern;

/// The first sentence that tells what the person will do, of 30 to 240 characters.
pub(super) fn read(prose: &str) -> Option<String> {
    let mut fallback = None;
    for line in prose.lines() {
        let line = line.trim();
        if line.starts_with("- ") {
            continue;
        }
        for sentence in sentences(line) {
            let length = sentence.chars().count();
            if !(30..=240).contains(&length) || !sentence.ends_with(['.', '!', '…']) {
                continue;
            }
            let tells = pattern!(r"\b(you('ll| will)|the role|this role|in this role|we('re| are) (looking|hiring|seeking)|is (looking|hiring|seeking)|join|responsible for|as an? |your (job|work|mission)|our team (builds|owns|runs|decides|tells)|the (\w+ )?team (builds|owns|runs|decides))\b").is_match(sentence);
            let noise = pattern!(r"https?://|@|\||\b(apply|e-?mail|click|salary|equal opportunity|cookies|visa|relocation|interview|permanent|full-time|part-time|hours a week)\b").is_match(sentence);
            if tells && !noise {
                return Some(sentence.to_owned());
            }
            if fallback.is_none() && !noise {
                fallback = Some(sentence.to_owned());
            }
        }
    }
    fallback
}

/// The sentences of a line; a point within "e.g." or "Node.js" ends none.
fn sentences(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let bytes = line.as_bytes();
    for (at, c) in line.char_indices() {
        if !matches!(c, '.' | '!' | '?') {
            continue;
        }
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let after = line[at + 1..].trim_start().chars().next();
        // A few letters back decide; looking for the last space would take a line without spaces again and again.
        let back = line[start..at].char_indices().rev().nth(7).map_or(start, |(back, _)| start + back);
        let short = line[back..at].rsplit(' ').next().is_some_and(|word| {
            word.len() <= 3 && word.contains('.')
                || matches!(word, "e.g" | "i.e" | "etc" | "Inc" | "St" | "Mr" | "vs")
        });
        if next.is_ascii_whitespace() && !short && after.is_none_or(|c| !c.is_lowercase()) {
            out.push(line[start..=at].trim());
            start = at + 1;
        }
    }
    let rest = line[start..].trim();
    if !rest.is_empty() {
        out.push(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_summary_is_a_sentence_of_the_posting() {
        let text = "We love what we do here. It is a nice place with cake.\n\nAs a platform engineer, you will run the queue, e.g. Kafka. Apply now.";
        assert_eq!(
            super::read(text).as_deref(),
            Some("As a platform engineer, you will run the queue, e.g. Kafka.")
        );
        assert_eq!(super::read("Rust. Go."), None);
    }
}
