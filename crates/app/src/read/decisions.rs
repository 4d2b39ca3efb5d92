//! 读决策 Reading decisions: a motion with everything that comes of it, a resolution, a task, the execution ledger.

use super::matter::{Step, Text, steps};
use super::{Names, Reader, record};
use crate::{Failure, House};
use jiff::civil::Date;
use law::lead::body::Body;
use law::meet::ballot::Ballot;
use law::meet::motion::{Class, Fact, Figures, Motion, Passage, Phase};
use law::meet::resolution::{Resolution, Standing};
use law::meet::sitting::{self, Advice, Sitting};
use law::meet::{Assembly, Stage, Tally};
use law::open::suggestion::{AnswerKind, Shown, Suggestion};
use law::steer::task::Task;
use law::{Actor, Matter, MatterId, Moment, PersonalRef, Policy, Refusal, UnitCode, Who};
use std::collections::BTreeMap;
pub use store::steer::task::Carried;
use store::{Tx, kept, lead, meet, personal, steer};

/// A resident's words on a motion or a task, as far as this reader may see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub text: Text,
    /// The name: in full for officials and the person, masked for all others; none when erased.
    pub name: Option<String>,
    /// The reader wrote it.
    pub mine: bool,
}

/// Where somebody's words stand.
struct Kept<'a> {
    text: PersonalRef,
    author: Option<PersonalRef>,
    shown: Option<&'a Shown>,
    erased: Option<Date>,
}

fn said(tx: &mut dyn Tx, unit: UnitCode, matter: MatterId, kept: &Kept<'_>, reader: &Reader) -> Result<Said, Failure> {
    let mut words = |at| Ok::<_, Failure>(personal::text(tx, unit, matter, at)?.map(|kept| kept.text));
    let author = kept.author.map(&mut words).transpose()?.flatten().and_then(|id| MatterId::parse(&id));
    let mine = author.is_some() && author == reader.person;
    let inside = mine || reader.is_official();
    let text = match (kept.shown, kept.erased) {
        (_, Some(on)) => Text::Erased(Some(on)),
        (Some(Shown::Edited { text }), _) if !inside => Text::Edited(text.clone()),
        (Some(Shown::Withheld { reason }), _) if !inside => Text::Withheld(reason.clone()),
        (None, _) if !inside => Text::Waiting,
        _ => words(kept.text)?.map_or(Text::Erased(None), Text::Whole),
    };
    let name = match author {
        Some(person) => lead::person::name(tx, unit, person)?,
        None => None,
    };
    Ok(Said { text, name: name.map(|name| if inside { name } else { law::code::mask_name(&name) }), mine })
}

/// What the papers of one assembly came to, and why they only advise.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The numbers.
    pub tally: Tally,
    /// Why its votes only advise; none when they decide.
    pub advice: Option<Advice>,
}

impl Counted {
    /// Each bench of a ballot that is counted; none before.
    pub fn of(ballot: &Ballot) -> Vec<Self> {
        let advice = |assembly| ballot.benches.iter().find(|seated| seated.bench.assembly == assembly)?.advice;
        let tallies = ballot.counted.iter().flat_map(|counted| &counted.tallies);
        tallies.map(|tally| Self { tally: tally.clone(), advice: advice(tally.bench.assembly) }).collect()
    }
}

/// What each assembly of a passage came to: by the count of its ballot, or by the paper of an assembly outside this record.
fn counted(house: &House, unit: UnitCode, passage: &Passage, class: &Class, ballots: &[Ballot]) -> Vec<Counted> {
    if let Some(held) = &passage.held {
        let (by, policy) = (Actor::new(Who::Anyone), house.policy());
        let at = Moment { day: held.on, ..moment(house, unit, &by, &policy) };
        return held.tally(class, &at).map(|tally| Counted { tally, advice: None }).into_iter().collect();
    }
    ballots.iter().filter(|ballot| Some(ballot.id) == passage.ballot).flat_map(Counted::of).collect()
}

/// The steps of a motion, and by their record numbers what the assemblies of each passage came to.
type Told = (Vec<Step<Fact>>, BTreeMap<i64, Vec<Counted>>);

