//! 行为人 Actor: who asks for an act. What a person may do follows from posts and rolls of that day and from nothing else.

use crate::{MatterId, UnitCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kinds of post (职务). Rights hang on these, never on persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PostKind {
    /// 村（社区）党工委书记, head of the party working committee.
    Secretary,
    /// 村（居）民委员会主任, head of the committee.
    Director,
    /// 集体经济组织负责人（理事长）, head of the collective.
    CollectiveHead,
    /// 村（居）务监督委员会主任, head of the supervision committee.
    SupervisionHead,
    /// 委员, member of a body, its head aside.
    Member,
    /// 纪检委员 of the party working committee.
    Discipline,
    /// 经办（文书、报账员）, who prepares what heads confirm.
    Clerk,
    /// 镇（街道）组织、村务工作人员.
    TownOfficer,
    /// 镇（街道）纪（工）委专责.
    TownDiscipline,
    /// 市级部门工作人员.
    CityOfficer,
}

impl PostKind {
    /// Posts that speak for their body (负责人).
    pub const HEADS: [Self; 4] = [Self::Secretary, Self::Director, Self::CollectiveHead, Self::SupervisionHead];
    /// Every kind, in the order of lists.
    pub const ALL: [Self; 10] = [
        Self::Secretary,
        Self::Director,
        Self::CollectiveHead,
        Self::SupervisionHead,
        Self::Member,
        Self::Discipline,
        Self::Clerk,
        Self::TownOfficer,
        Self::TownDiscipline,
        Self::CityOfficer,
    ];

    /// The stable word in tables and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Secretary => "secretary",
            Self::Director => "director",
            Self::CollectiveHead => "collective_head",
            Self::SupervisionHead => "supervision_head",
            Self::Member => "member",
            Self::Discipline => "discipline",
            Self::Clerk => "clerk",
            Self::TownOfficer => "town_officer",
            Self::TownDiscipline => "town_discipline",
            Self::CityOfficer => "city_officer",
        }
    }

    /// Reads [`PostKind::word`] back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether this post speaks for its body.
    pub fn is_head(self) -> bool {
        Self::HEADS.contains(&self)
    }
}

/// One post that a person holds on the day of the act, as the tables of that moment show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The unit in whose record the post stands: the matter's own unit or one above it.
    pub unit: UnitCode,
    /// The post.
    pub post: MatterId,
    /// The step of the post's matter that this rests on.
    pub step: u64,
    /// The body it belongs to.
    pub body: MatterId,
    /// What kind of post.
    pub kind: PostKind,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A person who holds posts that day in the unit or above it.
    Official {
        /// The person.
        person: MatterId,
        /// All posts held that day; the first that carries the act is used.
        offices: Vec<Office>,
    },
    /// A signed-in resident. `on_roll` is false while only the telephone is verified.
    Resident {
        /// The person on the roll, or the account behind a verified telephone.
        person: MatterId,
        /// Whether the unit's roll of that day holds the person.
        on_roll: bool,
    },
    /// Who shows the code of an anonymous slip.
    Bearer {
        /// SHA-256 of the code.
        code: crate::Digest,
    },
    /// Nobody in particular.
    Anyone,
    /// The clock of the house (时限到期).
    Clock,
    /// The law itself, carrying out what another act entails.
    Law {
        /// Record number of the act that entails it.
        cause: u64,
    },
    /// Who sets the house up from the command line: opening entries (期初) of bodies, persons and posts, nothing else.
    Keeper,
}

/// Who asks, and through whose hands it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The one who answers for the act.
    pub who: Who,
    /// The staff member's post who prepared what the office-holder now confirms (经办).
    pub prepared_by: Option<MatterId>,
}

impl Actor {
    /// Someone acting alone.
    pub fn new(who: Who) -> Self {
        Self { who, prepared_by: None }
    }

    /// The person behind, if there is one.
    pub fn person(&self) -> Option<MatterId> {
        match &self.who {
            Who::Official { person, .. } | Who::Resident { person, .. } => Some(*person),
            _ => None,
        }
    }
}
