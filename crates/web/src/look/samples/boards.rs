//! 样页：找村子、公开栏、全部、打印墙报。

use jiff::civil::{Date, date};

use super::{TODAY, TOWN, UNIT, bare, cadre, frame, leaf, mark, marked, qr};
use crate::look::board::{Board, LateRow, NoticeRow, Quarter, Record, Start, SuggestionRow, VoiceCounts, Week, WeekState};
use crate::look::find::{Find, Hit, TownLine};
use crate::look::lists::{Filter, LateList, Notices, Search, Voices};
use crate::look::paper::Sheet;
use crate::look::period::{Gap, Gaps, Period, PeriodEvent, PeriodStep};
use crate::look::{Frame, Lag, Mark, Paging, PlaceKind, Seal};
use crate::words::{AnswerKind, Channel, Standing, Verdict};

pub fn all() -> Vec<(&'static str, String)> {
    let large = Frame { large: true, ..frame("居务公开栏", "/u/441900121014") };
    let demo = Frame { demo: true, ..frame("居务公开栏", "/u/441900121014") };
    vec![
        leaf("find", &find("", None)),
        leaf("find-hits", &find("北", Some(hits()))),
        leaf("find-none", &find("啊啊", Some(vec![]))),
        leaf("board", &board(frame("居务公开栏", "/u/441900121014"))),
        leaf("board-large", &board(large)),
        leaf("board-empty", &empty(demo)),
        leaf("board-unused", &Board { start: Start::NotYet(Some(date(2027, 1, 1))), ..empty(frame("居务公开栏", "/")) }),
        leaf("board-broken", &broken()),
        leaf("voices", &voices()),
        leaf("voices-empty", &Voices { rows: vec![], counts: VoiceCounts::default(), ..voices() }),
        leaf("notices", &notices()),
        leaf("late", &late_list()),
        leaf("search", &search(rows(), vec![notice_row()])),
        leaf("search-none", &search(vec![], vec![])),
        leaf("period-missed", &missed()),
        leaf("period-kept", &kept()),
        leaf("period-now", &Period { steps: vec![], state: WeekState::Now, may_explain: false, ..missed() }),
        leaf("sheet-a4", &sheet(false)),
        leaf("sheet-a3", &sheet(true)),
    ]
}

fn find(q: &str, found: Option<Vec<Hit>>) -> Find {
    const TOWNS: [&str; 32] = [
        "东城街道",
        "南城街道",
        "万江街道",
        "莞城街道",
        "石碣镇",
        "石龙镇",
        "茶山镇",
        "石排镇",
        "企石镇",
        "横沥镇",
        "桥头镇",
        "谢岗镇",
        "东坑镇",
        "常平镇",
        "寮步镇",
        "樟木头镇",
        "大朗镇",
        "黄江镇",
        "清溪镇",
        "塘厦镇",
        "凤岗镇",
        "大岭山镇",
        "长安镇",
        "虎门镇",
        "厚街镇",
        "沙田镇",
        "道滘镇",
        "洪梅镇",
        "麻涌镇",
        "望牛墩镇",
        "中堂镇",
        "高埗镇",
    ];
    let towns = TOWNS.iter().enumerate().map(|(at, name)| TownLine {
        code: format!("4419{:08}", 3000 + 1000 * at),
        name: (*name).into(),
        units: 12 + i64::try_from(at).unwrap_or(0) % 20,
        started: if *name == "虎门镇" { 3 } else { 0 },
    });
    Find { f: bare("找您的村（社区）", "/"), q: q.into(), towns: towns.collect(), found, more: q == "北", units: 598, started: 3 }
}

fn hits() -> Vec<Hit> {
    let hit = |code: &str, name: &str, town: &str, started| Hit {
        code: code.into(),
        name: name.into(),
        town: town.into(),
        kind: PlaceKind::Community,
        started,
    };
    vec![
        hit(UNIT, "北栅社区", "虎门镇", true),
        hit("441900121027", "北面社区", "虎门镇", false),
        hit("441900122005", "北环村", "厚街镇", false),
    ]
}

pub fn board(f: Frame) -> Board {
    Board {
        f,
        start: Start::Since(date(2026, 3, 2)),
        record: Record { lines: 1286, pending: 1, checked: "今天9:12".into(), witnesses: 3, state: Seal::Whole, trouble: String::new() },
        voice: counts(),
        late: late(),
        late_all: 1,
        doing: rows().into_iter().filter(|row| matches!(row.standing, Standing::Waiting { .. })).collect(),
        doing_all: 7,
        voices: rows().into_iter().filter(|row| matches!(row.standing, Standing::Answered { .. })).collect(),
        decisions: super::chains::motion_rows(),
        decisions_all: 2,
        notices: vec![notice_row(), notice_up()],
        notices_up: 2,
        weeks: weeks(),
        gaps: vec![46],
        teams: weeks(),
        congress: super::meetings::boxes(),
        box_note: "意见箱在社区门口和北栅市场，每周开一次，两个人一起开。".into(),
        rules: 14,
        phone: Some("076985551234".into()),
        qr: qr("/u/441900121014", "北栅社区公开栏网址"),
        url: "https://cunwu.example/u/441900121014".into(),
        bundle: "4.1 MB".into(),
    }
}

