//! 会议的行为与事实 Acts and facts of a sitting; 东组通〔2015〕33号 二（二）.

use super::kind::{Ground, SittingKind};
use crate::meet::motion::Figures;
use crate::meet::{Assembly, Outcome, Stage};
use crate::{Digest, MatterId, Personal, PersonalRef, Term};
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How large an item without a motion is: what tells daily work from what must go the long way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The kind of matter, as the rules list it.
    pub matter_type: String,
    /// What it costs, for how long it binds, whom it concerns.
    pub figures: Figures,
}

/// An item of the agenda as it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// A few words.
    pub title: String,
    /// What is to be done with it.
    pub stage: Stage,
    /// The motion; none for daily work without one.
    pub motion: Option<MatterId>,
    /// The version of its text that is called.
    pub version: Option<u32>,
    /// How large it is, if it has no motion.
    #[serde(default)]
    pub scope: Option<Scope>,
    /// Why the public does not read it.
    pub closed: Option<Ground>,
    /// SHA-256 of the papers that go out with the notice.
    pub papers: Option<Digest>,
}

/// An item as the record commits to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listed {
    /// A few words; none for a closed item, whose title stands beside the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What is to be done with it.
    pub stage: Stage,
    /// The motion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motion: Option<MatterId>,
    /// The version of its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// How large it is, if it has no motion and is public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// Why the public does not read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Ground>,
    /// SHA-256 of its papers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub papers: Option<Digest>,
}

/// The roll of an assembly as it was frozen when the sitting was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Called {
    /// The assembly.
    pub assembly: Assembly,
    /// The version of its roll; 0 where none is kept.
    pub version: u32,
    /// Who belongs to it by post.
    pub officers: Vec<MatterId>,
    /// 应到.
    pub due: u32,
    /// Women on the roll.
    pub women: u32,
    /// Digest over everybody in it.
    pub digest: Digest,
    /// When its own convener called it; none until then, and its votes only advise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noticed: Option<Date>,
}

/// A written mandate (书面委托).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mandate {
    /// Who cannot come.
    pub principal: MatterId,
    /// Who comes instead.
    pub holder: MatterId,
    /// SHA-256 of the paper.
    pub paper: Option<Digest>,
}

/// Somebody who comes in, with the assemblies whose frozen roll holds him.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Arrival {
    /// The person.
    pub person: MatterId,
    /// Where he counts; nowhere for who only listens (列席).
    pub seats: Vec<Assembly>,
}

/// How many of an assembly are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Presence {
    /// The assembly.
    pub assembly: Assembly,
    /// 应到.
    pub due: u32,
    /// 实到.
    pub present: u32,
}

