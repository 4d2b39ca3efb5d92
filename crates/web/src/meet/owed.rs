//! 会议应办 What sittings and their periods owe, as the desk says it; 东组通〔2015〕33号 二（二）.

use crate::look::way;
use law::meet::SittingKind;
use law::meet::sitting::{MINUTES, RECONVENE};
use law::steer::cadence::{CONGRESS, REPRESENTATIVES, TEAM};

/// The act on the button; none for duties of other things.
pub fn verb(rule: &str) -> Option<&'static str> {
    match rule {
        TEAM => Some("记会"),
        CONGRESS | REPRESENTATIVES | RECONVENE => Some("召集"),
        MINUTES => Some("确认"),
        _ => None,
    }
}

/// What is owed, where no title of its own says it.
pub fn heading(rule: &str) -> Option<&'static str> {
    match rule {
        MINUTES => Some("看一遍会议记录，确认公布"),
        RECONVENE => Some("上次没开完的会，要再召集"),
        _ => None,
    }
}

/// Where it is done; `id` is the matter that owes it.
pub fn way_of(rule: &str, unit: &str, id: &str) -> String {
    let new = |kind: SittingKind| format!("{}?kind={}", way::meeting_new(unit), kind.word());
    match rule {
        TEAM => way::weekly(unit),
        CONGRESS => new(SittingKind::Joint),
        REPRESENTATIVES => new(SittingKind::Representatives),
        RECONVENE => format!("{}?again={id}", way::meeting_new(unit)),
        _ => way::matter(unit, id),
    }
}
