//! 周期应办 Cadence: what must come round again, one matter per unit, rule and period; 东组通〔2015〕33号 二（三）、（四）.

use crate::open::suggestion::BACKDATE;
use crate::{AnyAct, Audience, Duties, Duty, DutyState, Holder, Matter, MatterId, Moment, Owner, PostKind, Refusal, Right, Term, limit};
use jiff::{Span, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The rules whose periods the clock opens. Weekly for now; the joint meetings add theirs.
pub const RULES: &[&str] = &[BOX];

/// The rule of the weekly opening of the box (意见箱).
pub const BOX: &str = "open.box.open";

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Open the period that holds this day.
    Open {
        /// Rule id.
        rule: String,
        /// Any day of the period.
        from: Date,
    },
    /// Record that it was done.
    Done {
        /// The period's matter.
        cadence: MatterId,
        /// On this day.
        on: Date,
        /// How many slips lay in the box.
        count: u32,
        /// Who was there, two persons at least.
        witnesses: Vec<String>,
    },
    /// Say why it was not done. The gap stays.
    Explain {
        /// The period's matter.
        cadence: MatterId,
        /// The reason.
        reason: String,
    },
    /// Note that the period passed in silence.
    Lapse {
        /// The period's matter.
        cadence: MatterId,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A period began.
    Opened {
        /// Its term: from its first to its last day.
        term: Term,
        /// The week has no working day at all, so nothing is owed (法定节假日).
        waived: bool,
    },
    /// It was done.
    Done {
        /// On this day.
        on: Date,
        /// Entered on this day.
        entered: Date,
        /// Whether it was entered early enough to meet the duty.
        counts: bool,
        /// Slips in the box.
        count: u32,
        /// Who was there.
        witnesses: Vec<String>,
    },
    /// A reason was given.
    Explained {
        /// The reason.
        reason: String,
        /// On this day.
        on: Date,
    },
    /// The period passed in silence.
    Lapsed {
        /// Noted on this day.
        on: Date,
    },
}

/// One opening of the box.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// The day.
    pub on: Date,
    /// The day it was entered.
    pub entered: Date,
    /// Slips.
    pub count: u32,
    /// Who was there.
    pub witnesses: Vec<String>,
}

/// A period as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cadence {
    /// Its id, always the same for rule and period.
    pub id: MatterId,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// What was done.
    pub done: Vec<Opening>,
    /// Why it was not.
    pub reason: Option<String>,
    /// The one duty.
    pub duties: Duties,
}

impl Cadence {
    /// The id of the period of `rule` that begins on `first`.
    pub fn id_of(rule: &str, first: Date) -> MatterId {
        MatterId::named(&format!("cadence/{rule}/{first}"))
    }

    /// The Monday of the day's week.
    pub fn monday(day: Date) -> Date {
        let back = i64::from(day.weekday().to_monday_zero_offset());
        day.checked_sub(Span::new().days(back)).unwrap_or(day)
    }

    /// The rule that asks for it.
    pub fn rule(&self) -> &str {
        self.duty().term.rule.as_str()
    }

    /// The last day of a period that passed undone, while nobody has said why (缺).
    pub fn gap(&self) -> Option<Date> {
        let silent = self.done.is_empty() && self.reason.is_none();
        (silent && matches!(self.duty().state, DutyState::Lapsed { .. })).then_some(self.last)
    }

    /// The one duty of a period.
    pub fn duty(&self) -> &Duty {
        &self.duties.all()[0]
    }
}

const STAFF: &[Holder] = &[
    Holder::Here(PostKind::Clerk),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::SupervisionHead),
];

