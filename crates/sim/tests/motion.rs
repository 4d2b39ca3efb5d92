//! 议题 A decision from a villager's suggestion to its accepted result, and the ways in which others end: told through the one door for
//! writing, on every database, ending with an audit and a rebuild.

use app::verify::{Finding, Item, Options};
use app::wire::Web;
use app::{Asked, Done, Failure};
use jiff::civil::{Date, date};
use law::meet::motion::{self, Count, Figures, Held, Motion, Note, Phase, Source, Wording};
use law::meet::resolution::{self, Resolution, Standing};
use law::meet::{Assembly, Outcome, Stage};
use law::open::suggestion::{self, AnswerKind, Channel, Plan, Shown};
use law::steer::task::{self, Extent, Milestone, Task};
use law::{Actor, AnyAct, MatterId, Personal, PostKind, Refusal, Who};
use sim::accepted;
use sim::scene::{Scene, TOWN, UNIT, on_each};

const JOINT: [Assembly; 4] = [Assembly::Party, Assembly::Representatives, Assembly::Delegates, Assembly::Migrants];

/// Who acts in a story.
struct Cast<'a> {
    scene: &'a Scene,
    residents: Vec<MatterId>,
    member: MatterId,
    member_post: MatterId,
}

impl Cast<'_> {
    fn of(scene: &Scene) -> Cast<'_> {
        let unit = scene.village.code;
        let mut residents = Vec::new();
        for name in ["王志强", "何小梅", "李桂芳"] {
            residents.push(scene.world.person(unit, name, None, Some("第一村民小组")).unwrap());
        }
        let member = scene.world.person(unit, "何建军", None, None).unwrap();
        let member_post = scene.world.appoint(unit, member, "何建军", scene.village.committee, PostKind::Member).unwrap();
        Cast { scene, residents, member, member_post }
    }

    fn post(&self, kind: PostKind) -> Actor {
        self.scene.world.official(self.scene.village.code, self.scene.village.person(kind)).unwrap()
    }

    fn member(&self) -> Actor {
        self.scene.world.official(self.scene.village.code, self.member).unwrap()
    }

    fn resident(&self, n: usize) -> Actor {
        Actor::new(Who::Resident { person: self.residents[n], on_roll: true })
    }

    fn town(&self) -> Actor {
        let town = law::UnitCode::parse(TOWN).unwrap();
        let officer = self.scene.world.house.read(|tx| store::lead::post::held(tx, town, date(2026, 3, 2))).unwrap();
        self.scene.world.official(self.scene.village.code, officer[0].person).unwrap()
    }

    fn ask(&self, by: &Actor, act: AnyAct) -> Result<Done, Failure> {
        self.scene.world.house.enact(self.scene.village.code, Asked::new(act, by.clone()))
    }

    fn does(&self, by: &Actor, act: AnyAct) -> MatterId {
        self.ask(by, act.clone()).unwrap_or_else(|failure| panic!("{}: {act:?}: {failure:?}", self.scene.store)).matter
    }

    fn refuses(&self, by: &Actor, act: AnyAct) -> Refusal {
        match self.ask(by, act.clone()) {
            Err(Failure::Refused(refusal)) => refusal,
            other => panic!("{}: {act:?}: {other:?}", self.scene.store),
        }
    }

    fn motion(&self, id: MatterId) -> Motion {
        self.scene.world.house.read(|tx| store::kept::get(tx, self.scene.village.code, id)).unwrap().unwrap()
    }

    fn resolution(&self, motion: MatterId, version: u32) -> Resolution {
        let id = Resolution::id_of(motion, version);
        self.scene.world.house.read(|tx| store::kept::get(tx, self.scene.village.code, id)).unwrap().unwrap()
    }

    fn task(&self, id: MatterId) -> Task {
        self.scene.world.house.read(|tx| store::kept::get(tx, self.scene.village.code, id)).unwrap().unwrap()
    }

    fn propose(&self, kind: &str, title: &str, wording: Box<Wording>, source: Source) -> MatterId {
        let act = motion::Act::Propose { matter_type: kind.into(), title: title.into(), wording, source, occurred_on: None };
        self.does(&self.post(PostKind::Secretary), AnyAct::Motion(act))
    }

    fn wording(&self, text: &str, amount: i64) -> Box<Wording> {
        Box::new(Wording {
            text: text.into(),
            reasons: "雨季内涝，东坊巷多户进水".into(),
            basis: "城市居民委员会组织法第三十条".into(),
            figures: Figures { amount: Some(amount), years: None, households: Some(60) },
            body: self.scene.village.committee,
            deadline: Some(date(2026, 9, 30)),
            discussed: None,
        })
    }

    /// As the law carries over what a sitting did.
    fn note(&self, motion: MatterId, stage: Stage, seated: &[Assembly], outcomes: Vec<Outcome>, on: Date) -> AnyAct {
        let (version, sitting, ballot) = (self.motion(motion).version(), MatterId::named("a sitting"), Some(MatterId::named("a ballot")));
        AnyAct::Motion(motion::Act::Note(Note { motion, stage, version, sitting, item: 0, seated: seated.to_vec(), ballot, outcomes, on }))
    }

    fn sits(&self, motion: MatterId, stage: Stage, seated: &[Assembly], outcomes: Vec<Outcome>, on: Date) {
        self.does(&law(), self.note(motion, stage, seated, outcomes, on));
    }

    /// All the way to the decision.
    fn decides(&self, motion: MatterId) {
        self.sits(motion, Stage::Consult, &[Assembly::Team], vec![], self.today());
        self.does(&self.post(PostKind::Clerk), AnyAct::Motion(motion::Act::PostDraft { motion, until: None }));
        let until = self.motion(motion).draft.unwrap().until;
        self.scene.turn(until.tomorrow().unwrap(), 10);
        self.sits(motion, Stage::Deliberate, &JOINT, vec![], self.today());
        self.sits(motion, Stage::Resolve, &JOINT, passed(), self.today());
    }

    fn today(&self) -> Date {
        law::moment::civil_day(app::Clock::now(&*self.scene.world.clock))
    }

    fn assign(&self, resolution: MatterId, budget: Option<i64>) -> AnyAct {
        let (body, owner, title, due) = (self.scene.village.committee, self.member_post, "清淤施工".into(), date(2026, 8, 31));
        let milestones = vec![Milestone { title: "东头".into(), due: date(2026, 6, 30) }];
        AnyAct::Task(task::Act::Assign { resolution, body, owner, title, due, budget, milestones })
    }
}

