//! Settings, from the command line or the environment.

use crate::audit::checkpoint;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// How a portal runs.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Folder for the database file and the evidence files.
    #[arg(long, env = "KAKUNIN_DATA", default_value = "data")]
    pub data: PathBuf,
    /// `postgres://…`; without it, an SQLite file in the data folder.
    #[arg(long, env = "DATABASE_URL")]
    pub database: Option<String>,
    /// Address to listen on.
    #[arg(long, env = "KAKUNIN_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// The address people type, for links in invitations. Cookies are `Secure` where it begins with `https`.
    #[arg(long, env = "KAKUNIN_PUBLIC_URL", default_value = "http://localhost:3000")]
    pub public_url: String,
    /// Where weaknesses are reported, for `/.well-known/security.txt`: `mailto:…` or `https://…`.
    #[arg(long, env = "KAKUNIN_SECURITY_CONTACT", default_value = "mailto:security@localhost")]
    pub security_contact: String,
    /// Addresses of proxies in front of the portal, whose `X-Forwarded-For` is believed.
    #[arg(long, env = "KAKUNIN_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
    /// File with the organizations' sign-in providers (YAML, see docs/sign-in.md).
    #[arg(long, env = "KAKUNIN_SIGN_IN_PROVIDERS")]
    pub sign_in_providers: Option<PathBuf>,
    /// File with the key that signs checkpoints of the log; made in the data folder where none is named. Portals that share
    /// a database share it.
    #[arg(long, env = "KAKUNIN_SIGNING_KEY_FILE")]
    pub signing_key_file: Option<PathBuf>,
    /// The mail server: `smtps://USER:PASSWORD@HOST`, or `smtp://localhost:PORT`. Without it no mail is sent.
    #[arg(long, env = "KAKUNIN_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// Who mail comes from.
    #[arg(long, env = "KAKUNIN_MAIL_FROM", default_value = "Kakunin <kakunin@localhost>")]
    pub mail_from: String,
    /// How the server's own log is written to standard error.
    #[arg(long, env = "KAKUNIN_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// A program that searches a file for malware: it gets the file on its standard input and ends with 0 where there is
    /// none, with 1 where there is some; such as `clamdscan --fdpass --no-summary -`. Without it, files are not searched.
    #[arg(long, env = "KAKUNIN_SCAN_COMMAND")]
    pub scan_command: Option<String>,
    /// Folder that Trunk built the browser bundle into.
    #[arg(long, env = "KAKUNIN_BUNDLE", default_value = "dist")]
    pub bundle: PathBuf,
}

/// How the server's own log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs: one JSON object a line.
    Json,
}

impl Config {
    /// The database's address.
    #[must_use]
    pub fn database_url(&self) -> String {
        let file = || format!("sqlite://{}", self.data.join("kakunin.sqlite").display());
        self.database.clone().unwrap_or_else(file)
    }

    /// The file with the key that signs checkpoints.
    #[must_use]
    pub fn signing_key(&self) -> PathBuf {
        self.signing_key_file.clone().unwrap_or_else(|| self.data.join(checkpoint::KEY_FILE))
    }

    /// Whether people reach the portal over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
