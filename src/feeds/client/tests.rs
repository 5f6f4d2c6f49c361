//! Scenes of the client with a scripted server on this machine.

use std::task::Poll;

use tokio::net::TcpListener;

use super::scripted::{Server, answer};
use super::*;
use crate::feeds::resolve;

fn client(base: &str, tries: u32) -> Client {
    Client::new(settings(base, tries)).unwrap()
}

fn settings(base: &str, tries: u32) -> ClientSettings {
    ClientSettings {
        timeout: 20_000,
        tries,
        backoff: 0,
        pauses: true,
        user_agent: "crier-test (mailto:jobs@example.org)".into(),
        proxies: Vec::new(),
        keys: std::collections::BTreeMap::new(),
        reroute: vec![
            ("boards-api.greenhouse.io".into(), base.into()),
            ("pages.example".into(), base.into()),
            ("api.adzuna.com".into(), base.into()),
            ("data.usajobs.gov".into(), base.into()),
        ],
    }
}

const NOW: Millis = Millis(1_764_000_000_000);
const ONE: &[u8] = br#"{"jobs": [{"id": 1, "title": "Cook", "absolute_url": "https://a.example/1"}]}"#;

async fn read_with(client: &Client, validators: &Validators) -> Result<Fetched, FetchError> {
    let (kind, board) = resolve(&"greenhouse:acme".into()).unwrap();
    client.read(kind, &board, Some("Acme"), validators, NOW).await
}

async fn read(server: &Server, tries: u32) -> Result<Fetched, FetchError> {
    read_with(&client(&server.base, tries), &Validators::default()).await
}

