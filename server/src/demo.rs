//! The demo town 西東京市: made-up people and companies on the town's real policy. Goes through the services, as people do.
//!
//! Its passwords are public, so it is only set up on request (`kakunin demo`) and never beside another organization.

use crate::{
    organizations::{
        officers::{CHIEF_OFFICER, CISO, SECTION_OFFICER},
        set_up::{OrganizationPlan, PersonPlan, PostPlan},
    },
    permission::Actor,
    portal::Portal,
};
use jiff::ToSpan;
use kakunin_api::{
    PortalError,
    engagements::{ContractItem, RegisterEngagement},
    people::{Role, SignIn},
    vendors::RegisterVendor,
};

/// The password of every demo account.
pub const PASSWORD: &str = "kakunin-demo-2026";
/// Sign-in name, name, department, role.
pub const PEOPLE: [(&str, &str, &str, Role); 5] = [
    ("tanaka", "田中 恵", "市民課", Role::ProcurementOfficer),
    ("sato", "佐藤 健", "情報政策課", Role::Reviewer),
    ("suzuki", "鈴木 亮", "情報政策課", Role::Reviewer),
    ("kimura", "木村 直子", "監査委員事務局", Role::Auditor),
    ("admin", "小川 修", "情報政策課", Role::Administrator),
];
const DEPARTMENTS: [&str; 6] = ["市民課", "納税課", "図書館", "情報政策課", "広報課", "監査委員事務局"];
/// 法人番号 without its check digit, name, kana.
const COMPANIES: [(&str, &str, &str); 3] = [
    ("012301000001", "株式会社みどりデータサービス", "カブシキガイシャミドリデータサービス"),
    ("012301000002", "武蔵クラウド株式会社", "ムサシクラウドカブシキガイシャ"),
    ("012302000003", "有限会社田無印刷", "ユウゲンガイシャタナシインサツ"),
];

/// Sets the town up, with `more_vendors` made-up vendors beside the three it always has.
///
/// # Errors
/// Where an organization is there already, or the database fails.
pub async fn set_up(portal: &Portal, more_vendors: u32) -> anyhow::Result<()> {
    anyhow::ensure!(
        portal.organizations().none_yet().await?,
        "there is an organization already; the demo needs an empty database"
    );
    portal.organizations().set_up(town()).await?;
    let officer = signed_in(portal, "tanaka").await?;
    for (base, name, kana) in COMPANIES {
        let vendor = portal.vendors().register(&officer, &vendor(base, name, kana)).await?;
        let departments = portal.organizations().departments(&officer).await?;
        let department = departments.first().map(|department| department.id.to_string()).unwrap_or_default();
        let today = portal.clock.today();
        let form = RegisterEngagement {
            vendor: vendor.to_string(),
            title: format!(
                "{}（令和8年度）",
                if base.ends_with('3') {
                    "納税通知書の印刷封入業務"
                } else {
                    "住民情報システム運用保守業務"
                }
            ),
            department,
            starts_on: today.to_string(),
            ends_on: today.saturating_add(1.year()).to_string(),
            confidentiality: "3b".to_owned(),
            integrity: "2".to_owned(),
            availability: "2".to_owned(),
            zone: "mynumber".to_owned(),
            personal_information: "yes".to_owned(),
            specific_personal_information: "yes".to_owned(),
            selection_criteria_recorded: "yes".to_owned(),
            policy_told: "yes".to_owned(),
            contract_items: ContractItem::ALL.iter().map(|item| item.code().to_owned()).collect(),
        };
        portal.engagements().register(&officer, &form).await?;
    }
    for number in 0..more_vendors {
        let base = format!("{:012}", 20_000_000_000_u64 + u64::from(number));
        let (name, kana) = (format!("試験事業者{number:05}株式会社"), format!("シケンジギョウシャ{}", in_kana(number)));
        portal.vendors().register(&officer, &vendor(&base, &name, &kana)).await?;
    }
    Ok(())
}

fn vendor(base: &str, name: &str, kana: &str) -> RegisterVendor {
    RegisterVendor {
        corporate_number: (0..=9)
            .map(|first| format!("{first}{base}"))
            .find(|number| is_valid(number))
            .unwrap_or_default(),
        name: name.to_owned(),
        kana: kana.to_owned(),
        address: "東京都西東京市（架空）".to_owned(),
        contact_department: "公共営業部".to_owned(),
        contact_name: "山本 様".to_owned(),
        contact_email: "public-sector@example.jp".to_owned(),
        notes: String::new(),
    }
}

fn is_valid(number: &str) -> bool {
    number.parse::<kakunin_api::CorporateNumber>().is_ok()
}

/// Digits as katakana, so that made-up names sort.
fn in_kana(number: u32) -> String {
    const DIGITS: [char; 10] = ['ア', 'イ', 'ウ', 'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ'];
    format!("{number:05}").chars().filter_map(|c| DIGITS.get(c.to_digit(10)? as usize)).collect()
}

async fn signed_in(portal: &Portal, name: &str) -> Result<Actor, PortalError> {
    let form = SignIn { sign_in_name: name.to_owned(), password: PASSWORD.to_owned() };
    portal.people().sign_in(&form).await.map(Actor::Staff)
}

fn town() -> OrganizationPlan {
    let post = |kind, title: &str, department: Option<&str>, holder: Option<&str>| PostPlan {
        kind,
        title: title.to_owned(),
        department: department.map(str::to_owned),
        holder: holder.map(|name| (name.to_owned(), "2026-04-01".to_owned())),
    };
    let section = |name, holder| post(SECTION_OFFICER, "情報セキュリティ管理者", Some(name), holder);
    OrganizationPlan {
        code: "132292".to_owned(),
        name: "西東京市".to_owned(),
        policy: "nishitokyo".to_owned(),
        departments: DEPARTMENTS.map(str::to_owned).to_vec(),
        posts: vec![
            post(CISO, "最高情報セキュリティ責任者（CISO）", None, Some("高橋 正")),
            post(CHIEF_OFFICER, "統括情報セキュリティ責任者", Some("情報政策課"), Some("伊藤 文子")),
            section("市民課", Some("渡辺 誠")),
            section("納税課", Some("中村 由美")),
            section("図書館", Some("小林 進")),
            section("広報課", None),
        ],
        people: PEOPLE
            .map(|(sign_in_name, name, department, role)| PersonPlan {
                sign_in_name: sign_in_name.to_owned(),
                name: name.to_owned(),
                department: department.to_owned(),
                role,
                password: PASSWORD.to_owned(),
            })
            .to_vec(),
    }
}
