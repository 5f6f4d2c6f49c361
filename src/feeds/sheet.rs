//! Collects what one answer holds: postings, entries passed over by right, and entries that could not be read.

use std::collections::BTreeMap;

use super::{Page, ReadError, json};
use crate::domain::posting::Posting;

/// Why an entry is no posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Skip {
    /// Read, and no vacancy for people to see (talent pool, unlisted): its absence is meant.
    Passed(&'static str),
    /// Lacks what a posting needs.
    Broken(&'static str),
}

/// One answer while it is read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    postings: Vec<Posting>,
    skipped: BTreeMap<&'static str, u32>,
    broken: u32,
}

impl Sheet {
    /// Takes one entry, read or not. A posting also needs an identity, a title and an http(s) address.
    pub(super) fn take(&mut self, entry: Result<Posting, Skip>) {
        match entry.and_then(complete) {
            Ok(posting) => self.postings.push(posting),
            Err(Skip::Passed(reason)) => self.count(reason, 1),
            Err(Skip::Broken(reason)) => {
                self.count(reason, 1);
                self.broken += 1;
            }
        }
    }

    /// Counts `many` entries under `reason` without a posting.
    pub(super) fn count(&mut self, reason: &'static str, many: u32) {
        if many > 0 {
            *self.skipped.entry(reason).or_default() += many;
        }
    }

    /// The postings read so far.
    pub(super) fn postings_mut(&mut self) -> &mut [Posting] {
        &mut self.postings
    }

    /// The page, whole and without a next one; set these behind it where they differ.
    ///
    /// # Errors
    /// When there were entries and not one could be read: then the format changed, and nothing may close for it.
    pub(super) fn finish(self, kind: &'static str) -> Result<Page, ReadError> {
        if self.broken > 0 && self.postings.is_empty() {
            let reasons: Vec<String> =
                self.skipped.iter().map(|(reason, many)| format!("{reason} ({many})")).collect();
            return Err(json::unexpected(
                kind,
                format!("not one entry could be read: {}", reasons.join(", ")),
            ));
        }
        Ok(Page {
            postings: self.postings,
            skipped: self.skipped.into_iter().map(|(reason, many)| (reason.to_owned(), many)).collect(),
            next: None,
            whole: true,
        })
    }
}

/// Entries of a list that are no objects.
pub(super) const NO_OBJECT: Skip = Skip::Broken("no object");

/// Longer ones are texts that slipped into the wrong field.
const LONGEST_TITLE: usize = 500;

fn complete(posting: Posting) -> Result<Posting, Skip> {
    if posting.key.is_empty() {
        return Err(Skip::Broken("without an id"));
    }
    if posting.title.is_empty() {
        return Err(Skip::Broken("without a title"));
    }
    if posting.title.chars().count() > LONGEST_TITLE {
        return Err(Skip::Broken("with a title of more than 500 characters"));
    }
    if posting.url.is_empty() {
        return Err(Skip::Broken("without an http or https address"));
    }
    Ok(posting)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(key: &str, title: &str, url: &str) -> Posting {
        Posting { key: key.into(), title: title.into(), url: url.into(), ..Posting::default() }
    }

    #[test]
    fn every_skip_is_counted_with_its_reason() {
        let mut sheet = Sheet::default();
        sheet.take(Ok(posting("1", "Engineer", "https://a.example/1")));
        sheet.take(Ok(posting("2", "", "https://a.example/2")));
        sheet.take(Ok(posting("3", "Engineer", "")));
        sheet.take(Ok(posting("4", &"x".repeat(501), "https://a.example/4")));
        sheet.take(Ok(posting("", "Engineer", "https://a.example/5")));
        sheet.take(Err(Skip::Passed("a talent pool")));
        sheet.take(Err(Skip::Passed("a talent pool")));
        let page = sheet.finish("test").unwrap();
        assert_eq!(page.postings.len(), 1);
        assert_eq!(
            page.skipped,
            [
                ("a talent pool".to_owned(), 2),
                ("with a title of more than 500 characters".to_owned(), 1),
                ("without a title".to_owned(), 1),
                ("without an http or https address".to_owned(), 1),
                ("without an id".to_owned(), 1)
            ]
        );
    }

    #[test]
    fn a_list_of_which_nothing_can_be_read_is_an_error_and_one_without_vacancies_is_not() {
        let mut broken = Sheet::default();
        broken.take(Err(NO_OBJECT));
        broken.take(Ok(posting("", "Engineer", "https://a.example/2")));
        assert_eq!(
            broken.finish("test").unwrap_err().to_string(),
            "test did not answer as expected: not one entry could be read: no object (1), without an id (1)"
        );
        let mut pools = Sheet::default();
        pools.take(Err(Skip::Passed("a talent pool")));
        assert!(pools.finish("test").unwrap().postings.is_empty());
        assert!(Sheet::default().finish("test").unwrap().whole);
    }
}
