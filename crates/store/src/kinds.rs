//! 事项登记 The register of matters with their tables: how generic work reaches every kind.

use crate::Kept;
use law::AnyAct;

/// Work to be done for one kind of matter.
pub trait Visit {
    /// What it yields.
    type Out;
    /// Does it for `M`.
    fn visit<M: Kept>(&mut self) -> Self::Out;
}

/// Work to be done with one act.
pub trait VisitAct {
    /// What it yields.
    type Out;
    /// Does it with an act of `M`.
    fn visit<M: Kept>(self, act: M::Act) -> Self::Out;
}

macro_rules! walk {
    ($($Kind:ident => $path:path,)*) => {
        /// Visits every kind, in the order of the register.
        pub fn each<V: Visit>(visit: &mut V) -> Vec<V::Out> {
            vec![$(visit.visit::<$path>(),)*]
        }

        /// Visits the kind that this word names; `None` if no kind has it.
        pub fn named<V: Visit>(kind: &str, visit: &mut V) -> Option<V::Out> {
            $(if kind == <$path as law::Matter>::KIND {
                return Some(visit.visit::<$path>());
            })*
            None
        }

        /// Visits the kind of the act.
        pub fn act<V: VisitAct>(act: AnyAct, visit: V) -> V::Out {
            match act { $(AnyAct::$Kind(act) => visit.visit::<$path>(act),)* }
        }
    };
}

law::kinds!(walk);