fn law() -> Actor {
    Actor::new(Who::Law { cause: 0 })
}

fn passed() -> Vec<Outcome> {
    let outcome =
        |assembly, binding, in_favour, against, base| Outcome { assembly, binding, in_favour, against, abstained: 1, base, passed: true };
    vec![outcome(Assembly::Representatives, true, 27, 3, 31), outcome(Assembly::Migrants, false, 2, 1, 4)]
}

/// A suggestion that the committee accepted: it goes on the agenda.
fn adopted(cast: &Cast<'_>) -> MatterId {
    let submit = suggestion::Act::Submit {
        text: Personal("东坊巷一下雨就淹，排水沟多年没清了".into()),
        channel: Channel::Web,
        intake: None,
        name: None,
        contact: None,
        body: Some(cast.scene.village.committee),
        about_work: true,
    };
    let suggestion = cast.does(&cast.resident(0), AnyAct::Suggestion(submit));
    let (secretary, source) = (cast.post(PostKind::Secretary), Source::Suggestion { matter: suggestion });
    let early = motion::Act::Propose {
        matter_type: "public_works".into(),
        title: "排水沟清淤".into(),
        wording: cast.wording("清淤", 20_000_000),
        source,
        occurred_on: None,
    };
    assert_eq!(cast.refuses(&secretary, AnyAct::Motion(early)), Refusal::NotAdopted);
    let plan = Some(Plan { who: "居委会".into(), by: date(2026, 4, 30) });
    let text = "列入议题，三月提请党群联席会议决定清淤方案".into();
    let answer = suggestion::Act::Answer { suggestion, kind: AnswerKind::Adopt, text, plan };
    cast.does(&cast.post(PostKind::Director), AnyAct::Suggestion(answer));
    suggestion
}

