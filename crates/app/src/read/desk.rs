//! 读工作台 Reading a desk: what this person's posts owe in each unit, by last day, and what waits for one tap.

use super::board::{Listed, list, newest};
use super::{Names, Reader};
use crate::{Failure, House};
use jiff::civil::Date;
use law::open::notice::Notice;
use law::open::suggestion::Suggestion;
use law::{MatterId, Office, PostKind, UnitCode};
use store::draft::Draft;
use store::duty::Owed;
use store::{Tx, kept};

/// One duty on a desk with what it is about.
#[derive(Clone, Debug)]
pub struct Item {
    /// The duty.
    pub owed: Owed,
    /// The suggestion it is about, if it is about one.
    pub suggestion: Option<Listed>,
    /// The notice it is about, if it is about one.
    pub notice: Option<Notice>,
    /// What staff prepared for it.
    pub draft: Option<Draft>,
    /// Record number of the matter's newest line.
    pub seq: i64,
}

/// What one person owes in one unit.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The unit.
    pub unit: UnitCode,
    /// Duties, by last day.
    pub items: Vec<Item>,
    /// Drafts for new matters that wait for this person.
    pub drafts: Vec<Draft>,
    /// Names of bodies and office-holders.
    pub names: Names,
}

/// Reads the desk of somebody with these posts in a unit.
pub fn read(house: &House, unit: UnitCode, reader: &Reader) -> Result<Desk, Failure> {
    let here: Vec<Office> = reader.offices.iter().filter(|office| office.unit == unit).cloned().collect();
    house.read(|tx| {
        let drafts = store::draft::all(tx, unit)?;
        let mut items = Vec::new();
        for owed in store::duty::pending(tx, unit)? {
            let draft = drafts.iter().find(|draft| draft.matter == Some(owed.matter)).cloned();
            if mine(&owed, &here) || helps(&owed, &here, draft.is_some()) {
                items.push(item(tx, unit, owed, draft, reader)?);
            }
        }
        let heads = here.iter().any(|office| office.kind.is_head());
        let loose = drafts.into_iter().filter(|draft| draft.matter.is_none() && heads).collect();
        Ok(Desk { unit, items, drafts: loose, names: Names::read(tx, unit)? })
    })
}

/// A duty is mine when its kind of post is mine and its body is mine, or it names no body.
fn mine(owed: &Owed, offices: &[Office]) -> bool {
    offices.iter().any(|office| office.kind == owed.post && owed.body.is_none_or(|body| body == office.body || office.kind == PostKind::Clerk))
}

/// Clerks prepare what heads owe, as long as nothing is prepared yet.
fn helps(owed: &Owed, offices: &[Office], prepared: bool) -> bool {
    !prepared && owed.post.is_head() && offices.iter().any(|office| office.kind == PostKind::Clerk)
}

fn item(tx: &mut dyn Tx, unit: UnitCode, owed: Owed, draft: Option<Draft>, reader: &Reader) -> Result<Item, Failure> {
    let suggestion = kept::get::<Suggestion>(tx, unit, owed.matter)?.filter(|_| owed.kind == "suggestion");
    let suggestion = list(tx, unit, suggestion.into_iter().collect(), reader)?.into_iter().next();
    let notice = kept::get::<Notice>(tx, unit, owed.matter)?.filter(|_| owed.kind == "notice");
    let seq = newest(tx, unit, owed.matter)?;
    Ok(Item { owed, suggestion, notice, draft, seq })
}

/// Lines that this person wrote on a day, newest first: (kind, matter, record number).
pub fn done_on(house: &House, unit: UnitCode, person: MatterId, day: Date) -> Result<Vec<(String, MatterId, i64)>, Failure> {
    house.read(|tx| {
        let mut done = Vec::new();
        for stored in store::record::newest(tx, unit, 200)? {
            let at = jiff::Timestamp::from_microsecond(stored.at).map_err(Failure::unreadable)?;
            if law::moment::civil_day(at) != day {
                break;
            }
            let entry: law::Entry<serde_json::Value> = serde_json::from_slice(&stored.body).map_err(Failure::unreadable)?;
            if matches!(entry.by, law::By::Post { person: by, .. } if by == person) {
                done.push((stored.kind, stored.matter, stored.seq));
            }
        }
        Ok(done)
    })
}

/// A prepared act.
pub fn draft(house: &House, unit: UnitCode, id: MatterId) -> Result<Option<Draft>, Failure> {
    house.read(|tx| store::draft::get(tx, unit, id))
}
