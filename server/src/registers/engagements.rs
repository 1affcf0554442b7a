//! 業務委託: register, list, look at; and the facts about one that the evaluator may rest on.

use super::{Engagements, FormCheck};
use crate::{
    era,
    error::internal,
    organizations::officers,
    permission::{self, ActionName, Actor, ViewAssessment, ViewEngagements, ViewRegisters},
    store::{AuditEvent, records::Engagement},
};
use jiff::civil::Date;
use kakunin_api::{
    FieldProblem, PortalError,
    engagements::{
        Confidentiality, ContractItem, EngagementRow, EngagementView, OrdinanceStanding, RegisterEngagement, TwoLevels,
        Zone,
    },
    ids::{EngagementId, OrganizationId, VendorId},
    listing::{Page, Query},
    normalized,
};
use kakunin_questionnaires::{
    catalog,
    fact::{FactValue, Facts},
};
use serde_json::json;

/// How work that begins on a day stands to the ordinance (令和8年総務省令第80号, 附則; 総行サ第42号 第3).
pub(crate) fn ordinance_standing(starts_on: Date) -> Result<OrdinanceStanding, PortalError> {
    let ordinance = catalog::policy("local_autonomy_ordinance_16_3").ok_or_else(|| internal("ordinance not there"))?;
    let from = ordinance.effective_on;
    Ok(OrdinanceStanding { from, in_transition: starts_on < from })
}

impl Engagements<'_> {
    /// One page of the register.
    ///
    /// # Errors
    /// Forbidden to contractors.
    pub async fn list(&self, actor: &Actor, query: &Query) -> Result<Page<EngagementRow>, PortalError> {
        let permit = permission::listing(ViewEngagements, actor)?;
        self.0.store.engagements(&permit, query).await
    }

    /// One engagement with its assessments.
    ///
    /// # Errors
    /// NotFound.
    pub async fn engagement(&self, actor: &Actor, id: EngagementId) -> Result<EngagementView, PortalError> {
        let store = &self.0.store;
        let (row, _) = store.tenant(actor).engagement(id).to(ViewEngagements, actor).await?;
        let (vendor, _) = store.tenant(actor).vendor(VendorId(row.vendor_id)).to(ViewRegisters, actor).await?;
        let permit = permission::listing(ViewAssessment, actor)?;
        let questionnaires = self.0.sendable_questionnaires(permit.organization()).await?;
        Ok(EngagementView {
            questionnaires: questionnaires.iter().map(|one| (one.id.clone(), one.title.clone())).collect(),
            vendor: VendorId(row.vendor_id),
            integrity: TwoLevels::from_code(&row.integrity).ok_or_else(|| internal("integrity"))?,
            availability: TwoLevels::from_code(&row.availability).ok_or_else(|| internal("availability"))?,
            zone: Zone::from_code(&row.zone).ok_or_else(|| internal("zone"))?,
            personal_information: row.personal_information,
            selection_criteria_recorded: row.selection_criteria_recorded,
            policy_told: row.policy_told,
            contract_items: contract_items(&row)?,
            contact: (vendor.contact_department, vendor.contact_name, vendor.contact_email),
            assessments: store.assessments_of_engagement(&permit, id, self.0.clock.today()).await?,
            may_send: permission::may_in_department(actor, ActionName::SendAssessment, row.department_id.into()),
            ordinance: ordinance_standing(row.starts_on.parse().map_err(internal)?)?,
            row: store.engagement_row(&row).await?,
        })
    }

    /// Registers an engagement.
    ///
    /// # Errors
    /// Forbidden, or Invalid with the fields to correct.
    pub async fn register(&self, actor: &Actor, form: &RegisterEngagement) -> Result<EngagementId, PortalError> {
        let portal = self.0;
        let listed = permission::listing(permission::RegisterEngagement, actor)?;
        let mut check = FormCheck::default();
        let vendor = check.code("vendor", &form.vendor, |id| id.parse::<VendorId>().ok());
        let title = check.required("title", &form.title, 200);
        let department = self.department(&mut check, listed.organization(), &form.department).await?;
        let starts_on = check.keep("starts_on", era::parse(&form.starts_on));
        let ends_on = check.keep("ends_on", era::parse(&form.ends_on));
        if let (Some(starts_on), Some(ends_on)) = (starts_on, ends_on)
            && ends_on < starts_on
        {
            check.refuse("ends_on", FieldProblem::EndBeforeStart);
        }
        let confidentiality = check.code("confidentiality", &form.confidentiality, Confidentiality::from_code);
        let integrity = check.code("integrity", &form.integrity, TwoLevels::from_code);
        let availability = check.code("availability", &form.availability, TwoLevels::from_code);
        let zone = check.code("zone", &form.zone, Zone::from_code);
        let personal = check.code("personal_information", &form.personal_information, yes_or_no);
        let specific = check.code("specific_personal_information", &form.specific_personal_information, yes_or_no);
        let criteria = check.code("selection_criteria_recorded", &form.selection_criteria_recorded, yes_or_no);
        let told = check.code("policy_told", &form.policy_told, yes_or_no);
        let items: Option<Vec<ContractItem>> =
            form.contract_items.iter().map(|code| ContractItem::from_code(code)).collect();
        let items = check.keep("contract_items", items.ok_or(FieldProblem::NotAChoice));
        check.done()?;
        let (
            Some(vendor),
            Some(department),
            Some(starts_on),
            Some(ends_on),
            Some(confidentiality),
            Some(integrity),
            Some(availability),
            Some(zone),
            Some(personal_information),
            Some(specific_personal_information),
            Some(selection_criteria_recorded),
            Some(policy_told),
            Some(items),
        ) = (
            vendor,
            department,
            starts_on,
            ends_on,
            confidentiality,
            integrity,
            availability,
            zone,
            personal,
            specific,
            criteria,
            told,
            items,
        )
        else {
            return Err(PortalError::Invalid(Vec::new()));
        };
        let permit = permission::in_department(permission::RegisterEngagement, actor, department.into())?;
        let (vendor, _) = portal.store.tenant(actor).vendor(vendor).to(ViewRegisters, actor).await?;

        let id = portal.rng.id(&portal.clock);
        let writing = portal.store.write(&permit, portal.clock.now_ms()).await?;
        let codes: Vec<&str> = items.iter().map(|item| item.code()).collect();
        let row = Engagement {
            id,
            organization_id: writing.organization(),
            vendor_id: vendor.id,
            department_id: department,
            search_key: format!("{} {}", normalized::search_key(&title), vendor.search_key),
            title,
            starts_on: starts_on.to_string(),
            ends_on: ends_on.to_string(),
            confidentiality: confidentiality.code().to_owned(),
            integrity: integrity.code().to_owned(),
            availability: availability.code().to_owned(),
            zone: zone.code().to_owned(),
            personal_information,
            specific_personal_information,
            selection_criteria_recorded,
            policy_told,
            contract_items: json!(codes).to_string(),
        };
        writing.add_engagement(row).await?;
        writing.commit(AuditEvent::about("engagement", id, json!({ "vendor": vendor.id }))).await?;
        Ok(EngagementId(id))
    }

    /// The department with this id, if it is one of the organization's.
    async fn department(
        &self,
        check: &mut FormCheck,
        organization: OrganizationId,
        typed: &str,
    ) -> Result<Option<uuid::Uuid>, PortalError> {
        let departments = self.0.store.departments(organization).await?;
        let find = |id: &str| departments.iter().map(|department| department.id).find(|known| known.to_string() == id);
        Ok(check.code("department", typed, find))
    }
}

