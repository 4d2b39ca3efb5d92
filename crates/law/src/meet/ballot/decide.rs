//! 表决的规则 The law of a ballot, one function per act; 东组通〔2015〕33号 二（二）, 农村集体经济组织法 第27条.

use super::Ballot;
use super::act::{Act, Cancelled, Fact, Group, Mark, Mode, Seated, Slip, Total};
use super::count::{Paper, differ, grouped, sealed, tallied, tallied_slips};
use crate::meet::motion::Class;
use crate::meet::sitting::{Advice, Called, Point, Presence, Sitting, SittingKind, Tabled};
use crate::meet::{Assembly, Bench, Choice, Stage, Tally};
use crate::personal::Salt;
use crate::{Digest, MatterId, Moment, Refusal, Relied, limit};
use std::collections::{BTreeMap, BTreeSet};

/// The rule of two tellers.
pub(super) const TELLERS: &str = "meet.ballot.tellers";
/// The rule of secret ballots.
pub(super) const SECRET: &str = "meet.ballot.secret";

/// A vote on record, its voter told by the personal text beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The step at which it was given.
    pub step: u64,
    /// Whose it is.
    pub voter: MatterId,
    /// Where it counts.
    pub seats: Vec<Assembly>,
    /// The choice.
    pub choice: Choice,
    /// Given by the holder of a mandate.
    pub proxy: bool,
    /// The step of the vote that it takes the place of.
    pub cancels: Option<u64>,
}

/// A teller's sheet on record, its names told by the personal text beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The teller.
    pub teller: MatterId,
    /// What stands on each paper.
    pub marks: Vec<Mark>,
}

/// What the law looks at besides the ballot.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The sitting.
    pub sitting: Option<Sitting>,
    /// The motion of the item.
    pub tabled: Option<Tabled>,
    /// The vote that stands for this voter; for `Cast` and `CastFor`.
    pub voted: Option<Vote>,
    /// All votes; for `Close`.
    pub votes: Vec<Vote>,
    /// All sheets, oldest first; for `Close`.
    pub sheets: Vec<Sheet>,
    /// All secret papers; for `Close`.
    pub slips: Vec<Slip>,
    /// The steps these things were read at.
    pub relies: Vec<Relied>,
}

/// Who is against and who abstains, as it is kept beside the record.
pub(super) fn hands_text(against: &[MatterId], abstain: &[MatterId]) -> String {
    serde_json::to_string(&(against, abstain)).expect("ids are plain data")
}

/// What stands on each paper, as it is kept beside the record.
pub(super) fn marks_text(marks: &[Mark]) -> String {
    let marks: Vec<(MatterId, Option<Choice>)> = marks.iter().map(|mark| (mark.person, mark.choice)).collect();
    serde_json::to_string(&marks).expect("marks are plain data")
}

/// Reads what stands on each paper; `None` for a text that is none.
pub fn read_marks(text: &str) -> Option<Vec<Mark>> {
    let marks: Vec<(MatterId, Option<Choice>)> = serde_json::from_str(text).ok()?;
    Some(marks.into_iter().map(|(person, choice)| Mark { person, choice }).collect())
}

