//! The HTTP server: Discord's interactions, and what operators watch.

use std::fmt::Write as _;
use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::clock::Clock;
use crate::discord::endpoint::{Answer, Endpoint};
use crate::store::Store;

/// The largest interaction that is read, in bytes; Discord's are far smaller.
const LARGEST: usize = 1 << 20;

/// What the server needs.
#[derive(Debug)]
pub struct Web {
    /// Answers interactions; `None` without a public key.
    pub endpoint: Option<Endpoint>,
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
}

/// The routes.
pub fn router(web: Web) -> Router {
    Router::new()
        .route("/interactions", post(interactions))
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(Arc::new(web))
}

/// Serves `router` on `listener` until `stop` is ready.
///
/// # Errors
/// When the system takes the listener away.
pub async fn serve(
    listener: tokio::net::TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router).with_graceful_shutdown(stop).await
}

async fn interactions(State(web): State<Arc<Web>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(endpoint) = &web.endpoint else {
        let words = "discord.public_key is not set, so Crier takes no interactions over HTTP\n";
        return (StatusCode::NOT_FOUND, words).into_response();
    };
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match endpoint.answer(text("X-Signature-Ed25519"), text("X-Signature-Timestamp"), &body).await {
        Answer::Json(json) => {
            ([(header::CONTENT_TYPE, "application/json")], json.to_string()).into_response()
        }
        Answer::Unsigned => (StatusCode::UNAUTHORIZED, "invalid request signature\n").into_response(),
        Answer::Malformed => (StatusCode::BAD_REQUEST, "not an interaction\n").into_response(),
    }
}

/// Ready means that the database answers and has our schema.
async fn ready(State(web): State<Arc<Web>>) -> Response {
    match web.store.check_schema().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response(),
    }
}

/// Prometheus text.
async fn metrics(State(web): State<Arc<Web>>) -> Response {
    match measured(&web).await {
        Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("# {error}\n")).into_response(),
    }
}

async fn measured(web: &Web) -> Result<String, crate::store::StoreError> {
    let now = web.clock.now();
    let (open, all) = web.store.opening_counts().await?;
    let (waiting, oldest) = web.store.outbox_depth().await?;
    let feeds = web.store.feeds().await?;
    let late = oldest.map_or(0, |at| now.since(at).max(0)) / 1_000;
    let failing = feeds.iter().filter(|feed| feed.on && feed.failures > 0).count();
    let mut out = String::new();
    let mut gauge = |name: &str, help: &str, value: u64| {
        let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}");
    };
    gauge("crier_openings_open", "Openings that can be applied for.", open);
    gauge("crier_openings_known", "Openings ever seen.", all);
    gauge("crier_outbox_waiting", "Notices that wait to be sent.", waiting);
    gauge("crier_outbox_late_seconds", "How late the oldest waiting notice is.", late.unsigned_abs());
    gauge("crier_feeds_on", "Feeds that are polled.", feeds.iter().filter(|feed| feed.on).count() as u64);
    gauge("crier_feeds_failing", "Feeds whose last poll failed.", failing as u64);
    let _ = writeln!(
        out,
        "# HELP crier_feed_good_seconds Seconds since a feed was last read.\n# TYPE crier_feed_good_seconds gauge"
    );
    for feed in feeds.iter().filter(|feed| feed.on) {
        if let Some(at) = feed.good_at {
            // A key holds no quote or backslash that the label would need escaped, save in an address of a user's.
            let key = feed.settings.key.as_str().replace('\\', "\\\\").replace('"', "\\\"");
            let _ =
                writeln!(out, "crier_feed_good_seconds{{feed=\"{key}\"}} {}", now.since(at).max(0) / 1_000);
        }
    }
    Ok(out)
}
