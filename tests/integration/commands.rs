//! What people ask and what they are told: each command in its main scenes, with wrong input too.

use crier::domain::time::HOUR;
use serde_json::json;

use crate::support::world::{Engine, World};
use crate::{in_a_world, shows};

/// Seven openings on the board, read.
async fn with_openings(world: &mut World) {
    for (id, fields) in [
        (
            "rust-1",
            json!({ "title": "Senior Rust Engineer", "company": "Okapi", "salary_text": "€95k–€120k", "location": "Berlin, Germany", "workmode": "hybrid" }),
        ),
        ("rust-2", json!({ "title": "Rust Developer", "company": "Lumbergate" })),
        (
            "rust-3",
            json!({ "title": "Junior Rust Developer", "company": "Pinefjord", "location": "Copenhagen, Denmark", "workmode": "onsite" }),
        ),
        ("rust-4", json!({ "title": "Rust Engineer, Storage", "company": "Quernstone" })),
        ("rust-5", json!({ "title": "Rust Engineer, Networking", "company": "Tidewick" })),
        ("rust-6", json!({ "title": "Staff Rust Engineer", "company": "Hopkiln" })),
        (
            "kafka",
            json!({ "title": "Data Engineer", "company": "Osprelle", "description": "You will run Kafka and PostgreSQL for a railway. We can sponsor visas." }),
        ),
    ] {
        world.publish(id, fields).await;
    }
    world.poll().await;
}

