//! Conditions as flat operations, and weighing them.
//!
//! It does not know requirements, nor how cells came to hold what they hold.

use super::sheet::Seen::{Dropped, Known};
use super::sheet::{Cell, Sheet, days};
use super::slots::{Layout, NOWHERE, Slots};
use crate::condition::{Comparison, Condition, Constant, Key, Operator, Truth, When, day};

/// Where a condition begins.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Program(u32);

/// One operation.
#[derive(Clone, Copy, Debug)]
enum Op {
    /// A combination of the operations that follow, up to `end`.
    Group {
        kind: Group,
        end: u32,
    },
    Test {
        slot: u32,
        test: Test,
    },
}

#[derive(Clone, Copy, Debug)]
enum Group {
    All,
    Any,
    Not,
    AtLeast(u16),
}

/// What is asked of a cell.
#[derive(Clone, Copy, Debug)]
enum Test {
    Present(bool),
    HasEvidence,
    /// As `HasEvidence`, unless the answer beside the file is wrong: what the display of later questions goes by.
    HasRightEvidence,
    AnyBit(u64),
    AllBits(u64),
    Equals(i64),
    AtLeast(i64),
    AtMost(i64),
    Before(i64),
    After(i64),
    BeforeToday,
    AfterToday,
    WithinDays(i64),
    /// An operator that does not fit the value: never known.
    Misfit,
}

/// What a condition may look at.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Sight {
    /// Answers, facts and the day.
    All,
    /// Answers alone.
    Answers,
}

/// All conditions, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Programs {
    ops: Vec<Op>,
}

impl Programs {
    /// Compiles a condition of a requirement.
    pub(super) fn of_requirement(&mut self, condition: &Condition, slots: &mut Slots) -> Program {
        let start = Program(self.here());
        self.condition(condition, slots, Sight::All);
        start
    }

    /// Compiles what a question's display hangs on.
    pub(super) fn of_question(&mut self, condition: &Condition, slots: &mut Slots) -> Program {
        let start = Program(self.here());
        self.condition(condition, slots, Sight::Answers);
        start
    }

    /// The condition's truth, or none if every comparison in it is dropped.
    pub(super) fn weigh(&self, program: Program, sheet: &Sheet) -> Option<Truth> {
        self.weigh_at(program.0 as usize, sheet).0
    }

    /// The first part of the group that begins here.
    pub(super) fn first_part(program: Program) -> Program {
        Program(program.0.saturating_add(1))
    }

    /// What stands after the condition that begins here.
    pub(super) fn after(&self, program: Program) -> Program {
        match self.ops.get(program.0 as usize) {
            Some(Op::Group { end, .. }) => Program(*end),
            _ => Program(program.0.saturating_add(1)),
        }
    }

    fn here(&self) -> u32 {
        u32::try_from(self.ops.len()).unwrap_or(u32::MAX)
    }

    fn weigh_at(&self, at: usize, sheet: &Sheet) -> (Option<Truth>, usize) {
        match self.ops.get(at) {
            Some(Op::Test { slot, test }) => (test.of(*slot, sheet), at.saturating_add(1)),
            Some(Op::Group { kind, end }) => {
                let end = *end as usize;
                (self.weigh_group(*kind, at.saturating_add(1), end, sheet), end)
            }
            None => (None, at.saturating_add(1)),
        }
    }

    fn weigh_group(&self, kind: Group, mut at: usize, end: usize, sheet: &Sheet) -> Option<Truth> {
        let mut found: Option<Truth> = None;
        let (mut yes, mut open, mut all) = (0_u32, 0_u32, 0_u32);
        while at < end {
            let truth = match self.ops.get(at) {
                Some(Op::Test { slot, test }) => {
                    at = at.saturating_add(1);
                    test.of(*slot, sheet)
                }
                _ => {
                    let (truth, next) = self.weigh_at(at, sheet);
                    at = next;
                    truth
                }
            };
            let Some(truth) = truth else { continue };
            match (kind, truth) {
                (Group::Not, truth) => return Some(truth.not()),
                // Nothing that follows can change these.
                (Group::All, Truth::False) | (Group::Any, Truth::True) => return Some(truth),
                (Group::All, truth) => found = Some(found.map_or(truth, |before| before.and(truth))),
                (Group::Any, truth) => found = Some(found.map_or(truth, |before| before.or(truth))),
                (Group::AtLeast(_), truth) => {
                    all = all.saturating_add(1);
                    yes = yes.saturating_add(u32::from(truth == Truth::True));
                    open = open.saturating_add(u32::from(truth == Truth::Unknown));
                }
            }
        }
        let Group::AtLeast(of) = kind else { return found };
        let of = u32::from(of).min(all);
        match () {
            () if all == 0 => None,
            () if yes >= of => Some(Truth::True),
            () if yes.saturating_add(open) < of => Some(Truth::False),
            () => Some(Truth::Unknown),
        }
    }

