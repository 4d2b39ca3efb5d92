//! 议题的规则 The law of a motion, one function per act of people; 东组通〔2015〕33号 二（二）、二（四）“决策过程公开”.

use super::act::{Act, Fact, Source, Wording};
use super::class::{Class, Fixed, Reason};
use super::{ANSWER, About, DRAFT, End, JUDGE, Motion, Phase, RATIFY, RELEASE, Voice};
use crate::lead::body::Body;
use crate::open::suggestion::{AnswerKind, Shown, Suggestion};
use crate::workday::calendar_days_after;
use crate::{MatterId, Moment, Personal, Refusal, Relied, Term, limit};
use jiff::{Span, civil::Date};
use std::collections::BTreeSet;

/// What the law looks at besides the motion.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The body that the wording names.
    pub body: Option<Body>,
    /// The suggestion that it rests on.
    pub suggestion: Option<Suggestion>,
    /// Persons who hold a post in the teams today.
    pub team: Vec<MatterId>,
    /// Who gave an opinion on this version, while it is not erased.
    pub speakers: Vec<MatterId>,
    /// The words to be released, while they are not erased, in the order asked for.
    pub words: Vec<String>,
    /// The steps these things were read at.
    pub relies: Vec<Relied>,
}

/// The law.
pub(super) fn decide(before: Option<&Motion>, act: Act, given: Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
    let (motion, act) = match (before, act) {
        (None, Act::Propose { matter_type, title, wording, source, occurred_on }) => {
            return propose(matter_type, title, wording, source, occurred_on, &given, at);
        }
        (None, Act::Emergency { matter_type, title, wording, leaders }) => {
            return declare(matter_type, title, wording, leaders, &given, at);
        }
        (Some(_), Act::Propose { .. } | Act::Emergency { .. }) => return Err(Refusal::AlreadyExists),
        (None, _) => return Err(Refusal::NoSuchMatter),
        (Some(motion), act) => (motion, act),
    };
    match act {
        Act::Challenge { reason, .. } => motion.challenged(&reason, at),
        Act::Judge { major, reason, .. } => motion.judge(major, reason, at),
        Act::Revise { wording, why, .. } => motion.revise(wording, why, &given, at),
        Act::PostDraft { until, .. } => motion.post_draft(until, at),
        Act::Opine { text, .. } => motion.opine(&text, &given, at),
        Act::AnswerOpinion { opinions, taken, text, .. } => motion.answer(opinions, taken, text, at),
        Act::Release { voices, shown, .. } => motion.release(voices, shown, &given, at),
        Act::Note(note) => motion.note(note, at),
        Act::RecordAssembly { version, held, .. } => motion.record(version, *held, at),
        Act::Withdraw { reason, .. } => motion.withdraw(reason, at),
        Act::Adjust { wording, why, .. } => motion.adjust(wording, why, &given, at),
        Act::Erase { voice, basis, .. } => motion.erase(voice, basis, at),
        Act::Lapse { n, .. } => match motion.duties.get(n).is_some_and(|duty| duty.is_silent(at.day)) {
            true => Ok(Fact::Lapsed { n, on: at.day }),
            false => Err(Refusal::NotYetDue),
        },
        Act::Reschedule { n, .. } => motion.duties.reschedule(n, at, |old, new| Fact::Rescheduled { n, old, new }),
        Act::Propose { .. } | Act::Emergency { .. } => unreachable!("handled above"),
    }
}

fn propose(
    matter_type: String,
    title: String,
    wording: Box<Wording>,
    source: Source,
    occurred_on: Option<Date>,
    given: &Given,
    at: &Moment<'_>,
) -> Result<Fact, Refusal> {
    let on = occurred_on.unwrap_or(at.day);
    at.must_run(on)?;
    not_too_old(on, at)?;
    limit::public_text("title", &title, limit::TITLE)?;
    let class = classed(&matter_type, &wording, None, on, given, at)?;
    match &source {
        Source::Secretary => {}
        Source::Petition { names, note } => {
            limit::public_text("note", note, limit::TEXT)?;
            if *names == 0 {
                return Err(Refusal::Missing { field: "names" });
            }
        }
        Source::Suggestion { .. } => {
            let suggestion = given.suggestion.as_ref().ok_or(Refusal::NoSuchMatter)?;
            if suggestion.answers.last().is_none_or(|answer| answer.kind != AnswerKind::Adopt) {
                return Err(Refusal::NotAdopted);
            }
        }
    }
    Ok(Fact::Proposed { matter_type, title, wording, source, class: Box::new(class), on, entered: at.day })
}

