//! 无记名投票 Ballot in secret: papers are kept off the record until the count, so that neither their order nor their time tells anything.

use crate::enact::Hand;
use crate::{Dice, Failure, House};
use law::meet::Choice;
use law::meet::ballot::{Act, Ballot, Slip};
use law::meet::sitting::Sitting;
use law::{Actor, Matter, MatterId, Refusal, UnitCode};
use store::kept;
use store::meet::secret;

/// Gives a voter's secret papers, by his own hand or by that of who holds his mandate. They are on the disk when this
/// returns; the record shows nothing of them before the ballot is counted. What comes back is the voter's receipt: the
/// count holds these very papers.
///
/// # Errors
/// What a vote with a name would be refused for.
pub fn cast(house: &House, unit: UnitCode, by: &Actor, ballot: MatterId, voter: MatterId, choice: Choice) -> Result<Vec<Slip>, Failure> {
    let by = by.clone();
    // The unit is held, as for an act: no paper falls between the last look and the count.
    house.act(unit, move |hand| cast_by(hand, &by, ballot, voter, choice))
}

/// As [`cast`], by a hand that already holds the unit.
///
/// # Errors
/// What a vote with a name would be refused for.
pub fn cast_by(hand: &mut Hand<'_, '_>, by: &Actor, ballot: MatterId, voter: MatterId, choice: Choice) -> Result<Vec<Slip>, Failure> {
    let right = Ballot::right(&Act::Cast { ballot, voter, choice });
    let hand_of = by.person().filter(|_| right.held_without_post(&by.who)).ok_or(Refusal::NoRight { act: right.name })?;
    keep(hand, ballot, voter, hand_of, choice)
}

fn keep(hand: &mut Hand<'_, '_>, ballot: MatterId, voter: MatterId, by: MatterId, choice: Choice) -> Result<Vec<Slip>, Failure> {
    let unit = hand.pen.unit();
    let open = kept::recall::<Ballot>(hand.pen.tx, unit, ballot)?.state.ok_or(Refusal::NoSuchMatter)?;
    let sitting = kept::recall::<Sitting>(hand.pen.tx, unit, open.sitting)?.state.ok_or(Refusal::NoSuchMatter)?;
    let voted = secret::has_voted(hand.pen.tx, unit, ballot, voter)?;
    let dice: &dyn Dice = hand.hall.dice;
    let number = || {
        let mut number = [0; 16];
        dice.fill(&mut number);
        number
    };
    let slips = open.slips(voter, by, choice, voted, &sitting, number)?;
    secret::keep(hand.pen.tx, unit, ballot, voter, &slips)?;
    Ok(slips)
}
