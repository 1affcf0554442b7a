//! The template: empty, or filled with what is registered, to be changed and brought back.

use super::{brings_in, counts, tries, uploads};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use kakunin_tests::TestPortal;
use rust_xlsxwriter::Workbook;
use std::io::Cursor;

/// The texts of a workbook's first sheet.
fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, texts) in (0..).zip(rows) {
        for (column, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            sheet.write(row, column, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Takes every one of these registers away and brings it back: nothing changes.
async fn comes_back_as_it_went(registers: &[&str]) {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let vendor = administrator.registers_vendor(&[]).await.id();
    administrator.registers_engagement(&vendor, &[]).await;
    administrator.registers_cloud_service(&[]).await;
    for register in registers {
        let (status, empty) = administrator.downloads(&format!("/registers/{register}/template.xlsx")).await;
        assert_eq!(status, 200, "{register}");
        assert_eq!(texts(&empty).len(), 1, "{register}: headings alone");
        let (_, filled) = administrator.downloads(&format!("/registers/{register}/template.xlsx?filled=1")).await;
        let rows = texts(&filled).len();
        if rows == 1 {
            continue;
        }
        let page = uploads(&administrator, register, "書き出し.xlsx", filled).await;
        let tried = tries(&administrator, &page, &[]).await;
        let expected = u32::try_from(rows - 1).unwrap();
        assert_eq!(counts(&tried), [0, 0, expected, 0, 0], "{register}: {}", tried.text_of("main"));
    }
}

#[tokio::test]
async fn contractors_and_their_work_come_back_as_they_went() {
    comes_back_as_it_went(&["vendors", "certifications", "contacts", "engagements"]).await;
}

#[tokio::test]
async fn services_and_accounts_come_back_as_they_went() {
    comes_back_as_it_went(&["subcontracts", "cloud-services", "service-uses", "social-accounts"]).await;
}

#[tokio::test]
async fn offices_come_back_as_they_went() {
    comes_back_as_it_went(&["account-incidents", "departments", "posts", "appointments"]).await;
}

#[tokio::test]
async fn what_is_registered_can_be_changed_in_excel_and_brought_back() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let vendor = administrator.registers_vendor(&[]).await.id();
    let engagement = administrator.registers_engagement(&vendor, &[]).await.id();
    let (_, filled) = administrator.downloads("/registers/engagements/template.xlsx?filled=1").await;
    let mut rows = texts(&filled);
    let title = rows[0].iter().position(|heading| heading == "※業務名").unwrap();
    let row = rows.iter().position(|row| row[title] == "住民情報システム運用保守業務").unwrap();
    let amount = rows[0].iter().position(|heading| heading == "契約金額（円）").unwrap();
    rows[row][title] = "新しい業務名".to_owned();
    rows[row][amount] = "１，２００，０００円".to_owned();
    let page = uploads(&administrator, "engagements", "直し.xlsx", workbook(&rows)).await;
    let tried = tries(&administrator, &page, &[]).await;
    assert_eq!(counts(&tried)[..2], [0, 1], "{}", tried.text_of("main"));
    brings_in(&administrator, &tried).await;
    let record = administrator.looks_at(&format!("/engagements/{engagement}")).await;
    let said = record.text_of("main");
    assert!(said.contains("新しい業務名") && said.contains("1,200,000"), "{said}");
    let history = administrator.looks_at(&format!("/engagements/{engagement}?tab=history")).await;
    assert!(history.text_of("main").contains("住民情報システム運用保守業務"), "{}", history.text_of("main"));

    let auditor = portal.auditor().await;
    assert_eq!(auditor.looks_at("/registers/vendors/template.xlsx?filled=1").await.status, 403);
}
