//! Measures how well postings are read, over our own hard names and postings, and labelled data named on the command line.
//!
//! `cargo bench --bench reading -- [FILE…] [--misses FACT]`
//!
//! A file holds one JSON object a line: a posting with its facts under "gold", a text with its "skills", a text with
//! one doubtful name, or a posting of ours with its "facts". What is printed is a measurement; nothing here passes or fails.

mod names;
mod postings;
mod score;
mod windows;
mod written;

use std::process::ExitCode;

use crier::skills::catalog::Catalog;
use crier::skills::tagger::Tagger;
use serde_json::Value;

use score::Table;

const USAGE: &str = "usage: cargo bench --bench reading -- [FILE…] [--misses FACT]\n\
    FILE holds one JSON object a line: {title, description_text, location_raw, structured_salary, gold} or {text, skills}\n\
    or {text, skill, form, yes} or {title, company, place, text, facts}; without one, those in benches/reading are read.\n\
    FACT is one of the rows of the table; its misses are listed under it.";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("reading: {problem}\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut files = Vec::new();
    let mut misses = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // Cargo says so to every bench.
            "--bench" => {}
            "--misses" => misses = Some(arguments.next().ok_or("--misses wants the name of a fact")?),
            file => files.push(file.to_owned()),
        }
    }
    if files.is_empty() {
        // Cargo runs a bench in the package's folder.
        files.extend(
            ["names-seen", "names-unseen", "postings-seen", "postings-unseen"]
                .map(|name| format!("benches/reading/{name}.jsonl")),
        );
    }
    let catalog = Catalog::load(None).map_err(|problems| format!("the catalog: {}", problems[0]))?;
    let tagger = Tagger::new(&catalog);
    let mut table = Table::new(misses);
    for file in files {
        let rows = rows(&file)?;
        let is = |key: &str| rows.iter().all(|row| row.get(key).is_some());
        let unseen = file.ends_with("unseen.jsonl");
        if is("gold") {
            postings::measure(&rows, &tagger, &mut table);
        } else if is("skills") {
            windows::measure(&rows, &catalog, &tagger, &mut table)?;
        } else if is("yes") {
            let fact = if unseen { "hard names, unseen" } else { "hard names" };
            names::measure(&rows, fact, &tagger, &mut table)?;
        } else if is("facts") {
            written::measure(&rows, unseen, &tagger, &mut table);
        } else {
            return Err(format!("{file}: its rows have none of \"gold\", \"skills\", \"yes\" and \"facts\""));
        }
    }
    table.print();
    Ok(())
}

fn rows(file: &str) -> Result<Vec<Value>, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| format!("{file}, line {}: {error}", at + 1))
        })
        .collect()
}
