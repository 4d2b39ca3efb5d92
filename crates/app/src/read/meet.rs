//! 读会议 Reading sittings, ballots, rolls and the calendar, each as far as its reader may know; 东组通〔2015〕33号 二（二）.

use super::board::newest;
use super::matter::{Step, steps};
use super::{Names, Reader};
use crate::{Failure, House};
use jiff::civil::Date;
use law::meet::ballot::{Ballot, Mode};
use law::meet::electorate::Electorate;
use law::meet::motion::{self, Motion};
use law::meet::sitting::{self, Called, Phase, Sitting};
use law::meet::slot::Slot;
use law::meet::{Assembly, Bench, SittingKind};
use law::steer::cadence::{CONGRESS, Cadence, REPRESENTATIVES, TEAM};
use law::{Actor, Matter, MatterId, Moment, PersonalRef, Policy, Refusal, UnitCode, Who};
use std::collections::{BTreeMap, BTreeSet};
use store::{Tx, kept, meet, personal, steer};

/// Persons read at a time.
const PERSONS: i64 = 500;
/// Motions that a form lists at most.
const MOTIONS: i64 = 200;

/// Works with the law's moment of a day, for somebody who only looks.
fn looking<T>(house: &House, tx: &mut dyn Tx, unit: UnitCode, day: Date, work: impl FnOnce(&Moment<'_>) -> T) -> Result<T, Failure> {
    let policy: std::sync::Arc<Policy> = house.policy();
    let by = Actor::new(Who::Anyone);
    let at = Moment {
        unit,
        profile: house.units.get(unit).and_then(law::unit::Unit::profile),
        started: store::lead::mechanism::started(tx, unit)?,
        now: house.clock.now(),
        day,
        by: &by,
        office: None,
        fresh: MatterId::named("looking"),
        salt: [0; 16],
        policy: &policy,
    };
    Ok(work(&at))
}

/// An assembly of a sitting: its frozen roll, and its bench as it sits, or sat at most.
#[derive(Clone, Debug)]
pub struct Seated {
    /// The frozen roll.
    pub called: Called,
    /// The bench; none when no rule in force gives it a quorum.
    pub bench: Option<Bench>,
}

/// A sitting with all its page needs.
#[derive(Clone, Debug)]
pub struct Room {
    /// The sitting. For a reader who may not know of them, closed items hold their number and ground only.
    pub state: Sitting,
    /// Its steps.
    pub steps: Vec<Step<<Sitting as Matter>::Fact>>,
    /// The ballots that this reader may know of.
    pub ballots: Vec<Ballot>,
    /// Its assemblies.
    pub seated: Vec<Seated>,
    /// Titles of closed items in the order of the agenda; officials only.
    pub titles: Vec<String>,
    /// Who spoke, by reference; officials only.
    pub speakers: BTreeMap<PersonalRef, String>,
    /// Titles of the motions on the agenda.
    pub motions: BTreeMap<MatterId, String>,
    /// Names of bodies and office-holders.
    pub names: Names,
    /// Steps in all, this reader's and others'.
    pub step: i64,
    /// Record number of the newest line, and whether it is sealed.
    pub newest: (i64, bool),
}

impl Room {
    /// Who is or was there and may be named to everybody: office-holders.
    pub fn officers(&self) -> impl Iterator<Item = &str> {
        let there = self.state.people.keys().filter(|person| {
            self.state.called.iter().any(|called| called.officers.contains(person)) && self.state.kind != SittingKind::Supervision
        });
        there.filter_map(|person| Some(self.names.posts.values().find(|post| post.person == *person)?.name.as_str()))
    }
}

fn newest_line(tx: &mut dyn Tx, unit: UnitCode, id: MatterId) -> Result<(i64, bool, i64), Failure> {
    let (seq, step) = store::record::newest_of(tx, unit, id)?.unwrap_or_default();
    let sealed = store::record::latest_checkpoint(tx, unit)?.map_or(0, |sealed| sealed.size);
    Ok((seq, seq < sealed, step))
}

/// The sitting of this id.
pub fn room(house: &House, unit: UnitCode, id: MatterId, reader: &Reader) -> Result<Option<Room>, Failure> {
    house.read(|tx| room_in(house, tx, unit, id, reader))
}

pub(super) fn room_in(house: &House, tx: &mut dyn Tx, unit: UnitCode, id: MatterId, reader: &Reader) -> Result<Option<Room>, Failure> {
    let Some(mut state) = kept::get::<Sitting>(tx, unit, id)? else { return Ok(None) };
    let steps = steps::<Sitting>(tx, unit, id, reader)?;
    let inside = reader.is_official();
    let ballots = meet::ballot::of_sitting(tx, unit, id)?.into_iter().filter(|ballot| inside || !ballot.closed).collect();
    let seated = seated(house, tx, unit, &state)?;
    let titles = if inside { personal::words(tx, unit, id, state.titles.iter().copied())? } else { Vec::new() };
    let titles = titles.iter().flat_map(|titles| titles.lines().map(str::to_owned)).collect();
    let mut speakers = BTreeMap::new();
    if inside {
        for step in &steps {
            if let sitting::Fact::Discussed { speakers: at, .. } = &step.fact {
                speakers.extend(personal::text(tx, unit, id, *at)?.map(|kept| (*at, kept.text)));
            }
        }
    } else {
        state.agenda.iter_mut().filter(|point| point.listed.closed.is_some()).for_each(|point| {
            (point.reports, point.discussions, point.ballot, point.settled) = (0, 0, None, None);
        });
    }
    let mut motions = BTreeMap::new();
    for motion in state.agenda.iter().filter_map(|point| point.listed.motion) {
        motions.extend(kept::get::<Motion>(tx, unit, motion)?.map(|found| (motion, found.title)));
    }
    let (seq, sealed, step) = newest_line(tx, unit, id)?;
    let names = Names::read(tx, unit)?;
    Ok(Some(Room { state, steps, ballots, seated, titles, speakers, motions, names, step, newest: (seq, sealed) }))
}

fn seated(house: &House, tx: &mut dyn Tx, unit: UnitCode, state: &Sitting) -> Result<Vec<Seated>, Failure> {
    let over = matches!(state.phase, Phase::Closed | Phase::Adjourned);
    looking(house, tx, unit, state.day, |at| {
        let one = |called: &Called| {
            let now = state.presence_in(called).present;
            let present = if over { state.peaks.get(&called.assembly).copied().unwrap_or_default() } else { now };
            let bench = Bench::of(called.assembly, called.advice().is_none(), called.version, called.due, present, at).ok();
            Seated { called: called.clone(), bench }
        };
        state.called.iter().map(one).collect()
    })
}

/// What one reader's paper is about.
#[derive(Clone, Debug)]
pub struct Hand {
    /// The ballot.
    pub ballot: Ballot,
    /// Where the reader's paper counts.
    pub seats: Vec<Assembly>,
    /// Whether the reader is noted as there.
    pub here: bool,
    /// Whether the reader's own paper is given.
    pub given: bool,
    /// Whose mandates the reader holds and has not used.
    pub principals: Vec<(MatterId, String)>,
}

/// The open ballot of a sitting as far as it concerns this reader; none for who has no seat and no mandate there.
pub fn hand(house: &House, unit: UnitCode, sitting: &Sitting, reader: &Reader) -> Result<Option<Hand>, Failure> {
    let (Some(person), Some((_, id))) = (reader.person, sitting.running()) else { return Ok(None) };
    house.read(|tx| {
        let Some(ballot) = kept::get::<Ballot>(tx, unit, id)?.filter(|ballot| ballot.counted.is_none()) else { return Ok(None) };
        let mut principals = Vec::new();
        for proxy in sitting.proxies.iter().filter(|proxy| proxy.holder == person && sitting.proxy_of(proxy.principal).is_some()) {
            if !has_given(tx, unit, &ballot, proxy.principal)? {
                principals.push((proxy.principal, store::lead::person::name(tx, unit, proxy.principal)?.unwrap_or_default()));
            }
        }
        let (here, given) = (sitting.is_here(person), has_given(tx, unit, &ballot, person)?);
        let mut seats = sitting.seats(person).list();
        if seats.is_empty() {
            seats = seats_by_roll(tx, unit, sitting, person)?;
        }
        let concerned = !seats.is_empty() || !principals.is_empty();
        Ok(concerned.then_some(Hand { ballot, seats, here, given, principals }))
    })
}

fn seats_by_roll(tx: &mut dyn Tx, unit: UnitCode, sitting: &Sitting, person: MatterId) -> Result<Vec<Assembly>, Failure> {
    let mut seats = Vec::new();
    for called in &sitting.called {
        let roll = kept::get::<Electorate>(tx, unit, Electorate::id_of(called.assembly))?;
        if called.officers.contains(&person) || roll.is_some_and(|roll| roll.seat(person, called.version).is_some()) {
            seats.push(called.assembly);
        }
    }
    Ok(seats)
}

fn has_given(tx: &mut dyn Tx, unit: UnitCode, ballot: &Ballot, person: MatterId) -> Result<bool, Failure> {
    match ballot.mode {
        Mode::Secret => meet::secret::has_voted(tx, unit, ballot.id, person),
        _ => personal::held_in(tx, unit, ballot.id, "voter", &person.to_string()),
    }
}

/// Open ballots of a unit in which this reader's paper is asked for and not given.
pub fn asked(house: &House, unit: UnitCode, reader: &Reader) -> Result<Vec<(Sitting, Hand)>, Failure> {
    let open = house.read(|tx| meet::sitting::in_phase(tx, unit, Phase::Open))?;
    let mut all = Vec::new();
    for sitting in open {
        if let Some(hand) = hand(house, unit, &sitting, reader)?.filter(|hand| !hand.given || !hand.principals.is_empty()) {
            all.push((sitting, hand));
        }
    }
    Ok(all)
}

/// A ballot with all its page needs.
#[derive(Clone, Debug)]
pub struct Vote {
    /// The ballot.
    pub state: Ballot,
    /// Its steps.
    pub steps: Vec<Step<<Ballot as Matter>::Fact>>,
    /// Its sitting.
    pub room: Room,
    /// Everybody whose paper belongs to it while it is open.
    pub voters: BTreeSet<MatterId>,
    /// Papers given.
    pub given: u32,
    /// Of them who has not given one yet, with their names; officials only.
    pub missing: Vec<(MatterId, String)>,
    /// Everybody who is there, with their names; officials only.
    pub there: Vec<(MatterId, String)>,
    /// Steps in all.
    pub step: i64,
    /// Record number of the newest line, and whether it is sealed.
    pub newest: (i64, bool),
}

/// The ballot of this id; none if there is none that this reader may know of.
pub fn vote(house: &House, unit: UnitCode, id: MatterId, reader: &Reader) -> Result<Option<Vote>, Failure> {
    house.read(|tx| vote_in(house, tx, unit, id, reader))
}

pub(super) fn vote_in(house: &House, tx: &mut dyn Tx, unit: UnitCode, id: MatterId, reader: &Reader) -> Result<Option<Vote>, Failure> {
    let Some(state) = kept::get::<Ballot>(tx, unit, id)?.filter(|ballot| reader.is_official() || !ballot.closed) else {
        return Ok(None);
    };
    let steps = steps::<Ballot>(tx, unit, id, reader)?;
    let Some(room) = room_in(house, tx, unit, state.sitting, reader)? else { return Ok(None) };
    let open = state.counted.is_none();
    let assemblies = room.state.called.iter().filter(|_| open).map(|called| called.assembly);
    let voters: BTreeSet<MatterId> = assemblies.flat_map(|assembly| room.state.voting(assembly)).collect();
    let (mut given, mut missing, mut there) = (state.votes, Vec::new(), Vec::new());
    if open && state.mode == Mode::Secret {
        given = meet::secret::given(tx, unit, id)?;
    }
    if open && reader.is_official() {
        for person in &voters {
            // Of a secret ballot nobody is told who has voted.
            if state.mode == Mode::Secret || !has_given(tx, unit, &state, *person)? {
                missing.push((*person, name(tx, unit, *person)?));
            }
        }
        for person in room.state.people.keys().filter(|person| room.state.is_here(**person)) {
            there.push((*person, name(tx, unit, *person)?));
        }
    }
    let (seq, sealed, step) = newest_line(tx, unit, id)?;
    Ok(Some(Vote { state, steps, room, voters, given, missing, there, step, newest: (seq, sealed) }))
}

fn name(tx: &mut dyn Tx, unit: UnitCode, person: MatterId) -> Result<String, Failure> {
    Ok(store::lead::person::name(tx, unit, person)?.unwrap_or_else(|| person.to_string()))
}

/// The frozen roll of one assembly of a sitting, with names; for officials.
pub fn roll_of(house: &House, unit: UnitCode, sitting: &Sitting, assembly: Assembly) -> Result<Vec<(MatterId, String)>, Failure> {
    let Some(called) = sitting.called(assembly) else { return Ok(Vec::new()) };
    house.read(|tx| {
        let mut persons: BTreeSet<MatterId> = called.officers.iter().copied().collect();
        if let Some(roll) = kept::get::<Electorate>(tx, unit, Electorate::id_of(assembly))? {
            persons.extend(roll.members(called.version).map(|(person, _)| person));
        }
        persons.into_iter().map(|person| Ok((person, name(tx, unit, person)?))).collect()
    })
}

/// Names of persons; for officials.
pub fn named(house: &House, unit: UnitCode, persons: &[MatterId]) -> Result<Vec<(MatterId, String)>, Failure> {
    house.read(|tx| persons.iter().map(|person| Ok((*person, name(tx, unit, *person)?))).collect())
}

/// What the calendar shows of a year.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// From which day the mechanism runs.
    pub started: Option<Date>,
    /// Its sittings by day, each with the record number of its newest line.
    pub sittings: Vec<(Sitting, i64)>,
    /// The weeks of the teams' sitting.
    pub weeks: Vec<Cadence>,
    /// The quarters of the joint sitting.
    pub congress: Vec<Cadence>,
    /// The periods of the representatives' sitting.
    pub representatives: Vec<Cadence>,
    /// Standing slots.
    pub slots: Vec<Slot>,
    /// How many lines are sealed.
    pub sealed: i64,
}

