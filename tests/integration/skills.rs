//! Skills measured over openings: compared, rising and falling, on the way from one to another, and the next to learn.

use crier::domain::time::{DAY, Millis};
use serde_json::{Value, json};

use crate::support::world::{Engine, World};
use crate::{in_a_world, shows};

/// Openings that ask for these skills, published so many days ago each.
async fn publish(world: &World, skills: &str, ages: std::ops::Range<i64>) {
    for age in ages {
        let id = format!("{}{age}", skills.replace([' ', ','], ""));
        let text = json!({ "title": format!("Engineer {id}"), "company": format!("Firm {id}"), "posted_minutes_ago": age * 24 * 60,
            "description": format!("Requirements: {skills}") });
        world.publish(&id, text).await;
    }
}

/// The files of the newest message of #jobs: name, kind, whether it is a picture, and its words.
async fn files(world: &World) -> Vec<(String, String)> {
    let message = world.messages("ada", "jobs").await.pop().unwrap_or(Value::Null);
    let mut found = Vec::new();
    for file in message["attachments"].as_array().into_iter().flatten() {
        let bytes =
            reqwest::get(file["url"].as_str().unwrap_or_default()).await.unwrap().bytes().await.unwrap();
        assert!(bytes.starts_with(b"\x89PNG"), "{file}");
        found.push((
            file["filename"].as_str().unwrap_or_default().to_owned(),
            file["description"].as_str().unwrap_or_default().to_owned(),
        ));
    }
    found
}

in_a_world! {
    async fn two_skills_stand_side_by_side_with_a_chart(mut world: World) {
        publish(&world, "Kafka, Rust", 0..20).await;
        publish(&world, "RabbitMQ", 0..5).await;
        publish(&world, "Kafka, RabbitMQ", 0..3).await;
        world.poll().await;
        // The night comes, and with it the first roll-up that sees them.
        world.advance(DAY).await;
        shows!(world.ada("/skill compare a:Kafka b:RabbitMQ").await, @r"
        ### Apache Kafka and RabbitMQ
        **Apache Kafka**
        *A replicated, append-only log that many producers write and many consumers read at their own pace, and re-read when they must.*
        **23 openings now** · 23 new in 30 days
        100 % remote (of 23)
        More often beside it than by chance: Rust ×1.2
        -# counted over the openings that Crier holds, <+1d>
        **RabbitMQ**
        *A message broker in which producers send to exchanges, rules route copies into queues, and workers confirm each message when it is done.*
        **8 openings now** · 8 new in 30 days
        -# counted over the openings that Crier holds, <+1d>
        3 openings ask for both: 13 % of those for Apache Kafka, 38 % of those for RabbitMQ.
        -# Open openings at the end of each day, 17 December 2025 to 5 January 2026: Apache Kafka went from 1 to 23; RabbitMQ went from 1 to 8.
        [About Apache Kafka] [Apache Kafka openings] [About RabbitMQ] [RabbitMQ openings]
        ");
        let files = files(&world).await;
        assert_eq!(files.len(), 1, "{files:?}");
        assert!(files[0].1.contains("Apache Kafka went from"), "{files:?}");
        shows!(world.ada("/skill compare a:Kafka b:kafka").await, @"Both are Apache Kafka; choose two skills. /skill explain shows one.");
        assert!(world.ada("/skill compare a:Kafka b:underwater basket weaving").await.contains("has no skill"));
    }

    async fn the_days_of_a_skill_are_those_of_the_store_and_can_be_computed_again(mut world: World) {
        publish(&world, "Kafka", 0..20).await;
        world.poll().await;
        world.control("board/close", &json!({ "id": "Kafka3" })).await;
        world.poll().await;
        world.poll().await;
        world.advance(DAY).await;
        world.advance(DAY).await;
        let today = world.clock.now().0.div_euclid(DAY);
        let store = world.app.store.clone();
        let days = store.skill_days(&"kafka".into(), 0).await.unwrap();
        let rows = store.openings_after(0, 1_000).await.unwrap();
        for day in &days {
            let end = Millis((day.day + 1) * DAY);
            let open = rows.iter().filter(|(_, one)| {
                one.facts.skills.contains(&"kafka".into()) && one.posted_at < end && one.closed_at.is_none_or(|closed| closed >= end)
            });
            assert_eq!(day.open, i64::try_from(open.count()).unwrap(), "{day:?}");
        }
        assert_eq!((days.len(), days.last().map(|day| (day.day, day.open))), (21, Some((today - 1, 19))));
        // What counts for a skill counts for what it is part of.
        assert!(!store.skill_days(&"event-driven".into(), 0).await.unwrap().is_empty());
        crier::statistics::rebuild(&store, world.app.search.world(), world.clock.now()).await.unwrap();
        assert_eq!(store.skill_days(&"kafka".into(), 0).await.unwrap(), days);
    }

    async fn what_rises_and_falls_is_told_with_a_chart(mut world: World) {
        assert!(world.ada("/skill trends").await.contains("too little to compare"));
        publish(&world, "Kafka", 0..25).await;
        publish(&world, "Kafka", 30..42).await;
        publish(&world, "PHP", 20..48).await;
        world.poll().await;
        shows!(world.ada("/skill trends").await, @r"
        ### What rises and falls
        **Rising**
        - Data engineering +108 % · 25 new, 12 before · 37 open
        - Distributed systems +108 % · 25 new, 12 before · 37 open
        - Event-driven architecture +108 % · 25 new, 12 before · 37 open
        - Apache Kafka +108 % · 25 new, 12 before · 37 open
        **Falling**
        - PHP -45 % · 10 new, 18 before · 28 open
        -# new openings of the last 30 days against the 30 before, skills with at least 10 then; <+1m>
        [Data engineering] [Distributed systems] [Event-driven architecture] [Apache Kafka] [PHP]
        ");
        let files = files(&world).await;
        assert!(files.len() == 1 && files[0].1.contains("Apache Kafka +"), "{files:?}");
        assert!(world.ada("/skill trends area:COBOL").await.contains("has no skills under it"));
    }

    async fn a_way_leads_from_one_skill_to_another(mut world: World) {
        let way = world.ada("/skill path from:Java to:Kafka").await;
        assert!(way.starts_with("### From Java to Apache Kafka\n1. **Java** · 0 openings"), "{way}");
        assert!(world.ada("/skill path from:Rust to:Rust").await.contains("You are there already."));
    }

    async fn the_next_skill_to_learn_is_the_one_that_opens_most(mut world: World) {
        publish(&world, "Rust, Kafka", 0..4).await;
        publish(&world, "Rust, PostgreSQL", 0..2).await;
        publish(&world, "Rust, Cargo", 0..3).await;
        publish(&world, "Java, Kafka", 0..9).await;
        world.poll().await;
        shows!(world.ada("/skill next skills:rust, cobblery").await, @r"
        ### Learn this next
        You have Rust.
        3 openings ask for nothing else among their first 5 skills.

        **Apache Kafka** would add most: 4 openings.
        - PostgreSQL would add 2
        -# not in the catalog, and not counted: cobblery
        [Apache Kafka] [PostgreSQL] [All these openings]
        ");
        assert!(world.ada("/skill next skills:cobblery").await.contains("has no skill"));
    }
}
