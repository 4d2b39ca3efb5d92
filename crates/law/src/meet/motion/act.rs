//! 议题的行为与事实 Acts and facts of a motion; 东组通〔2015〕33号 二（二）“党群联席会议”.

use super::class::Class;
use crate::meet::{Assembly, Outcome, Stage};
use crate::open::suggestion::Shown;
use crate::{Digest, MatterId, Personal, PersonalRef, Term};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How large a matter is; what its class is measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// What it costs or brings, in 分.
    pub amount: Option<i64>,
    /// For how many years it binds.
    pub years: Option<u32>,
    /// How many households it concerns.
    pub households: Option<u32>,
}

/// What is to be decided, word for word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The text that is voted on.
    pub text: String,
    /// Why.
    pub reasons: String,
    /// By what law or rule.
    pub basis: String,
    /// How large it is.
    pub figures: Figures,
    /// The body that is to carry it out.
    pub body: MatterId,
    /// To be carried out by this day.
    pub deadline: Option<Date>,
    /// Where the party organisation discussed it (先经党组织研究讨论).
    pub discussed: Option<Minute>,
}

impl Wording {
    /// What a vote binds to.
    pub fn digest(&self) -> Digest {
        Digest::of(&[&serde_json::to_vec(self).expect("a wording is plain data")])
    }
}

/// A meeting that stands in somebody's minutes, outside this record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Minute {
    /// The day.
    pub on: Date,
    /// Number of the minutes.
    pub number: String,
}

/// Who asked for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Source {
    /// The secretary of his own accord (书记提议).
    Secretary,
    /// Residents, jointly (联名提议).
    Petition {
        /// How many signed.
        names: u32,
        /// Where the list is kept, and what else is to be said of it.
        note: String,
    },
    /// A suggestion that was accepted (采纳的群众意见).
    Suggestion {
        /// The suggestion.
        matter: MatterId,
    },
}

/// How the persons due at an assembly outside this record are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// Persons.
    Adults,
    /// One for each household (户的代表).
    Households,
    /// Elected by the groups (居民小组选举的代表).
    Representatives,
}

/// An assembly that was held outside this record (法定会议), as two tellers wrote it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// Which.
    pub assembly: Assembly,
    /// The day.
    pub on: Date,
    /// How those due were counted.
    pub count: Count,
    /// 应到.
    pub due: u32,
    /// 实到.
    pub present: u32,
    /// 赞成.
    pub in_favour: u32,
    /// 反对.
    pub against: u32,
    /// 弃权.
    pub abstained: u32,
    /// 废票.
    pub spoilt: u32,
    /// Who counted.
    pub tellers: [String; 2],
    /// Number of its paper.
    pub document: String,
    /// The scanned paper.
    pub scan: Option<Digest>,
}

