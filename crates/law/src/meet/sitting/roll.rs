//! 应到 Due: who belongs to an assembly on the day it is called, and whose call makes its votes count; 村民委员会组织法 第29、30条.

use super::act::Called;
use super::kind::SittingKind;
use super::{Given, Sitting};
use crate::lead::body::BodyKind;
use crate::meet::{Assembly, electorate};
use crate::{MatterId, Moment, PostKind, Refusal};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The rule of who sits in the joint sitting, and how many migrant workers' representatives.
pub(super) const MAKEUP: &str = "meet.congress.members";
/// The rule of the members' assembly: its notice and its proxies.
pub const MEMBERS: &str = "meet.members.notice";

/// Why the votes of an assembly only advise (仅供参考).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// They are invited and never decide (异地务工人员代表).
    Invited,
    /// Its own convener did not call it in time.
    NotCalled,
    /// No rule in force gives it a quorum.
    NoRule,
    /// This is not for it to decide.
    NotCompetent,
}

impl Assembly {
    /// The rule that says who calls it and how early; none for those who are invited or never meet here.
    pub fn convening(self) -> Option<&'static str> {
        match self {
            Self::Team => Some("meet.team.convene"),
            Self::Party => Some("meet.party.convene"),
            Self::Representatives => Some("meet.representatives.convene"),
            Self::Members => Some("meet.members.convene"),
            Self::Delegates => Some("meet.delegates.convene"),
            Self::Supervision => Some("meet.supervision.convene"),
            Self::Migrants | Self::Villagers => None,
        }
    }

    /// Whether the holder of such a post in such a body belongs to it.
    pub fn seats_by_post(self, body: BodyKind, post: PostKind) -> bool {
        let sits = post.is_head() && body.head() == Some(post) || matches!(post, PostKind::Member | PostKind::Discipline);
        sits && match self {
            Self::Team => matches!(body, BodyKind::Party | BodyKind::Committee | BodyKind::Collective),
            Self::Representatives => body == BodyKind::Committee,
            Self::Supervision => body == BodyKind::Supervision,
            Self::Party | Self::Members | Self::Delegates | Self::Migrants | Self::Villagers => false,
        }
    }
}

impl Called {
    /// Why its votes only advise, as far as calling it goes.
    pub fn advice(&self) -> Option<Advice> {
        match self.assembly {
            Assembly::Migrants => Some(Advice::Invited),
            _ if self.noticed.is_none() => Some(Advice::NotCalled),
            _ => None,
        }
    }
}

/// Only the post that the rule names may do this.
pub fn by_convener(rule: &'static str, at: &Moment<'_>) -> Result<(), Refusal> {
    let named = at.rule(rule)?.text("convener").ok().and_then(PostKind::parse);
    let convener = named.ok_or(Refusal::NoRule { rule })?;
    match at.office.is_some_and(|office| office.kind == convener) {
        true => Ok(()),
        false => Err(Refusal::WrongConvener { rule, convener }),
    }
}

/// Days of notice under a convener's rule; refused when `day` is nearer.
pub(super) fn in_time(rule: &'static str, day: Date, at: &Moment<'_>) -> Result<u32, Refusal> {
    let counted = if rule == "meet.members.convene" { MEMBERS } else { rule };
    let least = at.number(counted, "days")?;
    let earliest = crate::workday::calendar_days_after(at.day, least).map_err(|_| Refusal::CalendarEnds { day: at.day })?;
    match day < earliest {
        true => Err(Refusal::ShortNotice { rule: counted, least, earliest }),
        false => Ok(least),
    }
}

/// The frozen rolls of a sitting. An assembly counts as called when whoever calls the sitting is its own convener, in time.
pub(super) fn call(kind: SittingKind, day: Date, given: &Given, at: &Moment<'_>) -> Result<Vec<Called>, Refusal> {
    let called: Vec<Called> = kind.assemblies().iter().map(|assembly| freeze(*assembly, day, given, at)).collect();
    if let Some(empty) = called.iter().find(|called| called.due == 0) {
        return Err(Refusal::EmptyRoll { assembly: empty.assembly });
    }
    if kind == SittingKind::Joint {
        share_of_migrants(&called, given, at)?;
    }
    Ok(called)
}

pub(super) fn freeze(assembly: Assembly, day: Date, given: &Given, at: &Moment<'_>) -> Called {
    let officers: BTreeSet<MatterId> = given.officers(assembly).collect();
    let roll = given.roll(assembly);
    let version = roll.map_or(0, |roll| roll.on(at.day));
    let mut all = officers.clone();
    all.extend(roll.into_iter().flat_map(|roll| roll.members(version).map(|(person, _)| person)));
    let noticed = assembly.convening().filter(|rule| by_convener(rule, at).is_ok() && in_time(rule, day, at).is_ok());
    Called {
        assembly,
        version,
        officers: officers.into_iter().collect(),
        due: u32::try_from(all.len()).expect("a roll has few seats"),
        women: roll.map_or(0, |roll| roll.women(version)),
        digest: electorate::digest(&all),
        noticed: noticed.map(|_| at.day),
    }
}

/// 异地务工人员代表: enough of them to be heard, and not so many that they outweigh the others.
fn share_of_migrants(called: &[Called], given: &Given, at: &Moment<'_>) -> Result<(), Refusal> {
    let percent = |name| at.number(MAKEUP, name);
    let (some, most, few) = (percent("migrants_percent_least")?, percent("migrants_percent_most")?, percent("migrants_least")?);
    let all: BTreeSet<MatterId> = called.iter().flat_map(|called| everybody(called, given)).collect();
    let all = u32::try_from(all.len()).expect("a hall holds fewer");
    let have = called.iter().find(|called| called.assembly == Assembly::Migrants).map_or(0, |called| called.due);
    let least = (all * some).div_ceil(PERCENT).max(few);
    let most = (all * most / PERCENT).max(least);
    match (least..=most).contains(&have) {
        true => Ok(()),
        false => Err(Refusal::MigrantsShare { have, least, most }),
    }
}

const PERCENT: u32 = 100;

fn everybody<'a>(called: &'a Called, given: &'a Given) -> impl Iterator<Item = MatterId> + 'a {
    let roll = given.roll(called.assembly).into_iter();
    let version = called.version;
    called.officers.iter().copied().chain(roll.flat_map(move |roll| roll.members(version).map(|(person, _)| person)))
}

impl Sitting {
    /// Where a person counts, by the frozen rolls.
    pub(super) fn seats_of(&self, person: MatterId, given: &Given) -> Vec<Assembly> {
        let holds = |called: &&Called| {
            let seated = given.roll(called.assembly).is_some_and(|roll| roll.seat(person, called.version).is_some());
            seated || called.officers.contains(&person)
        };
        self.called.iter().filter(holds).map(|called| called.assembly).collect()
    }
}
