//! 会议 Cases of sittings: called, opened, heard, resolved, adjourned, entered late; 东组通〔2015〕33号 二（二）.

use super::*;
use crate::meet::hall_tests::{By, Hall, chair, convene, id, ids, item, motion, wednesdays};
use crate::{Personal, PostKind};
use jiff::civil::date;

const SECRETARY: By = By::Post(PostKind::Secretary);
const DIRECTOR: By = By::Post(PostKind::Director);
const CLERK: By = By::Post(PostKind::Clerk);

fn daily(title: &str) -> Item {
    Item { title: title.into(), ..item(Stage::Daily) }
}

/// A sitting of the teams this afternoon, open, five of seven there.
fn team(hall: &mut Hall, items: Vec<Item>) -> MatterId {
    let sitting = hall.sit(SECRETARY, convene(SittingKind::Team, date(2026, 9, 1), items)).unwrap();
    hall.turn(date(2026, 9, 1), 15, 0);
    hall.come(sitting, 1..=5).unwrap();
    hall.open(sitting).unwrap()
}

fn agree(hall: &mut Hall, sitting: MatterId, item: u32) -> Result<MatterId, Refusal> {
    hall.sit(CLERK, Act::Agree { sitting, item, text: "同意，本周办好".into() })
}

#[test]
fn only_the_lawful_convener_calls_and_each_assembly_by_its_own() {
    let mut hall = Hall::village();
    let day = date(2026, 9, 21);
    let cases = [
        (SittingKind::Team, PostKind::Secretary),
        (SittingKind::Joint, PostKind::Secretary),
        (SittingKind::Representatives, PostKind::Director),
        (SittingKind::Delegates, PostKind::CollectiveHead),
        (SittingKind::Members, PostKind::CollectiveHead),
        (SittingKind::Supervision, PostKind::SupervisionHead),
    ];
    for (kind, convener) in cases {
        for post in PostKind::HEADS {
            let called = hall.sit(By::Post(post), convene(kind, day, vec![daily("通报")]));
            match post == convener {
                true => assert!(called.is_ok(), "{kind:?} {called:?}"),
                false => assert_eq!(called, Err(Refusal::WrongConvener { rule: kind.rule(), convener }), "{kind:?} {post:?}"),
            }
        }
        let clerk = hall.sit(CLERK, convene(kind, day, vec![daily("通报")]));
        assert_eq!(clerk, Err(Refusal::NoRight { act: "sitting.convene" }));
    }
    let joint = hall.joint(vec![item(Stage::Resolve)]);
    let called = |assembly| hall.sitting(joint).called(assembly).unwrap();
    assert_eq!(called(Assembly::Party).advice(), None, "the secretary's call is the party's");
    assert_eq!(called(Assembly::Delegates).noticed, Some(date(2026, 9, 1)));
    assert_eq!(called(Assembly::Migrants).advice(), Some(Advice::Invited));
    let other = hall.sit(SECRETARY, Act::Notify { sitting: joint, assembly: Assembly::Delegates });
    assert!(matches!(other, Err(Refusal::WrongConvener { convener: PostKind::CollectiveHead, .. })), "{other:?}");
    let twice = hall.sit(DIRECTOR, Act::Notify { sitting: joint, assembly: Assembly::Representatives });
    assert_eq!(twice, Err(Refusal::AlreadyExists));
}

#[test]
fn an_assembly_whose_convener_said_nothing_only_advises() {
    let mut hall = Hall::village();
    let joint = hall.sit(SECRETARY, convene(SittingKind::Joint, date(2026, 9, 21), vec![item(Stage::Resolve)])).unwrap();
    let advice = |assembly| hall.sitting(joint).called(assembly).unwrap().advice();
    assert_eq!((advice(Assembly::Party), advice(Assembly::Representatives)), (None, Some(Advice::NotCalled)));
    // Too late for the delegates, who need ten days, but in time for the representatives, who need five.
    hall.turn(date(2026, 9, 12), 9, 0);
    let late = hall.sit(By::Post(PostKind::CollectiveHead), Act::Notify { sitting: joint, assembly: Assembly::Delegates });
    assert_eq!(late, Err(Refusal::ShortNotice { rule: "meet.delegates.convene", least: 10, earliest: date(2026, 9, 22) }));
    assert!(hall.sit(DIRECTOR, Act::Notify { sitting: joint, assembly: Assembly::Representatives }).is_ok());
    let migrants = hall.sit(SECRETARY, Act::Notify { sitting: joint, assembly: Assembly::Migrants });
    assert_eq!(migrants, Err(Refusal::NotSeated { assembly: Assembly::Migrants }), "they are invited, nobody calls them");
}

