//! A local Discord with a web page: REST, gateway and people, so that the bot runs with nothing to sign up for; it imports nothing of ours.

mod answer;
mod board;
mod endpoint;
mod faults;
mod gateway;
mod limits;
mod mentions;
mod page;
mod people;
mod permissions;
mod rest;
mod state;
mod validate;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::{broadcast, watch};

/// How to start the sandbox.
pub struct Options {
    /// Port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Where each request of the bot is written as one JSON line.
    pub record: Option<PathBuf>,
    /// Seeds the ids.
    pub seed: u64,
    /// Milliseconds since 1970; the only time source.
    pub now: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// JSON Lines text of sample openings.
    pub openings: String,
    /// How many of the first lines are on the board at the start.
    pub published_at_start: usize,
}

/// Why the sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program listens there.
    #[error("port {0} is taken by another program: choose another with --port, or 0 for any free one")]
    PortTaken(u16),
    /// The socket or the record file could not be opened.
    #[error("the sandbox could not open {0}: {1}")]
    Open(String, std::io::Error),
    /// The client for an HTTP endpoint could not be made.
    #[error("the sandbox could not set up its HTTP client: {0}")]
    Client(String),
    /// A line of the sample openings is not a JSON object with an id.
    #[error("line {0} of the sample openings is not a JSON object with an \"id\"")]
    Opening(usize),
}

pub(crate) struct Sandbox {
    state: Mutex<state::State>,
    now: Arc<dyn Fn() -> i64 + Send + Sync>,
    base_url: String,
    record: Option<Mutex<std::fs::File>>,
    /// To the pages: the person who may see it (none: all), and the event.
    pages: broadcast::Sender<(Option<u64>, Value)>,
    /// To gateway sockets: what a fault makes them do.
    orders: broadcast::Sender<gateway::Order>,
    /// Signs interactions that go by HTTP.
    key: endpoint::Key,
    http: reqwest::Client,
    stop: watch::Receiver<bool>,
}

impl Sandbox {
    fn lock(&self) -> MutexGuard<'_, state::State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn now(&self) -> i64 {
        (self.now)()
    }
    fn tell(&self, who: Option<u64>, event: Value) {
        let _ = self.pages.send((who, event)); // no page open is fine
    }
}

/// Ends when the sandbox stops.
pub(crate) async fn ended(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopped| *stopped).await;
}

/// A sandbox that listens.
pub struct Running {
    /// `http://127.0.0.1:PORT`
    pub base_url: String,
    /// The bot's token.
    pub token: String,
    /// The bot's application id, also its user id.
    pub application_id: u64,
    /// The application's public key, 64 hex digits.
    pub public_key: String,
    /// The server's id.
    pub guild_id: u64,
    /// Where the board's openings are read.
    pub board_url: String,
    sandbox: Arc<Sandbox>,
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

/// Starts a sandbox on 127.0.0.1.
///
/// # Errors
/// When the port is taken, the record file cannot be opened, or a sample opening is malformed.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let state = state::State::new(&options)?;
    let record = match &options.record {
        None => None,
        Some(path) => Some(Mutex::new(
            std::fs::OpenOptions::new()
                .create(true)
                .write(true)
                .truncate(true)
                .open(path)
                .map_err(|error| StartError::Open(path.display().to_string(), error))?,
        )),
    };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", options.port)).await.map_err(|error| {
        if error.kind() == std::io::ErrorKind::AddrInUse {
            StartError::PortTaken(options.port)
        } else {
            StartError::Open(format!("port {}", options.port), error)
        }
    })?;
    let address = listener.local_addr().map_err(|error| StartError::Open("its port".into(), error))?;
    let base_url = format!("http://{address}");
    let (stop, stopped) = watch::channel(false);
    let (application_id, guild_id) = (state.bot, state.guild);
    let key = endpoint::Key::new(options.seed);
    let public_key = key.public.clone();
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| StartError::Client(error.to_string()))?;
    let sandbox = Arc::new(Sandbox {
        state: Mutex::new(state),
        now: options.now,
        base_url: base_url.clone(),
        record,
        pages: broadcast::channel(1024).0,
        orders: broadcast::channel(16).0,
        key,
        http,
        stop: stopped.clone(),
    });
    let router =
        page::routes(&sandbox).merge(gateway::routes()).fallback(rest::serve).with_state(sandbox.clone());
    let task = tokio::spawn(async move {
        let mut stopped = stopped;
        let end = async move {
            let _ = stopped.wait_for(|s| *s).await;
        };
        let _ = axum::serve(listener, router).with_graceful_shutdown(end).await;
    });
    let board_url = format!("{base_url}/board/openings.jsonl");
    Ok(Running {
        base_url,
        token: state::TOKEN.into(),
        application_id,
        public_key,
        guild_id,
        board_url,
        sandbox,
        stop,
        task,
    })
}

impl Running {
    /// Ends all connections and waits for the server, at most a second.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if tokio::time::timeout(std::time::Duration::from_millis(900), &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
    /// Counts connections to the gateway as if they had been made today.
    pub fn spend_identifies(&self, count: u64) {
        self.sandbox.lock().identifies += count;
    }
    /// Publishes the next unpublished opening; its id, or none when all are out.
    pub fn publish_next(&self) -> Option<String> {
        board::publish_next(&self.sandbox)
    }
}
