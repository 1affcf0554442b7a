//! How long the evaluator takes beside two peers that could do its job: `cel` and `regorus`, on the same rules and the same data, in one run.
//!
//! `cargo bench -p kakunin-questionnaires`. Every figure is the fastest of several rounds; the peers must come to the same verdicts,
//! or the run fails. All answers are given, because neither peer knows what is unknown.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark"
)]

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cel::{Context, Program, Value as CelValue};
use jiff::civil::{Date, date};
use kakunin_questionnaires::answer::{Answer, Answers, Value};
use kakunin_questionnaires::compile::{Compiled, Sheet};
use kakunin_questionnaires::condition::{Comparison, Condition, Constant, Key, Operator, When};
use kakunin_questionnaires::evaluate::Verdict;
use kakunin_questionnaires::fact::{FactKind, FactValue, Facts, SCHEMA};
use kakunin_questionnaires::load;
use kakunin_questionnaires::policy::Policy;
use kakunin_questionnaires::questionnaire::{QuestionKind, Questionnaire};
use kakunin_questionnaires::score::Item;

const TODAY: Date = date(2026, 11, 20);
/// Assessments in the sample.
const ASSESSMENTS: usize = 200;
/// Requirements of the policy that is measured.
const REQUIREMENTS: usize = 300;

fn main() {
    let (policy, questionnaire) = sample();
    let cases: Vec<_> = (0..ASSESSMENTS).map(|seed| given(&questionnaire, u64::try_from(seed).unwrap())).collect();
    let (policy, questionnaire) = (Arc::new(policy), Arc::new(questionnaire));
    let compiled = Compiled::new(Arc::clone(&policy), Arc::clone(&questionnaire));
    let sheets: Vec<Sheet> = cases.iter().map(|(answers, facts)| compiled.lay_out(answers, facts, TODAY)).collect();
    let wanted: Vec<Vec<Verdict>> = sheets.iter().map(|sheet| verdicts(&compiled, sheet)).collect();
    println!(
        "{} requirements, {} questions, {ASSESSMENTS} assessments; time for one assessment",
        policy.requirements.len(),
        questionnaire.questions().count()
    );

    let mut items = Vec::new();
    let whole = fastest(20, || {
        for (answers, facts) in &cases {
            black_box(compiled.standing(&compiled.lay_out(answers, facts, TODAY), &mut items));
        }
    });
    let laid_out = fastest(20, || {
        for sheet in &sheets {
            black_box(compiled.standing(sheet, &mut items));
        }
    });
    let traced = fastest(5, || {
        for (answers, facts) in &cases {
            black_box(compiled.evaluate(answers, facts, TODAY));
        }
    });
    say("kakunin, laid out and weighed", whole, None);
    say("kakunin, laid out before", laid_out, None);
    say("kakunin, with traces and hashes", traced, None);

    let programs = cel_programs(&policy);
    let every_context = fastest(3, || {
        for ((answers, facts), wanted) in cases.iter().zip(&wanted) {
            let context = cel_context(&questionnaire, answers, facts);
            assert_eq!(&cel_verdicts(&programs, &context), wanted);
        }
    });
    let contexts: Vec<_> = cases.iter().map(|(answers, facts)| cel_context(&questionnaire, answers, facts)).collect();
    let context_once = fastest(3, || {
        for context in &contexts {
            black_box(cel_verdicts(&programs, context));
        }
    });
    say("cel, context for each assessment", every_context, Some(ratio(every_context, whole)));
    say("cel, context made before", context_once, Some(ratio(context_once, laid_out)));

    let mut engine = regorus::Engine::new();
    engine.add_policy("kakunin.rego".to_owned(), rego(&policy)).unwrap();
    let inputs: Vec<_> =
        cases.iter().map(|(answers, facts)| rego_input(&questionnaire, answers, facts)).take(10).collect();
    let regorus = fastest(2, || {
        for (input, wanted) in inputs.iter().zip(&wanted) {
            engine.set_input(regorus::Value::from_json_str(input).unwrap());
            assert_eq!(&rego_verdicts(&mut engine, policy.requirements.len()), wanted);
        }
    }) * u32::try_from(ASSESSMENTS / inputs.len()).unwrap();
    say("regorus, input for each assessment", regorus, Some(ratio(regorus, whole)));

    portfolio(&compiled, &cases);
    memory();
}

