//! 世界 A world to test and to show: one house, a clock to turn, villages with their bodies and people.

use app::house::Parts;
use app::{Asked, Config, Done, Failure, HandClock, House, Keys, SeededDice};
use jiff::civil::{Date, date};
use jiff::tz;
use law::lead::{body, mechanism, person, post, roll};
use law::meet::Assembly;
use law::meet::electorate::{self, Seat};
use law::unit::Units;
use law::{Actor, AnyAct, MatterId, Personal, Policy, PostKind, UnitCode, Who};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Database;

/// One house with a clock that is turned by hand.
pub struct World {
    /// The house.
    pub house: Arc<House>,
    /// Its clock.
    pub clock: Arc<HandClock>,
    /// Where it lives.
    pub directory: PathBuf,
    ground: Ground,
}

/// What a world's house stands on, and is opened with again after it was closed or died.
struct Ground {
    database: Arc<dyn Database>,
    dice: Arc<SeededDice>,
    key_seed: [u8; 32],
    demo: bool,
    policy: Policy,
    units: Units,
}

/// Where the tables are.
#[derive(Clone, Debug)]
pub enum Store {
    /// A SQLite file in the world's directory.
    Sqlite,
    /// A PostgreSQL address, search path and all.
    Postgres(String),
}

impl Store {
    /// The address of the tables of a world that lives in `directory`.
    pub fn address(&self, directory: &Path) -> String {
        match self {
            Self::Sqlite => directory.join("cunwu.sqlite").display().to_string(),
            Self::Postgres(url) => url.clone(),
        }
    }
}

/// A village as it is first set up.
pub struct Village {
    /// Its code.
    pub code: UnitCode,
    /// 党工委.
    pub party: MatterId,
    /// 村（居）委会.
    pub committee: MatterId,
    /// 集体经济组织.
    pub collective: MatterId,
    /// 监督委员会.
    pub supervision: MatterId,
    /// Who holds which post: (kind, person, name).
    pub cadres: Vec<(PostKind, MatterId, String)>,
}

impl Village {
    /// The person in a post.
    pub fn person(&self, kind: PostKind) -> MatterId {
        self.cadres.iter().find(|(held, ..)| *held == kind).expect("every village of the world has all posts").1
    }
}

/// The instant of a civil day and time in Asia/Shanghai.
pub fn instant(day: Date, hour: i8, minute: i8) -> jiff::Timestamp {
    let zone = tz::TimeZone::fixed(tz::offset(8));
    day.at(hour, minute, 0, 0).to_zoned(zone).expect("eight hours ahead has every hour").timestamp()
}

/// The keeper, who enters what stands when the house is set up.
pub fn keeper() -> Actor {
    Actor::new(Who::Keeper)
}

impl Ground {
    fn new(database: Arc<dyn Database>, seed: u64, demo: bool) -> Self {
        let key_seed = law::Digest::of(&[b"world", &seed.to_be_bytes()]).0;
        let dice = Arc::new(SeededDice::new(seed));
        Self { database, dice, key_seed, demo, policy: Policy::embedded(), units: Units::embedded() }
    }

    fn parts(&self, directory: &Path, clock: &Arc<HandClock>) -> Parts {
        let mut config = Config::in_directory(directory, "demo.invalid/record");
        if self.demo {
            config.codes.adapter = app::config::Adapter::File;
        }
        Parts {
            config,
            database: self.database.clone(),
            keys: Keys::new(self.key_seed),
            clock: clock.clone(),
            dice: self.dice.clone(),
            policy: self.policy.clone(),
            units: self.units.clone(),
        }
    }
}

/// A clock that stands at nine in the morning.
fn clock(day: Date) -> Arc<HandClock> {
    Arc::new(HandClock::at(instant(day, 9, 0)))
}

impl World {
    /// A new house in `directory` that believes it is nine in the morning of `day`.
    pub fn new(directory: PathBuf, store: &Store, seed: u64, day: Date, demo: bool) -> Result<Self, Failure> {
        let database = Arc::new(store.address(&directory));
        Self::on(database, directory, seed, day, demo)
    }

    /// As [`World::new`], on a database that is reached in the caller's own way.
    pub fn on(database: Arc<dyn Database>, directory: PathBuf, seed: u64, day: Date, demo: bool) -> Result<Self, Failure> {
        let (ground, clock) = (Ground::new(database, seed, demo), clock(day));
        House::init(&ground.parts(&directory, &clock), demo)?;
        Ok(Self { house: House::open(ground.parts(&directory, &clock))?, clock, directory, ground })
    }

    /// A demo's house that is there already, in `directory`, on SQLite.
    pub fn reopen(directory: PathBuf, seed: u64, day: Date) -> Result<Self, Failure> {
        let database = Arc::new(Store::Sqlite.address(&directory));
        let (ground, clock) = (Ground::new(database, seed, true), clock(day));
        Ok(Self { house: House::open(ground.parts(&directory, &clock))?, clock, directory, ground })
    }

    /// Closes the house, if it is not dead, and opens it again: what was only in memory is gone, the clock goes on.
    pub fn open_again(&mut self) -> Result<(), Failure> {
        self.house.close();
        self.house = House::open(self.ground.parts(&self.directory, &self.clock))?;
        Ok(())
    }

    /// The keys of its house.
    pub fn keys(&self) -> Keys {
        Keys::new(self.ground.key_seed)
    }

