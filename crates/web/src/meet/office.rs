//! 会议的小表单 Small forms of a sitting: add an item, call it off, break it off, set the minutes right; 东组通〔2015〕33号 二（二）.

use super::scope::{self, Typed};
use crate::ask::{Ask, Reply};
use crate::look::meet::roll::Say;
use crate::look::{Choice, way};
use crate::open::handling::id;
use crate::problem::Problem;
use crate::site::Site;
use crate::staff::Staff;
use crate::words;
use app::Failure;
use law::meet::Stage;
use law::meet::sitting::{Act, Item, Sitting};
use law::{AnyAct, MatterId, Refusal, limit};

struct Words {
    title: &'static str,
    note: &'static str,
    label: &'static str,
    button: &'static str,
    most: usize,
}

/// The last part of the address names the act.
fn words_of(word: &str) -> Option<Words> {
    Some(match word {
        "add" => Words {
            title: "补一项议题",
            note: "只能在开会以前补，而且只能是日常事项。",
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

/// The word of the address.
fn word(ask: &Ask) -> &str {
    ask.path.split('?').next().and_then(|path| path.rsplit('/').next()).unwrap_or_default()
}

/// The act as the form asks for it.
fn act(ask: &Ask, sitting: MatterId) -> Result<Act, Refusal> {
    let text = ask.field("text");
    Ok(match word(ask) {
        "cancel" => Act::Cancel { sitting, reason: text },
        "adjourn" => Act::Adjourn { sitting, reason: text },
        "amend" => Act::AmendMinutes { sitting, item: ask.field("item").parse().ok(), text },
        _ => {
            let scope = scope::of(&ask.field("amount"))?;
            let item = Item { title: text, stage: Stage::Daily, motion: None, version: None, scope, closed: None, papers: None };
            Act::Add { sitting, item }
        }
    })
}

/// GET: the form of the act that the address names.
pub fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let sitting = id(&staff)?;
    staff.must::<Sitting>(&act(ask, sitting)?)?;
    shown(&staff, sitting, None)
}

/// POST `add`: `text`, `amount` (元, may be empty); `cancel`, `adjourn`: `text`; `amend`: `item` (may be empty), `text`.
pub fn send(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let staff = Staff::at(site, ask)?;
    let sitting = id(&staff)?;
    let said = match word(ask) {
        "cancel" => "cancelled",
        "adjourn" => "adjourned",
        _ => "noted",
    };
    let enact = |act| site.house.enact(staff.unit.code, staff.asked(AnyAct::Sitting(act)));
    match act(ask, sitting).map_err(Failure::from).and_then(enact) {
        Ok(done) => Ok(Reply::see(&format!("{}?done={said}.{}", way::matter(&staff.code(), &done.matter.to_string()), done.seq))),
        Err(Failure::Refused(refusal)) => shown(&staff, sitting, Some(&refusal)),
        Err(failure) => Err(failure.into()),
    }
}

fn shown(staff: &Staff<'_>, sitting: MatterId, refused: Option<&Refusal>) -> Result<Reply, Problem> {
    let words = words_of(word(staff.ask)).ok_or(Problem::NotFound)?;
    let read = app::read::meet::room(&staff.site.house, staff.unit.code, sitting, &staff.reader)?.ok_or(Problem::NotFound)?;
    let mut pick = Vec::new();
    if word(staff.ask) == "amend" {
        let picked = staff.ask.field("item");
        pick.push(Choice::new("", "整份记录", picked.is_empty()));
        for (n, point) in (0..).zip(&read.state.agenda) {
            let title = point.listed.title.clone().unwrap_or_else(|| "不公开的一项".into());
            pick.push(Choice::new(&n.to_string(), &format!("{} {title}", words::room::nth(n)), picked == n.to_string()));
        }
    }
    let f = staff.frame(words.title, refused.is_some());
    let (text, amount) = (staff.typed("text", ""), staff.typed("amount", ""));
    let typed = || Typed { title: text.clone(), text: text.clone(), amount: amount.clone() };
    let form = Say {
        keep: f.keep_at("say", &read.step),
        f,
        action: staff.ask.path.split('?').next().unwrap_or_default().to_owned(),
        back: way::matter(&staff.code(), &sitting.to_string()),
        note: words.note.into(),
        label: words.label.into(),
        most: words.most as i64,
        pick,
        pick_label: "更正哪一项".into(),
        sum: if word(staff.ask) == "add" { Some((amount.clone(), scope::hint(staff)?)) } else { None },
        button: words.button.into(),
        refused: refused.map(|no| {
            let said = staff.refused(no, &[("title", "text"), ("reason", "text")]);
            scope::led(staff, no, said, std::iter::once(typed()))
        }),
        text,
    };
    staff.shown(&form, refused)
}
