//! An evaluation as a plain table with Japanese words.
//!
//! It does not know terminals; columns are aligned for fonts in which a Japanese character is as wide as two Latin ones.

use std::fmt::Write as _;

use crate::evaluate::{Evaluation, Rating, RequirementVerdict, Verdict};
use crate::policy::{Level, Policy};
use crate::questionnaire::Questionnaire;
use crate::trace::Observed;

pub(super) fn table(evaluation: &Evaluation, policy: &Policy, questionnaire: &Questionnaire) -> String {
    let mut out = String::new();
    let score = evaluation.score.map_or_else(|| "―".to_owned(), percent);
    let _ = writeln!(out, "{}（{}）", policy.title.ja, policy.version);
    let _ = writeln!(out, "調査票　{}（{}）", questionnaire.title.ja, questionnaire.version);
    let _ = writeln!(out, "評価日　{}", evaluation.today);
    let _ =
        writeln!(out, "評価　{}　得点　{score}　確認率　{}\n", rating(evaluation.rating), percent(evaluation.coverage));
    let head = ["条項", "判定", "区分", "重み", "要件", "根拠・未確認の項目"].map(str::to_owned);
    let rows: Vec<_> =
        [head].into_iter().chain(evaluation.requirements.iter().map(|verdict| row(verdict, policy))).collect();
    let mut widths = [0_usize; 6];
    for row in &rows {
        for (most, cell) in widths.iter_mut().zip(row) {
            *most = width(cell).max(*most);
        }
    }
    for row in rows {
        let mut line = String::new();
        for (cell, most) in row.iter().zip(widths) {
            let gap = most.saturating_sub(width(cell)).saturating_add(2);
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', gap));
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

fn row(one: &RequirementVerdict, policy: &Policy) -> [String; 6] {
    let title = policy.requirement(&one.id).map_or(one.id.as_str(), |requirement| requirement.title.ja.as_str());
    let verdict = format!("{}{}", verdict(one.verdict), if one.overridden { "（上書き）" } else { "" });
    let level = if one.level == Level::Must { "必須" } else { "推奨" };
    let why = if one.open.is_empty() { reasons(one) } else { format!("未確認: {}", one.open.join("、")) };
    [one.clause.clone(), verdict, level.to_owned(), one.weight.to_string(), title.to_owned(), why]
}

fn reasons(one: &RequirementVerdict) -> String {
    let reasons = one
        .reasons
        .iter()
        .map(|reason| format!("{} = {} ({})", reason.key, observed(&reason.observed), reason.expected));
    reasons.collect::<Vec<_>>().join("、")
}

fn observed(observed: &Observed) -> String {
    match observed {
        Observed::Nothing => "―".to_owned(),
        Observed::Bool(value) => value.to_string(),
        Observed::Number(value) => value.to_string(),
        // A vendor's text may have line breaks and be long; a row has one line.
        Observed::Text(value) => {
            let mut line: String =
                value.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect();
            if let Some((cut, _)) = line.char_indices().nth(40) {
                line.truncate(cut);
                line.push('…');
            }
            line
        }
        Observed::Set(values) => values.iter().cloned().collect::<Vec<_>>().join("・"),
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "適合",
        Verdict::PartlyMet => "一部適合",
        Verdict::NotMet => "不適合",
        Verdict::Unconfirmed => "未確認",
        Verdict::NotApplicable => "該当なし",
    }
}

const fn rating(rating: Rating) -> &'static str {
    match rating {
        Rating::A => "A",
        Rating::B => "B",
        Rating::C => "C",
        Rating::Unfit => "不適合",
        Rating::Unconfirmed => "未確認",
        Rating::NotApplicable => "該当なし",
    }
}

/// Hundredths of a percent as `87.50%`.
fn percent(hundredths: u16) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// Columns on a terminal: 2 for a character beyond Latin, Greek and Cyrillic.
fn width(text: &str) -> usize {
    text.chars().map(|c| if u32::from(c) < 0x1100 { 1 } else { 2 }).fold(0, usize::saturating_add)
}
