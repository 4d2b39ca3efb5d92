//! 样页 Samples: every page in its normal, empty, long and refused state; for tests and `examples/gallery.rs`. All people are made up.

use askama::Template;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::look::{Choice, DayBox, DayKind, Derivation, Frame, Mark, Me, Moved, Place, PlaceKind, Qr, Refused, Seal};

mod boards;
mod chains;
mod checks;
mod desks;
mod doors;
mod matters;
mod meetings;
mod offices;
mod rooms;
mod says;

pub const UNIT: &str = "441900121014";
pub const TOWN: &str = "441900121000";
pub const TODAY: Date = date(2026, 11, 24);

/// Every sample: file name and page.
pub fn all() -> Vec<(&'static str, String)> {
    [
        boards::all(),
        matters::all(),
        says::all(),
        doors::all(),
        desks::all(),
        checks::all(),
        offices::all(),
        meetings::all(),
        rooms::all(),
        chains::all(),
    ]
    .concat()
}

/// A page by its name.
pub fn leaf(name: &'static str, page: &impl Template) -> (&'static str, String) {
    (name, page.render().expect("a sample renders"))
}

pub fn place() -> Place {
    Place { code: UNIT.into(), name: "北栅社区".into(), kind: PlaceKind::Community, town: Some((TOWN.into(), "虎门镇".into())) }
}

pub fn frame(title: &str, path: &str) -> Frame {
    Frame {
        title: title.into(),
        place: Some(place()),
        today: TODAY,
        me: None,
        csrf: "t0ken".into(),
        key: "k3y".into(),
        large: false,
        demo: false,
        path: path.into(),
        done: None,
    }
}

/// A frame without a unit.
pub fn bare(title: &str, path: &str) -> Frame {
    Frame { place: None, ..frame(title, path) }
}

/// A signed-in office-holder.
pub fn cadre(f: Frame) -> Frame {
    let me = Me { name: "黎国樑".into(), post: Some("北栅社区居委会副主任".into()), desk: true };
    Frame { me: Some(me), ..f }
}

/// A signed-in resident.
pub fn resident(f: Frame) -> Frame {
    Frame { me: Some(Me { name: "王*强".into(), post: None, desk: false }), ..f }
}

pub fn mark(seq: i64) -> Mark {
    Mark::whole(UNIT, seq)
}

pub fn marked(seq: i64, seal: Seal) -> Mark {
    Mark { seal, ..mark(seq) }
}

pub fn qr(path: &str, label: &str) -> Qr {
    Qr::of(&format!("https://cunwu.example{path}"), format!("二维码：{label}")).expect("short")
}

pub fn choices(list: &[(&str, &str)], picked: &str) -> Vec<Choice> {
    list.iter().map(|(value, label)| Choice::new(value, label, *value == picked)).collect()
}

pub fn refused(code: &str, field: &str) -> Option<Refused> {
    Some(Refused::of(code, Some("东组通〔2015〕33号 二（四）“5个工作日内给予解释答复”".into()), Some(field)))
}

/// Five working days of the 2026 calendar around the National Day, for samples only.
pub fn derive(start: Date, days: u32, answered: Option<Date>) -> Derivation {
    let holiday = |day: Date| day >= date(2026, 10, 1) && day <= date(2026, 10, 7);
    let mut boxes = vec![DayBox { date: start, kind: DayKind::Start, nth: 0, met: false }];
    let (mut day, mut nth) = (start, 0);
    while nth < days {
        day = day.checked_add(1.day()).expect("near");
        let weekend = matches!(day.weekday().to_monday_one_offset(), 6 | 7);
        let kind = match (holiday(day), day == date(2026, 10, 10), weekend) {
            (true, ..) => DayKind::Holiday,
            (_, true, _) => DayKind::Makeup,
            (.., true) => DayKind::Weekend,
            _ => DayKind::Work,
        };
        let counts = matches!(kind, DayKind::Makeup | DayKind::Work);
        nth += u32::from(counts);
        boxes.push(DayBox { date: day, kind, nth: if counts { nth } else { 0 }, met: answered == Some(day) });
    }
    Derivation {
        start,
        began: "收到".into(),
        due: day,
        days,
        boxes,
        basis: "东组通〔2015〕33号 二（四）“群众意见公开”；国务院办公厅2026年放假安排".into(),
        provisional: false,
        moved: None,
        open: true,
        what: "答复期限".into(),
        today: TODAY,
    }
}

/// The same, put off once.
pub fn derive_again(start: Date, old: Date) -> Derivation {
    Derivation {
        moved: Some(Moved { old, why: "负责人延期一次，要等检测报告".into() }),
        began: "到期".into(),
        what: "新的期限".into(),
        open: false,
        ..derive(start, 5, None)
    }
}
