//! 法定会议 Cases of assemblies outside this record, of emergencies, of several assemblies; 村民委员会组织法 第26条.

use super::tests::{DAY, JOINT, Scene, id, official, outcome, village, wording};
use super::*;
use crate::lead::body::BodyKind;
use crate::meet::Assembly;
use jiff::civil::date;

fn held(assembly: Assembly, due: u32, present: u32, in_favour: u32) -> Held {
    Held {
        assembly,
        on: date(2026, 3, 20),
        count: Count::Adults,
        due,
        present,
        in_favour,
        against: 10,
        abstained: 5,
        spoilt: 1,
        tellers: ["梁玉燕".into(), "陈国强".into()],
        document: "成员大会2026-1".into(),
        scan: None,
    }
}

/// A motion that only a statutory assembly may decide, as far as the joint meeting takes it.
fn reserved(kind: &str, body: BodyKind) -> Scene {
    let mut scene = village();
    let given = scene.given(body);
    let (title, wording) = ("法定会议的事".into(), wording("提请大会决定的方案"));
    let act = Act::Propose { matter_type: kind.into(), title, wording, source: Source::Secretary, occurred_on: None };
    scene.ask_with(DAY, &official(PostKind::Secretary), given, act).unwrap();
    scene.consult(date(2026, 3, 3)).unwrap();
    scene.post(date(2026, 3, 3)).unwrap();
    scene.deliberate(date(2026, 3, 19)).unwrap();
    scene
}

#[test]
fn what_only_an_assembly_may_decide_waits_for_it_and_its_numbers_are_checked() {
    let mut scene = reserved("membership", BodyKind::Collective);
    assert_eq!(scene.phase(), Phase::Awaiting);
    let passed = vec![outcome(Assembly::Representatives, true, true)];
    let refused = Err(Refusal::AssemblyOnly { assembly: Assembly::Members });
    assert_eq!(scene.note(date(2026, 3, 19), Stage::Resolve, &JOINT, passed), refused);
    let clerk = official(PostKind::Clerk);
    let record = |held: Held| {
        let mut scene = reserved("membership", BodyKind::Collective);
        let fact = scene.ask(date(2026, 3, 25), &clerk, Act::RecordAssembly { motion: id(1), version: 1, held: Box::new(held) });
        fact.map(|fact| matches!(fact, Fact::Resolved { .. }))
    };
    assert_eq!(record(held(Assembly::Villagers, 900, 800, 700)), refused.map(|_: Fact| true));
    let lost = Refusal::NoQuorum { assembly: Assembly::Members, needed: 200, present: 199 };
    assert_eq!(record(held(Assembly::Members, 300, 199, 180)), Err(lost), "two thirds of all take part");
    assert_eq!(record(held(Assembly::Members, 300, 215, 199)), Ok(false), "199 of 300 are not two thirds of all");
    assert_eq!(record(held(Assembly::Members, 300, 216, 200)), Ok(true));
    assert_eq!(record(held(Assembly::Members, 300, 215, 200)), Err(Refusal::NumbersDoNotAddUp), "216 votes of 215 present");
    assert_eq!(record(held(Assembly::Members, 300, 301, 200)), Err(Refusal::NumbersDoNotAddUp), "more present than due");
    let alone = Held { tellers: ["梁玉燕".into(), " 梁玉燕".into()], ..held(Assembly::Members, 300, 216, 200) };
    assert_eq!(record(alone), Err(Refusal::TwoTellers));
    let ahead = Held { on: date(2026, 3, 26), ..held(Assembly::Members, 300, 216, 200) };
    assert_eq!(record(ahead), Err(Refusal::DayAhead { day: date(2026, 3, 26) }));
    let before = Held { on: date(2026, 3, 18), ..held(Assembly::Members, 300, 216, 200) };
    assert_eq!(record(before), Err(Refusal::DaysOutOfOrder { first: date(2026, 3, 19), then: date(2026, 3, 18) }));
}

#[test]
fn the_whole_village_counts_by_persons_or_by_households_and_an_outsider_needs_three_quarters() {
    let clerk = official(PostKind::Clerk);
    let record = |kind: &str, body, held: Held| {
        let mut scene = reserved(kind, body);
        let fact = scene.ask(date(2026, 3, 25), &clerk, Act::RecordAssembly { motion: id(1), version: 1, held: Box::new(held) })?;
        Ok(matches!(fact, Fact::Resolved { .. }))
    };
    let of = |count, due, present, in_favour| Held { count, ..held(Assembly::Villagers, due, present, in_favour) };
    let lost = |needed, present| Err(Refusal::NoQuorum { assembly: Assembly::Villagers, needed, present });
    let committee = BodyKind::Committee;
    assert_eq!(record("charter", committee, of(Count::Adults, 900, 450, 400)), lost(451, 450), "more than half of the adults");
    assert_eq!(record("charter", committee, of(Count::Adults, 900, 451, 226)), Ok(true), "more than half of those present");
    assert_eq!(record("charter", committee, of(Count::Adults, 900, 452, 226)), Ok(false));
    assert_eq!(record("charter", committee, of(Count::Households, 300, 199, 150)), lost(200, 199));
    assert_eq!(record("charter", committee, of(Count::Households, 300, 200, 101)), Ok(true));
    let no_rule = Err(Refusal::NoRule { rule: "meet.assembly.quorum" });
    assert_eq!(record("charter", committee, of(Count::Representatives, 30, 30, 10)), no_rule, "a village counts no representatives here");
    let members = |in_favour| held(Assembly::Members, 400, 380, in_favour);
    assert_eq!(record("outsider_benefit", BodyKind::Collective, members(299)), Ok(false));
    assert_eq!(record("outsider_benefit", BodyKind::Collective, members(300)), Ok(true));
}

