//! A forgotten password is reset by a link that is mailed: to the address of the account, for an hour, once.
//!
//! Nobody is told whether there is such an account. The second factor stays: the next sign-in asks for it.

use super::People;
use crate::{assessments::send::token_hash, permission, registers::FormCheck, store::AuditEvent};
use kakunin_api::{
    PortalError,
    ids::UserId,
    normalized,
    people::{ChoosePassword, ForgottenPassword},
};
use serde_json::json;

/// How long a link can be used, milliseconds.
const LINK_MS: i64 = 60 * 60 * 1000;

impl People<'_> {
    /// Mails a link to whoever has this sign-in name, if they have a password and an address.
    ///
    /// # Errors
    /// TooMany, or Unavailable where there is no mail server.
    pub async fn forgot_password(&self, form: &ForgottenPassword, address: &str) -> Result<(), PortalError> {
        let portal = self.0;
        if !portal.sends_mail() {
            return Err(PortalError::Unavailable);
        }
        let (name, now) = (normalized::tidy(&form.sign_in_name).to_lowercase(), portal.clock.now_ms());
        // Counted apart from sign-ins: whoever forgot a password has often tried it before.
        portal.throttle.attempt(&name, &format!("reset from {address}"), now)?;
        let user = portal.store.user_by_sign_in_name(&name).await?;
        let user = user.filter(|user| user.active && user.password_hash.is_some() && !user.email.is_empty());
        let Some(user) = user else {
            tracing::warn!(target: "security", address, "a reset for an unknown name, or one without an address");
            return Ok(());
        };
        let id = UserId(user.id);
        let token = portal.rng.token();
        let link = format!("{}/sign-in/reset/{token}", portal.config.public_url.trim_end_matches('/'));
        let body = format!(
            "{} 様\n\nパスワードを設定し直すには、1時間以内に次のリンクを開いてください。\n{link}\n\n\
             心当たりがない場合は、このメールを破棄してください。パスワードは変わりません。\n\n--\n\
             To choose a new password, open the link within an hour.\n\
             If you did not ask for it, ignore this mail; nothing changes.\n",
            user.name
        );
        let permit = permission::in_organization(permission::SignIn, &self.checking(id).await?)?;
        let writing = portal.store.write(&permit, now).await?;
        writing.begin_reset(id, token_hash(&token), now + LINK_MS).await?;
        let subject = "【確認】パスワードの再設定 / Your new password".to_owned();
        writing.add_mail(portal.rng.id(&portal.clock), user.email, subject, body).await?;
        writing.commit(AuditEvent::about("user", id.0, json!({ "asked_for": "reset", "from": address }))).await
    }

    /// Whether a link can still be used.
    ///
    /// # Errors
    /// NotFound where it is unknown, used or too old; which of these is not said.
    pub async fn reset_link(&self, token: &str) -> Result<UserId, PortalError> {
        let found = self.0.store.reset_in_progress(&token_hash(token), self.0.clock.now_ms()).await?;
        found.ok_or(PortalError::NotFound)
    }

    /// Chooses a new password by a link; every session ends.
    ///
    /// # Errors
    /// NotFound, as [`Self::reset_link`], or Invalid with the fields to correct.
    pub async fn reset_password(&self, token: &str, form: &ChoosePassword) -> Result<(), PortalError> {
        let portal = self.0;
        let id = self.reset_link(token).await?;
        let user = portal.store.user(id).await?.filter(|user| user.active).ok_or(PortalError::NotFound)?;
        let mut check = FormCheck::default();
        self.good_password(&mut check, &user, form);
        check.done()?;
        let hash = portal.passwords.hash(&form.new_password).await?;
        let permit = permission::in_organization(permission::SignIn, &self.checking(id).await?)?;
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        if !writing.use_reset(&token_hash(token)).await? {
            return Err(PortalError::NotFound);
        }
        writing.choose_password(id, hash).await?;
        writing.end_sessions_of(id, None).await?;
        writing.commit(AuditEvent::about("user", id.0, json!({ "changed": "password", "by": "mail" }))).await
    }
}
