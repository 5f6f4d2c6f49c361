//! Sends requests to Discord within its limits and tells its refusals apart.
//!
//! The route is built here and not by serenity: its own limiter loses `retry_after` and sends into a spent bucket.

use std::time::Duration;

use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use twilight_http_ratelimiting::Method;

use super::layout::File;
use super::limits::{self, Limits};
use crate::clock::Clock;
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::time::{MINUTE, Millis, SECOND};

/// A forum's flag: each post needs a tag.
const REQUIRE_TAG: u64 = 1 << 4;

/// A way to Discord. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Rest {
    http: reqwest::Client,
    base: String,
    token: SecretString,
    limits: Limits,
    clock: Clock,
}

/// What Discord answered, or did not, sorted by what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestError {
    /// 401: the token is wrong or was reset. Stop everything.
    #[error("Discord refuses the bot's token (401): set DISCORD_TOKEN to the current one")]
    Unauthorized,
    /// 403: the bot lacks a right there.
    #[error("Discord refuses it (403, code {code}): {message}")]
    Forbidden {
        /// Discord's JSON code, 0 when there is none.
        code: u64,
        /// Discord's words.
        message: String,
    },
    /// 404: the thing is gone.
    #[error("Discord does not know it any more (404, code {code}): {message}")]
    Gone {
        /// Discord's JSON code.
        code: u64,
        /// Discord's words.
        message: String,
    },
    /// Another 4xx: trying again would not help.
    #[error("Discord refuses the request ({status}, code {code}): {message}")]
    Invalid {
        /// HTTP status.
        status: u16,
        /// Discord's JSON code.
        code: u64,
        /// Discord's words, with the path of each wrong field.
        message: String,
    },
    /// 429, or our own brake: again at the earliest then.
    #[error("Discord asks to wait until {} (milliseconds since 1970)", until.0)]
    Busy {
        /// When.
        until: Millis,
    },
    /// 5xx, no answer in time, or a broken connection: the request may or may not have been carried out.
    #[error("Discord can't be reached: {0}")]
    Down(String),
}

