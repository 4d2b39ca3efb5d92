//! 表决 Whatever happens in whatever order, papers add up, each person's once; in secret as in the open; 东组通〔2015〕33号 二（二）.

use super::*;
use crate::meet::hall_tests::{By, Hall, class, convene, id, item, motion};
use crate::meet::{Assembly, Choice, SittingKind};
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Something that may happen while a ballot is open. What the law refuses does not happen.
#[derive(Clone, Debug)]
enum Event {
    Come(u64),
    Go(u64),
    /// The holder stands in for the other of his household.
    StandIn(u64),
    Vote(u64, Choice),
    VoteFor(u64, Choice),
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![Just(Choice::For), Just(Choice::Against), Just(Choice::Abstain)]
}

fn event() -> impl Strategy<Value = Event> {
    let person = 30_u64..=92;
    prop_oneof![
        person.clone().prop_map(Event::Come),
        person.clone().prop_map(Event::Go),
        person.clone().prop_map(Event::StandIn),
        (person.clone(), choice()).prop_map(|(person, choice)| Event::Vote(person, choice)),
        (person, choice()).prop_map(|(person, choice)| Event::VoteFor(person, choice)),
    ]
}

/// The other of a household of two.
fn other(person: u64) -> u64 {
    person ^ 1
}

fn members(hall: &mut Hall) -> MatterId {
    hall.motions.get_mut(&motion()).unwrap().class = class(&[Assembly::Members]);
    let call = convene(SittingKind::Members, date(2026, 9, 21), vec![item(Stage::Resolve)]);
    let sitting = hall.sit(By::Post(PostKind::CollectiveHead), call).unwrap();
    hall.turn(date(2026, 9, 21), 15, 0);
    hall.come(sitting, 30..=75).unwrap();
    hall.open(sitting).unwrap();
    hall.talk(sitting, 0);
    sitting
}

fn joint(hall: &mut Hall) -> MatterId {
    let sitting = hall.joint(vec![item(Stage::Resolve)]);
    hall.turn(date(2026, 9, 21), 15, 0);
    hall.come(sitting, (1..=54).chain(101..=104)).unwrap();
    hall.open(sitting).unwrap();
    hall.talk(sitting, 0);
    sitting
}

fn counted(hall: &Hall, ballot: MatterId) -> &Counted {
    hall.ballot(ballot).counted.as_ref().expect("it is counted")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Each person's paper counts once, the one he gave himself before the one given for him; the numbers of a bench
    /// never pass those who were there, nor these those on the roll.
    #[test]
    fn papers_add_up_under_any_order_of_events(events in prop::collection::vec(event(), 1..160)) {
        let mut hall = Hall::village();
        let sitting = members(&mut hall);
        let ballot = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
        let mut stands: BTreeMap<u64, (Choice, bool)> = BTreeMap::new();
        for event in events {
            let vote = |hall: &mut Hall, hand, voter, choice| hall.vote(By::Person(hand), Act::Cast { ballot, voter: id(voter), choice });
            match event {
                Event::Come(person) => drop(hall.come(sitting, [person])),
                Event::Go(person) => drop(hall.go(sitting, [person])),
                Event::StandIn(holder) => drop(hall.stand_in(sitting, other(holder), holder)),
                Event::Vote(person, choice) => {
                    if vote(&mut hall, person, person, choice).is_ok() {
                        prop_assert!(stands.insert(person, (choice, false)).is_none_or(|(_, proxy)| proxy), "nobody votes twice");
                    }
                }
                Event::VoteFor(holder, choice) => {
                    if vote(&mut hall, holder, other(holder), choice).is_ok() {
                        prop_assert!(stands.insert(other(holder), (choice, true)).is_none(), "no proxy counts twice");
                    }
                }
            }
        }
        hall.count(ballot).unwrap();
        let Counted { tallies, total, .. } = counted(&hall, ballot);
        let tally = &tallies[0];
        let of = |choice| u32::try_from(stands.values().filter(|(given, _)| *given == choice).count()).unwrap();
        prop_assert_eq!((tally.in_favour, tally.against, tally.abstained), (of(Choice::For), of(Choice::Against), of(Choice::Abstain)));
        prop_assert_eq!(total.in_favour + total.against + total.abstained, tally.cast());
        prop_assert_eq!(hall.ballot(ballot).votes, tally.cast());
        prop_assert!(tally.cast() <= tally.bench.present && tally.bench.present <= tally.bench.due, "{:?}", tally);
        prop_assert!(tally.bench.present >= 46, "who was there when it opened stays in the denominator");
    }

    /// The order in which papers come makes no difference, and neither does the way: by telephone, by hand, on paper or
    /// in secret they come to the same.
    #[test]
    fn open_and_secret_papers_come_to_the_same_in_any_order(
        choices in prop::collection::vec(choice(), 58),
        order in Just((0_usize..58).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let persons: Vec<u64> = (1..=54).chain(101..=104).collect();
        let named = |order: &[usize]| {
            let mut hall = Hall::village();
            let sitting = joint(&mut hall);
            let ballot = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
            for n in order {
                hall.vote(By::Person(persons[*n]), Act::Cast { ballot, voter: id(persons[*n]), choice: choices[*n] }).unwrap();
            }
            hall.count(ballot).unwrap();
            counted(&hall, ballot).clone()
        };
        let straight = named(&(0..58).collect::<Vec<_>>());
        prop_assert_eq!(&named(&order), &straight);

        let mut hall = Hall::village();
        let sitting = joint(&mut hall);
        let ballot = hall.ballot_on(sitting, 0, Mode::Secret).unwrap();
        for n in &order {
            let (state, sits) = (hall.ballot(ballot).clone(), hall.sitting(sitting).clone());
            let mut numbers: Vec<_> = (0..8).map(|_| hall.number()).collect();
            let voter = id(persons[*n]);
            let slips = state.slips(voter, voter, choices[*n], false, &sits, || numbers.pop().unwrap()).unwrap();
            hall.slips.extend(slips);
        }
        hall.count(ballot).unwrap();
        let secret = counted(&hall, ballot);
        prop_assert_eq!((&secret.tallies, secret.total), (&straight.tallies, straight.total));

        let mut hall = Hall::village();
        let sitting = joint(&mut hall);
        let ballot = hall.ballot_on(sitting, 0, Mode::Paper).unwrap();
        let marks: Vec<Mark> = order.iter().map(|n| Mark { person: id(persons[*n]), choice: Some(choices[*n]) }).collect();
        for teller in [1, 2] {
            let sheet = Act::Sheet { ballot, teller: id(teller), marks: marks.clone(), scan: Digest([9; 32]) };
            hall.vote(By::Post(PostKind::Clerk), sheet).unwrap();
        }
        hall.count(ballot).unwrap();
        prop_assert_eq!(counted(&hall, ballot), &straight);
    }
}
