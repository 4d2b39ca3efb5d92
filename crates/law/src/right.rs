//! 权限 Right: one row of `rights.txt` per act. Whether *this* body and *this* matter are meant, `decide` tests.

use crate::{Office, PostKind, UnitCode, Who};

/// Who may ask for an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A post of this kind in the matter's own unit.
    Here(PostKind),
    /// A post of this kind in a unit above.
    Above(PostKind),
    /// A resident on the unit's roll.
    Roll,
    /// A signed-in person whose telephone is verified, on the roll or not.
    Phone,
    /// A person who votes, resident or office-holder alike and by no post; `decide` tests the roll.
    Voter,
    /// Who shows the code of an anonymous slip.
    Bearer,
    /// Everybody.
    Anyone,
    /// The clock.
    Clock,
    /// The law, as a consequence of another act.
    Law,
    /// Who sets the house up (期初).
    Keeper,
}

/// The right to one act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// `kind.act`, as in `suggestion.answer`.
    pub name: &'static str,
    /// Any of these may.
    pub holders: &'static [Holder],
}

impl Right {
    /// The right called `name`, held by any of `holders`.
    pub const fn new(name: &'static str, holders: &'static [Holder]) -> Self {
        Self { name, holders }
    }

    /// Whether `who` may ask, other than by a post.
    pub fn held_without_post(&self, who: &Who) -> bool {
        self.holders.iter().any(|holder| match (holder, who) {
            (Holder::Anyone, _)
            | (Holder::Clock, Who::Clock)
            | (Holder::Law, Who::Law { .. })
            | (Holder::Keeper, Who::Keeper)
            | (Holder::Bearer, Who::Bearer { .. })
            | (Holder::Phone, Who::Resident { .. })
            | (Holder::Voter, Who::Resident { .. } | Who::Official { .. }) => true,
            (Holder::Roll, Who::Resident { on_roll, .. }) => *on_roll,
            _ => false,
        })
    }

    /// Whether this post, held in `office.unit`, carries the right in `unit`.
    pub fn held_by_post(&self, office: &Office, unit: UnitCode) -> bool {
        self.holders.iter().any(|holder| match holder {
            Holder::Here(kind) => *kind == office.kind && office.unit == unit,
            Holder::Above(kind) => *kind == office.kind && office.unit.is_ancestor_of(unit),
            _ => false,
        })
    }
}
