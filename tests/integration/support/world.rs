//! A world for scenes: the real rooms with a clock that stands still, the sandbox, and people who use it.
//!
//! Time passes only when a scene says so: `tick` runs what is due now, `advance` moves the clock.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crier::app::App;
use crier::clock::Clock;
use crier::config;
use crier::discord::delivery::Delivery;
use crier::discord::dispatch::Bot;
use crier::discord::gateway::{self, GatewayError, Shards};
use crier::discord::register;
use crier::domain::time::SECOND;
use crier::sandbox::{self, Running};
use crier::scheduler::Scheduler;
use crier::store::Location;
use futures_util::StreamExt as _;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;

use super::boards::{pages, rerouted};
use super::values::START;

/// How long a scene waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which database a world stands on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

pub(crate) struct World {
    pub(crate) sandbox: Running,
    pub(crate) app: App,
    pub(crate) bot: Bot,
    pub(crate) clock: Clock,
    pub(crate) delivery: Delivery,
    scheduler: Scheduler,
    gateway: JoinHandle<Result<(), GatewayError>>,
    stop: Arc<Notify>,
    http: reqwest::Client,
    events: mpsc::UnboundedReceiver<Value>,
    /// The form that was opened last, and the names that were completed last.
    modal: Value,
    choices: Value,
    config: config::Config,
    /// What stands at a path of `acme.example` and of Greenhouse; 503 where nothing does.
    pub(crate) elsewhere: Arc<Mutex<BTreeMap<String, String>>>,
    elsewhere_base: String,
    _folder: tempfile::TempDir,
}

impl World {
    /// A server with the bot online and an empty board; `None` where the engine's tests are left out.
    pub(crate) async fn start(engine: Engine) -> Option<Self> {
        let clock = Clock::set_to(START);
        let now = clock.clone();
        let sandbox = sandbox::start(sandbox::Options {
            port: 0,
            record: None,
            seed: 7,
            now: Arc::new(move || now.now().0),
            openings: String::new(),
            published_at_start: 0,
        })
        .await
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let config = configured(&sandbox, folder.path(), engine).await?;
        let elsewhere = Arc::<Mutex<BTreeMap<String, String>>>::default();
        let answers = Arc::clone(&elsewhere);
        let elsewhere_base = pages(move |path| answers.lock().unwrap().get(path).cloned()).await;
        let app = open(&config, &clock, &elsewhere_base).await;
        let bot = app.bot().unwrap();
        register::register(&bot.rest, &app.store, sandbox.application_id, false).await.unwrap();
        let (http, events) = listen(&sandbox).await;
        let (stop, gateway) = connect(&bot, &sandbox);
        let mut world = Self {
            delivery: app.delivery(bot.clone()),
            scheduler: scheduler(&app).await,
            sandbox,
            app,
            bot,
            clock,
            gateway,
            stop,
            http,
            events,
            modal: Value::Null,
            choices: Value::Null,
            config,
            elsewhere,
            elsewhere_base,
            _folder: folder,
        };
        world.event(|event| event["type"] == "bot" && event["online"] == true).await;
        // The empty board is the baseline: what comes later is new.
        world.tick().await;
        Some(world)
    }

    /// Runs what is due: polls, tasks, deliveries, until nothing more happens.
    pub(crate) async fn tick(&mut self) {
        for _ in 0..200 {
            let started = self.scheduler.tick().await.unwrap();
            self.scheduler.settle().await;
            let round = self.delivery.round().await.unwrap();
            if started == 0 && round.sent == 0 && round.ended == 0 {
                return;
            }
        }
        panic!("the world does not come to rest");
    }

    /// Lets time pass, then runs what is due.
    pub(crate) async fn advance(&mut self, span: i64) {
        self.clock.advance(span);
        self.tick().await;
    }

    /// Lets the feed be polled once more: its polls are half an interval to one and a half apart.
    pub(crate) async fn poll(&mut self) {
        self.advance(91 * SECOND).await;
    }

    /// The process is killed and started again on the same database: nothing but the store survives.
    pub(crate) async fn restart(&mut self) {
        self.stop.notify_one();
        let app = open(&self.config, &self.clock, &self.elsewhere_base).await;
        self.bot = app.bot().unwrap();
        self.delivery = app.delivery(self.bot.clone());
        self.scheduler = scheduler(&app).await;
        self.app = app;
        while self.events.try_recv().is_ok() {}
        let (stop, gateway) = connect(&self.bot, &self.sandbox);
        let before = std::mem::replace(&mut self.gateway, gateway);
        self.stop = stop;
        before.await.unwrap().unwrap();
        self.event(|event| event["type"] == "bot" && event["online"] == true).await;
    }