fn declare(
    matter_type: String,
    title: String,
    wording: Box<Wording>,
    leaders: Vec<MatterId>,
    given: &Given,
    at: &Moment<'_>,
) -> Result<Fact, Refusal> {
    at.must_run(at.day)?;
    limit::public_text("title", &title, limit::TITLE)?;
    let class = classed(&matter_type, &wording, None, at.day, given, at)?;
    let least = at.number(RATIFY, "leaders")?;
    let others: BTreeSet<MatterId> = leaders.iter().copied().filter(|leader| Some(*leader) != at.by.person()).collect();
    let sit = others.len() == leaders.len() && others.iter().all(|leader| given.team.contains(leader));
    if !sit || others.len() < least as usize {
        return Err(Refusal::LeadersMissing { least });
    }
    let ratify = at.days_term(RATIFY, at.day)?;
    Ok(Fact::Declared { matter_type, title, wording, class: Box::new(class), leaders, on: at.day, ratify })
}

/// Refuses a wording that cannot be published or carried out, and classes it by the rules of that day.
fn classed(kind: &str, wording: &Wording, fixed: Option<Fixed>, on: Date, given: &Given, at: &Moment<'_>) -> Result<Class, Refusal> {
    limit::public_text("text", &wording.text, limit::NOTICE)?;
    limit::public_text("reasons", &wording.reasons, limit::TEXT)?;
    limit::public_text("basis", &wording.basis, limit::TEXT)?;
    if wording.figures.amount.is_some_and(i64::is_negative) {
        return Err(Refusal::BelowZero { field: "amount" });
    }
    if let Some(deadline) = wording.deadline.filter(|deadline| *deadline < on) {
        return Err(Refusal::DaysOutOfOrder { first: on, then: deadline });
    }
    if let Some(minute) = &wording.discussed {
        limit::public_text("number", &minute.number, limit::MARK)?;
        if minute.on > at.day {
            return Err(Refusal::DayAhead { day: minute.on });
        }
    }
    let body = given.body.as_ref().filter(|body| body.exists(at.day)).ok_or(Refusal::NoSuchBody)?;
    let class = Class::on(kind, &wording.figures, fixed, on, at)?;
    match class.carried_out_by.contains(&body.kind) {
        true => Ok(class),
        false => Err(Refusal::WrongBody),
    }
}

/// What happened on paper may be entered afterwards (补录), but not for ever.
pub(super) fn not_too_old(on: Date, at: &Moment<'_>) -> Result<(), Refusal> {
    if on > at.day {
        return Err(Refusal::DayAhead { day: on });
    }
    let back = i64::from(at.number("meet.motion.propose", "most_days_back")?);
    let earliest = at.day.checked_sub(Span::new().days(back)).map_err(|_| Refusal::CalendarEnds { day: at.day })?;
    match on < earliest {
        true => Err(Refusal::DayTooOld { day: on, earliest }),
        false => Ok(()),
    }
}

impl Motion {
    /// The class by the rules of a day.
    pub fn class_on(&self, day: Date, at: &Moment<'_>) -> Result<Class, Refusal> {
        Class::on(&self.matter_type, &self.wording().figures, self.fixed, day, at)
    }

