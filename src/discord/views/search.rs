//! A page of a search: count, chips, rows with their Details buttons, paging; or what to loosen.

use super::super::custom_id::{Press, Query};
use super::super::layout::{Button, Message, Part, Style};
use super::super::words::{count, grouped, plain, shorten};
use super::{CALM, opening};
use crate::domain::filter::{Condition, Filter, World};
use crate::domain::opening::Opening;
use crate::search::Sort;
use crate::skills::catalog::Catalog;

/// What a page shows.
#[derive(Debug)]
#[expect(missing_docs, reason = "each is what its name says; see commands::jobs")]
pub struct Page<'a> {
    pub filter: &'a Filter,
    pub query: Query,
    pub total: u64,
    pub size: usize,
    pub openings: &'a [Opening],
    /// Of an empty result: each condition with the count there would be without it.
    pub loosened: &'a [(Condition, u64)],
    pub notes: &'a [String],
    pub private: bool,
    pub may_subscribe: bool,
    pub world: &'a World,
    pub catalog: &'a Catalog,
}

/// The page as a message.
#[must_use]
pub fn page(page: &Page<'_>) -> Message {
    let mut parts = vec![Part::Text(heading(page))];
    if page.total == 0 {
        parts.extend(nothing(page));
    } else {
        parts.push(Part::Line);
        for shown in page.openings {
            parts.push(Part::Section(
                opening::row(shown, page.catalog, Some(page.filter)),
                Button::new("Details", Press::Details(shown.id).id()),
            ));
        }
        parts.push(Part::Line);
        parts.extend(paging(page));
    }
    let mut buttons = Vec::new();
    if page.private && page.may_subscribe {
        buttons.push(Button::new("Subscribe this channel", Press::Subscribe(page.query.key.clone()).id()));
    }
    if page.private && page.total > 0 {
        buttons.push(Button::new("Share", Press::Share(page.query.clone()).id()));
    }
    if !buttons.is_empty() {
        parts.push(Part::Buttons(buttons));
    }
    let frame = vec![Part::Frame(Some(CALM), parts)];
    if page.private { Message::private(frame) } else { Message::public(frame) }
}

/// Openings near to one.
#[must_use]
pub fn similar(to: &Opening, openings: &[Opening], catalog: &Catalog) -> Message {
    let mut parts = vec![Part::Text(format!("**Like** {}", opening::heading(to))), Part::Line];
    if openings.is_empty() {
        parts.push(Part::Text("No open opening shares enough with it right now.".to_owned()));
    }
    for shown in openings {
        let details = Button::new("Details", Press::Details(shown.id).id());
        parts.push(Part::Section(opening::row(shown, catalog, None), details));
    }
    Message::private(vec![Part::Frame(Some(CALM), parts)])
}

fn heading(page: &Page<'_>) -> String {
    let order = match page.query.sort {
        Sort::Newest => "newest first",
        Sort::Pay => "best paid first",
    };
    let mut text = match page.total {
        0 => "**No open opening**".to_owned(),
        total => format!("**{}** · {order}", count(total, "opening")),
    };
    let chips: Vec<String> =
        page.filter.chips(page.world).into_iter().map(|(_, chip)| plain(&chip)).collect();
    if !chips.is_empty() {
        text.push('\n');
        text.push_str(&shorten(&chips.join(" · "), 500));
    }
    for note in page.notes {
        text.push_str("\n-# ");
        text.push_str(&shorten(note, 300));
    }
    text
}

/// What to do about an empty result: the condition that hides most, each with a button.
fn nothing(page: &Page<'_>) -> Vec<Part> {
    let helpful: Vec<&(Condition, u64)> =
        page.loosened.iter().filter(|(_, without)| *without > 0).take(4).collect();
    if helpful.is_empty() {
        let words = if page.filter.is_empty() {
            "There are no openings yet. The first feeds are being read; /status tells how far they are."
        } else {
            "Leaving out any one condition finds none either. Try fewer or other words."
        };
        return vec![Part::Text(words.to_owned())];
    }
    let chips: std::collections::BTreeMap<Condition, String> =
        page.filter.chips(page.world).into_iter().collect();
    let chip = |condition: &Condition| chips.get(condition).map(|chip| plain(chip)).unwrap_or_default();
    let lines: Vec<String> = helpful
        .iter()
        .map(|(condition, without)| {
            format!("- without {}: {}", shorten(&chip(condition), 80), count(*without, "opening"))
        })
        .collect();
    let buttons = helpful
        .iter()
        .map(|(condition, without)| {
            let label =
                format!("Without {} ({})", shorten(&unescaped(&chip(condition)), 50), grouped(*without));
            Button::new(label, Press::Loosen(page.query.clone(), *condition).id())
        })
        .collect();
    vec![
        Part::Text(format!("One condition less would find more:\n{}", lines.join("\n"))),
        Part::Buttons(buttons),
    ]
}

/// Labels of buttons are no markdown.
fn unescaped(text: &str) -> String {
    text.replace('\\', "")
}

fn paging(page: &Page<'_>) -> Option<Part> {
    let size = page.size as u64;
    let pages = page.total.div_ceil(size);
    if pages < 2 || !page.private {
        return None;
    }
    let offset = page.query.offset;
    let number = offset as u64 / size + 1;
    let to = |offset: usize| Press::Page(Query { offset, ..page.query.clone() }).id();
    // The two ids differ even where a button is off: Discord wants them unique in a message.
    let previous = Button::new("◀ Previous", to(offset.saturating_sub(page.size))).enabled(offset > 0);
    let previous = if offset == 0 { Button::new("◀ Previous", "1:first").enabled(false) } else { previous };
    let next = Button::new("Next ▶", to(offset + page.size)).enabled(number < pages).style(Style::Secondary);
    let here = Button::new(format!("{} of {}", grouped(number), grouped(pages)), "1:here").enabled(false);
    Some(Part::Buttons(vec![previous, here, next]))
}
