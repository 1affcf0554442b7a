//! Policy and questionnaire versions as they were frozen when an assessment was sent, kept parsed and compiled in memory.

use crate::{error::internal, portal::Portal, store::records::Document};
use kakunin_api::PortalError;
use kakunin_questionnaires::{compile::Compiled, policy::Policy, questionnaire::Questionnaire};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Parsed documents by hash. A hash never changes its content, and an installation has few versions.
#[derive(Debug, Default)]
pub struct Frozen {
    policies: Mutex<HashMap<String, Arc<Policy>>>,
    questionnaires: Mutex<HashMap<String, Arc<Questionnaire>>>,
    compiled: Mutex<HashMap<(String, String), Arc<Compiled>>>,
}

impl Portal {
    /// The policy frozen under this hash.
    pub(crate) async fn policy(&self, sha256: &str) -> Result<Arc<Policy>, PortalError> {
        self.document(&self.frozen.policies, sha256).await
    }

    /// The questionnaire frozen under this hash.
    pub(crate) async fn questionnaire(&self, sha256: &str) -> Result<Arc<Questionnaire>, PortalError> {
        self.document(&self.frozen.questionnaires, sha256).await
    }

    /// The policy frozen under the first hash, compiled against the questionnaire frozen under the second.
    pub(crate) async fn compiled(&self, policy: &str, questionnaire: &str) -> Result<Arc<Compiled>, PortalError> {
        let known = &self.frozen.compiled;
        let key = (policy.to_owned(), questionnaire.to_owned());
        if let Some(found) = known.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(found));
        }
        let (policy, questionnaire) = (self.policy(policy).await?, self.questionnaire(questionnaire).await?);
        let compiled = Arc::new(Compiled::new(policy, questionnaire));
        known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&compiled));
        Ok(compiled)
    }

    async fn document<T: serde::de::DeserializeOwned>(
        &self,
        known: &Mutex<HashMap<String, Arc<T>>>,
        sha256: &str,
    ) -> Result<Arc<T>, PortalError> {
        if let Some(found) = known.lock().unwrap_or_else(PoisonError::into_inner).get(sha256) {
            return Ok(Arc::clone(found));
        }
        let row = self.store.document(sha256).await?;
        let parsed: Arc<T> = Arc::new(serde_json::from_str(&row.body).map_err(internal)?);
        known.lock().unwrap_or_else(PoisonError::into_inner).insert(sha256.to_owned(), Arc::clone(&parsed));
        Ok(parsed)
    }
}

/// A policy, ready to be frozen.
pub(crate) fn frozen_policy(policy: &Policy) -> Document {
    Document {
        sha256: policy.sha256(),
        kind: "policy".to_owned(),
        name: policy.id.clone(),
        version: policy.version.clone(),
        body: policy.canonical_json(),
    }
}

/// A questionnaire, ready to be frozen.
pub(crate) fn frozen_questionnaire(questionnaire: &Questionnaire) -> Document {
    Document {
        sha256: questionnaire.sha256(),
        kind: "questionnaire".to_owned(),
        name: questionnaire.id.clone(),
        version: questionnaire.version.clone(),
        body: questionnaire.canonical_json(),
    }
}