    /// Whoever thinks that it is classed wrongly says so before it is decided; or, once the teams decided it as daily
    /// work, within the days of the rule.
    fn challenged(&self, reason: &Personal, at: &Moment<'_>) -> Result<Fact, Refusal> {
        limit::text("reason", reason.text(), limit::TEXT)?;
        match &self.end {
            Some(End::Resolved { on, daily: true }) if at.day <= at.days_after(JUDGE, "challenge_days", *on)? => {}
            Some(End::Resolved { .. }) => return Err(Refusal::Decided),
            Some(_) => return Err(Refusal::Closed),
            None => {}
        }
        match self.class.reason {
            Reason::Listed | Reason::Changes => return Err(Refusal::ListedMajor),
            _ if self.challenge().is_some() => return Err(Refusal::ChallengeOpen),
            _ if self.fixed.is_some() => return Err(Refusal::AlreadyJudged),
            _ => {}
        }
        self.room_for_a_voice()?;
        let (text, author) = (at.refer("voice", reason.text()), at.person_ref());
        Ok(Fact::Challenged { text, author, on: at.day, judge: at.term(JUDGE, at.day)?, release: self.term_unless_pending(RELEASE, at)? })
    }

    fn judge(&self, major: bool, reason: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        self.challenge().ok_or(Refusal::NoChallenge)?;
        limit::public_text("reason", &reason, limit::TEXT)?;
        let class = Class::on(&self.matter_type, &self.wording().figures, Some(Fixed::Judged(major)), at.day, at)?;
        // By the rules of today the clause may list it: then there is nothing left to find.
        let falls = match self.end {
            Some(End::Resolved { daily: true, .. }) if class.major => Some(self.version()),
            _ => None,
        };
        Ok(Fact::Judged { major: class.major, reason, class: Box::new(class), falls, on: at.day })
    }

    /// Words may be improved until the decision; whatever else changes begins anew.
    fn revise(&self, wording: Box<Wording>, why: String, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        match self.phase() {
            Phase::Resolved | Phase::Emergency => return Err(Refusal::Decided),
            Phase::Withdrawn => return Err(Refusal::Closed),
            _ => {}
        }
        limit::public_text("why", &why, limit::TEXT)?;
        let now = self.wording();
        let same = (wording.figures, wording.body, wording.deadline) == (now.figures, now.body, now.deadline);
        let fixed = self.fixed.filter(|fixed| same || *fixed == Fixed::Changes);
        let class = classed(&self.matter_type, &wording, fixed, at.day, given, at)?;
        let anew = !same || class.major != self.class.major || matches!(self.end, Some(End::Rejected { .. }));
        let until = match self.draft.filter(|_| !anew && wording.text != now.text) {
            Some(draft) => Some(draft.until.max(at.days_after(DRAFT, "revised_days", at.day)?)),
            None => None,
        };
        Ok(Fact::Revised { wording, why, class: Box::new(class), anew, until, on: at.day })
    }

    fn post_draft(&self, until: Option<Date>, at: &Moment<'_>) -> Result<Fact, Refusal> {
        match self.phase() {
            Phase::Consulted => {}
            Phase::Proposed => return Err(Refusal::NotConsulted),
            Phase::Posted => return Err(Refusal::AlreadyPublished),
            Phase::Withdrawn | Phase::Rejected => return Err(Refusal::Closed),
            Phase::Deliberated | Phase::Awaiting | Phase::Resolved | Phase::Emergency => return Err(Refusal::Decided),
        }
        let days = self.class_on(at.day, at)?.draft_days;
        let least = calendar_days_after(at.day, days).map_err(|_| Refusal::CalendarEnds { day: at.day })?;
        match until.unwrap_or(least) {
            until if until < least => Err(Refusal::DraftTooShort { until: least }),
            until => Ok(Fact::DraftPosted { version: self.version(), since: at.day, until }),
        }
    }

    fn opine(&self, text: &Personal, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        limit::text("text", text.text(), limit::TEXT)?;
        let draft = self.draft.filter(|_| self.end.is_none()).ok_or(Refusal::DraftNotPosted)?;
        if at.day > draft.until || self.deliberated.is_some() {
            return Err(Refusal::DraftOver);
        }
        if at.by.person().is_some_and(|person| given.speakers.contains(&person)) {
            return Err(Refusal::AlreadyOpined);
        }
        self.room_for_a_voice()?;
        let (answer, release) = (self.term_unless_pending(ANSWER, at)?, self.term_unless_pending(RELEASE, at)?);
        Ok(Fact::Opined { text: at.refer("voice", text.text()), author: at.person_ref(), on: at.day, answer, release })
    }

