//! A text of several lines. The one place that writes a `textarea`.

use leptos::prelude::*;

/// Several lines, filled in. What stands between its tags is written as it is by Leptos 0.8, so it is escaped here.
#[component]
pub fn TextArea(
    name: String,
    value: String,
    rows: u8,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional_no_strip)] labelled_by: Option<String>,
    #[prop(optional_no_strip)] described_by: Option<String>,
    #[prop(optional)] invalid: bool,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    view! {
        <textarea id=id name=name rows=rows aria-labelledby=labelled_by aria-describedby=described_by
            aria-invalid=invalid.then_some("true") aria-required=required.then_some("true")>{content(&value)}</textarea>
    }
}

/// What stands between the tags: no tag of its own, and the first line break kept, which a browser takes away.
fn content(value: &str) -> String {
    format!("\n{}", value.replace('&', "&amp;").replace('<', "&lt;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_text() {
        let typed = "</textarea><form action=\"/api/registers/decide\">&amp;";
        let made = view! { <TextArea name="x".to_owned() value=typed.to_owned() rows=3/> }.to_html();
        assert!(!made.contains("<form") && made.matches("</textarea>").count() == 1, "{made}");
        assert!(made.contains("&lt;form") && made.contains("&amp;amp;"), "{made}");
    }
}
