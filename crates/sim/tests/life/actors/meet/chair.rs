//! 主持的人 Who runs a sitting: calls its assemblies, lets people in, opens it, goes through the agenda, closes it and sees to the minutes.

use super::super::{ANYBODYS, Often, name, said, written};
use super::{call, chair, convener, due, vote};
use crate::town::Life;
use app::Clock;
use jiff::Span;
use law::meet::ballot;
use law::meet::sitting::{Act, Mandate, Phase, Point, Sitting, clock_time};
use law::meet::{Assembly, SittingKind, Stage};
use law::{AnyAct, Digest, MatterId, PostKind};
use sim::world::instant;

/// Their doings.
pub const PEOPLE: &[Often] = &[
    (70, the_sitting_goes_on),
    (2, convener_thinks_again),
    (3, somebody_comes_or_goes),
    (2, a_meeting_act_out_of_turn),
    (7, minutes_are_seen_to),
];

/// Whether there is something to do in a sitting now.
fn is_due(life: &Life, sitting: &Sitting) -> bool {
    match sitting.phase {
        Phase::Open => true,
        Phase::Called => sitting.day <= life.today() || !to_call(life, sitting).is_empty(),
        Phase::Adjourned | Phase::Closed | Phase::Cancelled => false,
    }
}

/// The assemblies that wait for their own convener's notice, and can still have it in time.
fn to_call(life: &Life, sitting: &Sitting) -> Vec<Assembly> {
    let notice = |assembly| match assembly {
        Assembly::Migrants | Assembly::Villagers => None,
        Assembly::Team | Assembly::Supervision => Some(0),
        Assembly::Party => Some(3),
        Assembly::Representatives => Some(5),
        Assembly::Members | Assembly::Delegates => Some(10),
    };
    let in_time = |days: i64| life.today().checked_add(Span::new().days(days)).is_ok_and(|earliest| sitting.day >= earliest);
    let waits = sitting.called.iter().filter(|called| called.noticed.is_none()).map(|called| called.assembly);
    waits.filter(|assembly| notice(*assembly).is_some_and(in_time)).collect()
}

/// Several steps of one sitting, one after the other.
fn the_sitting_goes_on(life: &mut Life) {
    let unit = life.village.code;
    let mut lately = life.lately::<Sitting>(unit);
    lately.retain(|sitting| is_due(life, sitting));
    if lately.is_empty() {
        return;
    }
    let sits = |sitting: &&Sitting| sitting.phase == Phase::Open || sitting.day == life.today();
    let today: Vec<MatterId> = lately.iter().filter(sits).map(|sitting| sitting.id).collect();
    let id = if today.is_empty() || life.chance(30) { life.pick(&lately).id } else { life.pick(&today) };
    for _ in 0..3 + life.below(10) {
        let Some(Some(sitting)) = life.look(|tx| store::kept::get::<Sitting>(tx, unit, id)) else { return };
        if !is_due(life, &sitting) {
            return;
        }
        step(life, &sitting);
        if sitting.phase == Phase::Called && sitting.day > life.today() && life.chance(40) {
            return;
        }
    }
}

fn step(life: &mut Life, sitting: &Sitting) {
    match sitting.phase {
        Phase::Called if sitting.day > life.today() => before_the_day(life, sitting),
        Phase::Called => on_the_day(life, sitting),
        Phase::Open => match sitting.running() {
            Some((_, ballot)) => vote::goes_on(life, sitting, ballot),
            None => next_item(life, sitting),
        },
        Phase::Adjourned | Phase::Closed | Phase::Cancelled => {}
    }
}

/// Each assembly is called by its own convener.
fn before_the_day(life: &mut Life, sitting: &Sitting) {
    let unit = life.village.code;
    let id = sitting.id;
    let waiting = to_call(life, sitting);
    if waiting.is_empty() {
        return;
    }
    let assembly = life.pick(&waiting);
    let post = match assembly {
        Assembly::Representatives => PostKind::Director,
        Assembly::Delegates | Assembly::Members => PostKind::CollectiveHead,
        Assembly::Supervision => PostKind::SupervisionHead,
        _ => PostKind::Secretary,
    };
    let Some(by) = life.holder(unit, &[post], unit) else { return };
    life.ask(unit, by, AnyAct::Sitting(Act::Notify { sitting: id, assembly }));
}

