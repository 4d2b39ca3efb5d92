//! 样页：会议日历、每周快记、固定会期、召集、表决名册。

use jiff::civil::date;

use super::rooms::ROOM;
use super::{TODAY, cadre, choices, frame, leaf, mark, refused};
use crate::look::board::{Quarter, Week, WeekState};
use crate::look::desk::Tool;
use crate::look::meet::calendar::{Box4, Calendar, Row};
use crate::look::meet::call::{Call, Early, Other};
use crate::look::meet::seats::{Roll as Counted, Rolls, Seats};
use crate::look::meet::weekly::{Line, Slot, Weekly};
use crate::look::rules::Firm;
use crate::look::{Chip, Choice, Frame, Paging, Tone};

pub fn all() -> Vec<(&'static str, String)> {
    let large = |f: Frame| Frame { large: true, ..f };
    vec![
        leaf("meetings", &calendar(cadre(frame("会议日历", "/u/441900121014/meetings")))),
        leaf("meetings-empty", &empty_calendar()),
        leaf("weekly", &weekly()),
        leaf("weekly-large", &Weekly { f: large(weekly().f), ..weekly() }),
        leaf("weekly-refused", &weekly_refused()),
        leaf("slot", &slot()),
        leaf("call", &call()),
        leaf("call-team", &call_team()),
        leaf("rolls", &rolls()),
        leaf("seats", &seats()),
    ]
}

pub fn people(n: usize, picked: bool) -> Vec<Choice> {
    const NAMES: [&str; 9] = [
        "林伟棠（党工委书记）",
        "陈志恒（居委会主任）",
        "黎国樑（居委会副主任）",
        "黎满堂（理事长）",
        "梁玉燕",
        "萧秀英",
        "何柏年",
        "王建强",
        "刘美珍",
    ];
    (0..n).map(|at| Choice::new(&format!("p{at}"), NAMES[at % NAMES.len()], picked && at != 4)).collect()
}

fn weekly() -> Weekly {
    let line = |report: &str, discussion: &str, resolution: &str| Line {
        report: report.into(),
        discussion: discussion.into(),
        resolution: resolution.into(),
        amount: String::new(),
    };
    Weekly {
        f: cadre(frame("记本周班子联席会议", "/u/441900121014/meetings/weekly")),
        keep: frame("", "").keep("weekly"),
        slot: "每周三15:00，居委会二楼会议室".into(),
        day: "2026-11-24".into(),
        from: "15:00".into(),
        to: "15:40".into(),
        people: people(9, true),
        needed: 5,
        items: vec![
            line("市场排水沟已清通，还差盖板", "黎国樑说盖板要定做", "盖板由居委会定做，11月28日前装好，黎国樑办"),
            line("消防通道还停了6辆车", "先劝，劝不走再报", "陈志恒27日前逐户劝离"),
            Line::default(),
            Line::default(),
            Line::default(),
        ],
        agreed: false,
        most: 500,
        hint: "不花钱的不填。达到¥50,000.00的是重大事项，不能在这里定。".into(),
        lag: None,
        refused: None,
    }
}

fn weekly_refused() -> Weekly {
    let f = cadre(frame("没发出：记本周班子联席会议", "/u/441900121014/meetings/weekly"));
    Weekly { f, lag: Some((3, date(2026, 11, 21))), refused: refused("NO_QUORUM", "present"), ..weekly() }
}

fn slot() -> Slot {
    Slot {
        f: cadre(frame("定固定会期", "/u/441900121014/meetings/slot")),
        keep: frame("", "").keep("slot"),
        now: String::new(),
        kinds: choices(&[("team", "班子联席会议")], "team"),
        weekdays: choices(
            &[
                ("monday", "周一"),
                ("tuesday", "周二"),
                ("wednesday", "周三"),
                ("thursday", "周四"),
                ("friday", "周五"),
                ("saturday", "周六"),
                ("sunday", "周日"),
            ],
            "wednesday",
        ),
        time: "15:00".into(),
        place: "居委会二楼会议室".into(),
        refused: None,
    }
}

fn call() -> Call {
    let early = |name: &str, convener: &str, days, firm, earliest, mine| Early {
        name: name.into(),
        convener: convener.into(),
        days,
        firm,
        earliest,
        mine,
    };
    Call {
        f: cadre(frame("召集党群联席会议", "/u/441900121014/meetings/new?kind=joint")),
        keep: frame("", "").keep("call"),
        kinds: choices(&[("team", "班子联席会议"), ("joint", "党群联席会议")], "joint"),
        again: None,
        notices: vec![
            early("党员大会", "党工委书记", 5, Some(Firm::Default), date(2026, 11, 29), true),
            early("居民代表会议", "居委会主任", 3, Some(Firm::Default), date(2026, 11, 27), false),
            early("成员代表大会", "理事长", 10, Some(Firm::Default), date(2026, 12, 4), false),
            early("异地务工人员代表", "", 0, None, TODAY, false),
        ],
        day: String::new(),
        time: "15:00".into(),
        place: "文化楼一楼礼堂".into(),
        motions: choices(
            &[("m1.2.deliberate", "审议：东坊巷加装11盏路灯（第2版）"), ("m1.2.resolve", "决议：东坊巷加装11盏路灯（第2版）")],
            "m1.2.deliberate",
        ),
        waiting: vec![("西闸旧厂房出租".into(), "方案公示还没满7天，12月1日满。".into())],
        others: vec![Other::default(), Other::default()],
        takes_others: true,
        adds: false,
        hint: "不花钱的不填。达到¥50,000.00的是重大事项，不能在这里定。".into(),
        grounds: vec![("privacy".into(), "个人隐私".into()), ("business".into(), "商业秘密".into())],
        refused: None,
    }
}

