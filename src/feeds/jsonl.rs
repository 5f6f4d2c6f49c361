//! JSON Lines: one posting a line, from a web address or a file; the form for an operator's own lists.

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json, vocabulary};
use crate::domain::posting::{Body, Posting};

const NAME: &str = "jsonl";

/// `jsonl:https://…`, `jsonl:http://…` or `jsonl:file:PATH`. A bare name has no address: its lines are handed in
/// by `crier ingest FILE`.
#[derive(Debug)]
pub(super) struct JsonLines;

impl Kind for JsonLines {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        let wrong =
            |cause: &str| ReadError::Board { kind: NAME, board: board.to_owned(), cause: cause.to_owned() };
        if let Some(path) = board.strip_prefix("file:") {
            if path.trim_start_matches('/').is_empty() {
                return Err(wrong("there is no path behind \"file:\""));
            }
            return Ok(Ask { url: board.to_owned(), json: None });
        }
        if !board.contains("://") {
            return Err(wrong(
                "it is a name without an address; write jsonl:https://…, jsonl:http://… or jsonl:file:PATH",
            ));
        }
        let url = address::link(board);
        if url.is_empty() {
            return Err(wrong("it must be an http or https address, or file: with a path"));
        }
        Ok(Ask { url, json: None })
    }

    fn local(&self) -> bool {
        true
    }

    fn read(&self, _board: &str, company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'<') => {
                return Err(json::unexpected(NAME, "the answer is a web page or XML, not JSON Lines".into()));
            }
            Some(b'[') if is_list(body) => {
                return Err(json::unexpected(
                    NAME,
                    "it is a JSON list; write one object a line instead".into(),
                ));
            }
            _ => {}
        }
        let mut sheet = Sheet::default();
        let mut unreadable = 0;
        let mut lines = body.split(|byte| *byte == b'\n').enumerate().peekable();
        while let Some((number, line)) = lines.next() {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match serde_json::from_slice::<Value>(line) {
                Ok(entry) => sheet.take(read_line(&entry, company)),
                // No line end behind it: the file was cut off, and what is missing is unknown.
                Err(error) if lines.peek().is_none() => {
                    return Err(json::unexpected(
                        NAME,
                        format!(
                            "the last line ({}) is cut off or broken: {}",
                            number + 1,
                            json::in_words(&error)
                        ),
                    ));
                }
                Err(_) => {
                    unreadable += 1;
                    sheet.take(Err(Skip::Broken("a line that is no JSON")));
                }
            }
        }
        let page = sheet.finish(NAME)?;
        // Nobody knows which posting an unreadable line was, so for its sake none may count as gone.
        Ok(Page { whole: unreadable == 0, ..page })
    }
}

/// Whether a text that starts with `[` is one list of objects, on one line or many.
fn is_list(body: &[u8]) -> bool {
    let first = body.trim_ascii_start().split(|byte| *byte == b'\n').next().unwrap_or_default();
    serde_json::from_slice::<Value>(first).map_or(true, |line| line.get(0).is_some_and(Value::is_object))
}

