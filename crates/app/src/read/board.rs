//! 读公开栏 Reading a unit's board: what is late, in hand, asked, posted, and how the record stands.

use super::matter::{Words, words};
use super::{Names, Reader, decisions, record};
use crate::{Failure, House};
use jiff::{Span, civil::Date};
use law::open::notice::Notice;
use law::open::suggestion::Suggestion;
use law::steer::cadence::{BOX, CONGRESS, Cadence, TEAM};
use law::{MatterId, UnitCode};
use store::duty::Owed;
pub use store::open::suggestion::Filter;
use store::{Tx, open, steer};

/// A suggestion on a list: its state, what this reader may see of its words, and its newest line.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The suggestion.
    pub state: Suggestion,
    /// Its words.
    pub words: Words,
    /// Record number of its newest line.
    pub seq: i64,
    /// The step of its newest line.
    pub step: i64,
}

/// A notice on a list.
#[derive(Clone, Debug)]
pub struct Posted {
    /// The notice.
    pub state: Notice,
    /// Record number of its newest line.
    pub seq: i64,
}

/// Everything a board shows.
#[derive(Clone, Debug)]
pub struct Board {
    /// From which day the mechanism runs.
    pub started: Option<Date>,
    /// How the record stands.
    pub record: record::Standing,
    /// Names of bodies and office-holders.
    pub names: Names,
    /// Suggestions received this year: (stage, late, count).
    pub tally: Vec<(String, String, i64)>,
    /// Suggestions waiting for an answer whose last day has passed.
    pub late: Vec<Listed>,
    /// Suggestions waiting for an answer, by last day.
    pub doing: Vec<Listed>,
    /// The newest that wait for no answer.
    pub recent: Vec<Listed>,
    /// What motions, resolutions and tasks owe and is overdue, each with what it is called and the number of its newest line, by last day.
    pub overdue: Vec<(Owed, String, i64)>,
    /// The newest motions.
    pub motions: Vec<decisions::Listed>,
    /// How many motions there are.
    pub motions_all: i64,
    /// The newest notices.
    pub notices: Vec<Posted>,
    /// This year's box weeks.
    pub weeks: Vec<Cadence>,
    /// This year's weeks of the teams' sitting.
    pub teams: Vec<Cadence>,
    /// This year's quarters of the joint sitting.
    pub congress: Vec<Cadence>,
}

/// How many of each a board shows.
const SHOWN: usize = 5;

/// Reads a board on one view.
pub fn read(house: &House, unit: UnitCode, today: Date, reader: &Reader) -> Result<Board, Failure> {
    house.read(|tx| {
        let year = Date::new(today.year(), 1, 1).unwrap_or(today);
        let waiting = open::suggestion::page(tx, unit, Filter { stage: Some("waiting"), late: None }, 0, 500)?;
        let (mut late, mut doing): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|s| s.answer_duty().term.due < today);
        late.sort_by_key(|s| (s.answer_duty().term.due, s.id));
        doing.sort_by_key(|s| (s.answer_duty().term.due, s.id));
        let recent = open::suggestion::settled(tx, unit, SHOWN as i64)?;
        Ok(Board {
            started: store::lead::mechanism::started(tx, unit)?,
            record: record::standing(house, tx, unit)?,
            names: Names::read(tx, unit)?,
            tally: open::suggestion::tally(tx, unit, year)?,
            late: list(tx, unit, late, reader)?,
            doing: list(tx, unit, doing, reader)?,
            recent: list(tx, unit, recent, reader)?,
            overdue: overdue(tx, unit, today)?,
            motions: {
                let newest_first = store::meet::motion::page(tx, unit, None, 0, SHOWN as i64)?;
                decisions::listed(tx, unit, newest_first)?
            },
            motions_all: store::meet::motion::tally(tx, unit)?.iter().map(|(.., n)| n).sum(),
            notices: posted(tx, unit, 0, SHOWN as i64)?,
            weeks: weeks(tx, unit, BOX, year, today)?,
            teams: weeks(tx, unit, TEAM, year, today)?,
            congress: steer::cadence::between(tx, unit, CONGRESS, year, today)?,
        })
    })
}

/// Adds words and record numbers to suggestions.
pub fn list(tx: &mut dyn Tx, unit: UnitCode, states: Vec<Suggestion>, reader: &Reader) -> Result<Vec<Listed>, Failure> {
    let mut all = Vec::new();
    for state in states {
        let (seq, step) = store::record::newest_of(tx, unit, state.id)?.unwrap_or_default();
        all.push(Listed { words: words(tx, unit, &state, reader)?, seq, step, state });
    }
    Ok(all)
}

/// A page of notices with their record numbers.
pub fn posted(tx: &mut dyn Tx, unit: UnitCode, skip: i64, most: i64) -> Result<Vec<Posted>, Failure> {
    let notices = open::notice::page(tx, unit, skip, most)?;
    notices.into_iter().map(|state| Ok(Posted { seq: newest(tx, unit, state.id)?, state })).collect()
}

/// The record number of a matter's newest line.
pub fn newest(tx: &mut dyn Tx, unit: UnitCode, matter: MatterId) -> Result<i64, Failure> {
    Ok(store::record::newest_of(tx, unit, matter)?.unwrap_or_default().0)
}

fn overdue(tx: &mut dyn Tx, unit: UnitCode, today: Date) -> Result<Vec<(Owed, String, i64)>, Failure> {
    let mut all = Vec::new();
    for owed in store::duty::pending(tx, unit)?.into_iter().filter(|owed| owed.due < today) {
        if let Some(title) = decisions::title(tx, unit, &owed.kind, owed.matter)? {
            let seq = newest(tx, unit, owed.matter)?;
            all.push((owed, title, seq));
        }
    }
    Ok(all)
}

fn weeks(tx: &mut dyn Tx, unit: UnitCode, rule: &str, year: Date, today: Date) -> Result<Vec<Cadence>, Failure> {
    let first = Cadence::monday(year).checked_sub(Span::new().days(7)).unwrap_or(year);
    steer::cadence::between(tx, unit, rule, first, today)
}

/// A page of the list of suggestions.
pub struct Page {
    /// The rows.
    pub rows: Vec<Listed>,
    /// Counts since the year began: (stage, late, count).
    pub tally: Vec<(String, String, i64)>,
    /// Names of bodies and office-holders.
    pub names: Names,
}

/// Reads a page of suggestions.
pub fn suggestions(house: &House, unit: UnitCode, filter: Filter<'_>, skip: i64, most: i64, reader: &Reader) -> Result<Page, Failure> {
    house.read(|tx| {
        let states = open::suggestion::page(tx, unit, filter, skip, most)?;
        let tally = open::suggestion::tally(tx, unit, Date::MIN)?;
        Ok(Page { rows: list(tx, unit, states, reader)?, tally, names: Names::read(tx, unit)? })
    })
}

/// Reads a page of notices and how many there are in all.
pub fn notices(house: &House, unit: UnitCode, skip: i64, most: i64) -> Result<(Vec<Posted>, Names, i64), Failure> {
    house.read(|tx| Ok((posted(tx, unit, skip, most)?, Names::read(tx, unit)?, open::notice::count(tx, unit)?)))
}

/// Weeks in which the box stayed shut, of all years, the latest first.
pub fn missed(house: &House, unit: UnitCode) -> Result<Vec<steer::cadence::Missed>, Failure> {
    house.read(|tx| steer::cadence::missed(tx, unit, law::steer::cadence::BOX))
}
