//! 四步不可跳 Whatever is asked in whatever order: nothing counts as carried out that did not pass all four steps and was published; 东组通〔2015〕33号 二（二）.

use super::tests::{JOINT, id, outcome, wording};
use super::*;
use crate::lead::body::{Body, BodyKind};
use crate::lead::post::Post;
use crate::meet::Assembly;
use crate::meet::resolution::Resolution;
use crate::steer::task::{self, Task};
use crate::{Actor, Office, Personal, Policy, UnitCode, Who};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::Cell;
use std::sync::LazyLock;

static POLICY: LazyLock<Policy> = LazyLock::new(Policy::embedded);

/// A village in which everything is tried: one motion, its resolutions, their tasks, and every fact in order.
struct Village {
    day: Date,
    motion: Option<Motion>,
    resolutions: Vec<Resolution>,
    tasks: Vec<Task>,
    facts: Vec<Happened>,
}

#[derive(Debug)]
enum Happened {
    Motion(Fact),
    Resolution(MatterId, resolution::Fact),
    Task(MatterId, task::Fact),
}

fn actor(kind: PostKind, person: u64) -> Actor {
    let office = Office { unit: UnitCode::parse("441900125200").unwrap(), post: id(90 + person), step: 0, body: id(50), kind };
    Actor::new(Who::Official { person: id(person), offices: vec![office] })
}

impl Village {
    fn new() -> Self {
        Self { day: date(2026, 3, 2), motion: None, resolutions: Vec::new(), tasks: Vec::new(), facts: Vec::new() }
    }

