//! A list of transfers as it comes from the personnel section: one row a person (old and new place), or one row a post
//! (who leaves it and who comes).

use crate::{
    era,
    grid::{Row, Sheet},
    imports::cells::{counted_day, names_nobody},
};
use jiff::civil::Date;
use kakunin_api::{FieldProblem, normalized};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most rows of a list.
pub const MAX_ROWS: usize = 5_000;
/// Rows in which the headings are looked for.
const HEADING_ROWS: usize = 20;
/// Longest text that is kept of a cell, in characters.
const CHARACTERS: usize = 100;

/// A place in the organization: where, and as what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// 所属.
    pub department: String,
    /// 職.
    pub position: String,
}

/// Somebody's transfer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The row of the list.
    pub row: u32,
    /// 発令日, ISO.
    pub on: String,
    /// 氏名コード・職員番号; may be empty.
    pub code: String,
    /// 氏名; may be empty.
    pub name: String,
    /// What they leave.
    pub from: Option<Place>,
    /// What they come to.
    pub to: Option<Place>,
}

/// What a row could not be read as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The row of the list.
    pub row: u32,
    /// What stands there.
    pub text: String,
    /// What is wrong.
    pub problem: FieldProblem,
}

/// A list as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfers {
    /// What was understood.
    pub read: Vec<Transfer>,
    /// What was not.
    pub unread: Vec<Unread>,
    /// How many rows leave somebody where they are.
    #[serde(default)]
    pub staying: u32,
}

/// What a column of the list says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    On,
    FromDepartment,
    FromPosition,
    ToDepartment,
    ToPosition,
    Code,
    Name,
    Predecessor,
    Successor,
    Department,
    Position,
}

/// What columns are headed.
const HEADINGS: [(Says, &[&str]); 11] = [
    (Says::On, &["発令日", "異動日", "発令年月日", "異動年月日", "date"]),
    (Says::FromDepartment, &["所属(旧)", "旧所属", "前所属", "異動前所属", "所属(前)"]),
    (Says::FromPosition, &["職(旧)", "旧職", "旧職名", "前職名", "職名(旧)", "異動前職名", "職(前)"]),
    (Says::ToDepartment, &["所属(新)", "新所属", "異動後所属", "所属(後)"]),
    (Says::ToPosition, &["職(新)", "新職", "新職名", "職名(新)", "異動後職名", "職(後)"]),
    (Says::Code, &["氏名コード", "職員番号", "職員コード", "コード", "staffnumber"]),
    (Says::Name, &["氏名", "名前", "職員氏名", "職員名", "name"]),
    (Says::Predecessor, &["前任", "前任者", "predecessor"]),
    (Says::Successor, &["後任", "後任者", "successor"]),
    (Says::Department, &["所属", "課名", "部署", "department"]),
    (Says::Position, &["職", "職名", "post"]),
];

/// Words for having left: no place at all.
const GONE: [&str; 5] = ["退職", "転出", "死亡", "派遣", "出向"];

fn heading_key(text: &str) -> String {
    normalized::tidy(text).to_lowercase().chars().filter(|c| !c.is_whitespace()).collect()
}

fn columns(row: &Row) -> BTreeMap<Says, u16> {
    let mut columns = BTreeMap::new();
    for (column, text) in &row.cells {
        let key = heading_key(text);
        if let Some((says, _)) = HEADINGS.iter().find(|(_, words)| words.contains(&key.as_str())) {
            columns.entry(*says).or_insert(*column);
        }
    }
    columns
}

/// Whether these columns make a list of transfers.
fn suffices(columns: &BTreeMap<Says, u16>) -> bool {
    let has = |says: Says| columns.contains_key(&says);
    let person = has(Says::Code) || has(Says::Name);
    let places = has(Says::FromPosition) && has(Says::ToPosition);
    let follows = has(Says::Successor) && has(Says::Position);
    person && places || follows
}

