//! 议题 Motion: put forward, discussed by the teams, deliberated, resolved; no step is skipped; 东组通〔2015〕33号 二（二）“党群联席会议”.
//!
//! A vote binds to one version of the text. What is resolved becomes a resolution at once.

mod act;
mod class;
mod decide;
mod gate;
#[cfg(test)]
mod held_tests;
mod passing;
#[cfg(test)]
mod property_tests;
mod state;
#[cfg(test)]
mod tests;

pub use act::{Act, Count, Fact, Figures, Held, Minute, Note, Passage, Source, Wording};
pub use class::{Class, Fixed, Reason};
pub use decide::Given;
pub use state::{About, Draft, Emergency, End, Motion, Phase, Reply, Version, Voice};

use super::Stage;
use super::resolution::{self, End as Ending};
use crate::personal::Forgets;
use crate::{AnyAct, Audience, Duty, Holder, Matter, MatterId, Moment, PostKind, Refusal, Relied, Right, limit};

/// The rule of how soon the supervision committee decides on a challenged class.
pub const JUDGE: &str = "meet.motion.judge";
pub use crate::open::suggestion::RELEASE;
/// The rule of how soon opinions on a draft are answered.
pub const ANSWER: &str = "meet.opinion.answer";
/// The rule of how long a draft is posted.
pub const DRAFT: &str = "meet.draft.post";
/// The rule of emergencies.
pub const RATIFY: &str = "meet.emergency.ratify";

const PROPOSE: &[Holder] = &[Holder::Here(PostKind::Secretary)];
const OFFICE: &[Holder] = &[Holder::Here(PostKind::Clerk), Holder::Here(PostKind::Secretary), Holder::Here(PostKind::Director)];
const RECORDS: &[Holder] = &[
    Holder::Here(PostKind::Clerk),
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::CollectiveHead),
];
const ANSWERS: &[Holder] = &[Holder::Here(PostKind::Secretary), Holder::Here(PostKind::Director), Holder::Here(PostKind::CollectiveHead)];
const LOOKS: &[Holder] = &[
    Holder::Here(PostKind::Clerk),
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::SupervisionHead),
];
const JUDGES: &[Holder] = &[Holder::Here(PostKind::SupervisionHead)];
const CLOCK: &[Holder] = &[Holder::Clock];

impl Matter for Motion {
    const KIND: &'static str = "motion";
    const SHAPE: i64 = 1;
    const STEPS: u64 = limit::LONG_STEPS;
    const RULES: &'static [&'static str] = &[
        JUDGE,
        ANSWER,
        DRAFT,
        RATIFY,
        "meet.motion.propose",
        "meet.motion.major",
        "meet.assembly.reserved",
        "meet.assembly.quorum",
        "meet.congress.effect",
    ];
    type Act = Act;
    type Given = Given;
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Motion(act)
    }

    fn of(act: &Act, at: &Moment<'_>) -> MatterId {
        act.motion().unwrap_or(at.fresh)
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::Propose { .. } => Right::new("motion.propose", PROPOSE),
            Act::Emergency { .. } => Right::new("motion.emergency", PROPOSE),
            Act::Challenge { .. } => Right::new("motion.challenge", &[Holder::Phone]),
            Act::Judge { .. } => Right::new("motion.judge", JUDGES),
            Act::Revise { .. } => Right::new("motion.revise", PROPOSE),
            Act::PostDraft { .. } => Right::new("motion.post_draft", OFFICE),
            Act::Opine { .. } => Right::new("motion.opine", &[Holder::Phone]),
            Act::AnswerOpinion { .. } => Right::new("motion.answer_opinion", ANSWERS),
            Act::Release { .. } => Right::new("motion.release", LOOKS),
            Act::Note(_) => Right::new("motion.note", &[Holder::Law]),
            Act::RecordAssembly { .. } => Right::new("motion.record_assembly", RECORDS),
            Act::Withdraw { .. } => Right::new("motion.withdraw", PROPOSE),
            Act::Adjust { .. } => Right::new("motion.adjust", PROPOSE),
            Act::Erase { .. } => Right::new("motion.erase", &[Holder::Above(PostKind::TownOfficer)]),
            Act::Lapse { .. } => Right::new("motion.lapse", CLOCK),
            Act::Reschedule { .. } => Right::new("motion.reschedule", CLOCK),
        }
    }

    /// Facts hold no personal text, so everybody may read them; the words of residents follow `shown`.
    fn audience(&self, _: &Fact) -> Audience {
        Audience::Public
    }

    fn personal(act: &Act) -> Vec<(&'static str, String)> {
        match act {
            Act::Challenge { reason: text, .. } | Act::Opine { text, .. } => vec![("voice", text.text().to_owned())],
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
        let Some(mut motion) = before else { return Self::begin(id, fact) };
        motion.happen(fact);
        motion
    }

    fn forgets(fact: &Fact) -> Forgets {
        match fact {
            Fact::Erased { gone, .. } => Forgets::Refs(gone.clone()),
            _ => Forgets::Nothing,
        }
    }

    /// What is resolved becomes a resolution; what falls takes its resolution with it.
    fn follows(&self, fact: &Fact) -> Vec<AnyAct> {
        let end = |version: u32, why| AnyAct::Resolution(resolution::Act::End { resolution: self.resolution(version), why });
        match fact {
            Fact::Declared { .. } => vec![AnyAct::Resolution(self.issue(true))],
            Fact::Resolved { replaces, .. } => {
                let by = self.resolution(self.version());
                let old = replaces.map(|old| end(old, Ending::Adjusted { by }));
                std::iter::once(AnyAct::Resolution(self.issue(false))).chain(old).collect()
            }
            Fact::Ratified { .. } => {
                let resolution = self.resolution(self.version());
                vec![AnyAct::Resolution(resolution::Act::Ratify { resolution, outcomes: self.outcomes() })]
            }
            Fact::Rejected { passage, .. } if passage.stage == Stage::Ratify => vec![end(passage.version, Ending::NotRatified)],
            Fact::Judged { falls: Some(version), .. } => vec![end(*version, Ending::NotCompetent)],
            _ => Vec::new(),
        }
    }

    fn duties(&self) -> Vec<Duty> {
        self.duties.all().to_vec()
    }

    fn overdue(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.silent(at.day).map(|duty| Act::Lapse { motion: id, n: duty.n })
    }

    fn reckoned(&self, id: MatterId, at: &Moment<'_>) -> Option<Act> {
        self.duties.outdated(at).map(|(n, _)| Act::Reschedule { motion: id, n })
    }
}
