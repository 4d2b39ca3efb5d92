//! 会场 Hall: a unit in memory for the cases of the meetings' law: its rules, its people, a clock turned by hand; 东组通〔2015〕33号 二（二）.

use super::ballot::{self, Ballot, Mark, Slip, Vote};
use super::electorate::{self, Electorate, Seat};
use super::motion::{Class, Reason};
use super::sitting::{self, Mandate, Sitting, Tabled};
use super::slot::{self, Slot};
use super::{Assembly, SittingKind, Stage};
use crate::personal::Salt;
use crate::{Actor, AnyAct, Digest, Matter, MatterId, Moment, Office, PersonalRef, Policy, PostKind, Refusal, UnitCode, Who};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static POLICY: LazyLock<Policy> = LazyLock::new(Policy::embedded);

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// The holder of a post; one person may hold several.
    Post(PostKind),
    /// A person, by no post.
    Person(u64),
    /// The law.
    Law,
    /// The clock.
    Clock,
}

/// A unit whose mechanism runs since the day before its first law.
pub struct Hall {
    pub policy: Policy,
    pub unit: UnitCode,
    pub rolls: BTreeMap<Assembly, Electorate>,
    pub officers: BTreeMap<Assembly, BTreeSet<MatterId>>,
    pub motions: BTreeMap<MatterId, Tabled>,
    pub slot: Option<Slot>,
    pub slips: Vec<Slip>,
    /// Acts of other kinds that followed.
    pub followed: Vec<AnyAct>,
    sittings: BTreeMap<MatterId, (Sitting, Vec<sitting::Fact>)>,
    ballots: BTreeMap<MatterId, (Ballot, Vec<ballot::Fact>)>,
    texts: BTreeMap<PersonalRef, String>,
    clock: Actor,
    now: (Date, i8, i8),
    thrown: u64,
}

/// The id numbered `n`.
pub fn id(n: u64) -> MatterId {
    MatterId::from_bits(n * 2)
}

/// Several ids.
pub fn ids(numbers: impl IntoIterator<Item = u64>) -> Vec<MatterId> {
    numbers.into_iter().map(id).collect()
}

/// The motion that every hall has.
pub fn motion() -> MatterId {
    id(7_000)
}

const STAGES: [Stage; 5] = [Stage::Daily, Stage::Consult, Stage::Deliberate, Stage::Resolve, Stage::Ratify];

/// A major matter that these decide.
pub fn class(competent: &[Assembly]) -> Class {
    Class {
        major: true,
        rule: "meet.motion.major".into(),
        mark: String::new(),
        reason: Reason::Listed,
        competent: competent.to_vec(),
        reserved: None,
        party_first: false,
        draft_days: 7,
        majority: None,
        carried_out_by: Vec::new(),
    }
}

/// Who holds which post: the secretary is director too.
fn holder(kind: PostKind) -> u64 {
    match kind {
        PostKind::Secretary | PostKind::Director => 1,
        PostKind::CollectiveHead => 2,
        PostKind::SupervisionHead => 21,
        _ => 9,
    }
}

impl Hall {
    /// A 村.
    pub fn village() -> Self {
        Self::of("441900121201")
    }

    /// A 社区.
    pub fn community() -> Self {
        Self::of("441900121014")
    }

    fn of(code: &str) -> Self {
        let now = (date(2026, 9, 1), 9, 0);
        let mut hall = Self {
            policy: POLICY.clone(),
            unit: UnitCode::parse(code).unwrap(),
            rolls: BTreeMap::new(),
            officers: BTreeMap::new(),
            motions: BTreeMap::new(),
            slot: None,
            slips: Vec::new(),
            followed: Vec::new(),
            sittings: BTreeMap::new(),
            ballots: BTreeMap::new(),
            texts: BTreeMap::new(),
            clock: Actor::new(Who::Clock),
            now,
            thrown: 0,
        };
        let officers = [(Assembly::Team, 1..=7), (Assembly::Representatives, 1..=3), (Assembly::Supervision, 21..=23)];
        hall.officers = officers.into_iter().map(|(assembly, persons)| (assembly, persons.map(id).collect())).collect();
        // 党员20人；村民代表25人，加村委会3人；成员代表25人；异地务工人员代表4人；成员60人，两人一户。
        let rolls = [
            (Assembly::Party, 1..=20),
            (Assembly::Representatives, 15..=39),
            (Assembly::Delegates, 30..=54),
            (Assembly::Migrants, 101..=104),
            (Assembly::Members, 30..=89),
        ];
        for (assembly, persons) in rolls {
            hall.seat(assembly, persons);
        }
        hall.motions.insert(
            motion(),
            Tabled { version: 1, class: class(&[Assembly::Representatives, Assembly::Delegates]), voted: vec![], ready: Ok(()) },
        );
        hall
    }

