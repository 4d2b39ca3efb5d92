//! 会议的规则 The law of a sitting, one function per act; 东组通〔2015〕33号 二（二）.

use super::act::{Act, Fact, Item, Listed, Scope};
use super::kind::SittingKind;
use super::roll::{by_convener, call, in_time};
use super::{CLOSED, MINUTES, ORDER, Phase, Point, RECONVENE, Sitting, weekly};
use crate::meet::electorate::Electorate;
use crate::meet::motion::{Class, Motion};
use crate::meet::slot::Slot;
use crate::meet::{Assembly, Bench, Outcome, Stage};
use crate::steer::cadence::Cadence;
use crate::{MatterId, Moment, Personal, PostKind, Refusal, Relied, limit};
use jiff::civil::{Date, Time};
use jiff::{Timestamp, tz};
use std::collections::{BTreeMap, BTreeSet};

/// A motion as the law of a sitting and its ballots sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tabled {
    /// The version of its text that stands now.
    pub version: u32,
    /// How it is classed on the day of the sitting: who decides, and by which majority.
    pub class: Class,
    /// Assemblies that have resolved on this version elsewhere.
    pub voted: Vec<Assembly>,
    /// Whether the sitting may take it up.
    pub ready: Result<(), Refusal>,
}

impl Tabled {
    /// As a sitting of these assemblies may call it for a day: does it fit there at all?
    ///
    /// # Errors
    /// The rules of that day know no such kind of matter.
    pub fn called(motion: &Motion, stage: Stage, seated: &[Assembly], day: Date, at: &Moment<'_>) -> Result<Self, Refusal> {
        Self::of(motion, day, motion.fits(stage, seated, day, at), at)
    }

    /// As a sitting may settle it: every step before was taken, and no ballot is open on it elsewhere.
    ///
    /// # Errors
    /// The rules of that day know no such kind of matter.
    pub fn taken_up(
        motion: &Motion,
        stage: Stage,
        seated: &[Assembly],
        day: Date,
        balloting: bool,
        at: &Moment<'_>,
    ) -> Result<Self, Refusal> {
        let free = if balloting { Err(Refusal::BallotOpen) } else { Ok(()) };
        Self::of(motion, day, free.and_then(|()| motion.ready(stage, seated, day, at)), at)
    }

    fn of(motion: &Motion, day: Date, ready: Result<(), Refusal>, at: &Moment<'_>) -> Result<Self, Refusal> {
        let voted = motion.votes.iter().map(|outcome| outcome.assembly).collect();
        Ok(Self { version: motion.version(), class: motion.class_on(day, at)?, voted, ready })
    }

    /// Whether it may be taken up, in the version that was called: a vote binds to a version.
    pub(in crate::meet) fn take_up(&self, version: Option<u32>) -> Result<(), Refusal> {
        match version == Some(self.version) {
            true => self.ready.clone(),
            false => Err(Refusal::OldVersion { now: self.version }),
        }
    }
}

/// What the law looks at besides the sitting.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The rolls of its assemblies.
    pub rolls: Vec<Electorate>,
    /// Who belongs to which assembly by post.
    pub officers: BTreeMap<Assembly, BTreeSet<MatterId>>,
    /// The motions that the act concerns, each for what is to be done with it.
    pub motions: BTreeMap<(MatterId, Stage), Tabled>,
    /// The adjourned sitting that a new one takes up again.
    pub again: Option<Sitting>,
    /// The standing slot.
    pub slot: Option<Slot>,
    /// The steps these things were read at.
    pub relies: Vec<Relied>,
}

impl Given {
    /// The roll of an assembly.
    pub fn roll(&self, assembly: Assembly) -> Option<&Electorate> {
        self.rolls.iter().find(|roll| roll.assembly == assembly)
    }

    /// Who belongs to an assembly by post.
    pub fn officers(&self, assembly: Assembly) -> impl Iterator<Item = MatterId> {
        self.officers.get(&assembly).into_iter().flatten().copied()
    }

    /// Whether a motion may be taken up, in the version that was called.
    pub(super) fn ready(&self, motion: Option<MatterId>, stage: Stage, version: Option<u32>) -> Result<(), Refusal> {
        let Some(motion) = motion else { return Ok(()) };
        self.motions.get(&(motion, stage)).ok_or(Refusal::NoSuchMatter)?.take_up(version)
    }
}

