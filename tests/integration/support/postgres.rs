//! PostgreSQL for tests: one server of our own for the whole run, one database a test.
//!
//! `CRIER_TEST_POSTGRES` (an address where databases may be created) is used instead when it is set.
//! Without it and without PostgreSQL's programs the tests are left out, unless `CRIER_TEST_REQUIRE_POSTGRES` is set.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crier::store::Location;
use sqlx::{ConnectOptions, Connection, Executor};

/// A running server; its shell ends it when our end of its input closes, however this process ends.
struct Server {
    address: String,
    _shell: Option<(Child, ChildStdin)>,
}

/// A fresh, empty database, or `None` where these tests are left out.
pub(crate) async fn location() -> Option<Location> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let server = SERVER.get_or_init(start).as_ref()?;
    let name = format!("crier_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
    let options: sqlx::postgres::PgConnectOptions = server.address.parse().expect("the server's address");
    let mut admin = options.disable_statement_logging().connect().await.expect("the test server answers");
    admin.execute(format!("CREATE DATABASE {name}").as_str()).await.expect("a database can be created");
    admin.close().await.ok();
    let mut url = url::Url::parse(&server.address).expect("the server's address is a URL");
    url.set_path(&name);
    Some(Location::Postgres(url.to_string().into()))
}

#[expect(clippy::disallowed_methods, reason = "how tests are run is told by the environment")]
fn start() -> Option<Server> {
    if let Ok(address) = std::env::var("CRIER_TEST_POSTGRES") {
        return Some(Server { address, _shell: None });
    }
    let Some(programs) = programs() else {
        assert!(
            std::env::var("CRIER_TEST_REQUIRE_POSTGRES").is_err(),
            "PostgreSQL is required here, but initdb was found neither in PATH nor in /usr/lib/postgresql"
        );
        // The one line that tells a newcomer; written past the capture of the test harness.
        use std::io::Write;
        let _ = writeln!(
            std::io::stderr(),
            "note: PostgreSQL's programs were not found, so the tests on PostgreSQL are left out"
        );
        return None;
    };
    Some(spawn(&programs))
}

fn spawn(programs: &std::path::Path) -> Server {
    const SCRIPT: &str = r#"
        set -e
        "$1/initdb" -D "$2/data" -U crier -A trust -E UTF8 --no-sync >/dev/null
        "$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c max_connections=300 \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off >"$2/log" 2>&1 &
        server=$!
        until grep -q "ready to accept connections" "$2/log"; do kill -0 $server; sleep 0.1; done
        echo ready
        cat >/dev/null || true
        kill -INT $server
        wait $server || true
        rm -rf "$2"
    "#;
    let folder = tempfile::tempdir().expect("a temporary folder").keep();
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port");
    let root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.starts_with(b"0\n"));
    // PostgreSQL refuses to run as root.
    let mut command = Command::new(if root { "runuser" } else { "sh" });
    if root {
        let given = Command::new("chown").arg("postgres").arg(&folder).status();
        assert!(given.is_ok_and(|status| status.success()), "the folder can be given to the user postgres");
        command.args(["-u", "postgres", "--", "sh"]);
    }
    let port = port.port().to_string();
    let mut shell = command
        .args(["-c", SCRIPT, "postgres-for-tests"])
        .args([programs, folder.as_path()])
        .arg(&port)
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell");
    let input = shell.stdin.take().expect("its input is piped");
    let mut line = String::new();
    let output = shell.stdout.take().expect("its output is piped");
    BufReader::new(output).read_line(&mut line).expect("its output can be read");
    assert_eq!(line.trim(), "ready", "PostgreSQL starts; see {}/log", folder.display());
    Server { address: format!("postgres://crier@127.0.0.1:{port}/postgres"), _shell: Some((shell, input)) }
}

/// The folder with initdb and postgres: of PATH, or Debian's newest.
#[expect(clippy::disallowed_methods, reason = "PATH is where programs are")]
fn programs() -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    folders.sort();
    folders.reverse();
    std::env::split_paths(&path)
        .chain(folders)
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}
