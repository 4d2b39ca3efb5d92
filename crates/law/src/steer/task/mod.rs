//! 任务 Task: a resolution on its way to being carried out: by whom, how far, accepted by whom; 东组通〔2015〕33号 二（二）“根据……不同职能分工组织实施”.
//!
//! Nothing is assigned before its resolution is published, and nobody accepts what he carried out himself.

mod act;
mod decide;
#[cfg(test)]
mod tests;

pub use act::{Act, Doer, Extent, Fact, Milestone};
pub use decide::Given;

use crate::meet::resolution;
use crate::open::suggestion::Shown;
use crate::personal::Forgets;
use crate::{
    AnyAct, Audience, Duties, Duty, DutyState, Holder, Matter, MatterId, Moment, Owner, PersonalRef, PostKind, Refusal, Relied, Right,
    Term, limit,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The rule of its last day.
pub const FINISH: &str = "steer.task.finish";
/// The rule of how long a task may be silent.
pub const STALE: &str = "steer.task.stale";
/// The rule of how soon the supervision committee looks into one that is.
pub const INQUIRE: &str = "steer.task.inquire";
/// The rule of how soon it is accepted or returned.
pub const ACCEPT: &str = "steer.task.accept";
/// The rule of how soon its result is published.
pub const RESULT: &str = "open.result.publish";
/// The rule of how soon a question is answered.
pub const EXPLAIN: &str = "steer.result.explain";
pub use crate::open::suggestion::RELEASE;

/// A part of the work, and when it was reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The part.
    pub milestone: Milestone,
    /// When it was reached.
    pub reached: Option<Date>,
}

/// News of a task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct News {
    /// What kind.
    pub kind: NewsKind,
    /// The words.
    pub text: String,
    /// What was spent, in 分.
    pub spent: Option<i64>,
    /// On this day.
    pub on: Date,
    /// Entered on this day.
    pub entered: Date,
}

/// Kinds of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewsKind {
    /// 进展.
    Progress,
    /// 延期.
    Delay,
    /// 办完.
    Done,
    /// 退回.
    Return,
    /// 过问.
    Inquiry,
    /// 换人.
    Reassignment,
}

/// What was reported when it was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finish {
    /// How much of it was carried out.
    pub extent: Extent,
    /// What came of it.
    pub text: String,
    /// What remains.
    pub remains: Option<String>,
    /// On this day.
    pub on: Date,
}

/// An explanation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The words.
    pub text: String,
    /// Who explained.
    pub by: MatterId,
    /// His post.
    pub post: PostKind,
    /// On this day.
    pub on: Date,
    /// The last day to say that it does not do.
    pub verdict_until: Date,
}

/// One round of a question: somebody owes an explanation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Number of the duty.
    pub duty: u32,
    /// The explanation.
    pub explanation: Option<Explanation>,
}

/// A resident's question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its number in the task.
    pub n: u32,
    /// Reference to the words.
    pub text: PersonalRef,
    /// Reference to who asked.
    pub author: Option<PersonalRef>,
    /// On this day.
    pub on: Date,
    /// What the public reads of it.
    pub shown: Option<Shown>,
    /// First the body that carries it out, then somebody else, then the supervision committee.
    pub rounds: Vec<Round>,
    /// When it was erased.
    pub erased: Option<Date>,
}

/// A task as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Its id.
    pub id: MatterId,
    /// The resolution that it carries out.
    pub resolution: MatterId,
    /// The body.
    pub body: MatterId,
    /// Who sees to it.
    pub owner: Doer,
    /// A few words.
    pub title: String,
    /// Assigned on this day.
    pub assigned: Date,
    /// Its last day as it was first set.
    pub first_due: Date,
    /// Its last day now.
    pub due: Date,
    /// What it may spend, in 分.
    pub budget: Option<i64>,
    /// What was spent, in 分.
    pub spent: i64,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Everything that was reported of it.
    pub news: Vec<News>,
    /// What was reported when it was done.
    pub finish: Option<Finish>,
    /// When it was accepted, and what was looked at.
    pub accepted: Option<(Date, String)>,
    /// When the result was published, and until when it is up at least.
    pub published: Option<(Date, Date)>,
    /// When it was stopped.
    pub stopped: Option<Date>,
    /// Residents' questions.
    pub questions: Vec<Question>,
    /// What it owes.
    pub duties: Duties,
}

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// 实施中.
    Doing,
    /// 待验收.
    Done,
    /// 已验收.
    Accepted,
    /// 已停办.
    Stopped,
}