    fn decide<M: Matter>(&self, before: Option<&M>, act: M::Act, given: M::Given, by: &Actor, fresh: u64) -> Option<M::Fact> {
        let office = match &by.who {
            Who::Official { offices, .. } => offices.first(),
            _ => None,
        };
        let unit = UnitCode::parse("441900125200").unwrap();
        let now = self.day.at(9, 0, 0, 0).to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).unwrap().timestamp();
        let at = Moment {
            unit,
            profile: unit.profile(),
            started: Some(date(2026, 1, 1)),
            now,
            day: self.day,
            by,
            office,
            fresh: id(fresh),
            salt: [3; 16],
            policy: &POLICY,
        };
        M::decide(before, act, given, &at).ok()
    }

    fn moves(&mut self, by: &Actor, act: Act) {
        let body = Body { id: id(50), kind: BodyKind::Committee, name: "村委会".into(), since: date(2015, 1, 1), until: None };
        let given = Given { body: Some(body), team: vec![id(20), id(21)], ..Given::default() };
        let Some(fact) = self.decide::<Motion>(self.motion.as_ref(), act, given, by, 1) else { return };
        let motion = Motion::evolve(self.motion.take(), fact.clone(), id(1));
        let follows = motion.follows(&fact);
        self.motion = Some(motion);
        self.facts.push(Happened::Motion(fact));
        self.entail(follows);
    }

    fn entail(&mut self, acts: Vec<AnyAct>) {
        let law = Actor::new(Who::Law { cause: 0 });
        for act in acts {
            let done = match act.clone() {
                AnyAct::Resolution(act) => self.resolves(&law, act),
                AnyAct::Task(act) => self.works(&law, act),
                _ => false,
            };
            assert!(done, "what the law entails is never refused: {act:?}");
        }
    }

    fn resolves(&mut self, by: &Actor, act: resolution::Act) -> bool {
        let clock = Actor::new(Who::Clock);
        let which = self.decide_id(&act, &clock);
        let at = self.resolutions.iter().position(|resolution| resolution.id == which);
        let last = u32::try_from(self.resolutions.len()).unwrap();
        let before = at.map(|at| &self.resolutions[at]);
        let Some(fact) = self.decide::<Resolution>(before, act, resolution::Given { last }, by, 2) else { return false };
        let resolution = Resolution::evolve(at.map(|at| self.resolutions.remove(at)), fact.clone(), which);
        let follows = resolution.follows(&fact);
        self.resolutions.insert(at.unwrap_or(self.resolutions.len()), resolution);
        self.facts.push(Happened::Resolution(which, fact));
        self.entail(follows);
        true
    }

    fn decide_id(&self, act: &resolution::Act, by: &Actor) -> MatterId {
        let unit = UnitCode::parse("441900125200").unwrap();
        let now = jiff::Timestamp::UNIX_EPOCH;
        let day = self.day;
        let at = Moment { unit, profile: None, started: None, now, day, by, office: None, fresh: id(2), salt: [0; 16], policy: &POLICY };
        Resolution::of(act, &at)
    }

    fn works(&mut self, by: &Actor, act: task::Act) -> bool {
        let at = act.task().and_then(|id| self.tasks.iter().position(|task| task.id == id));
        let which = act.task().unwrap_or(id(1000 + u64::try_from(self.tasks.len()).unwrap()));
        let named = match &act {
            task::Act::Assign { resolution, .. } => Some(*resolution),
            _ => at.map(|at| self.tasks[at].resolution),
        };
        let given = task::Given {
            resolution: named.and_then(|id| self.resolutions.iter().find(|resolution| resolution.id == id).cloned()),
            body: Some(Body { id: id(50), kind: BodyKind::Committee, name: "村委会".into(), since: date(2015, 1, 1), until: None }),
            owner: Some(Post {
                id: id(98),
                person: id(8),
                name: "林伟棠".into(),
                body: id(50),
                kind: PostKind::Director,
                from: date(2020, 1, 1),
                to: None,
            }),
            ..task::Given::default()
        };
        let before = at.map(|at| &self.tasks[at]);
        let Some(fact) = self.decide::<Task>(before, act, given, by, 1000 + u64::try_from(self.tasks.len()).unwrap()) else { return false };
        let task = Task::evolve(at.map(|at| self.tasks.remove(at)), fact.clone(), which);
        let follows = task.follows(&fact);
        self.tasks.insert(at.unwrap_or(self.tasks.len()), task);
        self.facts.push(Happened::Task(which, fact));
        self.entail(follows);
        true
    }

    /// One attempt out of many: most are refused, as they should be.
    fn attempt(&mut self, what: u8, how: u8) {
        let secretary = actor(PostKind::Secretary, 8);
        match what {
            1 => self.moves(
                &Actor::new(Who::Resident { person: id(7), on_roll: true }),
                Act::Challenge { motion: id(1), reason: Personal("应当算重大事项".into()) },
            ),
            2 => {
                self.moves(&actor(PostKind::SupervisionHead, 9), Act::Judge { motion: id(1), major: how > 0, reason: "核对过数额".into() })
            }
            3 => self.reword(how, &secretary),
            4 | 5 => self.moves(&secretary, Act::PostDraft { motion: id(1), until: None }),
            6 => self.moves(
                &Actor::new(Who::Resident { person: id(7), on_roll: true }),
                Act::Opine { motion: id(1), text: Personal("先修东头".into()) },
            ),
            7 | 8 => {
                let waiting = |voice: &&Voice| voice.about == About::Draft && voice.reply.is_none();
                let opinions = self.motion.iter().flat_map(|motion| &motion.voices).filter(waiting).map(|voice| voice.n).collect();
                self.moves(&secretary, Act::AnswerOpinion { motion: id(1), opinions, taken: true, text: "采纳，先修东头".into() });
            }
            9 => self.sit(Stage::Consult, how),
            10 | 11 => self.sit(Stage::Deliberate, how),
            12 | 13 => self.sit(Stage::Resolve, how),
            14 => self.sit(Stage::Daily, how),
            15 | 18 | 19 => self.sit(Stage::Ratify, how),
            16 if how == 3 => self.moves(&secretary, Act::Withdraw { motion: id(1), reason: "另行安排".into() }),
            16 | 17 => self.publish(how),
            20..=22 => self.assign(how, &secretary),
            _ => self.work(what, how),
        }
    }

    fn begin(&mut self, how: u8, secretary: &Actor) {
        let title = "排水沟清淤".to_owned();
        let small = Box::new(Wording { figures: Figures { amount: Some(100), ..Figures::default() }, ..*wording("清淤") });
        let act = match how {
            0 | 1 => Act::Propose {
                matter_type: "public_works".into(),
                title,
                wording: wording("清淤"),
                source: Source::Secretary,
                occurred_on: None,
            },
            2 => Act::Propose { matter_type: "spending".into(), title, wording: small, source: Source::Secretary, occurred_on: None },
            _ => Act::Emergency { matter_type: "public_works".into(), title, wording: wording("抢修"), leaders: vec![id(20), id(21)] },
        };
        self.moves(secretary, act);
    }

    fn reword(&mut self, how: u8, secretary: &Actor) {
        let (motion, why) = (id(1), "按意见修改".to_owned());
        let wording = wording(["清淤", "清淤并加盖", "清淤", "清淤一"][usize::from(how)]);
        match how {
            3 => self.moves(secretary, Act::Adjust { motion, wording, why }),
            _ => self.moves(secretary, Act::Revise { motion, wording, why }),
        }
    }

    fn sit(&mut self, stage: Stage, how: u8) {
        let teams = matches!(stage, Stage::Consult | Stage::Daily) != (how == 3);
        let seated = if teams { vec![Assembly::Team] } else { JOINT.to_vec() };
        let outcomes = match (stage, how) {
            (Stage::Consult | Stage::Deliberate, _) => Vec::new(),
            (Stage::Daily, _) => vec![outcome(Assembly::Team, true, how > 0)],
            (_, 0) => vec![outcome(Assembly::Representatives, false, true)],
            _ => vec![outcome(Assembly::Representatives, true, true), outcome(Assembly::Party, false, true)],
        };
        let version = self.motion.as_ref().map_or(1, Motion::version);
        let note = Note { motion: id(1), stage, version, sitting: id(70), item: 0, seated, ballot: None, outcomes, on: self.day };
        self.moves(&Actor::new(Who::Law { cause: 0 }), Act::Note(note));
    }

    fn one<T>(all: &[T], how: u8) -> Option<&T> {
        all.get(usize::from(how) % all.len().max(1))
    }

    fn publish(&mut self, how: u8) {
        let Some(resolution) = Self::one(&self.resolutions, how).map(|resolution| resolution.id) else { return };
        self.resolves(&actor(PostKind::Clerk, 10), resolution::Act::Publish { resolution });
    }

    fn assign(&mut self, how: u8, secretary: &Actor) {
        let Some(resolution) = Self::one(&self.resolutions, how).map(|resolution| resolution.id) else { return };
        let (body, owner, title, due) = (id(50), id(98), "清淤施工".to_owned(), date(2027, 6, 1));
        self.works(secretary, task::Act::Assign { resolution, body, owner, title, due, budget: None, milestones: Vec::new() });
    }

    fn work(&mut self, what: u8, how: u8) {
        let Some(task) = Self::one(&self.tasks, how).map(|task| task.id) else { return };
        let director = actor(PostKind::Director, 8);
        let text = "东头已经清完，西头下周开工".to_owned();
        let (by, act) = match what {
            23 => (director, task::Act::Progress { task, text, spent: None, milestone: None, occurred_on: None }),
            24 | 25 => (director, task::Act::Done { task, extent: task::Extent::Whole, text, spent: None, remains: None }),
            26 => (actor(PostKind::SupervisionHead, 9), task::Act::Return { task, reason: "西头没有清".into() }),
            _ => (actor(PostKind::SupervisionHead, 9), task::Act::Accept { task, remark: "现场看过".into() }),
        };
        self.works(&by, act);
    }

    /// Whether the facts before the acceptance at `at` say that everything was done that must be.
    fn is_proper(&self, at: usize, task: &Task) -> bool {
        let before = &self.facts[..at];
        let published = before
            .iter()
            .any(|happened| matches!(happened, Happened::Resolution(id, resolution::Fact::Published { .. }) if *id == task.resolution));
        let motion: Vec<&Fact> =
            before.iter().filter_map(|happened| if let Happened::Motion(fact) = happened { Some(fact) } else { None }).collect();
        let decided = |fact: &Fact| match fact {
            Fact::Resolved { passage, .. } | Fact::Ratified { passage, .. } => Resolution::id_of(id(1), passage.version) == task.resolution,
            _ => false,
        };
        let Some(end) = motion.iter().position(|fact| decided(fact)) else { return false };
        published && is_well_decided(&motion[..=end])
    }
}