fn yes_or_no(code: &str) -> Option<bool> {
    match code {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn contract_items(row: &Engagement) -> Result<Vec<ContractItem>, PortalError> {
    let codes: Vec<String> = serde_json::from_str(&row.contract_items).map_err(internal)?;
    codes.iter().map(|code| ContractItem::from_code(code).ok_or_else(|| internal("contract item"))).collect()
}

impl crate::portal::Portal {
    /// What the registers know about an engagement today, as the evaluator takes it.
    pub(crate) async fn facts(&self, engagement: &Engagement) -> Result<Facts, PortalError> {
        let mut facts = Facts::default();
        let mut put = |path: &str, value: FactValue| facts.0.insert(path.to_owned(), value);
        put("subject.kind", FactValue::Choice("engagement".to_owned()));
        put("subject.zone", FactValue::Choice(engagement.zone.clone()));
        put("subject.confidentiality", FactValue::Choice(engagement.confidentiality.clone()));
        put("subject.integrity", FactValue::Choice(engagement.integrity.clone()));
        put("subject.availability", FactValue::Choice(engagement.availability.clone()));
        put("subject.handles_personal_information", FactValue::Bool(engagement.personal_information));
        put("subject.handles_specific_personal_information", FactValue::Bool(engagement.specific_personal_information));
        let items = contract_items(engagement)?.into_iter().map(|item| item.code().to_owned()).collect();
        put("contract.items", FactValue::Set(items));
        put("contract.starts_on", FactValue::Date(engagement.starts_on.parse().map_err(internal)?));
        put("contract.ends_on", FactValue::Date(engagement.ends_on.parse().map_err(internal)?));
        put("municipality.selection_criteria_recorded", FactValue::Bool(engagement.selection_criteria_recorded));
        put("municipality.policy_told_to_vendor", FactValue::Bool(engagement.policy_told));
        // The classes are required fields of the register, so a registered engagement is classified.
        put("municipality.classification_recorded", FactValue::Bool(true));
        let posts = self.store.posts_held_on(engagement.organization_id.into(), self.clock.today()).await?;
        officers::officer_facts(&posts, engagement.department_id, &mut facts);
        Ok(facts)
    }
}