impl Phase {
    /// The stable word in tables and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Accepted => "accepted",
            Self::Stopped => "stopped",
        }
    }
}

/// The four qualities of a published result (及时、详实、准确、全面), each told by the record itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Qualities {
    /// Published within its days.
    pub timely: bool,
    /// What was spent and what came of it are said.
    pub detailed: bool,
    /// What was spent stays within what was given.
    pub accurate: bool,
    /// Every part is reached, or what remains is said.
    pub complete: bool,
}

impl Task {
    /// Where it stands.
    pub fn phase(&self) -> Phase {
        match (&self.accepted, &self.stopped, &self.finish) {
            // What was carried out stays so, whatever becomes of its resolution.
            (Some(_), ..) => Phase::Accepted,
            (None, Some(_), _) => Phase::Stopped,
            (None, None, Some(_)) => Phase::Done,
            (None, None, None) => Phase::Doing,
        }
    }

    /// The day of the latest news.
    pub fn last_news(&self) -> Date {
        let news = self.news.last().map_or(self.assigned, |news| news.entered);
        self.accepted.as_ref().map_or(news, |(on, _)| news.max(*on))
    }

    /// The four qualities of its result, once it is published.
    pub fn qualities(&self) -> Option<Qualities> {
        let finish = self.finish.as_ref().filter(|_| self.published.is_some())?;
        let in_time = self.duties.last(RESULT).is_some_and(|duty| matches!(duty.state, DutyState::Met { .. }));
        Some(Qualities {
            timely: in_time,
            detailed: !finish.text.trim().is_empty() && self.news.iter().any(|news| news.spent.is_some()),
            accurate: self.budget.is_none_or(|budget| self.spent <= budget),
            complete: finish.remains.is_some() || self.parts.iter().all(|part| part.reached.is_some()),
        })
    }

    fn owner(&self) -> Owner {
        Owner { body: Some(self.body), post: self.owner.kind }
    }

    fn tell(&mut self, kind: NewsKind, text: String, spent: Option<i64>, on: Date, entered: Date) {
        self.spent += spent.unwrap_or(0);
        self.news.push(News { kind, text, spent, on, entered });
    }

    /// News came: the next is owed by another day, and what was owed is done.
    fn heard_of(&mut self, on: Date, next: Term) {
        self.duties.meet(INQUIRE, on);
        let silent: Vec<u32> = self.duties.all().iter().filter(|duty| is_silent(duty)).map(|duty| duty.n).collect();
        silent.into_iter().for_each(|n| self.duties.meet_one(n, on));
        let open = self.duties.pending(STALE).map(|duty| duty.n);
        match open {
            Some(n) => self.duties.prolong(n, next),
            None => {
                self.duties.owe(next, self.owner());
            }
        }
    }

    /// The work is over: nothing more is owed for it.
    fn rests(&mut self, on: Date) {
        self.duties.waive(STALE, on);
        self.duties.waive(INQUIRE, on);
    }

    fn begin(id: MatterId, fact: Fact) -> Self {
        let Fact::Assigned { resolution, body, owner, title, finish, budget, milestones, on, stale } = fact else {
            unreachable!("the record holds {fact:?} before its matter")
        };
        let due = finish.due;
        let mut duties = Duties::default();
        duties.owe(finish, Owner { body: Some(body), post: owner.kind });
        duties.owe(stale, Owner { body: Some(body), post: owner.kind });
        let parts = milestones.into_iter().map(|milestone| Part { milestone, reached: None }).collect();
        Self {
            id,
            resolution,
            body,
            owner,
            title,
            assigned: on,
            first_due: due,
            due,
            budget,
            spent: 0,
            parts,
            news: Vec::new(),
            finish: None,
            accepted: None,
            published: None,
            stopped: None,
            questions: Vec::new(),
            duties,
        }
    }

