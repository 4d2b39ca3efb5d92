//! 议题 Cases of the law of motions; 东组通〔2015〕33号 二（二）.

use super::*;
use crate::lead::body::{Body, BodyKind};
use crate::meet::{Assembly, Outcome};
use crate::open::suggestion::{self, Shown};
use crate::{Actor, DutyState, Moment, Office, Personal, Policy, UnitCode, Who};
use jiff::civil::{Date, date};

/// A village in miniature: its rules, one motion, days that pass.
pub(super) struct Scene {
    policy: Policy,
    unit: UnitCode,
    pub(super) motion: Option<Motion>,
    pub(super) followed: Vec<AnyAct>,
}

pub(super) fn id(n: u64) -> MatterId {
    MatterId::from_bits(n * 2)
}

pub(super) fn village() -> Scene {
    Scene::of("441900125200")
}

fn community() -> Scene {
    Scene::of("441900121014")
}

pub(super) const DAY: Date = date(2026, 3, 2);

pub(super) fn wording(text: &str) -> Box<Wording> {
    Box::new(Wording {
        text: text.into(),
        reasons: "雨季内涝，多户进水".into(),
        basis: "村民委员会组织法第二十八条".into(),
        figures: Figures { amount: Some(20_000_000), years: None, households: Some(60) },
        body: id(50),
        deadline: Some(date(2026, 9, 30)),
        discussed: None,
    })
}

fn sized(amount: Option<i64>, years: Option<u32>, households: Option<u32>) -> Box<Wording> {
    Box::new(Wording { figures: Figures { amount, years, households }, ..*wording("清淤") })
}

pub(super) fn outcome(assembly: Assembly, binding: bool, passed: bool) -> Outcome {
    let (in_favour, against) = if passed { (20, 3) } else { (3, 20) };
    Outcome { assembly, binding, in_favour, against, abstained: 1, base: 24, passed }
}

fn office(kind: PostKind) -> Office {
    Office { unit: UnitCode::parse("441900125200").unwrap(), post: id(90), step: 0, body: id(50), kind }
}

pub(super) fn official(kind: PostKind) -> Actor {
    Actor::new(Who::Official { person: id(8), offices: vec![office(kind)] })
}

pub(super) fn resident(n: u64) -> Actor {
    Actor::new(Who::Resident { person: id(n), on_roll: true })
}

fn law() -> Actor {
    Actor::new(Who::Law { cause: 0 })
}

pub(super) const JOINT: [Assembly; 4] = [Assembly::Party, Assembly::Representatives, Assembly::Delegates, Assembly::Migrants];

impl Scene {
    fn of(code: &str) -> Self {
        Self { policy: Policy::embedded(), unit: UnitCode::parse(code).unwrap(), motion: None, followed: Vec::new() }
    }

