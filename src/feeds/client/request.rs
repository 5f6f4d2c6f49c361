//! One request with its tries: conditional, capped, timed, and repeated where another try may help.

use std::error::Error;

use reqwest::StatusCode;
use reqwest::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, RETRY_AFTER,
};
use secrecy::ExposeSecret;
use tokio::io::AsyncReadExt;
use tokio::time::Instant;
use url::Url;

use super::private::{PrivateAddress, is_private};
use super::{Ask, Client, FetchError, Kind, Validators, route, wait};
use crate::domain::time::{DAY, Millis, SECOND};
use crate::feeds::Sent;
use crate::feeds::dates;

/// A `Retry-After` up to this is waited for in the call; a longer one is the caller's to keep.
const SHORT: i64 = 10 * SECOND;

/// No pause between tries is longer.
const LONGEST_PAUSE: i64 = 30 * SECOND;

/// What a board answered.
#[derive(Debug)]
pub(super) enum Answer {
    /// 304.
    NotModified,
    /// 200 with a whole body.
    Body {
        /// After decompression.
        bytes: Vec<u8>,
        /// For the next request.
        validators: Validators,
    },
}

/// A try that failed.
pub(super) struct Failure {
    pub(super) error: FetchError,
    /// Whether another try may help.
    pub(super) again: bool,
    /// What `Retry-After` asks for, in milliseconds.
    after: Option<i64>,
}

impl Failure {
    const fn last(error: FetchError) -> Self {
        Self { error, again: false, after: None }
    }

    const fn passing(error: FetchError) -> Self {
        Self { error, again: true, after: None }
    }
}

impl Client {
    /// Asks once, or as often as the settings allow while it fails in passing.
    pub(super) async fn fetch(
        &self,
        kind: &dyn Kind,
        ask: &Ask,
        validators: Option<&Validators>,
        now: Millis,
    ) -> Result<Answer, FetchError> {
        if ask.url.starts_with("file:") {
            return if kind.local() {
                read_file(&ask.url, kind.max_bytes()).await
            } else {
                Err(FetchError::Refused(format!("a {} board can't be a file on this machine", kind.name())))
            };
        }
        let url = route::check(&ask.url)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        if !kind.local() && !self.0.reroute.contains_key(&host) && is_private(&url) {
            return Err(FetchError::Refused(format!(
                "{host} is an address of a private network; {} boards are public",
                kind.name()
            )));
        }
        let url = route::reroute(url, &self.0.reroute);
        let lock = self.lock_of(&host);
        let mut breaker = lock.lock().await;
        // A file server of the operator's own needs no mercy.
        if !kind.local()
            && let Some((until, cause)) = breaker.resting(now)
        {
            return Err(FetchError::Resting { host, cause: cause.to_owned(), until });
        }
        #[expect(clippy::disallowed_methods, reason = "how long the tries took can only be measured")]
        let started = Instant::now();
        let tries = self.0.settings.tries.max(1);
        let mut tried = 0;
        loop {
            tried += 1;
            let failure = match self.once(kind, &host, &url, ask, validators).await {
                Ok(answer) => {
                    breaker.answered();
                    return Ok(answer);
                }
                Err(failure) => failure,
            };
            let too_long = failure.after.is_some_and(|after| after > SHORT);
            if !failure.again || too_long || tried >= tries {
                let passed = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
                let (again, now) = (failure.again, now.plus(passed));
                let error = dated(failure, now);
                if again {
                    #[expect(clippy::cast_precision_loss, reason = "a lot, not a count")]
                    let lot = (seed(&ask.url, now) >> 40) as f64 / (1_u64 << 24) as f64;
                    breaker.failed(now, &error.to_string(), error.retry_at(), lot);
                } else {
                    breaker.answered();
                }
                return Err(error);
            }
            let pause = pause(self.0.settings.backoff, tried, seed(&ask.url, now));
            wait(pause.max(failure.after.unwrap_or(0))).await;
        }
    }

