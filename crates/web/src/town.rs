//! 应办总览 The overview of a town or city: units × duties, read off the record; nobody fills in a figure, nobody is ranked.

use crate::ask::{Ask, Reply};
use crate::look::town::{Cell, Column, Panel, PanelItem, Town, UnitRow};
use crate::look::{Chip, Mark, Tone, page, way};
use crate::open::find::broken;
use crate::open::suggestion::{self, mark, short_body};
use crate::problem::Problem;
use crate::router::{Route, show};
use crate::site::Site;
use crate::{frame, words};
use app::read::town::{self as read, About, Evidence, Figures, Owed, Proof, evidence};
use app::read::{Names, Reader};
use jiff::civil::Date;
use law::UnitCode;
use law::meet::{motion, resolution, sitting};
use law::open::{notice, suggestion as law_of};
use law::steer::{cadence, task};
use law::unit::{Level, Unit};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// The routes of this file.
pub const ROUTES: &[Route] = &[show("/t/{town}", overview)];

/// Due within so many working days is soon.
const SOON: i64 = 2;
/// Duties that a panel shows.
const SHOWN: i64 = 50;

/// A column: its key, the rules, the first of which is shown, its two short lines, its name.
struct Kind {
    key: &'static str,
    rules: &'static [&'static str],
    head: (&'static str, &'static str),
    name: &'static str,
    /// It counts what was missed for ever, not what can still be done; in what it counts.
    gap: Option<&'static str>,
}