/// Reads the calendar of a year; what was called for later days too.
pub fn calendar(house: &House, unit: UnitCode, year: i16) -> Result<Calendar, Failure> {
    let (first, last) = (Date::new(year, 1, 1).unwrap_or(Date::MIN), Date::new(year, 12, 31).unwrap_or(Date::MAX));
    house.read(|tx| {
        let mut sittings = Vec::new();
        for sitting in meet::sitting::between(tx, unit, first, last.saturating_add(jiff::Span::new().days(366)))? {
            let seq = newest(tx, unit, sitting.id)?;
            sittings.push((sitting, seq));
        }
        let monday = Cadence::monday(first);
        let mut slots = Vec::new();
        for kind in SittingKind::ALL {
            slots.extend(kept::get::<Slot>(tx, unit, Slot::id_of(kind))?);
        }
        Ok(Calendar {
            started: store::lead::mechanism::started(tx, unit)?,
            sittings,
            weeks: steer::cadence::between(tx, unit, TEAM, monday, last)?,
            congress: steer::cadence::between(tx, unit, CONGRESS, first, last)?,
            representatives: steer::cadence::between(tx, unit, REPRESENTATIVES, first, last)?,
            slots,
            sealed: store::record::latest_checkpoint(tx, unit)?.map_or(0, |sealed| sealed.size),
        })
    })
}

