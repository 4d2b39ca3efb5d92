//! 群众意见的规则 The law of a suggestion, one function per act; 东组通〔2015〕33号 二（四）“群众意见公开”.

use super::{ANSWER, Act, Answer, AnswerKind, Channel, Fact, Intake, Plan, RELEASE, ROUTE, Responsible, Shown, Suggestion};
use crate::lead::body::Body;
use crate::{Digest, DutyState, MatterId, Moment, Personal, Refusal, Relied, Who, limit};
use jiff::{Span, civil::Date};

/// What the law looks at besides the suggestion.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The body that the act names.
    pub body: Option<Body>,
    /// Whether somebody heads it today.
    pub headed: bool,
    /// The sender behind the reference, while it is not erased.
    pub author: Option<MatterId>,
    /// The sender's text, while it is not erased.
    pub text: Option<String>,
    /// Sitting cadres whose names stand in the text.
    pub cadres: Vec<String>,
    /// The steps these things were read at.
    pub relies: Vec<Relied>,
}

/// The law.
pub(super) fn decide(before: Option<&Suggestion>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
    let (s, act) = match (before, act) {
        (None, Act::Submit { text, channel, intake, name, contact, body, about_work }) => {
            let sent = Sent { text, channel, intake, name, contact, body, about_work };
            return submit(sent, &given, at);
        }
        (Some(_), Act::Submit { .. }) => return Err(Refusal::AlreadyExists),
        (None, _) => return Err(Refusal::NoSuchMatter),
        (Some(s), act) => (s, act),
    };
    match act {
        Act::Erase { basis, .. } => return s.erase(basis, at),
        _ if s.withdrawn.is_some() || s.erased.is_some() && !matters_after_erasure(&act) => return Err(Refusal::Closed),
        _ => {}
    }
    match act {
        Act::Route { .. } => s.route(&given, at),
        Act::Answer { kind, text, plan, .. } => s.answer(kind, text, plan, at),
        Act::Extend { days, reply, .. } => s.extend(days, reply, at),
        Act::Lapse { n, .. } => s.lapse(n, at),
        Act::Reschedule { n, .. } => s.duties.reschedule(n, at, |old, new| Fact::Rescheduled { n, old, new }),
        Act::Confirm { .. } => s.verdict(&given, at).map(|on| Fact::Confirmed { on }),
        Act::Dispute { remark, .. } => {
            limit::maybe("remark", remark.as_ref().map(Personal::text), limit::TEXT)?;
            let remark = remark.map(|remark| at.refer("remark", remark.text()));
            s.verdict(&given, at).map(|on| Fact::Disputed { remark, on })
        }
        Act::Reopen { reason, .. } => s.reopen(&reason, &given, at),
        Act::Release { shown, .. } => s.release(shown, &given, at),
        Act::Withdraw { .. } => s.withdraw(&given, at),
        Act::Submit { .. } | Act::Erase { .. } => unreachable!("handled above"),
    }
}

/// What an erased suggestion still owes: an answer, and the note that none came.
fn matters_after_erasure(act: &Act) -> bool {
    matches!(act, Act::Route { .. } | Act::Answer { .. } | Act::Lapse { .. } | Act::Reschedule { .. })
}

struct Sent {
    text: Personal,
    channel: Channel,
    intake: Option<Intake>,
    name: Option<Personal>,
    contact: Option<Personal>,
    body: Option<MatterId>,
    about_work: bool,
}

fn submit(sent: Sent, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
    limit::text("text", sent.text.text(), limit::TEXT)?;
    limit::maybe("name", sent.name.as_ref().map(Personal::text), limit::NAME)?;
    limit::maybe("contact", sent.contact.as_ref().map(Personal::text), limit::TITLE)?;
    let intake = intake(sent.channel, sent.intake, at)?;
    let received = intake.as_ref().map_or(at.day, |intake| intake.received);
    at.must_run(received)?;
    if !sent.about_work && !given.cadres.is_empty() {
        return Err(Refusal::AskDiscipline { names: given.cadres.clone() });
    }
    let responsible = sent.body.map(|_| responsible(given, at)).transpose()?;
    let (taken_by, slip, code) = intake.map_or((None, None, None), |i| (Some(i.taken_by), i.slip, i.code));
    Ok(Fact::Submitted {
        text: at.refer("text", sent.text.text()),
        channel: sent.channel,
        received,
        entered: at.day,
        taken_by,
        slip,
        code,
        author: at.person_ref(),
        name: sent.name.map(|name| at.refer("name", name.text())),
        contact: sent.contact.map(|contact| at.refer("contact", contact.text())),
        responsible,
        route: if responsible.is_some() { None } else { Some(at.term(ROUTE, at.day)?) },
        // Day 0 is the day it was received, however late it is entered.
        answer: at.term(ANSWER, received)?,
        release: at.term(RELEASE, at.day)?,
    })
}

