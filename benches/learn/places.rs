//! Whether a city that a sentence mentions is where the work is.

use crier::domain::text::fold;
use crier::reading::learned::features;
use crier::reading::{place, sentences_of, with_words};
use serde_json::Value;

use crate::linear::{Model, Sample, table};
use crate::told::Told;
use crate::{FOLDS, names, text, writer};

struct Mention {
    writer: i64,
    features: Vec<String>,
    /// 1 where the work is there.
    class: usize,
}

pub(crate) fn learn(snippets: &[Value], postings: &[Value]) -> String {
    let mut mentions = Vec::new();
    for row in snippets {
        let work: Vec<String> = names(&row["work"]).map(city).collect();
        let other: Vec<String> = names(&row["other"]).map(city).collect();
        of_text(text(row, "text"), writer(row), &work, |name| other.contains(name), &mut mentions);
    }
    // Where the board's field says it, the text need not.
    for row in postings.iter().filter(|row| text(row, "place").is_empty()) {
        let work: Vec<String> = names(&row["facts"]["cities"]).map(city).collect();
        of_text(text(row, "text"), writer(row), &work, |_| true, &mut mentions);
    }
    let mut told = Told::default();
    for fold in 0..FOLDS {
        let model = model(&mentions, |writer| writer % FOLDS != fold);
        for mention in mentions.iter().filter(|mention| mention.writer % FOLDS == fold) {
            told.count(model.class(&mention.features), mention.class);
        }
    }
    println!("cities of work, unknown writers: {told}");
    let all = model(&mentions, |_| true);
    table("Weights of words for a mentioned city to be where the work is.", "work", &[&all])
}

/// The mentions of a text: of work, or else `other` places; what is neither teaches nothing.
fn of_text(
    text: &str,
    writer: i64,
    work: &[String],
    other: impl Fn(&String) -> bool,
    out: &mut Vec<Mention>,
) {
    for sentence in sentences_of(text) {
        for (start, end, words) in with_words(sentence) {
            let name = city(&sentence[start..end]);
            let class = usize::from(work.contains(&name));
            if class == 1 || other(&name) {
                out.push(Mention { writer, features: features(&words, &[]), class });
            }
        }
    }
}

/// A city's name in one form: "NYC" is New York.
fn city(name: &str) -> String {
    fold(&place(name).and_then(|place| place.city).unwrap_or_else(|| name.to_owned()))
}

fn model(mentions: &[Mention], known: impl Fn(i64) -> bool) -> Model<2> {
    let known = mentions.iter().filter(|mention| known(mention.writer));
    Model::learn(
        &known.map(|mention| (mention.features.as_slice(), mention.class)).collect::<Vec<Sample<'_>>>(),
    )
}
