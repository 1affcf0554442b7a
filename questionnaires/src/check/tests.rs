//! What is asked, answered, missing and wrong.

use jiff::civil::date;

use super::*;
use crate::load;

const QUESTIONNAIRE: &str = r#"
questionnaire: sample
version: "1"
title: {ja: 見本, en: Sample}
introduction: {ja: 説明, en: Introduction}
sections:
  - id: first
    title: {ja: 一, en: One}
    introduction: {ja: 説明, en: Introduction}
    minutes: 1
    questions:
      - {key: used, text: {ja: 使う, en: Used}, type: yes_no, may_be_undisclosed: false, may_be_not_applicable: false}
      - {key: approved, text: {ja: 承認, en: Approved}, type: yes_no, shown_when: {answer: used, is: "yes"}, evidence: required}
      - {key: approver, text: {ja: 承認者, en: Approver}, type: text, max_characters: 3, shown_when: {answer: approved, is: "yes"}}
  - id: second
    title: {ja: 二, en: Two}
    introduction: {ja: 説明, en: Introduction}
    minutes: 1
    questions:
      - {key: people, text: {ja: 人数, en: People}, type: number, minimum: 1, maximum: 9, unit: {ja: 人, en: people}}
      - {key: kinds, text: {ja: 種類, en: Kinds}, type: choices, choices: [{value: x, label: {ja: 甲, en: X}}, {value: y, label: {ja: 乙, en: Y}}]}
      - {key: day, text: {ja: 日, en: Day}, type: date, required: false}
"#;

fn questionnaire() -> Questionnaire {
    load::questionnaire("sample.yaml", QUESTIONNAIRE).unwrap()
}

fn problems(key: &str, answer: &Answer) -> Vec<AnswerProblem> {
    check_answer(questionnaire().question(key).unwrap().1, Some(answer), false)
}

fn choice(value: &str) -> Answer {
    Answer::Given(Value::Choice(value.to_owned()))
}

fn choices(values: &[&str]) -> Answer {
    Answer::Given(Value::Choices(values.iter().map(|value| (*value).to_owned()).collect()))
}

fn answers(given: &[(&str, Answer)]) -> Answers {
    Answers {
        answers: given.iter().map(|(key, answer)| ((*key).to_owned(), answer.clone())).collect(),
        ..Answers::default()
    }
}

#[test]
fn yes_and_no_are_two_choices() {
    assert_eq!(problems("used", &choice("yes")), []);
    assert_eq!(problems("used", &choice("maybe")), [AnswerProblem::UnknownChoice]);
    assert_eq!(questionnaire().question("used").unwrap().1.kind, QuestionKind::yes_no());
}

#[test]
fn a_value_of_another_kind_is_wrong() {
    assert_eq!(problems("used", &Answer::Given(Value::Number(1))), [AnswerProblem::WrongKind]);
    assert_eq!(problems("day", &Answer::Given(Value::Date(date(2026, 2, 28)))), []);
}

#[test]
fn numbers_keep_within_their_bounds() {
    assert_eq!(problems("people", &Answer::Given(Value::Number(0))), [AnswerProblem::TooSmall { minimum: 1 }]);
    assert_eq!(problems("people", &Answer::Given(Value::Number(10))), [AnswerProblem::TooLarge { maximum: 9 }]);
    assert_eq!(problems("people", &Answer::Given(Value::Number(9))), []);
}

#[test]
fn texts_are_counted_in_characters_not_bytes() {
    assert_eq!(problems("approver", &Answer::Given(Value::Text("部長印".to_owned()))), []);
    assert_eq!(
        problems("approver", &Answer::Given(Value::Text("総務部長".to_owned()))),
        [AnswerProblem::TooLong { max_characters: 3 }]
    );
    assert_eq!(problems("approver", &Answer::Given(Value::Text("　".to_owned()))), [AnswerProblem::BlankText]);
}

#[test]
fn choosing_nothing_is_no_answer() {
    assert_eq!(problems("kinds", &choices(&[])), [AnswerProblem::NothingChosen]);
    assert_eq!(problems("kinds", &choices(&["x", "q"])), [AnswerProblem::UnknownChoice]);
}

