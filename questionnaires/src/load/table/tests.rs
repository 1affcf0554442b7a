//! What is written is read back, and what is wrong is called by its cell.

use super::*;
use crate::questionnaire::{EvidenceWish, QuestionKind};
use crate::text::Text;

fn cell(name: &str, text: &str) -> Cell {
    Cell { name: name.to_owned(), text: text.to_owned() }
}

fn table_of(rows: &[&[(Column, &str)]]) -> Table {
    let section = SectionRow {
        id: cell("区分!A2", "only"),
        title: cell("区分!B2", "全体"),
        minutes: cell("区分!F2", "10"),
        ..SectionRow::default()
    };
    let row = |(number, cells): (usize, &&[(Column, &str)])| -> Row {
        let named = |(column, text): &(Column, &str)| (*column, cell(&format!("{column:?}{}", number + 2), text));
        [(Column::Section, "only")].iter().chain(cells.iter()).map(named).collect()
    };
    Table {
        file: "見本.xlsx".to_owned(),
        id: cell("調査票!B1", "sample"),
        version: cell("調査票!B2", "1"),
        title: cell("調査票!B4", "見本"),
        sections: vec![section],
        questions: rows.iter().enumerate().map(row).collect(),
        ..Table::default()
    }
}

fn problems(rows: &[&[(Column, &str)]]) -> Vec<String> {
    let read = questionnaire_table(&table_of(rows));
    read.err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn japanese_words_and_blanks_are_enough() {
    let read = questionnaire_table(&table_of(&[
        &[(Column::Key, "used"), (Column::Text, "使いますか"), (Column::Type, "はい・いいえ")],
        &[
            (Column::Key, "where"),
            (Column::Text, "どこで"),
            (Column::Type, "複数選択"),
            (Column::Choices, "国内\n国外"),
            (Column::Condition, "used = yes"),
            (Column::Evidence, "必須"),
            (Column::Required, "×"),
        ],
        &[
            (Column::Key, "why"),
            (Column::Text, "なぜ"),
            (Column::Type, "文章"),
            (Column::Condition, "used = yes\nwhere = c2"),
        ],
    ]));
    let read = read.unwrap().questionnaire;
    let questions: Vec<_> = read.questions().collect();
    assert_eq!(questions[0].kind, QuestionKind::yes_no());
    assert_eq!(questions[0].text, Text::new("使いますか", "使いますか"));
    assert_eq!((questions[1].evidence, questions[1].required), (EvidenceWish::Required, false));
    assert_eq!(questions[1].kind.choices()[1].value, "c2");
    assert_eq!(written(questions[2].shown_when.as_ref().unwrap()), "used = yes\nwhere = c2");
}

#[test]
fn problems_name_their_cells() {
    let found = problems(&[
        &[(Column::Key, "Used"), (Column::Text, "使いますか"), (Column::Type, "はい")],
        &[(Column::Key, "where"), (Column::Type, "択一"), (Column::Condition, "later = yes")],
        &[(Column::Key, "number"), (Column::Text, "数"), (Column::Type, "数値"), (Column::Minimum, "約3")],
    ]);
    for place in ["Key2: ", "Type2: ", "Key3: ", "Condition3: ", "Minimum4: "] {
        assert!(found.iter().any(|problem| problem.starts_with(place)), "{place} in {found:#?}");
    }
    assert!(found.iter().any(|problem| problem.contains("`text`")), "{found:#?}");
    let japanese =
        questionnaire_table(&table_of(&[&[(Column::Key, "where"), (Column::Text, "どこ"), (Column::Type, "択一")]]));
    assert_eq!(japanese.unwrap_err()[0].message.ja, "「選択肢」がありません。");
}

#[test]
fn a_question_of_no_section_is_named() {
    let mut table = table_of(&[&[(Column::Key, "used"), (Column::Text, "使いますか"), (Column::Type, "はい・いいえ")]]);
    table.questions[0].insert(Column::Section, cell("設問!B2", "other"));
    let found: Vec<_> = questionnaire_table(&table).unwrap_err().iter().map(ToString::to_string).collect();
    assert!(found.iter().any(|problem| problem.starts_with("設問!B2: There is no section `other`")), "{found:#?}");
}

#[test]
fn a_key_that_means_something_else_is_named() {
    let read = |kind| {
        questionnaire_table(&table_of(&[&[(Column::Key, "used"), (Column::Text, "使う"), (Column::Type, kind)]]))
            .unwrap()
    };
    let (one, other) = (read("はい・いいえ"), read("日付"));
    let found = crate::load::clashing_keys(&one, &[&other.questionnaire]);
    assert_eq!(found.len(), 1);
    assert!(found[0].to_string().starts_with("Key2: The key `used`"), "{}", found[0]);
    assert_eq!(crate::load::clashing_keys(&one, &[&read("はい・いいえ").questionnaire]), []);
}

#[cfg(feature = "catalog")]
#[test]
fn every_questionnaire_of_the_catalogue_is_read_back() {
    for questionnaire in crate::catalog::questionnaires() {
        let read = questionnaire_table(&table(questionnaire)).unwrap().questionnaire;
        assert_eq!(read.canonical_json(), questionnaire.canonical_json(), "{}", questionnaire.id);
    }
}
