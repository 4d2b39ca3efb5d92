//! 人数和票数 Tables of quorum and majority: every assembly, village and community, the laws before and after; 东组通〔2015〕33号 二（二）.

use super::hall_tests::Hall;
use super::quorum::{Base, Share};
use super::{Assembly, Bench, Choice, Tally};
use crate::Refusal;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const NOW: Date = date(2026, 11, 1);
/// The day before the law of collective economic organisations.
const BEFORE_MAY: Date = date(2025, 4, 30);
const FROM_MAY: Date = date(2025, 5, 1);
/// The last day of the committee laws of 2018.
const BEFORE_2026: Date = date(2025, 12, 31);
const FROM_2026: Date = date(2026, 1, 1);

fn bench(hall: &Hall, assembly: Assembly, due: u32, present: u32, day: Date) -> Result<Bench, Refusal> {
    Bench::of(assembly, true, 1, due, present, &hall.at(day, 9, 0))
}

fn papers(in_favour: u32, against: u32, abstained: u32, spoilt: u32) -> impl Iterator<Item = Option<Choice>> {
    let some = |count: u32, choice| std::iter::repeat_n(choice, count as usize);
    some(in_favour, Some(Choice::For))
        .chain(some(against, Some(Choice::Against)))
        .chain(some(abstained, Some(Choice::Abstain)))
        .chain(some(spoilt, None))
}

/// 应到, the fewest that open it, 实到, the fewest in favour that pass it.
type Row = (Assembly, Date, u32, u32, u32, u32);

/// The numbers of both kinds of unit.
const BOTH: &[Row] = &[
    // 班子：过半数到会，到会过半数同意.
    (Assembly::Team, NOW, 7, 4, 4, 3),
    (Assembly::Team, NOW, 7, 4, 7, 4),
    (Assembly::Team, NOW, 8, 5, 6, 4),
    (Assembly::Team, BEFORE_MAY, 8, 5, 5, 3),
    // 党员大会：半数以上到会（正好一半也行），应到过半数赞成（正好一半不行）.
    (Assembly::Party, NOW, 20, 10, 10, 11),
    (Assembly::Party, NOW, 20, 10, 20, 11),
    (Assembly::Party, NOW, 21, 11, 15, 11),
    (Assembly::Party, BEFORE_2026, 20, 10, 12, 11),
    // 监委会：全体过半数.
    (Assembly::Supervision, NOW, 3, 2, 2, 2),
    (Assembly::Supervision, NOW, 5, 3, 5, 3),
    (Assembly::Supervision, NOW, 4, 3, 3, 3),
    // 成员代表大会：2025年5月1日起全体三分之二以上同意，此前到会三分之二以上.
    (Assembly::Delegates, BEFORE_MAY, 30, 20, 20, 14),
    (Assembly::Delegates, FROM_MAY, 30, 20, 20, 20),
    (Assembly::Delegates, BEFORE_MAY, 25, 17, 25, 17),
    (Assembly::Delegates, FROM_MAY, 25, 17, 25, 17),
    (Assembly::Delegates, FROM_2026, 31, 21, 24, 21),
    // 成员大会：三分之二以上到会，全体三分之二以上同意.
    (Assembly::Members, FROM_MAY, 300, 200, 200, 200),
    (Assembly::Members, NOW, 301, 201, 250, 201),
    (Assembly::Members, NOW, 1_999, 1_333, 1_500, 1_333),
];

/// 村：三分之二以上组成人员到会，到会过半数同意，2018年和2025年文本相同.
const VILLAGE: &[Row] = &[
    (Assembly::Representatives, NOW, 30, 20, 20, 11),
    (Assembly::Representatives, NOW, 31, 21, 22, 12),
    (Assembly::Representatives, BEFORE_2026, 30, 20, 30, 16),
    (Assembly::Representatives, FROM_2026, 28, 19, 28, 15),
];

/// 社区：2026年起三分之二以上组成人员到会，到会过半数同意；此前过半数出席，出席人过半数.
const COMMUNITY: &[Row] = &[
    (Assembly::Representatives, BEFORE_2026, 30, 16, 16, 9),
    (Assembly::Representatives, BEFORE_MAY, 31, 16, 20, 11),
    (Assembly::Representatives, FROM_2026, 30, 20, 21, 11),
    (Assembly::Representatives, NOW, 60, 40, 41, 21),
    (Assembly::Representatives, NOW, 61, 41, 61, 31),
];