    /// A further process beside this one, on the same database.
    pub(crate) async fn second(&self) -> (Scheduler, Delivery) {
        let app = open(&self.config, &self.clock, &self.elsewhere_base).await;
        (scheduler(&app).await, app.delivery(app.bot().unwrap()))
    }

    /// How the gateway ended; waits for it.
    pub(crate) async fn gateway_ended(&mut self) -> String {
        let ended = tokio::time::timeout(PATIENCE, &mut self.gateway).await.expect("the gateway ends");
        ended.unwrap().unwrap_err().to_string()
    }

    /// Waits until the bot was away and is online again.
    pub(crate) async fn online_again(&mut self) {
        self.event(|event| event["type"] == "bot" && event["online"] == false).await;
        self.event(|event| event["type"] == "bot" && event["online"] == true).await;
    }

    /// How one more connection to the gateway ends.
    pub(crate) async fn another_gateway(&self) -> String {
        let (_stop, gateway) = connect(&self.bot, &self.sandbox);
        let ended = tokio::time::timeout(PATIENCE, gateway).await.expect("the gateway ends");
        ended.unwrap().unwrap_err().to_string()
    }

    /// Ada types a command in #jobs; the answer as text.
    pub(crate) async fn ada(&mut self, line: &str) -> String {
        self.say("ada", "jobs", line).await
    }

    /// Somebody types a command in a channel; the answer as text.
    pub(crate) async fn say(&mut self, who: &str, channel: &str, line: &str) -> String {
        match self.try_say(who, channel, line).await {
            Ok(answer) => answer,
            Err(refusal) => format!("(refused) {refusal}"),
        }
    }

    async fn try_say(&mut self, who: &str, channel: &str, line: &str) -> Result<String, String> {
        let (name, path, options) = typed(line);
        let channel_id = self.channel(channel).await;
        let asked =
            json!({ "as": who, "channel_id": channel_id, "name": name, "path": path, "options": options });
        let id = self.act("command", &asked).await?;
        self.answered(&id).await?;
        let messages = self.messages(who, channel).await;
        let answer = messages.iter().rev().find(|message| message["interaction"]["id"] == id.as_str());
        Ok(self.draw(answer.expect("the answer is a message")).await)
    }

    /// Ada presses the button with this label on the newest message of #jobs that has it.
    pub(crate) async fn press(&mut self, label: &str) -> String {
        self.press_as("ada", "jobs", label).await
    }

    /// Somebody presses a button; what the message became, or the new message.
    pub(crate) async fn press_as(&mut self, who: &str, channel: &str, label: &str) -> String {
        let before = self.messages(who, channel).await;
        let found = before.iter().rev().find_map(|message| {
            let button = find(&message["components"], &|part| part["label"] == label)?;
            Some((message["id"].clone(), button["custom_id"].clone()))
        });
        let (message, custom_id) = found.unwrap_or_else(|| panic!("no button \"{label}\" in #{channel}"));
        let channel_id = self.channel(channel).await;
        let asked =
            json!({ "as": who, "channel_id": channel_id, "message_id": message, "custom_id": custom_id });
        let id = match self.act("press", &asked).await {
            Ok(id) => id,
            Err(refusal) => return format!("(refused) {refusal}"),
        };
        if let Err(reason) = self.answered(&id).await {
            return format!("(failed) {reason}");
        }
        if self.modal["interaction_id"] == id.as_str() {
            return "(a form opens)".to_owned();
        }
        let after = self.messages(who, channel).await;
        let shown = after.iter().find(|now| !before.contains(now));
        self.draw(shown.expect("the press changes or adds a message")).await
    }

    /// Ada fills in the form that is open and sends it; what follows.
    pub(crate) async fn submit(&mut self, fields: Value) -> String {
        let before = self.messages("ada", "jobs").await;
        let asked = json!({ "as": "ada", "interaction_id": self.modal["interaction_id"], "fields": fields });
        let id = match self.act("submit", &asked).await {
            Ok(id) => id,
            Err(refusal) => return format!("(refused) {refusal}"),
        };
        if let Err(reason) = self.answered(&id).await {
            return format!("(failed) {reason}");
        }
        let after = self.messages("ada", "jobs").await;
        let shown = after.iter().find(|now| !before.contains(now));
        self.draw(shown.expect("the form changes or adds a message")).await
    }

