//! 召集的人 Who fixes the weekly slot and enters the week, calls sittings, and calls them again.

use super::super::{Often, written};
use super::{convener, team};
use crate::town::Life;
use jiff::Span;
use jiff::civil::Date;
use law::meet::motion::{Figures, Motion, Phase};
use law::meet::sitting::{Act, Ground, Item, Point, RECONVENE, Scope, Sitting, Weekly};
use law::meet::slot::{self, Day, Slot};
use law::meet::{SittingKind, Stage};
use law::{AnyAct, Digest, MatterId, PostKind};

/// Their doings.
pub const PEOPLE: &[Often] = &[
    (3, secretary_fixes_the_slot),
    (10, secretary_enters_the_week),
    (14, teams_are_called),
    (10, party_and_people_are_called),
    (6, others_are_called),
    (8, a_sitting_is_called_again),
];

const WEEK: [Day; 7] = [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];

fn secretary_fixes_the_slot(life: &mut Life) {
    let unit = life.village.code;
    let known = life.look(|tx| store::kept::get::<Slot>(tx, unit, Slot::id_of(SittingKind::Team))).flatten();
    if known.is_some() && !life.chance(30) {
        return;
    }
    let Some(by) = life.holder(unit, &[PostKind::Secretary], unit) else { return };
    let (weekday, time) = (life.pick(&WEEK), life.pick(&["09:00", "15:00", "25:00"]));
    let act = slot::Act::Set { kind: SittingKind::Team, weekday, time: time.into(), place: "二楼会议室".into() };
    life.ask(unit, by, AnyAct::Slot(act));
}

/// The day of this week's or an earlier week's sitting; another day of that week where the slot's is no working day.
fn slot_day(life: &mut Life) -> Option<Date> {
    let (unit, today) = (life.village.code, life.today());
    let slot = life.look(|tx| store::kept::get::<Slot>(tx, unit, Slot::id_of(SittingKind::Team))).flatten()?;
    let back = life.pick(&[0, 0, 0, 7, 14]);
    let latest = today.checked_sub(Span::new().days(back)).expect("a day");
    let week = (0..7).filter_map(|days| latest.checked_sub(Span::new().days(days)).ok());
    let day = week.into_iter().find(|day| slot.on(*day).is_some_and(|fixed| fixed.weekday == Day::of(*day)))?;
    let works = life.world.house.policy().calendar().is_workday(day).unwrap_or(true);
    match works && !life.chance(10) {
        true => Some(day),
        false => day.checked_sub(Span::new().days(1)).ok(),
    }
}

/// 每周快记, with the daily motions that wait.
fn secretary_enters_the_week(life: &mut Life) {
    let unit = life.village.code;
    let Some(by) = life.holder(unit, &[PostKind::Secretary], unit) else { return };
    let Some(day) = slot_day(life) else { return };
    let mut present = team(life, day);
    if life.chance(20) {
        present.truncate(1);
    }
    let line = |life: &mut Life, motion: Option<&Motion>| Weekly {
        title: "保洁".into(),
        report: "保洁员反映三处死角".into(),
        discussion: "都说每周清两次够了".into(),
        resolution: written(life),
        motion: motion.map(|motion| motion.id),
        version: motion.map(Motion::version),
        scope: None,
    };
    let mut items = vec![line(life, None)];
    items[0].scope = scope(life);
    if let Some(motion) = life.some_like(unit, |motion: &Motion| !motion.class.major && motion.phase() == Phase::Proposed) {
        items.push(line(life, Some(&motion)));
    }
    let (from, to) = life.pick(&[("09:00", "09:40"), ("15:00", "15:40"), ("00:01", "00:20"), ("16:00", "15:00")]);
    let act = Act::HoldWeekly { day, from: from.into(), to: to.into(), present, items };
    life.ask(unit, by, AnyAct::Sitting(act));
}

/// How large something without a motion is; now and then too large for the teams.
fn scope(life: &mut Life) -> Option<Scope> {
    let amount = life.pick(&[Some(100_000), None, Some(90_000_000)]);
    let figures = Figures { amount, years: None, households: None };
    life.chance(20).then(|| Scope { matter_type: "spending".into(), figures })
}

/// Something to report and talk about; now and then behind closed doors.
pub fn daily(life: &mut Life) -> Item {
    let closed = life.chance(20).then(|| life.pick(&Ground::ALL));
    let title = if closed.is_some() { "某户低保复核" } else { "季度通报" };
    Item { title: title.into(), stage: Stage::Daily, motion: None, version: None, scope: scope(life), closed, papers: None }
}

fn on(life: &mut Life, motion: &Motion, stage: Stage) -> Item {
    let version = if life.chance(5) { motion.version() + 1 } else { motion.version() };
    let papers = Some(Digest([5; 32]));
    Item { title: motion.title.clone(), stage, motion: Some(motion.id), version: Some(version), scope: None, closed: None, papers }
}

