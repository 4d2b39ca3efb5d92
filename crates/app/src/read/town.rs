//! 读总览 Reading a town's overview: its units × duties. No score, no rank; every figure opens to its matters.

use super::board::{Listed, list};
use super::matter::{Step, steps};
use super::{Names, Reader, decisions};
use crate::{Failure, House};
use jiff::Timestamp;
use jiff::civil::Date;
use law::UnitCode;
use law::meet::{motion, resolution, sitting};
use law::open::notice::{self, Notice};
use law::open::suggestion::{self, Suggestion};
use law::steer::cadence::{self, Cadence};
use law::steer::task;
use std::collections::BTreeMap;
pub use store::duty::{Owed, Pile};
use store::{Kept, Tx, kept};

/// What the units below a town or city owe, as it was at one moment.
#[derive(Clone, Debug)]
pub struct Figures {
    /// That moment.
    pub at: Timestamp,
    /// The units that have a mechanism, by code, with the day from which it runs.
    pub units: Vec<(UnitCode, Option<Date>)>,
    /// What can still be done.
    pub piles: Vec<Pile>,
    /// Periods of this year that passed undone and that nobody explained, by rule.
    pub gaps: Vec<(UnitCode, &'static str, i64)>,
}

/// The first and the last of the codes below; nothing else stands between them that is not below.
fn span(house: &House, above: UnitCode) -> Option<(UnitCode, UnitCode)> {
    let below = || house.units.all().iter().map(|unit| unit.code).filter(|code| *code == above || above.is_ancestor_of(*code));
    Some((below().min()?, below().max()?))
}

fn year(day: Date) -> Date {
    Date::new(day.year(), 1, 1).unwrap_or(day)
}

/// Reads what is owed below `above`: a few statements, however many units there are.
pub fn figures(house: &House, above: UnitCode, today: Date) -> Result<Figures, Failure> {
    let at = house.clock.now();
    let Some(span) = span(house, above) else { return Ok(Figures { at, units: Vec::new(), piles: Vec::new(), gaps: Vec::new() }) };
    house.read(|tx| {
        let starts: BTreeMap<UnitCode, Date> = store::lead::mechanism::starts(tx, span)?.into_iter().collect();
        let below = house.units.all().iter().filter(|unit| unit.profile().is_some() && above.is_ancestor_of(unit.code));
        let mut units: Vec<_> = below.map(|unit| (unit.code, starts.get(&unit.code).copied())).collect();
        units.sort_unstable();
        let mut gaps = Vec::new();
        for rule in cadence::FROM_THE_START {
            let missed = store::steer::cadence::gaps(tx, span, rule, year(today))?;
            gaps.extend(missed.into_iter().map(|(unit, n)| (unit, *rule, n)));
        }
        Ok(Figures { at, units, piles: store::duty::piles(tx, span)?, gaps })
    })
}

/// The oldest `most` duties below a unit, or of it, that are to be done under some rules by a day.
pub fn owed(house: &House, above: UnitCode, rules: &[&str], until: Date, most: i64) -> Result<Vec<Owed>, Failure> {
    let Some(span) = span(house, above) else { return Ok(Vec::new()) };
    house.read(|tx| {
        let mut all = Vec::new();
        for rule in rules {
            all.extend(store::duty::under(tx, span, rule, until, most)?);
        }
        all.sort_by_key(|owed| (owed.due, owed.unit, owed.matter, owed.n));
        all.truncate(usize::try_from(most).unwrap_or_default());
        Ok(all)
    })
}

/// The oldest `most` periods of a rule in this year, below a unit or of it, that passed undone and that nobody explained.
pub fn gaps(house: &House, above: UnitCode, rule: &str, today: Date, most: i64) -> Result<Vec<Owed>, Failure> {
    let Some(span) = span(house, above) else { return Ok(Vec::new()) };
    house.read(|tx| store::duty::gaps(tx, span, rule, year(today), most))
}

/// Units whose mechanism runs on a day.
pub fn running(house: &House, day: Date) -> Result<Vec<UnitCode>, Failure> {
    house.read(|tx| store::lead::mechanism::running(tx, day))
}

/// What a duty is about, as far as its reader may see it.
#[derive(Clone, Debug)]
pub enum About {
    /// A suggestion.
    Suggestion(Box<Listed>),
    /// A notice.
    Notice(Box<Notice>),
    /// A period of something recurring.
    Period(Box<Cadence>),
    /// A motion, a resolution or a task, by what it is called.
    Called(String),
    /// A sitting.
    Sitting(Box<sitting::Sitting>),
    /// Something else.
    Other,
}

/// A line that proves something about a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Record number.
    pub seq: i64,
    /// The day it was written.
    pub day: Date,
    /// Whether it is sealed.
    pub sealed: bool,
}

