//! 対象: what the pages of engagements, cloud services and social accounts show of their assessments, and what is said of a subject.

use super::{
    Subjects,
    records::RecordView,
    schema::{Register, services::SOCIAL_ACCOUNTS},
    values::Value,
    words,
};
use crate::{
    era,
    error::internal,
    permission::{self, ActionName, Actor, ViewAssessment},
    store::subjects::SubjectRecord,
};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    assessments::SubjectAssessments,
    engagements::OrdinanceStanding,
    ids::VendorId,
    subject::{Subject, SubjectKind},
};
use kakunin_questionnaires::{
    catalog,
    text::{Language, Text},
};

/// How work that begins on a day stands to the ordinance (令和8年総務省令第80号, 附則; 総行サ第42号 第3).
///
/// # Errors
/// Internal where the catalogue lacks the ordinance.
pub fn ordinance_standing(starts_on: Date) -> Result<OrdinanceStanding, PortalError> {
    let ordinance = catalog::policy("local_autonomy_ordinance_16_3").ok_or_else(|| internal("ordinance not there"))?;
    let from = ordinance.effective_on;
    Ok(OrdinanceStanding { from, in_transition: starts_on < from })
}

/// Who works or provides, as lists say it: of an account the service it is on, in words.
#[must_use]
pub fn vendor_words(kind: SubjectKind, vendor: &str, language: Language) -> String {
    match (kind, SOCIAL_ACCOUNTS.field("platform")) {
        (SubjectKind::SocialAccount, Some(platform)) => words::word(platform, vendor, language),
        _ => vendor.to_owned(),
    }
}

/// The fields that a reviewer has before them, by register.
fn telling(kind: SubjectKind) -> &'static [&'static str] {
    match kind {
        SubjectKind::Engagement => &["confidentiality", "zone", "starts_on", "ends_on"],
        SubjectKind::CloudService => &["kind", "confidentiality", "zone", "ismap", "starts_on"],
        SubjectKind::SocialAccount => &["url", "procedure", "last_post_on"],
    }
}

/// What a register says of a subject, for the head of a page or a sheet: field and value, those that say something.
#[must_use]
pub(crate) fn about(subject: &SubjectRecord) -> Vec<(Text, Text)> {
    let fields = telling(subject.subject.kind).iter().filter_map(|name| subject.register.field(name));
    let said = fields.filter_map(|field| {
        let value = subject.row.values.get(field.name).filter(|value| !value.is_empty())?;
        let say = |language| match value {
            Value::Day(Some(day)) => day.parse().map_or_else(|_| day.clone(), |day| era::long(day, language)),
            value => words::text(field, value, &subject.row.labels, language),
        };
        Some((Text::new(field.words.ja, field.words.en), Text::new(say(Language::Ja), say(Language::En))))
    });
    said.collect()
}

impl Subjects<'_> {
    /// The assessments of a record that has been loaded for its page, and what can be sent about it; none where records of its
    /// register are not assessed.
    ///
    /// # Errors
    /// Forbidden, or Internal where the database fails.
    pub async fn assessments(
        &self,
        actor: &Actor,
        register: &'static Register,
        record: &RecordView,
    ) -> Result<Option<SubjectAssessments>, PortalError> {
        let Some(kind) = SubjectKind::of_register(register.key) else { return Ok(None) };
        let (portal, values, subject) = (self.0, &record.row.values, Subject { kind, id: record.id });
        let permit = permission::listing(ViewAssessment, actor)?;
        let link = |name: &str| match values.get(name) {
            Some(Value::Link(Some(id))) => Some(*id),
            _ => None,
        };
        let department = link("department").map(Into::into);
        let in_use = record.row.archived_at.is_none();
        let may_send = in_use && permission::may(actor, ActionName::SendAssessment, department);
        let questionnaires = match may_send {
            true => portal.sendable_questionnaires(permit.organization(), kind).await?,
            false => Vec::new(),
        };
        let (store, today) = (&portal.store, portal.clock.today());
        let contact = match link("vendor").filter(|_| may_send) {
            Some(vendor) => store.contact_of_vendor(VendorId(vendor)).await?,
            None if may_send => store.last_contact(subject).await?,
            None => None,
        };
        Ok(Some(SubjectAssessments {
            subject,
            questionnaires: questionnaires.iter().map(|one| (one.id.clone(), one.title.clone())).collect(),
            contact: contact.unwrap_or_default(),
            assessments: store.assessments_of(&permit, subject, today).await?,
            may_send,
        }))
    }
}
