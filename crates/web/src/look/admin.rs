//! 账号 Accounts: three administrators, none of whom may act in matters; enrolment links; DESIGN.md §7.

use askama::Template;

use super::{Choice, Frame, Qr, Refused, way};

/// Accounts `/admin/accounts`. POST `/admin/accounts/issue`: `person`; `/admin/accounts/reset`: `account`; `/admin/accounts/close`: `account`.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts.html")]
pub struct Accounts {
    /// Around.
    pub f: Frame,
    /// Which of the three the reader is.
    pub role: Role,
    /// The three: role, name, or empty when not yet filled.
    pub three: Vec<(Role, String)>,
    /// Accounts.
    pub rows: Vec<Account>,
    /// Office-holders without an account, for a new link.
    pub waiting: Vec<Choice>,
    /// The log, newest first: for the audit administrator.
    pub log: Vec<LogRow>,
    /// What was refused.
    pub refused: Option<Refused>,
}

/// The three administrators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// 系统管理员: opens and closes accounts.
    System,
    /// 安全管理员: countersigns resets.
    Security,
    /// 审计管理员: reads the log.
    Audit,
}

impl Role {
    /// 系统管理员 · 安全管理员 · 审计管理员
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "系统管理员",
            Self::Security => "安全管理员",
            Self::Audit => "审计管理员",
        }
    }

    fn charge(self) -> &'static str {
        match self {
            Self::System => "开账号、停账号、发登记链接",
            Self::Security => "复核重置，两个人才能重置一个账号",
            Self::Audit => "只看日志，什么都不能改",
        }
    }
}

/// One account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Opaque id.
    pub id: String,
    /// Account name.
    pub account: String,
    /// 黎国樑
    pub name: String,
    /// 北栅社区居委会副主任
    pub post: String,
    /// 在用 · 待登记 · 停用 · 锁定
    pub state: String,
    /// 今天9:12; may be empty.
    pub seen: String,
    /// A reset waits for the second person.
    pub reset_waits: bool,
}

/// One line of the log.
#[derive(Clone, Debug)]
pub struct LogRow {
    /// 11月24日 9:12
    pub when: String,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
}

/// The enrolment link, shown once to hand over on paper or by voice.
#[derive(Clone, Debug, Template)]
#[template(path = "enrol_link.html")]
pub struct EnrolLink {
    /// Around.
    pub f: Frame,
    /// Who it is for.
    pub name: String,
    /// 北栅社区居委会副主任
    pub post: String,
    /// The link.
    pub url: String,
    /// The link as a QR code.
    pub qr: Qr,
    /// Minutes it is good for.
    pub minutes: i64,
}

impl Accounts {
    /// A name for each form on the page.
    fn form(&self, act: &str, account: &Account) -> String {
        format!("{act}-{}", account.id)
    }
}
