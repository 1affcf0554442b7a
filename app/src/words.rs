//! Codes into words of the page's language. Which words is in `locales/`.

mod handovers;
mod imports;
pub mod log;
mod people;
mod problems;

pub use handovers::{handover_doubt, handover_state};
pub use imports::{import_remark, import_state};
pub use people::{action, browser_name, granted_by, not_in, role};
pub use problems::problem;

use crate::{
    i18n::{Locale, td_string},
    request::language,
};
use kakunin_api::{
    answering::AnswerWords,
    assessments::Delivery,
    engagements::OrdinanceStanding,
    questionnaires::AnswerKind,
    state::{AssessmentState, Outcome},
    subject::SubjectKind,
};
use kakunin_questionnaires::{
    check::AnswerProblem,
    difference::{Field, PolicyNumber, questionnaire::QuestionField},
    evaluate::{Rating, Verdict},
    load::table::Column,
    policy::{Level, OwedBy, Visibility},
    questionnaire::Audience,
    text::Text,
};
use kakunin_server::registers::subjects::vendor_words;

macro_rules! say {
    ($locale:expr, $key:ident $(, $name:ident = $value:expr)*) => { td_string!($locale, $key $(, $name = $value)*).to_string() };
}

/// A verdict.
#[must_use]
pub fn verdict(locale: Locale, verdict: Verdict) -> String {
    match verdict {
        Verdict::Met => say!(locale, verdict_met),
        Verdict::PartlyMet => say!(locale, verdict_partly_met),
        Verdict::NotMet => say!(locale, verdict_not_met),
        Verdict::Unconfirmed => say!(locale, verdict_unconfirmed),
        Verdict::NotApplicable => say!(locale, verdict_not_applicable),
    }
}

/// A rating.
#[must_use]
pub fn rating(locale: Locale, rating: Rating) -> String {
    match rating {
        Rating::A => say!(locale, rating_a),
        Rating::B => say!(locale, rating_b),
        Rating::C => say!(locale, rating_c),
        Rating::Unfit => say!(locale, rating_unfit),
        Rating::Unconfirmed => say!(locale, rating_unconfirmed),
        Rating::NotApplicable => say!(locale, rating_not_applicable),
    }
}

/// A state.
#[must_use]
pub fn state(locale: Locale, state: AssessmentState) -> String {
    match state {
        AssessmentState::Draft => say!(locale, state_draft),
        AssessmentState::Sent => say!(locale, state_sent),
        AssessmentState::Answering => say!(locale, state_answering),
        AssessmentState::Submitted => say!(locale, state_submitted),
        AssessmentState::Returned => say!(locale, state_returned),
        AssessmentState::UnderReview => say!(locale, state_under_review),
        AssessmentState::Decided => say!(locale, state_decided),
        AssessmentState::Expired => say!(locale, state_expired),
        AssessmentState::Renewed => say!(locale, state_renewed),
        AssessmentState::Withdrawn => say!(locale, state_withdrawn),
    }
}

/// A state by its code, as errors carry it.
#[must_use]
pub fn state_code(locale: Locale, code: &str) -> String {
    // A policy version has no states but these two.
    if code == "published" {
        return say!(locale, state_published);
    }
    if code == "archived" {
        return say!(locale, archived);
    }
    if code == "changed" {
        return say!(locale, state_changed);
    }
    AssessmentState::from_code(code).map_or_else(|| code.to_owned(), |known| state(locale, known))
}

/// How far an application has come.
#[must_use]
pub fn decision_state(locale: Locale, code: &str) -> String {
    kakunin_server::registers::words::decision_state(code, crate::request::language(locale)).to_owned()
}

/// What somebody does who decides so.
#[must_use]
pub fn decision_verb(locale: Locale, outcome: &str) -> String {
    match outcome {
        "approved" => say!(locale, decide_approve),
        "refused" => say!(locale, decide_refuse),
        _ => say!(locale, decide_end),
    }
}

/// A conclusion.
#[must_use]
pub fn outcome(locale: Locale, outcome: Outcome) -> String {
    match outcome {
        Outcome::Fit => say!(locale, outcome_fit),
        Outcome::FitWithConditions => say!(locale, outcome_fit_with_conditions),
        Outcome::Unfit => say!(locale, outcome_unfit),
    }
}

/// How far an invitation has come.
#[must_use]
pub fn delivery(locale: Locale, delivery: Delivery) -> String {
    match delivery {
        Delivery::LinkShown => say!(locale, delivery_link_shown),
        Delivery::Redeemed => say!(locale, delivery_redeemed),
        Delivery::Expired => say!(locale, delivery_expired),
        Delivery::Revoked => say!(locale, delivery_revoked),
    }
}

/// How work stands to the ordinance.
#[must_use]
pub fn ordinance(locale: Locale, standing: OrdinanceStanding) -> String {
    if standing.in_transition { say!(locale, ordinance_in_transition) } else { say!(locale, ordinance_holds) }
}