    pub(super) fn at<'a>(&'a self, day: Date, by: &'a Actor, office: Option<&'a Office>) -> Moment<'a> {
        let now = day.at(9, 0, 0, 0).to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).unwrap().timestamp();
        Moment {
            unit: self.unit,
            profile: self.unit.profile(),
            started: Some(date(2019, 1, 1)),
            now,
            day,
            by,
            office,
            fresh: id(1),
            salt: [3; 16],
            policy: &self.policy,
        }
    }

    pub(super) fn given(&self, kind: BodyKind) -> Given {
        let body = Body { id: id(50), kind, name: "村委会".into(), since: date(2015, 1, 1), until: None };
        Given { body: Some(body), team: vec![id(8), id(20), id(21)], ..Given::default() }
    }

    /// Asks, and lives with what comes of it.
    pub(super) fn ask_with(&mut self, day: Date, by: &Actor, given: Given, act: Act) -> Result<Fact, Refusal> {
        let post = match &by.who {
            Who::Official { offices, .. } => offices.first().cloned(),
            _ => None,
        };
        let fact = Motion::decide(self.motion.as_ref(), act, given, &self.at(day, by, post.as_ref()))?;
        let motion = Motion::evolve(self.motion.take(), fact.clone(), id(1));
        self.followed = motion.follows(&fact);
        self.motion = Some(motion);
        Ok(fact)
    }

    pub(super) fn ask(&mut self, day: Date, by: &Actor, act: Act) -> Result<Fact, Refusal> {
        let given = self.given(BodyKind::Committee);
        self.ask_with(day, by, given, act)
    }

    pub(super) fn secretary(&mut self, day: Date, act: Act) -> Result<Fact, Refusal> {
        self.ask(day, &official(PostKind::Secretary), act)
    }

    pub(super) fn propose(&mut self, day: Date, kind: &str, wording: Box<Wording>) -> Result<Fact, Refusal> {
        let act =
            Act::Propose {
                matter_type: kind.into(), title: "排水沟清淤".into(), wording, source: Source::Secretary, occurred_on: None
            };
        self.secretary(day, act)
    }

    pub(super) fn note(&mut self, day: Date, stage: Stage, seated: &[Assembly], outcomes: Vec<Outcome>) -> Result<Fact, Refusal> {
        let version = self.motion.as_ref().map_or(1, Motion::version);
        self.note_on(day, version, stage, seated, outcomes)
    }

    fn note_on(&mut self, day: Date, version: u32, stage: Stage, seated: &[Assembly], outcomes: Vec<Outcome>) -> Result<Fact, Refusal> {
        let note = Note {
            motion: id(1),
            stage,
            version,
            sitting: id(70),
            item: 0,
            seated: seated.to_vec(),
            ballot: Some(id(71)),
            outcomes,
            on: day,
        };
        self.ask(day, &law(), Act::Note(note))
    }

    pub(super) fn consult(&mut self, day: Date) -> Result<Fact, Refusal> {
        self.note(day, Stage::Consult, &[Assembly::Team], vec![])
    }

    pub(super) fn post(&mut self, day: Date) -> Result<Fact, Refusal> {
        self.secretary(day, Act::PostDraft { motion: id(1), until: None })
    }

    pub(super) fn deliberate(&mut self, day: Date) -> Result<Fact, Refusal> {
        self.note(day, Stage::Deliberate, &JOINT, vec![])
    }

    pub(super) fn resolve(&mut self, day: Date) -> Result<Fact, Refusal> {
        self.note(
            day,
            Stage::Resolve,
            &JOINT,
            vec![outcome(Assembly::Representatives, true, true), outcome(Assembly::Migrants, false, false)],
        )
    }

    pub(super) fn phase(&self) -> Phase {
        self.motion.as_ref().unwrap().phase()
    }

    /// A motion on public works that has come as far as its draft.
    pub(super) fn posted(mut self) -> Self {
        self.propose(DAY, "public_works", wording("清淤东坊巷排水沟")).unwrap();
        self.consult(date(2026, 3, 3)).unwrap();
        self.post(date(2026, 3, 4)).unwrap();
        self
    }

    fn opine(&mut self, day: Date, person: u64, given: Given) -> Result<Fact, Refusal> {
        self.ask_with(day, &resident(person), given, Act::Opine { motion: id(1), text: Personal("建议先修东头".into()) })
    }
}

#[test]
fn four_steps_in_their_order_and_none_is_skipped() {
    let mut scene = village();
    scene.propose(DAY, "public_works", wording("清淤东坊巷排水沟")).unwrap();
    let early = date(2026, 3, 3);
    assert_eq!(scene.post(early), Err(Refusal::NotConsulted));
    assert_eq!(scene.deliberate(early), Err(Refusal::NotConsulted));
    assert_eq!(scene.resolve(early), Err(Refusal::NotConsulted));
    scene.consult(early).unwrap();
    assert_eq!(scene.consult(early), Err(Refusal::AlreadyExists));
    assert_eq!(scene.deliberate(early), Err(Refusal::DraftNotPosted));
    assert_eq!(scene.resolve(early), Err(Refusal::NotDeliberated));
    scene.post(date(2026, 3, 4)).unwrap();
    assert_eq!(scene.deliberate(date(2026, 3, 11)), Err(Refusal::DraftTooShort { until: date(2026, 3, 11) }), "seven days are not over");
    scene.deliberate(date(2026, 3, 12)).unwrap();
    assert_eq!(scene.phase(), Phase::Deliberated);
    let fact = scene.resolve(date(2026, 3, 12)).unwrap();
    let Fact::Resolved { passage, class, replaces: None } = fact else { panic!("{fact:?}") };
    assert_eq!((passage.version, passage.digest), (1, scene.motion.as_ref().unwrap().wording().digest()), "the vote names its text");
    assert_eq!((class.rule.as_str(), class.mark.as_str()), ("meet.assembly.reserved", "（四）"));
    let [AnyAct::Resolution(resolution::Act::Issue(issue))] = &scene.followed[..] else { panic!("{:?}", scene.followed) };
    assert_eq!((issue.motion, issue.version, issue.outcomes.len(), issue.decided_on), (id(1), 1, 2, date(2026, 3, 12)));
    assert_eq!(scene.resolve(date(2026, 3, 13)), Err(Refusal::Decided));
}

