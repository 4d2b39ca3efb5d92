//! 名册 Roll: who belongs to the unit on a day, kept by villager group; each change is a version; 村民委员会组织法 第14条.

use crate::{AnyAct, Audience, Digest, Holder, Matter, MatterId, Moment, PostKind, Refusal, Right, limit};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Put persons on the roll of a group, or take them off, from a day on.
    Change {
        /// The villager group; one roll each.
        group: String,
        /// From this day.
        from: Date,
        /// Who joins.
        join: Vec<MatterId>,
        /// Who leaves.
        leave: Vec<MatterId>,
        /// By what: register, decision, document.
        basis: String,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The roll changed.
    Changed {
        /// The villager group.
        group: String,
        /// From this day.
        from: Date,
        /// Who joined.
        join: Vec<MatterId>,
        /// Who left.
        leave: Vec<MatterId>,
        /// By what.
        basis: String,
    },
}

/// From when to when somebody is on the roll.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Option<Date>,
}

/// The roll of one group as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Roll {
    /// Its id, always the same for the group.
    pub id: MatterId,
    /// The group.
    pub group: String,
    /// Number of changes so far.
    pub version: u32,
    /// Who is or was on it.
    pub members: BTreeMap<MatterId, Span>,
}

impl Roll {
    /// The id of a group's roll.
    pub fn id_of(group: &str) -> MatterId {
        MatterId::named(&format!("roll/{group}"))
    }

    /// Whether the roll holds the person on this day.
    pub fn holds(&self, person: MatterId, day: Date) -> bool {
        self.members.get(&person).is_some_and(|span| span.from <= day && span.to.is_none_or(|to| day <= to))
    }

    /// How many it holds on this day.
    pub fn count(&self, day: Date) -> usize {
        self.members.keys().filter(|person| self.holds(**person, day)).count()
    }

    /// A digest over who is on it on this day; equal digests mean equal rolls.
    pub fn digest(&self, day: Date) -> Digest {
        let on: Vec<String> = self.members.keys().filter(|person| self.holds(**person, day)).map(ToString::to_string).collect();
        Digest::of(&[on.join("\n").as_bytes()])
    }
}

/// What the law looks at besides the roll: the persons of the act that are not on file.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Unknown persons.
    pub unknown: Vec<MatterId>,
}

const RIGHT: &[Holder] = &[Holder::Here(PostKind::Clerk), Holder::Above(PostKind::TownOfficer), Holder::Keeper];

impl Matter for Roll {
    const KIND: &'static str = "roll";
    const SHAPE: i64 = 1;
    type Act = Act;
    type Given = Given;
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Roll(act)
    }

    fn of(act: &Act, _: &Moment<'_>) -> MatterId {
        let Act::Change { group, .. } = act;
        Self::id_of(group)
    }

    fn right(_: &Act) -> Right {
        Right::new("roll.change", RIGHT)
    }

    fn audience(&self, _: &Fact) -> Audience {
        Audience::Officials
    }

    fn decide(before: Option<&Self>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let Act::Change { group, from, join, leave, basis } = act;
        limit::public_text("group", &group, limit::NAME)?;
        limit::public_text("basis", &basis, limit::TEXT)?;
        if join.is_empty() && leave.is_empty() {
            return Err(Refusal::Missing { field: "join" });
        }
        if join.len() + leave.len() > limit::PERSONS {
            return Err(Refusal::TooMany { field: "join", limit: limit::PERSONS });
        }
        if from > at.day {
            return Err(Refusal::DayAhead { day: from });
        }
        if !given.unknown.is_empty() || leave.iter().any(|person| !before.is_some_and(|roll| roll.holds(*person, from))) {
            return Err(Refusal::NoSuchPerson);
        }
        if join.iter().any(|person| before.is_some_and(|roll| roll.holds(*person, from))) {
            return Err(Refusal::AlreadyExists);
        }
        Ok(Fact::Changed { group, from, join, leave, basis })
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        let Fact::Changed { group, from, join, leave, .. } = fact;
        let mut roll = before.unwrap_or(Self { id, group, version: 0, members: BTreeMap::new() });
        roll.version += 1;
        for person in leave {
            if let Some(span) = roll.members.get_mut(&person) {
                span.to = from.yesterday().ok();
            }
        }
        for person in join {
            roll.members.insert(person, Span { from, to: None });
        }
        roll
    }
}
