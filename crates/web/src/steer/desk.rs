//! 工作台 Desk: what an office-holder owes today, by last day; the most overdue stands open with its form.

use super::cadence;
use crate::ask::{Ask, Reply};
use crate::look::desk::{Desk, DoneRow, Owed, Tool};
use crate::look::period::Gaps;
use crate::look::tasks::Task;
use crate::look::{Chip, Frame, Me, Tone, page, way};
use crate::meet::{deed, owed as meetings};
use crate::open::find::broken;
use crate::open::handling::{answer, chip, office};
use crate::open::suggestion::{self, mark};
use crate::open::{handling, notice_form};
use crate::problem::Problem;
use crate::router::{Route, show};
use crate::site::Site;
use crate::staff::{self, Staff};
use crate::{frame, words};
use app::prepare;
use app::read::Names;
use app::read::desk::{Desk as Read, Item, Missed, Written};
use app::read::matter::Page;
use jiff::civil::Date;
use law::meet::SittingKind;
use law::open::notice::{Act as NoticeAct, Notice, PAPER};
use law::open::suggestion::{ANSWER, Act as SuggestionAct, RELEASE, ROUTE, Suggestion};
use law::steer::cadence::{Act as PeriodAct, BOX, Cadence};
use law::unit::Level;
use law::{AnyAct, MatterId, Personal, PostKind};
use store::draft::Draft;

/// The route of the desk itself; its forms have theirs.
pub const ROUTES: &[Route] = &[show("/desk", show_desk)];

/// `/desk`; `?open={unit}-{matter}` opens another thing than the most overdue.
fn show_desk(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let signed = ask.visitor.official()?;
    let home = signed.unit.and_then(|unit| site.house.units.get(unit)).ok_or(Problem::NotFound)?;
    let desk = match home.level {
        Level::Town | Level::City => above(site, ask, home)?,
        _ => match Staff::of(site, ask, home, true) {
            Ok(staff) => of_village(&staff)?,
            // Whose posts have all ended has an empty desk.
            Err(Problem::NotFound) => empty(frame::bare(site, ask, "工作台")),
            Err(problem) => return Err(problem),
        },
    };
    Ok(Reply::html(page(&desk).map_err(broken)?))
}

fn empty(f: Frame) -> Desk {
    Desk {
        f,
        open: None,
        now: Vec::new(),
        later: Vec::new(),
        owed: 0,
        coming: 0,
        gaps: Gaps::default(),
        done: Vec::new(),
        tools: Vec::new(),
        next: None,
    }
}

fn tool(label: &str, href: String) -> Tool {
    Tool { label: label.into(), href }
}

/// Officers above the villages owe nothing here: they look over all of them.
fn above(site: &Site, ask: &Ask, home: &law::unit::Unit) -> Result<Desk, Problem> {
    let reader = ask.visitor.reader(site, home.code)?;
    let code = home.code.to_string();
    let mut tools = vec![tool("看总览", way::town(&code))];
    if reader.offices.iter().any(|office| office.kind == PostKind::TownDiscipline) {
        tools.push(tool("看群众举报", way::reports(&code, "")));
    }
    Ok(Desk { tools, ..empty(frame::bare(site, ask, "工作台")) })
}

fn of_village(staff: &Staff<'_>) -> Result<Desk, Problem> {
    let (site, unit, today) = (staff.site, staff.unit, staff.site.today());
    let read = app::read::desk::read(&site.house, unit.code, &staff.reader)?;
    let items: Vec<&Item> = read.items.iter().filter(|item| stands(staff, &read, item)).collect();
    let asked = staff.ask.query("open").rsplit('-').next().and_then(MatterId::parse);
    let chosen = items.iter().position(|item| asked == Some(item.owed.matter));
    let chosen = chosen.or_else(|| items.first().filter(|item| item.owed.due <= today).map(|_| 0));
    let open = chosen.map(|n| form(staff, items[n])).transpose()?.flatten();
    let rest = items.iter().enumerate().filter(|(n, _)| open.is_none() || Some(*n) != chosen).map(|(_, item)| row(staff, item));
    let (mut now, later): (Vec<Owed>, Vec<Owed>) = rest.partition(|owed| owed.due <= today);
    let due = items.iter().filter(|item| item.owed.due <= today).count() as i64;
    let waiting: Vec<Owed> = read.drafts.iter().filter_map(|draft| drafted(staff, draft)).collect();
    let votes = votes(staff)?;
    let owed = due + (waiting.len() + votes.len()) as i64;
    now.splice(0..0, votes.into_iter().chain(waiting));
    let me = Me { name: staff.signed.name.clone(), post: Some(post(staff, &read.names)), desk: true };
    let f = frame::bare(site, staff.ask, "工作台");
    Ok(Desk {
        f: Frame { me: Some(me), done: frame::done(site, staff.ask, unit), ..f },
        open,
        now,
        later,
        owed,
        coming: items.len() as i64 - due,
        gaps: gaps(staff, &read),
        done: done(staff)?,
        tools: tools(staff),
        next: None,
    })
}

