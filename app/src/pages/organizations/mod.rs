//! 自治体.

pub mod officers;
