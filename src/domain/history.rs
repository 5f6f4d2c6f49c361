//! What happened to an opening after it was first seen: closed, opened again, or changed, and how.

use serde::{Deserialize, Serialize};

use super::ids::OpeningId;
use super::opening::Opening;
use super::place::Place;
use super::time::Millis;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// To which opening.
    pub opening: OpeningId,
    /// When Crier saw it.
    pub at: Millis,
    /// What.
    pub what: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// Its last posting closed.
    Closed,
    /// A posting of it came back.
    Reopened,
    /// Something that people see of it changed.
    Changed(Vec<Change>),
}

/// One thing that changed, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// "title", "pay", "places" or "work mode".
    pub field: String,
    /// As it was; empty when it was not stated.
    pub before: String,
    /// As it is; empty when it is no longer stated.
    pub after: String,
}

/// What happened between two states of one opening, as far as people see it; `None` when they see no difference.
#[must_use]
pub fn between(old: &Opening, new: &Opening) -> Option<Happening> {
    match (old.is_open(), new.is_open()) {
        (true, false) => return Some(Happening::Closed),
        (false, true) => return Some(Happening::Reopened),
        _ => {}
    }
    let mut changes = Vec::new();
    let mut note = |field: &str, differs: bool, words: fn(&Opening) -> String| {
        if differs {
            changes.push(Change { field: field.to_owned(), before: words(old), after: words(new) });
        }
    };
    let (before, after) = (&old.facts, &new.facts);
    note("title", old.title != new.title, |one| one.title.clone());
    note("pay", before.pay != after.pay, |one| {
        one.facts.pay.as_ref().map(ToString::to_string).unwrap_or_default()
    });
    note("places", before.places != after.places, |one| {
        one.facts.places.iter().map(Place::to_string).collect::<Vec<_>>().join("; ")
    });
    let mode = before.work_mode != after.work_mode || before.remote_from != after.remote_from;
    note("work mode", mode, |one| {
        let mode = one.facts.work_mode.map_or("", |mode| mode.label());
        match one.facts.remote_from.as_slice() {
            [] => mode.to_owned(),
            from => format!("{mode} from {}", from.join(", ")),
        }
    });
    (!changes.is_empty()).then_some(Happening::Changed(changes))
}