#[test]
fn notice_is_as_long_as_the_rule_says_to_the_day() {
    let mut hall = Hall::village();
    let call = |hall: &mut Hall, by, kind, day| hall.sit(by, convene(kind, day, vec![daily("通报")])).map(drop);
    let members = By::Post(PostKind::CollectiveHead);
    let short = Refusal::ShortNotice { rule: "meet.members.notice", least: 10, earliest: date(2026, 9, 11) };
    assert_eq!(call(&mut hall, members, SittingKind::Members, date(2026, 9, 10)), Err(short));
    assert_eq!(call(&mut hall, members, SittingKind::Members, date(2026, 9, 11)), Ok(()));
    assert_eq!(call(&mut hall, SECRETARY, SittingKind::Team, date(2026, 9, 1)), Ok(()), "the weekly one may be today");
    hall.turn(date(2026, 9, 1), 15, 1);
    assert_eq!(call(&mut hall, SECRETARY, SittingKind::Team, date(2026, 9, 1)), Err(Refusal::SittingBegan));
}

#[test]
fn rolls_are_frozen_when_the_sitting_is_called() {
    let mut hall = Hall::village();
    let joint = hall.joint(vec![item(Stage::Resolve)]);
    let called = hall.sitting(joint).called(Assembly::Representatives).unwrap().clone();
    assert_eq!((called.version, called.due, called.officers.len(), called.women), (1, 28, 3, 9));
    // The next day one leaves and another one comes: this sitting goes by the roll that it was called with.
    let mut roll = hall.rolls[&Assembly::Representatives].clone();
    let seat = crate::meet::electorate::Seat { person: id(60), woman: false, household: None };
    let join = vec![seat];
    let (assembly, from) = (Assembly::Representatives, date(2026, 9, 2));
    let fact = crate::meet::electorate::Fact::Seated { assembly, version: 2, from, join, leave: vec![id(15)], basis: "补选".into() };
    roll = crate::meet::electorate::Electorate::evolve(Some(roll), fact, id(0));
    hall.rolls.insert(assembly, roll);
    hall.turn(date(2026, 9, 21), 14, 30);
    hall.come(joint, [15, 60]).unwrap();
    let seats = |person| hall.sitting(joint).seats(id(person)).list();
    assert_eq!(seats(15), [Assembly::Party, Assembly::Representatives]);
    assert_eq!(seats(60), [], "he only listens");
}

#[test]
fn the_joint_sitting_has_all_four_and_neither_too_few_nor_too_many_migrants() {
    let mut hall = Hall::village();
    let call = |hall: &mut Hall| hall.sit(SECRETARY, convene(SittingKind::Joint, date(2026, 9, 21), vec![daily("通报")])).map(drop);
    assert_eq!(call(&mut hall), Ok(()));
    let migrants = hall.rolls.remove(&Assembly::Migrants).unwrap();
    assert_eq!(call(&mut hall), Err(Refusal::EmptyRoll { assembly: Assembly::Migrants }));
    let (mut few, mut many) = (migrants.clone(), migrants);
    few.seats.retain(|person, _| [101, 102].map(id).contains(person));
    let seat = few.seats[&id(101)].clone();
    many.seats.extend((103..=110).map(|n| (id(n), seat.clone())));
    hall.rolls.insert(Assembly::Migrants, few);
    assert_eq!(call(&mut hall), Err(Refusal::MigrantsShare { have: 2, least: 3, most: 5 }));
    hall.rolls.insert(Assembly::Migrants, many);
    assert_eq!(call(&mut hall), Err(Refusal::MigrantsShare { have: 10, least: 3, most: 6 }));
}