/// 100 000 assessments on two threads, without traces.
fn portfolio(compiled: &Compiled, cases: &[(Answers, Facts)]) {
    const MANY: usize = 100_000;
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut items: Vec<Item> = Vec::new();
                for (answers, facts) in cases.iter().cycle().take(MANY / 2) {
                    black_box(compiled.standing(&compiled.lay_out(answers, facts, TODAY), &mut items));
                }
            });
        }
    });
    println!("{MANY} assessments on two threads, without traces: {:.2} s", began.elapsed().as_secs_f64());
}

fn memory() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: not known here");
    println!("peak memory of this run, peers included: {}", peak.trim_start_matches("VmHWM:").trim());
}

fn say(what: &str, time: Duration, times: Option<f64>) {
    let each = time / u32::try_from(ASSESSMENTS).unwrap();
    let times = times.map(|times| format!("  {times:.0} × as long")).unwrap_or_default();
    println!("{what:<36} {:>10.1} µs{times}", each.as_secs_f64() * 1e6);
}

fn ratio(peer: Duration, ours: Duration) -> f64 {
    peer.as_secs_f64() / ours.as_secs_f64()
}

fn fastest(rounds: usize, mut run: impl FnMut()) -> Duration {
    (0..rounds)
        .map(|_| {
            let began = Instant::now();
            run();
            began.elapsed()
        })
        .min()
        .unwrap()
}

fn verdicts(compiled: &Compiled, sheet: &Sheet) -> Vec<Verdict> {
    let mut items = Vec::new();
    compiled.standing(sheet, &mut items);
    items.iter().map(|item| item.verdict).collect()
}

