//! Postings that were read, grouped by the job they are of and cut into transactions.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::domain::ids::OpeningId;
use crate::domain::opening::Opening;
use crate::domain::posting::Posting;
use crate::domain::time::{DAY, Millis};
use crate::reading::{Reading, alike};

/// Postings that share a transaction; more costs memory, fewer costs a sync to disk each.
pub(super) const BATCH: usize = 100;

/// A job that is posted again within this many milliseconds after it closed is the same opening; later, a new one.
const REPOST: i64 = 60 * DAY;

/// A posting with what was read from it.
pub(super) struct Read {
    pub(super) posting: Posting,
    pub(super) hash: String,
    pub(super) reading: Reading,
}

/// Postings of one job together, in the order of their first posting: those of one fold key whose texts are alike.
pub(super) fn group(reads: Vec<Read>) -> Vec<Vec<Read>> {
    let mut at: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut groups: Vec<Vec<Read>> = Vec::new();
    for read in reads {
        let places = at.entry(read.reading.fold_key.clone()).or_default();
        let fits = |place: &&usize| alike(&groups[**place][0].reading.description, &read.reading.description);
        match places.iter().find(fits).copied() {
            Some(place) => groups[place].push(read),
            None => {
                places.push(groups.len());
                groups.push(vec![read]);
            }
        }
    }
    groups.reverse();
    groups
}

/// The opening that a group of postings belongs to; `None` when it is a new one. The one that a posting had before, as
/// long as its name is the same; else one of that name whose text is like theirs and that did not close long ago; else
/// the one before all the same: its title was reworded. `taken` holds what other groups got.
pub(super) fn opening_of(
    group: &[Read],
    candidates: &[Opening],
    before: Option<OpeningId>,
    taken: &BTreeMap<OpeningId, String>,
    now: Millis,
) -> Option<OpeningId> {
    let before = before.filter(|id| !taken.contains_key(id));
    let is_over = |known: &Opening| known.closed_at.is_some_and(|closed| now.since(closed) > REPOST);
    let is_it = |known: &&Opening| {
        !taken.contains_key(&known.id)
            && !is_over(known)
            && alike(&known.description, &group[0].reading.description)
    };
    let kept = candidates.iter().find(|known| Some(known.id) == before);
    kept.or_else(|| candidates.iter().find(is_it)).map(|known| known.id).or(before)
}

/// The next groups of about [`BATCH`] postings, from the end of `groups`.
pub(super) fn take_batch(groups: &mut Vec<Vec<Read>>) -> Vec<Vec<Read>> {
    let mut batch = Vec::new();
    let mut size = 0;
    while size < BATCH
        && let Some(group) = groups.pop()
    {
        size += group.len();
        batch.push(group);
    }
    batch
}

/// A hash of all that the board says of a posting: 32 hex digits.
pub(super) fn hash(posting: &Posting) -> String {
    let json = serde_json::to_vec(posting).expect("a posting is plain data and always has a JSON form");
    Sha256::digest(json).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn add_skip(skipped: &mut Vec<(String, u32)>, reason: &str) {
    match skipped.iter_mut().find(|(known, _)| known == reason) {
        Some((_, count)) => *count += 1,
        None => skipped.push((reason.to_owned(), 1)),
    }
}
