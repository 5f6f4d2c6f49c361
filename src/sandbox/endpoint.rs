//! Interactions by signed HTTP: the key, Discord's check of an address, and the delivery of an interaction.

use std::sync::Arc;
use std::time::Duration;

use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Sandbox, rest};

/// How long an endpoint may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// The application's key, made from the seed.
pub(crate) struct Key {
    secret: SigningKey,
    /// 64 hex digits.
    pub(crate) public: String,
}

impl Key {
    pub(crate) fn new(seed: u64) -> Self {
        let digest = Sha256::digest(format!("sandbox key {seed}"));
        let secret = SigningKey::from_bytes(&digest.into());
        let public = hex(secret.verifying_key().as_bytes());
        Self { secret, public }
    }

    fn sign(&self, timestamp: &str, body: &str) -> String {
        hex(&self.secret.sign(format!("{timestamp}{body}").as_bytes()).to_bytes())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Asks an address as Discord does before it takes it: a ping, and a wrong signature that must be refused.
pub(crate) async fn try_out(sandbox: &Sandbox, url: &str) -> Result<(), String> {
    let ping = json!({ "id": "1", "application_id": sandbox.lock().bot.to_string(), "type": 1, "version": 1, "token": "ping",
        "entitlements": [], "authorizing_integration_owners": {} });
    let (status, body) = send(sandbox, url, &ping, true).await?;
    if status != 200 || body["type"] != 1 {
        return Err(format!("a ping was answered with {status}, not with a pong"));
    }
    match send(sandbox, url, &ping, false).await? {
        (401, _) => Ok(()),
        (status, _) => Err(format!("a wrong signature was answered with {status}, not with 401")),
    }
}

/// Delivers an interaction; the answer's body counts as its callback.
pub(crate) async fn deliver(sandbox: Arc<Sandbox>, url: String, interaction: Value) {
    let (id, token) = (text(&interaction["id"]), text(&interaction["token"]));
    let why = match send(&sandbox, &url, &interaction, true).await {
        // 202 without a body: the callback route is used instead.
        Ok((202, _)) => return,
        Ok((200, body)) => match rest::answer_first(&sandbox, &id, &token, &body, &[]) {
            (204, _) => return,
            (status, body) => format!("its answer was refused with {status}: {body}"),
        },
        Ok((status, _)) => format!("the endpoint answered {status}"),
        Err(why) => why,
    };
    tracing::warn!("the sandbox could not deliver interaction {id}: {why}");
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

async fn send(sandbox: &Sandbox, url: &str, body: &Value, well: bool) -> Result<(u16, Value), String> {
    let body = body.to_string();
    let timestamp = (sandbox.now() / 1000).to_string();
    // A signature of something else is well formed and wrong.
    let signature = sandbox.key.sign(&timestamp, if well { &body } else { "something else" });
    let answer = sandbox
        .http
        .post(url)
        .timeout(PATIENCE)
        .header("X-Signature-Ed25519", signature)
        .header("X-Signature-Timestamp", timestamp)
        .header("Content-Type", "application/json")
        .body(body)
        .send()
        .await
        .map_err(|error| format!("the endpoint can't be reached: {error}"))?;
    let status = answer.status().as_u16();
    let bytes =
        answer.bytes().await.map_err(|error| format!("the endpoint's answer was cut off: {error}"))?;
    Ok((status, serde_json::from_slice(&bytes).unwrap_or(Value::Null)))
}
