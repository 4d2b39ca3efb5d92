//! 全部 Lists: all suggestions, all notices, all that is overdue, and a search inside one board.

use super::board::{self, notice_row, reader, unit};
use super::find::broken;
use super::suggestion;
use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::lists::{Filter, LateList, Notices, Search, Voices};
use crate::look::{Paging, page, way};
use crate::problem::Problem;
use crate::site::Site;
use crate::steer::cadence;
use app::read::board as read;

/// Rows of one page.
const ROWS: i64 = 30;

/// The filter that a word in the address means.
fn filter(word: &str) -> read::Filter<'_> {
    match word {
        "waiting" | "answered" | "disputed" | "withdrawn" | "confirmed" => read::Filter { stage: Some(word), late: None },
        "late" => read::Filter { stage: None, late: Some("lapsed") },
        _ => read::Filter::default(),
    }
}

/// `/u/{unit}/suggestions`.
pub fn suggestions(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let (code, word, number) = (unit.code.to_string(), ask.query("s"), ask.page());
    let shown = read::suggestions(&site.house, unit.code, filter(word), (number - 1) * ROWS, ROWS, &reader(site, ask, unit)?)?;
    let sealed = app::read::record::sealed(&site.house, unit.code)?;
    let count = |stage: &str| -> i64 { shown.tally.iter().filter(|(s, ..)| stage.is_empty() || s == stage).map(|(.., n)| n).sum() };
    let overdue: i64 = shown.tally.iter().filter(|(_, late, _)| late == "lapsed").map(|(.., n)| n).sum();
    let one = |key: &str, label: &str, n: i64| Filter {
        label: label.into(),
        n,
        href: if key.is_empty() { way::voices(&code) } else { format!("{}?s={key}", way::voices(&code)) },
        on: key == word,
    };
    let filters = vec![
        one("", "全部", count("")),
        one("waiting", "等答复", count("waiting")),
        one("late", "逾期未答", overdue),
        one("answered", "已答复", count("answered")),
        one("confirmed", "本人认可", count("confirmed")),
        one("disputed", "本人不认可", count("disputed")),
        one("withdrawn", "已撤回", count("withdrawn")),
    ];
    let total = filters.iter().find(|filter| filter.on).map_or(0, |filter| filter.n);
    let base = format!("{}?s={}&page=", way::voices(&code), crate::problem::encode(word));
    let voices = Voices {
        f: frame::of(site, ask, unit, "群众意见"),
        counts: board::counts(&shown.tally),
        rows: shown.rows.iter().map(|row| suggestion::row(site, unit, row, &shown.names, sealed)).collect(),
        filters,
        paging: paging(number, total, base),
    };
    Ok(Reply::html(page(&voices).map_err(broken)?))
}

fn paging(page: i64, total: i64, base: String) -> Paging {
    Paging { page, pages: ((total + ROWS - 1) / ROWS).max(1), base }
}

/// `/u/{unit}/notices`.
pub fn notices(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let number = ask.page();
    let (rows, names, total) = read::notices(&site.house, unit.code, (number - 1) * ROWS, ROWS)?;
    let sealed = app::read::record::sealed(&site.house, unit.code)?;
    let base = format!("{}?page=", way::notices(&unit.code.to_string()));
    let notices = Notices {
        f: frame::of(site, ask, unit, "公告公示"),
        filters: vec![Filter { label: "全部".into(), n: total, href: way::notices(&unit.code.to_string()), on: true }],
        rows: rows.iter().map(|posted| notice_row(site, unit, posted, &names, sealed)).collect(),
        paging: paging(number, total, base),
    };
    Ok(Reply::html(page(&notices).map_err(broken)?))
}

/// `/u/{unit}/late`.
pub fn late(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let board = read::read(&site.house, unit.code, site.today(), &reader(site, ask, unit)?)?;
    let missed = read::missed(&site.house, unit.code)?;
    let gaps = cadence::gaps(&missed, |one| way::matter(&unit.code.to_string(), &one.id.to_string()));
    let list = LateList { f: frame::of(site, ask, unit, "到期未办"), rows: board::late_rows(site, unit, &board), gaps };
    Ok(Reply::html(page(&list).map_err(broken)?))
}

/// `/u/{unit}/search`: words of what this reader may see.
pub fn search(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let q: String = ask.query("q").trim().chars().take(40).collect();
    let shown = read::suggestions(&site.house, unit.code, read::Filter::default(), 0, 500, &reader(site, ask, unit)?)?;
    let (notices, names, _) = read::notices(&site.house, unit.code, 0, 200)?;
    let sealed = app::read::record::sealed(&site.house, unit.code)?;
    let has = |text: &str| !q.is_empty() && text.contains(q.as_str());
    let speaks = |row: &&read::Listed| {
        let own = match &row.words.text {
            app::read::matter::Text::Whole(text) | app::read::matter::Text::Edited(text) => has(text),
            _ => false,
        };
        own || row.state.answers.iter().any(|answer| has(&answer.text))
    };
    let voices: Vec<_> =
        shown.rows.iter().filter(speaks).take(50).map(|row| suggestion::row(site, unit, row, &shown.names, sealed)).collect();
    let found = notices.iter().filter(|posted| has(&posted.state.now().title) || has(&posted.state.now().text));
    let notices = found.take(50).map(|posted| notice_row(site, unit, posted, &names, sealed)).collect();
    let found = Search { f: frame::of(site, ask, unit, "查找"), q, more: voices.len() == 50, voices, notices };
    Ok(Reply::html(page(&found).map_err(broken)?))
}
