//! 执行台账 The ledger of what was decided and how far it is carried out, on screen, on paper, as CSV; S39.

use super::task as work;
use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::ledger::{Ledger, Loose, Row, Work};
use crate::look::lists::Filter;
use crate::look::{Chip, Tone, page, way};
use crate::meet::resolution as decree;
use crate::meet::told::Teller;
use crate::open::find::broken;
use crate::problem::Problem;
use crate::router::{Route, show};
use crate::site::Site;
use crate::words::{self, decision, yuan};
use app::read::decisions::{Carried, Ledger as Read};
use jiff::Span;
use jiff::civil::Date;
use law::Refusal;
use law::meet::resolution::{ASSIGN, Resolution, Standing};
use law::steer::task::{Phase, STALE, Task};

/// The route of this page.
pub const ROUTES: &[Route] = &[show("/u/{unit}/ledger", ledger)];

/// Where a resolution stands in the ledger: the word of the filter and of the CSV.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unpublished,
    Idle,
    Doing,
    Late,
    OnTime,
    DoneLate,
    Ended,
}

impl State {
    const ALL: [Self; 7] = [Self::Unpublished, Self::Idle, Self::Doing, Self::Late, Self::OnTime, Self::DoneLate, Self::Ended];

    fn code(self) -> &'static str {
        match self {
            Self::Unpublished => "unpublished",
            Self::Idle => "idle",
            Self::Doing => "doing",
            Self::Late => "late",
            Self::OnTime => "on_time",
            Self::DoneLate => "done_late",
            Self::Ended => "ended",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Unpublished => "还没公开",
            Self::Idle => "还没开始",
            Self::Doing => "在办",
            Self::Late => "逾期",
            Self::OnTime => "按时办成",
            Self::DoneLate => "办成，晚了",
            Self::Ended => "已调整或作废",
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Unpublished | Self::Idle => Tone::Soon,
            Self::Doing => Tone::Doing,
            Self::Late => Tone::Late,
            Self::OnTime | Self::DoneLate => Tone::Done,
            Self::Ended => Tone::Off,
        }
    }

    fn of(row: &Carried, today: Date) -> Self {
        let goes = || row.tasks.iter().filter(|task| task.phase() != Phase::Stopped);
        match row.resolution.standing() {
            Standing::Ended => Self::Ended,
            Standing::Unpublished => Self::Unpublished,
            Standing::Published => Self::Idle,
            Standing::Entrusted if goes().any(|task| task.phase() == Phase::Doing && task.due < today) => Self::Late,
            Standing::Entrusted if goes().any(|task| task.phase() != Phase::Accepted) => Self::Doing,
            Standing::Entrusted if goes().all(in_time) => Self::OnTime,
            Standing::Entrusted => Self::DoneLate,
        }
    }
}

/// How far a resolution is carried out, as the ledger says it.
pub fn stands(row: &Carried, today: Date) -> Chip {
    let state = State::of(row, today);
    Chip::new(state.tone(), state.word())
}

fn in_time(task: &Task) -> bool {
    task.finish.as_ref().is_some_and(|finish| finish.on <= task.first_due)
}