    /// What is reported of the work.
    fn happen(&mut self, fact: Fact) {
        match fact {
            Fact::Assigned { .. } => unreachable!("a task is assigned once"),
            Fact::Reassigned { owner, reason, on } => {
                self.owner = owner;
                self.duties.reassign(FINISH, self.owner());
                self.duties.reassign(STALE, self.owner());
                self.tell(NewsKind::Reassignment, reason, None, on, on);
            }
            Fact::Progressed { text, spent, milestone, on, entered, stale } => {
                if let Some(part) = milestone.and_then(|n| self.parts.get_mut(n as usize)) {
                    part.reached = Some(on);
                }
                self.tell(NewsKind::Progress, text, spent, on, entered);
                self.heard_of(entered, stale);
            }
            Fact::Delayed { reason, finish, on, stale } => {
                self.due = finish.due;
                if let Some(n) = self.duties.pending(FINISH).map(|duty| duty.n) {
                    self.duties.prolong(n, finish);
                }
                self.tell(NewsKind::Delay, reason, None, on, on);
                self.heard_of(on, stale);
            }
            Fact::Done { extent, text, spent, remains, on, accept } => {
                self.tell(NewsKind::Done, text.clone(), spent, on, on);
                self.finish = Some(Finish { extent, text, remains, on });
                self.duties.meet(FINISH, on);
                self.rests(on);
                self.duties.owe(accept, Owner { body: None, post: PostKind::SupervisionHead });
            }
            Fact::Accepted { remark, on, publish } => {
                self.accepted = Some((on, remark));
                self.duties.meet(ACCEPT, on);
                self.duties.owe(publish, Owner { body: None, post: PostKind::Clerk });
            }
            Fact::Returned { reason, on, stale } => {
                self.finish = None;
                self.duties.meet(ACCEPT, on);
                self.tell(NewsKind::Return, reason, None, on, on);
                self.heard_of(on, stale);
            }
            Fact::ResultPublished { on, until } => {
                self.published = Some((on, until));
                self.duties.meet(RESULT, on);
            }
            Fact::Inquired { text, on, stale } => {
                self.tell(NewsKind::Inquiry, text, None, on, on);
                self.duties.meet(INQUIRE, on);
                self.duties.owe(stale, self.owner());
            }
            Fact::Stopped { on, .. } => {
                self.stopped = Some(on);
                for rule in [FINISH, STALE, INQUIRE, ACCEPT] {
                    self.duties.waive(rule, on);
                }
            }
            Fact::Lapsed { n, on, inquire } => {
                self.duties.lapse(n, on);
                if let Some(inquire) = inquire {
                    self.duties.owe(inquire, Owner { body: None, post: PostKind::SupervisionHead });
                }
            }
            Fact::Rescheduled { n, new, .. } => self.duties.prolong(n, new),
            question => self.converse(question),
        }
    }

    /// What is asked and explained.
    fn converse(&mut self, fact: Fact) {
        match fact {
            Fact::Asked { text, author, on, explain, release } => {
                let n = u32::try_from(self.questions.len()).expect("a task has few questions");
                let duty = self.duties.owe(explain, self.owner());
                let rounds = vec![Round { duty, explanation: None }];
                self.questions.push(Question { n, text, author, on, shown: None, rounds, erased: None });
                if let Some(release) = release {
                    self.duties.owe(release, Owner { body: None, post: PostKind::Clerk });
                }
            }
            Fact::Explained { question, text, by, post, on, verdict_until } => {
                let round = self.questions.get_mut(question as usize).and_then(|question| question.rounds.last_mut());
                let round = round.expect("what is explained was asked");
                round.explanation = Some(Explanation { text, by, post, on, verdict_until });
                let duty = round.duty;
                self.duties.meet_one(duty, on);
            }
            Fact::Unsatisfied { question, explain, .. } => {
                let before = self.questions[question as usize].rounds.last().and_then(|round| round.explanation.as_ref());
                let first = before.map(|explanation| explanation.post);
                let post = match self.questions[question as usize].rounds.len() {
                    // 书记 and 主任 are often one person; then it is another head's turn.
                    1 if first == Some(PostKind::Secretary) || first == Some(PostKind::Director) => PostKind::CollectiveHead,
                    1 => PostKind::Secretary,
                    _ => PostKind::SupervisionHead,
                };
                let duty = self.duties.owe(explain, Owner { body: None, post });
                self.questions[question as usize].rounds.push(Round { duty, explanation: None });
            }
            Fact::Released { questions, shown, on, .. } => {
                for question in self.questions.iter_mut().filter(|question| questions.contains(&question.n)) {
                    question.shown = Some(shown.clone());
                }
                self.looked(on);
            }
            Fact::Erased { question, on, .. } => {
                if let Some(question) = self.questions.get_mut(question as usize) {
                    question.erased = Some(on);
                }
                self.looked(on);
            }
            work => unreachable!("{work:?} is no question"),
        }
    }

    fn looked(&mut self, on: Date) {
        if self.questions.iter().all(|question| question.shown.is_some() || question.erased.is_some()) {
            self.duties.meet(RELEASE, on);
        }
    }
}

fn is_silent(duty: &Duty) -> bool {
    duty.term.rule == STALE && matches!(duty.state, DutyState::Lapsed { .. })
}

