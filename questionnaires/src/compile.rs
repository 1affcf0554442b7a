//! The evaluator that the portal runs: a policy compiled once against a questionnaire, then answers laid out and weighed.
//!
//! [`Compiled`] gives exactly what [`crate::evaluate::evaluate`], the plain reference, gives: every verdict, number and trace, byte for byte. A
//! property test holds the two against each other. This module does not know where policies are kept or who asks.
//!
//! # Layout
//! Every key that a condition reads gets *slots*. What a key is compared with is known when the policy is compiled, so a choice, a text or a set
//! needs one bit for each value that some comparison names, and a comparison is one test of a mask; numbers and days stay numbers. Conditions stand
//! one after the other in a flat array of operations, each with the place where it ends. Weighing walks that array and allocates nothing.

mod program;
mod sheet;
mod slots;
mod trace;

use std::sync::Arc;

use jiff::civil::Date;

use crate::answer::Answers;
use crate::condition::Truth;
use crate::evaluate::{Evaluation, RequirementVerdict, Verdict, Version, Weighing};
use crate::fact::Facts;
use crate::policy::{Level, Policy};
use crate::questionnaire::{Question, Questionnaire};
use crate::score::{self, Item, Standing};
use program::{Program, Programs};
use slots::{Read, Slots};

pub use sheet::Sheet;

/// A policy, compiled against a questionnaire and the fact schema.
#[derive(Clone, Debug)]
pub struct Compiled {
    policy: Arc<Policy>,
    questionnaire: Arc<Questionnaire>,
    versions: (Version, Version),
    slots: Slots,
    read: Read,
    /// The sheet before anything is known.
    blank: Sheet,
    /// By a question's place in the questionnaire: its section, and its place there.
    places: Vec<(usize, usize)>,
    programs: Programs,
    /// The different conditions of applying. Many requirements share one, and one assessment weighs it once.
    gates: Vec<Program>,
    requirements: Vec<CompiledRequirement>,
}

/// Most gates that are weighed before the requirements are; a policy with more weighs the others with each requirement.
const GATES: usize = 64;

/// Where a requirement's conditions stand, and what counts of it.
#[derive(Clone, Copy, Debug)]
struct CompiledRequirement {
    level: Level,
    weight: u16,
    /// Place among the gates.
    applies: Option<usize>,
    met: Program,
    partly: Option<Program>,
}