/// The draft is up; three speak, one twice; each is answered, each looked at, one erased.
fn hears_opinions(cast: &Cast<'_>, motion: MatterId) {
    let opine = |text: &str| AnyAct::Motion(motion::Act::Opine { motion, text: Personal(text.into()) });
    for (n, text) in ["建议先修东头", "费用请公开", "我家门牌12号进水最多"].into_iter().enumerate() {
        cast.does(&cast.resident(n), opine(text));
    }
    assert_eq!(cast.refuses(&cast.resident(0), opine("再说一遍")), Refusal::AlreadyOpined);
    let deliberate = cast.note(motion, Stage::Deliberate, &JOINT, vec![], cast.today());
    assert!(matches!(cast.refuses(&law(), deliberate), Refusal::DraftTooShort { .. }));
    let answer = |opinions, text: &str| AnyAct::Motion(motion::Act::AnswerOpinion { motion, opinions, taken: true, text: text.into() });
    cast.does(&cast.post(PostKind::Secretary), answer(vec![0, 2], "采纳，先修东头，再修西头"));
    let clerk = cast.post(PostKind::Clerk);
    let release = |voices, shown| AnyAct::Motion(motion::Act::Release { motion, voices, shown });
    cast.does(&clerk, release(vec![0, 1], Shown::Whole));
    cast.does(&clerk, release(vec![2], Shown::Edited { text: "我家〔略〕进水最多".into() }));
    assert_eq!(cast.refuses(&clerk, release(vec![1], Shown::Whole)), Refusal::AlreadyReleased);
    let erased = cast.motion(motion).voices[2].clone();
    cast.does(&cast.town(), AnyAct::Motion(motion::Act::Erase { motion, voice: 2, basis: "本人申请删除".into() }));
    let gone = cast.scene.world.house.read(|tx| store::personal::text(tx, cast.scene.village.code, erased.text)).unwrap();
    assert!(gone.is_none(), "the words are gone, the proof of them stays");
    cast.scene.turn(date(2026, 3, 13), 9);
    let deliberate = cast.note(motion, Stage::Deliberate, &JOINT, vec![], cast.today());
    assert_eq!(cast.refuses(&law(), deliberate), Refusal::OpinionsUnanswered { count: 1 });
    cast.does(&cast.post(PostKind::Secretary), answer(vec![1], "采纳，按月公开花费"));
}