/// The standing slot of a kind of sitting.
pub fn slot(house: &House, unit: UnitCode, kind: SittingKind) -> Result<Option<Slot>, Failure> {
    house.read(|tx| kept::get::<Slot>(tx, unit, Slot::id_of(kind)))
}

/// Who belongs to an assembly by post on a day, with the name and the posts held.
pub fn officers(names: &Names, assembly: Assembly, day: Date) -> Vec<(MatterId, String, Vec<&law::lead::post::Post>)> {
    let mut all: Vec<(MatterId, String, Vec<&law::lead::post::Post>)> = Vec::new();
    let mut posts: Vec<_> = names.posts.values().filter(|post| post.held(day)).collect();
    posts.sort_by_key(|post| (post.kind, post.from, post.id));
    for post in posts {
        let Some(body) = names.bodies.get(&post.body).filter(|body| body.exists(day)) else { continue };
        if !assembly.seats_by_post(body.kind, post.kind) {
            continue;
        }
        match all.iter_mut().find(|(person, ..)| *person == post.person) {
            Some((.., held)) => held.push(post),
            None => all.push((post.person, post.name.clone(), vec![post])),
        }
    }
    all
}

/// How many of so many there must be in an assembly for a quorum on a day.
pub fn needed(house: &House, unit: UnitCode, assembly: Assembly, due: u32, day: Date) -> Result<u32, Failure> {
    house.read(|tx| looking(house, tx, unit, day, |at| Bench::of(assembly, true, 0, due, 0, at).map_or(1, |bench| bench.needed())))
}