impl Compiled {
    /// Compiles, and hashes both.
    #[must_use]
    pub fn new(policy: Arc<Policy>, questionnaire: Arc<Questionnaire>) -> Self {
        let version =
            |id: &str, version: &str, sha256| Version { id: id.to_owned(), version: version.to_owned(), sha256 };
        let versions = (
            version(&policy.id, &policy.version, policy.sha256()),
            version(&questionnaire.id, &questionnaire.version, questionnaire.sha256()),
        );
        let mut slots = Slots::new(&questionnaire);
        let mut programs = Programs::default();
        let questions: Vec<Option<Program>> = questionnaire
            .questions()
            .map(|question| Some(programs.of_question(question.shown_when.as_ref()?, &mut slots)))
            .collect();
        let (mut gates, mut known) = (Vec::new(), Vec::new());
        let requirements = policy
            .requirements
            .iter()
            .map(|requirement| {
                let mut program = |condition| programs.of_requirement(condition, &mut slots);
                let applies = requirement.applies_when.as_ref().map(|condition| {
                    known.iter().position(|one| *one == condition).unwrap_or_else(|| {
                        known.push(condition);
                        gates.push(program(condition));
                        gates.len().saturating_sub(1)
                    })
                });
                CompiledRequirement {
                    level: requirement.level,
                    weight: requirement.weight,
                    applies,
                    met: program(&requirement.met_when),
                    partly: requirement.partly_when.as_ref().map(&mut program),
                }
            })
            .collect();
        let read = slots.read(&questionnaire, &questions);
        let blank = Self::blank(&slots, &questions);
        let places = (0..)
            .zip(&questionnaire.sections)
            .flat_map(|(section, one)| (0..one.questions.len()).map(move |question| (section, question)));
        let places = places.collect();
        Self { policy, questionnaire, versions, slots, read, blank, places, programs, gates, requirements }
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// The questionnaire.
    #[must_use]
    pub fn questionnaire(&self) -> &Arc<Questionnaire> {
        &self.questionnaire
    }

    /// The whole outcome with its trace; the same as [`crate::evaluate::evaluate`].
    #[must_use]
    pub fn evaluate(&self, answers: &Answers, facts: &Facts, today: Date) -> Evaluation {
        let mut sheet = self.lay_out(answers, facts, today);
        let mut items = Vec::new();
        let standing = self.standing(&sheet, &mut items);
        let rows = self.policy.requirements.iter().zip(&self.requirements).zip(&items);
        let requirements = rows.map(|((requirement, compiled), item)| {
            let weighing = self.weighing(compiled, &sheet, &[]);
            let replaced = answers.override_of(&requirement.id, today).is_some();
            let is_open = weighing.verdict() == Verdict::Unconfirmed && item.verdict == Verdict::Unconfirmed;
            let reasons = self.reasons(requirement, compiled, weighing, &sheet, (answers, facts));
            let open = if is_open { self.open(requirement, compiled, &mut sheet, today) } else { Vec::new() };
            RequirementVerdict {
                id: requirement.id.clone(),
                clause: requirement.clause.clone(),
                level: requirement.level,
                weight: requirement.weight,
                verdict: item.verdict,
                owed_by: requirement.owed_by,
                overridden: replaced,
                reasons,
                open,
            }
        });
        let requirements = requirements.collect();
        let (policy, questionnaire) = self.versions.clone();
        Evaluation {
            policy,
            questionnaire,
            answers_sha256: answers.sha256(),
            facts_sha256: facts.sha256(),
            today,
            rating: standing.rating,
            score: standing.score,
            coverage: standing.coverage,
            requirements,
        }
    }

    /// The numbers of a laid out assessment alone. `items` is cleared and filled with level, weight and verdict of every requirement, in the
    /// policy's order; used again for the next assessment, nothing is allocated.
    pub fn standing(&self, sheet: &Sheet, items: &mut Vec<Item>) -> Standing {
        let mut gates = [None; GATES];
        for (truth, program) in gates.iter_mut().zip(&self.gates) {
            *truth = self.programs.weigh(*program, sheet);
        }
        items.clear();
        items.extend(self.requirements.iter().map(|compiled| Item {
            level: compiled.level,
            weight: compiled.weight,
            verdict: self.weighing(compiled, sheet, &gates).verdict(),
        }));
        for (requirement, verdict) in sheet.overrides() {
            if let Some(item) = items.get_mut(requirement) {
                item.verdict = verdict;
            }
        }
        score::standing(&self.policy, items)
    }

    /// The question at a place of the questionnaire.
    fn question(&self, place: usize) -> Option<&Question> {
        let (section, question) = self.places.get(place)?;
        self.questionnaire.sections.get(*section)?.questions.get(*question)
    }

    fn gate(&self, compiled: &CompiledRequirement) -> Option<Program> {
        self.gates.get(compiled.applies?).copied()
    }

    /// `gates` are the first gates' truths, as far as they are weighed already.
    #[inline]
    fn weighing(&self, compiled: &CompiledRequirement, sheet: &Sheet, gates: &[Option<Truth>]) -> Weighing {
        let weighed = |gate: usize| match gates.get(gate) {
            Some(truth) => *truth,
            None => self.gates.get(gate).and_then(|program| self.programs.weigh(*program, sheet)),
        };
        let applies = compiled.applies.map_or(Some(Truth::True), weighed);
        // What does not apply is not weighed further: nothing of it is looked at.
        if applies != Some(Truth::True) {
            return Weighing { applies, met: None, partly: None };
        }
        let met = self.programs.weigh(compiled.met, sheet);
        let partly = compiled.partly.filter(|_| met == Some(Truth::False));
        Weighing { applies, met, partly: partly.and_then(|program| self.programs.weigh(program, sheet)) }
    }
}
