//! 表决 Ballot: one paper per person, counted in every assembly whose frozen roll holds him; 东组通〔2015〕33号 二（二）“集体决议”.
//!
//! Each bench has its own quorum, majority and denominator. Results are computed from the papers, never typed. Migrant
//! workers' representatives and whoever was not called advise; the joint total is advice too.

mod act;
mod count;
mod decide;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;

pub use act::{Act, Cancelled, Fact, Group, Mark, Mode, Seated, Slip, Total};
pub use count::{differ, grouped, sealed, tallied, tallied_slips};
pub use decide::{Given, Sheet, Vote, read_marks};

use super::{Stage, motion};
use crate::meet::sitting;
use crate::meet::{Outcome, Tally};
use crate::{AnyAct, Audience, Digest, Holder, Matter, MatterId, Moment, PostKind, Refusal, Relied, Right, limit};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a ballot came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    /// What each bench came to.
    pub tallies: Vec<Tally>,
    /// The whole sitting.
    pub total: Total,
    /// How many secret papers there are.
    pub slips: u32,
    /// SHA-256 over their hashes.
    pub root: Option<Digest>,
}

/// A ballot as the record shows it. Votes stand in the facts; the row holds how many there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ballot {
    /// Its id.
    pub id: MatterId,
    /// The sitting.
    pub sitting: MatterId,
    /// Number of the item.
    pub item: u32,
    /// The day.
    pub day: Date,
    /// How votes are given.
    pub mode: Mode,
    /// What is done with the item.
    pub stage: Stage,
    /// The motion.
    pub motion: Option<MatterId>,
    /// The version of its text.
    pub version: Option<u32>,
    /// The public reads nothing of it.
    pub closed: bool,
    /// The benches, with the numbers it was opened on.
    pub benches: Vec<Seated>,
    /// Votes that stand.
    pub votes: u32,
    /// Hands as they were counted.
    pub handed: Option<Vec<Group>>,
    /// Sheets that were entered.
    pub sheets: u32,
    /// What it came to.
    pub counted: Option<Counted>,
}

impl Ballot {
    /// What the motion of this ballot takes over from its count. Where nobody could resolve, nothing was resolved.
    fn note_for_motion(&self, outcomes: &[Outcome]) -> Option<AnyAct> {
        let resolves = !matches!(self.stage, Stage::Consult | Stage::Deliberate);
        if resolves && !outcomes.iter().any(|outcome| outcome.binding) {
            return None;
        }
        Some(AnyAct::Motion(motion::Act::Note(motion::Note {
            motion: self.motion?,
            stage: self.stage,
            version: self.version?,
            sitting: self.sitting,
            item: self.item,
            seated: self.benches.iter().map(|seated| seated.bench.assembly).collect(),
            ballot: Some(self.id),
            outcomes: outcomes.to_vec(),
            on: self.day,
        })))
    }
}

const STAFF: &[Holder] = &[
    Holder::Here(PostKind::Clerk),
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::CollectiveHead),
    Holder::Here(PostKind::SupervisionHead),
];

impl Matter for Ballot {
    const KIND: &'static str = "ballot";
    const SHAPE: i64 = 1;
    const STEPS: u64 = limit::PAPERS as u64;
    const RULES: &'static [&'static str] = &[
        decide::TELLERS,
        decide::SECRET,
        "meet.team.quorum",
        "meet.party.quorum",
        "meet.representatives.quorum",
        "meet.members.quorum",
        "meet.delegates.quorum",
        "meet.supervision.quorum",
    ];
    type Act = Act;
    type Given = Given;
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Ballot(act)
    }

    fn of(act: &Act, at: &Moment<'_>) -> MatterId {
        act.ballot().unwrap_or(at.fresh)
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::Open { .. } => Right::new("ballot.open", STAFF),
            Act::Cast { .. } => Right::new("ballot.cast", &[Holder::Voter]),
            Act::CastFor { .. } => Right::new("ballot.cast_for", STAFF),
            Act::Hands { .. } => Right::new("ballot.hands", STAFF),
            Act::Sheet { .. } => Right::new("ballot.sheet", STAFF),
            Act::Close { .. } => Right::new("ballot.close", STAFF),
        }
    }

    /// Nobody is named in these facts, so everybody may count again; but for closed items.
    fn audience(&self, _: &Fact) -> Audience {
        match self.closed {
            true => Audience::Officials,
            false => Audience::Public,
        }
    }

    fn personal(act: &Act) -> Vec<(&'static str, String)> {
        match act {
            Act::Cast { voter, .. } | Act::CastFor { voter, .. } => vec![("voter", voter.to_string())],
            Act::Hands { against, abstain, tellers, .. } => {
                vec![("papers", decide::hands_text(against, abstain)), ("tellers", decide::ids_text(tellers))]
            }
            Act::Sheet { teller, marks, .. } => vec![("teller", teller.to_string()), ("papers", decide::marks_text(marks))],
            Act::Open { .. } | Act::Close { .. } => Vec::new(),
        }
    }

    fn relies(given: &Given) -> Vec<Relied> {
        given.relies.clone()
    }

    fn decide(before: Option<&Self>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        decide::decide(before, act, &given, at)
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        match (before, fact) {
            (_, Fact::Opened { sitting, item, day, mode, stage, motion, version, closed, benches, .. }) => Self {
                id,
                sitting,
                item,
                day,
                mode,
                stage,
                motion,
                version,
                closed,
                benches,
                votes: 0,
                handed: None,
                sheets: 0,
                counted: None,
            },
            (Some(mut b), Fact::Cast { cancels, .. }) => {
                b.votes += u32::from(cancels.is_none());
                b
            }
            (Some(b), Fact::Handed { groups, .. }) => Self { handed: Some(groups), ..b },
            (Some(b), Fact::Sheeted { .. }) => Self { sheets: b.sheets + 1, ..b },
            (Some(b), Fact::Counted { tallies, total, slips, root, .. }) => {
                let slips = u32::try_from(slips.len()).expect("a hall holds fewer");
                Self { counted: Some(Counted { tallies, total, slips, root }), ..b }
            }
            (None, fact) => unreachable!("the record holds {fact:?} before its matter"),
        }
    }

    fn follows(&self, fact: &Fact) -> Vec<AnyAct> {
        let (sitting, item, ballot) = (self.sitting, self.item, self.id);
        match fact {
            Fact::Opened { .. } => vec![AnyAct::Sitting(sitting::Act::Put { sitting, item, ballot })],
            Fact::Counted { tallies, .. } => {
                let outcomes: Vec<Outcome> = tallies.iter().map(Outcome::from).collect();
                let note = self.note_for_motion(&outcomes);
                let settle = AnyAct::Sitting(sitting::Act::Settle { sitting, item, ballot, outcomes });
                std::iter::once(settle).chain(note).collect()
            }
            Fact::Cast { .. } | Fact::Handed { .. } | Fact::Sheeted { .. } => Vec::new(),
        }
    }
}