#[test]
fn nothing_is_added_after_agenda_and_papers_went_out() {
    let mut hall = Hall::village();
    let joint = hall.joint(vec![item(Stage::Resolve)]);
    let added = hall.sit(SECRETARY, Act::Add { sitting: joint, item: daily("临时动议") });
    assert_eq!(added, Err(Refusal::PapersCommitted { rule: "meet.congress.convene" }));
    hall.turn(date(2026, 9, 1), 9, 0);
    let weekly = hall.sit(SECRETARY, convene(SittingKind::Team, date(2026, 9, 1), vec![daily("保洁")])).unwrap();
    assert!(hall.sit(SECRETARY, Act::Add { sitting: weekly, item: daily("路灯") }).is_ok(), "daily work may come up until it opens");
    hall.turn(date(2026, 9, 1), 15, 0);
    hall.come(weekly, 1..=5).unwrap();
    hall.open(weekly).unwrap();
    let added = hall.sit(SECRETARY, Act::Add { sitting: weekly, item: daily("水渠") });
    assert_eq!(added, Err(Refusal::PapersCommitted { rule: "meet.team.convene" }));
}

#[test]
fn what_a_kind_of_sitting_may_not_do_it_may_not_call() {
    let mut hall = Hall::village();
    let call = |hall: &mut Hall, by, kind, item| hall.sit(by, convene(kind, date(2026, 9, 21), vec![item])).map(drop);
    let cases = [
        (SECRETARY, SittingKind::Team, Stage::Resolve, Err(Refusal::WrongStage)),
        (SECRETARY, SittingKind::Team, Stage::Consult, Ok(())),
        (SECRETARY, SittingKind::Team, Stage::Ratify, Ok(())),
        (SECRETARY, SittingKind::Joint, Stage::Consult, Err(Refusal::WrongStage)),
        (SECRETARY, SittingKind::Joint, Stage::Deliberate, Ok(())),
        (DIRECTOR, SittingKind::Representatives, Stage::Resolve, Ok(())),
        (By::Post(PostKind::SupervisionHead), SittingKind::Supervision, Stage::Resolve, Err(Refusal::WrongStage)),
    ];
    for (by, kind, stage, want) in cases {
        assert_eq!(call(&mut hall, by, kind, item(stage)), want, "{kind:?} {stage:?}");
    }
    let without = Item { motion: None, ..item(Stage::Resolve) };
    assert_eq!(call(&mut hall, SECRETARY, SittingKind::Joint, without), Err(Refusal::Missing { field: "motion" }));
    let unknown = Item { motion: Some(id(1)), ..item(Stage::Resolve) };
    assert_eq!(call(&mut hall, SECRETARY, SittingKind::Joint, unknown), Err(Refusal::NoSuchMatter));
    let old = Item { version: Some(0), ..item(Stage::Resolve) };
    assert_eq!(call(&mut hall, SECRETARY, SittingKind::Joint, old), Err(Refusal::OldVersion { now: 1 }));
    hall.motions.get_mut(&motion()).unwrap().ready = Err(Refusal::Closed);
    assert_eq!(call(&mut hall, SECRETARY, SittingKind::Joint, item(Stage::Resolve)), Err(Refusal::Closed), "as the motion says");
}

#[test]
fn a_closed_item_shows_its_number_and_ground_and_a_motion_is_never_closed() {
    let mut hall = Hall::village();
    let closed = Item { closed: Some(Ground::Privacy), ..daily("某户低保复核") };
    let motion = Item { closed: Some(Ground::Business), ..item(Stage::Consult) };
    let refused = hall.sit(SECRETARY, convene(SittingKind::Team, date(2026, 9, 1), vec![motion]));
    assert_eq!(refused, Err(Refusal::NotClosable));
    let sitting = team(&mut hall, vec![daily("保洁"), closed]);
    hall.talk(sitting, 1);
    let (state, facts) = (hall.sitting(sitting), hall.facts(sitting));
    let Fact::Convened { agenda, titles, .. } = &facts[0] else { panic!("{facts:?}") };
    assert_eq!((agenda[1].title.as_deref(), agenda[1].closed, titles.is_some()), (None, Some(Ground::Privacy), true));
    assert!(!format!("{facts:?}").contains("低保"), "its words stand beside the record");
    let audiences: Vec<Audience> = facts.iter().map(|fact| state.audience(fact)).collect();
    use Audience::{Officials, Public};
    assert_eq!(audiences, [Public, Officials, Public, Officials, Officials], "{facts:?}");
}

