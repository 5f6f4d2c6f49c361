//! From a board to a channel: alerts come once, stay true, and survive what goes wrong on the way.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use crier::domain::ids::FeedKey;
use crier::domain::time::{DAY, HOUR, MINUTE};
use crier::scheduler::settings;
use serde_json::json;

use crate::support::boards::{board, ingest_from, read_now};
use crate::support::world::{Engine, World};
use crate::{in_a_world, shows};

/// Ada subscribes #jobs to Rust.
async fn subscribed(world: &mut World) {
    world.ada("/subscribe query:rust").await;
    world.press("Confirm").await;
}

in_a_world! {
    async fn an_alert_arrives_once_and_its_post_stays_true(mut world: World) {
        world.publish("old", json!({ "title": "Rust Veteran" })).await;
        world.poll().await;
        subscribed(&mut world).await;
        world.publish("a", json!({ "salary_text": "€90k–€120k" })).await;
        world.publish("other", json!({ "title": "Java Developer", "description": "Java." })).await;
        world.poll().await;
        shows!(world.posts("jobs").await.join("\n==\n"), @r#"
        **1 new for "rust"**
        ---
        **Rust Engineer** · Riverglyph
        Remote, world · 90–120k EUR · <+1m>
        -# Rust, PostgreSQL  [Details]
        ---
        -# posted <+1m>, seen <+3m>
        [Why these]
        "#);
        // The same board read again, and a new start, say nothing new.
        world.poll().await;
        world.restart().await;
        world.poll().await;
        assert_eq!(world.posts("jobs").await.len(), 1);
        // Its pay changes: the post is edited.
        world.control("board/change", &json!({ "id": "a", "fields": { "salary_text": "€100k–€130k" } })).await;
        world.poll().await;
        shows!(world.posts("jobs").await.join("\n==\n"), @r#"
        **1 new for "rust"**
        ---
        **Rust Engineer** · Riverglyph
        Remote, world · 100–130k EUR · <+1m>
        -# Rust, PostgreSQL  [Details]
        ---
        -# posted <+1m>, seen <+3m>
        [Why these]
        "#);
        // It leaves the board: one reading is not enough, two are.
        world.control("board/close", &json!({ "id": "a" })).await;
        world.poll().await;
        assert!(!world.posts("jobs").await[0].contains("~~"));
        world.poll().await;
        shows!(world.posts("jobs").await.join("\n==\n"), @r#"
        **1 new for "rust"**
        ---
        ~~Rust Engineer · Riverglyph~~ · closed within two hours
        Remote, world · 100–130k EUR
        -# Rust, PostgreSQL  [Details]
        ---
        -# posted <+1m>, seen <+3m>
        [Why these]
        "#);
        assert_eq!(world.state("ada").await["unknown"], json!([]));
    }

    async fn a_connection_cut_after_the_work_posts_once(mut world: World) {
        subscribed(&mut world).await;
        world.fault(json!({ "kind": "reset_after", "match": "POST channels", "count": 1 })).await;
        world.publish("a", json!({})).await;
        world.poll().await;
        world.advance(MINUTE).await;
        assert_eq!(world.posts("jobs").await.len(), 1);
        assert_eq!(world.requests("POST", "/messages").await.len(), 2, "it was tried again");
    }

    async fn a_message_whose_nonce_is_forgotten_is_found_by_its_button(mut world: World) {
        subscribed(&mut world).await;
        world.fault(json!({ "kind": "reset_after", "match": "POST channels", "count": 1 })).await;
        world.publish("a", json!({})).await;
        world.poll().await;
        // The process dies and comes back when Discord no longer knows the nonce.
        world.clock.advance(HOUR);
        world.restart().await;
        world.tick().await;
        assert_eq!(world.posts("jobs").await.len(), 1);
        let log = world.app.store.outbox_depth().await.unwrap();
        assert_eq!(log.0, 0, "it counts as sent");
    }

    async fn a_forum_gets_a_thread_an_alert_and_only_one(mut world: World) {
        world.ada("/subscribe channel:#job-board query:rust").await;
        world.press("Confirm").await;
        world.fault(json!({ "kind": "reset_after", "match": "POST threads", "count": 1 })).await;
        world.publish("a", json!({})).await;
        world.poll().await;
        world.advance(5 * MINUTE).await;
        let threads = world.requests("POST", "/threads").await;
        assert_eq!(threads.len(), 1, "it was found, and not posted again");
        shows!(world.posts("Rust Engineer · Riverglyph").await.join("\n==\n"), @r#"
        **1 new for "rust"**
        ---
        **Rust Engineer** · Riverglyph
        Remote, world · <+0s>
        -# Rust, PostgreSQL  [Details]
        ---
        -# posted <+0s>, seen <+1m>
        [Why these]
        "#);
        // Edits find their way into the thread.
        world.control("board/close", &json!({ "id": "a" })).await;
        world.poll().await;
        world.poll().await;
        assert!(world.posts("Rust Engineer · Riverglyph").await[0].contains("~~"));
    }

    async fn an_outage_delays_and_loses_nothing(mut world: World) {
        subscribed(&mut world).await;
        world.fault(json!({ "kind": "server_error", "status": 502, "count": 3, "match": "POST channels" })).await;
        world.publish("a", json!({})).await;
        world.poll().await;
        assert_eq!(world.posts("jobs").await.len(), 0);
        for _ in 0..4 {
            world.advance(10 * MINUTE).await;
        }
        assert_eq!(world.posts("jobs").await.len(), 1);
    }

    async fn a_429_waits_as_long_as_discord_asks(mut world: World) {
        subscribed(&mut world).await;
        world.fault(json!({ "kind": "rate_limit", "scope": "user", "seconds": 40, "count": 1, "match": "POST channels" })).await;
        world.publish("a", json!({})).await;
        world.poll().await;
        world.advance(30_000).await;
        assert_eq!(world.requests("POST", "/messages").await.len(), 1, "not before its time");
        world.advance(15_000).await;
        assert_eq!(world.posts("jobs").await.len(), 1);
    }

    async fn a_missing_permission_pauses_tells_and_resumes_with_what_was_missed(mut world: World) {
        subscribed(&mut world).await;
        world.ada("/subscribe channel:#rust-jobs query:rust").await;
        world.press("Confirm").await;
        let jobs = world.channel("jobs").await;
        let send = json!({ "channel_id": jobs, "who": "bot", "deny": "2048", "allow": "0" });
        world.control("permission", &send).await;
        for id in ["a", "b", "c"] {
            world.publish(id, json!({ "title": format!("Rust Engineer {id}") })).await;
            world.poll().await;
        }
        assert_eq!(world.posts("jobs").await.len(), 0);
        assert_eq!(world.posts("rust-jobs").await.len(), 3, "another channel goes on");
        assert_eq!(world.requests("POST", &format!("{jobs}/messages")).await.len(), 1, "refused once, never again");
        shows!(world.posts("Crier").await.join("\n==\n"), @r#"
        **"rust" is paused in #jobs**
        Crier may not post in the channel: give it Send Messages there. Crier looks again every few minutes and resumes by itself; what is missed meanwhile then comes as one message. /subscriptions shows more.
        "#);
        shows!(world.say("ada", "welcome", "/subscriptions").await, @r"
        **2 subscriptions**
        ---
        rust → #jobs
        -# paused: Crier may not post in the channel\: give it Send Messages there.  [Manage]
        rust → #rust-jobs
        -# as soon as they are found  [Manage]
        ");
        world.control("permission", &json!({ "channel_id": jobs, "who": "bot", "deny": "0", "allow": "0" })).await;
        assert_eq!(world.delivery.resume_refused().await.unwrap(), 1);
        world.tick().await;
        shows!(world.posts("jobs").await.join("\n==\n"), @r#"
        **3 new while this was paused for "rust"**
        ---
        **Rust Engineer a** · Riverglyph
        Remote, world · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Rust Engineer b** · Riverglyph
        Remote, world · <+1m>
        -# Rust, PostgreSQL  [Details]
        **Rust Engineer c** · Riverglyph
        Remote, world · <+3m>
        -# Rust, PostgreSQL  [Details]
        ---
        [Why these]
        "#);
    }

    async fn a_removed_channel_stops_its_subscription_only(mut world: World) {
        world.ada("/subscribe channel:#rust-jobs query:rust").await;
        world.press("Confirm").await;
        subscribed(&mut world).await;
        let id = world.channel("rust-jobs").await;
        world.control("channel/remove", &json!({ "id": id })).await;
        world.publish("a", json!({})).await;
        world.poll().await;
        assert_eq!(world.posts("jobs").await.len(), 1);
        shows!(world.ada("/subscriptions").await, @r"
        **2 subscriptions**
        ---
        rust → <#ID>
        -# paused: The channel is gone; remove this subscription, or subscribe another channel.  [Manage]
        rust → #jobs
        -# as soon as they are found  [Manage]
        ");
    }

    async fn a_digest_comes_at_its_time_and_a_cap_counts_the_rest(mut world: World) {
        // The scene begins on a Monday at nine.
        world.ada("/subscribe query:rust cadence:daily 18:00 cap:2").await;
        world.press("Confirm").await;
        for (id, pay) in [("a", "€50k"), ("b", "€90k"), ("c", "€70k")] {
            world.publish(id, json!({ "title": format!("Rust Engineer {id}"), "salary_text": pay })).await;
        }
        world.poll().await;
        world.advance(8 * HOUR).await;
        assert_eq!(world.posts("jobs").await.len(), 0, "it is five");
        world.advance(HOUR).await;
        shows!(world.posts("jobs").await.join("\n==\n"), @r#"
        **3 new for "rust"**
        ---
        **Rust Engineer b** · Riverglyph
        Remote, world · 90k EUR · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Rust Engineer c** · Riverglyph
        Remote, world · 70k EUR · <+0s>
        -# Rust, PostgreSQL  [Details]
        …and 1 more over today's cap of 2; /jobs finds them.
        ---
        [Why these]
        "#);
    }

    async fn ten_openings_share_a_message(mut world: World) {
        subscribed(&mut world).await;
        for n in 0..12 {
            world.publish(&format!("n{n}"), json!({ "title": format!("Rust Engineer {n}"), "company": format!("Firm {n}") })).await;
        }
        world.poll().await;
        let posts = world.posts("jobs").await;
        let sizes: Vec<usize> = posts.iter().map(|post| post.matches("[Details]").count()).collect();
        assert_eq!(sizes, [10, 2]);
    }

    async fn an_alert_pings_the_chosen_role_and_nobody_else(mut world: World) {
        world.ada("/subscribe query:rust role:@Job seekers").await;
        world.press("Confirm").await;
        let state = world.state("ada").await;
        let ada = state["me"]["id"].as_str().unwrap_or_default();
        let nasty = format!("Rust Engineer @everyone <@{ada}> [apply](https://evil.example) **x**");
        world.publish("a", json!({ "title": nasty })).await;
        world.poll().await;
        let message = world.messages("ada", "jobs").await.pop().expect("an alert");
        assert_eq!(message["mentions"], json!([]));
        assert_eq!(message["mention_everyone"], false);
        assert_eq!(message["mention_roles"].as_array().map(Vec::len), Some(1));
        shows!(world.posts("jobs").await.last().cloned().unwrap_or_default(), @r#"
        @Job seekers
        **1 new for "rust"**
        ---
        **Rust Engineer \@everyone \<\@ID\> \[apply\]\(https\://evil.example\) \*\*x\*\*** · Riverglyph
        Remote, world · <+0s>
        -# Rust, PostgreSQL  [Details]
        ---
        -# posted <+0s>, seen <+1m>
        [Why these]
        "#);
    }

    async fn two_processes_send_each_alert_once(mut world: World) {
        subscribed(&mut world).await;
        let (mut scheduler, delivery) = world.second().await;
        for id in ["a", "b", "c", "d"] {
            world.publish(id, json!({ "title": format!("Rust Engineer {id}"), "company": format!("Firm {id}") })).await;
            world.clock.advance(91_000);
            let (there, ()) = tokio::join!(scheduler.tick(), world.tick());
            there.unwrap();
            scheduler.settle().await;
            let (round, ()) = tokio::join!(delivery.round(), world.tick());
            round.unwrap();
        }
        let text = world.posts("jobs").await.join("\n");
        for id in ["a", "b", "c", "d"] {
            assert_eq!(text.matches(&format!("Rust Engineer {id}**")).count(), 1, "{text}");
        }
    }

    async fn a_board_in_trouble_closes_nothing(mut world: World) {
        subscribed(&mut world).await;
        world.publish("a", json!({})).await;
        world.poll().await;
        world.fault(json!({ "kind": "board_down", "status": 500 })).await;
        for _ in 0..3 {
            world.advance(DAY).await;
        }
        world.control("fault", &json!({ "kind": "none" })).await;
        world.advance(DAY).await;
        assert_eq!(world.app.store.opening_counts().await.unwrap(), (1, 1));
        assert!(!world.posts("jobs").await[0].contains("~~"));
    }

    async fn what_left_a_window_of_the_newest_stays_open_for_its_shelf_life(mut world: World) {
        subscribed(&mut world).await;
        let key = FeedKey::from("remoteok:all");
        let shown = Arc::<Mutex<Vec<u32>>>::default();
        let listed = Arc::clone(&shown);
        let base = board(move |_| {
            let job = |id: &u32| json!({ "id": id, "position": format!("Go Engineer {id}"), "company": "Acme", "url": format!("https://remoteok.com/{id}") });
            Some(listed.lock().unwrap().iter().map(job).collect())
        })
        .await;
        let ingest = ingest_from(&world, "remoteok.com", base);
        world.app.store.set_feed(&settings(&key, None, None, MINUTE), world.clock.now()).await.unwrap();
        let mut counts = Vec::new();
        for (days, ids) in [
            (0, [1, 2].as_slice()),
            (1, &[2, 3]), // 1 leaves the window
            (1, &[2, 3]), // and a second reading without it says nothing
            (1, &[1, 3]), // 1 is back, 2 leaves
            (29, &[1, 3]),
            (1, &[1, 3]), // 2 has been out of sight for thirty days
        ] {
            world.clock.advance(days * DAY);
            *shown.lock().unwrap() = ids.to_vec();
            read_now(&world, &ingest, &key).await;
            counts.push(world.app.store.opening_counts().await.unwrap());
        }
        assert_eq!(counts, [(2, 2), (3, 3), (3, 3), (3, 3), (3, 3), (2, 3)]);
    }

    async fn a_posting_whose_own_page_is_not_read_yet_waits_and_the_baseline_with_it(mut world: World) {
        subscribed(&mut world).await;
        let key = FeedKey::from("workday:acme/wd3/Careers");
        let down = Arc::new(AtomicBool::new(true));
        let broken = Arc::clone(&down);
        let base = board(move |path| {
            let row = |id: u32| json!({ "title": format!("Rust Engineer {id}"), "externalPath": format!("/job/{id}"), "locationsText": "Berlin" });
            match path.rsplit_once('/').map_or("", |(_, last)| last) {
                "jobs" => Some(json!({ "total": 2, "jobPostings": [row(1), row(2)] })),
                "2" if broken.load(Ordering::Relaxed) => None,
                id => Some(json!({ "jobPostingInfo": { "title": format!("Rust Engineer {id}"), "location": "Berlin, Germany", "jobDescription": "<p>We write Rust.</p>", "startDate": "2026-05-04" } })),
            }
        })
        .await;
        let ingest = ingest_from(&world, "acme.wd3.myworkdayjobs.com", base);
        world.app.store.set_feed(&settings(&key, Some("Acme"), None, MINUTE), world.clock.now()).await.unwrap();
        let first = read_now(&world, &ingest, &key).await;
        assert_eq!((first.new, first.skipped.len()), (1, 1), "{:?}", first.skipped);
        // The second one was there from the start: it is no news when its page is read at last.
        down.store(false, Ordering::Relaxed);
        let second = read_now(&world, &ingest, &key).await;
        assert_eq!((second.new, second.notices, second.skipped.len()), (1, 0, 0));
        let third = read_now(&world, &ingest, &key).await;
        assert_eq!((third.new, third.changed, third.closed), (0, 0, 0));
    }

    async fn one_job_in_three_cities_is_one_opening(mut world: World) {
        subscribed(&mut world).await;
        for (id, city) in [("a", "Berlin, Germany"), ("b", "Paris, France"), ("c", "Madrid, Spain")] {
            world.publish(id, json!({ "location": city, "workmode": "onsite" })).await;
        }
        world.poll().await;
        shows!(world.posts("jobs").await.join("\n==\n"), @r#"
        **1 new for "rust"**
        ---
        **Rust Engineer** · Riverglyph
        Berlin, DE; Paris, FR; Madrid, ES · <+0s>
        -# Rust, PostgreSQL  [Details]
        ---
        -# posted <+0s>, seen <+1m>
        [Why these]
        "#);
        // One of them closes: the post loses a city and stays open.
        world.control("board/close", &json!({ "id": "b" })).await;
        world.poll().await;
        world.poll().await;
        let post = world.posts("jobs").await.pop().unwrap_or_default();
        assert!(post.contains("Berlin, DE; Madrid, ES") && !post.contains("Paris"), "{post}");
    }
}
