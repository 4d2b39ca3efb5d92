//! 群众意见 Cases of the law of suggestions; 东组通〔2015〕33号 二（四）.

use super::*;
use crate::lead::body::{Body, BodyKind};
use crate::{Actor, DutyState, Moment, Office, Personal, Policy, UnitCode, Who};
use jiff::civil::date;

/// A village's year in miniature: one policy, one body, people by number.
struct Scene {
    policy: Policy,
    unit: UnitCode,
}

fn scene() -> Scene {
    Scene { policy: Policy::embedded(), unit: UnitCode::parse("441900121014").unwrap() }
}

fn id(n: u64) -> MatterId {
    MatterId::from_bits(n * 2)
}

fn resident() -> Actor {
    Actor::new(Who::Resident { person: id(7), on_roll: true })
}

fn official(kind: PostKind, body: u64) -> (Actor, Office) {
    let office = Office { unit: UnitCode::parse("441900121014").unwrap(), post: id(90), step: 0, body: id(body), kind };
    (Actor::new(Who::Official { person: id(8), offices: vec![office.clone()] }), office)
}

impl Scene {
    fn at<'a>(&'a self, day: Date, by: &'a Actor, office: Option<&'a Office>) -> Moment<'a> {
        let now = day.at(9, 0, 0, 0).to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).unwrap().timestamp();
        Moment {
            unit: self.unit,
            profile: self.unit.profile(),
            started: Some(date(2026, 1, 1)),
            now,
            day,
            by,
            office,
            fresh: id(1),
            salt: [3; 16],
            policy: &self.policy,
        }
    }

    fn submitted(&self, day: Date) -> Suggestion {
        let by = resident();
        let fact = decide::decide(None, submit("路口的灯坏了，晚上看不见路"), Given::default(), &self.at(day, &by, None)).unwrap();
        Suggestion::evolve(None, fact, id(1))
    }

    fn routed(&self, day: Date) -> Suggestion {
        let s = self.submitted(day);
        let (by, office) = official(PostKind::Clerk, 50);
        let act = Act::Route { suggestion: id(1), body: id(50) };
        let fact = decide::decide(Some(&s), act, self.with_body(), &self.at(day, &by, Some(&office))).unwrap();
        Suggestion::evolve(Some(s), fact, id(1))
    }

    fn with_body(&self) -> Given {
        let body = Body {
            id: id(50), kind: BodyKind::Committee, name: "北栅社区居民委员会".into(), since: date(2020, 1, 1), until: None
        };
        Given { body: Some(body), headed: true, ..Given::default() }
    }

    fn answer(&self, s: &Suggestion, day: Date, text: &str) -> Result<Fact, Refusal> {
        let (by, office) = official(PostKind::Director, 50);
        let act = Act::Answer { suggestion: id(1), kind: AnswerKind::Explain, text: text.into(), reason: None, plan: None };
        decide::decide(Some(s), act, Given::default(), &self.at(day, &by, Some(&office)))
    }
}

fn submit(text: &str) -> Act {
    Act::Submit {
        text: Personal(text.into()),
        channel: Channel::Web,
        intake: None,
        name: None,
        contact: None,
        body: None,
        about_work: false,
    }
}

const GOOD: &str = "供电所已排查，是埋地电缆老化，本周五前换好";

#[test]
fn five_working_days_over_the_national_day_week() {
    let s = scene().submitted(date(2026, 9, 30));
    assert_eq!(s.answer_duty().term.due, date(2026, 10, 13));
    assert_eq!(s.answer_duty().term.rule, ANSWER);
    assert!(!s.answer_duty().term.provisional);
    assert!(scene().submitted(date(2026, 12, 28)).answer_duty().term.provisional, "2027 is not announced");
}

#[test]
fn to_say_that_it_was_received_is_no_answer() {
    let (scene, s) = (scene(), scene().routed(date(2026, 9, 1)));
    for empty in ["已收到，感谢您的意见。", "收到了，我们会尽快处理，请耐心等待。", "正在研究"] {
        assert!(matches!(scene.answer(&s, date(2026, 9, 2), empty), Err(Refusal::NotSubstantive { .. })), "{empty}");
    }
    assert!(scene.answer(&s, date(2026, 9, 2), GOOD).is_ok());
    let number = "请打张三的手机13800138000，他会告诉您什么时候修好";
    assert_eq!(scene.answer(&s, date(2026, 9, 2), number), Err(Refusal::PersonalDataInPublicText { field: "text" }));
}