    async fn once(
        &self,
        kind: &dyn Kind,
        host: &str,
        url: &Url,
        ask: &Ask,
        validators: Option<&Validators>,
    ) -> Result<Answer, Failure> {
        let cap = kind.max_bytes();
        let client = match route::is_loopback(url) {
            true => &self.0.inside,
            false if kind.local() => &self.0.own,
            false if !kind.credentials().is_empty() => &self.0.trusted,
            false => &self.0.outside,
        };
        let (url, secret) = self.with_keys(kind, url)?;
        let mut request = match &ask.json {
            Some(json) => client.post(url).header(CONTENT_TYPE, "application/json").body(json.clone()),
            None => client.get(url),
        }
        .header(ACCEPT, "application/json, application/xml;q=0.9, */*;q=0.5")
        .headers(secret);
        let conditional = validators.filter(|_| ask.json.is_none());
        for (name, value) in [
            (IF_NONE_MATCH, conditional.and_then(|known| known.etag.as_deref())),
            (IF_MODIFIED_SINCE, conditional.and_then(|known| known.last_modified.as_deref())),
        ] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let mut response = request.send().await.map_err(|error| self.failed(host, error))?;
        let status = response.status();
        let asked_for_change =
            conditional.is_some_and(|known| known.etag.is_some() || known.last_modified.is_some());
        if status == StatusCode::NOT_MODIFIED && asked_for_change {
            return Ok(Answer::NotModified);
        }
        if status != StatusCode::OK {
            return Err(refused(host, status, response.headers()));
        }
        let validators = Validators {
            etag: text(response.headers(), &ETAG),
            last_modified: text(response.headers(), &LAST_MODIFIED),
        };
        let too_large = || Failure::last(FetchError::TooLarge { host: host.to_owned(), cap });
        let announced = response.content_length().unwrap_or(0);
        if announced > cap {
            return Err(too_large());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(announced.min(1 << 20)).unwrap_or(0));
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if (bytes.len() + chunk.len()) as u64 > cap => return Err(too_large()),
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Ok(None) => return Ok(Answer::Body { bytes, validators }),
                Err(error) => {
                    let cause = format!(
                        "the answer broke off behind {} bytes ({})",
                        bytes.len(),
                        self.in_words(&error)
                    );
                    return Err(Failure::passing(FetchError::Unreachable { host: host.to_owned(), cause }));
                }
            }
        }
    }

    /// The address and headers with what the board wants to see.
    fn with_keys(&self, kind: &dyn Kind, url: &Url) -> Result<(Url, HeaderMap), Failure> {
        let (mut url, mut headers) = (url.clone(), HeaderMap::new());
        let lacking = |variable: &str, what: &str| {
            Failure::last(FetchError::Refused(format!(
                "{} boards want a key of your own: {variable} {what}",
                kind.name()
            )))
        };
        for credential in kind.credentials() {
            let variable = credential.variable;
            let key = self.0.settings.keys.get(variable).ok_or_else(|| lacking(variable, "is not set"))?;
            match credential.sent {
                Sent::Parameter(name) => {
                    url.query_pairs_mut().append_pair(name, key.expose_secret());
                }
                Sent::Header(name) => {
                    let mut value = HeaderValue::from_str(key.expose_secret())
                        .map_err(|_| lacking(variable, "holds characters that can't be sent"))?;
                    value.set_sensitive(true);
                    headers.insert(HeaderName::from_static(name), value);
                }
            }
        }
        Ok((url, headers))
    }

    /// A request without an answer.
    pub(super) fn failed(&self, host: &str, error: reqwest::Error) -> Failure {
        if error.is_redirect() {
            let cause = root(&error);
            return Failure::last(FetchError::Refused(format!("{host} redirects: {cause}; not followed")));
        }
        if error.is_builder() {
            return Failure::last(FetchError::Refused(format!("{host} can't be asked: {}", root(&error))));
        }
        if innermost(&error).is::<PrivateAddress>() {
            return Failure::last(FetchError::Refused(format!("{host} is not asked: {PrivateAddress}")));
        }
        Failure::passing(FetchError::Unreachable { host: host.to_owned(), cause: self.in_words(&error) })
    }

    fn in_words(&self, error: &reqwest::Error) -> String {
        if error.is_timeout() {
            format!("no whole answer within {} ms", self.0.settings.timeout)
        } else {
            root(error)
        }
    }
}

/// An answer that is neither 200 nor 304. Too many requests, and what the server blames on itself, may pass.
fn refused(host: &str, status: StatusCode, headers: &HeaderMap) -> Failure {
    let again = status.is_server_error()
        || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT);
    Failure {
        error: FetchError::Status { host: host.to_owned(), status: status.as_u16(), retry_at: None },
        again,
        after: text(headers, &RETRY_AFTER).and_then(|after| retry_after(&after, date_of(headers))),
    }
}

