//! 决议 Resolution: a decision as a numbered paper, published before anybody carries it out; 东组通〔2015〕33号 二（二）“以书面形式向全体村（居）民进行公开”.

use super::Outcome;
use crate::lead::body::BodyKind;
use crate::open::notice::{KEEP, PAPER};
use crate::{
    AnyAct, Audience, Digest, Duties, Duty, Holder, Matter, MatterId, Moment, Owner, PostKind, Refusal, Right, Term, limit, steer::task,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The rule of how soon a decision of the joint meeting is published.
pub const PUBLISH: &str = "meet.congress.publish";
/// The rule of how soon other decisions are published.
pub const PUBLISH_DAILY: &str = "open.decision.publish";
/// The rule of how soon it is settled who carries it out.
pub const ASSIGN: &str = "steer.resolution.assign";

/// What the motion hands over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The motion.
    pub motion: MatterId,
    /// Its version.
    pub version: u32,
    /// The kind of matter.
    pub matter_type: String,
    /// A few words.
    pub title: String,
    /// What was decided.
    pub text: String,
    /// By what law or rule.
    pub basis: String,
    /// 重大, or daily work.
    pub major: bool,
    /// The rule that lists this kind of matter.
    pub rule: String,
    /// The body that is to carry it out.
    pub body: MatterId,
    /// Which kinds of body may.
    pub carried_out_by: Vec<BodyKind>,
    /// What it costs or brings, in 分.
    pub amount: Option<i64>,
    /// To be carried out by this day.
    pub deadline: Option<Date>,
    /// What each assembly said, those that only advise too.
    pub outcomes: Vec<Outcome>,
    /// The day of the decision.
    pub decided_on: Date,
    /// Done before a sitting could decide, to be ratified.
    pub emergency: bool,
}

/// Why a resolution no longer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum End {
    /// Another one took its place (调整).
    Adjusted {
        /// Which.
        by: MatterId,
    },
    /// What was done in an emergency was not ratified.
    NotRatified,
    /// It was taken as daily work and is not.
    NotCompetent,
}

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Make it a paper with a number.
    Issue(Box<Issue>),
    /// Publish it (书面公开).
    Publish {
        /// The resolution.
        resolution: MatterId,
    },
    /// It hangs on the board as paper.
    PostPaper {
        /// The resolution.
        resolution: MatterId,
        /// By whom.
        by: String,
        /// Since this day.
        day: Date,
        /// Where.
        place: String,
        /// SHA-256 of a photograph of it.
        photo: Option<Digest>,
    },
    /// Somebody is to carry it out.
    Entrust {
        /// The resolution.
        resolution: MatterId,
        /// The task.
        task: MatterId,
        /// What it may spend, in 分.
        budget: Option<i64>,
    },
    /// A sitting ratified what was done in an emergency.
    Ratify {
        /// The resolution.
        resolution: MatterId,
        /// What each assembly said.
        outcomes: Vec<Outcome>,
    },
    /// It no longer holds.
    End {
        /// The resolution.
        resolution: MatterId,
        /// Why.
        why: End,
    },
    /// Note that a last day passed in silence.
    Lapse {
        /// The resolution.
        resolution: MatterId,
        /// Which duty.
        n: u32,
    },
    /// Count an open duty again by the calendar in force.
    Reschedule {
        /// The resolution.
        resolution: MatterId,
        /// Which duty.
        n: u32,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It is a paper with a number.
    Issued {
        /// What it says.
        issue: Box<Issue>,
        /// Year of the number.
        year: i16,
        /// Number within the unit's year, without a gap.
        number: u32,
        /// The term to publish it.
        publish: Term,
    },
    /// It was published.
    Published {
        /// On this day.
        on: Date,
        /// Up until this day at least.
        until: Date,
        /// The term for the paper.
        paper: Term,
        /// The term to settle who carries it out; none if that is settled or it no longer holds.
        assign: Option<Term>,
    },
    /// It hangs as paper.
    PaperPosted {
        /// By whom.
        by: String,
        /// Since this day.
        day: Date,
        /// Where.
        place: String,
        /// SHA-256 of a photograph of it.
        photo: Option<Digest>,
        /// Entered on this day.
        entered: Date,
    },
    /// Somebody is to carry it out.
    Entrusted {
        /// The task.
        task: MatterId,
        /// What it may spend, in 分.
        budget: Option<i64>,
        /// On this day.
        on: Date,
    },
    /// It was ratified.
    Ratified {
        /// What each assembly said.
        outcomes: Vec<Outcome>,
        /// On this day.
        on: Date,
    },
    /// It no longer holds.
    Ended {
        /// Why.
        why: End,
        /// On this day.
        on: Date,
    },
    /// A last day passed in silence.
    Lapsed {
        /// Which duty.
        n: u32,
        /// Noted on this day.
        on: Date,
    },
    /// An open duty was counted again.
    Rescheduled {
        /// Which duty.
        n: u32,
        /// As it was.
        old: Term,
        /// As it is.
        new: Term,
    },
}