/// One duty with what proves it.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The duty.
    pub owed: Owed,
    /// What it is about.
    pub about: About,
    /// The line with which the matter began.
    pub began: Option<Proof>,
    /// The line that recorded its silence.
    pub lapsed: Option<Proof>,
}

/// Some pending duties of a unit with their evidence, and the names of who owes them.
pub fn evidence(house: &House, owed: &[Owed], unit: UnitCode, reader: &Reader) -> Result<(Vec<Evidence>, Names), Failure> {
    house.read(|tx| {
        let all = owed.iter().map(|owed| one(tx, unit, owed, reader)).collect::<Result<_, _>>()?;
        Ok((all, Names::read(tx, unit)?))
    })
}

fn one(tx: &mut dyn Tx, unit: UnitCode, owed: &Owed, reader: &Reader) -> Result<Evidence, Failure> {
    let n = owed.n;
    let (about, (began, lapsed)) = match owed.kind.as_str() {
        "suggestion" => {
            let state = kept::get::<Suggestion>(tx, unit, owed.matter)?;
            let listed = list(tx, unit, state.into_iter().collect(), reader)?.pop();
            let proofs = proofs::<Suggestion>(tx, unit, owed, |fact| matches!(fact, suggestion::Fact::Lapsed { n: of, .. } if *of == n))?;
            (listed.map_or(About::Other, |listed| About::Suggestion(Box::new(listed))), proofs)
        }
        "notice" => {
            let state = kept::get::<Notice>(tx, unit, owed.matter)?;
            let proofs = proofs::<Notice>(tx, unit, owed, |fact| matches!(fact, notice::Fact::Lapsed { n: of, .. } if *of == n))?;
            (state.map_or(About::Other, |state| About::Notice(Box::new(state))), proofs)
        }
        "cadence" => {
            let state = kept::get::<Cadence>(tx, unit, owed.matter)?;
            let proofs = proofs::<Cadence>(tx, unit, owed, |fact| matches!(fact, cadence::Fact::Lapsed { .. }))?;
            (state.map_or(About::Other, |state| About::Period(Box::new(state))), proofs)
        }
        "sitting" => {
            let state = kept::get::<sitting::Sitting>(tx, unit, owed.matter)?;
            let proofs =
                proofs::<sitting::Sitting>(tx, unit, owed, |fact| matches!(fact, sitting::Fact::Lapsed { n: of, .. } if *of == n))?;
            (state.map_or(About::Other, |state| About::Sitting(Box::new(state))), proofs)
        }
        _ => decided(tx, unit, owed)?,
    };
    Ok(Evidence { owed: owed.clone(), about, began, lapsed })
}

/// A motion, a resolution or a task that owes something.
fn decided(tx: &mut dyn Tx, unit: UnitCode, owed: &Owed) -> Result<(About, Proofs), Failure> {
    let n = owed.n;
    let Some(title) = decisions::title(tx, unit, &owed.kind, owed.matter)? else { return Ok((About::Other, (None, None))) };
    let proofs = match owed.kind.as_str() {
        "motion" => proofs::<motion::Motion>(tx, unit, owed, |fact| matches!(fact, motion::Fact::Lapsed { n: of, .. } if *of == n))?,
        "resolution" => {
            proofs::<resolution::Resolution>(tx, unit, owed, |fact| matches!(fact, resolution::Fact::Lapsed { n: of, .. } if *of == n))?
        }
        _ => proofs::<task::Task>(tx, unit, owed, |fact| matches!(fact, task::Fact::Lapsed { n: of, .. } if *of == n))?,
    };
    Ok((About::Called(title), proofs))
}

type Proofs = (Option<Proof>, Option<Proof>);

/// The first line of a matter, and the one that says that a day passed in silence. Both are public.
fn proofs<M: Kept>(tx: &mut dyn Tx, unit: UnitCode, owed: &Owed, lapsed: impl Fn(&M::Fact) -> bool) -> Result<Proofs, Failure> {
    let steps = steps::<M>(tx, unit, owed.matter, &Reader::public())?;
    let proof = |step: &Step<M::Fact>| Proof { seq: step.seq, day: step.day, sealed: step.sealed };
    Ok((steps.first().map(proof), steps.iter().rev().find(|step| lapsed(&step.fact)).map(proof)))
}

/// What is still to be done in a unit, by last day.
pub fn pending(house: &House, unit: UnitCode) -> Result<Vec<Owed>, Failure> {
    house.read(|tx| store::duty::pending(tx, unit))
}
