//! 逐行判断 Verdicts: each row by itself, then against the other rows, then against what is on file.

use super::columns::{self, Column};
use super::known::{self, Match, Rolls};
use super::sheet::Raw;
use super::{Fate, Problem, Progress, Scope, Seat, Telling, Verdict, Wanted, nearest};
use crate::{Failure, House, read};
use jiff::civil::Date;
use law::code::{Doubt, IdNumber};
use law::lead::body::Body;
use law::unit::{Level, Unit};
use law::{Refusal, UnitCode, limit};
use std::collections::{BTreeMap, HashMap};
use store::Tx;

/// Characters of a cell that a verdict repeats.
const SAID: usize = 20;

/// Rows between two words on how far it has come.
const TOLD_EVERY: usize = 200;

/// All rows, each with the person it wants, if it is good.
pub(super) fn all(house: &House, scope: Scope, rows: &[Raw], told: Telling<'_>) -> Result<Vec<(Verdict, Option<Wanted>)>, Failure> {
    let today = read::today(house);
    house.read(|tx| {
        let mut judge =
            Judge { house, scope, today, bodies: BTreeMap::new(), rolls: Rolls::default(), ids: HashMap::new(), phones: HashMap::new() };
        let mut judged = Vec::with_capacity(rows.len());
        for raw in rows {
            if judged.len().is_multiple_of(TOLD_EVERY) {
                told(Progress { entering: false, done: judged.len(), of: rows.len() });
            }
            judged.push(judge.row(tx, raw)?);
        }
        Ok(judged)
    })
}

struct Judge<'a> {
    house: &'a House,
    scope: Scope,
    today: Date,
    bodies: BTreeMap<UnitCode, Vec<Body>>,
    rolls: Rolls,
    /// Lines by identity number.
    ids: HashMap<(UnitCode, String), usize>,
    /// Rows by telephone.
    phones: HashMap<(UnitCode, String), Vec<Before>>,
}

/// An earlier row with a telephone.
struct Before {
    line: usize,
    name: String,
    numbered: bool,
}

