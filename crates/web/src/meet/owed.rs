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

/// What is owed of a sitting: 确认会议记录：11月24日班子联席会议.
pub fn heading(rule: &str, sitting: &str) -> Option<String> {
    match rule {
        MINUTES => Some(format!("确认会议记录：{sitting}")),
        RECONVENE => Some(format!("再召集没开完的会：{sitting}")),
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
