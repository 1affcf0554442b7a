//! Every problem is named, with its place and a remedy.

use super::*;
use crate::text::Language;

const QUESTIONNAIRE: &str = r#"questionnaire: sample
version: "1"
title: {ja: 見本, en: Sample}
introduction: {ja: 説明, en: Introduction}
sections:
  - id: only
    title: {ja: 一, en: One}
    introduction: {ja: 説明, en: Introduction}
    minutes: 1
    questions:
      - {key: used, text: {ja: 使う, en: Used}, type: yes_no}
      - {key: people, text: {ja: 人, en: People}, type: number, minimum: 0, maximum: 9}
"#;

fn policy_text(requirements: &str) -> String {
    format!(
        r#"policy: sample
version: "1"
title: {{ja: 見本, en: Sample}}
organization: {{code: "132292", name: {{ja: 市, en: City}}}}
adopted_on: 2020-04-01
revised_on: 2026-01-01
effective_on: 2026-01-01
minimum_coverage: 8000
thresholds: {{a: 9000, b: 7500, c: 6000}}
clauses:
  - {{id: "1", title: {{ja: 条, en: Clause}}, summary: {{ja: 要約, en: Summary}}, visibility: public}}
requirements:
{requirements}"#
    )
}

fn requirement(conditions: &str) -> String {
    format!(
        "  - {{id: one, clause: \"1\", title: {{ja: 題, en: Title}}, text: {{ja: 文, en: Text}}, level: must, weight: 10, owed_by: vendor, visibility: internal, basis: [{{doc: d, ref: r}}],\n     {conditions}}}\n"
    )
}

/// The English problems between one policy and the questionnaire.
fn crossed(conditions: &str) -> Vec<String> {
    let policy = policy_source("policy.yaml", &policy_text(&requirement(conditions)), &Library::default()).unwrap();
    let questionnaire = questionnaire_source("q.yaml", QUESTIONNAIRE).unwrap();
    criteria(&policy, &[questionnaire]).iter().map(ToString::to_string).collect()
}

fn lines<T>(read: Result<T, Vec<Problem>>) -> Vec<String> {
    read.err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn all_problems_come_out_together_with_their_lines() {
    let text = QUESTIONNAIRE
        .replace("minutes: 1", "minutes: 0\n    colour: red")
        .replace("title: {ja: 見本, en: Sample}", "title: {ja: 見本}")
        .replace("type: yes_no", "type: yes");
    assert_eq!(
        lines(questionnaire("q.yaml", &text)),
        [
            "q.yaml:3: `en` is missing. Add `en`.",
            "q.yaml:9: `minutes` has to be a whole number within its range. Use a whole number from 1 to 600.",
            "q.yaml:10: There is no field `colour` here. Delete it or use one of: id, title, introduction, minutes, questions.",
            "q.yaml:12: `type` has a value that is not allowed. Use one of: yes_no, choice, choices, text, number, date.",
        ]
    );
}

#[test]
fn a_message_says_where_what_and_what_to_do_in_japanese_too() {
    let problems = questionnaire("調査票.yaml", &QUESTIONNAIRE.replace("minutes: 1", "minutes: 0")).unwrap_err();
    assert_eq!(
        problems[0].in_language(Language::Ja),
        "調査票.yaml:9: 「minutes」は決められた範囲の整数で書きます。1 から 600 までの整数にしてください。"
    );
}

#[test]
fn an_unquoted_version_is_told_to_be_quoted() {
    assert_eq!(
        lines(questionnaire("q.yaml", &QUESTIONNAIRE.replace("version: \"1\"", "version: 2026.1"))),
        ["q.yaml:2: `version` has to be a text but reads as a number (2026.1). Put it in quotation marks."]
    );
}

#[test]
fn yes_without_quotation_marks_is_the_choice() {
    assert_eq!(crossed("met_when: {answer: used, is: yes}"), [""; 0]);
}

#[test]
fn a_bomb_of_aliases_is_refused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let below = format!("*a{}", level - 1);
        text.push_str(&format!("a{level}: &a{level} [{}]\n", vec![below; 9].join(", ")));
    }
    assert_eq!(questionnaire("bomb.yaml", &text).unwrap_err().len(), 1);
}

