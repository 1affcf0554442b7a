//! The review page: answers beside verdicts, the ones to look at first first, with their reasons in words.

use super::{Assessments, answer::returned_question, evaluate::Evaluated, stage::Stage, words};
use crate::{
    clock,
    error::internal,
    permission::{self, ActionName, Actor, Scope, ViewAssessment},
    store::records::{Assessment, Decision, Invitation, Override},
};
use kakunin_api::{
    PortalError,
    assessments::{
        DecisionView, Delivery, InvitationRow, MayDo, OverrideView, ReasonLine, ReviewView, ReviewedRequirement,
    },
    engagements::{Confidentiality, ContractItem, Zone},
    ids::{AssessmentId, EngagementId},
    state::{AssessmentState, Outcome},
};
use kakunin_questionnaires::{
    condition::Truth,
    evaluate::{Evaluation, Reason, RequirementVerdict, Verdict},
    fact,
    policy::Level,
    questionnaire::Questionnaire,
    text::Text,
    trace::Observed,
};

impl Assessments<'_> {
    /// The review page.
    ///
    /// # Errors
    /// NotFound.
    pub async fn review(&self, actor: &Actor, id: AssessmentId) -> Result<ReviewView, PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (row, _) = tenant.assessment(id).to(ViewAssessment, actor).await?;
        let entered = portal.store.entered_answers(id).await?;
        let files = portal.store.evidence_files(id).await?;
        let overrides = portal.store.overrides(id).await?;
        let evaluated = self.as_it_counts(&row, &entered, &files, &overrides).await?;
        let engagement = portal.store.engagement_of(EngagementId(row.engagement_id)).await?;
        let decision = portal.store.decision(id).await?;
        let lines = words::answer_lines(&evaluated.questionnaire, &evaluated.answers, &files);
        let sections = evaluated.questionnaire.sections.iter().zip(1..).map(|(section, number)| {
            (section.title.clone(), lines.iter().filter(|line| line.section == number).cloned().collect())
        });
        let reviewer = match row.reviewer_id {
            Some(id) => portal.store.staff(id.into()).await?.map(|staff| staff.name),
            None => None,
        };
        let now = portal.clock.now_ms();
        let invitations = portal.store.invitations(id).await?;
        let returned = portal.store.returns(id).await?;
        Ok(ReviewView {
            version: row.version,
            engagement: EngagementId(row.engagement_id),
            confidentiality: Confidentiality::from_code(&engagement.confidentiality)
                .ok_or_else(|| internal("confidentiality"))?,
            zone: Zone::from_code(&engagement.zone).ok_or_else(|| internal("zone"))?,
            policy: (evaluated.policy.title.clone(), evaluated.policy.version.clone()),
            questionnaire: (evaluated.questionnaire.title.clone(), evaluated.questionnaire.version.clone()),
            requirements: reviewed(&evaluated, &overrides),
            sections: sections.collect(),
            invitations: invitations.into_iter().map(|row| invitation_row(row, now)).collect(),
            returned: returned.into_iter().map(|row| returned_question(&evaluated.questionnaire, row)).collect(),
            submitted: row.submitted_by.clone().zip(row.submitted_at.map(clock::minute_in_japan)),
            reviewer,
            decision: decision.map(decision_view).transpose()?,
            may: may_do(actor, Stage::of(&row)?.state()),
            row: portal.store.assessment_row(&row, portal.clock.today()).await?,
            evaluation: evaluated.evaluation,
        })
    }

    /// The evaluation that counts: the one kept with the decision once decided, else today's.
    pub(crate) async fn as_it_counts(
        &self,
        row: &Assessment,
        entered: &std::collections::BTreeMap<String, kakunin_api::answering::EnteredAnswer>,
        files: &[crate::store::records::EvidenceFile],
        overrides: &[Override],
    ) -> Result<Evaluated, PortalError> {
        let portal = self.0;
        let mut evaluated = portal.evaluated(row, entered, files, overrides).await?;
        if matches!(Stage::of(row)?, Stage::Decided { .. })
            && let Some(kept) = portal.store.last_evaluation(AssessmentId(row.id)).await?
        {
            evaluated.evaluation = serde_json::from_str::<Evaluation>(&kept.result).map_err(internal)?;
        }
        Ok(evaluated)
    }
}

fn may_do(actor: &Actor, state: AssessmentState) -> MayDo {
    let may = |action| permission::scope(actor, action) == Scope::All;
    let open = !matches!(
        state,
        AssessmentState::Decided | AssessmentState::Expired | AssessmentState::Renewed | AssessmentState::Withdrawn
    );
    MayDo {
        invite_again: may(ActionName::InviteAgain) && state.is_answerable(),
        begin_review: may(ActionName::BeginReview) && state == AssessmentState::Submitted,
        review: may(ActionName::DecideAssessment) && state == AssessmentState::UnderReview,
        withdraw: may(ActionName::WithdrawAssessment) && open,
        export: may(ActionName::ExportEvidence),
    }
}

