//! 纸质版 Paper: a matter on A4 with QR, places for signature and seal; the board on A4 or A3.

use super::board::{self, reader, unit};
use super::find::broken;
use super::suggestion::{self, mark, short_body};
use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::paper::{A4, Sheet};
use crate::look::{Qr, page, way};
use crate::problem::Problem;
use crate::site::Site;
use crate::words;
use app::read::matter::{Page, SuggestionPage, Text};
use law::unit::Unit;

/// `/u/{unit}/m/{id}/print`.
pub fn matter(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let reader = reader(site, ask, unit)?;
    let sheet = match super::matter::read(site, ask, unit, &reader)? {
        Page::Suggestion(read) => reply_sheet(site, ask, unit, &read)?,
        Page::Notice(read) => {
            let (notice, steps, names) = *read;
            let text = notice.now().text.lines().map(str::to_owned).filter(|line| !line.trim().is_empty()).collect();
            let seq = steps.last().map(|step| (step.seq, step.sealed));
            let base = base(site, ask, unit, &notice.id.to_string(), seq)?;
            A4 {
                number: notice.number.clone().unwrap_or_default(),
                heading: notice.now().title.clone(),
                to: "全体居民：".replace("居民", base.f.place.as_ref().map_or("居民", crate::look::Place::people)),
                text,
                signed: vec![names.body(notice.body).to_owned()],
                on: notice.now().since,
                ..base
            }
        }
        Page::Sitting(read) => {
            let base = base(site, ask, unit, &read.state.id.to_string(), Some(read.newest))?;
            let minutes = crate::meet::minutes::sheet(site, ask, unit, &read, &reader, base.digest)?;
            return Ok(Reply::html(page(&minutes).map_err(broken)?));
        }
        Page::Resolution(read) => {
            let sheet = crate::meet::resolution::sheet(site, ask, unit, &read)?;
            return Ok(Reply::html(page(&sheet).map_err(broken)?));
        }
        _ => return Err(Problem::NotFound),
    };
    Ok(Reply::html(page(&sheet).map_err(broken)?))
}

/// What every sheet has.
pub fn base(site: &Site, ask: &Ask, unit: &Unit, id: &str, newest: Option<(i64, bool)>) -> Result<A4, Problem> {
    let address = way::matter(&unit.code.to_string(), id);
    let line = match newest {
        Some((seq, _)) => app::read::record::line(&site.house, unit.code, seq, &app::read::Reader::public())?,
        None => None,
    };
    let digest = line.and_then(|line| record::Line::parse(&line.stored.line).ok()).map(|line| law::Digest(*line.digest()).to_string());
    let digest =
        digest.map_or_else(String::new, |hex| hex.as_bytes()[..16].chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" "));
    let qr = Qr::of(&site.url(&address), "二维码：核验这张纸").map_err(broken)?;
    let mark = newest.map(|(seq, sealed)| mark(unit, seq, sealed));
    let sheet = A4::blank(frame::of(site, ask, unit, "打印"), address, "", qr, mark);
    Ok(A4 { hands: vec!["负责人".into(), "经办人".into()], stamp: true, digest, ..sheet })
}

/// A suggestion with its answer, for a person without a telephone.
fn reply_sheet(site: &Site, ask: &Ask, unit: &Unit, read: &SuggestionPage) -> Result<A4, Problem> {
    let s = &read.state;
    let newest = read.steps.last().map(|step| (step.seq, step.sealed));
    let base = base(site, ask, unit, &s.id.to_string(), newest)?;
    let quote = match &read.words.text {
        Text::Whole(text) | Text::Edited(text) => format!("{text}（{}）", suggestion::from(&read.words)),
        _ => String::new(),
    };
    let mut text = vec![format!(
        "{}收到，{}前应当答复。{}。",
        words::day(s.received),
        words::day(s.answer_duty().term.due),
        suggestion::standing(site, s).sentence()
    )];
    for answer in &s.answers {
        let body = short_body(read.names.body(answer.body));
        let kind = suggestion::answer_kind(answer.kind).word();
        text.push(format!("{}，{body}答复（{kind}）：{}", words::day(answer.on), suggestion::said(answer).replace('\n', "")));
        text.extend(answer.plan.as_ref().map(|plan| format!("{}负责，{}前办好。", plan.who, words::day(plan.by))));
    }
    let signed = s.responsible.map(|r| read.names.body(r.body).to_owned()).into_iter().collect();
    Ok(A4 { heading: "群众意见办理单".into(), quote, text, signed, ..base })
}

/// Suggestions that a sheet has room for, overdue ones counted; A3 is the same sheet in larger type.
const ROWS: usize = 12;

/// `/u/{unit}/print/{paper}`: a4 or a3.
pub fn board(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let a3 = match ask.param("paper") {
        "a4" => false,
        "a3" => true,
        _ => return Err(Problem::NotFound),
    };
    let read = app::read::board::read(&site.house, unit.code, site.today(), &app::read::Reader::public())?;
    let board = board::of(site, ask, unit, &read)?;
    let rows: Vec<_> = read.doing.iter().chain(&read.recent).collect();
    let most = ROWS - board.late.len().min(ROWS);
    let sheet = Sheet {
        f: frame::of(site, ask, unit, "打印公开栏"),
        a3,
        voices: rows.iter().take(most).map(|row| suggestion::row(site, unit, row, &read.names, read.record.sealed)).collect(),
        notices: board.notices.clone(),
        from: jiff::civil::Date::new(site.today().year(), site.today().month(), 1).unwrap_or_else(|_| site.today()),
        board,
    };
    Ok(Reply::html(page(&sheet).map_err(broken)?))
}
