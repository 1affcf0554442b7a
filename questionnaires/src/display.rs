//! What the display of questions hangs on, as a short list of words: questions without their texts, for the browser.
//!
//! The browser needs the keys, the kinds and the conditions, and reading them as JSON would double what it downloads. This module does not know how the
//! list travels, nor what was answered.

use jiff::civil::Date;

use crate::condition::{Comparison, Condition, Constant, Key, Operator, When, day};
use crate::questionnaire::{Choice, EvidenceWish, Question, QuestionKind};
use crate::text::Text;

/// The questions as words. None where a condition reads a fact or the day, which no questionnaire that was read can do.
#[must_use]
pub fn words<'q>(questions: impl IntoIterator<Item = &'q Question>) -> Option<Vec<String>> {
    let mut words = Vec::new();
    for question in questions {
        words.push(question.key.clone());
        write_kind(&question.kind, &mut words);
        let may = |may: bool| if may { "may" } else { "not" }.to_owned();
        words.extend([may(question.may_be_not_applicable), may(question.may_be_undisclosed)]);
        match &question.shown_when {
            Some(condition) => write_condition(condition, &mut words)?,
            None => words.push("always".to_owned()),
        }
    }
    Some(words)
}

/// The questions that the words say, without texts. None where the words are no such list.
#[must_use]
pub fn questions(words: &[String]) -> Option<Vec<Question>> {
    let mut reader = Reader(words.iter());
    let mut questions = Vec::new();
    while let Some(key) = reader.0.next() {
        questions.push(reader.question(key)?);
    }
    Some(questions)
}

fn written(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

fn write_kind(kind: &QuestionKind, words: &mut Vec<String>) {
    let bound = |bound: &Option<i64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    let (name, choices) = match kind {
        QuestionKind::Choice { choices } => ("choice", choices),
        QuestionKind::Choices { choices } => ("choices", choices),
        QuestionKind::Text { max_characters } => return words.extend(["text".to_owned(), max_characters.to_string()]),
        QuestionKind::Number { minimum, maximum, .. } => {
            return words.extend(["number".to_owned(), bound(minimum), bound(maximum)]);
        }
        QuestionKind::Date => return words.push("date".to_owned()),
    };
    words.extend([name.to_owned(), choices.len().to_string()]);
    words.extend(choices.iter().map(|choice| choice.value.clone()));
}

fn write_condition(condition: &Condition, words: &mut Vec<String>) -> Option<()> {
    let children = condition.children();
    let count = children.len().to_string();
    match condition {
        Condition::All(_) => words.extend(["all".to_owned(), count]),
        Condition::Any(_) => words.extend(["any".to_owned(), count]),
        Condition::Not(_) => words.push("not".to_owned()),
        Condition::AtLeast { of, .. } => words.extend(["at_least".to_owned(), of.to_string(), count]),
        Condition::Compare(comparison) => return write_comparison(comparison, words),
    }
    children.iter().try_for_each(|child| write_condition(child, words))
}

fn write_comparison(comparison: &Comparison, words: &mut Vec<String>) -> Option<()> {
    let Key::Answer(key) = &comparison.key else { return None };
    let mut put = |operator: &str, rest: Vec<String>| {
        words.extend([operator.to_owned(), key.clone()]);
        words.extend(rest);
    };
    let constant = |constant: &Constant| match constant {
        Constant::Bool(value) => format!("?{value}"),
        Constant::Number(number) => format!("#{number}"),
        Constant::Text(text) => format!("={text}"),
    };
    let counted = |rest: Vec<String>| [vec![rest.len().to_string()], rest].concat();
    match &comparison.operator {
        Operator::Is(one) => put("is", vec![constant(one)]),
        Operator::In(some) => put("in", counted(some.iter().map(constant).collect())),
        Operator::AtLeast(bound) => put("from", vec![bound.to_string()]),
        Operator::AtMost(bound) => put("to", vec![bound.to_string()]),
        Operator::Before(When::On(day)) => put("before", vec![written(*day)]),
        Operator::After(When::On(day)) => put("after", vec![written(*day)]),
        Operator::Includes(value) => put("includes", vec![value.clone()]),
        Operator::IncludesAll(values) => put("includes_all", counted(values.iter().cloned().collect())),
        Operator::Present(true) => put("present", Vec::new()),
        Operator::Present(false) => put("absent", Vec::new()),
        Operator::HasEvidence => put("has_evidence", Vec::new()),
        Operator::Before(When::Today) | Operator::After(When::Today) | Operator::WithinDays(_) => return None,
    }
    Some(())
}

struct Reader<'w>(std::slice::Iter<'w, String>);