fn invitation_row(row: Invitation, now_ms: i64) -> InvitationRow {
    let delivery = match (row.revoked_at, row.redeemed_at) {
        (Some(_), _) => Delivery::Revoked,
        (None, Some(_)) => Delivery::Redeemed,
        (None, None) if row.expires_at < now_ms => Delivery::Expired,
        (None, None) => Delivery::LinkShown,
    };
    InvitationRow {
        contact_name: row.contact_name,
        contact_email: row.contact_email,
        delivery,
        made_at: clock::minute_in_japan(row.made_at),
        expires_on: clock::in_japan(row.expires_at).date(),
        redeemed_at: row.redeemed_at.map(clock::minute_in_japan),
    }
}

fn decision_view(row: Decision) -> Result<DecisionView, PortalError> {
    Ok(DecisionView {
        outcome: Outcome::from_code(&row.outcome).ok_or_else(|| internal("outcome"))?,
        comment: row.comment,
        post: row.post_title,
        officer: row.officer_name,
        entered_by: row.entered_by,
        on: clock::in_japan(row.decided_at).date(),
    })
}

/// Requirements beside their verdicts: failed musts first, then what is unknown, then the rest.
pub(crate) fn reviewed(evaluated: &Evaluated, overrides: &[Override]) -> Vec<ReviewedRequirement> {
    let mut rows: Vec<ReviewedRequirement> = evaluated
        .evaluation
        .requirements
        .iter()
        .filter_map(|row| reviewed_requirement(row, evaluated, overrides))
        .collect();
    rows.sort_by_key(|row| {
        (urgency(row.verdict), row.requirement.level != Level::Must, u16::MAX - row.requirement.weight)
    });
    rows
}

fn urgency(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotMet => 0,
        Verdict::Unconfirmed => 1,
        Verdict::PartlyMet => 2,
        Verdict::Met => 3,
        Verdict::NotApplicable => 4,
    }
}

fn reviewed_requirement(
    row: &RequirementVerdict,
    evaluated: &Evaluated,
    overrides: &[Override],
) -> Option<ReviewedRequirement> {
    let changed = overrides.iter().find(|change| row.overridden && change.requirement_id == row.id);
    let questionnaire = &evaluated.questionnaire;
    Some(ReviewedRequirement {
        requirement: evaluated.policy.requirement(&row.id)?.clone(),
        clause: evaluated.policy.clause(&row.clause)?.clone(),
        verdict: row.verdict,
        overridden: changed.map(|change| OverrideView {
            verdict: row.verdict,
            reason: change.reason.clone(),
            by: change.overridden_by.clone(),
            at: clock::minute_in_japan(change.overridden_at),
        }),
        reasons: row.reasons.iter().map(|reason| reason_line(reason, questionnaire)).collect(),
        open: row.open.iter().map(|key| place(key, questionnaire).ja).collect(),
    })
}

/// Where a key comes from, in words.
fn place(key: &str, questionnaire: &Questionnaire) -> Text {
    if let Some(key) = key.strip_prefix("answer:") {
        let number = questionnaire.number_of(key).unwrap_or_default();
        return Text::new(format!("回答 {number}"), format!("Answer {number}"));
    }
    let path = key.strip_prefix("fact:").unwrap_or(key);
    fact::fact_path(path).map_or_else(|| Text::new(path, path), |row| Text::new(row.ja, row.en))
}

fn reason_line(reason: &Reason, questionnaire: &Questionnaire) -> ReasonLine {
    let question_key = reason.key.strip_prefix("answer:");
    let question = question_key.and_then(|key| questionnaire.question(key)).map(|(_, question)| question);
    let word = |value: &str| match question {
        Some(question) if value != "today" => words::label(question, value),
        _ => fact_word(value),
    };
    ReasonLine {
        place: place(&reason.key, questionnaire),
        observed: observed_words(&reason.observed, word),
        expected: expected_words(&reason.expected, word),
        truth: match reason.truth {
            Truth::True => "true".to_owned(),
            Truth::False => "false".to_owned(),
            Truth::Unknown => "unknown".to_owned(),
        },
        key: reason.key.clone(),
    }
}

