//! 账号 Accounts: three administrators, none of whom may act in matters; enrolment links; DESIGN.md §7.

use askama::Template;

use super::{Choice, Frame, Qr, Refused, parts, way};

/// Accounts `/admin/accounts`. `?unit=` looks for office-holders of a unit who have no account yet, `?after=` and `?before=`
/// turn pages. POST `/admin/accounts/issue`: `person` (`unit/person`), `login`; `/admin/accounts/issue-admin`: `role`, `login`,
/// `name`, `phone`; every act of a row posts `account`, and `what` where it has one.
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
    /// The next page of accounts.
    pub more: Option<String>,
    /// For the system administrator: the unit looked for, as typed.
    pub unit: String,
    /// What came of looking: the unit's name, or that there is none.
    pub found: String,
    /// Its office-holders without an account.
    pub waiting: Vec<Choice>,
    /// Administrators still to be named.
    pub vacant: Vec<Choice>,
    /// The log, newest first: for the audit administrator.
    pub log: Vec<LogRow>,
    /// The next page of the log.
    pub older: Option<String>,
    /// What was typed into a refused form: account name, name.
    pub typed: (String, String),
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
            Self::Security => "复核重置、解锁，两个人才能重置一个账号",
            Self::Audit => "看日志，复核安全管理员提出的重置",
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
    /// 在用 · 待登记 · 停用 · 锁到9:30
    pub state: String,
    /// What waits for the second person: 等复核：换验证器. Empty when nothing does.
    pub waits: String,
    /// What this administrator may do with it.
    pub acts: Vec<Act>,
}

/// One act on an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// Last part of the path.
    pub path: &'static str,
    /// Field `what`; empty when it has none.
    pub what: &'static str,
    /// The button.
    pub label: &'static str,
}

/// One line of the log.
#[derive(Clone, Debug)]
pub struct LogRow {
    /// 11月24日 9:12
    pub when: String,
    /// Who did it, or whose account it is.
    pub who: String,
    /// What.
    pub what: String,
    /// From which network.
    pub source: String,
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
    fn form(&self, act: &Act, account: &Account) -> String {
        format!("{}{}-{}", act.path, act.what, account.id)
    }
}