fn told(house: &House, tx: &mut dyn Tx, unit: UnitCode, motion: MatterId, reader: &Reader) -> Result<Told, Failure> {
    let steps = steps::<Motion>(tx, unit, motion, reader)?;
    let ballots = meet::ballot::of_motion(tx, unit, motion)?;
    let votes = |step: &Step<Fact>| step.fact.passage().map(|(passage, class)| counted(house, unit, passage, class, &ballots));
    let votes = steps.iter().filter_map(|step| Some((step.seq, votes(step)?))).collect();
    Ok((steps, votes))
}

/// What decided one version of a motion: the votes of every passage that could.
fn decided((steps, votes): &Told, version: u32) -> Vec<Counted> {
    let decides = |step: &&Step<Fact>| {
        let passage = step.fact.passage().filter(|(passage, _)| passage.version == version);
        passage.is_some_and(|(passage, _)| matches!(passage.stage, Stage::Daily | Stage::Resolve | Stage::Ratify))
    };
    steps.iter().filter(decides).filter_map(|step| votes.get(&step.seq)).flatten().cloned().collect()
}

/// A task with its residents' questions and its steps.
#[derive(Clone, Debug)]
pub struct Work {
    /// The task.
    pub state: Task,
    /// Its questions' words, in their order.
    pub questions: Vec<Said>,
    /// Its steps.
    pub steps: Vec<Step<<Task as Matter>::Fact>>,
}

/// A resolution with its steps and its tasks.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The resolution.
    pub state: Resolution,
    /// Its steps.
    pub steps: Vec<Step<<Resolution as Matter>::Fact>>,
    /// Its tasks, oldest first.
    pub tasks: Vec<Work>,
    /// What the assemblies that decided it came to, those that only advise too.
    pub votes: Vec<Counted>,
}

/// A motion with everything that comes of it.
#[derive(Clone, Debug)]
pub struct MotionPage {
    /// The motion.
    pub state: Motion,
    /// Its voices' words, in their order.
    pub voices: Vec<Said>,
    /// Its steps.
    pub steps: Vec<Step<<Motion as Matter>::Fact>>,
    /// What the assemblies of each of its passages came to, by the record number of the step.
    pub votes: BTreeMap<i64, Vec<Counted>>,
    /// Sittings that are called or open with it on their agenda, by day.
    pub sittings: Vec<Sitting>,
    /// What each of its versions became.
    pub resolved: Vec<Resolved>,
    /// What stands between the motion and each stage today; none: nothing.
    pub gates: Vec<(Stage, Option<Refusal>)>,
    /// Names of bodies and office-holders.
    pub names: Names,
    /// How the record stands.
    pub record: record::Standing,
}

/// A resolution with the motion that it comes from.
#[derive(Clone, Debug)]
pub struct ResolutionPage {
    /// The resolution.
    pub resolved: Resolved,
    /// Names of bodies and office-holders.
    pub names: Names,
}

/// A task with the resolution that it carries out.
#[derive(Clone, Debug)]
pub struct TaskPage {
    /// The task.
    pub work: Work,
    /// The resolution.
    pub resolution: Resolution,
    /// Names of bodies and office-holders.
    pub names: Names,
}

/// Reads what a motion's page needs.
pub(super) fn motion(house: &House, tx: &mut dyn Tx, unit: UnitCode, state: Motion, reader: &Reader) -> Result<MotionPage, Failure> {
    let mut voices = Vec::new();
    for voice in &state.voices {
        let kept = Kept { text: voice.text, author: voice.author, shown: voice.shown.as_ref(), erased: voice.erased };
        voices.push(said(tx, unit, state.id, &kept, reader)?);
    }
    let told = told(house, tx, unit, state.id, reader)?;
    let mut all = Vec::new();
    for resolution in meet::resolution::of_motion(tx, unit, state.id)? {
        all.push(with_tasks(tx, unit, resolution, &told, reader)?);
    }
    let (steps, votes) = told;
    Ok(MotionPage {
        steps,
        votes,
        sittings: sittings(tx, unit, state.id)?,
        gates: gates(house, unit, &state),
        voices,
        resolved: all,
        names: Names::read(tx, unit)?,
        record: record::standing(house, tx, unit)?,
        state,
    })
}