#[test]
fn what_was_picked_from_a_list_is_no_substance() {
    let (scene, s) = (scene(), scene().routed(date(2026, 9, 1)));
    let (by, office) = official(PostKind::Director, 50);
    let decline = |text: &str, reason: &str| {
        let act = Act::Answer { suggestion: id(1), kind: AnswerKind::Decline, text: text.into(), reason: Some(reason.into()), plan: None };
        decide::decide(Some(&s), act, Given::default(), &scene.at(date(2026, 9, 2), &by, Some(&office)))
    };
    let reason = "转请供电部门办理，理由：不在职权范围。";
    assert!(matches!(decline("知悉，谢谢", reason), Err(Refusal::NotSubstantive { .. })));
    assert_eq!(decline(GOOD, "问13800138000"), Err(Refusal::PersonalDataInPublicText { field: "reason" }));
    let fact = decline(GOOD, reason).unwrap();
    assert!(matches!(&fact, Fact::Answered { reason: Some(said), .. } if said == reason), "{fact:?}");
    assert_eq!(Suggestion::evolve(Some(s.clone()), fact, id(1)).answers[0].reason.as_deref(), Some(reason));
}

#[test]
fn only_the_body_that_was_named_may_answer() {
    let (scene, s) = (scene(), scene().routed(date(2026, 9, 1)));
    let (by, office) = official(PostKind::CollectiveHead, 51);
    let act = Act::Answer { suggestion: id(1), kind: AnswerKind::Explain, text: GOOD.into(), reason: None, plan: None };
    let refused = decide::decide(Some(&s), act, Given::default(), &scene.at(date(2026, 9, 2), &by, Some(&office)));
    assert_eq!(refused, Err(Refusal::NotYourBody));
    let unrouted = scene.submitted(date(2026, 9, 1));
    assert_eq!(scene.answer(&unrouted, date(2026, 9, 2), GOOD), Err(Refusal::NotRouted));
}

#[test]
fn late_is_not_never_and_silence_stays() {
    let (scene, s) = (scene(), scene().routed(date(2026, 9, 1)));
    let due = s.answer_duty().term.due;
    let clock = Actor::new(Who::Clock);
    assert!(
        s.overdue(id(1), &scene.at(due, &clock, None)).is_some_and(|act| matches!(act, Act::Lapse { n, .. } if n != s.answer_duty().n))
    );
    let mut s = s;
    while let Some(act) = s.overdue(id(1), &scene.at(due.tomorrow().unwrap(), &clock, None)) {
        let fact = decide::decide(Some(&s), act, Given::default(), &scene.at(due.tomorrow().unwrap(), &clock, None)).unwrap();
        s = Suggestion::evolve(Some(s), fact, id(1));
    }
    assert!(matches!(s.answer_duty().state, DutyState::Lapsed { .. }));
    let fact = scene.answer(&s, date(2026, 9, 20), GOOD).unwrap();
    let s = Suggestion::evolve(Some(s), fact, id(1));
    assert!(matches!(s.answer_duty().state, DutyState::MetLate { lapsed: Some(_), .. }));
    assert_eq!(s.stage(), Stage::Answered);
}

#[test]
fn more_time_once_before_the_last_day_with_a_word_on_how_things_stand() {
    let (scene, s) = (scene(), scene().routed(date(2026, 9, 1)));
    let (by, office) = official(PostKind::Director, 50);
    let extend = |s: &Suggestion, day, days, reply: &str| {
        let act = Act::Extend { suggestion: id(1), days, reply: reply.into(), reason: "配件缺货".into() };
        decide::decide(Some(s), act, Given::default(), &scene.at(day, &by, Some(&office)))
    };
    let word = "已报供电所，配件下周三才到货，到货当天更换";
    assert!(matches!(extend(&s, date(2026, 9, 3), 6, word), Err(Refusal::ExtendTooLong { most: 5 })));
    assert!(matches!(extend(&s, date(2026, 9, 3), 3, "正在处理"), Err(Refusal::NotSubstantive { .. })));
    assert_eq!(extend(&s, date(2026, 9, 30), 3, word), Err(Refusal::ExtendTooLate));
    let longer = Suggestion::evolve(Some(s.clone()), extend(&s, date(2026, 9, 3), 3, word).unwrap(), id(1));
    assert_eq!(longer.answer_duty().term.due, date(2026, 9, 11), "three working days after the 8th");
    assert_eq!(extend(&longer, date(2026, 9, 4), 1, word), Err(Refusal::AlreadyExtended));
}