/// What kind of thing is assessed.
#[must_use]
pub fn subject(locale: Locale, kind: SubjectKind) -> String {
    match kind {
        SubjectKind::Engagement => say!(locale, engagement),
        SubjectKind::CloudService => say!(locale, subject_service),
        SubjectKind::SocialAccount => say!(locale, subject_account),
    }
}

/// Who works or provides, by the kind of what is assessed.
#[must_use]
pub fn vendor(locale: Locale, kind: SubjectKind, vendor: &str) -> String {
    vendor_words(kind, vendor, language(locale))
}

/// Who fills a questionnaire in.
#[must_use]
pub fn audience(locale: Locale, audience: Audience) -> String {
    match audience {
        Audience::Vendor => say!(locale, audience_vendor),
        Audience::Section => say!(locale, audience_section),
    }
}

/// A kind of answer.
#[must_use]
pub fn answer_kind(locale: Locale, kind: AnswerKind) -> String {
    match kind {
        AnswerKind::YesNo => say!(locale, kind_yes_no),
        AnswerKind::Choice => say!(locale, kind_choice),
        AnswerKind::Choices => say!(locale, kind_choices),
        AnswerKind::Text => say!(locale, kind_text),
        AnswerKind::Number => say!(locale, kind_number),
        AnswerKind::Date => say!(locale, kind_date),
    }
}

/// What a column of somebody's own workbook holds.
#[must_use]
pub fn column(locale: Locale, column: Column) -> String {
    match column {
        Column::Text => say!(locale, holds_text),
        Column::Section => say!(locale, holds_section),
        Column::Key => say!(locale, holds_key),
        Column::Type => say!(locale, holds_type),
        Column::Choices => say!(locale, holds_choices),
        Column::Guidance => say!(locale, holds_guidance),
        Column::Evidence => say!(locale, holds_evidence),
        Column::Required => say!(locale, holds_required),
        Column::Condition => say!(locale, holds_condition),
        Column::TextEn => say!(locale, holds_text_en),
        other => other.code().to_owned(),
    }
}

/// What differs of a question.
#[must_use]
pub fn question_field(locale: Locale, field: QuestionField) -> String {
    match field {
        QuestionField::Wording => say!(locale, question_field_wording),
        QuestionField::Kind => say!(locale, question_field_kind),
        QuestionField::ShownWhen => say!(locale, question_field_shown_when),
        QuestionField::Demand => say!(locale, question_field_demand),
        QuestionField::Section => say!(locale, question_field_section),
    }
}

/// Yes or no.
#[must_use]
pub fn yes_no(locale: Locale, yes: bool) -> String {
    if yes { say!(locale, yes) } else { say!(locale, no) }
}

/// The label of a form field.
#[must_use]
pub fn field(locale: Locale, name: &str) -> String {
    match name {
        "sign_in_name" => say!(locale, field_sign_in_name),
        "password" => say!(locale, field_password),
        "current_password" => say!(locale, field_current_password),
        "new_password" => say!(locale, field_new_password),
        "new_password_again" => say!(locale, field_new_password_again),
        "code" => say!(locale, field_code),
        "person_name" => say!(locale, field_person_name),
        "email" => say!(locale, field_contact_email),
        "role" => say!(locale, column_role),
        "organization_name" => say!(locale, field_organization_name),
        "policy" => say!(locale, nav_policies),
        "branding" => say!(locale, field_branding),
        "first_department" => say!(locale, field_first_department),
        "corporate_number" => say!(locale, field_corporate_number),
        "name" => say!(locale, field_name),
        "kana" => say!(locale, field_kana),
        "address" => say!(locale, field_address),
        "contact_department" => say!(locale, field_contact_department),
        "contact_name" => say!(locale, field_contact_name),
        "contact_email" => say!(locale, field_contact_email),
        "notes" => say!(locale, field_notes),
        "vendor" => say!(locale, field_vendor),
        "title" => say!(locale, field_title),
        "department" => say!(locale, field_department),
        "starts_on" => say!(locale, field_starts_on),
        "ends_on" => say!(locale, field_ends_on),
        "confidentiality" => say!(locale, field_confidentiality),
        "integrity" => say!(locale, field_integrity),
        "availability" => say!(locale, field_availability),
        "zone" => say!(locale, field_zone),
        "personal_information" => say!(locale, field_personal_information),
        "specific_personal_information" => say!(locale, field_specific_personal_information),
        "selection_criteria_recorded" => say!(locale, field_selection_criteria_recorded),
        "policy_told" => say!(locale, field_policy_told),
        "contract_items" => say!(locale, field_contract_items),
        "due_on" => say!(locale, field_due_on),
        "purpose" => say!(locale, field_purpose),
        "verdict" => say!(locale, field_verdict),
        "reason" => say!(locale, field_reason),
        "message" => say!(locale, field_message),
        "question_key" => say!(locale, field_question_key),
        "outcome" => say!(locale, field_outcome),
        "comment" => say!(locale, field_comment),
        "submitted_by" => say!(locale, field_submitted_by),
        "answers" => say!(locale, field_answers),
        "yaml" => say!(locale, field_yaml),
        "effective_on" => say!(locale, field_effective_on),
        "a" => say!(locale, field_a),
        "b" => say!(locale, field_b),
        "c" => say!(locale, field_c),
        "minimum_coverage" => say!(locale, field_minimum_coverage),
        "file" => say!(locale, field_file),
        "questionnaire" => say!(locale, field_questionnaire),
        "sheet" => say!(locale, field_sheet),
        "heading_row" => say!(locale, field_heading_row),
        "kind" => say!(locale, field_kind),
        "version" => say!(locale, field_version),
        "columns" => say!(locale, field_columns),
        weight if weight.starts_with("weight-") => say!(locale, field_weight),
        other => other.to_owned(),
    }
}

