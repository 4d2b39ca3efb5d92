//! 任务的行为与事实 Acts and facts of a task; 东组通〔2015〕33号 二（三）、二（四）“实施结果公开”.

use crate::open::suggestion::Shown;
use crate::{MatterId, Personal, PersonalRef, PostKind, Term};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A part of the work with a day of its own (节点).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// A few words.
    pub title: String,
    /// By this day.
    pub due: Date,
}

/// How much of it was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// All of it.
    Whole,
    /// A part: what remains is said.
    Part,
    /// Nothing came of it.
    Nothing,
}

impl Extent {
    /// The stable word in tables and forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Part => "part",
            Self::Nothing => "nothing",
        }
    }
}

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Give a resolution to a body to carry out.
    Assign {
        /// The resolution.
        resolution: MatterId,
        /// The body.
        body: MatterId,
        /// The post in it that sees to it.
        owner: MatterId,
        /// A few words.
        title: String,
        /// By this day.
        due: Date,
        /// What it may spend, in 分.
        budget: Option<i64>,
        /// Its parts.
        milestones: Vec<Milestone>,
    },
    /// Give it to another post of the same body.
    Reassign {
        /// The task.
        task: MatterId,
        /// The post.
        owner: MatterId,
        /// Why.
        reason: String,
    },
    /// Say how far it is.
    Progress {
        /// The task.
        task: MatterId,
        /// How far.
        text: String,
        /// What was spent on it this time, in 分.
        spent: Option<i64>,
        /// The milestone that is reached.
        milestone: Option<u32>,
        /// The day it happened, if it is entered later.
        occurred_on: Option<Date>,
    },
    /// Put it off, before its last day, with the reason.
    Delay {
        /// The task.
        task: MatterId,
        /// Why.
        reason: String,
        /// To this day.
        until: Date,
    },
    /// Say that it is carried out, or how much of it.
    Done {
        /// The task.
        task: MatterId,
        /// How much.
        extent: Extent,
        /// What came of it.
        text: String,
        /// What was spent last, in 分.
        spent: Option<i64>,
        /// What remains to be done.
        remains: Option<String>,
    },
    /// Find that it is carried out as reported (验收).
    Accept {
        /// The task.
        task: MatterId,
        /// What was looked at.
        remark: String,
    },
    /// Find that it is not.
    Return {
        /// The task.
        task: MatterId,
        /// What is missing.
        reason: String,
    },
    /// Publish the result (实施结果公开).
    PublishResult {
        /// The task.
        task: MatterId,
    },
    /// Look into a task that stands still (过问).
    Inquire {
        /// The task.
        task: MatterId,
        /// What was found.
        text: String,
    },
    /// Ask about it.
    Ask {
        /// The task.
        task: MatterId,
        /// What one wants to know.
        text: Personal,
    },
    /// Explain.
    Explain {
        /// The task.
        task: MatterId,
        /// Number of the question.
        question: u32,
        /// The explanation.
        text: String,
    },
    /// Say that the explanation does not do.
    Unsatisfied {
        /// The task.
        task: MatterId,
        /// Number of the question.
        question: u32,
    },
    /// Let the public read questions (先审后发).
    Release {
        /// The task.
        task: MatterId,
        /// Their numbers; one only, unless they are shown as they are.
        questions: Vec<u32>,
        /// What is shown.
        shown: Shown,
    },
    /// Erase what a resident wrote (依法删除).
    Erase {
        /// The task.
        task: MatterId,
        /// Number of the question.
        question: u32,
        /// By what right.
        basis: String,
    },
    /// Stop it, because its resolution no longer holds.
    Stop {
        /// The task.
        task: MatterId,
        /// The resolution.
        resolution: MatterId,
    },
    /// Note that a last day passed in silence.
    Lapse {
        /// The task.
        task: MatterId,
        /// Which duty.
        n: u32,
    },
    /// Count an open duty again by the calendar in force.
    Reschedule {
        /// The task.
        task: MatterId,
        /// Which duty.
        n: u32,
    },
}

impl Act {
    /// The task meant, except for a new one.
    pub fn task(&self) -> Option<MatterId> {
        match self {
            Self::Assign { .. } => None,
            Self::Reassign { task, .. }
            | Self::Progress { task, .. }
            | Self::Delay { task, .. }
            | Self::Done { task, .. }
            | Self::Accept { task, .. }
            | Self::Return { task, .. }
            | Self::PublishResult { task }
            | Self::Inquire { task, .. }
            | Self::Ask { task, .. }
            | Self::Explain { task, .. }
            | Self::Unsatisfied { task, .. }
            | Self::Release { task, .. }
            | Self::Erase { task, .. }
            | Self::Stop { task, .. }
            | Self::Lapse { task, .. }
            | Self::Reschedule { task, .. } => Some(*task),
        }
    }
}

