//! 账号管理 Administration of accounts by three persons: system, security, audit. None of them may act in matters.

use crate::ask::{Ask, Reply};
use crate::look::admin::{Account, Accounts, Act, EnrolLink, LogRow, Role as Shown};
use crate::look::{Choice, Qr, Refused, page, way};
use crate::open::find::broken;
use crate::open::suggestion::short_body;
use crate::problem::{Problem, encode};
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::{frame, words};
use app::door::accounts::{self, Listed};
use app::door::enrol::{By, Invite, issue};
use app::door::events::{self, Event};
use app::door::twofold::{self, Waiting};
use app::door::{DoorError, Kind, Link, Role, SignedIn, State, limits};
use app::read::Names;
use jiff::Timestamp;
use law::{MatterId, Personal, UnitCode};
use std::collections::BTreeMap;

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    show("/admin/accounts", list),
    take("/admin/accounts/issue", issue_official),
    take("/admin/accounts/issue-admin", issue_admin),
    take("/admin/accounts/reset", ask_change),
    take("/admin/accounts/confirm", confirm),
    take("/admin/accounts/withdraw", |site, ask| on_account(site, ask, twofold::withdraw)),
    take("/admin/accounts/close", |site, ask| on_account(site, ask, accounts::close)),
    take("/admin/accounts/unlock", |site, ask| on_account(site, ask, accounts::unlock)),
    take("/admin/accounts/end", |site, ask| on_account(site, ask, |house, who, id| accounts::end_sessions(house, who, id).map(drop))),
];

/// 系统管理员 · 安全管理员 · 审计管理员
pub fn role_word(role: Role) -> &'static str {
    shown_role(role).word()
}

fn shown_role(role: Role) -> Shown {
    match role {
        Role::System => Shown::System,
        Role::Security => Shown::Security,
        Role::Auditor => Shown::Audit,
    }
}

/// The administrator who asks. To everybody else there is no such page; whoever is not signed in may do so first.
fn admin(ask: &Ask) -> Result<(&SignedIn, Role), Problem> {
    let signed = ask.visitor.signed()?;
    match signed.kind {
        Kind::Admin(role) => Ok((signed, role)),
        Kind::Official | Kind::Resident => Err(Problem::NotFound),
    }
}

fn list(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    if ask.visitor.signed.is_none() {
        return Ok(Reply::see(&format!("{}?back={}", way::OFFICIAL, encode(way::ADMIN))));
    }
    shown(site, ask, None)
}

fn shown(site: &Site, ask: &Ask, refused: Option<Refused>) -> Result<Reply, Problem> {
    let (who, role) = admin(ask)?;
    let status = if refused.is_some() { 422 } else { 200 };
    let after = MatterId::parse(ask.query("after"));
    let listed = accounts::page(&site.house, who, after)?;
    let more = listed.last().filter(|_| listed.len() as i64 == limits::PAGE).map(|last| format!("{}?after={}", way::ADMIN, last.id));
    let waits = twofold::waiting(&site.house, who)?;
    let three = accounts::three(&site.house, who)?;
    let mut rows = Rows { site, who, role, waits: &waits, names: BTreeMap::new() };
    let rows = listed.iter().map(|listed| rows.row(listed)).collect::<Result<Vec<_>, _>>()?;
    // The auditor sees only what waits for the auditor's word; the log has the rest.
    let rows = rows.into_iter().filter(|row| role != Role::Auditor || !row.waits.is_empty()).collect();
    let unit = if ask.post { ask.field("person") } else { ask.query("unit").trim().to_owned() };
    let (unit, found, waiting) = if role == Role::System { holders(site, ask, who, &unit)? } else { Default::default() };
    let (log, older) = if role == Role::Auditor { log(site, ask, who)? } else { Default::default() };
    let named = |role| three.iter().find(|(known, ..)| *known == role).map_or_else(String::new, |(.., name)| name.clone());
    let vacant =
        [Role::Security, Role::Auditor].into_iter().filter(|role| named(*role).is_empty() && matches!(who.kind, Kind::Admin(Role::System)));
    let page_of = Accounts {
        f: frame::bare(site, ask, "账号"),
        role: shown_role(role),
        three: [Role::System, Role::Security, Role::Auditor].map(|role| (shown_role(role), law::code::mask_name(&named(role)))).to_vec(),
        rows,
        more,
        unit,
        found,
        waiting,
        vacant: vacant
            .map(|role| Choice::new(Kind::Admin(role).word(), role_word(role), ask.field("role") == Kind::Admin(role).word()))
            .collect(),
        log,
        older,
        typed: (ask.field("login"), ask.field("name")),
        refused,
    };
    Ok(Reply::html(page(&page_of).map_err(broken)?).status(status))
}

/// Makes rows, reading the names of each unit once.
struct Rows<'a> {
    site: &'a Site,
    who: &'a SignedIn,
    role: Role,
    waits: &'a [Waiting],
    names: BTreeMap<UnitCode, Names>,
}

