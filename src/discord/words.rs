//! Text for Discord: foreign text made harmless, timestamps, shortening at words.

use crate::domain::time::Millis;

/// Foreign text on one line, in which nothing is markup, mention, link or emoji code.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = !out.is_empty();
            continue;
        }
        // Invisible signs and changes of direction could hide or turn what follows.
        if c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        {
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        if matches!(
            c,
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '[' | ']' | '(' | ')' | '#' | '@' | ':'
        ) || (out.is_empty() && matches!(c, '-' | '+'))
        {
            out.push('\\');
        }
        out.push(c);
        // "@everyone" stays readable and is no mention even where mentions are on.
        if c == '@' {
            out.push('\u{200b}');
        }
    }
    // "1." at the start of a line would become a list.
    let digits = out.chars().take_while(char::is_ascii_digit).count();
    if digits > 0 && out[digits..].starts_with('.') {
        out.insert(digits, '\\');
    }
    out
}

/// Foreign text of several lines: each line harmless, lists kept, empty lines one at most.
#[must_use]
pub fn plain_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut empty = 0;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        match line.strip_prefix("- ") {
            Some(item) => {
                out.push_str("- ");
                out.push_str(&plain(item));
            }
            None => out.push_str(&plain(line)),
        }
    }
    out
}

/// At most `most` characters, ended by "…" behind a whole word when something was left out.
#[must_use]
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let whole = text.chars().nth(most.saturating_sub(1)).is_some_and(char::is_whitespace);
    let end = if whole { cut.len() } else { cut.rfind(char::is_whitespace).unwrap_or(cut.len()) };
    let kept =
        cut[..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '·' | '\\'));
    format!("{kept}…")
}

/// "2 hours ago" in each reader's own language and zone.
#[must_use]
pub fn ago(at: Millis) -> String {
    format!("<t:{}:R>", at.seconds())
}

/// Date and time in each reader's own zone.
#[must_use]
pub fn moment(at: Millis) -> String {
    format!("<t:{}:f>", at.seconds())
}

/// The day in each reader's own zone.
#[must_use]
pub fn moment_of_day(at: Millis) -> String {
    format!("<t:{}:D>", at.seconds())
}

/// "1 opening", "2 openings", "1,234 openings".
#[must_use]
pub fn count(number: u64, noun: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{} {noun}{s}", grouped(number))
}

/// 1,234,567.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// An address that can stand in a link button or behind a label: http(s), at most 512 characters.
#[must_use]
pub fn link(url: &str) -> Option<String> {
    let parsed = url::Url::parse(url).ok()?;
    let shown = parsed.to_string();
    (matches!(parsed.scheme(), "http" | "https") && shown.chars().count() <= 512).then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_can_neither_ping_nor_fake_a_link_nor_break_the_layout() {
        assert_eq!(
            plain("@everyone [Free](https://evil.example)\n**bold** <@1>"),
            "\\@\u{200b}everyone \\[Free\\]\\(https\\://evil.example\\) \\*\\*bold\\*\\* \\<\\@\u{200b}1\\>"
        );
        assert_eq!(plain("# Title"), "\\# Title");
        assert_eq!(plain("1. First"), "1\\. First");
        assert_eq!(plain("a\u{202e}b\u{200b}c"), "abc");
        assert_eq!(plain_lines("Do:\n- this\n-that\n\n\n> quote"), "Do\\:\n- this\n\\-that\n\n\\> quote");
    }

    #[test]
    fn shortening_keeps_whole_words() {
        assert_eq!(shorten("Senior Platform Engineer", 30), "Senior Platform Engineer");
        assert_eq!(shorten("Senior Platform Engineer", 18), "Senior Platform…");
        assert_eq!(shorten("Senior Platform Engineer", 16), "Senior Platform…");
        assert_eq!(shorten("Donaudampfschifffahrt", 8), "Donauda…");
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert!(link("javascript:alert(1)").is_none() && link("nonsense").is_none());
        assert_eq!(link("https://example.org/a b").as_deref(), Some("https://example.org/a%20b"));
        assert!(link(&format!("https://example.org/{}", "a".repeat(600))).is_none());
    }
}
