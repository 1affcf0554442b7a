//! The closed table of fact paths.
//!
//! It does not know which registers fill them. A path is stable for ever: policies of all municipalities read it.

use super::FactKind::{Bool, Choice, Date, Set};
use super::{FactKind, FactPath};

const fn row(path: &'static str, kind: FactKind, ja: &'static str, en: &'static str) -> FactPath {
    FactPath { path, kind, ja, en }
}

/// Contract items ①–⑬ of the municipal guideline, in its order.
const CONTRACT_ITEMS: &[&str] = &[
    "policy_compliance",
    "people_and_places",
    "service_level",
    "information_and_access",
    "education",
    "purpose_limit",
    "confidentiality_duty",
    "subcontracting_limit",
    "return_and_disposal",
    "reporting",
    "audit_right",
    "incident_publication",
    "breach_consequences",
];

/// Every fact path there is.
pub static SCHEMA: &[FactPath] = &[
    row(
        "subject.kind",
        Choice(&["engagement", "cloud_service", "social_account", "section"]),
        "調査の対象（業務委託・クラウドサービス・ソーシャルメディア・課室の自己点検）",
        "What is assessed",
    ),
    row(
        "subject.zone",
        Choice(&["mynumber", "lgwan", "internet"]),
        "対象が置かれるネットワーク（マイナンバー利用事務系・LGWAN接続系・インターネット接続系）",
        "The network zone it stands in",
    ),
    row(
        "subject.confidentiality",
        Choice(&["1", "2", "3a", "3b", "3c"]),
        "扱う情報資産の機密性の分類",
        "Confidentiality class of the information handled",
    ),
    row(
        "subject.integrity",
        Choice(&["1", "2"]),
        "扱う情報資産の完全性の分類",
        "Integrity class of the information handled",
    ),
    row(
        "subject.availability",
        Choice(&["1", "2"]),
        "扱う情報資産の可用性の分類",
        "Availability class of the information handled",
    ),
    row("subject.handles_personal_information", Bool, "個人情報を扱う", "Whether it handles personal information"),
    row(
        "subject.handles_specific_personal_information",
        Bool,
        "特定個人情報を扱う",
        "Whether it handles specific personal information (My Number)",
    ),
    row(
        "contract.items",
        Set(CONTRACT_ITEMS),
        "契約書に明記した情報セキュリティ要件（①〜⑬の順）",
        "Security items stated in the contract (①–⑬ in this order)",
    ),
    row("contract.starts_on", Date, "契約開始日", "First day of the contract"),
    row("contract.ends_on", Date, "契約終了日", "Last day of the contract"),
    row(
        "contract.specification_states_requirements",
        Bool,
        "仕様書に情報セキュリティ要件を明記した",
        "Whether the specification states the security requirements",
    ),
    row(
        "contract.end_duties_done",
        Bool,
        "契約終了時の返還・廃棄を確認した",
        "Whether return and disposal were confirmed at the end of the contract",
    ),
    row("subcontracts.present", Bool, "再委託がある", "Whether work is subcontracted"),
    row(
        "subcontracts.all_approved",
        Bool,
        "再委託のすべての段階を事前に承認した",
        "Whether every level of subcontracting was approved beforehand",
    ),
    row(
        "supply_chain.own_judgement_recorded",
        Bool,
        "登録のない製品等の安全性を自治体が判断し記録した",
        "Whether the municipality judged products without a registration and recorded it",
    ),
    row(
        "officer.ciso.present",
        Bool,
        "最高情報セキュリティ責任者（CISO）が置かれている",
        "Whether the CISO is appointed",
    ),
    row(
        "officer.chief.present",
        Bool,
        "統括情報セキュリティ責任者が置かれている",
        "Whether the supervising security officer (統括) is appointed",
    ),
    row(
        "officer.bureau.present",
        Bool,
        "情報セキュリティ責任者（部局）が置かれている",
        "Whether the bureau's security officer is appointed",
    ),
    row(
        "officer.section.present",
        Bool,
        "情報セキュリティ管理者（課室）が置かれている",
        "Whether the section's security manager is appointed",
    ),
    row(
        "officer.sns.present",
        Bool,
        "SNSの責任者が置かれている",
        "Whether somebody answers for the social media service",
    ),
    row(
        "officer.sns.shared_present",
        Bool,
        "複数のソーシャルメディアサービスをまとめて受け持つ責任者が置かれている",
        "Whether somebody answers for several social media services together",
    ),
    row("officer.system.present", Bool, "情報システム管理者が置かれている", "Whether the system manager is appointed"),
    row(
        "organization.committee.present",
        Bool,
        "情報セキュリティ委員会が置かれている",
        "Whether there is a security committee",
    ),
    row(
        "organization.csirt.present",
        Bool,
        "CSIRT（統一的な窓口）が置かれている",
        "Whether there is a CSIRT, the one point of contact",
    ),
    row(
        "officer.cloud.present",
        Bool,
        "クラウドサービス管理者が置かれている",
        "Whether somebody answers for the cloud service",
    ),
    row(
        "documents.rule_of_use.present",
        Bool,
        "利用規程（クラウド）・運用方針（SNS）がある",
        "Whether the rule of use exists",
    ),
    row(
        "documents.rule_of_use.absence_reasoned",
        Bool,
        "利用規程を定めない理由を記録している",
        "Whether it is on record why there is no rule of use",
    ),
    row(
        "documents.publishing_rules.present",
        Bool,
        "発信できる情報・できない情報の定めがある",
        "Whether it is settled what may and may not be published",
    ),
    row("documents.operating_procedure.present", Bool, "運用手順がある", "Whether the operating procedure exists"),
    row(
        "documents.security_procedures.present",
        Bool,
        "情報セキュリティ実施手順がある",
        "Whether the security procedures exist",
    ),
    row(
        "documents.safeguards_standard.present",
        Bool,
        "特定個人情報等の安全管理措置の基準がある",
        "Whether the standard of safeguards for specific personal information exists",
    ),
    row(
        "documents.own_standards.present",
        Bool,
        "独自の対策基準を定めた機関である",
        "Whether the body has security standards of its own",
    ),
    row("cloud.ismap.valid_until", Date, "ISMAP登録の有効期限", "Until when the ISMAP registration is valid"),
    row(
        "cloud.kind",
        Choice(&["saas", "paas", "iaas", "terms_of_service", "other_external"]),
        "サービスの種類（SaaS・PaaS・IaaS・約款型・その他の外部サービス）",
        "Kind of service",
    ),
    row("cloud.ismap.list", Choice(&["ismap", "ismap_liu", "none"]), "ISMAP等の登録", "ISMAP registration"),
    row(
        "cloud.ismap.scope_confirmed",
        Bool,
        "利用する機能が言明対象範囲に入ることを確かめた",
        "Whether the functions in use were confirmed to lie in the declared scope",
    ),
    row("cloud.ismap.checked_on", Date, "ISMAP等の登録を確認した日", "Day on which the registration was checked"),
    row(
        "cloud.data_location",
        Choice(&["japan", "abroad", "unknown"]),
        "データが保存される場所",
        "Where the data is kept",
    ),
    row("cloud.application_approved", Bool, "利用申請が承認されている", "Whether the use was applied for and approved"),
    row("cloud.use_recorded", Bool, "利用を台帳に記録している", "Whether the use is on record"),
    row(
        "cloud.responsibility_split_recorded",
        Bool,
        "責任分界を文書で確かめた",
        "Whether the split of responsibility is on record",
    ),
    row(
        "cloud.exit_plan.present",
        Bool,
        "利用終了時の移行・削除の計画がある",
        "Whether there is a plan for leaving and deletion",
    ),
    row(
        "cloud.terms_risks_examined",
        Bool,
        "約款によるサービスのリスクを検討した",
        "Whether the risks of the terms of service were examined",
    ),
    row(
        "social.listed_on_official_site",
        Bool,
        "公式サイトにアカウントを掲載している",
        "Whether the official site lists the account",
    ),
    row(
        "social.operator_shown",
        Bool,
        "アカウントの自己紹介に運用団体を明記している",
        "Whether the profile names the operating organization",
    ),
    row(
        "social.credentials.custodian_present",
        Bool,
        "認証情報の保管者を定めている",
        "Whether a custodian of the credentials is named",
    ),
    row("social.credentials.multi_factor", Bool, "多要素認証を使っている", "Whether a second factor is in use"),
    row(
        "social.hijack_response.present",
        Bool,
        "乗っ取り時の対応を定めている",
        "Whether it is settled what to do when the account is taken over",
    ),
    row(
        "social.reply_policy.present",
        Bool,
        "返信や問合せへの対応方針を定めている",
        "Whether it is settled how replies are handled",
    ),
    row(
        "social.important_information_on_own_site",
        Bool,
        "重要な情報を自団体のサイトにも載せている",
        "Whether important information is on the own site too",
    ),
    row("social.last_post_on", Date, "最後に発信した日", "Day of the latest post"),
    row("social.suspended", Bool, "アカウントの運用を停止している", "Whether the account is suspended"),
    row(
        "municipality.selection_criteria_recorded",
        Bool,
        "委託先・サービスの選定基準を記録している",
        "Whether the selection criteria are on record",
    ),
    row(
        "municipality.policy_told_to_vendor",
        Bool,
        "情報セキュリティポリシーを相手方に説明した",
        "Whether the vendor was told the policy",
    ),
    row("municipality.last_audit_on", Date, "直近の情報セキュリティ監査の日", "Day of the latest security audit"),
    row(
        "municipality.last_education_on",
        Date,
        "直近の情報セキュリティ研修の日",
        "Day of the latest security training",
    ),
    row("municipality.last_risk_analysis_on", Date, "直近のリスク分析の日", "Day of the latest risk analysis"),
    row(
        "municipality.last_policy_review_on",
        Date,
        "直近のポリシー見直しの日",
        "Day of the latest review of the policy",
    ),
    row(
        "municipality.assets_recorded",
        Bool,
        "情報資産台帳がある",
        "Whether there is a register of information assets",
    ),
    row("municipality.last_self_check_on", Date, "直近の自己点検の日", "Day of the latest self-check"),
    row(
        "municipality.response_plan_present",
        Bool,
        "緊急時対応計画がある",
        "Whether the incident response plan exists",
    ),
    row(
        "municipality.classification_recorded",
        Bool,
        "情報資産の分類を記録している",
        "Whether the classification of the information is on record",
    ),
];
