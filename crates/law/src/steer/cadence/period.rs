//! 周期 Period: how long one lasts and on which day it begins, read off the rule that asks for it; 东组通〔2015〕33号 二（二）.

use super::{Begun, RULES};
use crate::policy::Rule;
use crate::{Moment, Policy, Profile, Refusal, Term};
use jiff::{Span, civil::Date};

/// How long a period lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// A week from Monday on.
    Week,
    /// A calendar month.
    Month,
    /// A quarter of the year.
    Quarter,
    /// Half a year.
    HalfYear,
    /// A calendar year.
    Year,
}

impl Length {
    /// What the rule asks for, by the name of its number.
    pub fn of(rule: &Rule) -> Option<Self> {
        let named = [
            ("per_week", Self::Week),
            ("per_month", Self::Month),
            ("per_quarter", Self::Quarter),
            ("per_half_year", Self::HalfYear),
            ("per_year", Self::Year),
        ];
        named.into_iter().find(|(name, _)| rule.int(name).is_ok()).map(|(_, length)| length)
    }

    fn months(self) -> Option<i8> {
        match self {
            Self::Week => None,
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::HalfYear => Some(6),
            Self::Year => Some(12),
        }
    }

    /// The first day of the period that holds this one.
    pub fn first(self, day: Date) -> Date {
        match self.months() {
            None => {
                let back = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(Span::new().days(back)).unwrap_or(day)
            }
            Some(months) => Date::new(day.year(), (day.month() - 1) / months * months + 1, 1).unwrap_or(day),
        }
    }

    /// The last day of the period that begins on `first`.
    pub fn last(self, first: Date) -> Option<Date> {
        let span = match self.months() {
            None => return first.checked_add(Span::new().days(6)).ok(),
            Some(months) => Span::new().months(months),
        };
        first.checked_add(span).ok()?.yesterday().ok()
    }
}

/// The first day of the period under `rule` that holds this day; the week's where the rule does not bind.
pub(super) fn first(rule: &str, day: Date, at: &Moment<'_>) -> Date {
    let length = at.policy.rule(rule, at.profile, day).and_then(Length::of);
    length.unwrap_or(Length::Week).first(day)
}

/// The period under `rule` that holds this day, by the rule of that day.
pub(super) fn begin(rule: &str, day: Date, at: &Moment<'_>) -> Result<Begun, Refusal> {
    let known = RULES.iter().copied().find(|known| *known == rule).ok_or(Refusal::NoSuchMatter)?;
    let none = Refusal::NoRule { rule: known };
    let length = at.policy.rule(rule, at.profile, day).and_then(Length::of).ok_or(none)?;
    let first = length.first(day);
    let last = length.last(first).ok_or(Refusal::CalendarEnds { day: first })?;
    at.must_run(last)?;
    let calendar = at.policy.calendar();
    let ends = |_| Refusal::CalendarEnds { day: first };
    let provisional = calendar.is_provisional(first).map_err(ends)? || calendar.is_provisional(last).map_err(ends)?;
    let waived = length == Length::Week && !calendar.week_has_workday(first).map_err(ends)?;
    let term = Term { rule: rule.to_owned(), start: first, days: 0, due: last, provisional, calendar: calendar.version().to_owned() };
    Ok(Begun { term, waived })
}

/// A day of each period under `rule` that has begun by `today` and is not open yet: `latest` is the last day of the
/// newest open one, `start` the day the mechanism started. Days on which the rule does not bind here are passed over.
pub fn to_open(policy: &Policy, profile: Option<Profile>, rule: &str, start: Date, latest: Option<Date>, today: Date) -> Vec<Date> {
    let mut days = Vec::new();
    let mut next = latest.map_or(Some(start), |latest| latest.tomorrow().ok());
    while let Some(day) = next.filter(|day| *day <= today) {
        let length = policy.rule(rule, profile, day).and_then(Length::of);
        next = match length {
            Some(length) => {
                days.push(day);
                length.last(length.first(day)).and_then(|last| last.tomorrow().ok())
            }
            None => {
                let later = policy.versions(rule).iter().filter(|rule| rule.from > day && rule.binds(profile, rule.from));
                later.map(|rule| rule.from).min()
            }
        };
    }
    days
}
