//! 自治体.

pub mod installation;
pub mod officers;
