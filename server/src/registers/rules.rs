//! What must be true between the fields of a record, beyond each field by itself.

use super::{
    FormCheck,
    schema::{Field, Register, Target, offices::CONTRACTORS_POSTS},
    values::{Value, Values},
};
use crate::{
    permission::{Action, Permit},
    portal::Portal,
    store::{Writing, officers::Term, registers::parent},
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
        "posts" => posts(values, check),
        _ => {}
    }
}

/// Whether a form asks for a field, by what it is about: what the post of an engagement is attached to is known, and it goes with no
/// position in the town.
#[must_use]
pub fn is_asked(register: &Register, form: &RecordForm, field: &Field) -> bool {
    let town = matches!(field.name, "department" | "system_name" | "usual_position");
    !(register.key == "posts" && town && is_contractors(form))
}

/// Whether a form offers a choice of a field: a post has kinds of its own on the contractor's side.
#[must_use]
pub fn is_offered(register: &Register, form: &RecordForm, field: &Field, code: &str) -> bool {
    let is_kind = register.key == "posts" && field.name == "kind";
    !is_kind || CONTRACTORS_POSTS.contains(&code) == is_contractors(form)
}

fn is_contractors(form: &RecordForm) -> bool {
    form.get("engagement").is_some_and(|typed| !typed.text().is_empty())
}

/// A post is the town's, or on the contractor's side of an engagement and then that engagement's alone; it is attached to one
/// thing at most.
fn posts(values: &Values, check: &mut FormCheck) {
    let is_named = |name: &str| values.get(name).is_some_and(|value| !value.is_empty());
    let kind = values.get("kind").map(Value::text).unwrap_or_default();
    let is_contractors = CONTRACTORS_POSTS.contains(&kind.as_str());
    if !kind.is_empty() && is_contractors != is_named("engagement") {
        let problem = if is_contractors { FieldProblem::EngagementMissing } else { FieldProblem::NotAChoice };
        check.refuse("kind", problem);
    }
    if is_named("engagement") && is_named("department") {
        check.refuse("department", FieldProblem::EngagementsDepartment);
    }
    let attached = ["engagement", "cloud_service", "social_account"].into_iter().filter(|name| is_named(name));
    for further in attached.skip(1) {
        check.refuse(further, FieldProblem::NotAChoice);
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

/// Checks what somebody else may be changing at this moment, inside the transaction that writes: `values` are to be stored, where
/// those `before` stand now.
pub(crate) async fn check_while_writing<A: Action>(
    writing: &Writing<'_, A>,
    register: &'static Register,
    (id, before): (RecordId, Option<&Values>),
    values: &Values,
) -> Result<(), PortalError> {
    match register.key {
        "appointments" => appointed(writing, (id, before), values).await,
        "posts" => held(writing, (id, before), values).await,
        "departments" => department(writing, (id, before), values).await,
        _ => Ok(()),
    }
}

/// Whether a department may stand where it is to stand, and end when it is to end.
async fn department<A: Action>(
    writing: &Writing<'_, A>,
    (id, before): (RecordId, Option<&Values>),
    values: &Values,
) -> Result<(), PortalError> {
    if let Some(Value::Link(Some(above))) = values.get("above")
        && writing.is_below(*above, id).await?
    {
        return Err(PortalError::invalid("above", FieldProblem::Circular));
    }
    let moves = before.is_some_and(|before| before.get("ends_on") != values.get("ends_on"));
    if moves && writing.continued_by(id.0).await?.is_some() {
        return Err(PortalError::invalid("ends_on", FieldProblem::ReorganizationSettled));
    }
    Ok(())
}

/// Whether somebody may hold a post in this period. Who held it before may go on doing so no longer than before, whatever the post
/// has become since: what was is not made untrue by a rule that came later.
async fn appointed<A: Action>(
    writing: &Writing<'_, A>,
    (id, before): (RecordId, Option<&Values>),
    values: &Values,
) -> Result<(), PortalError> {
    let Some(Value::Link(Some(post))) = values.get("post") else { return Ok(()) };
    let is_decider = values.get("account").is_some_and(|account| !account.is_empty());
    if is_decider && writing.is_contractors(*post).await? {
        return Err(PortalError::invalid("account", FieldProblem::NotAChoice));
    }
    let term = Term::of(values);
    if before.is_some_and(|before| before.get("post") == values.get("post") && term.is_within(&Term::of(before))) {
        return Ok(());
    }
    if writing.is_held(*post, &term, id).await? {
        return Err(PortalError::invalid("starts_on", FieldProblem::PostHeldAlready));
    }
    if writing.is_combined(*post, &term, id).await? {
        return Err(PortalError::invalid("person_name", FieldProblem::HeldWithAnother));
    }
    Ok(())
}

/// Whether a post may be for one alone, or held with no other, whose holders of today or later are others.
async fn held<A: Action>(
    writing: &Writing<'_, A>,
    (id, before): (RecordId, Option<&Values>),
    values: &Values,
) -> Result<(), PortalError> {
    let Some(before) = before else { return Ok(()) };
    let says = |values: &Values, name: &str| values.get(name).map(Value::text).unwrap_or_default();
    let becomes = |name: &str| says(values, name) == "no" && says(before, name) != "no";
    let (alone, single) = (becomes("may_be_combined"), becomes("may_be_shared"));
    if !alone && !single {
        return Ok(());
    }
    let terms = writing.terms_to_come(id).await?;
    for (number, (appointment, term)) in terms.iter().enumerate() {
        if single && terms.iter().skip(number + 1).any(|(_, other)| term.meets(other)) {
            return Err(PortalError::invalid("may_be_shared", FieldProblem::HeldBySeveral));
        }
        if alone && writing.holds_another(id.0, term, *appointment).await? {
            return Err(PortalError::invalid("may_be_combined", FieldProblem::HeldWithAnother));
        }
    }
    Ok(())
}

/// What is asked before something comes back from the archive: that what it is a part of is there, and that nobody has taken its
/// place meanwhile.
pub(crate) async fn check_while_restoring<A: Action>(
    writing: &Writing<'_, A>,
    register: &'static Register,
    (id, values): (RecordId, &Values),
) -> Result<(), PortalError> {
    if let Some((target, above)) = parent(register, values)
        && writing.is_archived(target, above).await?
    {
        return Err(PortalError::invalid("archived", FieldProblem::ParentArchived));
    }
    match register.key {
        "vendors" if writing.is_merged(id).await? => Err(PortalError::Forbidden),
        "appointments" => appointed(writing, (id, None), values).await,
        "posts" => {
            for (appointment, term) in writing.terms_to_come(id).await? {
                if writing.is_combined(id.0, &term, appointment).await? {
                    return Err(PortalError::invalid("archived", FieldProblem::HeldWithAnother));
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The post that comes with a record: every cloud service has an administrator, every social account an officer.
pub(crate) fn post_of(register: &Register, id: RecordId) -> Option<(&'static str, Target, Uuid)> {
    match register.key {
        "cloud-services" => Some(("service_officer", Target::CloudService, id.0)),
        "social-accounts" => Some(("account_officer", Target::SocialAccount, id.0)),
        _ => None,
    }
}
