//! A pause in typing: what waits for it is done once, for what was typed last.

use leptos::prelude::set_timeout;
use std::{cell::Cell, thread::LocalKey, time::Duration};

/// Counts what was typed on a page.
#[derive(Default)]
pub(super) struct Typed(Cell<u32>);

impl Typed {
    /// Nothing was typed yet.
    pub(super) const fn nothing() -> Self {
        Self(Cell::new(0))
    }

    /// Counts one more, with which whatever waits for a pause is not done; its number.
    pub(super) fn more(&self) -> u32 {
        let number = self.0.get().wrapping_add(1);
        self.0.set(number);
        number
    }

    /// Whether nothing was typed after this.
    pub(super) fn is_last(&self, number: u32) -> bool {
        self.0.get() == number
    }
}

/// Something was typed: does `then` with its number, unless more is typed during the pause.
pub(super) fn after(pause: Duration, typed: &'static LocalKey<Typed>, then: impl FnOnce(u32) + 'static) {
    let number = typed.with(Typed::more);
    set_timeout(
        move || {
            if typed.with(|typed| typed.is_last(number)) {
                then(number);
            }
        },
        pause,
    );
}
