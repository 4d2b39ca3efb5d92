//! 会议 Sitting: called by its lawful convener, opened with a quorum, each item reported, discussed and resolved; 东组通〔2015〕33号 二（二）.
//!
//! One sitting may seat several assemblies. Each has its frozen roll, its own convener, its quorum and its majority; the
//! ballots are matters of their own.

mod act;
mod attend;
mod decide;
mod kind;
mod minutes;
mod people;
mod roll;
#[cfg(test)]
mod tests;
mod weekly;

pub use act::{Act, Arrival, Called, Fact, Item, Listed, Mandate, Presence, Scope, Weekly};
pub use decide::{Given, Tabled, clock_time};
pub use kind::{Ground, SittingKind};
pub use minutes::{Minutes, Noted};
pub use people::{Attendance, Proxy, Seats, Stay};
pub use roll::{Advice, by_convener};

use super::{Stage, motion};
use crate::meet::{Assembly, Outcome};
use crate::steer::cadence::{self, CONGRESS, REPRESENTATIVES, TEAM};
use crate::{
    AnyAct, Audience, Duties, Duty, Holder, Matter, MatterId, Moment, Owner, PersonalRef, PostKind, Refusal, Relied, Right, Term, limit,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The rule of how soon the minutes are confirmed.
pub const MINUTES: &str = "meet.sitting.minutes";
/// The rule of how soon an adjourned sitting is called again.
pub const RECONVENE: &str = "meet.sitting.reconvene";
/// The rule of closed items.
pub const CLOSED: &str = "meet.sitting.closed";
/// The rule that nobody decides alone.
pub const ORDER: &str = "meet.sitting.order";

/// Where a sitting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Called.
    Called,
    /// It sits.
    Open,
    /// Broken off.
    Adjourned,
    /// Over.
    Closed,
    /// Called off.
    Cancelled,
}

impl Phase {
    /// The stable word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Called => "called",
            Self::Open => "open",
            Self::Adjourned => "adjourned",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// How an item was settled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// All present agreed.
    Agreed {
        /// What is resolved.
        text: String,
    },
    /// By a ballot.
    Ballot {
        /// The ballot.
        ballot: MatterId,
        /// What it came to.
        outcomes: Vec<Outcome>,
    },
}

/// An item and how far it has come. What was said stands in the facts; the row stays small.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// As it was called.
    pub listed: Listed,
    /// How often it was reported on.
    pub reports: u32,
    /// How often it was discussed.
    pub discussions: u32,
    /// The ballot that is open on it.
    pub ballot: Option<MatterId>,
    /// How it was settled.
    pub settled: Option<Settled>,
}

/// A sitting as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sitting {
    /// Its id.
    pub id: MatterId,
    /// Its kind.
    pub kind: SittingKind,
    /// The day.
    pub day: Date,
    /// The time.
    pub time: String,
    /// The place.
    pub place: String,
    /// The day it was called, or entered.
    pub on: Date,
    /// The agenda.
    pub agenda: Vec<Point>,
    /// References to the titles of closed items, one a line, in the order of the agenda.
    pub titles: Vec<PersonalRef>,
    /// The frozen rolls.
    pub called: Vec<Called>,
    /// Where it stands.
    pub phase: Phase,
    /// When it was opened.
    pub opened: Option<Timestamp>,
    /// When it was closed or broken off.
    pub ended: Option<Timestamp>,
    /// Who is or was there.
    pub people: BTreeMap<MatterId, Attendance>,
    /// Mandates that were shown.
    pub proxies: Vec<Proxy>,
    /// The most of each assembly that were there at once.
    pub peaks: BTreeMap<Assembly, u32>,
    /// The adjourned sitting that it takes up again.
    pub again: Option<MatterId>,
    /// The sitting that takes it up again.
    pub taken_up: Option<MatterId>,
    /// How often the minutes were set right.
    pub amended: u32,
    /// When the minutes were confirmed.
    pub confirmed: Option<Date>,
    /// What it owes.
    pub duties: Duties,
}

impl Sitting {
    /// The item and the ballot that is open on it.
    pub fn running(&self) -> Option<(u32, MatterId)> {
        (0..).zip(&self.agenda).find_map(|(n, point)| Some((n, point.ballot?)))
    }

