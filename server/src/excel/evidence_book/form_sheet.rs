//! 様式: A4 landscape, one page wide, to be read and printed.
//!
//! Requirements and answers share six columns, so that the repeated heading rows fit both.

use super::{Evidence, words};
use crate::{
    audit::checkpoint,
    clock, era,
    excel::cell::{MOST_LINES, body, framed, heading, height, lines, text, wide},
    store::records::AuditCheckpoint,
};
use kakunin_api::{assessments::ReviewedRequirement, subject::SubjectKind};
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

/// Widths of the columns, in half-width characters.
const WIDTHS: [f64; 6] = [9.0, 38.0, 13.0, 13.0, 52.0, 30.0];
const LAST: u16 = 5;

pub(super) fn write(sheet: &mut Worksheet, evidence: &Evidence) -> Result<(), XlsxError> {
    sheet.set_name("様式")?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.7, 0.3, 0.3);
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let exported = clock::in_japan(evidence.exported_at);
    let date = era::era_date(exported.date());
    let (version, by) = (in_footer(&evidence.review.policy.1), in_footer(&evidence.exported_by));
    let time = exported.strftime("%H:%M").to_string();
    sheet.set_footer(format!("&L&9出力：{date} {time}　{by}&C&9ポリシー：{version}&R&9&P / &N"));
    // Criteria and weights are for the town hall alone; a single sheet taken out of the pile still says so.
    sheet.set_header("&R&9庁内限り");
    text(sheet, 0, 0, "様式第1号", &body().set_text_wrap())?;
    text(sheet, 0, 1, "庁内限り", &body())?;
    wide(sheet, 0, (4, LAST), &date, &body().set_align(FormatAlign::Right))?;
    let title = Format::new().set_font_name("游ゴシック").set_font_size(16).set_bold().set_align(FormatAlign::Center);
    wide(sheet, 1, (0, LAST), &format!("{} 情報セキュリティ確認調書", evidence.subject.register.words.ja), &title)?;
    sheet.set_row_height(1, 28)?;
    let row = facts(sheet, evidence, 3)?;
    let row = requirements(sheet, evidence, row + 1)?;
    let row = answers(sheet, evidence, row + 1)?;
    let AuditCheckpoint { sequence, hash, .. } = &evidence.checkpoint;
    wide(sheet, row + 1, (0, LAST), &format!("操作記録：第{sequence}号まで　{hash}"), &body())?;
    let signed = format!("署名（kakunin verify-log --checkpoints で検証）：{}", checkpoint::line(&evidence.checkpoint));
    wide(sheet, row + 2, (0, LAST), &signed, &body().set_font_size(7).set_text_wrap())?;
    sheet.set_row_height(row + 2, 40)?;
    Ok(())
}

/// A text as a part of the footer, where `&` begins a code and all parts together hold 255 characters.
fn in_footer(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    let cut = if short.len() < text.len() { "…" } else { "" };
    format!("{}{cut}", short.replace('&', "&&"))
}

/// What the register says of the subject, by its kind.
fn of_subject(evidence: &Evidence, day: impl Fn(&str) -> String) -> Vec<(&'static str, String, &'static str, String)> {
    let (vendor, title) = (evidence.vendor.clone(), evidence.review.row.subject_title.clone());
    let said = |field: &str| match evidence.said(field) {
        said if said.is_empty() => "—".to_owned(),
        said => said,
    };
    let on = |field: &str| match evidence.subject.text(field) {
        none if none.is_empty() => "—".to_owned(),
        iso => day(&iso),
    };
    let handled = ("機密性", said("confidentiality"), "区分", said("zone"));
    match evidence.subject.subject.kind {
        SubjectKind::Engagement => {
            let number = evidence.corporate_number.clone().unwrap_or_else(|| "番号なし".to_owned());
            let period = format!("{} – {}", on("starts_on"), on("ends_on"));
            vec![("委託先", vendor, "法人番号", number), ("業務", title, "契約期間", period), handled]
        }
        SubjectKind::CloudService => vec![
            ("提供者", vendor, "種類", said("kind")),
            ("サービス", title, "利用開始日", on("starts_on")),
            ("ISMAP", said("ismap"), "登録の有効期限", on("ismap_expires_on")),
            handled,
        ],
        SubjectKind::SocialAccount => vec![
            ("サービス", vendor, "URL", said("url")),
            ("アカウント", title, "状態", said("state")),
            ("運用手順", said("procedure"), "最終投稿日", on("last_post_on")),
        ],
    }
}

