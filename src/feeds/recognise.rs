//! Recognises a careers page by its address: what kind of board it is, and which board of that kind.

use url::Url;

use crate::domain::ids::FeedKey;

/// The feed's key for an address of a board, one of its postings or its API; `https://` may be left out, and a
/// key is its own answer. Anything else on the web becomes `rss:` or `jsonld:`, to be read for what it holds.
///
/// # Errors
/// A sentence when it is no web address, or one from which the board's name can't be told, with what to give instead.
pub fn recognise(given: &str) -> Result<FeedKey, String> {
    let given = given.trim();
    let key = FeedKey::from(given);
    match super::resolve(&key) {
        Ok(_) => return Ok(key),
        // Meant as a key: a host has a dot before its colon.
        Err(problem) => {
            let word = given.split_once(':').map_or("", |(word, _)| word);
            if !given.contains("://") && !word.is_empty() && !word.contains(['.', '/']) {
                return Err(problem);
            }
        }
    }
    let full = if given.contains("://") { given.to_owned() } else { format!("https://{given}") };
    let no_address = || {
        format!(
            "\"{given}\" is no web address; give that of a careers page, such as https://jobs.lever.co/acme"
        )
    };
    let url = Url::parse(&full).map_err(|_| no_address())?;
    let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_owned();
    if !matches!(url.scheme(), "http" | "https") || !host.contains('.') {
        return Err(no_address());
    }
    let address = Address {
        query: url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
        path: url
            .path_segments()
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .map(decoded)
            .collect(),
        // A board lives at the usual port; elsewhere the same name is somebody else's.
        host: if url.port().is_none() { host } else { String::new() },
    };
    match address.board() {
        Found::Board(kind, board) if safe(&board) => Ok(FeedKey(format!("{kind}:{board}"))),
        Found::Board(kind, _) => {
            Err(format!("{full} is on {kind}, but names no board; give the page that lists its jobs"))
        }
        Found::Needs(words) => Err(format!("{full} {words}")),
        Found::Nothing if address.is_feed() => Ok(FeedKey(format!("rss:{url}"))),
        Found::Nothing => Ok(FeedKey(format!("jsonld:{url}"))),
    }
}

/// An address in parts.
struct Address {
    host: String,
    path: Vec<String>,
    query: Vec<(String, String)>,
}

