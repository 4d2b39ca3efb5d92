//! 两联席的一年 The year that the demo tells: whatever the day on which it ends, the law stops nothing of it; 东组通〔2015〕33号 二（二）.

use jiff::Span;
use jiff::civil::{Date, date};
use law::UnitCode;
use sim::town::Town;
use sim::world::{Store, World};
use std::sync::Arc;

const TOWNS: [&str; 2] = ["441900121000", "441900125000"];

/// The villages whose year is told, after a year that ends on this day.
fn lived(last: Date) -> Town {
    let folder = std::env::temp_dir().join(format!("cunwu-year-{last}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the world");
    let first = last.checked_sub(Span::new().years(1)).expect("a day");
    let world = World::new(folder, &Store::Sqlite, 7, first.yesterday().expect("a day"), true).expect("a world");
    let towns = TOWNS.map(|code| UnitCode::parse(code).expect("a town"));
    let mut town = Town::found_told(Arc::new(world), &towns, first, 7).expect("towns");
    town.live(first, last, |_| ()).expect("a year");
    town
}

#[test]
fn nothing_that_is_told_is_stopped_by_the_law() {
    for last in [date(2026, 11, 23)] {
        let town = lived(last);
        assert_eq!(town.stopped(), Vec::<String>::new(), "{last}");
        std::fs::remove_dir_all(&town.world.directory).expect("the world's folder");
    }
}
