//! 人 The people of a village and the rolls they stand on: teams, 党员, 村（居）民代表, 成员代表, 异地务工人员代表.

use super::{name, pick};
use crate::names::FAMILY;
use crate::world::{Village, World, keeper};
use app::Failure;
use jiff::civil::date;
use law::lead::person;
use law::meet::Assembly;
use law::meet::electorate::{self, Seat};
use law::{Actor, AnyAct, MatterId, Personal, PostKind, UnitCode, Who};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// How many there are of each.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Villagers on some roll; the first of them are in the party, the last are delegates of the collective.
    villagers: usize,
    /// 党员 besides the secretary.
    party: usize,
    /// The first villager who is a representative.
    represents_from: usize,
    /// 村（居）民代表.
    represents: usize,
    /// 成员代表.
    delegates: usize,
    /// 异地务工人员代表.
    migrants: usize,
}

/// A village whose whole year is told.
pub const LARGE: Size = Size { villagers: 64, party: 27, represents_from: 20, represents: 26, delegates: 25, migrants: 4 };
/// A village that only keeps its sittings.
pub const SMALL: Size = Size { villagers: 36, party: 13, represents_from: 8, represents: 14, delegates: 22, migrants: 3 };

/// A member of a team who sees to work.
#[derive(Clone, Debug)]
pub struct Member {
    /// The person.
    pub person: MatterId,
    /// The post.
    pub post: MatterId,
    /// The name.
    pub name: String,
    /// As an actor.
    pub actor: Actor,
}

/// Who there is in a village.
#[derive(Debug, Default)]
pub struct Cast {
    posts: BTreeMap<PostKind, (Actor, MatterId, String)>,
    /// 村（居）委会.
    pub committee: Option<MatterId>,
    /// 集体经济组织.
    pub collective: Option<MatterId>,
    /// Who sees to the committee's work.
    pub committee_members: Vec<Member>,
    /// Who sees to the collective's work.
    pub collective_members: Vec<Member>,
    /// Everybody who may sit in the joint sitting, in the order of the rolls.
    pub everybody: Vec<MatterId>,
    /// 党员.
    pub party: Vec<MatterId>,
    /// 村（居）民代表, their committee aside.
    pub representatives: Vec<MatterId>,
    /// Names of those who speak in sittings.
    pub speakers: Vec<String>,
    /// Residents with a verified telephone.
    pub residents: Vec<MatterId>,
}

impl Cast {
    /// The holder of a post as an actor. What he may do is looked up anew at every act.
    pub fn post(&self, kind: PostKind) -> Actor {
        self.posts[&kind].0.clone()
    }

    /// The name of the holder of a post.
    pub fn name(&self, kind: PostKind) -> &str {
        &self.posts[&kind].2
    }

    /// The person in a post.
    pub fn person(&self, kind: PostKind) -> MatterId {
        self.posts[&kind].1
    }

    /// Somebody who votes by telephone.
    pub fn voter(&self, person: MatterId) -> Actor {
        Actor::new(Who::Resident { person, on_roll: true })
    }

    /// The n-th resident, round and round.
    pub fn resident(&self, n: usize) -> Actor {
        self.voter(self.residents[n % self.residents.len()])
    }

    /// The teams (班子), heads first.
    pub fn team(&self) -> Vec<MatterId> {
        let heads = [PostKind::Secretary, PostKind::CollectiveHead, PostKind::Discipline].map(|kind| self.person(kind));
        let members = self.committee_members.iter().chain(&self.collective_members).map(|member| member.person);
        heads.into_iter().chain(members).collect()
    }

    /// Two names of those who speak, others at each turn.
    pub fn speaking(&self, turn: usize) -> Vec<Personal> {
        let count = self.speakers.len();
        [turn * 3, turn * 3 + 1].map(|n| Personal(self.speakers[n % count].clone())).to_vec()
    }

    /// The cadres that a village has from the start, before anybody else comes in.
    pub fn of(world: &World, village: &Village, residents: &[MatterId]) -> Result<Self, Failure> {
        let mut cast = Self { residents: residents.to_vec(), ..Self::default() };
        (cast.committee, cast.collective) = (Some(village.committee), Some(village.collective));
        for (kind, person, name) in &village.cadres {
            cast.posts.insert(*kind, (world.official(village.code, *person)?, *person, name.clone()));
        }
        Ok(cast)
    }