const ASSIGNS: &[Holder] = &[Holder::Here(PostKind::Secretary), Holder::Here(PostKind::Director), Holder::Here(PostKind::CollectiveHead)];
const DOES: &[Holder] = &[
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::CollectiveHead),
    Holder::Here(PostKind::Member),
    Holder::Here(PostKind::Discipline),
    Holder::Here(PostKind::Clerk),
];
const EXPLAINS: &[Holder] = &[
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::CollectiveHead),
    Holder::Here(PostKind::Member),
    Holder::Here(PostKind::Clerk),
    Holder::Here(PostKind::SupervisionHead),
];
const OFFICE: &[Holder] = &[Holder::Here(PostKind::Clerk), Holder::Here(PostKind::Secretary), Holder::Here(PostKind::Director)];
const LOOKS: &[Holder] = &[
    Holder::Here(PostKind::Clerk),
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::SupervisionHead),
];
const SUPERVISION: &[Holder] = &[Holder::Here(PostKind::SupervisionHead)];
const PHONE: &[Holder] = &[Holder::Phone];
const CLOCK: &[Holder] = &[Holder::Clock];

impl Matter for Task {
    const KIND: &'static str = "task";
    const SHAPE: i64 = 1;
    const STEPS: u64 = limit::LONG_STEPS;
    const RULES: &'static [&'static str] = &[FINISH, STALE, INQUIRE, ACCEPT, RESULT, EXPLAIN];
    type Act = Act;
    type Given = Given;
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Task(act)
    }

    fn of(act: &Act, at: &Moment<'_>) -> MatterId {
        act.task().unwrap_or(at.fresh)
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::Assign { .. } => Right::new("task.assign", ASSIGNS),
            Act::Reassign { .. } => Right::new("task.reassign", ASSIGNS),
            Act::Progress { .. } => Right::new("task.progress", DOES),
            Act::Delay { .. } => Right::new("task.delay", DOES),
            Act::Done { .. } => Right::new("task.done", DOES),
            Act::Accept { .. } => Right::new("task.accept", SUPERVISION),
            Act::Return { .. } => Right::new("task.return", SUPERVISION),
            Act::PublishResult { .. } => Right::new("task.publish_result", OFFICE),
            Act::Inquire { .. } => Right::new("task.inquire", SUPERVISION),
            Act::Ask { .. } => Right::new("task.ask", PHONE),
            Act::Explain { .. } => Right::new("task.explain", EXPLAINS),
            Act::Unsatisfied { .. } => Right::new("task.unsatisfied", PHONE),
            Act::Release { .. } => Right::new("task.release", LOOKS),
            Act::Erase { .. } => Right::new("task.erase", &[Holder::Above(PostKind::TownOfficer)]),
            Act::Stop { .. } => Right::new("task.stop", &[Holder::Law]),
            Act::Lapse { .. } => Right::new("task.lapse", CLOCK),
            Act::Reschedule { .. } => Right::new("task.reschedule", CLOCK),
        }
    }

    /// Facts hold no personal text, so everybody may read them; the words of residents follow `shown`.
    fn audience(&self, _: &Fact) -> Audience {
        Audience::Public
    }

    fn personal(act: &Act) -> Vec<(&'static str, String)> {
        match act {
            Act::Ask { text, .. } => vec![("question", text.text().to_owned())],
            _ => Vec::new(),
        }
    }

    fn relies(given: &Given) -> Vec<Relied> {
        given.relies.clone()
    }

    fn decide(before: Option<&Self>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        decide::decide(before, act, given, at)
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        let Some(mut task) = before else { return Self::begin(id, fact) };
        task.happen(fact);
        task
    }

    fn forgets(fact: &Fact) -> Forgets {
        match fact {
            Fact::Erased { gone, .. } => Forgets::Refs(gone.clone()),
            _ => Forgets::Nothing,
        }
    }

    /// The resolution knows who carries it out.
    fn follows(&self, fact: &Fact) -> Vec<AnyAct> {
        match fact {
            Fact::Assigned { resolution, budget, .. } => {
                let (resolution, task, budget) = (*resolution, self.id, *budget);
                vec![AnyAct::Resolution(resolution::Act::Entrust { resolution, task, budget })]
            }
            _ => Vec::new(),
        }
    }

    fn duties(&self) -> Vec<Duty> {
        self.duties.all().to_vec()
    }

    fn overdue(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.silent(at.day).map(|duty| Act::Lapse { task: id, n: duty.n })
    }

    fn reckoned(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.outdated(at).map(|(n, _)| Act::Reschedule { task: id, n })
    }
}
