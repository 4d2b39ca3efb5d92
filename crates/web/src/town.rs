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
use app::read::town::{self as read, About, Evidence, Owed, Proof, evidence, units};
use app::read::{Names, Reader};
use jiff::civil::Date;
use law::open::{notice, suggestion as law_of};
use law::steer::cadence;
use law::unit::{Level, Unit};
use std::collections::BTreeMap;

/// The routes of this file.
pub const ROUTES: &[Route] = &[show("/t/{town}", overview)];

/// Due within so many working days is soon.
const SOON: i64 = 2;
/// Duties that a panel shows.
const SHOWN: usize = 50;

/// A column: its key, the rule, its two short lines, its name.
struct Kind {
    key: &'static str,
    rule: &'static str,
    head: (&'static str, &'static str),
    name: &'static str,
}

const KINDS: [Kind; 5] = [
    Kind { key: "answer", rule: law_of::ANSWER, head: ("意见", "答复"), name: "意见答复" },
    Kind { key: "route", rule: law_of::ROUTE, head: ("意见", "分派"), name: "意见分派" },
    Kind { key: "release", rule: law_of::RELEASE, head: ("原文", "公布"), name: "原文公布" },
    Kind { key: "box", rule: cadence::BOX, head: ("每周", "开箱"), name: "每周开意见箱" },
    Kind { key: "paper", rule: notice::PAPER, head: ("公告", "张贴"), name: "公告张贴" },
];

/// How a pending duty stands today.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    Late,
    Soon,
    Later,
}

/// One row before it is a row: a village, or all villages of a town.
struct Group<'a> {
    unit: &'a Unit,
    started: bool,
    owed: Vec<Owed>,
}

fn overview(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let above = site.above(ask.param("town")).ok_or_else(|| Problem::NoUnit(ask.param("town").to_owned()))?;
    let city = above.level == Level::City;
    let mut groups = groups(site, above, city)?;
    let rows: Vec<UnitRow> = groups.iter().map(|group| row(site, group)).collect();
    let late = |cells: &[Cell]| -> i64 { cells.iter().map(|cell| if let Cell::Late(n) = cell { *n } else { 0 }).sum() };
    let owes = |row: &UnitRow| row.cells.iter().any(|cell| matches!(cell, Cell::Late(_) | Cell::Soon(_)));
    let count = |test: &dyn Fn(&UnitRow) -> bool| rows.iter().filter(|row| test(row)).count() as i64;
    let column = |(at, kind): (usize, &Kind)| Column {
        key: kind.key.into(),
        head: (kind.head.0.into(), kind.head.1.into()),
        total: rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| late(&[*cell])).sum(),
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
        late: rows.iter().map(|row| late(&row.cells)).sum(),
        late_units: count(&|row| late(&row.cells) > 0),
        clear_units: count(&|row| !row.cells.is_empty() && !owes(row)),
        unstarted: count(&|row| row.cells.is_empty()),
        fresh: "打开这一页时的数。".into(),
        panel: panel(site, ask, &mut groups)?,
        rows: shown,
    };
    Ok(Reply::html(page(&page_of).map_err(broken)?))
}

/// Overdue before due soon before clear before not started; within each, more before less.
fn weight(cell: Option<&Cell>) -> (u8, i64) {
    match cell {
        Some(Cell::Late(n)) => (3, *n),
        Some(Cell::Soon(n)) => (2, *n),
        Some(Cell::Clear | Cell::Off) => (1, 0),
        None => (0, 0),
    }
}

/// The rows by code: villages of a town, or towns of the city with all that their villages owe.
fn groups<'a>(site: &'a Site, above: &Unit, city: bool) -> Result<Vec<Group<'a>>, Problem> {
    let mut groups: BTreeMap<law::UnitCode, Group<'a>> = BTreeMap::new();
    for read::UnitRow { unit, started, pending } in units(&site.house, above.code)? {
        let code = if city { unit.parent().unwrap_or(unit) } else { unit };
        let Some(of) = site.house.units.get(code) else { continue };
        let group = groups.entry(code).or_insert_with(|| Group { unit: of, started: false, owed: Vec::new() });
        group.started |= started.is_some_and(|day| day <= site.today());
        group.owed.extend(pending);
    }
    Ok(groups.into_values().collect())
}