    fn answer(&self, opinions: Vec<u32>, taken: bool, text: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        limit::public_text("text", &text, limit::TEXT)?;
        for voice in self.several("opinions", &opinions)? {
            match (voice.about, &voice.reply) {
                (About::Class, _) => return Err(Refusal::NoSuchNumber { field: "opinions" }),
                (About::Draft, Some(_)) => return Err(Refusal::AlreadyAnswered),
                (About::Draft, None) => {}
            }
        }
        Ok(Fact::Answered { opinions, taken, text, on: at.day })
    }

    fn release(&self, voices: Vec<u32>, shown: Shown, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        let meant = self.several("voices", &voices)?;
        if meant.iter().any(|voice| voice.shown.is_some() || voice.erased.is_some()) {
            return Err(Refusal::AlreadyReleased);
        }
        match &shown {
            Shown::Whole => given.words.iter().try_for_each(|words| limit::public_text("text", words, limit::TEXT))?,
            Shown::Edited { .. } if voices.len() > 1 => return Err(Refusal::TooMany { field: "voices", limit: 1 }),
            Shown::Edited { text } => limit::public_text("text", text, limit::TEXT)?,
            Shown::Withheld { reason } => limit::public_text("reason", reason, limit::TEXT)?,
        }
        let texts = meant.iter().map(|voice| voice.text).collect();
        Ok(Fact::Released { voices, texts, shown, on: at.day })
    }

    fn withdraw(&self, reason: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        limit::public_text("reason", &reason, limit::TEXT)?;
        match self.phase() {
            Phase::Resolved | Phase::Emergency => Err(Refusal::Decided),
            Phase::Withdrawn => Err(Refusal::Closed),
            _ => Ok(Fact::Withdrawn { reason, on: at.day }),
        }
    }

    /// Only what is decided is adjusted; it holds until the new vote. What was decided as 重大 is not changed as daily work.
    fn adjust(&self, wording: Box<Wording>, why: String, given: &Given, at: &Moment<'_>) -> Result<Fact, Refusal> {
        limit::public_text("why", &why, limit::TEXT)?;
        if self.in_force.is_none() || self.end.is_none() {
            return Err(Refusal::NotDecided);
        }
        let fixed = self.class.major.then_some(Fixed::Changes);
        let class = classed(&self.matter_type, &wording, fixed, at.day, given, at)?;
        Ok(Fact::Adjusted { wording, why, class: Box::new(class), on: at.day })
    }

    fn erase(&self, voice: u32, basis: String, at: &Moment<'_>) -> Result<Fact, Refusal> {
        limit::public_text("basis", &basis, limit::TEXT)?;
        let meant = self.voices.get(voice as usize).ok_or(Refusal::NoSuchNumber { field: "voice" })?;
        if meant.erased.is_some() {
            return Err(Refusal::Closed);
        }
        let gone = std::iter::once(meant.text).chain(meant.author).collect();
        Ok(Fact::Erased { voice, gone, basis, on: at.day })
    }

    /// The voices of these numbers, each named once.
    fn several(&self, field: &'static str, numbers: &[u32]) -> Result<Vec<&Voice>, Refusal> {
        let once: BTreeSet<u32> = numbers.iter().copied().collect();
        if once.is_empty() || once.len() != numbers.len() {
            return Err(Refusal::Missing { field });
        }
        numbers.iter().map(|n| self.voices.get(*n as usize).ok_or(Refusal::NoSuchNumber { field })).collect()
    }

    fn room_for_a_voice(&self) -> Result<(), Refusal> {
        match self.voices.len() < limit::VOICES {
            true => Ok(()),
            false => Err(Refusal::TooMany { field: "opinions", limit: limit::VOICES }),
        }
    }

    /// One term at a time: it runs from the first word that waits.
    fn term_unless_pending(&self, rule: &'static str, at: &Moment<'_>) -> Result<Option<Term>, Refusal> {
        match self.duties.pending(rule) {
            Some(_) => Ok(None),
            None => at.term(rule, at.day).map(Some),
        }
    }
}
