//! An opening in two or three lines, the form that searches, alerts and samples share.

use super::super::words::{ago, plain, shorten};
use crate::domain::filter::Filter;
use crate::domain::ids::SkillId;
use crate::domain::level::WorkMode;
use crate::domain::opening::Opening;
use crate::domain::time::{DAY, HOUR};
use crate::skills::catalog::Catalog;

/// Skills named in a row.
const SKILLS: usize = 5;
/// Places named in a row; the rest are counted.
const PLACES: usize = 3;

/// `**Platform Engineer** · Railway`, then facts, then skills, those first that were looked for.
#[must_use]
pub fn row(opening: &Opening, catalog: &Catalog, wanted: Option<&Filter>) -> String {
    let mut lines = vec![heading(opening), facts(opening, true)];
    let skills = skills(opening, catalog, wanted);
    if !skills.is_empty() {
        lines.push(format!("-# {}", skills.join(", ")));
    }
    lines.join("\n")
}

/// `**Platform Engineer** · Railway`, struck through with its end once it is closed.
#[must_use]
pub fn heading(opening: &Opening) -> String {
    let title = plain(&shorten(&opening.title, 90));
    let company = plain(&shorten(&opening.company, 50));
    let company = if company.is_empty() { String::new() } else { format!(" · {company}") };
    match opening.closed_at {
        None => format!("**{title}**{company}"),
        Some(closed) => {
            let open = closed.since(opening.posted_at).max(0);
            let after = match open {
                open if open < 2 * HOUR => "within two hours".to_owned(),
                open if open < 2 * DAY => format!("after {} hours", open / HOUR),
                open => format!("after {} days", open / DAY),
            };
            format!("~~{title}{company}~~ · closed {after}")
        }
    }
}

/// `Remote, world · 120–160k USD · senior · 2 hours ago`.
#[must_use]
pub fn facts(opening: &Opening, with_time: bool) -> String {
    let facts = &opening.facts;
    let mut parts = Vec::new();
    let place = place(opening);
    if !place.is_empty() {
        parts.push(place);
    }
    parts.extend(facts.pay.as_ref().map(ToString::to_string));
    parts.extend(facts.level.map(|level| level.label().to_owned()));
    if with_time && opening.is_open() {
        parts.push(ago(opening.posted_at));
    }
    parts.join(" · ")
}

/// `Remote from DE, FR`, `Berlin, DE (hybrid)`, `London, GB and 4 more`.
#[must_use]
pub fn place(opening: &Opening) -> String {
    let facts = &opening.facts;
    let mut names: Vec<String> = facts.places.iter().map(|place| plain(&place.to_string())).collect();
    let more = names.len().saturating_sub(PLACES);
    names.truncate(PLACES);
    let mut places = names.join("; ");
    if more > 0 {
        places.push_str(&format!(" and {more} more"));
    }
    match facts.work_mode {
        Some(WorkMode::Remote) => {
            let mut from = facts.remote_from.clone();
            let others = from.len().saturating_sub(6);
            from.truncate(6);
            let mut from = from.join(", ");
            if others > 0 {
                from.push_str(&format!(" and {others} more"));
            }
            match (from.as_str(), places.is_empty()) {
                ("", true) => "Remote".to_owned(),
                ("", false) => format!("Remote ({places})"),
                ("world", _) => "Remote, world".to_owned(),
                (from, _) => format!("Remote from {from}"),
            }
        }
        Some(WorkMode::Hybrid) if places.is_empty() => "Hybrid".to_owned(),
        Some(WorkMode::Hybrid) => format!("{places} (hybrid)"),
        Some(WorkMode::Onsite) if places.is_empty() => "On-site".to_owned(),
        _ => places,
    }
}

/// The names of the first skills; what a filter asks for stands before the rest.
fn skills(opening: &Opening, catalog: &Catalog, wanted: Option<&Filter>) -> Vec<String> {
    let asked = |id: &SkillId| {
        wanted.is_some_and(|filter| filter.skills_all.contains(id) || filter.skills_any.contains(id))
    };
    let skills = &opening.facts.skills;
    skills
        .iter()
        .filter(|id| asked(id))
        .chain(skills.iter().filter(|id| !asked(id)))
        .filter_map(|id| catalog.get(id))
        .take(SKILLS)
        .map(|skill| plain(&skill.name))
        .collect()
}

/// `**Title** · Company` and one line from the posting, as a skill's page lists openings.
#[must_use]
pub fn brief(opening: &Opening) -> String {
    match &opening.facts.summary {
        Some(summary) => format!("{}\n{}", heading(opening), plain(&shorten(summary, 140))),
        None => format!("{}\n{}", heading(opening), facts(opening, true)),
    }
}
