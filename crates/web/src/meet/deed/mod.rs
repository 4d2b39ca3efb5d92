//! 办一步 The forms of the acts on a motion, a resolution or a task: one word of the address for each, the same handler for all.

pub mod motion;
pub mod resolution;
pub mod task;

use crate::ask::{Ask, Reply};
use crate::look::chain::Button;
use crate::look::deed::{Deed, Field};
use crate::look::tasks::Task;
use crate::look::{Refused, Text, way};
use crate::open::suggestion::mark;
use crate::problem::Problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::staff::Staff;
use crate::words::decision;
use app::Failure;
use app::read::Reader;
use app::read::matter::Page;
use law::unit::Unit;
use law::{AnyAct, Duties, Matter, MatterId, Refusal};

/// The routes of all these forms.
pub const ROUTES: &[Route] = &[
    show("/u/{unit}/m/{id}/challenge", form),
    take("/u/{unit}/m/{id}/challenge", send),
    show("/u/{unit}/m/{id}/judge", form),
    take("/u/{unit}/m/{id}/judge", send),
    show("/u/{unit}/m/{id}/revise", form),
    take("/u/{unit}/m/{id}/revise", send),
    show("/u/{unit}/m/{id}/draft", form),
    take("/u/{unit}/m/{id}/draft", send),
    show("/u/{unit}/m/{id}/opine", form),
    take("/u/{unit}/m/{id}/opine", send),
    show("/u/{unit}/m/{id}/reply", form),
    take("/u/{unit}/m/{id}/reply", send),
    show("/u/{unit}/m/{id}/look", form),
    take("/u/{unit}/m/{id}/look", send),
    show("/u/{unit}/m/{id}/assembly", form),
    take("/u/{unit}/m/{id}/assembly", send),
    show("/u/{unit}/m/{id}/drop", form),
    take("/u/{unit}/m/{id}/drop", send),
    show("/u/{unit}/m/{id}/adjust", form),
    take("/u/{unit}/m/{id}/adjust", send),
    show("/u/{unit}/m/{id}/publish", form),
    take("/u/{unit}/m/{id}/publish", send),
    show("/u/{unit}/m/{id}/hang", form),
    take("/u/{unit}/m/{id}/hang", send),
    show("/u/{unit}/m/{id}/assign", form),
    take("/u/{unit}/m/{id}/assign", send),
    show("/u/{unit}/m/{id}/reassign", form),
    take("/u/{unit}/m/{id}/reassign", send),
    show("/u/{unit}/m/{id}/progress", form),
    take("/u/{unit}/m/{id}/progress", send),
    show("/u/{unit}/m/{id}/delay", form),
    take("/u/{unit}/m/{id}/delay", send),
    show("/u/{unit}/m/{id}/finish", form),
    take("/u/{unit}/m/{id}/finish", send),
    show("/u/{unit}/m/{id}/accept", form),
    take("/u/{unit}/m/{id}/accept", send),
    show("/u/{unit}/m/{id}/return", form),
    take("/u/{unit}/m/{id}/return", send),
    show("/u/{unit}/m/{id}/result", form),
    take("/u/{unit}/m/{id}/result", send),
    show("/u/{unit}/m/{id}/inquire", form),
    take("/u/{unit}/m/{id}/inquire", send),
    show("/u/{unit}/m/{id}/ask", form),
    take("/u/{unit}/m/{id}/ask", send),
    show("/u/{unit}/m/{id}/clarify", form),
    take("/u/{unit}/m/{id}/clarify", send),
    show("/u/{unit}/m/{id}/unsatisfied", form),
    take("/u/{unit}/m/{id}/unsatisfied", send),
];

/// Words of acts that residents do by telephone.
const RESIDENTS: [&str; 4] = ["challenge", "opine", "ask", "unsatisfied"];