fn read_line(entry: &Value, company: Option<&str>) -> Result<Posting, Skip> {
    if !entry.is_object() {
        return Err(NO_OBJECT);
    }
    let mode = json::line(entry, "workmode");
    let mut locations = json::lines(entry, "location");
    let mut read = Posting {
        key: json::identity(entry, "id").unwrap_or_default(),
        title: json::line(entry, "title").unwrap_or_default(),
        company: json::line(entry, "company").or_else(|| company.map(str::to_owned)).unwrap_or_default(),
        url: json::text(entry, "url").map(address::link).unwrap_or_default(),
        work_mode: mode.as_deref().and_then(vocabulary::work_mode),
        pay_text: json::line(entry, "salary_text"),
        body: Body::Text(json::text(entry, "description").unwrap_or_default().to_owned()),
        tags: json::lines(entry, "tags"),
        language: json::text(entry, "lang").and_then(vocabulary::language),
        posted_at: dates::date(entry, "posted_at").or_else(|| dates::date(entry, "posted")),
        updated_at: dates::date(entry, "updated_at"),
        ..Posting::default()
    };
    // "REMOTE (CET)", "ONSITE - Madagascar": more than a mode, so it also says where.
    if let Some(mode) = mode.filter(|mode| !vocabulary::is_only_work_mode(mode)) {
        json::push_once(&mut locations, mode);
    }
    read.locations = locations;
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::WorkMode;
    use crate::domain::time::Millis;

    fn read(body: &str) -> Result<Page, ReadError> {
        let board = "http://127.0.0.1:8080/board/openings.jsonl";
        JsonLines.read(board, Some("Fallback"), &JsonLines.first(board).unwrap(), body.as_bytes())
    }

    const FULL: &str = r#"{"id": 7, "source": "us", "title": "Clerk ", "company": "Acme", "location": ["Oslo", "Rome"], "workmode": "REMOTE (CET)", "description": "Line one\nLine two", "posted_at": "2026-05-04T13:30:00Z", "posted_minutes_ago": 5, "salary_text": "50k EUR", "lang": "en", "url": "https://a.example/7", "tags": ["Ledger", "Ledger"]}"#;

    #[test]
    fn every_key_of_a_line_is_read() {
        let page = read(&format!("\u{feff}{FULL}\r\n\n")).unwrap();
        let line = &page.postings[0];
        assert_eq!((line.key.as_str(), line.title.as_str(), line.company.as_str()), ("7", "Clerk", "Acme"));
        assert_eq!(line.locations, ["Oslo", "Rome", "REMOTE (CET)"]);
        assert_eq!(line.work_mode, Some(WorkMode::Remote));
        assert_eq!(line.body, Body::Text("Line one\nLine two".into()));
        assert_eq!(line.posted_at, Some(Millis(1_777_901_400_000)));
        assert_eq!((line.pay_text.as_deref(), line.language.as_deref()), (Some("50k EUR"), Some("en")));
        assert_eq!(line.tags, ["Ledger"]);
        assert!(page.whole && page.skipped.is_empty());
    }

    #[test]
    fn null_and_missing_keys_leave_fields_empty_and_posted_is_a_date_too() {
        let page = read(
            r#"{"id": "a", "title": "Clerk", "company": null, "location": null, "workmode": null, "posted": "2026-05-04", "url": "https://a.example/7"}"#,
        )
        .unwrap();
        let line = &page.postings[0];
        assert_eq!(line.company, "Fallback");
        assert!(line.locations.is_empty() && line.work_mode.is_none());
        assert_eq!(line.posted_at, Some(Millis(1_777_852_800_000)));
    }

    #[test]
    fn a_broken_line_amid_others_is_counted_and_closes_nothing() {
        let page = read(&format!("{FULL}\n{{\"id\":\n[1]\n{{\"id\": \"b\"}}\n")).unwrap();
        assert_eq!(page.postings.len(), 1);
        let reasons: Vec<&str> = page.skipped.iter().map(|(reason, _)| reason.as_str()).collect();
        assert_eq!(reasons, ["a line that is no JSON", "no object", "without a title"]);
        assert!(!page.whole);
    }

    #[test]
    fn an_answer_that_is_no_json_lines_is_an_error() {
        assert_eq!(
            read(&format!("{FULL}\n{}", &FULL[..40])).unwrap_err().to_string(),
            "jsonl did not answer as expected: the last line (2) is cut off or broken: \
             the JSON is cut off at line 1, column 40"
        );
        for body in ["<html>\n</html>\n", "[{}]\n", "[\n{}\n]\n", "what\n", "what\never\n"] {
            assert!(read(body).is_err(), "{body}");
        }
        assert!(read("").unwrap().whole);
    }

    #[test]
    fn a_board_is_an_address_or_a_path() {
        assert!(JsonLines.first("https://a.example/x.jsonl").is_ok());
        assert_eq!(JsonLines.first("file:/srv/jobs.jsonl").unwrap().url, "file:/srv/jobs.jsonl");
        for wrong in ["", "acme", "ftp://a.example/x", "file:", "file:///", "http://"] {
            assert!(JsonLines.first(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn no_value_in_the_wrong_place_costs_more_than_its_line() {
        let line: Value = serde_json::from_str(FULL).unwrap();
        let lines = Value::Array(vec![line.clone(), line]);
        let write = crate::feeds::mangled::by_line;
        crate::feeds::mangled::survives(&JsonLines, "file:x", &lines, "", write);
    }
}
