//! 一镇一村 The town of one seed: its house, who lives there, and what they were told or left without an answer.

use crate::actors;
use crate::ask::Asks;
use crate::fault::{Fault, Faults, Struck};
use crate::holds;
use app::{Clock, Failure};
use jiff::civil::{Date, date};
use jiff::{Span, Timestamp};
use law::lead::body::BodyKind;
use law::meet::ballot::Slip;
use law::meet::sitting::Phase;
use law::meet::{Assembly, Choice};
use law::{Actor, Digest, MatterId, PostKind, UnitCode, Who};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use record::Checkpoint;
use sim::World;
use sim::scene::{TOWN, UNIT};
use sim::world::{Store, Village, instant};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;
use store::{Kept, Tx, kept, lead};

/// A town with one village, and what strangers remember of it whatever befalls the house.
pub struct Life {
    /// The house and its clock.
    pub world: World,
    /// What can go wrong with its database.
    pub faults: Faults,
    /// The dice of everybody's doings.
    pub dice: ChaCha8Rng,
    /// The village.
    pub village: Village,
    /// The town above it.
    pub town: UnitCode,
    /// Persons on file in the village.
    pub residents: Vec<MatterId>,
    /// Persons on file in the town.
    pub officers: Vec<MatterId>,
    /// Codes on the stubs of anonymous slips.
    pub codes: Vec<Digest>,
    /// Lines that were there before this life began.
    pub founding: BTreeMap<UnitCode, i64>,
    /// What was asked and answered, or not.
    pub asks: Asks,
    /// Reports by the sender's code, and whether the sender was told that it is kept.
    pub lodged: BTreeMap<Digest, bool>,
    /// Members of the collective, in the order of their households.
    pub members: Vec<MatterId>,
    /// By ballot: whose turn it was to vote.
    pub voters: BTreeMap<MatterId, BTreeSet<MatterId>>,
    /// By ballot: the secret papers that voters hold receipts of.
    pub receipts: BTreeMap<MatterId, Vec<Slip>>,
    /// Every checkpoint that strangers have seen.
    pub published: BTreeMap<UnitCode, Vec<Checkpoint>>,
    /// People as they were when they signed in; some have left their post or the roll since.
    signed_in: Vec<Actor>,
    seed: u64,
}

/// Says which life it was that came to a bad end.
impl Drop for Life {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let last = self.faults.struck().pop();
            let last = last.map(|Struck { statement, sql, fault }| format!("; last struck: {fault:?} at statement {statement}, {sql}"));
            eprintln!("CUNWU_SEED={} came to a bad end{}", self.seed, last.unwrap_or_default());
        }
    }
}

impl Life {
    /// Sets the town up on a database of its own, with nothing amiss yet.
    pub fn begin(seed: u64, store: &Store, folder: &Path) -> Self {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let day = date(2026, 9, 1).checked_add(Span::new().days(dice.next_u32() % 110)).expect("a day");
        let faults = Faults::of(store.address(folder));
        let world = World::on(Arc::new(faults.clone()), folder.to_owned(), seed, day, false).expect("a house");
        let start = day.checked_add(Span::new().days(2)).expect("a day");
        let village = world.village(UNIT, ["林伟棠", "黎满堂", "梁玉燕", "陈国强", "陈志恒"], start).expect("a village");
        let town = UnitCode::parse(TOWN).expect("a town");
        let officers = officers(&world, town);
        let mut residents: Vec<MatterId> = village.cadres.iter().map(|(_, person, _)| *person).collect();
        for phone in ["19900000001", "19900000002", "19900000003"] {
            residents.push(world.person(village.code, "王志强", Some(phone), Some(actors::GROUP)).expect("a person"));
        }
        world.enrol(village.code, actors::GROUP, residents[6..8].to_vec(), date(2021, 3, 1)).expect("a roll");
        let members = assemblies(&world, &village, &mut residents);
        let sizes = world.house.read(|tx| store::record::sizes(tx)).expect("two records");
        Self {
            world,
            faults,
            dice,
            village,
            town,
            residents,
            officers,
            codes: Vec::new(),
            founding: sizes.into_iter().map(|(unit, size, _)| (unit, size)).collect(),
            asks: Asks::default(),
            lodged: BTreeMap::new(),
            members,
            voters: BTreeMap::new(),
            receipts: BTreeMap::new(),
            published: BTreeMap::new(),
            signed_in: Vec::new(),
            seed,
        }
    }

