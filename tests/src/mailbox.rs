//! A real mail server (`smtp-server` from npm, `tests/mail/server.mjs`) and everything that arrives there.

use crate::{TestPortal, portal::workspace};
use serde_json::Value;
use std::{path::PathBuf, process::Stdio, time::Duration};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

/// Every mail, as it arrives.
pub struct Mailbox {
    lines: Lines<BufReader<ChildStdout>>,
    refusing: PathBuf,
    _folder: TempDir,
    _child: Child,
}

impl Mailbox {
    /// Starts a mail server and a portal that hands its mail there.
    pub async fn with_portal() -> (Self, TestPortal) {
        let folder = TempDir::new().expect("a folder");
        let refusing = folder.path().join("refusing");
        let mut child = Command::new("node")
            .arg(workspace().join("tests/mail/server.mjs"))
            .arg(&refusing)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("node; `make setup` installs it");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let ready = lines.next_line().await.expect("readable").expect("a line; `make setup` installs smtp-server");
        let url = format!("smtp://127.0.0.1:{}", ready.trim_start_matches("ready "));
        let portal = TestPortal::with(&["--smtp", &url]).await;
        (Self { lines, refusing, _folder: folder, _child: child }, portal)
    }

    /// Makes the server refuse, or take mail again.
    pub fn refuses(&self, refuses: bool) {
        if refuses {
            std::fs::write(&self.refusing, b"").expect("written");
        } else {
            std::fs::remove_file(&self.refusing).expect("removed");
        }
    }

    /// The next mail: to whom, its subject, its text. None where none comes within some seconds.
    pub async fn next(&mut self) -> Option<(String, String, String)> {
        let line = tokio::time::timeout(Duration::from_secs(8), self.lines.next_line()).await.ok()?;
        let mail: Value = serde_json::from_str(&line.ok()??).ok()?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Some((text(&mail["to"][0]), text(&mail["subject"]), text(&mail["text"])))
    }
}
