//! Learns the tables of `config/reading` from texts written for this project, and says how well they do on unknown writers.
//!
//! `cargo bench --bench learn [-- --write]`
//!
//! `whereabouts.jsonl` holds snippets of postings that touch the place of work, {"text", "mode", "work", "other", "writer"}:
//! the mode that the snippet says, cities where the work is, and cities where it is not. `technology.jsonl` holds snippets
//! that name technology, {"text", "heading", "asked", "other", "writer"}. `benches/reading/postings-seen.jsonl` holds whole
//! postings with their facts. What is printed is a measurement: each writer's texts are judged by a model that has seen
//! none of them.

mod linear;
mod modes;
mod places;
mod skills;
mod told;

use std::process::ExitCode;

use serde_json::Value;

/// Parts in which writers are left out by turns.
const FOLDS: i64 = 6;

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
    let whereabouts = rows("benches/learn/whereabouts.jsonl")?;
    let technology = rows("benches/learn/technology.jsonl")?;
    let postings = rows("benches/reading/postings-seen.jsonl")?;
    println!("{} + {} snippets, {} postings", whereabouts.len(), technology.len(), postings.len());
    let tables = [
        ("mode.tsv", modes::learn(&whereabouts, &postings)),
        ("places.tsv", places::learn(&whereabouts, &postings)),
        ("asked.tsv", skills::learn(&technology, &postings)?),
    ];
    for (name, table) in tables {
        println!("{name}: {} rows", table.lines().count());
        if write {
            std::fs::write(format!("config/reading/{name}"), table)
                .map_err(|error| format!("{name}: {error}"))?;
        }
    }
    Ok(())
}

fn rows(path: &str) -> Result<Vec<Value>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    text.lines().map(|line| serde_json::from_str(line).map_err(|error| format!("{path}: {error}"))).collect()
}

/// Who wrote a row.
fn writer(row: &Value) -> i64 {
    row["writer"].as_i64().unwrap_or(0)
}

/// A row's text under this key.
fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

/// The names in a list.
fn names(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}
