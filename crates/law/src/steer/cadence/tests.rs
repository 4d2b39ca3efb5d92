//! 周期应办 Cases of periods: how long, by whose law, held, waived, lapsed; 东组通〔2015〕33号 二（二）.

use super::*;
use crate::meet::hall_tests::{Hall, id};
use crate::{Actor, Who};
use jiff::civil::date;

fn period(hall: &Hall, rule: &str, day: Date) -> Result<Cadence, Refusal> {
    let act = Act::Open { rule: rule.into(), from: day };
    let at = hall.at(day, 9, 0);
    let fact = Cadence::decide(None, act.clone(), (), &at)?;
    Ok(Cadence::evolve(None, fact, Cadence::of(&act, &at)))
}

fn held(hall: &Hall, before: Option<Cadence>, rule: &str, on: Date, entered: Date) -> Cadence {
    let act = Act::Held { rule: rule.into(), on, sitting: id(5) };
    let at = hall.at(entered, 18, 0);
    let fact = Cadence::decide(before.as_ref(), act.clone(), (), &at).unwrap();
    Cadence::evolve(before, fact, Cadence::of(&act, &at))
}

#[test]
fn periods_are_as_long_as_the_law_of_the_unit_and_the_day_says() {
    let (village, community) = (Hall::village(), Hall::community());
    let day = date(2026, 8, 20);
    let span = |hall: &Hall, rule, day| period(hall, rule, day).map(|period| (period.first, period.last));
    assert_eq!(span(&village, TEAM, day), Ok((date(2026, 8, 17), date(2026, 8, 23))));
    assert_eq!(span(&village, CONGRESS, day), Ok((date(2026, 7, 1), date(2026, 9, 30))));
    assert_eq!(span(&village, REPRESENTATIVES, day), Ok((date(2026, 7, 1), date(2026, 9, 30))), "each quarter in a village");
    assert_eq!(span(&community, REPRESENTATIVES, day), Ok((date(2026, 7, 1), date(2026, 12, 31))), "each half-year in a community");
    let before = span(&community, REPRESENTATIVES, date(2025, 8, 20));
    assert_eq!(before, Err(Refusal::NoRule { rule: REPRESENTATIVES }), "the law of 2018 asked for none");
    assert_eq!(period(&village, "open.tea.drink", day), Err(Refusal::NoSuchMatter));
}

#[test]
fn months_and_years_begin_on_their_first_day() {
    let day = date(2026, 12, 31);
    let spans = [Length::Month, Length::HalfYear, Length::Year].map(|length| (length.first(day), length.last(length.first(day))));
    assert_eq!(spans[0], (date(2026, 12, 1), Some(day)));
    assert_eq!(spans[1], (date(2026, 7, 1), Some(day)));
    assert_eq!(spans[2], (date(2026, 1, 1), Some(day)));
}

#[test]
fn a_week_without_a_working_day_is_waived_and_a_quarter_never_is() {
    let hall = Hall::village();
    let festival = period(&hall, TEAM, date(2026, 2, 18)).unwrap();
    assert_eq!(festival.duty().state, DutyState::Waived { on: date(2026, 2, 16) }, "the spring festival");
    assert_eq!(period(&hall, TEAM, date(2026, 2, 25)).unwrap().duty().state, DutyState::Open);
    assert_eq!(period(&hall, CONGRESS, date(2026, 2, 18)).unwrap().duty().state, DutyState::Open);
}

#[test]
fn a_sitting_meets_its_period_and_opens_one_that_the_clock_has_not_opened_yet() {
    let hall = Hall::village();
    let day = date(2026, 8, 19);
    let open = period(&hall, TEAM, date(2026, 8, 17)).unwrap();
    let met = held(&hall, Some(open.clone()), TEAM, day, day);
    assert_eq!((met.duty().state, met.id), (DutyState::Met { on: day }, open.id));
    let alone = held(&hall, None, TEAM, day, day);
    assert_eq!((alone.first, alone.duty().state, alone.id), (open.first, DutyState::Met { on: day }, open.id));
    let twice = held(&hall, Some(met), TEAM, date(2026, 8, 21), date(2026, 8, 21));
    assert_eq!((twice.held.len(), twice.duty().state), (2, DutyState::Met { on: day }), "the first one met it");
    assert_eq!(twice.duty().owner.post, PostKind::Secretary);
}

#[test]
fn what_is_entered_late_is_shown_and_counts_only_as_long_as_the_rule_allows() {
    let hall = Hall::village();
    let (on, open) = (date(2026, 8, 21), period(&hall, TEAM, date(2026, 8, 17)).unwrap());
    let clock = Actor::new(Who::Clock);
    let at = hall.moment(&clock, None, date(2026, 8, 24), 0, 1);
    let lapse = open.overdue(open.id, &at).expect("Sunday is over");
    let lapsed = Cadence::evolve(Some(open.clone()), Cadence::decide(Some(&open), lapse, (), &at).unwrap(), open.id);
    let soon = held(&hall, Some(lapsed.clone()), TEAM, on, date(2026, 8, 26));
    assert_eq!(soon.duty().state, DutyState::MetLate { lapsed: Some(date(2026, 8, 24)), on }, "three working days");
    let late = held(&hall, Some(lapsed), TEAM, on, date(2026, 8, 27));
    assert_eq!(late.duty().state, DutyState::Lapsed { on: date(2026, 8, 24) }, "the gap stays");
    assert_eq!((late.held[0].on, late.held[0].entered), (on, date(2026, 8, 27)));
}

#[test]
fn a_period_of_sittings_is_met_by_a_sitting_and_by_no_tick() {
    let hall = Hall::village();
    let open = period(&hall, TEAM, date(2026, 8, 17)).unwrap();
    let act = Act::Done { cadence: open.id, on: date(2026, 8, 18), count: 0, witnesses: vec!["陈志恒".into(), "梁玉燕".into()] };
    assert_eq!(Cadence::decide(Some(&open), act, (), &hall.at(date(2026, 8, 18), 9, 0)), Err(Refusal::NeedsSitting));
}

#[test]
fn the_clock_opens_what_has_begun_and_passes_over_what_does_not_bind() {
    let policy = crate::Policy::embedded();
    let (village, community) = (Some(crate::Profile::Village), Some(crate::Profile::Community));
    let due = |profile, rule, start, latest, today| to_open(&policy, profile, rule, start, latest, today);
    let weeks = due(village, TEAM, date(2026, 8, 5), None, date(2026, 8, 18));
    assert_eq!(weeks, [date(2026, 8, 5), date(2026, 8, 10), date(2026, 8, 17)]);
    assert_eq!(due(village, TEAM, date(2026, 8, 5), Some(date(2026, 8, 16)), date(2026, 8, 16)), []);
    let halves = due(community, REPRESENTATIVES, date(2025, 9, 1), None, date(2026, 8, 1));
    assert_eq!(halves, [date(2026, 1, 1), date(2026, 7, 1)], "since the law of 2025");
    assert_eq!(due(None, REPRESENTATIVES, date(2025, 9, 1), None, date(2026, 8, 1)), [], "no town");
}
