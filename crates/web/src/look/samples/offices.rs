//! 样页：应办总览、人员、密封反映、账号。

use jiff::civil::date;

use super::boards::town_mark;
use super::{TOWN, UNIT, bare, cadre, choices, frame, leaf, mark, qr, refused};
use crate::look::admin::{Account, Accounts, Act, EnrolLink, LogRow, Role};
use crate::look::people::{Body, Fate, Import, ImportCheck, ImportWait, Post, Posts, Verdict};
use crate::look::sealed::{Found, Report, ReportLookup, ReportOpen, ReportReceipt, ReportRow, Reports};
use crate::look::town::{Cell, Column, Panel, PanelItem, Town, UnitRow};
use crate::look::{Chip, Frame, Paging, Place, PlaceKind, Refused, Tone};

pub fn all() -> Vec<(&'static str, String)> {
    vec![
        leaf("town", &town(None)),
        leaf("town-panel", &town(Some(panel()))),
        leaf("town-empty", &Town { rows: vec![], late: 0, late_units: 0, owing: true, ..town(None) }),
        leaf("city", &city()),
        leaf("posts", &posts()),
        leaf("import", &import()),
        leaf("import-check", &import_check(false)),
        leaf("import-done", &import_check(true)),
        leaf("import-wait", &import_wait(None)),
        leaf("import-stopped", &import_wait(Some(Refused::of("IMPORT_STOPPED", None, None)))),
        leaf("report", &report()),
        leaf("report-receipt", &receipt()),
        leaf("report-lookup", &lookup(Some(found()))),
        leaf("report-lookup-unknown", &lookup(None)),
        leaf("reports", &reports(false)),
        leaf("reports-told", &reports(true)),
        leaf("reports-empty", &Reports { rows: vec![], open: None, ..reports(false) }),
        leaf("accounts-system", &accounts(Role::System)),
        leaf("accounts-security", &accounts(Role::Security)),
        leaf("accounts-audit", &accounts(Role::Audit)),
        leaf("enrol-link", &link()),
    ]
}

fn town_frame(title: &str) -> Frame {
    let town =
        Place {
            code: TOWN.into(), name: "虎门镇".into(), kind: PlaceKind::Town, town: Some(("441900000000".into(), "东莞市".into()))
        };
    Frame { place: Some(town), ..frame(title, "/t/441900121000") }
}

fn columns() -> Vec<Column> {
    let column = |key: &str, one: &str, two: &str, total| Column { key: key.into(), head: (one.into(), two.into()), total };
    vec![
        column("answer", "意见", "答复", 5),
        column("route", "登记", "分派", 0),
        column("box", "每周", "开箱", 4),
        column("paper", "张贴", "公告", 1),
        column("gap", "今年", "缺箱", 9),
    ]
}

fn town(panel: Option<Panel>) -> Town {
    const NAMES: [&str; 12] = ["东方", "则徐", "虎门寨", "树田", "怀德", "居岐", "村头", "大宁", "北栅", "龙眼", "武山沙", "新湾"];
    let cells = |at: usize| match at {
        4 => vec![Cell::Soon(2), Cell::Clear, Cell::Clear, Cell::Clear, Cell::Gap(8, "周")],
        8 => vec![Cell::Late(1), Cell::Clear, Cell::Soon(1), Cell::Off, Cell::Gap(1, "周")],
        11 => vec![Cell::Late(4), Cell::Clear, Cell::Clear, Cell::Late(1), Cell::Clear],
        1 | 6 => vec![],
        _ => vec![Cell::Clear; 5],
    };
    let rows = NAMES.iter().enumerate().map(|(at, name)| UnitRow {
        code: if *name == "北栅" { UNIT.into() } else { format!("4419001210{:02}", at + 30) },
        name: (*name).into(),
        cells: cells(at),
    });
    Town {
        f: town_frame("虎门镇应办总览"),
        city: false,
        columns: columns(),
        rows: rows.collect(),
        units: 12,
        sort: String::new(),
        owing: false,
        late: 10,
        late_units: 2,
        clear_units: 7,
        unstarted: 2,
        gaps: 9,
        gap_units: 2,
        fresh: "20:15的数，一分钟更新一次。".into(),
        panel,
    }
}