    /// The names that complete an option while Ada types it.
    pub(crate) async fn complete(&mut self, line: &str, focused: &str) -> Vec<String> {
        let (name, path, options) = typed(line);
        let channel_id = self.channel("jobs").await;
        let asked = json!({ "as": "ada", "channel_id": channel_id, "name": name, "path": path, "options": options,
            "focused": focused });
        let id = self.act("complete", &asked).await.unwrap();
        self.answered(&id).await.unwrap();
        let choices = self.choices["choices"].as_array().cloned().unwrap_or_default();
        choices.iter().filter_map(|choice| choice["name"].as_str()).map(str::to_owned).collect()
    }

    /// Publishes an opening; what is not given is made up.
    pub(crate) async fn publish(&self, id: &str, fields: Value) {
        let mut opening = json!({ "id": id, "title": "Rust Engineer", "company": "Riverglyph",
            "location": "Remote, worldwide", "workmode": "remote", "lang": "en", "tags": [], "salary_text": null,
            "description": "You will write Rust that moves freight papers across borders.\n\n- Rust and PostgreSQL",
            "url": format!("https://example.org/jobs/{id}") });
        for (key, value) in fields.as_object().into_iter().flatten() {
            opening[key] = value.clone();
        }
        self.control("board/publish", &json!({ "opening": opening })).await;
    }

    /// Uses the sandbox's control routes; panics with its refusal.
    pub(crate) async fn control(&self, path: &str, body: &Value) -> Value {
        self.request(path, body).await.unwrap_or_else(|refusal| panic!("{path}: {refusal}"))
    }

    /// Switches a fault on.
    pub(crate) async fn fault(&self, fault: Value) {
        let mut fault = fault;
        fault["on"] = json!(true);
        self.control("fault", &fault).await;
    }

    /// What stands in a channel, for everybody, as text, oldest first.
    pub(crate) async fn posts(&self, channel: &str) -> Vec<String> {
        let mut drawn = Vec::new();
        for message in self.messages("ada", channel).await {
            if message["ephemeral_for"].is_null() {
                drawn.push(self.draw(&message).await);
            }
        }
        drawn
    }

    /// The messages of a channel as a person sees them.
    pub(crate) async fn messages(&self, who: &str, channel: &str) -> Vec<Value> {
        let state = self.state(who).await;
        let id = id_of(&state, channel);
        state["messages"][&id].as_array().cloned().unwrap_or_default()
    }

    pub(crate) async fn channel(&self, name: &str) -> String {
        id_of(&self.state("ada").await, name)
    }

    /// Everything that a person sees.
    pub(crate) async fn state(&self, who: &str) -> Value {
        let url = format!("{}/page/state?as={who}", self.sandbox.base_url);
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// How often the bot asked for something, by method and a part of the path.
    pub(crate) async fn requests(&self, method: &str, part: &str) -> Vec<Value> {
        let url = format!("{}/page/log", self.sandbox.base_url);
        let log: Vec<Value> = self.http.get(url).send().await.unwrap().json().await.unwrap();
        let wanted =
            |r: &Value| r["method"] == method && r["path"].as_str().is_some_and(|p| p.contains(part));
        log.into_iter().filter(wanted).collect()
    }

    async fn act(&mut self, path: &str, asked: &Value) -> Result<String, String> {
        let told = self.request(path, asked).await?;
        Ok(told["interaction_id"].as_str().unwrap_or_default().to_owned())
    }

    async fn request(&self, path: &str, body: &Value) -> Result<Value, String> {
        let url = format!("{}/page/{path}", self.sandbox.base_url);
        let answer = self.http.post(url).json(body).send().await.unwrap();
        let fine = answer.status().is_success();
        let told: Value = answer.json().await.unwrap();
        if fine { Ok(told) } else { Err(told["error"].as_str().unwrap_or("no reason").to_owned()) }
    }

    /// Waits until an interaction is answered, and late answers have arrived; the reason when it failed.
    async fn answered(&mut self, id: &str) -> Result<(), String> {
        let mut thinking = false;
        loop {
            let event = self.next_event().await;
            match event["type"].as_str() {
                Some("interaction") if event["id"] == id => match event["state"].as_str() {
                    Some("answered") => return Ok(()),
                    Some("loading") => thinking = true,
                    Some("failed") => return Err(event["reason"].as_str().unwrap_or_default().to_owned()),
                    _ => {}
                },
                Some("message") if thinking && event["message"]["loading"] == false => return Ok(()),
                _ => {}
            }
        }
    }

    async fn event(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let event = self.next_event().await;
            if wanted(&event) {
                return event;
            }
        }
    }

    async fn next_event(&mut self) -> Value {
        let next = tokio::time::timeout(PATIENCE, self.events.recv()).await;
        let event = next.expect("an event comes in time").expect("the sandbox runs");
        match event["type"].as_str() {
            Some("modal") => self.modal.clone_from(&event),
            Some("choices") => self.choices.clone_from(&event),
            _ => {}
        }
        event
    }

