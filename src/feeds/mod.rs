//! The only room that talks to job boards: kinds of board, each one file, and the polite client that fetches them.

mod address;
mod adzuna;
mod arbeitnow;
mod ashby;
mod bamboohr;
mod breezy;
pub mod client;
mod dates;
mod discover;
mod greenhouse;
mod hackernews;
mod himalayas;
mod jobicy;
mod json;
mod jsonl;
mod jsonld;
mod lever;
#[cfg(test)]
mod mangled;
mod pay;
mod personio;
mod pinpoint;
mod places;
mod recognise;
#[cfg(test)]
mod recorded;
mod recruitee;
mod remoteok;
mod remotive;
mod rippling;
mod rss;
mod sheet;
mod simplify;
mod sitemap;
mod smartrecruiters;
mod teamtailor;
mod themuse;
mod usajobs;
mod vocabulary;
mod workable;
mod workday;
mod wwr;

pub use discover::{Discovered, discover, look};
pub use pay::stated as stated_pay;
pub use recognise::recognise;

use crate::domain::ids::FeedKey;
use crate::domain::posting::Posting;

/// What to ask a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The address.
    pub url: String,
    /// A JSON body makes it a POST.
    pub json: Option<String>,
}

/// What one answer of a board held.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The postings, those skipped left out.
    pub postings: Vec<Posting>,
    /// Entries that are no vacancy or lack what a posting needs: reason and how many; nothing is skipped silently.
    pub skipped: Vec<(String, u32)>,
    /// The next page to ask for.
    pub next: Option<Ask>,
    /// Whether a posting that is absent was not there: false for windows of the newest, and where entries were unreadable.
    pub whole: bool,
}

/// A kind of board: how to ask it and how to read its answer. Pure: no network, no clock.
pub trait Kind: Sync + std::fmt::Debug {
    /// The word before the colon in a feed's key.
    fn name(&self) -> &'static str;
    /// The first address for this board.
    ///
    /// # Errors
    /// When the board's name cannot be one of this kind.
    fn first(&self, board: &str) -> Result<Ask, ReadError>;
    /// Reads one answer. `company` is the configured name for boards that do not say it; `page` is the ask that was answered.
    ///
    /// # Errors
    /// When the answer as a whole is not what this kind gives: then nothing of it counts and nothing closes.
    fn read(&self, board: &str, company: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError>;
    /// What to ask for the rest of a posting, on boards whose list holds only the beginning of each. Its hash is taken
    /// before, so only postings that are new or changed in the list are asked for.
    fn detail(&self, board: &str, posting: &Posting) -> Option<Ask> {
        let _ = (board, posting);
        None
    }
    /// Adds what the answer to that says.
    ///
    /// # Errors
    /// When it is not what this kind gives; then the posting waits for the next reading.
    fn complete(&self, posting: &mut Posting, body: &[u8]) -> Result<(), ReadError> {
        let _ = (posting, body);
        Ok(())
    }
    /// What the operator must have got from the board, and how it is sent; it never stands in an address that is shown.
    fn credentials(&self) -> &'static [Credential] {
        &[]
    }
    /// The cap on one answer's size in bytes, after decompression.
    fn max_bytes(&self) -> u64 {
        64 << 20
    }
    /// Whether boards may lie on this machine (`file:`) or in its private network; only for kinds whose boards the
    /// operator alone names.
    fn local(&self) -> bool {
        false
    }
    /// Boards that show only their newest postings: how many milliseconds after it left that window a posting counts as
    /// closed. `None` for boards that list all they have.
    fn shelf_life(&self) -> Option<i64> {
        None
    }
    /// The least milliseconds between two readings that the board's terms allow.
    fn least_interval(&self) -> i64 {
        0
    }
    /// Milliseconds to wait between two pages, so that a long board is not read in one burst.
    fn pause(&self) -> i64 {
        1_000
    }
}

/// A secret that a board wants with every request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credential {
    /// The environment variable that holds it.
    pub variable: &'static str,
    /// Where it goes.
    pub sent: Sent,
}

/// Where a secret goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Into the header of this name, in lower case.
    Header(&'static str),
    /// Into the address, as the parameter of this name.
    Parameter(&'static str),
}

/// Why an answer could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Not what this kind of board answers (HTML instead of JSON, cut off, wrong type).
    #[error("{kind} did not answer as expected: {cause}")]
    Unexpected {
        /// The kind.
        kind: &'static str,
        /// Where and why, in words.
        cause: String,
    },
    /// The board's name can't be one.
    #[error("\"{board}\" can't be a {kind} board: {cause}")]
    Board {
        /// The kind.
        kind: &'static str,
        /// What was given.
        board: String,
        /// What is wrong and how it should look.
        cause: String,
    },
}

