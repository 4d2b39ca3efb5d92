//! 核心的人 Who keeps persons, rolls, bodies and posts.

use super::{ANYBODYS, GROUP, Often, name};
use crate::town::Life;
use law::lead::body::{self, Body, BodyKind};
use law::lead::person::{self, Person};
use law::lead::post::{self, Post};
use law::lead::roll;
use law::meet::Assembly;
use law::meet::electorate::{self, Electorate, Seat};
use law::{Actor, AnyAct, MatterId, Personal, PostKind, Who};

/// Their doings.
pub const PEOPLE: &[Often] = &[
    (3, clerk_keeps_persons),
    (2, clerk_keeps_the_roll),
    (2, clerk_keeps_the_electorate),
    (3, officer_appoints),
    (9, officer_fills_a_vacancy),
    (2, officer_ends_a_post),
    (3, officer_founds_or_dissolves),
    (2, officer_erases_a_person),
];

fn clerk_keeps_persons(life: &mut Life) {
    let Some(by) = life.holder(life.village.code, &[PostKind::Clerk], life.village.code) else { return };
    let phone = Personal(format!("1990000{:04}", life.below(10_000)));
    let act = match life.some::<Person>(life.village.code) {
        Some(person) if life.chance(60) => {
            person::Act::Change { person: person.id, phone: life.chance(80).then_some(phone), group: Some(GROUP.into()) }
        }
        _ => person::Act::Enter { name: Personal(name(life)), id_number: None, phone: Some(phone), group: Some(GROUP.into()) },
    };
    life.ask(life.village.code, by, AnyAct::Person(act));
}

fn clerk_keeps_the_roll(life: &mut Life) {
    let Some(by) = life.holder(life.village.code, &[PostKind::Clerk], life.village.code) else { return };
    let person = life.pick(&life.residents.clone());
    let (join, leave) = if life.chance(50) { (vec![person], Vec::new()) } else { (Vec::new(), vec![person]) };
    let from = life.day(-2..=1);
    let act = roll::Act::Change { group: GROUP.into(), from, join, leave, basis: "户籍变动".into() };
    life.ask(life.village.code, by, AnyAct::Roll(act));
}

/// A town officer for a matter of the village, or whoever sets the house up from the command line.
pub fn officer(life: &mut Life) -> Option<Actor> {
    match life.chance(30) {
        true => Some(Actor::new(Who::Keeper)),
        false => life.holder(life.town, &[PostKind::TownOfficer], life.village.code),
    }
}

fn officer_appoints(life: &mut Life) {
    let (Some(by), Some(body)) = (officer(life), life.some::<Body>(life.village.code)) else { return };
    let other = life.pick(&PostKind::ALL);
    let kind = body.kind.head().filter(|_| life.chance(50)).unwrap_or(other);
    let person = life.pick(&life.residents.clone());
    let from = life.day(-2..=1);
    let to = life.chance(30).then(|| life.day(-1..=10));
    let act = post::Act::Appoint { person, name: name(life), body: body.id, kind, from, to, basis: "党委任命".into() };
    life.ask(life.village.code, by, AnyAct::Post(act));
}

fn officer_ends_a_post(life: &mut Life) {
    let (Some(by), Some(post)) = (officer(life), life.some::<Post>(life.village.code)) else { return };
    let on = life.day(-2..=1);
    life.ask(life.village.code, by, AnyAct::Post(post::Act::End { post: post.id, on, basis: "调任".into() }));
}

fn officer_founds_or_dissolves(life: &mut Life) {
    let Some(by) = officer(life) else { return };
    let kind = life.pick(&BodyKind::ALL[..4]);
    let old = life.some::<Body>(life.village.code).filter(|_| life.chance(25));
    let act = match old {
        Some(body) => body::Act::Dissolve { body: body.id, on: life.today(), basis: "换届".into() },
        None => body::Act::Found { kind, name: "新的委员会".into(), since: life.day(-1..=0) },
    };
    life.ask(life.village.code, by, AnyAct::Body(act));
}

fn officer_erases_a_person(life: &mut Life) {
    let (Some(by), Some(person)) = (officer(life), life.some::<Person>(life.village.code)) else { return };
    let act = person::Act::Erase { person: person.id, basis: "本人申请".into() };
    life.ask(life.village.code, by, AnyAct::Person(act));
}

/// Somebody takes a seat in an assembly, or gives it up.
fn clerk_keeps_the_electorate(life: &mut Life) {
    let unit = life.village.code;
    let Some(by) = life.holder(unit, &[PostKind::Clerk], unit) else { return };
    let assembly = match life.chance(ANYBODYS) {
        true => life.pick(&Assembly::ALL),
        false => life.pick(&[Assembly::Party, Assembly::Representatives, Assembly::Members, Assembly::Delegates, Assembly::Migrants]),
    };
    let Some(roll) = life.look(|tx| store::kept::get::<Electorate>(tx, unit, Electorate::id_of(assembly))) else { return };
    let from = life.day(-2..=0);
    let newest = roll.as_ref().map_or(0, |roll| u32::try_from(roll.versions.len()).expect("few"));
    let seated: Vec<MatterId> = roll.iter().flat_map(|roll| roll.members(newest)).map(|(person, _)| person).collect();
    let leaves = life.chance(50) && seated.len() > 3;
    let person = if leaves { life.pick(&seated) } else { life.pick(&life.residents.clone()) };
    let seat = Seat { person, woman: life.chance(40), household: life.chance(80).then(|| "0001".to_owned()) };
    let (join, leave) = if leaves { (vec![], vec![person]) } else { (vec![seat], vec![]) };
    life.ask(unit, by, AnyAct::Electorate(electorate::Act::Seat { assembly, from, join, leave, basis: "补选".into() }));
}

/// Posts that a village cannot do without, each in its kind of body.
const NEEDED: &[(BodyKind, PostKind)] = &[
    (BodyKind::Party, PostKind::Secretary),
    (BodyKind::Committee, PostKind::Director),
    (BodyKind::Collective, PostKind::CollectiveHead),
    (BodyKind::Supervision, PostKind::SupervisionHead),
    (BodyKind::Committee, PostKind::Clerk),
    (BodyKind::Committee, PostKind::Member),
    (BodyKind::Party, PostKind::Discipline),
    (BodyKind::Supervision, PostKind::Member),
];

/// Whoever left has a successor sooner or later, in a new body if the old one is no more.
fn officer_fills_a_vacancy(life: &mut Life) {
    let (unit, today) = (life.village.code, life.today());
    let Some(standing) = life.look(|tx| store::lead::body::standing(tx, unit, today)) else { return };
    let Some(held) = life.look(|tx| store::lead::post::held(tx, unit, today)) else { return };
    let is_held = |kind: BodyKind, post: PostKind| {
        let in_body = |held: &Post| standing.iter().any(|body| body.id == held.body && body.kind == kind);
        held.iter().any(|held| held.kind == post && in_body(held))
    };
    let Some((kind, post)) = NEEDED.iter().copied().find(|(kind, post)| !is_held(*kind, *post)) else { return };
    let Some(by) = officer(life) else { return };
    let act = match standing.iter().rfind(|body| body.kind == kind) {
        None => AnyAct::Body(body::Act::Found { kind, name: "换届后的委员会".into(), since: today }),
        Some(body) => {
            let (person, name) = (life.pick(&life.residents.clone()), name(life));
            AnyAct::Post(post::Act::Appoint { person, name, body: body.id, kind: post, from: today, to: None, basis: "补选".into() })
        }
    };
    life.ask(unit, by, act);
}
