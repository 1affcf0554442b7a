//! The workbook by which a register is brought in: its headings are our own, its choices are offered in the cells, and it
//! may come filled with what is there, to be changed and brought back.

use super::{
    cell::{body, framed, heading, text},
    saved,
};
use crate::{
    error::internal,
    imports::held::Held,
    permission::Actor,
    portal::Portal,
    registers::{
        kinds::RecordKind,
        scale::Scale,
        schema::{Field, Kind, Register},
        words,
    },
    store::registers::{DecisionState, Row},
};
use kakunin_api::{PortalError, registers::ListQuery};
use kakunin_questionnaires::text::Language;
use rust_xlsxwriter::{DataValidation, Formula, Workbook, XlsxError};
use std::fs::File;

/// Rows read at a time.
const AT_A_TIME: u64 = 500;
/// Down to this row choices are offered.
const LAST_ROW: u32 = 20_000;

/// The template of a register: file name and file; with every record in use, where `filled`.
///
/// # Errors
/// Forbidden.
pub async fn template<K: RecordKind>(
    portal: &Portal,
    actor: &Actor,
    filled: bool,
    language: Language,
) -> Result<(String, File), PortalError> {
    let register = K::REGISTER;
    let records = portal.records::<K>();
    if !records.may_add(actor) {
        return Err(PortalError::Forbidden);
    }
    let held = Held::all(register);
    let mut book = Workbook::new();
    begin(&mut book, register, &held, (language, actor.scale())).map_err(internal)?;
    if filled {
        fill::<K>(portal, actor, &mut book, &held, language).await?;
    }
    let ja = language == Language::Ja;
    let name = register.words.say(language);
    let name = match (ja, filled) {
        (true, false) => format!("{name}_取込用ひな形"),
        (true, true) => format!("{name}_取込用_{}", portal.clock.today()),
        (false, false) => format!("{name} template"),
        (false, true) => format!("{name} {}", portal.clock.today()),
    };
    Ok((format!("{name}.xlsx"), saved(book).await?))
}

/// Writes every record in use below the headings.
async fn fill<K: RecordKind>(
    portal: &Portal,
    actor: &Actor,
    book: &mut Workbook,
    held: &[Held],
    language: Language,
) -> Result<(), PortalError> {
    let records = portal.records::<K>();
    let columns = K::REGISTER.fields().map(|field| field.name.to_owned()).collect();
    let mut query = ListQuery { page: 1, columns, ..ListQuery::default() };
    let (format, mut at) = (body(), 1);
    loop {
        let page = records.rows(actor, &query, AT_A_TIME).await?;
        let sheet = book.worksheet_from_index(0).map_err(internal)?;
        for row in &page.rows {
            for (column, held) in (0..).zip(held) {
                let said = said(held, row, language);
                if !said.is_empty() {
                    text(sheet, at, column, &said, &format).map_err(internal)?;
                }
            }
            at += 1;
        }
        if page.page * AT_A_TIME >= page.total {
            return records.taken_away(actor, &query).await;
        }
        query.page += 1;
    }
}