/// A motion and the steps for which a sitting could take it up.
#[derive(Clone, Debug)]
pub struct Open {
    /// The motion.
    pub motion: Motion,
    /// For each step that such a sitting takes: whether it could be called, and whether every step before was taken.
    pub steps: Vec<Ready>,
}

/// A step, whether a sitting could be called for it, and whether every step before was taken.
pub type Ready = (law::meet::Stage, Result<(), Refusal>, Result<(), Refusal>);

/// The motions that wait for a sitting, with what such a sitting could do with each on a day.
pub fn tabled(house: &House, unit: UnitCode, kind: SittingKind, day: Date) -> Result<Vec<Open>, Failure> {
    use law::meet::Stage;
    const STAGES: [Stage; 5] = [Stage::Daily, Stage::Consult, Stage::Deliberate, Stage::Resolve, Stage::Ratify];
    house.read(|tx| {
        let motions = meet::motion::page(tx, unit, None, 0, MOTIONS)?;
        let alive = |motion: &Motion| {
            use motion::Phase as P;
            !matches!(motion.phase(), P::Resolved | P::Rejected | P::Withdrawn)
        };
        looking(house, tx, unit, day, |at| {
            let open = motions.into_iter().filter(alive).map(|motion| {
                let stages = STAGES.into_iter().filter(|stage| kind.takes(*stage));
                let seated = kind.assemblies();
                let steps =
                    stages.map(|stage| (stage, motion.fits(stage, seated, day, at), motion.ready(stage, seated, day, at))).collect();
                Open { motion, steps }
            });
            open.collect()
        })
    })
}