#[test]
fn the_class_names_its_rule_and_its_number() {
    let cases = [
        ("routine", sized(Some(900_000_000), Some(30), Some(999)), false, Reason::Routine, Assembly::Team),
        ("spending", sized(Some(4_999_999), None, None), false, Reason::Below, Assembly::Team),
        ("spending", sized(Some(5_000_000), None, None), true, Reason::Amount { from: 50_000 }, Assembly::Representatives),
        ("spending", sized(None, Some(3), None), false, Reason::Below, Assembly::Team),
        ("spending", sized(None, Some(4), None), true, Reason::Years { over: 3 }, Assembly::Representatives),
        ("service", sized(None, None, Some(30)), true, Reason::Households { from: 30 }, Assembly::Representatives),
        ("public_works", sized(None, None, None), true, Reason::Listed, Assembly::Representatives),
    ];
    for (kind, wording, major, reason, assembly) in cases {
        let mut scene = village();
        let fact = scene.propose(DAY, kind, wording).unwrap();
        let Fact::Proposed { class, .. } = fact else { panic!() };
        assert_eq!((class.major, class.reason, class.competent.as_slice()), (major, reason, &[assembly][..]), "{kind}");
    }
    let mut scene = village();
    assert_eq!(scene.propose(DAY, "spending", sized(Some(-1), None, None)), Err(Refusal::BelowZero { field: "amount" }));
    assert_eq!(scene.propose(DAY, "tea", wording("喝茶")), Err(Refusal::NoSuchTopic));
    assert_eq!(scene.propose(DAY, "distribution", wording("分红")), Err(Refusal::WrongBody), "the committee distributes nothing");
}

#[test]
fn a_matter_is_routed_by_the_law_of_the_day_it_is_decided() {
    let class = |scene: &Scene, kind: &str, day: Date| {
        let clock = Actor::new(Who::Clock);
        let class = Class::on(kind, &Figures::default(), None, day, &scene.at(date(2026, 3, 2), &clock, None)).unwrap();
        (class.competent[0], class.reserved, class.party_first, class.draft_days)
    };
    let (v, c) = (village(), community());
    assert_eq!(class(&v, "land_compensation", date(2025, 4, 30)), (Assembly::Representatives, None, false, 15));
    assert_eq!(class(&v, "land_compensation", date(2025, 5, 1)), (Assembly::Members, Some(Assembly::Members), true, 15));
    assert_eq!(class(&v, "public_works", date(2025, 12, 31)), (Assembly::Representatives, None, false, 7));
    assert_eq!(class(&v, "public_works", date(2026, 1, 1)), (Assembly::Representatives, None, true, 7));
    assert_eq!(class(&v, "charter", date(2026, 1, 1)), (Assembly::Villagers, Some(Assembly::Villagers), false, 7));
    assert_eq!(class(&c, "charter", date(2026, 1, 1)), (Assembly::Representatives, None, true, 7));
}

