//! Mail: what waits in the outbox is handed to the mail server, again and again until it is taken or has waited too long.
//!
//! Without a mail server in the settings nothing is written into the outbox, and pages that would need it are not offered.

use crate::{portal::Portal, store::records::OutboxMail};
use kakunin_api::PortalError;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};

/// Times a mail is tried.
const MOST_TRIES: i64 = 8;
/// After the first failure it is tried again after this time, then after twice as long, and so on; milliseconds.
const FIRST_PAUSE_MS: i64 = 30_000;

/// Hands mail to the mail server.
#[derive(Debug)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// For `smtps://USER:PASSWORD@HOST`, `smtp://…?tls=required`, or `smtp://localhost:PORT`.
    ///
    /// # Errors
    /// Where the address or the sender is not understood, or mail would leave this machine unencrypted.
    pub fn new(url: &str, from: &str) -> anyhow::Result<Self> {
        let is_protected = url.starts_with("smtps://") || url.contains("tls=required");
        let host = url.split("://").nth(1).unwrap_or_default();
        let host =
            host.rsplit_once('@').map_or(host, |(_, host)| host).split([':', '/', '?']).next().unwrap_or_default();
        anyhow::ensure!(
            is_protected || matches!(host, "localhost" | "127.0.0.1"),
            "the mail server is reached over the network: use smtps:// or add ?tls=required"
        );
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.build();
        Ok(Self { transport, from: from.parse()? })
    }

    async fn send(&self, mail: &OutboxMail) -> anyhow::Result<()> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(mail.recipient.parse()?)
            .subject(&mail.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())?;
        self.transport.send(message).await?;
        Ok(())
    }
}

impl Portal {
    /// Whether there is a mail server.
    #[must_use]
    pub fn sends_mail(&self) -> bool {
        self.mailer.is_some()
    }

    /// Sends what is due, one after the other.
    ///
    /// # Errors
    /// Where the database fails. A mail that is not taken stays for later.
    pub async fn send_waiting_mail(&self) -> Result<(), PortalError> {
        let Some(mailer) = &self.mailer else { return Ok(()) };
        loop {
            let now = self.clock.now_ms();
            let Some(mail) = self.store.claim_mail(now, now + FIRST_PAUSE_MS).await? else { return Ok(()) };
            match mailer.send(&mail).await {
                Ok(()) => self.store.end_mail(mail.id, Some(self.clock.now_ms())).await?,
                Err(error) => {
                    tracing::warn!(mail = %mail.id, tries = mail.tries, error = ?error.to_string(), "a mail was not taken");
                    if mail.tries >= MOST_TRIES {
                        self.store.end_mail(mail.id, None).await?;
                    } else {
                        let pause = FIRST_PAUSE_MS << (mail.tries - 1).clamp(0, 10);
                        self.store.put_mail_off(mail.id, now + pause).await?;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn mail_leaves_this_machine_encrypted_or_not_at_all() {
        for good in [
            "smtp://localhost:2525",
            "smtp://127.0.0.1",
            "smtps://u:p@mail.example.jp",
            "smtp://mail.example.jp:587?tls=required",
        ] {
            assert!(Mailer::new(good, "確認 <kakunin@example.jp>").is_ok(), "{good}");
        }
        for bad in ["smtp://mail.example.jp", "smtp://localhost@mail.example.jp", "http://localhost"] {
            assert!(Mailer::new(bad, "kakunin@example.jp").is_err(), "{bad}");
        }
        assert!(Mailer::new("smtp://localhost", "nobody").is_err());
    }
}
