//! A real OpenID provider (`oidc-provider` from npm, `tests/oidc/provider.mjs`) that misbehaves on command, and a portal whose
//! people sign in with it.

use crate::{TestPortal, portal::workspace};
use std::process::Stdio;
use tempfile::NamedTempFile;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

/// The portal's secret at the provider.
const SECRET: &str = "kakunin-test-secret-of-32-characters";

/// A running provider; it ends with the test.
pub struct Provider {
    /// The issuer.
    pub url: String,
    _child: Child,
    _files: [NamedTempFile; 2],
}

impl Provider {
    /// Starts a provider and a portal that knows it under two names: `staff` lets in whoever has a role by their groups,
    /// `approval` asks an administrator first.
    pub async fn with_portal() -> (Self, TestPortal) {
        let port =
            std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let portal_url = format!("http://127.0.0.1:{port}");
        let mut child = Command::new("node")
            .arg(workspace().join("tests/oidc/provider.mjs"))
            .arg("0")
            .args(["staff", "approval"].map(|key| format!("{portal_url}/sign-in/callback/{key}")))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("node; `make setup` installs it");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let ready = lines.next_line().await.expect("readable").expect("a line; `make setup` installs oidc-provider");
        let url = ready.trim_start_matches("ready ").to_owned();
        let secret = NamedTempFile::new().expect("a file");
        std::fs::write(secret.path(), SECRET).expect("written");
        let one = |key: &str, first: &str| {
            format!(
                "- key: {key}\n  organization: '132292'\n  label_ja: 職員認証（{key}）\n  label_en: Staff ({key})\n  issuer: {url}\n  \
                 client_id: kakunin\n  client_secret_file: {}\n  roles:\n    - {{ group: kakunin-reviewers, role: reviewer }}\n    \
                 - {{ group: kakunin-officers, role: procurement_officer }}\n  default_department: 市民課\n  first_sign_in: {first}\n",
                secret.path().display()
            )
        };
        let providers = NamedTempFile::new().expect("a file");
        std::fs::write(providers.path(), one("staff", "by_role") + &one("approval", "approval")).expect("written");
        let listen = format!("127.0.0.1:{port}");
        let file = providers.path().display().to_string();
        let arguments = ["--listen", &listen, "--public-url", &portal_url, "--sign-in-providers", &file];
        let portal = TestPortal::with(&arguments).await;
        (Self { url, _child: child, _files: [secret, providers] }, portal)
    }

    /// Who signs in there next, and how it behaves.
    pub async fn is(&self, mode: &str, login: &str) {
        let body = format!(r#"{{"mode":"{mode}","login":"{login}"}}"#);
        let request = reqwest::Client::new().post(format!("{}/__control", self.url)).body(body);
        let answer = request.header("content-type", "application/json").send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{mode}");
    }
}
