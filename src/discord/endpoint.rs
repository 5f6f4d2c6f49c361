//! The HTTP door: verifies each request's signature over the raw bytes, then asks the same dispatch as the gateway.

use serde_json::Value;
use serenity::interactions_endpoint::Verifier;

use super::dispatch::Bot;

/// Answers interactions that Discord sends by HTTP.
#[derive(Clone)]
pub struct Endpoint {
    bot: Bot,
    verifier: Verifier,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint").finish_non_exhaustive()
    }
}

/// The answer to one HTTP request.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// 200 with this JSON.
    Json(Value),
    /// 401: the signature is missing, malformed or wrong. Discord tests this at random.
    Unsigned,
    /// 400: signed, but no interaction.
    Malformed,
}

impl Endpoint {
    /// `public_key` is the application's, 64 hex digits.
    ///
    /// # Errors
    /// A sentence when it is no key.
    pub fn new(bot: Bot, public_key: &str) -> Result<Self, String> {
        let wrong = || {
            "discord.public_key is no Ed25519 key: copy the 64 hex digits from the developer portal"
                .to_owned()
        };
        let mut bytes = [0_u8; 32];
        if public_key.len() != 64 || !public_key.is_ascii() {
            return Err(wrong());
        }
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&public_key[2 * i..2 * i + 2], 16).map_err(|_| wrong())?;
        }
        let verifier = Verifier::try_new(bytes).map_err(|_| wrong())?;
        Ok(Self { bot, verifier })
    }

    /// `signature` and `timestamp` are the headers `X-Signature-Ed25519` and `X-Signature-Timestamp`, `body` the raw
    /// bytes.
    pub async fn answer(&self, signature: &str, timestamp: &str, body: &[u8]) -> Answer {
        if self.verifier.verify(signature, timestamp, body).is_err() {
            return Answer::Unsigned;
        }
        match serde_json::from_slice::<Value>(body) {
            Ok(interaction) if interaction["type"].is_u64() => {
                Answer::Json(self.bot.answer(&interaction).await)
            }
            _ => Answer::Malformed,
        }
    }
}
