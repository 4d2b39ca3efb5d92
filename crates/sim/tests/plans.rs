//! 查询计划 Query plans of every statement a town's life sends, on both databases, and how many statements each act costs.

use jiff::civil::date;
use law::UnitCode;
use law::meet::ballot::{self, Mode};
use law::meet::{Choice, Stage, sitting};
use sim::accepted;
use sim::browser::Browser;
use sim::hall::{Hall, daily, item, voter};
use sim::scene::stores;
use sim::town::Town;
use sim::world::{Store, World};
use std::fmt::Write;
use std::sync::Arc;

/// Statements that may read a whole table: houses have few of these rows, or the statement is one of upkeep.
const WHOLE: &[&str] = &[
    "FROM house",
    "FROM migration",
    "FROM shape",
    "FROM calendar_notice",
    "FROM head ",
    "FROM mechanism WHERE start_day",
    "sqlite_master",
];

/// Whether a plan reads a whole table that grows.
fn scans(sql: &str, plan: &str) -> bool {
    let whole = |line: &str| {
        line.contains("SCAN ") && !line.contains("CONSTANT ROW") && !line.contains("USING INDEX") && !line.contains("USING COVERING INDEX")
    };
    plan.lines().any(whole) && !WHOLE.iter().any(|known| sql.contains(known))
}

/// Opens every page that needs no particular matter.
fn look_around(world: &World) {
    let mut browser = Browser::new(&web::Site::new(world.house.clone()));
    for route in web::ROUTES.iter().flat_map(|routes| routes.iter()).filter(|route| !route.post) {
        let path = route.path.replace("{unit}", "441900125200").replace("{code}", "441900125000").replace("{town}", "441900125000");
        browser.get(&path.replace("{seq}", "20").replace("{number}", "20").replace("{paper}", "a4"));
    }
    for duty in ["answer", "gap"] {
        browser.get(&format!("/t/441900125000?unit=441900125200&duty={duty}"));
    }
}

/// Lets a village decide something in a joint sitting: by hand, by names and in secret.
fn meet(world: &World) {
    let village = world.village("441900121014", ["林伟棠", "黎满堂", "梁玉燕", "陈国强", "陈志恒"], date(2026, 9, 1)).unwrap();
    let hall = Hall::of(world, &village);
    let motion = hall.drafted(date(2026, 10, 1));
    let day = date(2026, 10, 22);
    let sitting = hall.joint(day, vec![item(motion, Stage::Deliberate), daily("通报")], None);
    hall.open(sitting, day, &hall.all());
    for (n, mode) in [(0, Mode::Secret), (1, Mode::Named)] {
        hall.talk(sitting, n);
        let ballot = hall.ballot(sitting, n, mode);
        let person = hall.party[1];
        match mode {
            Mode::Secret => drop(app::meet::ballot::cast(&world.house, village.code, &voter(person), ballot, person, Choice::For).unwrap()),
            _ => drop(hall.votes(&voter(person), ballot::Act::Cast { ballot, voter: person, choice: Choice::For })),
        }
        hall.count(ballot);
    }
    hall.sits(&hall.clerk(), sitting::Act::Close { sitting });
    hall.turn(date(2026, 10, 23), 1);
    let read = |tx: &mut dyn store::Tx| {
        store::meet::sitting::between(tx, village.code, day, date(2026, 12, 31))?;
        store::meet::sitting::in_phase(tx, village.code, sitting::Phase::Open)?;
        store::meet::ballot::of_motion(tx, village.code, motion)?;
        store::meet::ballot::of_sitting(tx, village.code, sitting)
    };
    assert_eq!(world.house.read(read).unwrap().len(), 2);
}

/// Asks for every list of decisions and of what comes of them.
fn ask_for_decisions(world: &World) -> Result<(), app::Failure> {
    use law::meet::{motion::Phase, resolution::Standing};
    use law::steer::task::Phase as Work;
    use store::meet::{motion, resolution};
    use store::steer::task;
    let (unit, one, day) = (UnitCode::parse("441900125200").expect("a unit"), law::MatterId::named("some matter"), date(2026, 9, 30));
    world.house.read(|tx| {
        for phase in [None, Some(Phase::Posted)] {
            motion::page(tx, unit, phase, 0, 20)?;
        }
        motion::tally(tx, unit)?;
        motion::trace(tx, unit, one)?;
        resolution::of_year(tx, unit, 2026)?;
        resolution::numbered(tx, unit, 2026, 1)?;
        resolution::of_motion(tx, unit, one)?;
        resolution::standing(tx, unit, Standing::Published)?;
        task::ledger(tx, unit, 2026)?;
        task::of_resolution(tx, unit, one)?;
        task::of_body(tx, unit, one, Work::Doing)?;
        task::of_owner(tx, unit, one, Work::Doing)?;
        task::silent(tx, unit, Work::Doing, day)?;
        Ok(())
    })
}

/// Lays out anew what PostgreSQL wrote over most often: a plan must not depend on who wrote when.
fn laid_out(on: &Store) {
    let Store::Postgres(url) = on else { return };
    let mut connection = store::connect(url, &Arc::new(app::Keys::new([0; 32]).vault())).expect("the PostgreSQL of this run");
    connection.script("CLUSTER suggestion USING suggestion_pkey; CLUSTER duty USING duty_pkey").expect("tables of this town");
}

#[test]
fn no_statement_reads_a_whole_table_that_grows() {
    store::db::watch();
    for (label, on, folder) in stores("plans") {
        let start = date(2026, 9, 1);
        let world = Arc::new(World::new(folder.clone(), &on, 5, start, true).unwrap());
        let towns = [UnitCode::parse("441900125000").unwrap()];
        let mut town = Town::found(world.clone(), &towns, start, 5).unwrap();
        town.live(date(2026, 9, 2), date(2026, 9, 30), |_| {}).unwrap();
        look_around(&world);
        meet(&world);
        ask_for_decisions(&world).unwrap();
        let statements: Vec<String> = store::db::watched()
            .into_iter()
            .filter(|sql| sql.starts_with("SELECT") || sql.starts_with("UPDATE") || sql.starts_with("DELETE"))
            .collect();
        laid_out(&on);
        let mut table = String::new();
        let mut bad = Vec::new();
        for sql in &statements {
            let plan = world.explain(&on, sql).unwrap();
            if label == "sqlite" && scans(sql, &plan) {
                bad.push(format!("{sql}\n{plan}"));
            }
            let _always =
                writeln!(table, "{}\n    {}", sql.split_whitespace().collect::<Vec<_>>().join(" "), plan.trim().replace('\n', "\n    "));
        }
        assert!(bad.is_empty(), "{label}: {}", bad.join("\n\n"));
        assert!(statements.len() > 30, "{}", statements.len());
        accepted::check(&format!("plans.{label}.txt"), &table);
        drop(town);
        drop(world);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
