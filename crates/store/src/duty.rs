//! 应办表 The duty table: what every matter owes, so that the clock, the desk and the town find it without folding.

use crate::{Failure, Row, Tx, Value, db};
use jiff::civil::Date;
use law::{Duty, DutyState, MatterId, PostKind, UnitCode};

/// One row of the duty table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The unit.
    pub unit: UnitCode,
    /// The matter.
    pub matter: MatterId,
    /// Number within the matter.
    pub n: u32,
    /// Kind of matter.
    pub kind: String,
    /// Rule id.
    pub rule: String,
    /// The body that owes it.
    pub body: Option<MatterId>,
    /// The kind of post.
    pub post: PostKind,
    /// Day 0.
    pub opened: Date,
    /// Last day.
    pub due: Date,
    /// Whether the last day is provisional.
    pub provisional: bool,
    /// `open`, `met`, `lapsed`, `met_late` or `waived`.
    pub state: String,
    /// When it was done or waived, or the lapse was noted.
    pub settled: Option<Date>,
}

fn values(unit: UnitCode, kind: &str, matter: MatterId, duty: &Duty) -> Vec<Value> {
    let (state, settled) = match duty.state {
        DutyState::Open => ("open", None),
        DutyState::Met { on } => ("met", Some(on)),
        DutyState::Lapsed { on } => ("lapsed", Some(on)),
        DutyState::MetLate { on, .. } => ("met_late", Some(on)),
        DutyState::Waived { on } => ("waived", Some(on)),
    };
    vec![
        unit.into(),
        matter.into(),
        duty.n.into(),
        kind.into(),
        duty.term.rule.as_str().into(),
        duty.owner.body.into(),
        duty.owner.post.word().into(),
        duty.term.start.into(),
        duty.term.due.into(),
        duty.term.provisional.into(),
        state.into(),
        settled.into(),
    ]
}

/// Writes the duties of one matter.
pub(crate) fn save(tx: &mut dyn Tx, unit: UnitCode, kind: &str, matter: MatterId, duties: &[Duty]) -> Result<(), Failure> {
    if duties.is_empty() {
        return Ok(());
    }
    let sql = db::text("duty", duties.len(), || {
        format!(
            "INSERT INTO duty (unit, matter, n, kind, rule, body, post, opened, due, provisional, state, settled) VALUES {}
             ON CONFLICT (unit, matter, n) DO UPDATE SET body = excluded.body, post = excluded.post, opened = excluded.opened,
             due = excluded.due, provisional = excluded.provisional, state = excluded.state, settled = excluded.settled",
            db::places(duties.len(), 12)
        )
    });
    let args: Vec<Value> = duties.iter().flat_map(|duty| values(unit, kind, matter, duty)).collect();
    tx.run(&sql, &args).map(|_| ())
}

const OWED: &str = "SELECT unit, matter, n, kind, rule, body, post, opened, due, provisional, state, settled FROM duty";

/// Whether the stored duties of a matter are other than these.
pub(crate) fn differ(tx: &mut dyn Tx, unit: UnitCode, matter: MatterId, duties: &[Duty]) -> Result<bool, Failure> {
    let sql = format!("{OWED} WHERE unit = $1 AND matter = $2 ORDER BY n");
    let rows = tx.rows(&sql, &[unit.into(), matter.into()])?;
    let kind = rows.first().map(|row| row.text(3)).transpose()?.unwrap_or_default().to_owned();
    let want: Vec<Row> = duties.iter().map(|duty| Row(values(unit, &kind, matter, duty))).collect();
    Ok(rows != want)
}

fn owed(row: &Row) -> Result<Owed, Failure> {
    let day = |text: &str| text.parse::<Date>().map_err(Failure::unreadable);
    Ok(Owed {
        unit: crate::record::unit(row, 0)?,
        matter: row.id(1)?,
        n: u32::try_from(row.int(2)?).map_err(Failure::unreadable)?,
        kind: row.text(3)?.to_owned(),
        rule: row.text(4)?.to_owned(),
        body: row.maybe_int(5)?.and_then(MatterId::from_i64),
        post: PostKind::parse(row.text(6)?).ok_or_else(|| Failure::unreadable("no such post kind"))?,
        opened: day(row.text(7)?)?,
        due: day(row.text(8)?)?,
        provisional: row.int(9)? != 0,
        state: row.text(10)?.to_owned(),
        settled: row.maybe_text(11)?.map(day).transpose()?,
    })
}

/// Duties whose last day passed without a word: the clock records their lapse.
pub fn silent(tx: &mut dyn Tx, unit: UnitCode, today: Date) -> Result<Vec<Owed>, Failure> {
    let sql = format!("{OWED} WHERE unit = $1 AND state = 'open' AND due < $2 ORDER BY due, matter, n");
    tx.rows(&sql, &[unit.into(), today.into()])?.iter().map(owed).collect()
}