#[test]
fn a_file_too_large_or_too_deep_is_refused() {
    assert_eq!(
        lines(questionnaire("q.yaml", &"x".repeat(MAX_BYTES + 1)))[0],
        "q.yaml: The file is larger than 1048576 bytes. Split the file."
    );
    let deep = format!("met_when: {}{{answer: used, is: yes}}{}", "{not: ".repeat(40), "}".repeat(40));
    let problems = lines(policy("p.yaml", &policy_text(&requirement(&deep)), &Library::default()));
    assert!(problems[0].contains("nested deeper than 32"), "{problems:?}");
    let very_deep = format!("a: {}1{}", "[".repeat(5_000), "]".repeat(5_000));
    assert_eq!(questionnaire("q.yaml", &very_deep).unwrap_err().len(), 1);
    assert_eq!(
        crate::fact::Facts::from_json("f.json", &format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000)))
            .unwrap_err()
            .len(),
        1
    );
}

#[test]
fn a_policy_with_too_many_conditions_is_refused() {
    let many = vec!["{answer: used, is: yes}"; 2_000].join(", ");
    assert!(
        lines(policy(
            "p.yaml",
            &policy_text(&requirement(&format!("met_when: {{all: [{many}]}}"))),
            &Library::default()
        ))[0]
            .contains("2001 parts")
    );
}

#[test]
fn a_condition_says_one_thing() {
    let problem = |conditions: &str| {
        lines(policy("p.yaml", &policy_text(&requirement(conditions)), &Library::default())).join("\n")
    };
    assert!(problem("met_when: {answer: used, is: yes, present: true}").contains("says several things (is, present)"));
    assert!(problem("met_when: {answer: used}").contains("There is no condition here"));
    assert!(problem("met_when: {answer: used, fact: subject.kind, is: yes}").contains("not both"));
    assert!(problem("met_when: {all: []}").contains("`all` is empty"));
    assert!(
        problem("met_when: {at_least: {of: 3, conditions: [{answer: used, is: yes}]}}")
            .contains("`of` is 3 but there are 1 conditions")
    );
    assert!(problem("met_when: {answer: used, has_evidence: false}").contains("takes only true"));
    assert!(problem("met_when: {answer: used, before: tomorrow}").contains("not a date"));
}

#[test]
fn keys_operators_and_choices_have_to_exist_and_fit() {
    assert!(
        crossed("met_when: {answer: nothing, is: yes}")[0]
            .starts_with("policy.yaml:14: There is no question `nothing`.")
    );
    assert!(crossed("met_when: {fact: subject.colour, is: red}")[0].contains("There is no fact `subject.colour`"));
    assert!(
        crossed("met_when: {answer: used, at_least: 3}")[0]
            .contains("`at_least`, as written, does not fit `used`, which is of the kind choice")
    );
    assert!(crossed("met_when: {answer: used, is: true}")[0].contains("does not fit"));
    assert!(
        crossed("met_when: {answer: used, is: maybe}")[0]
            .contains("`used` has no choice `maybe`. Use one of: yes, no.")
    );
    assert!(crossed("met_when: {fact: contract.items, includes: cake}")[0].contains("has no choice `cake`"));
    assert!(crossed("met_when: {fact: contract.ends_on, has_evidence: true}")[0].contains("for answers alone"));
    assert!(crossed("met_when: {answer: people, at_least: 10}")[0].contains("outside what `people` takes"));
    assert!(crossed("met_when: {fact: subject.integrity, is: 1}").is_empty());
}