impl Matter for Cadence {
    const KIND: &'static str = "cadence";
    const SHAPE: i64 = 2;
    const RULES: &'static [&'static str] = &[BOX, BACKDATE];
    type Act = Act;
    type Given = ();
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Cadence(act)
    }

    fn of(act: &Act, _: &Moment<'_>) -> MatterId {
        match act {
            Act::Open { rule, from } => Self::id_of(rule, Self::monday(*from)),
            Act::Done { cadence, .. } | Act::Explain { cadence, .. } | Act::Lapse { cadence } => *cadence,
        }
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::Open { .. } => Right::new("cadence.open", &[Holder::Clock, Holder::Law]),
            Act::Done { .. } => Right::new("cadence.done", STAFF),
            Act::Explain { .. } => Right::new("cadence.explain", STAFF),
            Act::Lapse { .. } => Right::new("cadence.lapse", &[Holder::Clock]),
        }
    }

    fn audience(&self, _: &Fact) -> Audience {
        Audience::Public
    }

    fn decide(before: Option<&Self>, act: Act, (): (), at: &Moment<'_>) -> Result<Fact, Refusal> {
        match (before, act) {
            (None, Act::Open { rule, from }) => open(rule, from, at),
            (Some(_), Act::Open { .. }) => Err(Refusal::AlreadyExists),
            (None, _) => Err(Refusal::NoSuchMatter),
            (Some(period), Act::Done { on, count, witnesses, .. }) => period.done(on, count, witnesses, at),
            (Some(_), Act::Explain { reason, .. }) => {
                limit::public_text("reason", &reason, limit::TEXT)?;
                Ok(Fact::Explained { reason, on: at.day })
            }
            (Some(period), Act::Lapse { .. }) => match period.duty().is_silent(at.day) {
                true => Ok(Fact::Lapsed { on: at.day }),
                false => Err(Refusal::NotYetDue),
            },
        }
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        match (before, fact) {
            (_, Fact::Opened { term, waived }) => {
                let (first, last, mut duties) = (term.start, term.due, Duties::default());
                let rule = term.rule.clone();
                duties.owe(term, Owner { body: None, post: PostKind::Clerk });
                if waived {
                    duties.waive(&rule, first);
                }
                Self { id, first, last, done: Vec::new(), reason: None, duties }
            }
            (Some(mut period), Fact::Done { on, entered, counts, count, witnesses }) => {
                period.done.push(Opening { on, entered, count, witnesses });
                let rule = period.rule().to_owned();
                if counts {
                    period.duties.meet(&rule, on);
                }
                period
            }
            (Some(period), Fact::Explained { reason, .. }) => Self { reason: Some(reason), ..period },
            (Some(mut period), Fact::Lapsed { on }) => {
                period.duties.lapse(0, on);
                period
            }
            (None, fact) => unreachable!("the record holds {fact:?} before its matter"),
        }
    }

    fn duties(&self) -> Vec<Duty> {
        self.duties.all().to_vec()
    }

    fn overdue(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.silent(at.day).map(|_| Act::Lapse { cadence: id })
    }
}

impl Cadence {
    /// Done within the period; entered late it still counts for as many working days as the rule allows.
    fn done(&self, on: Date, count: u32, witnesses: Vec<String>, at: &Moment<'_>) -> Result<Fact, Refusal> {
        if on > at.day {
            return Err(Refusal::DayAhead { day: on });
        }
        if on < self.first || on > self.last || matches!(self.duty().state, DutyState::Waived { .. }) {
            return Err(Refusal::PeriodOver);
        }
        let persons: std::collections::BTreeSet<&str> = witnesses.iter().map(|name| name.trim()).collect();
        if persons.len() < at.number(BOX, "persons")? as usize {
            return Err(Refusal::TwoPersons);
        }
        for name in &witnesses {
            limit::public_text("witnesses", name, limit::NAME)?;
        }
        let counts = at.day <= at.term(BACKDATE, on)?.due;
        Ok(Fact::Done { on, entered: at.day, counts, count, witnesses })
    }
}

fn open(rule: String, from: Date, at: &Moment<'_>) -> Result<Fact, Refusal> {
    let first = Cadence::monday(from);
    let last = first.checked_add(Span::new().days(6)).map_err(|_| Refusal::CalendarEnds { day: first })?;
    at.must_run(last)?;
    let calendar = at.policy.calendar();
    let ends = |_| Refusal::CalendarEnds { day: first };
    let provisional = calendar.is_provisional(first).map_err(ends)? || calendar.is_provisional(last).map_err(ends)?;
    let waived = !calendar.week_has_workday(first).map_err(ends)?;
    let term = Term { rule, start: first, days: 0, due: last, provisional, calendar: calendar.version().to_owned() };
    Ok(Fact::Opened { term, waived })
}