/// Published first, then assigned, reported, asked about, accepted by others, its result published.
fn is_carried_out(cast: &Cast<'_>, resolution: MatterId) -> MatterId {
    let (secretary, clerk) = (cast.post(PostKind::Secretary), cast.post(PostKind::Clerk));
    assert_eq!(cast.refuses(&secretary, cast.assign(resolution, None)), Refusal::NotPublished);
    cast.does(&clerk, AnyAct::Resolution(resolution::Act::Publish { resolution }));
    let paper = resolution::Act::PostPaper {
        resolution,
        by: "陈志恒".into(),
        day: cast.today(),
        place: "门口公开栏".into(),
        photo: Some(law::Digest([7; 32])),
    };
    cast.does(&clerk, AnyAct::Resolution(paper));
    let (body, owner) = (cast.scene.village.party, cast.member_post);
    let party =
        task::Act::Assign { resolution, body, owner, title: "清淤".into(), due: date(2026, 8, 31), budget: None, milestones: vec![] };
    assert_eq!(cast.refuses(&secretary, AnyAct::Task(party)), Refusal::WrongBody);
    let task = cast.does(&secretary, cast.assign(resolution, Some(15_000_000)));
    let progress = |spent, milestone| {
        let text = "东头已经清完，西头下周开工".into();
        AnyAct::Task(task::Act::Progress { task, text, spent, milestone, occurred_on: None })
    };
    assert_eq!(cast.refuses(&clerk, progress(None, None)), Refusal::NotTheOwner);
    cast.scene.turn(date(2026, 4, 1), 9);
    cast.does(&cast.member(), progress(Some(6_000_000), Some(0)));
    is_asked_about(cast, task);
    // 书记和主任是一个人: the first of his posts is the party's, the second heads the body.
    cast.does(&cast.post(PostKind::Director), progress(Some(2_000_000), None));
    let reason = "雨季水位高，水务所要求七月以后施工".into();
    cast.does(&cast.member(), AnyAct::Task(task::Act::Delay { task, reason, until: date(2026, 9, 15) }));
    let text = "东西两头都清完，共清淤泥六十方".to_owned();
    let done = |extent, remains| AnyAct::Task(task::Act::Done { task, extent, text: text.clone(), spent: Some(1_000_000), remains });
    cast.does(&cast.member(), done(Extent::Part, Some("西头四十米".into())));
    let supervision = cast.post(PostKind::SupervisionHead);
    cast.does(&supervision, AnyAct::Task(task::Act::Return { task, reason: "西头还有积泥".into() }));
    cast.does(&cast.member(), done(Extent::Whole, None));
    cast.does(&supervision, AnyAct::Task(task::Act::Accept { task, remark: "现场量过，与报的一致".into() }));
    cast.does(&clerk, AnyAct::Task(task::Act::PublishResult { task }));
    assert_eq!(cast.task(task).spent, 10_000_000);
    task
}

/// A question, an explanation that does not do, another person, the supervision committee.
fn is_asked_about(cast: &Cast<'_>, task: MatterId) {
    let me = cast.resident(1);
    cast.does(&me, AnyAct::Task(task::Act::Ask { task, text: Personal("西头为什么不清？".into()) }));
    cast.does(&cast.resident(2), AnyAct::Task(task::Act::Ask { task, text: Personal("住在12号的什么时候不淹？".into()) }));
    let clerk = cast.post(PostKind::Clerk);
    cast.does(&clerk, AnyAct::Task(task::Act::Release { task, questions: vec![0], shown: Shown::Whole }));
    cast.does(&cast.town(), AnyAct::Task(task::Act::Erase { task, question: 1, basis: "本人申请删除".into() }));
    let explain = |question| {
        let text = "西头四十米因为征地还没谈好，谈好以后十月动工".into();
        AnyAct::Task(task::Act::Explain { task, question, text })
    };
    let unsatisfied = |question| AnyAct::Task(task::Act::Unsatisfied { task, question });
    cast.does(&cast.member(), explain(0));
    cast.does(&cast.member(), explain(1));
    assert_eq!(cast.refuses(&cast.resident(0), unsatisfied(0)), Refusal::NotTheSender);
    assert_eq!(cast.refuses(&cast.resident(2), unsatisfied(1)), Refusal::NotTheSender, "erased, nobody is the sender any more");
    cast.does(&me, unsatisfied(0));
    assert_eq!(cast.refuses(&cast.member(), explain(0)), Refusal::AnotherPerson);
    cast.does(&cast.post(PostKind::Secretary), explain(0));
    cast.does(&me, unsatisfied(0));
    cast.does(&cast.post(PostKind::SupervisionHead), explain(0));
}

