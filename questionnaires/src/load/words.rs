//! The words for every problem of a file, in both languages: what is wrong, and what to do.
//!
//! It does not know where a problem stands.

use crate::load::{Fault, MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_QUESTIONS};
use crate::text::Text;

mod criterion;

use criterion::{of_answer, of_criterion};

/// What is wrong, and what to do.
pub(super) fn words(fault: &Fault) -> (Text, Text) {
    let [ja, en, remedy_ja, remedy_en] = match fault {
        Fault::TooManyBytes | Fault::Syntax { .. } | Fault::UnknownKindOfFile => of_file(fault),
        Fault::FactInQuestionnaire
        | Fault::TodayInQuestionnaire
        | Fault::NotAnEarlierQuestion { .. }
        | Fault::TooManyQuestions
        | Fault::AbsentSection { .. }
        | Fault::KeyMeansOther { .. }
        | Fault::RangeReversed => of_questionnaire(fault),
        Fault::OneConditionOnly { .. }
        | Fault::AnswerAndFact
        | Fault::NoOperator
        | Fault::OnlyTrue { .. }
        | Fault::TooMany { .. }
        | Fault::TooDeep
        | Fault::TooManyNodes { .. } => of_condition(fault),
        Fault::UnknownQuestion { .. }
        | Fault::UnknownFact { .. }
        | Fault::OperatorMisfit { .. }
        | Fault::EvidenceOfFact
        | Fault::UnknownChoice { .. }
        | Fault::OutOfReach { .. }
        | Fault::NeverApplies
        | Fault::NeverMet
        | Fault::AlwaysMet
        | Fault::NeverPartlyMet
        | Fault::UnreadQuestion { .. }
        | Fault::Leak { .. } => of_criterion(fault),
        Fault::ThresholdsNotFalling
        | Fault::DatesReversed
        | Fault::AbsentRequirement { .. }
        | Fault::AbsentClause { .. }
        | Fault::ClauseWithoutRequirement { .. }
        | Fault::ClauseWithBoth { .. }
        | Fault::AbsentOverride { .. } => of_policy(fault),
        Fault::UnknownState { allowed } => [
            format!("回答の状態が正しくありません（使えるもの: {}）。", allowed.join("、")),
            format!("The state of the answer is not one of {}.", allowed.join(", ")),
            "状態を直すか、value で値を書いてください。".into(),
            "Correct the state, or give a value with `value`.".into(),
        ],
        Fault::WrongAnswer { key, problem } => of_answer(key, *problem),
        _ => of_field(fault),
    };
    (Text::new(ja, en), Text::new(remedy_ja, remedy_en))
}

fn of_file(fault: &Fault) -> [String; 4] {
    match fault {
        Fault::TooManyBytes => [
            format!("ファイルが大きすぎます（上限 {MAX_BYTES} バイト）。"),
            format!("The file is larger than {MAX_BYTES} bytes."),
            "ファイルを分けてください。".into(),
            "Split the file.".into(),
        ],
        Fault::Syntax { message } => [
            format!("読み取れない書き方です（{message}）。"),
            format!("This cannot be read: {message}."),
            "この行とその直前の字下げ、引用符、括弧を確認してください。".into(),
            "Check indentation, quotation marks and brackets on this line and the one before.".into(),
        ],
        _ => [
            "ファイルの種類が分かりません。".into(),
            "This is neither a policy, a questionnaire nor a library of requirements.".into(),
            "最初に policy、questionnaire、requirements のいずれかを書いてください。".into(),
            "Begin the file with `policy`, `questionnaire` or `requirements`.".into(),
        ],
    }
}

