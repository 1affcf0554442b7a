//! 業務委託: forms and views, and the vocabulary of what is handled where.

use crate::{
    assessments::AssessmentRow,
    ids::{DepartmentId, EngagementId},
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

/// What the page of an engagement shows beside its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngagementView {
    /// The engagement.
    pub id: EngagementId,
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