/// The requirements of 西東京市 that hang on nothing but known answers and facts, over and over up to [`REQUIREMENTS`], and their questionnaire without
/// conditions of display, so that every question is asked.
fn sample() -> (Policy, Questionnaire) {
    let file = |name: &str| std::fs::read_to_string(format!("{}/catalog/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut questionnaire = load::questionnaire("outsourcing.yaml", &file("questionnaires/outsourcing.yaml")).unwrap();
    for section in &mut questionnaire.sections {
        for question in &mut section.questions {
            question.shown_when = None;
        }
    }
    let folder = format!("{}/catalog/requirements", env!("CARGO_MANIFEST_DIR"));
    let library: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| (name.clone(), file(&format!("requirements/{name}"))))
        .collect();
    let library: Vec<_> = library.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let library = load::library(&library).unwrap();
    let policy = load::policy_source("nishitokyo.yaml", &file("policies/nishitokyo.yaml"), &library);
    let mut policy = policy.unwrap().policy;
    let reads_what_is_given = |key: &Key| match key {
        Key::Answer(key) => questionnaire.question(key).is_some(),
        Key::Fact(_) => true,
    };
    policy.requirements.retain(|requirement| {
        let mut comparisons = requirement.conditions().flat_map(|condition| condition.comparisons());
        comparisons.all(|comparison| reads_what_is_given(&comparison.key))
    });
    let some = policy.requirements.clone();
    policy.requirements = some.iter().cycle().take(REQUIREMENTS).cloned().collect();
    for (number, requirement) in (0..).zip(&mut policy.requirements) {
        requirement.id = format!("r{number}");
    }
    (policy, questionnaire)
}

/// A small generator, so that every run measures the same.
fn next(seed: &mut u64, below: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap() % below
}

fn given(questionnaire: &Questionnaire, seed: u64) -> (Answers, Facts) {
    let mut seed = seed.wrapping_add(1);
    let mut answers = Answers::default();
    for question in questionnaire.questions() {
        let choices = question.kind.choices();
        let value = match &question.kind {
            QuestionKind::Choice { .. } => Value::Choice(choices[next(&mut seed, choices.len())].value.clone()),
            QuestionKind::Choices { .. } => Value::Choices(
                choices
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| *place == 0 || next(&mut seed, 2) == 0)
                    .map(|(_, choice)| choice.value.clone())
                    .collect(),
            ),
            QuestionKind::Text { .. } => Value::Text("第二営業部".to_owned()),
            QuestionKind::Number { minimum, .. } => {
                Value::Number(minimum.unwrap_or(0) + i64::try_from(next(&mut seed, 100)).unwrap())
            }
            QuestionKind::Date => Value::Date(day(next(&mut seed, 900))),
        };
        answers.answers.insert(question.key.clone(), Answer::Given(value));
        answers.evidence.insert(question.key.clone(), vec!["証跡.pdf".to_owned()]);
    }
    let facts = SCHEMA.iter().map(|row| {
        let value = match row.kind {
            FactKind::Bool => FactValue::Bool(next(&mut seed, 2) == 0),
            FactKind::Choice(choices) if row.path == "subject.kind" => FactValue::Choice(choices[0].to_owned()),
            FactKind::Choice(choices) => FactValue::Choice(choices[next(&mut seed, choices.len())].to_owned()),
            FactKind::Set(choices) => FactValue::Set(
                choices.iter().filter(|_| next(&mut seed, 2) == 0).map(|one| (*one).to_owned()).collect(),
            ),
            FactKind::Date => FactValue::Date(day(next(&mut seed, 900))),
            FactKind::Number => FactValue::Number(i64::try_from(next(&mut seed, 10)).unwrap()),
            FactKind::Text => FactValue::Text("文".to_owned()),
        };
        (row.path.to_owned(), value)
    });
    (answers, Facts(facts.collect()))
}

fn day(after: usize) -> Date {
    date(2026, 1, 1).checked_add(jiff::Span::new().days(i64::try_from(after).unwrap())).unwrap()
}

/// Days since 1970-01-01, as the peers get dates.
fn days(day: Date) -> i64 {
    day.duration_since(date(1970, 1, 1)).as_hours() / 24
}

/// The three conditions in the table's order to a verdict; a condition is looked at only when its turn comes.
fn decided(applies: bool, met: impl FnOnce() -> bool, partly: impl FnOnce() -> bool) -> Verdict {
    match () {
        () if !applies => Verdict::NotApplicable,
        () if met() => Verdict::Met,
        () if partly() => Verdict::PartlyMet,
        () => Verdict::NotMet,
    }
}

// ---- cel ----

struct CelRequirement {
    applies: Option<Program>,
    met: Program,
    partly: Option<Program>,
}

fn cel_programs(policy: &Policy) -> Vec<CelRequirement> {
    let program = |condition: &Condition| Program::compile(&expression(condition)).unwrap();
    policy
        .requirements
        .iter()
        .map(|requirement| CelRequirement {
            applies: requirement.applies_when.as_ref().map(program),
            met: program(&requirement.met_when),
            partly: requirement.partly_when.as_ref().map(program),
        })
        .collect()
}

fn cel_verdicts(programs: &[CelRequirement], context: &Context<'_, '_>) -> Vec<Verdict> {
    let holds = |program: &Program| matches!(program.execute(context), Ok(CelValue::Bool(true)));
    programs
        .iter()
        .map(|one| {
            decided(
                one.applies.as_ref().is_none_or(holds),
                || holds(&one.met),
                || one.partly.as_ref().is_some_and(holds),
            )
        })
        .collect()
}