impl Rows<'_> {
    fn row(&mut self, listed: &Listed) -> Result<Account, Problem> {
        let waiting = self.waits.iter().find(|waiting| waiting.account == listed.id);
        Ok(Account {
            id: listed.id.to_string(),
            account: listed.login.clone(),
            name: if matches!(listed.kind, Kind::Admin(_)) { law::code::mask_name(&listed.name) } else { listed.name.clone() },
            post: self.post(listed)?,
            state: state(listed),
            waits: waiting.map_or_else(String::new, |waiting| format!("等复核：{}", words::event::asked(waiting.what))),
            acts: acts(self.role, self.who.account, listed, waiting),
        })
    }

    /// 北栅社区居委会主任
    fn post(&mut self, listed: &Listed) -> Result<String, Problem> {
        if let Kind::Admin(role) = listed.kind {
            return Ok(role_word(role).to_owned());
        }
        let (Some(code), Some(person)) = (listed.unit, listed.person) else { return Ok(String::new()) };
        if !self.names.contains_key(&code) {
            self.names.insert(code, app::read::people::names(&self.site.house, code)?);
        }
        let (names, today) = (&self.names[&code], self.site.today());
        let unit = self.site.house.units.get(code).map_or("", |unit| unit.short_name());
        let held = names.posts.values().filter(|post| post.person == person && post.held(today));
        let held: Vec<String> = held.map(|post| format!("{}{}", short_body(names.body(post.body)), words::post::kind(post.kind))).collect();
        Ok(if held.is_empty() { format!("{unit}（现在没有职务）") } else { format!("{unit} · {}", held.join("、")) })
    }
}

fn state(listed: &Listed) -> String {
    match (listed.state, listed.locked) {
        (State::Open, Some(until)) => format!("锁到{}", words::moment(until)),
        (State::Open, None) => "在用".into(),
        (State::Invited, _) => "等本人登记".into(),
        (State::Closed, _) => "停用".into(),
    }
}

/// What one of the three may do with an account. The door itself decides; these are the buttons.
fn acts(role: Role, me: MatterId, listed: &Listed, waiting: Option<&Waiting>) -> Vec<Act> {
    let act = |path, what, label| Act { path, what, label };
    let of_admin = matches!(listed.kind, Kind::Admin(_));
    let mut acts = Vec::new();
    if let Some(waiting) = waiting {
        if role != Role::System && waiting.asked_by != me && listed.id != me {
            acts.push(act("confirm", "", "复核同意"));
        }
        acts.push(act("withdraw", "", if waiting.asked_by == me { "撤回申请" } else { "退回" }));
    }
    let asks = waiting.is_none()
        && listed.id != me
        && match role {
            Role::System => true,
            Role::Security => listed.kind == Kind::Admin(Role::System),
            Role::Auditor => false,
        };
    if asks && listed.state == State::Open {
        acts.push(act("reset", "totp", "申请换验证器"));
        acts.push(act("reset", "everything", "申请全部重置"));
        acts.push(if of_admin { act("reset", "close", "申请停用") } else { act("close", "", "停用") });
    } else if asks && listed.state == State::Closed && !of_admin {
        acts.push(act("reset", "everything", "申请重新启用"));
    }
    if role == Role::Security && listed.state == State::Open {
        acts.extend(listed.locked.map(|_| act("unlock", "", "解锁")));
        acts.push(act("end", "", "结束他的登录"));
    }
    acts
}

/// The unit that was looked for, what came of it, and its office-holders without an account.
fn holders(site: &Site, ask: &Ask, who: &SignedIn, looked_for: &str) -> Result<(String, String, Vec<Choice>), Problem> {
    let looked_for = looked_for.split('/').next().unwrap_or_default();
    if looked_for.is_empty() {
        return Ok(Default::default());
    }
    let Some(unit) = site.house.units.search(looked_for).first().copied() else {
        return Ok((looked_for.to_owned(), "没找到这个单位，换个名字或者代码。".into(), Vec::new()));
    };
    let names = app::read::people::names(&site.house, unit.code)?;
    let holders = accounts::without_account(&site.house, who, unit.code, site.today())?;
    let choice = |post: &law::lead::post::Post| {
        let value = format!("{}/{}", unit.code, post.person);
        let label = format!("{} · {}{}", post.name, short_body(names.body(post.body)), words::post::kind(post.kind));
        Choice::new(&value, &label, ask.field("person") == value)
    };
    let found = match holders.len() {
        0 => format!("{}：有职务的人都有账号了，或者还没有登记职务。", unit.short_name()),
        n => format!("{}：{n}个人有职务、还没有账号。", unit.short_name()),
    };
    Ok((unit.short_name().to_owned(), found, holders.iter().map(choice).collect()))
}

