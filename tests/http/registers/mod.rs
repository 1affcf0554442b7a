//! The registers: what every one of them does alike, and what is particular to some.

mod attention;
mod drafts;
mod files;
mod handovers;
mod lists;
mod offices;
mod posts;
mod queries;
mod records;
mod reorganization;
mod scale;

use kakunin_tests::{Page, Person};

/// Sends the form of a record's page back as it stands, with these changes.
pub async fn changes(person: &Person, register: &str, id: &str, changes: &[(&str, &str)]) -> Page {
    sends_form(person, register, id, "/api/registers/save", changes).await
}

/// Sends the form of a record's page to this address as it stands, with these changes.
pub async fn sends_form(person: &Person, register: &str, id: &str, to: &str, changes: &[(&str, &str)]) -> Page {
    let page = person.looks_at(&format!("/{register}/{id}/edit")).await;
    let mut fields: Vec<(String, String)> = Vec::new();
    for css in ["input[type=text]", "input[type=email]", "input[type=hidden]", "input[checked]"] {
        let within = format!("form.register-form {css}");
        fields.extend(page.attributes(&within, "name").into_iter().zip(page.attributes(&within, "value")));
    }
    let selects = page.attributes("form.register-form select", "name");
    for name in selects {
        let chosen = format!("form.register-form .field:has(select[name='{name}']) option[selected]");
        let value = page.attributes(&chosen, "value").into_iter().next().unwrap_or_default();
        fields.push((name, value));
    }
    for name in page.attributes("form.register-form textarea", "name") {
        let text = page.text_of(&format!("textarea[name='{name}']"));
        fields.push((name, text));
    }
    for (name, value) in changes {
        let named = if *name == "version" { (*name).to_owned() } else { format!("form[{name}]") };
        fields.retain(|(known, _)| *known != named);
        fields.push((named, (*value).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    person.posts(to, &fields).await
}