/// Two facts a row.
fn facts(sheet: &mut Worksheet, evidence: &Evidence, first: u32) -> Result<u32, XlsxError> {
    let review = &evidence.review;
    let day = |iso: &str| iso.parse().map_or_else(|_| iso.to_owned(), era::era_date);
    let minute =
        |at: &str| at.split_once('T').map_or_else(|| at.to_owned(), |(date, time)| format!("{} {time}", day(date)));
    let submitted =
        review.submitted.as_ref().map_or_else(|| "未提出".to_owned(), |(by, at)| format!("{by}　{}", minute(at)));
    let score = review.evaluation.score.map_or_else(|| "—".to_owned(), words::percent);
    let mut pairs = vec![("自治体", evidence.organization.clone(), "所管課", review.row.department.clone())];
    pairs.extend(of_subject(evidence, day));
    pairs.extend([
        (
            "調査票",
            format!("{}（{}）", review.questionnaire.0.ja, review.questionnaire.1),
            "ポリシー",
            format!("{} {}", review.policy.0.ja, review.policy.1),
        ),
        ("提出", submitted, "審査担当", review.reviewer.clone().unwrap_or_else(|| "—".to_owned())),
        ("状態", words::state(review.row.state).to_owned(), "判定", words::rating(review.evaluation.rating).to_owned()),
        ("得点", format!("{score}（確認済みの範囲）"), "確認率", words::percent(review.evaluation.coverage)),
    ]);
    let mut row = first;
    for (left, left_value, right, right_value) in pairs {
        text(sheet, row, 0, left, &heading())?;
        wide(sheet, row, (1, 3), &left_value, &framed())?;
        let right = format!("{right}：{right_value}");
        wide(sheet, row, (4, LAST), &right, &framed())?;
        let tall = lines(&left_value, 62.0).len().max(lines(&right, 80.0).len());
        sheet.set_row_height(row, height(tall))?;
        row += 1;
    }
    if let Some(decision) = &review.decision {
        let line = format!(
            "{}　{} {}　{}　{}（入力：{}）",
            words::outcome(decision.outcome),
            decision.post,
            decision.officer,
            era::era_date(decision.on),
            decision.comment,
            decision.entered_by
        );
        for (part, label) in
            lines(&line, 140.0).chunks(MOST_LINES).zip(["決裁"].into_iter().chain(std::iter::repeat("")))
        {
            text(sheet, row, 0, label, &heading())?;
            wide(sheet, row, (1, LAST), part.concat().trim_end(), &framed())?;
            sheet.set_row_height(row, height(part.len()))?;
            row += 1;
        }
    }
    Ok(row)
}

fn requirements(sheet: &mut Worksheet, evidence: &Evidence, first: u32) -> Result<u32, XlsxError> {
    let headings = ["条項／設問", "要求事項／設問の内容", "程度", "判定／回答者", "根拠／回答", "変更の理由／証跡"];
    for (column, label) in (0..).zip(headings) {
        text(sheet, first, column, label, &heading())?;
    }
    // The heading stands on every printed page, for requirements and answers alike.
    sheet.set_repeat_rows(first, first)?;
    let mut row = first + 1;
    for requirement in &evidence.review.requirements {
        let cells = requirement_cells(requirement);
        row = table_row(sheet, row, &cells)?;
    }
    Ok(row)
}

fn requirement_cells(row: &ReviewedRequirement) -> [String; 6] {
    let mut grounds: Vec<String> = row
        .reasons
        .iter()
        .map(|reason| {
            let truth = words::truth(&reason.truth);
            format!("{}：{}（照らす条件：{}）→ {truth}", reason.place.ja, reason.observed.ja, reason.expected.ja)
        })
        .collect();
    if !row.open.is_empty() {
        let open: Vec<_> = row.open.iter().map(|place| place.ja.as_str()).collect();
        grounds.push(format!("{} が分かれば決まる", open.join("、")));
    }
    let changed = row.overridden.as_ref().map(|change| format!("{}（{}）", change.reason, change.by));
    [
        row.clause.id.clone(),
        format!("{}\n{}", row.requirement.title.ja, row.requirement.text.ja),
        format!("{}\n重み{}", words::level(row.requirement.level), row.requirement.weight),
        format!("{}\n（{}）", words::verdict(row.verdict), words::owed_by(row.requirement.owed_by)),
        grounds.join("\n"),
        changed.unwrap_or_default(),
    ]
}

fn answers(sheet: &mut Worksheet, evidence: &Evidence, first: u32) -> Result<u32, XlsxError> {
    let mut row = first;
    for (title, questions) in &evidence.review.sections {
        wide(sheet, row, (0, LAST), &title.ja, &heading())?;
        row += 1;
        for line in questions.iter().filter(|line| line.asked) {
            let file = line.evidence.as_ref().map(|file| {
                let digest: String = file.sha256.chars().take(12).collect();
                format!("{}\nSHA-256 {digest}…", file.file_name)
            });
            let cells = [
                line.number.clone(),
                line.text.ja.clone(),
                String::new(),
                "委託先".to_owned(),
                words::answer(&line.answer),
                file.unwrap_or_default(),
            ];
            row = table_row(sheet, row, &cells)?;
        }
    }
    Ok(row)
}

/// One row of the table, carried on in further rows where a cell holds more lines than a row can show.
fn table_row(sheet: &mut Worksheet, first: u32, cells: &[String; 6]) -> Result<u32, XlsxError> {
    let wrapped: Vec<Vec<String>> = cells.iter().zip(WIDTHS).map(|(content, width)| lines(content, width)).collect();
    let tallest = wrapped.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let mut row = first;
    for start in (0..tallest).step_by(MOST_LINES) {
        for (column, of_cell) in (0..).zip(&wrapped) {
            let part: String = of_cell.iter().skip(start).take(MOST_LINES).map(String::as_str).collect();
            text(sheet, row, column, part.trim_end(), &framed())?;
        }
        sheet.set_row_height(row, height(tallest - start))?;
        row += 1;
    }
    Ok(row)
}
