//! 任务 Cases of the law of tasks and of the resolutions they carry out; 东组通〔2015〕33号 二（二）、二（四）.

use super::*;
use crate::lead::body::{Body, BodyKind};
use crate::lead::post::Post;
use crate::meet::resolution::{self, End, Issue, Resolution, Standing};
use crate::meet::{Assembly, Outcome};
use crate::open::notice::PAPER;
use crate::{Actor, Office, Personal, Policy, UnitCode, Who};
use jiff::civil::date;

/// One resolution and the task that carries it out.
struct Scene {
    policy: Policy,
    unit: UnitCode,
    resolution: Option<Resolution>,
    task: Option<Task>,
}

const DAY: Date = date(2026, 3, 12);

fn id(n: u64) -> MatterId {
    MatterId::from_bits(n * 2)
}

fn actor(kind: PostKind, person: u64, post: u64, body: u64) -> Actor {
    let office = Office { unit: UnitCode::parse("441900125200").unwrap(), post: id(post), step: 0, body: id(body), kind };
    Actor::new(Who::Official { person: id(person), offices: vec![office] })
}

fn secretary() -> Actor {
    actor(PostKind::Secretary, 8, 80, 40)
}

/// Who sees to the task: a member of the committee.
fn doer() -> Actor {
    actor(PostKind::Member, 11, 91, 50)
}

fn director() -> Actor {
    actor(PostKind::Director, 8, 90, 50)
}

fn supervisor() -> Actor {
    actor(PostKind::SupervisionHead, 9, 95, 60)
}

fn clerk() -> Actor {
    actor(PostKind::Clerk, 12, 92, 50)
}

fn resident() -> Actor {
    Actor::new(Who::Resident { person: id(7), on_roll: true })
}

fn clock() -> Actor {
    Actor::new(Who::Clock)
}

fn issue(emergency: bool) -> Issue {
    let outcome = |assembly, binding, against| Outcome { assembly, binding, in_favour: 20, against, abstained: 1, base: 24, passed: true };
    Issue {
        motion: id(1),
        version: 1,
        matter_type: "public_works".into(),
        title: "排水沟清淤".into(),
        text: "清淤东坊巷排水沟".into(),
        basis: "村民委员会组织法第二十八条".into(),
        major: true,
        rule: "meet.assembly.reserved".into(),
        body: id(50),
        carried_out_by: vec![BodyKind::Committee, BodyKind::Collective],
        amount: Some(20_000_000),
        deadline: Some(date(2026, 9, 30)),
        outcomes: vec![outcome(Assembly::Representatives, true, 3), outcome(Assembly::Migrants, false, 2)],
        decided_on: DAY,
        emergency,
    }
}

fn scene(emergency: bool) -> Scene {
    let mut scene = Scene { policy: Policy::embedded(), unit: UnitCode::parse("441900125200").unwrap(), resolution: None, task: None };
    scene.paper(DAY, &Actor::new(Who::Law { cause: 0 }), resolution::Act::Issue(Box::new(issue(emergency)))).unwrap();
    scene
}