fn postings(fetched: Result<Fetched, FetchError>) -> usize {
    match fetched {
        Ok(Fetched::Read { page, .. }) => page.postings.len(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_second_reading_is_conditional_and_may_find_nothing_changed() {
    let first = answer("200 OK", &["ETag: W/\"v1\"", "Last-Modified: Mon, 04 May 2026 13:30:00 GMT"], ONE);
    let mut server = Server::answering(vec![first, answer("304 Not Modified", &[], b"")]).await;
    let client = client(&server.base, 1);
    let Ok(Fetched::Read { page, validators }) = read_with(&client, &Validators::default()).await else {
        panic!("not read");
    };
    assert_eq!(page.postings[0].company, "Acme");
    assert_eq!(validators.etag.as_deref(), Some("W/\"v1\""));
    assert!(matches!(read_with(&client, &validators).await, Ok(Fetched::Unchanged)));
    let heads = server.heads();
    assert!(heads[0].starts_with("get /v1/boards/acme/jobs?content=true&pay_transparency=true http/1.1"));
    assert!(heads[0].contains("user-agent: crier-test (mailto:jobs@example.org)"));
    assert!(heads[0].contains("accept-encoding:") && heads[0].contains("gzip") && heads[0].contains("br"));
    assert!(!heads[0].contains("if-none-match"));
    assert!(heads[1].contains("if-none-match: w/\"v1\""));
    assert!(heads[1].contains("if-modified-since: mon, 04 may 2026 13:30:00 gmt"));
}

#[tokio::test]
async fn not_modified_to_an_unconditional_question_is_no_answer() {
    let server = Server::answering(vec![answer("304 Not Modified", &[], b"")]).await;
    assert!(matches!(read(&server, 1).await, Err(FetchError::Status { status: 304, .. })));
}

#[tokio::test]
async fn a_long_retry_after_is_handed_back_at_once() {
    let mut server =
        Server::answering(vec![answer("429 Too Many Requests", &["Retry-After: 3600"], b"")]).await;
    match read(&server, 3).await {
        Err(FetchError::Status { status: 429, retry_at: Some(at), .. }) => {
            assert!((3_600_000..3_620_000).contains(&at.since(NOW)), "{at:?}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(server.heads().len(), 1);
}

#[tokio::test]
async fn trouble_of_the_servers_own_passes_within_the_tries() {
    let script = || {
        vec![
            answer("429 Too Many Requests", &["Retry-After: 0"], b""),
            answer("503 Service Unavailable", &[], b"later"),
            answer("200 OK", &[], ONE),
        ]
    };
    let mut server = Server::answering(script()).await;
    assert_eq!(postings(read(&server, 3).await), 1);
    assert_eq!(server.heads().len(), 3);

    let mut server = Server::answering(script()).await;
    assert!(matches!(read(&server, 2).await, Err(FetchError::Status { status: 503, retry_at: None, .. })));
    assert_eq!(server.heads().len(), 2);
}

#[tokio::test]
async fn an_unknown_board_is_not_asked_for_again() {
    let mut server = Server::answering(vec![answer("404 Not Found", &[], b"Not Found")]).await;
    let error = read(&server, 3).await.unwrap_err();
    assert_eq!(error.to_string(), "boards-api.greenhouse.io answered 404");
    assert_eq!(server.heads().len(), 1);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error_and_worth_another_try() {
    let mut cut = answer("200 OK", &[], ONE);
    cut.truncate(cut.len() - 5);
    let chunked =
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n{\"jobs\": []}\r\n";
    let mut server = Server::answering(vec![cut.clone(), chunked.to_vec(), answer("200 OK", &[], ONE)]).await;
    assert_eq!(postings(read(&server, 3).await), 1);
    assert_eq!(server.heads().len(), 3);

    for broken in [cut, chunked.to_vec()] {
        let server = Server::answering(vec![broken]).await;
        let error = read(&server, 1).await.unwrap_err();
        assert!(matches!(&error, FetchError::Unreachable { .. }), "{error:?}");
        assert!(error.to_string().contains("broke off"), "{error}");
    }
}

/// `{"jobs": []}` and 100,000 spaces behind it, through gzip.
const PACKED: &[u8] = &[
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0xa1, 0x0d, 0x00, 0x20, 0x0c,
    0x00, 0xb0, 0x57, 0x96, 0x9d, 0xc1, 0x2b, 0x04, 0x83, 0xc4, 0x4c, 0x20, 0x09, 0xbf, 0xf3, 0x06, 0xa2,
    0xed, 0xc9, 0x55, 0x73, 0x67, 0x8b, 0x3e, 0x6e, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0xdf, 0x7a, 0x5b, 0x58, 0x9b, 0xf4, 0xac, 0x86, 0x01, 0x00,
];

#[tokio::test]
async fn compressed_answers_are_unpacked_and_count_unpacked() {
    let packed = |body: &[u8]| answer("200 OK", &["Content-Encoding: gzip"], body);
    let server = Server::answering(vec![packed(PACKED)]).await;
    assert_eq!(postings(read(&server, 1).await), 0);

    let server = Server::answering(vec![packed(&PACKED[..PACKED.len() / 2])]).await;
    assert!(matches!(read(&server, 1).await, Err(FetchError::Unreachable { .. })));

    let mut server = Server::answering(vec![packed(PACKED)]).await;
    let pages = Pages { cap: 50_000 };
    let error =
        client(&server.base, 3).read(&pages, "1", None, &Validators::default(), NOW).await.unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { cap: 50_000, .. }), "{error:?}");
    assert_eq!(server.heads().len(), 1, "asking again would not make it smaller");
}

#[tokio::test]
async fn a_web_page_in_place_of_an_answer_is_an_error() {
    let server = Server::answering(vec![answer("200 OK", &[], b"<!doctype html><title>Sorry</title>")]).await;
    let error = read(&server, 3).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "greenhouse did not answer as expected: the answer is a web page or XML, not JSON"
    );
}

#[tokio::test]
async fn redirects_are_followed_but_not_for_ever() {
    let away = |to: &str| answer("302 Found", &[&format!("Location: {to}")], b"");
    let mut server = Server::answering(vec![away("/moved"), answer("200 OK", &[], ONE)]).await;
    assert_eq!(postings(read(&server, 1).await), 1);
    assert!(server.heads()[1].starts_with("get /moved "));

    let mut server = Server::answering(vec![away("/again"); 7]).await;
    let error = read(&server, 3).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "boards-api.greenhouse.io redirects: more than 5 times in a row; not followed"
    );
    assert_eq!(server.heads().len(), 6);

    let server = Server::answering(vec![away("ftp://127.0.0.1/jobs")]).await;
    assert!(read(&server, 1).await.is_err());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = read_with(&client(&base, 2), &Validators::default()).await.unwrap_err();
    assert!(matches!(&error, FetchError::Unreachable { .. }), "{error:?}");
    assert!(error.to_string().starts_with("boards-api.greenhouse.io can't be reached: "), "{error}");
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let settings = ClientSettings {
        timeout: 50,
        tries: 1,
        backoff: 0,
        pauses: true,
        user_agent: "crier-test".into(),
        proxies: Vec::new(),
        keys: std::collections::BTreeMap::new(),
        reroute: vec![("boards-api.greenhouse.io".into(), base)],
    };
    let error = read_with(&Client::new(settings).unwrap(), &Validators::default()).await.unwrap_err();
    assert!(error.to_string().contains("no whole answer within 50 ms"), "{error}");
}

#[tokio::test]
async fn one_host_is_asked_by_one_at_a_time() {
    let client = client("http://127.0.0.1:9", 1);
    let held = client.lock_of("boards-api.greenhouse.io");
    let alone = held.lock().await;
    let empty = Validators::default();
    let reading = read_with(&client, &empty);
    tokio::pin!(reading);
    // Polled once: it waits for the lock, although the port refuses at once.
    let waits =
        std::future::poll_fn(|context| Poll::Ready(reading.as_mut().poll(context).is_pending())).await;
    assert!(waits);
    assert!(client.lock_of("boards-api.greenhouse.io").try_lock().is_err());
    assert!(client.lock_of("other.example").try_lock().is_ok());
    drop(alone);
    assert!(matches!(reading.await, Err(FetchError::Unreachable { .. })));
}

/// A kind with numbered pages: the board is how many there are.
#[derive(Debug)]
struct Pages {
    cap: u64,
}

impl Kind for Pages {
    fn name(&self) -> &'static str {
        "pages"
    }

    fn first(&self, _board: &str) -> Result<Ask, ReadError> {
        Ok(Ask { url: "https://pages.example/1".into(), json: None })
    }

    fn read(&self, board: &str, _: Option<&str>, ask: &Ask, body: &[u8]) -> Result<Page, ReadError> {
        let number: usize = ask.url.rsplit('/').next().and_then(|number| number.parse().ok()).unwrap_or(0);
        let last: usize = board.parse().unwrap_or(0);
        let posting = crate::domain::posting::Posting { key: number.to_string(), ..Default::default() };
        Ok(Page {
            postings: vec![posting],
            skipped: vec![("odd".into(), u32::try_from(body.len()).unwrap())],
            next: (number != last).then(|| Ask {
                // Board 0 turns in a circle.
                url: format!("https://pages.example/{}", if last == 0 { 1 } else { number + 1 }),
                json: None,
            }),
            whole: number != 2,
        })
    }

    fn max_bytes(&self) -> u64 {
        self.cap
    }

    fn pause(&self) -> i64 {
        0
    }
}

#[tokio::test]
async fn pages_are_joined_and_only_a_reading_of_one_page_is_conditional_next_time() {
    let tagged = |body: &[u8]| answer("200 OK", &["ETag: \"v\""], body);
    let mut server = Server::answering(vec![tagged(b"x"), tagged(b"xx"), tagged(b"xxx")]).await;
    let known = Validators { etag: Some("\"old\"".into()), last_modified: None };
    let read = client(&server.base, 1).read(&Pages { cap: 100 }, "3", None, &known, NOW).await;
    let Ok(Fetched::Read { page, validators }) = read else { panic!("{read:?}") };
    let keys: Vec<&str> = page.postings.iter().map(|posting| posting.key.as_str()).collect();
    assert_eq!(keys, ["1", "2", "3"]);
    assert_eq!(page.skipped, [("odd".to_owned(), 6)]);
    assert!(!page.whole, "one page that is not whole leaves the reading not whole");
    assert_eq!(validators, Validators::default());
    let conditional: Vec<bool> = server.heads().iter().map(|head| head.contains("if-none-match")).collect();
    assert_eq!(conditional, [true, false, false]);
}

#[tokio::test]
async fn a_page_that_fails_fails_the_reading() {
    let server =
        Server::answering(vec![answer("200 OK", &[], b"x"), answer("500 Internal Server Error", &[], b"")])
            .await;
    let read =
        client(&server.base, 1).read(&Pages { cap: 100 }, "3", None, &Validators::default(), NOW).await;
    assert!(matches!(read, Err(FetchError::Status { status: 500, .. })));
}

#[tokio::test]
async fn pages_in_a_circle_and_pages_without_measure_are_stopped() {
    let server = Server::answering(vec![answer("200 OK", &[], b"x"); 2]).await;
    let read =
        client(&server.base, 1).read(&Pages { cap: 100 }, "0", None, &Validators::default(), NOW).await;
    assert!(matches!(read, Err(FetchError::Read(ReadError::Unexpected { .. }))), "{read:?}");

    let server = Server::answering(vec![answer("200 OK", &[], &[b'x'; 10]); 5]).await;
    let read = client(&server.base, 1).read(&Pages { cap: 10 }, "9", None, &Validators::default(), NOW).await;
    assert!(matches!(read, Err(FetchError::TooLarge { cap: 40, .. })), "{read:?}");
    let server = Server::answering(vec![answer("200 OK", &[], &[b'x'; 11])]).await;
    let read = client(&server.base, 1).read(&Pages { cap: 10 }, "9", None, &Validators::default(), NOW).await;
    assert!(matches!(read, Err(FetchError::TooLarge { cap: 10, .. })), "{read:?}");
}

#[tokio::test]
async fn a_file_is_a_board_of_json_lines_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jobs.jsonl");
    std::fs::write(&path, "{\"id\": 1, \"title\": \"Cook\", \"url\": \"https://a.example/1\"}\n").unwrap();
    let client = client("http://127.0.0.1:9", 1);
    let ask = async |board: String| {
        let (kind, board) = resolve(&format!("jsonl:file:{board}").as_str().into()).unwrap();
        client.read(kind, &board, None, &Validators::default(), NOW).await
    };
    assert_eq!(postings(ask(path.display().to_string()).await), 1);
    assert_eq!(postings(ask(format!("//{}", path.display())).await), 1);
    let missing = ask(folder.path().join("other").display().to_string()).await.unwrap_err();
    assert!(missing.to_string().starts_with("the file "), "{missing}");
    let folder = ask(folder.path().display().to_string()).await.unwrap_err();
    assert!(folder.to_string().contains("no plain file"), "{folder}");

    let (pages, local) = (Pages { cap: 9 }, Ask { url: format!("file:{}", path.display()), json: None });
    assert!(matches!(client.fetch(&pages, &local, None, NOW).await, Err(FetchError::Refused(_))));
}

#[tokio::test]
async fn only_the_operators_own_kinds_reach_into_a_private_network() {
    let server = Server::answering(vec![answer("200 OK", &[], b"")]).await;
    let client = client("http://127.0.0.1:9", 1);
    let inside = Ask { url: format!("{}/board/openings.jsonl", server.base), json: None };
    let refused = client.fetch(&Pages { cap: 9 }, &inside, None, NOW).await.unwrap_err();
    assert_eq!(refused.to_string(), "127.0.0.1 is an address of a private network; pages boards are public");
    let (lines, board) = resolve(&format!("jsonl:{}", inside.url).as_str().into()).unwrap();
    assert!(client.read(lines, &board, None, &Validators::default(), NOW).await.is_ok());
}

#[tokio::test]
async fn a_name_that_leads_into_a_private_network_is_not_asked_and_not_tried_again() {
    let server = Server::answering(vec![answer("200 OK", &[], b"{}")]).await;
    let client = client("http://127.0.0.1:9", 3);
    let base = server.base.replace("127.0.0.1", "localhost");
    // What stands for a public name here; the connection itself refuses it.
    let error = client.0.outside.get(&base).send().await.unwrap_err();
    let failure = client.failed("jobs.example", error);
    assert!(!failure.again);
    assert_eq!(
        failure.error.to_string(),
        "jobs.example is not asked: its name leads into a private network; boards are public"
    );
    assert!(client.0.own.get(&base).send().await.is_ok(), "the operator's own boards may lie there");
}

#[tokio::test]
async fn a_boards_keys_go_with_each_request_and_stand_in_no_error() {
    let mut server = Server::answering(vec![
        answer("200 OK", &[], b"{\"results\": []}"),
        answer("403 Forbidden", &[], b""),
        answer(
            "200 OK",
            &[],
            b"{\"SearchResult\": {\"SearchResultItems\": [], \"SearchResultCountAll\": 0}}",
        ),
    ])
    .await;
    let mut settings = settings(&server.base, 1);
    for (variable, key) in [
        ("ADZUNA_APP_ID", "id7"),
        ("ADZUNA_APP_KEY", "s&cret"),
        ("USAJOBS_EMAIL", "me@a.example"),
        ("USAJOBS_KEY", "k9"),
    ] {
        settings.keys.insert(variable.to_owned(), key.to_owned().into());
    }
    let with_keys = Client::new(settings).unwrap();
    let ask = async |client: &Client, key: &str| {
        let (kind, board) = resolve(&key.into()).unwrap();
        client.read(kind, &board, None, &Validators::default(), NOW).await
    };
    assert_eq!(postings(ask(&with_keys, "adzuna:us").await), 0);
    let refused = ask(&with_keys, "adzuna:us").await.unwrap_err();
    assert_eq!(refused.to_string(), "api.adzuna.com answered 403");
    assert_eq!(postings(ask(&with_keys, "usajobs:2210").await), 0);
    let heads = server.heads();
    assert!(heads[0].contains("&app_id=id7&app_key=s%26cret "), "{}", heads[0]);
    assert!(
        heads[2].contains("authorization-key: k9\r\n") && heads[2].contains("user-agent: me@a.example\r\n")
    );
    assert!(!format!("{with_keys:?}").contains("s&cret"));

    let without = client("http://127.0.0.1:9", 1);
    let told = ask(&without, "usajobs:2210").await.unwrap_err();
    assert_eq!(told.to_string(), "usajobs boards want a key of your own: USAJOBS_EMAIL is not set");
}

#[tokio::test]
async fn a_host_that_fails_again_and_again_is_left_alone_for_a_while() {
    let down = || answer("503 Service Unavailable", &[], b"");
    let mut server =
        Server::answering(vec![down(), down(), down(), down(), answer("200 OK", &[], b"{}")]).await;
    let client = client(&server.base, 1);
    let ask = Ask { url: "https://pages.example/x".into(), json: None };
    let at = async |now: Millis| client.fetch(&Pages { cap: 9 }, &ask, None, now).await;
    for _ in 0..4 {
        assert!(matches!(at(NOW).await, Err(FetchError::Status { status: 503, .. })));
    }
    let resting = at(NOW).await.unwrap_err();
    assert_eq!(resting.to_string(), "pages.example is left alone for now: pages.example answered 503");
    assert!(resting.retry_at().is_some_and(|at| at > NOW));
    assert_eq!(server.heads().len(), 4);
    assert!(at(NOW.plus(2 * crate::domain::time::MINUTE)).await.is_ok());
}

#[tokio::test]
async fn a_question_with_a_body_is_posted_and_never_conditional() {
    let mut server = Server::answering(vec![answer("200 OK", &[], b"{}")]).await;
    let ask = Ask { url: "https://pages.example/search".into(), json: Some("{\"offset\":0}".into()) };
    let known = Validators { etag: Some("\"v\"".into()), last_modified: None };
    let asked = client(&server.base, 1).fetch(&Pages { cap: 9 }, &ask, Some(&known), NOW).await;
    assert!(asked.is_ok(), "{asked:?}");
    let head = server.heads().remove(0);
    assert!(head.starts_with("post /search ") && head.contains("content-type: application/json"), "{head}");
    assert!(head.contains("content-length: 12") && !head.contains("if-none-match"), "{head}");
}

#[test]
fn settings_that_cannot_work_are_told_at_the_start() {
    let settings = |agent: &str, base: &str| ClientSettings {
        timeout: 1_000,
        tries: 1,
        backoff: 0,
        pauses: true,
        user_agent: agent.into(),
        proxies: Vec::new(),
        keys: std::collections::BTreeMap::new(),
        reroute: vec![("a.example".into(), base.into())],
    };
    assert!(Client::new(settings("crier", "http://127.0.0.1:80")).is_ok());
    assert!(Client::new(settings("two\nlines", "http://127.0.0.1:80")).is_err());
    assert!(Client::new(settings("crier", "127.0.0.1:80")).unwrap_err().contains("http://HOST:PORT"));
}
