//! Wires the rooms, starts the loops of a role, and stops them in order.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tracing::{error, info, warn};

use crate::clock::Clock;
use crate::config::Config;
use crate::discord::delivery::{Delivery, DeliveryError, Forums};
use crate::discord::dispatch::{Bot, FeedRules};
use crate::discord::endpoint::Endpoint;
use crate::discord::gateway::{self, Shards};
use crate::discord::register;
use crate::discord::rest::{Rest, RestError};
use crate::domain::filter::World;
use crate::domain::ids::IdMaker;
use crate::domain::time::{DAY, MINUTE, SECOND};
use crate::feeds::client::{Client, ClientSettings};
use crate::ingest::Ingest;
use crate::scheduler::{self, Scheduler};
use crate::search::Search;
use crate::skills::catalog::{Catalog, CatalogProblem};
use crate::skills::tagger::Tagger;
use crate::store::{FeedSettings, Location, Store, StoreError};
use crate::web::{self, Web};

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// Everything.
    All,
    /// Holds connections to Discord's gateway.
    Gateway,
    /// Answers interactions over HTTP.
    Web,
    /// Polls feeds, runs tasks, delivers.
    Worker,
}

/// Why the bot could not start, or ended.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The skills library.
    #[error("the skills library has problems:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Catalog(Vec<CatalogProblem>),
    /// Discord refuses.
    #[error(transparent)]
    Discord(#[from] RestError),
    /// The gateway ended.
    #[error(transparent)]
    Gateway(#[from] gateway::GatewayError),
    /// Something else, in words that say what to do.
    #[error("{0}")]
    Other(String),
}

/// The rooms, wired, with nothing running yet.
#[derive(Debug, Clone)]
pub struct App {
    /// What was configured.
    pub config: Arc<Config>,
    /// The database, its schema brought up.
    pub store: Store,
    /// The indexes.
    pub search: Search,
    /// The skills.
    pub catalog: Arc<Catalog>,
    /// Finds skills.
    pub tagger: Arc<Tagger>,
    /// Asks job boards.
    pub client: Client,
    /// What time it is.
    pub clock: Clock,
    /// Makes ids.
    pub ids: Arc<IdMaker>,
    /// Name of this process in leases.
    pub worker: String,
}

impl App {
    /// Opens the database, brings its schema up, and fills the indexes.
    ///
    /// # Errors
    /// When the database or the skills library is not as it should be.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, AppError> {
        let store = Store::open(&location(&config), true).await?;
        store.migrate().await?;
        let (catalog, tagger) = skills(&config)?;
        let search = empty_search(&config, &catalog);
        let salt: u16 = rand::random();
        let app = Self {
            client: client(&config)?,
            config: Arc::new(config),
            store,
            search,
            catalog,
            tagger,
            clock,
            ids: Arc::new(IdMaker::new(salt)),
            worker: format!("{}-{salt:04x}", std::process::id()),
        };
        let ingest = app.ingest();
        ingest.refresh_openings().await?;
        ingest.refresh_subscriptions().await?;
        Ok(app)
    }

    /// The flow that takes feeds in.
    #[must_use]
    pub fn ingest(&self) -> Ingest {
        Ingest {
            store: self.store.clone(),
            search: self.search.clone(),
            client: self.client.clone(),
            tagger: Arc::clone(&self.tagger),
            clock: self.clock.clone(),
            ids: Arc::clone(&self.ids),
            worker: self.worker.clone(),
            default_zone: self.config.settings.time_zone,
            fresh: i64::from(self.config.settings.delivery.fresh_days) * DAY,
        }
    }

    /// The configured feeds as the store keeps them.
    #[must_use]
    pub fn feeds(&self) -> Vec<FeedSettings> {
        let interval = i64::from(self.config.settings.feeds.interval_seconds) * SECOND;
        self.config
            .feeds
            .iter()
            .map(|feed| {
                scheduler::settings(&feed.key, feed.company.as_deref(), feed.interval_seconds, interval)
            })
            .collect()
    }

    /// The way to Discord.
    ///
    /// # Errors
    /// When there is no token.
    pub fn rest(&self) -> Result<Rest, AppError> {
        rest(&self.config, &self.clock)
    }

    /// What commands use.
    ///
    /// # Errors
    /// When there is no token.
    pub fn bot(&self) -> Result<Bot, AppError> {
        Ok(Bot {
            store: self.store.clone(),
            search: self.search.clone(),
            catalog: Arc::clone(&self.catalog),
            clock: self.clock.clone(),
            ids: Arc::clone(&self.ids),
            default_zone: self.config.settings.time_zone,
            boards: self.client.clone(),
            feeds: FeedRules {
                per_server: self.config.settings.feeds.per_server,
                interval: i64::from(self.config.settings.feeds.interval_seconds) * SECOND,
            },
            rest: self.rest()?,
            started_at: self.clock.now(),
            late: tokio_util::task::TaskTracker::new(),
            bell: Arc::new(Notify::new()),
        })
    }

    /// Delivers what is due.
    #[must_use]
    pub fn delivery(&self, bot: Bot) -> Delivery {
        let settings = &self.config.settings.delivery;
        Delivery {
            bot,
            worker: self.worker.clone(),
            lease: i64::from(settings.lease_seconds) * SECOND,
            per_message: settings.openings_per_message,
            forums: Forums::default(),
        }
    }

    /// Runs the loops of a role until `stop` is ready or one of them can't go on; then stops them in order: first
    /// what brings work in, then what sends it out.
    ///
    /// # Errors
    /// Why it ended, unless it was asked to.
    pub async fn run(self, role: Role, stop: impl Future<Output = ()>) -> Result<(), AppError> {
        let bot = self.bot()?;
        let does = |other: Role| role == Role::All || role == other;
        let (end, ended) = watch::channel(false);
        let mut loops: tokio::task::JoinSet<Result<(), AppError>> = tokio::task::JoinSet::new();

        if does(Role::Gateway) || does(Role::Web) {
            let application = self.application(&bot.rest).await?;
            match register::register(&bot.rest, &self.store, application, false).await {
                Ok(true) => info!("registered the slash commands"),
                Ok(false) => {}
                Err(error) => warn!("the slash commands could not be registered: {error}"),
            }
        }
        if does(Role::Web) && !self.config.settings.web.listen.is_empty() {
            loops.spawn(self.serve(&bot, role, ended.clone()).await?);
        }
        if does(Role::Gateway) {
            loops.spawn(self.gateway(bot.clone(), ended.clone())?);
        }
        if does(Role::Worker) {
            loops.spawn(self.clone().schedule(bot.clone(), ended.clone()));
            loops.spawn(self.delivery(bot.clone()).run(ended.clone()));
        } else {
            loops.spawn(self.clone().follow(ended.clone()));
        }

        let why = tokio::select! {
            () = stop => Ok(()),
            Some(done) = loops.join_next() => done.unwrap_or_else(|e| Err(AppError::Other(format!("a loop stopped: {e}")))),
        };
        if why.is_ok() {
            info!("stopping");
        }
        end.send_replace(true);
        bot.late.close();
        let settled = async {
            while loops.join_next().await.is_some() {}
            bot.late.wait().await;
        };
        if tokio::time::timeout(Duration::from_secs(10), settled).await.is_err() {
            warn!("some work did not end within ten seconds; it is taken up again at the next start");
        }
        why
    }

    async fn application(&self, rest: &Rest) -> Result<u64, AppError> {
        match self.config.settings.discord.application_id {
            0 => {
                let told = rest.get("applications/@me").await?;
                told["id"].as_str().and_then(|id| id.parse().ok()).ok_or_else(|| {
                    AppError::Other(
                        "Discord does not tell the application's id; set discord.application_id".to_owned(),
                    )
                })
            }
            id => Ok(id),
        }
    }

    /// Binds the web server now, so that a busy port is told at once, and gives its loop.
    async fn serve(
        &self,
        bot: &Bot,
        role: Role,
        mut ended: watch::Receiver<bool>,
    ) -> Result<impl Future<Output = Result<(), AppError>> + Send + 'static, AppError> {
        let settings = &self.config.settings;
        let endpoint = match settings.discord.public_key.as_str() {
            "" if role == Role::Web => {
                return Err(AppError::Other(
                    "`--role web` answers interactions, which needs discord.public_key: copy it from the developer portal".to_owned(),
                ));
            }
            "" => None,
            key => Some(Endpoint::new(bot.clone(), key).map_err(AppError::Other)?),
        };
        let listen = settings.web.listen.clone();
        let listener = tokio::net::TcpListener::bind(&listen).await.map_err(|error| {
            AppError::Other(format!(
                "web.listen {listen} can't be opened: {error}. Choose another address, or \"\" for no web server"
            ))
        })?;
        info!("listening on http://{listen}");
        let router = web::router(Web { endpoint, store: self.store.clone(), clock: self.clock.clone() });
        Ok(async move {
            let stop = async move {
                let _ = ended.wait_for(|ended| *ended).await;
            };
            web::serve(listener, router, stop)
                .await
                .map_err(|error| AppError::Other(format!("the web server ended: {error}")))
        })
    }

    fn gateway(
        &self,
        bot: Bot,
        mut ended: watch::Receiver<bool>,
    ) -> Result<impl Future<Output = Result<(), AppError>> + Send + 'static, AppError> {
        let settings = self.config.settings.discord.clone();
        let token = self.config.secrets.discord_token.clone().ok_or_else(no_token)?;
        Ok(async move {
            let stop = Arc::new(Notify::new());
            let bell = Arc::clone(&stop);
            tokio::spawn(async move {
                let _ = ended.wait_for(|ended| *ended).await;
                bell.notify_one();
            });
            let shards = Shards {
                total: settings.shards_total,
                first: settings.shard_first,
                here: settings.shards_here,
            };
            let within = Duration::from_secs(u64::from(settings.ready_timeout_seconds));
            gateway::run(bot, settings.api_url.as_str(), &token, shards, within, stop).await?;
            Ok(())
        })
    }

    /// Polls feeds and runs tasks as they become due.
    async fn schedule(self, bot: Bot, mut ended: watch::Receiver<bool>) -> Result<(), AppError> {
        let parallel = self.config.settings.feeds.parallel as usize;
        let mut scheduler = Scheduler::new(self.ingest(), Arc::clone(&self.catalog), parallel);
        scheduler.prepare(&self.feeds()).await?;
        loop {
            let wait = match scheduler.tick().await {
                Ok(_) => Duration::from_millis(500),
                Err(error) => {
                    error!("the scheduler waits: {error}");
                    Duration::from_secs(5)
                }
            };
            // What polls found may be due at once.
            bot.bell.notify_one();
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                _ = ended.wait_for(|ended| *ended) => break,
            }
        }
        scheduler.settle().await;
        Ok(())
    }

    /// Keeps the indexes of a process that polls nothing up to what others stored.
    async fn follow(self, mut ended: watch::Receiver<bool>) -> Result<(), AppError> {
        let ingest = self.ingest();
        loop {
            if let Err(error) = refresh(&ingest).await {
                error!("the index waits: {error}");
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
                _ = ended.wait_for(|ended| *ended) => return Ok(()),
            }
        }
    }
}