fn empty(f: Frame) -> Board {
    Board {
        start: Start::Since(TODAY),
        record: Record { lines: 1, pending: 0, checked: String::new(), witnesses: 0, state: Seal::Unknown, trouble: String::new() },
        voice: VoiceCounts::default(),
        late: vec![],
        late_all: 0,
        doing: vec![],
        doing_all: 0,
        voices: vec![],
        decisions: vec![],
        decisions_all: 0,
        notices: vec![],
        notices_up: 0,
        weeks: vec![],
        gaps: vec![],
        teams: vec![],
        congress: vec![],
        bundle: String::new(),
        phone: None,
        box_note: String::new(),
        ..board(f)
    }
}

fn broken() -> Board {
    let mut board = board(frame("居务公开栏", "/u/441900121014"));
    board.record.state = Seal::Cut;
    board.record.trouble = "第1,204条的答复和当初记下的不一样，其余1,285条完整。已经停止封存，镇里正在查。".into();
    board.voices[0].mark = marked(1204, Seal::Cut);
    board.voices[1].mark = marked(1205, Seal::Gone);
    board
}

fn counts() -> VoiceCounts {
    VoiceCounts { received: 63, on_time: 55, extended: 2, late: 3, open: 2, overdue: 1, withdrawn: 0, accepted: 21, disputed: 2 }
}

fn row(id: &str, title: Option<&str>, from: &str, received: Date, standing: Standing, seq: i64) -> SuggestionRow {
    SuggestionRow {
        id: id.into(),
        title: title.map(Into::into),
        from: from.into(),
        channel: Channel::Web,
        received,
        owner: Some("居委会 黎国樑负责".into()),
        standing,
        mark: mark(seq),
    }
}

pub fn rows() -> Vec<SuggestionRow> {
    let waiting = |due, working, extended| Standing::Waiting { due, today: TODAY, working, extended };
    let answered = Standing::Answered { kind: AnswerKind::Adopt, nth: 4, late: 0, extended: false, verdict: Verdict::Accepted };
    let mut list = vec![
        row("7c1e90", Some("第7盏路灯照进我家窗户"), "刘*珍", date(2026, 11, 23), waiting(date(2026, 11, 30), 4, false), 1283),
        row("2a77d0", Some("快递柜占了消防通道"), "何*", date(2026, 11, 19), waiting(date(2026, 11, 26), 2, false), 1272),
        row("91bb02", None, "匿名", date(2026, 11, 23), waiting(date(2026, 12, 7), 9, true), 1284),
        row("5d31aa", Some("东坊巷一到夜里就黑，老人接孩子怕摔"), "王*强", date(2026, 9, 30), answered, 1142),
        row(
            "0e0e0e",
            Some("文化楼后面的垃圾堆放点夏天味道很大，能不能换个地方或者一天清两次，住在对面的十几户都受影响……"),
            "不公开姓名",
            date(2026, 8, 3),
            Standing::Answered { kind: AnswerKind::Explain, nth: 8, late: 3, extended: false, verdict: Verdict::Disputed },
            1033,
        ),
    ];
    list[2].owner = None;
    list[2].channel = Channel::Box;
    list[2].mark.seal = Seal::Pending;
    list[3].channel = Channel::Box;
    list
}

fn late() -> Vec<LateRow> {
    vec![LateRow {
        href: "/u/441900121014/m/aa1274".into(),
        title: "群众意见：北栅路口下雨就积水".into(),
        who: "居委会 黎国樑负责答复".into(),
        due: date(2026, 11, 19),
        chip: "逾期3个工作日".into(),
        mark: mark(1274),
    }]
}

fn notice_row() -> NoticeRow {
    NoticeRow {
        id: "f10001".into(),
        title: "2026年10月财务收支公布".into(),
        kind: "财务公开".into(),
        posted: date(2026, 11, 9),
        until: date(2026, 11, 23),
        days_up: 16,
        days_due: 15,
        paper: true,
        corrected: 1,
        mark: mark(1243),
    }
}

fn notice_up() -> NoticeRow {
    NoticeRow {
        id: "f10002".into(),
        title: "第二工业区3号楼续租方案，征求意见".into(),
        kind: "征求意见".into(),
        posted: date(2026, 11, 16),
        until: date(2026, 11, 30),
        days_up: 9,
        paper: false,
        corrected: 0,
        mark: mark(1260),
        ..notice_row()
    }
}

