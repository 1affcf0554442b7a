//! Headless Chromium behind its own chromedriver: looks at pages at two widths, runs axe, and hears the console.

use kakunin_tests::portal::workspace;
use serde_json::{Value, json};
use std::{collections::HashMap, fs, path::PathBuf, process::Stdio, time::Duration};
use thirtyfour::{ChromiumLikeCapabilities, extensions::cdp::ChromeDevTools, prelude::*};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

fn outline_of(node: &Value, nodes: &HashMap<&str, &Value>, (depth, above): (usize, &str), lines: &mut Vec<String>) {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let name = node["name"]["value"].as_str().unwrap_or_default().trim();
    let is_frame = matches!(role, "none" | "generic" | "InlineTextBox" | "LineBreak" | "ListMarker");
    // A link's or a heading's name is its text, which needs no line of its own.
    let is_said = node["ignored"] != true && !is_frame && (role != "StaticText" || !above.contains(name));
    let states = ["invalid", "expanded", "checked", "required", "disabled"].iter().filter_map(|wanted| {
        let property = node["properties"].as_array()?.iter().find(|property| property["name"] == *wanted)?;
        let value = &property["value"]["value"];
        (value != "false" && value != &Value::Bool(false)).then(|| format!(" [{wanted}]"))
    });
    if is_said {
        lines.push(format!("{}{role} {name}{}", "  ".repeat(depth), states.collect::<String>()));
    }
    if role == "StaticText" {
        return;
    }
    for child in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = child.as_str().and_then(|id| nodes.get(id)) {
            let above = if is_said { name } else { above };
            outline_of(child, nodes, (depth + usize::from(is_said), above), lines);
        }
    }
}

fn blotted(text: &str) -> String {
    let patterns = [
        (r"令和[0-9元]+年[0-9]+月[0-9]+日(（.）)?", "〈日〉"),
        (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "〈日〉"),
        // Fewer every day.
        (r"あと[0-9]+日", "あと〈日数〉"),
        (r"[0-9]{1,2}:[0-9]{2}", "〈時刻〉"),
        (r"[0-9]{8}-[0-9A-F]{8}", "〈受付番号〉"),
        (r"[0-9a-f]{32,}", "〈ハッシュ〉"),
        (r"http://127\.0\.0\.1:[0-9]+", "〈アドレス〉"),
    ];
    patterns.iter().fold(text.to_owned(), |text, (pattern, blot)| {
        regex::Regex::new(pattern).unwrap().replace_all(&text, *blot).into_owned()
    })
}

/// Holds the outline of the page against the one reviewed before, in `tests/browser/snapshots`.
macro_rules! is_as_reviewed {
    ($browser:expr, $name:literal) => {
        let outline = $browser.outline().await;
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!($name, outline);
        });
    };
}
pub(crate) use is_as_reviewed;

/// A browser.
pub struct Browser {
    pub driver: WebDriver,
    server: String,
    shots: PathBuf,
    axe: Option<String>,
    _chromedriver: Child,
    _profile: tempfile::TempDir,
}

/// Starts chromedriver on a free port. Of two that start at once one may find its port taken, and ends: it is started again.
async fn chromedriver() -> (String, Child) {
    for _ in 0..5 {
        let mut chromedriver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver; `make setup` installs it");
        let mut lines = BufReader::new(chromedriver.stdout.take().unwrap()).lines();
        while let Some(line) = lines.next_line().await.unwrap() {
            if let Some(port) = line.split("successfully on port ").nth(1) {
                return (port.trim_end_matches('.').to_owned(), chromedriver);
            }
        }
    }
    panic!("chromedriver does not say its port");
}

