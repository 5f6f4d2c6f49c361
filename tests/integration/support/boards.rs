//! Boards of other hosts: a small server on this machine that answers in their place, and an ingest that asks it.

use crier::domain::ids::FeedKey;
use crier::domain::time::MINUTE;
use crier::feeds::client::{Client, ClientSettings};
use crier::ingest::{Ingest, Report};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::world::World;

/// A board on this machine, whose answer to a path is what `answer` makes of it; `None` is 503.
pub(crate) async fn board(answer: impl Fn(&str) -> Option<Value> + Send + 'static) -> String {
    pages(move |path| answer(path).map(|value| value.to_string())).await
}

/// The same for answers of any form.
pub(crate) async fn pages(answer: impl Fn(&str) -> Option<String> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = [0; 4096];
            let read = stream.read(&mut head).await.unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..read]).into_owned();
            let (status, body) = match answer(head.split(' ').nth(1).unwrap_or_default()) {
                Some(body) => ("200 OK", body),
                None => ("503 Service Unavailable", String::new()),
            };
            let head =
                format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = stream.write_all((head + &body).as_bytes()).await;
        }
    });
    base
}

/// The world's ingest, which asks `host` at `base`.
pub(crate) fn ingest_from(world: &World, host: &str, base: String) -> Ingest {
    Ingest { client: rerouted(&[host], &base), ..world.app.ingest() }
}

/// A client that asks these hosts at `base`.
pub(crate) fn rerouted(hosts: &[&str], base: &str) -> Client {
    Client::new(ClientSettings {
        timeout: 20_000,
        tries: 1,
        backoff: 0,
        pauses: false,
        user_agent: "crier-test".to_owned(),
        proxies: Vec::new(),
        keys: std::collections::BTreeMap::new(),
        reroute: hosts.iter().map(|host| ((*host).to_owned(), base.to_owned())).collect(),
    })
    .unwrap()
}

pub(crate) async fn read_now(world: &World, ingest: &Ingest, key: &FeedKey) -> Report {
    let now = world.clock.now();
    let feed = world.app.store.claim_feed_named(key, &ingest.worker, now, MINUTE).await.unwrap();
    ingest.poll(&feed.unwrap()).await.unwrap()
}
