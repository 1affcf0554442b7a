//! 調査票: those in use, their versions, and bringing new ones in.

pub mod detail;
pub mod import;
pub mod list;
pub mod upload;
pub mod version;