#[test]
fn a_requirement_can_be_met_and_can_fail() {
    assert!(
        crossed("met_when: {all: [{answer: people, at_least: 5}, {answer: people, at_most: 4}]}")[0]
            .contains("can never be met")
    );
    assert!(crossed("met_when: {answer: used, present: false}")[0].contains("can never be met"));
    assert!(
        crossed("met_when: {any: [{answer: used, is: yes}, {not: {answer: used, is: yes}}]}")[0]
            .contains("met whatever is answered")
    );
    assert!(crossed("met_when: {answer: used, in: [yes, no]}")[0].contains("met whatever is answered"));
    assert!(
        crossed("applies_when: {answer: used, is: yes}, met_when: {answer: used, is: no}")[0]
            .contains("can never be met")
    );
    assert!(crossed("applies_when: {all: [{fact: subject.kind, is: engagement}, {fact: subject.kind, is: cloud_service}]}, met_when: {answer: used, is: no}")[0].contains("can never apply"));
    assert!(
        crossed("met_when: {answer: used, is: yes}, partly_when: {answer: used, is: yes}")[0]
            .contains("never be partly met")
    );
    assert!(crossed("met_when: {answer: used, present: true}").is_empty());
    assert!(crossed("met_when: {answer: used, has_evidence: true}").is_empty());
    assert!(crossed("met_when: {fact: contract.ends_on, after: today}").is_empty());
    assert!(
        crossed(
            "met_when: {all: [{fact: contract.ends_on, after: today}, {fact: contract.ends_on, before: 2027-01-01}]}"
        )
        .is_empty()
    );
    assert!(
        crossed("met_when: {all: [{fact: contract.ends_on, after: today}, {fact: contract.ends_on, before: today}]}")
            [0]
        .contains("can never be met")
    );
}

#[test]
fn what_a_hidden_question_would_have_to_say_can_never_be() {
    let questionnaire = QUESTIONNAIRE
        .replace("minimum: 0, maximum: 9}", "minimum: 0, maximum: 9, shown_when: {answer: used, is: yes}}");
    let source = questionnaire_source("q.yaml", &questionnaire).unwrap();
    let text = policy_text(&requirement("met_when: {all: [{answer: used, is: no}, {answer: people, at_least: 1}]}"));
    let policy = policy_source("p.yaml", &text, &Library::default()).unwrap();
    assert!(criteria(&policy, &[source])[0].message.en.contains("can never be met"));
}

#[test]
fn clauses_and_requirements_belong_together() {
    let text = policy_text(&requirement("met_when: {answer: used, is: yes}"));
    let orphan = text.replace("clause: \"1\"", "clause: \"2\"");
    let problems = lines(policy("p.yaml", &orphan, &Library::default())).join("\n");
    assert!(
        problems.contains("No requirement stands for clause `1`") && problems.contains("There is no clause `2`"),
        "{problems}"
    );
    let twice = policy_text(&requirement("met_when: {answer: used, is: yes}").repeat(2));
    assert!(
        lines(policy("p.yaml", &twice, &Library::default()))[0].contains("The requirement `one` stands here twice")
    );
    assert!(
        lines(policy("p.yaml", &policy_text("  - {use: nothing.at.all, clause: \"1\"}\n"), &Library::default()))[0]
            .contains("The library has no requirement `nothing.at.all`")
    );
}

#[test]
fn tailoring_changes_what_it_names_and_nothing_else() {
    let whole = requirement("met_when: {answer: used, is: yes}").replace("clause: \"1\", ", "");
    let library = library(&[("lib.yaml", &format!("requirements:\n{whole}"))]).unwrap();
    let text = policy_text(
        "  - {use: one, clause: \"1\", weight: 3, level: should, partly_when: {answer: people, at_least: 1}}\n",
    );
    let policy = policy("p.yaml", &text, &library).unwrap();
    let [one] = policy.requirements.as_slice() else { panic!("one requirement") };
    assert_eq!(
        (one.weight, one.level, one.title.ja.as_str(), one.partly_when.is_some()),
        (3, crate::policy::Level::Should, "題", true)
    );
}

#[test]
fn a_library_id_stands_once_across_files() {
    let whole =
        format!("requirements:\n{}", requirement("met_when: {answer: used, is: yes}").replace("clause: \"1\", ", ""));
    assert!(
        lines(library(&[("a.yaml", &whole), ("b.yaml", &whole)]))[0]
            .starts_with("b.yaml:2: The requirement `one` stands here twice")
    );
}

