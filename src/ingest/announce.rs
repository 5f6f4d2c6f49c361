//! What people are told of a reading: notices for openings that are news, edits and history for those that changed. All
//! within the transaction that stores the facts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Ingest, IngestError, Report, pace};
use crate::domain::history::{self, Event, Happening};
use crate::domain::ids::{GuildId, NoticeId, OpeningId};
use crate::domain::notice::What;
use crate::domain::opening::Opening;
use crate::domain::subscription::Subscription;
use crate::domain::time::{HOUR, Millis};
use crate::store::{NewNotice, Write};

impl Ingest {
    /// Counts what happened to openings, keeps it as their history, and lets the posts that show them be edited where
    /// people see the difference: at once, or later for those that change all the time.
    pub(super) async fn note_changes(
        &self,
        write: &mut Write,
        before: &BTreeMap<OpeningId, Opening>,
        after: &[(String, Opening)],
        now: Millis,
        report: &mut Report,
    ) -> Result<(), IngestError> {
        let mut events = Vec::new();
        for (_, new) in after {
            let Some(old) = before.get(&new.id) else { continue };
            let what = history::between(old, new);
            match &what {
                Some(Happening::Closed) => report.closed += 1,
                _ => report.changed += 1,
            }
            events.extend(what.map(|what| Event { opening: new.id, at: now, what }));
        }
        if events.is_empty() {
            return Ok(());
        }
        let ids: Vec<OpeningId> = events.iter().map(|event| event.opening).collect();
        let lately = write.events_since(&ids, now.minus(pace::LATELY)).await?;
        let count = |event: &Event| lately.get(&event.opening).copied().unwrap_or(0);
        for event in &events {
            let due = now.plus(pace::settling(count(event)));
            let maker = || NoticeId(self.ids.next(now));
            report.notices += write.enqueue_changes(event.opening, now, due, &maker).await?;
        }
        events.retain(|event| count(event) < pace::RESTLESS);
        write.put_events(&events).await?;
        Ok(())
    }

    /// One notice for each subscription that wants an opening, due by its cadence. What it reads it reads within the
    /// transaction: with every connection in the hands of a writer, a further one would not be had.
    pub(super) async fn notices_for(
        &self,
        write: &mut Write,
        openings: &[&Opening],
        now: Millis,
    ) -> Result<Vec<NewNotice>, IngestError> {
        let mut wanted = Vec::new();
        for opening in openings {
            let seeing = match &opening.only {
                None => None,
                Some(feed) => Some(write.guilds_with(feed).await?),
            };
            let sees = |one: &Arc<Subscription>| {
                seeing.as_ref().is_none_or(|those| one.guild.is_some_and(|guild| those.contains(&guild)))
            };
            let is_new = |one: &Arc<Subscription>| opening.posted_at >= now.minus(self.window(one));
            let wanting = self.search.subscriptions_for(opening, now);
            wanted.extend(
                wanting.into_iter().filter(|one| is_new(one) && sees(one)).map(|found| (opening.id, found)),
            );
        }
        let guilds: BTreeSet<GuildId> = wanted.iter().filter_map(|(_, found)| found.guild).collect();
        let zones = write.time_zones(&guilds).await?;
        let notice = |(opening, subscription): (OpeningId, Arc<Subscription>)| {
            let own = subscription.guild.and_then(|guild| zones.get(&guild).copied());
            NewNotice {
                id: NoticeId(self.ids.next(now)),
                subscription: subscription.id,
                channel: subscription.channel,
                what: What::Opening { opening },
                due_at: subscription.cadence.next_after(now, own.unwrap_or(self.default_zone)),
                created_at: now,
            }
        };
        Ok(wanted.into_iter().map(notice).collect())
    }

    /// How old an opening may be, by its board's word, to be news to a subscription, in milliseconds: what its filter
    /// asks for, else the general window. A feed that suddenly lists jobs of years ago says nothing new.
    fn window(&self, subscription: &Subscription) -> i64 {
        let own = subscription.filter().and_then(|filter| filter.max_age_hours);
        own.map_or(self.fresh, |hours| i64::from(hours) * HOUR)
    }
}