pub(super) fn ids_text(ids: &[MatterId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The law.
pub(super) fn decide(before: Option<&Ballot>, act: Act, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
    let sitting = given.sitting.as_ref().ok_or(Refusal::NoSuchMatter)?;
    let (b, act) = match (before, act) {
        (None, Act::Open { item, mode, .. }) => return open(sitting, item, mode, given, at),
        (Some(_), Act::Open { .. }) => return Err(Refusal::AlreadyExists),
        (None, _) => return Err(Refusal::NoSuchMatter),
        (Some(b), act) => (b, act),
    };
    if b.counted.is_some() {
        return Err(Refusal::VoteClosed);
    }
    match act {
        Act::Cast { voter, choice, .. } => {
            b.by(Mode::Named)?;
            let (seats, proxy) = may_vote(voter, at.unnamed().ok_or(Refusal::NotYourVote)?, sitting, given.voted.as_ref())?;
            b.cast(voter, seats, choice, proxy, given.voted.as_ref(), at)
        }
        Act::CastFor { voter, choice, .. } => {
            b.by(Mode::Named)?;
            sitting.by_chair(at)?;
            let (seats, proxy) = may_vote(voter, voter, sitting, given.voted.as_ref())?;
            b.cast(voter, seats, choice, proxy, given.voted.as_ref(), at)
        }
        Act::Hands { against, abstain, tellers, .. } => b.hands(&against, &abstain, &tellers, sitting, at),
        Act::Sheet { teller, marks, scan, .. } => b.sheet(teller, &marks, scan, sitting, at),
        Act::Close { .. } => b.close(sitting, given, at),
        Act::Open { .. } => unreachable!("handled above"),
    }
}

fn open(sitting: &Sitting, item: u32, mode: Mode, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
    sitting.by_chair(at)?;
    let point = sitting.unsettled(item)?;
    if sitting.running().is_some() {
        return Err(Refusal::BallotOpen);
    }
    sitting.heard(point)?;
    let Point { listed, .. } = point;
    if listed.motion.is_some() {
        given.tabled.as_ref().ok_or(Refusal::NoSuchMatter)?.take_up(listed.version)?;
    }
    // The stricter majority of a kind of matter is that of its resolution.
    let resolves = matches!(listed.stage, Stage::Resolve | Stage::Ratify);
    let class = given.tabled.as_ref().map(|tabled| &tabled.class).filter(|_| resolves);
    let benches = sitting
        .called
        .iter()
        .map(|called| seat(called, sitting.presence_in(called), decides(sitting, point, called.assembly, given), class, at))
        .collect::<Vec<_>>();
    may_open(&benches, mode, at)?;
    Ok(Fact::Opened {
        sitting: sitting.id,
        item,
        day: sitting.day,
        at: at.now,
        mode,
        stage: listed.stage,
        motion: listed.motion,
        version: listed.version,
        closed: listed.closed.is_some(),
        benches,
    })
}

/// Whether an assembly's vote decides on such an item. Deliberation is the party's, a resolution is of whoever is
/// competent for the matter; what is heard in a sitting of several only asks for opinions.
fn decides(sitting: &Sitting, point: &Point, assembly: Assembly, given: &Given) -> bool {
    let leads = sitting.kind.assemblies()[0] == assembly;
    match (point.listed.stage, sitting.kind) {
        (Stage::Daily | Stage::Consult, SittingKind::Team | SittingKind::Supervision) | (Stage::Deliberate, _) => leads,
        (Stage::Daily | Stage::Consult, _) => false,
        (Stage::Resolve | Stage::Ratify, _) => {
            given.tabled.as_ref().is_some_and(|tabled| tabled.class.binds(assembly) && !tabled.voted.contains(&assembly))
        }
    }
}

fn seat(called: &Called, presence: Presence, decides: bool, class: Option<&Class>, at: &Moment<'_>) -> Seated {
    let Presence { assembly, due, present } = presence;
    let advice = called.advice().or_else(|| (!decides).then_some(Advice::NotCompetent));
    let (binding, version) = (advice.is_none(), called.version);
    let bench = match class {
        Some(class) => class.bench(assembly, binding, version, due, present, at),
        None => Bench::of(assembly, binding, version, due, present, at),
    };
    match bench {
        Ok(bench) => Seated { bench, advice },
        // No rule in force gives it a quorum: it may be asked, it decides nothing.
        Err(_) => {
            let (rule, quorum, majority) = (None, None, None);
            let bench = Bench { assembly, binding: false, version, due, present, rule, quorum, majority };
            Seated { bench, advice: advice.or(Some(Advice::NoRule)) }
        }
    }
}

/// Every bench that decides needs its quorum; and a secret ballot needs enough on every bench, lest it be guessed.
fn may_open(benches: &[Seated], mode: Mode, at: &Moment<'_>) -> Result<(), Refusal> {
    let short = |seated: &&Seated| seated.bench.binding && !seated.bench.is_quorate();
    if let Some(Seated { bench, .. }) = benches.iter().find(short) {
        return Err(Refusal::NoQuorum { assembly: bench.assembly, needed: bench.needed(), present: bench.present });
    }
    if benches.iter().all(|seated| seated.bench.present == 0) {
        return Err(Refusal::NotPresent);
    }
    if mode == Mode::Secret {
        let least = at.number(SECRET, "least")?;
        let few = |seated: &&Seated| (1..least).contains(&seated.bench.present);
        if let Some(Seated { bench, .. }) = benches.iter().find(few) {
            return Err(Refusal::TooFewForSecret { assembly: bench.assembly, least });
        }
    }
    Ok(())
}

/// Where a paper counts that `hand` gives for `voter`, and whether by a mandate.
fn may_vote(voter: MatterId, hand: MatterId, sitting: &Sitting, voted: Option<&Vote>) -> Result<(Vec<Assembly>, bool), Refusal> {
    if voter != hand {
        return match sitting.proxy_of(voter) {
            Some(proxy) if proxy.holder == hand => once(voted).map(|()| (vec![Assembly::Members], true)),
            _ => Err(Refusal::NotYourVote),
        };
    }
    if !sitting.is_here(voter) {
        return Err(match voted.is_some_and(|vote| vote.proxy) {
            true => Refusal::ProxyVoted,
            false => Refusal::NotPresent,
        });
    }
    let seats = sitting.seats(voter).list();
    if seats.is_empty() {
        return Err(Refusal::NotOnRoll);
    }
    // Who comes himself takes the place of his proxy's vote.
    once(voted.filter(|vote| !vote.proxy)).map(|()| (seats, false))
}

fn once(voted: Option<&Vote>) -> Result<(), Refusal> {
    match voted {
        Some(_) => Err(Refusal::VotedAlready),
        None => Ok(()),
    }
}

/// Everybody whose paper belongs to the ballot that is open, and where it counts.
fn voters(sitting: &Sitting) -> BTreeMap<MatterId, Vec<Assembly>> {
    let mut voters: BTreeMap<MatterId, Vec<Assembly>> = BTreeMap::new();
    for called in &sitting.called {
        for person in sitting.voting(called.assembly) {
            voters.entry(person).or_default().push(called.assembly);
        }
    }
    voters
}

fn paper(voters: &BTreeMap<MatterId, Vec<Assembly>>, mark: Mark) -> Result<Paper, Refusal> {
    let seats = voters.get(&mark.person).ok_or(Refusal::NotPresent)?;
    Ok((seats.clone(), mark.choice))
}

impl Ballot {
    fn by(&self, mode: Mode) -> Result<(), Refusal> {
        match self.mode == mode {
            true => Ok(()),
            false => Err(Refusal::WrongMode),
        }
    }

    fn cast(
        &self,
        voter: MatterId,
        seats: Vec<Assembly>,
        choice: Choice,
        proxy: bool,
        voted: Option<&Vote>,
        at: &Moment<'_>,
    ) -> Result<Fact, Refusal> {
        let cancels = voted.map(|vote| Cancelled { step: vote.step, seats: vote.seats.clone(), choice: vote.choice });
        Ok(Fact::Cast { voter: at.refer("voter", &voter.to_string()), seats, choice, proxy, cancels })
    }

    fn hands(
        &self,
        against: &[MatterId],
        abstain: &[MatterId],
        tellers: &[MatterId],
        sitting: &Sitting,
        at: &Moment<'_>,
    ) -> Result<Fact, Refusal> {
        self.by(Mode::Hands)?;
        sitting.by_chair(at)?;
        if self.handed.is_some() {
            return Err(Refusal::AlreadyExists);
        }
        two_tellers(tellers, sitting, at)?;
        let mut choices: BTreeMap<MatterId, Choice> = voters(sitting).keys().map(|person| (*person, Choice::For)).collect();
        let named = against.iter().map(|person| (person, Choice::Against)).chain(abstain.iter().map(|person| (person, Choice::Abstain)));
        for (person, choice) in named {
            match choices.insert(*person, choice) {
                Some(Choice::For) => {}
                Some(_) => return Err(Refusal::VotedAlready),
                None => return Err(Refusal::NotPresent),
            }
        }
        let voters = voters(sitting);
        let marks = choices.into_iter().map(|(person, choice)| Mark { person, choice: Some(choice) });
        let papers = marks.map(|mark| paper(&voters, mark)).collect::<Result<Vec<Paper>, _>>()?;
        Ok(Fact::Handed {
            papers: at.refer("papers", &hands_text(against, abstain)),
            tellers: at.refer("tellers", &ids_text(tellers)),
            groups: grouped(papers),
        })
    }

    fn sheet(&self, teller: MatterId, marks: &[Mark], scan: Digest, sitting: &Sitting, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.by(Mode::Paper)?;
        sitting.by_chair(at)?;
        if !sitting.is_here(teller) {
            return Err(Refusal::NotPresent);
        }
        if marks.len() > limit::PAPERS {
            return Err(Refusal::TooMany { field: "marks", limit: limit::PAPERS });
        }
        let once: BTreeSet<MatterId> = marks.iter().map(|mark| mark.person).collect();
        if once.len() < marks.len() {
            return Err(Refusal::VotedAlready);
        }
        let voters = voters(sitting);
        let papers = marks.iter().map(|mark| paper(&voters, *mark)).collect::<Result<Vec<Paper>, _>>()?;
        Ok(Fact::Sheeted {
            teller: at.refer("teller", &teller.to_string()),
            papers: at.refer("papers", &marks_text(marks)),
            groups: grouped(papers),
            scan,
        })
    }

    fn close(&self, sitting: &Sitting, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        sitting.by_chair(at)?;
        let present = |assembly: Assembly| u32::try_from(sitting.voting(assembly).len()).expect("a hall holds fewer");
        let counted = |groups: &[Group]| -> (Vec<Tally>, Total) { tallied(&self.benches, groups, present) };
        let (mut slips, mut root) = (Vec::new(), None);
        let (tallies, total) = match self.mode {
            Mode::Named => counted(&grouped(standing(&given.votes)?)),
            Mode::Hands => counted(self.handed.as_deref().ok_or(Refusal::NoPapers)?),
            Mode::Paper => counted(&grouped(agreed(&given.sheets, sitting, at)?)),
            Mode::Secret => {
                let sums = tallied_slips(&self.benches, &given.slips, present);
                let (in_order, digest) = sealed(self.id, given.slips.clone());
                (slips, root) = (in_order, Some(digest));
                sums
            }
        };
        Ok(Fact::Counted { at: at.now, tallies, total, slips, root })
    }

    /// The secret papers of one voter, one for each assembly he counts in and one for the whole; `hand` gives them.
    /// Nothing of it becomes a fact before the ballot is closed.
    ///
    /// # Errors
    /// What a vote with a name would be refused for.
    pub fn slips(
        &self,
        voter: MatterId,
        hand: MatterId,
        choice: Choice,
        voted: bool,
        sitting: &Sitting,
        mut number: impl FnMut() -> Salt,
    ) -> Result<Vec<Slip>, Refusal> {
        if self.counted.is_some() {
            return Err(Refusal::VoteClosed);
        }
        self.by(Mode::Secret)?;
        let (seats, _) = may_vote(voter, hand, sitting, None)?;
        if voted {
            return Err(Refusal::VotedAlready);
        }
        let places = seats.into_iter().map(Some).chain([None]);
        Ok(places.map(|assembly| Slip::new(assembly, choice, number())).collect())
    }
}

/// Tellers are two different persons who are there.
fn two_tellers(tellers: &[MatterId], sitting: &Sitting, at: &Moment<'_>) -> Result<(), Refusal> {
    let persons: BTreeSet<MatterId> = tellers.iter().copied().collect();
    if persons.len() < at.number(TELLERS, "count")? as usize {
        return Err(Refusal::TwoTellers);
    }
    if persons.len() > limit::ITEMS {
        return Err(Refusal::TooMany { field: "tellers", limit: limit::ITEMS });
    }
    match persons.iter().all(|teller| sitting.is_here(*teller)) {
        true => Ok(()),
        false => Err(Refusal::NotPresent),
    }
}

/// The votes that stand: each voter's once, and none that a later one took the place of.
fn standing(votes: &[Vote]) -> Result<Vec<Paper>, Refusal> {
    let cancelled: BTreeSet<u64> = votes.iter().filter_map(|vote| vote.cancels).collect();
    let mut voters = BTreeSet::new();
    let mut papers = Vec::new();
    for vote in votes.iter().filter(|vote| !cancelled.contains(&vote.step)) {
        if !voters.insert(vote.voter) {
            return Err(Refusal::VotedAlready);
        }
        papers.push((vote.seats.clone(), Some(vote.choice)));
    }
    Ok(papers)
}

/// The papers that enough tellers read alike; each teller's last sheet counts.
fn agreed(sheets: &[Sheet], sitting: &Sitting, at: &Moment<'_>) -> Result<Vec<Paper>, Refusal> {
    let last: BTreeMap<MatterId, &Sheet> = sheets.iter().map(|sheet| (sheet.teller, sheet)).collect();
    let last: Vec<&Sheet> = last.into_values().collect();
    if last.len() < at.number(TELLERS, "count")? as usize {
        return Err(Refusal::TwoTellers);
    }
    let papers = last.windows(2).map(|two| differ(&two[0].marks, &two[1].marks)).max().unwrap_or_default();
    if papers > 0 {
        return Err(Refusal::TellersDisagree { papers });
    }
    let voters = voters(sitting);
    let first = last.first().map_or(&[][..], |sheet| &sheet.marks);
    first.iter().map(|mark| paper(&voters, *mark)).collect()
}
