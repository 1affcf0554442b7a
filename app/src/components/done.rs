//! What was just done, said at the top of the page that it leads to.

use leptos::prelude::*;

/// A notice of success, read out by screen readers.
#[component]
pub fn Done(
    /// 「保存しました」
    said: String,
) -> impl IntoView {
    view! { <div class="notice notice-success" role="status"><p>{said}</p></div> }
}
