//! A list that follows what is typed into its search box. The form inside works without this: it asks for the page.

use leptos::prelude::*;

/// Wraps the form; what it finds stands in the element `results` of the page.
#[island]
pub fn SearchAsYouType(children: Children) -> impl IntoView {
    let on_input = move |event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        browser::typed(&event);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    view! { <div class="search-as-you-type" on:input=on_input>{children()}</div> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::components::islands::pause::{self, Typed};
    use leptos::{
        task::spawn_local,
        wasm_bindgen::{JsCast, JsValue},
        web_sys,
    };
    use std::time::Duration;
    use wasm_bindgen_futures::JsFuture;

    /// A pause in typing after which the list is asked for.
    const PAUSE: Duration = Duration::from_millis(150);

    thread_local! {
        /// An answer to something older is not shown.
        static TYPED: Typed = const { Typed::nothing() };
    }

    /// Waits for a pause, then shows what the form finds.
    pub(super) fn typed(event: &leptos::ev::Event) {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(form) = target.filter(|input| input.type_() == "search").and_then(|input| input.form()) else {
            return;
        };
        pause::after(PAUSE, &TYPED, move |number| {
            spawn_local(async move {
                let _ = show(&form, number).await;
            });
        });
    }

    /// Puts what the form finds in the place of what is shown; a page without results, such as the one for signing in, is gone to.
    async fn show(form: &web_sys::HtmlFormElement, number: u32) -> Result<(), JsValue> {
        let data = web_sys::FormData::new_with_form(form)?;
        let query = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data)?;
        let address = format!("{}?{}", form.action().split('?').next().unwrap_or_default(), query.to_string());
        let Some(window) = web_sys::window() else { return Ok(()) };
        let response: web_sys::Response = JsFuture::from(window.fetch_with_str(&address)).await?.dyn_into()?;
        let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
        if !TYPED.with(|typed| typed.is_last(number)) {
            return Ok(());
        }
        let found = web_sys::DomParser::new()?.parse_from_string(&text, web_sys::SupportedType::TextHtml)?;
        let here = window.document().and_then(|document| document.get_element_by_id("results"));
        match (found.get_element_by_id("results"), here) {
            (Some(found), Some(here)) => {
                here.set_inner_html(&found.inner_html());
                window.history()?.replace_state_with_url(&JsValue::NULL, "", Some(&address))
            }
            _ => window.location().assign(&address),
        }
    }
}