#[test]
fn who_comes_and_goes_is_noted_to_the_second_and_nobody_comes_twice() {
    let mut hall = Hall::village();
    let sitting = team(&mut hall, vec![daily("保洁")]);
    assert_eq!(hall.come(sitting, [1]), Err(Refusal::AlreadyPresent));
    assert_eq!(hall.come(sitting, [6, 6]), Err(Refusal::AlreadyPresent));
    assert_eq!(hall.go(sitting, [6]), Err(Refusal::NotPresent));
    hall.turn(date(2026, 9, 1), 15, 20);
    hall.go(sitting, [5]).unwrap();
    hall.turn(date(2026, 9, 1), 15, 40);
    hall.come(sitting, [5, 6]).unwrap();
    let state = hall.sitting(sitting);
    let stays = |person| state.people[&id(person)].1.iter().map(|stay| stay.1.map(|out| out - stay.0)).collect::<Vec<_>>();
    assert_eq!((stays(5), stays(6)), (vec![Some(20 * 60), None], vec![None]));
    assert_eq!(state.presence()[0].present, 6);
    assert_eq!(
        hall.sit(CLERK, Act::Attend { sitting, arrive: vec![], leave: vec![], proxies: vec![] }),
        Err(Refusal::Missing { field: "arrive" })
    );
    let crowd = Act::Attend { sitting, arrive: ids(1000..2000), leave: vec![], proxies: vec![] };
    assert_eq!(hall.sit(CLERK, crowd), Err(Refusal::TooMany { field: "arrive", limit: crate::limit::PERSONS }));
}

#[test]
fn it_opens_on_its_day_at_its_time_with_its_quorum() {
    let mut hall = Hall::village();
    let sitting = hall.sit(SECRETARY, convene(SittingKind::Team, date(2026, 9, 2), vec![daily("保洁")])).unwrap();
    assert_eq!(hall.come(sitting, 1..=5), Err(Refusal::NotItsTime { day: date(2026, 9, 2) }));
    hall.turn(date(2026, 9, 2), 14, 50);
    hall.come(sitting, 1..=3).unwrap();
    assert_eq!(hall.open(sitting), Err(Refusal::NotItsTime { day: date(2026, 9, 2) }));
    hall.turn(date(2026, 9, 2), 15, 5);
    let short = Refusal::NoQuorum { assembly: Assembly::Team, needed: 4, present: 3 };
    assert_eq!(hall.open(sitting), Err(short), "three of seven are no majority");
    hall.come(sitting, [4]).unwrap();
    hall.open(sitting).unwrap();
    assert_eq!(hall.open(sitting), Err(Refusal::NotOpen));
    let strangers = hall.sit(By::Post(PostKind::SupervisionHead), Act::Close { sitting });
    assert!(matches!(strangers, Err(Refusal::WrongConvener { .. })), "{strangers:?}");
}

#[test]
fn report_then_discussion_then_resolution_and_never_one_alone() {
    let mut hall = Hall::village();
    let sitting = team(&mut hall, vec![daily("保洁"), daily("路灯")]);
    assert_eq!(agree(&mut hall, sitting, 0), Err(Refusal::NotReported));
    let discuss = Act::Discuss { sitting, item: 0, speakers: vec![Personal("梁玉燕".into())], text: "都说该办".into() };
    assert_eq!(hall.sit(CLERK, discuss), Err(Refusal::NotReported));
    let report = Act::Report { sitting, item: 0, by: "林伟棠".into(), text: "说明方案".into() };
    hall.sit(CLERK, report).unwrap();
    assert_eq!(agree(&mut hall, sitting, 0), Err(Refusal::NotDiscussed));
    hall.talk(sitting, 0);
    agree(&mut hall, sitting, 0).unwrap();
    assert_eq!(agree(&mut hall, sitting, 0), Err(Refusal::ItemSettled));
    assert_eq!(agree(&mut hall, sitting, 9), Err(Refusal::NoSuchItem));
    hall.talk(sitting, 1);
    hall.go(sitting, [2, 3]).unwrap();
    let short = Refusal::NoQuorum { assembly: Assembly::Team, needed: 4, present: 3 };
    assert_eq!(agree(&mut hall, sitting, 1), Err(short), "quorum lost in mid-meeting");
    let mut alone = Hall::village();
    alone.officers.insert(Assembly::Team, [id(1)].into());
    let sitting = alone.sit(SECRETARY, convene(SittingKind::Team, date(2026, 9, 1), vec![daily("保洁")])).unwrap();
    alone.turn(date(2026, 9, 1), 15, 0);
    alone.come(sitting, [1]).unwrap();
    alone.open(sitting).unwrap();
    alone.talk(sitting, 0);
    assert_eq!(agree(&mut alone, sitting, 0), Err(Refusal::SoleDecision { least: 2 }), "all offices in one hand");
}

