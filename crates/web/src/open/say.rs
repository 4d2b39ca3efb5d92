//! 提意见 Making a suggestion: the form, the check, the receipt; and what its sender does with the answer.

use super::board::{reader, unit};
use super::find::broken;
use super::suggestion::{self, derivation};
use crate::ask::{Ask, Reply};
use crate::look::say::{Lookup, Mine, MineRow, Receipt, Say, SayAct, SayCheck, SenderAct};
use crate::look::{Choice, Qr, Refused, page, way};
use crate::problem::{self, Problem};
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::{frame, visitor, words};
use app::read::matter::Page;
use app::{Asked, Failure};
use law::open::suggestion::{ANSWER, Act, Channel};
use law::unit::Unit;
use law::{AnyAct, MatterId, Personal, Refusal, Term, UnitCode, limit};

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    show("/u/{unit}/say", form),
    take("/u/{unit}/say", check),
    take("/u/{unit}/say/send", send),
    show("/u/{unit}/receipt/{number}", receipt),
    show("/mine", mine),
    show("/lookup", lookup_form),
    take("/lookup", lookup),
    take("/u/{unit}/m/{id}/confirm", confirm),
    show("/u/{unit}/m/{id}/dispute", act_form),
    take("/u/{unit}/m/{id}/dispute", act),
    show("/u/{unit}/m/{id}/reopen", act_form),
    take("/u/{unit}/m/{id}/reopen", act),
    show("/u/{unit}/m/{id}/withdraw", act_form),
    take("/u/{unit}/m/{id}/withdraw", act),
];

/// The bodies that somebody answers for today.
fn bodies(site: &Site, unit: &Unit, picked: &str) -> Result<Vec<Choice>, Problem> {
    let mut all = vec![Choice::new("", "不清楚，请工作人员分", picked.is_empty())];
    for staffed in app::read::people::bodies(&site.house, unit.code, site.today())? {
        if staffed.posts.iter().any(|(post, _)| post.kind.is_head()) {
            let id = staffed.body.id.to_string();
            all.push(Choice::new(&id, &suggestion::short_body(&staffed.body.name), picked == id));
        }
    }
    Ok(all)
}

fn filled(site: &Site, ask: &Ask, unit: &Unit, refused: Option<Refused>, cadres: Vec<String>) -> Result<Reply, Problem> {
    let status = if refused.is_some() || !cadres.is_empty() { 422 } else { 200 };
    let title = if refused.is_some() { "没发出：请改一改" } else { "提意见" };
    let policy = site.house.policy();
    let days = policy.rule(ANSWER, unit.profile(), site.today()).and_then(|rule| rule.int("days").ok()).unwrap_or_default();
    let shown = Say {
        f: frame::of(site, ask, unit, title),
        text: ask.field("text"),
        most: limit::TEXT as i64,
        about: bodies(site, unit, &ask.field("about"))?,
        name: ask.field("name"),
        hide: ask.field("show") == "hide",
        contact: ask.field("contact"),
        known: true,
        refused,
        cadres,
        days: i64::from(days),
        phone: None,
    };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

fn form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    ask.visitor.signed()?;
    filled(site, ask, unit, None, Vec::new())
}

/// What the law finds wrong with the form before anything is asked of it.
fn look_over(ask: &Ask) -> Result<(), Refusal> {
    limit::text("text", &ask.field("text"), limit::TEXT)?;
    limit::maybe("name", ask.maybe("name").as_deref(), limit::NAME)
}

/// The public will read it with numbers and addresses left out, once a person has looked at it.
fn masked(text: &str) -> (String, Vec<String>) {
    let (mut shown, mut last, mut what) = (String::new(), 0, Vec::new());
    for found in law::code::find_personal(text) {
        shown.push_str(&text[last..found.place.start]);
        shown.push_str("〔略〕");
        last = found.place.end;
        what.push(words::masks::name(found.kind).to_owned());
    }
    shown.push_str(&text[last..]);
    what.dedup();
    (shown, what)
}

