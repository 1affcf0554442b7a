//! Somebody at a browser without JavaScript: typed callers, so that a test reads as a sentence.

use crate::Page;
use reqwest::{Client, RequestBuilder, Response, cookie::Jar, header, multipart, redirect};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// What is posted.
pub enum Asked<'f> {
    /// A form.
    Form(&'f [(&'f str, &'f str)]),
    /// JSON, as an island sends it.
    Json(&'f str),
    /// A form with files.
    Files(multipart::Form),
}

/// Somebody with a browser.
pub struct Person {
    client: Client,
    /// With the same cookies, but it follows no redirect.
    cautious: Client,
    url: String,
    everything: Mutex<String>,
}

impl Person {
    /// Somebody with an empty browser.
    #[must_use]
    pub fn new(url: String) -> Self {
        let cookies = Arc::new(Jar::default());
        let client = |policy| {
            let builder = Client::builder().cookie_provider(Arc::clone(&cookies)).timeout(Duration::from_secs(60));
            // The portal closes a connection after ten seconds of rest: a form must not be sent at that moment.
            let builder = builder.pool_idle_timeout(Duration::from_secs(5));
            builder.redirect(policy).build().expect("a client")
        };
        let (client, cautious) = (client(redirect::Policy::limited(10)), client(redirect::Policy::none()));
        Self { client, cautious, url, everything: Mutex::new(String::new()) }
    }

    /// The same browser at a portal that has been started anew at another port: cookies know no ports.
    #[must_use]
    pub fn moved_to(&self, portal: &crate::TestPortal) -> Self {
        let (client, cautious) = (self.client.clone(), self.cautious.clone());
        Self { client, cautious, url: portal.url.clone(), everything: Mutex::new(String::new()) }
    }

    /// Every byte this person has received, for tests of what must not reach them.
    #[must_use]
    pub fn received(&self) -> String {
        self.everything.lock().expect("whole").clone()
    }

    /// Looks at a page.
    pub async fn looks_at(&self, path: &str) -> Page {
        self.page(self.client.get(format!("{}{path}", self.url))).await
    }

    /// Goes where a page sends them until the address holds `end`, and gives that address without going there.
    pub async fn is_sent_to(&self, path: &str, end: &str) -> String {
        let mut at = reqwest::Url::parse(&self.url).expect("an address").join(path).expect("an address");
        for _ in 0..10 {
            let answer = self.cautious.get(at.clone()).send().await.expect("an answer");
            let next = answer.headers().get(header::LOCATION).unwrap_or_else(|| panic!("{at} sends nowhere"));
            at = at.join(next.to_str().expect("text")).expect("an address");
            if at.as_str().contains(end) {
                return format!("{}?{}", at.path(), at.query().unwrap_or_default());
            }
        }
        panic!("nothing sends to {end}");
    }

    /// The header that sets the session's cookie, when this form is posted; none where it sets none.
    pub async fn cookie_set_by(&self, path: &str, fields: &[(&str, &str)]) -> Option<String> {
        let request = self.cautious.post(format!("{}{path}", self.url)).form(fields);
        let answer = request.header(header::ORIGIN, &self.url).send().await.expect("an answer");
        let lines = answer.headers().get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines.map(str::to_owned).find(|line| line.contains("kakunin"))
    }

    /// Looks at a page with a cookie of their own choosing and no other.
    pub async fn looks_with_cookie(&self, path: &str, cookie: &str) -> u16 {
        let plain = Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
        let request = plain.get(format!("{}{path}", self.url)).header(header::COOKIE, cookie);
        request.header(header::ACCEPT, "text/html").send().await.expect("an answer").status().as_u16()
    }

    /// Downloads bytes.
    pub async fn downloads(&self, path: &str) -> (u16, Vec<u8>) {
        let response = self.client.get(format!("{}{path}", self.url)).send().await.expect("an answer");
        (response.status().as_u16(), response.bytes().await.expect("bytes").to_vec())
    }

    /// Posts a form as a browser does.
    pub async fn posts(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.client.post(format!("{}{path}", self.url)).form(fields);
        self.page(request.header(header::ORIGIN, &self.url)).await
    }

    /// Asks as if from another address, behind a proxy the portal trusts; `form` is posted, none looks.
    pub async fn asks_from(&self, address: &str, path: &str, form: Option<Asked<'_>>) -> Page {
        let url = format!("{}{path}", self.url);
        let json = matches!(form, Some(Asked::Json(_)));
        let request = match form {
            None => self.client.get(url),
            Some(Asked::Form(fields)) => self.client.post(url).form(fields),
            Some(Asked::Json(body)) => {
                self.client.post(url).header(header::CONTENT_TYPE, "application/json").body(body.to_owned())
            }
            Some(Asked::Files(form)) => self.client.post(url).multipart(form),
        };
        let request = request.header("x-forwarded-for", address).header(header::ORIGIN, &self.url);
        if json {
            self.answer(request.header(header::ACCEPT, "application/json")).await
        } else {
            self.page(request).await
        }
    }

    /// Goes to work for another organization, by its name in the header.
    pub async fn switches_to(&self, name: &str) -> Page {
        let page = self.looks_at("/").await;
        let organizations = page.attributes("#switch-organization option", "value");
        let names: Vec<String> = page.texts_of("#switch-organization option");
        let at = names.iter().position(|known| known == name).unwrap_or_else(|| panic!("{name} among {names:?}"));
        self.posts("/api/people/switch-organization", &[("organization", &organizations[at])]).await
    }

    /// Posts a form that may not be read to its end: the status, or none where the portal hung up.
    pub async fn tries_to_post(&self, path: &str, fields: &[(&str, &str)]) -> Option<u16> {
        let request = self.client.post(format!("{}{path}", self.url)).form(fields);
        let answer = request.header(header::ORIGIN, &self.url).send().await;
        answer.ok().map(|answer| answer.status().as_u16())
    }

    /// Posts a form from another site.
    pub async fn is_tricked_into_posting(&self, path: &str, fields: &[(&str, &str)], origin: Option<&str>) -> Page {
        let mut request = self.client.post(format!("{}{path}", self.url)).form(fields);
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        self.page(request).await
    }

    /// Posts a form with files.
    pub async fn posts_files(&self, path: &str, form: multipart::Form) -> Page {
        let request = self.client.post(format!("{}{path}", self.url)).multipart(form);
        self.page(request.header(header::ORIGIN, &self.url)).await
    }

    async fn page(&self, request: RequestBuilder) -> Page {
        self.answer(request.header(header::ACCEPT, "text/html,application/xhtml+xml")).await
    }

    async fn answer(&self, request: RequestBuilder) -> Page {
        let response: Response = request.header(header::ACCEPT_LANGUAGE, "ja").send().await.expect("an answer");
        let query = response.url().query().map(|query| format!("?{query}")).unwrap_or_default();
        let path = format!("{}{query}", response.url().path());
        let status = response.status().as_u16();
        let headers = response.headers().iter();
        let headers: Vec<(String, String)> =
            headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned())).collect();
        let body = response.text().await.expect("text");
        self.everything.lock().expect("whole").push_str(&format!("{headers:?}\n{body}\n"));
        Page { path, status, headers, body }
    }

    /// Chooses a password of their own in place of the first one.
    pub async fn chooses_password(&self, password: &str) -> Page {
        let fields = [("form[new_password]", password), ("form[new_password_again]", password)];
        self.posts("/api/people/first-password", &fields).await
    }

    /// Brings a person into the organization; gives their page and first password.
    pub async fn adds_person(&self, sign_in_name: &str, role: &str) -> (Page, String) {
        let form = self.looks_at("/people/new").await;
        let department = form.attributes("#department option", "value").into_iter().find(|value| !value.is_empty());
        let department = department.expect("a department");
        let good =
            [("sign_in_name", sign_in_name), ("person_name", "新任 花子"), ("department", &department), ("role", role)];
        let page = self.posts("/api/people/add", &fields(&good, &[])).await;
        let password = page.text_of("code.secret").trim().to_owned();
        (page, password)
    }

    /// Invites a colleague to answer together; gives the link's path.
    pub async fn invites_colleague(&self, assessment: &str, name: &str) -> String {
        let email = format!("{name}@example.jp");
        let form = [("assessment", assessment), ("contact_name", name), ("contact_email", &email)];
        let page = self.posts("/api/answering/invite-contributor", &fields(&form, &[])).await;
        link_of(&page)
    }

    /// Signs in.
    pub async fn signs_in(&self, name: &str, password: &str) -> Page {
        self.posts("/api/people/sign-in", &[("form[sign_in_name]", name), ("form[password]", password)]).await
    }

    /// Sends the questionnaire about an engagement; `changes` replace fields of a good form.
    pub async fn sends(&self, engagement: &str, changes: &[(&str, &str)]) -> Page {
        self.sends_about("engagements", engagement, changes).await
    }

    /// Sends a questionnaire about a record of a register; `changes` replace fields of a good form.
    pub async fn sends_about(&self, register: &str, record: &str, changes: &[(&str, &str)]) -> Page {
        let good = [
            ("register", register),
            ("subject", record),
            ("due_on", "2099-12-18"),
            ("purpose", "対策の確認のため"),
            ("contact_name", "山本"),
            ("contact_email", "yamamoto@example.jp"),
        ];
        self.posts("/api/assessments/send", &fields(&good, changes)).await
    }

    /// Registers everything and sends the questionnaire: the assessment's id and the link's path.
    pub async fn prepares_an_assessment(&self) -> (String, String) {
        let vendor = self.registers_vendor(&[]).await.id();
        let engagement = self.registers_engagement(&vendor, &[]).await.id();
        let page = self.sends(&engagement, &[]).await;
        (page.id(), link_of(&page))
    }

    /// Sends another questionnaire about the engagement of an assessment; gives the new assessment.
    pub async fn sends_again(&self, assessment: &str) -> String {
        let page = self.looks_at(&format!("/assessments/{assessment}")).await;
        let link = page.attribute("main dd a[href^='/engagements/']", "href");
        self.sends(link.trim_start_matches("/engagements/"), &[]).await.id()
    }

    /// Opens an invitation and begins to answer.
    pub async fn accepts(&self, link: &str) -> Page {
        let page = self.looks_at(link).await;
        let token = page.attribute("input[name=token]", "value");
        self.posts("/api/invitations/redeem", &[("token", &token)]).await
    }

    /// Answers every question that is asked, section by section, without JavaScript, and attaches a file where one is
    /// required. `first` names the value to choose where a question has it.
    pub async fn answers_everything(&self, assessment: &str, choose: &[(&str, &str)]) -> Page {
        let mut path = format!("/answer/{assessment}/sections/1");
        for _ in 0..40 {
            let page = self.looks_at(&path).await;
            assert_eq!(page.status, 200, "{path}");
            let form = filled_in(&page, choose);
            let next = self.posts_files(path.split('?').next().unwrap(), form).await;
            path = next.path.clone();
            if path.contains("/review") {
                return next;
            }
        }
        panic!("the questionnaire never ends: {path}");
    }

    /// Attaches a file to the question of the company's policy; gives the page and the path of the file, if it was taken.
    pub async fn attaches(&self, assessment: &str, name: &str, bytes: Vec<u8>) -> (Page, String) {
        let file = multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = multipart::Form::new().part("file.company.policy", file);
        let form = form.text("value.company.policy", "written").text("go", "stay");
        let page = self.posts_files(&format!("/answer/{assessment}/sections/1"), form).await;
        let path = page.attributes(".evidence-row a", "href").into_iter().next().unwrap_or_default();
        (page, path)
    }

    /// Submits.
    pub async fn submits(&self, assessment: &str) -> Page {
        let form = [("form[assessment]", assessment), ("form[submitted_by]", "山本 花子")];
        self.posts("/api/answering/submit", &form).await
    }

    /// Begins the review.
    pub async fn begins_review(&self, assessment: &str) -> Page {
        let version = self.version(assessment).await;
        self.posts("/api/assessments/begin-review", &[("assessment", assessment), ("version", &version)]).await
    }

    /// The version the forms of the review page carry.
    pub async fn version(&self, assessment: &str) -> String {
        let page = self.looks_at(&format!("/assessments/{assessment}")).await;
        page.attribute("input[name='form[version]'], input[name=version]", "value")
    }

    /// Decides on the page of this version.
    pub async fn decides(&self, assessment: &str, version: &str, outcome: &str, comment: &str) -> Page {
        let form = [("assessment", assessment), ("version", version), ("outcome", outcome), ("comment", comment)];
        self.posts("/api/assessments/decide", &fields(&form, &[])).await
    }
}

