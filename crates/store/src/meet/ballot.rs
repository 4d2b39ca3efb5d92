//! 表决 Rows of ballots; who voted, who is there and what the papers say is folded from the record, not read off tables.

use super::{secret, sitting};
use crate::{Failure, Kept, Tx, Value, kept, personal};
use law::meet::ballot::{Act, Ballot, Fact, Given, Sheet, Vote, read_marks};
use law::meet::sitting::{Sitting, Tabled};
use law::{MatterId, Moment, PersonalRef, Relied, UnitCode};
use std::collections::{BTreeMap, BTreeSet};

impl Kept for Ballot {
    const TABLE: &'static str = "ballot";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![("sitting", self.sitting.into()), ("motion", self.motion.into()), ("open", self.counted.is_none().into())]
    }

    fn given(tx: &mut dyn Tx, before: Option<&Self>, act: &Act, at: &Moment<'_>) -> Result<Given, Failure> {
        let mut given = Given::default();
        match (act, before) {
            (Act::Open { sitting, item, .. }, _) => {
                given.sitting = whole(tx, *sitting, at, &mut given.relies)?;
                given.tabled = tabled(tx, given.sitting.as_ref(), *item, at, &mut given.relies)?;
            }
            (_, None) => {}
            (Act::Close { ballot }, Some(before)) => {
                given.sitting = whole(tx, before.sitting, at, &mut given.relies)?;
                (given.votes, given.sheets) = papers(tx, at.unit, *ballot)?;
                given.slips = secret::slips(tx, at.unit, *ballot)?;
            }
            (Act::Cast { ballot, voter, .. } | Act::CastFor { ballot, voter, .. }, Some(before)) => {
                given.sitting = kept::relied::<Sitting>(tx, at.unit, before.sitting, &mut given.relies)?;
                given.voted = voted(tx, at.unit, *ballot, *voter)?;
            }
            (Act::Hands { .. } | Act::Sheet { .. }, Some(before)) => {
                given.sitting = kept::relied::<Sitting>(tx, at.unit, before.sitting, &mut given.relies)?;
            }
        }
        Ok(given)
    }
}

/// The motion of an item, as its ballot sees it.
fn tabled(
    tx: &mut dyn Tx,
    sitting: Option<&Sitting>,
    item: u32,
    at: &Moment<'_>,
    relies: &mut Vec<Relied>,
) -> Result<Option<Tabled>, Failure> {
    let Some((sitting, listed)) = sitting.and_then(|sitting| Some((sitting, &sitting.point(item)?.listed))) else { return Ok(None) };
    let Some(motion) = listed.motion else { return Ok(None) };
    let seated = sitting.kind.assemblies();
    sitting::tabled(tx, motion, at, relies, |state, balloting| Tabled::taken_up(state, listed.stage, seated, sitting.day, balloting, at))
}

/// The sitting folded from its first entry to its last: on it a ballot opens and is counted.
fn whole(tx: &mut dyn Tx, id: MatterId, at: &Moment<'_>, relies: &mut Vec<Relied>) -> Result<Option<Sitting>, Failure> {
    let step = kept::refold::<Sitting>(tx, at.unit, id)?;
    if step.state.is_some() {
        relies.push(Relied { unit: at.unit, matter: id, step: (step.next - 1).cast_unsigned() });
    }
    Ok(step.state)
}

/// The vote that stands for somebody. An index over the personal texts of the ballot says at once that there is none,
/// however many have voted; the count itself goes by the record alone.
pub fn voted(tx: &mut dyn Tx, unit: UnitCode, ballot: MatterId, voter: MatterId) -> Result<Option<Vote>, Failure> {
    if !personal::held_in(tx, unit, ballot, "voter", &voter.to_string())? {
        return Ok(None);
    }
    let votes = papers(tx, unit, ballot)?.0;
    let cancelled: BTreeSet<u64> = votes.iter().filter_map(|vote| vote.cancels).collect();
    Ok(votes.into_iter().rfind(|vote| vote.voter == voter && !cancelled.contains(&vote.step)))
}

/// All votes and sheets of a ballot as the record tells them, each name from the text that proves its reference.
fn papers(tx: &mut dyn Tx, unit: UnitCode, ballot: MatterId) -> Result<(Vec<Vote>, Vec<Sheet>), Failure> {
    let texts = personal::of_matter(tx, unit, ballot)?;
    let (mut votes, mut sheets) = (Vec::new(), Vec::new());
    for entry in kept::entries::<Ballot>(tx, unit, ballot)? {
        match entry.fact {
            Fact::Cast { voter, seats, choice, proxy, cancels } => {
                let (step, voter) = (entry.step, person(&texts, voter)?);
                votes.push(Vote { step, voter, seats, choice, proxy, cancels: cancels.map(|cancelled| cancelled.step) });
            }
            Fact::Sheeted { teller, papers, .. } => {
                let marks = read_marks(text(&texts, papers)?).ok_or_else(|| Failure::unreadable("a teller's sheet"))?;
                sheets.push(Sheet { teller: person(&texts, teller)?, marks });
            }
            Fact::Opened { .. } | Fact::Handed { .. } | Fact::Counted { .. } => {}
        }
    }
    Ok((votes, sheets))
}

fn text(texts: &BTreeMap<PersonalRef, personal::Kept>, at: PersonalRef) -> Result<&str, Failure> {
    let kept = texts.get(&at).filter(|kept| PersonalRef::of(&kept.salt, &kept.text) == at);
    kept.map(|kept| kept.text.as_str()).ok_or_else(|| Failure::unreadable("a paper whose text is not the one it refers to"))
}

fn person(texts: &BTreeMap<PersonalRef, personal::Kept>, at: PersonalRef) -> Result<MatterId, Failure> {
    MatterId::parse(text(texts, at)?).ok_or_else(|| Failure::unreadable("a paper of nobody"))
}

/// The ballots of a sitting, in the order in which they were opened.
pub fn of_sitting(tx: &mut dyn Tx, unit: UnitCode, sitting: MatterId) -> Result<Vec<Ballot>, Failure> {
    kept::pick(tx, unit, "AND sitting = $2 ORDER BY seq", &[sitting.into()])
}

/// The ballots on a motion, in the order in which they were opened.
pub fn of_motion(tx: &mut dyn Tx, unit: UnitCode, motion: MatterId) -> Result<Vec<Ballot>, Failure> {
    kept::pick(tx, unit, "AND motion = $2 ORDER BY seq", &[motion.into()])
}

/// Whether a ballot on a motion is open.
pub fn is_open_on(tx: &mut dyn Tx, unit: UnitCode, motion: MatterId) -> Result<bool, Failure> {
    let sql = "SELECT id FROM ballot WHERE unit = $1 AND motion = $2 AND open = 1 LIMIT 1";
    Ok(tx.row(sql, &[unit.into(), motion.into()])?.is_some())
}