#[test]
fn only_the_sender_speaks_of_the_answer_and_only_once() {
    let (scene, s) = (scene(), scene().routed(date(2026, 9, 1)));
    let s = Suggestion::evolve(Some(s.clone()), scene.answer(&s, date(2026, 9, 2), GOOD).unwrap(), id(1));
    let me = resident();
    let mine = Given { author: Some(id(7)), ..Given::default() };
    let dispute = |s: &Suggestion, by: &Actor, day| {
        let act = Act::Dispute { suggestion: id(1), remark: None };
        decide::decide(Some(s), act, mine.clone(), &scene.at(day, by, None))
    };
    let other = Actor::new(Who::Resident { person: id(9), on_roll: true });
    assert_eq!(dispute(&s, &other, date(2026, 9, 3)), Err(Refusal::NotTheSender));
    assert_eq!(dispute(&s, &me, date(2026, 9, 30)), Err(Refusal::VerdictTooLate));
    let disputed = Suggestion::evolve(Some(s.clone()), dispute(&s, &me, date(2026, 9, 3)).unwrap(), id(1));
    assert_eq!(disputed.stage(), Stage::Disputed);
    assert_eq!(dispute(&disputed, &me, date(2026, 9, 4)), Err(Refusal::VerdictGiven));
    let act = Act::Reopen { suggestion: id(1), reason: Personal("只换了一盏，还有两盏不亮".into()) };
    let fact = decide::decide(Some(&disputed), act.clone(), mine.clone(), &scene.at(date(2026, 9, 4), &me, None)).unwrap();
    let again = Suggestion::evolve(Some(disputed), fact, id(1));
    assert_eq!((again.stage(), again.answer_duty().term.due), (Stage::Waiting, date(2026, 9, 11)));
    let act = decide::decide(Some(&again), act, mine, &scene.at(date(2026, 9, 5), &me, None));
    assert_eq!(act, Err(Refusal::NotAnswered));
}

#[test]
fn late_entry_shows_its_lag_and_never_moves_day_zero() {
    let scene = scene();
    let (by, office) = official(PostKind::Clerk, 50);
    let intake =
        Intake { received: date(2026, 9, 1), taken_by: "陈志恒".into(), slip: Some("0213".into()), code: None, late_reason: None };
    let act = |channel, intake| Act::Submit {
        text: Personal("水沟堵了".into()),
        channel,
        intake,
        name: None,
        contact: None,
        body: None,
        about_work: false,
    };
    let reasoned = |reason: &str| Some(Intake { late_reason: Some(reason.into()), ..intake.clone() });
    // Three working days pass without a question; after them it says why.
    let entered = |day, intake| decide::decide(None, act(Channel::Box, intake), Given::default(), &scene.at(day, &by, Some(&office)));
    assert!(entered(date(2026, 9, 4), Some(intake.clone())).is_ok());
    assert_eq!(entered(date(2026, 9, 5), Some(intake.clone())), Err(Refusal::LateWithoutReason { days: 3 }));
    assert_eq!(entered(date(2026, 9, 5), reasoned("找13800138000")), Err(Refusal::PersonalDataInPublicText { field: "late_reason" }));
    let same_day = entered(date(2026, 9, 1), reasoned("没有晚"));
    assert!(matches!(same_day, Ok(Fact::Submitted { late_reason: None, .. })), "{same_day:?}");
    let late = scene.at(date(2026, 9, 14), &by, Some(&office));
    let intake = reasoned("箱子的钥匙丢了一周").unwrap();
    let fact = decide::decide(None, act(Channel::Box, Some(intake.clone())), Given::default(), &late).unwrap();
    let s = Suggestion::evolve(None, fact, id(1));
    assert_eq!((s.received, s.entered, s.answer_duty().term.due), (date(2026, 9, 1), date(2026, 9, 14), date(2026, 9, 8)));
    assert_eq!(decide::decide(None, act(Channel::Box, None), Given::default(), &late), Err(Refusal::NoTaker));
    assert_eq!(decide::decide(None, act(Channel::Web, Some(intake)), Given::default(), &late), Err(Refusal::StaffChannel));
}

#[test]
fn a_named_cadre_makes_the_law_ask_first() {
    let scene = scene();
    let by = resident();
    let given = Given { cadres: vec!["黎国樑".into()], ..Given::default() };
    let at = scene.at(date(2026, 9, 1), &by, None);
    let asked = decide::decide(None, submit("黎国樑收了钱"), given.clone(), &at);
    assert_eq!(asked, Err(Refusal::AskDiscipline { names: vec!["黎国樑".into()] }));
    let Act::Submit { text, channel, intake, name, contact, body, .. } = submit("请黎国樑主任看看路灯") else { unreachable!() };
    let work = Act::Submit { text, channel, intake, name, contact, body, about_work: true };
    assert!(decide::decide(None, work, given, &at).is_ok());
}

#[test]
fn the_public_reads_the_text_only_after_a_person_looked_at_it() {
    let scene = scene();
    let s = scene.submitted(date(2026, 9, 1));
    let (by, office) = official(PostKind::Clerk, 50);
    let release = |shown, text: &str| {
        let given = Given { text: Some(text.into()), ..Given::default() };
        decide::decide(Some(&s), Act::Release { suggestion: id(1), shown }, given, &scene.at(date(2026, 9, 2), &by, Some(&office)))
    };
    assert!(release(Shown::Whole, "路口的灯坏了").is_ok());
    let personal = Err(Refusal::PersonalDataInPublicText { field: "text" });
    assert_eq!(release(Shown::Whole, "我的电话13800138000"), personal);
    assert!(release(Shown::Edited { text: "我的电话〔略〕".into() }, "我的电话13800138000").is_ok());
}
