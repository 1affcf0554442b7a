//! Every route of the running portal, asked by every kind of person, about their own, a foreign and another tenant's object.
//!
//! The routes come from `kakunin routes`; what is expected stands in `matrix.txt`, which is reviewed; a route that neither it
//! nor `uncovered.txt` names fails. `UPDATE_MATRIX=1` writes the file anew, for review.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod cast;
mod objects;

use cast::Cast;
use kakunin_tests::{Page, TestPortal, person::Asked, portal::workspace};
use objects::Object;
use std::{collections::BTreeMap, fmt::Write as _};

const HEAD: &str = "\
# What each route answers to each kind of person, about an object of their own department (own), of another department of
# the same organization (foreign), and of another organization (tenant); none where it is about no object.
#   +  let in (a form is considered)   x  forbidden: they see it but may not do that
#   -  not found: they may not know    d  sent to the door: nobody is signed in
# Columns: anonymous, administrator, security office, reviewer, approver, procurement officer, auditor, operator, submitter,
# contributor, other vendor (submitter of the foreign one), invited but not yet in, revoked, deactivated, administrator of the
# other organization (for whom tenant is their own).
";

/// Method and path of every route.
async fn routes(portal: &TestPortal) -> Vec<(String, String)> {
    let (status, listed, _) = portal.runs(&["routes"]).await;
    assert_eq!(status, 0);
    let mut routes: Vec<(String, String)> =
        listed.lines().map(|line| line.split_once(' ').map(|(m, p)| (m.to_owned(), p.to_owned())).unwrap()).collect();
    routes.sort_by(|one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
    assert!(routes.len() > 90, "{}", routes.len());
    routes
}

/// The lines of `uncovered.txt` that name a route.
fn uncovered() -> Vec<String> {
    let text = std::fs::read_to_string(workspace().join("tests/permissions/uncovered.txt")).unwrap();
    let named = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    named.map(|line| line.split_once("  ").expect("a route and a reason").0.to_owned()).collect()
}

/// What came of it, in one letter.
fn outcome(route: &str, page: &Page) -> char {
    let path = page.path.split('?').next().unwrap_or_default();
    let said = |word: &str| page.body.starts_with(&format!("\"{word}")) || page.body == format!("{{\"{word}\":null}}");
    let is_at = |refusal: &str, status: u16| route != refusal && (path == refusal || page.status == status);
    if is_at("/forbidden", 403) || said("Forbidden") {
        return 'x';
    }
    if is_at("/not-found", 404) || said("NotFound") {
        return '-';
    }
    if path.split('?').next() == Some("/sign-in") && !route.starts_with("/sign-in") && route != "/api/people/sign-in"
        || said("SignedOut")
    {
        return 'd';
    }
    // 401 is a page at its own address that says that nobody is signed in.
    if page.status == 401 {
        return 'd';
    }
    assert!(page.status < 500, "{route}: {} at {}: {}", page.status, page.path, page.text_of("main"));
    assert_ne!(page.status, 429, "{route}");
    '+'
}

/// Which objects a route is asked about.
fn objects(path: &str, cast: &Cast) -> Vec<(&'static str, Object)> {
    let about_object = path.contains("{id}") || cast.form(path, &cast.own).is_some_and(|form| form.is_about_object);
    let catalogue = ["/policies/{id}", "/questionnaires/{id}"].iter().any(|begin| path.starts_with(begin));
    if about_object && !catalogue {
        vec![("own", cast.own.clone()), ("foreign", cast.foreign.clone()), ("tenant", cast.tenant.clone())]
    } else {
        vec![("none", cast.own.clone())]
    }
}

#[tokio::test]
async fn nobody_sees_or_does_what_is_not_theirs() {
    let portal =
        TestPortal::with(&["--towns", "all", "--trusted-proxies", "127.0.0.1", "--smtp", "smtp://127.0.0.1:9"]).await;
    let cast = Cast::assembled(&portal).await;
    let uncovered = uncovered();
    let mut table: BTreeMap<String, String> = BTreeMap::new();
    let mut asked = 0_u32;
    for (method, path) in routes(&portal).await {
        let route = format!("{method} {path}");
        if uncovered.contains(&route) {
            continue;
        }
        for (kind, object) in objects(&path, &cast) {
            let mut row = String::new();
            for (name, person) in &cast.people {
                asked += 1;
                let address = format!("10.{}.{}.{}", asked >> 16 & 255, asked >> 8 & 255, asked & 255);
                let page = if method == "GET" {
                    person.asks_from(&address, &object.path(&path), None).await
                } else {
                    let form = cast.form(&path, &object).unwrap_or_else(|| panic!("{route} has no form in cast.rs"));
                    let fields: Vec<(&str, &str)> = form.fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
                    let asked = match (&form.json, form.is_file) {
                        (Some(json), _) => Asked::Json(json),
                        (None, true) => {
                            let form =
                                fields.into_iter().fold(reqwest::multipart::Form::new(), |form, (name, value)| {
                                    form.text(name.to_owned(), value.to_owned())
                                });
                            Asked::Files(form)
                        }
                        (None, false) => Asked::Form(&fields),
                    };
                    person.asks_from(&address, &object.path(&path), Some(asked)).await
                };
                row.push(outcome(&path, &page));
                for canary in cast.hidden_from(name) {
                    assert!(
                        !page.body.contains(canary),
                        "{route} about {kind} shows {canary} to {name}: {}",
                        page.path
                    );
                }
            }
            table.insert(format!("{route} {kind}"), row);
        }
    }
    let mut text = HEAD.to_owned();
    for (route, row) in &table {
        writeln!(text, "{row}  {route}").unwrap();
    }
    let file = workspace().join("tests/permissions/matrix.txt");
    if std::env::var_os("UPDATE_MATRIX").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    let differs: Vec<String> = text
        .lines()
        .filter(|line| !expected.lines().any(|known| known == *line))
        .map(|line| format!("now {line}"))
        .chain(expected.lines().filter(|line| !text.lines().any(|now| now == *line)).map(|line| format!("was {line}")))
        .collect();
    assert!(differs.is_empty(), "{} of {asked} answers are not as reviewed:\n{}", differs.len(), differs.join("\n"));
}
