//! 模拟的镇 The simulated town: residents, cadres and the clock act for months from one seed, with crashes between any two
//! statements. `CUNWU_SEEDS=200` lives more lives, `CUNWU_SEED=7` one again, `CUNWU_TURNS=2000` lives of about a year.

mod actors;
mod ask;
mod fault;
mod holds;
mod town;

use fault::Fault;
use sim::scene;
use std::collections::BTreeMap;
use town::Life;

/// Seeds that found something once.
const KNOWN: &[u64] = &[];
/// So many further lives are lived in every run, and more as long as nobody came to some act or some fault never struck.
const LIVES: u64 = 3;
/// So many lives come to every act; in fewer, somebody at least asks for it.
const MANY: u64 = 16;
/// How often somebody does something in a life: some months go by.
const TURNS: u32 = 700;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

/// Acts that no life comes to: the village is founded before it begins, nobody touches the tables behind the house's back,
/// and no record is restored.
const NEVER: [&str; 4] = ["mechanism.start", "mechanism.incident", "mechanism.restore", "mechanism.change_key"];

/// Lives a life on one of the databases, if this run has it, and tells the end of it.
fn life<T>(label: &str, seed: u64, turns: u32, end: impl FnOnce(&mut Life) -> T) -> Option<T> {
    let (store, folder) = scene::store(label, &format!("life_{turns}"))?;
    let mut life = Life::begin(seed, &store, &folder);
    life.live(turns);
    let told = end(&mut life);
    drop(life);
    std::fs::remove_dir_all(folder).expect("the life's folder");
    Some(told)
}

/// Lives lives on one of the databases. All lives together see every act and every fault.
fn live_on(label: &str) {
    let (mut asked, mut done, mut refused, mut faults) = (Counts::new(), Counts::new(), Counts::new(), Counts::new());
    let (one, least) = (number("CUNWU_SEED"), number("CUNWU_SEEDS").unwrap_or(LIVES));
    let turns = number("CUNWU_TURNS").and_then(|turns| turns.try_into().ok()).unwrap_or(TURNS);
    let mut seeds = KNOWN.iter().copied().chain(0..);
    for lived in 1.. {
        let seed = one.or_else(|| seeds.next()).expect("seeds do not end");
        let life = life(label, seed, turns, |life| {
            add(&mut asked, std::mem::take(&mut life.asks.asked));
            add(&mut done, holds::acts(life));
            add(&mut refused, std::mem::take(&mut life.asks.refused));
            add(&mut faults, life.faults.struck().iter().map(|struck| (format!("{:?}", struck.fault), 1)));
        });
        if life.is_none() || one.is_some() {
            return;
        }
        let nobody = |act: &&str| !(done.contains_key(*act) || NEVER.contains(act) || lived < MANY && asked.contains_key(*act));
        let missed: Vec<&str> = holds::all_acts().filter(nobody).collect();
        let whole = missed.is_empty() && faults.len() == Fault::ALL.len();
        if lived >= least + KNOWN.len() as u64 && (whole || lived >= MANY) {
            println!("{lived} lives on {label}\ndone: {done:?}\nrefused: {refused:?}\nstruck: {faults:?}");
            assert!(missed.is_empty(), "nobody in actors/ comes to do {missed:?}");
            return assert_eq!(faults.len(), Fault::ALL.len(), "{faults:?}");
        }
    }
}

type Counts = BTreeMap<String, u32>;

fn add(sum: &mut Counts, counts: impl IntoIterator<Item = (String, u32)>) {
    counts.into_iter().for_each(|(what, count)| *sum.entry(what).or_default() += count);
}

#[test]
fn a_town_lives_through_crashes_on_sqlite() {
    live_on("sqlite");
}

#[test]
fn a_town_lives_through_crashes_on_postgres() {
    live_on("postgres");
}

#[test]
fn one_seed_gives_one_life() {
    let once = || life("sqlite", 1, 150, |life| (life.published.clone(), format!("{:?}", life.faults.struck())));
    assert_eq!(once(), once());
}