/// A page of the auditor's log, and where the next begins.
fn log(site: &Site, ask: &Ask, who: &SignedIn) -> Result<(Vec<LogRow>, Option<String>), Problem> {
    let before = ask.query("before").split_once('-').and_then(|(at, id)| {
        let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
        Some(Event { id: MatterId::parse(id)?, at, what: None, account: None, done_by: None, source: None })
    });
    let events = events::page(&site.house, who, before.as_ref())?;
    let ids: Vec<MatterId> = events.iter().flat_map(|event| [event.account, event.done_by]).flatten().collect();
    let names = accounts::names(&site.house, who, &ids)?;
    let name = |id: MatterId| names.get(&id).map(|(login, name)| format!("{}（{login}）", law::code::mask_name(name)));
    let row = |event: &Event| {
        let about = event.account.map(|id| name(id).unwrap_or_else(|| "一位居民".into())).unwrap_or_default();
        let what = event.what.map_or("别的事", words::event::what);
        let (who, what) = match event.done_by {
            Some(by) => (name(by).unwrap_or_default(), format!("{what}：{about}")),
            None => (about, what.to_owned()),
        };
        LogRow { when: words::moment(event.at), who, what, source: event.source.clone().unwrap_or_default() }
    };
    let last = events.last().filter(|_| events.len() as i64 == limits::PAGE);
    let older = last.map(|event| format!("{}?before={}-{}", way::ADMIN, event.at.as_microsecond(), event.id));
    Ok((events.iter().map(row).collect(), older))
}

/// The door's no, shown above the accounts.
fn no(site: &Site, ask: &Ask, error: DoorError) -> Result<Reply, Problem> {
    match error {
        DoorError::Failure(failure) => Err(failure.into()),
        error => shown(site, ask, Some(words::door::refused(&error))),
    }
}

fn issue_official(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let (who, _) = admin(ask)?;
    let chosen = ask.field("person");
    let chosen = chosen.split_once('/').and_then(|(unit, person)| Some((UnitCode::parse(unit).ok()?, MatterId::parse(person)?)));
    let Some((unit, person)) = chosen else { return no(site, ask, DoorError::NoSuchPerson) };
    let names = app::read::people::names(&site.house, unit)?;
    let name = names.posts.values().find(|post| post.person == person).map_or_else(String::new, |post| post.name.clone());
    let place = site.house.units.get(unit).map_or("", |unit| unit.short_name());
    match issue(&site.house, By::Admin(who), Invite::Official { unit, person, login: ask.field("login") }) {
        Ok(link) => hand_over(site, ask, &link, name, place.to_owned()),
        Err(error) => no(site, ask, error),
    }
}

fn issue_admin(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let (who, _) = admin(ask)?;
    let Some(Kind::Admin(role)) = Kind::parse(&ask.field("role")) else { return no(site, ask, DoorError::NotYours) };
    let name = ask.field("name");
    let invite = Invite::Admin { role, login: ask.field("login"), name: Personal(name.clone()), phone: Personal(ask.field("phone")) };
    match issue(&site.house, By::Admin(who), invite) {
        Ok(link) => hand_over(site, ask, &link, name, role_word(role).to_owned()),
        Err(error) => no(site, ask, error),
    }
}

/// The link, shown once to whoever hands it over.
fn hand_over(site: &Site, ask: &Ask, link: &Link, name: String, post: String) -> Result<Reply, Problem> {
    let url = site.url(&format!("/enrol/{}", link.token.reveal()));
    let seconds = link.until.as_second() - site.house.clock.now().as_second();
    let qr = Qr::of(&url, "二维码：登记链接").map_err(broken)?;
    let shown = EnrolLink { f: frame::bare(site, ask, "登记链接"), name, post, url, qr, minutes: (seconds + 59) / 60 };
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

fn account(ask: &Ask) -> Result<MatterId, Problem> {
    MatterId::parse(&ask.field("account")).ok_or(Problem::NotFound)
}

fn ask_change(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let (who, _) = admin(ask)?;
    let what = twofold::What::parse(&ask.field("what")).ok_or(Problem::NotFound)?;
    match twofold::ask(&site.house, who, account(ask)?, what) {
        Ok(()) => Ok(Reply::see(way::ADMIN)),
        Err(error) => no(site, ask, error),
    }
}

/// The second administrator agrees; a reset gives a link to hand over.
fn confirm(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let (who, _) = admin(ask)?;
    let id = account(ask)?;
    let name = accounts::names(&site.house, who, &[id])?.remove(&id).map_or_else(String::new, |(_, name)| name);
    match twofold::confirm(&site.house, who, id) {
        Ok(Some(link)) => hand_over(site, ask, &link, name, String::new()),
        Ok(None) => Ok(Reply::see(way::ADMIN)),
        Err(error) => no(site, ask, error),
    }
}

/// What needs the account alone.
fn on_account(site: &Site, ask: &Ask, act: impl Fn(&app::House, &SignedIn, MatterId) -> Result<(), DoorError>) -> Result<Reply, Problem> {
    let (who, _) = admin(ask)?;
    match act(&site.house, who, account(ask)?) {
        Ok(()) => Ok(Reply::see(way::ADMIN)),
        Err(error) => no(site, ask, error),
    }
}
