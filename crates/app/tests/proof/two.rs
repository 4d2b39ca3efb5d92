//! 两个进程 Two processes on one database: a command beside the program that serves. Both count by one calendar, and neither writes over
//! the other; and what a database gave up as a whole is not gone on with.

use crate::place::{Place, VILLAGE, Village};
use app::clock::{import_notice, round};
use app::house::Parts;
use app::{Failure, House, SeededDice};
use jiff::civil::date;
use law::UnitCode;
use std::sync::Arc;
use store::dump::Table;
use store::{Pen, Row, Tx, Value, Vault};

/// New Year's Eve of 2026 is off, which nobody has announced.
const NOTICE: &str = "date,is_workday,name,source\n2026-12-31,0,元旦,国务院办公厅通知\n";

#[test]
fn a_notice_imported_beside_the_serving_process_reaches_it_and_is_adopted_once() {
    for place in Place::each() {
        let village = Village::at(&place);
        let serving = &village.house;
        round(serving).unwrap();
        let open = |day, dice| {
            let dice = Arc::new(SeededDice::new(dice));
            House::open(Parts { dice, ..place.parts(Place::clock(date(2026, 10, day))) }).unwrap()
        };
        let beside = open(1, 98);
        import_notice(&beside, NOTICE).unwrap();
        let size = |house: &House| house.read(|tx| store::record::head(tx, village.unit)).unwrap().unwrap().frontier.size();
        let adopted = size(&beside);
        beside.close();
        assert_ne!(serving.policy().digest(), beside.policy().digest(), "the serving process has not looked yet");
        let next = open(2, 99);
        for house in [serving, &next, serving, &next] {
            let round = round(house);
            assert!(matches!(round, Ok(_) | Err(Failure::ClockBehind { .. })), "{round:?}");
            assert_eq!(house.policy().digest(), beside.policy().digest(), "one calendar for both");
        }
        assert_eq!(size(serving), adopted, "nobody adopts the old one again");
        next.close();
    }
}

/// A transaction that the database has given up: what was done before cannot be undone to a savepoint any more.
struct GivenUp<'a> {
    tx: &'a mut dyn Tx,
    gone: bool,
}

impl Tx for GivenUp<'_> {
    fn hold(&mut self, unit: UnitCode) -> Result<(), Failure> {
        self.tx.hold(unit)
    }

    fn run(&mut self, sql: &str, args: &[Value]) -> Result<u64, Failure> {
        if sql.contains("INTO entry") {
            self.gone = true;
            return Err(Failure::Full);
        }
        match self.gone && sql.starts_with("ROLLBACK TO") {
            true => Err(Failure::Database { what: "no such savepoint".into() }),
            false => self.tx.run(sql, args),
        }
    }

    fn rows(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>, Failure> {
        self.tx.rows(sql, args)
    }

    fn vault(&self) -> &Vault {
        self.tx.vault()
    }

    fn statements(&self) -> u64 {
        self.tx.statements()
    }

    fn tables(&mut self) -> Result<Vec<Table>, Failure> {
        self.tx.tables()
    }

    fn commit(self: Box<Self>) -> Result<(), Failure> {
        panic!("a transaction that was given up is never committed")
    }
}

#[test]
fn a_pen_whose_transaction_was_given_up_writes_nothing_more() {
    let place = Place::new("cunwu.example/record", 1);
    place.house().close();
    let unit = UnitCode::parse(VILLAGE).unwrap();
    let mut connection = store::connect(&place.database, &Arc::new(app::Keys::new([1; 32]).vault())).unwrap();
    let mut tx = connection.write().unwrap();
    let mut given_up = GivenUp { tx: &mut *tx, gone: false };
    let mut pen = Pen::hold(&mut given_up, unit).unwrap();
    let draft = |pen: &mut Pen<'_>| {
        let at = "2026-09-30T01:00:00Z".parse().unwrap();
        let (kind, matter, audience) = ("mechanism", law::lead::mechanism::Mechanism::the_id(), law::Audience::Public);
        pen.append(&store::record::Draft { kind, matter, step: 0, at, audience, body: b"{}", digest: law::Digest([0; 32]) }).map(drop)
    };
    assert!(matches!(pen.within(draft), Err(Failure::Full)), "the first failure is the one that is told");
    assert!(matches!(pen.within(|_| Ok(())), Err(Failure::Full)), "nothing more is begun");
    assert!(matches!(pen.close(), Err(Failure::Full)), "and it must not be committed");
}
