//! A portal with the demo town, on a free port, in a folder of its own; ended when dropped.
//!
//! Its database is SQLite, or PostgreSQL where `KAKUNIN_TEST_POSTGRES` names a server's socket folder (tests/postgres/with.sh).

use crate::Person;
use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
    sync::atomic::{AtomicU32, Ordering},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, Command},
};

/// A running portal.
pub struct TestPortal {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    child: Child,
    folder: TempDir,
    database: Option<String>,
    arguments: Vec<String>,
}

/// The workspace's folder.
#[must_use]
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

/// The binary under test: built by `make test`, or named by KAKUNIN_BINARY.
#[must_use]
pub fn binary() -> PathBuf {
    env::var_os("KAKUNIN_BINARY").map_or_else(|| workspace().join("target/debug/kakunin"), PathBuf::from)
}

/// A new database on the PostgreSQL server, if the tests run with one.
async fn database() -> Option<String> {
    let socket = env::var("KAKUNIN_TEST_POSTGRES").ok()?;
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let status = Command::new("createdb").args(["-h", &socket, "-U", "kakunin", &name]).status().await;
    assert!(status.expect("createdb of the package postgresql-client").success(), "the database {name} is made");
    Some(format!("postgres://kakunin@localhost/{name}?host={socket}"))
}

/// More than the portal says by itself, so that what it must not say would be said.
const LOGGED: &str = "info,kakunin_server=trace,kakunin_app=trace,tower_sessions=debug,sqlx=warn";

/// Starts the binary; gives its address.
async fn spawned(folder: &TempDir, database: Option<&str>, arguments: &[&str], log: &str) -> (String, Child) {
    let mut command = Command::new(binary());
    match database {
        Some(url) => command.env("DATABASE_URL", url),
        None => command.env_remove("DATABASE_URL"),
    };
    if !arguments.contains(&"--listen") {
        command.args(["demo", "--listen", "127.0.0.1:0"]);
    } else {
        command.arg("demo");
    }
    let mut child = command
        .args(arguments)
        .arg("--data")
        .arg(folder.path())
        .arg("--bundle")
        .arg(workspace().join("dist"))
        // More than it says by itself, so that what it must not say would be said.
        .env("RUST_LOG", log)
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(folder.path().join("log")).expect("a log"))
        .kill_on_drop(true)
        .spawn()
        .expect("the binary; `make build` makes it");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let first = lines.next_line().await.expect("readable").unwrap_or_else(|| {
        panic!("the portal did not start: {}", std::fs::read_to_string(folder.path().join("log")).unwrap_or_default())
    });
    let address = first.split("listening on ").nth(1).expect("an address").trim_end_matches(')').to_owned();
    tokio::spawn(async move {
        let mut rest = Vec::new();
        let _ = lines.into_inner().read_to_end(&mut rest).await;
    });
    (format!("http://{address}"), child)
}

/// No secret stands in what a portal logs: no password, no token, no cookie. Asked of every portal of the whole suite.
impl Drop for TestPortal {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let log = self.log();
        for line in log.lines() {
            // The chain of the log is no secret: it is there to be kept elsewhere.
            let line = if line.contains("sequence") { line.split("hash").next().unwrap_or_default() } else { line };
            let hex_run = line.split(|c: char| !c.is_ascii_hexdigit()).any(|run| run.len() >= 64);
            let grouped = line.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
            let first_password = grouped.into_iter().any(|run| run.matches('-').count() == 7 && run.len() == 39);
            let named = ["kakunin-demo-2026", "kakunin=", "いろはにほへと", "kakunin-test-secret"];
            let secret = hex_run || first_password || named.iter().any(|word| line.contains(word));
            assert!(!secret, "a secret stands in the log: {line}");
        }
    }
}

impl TestPortal {
    /// Starts a portal with the demo town.
    pub async fn start() -> Self {
        Self::with_vendors(0).await
    }

    /// Starts a portal whose demo town has so many vendors more.
    pub async fn with_vendors(vendors: u32) -> Self {
        Self::with(&["--vendors", &vendors.to_string()]).await
    }

    /// Starts a portal with the demo, with these arguments more.
    pub async fn with(arguments: &[&str]) -> Self {
        Self::logging(arguments, LOGGED).await
    }

