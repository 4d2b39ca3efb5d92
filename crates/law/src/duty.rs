//! 应办 Duty: what a matter owes, to whom it falls, and by when. Read off the matter; silence is recorded as `Lapsed`.

use crate::{MatterId, Moment, PostKind, Refusal};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A term with its derivation: everything a stranger needs to count it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Term {
    /// Rule id in `policy/`.
    pub rule: String,
    /// Day 0, which is not counted.
    pub start: Date,
    /// Working days.
    pub days: u32,
    /// Last day, until 24:00.
    pub due: Date,
    /// Whether it runs into a year whose calendar is not announced yet (暂定).
    pub provisional: bool,
    /// Version of the calendar it was counted by.
    pub calendar: String,
}

/// To whom a duty falls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Owner {
    /// The body, once known.
    pub body: Option<MatterId>,
    /// The kind of post in it; for a head, whichever post heads the body.
    pub post: PostKind,
}

/// How a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DutyState {
    /// Not done, the last day not over.
    Open,
    /// Done.
    Met {
        /// On this day.
        on: Date,
    },
    /// The last day passed in silence; it can still be done.
    Lapsed {
        /// The day on which the record noted it.
        on: Date,
    },
    /// Done after its last day.
    MetLate {
        /// The day on which the record noted the lapse, if it came to that.
        lapsed: Option<Date>,
        /// The day it was done.
        on: Date,
    },
    /// No longer owed, for a reason the matter's facts give.
    Waived {
        /// Since this day.
        on: Date,
    },
}

/// One thing owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Duty {
    /// Number within the matter.
    pub n: u32,
    /// By when.
    pub term: Term,
    /// By whom.
    pub owner: Owner,
    /// How it stands.
    #[serde(flatten)]
    pub state: DutyState,
}

impl Duty {
    /// Whether something can still be done about it.
    pub fn is_pending(&self) -> bool {
        matches!(self.state, DutyState::Open | DutyState::Lapsed { .. })
    }

    /// Whether its last day has passed without a word in the record.
    pub fn is_silent(&self, today: Date) -> bool {
        self.state == DutyState::Open && self.term.due < today
    }
}

/// The duties of one matter; a part of its state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Duties(Vec<Duty>);

impl Duties {
    /// All of them, oldest first.
    pub fn all(&self) -> &[Duty] {
        &self.0
    }

    /// Adds a duty and returns its number.
    pub fn owe(&mut self, term: Term, owner: Owner) -> u32 {
        let n = u32::try_from(self.0.len()).expect("a matter has few duties");
        self.0.push(Duty { n, term, owner, state: DutyState::Open });
        n
    }

    /// The pending duty under `rule`, if there is one.
    pub fn pending(&self, rule: &str) -> Option<&Duty> {
        self.0.iter().find(|duty| duty.term.rule == rule && duty.is_pending())
    }

    /// The latest duty under `rule`.
    pub fn last(&self, rule: &str) -> Option<&Duty> {
        self.0.iter().rev().find(|duty| duty.term.rule == rule)
    }

    /// The first duty whose last day passed in silence.
    pub fn silent(&self, today: Date) -> Option<&Duty> {
        self.0.iter().find(|duty| duty.is_silent(today))
    }

    /// The duty numbered `n`.
    pub fn get(&self, n: u32) -> Option<&Duty> {
        self.0.get(n as usize)
    }

    /// Marks what is pending under `rule` as done on this day.
    pub fn meet(&mut self, rule: &str, on: Date) {
        self.settle(rule, |duty| met(duty, on));
    }

    /// Marks duty `n` as done on this day, if it is pending.
    pub fn meet_one(&mut self, n: u32, on: Date) {
        if let Some(duty) = self.0.get_mut(n as usize).filter(|duty| duty.is_pending()) {
            duty.state = met(duty, on);
        }
    }

    /// Marks what is pending under `rule` as no longer owed.
    pub fn waive(&mut self, rule: &str, on: Date) {
        self.settle(rule, |_| DutyState::Waived { on });
    }

    /// Marks everything pending as no longer owed.
    pub fn waive_all(&mut self, on: Date) {
        for duty in self.0.iter_mut().filter(|duty| duty.is_pending()) {
            duty.state = DutyState::Waived { on };
        }
    }

    /// Notes that the duty's last day passed in silence.
    pub fn lapse(&mut self, n: u32, on: Date) {
        if let Some(duty) = self.0.get_mut(n as usize) {
            duty.state = DutyState::Lapsed { on };
        }
    }

    /// Gives the duty another term (延期, or a new calendar).
    pub fn prolong(&mut self, n: u32, term: Term) {
        if let Some(duty) = self.0.get_mut(n as usize) {
            duty.term = term;
        }
    }

    /// Names who owes what is pending under `rule`.
    pub fn reassign(&mut self, rule: &str, owner: Owner) {
        for duty in self.0.iter_mut().filter(|duty| duty.term.rule == rule && duty.is_pending()) {
            duty.owner = owner.clone();
        }
    }

    /// The first open duty that the calendar in force counts otherwise, with the term it gives.
    pub fn outdated(&self, at: &Moment<'_>) -> Option<(u32, Term)> {
        let version = at.policy.calendar().version();
        let open = self.0.iter().filter(|duty| duty.state == DutyState::Open && duty.term.days > 0 && duty.term.calendar != version);
        open.filter_map(|duty| Some((duty, again(&duty.term, at).ok()?)))
            .find(|(duty, term)| (term.due, term.provisional) != (duty.term.due, duty.term.provisional))
            .map(|(duty, term)| (duty.n, term))
    }

    /// The fact that duty `n` has another term by the calendar in force.
    pub fn reschedule<F>(&self, n: u32, at: &Moment<'_>, fact: impl Fn(Term, Term) -> F) -> Result<F, Refusal> {
        let duty = self.get(n).filter(|duty| duty.state == DutyState::Open).ok_or(Refusal::NotYetDue)?;
        let new = again(&duty.term, at)?;
        match (new.due, new.provisional) == (duty.term.due, duty.term.provisional) {
            true => Err(Refusal::NotYetDue),
            false => Ok(fact(duty.term.clone(), new)),
        }
    }

    fn settle(&mut self, rule: &str, to: impl Fn(&Duty) -> DutyState) {
        for duty in self.0.iter_mut().filter(|duty| duty.term.rule == rule && duty.is_pending()) {
            duty.state = to(duty);
        }
    }
}

/// How a pending duty stands once it is done on this day.
fn met(duty: &Duty, on: Date) -> DutyState {
    match duty.state {
        DutyState::Lapsed { on: lapsed } => DutyState::MetLate { lapsed: Some(lapsed), on },
        _ if on > duty.term.due => DutyState::MetLate { lapsed: None, on },
        _ => DutyState::Met { on },
    }
}

/// The same count by the calendar in force: same rule, same day 0, same number of days.
fn again(term: &Term, at: &Moment<'_>) -> Result<Term, Refusal> {
    let due = at.policy.calendar().due(term.start, term.days).map_err(|_| Refusal::CalendarEnds { day: term.start })?;
    Ok(Term { due: due.due, provisional: due.provisional, calendar: due.calendar, ..term.clone() })
}
