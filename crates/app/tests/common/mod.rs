//! 试验房屋 Houses to test in: one on SQLite and, if `CUNWU_TEST_POSTGRES` names a server, one on PostgreSQL; a clock that
//! is moved by hand, dice that fall the same way every time.

use app::house::Parts;
use app::{Config, HandClock, House, Keys, SeededDice};
use law::unit::Units;
use law::{Digest, Policy};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A fresh real house on each database. `name` is the test's own; nobody else in its file may have it.
pub fn houses(name: &str) -> Vec<(&'static str, Arc<House>, Arc<HandClock>)> {
    houses_with(name, false, |_| ())
}

/// As [`houses`], for a demo or with another configuration.
pub fn houses_with(name: &str, demo: bool, configure: impl Fn(&mut Config)) -> Vec<(&'static str, Arc<House>, Arc<HandClock>)> {
    let directory = fresh_directory(name);
    let file = directory.join("cunwu.sqlite").display().to_string();
    let databases = [Some(("sqlite", file)), postgres(name).map(|url| ("postgres", url))];
    let opened = databases.into_iter().flatten().map(|(label, database)| {
        let (house, clock) = open(&directory, database, demo, &configure);
        (label, house, clock)
    });
    opened.collect()
}

/// Lies below the target folder, so that the next run finds it and nothing is left elsewhere.
fn fresh_directory(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(env!("CARGO_CRATE_NAME")).join(name);
    if directory.exists() {
        std::fs::remove_dir_all(&directory).expect("the last run's directory goes");
    }
    std::fs::create_dir_all(&directory).expect("the target folder can be written");
    directory
}

/// The address of a fresh schema on the test server, if there is one.
fn postgres(name: &str) -> Option<String> {
    let url = std::env::var("CUNWU_TEST_POSTGRES").ok()?;
    let schema = format!("{}_{name}", env!("CARGO_CRATE_NAME"));
    let mut connection = store::connect(&url, &Arc::new(keys(name).vault())).expect("the test server answers");
    connection.script(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")).expect("the test server makes a schema");
    let join = if url.contains('?') { '&' } else { '?' };
    Some(format!("{url}{join}options=-c%20search_path%3D{schema}"))
}

fn keys(name: &str) -> Keys {
    Keys::new(Digest::of(&[b"test keys", name.as_bytes()]).0)
}

fn open(directory: &Path, database: String, demo: bool, configure: &impl Fn(&mut Config)) -> (Arc<House>, Arc<HandClock>) {
    let morning = "2026-09-30T01:00:00Z".parse().expect("an instant");
    let clock = Arc::new(HandClock::at(morning));
    let mut config = Config::in_directory(directory, "cunwu.example/record");
    configure(&mut config);
    let parts = || Parts {
        config: config.clone(),
        database: Arc::new(database.clone()),
        keys: keys(&directory.display().to_string()),
        clock: clock.clone(),
        dice: Arc::new(SeededDice::new(7)),
        policy: Policy::embedded(),
        units: Units::embedded(),
    };
    House::init(&parts(), demo).expect("a fresh database takes a house");
    (House::open(parts()).expect("a house that was made opens"), clock)
}