    fn seat(&mut self, assembly: Assembly, persons: std::ops::RangeInclusive<u64>) {
        let seat = |n: u64| Seat { person: id(n), woman: n.is_multiple_of(3), household: Some(format!("{:03}", n / 2)) };
        let join = persons.map(seat).collect();
        let act = electorate::Act::Seat { assembly, from: date(2015, 9, 2), join, leave: Vec::new(), basis: "换届选举".into() };
        let (roll, at) = (Electorate::id_of(assembly), self.at(self.now.0, 9, 0));
        let fact = Electorate::decide(None, act, electorate::Given::default(), &at).unwrap();
        self.rolls.insert(assembly, Electorate::evolve(None, fact, roll));
    }

    /// The moment as the clock sees it.
    pub fn at(&self, day: Date, hour: i8, minute: i8) -> Moment<'_> {
        self.moment(&self.clock, None, day, hour, minute)
    }

    /// The moment as somebody sees it who acts, by a post or not.
    pub fn moment<'a>(&'a self, by: &'a Actor, office: Option<&'a Office>, day: Date, hour: i8, minute: i8) -> Moment<'a> {
        let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
        Moment {
            unit: self.unit,
            profile: self.unit.profile(),
            started: Some(date(2015, 9, 2)),
            now: day.at(hour, minute, 0, 0).to_zoned(zone).unwrap().timestamp(),
            day,
            by,
            office,
            fresh: id(10_000 + self.thrown),
            salt: u128::from(self.thrown).to_be_bytes(),
            policy: &self.policy,
        }
    }

    /// Turns the clock.
    pub fn turn(&mut self, day: Date, hour: i8, minute: i8) -> &mut Self {
        self.now = (day, hour, minute);
        self
    }

    fn actor(&self, by: By) -> (Actor, Option<Office>) {
        match by {
            By::Law => (Actor::new(Who::Law { cause: 0 }), None),
            By::Clock => (Actor::new(Who::Clock), None),
            By::Person(n) => (Actor::new(Who::Resident { person: id(n), on_roll: true }), None),
            By::Post(kind) => {
                let office = Office { unit: self.unit, post: id(900 + kind as u64), step: 0, body: id(50), kind };
                (Actor::new(Who::Official { person: id(holder(kind)), offices: vec![office.clone()] }), Some(office))
            }
        }
    }

    /// Asks for an act of a sitting; gives its id.
    pub fn sit(&mut self, by: By, act: sitting::Act) -> Result<MatterId, Refusal> {
        let (actor, office) = self.actor(by);
        self.thrown += 1;
        let at = self.moment(&actor, office.as_ref(), self.now.0, self.now.1, self.now.2);
        right::<Sitting>(&act, &at)?;
        let matter = Sitting::of(&act, &at);
        let before = self.sittings.get(&matter).map(|(sitting, _)| sitting.clone());
        let again = if let sitting::Act::Convene { again: Some(again), .. } = &act { self.sittings.get(again) } else { None };
        let given = sitting::Given {
            rolls: self.rolls.values().cloned().collect(),
            officers: self.officers.clone(),
            motions: self.motions.iter().flat_map(|(id, tabled)| STAGES.map(|stage| ((*id, stage), tabled.clone()))).collect(),
            again: again.map(|(sitting, _)| sitting.clone()),
            slot: self.slot.clone(),
            relies: Vec::new(),
        };
        let texts = texts::<Sitting>(&act, &at);
        let fact = Sitting::decide(before.as_ref(), act, given, &at)?;
        let state = Sitting::evolve(before, fact.clone(), matter);
        let follows = state.follows(&fact);
        self.texts.extend(texts);
        let (kept, facts) = self.sittings.entry(matter).or_insert_with(|| (state.clone(), Vec::new()));
        *kept = state;
        facts.push(fact);
        self.follow(follows)?;
        Ok(matter)
    }

    /// Asks for an act of a ballot; gives its id.
    pub fn vote(&mut self, by: By, act: ballot::Act) -> Result<MatterId, Refusal> {
        let (actor, office) = self.actor(by);
        self.thrown += 1;
        let at = self.moment(&actor, office.as_ref(), self.now.0, self.now.1, self.now.2);
        right::<Ballot>(&act, &at)?;
        let matter = Ballot::of(&act, &at);
        let before = self.ballots.get(&matter).map(|(ballot, _)| ballot.clone());
        let sitting =
            if let ballot::Act::Open { sitting, .. } = &act { Some(*sitting) } else { before.as_ref().map(|ballot| ballot.sitting) };
        let sitting = sitting.map(|sitting| self.sitting(sitting).clone());
        let item = match (&act, &before) {
            (ballot::Act::Open { item, .. }, _) => Some(*item),
            (_, ballot) => ballot.as_ref().map(|ballot| ballot.item),
        };
        let motion = item.and_then(|item| sitting.as_ref()?.point(item)?.listed.motion);
        let votes = self.votes(matter);
        let voted = match &act {
            ballot::Act::Cast { voter, .. } | ballot::Act::CastFor { voter, .. } => standing(&votes, *voter),
            _ => None,
        };
        let tabled = motion.and_then(|motion| self.motions.get(&motion).cloned());
        let (sheets, slips) = (self.sheets(matter), self.slips.clone());
        let given = ballot::Given { sitting, tabled, voted, votes, sheets, slips, relies: Vec::new() };
        let texts = texts::<Ballot>(&act, &at);
        let fact = Ballot::decide(before.as_ref(), act, given, &at)?;
        let state = Ballot::evolve(before, fact.clone(), matter);
        let follows = state.follows(&fact);
        self.texts.extend(texts);
        let (kept, facts) = self.ballots.entry(matter).or_insert_with(|| (state.clone(), Vec::new()));
        *kept = state;
        facts.push(fact);
        self.follow(follows)?;
        Ok(matter)
    }

    fn follow(&mut self, acts: Vec<AnyAct>) -> Result<(), Refusal> {
        for act in acts {
            match act {
                AnyAct::Sitting(act) => self.sit(By::Law, act).map(drop)?,
                AnyAct::Ballot(act) => self.vote(By::Law, act).map(drop)?,
                act => self.followed.push(act),
            }
        }
        Ok(())
    }

    /// A sitting as it stands.
    pub fn sitting(&self, id: MatterId) -> &Sitting {
        &self.sittings[&id].0
    }

    /// What happened in a sitting.
    pub fn facts(&self, id: MatterId) -> &[sitting::Fact] {
        &self.sittings[&id].1
    }

    /// A ballot as it stands.
    pub fn ballot(&self, id: MatterId) -> &Ballot {
        &self.ballots[&id].0
    }

    /// What happened in a ballot.
    pub fn ballot_facts(&self, id: MatterId) -> &[ballot::Fact] {
        &self.ballots[&id].1
    }

    fn text(&self, at: PersonalRef) -> &str {
        &self.texts[&at]
    }

    fn votes(&self, ballot: MatterId) -> Vec<Vote> {
        let facts = self.ballots.get(&ballot).map_or(&[][..], |(_, facts)| facts);
        let vote = |(step, fact): (u64, &ballot::Fact)| match fact {
            ballot::Fact::Cast { voter, seats, choice, proxy, cancels } => Some(Vote {
                step,
                voter: MatterId::parse(self.text(*voter)).unwrap(),
                seats: seats.clone(),
                choice: *choice,
                proxy: *proxy,
                cancels: cancels.as_ref().map(|cancelled| cancelled.step),
            }),
            _ => None,
        };
        (0..).zip(facts).filter_map(vote).collect()
    }

    fn sheets(&self, ballot: MatterId) -> Vec<ballot::Sheet> {
        let facts = self.ballots.get(&ballot).map_or(&[][..], |(_, facts)| facts);
        let sheet = |fact: &ballot::Fact| match fact {
            ballot::Fact::Sheeted { teller, papers, .. } => {
                let marks: Vec<Mark> = ballot::read_marks(self.text(*papers)).unwrap();
                Some(ballot::Sheet { teller: MatterId::parse(self.text(*teller)).unwrap(), marks })
            }
            _ => None,
        };
        facts.iter().filter_map(sheet).collect()
    }

    /// 128 bits that nobody used before.
    pub fn number(&mut self) -> Salt {
        self.thrown += 1;
        u128::from(self.thrown).to_be_bytes()
    }
}

