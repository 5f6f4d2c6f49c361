//! Subscriptions as their managers see them: preview, list, one with its buttons, its delivery log, why.

use super::super::custom_id::{Press, Verb};
use super::super::layout::{Button, Message, Part, Select, Style};
use super::super::words::{ago, count, moment, plain, shorten};
use super::{CALM, opening, why};
use crate::domain::filter::World;
use crate::domain::opening::Opening;
use crate::domain::subscription::{PauseReason, Subscription, Topic};
use crate::domain::time::Millis;
use crate::search::Preview;
use crate::skills::catalog::Catalog;
use crate::store::LogLine;

/// Rows with a button each; more go into a menu.
const ROWS: usize = 8;

/// What a subscription would have sent, before it is made.
#[must_use]
pub fn preview(
    draft: &Subscription,
    preview: &Preview,
    samples: &[Opening],
    notes: &[String],
    world: &World,
    catalog: &Catalog,
) -> Message {
    let mut days = preview.per_day.clone();
    days.sort_unstable();
    let sum: u64 = days.iter().sum();
    let median = days.get(days.len() / 2).copied().unwrap_or(0);
    let worst = days.last().copied().unwrap_or(0);
    let mut text = format!(
        "**Subscribe <#{}>?**\n{}\n{}",
        draft.channel,
        about(draft, world),
        match sum {
            0 => "In the last 30 days it would have sent nothing.".to_owned(),
            sum => format!(
                "In the last 30 days it would have sent **{}**: {median} on a median day, {worst} on the fullest.",
                count(sum, "opening")
            ),
        }
    );
    if worst > 50 && draft.cap.is_none() {
        text.push_str("\nThat is a lot for one channel; a narrower filter or `cap:10` would calm it.");
    }
    for note in notes {
        text.push_str("\n-# ");
        text.push_str(&shorten(note, 300));
    }
    let mut parts = vec![Part::Text(text)];
    if !samples.is_empty() {
        parts.push(Part::Line);
        parts.push(Part::small("Such as"));
        let wanted = draft.filter();
        parts.extend(samples.iter().map(|shown| Part::Text(opening::row(shown, catalog, wanted))));
    }
    parts.push(Part::Line);
    parts.push(Part::Buttons(vec![
        Button::new("Confirm", Press::Confirm(draft.id).id()).style(Style::Success),
        Button::new("Cancel", Press::Cancel.id()),
    ]));
    Message::private(vec![Part::Frame(Some(CALM), parts)])
}

/// The subscription was made.
#[must_use]
pub fn confirmed(made: &Subscription, backfill: bool) -> Message {
    let what = match made.topic {
        Topic::Openings { .. } => "new openings",
        Topic::Tips { .. } => "skill tips",
    };
    let text = format!(
        "**Subscribed.** <#{}> gets {what}, {}. Older openings are not posted by themselves.",
        made.channel,
        cadence(made)
    );
    let text =
        if backfill { text } else { text.replace(" Older openings are not posted by themselves.", "") };
    let mut buttons = Vec::new();
    if backfill {
        buttons.push(Button::new("Post the newest 10 now", Press::Do(made.id, Verb::Backfill).id()));
    }
    buttons.push(Button::new("Manage", Press::Manage(Some(made.id)).id()));
    Message::private(vec![Part::Text(text), Part::Buttons(buttons)])
}

/// All subscriptions of a server.
#[must_use]
pub fn list(all: &[Subscription], world: &World) -> Message {
    if all.is_empty() {
        return Message::note(
            "This server has no subscriptions yet. /subscribe makes one: it first shows what it would send.",
        );
    }
    let mut parts = vec![Part::Text(format!("**{}**", count(all.len() as u64, "subscription"))), Part::Line];
    if all.len() <= ROWS {
        for one in all {
            let text = format!("{} → <#{}>\n-# {}", name(one), one.channel, state(one));
            parts.push(Part::Section(text, Button::new("Manage", Press::Manage(Some(one.id)).id())));
        }
    } else {
        let lines: Vec<String> = all
            .iter()
            .take(25)
            .map(|one| {
                format!("- {} → <#{}> · {}", shorten(&name(one), 60), one.channel, shorten(&state(one), 60))
            })
            .collect();
        parts.push(Part::Text(shorten(&lines.join("\n"), 3_000)));
        for (i, chunk) in all.chunks(25).take(4).enumerate() {
            let options = chunk
                .iter()
                .map(|one| (unescaped(&name(one)), one.id.to_string(), unescaped(&about(one, world))))
                .collect();
            parts.push(Part::Select(Select {
                // Two menus need two ids; the value says which subscription is meant.
                custom_id: format!("{}{}", Press::Manage(None).id(), ["", "a", "b", "c"][i.min(3)]),
                placeholder: "Choose one to manage".to_owned(),
                options,
            }));
        }
    }
    Message::private(vec![Part::Frame(Some(CALM), parts)])
}