/// Who sees to a task: a post, by its kind and its holder on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Doer {
    /// The post.
    pub post: MatterId,
    /// Its kind.
    pub kind: PostKind,
    /// Its holder.
    pub person: MatterId,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A resolution was given to a body to carry out.
    Assigned {
        /// The resolution.
        resolution: MatterId,
        /// The body.
        body: MatterId,
        /// Who sees to it.
        owner: Doer,
        /// A few words.
        title: String,
        /// By when.
        finish: Term,
        /// What it may spend, in 分.
        budget: Option<i64>,
        /// Its parts.
        milestones: Vec<Milestone>,
        /// On this day.
        on: Date,
        /// The term for the first news of it.
        stale: Term,
    },
    /// Another post of the body sees to it.
    Reassigned {
        /// Who.
        owner: Doer,
        /// Why.
        reason: String,
        /// On this day.
        on: Date,
    },
    /// It came along.
    Progressed {
        /// How far.
        text: String,
        /// What was spent this time, in 分.
        spent: Option<i64>,
        /// The milestone that is reached.
        milestone: Option<u32>,
        /// On this day.
        on: Date,
        /// Entered on this day.
        entered: Date,
        /// The term for the next news.
        stale: Term,
    },
    /// It takes longer.
    Delayed {
        /// Why.
        reason: String,
        /// The new term.
        finish: Term,
        /// On this day.
        on: Date,
        /// The term for the next news.
        stale: Term,
    },
    /// It is reported as carried out.
    Done {
        /// How much of it.
        extent: Extent,
        /// What came of it.
        text: String,
        /// What was spent last, in 分.
        spent: Option<i64>,
        /// What remains to be done.
        remains: Option<String>,
        /// On this day.
        on: Date,
        /// The term to accept it.
        accept: Term,
    },
    /// The supervision committee found it carried out as reported.
    Accepted {
        /// What was looked at.
        remark: String,
        /// On this day.
        on: Date,
        /// The term to publish the result.
        publish: Term,
    },
    /// The supervision committee found that it is not.
    Returned {
        /// What is missing.
        reason: String,
        /// On this day.
        on: Date,
        /// The term for the next news.
        stale: Term,
    },
    /// The result was published.
    ResultPublished {
        /// On this day.
        on: Date,
        /// Up until this day at least.
        until: Date,
    },
    /// The supervision committee looked into it.
    Inquired {
        /// What was found.
        text: String,
        /// On this day.
        on: Date,
        /// The term for the next news.
        stale: Term,
    },
    /// Somebody asked.
    Asked {
        /// Reference to the question.
        text: PersonalRef,
        /// Reference to who asked.
        author: Option<PersonalRef>,
        /// On this day.
        on: Date,
        /// The term to explain.
        explain: Term,
        /// The term to look the text through, unless one runs.
        release: Option<Term>,
    },
    /// It was explained.
    Explained {
        /// Number of the question.
        question: u32,
        /// The explanation.
        text: String,
        /// Who explained.
        by: MatterId,
        /// His post.
        post: PostKind,
        /// On this day.
        on: Date,
        /// The last day to say that it does not do.
        verdict_until: Date,
    },
    /// The explanation does not do.
    Unsatisfied {
        /// Number of the question.
        question: u32,
        /// On this day.
        on: Date,
        /// The term for somebody else.
        explain: Term,
    },
    /// The public may read questions.
    Released {
        /// Their numbers.
        questions: Vec<u32>,
        /// References to the texts.
        texts: Vec<PersonalRef>,
        /// What is shown.
        shown: Shown,
        /// On this day.
        on: Date,
    },
    /// What a resident wrote was erased.
    Erased {
        /// Number of the question.
        question: u32,
        /// The references that lead nowhere now.
        gone: Vec<PersonalRef>,
        /// By what right.
        basis: String,
        /// On this day.
        on: Date,
    },
    /// It was stopped, because its resolution no longer holds.
    Stopped {
        /// The resolution.
        resolution: MatterId,
        /// On this day.
        on: Date,
    },
    /// A last day passed in silence.
    Lapsed {
        /// Which duty.
        n: u32,
        /// Noted on this day.
        on: Date,
        /// The term for the supervision committee to look into it.
        inquire: Option<Term>,
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
