//! A skill's card and its further pages: what it is, why it matters, parts, today's openings; and tips.

use super::super::custom_id::{Press, SkillPage};
use super::super::layout::{Button, Message, Part};
use super::super::words::{plain, shorten};
use super::{SKILL, numbers, opening};
use crate::domain::ids::SkillId;
use crate::domain::opening::Opening;
use crate::domain::time::Millis;
use crate::search::Numbers;
use crate::skills::catalog::{Catalog, Explainer, Skill};

/// Parts on the card; the rest are on the page "Path".
const PARTS: usize = 6;

/// What a card shows.
#[derive(Debug)]
#[expect(missing_docs, reason = "each is what its name says; see commands::skill")]
pub struct Card<'a> {
    pub skill: &'a Skill,
    pub numbers: &'a Numbers,
    pub now: Millis,
    pub openings: &'a [Opening],
    /// Under which the store keeps the filter of its openings, for whoever may subscribe.
    pub subscribe: Option<&'a str>,
    pub catalog: &'a Catalog,
}

/// The card as a message for one person. What does not fit is left out from the end: first openings, then parts.
#[must_use]
pub fn card(card: &Card<'_>) -> Message {
    let (mut openings, mut parts) = (card.openings.len(), PARTS);
    loop {
        let message = drawn(card, openings, parts);
        if message.fits() || parts == 0 {
            return message;
        }
        if openings > 1 {
            openings -= 1;
        } else {
            parts -= 1;
        }
    }
}

fn drawn(card: &Card<'_>, openings: usize, parts: usize) -> Message {
    let skill = card.skill;
    let mut frame = vec![Part::Text(title(skill))];
    match &skill.explainer {
        Some(page) => frame.extend(explained(page, parts)),
        None => frame.push(Part::Text(unwritten(skill, card.catalog))),
    }
    frame.push(Part::Line);
    frame.push(Part::Text(numbers::told(card.numbers, card.now, card.catalog)));
    for shown in card.openings.iter().take(openings) {
        let details = Button::new("Details", Press::Details(shown.id).id());
        frame.push(Part::Section(opening::brief(shown), details));
    }
    let mut buttons = Vec::new();
    if card.numbers.open > 0 {
        buttons.push(Button::new("All openings", Press::Openings(skill.id.clone()).id()));
    }
    if let Some(key) = card.subscribe {
        buttons.push(Button::new("Subscribe", Press::Subscribe(key.to_owned()).id()));
    }
    if let Some(page) = &skill.explainer {
        let has = |name: &str| page.sections.contains_key(name);
        let mut section = |label: &str, page, there: bool| {
            if there {
                buttons.push(Button::new(label, Press::Section(skill.id.clone(), page).id()));
            }
        };
        section("Parts", SkillPage::Parts, page.parts.len() > parts);
        section("Path", SkillPage::Path, has("How to learn it"));
        section("Interview", SkillPage::Interview, has("Interview questions"));
        section("Pitfalls", SkillPage::Pitfalls, has("Pitfalls"));
        if !page.tips.is_empty() {
            buttons.push(Button::new("Tip", Press::Tip(Some(skill.id.clone())).id()));
        }
    }
    frame.extend(buttons.chunks(5).map(|row| Part::Buttons(row.to_vec())));
    frame.extend(neighbours(skill, card.numbers, card.catalog));
    Message::private(vec![Part::Frame(Some(SKILL), frame)])
}

/// A further page; `None` when the skill has no such section.
#[must_use]
pub fn section(skill: &Skill, page: SkillPage, catalog: &Catalog) -> Option<Message> {
    let written = skill.explainer.as_ref()?;
    let get = |name: &str| written.sections.get(name).map(|text| text.trim());
    let (heading, texts) = match page {
        SkillPage::Parts => {
            let all = written.parts.iter().zip(1..).map(|(part, number)| format!("{number}. {part}"));
            ("parts, first to deep", vec![Some(all.collect::<Vec<_>>().join("\n"))])
        }
        SkillPage::Path => ("path", vec![get("How to learn it").map(str::to_owned)]),
        SkillPage::Interview => ("interview questions", vec![get("Interview questions").map(str::to_owned)]),
        SkillPage::Pitfalls => (
            "pitfalls",
            vec![
                get("Pitfalls").map(str::to_owned),
                get("Misconceptions").map(|text| format!("**Misconceptions**\n{text}")),
            ],
        ),
        SkillPage::JobAds => ("in job ads", vec![get("In job ads").map(str::to_owned)]),
    };
    let texts: Vec<String> = texts.into_iter().flatten().collect();
    if texts.is_empty() {
        return None;
    }
    let mut parts = vec![Part::Text(format!("### {}: {heading}", plain(&skill.name)))];
    // The linter keeps each page within a message; an operator's own longer page is shortened.
    let mut room = 3_800;
    for text in texts {
        let text = shorten_lines(&text, room);
        room = room.saturating_sub(text.chars().count());
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
    }
    let back = Button::new(format!("Back to {}", skill.name), Press::Explain(skill.id.clone()).id());
    let mut buttons = vec![back, Button::new("Openings", Press::Openings(skill.id.clone()).id())];
    if page != SkillPage::JobAds && get("In job ads").is_some() {
        buttons.push(Button::new("In job ads", Press::Section(skill.id.clone(), SkillPage::JobAds).id()));
    }
    if page == SkillPage::Path {
        let first = skill.prerequisites.iter().filter_map(|id| catalog.get(id)).take(2);
        buttons.extend(
            first.map(|s| Button::new(format!("First: {}", s.name), Press::Explain(s.id.clone()).id())),
        );
    }
    parts.push(Part::Buttons(buttons));
    Some(Message::private(vec![Part::Frame(Some(SKILL), parts)]))
}