impl Scene {
    fn at<'a>(&'a self, day: Date, by: &'a Actor) -> Moment<'a> {
        let now = day.at(9, 0, 0, 0).to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).unwrap().timestamp();
        let office = match &by.who {
            Who::Official { offices, .. } => offices.first(),
            _ => None,
        };
        let (unit, policy) = (self.unit, &self.policy);
        Moment { unit, profile: unit.profile(), started: Some(date(2026, 1, 1)), now, day, by, office, fresh: id(2), salt: [3; 16], policy }
    }

    fn paper(&mut self, day: Date, by: &Actor, act: resolution::Act) -> Result<resolution::Fact, Refusal> {
        let before = self.resolution.as_ref();
        let fact = Resolution::decide(before, act, resolution::Given { last: 4 }, &self.at(day, by))?;
        self.resolution = Some(Resolution::evolve(self.resolution.take(), fact.clone(), Resolution::id_of(id(1), 1)));
        Ok(fact)
    }

    fn given(&self) -> Given {
        let (name, since) = ("村委会".to_owned(), date(2015, 1, 1));
        let body = Body { id: id(50), kind: BodyKind::Committee, name, since, until: None };
        let (person, name, kind, from) = (id(11), "何建军".to_owned(), PostKind::Member, date(2021, 1, 1));
        let owner = Post { id: id(91), person, name, body: id(50), kind, from, to: None };
        Given { resolution: self.resolution.clone(), body: Some(body), owner: Some(owner), author: Some(id(7)), ..Given::default() }
    }

    fn ask_with(&mut self, day: Date, by: &Actor, given: Given, act: Act) -> Result<Fact, Refusal> {
        let fact = Task::decide(self.task.as_ref(), act, given, &self.at(day, by))?;
        let task = Task::evolve(self.task.take(), fact.clone(), id(2));
        for act in task.follows(&fact) {
            let AnyAct::Resolution(act) = act else { panic!("{act:?}") };
            self.paper(day, &Actor::new(Who::Law { cause: 0 }), act).unwrap();
        }
        self.task = Some(task);
        Ok(fact)
    }

    fn ask(&mut self, day: Date, by: &Actor, act: Act) -> Result<Fact, Refusal> {
        let given = self.given();
        self.ask_with(day, by, given, act)
    }

    fn assign(&mut self, day: Date) -> Result<Fact, Refusal> {
        self.ask(day, &secretary(), assign(Some(18_000_000)))
    }

    fn published(mut self) -> Self {
        let resolution = Resolution::id_of(id(1), 1);
        self.paper(date(2026, 3, 13), &clerk(), resolution::Act::Publish { resolution }).unwrap();
        self
    }

    fn assigned(mut self) -> Self {
        self = self.published();
        self.assign(date(2026, 3, 16)).unwrap();
        self
    }

    fn progress(&mut self, day: Date, by: &Actor, spent: Option<i64>, milestone: Option<u32>) -> Result<Fact, Refusal> {
        let text = "东头已经清完，西头下周开工".into();
        self.ask(day, by, Act::Progress { task: id(2), text, spent, milestone, occurred_on: None })
    }

    fn done(&mut self, day: Date) -> Result<Fact, Refusal> {
        let text = "东西两头都清完，共清淤泥六十方".into();
        self.ask(day, &doer(), Act::Done { task: id(2), extent: Extent::Whole, text, spent: Some(1_000_000), remains: None })
    }

    fn accept(&mut self, day: Date, by: &Actor) -> Result<Fact, Refusal> {
        self.ask(day, by, Act::Accept { task: id(2), remark: "现场量过，与报的一致".into() })
    }

    /// Lets the clock record what passed in silence until this day.
    fn silence(&mut self, day: Date) {
        while let Some(act) = self.task.as_ref().unwrap().overdue(id(2), &self.at(day, &clock())) {
            self.ask(day, &clock(), act).unwrap();
        }
    }

    fn duty(&self, rule: &str) -> Option<Duty> {
        self.task.as_ref().unwrap().duties.pending(rule).cloned()
    }
}

fn assign(budget: Option<i64>) -> Act {
    let milestones =
        vec![Milestone { title: "东头".into(), due: date(2026, 4, 30) }, Milestone { title: "西头".into(), due: date(2026, 5, 31) }];
    let (resolution, title) = (Resolution::id_of(id(1), 1), "清淤施工".to_owned());
    Act::Assign { resolution, body: id(50), owner: id(91), title, due: date(2026, 6, 30), budget, milestones }
}

#[test]
fn a_resolution_has_the_next_number_and_three_working_days_to_be_published() {
    let scene = scene(false);
    let resolution = scene.resolution.as_ref().unwrap();
    assert_eq!((resolution.year, resolution.number, resolution.dissent()), (2026, 5, 3), "those who only advise are not counted");
    let duty = resolution.duties.pending(resolution::PUBLISH).unwrap();
    assert_eq!((duty.term.start, duty.term.due), (DAY, date(2026, 3, 17)));
    assert_eq!(resolution.standing(), Standing::Unpublished);
}

