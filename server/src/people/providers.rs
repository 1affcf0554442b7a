//! The sign-in providers of the organizations, from a file that the operator keeps (`--sign-in-providers`).
//!
//! Secrets are named, not written there: a client's secret stands in a file of its own or in the environment.

use anyhow::{Context as _, ensure};
use kakunin_api::people::Role;
use serde::Deserialize;
use std::{collections::BTreeSet, path::Path, path::PathBuf};

/// All providers.
#[derive(Clone, Debug, Default)]
pub struct Providers(Vec<Provider>);

/// One provider of one organization (OpenID Connect Core 1.0).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its name in addresses: small letters, digits and `-`.
    pub key: String,
    /// 団体コード of the organization whose people it vouches for.
    pub organization: String,
    /// What its button says, in Japanese.
    pub label_ja: String,
    /// The same in English.
    pub label_en: String,
    /// The issuer, `https://…`.
    pub issuer: String,
    /// The portal's name there.
    pub client_id: String,
    /// File with the portal's secret there.
    pub client_secret_file: Option<PathBuf>,
    /// Variable of the environment with it.
    pub client_secret_env: Option<String>,
    /// The claim with the groups that give a role.
    #[serde(default = "groups")]
    pub groups_claim: String,
    /// The claim with the name of the department.
    #[serde(default = "department")]
    pub department_claim: String,
    /// Which group gives which role; the first that fits counts.
    pub roles: Vec<GroupRole>,
    /// The department of whoever's claim names none of the organization's.
    pub default_department: String,
    /// What happens when somebody comes for the first time.
    pub first_sign_in: FirstSignIn,
    #[serde(skip)]
    secret: String,
}

/// A group and the role it gives.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupRole {
    /// The group, as the claim names it.
    pub group: String,
    /// The role.
    pub role: Role,
}

/// What happens when somebody comes for the first time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FirstSignIn {
    /// An administrator approves them first.
    Approval,
    /// Whoever has a role by their groups comes in.
    ByRole,
    /// Only these subjects come in; the others wait for approval.
    Allowed(BTreeSet<String>),
}

fn groups() -> String {
    "groups".to_owned()
}

fn department() -> String {
    "department".to_owned()
}

impl Providers {
    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong in it, in words for whoever starts the portal.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut providers: Vec<Provider> =
            serde_saphyr::from_str(&text).with_context(|| format!("{} is not understood", path.display()))?;
        let mut keys = BTreeSet::new();
        for provider in &mut providers {
            let key = &provider.key;
            ensure!(
                !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "the provider's key {key:?} may hold small letters, digits and - only"
            );
            ensure!(keys.insert(key.clone()), "the provider {key} is there twice");
            ensure!(is_protected(&provider.issuer), "the issuer of {key} must begin with https://");
            ensure!(!provider.roles.iter().any(|one| one.role == Role::Operator), "{key} cannot make operators");
            provider.secret = secret(provider)?;
        }
        Ok(Self(providers))
    }

    /// The provider with this key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&Provider> {
        self.0.iter().find(|provider| provider.key == key)
    }

    /// All of them, for the sign-in page.
    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.0.iter()
    }
}

impl Provider {
    /// The portal's secret there.
    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    /// The role that groups give.
    #[must_use]
    pub fn role(&self, groups: &[String]) -> Option<Role> {
        self.roles.iter().find(|one| groups.contains(&one.group)).map(|one| one.role)
    }

    /// Who gave a role that this provider's claims gave.
    #[must_use]
    pub fn granted_by(&self) -> String {
        format!("provider: {}", self.key)
    }
}

/// Shortest secret that is accepted, in characters.
const SHORTEST_SECRET: usize = 16;

