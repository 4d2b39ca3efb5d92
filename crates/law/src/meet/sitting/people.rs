//! 到会 Attendance: who is there from when to when, and where each of them counts; 东组通〔2015〕33号 二（二）, 农村集体经济组织法 第27条.

use super::Sitting;
use super::act::{Arrival, Called, Mandate, Presence};
use crate::MatterId;
use crate::meet::Assembly;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Assemblies in which somebody counts, one bit each: a sitting of two hundred keeps a small row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seats(u8);

impl Seats {
    fn bit(assembly: Assembly) -> u8 {
        let place = Assembly::ALL.iter().position(|one| *one == assembly).expect("every assembly is listed");
        1 << place
    }

    /// Whether somebody counts there.
    pub fn has(self, assembly: Assembly) -> bool {
        self.0 & Self::bit(assembly) != 0
    }

    /// The assemblies, in the order of lists.
    pub fn list(self) -> Vec<Assembly> {
        Assembly::ALL.into_iter().filter(|assembly| self.has(*assembly)).collect()
    }
}

impl FromIterator<Assembly> for Seats {
    fn from_iter<I: IntoIterator<Item = Assembly>>(assemblies: I) -> Self {
        Self(assemblies.into_iter().fold(0, |bits, assembly| bits | Self::bit(assembly)))
    }
}

/// From when to when somebody was there, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay(pub i64, pub Option<i64>);

/// Where somebody counts, when he was there, and whether he was at any time of the ballot that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance(pub Seats, pub Vec<Stay>, pub bool);

impl Attendance {
    fn here(&self) -> bool {
        self.1.last().is_some_and(|stay| stay.1.is_none())
    }
}

/// A mandate that was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proxy {
    /// Who could not come.
    pub principal: MatterId,
    /// Who came instead.
    pub holder: MatterId,
    /// From when to when it held: it ends when the principal comes himself.
    pub held: Stay,
    /// Whether it held at any time of the ballot that is open.
    pub voting: bool,
}

impl Sitting {
    /// Whether somebody is there himself.
    pub fn is_here(&self, person: MatterId) -> bool {
        self.people.get(&person).is_some_and(Attendance::here)
    }

    /// Where somebody counts who is or was there.
    pub fn seats(&self, person: MatterId) -> Seats {
        self.people.get(&person).map(|attendance| attendance.0).unwrap_or_default()
    }

    /// The mandate under which somebody is represented now: its holder is there, he is not.
    pub fn proxy_of(&self, principal: MatterId) -> Option<&Proxy> {
        self.proxies.iter().rev().find(|proxy| proxy.principal == principal && proxy.held.1.is_none() && self.is_here(proxy.holder))
    }

    /// Who counts in an assembly now, in person or by proxy.
    pub fn present(&self, assembly: Assembly) -> impl Iterator<Item = MatterId> {
        let here = self.people.iter().filter(move |(_, attendance)| attendance.here() && attendance.0.has(assembly));
        here.map(|(person, _)| *person).chain(self.represented(assembly, |proxy| proxy.held.1.is_none() && self.is_here(proxy.holder)))
    }

    /// Who counts in an assembly as present for the ballot that is open: who was there, in person or by proxy, at any
    /// time of it. Who walks out without voting stays in the denominator.
    pub fn voting(&self, assembly: Assembly) -> BTreeSet<MatterId> {
        let here = self.people.iter().filter(|(_, attendance)| attendance.0.has(assembly) && attendance.2);
        here.map(|(person, _)| *person).chain(self.represented(assembly, |proxy| proxy.voting)).collect()
    }

    /// Only the members' assembly knows proxies; and a proxy counts there for his principal, whatever else either may be.
    fn represented(&self, assembly: Assembly, held: impl Fn(&Proxy) -> bool) -> impl Iterator<Item = MatterId> {
        let proxies = self.proxies.iter().filter(move |proxy| assembly == Assembly::Members && held(proxy));
        proxies.map(|proxy| proxy.principal)
    }

    /// How many of each assembly are there now.
    pub fn presence(&self) -> Vec<Presence> {
        self.called.iter().map(|called| self.presence_in(called)).collect()
    }

    /// How many of one assembly are there now.
    pub fn presence_in(&self, called: &Called) -> Presence {
        let present = u32::try_from(self.present(called.assembly).count()).expect("a hall holds fewer");
        Presence { assembly: called.assembly, due: called.due, present }
    }

    pub(super) fn move_people(&mut self, at: Timestamp, arrive: Vec<Arrival>, leave: &[MatterId], proxies: Vec<Mandate>) {
        let now = at.as_second();
        for person in leave {
            if let Some(stay) = self.people.get_mut(person).and_then(|attendance| attendance.1.last_mut()) {
                stay.1 = Some(now);
            }
        }
        for Arrival { person, seats } in arrive {
            let attendance = self.people.entry(person).or_default();
            attendance.0 = seats.into_iter().collect();
            attendance.1.push(Stay(now, None));
            // Who comes himself needs nobody any longer.
            for proxy in self.proxies.iter_mut().filter(|proxy| proxy.principal == person && proxy.held.1.is_none()) {
                proxy.held.1 = Some(now);
            }
        }
        for Mandate { principal, holder, .. } in proxies {
            self.proxies.push(Proxy { principal, holder, held: Stay(now, None), voting: false });
        }
        if self.running().is_some() {
            self.note_voters();
        }
        for presence in self.presence() {
            let peak = self.peaks.entry(presence.assembly).or_default();
            *peak = presence.present.max(*peak);
        }
    }

    /// Everybody who is there now belongs to the ballot that is open.
    pub(super) fn note_voters(&mut self) {
        let represented: Vec<bool> = self.proxies.iter().map(|proxy| proxy.held.1.is_none() && self.is_here(proxy.holder)).collect();
        for (proxy, held) in self.proxies.iter_mut().zip(represented) {
            proxy.voting |= held;
        }
        for attendance in self.people.values_mut() {
            attendance.2 |= attendance.here();
        }
    }

    /// The ballot is counted: nobody belongs to it any longer.
    pub(super) fn forget_voters(&mut self) {
        self.proxies.iter_mut().for_each(|proxy| proxy.voting = false);
        self.people.values_mut().for_each(|attendance| attendance.2 = false);
    }
}