/// What is wrong with an answer, and what to do.
#[must_use]
pub fn answer_problem(locale: Locale, problem: AnswerProblem) -> String {
    match problem {
        AnswerProblem::Unanswered | AnswerProblem::BlankText => say!(locale, answer_unanswered),
        AnswerProblem::WrongKind => say!(locale, answer_wrong_kind),
        AnswerProblem::UnknownChoice => say!(locale, problem_not_a_choice),
        AnswerProblem::NothingChosen => say!(locale, answer_nothing_chosen),
        AnswerProblem::TooLong { max_characters } => say!(locale, answer_too_long, max = max_characters),
        AnswerProblem::TooSmall { minimum } => say!(locale, answer_too_small, minimum = minimum),
        AnswerProblem::TooLarge { maximum } => say!(locale, answer_too_large, maximum = maximum),
        AnswerProblem::NotApplicableNotAllowed => say!(locale, answer_not_applicable_not_allowed),
        AnswerProblem::UndisclosedNotAllowed => say!(locale, answer_undisclosed_not_allowed),
        AnswerProblem::ReasonMissing => say!(locale, problem_reason_missing),
        AnswerProblem::EvidenceMissing => say!(locale, answer_evidence_missing),
    }
}

/// A text of the catalogue.
#[must_use]
pub fn text(locale: Locale, text: &Text) -> String {
    text.in_language(crate::request::language(locale)).to_owned()
}

/// Several texts in a row.
#[must_use]
pub fn joined(locale: Locale, texts: &[Text]) -> String {
    let separator = if locale == Locale::ja { "、" } else { ", " };
    texts.iter().map(|one| text(locale, one)).collect::<Vec<_>>().join(separator)
}

/// Whether failing a requirement makes the subject unfit.
#[must_use]
pub fn level(locale: Locale, level: Level) -> String {
    match level {
        Level::Must => say!(locale, level_must),
        Level::Should => say!(locale, level_should),
    }
}

/// Who has to do something about a requirement.
#[must_use]
pub fn owed_by(locale: Locale, owed_by: OwedBy) -> String {
    match owed_by {
        OwedBy::Vendor => say!(locale, owed_by_vendor),
        OwedBy::Municipality => say!(locale, owed_by_municipality),
    }
}

/// Who may read something.
#[must_use]
pub fn visibility(locale: Locale, visibility: Visibility) -> String {
    match visibility {
        Visibility::Public => say!(locale, visibility_public),
        Visibility::Vendor => say!(locale, visibility_vendor),
        Visibility::Internal => say!(locale, visibility_internal),
    }
}

/// A part of a requirement that differs between two policies.
#[must_use]
pub fn requirement_field(locale: Locale, requirement_field: Field) -> String {
    match requirement_field {
        Field::Wording => say!(locale, differs_wording),
        Field::Level => say!(locale, differs_level),
        Field::Weight => say!(locale, differs_weight),
        Field::OwedBy => say!(locale, differs_owed_by),
        Field::Visibility => say!(locale, differs_visibility),
        Field::AppliesWhen => say!(locale, differs_applies),
        Field::MetWhen => say!(locale, differs_met),
        Field::PartlyWhen => say!(locale, differs_partly),
    }
}

/// A number of a policy as a whole.
#[must_use]
pub fn policy_number(locale: Locale, policy_number: PolicyNumber) -> String {
    match policy_number {
        PolicyNumber::MinimumCoverage => say!(locale, policy_minimum_coverage),
        PolicyNumber::A => say!(locale, number_rating_a),
        PolicyNumber::B => say!(locale, number_rating_b),
        PolicyNumber::C => say!(locale, number_rating_c),
    }
}

/// An answer in words.
#[must_use]
pub fn answer(locale: Locale, answer: &AnswerWords) -> String {
    match answer {
        AnswerWords::Unanswered => say!(locale, answer_state_unanswered),
        AnswerWords::Labels(labels) => labels.iter().map(|label| text(locale, label)).collect::<Vec<_>>().join("、"),
        AnswerWords::Plain(plain) => plain.clone(),
        AnswerWords::NotApplicable(reason) => say!(locale, answer_state_not_applicable, reason = reason.clone()),
        AnswerWords::Undisclosed(reason) => say!(locale, answer_state_undisclosed, reason = reason.clone()),
    }
}

/// Hundredths of a percent as `87.5%`.
#[must_use]
pub fn percent(hundredths: u16) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// `412 kB`.
#[must_use]
pub fn size(bytes: i64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", (bytes + 999) / 1000)
    } else {
        format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
    }
}
