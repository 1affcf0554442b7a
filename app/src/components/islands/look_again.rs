//! Loads the page again after a moment: for work that is still running. Without JavaScript the page says so itself.

use leptos::prelude::*;

/// Loads the page again after so many milliseconds.
#[island]
pub fn LookAgain(
    /// Milliseconds.
    after_ms: u32,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    set_timeout(
        || {
            let _ = window().location().reload();
        },
        std::time::Duration::from_millis(u64::from(after_ms)),
    );
    #[cfg(not(feature = "hydrate"))]
    let _ = after_ms;
}
