//! A whole opening: facts with the words they were read from, text, skills as buttons to their explainers.

use super::super::custom_id::Press;
use super::super::layout::{Button, Message, Part, Style};
use super::super::words::{ago, link, plain, plain_lines, shorten};
use super::{CALM, opening};
use crate::domain::history::{Event, Happening};
use crate::domain::opening::Opening;
use crate::skills::catalog::{Catalog, Skill};

/// Characters of the posting's own text that are shown.
const TEXT: usize = 1_700;

/// The opening as a message for one person.
#[must_use]
pub fn view(opening: &Opening, history: &[Event], catalog: &Catalog) -> Message {
    let mut parts = vec![Part::Text(format!("### {}", heading(opening))), Part::Text(facts(opening))];
    if !history.is_empty() {
        parts.push(Part::small(&history.iter().map(happened).collect::<Vec<_>>().join("\n-# ")));
    }
    parts.push(Part::Line);
    let text = text(&opening.description);
    if !text.is_empty() {
        parts.push(Part::Text(text));
        parts.push(Part::Line);
    }
    parts.extend(skills(opening, catalog));
    let mut buttons = Vec::new();
    match link(&opening.url) {
        Some(url) => buttons.push(Button::link(if opening.is_open() { "Apply" } else { "Closed page" }, url)),
        None => parts.push(Part::small("The board gives no address for it.")),
    }
    buttons.push(Button::new("Similar", Press::Similar(opening.id).id()).style(Style::Secondary));
    parts.push(Part::Buttons(buttons));
    Message::private(vec![Part::Frame(Some(CALM), parts)])
}

/// The skills asked for and those that would be nice, as buttons to their explainers: ten in all, the former first.
fn skills(opening: &Opening, catalog: &Catalog) -> Vec<Part> {
    let facts = &opening.facts;
    let (nice, asked): (Vec<_>, Vec<_>) = facts
        .skills
        .iter()
        .filter_map(|id| catalog.get(id))
        .take(10)
        .partition(|skill| facts.nice_to_have.contains(&skill.id));
    let button = |skill: &&Skill| Button::new(&skill.name, Press::Explain(skill.id.clone()).id());
    let mut parts = Vec::new();
    for (heading, skills) in [("Skills asked for", asked), ("Nice to have", nice)] {
        if !skills.is_empty() {
            let hint = if parts.is_empty() { "; each leads to its explainer" } else { "" };
            parts.push(Part::small(&format!("{heading}{hint}")));
            parts.extend(skills.chunks(5).map(|row| Part::Buttons(row.iter().map(button).collect())));
        }
    }
    parts
}

/// What happened to it, in words.
fn happened(event: &Event) -> String {
    let when = ago(event.at);
    match &event.what {
        Happening::Closed => format!("closed {when}"),
        Happening::Reopened => format!("opened again {when}"),
        Happening::Changed(changes) => {
            let told = changes.iter().map(|change| match change.before.as_str() {
                "" => format!("{} added", change.field),
                before => format!("{} changed, was {}", change.field, plain(&shorten(before, 60))),
            });
            format!("{} {when}", told.collect::<Vec<_>>().join("; "))
        }
    }
}

fn heading(opening: &Opening) -> String {
    opening::heading(opening).replace("**", "")
}

/// One fact a line, each with the words it was read from where there are any.
fn facts(opening: &Opening) -> String {
    let facts = &opening.facts;
    let mut lines = Vec::new();
    let mut fact = |name: &str, value: String, evidence: &str| {
        if value.is_empty() {
            return;
        }
        let read_from = facts
            .evidence
            .get(evidence)
            .map(|words| format!(" · \"{}\"", plain(&shorten(words, 80))))
            .unwrap_or_default();
        lines.push(format!("**{name}** {value}{read_from}"));
    };
    let mode = facts.work_mode.map_or("places", |_| "work_mode");
    fact("Where", opening::place(opening), mode);
    fact("Pay", facts.pay.as_ref().map(ToString::to_string).unwrap_or_default(), "pay");
    fact("Level", facts.level.map(|level| level.label().to_owned()).unwrap_or_default(), "level");
    fact("Contract", facts.employment.map(|kind| kind.label().to_owned()).unwrap_or_default(), "employment");
    fact("Experience", facts.years.map(|years| format!("{years}+ years")).unwrap_or_default(), "years");
    fact("Visa", facts.visa.map(|visa| visa.label().to_owned()).unwrap_or_default(), "visa");
    if facts.agency == Some(true) {
        fact("Posted by", "a recruiter for a client".to_owned(), "agency");
    }
    let times = match opening.closed_at {
        None => format!("-# posted {}, seen {}", ago(opening.posted_at), ago(opening.seen_at)),
        Some(closed) => format!("-# posted {}, closed {}", ago(opening.posted_at), ago(closed)),
    };
    let source = source(&opening.url).map(|site| format!(" · source: {site}"));
    lines.push(times + &source.unwrap_or_default());
    lines.join("\n")
}

/// The site that the opening was read from, which most boards' terms want named.
fn source(address: &str) -> Option<String> {
    let address = url::Url::parse(address).ok()?;
    let host = address.host_str()?;
    Some(plain(host.strip_prefix("www.").unwrap_or(host)))
}

/// The beginning of the posting's text, whole lines as far as they go.
fn text(description: &str) -> String {
    let mut out = String::new();
    for line in plain_lines(description).split('\n') {
        if out.chars().count() + line.chars().count() + 1 > TEXT {
            let room = TEXT.saturating_sub(out.chars().count() + 2);
            if room > 80 {
                out.push('\n');
                out.push_str(&shorten(line, room));
            } else {
                out.push_str("\n…");
            }
            return out.trim().to_owned();
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
    }
    out.trim().to_owned()
}