/// Reads a time such as `15:00`.
pub fn clock_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| part.len() == "00".len() && part.bytes().all(|c| c.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

pub(super) fn instant(day: Date, time: &str) -> Result<Timestamp, Refusal> {
    let bad = Refusal::BadCode { field: "time" };
    let time = clock_time(time).ok_or(bad.clone())?;
    let zone = tz::TimeZone::fixed(tz::offset(8));
    day.to_datetime(time).to_zoned(zone).map(|zoned| zoned.timestamp()).map_err(|_| bad)
}

/// Titles of closed items, one a line.
pub(super) fn titles_of(items: &[Item]) -> Option<String> {
    let titles: Vec<&str> = items.iter().filter(|item| item.closed.is_some()).map(|item| item.title.as_str()).collect();
    (!titles.is_empty()).then(|| titles.join("\n"))
}

/// Who spoke, one a line.
pub(super) fn named(speakers: &[Personal]) -> String {
    speakers.iter().map(Personal::text).collect::<Vec<_>>().join("\n")
}

/// The law.
pub(super) fn decide(before: Option<&Sitting>, act: Act, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
    let (s, act) = match (before, act) {
        (None, Act::Convene { kind, day, time, place, agenda, again }) => {
            return convene(Called { kind, day, time, place, again }, &agenda, given, at);
        }
        (None, Act::HoldWeekly { day, from, to, present, items }) => {
            return weekly::hold(day, from, to, present, items, given, at);
        }
        (Some(_), Act::Convene { .. } | Act::HoldWeekly { .. }) => return Err(Refusal::AlreadyExists),
        (None, _) => return Err(Refusal::NoSuchMatter),
        (Some(s), act) => (s, act),
    };
    match act {
        Act::Notify { assembly, .. } => s.notify(assembly, at),
        Act::Add { item, .. } => s.add(item, given, at),
        Act::Cancel { reason, .. } => s.cancel(reason, at),
        Act::Reconvene { by, .. } => Ok(Fact::Reconvened { by, on: at.day }),
        Act::Open { .. } => s.open(at),
        Act::Attend { arrive, leave, proxies, .. } => s.attend(arrive, leave, proxies, given, at),
        Act::Report { item, by, text, .. } => s.report(item, by, text, at),
        Act::Discuss { item, speakers, text, .. } => s.discuss(item, &speakers, text, at),
        Act::Agree { item, text, .. } => s.agree(item, text, given, at),
        Act::Put { item, ballot, .. } => s.put(item).map(|()| Fact::Put { item, ballot }),
        Act::Settle { item, ballot, outcomes, .. } => s.settle(item, ballot, outcomes),
        Act::Adjourn { reason, .. } => s.adjourn(reason, at),
        Act::Close { .. } => s.close(at),
        Act::AmendMinutes { item, text, .. } => s.amend(item, text, at),
        Act::ConfirmMinutes { .. } => s.confirm(at),
        Act::Lapse { n, .. } => s.lapse(n, at),
        Act::Reschedule { n, .. } => s.duties.reschedule(n, at, |old, new| Fact::Rescheduled { n, old, new }),
        Act::Convene { .. } | Act::HoldWeekly { .. } => unreachable!("handled above"),
    }
}

struct Called {
    kind: SittingKind,
    day: Date,
    time: String,
    place: String,
    again: Option<MatterId>,
}

fn convene(called: Called, agenda: &[Item], given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
    let Called { kind, day, time, place, again } = called;
    by_convener(kind.rule(), at)?;
    at.must_run(day)?;
    if instant(day, &time)? < at.now {
        return Err(Refusal::SittingBegan);
    }
    limit::public_text("place", &place, limit::NAME)?;
    let notice = in_time(kind.rule(), day, at)?;
    if agenda.is_empty() {
        return Err(Refusal::Missing { field: "agenda" });
    }
    if agenda.len() > limit::ITEMS {
        return Err(Refusal::TooMany { field: "agenda", limit: limit::ITEMS });
    }
    let listed = agenda.iter().map(|item| list(kind, day, item, given, at)).collect::<Result<Vec<Listed>, _>>()?;
    let once: BTreeSet<_> = listed.iter().filter_map(|item| Some((item.motion?, item.stage))).collect();
    if once.len() < listed.iter().filter(|item| item.motion.is_some()).count() {
        return Err(Refusal::AlreadyExists);
    }
    if again.is_some() && !given.again.as_ref().is_some_and(|old| old.kind == kind && old.duties.pending(RECONVENE).is_some()) {
        return Err(Refusal::NotAdjourned);
    }
    let titles = titles_of(agenda).map(|titles| at.refer("titles", &titles));
    Ok(Fact::Convened { kind, day, time, place, agenda: listed, titles, called: call(kind, day, given, at)?, on: at.day, notice, again })
}

/// What may stand on the agenda of such a sitting.
fn list(kind: SittingKind, day: Date, item: &Item, given: &Given, at: &Moment<'_>) -> Result<Listed, Refusal> {
    let Item { title, stage, motion, version, scope, closed, papers } = item.clone();
    match closed {
        Some(ground) => {
            limit::text("title", &title, limit::TITLE)?;
            let grounds = at.rule(CLOSED)?.text("grounds").map_err(|_| Refusal::NoRule { rule: CLOSED })?;
            // A motion is public by the mechanism itself.
            if motion.is_some() || stage != Stage::Daily || !grounds.split(' ').any(|word| word == ground.word()) {
                return Err(Refusal::NotClosable);
            }
        }
        None => limit::public_text("title", &title, limit::TITLE)?,
    }
    if title.contains('\n') {
        return Err(Refusal::BadText { field: "title" });
    }
    if !kind.takes(stage) {
        return Err(Refusal::WrongStage);
    }
    if stage != Stage::Daily && motion.is_none() {
        return Err(Refusal::Missing { field: "motion" });
    }
    given.ready(motion, stage, version)?;
    if kind == SittingKind::Team {
        daily(scope.as_ref(), day, at)?;
    }
    let shown = closed.is_none();
    Ok(Listed { title: Some(title).filter(|_| shown), stage, motion, version, scope: scope.filter(|_| shown), closed, papers })
}

/// Calling, and calling off.
impl Sitting {
    fn notify(&self, assembly: Assembly, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.must_be(Phase::Called)?;
        let called = self.called(assembly).ok_or(Refusal::NotSeated { assembly })?;
        let rule = assembly.convening().ok_or(Refusal::NotSeated { assembly })?;
        by_convener(rule, at)?;
        if called.noticed.is_some() {
            return Err(Refusal::AlreadyExists);
        }
        Ok(Fact::Notified { assembly, on: at.day, notice: in_time(rule, self.day, at)? })
    }

    /// Agenda and papers are committed when the sitting is called; where the rule lets items come later, they come
    /// before it opens.
    fn add(&self, item: Item, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        by_convener(self.kind.rule(), at)?;
        let late = at.rule(self.kind.rule())?.text("add") == Ok("until_open");
        if !late || self.phase != Phase::Called {
            return Err(Refusal::PapersCommitted { rule: self.kind.rule() });
        }
        if self.agenda.len() >= limit::ITEMS {
            return Err(Refusal::TooMany { field: "agenda", limit: limit::ITEMS });
        }
        let titles = titles_of(std::slice::from_ref(&item)).map(|titles| at.refer("titles", &titles));
        Ok(Fact::Added { item: list(self.kind, self.day, &item, given, at)?, titles })
    }

    fn cancel(&self, reason: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        by_convener(self.kind.rule(), at)?;
        self.must_be(Phase::Called)?;
        limit::public_text("reason", &reason, limit::TEXT)?;
        Ok(Fact::Cancelled { reason, on: at.day })
    }
}

/// The sitting itself.
impl Sitting {
    fn open(&self, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.by_chair(at)?;
        self.must_be(Phase::Called)?;
        if at.day != self.day || at.now < instant(self.day, &self.time)? {
            return Err(Refusal::NotItsTime { day: self.day });
        }
        self.quorate(self.kind.assemblies()[0], at)?;
        Ok(Fact::Opened { at: at.now, present: self.presence() })
    }

    /// Refused when too few of an assembly are there now, with the numbers.
    fn quorate(&self, assembly: Assembly, at: &Moment<'_>) -> Result<Bench, Refusal> {
        let bench = self.bench(assembly, at)?;
        match bench.is_quorate() {
            true => Ok(bench),
            false => Err(Refusal::NoQuorum { assembly, needed: bench.needed(), present: bench.present }),
        }
    }

    /// The bench of an assembly as it sits now.
    pub fn bench(&self, assembly: Assembly, at: &Moment<'_>) -> Result<Bench, Refusal> {
        let called = self.called(assembly).ok_or(Refusal::NotSeated { assembly })?;
        Bench::of(assembly, true, called.version, called.due, self.presence_in(called).present, at)
    }

    fn report(&self, item: u32, by: String, text: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.by_chair(at)?;
        self.unsettled(item)?;
        limit::public_text("by", &by, limit::NAME)?;
        self.words(item, &text)?;
        Ok(Fact::Reported { item, by, text })
    }

    fn discuss(&self, item: u32, speakers: &[Personal], text: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.by_chair(at)?;
        let point = self.unsettled(item)?;
        if point.reports == 0 {
            return Err(Refusal::NotReported);
        }
        if speakers.is_empty() {
            return Err(Refusal::Missing { field: "speakers" });
        }
        if speakers.len() > limit::PERSONS {
            return Err(Refusal::TooMany { field: "speakers", limit: limit::PERSONS });
        }
        speakers.iter().try_for_each(|name| limit::text("speakers", name.text(), limit::NAME))?;
        self.words(item, &text)?;
        let spoke = u32::try_from(speakers.len()).expect("limited above");
        Ok(Fact::Discussed { item, spoke, speakers: at.refer("speakers", &named(speakers)), text })
    }

    /// All present agree. Only the teams and the supervision committee settle anything without a ballot, and never one
    /// person alone.
    fn agree(&self, item: u32, text: String, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.by_chair(at)?;
        let point = self.unsettled(item)?;
        let settles = matches!(self.kind, SittingKind::Team | SittingKind::Supervision);
        if !settles || !matches!(point.listed.stage, Stage::Daily | Stage::Consult) {
            return Err(Refusal::NeedsBallot);
        }
        self.heard(point)?;
        self.words(item, &text)?;
        let assembly = self.kind.assemblies()[0];
        let present = self.quorate(assembly, at)?.present;
        not_alone(present, at)?;
        given.ready(point.listed.motion, point.listed.stage, point.listed.version)?;
        let called = self.called(assembly).ok_or(Refusal::NotSeated { assembly })?;
        Ok(Fact::Agreed { item, text, present: self.presence_in(called), on: at.day })
    }

    fn put(&self, item: u32) -> Result<(), Refusal> {
        let point = self.unsettled(item)?;
        match self.running() {
            Some(_) => Err(Refusal::BallotOpen),
            None => self.heard(point),
        }
    }

    fn settle(&self, item: u32, ballot: MatterId, outcomes: Vec<Outcome>) -> Result<Fact, Refusal> {
        match self.running() == Some((item, ballot)) {
            true => Ok(Fact::Settled { item, ballot, outcomes }),
            false => Err(Refusal::NoSuchItem),
        }
    }

    fn adjourn(&self, reason: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.by_chair(at)?;
        self.may_end(&[Phase::Called, Phase::Open])?;
        if at.day < self.day {
            return Err(Refusal::NotItsTime { day: self.day });
        }
        limit::public_text("reason", &reason, limit::TEXT)?;
        let minutes = self.opened.map(|_| at.term(MINUTES, at.day)).transpose()?;
        Ok(Fact::Adjourned { reason, at: at.now, present: self.presence(), reconvene: at.days_term(RECONVENE, at.day)?, minutes })
    }

    fn close(&self, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.by_chair(at)?;
        self.may_end(&[Phase::Open])?;
        let mut present = self.presence();
        for presence in &mut present {
            presence.present = self.peaks.get(&presence.assembly).copied().unwrap_or_default();
        }
        let met = |assembly: Assembly| {
            let called = self.called(assembly).filter(|called| called.noticed.is_some());
            let peak = self.peaks.get(&assembly).copied().unwrap_or_default();
            let bench = called.map(|called| Bench::of(assembly, true, called.version, called.due, peak, at));
            bench.is_some_and(|bench| bench.is_ok_and(|bench| bench.is_quorate()))
        };
        let cadences = Self::periods(self.kind).iter().filter(|(assembly, rule)| met(*assembly) && Cadence::takes(rule, self.day, at));
        let cadences = cadences.map(|(_, rule)| (*rule).to_owned()).collect();
        Ok(Fact::Closed { at: at.now, present, cadences, minutes: at.term(MINUTES, at.day)? })
    }
}

/// The minutes.
impl Sitting {
    fn amend(&self, item: Option<u32>, text: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.by_chair(at)?;
        self.minutes_open()?;
        if let Some(item) = item {
            self.point(item).ok_or(Refusal::NoSuchItem)?;
        }
        match item {
            Some(item) => self.words(item, &text)?,
            None => limit::public_text("text", &text, limit::TEXT)?,
        }
        Ok(Fact::MinutesAmended { item, text, on: at.day })
    }

    fn confirm(&self, at: &Moment<'_>) -> Result<Fact, Refusal> {
        by_convener(self.kind.rule(), at)?;
        self.minutes_open()?;
        Ok(Fact::MinutesConfirmed { on: at.day })
    }

    fn minutes_open(&self) -> Result<(), Refusal> {
        match (self.confirmed, self.duties.pending(MINUTES)) {
            (Some(_), _) => Err(Refusal::MinutesConfirmed),
            (None, Some(_)) => Ok(()),
            (None, None) => Err(Refusal::NotItsTime { day: self.day }),
        }
    }

    fn lapse(&self, n: u32, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let duty = self.duties.get(n).filter(|duty| duty.is_silent(at.day)).ok_or(Refusal::NotYetDue)?;
        Ok(Fact::Lapsed { n, term: duty.term.clone(), on: at.day })
    }
}

/// What several acts ask.
impl Sitting {
    /// Who called it runs it, or a clerk for him; the supervision committee runs its own sittings.
    pub(in crate::meet) fn by_chair(&self, at: &Moment<'_>) -> Result<(), Refusal> {
        let clerk = at.office.is_some_and(|office| office.kind == PostKind::Clerk);
        match clerk && self.kind != SittingKind::Supervision {
            true => Ok(()),
            false => by_convener(self.kind.rule(), at),
        }
    }

    pub(super) fn must_be(&self, phase: Phase) -> Result<(), Refusal> {
        match self.phase == phase {
            true => Ok(()),
            false => Err(Refusal::NotOpen),
        }
    }

    fn may_end(&self, phases: &[Phase]) -> Result<(), Refusal> {
        if !phases.contains(&self.phase) {
            return Err(Refusal::NotOpen);
        }
        match self.running() {
            Some(_) => Err(Refusal::BallotOpen),
            None => Ok(()),
        }
    }

    /// An item that the open sitting has not settled yet.
    pub fn unsettled(&self, item: u32) -> Result<&Point, Refusal> {
        self.must_be(Phase::Open)?;
        let point = self.point(item).ok_or(Refusal::NoSuchItem)?;
        match (&point.settled, point.ballot) {
            (Some(_), _) => Err(Refusal::ItemSettled),
            (None, Some(_)) => Err(Refusal::BallotOpen),
            (None, None) => Ok(point),
        }
    }

    /// Nothing is resolved before it was reported and discussed.
    pub fn heard(&self, point: &Point) -> Result<(), Refusal> {
        match (point.reports, point.discussions) {
            (0, _) => Err(Refusal::NotReported),
            (_, 0) => Err(Refusal::NotDiscussed),
            _ => Ok(()),
        }
    }

    /// What is said of a closed item is not for the public, so it may name private persons.
    fn words(&self, item: u32, text: &str) -> Result<(), Refusal> {
        match self.is_closed(item) {
            true => limit::text("text", text, limit::TEXT),
            false => limit::public_text("text", text, limit::TEXT),
        }
    }
}

/// What the rules of that day count as 重大 is not for the teams to decide, with a motion or without.
pub(super) fn daily(scope: Option<&Scope>, day: Date, at: &Moment<'_>) -> Result<(), Refusal> {
    let Some(Scope { matter_type, figures }) = scope else { return Ok(()) };
    match Class::on(matter_type, figures, None, day, at)?.major {
        true => Err(Refusal::MajorMatter),
        false => Ok(()),
    }
}

/// No single person decides anything.
pub(super) fn not_alone(present: u32, at: &Moment<'_>) -> Result<(), Refusal> {
    let least = at.number(ORDER, "persons")?;
    match present < least {
        true => Err(Refusal::SoleDecision { least }),
        false => Ok(()),
    }
}