fn of_field(fault: &Fault) -> [String; 4] {
    match fault {
        Fault::NotAMapping { name } => field(
            name,
            "は「項目: 値」の形で書きます",
            "has to be a mapping",
            "項目名と値の組で書いてください",
            "Write it as `name: value` pairs",
        ),
        Fault::NotAList { name } => field(
            name,
            "は一覧で書きます",
            "has to be a list",
            "[…] または「- 」で始まる行で書いてください",
            "Write it as […] or as lines that begin with `- `",
        ),
        Fault::EmptyList { name } => {
            field(name, "が空です", "is empty", "1件以上書いてください", "Write at least one entry")
        }
        Fault::NotAText { name } => {
            field(name, "は文字列で書きます", "has to be a text", "文字列を書いてください", "Write a text")
        }
        Fault::NotQuoted { name, written } => field(
            name,
            &format!("は文字列ですが、数値として読まれます（{written}）"),
            &format!("has to be a text but reads as a number ({written})"),
            "引用符 \" で囲んでください",
            "Put it in quotation marks",
        ),
        Fault::BlankText { name } => field(name, "が空です", "is blank", "内容を書いてください", "Write something"),
        Fault::NotABool { name } => field(
            name,
            "は true か false で書きます",
            "has to be true or false",
            "true か false にしてください",
            "Write true or false",
        ),
        Fault::NotADate { name } => field(
            name,
            "は日付ではありません",
            "is not a date",
            "2026-03-31 の形で、実在する日付を書いてください",
            "Write an existing date as 2026-03-31",
        ),
        Fault::NotAmong { name, allowed } => field(
            name,
            "に使えない値です",
            "has a value that is not allowed",
            &format!("次のいずれかにしてください: {}", allowed.join("、")),
            &format!("Use one of: {}", allowed.join(", ")),
        ),
        Fault::NotANumber { name, minimum, maximum } => field(
            name,
            "は決められた範囲の整数で書きます",
            "has to be a whole number within its range",
            &format!("{minimum} から {maximum} までの整数にしてください"),
            &format!("Use a whole number from {minimum} to {maximum}"),
        ),
        Fault::NotAnId { written } => [
            format!("「{written}」は識別子に使えません。"),
            format!("`{written}` is no id or key."),
            "英小文字で始め、英小文字・数字・_・. だけを使ってください。".into(),
            "Begin with a lower-case letter and use lower-case letters, digits, `_` and `.` only.".into(),
        ],
        Fault::UnknownField { field, allowed } => [
            format!("「{field}」という項目はありません。"),
            format!("There is no field `{field}` here."),
            format!("削除するか、次のいずれかに直してください: {}。", allowed.join("、")),
            format!("Delete it or use one of: {}.", allowed.join(", ")),
        ],
        Fault::MissingField { field } => [
            format!("「{field}」がありません。"),
            format!("`{field}` is missing."),
            format!("「{field}」を書いてください。"),
            format!("Add `{field}`."),
        ],
        Fault::Duplicate { what, id } => [
            format!("{}「{id}」が2回書かれています。", japanese(what)),
            format!("The {what} `{id}` stands here twice."),
            "一方を削除するか、別の名前にしてください。".into(),
            "Delete one or rename it.".into(),
        ],
        _ => Default::default(),
    }
}

fn field(name: &str, ja: &str, en: &str, remedy_ja: &str, remedy_en: &str) -> [String; 4] {
    [format!("「{name}」{ja}。"), format!("`{name}` {en}."), format!("{remedy_ja}。"), format!("{remedy_en}.")]
}

fn of_condition(fault: &Fault) -> [String; 4] {
    match fault {
        Fault::OneConditionOnly { found } => [
            format!("1つの条件に複数の比較があります（{}）。", found.join("、")),
            format!("One condition says several things ({}).", found.join(", ")),
            "all: […] の中で分けて書いてください。".into(),
            "Write them apart inside `all: […]`.".into(),
        ],
        Fault::AnswerAndFact => [
            "answer と fact が同時に書かれています。".into(),
            "A comparison has `answer` or `fact`, not both.".into(),
            "all: […] の中で分けて書いてください。".into(),
            "Write two comparisons inside `all: […]`.".into(),
        ],
        Fault::NoOperator => [
            "条件がありません。".into(),
            "There is no condition here.".into(),
            "all、any、not、at_least、または answer か fact と is などの比較を書いてください。".into(),
            "Write `all`, `any`, `not`, `at_least`, or `answer` or `fact` with an operator such as `is`.".into(),
        ],
        Fault::OnlyTrue { name } => field(
            name,
            "には true だけが使えます",
            "takes only true",
            "true にするか、削除してください",
            "Write true or delete it",
        ),
        Fault::TooMany { of, conditions } => [
            format!("at_least の of（{of}）が条件の数（{conditions}）に合いません。"),
            format!("`of` is {of} but there are {conditions} conditions."),
            format!("1 から {conditions} までの数にしてください。"),
            format!("Use a number from 1 to {conditions}."),
        ],
        Fault::TooDeep => [
            format!("条件の入れ子が {MAX_DEPTH} 段を超えています。"),
            format!("The condition is nested deeper than {MAX_DEPTH}."),
            "条件を簡単にするか、要件を分けてください。".into(),
            "Simplify it or split the requirement.".into(),
        ],
        Fault::TooManyNodes { nodes } => [
            format!("ポリシー全体の条件が {nodes} 個あり、上限の {MAX_NODES} 個を超えています。"),
            format!("The policy's conditions have {nodes} parts, more than {MAX_NODES}."),
            "条件を簡単にするか、ポリシーを分けてください。".into(),
            "Simplify conditions or split the policy.".into(),
        ],
        _ => Default::default(),
    }
}