const fn owed(key: &'static str, rules: &'static [&'static str], head: (&'static str, &'static str), name: &'static str) -> Kind {
    Kind { key, rules, head, name, gap: None }
}

const fn gap(key: &'static str, rules: &'static [&'static str], head: (&'static str, &'static str), name: &'static str) -> Kind {
    Kind { key, rules, head, name, gap: Some("周") }
}

/// What motions, resolutions and sittings owe until somebody carries a decision out.
const DECIDE: &[&str] = &[
    resolution::PUBLISH,
    resolution::PUBLISH_DAILY,
    resolution::ASSIGN,
    motion::JUDGE,
    motion::ANSWER,
    motion::RATIFY,
    sitting::MINUTES,
    sitting::RECONVENE,
];
/// What tasks owe.
const WORK: &[&str] = &[task::FINISH, task::STALE, task::INQUIRE, task::ACCEPT, task::RESULT, task::EXPLAIN];

const KINDS: [Kind; 10] = [
    owed("answer", &[law_of::ANSWER], ("意见", "答复"), "意见答复"),
    owed("route", &[law_of::ROUTE], ("意见", "分派"), "意见分派"),
    owed("release", &[law_of::RELEASE], ("原文", "公布"), "原文公布"),
    owed("paper", &[notice::PAPER], ("纸质", "张贴"), "公告、决议张贴"),
    owed("decide", DECIDE, ("会议", "决议"), "会议记录、决议公开和分工"),
    owed("work", WORK, ("决议", "执行"), "决议执行"),
    owed("box", &[cadence::BOX], ("本周", "开箱"), "本周开意见箱"),
    gap("gap", &[cadence::BOX], ("今年", "缺箱"), "今年没开意见箱的周"),
    gap("team", &[cadence::TEAM], ("今年缺", "班子会"), "今年没开班子联席会议的周"),
    Kind {
        gap: Some("个季度"), ..gap("congress", &[cadence::CONGRESS], ("今年缺", "党群会"), "今年没开党群联席会议的季度")
    },
];

/// One row before it is a row: a village, or all villages of a town. For each column what is overdue, due soon, missed.
struct Group<'a> {
    unit: &'a Unit,
    started: bool,
    late: [i64; KINDS.len()],
    soon: [i64; KINDS.len()],
    gaps: [i64; KINDS.len()],
}

/// What was read of each town or city, and when: read again after a minute, so that a hall of screens asks the database once.
#[derive(Default)]
pub struct Overviews(Mutex<HashMap<UnitCode, Arc<Figures>>>);

/// Seconds that figures may be old.
const FRESH: i64 = 60;

/// The figures of a town or city; who asks while they are being read waits for them.
fn figures(site: &Site, above: UnitCode) -> Result<Arc<Figures>, Problem> {
    let mut known = site.overviews.0.lock().unwrap_or_else(PoisonError::into_inner);
    let (now, today) = (site.house.clock.now(), site.today());
    let fresh = |figures: &&Arc<Figures>| now.as_second() - figures.at.as_second() < FRESH && law::moment::civil_day(figures.at) == today;
    if let Some(figures) = known.get(&above).filter(fresh) {
        return Ok(figures.clone());
    }
    let figures = Arc::new(read::figures(&site.house, above, today)?);
    known.insert(above, figures.clone());
    Ok(figures)
}

fn overview(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let above = site.above(ask.param("town")).ok_or_else(|| Problem::NoUnit(ask.param("town").to_owned()))?;
    let city = above.level == Level::City;
    let figures = figures(site, above.code)?;
    let groups = groups(site, &figures, city);
    let rows: Vec<UnitRow> = groups.iter().map(row).collect();
    let owes = |row: &UnitRow| row.cells.iter().any(|cell| matches!(cell, Cell::Late(_) | Cell::Soon(_)));
    let count = |test: &dyn Fn(&Group<'_>) -> bool| groups.iter().filter(|group| group.started && test(group)).count() as i64;
    let late = |group: &Group<'_>| group.late.iter().sum::<i64>();
    let boxes = KINDS.iter().position(|kind| kind.key == "gap").unwrap_or_default();
    let column = |(at, kind): (usize, &Kind)| Column {
        key: kind.key.into(),
        head: (kind.head.0.into(), kind.head.1.into()),
        total: groups.iter().map(|group| if kind.gap.is_some() { group.gaps[at] } else { group.late[at] }).sum(),
    };
    let (sort, owing) = (KINDS.iter().position(|kind| kind.key == ask.query("sort")), ask.query("owing") == "1");
    let mut shown: Vec<UnitRow> = rows.iter().filter(|row| !owing || owes(row)).cloned().collect();
    if let Some(at) = sort {
        shown.sort_by_key(|row| std::cmp::Reverse(weight(row.cells.get(at))));
    }
    let page_of = Town {
        f: frame::of(site, ask, above, format!("{}应办总览", above.name)),
        city,
        columns: KINDS.iter().enumerate().map(column).collect(),
        units: rows.len() as i64,
        sort: sort.map_or_else(String::new, |at| KINDS[at].key.into()),
        owing,
        late: groups.iter().map(late).sum(),
        late_units: count(&|group| late(group) > 0),
        clear_units: count(&|group| late(group) == 0 && group.soon.iter().all(|n| *n == 0)),
        unstarted: rows.len() as i64 - count(&|_| true),
        gaps: groups.iter().map(|group| group.gaps[boxes]).sum(),
        gap_units: count(&|group| group.gaps[boxes] > 0),
        fresh: format!("{}的数，一分钟更新一次。", words::time(figures.at)),
        panel: panel(site, ask, &groups)?,
        rows: shown,
    };
    Ok(Reply::html(page(&page_of).map_err(broken)?))
}

/// Overdue and missed before due soon before clear before not started; within each, more before less.
fn weight(cell: Option<&Cell>) -> (u8, i64) {
    match cell {
        Some(Cell::Late(n) | Cell::Gap(n, _)) => (3, *n),
        Some(Cell::Soon(n)) => (2, *n),
        Some(Cell::Clear | Cell::Off) => (1, 0),
        None => (0, 0),
    }
}

/// The rows by code: villages of a town, or towns of the city with all that their villages owe.
fn groups<'a>(site: &'a Site, figures: &Figures, city: bool) -> Vec<Group<'a>> {
    let row_of = |unit: UnitCode| if city { unit.parent().unwrap_or(unit) } else { unit };
    let mut groups: BTreeMap<UnitCode, Group<'a>> = BTreeMap::new();
    for (unit, started) in &figures.units {
        let Some(of) = site.house.units.get(row_of(*unit)) else { continue };
        let none = || Group { unit: of, started: false, late: [0; KINDS.len()], soon: [0; KINDS.len()], gaps: [0; KINDS.len()] };
        groups.entry(of.code).or_insert_with(none).started |= started.is_some_and(|day| day <= site.today());
    }
    for pile in &figures.piles {
        let at = KINDS.iter().position(|kind| kind.rules.contains(&pile.rule.as_str()) && kind.gap.is_none());
        let (Some(at), Some(group)) = (at, groups.get_mut(&row_of(pile.unit))) else { continue };
        match pile.due {
            due if due < site.today() => group.late[at] += pile.n,
            due if site.working(due) <= SOON => group.soon[at] += pile.n,
            _ => {}
        }
    }
    for (unit, rule, n) in &figures.gaps {
        let at = KINDS.iter().position(|kind| kind.rules.contains(rule) && kind.gap.is_some());
        if let (Some(at), Some(group)) = (at, groups.get_mut(&row_of(*unit))) {
            group.gaps[at] += n;
        }
    }
    groups.into_values().collect()
}

fn row(group: &Group<'_>) -> UnitRow {
    let cell = |(at, kind): (usize, &Kind)| match (group.late[at], group.soon[at]) {
        (0, 0) if group.gaps[at] > 0 => Cell::Gap(group.gaps[at], kind.gap.unwrap_or_default()),
        (0, 0) => Cell::Clear,
        (0, soon) => Cell::Soon(soon),
        (late, _) => Cell::Late(late),
    };
    let cells = if group.started { KINDS.iter().enumerate().map(cell).collect() } else { Vec::new() };
    UnitRow { code: group.unit.code.to_string(), name: group.unit.short_name().to_owned(), cells }
}