fn cel_context(questionnaire: &Questionnaire, answers: &Answers, facts: &Facts) -> Context<'static, 'static> {
    let mut context = Context::default();
    let list = |values: &BTreeSet<String>| -> CelValue {
        values.iter().map(|one| CelValue::from(one.clone())).collect::<Vec<_>>().into()
    };
    let given: HashMap<String, CelValue> = questionnaire
        .questions()
        .filter_map(|question| {
            let Some(Answer::Given(value)) = answers.answers.get(&question.key) else { return None };
            let value = match value {
                Value::Choice(value) | Value::Text(value) => value.clone().into(),
                Value::Choices(values) => list(values),
                Value::Number(number) => (*number).into(),
                Value::Date(day) => days(*day).into(),
            };
            Some((question.key.clone(), value))
        })
        .collect();
    let known: HashMap<String, CelValue> = facts
        .0
        .iter()
        .map(|(path, value)| {
            let value = match value {
                FactValue::Bool(value) => (*value).into(),
                FactValue::Choice(value) | FactValue::Text(value) => value.clone().into(),
                FactValue::Number(number) => (*number).into(),
                FactValue::Date(day) => days(*day).into(),
                FactValue::Set(values) => list(values),
            };
            (path.clone(), value)
        })
        .collect();
    let evidence: HashMap<String, CelValue> = answers.evidence.keys().map(|key| (key.clone(), true.into())).collect();
    context.add_variable_from_value("answers", given);
    context.add_variable_from_value("facts", known);
    context.add_variable_from_value("evidence", evidence);
    context.add_variable_from_value("today", days(TODAY));
    context
}

/// A condition as an expression that both CEL and, but for `all` and `any`, Rego understand.
fn expression(condition: &Condition) -> String {
    let joined = |children: &[Condition], operator: &str| {
        format!("({})", children.iter().map(expression).collect::<Vec<_>>().join(operator))
    };
    match condition {
        Condition::All(children) => joined(children, " && "),
        Condition::Any(children) => joined(children, " || "),
        Condition::Not(child) => format!("!({})", expression(child)),
        Condition::AtLeast { of, conditions } => {
            let sum: Vec<_> = conditions.iter().map(|child| format!("({} ? 1 : 0)", expression(child))).collect();
            format!("({} >= {of})", sum.join(" + "))
        }
        Condition::Compare(comparison) => comparison_in(comparison, "answers", "facts", "evidence", "today"),
    }
}

fn comparison_in(comparison: &Comparison, answers: &str, facts: &str, evidence: &str, today: &str) -> String {
    let (of, key) = match &comparison.key {
        Key::Answer(key) => (answers, key),
        Key::Fact(path) => (facts, path),
    };
    let value = format!("{of}[\"{key}\"]");
    let day = |when: &When| match when {
        When::Today => today.to_owned(),
        When::On(day) => days(*day).to_string(),
    };
    let is_class = key == "subject.confidentiality" || key == "subject.integrity" || key == "subject.availability";
    let constant = |constant: &Constant| match constant {
        Constant::Bool(value) => value.to_string(),
        Constant::Number(number) if is_class => format!("\"{number}\""),
        Constant::Number(number) => number.to_string(),
        Constant::Text(text) => format!("\"{text}\""),
    };
    match &comparison.operator {
        Operator::Is(one) => format!("{value} == {}", constant(one)),
        Operator::In(some) => {
            format!("{value} in [{}]", some.iter().map(constant).collect::<Vec<_>>().join(", "))
        }
        Operator::AtLeast(bound) => format!("{value} >= {bound}"),
        Operator::AtMost(bound) => format!("{value} <= {bound}"),
        Operator::Before(when) => format!("{value} < {}", day(when)),
        Operator::After(when) => format!("{value} > {}", day(when)),
        Operator::WithinDays(bound) => {
            format!("({value} - {today} <= {bound} && {today} - {value} <= {bound})")
        }
        Operator::Includes(one) => format!("\"{one}\" in {value}"),
        Operator::IncludesAll(some) => {
            let each: Vec<_> = some.iter().map(|one| format!("\"{one}\" in {value}")).collect();
            format!("({})", each.join(" && "))
        }
        Operator::Present(wanted) => wanted.to_string(),
        Operator::HasEvidence => format!("{evidence}[\"{key}\"]"),
    }
}

