//! A form that is kept as a draft while it is filled in. The form inside works without this: it has a button that keeps it.

use leptos::prelude::*;

/// Wraps the form; whether it was kept is said in its `.save-status`.
#[island]
pub fn KeepDraft(
    /// Where the form is sent to be kept.
    to: String,
    /// 「下書きを保存しました」
    kept: String,
    /// 「下書きを保存できませんでした」
    failed: String,
    children: Children,
) -> impl IntoView {
    let on_input = move |event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        browser::typed(&event, to.clone(), kept.clone(), failed.clone());
        #[cfg(not(feature = "hydrate"))]
        let _ = (event, &to, &kept, &failed);
    };
    // What is handed in is no draft any more.
    let on_submit = move |_| {
        #[cfg(feature = "hydrate")]
        browser::handed_in();
    };
    view! { <div class="keep-draft" on:input=on_input on:submit=on_submit>{children()}</div> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::components::islands::pause::{self, Typed};
    use leptos::{
        task::spawn_local,
        wasm_bindgen::{JsCast, JsValue},
        web_sys,
    };
    use std::{cell::RefCell, time::Duration};
    use wasm_bindgen_futures::JsFuture;

    /// A pause in typing after which the form is kept.
    const PAUSE: Duration = Duration::from_millis(1_000);

    thread_local! {
        /// Only the last of it is sent.
        static TYPED: Typed = const { Typed::nothing() };
        /// Ends what is on its way.
        static UNDER_WAY: RefCell<Option<web_sys::AbortController>> = const { RefCell::new(None) };
    }

    /// Waits for a pause, then sends the form.
    pub(super) fn typed(event: &leptos::ev::Event, to: String, kept: String, failed: String) {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let form = target.and_then(|target| target.closest("form").ok().flatten());
        let Some(form) = form.and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok()) else { return };
        pause::after(PAUSE, &TYPED, move |_| {
            spawn_local(async move {
                let said = if send(&form, &to).await.unwrap_or(false) { kept } else { failed };
                if let Ok(Some(status)) = form.query_selector(".save-status") {
                    status.set_text_content(Some(&said));
                }
            });
        });
    }

    /// What was typed last is not sent as a draft, and what is on its way does not arrive after the form.
    pub(super) fn handed_in() {
        TYPED.with(Typed::more);
        if let Some(under_way) = UNDER_WAY.take() {
            under_way.abort();
        }
    }

    /// Sends what the form holds; whether it was taken.
    async fn send(form: &web_sys::HtmlFormElement, to: &str) -> Result<bool, JsValue> {
        let data = web_sys::FormData::new_with_form(form)?;
        let body = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data)?;
        let asked = web_sys::RequestInit::new();
        asked.set_method("POST");
        asked.set_body(&body);
        let under_way = web_sys::AbortController::new()?;
        asked.set_signal(Some(&under_way.signal()));
        UNDER_WAY.set(Some(under_way));
        let Some(window) = web_sys::window() else { return Ok(false) };
        let response = JsFuture::from(window.fetch_with_str_and_init(to, &asked)).await?;
        Ok(response.dyn_into::<web_sys::Response>()?.ok())
    }
}