/// The evidence behind the cell that `?unit=…&duty=…` opens, read now.
fn panel(site: &Site, ask: &Ask, groups: &[Group<'_>]) -> Result<Option<Panel>, Problem> {
    let (code, key) = (ask.query("unit"), ask.query("duty"));
    let Some(kind) = KINDS.iter().find(|kind| kind.key == key) else { return Ok(None) };
    let Some(group) = groups.iter().find(|group| group.unit.code.to_string() == code) else { return Ok(None) };
    let owed = match kind.gap.is_some() {
        true => read::gaps(&site.house, group.unit.code, kind.rules[0], site.today(), SHOWN)?,
        false => read::owed(&site.house, group.unit.code, kind.rules, soon(site), SHOWN)?,
    };
    let mut by_unit: BTreeMap<UnitCode, Vec<Owed>> = BTreeMap::new();
    for owed in owed {
        by_unit.entry(owed.unit).or_default().push(owed);
    }
    let mut items = Vec::new();
    for (code, owed) in by_unit {
        let Some(unit) = site.house.units.get(code) else { continue };
        // Also for officials: this page is shown in meetings, and what waits to be released stays unread there.
        let (all, names) = evidence(&site.house, &owed, code, &Reader::public())?;
        let prefix = if code == group.unit.code { String::new() } else { format!("{}：", unit.short_name()) };
        items.extend(all.iter().map(|evidence| item(site, unit, evidence, &names, &prefix)));
    }
    items.sort_by_key(|item: &PanelItem| item.due);
    let policy = site.house.policy();
    let rule = policy.rule(kind.rules[0], group.unit.profile(), site.today());
    Ok(Some(Panel {
        unit: code.to_owned(),
        name: group.unit.short_name().to_owned(),
        duty: key.to_owned(),
        duty_name: kind.name.into(),
        rule: rule.map_or_else(String::new, |rule| rule.plain.clone()),
        clause: rule.map_or_else(String::new, |rule| format!("{} {}", words::source(&rule.source), rule.article)),
        items,
    }))
}

/// The last day that is soon.
fn soon(site: &Site) -> Date {
    let mut day = site.today();
    while let Some(next) = day.tomorrow().ok().filter(|next| site.working(*next) <= SOON) {
        day = next;
    }
    day
}

fn item(site: &Site, unit: &Unit, evidence: &Evidence, names: &Names, prefix: &str) -> PanelItem {
    let owed = &evidence.owed;
    let (title, began) = match &evidence.about {
        About::Suggestion(listed) => {
            let unread = || format!("{}收到的一条意见", words::in_year(listed.state.received));
            (suggestion::title(&listed.words).unwrap_or_else(unread), "收到")
        }
        About::Notice(notice) => (notice.now().title.clone(), "公布"),
        About::Period(period) => (crate::steer::cadence::asked(period), "开始"),
        About::Called(title) => (format!("{title}：{}", words::decision::undone(&owed.rule)), "开始"),
        About::Sitting(sitting) => {
            let place = frame::place(site, unit);
            let held = format!("{}{}", words::in_year(sitting.day), words::room::kind(sitting.kind, &place));
            (crate::meet::owed::heading(&owed.rule, &held).unwrap_or(held), "通知")
        }
        About::Other => (String::new(), "开始"),
    };
    let line = |proof: &Proof, what: &str| (format!("{}{what}", words::in_year(proof.day)), mark(unit, proof.seq, proof.sealed));
    let lines: Vec<(String, Mark)> = evidence
        .began
        .iter()
        .map(|proof| line(proof, began))
        .chain(evidence.lapsed.iter().map(|proof| line(proof, "自动记下逾期")))
        .collect();
    PanelItem {
        title: format!("{prefix}{title}"),
        href: way::matter(&unit.code.to_string(), &owed.matter.to_string()),
        chip: chip(site, owed),
        owner: owner(owed, names, site.today()),
        due: owed.due,
        evidence: lines,
    }
}

fn chip(site: &Site, owed: &Owed) -> Chip {
    let left = || words::left(owed.due, site.today(), site.working(owed.due));
    match owed.due < site.today() {
        true if owed.kind == "cadence" => Chip::new(Tone::Late, "缺1次"),
        true => Chip::new(Tone::Late, left()),
        false => Chip::new(Tone::Soon, left()),
    }
}

/// 居委会主任 黎国樑; whoever holds the post that owes it.
fn owner(owed: &Owed, names: &Names, today: Date) -> String {
    let head = owed.body.and_then(|body| names.head(body, today));
    let holder = head.or_else(|| names.posts.values().find(|post| post.kind == owed.post && post.held(today)));
    match holder {
        Some(post) => format!("{}{} {}", short_body(names.body(post.body)), words::post::kind(post.kind), post.name),
        None => format!("{}（空缺）", words::post::kind(owed.post)),
    }
}
