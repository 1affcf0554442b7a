//! データ: one header row, one row a requirement, for machines. No merged cells, no formulas, ISO dates.

use super::{Evidence, words};
use crate::{
    audit::checkpoint,
    excel::cell::{body, heading, text},
};
use kakunin_api::assessments::ReasonLine;
use kakunin_questionnaires::evaluate::RequirementVerdict;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// The columns, with what each holds: コード表 prints this too.
pub(super) const COLUMNS: [(&str, &str); 44] = [
    ("調査ID", "調査を一意に示す番号（UUID）"),
    ("団体コード", "自治体の6桁の団体コード"),
    ("自治体", "自治体名"),
    ("所管課", "業務を所管する課"),
    ("対象の種類", "業務委託／クラウドサービス／ソーシャルメディア"),
    ("委託先・提供者", "委託先またはサービスの提供者の名称。アカウントではサービスの名称"),
    ("法人番号", "13桁。ない場合は空欄"),
    ("対象", "業務の件名、サービス名、アカウント名"),
    ("開始日", "契約または利用の開始日。ISO形式（YYYY-MM-DD）。なければ空欄"),
    ("終了日", "契約の終了日。ISO形式（YYYY-MM-DD）。なければ空欄"),
    ("機密性", "扱う情報の機密性。アカウントでは空欄"),
    ("区分", "ネットワークの区分。アカウントでは空欄"),
    ("状態", "調査の状態"),
    ("ポリシー", "適用したポリシーの名称"),
    ("ポリシー版", "適用したポリシーの版"),
    ("ポリシーSHA256", "適用したポリシーの内容のハッシュ値"),
    ("調査票版", "調査票の版"),
    ("調査票SHA256", "調査票の内容のハッシュ値"),
    ("回答SHA256", "回答のハッシュ値"),
    ("事実SHA256", "台帳の事実のハッシュ値"),
    ("評価日", "評価の基準日（YYYY-MM-DD）"),
    ("要求事項ID", "要求事項を示す、版をまたいで変わらない名前"),
    ("条項", "ポリシーの条項"),
    ("要求事項", "要求事項の名称"),
    ("程度", "必須／推奨"),
    ("重み", "整数"),
    ("満たすべき者", "委託先・提供者／自治体"),
    ("判定", "適合／一部適合／不適合／未確認／該当なし"),
    ("判定の変更", "審査担当が変更した場合は「あり」"),
    ("変更の理由", "変更した理由"),
    ("根拠", "判定を決めた回答・台帳の項目（複数は「;」区切り）"),
    ("確認した内容", "根拠の項目ごとに、あった内容（JSONの配列。根拠と同じ順）"),
    ("照らす条件", "根拠の項目ごとに、基準が照らす条件（JSONの配列。根拠と同じ順）"),
    ("未確認の項目", "分かれば判定が決まる項目（複数は「;」区切り）"),
    ("総合判定", "調査全体の判定"),
    ("得点", "百分率の100倍の整数。確認済みがなければ空欄"),
    ("確認率", "百分率の100倍の整数"),
    ("決裁者", "決裁の時点で職にあった者"),
    ("決裁の結論", "適合／条件付適合／不適合。決裁前は空欄"),
    ("決裁日", "ISO形式（YYYY-MM-DD）。決裁前は空欄"),
    ("決裁の理由・条件", "決裁前は空欄"),
    ("記録番号", "操作記録の出力時点の末尾の連番"),
    ("記録ハッシュ", "操作記録の出力時点の末尾のハッシュ値"),
    ("記録の署名", "上の連番とハッシュ値への署名（Ed25519）。kakunin verify-log --checkpoints で検証できる"),
];

