//! The words for what is wrong with criteria and with answers.
//!
//! It does not know where a problem stands.

use crate::check::AnswerProblem;
use crate::load::Fault;

pub(super) fn of_criterion(fault: &Fault) -> [String; 4] {
    match fault {
        Fault::UnknownQuestion { key } => [
            format!("「{key}」という設問はありません。"),
            format!("There is no question `{key}`."),
            "調査票にある設問のキーに直してください。".into(),
            "Use the key of a question of the questionnaire.".into(),
        ],
        Fault::UnknownFact { path } => [
            format!("「{path}」という項目は台帳にありません。"),
            format!("There is no fact `{path}`."),
            "FACTS.md にある名前に直してください。".into(),
            "Use a path of FACTS.md.".into(),
        ],
        Fault::OperatorMisfit { operator, key, kind } => [
            format!("「{key}」の種類（{kind}）には {operator} を使えません。"),
            format!("`{operator}`, as written, does not fit `{key}`, which is of the kind {kind}."),
            "種類に合う比較と値に直してください。".into(),
            "Use an operator and a value that fit; the table stands in README.md.".into(),
        ],
        Fault::EvidenceOfFact => [
            "has_evidence は answer にだけ使えます。".into(),
            "`has_evidence` is for answers alone.".into(),
            "fact には present を使ってください。".into(),
            "Use `present` for a fact.".into(),
        ],
        Fault::UnknownChoice { key, value, choices } => [
            format!("「{key}」に「{value}」という選択肢はありません。"),
            format!("`{key}` has no choice `{value}`."),
            format!("次のいずれかに直してください: {}。", choices.join("、")),
            format!("Use one of: {}.", choices.join(", ")),
        ],
        Fault::OutOfReach { key } => [
            format!("「{key}」に答えられる範囲の外にある数と比べています。"),
            format!("The comparison is with a number outside what `{key}` takes."),
            "設問の minimum と maximum の間の数にしてください。".into(),
            "Use a number between the question's `minimum` and `maximum`.".into(),
        ],
        Fault::NeverApplies => [
            "この要件が適用されることはありません。".into(),
            "This requirement can never apply.".into(),
            "applies_when の矛盾を直してください。".into(),
            "Remove the contradiction in `applies_when`.".into(),
        ],
        Fault::NeverMet => [
            "この要件が適合になることはありません。".into(),
            "This requirement can never be met.".into(),
            "met_when（と applies_when）の矛盾を直してください。".into(),
            "Remove the contradiction in `met_when` (and `applies_when`).".into(),
        ],
        Fault::AlwaysMet => [
            "この要件は、どう答えても適合になります。".into(),
            "This requirement is met whatever is answered.".into(),
            "met_when を見直すか、要件を削除してください。".into(),
            "Make `met_when` distinguish, or delete the requirement.".into(),
        ],
        Fault::NeverPartlyMet => [
            "この要件が一部適合になることはありません。".into(),
            "This requirement can never be partly met.".into(),
            "partly_when を、met_when が成り立たない場合の条件に直すか、削除してください。".into(),
            "Let `partly_when` hold where `met_when` does not, or delete it.".into(),
        ],
        Fault::UnreadQuestion { key } => [
            format!("設問「{key}」の回答を使う要件がありません。"),
            format!("No requirement reads the answer to `{key}`."),
            "要件の条件で使うか、設問を削除してください。".into(),
            "Read it in a requirement or delete the question.".into(),
        ],
        Fault::Leak { internal } => [
            format!("庁内限りの要件「{internal}」の文言が、庁外に見える文の中にあります。"),
            format!("A text that others may read quotes the internal requirement `{internal}`."),
            "文言を変えるか、この文の visibility を internal にしてください。".into(),
            "Reword it, or make the text's visibility internal.".into(),
        ],
        _ => Default::default(),
    }
}

pub(super) fn of_answer(key: &str, problem: AnswerProblem) -> [String; 4] {
    let (ja, en) = match problem {
        AnswerProblem::Unanswered => ("回答がありません".to_owned(), "has no answer".to_owned()),
        AnswerProblem::WrongKind => {
            ("設問の種類に合わない値です".to_owned(), "has a value of another kind than the question takes".to_owned())
        }
        AnswerProblem::UnknownChoice => {
            ("設問にない選択肢です".to_owned(), "has a choice that the question does not have".to_owned())
        }
        AnswerProblem::NothingChosen => ("何も選ばれていません".to_owned(), "has nothing chosen".to_owned()),
        AnswerProblem::BlankText => ("空の文です".to_owned(), "has a blank text".to_owned()),
        AnswerProblem::TooLong { max_characters } => {
            (format!("{max_characters}文字を超えています"), format!("is longer than {max_characters} characters"))
        }
        AnswerProblem::TooSmall { minimum } => {
            (format!("{minimum}より小さい数です"), format!("is smaller than {minimum}"))
        }
        AnswerProblem::TooLarge { maximum } => {
            (format!("{maximum}より大きい数です"), format!("is larger than {maximum}"))
        }
        AnswerProblem::NotApplicableNotAllowed => {
            ("「該当なし」とは答えられない設問です".to_owned(), "cannot be answered \"not applicable\"".to_owned())
        }
        AnswerProblem::UndisclosedNotAllowed => {
            ("「非開示」とは答えられない設問です".to_owned(), "cannot be answered \"not disclosed\"".to_owned())
        }
        AnswerProblem::ReasonMissing => ("理由がありません".to_owned(), "lacks a reason".to_owned()),
        AnswerProblem::EvidenceMissing => ("必要な資料がありません".to_owned(), "lacks its file".to_owned()),
    };
    [
        format!("「{key}」の回答: {ja}。"),
        format!("The answer to `{key}` {en}."),
        "回答を直すか、未回答にするときは項目を削除してください。".into(),
        "Correct the answer, or leave the key out if it is unanswered.".into(),
    ]
}
