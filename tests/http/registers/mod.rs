//! The registers: what every one of them does alike, and what is particular to some.

mod attention;
mod drafts;
mod files;
mod handovers;
mod lists;
mod offices;
mod queries;
mod records;
mod reorganization;
mod scale;

use kakunin_tests::{Page, Person};

/// A good cloud service with these changes.
pub async fn cloud_service(person: &Person, changes: &[(&str, &str)]) -> Page {
    let form = person.looks_at("/cloud-services/new").await;
    let department = form.attributes("#department option", "value").into_iter().find(|value| !value.is_empty());
    let department = department.expect("a department");
    let good = [
        ("name", "住民票オンライン申請"),
        ("provider", "例示クラウド㈱"),
        ("kind", "saas"),
        ("department", department.as_str()),
        ("purpose", "申請の受付"),
        ("ismap", "none"),
        ("confidentiality", "2"),
        ("integrity", "2"),
        ("availability", "1"),
        ("zone", "internet"),
        ("personal_information", "yes"),
        ("specific_personal_information", "no"),
        ("rule_of_use", "missing"),
    ];
    let changed = |name: &str| changes.iter().find(|(changed, _)| *changed == name).map(|(_, value)| *value);
    let mut fields: Vec<(String, &str)> =
        good.iter().map(|(name, value)| (format!("form[{name}]"), changed(name).unwrap_or(value))).collect();
    let new = changes.iter().filter(|(name, _)| good.iter().all(|(known, _)| known != name));
    fields.extend(new.map(|(name, value)| (format!("form[{name}]"), *value)));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    person.registers("cloud-services", &fields).await
}

/// Appoints somebody to a post.
pub async fn appoints(person: &Person, post: &str, name: &str, from: &str, to: &str) -> Page {
    let form = [
        ("form[post]", post),
        ("form[person_name]", name),
        ("form[starts_on]", from),
        ("form[ends_on]", to),
        ("form[acting]", "no"),
    ];
    person.registers("appointments", &form).await
}

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
