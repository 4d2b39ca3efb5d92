//! 会议 Rows of sittings, and what the law looks at besides them: rolls, posts, the standing slot, motions.

use super::ballot;
use crate::{Failure, Kept, Tx, Value, kept, lead};
use jiff::civil::Date;
use law::lead::body::Body;
use law::meet::electorate::Electorate;
use law::meet::motion::Motion;
use law::meet::sitting::{Act, Given, Item, Phase, Sitting, SittingKind, Tabled};
use law::meet::slot::Slot;
use law::meet::{Assembly, Stage};
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
            Act::Convene { kind, day, agenda, again, .. } => {
                called(tx, *kind, *day, agenda, at, &mut given)?;
                rolls(tx, *kind, at, &mut given)?;
                officers(tx, kind.assemblies(), at.day, at, &mut given)?;
                if let Some(again) = again {
                    given.again = kept::relied(tx, at.unit, *again, &mut given.relies)?;
                }
            }
            Act::Attend { .. } => {
                if let Some(sitting) = before {
                    rolls(tx, sitting.kind, at, &mut given)?;
                }
            }
            Act::Add { item, .. } => {
                if let Some(sitting) = before {
                    called(tx, sitting.kind, sitting.day, std::slice::from_ref(item), at, &mut given)?;
                }
            }
            Act::Agree { item, .. } => {
                if let Some((sitting, listed)) = before.and_then(|sitting| Some((sitting, &sitting.point(*item)?.listed))) {
                    settled(tx, listed.motion, (listed.stage, sitting.kind.assemblies(), sitting.day), at, &mut given)?;
                }
            }
            Act::HoldWeekly { day, items, .. } => {
                let on = (Stage::Daily, SittingKind::Team.assemblies(), *day);
                items.iter().try_for_each(|item| settled(tx, item.motion, on, at, &mut given))?;
                officers(tx, SittingKind::Team.assemblies(), *day, at, &mut given)?;
                given.slot = kept::relied::<Slot>(tx, at.unit, Slot::id_of(SittingKind::Team), &mut given.relies)?;
            }
            _ => {}
        }
        Ok(given)
    }
}

/// A motion as a sitting of these assemblies sees it.
pub(super) fn tabled(
    tx: &mut dyn Tx,
    motion: MatterId,
    at: &Moment<'_>,
    relies: &mut Vec<Relied>,
    see: impl FnOnce(&Motion, bool) -> Result<Tabled, law::Refusal>,
) -> Result<Option<Tabled>, Failure> {
    let Some(state) = kept::relied::<Motion>(tx, at.unit, motion, relies)? else { return Ok(None) };
    let balloting = ballot::is_open_on(tx, at.unit, motion)?;
    Ok(Some(see(&state, balloting)?))
}

/// The motions that are called for a day.
fn called(tx: &mut dyn Tx, kind: SittingKind, day: Date, items: &[Item], at: &Moment<'_>, given: &mut Given) -> Result<(), Failure> {
    for item in items {
        let Some(motion) = item.motion else { continue };
        let see = |state: &Motion, _| Tabled::called(state, item.stage, kind.assemblies(), day, at);
        let tabled = tabled(tx, motion, at, &mut given.relies, see)?;
        given.motions.extend(tabled.map(|tabled| ((motion, item.stage), tabled)));
    }
    Ok(())
}

/// A motion that is settled without a ballot.
fn settled(
    tx: &mut dyn Tx,
    motion: Option<MatterId>,
    on: (Stage, &[Assembly], Date),
    at: &Moment<'_>,
    given: &mut Given,
) -> Result<(), Failure> {
    let Some(motion) = motion else { return Ok(()) };
    let (stage, seated, day) = on;
    let see = |state: &Motion, balloting| Tabled::taken_up(state, stage, seated, day, balloting, at);
    let tabled = tabled(tx, motion, at, &mut given.relies, see)?;
    given.motions.extend(tabled.map(|tabled| ((motion, stage), tabled)));
    Ok(())
}

/// The rolls of the assemblies that sit.
fn rolls(tx: &mut dyn Tx, kind: SittingKind, at: &Moment<'_>, given: &mut Given) -> Result<(), Failure> {
    for assembly in kind.assemblies().iter().filter(|assembly| assembly.has_roll()) {
        given.rolls.extend(kept::relied::<Electorate>(tx, at.unit, Electorate::id_of(*assembly), &mut given.relies)?);
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