fn stand(site: &Site, owed: &Owed) -> Stand {
    let today = site.today();
    // A week that was missed stays missed; the year's gaps are counted, as on the board.
    let old = owed.rule == cadence::BOX && owed.due.year() < today.year();
    match owed.due {
        due if due < today && !old => Stand::Late,
        due if due >= today && site.working(due) <= SOON => Stand::Soon,
        _ => Stand::Later,
    }
}

fn row(site: &Site, group: &Group<'_>) -> UnitRow {
    let cell = |kind: &Kind| {
        let stands = group.owed.iter().filter(|owed| owed.rule == kind.rule).map(|owed| stand(site, owed));
        let (mut late, mut soon) = (0, 0);
        stands.for_each(|stand| match stand {
            Stand::Late => late += 1,
            Stand::Soon => soon += 1,
            Stand::Later => {}
        });
        match (late, soon) {
            (0, 0) => Cell::Clear,
            (0, soon) => Cell::Soon(soon),
            (late, _) => Cell::Late(late),
        }
    };
    let cells = if group.started { KINDS.iter().map(cell).collect() } else { Vec::new() };
    UnitRow { code: group.unit.code.to_string(), name: group.unit.short_name().to_owned(), cells }
}

/// The evidence behind the cell that `?unit=…&duty=…` opens.
fn panel(site: &Site, ask: &Ask, groups: &mut [Group<'_>]) -> Result<Option<Panel>, Problem> {
    let (code, key) = (ask.query("unit"), ask.query("duty"));
    let Some(kind) = KINDS.iter().find(|kind| kind.key == key) else { return Ok(None) };
    let Some(group) = groups.iter_mut().find(|group| group.unit.code.to_string() == code) else { return Ok(None) };
    group.owed.retain(|owed| owed.rule == kind.rule && stand(site, owed) != Stand::Later);
    group.owed.sort_by_key(|owed| (owed.due, owed.unit, owed.matter));
    group.owed.truncate(SHOWN);
    let mut items = Vec::new();
    for of_unit in group.owed.chunk_by(|a, b| a.unit == b.unit) {
        let Some(unit) = site.house.units.get(of_unit[0].unit) else { continue };
        // Also for officials: this page is shown in meetings, and what waits to be released stays unread there.
        let (all, names) = evidence(&site.house, of_unit, unit.code, &Reader::public())?;
        let prefix = if unit.code == group.unit.code { String::new() } else { format!("{}：", unit.short_name()) };
        items.extend(all.iter().map(|evidence| item(site, unit, evidence, &names, &prefix)));
    }
    Ok(Some(Panel {
        unit: code.to_owned(),
        name: group.unit.short_name().to_owned(),
        duty: key.to_owned(),
        duty_name: kind.name.into(),
        items,
    }))
}

fn item(site: &Site, unit: &Unit, evidence: &Evidence, names: &Names, prefix: &str) -> PanelItem {
    let owed = &evidence.owed;
    let (title, began) = match &evidence.about {
        About::Suggestion(listed) => {
            let unread = || format!("{}收到的一条意见", words::in_year(listed.state.received));
            (suggestion::title(&listed.words).unwrap_or_else(unread), "收到")
        }
        About::Notice(notice) => (notice.now().title.clone(), "公布"),
        About::Period(period) => (format!("第{}周开意见箱", period.first.iso_week_date().week()), "这一周开始"),
        About::Other => (String::new(), "开始"),
    };
    let policy = site.house.policy();
    let rule = policy.rule(&owed.rule, unit.profile(), site.today());
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
        rule: rule.map_or_else(String::new, |rule| rule.title.clone()),
        clause: rule.map_or_else(String::new, |rule| format!("{} {}", rule.source, rule.article)),
        evidence: lines,
    }
}

fn chip(site: &Site, owed: &Owed) -> Chip {
    match stand(site, owed) {
        Stand::Late if owed.rule == cadence::BOX => Chip::new(Tone::Late, "缺1次"),
        Stand::Late => Chip::new(Tone::Late, words::left(owed.due, site.today(), site.working(owed.due))),
        Stand::Soon | Stand::Later => Chip::new(Tone::Soon, words::left(owed.due, site.today(), site.working(owed.due))),
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