fn weeks() -> Vec<Quarter> {
    let state = |week: u8| match week {
        1..=9 => WeekState::Before,
        18 => WeekState::Late,
        40 => WeekState::Holiday,
        46 => WeekState::Missed,
        10..=47 => WeekState::Kept,
        48 => WeekState::Now,
        _ => WeekState::Future,
    };
    let quarter = |nth: u8, from: u8, to: u8| Quarter { nth, weeks: (from..=to).map(|n| Week { nth: n, state: state(n) }).collect() };
    vec![quarter(1, 1, 13), quarter(2, 14, 26), quarter(3, 27, 39), quarter(4, 40, 53)]
}

fn filter(label: &str, n: i64, s: &str, on: bool) -> Filter {
    Filter { label: label.into(), n, href: format!("/u/{UNIT}/suggestions?s={s}"), on }
}

fn voices() -> Voices {
    Voices {
        f: frame("群众意见", "/u/441900121014/suggestions"),
        filters: vec![
            filter("全部", 63, "", true),
            filter("等答复", 2, "waiting", false),
            filter("逾期未答", 1, "late", false),
            filter("已答复", 60, "answered", false),
            filter("本人不认可", 2, "disputed", false),
        ],
        counts: counts(),
        rows: rows(),
        paging: Paging { page: 2, pages: 4, base: format!("/u/{UNIT}/suggestions?page=") },
    }
}

fn notices() -> Notices {
    Notices {
        f: frame("公告公示", "/u/441900121014/notices"),
        filters: vec![filter("正在贴", 2, "up", true), filter("贴满的", 31, "ended", false)],
        rows: vec![notice_up(), notice_row()],
        paging: Paging { page: 1, pages: 1, base: String::new() },
    }
}

fn late_list() -> LateList {
    LateList { f: frame("到期未办", "/u/441900121014/late"), rows: late(), gaps: gaps() }
}

pub fn gaps() -> Gaps {
    let gap = |week, explained| Gap { week, href: "/u/441900121014/m/box46".into(), explained };
    Gaps { years: vec![(2026, vec![gap(46, false), gap(31, true)]), (2025, vec![gap(50, false)])] }
}

fn search(voices: Vec<SuggestionRow>, notices: Vec<NoticeRow>) -> Search {
    Search { f: frame("查找", "/u/441900121014/search?q=路灯"), q: "路灯".into(), voices, notices, more: false }
}

fn missed() -> Period {
    let step = |day: i8, who: &str, seq, what| PeriodStep { on: date(2026, 11, day), who: who.into(), mark: mark(seq), lag: None, what };
    Period {
        f: cadre(frame("第46周开意见箱", "/u/441900121014/m/box46")),
        id: "box46".into(),
        from: date(2026, 11, 9),
        to: date(2026, 11, 15),
        state: WeekState::Missed,
        owner: "居委会经办 李慧敏".into(),
        rule: "意见箱每周至少开1次，2个人在场，当场点数、编号、登记。".into(),
        clause: "东组通〔2015〕33号 二（四）".into(),
        steps: vec![
            step(16, "", 1270, PeriodEvent::Lapsed),
            step(17, "居委会经办 李慧敏", 1271, PeriodEvent::Explained { reason: "台风停工，社区门口封了三天。".into() }),
        ],
        may_explain: true,
        qr: qr("/u/441900121014/m/box46", "本页网址"),
        forward: "【北栅社区】第46周开意见箱：没有开，已说明\nhttps://cunwu.example/u/441900121014/m/box46".into(),
    }
}

fn kept() -> Period {
    let mut page = missed();
    let on = date(2026, 11, 10);
    let lag = Lag { happened: on, entered: date(2026, 11, 17), days: 7, reason: "没有网".into() };
    let what = PeriodEvent::Opened { witnesses: vec!["李慧敏".into(), "梁玉燕".into()], slips: 0 };
    page.steps = vec![PeriodStep { on, who: "居委会经办 李慧敏".into(), mark: mark(1271), lag: Some(lag), what }];
    page.state = WeekState::Late;
    page.may_explain = false;
    page
}

fn sheet(a3: bool) -> Sheet {
    Sheet {
        f: frame("打印公开栏", "/u/441900121014/print/a3"),
        a3,
        board: board(frame("居务公开栏", "/")),
        voices: rows(),
        notices: vec![notice_row(), notice_up()],
        from: date(2026, 11, 1),
    }
}

/// The town's code is used by other samples too.
pub fn town_mark(seq: i64) -> Mark {
    Mark::whole(TOWN, seq)
}
