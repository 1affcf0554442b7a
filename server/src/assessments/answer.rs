//! Answering: pages for the contractor, and saving what is typed, before it is checked.

use super::{
    Answering,
    stage::{Stage, Step},
    words,
};
use crate::{
    clock, era,
    permission::{self, Actor, AnswerAssessment, Contractor, Permit},
    store::{
        AuditEvent,
        records::{Assessment, EvidenceFile},
    },
};
use kakunin_api::{
    PortalError,
    answering::{
        Answering as Frame, EnteredAnswer, LiveConditions, ReturnedQuestion, SavedAnswer, SavedSection,
        SectionProgress, SectionView,
    },
    ids::AssessmentId,
};
use kakunin_questionnaires::{
    answer::Answers,
    check,
    questionnaire::{Question, QuestionKind, Questionnaire, Section},
};
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};

/// Everything the answering pages are made from.
pub(super) struct Sheet {
    pub(super) row: Assessment,
    pub(super) questionnaire: Arc<Questionnaire>,
    pub(super) entered: BTreeMap<String, EnteredAnswer>,
    pub(super) files: Vec<EvidenceFile>,
    pub(super) answers: Answers,
    pub(super) contractor: Contractor,
}

impl Answering<'_> {
    /// The frame of the answering pages.
    ///
    /// # Errors
    /// NotFound to everybody but the contractor.
    pub async fn frame(&self, actor: &Actor, id: AssessmentId) -> Result<Frame, PortalError> {
        let (sheet, _) = self.sheet(actor, id).await?;
        self.frame_of(&sheet).await
    }

    /// One section, counted from 1.
    ///
    /// # Errors
    /// NotFound.
    pub async fn section(&self, actor: &Actor, id: AssessmentId, number: u16) -> Result<SectionView, PortalError> {
        let (sheet, _) = self.sheet(actor, id).await?;
        let section = section_of(&sheet.questionnaire, number)?;
        let questions = section.questions.iter().map(|question| {
            let file = sheet.files.iter().find(|file| file.question_key == question.key);
            words::question_view(&sheet.questionnaire, question, &sheet.answers, sheet.entered.get(&question.key), file)
        });
        Ok(SectionView {
            number,
            title: section.title.clone(),
            introduction: section.introduction.clone(),
            minutes: section.minutes,
            questions: questions.collect(),
            live: LiveConditions::of(&sheet.questionnaire, section, &sheet.entered, |key| {
                sheet.answers.has_evidence(key)
            }),
            frame: self.frame_of(&sheet).await?,
        })
    }

    /// Saves answers of one section, right or wrong; the next page says what is wrong.
    ///
    /// # Errors
    /// NotFound, or Conflict once the questionnaire has been submitted.
    pub async fn save_section(
        &self,
        actor: &Actor,
        id: AssessmentId,
        number: u16,
        typed: &BTreeMap<String, EnteredAnswer>,
    ) -> Result<SavedSection, PortalError> {
        let (before, permit) = self.sheet(actor, id).await?;
        let section = section_of(&before.questionnaire, number)?;
        let changed: BTreeMap<&str, EnteredAnswer> = section
            .questions
            .iter()
            .filter_map(|question| {
                typed.get(&question.key).map(|typed| (question.key.as_str(), tidied(question, typed)))
            })
            .filter(|(key, typed)| before.entered.get(*key).unwrap_or(&EnteredAnswer::default()) != typed)
            .collect();
        self.keep(&before.row, &permit, &changed).await?;

        let mut entered = before.entered.clone();
        entered.extend(changed.into_iter().map(|(key, typed)| (key.to_owned(), typed)));
        let answers = words::answers_of(&before.questionnaire, &entered, &before.files, &[]);
        let asked_before = check::asked(&before.questionnaire, &before.answers);
        let asked = check::asked(&before.questionnaire, &answers);
        let newly = |key: &str| asked.contains(&key) && !asked_before.contains(&key);
        let problems = section.questions.iter().filter_map(|question| {
            let found =
                words::problems(question, entered.get(&question.key)?, before.answers.has_evidence(&question.key));
            (!found.is_empty() && asked.contains(&question.key.as_str())).then(|| (question.key.clone(), found))
        });
        Ok(SavedSection {
            problems: problems.collect(),
            newly_asked: section.questions.iter().map(|q| q.key.clone()).filter(|key| newly(key)).collect(),
        })
    }

    /// Saves one answer and says what the page has to change.
    ///
    /// # Errors
    /// As [`Self::save_section`].
    pub async fn save_answer(
        &self,
        actor: &Actor,
        id: AssessmentId,
        number: u16,
        key: &str,
        typed: &EnteredAnswer,
    ) -> Result<SavedAnswer, PortalError> {
        let typed = BTreeMap::from([(key.to_owned(), typed.clone())]);
        let saved = self.save_section(actor, id, number, &typed).await?;
        let (sheet, _) = self.sheet(actor, id).await?;
        let section = section_of(&sheet.questionnaire, number)?;
        let progress = check::progress(&sheet.questionnaire, &sheet.answers);
        let own =
            progress.iter().find(|row| row.section_id == section.id).map_or((0, 0), |row| (row.answered, row.asked));
        let all = progress.iter().fold((0, 0), |sum, row| (sum.0 + row.answered, sum.1 + row.asked));
        let asked = check::asked(&sheet.questionnaire, &sheet.answers);
        let asked = section.questions.iter().filter(|question| asked.contains(&question.key.as_str()));
        Ok(SavedAnswer {
            at: clock::in_japan(self.0.clock.now_ms()).strftime("%H:%M").to_string(),
            asked: asked.map(|question| question.key.clone()).collect(),
            section: own,
            all,
            problems: saved.problems.get(key).cloned().unwrap_or_default(),
        })
    }

    /// Writes answers, and moves `Sent` and `Returned` on to `Answering`.
    async fn keep(
        &self,
        row: &Assessment,
        permit: &Permit<AnswerAssessment>,
        changed: &BTreeMap<&str, EnteredAnswer>,
    ) -> Result<(), PortalError> {
        let stage = Stage::of(row)?;
        if !stage.state().is_answerable() {
            return Err(super::changed_meanwhile(row));
        }
        if changed.is_empty() {
            return Ok(());
        }
        let writing = self.0.store.write(permit, self.0.clock.now_ms()).await?;
        // Read again inside the transaction: a submission may have come between.
        let now = writing.assessment_now().await?;
        let stage = Stage::of(&now)?;
        if !stage.state().is_answerable() {
            return Err(super::changed_meanwhile(&now));
        }
        if !matches!(stage, Stage::Answering { .. }) {
            writing.advance(&now, stage.after(Step::Open)?.written_into(now.clone())).await?;
        }
        for (key, typed) in changed {
            writing.keep_answer(key, typed).await?;
        }
        let keys: Vec<_> = changed.keys().collect();
        writing.commit(AuditEvent::about("assessment", row.id, json!({ "questions": keys }))).await
    }

    /// Loads what the answering pages are made from.
    pub(super) async fn sheet(
        &self,
        actor: &Actor,
        id: AssessmentId,
    ) -> Result<(Sheet, Permit<AnswerAssessment>), PortalError> {
        let portal = self.0;
        let tenant = portal.store.tenant(actor);
        let (row, permit) = tenant.assessment(id).to(permission::AnswerAssessment, actor).await?;
        let Actor::Contractor(contractor) = actor else { return Err(PortalError::NotFound) };
        let questionnaire = portal.questionnaire(&row.questionnaire_sha256).await?;
        let entered = portal.store.entered_answers(id).await?;
        let files = portal.store.evidence_files(id).await?;
        let answers = words::answers_of(&questionnaire, &entered, &files, &[]);
        Ok((Sheet { row, questionnaire, entered, files, answers, contractor: contractor.clone() }, permit))
    }

    pub(super) async fn frame_of(&self, sheet: &Sheet) -> Result<Frame, PortalError> {
        let invitation = self.invitation_view(&sheet.contractor, &sheet.row).await?;
        let progress = check::progress(&sheet.questionnaire, &sheet.answers);
        let sections = sheet.questionnaire.sections.iter().zip(progress).zip(1..);
        let id = AssessmentId(sheet.row.id);
        let returned = self.0.store.returns(id).await?;
        let questionnaire = &sheet.questionnaire;
        Ok(Frame {
            assessment: id,
            state: Stage::of(&sheet.row)?.state(),
            days_left: (invitation.due_on - self.0.clock.today()).get_days(),
            invitation,
            sections: sections
                .map(|((section, progress), number)| SectionProgress {
                    number,
                    title: section.title.clone(),
                    answered: progress.answered,
                    asked: progress.asked,
                })
                .collect(),
            returned: returned.into_iter().map(|row| returned_question(questionnaire, row)).collect(),
        })
    }
}