#[test]
fn a_question_that_nothing_reads_is_named() {
    let policy =
        policy_source("p.yaml", &policy_text(&requirement("met_when: {answer: used, is: yes}")), &Library::default())
            .unwrap();
    let questionnaire = questionnaire_source("q.yaml", QUESTIONNAIRE).unwrap();
    let problems: Vec<_> = cross_check(&[policy], &[questionnaire]).iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        ["q.yaml:12: No requirement reads the answer to `people`. Read it in a requirement or delete the question."]
    );
}

#[test]
fn a_question_that_decides_whether_a_read_one_is_asked_is_read() {
    let gated = QUESTIONNAIRE
        .replace("minimum: 0, maximum: 9}", "minimum: 0, maximum: 9, shown_when: {answer: used, is: yes}}");
    let policy = policy_source(
        "p.yaml",
        &policy_text(&requirement("met_when: {answer: people, at_least: 1}")),
        &Library::default(),
    )
    .unwrap();
    assert_eq!(cross_check(&[policy], &[questionnaire_source("q.yaml", &gated).unwrap()]), []);
}

#[test]
fn internal_words_do_not_stand_where_others_read() {
    let secret = "再委託の承認記録が三年分そろっていること";
    let text =
        policy_text(&requirement("met_when: {answer: used, is: yes}").replace("ja: 文,", &format!("ja: {secret}。,")))
            .replace("summary: {ja: 要約", &format!("summary: {{ja: 市は{secret}を確かめる。"));
    let policy = policy_source("p.yaml", &text, &Library::default()).unwrap();
    let problems = cross_check(
        &[policy],
        &[questionnaire_source("q.yaml", &QUESTIONNAIRE.replace("type: number", "required: false, type: number"))
            .unwrap()],
    );
    assert!(
        problems
            .iter()
            .any(|problem| problem.line == Some(11)
                && problem.message.en.contains("quotes the internal requirement `one`")),
        "{problems:?}"
    );
}

#[test]
fn conditions_of_questions_look_back_and_at_answers_only() {
    let shown = |condition: &str| {
        lines(questionnaire(
            "q.yaml",
            &QUESTIONNAIRE.replace("type: yes_no}", &format!("type: yes_no, shown_when: {condition}}}")),
        ))
        .join("\n")
    };
    assert!(shown("{answer: people, at_least: 1}").contains("`people` is no question before this one"));
    assert!(shown("{fact: subject.zone, is: lgwan}").contains("cannot read facts"));
    let later = QUESTIONNAIRE.replace("maximum: 9}", "maximum: 9, shown_when: {answer: used, is: maybe}}");
    assert!(lines(questionnaire("q.yaml", &later))[0].contains("`used` has no choice `maybe`"));
}

#[test]
fn answers_and_facts_name_their_lines_too() {
    let questionnaire = questionnaire("q.yaml", QUESTIONNAIRE).unwrap();
    let json =
        "{\"answers\": {\n\"used\": {\"value\": \"maybe\"},\n\"people\": {\"value\": 10},\n\"cake\": {\"value\": 1}}}";
    let problems = lines(crate::answer::Answers::from_json("a.json", json, &questionnaire));
    assert_eq!(
        problems.iter().map(|problem| problem.split(' ').next().unwrap()).collect::<Vec<_>>(),
        ["a.json:2:", "a.json:3:", "a.json:4:"]
    );
    assert!(
        lines(crate::fact::Facts::from_json("f.json", "{\n\"subject.zone\": \"lgwan\",\n\"subject.zone\": \"lgwan\"}"))
            [0]
        .starts_with("f.json:3: The field `subject.zone` stands here twice")
    );
    assert!(
        lines(crate::fact::Facts::from_json("f.json", "{\n\"subject.zone\": ,}"))[0]
            .starts_with("f.json:2: This cannot be read: expected value.")
    );
}

#[test]
fn a_tab_or_an_escape_in_json_is_read_as_json_does() {
    let facts = crate::fact::Facts::from_json("f.json", "{\t\"subject\\u002ezone\":\t\"lgwan\"\n}").unwrap();
    assert_eq!(facts.canonical_json(), r#"{"subject.zone":"lgwan"}"#);
}
