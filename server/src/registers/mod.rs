//! The registers: who works for the organization, and on what.

pub mod decide;
pub mod drafts;
pub mod facts;
pub mod filings;
pub mod history;
pub mod kinds;
pub mod lists;
pub mod records;
pub mod reorganization;
pub mod rules;
pub mod scale;
pub mod schema;
pub mod subjects;
pub mod values;
pub mod vendors;
pub mod words;

use crate::portal::Portal;
use std::marker::PhantomData;

/// The service of vendors.
#[derive(Clone, Copy, Debug)]
pub struct Vendors<'p>(pub(crate) &'p Portal);

/// The service of what is assessed.
#[derive(Clone, Copy, Debug)]
pub struct Subjects<'p>(pub(crate) &'p Portal);

/// The service of the records of one register.
#[derive(Clone, Copy, Debug)]
pub struct Records<'p, K>(pub(crate) &'p Portal, pub(crate) PhantomData<fn() -> K>);

/// Collects the fields of a form that have to be corrected.
#[derive(Debug, Default)]
pub(crate) struct FormCheck(Vec<kakunin_api::FieldError>);

impl FormCheck {
    /// Notes a problem.
    pub(crate) fn refuse(&mut self, field: &str, problem: kakunin_api::FieldProblem) {
        self.0.push(kakunin_api::FieldError::new(field, problem));
    }

    /// Keeps what parsed, notes what did not.
    pub(crate) fn keep<T>(&mut self, field: &str, parsed: Result<T, kakunin_api::FieldProblem>) -> Option<T> {
        parsed.map_err(|problem| self.refuse(field, problem)).ok()
    }

    /// A text of one line that may be empty, as it was written, of at most `max` characters.
    pub(crate) fn text(&mut self, field: &str, typed: &str, max: usize) -> String {
        self.at_most(field, kakunin_api::normalized::line(typed), max)
    }

    /// A text of one line that must be there.
    pub(crate) fn required(&mut self, field: &str, typed: &str, max: usize) -> String {
        let text = self.text(field, typed, max);
        self.there(field, text)
    }

    /// A code, an address or a reading that must be there: widths do not matter to it, so it is kept in one.
    pub(crate) fn plain(&mut self, field: &str, typed: &str, max: usize) -> String {
        let text = self.at_most(field, kakunin_api::normalized::tidy(typed), max);
        self.there(field, text)
    }

    fn at_most(&mut self, field: &str, text: String, max: usize) -> String {
        if text.chars().count() > max {
            self.refuse(field, kakunin_api::FieldProblem::TooLong);
        }
        text
    }

    fn there(&mut self, field: &str, text: String) -> String {
        if text.is_empty() {
            self.refuse(field, kakunin_api::FieldProblem::Missing);
        }
        text
    }

    /// A text of several lines that may be empty, of at most `max` characters.
    pub(crate) fn paragraphs(&mut self, field: &str, typed: &str, max: usize) -> String {
        self.at_most(field, kakunin_api::normalized::paragraphs(typed), max)
    }

    /// A text of several lines that must be there.
    pub(crate) fn required_paragraphs(&mut self, field: &str, typed: &str, max: usize) -> String {
        let text = self.paragraphs(field, typed, max);
        self.there(field, text)
    }

    /// An e-mail address, required: something before and after one `@`, no spaces.
    pub(crate) fn email(&mut self, field: &str, typed: &str) -> String {
        let text = self.plain(field, typed, 254);
        let well_formed = text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.contains('@') && !text.contains(' ')
        });
        if !text.is_empty() && !well_formed {
            self.refuse(field, kakunin_api::FieldProblem::NotEmail);
        }
        text
    }

    /// One of a set of codes.
    pub(crate) fn code<T>(&mut self, field: &str, typed: &str, from_code: impl Fn(&str) -> Option<T>) -> Option<T> {
        let problem =
            if typed.is_empty() { kakunin_api::FieldProblem::Missing } else { kakunin_api::FieldProblem::NotAChoice };
        self.keep(field, from_code(typed).ok_or(problem))
    }

    /// Everything noted, as an error; nothing noted, fine.
    pub(crate) fn done(self) -> Result<(), kakunin_api::PortalError> {
        if self.0.is_empty() { Ok(()) } else { Err(kakunin_api::PortalError::Invalid(self.0)) }
    }
}