    /// A message as text: markdown as it is, buttons in brackets, ids and times as names and spans.
    async fn draw(&self, message: &Value) -> String {
        let state = self.state("ada").await;
        let mut text = message["content"].as_str().unwrap_or_default().to_owned();
        parts(&message["components"], &mut text);
        let port = self.sandbox.base_url.rsplit(':').next().unwrap_or_default();
        text = text.replace(port, "PORT");
        for room in state["channels"].as_array().into_iter().flatten() {
            let (id, name) =
                (room["id"].as_str().unwrap_or_default(), room["name"].as_str().unwrap_or_default());
            text = text.replace(&format!("<#{id}>"), &format!("#{name}"));
        }
        for person in state["people"].as_array().into_iter().flatten() {
            let (id, name) =
                (person["id"].as_str().unwrap_or_default(), person["name"].as_str().unwrap_or_default());
            text = text.replace(&format!("<@{id}>"), &format!("@{name}"));
        }
        for role in state["roles"].as_array().into_iter().flatten() {
            let (id, name) =
                (role["id"].as_str().unwrap_or_default(), role["name"].as_str().unwrap_or_default());
            text = text.replace(&format!("<@&{id}>"), &format!("@{name}"));
        }
        // What breaks up mentions is there to be unseen.
        ids(&times(&text.replace('\u{200b}', ""))).trim().to_owned()
    }
}

/// The configuration of `crier sandbox`, on either engine.
async fn configured(sandbox: &Running, folder: &std::path::Path, engine: Engine) -> Option<config::Config> {
    let feeds = folder.join("feeds.toml");
    let list = format!("[[feed]]\nkey = \"jsonl:{}\"\ninterval_seconds = 60\n", sandbox.board_url);
    std::fs::write(&feeds, list).unwrap();
    let mut environment: BTreeMap<String, String> = [
        ("CRIER_DISCORD_API_URL", sandbox.base_url.clone()),
        ("CRIER_DISCORD_APPLICATION_ID", sandbox.application_id.to_string()),
        ("CRIER_DISCORD_PUBLIC_KEY", sandbox.public_key.clone()),
        ("CRIER_FEEDS_FILE", feeds.display().to_string()),
        ("CRIER_FEEDS_BACKOFF_MILLISECONDS", "1".to_owned()),
        ("CRIER_WEB_LISTEN", String::new()),
        ("DISCORD_TOKEN", sandbox.token.clone()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    if matches!(engine, Engine::Postgres) {
        let Location::Postgres(address) = super::postgres::location().await? else { return None };
        environment.insert("DATABASE_URL".to_owned(), address.expose_secret().to_owned());
    }
    Some(config::load(None, Some(folder), &environment).unwrap())
}

/// The real rooms, which ask boards of other hosts on this machine.
async fn open(config: &config::Config, clock: &Clock, elsewhere: &str) -> App {
    let app = App::open(config.clone(), clock.clone()).await.unwrap();
    App { client: rerouted(&["acme.example", "boards-api.greenhouse.io"], elsewhere), ..app }
}

async fn scheduler(app: &App) -> Scheduler {
    let scheduler = Scheduler::new(app.ingest(), Arc::clone(&app.catalog), 8);
    scheduler.prepare(&app.feeds()).await.unwrap();
    scheduler
}

fn connect(bot: &Bot, sandbox: &Running) -> (Arc<Notify>, JoinHandle<Result<(), GatewayError>>) {
    let stop = Arc::new(Notify::new());
    let (bot, api, bell) = (bot.clone(), sandbox.base_url.clone(), Arc::clone(&stop));
    let token = sandbox.token.clone().into();
    let shards = Shards { total: 0, first: 0, here: 0 };
    let gateway = tokio::spawn(async move { gateway::run(bot, &api, &token, shards, PATIENCE, bell).await });
    (stop, gateway)
}

/// Follows the events of Ada's page, and those of Lin's that are for Lin alone.
async fn listen(sandbox: &Running) -> (reqwest::Client, mpsc::UnboundedReceiver<Value>) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let (sender, events) = mpsc::unbounded_channel();
    for who in ["ada", "lin"] {
        let url = format!("{}/page/events?as={who}", sandbox.base_url);
        let mut stream = http.get(url).send().await.unwrap().bytes_stream();
        let sender = sender.clone();
        let wanted = move |event: &Value| {
            who == "ada" || matches!(event["type"].as_str(), Some("interaction" | "modal" | "choices"))
        };
        tokio::spawn(async move {
            let mut held = Vec::new();
            while let Some(Ok(bytes)) = stream.next().await {
                held.extend_from_slice(&bytes);
                while let Some(end) = held.iter().position(|byte| *byte == b'\n') {
                    let line: Vec<u8> = held.drain(..=end).collect();
                    let event =
                        line.strip_prefix(b"data: ").and_then(|json| serde_json::from_slice(json).ok());
                    if event.filter(&wanted).is_some_and(|event| sender.send(event).is_err()) {
                        return;
                    }
                }
            }
        });
    }
    (http, events)
}

/// `/skill explain name:Kafka` as name, path and options; a value runs until the next `word:`.
fn typed(line: &str) -> (String, Vec<String>, Value) {
    let mut words = line.trim_start_matches('/').split(' ').peekable();
    let name = words.next().unwrap_or_default().to_owned();
    let mut path = Vec::new();
    while let Some(word) = words.next_if(|word| !word.contains(':')) {
        path.push(word.to_owned());
    }
    let mut options: Vec<(String, String)> = Vec::new();
    for word in words {
        match word.split_once(':') {
            Some((option, value)) if option.chars().all(|c| c.is_ascii_lowercase()) => {
                options.push((option.to_owned(), value.to_owned()));
            }
            _ => {
                if let Some((_, value)) = options.last_mut() {
                    value.push(' ');
                    value.push_str(word);
                }
            }
        }
    }
    let options: serde_json::Map<String, Value> = options.into_iter().map(|(k, v)| (k, v.into())).collect();
    (name, path, Value::Object(options))
}

fn id_of(state: &Value, channel: &str) -> String {
    let found = state["channels"].as_array().into_iter().flatten().find(|room| room["name"] == channel);
    let found = found.unwrap_or_else(|| panic!("there is no channel {channel}"));
    found["id"].as_str().unwrap_or_default().to_owned()
}

fn find<'a>(part: &'a Value, wanted: &dyn Fn(&Value) -> bool) -> Option<&'a Value> {
    match part {
        Value::Array(list) => list.iter().find_map(|part| find(part, wanted)),
        Value::Object(_) if wanted(part) => Some(part),
        Value::Object(fields) => {
            ["components", "accessory"].into_iter().find_map(|key| find(fields.get(key)?, wanted))
        }
        _ => None,
    }
}

