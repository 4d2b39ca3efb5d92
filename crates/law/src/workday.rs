//! 工作日 Working day: the State Council's calendar as data, and every count of days with its derivation; 民法典 第201、203条.

use crate::Digest;
use jiff::{
    Span,
    civil::{Date, Weekday},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

const HEADER: &str = "date,is_workday,name,source";
const PROVISIONAL: &str = "provisional:";

/// A run of days without a gap: which of them work, and on whose word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    first: Date,
    days: Vec<Day>,
    /// Names and sources, each once; a day holds two places in it.
    words: Vec<String>,
    version: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Day {
    works: bool,
    provisional: bool,
    name: u32,
    source: u32,
}

/// A term counted in days: from when, how long, until when, by which calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Due {
    /// Day 0, which is not counted.
    pub start: Date,
    /// How many days.
    pub days: u32,
    /// The last day, until 24:00.
    pub due: Date,
    /// Whether a day that was looked at lies in a year that the State Council has not announced yet (暂定).
    pub provisional: bool,
    /// Version of the calendar.
    pub calendar: String,
}

/// One day of a derivation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counted {
    /// The day.
    pub day: Date,
    /// What the count made of it.
    #[serde(flatten)]
    pub mark: Mark,
    /// Whether it lies in a year that is not announced yet.
    pub provisional: bool,
}

/// What a count of working days makes of a day, and so why it is counted or skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "mark", content = "value", rename_all = "snake_case")]
pub enum Mark {
    /// Day 0.
    Start,
    /// The n-th working day.
    Works(u32),
    /// The n-th working day, on a weekend that works (调休上班).
    MakeUp(u32),
    /// A Saturday or Sunday.
    Weekend,
    /// A holiday, by its name.
    Holiday(String),
}

/// The calendar does not hold this day. It is never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uncovered(
    /// The first day that was needed and is not there.
    pub Date,
);

/// Why a calendar was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarError {
    /// Line of the text, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: CalendarFault,
}

/// What is wrong with a line of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarFault {
    /// Not the four columns `date,is_workday,name,source`.
    Columns,
    /// Not a date of the form 2026-10-01.
    Date(String),
    /// `is_workday` is neither 0 nor 1.
    Workday(String),
    /// The day stands there twice.
    Duplicate(Date),
    /// This day before the line's day is missing.
    Missing(Date),
    /// A weekday off without a name: a derivation could not say why it is skipped.
    Unnamed(Date),
    /// No days at all.
    Empty,
}

struct Row<'a> {
    line: usize,
    works: bool,
    name: &'a str,
    source: &'a str,
}

impl Calendar {
    /// Reads a calendar: one line a day, in any order, without gap or duplicate. A `source` that starts with
    /// `provisional:` marks a day for which no State Council notice exists yet.
    pub fn parse(csv: &str) -> Result<Self, CalendarError> {
        Self::build(&rows(csv)?)
    }

    /// This calendar with the lines of a notice in place of its own; further days may follow without a gap.
    /// A notice that lists only some days of a provisional year leaves the others provisional.
    pub fn amended(&self, notice: &str) -> Result<Self, CalendarError> {
        let mut all: BTreeMap<Date, Row<'_>> = self.rows().collect();
        all.extend(rows(notice)?);
        Self::build(&all)
    }

    fn build(rows: &BTreeMap<Date, Row<'_>>) -> Result<Self, CalendarError> {
        let Some((&first, _)) = rows.first_key_value() else {
            return Err(CalendarError { line: 1, fault: CalendarFault::Empty });
        };
        let (mut days, mut words, mut text) = (Vec::with_capacity(rows.len()), vec![String::new()], String::new());
        let (mut expected, mut line_before) = (first, 0);
        for (&day, row) in rows {
            if day != expected {
                return Err(CalendarError { line: row.line.max(line_before), fault: CalendarFault::Missing(expected) });
            }
            text += &format!("{day},{},{},{}\n", u8::from(row.works), row.name, row.source);
            let provisional = row.source.starts_with(PROVISIONAL);
            let (name, source) = (place(&mut words, row.name), place(&mut words, row.source));
            days.push(Day { works: row.works, provisional, name, source });
            (expected, line_before) = (next(day).unwrap_or(day), row.line);
        }
        let version = Digest::of(&[text.as_bytes()]).to_string()[..16].to_owned();
        Ok(Self { first, days, words, version })
    }