#[test]
fn a_suggestion_becomes_a_decision_that_is_published_carried_out_and_adjusted() {
    on_each("motion", date(2026, 3, 2), |scene| {
        let cast = Cast::of(scene);
        let suggestion = adopted(&cast);
        let wording = cast.wording("清淤东坊巷排水沟", 20_000_000);
        let motion = cast.propose("public_works", "排水沟清淤", wording, Source::Suggestion { matter: suggestion });
        scene.turn(date(2026, 3, 4), 9);
        cast.sits(motion, Stage::Consult, &[Assembly::Team], vec![], cast.today());
        cast.does(&cast.post(PostKind::Clerk), AnyAct::Motion(motion::Act::PostDraft { motion, until: Some(date(2026, 3, 12)) }));
        hears_opinions(&cast, motion);
        cast.sits(motion, Stage::Deliberate, &JOINT, vec![], cast.today());
        cast.sits(motion, Stage::Resolve, &JOINT, passed(), cast.today());
        let first = cast.resolution(motion, 1);
        assert_eq!((first.year, first.number, first.dissent(), first.standing()), (2026, 1, 3, Standing::Unpublished));
        let task = is_carried_out(&cast, first.id);
        let adjust =
            motion::Act::Adjust { motion, wording: cast.wording("清淤并加盖板", 26_000_000), why: "群众要求加盖板".into() };
        cast.does(&cast.post(PostKind::Secretary), AnyAct::Motion(adjust));
        assert!(cast.resolution(motion, 1).ended.is_none(), "it holds until the new vote");
        let second = cast.does(&cast.post(PostKind::Secretary), cast.assign(first.id, None));
        cast.decides(motion);
        assert_eq!((cast.resolution(motion, 2).number, cast.resolution(motion, 1).standing()), (2, Standing::Ended));
        assert_eq!((cast.task(task).phase(), cast.task(second).phase()), (task::Phase::Accepted, task::Phase::Stopped));
        let trace = scene.world.house.read(|tx| store::meet::motion::trace(tx, scene.village.code, suggestion)).unwrap();
        let [(found, carried)] = &trace[..] else { panic!("{trace:?}") };
        let tasks: Vec<usize> = carried.iter().map(|carried| carried.tasks.len()).collect();
        assert_eq!((found.id, tasks), (motion, vec![2, 0]), "what became of the suggestion");
        strangers_read_what_was_released(scene);
    });
}

/// Everybody's copy of the record holds the words that a person released, no others, and every one of them verifies.
fn strangers_read_what_was_released(scene: &Scene) {
    let _sealed = app::seal::all(&scene.world.house);
    let mut copy = Vec::new();
    app::bundle::export(&scene.world.house, scene.village.code, app::bundle::For::Public, &mut copy).unwrap();
    let text = String::from_utf8(copy).unwrap();
    for released in ["建议先修东头", "费用请公开", "西头为什么不清？"] {
        assert!(text.contains(released), "{released}");
    }
    for kept in ["门牌12号", "住在12号", "一下雨就淹"] {
        assert!(!text.contains(kept), "{kept}");
    }
    let report = app::verify::bundle(text.as_bytes(), &Options::new(&Web::new()));
    let wrong = |finding: &&Finding| matches!(finding, Finding::Changed { .. } | Finding::Missing { .. });
    assert_eq!(report.findings.iter().find(wrong), None, "{}", scene.store);
    assert!(report.findings.iter().any(|finding| matches!(finding, Finding::Intact { item: Item::Text, .. })));
}

