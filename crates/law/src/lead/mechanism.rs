//! 机制运行 Mechanism: from which day it runs here, under which rules, and what befell the record; 东组通〔2015〕33号 三（三）.

use crate::steer::cadence;
use crate::{AnyAct, Audience, Digest, Holder, Matter, MatterId, Moment, PostKind, Refusal, Right, limit};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What may be asked. There is one mechanism per unit.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Duties fall due from this day on.
    Start {
        /// The first day.
        day: Date,
        /// By what decision.
        basis: String,
    },
    /// Rules and calendar of this content are in force here from now on.
    Adopt,
    /// The audit found the tables or the record other than they should be.
    Incident {
        /// What was found: record numbers and kinds only.
        found: String,
    },
    /// The record was restored from a backup and goes on under a new origin.
    Restore {
        /// The origin it had.
        origin: String,
        /// The size of its last published checkpoint.
        size: u64,
        /// The root of that checkpoint.
        root: Digest,
    },
    /// Another key signs the checkpoints from now on.
    ChangeKey {
        /// The public key until now; the record's own word for it goes before this one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<String>,
        /// The public key, as a note verifier key.
        key: String,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Duties fall due from this day on.
    Started {
        /// The first day.
        day: Date,
        /// By what decision.
        basis: String,
    },
    /// These rules are in force.
    Adopted {
        /// Digest of all rules and the calendar.
        policy: String,
        /// Version of the calendar.
        calendar: String,
    },
    /// The audit found something.
    Found {
        /// What.
        found: String,
    },
    /// The record goes on under a new origin.
    Restored {
        /// The old origin.
        origin: String,
        /// The last published size under it.
        size: u64,
        /// The root at that size.
        root: Digest,
    },
    /// Another key signs.
    KeyChanged {
        /// The public key until now; none when its seed was lost before any line named it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<String>,
        /// The public key.
        key: String,
        /// Both keys sign until this day.
        until: Date,
    },
}

/// The mechanism of a unit as the record shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mechanism {
    /// The first day, once started.
    pub start: Option<Date>,
    /// Digest of the rules in force.
    pub policy: Option<String>,
    /// Version of the calendar in force.
    pub calendar: Option<String>,
    /// How often the audit found something.
    pub incidents: u32,
    /// How often the record was restored.
    pub restored: u32,
    /// The last key put on record.
    pub key: Option<String>,
}

const START: &[Holder] = &[Holder::Above(PostKind::TownOfficer), Holder::Here(PostKind::TownOfficer), Holder::Keeper];
const HOUSE: &[Holder] = &[Holder::Clock, Holder::Keeper];

impl Mechanism {
    /// The one id of every unit's mechanism.
    pub fn the_id() -> MatterId {
        MatterId::named("mechanism")
    }
}

impl Matter for Mechanism {
    const KIND: &'static str = "mechanism";
    const SHAPE: i64 = 1;
    const RULES: &'static [&'static str] = &["lead.mechanism.start", "lead.key.change"];
    type Act = Act;
    type Given = ();
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Mechanism(act)
    }

    fn of(_: &Act, _: &Moment<'_>) -> MatterId {
        Self::the_id()
    }

    fn right(act: &Act) -> Right {
        match act {
            Act::Start { .. } => Right::new("mechanism.start", START),
            Act::Adopt => Right::new("mechanism.adopt", HOUSE),
            Act::Incident { .. } => Right::new("mechanism.incident", HOUSE),
            Act::Restore { .. } => Right::new("mechanism.restore", HOUSE),
            Act::ChangeKey { .. } => Right::new("mechanism.change_key", HOUSE),
        }
    }

    fn audience(&self, _: &Fact) -> Audience {
        Audience::Public
    }

    fn decide(before: Option<&Self>, act: Act, (): (), at: &Moment<'_>) -> Result<Fact, Refusal> {
        match act {
            Act::Start { day, basis } => {
                limit::public_text("basis", &basis, limit::TEXT)?;
                if before.is_some_and(|mechanism| mechanism.start.is_some()) {
                    return Err(Refusal::AlreadyExists);
                }
                Ok(Fact::Started { day, basis })
            }
            Act::Adopt => {
                let (policy, calendar) = (at.policy.digest().to_owned(), at.policy.calendar().version().to_owned());
                match before.is_some_and(|mechanism| mechanism.policy.as_ref() == Some(&policy)) {
                    true => Err(Refusal::AlreadyExists),
                    false => Ok(Fact::Adopted { policy, calendar }),
                }
            }
            Act::Incident { found } => {
                limit::public_text("found", &found, limit::TEXT)?;
                Ok(Fact::Found { found })
            }
            Act::Restore { origin, size, root } => Ok(Fact::Restored { origin, size, root }),
            Act::ChangeKey { was, key } => {
                limit::text("key", &key, limit::TEXT)?;
                let was = before.and_then(|mechanism| mechanism.key.clone()).or(was);
                limit::maybe("key", was.as_deref(), limit::TEXT)?;
                if was.as_ref() == Some(&key) {
                    return Err(Refusal::AlreadyExists);
                }
                let days = i64::from(at.number("lead.key.change", "days")?);
                let until = at.day.checked_add(jiff::Span::new().days(days)).map_err(|_| Refusal::CalendarEnds { day: at.day })?;
                Ok(Fact::KeyChanged { was, key, until })
            }
        }
    }

    fn evolve(before: Option<Self>, fact: Fact, _: MatterId) -> Self {
        let mut mechanism = before.unwrap_or_default();
        match fact {
            Fact::Started { day, .. } => mechanism.start = Some(day),
            Fact::Adopted { policy, calendar } => (mechanism.policy, mechanism.calendar) = (Some(policy), Some(calendar)),
            Fact::Found { .. } => mechanism.incidents += 1,
            Fact::Restored { .. } => mechanism.restored += 1,
            Fact::KeyChanged { key, .. } => mechanism.key = Some(key),
        }
        mechanism
    }

    /// A mechanism that starts opens its first round of recurring duties at once.
    fn follows(&self, fact: &Fact) -> Vec<AnyAct> {
        match fact {
            Fact::Started { day, .. } => {
                cadence::RULES.iter().map(|rule| AnyAct::Cadence(cadence::Act::Open { rule: (*rule).to_owned(), from: *day })).collect()
            }
            _ => Vec::new(),
        }
    }
}
