//! A city's worth of made-up records: for looking at long lists, and for measuring.
//!
//! 2 000 vendors, 5 000 engagements, 400 cloud services, 200 social accounts, and 600 posts with five yearly appointments each.

use super::{form, in_kana, vendor};
use crate::{
    permission::Actor,
    portal::Portal,
    registers::kinds::{
        AppointmentRecord, CloudServiceRecord, DepartmentRecord, EngagementRecord, PostRecord, SocialAccountRecord,
        VendorRecord,
    },
};
use kakunin_api::{
    PortalError,
    ids::RecordId,
    registers::{ListQuery, RecordForm},
};

const VENDORS: u32 = 2_000;
const ENGAGEMENTS: u32 = 5_000;
const CLOUD_SERVICES: u32 = 400;
const SOCIAL_ACCOUNTS: u32 = 200;
const SECTIONS: u32 = 60;
const POSTS: u32 = 600;
/// The first of the five years of appointments.
const FIRST_YEAR: u32 = 2022;
const WORKS: [&str; 5] = ["システム運用保守", "印刷封入", "コールセンター運営", "データ入力", "施設予約サービス賃貸借"];
const CLASSES: [&str; 5] = ["1", "2", "3c", "3b", "3a"];
const ZONES: [&str; 3] = ["internet", "lgwan", "mynumber"];
const PLATFORMS: [&str; 4] = ["x", "facebook", "instagram", "line"];

fn nth<'a>(choices: &[&'a str], number: u32) -> &'a str {
    let place = usize::try_from(number).unwrap_or(0) % choices.len().max(1);
    choices.get(place).copied().unwrap_or_default()
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// The classes of what is handled, different from record to record.
fn classes(number: u32) -> [(&'static str, &'static str); 6] {
    [
        ("confidentiality", nth(&CLASSES, number)),
        ("integrity", nth(&["1", "2"], number)),
        ("availability", nth(&["2", "1"], number)),
        ("zone", nth(&ZONES, number)),
        ("personal_information", yes(number % 5 > 1)),
        ("specific_personal_information", yes(number % 5 > 3)),
    ]
}

fn with(fields: RecordForm, more: &[(&str, &str)]) -> RecordForm {
    fields.into_iter().chain(more.iter().map(|(name, typed)| ((*name).to_owned(), (*typed).into()))).collect()
}

/// Adds all of it. `office` keeps departments and posts, and may register everything.
///
/// # Errors
/// Where the database fails.
pub async fn add(portal: &Portal, office: &Actor) -> Result<(), PortalError> {
    let mut departments = Vec::new();
    for number in 1..=SECTIONS {
        let name = format!("第{number}課");
        let fields = form([("name", name.as_str()), ("kind", "office"), ("in_scope", "yes")]);
        departments.push(portal.records::<DepartmentRecord>().add(office, &fields).await?.to_string());
    }
    let department = |number: u32| departments.get(number as usize % departments.len()).cloned().unwrap_or_default();
    let mut vendors: Vec<RecordId> = Vec::new();
    for number in 0..VENDORS {
        let base = format!("{:012}", 20_000_000_000_u64 + u64::from(number));
        let (name, kana) = (format!("試験事業者{number:05}株式会社"), format!("シケンジギョウシャ{}", in_kana(number)));
        vendors.push(portal.records::<VendorRecord>().add(office, &vendor(&base, &name, &kana)).await?);
    }
    for number in 0..ENGAGEMENTS {
        let vendor = vendors.get(number as usize % vendors.len()).map(ToString::to_string).unwrap_or_default();
        let title = format!("{}業務 その{number}", nth(&WORKS, number));
        let (from, to) = (format!("{}-04-01", 2022 + number % 5), format!("{}-03-31", 2023 + number % 7 + number % 5));
        let fields = form([
            ("vendor", vendor.as_str()),
            ("title", &title),
            ("department", &department(number)),
            ("starts_on", &from),
            ("ends_on", &to),
            ("selection_criteria_recorded", yes(number % 3 > 0)),
            ("policy_told", yes(number % 4 > 0)),
        ]);
        portal.records::<EngagementRecord>().add(office, &with(fields, &classes(number))).await?;
    }
    for number in 0..CLOUD_SERVICES {
        let (name, provider) = (format!("クラウドサービス{number:03}"), format!("提供者{:02}株式会社", number % 50));
        let fields = form([
            ("name", name.as_str()),
            ("provider", &provider),
            ("kind", nth(&["saas", "paas", "iaas", "terms_of_service", "other"], number)),
            ("department", &department(number)),
            ("purpose", "業務での利用"),
            ("ismap", "none"),
            ("rule_of_use", "missing"),
        ]);
        portal.records::<CloudServiceRecord>().add(office, &with(fields, &classes(number))).await?;
    }
    for number in 0..SOCIAL_ACCOUNTS {
        let (handle, url) = (format!("@example_{number:03}"), format!("https://social.example/{number}"));
        let fields = form([
            ("platform", nth(&PLATFORMS, number)),
            ("handle", handle.as_str()),
            ("url", &url),
            ("department", &department(number)),
            ("procedure", nth(&["written", "drafting", "none"], number)),
            ("second_factor", nth(&["yes", "no"], number)),
            ("state", "active"),
        ]);
        portal.records::<SocialAccountRecord>().add(office, &fields).await?;
    }
    for number in 0..POSTS {
        let title = format!("第{}係の情報システム管理者", number + 1);
        let fields = form([
            ("kind", "system_officer"),
            ("title", title.as_str()),
            ("department", &department(number)),
            ("may_be_vacant", "no"),
            ("may_be_shared", "no"),
        ]);
        let post = portal.records::<PostRecord>().add(office, &fields).await?.to_string();
        for year in FIRST_YEAR..FIRST_YEAR + 5 {
            let (name, from) = (format!("試験 {number}の{year}"), format!("{year}-04-01"));
            let to = if year + 1 == FIRST_YEAR + 5 { String::new() } else { format!("{}-03-31", year + 1) };
            let fields = form([
                ("post", post.as_str()),
                ("person_name", &name),
                ("starts_on", &from),
                ("ends_on", &to),
                ("acting", "no"),
            ]);
            portal.records::<AppointmentRecord>().add(office, &fields).await?;
        }
    }
    let listed = portal.records::<EngagementRecord>().list(office, &ListQuery::default(), None).await?;
    tracing::info!(engagements = listed.total, "a city's worth of records has been added");
    Ok(())
}