/// 北栅社区党工委书记、居委会主任
fn post(staff: &Staff<'_>, names: &Names) -> String {
    format!("{}{}", staff.unit.short_name(), staff::title(staff, names))
}

/// A thing may stand on the desk twice, as what is owed and as what it waits for.
fn stands(staff: &Staff<'_>, read: &Read, item: &Item) -> bool {
    if item.decision.is_some() {
        // What a clerk cannot do does not stand on the clerk's desk.
        let due = deed::due(&item.owed.kind, &item.owed.rule);
        return due.is_none_or(|(_, word)| deed::may(staff, &item.owed.kind, item.owed.matter, word));
    }
    let unrouted = item.suggestion.as_ref().is_some_and(|listed| listed.state.responsible.is_none());
    match item.owed.rule.as_str() {
        ANSWER if unrouted => {
            let routing = read.items.iter().any(|other| other.owed.matter == item.owed.matter && other.owed.rule == ROUTE);
            !routing && !staff.is_clerk()
        }
        _ => true,
    }
}

/// Weeks that passed in silence: they can only be explained, so they stand folded below what can still be done.
fn gaps(staff: &Staff<'_>, read: &Read) -> Gaps {
    let explain = |missed: &Missed| format!("{}?from=desk", way::act(&staff.code(), &missed.id.to_string(), "explain"));
    cadence::gaps(&read.gaps, explain)
}

/// What has to be done about a thing: the word of the button, and the last part of its address.
struct Deed {
    verb: &'static str,
    way: &'static str,
    prepared: bool,
}

fn deed_of(staff: &Staff<'_>, item: &Item) -> Option<Deed> {
    if item.decision.is_some() {
        return deed::due(&item.owed.kind, &item.owed.rule).map(|(verb, way)| Deed { verb, way, prepared: false });
    }
    let plain = |verb, way| Some(Deed { verb, way, prepared: false });
    let responsible = item.suggestion.as_ref().and_then(|listed| listed.state.responsible);
    match (item.owed.rule.as_str(), responsible) {
        (ANSWER, None) | (ROUTE, _) => plain("分派", "route"),
        (ANSWER, Some(r)) if staff.heads(r.body) && item.draft.is_some() => {
            Some(Deed { verb: "确认", way: "confirm-answer", prepared: true })
        }
        (ANSWER, Some(r)) if staff.heads(r.body) => plain("答复", "answer"),
        (ANSWER, _) => plain("拟答复", "prepare"),
        (RELEASE, _) => plain("公布原文", "release"),
        (PAPER, _) => plain("张贴", "paper"),
        (BOX, _) => plain("开箱", ""),
        (rule, _) => meetings::verb(rule).and_then(|verb| plain(verb, "")),
    }
}

fn heading(staff: &Staff<'_>, item: &Item, verb: &str) -> String {
    if let Some(title) = &item.decision {
        return format!("{verb}：{title}");
    }
    match (&item.suggestion, &item.notice, &item.cadence) {
        (Some(listed), ..) => handling::title(verb, &listed.state, &listed.words),
        (_, Some(notice), _) => format!("{verb}：{}", notice.now().title),
        (.., Some(period)) => cadence::due(period),
        _ => {
            let sitting = item.sitting.map_or_else(String::new, |(kind, day)| held(staff, kind, day));
            meetings::heading(&item.owed.rule, &sitting).unwrap_or_else(|| verb.to_owned())
        }
    }
}

