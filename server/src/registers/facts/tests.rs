//! What a record says, and what the evaluator takes of it.

use super::*;
use crate::{
    registers::schema::{Field, register},
    store::registers::{DecisionState, Row},
};
use kakunin_api::{
    ids::RecordId,
    registers::Typed,
    subject::{Subject, SubjectKind},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A subject whose record says this.
fn subject(kind: SubjectKind, said: &[(&str, &str)], state: &str) -> SubjectRecord {
    let register = register(kind.register()).unwrap();
    let values = register.fields().map(|field| {
        let typed = said.iter().find(|(name, _)| *name == field.name).map(|(_, text)| Typed::from(*text));
        let optional = Field { required: false, ..*field };
        (field.name, Value::read(&optional, &typed.unwrap_or_default()).unwrap())
    });
    let decision = register.decided.then(|| DecisionState { state: state.to_owned(), ..DecisionState::default() });
    let (id, labels) = (Uuid::from_u128(7), BTreeMap::new());
    let row = Row { id, version: 1, archived_at: None, values: values.collect(), labels, decision };
    SubjectRecord {
        subject: Subject { kind, id: RecordId(id) },
        organization: Uuid::from_u128(1).into(),
        register,
        row,
    }
}

/// The facts of the record alone, as JSON texts by path.
fn facts(kind: SubjectKind, said: &[(&str, &str)], state: &str) -> BTreeMap<String, String> {
    let subject = subject(kind, said, state);
    let mut known = Known { subject: &subject, facts: Facts::default() };
    match kind {
        SubjectKind::Engagement => known.engagement(),
        SubjectKind::CloudService => known.cloud_service(),
        SubjectKind::SocialAccount => known.social_account(),
    }
    known.facts.0.into_iter().map(|(path, value)| (path, value.to_json().to_string())).collect()
}

fn engagement(said: &[(&str, &str)], path: &str) -> Option<String> {
    facts(SubjectKind::Engagement, said, "").remove(path)
}

fn service(said: &[(&str, &str)], state: &str, path: &str) -> Option<String> {
    facts(SubjectKind::CloudService, said, state).remove(path)
}

fn account(said: &[(&str, &str)], path: &str) -> Option<String> {
    facts(SubjectKind::SocialAccount, said, "").remove(path)
}

fn is(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn every_fact_is_one_of_the_schema_and_of_its_kind() {
    for kind in SubjectKind::ALL {
        let all: Vec<(&str, &str)> = register(kind.register())
            .unwrap()
            .fields()
            .filter_map(|field| Some((field.name, field.choices().first()?.code)))
            .collect();
        let subject = subject(kind, &all, "approved");
        let mut known = Known { subject: &subject, facts: Facts::default() };
        match kind {
            SubjectKind::Engagement => known.engagement(),
            SubjectKind::CloudService => known.cloud_service(),
            SubjectKind::SocialAccount => known.social_account(),
        }
        for (path, value) in &known.facts.0 {
            let row = kakunin_questionnaires::fact::fact_path(path).unwrap_or_else(|| panic!("{path}"));
            assert!(value.fits(row.kind), "{path}: {value:?}");
        }
    }
}

#[test]
fn what_nobody_has_answered_is_no_fact_and_what_is_not_written_down_is_not_there() {
    assert_eq!(engagement(&[], "subject.confidentiality"), None);
    assert_eq!(engagement(&[], "contract.specification_states_requirements"), None);
    assert_eq!(engagement(&[], "municipality.selection_criteria_recorded"), None);
    assert_eq!(service(&[], "approved", "municipality.selection_criteria_recorded"), None);
    assert_eq!(service(&[], "approved", "cloud.exit_plan.present"), is("false"));
    assert_eq!(engagement(&[], "municipality.classification_recorded"), is("false"));
    assert_eq!(account(&[], "social.hijack_response.present"), None);
    assert_eq!(account(&[], "documents.operating_procedure.present"), None);
}

#[test]
fn a_class_of_the_towns_own_counts_as_the_national_one() {
    assert_eq!(engagement(&[("confidentiality", "3a.2")], "subject.confidentiality"), is("\"3a\""));
}

#[test]
fn a_contract_ends_when_its_extension_does_and_its_duties_are_done_by_return_or_by_deletion() {
    let extended = [("ends_on", "2027-03-31"), ("extended_to", "2027-06-30")];
    assert_eq!(engagement(&extended, "contract.ends_on"), is("\"2027-06-30\""));
    let done = |said: &[(&str, &str)]| engagement(said, "contract.end_duties_done");
    assert_eq!(done(&[]), None);
    assert_eq!(done(&[("return_required", "no")]), is("true"));
    assert_eq!(done(&[("return_required", "yes")]), is("false"));
    assert_eq!(done(&[("return_required", "yes"), ("returned_on", "2027-04-01")]), is("true"));
    assert_eq!(done(&[("return_required", "yes"), ("deletion_certified_on", "2027-04-01")]), is("true"));
}

#[test]
fn subcontracts_are_approved_where_all_that_began_were_approved_before() {
    let subject = subject(SubjectKind::Engagement, &[], "");
    let all_approved = |levels, unapproved, open| {
        let mut known = Known { subject: &subject, facts: Facts::default() };
        known.subcontracts(Subcontracting { levels, unapproved, open });
        known.facts.0.remove("subcontracts.all_approved")
    };
    assert_eq!(all_approved(0, 0, 0), None, "nothing on record is no approval");
    assert_eq!(all_approved(2, 0, 0), Some(FactValue::Bool(true)));
    assert_eq!(all_approved(2, 1, 1), Some(FactValue::Bool(false)));
    assert_eq!(all_approved(2, 0, 1), None, "of one nobody has said when it began");
}

#[test]
fn a_registration_counts_while_there_is_one() {
    let date = ("ismap_expires_on", "2027-03-31");
    let until = |said: &[(&str, &str)]| service(said, "approved", "cloud.ismap.valid_until");
    assert_eq!(until(&[("ismap", "ismap"), date]), is("\"2027-03-31\""));
    assert_eq!(until(&[("ismap", "none"), date]), None, "a date left over");
    let scope = |said| service(&[("ismap", "ismap"), ("ismap_scope", said)], "approved", "cloud.ismap.scope_confirmed");
    assert_eq!([scope("inside"), scope("partly"), scope("")], [is("true"), is("false"), None]);
}

#[test]
fn the_use_of_a_service_is_approved_while_the_approval_holds() {
    let approved = |state| service(&[], state, "cloud.application_approved");
    assert_eq!(
        [approved("requested"), approved("approved"), approved("ended")],
        [is("false"), is("true"), is("false")]
    );
}

#[test]
fn a_rule_of_use_is_filed_or_left_out_for_a_reason() {
    let rule = |rule, reason| {
        let said = [("rule_of_use", rule), ("rule_absence_reason", reason)];
        let mut facts = facts(SubjectKind::CloudService, &said, "approved");
        let taken = ["documents.rule_of_use.present", "documents.rule_of_use.absence_reasoned"];
        taken.map(|path| facts.remove(path))
    };
    assert_eq!(rule("filed", ""), [is("true"), is("false")]);
    assert_eq!(rule("not_needed", "公開情報だけ"), [is("false"), is("true")]);
    assert_eq!(rule("missing", "公開情報だけ"), [is("false"), is("false")], "a reason left over");
}

#[test]
fn an_account_says_what_may_and_may_not_be_published() {
    let published = |said: &[(&str, &str)]| account(said, "documents.publishing_rules.present");
    assert_eq!(published(&[("may_publish", "催し")]), is("false"));
    assert_eq!(published(&[("may_publish", "催し"), ("may_not_publish", "個人情報")]), is("true"));
    let factor = |said| account(&[("second_factor", said)], "social.credentials.multi_factor");
    assert_eq!([factor("yes"), factor("not_offered"), factor("")], [is("true"), is("false"), None]);
    assert_eq!(account(&[("state", "suspended")], "social.suspended"), is("true"));
}
