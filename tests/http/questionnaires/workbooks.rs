use super::{id_of, uploads};
use calamine::{Reader, Xlsx, open_workbook_from_rs};
use kakunin_tests::TestPortal;
use rust_xlsxwriter::{Format, Workbook};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A workbook as a town hall has it: a title, headings in the third row, merged sections, 300 questions.
fn kept_today() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("確認票").unwrap();
    sheet.merge_range(0, 0, 0, 5, "委託先情報セキュリティ確認票（令和8年度）", &Format::new()).unwrap();
    for (column, heading) in (0..).zip(["No.", "大項目", "確認内容", "回答方法", "選択肢", "証拠資料"])
    {
        sheet.write(2, column, heading).unwrap();
    }
    for number in 0..300_u32 {
        let row = number + 3;
        sheet.write(row, 0, number + 1).unwrap();
        if number % 30 == 0 {
            sheet.merge_range(row, 1, row + 29, 1, &format!("区分{}", number / 30 + 1), &Format::new()).unwrap();
        }
        sheet.write(row, 2, format!("確認{}：対策をしていますか", number + 1)).unwrap();
        if number % 3 == 1 {
            sheet.write(row, 3, "選択").unwrap();
            sheet.write(row, 4, "している\n一部している\nしていない").unwrap();
        }
        sheet.write(row, 5, if number % 10 == 0 { "要" } else { "不要" }).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// The form of the step in which columns are told apart, as the page offers it.
fn offered(page: &kakunin_tests::Page) -> Vec<(String, String)> {
    let columns = ["A", "B", "C", "D", "E", "F"].map(|column| {
        let name = format!("form[columns][{column}]");
        let chosen = page.attributes(&format!("select[name='{name}'] option[selected]"), "value");
        (name, chosen.into_iter().next().unwrap_or_default())
    });
    let mut form = vec![
        ("form[upload]".to_owned(), id_of(page)),
        ("form[sheet]".to_owned(), "確認票".to_owned()),
        ("form[heading_row]".to_owned(), page.attribute("#heading_row", "value")),
        ("form[title]".to_owned(), page.attribute("#title", "value")),
        ("form[questionnaire]".to_owned(), "check_r8".to_owned()),
        ("form[version]".to_owned(), "2026.1".to_owned()),
        ("form[kind]".to_owned(), page.attribute("#kind option[selected]", "value")),
    ];
    form.extend(columns);
    form
}

fn borrowed(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn somebodys_own_sheet_of_300_questions_becomes_a_questionnaire_that_is_sent() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let page = uploads(&administrator, "確認票R8.xlsx", kept_today()).await;
    assert!(page.path.starts_with("/questionnaires/uploads/"), "{} {}", page.path, page.text_of("main"));
    assert!(page.text_of("main").contains("300行"), "{}", page.text_of("main"));
    let form = offered(&page);
    let draft = administrator.posts("/api/questionnaires/map", &borrowed(&form)).await;
    assert!(draft.path.starts_with("/questionnaires/versions/"), "{} {}", draft.path, draft.text_of("main"));
    assert!(draft.text_of("main").contains("300問（10区分）"), "{}", draft.text_of(".facts"));
    assert_eq!(administrator.looks_at(&page.path).await.status, 404, "the upload has become a draft");
    administrator.posts("/api/questionnaires/publish", &[("form[version]", &id_of(&draft))]).await;

    let officer = portal.officer().await;
    let vendor = officer.registers_vendor(&[]).await.id();
    let engagement = officer.registers_engagement(&vendor, &[]).await;
    let form = officer.looks_at(&format!("/engagements/{}?tab=assessments", engagement.id())).await;
    assert!(form.text_of("#questionnaire").contains("確認票R8"), "{}", form.text_of("#send"));
    let sent = officer.sends(&engagement.id(), &[("questionnaire", "check_r8")]).await;
    let link = sent.attribute("input[readonly]", "value");
    let contractor = portal.anybody();
    let start = contractor
        .accepts(
            link.split_once("/invitations")
                .map(|(_, token)| format!("/invitations{token}"))
                .as_deref()
                .unwrap_or(&link),
        )
        .await;
    assert!(start.text_of("main").contains("区分10"), "{} {}", start.path, start.text_of("main"));
}

#[tokio::test]
async fn a_mapping_that_makes_no_questionnaire_says_which_cells_are_wrong() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let page = uploads(&administrator, "確認票R8.xlsx", kept_today()).await;
    let mut form = offered(&page);
    for (name, value) in &mut form {
        if name == "form[columns][B]" {
            "key".clone_into(value);
        }
    }
    let refused = administrator.posts("/api/questionnaires/map", &borrowed(&form)).await;
    let problems = refused.text_of(".notice-error");
    assert!(problems.contains("セル 確認票!B4") && problems.contains("「区分1」"), "{problems}");
    assert_eq!(refused.attribute("select[name='form[columns][B]'] option[selected]", "value"), "key", "kept as chosen");
    form.retain(|(name, _)| name != "form[columns][C]");
    let refused = administrator.posts("/api/questionnaires/map", &borrowed(&form)).await;
    assert!(refused.text_of(".error-summary").contains("「設問の文」の列"), "{}", refused.text_of(".error-summary"));
}