/// What one form asks.
#[derive(Default)]
pub struct Sheet {
    /// What is done: 回应意见.
    pub verb: String,
    /// Sentences above it.
    pub lines: Vec<String>,
    /// A resident's words above it.
    pub voice: Option<(Text, String)>,
    /// The fields.
    pub fields: Vec<Field>,
    /// The word of the button.
    pub go: &'static str,
    /// Other ways: label and word of the address.
    pub ways: Vec<(&'static str, &'static str)>,
    /// The line under it.
    pub note: String,
    /// The rule of the duty that it meets.
    pub rule: &'static str,
}

/// The last part of an address, without its query.
fn word(ask: &Ask) -> &str {
    ask.path.split('?').next().and_then(|path| path.rsplit('/').next()).unwrap_or_default()
}

/// Which of several things in a matter the address means: `?n=`.
pub fn nth(staff: &Staff<'_>) -> Option<u32> {
    staff.ask.query("n").parse().ok()
}

/// An office-holder, or for what residents do anybody who is signed in.
fn somebody<'a>(site: &'a Site, ask: &'a Ask) -> Result<Staff<'a>, Problem> {
    if !RESIDENTS.contains(&word(ask)) {
        return Staff::at(site, ask);
    }
    let unit = crate::open::board::unit(site, ask)?;
    let signed = ask.visitor.signed()?;
    let actor = ask.visitor.actor(site, unit.code)?;
    let reader = Reader::of(&actor);
    Ok(Staff { site, ask, unit, signed, actor, reader, desk: false })
}

/// Whether a post of this reader carries an act like this one.
fn holds<M: Matter>(unit: &Unit, reader: &Reader, act: &M::Act) -> bool {
    let right = M::right(act);
    reader.offices.iter().any(|office| right.held_by_post(office, unit.code))
}

fn read(staff: &Staff<'_>) -> Result<Page, Problem> {
    crate::open::matter::read(staff.site, staff.ask, staff.unit, &staff.reader)
}

/// Whether a post of this office-holder carries the act of this word on such a kind of matter.
pub fn may(staff: &Staff<'_>, kind: &str, id: MatterId, word: &str) -> bool {
    let may = match (kind, word) {
        ("motion", _) => motion::sample(word, id).map(|act| staff.may::<law::meet::motion::Motion>(&act)),
        ("resolution", "assign") => Some(staff.may::<law::steer::task::Task>(&task::any_assignment(id))),
        ("resolution", _) => resolution::sample(word, id).map(|act| staff.may::<law::meet::resolution::Resolution>(&act)),
        ("task", _) => task::sample(word, id).map(|act| staff.may::<law::steer::task::Task>(&act)),
        _ => None,
    };
    may == Some(true)
}

/// Not found for whom no post carries the act, and for words that belong to another kind of matter.
fn must(staff: &Staff<'_>, word: &str, page: &Page) -> Result<(), Problem> {
    let (kind, id, known) = match page {
        Page::Motion(read) => ("motion", read.state.id, motion::sample(word, read.state.id).is_some()),
        Page::Resolution(read) => ("resolution", read.resolved.state.id, true),
        Page::Task(read) => ("task", read.work.state.id, task::sample(word, read.work.state.id).is_some()),
        _ => return Err(Problem::NotFound),
    };
    let resident = RESIDENTS.contains(&word) && known && kind != "resolution";
    if resident || may(staff, kind, id, word) { Ok(()) } else { Err(Problem::NotFound) }
}

fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = somebody(site, ask)?;
    let page = read(&staff)?;
    must(&staff, word(ask), &page)?;
    shown(&staff, word(ask), &page, None)
}

