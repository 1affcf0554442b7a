//! 職と任命 as they are shown.

use crate::ids::RecordId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A post and who holds it on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostRow {
    /// The post.
    pub id: RecordId,
    /// 職名.
    pub title: String,
    /// Where it is attached: a department, or the whole organization.
    pub department: Option<String>,
    /// The service or account it is attached to, for those who may see all of them, or the engagement with its contractor; empty
    /// else.
    pub attached: String,
    /// Whether it may be vacant.
    pub may_be_vacant: bool,
    /// Who holds it on the day that was asked for; none where vacant.
    pub holder: Option<Holder>,
}

/// The holder of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// 氏名.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day, where set.
    pub to: Option<Date>,
    /// 発令番号.
    pub document_number: String,
    /// 職務代理.
    pub acting: bool,
}