fn of_questionnaire(fault: &Fault) -> [String; 4] {
    match fault {
        Fault::TooManyQuestions => [
            format!("設問が {MAX_QUESTIONS} 問を超えています。"),
            format!("There are more than {MAX_QUESTIONS} questions."),
            "設問を減らすか、調査票を分けてください。".into(),
            "Leave some out or make several questionnaires.".into(),
        ],
        Fault::FactInQuestionnaire => [
            "shown_when では fact を使えません。".into(),
            "`shown_when` cannot read facts.".into(),
            "前の設問の answer を使ってください。".into(),
            "Use the answer to an earlier question.".into(),
        ],
        Fault::TodayInQuestionnaire => [
            "shown_when では今日の日付を使えません。".into(),
            "`shown_when` cannot depend on today.".into(),
            "決まった日付と比べるか、条件を削除してください。".into(),
            "Compare with a fixed date or delete the condition.".into(),
        ],
        Fault::NotAnEarlierQuestion { key } => [
            format!("「{key}」はこれより前の設問ではありません。"),
            format!("`{key}` is no question before this one."),
            "前にある設問のキーに直すか、設問の順序を変えてください。".into(),
            "Use the key of an earlier question or move this one below it.".into(),
        ],
        Fault::AbsentSection { id } => [
            format!("区分「{id}」は区分の一覧にありません。"),
            format!("There is no section `{id}` in the list of sections."),
            "一覧に加えるか、区分の識別子を直してください。".into(),
            "Add it to the list or correct the section's id.".into(),
        ],
        Fault::KeyMeansOther { key, questionnaire } => [
            format!("設問キー「{key}」は、調査票「{questionnaire}」では別の種類の回答を求めています。"),
            format!("The key `{key}` takes another kind of answer in `{questionnaire}`."),
            "種類と選択肢をそろえるか、別の設問キーにしてください。".into(),
            "Make kind and choices the same, or give the question another key.".into(),
        ],
        _ => [
            "minimum が maximum より大きくなっています。".into(),
            "`minimum` is larger than `maximum`.".into(),
            "値を入れ替えてください。".into(),
            "Exchange them.".into(),
        ],
    }
}

fn of_policy(fault: &Fault) -> [String; 4] {
    match fault {
        Fault::ThresholdsNotFalling => [
            "評価の基準点が a ≧ b ≧ c になっていません。".into(),
            "The thresholds do not fall from a to c.".into(),
            "a を最も高く、c を最も低くしてください。".into(),
            "Make a the highest and c the lowest.".into(),
        ],
        Fault::DatesReversed => [
            "改定日が制定日より前です。".into(),
            "`revised_on` is before `adopted_on`.".into(),
            "日付を確認してください。".into(),
            "Check the dates.".into(),
        ],
        Fault::AbsentRequirement { id } => [
            format!("要件「{id}」はライブラリにありません。"),
            format!("The library has no requirement `{id}`."),
            "use の綴りを直すか、id から始めてここに全文を書いてください。".into(),
            "Correct `use`, or write the requirement here whole with `id`.".into(),
        ],
        Fault::AbsentClause { id } => [
            format!("条項「{id}」は clauses にありません。"),
            format!("There is no clause `{id}` in `clauses`."),
            "clauses に加えるか、条項番号を直してください。".into(),
            "Add it to `clauses` or correct the number.".into(),
        ],
        Fault::ClauseWithoutRequirement { id } => [
            format!("条項「{id}」に要件が1つもありません。"),
            format!("No requirement stands for clause `{id}`."),
            "要件を加えるか、要件がない理由を no_requirement に書いてください。".into(),
            "Add a requirement, or say in `no_requirement` why there is none.".into(),
        ],
        Fault::ClauseWithBoth { id } => [
            format!("条項「{id}」には要件があるのに、要件がない理由も書かれています。"),
            format!("Clause `{id}` has requirements and a reason for having none."),
            "no_requirement を削除するか、要件を別の条項に移してください。".into(),
            "Delete `no_requirement`, or move the requirements to another clause.".into(),
        ],
        Fault::AbsentOverride { id } => [
            format!("判定の上書きの対象「{id}」がポリシーにありません。"),
            format!("An override names `{id}`, which the policy does not have."),
            "要件の識別子を直すか、上書きを削除してください。".into(),
            "Correct the requirement's id or delete the override.".into(),
        ],
        _ => Default::default(),
    }
}

/// What stands twice, in Japanese.
fn japanese(what: &str) -> &str {
    match what {
        "field" => "項目",
        "question" => "設問",
        "section" => "区分",
        "choice" => "選択肢",
        "clause" => "条項",
        "requirement" => "要件",
        other => other,
    }
}

#[cfg(test)]
mod tests;