fn check(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let signed = ask.visitor.signed()?;
    if let Err(refusal) = look_over(ask) {
        return filled(site, ask, unit, Some(problem::refused(site, &refusal)), Vec::new());
    }
    let text = ask.field("text");
    if ask.field("cadre") == "report" {
        return Ok(Reply::see(&way::report(&unit.code.to_string())));
    }
    if ask.field("cadre") != "work" {
        let named = app::read::matter::cadres_named(&site.house, unit.code, &text)?;
        if !named.is_empty() {
            return filled(site, ask, unit, None, named);
        }
    }
    let policy = site.house.policy();
    let days = policy.rule(ANSWER, unit.profile(), site.today()).and_then(|rule| rule.int("days").ok());
    let days = days.ok_or(Refusal::NoRule { rule: ANSWER })?;
    let due = policy.calendar().due(site.today(), days).map_err(|_| Refusal::CalendarEnds { day: site.today() })?;
    let term = Term { rule: ANSWER.into(), start: site.today(), days, due: due.due, provisional: due.provisional, calendar: due.calendar };
    let (shown, what) = masked(&text);
    let name = ask.maybe("name").unwrap_or_else(|| signed.name.clone());
    let hide = ask.field("show") == "hide";
    let about = ask.field("about");
    let label = bodies(site, unit, &about)?.into_iter().find(|choice| choice.picked && !about.is_empty()).map(|choice| choice.label);
    let page_of = SayCheck {
        f: frame::of(site, ask, unit, "看一遍再发"),
        text,
        shown,
        masked: what,
        about: (about, label.unwrap_or_default()),
        from: if hide { "匿名".into() } else { law::code::mask_name(&name) },
        called: if hide { "匿名".into() } else { name },
        name: ask.field("name"),
        hide,
        contact: ask.field("contact"),
        due: derivation(site, &term, "收到", None, None, true),
    };
    Ok(Reply::html(page(&page_of).map_err(broken)?))
}

fn send(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let signed = ask.visitor.signed()?;
    let name = ask.maybe("name").unwrap_or_else(|| signed.name.clone());
    let act = Act::Submit {
        text: Personal(ask.field("text")),
        channel: Channel::Web,
        intake: None,
        name: (ask.field("show") != "hide").then_some(Personal(name)),
        contact: ask.maybe("contact").map(Personal),
        body: MatterId::parse(&ask.field("about")),
        // The check before sending asked, when there was something to ask.
        about_work: true,
    };
    let by = ask.visitor.actor(site, unit.code)?;
    let asked = Asked { act: AnyAct::Suggestion(act), by, key: ask.key(), seen: None };
    match site.house.enact(unit.code, asked) {
        Ok(done) => Ok(Reply::see(&way::receipt(&unit.code.to_string(), &done.seq.to_string()))),
        Err(Failure::Refused(refusal)) => filled(site, ask, unit, Some(problem::refused(site, &refusal)), Vec::new()),
        Err(failure) => Err(failure.into()),
    }
}