#[test]
fn it_hangs_on_paper_after_it_was_published_and_stays_up() {
    let mut scene = scene(false);
    let resolution = Resolution::id_of(id(1), 1);
    let paper = |place: &str, day| resolution::Act::PostPaper { resolution, by: "陈志恒".into(), day, place: place.into(), photo: None };
    assert_eq!(scene.paper(DAY, &clerk(), paper("门口公开栏", DAY)), Err(Refusal::NotPublished));
    let fact = scene.paper(date(2026, 3, 13), &clerk(), resolution::Act::Publish { resolution }).unwrap();
    assert!(matches!(fact, resolution::Fact::Published { until, .. } if until == date(2026, 3, 28)), "fifteen days");
    assert_eq!(scene.paper(date(2026, 3, 14), &clerk(), resolution::Act::Publish { resolution }), Err(Refusal::AlreadyPublished));
    scene.paper(date(2026, 3, 16), &clerk(), paper("门口公开栏", date(2026, 3, 14))).unwrap();
    let again = scene.paper(date(2026, 3, 16), &clerk(), paper("门口公开栏", date(2026, 3, 16)));
    assert_eq!(again, Err(Refusal::AlreadyPosted));
    let before = scene.paper(date(2026, 3, 16), &clerk(), paper("市场口", DAY));
    assert_eq!(before, Err(Refusal::DaysOutOfOrder { first: date(2026, 3, 13), then: DAY }));
    assert!(scene.resolution.as_ref().unwrap().duties.pending(PAPER).is_none());
}

#[test]
fn nothing_is_carried_out_before_it_is_published() {
    let mut scene = scene(false);
    assert_eq!(scene.assign(DAY), Err(Refusal::NotPublished));
    assert_eq!(Refusal::NotPublished.rule(), Some("meet.congress.publish"), "with the clause of this mechanism");
    let mut scene = scene.published();
    assert!(scene.assign(date(2026, 3, 13)).is_ok());
    assert_eq!(scene.resolution.as_ref().unwrap().standing(), Standing::Entrusted);
    assert!(scene.resolution.as_ref().unwrap().duties.pending(resolution::ASSIGN).is_none());
}

#[test]
fn a_task_goes_to_a_body_whose_function_it_is_and_to_somebody_in_it() {
    let mut scene = scene(false).published();
    let day = date(2026, 3, 16);
    let base = scene.given();
    let party = Body { kind: BodyKind::Party, ..base.body.clone().unwrap() };
    let given = Given { body: Some(party), ..base.clone() };
    assert_eq!(scene.ask_with(day, &secretary(), given, assign(None)), Err(Refusal::WrongBody));
    let elsewhere = Post { body: id(51), ..base.owner.clone().unwrap() };
    let given = Given { owner: Some(elsewhere), ..base.clone() };
    assert_eq!(scene.ask_with(day, &secretary(), given, assign(None)), Err(Refusal::WrongBody));
    let gone = Post { to: Some(date(2026, 3, 1)), ..base.owner.clone().unwrap() };
    let given = Given { owner: Some(gone), ..base.clone() };
    assert_eq!(scene.ask_with(day, &secretary(), given, assign(None)), Err(Refusal::PostNotHeld));
    assert_eq!(scene.ask(day, &secretary(), assign(Some(20_000_001))), Err(Refusal::OverBudget { most: 20_000_000 }));
    scene.ask(day, &secretary(), assign(Some(18_000_000))).unwrap();
    scene.task = None;
    assert_eq!(scene.ask(day, &secretary(), assign(Some(2_000_001))), Err(Refusal::OverBudget { most: 2_000_000 }), "what is left");
}

#[test]
fn the_owner_or_the_head_of_the_body_reports_and_nobody_else() {
    let mut scene = scene(false).assigned();
    let day = date(2026, 4, 1);
    assert_eq!(scene.progress(day, &clerk(), None, None), Err(Refusal::NotTheOwner));
    assert_eq!(scene.progress(day, &secretary(), None, None), Err(Refusal::NotTheOwner), "another body");
    scene.progress(day, &doer(), Some(3_000_000), Some(0)).unwrap();
    assert_eq!(scene.progress(day, &director(), None, Some(0)), Err(Refusal::NoSuchNumber { field: "milestones" }), "reached already");
    scene.progress(day, &director(), Some(2_000_000), Some(1)).unwrap();
    let task = scene.task.as_ref().unwrap();
    assert_eq!((task.spent, task.parts.iter().filter(|part| part.reached.is_some()).count()), (5_000_000, 2));
}

