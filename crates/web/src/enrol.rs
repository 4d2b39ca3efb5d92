//! 登记账号 Enrolment: behind a link that serves once, its holder sets a password, links a code maker and gets paper codes.

use crate::admin::role_word;
use crate::ask::{Ask, Reply};
use crate::look::door::{Enrol, EnrolStep, Recovery};
use crate::look::{Qr, Refused, page};
use crate::open::find::broken;
use crate::problem::Problem;
use crate::router::{Route, show, take};
use crate::site::Site;
use crate::visitor::visit;
use crate::{frame, words};
use app::door::enrol::{self, Enrolment, Setup};
use app::door::{DoorError, Kind, limits};

/// The routes of this file.
pub const ROUTES: &[Route] = &[show("/enrol/{token}", first), take("/enrol/{token}", next)];

/// What stands behind the link of the address.
fn look(site: &Site, ask: &Ask) -> Result<Enrolment, Problem> {
    Ok(enrol::look(&site.house, ask.param("token"))?)
}

fn at(site: &Site, ask: &Ask, behind: &Enrolment, step: EnrolStep, refused: Option<Refused>) -> Result<Reply, Problem> {
    let status = if refused.is_some() { 422 } else { 200 };
    let unit = behind.unit.and_then(|unit| site.house.units.get(unit)).map_or("", |unit| unit.short_name());
    let post = match behind.kind {
        Kind::Admin(role) => role_word(role).to_owned(),
        Kind::Official | Kind::Resident => unit.to_owned(),
    };
    let seconds = behind.until.as_second() - site.house.clock.now().as_second();
    let shown = Enrol {
        f: frame::bare(site, ask, "登记账号"),
        token: ask.param("token").to_owned(),
        name: behind.login.clone(),
        account: behind.login.clone(),
        post,
        step,
        minutes: (seconds / 60).max(1),
        refused,
    };
    Ok(Reply::html(page(&shown).map_err(broken)?).status(status))
}

/// The step with which a link begins.
fn beginning(behind: &Enrolment) -> EnrolStep {
    if behind.keeps_password { EnrolStep::Known } else { EnrolStep::New(limits::PASSWORD_SHORTEST as i64) }
}

fn first(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let behind = look(site, ask)?;
    at(site, ask, &behind, beginning(&behind), None)
}

/// A form with a code is the second step, one with a password the first.
fn next(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let behind = look(site, ask)?;
    if ask.maybe("code").is_some() { confirm(site, ask, &behind) } else { password(site, ask, &behind) }
}

fn password(site: &Site, ask: &Ask, behind: &Enrolment) -> Result<Reply, Problem> {
    let (given, again) = (ask.raw("password"), ask.raw("again"));
    if !behind.keeps_password && given != again {
        return at(site, ask, behind, beginning(behind), Some(Refused::of("PASSWORDS_DIFFER", None, Some("again"))));
    }
    match enrol::start(&site.house, ask.param("token"), &given) {
        Ok(Setup { secret, uri }) => {
            let qr = Qr::of(uri.reveal(), "二维码：验证器密钥").map_err(broken)?;
            let groups: Vec<&str> =
                secret.reveal().as_bytes().chunks(4).map(|four| std::str::from_utf8(four).unwrap_or_default()).collect();
            at(site, ask, behind, EnrolStep::Scan(qr, groups.join(" ")), None)
        }
        Err(DoorError::Failure(failure)) => Err(failure.into()),
        Err(DoorError::LinkSpent) => Err(DoorError::LinkSpent.into()),
        Err(error) => at(site, ask, behind, beginning(behind), Some(refused(&error))),
    }
}

/// The door's no in the words of this page: nobody signs in here.
fn refused(error: &DoorError) -> Refused {
    let no = words::door::refused(error);
    let what = match error {
        DoorError::CodeWrong => "没登记：验证器上的数字不对。".to_owned(),
        DoorError::WrongCredentials => "没登记：密码不对。".to_owned(),
        _ => no.what.clone(),
    };
    Refused { what, ..no }
}

fn confirm(site: &Site, ask: &Ask, behind: &Enrolment) -> Result<Reply, Problem> {
    match enrol::confirm(&site.house, ask.param("token"), &ask.field("code"), &visit(ask)) {
        Ok(codes) => {
            let codes = codes.iter().map(|code| code.reveal().to_owned()).collect();
            let shown = Recovery { f: frame::bare(site, ask, "恢复码"), codes };
            Ok(Reply::html(page(&shown).map_err(broken)?))
        }
        Err(DoorError::CodeWrong) => at(site, ask, behind, EnrolStep::Again, Some(refused(&DoorError::CodeWrong))),
        Err(error) => Err(error.into()),
    }
}
