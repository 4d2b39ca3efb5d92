//! 站点 Site: the house as the web sees it, with what all pages share.

use app::{Failure, House};
use law::UnitCode;
use law::unit::{Level, Unit};
use std::sync::Arc;

/// What every handler gets.
pub struct Site {
    /// The house.
    pub house: Arc<House>,
    /// Counters for `/metrics`.
    pub counters: Counters,
    /// How often an address did what.
    pub limiter: crate::limiter::Limiter,
    /// Imports under way.
    pub imports: Arc<crate::imports::Imports>,
    /// Public pages as they were last rendered.
    pub cache: crate::cache::Cache,
    /// What towns and cities owed within the last minute.
    pub overviews: crate::town::Overviews,
    /// Whom visitors of a demo may sign in as.
    pub identities: Vec<crate::demo::Identity>,
}

/// What `/metrics` counts.
#[derive(Debug, Default)]
pub struct Counters {
    /// Requests answered.
    pub requests: std::sync::atomic::AtomicU64,
    /// Requests that ended in a failure or a panic.
    pub broken: std::sync::atomic::AtomicU64,
}

impl Site {
    /// A site over a house.
    pub fn new(house: Arc<House>) -> Arc<Self> {
        Self::with_identities(house, Vec::new())
    }

    /// The site of a demo.
    pub fn with_identities(house: Arc<House>, identities: Vec<crate::demo::Identity>) -> Arc<Self> {
        Arc::new(Self {
            house,
            counters: Counters::default(),
            limiter: crate::limiter::Limiter::default(),
            imports: Arc::default(),
            cache: crate::cache::Cache::default(),
            overviews: crate::town::Overviews::default(),
            identities,
        })
    }

    /// The unit of a code in an address.
    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.house.units.get(UnitCode::parse(code).ok()?)
    }

    /// A unit that has a board: a village or community.
    pub fn village(&self, code: &str) -> Option<&Unit> {
        self.unit(code).filter(|unit| unit.profile().is_some())
    }

    /// A town or city.
    pub fn above(&self, code: &str) -> Option<&Unit> {
        self.unit(code).filter(|unit| matches!(unit.level, Level::Town | Level::City))
    }

    /// The address people type, with `path`.
    pub fn url(&self, path: &str) -> String {
        url(&self.house.config, path)
    }

    /// The day it is.
    pub fn today(&self) -> jiff::civil::Date {
        app::read::today(&self.house)
    }

    /// Working days from today to a day: 0 for today, below zero for days gone by.
    pub fn working(&self, day: jiff::civil::Date) -> i64 {
        let (today, policy) = (self.today(), self.house.policy());
        let between = |a, b| policy.calendar().working_days_between(a, b).map_or(0, i64::from);
        if day >= today { between(today, day) } else { -between(day, today) }
    }
}

/// The address people type, with `path`: the public one, or where the house itself listens.
pub fn url(config: &app::Config, path: &str) -> String {
    match config.web.public_url.trim_end_matches('/') {
        "" => format!("http://{}{path}", config.web.listen),
        base => format!("{base}{path}"),
    }
}

/// Something that came of reading or writing.
pub type Outcome<T> = Result<T, Failure>;
