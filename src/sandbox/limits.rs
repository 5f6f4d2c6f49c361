//! Discord's rate limits: buckets by route and top-level resource, fifty requests a second in all, and their headers.

use std::collections::HashMap;
use std::time::Instant;

use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::answer::Answer;

/// Requests a second in all; interaction routes do not count.
const GLOBAL: u32 = 50;

/// How a bucket refills: so many requests in so many milliseconds.
#[derive(Debug, Clone, Copy)]
struct Rule {
    name: &'static str,
    limit: u32,
    window: u64,
}

#[derive(Debug)]
struct Window {
    began: Instant,
    used: u32,
}

/// What is used of the buckets.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    buckets: HashMap<(&'static str, String), Window>,
    global: Option<Window>,
}

/// What an answer's headers tell of its bucket.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) bucket: String,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// Seconds.
    pub(crate) reset_after: f64,
}

impl Limits {
    /// Counts a request: what its headers say, or the 429 it gets. `now` is the machine's monotonic time; `epoch` the
    /// sandbox's, in milliseconds.
    pub(crate) fn count(
        &mut self,
        method: &str,
        parts: &[&str],
        now: Instant,
    ) -> Result<Option<Told>, (Told, Answer)> {
        let free = matches!(parts.first(), Some(&("interactions" | "webhooks" | "gateway")));
        if !free {
            let window = self.global.get_or_insert(Window { began: now, used: 0 });
            if now.duration_since(window.began).as_millis() >= 1_000 {
                *window = Window { began: now, used: 0 };
            }
            window.used += 1;
            if window.used > GLOBAL {
                let left = 1.0 - now.duration_since(window.began).as_secs_f64();
                let told =
                    Told { bucket: String::new(), limit: GLOBAL, remaining: 0, reset_after: left.max(0.05) };
                let answer = refusal(told.reset_after, true);
                return Err((told, answer));
            }
        }
        let Some(rule) = rule(method, parts) else { return Ok(None) };
        let resource = parts
            .iter()
            .take(if parts[0] == "webhooks" { 3 } else { 2 })
            .copied()
            .collect::<Vec<_>>()
            .join("/");
        let window = self.buckets.entry((rule.name, resource)).or_insert(Window { began: now, used: 0 });
        let length = std::time::Duration::from_millis(rule.window);
        if now.duration_since(window.began) >= length {
            *window = Window { began: now, used: 0 };
        }
        let reset_after = (length.saturating_sub(now.duration_since(window.began))).as_secs_f64();
        let mut told = Told { bucket: hash(rule.name), limit: rule.limit, remaining: 0, reset_after };
        if window.used >= rule.limit {
            let answer = refusal(reset_after, false);
            return Err((told, answer));
        }
        window.used += 1;
        told.remaining = rule.limit - window.used;
        Ok(Some(told))
    }
}

/// The body of a 429.
pub(crate) fn refusal(seconds: f64, global: bool) -> Answer {
    let seconds = (seconds * 1000.0).ceil() / 1000.0;
    (429, json!({ "message": "You are being rate limited.", "retry_after": seconds, "global": global }))
}

/// The headers of an answer; `scope` is given for 429 only.
pub(crate) fn write(
    headers: &mut HeaderMap,
    told: Option<&Told>,
    scope: Option<&str>,
    body: &Value,
    now: i64,
) {
    let mut set = |name: &'static str, value: String| {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    };
    if let Some(told) = told.filter(|told| !told.bucket.is_empty()) {
        set("x-ratelimit-limit", told.limit.to_string());
        set("x-ratelimit-remaining", told.remaining.to_string());
        set("x-ratelimit-reset-after", format!("{:.3}", told.reset_after));
        set("x-ratelimit-reset", format!("{:.3}", now as f64 / 1000.0 + told.reset_after));
        set("x-ratelimit-bucket", told.bucket.clone());
    }
    if let Some(scope) = scope {
        set("x-ratelimit-scope", scope.to_owned());
        // The header is rounded up, the body is exact.
        set("retry-after", format!("{:.0}", body["retry_after"].as_f64().unwrap_or(1.0).ceil()));
        if scope == "global" {
            set("x-ratelimit-global", "true".to_owned());
        }
    }
}

fn rule(method: &str, parts: &[&str]) -> Option<Rule> {
    let (name, limit, window) = match (method, parts) {
        ("POST", ["channels", _, "messages"]) => ("create-message", 5, 5_000),
        ("PATCH", ["channels", _, "messages", _]) => ("edit-message", 5, 5_000),
        ("DELETE", ["channels", _, "messages", _]) => ("delete-message", 5, 1_000),
        ("POST", ["channels", _, "messages", _, "crosspost"]) => ("crosspost", 10, 3_600_000),
        ("POST", ["channels", _, "messages", _, "threads"] | ["channels", _, "threads"]) => {
            ("threads", 5, 5_000)
        }
        ("POST", ["channels", _, "typing"]) => ("typing", 5, 5_000),
        ("GET", ["channels", ..]) => ("read-channel", 20, 5_000),
        ("POST", ["users", "@me", "channels"]) => ("open-dm", 10, 10_000),
        (_, ["webhooks", ..]) => ("webhook", 5, 2_000),
        (_, ["applications", _, "commands", ..] | ["applications", _, "guilds", ..]) => {
            ("commands", 5, 20_000)
        }
        (_, ["guilds", ..]) => ("guild", 20, 5_000),
        _ => return None,
    };
    Some(Rule { name, limit, window })
}

fn hash(name: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(name).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
