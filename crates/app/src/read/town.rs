//! 读总览 Reading a town's overview: its units × duties. No score, no rank; every figure opens to its matters.

use super::board::{Listed, list};
use super::matter::{Step, steps};
use super::{Names, Reader};
use crate::{Failure, House};
use jiff::civil::Date;
use law::UnitCode;
use law::open::notice::{self, Notice};
use law::open::suggestion::{self, Suggestion};
use law::steer::cadence::{self, Cadence};
pub use store::duty::Owed;
use store::{Kept, Tx, kept};

/// One unit of the overview.
#[derive(Clone, Debug)]
pub struct UnitRow {
    /// The unit.
    pub unit: UnitCode,
    /// From which day its mechanism runs.
    pub started: Option<Date>,
    /// What is still to be done there.
    pub pending: Vec<Owed>,
}

/// The units below `above` that have a mechanism, by code.
pub fn units(house: &House, above: UnitCode) -> Result<Vec<UnitRow>, Failure> {
    let below = house.units.all().iter().filter(|unit| unit.profile().is_some() && above.is_ancestor_of(unit.code));
    let below: Vec<UnitCode> = below.map(|unit| unit.code).collect();
    house.read(|tx| {
        let mut rows = Vec::new();
        for unit in below {
            let started = store::lead::mechanism::started(tx, unit)?;
            let pending = if started.is_some() { store::duty::pending(tx, unit)? } else { Vec::new() };
            rows.push(UnitRow { unit, started, pending });
        }
        Ok(rows)
    })
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
        _ => (About::Other, (None, None)),
    };
    Ok(Evidence { owed: owed.clone(), about, began, lapsed })
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
