//! 读密封反映 Reading sealed reports: by the discipline officer of the town alone, each opening noted; and by the sender's code.

use super::{Names, Reader};
use crate::watch::report::{Answer, Waiting, answers, waiting};
use crate::{Failure, House};
use jiff::{Timestamp, civil::Date};
use law::watch::report::{Filed, Report};
use law::{Digest, MatterId, PostKind, Term, UnitCode};
use std::collections::BTreeMap;
use store::watch::report as rows;
use store::{Tx, kept, personal};

/// Openings that a page shows.
const OPENINGS: i64 = 50;

/// What the sender is told: taken up or not, in which words, and when; the day is missing while the answer waits for the batch.
pub type Told = (bool, String, Option<Date>);

/// Answers that wait for the batch, by report.
type Answers = BTreeMap<MatterId, Answer>;

/// A report as the officer's list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: MatterId,
    /// The unit it concerns.
    pub about: UnitCode,
    /// The day it was lodged.
    pub on: Date,
    /// By when a sender who gave a name is told.
    pub accept: Term,
    /// The answer.
    pub told: Option<Told>,
    /// Whether somebody opened it before.
    pub seen: bool,
    /// Record number of its newest line.
    pub seq: i64,
    /// Whether that line is sealed.
    pub sealed: bool,
}

/// A report that is open.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its row.
    pub row: Listed,
    /// The text; none once it is erased.
    pub text: Option<String>,
    /// Who opened it when, the latest first.
    pub seen: Vec<(String, Timestamp)>,
}

/// Whether this reader is a discipline officer of this very town.
fn is_officer(town: UnitCode, reader: &Reader) -> bool {
    reader.offices.iter().any(|office| office.kind == PostKind::TownDiscipline && office.unit == town)
}

/// A page of a town's reports, the newest first, and how many there are. None for whoever may not know of any.
pub fn list(house: &House, town: UnitCode, reader: &Reader, skip: i64, most: i64) -> Result<Option<(Vec<Listed>, i64)>, Failure> {
    if !is_officer(town, reader) {
        return Ok(None);
    }
    house.read(|tx| {
        let (mut all, answers) = (Vec::new(), answers(tx, town)?);
        for Report { id, filed } in rows::page(tx, town, skip, most)? {
            if let Some(filed) = filed {
                all.push(listed(tx, town, id, filed, &answers)?);
            }
        }
        Ok(Some((all, rows::count(tx, town)?)))
    })
}

fn listed(tx: &mut dyn Tx, town: UnitCode, id: MatterId, filed: Filed, answers: &Answers) -> Result<Listed, Failure> {
    let Filed { about, on, accept, answer, .. } = filed;
    let seq = super::board::newest(tx, town, id)?;
    let sealed = store::record::latest_checkpoint(tx, town)?.is_some_and(|sealed| seq < sealed.size);
    let seen = !rows::seen(tx, town, id, 1)?.is_empty();
    Ok(Listed { id, about, on, accept, told: told(id, answer, answers), seen, seq, sealed })
}

fn told(id: MatterId, answer: Option<(bool, String, Date)>, answers: &Answers) -> Option<Told> {
    let waiting = || answers.get(&id).map(|answer| (answer.taken, answer.text.clone(), None));
    answer.map(|(taken, text, on)| (taken, text, Some(on))).or_else(waiting)
}

/// Opens a report, and notes who did. None for whoever may not know of it, and for what is no report.
pub fn open(house: &House, town: UnitCode, id: MatterId, reader: &Reader) -> Result<Option<Opened>, Failure> {
    let Some(person) = reader.person.filter(|_| is_officer(town, reader)) else { return Ok(None) };
    let opened = house.read(|tx| {
        let Some(filed) = kept::get::<Report>(tx, town, id)?.and_then(|report| report.filed) else { return Ok(None) };
        let text = personal::text(tx, town, id, filed.text)?.map(|kept| kept.text);
        let names = Names::read(tx, town)?;
        let name =
            |person: MatterId| names.posts.values().find(|post| post.person == person).map_or_else(String::new, |post| post.name.clone());
        let seen = rows::seen(tx, town, id, OPENINGS)?.into_iter();
        let seen = seen.filter_map(|(person, at)| Some((name(person), Timestamp::from_microsecond(at).ok()?))).collect();
        let answers = answers(tx, town)?;
        let row = listed(tx, town, id, filed, &answers)?;
        Ok(Some(Opened { row, text, seen }))
    })?;
    if opened.is_some() {
        let at = house.clock.now().as_microsecond();
        house.beside(move |tx| rows::note_seen(tx, town, id, person, at))?;
    }
    Ok(opened)
}

/// How a report stands, for whoever holds its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The day it was lodged.
    pub on: Date,
    /// The answer.
    pub told: Option<Told>,
}

/// How the report stands whose sender holds this code; none if no report of this town has it.
pub fn by_code(house: &House, town: UnitCode, code: Digest) -> Result<Option<Standing>, Failure> {
    house.read(|tx| {
        if let Some(Report { id, filed: Some(filed) }) = rows::by_code(tx, town, code)? {
            return Ok(Some(Standing { on: filed.on, told: told(id, filed.answer, &answers(tx, town)?) }));
        }
        let lodged = waiting(tx, town, i64::MAX)?.into_iter().find_map(|(_, waiting)| match waiting {
            Waiting::Lodged(lodged) if lodged.code == code => Some(lodged.on),
            _ => None,
        });
        Ok(lodged.map(|on| Standing { on, told: None }))
    })
}
