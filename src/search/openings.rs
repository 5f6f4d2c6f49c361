//! Openings by filter: segments of growing size, so that a change costs its own size and not that of the whole.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::segment::{Doc, Phrase, Segment};
use super::{Found, Preview, Sort};
use crate::domain::filter::{Condition, Filter, World, document_fields};
use crate::domain::ids::{FeedKey, OpeningId, SkillId};
use crate::domain::opening::Opening;
use crate::domain::text::{self, BREAK};
use crate::domain::time::{DAY, Millis};

/// A segment joins the one before it when that is not this many times larger.
const RATIO: usize = 4;

/// Who looks, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Viewer<'a> {
    /// The boards of its own that their server added.
    pub(super) own: &'a [FeedKey],
    /// What filters are judged by.
    pub(super) world: &'a World,
    /// Now.
    pub(super) now: Millis,
}

/// All openings.
#[derive(Debug, Default)]
pub(super) struct Openings {
    segments: Vec<Segment>,
    /// Where each opening stands: segment, number.
    places: HashMap<OpeningId, (usize, u32)>,
    /// Every word that was ever indexed → its number.
    words: HashMap<String, u32>,
    /// The same for words as they stand in texts, before they are stemmed, which is the slow part.
    stemmed: HashMap<String, u32>,
    revision: i64,
}

/// An opening that appeared among the open ones (`true`) or left them, for the counts of names.
pub(super) type Change = (std::sync::Arc<Opening>, bool);

impl Openings {
    pub(super) const fn revision(&self) -> i64 {
        self.revision
    }

    /// Adds or replaces; gives what came and went.
    pub(super) fn put(&mut self, openings: &[(i64, Opening)], world: &World) -> Vec<Change> {
        let mut changes = Vec::new();
        // Of several states of one opening in a batch only the last counts.
        let mut latest: HashMap<OpeningId, &Opening> = HashMap::new();
        for (revision, opening) in openings {
            self.revision = self.revision.max(*revision);
            latest.insert(opening.id, opening);
        }
        let mut docs = Vec::with_capacity(latest.len());
        for opening in latest.into_values() {
            if let Some((segment, number)) = self.places.remove(&opening.id) {
                let segment = &mut self.segments[segment];
                segment.current.remove(number);
                let slim = &segment.docs[number as usize].slim;
                if segment.open.remove(number) && slim.only.is_none() {
                    changes.push((slim.clone(), false));
                }
            }
            let terms = self.terms(opening, world);
            let doc = Doc::new(opening, world, terms);
            // What only some servers see lends its names to nobody's completion.
            if doc.open && doc.slim.only.is_none() {
                changes.push((doc.slim.clone(), true));
            }
            docs.push(doc);
        }
        self.add(docs);
        changes
    }

    pub(super) fn find(
        &self,
        filter: &Filter,
        sort: Sort,
        offset: usize,
        limit: usize,
        viewer: Viewer<'_>,
    ) -> Found {
        let matching = self.matching(filter, viewer, |segment| &segment.open);
        let total = matching.iter().map(RoaringBitmap::len).sum();
        if limit == 0 || offset as u64 >= total {
            return Found { total, ids: Vec::new() };
        }
        let wanted = offset.saturating_add(limit);
        let docs = self.segments.iter().zip(&matching);
        let mut best: Vec<&Doc> = Vec::new();
        for (segment, numbers) in docs {
            // Numbers rise from new to old: the first of each segment are all that the page can need.
            let most = if sort == Sort::Newest { wanted } else { usize::MAX };
            best.extend(numbers.iter().take(most).map(|number| &segment.docs[number as usize]));
        }
        match sort {
            Sort::Newest => best.sort_by_key(|doc| std::cmp::Reverse((doc.posted_at, doc.id))),
            Sort::Pay => best.sort_by(|a, b| {
                let pay = |doc: &Doc| doc.pay.unwrap_or(f64::NEG_INFINITY);
                pay(b).total_cmp(&pay(a)).then_with(|| (b.posted_at, b.id).cmp(&(a.posted_at, a.id)))
            }),
        }
        Found { total, ids: best.into_iter().skip(offset).take(limit).map(|doc| doc.id).collect() }
    }

    pub(super) fn preview(&self, filter: &Filter, days: u32, samples: usize, viewer: Viewer<'_>) -> Preview {
        // When it would have been sent, every opening was new.
        let filter = filter.without(Condition::Age);
        let mut per_day = vec![0_u64; days as usize];
        let mut newest: Vec<&Doc> = Vec::new();
        let matching = self.matching(&filter, viewer, |segment| &segment.current);
        for (segment, numbers) in self.segments.iter().zip(&matching) {
            for (rank, number) in numbers.iter().enumerate() {
                let doc = &segment.docs[number as usize];
                let day = viewer.now.since(doc.posted_at).max(0) / DAY;
                if day >= i64::from(days) {
                    break;
                }
                per_day[days as usize - 1 - usize::try_from(day).unwrap_or(0)] += 1;
                if rank < samples {
                    newest.push(doc);
                }
            }
        }
        newest.sort_by_key(|doc| std::cmp::Reverse((doc.posted_at, doc.id)));
        Preview { per_day, samples: newest.into_iter().take(samples).map(|doc| doc.id).collect() }
    }

