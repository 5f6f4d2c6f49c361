//! Hacker News "Who is hiring?": one posting a top-level comment, whose first line says most by convention.

mod first_line;

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, dates, json};
use crate::domain::posting::Posting;
use first_line::FirstLine;

const NAME: &str = "hn";
const API: &str = "https://hn.algolia.com/api/v1";

/// `hn:latest` for the two newest threads, or `hn:NUMBER` for one thread.
#[derive(Debug)]
pub(super) struct HackerNews;

impl Kind for HackerNews {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        if board == "latest" {
            let url = format!("{API}/search_by_date?tags=story,author_whoishiring&hitsPerPage=10");
            return Ok(Ask { url, json: None });
        }
        if !board.is_empty() && board.len() <= 12 && board.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(thread(board, None));
        }
        let cause = "write hn:latest, or the number of a thread such as hn:42000000".to_owned();
        Err(ReadError::Board { kind: NAME, board: board.to_owned(), cause })
    }

    fn read(&self, board: &str, _company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        if board == "latest" && ask == &self.first(board)? {
            return newest(&answer);
        }
        let mut sheet = Sheet::default();
        for comment in json::list(NAME, &answer, "children")? {
            sheet.take(read_comment(comment));
        }
        // The fragment, which no server sees, names the thread to read after this one.
        let next = ask.url.split_once('#').map(|(_, after)| thread(after, None));
        Ok(Page { next, ..sheet.finish(NAME)? })
    }
}

/// A whole thread in one answer, and the one to read after it.
fn thread(number: &str, after: Option<&str>) -> Ask {
    let after = after.map(|after| format!("#{after}")).unwrap_or_default();
    Ask { url: format!("{API}/items/{number}{after}"), json: None }
}

/// This month's thread, then last month's: jobs stay open for longer than the month of their thread.
fn newest(answer: &Value) -> Result<Page, ReadError> {
    let mut threads = json::list(NAME, answer, "hits")?
        .iter()
        .filter(|story| json::text(story, "title").is_some_and(|title| title.contains("Who is hiring?")))
        .filter_map(|story| json::identity(story, "objectID"));
    let Some(first) = threads.next() else {
        let cause = "no thread \"Who is hiring?\" is among its newest stories".to_owned();
        return Err(json::unexpected(NAME, cause));
    };
    Ok(Page { next: Some(thread(&first, threads.next().as_deref())), whole: true, ..Page::default() })
}

