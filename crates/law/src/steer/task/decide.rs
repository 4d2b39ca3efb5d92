//! 任务的规则 The law of a task, one function per act; 东组通〔2015〕33号 二（三）、二（四）“实施结果公开”.

use super::act::{Act, Doer, Extent, Fact, Milestone};
use super::{ACCEPT, EXPLAIN, FINISH, INQUIRE, Phase, Question, RELEASE, RESULT, STALE, Task};
use crate::lead::body::Body;
use crate::lead::post::Post;
use crate::meet::resolution::Resolution;
use crate::open::notice::KEEP;
use crate::open::suggestion::{Shown, substantive};
use crate::{DutyState, MatterId, Moment, Personal, PostKind, Refusal, Relied, Term, Who, limit};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What the law looks at besides the task.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The resolution that it carries out.
    pub resolution: Option<Resolution>,
    /// The body that is to carry it out.
    pub body: Option<Body>,
    /// The post that is to see to it.
    pub owner: Option<Post>,
    /// Who asked, while it is not erased.
    pub author: Option<MatterId>,
    /// The words to be released, while they are not erased, in the order asked for.
    pub words: Vec<String>,
    /// The steps these things were read at.
    pub relies: Vec<Relied>,
}

/// The law.
pub(super) fn decide(before: Option<&Task>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
    let (task, act) = match (before, act) {
        (None, Act::Assign { title, due, budget, milestones, .. }) => return assign(title, due, budget, milestones, &given, at),
        (Some(_), Act::Assign { .. }) => return Err(Refusal::AlreadyExists),
        (None, _) => return Err(Refusal::NoSuchMatter),
        (Some(task), act) => (task, act),
    };
    match act {
        Act::Reassign { reason, .. } => task.reassign(reason, &given, at),
        Act::Progress { text, spent, milestone, occurred_on, .. } => task.progress(text, spent, milestone, occurred_on, &given, at),
        Act::Delay { reason, until, .. } => task.delay(reason, until, &given, at),
        Act::Done { extent, text, spent, remains, .. } => task.done(extent, text, spent, remains, &given, at),
        Act::Accept { remark, .. } => task.accept(remark, &given, at),
        Act::Return { reason, .. } => task.send_back(reason, at),
        Act::PublishResult { .. } => task.publish(at),
        Act::Inquire { text, .. } => task.inquire(text, at),
        Act::Ask { text, .. } => task.ask(&text, at),
        Act::Explain { question, text, .. } => task.explain(question, text, at),
        Act::Unsatisfied { question, .. } => task.unsatisfied(question, &given, at),
        Act::Release { questions, shown, .. } => task.release(questions, shown, &given, at),
        Act::Erase { question, basis, .. } => task.erase(question, basis, at),
        Act::Stop { resolution, .. } => match task.stopped {
            Some(_) => Err(Refusal::Closed),
            None => Ok(Fact::Stopped { resolution, on: at.day }),
        },
        Act::Lapse { n, .. } => task.lapse(n, at),
        Act::Reschedule { n, .. } => task.duties.reschedule(n, at, |old, new| Fact::Rescheduled { n, old, new }),
        Act::Assign { .. } => unreachable!("handled above"),
    }
}

fn assign(
    title: String,
    due: Date,
    budget: Option<i64>,
    milestones: Vec<Milestone>,
    given: &Given,
    at: &Moment<'_>,
) -> Result<Fact, Refusal> {
    at.must_run(at.day)?;
    let resolution = given.resolution.as_ref().ok_or(Refusal::NoSuchMatter)?;
    resolution.may_be_carried_out()?;
    limit::public_text("title", &title, limit::TITLE)?;
    let body = given.body.as_ref().filter(|body| body.exists(at.day)).ok_or(Refusal::NoSuchBody)?;
    if !resolution.issue.carried_out_by.contains(&body.kind) {
        return Err(Refusal::WrongBody);
    }
    let owner = owner(given, body.id, at)?;
    planned(due, &milestones, at)?;
    if budget.is_some_and(i64::is_negative) {
        return Err(Refusal::BelowZero { field: "budget" });
    }
    if let Some(most) = resolution.left().filter(|left| budget.is_some_and(|budget| budget > *left)) {
        return Err(Refusal::OverBudget { most });
    }
    let (resolution, body, on) = (resolution.id, body.id, at.day);
    let (finish, stale) = (finish(due, at)?, at.days_term(STALE, at.day)?);
    Ok(Fact::Assigned { resolution, body, owner, title, finish, budget, milestones, on, stale })
}

