//! 事项种类 Words for the kinds of matter, and for what comes round again.

use jiff::civil::Date;
use law::steer::cadence::{CONGRESS, REPRESENTATIVES, TEAM};

/// What a line of this kind is about.
pub fn kind(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "mechanism" => "机制运行",
        "body" => "组织",
        "person" => "人员",
        "post" => "职务",
        "roll" => "名册",
        "electorate" => "表决名册",
        "slot" => "固定会期",
        "sitting" => "会议",
        "ballot" => "表决",
        "cadence" => "定期要做的事",
        "motion" => "议题",
        "resolution" => "决议",
        "task" => "任务",
        "suggestion" => "群众意见",
        "notice" => "公告公示",
        _ => return None,
    })
}

/// What a rule of periods asks for: 开意见箱
#[must_use]
pub fn recurring(rule: &str) -> &'static str {
    match rule {
        TEAM => "开班子联席会议",
        CONGRESS => "开党群联席会议",
        REPRESENTATIVES => "开代表会议",
        _ => "开意见箱",
    }
}

/// The period that begins on a day: 第48周, 第3季度, 下半年; `days` is how long it lasts.
#[must_use]
pub fn period(first: Date, days: i32) -> String {
    match days {
        ..8 => format!("第{}周", first.iso_week_date().week()),
        8..32 => format!("{}月", first.month()),
        32..100 => format!("第{}季度", (first.month() + 2) / 3),
        100..200 if first.month() == 1 => "上半年".into(),
        100..200 => "下半年".into(),
        _ => format!("{}年", first.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_are_called_as_people_call_them() {
        let cases = [
            (date(2026, 11, 23), 6, "第48周"),
            (date(2026, 11, 1), 29, "11月"),
            (date(2026, 7, 1), 91, "第3季度"),
            (date(2026, 10, 1), 91, "第4季度"),
            (date(2026, 7, 1), 183, "下半年"),
            (date(2026, 1, 1), 364, "2026年"),
        ];
        for (first, days, said) in cases {
            assert_eq!(period(first, days), said);
        }
    }
}