pub(super) fn write(sheet: &mut Worksheet, evidence: &Evidence) -> Result<(), XlsxError> {
    sheet.set_name("データ")?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    for (column, (label, _)) in (0..).zip(COLUMNS) {
        text(sheet, 0, column, label, &heading())?;
        sheet.set_column_width(column, 18)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let review = &evidence.review;
    let is_of_this_kind =
        |verdict: &&RequirementVerdict| review.requirements.iter().any(|one| one.requirement.id == verdict.id);
    for (row, verdict) in (1..).zip(review.evaluation.requirements.iter().filter(is_of_this_kind)) {
        for (column, content) in (0..).zip(cells(evidence, verdict)) {
            match content {
                Content::Text(content) => text(sheet, row, column, &content, &body())?,
                Content::Number(number) => {
                    sheet.write_number_with_format(row, column, number, &body())?;
                }
            }
        }
    }
    Ok(())
}

enum Content {
    Text(String),
    Number(u16),
}

fn cells(evidence: &Evidence, row: &RequirementVerdict) -> [Content; COLUMNS.len()] {
    let (review, evaluation) = (&evidence.review, &evidence.review.evaluation);
    let reviewed = review.requirements.iter().find(|reviewed| reviewed.requirement.id == row.id);
    let change = reviewed.and_then(|reviewed| reviewed.overridden.as_ref());
    let reasons = row.reasons.iter().map(|reason| reason.key.as_str()).collect::<Vec<_>>().join(";");
    let text = |text: &str| Content::Text(text.to_owned());
    let said = |word: fn(&ReasonLine) -> &str| {
        let words: Vec<&str> = reviewed.into_iter().flat_map(|reviewed| &reviewed.reasons).map(word).collect();
        Content::Text(serde_json::json!(words).to_string())
    };
    let decision = review.decision.as_ref();
    let officer = review.decision.as_ref().map(|decision| format!("{} {}", decision.post, decision.officer));
    [
        Content::Text(review.row.id.to_string()),
        text(&evidence.organization_code),
        text(&evidence.organization),
        text(&review.row.department),
        text(evidence.subject.register.words.ja),
        text(&evidence.vendor),
        text(evidence.corporate_number.as_deref().unwrap_or_default()),
        text(&review.row.subject_title),
        Content::Text(evidence.subject.text("starts_on")),
        Content::Text(evidence.subject.text("ends_on")),
        Content::Text(evidence.said("confidentiality")),
        Content::Text(evidence.said("zone")),
        text(words::state(review.row.state)),
        text(&review.policy.0.ja),
        text(&review.policy.1),
        text(&evaluation.policy.sha256),
        text(&review.questionnaire.1),
        text(&evaluation.questionnaire.sha256),
        text(&evaluation.answers_sha256),
        text(&evaluation.facts_sha256),
        Content::Text(evaluation.today.to_string()),
        text(&row.id),
        text(&row.clause),
        text(reviewed.map(|reviewed| reviewed.requirement.title.ja.as_str()).unwrap_or_default()),
        text(words::level(row.level)),
        Content::Number(row.weight),
        text(words::owed_by(row.owed_by)),
        text(words::verdict(row.verdict)),
        text(if row.overridden { "あり" } else { "" }),
        Content::Text(
            change.map(|change| format!("{}（{} {}）", change.reason, change.by, change.at)).unwrap_or_default(),
        ),
        Content::Text(reasons),
        said(|reason| &reason.observed.ja),
        said(|reason| &reason.expected.ja),
        Content::Text(row.open.join(";")),
        text(words::rating(evaluation.rating)),
        evaluation.score.map_or_else(|| Content::Text(String::new()), Content::Number),
        Content::Number(evaluation.coverage),
        Content::Text(officer.unwrap_or_default()),
        text(decision.map(|decision| words::outcome(decision.outcome)).unwrap_or_default()),
        Content::Text(decision.map(|decision| decision.on.to_string()).unwrap_or_default()),
        text(decision.map(|decision| decision.comment.as_str()).unwrap_or_default()),
        Content::Text(evidence.checkpoint.sequence.to_string()),
        text(&evidence.checkpoint.hash),
        Content::Text(checkpoint::line(&evidence.checkpoint)),
    ]
}