/// The sheets with their headings, choices and explanations.
fn begin(
    book: &mut Workbook,
    register: &'static Register,
    held: &[Held],
    (language, scale): (Language, &Scale),
) -> Result<(), XlsxError> {
    let ja = language == Language::Ja;
    let choices_sheet = if ja { "選択肢" } else { "Choices" };
    let name: String = register.words.say(language).chars().take(31).collect();
    let sheet = book.add_worksheet_with_constant_memory()?.set_name(&name)?;
    let bold = heading();
    sheet.set_row_height(0, 32)?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    let mut lists: Vec<(&'static Field, u16)> = Vec::new();
    for (column, held) in (0..).zip(held) {
        let words = held.words(language);
        let required = matches!(held, Held::Field(field) if field.required);
        let shown = if required { format!("※{words}") } else { words };
        text(sheet, 0, column, &shown, &bold)?;
        sheet.set_column_width(column, if matches!(held, Held::Id) { 12 } else { 20 })?;
        if let Held::Field(field) = held
            && matches!(field.kind, Kind::One(_) | Kind::Class(_) | Kind::YesNo)
        {
            let place = u16::try_from(lists.len()).unwrap_or(u16::MAX);
            let letter = crate::grid::column_name(place);
            let range =
                format!("='{choices_sheet}'!${letter}$2:${letter}${}", scale.choices(field, language).len() + 1);
            let offered = DataValidation::new().allow_list_formula(Formula::new(range)).ignore_blank(true);
            // What people write in their own words is understood too.
            sheet.add_data_validation(1, column, LAST_ROW, column, &offered.show_error_message(false))?;
            lists.push((field, place));
        }
    }
    let sheet = book.add_worksheet().set_name(if ja { "書き方" } else { "How to fill it in" })?;
    sheet.set_column_width(0, 34)?.set_column_width(1, 10)?.set_column_width(2, 80)?;
    let headings = if ja { ["項目", "必須", "書き方"] } else { ["Column", "Required", "What to write"] };
    for (column, words) in (0..).zip(headings) {
        text(sheet, 0, column, words, &bold)?;
    }
    for (row, held) in (1..).zip(held) {
        let required = matches!(held, Held::Field(field) if field.required);
        text(sheet, row, 0, &held.words(language), &framed())?;
        text(sheet, row, 1, if required { "※" } else { "" }, &framed())?;
        text(sheet, row, 2, &explained(held, (language, scale)), &framed())?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let sheet = book.add_worksheet().set_name(choices_sheet)?;
    for (field, column) in lists {
        sheet.set_column_width(column, 24)?;
        text(sheet, 0, column, field.words.say(language), &bold)?;
        for (row, (_, words)) in (1..).zip(scale.choices(field, language)) {
            text(sheet, row, column, &words, &body())?;
        }
    }
    Ok(())
}

/// What may be written into a column.
fn explained(held: &Held, (language, scale): (Language, &Scale)) -> String {
    let ja = language == Language::Ja;
    let said = |japanese: &str, english: &str| if ja { japanese.to_owned() } else { english.to_owned() };
    match held {
        Held::Id => said(
            "書き出した行を変更するときだけ残します。新しい行では空欄にします。",
            "Kept where an exported row is changed. Empty for a new record.",
        ),
        Held::Number(_) => said("法人番号があれば、名称より優先して探します。", "Looked for before the name."),
        Held::Within(_) => said("同じ名前が複数あるときに書きます。", "Where several have the same name."),
        Held::Address(_) => {
            said("委託先が未登録のときに、その所在地として使います。", "For a contractor that is not registered yet.")
        }
        Held::Officer => said("登録する日から責任者になる者の氏名", "Who is responsible from the day it is brought in"),
        Held::ApprovedOn => said(
            "すでに承認されているものの承認日。承認できる者が取り込むと承認済みとして登録します。空欄なら申請中です。",
            "Of what has been approved already: registered as approved where whoever brings it in may approve.",
        ),
        Held::ApprovedBy => said("承認した者の職名・氏名", "Who approved it: post and name"),
        Held::Field(field) => {
            let hint = field.hint.map(|hint| hint.say(language)).unwrap_or_default();
            let choices = || {
                let words: Vec<String> = scale.choices(field, language).into_iter().map(|(_, words)| words).collect();
                words.join(if ja { "／" } else { " / " })
            };
            let kind = match field.kind {
                Kind::Day => said("2026-04-01、R8.4.1、令和8年4月1日 など", "Such as 2026-04-01"),
                Kind::One(_) | Kind::Class(_) | Kind::YesNo => choices(),
                Kind::Many(_) => format!("{}{}", said("改行か「、」で区切って並べます。", "One a line: "), choices()),
                Kind::Each(_) => {
                    format!("{}{}", said("「項目: 内容」を1行ずつ書きます。", "`Item: text`, one a line: "), choices())
                }
                Kind::Kana => said("カタカナ（ひらがなでも可）", "In katakana or hiragana"),
                Kind::Link(_) => said("登録されている名称", "As it is called in its register"),
                Kind::Number => said("整数（桁区切り・「円」があっても可）", "A whole number"),
                Kind::CorporateNumber => said("13桁の数字（ハイフンがあっても可）", "13 digits"),
                Kind::Url => said("https:// で始まるアドレス", "Begins with https://"),
                Kind::Email | Kind::Line(_) | Kind::Paragraphs(_) => String::new(),
            };
            [kind.as_str(), hint].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
        }
    }
}

/// What a record says in a column.
fn said(held: &Held, row: &Row, language: Language) -> String {
    match held {
        Held::Id => row.id.to_string(),
        Held::Field(field) => {
            let value = row.values.get(field.name);
            value.map(|value| words::text(field, value, &row.labels, language)).unwrap_or_default()
        }
        Held::ApprovedOn | Held::ApprovedBy => {
            let approved = row.decision.as_ref().filter(|decision| decision.state == "approved");
            let said = |decision: &DecisionState| match held {
                Held::ApprovedOn => decision.approved_on.clone().unwrap_or_default(),
                _ => decision.decided_by.clone(),
            };
            approved.map(said).unwrap_or_default()
        }
        Held::Number(_) | Held::Within(_) | Held::Address(_) | Held::Officer => String::new(),
    }
}
