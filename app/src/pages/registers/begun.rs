//! What a form begins with: what was refused just now, a draft, or what is there; and what has become of the record meanwhile.

use super::value::shown;
use crate::{
    components::date::minute,
    i18n::{Locale, td_string},
    request::{Visit, language},
};
use kakunin_api::{
    PortalError,
    registers::{SaveRecord, Typed},
};
use kakunin_server::{
    clock::minute_in_japan,
    registers::{
        drafts::Draft,
        schema::{Kind, Register},
    },
    store::registers::Row,
};
use leptos::prelude::*;

/// Where a form is sent to be kept as a draft.
pub(crate) const DRAFTS: &str = "/api/registers/draft";

/// What a form begins with, and how it came to be so.
pub(super) struct Begun {
    /// What stands in the fields.
    pub(super) saved: SaveRecord,
    /// Why it was refused.
    pub(super) error: Option<PortalError>,
    /// When the draft was kept that it goes on from, ISO in Japan.
    pub(super) draft: Option<String>,
    /// `kept` or `discarded`, just now.
    pub(super) done: String,
    /// The fields that hold something else in the record, where somebody has saved it since.
    pub(super) changed: Vec<String>,
}

impl Begun {
    /// With what was refused just now; else with what was left as a draft; else with what is there.
    pub(super) async fn of(visit: &Visit, there: SaveRecord, draft: Option<Draft>, done: String) -> Self {
        let (typed, version, error, draft) = match (visit.rejected::<SaveRecord>("registers/save").await, draft) {
            (Some(kept), _) => (kept.form.form.clone(), kept.form.begun_from(), Some(kept.error), None),
            (None, Some(draft)) => (draft.form, draft.version, None, Some(minute_in_japan(draft.saved_at))),
            (None, None) => return Self { saved: there, error: None, draft: None, done, changed: Vec::new() },
        };
        // What somebody else has saved since is shown beside, before it is written over.
        let is_older = !there.id.is_empty() && version != there.version;
        let differs = |name: &&String| said(there.form.get(*name)) != said(typed.get(*name));
        let changed: Vec<String> =
            if is_older { there.form.keys().filter(differs).cloned().collect() } else { Vec::new() };
        // A draft stays the one that was begun from there until it is handed in, so that this is said each time it is opened.
        let saved = SaveRecord { form: typed, base: version, ..there };
        Self { saved, error, draft, done, changed }
    }
}

/// What was typed, as two forms are compared: what a browser adds makes no difference.
fn said(typed: Option<&Typed>) -> Vec<String> {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let said = match typed {
        None => Vec::new(),
        Some(Typed::One(text)) => vec![plain(text)],
        Some(Typed::Many(codes)) => codes.clone(),
        Some(Typed::Each(texts)) => texts
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(code, text)| format!("{code}: {}", plain(text)))
            .collect(),
    };
    said.into_iter().filter(|text| !text.is_empty()).collect()
}

/// What the record holds now where the form says otherwise.
pub(super) fn meanwhile(
    register: &'static Register,
    changed: &[String],
    now: Option<&Row>,
    locale: Locale,
) -> Option<AnyView> {
    let row = now.filter(|_| !changed.is_empty())?;
    let fields = register.fields().filter(|field| changed.iter().any(|name| name == field.name));
    let rows = fields.map(|field| {
        let wide = matches!(field.kind, Kind::Many(_) | Kind::Each(_) | Kind::Paragraphs(_));
        view! { <div class:wide=wide><dt>{field.words.say(language(locale))}</dt><dd>{shown(field, row, locale)}</dd></div> }
    });
    let (said, now) =
        (td_string!(locale, form_changed_meanwhile).to_string(), td_string!(locale, form_registered_now).to_string());
    Some(
        view! {
            <section class="notice notice-warning">
                <p>{said}</p>
                <h2>{now}</h2>
                <dl class="facts">{rows.collect_view()}</dl>
            </section>
        }
        .into_any(),
    )
}

/// Says that the form goes on from a draft, and throws it away where it is not wanted.
pub(super) fn drafted(
    register: &'static Register,
    saved: &SaveRecord,
    draft: Option<String>,
    done: &str,
    locale: Locale,
) -> Option<AnyView> {
    let said = match (done, draft.clone()) {
        (_, Some(at)) if !saved.id.is_empty() => {
            td_string!(locale, draft_found_edit, at = minute(&at, locale)).to_string()
        }
        ("discarded", None) => td_string!(locale, draft_discarded).to_string(),
        (_, Some(at)) => td_string!(locale, draft_found, at = minute(&at, locale)).to_string(),
        _ => return None,
    };
    let discard = draft.map(|_| {
        let fixed = register.fields().filter(|field| field.fixed).filter_map(|field| {
            let id = saved.form.get(field.name)?.text().to_owned();
            Some(view! { <input type="hidden" name=format!("form[{}]", field.name) value=id/> })
        });
        view! {
            <form method="post" action=DRAFTS>
                <input type="hidden" name="register" value=register.key/>
                <input type="hidden" name="id" value=saved.id.clone()/>
                <input type="hidden" name="discard" value="yes"/>
                {fixed.collect_view()}
                <button class="button button-secondary" type="submit">{td_string!(locale, discard_draft).to_string()}</button>
            </form>
        }
    });
    Some(view! { <div class="notice notice-info" role="status"><p>{said}</p>{discard}</div> }.into_any())
}