/// Another item, or no sitting after all.
fn convener_thinks_again(life: &mut Life) {
    let unit = life.village.code;
    let Some(sitting) = life.some_like(unit, |sitting: &Sitting| sitting.phase == Phase::Called) else { return };
    let Some(by) = life.holder(unit, &[convener(sitting.kind)], unit) else { return };
    let act = match life.chance(30) {
        true => Act::Cancel { sitting: sitting.id, reason: written(life) },
        false => Act::Add { sitting: sitting.id, item: call::daily(life) },
    };
    life.ask(unit, by, AnyAct::Sitting(act));
}

/// They come, enough of them or not; then it is opened or broken off.
fn on_the_day(life: &mut Life, sitting: &Sitting) {
    let Some(by) = chair(life, sitting.kind) else { return };
    let id = sitting.id;
    if sitting.day < life.today() {
        let reason = "当天没有开成".into();
        return life.ask(life.village.code, by, AnyAct::Sitting(Act::Adjourn { sitting: id, reason }));
    }
    if let Some(time) = clock_time(&sitting.time).filter(|_| !life.chance(10)) {
        let at = instant(sitting.day, time.hour(), time.minute());
        if life.world.clock.now() < at {
            life.world.clock.set(at);
        }
    }
    if matches!(sitting.kind, SittingKind::Team | SittingKind::Supervision) && life.chance(10) {
        let act = Act::Add { sitting: id, item: call::daily(life) };
        return life.ask(life.village.code, by, AnyAct::Sitting(act));
    }
    let first = &sitting.called[0];
    let short = sitting.presence_in(first).present * 3 < first.due * 2;
    let act = match (sitting.people.is_empty(), short) {
        (true, _) => attend(life, sitting),
        (false, true) if life.chance(40) => attend(life, sitting),
        (false, true) if life.chance(60) => Act::Adjourn { sitting: id, reason: "到会人数不够".into() },
        _ => Act::Open { sitting: id },
    };
    life.ask(life.village.code, by, AnyAct::Sitting(act));
}

/// Most of those who are due come, sometimes a few only, sometimes somebody who is not; who stays away may send somebody of his
/// household to the members' assembly.
fn attend(life: &mut Life, sitting: &Sitting) -> Act {
    let due = due(life, sitting);
    let few = life.chance(12);
    let mut arrive = Vec::new();
    for person in due.iter().filter(|person| !sitting.is_here(**person)) {
        if life.chance(if few { 20 } else { 92 }) {
            arrive.push(*person);
        }
    }
    if life.chance(10) {
        arrive.push(life.pick(&life.residents.clone()));
    }
    let proxies = if sitting.called(Assembly::Members).is_some() { mandates(life, &due, &arrive) } else { Vec::new() };
    Act::Attend { sitting: sitting.id, arrive, leave: Vec::new(), proxies }
}

/// Two by two they are a household.
fn mandates(life: &mut Life, due: &[MatterId], arrive: &[MatterId]) -> Vec<Mandate> {
    let seats = life.members.clone();
    let away: Vec<MatterId> = due.iter().copied().filter(|person| !arrive.contains(person)).collect();
    let mut mandates = Vec::new();
    for principal in away {
        let mate = seats.iter().position(|person| *person == principal).and_then(|n| seats.get(n ^ 1)).copied();
        let holder = if life.chance(10) { Some(life.pick(&seats)) } else { mate.filter(|mate| arrive.contains(mate)) };
        if let Some(holder) = holder.filter(|_| mandates.is_empty()) {
            let paper = life.chance(90).then_some(Digest([7; 32]));
            mandates.push(Mandate { principal, holder, paper });
        }
    }
    mandates
}

fn somebody_comes_or_goes(life: &mut Life) {
    let open = |sitting: &Sitting| sitting.phase == Phase::Open;
    let Some(sitting) = life.some_like(life.village.code, open) else { return };
    let Some(by) = chair(life, sitting.kind) else { return };
    let act = moves(life, &sitting);
    life.ask(life.village.code, by, AnyAct::Sitting(act));
}

/// One of those who are due comes in, or one who is there goes out.
pub fn moves(life: &mut Life, sitting: &Sitting) -> Act {
    let here: Vec<MatterId> = sitting.people.keys().copied().filter(|person| sitting.is_here(*person)).collect();
    let away: Vec<MatterId> = due(life, sitting).into_iter().filter(|person| !sitting.is_here(*person)).collect();
    let one = |life: &mut Life, of: &[MatterId]| if of.is_empty() { Vec::new() } else { vec![life.pick(of)] };
    let (arrive, leave) = match life.chance(50) {
        true => (one(life, &away), Vec::new()),
        false => (Vec::new(), one(life, &here)),
    };
    Act::Attend { sitting: sitting.id, arrive, leave, proxies: Vec::new() }
}

