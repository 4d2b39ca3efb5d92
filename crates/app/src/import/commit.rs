//! 导入 Entering what a table holds: persons, then rolls by group, then posts, in portions that happen whole or not at all.

use super::known::{self, Match, Rolls};
use super::{Progress, Refused, Scope, Seat, Sheet, Stopped, Telling, Wanted, judge, sheet, sheet_of};
use crate::enact::{Asked, Hand, enact};
use crate::{Failure, House};
use law::lead::{person, post, roll};
use law::{Actor, AnyAct, MatterId, Personal, UnitCode, limit};
use std::collections::BTreeMap;

/// Rows of one portion: joining and leaving, a person is named twice in one act at most.
const PORTION: usize = limit::PERSONS / 2;

/// Who enters, and by what the rolls change.
#[derive(Clone, Copy, Debug)]
pub struct Entering<'a> {
    /// Who enters. What this person may not do is refused as ever.
    pub by: &'a Actor,
    /// By what register or decision the rolls change; it stands in the record.
    pub basis: &'a str,
}

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// Persons entered.
    pub entered: usize,
    /// Persons whose telephone or group changed.
    pub changed: usize,
    /// Persons put on a roll.
    pub joined: usize,
    /// Persons put in a post.
    pub appointed: usize,
    /// Rows whose post the law refused, by line; the person is entered all the same.
    pub refused: Refused,
    /// The last line that it wrote.
    pub last: Option<(UnitCode, i64)>,
}

impl Done {
    fn add(&mut self, other: Self) {
        self.entered += other.entered;
        self.changed += other.changed;
        self.joined += other.joined;
        self.appointed += other.appointed;
        self.refused.extend(other.refused);
        self.last = other.last.or(self.last);
    }
}

/// Enters the good rows of a file; the verdicts as they were before. Said again, or after a crash, it does what is still to be done and nothing twice.
///
/// # Errors
/// What is wrong with the whole file; the law's no to whoever enters; something broken. What was entered stays entered.
pub fn commit(
    house: &House,
    scope: impl Into<Scope>,
    bytes: &[u8],
    entering: Entering<'_>,
    told: Telling<'_>,
) -> Result<(Sheet, Done), Stopped> {
    let table = sheet::read(bytes)?;
    let (sheet, good) = sheet_of(judge::all(house, scope.into(), &table.rows, told)?, table.unused);
    let (of, mut entered) = (good.len(), 0);
    let mut by_unit: BTreeMap<UnitCode, Vec<Wanted>> = BTreeMap::new();
    for wanted in good {
        by_unit.entry(wanted.unit).or_default().push(wanted);
    }
    let mut done = Done::default();
    for (unit, mut wanted) in by_unit {
        wanted.sort_by(|a, b| (&a.group, a.line).cmp(&(&b.group, b.line)));
        for portion in wanted.chunks(PORTION) {
            told(Progress { entering: true, done: entered, of });
            entered += portion.len();
            let (portion, by, basis) = (portion.to_vec(), entering.by.clone(), entering.basis.to_owned());
            done.add(house.act(unit, move |hand| Entry::new(by, basis).enter(hand, &portion))?);
        }
    }
    Ok((sheet, done))
}

/// One portion on its way through the door.
struct Entry {
    by: Actor,
    basis: String,
    done: Done,
    /// The rolls as they are before this portion.
    rolls: Rolls,
    /// By group: who joins, who leaves.
    moves: BTreeMap<String, (Vec<MatterId>, Vec<MatterId>)>,
}

impl Entry {
    fn new(by: Actor, basis: String) -> Self {
        Self { by, basis, done: Done::default(), rolls: Rolls::default(), moves: BTreeMap::new() }
    }

