//! The demo town 西東京市: made-up people and companies on the town's real policy. Goes through the services, as people do.
//!
//! Its passwords are public, so it is only set up on request (`kakunin demo`) and never beside another organization; and
//! `kakunin serve` refuses a database in which one of them still opens an account.

mod city;

use crate::{
    organizations::{
        officers::{CHIEF_OFFICER, CISO, SECTION_OFFICER},
        set_up::{OrganizationPlan, PersonPlan, PostPlan},
    },
    permission::Actor,
    portal::Portal,
    registers::{
        kinds::{EngagementRecord, VendorRecord},
        schema::engagements::CONTRACT_ITEMS,
    },
};
use jiff::ToSpan;
use kakunin_api::{
    PortalError,
    ids::OrganizationId,
    people::{Role, SignIn},
    registers::{RecordForm, Typed},
};

/// The password of every demo account.
pub const PASSWORD: &str = "kakunin-demo-2026";
/// Sign-in name, name, department, role.
pub const PEOPLE: [(&str, &str, &str, Role); 7] = [
    ("tanaka", "田中 恵", "市民課", Role::ProcurementOfficer),
    ("sato", "佐藤 健", "情報政策課", Role::Reviewer),
    ("suzuki", "鈴木 亮", "情報政策課", Role::Reviewer),
    ("ito", "伊藤 文子", "情報政策課", Role::SecurityOffice),
    ("watanabe", "渡辺 誠", "市民課", Role::Approver),
    ("kimura", "木村 直子", "監査委員事務局", Role::Auditor),
    ("admin", "小川 修", "情報政策課", Role::Administrator),
];
/// The operator of the installation.
pub const OPERATOR: (&str, &str) = ("operator", "山口 明");
/// The other towns of a shared installation: 団体コード, name, policy, begin of the sign-in names.
///
/// The seed does not say which of the two 府中市 its policy belongs to, so its code is none that is given out.
const OTHER_TOWNS: [(&str, &str, &str, &str); 4] = [
    ("154610", "湯沢町", "yuzawa", "yuzawa"),
    ("122173", "柏市", "kashiwa", "kashiwa"),
    ("012076", "帯広市", "obihiro", "obihiro"),
    ("999999", "府中市", "fuchu", "fuchu"),
];
/// The people of each of them: end of the sign-in name, name, department, role.
const OTHER_PEOPLE: [(&str, &str, &str, Role); 4] = [
    ("officer", "斎藤 実", "総務課", Role::ProcurementOfficer),
    ("reviewer", "山田 薫", "情報政策課", Role::Reviewer),
    ("auditor", "松本 学", "監査委員事務局", Role::Auditor),
    ("admin", "井上 望", "情報政策課", Role::Administrator),
];
/// Each department with the one it is below.
const DEPARTMENTS: [(&str, Option<&str>); 8] = [
    ("市民部", None),
    ("市民課", Some("市民部")),
    ("納税課", Some("市民部")),
    ("図書館", None),
    ("企画部", None),
    ("情報政策課", Some("企画部")),
    ("広報課", Some("企画部")),
    ("監査委員事務局", None),
];
/// 法人番号 without its check digit, name, kana.
const COMPANIES: [(&str, &str, &str); 3] = [
    ("012301000001", "株式会社みどりデータサービス", "カブシキガイシャミドリデータサービス"),
    ("012301000002", "武蔵クラウド株式会社", "ムサシクラウドカブシキガイシャ"),
    ("012302000003", "有限会社田無印刷", "ユウゲンガイシャタナシインサツ"),
];