impl Judge<'_> {
    fn row(&mut self, tx: &mut dyn Tx, raw: &Raw) -> Result<(Verdict, Option<Wanted>), Failure> {
        let mut problems: Vec<Problem> = raw.formulas.iter().map(|column| Problem::Formula { column: *column }).collect();
        let unit = self.unit(raw).map_err(|problem| problems.push(problem)).ok();
        let name = name(raw, &mut problems);
        let id_number = id_number(raw, &mut problems);
        let phone = phone(raw, &mut problems);
        let group = group(raw, &mut problems);
        if raw.maybe(Column::IdNumber).is_none() && raw.maybe(Column::Phone).is_none() {
            problems.push(Problem::NoNumber);
        }
        let post = match unit {
            Some(unit) => self.seat(tx, unit, raw, &mut problems)?,
            None => None,
        };
        let wanted = unit.map(|unit| Wanted { line: raw.line, unit, name, id_number, phone, group, post });
        if let Some(wanted) = &wanted {
            self.against_the_file(wanted, &mut problems);
        }
        let (mut fate, mut changes) = (Fate::Bad, Vec::new());
        let bad = |problems: &[Problem]| problems.iter().any(|problem| !problem.is_warning());
        if let Some(wanted) = wanted.as_ref().filter(|_| !bad(&problems)) {
            (fate, changes) = self.against_what_is_on_file(tx, wanted, &mut problems)?;
        }
        let masked = law::code::mask_name(&raw.cell(Column::Name).chars().take(limit::NAME).collect::<String>());
        let verdict = Verdict { row: raw.line, name: masked, unit, fate, changes, problems };
        Ok((verdict, wanted.filter(|_| fate != Fate::Bad)))
    }

    /// The village of a row: by its code, else by its name, else the one that the table is for.
    fn unit(&self, raw: &Raw) -> Result<UnitCode, Problem> {
        let units = &self.house.units;
        let (code, said) = (raw.maybe(Column::UnitCode), raw.maybe(Column::UnitName));
        let unknown = |text: &str| {
            let town = if let Scope::One(unit) = self.scope { unit.parent() } else { None };
            let near = units.all().iter().filter(|unit| town.is_none_or(|town| unit.code.parent() == Some(town)));
            let nearest = said.and_then(|said| nearest::unit(said, near));
            Problem::UnknownUnit { said: harmless(said.unwrap_or(text)), nearest }
        };
        let unit = match (code, said, self.scope) {
            (Some(code), _, _) => {
                let unit = UnitCode::parse(code).ok().and_then(|code| units.get(code)).ok_or_else(|| unknown(code))?;
                // Whoever works for the town or the city has a post there; residents live in villages.
                let office = matches!(unit.level, Level::Town | Level::City) && raw.maybe(Column::Post).is_some();
                if unit.profile().is_none() && !office {
                    return Err(Problem::NoMechanism { name: unit.short_name().to_owned() });
                }
                unit
            }
            (None, Some(said), _) => self.named(said).ok_or_else(|| unknown(said))?,
            (None, None, Scope::One(unit)) => return Ok(unit),
            (None, None, Scope::Each) => return Err(unknown("")),
        };
        match self.scope {
            Scope::One(here) if here != unit.code => Err(Problem::OtherUnit { name: unit.short_name().to_owned() }),
            _ => Ok(unit.code),
        }
    }

    /// The village of this name; the table's own first, for eleven names occur twice.
    fn named(&self, said: &str) -> Option<&Unit> {
        let units = &self.house.units;
        let fits = |unit: &&Unit| unit.profile().is_some() && (unit.name == said || unit.short_name() == said);
        let here = if let Scope::One(unit) = self.scope { units.get(unit).filter(fits) } else { None };
        let mut all = units.all().iter().filter(fits);
        here.or_else(|| all.next().filter(|_| all.next().is_none()))
    }

    /// The post that a row names, if it names one.
    fn seat(&mut self, tx: &mut dyn Tx, unit: UnitCode, raw: &Raw, problems: &mut Vec<Problem>) -> Result<Option<Seat>, Failure> {
        let needed = [Column::Post, Column::Body, Column::From, Column::Basis];
        if [Column::Post, Column::Body].iter().all(|column| raw.maybe(*column).is_none()) {
            return Ok(None);
        }
        if let Some(column) = needed.into_iter().find(|column| raw.maybe(*column).is_none()) {
            problems.push(Problem::MissingForPost { column });
            return Ok(None);
        }
        if !self.bodies.contains_key(&unit) {
            self.bodies.insert(unit, store::lead::body::standing(tx, unit, self.today)?);
        }
        let seat = seat(raw, &self.bodies[&unit], self.today);
        Ok(seat.map_err(|problem| problems.push(problem)).ok())
    }

    /// Nobody stands in the file twice; a telephone that two share is worth a word.
    fn against_the_file(&mut self, wanted: &Wanted, problems: &mut Vec<Problem>) {
        if let Some(number) = &wanted.id_number {
            let first = *self.ids.entry((wanted.unit, number.clone())).or_insert(wanted.line);
            if first != wanted.line {
                return problems.push(Problem::TwiceInFile { line: first });
            }
        }
        let Some(phone) = &wanted.phone else { return };
        let numbered = wanted.id_number.is_some();
        let before = self.phones.entry((wanted.unit, phone.clone())).or_default();
        let same = before.iter().find(|row| row.name == wanted.name && !(numbered && row.numbered));
        match (same, before.first()) {
            (Some(row), _) => problems.push(Problem::TwiceInFile { line: row.line }),
            (None, Some(row)) => problems.push(Problem::PhoneInFile { line: row.line }),
            (None, None) => {}
        }
        before.push(Before { line: wanted.line, name: wanted.name.clone(), numbered });
    }

    fn against_what_is_on_file(
        &mut self,
        tx: &mut dyn Tx,
        wanted: &Wanted,
        problems: &mut Vec<Problem>,
    ) -> Result<(Fate, Vec<super::Change>), Failure> {
        let (fate, changes, group, taken) = match known::find(tx, &mut self.rolls, wanted, self.today)? {
            Match::OtherName => {
                problems.push(Problem::OtherName);
                return Ok((Fate::Bad, Vec::new()));
            }
            Match::Nobody { phone_taken } => (Fate::New, Vec::new(), None, phone_taken),
            Match::One { known, phone_taken } => {
                let changes = known.changes(wanted);
                let fate = if changes.is_empty() { Fate::Same } else { Fate::Change };
                (fate, changes, known.group, phone_taken)
            }
        };
        if taken {
            problems.push(Problem::PhoneOnFile);
        }
        if wanted.group.is_none() && group.is_none() {
            problems.push(Problem::NoGroup);
        }
        Ok((fate, changes))
    }
}

