//! 表决名册 Electorate: who belongs to a voting assembly, version by version; 村民委员会组织法 第29条、农村集体经济组织法 第26、28条.
//!
//! A vote counts on the version that was frozen when the sitting was called.

use super::Assembly;
use crate::{AnyAct, Audience, Digest, Holder, Matter, MatterId, Moment, PostKind, Refusal, Right, limit};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody who takes a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// The person.
    pub person: MatterId,
    /// Whether she is a woman: the law asks for their share.
    pub woman: bool,
    /// Mark of the household, for assemblies whose members may be represented by one of the same household.
    pub household: Option<String>,
}

/// What may be asked.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Put persons on an assembly's roll, or take them off, from a day on.
    Seat {
        /// The assembly; one roll each.
        assembly: Assembly,
        /// From this day.
        from: Date,
        /// Who takes a seat.
        join: Vec<Seat>,
        /// Who gives one up.
        leave: Vec<MatterId>,
        /// By what: election, register, decision.
        basis: String,
    },
}

/// What happened. Officials alone read it: the public sees how many there are, never who belongs to the party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The roll changed.
    Seated {
        /// The assembly.
        assembly: Assembly,
        /// The version that this makes, counted from 1.
        version: u32,
        /// From this day.
        from: Date,
        /// Who took a seat.
        join: Vec<Seat>,
        /// Who gave one up.
        leave: Vec<MatterId>,
        /// By what.
        basis: String,
    },
}

/// A seat and the versions of the roll in which it is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The first version.
    pub since: u32,
    /// The first version in which it is held no longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<u32>,
    /// Whether a woman holds it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub woman: bool,
    /// Mark of the household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<String>,
}

impl Held {
    fn in_version(&self, version: u32) -> bool {
        self.since <= version && self.until.is_none_or(|until| version < until)
    }
}

/// The roll of one assembly as the record shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Electorate {
    /// Its id, always the same for the assembly.
    pub id: MatterId,
    /// The assembly.
    pub assembly: Assembly,
    /// First day of each version, in order; the first is version 1.
    pub versions: Vec<Date>,
    /// Who holds or held a seat.
    pub seats: BTreeMap<MatterId, Vec<Held>>,
}

impl Electorate {
    /// The id of an assembly's roll.
    pub fn id_of(assembly: Assembly) -> MatterId {
        MatterId::named(&format!("electorate/{}", assembly.word()))
    }

    /// The version of a day; 0 before the first.
    pub fn on(&self, day: Date) -> u32 {
        u32::try_from(self.versions.partition_point(|from| *from <= day)).expect("a roll has few versions")
    }

    /// The seat that a person holds in a version.
    pub fn seat(&self, person: MatterId, version: u32) -> Option<&Held> {
        self.seats.get(&person)?.iter().find(|held| held.in_version(version))
    }

    /// Everybody in a version, in the order of ids.
    pub fn members(&self, version: u32) -> impl Iterator<Item = (MatterId, &Held)> {
        self.seats.keys().filter_map(move |person| Some((*person, self.seat(*person, version)?)))
    }

    /// How many of a version are women.
    pub fn women(&self, version: u32) -> u32 {
        u32::try_from(self.members(version).filter(|(_, held)| held.woman).count()).expect("a roll has few seats")
    }

    fn newest(&self) -> u32 {
        u32::try_from(self.versions.len()).expect("a roll has few versions")
    }
}

/// A digest over persons; equal digests mean equal rolls.
pub fn digest(persons: &BTreeSet<MatterId>) -> Digest {
    let persons: Vec<String> = persons.iter().map(ToString::to_string).collect();
    Digest::of(&[persons.join("\n").as_bytes()])
}

/// What the law looks at besides the roll: the persons of the act that are not on file.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Unknown persons.
    pub unknown: Vec<MatterId>,
}

const RIGHT: &[Holder] = &[Holder::Here(PostKind::Clerk), Holder::Above(PostKind::TownOfficer), Holder::Keeper];

impl Matter for Electorate {
    const KIND: &'static str = "electorate";
    const SHAPE: i64 = 1;
    type Act = Act;
    type Given = Given;
    type Fact = Fact;

    fn any(act: Act) -> AnyAct {
        AnyAct::Electorate(act)
    }

    fn of(act: &Act, _: &Moment<'_>) -> MatterId {
        let Act::Seat { assembly, .. } = act;
        Self::id_of(*assembly)
    }

    fn right(_: &Act) -> Right {
        Right::new("electorate.seat", RIGHT)
    }

    fn audience(&self, _: &Fact) -> Audience {
        Audience::Officials
    }

    fn decide(before: Option<&Self>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let Act::Seat { assembly, from, join, leave, basis } = act;
        if !assembly.has_roll() {
            return Err(Refusal::NoSuchRoll);
        }
        limit::public_text("basis", &basis, limit::TEXT)?;
        if join.is_empty() && leave.is_empty() {
            return Err(Refusal::Missing { field: "join" });
        }
        if join.len() + leave.len() > limit::PERSONS {
            return Err(Refusal::TooMany { field: "join", limit: limit::PERSONS });
        }
        join.iter().try_for_each(|seat| limit::maybe("household", seat.household.as_deref(), limit::MARK))?;
        if from > at.day {
            return Err(Refusal::DayAhead { day: from });
        }
        // A version that was in force stays as it was: what was frozen and counted on it can be counted again.
        if let Some(first) = before.and_then(|roll| roll.versions.last().copied()).filter(|first| from < *first) {
            return Err(Refusal::DaysOutOfOrder { first, then: from });
        }
        let newest = before.map_or(0, Self::newest);
        let seated = |person: MatterId| before.is_some_and(|roll| roll.seat(person, newest).is_some());
        if !given.unknown.is_empty() || leave.iter().any(|person| !seated(*person)) {
            return Err(Refusal::NoSuchPerson);
        }
        let once: BTreeSet<MatterId> = join.iter().map(|seat| seat.person).chain(leave.iter().copied()).collect();
        if once.len() < join.len() + leave.len() || join.iter().any(|seat| seated(seat.person)) {
            return Err(Refusal::AlreadyExists);
        }
        Ok(Fact::Seated { assembly, version: newest + 1, from, join, leave, basis })
    }

