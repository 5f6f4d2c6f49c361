//! What the sandbox holds: people, roles, channels, messages, commands, interactions, sessions, faults and the board.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::board::Opening;
use super::gateway::Session;
use super::limits::Limits;
use super::permissions::{self as may, EVERYONE};
use super::{Options, StartError};

pub(crate) const TOKEN: &str = "sandbox-token";
/// Requests that are remembered for the page.
const REMEMBERED: usize = 400;

/// Somebody of the server.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: u64,
    /// How the page names who acts: "ada".
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) roles: Vec<u64>,
}

/// An interaction that was sent to the bot.
#[derive(Debug, Clone)]
pub(crate) struct Interaction {
    pub(crate) body: Value,
    pub(crate) at: i64,
    /// The type of the first answer.
    pub(crate) answer: Option<u64>,
    /// The message that `@original` means.
    pub(crate) original: Option<u64>,
    pub(crate) channel: u64,
    pub(crate) user: u64,
    /// The form that was shown as an answer.
    pub(crate) modal: Value,
}

/// A file that came with a message.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) bytes: axum::body::Bytes,
}

pub(crate) struct State {
    seed: u64,
    counter: u64,
    pub(crate) guild: u64,
    pub(crate) bot: u64,
    pub(crate) bot_roles: Vec<u64>,
    pub(crate) people: Vec<Person>,
    pub(crate) roles: Vec<Value>,
    pub(crate) channels: BTreeMap<u64, Value>,
    pub(crate) messages: BTreeMap<u64, BTreeMap<u64, Value>>,
    pub(crate) files: HashMap<u64, File>,
    pub(crate) commands: Vec<Value>,
    pub(crate) guild_commands: Vec<Value>,
    /// By token.
    pub(crate) interactions: HashMap<String, Interaction>,
    /// Nonce in a channel: message id and time.
    pub(crate) nonces: HashMap<(u64, String), (u64, i64)>,
    pub(crate) openings: Vec<Opening>,
    pub(crate) requests: Vec<Value>,
    pub(crate) unknown: Vec<Value>,
    pub(crate) sessions: HashMap<String, Session>,
    pub(crate) identifies: u64,
    pub(crate) limits: Limits,
    pub(crate) faults: Vec<Value>,
    /// Where interactions go by signed HTTP, instead of over the gateway.
    pub(crate) endpoint: Option<String>,
}

impl State {
    pub(crate) fn new(options: &Options) -> Result<Self, StartError> {
        let now = (options.now)();
        let mut state = Self {
            seed: options.seed,
            counter: 0,
            guild: 0,
            bot: 0,
            bot_roles: Vec::new(),
            people: Vec::new(),
            roles: Vec::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            files: HashMap::new(),
            commands: Vec::new(),
            guild_commands: Vec::new(),
            interactions: HashMap::new(),
            nonces: HashMap::new(),
            openings: super::board::read(&options.openings, options.published_at_start, now)?,
            requests: Vec::new(),
            unknown: Vec::new(),
            sessions: HashMap::new(),
            identifies: 0,
            limits: Limits::default(),
            faults: Vec::new(),
            endpoint: None,
        };
        state.furnish(now);
        Ok(state)
    }

