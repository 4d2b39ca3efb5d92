//! 职务 Rows of posts: who could do what on which day.

use crate::{Failure, Kept, Row, Tx, Value, kept};
use jiff::civil::Date;
use law::lead::body::Body;
use law::lead::person::Person;
use law::lead::post::{Act, Given, Post};
use law::{MatterId, Moment, Office, PostKind, UnitCode};

impl Kept for Post {
    const TABLE: &'static str = "post";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("person", self.person.into()),
            ("name", self.name.as_str().into()),
            ("body", self.body.into()),
            ("post_kind", self.kind.word().into()),
            ("from_day", self.from.into()),
            ("to_day", self.to.into()),
        ]
    }

    fn given(tx: &mut dyn Tx, _: Option<&Self>, act: &Act, at: &Moment<'_>) -> Result<Given, Failure> {
        let Act::Appoint { person, body, .. } = act else { return Ok(Given::default()) };
        let known = kept::get::<Person>(tx, at.unit, *person)?.is_some();
        let mut others = kept::pick::<Post>(tx, at.unit, "AND person = $2 ORDER BY id", &[(*person).into()])?;
        others.extend(kept::pick::<Post>(tx, at.unit, "AND body = $2 ORDER BY id", &[(*body).into()])?);
        Ok(Given { body: kept::get::<Body>(tx, at.unit, *body)?, person: known, others })
    }
}

/// All posts that a person holds on a day, in the unit and in those above it, nearest first.
pub fn offices(tx: &mut dyn Tx, unit: UnitCode, person: MatterId, day: Date) -> Result<Vec<Office>, Failure> {
    let mut all = Vec::new();
    for unit in std::iter::successors(Some(unit), |unit| unit.parent()) {
        let sql = "SELECT id, step, body, post_kind FROM post WHERE unit = $1 AND person = $2 AND from_day <= $3 AND (to_day IS NULL OR to_day >= $3) ORDER BY id";
        for row in tx.rows(sql, &[unit.into(), person.into(), day.into()])? {
            all.push(office_of(unit, &row)?);
        }
    }
    Ok(all)
}

/// One post as it is held on a day; none when it is not held then.
pub fn office(tx: &mut dyn Tx, unit: UnitCode, post: MatterId, day: Date) -> Result<Option<Office>, Failure> {
    let sql =
        "SELECT id, step, body, post_kind FROM post WHERE unit = $1 AND id = $2 AND from_day <= $3 AND (to_day IS NULL OR to_day >= $3)";
    tx.row(sql, &[unit.into(), post.into(), day.into()])?.map(|row| office_of(unit, &row)).transpose()
}

fn office_of(unit: UnitCode, row: &Row) -> Result<Office, Failure> {
    let kind = PostKind::parse(row.text(3)?).ok_or_else(|| Failure::unreadable("no such post kind"))?;
    Ok(Office { unit, post: row.id(0)?, step: row.int(1)?.cast_unsigned(), body: row.id(2)?, kind })
}

/// The posts of a unit that are held on a day.
pub fn held(tx: &mut dyn Tx, unit: UnitCode, day: Date) -> Result<Vec<Post>, Failure> {
    kept::pick(tx, unit, "AND from_day <= $2 AND (to_day IS NULL OR to_day >= $2) ORDER BY body, post_kind, id", &[day.into()])
}

/// Names of those who hold a post in the unit on a day, each once.
pub fn names(tx: &mut dyn Tx, unit: UnitCode, day: Date) -> Result<Vec<String>, Failure> {
    let sql = "SELECT DISTINCT name FROM post WHERE unit = $1 AND from_day <= $2 AND (to_day IS NULL OR to_day >= $2) ORDER BY name";
    tx.rows(sql, &[unit.into(), day.into()])?.iter().map(|row| row.text(0).map(str::to_owned)).collect()
}

/// All posts that a person holds or held in the unit.
pub fn of_person(tx: &mut dyn Tx, unit: UnitCode, person: MatterId) -> Result<Vec<Post>, Failure> {
    kept::pick(tx, unit, "AND person = $2 ORDER BY id", &[person.into()])
}

/// Who heads a body on a day.
pub fn head(tx: &mut dyn Tx, unit: UnitCode, body: MatterId, day: Date) -> Result<Option<Post>, Failure> {
    let posts = kept::pick::<Post>(
        tx,
        unit,
        "AND body = $2 AND from_day <= $3 AND (to_day IS NULL OR to_day >= $3) ORDER BY id",
        &[body.into(), day.into()],
    )?;
    Ok(posts.into_iter().find(|post| post.kind.is_head()))
}
