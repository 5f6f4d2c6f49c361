//! Reads JSON at the door: whole answers with errors in words, and fields that may be missing, null or of another type.

use serde_json::Value;
use serde_json::error::Category;

use super::ReadError;
use crate::domain::posting::Body;

/// A whole answer as JSON.
///
/// # Errors
/// When it is empty, a web page, cut off or no JSON; the error says which.
pub(super) fn parse(kind: &'static str, body: &[u8]) -> Result<Value, ReadError> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let start = body.iter().find(|byte| !byte.is_ascii_whitespace());
    let cause = match start {
        None => "the answer is empty".to_owned(),
        Some(b'<') => "the answer is a web page or XML, not JSON".to_owned(),
        Some(_) => match serde_json::from_slice(body) {
            Ok(value) => return Ok(value),
            Err(error) => in_words(&error),
        },
    };
    Err(ReadError::Unexpected { kind, cause })
}

/// What is wrong with a text that should be JSON.
pub(super) fn in_words(error: &serde_json::Error) -> String {
    let place = format!("line {}, column {}", error.line(), error.column());
    match error.classify() {
        Category::Eof => format!("the JSON is cut off at {place}"),
        _ if error.to_string().contains("recursion limit") => {
            format!("the JSON is nested too deep at {place}")
        }
        _ => format!("no JSON at {place}"),
    }
}

/// The list that `value` holds under `key`.
///
/// # Errors
/// When `value` is no object or has no list there; the error quotes what the board said instead.
pub(super) fn list<'a>(kind: &'static str, value: &'a Value, key: &str) -> Result<&'a [Value], ReadError> {
    match value.get(key) {
        Some(Value::Array(list)) => Ok(list),
        Some(other) => Err(unexpected(kind, format!("\"{key}\" is {}, not a list", name(other)))),
        None => Err(unexpected(kind, format!("there is no \"{key}\" in it, but {}", gist(value)))),
    }
}

/// The list that `value` is.
///
/// # Errors
/// When it is something else; the error quotes what the board said instead.
pub(super) fn array<'a>(kind: &'static str, value: &'a Value) -> Result<&'a [Value], ReadError> {
    match value {
        Value::Array(list) => Ok(list),
        other => Err(unexpected(kind, format!("it is {}, not a list", gist(other)))),
    }
}

/// The error for an answer that is JSON, but not this kind's.
pub(super) const fn unexpected(kind: &'static str, cause: String) -> ReadError {
    ReadError::Unexpected { kind, cause }
}

/// The text under `key` on one line: runs of white space become one space; `None` when there is nothing in it.
pub(super) fn line(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).and_then(clean)
}

/// The same with HTML entities resolved, for boards that leave them in names and titles.
pub(super) fn plain(value: &Value, key: &str) -> Option<String> {
    line(value, key).and_then(|text| clean(&html_escape::decode_html_entities(&text)))
}

/// The text under `key` as it stands; `None` when there is nothing in it.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

/// An identifier: a text, or a whole number of up to 64 bits.
pub(super) fn identity(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => clean(text),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}

/// A finite number, also one that is written as text (`"52000.00"`).
pub(super) fn number(value: &Value, key: &str) -> Option<f64> {
    let number = match value.get(key)? {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// True or false; `None` for everything else.
pub(super) fn flag(value: &Value, key: &str) -> Option<bool> {
    value.get(key).and_then(Value::as_bool)
}

/// The texts under `key`, each on one line and once: those of a list, or the one that stands there alone.
pub(super) fn lines(value: &Value, key: &str) -> Vec<String> {
    let mut found = Vec::new();
    match value.get(key) {
        Some(Value::Array(list)) => {
            for text in list.iter().filter_map(Value::as_str).filter_map(clean) {
                push_once(&mut found, text);
            }
        }
        Some(Value::String(text)) => found.extend(clean(text)),
        _ => {}
    }
    found
}

/// The objects of the list under `key`; none when there is no list.
pub(super) fn objects<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    let list = value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter(|entry| entry.is_object())
}

/// `text` on one line: runs of white space and control characters become one space; `None` when nothing is left.
pub(super) fn clean(text: &str) -> Option<String> {
    let mut clean = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.push_str(word);
    }
    (!clean.is_empty()).then_some(clean)
}

/// A short HTML text on one line without its tags.
pub(super) fn without_tags(html: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    clean(&html_escape::decode_html_entities(&text))
}

/// A text that boards give as HTML, and now and then as plain words, or escaped once too often.
pub(super) fn body(text: &str) -> Body {
    let mut text = std::borrow::Cow::Borrowed(text);
    for _ in 0..2 {
        if text.contains('<') || !text.contains("&lt;") {
            break;
        }
        text = html_escape::decode_html_entities(&text).into_owned().into();
    }
    if text.contains('<') { Body::Html(text.into_owned()) } else { Body::Text(text.into_owned()) }
}

/// Adds `text` unless it is there already.
pub(super) fn push_once(into: &mut Vec<String>, text: String) {
    if !into.contains(&text) {
        into.push(text);
    }
}

/// What an answer is, in a few words, with the board's own message when it gives one.
fn gist(value: &Value) -> String {
    let said = ["error", "message", "detail", "errors"].iter().find_map(|key| line(value, key));
    match said {
        Some(said) => format!("the board says \"{}\"", said.chars().take(120).collect::<String>()),
        None => name(value).to_owned(),
    }
}

const fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn cause(body: &[u8]) -> String {
        parse("test", body).unwrap_err().to_string()
    }

    #[test]
    fn an_answer_that_is_no_json_says_what_it_is_instead() {
        assert_eq!(cause(b" \n"), "test did not answer as expected: the answer is empty");
        assert_eq!(
            cause(b"\n<!doctype html>"),
            "test did not answer as expected: the answer is a web page or XML, not JSON"
        );
        assert_eq!(
            cause(b"{\"jobs\": [{\"id\": 1"),
            "test did not answer as expected: the JSON is cut off at line 1, column 18"
        );
        assert_eq!(cause(b"Not Found"), "test did not answer as expected: no JSON at line 1, column 1");
        let deep = "[".repeat(100_000);
        assert!(cause(deep.as_bytes()).contains("nested too deep"));
    }

    #[test]
    fn a_list_that_is_missing_quotes_the_board() {
        let answer = json!({"ok": false, "error": "Document not found"});
        assert_eq!(
            list("test", &answer, "jobs").unwrap_err().to_string(),
            "test did not answer as expected: there is no \"jobs\" in it, but the board says \"Document not found\""
        );
        assert!(array("test", &answer).unwrap_err().to_string().contains("Document not found"));
        assert!(list("test", &json!({"jobs": null}), "jobs").is_err());
    }

    #[test]
    fn fields_of_another_type_are_as_if_missing() {
        let value = json!({"a": " x \n\u{a0}y ", "b": 7, "c": "", "d": "1200.50", "e": ["p", 3, "p ", null], "f": 1.5});
        assert_eq!(line(&value, "a").as_deref(), Some("x y"));
        assert_eq!(line(&value, "b"), None);
        assert_eq!(text(&value, "c"), None);
        assert_eq!(identity(&value, "b").as_deref(), Some("7"));
        assert_eq!(identity(&value, "f"), None);
        assert_eq!(number(&value, "d"), Some(1200.5));
        assert_eq!(number(&value, "a"), None);
        assert_eq!(lines(&value, "e"), ["p"]);
        assert_eq!(lines(&value, "missing"), [""; 0]);
    }
}
