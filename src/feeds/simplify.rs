//! SimplifyJobs lists: one JSON file in a Git repository that a community keeps up to date.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::sheet::{NO_OBJECT, Sheet, Skip};
use super::{Ask, Kind, Page, ReadError, address, dates, json};
use crate::domain::level::{Employment, Level, Visa};
use crate::domain::posting::Posting;

const NAME: &str = "simplify";

/// `simplify:OWNER/REPOSITORY`, with `@BRANCH` behind when it is not `dev`.
#[derive(Debug)]
pub(super) struct Simplify;

impl Kind for Simplify {
    fn name(&self) -> &'static str {
        NAME
    }

    fn first(&self, board: &str) -> Result<Ask, ReadError> {
        let (repository, branch) = board.split_once('@').unwrap_or((board, "dev"));
        let word = |text: &str| {
            !text.is_empty()
                && !text.starts_with('.')
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        match repository.split_once('/') {
            Some((owner, name)) if word(owner) && word(name) && word(branch) => Ok(Ask {
                url: format!(
                    "https://raw.githubusercontent.com/{owner}/{name}/{branch}/.github/scripts/listings.json"
                ),
                json: None,
            }),
            _ => Err(ReadError::Board {
                kind: NAME,
                board: board.to_owned(),
                cause: "give the repository of the list, such as \"SimplifyJobs/New-Grad-Positions\"".into(),
            }),
        }
    }

    fn read(&self, board: &str, company: Option<&str>, _ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let answer = json::parse(NAME, body)?;
        let list = json::array(NAME, &answer)?;
        let level = level_of(board);
        let mut sheet = Sheet::default();
        for row in list {
            sheet.take(read_row(row, company, level));
        }
        let twice = tell_apart(&mut sheet);
        let mut page = sheet.finish(NAME)?;
        let mut seen = BTreeSet::new();
        page.postings.retain(|posting| seen.insert(posting.key.clone()));
        if twice > 0 {
            page.skipped.push(("the same listing twice".to_owned(), twice));
        }
        Ok(page)
    }
}

/// Different listings now and then share an id: those behind the first get their address beside it as a key, in
/// the order of the addresses, so that a re-sorted file gives the same keys. Gives how many are real doubles.
fn tell_apart(sheet: &mut Sheet) -> u32 {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    for posting in sheet.postings_mut().iter() {
        let url = first.entry(posting.key.clone()).or_insert_with(|| posting.url.clone());
        if posting.url < *url {
            url.clone_from(&posting.url);
        }
    }
    let mut seen = BTreeSet::new();
    let mut twice = 0;
    for posting in sheet.postings_mut() {
        if first.get(&posting.key).is_some_and(|url| *url != posting.url) {
            posting.key = format!("{} {}", posting.key, posting.url);
        }
        if !seen.insert(posting.key.clone()) {
            twice += 1;
        }
    }
    twice
}

/// The list's own subject says what its jobs are.
fn level_of(board: &str) -> Option<Level> {
    let board = board.to_ascii_lowercase();
    if board.contains("intern") {
        return Some(Level::Intern);
    }
    (board.contains("new-grad") || board.contains("newgrad")).then_some(Level::Entry)
}