#[test]
fn what_binds_many_is_never_agreed_without_a_ballot() {
    let mut hall = Hall::village();
    let joint = hall.joint(vec![item(Stage::Resolve), daily("通报")]);
    hall.turn(date(2026, 9, 21), 15, 0);
    hall.come(joint, 1..=54).unwrap();
    hall.open(joint).unwrap();
    for item in [0, 1] {
        hall.talk(joint, item);
        assert_eq!(agree(&mut hall, joint, item), Err(Refusal::NeedsBallot));
    }
}

#[test]
fn an_adjourned_sitting_is_called_again_within_the_days_or_the_gap_shows() {
    let mut hall = Hall::village();
    let first = hall.joint(vec![item(Stage::Resolve)]);
    hall.turn(date(2026, 9, 21), 15, 0);
    hall.come(first, 1..=5).unwrap();
    assert!(matches!(hall.open(first), Err(Refusal::NoQuorum { assembly: Assembly::Party, needed: 10, present: 5 })));
    hall.sit(CLERK, Act::Adjourn { sitting: first, reason: "到会人数不够".into() }).unwrap();
    let duty = hall.sitting(first).duties.last(RECONVENE).unwrap().clone();
    assert_eq!((duty.term.due, duty.owner.post), (date(2026, 9, 28), PostKind::Secretary));
    assert!(hall.sitting(first).duties.last(MINUTES).is_none(), "it never opened");
    let again = |again| match convene(SittingKind::Joint, date(2026, 10, 9), vec![item(Stage::Resolve)]) {
        Act::Convene { kind, day, time, place, agenda, .. } => Act::Convene { kind, day, time, place, agenda, again: Some(again) },
        act => act,
    };
    hall.turn(date(2026, 9, 28), 9, 0);
    let second = hall.sit(SECRETARY, again(first)).unwrap();
    assert_eq!(hall.sitting(first).taken_up, Some(second));
    assert!(!hall.sitting(first).duties.last(RECONVENE).unwrap().is_pending());
    assert_eq!(hall.sit(SECRETARY, again(first)), Err(Refusal::NotAdjourned), "once");
    assert_eq!(hall.sit(SECRETARY, again(second)), Err(Refusal::NotAdjourned));
}

