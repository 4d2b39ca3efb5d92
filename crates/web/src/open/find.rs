//! 找村子 Find a village by name, pinyin or code.

use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::PlaceKind;
use crate::look::find::{Find, Hit, TownLine};
use crate::problem::Problem;
use crate::site::Site;
use crate::words::pinyin;
use law::UnitCode;
use law::unit::{Level, Unit};
use std::collections::BTreeSet;

/// Units that one answer shows.
const SHOWN: usize = 60;

/// `/`.
pub fn show(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let started: BTreeSet<UnitCode> = app::read::town::running(&site.house, site.today())?.into_iter().collect();
    let (q, town) = (ask.query("q").trim().chars().take(30).collect::<String>(), ask.query("t"));
    let (q, found) = match site.above(town) {
        Some(town) => (town.name.clone(), Some(below(site, town.code))),
        None if q.is_empty() => (q, None),
        None => {
            let found = search(site, &q);
            (q, Some(found))
        }
    };
    let more = found.as_ref().is_some_and(|found| found.len() > SHOWN);
    let hits = found.map(|found| found.into_iter().take(SHOWN).map(|unit| hit(site, unit, &started)).collect());
    let f = frame::bare(site, ask, "找我的村（社区）");
    let page = Find {
        f,
        q,
        towns: towns(site, &started),
        found: hits,
        more,
        units: count(site.house.units.all().iter().filter(|unit| unit.profile().is_some())),
        started: count(started.iter()),
    };
    Ok(Reply::html(crate::look::page(&page).map_err(broken)?))
}

/// A template that cannot be written is a bug.
pub fn broken(error: impl std::fmt::Display) -> Problem {
    Problem::Broken(app::Failure::unreadable(error))
}

fn count<T>(of: impl Iterator<Item = T>) -> i64 {
    i64::try_from(of.count()).unwrap_or(i64::MAX)
}

fn below(site: &Site, town: UnitCode) -> Vec<&Unit> {
    site.house.units.children(town).filter(|unit| unit.profile().is_some()).collect()
}

/// By name or code as the list knows them, else by pinyin.
fn search<'a>(site: &'a Site, q: &str) -> Vec<&'a Unit> {
    let shown = |unit: &&Unit| unit.profile().is_some() || matches!(unit.level, Level::Town);
    let mut found: Vec<&Unit> = site.house.units.search(q).into_iter().filter(shown).collect();
    if found.is_empty() && q.is_ascii() {
        let q: String = q.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        found = site.house.units.all().iter().filter(shown).filter(|unit| pinyin::matches(unit.short_name(), &q)).collect();
    }
    found
}

fn towns(site: &Site, started: &BTreeSet<UnitCode>) -> Vec<TownLine> {
    let towns = site.house.units.all().iter().filter(|unit| unit.level == Level::Town);
    let line = |town: &Unit| {
        let units = below(site, town.code);
        let running = count(units.iter().filter(|unit| started.contains(&unit.code)));
        TownLine { code: town.code.to_string(), name: town.name.clone(), units: count(units.iter()), started: running }
    };
    towns.map(line).filter(|line| line.units > 0).collect()
}

fn hit(site: &Site, unit: &Unit, started: &BTreeSet<UnitCode>) -> Hit {
    let place = frame::place(site, unit);
    let town = place.town.filter(|_| place.kind != PlaceKind::Town).map_or_else(String::new, |(_, name)| name);
    Hit { code: place.code, name: place.name, town, kind: place.kind, started: started.contains(&unit.code) }
}