fn secret(provider: &Provider) -> anyhow::Result<String> {
    let key = &provider.key;
    let secret = match (&provider.client_secret_file, &provider.client_secret_env) {
        (Some(path), None) => std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the secret of {key}: {}", path.display()))?,
        (None, Some(name)) => std::env::var(name).with_context(|| format!("the secret of {key} is not in {name}"))?,
        _ => anyhow::bail!("{key} needs either client_secret_file or client_secret_env"),
    };
    let secret = secret.trim().to_owned();
    let one_character = secret.chars().next().is_none_or(|first| secret.chars().all(|c| c == first));
    let named = ["changeme", "change-me", "secret", "password", "example"];
    let default = one_character || named.iter().any(|word| secret.to_lowercase().starts_with(word));
    ensure!(
        secret.chars().count() >= SHORTEST_SECRET && !default,
        "the secret of {key} is a default or shorter than {SHORTEST_SECRET} characters; give it the one the provider made"
    );
    Ok(secret)
}

/// Whether an address is reached over TLS, or stays on this machine.
#[must_use]
pub(super) fn is_protected(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("http://") else { return address.starts_with("https://") };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    !host.contains('@') && matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "
- key: staff
  organization: '132292'
  label_ja: 職員認証
  label_en: Staff directory
  issuer: https://id.example.jp
  client_id: kakunin
  client_secret_file: SECRET
  roles:
    - { group: reviewers, role: reviewer }
    - { group: everybody, role: auditor }
  default_department: 情報政策課
  first_sign_in: approval
";

    fn read(change: impl Fn(&str) -> String, secret: &str) -> Result<Providers, String> {
        let folder = std::env::temp_dir().join(format!("kakunin-providers-{}", crate::rng::Rng::system().token()));
        std::fs::create_dir_all(&folder).unwrap();
        let (file, secret_file) = (folder.join("providers.yaml"), folder.join("secret"));
        std::fs::write(&secret_file, secret).unwrap();
        std::fs::write(&file, change(GOOD).replace("SECRET", &secret_file.display().to_string())).unwrap();
        let read = Providers::read(&file).map_err(|error| format!("{error:#}"));
        std::fs::remove_dir_all(folder).unwrap();
        read
    }

    #[test]
    fn the_first_group_that_fits_gives_the_role() {
        let providers = read(str::to_owned, "k7Vq-pzR2-mw4L-x9Bd\n").unwrap();
        let staff = providers.find("staff").unwrap();
        assert_eq!(staff.role(&["everybody".to_owned(), "reviewers".to_owned()]), Some(Role::Reviewer));
        assert_eq!(staff.role(&["everybody".to_owned()]), Some(Role::Auditor));
        assert_eq!(staff.role(&["others".to_owned()]), None);
        assert_eq!(staff.secret(), "k7Vq-pzR2-mw4L-x9Bd");
    }

    #[test]
    fn a_default_secret_refuses_to_start() {
        for secret in ["changeme-changeme-changeme", "short", "aaaaaaaaaaaaaaaaaaaa", "", "SECRET-secret-secret"] {
            let refused = read(str::to_owned, secret).unwrap_err();
            assert!(refused.contains("default or shorter"), "{secret}: {refused}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let good = "k7Vq-pzR2-mw4L-x9Bd";
        let refused = |from: &str, to: &str| read(|text| text.replace(from, to), good).unwrap_err();
        assert!(refused("https://id", "http://id").contains("https://"));
        assert!(refused("key: staff", "key: Staff").contains("small letters"));
        assert!(refused("role: reviewer", "role: operator").contains("operators"));
        assert!(
            refused("client_secret_file: SECRET", "client_secret_env: KAKUNIN_NOT_THERE").contains("KAKUNIN_NOT_THERE")
        );
        assert!(refused("client_id", "client_name").contains("not understood"));
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        for good in ["https://id.example.jp", "http://127.0.0.1:4000/", "http://localhost", "http://[::1]:80/x"] {
            assert!(is_protected(good), "{good}");
        }
        for bad in [
            "http://id.example.jp",
            "http://127.0.0.1@evil.example",
            "ftp://localhost",
            "http://localhost.evil.example",
        ] {
            assert!(!is_protected(bad), "{bad}");
        }
    }
}