    /// Lives while so often somebody does something. What must hold is looked at after each death and at the end.
    pub fn live(&mut self, turns: u32) {
        for _ in 0..turns {
            if !self.faults.is_drawn() {
                self.draw();
            }
            self.begin_turn();
            let pass = i64::from(self.below(60));
            self.clock(Span::new().minutes(pass));
            actors::turn(self);
            if self.faults.is_dead() {
                self.rise();
                self.take_stock();
            }
        }
        self.take_stock();
        self.world.open_again().expect("with nothing amiss it opens");
        self.take_stock();
    }

    /// A fault to come, often soon.
    fn draw(&mut self) {
        let most = if self.chance(50) { 60 } else { 4_000 };
        let (after, fault) = (1 + self.below(most), self.pick(&Fault::ALL));
        self.faults.draw(after.into(), fault);
    }

    /// The process is started again, as often as it takes; it may die again while it opens.
    fn rise(&mut self) {
        loop {
            self.faults.revive();
            self.draw();
            let Err(failure) = self.world.open_again() else { return };
            self.excuse(&failure);
        }
    }

    /// With nothing amiss any more, everybody gets an answer, and what must hold holds.
    fn take_stock(&mut self) {
        self.faults.calm();
        self.begin_turn();
        self.ask_again();
        holds::all(self);
    }

    /// Looks at the tables, as a page does.
    pub fn look<T>(&mut self, work: impl FnOnce(&mut dyn Tx) -> Result<T, Failure>) -> Option<T> {
        let seen = self.world.house.read(work);
        self.attempt(seen)
    }

    /// The matters of a kind that somebody touched lately.
    pub fn lately<M: Kept>(&mut self, unit: UnitCode) -> Vec<M> {
        self.look(|tx| kept::pick::<M>(tx, unit, "ORDER BY seq DESC LIMIT 12", &[])).unwrap_or_default()
    }

    /// One of the matters of a kind that somebody touched lately, if there is one.
    pub fn some<M: Kept>(&mut self, unit: UnitCode) -> Option<M> {
        self.some_like(unit, |_| true)
    }

    /// As [`Life::some`], mostly one like this.
    pub fn some_like<M: Kept>(&mut self, unit: UnitCode, like: impl Fn(&M) -> bool) -> Option<M> {
        let mut lately = self.lately(unit);
        if self.chance(80) {
            lately.retain(like);
        }
        let one = self.below(u32::try_from(lately.len()).expect("few").max(1)) as usize;
        lately.into_iter().nth(one)
    }

    /// Somebody who holds one of these posts at `home` and acts in `unit`; now and then as signed in some time ago.
    pub fn holder(&mut self, home: UnitCode, posts: &[PostKind], unit: UnitCode) -> Option<Actor> {
        if let Some(since_long) = self.signed_in_since_long() {
            return Some(since_long);
        }
        let today = self.today();
        let which = self.dice.next_u32() as usize;
        let found = self.look(|tx| {
            let held = lead::post::held(tx, home, today)?;
            let persons: Vec<MatterId> = held.iter().filter(|post| posts.contains(&post.kind)).map(|post| post.person).collect();
            let Some(person) = persons.get(which.checked_rem(persons.len()).unwrap_or_default()).copied() else { return Ok(None) };
            Ok(Some((person, lead::post::offices(tx, unit, person, today)?)))
        });
        let (person, offices) = found.flatten()?;
        let actor = Actor::new(Who::Official { person, offices });
        self.signed_in.push(actor.clone());
        Some(actor)
    }

    /// Somebody as the posts of today make him.
    pub fn official(&mut self, unit: UnitCode, person: MatterId) -> Option<Actor> {
        let today = self.today();
        let offices = self.look(|tx| lead::post::offices(tx, unit, person, today))?;
        Some(Actor::new(Who::Official { person, offices }))
    }

    /// Somebody as he was when he signed in.
    fn signed_in_since_long(&mut self) -> Option<Actor> {
        let known = self.signed_in.clone();
        (!known.is_empty() && self.chance(10)).then(|| self.pick(&known))
    }

    /// Some resident, on the roll or not.
    pub fn resident(&mut self) -> Actor {
        if let Some(since_long) = self.signed_in_since_long() {
            return since_long;
        }
        let (unit, today) = (self.village.code, self.today());
        let person = self.pick(&self.residents.clone());
        let on_roll = self.look(|tx| lead::roll::holds(tx, unit, person, today)).unwrap_or(false);
        let actor = Actor::new(Who::Resident { person, on_roll });
        self.signed_in.push(actor.clone());
        actor
    }

    /// Gives somebody's secret papers, which come back as a receipt; without one nobody knows whether they are kept.
    pub fn votes_in_secret(&mut self, ballot: MatterId, by: &Actor, voter: MatterId, choice: Choice) {
        let given = app::meet::ballot::cast(&self.world.house, self.village.code, by, ballot, voter, choice);
        let slips = self.attempt(given);
        self.receipts.entry(ballot).or_default().extend(slips.into_iter().flatten());
    }

