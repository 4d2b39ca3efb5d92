//! 样页：工作台和各张办事表单。

use jiff::civil::date;

use super::{TODAY, bare, cadre, choices, derive, derive_again, frame, leaf, mark, refused};
use crate::look::desk::{Desk, DoneRow, Owed, Tool};
use crate::look::tasks::{
    About, AnswerTask, BoxTask, ConfirmTask, ExplainTask, ExtendTask, PaperTask, Register, ReleaseTask, RouteTask, Task, TaskPage,
};
use crate::look::{Chip, Done, Frame, Text, Tone};
use crate::words::{AnswerKind, Channel};

pub fn all() -> Vec<(&'static str, String)> {
    let page = |title: &str, task| TaskPage { f: cadre(frame(title, "/u/441900121014/m/aa1274/answer")), task };
    vec![
        leaf("desk", &desk(Some(Task::Answer(answer(true))))),
        leaf("desk-large", &large()),
        leaf("desk-confirm", &desk(Some(confirm()))),
        leaf("desk-empty", &empty()),
        leaf("task-answer", &page("答复", Task::Answer(answer(false)))),
        leaf("task-prepare", &page("拟答复", Task::Answer(AnswerTask { preparing: true, ..answer(false) }))),
        leaf("task-extend", &page("延期", extend())),
        leaf("task-route", &page("分派", route())),
        leaf("task-release", &page("公布原文", release())),
        leaf("task-paper", &page("记下已张贴", paper())),
        leaf("task-box", &page("开意见箱", open_box())),
        leaf("task-explain", &page("说明", explain())),
        leaf(
            "task-preview",
            &page("答复", Task::Answer(AnswerTask { preview: vec!["路口的雨水井堵了，11月27日前清通。".into()], ..answer(true) })),
        ),
        leaf("register", &register()),
        leaf("register-late", &register_late()),
        leaf("register-cadre", &register_cadre()),
    ]
}

fn about(title: &str) -> About {
    About {
        keep: frame("", "").keep_at("task", &4),
        unit: super::UNIT.into(),
        place: String::new(),
        id: "aa1274".into(),
        title: title.into(),
        text: Text::Shown("菜市场对面路口，一下大雨水浸到脚踝，孩子上学要绕路。".into()),
        from: "刘*珍".into(),
        channel: Channel::Hotline,
        received: date(2026, 11, 12),
        chip: Chip::new(Tone::Late, "逾期3个工作日"),
        due: Some(date(2026, 11, 19)),
        mark: mark(1259),
        today: TODAY,
        refused: None,
    }
}

fn answer(no: bool) -> AnswerTask {
    let mut a = about("答复刘*珍：北栅路口下雨就积水");
    if no {
        a.refused = refused("NOT_SUBSTANTIVE", "text");
    }
    AnswerTask {
        a,
        preparing: false,
        kind: no.then_some(AnswerKind::Adopt),
        text: if no { "收到，正在处理。".into() } else { String::new() },
        most: 500,
        reasons: choices(&[("power", "不在职权范围"), ("rule", "不符合现行规定"), ("money", "眼下没有经费，写明以后怎么办")], ""),
        who: String::new(),
        when: String::new(),
        to: choices(&[("economy", "股份经济联合社"), ("town", "虎门镇城管分局")], ""),
        mask_hint: "刘*珍".into(),
        may_extend: true,
        may_route: true,
        preview: Vec::new(),
    }
}

fn confirm() -> Task {
    Task::Confirm(ConfirmTask {
        a: about("答复刘*珍：北栅路口下雨就积水"),
        kind: AnswerKind::Adopt,
        text: "路口的雨水井堵了，陈志恒带人11月27日前清通。".into(),
        reason: String::new(),
        by: "李慧敏".into(),
        prepared: "9f2c".into(),
    })
}

fn extend() -> Task {
    Task::Extend(ExtendTask {
        a: about("延期：北栅路口下雨就积水"),
        why: String::new(),
        interim: String::new(),
        due: derive_again(date(2026, 11, 19), date(2026, 11, 19)),
    })
}

fn route() -> Task {
    Task::Route(RouteTask {
        a: about("分派：北栅路口下雨就积水"),
        to: choices(&[("a", "居委会 · 副主任 黎国樑"), ("b", "股份经济联合社 · 理事长 黎满堂"), ("c", "党工委 · 书记 林伟棠")], "a"),
    })
}