    pub(super) fn similar(&self, to: &Opening, limit: usize, own: &[FeedKey]) -> Vec<OpeningId> {
        let mut scored: Vec<(u32, Millis, OpeningId)> = Vec::new();
        for segment in &self.segments {
            let seen = segment.seen(&segment.open, own);
            let mut shared: HashMap<u32, u32> = HashMap::new();
            // Most telling first, so the first skills weigh more.
            for (rank, skill) in (0_u32..).zip(to.facts.skills.iter().take(12)) {
                let weight = if rank < 3 { 4 } else { 2 };
                for number in segment.with_skill(skill).into_iter().flat_map(|with| with & &seen) {
                    *shared.entry(number).or_default() += weight;
                }
            }
            for (number, mut score) in shared {
                let doc = &segment.docs[number as usize];
                let facts = &doc.slim.facts;
                score += u32::from(facts.level.is_some() && facts.level == to.facts.level) * 2;
                score += u32::from(facts.work_mode.is_some() && facts.work_mode == to.facts.work_mode);
                score += u32::from(facts.places.iter().any(|place| to.facts.places.contains(place))) * 2;
                if doc.id != to.id && score > 4 {
                    scored.push((score, doc.posted_at, doc.id));
                }
            }
        }
        scored.sort_unstable_by_key(|found| std::cmp::Reverse(*found));
        scored.into_iter().take(limit).map(|(_, _, id)| id).collect()
    }

    /// How many openings hold a word (as `domain::text::terms` gives it).
    pub(super) fn frequency(&self, word: &str) -> u64 {
        let Some(number) = self.words.get(word) else { return 0 };
        self.segments.iter().map(|segment| segment.frequency(*number)).sum()
    }

    /// All segments, oldest first.
    pub(super) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// How many openings are open, as far as the viewer sees.
    pub(super) fn open(&self, viewer: Viewer<'_>) -> u64 {
        self.segments.iter().map(|segment| segment.seen(&segment.open, viewer.own).len()).sum()
    }

    /// How many of them ask for a skill by name.
    pub(super) fn open_with(&self, skill: &SkillId, viewer: Viewer<'_>) -> u64 {
        let with = |segment: &Segment| {
            let seen = segment.seen(&segment.open, viewer.own);
            segment.with_skill(skill).map_or(0, |with| with.intersection_len(&seen))
        };
        self.segments.iter().map(with).sum()
    }

    pub(super) fn matching(
        &self,
        filter: &Filter,
        viewer: Viewer<'_>,
        among: impl Fn(&Segment) -> &RoaringBitmap,
    ) -> Vec<RoaringBitmap> {
        let phrases: Vec<Phrase> =
            filter.text.iter().map(|term| Phrase::new(term, |word| self.words.get(word).copied())).collect();
        self.segments
            .iter()
            .map(|segment| {
                let seen = segment.seen(among(segment), viewer.own);
                segment.matching(seen, filter, &phrases, viewer.world, viewer.now)
            })
            .collect()
    }

    /// The terms of an opening's text by number. A word is stemmed when it is first met.
    fn terms(&mut self, opening: &Opening, world: &World) -> Box<[u32]> {
        let mut terms = Vec::new();
        let end = self.number(BREAK.to_owned());
        for field in document_fields(opening, world) {
            text::words(field, |word| {
                let known = self.stemmed.get(word).copied();
                terms.push(known.unwrap_or_else(|| {
                    let number = self.number(text::term(word));
                    self.stemmed.insert(word.to_owned(), number);
                    number
                }));
            });
            terms.push(end);
        }
        terms.into()
    }

    fn number(&mut self, word: String) -> u32 {
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        *self.words.entry(word).or_insert(next)
    }

    /// Adds a segment, joined with those before it that are not much larger.
    fn add(&mut self, mut docs: Vec<Doc>) {
        if docs.is_empty() {
            return;
        }
        while let Some(last) = self.segments.last() {
            if last.current.len() as usize > docs.len() * RATIO {
                break;
            }
            let Some(last) = self.segments.pop() else { break };
            let current = last.current;
            let kept = (0_u32..).zip(last.docs).filter(|(number, _)| current.contains(*number));
            docs.extend(kept.map(|(_, doc)| doc));
        }
        let segment = Segment::new(docs);
        let place = self.segments.len();
        for (number, doc) in (0_u32..).zip(&segment.docs) {
            self.places.insert(doc.id, (place, number));
        }
        self.segments.push(segment);
    }
}