    /// The days as lines, from which the same calendar is built again.
    fn rows(&self) -> impl Iterator<Item = (Date, Row<'_>)> {
        let dates = self.first.series(Span::new().days(1));
        dates.zip(&self.days).map(|(date, day)| {
            let (name, source) = (self.word(day.name), self.word(day.source));
            (date, Row { line: 0, works: day.works, name, source })
        })
    }

    fn word(&self, place: u32) -> &str {
        &self.words[place as usize]
    }

    fn day(&self, day: Date) -> Result<Day, Uncovered> {
        let place = usize::try_from((day - self.first).get_days()).map_err(|_| Uncovered(day))?;
        self.days.get(place).copied().ok_or(Uncovered(day))
    }
}

/// What the calendar says of a day.
impl Calendar {
    /// Digest of the lines: 16 hex digits. Two calendars of the same version are the same.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The first day it holds.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day it holds.
    pub fn last(&self) -> Date {
        let days = i32::try_from(self.days.len() - 1).expect("a calendar has fewer days than the Gregorian one");
        self.first + Span::new().days(days)
    }

    /// Whether it holds the day.
    pub fn covers(&self, day: Date) -> bool {
        self.day(day).is_ok()
    }

    /// Whether the day is a working day, made-up ones (调休上班) included.
    pub fn is_workday(&self, day: Date) -> Result<bool, Uncovered> {
        Ok(self.day(day)?.works)
    }

    /// Whether the day lies in a year that the State Council has not announced yet.
    pub fn is_provisional(&self, day: Date) -> Result<bool, Uncovered> {
        Ok(self.day(day)?.provisional)
    }

    /// Name of the holiday, or of the make-up day.
    pub fn name(&self, day: Date) -> Option<&str> {
        let name = self.word(self.day(day).ok()?.name);
        Some(name).filter(|name| !name.is_empty())
    }

    /// Whether the ISO week that holds `day` has a working day; without one the weekly sitting is waived.
    pub fn week_has_workday(&self, day: Date) -> Result<bool, Uncovered> {
        let since_monday = Span::new().days(day.weekday().to_monday_zero_offset());
        let monday = day.checked_sub(since_monday).map_err(|_| Uncovered(day))?;
        let mut missing = None;
        for day in monday.series(Span::new().days(1)).take(7) {
            match self.is_workday(day) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(uncovered) => missing = missing.or(Some(uncovered)),
            }
        }
        missing.map_or(Ok(false), Err)
    }
}

/// Counting.
impl Calendar {
    /// The day on which `days` working days are full. The start day is not counted; the count begins with the next
    /// working day and ends with the last one at 24:00. No days at all: the start day if it works, else the next
    /// that does. 民法典 第201条.
    pub fn due(&self, start: Date, days: u32) -> Result<Due, Uncovered> {
        let mut provisional = false;
        let due = self.count(start, days, |_, day, _| provisional |= day.provisional)?;
        Ok(Due { start, days, due, provisional, calendar: self.version.clone() })
    }

    /// Every day from the start to the due day, each counted or skipped and why.
    pub fn derivation(&self, start: Date, days: u32) -> Result<Vec<Counted>, Uncovered> {
        let mut all = vec![Counted { day: start, mark: Mark::Start, provisional: self.day(start)?.provisional }];
        self.count(start, days, |date, day, n| {
            if date != start {
                all.push(Counted { day: date, mark: self.mark(date, day, n.min(days)), provisional: day.provisional });
            }
        })?;
        Ok(all)
    }

    /// The last of `days` calendar days after the start; on a day off it moves to the next working day.
    /// 民法典 第203条. `provisional` concerns the days that decide: the last one and those it moves over.
    pub fn due_in_calendar_days(&self, start: Date, days: u32) -> Result<Due, Uncovered> {
        let due = self.due(calendar_days_after(start, days)?, 0)?;
        Ok(Due { start, days, ..due })
    }

    /// How many working days `late` lies after `due`; none if it does not.
    pub fn working_days_between(&self, due: Date, late: Date) -> Result<u32, Uncovered> {
        let mut count = 0;
        let mut day = due;
        while day < late {
            day = next(day)?;
            count += u32::from(self.is_workday(day)?);
        }
        Ok(count)
    }

    /// Shows `each` day that is looked at, with the number of working days so far, and returns the last.
    fn count(&self, start: Date, days: u32, mut each: impl FnMut(Date, Day, u32)) -> Result<Date, Uncovered> {
        self.day(start)?;
        let mut date = if days == 0 { start } else { next(start)? };
        let mut counted = 0;
        loop {
            let day = self.day(date)?;
            counted += u32::from(day.works);
            each(date, day, counted);
            if counted == days.max(1) {
                return Ok(date);
            }
            date = next(date)?;
        }
    }

