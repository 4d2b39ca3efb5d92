//! 统筹的人 Who opens the box, and who carries out what was resolved.

use super::{ANYBODYS, OFFICE, Often, body_of, name, said, written};
use crate::town::Life;
use jiff::Span;
use law::lead::post::Post;
use law::meet::resolution::Resolution;
use law::open::suggestion::Shown;
use law::steer::cadence::{self, Cadence};
use law::steer::task::{self, Act, Extent, Milestone, Phase, Task};
use law::{Actor, AnyAct, MatterId, PostKind, Who};

/// Their doings.
pub const PEOPLE: &[Often] = &[
    (4, clerk_opens_the_box),
    (10, secretary_assigns),
    (3, secretary_gives_it_to_another),
    (15, owner_reports),
    (4, owner_takes_more_time),
    (12, supervision_looks),
    (6, clerk_publishes_the_result),
    (5, resident_asks),
    (6, somebody_explains),
    (4, resident_is_not_satisfied),
    (3, clerk_looks_the_questions_through),
    (1, officer_erases_a_question),
];

fn clerk_opens_the_box(life: &mut Life) {
    let Some(period) = life.some::<Cadence>(life.village.code) else { return };
    let Some(by) = life.holder(life.village.code, &OFFICE, life.village.code) else { return };
    let (on, count, two) = (life.day(-3..=0), life.below(5), life.chance(90));
    let witnesses = vec![name(life), if two { "梁玉燕".to_owned() } else { String::new() }];
    let act = match life.chance(80) {
        true => cadence::Act::Done { cadence: period.id, on, count, witnesses },
        false => cadence::Act::Explain { cadence: period.id, reason: written(life) },
    };
    life.ask(life.village.code, by, AnyAct::Cadence(act));
}

/// Mostly what is published and nobody carries out yet.
fn secretary_assigns(life: &mut Life) {
    let unit = life.village.code;
    let idle = |resolution: &Resolution| {
        resolution.ended.is_none() && resolution.tasks.is_empty() && (resolution.published.is_some() || resolution.issue.emergency)
    };
    let Some(resolution) = life.some_like(unit, idle) else { return };
    let Some(by) = life.holder(unit, &[PostKind::Secretary, PostKind::Director, PostKind::CollectiveHead], unit) else { return };
    let Some(body) = body_of(life, &resolution.issue.carried_out_by) else { return };
    let Some(owner) = post_in(life, Some(body)) else { return };
    let due = life.day(-1..=50);
    let budget = match (resolution.left(), life.chance(10)) {
        (Some(left), false) => life.chance(80).then_some(left / 2),
        (_, over) => over.then_some(i64::MAX / 2),
    };
    let milestones = (0..life.below(3)).map(|n| Milestone { title: format!("第{}段", n + 1), due }).collect();
    let act = Act::Assign { resolution: resolution.id, body, owner: owner.id, title: "组织施工".into(), due, budget, milestones };
    life.ask(unit, by, AnyAct::Task(act));
}

/// A post that somebody holds today, mostly in this body.
fn post_in(life: &mut Life, body: Option<MatterId>) -> Option<Post> {
    let (unit, today) = (life.village.code, life.today());
    let mut held = life.look(|tx| store::lead::post::held(tx, unit, today))?;
    if !life.chance(ANYBODYS) {
        held.retain(|post| body.is_none_or(|body| post.body == body));
    }
    (!held.is_empty()).then(|| life.pick(&held))
}

fn goes_on(task: &Task) -> bool {
    task.phase() == Phase::Doing
}

/// Who sees to a task, or somebody of the village's posts.
fn owner(life: &mut Life, task: &Task) -> Option<Actor> {
    let unit = life.village.code;
    match life.chance(15) {
        true => life.holder(unit, &PostKind::ALL, unit),
        false => life.official(unit, task.owner.person),
    }
}

fn secretary_gives_it_to_another(life: &mut Life) {
    let unit = life.village.code;
    let Some(task) = life.some_like(unit, goes_on) else { return };
    let Some(by) = life.holder(unit, &[PostKind::Secretary, PostKind::Director, PostKind::CollectiveHead], unit) else { return };
    let Some(owner) = post_in(life, Some(task.body)) else { return };
    let act = Act::Reassign { task: task.id, owner: owner.id, reason: written(life) };
    life.ask(unit, by, AnyAct::Task(act));
}

fn owner_reports(life: &mut Life) {
    let unit = life.village.code;
    let Some(task) = life.some_like(unit, goes_on) else { return };
    let Some(by) = owner(life, &task) else { return };
    let (spent, text) = (life.chance(60).then(|| i64::from(life.below(9_000)) - 100), written(life));
    let open = task.parts.iter().position(|part| part.reached.is_none()).and_then(|n| u32::try_from(n).ok());
    let act = match (open, life.chance(45)) {
        (open, true) => {
            let milestone = open.filter(|_| life.chance(60));
            let occurred_on = life.chance(20).then(|| life.day(-3..=1));
            Act::Progress { task: task.id, text, spent, milestone, occurred_on }
        }
        _ => {
            let extent = life.pick(&[Extent::Whole, Extent::Whole, Extent::Part, Extent::Nothing]);
            let remains = (life.chance(20) || extent != Extent::Whole && life.chance(80)).then(|| written(life));
            Act::Done { task: task.id, extent, text, spent, remains }
        }
    };
    life.ask(unit, by, AnyAct::Task(act));
}