fn holds(hall: &Hall, rows: &[Row]) {
    for &(assembly, day, due, needed, present, least) in rows {
        let case = format!("{assembly:?} {day} {due}/{present}");
        let of = |present| bench(hall, assembly, due, present, day).unwrap();
        assert_eq!(of(present).needed(), needed, "{case}");
        assert!(of(needed).is_quorate() && !of(needed - 1).is_quorate(), "{case}: {needed} open it");
        let passes = |in_favour: u32| Tally::of(of(present), papers(in_favour, present.saturating_sub(in_favour), 0, 0)).passed;
        assert!(passes(least) && !passes(least - 1), "{case}: {least} pass it");
        // Who abstains, spoils his paper or says nothing helps nobody.
        assert!(!Tally::of(of(present), papers(least - 1, 0, present + 1 - least, 0)).passed, "{case}: abstained");
        assert!(!Tally::of(of(present), papers(least - 1, 0, 0, 1)).passed, "{case}: spoilt");
        assert!(!Tally::of(of(needed - 1), papers(needed - 1, 0, 0, 0)).passed, "{case}: without a quorum nothing passes");
    }
}

#[test]
fn quorum_and_majority_of_every_assembly() {
    for hall in [Hall::village(), Hall::community()] {
        holds(&hall, BOTH);
    }
    holds(&Hall::village(), VILLAGE);
    holds(&Hall::community(), COMMUNITY);
}

#[test]
fn the_denominator_is_the_one_of_the_law_of_that_day() {
    let hall = Hall::village();
    let of = |assembly, day| bench(&hall, assembly, 30, 20, day).unwrap().majority.unwrap();
    assert_eq!(of(Assembly::Delegates, BEFORE_MAY), Share { part: 2, whole: 3, over: false, of: Base::Present });
    assert_eq!(of(Assembly::Delegates, FROM_MAY), Share { part: 2, whole: 3, over: false, of: Base::All });
    assert_eq!(of(Assembly::Representatives, NOW), Share { part: 1, whole: 2, over: true, of: Base::Present });
    assert_eq!(of(Assembly::Party, NOW), Share { part: 1, whole: 2, over: true, of: Base::All });
    let none = |assembly, day| bench(&hall, assembly, 30, 20, day).unwrap_err();
    assert_eq!(none(Assembly::Members, BEFORE_MAY), Refusal::NoRule { rule: "meet.members.quorum" }, "the law of 2025 made it");
}

#[test]
fn who_only_advises_has_no_quorum_and_passes_nothing() {
    let hall = Hall::village();
    let bench = bench(&hall, Assembly::Migrants, 4, 2, NOW).unwrap();
    assert_eq!((bench.binding, bench.quorum, bench.majority, bench.needed()), (false, None, None, 1));
    assert!(Tally::of(bench.clone(), papers(2, 1, 0, 0)).passed, "more for than against, and no more is said by it");
    assert!(!Tally::of(bench, papers(1, 1, 0, 0)).passed);
}

proptest! {
    /// 以上 includes the number and 超过 does not, in whole numbers, whatever the share.
    #[test]
    fn the_least_number_reaches_a_share_and_one_less_does_not(part in 1_u32..10, more in 0_u32..10, over in any::<bool>(), all in 1_u32..100_000) {
        let share = Share { part, whole: part + more, over, of: Base::All };
        let least = share.least(all);
        prop_assert!(share.reached(least, all));
        prop_assert!(!share.reached(least - 1, all));
        let (exact, whole) = (u64::from(all) * u64::from(part), u64::from(part + more));
        let even = exact.is_multiple_of(whole);
        prop_assert_eq!(u64::from(least) * whole == exact, even && !over, "exactly the share is enough for 以上 only");
    }
}

/// More in favour never turns what passed into what did not; more present never makes a quorum go away.
#[test]
fn counting_is_monotonous() {
    let hall = Hall::village();
    proptest!(|(due in 1_u32..200, present in 0_u32..200, in_favour in 0_u32..200)| {
        let (present, in_favour) = (present.min(due), in_favour.min(present.min(due)));
        for assembly in [Assembly::Team, Assembly::Party, Assembly::Representatives, Assembly::Delegates, Assembly::Members] {
            let of = |present| bench(&hall, assembly, due, present, NOW).unwrap();
            let passes = |in_favour: u32| Tally::of(of(present), papers(in_favour, present - in_favour, 0, 0)).passed;
            prop_assert!(!passes(in_favour) || in_favour == present || passes(in_favour + 1));
            prop_assert!(!of(present).is_quorate() || present == due || of(present + 1).is_quorate());
        }
    });
}