    /// Turns the clock to a day and time.
    pub fn turn(&self, day: Date, hour: i8, minute: i8) {
        self.clock.set(instant(day, hour, minute));
    }

    /// Asks as the keeper.
    pub fn keep(&self, unit: UnitCode, act: AnyAct) -> Result<Done, Failure> {
        self.house.enact(unit, Asked::new(act, keeper()))
    }

    /// Enters a person.
    pub fn person(&self, unit: UnitCode, name: &str, phone: Option<&str>, group: Option<&str>) -> Result<MatterId, Failure> {
        let act = person::Act::Enter {
            name: Personal(name.into()),
            id_number: None,
            phone: phone.map(|phone| Personal(phone.into())),
            group: group.map(Into::into),
        };
        Ok(self.keep(unit, AnyAct::Person(act))?.matter)
    }

    /// Enters a body.
    pub fn body(&self, unit: UnitCode, kind: body::BodyKind, name: &str) -> Result<MatterId, Failure> {
        let act = body::Act::Found { kind, name: name.into(), since: date(2021, 1, 1) };
        Ok(self.keep(unit, AnyAct::Body(act))?.matter)
    }

    /// Puts a person in a post.
    pub fn appoint(&self, unit: UnitCode, person: MatterId, name: &str, body: MatterId, kind: PostKind) -> Result<MatterId, Failure> {
        let act = post::Act::Appoint { person, name: name.into(), body, kind, from: date(2021, 3, 1), to: None, basis: "期初".into() };
        Ok(self.keep(unit, AnyAct::Post(act))?.matter)
    }

    /// Puts persons on the roll of a group.
    pub fn enrol(&self, unit: UnitCode, group: &str, join: Vec<MatterId>, from: Date) -> Result<Done, Failure> {
        let act = roll::Act::Change { group: group.into(), from, join, leave: Vec::new(), basis: "期初".into() };
        self.keep(unit, AnyAct::Roll(act))
    }

    /// Puts persons on the roll of a voting assembly; every third is a woman, every two are a household.
    pub fn seat(&self, unit: UnitCode, assembly: Assembly, persons: &[MatterId]) -> Result<(), Failure> {
        let seat = |(n, person): (usize, &MatterId)| Seat {
            person: *person,
            woman: n.is_multiple_of(3),
            household: Some(format!("{:04}", n / 2)),
        };
        let seats: Vec<Seat> = persons.iter().enumerate().map(seat).collect();
        for join in seats.chunks(law::limit::PERSONS) {
            let (from, join, leave) = (date(2021, 3, 1), join.to_vec(), Vec::new());
            self.keep(unit, AnyAct::Electorate(electorate::Act::Seat { assembly, from, join, leave, basis: "期初".into() }))?;
        }
        Ok(())
    }

    /// Starts the mechanism.
    pub fn start(&self, unit: UnitCode, day: Date) -> Result<Done, Failure> {
        self.keep(unit, AnyAct::Mechanism(mechanism::Act::Start { day, basis: "镇（街道）党委通知".into() }))
    }

    /// A village with all bodies and posts, its mechanism started on `day`. `names` are secretary, head of the
    /// collective, head of the supervision committee, discipline member and clerk; the secretary is director too.
    pub fn village(&self, code: &str, names: [&str; 5], day: Date) -> Result<Village, Failure> {
        use body::BodyKind as Kind;
        let code = UnitCode::parse(code).expect("a unit code");
        let unit = self.house.units.get(code).expect("a unit of the list");
        let (short, committee) = (unit.short_name().to_owned(), unit.name.clone());
        let party = self.body(code, Kind::Party, &format!("中共{short}工作委员会"))?;
        let committee = self.body(code, Kind::Committee, &committee)?;
        let collective = self.body(code, Kind::Collective, &format!("{short}股份经济联合社"))?;
        let supervision = self.body(code, Kind::Supervision, &format!("{short}监督委员会"))?;
        let mut people = Vec::new();
        for name in names {
            people.push((self.person(code, name, None, None)?, name));
        }
        let seats = [
            (PostKind::Secretary, 0, party),
            (PostKind::Director, 0, committee),
            (PostKind::CollectiveHead, 1, collective),
            (PostKind::SupervisionHead, 2, supervision),
            (PostKind::Discipline, 3, party),
            (PostKind::Clerk, 4, committee),
        ];
        let mut cadres = Vec::new();
        for (kind, who, body) in seats {
            let (person, name) = people[who];
            self.appoint(code, person, name, body, kind)?;
            cadres.push((kind, person, name.to_owned()));
        }
        self.start(code, day)?;
        Ok(Village { code, party, committee, collective, supervision, cadres })
    }

    /// How a database goes about a statement.
    pub fn explain(&self, on: &Store, sql: &str) -> Result<String, Failure> {
        store::connect(&on.address(&self.directory), &Arc::new(self.keys().vault()))?.explain(sql)
    }

    /// The actor that a person is in a unit today, by the posts of today.
    pub fn official(&self, unit: UnitCode, person: MatterId) -> Result<Actor, Failure> {
        let day = law::moment::civil_day(app::Clock::now(&*self.clock));
        let offices = self.house.read(|tx| store::lead::post::offices(tx, unit, person, day))?;
        Ok(Actor::new(Who::Official { person, offices }))
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.house.close();
    }
}