/// Where it hangs as paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// By whom.
    pub by: String,
    /// Since this day.
    pub day: Date,
    /// Where.
    pub place: String,
    /// SHA-256 of a photograph of it.
    pub photo: Option<Digest>,
    /// Entered on this day.
    pub entered: Date,
}

/// A task that carries it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entrusted {
    /// The task.
    pub task: MatterId,
    /// What it may spend, in 分.
    pub budget: Option<i64>,
}

/// A resolution as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resolution {
    /// Its id, always the same for motion and version.
    pub id: MatterId,
    /// What it says.
    pub issue: Issue,
    /// Year of the number.
    pub year: i16,
    /// Number within the unit's year.
    pub number: u32,
    /// When it was published, and until when it is up at least.
    pub published: Option<(Date, Date)>,
    /// Where it hangs.
    pub papers: Vec<Paper>,
    /// Who carries it out.
    pub tasks: Vec<Entrusted>,
    /// When it was ratified, for what was done in an emergency.
    pub ratified: Option<Date>,
    /// Why and since when it no longer holds.
    pub ended: Option<(End, Date)>,
    /// What it owes.
    pub duties: Duties,
}

/// Where a resolution stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 待公开.
    Unpublished,
    /// 已公开, and nobody carries it out yet.
    Published,
    /// 实施中, or done: its tasks tell.
    Entrusted,
    /// 不再执行.
    Ended,
}

impl Standing {
    /// The stable word in tables and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unpublished => "unpublished",
            Self::Published => "published",
            Self::Entrusted => "entrusted",
            Self::Ended => "ended",
        }
    }
}

