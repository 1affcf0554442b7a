//! What the registers know about a subject today, as the evaluator takes it.
//!
//! What nobody has answered yet is no fact; what should be written down and is not, is not there.

use crate::{
    organizations::officers,
    portal::Portal,
    registers::{scale::national, values::Value},
    store::subjects::{Subcontracting, SubjectRecord},
};
use kakunin_api::{PortalError, subject::SubjectKind};
use kakunin_questionnaires::fact::{FactValue, Facts};

/// Facts that are being put together from one record.
struct Known<'s> {
    subject: &'s SubjectRecord,
    facts: Facts,
}

impl Known<'_> {
    fn put(&mut self, path: &str, value: FactValue) {
        self.facts.0.insert(path.to_owned(), value);
    }

    fn put_bool(&mut self, path: &str, holds: bool) {
        self.put(path, FactValue::Bool(holds));
    }

    /// The code a field holds.
    fn choice(&mut self, path: &str, field: &str) {
        let code = self.subject.text(field);
        if !code.is_empty() {
            self.put(path, FactValue::Choice(code));
        }
    }

    /// The national class that a field's class stands for.
    fn class(&mut self, path: &str, field: &str) {
        let code = self.subject.text(field);
        if !code.is_empty() {
            self.put(path, FactValue::Choice(national(&code).to_owned()));
        }
    }

    /// The day a field holds.
    fn day(&mut self, path: &str, field: &str) {
        if let Ok(day) = self.subject.text(field).parse() {
            self.put(path, FactValue::Date(day));
        }
    }

    /// What was answered by yes or no.
    fn said(&mut self, path: &str, field: &str) {
        if let Some(said) = self.subject.yes_no(field) {
            self.put_bool(path, said);
        }
    }

    /// Whether a field says anything.
    fn written(&mut self, path: &str, field: &str) {
        self.put_bool(path, !self.subject.text(field).is_empty());
    }

    /// What is handled, and whether all of it is on record.
    fn classes(&mut self) {
        const CLASSES: [(&str, &str); 4] = [
            ("subject.zone", "zone"),
            ("subject.confidentiality", "confidentiality"),
            ("subject.integrity", "integrity"),
            ("subject.availability", "availability"),
        ];
        for (path, field) in CLASSES {
            self.class(path, field);
        }
        self.said("subject.handles_personal_information", "personal_information");
        self.said("subject.handles_specific_personal_information", "specific_personal_information");
        let classified = CLASSES.iter().all(|(_, field)| !self.subject.text(field).is_empty());
        self.put_bool("municipality.classification_recorded", classified);
    }

    fn engagement(&mut self) {
        self.classes();
        if let Some(Value::Many(items)) = self.subject.row.values.get("contract_items") {
            self.put("contract.items", FactValue::Set(items.iter().cloned().collect()));
        }
        self.day("contract.starts_on", "starts_on");
        self.day("contract.ends_on", "ends_on");
        self.day("contract.ends_on", "extended_to");
        self.said("contract.specification_states_requirements", "specification_states_requirements");
        self.said("municipality.selection_criteria_recorded", "selection_criteria_recorded");
        self.said("municipality.policy_told_to_vendor", "policy_told");
        if let Some(due) = self.subject.yes_no("return_required") {
            let done = ["returned_on", "deletion_certified_on"].iter().any(|day| !self.subject.text(day).is_empty());
            self.put_bool("contract.end_duties_done", !due || done);
        }
    }

    fn subcontracts(&mut self, standing: Subcontracting) {
        self.put_bool("subcontracts.present", standing.levels > 0);
        // Where nothing is on record, or nobody has said when a level begins, it is not known.
        if standing.unapproved > 0 || standing.levels > 0 && standing.open == 0 {
            self.put_bool("subcontracts.all_approved", standing.unapproved == 0);
        }
    }

    fn cloud_service(&mut self) {
        self.classes();
        let kind = match self.subject.text("kind").as_str() {
            "" => None,
            "other" => Some("other_external".to_owned()),
            kind => Some(kind.to_owned()),
        };
        if let Some(kind) = kind {
            self.put("cloud.kind", FactValue::Choice(kind));
        }
        self.choice("cloud.ismap.list", "ismap");
        let registered = matches!(self.subject.text("ismap").as_str(), "ismap" | "ismap_liu");
        if registered {
            self.day("cloud.ismap.valid_until", "ismap_expires_on");
        }
        self.day("cloud.ismap.checked_on", "ismap_checked_on");
        if registered && !self.subject.text("ismap_scope").is_empty() {
            self.put_bool("cloud.ismap.scope_confirmed", self.subject.text("ismap_scope") == "inside");
        }
        self.choice("cloud.data_location", "data_country");
        let decided = self.subject.row.decision.as_ref().map(|decision| decision.state.as_str());
        self.put_bool("cloud.application_approved", decided == Some("approved"));
        self.written("cloud.use_recorded", "starts_on");
        self.written("cloud.responsibility_split_recorded", "responsibilities");
        self.written("cloud.exit_plan.present", "exit_plan");
        self.said("cloud.terms_risks_examined", "terms_risks_examined");
        self.said("municipality.selection_criteria_recorded", "selection_criteria_recorded");
        self.said("supply_chain.own_judgement_recorded", "own_judgement_recorded");
        let rule = self.subject.text("rule_of_use");
        if !rule.is_empty() {
            self.put_bool("documents.rule_of_use.present", rule == "filed");
        }
        // A reason written when there was to be none says nothing of one that is only missing.
        let reasoned = rule == "not_needed" && !self.subject.text("rule_absence_reason").is_empty();
        self.put_bool("documents.rule_of_use.absence_reasoned", reasoned);
    }

    fn social_account(&mut self) {
        let text = |field: &str| self.subject.text(field);
        let (may, may_not) = (!text("may_publish").is_empty(), !text("may_not_publish").is_empty());
        let (procedure, factor, state) = (text("procedure"), text("second_factor"), text("state"));
        // What may be published is what the policies call the account's rule (西東京市 6(8) 第3段落).
        self.put_bool("documents.rule_of_use.present", may);
        self.put_bool("documents.publishing_rules.present", may && may_not);
        if !procedure.is_empty() {
            self.put_bool("documents.operating_procedure.present", procedure == "written");
        }
        self.written("social.listed_on_official_site", "official_page");
        self.said("social.operator_shown", "organization_in_profile");
        self.written("social.credentials.custodian_present", "custody");
        if !factor.is_empty() {
            self.put_bool("social.credentials.multi_factor", factor == "yes");
        }
        self.said("social.hijack_response.present", "hijack_response");
        self.written("social.reply_policy.present", "hours_and_replies");
        self.said("social.important_information_on_own_site", "important_on_own_site");
        self.day("social.last_post_on", "last_post_on");
        if !state.is_empty() {
            self.put_bool("social.suspended", state != "active");
        }
    }
}

impl Portal {
    /// What the registers know about a subject today, with its officers.
    pub(crate) async fn facts(&self, subject: &SubjectRecord) -> Result<Facts, PortalError> {
        let mut known = Known { subject, facts: Facts::default() };
        known.put("subject.kind", FactValue::Choice(subject.subject.kind.code().to_owned()));
        match subject.subject.kind {
            SubjectKind::Engagement => {
                known.engagement();
                known.subcontracts(self.store.subcontracting(subject.subject.id, self.clock.today()).await?);
            }
            SubjectKind::CloudService => known.cloud_service(),
            SubjectKind::SocialAccount => known.social_account(),
        }
        let posts = self.store.responsible_posts(subject, self.clock.today()).await?;
        let mut facts = known.facts;
        officers::officer_facts(&posts, subject, &mut facts);
        Ok(facts)
    }
}

#[cfg(test)]
mod tests;