    /// The server, its people, roles and channels.
    fn furnish(&mut self, now: i64) {
        (self.guild, self.bot) = (self.id(now), self.id(now));
        let guild = self.guild;
        let role = |state: &mut Self, id: u64, name: &str, bits: u64, color: u32, mentionable: bool| {
            let position = state.roles.len();
            state.roles.push(json!({ "id": id.to_string(), "name": name, "permissions": bits.to_string(),
                "color": color,
                "colors": { "primary_color": color, "secondary_color": null, "tertiary_color": null }, "mentionable": mentionable, "managed": name == "Crier", "hoist": false,
                "position": position, "flags": 0 }));
            id
        };
        role(self, guild, "@everyone", EVERYONE, 0, false);
        let (staff, seekers, crier) = (self.id(now), self.id(now), self.id(now));
        let manager = may::MANAGE_GUILD | may::MANAGE_CHANNELS | may::MANAGE_WEBHOOKS | may::MANAGE_MESSAGES;
        role(self, staff, "Staff", EVERYONE | manager | may::MANAGE_THREADS, 0x00b8_5c38, true);
        role(self, seekers, "Job seekers", 0, 0x002f_7d6b, true);
        role(self, crier, "Crier", EVERYONE, 0x004f_5bd5, false);
        self.bot_roles = vec![guild, crier];
        for (key, name, roles) in [("ada", "Ada", vec![guild, staff]), ("lin", "Lin", vec![guild, seekers])] {
            let id = self.id(now);
            self.people.push(Person { id, key, name, roles });
        }
        let closed = |id: u64, deny: u64| json!({ "id": id.to_string(), "type": 0, "allow": "0", "deny": deny.to_string() });
        let open = |id: u64, allow: u64| json!({ "id": id.to_string(), "type": 0, "allow": allow.to_string(), "deny": "0" });
        for (name, kind, topic, overwrites) in [
            ("welcome", 0, "Start here", json!([])),
            ("jobs", 0, "Search and talk about jobs", json!([])),
            ("rust-jobs", 0, "Alerts for Rust", json!([])),
            ("announcements", 5, "News that other servers may follow", json!([])),
            ("job-board", 15, "One post an alert", json!([])),
            (
                "read-only",
                0,
                "The bot may look, not write",
                json!([closed(guild, may::SEND_MESSAGES), open(staff, may::SEND_MESSAGES)]),
            ),
            (
                "staff-only",
                0,
                "The bot can't see this",
                json!([closed(guild, may::VIEW_CHANNEL), open(staff, may::VIEW_CHANNEL)]),
            ),
        ] {
            let id = self.add_channel(now, name, kind, topic);
            if let Some(room) = self.channels.get_mut(&id) {
                room["permission_overwrites"] = overwrites;
            }
        }
        for person in self.people.clone() {
            let id = self.id(now);
            self.channels.insert(
                id,
                json!({ "id": id.to_string(), "type": 1, "name": "Crier",
                "last_message_id": null, "recipients": [self.user(person.id)], "flags": 0 }),
            );
        }
    }

    pub(crate) fn add_channel(&mut self, now: i64, name: &str, kind: u64, topic: &str) -> u64 {
        let id = self.id(now);
        let tags = if kind == 15 {
            json!([{ "id": self.id(now).to_string(), "name": "Remote", "moderated": false, "emoji_id": null, "emoji_name": null },
                { "id": self.id(now).to_string(), "name": "On site", "moderated": false, "emoji_id": null, "emoji_name": null }])
        } else {
            json!([])
        };
        let position = self.channels.len();
        let room = json!({ "id": id.to_string(), "guild_id": self.guild.to_string(), "name": name, "type": kind,
            "topic": topic, "parent_id": null, "available_tags": tags, "permission_overwrites": [],
            "position": position, "nsfw": false, "flags": 0, "last_message_id": null, "rate_limit_per_user": 0 });
        self.channels.insert(id, room);
        id
    }

    /// A new snowflake; the seed moves the worker bits, the counter keeps them apart and rising.
    pub(crate) fn id(&mut self, now: i64) -> u64 {
        self.counter += 1;
        let ms = u64::try_from(now - 1_420_070_400_000).unwrap_or(0) + (self.counter >> 12);
        (ms << 22) | ((self.seed & 0x3ff) << 12) | (self.counter & 0xfff)
    }