impl<'w> Reader<'w> {
    fn word(&mut self) -> Option<&'w str> {
        self.0.next().map(String::as_str)
    }

    fn number(&mut self) -> Option<i64> {
        self.word()?.parse().ok()
    }

    /// So many of something; there are at least as many words left.
    fn several<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = usize::try_from(self.number()?).ok().filter(|count| *count <= self.0.len())?;
        (0..count).map(|_| read(self)).collect()
    }

    fn question(&mut self, key: &str) -> Option<Question> {
        let bound = |word: &str| if word.is_empty() { Some(None) } else { word.parse().ok().map(Some) };
        let choices = |reader: &mut Self| {
            reader.several(|reader| Some(Choice { value: reader.word()?.to_owned(), label: Text::default() }))
        };
        let kind = match self.word()? {
            "choice" => QuestionKind::Choice { choices: choices(self)? },
            "choices" => QuestionKind::Choices { choices: choices(self)? },
            "text" => QuestionKind::Text { max_characters: u32::try_from(self.number()?).ok()? },
            "number" => {
                QuestionKind::Number { minimum: bound(self.word()?)?, maximum: bound(self.word()?)?, unit: None }
            }
            "date" => QuestionKind::Date,
            _ => return None,
        };
        let (may_be_not_applicable, may_be_undisclosed) = (self.word()? == "may", self.word()? == "may");
        let shown_when = match self.word()? {
            "always" => None,
            word => Some(self.condition(word)?),
        };
        Some(Question {
            key: key.to_owned(),
            text: Text::default(),
            guidance: None,
            kind,
            required: true,
            shown_when,
            evidence: EvidenceWish::None,
            may_be_not_applicable,
            may_be_undisclosed,
        })
    }

    fn condition(&mut self, word: &str) -> Option<Condition> {
        let child = |reader: &mut Self| {
            let word = reader.word()?;
            reader.condition(word)
        };
        Some(match word {
            "all" => Condition::All(self.several(child)?),
            "any" => Condition::Any(self.several(child)?),
            "not" => Condition::Not(Box::new(child(self)?)),
            "at_least" => {
                Condition::AtLeast { of: u16::try_from(self.number()?).ok()?, conditions: self.several(child)? }
            }
            operator => {
                let key = Key::Answer(self.word()?.to_owned());
                Condition::Compare(Comparison { key, operator: self.operator(operator)? })
            }
        })
    }

    fn operator(&mut self, word: &str) -> Option<Operator> {
        Some(match word {
            "is" => Operator::Is(self.constant()?),
            "in" => Operator::In(self.several(Self::constant)?),
            "from" => Operator::AtLeast(self.number()?),
            "to" => Operator::AtMost(self.number()?),
            "before" => Operator::Before(When::On(day(self.word()?)?)),
            "after" => Operator::After(When::On(day(self.word()?)?)),
            "includes" => Operator::Includes(self.word()?.to_owned()),
            "includes_all" => {
                let values = self.several(|reader| reader.word().map(str::to_owned))?;
                Operator::IncludesAll(values.into_iter().collect())
            }
            "present" => Operator::Present(true),
            "absent" => Operator::Present(false),
            "has_evidence" => Operator::HasEvidence,
            _ => return None,
        })
    }

    fn constant(&mut self) -> Option<Constant> {
        let word = self.word()?;
        match (word.strip_prefix('='), word.strip_prefix('#')) {
            (Some(text), _) => Some(Constant::Text(text.to_owned())),
            (_, Some(number)) => Some(Constant::Number(number.parse().ok()?)),
            _ => Some(Constant::Bool(word == "?true")),
        }
    }
}

#[cfg(all(test, feature = "catalog"))]
mod tests {
    use super::*;
    use crate::catalog;

    fn wordless(question: &Question) -> Question {
        let without = |choices: &[Choice]| {
            choices.iter().map(|one| Choice { value: one.value.clone(), label: Text::default() }).collect()
        };
        let kind = match &question.kind {
            QuestionKind::Choice { choices } => QuestionKind::Choice { choices: without(choices) },
            QuestionKind::Choices { choices } => QuestionKind::Choices { choices: without(choices) },
            QuestionKind::Number { minimum, maximum, .. } => {
                QuestionKind::Number { minimum: *minimum, maximum: *maximum, unit: None }
            }
            other => other.clone(),
        };
        let (text, guidance) = (Text::default(), None);
        Question { text, guidance, kind, required: true, evidence: EvidenceWish::None, ..question.clone() }
    }

    #[test]
    fn every_questionnaire_of_the_catalogue_is_read_back() {
        for questionnaire in catalog::questionnaires() {
            let wanted: Vec<_> = questionnaire.questions().map(wordless).collect();
            let read = questions(&words(questionnaire.questions()).unwrap()).unwrap();
            assert_eq!(read, wanted, "{}", questionnaire.id);
        }
    }

    #[test]
    fn every_operator_is_read_back() {
        let conditions = [
            r#"{"answer": "a", "is": true}"#,
            r##"{"answer": "a", "in": ["#1", "=", 3]}"##,
            r#"{"at_least": {"of": 1, "conditions": [{"answer": "n", "at_least": 3}, {"answer": "n", "at_most": -4}]}}"#,
            r#"{"not": {"all": [{"answer": "d", "before": "2026-11-20"}, {"answer": "d", "after": "0001-01-01"}]}}"#,
            r#"{"any": [{"answer": "c", "includes": "x"}, {"answer": "c", "includes_all": ["x", "y"]}]}"#,
            r#"{"any": [{"answer": "c", "present": false}, {"answer": "c", "present": true}, {"answer": "c", "has_evidence": true}]}"#,
        ];
        let first = catalog::questionnaire("outsourcing").unwrap().questions().next().unwrap();
        for json in conditions {
            let question = Question { shown_when: Some(serde_json::from_str(json).unwrap()), ..wordless(first) };
            assert_eq!(questions(&words([&question]).unwrap()), Some(vec![question]), "{json}");
        }
    }

    #[test]
    fn other_words_are_no_questions() {
        for wrong in
            [&["a"][..], &["a", "choice", "9"], &["a", "date", "may", "not", "all", "2", "is"], &["a", "b", "c"]]
        {
            let wrong: Vec<_> = wrong.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(questions(&wrong), None);
        }
    }
}
