//! 404 and 403, also as pages to be sent to.

use crate::{
    components::page::{Content, public_page},
    request::Visit,
};
use kakunin_api::PortalError;
use leptos::prelude::*;

/// There is nothing here.
#[component]
pub fn NotFound() -> impl IntoView {
    public_page(|_: Visit| async { Err::<Content, _>(PortalError::NotFound) })
}

/// Not for this person.
#[component]
pub fn Forbidden() -> impl IntoView {
    public_page(|_: Visit| async { Err::<Content, _>(PortalError::Forbidden) })
}
