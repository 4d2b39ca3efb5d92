//! 群众意见的行为与事实 Acts and facts of a suggestion; 东组通〔2015〕33号 二（四）“群众意见公开”.

use crate::{Digest, MatterId, Personal, PersonalRef, PostKind, Term};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How it came in (收集渠道).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Written by the resident on the web.
    Web,
    /// A slip from the box (意见箱).
    Box,
    /// A call to the hotline (热线电话).
    Hotline,
    /// Told to a member of the teams on a visit (调研走访).
    Visit,
    /// Told to the town's resident team (驻点联系).
    Stationed,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 5] = [Self::Web, Self::Box, Self::Hotline, Self::Visit, Self::Stationed];

    /// The stable word in tables and forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Box => "box",
            Self::Hotline => "hotline",
            Self::Visit => "visit",
            Self::Stationed => "stationed",
        }
    }
}

/// What kind of answer. To say that it was received is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// It will be done (采纳): needs who does what by when.
    Adopt,
    /// It will not be done (不采纳), and why.
    Decline,
    /// How things are (解释说明).
    Explain,
    /// Another authority decides and was asked (转请有关部门).
    Refer,
}

/// Who does what by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Who sees to it.
    pub who: String,
    /// By this day.
    pub by: Date,
}

/// What the public page shows of the sender's own text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "show", rename_all = "snake_case")]
pub enum Shown {
    /// As it was written.
    Whole,
    /// With names, numbers or places left out.
    Edited {
        /// The text to show.
        text: String,
    },
    /// Not at all, for this reason.
    Withheld {
        /// The reason.
        reason: String,
    },
}

/// What staff know of a suggestion that reached them on paper, by telephone or on a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// The day it was received: day 0, however late it is entered.
    pub received: Date,
    /// Who took it down.
    pub taken_by: String,
    /// Number of the slip.
    pub slip: Option<String>,
    /// SHA-256 of the code on the stub of an anonymous slip.
    pub code: Option<Digest>,
    /// Why it is entered later than the rule allows, for everybody to read.
    #[serde(default)]
    pub late_reason: Option<String>,
}

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Make a suggestion.
    Submit {
        /// What is suggested.
        text: Personal,
        /// How it came in.
        channel: Channel,
        /// For staff: when and how it reached them.
        intake: Option<Intake>,
        /// The sender's name, if given; shown masked.
        name: Option<Personal>,
        /// How to reach the sender.
        contact: Option<Personal>,
        /// The body it is meant for, if the sender knows.
        body: Option<MatterId>,
        /// Said when asked: this is about the work, no report of misconduct.
        #[serde(default)]
        about_work: bool,
    },
    /// Name the body that answers.
    Route {
        /// The suggestion.
        suggestion: MatterId,
        /// The body.
        body: MatterId,
    },
    /// Answer it.
    Answer {
        /// The suggestion.
        suggestion: MatterId,
        /// What kind of answer.
        kind: AnswerKind,
        /// The answer with its reasons.
        text: String,
        /// What was picked from a list: why not, or who decides instead. Public, and no substance of its own.
        #[serde(default)]
        reason: Option<String>,
        /// For an accepted one.
        plan: Option<Plan>,
    },
    /// Take more time, once, with a word on how things stand.
    Extend {
        /// The suggestion.
        suggestion: MatterId,
        /// Working days more.
        days: u32,
        /// How things stand.
        reply: String,
        /// Why it takes longer.
        reason: String,
    },
    /// Note that a last day passed in silence.
    Lapse {
        /// The suggestion.
        suggestion: MatterId,
        /// Which duty.
        n: u32,
    },
    /// Count an open duty again by the calendar in force.
    Reschedule {
        /// The suggestion.
        suggestion: MatterId,
        /// Which duty.
        n: u32,
    },
    /// The sender is content with the answer.
    Confirm {
        /// The suggestion.
        suggestion: MatterId,
    },
    /// The sender is not.
    Dispute {
        /// The suggestion.
        suggestion: MatterId,
        /// Why.
        remark: Option<Personal>,
    },
    /// The sender asks again, once.
    Reopen {
        /// The suggestion.
        suggestion: MatterId,
        /// What is still open.
        reason: Personal,
    },
    /// Let the public read the sender's text (先审后发).
    Release {
        /// The suggestion.
        suggestion: MatterId,
        /// What is shown.
        shown: Shown,
    },
    /// The sender takes it back.
    Withdraw {
        /// The suggestion.
        suggestion: MatterId,
    },
    /// Erase what the sender wrote (依法删除).
    Erase {
        /// The suggestion.
        suggestion: MatterId,
        /// By what right.
        basis: String,
    },
}