#[test]
fn a_silent_task_becomes_the_supervision_committees_business() {
    let mut scene = scene(false).assigned();
    assert_eq!(scene.duty(STALE).unwrap().term.due, date(2026, 4, 15), "thirty days");
    scene.progress(date(2026, 4, 1), &doer(), None, None).unwrap();
    assert_eq!(scene.duty(STALE).unwrap().term.due, date(2026, 5, 6), "the first is a holiday, and so on to the fifth");
    scene.silence(date(2026, 5, 7));
    assert!(matches!(scene.duty(STALE).unwrap().state, DutyState::Lapsed { .. }));
    let inquire = scene.duty(INQUIRE).unwrap();
    assert_eq!((inquire.owner.post, inquire.term.start), (PostKind::SupervisionHead, date(2026, 5, 7)));
    let ask = Act::Inquire { task: id(2), text: "施工队撤了，约谈了承包人".into() };
    scene.ask(date(2026, 5, 8), &supervisor(), ask.clone()).unwrap();
    assert_eq!(scene.duty(INQUIRE), None);
    assert_eq!(scene.ask(date(2026, 5, 8), &supervisor(), ask), Err(Refusal::NotYetDue));
    scene.progress(date(2026, 5, 9), &doer(), None, None).unwrap();
    let stale: Vec<DutyState> =
        scene.task.as_ref().unwrap().duties.all().iter().filter(|duty| duty.term.rule == STALE).map(|duty| duty.state).collect();
    assert!(matches!(stale[..], [DutyState::MetLate { .. }, DutyState::Open]), "{stale:?}");
}

#[test]
fn it_is_put_off_before_its_last_day_with_a_reason_and_the_first_day_stays() {
    let mut scene = scene(false).assigned();
    let delay = |until, reason: &str| Act::Delay { task: id(2), reason: reason.into(), until };
    let reason = "雨季水位高，水务所要求七月以后施工";
    let day = date(2026, 6, 1);
    assert!(matches!(scene.ask(day, &doer(), delay(date(2026, 8, 31), "正在研究")), Err(Refusal::NotSubstantive { .. })));
    let back = scene.ask(day, &doer(), delay(date(2026, 6, 30), reason));
    assert_eq!(back, Err(Refusal::DaysOutOfOrder { first: date(2026, 6, 30), then: date(2026, 6, 30) }));
    scene.ask(day, &doer(), delay(date(2026, 8, 31), reason)).unwrap();
    let task = scene.task.as_ref().unwrap();
    assert_eq!((task.first_due, task.due, scene.duty(FINISH).unwrap().term.due), (date(2026, 6, 30), date(2026, 8, 31), date(2026, 8, 31)));
    scene.silence(date(2026, 9, 1));
    assert_eq!(scene.ask(date(2026, 9, 1), &doer(), delay(date(2026, 9, 30), reason)), Err(Refusal::ExtendTooLate));
}

#[test]
fn nobody_accepts_what_he_carried_out_himself() {
    let mut scene = scene(false).assigned();
    let (day, own) = (date(2026, 6, 1), actor(PostKind::SupervisionHead, 11, 95, 60));
    assert_eq!(scene.accept(day, &supervisor()), Err(Refusal::NotDone));
    scene.done(day).unwrap();
    assert_eq!(scene.done(day), Err(Refusal::AlreadyDone));
    assert_eq!((scene.duty(ACCEPT).unwrap().owner.post, scene.duty(STALE)), (PostKind::SupervisionHead, None));
    assert_eq!(scene.accept(day, &own), Err(Refusal::OwnWork));
    scene.ask(day, &supervisor(), Act::Return { task: id(2), reason: "西头还有积泥".into() }).unwrap();
    assert_eq!(scene.task.as_ref().unwrap().phase(), Phase::Doing);
    scene.done(date(2026, 6, 5)).unwrap();
    scene.accept(date(2026, 6, 8), &supervisor()).unwrap();
    assert_eq!(scene.accept(date(2026, 6, 8), &supervisor()), Err(Refusal::AlreadyDone));
}

#[test]
fn a_part_says_what_remains() {
    let mut scene = scene(false).assigned();
    let text = "东头清完，西头因征地没有动".to_owned();
    let part = |remains| Act::Done { task: id(2), extent: Extent::Part, text: text.clone(), spent: None, remains };
    assert_eq!(scene.ask(date(2026, 6, 1), &doer(), part(None)), Err(Refusal::Missing { field: "remains" }));
    assert!(scene.ask(date(2026, 6, 1), &doer(), part(Some("西头四十米".into()))).is_ok());
}

