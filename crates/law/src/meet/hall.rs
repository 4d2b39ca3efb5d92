//! 会场 Hall: a village in memory for the cases of the meetings' law: its rules, its people, a clock turned by hand; 东组通〔2015〕33号 二（二）.

use crate::{Actor, MatterId, Moment, Office, Policy, UnitCode, Who};
use jiff::civil::{Date, date};

/// A unit whose mechanism runs since the day before its first law.
pub struct Hall {
    pub policy: Policy,
    pub unit: UnitCode,
    clock: Actor,
}

/// The id numbered `n`.
pub fn id(n: u64) -> MatterId {
    MatterId::from_bits(n * 2)
}

impl Hall {
    /// A 村.
    pub fn village() -> Self {
        Self::of("441900121201")
    }

    /// A 社区.
    pub fn community() -> Self {
        Self::of("441900121014")
    }

    fn of(code: &str) -> Self {
        Self { policy: Policy::embedded(), unit: UnitCode::parse(code).unwrap(), clock: Actor::new(Who::Clock) }
    }

    /// The moment as the clock sees it.
    pub fn at(&self, day: Date, hour: i8, minute: i8) -> Moment<'_> {
        self.moment(&self.clock, None, day, hour, minute)
    }

    /// The moment as somebody sees it who acts, by a post or not.
    pub fn moment<'a>(&'a self, by: &'a Actor, office: Option<&'a Office>, day: Date, hour: i8, minute: i8) -> Moment<'a> {
        let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
        Moment {
            unit: self.unit,
            profile: self.unit.profile(),
            started: Some(date(2015, 9, 2)),
            now: day.at(hour, minute, 0, 0).to_zoned(zone).unwrap().timestamp(),
            day,
            by,
            office,
            fresh: id(1),
            salt: [3; 16],
            policy: &self.policy,
        }
    }
}
