//! What must be true between the fields of a record, beyond each field by itself.

use super::{
    FormCheck,
    schema::{Register, Target},
    values::{Value, Values},
};
use crate::{
    permission::{Action, Permit},
    portal::Portal,
    store::Writing,
};
use kakunin_api::{FieldProblem, PortalError, ids::RecordId, normalized, registers::RecordForm};
use uuid::Uuid;

/// The box by which somebody says that a record with a similar name is another one.
pub const IS_ANOTHER: &str = "is_another";

/// Periods: the field with the first day, and the one with the last.
const PERIODS: [(&str, &str); 4] =
    [("starts_on", "ends_on"), ("ends_on", "extended_to"), ("issued_on", "expires_on"), ("noticed_on", "closed_on")];

/// Checks what the fields say beside each other.
pub(crate) fn check(register: &Register, values: &Values, check: &mut FormCheck) {
    let text = |name: &str| values.get(name).map(Value::text).unwrap_or_default();
    for (from, to) in PERIODS {
        // Days are ISO, so they compare as texts.
        let (first, last) = (text(from), text(to));
        if !first.is_empty() && !last.is_empty() && last < first {
            check.refuse(to, FieldProblem::EndBeforeStart);
        }
    }
    let mut needed = |because: bool, name: &str, problem: FieldProblem| {
        if because && text(name).is_empty() {
            check.refuse(name, problem);
        }
    };
    match register.key {
        "cloud-services" => {
            needed(text("rule_of_use") == "not_needed", "rule_absence_reason", FieldProblem::ReasonMissing);
            needed(text("rule_of_use") == "filed", "rule_version", FieldProblem::Missing);
            needed(matches!(text("ismap").as_str(), "ismap" | "ismap_liu"), "ismap_number", FieldProblem::Missing);
        }
        "social-accounts" => {
            let rests = matches!(text("state").as_str(), "suspended" | "closed");
            needed(rests, "state_since", FieldProblem::Missing);
            needed(rests, "state_reason", FieldProblem::ReasonMissing);
        }
        "departments" => needed(text("in_scope") == "no", "scope_reason", FieldProblem::ReasonMissing),
        _ => {}
    }
}

/// Checks a record against the others of its register.
pub(crate) async fn check_against_others<A: Action>(
    portal: &Portal,
    permit: &Permit<A>,
    register: &'static Register,
    (id, before): (Option<RecordId>, Option<&Values>),
    (values, form): (&Values, &RecordForm),
    check: &mut FormCheck,
) -> Result<(), PortalError> {
    let store = &portal.store;
    for field in register.fields() {
        let (super::schema::Kind::Link(target), Some(Value::Link(Some(link)))) = (field.kind, values.get(field.name))
        else {
            continue;
        };
        if before.and_then(|before| before.get(field.name)) == values.get(field.name) {
            continue;
        }
        if !store.is_in_use(permit, target, *link).await? {
            check.refuse(field.name, FieldProblem::NotAChoice);
        }
    }
    let text = |name: &str| values.get(name).map(Value::text).unwrap_or_default();
    match register.key {
        "vendors" => {
            let number = text("corporate_number");
            if !number.is_empty() && store.vendor_with_number(permit, &number, id).await? {
                check.refuse("corporate_number", FieldProblem::AlreadyRegistered);
            } else if form.get(IS_ANOTHER).is_none_or(|typed| typed.text() != "yes") {
                let (name, kana) = (normalized::search_key(&text("name")), normalized::search_key(&text("kana")));
                if store.vendor_with_name(permit, (&name, &kana), !number.is_empty(), id).await? {
                    check.refuse("name", FieldProblem::SimilarRegistered);
                }
            }
        }
        "subcontracts" => {
            if let (Some(Value::Link(Some(engagement))), Some(Value::Link(Some(above)))) =
                (values.get("engagement"), values.get("above"))
                && !store.is_subcontract_of(*above, *engagement).await?
            {
                check.refuse("above", FieldProblem::NotAChoice);
            }
        }
        _ => {}
    }
    Ok(())
}

/// Checks what somebody else may be changing at this moment, inside the transaction that writes.
pub(crate) async fn check_while_writing<A: Action>(
    writing: &Writing<'_, A>,
    register: &'static Register,
    id: RecordId,
    values: &Values,
) -> Result<(), PortalError> {
    let text = |name: &str| values.get(name).map(Value::text).unwrap_or_default();
    let link = |name: &str| match values.get(name) {
        Some(Value::Link(id)) => *id,
        _ => None,
    };
    if let Some(post) = link("post").filter(|_| register.key == "appointments")
        && writing.is_held(post, (&text("starts_on"), &text("ends_on")), id).await?
    {
        return Err(PortalError::invalid("starts_on", FieldProblem::PostHeldAlready));
    }
    let person = (text("person_name"), text("person_code"));
    if let Some(post) = link("post").filter(|_| register.key == "appointments")
        && writing.is_combined(post, (&person.0, &person.1), (&text("starts_on"), &text("ends_on")), id).await?
    {
        return Err(PortalError::invalid("person_name", FieldProblem::HeldWithAnother));
    }
    if let Some(above) = link("above").filter(|_| register.key == "departments")
        && writing.is_below(above, id).await?
    {
        return Err(PortalError::invalid("above", FieldProblem::Circular));
    }
    Ok(())
}

/// The post that comes with a record: every cloud service has an administrator, every social account an officer.
pub(crate) fn post_of(register: &Register, id: RecordId) -> Option<(&'static str, Target, Uuid)> {
    match register.key {
        "cloud-services" => Some(("service_officer", Target::CloudService, id.0)),
        "social-accounts" => Some(("account_officer", Target::SocialAccount, id.0)),
        _ => None,
    }
}
