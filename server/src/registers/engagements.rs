//! 業務委託: what its page shows beside its record; and the facts about one that the evaluator may rest on.

use super::Engagements;
use crate::{
    error::internal,
    organizations::officers,
    permission::{self, ActionName, Actor, ViewAssessment},
    registers::{records::RecordView, values::Value},
    store::records::Engagement,
};
use jiff::civil::Date;
use kakunin_api::{
    PortalError,
    engagements::{ContractItem, EngagementView, OrdinanceStanding},
    ids::{EngagementId, VendorId},
};
use kakunin_questionnaires::{
    catalog,
    fact::{FactValue, Facts},
};

/// How work that begins on a day stands to the ordinance (令和8年総務省令第80号, 附則; 総行サ第42号 第3).
pub(crate) fn ordinance_standing(starts_on: Date) -> Result<OrdinanceStanding, PortalError> {
    let ordinance = catalog::policy("local_autonomy_ordinance_16_3").ok_or_else(|| internal("ordinance not there"))?;
    let from = ordinance.effective_on;
    Ok(OrdinanceStanding { from, in_transition: starts_on < from })
}

impl Engagements<'_> {
    /// What the page of an engagement that has been loaded for it shows beside its record.
    ///
    /// # Errors
    /// Forbidden, or Internal where the database fails.
    pub async fn beside(&self, actor: &Actor, record: &RecordView) -> Result<EngagementView, PortalError> {
        let (portal, values) = (self.0, &record.row.values);
        let permit = permission::listing(ViewAssessment, actor)?;
        let link = |name: &str| match values.get(name) {
            Some(Value::Link(Some(id))) => Ok(*id),
            _ => Err(internal(name)),
        };
        let may_send = permission::may_in_department(actor, ActionName::SendAssessment, link("department")?.into());
        let questionnaires = match may_send {
            true => portal.sendable_questionnaires(permit.organization()).await?,
            false => Vec::new(),
        };
        let id = EngagementId(record.id.0);
        let about = (id, VendorId(link("vendor")?));
        let (contact, assessments) =
            portal.store.assessments_of_engagement(&permit, about, portal.clock.today()).await?;
        let items = match values.get("contract_items") {
            Some(Value::Many(codes)) => codes.iter().filter_map(|code| ContractItem::from_code(code)).collect(),
            _ => Vec::new(),
        };
        let starts_on = values.get("starts_on").map(Value::text).unwrap_or_default();
        Ok(EngagementView {
            id,
            questionnaires: questionnaires.iter().map(|one| (one.id.clone(), one.title.clone())).collect(),
            contract_items: items,
            contact,
            assessments,
            may_send,
            ordinance: ordinance_standing(starts_on.parse().map_err(internal)?)?,
        })
    }
}

fn contract_items(row: &Engagement) -> Result<Vec<ContractItem>, PortalError> {
    let codes: Vec<String> = serde_json::from_str(&row.contract_items).map_err(internal)?;
    codes.iter().map(|code| ContractItem::from_code(code).ok_or_else(|| internal("contract item"))).collect()
}

impl crate::portal::Portal {
    /// What the registers know about an engagement today, as the evaluator takes it. What nobody has said yet is no fact.
    pub(crate) async fn facts(&self, engagement: &Engagement) -> Result<Facts, PortalError> {
        let mut facts = Facts::default();
        let mut put = |path: &str, value: FactValue| facts.0.insert(path.to_owned(), value);
        put("subject.kind", FactValue::Choice("engagement".to_owned()));
        let classes = [
            ("subject.zone", &engagement.zone),
            ("subject.confidentiality", &engagement.confidentiality),
            ("subject.integrity", &engagement.integrity),
            ("subject.availability", &engagement.availability),
        ];
        for (path, code) in classes.into_iter().filter(|(_, code)| !code.is_empty()) {
            put(path, FactValue::Choice(code.clone()));
        }
        let said = [
            ("subject.handles_personal_information", engagement.personal_information),
            ("subject.handles_specific_personal_information", engagement.specific_personal_information),
        ];
        for (path, answer) in said {
            if let Some(answer) = answer {
                put(path, FactValue::Bool(answer));
            }
        }
        let items = contract_items(engagement)?.into_iter().map(|item| item.code().to_owned()).collect();
        put("contract.items", FactValue::Set(items));
        put("contract.starts_on", FactValue::Date(engagement.starts_on.parse().map_err(internal)?));
        put("contract.ends_on", FactValue::Date(engagement.ends_on.parse().map_err(internal)?));
        // A duty that is not on record is not done.
        let recorded = |said: Option<bool>| FactValue::Bool(said.unwrap_or(false));
        put("municipality.selection_criteria_recorded", recorded(engagement.selection_criteria_recorded));
        put("municipality.policy_told_to_vendor", recorded(engagement.policy_told));
        let classified = classes.iter().all(|(_, code)| !code.is_empty());
        put("municipality.classification_recorded", FactValue::Bool(classified));
        let posts = self.store.deciding_posts(engagement.organization_id.into(), self.clock.today()).await?;
        officers::officer_facts(&posts, engagement.department_id, &mut facts);
        Ok(facts)
    }
}