/// What is to be done with a motion in such a sitting, one step after the other.
fn stages(kind: SittingKind, motion: &Motion) -> &'static [Stage] {
    let binds = kind.assemblies().iter().any(|assembly| motion.class.binds(*assembly));
    match (kind, motion.phase()) {
        (SittingKind::Team, Phase::Proposed) if motion.class.major => &[Stage::Consult],
        (SittingKind::Team, Phase::Proposed) => &[Stage::Daily],
        (SittingKind::Team, Phase::Consulted | Phase::Posted) if !motion.class.major => &[Stage::Daily],
        (SittingKind::Supervision, _) => &[],
        (_, Phase::Emergency) if binds => &[Stage::Ratify],
        (SittingKind::Team, _) => &[],
        (SittingKind::Joint, Phase::Posted) if binds => &[Stage::Deliberate, Stage::Resolve],
        (SittingKind::Joint, Phase::Posted) => &[Stage::Deliberate],
        (_, Phase::Deliberated | Phase::Awaiting) if binds => &[Stage::Resolve],
        _ => &[],
    }
}

/// Calls such a sitting, with the motions that wait for one.
fn call(life: &mut Life, kind: SittingKind, earliest: i64) {
    let unit = life.village.code;
    let waiting = life.lately::<Sitting>(unit).iter().filter(|sitting| sitting.kind == kind && sitting.opened.is_none()).count();
    if waiting > 1 && !life.chance(10) {
        return;
    }
    let Some(by) = life.holder(unit, &[convener(kind)], unit) else { return };
    let mut day = life.today().checked_add(Span::new().days(earliest)).expect("a day");
    let mut agenda = Vec::new();
    for motion in life.lately::<Motion>(unit) {
        let stages = stages(kind, &motion);
        if stages.is_empty() || agenda.len() > 5 || !life.chance(85) {
            continue;
        }
        if let Some(draft) = motion.draft.filter(|_| stages[0] == Stage::Deliberate) {
            day = day.max(draft.until.tomorrow().expect("a day"));
        }
        for stage in stages {
            agenda.push(on(life, &motion, *stage));
        }
    }
    if agenda.is_empty() && !life.chance(25) {
        return;
    }
    if agenda.is_empty() || life.chance(20) {
        agenda.push(daily(life));
    }
    convene(life, by, kind, day, agenda, None);
}

fn convene(life: &mut Life, by: law::Actor, kind: SittingKind, day: Date, agenda: Vec<Item>, again: Option<MatterId>) {
    let hour = life.hour();
    let (day, time) = match life.chance(95) {
        true if day == life.today() && hour < 21 => (day, format!("{:02}:00", hour + 1)),
        true if day == life.today() => (day.tomorrow().expect("a day"), "09:00".to_owned()),
        true => (day, life.pick(&["09:00", "15:00", "19:30"]).to_owned()),
        false => (life.day(-1..=4), "15:00".to_owned()),
    };
    let act = Act::Convene { kind, day, time, place: "二楼会议室".into(), agenda, again };
    life.ask(life.village.code, by, AnyAct::Sitting(act));
}

fn teams_are_called(life: &mut Life) {
    let earliest = i64::from(life.below(2));
    call(life, SittingKind::Team, earliest);
}

fn party_and_people_are_called(life: &mut Life) {
    let earliest = life.pick(&[6, 7, 8, 11, 12]);
    call(life, SittingKind::Joint, earliest);
}

/// Mostly those for whom a motion waits.
fn others_are_called(life: &mut Life) {
    let mut kinds =
        vec![(SittingKind::Representatives, 5), (SittingKind::Delegates, 6), (SittingKind::Members, 10), (SittingKind::Supervision, 0)];
    let motions = life.lately::<Motion>(life.village.code);
    let waited_for = |kind: SittingKind| motions.iter().any(|motion| !stages(kind, motion).is_empty());
    if life.chance(75) && kinds.iter().any(|(kind, _)| waited_for(*kind)) {
        kinds.retain(|(kind, _)| waited_for(*kind));
    }
    let (kind, days) = life.pick(&kinds);
    call(life, kind, days);
}

/// What was broken off is taken up again, with all that was not settled.
fn a_sitting_is_called_again(life: &mut Life) {
    let unit = life.village.code;
    let broken_off = |sitting: &Sitting| sitting.duties.pending(RECONVENE).is_some();
    let Some(old) = life.some_like(unit, broken_off) else { return };
    let Some(by) = life.holder(unit, &[convener(old.kind)], unit) else { return };
    let days = match old.kind {
        SittingKind::Team | SittingKind::Supervision => 0,
        SittingKind::Members => 10,
        SittingKind::Joint | SittingKind::Representatives | SittingKind::Delegates => 5,
    };
    let day = life.today().checked_add(Span::new().days(days)).expect("a day");
    let agenda = old.agenda.iter().filter(|point| point.settled.is_none()).map(as_called).collect();
    convene(life, by, old.kind, day, agenda, Some(old.id));
}

fn as_called(point: &Point) -> Item {
    let listed = point.listed.clone();
    Item {
        title: listed.title.unwrap_or("某户低保复核".into()),
        stage: listed.stage,
        motion: listed.motion,
        version: listed.version,
        scope: listed.scope,
        closed: listed.closed,
        papers: listed.papers,
    }
}