/// The path of the link that a page shows once.
#[must_use]
pub fn link_of(page: &Page) -> String {
    let link = page.attribute("#link", "value");
    link.find("/invitations/").map(|at| link[at..].to_owned()).expect("a link")
}

/// `form[name]` for every field, with changes.
pub fn fields<'f>(good: &[(&str, &'f str)], changes: &[(&str, &'f str)]) -> Vec<(&'static str, &'f str)> {
    let changed = |name: &str| changes.iter().find(|(changed, _)| *changed == name).map(|(_, value)| *value);
    let named = |name: &str| -> &'static str { Box::leak(format!("form[{name}]").into_boxed_str()) };
    let mut fields: Vec<_> = good.iter().map(|(name, value)| (named(name), changed(name).unwrap_or(value))).collect();
    let new = changes.iter().filter(|(name, _)| good.iter().all(|(known, _)| known != name));
    fields.extend(new.map(|(name, value)| (named(name), *value)));
    fields
}

/// A section with an answer to each question that is shown.
fn filled_in(page: &Page, choose: &[(&str, &str)]) -> multipart::Form {
    use scraper::{Html, Selector};
    let document = Html::parse_document(&page.body);
    let css = |text: &str| Selector::parse(text).expect("a selector");
    let mut form = multipart::Form::new();
    for question in document.select(&css("fieldset[data-question]")) {
        if question.attr("hidden").is_some() {
            continue;
        }
        let key = question.attr("data-question").expect("a key").to_owned();
        let wanted = choose.iter().find(|(known, _)| *known == key).map(|(_, value)| (*value).to_owned());
        let radios: Vec<String> = question
            .select(&css("input[type=radio]"))
            .filter(|radio| radio.attr("name") == Some(&format!("value.{key}")))
            .filter_map(|radio| radio.attr("value").map(str::to_owned))
            .collect();
        let boxes: Vec<String> = question
            .select(&css("input[type=checkbox]"))
            .filter(|field| field.attr("name") == Some(&format!("values.{key}")))
            .filter_map(|field| field.attr("value").map(str::to_owned))
            .collect();
        if let Some(first) = radios.first() {
            form = form.text(format!("value.{key}"), wanted.unwrap_or_else(|| first.clone()));
        } else if let Some(first) = boxes.first() {
            form = form.text(format!("values.{key}"), wanted.unwrap_or_else(|| first.clone()));
        } else if question.select(&css("input.date-input")).next().is_some() {
            form = form.text(format!("value.{key}"), wanted.unwrap_or_else(|| "令和8年4月1日".to_owned()));
        } else if question.select(&css(".number-input")).next().is_some() {
            form = form.text(format!("value.{key}"), wanted.unwrap_or_else(|| "１２".to_owned()));
        } else {
            form = form.text(format!("value.{key}"), wanted.unwrap_or_else(|| "担当：公共部　山本".to_owned()));
        }
        if question.select(&css("input[type=file]")).next().is_some() {
            let file = multipart::Part::bytes(b"%PDF-1.7 test".to_vec()).file_name("規程.pdf");
            form = form.part(format!("file.{key}"), file.mime_str("application/pdf").expect("a type"));
        }
    }
    let go = if page.attributes("button[value=review]", "value").is_empty() { "next" } else { "review" };
    form.text("go", go)
}
