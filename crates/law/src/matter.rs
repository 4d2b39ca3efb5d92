//! 事项 Matter: the one shape of everything the mechanism does. See DESIGN of the kernel in ARCHITECTURE.md.

use crate::personal::Forgets;
use crate::{AnyAct, MatterId, limit};
use crate::{Audience, Duty, Moment, Refusal, Relied, Right};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// One kind of matter: its acts, its facts, and the law between them.
pub trait Matter: Sized + Clone + PartialEq + Debug + Serialize + DeserializeOwned {
    /// The stable word for the kind, in lines, tables and addresses.
    const KIND: &'static str;
    /// Raised whenever the state's shape changes, so that `migrate` rebuilds the rows of this kind.
    const SHAPE: i64;
    /// Entries that one matter of this kind may have; beyond it, a new matter is due.
    const STEPS: u64 = limit::STEPS;
    /// Rules that this law counts by, asks for or refuses under: they work today, in the program and not on paper alone.
    const RULES: &'static [&'static str] = &[];
    /// What may be asked.
    type Act: Clone + Debug + Serialize + DeserializeOwned + JsonSchema;
    /// What else the law must look at.
    type Given;
    /// What happened.
    type Fact: Clone + Debug + PartialEq + Serialize + DeserializeOwned + JsonSchema + 'static;

    /// The act as one of any kind.
    fn any(act: Self::Act) -> AnyAct;
    /// Which matter the act concerns; a new one takes `at.fresh`.
    fn of(act: &Self::Act, at: &Moment<'_>) -> MatterId;
    /// Who may ask.
    fn right(act: &Self::Act) -> Right;
    /// Who may read the fact.
    fn audience(&self, fact: &Self::Fact) -> Audience;
    /// The law: one fact, or a refusal.
    fn decide(before: Option<&Self>, act: Self::Act, given: Self::Given, at: &Moment<'_>) -> Result<Self::Fact, Refusal>;
    /// What the fact makes of the matter. Total: a recorded fact is never refused.
    fn evolve(before: Option<Self>, fact: Self::Fact, id: MatterId) -> Self;

    /// Personal texts in the act, each with its label; `decide` names the same by [`Moment::refer`].
    fn personal(_: &Self::Act) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    /// Earlier personal texts of the matter that die with this fact (依法删除).
    fn forgets(_: &Self::Fact) -> Forgets {
        Forgets::Nothing
    }
    /// Steps of other matters that `given` rests on.
    fn relies(_: &Self::Given) -> Vec<Relied> {
        Vec::new()
    }
    /// Acts that the law carries out at once in other matters of the unit.
    fn follows(&self, _: &Self::Fact) -> Vec<AnyAct> {
        Vec::new()
    }
    /// What this matter owes.
    fn duties(&self) -> Vec<Duty> {
        Vec::new()
    }
    /// What the clock must record now because a day has passed in silence; asked again until there is nothing.
    fn overdue(&self, _: MatterId, _: &Moment<'_>) -> Option<Self::Act> {
        None
    }
    /// What a new calendar makes of an open duty; asked again until there is nothing.
    fn reckoned(&self, _: MatterId, _: &Moment<'_>) -> Option<Self::Act> {
        None
    }
}
