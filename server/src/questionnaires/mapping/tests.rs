//! Workbooks as town halls have them become questionnaires.

use super::*;
use kakunin_questionnaires::{questionnaire::QuestionKind, text::Text};

fn sheet(rows: &[&[&str]]) -> Sheet {
    let row = |(number, cells): (u32, &&[&str])| Row {
        number,
        cells: (0..)
            .zip(cells.iter())
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| (column, (*text).to_owned()))
            .collect(),
    };
    Sheet { name: "確認票".to_owned(), rows: (1..).zip(rows).map(row).filter(|row| !row.cells.is_empty()).collect() }
}

fn kept_today() -> Vec<Sheet> {
    let note = Sheet { name: "表紙".to_owned(), rows: sheet(&[&["委託先セキュリティ確認票"]]).rows };
    let questions = sheet(&[
        &["委託先セキュリティ確認票（令和8年度）"],
        &[],
        &["No.", "大項目", "確認内容", "回答方法", "選択肢", "備考", "証拠資料"],
        &["1", "体制", "責任者を置いていますか", "", "はい／いいえ", "組織図で結構です", "要"],
        &["2", "", "認証はありますか", "複数選択", "ISMS\nPマーク\nなし", "", "不要"],
        &["3", "物理", "入退室をどう管理していますか", "自由記述", "", "", ""],
        &["4", "", "監視カメラ", "", "", "", ""],
    ]);
    vec![note, questions]
}

#[test]
fn what_the_columns_hold_is_made_out_from_their_headings() {
    let view = view("確認票R8.xlsx", &kept_today(), None);
    assert_eq!((view.form.sheet.as_str(), view.form.heading_row.as_str(), view.rows), ("確認票", "3", 4));
    assert_eq!(view.form.title, "確認票R8");
    let held: Vec<_> = view.form.columns.iter().map(|(column, held)| (column.as_str(), held.as_str())).collect();
    assert_eq!(
        held,
        [("B", "section"), ("C", "text"), ("D", "type"), ("E", "choices"), ("F", "guidance"), ("G", "evidence")]
    );
    assert_eq!(view.columns[2].samples.first().map(String::as_str), Some("責任者を置いていますか"));
}

#[test]
fn the_columns_make_a_questionnaire() {
    let sheets = kept_today();
    let form = MapColumns { questionnaire: "check".to_owned(), ..view("確認票R8.xlsx", &sheets, None).form };
    let read = table::questionnaire_table(&table("確認票R8.xlsx", &sheets, &form)).unwrap();
    let sections: Vec<_> = read
        .questionnaire
        .sections
        .iter()
        .map(|one| (one.title.ja.as_str(), one.questions.len(), one.minutes))
        .collect();
    assert_eq!(sections, [("体制", 2, 4), ("物理", 2, 4)]);
    let questions: Vec<_> = read.questionnaire.questions().collect();
    assert_eq!(questions[0].key, "check.q001");
    assert_eq!(questions[0].kind, QuestionKind::yes_no());
    assert_eq!(questions[0].guidance, Some(Text::new("組織図で結構です", "組織図で結構です")));
    assert_eq!(questions[1].kind.choices().len(), 3);
    assert!(matches!(questions[1].kind, QuestionKind::Choices { .. }));
    assert!(matches!(questions[2].kind, QuestionKind::Text { .. }));
    assert_eq!(questions[3].kind, QuestionKind::yes_no());
}

#[test]
fn problems_of_a_mapped_sheet_name_its_cells() {
    let mut sheets = kept_today();
    sheets[1].rows[3].cells[2] = (3, "多肢".to_owned());
    let form = MapColumns { questionnaire: "check".to_owned(), ..view("確認票R8.xlsx", &sheets, None).form };
    let problems = table::questionnaire_table(&table("確認票R8.xlsx", &sheets, &form)).unwrap_err();
    assert!(problems.iter().any(|problem| problem.file == "確認票!D5"), "{problems:#?}");
}

#[test]
fn a_sheet_of_anything_is_no_panic() {
    for rows in [&[][..], &[&["", ""][..]], &[&["設問"][..]], &[&["a", "b"][..], &["c"]]] {
        let sheets = [sheet(rows)];
        let form = view("x.xlsx", &sheets, None).form;
        let _ = table::questionnaire_table(&table("x.xlsx", &sheets, &form));
    }
}

#[test]
fn more_questions_than_anybody_answers_are_refused() {
    let mut sheets = kept_today();
    let last = sheets[1].rows.last().unwrap().clone();
    sheets[1].rows.extend((0..3_000).map(|more| Row { number: 100 + more, ..last.clone() }));
    let form = MapColumns { questionnaire: "check".to_owned(), ..view("確認票R8.xlsx", &sheets, None).form };
    let problems = table::questionnaire_table(&table("確認票R8.xlsx", &sheets, &form)).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.ja.contains("2000 問"), "{}", problems[0]);
}
