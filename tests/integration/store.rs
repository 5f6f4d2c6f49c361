//! The store's promises, each on both engines.

use std::sync::Arc;

use crier::domain::ids::*;
use crier::domain::notice::{Gathered, What};
use crier::domain::posting::Posting;
use crier::domain::subscription::{Pause, PauseReason, Subscription};
use crier::domain::time::{HOUR, MINUTE, Millis};
use crier::store::{
    Batch, FeedOutcome, FeedSettings, GuildSettings, Location, NewNotice, PostingRow, Store, StoreError,
};

use crate::on_both_engines;
use crate::support::values::{START, notice, opening, subscription, unique};

const LEASE: i64 = MINUTE;

async fn claim(store: &Store, worker: &str, now: Millis) -> Vec<Batch> {
    store.claim_batches(worker, now, LEASE, 50, 10, &|| BatchId(unique())).await.unwrap()
}

async fn enqueue(store: &Store, notices: &[NewNotice]) -> u64 {
    let mut write = store.write().await.unwrap();
    let new = write.enqueue(notices).await.unwrap();
    write.commit().await.unwrap();
    new
}

async fn with_openings(store: &Store, owner: &Subscription, openings: std::ops::Range<i64>) {
    store.add_subscription(owner).await.unwrap();
    let notices: Vec<NewNotice> = openings.map(|id| notice(owner, id, START)).collect();
    enqueue(store, &notices).await;
}

fn shown(batch: &Batch) -> Vec<i64> {
    batch
        .notices
        .iter()
        .map(|notice| match &notice.what {
            What::Opening { opening } | What::Change { opening } => opening.0,
            What::Tip { number, .. } => i64::from(*number),
        })
        .collect()
}