#[test]
fn in_an_emergency_two_more_answer_for_it_and_a_sitting_ratifies_it() {
    let emergency = |leaders: &[u64]| Act::Emergency {
        matter_type: "public_works".into(),
        title: "抢修塌方".into(),
        wording: wording("抢修塌方路段"),
        leaders: leaders.iter().map(|n| id(*n)).collect(),
    };
    let alone = Err(Refusal::LeadersMissing { least: 2 });
    for leaders in [&[][..], &[20], &[20, 20], &[20, 8], &[20, 99]] {
        assert_eq!(village().secretary(DAY, emergency(leaders)), alone, "{leaders:?}");
    }
    let mut scene = village();
    scene.secretary(DAY, emergency(&[20, 21])).unwrap();
    assert_eq!(scene.phase(), Phase::Emergency);
    assert!(matches!(&scene.followed[..], [AnyAct::Resolution(resolution::Act::Issue(issue))] if issue.emergency));
    assert_eq!(scene.motion.as_ref().unwrap().duties.last(RATIFY).unwrap().term.due, date(2026, 3, 9));
    assert_eq!(scene.consult(DAY), Err(Refusal::Decided));
    assert_eq!(scene.note(DAY, Stage::Ratify, &[Assembly::Team], vec![outcome(Assembly::Team, true, true)]), Err(Refusal::MajorMatter));
    let ratify = |passed| vec![outcome(Assembly::Representatives, true, passed)];
    scene.note(date(2026, 3, 6), Stage::Ratify, &JOINT, ratify(true)).unwrap();
    assert_eq!((scene.phase(), scene.motion.as_ref().unwrap().duties.pending(RATIFY)), (Phase::Resolved, None));
    let mut scene = village();
    scene.secretary(DAY, emergency(&[20, 21])).unwrap();
    scene.note(date(2026, 3, 6), Stage::Ratify, &JOINT, ratify(false)).unwrap();
    assert!(matches!(&scene.followed[..], [AnyAct::Resolution(resolution::Act::End { why: Ending::NotRatified, .. })]));
    let mut scene = village();
    scene.propose(DAY, "public_works", wording("清淤")).unwrap();
    assert_eq!(scene.note(DAY, Stage::Ratify, &JOINT, ratify(true)), Err(Refusal::NoEmergency));
    let mut scene = village();
    scene.secretary(DAY, emergency(&[20, 21])).unwrap();
    let held = Held { on: DAY, count: Count::Households, ..held(Assembly::Villagers, 300, 216, 200) };
    let record = Act::RecordAssembly { motion: id(1), version: 1, held: Box::new(held) };
    let fact = scene.ask(DAY, &official(PostKind::Clerk), record);
    assert!(matches!(fact, Ok(Fact::Ratified { .. })), "the whole village may do what its representatives may: {fact:?}");
}

#[test]
fn two_assemblies_that_must_both_pass_it_may_do_so_one_after_the_other() {
    let mut scene = village().posted();
    scene.deliberate(date(2026, 3, 12)).unwrap();
    // A rule of the place may ask for both; here the class of the motion says so.
    let note = |assembly| Note {
        motion: id(1),
        stage: Stage::Resolve,
        version: 1,
        sitting: id(70),
        item: 0,
        seated: vec![assembly],
        ballot: None,
        outcomes: vec![outcome(assembly, true, true)],
        on: date(2026, 3, 12),
    };
    let motion = scene.motion.clone().unwrap();
    let class = Class { competent: vec![Assembly::Representatives, Assembly::Delegates], ..motion.class.clone() };
    let passage = |note: Note| Passage {
        stage: note.stage,
        version: 1,
        digest: motion.wording().digest(),
        sitting: Some((note.sitting, 0)),
        seated: note.seated,
        ballot: None,
        outcomes: note.outcomes,
        held: None,
        on: note.on,
        entered: note.on,
    };
    let first = motion.made_of(passage(note(Assembly::Representatives)), class.clone()).unwrap();
    assert!(matches!(&first, Fact::Awaiting { missing, .. } if missing == &[Assembly::Delegates]));
    let motion = Motion::evolve(Some(motion.clone()), first, id(1));
    assert_eq!(motion.phase(), Phase::Awaiting);
    let again = motion.made_of(passage(note(Assembly::Representatives)), class.clone());
    assert_eq!(again, Err(Refusal::AlreadyVoted { assembly: Assembly::Representatives }));
    let last = motion.made_of(passage(note(Assembly::Members)), class).unwrap();
    assert!(matches!(last, Fact::Resolved { .. }), "the whole may do what its delegates may");
}
