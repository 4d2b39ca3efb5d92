//! 会议种类 Kind: which assemblies sit, what may be done there, and why an item is closed; 东组通〔2015〕33号 二（二）.

use crate::meet::{Assembly, Stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kinds of sitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SittingKind {
    /// 班子联席会议, weekly.
    Team,
    /// 党群联席会议, quarterly: one sitting of several assemblies, each of which counts for itself.
    Joint,
    /// 村（居）民代表会议.
    Representatives,
    /// 集体经济组织成员代表大会.
    Delegates,
    /// 集体经济组织成员大会.
    Members,
    /// 村（居）务监督委员会会议.
    Supervision,
}

impl SittingKind {
    /// Every kind, in the order of lists.
    pub const ALL: [Self; 6] = [Self::Team, Self::Joint, Self::Representatives, Self::Delegates, Self::Members, Self::Supervision];

    /// The stable word in ids, tables and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Joint => "joint",
            Self::Representatives => "representatives",
            Self::Delegates => "delegates",
            Self::Members => "members",
            Self::Supervision => "supervision",
        }
    }

    /// Reads [`SittingKind::word`] back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The assemblies that sit; the first is the one whose quorum opens it.
    pub fn assemblies(self) -> &'static [Assembly] {
        match self {
            Self::Team => &[Assembly::Team],
            Self::Joint => &[Assembly::Party, Assembly::Representatives, Assembly::Delegates, Assembly::Migrants],
            Self::Representatives => &[Assembly::Representatives],
            Self::Delegates => &[Assembly::Delegates],
            Self::Members => &[Assembly::Members],
            Self::Supervision => &[Assembly::Supervision],
        }
    }

    /// The rule that says who calls it and how early.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Joint => "meet.congress.convene",
            Self::Team => "meet.team.convene",
            Self::Representatives => "meet.representatives.convene",
            Self::Delegates => "meet.delegates.convene",
            Self::Members => "meet.members.convene",
            Self::Supervision => "meet.supervision.convene",
        }
    }

    /// What may be done there.
    pub fn takes(self, stage: Stage) -> bool {
        match self {
            Self::Team => matches!(stage, Stage::Daily | Stage::Consult | Stage::Ratify),
            Self::Supervision => stage == Stage::Daily,
            Self::Joint | Self::Representatives | Self::Delegates | Self::Members => stage != Stage::Consult,
        }
    }
}

/// Why the public reads the number of an item and no more (不公开事由). State and work secrets must not be entered at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// 个人隐私.
    Privacy,
    /// 商业秘密.
    Business,
    /// 党内人事.
    Party,
    /// 涉案.
    Case,
}

impl Ground {
    /// Every ground.
    pub const ALL: [Self; 4] = [Self::Privacy, Self::Business, Self::Party, Self::Case];

    /// The stable word in rules and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Privacy => "privacy",
            Self::Business => "business",
            Self::Party => "party",
            Self::Case => "case",
        }
    }
}
