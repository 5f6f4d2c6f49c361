//! What the sandbox holds: people, channels, messages, commands, interactions and the board.

use super::board::Opening;
use super::{Options, StartError};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

pub(crate) const TOKEN: &str = "sandbox-token";

pub(crate) struct Interaction {
    pub(crate) body: Value,
    pub(crate) at: i64,
    pub(crate) answer: Option<u64>,
    pub(crate) original: Option<u64>,
    pub(crate) channel: u64,
    pub(crate) user: u64,
}

pub(crate) struct State {
    seed: u64,
    counter: u64,
    pub(crate) guild: u64,
    pub(crate) bot: u64,
    pub(crate) people: Vec<(u64, &'static str, &'static str)>,
    pub(crate) channels: BTreeMap<u64, Value>,
    pub(crate) messages: BTreeMap<u64, BTreeMap<u64, Value>>,
    pub(crate) commands: Vec<Value>,
    /// By token.
    pub(crate) interactions: HashMap<String, Interaction>,
    /// Nonce in a channel: message id and time.
    pub(crate) nonces: HashMap<(u64, String), (u64, i64)>,
    pub(crate) openings: Vec<Opening>,
    pub(crate) requests: Vec<Value>,
    pub(crate) unknown: Vec<Value>,
    pub(crate) sessions: usize,
}

impl State {
    pub(crate) fn new(options: &Options) -> Result<State, StartError> {
        let now = (options.now)();
        let mut openings = Vec::new();
        for (n, line) in options.openings.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let fields: Value = serde_json::from_str(line).map_err(|_| StartError::Opening(n + 1))?;
            if !fields["id"].is_string() {
                return Err(StartError::Opening(n + 1));
            }
            let ago = fields["posted_minutes_ago"].as_i64().unwrap_or(0) * 60_000;
            let posted_at = (openings.len() < options.published_at_start).then_some(now - ago);
            openings.push(Opening { fields, posted_at, closed: false });
        }
        let mut s = State {
            seed: options.seed,
            counter: 0,
            guild: 0,
            bot: 0,
            people: vec![],
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            commands: vec![],
            interactions: HashMap::new(),
            nonces: HashMap::new(),
            openings,
            requests: vec![],
            unknown: vec![],
            sessions: 0,
        };
        s.guild = s.id(now);
        s.bot = s.id(now);
        s.people = vec![(s.id(now), "ada", "Ada"), (s.id(now), "lin", "Lin")];
        for (name, kind) in [
            ("welcome", 0),
            ("jobs", 0),
            ("rust-jobs", 0),
            ("announcements", 5),
            ("job-board", 15),
            ("staff-only", 0),
        ] {
            let id = s.id(now);
            let tags = if kind == 15 {
                json!([{"id":s.id(now).to_string(),"name":"Remote"},{"id":s.id(now).to_string(),"name":"On site"}])
            } else {
                json!([])
            };
            s.channels.insert(
                id,
                json!({"id":id.to_string(),"guild_id":s.guild.to_string(),"name":name,"type":kind,
                "topic":null,"parent_id":null,"available_tags":tags,"permission_overwrites":[],"position":0}),
            );
        }
        for (user, key, _) in s.people.clone() {
            let id = s.id(now);
            s.channels.insert(id, json!({"id":id.to_string(),"type":1,"name":"Crier","recipients":[s.user(user)],"sandbox_for":key}));
        }
        Ok(s)
    }

    /// A new snowflake; the seed moves the worker bits, the counter keeps them apart.
    pub(crate) fn id(&mut self, now: i64) -> u64 {
        self.counter += 1;
        let ms = u64::try_from(now - 1_420_070_400_000).unwrap_or(0) + (self.counter >> 12);
        (ms << 22) | ((self.seed & 0x3ff) << 12) | (self.counter & 0xfff)
    }

    pub(crate) fn person(&self, key: &str) -> Option<u64> {
        self.people.iter().find(|p| p.1 == key).map(|p| p.0)
    }

    pub(crate) fn user(&self, id: u64) -> Value {
        let name = self.people.iter().find(|p| p.0 == id).map_or("Crier", |p| p.2);
        json!({"id":id.to_string(),"username":name,"global_name":name,"discriminator":"0","avatar":null,
            "bot":id==self.bot,"verified":true,"mfa_enabled":false,"flags":0,"public_flags":0})
    }

    /// A right that the bot lacks in this channel's only closed room.
    pub(crate) fn bot_may(&self, channel: u64) -> bool {
        self.channels.get(&channel).is_some_and(|c| c["name"] != "staff-only")
    }

    /// Stores a message and gives it back whole.
    pub(crate) fn post(&mut self, now: i64, channel: u64, author: u64, body: &Value) -> Value {
        let id = self.id(now);
        let pick = |k: &str, or: Value| body.get(k).filter(|v| !v.is_null()).cloned().unwrap_or(or);
        let message = json!({"id":id.to_string(),"channel_id":channel.to_string(),"author":self.user(author),
            "content":pick("content",json!("")),"embeds":pick("embeds",json!([])),"components":pick("components",json!([])),
            "flags":pick("flags",json!(0)),"timestamp":iso(now),"edited_timestamp":null,"attachments":[],"tts":false,
            "mention_everyone":false,"mentions":[],"mention_roles":[],"pinned":false,"type":0,"nonce":body.get("nonce"),
            "ephemeral_for":null,"interaction":null,"loading":false,"failed":null});
        self.messages.entry(channel).or_default().insert(id, message.clone());
        message
    }
}

/// RFC 3339 of milliseconds since 1970.
pub(crate) fn iso(ms: i64) -> String {
    chrono::DateTime::from_timestamp_millis(ms).map(|t| t.to_rfc3339()).unwrap_or_default()
}