fn owner_takes_more_time(life: &mut Life) {
    let unit = life.village.code;
    let Some(task) = life.some_like(unit, goes_on) else { return };
    let Some(by) = owner(life, &task) else { return };
    let longer = i64::from(life.below(30)) - 2;
    let until = task.due.checked_add(Span::new().days(longer)).expect("a day");
    let act = Act::Delay { task: task.id, reason: written(life), until };
    life.ask(unit, by, AnyAct::Task(act));
}

/// Finds a task carried out or not, and looks into one that stands still.
fn supervision_looks(life: &mut Life) {
    let unit = life.village.code;
    let waits = |task: &Task| task.phase() == Phase::Done || task.duties.pending(task::INQUIRE).is_some();
    let Some(task) = life.some_like(unit, waits) else { return };
    let by = match life.chance(10) {
        true => owner(life, &task),
        false => life.holder(unit, &[PostKind::SupervisionHead], unit),
    };
    let Some(by) = by else { return };
    let (id, text) = (task.id, written(life));
    let act = match (task.phase(), life.chance(65)) {
        (Phase::Doing, _) => Act::Inquire { task: id, text },
        (_, true) => Act::Accept { task: id, remark: text },
        (_, false) => Act::Return { task: id, reason: text },
    };
    life.ask(unit, by, AnyAct::Task(act));
}

fn clerk_publishes_the_result(life: &mut Life) {
    let accepted = |task: &Task| task.phase() == Phase::Accepted && task.published.is_none();
    let Some(task) = life.some_like(life.village.code, accepted) else { return };
    let Some(by) = life.holder(life.village.code, &OFFICE, life.village.code) else { return };
    life.ask(life.village.code, by, AnyAct::Task(Act::PublishResult { task: task.id }));
}

fn resident_asks(life: &mut Life) {
    let Some(task) = life.some::<Task>(life.village.code) else { return };
    let (by, text) = (life.resident(), said(life));
    life.ask(life.village.code, by, AnyAct::Task(Act::Ask { task: task.id, text }));
}

/// A question that somebody owes an explanation of, and how often it was explained before; or any.
fn question(life: &mut Life, like: impl Fn(&task::Question) -> bool) -> Option<(Task, u32)> {
    let some = life.some_like(life.village.code, |task: &Task| task.questions.iter().any(&like))?;
    let numbers: Vec<u32> = some.questions.iter().filter(|question| like(question)).map(|question| question.n).collect();
    let n = if numbers.is_empty() { life.below(3) } else { life.pick(&numbers) };
    Some((some, n))
}

fn explained(question: &task::Question) -> bool {
    question.rounds.last().is_some_and(|round| round.explanation.is_some())
}

fn somebody_explains(life: &mut Life) {
    let unit = life.village.code;
    let Some((task, n)) = question(life, |question| !explained(question)) else { return };
    let before = task.questions.get(n as usize).map_or(0, |question| question.rounds.len().saturating_sub(1));
    let by = match before {
        0 => owner(life, &task),
        1 => life.holder(unit, &[PostKind::Secretary, PostKind::CollectiveHead, PostKind::Clerk], unit),
        _ => life.holder(unit, &[PostKind::SupervisionHead], unit),
    };
    let Some(by) = by else { return };
    let act = Act::Explain { task: task.id, question: n, text: written(life) };
    life.ask(unit, by, AnyAct::Task(act));
}

fn resident_is_not_satisfied(life: &mut Life) {
    let unit = life.village.code;
    let Some((task, n)) = question(life, explained) else { return };
    let author = task.questions.get(n as usize).and_then(|question| question.author).filter(|_| !life.chance(10));
    let kept = author.and_then(|author| life.look(|tx| store::personal::text(tx, unit, task.id, author)).flatten());
    let by = match kept.and_then(|kept| MatterId::parse(&kept.text)) {
        Some(person) => Actor::new(Who::Resident { person, on_roll: false }),
        None => life.resident(),
    };
    life.ask(unit, by, AnyAct::Task(Act::Unsatisfied { task: task.id, question: n }));
}

fn clerk_looks_the_questions_through(life: &mut Life) {
    let Some((task, n)) = question(life, |question| question.shown.is_none()) else { return };
    let Some(by) = life.holder(life.village.code, &OFFICE, life.village.code) else { return };
    let text = written(life);
    let shown = life.pick(&[Shown::Whole, Shown::Edited { text: text.clone() }, Shown::Withheld { reason: text }]);
    let act = Act::Release { task: task.id, questions: vec![n], shown };
    life.ask(life.village.code, by, AnyAct::Task(act));
}

fn officer_erases_a_question(life: &mut Life) {
    let Some((task, n)) = question(life, |question| question.erased.is_none()) else { return };
    let Some(by) = life.holder(life.town, &[PostKind::TownOfficer], life.village.code) else { return };
    let act = Act::Erase { task: task.id, question: n, basis: "本人申请".into() };
    life.ask(life.village.code, by, AnyAct::Task(act));
}
