//! Parts of a text that are no evidence: web addresses, domain names, e-mail addresses and handles.

use std::ops::Range;

/// Last parts of domain names that postings use.
const ENDINGS: [&str; 26] = [
    "ai", "app", "at", "be", "biz", "ca", "ch", "cloud", "co", "com", "de", "dev", "edu", "eu", "fr", "gg",
    "gov", "info", "io", "jobs", "me", "net", "nl", "org", "tech", "uk",
];

/// The byte ranges to skip, in order. `is_name` tells whether a dotted word such as `asp.net` is a skill's name.
pub(super) fn ranges(text: &str, is_name: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(mark) = memchr::memchr3(b'.', b'@', b':', &bytes[at..]).map(|mark| at + mark) {
        // Within the word of the mark; both ends stand beside ASCII white space or an end of the text, so the slice is
        // whole.
        let space = |byte: &u8| byte.is_ascii_whitespace();
        let start = bytes[at..mark].iter().rposition(space).map_or(at, |before| at + before + 1);
        let end = bytes[mark..].iter().position(space).map_or(bytes.len(), |behind| mark + behind);
        at = end;
        // A full stop, mostly.
        if mark + 1 == end {
            continue;
        }
        if let Some(range) = address(&text[start..end], &is_name) {
            found.push(start + range.start..start + range.end);
        }
    }
    found
}

/// The address within a word without white space.
fn address(word: &str, is_name: &impl Fn(&str) -> bool) -> Option<Range<usize>> {
    if let Some(at) = word.find("://") {
        let scheme = word[..at]
            .rfind(|c: char| !c.is_ascii_alphanumeric())
            .map_or(0, |before| before + word[before..].chars().next().map_or(1, char::len_utf8));
        return Some(scheme..word.len());
    }
    let open = word.len() - word.trim_start_matches(['(', '[', '<', '{', '"', '\'', '“', '‘']).len();
    let close = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/').len();
    let core = word.get(open..close)?;
    if let Some(at) = core.find('@') {
        // A handle, or an address with a dot behind its sign.
        return (at == 0 || core[at..].contains('.')).then_some(open..close);
    }
    let host = core.split(['/', '?', ':']).next().unwrap_or(core);
    if core.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) {
        return Some(open..close);
    }
    let (before, ending) = host.rsplit_once('.')?;
    let labels = before.split('.').all(|label| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    (labels && ENDINGS.contains(&ending) && !is_name(host)).then_some(open..close)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blanked(text: &str) -> Vec<&str> {
        ranges(text, |word| ["asp.net", "socket.io"].contains(&word.to_lowercase().as_str()))
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn addresses_go_and_names_with_dots_stay() {
        assert_eq!(
            blanked(
                "See (https://x.io/go.php), www.Rust.org or react.dev/learn; mail jobs@swift.com, follow @angular."
            ),
            ["https://x.io/go.php),", "www.Rust.org", "react.dev/learn", "jobs@swift.com", "@angular"]
        );
        assert_eq!(blanked("ASP.NET, Socket.io, Node.js. React/Next.js 3.5 e.g. C#:Go end.Next"), [""; 0]);
    }
}