/// The sittings that will take up a motion, or are at it now.
fn sittings(tx: &mut dyn Tx, unit: UnitCode, motion: MatterId) -> Result<Vec<Sitting>, Failure> {
    let mut all = meet::sitting::in_phase(tx, unit, sitting::Phase::Open)?;
    all.extend(meet::sitting::in_phase(tx, unit, sitting::Phase::Called)?);
    all.retain(|sitting| sitting.agenda.iter().any(|point| point.listed.motion == Some(motion) && point.listed.closed.is_none()));
    Ok(all)
}

/// What the law would say to each stage today, if those who are competent sat together.
fn gates(house: &House, unit: UnitCode, motion: &Motion) -> Vec<(Stage, Option<Refusal>)> {
    let (by, policy) = (Actor::new(Who::Anyone), house.policy());
    let at = moment(house, unit, &by, &policy);
    let day = at.day;
    let stages: &[Stage] = match (motion.phase(), motion.class.major) {
        (Phase::Resolved | Phase::Rejected | Phase::Withdrawn, _) => &[],
        (Phase::Emergency, _) => &[Stage::Ratify],
        (_, false) => &[Stage::Daily],
        (_, true) => &[Stage::Consult, Stage::Deliberate, Stage::Resolve],
    };
    let seated: Vec<Assembly> = match motion.class.major {
        true => Assembly::ALL.into_iter().filter(|assembly| *assembly != Assembly::Villagers).collect(),
        false => vec![Assembly::Team],
    };
    stages.iter().map(|stage| (*stage, motion.ready(*stage, &seated, day, &at).err())).collect()
}

/// A resolution with all that came of it.
pub(super) fn resolved(house: &House, tx: &mut dyn Tx, unit: UnitCode, state: Resolution, reader: &Reader) -> Result<Resolved, Failure> {
    let told = told(house, tx, unit, state.issue.motion, reader)?;
    with_tasks(tx, unit, state, &told, reader)
}

fn with_tasks(tx: &mut dyn Tx, unit: UnitCode, state: Resolution, told: &Told, reader: &Reader) -> Result<Resolved, Failure> {
    let votes = decided(told, state.issue.version);
    let mut tasks = Vec::new();
    for task in steer::task::of_resolution(tx, unit, state.id)? {
        tasks.push(work(tx, unit, task, reader)?);
    }
    Ok(Resolved { steps: steps::<Resolution>(tx, unit, state.id, reader)?, tasks, votes, state })
}

/// A task with the words of its questions.
pub(super) fn work(tx: &mut dyn Tx, unit: UnitCode, state: Task, reader: &Reader) -> Result<Work, Failure> {
    let mut questions = Vec::new();
    for question in &state.questions {
        let kept = Kept { text: question.text, author: question.author, shown: question.shown.as_ref(), erased: question.erased };
        questions.push(said(tx, unit, state.id, &kept, reader)?);
    }
    Ok(Work { steps: steps::<Task>(tx, unit, state.id, reader)?, questions, state })
}

/// The execution ledger of a year, and the two lists against it, of all years.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// Resolutions of the year by number, with their tasks.
    pub rows: Vec<Carried>,
    /// Published, and nobody carries them out.
    pub idle: Vec<Resolution>,
    /// Work in hand that the record has heard nothing of since `before`.
    pub silent: Vec<Task>,
    /// Names of bodies and office-holders.
    pub names: Names,
}

/// Reads it. `before`: work that was silent since before this day stands in the second list.
pub fn ledger(house: &House, unit: UnitCode, year: i16, before: Date) -> Result<Ledger, Failure> {
    house.read(|tx| {
        Ok(Ledger {
            rows: steer::task::ledger(tx, unit, year)?,
            idle: meet::resolution::standing(tx, unit, Standing::Published)?,
            silent: steer::task::silent(tx, unit, law::steer::task::Phase::Doing, before)?,
            names: Names::read(tx, unit)?,
        })
    })
}