/// The post that is to see to it: held today, in the body that carries it out, and never of those who supervise.
fn owner(given: &Given, body: MatterId, at: &Moment<'_>) -> Result<Doer, Refusal> {
    let post = given.owner.as_ref().filter(|post| post.held(at.day)).ok_or(Refusal::PostNotHeld)?;
    match post.body == body && post.kind != PostKind::SupervisionHead {
        true => Ok(Doer { post: post.id, kind: post.kind, person: post.person }),
        false => Err(Refusal::WrongBody),
    }
}

fn planned(due: Date, milestones: &[Milestone], at: &Moment<'_>) -> Result<(), Refusal> {
    if due < at.day {
        return Err(Refusal::DaysOutOfOrder { first: at.day, then: due });
    }
    if milestones.len() > limit::MILESTONES {
        return Err(Refusal::TooMany { field: "milestones", limit: limit::MILESTONES });
    }
    for milestone in milestones {
        limit::public_text("milestones", &milestone.title, limit::TITLE)?;
        if milestone.due > due {
            return Err(Refusal::DaysOutOfOrder { first: milestone.due, then: due });
        }
    }
    Ok(())
}

/// The term of a task: its last day was set by people, not counted.
fn finish(due: Date, at: &Moment<'_>) -> Result<Term, Refusal> {
    let calendar = at.policy.calendar();
    let provisional = calendar.is_provisional(due).map_err(|_| Refusal::CalendarEnds { day: due })?;
    at.rule(FINISH)?;
    Ok(Term { rule: FINISH.to_owned(), start: at.day, days: 0, due, provisional, calendar: calendar.version().to_owned() })
}

fn spent_something(spent: Option<i64>) -> Result<(), Refusal> {
    match spent.is_some_and(i64::is_negative) {
        true => Err(Refusal::BelowZero { field: "spent" }),
        false => Ok(()),
    }
}

impl Task {
    fn reassign(&self, reason: String, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.goes_on()?;
        limit::public_text("reason", &reason, limit::TEXT)?;
        Ok(Fact::Reassigned { owner: owner(given, self.body, at)?, reason, on: at.day })
    }

    fn progress(
        &self,
        text: String,
        spent: Option<i64>,
        milestone: Option<u32>,
        occurred_on: Option<Date>,
        given: &Given,
        at: &Moment<'_>,
    ) -> Result<Fact, Refusal> {
        self.mine(given, at)?;
        limit::public_text("text", &text, limit::TEXT)?;
        spent_something(spent)?;
        let on = occurred_on.unwrap_or(at.day);
        if on > at.day {
            return Err(Refusal::DayAhead { day: on });
        }
        if on < self.assigned {
            return Err(Refusal::DaysOutOfOrder { first: self.assigned, then: on });
        }
        if milestone.is_some_and(|n| self.parts.get(n as usize).is_none_or(|part| part.reached.is_some())) {
            return Err(Refusal::NoSuchNumber { field: "milestones" });
        }
        Ok(Fact::Progressed { text, spent, milestone, on, entered: at.day, stale: at.days_term(STALE, at.day)? })
    }

    fn delay(&self, reason: String, until: Date, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.mine(given, at)?;
        limit::public_text("reason", &reason, limit::TEXT)?;
        substantive(&reason, at)?;
        if self.duties.pending(FINISH).is_none_or(|duty| duty.state != DutyState::Open) || at.day > self.due {
            return Err(Refusal::ExtendTooLate);
        }
        if until <= self.due {
            return Err(Refusal::DaysOutOfOrder { first: self.due, then: until });
        }
        let finish = Term { start: self.due, ..finish(until, at)? };
        Ok(Fact::Delayed { reason, finish, on: at.day, stale: at.days_term(STALE, at.day)? })
    }