#[test]
fn the_result_is_published_after_acceptance_with_its_four_qualities() {
    let mut scene = scene(false).assigned();
    scene.progress(date(2026, 4, 1), &doer(), Some(3_000_000), Some(0)).unwrap();
    scene.progress(date(2026, 5, 6), &doer(), Some(2_000_000), Some(1)).unwrap();
    scene.done(date(2026, 6, 1)).unwrap();
    let publish = Act::PublishResult { task: id(2) };
    assert_eq!(scene.ask(date(2026, 6, 1), &clerk(), publish.clone()), Err(Refusal::NotAccepted));
    scene.accept(date(2026, 6, 2), &supervisor()).unwrap();
    assert_eq!(scene.task.as_ref().unwrap().qualities(), None);
    let mut late = Scene { policy: scene.policy.clone(), unit: scene.unit, resolution: scene.resolution.clone(), task: scene.task.clone() };
    scene.ask(date(2026, 6, 3), &clerk(), publish.clone()).unwrap();
    let all = Qualities { timely: true, detailed: true, accurate: true, complete: true };
    assert_eq!((scene.task.as_ref().unwrap().qualities(), scene.task.as_ref().unwrap().spent), (Some(all), 6_000_000));
    assert_eq!(scene.ask(date(2026, 6, 3), &clerk(), publish.clone()), Err(Refusal::AlreadyPublished));
    late.silence(date(2026, 6, 20));
    late.ask(date(2026, 6, 20), &clerk(), publish).unwrap();
    assert_eq!(late.task.as_ref().unwrap().qualities(), Some(Qualities { timely: false, ..all }));
}

const GOOD: &str = "西头四十米因为征地还没谈好，谈好以后十月动工";

#[test]
fn a_question_goes_to_the_doer_then_to_somebody_else_then_to_the_supervision_committee() {
    let mut scene = scene(false).assigned();
    let explain = |text: &str| Act::Explain { task: id(2), question: 0, text: text.into() };
    let (me, unsatisfied) = (resident(), Act::Unsatisfied { task: id(2), question: 0 });
    scene.ask(date(2026, 4, 1), &me, Act::Ask { task: id(2), text: Personal("西头为什么不清？".into()) }).unwrap();
    assert_eq!(scene.duty(EXPLAIN).unwrap().term.due, date(2026, 4, 9), "five working days, the sixth is a holiday");
    assert_eq!(scene.ask(date(2026, 4, 2), &me, unsatisfied.clone()), Err(Refusal::NotAnswered));
    assert_eq!(scene.ask(date(2026, 4, 2), &clerk(), explain(GOOD)), Err(Refusal::NotTheOwner));
    assert!(matches!(scene.ask(date(2026, 4, 2), &doer(), explain("已收到，正在研究")), Err(Refusal::NotSubstantive { .. })));
    scene.ask(date(2026, 4, 2), &doer(), explain(GOOD)).unwrap();
    assert_eq!(scene.ask(date(2026, 4, 2), &doer(), explain(GOOD)), Err(Refusal::AlreadyAnswered));
    assert_eq!(
        scene.ask_with(date(2026, 4, 3), &me, Given { author: Some(id(6)), ..scene.given() }, unsatisfied.clone()),
        Err(Refusal::NotTheSender)
    );
    assert_eq!(scene.ask(date(2026, 4, 18), &me, unsatisfied.clone()), Err(Refusal::VerdictTooLate));
    scene.ask(date(2026, 4, 17), &me, unsatisfied.clone()).unwrap();
    assert_eq!(scene.duty(EXPLAIN).unwrap().owner.post, PostKind::Secretary);
    for same in [doer(), supervisor()] {
        assert_eq!(scene.ask(date(2026, 4, 17), &same, explain(GOOD)), Err(Refusal::AnotherPerson));
    }
    scene.ask(date(2026, 4, 17), &secretary(), explain(GOOD)).unwrap();
    scene.ask(date(2026, 4, 20), &me, unsatisfied.clone()).unwrap();
    assert_eq!(scene.duty(EXPLAIN).unwrap().owner.post, PostKind::SupervisionHead);
    assert_eq!(scene.ask(date(2026, 4, 20), &director(), explain(GOOD)), Err(Refusal::SupervisionAnswers));
    scene.ask(date(2026, 4, 21), &supervisor(), explain(GOOD)).unwrap();
    assert_eq!(scene.ask(date(2026, 4, 21), &me, unsatisfied), Err(Refusal::AlreadyReopened));
    assert_eq!(scene.duty(EXPLAIN), None);
}