impl Resolution {
    /// The id of the resolution that a motion's version becomes.
    pub fn id_of(motion: MatterId, version: u32) -> MatterId {
        MatterId::named(&format!("resolution/{motion}/{version}"))
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing {
        match (&self.ended, &self.published, self.tasks.is_empty()) {
            (Some(_), ..) => Standing::Ended,
            (None, _, false) => Standing::Entrusted,
            (None, Some(_), true) => Standing::Published,
            (None, None, true) => Standing::Unpublished,
        }
    }

    /// How many votes were against it, in the assemblies that decide.
    pub fn dissent(&self) -> u32 {
        self.issue.outcomes.iter().filter(|outcome| outcome.binding).map(|outcome| outcome.against).sum()
    }

    /// What is left to spend, in 分; none where it gives no amount.
    pub fn left(&self) -> Option<i64> {
        let given: i64 = self.tasks.iter().filter_map(|task| task.budget).sum();
        self.issue.amount.map(|amount| amount - given)
    }

    /// Refuses to carry it out before it is published (先公开后实施); what was done in an emergency may be begun.
    pub fn may_be_carried_out(&self) -> Result<(), Refusal> {
        match self.ended {
            Some(_) => Err(Refusal::DecisionEnded),
            None if self.published.is_none() && !self.issue.emergency => Err(Refusal::NotPublished),
            None => Ok(()),
        }
    }

    /// Refuses to call it carried out while it is not published or, after an emergency, not ratified.
    pub fn may_be_accepted(&self) -> Result<(), Refusal> {
        self.may_be_carried_out()?;
        self.published.ok_or(Refusal::NotPublished)?;
        match self.issue.emergency && self.ratified.is_none() {
            true => Err(Refusal::NotRatified),
            false => Ok(()),
        }
    }

    fn begin(id: MatterId, issue: Issue, year: i16, number: u32, publish: Term) -> Self {
        let mut duties = Duties::default();
        duties.owe(publish, Owner { body: None, post: PostKind::Secretary });
        let (papers, tasks) = (Vec::new(), Vec::new());
        Self { id, issue, year, number, published: None, papers, tasks, ratified: None, ended: None, duties }
    }

    fn publish(&self, at: &Moment<'_>) -> Result<Fact, Refusal> {
        if self.published.is_some() {
            return Err(Refusal::AlreadyPublished);
        }
        let assign = match self.tasks.is_empty() && self.ended.is_none() {
            true => Some(at.term(ASSIGN, at.day)?),
            false => None,
        };
        Ok(Fact::Published { on: at.day, until: at.days_after(KEEP, "days", at.day)?, paper: at.term(PAPER, at.day)?, assign })
    }

    fn paper(&self, paper: Paper, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let Paper { by, day, place, photo, entered } = paper;
        limit::public_text("by", &by, limit::NAME)?;
        limit::public_text("place", &place, limit::TITLE)?;
        let (since, _) = self.published.ok_or(Refusal::NotPublished)?;
        if day > at.day {
            return Err(Refusal::DayAhead { day });
        }
        if day < since {
            return Err(Refusal::DaysOutOfOrder { first: since, then: day });
        }
        match self.papers.iter().any(|paper| paper.place == place) {
            true => Err(Refusal::AlreadyPosted),
            false => Ok(Fact::PaperPosted { by, day, place, photo, entered }),
        }
    }
}

const STAFF: &[Holder] = &[Holder::Here(PostKind::Clerk), Holder::Here(PostKind::Secretary), Holder::Here(PostKind::Director)];
const LAW: &[Holder] = &[Holder::Law];
const CLOCK: &[Holder] = &[Holder::Clock];

/// What the law looks at besides the resolution: the highest number of the unit's year.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given {
    /// That number; 0 before the first.
    pub last: u32,
}

