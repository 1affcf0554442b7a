//! 1 April: a list of transfers becomes appointments in one step, and is taken back until that day.

use kakunin_tests::{Page, Person, TestPortal};
use reqwest::multipart::{Form, Part};
use rust_xlsxwriter::Workbook;

/// A list of transfers in a workbook.
fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let headings = ["発令日", "所属（旧）", "職（旧）", "所属（新）", "職（新）", "氏名コード", "氏名"];
    for (column, heading) in (0..).zip(headings) {
        sheet.write(0, column, heading).unwrap();
    }
    for (row, texts) in (1..).zip(rows) {
        for (column, text) in (0..).zip(texts) {
            sheet.write(row, column, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

async fn pastes(person: &Person, pasted: &str, more: &[(&str, &str)]) -> Page {
    let more: Vec<(String, &str)> = more.iter().map(|(name, text)| (format!("form[{name}]"), *text)).collect();
    let more = more.iter().map(|(name, text)| (name.as_str(), *text));
    let fields: Vec<(&str, &str)> = [("form[pasted]", pasted)].into_iter().chain(more).collect();
    person.posts("/api/handovers/paste", &fields).await
}

/// The form of a list's page, with these changes.
async fn chooses(person: &Person, page: &Page, changes: &[(&str, &str)], step: &str) -> Page {
    let mut form: Vec<(String, String)> = Vec::new();
    let selects = page.attributes("main form[action='/api/handovers/choose'] select", "name");
    let selected = page.attributes("main form[action='/api/handovers/choose'] option[selected]", "value");
    assert_eq!(selects.len(), selected.len());
    form.extend(selects.into_iter().zip(selected));
    for css in ["input[type=text]", "input[type=hidden]"] {
        let within = format!("main form[action='/api/handovers/choose'] {css}");
        form.extend(page.attributes(&within, "name").into_iter().zip(page.attributes(&within, "value")));
    }
    for (name, value) in changes {
        form.retain(|(known, _)| known != name);
        form.push(((*name).to_owned(), (*value).to_owned()));
    }
    form.push(("form[step]".to_owned(), step.to_owned()));
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    person.posts("/api/handovers/choose", &fields).await
}

async fn officers_on(person: &Person, day: &str) -> Vec<String> {
    person.looks_at(&format!("/officers?on={day}")).await.texts_of("table.data tbody tr")
}

const LIST: &str = "発令日\t所属（旧）\t職（旧）\t所属（新）\t職（新）\t氏名コード\n\
                    R99.4.1\t市民課\t課長\t納税課\t主任\tS1\n\
                    R99.4.1\t広報課\t主任\t市民課\t課長\tS2\n\
                    R99.4.1\t納税課\t主任\t広報課\t課長\tS3\n\
                    R99.4.1\t図書館\t主任\t広報課\t課長\tS4\n\
                    R99.4.1\t図書館\t課長\t（退職）\t\tS5\n\
                    そのうち\t図書館\t主任\t市民課\t主任\tS6\n";

#[tokio::test]
async fn posts_are_handed_over_in_one_step_and_taken_back_until_the_day() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let before = officers_on(&administrator, "R98.4.1").await;
    let page =
        pastes(&administrator, LIST, &[("names", "S2\t山田 花子\nS3,川口 次郎"), ("document_number", "人発第1号")])
            .await;
    assert!(page.path.starts_with("/handovers/"), "{} {}", page.path, page.text_of("main"));
    let rows = page.texts_of("table#successor tbody tr");
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(
        rows[0].contains("広報課") && rows[0].contains("候補が複数"),
        "what has to be chosen stands first: {rows:?}"
    );
    assert!(rows.iter().any(|row| row.contains("図書館") && row.contains("空席になります")), "{rows:?}");
    assert!(page.text_of("details").contains("7行"), "{}", page.text_of("main"));

    let refused = chooses(&administrator, &page, &[], "apply").await;
    assert!(refused.text_of(".error-summary").contains("後任を選んでいない"), "{}", refused.text_of("main"));
    assert_eq!(officers_on(&administrator, "R99.4.1").await, before, "nothing is half done");

    let choice = page.attributes("table#successor tbody tr:first-child select", "name").remove(0);
    let applied = chooses(&administrator, &refused, &[(&choice, "4")], "apply").await;
    assert!(applied.text_of("main").contains("任命に反映しました"), "{}", applied.text_of("main"));
    let after = officers_on(&administrator, "R99.4.1").await;
    let holds = |rows: &[String], department: &str, name: &str| {
        rows.iter().any(|row| row.contains(department) && row.contains(name))
    };
    assert!(holds(&after, "市民課", "山田 花子") && holds(&after, "市民課", "人発第1号"), "{after:?}");
    assert!(holds(&after, "広報課", "川口 次郎"), "{after:?}");
    assert!(holds(&after, "図書館", "空席"), "{after:?}");
    let eve = officers_on(&administrator, "R99.3.31").await;
    assert!(holds(&eve, "市民課", "渡辺 誠") && holds(&eve, "図書館", "小林 進"), "{eve:?}");
    // Once.
    let twice = chooses(&administrator, &refused, &[(&choice, "4")], "apply").await;
    assert!(!twice.text_of(".error-summary").is_empty(), "{}", twice.text_of("main"));
    // The same list again touches nothing but what is vacant now.
    let again = pastes(&administrator, LIST, &[]).await;
    let rows = again.texts_of("table#successor tbody tr");
    assert!(
        rows.iter().all(|row| row.contains("すでに任命") || row.contains("広報課") || row.contains("図書館")),
        "{rows:?}"
    );

    let handover = applied.path.rsplit('/').next().unwrap().split('?').next().unwrap().to_owned();
    let back = administrator.posts("/api/handovers/take-back", &[("handover", &handover)]).await;
    assert!(back.text_of("main").contains("元のとおり"), "{}", back.text_of("main"));
    assert_eq!(officers_on(&administrator, "R99.4.1").await, before);
    let (status, said, _) = portal.runs(&["verify-log"]).await;
    assert_eq!(status, 0, "{said}");
}

#[tokio::test]
async fn what_has_come_into_effect_is_not_taken_back() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let today = portal.today().await;
    let list = "職\t所属\t前任\t後任\n情報セキュリティ管理者\t市民課\t渡辺 誠\t山田 花子\n";
    let missing = pastes(&administrator, list, &[]).await;
    assert!(missing.text_of(".error-summary").contains("発令日を入力してください"), "{}", missing.text_of("main"));
    assert_eq!(missing.text_of("#paste-pasted, #pasted").trim(), list.trim(), "nothing that was pasted is lost");
    let page = pastes(&administrator, list, &[("day", &today)]).await;
    let applied = chooses(&administrator, &page, &[], "apply").await;
    assert!(applied.text_of("main").contains("任命に反映しました"), "{}", applied.text_of("main"));
    assert!(!applied.text_of("main").contains("反映を取り消す"), "{}", applied.text_of("main"));
    let handover = applied.path.rsplit('/').next().unwrap().split('?').next().unwrap().to_owned();
    let back = administrator.posts("/api/handovers/take-back", &[("handover", &handover)]).await;
    assert!(!back.text_of(".error-summary").is_empty(), "{}", back.text_of("main"));
    let now = officers_on(&administrator, &today).await;
    assert!(now.iter().any(|row| row.contains("市民課") && row.contains("山田 花子")), "{now:?}");
}

#[tokio::test]
async fn five_hundred_posts_are_handed_over_at_once() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    // 500 sections with a post each, by the register's own import.
    let upload = async |register: &str, headings: &[&str], row: &dyn Fn(u32) -> Vec<String>| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, heading) in (0..).zip(headings) {
            sheet.write(0, column, *heading).unwrap();
        }
        for number in 1..=500_u32 {
            for (column, text) in (0..).zip(row(number)) {
                sheet.write(number, column, text).unwrap();
            }
        }
        let page = crate::imports::uploads(&administrator, register, "一覧.xlsx", book.save_to_buffer().unwrap()).await;
        let tried = crate::imports::tries(&administrator, &page, &[]).await;
        let done = crate::imports::brings_in(&administrator, &tried).await;
        assert_eq!(crate::imports::counts(&done)[..2], [500, 0], "{}", tried.text_of("main"));
    };
    upload("departments", &["名称"], &|n| vec![format!("第{n}課")]).await;
    upload("posts", &["職名", "部局・課室", "種類"], &|n| {
        vec!["管理者".to_owned(), format!("第{n}課"), "情報セキュリティ管理者（課室）".to_owned()]
    })
    .await;
    upload(
        "appointments",
        &["職", "職の部局・課室", "氏名", "氏名コード・職員番号", "就任日"],
        &|n| {
            vec!["管理者".to_owned(), format!("第{n}課"), format!("前任 {n}"), format!("A{n}"), "2026-04-01".to_owned()]
        },
    )
    .await;
    let row = |n: u32, code: String, name: String, from: &str, to: &str| {
        let place = |text: &str| {
            if text.is_empty() { [String::new(), String::new()] } else { [format!("第{n}課"), text.to_owned()] }
        };
        let (from, to) = (place(from), place(to));
        [vec!["R99.4.1".to_owned()], from.to_vec(), to.to_vec(), vec![code, name]].concat()
    };
    let leaves = (1..=500).map(|n| row(n, format!("A{n}"), String::new(), "課長", ""));
    let comes = (1..=500).map(|n| row(n, format!("B{n}"), format!("後任 {n}"), "", "課長"));
    let rows: Vec<Vec<String>> = leaves.chain(comes).collect();
    let form = Form::new().part("file", Part::bytes(workbook(&rows)).file_name("異動.xlsx"));
    let page = administrator.posts_files("/handovers/upload", form).await;
    assert_eq!(page.texts_of("table#successor tbody tr").len(), 500, "{}", page.path);
    assert!(page.text_of("main").contains("すべて一覧と合っています"));
    let applied = chooses(&administrator, &page, &[], "apply").await;
    assert!(applied.text_of("main").contains("任命に反映しました"), "{}", applied.text_of("main"));
    assert_eq!(applied.texts_of("dl.facts dd")[2..], ["500", "500"].map(str::to_owned));
}
