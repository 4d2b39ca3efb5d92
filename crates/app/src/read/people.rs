//! 读人员 Reading who holds which post, and who is on file.

use super::matter::{Step, steps};
use super::{Names, Reader};
use crate::{Failure, House};
use jiff::civil::Date;
use law::lead::body::Body;
use law::lead::post::{Fact, Post};
use law::{Matter, MatterId, UnitCode};
use store::{Kept, Tx};

/// A body with its posts on a day.
#[derive(Clone, Debug)]
pub struct Staffed {
    /// The body.
    pub body: Body,
    /// Its posts held that day, each with the record number of its newest line.
    pub posts: Vec<(Post, i64)>,
}

/// The bodies of a unit on a day, in the mechanism's order.
pub fn bodies(house: &House, unit: UnitCode, day: Date) -> Result<Vec<Staffed>, Failure> {
    house.read(|tx| {
        let held = store::lead::post::held(tx, unit, day)?;
        let mut all = Vec::new();
        for body in store::lead::body::standing(tx, unit, day)? {
            let mut posts = Vec::new();
            for post in held.iter().filter(|post| post.body == body.id) {
                posts.push((post.clone(), super::board::newest(tx, unit, post.id)?));
            }
            posts.sort_by_key(|(post, seq)| (post.kind, *seq));
            all.push(Staffed { body, posts });
        }
        Ok(all)
    })
}

/// Names of a unit's bodies and posts.
pub fn names(house: &House, unit: UnitCode) -> Result<Names, Failure> {
    house.read(|tx| Names::read(tx, unit))
}

/// A post as it was held on a day.
#[derive(Clone, Debug)]
pub struct Seat {
    /// The post.
    pub post: Post,
    /// Election, decision or document number.
    pub basis: String,
    /// Record number of the line that this rests on.
    pub seq: i64,
    /// Whether a signed checkpoint covers it.
    pub sealed: bool,
}

/// Who held which post on a day, as the record knew it at the end of another: what was entered later is left out.
pub fn seats(house: &House, unit: UnitCode, on: Date, known: Date) -> Result<Vec<(Body, Vec<Seat>)>, Failure> {
    house.read(|tx| {
        let names = Names::read(tx, unit)?;
        let mut bodies = Vec::new();
        for id in names.bodies.keys() {
            bodies.extend(then::<Body>(tx, unit, *id, known)?.map(|(body, _)| (body, Vec::new())));
        }
        bodies.retain(|(body, _): &(Body, Vec<Seat>)| body.exists(on));
        bodies.sort_by_key(|(body, _)| (body.kind, body.id));
        for id in names.posts.keys() {
            let Some((post, steps)) = then::<Post>(tx, unit, *id, known)?.filter(|(post, _)| post.held(on)) else { continue };
            let basis =
                steps.iter().find_map(|step| if let Fact::Appointed { basis, .. } = &step.fact { Some(basis.clone()) } else { None });
            let last = steps.last().map_or((0, false), |step| (step.seq, step.sealed));
            if let Some((_, seats)) = bodies.iter_mut().find(|(body, _)| body.id == post.body) {
                seats.push(Seat { basis: basis.unwrap_or_default(), seq: last.0, sealed: last.1, post });
            }
        }
        bodies.iter_mut().for_each(|(_, seats)| seats.sort_by_key(|seat| (seat.post.kind, seat.post.from, seat.seq)));
        Ok(bodies)
    })
}

/// A matter with the steps that tell it.
type Then<M> = (M, Vec<Step<<M as Matter>::Fact>>);

/// A matter as its steps until the end of a day tell it; none if it has none.
fn then<M: Kept>(tx: &mut dyn Tx, unit: UnitCode, id: MatterId, known: Date) -> Result<Option<Then<M>>, Failure> {
    let mut steps = steps::<M>(tx, unit, id, &Reader::public())?;
    steps.retain(|step| step.day <= known);
    let state = steps.iter().fold(None, |state, step| Some(<M as Matter>::evolve(state, step.fact.clone(), id)));
    Ok(state.map(|state| (state, steps)))
}
