//! Learns the tables of `config/reading` from texts written for this project, and says how well they do on unknown writers.
//!
//! `cargo bench --bench learn [-- --write]`
//!
//! `benches/learn/whereabouts.jsonl` holds one snippet of a posting a line: {"text", "mode", "work", "other", "writer"};
//! `benches/reading/postings-seen.jsonl` whole postings with their facts. Snippets teach what a sentence says. Of a posting
//! without a mode all sentences say nothing; of one with a mode the sentence says it that a first model thinks likeliest.
//! What is printed is a measurement: each writer's texts are judged by a model that has seen none of them.

mod linear;

use std::process::ExitCode;

use crier::domain::level::WorkMode;
use crier::reading::{MODES, features, windows};
use serde_json::Value;

use linear::{Model, Sample};

/// Parts in which writers are left out by turns.
const FOLDS: usize = 6;
/// A posting's sentence that a first model finds so likely to say its mode is taken to say it.
const LIKELY: f32 = 0.25;
/// A sentence of a posting with a mode that says nothing with so much certainty is taken to say nothing.
const SILENT: f32 = 0.6;

struct Snippet {
    writer: i64,
    words: Vec<String>,
    /// Of [`MODES`], one more; 0 says nothing.
    class: usize,
}

struct Posting {
    writer: i64,
    windows: Vec<Vec<String>>,
    class: usize,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("learn: {problem}\nusage: cargo bench --bench learn [-- --write]");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let write = std::env::args().skip(1).any(|argument| argument == "--write");
    let snippets = snippets(&rows("benches/learn/whereabouts.jsonl")?);
    let postings = postings(&rows("benches/reading/postings-seen.jsonl")?);
    println!("{} snippets, {} postings", snippets.len(), postings.len());
    let mut told = Told::default();
    for fold in 0..FOLDS {
        let out = |writer: i64| writer.unsigned_abs() as usize % FOLDS == fold;
        let known: Vec<&Snippet> = snippets.iter().filter(|snippet| !out(snippet.writer)).collect();
        let model =
            learn(&known, &postings.iter().filter(|posting| !out(posting.writer)).collect::<Vec<_>>());
        for snippet in snippets.iter().filter(|snippet| out(snippet.writer)) {
            let (class, _) = likeliest(&model.chances(&snippet.words));
            told.count(class, snippet.class);
        }
    }
    println!("snippets of unknown writers: {told}");
    if write {
        let model = learn(&snippets.iter().collect::<Vec<_>>(), &postings.iter().collect::<Vec<_>>());
        let table = table(&model);
        std::fs::write("config/reading/mode.tsv", table).map_err(|error| format!("mode.tsv: {error}"))?;
    }
    Ok(())
}

fn rows(path: &str) -> Result<Vec<Value>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    text.lines().map(|line| serde_json::from_str(line).map_err(|error| format!("{path}: {error}"))).collect()
}

fn class(mode: &Value) -> usize {
    let named = |known: &WorkMode| mode.as_str() == Some(known.key());
    MODES.iter().position(named).map_or(0, |at| at + 1)
}

fn snippets(rows: &[Value]) -> Vec<Snippet> {
    rows.iter()
        .map(|row| Snippet {
            writer: row["writer"].as_i64().unwrap_or(0),
            words: features(row["text"].as_str().unwrap_or_default()),
            class: class(&row["mode"]),
        })
        .collect()
}

fn postings(rows: &[Value]) -> Vec<Posting> {
    rows.iter()
        .map(|row| Posting {
            writer: row["writer"].as_i64().unwrap_or(0),
            windows: windows(row["text"].as_str().unwrap_or_default()).into_iter().map(features).collect(),
            class: class(&row["facts"]["work_mode"]),
        })
        .collect()
}

/// A model of these texts.
fn learn(snippets: &[&Snippet], postings: &[&Posting]) -> Model {
    let mut samples: Vec<Sample<'_>> =
        snippets.iter().map(|snippet| (snippet.words.as_slice(), snippet.class)).collect();
    for posting in postings.iter().filter(|posting| posting.class == 0) {
        samples.extend(posting.windows.iter().map(|words| (words.as_slice(), 0)));
    }
    let first = Model::learn(&samples);
    for posting in postings.iter().filter(|posting| posting.class > 0) {
        let chances: Vec<_> = posting.windows.iter().map(|words| first.chances(words)).collect();
        let best = (0..chances.len())
            .max_by(|a, b| chances[*a][posting.class].total_cmp(&chances[*b][posting.class]));
        for (at, words) in posting.windows.iter().enumerate() {
            if Some(at) == best && chances[at][posting.class] > LIKELY {
                samples.push((words, posting.class));
            } else if chances[at][0] > SILENT {
                samples.push((words, 0));
            }
        }
    }
    Model::learn(&samples)
}

fn likeliest(chances: &[f32; linear::CLASSES]) -> (usize, f32) {
    let at = (0..chances.len()).max_by(|a, b| chances[*a].total_cmp(&chances[*b])).unwrap_or(0);
    (at, chances[at])
}

/// The model as a table: words, and the weight of each mode.
fn table(model: &Model) -> String {
    let mut out = String::from(
        "# Weights of words and runs of words for the work mode that a sentence says, learned from texts written for this project.\n\
         # Columns: words, hybrid, onsite, remote. Made by `cargo bench --bench learn -- --write`; not edited by hand.\n",
    );
    for (words, weights) in model.rows() {
        out.push_str(&format!("{words}\t{:.2}\t{:.2}\t{:.2}\n", weights[0], weights[1], weights[2]));
    }
    out
}

/// How often a mode was said, and said rightly.
#[derive(Default)]
struct Told {
    all: usize,
    right: usize,
    said: usize,
    stated: usize,
    found: usize,
}

impl Told {
    fn count(&mut self, said: usize, stated: usize) {
        self.all += 1;
        self.right += usize::from(said == stated);
        self.said += usize::from(said > 0);
        self.stated += usize::from(stated > 0);
        self.found += usize::from(said > 0 && said == stated);
    }
}

impl std::fmt::Display for Told {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        write!(
            out,
            "n {}, exact {:.3}, precision {:.3}, recall {:.3}",
            self.all,
            share(self.right, self.all),
            share(self.found, self.said),
            share(self.found, self.stated)
        )
    }
}