#[test]
fn a_joint_sitting_does_not_decide_what_is_anothers() {
    let mut daily = village();
    daily.propose(DAY, "routine", sized(None, None, None)).unwrap();
    assert!(matches!(daily.note(DAY, Stage::Daily, &[Assembly::Team], vec![]), Ok(Fact::Resolved { .. })));
    let mut major = village();
    major.propose(DAY, "public_works", wording("清淤")).unwrap();
    assert_eq!(major.note(DAY, Stage::Daily, &[Assembly::Team], vec![]), Err(Refusal::MajorMatter));
    assert_eq!(major.note(DAY, Stage::Resolve, &[Assembly::Team], vec![outcome(Assembly::Team, true, true)]), Err(Refusal::NotConsulted));
    let clock = Actor::new(Who::Clock);
    let fits =
        |scene: &Scene, seated: &[Assembly]| scene.motion.as_ref().unwrap().fits(Stage::Resolve, seated, DAY, &scene.at(DAY, &clock, None));
    assert_eq!(fits(&major, &[Assembly::Team]), Err(Refusal::MajorMatter));
    assert_eq!(fits(&major, &[Assembly::Delegates]), Err(Refusal::NotCompetent { need: vec![Assembly::Representatives] }));
    assert_eq!(fits(&major, &JOINT), Ok(()));
    let mut reserved = village();
    let given = reserved.given(BodyKind::Collective);
    let act = Act::Propose {
        matter_type: "membership".into(),
        title: "确认成员".into(),
        wording: wording("确认新增成员名单"),
        source: Source::Secretary,
        occurred_on: None,
    };
    reserved.ask_with(DAY, &official(PostKind::Secretary), given, act).unwrap();
    assert_eq!(fits(&reserved, &JOINT), Err(Refusal::AssemblyOnly { assembly: Assembly::Members }));
    assert_eq!(fits(&reserved, &[Assembly::Members]), Ok(()));
}

#[test]
fn an_advising_vote_or_one_without_competence_decides_nothing() {
    let mut scene = village().posted();
    scene.deliberate(date(2026, 3, 12)).unwrap();
    let day = date(2026, 3, 12);
    let need = Err(Refusal::NotCompetent { need: vec![Assembly::Representatives] });
    let advice = outcome(Assembly::Representatives, false, true);
    assert_eq!(scene.note(day, Stage::Resolve, &JOINT, vec![advice]), need, "their own convener did not call them");
    assert_eq!(scene.note(day, Stage::Resolve, &JOINT, vec![outcome(Assembly::Delegates, true, true)]), need);
    let against = vec![outcome(Assembly::Representatives, true, false), outcome(Assembly::Delegates, true, true)];
    assert!(matches!(scene.note(day, Stage::Resolve, &JOINT, against), Ok(Fact::Rejected { .. })));
    assert!(scene.followed.is_empty() && scene.phase() == Phase::Rejected);
}

#[test]
fn the_party_organisation_discusses_important_matters_first() {
    let mut scene = village().posted();
    let seated = [Assembly::Representatives];
    scene.note(date(2026, 3, 12), Stage::Deliberate, &seated, vec![]).unwrap();
    let passed = vec![outcome(Assembly::Representatives, true, true)];
    assert_eq!(scene.note(date(2026, 3, 12), Stage::Resolve, &seated, passed.clone()), Err(Refusal::PartyFirst));
    let mut heard = *wording("清淤东坊巷排水沟");
    heard.discussed = Some(Minute { on: date(2026, 3, 10), number: "党委会纪要2026-5".into() });
    scene.secretary(date(2026, 3, 12), Act::Revise { motion: id(1), wording: Box::new(heard), why: "补上党组织研究记录".into() }).unwrap();
    scene.note(date(2026, 3, 12), Stage::Deliberate, &seated, vec![]).unwrap();
    assert!(scene.note(date(2026, 3, 12), Stage::Resolve, &seated, passed).is_ok());
}

#[test]
fn a_change_after_deliberation_reopens_it_and_an_old_text_gets_no_vote() {
    let mut scene = village().posted();
    scene.deliberate(date(2026, 3, 12)).unwrap();
    let revise = |text: &str| Act::Revise { motion: id(1), wording: wording(text), why: "按群众意见先修东头".into() };
    scene.secretary(date(2026, 3, 12), revise("清淤东坊巷排水沟，先修东头")).unwrap();
    assert_eq!((scene.phase(), scene.motion.as_ref().unwrap().version()), (Phase::Posted, 2));
    let old = scene.note_on(date(2026, 3, 12), 1, Stage::Resolve, &JOINT, vec![outcome(Assembly::Representatives, true, true)]);
    assert_eq!(old, Err(Refusal::OldVersion { now: 2 }));
    assert_eq!(scene.resolve(date(2026, 3, 13)), Err(Refusal::NotDeliberated));
    assert_eq!(scene.deliberate(date(2026, 3, 13)), Err(Refusal::DraftTooShort { until: date(2026, 3, 15) }), "the new words are up first");
    scene.deliberate(date(2026, 3, 16)).unwrap();
    let dearer =
        Box::new(Wording { figures: Figures { amount: Some(30_000_000), ..Figures::default() }, ..*wording("清淤东坊巷排水沟") });
    scene.secretary(date(2026, 3, 16), Act::Revise { motion: id(1), wording: dearer, why: "重新询价".into() }).unwrap();
    assert_eq!(scene.phase(), Phase::Proposed, "more than words changed");
}