// ---- regorus ----

/// Every condition as a rule of its own: Rego has no `or` inside of one.
fn rego(policy: &Policy) -> String {
    let mut rules = String::from("package kakunin\nimport rego.v1\n");
    let mut count = 0;
    let mut results = Vec::new();
    for requirement in &policy.requirements {
        let mut name = |condition: Option<&Condition>, absent: &str| match condition {
            Some(condition) => format!("c{}", rule(condition, &mut rules, &mut count)),
            None => absent.to_owned(),
        };
        let applies = name(requirement.applies_when.as_ref(), "true");
        let met = name(Some(&requirement.met_when), "true");
        let partly = name(requirement.partly_when.as_ref(), "false");
        results.push(format!("\n  [{applies}, {met}, {partly}]"));
    }
    let _ = writeln!(rules, "result := [{}]", results.join(", "));
    rules
}

fn rule(condition: &Condition, rules: &mut String, count: &mut usize) -> usize {
    let below: Vec<usize> = condition.children().iter().map(|child| rule(child, rules, count)).collect();
    let number = *count;
    *count += 1;
    let _ = writeln!(rules, "default c{number} := false");
    let mut body = |body: String| {
        let _ = writeln!(rules, "c{number} if {{ {body} }}");
    };
    match condition {
        Condition::All(_) => body(below.iter().map(|one| format!("c{one}")).collect::<Vec<_>>().join("; ")),
        Condition::Any(_) => below.iter().for_each(|one| body(format!("c{one}"))),
        Condition::Not(_) => body(format!("not c{}", below[0])),
        Condition::AtLeast { of, .. } => {
            let all: Vec<_> = below.iter().map(|one| format!("c{one}")).collect();
            body(format!("count([1 | some x in [{}]; x]) >= {of}", all.join(", ")));
        }
        Condition::Compare(comparison) => body(
            comparison_in(comparison, "input.answers", "input.facts", "input.evidence", "input.today")
                .replace(" && ", "; ")
                .trim_start_matches('(')
                .trim_end_matches(')')
                .to_owned(),
        ),
    }
    number
}

fn rego_input(questionnaire: &Questionnaire, answers: &Answers, facts: &Facts) -> String {
    let given: serde_json::Map<String, serde_json::Value> = questionnaire
        .questions()
        .filter_map(|question| {
            let Some(Answer::Given(value)) = answers.answers.get(&question.key) else { return None };
            let value = if let Value::Date(day) = value { days(*day).into() } else { value.to_json() };
            Some((question.key.clone(), value))
        })
        .collect();
    let known: serde_json::Map<String, serde_json::Value> = facts
        .0
        .iter()
        .map(|(path, value)| {
            let value = if let FactValue::Date(day) = value { days(*day).into() } else { value.to_json() };
            (path.clone(), value)
        })
        .collect();
    let evidence: serde_json::Map<String, serde_json::Value> =
        answers.evidence.keys().map(|key| (key.clone(), true.into())).collect();
    serde_json::json!({"answers": given, "facts": known, "evidence": evidence, "today": days(TODAY)}).to_string()
}

fn rego_verdicts(engine: &mut regorus::Engine, requirements: usize) -> Vec<Verdict> {
    let result = engine.eval_rule("data.kakunin.result".to_owned()).unwrap();
    let rows = result.as_array().unwrap();
    assert_eq!(rows.len(), requirements);
    let is = |value: &regorus::Value| value.as_bool().is_ok_and(|value| *value);
    rows.iter()
        .map(|row| {
            let row = row.as_array().unwrap();
            decided(is(&row[0]), || is(&row[1]), || is(&row[2]))
        })
        .collect()
}