enum Found {
    Board(&'static str, String),
    /// A known place that does not tell the board's name: what to do, behind the address.
    Needs(&'static str),
    Nothing,
}

impl Address {
    fn board(&self) -> Found {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let named = |kind, name: &str| Found::Board(kind, name.to_owned());
        let first = |kind| named(kind, path.first().copied().unwrap_or_default());
        match (self.host.as_str(), path.as_slice()) {
            ("boards-api.greenhouse.io", ["v1", "boards", name, ..]) => named("greenhouse", name),
            (
                "boards.greenhouse.io" | "job-boards.greenhouse.io" | "boards.eu.greenhouse.io"
                | "job-boards.eu.greenhouse.io",
                ["embed", ..],
            ) => named("greenhouse", self.parameter("for").unwrap_or_default()),
            (
                "boards.greenhouse.io" | "job-boards.greenhouse.io" | "boards.eu.greenhouse.io"
                | "job-boards.eu.greenhouse.io",
                _,
            ) => first("greenhouse"),
            ("jobs.lever.co", _) => first("lever"),
            ("jobs.eu.lever.co", _) => first("lever-eu"),
            ("api.lever.co", ["v0", "postings", name, ..]) => named("lever", name),
            ("api.eu.lever.co", ["v0", "postings", name, ..]) => named("lever-eu", name),
            ("api.ashbyhq.com", ["posting-api", "job-board", name, ..]) => named("ashby", name),
            ("jobs.ashbyhq.com", _) => first("ashby"),
            ("api.smartrecruiters.com", ["v1", "companies", name, ..]) => named("smartrecruiters", name),
            ("careers.smartrecruiters.com" | "jobs.smartrecruiters.com", _) => first("smartrecruiters"),
            ("apply.workable.com", ["api", _, "widget", "accounts", name, ..] | ["api", _, "accounts", name, ..]) => {
                named("workable", name)
            }
            ("apply.workable.com", ["j", ..]) => Found::Needs(
                "is one job on Workable and does not name its company; give the page that lists all its jobs",
            ),
            ("apply.workable.com", _) => first("workable"),
            ("ats.rippling.com", ["api", _, "board", name, ..]) => named("rippling", name),
            ("ats.rippling.com", [language, name, ..]) if is_locale(language) => named("rippling", name),
            ("ats.rippling.com", _) => first("rippling"),
            ("news.ycombinator.com", ["item"]) => named("hn", self.parameter("id").unwrap_or_default()),
            ("github.com", [owner @ "SimplifyJobs", name, ..]) => {
                Found::Board("simplify", format!("{owner}/{name}"))
            }
            _ => self.workday().or_else(|| self.subdomain()).or_else(|| self.aggregator()).unwrap_or_else(|| {
                match self.parameter("gh_jid") {
                    Some(_) => Found::Needs(
                        "shows a job from Greenhouse, but not the board's name; look for boards.greenhouse.io/… in the page and give that",
                    ),
                    None => Found::Nothing,
                }
            }),
        }
    }

    /// `TENANT.wdN.myworkdayjobs.com/[xx-XX/]SITE` or `wdN.myworkdaysite.com/[xx-XX/]recruiting/TENANT/SITE`.
    fn workday(&self) -> Option<Found> {
        let path: Vec<&str> =
            self.path.iter().map(String::as_str).skip_while(|part| is_locale(part)).collect();
        let named = |tenant: &str, stack: &str, site: &str| {
            let number = stack.strip_prefix("wd")?;
            let fits = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| Found::Board("workday", format!("{tenant}/{stack}/{site}")))
        };
        if let Some(own) = self.host.strip_suffix(".myworkdayjobs.com") {
            let (tenant, stack) = own.split_once('.')?;
            return match path.as_slice() {
                ["wday", "cxs", _, site, ..] | [site, ..] => named(tenant, stack, site),
                [] => Some(Found::Needs(
                    "is on Workday, but names no site; open its list of jobs and give that page's address",
                )),
            };
        }
        match (self.host.strip_suffix(".myworkdaysite.com")?, path.as_slice()) {
            (stack, ["recruiting", tenant, site, ..]) => named(tenant, stack, site),
            _ => None,
        }
    }

    /// Kinds that give each company a host of its own.
    fn subdomain(&self) -> Option<Found> {
        const DOMAINS: &[(&str, &str)] = &[
            (".workable.com", "workable"),
            (".recruitee.com", "recruitee"),
            (".jobs.personio.de", "personio"),
            (".jobs.personio.com", "personio"),
            ("-jobs.personio.de", "personio"),
            (".bamboohr.com", "bamboohr"),
            (".teamtailor.com", "teamtailor"),
            (".breezy.hr", "breezy"),
            (".pinpointhq.com", "pinpoint"),
        ];
        // Hosts of the makers themselves.
        const RESERVED: &[&str] = &[
            "www",
            "app",
            "api",
            "help",
            "support",
            "developers",
            "docs",
            "status",
            "careers",
            "blog",
            "na",
            "marketing",
        ];
        let (name, kind) =
            DOMAINS.iter().find_map(|(domain, kind)| Some((self.host.strip_suffix(domain)?, *kind)))?;
        (!name.contains('.') && !RESERVED.contains(&name)).then(|| Found::Board(kind, name.to_owned()))
    }

    /// One source for everybody.
    fn aggregator(&self) -> Option<Found> {
        let host = self.host.strip_prefix("www.").unwrap_or(&self.host);
        if let Some(ending) = host.strip_prefix("adzuna.") {
            return Some(Found::Board("adzuna", adzuna_country(ending).to_owned()));
        }
        if host == "usajobs.gov" {
            return Some(match self.parameter("k").or(self.parameter("j")) {
                Some(words) => Found::Board("usajobs", words.to_owned()),
                None => Found::Needs(
                    "has more jobs than it tells at once; give a search on it, or write usajobs:2210 or usajobs:WORDS",
                ),
            });
        }
        let kind = match host {
            "remoteok.com" | "remoteok.io" => "remoteok",
            "remotive.com" | "remotive.io" => "remotive",
            "himalayas.app" => "himalayas",
            "arbeitnow.com" => "arbeitnow",
            "jobicy.com" => "jobicy",
            "themuse.com" => "themuse",
            "weworkremotely.com" => "wwr",
            _ => return None,
        };
        Some(Found::Board(kind, "all".to_owned()))
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn is_feed(&self) -> bool {
        self.path.last().is_some_and(|last| {
            last == "feed" || [".rss", ".atom", ".xml"].iter().any(|end| last.ends_with(end))
        })
    }
}

/// The country of an Adzuna address by what follows `adzuna.`.
fn adzuna_country(ending: &str) -> &str {
    match ending.rsplit('.').next().unwrap_or(ending) {
        "com" => "us",
        "uk" => "gb",
        country => country,
    }
}

/// `xx-XX`.
fn is_locale(part: &str) -> bool {
    matches!(part.as_bytes(), [a, b, b'-', c, d]
        if a.is_ascii_lowercase() && b.is_ascii_lowercase() && c.is_ascii_uppercase() && d.is_ascii_uppercase())
}

/// A part of a path with its spaces, the only escaped character that boards' names have.
fn decoded(part: &str) -> String {
    part.replace("%20", " ")
}

/// Whether each part of a board's name could be one.
fn safe(board: &str) -> bool {
    board.split('/').all(|part| {
        (1..=80).contains(&part.len())
            && part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._- ".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(given: &str) -> String {
        recognise(given).map_or_else(|problem| format!("no: {problem}"), |key| key.0)
    }

    #[test]
    fn every_shape_of_an_address_leads_to_its_board() {
        for (given, expected) in [
            ("https://boards.greenhouse.io/acme", "greenhouse:acme"),
            ("https://job-boards.greenhouse.io/acme/jobs/123?gh_src=x", "greenhouse:acme"),
            ("https://job-boards.eu.greenhouse.io/acme/jobs/456", "greenhouse:acme"),
            ("https://boards.greenhouse.io/embed/job_app?for=acme&token=123", "greenhouse:acme"),
            ("https://boards.greenhouse.io/embed/job_board/js?for=acme", "greenhouse:acme"),
            ("https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true", "greenhouse:acme"),
            ("https://jobs.lever.co/acme/0d1e2f/apply", "lever:acme"),
            ("https://jobs.eu.lever.co/acme/0d1e", "lever-eu:acme"),
            ("https://api.lever.co/v0/postings/acme?mode=json", "lever:acme"),
            ("https://api.eu.lever.co/v0/postings/acme", "lever-eu:acme"),
            ("https://jobs.ashbyhq.com/railway", "ashby:railway"),
            ("jobs.ashbyhq.com/monad.foundation/", "ashby:monad.foundation"),
            ("https://jobs.ashbyhq.com/Two%20Words/embed", "ashby:Two Words"),
            ("https://api.ashbyhq.com/posting-api/job-board/acme", "ashby:acme"),
            ("https://jobs.smartrecruiters.com/Acme1/744000-baker", "smartrecruiters:Acme1"),
            ("https://api.smartrecruiters.com/v1/companies/Acme1/postings", "smartrecruiters:Acme1"),
            ("https://apply.workable.com/acme/j/ABCDEF1234/", "workable:acme"),
            ("https://apply.workable.com/api/v1/widget/accounts/acme?details=true", "workable:acme"),
            ("https://acme.workable.com/jobs", "workable:acme"),
            ("https://acme.recruitee.com/o/baker/c/new", "recruitee:acme"),
            ("https://acme.jobs.personio.de/job/1", "personio:acme"),
            ("https://acme.jobs.personio.com", "personio:acme"),
            ("https://acme-jobs.personio.de/", "personio:acme"),
            (
                "https://acme.wd501.myworkdayjobs.com/en-US/Acme_Careers/job/Berlin/Engineer_R-12",
                "workday:acme/wd501/Acme_Careers",
            ),
            ("https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/Acme/jobs", "workday:acme/wd3/Acme"),
            ("https://wd3.myworkdaysite.com/recruiting/acme/Acme/job/X/Y_R1", "workday:acme/wd3/Acme"),
            ("https://acme.bamboohr.com/careers/12", "bamboohr:acme"),
            ("https://acme.teamtailor.com/jobs/1-baker", "teamtailor:acme"),
            ("https://ats.rippling.com/en-GB/acme/jobs", "rippling:acme"),
            ("https://ats.rippling.com/acme/jobs/0d1e", "rippling:acme"),
            ("https://acme.breezy.hr/p/1-baker", "breezy:acme"),
            ("https://acme.pinpointhq.com/en/postings/0d1e", "pinpoint:acme"),
            ("https://news.ycombinator.com/item?id=42", "hn:42"),
            ("https://remoteOK.com/remote-rust-jobs", "remoteok:all"),
            ("https://www.arbeitnow.com/", "arbeitnow:all"),
            ("https://www.adzuna.de/jobs", "adzuna:de"),
            ("https://www.adzuna.co.uk/", "adzuna:gb"),
            ("https://www.adzuna.com.au/search", "adzuna:au"),
            ("https://www.adzuna.com/search", "adzuna:us"),
            ("https://www.usajobs.gov/search/results/?k=data%20engineer", "usajobs:data engineer"),
            ("https://www.usajobs.gov/Search/Results?j=2210", "usajobs:2210"),
            (
                "https://github.com/SimplifyJobs/New-Grad-Positions",
                "simplify:SimplifyJobs/New-Grad-Positions",
            ),
            ("greenhouse:acme", "greenhouse:acme"),
            ("https://acme.example/jobs.rss", "rss:https://acme.example/jobs.rss"),
            ("https://acme.example/careers", "jsonld:https://acme.example/careers"),
        ] {
            assert_eq!(key(given), expected, "{given}");
        }
    }

    #[test]
    fn a_host_that_only_looks_like_a_boards_is_not_one() {
        for given in [
            "https://evil.example/jobs.lever.co/x",
            "https://jobs.lever.co.evil.example/x",
            "https://jobs.lever.co:8443/x",
            "https://www.teamtailor.com/jobs",
            "https://a.b.teamtailor.com/jobs",
            "https://acme.personio.de/login",
            "https://acme.wdx.myworkdayjobs.com/Site",
        ] {
            assert!(key(given).starts_with("jsonld:"), "{given}: {}", key(given));
        }
    }

    #[test]
    fn an_address_that_does_not_tell_says_what_to_give() {
        for (given, part) in [
            ("https://apply.workable.com/j/ABCDEF1234", "give the page that lists all its jobs"),
            ("https://acme.example/jobs?gh_jid=1", "boards.greenhouse.io"),
            ("https://www.usajobs.gov/", "more jobs than it tells at once"),
            ("https://jobs.lever.co/", "names no board"),
            ("https://boards.greenhouse.io/embed/job_app?token=1", "names no board"),
            ("https://jobs.lever.co/%2e%2e%2fetc", "names no board"),
            ("https://acme.wd3.myworkdayjobs.com/", "names no site"),
            ("file:///etc/passwd", "no web address"),
            ("grenhouse:acme", "known are greenhouse"),
            ("two words", "no web address"),
            ("", "no web address"),
        ] {
            assert!(key(given).contains(part), "{given}: {}", key(given));
        }
    }
}
