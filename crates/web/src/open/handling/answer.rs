//! 答复 Answering: the head answers, a clerk prepares, the head confirms in one tap, and more time is taken once.

use super::{about, id, page_of, read};
use crate::ask::{Ask, Reply};
use crate::look::tasks::{AnswerTask, ConfirmTask, ExtendTask, Task};
use crate::look::{Choice, Moved, way};
use crate::open::suggestion;
use crate::problem::Problem;
use crate::site::Site;
use crate::staff::Staff;
use crate::words::{self, AnswerKind, task};
use app::Failure;
use app::prepare::{self, Confirmed};
use app::read::matter::SuggestionPage;
use law::open::suggestion::{self as law_of, ANSWER, Act, Plan, Stage};
use law::{AnyAct, Digest, DutyState, MatterId, Refusal, Term};
use store::draft::Draft;

/// What stands in an answer's form.
#[derive(Clone, Debug, Default)]
struct Typed {
    kind: Option<AnswerKind>,
    text: String,
    /// A code of [`task::REASONS`].
    reason: String,
    who: String,
    when: String,
    /// A code of [`task::destinations`].
    to: String,
}

impl Typed {
    fn of(ask: &Ask) -> Self {
        let kind = ask.field("kind");
        Self {
            kind: AnswerKind::ALL.into_iter().find(|known| known.code() == kind),
            text: ask.field("text"),
            reason: ask.field("reason"),
            who: ask.field("who"),
            when: ask.field("when"),
            to: ask.field("to"),
        }
    }

    /// What a clerk prepared, put back into the form.
    fn prepared(act: &AnyAct, destinations: &[(String, String)]) -> Self {
        let AnyAct::Suggestion(Act::Answer { kind, text, plan, .. }) = act else { return Self::default() };
        let (reason, to, text) = task::unfold(text);
        Self {
            kind: Some(suggestion::answer_kind(*kind)),
            text,
            reason: code(task::REASONS.iter().copied(), &reason),
            to: code(destinations.iter().map(|(code, word)| (code.as_str(), word.as_str())), &to),
            who: plan.as_ref().map_or_else(String::new, |plan| plan.who.clone()),
            when: plan.as_ref().map_or_else(String::new, |plan| plan.by.to_string()),
        }
    }

    fn reason_word(&self) -> &str {
        task::REASONS.iter().find(|(code, _)| *code == self.reason).map_or("", |(_, word)| word)
    }

    /// The answer as the law takes it.
    fn act(&self, suggestion: MatterId, destinations: &[(String, String)]) -> Result<Act, Refusal> {
        let kind = self.kind.ok_or(Refusal::Missing { field: "kind" })?;
        if self.text.is_empty() {
            return Err(Refusal::Missing { field: "text" });
        }
        let to = destinations.iter().find(|(code, _)| *code == self.to).map_or("", |(_, word)| word.as_str());
        let plan = self.when.parse().ok().filter(|_| !self.who.is_empty()).map(|by| Plan { who: self.who.clone(), by });
        let text = task::fold(kind, self.reason_word(), to, &self.text);
        Ok(Act::Answer { suggestion, kind: law_kind(kind), text, plan })
    }
}

/// The code of a choice by its words.
fn code<'c>(mut choices: impl Iterator<Item = (&'c str, &'c str)>, word: &str) -> String {
    choices.find(|(_, known)| *known == word).map_or_else(String::new, |(code, _)| code.to_owned())
}

fn law_kind(kind: AnswerKind) -> law_of::AnswerKind {
    match kind {
        AnswerKind::Adopt => law_of::AnswerKind::Adopt,
        AnswerKind::Decline => law_of::AnswerKind::Decline,
        AnswerKind::Explain => law_of::AnswerKind::Explain,
        AnswerKind::Transfer => law_of::AnswerKind::Refer,
    }
}

fn destinations(staff: &Staff<'_>) -> Vec<(String, String)> {
    let town = staff.unit.code.parent().and_then(|town| staff.site.house.units.get(town));
    task::destinations(town.map_or("", |town| town.name.as_str()))
}

/// Whether staff prepare here, rather than answer.
fn preparing(staff: &Staff<'_>, read: &SuggestionPage) -> Result<bool, Problem> {
    match read.state.responsible {
        Some(r) if staff.heads(r.body) => Ok(false),
        _ if staff.is_clerk() => Ok(true),
        _ => Err(Problem::NotFound),
    }
}