/// What a sitting did with the motion, as the law carries it over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The motion.
    pub motion: MatterId,
    /// What was done.
    pub stage: Stage,
    /// On which version of the text.
    pub version: u32,
    /// The sitting.
    pub sitting: MatterId,
    /// Number of the item.
    pub item: u32,
    /// The assemblies that sat there.
    pub seated: Vec<Assembly>,
    /// The ballot; none if it was agreed without one.
    pub ballot: Option<MatterId>,
    /// What the ballot came to, in each assembly.
    pub outcomes: Vec<Outcome>,
    /// The day of the sitting.
    pub on: Date,
}

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Put it forward (提议).
    Propose {
        /// The kind of matter, as the rules list it.
        matter_type: String,
        /// A few words.
        title: String,
        /// What is to be decided.
        wording: Box<Wording>,
        /// Who asked for it.
        source: Source,
        /// The day it was put forward, if it is entered later.
        occurred_on: Option<Date>,
    },
    /// Act first and let a sitting ratify it afterwards (紧急情况).
    Emergency {
        /// The kind of matter.
        matter_type: String,
        /// A few words.
        title: String,
        /// What is done.
        wording: Box<Wording>,
        /// The members of the teams who answer for it with the secretary.
        leaders: Vec<MatterId>,
    },
    /// Say that it should be classed otherwise.
    Challenge {
        /// The motion.
        motion: MatterId,
        /// Why.
        reason: Personal,
    },
    /// Decide on the challenge.
    Judge {
        /// The motion.
        motion: MatterId,
        /// 重大 or not.
        major: bool,
        /// Why.
        reason: String,
    },
    /// Change the wording before it is decided.
    Revise {
        /// The motion.
        motion: MatterId,
        /// The new wording.
        wording: Box<Wording>,
        /// What was changed and why.
        why: String,
    },
    /// Put the draft up for opinions (公示方案).
    PostDraft {
        /// The motion.
        motion: MatterId,
        /// Its last day; the earliest that the rule allows if none is named.
        until: Option<Date>,
    },
    /// Say what one thinks of the draft.
    Opine {
        /// The motion.
        motion: MatterId,
        /// What one thinks.
        text: Personal,
    },
    /// Say what became of opinions.
    AnswerOpinion {
        /// The motion.
        motion: MatterId,
        /// Their numbers.
        opinions: Vec<u32>,
        /// Whether they are taken into account (采纳).
        taken: bool,
        /// How, or why not.
        text: String,
    },
    /// Let the public read what residents wrote (先审后发).
    Release {
        /// The motion.
        motion: MatterId,
        /// Their numbers; one only, unless they are shown as they are.
        voices: Vec<u32>,
        /// What is shown.
        shown: Shown,
    },
    /// Carry over what a sitting did with it.
    Note(Note),
    /// Record what an assembly outside this record decided.
    RecordAssembly {
        /// The motion.
        motion: MatterId,
        /// On which version of the text.
        version: u32,
        /// The assembly.
        held: Box<Held>,
    },
    /// Take it back.
    Withdraw {
        /// The motion.
        motion: MatterId,
        /// Why.
        reason: String,
    },
    /// Put a decision that was taken to a new vote in other words (调整).
    Adjust {
        /// The motion.
        motion: MatterId,
        /// The new wording.
        wording: Box<Wording>,
        /// What was changed and why.
        why: String,
    },
    /// Erase what a resident wrote (依法删除).
    Erase {
        /// The motion.
        motion: MatterId,
        /// Its number.
        voice: u32,
        /// By what right.
        basis: String,
    },
    /// Note that a last day passed in silence.
    Lapse {
        /// The motion.
        motion: MatterId,
        /// Which duty.
        n: u32,
    },
    /// Count an open duty again by the calendar in force.
    Reschedule {
        /// The motion.
        motion: MatterId,
        /// Which duty.
        n: u32,
    },
}

impl Act {
    /// The motion meant, except for a new one.
    pub fn motion(&self) -> Option<MatterId> {
        match self {
            Self::Propose { .. } | Self::Emergency { .. } => None,
            Self::Note(note) => Some(note.motion),
            Self::Challenge { motion, .. }
            | Self::Judge { motion, .. }
            | Self::Revise { motion, .. }
            | Self::PostDraft { motion, .. }
            | Self::Opine { motion, .. }
            | Self::AnswerOpinion { motion, .. }
            | Self::Release { motion, .. }
            | Self::RecordAssembly { motion, .. }
            | Self::Withdraw { motion, .. }
            | Self::Adjust { motion, .. }
            | Self::Erase { motion, .. }
            | Self::Lapse { motion, .. }
            | Self::Reschedule { motion, .. } => Some(*motion),
        }
    }
}

