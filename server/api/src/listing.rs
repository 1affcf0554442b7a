//! One page of a list. Lists are paged, filtered and counted in SQL.

use serde::{Deserialize, Serialize};

/// Rows on a page.
pub const PAGE_ROWS: u64 = 50;

/// What a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Words to look for; widths and kana do not matter.
    #[serde(default)]
    pub search: String,
    /// Page, counted from 1; 0 means 1.
    #[serde(default)]
    pub page: u64,
}

impl Query {
    /// Rows before this page.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.page.clamp(1, 1_000_000).saturating_sub(1) * PAGE_ROWS
    }
}

/// One page of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, at most [`PAGE_ROWS`].
    pub rows: Vec<T>,
    /// Rows on all pages.
    pub total: u64,
    /// This page, counted from 1.
    pub page: u64,
}

impl<T> Page<T> {
    /// Number of pages, at least 1.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(PAGE_ROWS).max(1)
    }
}
