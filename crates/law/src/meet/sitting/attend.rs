//! 签到与委托 Coming, going and coming for somebody: nobody stands in for another but where the law says so; 农村集体经济组织法 第27条.

use super::act::{Arrival, Fact, Mandate};
use super::decide::Given;
use super::roll::MEMBERS;
use super::{Phase, Sitting};
use crate::meet::Assembly;
use crate::{MatterId, Moment, Refusal, limit};
use std::collections::BTreeSet;

impl Sitting {
    pub(super) fn attend(
        &self,
        arrive: Vec<MatterId>,
        leave: Vec<MatterId>,
        proxies: Vec<Mandate>,
        given: &Given,
        at: &Moment<'_>,
    ) -> Result<Fact, Refusal> {
        self.by_chair(at)?;
        match self.phase {
            Phase::Open => {}
            Phase::Called if at.day == self.day => {}
            Phase::Called => return Err(Refusal::NotItsTime { day: self.day }),
            _ => return Err(Refusal::NotOpen),
        }
        let named = arrive.len() + leave.len() + proxies.len();
        if named == 0 {
            return Err(Refusal::Missing { field: "arrive" });
        }
        if named > limit::PERSONS {
            return Err(Refusal::TooMany { field: "arrive", limit: limit::PERSONS });
        }
        let (came, went): (BTreeSet<MatterId>, BTreeSet<MatterId>) = (arrive.iter().copied().collect(), leave.iter().copied().collect());
        if came.len() < arrive.len() || arrive.iter().any(|person| self.is_here(*person) || went.contains(person)) {
            return Err(Refusal::AlreadyPresent);
        }
        if went.len() < leave.len() || leave.iter().any(|person| !self.is_here(*person)) {
            return Err(Refusal::NotPresent);
        }
        let here = |person: MatterId| (self.is_here(person) || came.contains(&person)) && !went.contains(&person);
        self.may_stand_in(&proxies, here, given, at)?;
        let arrive = arrive.into_iter().map(|person| Arrival { person, seats: self.seats_of(person, given) }).collect();
        Ok(Fact::Attended { at: at.now, arrive, leave, proxies })
    }

    /// Only in the members' assembly, in writing, and only somebody of the same household who is a member himself.
    fn may_stand_in(&self, proxies: &[Mandate], here: impl Fn(MatterId) -> bool, given: &Given, at: &Moment<'_>) -> Result<(), Refusal> {
        if proxies.is_empty() {
            return Ok(());
        }
        let called = self.called(Assembly::Members).ok_or(Refusal::NoProxyHere)?;
        let roll = given.roll(Assembly::Members).ok_or(Refusal::NoProxyHere)?;
        if at.rule(MEMBERS)?.text("proxy") != Ok("same_household") {
            return Err(Refusal::NoProxyHere);
        }
        let mut represented = BTreeSet::new();
        for Mandate { principal, holder, paper } in proxies {
            paper.ok_or(Refusal::NoMandate)?;
            let seat = |person: MatterId| roll.seat(person, called.version).ok_or(Refusal::NotOnRoll);
            let (absent, standing_in) = (seat(*principal)?, seat(*holder)?);
            if absent.household.is_none() || absent.household != standing_in.household {
                return Err(Refusal::NotSameHousehold);
            }
            if !here(*holder) {
                return Err(Refusal::NotPresent);
            }
            let twice = self.proxies.iter().any(|proxy| proxy.principal == *principal && proxy.held.1.is_none());
            if here(*principal) || twice || !represented.insert(*principal) {
                return Err(Refusal::AlreadyPresent);
            }
        }
        Ok(())
    }
}