    fn condition(&mut self, condition: &Condition, slots: &mut Slots, sight: Sight) {
        let kind = match condition {
            Condition::Compare(comparison) => return self.comparison(comparison, slots, sight),
            Condition::All(_) => Group::All,
            Condition::Any(_) => Group::Any,
            Condition::Not(_) => Group::Not,
            Condition::AtLeast { of, .. } => Group::AtLeast(*of),
        };
        self.group(kind, |programs| {
            for child in condition.children() {
                programs.condition(child, slots, sight);
            }
        });
    }

    fn group(&mut self, kind: Group, parts: impl FnOnce(&mut Self)) {
        let at = self.ops.len();
        self.ops.push(Op::Group { kind, end: 0 });
        parts(self);
        let end = self.here();
        if let Some(op) = self.ops.get_mut(at) {
            *op = Op::Group { kind, end };
        }
    }

    /// One test, or a group of tests that comes out as the comparison does.
    fn comparison(&mut self, comparison: &Comparison, slots: &mut Slots, sight: Sight) {
        let Comparison { key, operator } = comparison;
        if sight == Sight::Answers && matches!(key, Key::Fact(_)) {
            return self.test(NOWHERE, Test::Misfit);
        }
        let slot = slots.first(key);
        let Some(layout) = slots.layout(key) else {
            // No such question, no such fact: only a file could make anything of it known.
            let test = if *operator == Operator::HasEvidence { Test::HasEvidence } else { Test::Misfit };
            return self.test(slot, test);
        };
        let test = match (operator, layout) {
            (Operator::Present(wanted), _) => Test::Present(*wanted),
            (Operator::HasEvidence, _) => {
                slots.read_files(key);
                if sight == Sight::Answers { Test::HasRightEvidence } else { Test::HasEvidence }
            }
            (Operator::Is(constant), _) => return self.one_of(std::slice::from_ref(constant), key, layout, slots),
            (Operator::In(constants), _) => return self.one_of(constants, key, layout, slots),
            (Operator::AtLeast(bound), Layout::Number) => Test::AtLeast(*bound),
            (Operator::AtMost(bound), Layout::Number) => Test::AtMost(*bound),
            (Operator::Before(When::On(day)), Layout::Date) => Test::Before(days(*day)),
            (Operator::After(When::On(day)), Layout::Date) => Test::After(days(*day)),
            (Operator::Before(When::Today), Layout::Date) if sight == Sight::All => Test::BeforeToday,
            (Operator::After(When::Today), Layout::Date) if sight == Sight::All => Test::AfterToday,
            (Operator::WithinDays(bound), Layout::Date) if sight == Sight::All => Test::WithinDays(i64::from(*bound)),
            (Operator::Includes(value), Layout::Many) => {
                let (slot, bit) = slots.bit(key, value);
                return self.test(slot, Test::AnyBit(bit));
            }
            (Operator::IncludesAll(values), Layout::Many) => {
                let masks = masks(values.iter().map(|value| slots.bit(key, value)), slot);
                return self.tests(Group::All, masks.into_iter().map(|(slot, mask)| (slot, Test::AllBits(mask))));
            }
            _ => Test::Misfit,
        };
        self.test(slot, test);
    }