fn release() -> Task {
    let mut a = about("公布原文：北栅路口下雨就积水");
    a.text = Text::Shown("菜市场对面路口，一下大雨水浸到脚踝。我住市场路12号，13800000000。".into());
    Task::Release(ReleaseTask {
        a,
        shown: "菜市场对面路口，一下大雨水浸到脚踝。我住■■■，■■■。".into(),
        found: vec!["门牌1处".into(), "手机号1处".into()],
        how: "mask".into(),
        grounds: choices(&[("privacy", "个人隐私，遮盖以后说不清事情"), ("abuse", "辱骂他人"), ("secret", "涉及国家秘密、工作秘密")], ""),
    })
}

fn paper() -> Task {
    let mut a = about("张贴：2026年10月财务收支公布");
    a.chip = Chip::new(Tone::Soon, "今天24:00前");
    a.due = Some(TODAY);
    Task::Paper(PaperTask {
        a,
        places: choices(&[("gate", "社区门口公开栏"), ("market", "北栅市场公开栏")], ""),
        elsewhere: String::new(),
        day: "2026-11-24".into(),
        print: "/u/441900121014/m/f10001/print".into(),
    })
}

fn open_box() -> Task {
    let mut a = about("开意见箱（第48周）");
    a.chip = Chip::new(Tone::Doing, "还有4个工作日");
    a.due = Some(date(2026, 11, 29));
    Task::Box(BoxTask {
        a,
        day: "2026-11-24".into(),
        slips: "3".into(),
        first: "第0214号".into(),
        second: choices(&[("l", "梁玉燕（居务监督委员会）"), ("c", "陈志恒")], "l"),
    })
}

fn explain() -> Task {
    let mut a = about("第47周没有开意见箱");
    a.chip = Chip::new(Tone::Late, "缺1次");
    Task::Explain(ExplainTask { a, reason: String::new(), late: "/u/441900121014/box?week=2026-11-16".into() })
}

fn owed(title: &str, tone: Tone, said: &str, day: i8, verb: &str) -> Owed {
    Owed {
        title: title.into(),
        place: String::new(),
        chip: Chip::new(tone, said),
        due: date(2026, 11, day),
        verb: verb.into(),
        href: "/u/441900121014/m/2a77d0/answer".into(),
        prepared: verb == "确认",
    }
}

fn desk(open: Option<Task>) -> Desk {
    let tool = |label: &str, href: &str| Tool { label: label.into(), href: href.into() };
    Desk {
        f: cadre(bare("工作台", "/desk")),
        open,
        now: vec![owed("开意见箱（第48周）", Tone::Soon, "今天24:00前", 24, "开箱")],
        later: vec![
            owed("答复何*：快递柜占了消防通道", Tone::Soon, "还有2个工作日", 26, "确认"),
            owed("答复刘*珍：第7盏路灯照进窗户", Tone::Doing, "还有4个工作日", 30, "答复"),
        ],
        owed: 2,
        coming: 2,
        gaps: super::boards::gaps(),
        done: vec![DoneRow { title: "登记电话意见1条".into(), href: "/u/441900121014/m/91bb02".into(), mark: mark(1286) }],
        tools: vec![
            tool("登记一条意见", "/u/441900121014/register"),
            tool("开意见箱", "/u/441900121014/box"),
            tool("发公告", "/u/441900121014/notices/new"),
        ],
        next: None,
    }
}

fn large() -> Desk {
    let mut page = desk(Some(confirm()));
    page.f = Frame { large: true, ..page.f };
    page
}

fn empty() -> Desk {
    let mut page = desk(None);
    page.now.clear();
    page.later.clear();
    page.owed = 0;
    page.coming = 0;
    page.next = Some((date(2026, 11, 26), "意见答复".into()));
    page.f.done = Some(Done { said: "已答复，刘*珍马上看得到。".into(), mark: Some(mark(1287)) });
    page
}

fn register() -> Register {
    Register {
        f: cadre(frame("登记一条意见", "/u/441900121014/register")),
        channel: Channel::Box,
        day: "2026-11-24".into(),
        slip: "0215".into(),
        name: String::new(),
        hide: false,
        contact: String::new(),
        about: choices(&[("", "不清楚，先不分"), ("committee", "居委会")], ""),
        text: String::new(),
        most: 2000,
        lag: None,
        late_reason: String::new(),
        free: 3,
        refused: None,
        cadres: vec![],
        wrongdoing: false,
        left: "这次开箱还有2张没登记".into(),
    }
}

fn register_late() -> Register {
    let due = derive(date(2026, 11, 17), 5, None).due;
    Register {
        day: "2026-11-17".into(),
        name: "何小妹".into(),
        text: "快递柜占了消防通道。".into(),
        lag: Some((7, due)),
        refused: refused("TEXT_TOO_LONG", "text"),
        left: String::new(),
        ..register()
    }
}

fn register_cadre() -> Register {
    Register { text: "黎国樑答应修的路没有修。".into(), cadres: vec!["黎国樑".into()], ..register() }
}
