//! 投票的人 Who votes, counts hands and reads papers; once each, and some try twice.

use super::super::ANYBODYS;
use super::chair::moves;
use super::{chair, due};
use crate::town::Life;
use law::meet::Choice;
use law::meet::ballot::{Act, Ballot, Mark, Mode};
use law::meet::sitting::{Point, Sitting};
use law::{Actor, AnyAct, Digest, MatterId, Who};

/// A ballot that is open goes on, or is counted.
pub fn goes_on(life: &mut Life, sitting: &Sitting, ballot: MatterId) {
    let unit = life.village.code;
    let Some(Some(open)) = life.look(|tx| store::kept::get::<Ballot>(tx, unit, ballot)) else { return };
    match life.below(40) {
        0..4 => return close(life, sitting, ballot),
        4..8 => return meanwhile(life, sitting),
        _ => {}
    }
    match open.mode {
        Mode::Named | Mode::Secret => everybody_votes(life, sitting, &open),
        Mode::Hands if open.handed.is_none() => hands(life, sitting, ballot),
        Mode::Paper if open.sheets < 2 || life.chance(20) => sheet(life, sitting, &open),
        Mode::Hands | Mode::Paper => close(life, sitting, ballot),
    }
}

/// While people vote somebody walks in or out, or the chair is in a hurry to put the next item.
fn meanwhile(life: &mut Life, sitting: &Sitting) {
    let Some(by) = chair(life, sitting.kind) else { return };
    let heard = |point: &Point| point.discussions > 0 && point.settled.is_none() && point.ballot.is_none();
    let open: Vec<u32> = (0..).zip(&sitting.agenda).filter(|(_, point)| heard(point)).map(|(item, _)| item).collect();
    let act = match life.chance(30) || open.is_empty() {
        true => AnyAct::Sitting(moves(life, sitting)),
        false => AnyAct::Ballot(Act::Open { sitting: sitting.id, item: life.pick(&open), mode: Mode::Named }),
    };
    life.ask(life.village.code, by, act);
}

fn close(life: &mut Life, sitting: &Sitting, ballot: MatterId) {
    let Some(by) = chair(life, sitting.kind) else { return };
    life.ask(life.village.code, by, AnyAct::Ballot(Act::Close { ballot }));
}

/// Most things find a majority; every sixth ballot is lost.
fn choice(life: &mut Life, ballot: MatterId) -> Choice {
    let usual = if is_lost(ballot) { Choice::Against } else { Choice::For };
    life.pick(&[usual, usual, usual, usual, usual, usual, Choice::For, Choice::Against, Choice::Abstain])
}

fn is_lost(ballot: MatterId) -> bool {
    ballot.to_string().bytes().map(u32::from).sum::<u32>().is_multiple_of(6)
}

/// Who is there and has not been asked yet votes, and for whom he holds a mandate; when nobody is left it is counted.
fn everybody_votes(life: &mut Life, sitting: &Sitting, open: &Ballot) {
    let here: Vec<MatterId> = sitting.people.keys().copied().filter(|person| sitting.is_here(*person)).collect();
    let mandates = sitting.proxies.iter().filter(|proxy| proxy.held.1.is_none()).map(|proxy| (proxy.principal, proxy.holder));
    let papers: Vec<(MatterId, MatterId)> = here.into_iter().map(|person| (person, person)).chain(mandates).collect();
    let asked = life.voters.entry(open.id).or_default();
    let left: Vec<(MatterId, MatterId)> = papers.into_iter().filter(|(voter, _)| asked.insert(*voter)).collect();
    if left.is_empty() {
        return close(life, sitting, open.id);
    }
    for (voter, hand) in left {
        if life.chance(94) {
            votes(life, sitting, open, voter, hand);
        }
        if life.chance(4) {
            votes(life, sitting, open, voter, hand);
        }
    }
    if life.chance(30) {
        stranger_votes(life, sitting, open);
    }
}

/// Somebody who is not there, or not on any roll, or for another.
fn stranger_votes(life: &mut Life, sitting: &Sitting, open: &Ballot) {
    let due = due(life, sitting);
    let everybody = [&due[..], &life.residents].concat();
    let (voter, hand) = (life.pick(&everybody), life.pick(&everybody));
    let hand = if life.chance(50) { voter } else { hand };
    votes(life, sitting, open, voter, hand);
}

