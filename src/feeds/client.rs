//! Fetches a board politely: conditional requests, size caps, time-outs, retry with back-off, one connection a host.

mod breaker;
mod private;
mod request;
mod route;
#[cfg(test)]
mod scripted;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::{Ask, Kind, Page, ReadError};
use crate::domain::posting::Posting;
use crate::domain::time::Millis;
use breaker::Breaker;
use private::PublicOnly;
use request::Answer;

/// What is remembered of the last good answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// How a whole reading (all pages) ended.
#[derive(Debug)]
pub enum Fetched {
    /// The board says that nothing changed.
    Unchanged,
    /// All pages, joined.
    Read {
        /// Postings and skips of all pages.
        page: Page,
        /// For the next time; only when the reading was one page.
        validators: Validators,
    },
}

/// Why a reading failed; nothing of it counts.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// No answer, or the connection broke.
    #[error("{host} can't be reached: {cause}")]
    Unreachable {
        /// The host.
        host: String,
        /// What went wrong.
        cause: String,
    },
    /// An answer other than 200 and 304.
    #[error("{host} answered {status}")]
    Status {
        /// The host.
        host: String,
        /// HTTP status.
        status: u16,
        /// `Retry-After`: not before then.
        retry_at: Option<Millis>,
    },
    /// Larger than the cap.
    #[error("{host} answered more than {cap} bytes; the reading was stopped")]
    TooLarge {
        /// The host.
        host: String,
        /// The cap in bytes.
        cap: u64,
    },
    /// The answer could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The host failed again and again, or asked for quiet: it is not asked before then.
    #[error("{host} is left alone for now: {cause}")]
    Resting {
        /// The host.
        host: String,
        /// What went wrong before.
        cause: String,
        /// From when on it may be asked again.
        until: Millis,
    },
    /// The board's address is refused (scheme, private address).
    #[error("{0}")]
    Refused(String),
}

impl FetchError {
    /// From when on the host may be asked again, as far as it said so.
    #[must_use]
    pub const fn retry_at(&self) -> Option<Millis> {
        match self {
            Self::Status { retry_at, .. } => *retry_at,
            Self::Resting { until, .. } => Some(*until),
            _ => None,
        }
    }
}

/// Settings of the client.
#[derive(Debug, Clone)]
pub struct ClientSettings {
    /// Whole request, in milliseconds.
    pub timeout: i64,
    /// Tries per request, the first included.
    pub tries: u32,
    /// First pause between tries in milliseconds; doubles, with jitter.
    pub backoff: i64,
    /// Whether to wait between the requests of one reading as boards ask; a board on this machine does not ask.
    pub pauses: bool,
    /// Who asks, with an address for complaints.
    pub user_agent: String,
    /// Hosts of the system's proxies, in lower case: they may lie in a private network.
    pub proxies: Vec<String>,
    /// What boards want to see, by the variable that holds it.
    pub keys: BTreeMap<String, SecretString>,
    /// Replaces the scheme, host and port of every request: `host → base` (tests and the sandbox).
    pub reroute: Vec<(String, String)>,
}

/// Pages of one reading; a board with more answers in circles.
const PAGES: usize = 1_000;

/// Answers from this size on are read while the other tasks of this thread move to another one.
const LONG_READ: usize = 256 << 10;

/// Hosts remembered; beyond that those that nobody waits for and that are well are forgotten.
const HOSTS: usize = 2_000;

/// A host's turn, with how it has been lately.
type Host = Arc<tokio::sync::Mutex<Breaker>>;

/// The client. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Client(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    settings: ClientSettings,
    /// Asks public hosts, through the system's proxy if there is one.
    outside: reqwest::Client,
    /// Asks whatever the operator named, also in the private network.
    own: reqwest::Client,
    /// Asks with a secret: public hosts only, and never whoever they redirect to.
    trusted: reqwest::Client,
    /// Asks this machine, never through a proxy.
    inside: reqwest::Client,
    reroute: BTreeMap<String, Url>,
    /// Who holds a host's lock may ask it.
    hosts: Mutex<BTreeMap<String, Host>>,
}

impl Client {
    /// Builds it.
    ///
    /// # Errors
    /// When TLS can't be set up, the user agent can't be sent, or a base of `reroute` is no web address.
    pub fn new(settings: ClientSettings) -> Result<Self, String> {
        let build = |builder: reqwest::ClientBuilder| {
            builder.build().map_err(|error| format!("the client for job boards can't be built: {error}"))
        };
        let mut reroute = BTreeMap::new();
        for (host, base) in &settings.reroute {
            let base = Url::parse(base)
                .ok()
                .filter(|base| matches!(base.scheme(), "http" | "https") && base.has_host())
                .ok_or_else(|| format!("{host} can't be rerouted to \"{base}\": write http://HOST:PORT"))?;
            reroute.insert(host.to_ascii_lowercase(), base);
        }
        let common = || {
            let timeout = millis(settings.timeout.max(1));
            reqwest::Client::builder()
                .user_agent(&settings.user_agent)
                .timeout(timeout)
                .connect_timeout(timeout.min(Duration::from_secs(15)))
                .redirect(reqwest::redirect::Policy::custom(|attempt| {
                    match route::redirect(attempt.previous(), attempt.url()) {
                        Ok(()) => attempt.follow(),
                        Err(why) => attempt.error(why),
                    }
                }))
                .pool_max_idle_per_host(1)
        };
        let proxies = settings.proxies.iter().map(|host| host.to_ascii_lowercase()).collect();
        let public = Arc::new(PublicOnly { proxies });
        let outside = build(common().dns_resolver(Arc::clone(&public)))?;
        let trusted = build(common().dns_resolver(public).redirect(reqwest::redirect::Policy::none()))?;
        let (own, inside) = (build(common())?, build(common().no_proxy())?);
        Ok(Self(Arc::new(Inner {
            settings,
            outside,
            own,
            trusted,
            inside,
            reroute,
            hosts: Mutex::default(),
        })))
    }

