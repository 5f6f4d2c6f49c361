//! The gateway: sessions that outlive their sockets, hello, identify, heartbeat, resume with replay, dispatches.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::routing::get;
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::state::{State as Server, TOKEN};
use super::{Sandbox, faults};

/// How often a client shall give a sign of life, in milliseconds.
const HEARTBEAT: u64 = 41_250;
/// Events of a session that are kept for a resume.
const KEPT: usize = 1_000;
/// A client's largest frame, in bytes, and its frames a minute.
const LARGEST: usize = 4_096;
const FRAMES: usize = 120;
/// The intent that brings events of servers and channels.
const GUILDS: u64 = 1;
/// Intents that exist, and those that the developer portal must switch on.
const INTENTS: u64 = (1 << 26) - 1;
const PRIVILEGED: u64 = 1 << 1 | 1 << 8 | 1 << 15;

/// A client's session: what it was sent, whether a socket is there or not.
pub(crate) struct Session {
    intents: u64,
    seq: u64,
    events: VecDeque<(u64, Value)>,
    wake: Arc<Notify>,
    /// The socket that serves it; another one takes over by a resume.
    socket: Option<u64>,
}

/// What all sockets are told to do, by a fault.
#[derive(Debug, Clone)]
pub(crate) enum Order {
    Drop,
    Close(u16),
    Invalid(bool),
    Reconnect,
}

pub(crate) fn routes() -> Router<Arc<Sandbox>> {
    Router::new().route("/gateway", get(open)).route("/gateway/", get(open))
}