#[test]
fn minutes_come_from_what_happened_and_stand_once_confirmed() {
    let mut hall = Hall::village();
    let sitting = team(&mut hall, vec![daily("保洁"), daily("路灯")]);
    hall.talk(sitting, 0);
    agree(&mut hall, sitting, 0).unwrap();
    assert_eq!(hall.sit(SECRETARY, Act::ConfirmMinutes { sitting }), Err(Refusal::NotItsTime { day: date(2026, 9, 1) }));
    hall.turn(date(2026, 9, 1), 16, 0);
    hall.sit(CLERK, Act::Close { sitting }).unwrap();
    let duty = hall.sitting(sitting).duties.last(MINUTES).unwrap();
    assert_eq!(duty.term.due, date(2026, 9, 4), "three working days");
    hall.sit(CLERK, Act::AmendMinutes { sitting, item: Some(0), text: "报告人是黎满堂".into() }).unwrap();
    let clerk = hall.sit(CLERK, Act::ConfirmMinutes { sitting });
    assert_eq!(clerk, Err(Refusal::NoRight { act: "sitting.confirm_minutes" }));
    hall.sit(SECRETARY, Act::ConfirmMinutes { sitting }).unwrap();
    let late = hall.sit(CLERK, Act::AmendMinutes { sitting, item: None, text: "再改".into() });
    assert_eq!(late, Err(Refusal::MinutesConfirmed));
    let minutes = Minutes::of(hall.facts(sitting)).unwrap();
    assert_eq!(Some(&minutes), Minutes::of(hall.facts(sitting)).as_ref(), "replayed, they are the same");
    assert_eq!((minutes.items.len(), minutes.items[0].1.len(), minutes.items[1].1.len()), (2, 4, 0));
    assert!(matches!(&minutes.items[0].1[2], Noted::Agreed { present: 5, .. }), "{:?}", minutes.items[0].1);
    assert_eq!(minutes.present, [Presence { assembly: Assembly::Team, due: 7, present: 5 }]);
    let public: Vec<&Fact> = hall.facts(sitting).iter().filter(|fact| !matches!(fact, Fact::Attended { .. })).collect();
    assert_eq!(Some(minutes), Minutes::of(public), "who was there by name is not needed for them");
}

#[test]
fn what_the_teams_agree_on_a_motion_the_motion_is_told() {
    let mut hall = Hall::village();
    let sitting = team(&mut hall, vec![item(Stage::Consult)]);
    hall.talk(sitting, 0);
    agree(&mut hall, sitting, 0).unwrap();
    let AnyAct::Motion(motion::Act::Note(note)) = &hall.followed[0] else { panic!("{:?}", hall.followed) };
    assert_eq!((note.motion, note.stage, note.ballot, note.outcomes.len()), (motion(), Stage::Consult, None, 0));
    assert_eq!((note.seated.clone(), note.on), (vec![Assembly::Team], date(2026, 9, 1)));
    wednesdays(&mut hall);
    hall.turn(date(2026, 9, 2), 16, 0);
    hall.followed.clear();
    let daily = Weekly { motion: Some(motion()), version: Some(1), ..line("值班") };
    hall.sit(SECRETARY, weekly(date(2026, 9, 2), 1..=5, vec![line("保洁"), daily])).unwrap();
    let told = hall.followed.iter().filter(|act| matches!(act, AnyAct::Motion(motion::Act::Note(note)) if note.item == 1));
    assert_eq!(told.count(), 1, "{:?}", hall.followed);
}

#[test]
fn a_sitting_that_was_held_meets_its_period_and_a_joint_one_also_the_representatives() {
    let held = |hall: &Hall| -> Vec<String> {
        let rule = |act: &AnyAct| if let AnyAct::Cadence(cadence::Act::Held { rule, .. }) = act { rule.clone() } else { unreachable!() };
        hall.followed.iter().map(rule).collect()
    };
    let mut hall = Hall::village();
    let sitting = team(&mut hall, vec![daily("保洁")]);
    hall.sit(CLERK, Act::Close { sitting }).unwrap();
    assert_eq!(held(&hall), [TEAM]);
    let with = |hall: &mut Hall, persons: std::ops::RangeInclusive<u64>| {
        hall.followed.clear();
        let joint = hall.joint(vec![item(Stage::Resolve)]);
        hall.turn(date(2026, 9, 21), 15, 0);
        hall.come(joint, persons).unwrap();
        hall.open(joint).unwrap();
        hall.sit(CLERK, Act::Close { sitting: joint }).unwrap();
        held(hall)
    };
    assert_eq!(with(&mut hall, 1..=54), [CONGRESS, REPRESENTATIVES]);
    assert_eq!(with(&mut hall, 1..=20), [CONGRESS], "nine of twenty-eight representatives are no sitting of theirs");
}

#[test]
fn silence_after_a_sitting_is_recorded() {
    let mut hall = Hall::village();
    let sitting = team(&mut hall, vec![daily("保洁")]);
    hall.sit(CLERK, Act::Close { sitting }).unwrap();
    hall.turn(date(2026, 9, 5), 0, 1);
    let at = hall.at(date(2026, 9, 5), 0, 1);
    let lapse = hall.sitting(sitting).overdue(sitting, &at).expect("three working days are over");
    hall.sit(By::Clock, lapse).unwrap();
    assert!(hall.sitting(sitting).duties.last(MINUTES).unwrap().is_pending(), "late is not never");
    assert!(hall.sit(SECRETARY, Act::ConfirmMinutes { sitting }).is_ok());
}