    fn mark(&self, date: Date, day: Day, n: u32) -> Mark {
        let name = self.word(day.name);
        match (day.works, is_weekend(date)) {
            (true, false) => Mark::Works(n),
            (true, true) => Mark::MakeUp(n),
            (false, _) if !name.is_empty() => Mark::Holiday(name.to_owned()),
            (false, _) => Mark::Weekend,
        }
    }
}

/// The day that many calendar days later, whatever day it is: how long a notice stays up, for one.
pub fn calendar_days_after(start: Date, days: u32) -> Result<Date, Uncovered> {
    let span = Span::new().try_days(days).map_err(|_| Uncovered(Date::MAX))?;
    start.checked_add(span).map_err(|_| Uncovered(Date::MAX))
}

fn next(day: Date) -> Result<Date, Uncovered> {
    day.tomorrow().map_err(|_| Uncovered(day))
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn place(words: &mut Vec<String>, word: &str) -> u32 {
    let place = words.iter().position(|known| known == word).unwrap_or_else(|| {
        words.push(word.to_owned());
        words.len() - 1
    });
    u32::try_from(place).expect("there are fewer words than days")
}

fn rows(csv: &str) -> Result<BTreeMap<Date, Row<'_>>, CalendarError> {
    let mut lines = csv.trim_start_matches('\u{feff}').lines().zip(1..);
    if lines.next().is_none_or(|(header, _)| header.trim_end() != HEADER) {
        return Err(CalendarError { line: 1, fault: CalendarFault::Columns });
    }
    let mut rows = BTreeMap::new();
    for (text, line) in lines.filter(|(text, _)| !text.trim().is_empty()) {
        let (day, row) = row(text, line).map_err(|fault| CalendarError { line, fault })?;
        if rows.insert(day, row).is_some() {
            return Err(CalendarError { line, fault: CalendarFault::Duplicate(day) });
        }
    }
    Ok(rows)
}

fn row(text: &str, line: usize) -> Result<(Date, Row<'_>), CalendarFault> {
    let columns: Vec<&str> = text.split(',').map(str::trim).collect();
    let [date, works, name, source] = columns[..] else {
        return Err(CalendarFault::Columns);
    };
    let day: Date = date.parse().map_err(|_| CalendarFault::Date(date.to_owned()))?;
    let works = match works {
        "0" => false,
        "1" => true,
        other => return Err(CalendarFault::Workday(other.to_owned())),
    };
    match works || is_weekend(day) || !name.is_empty() {
        true => Ok((day, Row { line, works, name, source })),
        false => Err(CalendarFault::Unnamed(day)),
    }
}

impl fmt::Display for Uncovered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the calendar does not hold {}", self.0)
    }
}

impl std::error::Error for Uncovered {}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "calendar, line {}: ", self.line)?;
        match &self.fault {
            CalendarFault::Columns => write!(f, "the columns must be {HEADER}"),
            CalendarFault::Date(text) => write!(f, "{text:?} is not a date"),
            CalendarFault::Workday(text) => write!(f, "is_workday must be 0 or 1, not {text:?}"),
            CalendarFault::Duplicate(day) => write!(f, "{day} stands there twice"),
            CalendarFault::Missing(day) => write!(f, "{day} is missing"),
            CalendarFault::Unnamed(day) => write!(f, "{day} is a weekday off without a name"),
            CalendarFault::Empty => write!(f, "there are no days"),
        }
    }
}

