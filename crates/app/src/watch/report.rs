//! 监督举报 Lodging a report and answering it, and filing the day's batch in the town's record: always the same number of
//! sealed lines, filled up with blanks, so that nobody can count reports or answers, or tell when one came.

use crate::enact::{Hand, enact};
use crate::{Asked, Failure, House};
use jiff::civil::Date;
use law::watch::report::{ACCEPT, Act, Lodged, Report};
use law::{Actor, AnyAct, Matter, MatterId, Office, Refusal, UnitCode, Who};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Tx, kept};

/// What waits for the day's batch.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Waiting {
    /// A report.
    Lodged(Lodged),
    /// An answer to one.
    Answer(Answer),
}

/// An answer as the officer gave it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    /// The report.
    pub report: MatterId,
    /// Whether it is taken up.
    pub taken: bool,
    /// What the sender is told.
    pub text: String,
    /// The officer.
    pub person: MatterId,
}

/// Reads what waits, the oldest first.
pub(crate) fn waiting(tx: &mut dyn Tx, town: UnitCode, most: i64) -> Result<Vec<(MatterId, Waiting)>, Failure> {
    let read = |(id, text): (MatterId, String)| Ok((id, serde_json::from_str(&text).map_err(Failure::unreadable)?));
    store::watch::report::waiting(tx, town, most)?.into_iter().map(read).collect()
}

fn keep(tx: &mut dyn Tx, town: UnitCode, id: MatterId, waiting: &Waiting, at: i64) -> Result<(), Failure> {
    let text = serde_json::to_string(waiting).expect("what waits is plain data");
    store::watch::report::lodge(tx, town, id, &text, at)
}

/// Keeps a report until the day's batch. It is on the disk when this returns; the village's record shows nothing of it.
/// Gives the last day on which somebody who gave a name is told whether it is taken up.
pub fn lodge(house: &House, town: UnitCode, lodged: &Lodged) -> Result<Date, Failure> {
    law::limit::text("text", lodged.text.text(), law::limit::TEXT)?;
    let policy = house.policy();
    let days = policy.rule(ACCEPT, None, lodged.on).and_then(|rule| rule.int("days").ok()).ok_or(Refusal::NoRule { rule: ACCEPT })?;
    let told_by = policy.calendar().due(lodged.on, days).map_err(|_| Refusal::CalendarEnds { day: lodged.on })?.due;
    let (id, at) = (MatterId::from_bits(house.dice.bits()), house.clock.now().as_microsecond());
    let waiting = Waiting::Lodged(lodged.clone());
    house.beside(move |tx| keep(tx, town, id, &waiting, at))?;
    Ok(told_by)
}

/// Keeps the officer's answer until the next batch; the sender can read it at once. A line of its own would tell everybody
/// that there was something to answer.
///
/// # Errors
/// What `decide` would say of [`Act::Accept`]: no right, no such report, answered before.
pub fn answer(house: &House, town: UnitCode, by: &Actor, report: MatterId, taken: bool, text: &str) -> Result<(), Failure> {
    let right = Report::right(&Act::Accept { report, taken, answer: String::new() });
    let person = match &by.who {
        Who::Official { person, offices } if offices.iter().any(|office| right.held_by_post(office, town)) => *person,
        _ => return Err(Refusal::NoRight { act: right.name }.into()),
    };
    law::limit::text("answer", text, law::limit::TEXT)?;
    let (id, at) = (MatterId::from_bits(house.dice.bits()), house.clock.now().as_microsecond());
    let answer = Answer { report, taken, text: text.to_owned(), person };
    house.beside(move |tx| {
        let filed = kept::get::<Report>(tx, town, report)?.and_then(|report| report.filed).ok_or(Refusal::NoSuchMatter)?;
        if filed.answer.is_some() || answers(tx, town)?.contains_key(&report) {
            return Err(Refusal::AlreadyAnswered.into());
        }
        keep(tx, town, id, &Waiting::Answer(answer), at)
    })
}

/// Answers that wait for the next batch, by report.
pub(crate) fn answers(tx: &mut dyn Tx, town: UnitCode) -> Result<BTreeMap<MatterId, Answer>, Failure> {
    let answers = waiting(tx, town, i64::MAX)?.into_iter().filter_map(|(_, waiting)| match waiting {
        Waiting::Answer(answer) => Some((answer.report, answer)),
        Waiting::Lodged(_) => None,
    });
    Ok(answers.collect())
}

/// Files the day's batch in a town's record, once a day; how many lines that made.
pub fn file_batch(house: &House, town: UnitCode, today: Date) -> Result<u64, Failure> {
    let policy = house.policy();
    let size = policy.rule(ACCEPT, None, today).and_then(|rule| rule.int("batch").ok()).ok_or(Refusal::NoRule { rule: ACCEPT })?;
    let name = format!("report_batch/{town}");
    let filed = house.read(|tx| store::house::setting(tx, &name))?;
    if filed.is_some_and(|day| day >= today.to_string()) {
        return Ok(0);
    }
    house.act(town, move |hand| {
        let mut waiting = waiting(hand.pen.tx, town, size.into())?.into_iter();
        for _ in 0..size {
            let (id, next) = waiting.next().unzip();
            file(hand, today, next)?;
            id.map(|id| store::watch::report::filed(hand.pen.tx, town, id)).transpose()?;
        }
        store::house::set(hand.pen.tx, &name, &today.to_string())?;
        Ok(u64::from(size))
    })
}

/// One line of the batch. An answer that the law refuses by now (the officer has left) leaves a blank: the number of lines
/// never tells anything.
fn file(hand: &mut Hand<'_, '_>, today: Date, waiting: Option<Waiting>) -> Result<(), Failure> {
    let lodged = match waiting {
        Some(Waiting::Answer(answer)) => {
            let by = officer(hand, today, answer.person)?;
            let act = Act::Accept { report: answer.report, taken: answer.taken, answer: answer.text };
            let (hall, now) = (hand.hall, hand.now);
            match hand.pen.within(|pen| enact(&mut Hand { pen, hall, now }, Asked::new(AnyAct::Report(act), by))) {
                Ok(_) => return Ok(()),
                Err(Failure::Refused(refusal)) => tracing::warn!(code = refusal.code(), "an answer of the day's sealed batch was refused"),
                Err(failure) => return Err(failure),
            }
            None
        }
        Some(Waiting::Lodged(lodged)) => Some(lodged),
        None => None,
    };
    enact(hand, Asked::new(AnyAct::Report(Act::File { lodged }), Actor::new(Who::Clock))).map(drop)
}

fn officer(hand: &mut Hand<'_, '_>, today: Date, person: MatterId) -> Result<Actor, Failure> {
    let unit = hand.pen.unit();
    let offices: Vec<Office> = store::lead::post::offices(hand.pen.tx, unit, person, today)?;
    Ok(Actor::new(Who::Official { person, offices }))
}