    fn done(
        &self,
        extent: Extent,
        text: String,
        spent: Option<i64>,
        remains: Option<String>,
        given: &Given,
        at: &Moment<'_>,
    ) -> Result<Fact, Refusal> {
        self.mine(given, at)?;
        limit::public_text("text", &text, limit::TEXT)?;
        substantive(&text, at)?;
        spent_something(spent)?;
        match (&remains, extent) {
            (Some(remains), _) => limit::public_text("remains", remains, limit::TEXT)?,
            (None, Extent::Whole) => {}
            (None, Extent::Part | Extent::Nothing) => return Err(Refusal::Missing { field: "remains" }),
        }
        Ok(Fact::Done { extent, text, spent, remains, on: at.day, accept: at.term(ACCEPT, at.day)? })
    }

    fn accept(&self, remark: String, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.waits_for_acceptance()?;
        given.resolution.as_ref().ok_or(Refusal::NoSuchMatter)?.may_be_accepted()?;
        if at.by.person() == Some(self.owner.person) {
            return Err(Refusal::OwnWork);
        }
        limit::public_text("remark", &remark, limit::TEXT)?;
        Ok(Fact::Accepted { remark, on: at.day, publish: at.term(RESULT, at.day)? })
    }

    fn send_back(&self, reason: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.waits_for_acceptance()?;
        limit::public_text("reason", &reason, limit::TEXT)?;
        Ok(Fact::Returned { reason, on: at.day, stale: at.days_term(STALE, at.day)? })
    }

    fn publish(&self, at: &Moment<'_>) -> Result<Fact, Refusal> {
        match self.phase() {
            Phase::Accepted if self.published.is_some() => Err(Refusal::AlreadyPublished),
            Phase::Accepted => Ok(Fact::ResultPublished { on: at.day, until: at.days_after(KEEP, "days", at.day)? }),
            Phase::Stopped => Err(Refusal::Closed),
            Phase::Doing | Phase::Done => Err(Refusal::NotAccepted),
        }
    }

    fn inquire(&self, text: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        limit::public_text("text", &text, limit::TEXT)?;
        self.duties.pending(INQUIRE).ok_or(Refusal::NotYetDue)?;
        Ok(Fact::Inquired { text, on: at.day, stale: at.days_term(STALE, at.day)? })
    }

    fn ask(&self, text: &Personal, at: &Moment<'_>) -> Result<Fact, Refusal> {
        limit::text("text", text.text(), limit::TEXT)?;
        if self.questions.len() >= limit::QUESTIONS {
            return Err(Refusal::TooMany { field: "questions", limit: limit::QUESTIONS });
        }
        let release = match self.duties.pending(RELEASE) {
            Some(_) => None,
            None => Some(at.term(RELEASE, at.day)?),
        };
        let (text, author) = (at.refer("question", text.text()), at.person_ref());
        Ok(Fact::Asked { text, author, on: at.day, explain: at.term(EXPLAIN, at.day)?, release })
    }

    /// First the body that carries it out, then somebody else, then the supervision committee.
    fn explain(&self, question: u32, text: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let rounds = &self.question(question)?.rounds;
        if rounds.last().is_some_and(|round| round.explanation.is_some()) {
            return Err(Refusal::AlreadyAnswered);
        }
        let office = at.office.ok_or(Refusal::NotTheOwner)?;
        let by = at.by.person().ok_or(Refusal::NotTheOwner)?;
        let before: Vec<MatterId> = rounds.iter().filter_map(|round| round.explanation.as_ref()).map(|said| said.by).collect();
        let supervises = office.kind == PostKind::SupervisionHead;
        match before.len() {
            0 if !self.is_mine(at) => return Err(Refusal::NotTheOwner),
            1 if before.contains(&by) || supervises => return Err(Refusal::AnotherPerson),
            0 | 1 => {}
            _ if !supervises => return Err(Refusal::SupervisionAnswers),
            _ => {}
        }
        limit::public_text("text", &text, limit::TEXT)?;
        substantive(&text, at)?;
        let verdict_until = at.days_after(EXPLAIN, "verdict_days", at.day)?;
        Ok(Fact::Explained { question, text, by, post: office.kind, on: at.day, verdict_until })
    }

