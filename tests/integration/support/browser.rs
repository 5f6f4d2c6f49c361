//! A real browser for the page: headless Chromium by its WebDriver, with screenshots for whoever looks later.
//!
//! Without chromium and chromedriver these tests are left out, unless `CRIER_TEST_REQUIRE_CHROMIUM` is set.
//! Screenshots go to the folder that `CRIER_TEST_ARTEFACTS` names, else nowhere.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// How long something on the page may take to appear.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Browser {
    client: Client,
    artefacts: Option<PathBuf>,
    /// Ends with the test, however it ends.
    _driver: Child,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// The page at this address; `None` where the tests of the page are left out.
    #[expect(clippy::disallowed_methods, reason = "how tests are run is told by the environment")]
    pub(crate) async fn open(address: &str) -> Option<Self> {
        if !(installed("chromium") && installed("chromedriver")) {
            assert!(
                std::env::var("CRIER_TEST_REQUIRE_CHROMIUM").is_err(),
                "the tests of the page are required here, but chromium and chromedriver are not both in PATH"
            );
            static NOTE: std::sync::Once = std::sync::Once::new();
            // The one line that tells a newcomer; written past the capture of the test harness.
            NOTE.call_once(|| {
                use std::io::Write as _;
                let words =
                    "note: chromium or chromedriver was not found, so the tests of the page are left out";
                let _ = writeln!(std::io::stderr(), "{words}");
            });
            return None;
        }
        let (driver, port) = driver().await;
        let profile = tempfile::tempdir().unwrap();
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1380,900",
            // By the pipe, the browser ends with its driver even where a test ends early.
            "--remote-debugging-pipe",
            &format!("--user-data-dir={}", profile.path().display()),
        ]
        .map(str::to_owned);
        let capabilities = json!({ "browserName": "chrome", "goog:chromeOptions": { "args": arguments } });
        let serde_json::Value::Object(capabilities) = capabilities else { return None };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        client.goto(address).await.unwrap();
        let artefacts = std::env::var_os("CRIER_TEST_ARTEFACTS").map(PathBuf::from);
        let this = Self { client, artefacts, _driver: driver, _profile: profile };
        this.sees("Crier is online").await;
        Some(this)
    }

    /// Types a line into the message box and sends it.
    pub(crate) async fn types(&self, line: &str) {
        let field = self.client.find(Locator::Css("#composer")).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(line).await.unwrap();
        field.send_keys(&Key::Escape.to_string()).await.unwrap();
        field.send_keys(&Key::Enter.to_string()).await.unwrap();
    }

    /// Types without sending.
    pub(crate) async fn begins(&self, line: &str) {
        let field = self.client.find(Locator::Css("#composer")).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(line).await.unwrap();
    }

    /// Clicks the last button or link of this name.
    pub(crate) async fn clicks(&self, name: &str) {
        let path = format!(
            "(//*[self::button or self::a or @role='option'][normalize-space()='{name}' or @aria-label='{name}'])[last()]"
        );
        let wait = self.client.wait().at_most(PATIENCE);
        let found = wait.for_element(Locator::XPath(&path)).await;
        let found = found.unwrap_or_else(|error| panic!("no button \"{name}\": {error}"));
        found.click().await.unwrap();
    }

    /// Waits until the page shows these words.
    pub(crate) async fn sees(&self, words: &str) {
        let script = "return document.body.innerText.includes(arguments[0])";
        let deadline = tokio::time::sleep(PATIENCE);
        tokio::pin!(deadline);
        let mut beat = tokio::time::interval(Duration::from_millis(50));
        loop {
            let seen = self.client.execute(script, vec![json!(words)]).await.unwrap();
            if seen == json!(true) {
                return;
            }
            tokio::select! {
                _ = beat.tick() => {}
                () = &mut deadline => {
                    self.shot("not-seen").await;
                    panic!("the page does not show \"{words}\" but:\n{}", self.text().await)
                }
            }
        }
    }

    /// All words of the messages that are shown.
    pub(crate) async fn text(&self) -> String {
        let log = self.client.find(Locator::Css("#log")).await.unwrap();
        log.text().await.unwrap()
    }

    /// Runs a script of the test's in the page.
    pub(crate) async fn run(&self, script: &str) -> serde_json::Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Keeps a picture of the page under this name.
    pub(crate) async fn shot(&self, name: &str) {
        let Some(folder) = &self.artefacts else { return };
        std::fs::create_dir_all(folder).unwrap();
        let png = self.client.screenshot().await.unwrap();
        std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
    }

    pub(crate) async fn close(self) {
        self.client.close().await.unwrap();
    }
}

/// A WebDriver on a port of its own choice.
async fn driver() -> (Child, u16) {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        // "ChromeDriver was started successfully on port 40123."
        if let Some((_, port)) = line.rsplit_once("successfully on port ") {
            let port = port.trim_end_matches('.').parse().unwrap();
            // Whatever it says later must not fill its pipe.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return (driver, port);
        }
    }
    panic!("chromedriver does not start");
}

fn installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