fn city() -> Town {
    let mut page = town(None);
    page.city = true;
    page.f.title = "东莞市应办总览".into();
    page.f.place = Some(Place { code: "441900000000".into(), name: "东莞市".into(), kind: PlaceKind::City, town: None });
    for (row, name) in page.rows.iter_mut().zip(["虎门镇", "厚街镇", "长安镇", "沙田镇", "道滘镇", "望牛墩镇"]) {
        row.name = name.into();
    }
    page.rows.truncate(6);
    page.units = 6;
    page.sort = "answer".into();
    page
}

fn panel() -> Panel {
    Panel {
        unit: UNIT.into(),
        name: "北栅社区".into(),
        duty: "answer".into(),
        duty_name: "意见答复".into(),
        rule: "收到意见，5个工作日内解释答复。".into(),
        clause: "东组通〔2015〕33号 二（四）".into(),
        items: vec![PanelItem {
            title: "北栅路口下雨就积水".into(),
            href: "/u/441900121014/m/aa1274".into(),
            chip: Chip::new(Tone::Late, "逾期3个工作日"),
            owner: "居委会副主任 黎国樑".into(),
            due: date(2026, 11, 19),
            evidence: vec![("11月12日收到".into(), mark(1259)), ("11月20日0:00自动记下逾期".into(), mark(1274))],
        }],
    }
}

fn posts() -> Posts {
    let post = |name: &str, holder: Option<&str>, seq: i64| Post {
        name: name.into(),
        holder: holder.map(Into::into),
        since: holder.map(|_| date(2024, 3, 18)),
        until: None,
        basis: if holder.is_some() { "虎委组〔2024〕12号".into() } else { String::new() },
        mark: holder.map(|_| mark(seq)),
    };
    let former = Post { until: Some(date(2025, 8, 1)), ..post("委员", Some("张伟明"), 8) };
    Posts {
        f: cadre(frame("谁管什么", "/u/441900121014/posts")),
        bodies: vec![
            Body {
                name: "党工委".into(), charge: "总揽全局，召集联席会议".into(), posts: vec![post("书记", Some("林伟棠"), 4)]
            },
            Body {
                name: "居民委员会".into(),
                charge: "居务、公共服务、群众意见".into(),
                posts: vec![post("主任", Some("林伟棠"), 5), post("副主任", Some("黎国樑"), 6), post("委员", None, 7), former],
            },
        ],
        on: super::TODAY,
        known: None,
        may: true,
    }
}

fn import() -> Import {
    Import {
        f: cadre(frame("导入人员名单", "/u/441900121014/import")),
        columns: vec![
            ("姓名".into(), "和身份证上的一样".into()),
            ("组".into(), "村（居）民小组，如：东坊组".into()),
            ("手机号".into(), "可以空着；空着的不能用手机登录".into()),
        ],
        most: "10 MB".into(),
        under_way: Some("/u/441900121014/import/job/5d31aa".into()),
        refused: None,
    }
}

fn import_wait(stopped: Option<Refused>) -> ImportWait {
    ImportWait {
        f: cadre(frame(if stopped.is_some() { "没有全部导入" } else { "正在导入" }, "/u/441900121014/import/job/5d31aa")),
        file: "北栅居民.csv".into(),
        entering: true,
        done: 12_250,
        rows: 50_000,
        stopped,
    }
}

fn import_check(recorded: bool) -> ImportCheck {
    let verdict = |row, name: &str, fate, note: &str| Verdict { row, name: name.into(), fate, note: note.into() };
    ImportCheck {
        f: cadre(frame(if recorded { "导入好了" } else { "试算结果" }, "/u/441900121014/import")),
        file: "北栅居民.csv".into(),
        upload: "u7".into(),
        rows: 1204,
        fresh: 1180,
        changed: 12,
        same: 9,
        bad: 3,
        verdicts: vec![
            verdict(17, "何*妹", Fate::Bad, "“北栅村”不在本镇名单里，是不是“北栅社区”？"),
            verdict(203, "王*", Fate::Bad, "手机号少一位。"),
            verdict(2, "王*强", Fate::Fresh, ""),
            verdict(3, "刘*珍", Fate::Changed, "组：东坊组 → 西坊组"),
            verdict(4, "陈*", Fate::Same, ""),
        ],
        notes: vec!["这几列没有用到：性别。".into()],
        entered: recorded,
        recorded: recorded.then(|| mark(1290)),
    }
}

fn report() -> Report {
    Report {
        f: frame("反映干部违纪", "/u/441900121014/report"),
        goes_to: "虎门镇纪委".into(),
        text: String::new(),
        about: String::new(),
        name: String::new(),
        contact: String::new(),
        most: 5000,
        phone: Some("12388".into()),
        refused: None,
    }
}