    /// Whoever holds the stub of a slip.
    pub fn bearer(&mut self) -> Actor {
        let code = if self.codes.is_empty() { Digest::of(&[b"made up"]) } else { self.pick(&self.codes.clone()) };
        Actor::new(Who::Bearer { code })
    }

    /// Anybody at all, with a right to the act or without.
    pub fn anybody(&mut self, unit: UnitCode) -> Actor {
        let persons = [&self.residents[..], &self.officers].concat();
        let person = self.pick(&persons);
        match self.below(6) {
            0 => self.resident(),
            1 => self.bearer(),
            2 => Actor::new(Who::Anyone),
            3 => Actor::new(Who::Keeper),
            _ => self.official(unit, person).unwrap_or(Actor::new(Who::Anyone)),
        }
    }

    /// Today.
    pub fn today(&self) -> Date {
        law::moment::civil_day(self.world.clock.now())
    }

    /// The hour of the day.
    pub fn hour(&self) -> i8 {
        let midnight = instant(self.today(), 0, 0);
        i8::try_from((self.world.clock.now().as_second() - midnight.as_second()) / 3_600).expect("a day has few")
    }

    /// Some day between so many days from today.
    pub fn day(&mut self, between: RangeInclusive<i32>) -> Date {
        let days = self.pick(&between.collect::<Vec<_>>());
        self.today().checked_add(Span::new().days(days)).expect("a day")
    }

    /// Moves the clock.
    pub fn clock(&self, on: Span) {
        let now: Timestamp = self.world.clock.now();
        self.world.clock.set(now.checked_add(on).expect("an instant"));
    }

    /// It is half an hour after midnight, some days on; mostly not before a sitting of today was held, and not beyond the day of the next.
    pub fn midnight(&mut self) {
        let most = self.pick(&[2, 4, 4, 9, 20]);
        let (today, mut day) = (self.today(), self.day(1..=most));
        let unit = self.village.code;
        let called = self.look(|tx| store::meet::sitting::in_phase(tx, unit, Phase::Called)).unwrap_or_default();
        if called.iter().any(|sitting| sitting.day == today) && self.chance(90) {
            return;
        }
        if let Some(next) = called.iter().map(|sitting| sitting.day).filter(|next| *next > today).min()
            && self.chance(85)
        {
            day = day.min(next);
        }
        self.world.clock.set(instant(day, 0, 30));
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u32) -> u32 {
        self.dice.next_u32() % end
    }

    /// Whether something happens that happens so often of a hundred times.
    pub fn chance(&mut self, of_a_hundred: u32) -> bool {
        self.below(100) < of_a_hundred
    }

    /// One of these.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(u32::try_from(from.len()).expect("few")) as usize].clone()
    }
}

/// The town's two offices, each with an officer.
fn officers(world: &World, town: UnitCode) -> Vec<MatterId> {
    let offices = [
        ("谢浩然", BodyKind::Town, "虎门镇党建工作办公室", PostKind::TownOfficer),
        ("莫美玲", BodyKind::TownDiscipline, "虎门镇纪检监察组", PostKind::TownDiscipline),
    ];
    let found = |(name, kind, office, post)| {
        let body = world.body(town, kind, office).expect("an office");
        let person = world.person(town, name, None, None).expect("a person");
        world.appoint(town, person, name, body, post).expect("a post");
        person
    };
    offices.map(found).to_vec()
}

/// The village's constituencies on their rolls, most of their people in several; and the members of its bodies. Gives the members
/// of the collective.
fn assemblies(world: &World, village: &Village, residents: &mut Vec<MatterId>) -> Vec<MatterId> {
    let unit = village.code;
    for n in 0..9 {
        residents.push(world.person(unit, &format!("村民{n}"), None, None).expect("a person"));
    }
    let people = residents[6..].to_vec();
    let sits = [(3, village.committee), (5, village.committee), (7, village.supervision), (9, village.supervision)];
    for (n, body) in sits {
        world.appoint(unit, people[n], &format!("委员{n}"), body, PostKind::Member).expect("a post");
    }
    let secretary = village.person(PostKind::Secretary);
    let members = people[..10].to_vec();
    let rolls = [
        (Assembly::Party, [&[secretary], &people[3..7]].concat()),
        (Assembly::Representatives, people[1..6].to_vec()),
        (Assembly::Delegates, people[4..9].to_vec()),
        (Assembly::Migrants, people[9..].to_vec()),
        (Assembly::Members, members.clone()),
    ];
    for (assembly, persons) in rolls {
        world.seat(unit, assembly, &persons).expect("a roll");
    }
    members
}