#[test]
fn every_opinion_is_answered_before_it_is_deliberated() {
    let mut scene = village();
    scene.propose(DAY, "public_works", wording("清淤")).unwrap();
    assert_eq!(scene.opine(DAY, 7, Given::default()), Err(Refusal::DraftNotPosted));
    let mut scene = village().posted();
    scene.opine(date(2026, 3, 5), 7, Given::default()).unwrap();
    let again = Given { speakers: vec![id(7)], ..Given::default() };
    assert_eq!(scene.opine(date(2026, 3, 5), 7, again.clone()), Err(Refusal::AlreadyOpined));
    scene.opine(date(2026, 3, 6), 9, again).unwrap();
    assert_eq!(scene.opine(date(2026, 3, 12), 10, Given::default()), Err(Refusal::DraftOver));
    assert_eq!(scene.deliberate(date(2026, 3, 12)), Err(Refusal::OpinionsUnanswered { count: 2 }));
    let duties = |scene: &Scene, rule| scene.motion.as_ref().unwrap().duties.all().iter().filter(|duty| duty.term.rule == rule).count();
    assert_eq!((duties(&scene, ANSWER), duties(&scene, RELEASE)), (1, 1), "one term runs from the first word that waits");
    let answer =
        |opinions: Vec<u32>| Act::AnswerOpinion { motion: id(1), opinions, taken: true, text: "采纳，先修东头再修西头".into() };
    assert_eq!(scene.secretary(date(2026, 3, 9), answer(vec![0, 0])), Err(Refusal::Missing { field: "opinions" }));
    assert_eq!(scene.secretary(date(2026, 3, 9), answer(vec![5])), Err(Refusal::NoSuchNumber { field: "opinions" }));
    scene.secretary(date(2026, 3, 9), answer(vec![0, 1])).unwrap();
    assert_eq!(scene.secretary(date(2026, 3, 9), answer(vec![0])), Err(Refusal::AlreadyAnswered));
    assert!(scene.motion.as_ref().unwrap().duties.pending(ANSWER).is_none());
    scene.deliberate(date(2026, 3, 12)).unwrap();
}

#[test]
fn the_public_reads_an_opinion_only_after_a_person_looked_at_it() {
    let mut scene = village().posted();
    scene.opine(date(2026, 3, 5), 7, Given::default()).unwrap();
    scene.opine(date(2026, 3, 5), 9, Given::default()).unwrap();
    let clerk = official(PostKind::Clerk);
    let release = |voices: Vec<u32>, shown| Act::Release { motion: id(1), voices, shown };
    let words = |words: &str| Given { words: vec![words.into()], ..Given::default() };
    let number = scene.ask_with(date(2026, 3, 5), &clerk, words("打我电话13800138000"), release(vec![0], Shown::Whole));
    assert_eq!(number, Err(Refusal::PersonalDataInPublicText { field: "text" }));
    let edited = Shown::Edited { text: "打我电话〔略〕".into() };
    let both = scene.ask_with(date(2026, 3, 5), &clerk, Given::default(), release(vec![0, 1], edited.clone()));
    assert_eq!(both, Err(Refusal::TooMany { field: "voices", limit: 1 }));
    scene.ask_with(date(2026, 3, 5), &clerk, Given::default(), release(vec![0], edited)).unwrap();
    assert!(scene.motion.as_ref().unwrap().duties.pending(RELEASE).is_some(), "another one waits");
    let town = official(PostKind::TownOfficer);
    let erase = Act::Erase { motion: id(1), voice: 1, basis: "本人申请删除".into() };
    let Fact::Erased { gone, .. } = scene.ask(date(2026, 3, 6), &town, erase).unwrap() else { panic!() };
    assert_eq!(gone.len(), 2, "the words and who spoke");
    assert!(scene.motion.as_ref().unwrap().duties.pending(RELEASE).is_none());
}