fn read_comment(comment: &Value) -> Result<Posting, Skip> {
    if !comment.is_object() {
        return Err(NO_OBJECT);
    }
    let Some(text) = json::text(comment, "text") else { return Err(Skip::Passed("deleted")) };
    let key = json::identity(comment, "id").unwrap_or_default();
    let mut lines = text.split("<p>").filter_map(json::without_tags);
    let Some(line) = lines.next().as_deref().and_then(FirstLine::read) else {
        return Err(Skip::Passed("no posting by its first line"));
    };
    // Where the first line names no role, the first item of a list may; else there are several.
    let listed = || lines.find_map(|line| first_line::role_of_item(&line));
    Ok(Posting {
        url: format!("https://news.ycombinator.com/item?id={key}"),
        key,
        title: line.title.or_else(listed).unwrap_or_else(|| "Several roles".to_owned()),
        company: line.company,
        locations: line.locations,
        work_mode: line.work_mode,
        employment: line.employment,
        pay_text: line.pay,
        body: json::body(text),
        posted_at: dates::date(comment, "created_at_i").or_else(|| dates::date(comment, "created_at")),
        ..Posting::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::level::{Employment, WorkMode};

    const THREAD: &str = r#"{"id": 900, "type": "story", "title": "Ask HN: Who is hiring? (May 2026)", "children": [
        {"id": 901, "created_at_i": 1777901400, "type": "comment", "author": "ada", "parent_id": 900, "story_id": 900,
         "text": "Oven &amp; Sons (YC S21) | Senior Baker Engineer | Berlin, Germany | REMOTE (EU) | Full-time | \u20ac90k\u2013\u20ac120k | <a href=\"https:&#x2F;&#x2F;oven.example\" rel=\"nofollow\">https:&#x2F;&#x2F;oven.example</a><p>We bake in Rust.",
         "children": [{"id": 905, "type": "comment", "text": "Do you sponsor visas?", "children": []}]},
        {"id": 902, "created_at_i": 1777901500, "type": "comment", "author": null, "text": null, "children": []},
        {"id": 903, "created_at_i": 1777901600, "type": "comment", "author": "bob", "text": "Red Mill | London | ONSITE<p>We look for:<p>- Backend Engineers (Go)<p>- Designers", "children": []},
        {"id": 904, "created_at_i": 1777901700, "type": "comment", "author": "eve", "text": "I made a site that searches this thread.", "children": []}
    ]}"#;
    const SEARCH: &str = r#"{"hits": [
        {"objectID": "910", "title": "Ask HN: Who wants to be hired? (May 2026)"},
        {"objectID": "900", "title": "Ask HN: Who is hiring? (May 2026)"},
        {"objectID": "800", "title": "Ask HN: Who is hiring? (April 2026)"},
        {"objectID": "700", "title": "Ask HN: Who is hiring? (March 2026)"}
    ], "page": 0}"#;

    fn read(body: &str) -> Result<Page, ReadError> {
        HackerNews.read("900", None, &HackerNews.first("900").unwrap(), body.as_bytes())
    }

    #[test]
    fn every_top_level_comment_is_a_posting() {
        let page = read(THREAD).unwrap();
        assert!(page.whole && page.next.is_none() && page.postings.len() == 2);
        let job = &page.postings[0];
        assert_eq!((job.title.as_str(), job.company.as_str()), ("Senior Baker Engineer", "Oven & Sons"));
        assert_eq!(job.locations, ["Berlin, Germany", "REMOTE (EU)"]);
        assert_eq!((job.work_mode, job.employment), (Some(WorkMode::Remote), Some(Employment::FullTime)));
        assert_eq!(job.pay_text.as_deref(), Some("€90k–€120k"));
        assert_eq!(job.url, "https://news.ycombinator.com/item?id=901");
        assert_eq!(job.posted_at.map(|at| at.0), Some(1_777_901_400_000));
        let other = &page.postings[1];
        assert_eq!((other.title.as_str(), other.company.as_str()), ("Backend Engineers (Go)", "Red Mill"));
        assert_eq!(page.skipped, [("deleted".to_owned(), 1), ("no posting by its first line".to_owned(), 1)]);
    }

    #[test]
    fn the_latest_are_the_two_newest_threads() {
        let ask = HackerNews.first("latest").unwrap();
        let found = HackerNews.read("latest", None, &ask, SEARCH.as_bytes()).unwrap();
        assert!(found.whole && found.postings.is_empty());
        let first = found.next.unwrap();
        assert_eq!(first.url, format!("{API}/items/900#800"));
        let second = HackerNews.read("latest", None, &first, THREAD.as_bytes()).unwrap().next.unwrap();
        assert_eq!(second.url, format!("{API}/items/800"));
        assert_eq!(HackerNews.read("latest", None, &second, THREAD.as_bytes()).unwrap().next, None);
        let none = HackerNews.read("latest", None, &ask, br#"{"hits": []}"#).unwrap_err();
        assert!(none.to_string().contains("Who is hiring?"), "{none}");
    }

    #[test]
    fn an_answer_that_is_no_thread_is_an_error() {
        assert!(HackerNews.first("may").is_err() && HackerNews.first("").is_err());
        for body in ["", "null", "<html>", "[]", r#"{"error":"Not Found"}"#] {
            assert!(read(body).is_err(), "{body}");
        }
        let thread = serde_json::from_str(THREAD).unwrap();
        crate::feeds::mangled::survives(
            &HackerNews,
            "900",
            &thread,
            "/children",
            crate::feeds::mangled::whole,
        );
    }
}
