//! A page as it came back: where it ended up, its status and its text.

use scraper::{Html, Selector};

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Path and query after redirects.
    pub path: String,
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|_| panic!("{css} is a selector"))
}

impl Page {
    /// The text of everything that `css` selects, without tags.
    #[must_use]
    pub fn text_of(&self, css: &str) -> String {
        let document = Html::parse_document(&self.body);
        document.select(&selector(css)).flat_map(|element| element.text()).collect::<Vec<_>>().join(" ")
    }

    /// The text of each that `css` selects, trimmed.
    #[must_use]
    pub fn texts_of(&self, css: &str) -> Vec<String> {
        let document = Html::parse_document(&self.body);
        let text = |element: scraper::ElementRef<'_>| element.text().collect::<String>().trim().to_owned();
        document.select(&selector(css)).map(text).collect()
    }

    /// The values of an attribute of everything that `css` selects.
    #[must_use]
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let document = Html::parse_document(&self.body);
        document.select(&selector(css)).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }

    /// The first of [`Page::attributes`].
    #[must_use]
    pub fn attribute(&self, css: &str, name: &str) -> String {
        let found = self.attributes(css, name).into_iter().next();
        found.unwrap_or_else(|| panic!("{css}[{name}] on {}: {}", self.path, self.text_of("main")))
    }

    /// The path without what is asked of it.
    #[must_use]
    pub fn place(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// The header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The last part of the path that is an id.
    #[must_use]
    pub fn id(&self) -> String {
        let path = self.path.split(['?', '#']).next().unwrap_or_default();
        let id = path.split('/').find(|part| part.len() == 36);
        id.unwrap_or_else(|| panic!("an id in {}: {}", self.path, self.text_of("main"))).to_owned()
    }
}
