//! 群众意见 Rows of suggestions, and what the law looks at besides them.

use crate::{Failure, Kept, Tx, Value, kept, lead, personal};
use law::lead::body::Body;
use law::open::suggestion::{Act, Given, Suggestion};
use law::{Digest, DutyState, MatterId, Moment, UnitCode};

impl Kept for Suggestion {
    const TABLE: &'static str = "suggestion";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        let duty = self.answer_duty();
        let late = match duty.state {
            DutyState::Lapsed { .. } => "lapsed",
            DutyState::MetLate { .. } => "late",
            _ if self.extended.is_some() => "extended",
            _ => "",
        };
        vec![
            ("received", self.received.into()),
            ("stage", self.stage().word().into()),
            ("due", duty.term.due.into()),
            ("late", late.into()),
            ("shown", self.shown.is_some().into()),
            ("body", self.responsible.map(|responsible| responsible.body).into()),
            ("code", self.code.into()),
        ]
    }

    fn given(tx: &mut dyn Tx, before: Option<&Self>, act: &Act, at: &Moment<'_>) -> Result<Given, Failure> {
        let mut given = Given::default();
        match act {
            Act::Submit { text, body, about_work, .. } => {
                if let Some(body) = body {
                    see_body(tx, *body, at, &mut given)?;
                }
                if !about_work {
                    given.cadres = cadres_named_on(tx, at.unit, at.day, text.text())?;
                }
            }
            Act::Route { body, .. } => see_body(tx, *body, at, &mut given)?,
            Act::Confirm { .. } | Act::Dispute { .. } | Act::Reopen { .. } | Act::Withdraw { .. } => {
                if let Some((id, author)) = before.and_then(|s| Some((s.id, s.author?))) {
                    given.author = personal::text(tx, at.unit, id, author)?.and_then(|kept| MatterId::parse(&kept.text));
                }
            }
            Act::Release { .. } => {
                if let Some(s) = before {
                    given.text = personal::text(tx, at.unit, s.id, s.text)?.map(|kept| kept.text);
                }
            }
            _ => {}
        }
        Ok(given)
    }
}

fn see_body(tx: &mut dyn Tx, body: MatterId, at: &Moment<'_>, given: &mut Given) -> Result<(), Failure> {
    given.body = kept::relied::<Body>(tx, at.unit, body, &mut given.relies)?;
    given.headed = lead::post::head(tx, at.unit, body, at.day)?.is_some();
    Ok(())
}

/// Sitting cadres of the unit whose full names stand in the text.
pub fn cadres_named_on(tx: &mut dyn Tx, unit: UnitCode, day: jiff::civil::Date, text: &str) -> Result<Vec<String>, Failure> {
    let mut names = lead::post::names(tx, unit, day)?;
    names.retain(|name| text.contains(name.as_str()));
    Ok(names)
}

/// Which suggestions a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Only this stage.
    pub stage: Option<&'a str>,
    /// Only those whose answer is or was late (`lapsed`, `late`, `extended`).
    pub late: Option<&'a str>,
}

/// A page of suggestions, newest first.
pub fn page(tx: &mut dyn Tx, unit: UnitCode, filter: Filter<'_>, skip: i64, most: i64) -> Result<Vec<Suggestion>, Failure> {
    let rest = "ORDER BY received DESC, id DESC";
    match (filter.stage, filter.late) {
        (Some(stage), _) => {
            kept::pick(tx, unit, &format!("AND stage = $2 {rest} LIMIT $3 OFFSET $4"), &[stage.into(), most.into(), skip.into()])
        }
        (None, Some(late)) => {
            kept::pick(tx, unit, &format!("AND late = $2 {rest} LIMIT $3 OFFSET $4"), &[late.into(), most.into(), skip.into()])
        }
        (None, None) => kept::pick(tx, unit, &format!("{rest} LIMIT $2 OFFSET $3"), &[most.into(), skip.into()]),
    }
}

/// The newest suggestions that wait for no answer.
pub fn settled(tx: &mut dyn Tx, unit: UnitCode, most: i64) -> Result<Vec<Suggestion>, Failure> {
    kept::pick(tx, unit, "AND stage <> 'waiting' ORDER BY received DESC, id DESC LIMIT $2", &[most.into()])
}

/// How many suggestions stand how, received since a day: (stage, late, count).
pub fn tally(tx: &mut dyn Tx, unit: UnitCode, since: jiff::civil::Date) -> Result<Vec<(String, String, i64)>, Failure> {
    let sql = "SELECT stage, late, COUNT(*) FROM suggestion WHERE unit = $1 AND received >= $2 GROUP BY stage, late ORDER BY stage, late";
    let rows = tx.rows(sql, &[unit.into(), since.into()])?;
    rows.iter().map(|row| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned(), row.int(2)?))).collect()
}

/// The suggestion whose stub bears this code.
pub fn by_code(tx: &mut dyn Tx, unit: UnitCode, code: Digest) -> Result<Option<Suggestion>, Failure> {
    Ok(kept::pick(tx, unit, "AND code = $2", &[code.into()])?.into_iter().next())
}

/// Suggestions that this person sent, newest first.
pub fn by_author(tx: &mut dyn Tx, unit: UnitCode, person: MatterId) -> Result<Vec<Suggestion>, Failure> {
    let mut all = Vec::new();
    for matter in personal::find(tx, unit, "by", &person.to_string())? {
        all.extend(kept::get::<Suggestion>(tx, unit, matter)?.filter(|s| s.author.is_some()));
    }
    all.sort_by_key(|s| std::cmp::Reverse((s.received, s.id)));
    all.dedup_by_key(|s| s.id);
    Ok(all)
}