/// Whether these facts, of which the last decides, hold all steps of that version in their order.
fn is_well_decided(facts: &[&Fact]) -> bool {
    let last_of = |is: fn(&Fact) -> bool| facts.iter().rposition(|fact| is(fact));
    match facts.last() {
        Some(Fact::Ratified { .. }) => matches!(facts[0], Fact::Declared { .. }),
        Some(Fact::Resolved { passage, class, .. }) if !class.major => passage.seated == [Assembly::Team],
        Some(Fact::Resolved { passage, .. }) => {
            let begun = last_of(|fact| {
                let anew = matches!(fact, Fact::Revised { anew: true, .. } | Fact::Judged { falls: Some(_), .. });
                anew || matches!(fact, Fact::Proposed { .. } | Fact::Adjusted { .. })
            });
            let consulted = last_of(|fact| matches!(fact, Fact::Consulted { .. }));
            let posted = last_of(|fact| matches!(fact, Fact::DraftPosted { .. }));
            let worded = last_of(|fact| matches!(fact, Fact::Proposed { .. } | Fact::Adjusted { .. } | Fact::Revised { .. }));
            let deliberated = last_of(|fact| matches!(fact, Fact::Deliberated { .. }));
            let same = |fact: &Fact| matches!(fact, Fact::Deliberated { passage: heard, .. } if heard.digest == passage.digest);
            begun < consulted
                && consulted < posted
                && posted < deliberated
                && worded < deliberated
                && deliberated.is_some_and(|at| same(facts[at]))
        }
        _ => false,
    }
}