/// Sets the town up, with `more_vendors` made-up vendors beside the three it always has; and the other four of the shared
/// installation where `all_towns`. 木村 then audits all five.
///
/// # Errors
/// Where an organization is there already, or the database fails.
pub async fn set_up(portal: &Portal, more_vendors: u32, all_towns: bool, city: bool) -> anyhow::Result<()> {
    anyhow::ensure!(
        portal.organizations().none_yet().await?,
        "there is an organization already; the demo needs an empty database"
    );
    let (operator, operator_name) = OPERATOR;
    portal.organizations().add_operator(operator, operator_name, Some(PASSWORD.to_owned())).await?;
    let town = portal.organizations().set_up(town()).await?;
    if all_towns {
        for (code, name, policy, begin) in OTHER_TOWNS {
            let there = portal.organizations().set_up(other_town(code, name, policy, begin)).await?;
            let officer = signed_in(portal, &format!("{begin}-officer"), there).await?;
            let [(base, company, kana), ..] = COMPANIES;
            portal.records::<VendorRecord>().add(&officer, &vendor(base, company, kana)).await?;
        }
    }
    let officer = signed_in(portal, "tanaka", town).await?;
    for (base, name, kana) in COMPANIES {
        let vendor = portal.records::<VendorRecord>().add(&officer, &vendor(base, name, kana)).await?;
        let departments = portal.organizations().departments(&officer).await?;
        let department = departments.first().map(|department| department.id.to_string()).unwrap_or_default();
        let today = portal.clock.today();
        let title = if base.ends_with('3') {
            "納税通知書の印刷封入業務"
        } else {
            "住民情報システム運用保守業務"
        };
        let items = CONTRACT_ITEMS.iter().map(|item| item.code.to_owned()).collect();
        let form = form([
            ("vendor", vendor.to_string().as_str()),
            ("title", &format!("{title}（令和8年度）")),
            ("department", &department),
            ("starts_on", &today.to_string()),
            ("ends_on", &today.saturating_add(1.year()).to_string()),
            ("confidentiality", "3b"),
            ("integrity", "2"),
            ("availability", "2"),
            ("zone", "mynumber"),
            ("personal_information", "yes"),
            ("specific_personal_information", "yes"),
            ("selection_criteria_recorded", "yes"),
            ("policy_told", "yes"),
        ]);
        let form = form.into_iter().chain([("contract_items".to_owned(), Typed::Many(items))]).collect();
        portal.records::<EngagementRecord>().add(&officer, &form).await?;
    }
    for number in 0..more_vendors {
        let base = format!("{:012}", 20_000_000_000_u64 + u64::from(number));
        let (name, kana) = (format!("試験事業者{number:05}株式会社"), format!("シケンジギョウシャ{}", in_kana(number)));
        portal.records::<VendorRecord>().add(&officer, &vendor(&base, &name, &kana)).await?;
    }
    if city {
        city::add(portal, &signed_in(portal, "ito", town).await?).await?;
    }
    Ok(())
}

fn vendor(base: &str, name: &str, kana: &str) -> RecordForm {
    let number = (0..=9).map(|first| format!("{first}{base}")).find(|number| is_valid(number)).unwrap_or_default();
    form([
        ("corporate_number", number.as_str()),
        ("name", name),
        ("kana", kana),
        ("address", "東京都西東京市（架空）"),
        ("contact_department", "公共営業部"),
        ("contact_name", "山本 様"),
        ("contact_email", "public-sector@example.jp"),
    ])
}

/// A form with these fields.
fn form<const N: usize>(fields: [(&str, &str); N]) -> RecordForm {
    fields.into_iter().map(|(name, typed)| (name.to_owned(), typed.into())).collect()
}

fn is_valid(number: &str) -> bool {
    number.parse::<kakunin_api::CorporateNumber>().is_ok()
}

/// Digits as katakana, so that made-up names sort.
fn in_kana(number: u32) -> String {
    const DIGITS: [char; 10] = ['ア', 'イ', 'ウ', 'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ'];
    format!("{number:05}").chars().filter_map(|c| DIGITS.get(c.to_digit(10)? as usize)).collect()
}