/// A motion on a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The motion.
    pub state: Motion,
    /// What holds of it, and who carries that out.
    pub carried: Option<Carried>,
    /// Record number of its newest line.
    pub seq: i64,
}

/// Motions with what became of them.
pub(super) fn listed(tx: &mut dyn Tx, unit: UnitCode, motions: Vec<Motion>) -> Result<Vec<Listed>, Failure> {
    let mut all = Vec::new();
    for state in motions {
        let id = state.in_force.map(|version| state.resolution(version));
        let carried = match id.map(|id| kept::get::<Resolution>(tx, unit, id)).transpose()?.flatten() {
            Some(resolution) => Some(Carried { tasks: steer::task::of_resolution(tx, unit, resolution.id)?, resolution }),
            None => None,
        };
        all.push(Listed { seq: super::board::newest(tx, unit, state.id)?, carried, state });
    }
    Ok(all)
}

/// A page of motions, and counts of all by phase: (phase, 重大 or not, count).
#[derive(Clone, Debug)]
pub struct Motions {
    /// The motions, newest first.
    pub rows: Vec<Listed>,
    /// Counts by phase.
    pub tally: Vec<(String, bool, i64)>,
}

/// Reads it; of one phase, or all.
pub fn motions(house: &House, unit: UnitCode, phase: Option<Phase>, skip: i64, most: i64) -> Result<Motions, Failure> {
    house.read(|tx| {
        let rows = meet::motion::page(tx, unit, phase, skip, most)?;
        Ok(Motions { rows: listed(tx, unit, rows)?, tally: meet::motion::tally(tx, unit)? })
    })
}

/// What became of a suggestion: each motion that rests on it, its resolutions, who carries them out (您说、我们办).
pub fn trace(house: &House, unit: UnitCode, suggestion: MatterId) -> Result<Vec<(Motion, Vec<Carried>)>, Failure> {
    house.read(|tx| meet::motion::trace(tx, unit, suggestion))
}

/// Suggestions that were accepted, newest first: what a motion may rest on.
pub fn accepted(house: &House, unit: UnitCode, reader: &Reader, most: i64) -> Result<Vec<super::board::Listed>, Failure> {
    house.read(|tx| {
        let all = store::open::suggestion::page(tx, unit, super::board::Filter::default(), 0, most)?;
        let adopted = |s: &Suggestion| s.answers.last().is_some_and(|answer| answer.kind == AnswerKind::Adopt);
        super::board::list(tx, unit, all.into_iter().filter(adopted).collect(), reader)
    })
}

/// What a motion, a resolution or a task is called; none for other kinds.
pub(super) fn title(tx: &mut dyn Tx, unit: UnitCode, kind: &str, id: MatterId) -> Result<Option<String>, Failure> {
    Ok(match kind {
        "motion" => kept::get::<Motion>(tx, unit, id)?.map(|motion| motion.title),
        "resolution" => kept::get::<Resolution>(tx, unit, id)?.map(|resolution| resolution.issue.title),
        "task" => kept::get::<Task>(tx, unit, id)?.map(|task| task.title),
        _ => None,
    })
}

/// Bodies that exist on a day.
pub fn bodies(house: &House, unit: UnitCode, day: Date) -> Result<Vec<Body>, Failure> {
    house.read(|tx| lead::body::standing(tx, unit, day))
}

/// The class of a matter that is about to be put forward, by the rules of a day.
///
/// # Errors
/// [`Refusal::NoSuchTopic`] when the rules of that day know no such kind.
pub fn class(house: &House, unit: UnitCode, kind: &str, figures: &Figures, day: Date) -> Result<Class, Refusal> {
    let by = Actor::new(Who::Anyone);
    let policy = house.policy();
    Class::on(kind, figures, None, day, &moment(house, unit, &by, &policy))
}

/// The moment of somebody who only looks.
fn moment<'m>(house: &House, unit: UnitCode, by: &'m Actor, policy: &'m Policy) -> Moment<'m> {
    let now = house.clock.now();
    Moment {
        unit,
        profile: unit.profile(),
        started: None,
        now,
        day: law::moment::civil_day(now),
        by,
        office: None,
        fresh: MatterId::named("look"),
        salt: [0; 16],
        policy,
    }
}