#[test]
fn no_path_leads_to_carried_out_without_four_steps_and_a_publication() {
    let reached = Cell::new((0_u32, 0_u32));
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config { cases: 500, failure_persistence: None, ..Config::default() }, rng);
    let deeds = (0_u8..4, proptest::collection::vec((1_u8..30, 0_u8..4, 0_i8..6), 150..400));
    let outcome = runner.run(&deeds, |(first, deeds)| {
        let mut village = Village::new();
        village.begin(first, &actor(PostKind::Secretary, 8));
        for (what, how, days) in deeds {
            village.day = village.day.checked_add(jiff::Span::new().days(i64::from(days / 2))).unwrap();
            village.attempt(what, how);
        }
        for (at, happened) in village.facts.iter().enumerate() {
            let Happened::Task(which, task::Fact::Accepted { .. }) = happened else { continue };
            let task = village.tasks.iter().find(|task| task.id == *which).unwrap();
            prop_assert!(village.is_proper(at, task), "{:?}", village.facts);
            let emergency = matches!(village.facts[0], Happened::Motion(Fact::Declared { .. }));
            let (ordinary, urgent) = reached.get();
            reached.set(if emergency { (ordinary, urgent + 1) } else { (ordinary + 1, urgent) });
        }
        let numbers: Vec<u32> = village.resolutions.iter().map(|resolution| resolution.number).collect();
        prop_assert!(numbers.iter().zip(1..).all(|(number, nth)| *number == nth), "without a gap: {numbers:?}");
        Ok(())
    });
    outcome.unwrap();
    let (ordinary, urgent) = reached.get();
    assert!(ordinary > 20 && urgent > 5, "the walks do get there: {ordinary}, {urgent}");
}
