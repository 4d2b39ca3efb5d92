//! 事项登记 The register of matters: one line each. API, command line, audit, export, simulator and the table of rights
//! all walk through it.

use serde::{Deserialize, Serialize};

/// Hands the whole register to a macro: `$then! { Name => path::of::Matter, … }`.
#[macro_export]
macro_rules! kinds {
    ($then:ident) => {
        $then! {
            Mechanism  => $crate::lead::mechanism::Mechanism,
            Body       => $crate::lead::body::Body,
            Person     => $crate::lead::person::Person,
            Post       => $crate::lead::post::Post,
            Roll       => $crate::lead::roll::Roll,
            Cadence    => $crate::steer::cadence::Cadence,
            Motion     => $crate::meet::motion::Motion,
            Resolution => $crate::meet::resolution::Resolution,
            Task       => $crate::steer::task::Task,
            Suggestion => $crate::open::suggestion::Suggestion,
            Notice     => $crate::open::notice::Notice,
            Report     => $crate::watch::report::Report,
        }
    };
}

macro_rules! any_act {
    ($($Kind:ident => $path:path,)*) => {
        /// Any act of any matter, as the JSON API takes it: `{"kind": "suggestion", "act": {"submit": {…}}}`.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "act", rename_all = "snake_case")]
        pub enum AnyAct {
            $(#[doc = concat!("An act of [`", stringify!($path), "`].")] $Kind(<$path as crate::Matter>::Act),)*
        }

        /// Rules that the law of some matter applies (`Matter::RULES`); the other rules of a pack are collected only.
        pub fn applied(rule: &str) -> bool {
            false $(|| <$path as crate::Matter>::RULES.contains(&rule))*
        }

        /// The words for all kinds, in the order of the register.
        pub const KINDS: &[&str] = &[$(<$path as crate::Matter>::KIND,)*];

        impl AnyAct {
            /// The word for its kind.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$Kind(_) => <$path as crate::Matter>::KIND,)* }
            }
        }
    };
}

kinds!(any_act);

#[cfg(test)]
mod tests {
    use crate::{Matter, Policy, Profile};
    use jiff::civil::date;

    macro_rules! claimed {
        ($($Kind:ident => $path:path,)*) => {
            fn all() -> Vec<&'static str> {
                [$(<$path as Matter>::RULES,)*].concat()
            }
        };
    }
    kinds!(claimed);

    #[test]
    fn every_claimed_rule_binds_villages_and_communities() {
        let policy = Policy::embedded();
        for rule in all() {
            let bound = Profile::ALL.iter().all(|profile| policy.rule(rule, Some(*profile), date(2026, 9, 30)).is_some());
            assert!(bound && super::applied(rule), "{rule}");
        }
        assert!(!super::applied("open.suggestion"));
    }
}
