//! 读工作台 Reading a desk: what this person's posts owe in each unit, by last day, and what waits for one tap.

use super::board::{Listed, list, newest};
use super::{Names, Reader};
use crate::{Failure, House};
use jiff::civil::Date;
use law::meet::SittingKind;
use law::meet::sitting::Sitting;
use law::open::notice::Notice;
use law::open::suggestion::{Channel, ROUTE, Suggestion};
use law::steer::cadence::{self, Cadence};
use law::{MatterId, Office, PostKind, UnitCode};
use store::draft::Draft;
use store::duty::Owed;
pub use store::steer::cadence::Missed;
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
    /// The period it is about, if it is about one.
    pub cadence: Option<Cadence>,
    /// What the motion, resolution or task that it is about is called.
    pub decision: Option<String>,
    /// The kind and the day of the sitting that it is about, if it is about one.
    pub sitting: Option<(SittingKind, Date)>,
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
    /// Duties that can still be done, by last day.
    pub items: Vec<Item>,
    /// Weeks in which the box stayed shut and nobody has said why, the latest first; for whom they wait.
    pub gaps: Vec<Missed>,
    /// Prepared notices and corrections that wait for this person; prepared answers stand with their duty.
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
        items.sort_by_key(|item| item.owed.due);
        let clerk = here.iter().any(|office| office.kind == PostKind::Clerk);
        let missed = if clerk { store::steer::cadence::missed(tx, unit, cadence::BOX)? } else { Vec::new() };
        let gaps = missed.into_iter().filter(|missed| missed.silent).collect();
        let heads = here.iter().any(|office| office.kind.is_head());
        let loose = drafts.into_iter().filter(|draft| heads && (draft.matter.is_none() || draft.kind == "notice")).collect();
        Ok(Desk { unit, items, gaps, drafts: loose, names: Names::read(tx, unit)? })
    })
}

/// A duty is mine when its kind of post is mine and its body is mine, or it names no body.
fn mine(owed: &Owed, offices: &[Office]) -> bool {
    offices
        .iter()
        .any(|office| office.kind == owed.post && owed.body.is_none_or(|body| body == office.body || office.kind == PostKind::Clerk))
}

/// Clerks prepare what heads owe, as long as nothing is prepared yet.
fn helps(owed: &Owed, offices: &[Office], prepared: bool) -> bool {
    !prepared && owed.post.is_head() && offices.iter().any(|office| office.kind == PostKind::Clerk)
}

fn item(tx: &mut dyn Tx, unit: UnitCode, mut owed: Owed, draft: Option<Draft>, reader: &Reader) -> Result<Item, Failure> {
    let suggestion = kept::get::<Suggestion>(tx, unit, owed.matter)?.filter(|_| owed.kind == "suggestion");
    let suggestion = list(tx, unit, suggestion.into_iter().collect(), reader)?.into_iter().next();
    if let Some(listed) = suggestion.as_ref().filter(|_| owed.rule == ROUTE) {
        owed.due = routed_by(&listed.state);
    }
    let notice = kept::get::<Notice>(tx, unit, owed.matter)?.filter(|_| owed.kind == "notice");
    let cadence = kept::get::<Cadence>(tx, unit, owed.matter)?.filter(|_| owed.kind == "cadence");
    let sitting = kept::get::<Sitting>(tx, unit, owed.matter)?.filter(|_| owed.kind == "sitting");
    let sitting = sitting.map(|sitting| (sitting.kind, sitting.day));
    let decision = super::decisions::title(tx, unit, &owed.kind, owed.matter)?;
    let seq = newest(tx, unit, owed.matter)?;
    Ok(Item { owed, suggestion, notice, cadence, decision, sitting, draft, seq })
}

/// By when somebody has to be named: within the days of the rule, and not after the answer itself is due.
pub fn routed_by(s: &Suggestion) -> Date {
    let answer = s.answer_duty().term.due;
    s.duties.pending(ROUTE).map_or(answer, |duty| duty.term.due.min(answer))
}

/// A line that somebody wrote.
#[derive(Clone, Debug)]
pub struct Written {
    /// Kind of matter.
    pub kind: String,
    /// The stable word of what happened: `answered`.
    pub fact: String,
    /// The matter.
    pub matter: MatterId,
    /// Record number.
    pub seq: i64,
}

/// Lines that this person wrote on a day, newest first.
pub fn done_on(house: &House, unit: UnitCode, person: MatterId, day: Date) -> Result<Vec<Written>, Failure> {
    house.read(|tx| {
        let mut done = Vec::new();
        for stored in store::record::newest(tx, unit, 200)? {
            let at = jiff::Timestamp::from_microsecond(stored.at).map_err(Failure::unreadable)?;
            if law::moment::civil_day(at) != day {
                break;
            }
            let entry: law::Entry<serde_json::Value> = serde_json::from_slice(&stored.body).map_err(Failure::unreadable)?;
            if matches!(entry.by, law::By::Post { person: by, .. } if by == person) {
                let fact = entry.fact.as_object().and_then(|fact| fact.keys().next().cloned()).unwrap_or_default();
                done.push(Written { kind: stored.kind, fact, matter: stored.matter, seq: stored.seq });
            }
        }
        Ok(done)
    })
}

/// What staff of a unit prepared for one matter.
pub fn prepared(house: &House, unit: UnitCode, matter: MatterId) -> Result<Option<Draft>, Failure> {
    house.read(|tx| Ok(store::draft::all(tx, unit)?.into_iter().find(|draft| draft.matter == Some(matter))))
}

/// Everything that staff of a unit prepared.
pub fn drafts(house: &House, unit: UnitCode) -> Result<Vec<Draft>, Failure> {
    house.read(|tx| store::draft::all(tx, unit))
}

/// A prepared act.
pub fn draft(house: &House, unit: UnitCode, id: MatterId) -> Result<Option<Draft>, Failure> {
    house.read(|tx| store::draft::get(tx, unit, id))
}

/// How the paper slips of a unit stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slips {
    /// The next free number.
    pub next: u32,
    /// When the box was opened last, and how many of its slips are not registered yet.
    pub left: Option<(Date, u32)>,
}

/// How many of the newest suggestions are looked through for slip numbers.
const LOOK_BACK: i64 = 500;

/// Reads how the paper slips stand.
pub fn slips(house: &House, unit: UnitCode) -> Result<Slips, Failure> {
    house.read(|tx| {
        let recent = store::open::suggestion::page(tx, unit, super::board::Filter::default(), 0, LOOK_BACK)?;
        let numbers = recent.iter().filter_map(|s| s.slip.as_deref()?.parse::<u32>().ok());
        let next = numbers.max().unwrap_or_default().saturating_add(1);
        let latest = store::steer::cadence::latest(tx, unit, cadence::BOX)?;
        let left = latest.and_then(|period| period.done.last().map(|opening| (opening.on, opening.count))).map(|(on, count)| {
            let known = recent.iter().filter(|s| s.channel == Channel::Box && s.received == on).count();
            (on, count.saturating_sub(u32::try_from(known).unwrap_or(u32::MAX)))
        });
        Ok(Slips { next, left })
    })
}

/// The period of a rule that holds a day, with the record number of its newest line.
pub fn period(house: &House, unit: UnitCode, rule: &str, day: Date) -> Result<Option<(Cadence, i64)>, Failure> {
    house.read(|tx| {
        let id = Cadence::id_of(rule, Cadence::monday(day));
        let period = kept::get::<Cadence>(tx, unit, id)?;
        period.map(|period| Ok((period, newest(tx, unit, id)?))).transpose()
    })
}
