//! A place to prove things in: one house in a folder of its own, on SQLite and, when there is one, on PostgreSQL.

use app::house::Parts;
use app::{Asked, Clock, Config, Done, Failure, HandClock, House, Keys, SeededDice};
use jiff::civil::{Date, date};
use jiff::tz;
use law::lead::{body, mechanism, person, post};
use law::open::suggestion::{self, Channel, Shown};
use law::unit::Units;
use law::{Actor, AnyAct, MatterId, Personal, Policy, PostKind, UnitCode, Who};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::Value;

/// The village that most tests are about.
pub const VILLAGE: &str = "441900121014";

static PLACES: AtomicU32 = AtomicU32::new(0);

/// Where a house may stand. The folder goes with it.
pub struct Place {
    pub folder: PathBuf,
    pub database: String,
    pub record_name: String,
    pub seed: u8,
}

impl Place {
    /// A new place with a SQLite file.
    pub fn new(record_name: &str, seed: u8) -> Self {
        let number = PLACES.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("cunwu-proof-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let database = folder.join("cunwu.sqlite").display().to_string();
        Self { folder, database, record_name: record_name.to_owned(), seed }
    }

    /// A new place with a schema of its own on the PostgreSQL server, if there is one.
    pub fn on_postgres(record_name: &str, seed: u8) -> Option<Self> {
        let url = std::env::var("CUNWU_TEST_POSTGRES").ok()?;
        let mut place = Self::new(record_name, seed);
        let schema = place.folder.file_name().unwrap().to_str().unwrap().replace('-', "_");
        let mut connection = store::connect(&url, &Arc::new(Keys::new([0; 32]).vault())).unwrap();
        connection.script(&format!("CREATE SCHEMA {schema}")).unwrap();
        let join = if url.contains('?') { '&' } else { '?' };
        place.database = format!("{url}{join}options=-c%20search_path%3D{schema}");
        Some(place)
    }

    /// One of each kind.
    pub fn each() -> Vec<Self> {
        let sqlite = Self::new("cunwu.example/record", 1);
        std::iter::once(sqlite).chain(Self::on_postgres("cunwu.example/record", 1)).collect()
    }

    pub fn clock(day: Date) -> Arc<HandClock> {
        let zone = tz::TimeZone::fixed(tz::offset(8));
        Arc::new(HandClock::at(day.at(9, 0, 0, 0).to_zoned(zone).unwrap().timestamp()))
    }

    pub fn parts(&self, clock: Arc<dyn Clock>) -> Parts {
        Parts {
            config: Config::in_directory(&self.folder, &self.record_name),
            database: Arc::new(self.database.clone()),
            keys: Keys::new([self.seed; 32]),
            clock,
            dice: Arc::new(SeededDice::new(self.seed.into())),
            policy: Policy::embedded(),
            units: Units::embedded(),
        }
    }

    /// A new, empty house.
    pub fn house(&self) -> Arc<House> {
        self.house_on(date(2026, 9, 30))
    }

    /// A new, empty house that believes it is this day.
    pub fn house_on(&self, day: Date) -> Arc<House> {
        let parts = self.parts(Self::clock(day));
        House::init(&parts, false).unwrap();
        House::open(parts).unwrap()
    }

    /// Does something to the tables behind the house's back. The house must be closed on SQLite, or idle.
    pub fn tamper(&self, sql: &str, args: &[Value]) -> u64 {
        let mut connection = store::connect(&self.database, &Arc::new(Keys::new([self.seed; 32]).vault())).unwrap();
        let mut tx = connection.write().unwrap();
        let touched = tx.run(sql, args).unwrap();
        tx.commit().unwrap();
        touched
    }

    /// Flips one bit of a byte in a BYTES column of one row.
    pub fn flip(&self, table: &str, column: &str, place: usize, condition: &str, args: &[Value]) {
        let mut connection = store::connect(&self.database, &Arc::new(Keys::new([self.seed; 32]).vault())).unwrap();
        let mut tx = connection.write().unwrap();
        let row = tx.row(&format!("SELECT {column} FROM {table} WHERE {condition}"), args).unwrap().expect("a row to tamper with");
        let mut bytes = row.bytes(0).unwrap().to_vec();
        bytes[place] ^= 1;
        let mut with = args.to_vec();
        with.push(Value::Bytes(bytes));
        let sql = format!("UPDATE {table} SET {column} = ${} WHERE {condition}", with.len());
        assert_eq!(tx.run(&sql, &with).unwrap(), 1);
        tx.commit().unwrap();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// A village with its bodies and people in a house.
pub struct Village {
    pub house: Arc<House>,
    pub unit: UnitCode,
    pub committee: MatterId,
    pub resident: Actor,
    pub clerk: Actor,
    pub officer: Actor,
}

impl Village {
    /// Sets a village up and starts its mechanism.
    pub fn found(house: &Arc<House>, code: &str) -> Self {
        let unit = UnitCode::parse(code).unwrap();
        let town = unit.parent().unwrap();
        let (office, officer) = official(house, town, body::BodyKind::Town, PostKind::TownOfficer, "黄志明");
        let (committee, _) = official(house, unit, body::BodyKind::Committee, PostKind::Director, "林伟棠");
        let clerk = person(house, unit, "陈志恒");
        appoint(house, unit, clerk, "陈志恒", committee, PostKind::Clerk);
        keep(house, unit, AnyAct::Mechanism(mechanism::Act::Start { day: date(2026, 9, 1), basis: "镇党委通知".into() })).unwrap();
        let resident = person(house, unit, "王志强");
        let _ = office;
        Self {
            house: house.clone(),
            unit,
            committee,
            resident: Actor::new(Who::Resident { person: resident, on_roll: true }),
            clerk: actor(house, unit, clerk),
            officer: actor(house, unit, officer),
        }
    }

    /// A new village in a new house.
    pub fn at(place: &Place) -> Self {
        Self::found(&place.house(), VILLAGE)
    }

    /// A resident's suggestion.
    pub fn suggest(&self, text: &str) -> Done {
        self.ask(self.submit(text), &self.resident).unwrap()
    }

    /// Many suggestions in one commit.
    pub fn suggest_many(&self, count: usize) {
        let acts: Vec<Asked> =
            (0..count).map(|n| Asked::new(AnyAct::Suggestion(self.submit(&format!("第{n}条意见"))), self.resident.clone())).collect();
        let all = move |hand: &mut app::Hand<'_, '_>| acts.into_iter().try_for_each(|asked| app::enact::enact(hand, asked).map(|_| ()));
        self.house.act(self.unit, all).unwrap();
    }

    fn submit(&self, text: &str) -> suggestion::Act {
        suggestion::Act::Submit {
            text: Personal(text.into()),
            channel: Channel::Web,
            intake: None,
            name: Some(Personal("王志强".into())),
            contact: Some(Personal("13800138000".into())),
            body: Some(self.committee),
            about_work: true,
        }
    }

    /// Lets everybody read it as it was written.
    pub fn release(&self, suggestion: MatterId) -> Done {
        self.ask(suggestion::Act::Release { suggestion, shown: Shown::Whole }, &self.clerk).unwrap()
    }

    /// Erases what the sender wrote.
    pub fn erase(&self, suggestion: MatterId) -> Done {
        self.ask(suggestion::Act::Erase { suggestion, basis: "个人信息保护法 第47条".into() }, &self.officer).unwrap()
    }

    pub fn ask(&self, act: suggestion::Act, by: &Actor) -> Result<Done, Failure> {
        self.house.enact(self.unit, Asked::new(AnyAct::Suggestion(act), by.clone()))
    }

    /// Signs the record as it stands; its size.
    pub fn seal(&self) -> u64 {
        match app::seal::seal(&self.house, self.unit).unwrap() {
            app::seal::Outcome::Signed(size) => size,
            other => panic!("not signed: {other:?}"),
        }
    }

    /// The key that a notice at the village office would show.
    pub fn vkey(&self) -> String {
        let epoch = self.house.read(|tx| store::record::head(tx, self.unit)).unwrap().unwrap().epoch;
        self.house.keys.signer(self.unit, &self.house.origin(self.unit, epoch)).unwrap().vkey()
    }

    /// The latest signed checkpoint.
    pub fn checkpoint(&self) -> record::Note {
        self.house.read(|tx| app::seal::latest(tx, self.unit)).unwrap().unwrap().1
    }

    pub fn root(&self) -> record::Hash {
        self.house.read(|tx| store::record::head(tx, self.unit)).unwrap().unwrap().frontier.root()
    }
}

pub fn keep(house: &House, unit: UnitCode, act: AnyAct) -> Result<Done, Failure> {
    house.enact(unit, Asked::new(act, Actor::new(Who::Keeper)))
}

fn person(house: &House, unit: UnitCode, name: &str) -> MatterId {
    let act = person::Act::Enter { name: Personal(name.into()), id_number: None, phone: None, group: None };
    keep(house, unit, AnyAct::Person(act)).unwrap().matter
}

fn appoint(house: &House, unit: UnitCode, person: MatterId, name: &str, body: MatterId, kind: PostKind) {
    let act = post::Act::Appoint { person, name: name.into(), body, kind, from: date(2021, 3, 1), to: None, basis: "期初".into() };
    keep(house, unit, AnyAct::Post(act)).unwrap();
}

fn official(house: &House, unit: UnitCode, body: body::BodyKind, kind: PostKind, name: &str) -> (MatterId, MatterId) {
    let act = body::Act::Found { kind: body, name: "委员会".into(), since: date(2021, 1, 1) };
    let body = keep(house, unit, AnyAct::Body(act)).unwrap().matter;
    let person = person(house, unit, name);
    appoint(house, unit, person, name, body, kind);
    (body, person)
}

fn actor(house: &House, unit: UnitCode, person: MatterId) -> Actor {
    let day = law::moment::civil_day(house.clock.now());
    Actor::new(Who::Official { person, offices: house.read(|tx| store::lead::post::offices(tx, unit, person, day)).unwrap() })
}