fn read_row(row: &Value, company: Option<&str>, level: Option<Level>) -> Result<Posting, Skip> {
    if !row.is_object() {
        return Err(NO_OBJECT);
    }
    if json::flag(row, "is_visible") == Some(false) {
        return Err(Skip::Passed("taken off the list"));
    }
    let mut tags = json::lines(row, "terms");
    for key in ["season", "category", "degrees"] {
        for tag in json::lines(row, key) {
            json::push_once(&mut tags, tag);
        }
    }
    // Only lists of internships have terms.
    let level = level.or_else(|| (!json::lines(row, "terms").is_empty()).then_some(Level::Intern));
    let visa = match json::line(row, "sponsorship").as_deref() {
        Some("Offers Sponsorship") => Some(Visa::Offered),
        Some("Does Not Offer Sponsorship") => Some(Visa::NotOffered),
        Some(citizens @ "U.S. Citizenship is Required") => {
            json::push_once(&mut tags, citizens.to_owned());
            Some(Visa::NotOffered)
        }
        _ => None,
    };
    Ok(Posting {
        key: json::identity(row, "id").unwrap_or_default(),
        title: json::line(row, "title").unwrap_or_default(),
        company: json::line(row, "company_name").or_else(|| company.map(str::to_owned)).unwrap_or_default(),
        url: json::text(row, "url").map(address::link).unwrap_or_default(),
        locations: json::lines(row, "locations"),
        employment: (level == Some(Level::Intern)).then_some(Employment::Internship),
        level,
        visa,
        tags,
        posted_at: dates::date(row, "date_posted"),
        updated_at: dates::date(row, "date_updated"),
        closed: json::flag(row, "active") == Some(false),
        ..Posting::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Millis;

    fn read(body: &str) -> Result<Page, ReadError> {
        let board = "SimplifyJobs/Summer2026-Internships";
        Simplify.read(board, None, &Simplify.first(board).unwrap(), body.as_bytes())
    }

    const LIST: &str = r#"[
        {"id": "aa", "source": "Simplify", "company_name": "Acme ", "company_url": "", "title": "SWE Intern ",
         "url": "https://jobs.example/aa", "locations": ["NYC", "Remote in USA", "NYC"], "terms": ["Summer 2026"],
         "active": true, "is_visible": true, "date_posted": 1777901400, "date_updated": "05/05/2026",
         "sponsorship": "Does Not Offer Sponsorship", "category": "Software", "degrees": ["Bachelor's"]},
        {"id": "bb", "company_name": "Beta", "title": "ML Intern", "url": "https://jobs.example/bb", "locations": [],
         "terms": [], "active": false, "is_visible": true, "sponsorship": "U.S. Citizenship is Required"},
        {"id": "cc", "company_name": "Gone", "title": "Gone", "url": "https://jobs.example/cc", "is_visible": false},
        {"id": "dd", "company_name": "Linkless", "title": "Linkless", "url": "", "is_visible": true, "active": true},
        {"id": "aa", "company_name": "Other", "title": "Other Intern", "url": "https://jobs.example/other"},
        {"id": "aa", "company_name": "Acme ", "title": "SWE Intern ", "url": "https://jobs.example/aa"}
    ]"#;

    #[test]
    fn every_field_of_a_row_is_read() {
        let page = read(LIST).unwrap();
        let row = &page.postings[0];
        assert_eq!((row.title.as_str(), row.company.as_str()), ("SWE Intern", "Acme"));
        assert_eq!(row.locations, ["NYC", "Remote in USA"]);
        assert_eq!(row.tags, ["Summer 2026", "Software", "Bachelor's"]);
        assert_eq!((row.level, row.employment), (Some(Level::Intern), Some(Employment::Internship)));
        assert_eq!(row.visa, Some(Visa::NotOffered));
        assert_eq!(row.posted_at, Some(Millis(1_777_901_400_000)));
        assert_eq!(row.updated_at, Some(Millis(1_777_939_200_000)));
        assert!(!row.closed);
    }

    #[test]
    fn an_inactive_row_is_closed_and_an_invisible_one_is_not_listed() {
        let page = read(LIST).unwrap();
        let row = &page.postings[1];
        assert!(row.closed);
        assert_eq!(
            (row.visa, row.tags.as_slice()),
            (Some(Visa::NotOffered), &["U.S. Citizenship is Required".to_owned()][..])
        );
        assert_eq!(
            page.skipped,
            [
                ("taken off the list".to_owned(), 1),
                ("without an http or https address".to_owned(), 1),
                ("the same listing twice".to_owned(), 1)
            ]
        );
    }

    #[test]
    fn different_listings_under_one_id_keep_their_keys_when_the_file_is_sorted_anew() {
        let keys = |body: &str| {
            let mut keys: Vec<(String, String)> =
                read(body).unwrap().postings.into_iter().map(|row| (row.key, row.url)).collect();
            keys.sort();
            keys
        };
        let there = keys(LIST);
        assert_eq!(there.len(), 3);
        assert_eq!(there[1], ("aa https://jobs.example/other".into(), "https://jobs.example/other".into()));
        let mut rows: Vec<Value> = serde_json::from_str(LIST).unwrap();
        rows.reverse();
        assert_eq!(keys(&serde_json::to_string(&rows).unwrap()), there);
    }

    #[test]
    fn the_name_of_a_list_is_a_repository_and_says_its_level() {
        assert_eq!(
            Simplify.first("SimplifyJobs/New-Grad-Positions").unwrap().url,
            "https://raw.githubusercontent.com/SimplifyJobs/New-Grad-Positions/dev/.github/scripts/listings.json"
        );
        assert!(Simplify.first("A/b@main").unwrap().url.contains("/A/b/main/.github/"));
        for wrong in ["", "SimplifyJobs", "a/b/c", "../b", "a/b?c", "a/b@", "a /b"] {
            assert!(Simplify.first(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(level_of("SimplifyJobs/New-Grad-Positions"), Some(Level::Entry));
        assert_eq!(level_of("acme/jobs"), None);
    }

    #[test]
    fn an_answer_that_is_no_list_is_an_error() {
        for body in
            ["", "404: Not Found", "<html>", "{}", r#"[{"id": "x""#, r#"[{"url": "https://a.example"}]"#]
        {
            assert!(read(body).is_err(), "{body}");
        }
    }

    #[test]
    fn no_value_in_the_wrong_place_costs_more_than_its_entry() {
        let board = serde_json::from_str(LIST).unwrap();
        crate::feeds::mangled::survives(&Simplify, "A/b", &board, "", crate::feeds::mangled::whole);
    }
}
