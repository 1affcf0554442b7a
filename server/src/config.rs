//! Settings, from the command line or the environment.

use std::{net::SocketAddr, path::PathBuf};

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
    /// Folder that Trunk built the browser bundle into.
    #[arg(long, env = "KAKUNIN_BUNDLE", default_value = "dist")]
    pub bundle: PathBuf,
}

impl Config {
    /// The database's address.
    #[must_use]
    pub fn database_url(&self) -> String {
        let file = || format!("sqlite://{}", self.data.join("kakunin.sqlite").display());
        self.database.clone().unwrap_or_else(file)
    }

    /// Whether people reach the portal over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