/// 11月24日班子联席会议
fn held(staff: &Staff<'_>, kind: SittingKind, day: Date) -> String {
    format!("{}{}", words::in_year(day), words::room::kind(kind, &frame::place(staff.site, staff.unit)))
}

/// Ballots that are open now and wait for this person's own paper, as anybody's who has a seat there.
fn votes(staff: &Staff<'_>) -> Result<Vec<Owed>, Problem> {
    let today = staff.site.today();
    let asked = crate::meet::vote::asked(staff.site, staff.unit, &staff.reader)?;
    let row = |(href, said): (String, String)| {
        let (title, chip) = (format!("请您表决：{said}"), Chip::new(Tone::Soon, "正在表决"));
        Owed { title, place: String::new(), chip, due: today, verb: "表决".into(), href, prepared: false }
    };
    Ok(asked.into_iter().map(row).collect())
}

fn row(staff: &Staff<'_>, item: &Item) -> Owed {
    let deed = deed_of(staff, item).unwrap_or(Deed { verb: "看一看", way: "", prepared: false });
    let (code, id) = (staff.code(), item.owed.matter.to_string());
    let href = match (item.owed.rule.as_str(), deed.way) {
        (BOX, "") => format!("{}?week={}", way::open_box(&code), item.owed.opened),
        (rule, "") if meetings::verb(rule).is_some() => meetings::way_of(rule, &code, &id),
        (_, "") => way::matter(&code, &id),
        (_, act) => way::act(&code, &id, act),
    };
    let title = heading(staff, item, if deed.prepared { "答复" } else { deed.verb });
    let chip = chip(staff.site, item.owed.due);
    Owed { title, place: String::new(), chip, due: item.owed.due, verb: deed.verb.into(), href, prepared: deed.prepared }
}

/// The form of a thing, as it stands open.
fn form(staff: &Staff<'_>, item: &Item) -> Result<Option<Task>, Problem> {
    let Some(deed) = deed_of(staff, item) else { return Ok(None) };
    if meetings::verb(&item.owed.rule).is_some() {
        return Ok(None);
    }
    if item.decision.is_some() {
        let page =
            app::read::matter::page(&staff.site.house, staff.unit.code, item.owed.matter, &staff.reader)?.ok_or(Problem::NotFound)?;
        return Ok(Some(Task::Deed(deed::deed(staff, deed.way, &page, None)?.1)));
    }
    if let Some(notice) = &item.notice {
        let step = steps(staff, item.owed.matter)?;
        return Ok(Some(notice_form::paper_task(staff, notice, step, item.seq, None)?));
    }
    if let Some(period) = &item.cadence {
        return Ok(Some(cadence::box_task(staff, period, item.seq, None)?));
    }
    let read = handling::read(staff, item.owed.matter)?;
    Ok(Some(match (deed.way, &item.draft) {
        ("route", _) => office::route_task(staff, &read, None)?,
        ("release", _) => office::release_task(staff, &read, None),
        ("confirm-answer", Some(draft)) => answer::confirm_task(staff, &read, draft, None)?,
        _ => answer::task(staff, &read, None)?,
    }))
}

/// The number of a matter's last step.
fn steps(staff: &Staff<'_>, id: MatterId) -> Result<i64, Problem> {
    let page = app::read::matter::page(&staff.site.house, staff.unit.code, id, &staff.reader)?;
    let all = match page {
        Some(Page::Suggestion(read)) => read.steps.len(),
        Some(Page::Notice(read)) => read.1.len(),
        Some(Page::Cadence(read)) => read.1.len(),
        _ => 0,
    };
    Ok(all as i64 - 1)
}