    /// The item of this number.
    pub fn point(&self, item: u32) -> Option<&Point> {
        self.agenda.get(item as usize)
    }

    /// The roll of an assembly as it was frozen.
    pub fn called(&self, assembly: Assembly) -> Option<&Called> {
        self.called.iter().find(|called| called.assembly == assembly)
    }

    /// Whether the public reads the number of an item and no more.
    pub fn is_closed(&self, item: u32) -> bool {
        self.point(item).is_some_and(|point| point.listed.closed.is_some())
    }

    /// The periods that a sitting of this kind meets, and those that an assembly meets which was called and quorate in it.
    fn periods(kind: SittingKind) -> &'static [(Assembly, &'static str)] {
        match kind {
            SittingKind::Team => &[(Assembly::Team, TEAM)],
            SittingKind::Joint => &[(Assembly::Party, CONGRESS), (Assembly::Representatives, REPRESENTATIVES)],
            SittingKind::Representatives => &[(Assembly::Representatives, REPRESENTATIVES)],
            SittingKind::Delegates | SittingKind::Members | SittingKind::Supervision => &[],
        }
    }

    /// What the motions of this sitting take over of what was agreed in it. What a ballot came to, the ballot tells them.
    fn notes_for_motion(&self, fact: &Fact) -> Vec<AnyAct> {
        let note = |item: u32| {
            let Listed { motion, version, stage, .. } = &self.point(item)?.listed;
            Some(motion::Act::Note(motion::Note {
                motion: (*motion)?,
                stage: *stage,
                version: (*version)?,
                sitting: self.id,
                item,
                seated: self.called.iter().map(|called| called.assembly).collect(),
                ballot: None,
                outcomes: Vec::new(),
                on: self.day,
            }))
        };
        let agreed = match fact {
            Fact::Agreed { item, .. } => *item..item + 1,
            Fact::Held { items, .. } => 0..u32::try_from(items.len()).expect("an agenda is short"),
            _ => 0..0,
        };
        agreed.filter_map(note).map(AnyAct::Motion).collect()
    }

    fn begin(id: MatterId, kind: SittingKind, day: Date, on: Date, agenda: Vec<Point>, called: Vec<Called>) -> Self {
        Self {
            id,
            kind,
            day,
            time: String::new(),
            place: String::new(),
            on,
            agenda,
            titles: Vec::new(),
            called,
            phase: Phase::Called,
            opened: None,
            ended: None,
            people: BTreeMap::new(),
            proxies: Vec::new(),
            peaks: BTreeMap::new(),
            again: None,
            taken_up: None,
            amended: 0,
            confirmed: None,
            duties: Duties::default(),
        }
    }

    fn first(id: MatterId, fact: Fact) -> Self {
        match fact {
            Fact::Convened { kind, day, time, place, agenda, titles, called, on, again, .. } => {
                let agenda = agenda.into_iter().map(Point::from).collect();
                Self { time, place, titles: titles.into_iter().collect(), again, ..Self::begin(id, kind, day, on, agenda, called) }
            }
            Fact::Held { day, from, place, called, present, items, entered, .. } => {
                let agenda = items.into_iter().map(Point::from).collect();
                let seats: Seats = [called.assembly].into_iter().collect();
                let people = present.into_iter().map(|person| (person, Attendance(seats, Vec::new(), false)));
                let mut sitting = Self::begin(id, SittingKind::Team, day, entered, agenda, Vec::new());
                sitting.people = people.collect();
                sitting.peaks.insert(called.assembly, u32::try_from(sitting.people.len()).expect("teams are small"));
                Self { time: from, place, called: vec![called], phase: Phase::Closed, confirmed: Some(entered), ..sitting }
            }
            fact => unreachable!("the record holds {fact:?} before its matter"),
        }
    }

    fn owe(&mut self, term: Term) {
        let post = match self.kind {
            SittingKind::Team | SittingKind::Joint => PostKind::Secretary,
            SittingKind::Representatives => PostKind::Director,
            SittingKind::Delegates | SittingKind::Members => PostKind::CollectiveHead,
            SittingKind::Supervision => PostKind::SupervisionHead,
        };
        self.duties.owe(term, Owner { body: None, post });
    }

    fn end(&mut self, phase: Phase, at: Timestamp, minutes: Option<Term>) {
        (self.phase, self.ended) = (phase, Some(at));
        if let Some(minutes) = minutes {
            self.owe(minutes);
        }
    }
}