async fn signed_in(portal: &Portal, name: &str, organization: OrganizationId) -> Result<Actor, PortalError> {
    let form = SignIn { sign_in_name: name.to_owned(), password: PASSWORD.to_owned() };
    let proved = portal.people().sign_in(&form, "demo").await?;
    portal.people().actor(Some((proved.user, organization)), None).await
}

/// The name of a demo account that still opens with the published password, if there is one.
///
/// # Errors
/// Where the database fails.
pub async fn open_account(portal: &Portal) -> Result<Option<String>, PortalError> {
    let towns = OTHER_TOWNS
        .iter()
        .flat_map(|(_, _, _, begin)| OTHER_PEOPLE.iter().map(move |(end, ..)| format!("{begin}-{end}")));
    let names = PEOPLE.iter().map(|(name, ..)| (*name).to_owned()).chain([OPERATOR.0.to_owned()]).chain(towns);
    for name in names {
        let user = portal.store.user_by_sign_in_name(&name).await?.filter(|user| user.active);
        let Some(hash) = user.and_then(|user| user.password_hash) else { continue };
        if portal.passwords.is_right(PASSWORD, Some(&hash)).await? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn person(sign_in_name: &str, name: &str, department: &str, role: Role) -> PersonPlan {
    PersonPlan {
        sign_in_name: sign_in_name.to_owned(),
        name: name.to_owned(),
        department: department.to_owned(),
        role,
        password: Some(PASSWORD.to_owned()),
        must_change_password: false,
    }
}

fn post(kind: &'static str, title: &str, department: Option<&str>, holder: Option<&str>) -> PostPlan {
    PostPlan {
        kind,
        title: title.to_owned(),
        department: department.map(str::to_owned),
        holder: holder.map(|name| (name.to_owned(), "2026-04-01".to_owned())),
        account: None,
    }
}

fn town() -> OrganizationPlan {
    let section = |name, holder| post(SECTION_OFFICER, "情報セキュリティ管理者", Some(name), holder);
    OrganizationPlan {
        code: "132292".to_owned(),
        name: "西東京市".to_owned(),
        policy: "nishitokyo".to_owned(),
        branding: Some("企画部情報政策課（内線 0000）".to_owned()),
        departments: DEPARTMENTS.map(|(name, above)| (name.to_owned(), above.map(str::to_owned))).to_vec(),
        posts: vec![
            post(CISO, "最高情報セキュリティ責任者（CISO）", None, Some("高橋 正")),
            post(CHIEF_OFFICER, "統括情報セキュリティ責任者", Some("情報政策課"), Some("伊藤 文子")),
            PostPlan { account: Some("watanabe".to_owned()), ..section("市民課", Some("渡辺 誠")) },
            section("納税課", Some("中村 由美")),
            section("図書館", Some("小林 進")),
            section("広報課", None),
        ],
        people: PEOPLE
            .map(|(sign_in_name, name, department, role)| person(sign_in_name, name, department, role))
            .to_vec(),
    }
}

fn other_town(code: &str, name: &str, policy: &str, begin: &str) -> OrganizationPlan {
    let departments = ["総務課", "情報政策課", "監査委員事務局"];
    let own =
        OTHER_PEOPLE.map(|(end, name, department, role)| person(&format!("{begin}-{end}"), name, department, role));
    let mut people = own.to_vec();
    people.push(person("kimura", "木村 直子", "監査委員事務局", Role::Auditor));
    OrganizationPlan {
        code: code.to_owned(),
        name: name.to_owned(),
        policy: policy.to_owned(),
        branding: None,
        departments: departments.map(|name| (name.to_owned(), None)).to_vec(),
        posts: vec![
            post(CISO, "最高情報セキュリティ責任者（CISO）", None, Some("森 茂")),
            post(CHIEF_OFFICER, "統括情報セキュリティ責任者", Some("情報政策課"), Some("池田 清")),
        ],
        people,
    }
}