#[test]
fn what_only_an_assembly_may_decide_is_recorded_and_numbered_without_a_gap() {
    on_each("assembly", date(2026, 3, 2), |scene| {
        let cast = Cast::of(scene);
        let mut wording = cast.wording("修改集体经济组织章程第八条", 0);
        wording.body = scene.village.collective;
        let motion = cast.propose("collective_charter", "修改章程", wording, Source::Petition { names: 86, note: "名单存居委会".into() });
        cast.sits(motion, Stage::Consult, &[Assembly::Team], vec![], cast.today());
        cast.does(&cast.post(PostKind::Secretary), AnyAct::Motion(motion::Act::PostDraft { motion, until: None }));
        scene.turn(date(2026, 3, 20), 9);
        cast.sits(motion, Stage::Deliberate, &JOINT, vec![], cast.today());
        assert_eq!(cast.motion(motion).phase(), Phase::Awaiting);
        let joint = cast.note(motion, Stage::Resolve, &JOINT, passed(), cast.today());
        assert_eq!(cast.refuses(&law(), joint), Refusal::AssemblyOnly { assembly: Assembly::Members });
        let held = |in_favour| {
            AnyAct::Motion(motion::Act::RecordAssembly {
                motion,
                version: 1,
                held: Box::new(Held {
                    assembly: Assembly::Members,
                    on: date(2026, 3, 20),
                    count: Count::Adults,
                    due: 300,
                    present: 260,
                    in_favour,
                    against: 30,
                    abstained: 5,
                    spoilt: 1,
                    tellers: ["梁玉燕".into(), "陈国强".into()],
                    document: "成员大会2026-1".into(),
                    scan: Some(law::Digest([9; 32])),
                }),
            })
        };
        let head = cast.post(PostKind::CollectiveHead);
        assert_eq!(cast.refuses(&head, held(230)), Refusal::NumbersDoNotAddUp);
        scene.turn(date(2026, 3, 24), 9);
        cast.does(&head, held(200));
        let passage = cast.motion(motion).passages.last().cloned().unwrap();
        assert_eq!((passage.on, passage.entered), (date(2026, 3, 20), date(2026, 3, 24)), "entered later, and it shows");
        let numbers = |scene: &Scene| -> Vec<u32> {
            let all = scene.world.house.read(|tx| store::meet::resolution::of_year(tx, scene.village.code, 2026)).unwrap();
            all.iter().map(|resolution| resolution.number).collect()
        };
        for n in 2..5 {
            let motion = cast.propose("public_works", "路灯", cast.wording("装路灯", 8_000_000 + n), Source::Secretary);
            cast.decides(motion);
        }
        assert_eq!(numbers(scene), [1, 2, 3, 4]);
    });
}

#[test]
fn an_emergency_a_challenged_class_a_lost_vote_and_a_task_that_nobody_hears_of() {
    on_each("ends", date(2026, 3, 2), |scene| {
        let cast = Cast::of(scene);
        emergencies(&cast);
        let small = |amount| {
            Box::new(Wording { figures: Figures { amount: Some(amount), ..Figures::default() }, ..*cast.wording("买办公桌椅", 0) })
        };
        let daily = cast.propose("spending", "买办公桌椅", small(4_900_000), Source::Secretary);
        cast.sits(daily, Stage::Daily, &[Assembly::Team], vec![], cast.today());
        let resolution = cast.resolution(daily, 1);
        cast.does(&cast.post(PostKind::Director), AnyAct::Resolution(resolution::Act::Publish { resolution: resolution.id }));
        let task = cast.does(&cast.post(PostKind::Secretary), cast.assign(resolution.id, None));
        let reassign = task::Act::Reassign { task, owner: cast.member_post, reason: "由何建军负责".into() };
        cast.does(&cast.post(PostKind::Director), AnyAct::Task(reassign));
        // Nobody reports anything: the clock says so, and hands it to the supervision committee.
        scene.turn(date(2026, 4, 20), 9);
        let silent =
            scene.world.house.read(|tx| store::steer::task::silent(tx, scene.village.code, task::Phase::Doing, cast.today())).unwrap();
        assert!(silent.iter().any(|silent| silent.id == task && silent.duties.pending(task::INQUIRE).is_some()));
        let inquire = task::Act::Inquire { task, text: "约谈了承办人，四月底前补报".into() };
        cast.does(&cast.post(PostKind::SupervisionHead), AnyAct::Task(inquire));
        challenged(&cast);
        let lost = cast.propose("public_works", "装路灯", cast.wording("装路灯", 8_000_000), Source::Secretary);
        let against: Vec<Outcome> =
            vec![Outcome { assembly: Assembly::Team, binding: true, in_favour: 2, against: 3, abstained: 0, base: 5, passed: false }];
        cast.sits(lost, Stage::Consult, &[Assembly::Team], against, cast.today());
        assert_eq!(cast.motion(lost).phase(), Phase::Rejected);
        let revise = motion::Act::Revise { motion: lost, wording: cast.wording("装十盏路灯", 5_000_000), why: "减少数量".into() };
        cast.does(&cast.post(PostKind::Secretary), AnyAct::Motion(revise));
        cast.does(&cast.post(PostKind::Secretary), AnyAct::Motion(motion::Act::Withdraw { motion: lost, reason: "镇里已经立项".into() }));
        looks(scene, &cast);
        accepted::check("follows.motion.txt", &accepted::follows(&scene.world.house, scene.village.code));
        every_page_opens(scene);
    });
}