in_a_world! {
    async fn a_search_has_pages_and_every_row_its_details(mut world: World) {
        with_openings(&mut world).await;
        shows!(world.ada("/jobs query:rust").await, @r"
        **6 openings** · newest first
        skill Rust
        ---
        **Staff Rust Engineer** · Hopkiln
        Remote, world · staff · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Rust Engineer, Networking** · Tidewick
        Remote, world · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Rust Engineer, Storage** · Quernstone
        Remote, world · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Junior Rust Developer** · Pinefjord
        Copenhagen, DK · entry · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Rust Developer** · Lumbergate
        Remote, world · <+0s>
        -# Rust, PostgreSQL  [Details]
        ---
        (◀ Previous) (1 of 2) [Next ▶]
        [Subscribe this channel] [Share]
        ");
        shows!(world.press("Next ▶").await, @r"
        **6 openings** · newest first
        skill Rust
        ---
        **Senior Rust Engineer** · Okapi
        Berlin, DE (hybrid) · 95–120k EUR · senior · <+0s>
        -# Rust, PostgreSQL  [Details]
        ---
        [◀ Previous] (2 of 2) (Next ▶)
        [Subscribe this channel] [Share]
        ");
        shows!(world.press("Details").await, @r#"
        ### Senior Rust Engineer · Okapi
        **Where** Berlin, DE (hybrid)
        **Pay** 95–120k EUR · "€95k–€120k"
        **Level** senior · "Senior"
        -# posted <+0s>, seen <+1m> · source: example.org
        ---
        You will write Rust that moves freight papers across borders.

        - Rust and PostgreSQL
        ---
        -# Skills asked for; each leads to its explainer
        [Rust] [PostgreSQL]
        [Apply → https://example.org/jobs/rust-1] [Similar]
        "#);
        shows!(world.press("Similar").await, @r"
        **Like** **Senior Rust Engineer** · Okapi
        ---
        **Staff Rust Engineer** · Hopkiln
        Remote, world · staff · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Rust Engineer, Networking** · Tidewick
        Remote, world · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Rust Engineer, Storage** · Quernstone
        Remote, world · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Junior Rust Developer** · Pinefjord
        Copenhagen, DK · entry · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Rust Developer** · Lumbergate
        Remote, world · <+0s>
        -# Rust, PostgreSQL  [Details]
        ");
        // Buttons hold all they need: after a restart they go on.
        world.restart().await;
        assert!(world.press("◀ Previous").await.starts_with("**6 openings**"));
        world.press("Share").await;
        assert_eq!(world.posts("jobs").await.len(), 1, "shared with everybody");
    }

    async fn an_empty_search_says_what_to_loosen(mut world: World) {
        with_openings(&mut world).await;
        shows!(world.ada("/jobs query:rust place:Copenhagen company:Okapi").await, @r"
        **No open opening**
        skill Rust · in Copenhagen, DK · at Okapi
        One condition less would find more:
        - without at Okapi: 5 openings
        - without in Copenhagen, DK: 1 opening
        [Without at Okapi (5)] [Without in Copenhagen, DK (1)]
        [Subscribe this channel]
        ");
        shows!(world.press("Without in Copenhagen, DK (1)").await, @r"
        **1 opening** · newest first
        skill Rust · at Okapi
        ---
        **Senior Rust Engineer** · Okapi
        Berlin, DE (hybrid) · 95–120k EUR · senior · <+0s>
        -# Rust, PostgreSQL  [Details]
        ---
        [Subscribe this channel] [Share]
        ");
        shows!(world.ada("/jobs query:zeppelin").await, @r#"
        **No open opening**
        text zeppelin
        -# searched as text: "zeppelin"
        One condition less would find more:
        - without text zeppelin: 7 openings
        [Without text zeppelin (7)]
        [Subscribe this channel]
        "#);
    }

    async fn plain_words_become_a_filter_that_is_shown(mut world: World) {
        with_openings(&mut world).await;
        let answer = world.ada("/jobs query:senior rust, remote from Germany or Berlin, 90k EUR+, no agencies, not crypto").await;
        shows!(answer, @r"
        **4 openings** · newest first
        skill Rust, not Blockchain · remote from DE, or in Berlin, DE · senior · at least 90,000 EUR a year · no agencies
        ---
        **Rust Engineer, Networking** · Tidewick
        Remote, world · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Rust Engineer, Storage** · Quernstone
        Remote, world · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Rust Developer** · Lumbergate
        Remote, world · <+0s>
        -# Rust, PostgreSQL  [Details]
        **Senior Rust Engineer** · Okapi
        Berlin, DE (hybrid) · 95–120k EUR · senior · <+0s>
        -# Rust, PostgreSQL  [Details]
        ---
        [Subscribe this channel] [Share]
        ");
        shows!(world.ada("/jobs place:Atlantis").await, @r#"
        **No open opening**
        text Atlantis
        -# "Atlantis" is no place that Crier knows, so it was searched as text
        One condition less would find more:
        - without text Atlantis: 7 openings
        [Without text Atlantis (7)]
        [Subscribe this channel]
        "#);
        shows!(world.ada("/jobs skill:zzzz").await, @r#"
        **No open opening**
        text zzzz
        -# "zzzz" is no skill of the catalog, so it was searched as text
        One condition less would find more:
        - without text zzzz: 7 openings
        [Without text zzzz (7)]
        [Subscribe this channel]
        "#);
        shows!(world.ada("/jobs work:onsite sort:pay").await, @r"
        **1 opening** · best paid first
        on-site
        ---
        **Junior Rust Developer** · Pinefjord
        Copenhagen, DK · entry · <+0s>
        -# Rust, PostgreSQL  [Details]
        ---
        [Subscribe this channel] [Share]
        ");
    }

    async fn why_tells_each_condition_with_the_words_it_was_read_from(mut world: World) {
        world.ada("/subscribe query:senior rust, remote").await;
        world.press("Confirm").await;
        world.publish("a", json!({ "title": "Senior Rust Engineer" })).await;
        world.publish("b", json!({ "title": "Junior Rust Engineer", "description": "You will write Rust. 2 years of experience.\n\nNice to have: Kafka" })).await;
        world.publish("c", json!({ "title": "Senior Rust Architect Rust", "workmode": "onsite", "location": "Berlin, Germany" })).await;
        world.poll().await;
        shows!(world.ada("/why opening:https://example.org/jobs/b").await, @r#"
        **Junior Rust Engineer** · Riverglyph
        **It does not fit** "senior rust, remote" in #jobs.
        -# kept: skill Rust; the opening says Rust, Apache Kafka · "Junior Rust Engineer"
        -# kept: remote; the opening says remote
        -# not kept: senior; the opening says entry · "Junior"
        ---
        **Near misses of the last 30 days**
        - 1 opening missed only by "remote"
        - 1 opening missed only by "senior"
        "#);
        world.ada("/jobs query:junior rust").await;
        shows!(world.press("Details").await, @r#"
        ### Junior Rust Engineer · Riverglyph
        **Where** Remote, world
        **Level** entry · "Junior"
        **Experience** 2+ years · "2 years of experience"
        -# posted <+0s>, seen <+1m> · source: example.org
        ---
        You will write Rust. 2 years of experience.

        Nice to have\: Kafka
        ---
        -# Skills asked for; each leads to its explainer
        [Rust]
        -# Nice to have
        [Apache Kafka]
        [Apply → https://example.org/jobs/b] [Similar]
        "#);
        shows!(world.ada("/why opening:senior rust engineer").await, @r#"
        **Senior Rust Engineer** · Riverglyph
        **It fits** "senior rust, remote" in #jobs.
        -# kept: skill Rust; the opening says Rust, PostgreSQL · "Senior Rust Engineer"
        -# kept: remote; the opening says remote
        -# kept: senior; the opening says senior · "Senior"
        -# Openings that a board listed at its first reading, or that were published long ago, are not posted; everything else that fits is, once.
        ---
        **Near misses of the last 30 days**
        - 1 opening missed only by "remote"
        - 1 opening missed only by "senior"
        "#);
        assert!(world.complete("/why opening:junior rus", "opening").await[0].contains("Junior Rust Engineer · Riverglyph"));
        assert_eq!(world.complete("/why opening:x subscription:sen", "subscription").await, ["senior rust, remote"]);
        world.ada("/subscribe query:junior rust").await;
        world.press("Confirm").await;
        shows!(world.ada("/why opening:https://example.org/jobs/b").await, @r#"
        **Junior Rust Engineer** · Riverglyph
        - "senior rust, remote" → #jobs: fails by senior; the opening says entry
        - "junior rust" → #jobs: fits
        -# Name one with `subscription` to see every condition and its near misses.
        "#);
        shows!(world.ada("/why opening:https://example.org/jobs/100%").await, @r#"Crier knows no opening "https\://example.org/jobs/100%". Paste its link as it stands behind Apply, or type words of its title and company."#);
        shows!(world.say("lin", "jobs", "/why opening:rust").await, @"Looking into subscriptions needs Manage Webhooks or Manage Server.");
    }

    async fn every_button_of_a_skills_card_works_after_a_restart(mut world: World) {
        world.publish("a", json!({ "title": "Data Engineer", "description": "You will run Kafka in production." })).await;
        world.poll().await;
        let card = world.ada("/skill explain name:Kafka").await;
        let shown: Vec<String> = card.lines().last().into_iter().flat_map(|row| row.split('[')).filter_map(|part| part.split_once(']')).map(|part| part.0.to_owned()).collect();
        assert!(shown.len() >= 3, "neighbours lead on: {card}");
        world.restart().await;
        for (label, expected) in [
            ("All openings", "**1 opening**"),
            ("Subscribe", "**Subscribe #jobs?**"),
            ("Parts", "### Apache Kafka: parts, first to deep"),
            ("Path", "### Apache Kafka: path"),
            ("Interview", "### Apache Kafka: interview questions"),
            ("Pitfalls", "### Apache Kafka: pitfalls"),
            ("Tip", "**Apache Kafka tip**"),
        ] {
            let answer = world.press(label).await;
            assert!(answer.contains(expected), "{label}: {answer}");
        }
        for label in &shown {
            world.ada("/skill explain name:Kafka").await;
            let answer = world.press(label).await;
            assert!(answer.starts_with(&format!("## {label}")), "{label}: {answer}");
        }
    }

    async fn a_skills_card_counts_what_the_store_holds(mut world: World) {
        for n in 0..48_i64 {
            let kafka = if n % 4 == 3 { "Python" } else if n % 2 == 0 { "Kafka and Rust" } else { "Kafka" };
            world.publish(&format!("n{n}"), json!({
                "title": format!("{} Data Engineer {n}", if n % 3 == 0 { "Senior" } else { "Junior" }),
                "company": format!("Firm {}", n % 5), "description": format!("You will run {kafka} in production."),
                "workmode": if n % 2 == 0 { "remote" } else { "onsite" }, "location": "Berlin, Germany",
                "salary_text": format!("€{}k", 50 + n), "posted_minutes_ago": n % 45 * 24 * 60,
            })).await;
        }
        world.poll().await;
        world.control("board/close", &json!({ "id": "n0" })).await;
        world.poll().await;
        world.poll().await;
        let card = world.ada("/skill explain name:Kafka").await;
        let numbers: String = card.lines().skip_while(|line| !line.contains(" now**")).take(7).map(|line| format!("{line}\n")).collect();
        shows!(numbers.clone(), @r"
        **35 openings now** · 25 new in 30 days, 127 % more than in the 30 before
        66 % remote (of 35) · entry 66 %, senior 31 %, mid 3 % (of 35)
        Pay a year: median 74k EUR, middle half 62–86k EUR (35 openings)
        More often beside it than by chance: Rust ×1.3
        Most at Firm 1 (8), Firm 0 (7), Firm 2 (7)
        -# counted over the openings that Crier holds, <+4m>
        **Senior Data Engineer 45** · Firm 0
        ");
        // The same from the rows of the store.
        let now = world.clock.now();
        let rows = world.app.store.openings_after(0, 1_000).await.unwrap();
        let of: Vec<_> = rows.into_iter().map(|row| row.1).filter(|one| one.facts.skills.contains(&"kafka".into())).collect();
        let open: Vec<_> = of.iter().filter(|one| one.is_open()).collect();
        let new = of.iter().filter(|one| now.since(one.posted_at) < 30 * crier::domain::time::DAY).count();
        let mut pay: Vec<f64> = open.iter().filter_map(|one| one.facts.pay.as_ref()?.min).collect();
        pay.sort_by(f64::total_cmp);
        let median = pay[pay.len().div_ceil(2) - 1] / 1_000.0;
        assert!(numbers.contains(&format!("**{} openings now** · {new} new in 30 days", open.len())), "{numbers}");
        assert!(numbers.contains(&format!("median {median}k EUR")), "{numbers} {pay:?}");
    }

    async fn a_skill_is_explained_with_its_openings(mut world: World) {
        with_openings(&mut world).await;
        let card = world.ada("/skill explain name:Kafka").await;
        assert!(card.starts_with("## Apache Kafka\n"), "{card}");
        assert!(card.contains("**1 opening now**") && card.contains("**Data Engineer** · Osprelle\nYou will run Kafka"), "{card}");
        assert_eq!(world.ada("/skill explain name:kafak").await, card, "a typo lands on the same page");
        assert!(world.press("Interview").await.contains("||"), "answers are spoilers");
        shows!(world.ada("/skill explain name:underwater basket weaving").await, @r#"The catalog has no skill "underwater basket weaving". No opening that is open now mentions these words."#);
        assert!(world.ada("/skill tip skill:rust").await.contains("Rust"));
        assert!(world.ada("/skill explain name:COBOL").await.starts_with("## COBOL"), "every skill has a card");
    }

    async fn a_subscription_is_previewed_confirmed_once_and_not_doubled(mut world: World) {
        with_openings(&mut world).await;
        shows!(world.ada("/subscribe query:rust level:senior cadence:weekdays 09:00 cap:5").await, @r"
        **Subscribe #jobs?**
        skill Rust · senior · weekdays 09:00 · at most 5 a day
        In the last 30 days it would have sent **4 openings**: 0 on a median day, 4 on the fullest.
        ---
        -# Such as
        **Rust Engineer, Networking** · Tidewick
        Remote, world · <+0s>
        -# Rust, PostgreSQL
        **Rust Engineer, Storage** · Quernstone
        Remote, world · <+0s>
        -# Rust, PostgreSQL
        **Rust Developer** · Lumbergate
        Remote, world · <+0s>
        -# Rust, PostgreSQL
        **Senior Rust Engineer** · Okapi
        Berlin, DE (hybrid) · 95–120k EUR · senior · <+0s>
        -# Rust, PostgreSQL
        ---
        [Confirm] [Cancel]
        ");
        shows!(world.press("Confirm").await, @r"
        **Subscribed.** #jobs gets new openings, weekdays 09:00. Older openings are not posted by themselves.
        [Post the newest 10 now] [Manage]
        ");
        shows!(world.ada("/subscribe query:rust level:senior").await, @r#"#jobs is already subscribed to this, as "rust, senior". Nothing was saved; /subscriptions changes it."#);
        assert_eq!(world.app.store.all_subscriptions().await.unwrap().1.len(), 1);
    }

    async fn who_may_not_subscribe_is_told_why(mut world: World) {
        shows!(world.say("lin", "jobs", "/subscribe query:rust").await, @"Subscribing a channel needs Manage Webhooks or Manage Server. Nothing was saved; please ask somebody who has one of them.");
        shows!(world.ada("/subscribe channel:#staff-only query:rust").await, @"Crier can't see the channel: give it View Channel and Send Messages there. Then try again for #staff-only. Nothing was saved.");
        shows!(world.say("ada", "staff-only", "/subscribe query:rust").await, @"Crier lacks View Channel and Send Messages in #staff-only. Nothing was saved: give Crier View Channel and Send Messages there (channel settings → Permissions), then try again.");
        shows!(world.ada("/subscribe channel:#read-only query:rust").await, @"Crier may not post in the channel: give it Send Messages there. Then try again for #read-only. Nothing was saved.");
        shows!(world.ada("/tips subscribe channel:#read-only").await, @"Crier may not post in the channel: give it Send Messages there. Then try again for #read-only. Nothing was saved.");
        shows!(world.ada("/subscribe query:rust cadence:sometimes").await, @r#""sometimes" is no cadence. Use instant, hourly, daily HH:MM, weekdays HH:MM, weekly DAY HH:MM, or a cron line such as "30 9 * * 1-5". Nothing was saved."#);
        shows!(world.ada("/subscribe query:rust cap:0").await, @r#"(refused) "cap" takes a number from 1 to 200."#);
        shows!(world.say("ada", "Crier", "/subscribe query:rust").await, @"(refused) /subscribe can't be used in direct messages.");
        shows!(world.say("lin", "jobs", "/subscriptions").await, @"Managing subscriptions needs Manage Webhooks or Manage Server. Nothing was changed.");
        assert_eq!(world.app.store.all_subscriptions().await.unwrap().1.len(), 0);
    }

    async fn a_subscription_is_managed_by_its_buttons(mut world: World) {
        world.ada("/subscribe query:rust").await;
        world.press("Confirm").await;
        world.publish("a", json!({})).await;
        world.poll().await;
        shows!(world.ada("/subscriptions").await, @r"
        **1 subscription**
        ---
        rust → #jobs
        -# as soon as they are found  [Manage]
        ");
        shows!(world.press("Manage").await, @r"
        **rust**
        skill Rust · as soon as they are found
        ---
        **Latest**
        - <+1m> sent 1 notice
        [Pause] [Edit] [Test post] [Delivery log] [Remove]
        ");
        assert_eq!(world.press("Edit").await, "(a form opens)");
        shows!(world.submit(json!({ "cadence": "now and then", "cap": "", "query": "" })).await, @r#""now and then" is no cadence. Use instant, hourly, daily HH:MM, weekdays HH:MM, weekly DAY HH:MM, or a cron line such as "30 9 * * 1-5". Nothing was saved."#);
        assert_eq!(world.press("Edit").await, "(a form opens)");
        shows!(world.submit(json!({ "cadence": "weekly mon 08:30", "cap": "7", "query": "go in Berlin" })).await, @r"
        **go in Berlin**
        skill Go · in Berlin, DE · weekly mon 08:30 · at most 7 a day
        Next at <+6d>.
        ---
        **Latest**
        - <+1m> sent 1 notice
        [Pause] [Edit] [Test post] [Delivery log] [Remove]
        ");
        shows!(world.press("Pause").await, @r"
        **go in Berlin**
        skill Go · in Berlin, DE · weekly mon 08:30 · at most 7 a day
        **Paused by a person** <+1m>. \<\@ID\> paused it.
        ---
        **Latest**
        - <+1m> sent 1 notice
        [Resume] [Edit] [Test post] [Delivery log] [Remove]
        ");
        world.press("Resume").await;
        shows!(world.press("Delivery log").await, @r"
        **Delivery log of go in Berlin**
        - <+1m> sent 1 notice
        [Back]
        ");
        world.press("Back").await;
        shows!(world.press("Remove").await, @r"
        Removed go in Berlin from #jobs. What waited for it is dropped.
        [Undo]
        ");
        assert_eq!(world.app.store.all_subscriptions().await.unwrap().1.len(), 0);
        world.press("Undo").await;
        assert_eq!(world.app.store.all_subscriptions().await.unwrap().1.len(), 1);
    }

    async fn a_test_post_and_a_backfill_show_what_comes(mut world: World) {
        with_openings(&mut world).await;
        world.ada("/subscribe query:rust").await;
        world.press("Confirm").await;
        world.press("Post the newest 10 now").await;
        world.tick().await;
        let posts = world.posts("jobs").await;
        assert_eq!(posts.len(), 1);
        assert_eq!(posts[0].matches("[Details]").count(), 6);
        shows!(world.press("Why these").await, @r#"
        **Why these are in #jobs**
        skill Rust · as soon as they are found
        **Staff Rust Engineer** · Hopkiln
        -# kept: skill Rust; the opening says Rust, PostgreSQL · "Staff Rust Engineer"
        **Rust Engineer, Networking** · Tidewick
        -# kept: skill Rust; the opening says Rust, PostgreSQL · "Rust Engineer, Networking"
        **Rust Engineer, Storage** · Quernstone
        -# kept: skill Rust; the opening says Rust, PostgreSQL · "Rust Engineer, Storage"
        **Junior Rust Developer** · Pinefjord
        -# kept: skill Rust; the opening says Rust, PostgreSQL · "Junior Rust Developer"
        **Rust Developer** · Lumbergate
        -# kept: skill Rust; the opening says Rust, PostgreSQL · "Rust Developer"
        **Senior Rust Engineer** · Okapi
        -# kept: skill Rust; the opening says Rust, PostgreSQL · "Senior Rust Engineer"
        "#);
        world.ada("/subscriptions").await;
        world.press("Manage").await;
        shows!(world.press("Test post").await, @"Posted a test to #jobs.");
        assert_eq!(world.posts("jobs").await.len(), 2);
    }

    async fn names_complete_as_one_types(mut world: World) {
        with_openings(&mut world).await;
        assert_eq!(world.complete("/jobs skill:kafk", "skill").await[..1], ["Apache Kafka"]);
        assert_eq!(world.complete("/skill explain name:postgrs", "name").await[..1], ["PostgreSQL"]);
        assert_eq!(world.complete("/jobs company:oka", "company").await, ["Okapi"]);
        assert!(world.complete("/jobs place:ber", "place").await.iter().any(|name| name.contains("Berlin")));
        assert!(world.complete("/jobs skill:", "skill").await.len() > 5, "the most frequent come unasked");
        assert!(world.complete("/subscribe cadence:", "cadence").await.len() > 3);
        assert!(world.complete("/settings timezone zone:berl", "zone").await.iter().any(|zone| zone.contains("Europe/Berlin")));
    }

    async fn tips_come_on_their_schedule_each_once(mut world: World) {
        shows!(world.ada("/tips subscribe area:rust cadence:hourly").await, @r"
        **Subscribed.** #jobs gets skill tips, hourly.
        [Manage]
        ");
        shows!(world.ada("/tips subscribe area:rust cadence:daily 09:00").await, @r#"#jobs is already subscribed to this, as "Rust tips". Nothing was saved; /subscriptions changes it."#);
        let before = world.posts("jobs").await.len();
        for _ in 0..3 {
            world.advance(HOUR).await;
        }
        let posts = world.posts("jobs").await;
        assert_eq!(posts.len(), before + 3);
        let different: std::collections::BTreeSet<&String> = posts.iter().collect();
        assert_eq!(different.len(), posts.len(), "no tip is repeated");
    }

    async fn help_and_status_answer(mut world: World) {
        with_openings(&mut world).await;
        shows!(world.ada("/help").await, @r"
        **Crier brings job openings to your channels, once, and explains the skills they ask for.**

        **Find a job**
        </jobs:ID> searches. Plain words work: `senior rust, remote from Germany, 90k EUR+, no agencies`. Every opening has its details behind a button.

        **Understand a skill**
        </skill explain:ID> tells what it is, why it matters, how to learn it, and who asks for it today. </skill tip:ID> gives one practical tip.

        **Keep a channel informed**
        </subscribe:ID> posts matching openings as they appear; it shows first what it would have sent. </tips subscribe:ID> posts skill tips on a schedule. </subscriptions:ID> changes, pauses and removes; </why:ID> tells why an opening came or did not. </settings timezone:ID> sets the zone of daily and weekly messages.

        **Add a board of your own**
        </feeds add:ID> reads the careers page of a company that Crier does not know yet, for this server alone; </feeds list:ID> shows how they are.

        **See how it is going**
        </status:ID> shows how fresh the feeds are.
        -# Subscribing and changing needs Manage Webhooks or Manage Server. Answers are seen by you alone until you share them.
        ");
        shows!(world.ada("/status").await.replace("PostgreSQL", "SQLite"), @r"
        **Crier 0.1.0** on SQLite, up since <+0s>
        7 open openings, 7 in all · nothing waits to be sent

        **1 feed**, 0 failing
        - jsonl\:http\://127.0.0.1\:PORT/board/openings.jsonl · read <+1m> · 7 postings · seen 1 min after publication · next <+2m>
        ");
        shows!(world.ada("/settings timezone zone:Europe/Berlin").await, @"Saved: daily and weekly messages of this server are timed in **Europe/Berlin** from the next one on.");
        shows!(world.ada("/settings timezone zone:Middle Earth").await, @r#""Middle Earth" is no time zone of the IANA list, such as Europe/Berlin. Nothing was saved."#);
    }

    async fn what_an_older_crier_left_behind_is_answered(mut world: World) {
        let channel = world.channel("jobs").await;
        let button = json!({ "type": 2, "style": 2, "label": "Ancient", "custom_id": "0:gone" });
        let body = json!({ "flags": 1 << 15, "components": [{ "type": 1, "components": [button] }] });
        let channel = crier::domain::ids::ChannelId(channel.parse().unwrap());
        world.bot.rest.post(channel, &body).await.unwrap();
        shows!(world.press("Ancient").await, @"This button is from an older Crier and does nothing any more. Please use the command again; nothing was changed.");
    }
}