impl Matter for Resolution {
    const KIND: &'static str = "resolution";
    const SHAPE: i64 = 1;
    const RULES: &'static [&'static str] = &[PUBLISH, PUBLISH_DAILY, ASSIGN];
    type Act = Act;
    type Given = Given;
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Resolution(act)
    }

    fn of(act: &Act, _: &Moment<'_>) -> MatterId {
        match act {
            Act::Issue(issue) => Self::id_of(issue.motion, issue.version),
            Act::Publish { resolution }
            | Act::PostPaper { resolution, .. }
            | Act::Entrust { resolution, .. }
            | Act::Ratify { resolution, .. }
            | Act::End { resolution, .. }
            | Act::Lapse { resolution, .. }
            | Act::Reschedule { resolution, .. } => *resolution,
        }
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::Issue(_) => Right::new("resolution.issue", LAW),
            Act::Publish { .. } => Right::new("resolution.publish", STAFF),
            Act::PostPaper { .. } => Right::new("resolution.post_paper", STAFF),
            Act::Entrust { .. } => Right::new("resolution.entrust", LAW),
            Act::Ratify { .. } => Right::new("resolution.ratify", LAW),
            Act::End { .. } => Right::new("resolution.end", LAW),
            Act::Lapse { .. } => Right::new("resolution.lapse", CLOCK),
            Act::Reschedule { .. } => Right::new("resolution.reschedule", CLOCK),
        }
    }

    fn audience(&self, _: &Fact) -> Audience {
        Audience::Public
    }

    fn decide(before: Option<&Self>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let (resolution, act) = match (before, act) {
            (None, Act::Issue(issue)) => {
                let rule = if issue.major { PUBLISH } else { PUBLISH_DAILY };
                let publish = at.term(rule, issue.decided_on)?;
                return Ok(Fact::Issued { issue, year: at.day.year(), number: given.last + 1, publish });
            }
            (Some(_), Act::Issue(_)) => return Err(Refusal::AlreadyExists),
            (None, _) => return Err(Refusal::NoSuchMatter),
            (Some(resolution), act) => (resolution, act),
        };
        match act {
            Act::Publish { .. } => resolution.publish(at),
            Act::PostPaper { by, day, place, photo, .. } => resolution.paper(Paper { by, day, place, photo, entered: at.day }, at),
            Act::Entrust { task, budget, .. } => Ok(Fact::Entrusted { task, budget, on: at.day }),
            Act::Ratify { outcomes, .. } => Ok(Fact::Ratified { outcomes, on: at.day }),
            Act::End { why, .. } => Ok(Fact::Ended { why, on: at.day }),
            Act::Lapse { n, .. } => match resolution.duties.get(n).is_some_and(|duty| duty.is_silent(at.day)) {
                true => Ok(Fact::Lapsed { n, on: at.day }),
                false => Err(Refusal::NotYetDue),
            },
            Act::Reschedule { n, .. } => resolution.duties.reschedule(n, at, |old, new| Fact::Rescheduled { n, old, new }),
            Act::Issue(_) => unreachable!("handled above"),
        }
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        let mut resolution = match (before, fact) {
            (_, Fact::Issued { issue, year, number, publish }) => return Self::begin(id, *issue, year, number, publish),
            (None, fact) => unreachable!("the record holds {fact:?} before its matter"),
            (Some(resolution), fact) => (resolution, fact),
        };
        resolution.0.happen(resolution.1);
        resolution.0
    }

    /// What no longer holds is no longer carried out.
    fn follows(&self, fact: &Fact) -> Vec<AnyAct> {
        match fact {
            Fact::Ended { .. } => {
                self.tasks.iter().map(|entrusted| AnyAct::Task(task::Act::Stop { task: entrusted.task, resolution: self.id })).collect()
            }
            _ => Vec::new(),
        }
    }

    fn duties(&self) -> Vec<Duty> {
        self.duties.all().to_vec()
    }

    fn overdue(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.silent(at.day).map(|duty| Act::Lapse { resolution: id, n: duty.n })
    }

    fn reckoned(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.outdated(at).map(|(n, _)| Act::Reschedule { resolution: id, n })
    }
}

impl Resolution {
    fn happen(&mut self, fact: Fact) {
        match fact {
            Fact::Issued { .. } => unreachable!("a resolution is issued once"),
            Fact::Published { on, until, paper, assign } => {
                self.published = Some((on, until));
                self.duties.meet(PUBLISH, on);
                self.duties.meet(PUBLISH_DAILY, on);
                self.duties.owe(paper, Owner { body: None, post: PostKind::Clerk });
                if let Some(assign) = assign {
                    self.duties.owe(assign, Owner { body: None, post: PostKind::Secretary });
                }
            }
            Fact::PaperPosted { by, day, place, photo, entered } => {
                self.papers.push(Paper { by, day, place, photo, entered });
                self.duties.meet(PAPER, day);
            }
            Fact::Entrusted { task, budget, on } => {
                self.tasks.push(Entrusted { task, budget });
                self.duties.meet(ASSIGN, on);
            }
            Fact::Ratified { outcomes, on } => {
                self.issue.outcomes = outcomes;
                self.ratified = Some(on);
            }
            Fact::Ended { why, on } => {
                self.ended = Some((why, on));
                self.duties.waive(ASSIGN, on);
            }
            Fact::Lapsed { n, on } => self.duties.lapse(n, on),
            Fact::Rescheduled { n, new, .. } => self.duties.prolong(n, new),
        }
    }
}