fn parts(part: &Value, out: &mut String) {
    for part in part.as_array().into_iter().flatten() {
        match part["type"].as_u64() {
            Some(1) => {
                let buttons = part["components"].as_array().into_iter().flatten().map(button);
                out.push_str(&buttons.collect::<Vec<_>>().join(" "));
                out.push('\n');
            }
            Some(9) => {
                parts(&part["components"], out);
                out.pop();
                out.push_str(&format!("  {}\n", button(&part["accessory"])));
            }
            Some(10) => {
                out.push_str(part["content"].as_str().unwrap_or_default());
                out.push('\n');
            }
            Some(14) => out.push_str("---\n"),
            _ => parts(&part["components"], out),
        }
    }
}

fn button(part: &Value) -> String {
    if part["type"] == 3 {
        let options = part["options"].as_array().into_iter().flatten();
        let labels: Vec<&str> = options.filter_map(|option| option["label"].as_str()).collect();
        return format!("[{} ▾ {}]", part["placeholder"].as_str().unwrap_or_default(), labels.join(", "));
    }
    let label = part["label"].as_str().unwrap_or_default();
    match (part["url"].as_str(), part["disabled"] == true) {
        (Some(url), _) => format!("[{label} → {url}]"),
        (None, true) => format!("({label})"),
        (None, false) => format!("[{label}]"),
    }
}

/// Discord's ids, which differ from run to run, as `ID`.
fn ids(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        out.push_str(if digits.len() >= 15 { "ID" } else { &digits });
        digits.clear();
        out.push(c);
    }
    out
}

/// `<t:N:R>` as the span from the start of the scene: `<+2h>`.
fn times(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("<t:") {
        out.push_str(&rest[..at]);
        let inner = &rest[at + 3..];
        let end = inner.find('>').unwrap_or(0);
        let seconds: i64 = inner[..end].split(':').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        let since = seconds - START.seconds();
        let span = match since.abs() {
            s if s >= 86_400 => format!("{}d", since / 86_400),
            s if s >= 3_600 => format!("{}h", since / 3_600),
            s if s >= 60 => format!("{}m", since / 60),
            _ => format!("{since}s"),
        };
        out.push_str(&format!("<{}{span}>", if since >= 0 { "+" } else { "" }));
        rest = &inner[end + 1..];
    }
    out.push_str(rest);
    out
}
