//! How fast postings are read and tagged, over texts of 2,000 characters made from the sandbox's openings.
//!
//! `cargo bench --bench speed`. Beside a peer, on the same texts: `python3 benches/beside_flashtext2.py`, which asks for them
//! with `cargo bench --bench speed -- --texts FILE`.

use std::sync::LazyLock;

use crier::domain::posting::{Body, Posting};
use crier::reading;
use crier::skills::catalog::Catalog;
use crier::skills::tagger::Tagger;
use divan::counter::{BytesCount, ItemsCount};
use serde_json::Value;

fn main() {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--texts").skip(1);
    match arguments.next() {
        Some(file) => {
            let lines: String =
                TEXTS.iter().map(|text| Value::from(text.as_str()).to_string() + "\n").collect();
            std::fs::write(&file, lines).expect("the file for the texts can be written");
        }
        None => divan::main(),
    }
}

/// Characters of a posting's text.
const LENGTH: usize = 2_000;

static TAGGER: LazyLock<Tagger> =
    LazyLock::new(|| Tagger::new(&Catalog::load(None).expect("the catalog that is compiled in is whole")));

static ROWS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    include_str!("../config/sandbox-openings.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("the sandbox's openings are JSON"))
        .collect()
});

/// The openings' texts one after the other, cut to pieces of equal length.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let all: Vec<&str> = ROWS.iter().filter_map(|row| row["description"].as_str()).collect();
    let letters: Vec<char> = all.join("\n").chars().collect();
    letters.chunks_exact(LENGTH).map(|piece| piece.iter().collect()).collect()
});

/// Items are postings: what they are made of in one core's second.
#[divan::bench]
fn read_and_tag(bencher: divan::Bencher<'_, '_>) {
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let postings: Vec<Posting> = TEXTS
        .iter()
        .zip(ROWS.iter().cycle())
        .map(|(body, row)| Posting {
            title: text(row, "title"),
            company: text(row, "company"),
            locations: vec![text(row, "location")],
            body: Body::Text(body.clone()),
            ..Posting::default()
        })
        .collect();
    let tagger = &*TAGGER;
    bencher.counter(ItemsCount::new(postings.len())).bench(|| {
        for posting in &postings {
            divan::black_box(reading::read(posting, tagger));
        }
    });
}

#[divan::bench]
fn tag_alone(bencher: divan::Bencher<'_, '_>) {
    let tagger = &*TAGGER;
    let bytes: usize = TEXTS.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for text in TEXTS.iter() {
            divan::black_box(tagger.tag(text));
        }
    });
}
