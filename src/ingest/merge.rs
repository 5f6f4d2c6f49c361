//! Several postings of one job to the one opening that people see.

use std::collections::BTreeSet;

use crate::domain::history;
use crate::domain::ids::{FeedKey, OpeningId};
use crate::domain::level::WorkMode;
use crate::domain::opening::{Facts, Opening};
use crate::domain::time::Millis;
use crate::reading::{self, Reading};
use crate::skills::tagger::Tagger;
use crate::store::PostingRow;

/// Folds the postings of one opening, with its fold key; `None` when it has none. Only open postings count, as
/// long as there is one; when all are closed, the opening keeps its words and is closed.
pub(super) fn fold(
    id: OpeningId,
    parts: &[(FeedKey, PostingRow)],
    before: Option<&Opening>,
    now: Millis,
    public: &BTreeSet<FeedKey>,
    tagger: &Tagger,
) -> Option<(String, Opening)> {
    let open: Vec<&(FeedKey, PostingRow)> = parts.iter().filter(|(_, row)| row.closed_at.is_none()).collect();
    let closed_at =
        if open.is_empty() { parts.iter().filter_map(|(_, row)| row.closed_at).max() } else { None };
    let mut counted = if open.is_empty() { parts.iter().collect() } else { open };
    counted.sort_by(|(a_feed, a), (b_feed, b)| {
        (a.first_seen, a_feed, &a.key).cmp(&(b.first_seen, b_feed, &b.key))
    });
    let readings: Vec<Reading> = counted.iter().map(|(_, row)| reading::read(&row.posting, tagger)).collect();
    let ((_, first), head) = (*counted.first()?, readings.first()?);

    let seen_at = before.map_or(now, |opening| opening.seen_at);
    let posted = counted.iter().filter_map(|(_, row)| row.posting.posted_at).min();
    let mut opening = Opening {
        id,
        title: first.posting.title.clone(),
        company: first.posting.company.clone(),
        url: first.posting.url.clone(),
        description: head.description.clone(),
        facts: merge(readings.iter().map(|reading| &reading.facts)),
        // A date from the future would hold the first place for ever.
        posted_at: posted.unwrap_or(seen_at).min(seen_at),
        seen_at,
        changed_at: before.map_or(now, |opening| opening.changed_at),
        closed_at,
        only: match counted.iter().any(|(feed, _)| public.contains(feed)) {
            true => None,
            false => counted.first().map(|(feed, _)| feed.clone()),
        },
        feeds: counted.iter().map(|(feed, _)| feed.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
    };
    if before.is_some_and(|before| history::between(before, &opening).is_some()) {
        opening.changed_at = now;
    }
    let fold_key = match counted.as_slice() {
        [(feed, row), ..] if row.alone => key_alone(feed, &row.key),
        _ => fold_key(&head.fold_key, opening.only.as_ref()),
    };
    Some((fold_key, opening))
}

/// The key of a posting that somebody took out of an opening: no other has it.
pub(super) fn key_alone(feed: &FeedKey, posting: &str) -> String {
    format!("{feed}/{posting}|alone")
}

/// The key under which postings fold. Those of a server's own board fold among themselves only: whoever may add a board
/// must not be able to put words or links into an opening that everybody sees.
pub(super) fn fold_key(key: &str, only: Option<&FeedKey>) -> String {
    only.map_or_else(|| key.to_owned(), |feed| format!("{feed}|{key}"))
}

/// The first posting's facts; what it leaves open is taken from the others, and places, areas and skills of all
/// are joined.
fn merge<'a>(mut all: impl Iterator<Item = &'a Facts>) -> Facts {
    let Some(first) = all.next() else { return Facts::default() };
    let mut facts = first.clone();
    for other in all {
        // What one posting requires is required, though it be nice to have in another.
        let mut nice: Vec<_> =
            facts.nice_to_have.iter().filter(|&skill| !other.requires(skill)).cloned().collect();
        let more: Vec<_> =
            other.nice_to_have.iter().filter(|&skill| !facts.requires(skill)).cloned().collect();
        join(&mut nice, &more);
        facts.nice_to_have = nice;
        join(&mut facts.skills, &other.skills);
        join(&mut facts.places, &other.places);
        join(&mut facts.remote_from, &other.remote_from);
        // "Berlin or remote", posted as two: a choice of both is remote.
        if other.work_mode == Some(WorkMode::Remote) {
            facts.work_mode = other.work_mode;
        }
        facts.work_mode = facts.work_mode.or(other.work_mode);
        facts.level = facts.level.or(other.level);
        facts.employment = facts.employment.or(other.employment);
        facts.visa = facts.visa.or(other.visa);
        facts.years = facts.years.or(other.years);
        facts.agency = facts.agency.or(other.agency);
        if facts.pay.is_none() {
            facts.pay.clone_from(&other.pay);
        }
        for (fact, words) in &other.evidence {
            facts.evidence.entry(fact.clone()).or_insert_with(|| words.clone());
        }
    }
    facts
}

fn join<T: Clone + PartialEq>(into: &mut Vec<T>, from: &[T]) {
    for value in from {
        if !into.contains(value) {
            into.push(value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_posting_requires_is_required_of_all() {
        let facts = |skills: &[&str], nice: &[&str]| Facts {
            skills: skills.iter().map(|&skill| skill.into()).collect(),
            nice_to_have: nice.iter().map(|&skill| skill.into()).collect(),
            ..Facts::default()
        };
        let merged =
            merge([facts(&["rust", "kafka", "go"], &["kafka", "go"]), facts(&["kafka", "c"], &["c"])].iter());
        assert_eq!(merged, facts(&["rust", "kafka", "go", "c"], &["go", "c"]));
    }
}