/// Residents write on the web; every other channel passes through staff, who say when and by whom it was taken down.
fn intake(channel: Channel, intake: Option<Intake>, at: &Moment<'_>) -> Result<Option<Intake>, Refusal> {
    let resident = matches!(at.by.who, Who::Resident { .. });
    match (channel, intake) {
        (Channel::Web, None) if resident => Ok(None),
        (Channel::Web, _) => Err(Refusal::StaffChannel),
        (_, _) if resident => Err(Refusal::StaffChannel),
        (_, None) => Err(Refusal::NoTaker),
        (_, Some(intake)) => {
            limit::public_text("taken_by", &intake.taken_by, limit::NAME)?;
            limit::maybe("slip", intake.slip.as_deref(), limit::MARK)?;
            if intake.received > at.day {
                return Err(Refusal::DayAhead { day: intake.received });
            }
            let back = i64::from(at.number("open.suggestion.register", "most_days_back")?);
            let earliest = at.day.checked_sub(Span::new().days(back)).unwrap_or(Date::MIN);
            match intake.received < earliest {
                true => Err(Refusal::DayTooOld { day: intake.received, earliest }),
                false => Ok(Some(intake)),
            }
        }
    }
}

fn responsible(given: &Given, at: &Moment<'_>) -> Result<Responsible, Refusal> {
    let body = given.body.as_ref().filter(|body| body.exists(at.day)).ok_or(Refusal::NoSuchBody)?;
    let head = body.kind.head().ok_or(Refusal::NoSuchBody)?;
    match given.headed {
        true => Ok(Responsible { body: body.id, head }),
        false => Err(Refusal::BodyWithoutHead),
    }
}

/// An answer says why. That something was received, noted or is being looked into is no answer.
pub(crate) fn substantive(text: &str, at: &Moment<'_>) -> Result<(), Refusal> {
    let least = at.number(ANSWER, "least_characters")? as usize;
    let phrases = at.rule(ANSWER)?.text("empty_phrases").map_err(|_| Refusal::NoRule { rule: ANSWER })?;
    // What remains when the empty phrases are taken out must still say something.
    let rest = phrases.split('、').fold(text.to_owned(), |rest, phrase| rest.replace(phrase, ""));
    let said = rest.chars().filter(|c| c.is_alphanumeric()).count();
    match said < least {
        true => Err(Refusal::NotSubstantive { least }),
        false => Ok(()),
    }
}

impl Suggestion {
    fn route(&self, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.waits()?;
        Ok(Fact::Routed { responsible: responsible(given, at)?, on: at.day })
    }

    fn answer(&self, kind: AnswerKind, text: String, plan: Option<Plan>, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.waits()?;
        let body = self.my_body(at)?;
        limit::public_text("text", &text, limit::TEXT)?;
        substantive(&text, at)?;
        match (kind, &plan) {
            (AnswerKind::Adopt, None) => return Err(Refusal::NoPlan),
            (_, Some(plan)) => {
                limit::public_text("who", &plan.who, limit::NAME)?;
                if plan.by < at.day {
                    return Err(Refusal::DaysOutOfOrder { first: at.day, then: plan.by });
                }
            }
            (_, None) => {}
        }
        let days = i64::from(at.number("open.suggestion.dispute", "days")?);
        let verdict_until = at.day.checked_add(Span::new().days(days)).map_err(|_| Refusal::CalendarEnds { day: at.day })?;
        Ok(Fact::Answered { kind, text, plan, body, on: at.day, verdict_until })
    }