async fn refresh(ingest: &Ingest) -> Result<(), StoreError> {
    ingest.refresh_openings().await?;
    ingest.refresh_subscriptions().await
}

impl Delivery {
    /// Delivers until the end is rung; ends earlier only when Discord refuses the token.
    async fn run(self, mut ended: watch::Receiver<bool>) -> Result<(), AppError> {
        let mut look_again = self.bot.clock.now();
        loop {
            let now = self.bot.clock.now();
            if now >= look_again {
                match self.resume_refused().await {
                    Ok(_) => {}
                    Err(DeliveryError::Unauthorized(error)) => return Err(error.into()),
                    Err(DeliveryError::Store(error)) => {
                        error!("refused channels were not looked at: {error}")
                    }
                }
                look_again = now.plus(5 * MINUTE);
            }
            let wait = match self.round().await {
                Ok(round) if round.sent > 0 => Duration::ZERO,
                Ok(_) => {
                    let next = self.next_look(SECOND).await.unwrap_or(now.plus(SECOND));
                    Duration::from_millis(next.since(now).clamp(20, SECOND).unsigned_abs())
                }
                Err(DeliveryError::Unauthorized(error)) => return Err(error.into()),
                Err(DeliveryError::Store(error)) => {
                    error!("delivery waits: {error}");
                    Duration::from_secs(5)
                }
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.bot.bell.notified() => {}
                _ = ended.wait_for(|ended| *ended) => return Ok(()),
            }
        }
    }
}