fn task_of(staff: &Staff<'_>, read: &SuggestionPage, typed: Typed, preparing: bool, refused: Option<&Refusal>) -> AnswerTask {
    let s = &read.state;
    let duty = s.answer_duty();
    let open = duty.state == DutyState::Open && staff.site.today() <= duty.term.due;
    let route = Act::Route { suggestion: s.id, body: s.id };
    let picked = |code: &str, chosen: &str| code == chosen;
    AnswerTask {
        a: about(staff, read, if preparing { "拟答复" } else { "答复" }, ANSWER, refused, &[]),
        preparing,
        kind: typed.kind,
        most: law::limit::TEXT as i64,
        reasons: task::REASONS.iter().map(|(code, word)| Choice::new(code, word, picked(code, &typed.reason))).collect(),
        to: destinations(staff).iter().map(|(code, word)| Choice::new(code, word, picked(code, &typed.to))).collect(),
        text: typed.text,
        who: typed.who,
        when: typed.when,
        mask_hint: read.words.name.as_ref().map_or_else(String::new, |_| super::sender(&read.words)),
        may_extend: !preparing && open && s.extended.is_none() && s.reopened.is_none(),
        may_route: staff.may::<law_of::Suggestion>(&route),
        preview: Vec::new(),
    }
}

/// The form to answer or prepare, as it stands open on the desk.
pub fn task(staff: &Staff<'_>, read: &SuggestionPage, draft: Option<&Draft>) -> Result<Task, Problem> {
    let typed = match draft {
        Some(draft) => Typed::prepared(&prepare::act(draft)?, &destinations(staff)),
        None => Typed::default(),
    };
    Ok(Task::Answer(task_of(staff, read, typed, preparing(staff, read)?, None)))
}

/// GET `answer`, `prepare`.
pub fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let read = read(&staff, id(&staff)?)?;
    let preparing = preparing(&staff, &read)?;
    if read.state.stage() != Stage::Waiting {
        return Ok(Reply::see(&page_of(&staff, read.state.id)));
    }
    if read.state.responsible.is_none() {
        return Ok(Reply::see(&way::act(&staff.code(), &read.state.id.to_string(), "route")));
    }
    let draft = app::read::desk::prepared(&site.house, staff.unit.code, read.state.id)?;
    staff.task(if preparing { "拟答复" } else { "答复" }, task(&staff, &read, draft.as_ref())?, None)
}

/// POST `answer`.
pub fn answer(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    submit(site, ask, false)
}

/// POST `prepare`.
pub fn prepare(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    submit(site, ask, true)
}

fn submit(site: &Site, ask: &Ask, preparing: bool) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let (id, typed) = (id(&staff)?, Typed::of(ask));
    let preview = ask.field("preview") == "yes";
    let act = typed.act(id, &destinations(&staff)).map_err(Failure::from);
    let outcome = act.and_then(|act| match (preview, preparing) {
        (true, _) => tried(&staff, &act, preparing).map(|()| Err(act)),
        (false, true) => prepare::prepare(&site.house, staff.unit.code, AnyAct::Suggestion(act), &staff.actor)
            .map(|_| Ok(staff.back(Some(id), "prepare"))),
        (false, false) => prepare::instead(&site.house, staff.unit.code, staff.asked(AnyAct::Suggestion(act)), None)
            .map(|done| Ok(staff.done("answer", done))),
    });
    let title = if preparing { "拟答复" } else { "答复" };
    match outcome {
        Ok(Ok(reply)) => Ok(reply),
        Ok(Err(act)) => {
            let task = task_of(&staff, &read(&staff, id)?, typed, preparing, None);
            staff.task(title, Task::Answer(AnswerTask { preview: public(&act), ..task }), None)
        }
        Err(Failure::Refused(refusal)) => {
            let task = task_of(&staff, &read(&staff, id)?, typed, preparing, Some(&refusal));
            staff.task(title, Task::Answer(task), Some(&refusal))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Whether the law would take it now; for a clerk, from a head.
fn tried(staff: &Staff<'_>, act: &Act, preparing: bool) -> Result<(), Failure> {
    let act = AnyAct::Suggestion(act.clone());
    match preparing {
        true => prepare::attempt_for_heads(&staff.site.house, staff.unit.code, act),
        false => prepare::attempt(&staff.site.house, staff.unit.code, act, staff.actor.clone()),
    }
}

/// The answer as the public will read it.
fn public(act: &Act) -> Vec<String> {
    let Act::Answer { text, plan, .. } = act else { return Vec::new() };
    let plan = plan.as_ref().map(|plan| format!("{}，{}前办好。", plan.who, words::day(plan.by)));
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).chain(plan).collect()
}

/// The one tap by which a head confirms what a clerk prepared.
pub fn confirm_task(staff: &Staff<'_>, read: &SuggestionPage, draft: &Draft, refused: Option<&Refusal>) -> Result<Task, Problem> {
    let act = prepare::act(draft)?;
    let AnyAct::Suggestion(Act::Answer { kind, .. }) = &act else { return Err(Problem::NotFound) };
    let AnyAct::Suggestion(answer) = &act else { return Err(Problem::NotFound) };
    let by = read.names.posts.get(&draft.prepared_by).map_or_else(|| "经办人".to_owned(), |post| post.name.clone());
    Ok(Task::Confirm(ConfirmTask {
        a: about(staff, read, "答复", ANSWER, refused, &[]),
        kind: suggestion::answer_kind(*kind),
        text: public(answer).join("\n"),
        reason: String::new(),
        by,
        prepared: prepare::digest(draft).to_string(),
    }))
}

/// GET `confirm-answer`.
pub fn confirm_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    confirming(&staff, id(&staff)?, None)
}