impl Browser {
    /// Starts one, with JavaScript on or off.
    pub async fn start(javascript: bool) -> Self {
        let (port, chromedriver) = chromedriver().await;
        let profile = tempfile::TempDir::new().unwrap();
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--lang=ja",
        ] {
            capabilities.add_arg(argument).unwrap();
        }
        capabilities.add_arg(&format!("--user-data-dir={}", profile.path().display())).unwrap();
        let script = if javascript { 1 } else { 2 };
        let preferences =
            json!({ "profile.managed_default_content_settings.javascript": script, "intl.accept_languages": "ja" });
        capabilities.add_experimental_option("prefs", preferences).unwrap();
        capabilities.set_base_capability("goog:loggingPrefs", json!({ "browser": "ALL" })).unwrap();
        let server = format!("http://127.0.0.1:{port}");
        let driver = WebDriver::new(&server, capabilities).await.expect("Chromium");
        let folder = if javascript { "screenshots" } else { "screenshots/without-javascript" };
        let shots = workspace().join(folder);
        fs::create_dir_all(&shots).unwrap();
        let axe = fs::read_to_string(workspace().join("node_modules/axe-core/axe.min.js"))
            .expect("axe-core; `make setup` installs it");
        // Without JavaScript axe cannot run; the same pages pass it with JavaScript.
        let axe = javascript.then_some(axe);
        let browser = Self { driver, server, shots, axe, _chromedriver: chromedriver, _profile: profile };
        browser.width(1280).await;
        browser
    }

    async fn width(&self, width: u32) {
        let tools = ChromeDevTools::new(self.driver.handle.clone());
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        tools.execute_cdp_with_params("Emulation.setDeviceMetricsOverride", metrics).await.unwrap();
    }

    /// Opens a page.
    pub async fn opens(&self, url: &str) {
        self.driver.goto(url).await.unwrap();
    }

    /// The path of the page.
    pub async fn path(&self) -> String {
        self.driver.current_url().await.unwrap().path().to_owned()
    }

    /// Types into the first element of `css`, in place of what is there.
    pub async fn types(&self, css: &str, text: &str) {
        let field = self.driver.find(By::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Clicks the first element of `css`.
    pub async fn clicks(&self, css: &str) {
        let element = self.driver.find(By::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
        element.scroll_into_view().await.unwrap();
        element.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Clicks what leaves the page, and waits until the next one is there.
    pub async fn presses(&self, css: &str) {
        self.driver.execute("window.stillHere = true;", vec![]).await.unwrap();
        self.clicks(css).await;
        for _ in 0..200 {
            let there = "return !window.stillHere && document.readyState === 'complete';";
            if self.driver.execute(there, vec![]).await.is_ok_and(|done| done.json().as_bool() == Some(true)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{css} leads nowhere");
    }

    /// What stands in the first control of `css`.
    pub async fn value(&self, css: &str) -> String {
        let control = self.driver.find(By::Css(css)).await.unwrap();
        control.prop("value").await.unwrap().unwrap_or_default()
    }

    /// The text of the first element of `css`.
    pub async fn text(&self, css: &str) -> String {
        self.driver.find(By::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}")).text().await.unwrap()
    }

    /// Waits until the first element of `css` says `words`.
    pub async fn waits_for(&self, css: &str, words: &str) {
        for _ in 0..100 {
            if let Ok(element) = self.driver.find(By::Css(css)).await
                && element.text().await.is_ok_and(|text| text.contains(words))
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{css} never said {words}");
    }

    /// Looks at the page: pictures at 1280 and 375 px, no sideways scrolling at 320 px, nothing for axe to find, and
    /// nothing on the console.
    pub async fn looks(&self, name: &str) {
        for width in [1280, 375] {
            self.width(width).await;
            self.picture(&format!("{name}-{width}.png")).await;
            self.passes_axe(&format!("{name} at {width} px")).await;
        }
        self.width(320).await;
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
        let wider = self.driver.execute(script, vec![]).await.unwrap().json().as_i64().unwrap();
        assert!(wider <= 0, "{name} is {wider} px too wide at 320 px");
        self.width(1280).await;
        self.hears_no_error(name).await;
    }

    /// What assistive technology is told of the page: roles and names, one a line, indented. Days, times and hashes are blotted out, because they
    /// differ from run to run.
    pub async fn outline(&self) -> String {
        let tools = ChromeDevTools::new(self.driver.handle.clone());
        let tree = tools.execute_cdp("Accessibility.getFullAXTree").await.unwrap();
        let nodes: HashMap<&str, &Value> =
            tree["nodes"].as_array().unwrap().iter().map(|node| (node["nodeId"].as_str().unwrap(), node)).collect();
        let root = tree["nodes"].as_array().unwrap().iter().find(|node| node["parentId"].is_null()).unwrap();
        let mut lines = Vec::new();
        outline_of(root, &nodes, (0, ""), &mut lines);
        blotted(&lines.join("\n"))
    }

    async fn picture(&self, file: &str) {
        let tools = ChromeDevTools::new(self.driver.handle.clone());
        let whole = json!({ "format": "png", "captureBeyondViewport": true });
        let shot = tools.execute_cdp_with_params("Page.captureScreenshot", whole).await.unwrap();
        use base64::Engine as _;
        let bytes = base64::engine::general_purpose::STANDARD.decode(shot["data"].as_str().unwrap()).unwrap();
        fs::write(self.shots.join(file), bytes).unwrap();
    }

    async fn passes_axe(&self, name: &str) {
        let Some(axe) = &self.axe else { return };
        self.driver.execute(axe, vec![]).await.unwrap();
        let script = "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | '))), e => done([String(e)]));";
        let found = self.driver.execute_async(script, vec![]).await.unwrap();
        let found: Vec<String> = found.convert().unwrap();
        assert!(found.is_empty(), "axe on {name}: {found:#?}");
    }

    async fn hears_no_error(&self, name: &str) {
        let session = self.driver.handle.session_id().to_string();
        let log: Value = serde_json::from_str(
            &reqwest::Client::new()
                .post(format!("{}/session/{session}/se/log", self.server))
                .header("content-type", "application/json")
                .body(r#"{"type":"browser"}"#)
                .send()
                .await
                .unwrap()
                .text()
                .await
                .unwrap(),
        )
        .unwrap();
        let entries = log["value"].as_array().unwrap_or_else(|| panic!("no log: {log}"));
        let errors: Vec<&Value> =
            entries.iter().filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "ERROR").collect();
        assert!(errors.is_empty(), "the console on {name}: {errors:#?}");
    }

    /// Ends the browser.
    pub async fn ends(self) {
        self.driver.quit().await.unwrap();
    }
}
