//! A button that copies a link, where the browser lets it.

use leptos::prelude::*;

/// Copies `link`; says `copied` when done.
#[island]
pub fn CopyLink(link: String, label: String, copied: String) -> impl IntoView {
    let (done, set_done) = signal(false);
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        if let Some(window) = web_sys::window() {
            // The browser may refuse; then the link is still there to be selected.
            let _ = window.navigator().clipboard().write_text(&link);
            set_done.set(true);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&link, set_done);
    };
    view! {
        <button type="button" class="button button-secondary" on:click=copy>{label}</button>
        <span class="save-status" role="status">{move || if done.get() { copied.clone() } else { String::new() }}</span>
    }
}
