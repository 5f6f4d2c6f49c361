//! The sandbox's page in a real browser: the main stories as a newcomer lives them, with screenshots.

use serde_json::json;

use crate::support::browser::Browser;
use crate::support::world::{Engine, World};

/// A world with some openings, and a browser on its page; `None` where there is no browser.
async fn visit() -> Option<(World, Browser)> {
    let mut world = World::start(Engine::Sqlite).await.expect("SQLite is always there");
    for n in 1..=6 {
        let fields = json!({ "title": format!("Distributed Systems Engineer {n}"), "company": format!("Firm {n}"),
            "description": "You will build distributed systems on Kafka.\n\n- Rust, Kafka and PostgreSQL" });
        world.publish(&format!("d{n}"), fields).await;
    }
    world.poll().await;
    let browser = Browser::open(&world.sandbox.base_url).await?;
    browser.clicks("jobs").await;
    browser.sees("Search and talk about jobs").await;
    Some((world, browser))
}

#[tokio::test]
async fn a_newcomer_searches_pages_and_reads_details() {
    let Some((world, browser)) = visit().await else { return };
    browser.shot("1-empty").await;
    browser.begins("/").await;
    browser.sees("/skill explain").await;
    browser.shot("2-commands").await;
    browser.types("/jobs query:distributed systems").await;
    browser.sees("6 openings").await;
    browser.sees("Only you can see this").await;
    browser.shot("3-search").await;
    browser.clicks("Next ▶").await;
    browser.sees("2 of 2").await;
    browser.clicks("Details").await;
    browser.sees("Skills asked for").await;
    browser.shot("4-details").await;
    browser.types("/jobs nonsense:1").await;
    browser.sees("nonsense").await;
    browser.shot("5-wrong-option").await;
    assert_eq!(world.state("ada").await["unknown"], json!([]));
    browser.close().await;
}

#[tokio::test]
async fn a_newcomer_has_a_skill_explained() {
    let Some((_world, browser)) = visit().await else { return };
    browser.begins("/skill explain name:kafk").await;
    browser.sees("Apache Kafka").await;
    browser.types("/skill explain name:Kafka").await;
    browser.sees("Why it matters at work").await;
    browser.sees("6 openings now").await;
    browser.shot("6-skill").await;
    browser.clicks("Interview").await;
    browser.sees("Back to Apache Kafka").await;
    browser.shot("7-interview").await;
    browser.close().await;
}

#[tokio::test]
async fn a_newcomer_subscribes_and_sees_the_alert_come_and_its_post_change() {
    let Some((mut world, browser)) = visit().await else { return };
    browser.types("/subscribe query:rust").await;
    browser.sees("In the last 30 days it would have sent").await;
    browser.shot("8-preview").await;
    browser.clicks("Confirm").await;
    browser.sees("Subscribed.").await;
    world.publish("new", json!({ "title": "Embedded Rust Engineer", "company": "Tarnwick" })).await;
    world.poll().await;
    browser.sees("1 new for \"rust\"").await;
    browser.shot("9-alert").await;
    let asked = json!({ "id": "new" });
    world.control("board/close", &asked).await;
    world.poll().await;
    world.poll().await;
    browser.sees("closed within two hours").await;
    browser.sees("(edited)").await;
    browser.shot("10-closed").await;
    browser.close().await;
}

#[tokio::test]
async fn the_board_on_the_page_publishes_closes_and_changes() {
    let Some((mut world, browser)) = visit().await else { return };
    browser.types("/subscribe query:kafka").await;
    browser.clicks("Confirm").await;
    browser.sees("Subscribed.").await;
    browser.clicks("Close").await;
    browser.sees("Reopen").await;
    world.poll().await;
    world.poll().await;
    assert_eq!(world.app.store.opening_counts().await.unwrap(), (5, 6));
    browser.clicks("Requests").await;
    browser.sees("PUT").await;
    browser.shot("11-requests").await;
    browser.clicks("Faults").await;
    browser.shot("12-faults").await;
    browser.close().await;
}

#[tokio::test]
async fn who_lacks_a_right_is_told_which() {
    let Some((_world, browser)) = visit().await else { return };
    browser.types("/subscribe channel:#staff-only query:rust").await;
    browser.sees("give it View Channel").await;
    browser.shot("13-missing-permission").await;
    browser.run("document.documentElement.dataset.theme = 'dark'").await;
    browser.shot("14-dark").await;
    browser.close().await;
}
