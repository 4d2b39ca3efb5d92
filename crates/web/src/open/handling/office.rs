//! 分派和公布 Routing and releasing: naming who answers, and looking through the sender's own text before everybody reads it.

use super::{about, id, page_of, read};
use crate::ask::{Ask, Reply};
use crate::look::tasks::{ReleaseTask, RouteTask, Task};
use crate::look::{Choice, Text};
use crate::open::suggestion::short_body;
use crate::problem::Problem;
use crate::site::Site;
use crate::staff::Staff;
use crate::words::{self, masks, task};
use app::Failure;
use app::read::matter::SuggestionPage;
use law::open::suggestion::{Act, RELEASE, ROUTE, Shown, Stage, Suggestion};
use law::{AnyAct, MatterId, Refusal};

/// Bodies with their heads, as choices: 居委会 · 主任 林伟棠.
pub fn bodies(staff: &Staff<'_>, picked: &str) -> Result<Vec<Choice>, Problem> {
    let mut all = Vec::new();
    for staffed in app::read::people::bodies(&staff.site.house, staff.unit.code, staff.site.today())? {
        if let Some((head, _)) = staffed.posts.iter().find(|(post, _)| post.kind.is_head()) {
            let id = staffed.body.id.to_string();
            let label = format!("{}\u{a0}· {} {}", short_body(&staffed.body.name), words::post::kind(head.kind), head.name);
            all.push(Choice::new(&id, &label, picked == id));
        }
    }
    Ok(all)
}

/// The form that names who answers.
pub fn route_task(staff: &Staff<'_>, read: &SuggestionPage, refused: Option<&Refusal>) -> Result<Task, Problem> {
    let now = read.state.responsible.map_or_else(String::new, |r| r.body.to_string());
    Ok(Task::Route(RouteTask { a: about(staff, read, "分派", ROUTE, refused, &[]), to: bodies(staff, &staff.typed("to", now))? }))
}

/// GET `route`.
pub fn route_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let read = read(&staff, id(&staff)?)?;
    staff.must::<Suggestion>(&Act::Route { suggestion: read.state.id, body: read.state.id })?;
    match read.state.stage() {
        Stage::Waiting => staff.task("分派", route_task(&staff, &read, None)?, None),
        _ => Ok(Reply::see(&page_of(&staff, read.state.id))),
    }
}

/// POST `route`.
pub fn route(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let suggestion = id(&staff)?;
    let body = MatterId::parse(&ask.field("to")).ok_or(Refusal::Missing { field: "to" });
    let act = body.map(|body| Act::Route { suggestion, body });
    finish(&staff, suggestion, "route", act, |read, refusal| Ok(("分派", route_task(&staff, read, Some(refusal))?)))
}

/// The form by which a person looks through the sender's text.
pub fn release_task(staff: &Staff<'_>, read: &SuggestionPage, refused: Option<&Refusal>) -> Task {
    let a = about(staff, read, "公布原文", RELEASE, refused, &[("text", "shown"), ("reason", "why")]);
    let whole = match &a.text {
        Text::Shown(text) => text.clone(),
        _ => String::new(),
    };
    let (shown, found) = masks::mask(&whole);
    let how = staff.typed("how", if found.is_empty() { "whole" } else { "mask" });
    let why = staff.typed("why", "");
    Task::Release(ReleaseTask {
        a,
        shown: staff.typed("shown", shown),
        found,
        how,
        grounds: task::GROUNDS.iter().map(|(code, word)| Choice::new(code, word, why == *code)).collect(),
    })
}

/// GET `release`.
pub fn release_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let read = read(&staff, id(&staff)?)?;
    staff.must::<Suggestion>(&Act::Release { suggestion: read.state.id, shown: Shown::Whole })?;
    match read.state.shown.is_some() || read.state.erased.is_some() {
        true => Ok(Reply::see(&page_of(&staff, read.state.id))),
        false => staff.task("公布原文", release_task(&staff, &read, None), None),
    }
}

/// POST `release`.
pub fn release(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let suggestion = id(&staff)?;
    let shown = match ask.field("how").as_str() {
        "whole" => Ok(Shown::Whole),
        "mask" => Ok(Shown::Edited { text: ask.field("shown") }),
        "withhold" => {
            let why = ask.field("why");
            let ground = task::GROUNDS.iter().find(|(code, _)| *code == why);
            ground.map(|(_, word)| Shown::Withheld { reason: (*word).to_owned() }).ok_or(Refusal::Missing { field: "why" })
        }
        _ => Err(Refusal::Missing { field: "how" }),
    };
    let act = shown.map(|shown| Act::Release { suggestion, shown });
    finish(&staff, suggestion, "release", act, |read, refusal| Ok(("公布原文", release_task(&staff, read, Some(refusal)))))
}

/// Does the act; a refusal shows the form again with what was typed.
fn finish(
    staff: &Staff<'_>,
    id: MatterId,
    said: &str,
    act: Result<Act, Refusal>,
    again: impl Fn(&SuggestionPage, &Refusal) -> Result<(&'static str, Task), Problem>,
) -> Result<Reply, Problem> {
    let enact = |act| staff.site.house.enact(staff.unit.code, staff.asked(AnyAct::Suggestion(act)));
    match act.map_err(Failure::from).and_then(enact) {
        Ok(done) => Ok(staff.done(said, done)),
        Err(Failure::Refused(refusal)) => {
            let (title, task) = again(&read(staff, id)?, &refusal)?;
            staff.task(title, task, Some(&refusal))
        }
        Err(failure) => Err(failure.into()),
    }
}