/// A clarification with the place it belongs to.
pub(super) fn returned_question(questionnaire: &Questionnaire, row: crate::store::records::Return) -> ReturnedQuestion {
    let key = row.question_key.filter(|key| !key.is_empty());
    let holds = |section: &Section| section.questions.iter().any(|question| Some(&question.key) == key.as_ref());
    ReturnedQuestion {
        section: questionnaire.sections.iter().zip(1..).find(|(section, _)| holds(section)).map(|(_, number)| number),
        question_number: key.as_deref().and_then(|key| questionnaire.number_of(key)),
        question_key: key,
        message: row.message,
        on: clock::in_japan(row.returned_at).date(),
    }
}

fn section_of(questionnaire: &Questionnaire, number: u16) -> Result<&Section, PortalError> {
    let index = usize::from(number).checked_sub(1).ok_or(PortalError::NotFound)?;
    questionnaire.sections.get(index).ok_or(PortalError::NotFound)
}

/// Without the browser's line ends and stray spaces; a reason only where it belongs to a state; a date as ISO where it
/// can be read, so that it is shown the same way again.
fn tidied(question: &Question, typed: &EnteredAnswer) -> EnteredAnswer {
    let clean = |text: &str| text.replace("\r\n", "\n").replace('\0', "").trim().to_owned();
    if matches!(typed.state.as_str(), "not_applicable" | "undisclosed") {
        let reason = clean(&typed.reason);
        return EnteredAnswer { state: typed.state.clone(), reason, ..EnteredAnswer::default() };
    }
    let value = clean(&typed.value);
    let value = match question.kind {
        QuestionKind::Date => era::parse(&value).map_or(value, |date| date.to_string()),
        _ => value,
    };
    let values = typed.values.iter().map(|value| clean(value)).filter(|value| !value.is_empty()).collect();
    EnteredAnswer { value, values, ..EnteredAnswer::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kakunin_questionnaires::catalog;
    use proptest::prelude::*;

    /// An answer to any question that sometimes fits: a choice of it, a number, a day, a refusal, nothing.
    fn entered(question: &Question, dice: u8) -> EnteredAnswer {
        let choices = question.kind.choices();
        let choice = choices.get(usize::from(dice) % choices.len().max(1)).map(|choice| choice.value.clone());
        match dice % 7 {
            0 => EnteredAnswer::default(),
            1 => EnteredAnswer {
                state: "not_applicable".to_owned(),
                reason: "理由".to_owned(),
                ..EnteredAnswer::default()
            },
            2 => EnteredAnswer { value: "2026-11-20".to_owned(), ..EnteredAnswer::default() },
            3 => EnteredAnswer { value: dice.to_string(), ..EnteredAnswer::default() },
            _ => {
                let value = choice.clone().unwrap_or_default();
                EnteredAnswer { value, values: choice.into_iter().collect(), ..EnteredAnswer::default() }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn the_browser_shows_what_the_server_asks(dice in proptest::collection::vec(any::<u8>(), 100)) {
            for questionnaire in catalog::questionnaires() {
                let typed = questionnaire.questions().zip(&dice);
                let typed: BTreeMap<_, _> =
                    typed.map(|(question, dice)| (question.key.clone(), entered(question, *dice))).collect();
                let answers = words::answers_of(questionnaire, &typed, &[], &[]);
                let asked = check::asked(questionnaire, &answers);
                for section in &questionnaire.sections {
                    let Some(live) = LiveConditions::of(questionnaire, section, &typed, |_| false) else {
                        prop_assert!(section.questions.iter().all(|one| asked.contains(&one.key.as_str())));
                        continue;
                    };
                    let of_section = |key: &str| section.questions.iter().any(|one| one.key == key);
                    let here = typed.iter().filter(|(key, _)| of_section(key));
                    let here = here.map(|(key, typed)| (key.clone(), typed.clone())).collect();
                    let shown: Vec<_> = live.asked(&here).unwrap().into_iter().filter(|key| of_section(key)).collect();
                    let wanted: Vec<_> = asked.iter().filter(|key| of_section(key)).copied().collect();
                    prop_assert_eq!(shown, wanted);
                }
            }
        }
    }
}
