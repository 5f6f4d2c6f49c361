//! What a channel is told unasked: new openings, edited when they close or change.

use super::super::custom_id::Press;
use super::super::layout::{Button, Message, Part};
use super::super::words::{ago, count, plain, shorten};
use super::{CALM, opening};
use crate::domain::filter::Filter;
use crate::domain::ids::BatchId;
use crate::domain::notice::Gathered;
use crate::domain::opening::Opening;
use crate::domain::subscription::Subscription;
use crate::skills::catalog::Catalog;

/// New openings of one subscription.
#[derive(Debug)]
#[expect(missing_docs, reason = "each is what its name says")]
pub struct Alert<'a> {
    pub batch: BatchId,
    pub subscription: &'a Subscription,
    /// One to ten, in the order shown.
    pub openings: &'a [Opening],
    /// How many more there are that are not shown.
    pub capped: u32,
    /// Why it gathers more than it shows.
    pub digest: Option<Gathered>,
    pub catalog: &'a Catalog,
}

/// The alert as a message for the channel. Rows lose their skills, then their facts, until it fits.
#[must_use]
pub fn view(alert: &Alert<'_>) -> Message {
    let rows: [Row; 3] = [
        opening::row,
        |shown, _, _| format!("{}\n{}", opening::heading(shown), opening::facts(shown, false)),
        |shown, _, _| opening::heading(shown),
    ];
    let mut message = Message::default();
    for row in rows {
        message = drawn(alert, row);
        if message.fits() {
            break;
        }
    }
    message
}

/// How an opening is drawn.
type Row = fn(&Opening, &Catalog, Option<&Filter>) -> String;

fn drawn(alert: &Alert<'_>, row: Row) -> Message {
    let subscription = alert.subscription;
    let all = alert.openings.len() as u64 + u64::from(alert.capped);
    let label = plain(&shorten(&subscription.label, 120));
    let what = if alert.digest == Some(Gathered::Pause) { "new while this was paused" } else { "new" };
    let heading = match label.as_str() {
        "" => format!("**{} {what}**", count(all, "opening")),
        label => format!("**{all} {what} for \"{label}\"**"),
    };
    let mut parts = vec![Part::Text(heading), Part::Line];
    for shown in alert.openings {
        let details = Button::new("Details", Press::Details(shown.id).id());
        parts.push(Part::Section(row(shown, alert.catalog, subscription.filter()), details));
    }
    if alert.capped > 0 {
        let why = match (alert.digest, subscription.cap) {
            (None, Some(cap)) => format!("over today's cap of {cap}"),
            _ => "not shown here".to_owned(),
        };
        parts.push(Part::Text(
            format!("…and {} {why}; /jobs finds them.", count(u64::from(alert.capped), "more"))
                .replace("mores ", "more "),
        ));
    }
    parts.push(Part::Line);
    if let [only] = alert.openings {
        let times = format!("posted {}, seen {}", ago(only.posted_at), ago(only.seen_at));
        parts.push(Part::small(&times));
    }
    parts.push(Part::Buttons(vec![Button::new("Why these", Press::Why(alert.batch).id())]));
    let mut message = Message::public(vec![Part::Frame(Some(CALM), parts)]);
    if let Some(role) = subscription.role {
        message.parts.insert(0, Part::Text(format!("<@&{role}>")));
        message.role = Some(role);
    }
    message
}

/// What the managers of a server are told when a channel refuses: in another channel or by direct message.
#[must_use]
pub fn paused(subscription: &Subscription, missing: &str) -> Message {
    let label = plain(&shorten(&subscription.label, 120));
    Message::public(vec![Part::Text(format!(
        "**\"{label}\" is paused in <#{}>**\n{missing} Crier looks again every few minutes and resumes by itself; what is missed meanwhile then comes as one message. /subscriptions shows more.",
        subscription.channel
    ))])
}
