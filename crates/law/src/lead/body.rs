//! 组织 Body: a party committee, village committee, collective or supervision committee; 东组通〔2015〕33号 一（二）.

use crate::{AnyAct, Audience, Holder, Matter, MatterId, Moment, PostKind, Refusal, Right, limit};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kinds of body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// 村（社区）党工委.
    Party,
    /// 村（居）民委员会.
    Committee,
    /// 集体经济组织.
    Collective,
    /// 村（居）务监督委员会.
    Supervision,
    /// 镇（街道）党委（党工委）及其组织部门.
    Town,
    /// 镇（街道）纪委.
    TownDiscipline,
    /// 市级部门.
    City,
}

impl BodyKind {
    /// The stable word in tables and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Committee => "committee",
            Self::Collective => "collective",
            Self::Supervision => "supervision",
            Self::Town => "town",
            Self::TownDiscipline => "town_discipline",
            Self::City => "city",
        }
    }

    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Party, Self::Committee, Self::Collective, Self::Supervision, Self::Town, Self::TownDiscipline, Self::City];

    /// Reads [`BodyKind::word`] back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The post that speaks for such a body, where one person does.
    pub fn head(self) -> Option<PostKind> {
        match self {
            Self::Party => Some(PostKind::Secretary),
            Self::Committee => Some(PostKind::Director),
            Self::Collective => Some(PostKind::CollectiveHead),
            Self::Supervision => Some(PostKind::SupervisionHead),
            Self::Town | Self::TownDiscipline | Self::City => None,
        }
    }
}

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Enter a body that exists (期初) or was founded.
    Found {
        /// Its kind.
        kind: BodyKind,
        /// Its full name.
        name: String,
        /// Since when it exists.
        since: Date,
    },
    /// Note that it was dissolved.
    Dissolve {
        /// The body.
        body: MatterId,
        /// The last day.
        on: Date,
        /// By what decision.
        basis: String,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A body was entered.
    Founded {
        /// Its kind.
        kind: BodyKind,
        /// Its full name.
        name: String,
        /// Since when it exists.
        since: Date,
    },
    /// A body was dissolved.
    Dissolved {
        /// The last day.
        on: Date,
        /// By what decision.
        basis: String,
    },
}

/// A body as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Its id.
    pub id: MatterId,
    /// Its kind.
    pub kind: BodyKind,
    /// Its full name.
    pub name: String,
    /// Since when it exists.
    pub since: Date,
    /// The last day, if it was dissolved.
    pub until: Option<Date>,
}

impl Body {
    /// Whether it exists on this day.
    pub fn exists(&self, day: Date) -> bool {
        self.since <= day && self.until.is_none_or(|until| day <= until)
    }
}

const RIGHT: &[Holder] =
    &[Holder::Above(PostKind::TownOfficer), Holder::Here(PostKind::TownOfficer), Holder::Here(PostKind::CityOfficer), Holder::Keeper];

impl Matter for Body {
    const KIND: &'static str = "body";
    const SHAPE: i64 = 1;
    type Act = Act;
    type Given = ();
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Body(act)
    }

    fn of(act: &Act, at: &Moment<'_>) -> MatterId {
        match act {
            Act::Found { .. } => at.fresh,
            Act::Dissolve { body, .. } => *body,
        }
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::Found { .. } => Right::new("body.found", RIGHT),
            Act::Dissolve { .. } => Right::new("body.dissolve", RIGHT),
        }
    }

    fn audience(&self, _: &Fact) -> Audience {
        Audience::Public
    }

    fn decide(before: Option<&Self>, act: Act, (): (), at: &Moment<'_>) -> Result<Fact, Refusal> {
        match (before, act) {
            (None, Act::Found { kind, name, since }) => {
                limit::public_text("name", &name, limit::NAME)?;
                if since > at.day {
                    return Err(Refusal::DayAhead { day: since });
                }
                Ok(Fact::Founded { kind, name, since })
            }
            (Some(_), Act::Found { .. }) => Err(Refusal::AlreadyExists),
            (None, Act::Dissolve { .. }) => Err(Refusal::NoSuchMatter),
            (Some(body), Act::Dissolve { on, basis, .. }) => {
                limit::public_text("basis", &basis, limit::TEXT)?;
                match body.until {
                    Some(_) => Err(Refusal::Closed),
                    None if on > at.day => Err(Refusal::DayAhead { day: on }),
                    None if on < body.since => Err(Refusal::DaysOutOfOrder { first: body.since, then: on }),
                    None => Ok(Fact::Dissolved { on, basis }),
                }
            }
        }
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        match (before, fact) {
            (_, Fact::Founded { kind, name, since }) => Self { id, kind, name, since, until: None },
            (Some(body), Fact::Dissolved { on, .. }) => Self { until: Some(on), ..body },
            (None, fact) => unreachable!("the record holds {fact:?} before its matter"),
        }
    }
}
