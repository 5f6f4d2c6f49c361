//! Postings that were read, grouped by the job they are of and cut into transactions.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::domain::posting::Posting;
use crate::reading::Reading;

/// Postings that share a transaction; more costs memory, fewer costs a sync to disk each.
pub(super) const BATCH: usize = 100;

/// A posting with what was read from it.
pub(super) struct Read {
    pub(super) posting: Posting,
    pub(super) hash: String,
    pub(super) reading: Reading,
}

/// Postings of one job together, in the order of their first posting.
pub(super) fn group(reads: Vec<Read>) -> Vec<Vec<Read>> {
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<Read>> = Vec::new();
    for read in reads {
        let place = *at.entry(read.reading.fold_key.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(read),
            None => groups.push(vec![read]),
        }
    }
    groups.reverse();
    groups
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