/// How a village works: calling, coming, talking.
impl Hall {
    /// Calls a joint sitting on 2026-09-21 with one item to be resolved, every assembly by its own convener.
    pub fn joint(&mut self, items: Vec<sitting::Item>) -> MatterId {
        self.turn(date(2026, 9, 1), 9, 0);
        let called = self.sit(By::Post(PostKind::Secretary), convene(SittingKind::Joint, date(2026, 9, 21), items)).unwrap();
        for (assembly, convener) in [(Assembly::Representatives, PostKind::Director), (Assembly::Delegates, PostKind::CollectiveHead)] {
            self.sit(By::Post(convener), sitting::Act::Notify { sitting: called, assembly }).unwrap();
        }
        called
    }

    /// On the day, lets persons come in.
    pub fn come(&mut self, sitting: MatterId, persons: impl IntoIterator<Item = u64>) -> Result<MatterId, Refusal> {
        self.move_people(sitting, ids(persons), Vec::new(), Vec::new())
    }

    /// Lets persons go out.
    pub fn go(&mut self, sitting: MatterId, persons: impl IntoIterator<Item = u64>) -> Result<MatterId, Refusal> {
        self.move_people(sitting, Vec::new(), ids(persons), Vec::new())
    }

    /// Lets a holder of a mandate stand in for a principal.
    pub fn stand_in(&mut self, sitting: MatterId, principal: u64, holder: u64) -> Result<MatterId, Refusal> {
        let mandate = Mandate { principal: id(principal), holder: id(holder), paper: Some(Digest([7; 32])) };
        self.move_people(sitting, Vec::new(), Vec::new(), vec![mandate])
    }

