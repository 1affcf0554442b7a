//! Dates as people read and write them: 令和8年11月20日（金）, R8.11.20, 2026/11/20.

use icu_calendar::{AnyCalendar, AnyCalendarKind, Date as IcuDate};
use jiff::civil::{Date, Weekday};
use kakunin_api::{FieldProblem, normalized};
use kakunin_questionnaires::text::Language;

/// The eras a contract of today can mention, with their first day.
const ERAS: [(&str, char, i16, i8, i8); 4] =
    [("令和", 'R', 2019, 5, 1), ("平成", 'H', 1989, 1, 8), ("昭和", 'S', 1926, 12, 25), ("大正", 'T', 1912, 7, 30)];

/// 令和8年11月20日 (令和元年 for its first year).
#[must_use]
pub fn era_date(date: Date) -> String {
    let (era, year) = era_year(date);
    let year = if year == 1 { "元".to_owned() } else { year.to_string() };
    format!("{era}{year}年{}月{}日", date.month(), date.day())
}

/// 令和8年11月20日（金） or 20 November 2026 (Fri).
#[must_use]
pub fn long(date: Date, language: Language) -> String {
    match language {
        Language::Ja => {
            let weekday = match date.weekday() {
                Weekday::Monday => "月",
                Weekday::Tuesday => "火",
                Weekday::Wednesday => "水",
                Weekday::Thursday => "木",
                Weekday::Friday => "金",
                Weekday::Saturday => "土",
                Weekday::Sunday => "日",
            };
            format!("{}（{weekday}）", era_date(date))
        }
        Language::En => date.strftime("%-d %B %Y (%a)").to_string(),
    }
}

/// The era's name and year, by the calendar library.
fn era_year(date: Date) -> (&'static str, i32) {
    let calendar = AnyCalendar::new(AnyCalendarKind::Japanese);
    let iso = IcuDate::try_new_iso(date.year().into(), u8_of(date.month()), u8_of(date.day()));
    let japanese = iso.ok().map(|iso| iso.to_calendar(calendar));
    let found =
        japanese.as_ref().and_then(|date| date.year().era()).map(|year| (year.era.as_str().to_owned(), year.year));
    match found {
        Some((era, year)) if era == "reiwa" => ("令和", year),
        Some((era, year)) if era == "heisei" => ("平成", year),
        Some((era, year)) if era == "showa" => ("昭和", year),
        Some((era, year)) if era == "taisho" => ("大正", year),
        _ => ("西暦", date.year().into()),
    }
}

fn u8_of(number: i8) -> u8 {
    u8::try_from(number).unwrap_or(1)
}

/// Reads 2026-11-20, 2026/11/20, 2026.11.20, 20261120, R8.11.20, 令和8年11月20日, 令和元年5月22日, in any width.
///
/// # Errors
/// [`FieldProblem::Missing`] where nothing was typed, else [`FieldProblem::NotDate`].
pub fn parse(text: &str) -> Result<Date, FieldProblem> {
    let text: String = normalized::tidy(text).chars().filter(|c| !c.is_whitespace()).collect();
    // People copy the day of the week along; it says nothing new.
    let text = text.split(['(', '（']).next().unwrap_or_default();
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    let era = ERAS.into_iter().find_map(|(name, letter, year, month, day)| {
        let rest = text
            .strip_prefix(name)
            .or_else(|| text.strip_prefix(letter))
            .or_else(|| text.strip_prefix(letter.to_ascii_lowercase()))?;
        Some((rest.replace('元', "1"), (year, month, day)))
    });
    let (rest, first) = era.map_or_else(|| (text.to_owned(), None), |(rest, first)| (rest, Some(first)));
    let parts = numbers(&rest)?;
    let (year, month, day) = match (parts.as_slice(), first) {
        ([year, month, day], _) => (*year, *month, *day),
        ([whole], None) if rest.len() == 8 => (whole / 10_000, whole / 100 % 100, whole % 100),
        _ => return Err(FieldProblem::NotDate),
    };
    let year = first.map_or(year, |(first_year, ..)| year + i32::from(first_year) - 1);
    if first.is_none() && year < 1900 {
        return Err(FieldProblem::NotDate);
    }
    let narrow = |number: i32| i8::try_from(number).map_err(|_| FieldProblem::NotDate);
    let year = i16::try_from(year).map_err(|_| FieldProblem::NotDate)?;
    let date = Date::new(year, narrow(month)?, narrow(day)?).map_err(|_| FieldProblem::NotDate)?;
    let starts = first.and_then(|(year, month, day)| Date::new(year, month, day).ok());
    if starts.is_some_and(|starts| date < starts) { Err(FieldProblem::NotDate) } else { Ok(date) }
}

/// The numbers of a date, parted by `-`, `/`, `.` or 年月日.
fn numbers(text: &str) -> Result<Vec<i32>, FieldProblem> {
    let text = text.strip_suffix('日').unwrap_or(text);
    text.split(['-', '/', '.', '年', '月']).map(|part| part.parse().map_err(|_| FieldProblem::NotDate)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn the_usual_spellings_are_understood() {
        for text in [
            "2026-11-20",
            "2026/11/20",
            "2026.11.20",
            "20261120",
            "R8.11.20",
            "r8.11.20",
            "令和8年11月20日",
            "令和８年１１月２０日（金）",
            " 2026年11月20日 ",
        ] {
            assert_eq!(parse(text), Ok(date(2026, 11, 20)), "{text}");
        }
        assert_eq!(parse("令和元年5月22日"), Ok(date(2019, 5, 22)));
        assert_eq!(parse("平成31年4月30日"), Ok(date(2019, 4, 30)));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["2026-02-30", "令和元年4月30日", "11/20", "あした", "20-11-2026x", "R8"] {
            assert_eq!(parse(text), Err(FieldProblem::NotDate), "{text}");
        }
        assert_eq!(parse("　"), Err(FieldProblem::Missing));
    }

    #[test]
    fn the_first_year_of_an_era_is_called_so() {
        assert_eq!(era_date(date(2019, 5, 22)), "令和元年5月22日");
        assert_eq!(era_date(date(2019, 4, 30)), "平成31年4月30日");
        assert_eq!(long(date(2026, 11, 20), Language::Ja), "令和8年11月20日（金）");
    }

    proptest! {
        #[test]
        fn every_shown_date_is_read_back(days in 0_i32..60_000) {
            let date = date(1927, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            prop_assert_eq!(parse(&era_date(date)), Ok(date));
            prop_assert_eq!(parse(&date.to_string()), Ok(date));
        }
    }
}
