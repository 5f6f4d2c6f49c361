//! Fetches a board politely: conditional requests, size caps, time-outs, retry with back-off, one connection a host.

use super::{Ask, Kind, Page, ReadError};
use crate::domain::time::Millis;

/// What is remembered of the last good answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// How a whole reading (all pages) ended.
#[derive(Debug)]
pub enum Fetched {
    /// The board says that nothing changed.
    Unchanged,
    /// All pages, joined.
    Read {
        /// Postings and skips of all pages.
        page: Page,
        /// For the next time; only when the reading was one page.
        validators: Validators,
    },
}

/// Why a reading failed; nothing of it counts.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// No answer, or the connection broke.
    #[error("{host} can't be reached: {cause}")]
    Unreachable {
        /// The host.
        host: String,
        /// What went wrong.
        cause: String,
    },
    /// An answer other than 200 and 304.
    #[error("{host} answered {status}")]
    Status {
        /// The host.
        host: String,
        /// HTTP status.
        status: u16,
        /// `Retry-After`: not before then.
        retry_at: Option<Millis>,
    },
    /// Larger than the cap.
    #[error("{host} answered more than {cap} bytes; the reading was stopped")]
    TooLarge {
        /// The host.
        host: String,
        /// The cap in bytes.
        cap: u64,
    },
    /// The answer could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The board's address is refused (scheme, private address).
    #[error("{0}")]
    Refused(String),
}

/// Settings of the client.
#[derive(Debug, Clone)]
pub struct ClientSettings {
    /// Whole request, in milliseconds.
    pub timeout: i64,
    /// Tries per request, the first included.
    pub tries: u32,
    /// First pause between tries in milliseconds; doubles, with jitter.
    pub backoff: i64,
    /// Who asks, with an address for complaints.
    pub user_agent: String,
    /// Replaces the scheme, host and port of every request: `host → base` (tests and the sandbox).
    pub reroute: Vec<(String, String)>,
}

/// The client. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {}

impl Client {
    /// Builds it.
    ///
    /// # Errors
    /// When TLS can't be set up.
    pub fn new(_settings: ClientSettings) -> Result<Self, String> {
        todo!()
    }

    /// Reads a whole board: every page, each conditional where it can be. `seed` feeds the jitter.
    ///
    /// # Errors
    /// The first page that fails fails the reading.
    pub async fn read(
        &self,
        _kind: &dyn Kind,
        _board: &str,
        _company: Option<&str>,
        _validators: &Validators,
        _now: Millis,
    ) -> Result<Fetched, FetchError> {
        todo!()
    }
}

#[expect(dead_code, reason = "placeholder until the room is written")]
type Used = Ask;