/// The failure's error, with what it asks to wait from `now` on.
fn dated(failure: Failure, now: Millis) -> FetchError {
    match (failure.error, failure.after) {
        (FetchError::Status { host, status, .. }, Some(after)) => {
            FetchError::Status { host, status, retry_at: Some(now.plus(after)) }
        }
        (error, _) => error,
    }
}

/// `Retry-After` as milliseconds from now: seconds, or a date against the server's own clock. At most a day.
fn retry_after(text: &str, server: Option<Millis>) -> Option<i64> {
    let span = match text.trim().parse::<i64>() {
        Ok(seconds) => seconds.saturating_mul(SECOND),
        Err(_) => dates::parse(text)?.since(server?),
    };
    Some(span.clamp(0, DAY))
}

fn date_of(headers: &HeaderMap) -> Option<Millis> {
    dates::parse(&text(headers, &reqwest::header::DATE)?)
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned()).filter(|value| !value.is_empty())
}

/// The pause behind try number `tried`: doubles each time, the upper half of it by lot.
fn pause(backoff: i64, tried: u32, seed: u64) -> i64 {
    let full = backoff.max(0).saturating_mul(1 << (tried - 1).min(16)).min(LONGEST_PAUSE);
    let lot = i64::try_from(mix(seed ^ u64::from(tried)) >> 33).unwrap_or(0);
    full / 2 + lot % (full / 2 + 1)
}

/// Differs by address and time, so that feeds that failed together do not ask again together.
fn seed(url: &str, now: Millis) -> u64 {
    url.bytes().fold(now.0.cast_unsigned(), |seed, byte| mix(seed ^ u64::from(byte)))
}

/// Spreads a number over all bits (SplitMix64's last steps).
const fn mix(number: u64) -> u64 {
    let mut number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// The innermost reason of an error, which is the one that says something.
fn innermost(error: &reqwest::Error) -> &(dyn Error + 'static) {
    let mut innermost: &(dyn Error + 'static) = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost
}

fn root(error: &reqwest::Error) -> String {
    innermost(error).to_string()
}

/// A file as an answer; only plain files, so that no pipe or device keeps the reading waiting.
async fn read_file(url: &str, cap: u64) -> Result<Answer, FetchError> {
    let failed = |path: &std::path::Path, cause: String| FetchError::Unreachable {
        host: format!("the file {}", path.display()),
        cause,
    };
    let path = route::file_path(url)?;
    let about = tokio::fs::metadata(&path).await.map_err(|error| failed(&path, error.to_string()))?;
    if !about.is_file() {
        return Err(failed(&path, "it is no plain file".into()));
    }
    let file = tokio::fs::File::open(&path).await.map_err(|error| failed(&path, error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(cap.saturating_add(1))
        .read_to_end(&mut bytes)
        .await
        .map_err(|error| failed(&path, error.to_string()))?;
    if bytes.len() as u64 > cap {
        return Err(FetchError::TooLarge { host: format!("the file {}", path.display()), cap });
    }
    Ok(Answer::Body { bytes, validators: Validators::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_half_a_minute_and_differ() {
        for tried in 1..40 {
            let full = (500_i64 << (tried - 1).min(16)).min(LONGEST_PAUSE);
            for now in 0..50 {
                let pause = pause(500, tried, seed("https://a.example", Millis(now)));
                assert!((full / 2..=full).contains(&pause), "try {tried}: {pause}");
            }
        }
        let some: std::collections::BTreeSet<i64> =
            (0..50).map(|now| pause(500, 1, seed("https://a.example", Millis(now)))).collect();
        assert!(some.len() > 25);
        assert_eq!(pause(0, 3, 7), 0);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date_by_the_servers_clock() {
        let server = dates::parse("Mon, 04 May 2026 13:30:00 GMT");
        assert_eq!(retry_after("120", None), Some(120_000));
        assert_eq!(retry_after("Mon, 04 May 2026 13:31:00 GMT", server), Some(60_000));
        assert_eq!(retry_after("Mon, 04 May 2026 13:00:00 GMT", server), Some(0));
        assert_eq!(retry_after("999999999999999", None), Some(DAY));
        assert_eq!(retry_after("Mon, 04 May 2026 13:31:00 GMT", None), None);
        assert_eq!(retry_after("soon", server), None);
    }
}