fn send(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = somebody(site, ask)?;
    let (page, word) = (read(&staff)?, word(ask));
    must(&staff, word, &page)?;
    let act = match &page {
        Page::Motion(read) => motion::act(&staff, word, &read.state).map(AnyAct::Motion),
        Page::Resolution(read) if word == "assign" => task::assign(&staff, &read.resolved.state).map(AnyAct::Task),
        Page::Resolution(read) => resolution::act(&staff, word, &read.resolved.state).map(AnyAct::Resolution),
        Page::Task(read) => task::act(&staff, word, &read.work.state).map(AnyAct::Task),
        _ => return Err(Problem::NotFound),
    };
    match act.map_err(Failure::from).and_then(|act| site.house.enact(staff.unit.code, staff.asked(act))) {
        Ok(done) => Ok(staff.done(word, done)),
        Err(Failure::Refused(refusal)) => shown(&staff, word, &page, Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}

fn shown(staff: &Staff<'_>, word: &str, page: &Page, refused: Option<&Refusal>) -> Result<Reply, Problem> {
    let (verb, deed) = deed(staff, word, page, refused)?;
    staff.task(&verb, Task::Deed(deed), refused)
}

/// The form of an act as it stands on its own page or open on the desk; with what is done in a word.
///
/// # Errors
/// Not found when the matter has no such act.
pub fn deed(staff: &Staff<'_>, word: &str, page: &Page, refused: Option<&Refusal>) -> Result<(String, Deed), Problem> {
    let (id, title, duties, newest, sheet) = match page {
        Page::Motion(read) => {
            let newest = read.steps.last().map(|step| (step.seq, step.sealed, read.steps.len()));
            (read.state.id, read.state.title.clone(), Some(&read.state.duties), newest, motion::sheet(staff, word, read)?)
        }
        Page::Resolution(read) => {
            let (state, steps) = (&read.resolved.state, &read.resolved.steps);
            let newest = steps.last().map(|step| (step.seq, step.sealed, steps.len()));
            let sheet = if word == "assign" { task::assigning(staff, state)? } else { resolution::sheet(staff, word, state)? };
            (state.id, state.issue.title.clone(), Some(&state.duties), newest, sheet)
        }
        Page::Task(read) => {
            let (state, steps) = (&read.work.state, &read.work.steps);
            let newest = steps.last().map(|step| (step.seq, step.sealed, steps.len()));
            (state.id, state.title.clone(), Some(&state.duties), newest, task::sheet(staff, word, &read.work)?)
        }
        _ => return Err(Problem::NotFound),
    };
    let due = duties.and_then(|duties: &Duties| duties.pending(sheet.rule)).map(|duty| duty.term.due);
    let mut keep = crate::frame::of(staff.site, staff.ask, staff.unit, "").keep("deed");
    // A new task is another matter: what its reader saw was the resolution.
    keep.step = newest.map(|(.., steps)| steps as i64 - 1).filter(|_| word != "assign" && !RESIDENTS.contains(&word));
    keep.desk = staff.desk;
    let (code, of) = (staff.code(), id.to_string());
    let query = nth(staff).map_or_else(String::new, |n| format!("?n={n}"));
    let here = |field: Field| Field { hint: decision::here(&field.hint, staff.unit.profile()), ..field };
    let fields: Vec<Field> = sheet.fields.into_iter().map(here).collect();
    let known: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let deed = Deed {
        keep,
        path: format!("{}{query}", way::act(&code, &of, word)),
        title: format!("{}：{title}", sheet.verb),
        chip: due.map(|due| crate::open::handling::chip(staff.site, due)),
        due,
        mark: newest.map(|(seq, sealed, _)| mark(staff.unit, seq, sealed)),
        today: staff.site.today(),
        about: way::matter(&code, &of),
        lines: sheet.lines.iter().map(|line| decision::here(line, staff.unit.profile())).collect(),
        voice: sheet.voice,
        preview: None,
        go: vec![("", sheet.go)],
        ways: sheet.ways.into_iter().map(|(label, word)| (label.to_owned(), way::act(&code, &of, word))).collect(),
        note: sheet.note,
        refused: refused.map(|no| at_field(staff.refused(no, &[]), &known)),
        fields,
    };
    Ok((sheet.verb, deed))
}

/// What is done about a duty of a decision: the word of the button, and of the address.
pub fn due(kind: &str, rule: &str) -> Option<(&'static str, &'static str)> {
    use law::meet::{motion as of_motion, resolution as of_resolution};
    use law::steer::task as of_task;
    Some(match (kind, rule) {
        ("motion", of_motion::JUDGE) => ("裁定", "judge"),
        ("motion", of_motion::ANSWER) => ("回应", "reply"),
        ("motion" | "task", of_motion::RELEASE) => ("公布原文", "look"),
        ("resolution", of_resolution::PUBLISH | of_resolution::PUBLISH_DAILY) => ("公开", "publish"),
        ("resolution", of_resolution::ASSIGN) => ("派任务", "assign"),
        ("resolution", law::open::notice::PAPER) => ("张贴", "hang"),
        ("task", of_task::STALE) => ("报进展", "progress"),
        ("task", of_task::FINISH) => ("报办完", "finish"),
        ("task", of_task::INQUIRE) => ("过问", "inquire"),
        ("task", of_task::ACCEPT) => ("验收", "accept"),
        ("task", of_task::RESULT) => ("公布结果", "result"),
        ("task", of_task::EXPLAIN) => ("解释", "clarify"),
        _ => return None,
    })
}

/// A refusal about a day points to the form's day.
pub fn at_field(mut refused: Refused, fields: &[&str]) -> Refused {
    if refused.field.as_deref() == Some("day") && !fields.contains(&"day") {
        refused.field = ["on", "until", "due"].into_iter().find(|name| fields.contains(name)).map(str::to_owned);
    }
    refused
}

/// Buttons to those of `all` (word, label) that `may` allows, the due ones first.
pub fn buttons(unit: &Unit, id: MatterId, all: &[(&str, &str)], may: impl Fn(&str) -> bool) -> Vec<Button> {
    let href = |word: &str| way::act(&unit.code.to_string(), &id.to_string(), word);
    all.iter().filter(|(word, _)| may(word)).map(|(word, label)| Button::new(label, href(word))).collect()
}

/// 分 from what was typed in 元; none when nothing was.
///
/// # Errors
/// [`Refusal::Missing`] when it is no amount.
pub fn money(staff: &Staff<'_>, field: &'static str) -> Result<Option<i64>, Refusal> {
    staff.ask.maybe(field).map(|typed| fen(&typed).ok_or(Refusal::Missing { field })).transpose()
}

/// 分 from 元 as people write them; none when it is no amount.
pub fn fen(typed: &str) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !matches!(c, ',' | '，' | '¥' | '￥' | '元' | ' ')).collect();
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    let fen = format!("{part:0<2}");
    let known = !whole.is_empty() && digits(whole) && digits(&fen) && fen.len() == 2;
    if known { format!("{whole}{fen}").parse().ok() } else { None }
}

