//! An opening: the job that people see, one or more postings folded together, with every fact read from them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::{FeedKey, OpeningId, SkillId};
use super::level::{Employment, Level, Visa, WorkMode};
use super::pay::Pay;
use super::place::Place;
use super::time::Millis;

/// What was read from a posting; unknown is `None` or empty, never a guess.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Skills asked for, by catalog id, most telling first.
    pub skills: Vec<SkillId>,
    /// Those of the skills that are only nice to have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nice_to_have: Vec<SkillId>,
    /// Level.
    pub level: Option<Level>,
    /// Employment.
    pub employment: Option<Employment>,
    /// Work mode.
    pub work_mode: Option<WorkMode>,
    /// ISO country codes or names of [`super::place::AREAS`] from which remote work is allowed.
    pub remote_from: Vec<String>,
    /// Places of work.
    pub places: Vec<Place>,
    /// Base pay.
    pub pay: Option<Pay>,
    /// Visa sponsorship.
    pub visa: Option<Visa>,
    /// The least years of experience asked for.
    pub years: Option<u8>,
    /// Whether a recruiter posts for a client.
    pub agency: Option<bool>,
    /// One line from the posting's own words.
    pub summary: Option<String>,
    /// Language of the text, ISO 639-1.
    pub language: Option<String>,
    /// Fact name (`pay`, `visa`, `level`, …; of a skill [`Facts::skill_key`]) → the words it was read from.
    pub evidence: BTreeMap<String, String>,
}

impl Facts {
    /// The name under which the words of a skill stand in the evidence: `skills.rust`.
    #[must_use]
    pub fn skill_key(skill: &SkillId) -> String {
        format!("skills.{skill}")
    }

    /// Whether the skill is asked for and more than nice to have.
    #[must_use]
    pub fn requires(&self, skill: &SkillId) -> bool {
        self.skills.contains(skill) && !self.nice_to_have.contains(skill)
    }
}

/// A job that people see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// Its id.
    pub id: OpeningId,
    /// Title, as the first posting has it.
    pub title: String,
    /// Company.
    pub company: String,
    /// Where to read on and apply; http or https.
    pub url: String,
    /// The text, plain, lists kept as lines that start with "- ".
    pub description: String,
    /// Facts of all its open postings together.
    pub facts: Facts,
    /// When it was published, by the board's word, else when it was first seen.
    pub posted_at: Millis,
    /// When it was first seen here.
    pub seen_at: Millis,
    /// When anything that people see last changed.
    pub changed_at: Millis,
    /// When it closed; `None` while it is open.
    pub closed_at: Option<Millis>,
    /// The feeds that list it.
    pub feeds: Vec<FeedKey>,
    /// The board of its own that only the servers that added it see; `None` for openings that everybody sees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<FeedKey>,
}

impl Opening {
    /// Whether it can still be applied for.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// Whether a server that added these boards of its own sees it.
    #[must_use]
    pub fn is_for(&self, own: &[FeedKey]) -> bool {
        self.only.as_ref().is_none_or(|only| own.contains(only))
    }
}