fn line(title: &str) -> Weekly {
    Weekly {
        title: title.into(),
        report: "保洁员反映三处死角".into(),
        discussion: "都说每周清两次够了".into(),
        resolution: "下周起每周清两次，治保主任负责".into(),
        motion: None,
        version: None,
        scope: None,
    }
}

fn weekly(day: Date, present: impl IntoIterator<Item = u64>, items: Vec<Weekly>) -> Act {
    Act::HoldWeekly { day, from: "15:00".into(), to: "15:40".into(), present: ids(present), items }
}

#[test]
fn five_items_in_one_act_on_the_standing_slot() {
    let mut hall = Hall::village();
    hall.turn(date(2026, 9, 2), 16, 0);
    let items: Vec<Weekly> = ["保洁", "路灯", "巡逻", "水渠", "值班"].map(line).into();
    assert_eq!(hall.sit(SECRETARY, weekly(date(2026, 9, 2), 1..=5, items.clone())), Err(Refusal::NoSlot));
    wednesdays(&mut hall);
    let sitting = hall.sit(SECRETARY, weekly(date(2026, 9, 2), 1..=5, items.clone())).unwrap();
    let state = hall.sitting(sitting);
    assert_eq!(
        (state.phase, state.agenda.len(), state.confirmed, state.place.as_str()),
        (Phase::Closed, 5, Some(date(2026, 9, 2)), "二楼会议室")
    );
    assert!(state.agenda.iter().all(|point| matches!(point.settled, Some(Settled::Agreed { .. }))));
    assert_eq!(Minutes::of(hall.facts(sitting)).unwrap().items[4].1.len(), 3);
    assert_eq!(hall.followed.len(), 1, "and the week is met");
    let clerk = hall.sit(CLERK, weekly(date(2026, 9, 2), 1..=5, items.clone()));
    assert_eq!(clerk, Err(Refusal::NoRight { act: "sitting.hold_weekly" }), "a clerk prepares, the secretary confirms");
    let director = hall.sit(DIRECTOR, weekly(date(2026, 9, 2), 1..=5, items));
    assert!(matches!(director, Err(Refusal::WrongConvener { .. })), "{director:?}");
}

#[test]
fn the_quick_path_refuses_what_the_long_one_would() {
    let mut hall = Hall::village();
    hall.turn(date(2026, 9, 1), 8, 0);
    wednesdays(&mut hall);
    hall.turn(date(2026, 9, 9), 16, 0);
    let wednesday = date(2026, 9, 9);
    let held = |hall: &mut Hall, act| hall.sit(SECRETARY, act).map(drop);
    let one = || vec![line("保洁")];
    let cases = [
        (weekly(wednesday, [1], one()), Refusal::SoleDecision { least: 2 }),
        (weekly(wednesday, 1..=3, one()), Refusal::NoQuorum { assembly: Assembly::Team, needed: 4, present: 3 }),
        (weekly(wednesday, [1, 2, 3, 4, 4], one()), Refusal::AlreadyPresent),
        (weekly(wednesday, [1, 2, 3, 4, 21], one()), Refusal::NotOnRoll),
        (weekly(wednesday, 1..=5, vec![]), Refusal::Missing { field: "items" }),
        (weekly(date(2026, 9, 10), 1..=5, one()), Refusal::NotTheSlot { day: wednesday }),
        (weekly(date(2026, 9, 8), 1..=5, one()), Refusal::NotTheSlot { day: wednesday }),
        (weekly(wednesday, 1..=5, vec![Weekly { discussion: " ".into(), ..line("保洁") }]), Refusal::Missing { field: "discussion" }),
        (weekly(wednesday, 1..=5, vec![Weekly { motion: Some(motion()), version: Some(1), ..line("卖地") }]), Refusal::Closed),
    ];
    hall.motions.get_mut(&motion()).unwrap().ready = Err(Refusal::Closed);
    for (act, refusal) in cases {
        assert_eq!(held(&mut hall, act), Err(refusal));
    }
    hall.turn(wednesday, 15, 30);
    assert_eq!(held(&mut hall, weekly(wednesday, 1..=5, one())), Err(Refusal::DayAhead { day: wednesday }), "it has not ended yet");
}

