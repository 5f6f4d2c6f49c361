//! The only room that talks to job boards: kinds of board, each one file, and the polite client that fetches them.

pub mod client;

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
    /// Whether absence from this feed means that a job closed (false for windows such as RSS of the newest).
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
    /// The cap on one answer's size in bytes, after decompression.
    fn max_bytes(&self) -> u64 {
        64 << 20
    }
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
    &[]
}

/// The kind and board of a feed's key; a sentence naming the known kinds (nearest first) otherwise.
///
/// # Errors
/// When the key has no colon or an unknown kind.
pub fn resolve(_key: &FeedKey) -> Result<(&'static dyn Kind, String), String> {
    todo!()
}