#[tokio::test]
async fn what_is_exported_comes_back_unchanged() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    for (id, questions) in [("outsourcing", 61), ("cloud_service", 94)] {
        let (status, bytes) = administrator.downloads(&format!("/questionnaires/{id}/questionnaire.xlsx")).await;
        assert_eq!(status, 200);
        let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap();
        assert_eq!(workbook.sheet_names(), ["調査票", "区分", "設問", "記入要領"]);
        assert_eq!(workbook.worksheet_range("設問").unwrap().height(), questions + 1);
        let draft = uploads(&administrator, "調査票.xlsx", bytes).await;
        let said = draft.text_of("main");
        assert!(said.contains(&format!("異なる設問 0件、同じ設問 {questions}件")), "{} {said}", draft.path);
    }
}

#[tokio::test]
async fn problems_of_the_template_are_named_by_their_cells() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let (_, template) = administrator.downloads("/questionnaires/template/questionnaire.xlsx").await;
    let empty = uploads(&administrator, "ひな形.xlsx", template).await;
    assert!(empty.text_of(".notice-error").contains("調査票!B1"), "{}", empty.text_of("main"));

    let mut workbook = Workbook::new();
    let about = workbook.add_worksheet().set_name("調査票").unwrap();
    for (row, (label, value)) in (0..).zip([("識別子", "own"), ("版", "1"), ("名称", "独自の調査")]) {
        about.write(row, 0, label).unwrap().write(row, 1, value).unwrap();
    }
    let sections = workbook.add_worksheet().set_name("区分").unwrap();
    for (column, (label, value)) in (0..).zip([("区分の識別子", "a"), ("名称", "体制"), ("所要分", "五分")])
    {
        sections.write(0, column, label).unwrap().write(1, column, value).unwrap();
    }
    let questions = workbook.add_worksheet().set_name("設問").unwrap();
    let cells = [("設問キー", "own.first"), ("区分の識別子", "b"), ("設問", "ありますか"), ("回答形式", "丸ばつ")];
    for (column, (label, value)) in (0..).zip(cells) {
        questions.write(0, column, label).unwrap().write(1, column, value).unwrap();
    }
    let page = uploads(&administrator, "独自.xlsx", workbook.save_to_buffer().unwrap()).await;
    let problems = page.text_of(".notice-error");
    for cell in ["区分!C2", "設問!B2"] {
        assert!(problems.contains(cell), "{cell} in {problems}");
    }
}

/// A workbook whose parts are given.
fn packed(sheet: &str, strings: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relationships}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relationships}\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relationships}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{relationships}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>")),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{main}\">{strings}</sst>")),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn hostile_workbooks_get_a_clear_answer_and_the_portal_lives_on() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let cell = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
    let strings = format!("<si><t>{}</t></si>", "a".repeat(1000)).repeat(300_000);
    let mut cut = kept_today();
    cut.truncate(cut.len() / 2);
    let cases = [
        ("unpacks to 300 MB", packed(cell, &strings), "内容が多すぎて"),
        (
            "one text of 200 MB",
            packed(
                &format!(
                    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row>",
                    "a".repeat(200_000_000)
                ),
                "",
            ),
            "内容が多すぎて",
        ),
        (
            "styled, but empty",
            packed(&"<row r=\"1\"><c r=\"A1\" s=\"1\"/></row>".repeat(50_000), ""),
            "何も書かれていません",
        ),
        (
            "before 2007, or a password",
            [b"\xd0\xcf\x11\xe0".as_slice(), &[0; 600]].concat(),
            "パスワードつきか、古い形式",
        ),
        ("text", b"a,b,c\n1,2,3".to_vec(), "ではありません"),
        ("cut off", cut, "途中で切れている"),
        ("nothing", Vec::new(), "入力または選択してください"),
    ];
    for (what, bytes, wanted) in cases {
        let page = uploads(&administrator, "調査票.xlsx", bytes).await;
        let said = page.text_of(".error-summary");
        assert!(said.contains(wanted), "{what}: {} {said}", page.path);
    }
    // Two cells at the far corners are two cells, not sixteen thousand million.
    let corners = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>設問</t></is></c></row><row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>b</t></is></c></row>";
    let page = uploads(&administrator, "隅.xlsx", packed(corners, "")).await;
    assert!(page.path.starts_with("/questionnaires/uploads/"), "{} {}", page.path, page.text_of("main"));
}
