//! 镇上的人 Who does what in the town, one small function each, rightly or not. A new kind of matter brings its people into the
//! list of its folder: an act in the table of rights that nobody comes to do fails the test.

mod house;
mod lead;
mod meet;
mod open;
mod steer;
mod watch;

use crate::town::Life;
use law::lead::body::{Body, BodyKind};
use law::{MatterId, Personal, PostKind};
use sim::names::{ANSWERED, FAMILY, GIVEN, SAID};
use store::Tx;

/// How often somebody does something, and what.
type Often = (u32, fn(&mut Life));

/// Those who ask for acts.
fn people() -> Vec<Often> {
    [lead::PEOPLE, &meet::people(), steer::PEOPLE, open::PEOPLE, watch::PEOPLE].concat()
}

/// The villager group that has a roll.
pub const GROUP: &str = "第一村民小组";

/// Out of a hundred, how often somebody asks for what he has no business with.
const ANYBODYS: u32 = 6;

const OFFICE: [PostKind; 3] = [PostKind::Clerk, PostKind::Director, PostKind::Secretary];

/// Somebody does something.
pub fn turn(life: &mut Life) {
    one_of(life, &[&people()[..], house::HOUSE].concat());
}

fn one_of(life: &mut Life, all: &[Often]) {
    let mut turn = life.below(all.iter().map(|(often, _)| often).sum());
    for (often, act) in all {
        match turn.checked_sub(*often) {
            Some(rest) => turn = rest,
            None => return act(life),
        }
    }
}

fn said(life: &mut Life) -> Personal {
    let text = match life.below(12) {
        0 => String::new(),
        1 => "长".repeat(law::limit::TEXT + 1),
        2 => "林伟棠的亲戚包了工程".to_owned(),
        3 => "请打13800138000找我".to_owned(),
        _ => life.pick(SAID).0.to_owned(),
    };
    Personal(text)
}

fn written(life: &mut Life) -> String {
    match life.below(8) {
        0 => "收到，已阅。".to_owned(),
        1 => "请打13800138000找王志强".to_owned(),
        _ => life.pick(ANSWERED).1.to_owned(),
    }
}

fn name(life: &mut Life) -> String {
    format!("{}{}", life.pick(FAMILY), life.pick(GIVEN))
}

fn a_body(life: &mut Life) -> Option<MatterId> {
    life.some::<Body>(life.village.code).map(|body| body.id)
}

/// A body of one of these kinds that has a head; now and then any.
fn body_of(life: &mut Life, kinds: &[BodyKind]) -> Option<MatterId> {
    if life.chance(ANYBODYS) {
        return a_body(life);
    }
    let (unit, today) = (life.village.code, life.today());
    let look = |tx: &mut dyn Tx| Ok((store::lead::body::standing(tx, unit, today)?, store::lead::post::held(tx, unit, today)?));
    let (standing, held) = life.look(look)?;
    let heads = |body: &Body| held.iter().any(|post| post.body == body.id && post.kind.is_head());
    let bodies: Vec<MatterId> = standing.iter().filter(|body| kinds.contains(&body.kind) && heads(body)).map(|body| body.id).collect();
    (!bodies.is_empty()).then(|| life.pick(&bodies))
}