/// One subscription with what can be done to it.
#[must_use]
pub fn manage(one: &Subscription, log: &[LogLine], next: Option<Millis>, world: &World) -> Message {
    let mut text = format!("**{}**\n{}", name(one), about(one, world));
    if let Some(pause) = &one.paused {
        let who = match pause.why {
            PauseReason::Person => "Paused by a person",
            PauseReason::Forbidden => "Paused because Discord refuses",
            PauseReason::Gone => "Stopped because the channel is gone",
        };
        text.push_str(&format!("\n**{who}** {}. {}", ago(pause.since), plain(&pause.note)));
    } else if let Some(next) = next {
        text.push_str(&format!("\nNext at {}.", moment(next)));
    }
    let mut parts = vec![Part::Text(text), Part::Line, Part::Text(format!("**Latest**\n{}", lines(log, 4)))];
    let verb = |label: &str, verb| Button::new(label, Press::Do(one.id, verb).id());
    let pause = match &one.paused {
        Some(_) => verb("Resume", Verb::Resume).style(Style::Primary),
        None => verb("Pause", Verb::Pause),
    };
    let openings = matches!(one.topic, Topic::Openings { .. });
    parts.push(Part::Buttons(vec![
        pause,
        verb("Edit", Verb::Edit),
        verb("Test post", Verb::Test).enabled(openings),
        verb("Delivery log", Verb::Log),
        verb("Remove", Verb::Remove).style(Style::Danger),
    ]));
    Message::private(vec![Part::Frame(Some(CALM), parts)])
}

/// The delivery log.
#[must_use]
pub fn log(one: &Subscription, log: &[LogLine]) -> Message {
    let text = format!("**Delivery log of {}**\n{}", name(one), lines(log, 25));
    let back = Button::new("Back", Press::Manage(Some(one.id)).id());
    Message::private(vec![Part::Frame(Some(CALM), vec![Part::Text(text), Part::Buttons(vec![back])])])
}

/// After a removal.
#[must_use]
pub fn removed(one: &Subscription) -> Message {
    let undo = Button::new("Undo", Press::Do(one.id, Verb::Undo).id());
    Message::private(vec![
        Part::Text(format!("Removed {} from <#{}>. What waited for it is dropped.", name(one), one.channel)),
        Part::Buttons(vec![undo]),
    ])
}

/// Why the openings of a post are there, condition by condition.
#[must_use]
pub fn why(one: &Subscription, openings: &[Opening], world: &World, now: Millis) -> Message {
    let Topic::Openings { .. } = &one.topic else {
        return Message::note("This post is a skill tip; tips go to every channel that asked for them.");
    };
    let mut parts =
        vec![Part::Text(format!("**Why these are in <#{}>**\n{}", one.channel, about(one, world)))];
    let room = (3_700 / openings.len().max(1)).clamp(370, 1_500);
    for shown in openings.iter().take(10) {
        let mut lines = vec![opening::heading(shown)];
        lines.extend(why::conditions(shown, one, world, now));
        if lines.len() == 1 {
            lines.push("-# this subscription has no conditions: every opening matches".to_owned());
        }
        parts.push(Part::Text(shorten(&lines.join("\n"), room)));
    }
    Message::private(vec![Part::Frame(Some(CALM), parts)])
}

/// The channel, filter, cadence, role and cap in words.
fn about(one: &Subscription, world: &World) -> String {
    let mut words = match &one.topic {
        Topic::Openings { filter } => {
            let chips: Vec<String> = filter.chips(world).into_iter().map(|(_, chip)| plain(&chip)).collect();
            if chips.is_empty() { vec!["every opening".to_owned()] } else { chips }
        }
        Topic::Tips { area: None } => vec!["tips of all skills".to_owned()],
        Topic::Tips { area: Some(area) } => {
            let name = world.skill_names.get(area).map_or(area.as_str(), String::as_str);
            vec![format!("tips about {}", plain(name))]
        }
    };
    words.push(cadence(one));
    words.extend(one.role.map(|role| format!("mentions <@&{role}>")));
    words.extend(one.cap.map(|cap| format!("at most {cap} a day")));
    shorten(&words.join(" · "), 600)
}

fn name(one: &Subscription) -> String {
    let label = plain(&shorten(&one.label, 80));
    if label.is_empty() { "Every opening".to_owned() } else { label }
}

fn state(one: &Subscription) -> String {
    match &one.paused {
        None => cadence(one),
        Some(pause) => format!("paused: {}", plain(&shorten(&pause.note, 120))),
    }
}

fn cadence(one: &Subscription) -> String {
    let text = one.cadence.to_string();
    if text == "instant" { "as soon as they are found".to_owned() } else { text }
}

fn lines(log: &[LogLine], most: usize) -> String {
    if log.is_empty() {
        return "Nothing was sent yet.".to_owned();
    }
    let lines: Vec<String> = log
        .iter()
        .take(most)
        .map(|line| {
            let error =
                line.error.as_ref().map(|e| format!(": {}", plain(&shorten(e, 90)))).unwrap_or_default();
            format!("- {} {} {}{error}", ago(line.at), line.state, count(u64::from(line.count), "notice"))
        })
        .collect();
    lines.join("\n")
}

/// Labels of menus are no markdown.
fn unescaped(text: &str) -> String {
    text.replace('\\', "")
}