#[test]
fn a_challenged_class_waits_for_the_supervision_committee() {
    let mut scene = village();
    scene.propose(DAY, "spending", sized(Some(4_900_000), None, None)).unwrap();
    let challenge = Act::Challenge { motion: id(1), reason: Personal("分三次买就是为了不超五万".into()) };
    scene.ask(DAY, &resident(7), challenge.clone()).unwrap();
    assert_eq!(scene.ask(DAY, &resident(9), challenge.clone()), Err(Refusal::ChallengeOpen));
    let clock = Actor::new(Who::Clock);
    let ready = |scene: &Scene| scene.motion.as_ref().unwrap().ready(Stage::Daily, &[Assembly::Team], DAY, &scene.at(DAY, &clock, None));
    assert_eq!(ready(&scene), Err(Refusal::ChallengeOpen));
    let judge = |major| Act::Judge { motion: id(1), major, reason: "三次是同一件事，合起来算".into() };
    scene.ask(date(2026, 3, 4), &official(PostKind::SupervisionHead), judge(true)).unwrap();
    assert_eq!(ready(&scene), Err(Refusal::MajorMatter));
    let motion = scene.motion.as_ref().unwrap();
    assert_eq!(
        (motion.class.major, motion.class.reason, motion.duties.last(JUDGE).unwrap().state),
        (true, Reason::Judged, DutyState::Met { on: date(2026, 3, 4) })
    );
    assert_eq!(scene.ask(DAY, &resident(9), challenge.clone()), Err(Refusal::AlreadyJudged));
    assert_eq!(scene.ask(DAY, &official(PostKind::SupervisionHead), judge(false)), Err(Refusal::NoChallenge));
    let mut listed = village();
    listed.propose(DAY, "public_works", wording("清淤")).unwrap();
    assert_eq!(listed.ask(DAY, &resident(7), challenge), Err(Refusal::ListedMajor));
}

#[test]
fn what_was_decided_as_daily_work_falls_when_it_is_found_to_be_more() {
    let mut scene = village();
    scene.propose(DAY, "spending", sized(Some(4_900_000), None, None)).unwrap();
    scene.note(DAY, Stage::Daily, &[Assembly::Team], vec![outcome(Assembly::Team, true, true)]).unwrap();
    let challenge = Act::Challenge { motion: id(1), reason: Personal("分三次买就是为了不超五万".into()) };
    assert_eq!(scene.ask(date(2026, 3, 18), &resident(7), challenge.clone()), Err(Refusal::Decided), "fifteen days are over");
    scene.ask(date(2026, 3, 17), &resident(7), challenge).unwrap();
    let judge = Act::Judge { motion: id(1), major: true, reason: "三次是同一件事，合起来算".into() };
    scene.ask(date(2026, 3, 18), &official(PostKind::SupervisionHead), judge).unwrap();
    assert_eq!((scene.phase(), scene.motion.as_ref().unwrap().version()), (Phase::Proposed, 2), "put forward again, as something else");
    let end = resolution::Act::End { resolution: scene.motion.as_ref().unwrap().resolution(1), why: Ending::NotCompetent };
    assert!(matches!(&scene.followed[..], [AnyAct::Resolution(act)] if format!("{act:?}") == format!("{end:?}")));
}

#[test]
fn what_was_deliberated_as_daily_work_is_deliberated_again_once_it_is_more() {
    let mut scene = village();
    scene.propose(DAY, "spending", sized(Some(4_900_000), None, None)).unwrap();
    scene.consult(DAY).unwrap();
    scene.deliberate(DAY).unwrap();
    scene.ask(DAY, &resident(7), Act::Challenge { motion: id(1), reason: Personal("拆开买的".into()) }).unwrap();
    let judge = Act::Judge { motion: id(1), major: true, reason: "三次是同一件事，合起来算".into() };
    scene.ask(DAY, &official(PostKind::SupervisionHead), judge).unwrap();
    assert_eq!(scene.phase(), Phase::Consulted);
    assert_eq!(scene.resolve(DAY), Err(Refusal::NotDeliberated));
    assert_eq!(scene.deliberate(DAY), Err(Refusal::DraftNotPosted));
}