fn observed_words(observed: &Observed, word: impl Fn(&str) -> Text) -> Text {
    match observed {
        Observed::Nothing => Text::new("未回答・記録なし", "not answered or not on record"),
        Observed::Bool(true) => Text::new("あり", "yes"),
        Observed::Bool(false) => Text::new("なし", "no"),
        Observed::Number(number) => Text::new(number.to_string(), number.to_string()),
        Observed::Text(text) => match text.as_str() {
            "undisclosed" => Text::new("非開示", "not disclosed"),
            "not_applicable" => Text::new("該当なし", "not applicable"),
            "not_asked" => Text::new("設問の対象外", "not asked"),
            text => word(text),
        },
        Observed::Set(values) if values.is_empty() => Text::new("なし", "none"),
        Observed::Set(values) => joined(values.iter().map(|value| word(value)).collect()),
    }
}

fn joined(texts: Vec<Text>) -> Text {
    let (ja, en): (Vec<_>, Vec<_>) = texts.into_iter().map(|text| (text.ja, text.en)).unzip();
    Text::new(ja.join("、"), en.join(", "))
}

/// The criterion's comparison in words.
fn expected_words(expected: &str, word: impl Fn(&str) -> Text) -> Text {
    let (operator, rest) = expected.split_once(' ').unwrap_or((expected, ""));
    let values = || joined(rest.trim_matches(['[', ']']).split(", ").map(&word).collect());
    let said = |ja: &str, en: &str| {
        let value = values();
        Text::new(ja.replace('_', &value.ja), en.replace('_', &value.en))
    };
    match operator {
        "is" => said("「_」であること", "is “_”"),
        "in" => said("「_」のいずれか", "one of _"),
        "at_least" => said("_ 以上", "at least _"),
        "at_most" => said("_ 以下", "at most _"),
        "before" => said("_ より前", "before _"),
        "after" => said("_ より後", "after _"),
        "within_days" => said("今日から _ 日以内", "within _ days of today"),
        "includes" | "includes_all" => said("「_」を含むこと", "includes _"),
        "present" if rest == "true" => Text::new("記載があること", "is given"),
        "present" => Text::new("記載がないこと", "is not given"),
        "has_evidence" => Text::new("証跡の添付", "a file is attached"),
        _ => Text::new(expected, expected),
    }
}

/// Values of facts in words.
fn fact_word(value: &str) -> Text {
    let zone = Zone::from_code(value).map(|zone| match zone {
        Zone::Mynumber => Text::new("マイナンバー利用事務系", "My Number zone"),
        Zone::Lgwan => Text::new("LGWAN接続系", "LGWAN zone"),
        Zone::Internet => Text::new("インターネット接続系", "Internet zone"),
    });
    let kind = match value {
        "engagement" => Some(Text::new("業務委託", "engagement")),
        "cloud_service" => Some(Text::new("クラウドサービス", "cloud service")),
        "social_account" => Some(Text::new("ソーシャルメディア", "social account")),
        "true" => Some(Text::new("あり", "yes")),
        "false" => Some(Text::new("なし", "no")),
        "today" => Some(Text::new("本日", "today")),
        _ => None,
    };
    let item = ContractItem::from_code(value).map(contract_item_words);
    zone.or(kind).or(item).unwrap_or_else(|| Text::new(value, value))
}

/// ①–⑬ in words.
#[must_use]
pub fn contract_item_words(item: ContractItem) -> Text {
    let (ja, en) = match item {
        ContractItem::PolicyCompliance => ("① ポリシー・手順の遵守", "① compliance with policy and procedures"),
        ContractItem::PeopleAndPlaces => ("② 責任者・作業者・場所の特定", "② people in charge, workers and places"),
        ContractItem::ServiceLevel => ("③ サービスレベル", "③ service levels"),
        ContractItem::InformationAndAccess => ("④ 扱う情報と接続方法", "④ information and ways of access"),
        ContractItem::Education => ("⑤ 従業員の教育", "⑤ training of employees"),
        ContractItem::PurposeLimit => ("⑥ 目的外利用・第三者提供の禁止", "⑥ no other use, no third parties"),
        ContractItem::ConfidentialityDuty => ("⑦ 守秘義務", "⑦ duty of confidentiality"),
        ContractItem::SubcontractingLimit => ("⑧ 再委託の制限", "⑧ limits on subcontracting"),
        ContractItem::ReturnAndDisposal => ("⑨ 返還・廃棄", "⑨ return and disposal"),
        ContractItem::Reporting => ("⑩ 定期報告・緊急時の報告", "⑩ regular and emergency reports"),
        ContractItem::AuditRight => ("⑪ 監査・検査", "⑪ audit and inspection"),
        ContractItem::IncidentPublication => ("⑫ 事故の公表", "⑫ publication of incidents"),
        ContractItem::BreachConsequences => ("⑬ 違反したときの定め", "⑬ consequences of a breach"),
    };
    Text::new(ja, en)
}
