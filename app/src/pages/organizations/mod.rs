//! 自治体.

pub mod edit;
pub mod installation;
pub mod officers;
pub mod scale;
