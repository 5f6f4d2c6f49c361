//! The work mode that a sentence says. Snippets say it themselves; of a posting without a mode all sentences say nothing,
//! and of one with a mode that sentence says it that a first model thinks likeliest.

use crier::domain::level::WorkMode;
use crier::reading::learned::features;
use crier::reading::{MODES, of_window, windows};
use serde_json::Value;

use crate::linear::{Model, Sample, table};
use crate::told::Told;
use crate::{FOLDS, text, writer};

/// A posting's sentence that a first model finds so likely to say its mode is taken to say it.
const LIKELY: f32 = 0.25;
/// A sentence of a posting with a mode that says nothing with so much certainty is taken to say nothing.
const SILENT: f32 = 0.6;

struct Snippet {
    writer: i64,
    features: Vec<String>,
    /// Of [`MODES`], one more; 0 says nothing.
    class: usize,
}

struct Posting {
    writer: i64,
    windows: Vec<Vec<String>>,
    class: usize,
}

pub(crate) fn learn(snippets: &[Value], postings: &[Value]) -> String {
    let snippets: Vec<Snippet> = snippets
        .iter()
        .map(|row| Snippet {
            writer: writer(row),
            features: features(&of_window(text(row, "text")), &[]),
            class: class(&row["mode"]),
        })
        .collect();
    let postings: Vec<Posting> = postings
        .iter()
        .map(|row| Posting {
            writer: writer(row),
            windows: windows(text(row, "text"))
                .into_iter()
                .map(|window| features(&of_window(window), &[]))
                .collect(),
            class: class(&row["facts"]["work_mode"]),
        })
        .collect();
    let mut told = Told::default();
    for fold in 0..FOLDS {
        let model = model(&snippets, &postings, |writer| writer % FOLDS != fold);
        for snippet in snippets.iter().filter(|snippet| snippet.writer % FOLDS == fold) {
            told.count(model.class(&snippet.features), snippet.class);
        }
    }
    println!("mode of snippets, unknown writers: {told}");
    let all = model(&snippets, &postings, |_| true);
    table("Weights of words for the work mode that a sentence says.", "hybrid, onsite, remote", &[&all])
}

fn class(mode: &Value) -> usize {
    let named = |known: &WorkMode| mode.as_str() == Some(known.key());
    MODES.iter().position(named).map_or(0, |at| at + 1)
}

/// A model of the texts of these writers.
fn model(snippets: &[Snippet], postings: &[Posting], known: impl Fn(i64) -> bool) -> Model<4> {
    let snippets = snippets.iter().filter(|snippet| known(snippet.writer));
    let mut samples: Vec<Sample<'_>> =
        snippets.map(|snippet| (snippet.features.as_slice(), snippet.class)).collect();
    let (stated, silent): (Vec<_>, Vec<_>) =
        postings.iter().filter(|posting| known(posting.writer)).partition(|posting| posting.class > 0);
    samples.extend(
        silent.into_iter().flat_map(|posting| &posting.windows).map(|features| (features.as_slice(), 0)),
    );
    let first: Model<4> = Model::learn(&samples);
    for posting in stated {
        let chances: Vec<_> = posting.windows.iter().map(|features| first.chances(features)).collect();
        let best = (0..chances.len())
            .max_by(|a, b| chances[*a][posting.class].total_cmp(&chances[*b][posting.class]));
        for (at, features) in posting.windows.iter().enumerate() {
            if Some(at) == best && chances[at][posting.class] > LIKELY {
                samples.push((features, posting.class));
            } else if chances[at][0] > SILENT {
                samples.push((features, 0));
            }
        }
    }
    Model::learn(&samples)
}