on_both_engines! {
    async fn a_subscription_comes_back_as_it_was(store: Store) {
        let mut one = subscription(1, 10);
        one.cadence = "weekdays 09:30".parse().unwrap();
        one.role = Some(RoleId(u64::MAX >> 1));
        one.cap = Some(5);
        store.add_subscription(&one).await.unwrap();
        assert_eq!(store.subscription(one.id).await.unwrap(), Some(one.clone()));

        let before = store.subscriptions_revision().await.unwrap();
        one.label = "Only Rust".into();
        one.cap = None;
        store.update_subscription(&one).await.unwrap();
        let pause = Pause { since: START, why: PauseReason::Forbidden, note: "may not send".into() };
        store.set_pause(one.id, Some(&pause)).await.unwrap();
        one.paused = Some(pause);
        let (revision, all) = store.all_subscriptions().await.unwrap();
        assert_eq!((all, revision > before), (vec![one.clone()], true));
        assert_eq!(store.paused_by_refusal().await.unwrap(), [one]);
    }

    async fn an_opening_is_enqueued_for_a_subscription_once_for_ever(store: Store) {
        let one = subscription(1, 10);
        with_openings(&store, &one, 1..3).await;
        assert_eq!(enqueue(&store, &[notice(&one, 2, START), notice(&one, 3, START)]).await, 1);
        for batch in claim(&store, "a", START).await {
            store.batch_sent(batch.id, MessageId(1), START).await.unwrap();
        }
        assert_eq!(enqueue(&store, &[notice(&one, 1, START)]).await, 0);
        assert_eq!(store.outbox_depth().await.unwrap().0, 0);
    }

    async fn after_a_crash_the_same_message_is_sent_again(store: Store) {
        with_openings(&store, &subscription(1, 10), 1..4).await;
        let first = claim(&store, "a", START).await;
        assert_eq!((first.len(), first[0].attempts, shown(&first[0])), (1, 0, vec![1, 2, 3]));
        // More comes in, and the first worker is dead: the second gets exactly the bound message, not more.
        enqueue(&store, &[notice(&subscription(1, 10), 9, START)]).await;
        assert!(claim(&store, "b", START.plus(LEASE - 1)).await.is_empty());
        let second = claim(&store, "b", START.plus(LEASE)).await;
        assert_eq!((second[0].id, second[0].attempts, shown(&second[0])), (first[0].id, 1, vec![1, 2, 3]));
        store.batch_sent(second[0].id, MessageId(5), START).await.unwrap();
        // The late first worker changes nothing any more.
        store.batch_dropped(first[0].id, START, "late").await.unwrap();
        assert_eq!(store.post(first[0].id).await.unwrap().unwrap().message, MessageId(5));
        assert_eq!(shown(&claim(&store, "b", START.plus(LEASE)).await[0]), [9]);
    }

    async fn two_workers_never_hold_the_same_work(store: Store) {
        for id in 0..20 {
            with_openings(&store, &subscription(id, 100 + id.cast_unsigned()), id * 30..id * 30 + 25).await;
        }
        let mut workers = tokio::task::JoinSet::new();
        for worker in 0..4 {
            let store = store.clone();
            workers.spawn(async move {
                let mut seen = Vec::new();
                loop {
                    let batches = store
                        .claim_batches(&format!("w{worker}"), START, LEASE, 3, 10, &|| BatchId(unique()))
                        .await
                        .unwrap();
                    if batches.is_empty() {
                        return seen;
                    }
                    for batch in batches {
                        seen.extend(shown(&batch));
                        store.batch_sent(batch.id, MessageId(1), START).await.unwrap();
                    }
                }
            });
        }
        let mut all: Vec<i64> = workers.join_all().await.into_iter().flatten().collect();
        // A worker that finds every channel busy goes home early; what it left is claimed here.
        loop {
            let batches = claim(&store, "last", START).await;
            if batches.is_empty() {
                break;
            }
            for batch in batches {
                all.extend(shown(&batch));
                store.batch_sent(batch.id, MessageId(1), START).await.unwrap();
            }
        }
        all.sort_unstable();
        let expected: Vec<i64> = (0..20).flat_map(|id| id * 30..id * 30 + 25).collect();
        assert_eq!(all, expected);
    }

    async fn a_channel_in_trouble_keeps_its_order_and_stops_no_other(store: Store) {
        with_openings(&store, &subscription(1, 10), 1..13).await;
        with_openings(&store, &subscription(2, 20), 50..51).await;
        let first = claim(&store, "a", START).await;
        assert_eq!(first.iter().map(|batch| batch.channel.0).collect::<Vec<_>>(), [10, 20]);
        store.batch_retry(first[0].id, START.plus(HOUR), "500").await.unwrap();
        store.batch_sent(first[1].id, MessageId(9), START).await.unwrap();
        assert!(claim(&store, "a", START.plus(HOUR - 1)).await.is_empty());
        assert_eq!(store.next_due().await.unwrap(), Some(START));
        let again = claim(&store, "a", START.plus(HOUR)).await;
        assert_eq!((again[0].id, again.len()), (first[0].id, 1));
        let log = store.delivery_log(SubscriptionId(1), 5).await.unwrap();
        assert_eq!((log[0].state.as_str(), log[0].count, log[1].state.as_str()), ("waiting", 2, "failed"));
    }

    async fn a_pause_holds_back_and_ends_in_one_digest(store: Store) {
        let one = subscription(1, 10);
        with_openings(&store, &one, 1..3).await;
        let pause = Pause { since: START, why: PauseReason::Forbidden, note: String::new() };
        let batch = claim(&store, "a", START).await.remove(0);
        store.batch_unbound(batch.id, START, "403").await.unwrap();
        store.set_pause(one.id, Some(&pause)).await.unwrap();
        let more: Vec<NewNotice> = (3..31).map(|id| notice(&one, id, START)).collect();
        enqueue(&store, &more).await;
        assert!(claim(&store, "a", START).await.is_empty());
        assert_eq!(store.next_due().await.unwrap(), None);

        store.set_pause(one.id, None).await.unwrap();
        let digest = claim(&store, "a", START).await.remove(0);
        assert_eq!((digest.digest, digest.notices.len()), (Some(Gathered::Pause), 30));
        let ids: Vec<NoticeId> = digest.notices.iter().map(|notice| notice.id).collect();
        store.narrow_batch(digest.id, START, &ids[12..], &ids[10..12], None).await.unwrap();
        let again = claim(&store, "b", START.plus(LEASE)).await.remove(0);
        assert_eq!((again.id, again.notices.len(), again.capped), (digest.id, 10, 18));
        store.batch_sent(again.id, MessageId(3), START).await.unwrap();
        assert_eq!(store.sent_since(one.id, START).await.unwrap(), 10);
        assert_eq!(store.post(again.id).await.unwrap().unwrap().capped, 18);
        let rest = claim(&store, "b", START.plus(LEASE)).await.remove(0);
        assert_eq!((rest.digest, rest.notices.len()), (None, 2));
    }

    async fn a_change_edits_each_post_once_and_what_changes_meanwhile_is_not_lost(store: Store) {
        let one = subscription(1, 10);
        with_openings(&store, &one, 1..3).await;
        let batch = claim(&store, "a", START).await.remove(0);
        let change = |id| {
            let store = store.clone();
            async move {
                let mut write = store.write().await.unwrap();
                let new = write.enqueue_changes(OpeningId(id), START, START, &|| NoticeId(unique())).await.unwrap();
                write.commit().await.unwrap();
                new
            }
        };
        // Closed while its message is on the way: the edit follows.
        assert_eq!(change(1).await, 1);
        store.batch_sent(batch.id, MessageId(7), START).await.unwrap();
        assert_eq!(change(2).await, 0, "one waiting edit a message is enough");
        let edit = claim(&store, "a", START).await.remove(0);
        assert_eq!((edit.edits, shown(&edit)), (Some(batch.id), vec![1]));
        assert_eq!(change(2).await, 1, "an edit under way may have read too early");
        store.batch_sent(edit.id, MessageId(7), START).await.unwrap();
        assert_eq!(claim(&store, "a", START).await.remove(0).edits, Some(batch.id));
        assert_eq!(change(99).await, 0);
        assert_eq!(store.posts_showing(OpeningId(1)).await.unwrap()[0].shows.len(), 2);
    }

    async fn a_removal_can_be_undone_with_what_waited(store: Store) {
        let one = subscription(1, 10);
        with_openings(&store, &one, 1..3).await;
        assert!(store.remove_subscription(one.id, START).await.unwrap());
        assert!(!store.remove_subscription(one.id, START).await.unwrap());
        assert_eq!(store.subscription(one.id).await.unwrap(), None);
        assert!(claim(&store, "a", START).await.is_empty());
        assert!(store.restore_subscription(one.id).await.unwrap());
        assert_eq!(shown(&claim(&store, "a", START).await[0]), [1, 2]);

        store.set_guild(&GuildSettings { id: GuildId(77), time_zone: Some(chrono_tz::Europe::Berlin) }).await.unwrap();
        assert_eq!(store.guild(GuildId(77)).await.unwrap().time_zone, Some(chrono_tz::Europe::Berlin));
        store.forget_guild(GuildId(77), START).await.unwrap();
        assert_eq!(store.guild(GuildId(77)).await.unwrap().time_zone, None);
        assert_eq!(store.subscriptions_of(GuildId(77)).await.unwrap(), []);
    }

    async fn a_feed_is_polled_by_one_worker_and_keeps_its_health(store: Store) {
        let feed = |key: &str| FeedSettings {
            key: key.into(), company: Some("Zalando".into()), interval: 15 * MINUTE, announce_first: false,
        };
        store.set_feeds(&[feed("greenhouse:a"), feed("lever:b")], START).await.unwrap();
        let a = store.claim_feed("one", START, LEASE).await.unwrap().unwrap();
        let b = store.claim_feed("two", START, LEASE).await.unwrap().unwrap();
        assert_eq!((a.settings.key.as_str(), b.settings.key.as_str()), ("greenhouse:a", "lever:b"));
        assert_eq!(store.claim_feed("three", START, LEASE).await.unwrap(), None);
        assert_eq!(store.claim_feed_named(&a.settings.key, "three", START, LEASE).await.unwrap(), None);

        let failed = FeedOutcome { at: START, next: START.plus(HOUR), error: Some("503".into()), ..FeedOutcome::default() };
        store.finish_feed(&a.settings.key, "one", &failed).await.unwrap();
        let lost = store.finish_feed(&a.settings.key, "one", &failed).await.unwrap_err();
        assert_eq!(lost.to_string(), "another process took over the feed greenhouse:a; nothing was saved here");

        let good = FeedOutcome { at: START, next: START.plus(HOUR), etag: Some("x".into()), whole: true, ..FeedOutcome::default() };
        store.finish_feed(&b.settings.key, "two", &good).await.unwrap();
        store.set_feeds(&[feed("lever:b")], START).await.unwrap();
        let all = store.feeds().await.unwrap();
        assert_eq!((all[0].on, all[0].failures, all[0].error.as_deref(), all[0].readings), (false, 1, Some("503"), 0));
        assert_eq!((all[1].on, all[1].baseline_at, all[1].etag.as_deref(), all[1].readings), (true, Some(START), Some("x"), 1));
        assert_eq!(store.claim_feed("one", START.plus(2 * HOUR), LEASE).await.unwrap().unwrap().settings.key.as_str(), "lever:b");
    }

    async fn a_reader_of_the_tail_misses_nothing(store: Store) {
        let store = Arc::new(store);
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..4_i64 {
            let store = Arc::clone(&store);
            writers.spawn(async move {
                for step in 0..10 {
                    let mut write = store.write().await.unwrap();
                    let id = writer * 100 + step;
                    write.openings_by_fold(&[format!("k{id}")]).await.unwrap();
                    write.put_openings(&[(format!("k{id}"), opening(id))]).await.unwrap();
                    write.commit().await.unwrap();
                }
            });
        }
        let (mut seen, mut after) = (Vec::new(), 0);
        while seen.len() < 40 {
            for (revision, opening) in store.openings_after(after, 7).await.unwrap() {
                assert!(revision > after);
                after = revision;
                seen.push(opening.id.0);
            }
            tokio::task::yield_now().await;
        }
        writers.join_all().await;
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 40);
        assert_eq!(store.opening_counts().await.unwrap(), (40, 40));
    }

    async fn postings_know_their_opening(store: Store) {
        let feed = FeedKey::from("jsonl:test");
        let row = |key: &str, hash: &str| PostingRow {
            key: key.into(), opening: OpeningId(3), hash: hash.into(),
            posting: Posting { key: key.into(), title: "T".into(), ..Posting::default() },
            first_seen: START, last_reading: 1, missing_since: None, closed_at: None,
            alone: false,
        };
        let mut write = store.write().await.unwrap();
        write.put_postings(&feed, &[row("a", "1"), row("b", "1")]).await.unwrap();
        write.put_postings(&feed, &[PostingRow { closed_at: Some(START), ..row("a", "2") }]).await.unwrap();
        write.put_openings(&[("k".into(), opening(3)), ("k".into(), opening(4))]).await.unwrap();
        assert_eq!(write.postings_of_openings(&[OpeningId(3)]).await.unwrap().len(), 2);
        assert_eq!(write.openings_by_fold(&["k".into(), "?".into()]).await.unwrap(), [("k".to_owned(), opening(4)), ("k".to_owned(), opening(3))], "the newest first");
        write.commit().await.unwrap();
        let mut rows = store.postings_of(&feed).await.unwrap();
        rows.sort_by(|a, b| a.key.cmp(&b.key));
        assert_eq!((rows[0].hash.as_str(), rows[0].closed_at, rows[1].closed_at), ("2", Some(START), None));
        let asked = [OpeningId(4), OpeningId(9), OpeningId(3)];
        let found: Vec<i64> = store.openings(&asked).await.unwrap().iter().map(|opening| opening.id.0).collect();
        assert_eq!(found, [4, 3]);
    }

    async fn what_is_not_committed_never_was(store: Store) {
        let mut write = store.write().await.unwrap();
        write.put_openings(&[("k".into(), opening(1))]).await.unwrap();
        write.enqueue(&[notice(&subscription(1, 1), 1, START)]).await.unwrap();
        drop(write);
        assert_eq!(store.opening_counts().await.unwrap(), (0, 0));
        assert_eq!(store.outbox_depth().await.unwrap(), (0, None));
    }

    async fn a_task_is_done_once_by_whoever_holds_it(store: Store) {
        store.ensure_task("tips:1", START).await.unwrap();
        store.ensure_task("tips:1", START.plus(HOUR)).await.unwrap();
        let task = store.claim_task("a", START, LEASE).await.unwrap().unwrap();
        assert_eq!((task.name.as_str(), task.due_at), ("tips:1", START));
        assert_eq!(store.claim_task("b", START, LEASE).await.unwrap(), None);
        let taken = store.claim_task("b", START.plus(LEASE), LEASE).await.unwrap().unwrap();
        assert!(matches!(
            store.finish_task(&task.name, "a", START, None).await,
            Err(StoreError::LeaseLost { .. })
        ));
        let mut write = store.write().await.unwrap();
        let tip = What::Tip { skill: "rust".into(), number: 2 };
        write.enqueue(&[NewNotice { what: tip, ..notice(&subscription(1, 10), 0, START) }]).await.unwrap();
        write.finish_task(&taken.name, "b", START.plus(HOUR)).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(store.tips_given(ChannelId(10)).await.unwrap(), [("rust".into(), 2, START)]);
        assert_eq!(store.claim_task("a", START.plus(2 * LEASE), LEASE).await.unwrap(), None);
        store.remove_task("tips:1").await.unwrap();
        assert_eq!(store.task_names().await.unwrap(), Vec::<String>::new());
    }

    async fn a_note_is_kept_by_name(store: Store) {
        assert_eq!(store.note("commands").await.unwrap(), None);
        store.set_note("commands", "1").await.unwrap();
        store.set_note("commands", "2").await.unwrap();
        assert_eq!(store.note("commands").await.unwrap().as_deref(), Some("2"));
    }
}