    fn enter(mut self, hand: &mut Hand<'_, '_>, portion: &[Wanted]) -> Result<Done, Failure> {
        let mut seats = Vec::new();
        for wanted in portion {
            let seat = self.person(hand, wanted)?;
            seats.extend(seat.map(|(person, seat)| (wanted, person, seat)));
        }
        let day = law::moment::civil_day(hand.now);
        for (group, (join, leave)) in std::mem::take(&mut self.moves) {
            self.done.joined += join.len();
            let act = roll::Act::Change { group, from: day, join, leave, basis: self.basis.clone() };
            self.ask(hand, AnyAct::Roll(act))?;
        }
        for (wanted, person, seat) in seats {
            self.appoint(hand, wanted, person, &seat)?;
        }
        Ok(self.done)
    }

    fn ask(&mut self, hand: &mut Hand<'_, '_>, act: AnyAct) -> Result<MatterId, Failure> {
        let done = enact(hand, Asked::new(act, self.by.clone()))?;
        self.done.last = Some((hand.pen.unit(), done.seq));
        Ok(done.matter)
    }

    /// Enters or changes a person, and notes what is left to do: rolls, and the post.
    fn person(&mut self, hand: &mut Hand<'_, '_>, wanted: &Wanted) -> Result<Option<(MatterId, Seat)>, Failure> {
        let day = law::moment::civil_day(hand.now);
        let known = match known::find(hand.pen.tx, &mut self.rolls, wanted, day)? {
            Match::One { known, .. } => known,
            Match::Nobody { .. } => return self.fresh(hand, wanted),
            // Since the verdict, somebody of another name was entered under this number.
            Match::OtherName => return Ok(None),
        };
        let changes = known.changes(wanted);
        let moves = changes.iter().any(|change| matches!(change, super::Change::Group { .. }));
        let phone = wanted.phone.clone().filter(|_| changes.contains(&super::Change::Phone)).map(Personal);
        if moves || phone.is_some() {
            let act = person::Act::Change { person: known.id, phone, group: wanted.group.clone().filter(|_| moves) };
            self.ask(hand, AnyAct::Person(act))?;
            self.done.changed += 1;
        }
        if let Some(old) = known.group.as_ref().filter(|_| moves)
            && self.rolls.hold(hand.pen.tx, wanted.unit, old, known.id, day)?
        {
            self.moves.entry(old.clone()).or_default().1.push(known.id);
        }
        if let Some(group) = wanted.group.as_ref().or(known.group.as_ref()).filter(|_| !known.on_roll) {
            self.moves.entry(group.clone()).or_default().0.push(known.id);
        }
        Ok(wanted.post.clone().filter(|_| changes.contains(&super::Change::Post)).map(|seat| (known.id, seat)))
    }

    fn fresh(&mut self, hand: &mut Hand<'_, '_>, wanted: &Wanted) -> Result<Option<(MatterId, Seat)>, Failure> {
        let act = person::Act::Enter {
            name: Personal(wanted.name.clone()),
            id_number: wanted.id_number.clone().map(Personal),
            phone: wanted.phone.clone().map(Personal),
            group: wanted.group.clone(),
        };
        let id = self.ask(hand, AnyAct::Person(act))?;
        self.done.entered += 1;
        if let Some(group) = &wanted.group {
            self.moves.entry(group.clone()).or_default().0.push(id);
        }
        Ok(wanted.post.clone().map(|seat| (id, seat)))
    }

    /// A post that the law refuses does not keep the person out.
    fn appoint(&mut self, hand: &mut Hand<'_, '_>, wanted: &Wanted, person: MatterId, seat: &Seat) -> Result<(), Failure> {
        let act = post::Act::Appoint {
            person,
            name: wanted.name.clone(),
            body: seat.body,
            kind: seat.kind,
            from: seat.from,
            to: None,
            basis: seat.basis.clone(),
        };
        let (hall, now, asked) = (hand.hall, hand.now, Asked::new(AnyAct::Post(act), self.by.clone()));
        match hand.pen.within(|pen| enact(&mut Hand { pen, hall, now }, asked)) {
            Ok(done) => {
                self.done.appointed += 1;
                self.done.last = Some((wanted.unit, done.seq));
            }
            Err(Failure::Refused(refusal)) => drop(self.done.refused.insert(wanted.line, refusal)),
            Err(failure) => return Err(failure),
        }
        Ok(())
    }
}
