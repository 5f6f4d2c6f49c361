//! Why a subscription got an opening or did not: each condition, kept or failed, with the words that it was read from.

use super::super::layout::{Message, Part};
use super::super::words::{count, plain, shorten};
use super::{CALM, opening};
use crate::domain::filter::{Condition, Filter, World};
use crate::domain::opening::{Facts, Opening};
use crate::domain::subscription::Subscription;
use crate::domain::time::Millis;

/// Skills of which `/why` quotes the words.
const QUOTED: usize = 3;

/// One subscription, condition by condition, with what it nearly would have got.
#[must_use]
pub fn one(
    shown: &Opening,
    subscription: &Subscription,
    misses: &[(Condition, u64)],
    days: u32,
    world: &World,
    now: Millis,
) -> Message {
    let Some(filter) = subscription.filter() else {
        return Message::note("This subscription is to skill tips, which no opening has to fit.");
    };
    let matches = filter.matches(shown, world, now);
    let mut text = format!("{}\n{}", opening::heading(shown), verdict(matches, subscription));
    let conditions = conditions(shown, subscription, world, now);
    if conditions.is_empty() {
        text.push_str("\nIt has no conditions: every opening fits.");
    } else {
        text.push_str(&format!("\n{}", conditions.join("\n")));
    }
    if matches {
        text.push_str(&format!("\n-# {}", also(shown, subscription)));
    }
    let mut parts = vec![Part::Text(shorten(&text, 3_000))];
    if !misses.is_empty() {
        let chips: std::collections::BTreeMap<_, _> = filter.chips(world).into_iter().collect();
        let told: Vec<String> = misses
            .iter()
            .take(5)
            .map(|(condition, missed)| {
                let chip = chips.get(condition).map(String::as_str).unwrap_or_default();
                format!("- {} missed only by \"{}\"", count(*missed, "opening"), plain(chip))
            })
            .collect();
        parts.push(Part::Line);
        parts.push(Part::Text(format!("**Near misses of the last {days} days**\n{}", told.join("\n"))));
    }
    Message::private(vec![Part::Frame(Some(CALM), parts)])
}

/// Several subscriptions, each with what it fails by.
#[must_use]
pub fn several(shown: &Opening, subscriptions: &[&Subscription], world: &World, now: Millis) -> Message {
    let mut lines = vec![opening::heading(shown)];
    for subscription in subscriptions.iter().take(15) {
        let Some(filter) = subscription.filter() else { continue };
        let failed: Vec<String> = filter
            .judge(shown, world, now)
            .into_iter()
            .filter(|verdict| !verdict.kept)
            .map(|verdict| plain(&shorten(&verdict.reason, 120)))
            .collect();
        let told =
            if failed.is_empty() { "fits".to_owned() } else { format!("fails by {}", failed.join("; ")) };
        lines.push(format!("- {} → <#{}>: {told}", name(subscription), subscription.channel));
    }
    if subscriptions.len() > 15 {
        lines.push(format!("-# and {} more", count((subscriptions.len() - 15) as u64, "subscription")));
    }
    let all = Part::Text(shorten(&lines.join("\n"), 3_500));
    let hint = Part::small("Name one with `subscription` to see every condition and its near misses.");
    Message::private(vec![Part::Frame(Some(CALM), vec![all, hint])])
}

/// Each condition with its verdict and the words that the fact was read from.
#[must_use]
pub fn conditions(shown: &Opening, subscription: &Subscription, world: &World, now: Millis) -> Vec<String> {
    let Some(filter) = subscription.filter() else { return Vec::new() };
    let told = |verdict: crate::domain::words::Verdict| {
        let word = if verdict.kept { "kept" } else { "not kept" };
        let quoted = evidence(verdict.condition, filter, &shown.facts, world)
            .map(|words| format!(" · \"{}\"", plain(&shorten(words, 80))))
            .collect::<String>();
        format!("-# {word}: {}{quoted}", plain(&shorten(&verdict.reason, 160)))
    };
    filter.judge(shown, world, now).into_iter().map(told).collect()
}

/// The words from which the fact of a condition was read: one quotation, of skills one for each that is asked about.
fn evidence<'a>(
    condition: Condition,
    filter: &'a Filter,
    facts: &'a Facts,
    world: &'a World,
) -> impl Iterator<Item = &'a str> {
    let fact = match condition {
        Condition::Pay => "pay",
        Condition::Visa => "visa",
        Condition::Level => "level",
        Condition::Employment => "employment",
        Condition::WorkMode => "work_mode",
        Condition::Places => "places",
        Condition::Experience => "years",
        Condition::Agencies => "agency",
        Condition::Text | Condition::Skills | Condition::Companies | Condition::Age => "",
    };
    let of_skills = (condition == Condition::Skills).then_some(&facts.skills).into_iter().flatten();
    let keys = of_skills.filter(|skill| filter.asks_about(skill, world)).map(Facts::skill_key).take(QUOTED);
    let mut quoted: Vec<&str> = keys
        .chain([fact.to_owned()])
        .filter_map(|key| facts.evidence.get(&key))
        .map(String::as_str)
        .collect();
    // Two skills of one sentence are proved by the same words.
    quoted.dedup();
    quoted.into_iter()
}

fn verdict(matches: bool, subscription: &Subscription) -> String {
    let name = name(subscription);
    if matches {
        format!("**It fits** {name} in <#{}>.", subscription.channel)
    } else {
        format!("**It does not fit** {name} in <#{}>.", subscription.channel)
    }
}

/// What else decides whether something that fits is posted.
fn also(shown: &Opening, subscription: &Subscription) -> &'static str {
    if !shown.is_open() {
        "It is closed, and closed openings are not posted."
    } else if shown.seen_at < subscription.created_at {
        "It was there before this subscription was made, and older ones are not posted by themselves."
    } else if subscription.paused.is_some() {
        "The subscription is paused; what is missed comes as one message when it goes on."
    } else {
        "Openings that a board listed at its first reading, or that were published long ago, are not posted; everything else that fits is, once."
    }
}

fn name(subscription: &Subscription) -> String {
    match subscription.label.as_str() {
        "" => "\"every opening\"".to_owned(),
        label => format!("\"{}\"", plain(&shorten(label, 80))),
    }
}