/// What can still be done. A period that passed cannot: it stays a gap (缺) and is read with its kind.
const PENDING: &str = "state IN ('open', 'lapsed') AND (kind <> 'cadence' OR state = 'open')";

/// What is still to be done in a unit, by last day.
pub fn pending(tx: &mut dyn Tx, unit: UnitCode) -> Result<Vec<Owed>, Failure> {
    let sql = format!("{OWED} WHERE unit = $1 AND {PENDING} ORDER BY due, matter, n");
    tx.rows(&sql, &[unit.into()])?.iter().map(owed).collect()
}

/// Duties of one rule in one unit with the same last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pile {
    /// The unit.
    pub unit: UnitCode,
    /// Rule id.
    pub rule: String,
    /// Last day.
    pub due: Date,
    /// How many.
    pub n: i64,
}

/// How much is still to be done in the units from one code to another, by unit, rule and last day.
pub fn piles(tx: &mut dyn Tx, (first, last): (UnitCode, UnitCode)) -> Result<Vec<Pile>, Failure> {
    let sql = format!(
        "SELECT unit, rule, due, COUNT(*) FROM duty WHERE unit >= $1 AND unit <= $2 AND {PENDING} GROUP BY unit, rule, due ORDER BY unit, rule, due"
    );
    let pile = |row: &Row| {
        let due = row.text(2)?.parse().map_err(Failure::unreadable)?;
        Ok(Pile { unit: crate::record::unit(row, 0)?, rule: row.text(1)?.to_owned(), due, n: row.int(3)? })
    };
    tx.rows(&sql, &[first.into(), last.into()])?.iter().map(pile).collect()
}

/// What is still to be done under a rule by a day, in the units from one code to another: the oldest, `most` of them.
pub fn under(tx: &mut dyn Tx, (first, last): (UnitCode, UnitCode), rule: &str, until: Date, most: i64) -> Result<Vec<Owed>, Failure> {
    let sql =
        format!("{OWED} WHERE unit >= $1 AND unit <= $2 AND {PENDING} AND rule = $3 AND due <= $4 ORDER BY due, unit, matter, n LIMIT $5");
    tx.rows(&sql, &[first.into(), last.into(), rule.into(), until.into(), most.into()])?.iter().map(owed).collect()
}

/// The periods of a rule that passed undone and unexplained since a day, in the units from one code to another.
pub fn gaps(tx: &mut dyn Tx, (first, last): (UnitCode, UnitCode), rule: &str, since: Date, most: i64) -> Result<Vec<Owed>, Failure> {
    let sql = "SELECT d.unit, d.matter, d.n, d.kind, d.rule, d.body, d.post, d.opened, d.due, d.provisional, d.state, d.settled
               FROM cadence c JOIN duty d ON d.unit = c.unit AND d.matter = c.id
               WHERE c.unit >= $1 AND c.unit <= $2 AND c.rule = $3 AND c.gap >= $4 ORDER BY c.gap, c.unit LIMIT $5";
    tx.rows(sql, &[first.into(), last.into(), rule.into(), since.into(), most.into()])?.iter().map(owed).collect()
}

/// What one body still has to do under one rule's duties, of its head or of clerks.
pub fn of_matter(tx: &mut dyn Tx, unit: UnitCode, matter: MatterId) -> Result<Vec<Owed>, Failure> {
    let sql = format!("{OWED} WHERE unit = $1 AND matter = $2 ORDER BY n");
    tx.rows(&sql, &[unit.into(), matter.into()])?.iter().map(owed).collect()
}

/// How many duties of a unit stand how, by rule and state, opened since a day.
pub fn tally(tx: &mut dyn Tx, unit: UnitCode, since: Date) -> Result<Vec<(String, String, i64)>, Failure> {
    let sql = "SELECT rule, state, COUNT(*) FROM duty WHERE unit = $1 AND opened >= $2 GROUP BY rule, state ORDER BY rule, state";
    let rows = tx.rows(sql, &[unit.into(), since.into()])?;
    rows.iter().map(|row| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned(), row.int(2)?))).collect()
}

/// Open duties counted by another calendar than the one in force.
pub fn open_matters(tx: &mut dyn Tx, unit: UnitCode) -> Result<Vec<(String, MatterId)>, Failure> {
    let sql = "SELECT DISTINCT kind, matter FROM duty WHERE unit = $1 AND state = 'open' ORDER BY kind, matter";
    tx.rows(sql, &[unit.into()])?.iter().map(|row| Ok((row.text(0)?.to_owned(), row.id(1)?))).collect()
}
