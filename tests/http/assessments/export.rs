use kakunin_tests::TestPortal;
use std::io::{Cursor, Read};

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