/// Every kind known, by name.
#[must_use]
pub fn kinds() -> &'static [&'static dyn Kind] {
    &[
        &adzuna::Adzuna,
        &arbeitnow::Arbeitnow,
        &ashby::Ashby,
        &bamboohr::BambooHr,
        &breezy::Breezy,
        &greenhouse::Greenhouse,
        &hackernews::HackerNews,
        &himalayas::Himalayas,
        &jobicy::Jobicy,
        &jsonl::JsonLines,
        &jsonld::JsonLd,
        &lever::GLOBAL,
        &lever::EUROPE,
        &personio::Personio,
        &pinpoint::Pinpoint,
        &recruitee::Recruitee,
        &remoteok::RemoteOk,
        &remotive::Remotive,
        &rippling::Rippling,
        &rss::Rss,
        &simplify::Simplify,
        &smartrecruiters::SmartRecruiters,
        &teamtailor::Teamtailor,
        &themuse::TheMuse,
        &usajobs::UsaJobs,
        &workable::Workable,
        &workday::Workday,
        &wwr::WeWorkRemotely,
    ]
}

/// The kind and board of a feed's key; a sentence naming the known kinds (nearest first) otherwise.
///
/// # Errors
/// When the key has no colon or an unknown kind.
pub fn resolve(key: &FeedKey) -> Result<(&'static dyn Kind, String), String> {
    let (name, board) = match key.as_str().split_once(':') {
        Some((name, board)) if !board.trim().is_empty() => (name.trim(), board.trim()),
        _ => return Err(format!("\"{key}\" is no feed; write kind:board, such as greenhouse:acme")),
    };
    match kinds().iter().find(|kind| kind.name() == name) {
        Some(kind) => Ok((*kind, board.to_owned())),
        None => {
            let mut known: Vec<&str> = kinds().iter().map(|kind| kind.name()).collect();
            known.sort_by(|a, b| strsim::jaro_winkler(name, b).total_cmp(&strsim::jaro_winkler(name, a)));
            Err(format!("\"{name}\" is no known kind of board; known are {}", known.join(", ")))
        }
    }
}

/// Milliseconds between two readings of a feed: as wanted, but no more often than its board's terms allow.
#[must_use]
pub fn interval(key: &FeedKey, wanted: i64) -> i64 {
    wanted.max(resolve(key).map_or(0, |(kind, _)| kind.least_interval()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_its_kind_and_board() {
        let (kind, board) = resolve(&"jsonl:http://127.0.0.1:8080/board/openings.jsonl".into()).unwrap();
        assert_eq!((kind.name(), board.as_str()), ("jsonl", "http://127.0.0.1:8080/board/openings.jsonl"));
        assert_eq!(resolve(&"lever-eu:acme".into()).unwrap().0.name(), "lever-eu");
    }

    #[test]
    fn an_unknown_kind_is_answered_with_the_nearest_first() {
        let problem = resolve(&"grenhouse:acme".into()).unwrap_err();
        assert!(
            problem.starts_with("\"grenhouse\" is no known kind of board; known are greenhouse, "),
            "{problem}"
        );
        for kind in kinds() {
            assert!(problem.contains(kind.name()), "{problem}");
        }
        assert!(resolve(&"greenhouse".into()).is_err() && resolve(&"greenhouse: ".into()).is_err());
    }

    #[test]
    fn the_configuration_knows_every_key_that_boards_want() {
        for kind in kinds() {
            for credential in kind.credentials() {
                assert!(crate::config::BOARD_KEYS.contains(&credential.variable), "{}", credential.variable);
            }
        }
    }

    #[test]
    fn every_feed_that_ships_can_be_asked() {
        let shipped: toml::Table = include_str!("../../config/feeds.toml").parse().unwrap();
        let feeds = shipped["feed"].as_array().unwrap();
        assert!(!feeds.is_empty());
        for feed in feeds {
            let key = FeedKey::from(feed["key"].as_str().unwrap());
            let (kind, board) = resolve(&key).unwrap_or_else(|problem| panic!("{problem}"));
            let ask = kind.first(&board).unwrap_or_else(|error| panic!("{key}: {error}"));
            assert!(ask.url.starts_with("https://"), "{key}: {}", ask.url);
        }
    }
}