#[tokio::test]
async fn a_schema_is_made_once_by_many_and_another_version_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut locations = vec![Location::Sqlite(folder.path().join("crier.db"))];
    locations.extend(crate::support::postgres::location().await);
    for location in locations {
        let store = Store::open(&location, true).await.unwrap();
        assert!(matches!(store.check_schema().await, Err(StoreError::OlderSchema { found: 0, .. })));
        let mut starters = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let store = store.clone();
            starters.spawn(async move { store.migrate().await });
        }
        for done in starters.join_all().await {
            done.unwrap();
        }
        store.check_schema().await.unwrap();
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
            SELECT 999, description, success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";
        match &location {
            Location::Sqlite(path) => {
                let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
                sqlx::query(newer).execute(&pool).await.unwrap();
            }
            Location::Postgres(address) => {
                use secrecy::ExposeSecret;
                let pool = sqlx::PgPool::connect(address.expose_secret()).await.unwrap();
                sqlx::query(newer).execute(&pool).await.unwrap();
            }
        }
        let told = store.migrate().await.unwrap_err().to_string();
        assert!(told.contains("has schema version 999") && told.contains("run the newer Crier"), "{told}");
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let path = folder.path().join("file/data/crier.db");
    let told = Store::open(&Location::Sqlite(path), true).await.unwrap_err().to_string();
    assert!(told.contains("can't be written") && told.contains("--data-dir"), "{told}");

    let missing = Location::Sqlite(folder.path().join("crier.db"));
    assert!(Store::open(&missing, false).await.is_err());
    let nobody = Location::Postgres("postgres://crier:secret@127.0.0.1:9/crier".to_owned().into());
    let told = Store::open(&nobody, true).await.unwrap_err().to_string();
    assert!(
        told.contains("postgres://127.0.0.1:9/crier can't be reached") && !told.contains("secret"),
        "{told}"
    );
}
