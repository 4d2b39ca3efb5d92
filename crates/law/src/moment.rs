//! 时刻 Moment: clock, dice and dated rules, handed to the law as values.

use crate::personal::{Salt, salt_of};
use crate::policy::Rule;
use crate::{Actor, MatterId, Office, PersonalRef, Policy, Profile, Refusal, Term, UnitCode, Who};
use jiff::{Timestamp, civil::Date, tz};

/// Civil time in Asia/Shanghai: eight hours ahead, no daylight saving since 1991.
pub fn civil_day(now: Timestamp) -> Date {
    now.to_zoned(tz::TimeZone::fixed(tz::offset(8))).date()
}

/// When, where, by whom and under which rules an act is asked.
#[derive(Clone, Debug)]
pub struct Moment<'a> {
    /// The unit in whose record the matter stands.
    pub unit: UnitCode,
    /// The unit's profile, which picks the law that binds it; `None` for towns and cities.
    pub profile: Option<Profile>,
    /// The day from which this unit's mechanism runs; `None` before it was started (尚未启用).
    pub started: Option<Date>,
    /// The instant, taken after the unit was held.
    pub now: Timestamp,
    /// The civil day of `now` in Asia/Shanghai.
    pub day: Date,
    /// Who asks.
    pub by: &'a Actor,
    /// The post used, when a post carries the right.
    pub office: Option<&'a Office>,
    /// An id nobody has yet.
    pub fresh: MatterId,
    /// 128 random bits for the fact and the personal texts of this act.
    pub salt: Salt,
    /// The rules and the calendar in force.
    pub policy: &'a Policy,
}

impl Moment<'_> {
    /// The reference that stands in facts for the personal text called `label`.
    pub fn refer(&self, label: &str, text: &str) -> PersonalRef {
        PersonalRef::of(&salt_of(&self.salt, label), text)
    }

    /// The rule of this id for this unit today. Its absence is a refusal, not a guess.
    pub fn rule(&self, id: &'static str) -> Result<&Rule, Refusal> {
        self.policy.rule(id, self.profile, self.day).ok_or(Refusal::NoRule { rule: id })
    }

    /// The rule's number of this name.
    pub fn number(&self, id: &'static str, parameter: &'static str) -> Result<u32, Refusal> {
        self.rule(id)?.int(parameter).map_err(|_| Refusal::NoRule { rule: id })
    }

    /// The term that runs for `id`'s `days` working days after `start`.
    pub fn term(&self, id: &'static str, start: Date) -> Result<Term, Refusal> {
        self.term_of(id, start, self.number(id, "days")?)
    }

    /// As [`Moment::term`] with the number of days already known.
    pub fn term_of(&self, id: &'static str, start: Date, days: u32) -> Result<Term, Refusal> {
        let due = self.policy.calendar().due(start, days).map_err(|_| Refusal::CalendarEnds { day: start })?;
        Ok(Term { rule: id.to_owned(), start, days, due: due.due, provisional: due.provisional, calendar: due.calendar })
    }

    /// The term that runs for `id`'s `days` days as the calendar counts them, days off included (天, not 工作日); a last day
    /// off moves to the next working day (民法典 第203条). It is no count of working days, so `days` is 0.
    pub fn days_term(&self, id: &'static str, start: Date) -> Result<Term, Refusal> {
        let ends = |_| Refusal::CalendarEnds { day: start };
        let due = self.policy.calendar().due_in_calendar_days(start, self.number(id, "days")?).map_err(ends)?;
        Ok(Term { rule: id.to_owned(), start, days: 0, due: due.due, provisional: due.provisional, calendar: due.calendar })
    }

    /// The day that many calendar days, by a parameter of a rule, after `start`.
    pub fn days_after(&self, id: &'static str, parameter: &'static str, start: Date) -> Result<Date, Refusal> {
        let days = self.number(id, parameter)?;
        crate::workday::calendar_days_after(start, days).map_err(|_| Refusal::CalendarEnds { day: start })
    }

    /// The mechanism must run here before it can bind anybody.
    pub fn must_run(&self, day: Date) -> Result<(), Refusal> {
        match self.started {
            Some(start) if start <= day => Ok(()),
            _ => Err(Refusal::NotStarted),
        }
    }

    /// The reference to the person who acts, for facts that the public may read.
    pub fn person_ref(&self) -> Option<PersonalRef> {
        match &self.by.who {
            Who::Resident { person, .. } => Some(self.refer("by", &person.to_string())),
            _ => None,
        }
    }
}
