//! Whether a skill that a text names is asked of the reader, or belongs to the company's story, its customers or other
//! teams; and whether what is asked is only nice to have.

use std::collections::BTreeSet;
use std::ops::Range;

use crier::reading::learned::features;
use crier::reading::of_spans;
use crier::skills::catalog::Catalog;
use crier::skills::tagger::Tagger;
use serde_json::Value;

use crate::linear::{Model, Sample, table};
use crate::told::Told;
use crate::{FOLDS, names, text, writer};

/// The skills that the writers of postings could choose from.
const LISTED: &str = include_str!("../reading/skills-listed.txt");

struct Mention {
    writer: i64,
    features: Vec<String>,
    /// 1 where it is not asked.
    other: usize,
    /// 1 where it is only nice to have; nothing where the text's writer did not say.
    nice: Option<usize>,
}

pub(crate) fn learn(snippets: &[Value], postings: &[Value]) -> Result<String, String> {
    let catalog = Catalog::load(None).map_err(|problems| format!("the catalog: {}", problems[0]))?;
    let tagger = Tagger::new(&catalog);
    let mut mentions: Vec<Mention> = snippets.iter().flat_map(of_snippet).collect();
    mentions.extend(postings.iter().flat_map(|row| of_posting(row, &tagger)));
    let other = model(&mentions, "skills that are not asked", |mention| Some(mention.other));
    let nice = model(&mentions, "skills that are nice to have", |mention| mention.nice);
    Ok(table(
        "Weights of words for a mentioned skill to be none that is asked of the reader, and to be only nice to have.",
        "not asked, nice to have",
        &[&other, &nice],
    ))
}

/// A model of one of the two, which is first measured on writers that it has not seen.
fn model(mentions: &[Mention], about: &str, class: impl Fn(&Mention) -> Option<usize>) -> Model<2> {
    let learn = |known: &dyn Fn(i64) -> bool| {
        let known = mentions.iter().filter(|mention| known(mention.writer));
        let samples = known.filter_map(|mention| Some((mention.features.as_slice(), class(mention)?)));
        Model::learn(&samples.collect::<Vec<Sample<'_>>>())
    };
    let mut told = Told::default();
    for fold in 0..FOLDS {
        let model: Model<2> = learn(&|writer| writer % FOLDS != fold);
        for mention in mentions.iter().filter(|mention| mention.writer % FOLDS == fold) {
            if let Some(class) = class(mention) {
                told.count(model.class(&mention.features), class);
            }
        }
    }
    println!("{about}, unknown writers: {told}");
    learn(&|_| true)
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
            other: class,
            nice: None,
        })
        .collect()
}

/// The names that the tagger finds in a posting, by the posting's label; those of its title are asked in any case.
fn of_posting(row: &Value, tagger: &Tagger) -> Vec<Mention> {
    let listed: BTreeSet<&str> = LISTED.lines().collect();
    let asked: BTreeSet<&str> = names(&row["facts"]["skills"]).collect();
    let nice: BTreeSet<&str> = names(&row["facts"]["nice"]).collect();
    let told = row["facts"]["nice"].is_array();
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
            other: usize::from(!asked.contains(tag.skill.as_str())),
            nice: (told && asked.contains(tag.skill.as_str()))
                .then(|| usize::from(nice.contains(tag.skill.as_str()))),
        })
        .collect()
}
