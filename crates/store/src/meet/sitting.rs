//! 会议 Rows of sittings, and what the law looks at besides them: rolls, posts, the standing slot, motions.

use crate::{Failure, Kept, Tx, Value, kept, lead};
use jiff::civil::Date;
use law::lead::body::Body;
use law::meet::Assembly;
use law::meet::electorate::Electorate;
use law::meet::sitting::{Act, Given, Phase, Sitting, SittingKind};
use law::meet::slot::Slot;
use law::{Matter, MatterId, Moment, Relied, UnitCode};
use std::collections::{BTreeMap, BTreeSet};

impl Kept for Sitting {
    const TABLE: &'static str = "sitting";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![("sitting_kind", self.kind.word().into()), ("day", self.day.into()), ("phase", self.phase.word().into())]
    }

    fn given(tx: &mut dyn Tx, before: Option<&Self>, act: &Act, at: &Moment<'_>) -> Result<Given, Failure> {
        let mut given = Given::default();
        match act {
            Act::Convene { kind, again, .. } => {
                rolls(tx, *kind, at, &mut given)?;
                officers(tx, kind.assemblies(), at.day, at, &mut given)?;
                if let Some(again) = again {
                    given.again = relied::<Self>(tx, *again, at, &mut given.relies)?;
                }
            }
            Act::Attend { .. } => {
                if let Some(sitting) = before {
                    rolls(tx, sitting.kind, at, &mut given)?;
                }
            }
            Act::HoldWeekly { day, .. } => {
                officers(tx, SittingKind::Team.assemblies(), *day, at, &mut given)?;
                given.slot = relied::<Slot>(tx, Slot::id_of(SittingKind::Team), at, &mut given.relies)?;
            }
            _ => {}
        }
        Ok(given)
    }
}

/// A matter as the record tells it, noted among what the decision rests on.
pub(super) fn relied<M: Kept>(tx: &mut dyn Tx, id: MatterId, at: &Moment<'_>, relies: &mut Vec<Relied>) -> Result<Option<M>, Failure> {
    let step = kept::recall::<M>(tx, at.unit, id)?;
    if step.state.is_some() {
        relies.push(Relied { unit: at.unit, matter: id, step: (step.next - 1).cast_unsigned() });
    }
    Ok(step.state)
}

/// The rolls of the assemblies that sit.
fn rolls(tx: &mut dyn Tx, kind: SittingKind, at: &Moment<'_>, given: &mut Given) -> Result<(), Failure> {
    for assembly in kind.assemblies().iter().filter(|assembly| assembly.has_roll()) {
        given.rolls.extend(relied::<Electorate>(tx, Electorate::id_of(*assembly), at, &mut given.relies)?);
    }
    Ok(())
}

/// Who belongs to the assemblies by post on a day.
fn officers(tx: &mut dyn Tx, assemblies: &[Assembly], day: Date, at: &Moment<'_>, given: &mut Given) -> Result<(), Failure> {
    let mut bodies: BTreeMap<MatterId, Option<Body>> = BTreeMap::new();
    let mut officers: BTreeMap<Assembly, BTreeSet<MatterId>> = BTreeMap::new();
    for post in lead::post::held(tx, at.unit, day)? {
        if let std::collections::btree_map::Entry::Vacant(vacant) = bodies.entry(post.body) {
            vacant.insert(kept::get::<Body>(tx, at.unit, post.body)?);
        }
        let Some(body) = bodies[&post.body].as_ref().filter(|body| body.exists(day)) else { continue };
        for assembly in assemblies.iter().filter(|assembly| assembly.seats_by_post(body.kind, post.kind)) {
            officers.entry(*assembly).or_default().insert(post.person);
        }
    }
    given.officers = officers;
    Ok(())
}

/// Sittings of a unit between two days, in order.
pub fn between(tx: &mut dyn Tx, unit: UnitCode, first: Date, last: Date) -> Result<Vec<Sitting>, Failure> {
    kept::pick(tx, unit, "AND day >= $2 AND day <= $3 ORDER BY day, id", &[first.into(), last.into()])
}

/// Sittings in a phase, by day.
pub fn in_phase(tx: &mut dyn Tx, unit: UnitCode, phase: Phase) -> Result<Vec<Sitting>, Failure> {
    kept::pick(tx, unit, "AND phase = $2 ORDER BY day, id", &[phase.word().into()])
}

/// All that happened in a sitting, in order: what its minutes are drafted from.
pub fn facts(tx: &mut dyn Tx, unit: UnitCode, sitting: MatterId) -> Result<Vec<<Sitting as Matter>::Fact>, Failure> {
    Ok(kept::entries::<Sitting>(tx, unit, sitting)?.into_iter().map(|entry| entry.fact).collect())
}