/// One item of the quick weekly path: 报告, 讨论, 决议, one line each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weekly {
    /// A few words.
    pub title: String,
    /// What was reported.
    pub report: String,
    /// What was said.
    pub discussion: String,
    /// What all present agreed on.
    pub resolution: String,
    /// The daily motion that this resolves.
    pub motion: Option<MatterId>,
    /// The version of its text.
    pub version: Option<u32>,
    /// How large it is, if it has no motion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
}

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Call a sitting: agenda and papers are committed with it.
    Convene {
        /// Its kind.
        kind: SittingKind,
        /// The day.
        day: Date,
        /// The time, as in `15:00`.
        time: String,
        /// The place.
        place: String,
        /// The agenda, in order.
        agenda: Vec<Item>,
        /// The adjourned sitting that this one takes up again.
        again: Option<MatterId>,
    },
    /// Call one of its assemblies, by that assembly's own convener.
    Notify {
        /// The sitting.
        sitting: MatterId,
        /// The assembly.
        assembly: Assembly,
    },
    /// Add an item before it opens, where the rule allows that at all.
    Add {
        /// The sitting.
        sitting: MatterId,
        /// The item.
        item: Item,
    },
    /// Call it off.
    Cancel {
        /// The sitting.
        sitting: MatterId,
        /// Why.
        reason: String,
    },
    /// Note that it takes up an adjourned one.
    Reconvene {
        /// The adjourned sitting.
        sitting: MatterId,
        /// The new one.
        by: MatterId,
    },
    /// Open it.
    Open {
        /// The sitting.
        sitting: MatterId,
    },
    /// Note who comes and goes.
    Attend {
        /// The sitting.
        sitting: MatterId,
        /// Who comes in.
        arrive: Vec<MatterId>,
        /// Who goes out.
        leave: Vec<MatterId>,
        /// Who comes for whom.
        proxies: Vec<Mandate>,
    },
    /// Report on an item (事项报告).
    Report {
        /// The sitting.
        sitting: MatterId,
        /// Number of the item, from 0.
        item: u32,
        /// Who reports, by name and office.
        by: String,
        /// What is reported.
        text: String,
    },
    /// Note the discussion of an item (集体讨论).
    Discuss {
        /// The sitting.
        sitting: MatterId,
        /// Number of the item.
        item: u32,
        /// Who spoke.
        speakers: Vec<Personal>,
        /// What was said.
        text: String,
    },
    /// Note that all present agree (一致同意).
    Agree {
        /// The sitting.
        sitting: MatterId,
        /// Number of the item.
        item: u32,
        /// What is resolved.
        text: String,
    },
    /// Note that a ballot on an item was opened.
    Put {
        /// The sitting.
        sitting: MatterId,
        /// Number of the item.
        item: u32,
        /// The ballot.
        ballot: MatterId,
    },
    /// Take over what a ballot came to.
    Settle {
        /// The sitting.
        sitting: MatterId,
        /// Number of the item.
        item: u32,
        /// The ballot.
        ballot: MatterId,
        /// What it came to.
        outcomes: Vec<Outcome>,
    },
    /// Break it off, to be taken up again.
    Adjourn {
        /// The sitting.
        sitting: MatterId,
        /// Why.
        reason: String,
    },
    /// Close it.
    Close {
        /// The sitting.
        sitting: MatterId,
    },
    /// Set the minutes right.
    AmendMinutes {
        /// The sitting.
        sitting: MatterId,
        /// The item concerned.
        item: Option<u32>,
        /// What should be read instead.
        text: String,
    },
    /// Confirm the minutes: from then on they stand.
    ConfirmMinutes {
        /// The sitting.
        sitting: MatterId,
    },
    /// Enter a weekly sitting of the teams on its standing slot in one go.
    HoldWeekly {
        /// The day.
        day: Date,
        /// From this time.
        from: String,
        /// To this time.
        to: String,
        /// Who was there.
        present: Vec<MatterId>,
        /// What was dealt with.
        items: Vec<Weekly>,
    },
    /// Note that a last day passed in silence.
    Lapse {
        /// The sitting.
        sitting: MatterId,
        /// Which duty.
        n: u32,
    },
    /// Count an open duty again by the calendar in force.
    Reschedule {
        /// The sitting.
        sitting: MatterId,
        /// Which duty.
        n: u32,
    },
}

