//! 委託先: forms and views.

use crate::{
    engagements::EngagementRow,
    ids::{CompanyId, VendorId},
};
use serde::{Deserialize, Serialize};

/// Registers a company, if it is new, and the organization's own record about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterVendor {
    /// 法人番号 as typed; empty for a sole proprietor.
    #[serde(default)]
    pub corporate_number: String,
    /// 名称.
    #[serde(default)]
    pub name: String,
    /// フリガナ.
    #[serde(default)]
    pub kana: String,
    /// 所在地.
    #[serde(default)]
    pub address: String,
    /// 連絡先の部署 — a department rather than a person, who may move on.
    #[serde(default)]
    pub contact_department: String,
    /// 連絡先の氏名.
    #[serde(default)]
    pub contact_name: String,
    /// 連絡先のメールアドレス.
    #[serde(default)]
    pub contact_email: String,
    /// 内部メモ, never shown to the contractor.
    #[serde(default)]
    pub notes: String,
}

/// A row of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorRow {
    /// Id.
    pub id: VendorId,
    /// 名称.
    pub name: String,
    /// フリガナ.
    pub kana: String,
    /// 法人番号.
    pub corporate_number: Option<String>,
    /// 連絡先の部署.
    pub contact_department: String,
    /// How many engagements.
    pub engagements: u64,
}

/// One vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorView {
    /// Id.
    pub id: VendorId,
    /// The company behind it.
    pub company: CompanyId,
    /// 名称.
    pub name: String,
    /// フリガナ.
    pub kana: String,
    /// 法人番号.
    pub corporate_number: Option<String>,
    /// 所在地.
    pub address: String,
    /// 連絡先の部署.
    pub contact_department: String,
    /// 連絡先の氏名.
    pub contact_name: String,
    /// 連絡先のメールアドレス.
    pub contact_email: String,
    /// 内部メモ.
    pub notes: String,
    /// Its engagements, newest first, at most 50.
    pub engagements: Vec<EngagementRow>,
    /// Whether the person looking may register an engagement.
    pub may_register_engagement: bool,
}