impl Rest {
    /// `base` is the address without `/api`, such as `https://discord.com`.
    ///
    /// # Errors
    /// When TLS can't be set up, in words.
    pub fn new(base: &str, token: SecretString, per_second: u16, clock: Clock) -> Result<Self, String> {
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(15))
            .connect_timeout(Duration::from_secs(5))
            .user_agent(concat!(
                "DiscordBot (https://github.com/crier-bot/crier, ",
                env!("CARGO_PKG_VERSION"),
                ")"
            ))
            .build()
            .map_err(|error| error.to_string())?;
        let base = base.trim_end_matches('/').to_owned();
        Ok(Self { http, base, token, limits: Limits::new(per_second), clock })
    }

    /// Sends one request and gives its JSON answer (`null` when there is no body). `path` starts behind `/api/v10`.
    ///
    /// # Errors
    /// See [`RestError`]. Nothing is retried here: who calls knows whether a second try may do harm.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, RestError> {
        self.send_with(method, path, body, &[]).await
    }

    /// The same with files, which makes it a form: `payload_json` and `files[n]`.
    async fn send_with(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        files: &[File],
    ) -> Result<Value, RestError> {
        if let Some(until) = self.limits.stopped_until(self.clock.now()) {
            return Err(RestError::Busy { until });
        }
        let permit = self.limits.acquire(method, path).await;
        let url = format!("{}/api/v10/{}", self.base, path.trim_start_matches('/'));
        let mut request = self.http.request(verb(method), url);
        // Interaction routes carry their own token in the path.
        if !path.starts_with("interactions/") && !path.starts_with("webhooks/") {
            request = request.header("Authorization", format!("Bot {}", self.token.expose_secret()));
        }
        request = match body {
            Some(body) if files.is_empty() => request.json(body),
            Some(body) => request.multipart(form(body, files)),
            None => request,
        };
        let answer = match request.send().await {
            Ok(answer) => answer,
            Err(error) => {
                permit.complete(None);
                return Err(RestError::Down(innermost(&error)));
            }
        };
        let (status, headers) = (answer.status(), answer.headers().clone());
        permit.complete(limits::headers(&headers));
        let text = answer.text().await;
        let value: Option<Value> = text.as_ref().ok().and_then(|text| match text.as_str() {
            "" => Some(Value::Null),
            text => serde_json::from_str(text).ok(),
        });
        if status.is_success() {
            // A 2xx whose body was cut off was carried out all the same; the caller must look.
            return value.ok_or_else(|| RestError::Down("the answer was cut off".to_owned()));
        }
        let shared = headers.get("x-ratelimit-scope").is_some_and(|scope| scope == "shared");
        Err(self.refusal(status, value, shared))
    }

    fn refusal(&self, status: StatusCode, value: Option<Value>, shared: bool) -> RestError {
        let now = self.clock.now();
        if matches!(status.as_u16(), 401 | 403 | 429) && !shared {
            self.limits.count_invalid(now);
        }
        // Cloudflare's ban is HTML or a bare line, without any JSON.
        let Some(value) = value.filter(Value::is_object) else {
            if matches!(status.as_u16(), 403 | 429) {
                let until = now.plus(10 * MINUTE);
                self.limits.stop_until(until);
                tracing::error!(
                    "Discord's shield refuses this address ({status}); nothing is sent for ten minutes"
                );
                return RestError::Busy { until };
            }
            return match status.as_u16() {
                401 => RestError::Unauthorized,
                404 => RestError::Gone { code: 0, message: "no such route".to_owned() },
                400..=499 => {
                    RestError::Invalid { status: status.as_u16(), code: 0, message: status.to_string() }
                }
                _ => RestError::Down(format!("it answers {status}")),
            };
        };
        let code = value["code"].as_u64().unwrap_or(0);
        let message = value["message"].as_str().unwrap_or_default().to_owned();
        match status.as_u16() {
            401 => RestError::Unauthorized,
            403 => RestError::Forbidden { code, message },
            404 => RestError::Gone { code, message },
            429 => {
                let seconds = value["retry_after"].as_f64().unwrap_or(1.0).clamp(0.0, 86_400.0);
                let until = now.plus((seconds * SECOND as f64).ceil() as i64);
                if value["global"].as_bool() == Some(true) {
                    self.limits.stop_until(until);
                }
                RestError::Busy { until }
            }
            400..=499 => {
                let mut paths = Vec::new();
                wrong_fields(&value["errors"], "", &mut paths);
                let message =
                    if paths.is_empty() { message } else { format!("{message} ({})", paths.join("; ")) };
                RestError::Invalid { status: status.as_u16(), code, message }
            }
            _ => RestError::Down(format!("it answers {status}")),
        }
    }

    /// Asks for `path`.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn get(&self, path: &str) -> Result<Value, RestError> {
        self.send(Method::Get, path, None).await
    }

    /// Posts a message; `body` carries its own nonce.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn post(&self, channel: ChannelId, body: &Value) -> Result<MessageId, RestError> {
        let answer = self.send(Method::Post, &format!("channels/{channel}/messages"), Some(body)).await?;
        message_id(&answer)
    }

    /// Edits a message of ours.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn edit(&self, channel: ChannelId, message: MessageId, body: &Value) -> Result<(), RestError> {
        let path = format!("channels/{channel}/messages/{message}");
        self.send(Method::Patch, &path, Some(body)).await.map(drop)
    }

    /// The newest messages of a channel, newest first, as JSON.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn latest(&self, channel: ChannelId, limit: u8) -> Result<Vec<Value>, RestError> {
        let path = format!("channels/{channel}/messages?limit={limit}");
        Ok(self.send(Method::Get, &path, None).await?.as_array().cloned().unwrap_or_default())
    }

    /// One message as JSON.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn message(&self, channel: ChannelId, message: MessageId) -> Result<Value, RestError> {
        self.get(&format!("channels/{channel}/messages/{message}")).await
    }

    /// Opens a thread with a first message in a forum; the thread's id is also the message's.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn forum_post(
        &self,
        forum: ChannelId,
        name: &str,
        body: &Value,
    ) -> Result<MessageId, RestError> {
        let body = json!({ "name": name, "message": body });
        let answer = self.send(Method::Post, &format!("channels/{forum}/threads"), Some(&body)).await?;
        message_id(&answer)
    }

    /// What keeps the bot from posting in a channel, by questions that cost no message: what the channel says of
    /// itself, and whether Discord lets the bot type there. `None` when nothing does.
    ///
    /// # Errors
    /// When Discord did not decide: it can't be reached, is busy, or refuses the token.
    pub async fn refusal_to_post(&self, channel: ChannelId) -> Result<Option<RestError>, RestError> {
        let refused = |error| match error {
            RestError::Forbidden { .. } | RestError::Gone { .. } | RestError::Invalid { .. } => {
                Ok(Some(error))
            }
            undecided => Err(undecided),
        };
        let room = match self.get(&format!("channels/{channel}")).await {
            Ok(room) => room,
            Err(error) => return refused(error),
        };
        let told = |code, message: &str| {
            Ok(Some(RestError::Invalid { status: 400, code, message: message.to_owned() }))
        };
        if room["thread_metadata"]["locked"] == true {
            return told(160_005, "the thread is locked");
        }
        if room["flags"].as_u64().unwrap_or(0) & REQUIRE_TAG != 0 {
            return told(40067, "the forum asks for a tag");
        }
        match self.send(Method::Post, &format!("channels/{channel}/typing"), None).await {
            Ok(_) => Ok(None),
            Err(error) => refused(error),
        }
    }

    /// Answers an interaction for the first time.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn callback(&self, id: &str, token: &str, body: &Value) -> Result<(), RestError> {
        let path = format!("interactions/{id}/{token}/callback");
        self.send(Method::Post, &path, Some(body)).await.map(drop)
    }

    /// Replaces the first answer to an interaction.
    ///
    /// # Errors
    /// See [`RestError`].
    pub async fn edit_original(
        &self,
        application: u64,
        token: &str,
        body: &Value,
        files: &[File],
    ) -> Result<(), RestError> {
        let path = format!("webhooks/{application}/{token}/messages/@original");
        self.send_with(Method::Patch, &path, Some(body), files).await.map(drop)
    }
}