/// One assembly's roll as it stands on a day.
#[derive(Clone, Debug)]
pub struct Roll {
    /// The assembly.
    pub assembly: Assembly,
    /// Who belongs to it by post.
    pub officers: Vec<(MatterId, String)>,
    /// The roll that is kept for it.
    pub kept: Option<Electorate>,
    /// Who stands on it, with names; officials only.
    pub members: Vec<(MatterId, String)>,
    /// How many belong to it in all.
    pub due: u32,
    /// Steps of its matter.
    pub step: i64,
}

/// The rolls of a unit on a day.
pub fn rolls(house: &House, unit: UnitCode, day: Date, reader: &Reader) -> Result<Vec<Roll>, Failure> {
    house.read(|tx| {
        let names = Names::read(tx, unit)?;
        let mut all = Vec::new();
        for assembly in Assembly::ALL.into_iter().filter(|assembly| *assembly != Assembly::Villagers) {
            let officers: Vec<(MatterId, String)> =
                officers(&names, assembly, day).into_iter().map(|(person, name, _)| (person, name)).collect();
            let id = Electorate::id_of(assembly);
            let roll = kept::get::<Electorate>(tx, unit, id)?;
            let persons: Vec<MatterId> =
                roll.iter().flat_map(|roll| roll.members(roll.on(day)).map(|(person, _)| person).collect::<Vec<_>>()).collect();
            let everybody: BTreeSet<MatterId> = persons.iter().copied().chain(officers.iter().map(|(person, _)| *person)).collect();
            let mut members = Vec::new();
            for person in persons.iter().filter(|_| reader.is_official()) {
                members.push((*person, name(tx, unit, *person)?));
            }
            let due = u32::try_from(everybody.len()).unwrap_or(u32::MAX);
            let step = store::record::newest_of(tx, unit, id)?.map_or(-1, |(_, step)| step);
            all.push(Roll { assembly, officers, kept: roll, members, due, step });
        }
        Ok(all)
    })
}

/// Persons on file by name, for each of these names.
pub fn called_so(house: &House, unit: UnitCode, names: &BTreeSet<String>) -> Result<BTreeMap<String, Vec<MatterId>>, Failure> {
    house.read(|tx| {
        let mut found: BTreeMap<String, Vec<MatterId>> = BTreeMap::new();
        let mut after = i64::MIN;
        loop {
            let page = store::lead::person::page(tx, unit, after, PERSONS)?;
            let Some(last) = page.last() else { return Ok(found) };
            after = last.id.as_i64();
            for person in &page {
                let Some(name) = store::lead::person::name(tx, unit, person.id)?.filter(|name| names.contains(name)) else { continue };
                found.entry(name).or_default().push(person.id);
            }
        }
    })
}

/// Everything that is called, newest day last, for a calendar feed: a year back and all that comes.
pub fn feed(house: &House, unit: UnitCode, from: Date) -> Result<Vec<(Sitting, i64)>, Failure> {
    house.read(|tx| {
        let all = meet::sitting::between(tx, unit, from, Date::MAX)?;
        all.into_iter()
            .map(|sitting| {
                let step = store::record::newest_of(tx, unit, sitting.id)?.map_or(0, |(_, step)| step);
                Ok((sitting, step))
            })
            .collect()
    })
}