async fn open(
    State(sandbox): State<Arc<Sandbox>>,
    Query(query): Query<Vec<(String, String)>>,
    upgrade: WebSocketUpgrade,
) -> axum::response::Response {
    use axum::response::IntoResponse;
    if faults::is_on(&sandbox.lock(), "gateway_refuse").is_some() {
        return axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let version = query.into_iter().find(|(key, _)| key == "v").map_or_else(|| "6".to_owned(), |(_, v)| v);
    upgrade.on_upgrade(move |socket| Socket::serve(sandbox, socket, version))
}

impl Sandbox {
    /// Sends an event to every session that asked for its kind.
    pub(crate) fn dispatch(&self, name: &str, data: &Value) {
        let mut state = self.lock();
        let of_guild = name.starts_with("GUILD_") || name.starts_with("CHANNEL_");
        for session in state.sessions.values_mut().filter(|s| !of_guild || s.intents & GUILDS != 0) {
            session.push(name, data.clone());
        }
    }
}

impl Session {
    fn push(&mut self, name: &str, data: Value) {
        self.seq += 1;
        self.events.push_back((self.seq, json!({ "op": 0, "t": name, "s": self.seq, "d": data })));
        if self.events.len() > KEPT {
            self.events.pop_front();
        }
        self.wake.notify_one();
    }
}

/// The server comes back after an outage.
pub(crate) fn guild_returns(sandbox: &Sandbox) {
    let guild = guild(&sandbox.lock());
    sandbox.dispatch("GUILD_CREATE", &guild);
}

/// Whether the bot holds a connection.
pub(crate) fn online(state: &Server) -> bool {
    state.sessions.values().any(|session| session.socket.is_some())
}

struct Socket {
    sandbox: Arc<Sandbox>,
    socket: WebSocket,
    number: u64,
    /// Session id, what wakes it, and the number of the last event that was sent.
    session: Option<(String, Arc<Notify>, u64)>,
    frames: usize,
}

/// Why a socket ends.
enum End {
    Gone,
    /// Whether the client said goodbye, so that its session ends too.
    Closed(bool),
    Code(u16),
}

impl Socket {
    async fn serve(sandbox: Arc<Sandbox>, socket: WebSocket, version: String) {
        let number = {
            let now = sandbox.now();
            sandbox.lock().id(now)
        };
        let mut this = Self { sandbox, socket, number, session: None, frames: 0 };
        let end = if version == "10" { this.run().await } else { End::Code(4012) };
        if let End::Code(code) = end {
            let _ = this
                .socket
                .send(Message::Close(Some(CloseFrame { code, reason: reason(code).into() })))
                .await;
        }
        if let Some((id, ..)) = &this.session {
            let mut state = this.sandbox.lock();
            if let Some(session) = state.sessions.get_mut(id).filter(|s| s.socket == Some(this.number)) {
                session.socket = None;
            }
            if matches!(end, End::Closed(true)) {
                state.sessions.remove(id);
            }
            let online = online(&state);
            drop(state);
            this.sandbox.tell(None, json!({ "type": "bot", "online": online }));
        }
    }

    async fn run(&mut self) -> End {
        let mut stop = self.sandbox.stop.clone();
        let mut orders = self.sandbox.orders.subscribe();
        let hello = json!({ "op": 10, "d": { "heartbeat_interval": HEARTBEAT } });
        if !self.send(&hello).await {
            return End::Gone;
        }
        let mut minute = tokio::time::interval(Duration::from_secs(60));
        let silence = Duration::from_millis(HEARTBEAT * 2);
        let mut deadline = tokio::time::interval(silence);
        deadline.tick().await;
        loop {
            if let Some(end) = self.send_events().await {
                return end;
            }
            let wake = self.session.as_ref().map(|(_, wake, _)| Arc::clone(wake));
            let woken = async {
                match wake {
                    Some(wake) => wake.notified().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = super::ended(&mut stop) => return End::Gone,
                () = woken => {}
                _ = minute.tick() => self.frames = 0,
                _ = deadline.tick() => return End::Code(4009),
                order = orders.recv() => match order {
                    Ok(Order::Drop) => return End::Gone,
                    Ok(Order::Close(code)) => return End::Code(code),
                    Ok(Order::Reconnect) => {
                        if !self.send(&json!({ "op": 7, "d": null })).await {
                            return End::Gone;
                        }
                    }
                    Ok(Order::Invalid(resumable)) => {
                        self.forget_unless(resumable);
                        if !self.send(&json!({ "op": 9, "d": resumable })).await {
                            return End::Gone;
                        }
                    }
                    Err(_) => return End::Gone,
                },
                frame = self.socket.recv() => {
                    deadline.reset();
                    match frame {
                        Some(Ok(Message::Text(text))) => {
                            if let Some(end) = self.take(&text).await {
                                return end;
                            }
                        }
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        Some(Ok(Message::Close(frame))) => {
                            return End::Closed(frame.is_none_or(|frame| matches!(frame.code, 1000 | 1001)));
                        }
                        Some(Ok(Message::Binary(_))) => return End::Code(4002),
                        None | Some(Err(_)) => return End::Gone,
                    }
                }
            }
        }
    }

    async fn send(&mut self, frame: &Value) -> bool {
        self.socket.send(Message::text(frame.to_string())).await.is_ok()
    }

    /// Sends what the session holds and the client has not got.
    async fn send_events(&mut self) -> Option<End> {
        loop {
            let (id, _, sent) = self.session.clone()?;
            let next = {
                let state = self.sandbox.lock();
                let session = state.sessions.get(&id)?;
                if session.socket != Some(self.number) {
                    return Some(End::Gone);
                }
                session.events.iter().find(|(seq, _)| *seq > sent).cloned()
            };
            let (seq, event) = next?;
            if !self.send(&event).await {
                return Some(End::Gone);
            }
            self.session = self.session.take().map(|(id, wake, _)| (id, wake, seq));
        }
    }

    async fn take(&mut self, text: &str) -> Option<End> {
        self.frames += 1;
        if self.frames > FRAMES {
            return Some(End::Code(4008));
        }
        let frame: Value = match serde_json::from_str(text) {
            Ok(frame) if text.len() <= LARGEST => frame,
            _ => return Some(End::Code(4002)),
        };
        let silent = || faults::is_on(&self.sandbox.lock(), "gateway_silent").is_some();
        let answer = match frame["op"].as_u64() {
            Some(1) if silent() => return None,
            Some(1) => json!({ "op": 11 }),
            Some(2) => return self.identify(&frame["d"]),
            Some(6) => return self.resume(&frame["d"]).await,
            _ if self.session.is_none() => return Some(End::Code(4003)),
            Some(3 | 4 | 8 | 31) => return None,
            _ => return Some(End::Code(4001)),
        };
        (!self.send(&answer).await).then_some(End::Gone)
    }

    fn identify(&mut self, data: &Value) -> Option<End> {
        if self.session.is_some() {
            return Some(End::Code(4005));
        }
        if !is_token(&data["token"]) {
            return Some(End::Code(4004));
        }
        let shard = data.get("shard").filter(|shard| !shard.is_null()).cloned().unwrap_or(json!([0, 1]));
        match (shard[0].as_u64(), shard[1].as_u64()) {
            (Some(number), Some(total)) if number < total => {}
            _ => return Some(End::Code(4010)),
        }
        match data["intents"].as_u64() {
            Some(intents) if intents & !INTENTS == 0 && intents & PRIVILEGED == 0 => {}
            Some(intents) if intents & !INTENTS == 0 => return Some(End::Code(4014)),
            _ => return Some(End::Code(4013)),
        }
        let now = self.sandbox.now();
        let mut state = self.sandbox.lock();
        state.identifies += 1;
        let id = format!("{:x}", state.id(now));
        let url = format!("{}/gateway", self.sandbox.base_url.replacen("http", "ws", 1));
        let wake = Arc::new(Notify::new());
        let intents = data["intents"].as_u64().unwrap_or(0);
        let mut session = Session {
            intents,
            seq: 0,
            events: VecDeque::new(),
            wake: Arc::clone(&wake),
            socket: Some(self.number),
        };
        let user = state.user(state.bot);
        let outage = faults::is_on(&state, "guild_outage").is_some();
        session.push(
            "READY",
            json!({ "v": 10, "user": user, "session_id": id, "resume_gateway_url": url, "shard": shard,
                "guilds": [{ "id": state.guild.to_string(), "unavailable": true }],
                "application": { "id": state.bot.to_string(), "flags": 0 } }),
        );
        if intents & GUILDS != 0 && !outage {
            session.push("GUILD_CREATE", guild(&state));
        }
        state.sessions.insert(id.clone(), session);
        drop(state);
        self.session = Some((id, wake, 0));
        self.sandbox.tell(None, json!({ "type": "bot", "online": true }));
        None
    }

    async fn resume(&mut self, data: &Value) -> Option<End> {
        if !is_token(&data["token"]) {
            return Some(End::Code(4004));
        }
        let id = data["session_id"].as_str().unwrap_or_default().to_owned();
        let got = data["seq"].as_u64().unwrap_or(0);
        let known = {
            let mut state = self.sandbox.lock();
            state.sessions.get_mut(&id).map(|session| {
                let in_reach =
                    got <= session.seq && session.events.front().is_none_or(|(first, _)| *first <= got + 1);
                if in_reach {
                    session.socket = Some(self.number);
                    session.push("RESUMED", json!({}));
                }
                (Arc::clone(&session.wake), in_reach)
            })
        };
        match known {
            Some((wake, true)) => {
                // The socket that served it before must see that it has been replaced.
                wake.notify_one();
                self.session = Some((id, wake, got));
                self.sandbox.tell(None, json!({ "type": "bot", "online": true }));
                None
            }
            Some((_, false)) => Some(End::Code(4007)),
            None => (!self.send(&json!({ "op": 9, "d": false })).await).then_some(End::Gone),
        }
    }

    fn forget_unless(&mut self, resumable: bool) {
        if !resumable && let Some((id, ..)) = self.session.take() {
            let mut state = self.sandbox.lock();
            state.sessions.remove(&id);
            let online = online(&state);
            drop(state);
            self.sandbox.tell(None, json!({ "type": "bot", "online": online }));
        }
    }
}

/// Discord takes the token with its kind before it, too.
fn is_token(value: &Value) -> bool {
    value.as_str().map(|token| token.trim_start_matches("Bot ")) == Some(TOKEN)
}

fn reason(code: u16) -> &'static str {
    match code {
        4001 => "Unknown opcode.",
        4002 => "Error while decoding payload.",
        4003 => "Not authenticated.",
        4004 => "Authentication failed.",
        4005 => "Already authenticated.",
        4007 => "Invalid seq.",
        4008 => "Rate limited.",
        4009 => "Session timed out.",
        4010 => "Invalid shard.",
        4011 => "Sharding required.",
        4012 => "Invalid API version.",
        4013 => "Invalid intent(s).",
        4014 => "Disallowed intent(s).",
        _ => "Unknown error.",
    }
}

/// The server as GUILD_CREATE tells it.
fn guild(state: &Server) -> Value {
    let of_kind = |threads: bool| -> Vec<&Value> {
        let kinds = |room: &&Value| match room["type"].as_u64() {
            Some(10..=12) => threads,
            Some(1) => false,
            _ => !threads,
        };
        state.channels.values().filter(kinds).collect()
    };
    let members: Vec<Value> = state
        .people
        .iter()
        .map(|person| person.id)
        .chain([state.bot])
        .map(|id| {
            let mut member = state.member(id, 0);
            if let Some(fields) = member.as_object_mut() {
                fields.remove("permissions");
            }
            member
        })
        .collect();
    let mut guild = json!({ "id": state.guild.to_string(), "name": "Crier Test Server",
        "owner_id": state.owner().to_string(), "member_count": members.len(), "members": members,
        "roles": state.roles, "channels": of_kind(false), "threads": of_kind(true) });
    let rest: Value = serde_json::from_str(SETTINGS).expect("the settings of the server are JSON of ours");
    if let (Some(guild), Value::Object(rest)) = (guild.as_object_mut(), rest) {
        guild.extend(rest);
    }
    guild
}

/// What a client's library expects of a server and nobody here changes.
const SETTINGS: &str = r#"{"unavailable": false, "large": false, "emojis": [], "stickers": [],
    "features": ["COMMUNITY"], "voice_states": [], "presences": [], "stage_instances": [],
    "guild_scheduled_events": [], "soundboard_sounds": [], "afk_timeout": 300, "afk_channel_id": null,
    "application_id": null, "banner": null, "default_message_notifications": 1, "description": null,
    "discovery_splash": null, "explicit_content_filter": 0, "icon": null, "mfa_level": 0,
    "joined_at": "2026-01-01T00:00:00+00:00", "max_members": 500000, "nsfw": false, "nsfw_level": 0,
    "preferred_locale": "en-US", "premium_progress_bar_enabled": false, "premium_subscription_count": 0,
    "premium_tier": 0, "public_updates_channel_id": null, "rules_channel_id": null, "splash": null,
    "system_channel_flags": 0, "system_channel_id": null, "vanity_url_code": null, "verification_level": 1,
    "version": 1, "widget_enabled": false}"#;