/// A whole number; none when nothing was typed.
///
/// # Errors
/// [`Refusal::Missing`] when it is no number.
pub fn number(staff: &Staff<'_>, field: &'static str) -> Result<Option<u32>, Refusal> {
    staff.ask.maybe(field).map(|typed| typed.parse().map_err(|_| Refusal::Missing { field })).transpose()
}

/// A day that may be left out.
///
/// # Errors
/// [`Refusal::Missing`] when it is no day.
pub fn maybe_day(staff: &Staff<'_>, field: &'static str) -> Result<Option<jiff::civil::Date>, Refusal> {
    staff.ask.maybe(field).map(|typed| typed.parse().map_err(|_| Refusal::Missing { field })).transpose()
}

/// The days of a rule as it stands today, to be put into a sentence.
pub fn days(staff: &Staff<'_>, rule: &'static str) -> String {
    staff.number(rule, "days").map_or_else(|_| String::new(), |days| days.to_string())
}

/// What was ticked of a field.
pub fn ticked<'a>(staff: &'a Staff<'_>, field: &'a str) -> impl Iterator<Item = &'a str> {
    staff.ask.form.iter().filter(move |(name, _)| name == field).map(|(_, value)| value.as_str())
}

/// 分 as it stands in a field.
pub fn yuan_typed(fen: Option<i64>) -> String {
    fen.map_or_else(String::new, |fen| if fen % 100 == 0 { (fen / 100).to_string() } else { format!("{}.{:02}", fen / 100, fen % 100) })
}