fn votes(life: &mut Life, sitting: &Sitting, open: &Ballot, voter: MatterId, hand: MatterId) {
    let (unit, choice, ballot) = (life.village.code, choice(life, open.id), open.id);
    let Some(by) = hand_of(life, hand) else { return };
    if open.mode == Mode::Secret {
        return life.votes_in_secret(ballot, &by, voter, choice);
    }
    match life.chance(20) && voter == hand {
        true => {
            let Some(by) = chair(life, sitting.kind) else { return };
            life.ask(unit, by, AnyAct::Ballot(Act::CastFor { ballot, voter, choice }));
        }
        false => life.ask(unit, by, AnyAct::Ballot(Act::Cast { ballot, voter, choice })),
    }
}

/// Signed in by telephone, or as an office-holder.
fn hand_of(life: &mut Life, person: MatterId) -> Option<Actor> {
    match life.chance(15) {
        true => life.official(life.village.code, person),
        false => Some(Actor::new(Who::Resident { person, on_roll: false })),
    }
}

fn hands(life: &mut Life, sitting: &Sitting, ballot: MatterId) {
    let Some(by) = chair(life, sitting.kind) else { return };
    let here = present(life, sitting);
    let (mut against, mut abstain) = (Vec::new(), Vec::new());
    for person in &here {
        match choice(life, ballot) {
            Choice::Against => against.push(*person),
            Choice::Abstain => abstain.push(*person),
            Choice::For => {}
        }
    }
    let tellers: Vec<MatterId> = here.iter().rev().copied().take(if life.chance(10) { 1 } else { 2 }).collect();
    life.ask(life.village.code, by, AnyAct::Ballot(Act::Hands { ballot, against, abstain, tellers }));
}

/// Who counts in the hall; now and then somebody who does not.
fn present(life: &mut Life, sitting: &Sitting) -> Vec<MatterId> {
    let counts = |person: &MatterId| sitting.is_here(*person) && !sitting.seats(*person).list().is_empty();
    let mut present: Vec<MatterId> = sitting.people.keys().copied().filter(counts).collect();
    if life.chance(ANYBODYS) {
        present.push(life.pick(&life.residents.clone()));
    }
    present
}

/// Both tellers read the same papers; one misreads, or overlooks one, now and then.
fn sheet(life: &mut Life, sitting: &Sitting, open: &Ballot) {
    let Some(by) = chair(life, sitting.kind) else { return };
    let here = present(life, sitting);
    let Some(teller) = here.get(open.sheets as usize % 2).copied() else { return };
    let read = |n: usize| match (n * 7 + usize::from(open.item > 0)) % 8 {
        0 => Some(Choice::Against),
        _ if is_lost(open.id) => Some(Choice::Against),
        3 => Some(Choice::Abstain),
        5 => None,
        _ => Some(Choice::For),
    };
    let mut marks: Vec<Mark> = here.iter().enumerate().map(|(n, person)| Mark { person: *person, choice: read(n) }).collect();
    if life.chance(15) {
        marks.pop();
    }
    let act = Act::Sheet { ballot: open.id, teller, marks, scan: Digest([9; 32]) };
    life.ask(life.village.code, by, AnyAct::Ballot(act));
}

/// Something with a ballot, whatever its mode and whether it is open.
pub fn out_of_turn(life: &mut Life) -> AnyAct {
    let ballot = life.some::<Ballot>(life.village.code).map_or(MatterId::named("no ballot"), |ballot| ballot.id);
    let people = life.residents.clone();
    let (one, other, choice) = (life.pick(&people), life.pick(&people), choice(life, ballot));
    AnyAct::Ballot(match life.below(4) {
        0 => Act::CastFor { ballot, voter: one, choice },
        1 => Act::Hands { ballot, against: vec![one], abstain: vec![], tellers: vec![one, other] },
        2 => Act::Sheet { ballot, teller: one, marks: vec![Mark { person: other, choice: None }], scan: Digest([9; 32]) },
        _ => Act::Close { ballot },
    })
}
