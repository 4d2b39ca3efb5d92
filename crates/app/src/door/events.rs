//! 安全事件 Security events: sign-ins, failures, locks, resets and changes of accounts; read by the auditor alone;
//! 网络安全法 第23条（三）, GB/T 22239-2019 安全审计.

use super::{DoorError, Role, SignedIn, accounts, limits};
use crate::House;
use jiff::Timestamp;
use law::MatterId;

/// What happened at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Somebody signed in.
    SignedIn,
    /// Somebody signed in with a paper recovery code.
    SignedInByPaper,
    /// A wrong login name or password.
    WrongPassword,
    /// A wrong or used code.
    WrongCode,
    /// A login name was locked after too many wrong tries.
    Locked,
    /// A lock was opened by an administrator.
    Unlocked,
    /// Somebody signed out.
    SignedOut,
    /// Sessions were ended from another one or by an administrator.
    SessionsEnded,
    /// A telephone code could not be sent.
    CodeNotSent,
    /// An enrolment link was issued.
    Invited,
    /// Somebody enrolled.
    Enrolled,
    /// A password was changed.
    PasswordChanged,
    /// Paper recovery codes were made anew.
    PaperRenewed,
    /// A reset of the code maker was asked for.
    TotpResetAsked,
    /// A reset of everything was asked for.
    ResetAsked,
    /// The closing of an administrator's account was asked for.
    CloseAsked,
    /// What was asked for was confirmed by a second administrator.
    Confirmed,
    /// What was asked for was refused or withdrawn.
    Withdrawn,
    /// An account was closed.
    Closed,
    /// A resident's account was removed at the resident's wish.
    Removed,
}

impl What {
    /// Everything that happens.
    pub const ALL: [Self; 20] = [
        Self::SignedIn,
        Self::SignedInByPaper,
        Self::WrongPassword,
        Self::WrongCode,
        Self::Locked,
        Self::Unlocked,
        Self::SignedOut,
        Self::SessionsEnded,
        Self::CodeNotSent,
        Self::Invited,
        Self::Enrolled,
        Self::PasswordChanged,
        Self::PaperRenewed,
        Self::TotpResetAsked,
        Self::ResetAsked,
        Self::CloseAsked,
        Self::Confirmed,
        Self::Withdrawn,
        Self::Closed,
        Self::Removed,
    ];

    /// The stable word in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignedInByPaper => "signed_in_by_paper",
            Self::WrongPassword => "wrong_password",
            Self::WrongCode => "wrong_code",
            Self::Locked => "locked",
            Self::Unlocked => "unlocked",
            Self::SignedOut => "signed_out",
            Self::SessionsEnded => "sessions_ended",
            Self::CodeNotSent => "code_not_sent",
            Self::Invited => "invited",
            Self::Enrolled => "enrolled",
            Self::PasswordChanged => "password_changed",
            Self::PaperRenewed => "paper_renewed",
            Self::TotpResetAsked => "totp_reset_asked",
            Self::ResetAsked => "reset_asked",
            Self::CloseAsked => "close_asked",
            Self::Confirmed => "confirmed",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
            Self::Removed => "removed",
        }
    }

    /// Reads [`What::word`] back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.word() == word)
    }
}

/// One event as the auditor sees it.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its id.
    pub id: MatterId,
    /// When.
    pub at: Timestamp,
    /// What happened; none for a word of a later version.
    pub what: Option<What>,
    /// The account it concerns, if there is one.
    pub account: Option<MatterId>,
    /// The administrator who did it.
    pub done_by: Option<MatterId>,
    /// The network it came from.
    pub source: Option<String>,
}

/// A page of events before the one given, the latest first. The auditor alone may look.
pub fn page(house: &House, who: &SignedIn, before: Option<&Event>) -> Result<Vec<Event>, DoorError> {
    accounts::must_be(who, &[Role::Auditor])?;
    let (at, id) = before.map_or((i64::MAX, 0), |event| (event.at.as_microsecond(), event.id.as_i64()));
    let rows = house.read(|tx| store::session::event::page(tx, at, id, limits::PAGE))?;
    let event = |row: store::session::event::Event| Event {
        id: row.id,
        at: super::moment(row.at),
        what: What::parse(&row.what),
        account: row.account,
        done_by: row.done_by,
        source: row.source,
    };
    Ok(rows.into_iter().map(event).collect())
}