    /// Reads a whole board: every page, the first one conditional. `now` dates a `Retry-After` and seeds the jitter.
    ///
    /// # Errors
    /// The first page that fails fails the reading.
    pub async fn read(
        &self,
        kind: &dyn Kind,
        board: &str,
        company: Option<&str>,
        validators: &Validators,
        now: Millis,
    ) -> Result<Fetched, FetchError> {
        let mut ask = kind.first(board)?;
        let mut asked = BTreeSet::new();
        let mut whole = Page { whole: true, ..Page::default() };
        let mut total: u64 = 0;
        loop {
            let first = asked.is_empty();
            if asked.len() >= PAGES || !asked.insert((ask.url.clone(), ask.json.clone())) {
                return Err(ReadError::Unexpected {
                    kind: kind.name(),
                    cause: format!("its pages have no end; stopped behind page {}", asked.len()),
                }
                .into());
            }
            let answer = self.fetch(kind, &ask, if first { Some(validators) } else { None }, now).await?;
            let (body, fresh) = match answer {
                Answer::NotModified => return Ok(Fetched::Unchanged),
                Answer::Body { bytes, validators } => (bytes, validators),
            };
            // One page may be large, but not every one of a thousand.
            total += body.len() as u64;
            let cap = kind.max_bytes().saturating_mul(4);
            if total > cap {
                return Err(FetchError::TooLarge { host: route::host_of(&ask.url), cap });
            }
            let page = long(body.len(), || kind.read(board, company, &ask, &body))?;
            whole.whole &= page.whole;
            whole.postings.extend(page.postings);
            for (reason, many) in page.skipped {
                match whole.skipped.iter_mut().find(|(known, _)| *known == reason) {
                    Some((_, count)) => *count = count.saturating_add(many),
                    None => whole.skipped.push((reason, many)),
                }
            }
            match page.next {
                Some(next) => ask = next,
                None => {
                    let validators = if first { fresh } else { Validators::default() };
                    return Ok(Fetched::Read { page: whole, validators });
                }
            }
            self.pause(kind).await;
        }
    }

    /// A page of the open web, as it is.
    ///
    /// # Errors
    /// When it can't be had.
    pub async fn page(&self, address: &str, now: Millis) -> Result<Vec<u8>, FetchError> {
        let ask = Ask { url: address.to_owned(), json: None };
        match self.fetch(&super::jsonld::JsonLd, &ask, None, now).await? {
            Answer::Body { bytes, .. } => Ok(bytes),
            Answer::NotModified => Ok(Vec::new()),
        }
    }

    /// Asks for the rest of a posting, on boards whose list holds only the beginning of each.
    ///
    /// # Errors
    /// When that could not be read; the posting is as it was.
    pub async fn complete(
        &self,
        kind: &dyn Kind,
        board: &str,
        posting: &mut Posting,
        now: Millis,
    ) -> Result<(), FetchError> {
        let Some(ask) = kind.detail(board, posting) else { return Ok(()) };
        self.pause(kind).await;
        match self.fetch(kind, &ask, None, now).await? {
            Answer::Body { bytes, .. } => {
                let mut whole = posting.clone();
                kind.complete(&mut whole, &bytes)?;
                *posting = whole;
                Ok(())
            }
            Answer::NotModified => Err(ReadError::Unexpected {
                kind: kind.name(),
                cause: "it says \"not modified\" to a first question".to_owned(),
            }
            .into()),
        }
    }

    async fn pause(&self, kind: &dyn Kind) {
        wait(if self.0.settings.pauses { kind.pause() } else { 0 }).await;
    }

    /// The lock of a host: who holds it is the only one to ask.
    fn lock_of(&self, host: &str) -> Host {
        // The map is whole after every step, so a panic elsewhere left nothing half done.
        let mut hosts = self.0.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= HOSTS {
            hosts.retain(|_, host| {
                Arc::strong_count(host) > 1 || host.try_lock().is_ok_and(|host| !host.is_well())
            });
        }
        Arc::clone(hosts.entry(host.to_owned()).or_default())
    }
}

/// Waits so many milliseconds.
async fn wait(span: i64) {
    if span > 0 {
        tokio::time::sleep(millis(span)).await;
    }
}

fn millis(span: i64) -> Duration {
    Duration::from_millis(u64::try_from(span).unwrap_or(0))
}

/// Runs work on `size` bytes; long work hands this thread's other tasks over where the runtime has more threads.
fn long<T>(size: usize, work: impl FnOnce() -> T) -> T {
    use tokio::runtime::{Handle, RuntimeFlavor};
    let many = Handle::try_current().is_ok_and(|here| here.runtime_flavor() == RuntimeFlavor::MultiThread);
    if size >= LONG_READ && many { tokio::task::block_in_place(work) } else { work() }
}
