//! 到期时钟 The clock's own work: periods open, days pass in silence, postings ripen, sealed batches are filed, and a new
//! calendar is counted through. Nothing depends on when it runs: `enact` records a matter's overdue lapses itself.

use crate::{Asked, Failure, House};
use jiff::{Span, civil::Date};
use law::lead::mechanism::{self, Mechanism};
use law::open::notice;
use law::steer::cadence::{self, Cadence};
use law::{Actor, AnyAct, MatterId, Moment, Refusal, UnitCode, Who};
use store::{Kept, Tx, kinds};

/// What one round of the clock did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Lines it wrote.
    pub lines: u64,
    /// Acts that failed; they are tried again next time.
    pub failed: u64,
}

impl Round {
    fn count(&mut self, outcome: Result<bool, Failure>) {
        match outcome {
            Ok(true) => self.lines += 1,
            Ok(false) => {}
            Err(failure) => {
                tracing::error!(%failure, "the clock could not record something; it tries again");
                self.failed += 1;
            }
        }
    }
}

/// One round for every unit whose mechanism runs.
pub fn round(house: &House) -> Result<Round, Failure> {
    let today = law::moment::civil_day(house.clock.now());
    let mut round = Round::default();
    let started = house.read(store::lead::mechanism::all_started)?;
    let running: Vec<_> = started.into_iter().filter(|(_, start)| *start <= today).collect();
    for (unit, start) in &running {
        adopt(house, *unit, &mut round)?;
        open_periods(house, *unit, *start, today, &mut round)?;
        lapse(house, *unit, today, &mut round)?;
        archive(house, *unit, today, &mut round)?;
    }
    let mut towns: Vec<UnitCode> = running.iter().filter_map(|(unit, _)| unit.parent()).collect();
    towns.dedup();
    for town in towns {
        match crate::watch::report::file_batch(house, town, today) {
            Ok(lines) => round.lines += lines,
            Err(failure) => round.count(Err(failure)),
        }
    }
    Ok(round)
}

/// Imports a State Council notice: from now on everything counts by it, and open duties are counted again.
pub fn import_notice(house: &House, csv: &str) -> Result<Round, Failure> {
    let policy = house.policy();
    let calendar = policy.calendar().amended(csv).map_err(|error| Failure::unreadable(format_args!("{error:?}")))?;
    let (version, csv, at) = (calendar.version().to_owned(), csv.to_owned(), house.clock.now().as_microsecond());
    house.beside(move |tx| store::house::keep_notice(tx, &version, &csv, at))?;
    house.set_policy((*policy).clone().with_calendar(calendar));
    round(house)
}

/// Asks as the clock; whether a line came of it. What the law finds not due (any more) is no failure.
fn ask(house: &House, unit: UnitCode, act: AnyAct) -> Result<bool, Failure> {
    match house.enact(unit, Asked::new(act, Actor::new(Who::Clock))) {
        Ok(_) => Ok(true),
        Err(Failure::Refused(Refusal::AlreadyExists | Refusal::NotYetDue | Refusal::NotStarted | Refusal::CalendarEnds { .. })) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// The unit takes over rules and calendar that are new; then its open duties are counted again.
fn adopt(house: &House, unit: UnitCode, round: &mut Round) -> Result<(), Failure> {
    let digest = house.policy().digest().to_owned();
    let known = house.read(|tx| store::kept::get::<Mechanism>(tx, unit, Mechanism::the_id()))?.and_then(|mechanism| mechanism.policy);
    if known.as_deref() == Some(&digest) {
        return Ok(());
    }
    round.count(ask(house, unit, AnyAct::Mechanism(mechanism::Act::Adopt)));
    for (kind, matter) in house.read(|tx| store::duty::open_matters(tx, unit))? {
        while let Some(act) = wanted(house, unit, &kind, matter, Want::Reckoned)? {
            round.count(ask(house, unit, act));
        }
    }
    Ok(())
}

/// Opens every period that has begun since the last one that was opened.
fn open_periods(house: &House, unit: UnitCode, start: Date, today: Date, round: &mut Round) -> Result<(), Failure> {
    for rule in cadence::RULES {
        let latest = house.read(|tx| store::steer::cadence::latest(tx, unit, rule))?;
        let mut first = latest.map_or_else(|| Cadence::monday(start), |period| after(period.first));
        while first <= today {
            round.count(ask(house, unit, AnyAct::Cadence(cadence::Act::Open { rule: (*rule).to_owned(), from: first })));
            first = after(first);
        }
    }
    Ok(())
}

fn after(monday: Date) -> Date {
    monday.checked_add(Span::new().days(7)).unwrap_or(Date::MAX)
}

/// Records what passed in silence.
fn lapse(house: &House, unit: UnitCode, today: Date, round: &mut Round) -> Result<(), Failure> {
    for owed in house.read(|tx| store::duty::silent(tx, unit, today))? {
        if let Some(act) = wanted(house, unit, &owed.kind, owed.matter, Want::Overdue)? {
            round.count(ask(house, unit, act));
        }
    }
    Ok(())
}

/// Moves to the archive what was up long enough.
fn archive(house: &House, unit: UnitCode, today: Date, round: &mut Round) -> Result<(), Failure> {
    for ripe in house.read(|tx| store::open::notice::ripe(tx, unit, today))? {
        round.count(ask(house, unit, AnyAct::Notice(notice::Act::Archive { notice: ripe.id })));
    }
    Ok(())
}

/// What the clock wants of a matter.
#[derive(Clone, Copy)]
enum Want {
    Overdue,
    Reckoned,
}

/// The act that a matter itself says the clock must do now.
fn wanted(house: &House, unit: UnitCode, kind: &str, matter: MatterId, want: Want) -> Result<Option<AnyAct>, Failure> {
    let policy = house.policy();
    let now = house.clock.now();
    let clock = Actor::new(Who::Clock);
    let at = Moment {
        unit,
        profile: unit.profile(),
        started: None,
        now,
        day: law::moment::civil_day(now),
        by: &clock,
        office: None,
        fresh: MatterId::from_bits(0),
        salt: [0; 16],
        policy: &policy,
    };
    house.read(|tx| kinds::named(kind, &mut Wanted { tx, at: &at, matter, want }).unwrap_or(Ok(None)))
}

struct Wanted<'a> {
    tx: &'a mut dyn Tx,
    at: &'a Moment<'a>,
    matter: MatterId,
    want: Want,
}

impl kinds::Visit for Wanted<'_> {
    type Out = Result<Option<AnyAct>, Failure>;

    fn visit<M: Kept>(&mut self) -> Self::Out {
        let Some(matter) = store::kept::get::<M>(self.tx, self.at.unit, self.matter)? else { return Ok(None) };
        let act = match self.want {
            Want::Overdue => matter.overdue(self.matter, self.at),
            Want::Reckoned => matter.reckoned(self.matter, self.at),
        };
        Ok(act.map(M::any))
    }
}