    fn unsatisfied(&self, n: u32, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let question = self.question(n)?;
        if !matches!(&at.by.who, Who::Resident { person, .. } if given.author == Some(*person)) {
            return Err(Refusal::NotTheSender);
        }
        let explanation = question.rounds.last().and_then(|round| round.explanation.as_ref()).ok_or(Refusal::NotAnswered)?;
        if explanation.post == PostKind::SupervisionHead {
            return Err(Refusal::AlreadyReopened);
        }
        match at.day > explanation.verdict_until {
            true => Err(Refusal::VerdictTooLate),
            false => Ok(Fact::Unsatisfied { question: n, on: at.day, explain: at.term(EXPLAIN, at.day)? }),
        }
    }

    fn release(&self, questions: Vec<u32>, shown: Shown, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let once: BTreeSet<u32> = questions.iter().copied().collect();
        if once.is_empty() || once.len() != questions.len() {
            return Err(Refusal::Missing { field: "questions" });
        }
        let meant: Vec<&Question> = questions.iter().map(|n| self.question(*n)).collect::<Result<_, _>>()?;
        if meant.iter().any(|question| question.shown.is_some() || question.erased.is_some()) {
            return Err(Refusal::AlreadyReleased);
        }
        match &shown {
            Shown::Whole => given.words.iter().try_for_each(|words| limit::public_text("text", words, limit::TEXT))?,
            Shown::Edited { .. } if questions.len() > 1 => return Err(Refusal::TooMany { field: "questions", limit: 1 }),
            Shown::Edited { text } => limit::public_text("text", text, limit::TEXT)?,
            Shown::Withheld { reason } => limit::public_text("reason", reason, limit::TEXT)?,
        }
        let texts = meant.iter().map(|question| question.text).collect();
        Ok(Fact::Released { questions, texts, shown, on: at.day })
    }

    fn erase(&self, n: u32, basis: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        limit::public_text("basis", &basis, limit::TEXT)?;
        let question = self.question(n)?;
        if question.erased.is_some() {
            return Err(Refusal::Closed);
        }
        let gone = std::iter::once(question.text).chain(question.author).collect();
        Ok(Fact::Erased { question: n, gone, basis, on: at.day })
    }

    /// A task that stands still becomes the supervision committee's business.
    fn lapse(&self, n: u32, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let duty = self.duties.get(n).filter(|duty| duty.is_silent(at.day)).ok_or(Refusal::NotYetDue)?;
        let inquire = match duty.term.rule == STALE && self.duties.pending(INQUIRE).is_none() {
            true => Some(at.term(INQUIRE, at.day)?),
            false => None,
        };
        Ok(Fact::Lapsed { n, on: at.day, inquire })
    }

    /// Whether the work goes on.
    fn goes_on(&self) -> Result<(), Refusal> {
        match self.phase() {
            Phase::Doing => Ok(()),
            Phase::Done | Phase::Accepted => Err(Refusal::AlreadyDone),
            Phase::Stopped => Err(Refusal::Closed),
        }
    }

    fn waits_for_acceptance(&self) -> Result<(), Refusal> {
        match self.phase() {
            Phase::Done => Ok(()),
            Phase::Doing => Err(Refusal::NotDone),
            Phase::Accepted => Err(Refusal::AlreadyDone),
            Phase::Stopped => Err(Refusal::Closed),
        }
    }

    /// Whether it is the actor's: the post that sees to it, or the head of the body.
    fn is_mine(&self, at: &Moment<'_>) -> bool {
        at.office.is_some_and(|office| office.post == self.owner.post || office.body == self.body && office.kind.is_head())
    }

    /// The work goes on, is the actor's, and its resolution holds and is published.
    fn mine(&self, given: &Given, at: &Moment<'_>) -> Result<(), Refusal> {
        self.goes_on()?;
        given.resolution.as_ref().ok_or(Refusal::NoSuchMatter)?.may_be_carried_out()?;
        match self.is_mine(at) {
            true => Ok(()),
            false => Err(Refusal::NotTheOwner),
        }
    }

    fn question(&self, n: u32) -> Result<&Question, Refusal> {
        self.questions.get(n as usize).ok_or(Refusal::NoSuchNumber { field: "question" })
    }
}
