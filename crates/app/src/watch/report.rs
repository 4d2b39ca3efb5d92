//! 监督举报 Lodging a report, and filing the day's batch in the town's record: always the same number of sealed lines,
//! filled up with blanks, so that nobody can count reports or tell when one came.

use crate::{Asked, Failure, House};
use jiff::civil::Date;
use law::watch::report::{ACCEPT, Act, Lodged};
use law::{Actor, AnyAct, MatterId, Refusal, UnitCode, Who};

/// Keeps a report until the day's batch. It is on the disk when this returns; the village's record shows nothing of it.
pub fn lodge(house: &House, town: UnitCode, lodged: &Lodged) -> Result<(), Failure> {
    law::limit::text("text", lodged.text.text(), law::limit::TEXT)?;
    let id = MatterId::from_bits(house.dice.bits());
    let act = serde_json::to_string(lodged).expect("a report is plain data");
    let at = house.clock.now().as_microsecond();
    house.beside(move |tx| store::watch::report::lodge(tx, town, id, &act, at))
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
        let waiting = store::watch::report::waiting(hand.pen.tx, town, size.into())?;
        for place in 0..size as usize {
            let lodged = waiting.get(place).map(|(_, act)| serde_json::from_str::<Lodged>(act).map_err(Failure::unreadable)).transpose()?;
            crate::enact::enact(hand, Asked::new(AnyAct::Report(Act::File { lodged }), Actor::new(Who::Clock)))?;
        }
        for (id, _) in &waiting {
            store::watch::report::filed(hand.pen.tx, town, *id)?;
        }
        store::house::set(hand.pen.tx, &name, &today.to_string())?;
        Ok(u64::from(size))
    })
}
