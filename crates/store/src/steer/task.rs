//! 任务 Rows of tasks, and the ledger of what is carried out.

use crate::{Failure, Kept, Tx, Value, kept, meet, personal};
use jiff::civil::Date;
use law::meet::resolution::Resolution;
use law::steer::task::{Act, Given, Phase, Task};
use law::{MatterId, Moment, UnitCode};

impl Kept for Task {
    const TABLE: &'static str = "task";

    fn columns(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("resolution", self.resolution.into()),
            ("body", self.body.into()),
            ("owner", self.owner.post.into()),
            ("phase", self.phase().word().into()),
            ("due", self.due.into()),
            ("last_news", self.last_news().into()),
        ]
    }

    fn given(tx: &mut dyn Tx, before: Option<&Self>, act: &Act, at: &Moment<'_>) -> Result<Given, Failure> {
        let mut given = Given::default();
        let question = |n: &u32| before.and_then(|task| task.questions.get(*n as usize));
        match act {
            Act::Assign { resolution, body, owner, .. } => {
                given.resolution = kept::relied(tx, at.unit, *resolution, &mut given.relies)?;
                given.body = kept::relied(tx, at.unit, *body, &mut given.relies)?;
                given.owner = kept::relied(tx, at.unit, *owner, &mut given.relies)?;
            }
            Act::Reassign { owner, .. } => given.owner = kept::relied(tx, at.unit, *owner, &mut given.relies)?,
            Act::Progress { .. } | Act::Delay { .. } | Act::Done { .. } | Act::Accept { .. } => {
                if let Some(task) = before {
                    given.resolution = kept::relied(tx, at.unit, task.resolution, &mut given.relies)?;
                }
            }
            Act::Unsatisfied { question: n, .. } => {
                if let Some((task, author)) = before.zip(question(n).and_then(|question| question.author)) {
                    given.author = personal::text(tx, at.unit, task.id, author)?.and_then(|kept| MatterId::parse(&kept.text));
                }
            }
            Act::Release { questions, .. } => {
                if let Some(task) = before {
                    let texts = questions.iter().filter_map(question).map(|question| question.text);
                    given.words = personal::words(tx, at.unit, task.id, texts)?;
                }
            }
            _ => {}
        }
        Ok(given)
    }
}

/// A resolution with the tasks that carry it out.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// The resolution.
    pub resolution: Resolution,
    /// Its tasks, oldest first.
    pub tasks: Vec<Task>,
}

impl Carried {
    /// The day on which the record last heard of it.
    pub fn last_news(&self) -> Date {
        let first = self.resolution.published.map_or(self.resolution.issue.decided_on, |(on, _)| on);
        self.tasks.iter().map(Task::last_news).fold(first, Date::max)
    }

    /// Days without news; none once everything is accepted or stopped.
    pub fn days_since_news(&self, today: Date) -> Option<i32> {
        let waits = self.tasks.is_empty() && self.resolution.ended.is_none();
        let goes_on = self.tasks.iter().any(|task| matches!(task.phase(), Phase::Doing | Phase::Done));
        (waits || goes_on).then(|| today.since(self.last_news()).map_or(0, |span| span.get_days()))
    }
}

/// The execution ledger of a year (执行台账): every resolution by number, with its tasks.
pub fn ledger(tx: &mut dyn Tx, unit: UnitCode, year: i16) -> Result<Vec<Carried>, Failure> {
    let resolutions = meet::resolution::of_year(tx, unit, year)?;
    let of_year = "AND resolution IN (SELECT id FROM resolution WHERE unit = $1 AND year = $2) ORDER BY due, id";
    let tasks = kept::pick::<Task>(tx, unit, of_year, &[i64::from(year).into()])?;
    let carried = |resolution: Resolution| {
        let tasks = tasks.iter().filter(|task| task.resolution == resolution.id).cloned().collect();
        Carried { resolution, tasks }
    };
    Ok(resolutions.into_iter().map(carried).collect())
}

/// The tasks that carry out a resolution.
pub fn of_resolution(tx: &mut dyn Tx, unit: UnitCode, resolution: MatterId) -> Result<Vec<Task>, Failure> {
    kept::pick(tx, unit, "AND resolution = $2 ORDER BY due, id", &[resolution.into()])
}

/// What a body has to do, by last day.
pub fn of_body(tx: &mut dyn Tx, unit: UnitCode, body: MatterId, phase: Phase) -> Result<Vec<Task>, Failure> {
    kept::pick(tx, unit, "AND body = $2 AND phase = $3 ORDER BY due, id", &[body.into(), phase.word().into()])
}

/// What the holder of a post has to do, by last day.
pub fn of_owner(tx: &mut dyn Tx, unit: UnitCode, post: MatterId, phase: Phase) -> Result<Vec<Task>, Failure> {
    kept::pick(tx, unit, "AND owner = $2 AND phase = $3 ORDER BY due, id", &[post.into(), phase.word().into()])
}

/// Tasks in this phase of which the record has heard nothing since before a day, the most silent first.
pub fn silent(tx: &mut dyn Tx, unit: UnitCode, phase: Phase, before: Date) -> Result<Vec<Task>, Failure> {
    kept::pick(tx, unit, "AND phase = $2 AND last_news < $3 ORDER BY last_news, id", &[phase.word().into(), before.into()])
}
