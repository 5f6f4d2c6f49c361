//! A posting: one advertisement as one feed lists it, before any prose is read.

use serde::{Deserialize, Serialize};

use super::level::{Employment, Level, Visa, WorkMode};
use super::pay::Pay;
use super::place::Place;
use super::time::Millis;

/// One advertisement as its board gives it. What the board does not say in a field of its own stays empty;
/// prose is read later, by the room `reading`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Posting {
    /// The board's own identity of the posting; unique within the feed.
    pub key: String,
    /// The board's own "same job" mark (Greenhouse `internal_job_id`, Workday `jobReqId`), if it has one.
    pub group: Option<String>,
    /// Title, trimmed.
    pub title: String,
    /// Company, trimmed; empty when the board does not say it and the feed has no name configured.
    pub company: String,
    /// The page of the posting; http or https.
    pub url: String,
    /// Place strings as the board shows them, each once.
    pub locations: Vec<String>,
    /// Places from structured fields (ISO country codes), where the board has such.
    pub places: Vec<Place>,
    /// Work mode from the board's own field.
    pub work_mode: Option<WorkMode>,
    /// From where remote work is allowed, from the board's own field (see [`super::place::AREAS`]).
    pub remote_from: Vec<String>,
    /// Employment from the board's own field.
    pub employment: Option<Employment>,
    /// Level from the board's own field.
    pub level: Option<Level>,
    /// Pay from the board's own fields.
    pub pay: Option<Pay>,
    /// Pay as text, where the board has only that.
    pub pay_text: Option<String>,
    /// Visa from the board's own field.
    pub visa: Option<Visa>,
    /// The advertisement's text.
    pub body: Body,
    /// Tags, departments' skills and the like, as the board gives them.
    pub tags: Vec<String>,
    /// Department or team.
    pub department: Option<String>,
    /// Language as ISO 639-1, if the board says it.
    pub language: Option<String>,
    /// When it was published, by the board's word.
    pub posted_at: Option<Millis>,
    /// When it was last changed, by the board's word.
    pub updated_at: Option<Millis>,
    /// The board itself says that the job is closed (SimplifyJobs `active: false`).
    pub closed: bool,
}

/// The text of a posting in the form in which the board gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", content = "text", rename_all = "lowercase")]
pub enum Body {
    /// HTML, already unescaped to tags.
    Html(String),
    /// Plain text.
    Text(String),
}

impl Default for Body {
    fn default() -> Self {
        Self::Text(String::new())
    }
}
