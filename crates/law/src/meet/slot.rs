//! 固定会期 Slot: the weekday, time and place on which a kind of sitting always meets; 东组通〔2015〕33号 二（二）.
//!
//! It is the notice of every sitting that is held on it: without one, each sitting is called by itself.

use super::sitting::{SittingKind, clock_time};
use crate::{AnyAct, Audience, Holder, Matter, MatterId, Moment, PostKind, Refusal, Right, limit};
use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    /// 星期一.
    Monday,
    /// 星期二.
    Tuesday,
    /// 星期三.
    Wednesday,
    /// 星期四.
    Thursday,
    /// 星期五.
    Friday,
    /// 星期六.
    Saturday,
    /// 星期日.
    Sunday,
}

impl Day {
    /// The day of the week of a date.
    pub fn of(date: Date) -> Self {
        match date.weekday() {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Fix it, or change it, from today on.
    Set {
        /// The kind of sitting.
        kind: SittingKind,
        /// The day of the week.
        weekday: Day,
        /// The time, as in `15:00`.
        time: String,
        /// The place.
        place: String,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// It was fixed.
    Set {
        /// The kind of sitting.
        kind: SittingKind,
        /// The day of the week.
        weekday: Day,
        /// The time.
        time: String,
        /// The place.
        place: String,
        /// From this day on.
        from: Date,
    },
}

/// What was fixed from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fixed {
    /// From this day on.
    pub from: Date,
    /// The day of the week.
    pub weekday: Day,
    /// The time.
    pub time: String,
    /// The place.
    pub place: String,
}

/// The standing slot of a kind of sitting as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// Its id, always the same for the kind.
    pub id: MatterId,
    /// The kind of sitting.
    pub kind: SittingKind,
    /// What was fixed, oldest first.
    pub fixed: Vec<Fixed>,
}

impl Slot {
    /// The id of a kind's slot.
    pub fn id_of(kind: SittingKind) -> MatterId {
        MatterId::named(&format!("slot/{}", kind.word()))
    }

    /// What is fixed for a day; none before the first.
    pub fn on(&self, day: Date) -> Option<&Fixed> {
        self.fixed.iter().rev().find(|fixed| fixed.from <= day)
    }
}

/// Who calls such a sitting fixes its slot; `decide` tests the post against the rule.
const RIGHT: &[Holder] = &[
    Holder::Here(PostKind::Secretary),
    Holder::Here(PostKind::Director),
    Holder::Here(PostKind::CollectiveHead),
    Holder::Here(PostKind::SupervisionHead),
];

impl Matter for Slot {
    const KIND: &'static str = "slot";
    const SHAPE: i64 = 1;
    type Act = Act;
    type Given = ();
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Slot(act)
    }

    fn of(act: &Act, _: &Moment<'_>) -> MatterId {
        let Act::Set { kind, .. } = act;
        Self::id_of(*kind)
    }

    fn right(_: &Act) -> Right {
        Right::new("slot.set", RIGHT)
    }

    fn audience(&self, _: &Fact) -> Audience {
        Audience::Public
    }

    fn decide(_: Option<&Self>, act: Act, (): (), at: &Moment<'_>) -> Result<Fact, Refusal> {
        let Act::Set { kind, weekday, time, place } = act;
        super::sitting::by_convener(kind.rule(), at)?;
        clock_time(&time).ok_or(Refusal::BadCode { field: "time" })?;
        limit::public_text("place", &place, limit::NAME)?;
        Ok(Fact::Set { kind, weekday, time, place, from: at.day })
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        let Fact::Set { kind, weekday, time, place, from } = fact;
        let mut slot = before.unwrap_or(Self { id, kind, fixed: Vec::new() });
        slot.fixed.push(Fixed { from, weekday, time, place });
        slot
    }
}
