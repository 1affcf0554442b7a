//! ポリシー: list, one policy with its coverage, two beside each other.

pub mod compare;
pub mod criterion;
pub mod detail;
pub mod list;
pub mod trial;
pub mod version;
pub mod versions;