#[test]
fn several_questions_are_owed_apart() {
    let mut scene = scene(false).assigned();
    for day in [date(2026, 4, 1), date(2026, 4, 2)] {
        scene.ask(day, &resident(), Act::Ask { task: id(2), text: Personal("什么时候完工？".into()) }).unwrap();
    }
    scene.ask(date(2026, 4, 2), &doer(), Act::Explain { task: id(2), question: 1, text: GOOD.into() }).unwrap();
    let open = scene.duty(EXPLAIN).unwrap();
    assert_eq!(open.term.start, date(2026, 4, 1), "the first still waits");
    let release = Act::Release { task: id(2), questions: vec![0, 1], shown: Shown::Whole };
    scene.ask_with(date(2026, 4, 2), &clerk(), Given { words: vec!["什么时候完工？".into(); 2], ..scene.given() }, release).unwrap();
    assert_eq!(scene.duty(RELEASE), None);
}

#[test]
fn in_an_emergency_work_begins_at_once_and_counts_once_it_is_ratified_and_published() {
    let mut scene = scene(true);
    scene.assign(DAY).unwrap();
    scene.done(date(2026, 3, 13)).unwrap();
    assert_eq!(scene.accept(date(2026, 3, 16), &supervisor()), Err(Refusal::NotPublished), "the duty to publish stays");
    let resolution = Resolution::id_of(id(1), 1);
    scene.paper(date(2026, 3, 16), &clerk(), resolution::Act::Publish { resolution }).unwrap();
    assert_eq!(scene.accept(date(2026, 3, 16), &supervisor()), Err(Refusal::NotRatified));
    let law = Actor::new(Who::Law { cause: 0 });
    scene.paper(date(2026, 3, 17), &law, resolution::Act::Ratify { resolution, outcomes: issue(true).outcomes }).unwrap();
    assert!(scene.accept(date(2026, 3, 17), &supervisor()).is_ok());
}

#[test]
fn what_no_longer_holds_is_no_longer_carried_out() {
    let mut scene = scene(false).assigned();
    let (resolution, law) = (Resolution::id_of(id(1), 1), Actor::new(Who::Law { cause: 0 }));
    let by = Resolution::id_of(id(1), 2);
    let fact = scene.paper(date(2026, 4, 10), &law, resolution::Act::End { resolution, why: End::Adjusted { by } }).unwrap();
    let follows = scene.resolution.as_ref().unwrap().follows(&fact);
    let [AnyAct::Task(stop @ Act::Stop { .. })] = &follows[..] else { panic!("{follows:?}") };
    assert_eq!(scene.progress(date(2026, 4, 10), &doer(), None, None), Err(Refusal::DecisionEnded));
    scene.ask(date(2026, 4, 10), &law, stop.clone()).unwrap();
    assert_eq!((scene.task.as_ref().unwrap().phase(), scene.duty(FINISH), scene.duty(STALE)), (Phase::Stopped, None, None));
    assert_eq!(scene.progress(date(2026, 4, 10), &doer(), None, None), Err(Refusal::Closed));
    scene.task = None;
    assert_eq!(scene.assign(date(2026, 4, 10)), Err(Refusal::DecisionEnded));
}

#[test]
fn another_post_takes_over_and_owes_what_is_owed() {
    let mut scene = scene(false).assigned();
    let next = Post { id: id(94), person: id(14), kind: PostKind::Clerk, ..scene.given().owner.unwrap() };
    let given = Given { owner: Some(next), ..scene.given() };
    let act = Act::Reassign { task: id(2), owner: id(94), reason: "何建军调离".into() };
    scene.ask_with(date(2026, 4, 1), &director(), given, act).unwrap();
    assert_eq!((scene.task.as_ref().unwrap().owner.person, scene.duty(STALE).unwrap().owner.post), (id(14), PostKind::Clerk));
    assert_eq!(scene.progress(date(2026, 4, 2), &doer(), None, None), Err(Refusal::NotTheOwner));
}