/// The receipt, for the sender alone.
fn receipt(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let reader = reader(site, ask, unit)?;
    let seq: i64 = ask.param("number").parse().map_err(|_| Problem::NotFound)?;
    let line = app::read::record::line(&site.house, unit.code, seq, &reader)?.ok_or(Problem::NotFound)?;
    let Some(Page::Suggestion(read)) = app::read::matter::page(&site.house, unit.code, line.stored.matter, &reader)? else {
        return Err(Problem::NotFound);
    };
    if !read.words.mine {
        return Err(if ask.visitor.signed.is_none() { Problem::SignIn } else { Problem::NotFound });
    }
    let shown = receipt_page(site, ask, unit, &read, seq, None)?;
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

/// The receipt of a suggestion as a page; `code` is shown this once.
pub fn receipt_page(
    site: &Site,
    ask: &Ask,
    unit: &Unit,
    read: &app::read::matter::SuggestionPage,
    seq: i64,
    code: Option<String>,
) -> Result<Receipt, Problem> {
    let s = &read.state;
    let url = site.url(&way::matter(&unit.code.to_string(), &s.id.to_string()));
    Ok(Receipt {
        f: frame::of(site, ask, unit, "收到了"),
        number: format!("{}-{seq}", unit.code),
        id: s.id.to_string(),
        mark: suggestion::mark(unit, seq, seq < read.record.sealed),
        received: s.received,
        due: derivation(site, &s.answer_duty().term, "收到", None, None, true),
        query_code: code,
        qr: Qr::of(&url, "二维码：这条意见的网址").map_err(broken)?,
        url,
    })
}

/// `/mine`: what the signed-in resident sent in the village of the account.
fn mine(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let signed = ask.visitor.signed()?;
    let home = signed.unit.and_then(|unit| site.house.units.get(unit));
    let mut rows = Vec::new();
    if let Some(unit) = home.filter(|unit| unit.profile().is_some()) {
        let reader = reader(site, ask, unit)?;
        let names = app::read::people::names(&site.house, unit.code)?;
        let sealed = app::read::record::sealed(&site.house, unit.code)?;
        for listed in app::read::matter::mine(&site.house, unit.code, &reader)? {
            let s = &listed.state;
            rows.push(MineRow {
                unit: unit.code.to_string(),
                place: unit.short_name().to_owned(),
                row: suggestion::row(site, unit, &listed, &names, sealed),
                answer: s.answers.last().map_or_else(String::new, suggestion::said),
                may: super::matter::may(site, s, true, &reader),
                step: listed.step,
            });
        }
    }
    let shown =
        Mine {
            f: frame::bare(site, ask, "我的意见"), rows, home: home.map(|unit| (unit.short_name().to_owned(), unit.code.to_string()))
        };
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

fn lookup_page(site: &Site, ask: &Ask, refused: Option<Refused>) -> Result<Reply, Problem> {
    let status = if refused.is_some() { 422 } else { 200 };
    let shown = Lookup { f: frame::bare(site, ask, "凭回执查进展"), number: ask.field("number"), refused };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

fn lookup_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    lookup_page(site, ask, None)
}

/// A code is 60 random bits, so that guessing is hopeless even without a limit.
fn lookup(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let code: String = ask.field("code").to_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let number = ask.field("number");
    let unit = number.split('-').next().and_then(|unit| UnitCode::parse(unit).ok());
    let found = match unit {
        Some(unit) => app::read::matter::by_code(&site.house, unit, law::Digest::of(&[code.as_bytes()]))?.map(|id| (unit, id)),
        None => None,
    };
    match found {
        Some((unit, id)) => {
            let reply = Reply::see(&way::matter(&unit.to_string(), &id.to_string()));
            Ok(visitor::slip(site, reply, unit, &code))
        }
        None => lookup_page(site, ask, Some(Refused::of("LOOKUP_UNKNOWN", None, Some("code")))),
    }
}

/// The matter of the address and what its sender sees of it.
fn own(site: &Site, ask: &Ask, unit: &Unit) -> Result<Box<app::read::matter::SuggestionPage>, Problem> {
    let reader = reader(site, ask, unit)?;
    match super::matter::read(site, ask, unit, &reader)? {
        Page::Suggestion(read) => Ok(read),
        _ => Err(Problem::NotFound),
    }
}

fn confirm(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let read = own(site, ask, unit)?;
    enact(site, ask, unit, Act::Confirm { suggestion: read.state.id })?;
    Ok(Reply::see(&way::matter(&unit.code.to_string(), &read.state.id.to_string())))
}

fn enact(site: &Site, ask: &Ask, unit: &Unit, act: Act) -> Result<app::Done, Problem> {
    let by = ask.visitor.actor(site, unit.code)?;
    Ok(site.house.enact(unit.code, Asked { act: AnyAct::Suggestion(act), by, key: ask.key(), seen: ask.seen() })?)
}

fn act_of(ask: &Ask) -> SenderAct {
    match ask.path.split('?').next().and_then(|path| path.rsplit('/').next()) {
        Some("reopen") => SenderAct::Reopen,
        Some("withdraw") => SenderAct::Withdraw,
        _ => SenderAct::Dispute,
    }
}

fn act_page(site: &Site, ask: &Ask, refused: Option<Refused>) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let read = own(site, ask, unit)?;
    let policy = site.house.policy();
    let days = policy.rule(ANSWER, unit.profile(), site.today()).and_then(|rule| rule.int("days").ok()).unwrap_or_default();
    let status = if refused.is_some() { 422 } else { 200 };
    let shown = SayAct {
        f: frame::of(site, ask, unit, "说说您的意见"),
        id: read.state.id.to_string(),
        title: suggestion::title(&read.words).unwrap_or_default(),
        act: act_of(ask),
        answer: read.state.answers.last().map_or_else(String::new, suggestion::said),
        why: ask.field("why"),
        most: limit::TEXT as i64,
        step: read.steps.len() as i64 - 1,
        days: i64::from(days),
        refused,
    };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

/// Only the sender sees these forms.
fn act_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let read = own(site, ask, unit(site, ask)?)?;
    match (read.words.mine, &ask.visitor.signed) {
        (true, _) => act_page(site, ask, None),
        (false, None) => Err(Problem::SignIn),
        (false, Some(_)) => Err(Problem::NotFound),
    }
}

fn act(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let suggestion = MatterId::parse(ask.param("id")).ok_or(Problem::NotFound)?;
    let asked = match act_of(ask) {
        SenderAct::Dispute => Act::Dispute { suggestion, remark: ask.maybe("why").map(Personal) },
        SenderAct::Reopen => Act::Reopen { suggestion, reason: Personal(ask.field("why")) },
        SenderAct::Withdraw => Act::Withdraw { suggestion },
    };
    match enact(site, ask, unit, asked) {
        Ok(_) => Ok(Reply::see(&way::matter(&unit.code.to_string(), &suggestion.to_string()))),
        Err(Problem::Refused(refusal)) => act_page(site, ask, Some(problem::refused(site, &refusal))),
        Err(problem) => Err(problem),
    }
}