impl Act {
    /// The suggestion meant, except for a new one.
    pub fn suggestion(&self) -> Option<MatterId> {
        match self {
            Self::Submit { .. } => None,
            Self::Route { suggestion, .. }
            | Self::Answer { suggestion, .. }
            | Self::Extend { suggestion, .. }
            | Self::Lapse { suggestion, .. }
            | Self::Reschedule { suggestion, .. }
            | Self::Confirm { suggestion }
            | Self::Dispute { suggestion, .. }
            | Self::Reopen { suggestion, .. }
            | Self::Release { suggestion, .. }
            | Self::Withdraw { suggestion }
            | Self::Erase { suggestion, .. } => Some(*suggestion),
        }
    }
}

/// Who answers: a body, and the kind of post that speaks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Responsible {
    /// The body.
    pub body: MatterId,
    /// The post that heads it.
    pub head: PostKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A suggestion was made.
    Submitted {
        /// Reference to the text.
        text: PersonalRef,
        /// How it came in.
        channel: Channel,
        /// Day 0.
        received: Date,
        /// The day it was entered.
        entered: Date,
        /// Who took it down.
        taken_by: Option<String>,
        /// Number of the slip.
        slip: Option<String>,
        /// SHA-256 of the code on the stub.
        code: Option<Digest>,
        /// Why it was entered late.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        late_reason: Option<String>,
        /// Reference to the signed-in sender.
        author: Option<PersonalRef>,
        /// Reference to the name.
        name: Option<PersonalRef>,
        /// Reference to how to reach the sender.
        contact: Option<PersonalRef>,
        /// Who answers, if known at once.
        responsible: Option<Responsible>,
        /// The term to name who answers; none when known at once.
        route: Option<Term>,
        /// The term to answer.
        answer: Term,
        /// The term to release the text.
        release: Term,
    },
    /// Who answers was named.
    Routed {
        /// Who.
        responsible: Responsible,
        /// On this day.
        on: Date,
    },
    /// It was answered.
    Answered {
        /// What kind of answer.
        kind: AnswerKind,
        /// The answer.
        text: String,
        /// What was picked from a list: why not, or who decides instead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// Who does what by when.
        plan: Option<Plan>,
        /// The body that answered.
        body: MatterId,
        /// On this day.
        on: Date,
        /// The last day for the sender to agree or not.
        verdict_until: Date,
    },
    /// It takes longer.
    Extended {
        /// How things stand.
        reply: String,
        /// Why it takes longer; none in the first facts, whose reply says it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// The new term.
        term: Term,
        /// On this day.
        on: Date,
    },
    /// A last day passed in silence.
    Lapsed {
        /// Which duty.
        n: u32,
        /// Its term.
        term: Term,
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
    /// The sender is content.
    Confirmed {
        /// On this day.
        on: Date,
    },
    /// The sender is not.
    Disputed {
        /// Reference to the remark.
        remark: Option<PersonalRef>,
        /// On this day.
        on: Date,
    },
    /// The sender asked again.
    Reopened {
        /// Reference to what is still open.
        reason: PersonalRef,
        /// On this day.
        on: Date,
        /// The term to answer again.
        answer: Term,
    },
    /// The public may read the text.
    Released {
        /// What is shown.
        shown: Shown,
        /// On this day.
        on: Date,
    },
    /// The sender took it back.
    Withdrawn {
        /// On this day.
        on: Date,
    },
    /// What the sender wrote was erased.
    Erased {
        /// By what right.
        basis: String,
        /// On this day.
        on: Date,
    },
}