    /// Whether the value equals one of the constants. As in the reference, a constant that does not fit makes the outcome unknown, unless one before
    /// it is equal.
    fn one_of(&mut self, constants: &[Constant], key: &Key, layout: Layout, slots: &mut Slots) {
        let first = slots.first(key);
        let fitting: Vec<_> = constants.iter().map_while(|constant| Fitting::of(constant, layout)).collect();
        let misfit = (fitting.len() < constants.len() || constants.is_empty()).then_some((first, Test::Misfit));
        let numbers: Vec<_> = fitting
            .iter()
            .filter_map(|constant| if let Fitting::Number(number) = constant { Some(*number) } else { None })
            .map(|number| (first, Test::Equals(number)))
            .collect();
        let values = fitting.iter().filter_map(|constant| match constant {
            Fitting::Value(value) => Some(slots.bit(key, value)),
            Fitting::Number(_) => None,
        });
        let has_values = fitting.iter().any(|constant| matches!(constant, Fitting::Value(_)));
        let masks = if has_values { masks(values, first) } else { Vec::new() };
        let tests = masks.into_iter().map(|(slot, mask)| (slot, Test::AnyBit(mask)));
        self.tests(Group::Any, numbers.into_iter().chain(tests).chain(misfit));
    }

    fn test(&mut self, slot: u32, test: Test) {
        self.ops.push(Op::Test { slot, test });
    }

    /// One test as it is, several as a group.
    fn tests(&mut self, kind: Group, tests: impl Iterator<Item = (u32, Test)>) {
        let tests: Vec<_> = tests.collect();
        match tests.as_slice() {
            [(slot, test)] => self.test(*slot, *test),
            several => self.group(kind, |programs| {
                several.iter().for_each(|(slot, test)| programs.test(*slot, *test));
            }),
        }
    }
}

/// A constant as the cell would hold it.
enum Fitting {
    Value(String),
    Number(i64),
}

impl Fitting {
    fn of(constant: &Constant, layout: Layout) -> Option<Self> {
        match (constant, layout) {
            (Constant::Bool(value), Layout::Bool) => Some(Self::Number(i64::from(*value))),
            (Constant::Number(value), Layout::Number) => Some(Self::Number(*value)),
            // A class such as `1` may be written without quotation marks.
            (Constant::Number(value), Layout::One) => Some(Self::Value(value.to_string())),
            (Constant::Text(value), Layout::One) => Some(Self::Value(value.clone())),
            (Constant::Text(value), Layout::Date) => Some(Self::Number(days(day(value)?))),
            _ => None,
        }
    }
}

/// The bits of each slot together; at least one mask, an empty one if there is no bit.
fn masks(bits: impl Iterator<Item = (u32, u64)>, first: u32) -> Vec<(u32, u64)> {
    let mut masks: Vec<(u32, u64)> = Vec::new();
    for (slot, bit) in bits {
        match masks.iter_mut().find(|(known, _)| *known == slot) {
            Some((_, mask)) => *mask |= bit,
            None => masks.push((slot, bit)),
        }
    }
    if masks.is_empty() {
        masks.push((first, 0));
    }
    masks
}

impl Test {
    #[inline]
    fn of(self, slot: u32, sheet: &Sheet) -> Option<Truth> {
        let cell = sheet.cell(slot);
        let Known(value) = cell.seen else { return self.of_unknown(cell) };
        // A slot holds one kind of value, so the test made for it fits what it holds.
        let number = value.cast_signed();
        let holds = match self {
            Self::Present(wanted) => wanted,
            Self::AnyBit(mask) => value & mask != 0,
            Self::AllBits(mask) => value & mask == mask,
            Self::Equals(wanted) => number == wanted,
            Self::AtLeast(bound) => number >= bound,
            Self::AtMost(bound) => number <= bound,
            Self::Before(day) => number < day,
            Self::After(day) => number > day,
            Self::BeforeToday => number < sheet.today(),
            Self::AfterToday => number > sheet.today(),
            Self::WithinDays(bound) => number.abs_diff(sheet.today()) <= bound.unsigned_abs(),
            Self::HasEvidence | Self::HasRightEvidence | Self::Misfit => return self.of_unknown(cell),
        };
        Some(holds.into())
    }

    /// Where no value settles it.
    fn of_unknown(self, cell: &Cell) -> Option<Truth> {
        match (self, cell.seen) {
            // Before what is dropped: accepting "not applicable" must not take away what a file has settled.
            (Self::HasEvidence, _) if cell.evidence => Some(Truth::True),
            (Self::HasRightEvidence, _) if cell.right_evidence => Some(Truth::True),
            (_, Dropped) => None,
            _ => Some(Truth::Unknown),
        }
    }
}