fn ledger(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = crate::open::board::unit(site, ask)?;
    let today = site.today();
    let year = ask.query("year").parse::<i16>().ok().filter(|year| (2000..=today.year()).contains(year)).unwrap_or_else(|| today.year());
    let policy = site.house.policy();
    let stale = policy.rule(STALE, unit.profile(), today).and_then(|rule| rule.int("days").ok()).ok_or(Refusal::NoRule { rule: STALE })?;
    let before = today.checked_sub(Span::new().days(i64::from(stale))).unwrap_or(today);
    let read = app::read::decisions::ledger(&site.house, unit.code, year, before)?;
    let t = Teller { site, unit, names: &read.names };
    if ask.query("format") == "csv" {
        let name = format!("attachment; filename=\"ledger-{}-{year}.csv\"", unit.code);
        return Ok(Reply::of(200, "text/csv; charset=utf-8", csv(&t, &read, today)).with("content-disposition", name));
    }
    let shown = page_of(&t, ask, &read, (year, i64::from(stale)));
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

fn page_of(t: &Teller<'_>, ask: &Ask, read: &Read, (year, stale): (i16, i64)) -> Ledger {
    let (unit, today) = (t.unit, t.site.today());
    let base = way::ledger(&unit.code.to_string());
    let picked = State::ALL.into_iter().find(|state| state.code() == ask.query("s"));
    let states: Vec<State> = read.rows.iter().map(|row| State::of(row, today)).collect();
    let count = |state: State| states.iter().filter(|one| **one == state).count() as i64;
    let filter = |label: &str, n, code: &str, on| Filter { label: label.into(), n, href: format!("{base}?year={year}&s={code}"), on };
    let mut filters = vec![filter("全部", states.len() as i64, "", picked.is_none())];
    let some = State::ALL.into_iter().filter(|state| count(*state) > 0);
    filters.extend(some.map(|state| filter(state.word(), count(state), state.code(), picked == Some(state))));
    let shown = read.rows.iter().zip(states).filter(|(_, state)| picked.is_none_or(|picked| picked == *state));
    let years = (today.year() - 2..=today.year()).rev();
    Ledger {
        f: frame::of(t.site, ask, unit, "执行台账"),
        year,
        years: years.map(|one| (format!("{one}年"), if one == year { String::new() } else { format!("{base}?year={one}") })).collect(),
        filters,
        rows: shown.map(|(row, state)| row_of(t, row, state)).collect(),
        idle: read.idle.iter().map(|resolution| idle(t, resolution)).collect(),
        silent: read.silent.iter().map(|task| silent(t, task)).collect(),
        stale,
        csv: format!("{base}?year={year}&format=csv"),
    }
}

fn row_of(t: &Teller<'_>, row: &Carried, state: State) -> Row {
    let (resolution, today) = (&row.resolution, t.site.today());
    let task = |task: &Task| Work {
        title: task.title.clone(),
        href: t.matter(task.id),
        who: work::owner(t, task),
        due: task.due,
        moved: (task.first_due != task.due).then_some(task.first_due),
        state: work::chip(t, task),
        money: match (task.spent, task.budget) {
            (0, None) => String::new(),
            (spent, None) => format!("花了{}", yuan(spent)),
            (spent, Some(budget)) => format!("花了{}，可以花{}", yuan(spent), yuan(budget)),
        },
    };
    Row {
        number: decree::number(t.unit, resolution),
        title: resolution.issue.title.clone(),
        href: t.matter(resolution.id),
        decided: resolution.issue.decided_on,
        published: resolution.published.map(|(on, _)| on),
        state: Chip::new(state.tone(), state.word()),
        tasks: row.tasks.iter().map(task).collect(),
        silent_days: row.days_since_news(today).map(i64::from),
    }
}

fn idle(t: &Teller<'_>, resolution: &Resolution) -> Loose {
    let public = resolution.published.map_or_else(String::new, |(on, _)| format!("{}公开", words::in_year(on)));
    let owed = resolution.duties.pending(ASSIGN).map_or_else(String::new, |duty| {
        format!("，{}要在{}前定下谁办", words::post::kind(duty.owner.post), words::in_year(duty.term.due))
    });
    Loose { title: resolution.issue.title.clone(), href: t.matter(resolution.id), said: format!("{public}{owed}") }
}

fn silent(t: &Teller<'_>, task: &Task) -> Loose {
    let days = t.site.today().since(task.last_news()).map_or(0, |span| span.get_days());
    Loose { title: task.title.clone(), href: t.matter(task.id), said: format!("{days}天没有消息，{}负责", work::owner(t, task)) }
}

/// One line for each task, or for a resolution without one. A leading apostrophe keeps spreadsheets from taking text for a formula.
fn csv(t: &Teller<'_>, read: &Read, today: Date) -> String {
    let mut lines =
        vec!["编号,标题,决议日,公开日,状态,任务,谁办,原定办好,现定办好,办完日,验收日,预算（元）,花费（元）,离最近消息的天数".to_owned()];
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let plain = |fen: Option<i64>| fen.map_or_else(String::new, |fen| format!("{}.{:02}", fen / 100, fen % 100));
    for row in &read.rows {
        let resolution = &row.resolution;
        let head = [
            decree::number(t.unit, resolution),
            resolution.issue.title.clone(),
            resolution.issue.decided_on.to_string(),
            day(resolution.published.map(|(on, _)| on)),
            State::of(row, today).word().to_owned(),
        ];
        let news = row.days_since_news(today).map_or_else(String::new, |days| days.to_string());
        let mut put = |rest: [String; 8]| {
            let cells = head.iter().cloned().chain(rest).chain([news.clone()]);
            lines.push(cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(","));
        };
        if row.tasks.is_empty() {
            put(std::array::from_fn(|_| String::new()));
        }
        for task in &row.tasks {
            put([
                task.title.clone(),
                work::owner(t, task),
                task.first_due.to_string(),
                task.due.to_string(),
                task.finish.as_ref().map_or_else(String::new, |finish| format!("{} {}", finish.on, decision::extent(finish.extent))),
                day(task.accepted.as_ref().map(|(on, _)| *on)),
                plain(task.budget),
                plain(Some(task.spent)),
            ]);
        }
    }
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}

fn quoted(cell: &str) -> String {
    let guarded = if cell.starts_with(['=', '+', '-', '@', '\t']) { format!("'{cell}") } else { cell.to_owned() };
    if guarded.contains([',', '"', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_cell_is_no_formula() {
        assert_eq!(super::quoted("=1+1"), "'=1+1");
        assert_eq!(super::quoted("路灯,\"三段\""), "\"路灯,\"\"三段\"\"\"");
    }
}