#[test]
fn in_a_week_whose_slot_is_a_holiday_another_day_will_do() {
    let mut hall = Hall::village();
    hall.turn(date(2026, 9, 1), 8, 0);
    wednesdays(&mut hall);
    // 2026-10-07 is a Wednesday of the national holiday.
    hall.turn(date(2026, 10, 9), 16, 0);
    assert!(hall.sit(SECRETARY, weekly(date(2026, 10, 9), 1..=5, vec![line("保洁")])).is_ok());
}

#[test]
fn what_is_entered_later_shows_its_lag() {
    let mut hall = Hall::village();
    hall.turn(date(2026, 9, 1), 8, 0);
    wednesdays(&mut hall);
    hall.turn(date(2026, 9, 14), 9, 0);
    let sitting = hall.sit(SECRETARY, weekly(date(2026, 9, 9), 1..=5, vec![line("保洁")])).unwrap();
    let state = hall.sitting(sitting);
    assert_eq!((state.day, state.on), (date(2026, 9, 9), date(2026, 9, 14)));
    let before = hall.sit(SECRETARY, weekly(date(2026, 8, 26), 1..=5, vec![line("保洁")]));
    assert_eq!(before, Err(Refusal::NoSlot), "no slot stood then");
}

#[test]
fn a_sitting_called_off_is_over() {
    let mut hall = Hall::village();
    let joint = hall.joint(vec![item(Stage::Resolve)]);
    hall.sit(SECRETARY, Act::Cancel { sitting: joint, reason: "台风".into() }).unwrap();
    hall.turn(date(2026, 9, 21), 15, 0);
    assert_eq!(hall.come(joint, 1..=5), Err(Refusal::NotOpen));
    assert_eq!(hall.open(joint), Err(Refusal::NotOpen));
    assert_eq!(hall.sit(chair(SittingKind::Joint), Act::Adjourn { sitting: joint, reason: "台风".into() }), Err(Refusal::NotOpen));
}

#[test]
fn a_sitting_of_two_hundred_keeps_a_small_row() {
    let mut hall = Hall::village();
    let joint = hall.joint(vec![item(Stage::Resolve)]);
    hall.turn(date(2026, 9, 21), 15, 0);
    hall.come(joint, 1..=200).unwrap();
    let row = serde_json::to_string(hall.sitting(joint)).unwrap();
    assert!(row.len() < 12_000, "{}", row.len());
}

#[test]
fn what_the_rules_count_as_major_is_refused_in_the_teams_sitting_whatever_it_is_called() {
    let mut hall = Hall::community();
    let scope = |matter_type: &str, amount: i64| {
        Some(Scope { matter_type: matter_type.into(), figures: motion::Figures { amount: Some(amount), years: None, households: None } })
    };
    let call = |hall: &mut Hall, scope| {
        let item = Item { scope, ..daily("买一批桌椅") };
        hall.sit(SECRETARY, convene(SittingKind::Team, date(2026, 9, 1), vec![item])).map(drop)
    };
    assert_eq!(call(&mut hall, scope("spending", 4_999_900)), Ok(()));
    assert_eq!(call(&mut hall, scope("spending", 5_000_000)), Err(Refusal::MajorMatter), "fifty thousand yuan");
    assert_eq!(call(&mut hall, scope("charter", 0)), Err(Refusal::MajorMatter), "the clause lists it");
    assert_eq!(call(&mut hall, scope("tea", 0)), Err(Refusal::NoSuchTopic));
    wednesdays(&mut hall);
    hall.turn(date(2026, 9, 2), 16, 0);
    let quick = |scope| weekly(date(2026, 9, 2), 1..=5, vec![Weekly { scope, ..line("买一批桌椅") }]);
    assert_eq!(hall.sit(SECRETARY, quick(scope("spending", 5_000_000))), Err(Refusal::MajorMatter));
    assert!(hall.sit(SECRETARY, quick(scope("spending", 4_999_900))).is_ok());
}