/// What decisions owe stands on desks, boards and in lists without breaking any.
fn every_page_opens(scene: &Scene) {
    let _sealed = app::seal::all(&scene.world.house);
    let town = scene.sign_in("谢浩然", Some(PostKind::TownOfficer));
    let supervision = scene.sign_in("梁玉燕", Some(PostKind::SupervisionHead));
    for mut browser in [scene.stranger(), scene.resident(), scene.clerk(), scene.director(), supervision, town] {
        for route in web::ROUTES.iter().flat_map(|routes| routes.iter()).filter(|route| !route.post && !route.path.contains("{id}")) {
            let unit = if route.path.starts_with("/t/") { TOWN } else { UNIT };
            let path = route.path.replace("{unit}", unit).replace("{town}", TOWN).replace("{code}", unit);
            browser.get(&path.replace("{seq}", "40").replace("{number}", "40").replace("{paper}", "a4"));
            assert!(browser.page.status < 500, "{}: {}: {}", scene.store, route.path, browser.page.text());
        }
    }
}

/// One is ratified, one is not: its work stops.
fn emergencies(cast: &Cast<'_>) {
    let secretary = cast.post(PostKind::Secretary);
    let declare = |leaders: Vec<MatterId>| {
        let wording = cast.wording("抢修塌方路段", 6_000_000);
        AnyAct::Motion(motion::Act::Emergency { matter_type: "public_works".into(), title: "抢修塌方".into(), wording, leaders })
    };
    let village = &cast.scene.village;
    let two = vec![village.person(PostKind::CollectiveHead), cast.member];
    let with = |kind| vec![cast.member, village.person(kind)];
    for wrong in [vec![], with(PostKind::Clerk), with(PostKind::SupervisionHead), with(PostKind::Secretary)] {
        assert_eq!(cast.refuses(&secretary, declare(wrong)), Refusal::LeadersMissing { least: 2 });
    }
    for ratified in [true, false] {
        let motion = cast.does(&secretary, declare(two.clone()));
        let resolution = cast.resolution(motion, 1);
        let task = cast.does(&secretary, cast.assign(resolution.id, Some(6_000_000)));
        let outcomes = passed().into_iter().map(|outcome| Outcome { passed: ratified, ..outcome }).collect();
        cast.sits(motion, Stage::Ratify, &JOINT, outcomes, cast.today());
        let stopped = cast.task(task).phase() == task::Phase::Stopped;
        assert_eq!((cast.resolution(motion, 1).ratified.is_some(), stopped), (ratified, !ratified));
    }
}