    /// The same, and every statement to an SQLite database stands in its log.
    pub async fn with_statements_logged(arguments: &[&str]) -> Self {
        Self::logging(arguments, "info,sqlx::query=debug").await
    }

    async fn logging(arguments: &[&str], log: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        let database = database().await;
        let (url, child) = spawned(&folder, database.as_deref(), arguments, log).await;
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        Self { url, child, folder, database, arguments }
    }

    /// Ends the portal and starts it again on the same data, at another instant, such as `2100-02-01T00:00:00Z`.
    pub async fn restarts_at(&mut self, instant: &str) {
        self.kill().await;
        let arguments = self.arguments.iter().map(String::as_str).chain(["--at", instant]).collect::<Vec<_>>();
        (self.url, self.child) = spawned(&self.folder, self.database.as_deref(), &arguments, LOGGED).await;
    }

    /// What the portal has logged so far.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// The folder with its database and files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The name of its database, where it has one of PostgreSQL.
    #[must_use]
    pub fn database_name(&self) -> Option<String> {
        let url = self.database.as_deref()?;
        Some(url.split('?').next()?.rsplit('/').next()?.to_owned())
    }

    /// Ends the portal and starts it again on the same PostgreSQL database under another role.
    pub async fn serves_as(&mut self, role: &str) {
        self.kill().await;
        self.database = self.database.as_deref().map(|url| url.replacen("kakunin@", &format!("{role}@"), 1));
        let arguments = self.arguments.iter().map(String::as_str).collect::<Vec<_>>();
        (self.url, self.child) = spawned(&self.folder, self.database.as_deref(), &arguments, LOGGED).await;
    }

    /// Host and port on which it listens.
    #[must_use]
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// Kills the process as a power cut would.
    pub async fn kill(&mut self) {
        self.child.kill().await.expect("killed");
    }

    /// Runs another command of the binary on the same database: its exit status, output and complaints.
    pub async fn runs(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(binary());
        command.args(arguments).env("KAKUNIN_DATA", self.folder.path());
        match &self.database {
            Some(url) => command.env("DATABASE_URL", url),
            None => command.env_remove("DATABASE_URL"),
        };
        let output = command.output().await.expect("the binary");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
    }

    /// Somebody who is not signed in.
    #[must_use]
    pub fn anybody(&self) -> Person {
        Person::new(self.url.clone())
    }

    /// The day in Japan, 2026-11-20.
    pub async fn today(&self) -> String {
        self.day(0).await
    }

    /// The day in Japan so many days after today.
    pub async fn day(&self, after: u32) -> String {
        let when = format!("+{after} days");
        let date =
            Command::new("date").args(["+%F", "-d", &when]).env("TZ", "Asia/Tokyo").output().await.expect("date");
        String::from_utf8(date.stdout).expect("a day").trim().to_owned()
    }

    /// 小川, administrator.
    pub async fn administrator(&self) -> Person {
        self.signed_in("admin").await
    }

    /// 田中, procurement officer.
    pub async fn officer(&self) -> Person {
        self.signed_in("tanaka").await
    }

    /// 佐藤, reviewer.
    pub async fn reviewer(&self) -> Person {
        self.signed_in("sato").await
    }

    /// 鈴木, the other reviewer.
    pub async fn other_reviewer(&self) -> Person {
        self.signed_in("suzuki").await
    }

    /// 木村, auditor.
    pub async fn auditor(&self) -> Person {
        self.signed_in("kimura").await
    }

    /// 伊藤, of the security office.
    pub async fn security_office(&self) -> Person {
        self.signed_in("ito").await
    }

    /// 渡辺, who decides for 市民課.
    pub async fn approver(&self) -> Person {
        self.signed_in("watanabe").await
    }

    /// 山口, operator of the installation.
    pub async fn operator(&self) -> Person {
        self.signed_in("operator").await
    }

    /// Somebody else with a demo account.
    pub async fn signed_in(&self, name: &str) -> Person {
        let person = self.anybody();
        let page = person.signs_in(name, "kakunin-demo-2026").await;
        assert!(matches!(page.path.as_str(), "/" | "/organizations"), "{name} signs in: {}", page.path);
        person
    }
}
