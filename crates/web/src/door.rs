//! 登录 Signing in and out: residents by a code to the telephone, office-holders by password and code; devices.

use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::door::{Device, Official, Sessions, SignIn, SignInCode, SignedOut, Totp};
use crate::look::{Refused, page, way};
use crate::open::find::broken;
use crate::problem::Problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::visitor::{self, back, visit};
use crate::words;
use app::door::{self, DoorError, Kind};
use jiff::Timestamp;
use law::UnitCode;

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    show("/signin", sign_in),
    take("/signin", ask_code),
    show("/signin/code", code_form),
    take("/signin/code", enter_code),
    show("/signin/official", official),
    take("/signin/official", password),
    show("/signin/totp", official),
    take("/signin/totp", totp),
    take("/signout", sign_out),
    show("/sessions", sessions),
    take("/sessions/end", end),
    take("/sessions/end-others", end_others),
];

/// A door's no on its form: too many tries answers with 429, everything else with 422.
fn refusal(error: DoorError) -> Result<Refused, Problem> {
    match error {
        DoorError::Failure(failure) => Err(failure.into()),
        error => Ok(words::door::refused(&error)),
    }
}

impl From<DoorError> for Problem {
    fn from(error: DoorError) -> Self {
        match error {
            DoorError::Failure(failure) => failure.into(),
            DoorError::TooMany { wait_s } => Self::Door { refused: Box::new(words::door::refused(&error)), wait: Some(wait_s) },
            error => Self::Door { refused: Box::new(words::door::refused(&error)), wait: None },
        }
    }
}

/// The unit that a path is about.
fn unit_of(path: &str) -> Option<UnitCode> {
    UnitCode::parse(path.strip_prefix("/u/")?.split(['/', '?']).next()?).ok()
}

fn form(site: &Site, ask: &Ask, phone: String, back: String, refused: Option<Refused>) -> Result<Reply, Problem> {
    let status = if refused.is_some() { 422 } else { 200 };
    let shown = SignIn { f: frame::bare(site, ask, "登录"), phone, back, refused };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

fn sign_in(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    form(site, ask, String::new(), back(ask.query("back")), None)
}

fn ask_code(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let (phone, back) = (ask.field("phone"), back(&ask.field("back")));
    let asked = unit_of(&back).ok_or(DoorError::NoSuchUnit).and_then(|unit| {
        let courier = door::courier::of(&site.house)?;
        door::resident::ask_code(&site.house, &*courier, unit, &phone, &visit(ask))
    });
    match asked {
        Ok(()) => code_page(site, ask, law::code::mask_phone(&phone), back, None),
        Err(error) => form(site, ask, phone, back, Some(refusal(error)?)),
    }
}

/// The demo prints the code on the page: nothing is ever sent from it.
fn code_page(site: &Site, ask: &Ask, phone: String, back: String, refused: Option<Refused>) -> Result<Reply, Problem> {
    let status = if refused.is_some() { 422 } else { 200 };
    let demo_code = if site.house.demo { door::demo::last_code(&site.house) } else { None };
    let shown = SignInCode {
        f: frame::bare(site, ask, "输入验证码"),
        phone,
        back,
        minutes: door::limits::CODE / 60_000_000,
        tries: door::limits::CODE_TRIES,
        demo_code,
        refused,
    };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

fn code_form(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    code_page(site, ask, "您的手机".into(), back(ask.query("back")), None)
}

fn enter_code(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let back = back(&ask.field("back"));
    match door::resident::enter_code(&site.house, &ask.field("code"), &visit(ask)) {
        Ok(session) => Ok(visitor::sign_in(site, Reply::see(&back), session.token.reveal(), Some(30))),
        Err(error) => code_page(site, ask, "您的手机".into(), back, Some(refusal(error)?)),
    }
}

fn official_page(site: &Site, ask: &Ask, name: String, back: String, refused: Option<Refused>) -> Result<Reply, Problem> {
    let status = if refused.is_some() { 422 } else { 200 };
    let shown = Official { f: frame::bare(site, ask, "干部登录"), name, back, refused, demo: Vec::new() };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

fn official(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    official_page(site, ask, String::new(), desk_or(ask.query("back")), None)
}

/// Office-holders go to their desk unless they came from somewhere.
fn desk_or(path: &str) -> String {
    if path.is_empty() || path == "/" { way::DESK.to_owned() } else { back(path) }
}

fn password(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let (name, back) = (ask.field("name"), desk_or(&ask.field("back")));
    match door::official::begin(&site.house, &name, &ask.raw("password"), &visit(ask)) {
        Ok(half) => {
            let reply = totp_page(site, ask, back, None)?;
            Ok(visitor::half(site, reply, half.token.reveal()))
        }
        Err(error) => official_page(site, ask, name, back, Some(refusal(error)?)),
    }
}

fn totp_page(site: &Site, ask: &Ask, back: String, refused: Option<Refused>) -> Result<Reply, Problem> {
    let status = if refused.is_some() { 422 } else { 200 };
    let shown = Totp { f: frame::bare(site, ask, "输入动态码"), back, recovery_left: 0, refused };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

fn totp(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let back = desk_or(&ask.field("back"));
    let half = visitor::half_of(site, ask);
    match door::official::finish(&site.house, &half, &ask.field("code"), &visit(ask)) {
        Ok(session) => Ok(visitor::sign_in(site, Reply::see(&back), session.token.reveal(), None)),
        Err(DoorError::StartAgain) => official_page(site, ask, String::new(), back, Some(words::door::refused(&DoorError::StartAgain))),
        Err(error) => totp_page(site, ask, back, Some(refusal(error)?)),
    }
}

fn sign_out(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    if let Some(signed) = &ask.visitor.signed {
        door::session::sign_out(&site.house, signed)?;
    }
    let mut f = frame::bare(site, ask, "已退出");
    f.me = None;
    Ok(visitor::sign_out(site, Reply::html(page(&SignedOut { f }).map_err(broken)?)))
}

fn when(at: Timestamp, today: jiff::civil::Date) -> String {
    if law::moment::civil_day(at) == today { format!("今天{}", words::time(at)) } else { words::moment(at) }
}

fn sessions(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let signed = ask.visitor.signed()?;
    let mut rows = Vec::new();
    for mine in door::session::mine(&site.house, signed)? {
        rows.push(Device {
            id: mine.session.to_string(),
            name: words::device::name(&mine.device),
            since: format!("{}登录", when(mine.since, site.today())),
            seen: if mine.seen == site.today() { "今天用过".into() } else { format!("{}用过", words::in_year(mine.seen)) },
            here: mine.this,
        });
    }
    rows.sort_by_key(|device| !device.here);
    let shown = Sessions { f: frame::bare(site, ask, "登录过的设备"), rows };
    Ok(Reply::html(page(&shown).map_err(broken)?))
}

fn end(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let signed = ask.visitor.signed()?;
    let session = law::Digest::parse(&ask.field("id")).ok_or(Problem::NotFound)?;
    door::session::end(&site.house, signed, session)?;
    Ok(Reply::see(way::SESSIONS))
}

fn end_others(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    door::session::end_others(&site.house, ask.visitor.signed()?)?;
    Ok(Reply::see(way::SESSIONS))
}

/// Whether this visitor is a resident: such pages are theirs alone.
pub fn resident(ask: &Ask) -> bool {
    ask.visitor.signed.as_ref().is_some_and(|signed| signed.kind == Kind::Resident)
}
