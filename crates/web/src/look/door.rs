//! 登录 Sign-in: phone and code for residents, password and TOTP for office-holders, enrolment, devices; B31.

use askama::Template;

use super::{Frame, Qr, Refused, parts, way};
use crate::words;

/// Residents, step 1. POST `/signin`: `phone`, `back`.
#[derive(Clone, Debug, Template)]
#[template(path = "signin.html")]
pub struct SignIn {
    /// Around.
    pub f: Frame,
    /// Typed number.
    pub phone: String,
    /// Where to go afterwards (a path of this site).
    pub back: String,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// Residents, step 2. POST `/signin/code`: `code`, `back`. The same page for unknown numbers.
#[derive(Clone, Debug, Template)]
#[template(path = "signin_code.html")]
pub struct SignInCode {
    /// Around.
    pub f: Frame,
    /// 138****0000
    pub phone: String,
    /// Where to go afterwards.
    pub back: String,
    /// Minutes the code is good for.
    pub minutes: i64,
    /// Tries left.
    pub tries: i64,
    /// Demo only: the code itself, printed on the page.
    pub demo_code: Option<String>,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// Office-holders, step 1. POST `/signin/official`: `name`, `password`, `back`.
#[derive(Clone, Debug, Template)]
#[template(path = "official.html")]
pub struct Official {
    /// Around.
    pub f: Frame,
    /// Typed account name.
    pub name: String,
    /// Where to go afterwards.
    pub back: String,
    /// What was refused; a locked account says until when.
    pub refused: Option<Refused>,
    /// Demo only: accounts to try, name and what they are.
    pub demo: Vec<(String, String)>,
}

/// Office-holders, step 2. POST `/signin/totp`: `code` (six digits, or a recovery code), `back`.
#[derive(Clone, Debug, Template)]
#[template(path = "totp.html")]
pub struct Totp {
    /// Around.
    pub f: Frame,
    /// Where to go afterwards.
    pub back: String,
    /// Recovery codes not yet used.
    pub recovery_left: i64,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// Too many wrong tries.
#[derive(Clone, Debug, Template)]
#[template(path = "locked.html")]
pub struct Locked {
    /// Around.
    pub f: Frame,
    /// `15:40`, today or with the day.
    pub until: String,
    /// Who can help: 镇里的系统管理员.
    pub helper: String,
    /// Phone of the helper.
    pub phone: Option<String>,
}

/// Enrolment by single-use link: first the password, then the code maker. POST `/enrol/{token}`: `password`, `again`; then `code`.
#[derive(Clone, Debug, Template)]
#[template(path = "enrol.html")]
pub struct Enrol {
    /// Around.
    pub f: Frame,
    /// Token of the link.
    pub token: String,
    /// 黎国樑; may be empty.
    pub name: String,
    /// Account name to sign in with.
    pub account: String,
    /// 北栅社区居委会副主任, 系统管理员; may be empty.
    pub post: String,
    /// Which step.
    pub step: EnrolStep,
    /// Minutes the link is still good for.
    pub minutes: i64,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// A step of enrolment.
#[derive(Clone, Debug)]
pub enum EnrolStep {
    /// A new password of at least so many characters.
    New(i64),
    /// The password that stays, to prove who it is.
    Known,
    /// The code maker: the secret as a QR code of its `otpauth:` address, and in groups of four. It is shown this once.
    Scan(Qr, String),
    /// The code was wrong: try again with what was scanned before.
    Again,
}

/// Recovery codes, shown once after enrolment.
#[derive(Clone, Debug, Template)]
#[template(path = "recovery.html")]
pub struct Recovery {
    /// Around.
    pub f: Frame,
    /// Ten codes.
    pub codes: Vec<String>,
}

/// Devices signed in. POST `/sessions/end`: `id`; `/sessions/end-others`; `/signout`.
#[derive(Clone, Debug, Template)]
#[template(path = "sessions.html")]
pub struct Sessions {
    /// Around.
    pub f: Frame,
    /// Devices, this one first.
    pub rows: Vec<Device>,
}

/// One device.
#[derive(Clone, Debug)]
pub struct Device {
    /// Opaque id of the session row, never its token.
    pub id: String,
    /// 微信（安卓手机）
    pub name: String,
    /// 11月24日 9:12登录
    pub since: String,
    /// 今天9:40用过
    pub seen: String,
    /// This one.
    pub here: bool,
}

/// After signing out.
#[derive(Clone, Debug, Template)]
#[template(path = "signed_out.html")]
pub struct SignedOut {
    /// Around.
    pub f: Frame,
}