/// Asks job boards as configured.
///
/// # Errors
/// When it can't be set up.
pub fn client(config: &Config) -> Result<Client, AppError> {
    let feeds = &config.settings.feeds;
    Client::new(ClientSettings {
        timeout: i64::from(feeds.timeout_seconds) * SECOND,
        tries: feeds.tries,
        backoff: i64::from(feeds.backoff_milliseconds),
        pauses: true,
        user_agent: feeds.user_agent.replace("%VERSION%", env!("CARGO_PKG_VERSION")),
        proxies: config.proxies.clone(),
        keys: config.secrets.boards.clone(),
        reroute: Vec::new(),
    })
    .map_err(AppError::Other)
}

/// Where the data lie: `DATABASE_URL`, else a SQLite file in the data folder.
#[must_use]
pub fn location(config: &Config) -> Location {
    use secrecy::ExposeSecret;
    match &config.secrets.database_url {
        Some(url) => match url.expose_secret().strip_prefix("sqlite:") {
            Some(path) => Location::Sqlite(path.trim_start_matches("//").into()),
            None => Location::Postgres(url.clone()),
        },
        None => Location::Sqlite(config.settings.data_dir.join("crier.db")),
    }
}

/// The skills library and its tagger.
///
/// # Errors
/// Every problem of the library.
pub fn skills(config: &Config) -> Result<(Arc<Catalog>, Arc<Tagger>), AppError> {
    let own = &config.settings.skills.own_dir;
    let own = (!own.is_empty()).then(|| std::path::Path::new(own));
    let catalog = Catalog::load(own).map_err(AppError::Catalog)?;
    let tagger = Tagger::new(&catalog);
    Ok((Arc::new(catalog), Arc::new(tagger)))
}

/// An index that holds nothing yet.
#[must_use]
pub fn empty_search(config: &Config, catalog: &Catalog) -> Search {
    let skill_names = catalog.skills().iter().map(|skill| (skill.id.clone(), skill.name.clone())).collect();
    let world = World { rates: config.rates.clone(), under: catalog.under(), skill_names };
    Search::new(Arc::new(world), &catalog.names())
}

/// The way to Discord of a configuration.
///
/// # Errors
/// When there is no token.
pub fn rest(config: &Config, clock: &Clock) -> Result<Rest, AppError> {
    let token = config.secrets.discord_token.clone().ok_or_else(no_token)?;
    let per_second = u16::try_from(config.settings.delivery.requests_per_second).unwrap_or(45);
    Rest::new(config.settings.discord.api_url.as_str(), token, per_second, clock.clone())
        .map_err(AppError::Other)
}

fn no_token() -> AppError {
    AppError::Other(
        "there is no bot token: set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds it. To try Crier without one, run `crier sandbox`".to_owned(),
    )
}