#[test]
fn an_adjustment_goes_through_all_steps_and_until_then_the_decision_holds() {
    let mut scene = village().posted();
    scene.deliberate(date(2026, 3, 12)).unwrap();
    let adjust = Act::Adjust { motion: id(1), wording: wording("清淤并加盖板"), why: "群众要求加盖板".into() };
    assert_eq!(scene.secretary(date(2026, 3, 12), adjust.clone()), Err(Refusal::NotDecided));
    scene.resolve(date(2026, 3, 12)).unwrap();
    let revise = Act::Revise { motion: id(1), wording: wording("清淤并加盖板"), why: "群众要求加盖板".into() };
    assert_eq!(scene.secretary(date(2026, 4, 1), revise), Err(Refusal::Decided));
    scene.secretary(date(2026, 4, 1), adjust).unwrap();
    assert_eq!((scene.phase(), scene.motion.as_ref().unwrap().in_force), (Phase::Proposed, Some(1)));
    scene.consult(date(2026, 4, 2)).unwrap();
    scene.post(date(2026, 4, 2)).unwrap();
    scene.deliberate(date(2026, 4, 10)).unwrap();
    let fact = scene.resolve(date(2026, 4, 10)).unwrap();
    assert!(matches!(fact, Fact::Resolved { replaces: Some(1), .. }));
    let [AnyAct::Resolution(resolution::Act::Issue(issue)), AnyAct::Resolution(resolution::Act::End { why, .. })] = &scene.followed[..]
    else {
        panic!("{:?}", scene.followed)
    };
    assert_eq!((issue.version, *why), (2, Ending::Adjusted { by: scene.motion.as_ref().unwrap().resolution(2) }));
    assert_eq!(scene.motion.as_ref().unwrap().in_force, Some(2));
}

#[test]
fn what_was_decided_as_major_is_not_changed_as_daily_work() {
    let mut scene = village();
    scene.propose(DAY, "spending", sized(Some(6_000_000), None, None)).unwrap();
    scene.consult(DAY).unwrap();
    scene.post(DAY).unwrap();
    scene.deliberate(date(2026, 3, 10)).unwrap();
    scene.resolve(date(2026, 3, 10)).unwrap();
    let adjust = Act::Adjust { motion: id(1), wording: sized(Some(100), None, None), why: "少买一些".into() };
    let Fact::Adjusted { class, .. } = scene.secretary(date(2026, 3, 11), adjust).unwrap() else { panic!() };
    assert_eq!((class.major, class.reason), (true, Reason::Changes));
    assert_eq!(scene.note(date(2026, 3, 11), Stage::Daily, &[Assembly::Team], vec![]), Err(Refusal::MajorMatter));
    let revise = Act::Revise { motion: id(1), wording: sized(Some(200), None, None), why: "再少一些".into() };
    scene.secretary(date(2026, 3, 11), revise).unwrap();
    assert!(scene.motion.as_ref().unwrap().class.major, "however small it becomes");
    let challenge = Act::Challenge { motion: id(1), reason: Personal("太小了".into()) };
    assert_eq!(scene.ask(date(2026, 3, 11), &resident(7), challenge), Err(Refusal::ListedMajor));
}

