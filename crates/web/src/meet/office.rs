//! 会议的小表单 Small forms of a sitting: add an item, call it off, break it off, set the minutes right; 东组通〔2015〕33号 二（二）.

use super::run::ask_for;
use crate::ask::{Ask, Reply};
use crate::look::meet::roll::Say;
use crate::look::{Choice, page, way};
use crate::open::find::broken;
use crate::open::handling::id;
use crate::problem::Problem;
use crate::site::Site;
use crate::staff::Staff;
use crate::words;
use law::meet::Stage;
use law::meet::sitting::{Act, Item, Sitting};
use law::{AnyAct, MatterId, limit};

struct Words {
    title: &'static str,
    note: &'static str,
    label: &'static str,
    button: &'static str,
    most: usize,
}

/// The last part of the address names the act.
fn words_of(path: &str) -> Option<Words> {
    let act = path.split('?').next()?.rsplit('/').next()?;
    Some(match act {
        "add" => Words {
            title: "补一项议题",
            note: "只能在开会以前补，而且是日常事项。",
            label: "什么事（几个字）",
            button: "补上，公开存证",
            most: limit::TITLE,
        },
        "cancel" => Words {
            title: "取消这次会",
            note: "取消以后，这次会的通知和取消的理由都留着。",
            label: "为什么取消",
            button: "取消，公开存证",
            most: limit::TEXT,
        },
        "adjourn" => Words {
            title: "改日再开",
            note: "人数不够，或者开不下去了，记下来改日接着开。系统会记着要再开。",
            label: "为什么开不下去",
            button: "记下，改日再开",
            most: limit::TEXT,
        },
        "amend" => Words {
            title: "更正会议记录",
            note: "原来记的留着，更正写在后面。确认以后就不能再改。",
            label: "应当怎样读",
            button: "更正，公开存证",
            most: limit::TEXT,
        },
        _ => return None,
    })
}

fn any(path: &str, sitting: MatterId) -> Act {
    let text = String::new();
    match path.split('?').next().and_then(|path| path.rsplit('/').next()) {
        Some("cancel") => Act::Cancel { sitting, reason: text },
        Some("adjourn") => Act::Adjourn { sitting, reason: text },
        Some("amend") => Act::AmendMinutes { sitting, item: None, text },
        _ => Act::Add { sitting, item: daily(text) },
    }
}

fn daily(title: String) -> Item {
    Item { title, stage: Stage::Daily, motion: None, version: None, scope: None, closed: None, papers: None }
}

/// GET: the form of the act that the address names.
pub fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let sitting = id(&staff)?;
    staff.must::<Sitting>(&any(&ask.path, sitting))?;
    let words = words_of(&ask.path).ok_or(Problem::NotFound)?;
    let read = app::read::meet::room(&site.house, staff.unit.code, sitting, &staff.reader)?.ok_or(Problem::NotFound)?;
    let mut pick = Vec::new();
    if words.title.starts_with("更正") {
        pick.push(Choice::new("", "整份记录", true));
        for (n, point) in (0..).zip(&read.state.agenda) {
            let title = point.listed.title.clone().unwrap_or_else(|| "不公开的一项".into());
            pick.push(Choice::new(&n.to_string(), &format!("{} {title}", words::room::nth(n)), false));
        }
    }
    let f = staff.frame(words.title, false);
    let back = way::matter(&staff.code(), &sitting.to_string());
    let shown = Say {
        keep: f.keep_at("say", &read.step),
        f,
        action: ask.path.split('?').next().unwrap_or_default().to_owned(),
        back,
        note: words.note.into(),
        label: words.label.into(),
        text: String::new(),
        most: words.most as i64,
        pick,
        pick_label: "更正哪一项".into(),
        button: words.button.into(),
        refused: None,
    };
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

/// POST `add`: `text`.
pub fn add(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let title = ask.field("text");
    ask_for(&Staff::at(site, ask)?, "noted", None, |sitting| Ok(AnyAct::Sitting(Act::Add { sitting, item: daily(title) })))
}

/// POST `cancel`: `text`.
pub fn cancel(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let reason = ask.field("text");
    ask_for(&Staff::at(site, ask)?, "cancelled", None, |sitting| Ok(AnyAct::Sitting(Act::Cancel { sitting, reason })))
}

/// POST `adjourn`: `text`.
pub fn adjourn(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let reason = ask.field("text");
    ask_for(&Staff::at(site, ask)?, "adjourned", None, |sitting| Ok(AnyAct::Sitting(Act::Adjourn { sitting, reason })))
}

/// POST `amend`: `item` (may be empty), `text`.
pub fn amend(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let (item, text) = (ask.field("item").parse().ok(), ask.field("text"));
    ask_for(&Staff::at(site, ask)?, "noted", None, |sitting| Ok(AnyAct::Sitting(Act::AmendMinutes { sitting, item, text })))
}
