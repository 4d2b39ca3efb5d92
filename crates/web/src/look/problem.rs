//! 出错页 Problems: the law's no, nothing here, too many, gone, broken; ink on amber, never red.

use askama::Template;

use super::{Frame, Refused, way};

/// One page for all of them; the handler gives the status.
#[derive(Clone, Debug, Template)]
#[template(path = "problem.html")]
pub struct Problem {
    /// Around.
    pub f: Frame,
    /// What happened.
    pub kind: Trouble,
    /// Hotline as dialled.
    pub phone: Option<String>,
}

/// Kinds of trouble.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// 4xx: the law says no.
    No(Refused),
    /// 404: no such page, or not for this reader.
    NotFound,
    /// 404: no unit with this code.
    NoUnit(String),
    /// 429: seconds to wait.
    TooMany(i64),
    /// 401: signed out meanwhile; typed text was kept: label and text.
    Expired(Vec<(String, String)>),
    /// 403: the form token does not match (old page, other browser); typed text was kept.
    Token(Vec<(String, String)>),
    /// 413: too large; the limit in words.
    TooLarge(String),
    /// 503: maintenance or overload; may be tried again.
    Busy,
    /// 5xx with its reference number.
    Broken(String),
}

impl Trouble {
    /// HTTP status that belongs to it; a refusal's is the handler's choice.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::No(_) => 422,
            Self::NotFound | Self::NoUnit(_) => 404,
            Self::TooMany(_) => 429,
            Self::Expired(_) => 401,
            Self::Token(_) => 403,
            Self::TooLarge(_) => 413,
            Self::Busy => 503,
            Self::Broken(_) => 500,
        }
    }

    /// What happened, as the page's title.
    #[must_use]
    pub fn head(&self) -> &'static str {
        match self {
            Self::No(_) => "没办成",
            Self::NotFound => "没找到这一页",
            Self::NoUnit(_) => "没找到这个村（社区）",
            Self::TooMany(_) => "太快了，请等一等",
            Self::Expired(_) => "登录过期了，没发出",
            Self::Token(_) => "这一页放得太久了，没发出",
            Self::TooLarge(_) => "文件太大了",
            Self::Busy => "这会儿人多，没办成",
            Self::Broken(_) => "系统出错，没有办成",
        }
    }
}

impl Problem {
    /// 40秒 · 3分钟
    fn wait(seconds: &i64) -> String {
        if *seconds < 60 { format!("{}秒", (*seconds).max(1)) } else { format!("{}分钟", (seconds + 59) / 60) }
    }
}
