//! 業務委託: forms and views, and the vocabulary of what is handled where.

use crate::{
    assessments::AssessmentRow,
    ids::{DepartmentId, EngagementId, VendorId},
};
use jiff::civil::Date;
use kakunin_questionnaires::text::Text;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),* }

        impl $name {
            /// All of them, in their usual order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in tables, forms and facts.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The one with this name.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

codes! {
    /// 契約に定める項目 ①–⑬ (教育情報セキュリティポリシーに関するハンドブック 令和7年3月 p. 30).
    ContractItem {
        /// ① ポリシー・実施手順の遵守.
        PolicyCompliance = "policy_compliance",
        /// ② 責任者・作業者・作業場所の特定.
        PeopleAndPlaces = "people_and_places",
        /// ③ サービスレベル.
        ServiceLevel = "service_level",
        /// ④ 扱う情報と接続方法.
        InformationAndAccess = "information_and_access",
        /// ⑤ 従業員教育.
        Education = "education",
        /// ⑥ 目的外利用・第三者提供の禁止.
        PurposeLimit = "purpose_limit",
        /// ⑦ 守秘義務.
        ConfidentialityDuty = "confidentiality_duty",
        /// ⑧ 再委託の制限.
        SubcontractingLimit = "subcontracting_limit",
        /// ⑨ 返還・廃棄.
        ReturnAndDisposal = "return_and_disposal",
        /// ⑩ 定期報告・緊急報告.
        Reporting = "reporting",
        /// ⑪ 監査・検査.
        AuditRight = "audit_right",
        /// ⑫ 事故の公表.
        IncidentPublication = "incident_publication",
        /// ⑬ 違反時の定め.
        BreachConsequences = "breach_consequences",
    }
}

codes! {
    /// ネットワークの区分 (西東京市 2(10)–(12)).
    Zone {
        /// マイナンバー利用事務系.
        Mynumber = "mynumber",
        /// LGWAN接続系.
        Lgwan = "lgwan",
        /// インターネット接続系.
        Internet = "internet",
    }
}

codes! {
    /// 自治体機密性.
    Confidentiality {
        /// 自治体機密性1.
        One = "1",
        /// 自治体機密性2.
        Two = "2",
        /// 自治体機密性3C.
        ThreeC = "3c",
        /// 自治体機密性3B.
        ThreeB = "3b",
        /// 自治体機密性3A.
        ThreeA = "3a",
    }
}

codes! {
    /// 完全性・可用性.
    TwoLevels {
        /// 1.
        One = "1",
        /// 2.
        Two = "2",
    }
}

/// Registers an engagement with a vendor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterEngagement {
    /// The vendor's id.
    #[serde(default)]
    pub vendor: String,
    /// 件名.
    #[serde(default)]
    pub title: String,
    /// 所管課's id.
    #[serde(default)]
    pub department: String,
    /// 契約開始日 as typed.
    #[serde(default)]
    pub starts_on: String,
    /// 契約終了日 as typed.
    #[serde(default)]
    pub ends_on: String,
    /// [`Confidentiality`] code.
    #[serde(default)]
    pub confidentiality: String,
    /// [`TwoLevels`] code.
    #[serde(default)]
    pub integrity: String,
    /// [`TwoLevels`] code.
    #[serde(default)]
    pub availability: String,
    /// [`Zone`] code.
    #[serde(default)]
    pub zone: String,
    /// `yes` or `no`.
    #[serde(default)]
    pub personal_information: String,
    /// `yes` or `no`.
    #[serde(default)]
    pub specific_personal_information: String,
    /// `yes` where the selection was made by recorded criteria, else `no`.
    #[serde(default)]
    pub selection_criteria_recorded: String,
    /// `yes` where the contractor has been told the policy, else `no`.
    #[serde(default)]
    pub policy_told: String,
    /// [`ContractItem`] codes that stand in the contract.
    #[serde(default)]
    pub contract_items: Vec<String>,
}

/// A row of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngagementRow {
    /// Id.
    pub id: EngagementId,
    /// 件名.
    pub title: String,
    /// 委託先の名称.
    pub vendor_name: String,
    /// 所管課.
    pub department: String,
    /// 契約開始日.
    pub starts_on: Date,
    /// 契約終了日.
    pub ends_on: Date,
    /// 機密性.
    pub confidentiality: Confidentiality,
    /// 特定個人情報を扱う.
    pub specific_personal_information: bool,
}

/// One engagement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngagementView {
    /// The row's facts.
    pub row: EngagementRow,
    /// The vendor.
    pub vendor: VendorId,
    /// 完全性.
    pub integrity: TwoLevels,
    /// 可用性.
    pub availability: TwoLevels,
    /// 区分.
    pub zone: Zone,
    /// 個人情報を扱う.
    pub personal_information: bool,
    /// 選定基準による選定の記録.
    pub selection_criteria_recorded: bool,
    /// ポリシーの周知.
    pub policy_told: bool,
    /// Contract items in the contract.
    pub contract_items: Vec<ContractItem>,
    /// The vendor's contact, offered when sending: department, name, e-mail.
    pub contact: (String, String, String),
    /// Assessments, newest first, at most 50.
    pub assessments: Vec<AssessmentRow>,
    /// Whether the person looking may send a questionnaire.
    pub may_send: bool,
    /// How it stands to the ordinance.
    pub ordinance: OrdinanceStanding,
    /// What can be sent: id and title.
    pub questionnaires: Vec<(String, Text)>,
}

/// Whether work comes under the ordinance on security policies (地方自治法施行規則16条の3) or under its transition (経過措置).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdinanceStanding {
    /// From when the ordinance holds.
    pub from: Date,
    /// The work began before: its numbers 5 and 7 leave it under the rule before.
    pub in_transition: bool,
}

/// A department to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentChoice {
    /// Id.
    pub id: DepartmentId,
    /// 名称.
    pub name: String,
}
