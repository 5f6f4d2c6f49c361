//! What a board may answer instead of its jobs: nothing of it closes or loses an opening, and each is told in words.

use std::sync::{Arc, Mutex};

use crier::domain::ids::FeedKey;
use crier::domain::time::{DAY, MINUTE};
use crier::scheduler::settings;
use crier::store::FeedRow;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::in_a_world;
use crate::support::boards::ingest_from;
use crate::support::world::{Engine, World};

/// A server that gives the same raw answer to every request, until it is given another.
async fn raw(answer: Arc<Mutex<String>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let answer = answer.lock().unwrap().clone();
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    base
}

fn whole(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

in_a_world! {
    async fn no_fault_of_a_board_closes_or_loses_an_opening(mut world: World) {
        world.ada("/subscribe query:rust").await;
        world.press("Confirm").await;
        let jobs = json!({ "jobs": [{ "id": 1, "title": "Rust Engineer", "absolute_url": "https://a.example/1",
            "content": "We write Rust.", "company_name": "Acme", "location": { "name": "Berlin, Germany" } }] }).to_string();
        let empty = json!({ "jobs": [] }).to_string();
        let answer = Arc::new(Mutex::new(whole("200 OK", &empty)));
        let ingest = ingest_from(&world, "boards-api.greenhouse.io", raw(Arc::clone(&answer)).await);
        let key = FeedKey::from("greenhouse:acme");
        world.app.store.set_feed(&settings(&key, None, None, MINUTE), world.clock.now()).await.unwrap();
        let mut told = Vec::new();
        for (what, given, expected) in [
            ("baseline", whole("200 OK", &empty), ""),
            ("good", whole("200 OK", &jobs), ""),
            ("cut off", whole("200 OK", &jobs).replace("Content-Length: ", "Content-Length: 9"), "broke off"),
            ("cut off within", whole("200 OK", &jobs[..jobs.len() / 2]), "cut off"),
            ("wrong type", whole("200 OK", r#"{"jobs": 5}"#), "not a list"),
            ("another answer", whole("200 OK", r#"["jobs"]"#), "no \"jobs\""),
            ("entries that are none", whole("200 OK", r#"{"jobs": [{"title": "x"}, 7]}"#), "not one entry could be read"),
            ("a web page", whole("200 OK", "<!doctype html><title>Sign in</title>"), "a web page or XML, not JSON"),
            ("nothing", whole("200 OK", ""), "the answer is empty"),
            ("304 unasked", whole("304 Not Modified", ""), "304"),
            ("429", whole("429 Too Many Requests\r\nRetry-After: 3600", ""), "429"),
            ("503", whole("503 Service Unavailable", ""), "503"),
            ("404", whole("404 Not Found", "{}"), "404"),
            ("to a private address", whole("302 Found\r\nLocation: https://169.254.169.254/latest", ""), "into a private network"),
            ("to another scheme", whole("302 Found\r\nLocation: ftp://a.example/", ""), "not followed"),
            ("deep", whole("200 OK", &format!("{{\"jobs\": {}", "[".repeat(100_000))), "nested too deep"),
            ("good again", whole("200 OK", &jobs), ""),
        ] {
            // Long enough for every rest and back-off to be over.
            world.clock.advance(DAY);
            *answer.lock().unwrap() = given;
            let now = world.clock.now();
            let feed: FeedRow = world.app.store.claim_feed_named(&key, &ingest.worker, now, MINUTE).await.unwrap().unwrap();
            let outcome = ingest.poll(&feed).await.map(|_| String::new()).unwrap_or_else(|error| error.to_string());
            assert!(outcome.contains(expected) && (expected.is_empty() == outcome.is_empty()), "{what}: {outcome}");
            let health = world.app.store.feeds().await.unwrap().into_iter().find(|row| row.settings.key == key).unwrap();
            assert_eq!(health.error.is_some(), !expected.is_empty(), "{what}: {health:?}");
            told.push(world.app.store.opening_counts().await.unwrap());
            world.tick().await;
        }
        assert_eq!(told[0], (0, 0));
        assert!(told[1..].iter().all(|count| *count == (1, 1)), "{told:?}");
        assert_eq!(world.posts("jobs").await.len(), 1, "told once");
        assert!(!world.posts("jobs").await[0].contains("~~"));
    }
}