/// One passage of a motion through a sitting or an assembly: who, on which text, with which numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// What was done.
    pub stage: Stage,
    /// On which version of the text.
    pub version: u32,
    /// Digest of that wording.
    pub digest: Digest,
    /// The sitting and the number of its item; none for an assembly outside this record.
    pub sitting: Option<(MatterId, u32)>,
    /// The assemblies that sat there.
    pub seated: Vec<Assembly>,
    /// The ballot.
    pub ballot: Option<MatterId>,
    /// What it came to.
    pub outcomes: Vec<Outcome>,
    /// The assembly outside this record.
    pub held: Option<Held>,
    /// The day it happened.
    pub on: Date,
    /// The day it was entered.
    pub entered: Date,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was put forward.
    Proposed {
        /// The kind of matter.
        matter_type: String,
        /// A few words.
        title: String,
        /// What is to be decided.
        wording: Box<Wording>,
        /// Who asked for it.
        source: Source,
        /// How the rules class it.
        class: Box<Class>,
        /// The day it was put forward.
        on: Date,
        /// The day it was entered.
        entered: Date,
    },
    /// It is done first, because there was no time.
    Declared {
        /// The kind of matter.
        matter_type: String,
        /// A few words.
        title: String,
        /// What is done.
        wording: Box<Wording>,
        /// How the rules class it.
        class: Box<Class>,
        /// Who answers for it with the secretary.
        leaders: Vec<MatterId>,
        /// On this day.
        on: Date,
        /// The term for a sitting to ratify it.
        ratify: Term,
    },
    /// Somebody says that it should be classed otherwise.
    Challenged {
        /// Reference to why.
        text: PersonalRef,
        /// Reference to who.
        author: Option<PersonalRef>,
        /// On this day.
        on: Date,
        /// The term for the supervision committee.
        judge: Term,
        /// The term to look the text through, unless one runs.
        release: Option<Term>,
    },
    /// The supervision committee found how it is to be classed.
    Judged {
        /// 重大 or not.
        major: bool,
        /// Why.
        reason: String,
        /// The class that follows.
        class: Box<Class>,
        /// The version whose decision falls, because those who took it were not competent.
        falls: Option<u32>,
        /// On this day.
        on: Date,
    },
    /// The wording was changed.
    Revised {
        /// The new wording.
        wording: Box<Wording>,
        /// What and why.
        why: String,
        /// How the rules class it.
        class: Box<Class>,
        /// Whether it begins anew, because more than the words changed.
        anew: bool,
        /// Until when the changed draft is posted.
        until: Option<Date>,
        /// On this day.
        on: Date,
    },
    /// The draft was put up.
    DraftPosted {
        /// Which version.
        version: u32,
        /// Since this day.
        since: Date,
        /// Its last day.
        until: Date,
    },
    /// Somebody said what he thinks of the draft.
    Opined {
        /// Reference to the text.
        text: PersonalRef,
        /// Reference to who.
        author: Option<PersonalRef>,
        /// On this day.
        on: Date,
        /// The term to answer, unless one runs.
        answer: Option<Term>,
        /// The term to look the text through, unless one runs.
        release: Option<Term>,
    },
    /// Opinions were answered.
    Answered {
        /// Their numbers.
        opinions: Vec<u32>,
        /// Whether they are taken into account.
        taken: bool,
        /// How, or why not.
        text: String,
        /// On this day.
        on: Date,
    },
    /// The public may read what residents wrote.
    Released {
        /// Their numbers.
        voices: Vec<u32>,
        /// References to the texts.
        texts: Vec<PersonalRef>,
        /// What is shown.
        shown: Shown,
        /// On this day.
        on: Date,
    },
    /// The teams discussed it.
    Consulted {
        /// Where and how.
        passage: Box<Passage>,
        /// How the rules of that day class it.
        class: Box<Class>,
    },
    /// A sitting deliberated on it.
    Deliberated {
        /// Where and how.
        passage: Box<Passage>,
        /// How the rules of that day class it.
        class: Box<Class>,
    },
    /// An assembly passed it; others that have to pass it as well are still to come.
    Awaiting {
        /// Where and how.
        passage: Box<Passage>,
        /// How the rules of that day class it.
        class: Box<Class>,
        /// Who is still to come.
        missing: Vec<Assembly>,
    },
    /// It is resolved.
    Resolved {
        /// Where and how.
        passage: Box<Passage>,
        /// How the rules of that day class it.
        class: Box<Class>,
        /// The version whose resolution it replaces.
        replaces: Option<u32>,
    },
    /// What was done in an emergency was ratified.
    Ratified {
        /// Where and how.
        passage: Box<Passage>,
        /// How the rules of that day class it.
        class: Box<Class>,
    },
    /// It was voted down.
    Rejected {
        /// Where and how.
        passage: Box<Passage>,
        /// How the rules of that day class it.
        class: Box<Class>,
    },
    /// It was taken back.
    Withdrawn {
        /// Why.
        reason: String,
        /// On this day.
        on: Date,
    },
    /// A decision goes to a new vote in other words; until then it holds.
    Adjusted {
        /// The new wording.
        wording: Box<Wording>,
        /// What and why.
        why: String,
        /// How the rules class it.
        class: Box<Class>,
        /// On this day.
        on: Date,
    },
    /// What a resident wrote was erased.
    Erased {
        /// Its number.
        voice: u32,
        /// The references that lead nowhere now.
        gone: Vec<PersonalRef>,
        /// By what right.
        basis: String,
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

impl Fact {
    /// The passage through a sitting or an assembly that this fact is, and how the rules of that day class the motion.
    pub fn passage(&self) -> Option<(&Passage, &Class)> {
        match self {
            Self::Consulted { passage, class }
            | Self::Deliberated { passage, class }
            | Self::Awaiting { passage, class, .. }
            | Self::Resolved { passage, class, .. }
            | Self::Ratified { passage, class }
            | Self::Rejected { passage, class } => Some((passage, class)),
            _ => None,
        }
    }
}