    fn evolve(before: Option<Self>, fact: Fact, id: MatterId) -> Self {
        let Fact::Seated { assembly, version, from, join, leave, .. } = fact;
        let mut roll = before.unwrap_or(Self { id, assembly, versions: Vec::new(), seats: BTreeMap::new() });
        roll.versions.push(from);
        for person in leave {
            if let Some(held) = roll.seats.get_mut(&person).and_then(|held| held.last_mut()) {
                held.until = Some(version);
            }
        }
        for Seat { person, woman, household } in join {
            roll.seats.entry(person).or_default().push(Held { since: version, until: None, woman, household });
        }
        roll
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meet::hall_tests::{Hall, id};
    use jiff::civil::date;

    fn seat(person: u64) -> Seat {
        Seat { person: id(person), woman: person.is_multiple_of(2), household: None }
    }

    fn act(from: Date, join: &[u64], leave: &[u64]) -> Act {
        let (join, leave) = (join.iter().map(|n| seat(*n)).collect(), leave.iter().map(|n| id(*n)).collect());
        Act::Seat { assembly: Assembly::Representatives, from, join, leave, basis: "换届选举".into() }
    }

    fn asked(roll: Option<&Electorate>, act: Act, given: Given) -> Result<Electorate, Refusal> {
        let hall = Hall::village();
        let at = hall.at(date(2026, 9, 1), 9, 0);
        let fact = Electorate::decide(roll, act, given, &at)?;
        Ok(Electorate::evolve(roll.cloned(), fact, Electorate::id_of(Assembly::Representatives)))
    }

    #[test]
    fn each_change_is_a_version_and_old_versions_stay_as_they_were() {
        let roll = asked(None, act(date(2026, 1, 1), &[1, 2, 3], &[]), Given::default()).unwrap();
        let roll = asked(Some(&roll), act(date(2026, 5, 1), &[4], &[2]), Given::default()).unwrap();
        let roll = asked(Some(&roll), act(date(2026, 6, 1), &[2], &[]), Given::default()).unwrap();
        let members = |version| roll.members(version).map(|(person, _)| person).collect::<BTreeSet<_>>();
        assert_eq!((roll.on(date(2025, 12, 31)), roll.on(date(2026, 5, 1)), roll.on(date(2026, 9, 1))), (0, 2, 3));
        assert_eq!((members(1), members(2)), ([1, 2, 3].map(id).into(), [1, 3, 4].map(id).into()));
        assert_eq!(members(3).len(), 4, "who comes back has a seat again");
        assert_eq!((roll.women(1), roll.women(2), roll.women(3)), (1, 1, 2));
        assert_eq!(digest(&members(1)), digest(&[3, 2, 1].map(id).into()));
        assert_ne!(digest(&members(1)), digest(&members(2)));
    }

    #[test]
    fn a_roll_is_not_changed_behind_a_version_that_was_in_force() {
        let roll = asked(None, act(date(2026, 5, 1), &[1, 2], &[]), Given::default()).unwrap();
        let early = asked(Some(&roll), act(date(2026, 4, 30), &[3], &[]), Given::default());
        assert_eq!(early, Err(Refusal::DaysOutOfOrder { first: date(2026, 5, 1), then: date(2026, 4, 30) }));
        assert_eq!(
            asked(Some(&roll), act(date(2026, 9, 2), &[3], &[]), Given::default()),
            Err(Refusal::DayAhead { day: date(2026, 9, 2) })
        );
    }

    #[test]
    fn nobody_has_two_seats_or_leaves_one_that_he_has_not() {
        let roll = asked(None, act(date(2026, 5, 1), &[1, 2], &[]), Given::default()).unwrap();
        assert_eq!(asked(Some(&roll), act(date(2026, 5, 1), &[1], &[]), Given::default()), Err(Refusal::AlreadyExists));
        assert_eq!(asked(Some(&roll), act(date(2026, 5, 1), &[3, 3], &[]), Given::default()), Err(Refusal::AlreadyExists));
        assert_eq!(asked(Some(&roll), act(date(2026, 5, 1), &[], &[9]), Given::default()), Err(Refusal::NoSuchPerson));
        let unknown = Given { unknown: vec![id(3)] };
        assert_eq!(asked(Some(&roll), act(date(2026, 5, 1), &[3], &[]), unknown), Err(Refusal::NoSuchPerson));
        assert_eq!(asked(None, act(date(2026, 5, 1), &[], &[]), Given::default()), Err(Refusal::Missing { field: "join" }));
    }

    #[test]
    fn who_sits_by_post_has_no_roll_of_his_own() {
        let Act::Seat { from, join, leave, basis, .. } = act(date(2026, 5, 1), &[1], &[]);
        for assembly in [Assembly::Team, Assembly::Supervision, Assembly::Villagers] {
            let act = Act::Seat { assembly, from, join: join.clone(), leave: leave.clone(), basis: basis.clone() };
            assert_eq!(asked(None, act, Given::default()), Err(Refusal::NoSuchRoll));
        }
    }
}
