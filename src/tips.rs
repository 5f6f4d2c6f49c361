//! A tip tick: chooses a tip that the channel was not given before the others, and enqueues it with the next tick.

use crate::clock::Clock;
use crate::domain::filter::World;
use crate::domain::ids::{IdMaker, NoticeId};
use crate::domain::notice::What;
use crate::domain::subscription::{Subscription, Topic, tips_owner};
use crate::skills::catalog::Catalog;
use crate::skills::tips::{choose, fitting, pool};
use crate::store::{NewNotice, Store, StoreError};

/// Gives the subscription its tip and plans the next, in one transaction; a paused or removed one gets none.
///
/// # Errors
/// When the database failed, or another process took the task over; then nothing was enqueued.
#[expect(clippy::too_many_arguments, reason = "one step of the scheduler with all it needs")]
pub async fn tick(
    store: &Store,
    catalog: &Catalog,
    world: &World,
    ids: &IdMaker,
    clock: &Clock,
    default_zone: chrono_tz::Tz,
    worker: &str,
    task: &str,
) -> Result<(), StoreError> {
    let now = clock.now();
    let subscription = match tips_owner(task) {
        Some(id) => store.subscription(id).await?,
        None => None,
    };
    let Some(Subscription { id, channel, guild, topic: Topic::Tips { area }, cadence, paused, .. }) =
        subscription
    else {
        return store.remove_task(task).await;
    };
    let zone = match guild {
        Some(guild) => store.guild(guild).await?.time_zone.unwrap_or(default_zone),
        None => default_zone,
    };
    let given = store.tips_given(channel).await?;
    let dice = ids.next(now).unsigned_abs() >> 10;
    let mut tips = pool(catalog, world, area.as_ref());
    if let (None, Some(guild)) = (&area, guild) {
        // Tips about everything are about what the channel's own subscriptions ask for.
        let all = store.subscriptions_of(guild).await?;
        let filters: Vec<_> =
            all.iter().filter(|one| one.channel == channel).filter_map(Subscription::filter).collect();
        tips = fitting(catalog, world, tips, &filters);
    }
    let chosen = choose(&tips, &given, dice);
    let mut write = store.write().await?;
    if let (Some((skill, number)), None) = (chosen, paused) {
        let notice = NewNotice {
            id: NoticeId(ids.next(now)),
            subscription: id,
            channel,
            what: What::Tip { skill, number },
            due_at: now,
            created_at: now,
        };
        write.enqueue(&[notice]).await?;
    }
    write.finish_task(task, worker, cadence.next_after(now, zone)).await?;
    write.commit().await
}
