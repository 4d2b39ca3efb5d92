//! 表决体 Assembly: the electorates that may meet in one sitting; each counts for itself; 东组通〔2015〕33号 二（二）.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An electorate. One sitting may seat several; quorum and majority are counted in each of them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Assembly {
    /// 班子: who heads or sits on the party committee, the village committee and the collective's board.
    Team,
    /// 党员大会（党员代表）; the public sees its numbers only.
    Party,
    /// 村（居）民代表会议: the committee's members and the representatives.
    Representatives,
    /// 集体经济组织成员大会.
    Members,
    /// 集体经济组织成员代表大会.
    Delegates,
    /// 异地务工人员代表, who advise and never decide.
    Migrants,
    /// 村（居）务监督委员会.
    Supervision,
    /// 村（居）民会议; it never meets in a joint sitting, its decision is recorded.
    Villagers,
}

impl Assembly {
    /// Every assembly, in the order of lists.
    pub const ALL: [Self; 8] = [
        Self::Team,
        Self::Party,
        Self::Representatives,
        Self::Members,
        Self::Delegates,
        Self::Migrants,
        Self::Supervision,
        Self::Villagers,
    ];

    /// The stable word in ids, tables and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Party => "party",
            Self::Representatives => "representatives",
            Self::Members => "members",
            Self::Delegates => "delegates",
            Self::Migrants => "migrants",
            Self::Supervision => "supervision",
            Self::Villagers => "villagers",
        }
    }

    /// Reads [`Assembly::word`] back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|assembly| assembly.word() == word)
    }

    /// The rule that gives its quorum and majority; none for those who only advise.
    pub fn rule(self) -> Option<&'static str> {
        match self {
            Self::Team => Some("meet.team.quorum"),
            Self::Party => Some("meet.party.quorum"),
            Self::Representatives => Some("meet.representatives.quorum"),
            Self::Members => Some("meet.members.quorum"),
            Self::Delegates => Some("meet.delegates.quorum"),
            Self::Supervision => Some("meet.supervision.quorum"),
            Self::Villagers => Some("meet.assembly.quorum"),
            Self::Migrants => None,
        }
    }

    /// Whether its vote counts as the other's: itself, and the whole for those whom it may authorise (授权).
    pub fn acts_for(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::Members, Self::Delegates) | (Self::Villagers, Self::Representatives))
    }

    /// Whether its members stand on a roll of their own; the others follow from posts.
    pub fn has_roll(self) -> bool {
        matches!(self, Self::Party | Self::Representatives | Self::Members | Self::Delegates | Self::Migrants)
    }
}

/// What a sitting does with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 日常事项: reported, discussed, resolved.
    Daily,
    /// 班子商议 of a motion.
    Consult,
    /// 会议审议 of a motion.
    Deliberate,
    /// 集体决议 on a motion.
    Resolve,
    /// 追认 of what was done in an emergency.
    Ratify,
}