    fn extend(&self, days: u32, reply: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.waits()?;
        self.my_body(at)?;
        let duty = self.answer_duty();
        let times = u32::from(self.extended.is_some());
        if times >= at.number("open.suggestion.extend", "times")? || self.reopened.is_some() {
            return Err(Refusal::AlreadyExtended);
        }
        if duty.state != DutyState::Open || at.day > duty.term.due {
            return Err(Refusal::ExtendTooLate);
        }
        let most = at.number("open.suggestion.extend", "days")?;
        if days == 0 || days > most {
            return Err(Refusal::ExtendTooLong { most });
        }
        limit::public_text("reply", &reply, limit::TEXT)?;
        substantive(&reply, at)?;
        Ok(Fact::Extended { reply, term: at.term_of(ANSWER, duty.term.due, days)?, on: at.day })
    }

    fn lapse(&self, n: u32, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let duty = self.duties.get(n).filter(|duty| duty.is_silent(at.day)).ok_or(Refusal::NotYetDue)?;
        Ok(Fact::Lapsed { n, term: duty.term.clone(), on: at.day })
    }

    /// The sender speaks once on each answer, within the days that the rule allows.
    fn verdict(&self, given: &Given, at: &Moment<'_>) -> Result<Date, Refusal> {
        self.by_sender(given, at)?;
        let answer = self.latest_answer()?;
        if self.verdict.is_some() {
            return Err(Refusal::VerdictGiven);
        }
        match at.day > answer.verdict_until {
            true => Err(Refusal::VerdictTooLate),
            false => Ok(at.day),
        }
    }

    fn reopen(&self, reason: &Personal, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.by_sender(given, at)?;
        let answer = self.latest_answer()?;
        limit::text("reason", reason.text(), limit::TEXT)?;
        if u32::from(self.reopened.is_some()) >= at.number("open.suggestion.dispute", "reopen")? {
            return Err(Refusal::AlreadyReopened);
        }
        if at.day > answer.verdict_until || self.verdict.as_ref().is_some_and(|verdict| verdict.content) {
            return Err(Refusal::VerdictTooLate);
        }
        Ok(Fact::Reopened { reason: at.refer("reason", reason.text()), on: at.day, answer: at.term(ANSWER, at.day)? })
    }

    fn release(&self, shown: Shown, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        if self.shown.is_some() {
            return Err(Refusal::AlreadyReleased);
        }
        match &shown {
            Shown::Whole => limit::public_text("text", given.text.as_deref().unwrap_or_default(), limit::TEXT)?,
            Shown::Edited { text } => limit::public_text("text", text, limit::TEXT)?,
            Shown::Withheld { reason } => limit::public_text("reason", reason, limit::TEXT)?,
        }
        Ok(Fact::Released { shown, on: at.day })
    }

    fn withdraw(&self, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.by_sender(given, at)?;
        match self.answers.is_empty() {
            true => Ok(Fact::Withdrawn { on: at.day }),
            false => Err(Refusal::AlreadyAnswered),
        }
    }

    fn erase(&self, basis: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        limit::public_text("basis", &basis, limit::TEXT)?;
        match self.erased {
            Some(_) => Err(Refusal::Closed),
            None => Ok(Fact::Erased { basis, on: at.day }),
        }
    }

    fn waits(&self) -> Result<(), Refusal> {
        self.duties.pending(ANSWER).map(|_| ()).ok_or(Refusal::AlreadyAnswered)
    }

    fn latest_answer(&self) -> Result<&Answer, Refusal> {
        match self.duties.pending(ANSWER) {
            Some(_) => Err(Refusal::NotAnswered),
            None => self.answers.last().ok_or(Refusal::NotAnswered),
        }
    }

    /// The body whose head acts; it must be the one that answers for this suggestion.
    fn my_body(&self, at: &Moment<'_>) -> Result<MatterId, Refusal> {
        let responsible = self.responsible.ok_or(Refusal::NotRouted)?;
        match at.office.is_some_and(|office| office.body == responsible.body) {
            true => Ok(responsible.body),
            false => Err(Refusal::NotYourBody),
        }
    }

    fn by_sender(&self, given: &Given, at: &Moment<'_>) -> Result<(), Refusal> {
        let mine = match &at.by.who {
            Who::Resident { person, .. } => given.author == Some(*person),
            Who::Bearer { code } => self.code.is_some_and(|own: Digest| own == *code),
            _ => false,
        };
        match mine {
            true => Ok(()),
            false => Err(Refusal::NotTheSender),
        }
    }
}