fn form(body: &Value, files: &[File]) -> reqwest::multipart::Form {
    use reqwest::multipart::{Form, Part};
    let mut form = Form::new().text("payload_json", body.to_string());
    for (number, file) in files.iter().enumerate() {
        let part = Part::bytes(file.bytes.clone()).file_name(file.name.clone());
        form = form.part(format!("files[{number}]"), part);
    }
    form
}

fn message_id(answer: &Value) -> Result<MessageId, RestError> {
    answer["id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .map(MessageId)
        .ok_or_else(|| RestError::Down("the answer holds no message id".to_owned()))
}

fn verb(method: Method) -> reqwest::Method {
    match method {
        Method::Delete => reqwest::Method::DELETE,
        Method::Patch => reqwest::Method::PATCH,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        _ => reqwest::Method::GET,
    }
}

/// `components.0.label: too long` for each leaf of Discord's tree of errors.
fn wrong_fields(errors: &Value, path: &str, out: &mut Vec<String>) {
    let Some(fields) = errors.as_object() else { return };
    for (key, value) in fields {
        if key == "_errors" {
            for error in value.as_array().into_iter().flatten() {
                out.push(format!("{path}: {}", error["message"].as_str().unwrap_or_default()));
            }
        } else {
            let dot = if path.is_empty() { "" } else { "." };
            wrong_fields(value, &format!("{path}{dot}{key}"), out);
        }
    }
}

/// The innermost cause: "connection refused" says more than "error sending request".
fn innermost(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer within 15 seconds".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_form_names_its_fields() {
        let errors = json!({"components": {"0": {"label": {"_errors": [{"message": "too long"}]}}}});
        let mut paths = Vec::new();
        wrong_fields(&errors, "", &mut paths);
        assert_eq!(paths, ["components.0.label: too long"]);
    }
}