    fn move_people(
        &mut self,
        sitting: MatterId,
        arrive: Vec<MatterId>,
        leave: Vec<MatterId>,
        proxies: Vec<Mandate>,
    ) -> Result<MatterId, Refusal> {
        let by = chair(self.sitting(sitting).kind);
        self.sit(by, sitting::Act::Attend { sitting, arrive, leave, proxies })
    }

    /// Opens the sitting at its time.
    pub fn open(&mut self, sitting: MatterId) -> Result<MatterId, Refusal> {
        let by = chair(self.sitting(sitting).kind);
        self.sit(by, sitting::Act::Open { sitting })
    }

    /// Reports on an item and discusses it.
    pub fn talk(&mut self, sitting: MatterId, item: u32) {
        let by = chair(self.sitting(sitting).kind);
        let report = sitting::Act::Report { sitting, item, by: "林伟棠".into(), text: "说明方案".into() };
        self.sit(by, report).unwrap();
        let speakers = vec![crate::Personal("梁玉燕".into())];
        self.sit(by, sitting::Act::Discuss { sitting, item, speakers, text: "都说该办".into() }).unwrap();
    }

    /// Opens a ballot on an item of an open sitting.
    pub fn ballot_on(&mut self, sitting: MatterId, item: u32, mode: ballot::Mode) -> Result<MatterId, Refusal> {
        let by = chair(self.sitting(sitting).kind);
        self.vote(by, ballot::Act::Open { sitting, item, mode })
    }

    /// Counts a ballot.
    pub fn count(&mut self, ballot: MatterId) -> Result<MatterId, Refusal> {
        let by = chair(self.sitting(self.ballot(ballot).sitting).kind);
        self.vote(by, ballot::Act::Close { ballot })
    }
}

/// Who runs a sitting of this kind.
pub fn chair(kind: SittingKind) -> By {
    By::Post(match kind {
        SittingKind::Supervision => PostKind::SupervisionHead,
        _ => PostKind::Clerk,
    })
}

/// A call for three in the afternoon.
pub fn convene(kind: SittingKind, day: Date, agenda: Vec<sitting::Item>) -> sitting::Act {
    sitting::Act::Convene { kind, day, time: "15:00".into(), place: "二楼会议室".into(), agenda, again: None }
}

/// An item on the motion of every hall.
pub fn item(stage: Stage) -> sitting::Item {
    let (motion, version) = (Some(motion()).filter(|_| stage != Stage::Daily), Some(1).filter(|_| stage != Stage::Daily));
    sitting::Item { title: "公共照明".into(), stage, motion, version, scope: None, closed: None, papers: Some(Digest([5; 32])) }
}

/// Fixes the standing slot of the teams: Wednesdays at three.
pub fn wednesdays(hall: &mut Hall) {
    let act =
        slot::Act::Set { kind: SittingKind::Team, weekday: slot::Day::Wednesday, time: "15:00".into(), place: "二楼会议室".into() };
    let (actor, office) = hall.actor(By::Post(PostKind::Secretary));
    let at = hall.moment(&actor, office.as_ref(), hall.now.0, 9, 0);
    let fact = Slot::decide(None, act, (), &at).unwrap();
    hall.slot = Some(Slot::evolve(None, fact, Slot::id_of(SittingKind::Team)));
}

/// The vote that stands for somebody.
fn standing(votes: &[Vote], voter: MatterId) -> Option<Vote> {
    let cancelled: BTreeSet<u64> = votes.iter().filter_map(|vote| vote.cancels).collect();
    votes.iter().rfind(|vote| vote.voter == voter && !cancelled.contains(&vote.step)).cloned()
}

fn right<M: Matter>(act: &M::Act, at: &Moment<'_>) -> Result<(), Refusal> {
    let right = M::right(act);
    let held = right.held_without_post(&at.by.who) || at.office.is_some_and(|office| right.held_by_post(office, at.unit));
    if held { Ok(()) } else { Err(Refusal::NoRight { act: right.name }) }
}

fn texts<M: Matter>(act: &M::Act, at: &Moment<'_>) -> Vec<(PersonalRef, String)> {
    M::personal(act).into_iter().map(|(label, text)| (at.refer(label, &text), text)).collect()
}