    pub(crate) fn person(&self, key: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.key == key)
    }

    /// Ada owns the server.
    pub(crate) fn owner(&self) -> u64 {
        self.people.first().map_or(0, |person| person.id)
    }

    pub(crate) fn roles_of(&self, user: u64) -> &[u64] {
        if user == self.bot {
            return &self.bot_roles;
        }
        self.people.iter().find(|person| person.id == user).map_or(&[], |person| &person.roles)
    }

    pub(crate) fn user(&self, id: u64) -> Value {
        let name = self.people.iter().find(|person| person.id == id).map_or("Crier", |person| person.name);
        json!({ "id": id.to_string(), "username": name, "global_name": name, "discriminator": "0", "avatar": null,
            "bot": id == self.bot, "verified": true, "mfa_enabled": false, "flags": 0, "public_flags": 0 })
    }

    /// A member of the server with its rights in a channel.
    pub(crate) fn member(&self, user: u64, channel: u64) -> Value {
        let roles: Vec<String> =
            self.roles_of(user).iter().filter(|role| **role != self.guild).map(u64::to_string).collect();
        json!({ "user": self.user(user), "roles": roles, "permissions": self.rights(user, channel).to_string(),
            "joined_at": "2026-01-01T00:00:00+00:00", "deaf": false, "mute": false, "flags": 0, "nick": null,
            "avatar": null, "pending": false, "premium_since": null, "communication_disabled_until": null })
    }

    /// The direct messages of a person with the bot.
    pub(crate) fn dm_of(&self, user: u64) -> Option<u64> {
        let user = user.to_string();
        self.channels
            .iter()
            .find(|(_, room)| room["type"] == 1 && room["recipients"][0]["id"] == user.as_str())
            .map(|(id, _)| *id)
    }

    /// Stores a message and gives it back whole.
    pub(crate) fn post(&mut self, now: i64, channel: u64, author: u64, body: &Value) -> Value {
        let id = self.id(now);
        self.post_as(id, now, channel, author, body)
    }

    /// The same under a given id: the first message of a forum's thread has the thread's.
    pub(crate) fn post_as(&mut self, id: u64, now: i64, channel: u64, author: u64, body: &Value) -> Value {
        let pick = |key: &str, or: Value| body.get(key).filter(|v| !v.is_null()).cloned().unwrap_or(or);
        let (users, roles, everyone) = super::mentions::of(self, author, channel, body);
        let guild = self.channels.get(&channel).map_or(Value::Null, |room| room["guild_id"].clone());
        let message = json!({ "id": id.to_string(), "channel_id": channel.to_string(), "guild_id": guild,
            "author": self.user(author), "content": pick("content", json!("")), "embeds": pick("embeds", json!([])),
            "components": pick("components", json!([])), "flags": pick("flags", json!(0)), "timestamp": iso(now),
            "edited_timestamp": null, "attachments": pick("sandbox_attachments", json!([])), "tts": false,
            "mention_everyone": everyone, "mentions": users, "mention_roles": roles, "pinned": false, "type": 0,
            "nonce": body.get("nonce"), "ephemeral_for": null, "interaction": null, "loading": false,
            "failed": null, "crossposted": false });
        self.messages.entry(channel).or_default().insert(id, message.clone());
        if let Some(room) = self.channels.get_mut(&channel) {
            room["last_message_id"] = json!(id.to_string());
        }
        message
    }

    /// Remembers a request for the page, the oldest forgotten.
    pub(crate) fn remember(&mut self, request: Value) {
        if self.requests.len() >= REMEMBERED {
            self.requests.drain(..REMEMBERED / 4);
        }
        self.requests.push(request);
    }
}

/// RFC 3339 of milliseconds since 1970.
pub(crate) fn iso(ms: i64) -> String {
    chrono::DateTime::from_timestamp_millis(ms).map(|t| t.to_rfc3339()).unwrap_or_default()
}

/// A number that is written as one or as a text; 0 when it is none.
pub(crate) fn number(value: &Value) -> u64 {
    value.as_u64().or_else(|| value.as_str()?.parse().ok()).unwrap_or(0)
}