/// Reads the first sheet that holds a list of transfers. `day` counts where a row names no day.
///
/// # Errors
/// TransferHeadings where no sheet holds one, TooLong where it has too many rows, NotDate where no row says a day.
pub fn read(sheets: &[Sheet], day: Option<Date>) -> Result<Transfers, FieldProblem> {
    let found = sheets.iter().find_map(|sheet| {
        let at = sheet.rows.iter().take(HEADING_ROWS).position(|row| suffices(&columns(row)))?;
        Some((sheet, at))
    });
    let (sheet, at) = found.ok_or(FieldProblem::TransferHeadings)?;
    let columns = sheet.rows.get(at).map(columns).unwrap_or_default();
    let rows = sheet.rows.iter().skip(at + 1);
    if rows.len() > MAX_ROWS {
        return Err(FieldProblem::TooLong);
    }
    let mut transfers = Transfers::default();
    for row in rows {
        let text = |says: Says| -> String {
            let text = columns.get(&says).map_or("", |column| row.text(*column));
            normalized::line(text).chars().take(CHARACTERS).collect()
        };
        let place = |department: Says, position: Says| {
            // 課長（兼）窓口係長 is the 課長 still.
            let position = text(position);
            let position = position.split(['（', '(', '兼', '・']).next().unwrap_or_default().trim().to_owned();
            let place = Place { department: text(department), position };
            let plain = normalized::tidy(&place.department);
            let gone = GONE.iter().any(|word| plain.trim_matches(['(', ')']) == *word);
            (!gone && !place.position.is_empty()).then_some(place)
        };
        if row.cells.iter().all(|(_, text)| text.trim().is_empty()) {
            continue;
        }
        let typed = text(Says::On);
        let on = match (counted_day(&typed), day) {
            (said, _) if !said.trim().is_empty() => era::parse(&said),
            (_, Some(day)) => Ok(day),
            _ => Err(FieldProblem::NotDate),
        };
        let on = match on {
            Ok(on) => on.to_string(),
            Err(problem) => {
                transfers.unread.push(Unread { row: row.number, text: typed, problem });
                continue;
            }
        };
        let transfer =
            |code: String, name: String, from, to| Transfer { row: row.number, on: on.clone(), code, name, from, to };
        let before = transfers.read.len();
        if columns.contains_key(&Says::Successor) {
            let place = place(Says::Department, Says::Position);
            let somebody = |says: Says| Some(text(says)).filter(|name| !names_nobody(name)).unwrap_or_default();
            let (leaves, comes) = (somebody(Says::Predecessor), somebody(Says::Successor));
            if !leaves.is_empty() {
                transfers.read.push(transfer(String::new(), leaves, place.clone(), None));
            }
            if !comes.is_empty() {
                transfers.read.push(transfer(text(Says::Code), comes, None, place));
            }
        } else {
            let from = place(Says::FromDepartment, Says::FromPosition);
            let to = place(Says::ToDepartment, Says::ToPosition);
            let (code, name) = (text(Says::Code), text(Says::Name));
            if !(code.is_empty() && name.is_empty()) && from != to {
                transfers.read.push(transfer(code, name, from, to));
            } else if !(code.is_empty() && name.is_empty()) {
                transfers.staying += 1;
                continue;
            }
        }
        if transfers.read.len() == before {
            let said = row.cells.iter().map(|(_, text)| text.trim()).collect::<Vec<_>>().join(" ");
            let text = said.chars().take(CHARACTERS).collect();
            transfers.unread.push(Unread { row: row.number, text, problem: FieldProblem::Missing });
        }
    }
    Ok(transfers)
}

/// What was pasted from a sheet: cells parted by tabs, rows by line ends.
#[must_use]
pub fn pasted(text: &str) -> Vec<Sheet> {
    let lines = text.lines().take(MAX_ROWS + HEADING_ROWS);
    let rows = (1..).zip(lines).map(|(number, line)| {
        let cells = (0..).zip(line.split('\t')).filter(|(_, text)| !text.trim().is_empty());
        Row { number, cells: cells.map(|(column, text)| (column, text.to_owned())).collect() }
    });
    vec![Sheet { name: String::new(), rows: rows.filter(|row| !row.cells.is_empty()).collect() }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Result<Transfers, FieldProblem> {
        read(&pasted(text), None)
    }

    #[test]
    fn a_row_a_person_says_what_they_leave_and_come_to() {
        let read = list(
            "発令日\t所属（旧）\t職（旧）\t所属（新）\t職（新）\t氏名コード\t備考\n\
                         R9.4.1\t広報課\t主任\t市民課\t課長\tS1000\t昇任\n\
                         2027-04-01\t教育企画課\t課長\t（退職）\t主任\tS1006\n\
                         46478\t広報課\t係長\t水道課\t\tS1007\n\
                         R9.4.1\t市民課\t係長\t市民課\t係長\tS1012\n\
                         いつか\t市民課\t係長\t水道課\t係長\tS1013\n",
        );
        let read = read.expect("a list");
        let place = |department: &str, position: &str| {
            Some(Place { department: department.to_owned(), position: position.to_owned() })
        };
        assert_eq!(read.read.len(), 3, "{read:?}");
        assert_eq!(read.read[0].to, place("市民課", "課長"));
        assert_eq!((read.read[1].from.clone(), read.read[1].to.clone()), (place("教育企画課", "課長"), None));
        assert_eq!((read.read[2].on.as_str(), read.read[2].to.clone()), ("2027-04-01", None));
        assert_eq!((read.unread.len(), read.staying), (1, 1));
        assert_eq!((read.unread[0].row, read.unread[0].problem), (6, FieldProblem::NotDate));
    }

    #[test]
    fn a_row_a_post_says_who_leaves_it_and_who_comes() {
        let read = list("職\t所属\t前任\t後任\t発令日\n課長\t市民課\t渡辺 誠\t山田 花子\tR9.4.1\n").expect("a list");
        assert_eq!(read.read.len(), 2);
        assert_eq!((read.read[0].name.as_str(), read.read[1].name.as_str()), ("渡辺 誠", "山田 花子"));
        assert_eq!(read.read[0].from, read.read[1].to);
    }

    #[test]
    fn other_lists_are_not_taken_for_one() {
        assert_eq!(list("名称\t法人番号\nあ\t1\n"), Err(FieldProblem::TransferHeadings));
        assert_eq!(list(""), Err(FieldProblem::TransferHeadings));
    }
}