impl Act {
    /// The sitting meant, except for a new one.
    pub fn sitting(&self) -> Option<MatterId> {
        match self {
            Self::Convene { .. } | Self::HoldWeekly { .. } => None,
            Self::Notify { sitting, .. }
            | Self::Add { sitting, .. }
            | Self::Cancel { sitting, .. }
            | Self::Reconvene { sitting, .. }
            | Self::Open { sitting }
            | Self::Attend { sitting, .. }
            | Self::Report { sitting, .. }
            | Self::Discuss { sitting, .. }
            | Self::Agree { sitting, .. }
            | Self::Put { sitting, .. }
            | Self::Settle { sitting, .. }
            | Self::Adjourn { sitting, .. }
            | Self::Close { sitting }
            | Self::AmendMinutes { sitting, .. }
            | Self::ConfirmMinutes { sitting }
            | Self::Lapse { sitting, .. }
            | Self::Reschedule { sitting, .. } => Some(*sitting),
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A sitting was called.
    Convened {
        /// Its kind.
        kind: SittingKind,
        /// The day.
        day: Date,
        /// The time.
        time: String,
        /// The place.
        place: String,
        /// The agenda.
        agenda: Vec<Listed>,
        /// Reference to the titles of closed items.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        titles: Option<PersonalRef>,
        /// The frozen rolls.
        called: Vec<Called>,
        /// Called on this day.
        on: Date,
        /// Days of notice that the rule asks for.
        notice: u32,
        /// The adjourned sitting that it takes up again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again: Option<MatterId>,
    },
    /// An assembly was called by its own convener.
    Notified {
        /// The assembly.
        assembly: Assembly,
        /// On this day.
        on: Date,
        /// Days of notice that the rule asks for.
        notice: u32,
    },
    /// An item was added.
    Added {
        /// The item.
        item: Listed,
        /// Reference to its title, if it is closed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        titles: Option<PersonalRef>,
    },
    /// It was called off.
    Cancelled {
        /// Why.
        reason: String,
        /// On this day.
        on: Date,
    },
    /// Another sitting takes it up again.
    Reconvened {
        /// The new one.
        by: MatterId,
        /// On this day.
        on: Date,
    },
    /// It was opened.
    Opened {
        /// At this instant.
        at: Timestamp,
        /// Who was there, by assembly.
        present: Vec<Presence>,
    },
    /// Persons came and went. Officials alone read it.
    Attended {
        /// At this instant.
        at: Timestamp,
        /// Who came in.
        arrive: Vec<Arrival>,
        /// Who went out.
        leave: Vec<MatterId>,
        /// Who came for whom.
        proxies: Vec<Mandate>,
    },
    /// An item was reported on.
    Reported {
        /// The item.
        item: u32,
        /// Who reported.
        by: String,
        /// What was reported.
        text: String,
    },
    /// An item was discussed.
    Discussed {
        /// The item.
        item: u32,
        /// How many spoke.
        spoke: u32,
        /// Reference to who they were.
        speakers: PersonalRef,
        /// What was said.
        text: String,
    },
    /// All present agreed.
    Agreed {
        /// The item.
        item: u32,
        /// What is resolved.
        text: String,
        /// Who agreed.
        present: Presence,
        /// On this day.
        on: Date,
    },
    /// A ballot was opened.
    Put {
        /// The item.
        item: u32,
        /// The ballot.
        ballot: MatterId,
    },
    /// A ballot was counted.
    Settled {
        /// The item.
        item: u32,
        /// The ballot.
        ballot: MatterId,
        /// What it came to.
        outcomes: Vec<Outcome>,
    },
    /// It was broken off.
    Adjourned {
        /// Why.
        reason: String,
        /// At this instant.
        at: Timestamp,
        /// Who was there, by assembly.
        present: Vec<Presence>,
        /// The term to call it again.
        reconvene: Term,
        /// The term to confirm the minutes, if it had been opened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<Term>,
    },
    /// It was closed.
    Closed {
        /// At this instant.
        at: Timestamp,
        /// The most that were there at once, by assembly.
        present: Vec<Presence>,
        /// Rules of periods that it meets.
        cadences: Vec<String>,
        /// The term to confirm the minutes.
        minutes: Term,
    },
    /// The minutes were set right.
    MinutesAmended {
        /// The item concerned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<u32>,
        /// What should be read instead.
        text: String,
        /// On this day.
        on: Date,
    },
    /// The minutes stand.
    MinutesConfirmed {
        /// On this day.
        on: Date,
    },
    /// A weekly sitting was held on its standing slot.
    Held {
        /// The day.
        day: Date,
        /// From this time.
        from: String,
        /// To this time.
        to: String,
        /// The place.
        place: String,
        /// The teams of that day.
        called: Called,
        /// Who was there: office-holders, named as such.
        present: Vec<MatterId>,
        /// What was dealt with.
        items: Vec<Weekly>,
        /// Entered on this day.
        entered: Date,
        /// Rules of periods that it meets.
        cadences: Vec<String>,
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
}
