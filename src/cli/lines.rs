//! The stages that read lines: `crier tag`, `crier inspect`; and the skills library: `crier skills`.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::{Failure, Result};
use crate::app;
use crate::config::Config;
use crate::domain::posting::{Body, Posting};
use crate::feeds;
use crate::reading;
use crate::skills::catalog::Catalog;

/// A line {"text"} in, a line {"skills"} out.
pub(super) fn tag(config: &Config) -> Result<ExitCode> {
    let (_, tagger) = app::skills(config)?;
    each_line(|line| {
        let text = line["text"].as_str().ok_or("it has no \"text\"")?;
        let skills: Vec<String> = tagger.tag(text).into_iter().map(|tag| tag.skill.0.clone()).collect();
        Ok(json!({ "skills": skills }))
    })
}

/// A line {"title","company","location","description","salary"} in, every derived fact out. The salary is a text, or an
/// object as boards have it: {"min","max","currency","period"}.
pub(super) fn inspect(config: &Config) -> Result<ExitCode> {
    let (_, tagger) = app::skills(config)?;
    each_line(|line| {
        if !line.is_object() {
            return Err("it is no JSON object".to_owned());
        }
        let text = |key: &str| line[key].as_str().unwrap_or_default().trim().to_owned();
        let description = text("description");
        let posting = Posting {
            key: "inspect".to_owned(),
            title: text("title"),
            company: text("company"),
            locations: locations(&line["location"]),
            pay: feeds::stated_pay(&line["salary"]),
            pay_text: Some(text("salary")).filter(|text| !text.is_empty()),
            body: if looks_like_html(&description) {
                Body::Html(description)
            } else {
                Body::Text(description)
            },
            ..Posting::default()
        };
        let facts = reading::read(&posting, &tagger).facts;
        Ok(json!({
            "skills": facts.skills,
            "level": facts.level,
            "employment": facts.employment,
            "work_mode": facts.work_mode,
            "remote_from": facts.remote_from,
            "places": facts.places,
            "pay": facts.pay,
            "visa": facts.visa,
            "years": facts.years,
            "agency": facts.agency,
            "summary": facts.summary,
            "evidence": facts.evidence,
        }))
    })
}

/// Every problem of the library; ends with 1 when there is one.
pub(super) fn lint(config: &Config) -> Result<ExitCode> {
    let own = &config.settings.skills.own_dir;
    let own = (!own.is_empty()).then(|| std::path::Path::new(own));
    let problems = Catalog::lint(own);
    for problem in &problems {
        say!("{problem}");
    }
    if !problems.is_empty() {
        let many = if problems.len() == 1 { "" } else { "s" };
        return Err(Failure(format!("the skills library has {} problem{many}", problems.len())));
    }
    if let Ok(catalog) = Catalog::load(own) {
        let written = || catalog.skills().iter().filter_map(|skill| skill.explainer.as_ref());
        let full = written().filter(|page| page.sections.contains_key("Interview questions")).count();
        let tips: usize = written().map(|page| page.tips.len()).sum();
        say!(
            "{} skills, {full} explained in full and {} in short, {tips} tips, no problems",
            catalog.skills().len(),
            written().count() - full
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// The skills by rank.
pub(super) fn list(config: &Config, as_json: bool) -> Result {
    let (catalog, _) = app::skills(config)?;
    for skill in catalog.skills() {
        let line = if as_json {
            json!({
                "id": skill.id, "name": skill.name, "kind": skill.kind, "area": skill.area, "tier": skill.tier,
                "rank": skill.rank, "aliases": skill.aliases, "covers": skill.covers, "parents": skill.parents,
                "prerequisites": skill.prerequisites, "related": skill.related,
                "explained": skill.explainer.is_some(),
                "summary": skill.explainer.as_ref().map(|page| page.summary.as_str()),
            })
            .to_string()
        } else {
            let page = if skill.explainer.is_some() { "explained" } else { "" };
            format!("{:28} {:32} {:12} {page}", skill.id.as_str(), skill.name, skill.kind)
                .trim_end()
                .to_owned()
        };
        if print(&line).is_err() {
            break;
        }
    }
    Ok(())
}

/// Prints a line; an error means that nobody reads any more.
pub(super) fn print(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{line}")
}

/// Answers each line of standard input with one line; a line that can't be read is answered with {"error"}, and
/// the command ends with 1.
fn each_line(answer: impl Fn(&Value) -> std::result::Result<Value, String>) -> Result<ExitCode> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut wrong = 0_u64;
    for (number, line) in std::io::stdin().lock().split(b'\n').enumerate() {
        let line = line.map_err(|error| Failure(format!("standard input can't be read: {error}")))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answered = serde_json::from_slice(&line)
            .map_err(|error| format!("it is no JSON: {error}"))
            .and_then(|value| answer(&value));
        let answered = answered.unwrap_or_else(|problem| {
            wrong += 1;
            json!({ "error": format!("line {}: {problem}", number + 1) })
        });
        if writeln!(out, "{answered}").is_err() {
            return Ok(ExitCode::SUCCESS);
        }
    }
    let _ = out.flush();
    if wrong > 0 {
        let many = if wrong == 1 { "" } else { "s" };
        eprintln!("crier: {wrong} line{many} could not be read and got an error as the answer");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn locations(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) if !one.trim().is_empty() => vec![one.trim().to_owned()],
        Value::Array(all) => all.iter().filter_map(Value::as_str).map(|one| one.trim().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// A closing or self-contained tag that postings use; a lone "<" is no HTML.
fn looks_like_html(text: &str) -> bool {
    ["</p>", "</li>", "</div>", "</ul>", "<br", "</strong>", "</b>", "</h2>", "</h3>", "</span>"]
        .iter()
        .any(|tag| text.contains(tag))
}
