//! From a batch to the body that is sent: chosen within the cap, drawn as it is true now, marked with its nonce.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::super::custom_id::Press;
use super::super::views::{alert, explain};
use super::super::words::{count, shorten};
use super::{Delivery, DeliveryError};
use crate::domain::ids::{BatchId, NoticeId, OpeningId, SkillId};
use crate::domain::notice::What;
use crate::domain::opening::Opening;
use crate::domain::subscription::Subscription;
use crate::domain::time::Millis;
use crate::store::{Batch, Post};

/// A message that is ready to be sent.
#[derive(Debug)]
pub(super) struct Rendered {
    pub(super) body: Value,
    /// What a forum's thread of it is called, 1 to 100 characters.
    pub(super) title: String,
}

/// A new message, or `None` when nothing is left to say (then the batch is ended).
pub(super) async fn post(
    delivery: &Delivery,
    batch: &Batch,
    subscription: &Subscription,
) -> Result<Option<Rendered>, DeliveryError> {
    let now = delivery.bot.clock.now();
    let store = &delivery.bot.store;
    let tip = batch.notices.iter().find_map(|notice| match &notice.what {
        What::Tip { skill, number } => Some((skill.clone(), *number)),
        _ => None,
    });
    let rendered = if let Some((skill, number)) = tip {
        tip_message(delivery, &skill, number)
    } else {
        openings_message(delivery, batch, subscription, now).await?
    };
    match rendered {
        Some(mut post) => {
            post.body["nonce"] = nonce(batch.id).into();
            post.body["enforce_nonce"] = true.into();
            Ok(Some(post))
        }
        None => {
            store.batch_dropped(batch.id, now, "nothing of it was left to say").await?;
            Ok(None)
        }
    }
}

/// The body of a message that was sent before, as it is true now.
pub(super) async fn edited(
    delivery: &Delivery,
    post: &Post,
    subscription: &Subscription,
) -> Result<Value, DeliveryError> {
    let shown: Vec<OpeningId> = post.shows.iter().filter_map(opening_of).collect();
    let openings = delivery.bot.store.openings(&shown).await?;
    // An edit pings nobody again: the role stays in the text, but is not allowed as a mention.
    let mut body = alert::view(&alert::Alert {
        batch: post.batch,
        subscription,
        openings: &openings,
        capped: post.capped,
        digest: None,
        catalog: &delivery.bot.catalog,
    })
    .body();
    body["allowed_mentions"] = serde_json::json!({ "parse": [] });
    Ok(body)
}

/// What a batch's message holds and no other does.
pub(super) fn mark(batch: BatchId) -> String {
    format!("\"{}\"", Press::Why(batch).id())
}

/// 24 hex digits that belong to the batch; Discord takes 25.
fn nonce(batch: BatchId) -> String {
    Sha256::digest(format!("crier batch {batch}")).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

fn tip_message(delivery: &Delivery, skill: &SkillId, number: u16) -> Option<Rendered> {
    let skill = delivery.bot.catalog.get(skill)?;
    let message = explain::tip(skill, usize::from(number), None, false)?;
    Some(Rendered { body: message.body(), title: shorten(&format!("{} tip", skill.name), 90) })
}

async fn openings_message(
    delivery: &Delivery,
    batch: &Batch,
    subscription: &Subscription,
    now: Millis,
) -> Result<Option<Rendered>, DeliveryError> {
    let store = &delivery.bot.store;
    let ids: Vec<OpeningId> = batch.notices.iter().filter_map(|notice| opening_of(&notice.what)).collect();
    let found = store.openings(&ids).await?;
    let mut shown: Vec<(NoticeId, &Opening)> = batch
        .notices
        .iter()
        .filter_map(|notice| {
            let id = opening_of(&notice.what)?;
            Some((notice.id, found.iter().find(|opening| opening.id == id)?))
        })
        .collect();
    let mut capped = batch.capped;
    // A message that may be there already must not change: what it shows is chosen once, before the first try.
    if !batch.chosen {
        let closed: Vec<NoticeId> =
            shown.iter().filter(|(_, opening)| !opening.is_open()).map(|(id, _)| *id).collect();
        shown.retain(|(_, opening)| opening.is_open());
        let room = match subscription.cap {
            None => usize::MAX,
            Some(cap) => {
                let sent =
                    store.sent_since(subscription.id, day_start(delivery, subscription, now).await?).await?;
                usize::from(cap).saturating_sub(sent as usize)
            }
        };
        let most = delivery.per_message as usize;
        if shown.len() > room.min(most) {
            best_first(&mut shown, delivery);
        }
        let over = shown.split_off(room.min(shown.len()));
        let rest = shown.split_off(most.min(shown.len()));
        let notices = |part: &[(NoticeId, &Opening)]| part.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        // A digest is one message: what it does not show is counted in it. Otherwise it waits for the next one.
        let (over, released) = if batch.digest.is_some() {
            (notices(&[over, rest].concat()), Vec::new())
        } else {
            (notices(&over), notices(&rest))
        };
        capped += u32::try_from(over.len()).unwrap_or(u32::MAX);
        let dropped = (closed.as_slice(), "it closed before it was sent");
        store.narrow_batch(batch.id, now, &over, &released, Some(dropped)).await?;
    }
    if shown.is_empty() {
        return Ok(None);
    }
    let openings: Vec<Opening> = shown.into_iter().map(|(_, opening)| opening.clone()).collect();
    let message = alert::view(&alert::Alert {
        batch: batch.id,
        subscription,
        openings: &openings,
        capped,
        digest: batch.digest,
        catalog: &delivery.bot.catalog,
    });
    let title = match openings.as_slice() {
        [one] => shorten(&format!("{} · {}", one.title, one.company), 90),
        more => shorten(&format!("{} · {}", count(more.len() as u64, "new opening"), subscription.label), 90),
    };
    Ok(Some(Rendered { body: message.body(), title: title.trim_end_matches([' ', '·']).to_owned() }))
}

/// The best are those that state their pay, then the newest.
fn best_first(shown: &mut [(NoticeId, &Opening)], delivery: &Delivery) {
    let rates = &delivery.bot.search.world().rates;
    let pay = |opening: &Opening| {
        opening.facts.pay.as_ref().and_then(|pay| pay.best_usd_per_year(rates)).map_or(0, |usd| usd as i64)
    };
    shown.sort_by_key(|(_, opening)| std::cmp::Reverse((pay(opening), opening.posted_at, opening.id)));
}

/// Midnight in the server's time zone: where its day began.
async fn day_start(
    delivery: &Delivery,
    subscription: &Subscription,
    now: Millis,
) -> Result<Millis, DeliveryError> {
    let zone = match subscription.guild {
        Some(guild) => delivery.bot.store.guild(guild).await?.time_zone.unwrap_or(delivery.bot.default_zone),
        None => delivery.bot.default_zone,
    };
    Ok(crate::domain::cadence::day_start(now, zone))
}

const fn opening_of(what: &What) -> Option<OpeningId> {
    match what {
        What::Opening { opening } | What::Change { opening } => Some(*opening),
        What::Tip { .. } => None,
    }
}
