//! HTML and entity soup to plain text: paragraphs as empty lines, list items as lines that start with "- ".

/// The text of an HTML fragment; scripts, styles and comments are dropped.
pub(super) fn to_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push_text(&mut out, &rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        // "a < b" is no tag.
        let name_at = usize::from(rest[1..].starts_with('/')) + 1;
        if !rest[name_at..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        let Some(end) = rest.find('>') else {
            // Cut off within a tag.
            break;
        };
        let tag = &rest[name_at..end];
        let name =
            tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        let closing = name_at == 2;
        rest = &rest[end + 1..];
        if !closing && matches!(name.as_str(), "script" | "style" | "template" | "noscript") {
            let close = format!("</{name}");
            // Their content is no HTML: the next closing tag of the same name ends it.
            rest = find_ignoring_case(rest, &close).map_or("", |at| &rest[at..]);
            continue;
        }
        match name.as_str() {
            "li" if !closing => {
                out.push_str(if out.is_empty() || out.ends_with('\n') { "- " } else { "\n- " })
            }
            "br" => out.push('\n'),
            "p" | "div" | "section" | "article" | "header" | "footer" | "table" | "blockquote" | "pre"
            | "ul" | "ol" | "dl" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" => out.push_str("\n\n"),
            "li" | "tr" | "dt" | "dd" => out.push('\n'),
            "td" | "th" if closing => out.push(' '),
            _ => {}
        }
    }
    if !rest.starts_with('<') {
        push_text(&mut out, rest);
    }
    tidy(&out)
}

/// Plain text with entities resolved, spaces and empty lines single, bullets as "- ".
pub(super) fn tidy(text: &str) -> String {
    let resolved = html_escape::decode_html_entities(text);
    let mut out = String::with_capacity(resolved.len());
    let mut empty = true;
    for line in resolved.lines() {
        let mut words = line
            .split(|c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{200b}')
            .filter(|w| !w.is_empty())
            .peekable();
        let Some(first) = words.peek() else {
            if !empty {
                out.push('\n');
            }
            empty = true;
            continue;
        };
        let bullet = matches!(
            *first,
            "-" | "*" | "•" | "·" | "‣" | "◦" | "▪" | "●" | "○" | "–" | "—" | "➢" | "✓" | "✔"
        );
        if bullet {
            words.next();
            if words.peek().is_none() {
                continue;
            }
            out.push_str("- ");
        }
        let mut glued = true;
        for word in words {
            if !std::mem::take(&mut glued) {
                out.push(' ');
            }
            let word = if out.ends_with('\n') || out.is_empty() {
                word.trim_start_matches(['•', '●', '▪'])
            } else {
                word
            };
            out.push_str(word);
        }
        out.push('\n');
        empty = false;
    }
    out.trim().to_owned()
}

fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        out.push(if c == '\n' || c == '\r' || c == '\t' { ' ' } else { c });
    }
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lists_and_entities_become_text() {
        let html = "<p>Build &amp; run</p><ul><li>Rust</li><li>C&#43;&#43;\n  too</li></ul><script>x<b></script>a &lt; b<br/>end";
        assert_eq!(to_text(html), "Build & run\n\n- Rust\n- C++ too\n\na < b\nend");
        assert_eq!(to_text("5 < 6 and <unfinished"), "5 < 6 and");
        assert_eq!(tidy("A\r\n\r\n\r\n • one\n  •two\n\u{a0}\n"), "A\n\n- one\ntwo");
    }
}
