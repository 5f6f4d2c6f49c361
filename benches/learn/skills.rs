//! Whether a skill that a text names is asked of the reader, or belongs to the company's story, its customers or other teams.

use std::collections::BTreeSet;
use std::ops::Range;

use crier::reading::learned::features;
use crier::reading::of_spans;
use crier::skills::catalog::Catalog;
use crier::skills::tagger::Tagger;
use serde_json::Value;

use crate::linear::{Model, Sample};
use crate::told::Told;
use crate::{FOLDS, names, text, writer};

/// The skills that the writers of postings could choose from.
const LISTED: &str = include_str!("../reading/skills-listed.txt");

struct Mention {
    writer: i64,
    features: Vec<String>,
    /// 1 where it is not asked.
    class: usize,
}

pub(crate) fn learn(snippets: &[Value], postings: &[Value]) -> Result<String, String> {
    let catalog = Catalog::load(None).map_err(|problems| format!("the catalog: {}", problems[0]))?;
    let tagger = Tagger::new(&catalog);
    let mut mentions: Vec<Mention> = snippets.iter().flat_map(of_snippet).collect();
    mentions.extend(postings.iter().flat_map(|row| of_posting(row, &tagger)));
    let mut told = Told::default();
    for fold in 0..FOLDS {
        let model = model(&mentions, |writer| writer % FOLDS != fold);
        for mention in mentions.iter().filter(|mention| mention.writer % FOLDS == fold) {
            told.count(model.class(&mention.features), mention.class);
        }
    }
    println!("skills that are not asked, unknown writers: {told}");
    let all = model(&mentions, |_| true);
    Ok(all
        .table("Weights of words for a mentioned skill to be none that is asked of the reader.", "not asked"))
}

/// The names of a snippet, where they stand in its text under its heading.
fn of_snippet(row: &Value) -> Vec<Mention> {
    let whole = format!("{}\n{}", text(row, "heading"), text(row, "text"));
    let mut spans: Vec<(Range<usize>, usize)> = Vec::new();
    for (key, class) in [("asked", 0), ("other", 1)] {
        for name in names(&row[key]) {
            spans.extend(whole.find(name).map(|start| (start..start + name.len(), class)));
        }
    }
    spans.sort_by_key(|(span, _)| (span.start, span.end));
    spans.dedup_by(|next, last| next.0.start < last.0.end);
    let ranges: Vec<_> = spans.iter().map(|(span, _)| span.clone()).collect();
    of_spans(&whole, &ranges)
        .into_iter()
        .zip(spans)
        .map(|((words, under), (_, class))| Mention {
            writer: writer(row),
            features: features(&words, &under),
            class,
        })
        .collect()
}

/// The names that the tagger finds in a posting, by the posting's label; those of its title are asked in any case.
fn of_posting(row: &Value, tagger: &Tagger) -> Vec<Mention> {
    let listed: BTreeSet<&str> = LISTED.lines().collect();
    let asked: BTreeSet<&str> = names(&row["facts"]["skills"]).collect();
    let titled: BTreeSet<&str> =
        tagger.tag(text(row, "title")).iter().map(|tag| tag.skill.as_str()).collect();
    let tags = tagger.mentions(text(row, "text"));
    let spans: Vec<_> = tags.iter().map(|tag| tag.span.clone()).collect();
    let counts = |skill: &str| listed.contains(skill) && !titled.contains(skill);
    of_spans(text(row, "text"), &spans)
        .into_iter()
        .zip(tags)
        .filter(|(_, tag)| counts(tag.skill.as_str()))
        .map(|((words, under), tag)| Mention {
            writer: writer(row),
            features: features(&words, &under),
            class: usize::from(!asked.contains(tag.skill.as_str())),
        })
        .collect()
}

fn model(mentions: &[Mention], known: impl Fn(i64) -> bool) -> Model<2> {
    let known = mentions.iter().filter(|mention| known(mention.writer));
    Model::learn(
        &known.map(|mention| (mention.features.as_slice(), mention.class)).collect::<Vec<Sample<'_>>>(),
    )
}
