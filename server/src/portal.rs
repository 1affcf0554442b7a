//! The portal: everything a service needs (database, clock, randomness, files, passwords), and the services themselves.

use crate::{
    assessments::{Answering, Assessments, catalogue::Frozen},
    audit::{Audit, checkpoint::CheckpointSigner},
    clock::Clock,
    config::Config,
    handovers::Handovers,
    imports::{Imports, running::ImportsRunning},
    mail::Mailer,
    organizations::Organizations,
    people::{People, passwords::Passwords, providers::Providers, throttle::Throttle},
    policies::{Policies, WhatIfs},
    questionnaires::Questionnaires,
    registers::{Records, Subjects, Vendors, kinds::RecordKind},
    rng::Rng,
    storage::FileStore,
    store::Store,
};
use std::sync::Arc;

/// One running portal.
#[derive(Debug)]
pub struct Portal {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) rng: Rng,
    pub(crate) files: FileStore,
    pub(crate) passwords: Passwords,
    pub(crate) providers: Providers,
    pub(crate) signer: CheckpointSigner,
    pub(crate) throttle: Throttle,
    pub(crate) mailer: Option<Mailer>,
    pub(crate) frozen: Frozen,
    pub(crate) what_ifs: WhatIfs,
    pub(crate) imports_running: ImportsRunning,
    pub(crate) config: Config,
}

impl Portal {
    /// Opens the database and the file store that `config` names.
    ///
    /// # Errors
    /// Where either cannot be opened.
    pub async fn open(config: Config, clock: Clock, rng: Rng) -> anyhow::Result<Self> {
        tokio::fs::create_dir_all(&config.data).await?;
        let providers = config.sign_in_providers.as_deref().map(Providers::read).transpose()?.unwrap_or_default();
        Ok(Self {
            providers,
            mailer: config.smtp.as_deref().map(|url| Mailer::new(url, &config.mail_from)).transpose()?,
            signer: CheckpointSigner::open(&config.signing_key(), &rng)?,
            store: Store::open(&config.database_url()).await?,
            files: FileStore::open(config.data.join("evidence")).await?,
            passwords: Passwords::new(),
            throttle: Throttle::default(),
            frozen: Frozen::default(),
            what_ifs: WhatIfs::default(),
            imports_running: ImportsRunning::default(),
            clock,
            rng,
            config,
        })
    }

    /// Time, for pages that say "today".
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Randomness, for what is sealed in a session.
    #[must_use]
    pub fn rng(&self) -> &Rng {
        &self.rng
    }

    /// The settings it runs with.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Whether the database answers.
    pub async fn is_healthy(&self) -> bool {
        self.store.answers().await
    }

    /// Sign-in, sessions and who is at the screen.
    #[must_use]
    pub fn people(&self) -> People<'_> {
        People(self)
    }

    /// Organizations, departments and officers.
    #[must_use]
    pub fn organizations(&self) -> Organizations<'_> {
        Organizations(self)
    }

    /// 委託先.
    #[must_use]
    pub fn vendors(&self) -> Vendors<'_> {
        Vendors(self)
    }

    /// The records of one register.
    #[must_use]
    pub fn records<K: RecordKind>(&self) -> Records<'_, K> {
        Records(self, std::marker::PhantomData)
    }

    /// 人事異動の反映.
    #[must_use]
    pub fn handovers(&self) -> Handovers<'_> {
        Handovers(self)
    }

    /// Lists brought into registers.
    #[must_use]
    pub fn imports(self: &Arc<Self>) -> Imports<'_> {
        Imports(self)
    }

    /// 対象: what is assessed.
    #[must_use]
    pub fn subjects(&self) -> Subjects<'_> {
        Subjects(self)
    }

    /// 調査, the staff's side.
    #[must_use]
    pub fn assessments(&self) -> Assessments<'_> {
        Assessments(self)
    }

    /// 調査, the contractor's side.
    #[must_use]
    pub fn answering(&self) -> Answering<'_> {
        Answering(self)
    }

    /// ポリシー.
    #[must_use]
    pub fn policies(self: &Arc<Self>) -> Policies<'_> {
        Policies(self)
    }

    /// 調査票.
    #[must_use]
    pub fn questionnaires(&self) -> Questionnaires<'_> {
        Questionnaires(self)
    }

    /// 操作記録.
    #[must_use]
    pub fn audit(&self) -> Audit<'_> {
        Audit(self)
    }
}