fn receipt() -> ReportReceipt {
    ReportReceipt {
        f: bare("已密封送出", "/u/441900121014/report"),
        town: "虎门镇".into(),
        goes_to: "虎门镇纪检监察组".into(),
        code: "P4WX 9K2M 7RQ3".into(),
        told_by: Some(date(2026, 12, 15)),
    }
}

fn lookup(found: Option<Found>) -> ReportLookup {
    ReportLookup {
        f: bare("密封反映：查受理没有", "/report/lookup"),
        towns: choices(&[(TOWN, "虎门镇"), ("441900122000", "厚街镇")], TOWN),
        refused: if found.is_none() { refused("REPORT_UNKNOWN", "code") } else { None },
        found,
    }
}

fn found() -> Found {
    Found {
        on: date(2026, 11, 20), chip: Chip::new(Tone::Done, "受理了"), answer: "已经受理，由我们直接核实，办结后再告诉您。".into()
    }
}

fn reports(told: bool) -> Reports {
    let row = |id: &str, state: Chip| ReportRow { id: id.into(), place: "北栅社区".into(), received: date(2026, 11, 23), state };
    Reports {
        f: Frame { place: town_frame("").place, ..cadre(frame("密封反映", "/t/441900121000/reports")) },
        rows: vec![row("r31", Chip::new(Tone::Soon, "没看过")), row("r30", Chip::new(Tone::Done, "受理了"))],
        total: 2,
        paging: Paging { page: 1, pages: 1, base: "/t/441900121000/reports?page=".into() },
        open: Some(ReportOpen {
            row: row("r31", Chip::new(Tone::Doing, "看过")),
            text: Some("反映：居委会某某\n\n2026年9月，某某收了施工方两条烟，让他的亲戚包了文化楼的活。".into()),
            told_by: date(2026, 12, 14),
            answer: told.then(|| ("已经受理。".into(), None)),
            typed: String::new(),
            most: 2000,
            seen: vec!["黄*明 11月24日 9:12".into()],
            mark: town_mark(301),
            refused: None,
        }),
    }
}

fn accounts(role: Role) -> Accounts {
    let acts = match role {
        Role::System => vec![
            Act { path: "reset", what: "totp", label: "申请换验证器" },
            Act { path: "reset", what: "everything", label: "申请全部重置" },
            Act { path: "close", what: "", label: "停用" },
        ],
        Role::Security => vec![Act { path: "confirm", what: "", label: "复核同意" }, Act { path: "unlock", what: "", label: "解锁" }],
        Role::Audit => vec![],
    };
    let account = |id: &str, name: &str, state: &str, waits: &str| Account {
        id: id.into(),
        account: format!("user.{id}"),
        name: name.into(),
        post: "北栅社区居委会副主任".into(),
        state: state.into(),
        waits: waits.into(),
        acts: acts.clone(),
    };
    let system = role == Role::System;
    Accounts {
        f: bare("账号", "/admin/accounts"),
        role,
        three: vec![(Role::System, "黄*明".into()), (Role::Security, "陈*".into()), (Role::Audit, String::new())],
        rows: vec![account("a", "黎国樑", "在用", ""), account("b", "李慧敏", "锁到9:30", "等复核：换验证器")],
        more: Some("/admin/accounts?after=b".into()),
        unit: if system { "北栅".into() } else { String::new() },
        found: if system { "北栅社区：1个人有职务、还没有账号".into() } else { String::new() },
        waiting: if system { choices(&[("p1", "梁玉燕 · 居务监督委员会主任")], "") } else { vec![] },
        vacant: if system { choices(&[("auditor", "审计管理员")], "") } else { vec![] },
        log: vec![LogRow {
            when: "11月24日9:12".into(),
            who: "黄*明".into(),
            what: "给黎国樑发登记链接".into(),
            source: "192.0.2.0/24".into(),
        }],
        older: Some("/admin/accounts?before=1-2".into()),
        typed: Default::default(),
        refused: if role == Role::Security { refused("NO_RIGHT", "account") } else { None },
    }
}

fn link() -> EnrolLink {
    EnrolLink {
        f: bare("登记链接", "/admin/accounts/issue"),
        name: "梁玉燕".into(),
        post: "北栅社区居务监督委员会主任".into(),
        url: "https://cunwu.example/enrol/8Kq2Xv91".into(),
        qr: qr("/enrol/8Kq2Xv91", "登记链接"),
        minutes: 60,
    }
}
