//! 计票 Counting: what papers add up to, computed from the record and never typed; 村民委员会组织法 第30条、农村集体经济组织法 第27条.

use super::act::{Group, Mark, Seated, Slip, Total};
use crate::meet::{Assembly, Choice, Tally};
use crate::{Digest, MatterId};
use std::collections::BTreeMap;

/// One paper: where it counts and what it says; no choice is a spoilt one.
pub type Paper = (Vec<Assembly>, Option<Choice>);

impl Group {
    fn add(&mut self, choice: Option<Choice>) {
        *match choice {
            Some(Choice::For) => &mut self.in_favour,
            Some(Choice::Against) => &mut self.against,
            Some(Choice::Abstain) => &mut self.abstained,
            None => &mut self.spoilt,
        } += 1;
    }

    fn papers(&self) -> impl Iterator<Item = Option<Choice>> {
        let some = |count: u32, choice| std::iter::repeat_n(choice, count as usize);
        some(self.in_favour, Some(Choice::For))
            .chain(some(self.against, Some(Choice::Against)))
            .chain(some(self.abstained, Some(Choice::Abstain)))
            .chain(some(self.spoilt, None))
    }
}

/// Papers put together by where they count.
pub fn grouped(papers: impl IntoIterator<Item = Paper>) -> Vec<Group> {
    let mut groups: BTreeMap<Vec<Assembly>, Group> = BTreeMap::new();
    for (seats, choice) in papers {
        let empty = || Group { seats: seats.clone(), in_favour: 0, against: 0, abstained: 0, spoilt: 0 };
        groups.entry(seats.clone()).or_insert_with(empty).add(choice);
    }
    groups.into_values().collect()
}

/// What each bench comes to, and the whole. `present`: how many of an assembly were there at any time of the ballot.
pub fn tallied(benches: &[Seated], groups: &[Group], present: impl Fn(Assembly) -> u32) -> (Vec<Tally>, Total) {
    let of_bench = |seated: &Seated| {
        let mut bench = seated.bench.clone();
        bench.present = present(bench.assembly);
        let here = groups.iter().filter(|group| group.seats.contains(&bench.assembly));
        let papers: Vec<Option<Choice>> = here.flat_map(Group::papers).collect();
        Tally::of(bench, papers)
    };
    let sum = |count: fn(&Group) -> u32| groups.iter().map(count).sum();
    let total = Total {
        in_favour: sum(|group| group.in_favour),
        against: sum(|group| group.against),
        abstained: sum(|group| group.abstained),
        spoilt: sum(|group| group.spoilt),
    };
    (benches.iter().map(of_bench).collect(), total)
}

/// What secret papers come to: each assembly by its own papers, the whole by those for the whole.
pub fn tallied_slips(benches: &[Seated], slips: &[Slip], present: impl Fn(Assembly) -> u32) -> (Vec<Tally>, Total) {
    let group = |slip: &Slip| (slip.assembly.into_iter().collect(), Some(slip.choice));
    let of_assembly = grouped(slips.iter().filter(|slip| slip.assembly.is_some()).map(group));
    let whole = grouped(slips.iter().filter(|slip| slip.assembly.is_none()).map(group));
    (tallied(benches, &of_assembly, present).0, tallied(&[], &whole, |_| 0).1)
}

/// Secret papers in the order of their hashes, and one digest over all of them.
pub fn sealed(ballot: MatterId, mut slips: Vec<Slip>) -> (Vec<Slip>, Digest) {
    slips.sort_by_cached_key(|slip| slip.hash(ballot));
    let hashes: Vec<Digest> = slips.iter().map(|slip| slip.hash(ballot)).collect();
    let parts: Vec<&[u8]> = hashes.iter().map(|hash| hash.0.as_slice()).collect();
    (slips, Digest::of(&parts))
}

/// On how many papers two tellers read something else, or only one of them found a paper.
pub fn differ(one: &[Mark], other: &[Mark]) -> u32 {
    let read = |marks: &[Mark]| marks.iter().map(|mark| (mark.person, mark.choice)).collect::<BTreeMap<_, _>>();
    let (one, other) = (read(one), read(other));
    let either = one.keys().chain(other.keys().filter(|person| !one.contains_key(person)));
    u32::try_from(either.filter(|person| one.get(person) != other.get(person)).count()).expect("a hall holds fewer")
}