impl From<Listed> for Point {
    fn from(listed: Listed) -> Self {
        Self { listed, reports: 0, discussions: 0, ballot: None, settled: None }
    }
}

impl From<Weekly> for Point {
    fn from(weekly: Weekly) -> Self {
        let Weekly { title, resolution, motion, version, scope, .. } = weekly;
        let listed = Listed { title: Some(title), stage: Stage::Daily, motion, version, scope, closed: None, papers: None };
        Self { listed, reports: 1, discussions: 1, ballot: None, settled: Some(Settled::Agreed { text: resolution }) }
    }
}

const CALLERS: &[Holder] = &[
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::CollectiveHead),
    Holder::Here(PostKind::SupervisionHead),
];
const RUNNERS: &[Holder] = &[
    Holder::Here(PostKind::Clerk),
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::CollectiveHead),
    Holder::Here(PostKind::SupervisionHead),
];
const LAW: &[Holder] = &[Holder::Law];
const CLOCK: &[Holder] = &[Holder::Clock];

impl Matter for Sitting {
    const KIND: &'static str = "sitting";
    const SHAPE: i64 = 1;
    const STEPS: u64 = limit::LONG_STEPS;
    const RULES: &'static [&'static str] = &[
        MINUTES,
        RECONVENE,
        CLOSED,
        ORDER,
        roll::MAKEUP,
        roll::MEMBERS,
        "meet.sitting.attend",
        "meet.congress.convene",
        "meet.team.convene",
        "meet.party.convene",
        "meet.representatives.convene",
        "meet.members.convene",
        "meet.delegates.convene",
        "meet.supervision.convene",
    ];
    type Act = Act;
    type Given = Given;
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Sitting(act)
    }

    fn of(act: &Act, at: &Moment<'_>) -> MatterId {
        act.sitting().unwrap_or(at.fresh)
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::Convene { .. } => Right::new("sitting.convene", CALLERS),
            Act::Notify { .. } => Right::new("sitting.notify", CALLERS),
            Act::Add { .. } => Right::new("sitting.add", CALLERS),
            Act::Cancel { .. } => Right::new("sitting.cancel", CALLERS),
            Act::Reconvene { .. } => Right::new("sitting.reconvene", LAW),
            Act::Open { .. } => Right::new("sitting.open", RUNNERS),
            Act::Attend { .. } => Right::new("sitting.attend", RUNNERS),
            Act::Report { .. } => Right::new("sitting.report", RUNNERS),
            Act::Discuss { .. } => Right::new("sitting.discuss", RUNNERS),
            Act::Agree { .. } => Right::new("sitting.agree", RUNNERS),
            Act::Put { .. } => Right::new("sitting.put", LAW),
            Act::Settle { .. } => Right::new("sitting.settle", LAW),
            Act::Adjourn { .. } => Right::new("sitting.adjourn", RUNNERS),
            Act::Close { .. } => Right::new("sitting.close", RUNNERS),
            Act::AmendMinutes { .. } => Right::new("sitting.amend_minutes", RUNNERS),
            Act::ConfirmMinutes { .. } => Right::new("sitting.confirm_minutes", CALLERS),
            Act::HoldWeekly { .. } => Right::new("sitting.hold_weekly", CALLERS),
            Act::Lapse { .. } => Right::new("sitting.lapse", CLOCK),
            Act::Reschedule { .. } => Right::new("sitting.reschedule", CLOCK),
        }
    }

    /// Who was there by name, and what was said of a closed item, officials alone read.
    fn audience(&self, fact: &Fact) -> Audience {
        match fact {
            Fact::Attended { .. } => Audience::Officials,
            Fact::Reported { item, .. }
            | Fact::Discussed { item, .. }
            | Fact::Agreed { item, .. }
            | Fact::Put { item, .. }
            | Fact::Settled { item, .. }
            | Fact::MinutesAmended { item: Some(item), .. }
                if self.is_closed(*item) =>
            {
                Audience::Officials
            }
            _ => Audience::Public,
        }
    }

    fn personal(act: &Act) -> Vec<(&'static str, String)> {
        let titles = |items: &[Item]| decide::titles_of(items).map(|titles| ("titles", titles)).into_iter().collect();
        match act {
            Act::Convene { agenda, .. } => titles(agenda),
            Act::Add { item, .. } => titles(std::slice::from_ref(item)),
            Act::Discuss { speakers, .. } => vec![("speakers", decide::named(speakers))],
            _ => Vec::new(),
        }
    }

    fn relies(given: &Given) -> Vec<Relied> {
        given.relies.clone()
    }

    fn decide(before: Option<&Self>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        decide::decide(before, act, &given, at)
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        let Some(mut s) = before else { return Self::first(id, fact) };
        match fact {
            Fact::Convened { .. } | Fact::Held { .. } => unreachable!("a sitting begins once"),
            Fact::Notified { assembly, on, .. } => {
                s.called.iter_mut().filter(|called| called.assembly == assembly).for_each(|called| called.noticed = Some(on));
            }
            Fact::Added { item, titles } => {
                s.agenda.push(item.into());
                s.titles.extend(titles);
            }
            Fact::Cancelled { .. } => s.phase = Phase::Cancelled,
            Fact::Reconvened { by, on } => {
                s.taken_up = Some(by);
                s.duties.meet(RECONVENE, on);
            }
            Fact::Opened { at, .. } => (s.phase, s.opened) = (Phase::Open, Some(at)),
            Fact::Attended { at, arrive, leave, proxies } => s.move_people(at, arrive, &leave, proxies),
            Fact::Reported { item, .. } => s.agenda[item as usize].reports += 1,
            Fact::Discussed { item, .. } => s.agenda[item as usize].discussions += 1,
            Fact::Agreed { item, text, .. } => s.agenda[item as usize].settled = Some(Settled::Agreed { text }),
            Fact::Put { item, ballot } => {
                s.agenda[item as usize].ballot = Some(ballot);
                s.note_voters();
            }
            Fact::Settled { item, ballot, outcomes } => {
                let point = &mut s.agenda[item as usize];
                (point.ballot, point.settled) = (None, Some(Settled::Ballot { ballot, outcomes }));
                s.forget_voters();
            }
            Fact::Adjourned { at, reconvene, minutes, .. } => {
                s.owe(reconvene);
                s.end(Phase::Adjourned, at, minutes);
            }
            Fact::Closed { at, minutes, .. } => s.end(Phase::Closed, at, Some(minutes)),
            Fact::MinutesAmended { .. } => s.amended += 1,
            Fact::MinutesConfirmed { on } => {
                s.confirmed = Some(on);
                s.duties.meet(MINUTES, on);
            }
            Fact::Lapsed { n, on, .. } => s.duties.lapse(n, on),
            Fact::Rescheduled { n, new, .. } => s.duties.prolong(n, new),
        }
        s
    }

    fn follows(&self, fact: &Fact) -> Vec<AnyAct> {
        let held = |rule: &String| AnyAct::Cadence(cadence::Act::Held { rule: rule.clone(), on: self.day, sitting: self.id });
        let mut acts: Vec<AnyAct> = match fact {
            Fact::Convened { again: Some(again), .. } => vec![AnyAct::Sitting(Act::Reconvene { sitting: *again, by: self.id })],
            Fact::Closed { cadences, .. } | Fact::Held { cadences, .. } => cadences.iter().map(held).collect(),
            _ => Vec::new(),
        };
        acts.extend(self.notes_for_motion(fact));
        acts
    }

    fn duties(&self) -> Vec<Duty> {
        self.duties.all().to_vec()
    }

    fn overdue(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.silent(at.day).map(|duty| Act::Lapse { sitting: id, n: duty.n })
    }

    fn reckoned(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.outdated(at).map(|(n, _)| Act::Reschedule { sitting: id, n })
    }
}
