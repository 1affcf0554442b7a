use calamine::{DataRef, Reader, Xlsx};
use kakunin_tests::TestPortal;
use std::fmt::Write;
use std::io::{Cursor, Read};

/// Every cell of a workbook, one a line: sheet, place, value. Days, times and hashes are blotted out, because they differ from run to run.
fn cells(workbook: &[u8]) -> String {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    for sheet in book.sheet_names() {
        let mut reader = book.worksheet_cells_reader(&sheet).unwrap();
        while let Some(cell) = reader.next_cell().unwrap() {
            let (row, column) = cell.get_position();
            let value = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::SharedString(value) => (*value).to_owned(),
                DataRef::String(value) => value.clone(),
                other => calamine::Data::from(other.clone()).to_string(),
            };
            let column = char::from(b'A' + u8::try_from(column % 26).unwrap());
            writeln!(text, "{sheet} {column}{} {}", row + 1, value.replace('\n', "⏎")).unwrap();
        }
    }
    let patterns = [
        (r"(令和|平成)[0-9元]+年[0-9]+月[0-9]+日(（.）)?( [0-9:]+)?", "〈日〉"),
        (r"20[0-9]{2}-[0-9]{2}-[0-9]{2}(T[0-9:+.]+)?", "〈日〉"),
        (r"[0-9a-f]{8}-[0-9a-f-]{27}", "〈番号〉"),
        (r"[0-9]{8}-[0-9A-F]{8}", "〈受付番号〉"),
        (r"[0-9a-f]{32,}", "〈ハッシュ〉"),
        (r#""signed_at":\d+"#, r#""signed_at":〈時刻〉"#),
    ];
    patterns
        .iter()
        .fold(text, |text, (pattern, blot)| regex::Regex::new(pattern).unwrap().replace_all(&text, *blot).into_owned())
}

/// The text of a part of a workbook.
fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn the_evidence_workbook_is_laid_out_for_paper_and_for_machines() {
    let portal = TestPortal::start().await;
    let (assessment, link) = portal.officer().await.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    let formula = "=HYPERLINK(\"http://evil.example\")";
    contractor.answers_everything(&assessment, &[("engagement.responsible_person", formula)]).await;
    contractor.submits(&assessment).await;
    let (status, workbook) =
        portal.auditor().await.downloads(&format!("/assessments/{assessment}/evidence.xlsx")).await;
    assert_eq!(status, 200);

    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("evidence_workbook", cells(&workbook));
    });

    let book = part(&workbook, "xl/workbook.xml");
    for sheet in ["様式", "データ", "コード表"] {
        assert!(book.contains(&format!("name=\"{sheet}\"")), "{book}");
    }
    assert!(book.contains("_xlnm.Print_Titles"), "heading rows are repeated: {book}");
    for number in 1..=3 {
        let sheet = part(&workbook, &format!("xl/worksheets/sheet{number}.xml"));
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "sheet {number} has a formula");
        assert!(!sheet.contains("<hyperlink"), "sheet {number} has a link");
    }
    let form = part(&workbook, "xl/worksheets/sheet1.xml");
    for wanted in ["orientation=\"landscape\"", "paperSize=\"9\"", "fitToHeight=\"0\"", "令和8年1月1日改定版"] {
        assert!(form.contains(wanted), "様式 lacks {wanted}");
    }
    let data = part(&workbook, "xl/worksheets/sheet2.xml");
    assert!(!data.contains("<mergeCell"), "データ has merged cells");
    let texts = part(&workbook, "xl/sharedStrings.xml");
    assert!(texts.contains("HYPERLINK"), "the answer is there, as text");
    for word in ["適合", "未確認", "2026-04-01"] {
        assert!(texts.contains(&format!("<t>{word}</t>")), "データ lacks {word}");
    }
}
