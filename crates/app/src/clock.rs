//! 到期时钟 The clock's own work: periods open, days pass in silence, postings ripen, sealed batches are filed, and a new
//! calendar is counted through. Nothing depends on when it runs: `enact` records a matter's overdue lapses itself.

use crate::enact::{Asked, enact};
use crate::writer::Ticket;
use crate::{Failure, Hand, House};
use jiff::{Span, civil::Date};
use law::lead::mechanism::{self, Mechanism};
use law::open::notice;
use law::steer::cadence::{self, Cadence};
use law::workday::CalendarError;
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

impl std::ops::AddAssign for Round {
    fn add_assign(&mut self, other: Self) {
        self.lines += other.lines;
        self.failed += other.failed;
    }
}

/// One round for every unit whose mechanism runs.
pub fn round(house: &House) -> Result<Round, Failure> {
    house.renew_policy()?;
    let today = law::moment::civil_day(house.clock.now());
    let running: Vec<UnitCode> = house.read(|tx| store::lead::mechanism::running(tx, today))?;
    let tickets: Vec<Ticket<Round>> = running.iter().map(|unit| house.submit(*unit, tick)).collect::<Result<_, _>>()?;
    let mut round = Round::default();
    for ticket in tickets {
        round += ticket.wait()?;
    }
    let mut towns: Vec<UnitCode> = running.iter().filter_map(|unit| unit.parent()).collect();
    towns.dedup();
    for town in towns {
        round.lines += crate::watch::report::file_batch(house, town, today)?;
    }
    Ok(round)
}

/// Why a notice was not imported.
#[derive(Debug)]
pub enum NoticeError {
    /// It is no calendar, or leaves days out.
    Calendar(CalendarError),
    /// Something broke.
    Failure(Failure),
}

impl From<Failure> for NoticeError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// Imports a State Council notice: from now on everything counts by it, and open duties are counted again. A process that serves
/// the house takes it over within a minute.
///
/// # Errors
/// What is wrong with the notice, or something broken.
pub fn import_notice(house: &House, csv: &str) -> Result<Round, NoticeError> {
    house.renew_policy()?;
    let policy = house.policy();
    let calendar = policy.calendar().amended(csv).map_err(NoticeError::Calendar)?;
    let (version, csv, at) = (calendar.version().to_owned(), csv.to_owned(), house.clock.now().as_microsecond());
    house.beside(move |tx| store::house::keep_notice(tx, &version, &csv, at))?;
    house.set_policy((*policy).clone().with_calendar(calendar));
    Ok(round(house)?)
}

/// One unit's round: rules adopted, periods opened, silence recorded, postings archived.
pub fn tick(hand: &mut Hand<'_, '_>) -> Result<Round, Failure> {
    let (today, unit) = (law::moment::civil_day(hand.now), hand.pen.unit());
    let Some(start) = store::lead::mechanism::started(hand.pen.tx, unit)?.filter(|start| *start <= today) else {
        return Ok(Round::default());
    };
    let mut round = adopt(hand)?;
    round += open_periods(hand, start, today)?;
    round += lapse(hand, today)?;
    round += archive(hand, today)?;
    Ok(round)
}

/// Asks as the clock. What the law finds not due (any more) is no failure; one failure does not stop the others.
fn ask(hand: &mut Hand<'_, '_>, act: AnyAct) -> Round {
    let (hall, now) = (hand.hall, hand.now);
    let outcome = hand.pen.within(|pen| enact(&mut Hand { pen, hall, now }, Asked::new(act, Actor::new(Who::Clock))));
    match outcome {
        Ok(_) => Round { lines: 1, failed: 0 },
        Err(Failure::Refused(Refusal::AlreadyExists | Refusal::NotYetDue | Refusal::NotStarted | Refusal::CalendarEnds { .. })) => {
            Round::default()
        }
        Err(failure) => {
            tracing::error!(%failure, "the clock could not record something; it tries again");
            Round { lines: 0, failed: 1 }
        }
    }
}

/// The unit takes over rules and calendar that are new; then its open duties are counted again.
fn adopt(hand: &mut Hand<'_, '_>) -> Result<Round, Failure> {
    let unit = hand.pen.unit();
    let known = store::kept::get::<Mechanism>(hand.pen.tx, unit, Mechanism::the_id())?.and_then(|mechanism| mechanism.policy);
    if known.as_deref() == Some(hand.hall.policy.digest()) {
        return Ok(Round::default());
    }
    let mut round = ask(hand, AnyAct::Mechanism(mechanism::Act::Adopt));
    for (kind, matter) in store::duty::open_matters(hand.pen.tx, unit)? {
        while let Some(act) = wanted(hand, &kind, matter, Want::Reckoned)? {
            let did = ask(hand, act);
            round += did;
            if did.lines == 0 {
                break;
            }
        }
    }
    Ok(round)
}

/// Opens every period that has begun since the last one that was opened.
fn open_periods(hand: &mut Hand<'_, '_>, start: Date, today: Date) -> Result<Round, Failure> {
    let (mut round, unit) = (Round::default(), hand.pen.unit());
    for rule in cadence::RULES {
        let latest = store::steer::cadence::latest(hand.pen.tx, unit, rule)?;
        let mut first = latest.map_or_else(|| Cadence::monday(start), |period| next_monday(period.first));
        while first <= today {
            round += ask(hand, AnyAct::Cadence(cadence::Act::Open { rule: (*rule).to_owned(), from: first }));
            first = next_monday(first);
        }
    }
    Ok(round)
}

fn next_monday(monday: Date) -> Date {
    monday.checked_add(Span::new().days(7)).unwrap_or(Date::MAX)
}

/// Records what passed in silence.
fn lapse(hand: &mut Hand<'_, '_>, today: Date) -> Result<Round, Failure> {
    let (mut round, unit) = (Round::default(), hand.pen.unit());
    for owed in store::duty::silent(hand.pen.tx, unit, today)? {
        if let Some(act) = wanted(hand, &owed.kind, owed.matter, Want::Overdue)? {
            round += ask(hand, act);
        }
    }
    Ok(round)
}

/// Moves to the archive what was up long enough.
fn archive(hand: &mut Hand<'_, '_>, today: Date) -> Result<Round, Failure> {
    let (mut round, unit) = (Round::default(), hand.pen.unit());
    for ripe in store::open::notice::ripe(hand.pen.tx, unit, today)? {
        round += ask(hand, AnyAct::Notice(notice::Act::Archive { notice: ripe.id }));
    }
    Ok(round)
}

/// What the clock wants of a matter.
#[derive(Clone, Copy)]
enum Want {
    Overdue,
    Reckoned,
}

/// The act that a matter itself says the clock must do now.
fn wanted(hand: &mut Hand<'_, '_>, kind: &str, matter: MatterId, want: Want) -> Result<Option<AnyAct>, Failure> {
    let clock = Actor::new(Who::Clock);
    let at = hand.moment(&clock, None);
    kinds::named(kind, &mut Wanted { tx: hand.pen.tx, at: &at, matter, want }).unwrap_or(Ok(None))
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
