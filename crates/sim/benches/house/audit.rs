//! 审计 Audit and rebuild of one unit: hashing and folding apart from reading and writing rows.

use crate::kit::{Ground, Place, Series, timed, world};
use app::{Failure, audit, seal};
use law::UnitCode;
use law::open::suggestion::Suggestion;
use sha2::{Digest, Sha256};
use sim::world::Store;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::dump::Table;
use store::{Row, Tx, Value, Vault};

const ROUNDS: usize = 5;

/// A transaction that keeps the time which the database takes.
struct Clocked<'a> {
    tx: &'a mut dyn Tx,
    spent: Duration,
    begun: Instant,
    /// What it took to hash and fold all entries, without the database: known when the head is asked for.
    folded: Option<Duration>,
}

impl Clocked<'_> {
    fn keep<T>(&mut self, work: impl FnOnce(&mut dyn Tx) -> T) -> T {
        let (done, took) = timed(|| work(self.tx));
        self.spent += took;
        done
    }
}

impl Tx for Clocked<'_> {
    fn hold(&mut self, unit: UnitCode) -> Result<(), Failure> {
        self.keep(|tx| tx.hold(unit))
    }

    fn run(&mut self, sql: &str, args: &[Value]) -> Result<u64, Failure> {
        self.keep(|tx| tx.run(sql, args))
    }

    fn rows(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>, Failure> {
        if sql.contains("FROM head") {
            self.folded.get_or_insert(self.begun.elapsed() - self.spent);
        }
        self.keep(|tx| tx.rows(sql, args))
    }

    fn vault(&self) -> &Vault {
        self.tx.vault()
    }

    fn statements(&self) -> u64 {
        self.tx.statements()
    }

    fn tables(&mut self) -> Result<Vec<Table>, Failure> {
        self.keep(|tx| tx.tables())
    }

    fn commit(self: Box<Self>) -> Result<(), Failure> {
        Err(Failure::unreadable("an audit commits nothing"))
    }
}

pub fn run(lines: i64) {
    let place = Place::new("audit");
    let ground = Arc::new(Ground::new(&world(place.path(), &Store::Sqlite), "441900121014"));
    let ((), took) = timed(|| ground.live(lines));
    let lines = ground.lines();
    println!("built {lines} lines in {:.1} s: a quarter each of submitted, released, answered, confirmed", took.as_secs_f64());
    let (sealed, took) = timed(|| seal::seal(ground.house(), ground.unit).expect("a seal"));
    println!("first seal over all of it: {sealed:?} in {:.2} s", took.as_secs_f64());
    let mut figures: [Series; 8] = Default::default();
    for _ in 0..ROUNDS {
        let measured = round(&ground);
        figures.iter_mut().zip(measured).for_each(|(series, value)| series.push(value));
    }
    let names = [
        "audit, hashing and folding",
        "audit, rows as they must be, texts opened",
        "audit, waiting for the database",
        "audit, all of it",
        "folding alone (audit::fold)",
        "rebuild, all of it",
        "reference: a plain read of line and body",
        "reference: SHA-256 of line and body, no more",
    ];
    for (name, series) in names.iter().zip(&figures) {
        let rate = Series::of(series.values().map(|seconds| lines as f64 / seconds));
        println!("{name:<46} {} lines/s", rate.show(0));
    }
    println!("goal: hashing and folding at least 200,000 lines/s; {}", memory());
    seal_of_the_day(&ground);
}

/// Seconds of each stretch.
fn round(ground: &Ground) -> Vec<f64> {
    let house = ground.house();
    let seconds = |time: Duration| time.as_secs_f64();
    let (findings, [folded, spent, whole]) = house
        .read(|tx| {
            let mut clocked = Clocked { tx, spent: Duration::ZERO, begun: Instant::now(), folded: None };
            let (findings, whole) = timed(|| audit::audit(house, &mut clocked, ground.unit));
            Ok((findings?, [clocked.folded.unwrap_or_default(), clocked.spent, whole]))
        })
        .expect("an audit");
    assert!(findings.is_clean(), "{findings:?}");
    let (entries, read) = timed(|| house.read(|tx| plain_read(tx, ground.unit)).expect("a read"));
    let (_, hashed) = timed(|| black_box(entries.iter().fold(0, |sum, (line, body)| sum ^ hash(line)[0] ^ hash(body)[0])));
    let all = house.read(|tx| store::record::entries(tx, ground.unit, 0, i64::MAX)).expect("entries");
    let of_kind: Vec<_> = all.into_iter().filter(|entry| entry.kind == "suggestion").collect();
    let share = of_kind.len() as f64 / entries.len() as f64;
    let (matters, fold) = timed(|| audit::fold::<Suggestion>(&of_kind).expect("a fold"));
    drop((matters, of_kind, entries));
    let (rebuilt, rebuild) = timed(|| audit::rebuild(house, ground.unit));
    rebuilt.expect("a rebuild");
    let rest = whole.saturating_sub(spent + folded);
    [folded, rest, spent, whole]
        .map(seconds)
        .into_iter()
        .chain([seconds(fold) / share])
        .chain([rebuild, read, hashed].map(seconds))
        .collect()
}

/// The most memory that this process had, from `/proc`.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().replace('\t', " ")
}

fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// A line and the entry behind it.
type Pair = (Vec<u8>, Vec<u8>);

fn plain_read(tx: &mut dyn Tx, unit: UnitCode) -> Result<Vec<Pair>, Failure> {
    let rows = tx.rows("SELECT line, body FROM entry WHERE unit = $1 ORDER BY seq", &[unit.into()])?;
    rows.iter().map(|row| Ok((row.bytes(0)?.to_vec(), row.bytes(1)?.to_vec()))).collect()
}

/// What sealing costs after 64 new suggestions in the big record.
fn seal_of_the_day(ground: &Ground) {
    let mut took = Series::default();
    for round in 0..ROUNDS {
        for n in 0..64 {
            let asked = ground.submit(2_000_000_000 + round * 64 + n);
            ground
                .house()
                .submit(ground.unit, move |hand| app::enact::enact(hand, asked))
                .expect("room in the queue")
                .wait()
                .expect("an act");
        }
        let (outcome, seal) = timed(|| seal::seal(ground.house(), ground.unit));
        assert!(matches!(outcome, Ok(seal::Outcome::Signed(_))), "{outcome:?}");
        took.push(seal.as_secs_f64() * 1e3);
    }
    println!("a seal over 64 new lines: {} ms, of which one commit", took.show(1));
}
