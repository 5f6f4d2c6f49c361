//! Finds the skills that a text asks for: longest match from each word start, boundaries, case and context.

use super::catalog::{Catalog, key};
use crate::domain::ids::SkillId;

mod blank;
mod companies;
mod cues;
mod decide;
mod frames;
mod lines;
mod lists;
mod patterns;
mod prefixes;
mod refused;
mod scan;
mod starts;
mod teams;
mod trie;
mod wishes;

use decide::Hit;
use patterns::Patterns;

/// Built once from the catalog, shared by all threads.
#[derive(Debug)]
pub struct Tagger {
    patterns: Patterns,
    /// Ids by place in the catalog's list.
    ids: Vec<SkillId>,
}

/// One skill found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The skill.
    pub skill: &'a SkillId,
    /// Byte range of the first mention, before all of the first that is more than nice to have.
    pub span: std::ops::Range<usize>,
    /// Whether the span lies in the posting's title.
    pub in_title: bool,
    /// Mentioned only as nice to have.
    pub optional: bool,
}

/// What a mention asks of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// Nothing: it tells of the company or of others.
    None,
    /// It would be nice.
    Nice,
    /// Whatever its own words say.
    Asked,
}

impl Tagger {
    /// Builds the automaton.
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        Self {
            patterns: Patterns::new(catalog),
            ids: catalog.skills().iter().map(|skill| skill.id.clone()).collect(),
        }
    }

    /// The skills of a plain text, in the order of first mention, each once. Linear in the text's length.
    #[must_use]
    pub fn tag(&self, text: &str) -> Vec<Tag<'_>> {
        let mut tags = Tags::new(self.ids.len());
        tags.add(self.hits(text));
        tags.hits.into_iter().map(|hit| self.named(hit)).collect()
    }

    /// Every mention of a skill in a plain text, in order.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Tag<'_>> {
        self.hits(text).into_iter().map(|hit| self.named(hit)).collect()
    }

    fn named(&self, hit: Hit) -> Tag<'_> {
        Tag {
            skill: &self.ids[hit.skill as usize],
            span: hit.start..hit.end,
            in_title: hit.in_title,
            optional: hit.optional,
        }
    }

    /// The skills of a posting: title, text and the board's own tags (mapped through aliases), minus the company's own
    /// name; those of the title first. A span is empty for skills that only the board's tags name.
    #[must_use]
    pub fn tag_posting(&self, title: &str, text: &str, tags: &[String], company: &str) -> Vec<Tag<'_>> {
        self.tag_posting_if(title, text, tags, company, |spans| vec![Demand::Asked; spans.len()])
    }

    /// The same; `judge` tells of all mentions in the text at once what they are.
    #[must_use]
    pub fn tag_posting_if(
        &self,
        title: &str,
        text: &str,
        tags: &[String],
        company: &str,
        judge: impl FnOnce(&[std::ops::Range<usize>]) -> Vec<Demand>,
    ) -> Vec<Tag<'_>> {
        let company = Company::new(company);
        let mut found = Tags::new(self.ids.len());
        let hits = |part: &str| {
            let mut hits = self.hits(part);
            hits.retain(|hit| !company.names(part, hit));
            hits
        };
        found.add(hits(title).into_iter().map(|hit| Hit { in_title: true, ..hit }).collect());
        let hits = hits(text);
        let spans: Vec<_> = hits.iter().map(|hit| hit.start..hit.end).collect();
        let judged = hits.into_iter().zip(judge(&spans)).filter(|(_, demand)| *demand != Demand::None);
        let judged =
            judged.map(|(hit, demand)| Hit { optional: hit.optional || demand == Demand::Nice, ..hit });
        found.add(judged.collect());
        for tag in tags {
            let hit = |skill| Hit { skill, start: 0, end: 0, in_title: false, optional: false };
            let whole = self.patterns.keys.get(&key(tag));
            let mut hits: Vec<Hit> = match whole {
                Some(skills) => skills.iter().copied().map(hit).collect(),
                None => self.hits(tag).into_iter().map(|inner| hit(inner.skill)).collect(),
            };
            // A board's tag does not say whether what the text calls nice to have is required.
            hits.retain(|hit| !found.holds(hit.skill));
            found.add(hits);
        }
        found.hits.into_iter().map(|hit| self.named(hit)).collect()
    }

    fn hits(&self, text: &str) -> Vec<Hit> {
        let found = scan::scan(&self.patterns, text);
        decide::decide(&self.patterns, text, &found)
    }
}

/// Skills in the order in which they were first named.
struct Tags {
    hits: Vec<Hit>,
    /// Of each skill: where it stands among the hits, or [`NOWHERE`].
    places: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl Tags {
    fn new(skills: usize) -> Self {
        Self { hits: Vec::new(), places: vec![NOWHERE; skills] }
    }

    fn add(&mut self, hits: Vec<Hit>) {
        self.hits.reserve(hits.len());
        for hit in hits {
            let place = &mut self.places[hit.skill as usize];
            match self.hits.get_mut(*place as usize) {
                Some(first) if first.optional && !hit.optional => *first = hit,
                Some(_) => {}
                None => {
                    *place = u32::try_from(self.hits.len()).unwrap_or(NOWHERE);
                    self.hits.push(hit);
                }
            }
        }
    }

    fn holds(&self, skill: u32) -> bool {
        self.places[skill as usize] != NOWHERE
    }
}

/// The company's name, with and without its legal form.
struct Company {
    names: Vec<String>,
}

/// What a name loses before it is compared.
const LEGAL: [&str; 18] = [
    "inc",
    "llc",
    "ltd",
    "limited",
    "gmbh",
    "ag",
    "corp",
    "corporation",
    "company",
    "co",
    "sa",
    "bv",
    "oy",
    "ab",
    "plc",
    "technologies",
    "labs",
    "group",
];

impl Company {
    fn new(name: &str) -> Self {
        let full = name.trim();
        let mut words: Vec<&str> = full.split_whitespace().collect();
        while words.len() > 1
            && words.last().is_some_and(|word| {
                let bare: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
                LEGAL.contains(&bare.to_lowercase().as_str())
            })
        {
            words.pop();
        }
        let short = words.join(" ").trim_end_matches(',').to_owned();
        let mut names = vec![full.to_owned()];
        if short != full {
            names.push(short);
        }
        // Longer names are not looked for: the cost stays bounded whatever a feed sends.
        names.retain(|name| (1..=80).contains(&name.len()));
        Self { names }
    }

    /// Whether `hit` lies within a mention of the company.
    fn names(&self, text: &str, hit: &Hit) -> bool {
        let surface = &text[hit.start..hit.end];
        self.names.iter().any(|name| {
            let lower = name.to_ascii_lowercase();
            lower.match_indices(&surface.to_ascii_lowercase()).any(|(at, _)| {
                hit.start
                    .checked_sub(at)
                    .and_then(|start| text.get(start..start + name.len()))
                    .is_some_and(|mention| mention.eq_ignore_ascii_case(name))
            })
        })
    }
}

#[cfg(test)]
mod tests;