/// One tip; for one person with a button for another one, or for a channel.
#[must_use]
pub fn tip(skill: &Skill, number: usize, wanted: Option<&SkillId>, private: bool) -> Option<Message> {
    let tip = skill.explainer.as_ref()?.tips.get(number)?;
    let mut buttons = vec![
        Button::new(format!("About {}", skill.name), Press::Explain(skill.id.clone()).id()),
        Button::new("Openings", Press::Openings(skill.id.clone()).id()),
    ];
    if private {
        buttons.push(Button::new("Another", Press::AnotherTip(wanted.cloned()).id()));
    }
    let text = format!("**{} tip**\n{}", plain(&skill.name), shorten(tip, 600));
    let frame = vec![Part::Frame(Some(SKILL), vec![Part::Text(text), Part::Buttons(buttons)])];
    Some(if private { Message::private(frame) } else { Message::public(frame) })
}

fn title(skill: &Skill) -> String {
    let kind = if skill.kind == "soft" { "soft skill" } else { &skill.kind };
    let area = skill.area.replace('-', " ");
    let mut text = format!("## {}\n-# {kind} · {area}", plain(&skill.name));
    let names: Vec<String> = skill.aliases.iter().take(4).map(|name| plain(name)).collect();
    if !names.is_empty() {
        text.push_str(&format!(" · also {}", names.join(", ")));
    }
    text
}

fn explained(page: &Explainer, parts: usize) -> Vec<Part> {
    let mut texts = vec![
        Part::Text(format!("*{}*", page.summary.trim())),
        Part::Text(page.what.trim().to_owned()),
        Part::Text(format!("**Why it matters at work**\n{}", page.why.trim())),
    ];
    let shown: Vec<String> =
        page.parts.iter().take(parts).enumerate().map(|(i, part)| format!("{}. {part}", i + 1)).collect();
    if !shown.is_empty() {
        let all = if page.parts.len() > parts {
            format!(" ({parts} of {})", page.parts.len())
        } else {
            String::new()
        };
        texts.push(Part::Text(format!("**Key skills, first to deep**{all}\n{}", shown.join("\n"))));
    }
    texts
}

/// What can be said of a skill whose page is not written yet.
fn unwritten(skill: &Skill, catalog: &Catalog) -> String {
    let names = |ids: &[SkillId]| {
        ids.iter()
            .filter_map(|id| catalog.get(id))
            .take(8)
            .map(|s| plain(&s.name))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut lines = vec!["Its page is not written yet. What the catalog knows:".to_owned()];
    for (label, words) in [
        ("Part of", names(&skill.parents)),
        ("Learn first", names(&skill.prerequisites)),
        ("Near", names(&skill.related)),
        ("Covers", skill.covers.iter().take(12).map(|c| plain(c)).collect::<Vec<_>>().join(", ")),
    ] {
        if !words.is_empty() {
            lines.push(format!("- {label}: {words}"));
        }
    }
    lines.join("\n")
}

/// Near skills as buttons that lead on: what to learn first, what today's openings ask for beside it, what is related.
fn neighbours(skill: &Skill, numbers: &Numbers, catalog: &Catalog) -> Option<Part> {
    let mut near: Vec<&Skill> = Vec::new();
    let beside: Vec<&SkillId> =
        numbers::companions(numbers).map(|companion| &companion.skill).take(3).collect();
    let ids = skill.prerequisites.iter().take(2).chain(beside).chain(&skill.related).chain(&skill.parents);
    for id in ids {
        if let Some(found) = catalog.get(id)
            && found.id != skill.id
            && near.iter().all(|known| known.id != found.id)
        {
            near.push(found);
        }
    }
    // Those with a page first: the others say little.
    near.sort_by_key(|skill| skill.explainer.is_none());
    let buttons: Vec<Button> =
        near.iter().take(5).map(|s| Button::new(&s.name, Press::Explain(s.id.clone()).id())).collect();
    (!buttons.is_empty()).then_some(Part::Buttons(buttons))
}

/// Whole lines of a text as far as `most` characters go.
fn shorten_lines(text: &str, most: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        if out.chars().count() + line.chars().count() + 2 > most {
            out.push('…');
            break;
        }
        out.push_str(line);
        out.push('\n');
    }
    out.trim_end().to_owned()
}