fn call_team() -> Call {
    let notices =
        vec![Early {
            name: "班子".into(), convener: "党工委书记".into(), days: 0, firm: Some(Firm::Default), earliest: TODAY, mine: true
        }];
    Call {
        kinds: choices(&[("team", "班子联席会议"), ("joint", "党群联席会议")], "team"),
        notices,
        motions: vec![],
        adds: true,
        refused: refused("SHORT_NOTICE", "day"),
        ..call()
    }
}

fn weeks() -> Vec<Quarter> {
    let state = |quarter: u8, at: u8| match (quarter, at) {
        (1, 7) => WeekState::Holiday,
        (2, 3) => WeekState::Missed,
        (3, 9) => WeekState::Late,
        (4, 8) => WeekState::Now,
        (4, 9..) => WeekState::Future,
        _ => WeekState::Kept,
    };
    (1..=4_u8)
        .map(|nth| Quarter { nth, weeks: (0..13).map(|at| Week { nth: (nth - 1) * 13 + at + 1, state: state(nth, at) }).collect() })
        .collect()
}

pub fn boxes() -> Vec<Box4> {
    let one = |name: &str, state, from, to, held: &[jiff::civil::Date]| Box4 {
        name: name.into(),
        state,
        from,
        to,
        held: held.iter().map(|day| (ROOM.into(), *day)).collect(),
        why: String::new(),
        href: Some(ROOM.into()),
    };
    vec![
        one("第一季度", WeekState::Kept, date(2026, 1, 1), date(2026, 3, 31), &[date(2026, 3, 18)]),
        one("第二季度", WeekState::Late, date(2026, 4, 1), date(2026, 6, 30), &[date(2026, 6, 24), date(2026, 6, 29)]),
        Box4 { why: "台风，礼堂停电".into(), ..one("第三季度", WeekState::Missed, date(2026, 7, 1), date(2026, 9, 30), &[]) },
        one("第四季度", WeekState::Now, date(2026, 10, 1), date(2026, 12, 31), &[]),
    ]
}

fn rows() -> Vec<Row> {
    let row = |title: &str, day, said: &str, lag| Row {
        href: ROOM.into(),
        title: title.into(),
        day,
        where_when: "15:00 · 居委会二楼会议室".into(),
        said: said.into(),
        chip: Chip::new(Tone::Done, "开完了"),
        lag,
        mark: mark(1250),
    };
    vec![row("班子联席会议", date(2026, 11, 18), "5项都定了", 0), row("班子联席会议", date(2026, 11, 11), "3项都定了", 2)]
}

fn calendar(f: Frame) -> Calendar {
    let coming = Row {
        chip: Chip::new(Tone::Doing, "已通知"),
        said: "议程4项".into(),
        day: date(2026, 12, 1),
        title: "党群联席会议".into(),
        ..rows()[0].clone()
    };
    let tool = |label: &str| Tool { label: label.into(), href: "/u/441900121014/meetings/weekly".into() };
    Calendar {
        f,
        year: 2026,
        slots: vec!["班子联席会议每周三15:00，居委会二楼会议室".into()],
        coming: vec![coming],
        quarters: boxes(),
        weeks: weeks(),
        others: vec![],
        held: rows(),
        paging: Paging { page: 1, pages: 3, base: "/u/441900121014/meetings?page=".into() },
        tools: vec![tool("记本周的会"), tool("召集会议"), tool("改固定会期")],
        ics: "https://cunwu.example/u/441900121014/meetings.ics".into(),
    }
}

fn empty_calendar() -> Calendar {
    let quiet = boxes().into_iter().map(|one| Box4 { state: WeekState::Future, held: vec![], ..one }).collect();
    let f = frame("会议日历", "/u/441900121014/meetings");
    Calendar { slots: vec![], coming: vec![], quarters: quiet, weeks: vec![], held: vec![], tools: vec![], ..calendar(f) }
}

fn rolls() -> Rolls {
    let roll = |word: &str, name: &str, due, kept| Counted {
        word: word.into(),
        name: name.into(),
        due,
        officers: if kept { 0 } else { due },
        women: None,
        version: kept.then_some((3, date(2026, 3, 20))),
        kept,
        names: vec![],
    };
    Rolls {
        f: cadre(frame("表决名册", "/u/441900121014/rolls")),
        rolls: vec![
            roll("team", "班子", 9, false),
            roll("party", "党员大会", 86, true),
            Counted {
                officers: 7,
                women: Some((13, Some(15))),
                names: vec!["王建强".into(), "刘美珍".into()],
                ..roll("representatives", "居民代表会议", 45, true)
            },
        ],
        may: true,
    }
}

fn seats() -> Seats {
    Seats {
        f: cadre(frame("改名册：成员大会", "/u/441900121014/rolls/members")),
        keep: frame("", "").keep_at("seats", &2),
        word: "members".into(),
        from: "2026-11-24".into(),
        join: "李小芬，女，12户\n王大明".into(),
        households: true,
        members: people(5, false),
        basis: String::new(),
        stops: vec!["第2行：名册上有两个王大明，请写出生年份".into()],
        refused: None,
    }
}
