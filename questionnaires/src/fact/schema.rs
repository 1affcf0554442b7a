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
        Choice(&["engagement", "cloud_service", "social_account"]),
        "調査の対象（業務委託・クラウドサービス・SNSアカウント）",
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
    row("documents.operating_procedure.present", Bool, "運用手順がある", "Whether the operating procedure exists"),
    row("cloud.ismap.valid_until", Date, "ISMAP登録の有効期限", "Until when the ISMAP registration is valid"),
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