#[test]
fn a_motion_says_who_asked_for_it() {
    let propose = |source| Act::Propose {
        matter_type: "public_works".into(),
        title: "清淤".into(),
        wording: wording("清淤"),
        source,
        occurred_on: None,
    };
    let secretary = official(PostKind::Secretary);
    let asked = |given: Given, source| village().ask_with(DAY, &secretary, given, propose(source)).map(|_| ());
    let base = || village().given(BodyKind::Committee);
    let petition = |names| Source::Petition { names, note: "名单存村委会".into() };
    assert_eq!(asked(base(), petition(0)), Err(Refusal::Missing { field: "names" }));
    assert_eq!(asked(base(), petition(32)), Ok(()));
    let from = Source::Suggestion { matter: id(30) };
    assert_eq!(asked(base(), from.clone()), Err(Refusal::NoSuchMatter));
    let answered = |kind| {
        let plan = Some(suggestion::Plan { who: "治保主任".into(), by: date(2026, 4, 1) });
        let text = Personal("水沟堵了".into());
        let scene = village();
        let me = resident(7);
        let at = scene.at(DAY, &me, None);
        let act = suggestion::Act::Submit {
            text,
            channel: suggestion::Channel::Web,
            intake: None,
            name: None,
            contact: None,
            body: None,
            about_work: true,
        };
        let fact = suggestion::Suggestion::decide(None, act, suggestion::Given::default(), &at).unwrap();
        let s = suggestion::Suggestion::evolve(None, fact, id(30));
        let (text, body, on, verdict_until) = ("列入议题，提请党群联席会议决定".into(), id(50), DAY, DAY);
        suggestion::Suggestion::evolve(
            Some(s),
            suggestion::Fact::Answered { kind, text, plan, body, on, verdict_until, reason: None },
            id(30),
        )
    };
    let given = |kind| Given { suggestion: Some(answered(kind)), ..base() };
    assert_eq!(asked(given(suggestion::AnswerKind::Explain), from.clone()), Err(Refusal::NotAdopted));
    assert_eq!(asked(given(suggestion::AnswerKind::Adopt), from), Ok(()));
}

#[test]
fn a_late_entry_shows_its_lag_and_is_not_taken_for_ever() {
    let mut scene = village();
    let propose = |on| Act::Propose {
        matter_type: "public_works".into(),
        title: "清淤".into(),
        wording: wording("清淤"),
        source: Source::Secretary,
        occurred_on: Some(on),
    };
    assert_eq!(scene.secretary(DAY, propose(date(2026, 3, 3))), Err(Refusal::DayAhead { day: date(2026, 3, 3) }));
    let old = scene.secretary(DAY, propose(date(2025, 3, 1)));
    assert_eq!(old, Err(Refusal::DayTooOld { day: date(2025, 3, 1), earliest: date(2025, 3, 2) }));
    let fact = scene.secretary(DAY, propose(date(2025, 12, 30))).unwrap();
    let Fact::Proposed { class, on, entered, .. } = fact else { panic!() };
    assert_eq!((on, entered, class.mark.as_str()), (date(2025, 12, 30), DAY, "（三）"), "classed by the law of its day");
    assert_eq!(scene.consult(date(2025, 12, 29)), Err(Refusal::DaysOutOfOrder { first: date(2025, 12, 30), then: date(2025, 12, 29) }));
}

#[test]
fn it_may_be_taken_back_until_it_is_decided() {
    let mut scene = village().posted();
    scene.opine(date(2026, 3, 5), 7, Given::default()).unwrap();
    let withdraw = Act::Withdraw { motion: id(1), reason: "镇里已经立项".into() };
    scene.secretary(date(2026, 3, 6), withdraw.clone()).unwrap();
    assert_eq!((scene.phase(), scene.motion.as_ref().unwrap().duties.pending(ANSWER)), (Phase::Withdrawn, None));
    assert_eq!(scene.deliberate(date(2026, 3, 12)), Err(Refusal::Closed));
    let mut decided = village().posted();
    decided.deliberate(date(2026, 3, 12)).unwrap();
    decided.resolve(date(2026, 3, 12)).unwrap();
    assert_eq!(decided.secretary(date(2026, 3, 13), withdraw), Err(Refusal::Decided));
}

#[test]
fn silence_is_recorded() {
    let mut scene = village();
    scene.propose(DAY, "spending", sized(Some(4_900_000), None, None)).unwrap();
    scene.ask(DAY, &resident(7), Act::Challenge { motion: id(1), reason: Personal("拆开买的".into()) }).unwrap();
    let clock = Actor::new(Who::Clock);
    let due = scene.motion.as_ref().unwrap().duties.pending(JUDGE).unwrap().term.due;
    assert_eq!(due, date(2026, 3, 9), "five working days after a Monday");
    let after = due.tomorrow().unwrap();
    while let Some(act) = scene.motion.as_ref().unwrap().overdue(id(1), &scene.at(after, &clock, None)) {
        scene.ask(after, &clock, act).unwrap();
    }
    assert_eq!(scene.motion.as_ref().unwrap().duties.pending(JUDGE).unwrap().state, DutyState::Lapsed { on: after });
}
