//! The gateway socket: hello, identify, heartbeat, resume, dispatch.

use super::{Sandbox, state};
use axum::Router;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::routing::get;
use serde_json::{Value, json};
use std::sync::Arc;

pub(crate) fn routes() -> Router<Arc<Sandbox>> {
    let open = |State(s): State<Arc<Sandbox>>, up: WebSocketUpgrade| async move {
        up.on_upgrade(move |w| session(s, w))
    };
    Router::new().route("/gateway", get(open)).route("/gateway/", get(open))
}

async fn session(sandbox: Arc<Sandbox>, mut socket: WebSocket) {
    let mut events = sandbox.gateway.subscribe();
    let mut stop = sandbox.stop.clone();
    let (mut seq, mut ready) = (0u64, false);
    let hello = json!({"op":10,"d":{"heartbeat_interval":41250}});
    if socket.send(Message::text(hello.to_string())).await.is_err() {
        return;
    }
    loop {
        let out = tokio::select! {
            _ = super::ended(&mut stop) => break,
            event = events.recv(), if ready => match event {
                Ok((name, data)) => { seq += 1; json!({"op":0,"t":name,"s":seq,"d":data}) }
                Err(_) => break,
            },
            frame = socket.recv() => {
                let text = match frame { Some(Ok(Message::Text(t))) => t, Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue, _ => break };
                let Ok(frame) = serde_json::from_str::<Value>(&text) else { close(&mut socket, 4002).await; break };
                match frame["op"].as_u64() {
                    Some(1) => json!({"op":11}),
                    Some(2) if ready => { close(&mut socket, 4005).await; break }
                    // Discord takes the token with its kind before it, too.
                    Some(2) if frame["d"]["token"].as_str().map(|token| token.trim_start_matches("Bot ")) != Some(state::TOKEN) => { close(&mut socket, 4004).await; break }
                    Some(2) => { ready = true; seq = 1; online(&sandbox, true); hello_ready(&sandbox, &frame) }
                    // No session outlives its socket yet, so a resume must identify anew.
                    Some(6) => json!({"op":9,"d":false}),
                    Some(3 | 4 | 8) => continue,
                    _ => { close(&mut socket, 4001).await; break }
                }
            }
        };
        if socket.send(Message::text(out.to_string())).await.is_err() {
            break;
        }
    }
    if ready {
        online(&sandbox, false);
    }
}

async fn close(socket: &mut WebSocket, code: u16) {
    let _ = socket.send(Message::Close(Some(CloseFrame { code, reason: "".into() }))).await;
}

fn online(sandbox: &Sandbox, on: bool) {
    let mut state = sandbox.lock();
    state.sessions = if on { state.sessions + 1 } else { state.sessions.saturating_sub(1) };
    let online = state.sessions > 0;
    drop(state);
    sandbox.tell(None, json!({"type":"bot","online":online}));
}

fn hello_ready(sandbox: &Sandbox, frame: &Value) -> Value {
    let now = sandbox.now();
    let mut state = sandbox.lock();
    let session = format!("{:x}", state.id(now));
    let url = format!("{}/gateway", sandbox.base_url.replacen("http", "ws", 1));
    let shard = frame["d"].get("shard").cloned().unwrap_or(json!([0, 1]));
    json!({"op":0,"t":"READY","s":1,"d":{"v":10,"user":state.user(state.bot),"session_id":session,"resume_gateway_url":url,
        "shard":shard,"guilds":[{"id":state.guild.to_string(),"unavailable":true}],
        "application":{"id":state.bot.to_string(),"flags":0}}})
}