    /// Lets everybody else in: members of the teams, and all who stand on rolls.
    pub fn come(mut self, world: &World, village: &Village, size: Size, dice: &mut ChaCha8Rng) -> Result<Self, Failure> {
        let unit = village.code;
        let members = size.members();
        let persons = size.villagers + size.migrants + members.len() + 2;
        let names: Vec<String> = (0..persons).map(|_| name(dice)).collect();
        let names = apart(names, dice);
        let entered = enter(world, unit, names.clone())?;
        let (all, others) = entered.split_at(size.villagers);
        let (migrants, rest) = others.split_at(size.migrants);
        let named = &names[size.villagers + size.migrants..];
        for (n, in_committee) in members.iter().enumerate() {
            let body = if *in_committee { village.committee } else { village.collective };
            let post = world.appoint(unit, rest[n], &named[n], body, PostKind::Member)?;
            let member = Member { person: rest[n], post, name: named[n].clone(), actor: world.official(unit, rest[n])? };
            if *in_committee { self.committee_members.push(member) } else { self.collective_members.push(member) }
        }
        for n in members.len()..rest.len() {
            world.appoint(unit, rest[n], &named[n], village.supervision, PostKind::Member)?;
        }
        let secretary = self.person(PostKind::Secretary);
        self.party = [&[secretary], &all[..size.party]].concat();
        // The resident whom a visitor of the demo may be is a representative too, so that he can vote.
        let chosen = &all[size.represents_from..size.represents_from + size.represents];
        self.representatives = [&self.residents[..1], chosen].concat();
        let delegates = &all[size.villagers - size.delegates..];
        for (assembly, persons) in [
            (Assembly::Party, &self.party[..]),
            (Assembly::Representatives, &self.representatives),
            (Assembly::Delegates, delegates),
            (Assembly::Migrants, migrants),
        ] {
            seat(world, unit, assembly, persons)?;
        }
        self.speakers = names[size.represents_from..size.represents_from + size.represents].to_vec();
        let officers = std::iter::once(secretary).chain(self.committee_members.iter().map(|member| member.person));
        self.everybody = officers.chain(all.iter().copied()).chain([self.residents[0]]).chain(migrants.iter().copied()).collect();
        Ok(self)
    }
}

impl Size {
    /// Members besides the heads: true for the committee's, false for the collective's.
    fn members(self) -> &'static [bool] {
        if self.villagers < LARGE.villagers { &[true, true] } else { &[true, true, true, false] }
    }
}

/// Names of which none is twice there: a village knows its people apart.
fn apart(names: Vec<String>, dice: &mut ChaCha8Rng) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let mut other = |mut name: String| {
        while !seen.insert(name.clone()) {
            name = format!("{}{}", pick(dice, FAMILY), pick(dice, crate::names::MORE));
        }
        name
    };
    names.into_iter().map(&mut other).collect()
}

/// Enters persons, all in one go.
fn enter(world: &World, unit: UnitCode, names: Vec<String>) -> Result<Vec<MatterId>, Failure> {
    let enter = |name: String| AnyAct::Person(person::Act::Enter { name: Personal(name), id_number: None, phone: None, group: None });
    let acts: Vec<AnyAct> = names.into_iter().map(enter).collect();
    let work = move |hand: &mut app::Hand<'_, '_>| {
        let enact = |act| app::enact::enact(hand, app::Asked::new(act, keeper())).map(|done| done.matter);
        acts.into_iter().map(enact).collect::<Result<Vec<_>, _>>()
    };
    world.house.submit(unit, work)?.wait()
}

fn seat(world: &World, unit: UnitCode, assembly: Assembly, persons: &[MatterId]) -> Result<(), Failure> {
    let seat = |(n, person): (usize, &MatterId)| Seat { person: *person, woman: n % 5 < 2, household: None };
    let join = persons.iter().enumerate().map(seat).collect();
    let act =
        electorate::Act::Seat { assembly, from: date(2021, 3, 1), join, leave: Vec::new(), basis: "2021年换届选举结果".into() };
    world.keep(unit, AnyAct::Electorate(act)).map(|_| ())
}