#[test]
fn saying_no_more_needs_leave_and_a_reason() {
    let undisclosed = Answer::Undisclosed { reason: " ".to_owned() };
    assert_eq!(problems("used", &undisclosed), [AnswerProblem::UndisclosedNotAllowed, AnswerProblem::ReasonMissing]);
    let not_applicable = Answer::NotApplicable { reason: "対象外".to_owned(), accepted: false };
    assert_eq!(problems("used", &not_applicable), [AnswerProblem::NotApplicableNotAllowed]);
    assert_eq!(problems("people", &not_applicable), []);
}

#[test]
fn required_evidence_is_missed_only_with_a_given_answer() {
    let (_, question) = {
        let q = questionnaire();
        let (s, question) = q.question("approved").unwrap();
        (s.clone(), question.clone())
    };
    assert_eq!(check_answer(&question, Some(&choice("yes")), false), [AnswerProblem::EvidenceMissing]);
    assert_eq!(check_answer(&question, Some(&choice("yes")), true), []);
    assert_eq!(check_answer(&question, Some(&Answer::Undisclosed { reason: "秘".to_owned() }), false), []);
}

#[test]
fn a_reason_has_an_end() {
    let (_, question) = {
        let q = questionnaire();
        let (s, question) = q.question("approved").unwrap();
        (s.clone(), question.clone())
    };
    let undisclosed = |characters| Answer::Undisclosed { reason: "秘".repeat(characters) };
    assert_eq!(check_answer(&question, Some(&undisclosed(1000)), false), []);
    assert_eq!(
        check_answer(&question, Some(&undisclosed(1001)), false),
        [AnswerProblem::TooLong { max_characters: 1000 }]
    );
}

#[test]
fn a_question_is_asked_only_once_its_condition_is_known_to_hold() {
    let questionnaire = questionnaire();
    let approved = questionnaire.question("approved").unwrap().1;
    assert_eq!(shown(approved, &Answers::default()), Truth::Unknown);
    assert!(!is_asked(approved, &Answers::default()));
    assert_eq!(shown(approved, &answers(&[("used", choice("no"))])), Truth::False);
    assert!(is_asked(approved, &answers(&[("used", choice("yes"))])));
}

#[test]
fn what_stands_behind_a_hidden_question_is_hidden_too() {
    let answers = answers(&[("used", choice("no")), ("approved", choice("yes"))]);
    assert_eq!(asked(&questionnaire(), &answers), ["used", "people", "kinds", "day"]);
}

#[test]
fn progress_counts_required_questions_that_are_asked() {
    let progress = progress(
        &questionnaire(),
        &answers(&[("used", choice("yes")), ("approved", choice("no")), ("people", Answer::Given(Value::Number(99)))]),
    );
    let numbers: Vec<_> = progress.iter().map(|section| (section.answered, section.asked)).collect();
    // `approved` lacks its file, `people` is out of bounds, `day` is optional.
    assert_eq!(numbers, [(1, 2), (0, 2)]);
}

#[test]
fn missing_says_which_number_and_why() {
    let answers = answers(&[("used", choice("yes")), ("approved", choice("no")), ("kinds", choices(&["x"]))]);
    let missing: Vec<_> =
        missing(&questionnaire(), &answers).into_iter().map(|one| (one.number, one.problems)).collect();
    assert_eq!(
        missing,
        [("1-2".to_owned(), vec![AnswerProblem::EvidenceMissing]), ("2-1".to_owned(), vec![AnswerProblem::Unanswered])]
    );
    assert_eq!(questionnaire().number_of("people").as_deref(), Some("2-1"));
    assert_eq!(questionnaire().number_of("nothing"), None);
}

#[test]
fn a_frozen_questionnaire_reads_back_the_same() {
    let json = questionnaire().canonical_json();
    let back: Questionnaire = serde_json::from_str(&json).unwrap();
    assert_eq!(back, questionnaire());
    assert_eq!(back.sha256(), questionnaire().sha256());
}
