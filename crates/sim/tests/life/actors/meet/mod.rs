//! 两联席的人 Who calls sittings, runs them, votes, puts motions forward and publishes what was resolved.

mod call;
mod chair;
mod motion;
mod resolution;
mod vote;

use super::Often;
use crate::town::Life;
use jiff::civil::Date;
use law::meet::electorate::Electorate;
use law::meet::sitting::Sitting;
use law::meet::{Assembly, SittingKind};
use law::{Actor, MatterId, PostKind};
use std::collections::BTreeSet;
use store::Tx;

/// Their doings.
pub fn people() -> Vec<Often> {
    [call::PEOPLE, chair::PEOPLE, motion::PEOPLE, resolution::PEOPLE].concat()
}

/// Who calls such a sitting.
fn convener(kind: SittingKind) -> PostKind {
    match kind {
        SittingKind::Team | SittingKind::Joint => PostKind::Secretary,
        SittingKind::Representatives => PostKind::Director,
        SittingKind::Delegates | SittingKind::Members => PostKind::CollectiveHead,
        SittingKind::Supervision => PostKind::SupervisionHead,
    }
}

/// Who runs such a sitting.
fn chair(life: &mut Life, kind: SittingKind) -> Option<Actor> {
    let unit = life.village.code;
    let clerk = kind != SittingKind::Supervision && life.chance(60);
    life.holder(unit, &[if clerk { PostKind::Clerk } else { convener(kind) }], unit)
}

/// Everybody who is due at a sitting, by its frozen rolls.
fn due(life: &mut Life, sitting: &Sitting) -> Vec<MatterId> {
    let unit = life.village.code;
    let due = life.look(|tx| {
        let mut due: BTreeSet<MatterId> = BTreeSet::new();
        for called in &sitting.called {
            due.extend(&called.officers);
            if called.assembly.has_roll() {
                let roll = store::kept::get::<Electorate>(tx, unit, Electorate::id_of(called.assembly))?;
                due.extend(roll.iter().flat_map(|roll| roll.members(called.version)).map(|(person, _)| person));
            }
        }
        Ok(due)
    });
    due.into_iter().flatten().collect()
}

/// Members of the teams, by the posts of a day.
fn team(life: &mut Life, day: Date) -> Vec<MatterId> {
    let unit = life.village.code;
    let look = |tx: &mut dyn Tx| Ok((store::lead::body::standing(tx, unit, day)?, store::lead::post::held(tx, unit, day)?));
    let (bodies, held) = life.look(look).unwrap_or_default();
    let kind = |body: MatterId| bodies.iter().find(|standing| standing.id == body).map(|standing| standing.kind);
    let sits = held.iter().filter(|post| kind(post.body).is_some_and(|kind| Assembly::Team.seats_by_post(kind, post.kind)));
    let mut team: Vec<MatterId> = sits.map(|post| post.person).collect();
    team.sort_unstable();
    team.dedup();
    team
}
