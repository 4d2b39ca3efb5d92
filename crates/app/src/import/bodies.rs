//! 期初组织 Bodies that stand already when a house is set up, one a row, by whoever keeps it: without them nobody can hold a post.
//! Told again, it changes nothing.

use super::columns::{self, Column};
use super::sheet::{self, Raw};
use super::{BadFile, judge};
use crate::{Asked, Failure, House, read};
use jiff::civil::Date;
use law::lead::body::{self, BodyKind};
use law::unit::{Level, Unit};
use law::{Actor, AnyAct, UnitCode, Who, limit};
use std::collections::BTreeMap;

/// The columns that such a table has.
const NEEDED: [Column; 4] = [Column::UnitCode, Column::Body, Column::FullName, Column::Since];

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// Bodies entered.
    pub entered: usize,
    /// Bodies that stood there before.
    pub same: usize,
}

/// Why nothing was entered.
#[derive(Debug)]
pub enum NotEntered {
    /// The file.
    File(BadFile),
    /// A cell of this line.
    Cell {
        /// The line, from 1.
        line: usize,
        /// The column.
        column: Column,
    },
    /// Something broken, or the law's no.
    Failure(Failure),
}

impl From<Failure> for NotEntered {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// A body as a row has it.
struct Told {
    kind: BodyKind,
    name: String,
    since: Date,
}

/// Enters the bodies of a table. It is judged as a whole before anything is written.
///
/// # Errors
/// What is wrong with the file or one of its cells; something broken.
pub fn enter_bodies(house: &House, bytes: &[u8]) -> Result<Entered, NotEntered> {
    let table = sheet::table(bytes, &NEEDED).map_err(NotEntered::File)?;
    let today = read::today(house);
    let mut by_unit: BTreeMap<UnitCode, Vec<Told>> = BTreeMap::new();
    for row in &table.rows {
        let (unit, told) = judged(house, row, today).map_err(|column| NotEntered::Cell { line: row.line, column })?;
        by_unit.entry(unit).or_default().push(told);
    }
    let mut all = Entered::default();
    for (unit, told) in by_unit {
        let done = house.act(unit, move |hand| {
            let mut done = Entered::default();
            for Told { kind, name, since } in told {
                let standing = store::lead::body::standing(hand.pen.tx, unit, today)?;
                if standing.iter().any(|body| (body.kind, &body.name) == (kind, &name)) {
                    done.same += 1;
                    continue;
                }
                let act = AnyAct::Body(body::Act::Found { kind, name, since });
                crate::enact::enact(hand, Asked::new(act, Actor::new(Who::Keeper)))?;
                done.entered += 1;
            }
            Ok(done)
        })?;
        all.entered += done.entered;
        all.same += done.same;
    }
    Ok(all)
}

fn judged(house: &House, row: &Raw, today: Date) -> Result<(UnitCode, Told), Column> {
    let unit = UnitCode::parse(row.cell(Column::UnitCode)).ok().and_then(|code| house.units.get(code)).ok_or(Column::UnitCode)?;
    let kind = columns::body(row.cell(Column::Body)).filter(|kind| stands_in(*kind, unit)).ok_or(Column::Body)?;
    let name = row.cell(Column::FullName);
    limit::public_text("name", name, limit::NAME).map_err(|_| Column::FullName)?;
    let since = judge::day(row.cell(Column::Since)).filter(|since| *since <= today).ok_or(Column::Since)?;
    Ok((unit.code, Told { kind, name: name.to_owned(), since }))
}

/// Whether a unit has bodies of this kind.
fn stands_in(kind: BodyKind, unit: &Unit) -> bool {
    match kind {
        BodyKind::Town | BodyKind::TownDiscipline => unit.level == Level::Town,
        BodyKind::City => unit.level == Level::City,
        BodyKind::Party | BodyKind::Committee | BodyKind::Collective | BodyKind::Supervision => unit.profile().is_some(),
    }
}