fn confirming(staff: &Staff<'_>, id: MatterId, refused: Option<&Refusal>) -> Result<Reply, Problem> {
    let read = read(staff, id)?;
    match app::read::desk::prepared(&staff.site.house, staff.unit.code, id)? {
        Some(draft) if !preparing(staff, &read)? => staff.task("确认答复", confirm_task(staff, &read, &draft, refused)?, refused),
        _ => match refused {
            Some(refusal) => Err(Problem::Refused(refusal.clone())),
            None => Ok(Reply::see(&way::act(&staff.code(), &id.to_string(), "answer"))),
        },
    }
}

/// POST `confirm-answer`.
pub fn confirm(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let (id, unit) = (id(&staff)?, staff.unit.code);
    let prepared = Digest::parse(&ask.field("prepared")).ok_or(Refusal::StalePage)?;
    let outcome = match ask.field("go").as_str() {
        "back" => prepare::send_back(&site.house, unit, prepared, &staff.actor).map(|()| staff.back(Some(id), "back")),
        _ => {
            let confirmed = Confirmed { by: staff.actor.clone(), key: ask.key(), seen: ask.seen() };
            prepare::confirm(&site.house, unit, prepared, confirmed).map(|done| staff.done("confirm", done))
        }
    };
    match outcome {
        Ok(reply) => Ok(reply),
        Err(Failure::Refused(refusal)) => confirming(&staff, id, Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}

fn extension(staff: &Staff<'_>, read: &SuggestionPage, refused: Option<&Refusal>) -> Result<Task, Problem> {
    let old = read.state.answer_duty().term.due;
    let days = staff.number("open.suggestion.extend", "days")?;
    let new = staff.site.house.policy().calendar().due(old, days).map_err(|_| Refusal::CalendarEnds { day: old })?;
    let term = Term { rule: ANSWER.into(), start: old, days, due: new.due, provisional: new.provisional, calendar: new.calendar };
    let moved = Moved { old, why: "负责人延期一次".into() };
    Ok(Task::Extend(ExtendTask {
        a: about(staff, read, "延期答复", ANSWER, refused, &[("text", "interim"), ("reply", "interim")]),
        why: staff.typed("why", ""),
        interim: staff.typed("interim", ""),
        due: suggestion::derivation(staff.site, &term, "到期", None, Some(moved), false),
    }))
}

/// GET `extend`.
pub fn extend_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let read = read(&staff, id(&staff)?)?;
    match read.state.responsible {
        Some(r) if staff.heads(r.body) => staff.task("延期", extension(&staff, &read, None)?, None),
        _ => Err(Problem::NotFound),
    }
}

/// POST `extend`: as many days as the rule allows, with the reason and a word on how things stand.
pub fn extend(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let id = id(&staff)?;
    let asked = || -> Result<Act, Refusal> {
        if ask.field("why").is_empty() {
            return Err(Refusal::Missing { field: "why" });
        }
        law::limit::text("interim", &ask.field("interim"), law::limit::TEXT)?;
        let days = staff.number("open.suggestion.extend", "days")?;
        Ok(Act::Extend { suggestion: id, days, reply: task::extension(&ask.field("why"), &ask.field("interim")) })
    };
    let outcome = asked().map_err(Failure::from).and_then(|act| site.house.enact(staff.unit.code, staff.asked(AnyAct::Suggestion(act))));
    match outcome {
        Ok(done) => Ok(staff.done("extend", done)),
        Err(Failure::Refused(refusal)) => staff.task("延期", extension(&staff, &read(&staff, id)?, Some(&refusal))?, Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}