/// Decided as daily work, found to be more: the decision falls. The one that takes its place is adjusted once.
fn challenged(cast: &Cast<'_>) {
    let wording = Box::new(Wording {
        figures: Figures { amount: Some(4_800_000), ..Figures::default() },
        ..*cast.wording("第二批办公桌椅", 0)
    });
    let motion = cast.propose("spending", "第二批办公桌椅", wording, Source::Secretary);
    cast.sits(motion, Stage::Daily, &[Assembly::Team], vec![], cast.today());
    let challenge = motion::Act::Challenge { motion, reason: Personal("分两次买就是为了不超五万".into()) };
    cast.does(&cast.resident(0), AnyAct::Motion(challenge));
    let judge = motion::Act::Judge { motion, major: true, reason: "两次是同一件事，合起来算".into() };
    cast.does(&cast.post(PostKind::SupervisionHead), AnyAct::Motion(judge));
    assert_eq!((cast.motion(motion).phase(), cast.resolution(motion, 1).standing()), (Phase::Proposed, Standing::Ended));
    cast.decides(motion);
    assert!(cast.resolution(motion, 2).ended.is_none());
    let adjust =
        motion::Act::Adjust { motion, wording: cast.wording("第二批办公桌椅减半", 2_400_000), why: "够用就行".into() };
    cast.does(&cast.post(PostKind::Secretary), AnyAct::Motion(adjust));
    let daily = cast.note(motion, Stage::Daily, &[Assembly::Team], vec![], cast.today());
    assert_eq!(cast.refuses(&law(), daily), Refusal::MajorMatter, "however small it becomes");
    cast.decides(motion);
    assert!(cast.resolution(motion, 2).ended.is_some() && cast.resolution(motion, 3).ended.is_none());
}

/// What lists and the ledger show.
fn looks(scene: &Scene, cast: &Cast<'_>) {
    let unit = scene.village.code;
    let house = &scene.world.house;
    let of = |phase| house.read(|tx| store::meet::motion::page(tx, unit, phase, 0, 20)).unwrap().len();
    assert_eq!((of(None), of(Some(Phase::Withdrawn)), of(Some(Phase::Resolved))), (5, 1, 3));
    let tally = house.read(|tx| store::meet::motion::tally(tx, unit)).unwrap();
    assert_eq!(tally.iter().map(|(_, _, count)| count).sum::<i64>(), 5);
    let ledger = house.read(|tx| store::steer::task::ledger(tx, unit, 2026)).unwrap();
    let shown: Vec<(u32, usize, bool)> = ledger
        .iter()
        .map(|carried| (carried.resolution.number, carried.tasks.len(), carried.days_since_news(cast.today()).is_some()))
        .collect();
    assert_eq!(shown, [(1, 1, true), (2, 1, false), (3, 1, true), (4, 0, false), (5, 0, false), (6, 0, true)]);
    let idle = house.read(|tx| store::meet::resolution::standing(tx, unit, Standing::Published)).unwrap();
    assert!(idle.is_empty(), "the last one is not published yet");
    let last = cast.resolution(ledger[5].resolution.issue.motion, 3);
    cast.does(&cast.post(PostKind::Clerk), AnyAct::Resolution(resolution::Act::Publish { resolution: last.id }));
    let idle = house.read(|tx| store::meet::resolution::standing(tx, unit, Standing::Published)).unwrap();
    assert_eq!(idle.iter().map(|resolution| resolution.id).collect::<Vec<_>>(), [last.id], "nobody carries it out");
    let doing = task::Phase::Doing;
    let of_body = house.read(|tx| store::steer::task::of_body(tx, unit, scene.village.committee, doing)).unwrap();
    let of_owner = house.read(|tx| store::steer::task::of_owner(tx, unit, cast.member_post, doing)).unwrap();
    assert_eq!((of_body.len(), of_owner.len()), (2, 2));
    let numbered = house.read(|tx| store::meet::resolution::numbered(tx, unit, 2026, 6)).unwrap();
    assert_eq!(numbered.map(|resolution| resolution.id), Some(last.id));
}