impl std::error::Error for CalendarError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    const CSV: &str = include_str!("../../../policy/calendar/cn-workdays.csv");
    static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::parse(CSV).unwrap());

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn five_working_days_as_counted_by_hand() {
        let cases = [
            ("2026-09-30", "2026-10-13"),
            ("2026-10-01", "2026-10-13"),
            ("2026-02-13", "2026-02-27"),
            ("2026-02-14", "2026-02-28"), // a Saturday that works
            ("2026-04-30", "2026-05-11"),
            ("2026-05-09", "2026-05-15"), // received on a Saturday that works
            ("2026-09-18", "2026-09-24"), // counts Sunday 09-20
            ("2025-01-24", "2025-02-07"),
            ("2025-09-30", "2025-10-14"),
            ("2024-04-30", "2024-05-10"),
            ("2024-09-13", "2024-09-23"),
        ];
        for (start, due) in cases {
            let counted = CALENDAR.due(day(start), 5).unwrap();
            assert_eq!((counted.due, counted.provisional), (day(due), false), "{start}");
        }
    }

    #[test]
    fn a_year_without_a_notice_is_provisional_and_never_a_plain_monday_to_friday() {
        let due = CALENDAR.due(day("2026-12-25"), 5).unwrap();
        assert_eq!((due.due, due.provisional), (day("2027-01-04"), true));
        assert!(!CALENDAR.due(day("2026-12-24"), 5).unwrap().provisional, "ends on 2026-12-31");
    }

    #[test]
    fn a_week_without_a_working_day_is_known() {
        assert_eq!(CALENDAR.week_has_workday(day("2026-02-16")), Ok(false));
        assert_eq!(CALENDAR.week_has_workday(day("2026-02-22")), Ok(false));
        assert_eq!(CALENDAR.week_has_workday(day("2026-02-15")), Ok(true), "Saturday 02-14 works");
        assert_eq!(CALENDAR.week_has_workday(day("2028-01-03")), Err(Uncovered(day("2028-01-03"))));
    }

    #[test]
    fn working_days_of_the_announced_years() {
        for (year, expected) in [(2024, 251), (2025, 248), (2026, 248)] {
            let (first, last) = (Date::constant(year - 1, 12, 31), Date::constant(year, 12, 31));
            assert_eq!(CALENDAR.working_days_between(first, last), Ok(expected), "{year}");
        }
        assert_eq!((CALENDAR.first(), CALENDAR.last()), (day("2010-01-01"), day("2027-12-31")));
    }

    #[test]
    fn a_derivation_names_every_day() {
        let marks = CALENDAR.derivation(day("2026-09-30"), 5).unwrap();
        let short: Vec<String> = marks
            .iter()
            .map(|c| match &c.mark {
                Mark::Start => "起".into(),
                Mark::Works(n) => format!("{n}"),
                Mark::MakeUp(n) => format!("班{n}"),
                Mark::Weekend => "休".into(),
                Mark::Holiday(name) => name.clone(),
            })
            .collect();
        assert_eq!(short.join(" "), "起 国庆节 国庆节 国庆节 国庆节 国庆节 国庆节 国庆节 1 2 班3 休 4 5");
        let json = serde_json::to_value(&marks[1]).unwrap();
        assert_eq!(json, serde_json::json!({"day": "2026-10-01", "mark": "holiday", "value": "国庆节", "provisional": false}));
    }

    #[test]
    fn no_days_means_the_same_working_day() {
        assert_eq!(CALENDAR.due(day("2026-09-30"), 0).unwrap().due, day("2026-09-30"));
        assert_eq!(CALENDAR.due(day("2026-10-01"), 0).unwrap().due, day("2026-10-08"));
        assert_eq!(CALENDAR.derivation(day("2026-09-30"), 0).unwrap().len(), 1);
        assert!(CALENDAR.due(day("2027-03-01"), 0).unwrap().provisional);
    }

    #[test]
    fn calendar_days_roll_off_a_day_off() {
        assert_eq!(CALENDAR.due_in_calendar_days(day("2026-09-16"), 15).unwrap().due, day("2026-10-08"));
        assert_eq!(CALENDAR.due_in_calendar_days(day("2026-09-15"), 15).unwrap().due, day("2026-09-30"));
        assert_eq!(calendar_days_after(day("2026-09-16"), 15), Ok(day("2026-10-01")));
        assert!(calendar_days_after(day("2026-09-16"), u32::MAX).is_err());
    }

    #[test]
    fn beyond_its_end_it_does_not_guess() {
        assert_eq!(CALENDAR.due(day("2027-12-30"), 5), Err(Uncovered(day("2028-01-01"))));
        assert_eq!(CALENDAR.due(day("2009-12-31"), 1), Err(Uncovered(day("2009-12-31"))));
        assert_eq!(CALENDAR.is_workday(day("2030-01-01")), Err(Uncovered(day("2030-01-01"))));
        assert!(!CALENDAR.covers(day("2028-01-01")));
    }

    #[test]
    fn a_notice_replaces_days_and_changes_the_version() {
        let notice = format!("{HEADER}\n2027-01-04,0,元旦,official:notice\n2027-01-09,1,元旦调休上班,official:notice\n");
        let amended = CALENDAR.amended(&notice).unwrap();
        assert_ne!(amended.version(), CALENDAR.version());
        let due = amended.due(day("2026-12-25"), 5).unwrap();
        assert_eq!((due.due, due.calendar.as_str()), (day("2027-01-05"), amended.version()));
        assert_eq!((amended.is_provisional(day("2027-01-04")), amended.is_provisional(day("2027-01-05"))), (Ok(false), Ok(true)));
        assert_eq!(amended.name(day("2027-01-09")), Some("元旦调休上班"));

        let further = CALENDAR.amended(&format!("{HEADER}\n2028-01-01,0,元旦,official:notice\n")).unwrap();
        assert_eq!(further.last(), day("2028-01-01"));
        let gap = CALENDAR.amended(&format!("{HEADER}\n2028-01-02,0,元旦,official:notice\n")).unwrap_err();
        assert_eq!(gap, CalendarError { line: 2, fault: CalendarFault::Missing(day("2028-01-01")) });
    }

    #[test]
    fn a_broken_calendar_names_its_line() {
        let broken = |lines: &str| Calendar::parse(&format!("{HEADER}\n{lines}")).unwrap_err();
        let thursday = "2026-10-01,0,国庆节,x";
        assert_eq!(broken("2026-10-01,0,国庆节"), CalendarError { line: 2, fault: CalendarFault::Columns });
        assert_eq!(broken("2026-02-30,1,,x"), CalendarError { line: 2, fault: CalendarFault::Date("2026-02-30".into()) });
        assert_eq!(broken("2026-10-01,2,,x"), CalendarError { line: 2, fault: CalendarFault::Workday("2".into()) });
        assert_eq!(broken("2026-10-01,0,,x"), CalendarError { line: 2, fault: CalendarFault::Unnamed(day("2026-10-01")) });
        assert_eq!(broken(""), CalendarError { line: 1, fault: CalendarFault::Empty });
        let twice = broken(&format!("{thursday}\n{thursday}"));
        assert_eq!(twice, CalendarError { line: 3, fault: CalendarFault::Duplicate(day("2026-10-01")) });
        let gap = broken(&format!("{thursday}\n2026-10-03,0,国庆节,x"));
        assert_eq!(gap, CalendarError { line: 3, fault: CalendarFault::Missing(day("2026-10-02")) });
        assert_eq!(gap.to_string(), "calendar, line 3: 2026-10-02 is missing");
        assert_eq!(Calendar::parse("day,works").unwrap_err().fault, CalendarFault::Columns);
    }

    #[test]
    fn the_calendar_is_the_one_its_readme_describes() {
        let readme = include_str!("../../../policy/calendar/README.md");
        assert!(readme.contains(CALENDAR.version()), "version {}", CALENDAR.version());
    }

    #[test]
    fn the_version_follows_the_days_and_not_the_writing() {
        let mut lines: Vec<&str> = CSV.lines().skip(1).collect();
        lines.reverse();
        let shuffled = format!("\u{feff}{HEADER}\r\n{}\r\n", lines.join("\r\n"));
        assert_eq!(Calendar::parse(&shuffled).unwrap(), *CALENDAR);
        assert_eq!(CALENDAR.amended(&format!("{HEADER}\n")).unwrap(), *CALENDAR);
    }

    proptest! {
        #[test]
        fn counting_holds_together(offset in 0..6_300_i32, days in 1_u32..60) {
            let start = CALENDAR.first() + Span::new().days(offset);
            let due = CALENDAR.due(start, days).unwrap();
            let derivation = CALENDAR.derivation(start, days).unwrap();

            prop_assert!(CALENDAR.is_workday(due.due).unwrap());
            prop_assert!(due.due < CALENDAR.due(start, days + 1).unwrap().due);
            prop_assert!(due.due <= CALENDAR.due(start.tomorrow().unwrap(), days).unwrap().due);
            prop_assert_eq!(CALENDAR.working_days_between(start, due.due).unwrap(), days);

            prop_assert_eq!(derivation.last().unwrap().day, due.due);
            prop_assert_eq!(derivation.iter().skip(1).any(|c| c.provisional), due.provisional);
            prop_assert!(derivation.windows(2).all(|two| two[0].day.tomorrow().unwrap() == two[1].day));
            let counted: Vec<u32> = derivation.iter().filter_map(|c| match c.mark {
                Mark::Works(n) | Mark::MakeUp(n) => Some(n),
                _ => None,
            }).collect();
            prop_assert_eq!(counted, (1..=days).collect::<Vec<_>>());
        }
    }
}
