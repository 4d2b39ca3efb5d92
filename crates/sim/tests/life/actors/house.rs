//! 房子自己的事 What the house does by itself, and what befalls it.

use super::{Often, one_of, people};
use crate::town::Life;
use app::{Clock, clock};
use jiff::Span;
use law::steer::cadence::Cadence;

/// What happens.
pub const HOUSE: &[Often] = &[
    (14, midnight_passes),
    (4, the_clock_makes_its_round),
    (8, lines_are_sealed),
    (2, the_record_is_audited),
    (1, the_tables_are_rebuilt),
    (1, the_night_forgets),
    (5, a_new_calendar_comes),
    (3, the_clock_goes_back),
    (6, several_ask_at_once),
    (3, somebody_asks_again),
];

fn midnight_passes(life: &mut Life) {
    life.midnight();
    the_clock_makes_its_round(life);
}

fn the_clock_makes_its_round(life: &mut Life) {
    let round = clock::round(&life.world.house);
    if let Some(round) = life.attempt(round)
        && round.failed > 0
    {
        life.excuse(&app::Failure::Busy);
    }
}

fn lines_are_sealed(life: &mut Life) {
    let outcomes = app::seal::all(&life.world.house);
    let Some(outcomes) = life.attempt(outcomes) else { return };
    let sealed: Vec<_> = outcomes.into_iter().map(|(_, outcome)| life.attempt(outcome)).collect();
    assert!(!sealed.contains(&Some(app::seal::Outcome::Halted)), "sealing stands still though nobody touched the tables");
    for unit in [life.village.code, life.town] {
        life.publish(unit);
        let extent = life.look(|tx| store::record::extent(tx, unit));
        if let Some((size, signed, _)) = extent.filter(|_| !sealed.contains(&None)) {
            assert_eq!(size, signed, "lines of {unit} wait for a seal that does not come");
        }
    }
}

fn the_record_is_audited(life: &mut Life) {
    for unit in [life.village.code, life.town] {
        let found = app::audit::unit(&life.world.house, unit);
        if let Some(found) = life.attempt(found) {
            assert!(found.is_clean(), "{unit}: {found:?}");
        }
    }
}

fn the_tables_are_rebuilt(life: &mut Life) {
    let rebuilt = app::audit::rebuild(&life.world.house, life.village.code);
    life.attempt(rebuilt);
}

/// Whoever still waits for an answer has asked again before the key is forgotten.
fn the_night_forgets(life: &mut Life) {
    life.ask_again();
    if life.asks.unanswered.is_empty() {
        let forgotten = app::tend::forget(&life.world.house);
        life.attempt(forgotten);
    }
}

/// One of the coming days becomes a holiday, or a working day instead of one; or all of next week is a holiday, in which nothing
/// weekly is owed.
fn a_new_calendar_comes(life: &mut Life) {
    let mut days = vec![life.day(1..=3)];
    let holidays = life.chance(20);
    if holidays {
        let monday = Cadence::monday(life.today());
        days = (7..14).map(|later| monday.checked_add(Span::new().days(later)).expect("a day")).collect();
    }
    let mut notice = "date,is_workday,name,source\n".to_owned();
    for day in days {
        let works = life.world.house.policy().calendar().is_workday(day).expect("a day of the calendar");
        let works = !holidays && !works;
        notice += &format!("{day},{},调休,notice\n", u8::from(works));
    }
    let round = clock::import_notice(&life.world.house, &notice).map_err(|error| match error {
        clock::NoticeError::Failure(failure) => failure,
        clock::NoticeError::Calendar(error) => panic!("a calendar of the town's own: {error:?}"),
    });
    life.attempt(round);
}

/// Nobody's clock may put a line before the last one.
fn the_clock_goes_back(life: &mut Life) {
    let now = life.world.clock.now();
    life.clock(Span::new().hours(-1));
    life.asks.behind = true;
    one_of(life, &people());
    life.asks.behind = false;
    let later = life.world.clock.now().max(now);
    life.world.clock.set(later);
}

fn several_ask_at_once(life: &mut Life) {
    let several = 2 + life.below(5);
    life.at_once(|life| (0..several).for_each(|_| one_of(life, &people())));
}

fn somebody_asks_again(life: &mut Life) {
    life.ask_again();
}
