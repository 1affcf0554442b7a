//! Files that are no list: each is refused with a reason and a remedy, within five seconds and 128 MB, and the portal goes on.

use super::uploads;
use kakunin_tests::{TestPortal, person::Asked, portal::binary};
use reqwest::multipart::{Form, Part};
use std::{
    io::{Cursor, Write},
    process::{Command, Stdio},
    time::Duration,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Most memory that reading a file may take, in kB.
const MOST_KB: u64 = 128 * 1024;
/// Longest that reading a file may reckon.
const LONGEST: Duration = Duration::from_secs(5);

const OTHER: &str = "Excelブック（.xlsx）ではありません";
const LOCKED: &str = "パスワードつきか、古い形式";
const BROKEN: &str = "途中で切れているか、壊れています";
const STRANGE: &str = "Excelでは作られない部分";
const LARGE: &str = "内容が多すぎて読み込めません";
const EMPTY: &str = "何も書かれていません";

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn workbook_xml(sheets: usize) -> String {
    let all: String = (1..=sheets).map(|n| format!(r#"<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>"#)).collect();
    format!(r#"<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{all}</sheets></workbook>"#)
}

fn relations(sheets: usize) -> String {
    let all: String = (1..=sheets)
        .map(|n| format!(r#"<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>"#))
        .collect();
    let strings = format!(r#"<Relationship Id="rIdS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>"#);
    format!(
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}{strings}</Relationships>"#
    )
}

fn sheet(data: &str) -> Vec<u8> {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>"#
    )
    .into_bytes()
}

/// A workbook whose only sheet is these bytes, with other parts in place of the usual ones.
fn book(sheet: Vec<u8>, instead: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut parts = vec![
        ("[Content_Types].xml", TYPES.as_bytes().to_vec()),
        ("_rels/.rels", ROOT.as_bytes().to_vec()),
        ("xl/workbook.xml", workbook_xml(1).into_bytes()),
        ("xl/_rels/workbook.xml.rels", relations(1).into_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, bytes) in instead {
        parts.retain(|(known, _)| known != name);
        parts.push((name, bytes.clone()));
    }
    zipped(&parts)
}

fn cell(text: &str) -> String {
    format!(r#"<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn one_cell(text: &str) -> Vec<u8> {
    sheet(&format!(r#"<row r="1">{}</row>"#, cell(text)))
}

/// A shared string table of this content.
fn strings(content: &str) -> Vec<u8> {
    format!(r#"<?xml version="1.0"?><sst xmlns="{MAIN}">{content}</sst>"#).into_bytes()
}

/// The sizes that the zip declares for every part, changed to `size`.
fn lying(mut zip: Vec<u8>, size: u32) -> Vec<u8> {
    for (mark, at) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let places: Vec<usize> = zip.windows(4).enumerate().filter(|(_, four)| four == mark).map(|(i, _)| i).collect();
        for place in places {
            zip[place + at..place + at + 4].copy_from_slice(&size.to_le_bytes());
        }
    }
    zip
}

/// A flag or method of every part, changed.
fn marked(mut zip: Vec<u8>, offset: (usize, usize), value: u16) -> Vec<u8> {
    for (mark, at) in [(b"PK\x03\x04", offset.0), (b"PK\x01\x02", offset.1)] {
        let places: Vec<usize> = zip.windows(4).enumerate().filter(|(_, four)| four == mark).map(|(i, _)| i).collect();
        for place in places {
            zip[place + at..place + at + 2].copy_from_slice(&value.to_le_bytes());
        }
    }
    zip
}

fn ole(names: &str) -> Vec<u8> {
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(1_536, 0);
    file.extend(names.encode_utf16().flat_map(u16::to_le_bytes));
    file
}

/// Name, file, and what is said of it.
fn corpus() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let good = || book(one_cell("名称"), &[]);
    let cut = |from_end: usize| {
        let mut bytes = good();
        bytes.truncate(bytes.len() - from_end);
        bytes
    };
    let spaces = |size: usize| sheet(&" ".repeat(size));
    let dtd = |text: &str| format!("<?xml version=\"1.0\"?><!DOCTYPE x [{text}]><worksheet/>").into_bytes();
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let attributes: String = (0..80_000).map(|n| format!(" a{n}=\"\"")).collect();
    let namespaces: String = (0..20_000).map(|n| format!(" xmlns:n{n}=\"u\"")).collect();
    let rows =
        |count: u32| (1..=count).map(|n| format!(r#"<row r="{n}"><c r="A{n}"><v>1</v></c></row>"#)).collect::<String>();
    let empty_cells: String =
        (1..=200_000).map(|n| format!(r#"<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>"#)).collect();
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet/>".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let nested = (0..5).fold(good(), |inner, _| zipped(&[("inner.zip", inner)]));
    let many: Vec<(String, Vec<u8>)> = (0..5_000).map(|n| (format!("xl/p{n}.xml"), Vec::new())).collect();
    let many: Vec<(&str, Vec<u8>)> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let bombs: Vec<(String, Vec<u8>)> = (0..20).map(|n| (format!("xl/b{n}.xml"), vec![b' '; 20 << 20])).collect();
    let bombs: Vec<(&str, Vec<u8>)> = bombs.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let shared = |content: &str| {
        book(sheet(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#), &[("xl/sharedStrings.xml", strings(content))])
    };
    let cells = |data: &str| book(sheet(data), &[]);
    let stored = |bytes: &[u8]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("mimetype", SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
        zip.write_all(bytes).unwrap();
        zip.finish().unwrap().into_inner()
    };
    vec![
        ("text", b"this is no workbook at all".to_vec(), OTHER),
        ("comma-separated", "法人番号,名称\r\n1,あ\r\n".as_bytes().to_vec(), OTHER),
        ("a page saved as Excel", b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), OTHER),
        ("PDF", b"%PDF-1.7\n%\xe2\xe3".to_vec(), OTHER),
        ("picture", b"\x89PNG\r\n\x1a\n".to_vec(), OTHER),
        ("two letters", b"PK".to_vec(), OTHER),
        ("Excel before 2007", ole("Workbook"), LOCKED),
        ("behind a password", ole("EncryptedPackage"), LOCKED),
        ("OpenDocument", stored(b"application/vnd.oasis.opendocument.spreadsheet"), OTHER),
        ("Word", zipped(&[("[Content_Types].xml", TYPES.into()), ("word/document.xml", b"<x/>".to_vec())]), OTHER),
        ("binary workbook", zipped(&[("[Content_Types].xml", TYPES.into()), ("xl/workbook.bin", vec![1, 2])]), OTHER),
        ("no types", zipped(&[("xl/workbook.xml", workbook_xml(1).into())]), OTHER),
        ("empty zip", zipped(&[]), OTHER),
        ("paths that lead out", zipped(&[("../../xl/workbook.xml", b"<x/>".to_vec())]), OTHER),
        ("zips in zips", nested, OTHER),
        ("half of it", cut(good().len() / 2), BROKEN),
        ("all but the end", cut(10), BROKEN),
        ("only the beginning", cut(good().len() - 30), BROKEN),
        ("a gigabyte of blanks", book(spaces(300 << 20), &[]), LARGE),
        ("a bomb that lies about its size", lying(book(spaces(200 << 20), &[]), 10), BROKEN),
        ("a bomb in the shared strings", shared(&format!("<si><t>{}</t></si>", "x".repeat(170 << 20))), LARGE),
        ("twenty bombs", book(one_cell("a"), &bombs), LARGE),
        ("five thousand parts", book(one_cell("a"), &many), LARGE),
        ("a document type", book(dtd("<!ENTITY a \"b\">"), &[]), STRANGE),
        ("a billion laughs", book(dtd(&format!("<!ENTITY l0 \"lol\">{laughs}")), &[]), STRANGE),
        (
            "an entity from a file",
            book(one_cell("a"), &[("xl/workbook.xml", dtd("<!ENTITY x SYSTEM \"file:///etc/passwd\">"))]),
            STRANGE,
        ),
        ("a document type in relations", book(one_cell("a"), &[("xl/_rels/workbook.xml.rels", dtd(""))]), STRANGE),
        ("80,000 attributes", cells(&format!(r#"<row r="1"><c r="A1"{attributes}><v>1</v></c></row>"#)), STRANGE),
        ("20,000 namespaces", book(format!("<worksheet{namespaces}/>").into_bytes(), &[]), STRANGE),
        ("an attribute of 10 MB", cells(&format!(r#"<row r="1" spans="{}"/>"#, "1".repeat(10 << 20))), STRANGE),
        ("UTF-16", book(utf16, &[]), STRANGE),
        ("encrypted parts", marked(good(), (6, 8), 1), STRANGE),
        ("an unknown compression", marked(good(), (8, 10), 99), BROKEN),
        ("a column beyond the last", cells(r#"<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>"#), BROKEN),
        ("row 0", cells(r#"<row r="0"><c r="A0"><v>1</v></c></row>"#), BROKEN),
        ("a row beyond the last", cells(r#"<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>"#), BROKEN),
        (
            "rows backwards",
            cells(r#"<row r="5"><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>"#),
            BROKEN,
        ),
        ("a cell twice", cells(r#"<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>"#), BROKEN),
        ("400,000 styled and empty", cells(&empty_cells), EMPTY),
        ("more rows than Excel has", cells(&rows(1_100_000)), LARGE),
        (
            "a hundred sheets",
            book(
                one_cell("a"),
                &[("xl/workbook.xml", workbook_xml(100).into()), ("xl/_rels/workbook.xml.rels", relations(100).into())],
            ),
            LARGE,
        ),
        ("no sheet", book(one_cell("a"), &[("xl/workbook.xml", workbook_xml(0).into())]), EMPTY),
        (
            "a sheet that is not there",
            book(one_cell("a"), &[("xl/_rels/workbook.xml.rels", relations(0).into())]),
            BROKEN,
        ),
        (
            "elements that never close",
            book(b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1".to_vec(), &[]),
            BROKEN,
        ),
        ("no XML", book(b"\x00\x01\x02\x03".to_vec(), &[]), STRANGE),
        (
            "no UTF-8",
            book(
                [
                    b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>",
                    &b"\xff\xfe\xfd"[..],
                    b"</t></is></c></row></sheetData></worksheet>",
                ]
                .concat(),
                &[],
            ),
            BROKEN,
        ),
        ("30 MB of text in a cell", cells(&format!(r#"<row r="1">{}</row>"#, cell(&"あ".repeat(10 << 20)))), LARGE),
        ("100,000 deep", book(format!("<worksheet>{}", "<a>".repeat(100_000)).into_bytes(), &[]), EMPTY),
        ("formulas without values", cells(r#"<row r="1"><c r="A1"><f>1+1</f></c></row>"#), EMPTY),
        ("a string that is not there", cells(r#"<row r="1"><c r="A1" t="s"><v>7</v></c></row>"#), BROKEN),
    ]
}

/// What the reader's process says of a file, how long it reckons and how much memory it takes, in kB.
fn read(bytes: &[u8]) -> (String, Duration, u64) {
    let mut child = Command::new(binary())
        .arg("read-workbook")
        .env_clear()
        .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let command = format!("/proc/{}/cmdline", child.id());
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let bytes = bytes.to_vec();
    let writing = std::thread::spawn(move || _ = stdin.write_all(&bytes));
    let reading = std::thread::spawn(move || {
        let mut said = Vec::new();
        _ = std::io::Read::read_to_end(&mut stdout, &mut said);
        said
    });
    let (mut most, mut ticks) = (0, 0);
    let reckoned = format!("/proc/{}/stat", child.id());
    while child.try_wait().unwrap().is_none() {
        // Between fork and exec it is this process still.
        let is_reader = std::fs::read_to_string(&command).is_ok_and(|command| command.contains("read-workbook"));
        let text = if is_reader { std::fs::read_to_string(&status).unwrap_or_default() } else { String::new() };
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        most = most.max(peak.trim().trim_end_matches(" kB").parse().unwrap_or(0));
        // Clock ticks in user and kernel mode (proc(5)): fields 14 and 15, the name before them in brackets.
        let text = if is_reader { std::fs::read_to_string(&reckoned).unwrap_or_default() } else { String::new() };
        let after = text.rsplit(')').next().unwrap_or_default();
        let used: u64 = after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
        ticks = ticks.max(used);
        std::thread::sleep(Duration::from_millis(2));
    }
    let took = Duration::from_millis(ticks * 10);
    writing.join().unwrap();
    let said = reading.join().unwrap();
    (String::from_utf8_lossy(&said[said.len().saturating_sub(200)..]).into_owned(), took, most)
}

#[tokio::test]
async fn what_is_no_list_is_refused_with_a_remedy_within_its_limits() {
    let portal = TestPortal::with(&["--trusted-proxies", "127.0.0.1"]).await;
    let administrator = portal.administrator().await;
    let corpus = corpus();
    assert!(corpus.len() >= 40, "{}", corpus.len());
    let mut wrong = Vec::new();
    for (number, (name, bytes, expected)) in corpus.into_iter().enumerate() {
        let (said, took, most) = read(&bytes);
        if took > LONGEST || most > MOST_KB || said.contains("panicked") {
            wrong.push(format!("{name}: {took:?}, {most} kB, {said}"));
        }
        // Each from an address of its own: so many in a minute from one are refused unread.
        let form = Form::new().part("file", Part::bytes(bytes).file_name("一覧.xlsx"));
        let address = format!("10.9.0.{}", number + 1);
        let page = administrator.asks_from(&address, "/registers/vendors/upload", Some(Asked::Files(form))).await;
        let error = page.text_of(".error-summary");
        if !error.contains(expected) {
            wrong.push(format!("{name}: {} {error:?} instead of {expected:?} ({said})", page.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let page = uploads(&administrator, "vendors", "空.xlsx", Vec::new()).await;
    assert!(page.text_of(".error-summary").contains("入力または選択"), "{}", page.text_of("main"));
    let page = uploads(&administrator, "vendors", "大.xlsx", vec![b'P'; (10 << 20) + 1]).await;
    assert!(page.text_of(".error-summary").contains("10 MB"), "{}", page.text_of("main"));
    assert!(!portal.log().contains("panicked"));
    assert_eq!(administrator.looks_at("/vendors").await.status, 200);
}

/// A cell in the last corner is a list of one cell, and no table of 17 thousand million.
#[tokio::test]
async fn a_cell_in_the_last_corner_is_one_cell() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let corner = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let page = uploads(&administrator, "vendors", "隅.xlsx", book(sheet(corner), &[])).await;
    assert!(page.path.starts_with("/imports/"), "{} {}", page.path, page.text_of("main"));
    let columns = page.texts_of("table.data tbody tr");
    assert!(columns.len() == 1 && columns[0].contains("XFD"), "{columns:?}");
}
