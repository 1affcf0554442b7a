use kakunin_tests::{Page, TestPortal};

/// The form as the page offers it, with changes.
fn form(page: &Page, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let names = page.attributes("form[action='/api/policies/try'] input", "name");
    let values = page.attributes("form[action='/api/policies/try'] input", "value");
    let mut form: Vec<_> = names.into_iter().zip(values).collect();
    assert!(form.len() > 100, "thresholds and a weight for each requirement");
    for (name, value) in changes {
        form.retain(|(known, _)| known != name);
        form.push(((*name).to_owned(), (*value).to_owned()));
    }
    form
}

fn borrowed(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn other_numbers_show_what_they_would_change_and_become_a_draft() {
    let portal = TestPortal::start().await;
    let officer = portal.officer().await;
    let (assessment, link) = officer.prepares_an_assessment().await;
    let contractor = portal.anybody();
    contractor.accepts(&link).await;
    contractor.answers_everything(&assessment, &[]).await;
    contractor.submits(&assessment).await;

    let administrator = portal.administrator().await;
    let page = administrator.looks_at("/policies/trial").await;
    let same = administrator.posts("/api/policies/try", &borrowed(&form(&page, &[]))).await;
    assert!(same.text_of(".notice-info").contains("施行中の版と同じ"), "{}", same.text_of("main"));
    let sharper = form(&page, &[("form[minimum_coverage]", "100")]);
    let tried = administrator.posts("/api/policies/try", &borrowed(&sharper)).await;
    let said = tried.text_of("main");
    assert!(said.contains("評価済みの調査 1件") && said.contains("1件の判定が変わります"), "{said}");
    assert_eq!(tried.attribute("#minimum_coverage", "value"), "100");

    let nameless = form(&page, &[("form[minimum_coverage]", "100"), ("form[step]", "draft")]);
    let refused = administrator.posts("/api/policies/try", &borrowed(&nameless)).await;
    assert!(refused.text_of(".error-summary").contains("版"), "{}", refused.text_of("main"));
    let named = form(&page, &[("form[minimum_coverage]", "100"), ("form[step]", "draft"), ("form[version]", "試行版")]);
    let draft = administrator.posts("/api/policies/try", &borrowed(&named)).await;
    assert!(draft.path.starts_with("/policies/versions/"), "{} {}", draft.path, draft.text_of("main"));
    assert_eq!(draft.text_of("h1"), "試行版");

    let auditor = portal.auditor().await;
    assert!(auditor.posts("/api/policies/try", &borrowed(&sharper)).await.text_of("main").contains("1件の判定"));
    assert_eq!(auditor.posts("/api/policies/try", &borrowed(&named)).await.status, 403, "trying changes nothing");
}

#[tokio::test]
async fn numbers_that_cannot_be_are_named() {
    let portal = TestPortal::start().await;
    let administrator = portal.administrator().await;
    let page = administrator.looks_at("/policies/trial").await;
    let weight = page.attributes("form[action='/api/policies/try'] .weights input", "name").remove(0);
    let wrong = form(&page, &[("form[a]", "70"), ("form[b]", "90"), ("form[c]", "many"), (&weight, "101")]);
    let refused = administrator.posts("/api/policies/try", &borrowed(&wrong)).await;
    let summary = refused.text_of(".error-summary");
    for said in ["A の最低得点", "C の最低得点", "要求事項の重み"] {
        assert!(summary.contains(said), "{said} in {summary}");
    }
    assert!(refused.attributes("details.weights[open]", "class").len() == 1, "the weight in question is to be seen");
    assert_eq!(refused.attribute("#c", "value"), "many", "nothing typed is lost");
}
