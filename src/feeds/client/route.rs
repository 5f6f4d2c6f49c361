//! Where a request may go: addresses checked, hosts rerouted, redirects allowed or not.

use std::collections::BTreeMap;
use std::path::PathBuf;

use url::{Host, Url};

use super::FetchError;
use super::private::is_private;

/// Redirects of one request.
const REDIRECTS: usize = 5;

/// The address of a request, which must be http or https.
///
/// # Errors
/// For every other address.
pub(super) fn check(url: &str) -> Result<Url, FetchError> {
    match Url::parse(url) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
        Ok(url) => Err(FetchError::Refused(format!(
            "{}: addresses are not fetched, only http and https",
            url.scheme()
        ))),
        Err(error) => Err(FetchError::Refused(format!("\"{url}\" is no address: {error}"))),
    }
}

/// The host of an address, for messages.
pub(super) fn host_of(url: &str) -> String {
    Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| url.to_owned())
}

/// `url` with scheme, host and port of what its host is rerouted to.
pub(super) fn reroute(mut url: Url, routes: &BTreeMap<String, Url>) -> Url {
    let Some(base) = url.host_str().and_then(|host| routes.get(host)) else { return url };
    // http and https may be exchanged, and the base has a host: none of these can fail.
    let _ = url.set_scheme(base.scheme());
    let _ = url.set_host(base.host_str());
    let _ = url.set_port(base.port());
    url
}

/// Whether a redirect may be followed: at most five, never from https to http, and never into a private network from
/// another host, be it of the open net or of that network.
///
/// # Errors
/// Says why not.
pub(super) fn redirect(previous: &[Url], to: &Url) -> Result<(), String> {
    if previous.len() > REDIRECTS {
        return Err(format!("more than {REDIRECTS} times in a row"));
    }
    if !matches!(to.scheme(), "http" | "https") {
        return Err(format!("to a {}: address", to.scheme()));
    }
    if to.scheme() == "http" && previous.last().is_some_and(|from| from.scheme() == "https") {
        return Err("from https to http".into());
    }
    if is_private(to) && previous.first().is_some_and(|from| from.host() != to.host()) {
        return Err("into a private network".into());
    }
    Ok(())
}

/// Whether this address is this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// The path of a `file:` address: `file:///a/b` with its escapes undone, or `file:a/b` as it stands.
///
/// # Errors
/// When it names another machine.
pub(super) fn file_path(url: &str) -> Result<PathBuf, FetchError> {
    let rest = url.strip_prefix("file:").unwrap_or(url);
    if !rest.starts_with("//") {
        return Ok(PathBuf::from(rest));
    }
    Url::parse(url).ok().and_then(|url| url.to_file_path().ok()).ok_or_else(|| {
        FetchError::Refused(format!("\"{url}\" is no file of this machine; write file:///PATH"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn redirects_stay_safe_short_and_outside() {
        let from = |text: &str| vec![url(text)];
        assert!(redirect(&from("https://a.example/x"), &url("https://b.example/y")).is_ok());
        assert!(redirect(&from("http://a.example/x"), &url("https://a.example/x")).is_ok());
        assert_eq!(
            redirect(&from("https://a.example/x"), &url("http://a.example/x")).unwrap_err(),
            "from https to http"
        );
        assert!(redirect(&from("https://a.example/x"), &url("ftp://a.example/x")).is_err());
        let many = vec![url("https://a.example/x"); 6];
        assert!(redirect(&many[..5], &url("https://a.example/x")).is_ok());
        assert!(redirect(&many, &url("https://a.example/x")).is_err());
        for inside in [
            "https://127.0.0.1",
            "https://10.1.2.3",
            "https://169.254.169.254",
            "https://100.64.0.1",
            "https://[::1]",
            "https://[::ffff:10.0.0.1]",
            "https://[fe80::1]",
            "https://localhost",
            "https://db.internal",
        ] {
            assert!(redirect(&from("https://a.example/x"), &url(inside)).is_err(), "{inside}");
        }
        assert!(redirect(&from("http://127.0.0.1:8080/x"), &url("http://127.0.0.1:8080/y")).is_ok());
        assert!(redirect(&from("http://10.0.0.1/x"), &url("http://10.0.0.2/y")).is_err());
    }

    #[test]
    fn a_route_replaces_scheme_host_and_port_only() {
        let routes = BTreeMap::from([("a.example".to_owned(), url("http://127.0.0.1:81/ignored"))]);
        assert_eq!(
            reroute(url("https://a.example:444/x?y=1"), &routes).as_str(),
            "http://127.0.0.1:81/x?y=1"
        );
        assert_eq!(reroute(url("https://b.example/x"), &routes).as_str(), "https://b.example/x");
    }

    #[test]
    fn a_file_address_is_a_path_of_this_machine() {
        assert_eq!(file_path("file:jobs/a b.jsonl").unwrap(), PathBuf::from("jobs/a b.jsonl"));
        assert_eq!(file_path("file:/srv/jobs.jsonl").unwrap(), PathBuf::from("/srv/jobs.jsonl"));
        assert_eq!(file_path("file:///srv/a%20b.jsonl").unwrap(), PathBuf::from("/srv/a b.jsonl"));
        assert!(file_path("file://server/share.jsonl").is_err());
        assert!(check("ftp://a.example").is_err() && check("not an address").is_err());
    }
}
