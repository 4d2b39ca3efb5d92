//! 每周快记 The quick weekly path: a sitting of the teams on its standing slot, entered in one go; 东组通〔2015〕33号 二（二）.

use super::SittingKind;
use super::act::{Called, Fact, Weekly};
use super::decide::{Given, daily, instant, not_alone};
use super::roll::{by_convener, freeze};
use crate::meet::slot::Day;
use crate::meet::{Assembly, Bench, Stage};
use crate::steer::cadence::{Cadence, TEAM};
use crate::workday::calendar_days_after;
use crate::{MatterId, Moment, Refusal, limit};
use jiff::civil::Date;
use std::collections::BTreeSet;

pub(super) fn hold(
    day: Date,
    from: String,
    to: String,
    present: Vec<MatterId>,
    items: Vec<Weekly>,
    given: &Given,
    at: &Moment<'_>,
) -> Result<Fact, Refusal> {
    let kind = SittingKind::Team;
    by_convener(kind.rule(), at)?;
    at.must_run(day)?;
    let place = on_slot(day, given, at)?;
    let (began, ended) = (instant(day, &from)?, instant(day, &to)?);
    if ended > at.now {
        return Err(Refusal::DayAhead { day });
    }
    if ended <= began {
        return Err(Refusal::BadCode { field: "to" });
    }
    let called = sits(day, &present, given, at)?;
    if items.is_empty() {
        return Err(Refusal::Missing { field: "items" });
    }
    if items.len() > limit::ITEMS {
        return Err(Refusal::TooMany { field: "items", limit: limit::ITEMS });
    }
    items.iter().try_for_each(|item| dealt_with(item, day, given, at))?;
    let cadences = Some(TEAM).filter(|rule| Cadence::takes(rule, day, at)).map(str::to_owned).into_iter().collect();
    Ok(Fact::Held { day, from, to, place, called, present, items, entered: at.day, cadences })
}

/// The standing slot is the notice. When its day is no working day, the sitting may be on any other day of that week.
fn on_slot(day: Date, given: &Given, at: &Moment<'_>) -> Result<String, Refusal> {
    let fixed = given.slot.as_ref().and_then(|slot| slot.on(day)).ok_or(Refusal::NoSlot)?;
    if Day::of(day) == fixed.weekday {
        return Ok(fixed.place.clone());
    }
    let monday = Cadence::monday(day);
    let week = (0..).map_while(|days| calendar_days_after(monday, days).ok()).take_while(|day| Cadence::monday(*day) == monday);
    let due = week.into_iter().find(|day| Day::of(*day) == fixed.weekday).unwrap_or(day);
    let works = at.policy.calendar().is_workday(due).map_err(|_| Refusal::CalendarEnds { day: due })?;
    match works {
        true => Err(Refusal::NotTheSlot { day: due }),
        false => Ok(fixed.place.clone()),
    }
}

/// Who was there: members of the teams of that day, each once, enough of them, and never one alone.
fn sits(day: Date, present: &[MatterId], given: &Given, at: &Moment<'_>) -> Result<Called, Refusal> {
    let assembly = Assembly::Team;
    let mut called = freeze(assembly, day, given, at);
    called.noticed = Some(day);
    let persons: BTreeSet<MatterId> = present.iter().copied().collect();
    if persons.len() < present.len() {
        return Err(Refusal::AlreadyPresent);
    }
    if persons.iter().any(|person| !called.officers.contains(person)) {
        return Err(Refusal::NotOnRoll);
    }
    let count = u32::try_from(persons.len()).expect("teams are small");
    not_alone(count, at)?;
    let bench = Bench::of(assembly, true, called.version, called.due, count, at)?;
    match bench.is_quorate() {
        true => Ok(called),
        false => Err(Refusal::NoQuorum { assembly, needed: bench.needed(), present: count }),
    }
}

/// Daily work only: a major matter goes to the joint sitting of party and people.
fn dealt_with(item: &Weekly, day: Date, given: &Given, at: &Moment<'_>) -> Result<(), Refusal> {
    limit::public_text("title", &item.title, limit::TITLE)?;
    let steps = [("report", &item.report), ("discussion", &item.discussion), ("resolution", &item.resolution)];
    steps.into_iter().try_for_each(|(field, text)| limit::public_text(field, text, limit::TEXT))?;
    daily(item.scope.as_ref(), day, at)?;
    given.ready(item.motion, Stage::Daily, item.version)
}
