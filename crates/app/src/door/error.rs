//! 登录之拒 Why the door stays shut. Each has a stable code; its sentence is in `web/words`.

use crate::Failure;
use jiff::Timestamp;
use std::fmt;

/// Why the door stays shut.
#[derive(Clone, Debug)]
pub enum DoorError {
    /// Login name or password is wrong; which of them, nobody learns.
    WrongCredentials,
    /// Too many wrong tries for this login name, whether it exists or not.
    Locked {
        /// Until when.
        until: Timestamp,
    },
    /// The code is wrong or was used before.
    CodeWrong,
    /// The code ran out of time or tries, or none was asked for in this browser.
    CodeExpired,
    /// Too much was asked in too short a time.
    TooMany {
        /// Seconds to wait.
        wait_s: i64,
    },
    /// The sign-in that was begun has run out of time; begin again.
    StartAgain,
    /// The link was used, replaced, or has run out.
    LinkSpent,
    /// The password is too weak.
    PasswordWeak {
        /// In what.
        why: Weak,
    },
    /// A login name needs 3 to 32 of a–z, 0–9, `.`, `-`, `_`, and is no telephone or identity number.
    LoginBad,
    /// Somebody has or had this login name.
    LoginTaken,
    /// The name is empty or too long.
    NameBad,
    /// This is no mobile number.
    PhoneBad,
    /// There is no such unit here.
    NoSuchUnit,
    /// The unit has no such person.
    NoSuchPerson,
    /// There is no such account, or it is none of that kind.
    NoSuchAccount,
    /// The person has an account already.
    AccountExists,
    /// There is one administrator of this role already.
    RoleTaken,
    /// The three administrators are three persons, and none is an official.
    SamePerson,
    /// This needs another administrator than who asked for it and whom it concerns.
    SecondPerson,
    /// Nobody asked for this change, or too long ago.
    NothingAsked,
    /// This administrator, official or resident may not do this.
    NotYours,
    /// The browser did not bring its mark; cookies are off.
    BrowserUnbound,
    /// The form was made for another session.
    FormStale,
    /// This house sends no telephone codes.
    NoCodes,
    /// Codes into a file are for demos alone.
    FileOutsideDemo,
    /// The sending service did not take the code.
    NotSent,
    /// Something broke.
    Failure(Failure),
}

/// What a password lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// Too few characters.
    Short,
    /// Too many characters.
    Long,
    /// Too few of lower case, upper case, digits and others.
    Classes,
    /// The login name is in it.
    HoldsLogin,
    /// It is among the first that everybody tries.
    Common,
    /// It is one of the last ones.
    Used,
}

impl Weak {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Classes => "classes",
            Self::HoldsLogin => "holds_login",
            Self::Common => "common",
            Self::Used => "used",
        }
    }
}

impl DoorError {
    /// The stable code.
    pub fn code(&self) -> String {
        let code = match self {
            Self::WrongCredentials => "WRONG_CREDENTIALS",
            Self::Locked { .. } => "LOCKED",
            Self::CodeWrong => "CODE_WRONG",
            Self::CodeExpired => "CODE_EXPIRED",
            Self::TooMany { .. } => "TOO_MANY_TRIES",
            Self::StartAgain => "START_AGAIN",
            Self::LinkSpent => "LINK_SPENT",
            Self::PasswordWeak { .. } => "PASSWORD_WEAK",
            Self::LoginBad => "LOGIN_BAD",
            Self::LoginTaken => "LOGIN_TAKEN",
            Self::NameBad => "NAME_BAD",
            Self::PhoneBad => "PHONE_BAD",
            Self::NoSuchUnit => "NO_SUCH_UNIT",
            Self::NoSuchPerson => "NO_SUCH_PERSON",
            Self::NoSuchAccount => "NO_SUCH_ACCOUNT",
            Self::AccountExists => "ACCOUNT_EXISTS",
            Self::RoleTaken => "ROLE_TAKEN",
            Self::SamePerson => "SAME_PERSON",
            Self::SecondPerson => "SECOND_PERSON",
            Self::NothingAsked => "NOTHING_ASKED",
            Self::NotYours => "NOT_YOURS",
            Self::BrowserUnbound => "BROWSER_UNBOUND",
            Self::FormStale => "FORM_STALE",
            Self::NoCodes => "NO_CODES",
            Self::FileOutsideDemo => "FILE_OUTSIDE_DEMO",
            Self::NotSent => "NOT_SENT",
            Self::Failure(failure) => return failure.code(),
        };
        code.to_owned()
    }
}

impl From<Failure> for DoorError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<Weak> for DoorError {
    fn from(why: Weak) -> Self {
        Self::PasswordWeak { why }
    }
}

impl fmt::Display for DoorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failure(failure) => write!(f, "{failure}"),
            other => f.write_str(&other.code()),
        }
    }
}

impl std::error::Error for DoorError {}