/// A notice or correction that a clerk prepared: nothing that is owed, but it waits.
fn drafted(staff: &Staff<'_>, draft: &Draft) -> Option<Owed> {
    let AnyAct::Notice(act) = prepare::act(draft).ok()? else { return None };
    let (title, path) = match act {
        NoticeAct::Publish { title, .. } => (format!("公告：{title}"), way::new_notice(&staff.code())),
        NoticeAct::Correct { title, notice, .. } => (format!("更正：{title}"), way::act(&staff.code(), &notice.to_string(), "correct")),
        _ => return None,
    };
    let at = jiff::Timestamp::from_microsecond(draft.at).ok()?;
    Some(Owed {
        title,
        place: String::new(),
        chip: Chip::new(Tone::Doing, "等您确认"),
        due: law::moment::civil_day(at),
        verb: "看一看".into(),
        href: format!("{path}?draft={}", draft.id),
        prepared: true,
    })
}

/// What else this person's posts allow to begin.
fn tools(staff: &Staff<'_>) -> Vec<Tool> {
    let (code, day, id) = (staff.code(), staff.site.today(), MatterId::named("any"));
    let mut tools = Vec::new();
    if staff.may::<Suggestion>(&any_slip()) {
        tools.push(tool("登记一条意见", way::register(&code)));
    }
    if staff.may::<Cadence>(&PeriodAct::Done { cadence: id, on: day, count: 0, witnesses: Vec::new() }) {
        tools.push(tool("开意见箱", way::open_box(&code)));
    }
    let any = NoticeAct::Correct { notice: id, title: String::new(), text: String::new(), why: String::new() };
    if staff.may::<Notice>(&any) {
        tools.push(tool("发公告", way::new_notice(&code)));
    } else if staff.is_clerk() {
        tools.push(tool("拟公告", way::new_notice(&code)));
    }
    if crate::meet::weekly::may(staff) {
        tools.push(tool("记本周班子会", way::weekly(&code)));
    }
    tools.push(tool("会议日历", way::meetings(&code)));
    if deed::may(staff, "motion", id, "drop") {
        tools.push(tool("提议", way::propose(&code)));
        tools.push(tool("紧急先办", way::emergency(&code)));
    }
    tools.push(tool("执行台账", way::ledger(&code)));
    tools.push(tool("看全部意见", way::voices(&code)));
    tools.push(tool("看公开栏", way::board(&code)));
    tools
}

fn any_slip() -> SuggestionAct {
    let text = Personal(String::new());
    let channel = law::open::suggestion::Channel::Box;
    SuggestionAct::Submit { text, channel, intake: None, name: None, contact: None, body: None, about_work: false }
}

/// What was done today, newest first.
fn done(staff: &Staff<'_>) -> Result<Vec<DoneRow>, Problem> {
    let Some(person) = staff.actor.person() else { return Ok(Vec::new()) };
    let today: Date = staff.site.today();
    let sealed = app::read::record::sealed(&staff.site.house, staff.unit.code)?;
    let mut rows = Vec::new();
    for written in app::read::desk::done_on(&staff.site.house, staff.unit.code, person, today)? {
        let Some(word) = words::done::fact(&written.kind, &written.fact) else { continue };
        rows.push(DoneRow {
            title: format!("{word}：{}", named(staff, &written)?),
            href: way::matter(&staff.code(), &written.matter.to_string()),
            mark: mark(staff.unit, written.seq, written.seq < sealed),
        });
    }
    Ok(rows)
}

/// What a matter is called.
fn named(staff: &Staff<'_>, written: &Written) -> Result<String, Problem> {
    Ok(match app::read::matter::page(&staff.site.house, staff.unit.code, written.matter, &staff.reader)? {
        Some(Page::Suggestion(read)) => suggestion::title(&read.words).unwrap_or_else(|| "一条意见".into()),
        Some(Page::Notice(read)) => read.0.now().title.clone(),
        Some(Page::Cadence(read)) => cadence::due(&read.0),
        Some(Page::Motion(read)) => read.state.title.clone(),
        Some(Page::Resolution(read)) => read.resolved.state.issue.title.clone(),
        Some(Page::Task(read)) => read.work.state.title.clone(),
        Some(Page::Sitting(read)) => held(staff, read.state.kind, read.state.day),
        Some(Page::Ballot(read)) => {
            format!("{}{}", held(staff, read.room.state.kind, read.state.day), words::room::nth(read.state.item))
        }
        _ => "一件事".into(),
    })
}