/// The first item that is not settled: reported, discussed, resolved.
fn next_item(life: &mut Life, sitting: &Sitting) {
    let unit = life.village.code;
    let Some(by) = chair(life, sitting.kind) else { return };
    let id = sitting.id;
    if life.chance(3) {
        let act = match life.chance(30) {
            true => Act::Adjourn { sitting: id, reason: "停电了，改日再开".into() },
            false => moves(life, sitting),
        };
        return life.ask(unit, by, AnyAct::Sitting(act));
    }
    let open: Vec<(u32, &Point)> = (0..).zip(&sitting.agenda).filter(|(_, point)| point.settled.is_none()).collect();
    let act = match open[..] {
        [] => AnyAct::Sitting(Act::Close { sitting: id }),
        [(item, point), ..] if life.chance(45) => item_act(life, sitting, item, point),
        _ => {
            let (item, point) = life.pick(&open);
            item_act(life, sitting, item, point)
        }
    };
    life.ask(unit, by, act);
}

fn item_act(life: &mut Life, sitting: &Sitting, item: u32, point: &Point) -> AnyAct {
    let id = sitting.id;
    let hasty = life.chance(4);
    if point.reports == 0 && !hasty {
        return AnyAct::Sitting(Act::Report { sitting: id, item, by: "林伟棠".into(), text: written(life) });
    }
    if point.discussions == 0 && !hasty {
        let speakers = vec![law::Personal(name(life)), law::Personal(name(life))];
        return AnyAct::Sitting(Act::Discuss { sitting: id, item, speakers, text: written(life) });
    }
    // What cannot be settled today keeps nobody here for ever.
    match life.below(24) {
        0 => return AnyAct::Sitting(Act::Close { sitting: id }),
        1 => return AnyAct::Sitting(Act::Adjourn { sitting: id, reason: "还有事项没有议完".into() }),
        _ => {}
    }
    let settles = matches!(sitting.kind, SittingKind::Team | SittingKind::Supervision);
    let agrees = settles && matches!(point.listed.stage, Stage::Daily | Stage::Consult) && life.chance(75);
    match agrees || life.chance(ANYBODYS) {
        true => AnyAct::Sitting(Act::Agree { sitting: id, item, text: written(life) }),
        false => AnyAct::Ballot(ballot::Act::Open { sitting: id, item, mode: life.pick(&ballot::Mode::ALL) }),
    }
}

/// Set right and confirmed, in time or late.
fn minutes_are_seen_to(life: &mut Life) {
    let unit = life.village.code;
    let over = |sitting: &Sitting| sitting.confirmed.is_none() && sitting.ended.is_some();
    let Some(sitting) = life.some_like(unit, over) else { return };
    let by = if life.chance(50) { chair(life, sitting.kind) } else { life.holder(unit, &[convener(sitting.kind)], unit) };
    let Some(by) = by else { return };
    let id = sitting.id;
    let act = match life.chance(40) {
        true => {
            let item = life.chance(60).then(|| life.below(3));
            Act::AmendMinutes { sitting: id, item, text: written(life) }
        }
        false => Act::ConfirmMinutes { sitting: id },
    };
    life.ask(unit, by, AnyAct::Sitting(act));
}

/// Anything at any time: before it opens, after it closed, of an item that is not there.
fn a_meeting_act_out_of_turn(life: &mut Life) {
    let unit = life.village.code;
    let Some(sitting) = life.some::<Sitting>(unit) else { return };
    let Some(by) = chair(life, sitting.kind).or_else(|| life.holder(unit, &PostKind::HEADS, unit)) else { return };
    let (id, item, text) = (sitting.id, life.below(4), written(life));
    let act = match life.below(8) {
        0 => AnyAct::Sitting(Act::Open { sitting: id }),
        1 => AnyAct::Sitting(Act::Report { sitting: id, item, by: name(life), text }),
        2 => AnyAct::Sitting(Act::Discuss { sitting: id, item, speakers: vec![said(life)], text }),
        3 => AnyAct::Sitting(Act::Agree { sitting: id, item, text }),
        4 => AnyAct::Sitting(Act::Close { sitting: id }),
        5 => AnyAct::Sitting(Act::Notify { sitting: id, assembly: life.pick(&Assembly::ALL) }),
        6 => AnyAct::Ballot(ballot::Act::Open { sitting: id, item, mode: life.pick(&ballot::Mode::ALL) }),
        _ => vote::out_of_turn(life),
    };
    life.ask(unit, by, act);
}