fn name(raw: &Raw, problems: &mut Vec<Problem>) -> String {
    let name = raw.cell(Column::Name);
    match limit::public_text("name", name, limit::NAME) {
        Ok(()) => {}
        Err(Refusal::Missing { .. }) => problems.push(Problem::MissingName),
        Err(Refusal::TextTooLong { limit, .. }) => problems.push(Problem::NameTooLong { limit }),
        Err(_) => problems.push(Problem::BadText { column: Column::Name }),
    }
    name.to_owned()
}

fn id_number(raw: &Raw, problems: &mut Vec<Problem>) -> Option<String> {
    let cell: String = raw.maybe(Column::IdNumber)?.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    if cell.contains(['E', 'e']) && cell.contains('.') {
        problems.push(Problem::SpoiledId);
        return None;
    }
    match IdNumber::parse(&cell) {
        Ok(id) => {
            if id.doubt() == Some(Doubt::AreaYoungerThanBirth) {
                problems.push(Problem::AreaYoungerThanBirth);
            }
            Some(id.reveal().to_owned())
        }
        Err(why) => {
            problems.push(Problem::BadId { why });
            None
        }
    }
}

/// A full-width digit or letter in its ASCII form.
fn narrow(c: char) -> char {
    let ascii = u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).filter(char::is_ascii_alphanumeric);
    ascii.filter(|_| ('\u{ff01}'..='\u{ff5e}').contains(&c)).unwrap_or(c)
}

fn phone(raw: &Raw, problems: &mut Vec<Problem>) -> Option<String> {
    let phone = law::code::plain_mobile(raw.maybe(Column::Phone)?);
    if phone.is_none() {
        problems.push(Problem::BadPhone);
    }
    phone
}

fn group(raw: &Raw, problems: &mut Vec<Problem>) -> Option<String> {
    let group = raw.maybe(Column::Group)?;
    match limit::public_text("group", group, limit::NAME) {
        Ok(()) => Some(group.to_owned()),
        Err(_) => {
            problems.push(Problem::BadText { column: Column::Group });
            None
        }
    }
}

fn seat(raw: &Raw, bodies: &[Body], today: Date) -> Result<Seat, Problem> {
    let said = raw.cell(Column::Body);
    let by_name = bodies.iter().find(|body| body.name == said);
    let by_kind = || columns::body(said).and_then(|kind| bodies.iter().find(|body| body.kind == kind));
    let body = by_name.or_else(by_kind).ok_or_else(|| {
        let nearest = nearest::name(said, bodies.iter().map(|body| body.name.as_str()));
        Problem::UnknownBody { said: harmless(said), nearest: nearest.map(str::to_owned) }
    })?;
    let post = raw.cell(Column::Post);
    let kind = columns::post(post, body.kind).ok_or_else(|| Problem::UnknownPost { said: harmless(post) })?;
    let from = day(raw.cell(Column::From)).filter(|from| *from <= today).ok_or(Problem::BadDay)?;
    let basis = raw.cell(Column::Basis);
    limit::public_text("basis", basis, limit::TEXT).map_err(|_| Problem::BadText { column: Column::Basis })?;
    Ok(Seat { body: body.id, kind, from, basis: basis.to_owned() })
}

/// A day as people write it: 2024-03-18, 2024/3/18, 2024年3月18日, 20240318.
pub(super) fn day(text: &str) -> Option<Date> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (year, month, day) = match numbers[..] {
        [year, month, day] if year.len() == 4 => (year, month, day),
        [all] if all.len() == 8 => (&all[..4], &all[4..6], &all[6..]),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A cell as a verdict may repeat it: a number in the wrong column is not repeated.
fn harmless(cell: &str) -> String {
    let digits = cell.chars().filter(|c| c.is_numeric()).count();
    let number = !law::code::find_personal(cell).is_empty() || (digits > 5 && UnitCode::parse(cell).is_err());
    if number { String::new() } else { cell.chars().filter(|c| !c.is_control()).take(SAID).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["2024-03-18", "2024/3/18", "2024年3月18日", "20240318", "2024.3.18"] {
            assert_eq!(day(text), Some(Date::constant(2024, 3, 18)), "{text}");
        }
        for text in ["", "2024-13-01", "18/3/2024", "2024年3月", "45369", "240318"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_in_the_wrong_column_are_not_repeated() {
        assert_eq!(harmless("11010519491231002X"), "");
        assert_eq!(harmless("13800138000"), "");
        assert_eq!(harmless("441900121999"), "441900121999");
        assert_eq!(harmless("北栅村"), "北栅村");
        assert_eq!((narrow('Ｘ'), narrow('４'), narrow('村')), ('X', '4', '村'));
    }
}
