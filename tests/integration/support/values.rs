//! Made-up values for tests, whole but small.

use std::sync::atomic::{AtomicI64, Ordering};

use crier::domain::cadence::Cadence;
use crier::domain::filter::Filter;
use crier::domain::ids::*;
use crier::domain::notice::What;
use crier::domain::opening::{Facts, Opening};
use crier::domain::subscription::{Subscription, Topic};
use crier::domain::time::Millis;
use crier::store::NewNotice;

/// When tests begin: 2026-01-05 09:00 UTC, a Monday.
pub(crate) const START: Millis = Millis(1_767_603_600_000);

/// A number that no other value of this run has.
pub(crate) fn unique() -> i64 {
    static NEXT: AtomicI64 = AtomicI64::new(1);
    NEXT.fetch_add(1, Ordering::SeqCst)
}

pub(crate) fn opening(id: i64) -> Opening {
    Opening {
        id: OpeningId(id),
        title: format!("Engineer {id}"),
        company: "Riverglyph".into(),
        url: format!("https://example.org/jobs/{id}"),
        description: "Rust and PostgreSQL.".into(),
        facts: Facts::default(),
        posted_at: START,
        seen_at: START,
        changed_at: START,
        closed_at: None,
        feeds: vec![FeedKey("jsonl:test".into())],
        only: None,
    }
}

pub(crate) fn subscription(id: i64, channel: u64) -> Subscription {
    Subscription {
        id: SubscriptionId(id),
        guild: Some(GuildId(77)),
        channel: ChannelId(channel),
        topic: Topic::Openings { filter: Filter::default() },
        label: "Everything".into(),
        cadence: Cadence::Instant,
        role: None,
        cap: None,
        created_by: UserId(5),
        created_at: START,
        paused: None,
    }
}

pub(crate) fn notice(subscription: &Subscription, opening: i64, due_at: Millis) -> NewNotice {
    NewNotice {
        id: NoticeId(unique()),
        subscription: subscription.id,
        channel: subscription.channel,
        what: What::Opening { opening: OpeningId(opening) },
        due_at,
        created_at: START,
    }
}
