//! 样页：意见的一条链、公告、公告表单、纸质。

use jiff::civil::{Date, date};

use super::{TODAY, cadre, choices, derive, derive_again, frame, leaf, mark, marked, qr, refused, resident};
use crate::look::notice::{Correction, Masked, Notice, NoticeForm, Paper, Preview, Table};
use crate::look::paper::{A4, How, KeyNotice};
use crate::look::suggestion::{Glance, Happened, Matter, May, Step};
use crate::look::{Frame, Lag, Seal, Text};
use crate::words::{self, AnswerKind, Channel, Standing, Verdict};

pub fn all() -> Vec<(&'static str, String)> {
    vec![
        leaf("matter", &answered()),
        leaf("matter-mine", &mine()),
        leaf("matter-late", &late()),
        leaf("matter-long", &long()),
        leaf("matter-waiting", &waiting()),
        leaf("matter-erased", &erased()),
        leaf("notice", &notice()),
        leaf("notice-fresh", &fresh_notice()),
        leaf("notice-form", &notice_form()),
        leaf("notice-preview", &notice_preview()),
        leaf("notice-prepared", &notice_prepared()),
        leaf("notice-stopped", &notice_stopped()),
        leaf("a4-notice", &a4_notice()),
        leaf("a4-reply", &a4_reply()),
        leaf("a4-key", &a4_key()),
        leaf("a4-large", &A4 { f: Frame { large: true, demo: true, ..frame("打印", "/") }, ..a4_reply() }),
    ]
}

fn step(on: Date, who: &str, seq: i64, what: Happened) -> Step {
    Step { on, time: String::new(), who: who.into(), mark: mark(seq), lag: None, what }
}

fn received(on: Date, text: Text, answered: Option<Date>) -> Happened {
    Happened::Received {
        channel: Channel::Box,
        slip: "第0213号纸条".into(),
        taker: "李慧敏".into(),
        from: "王*强".into(),
        about: "居委会".into(),
        text,
        due: derive(on, 5, answered),
    }
}

fn lamp() -> Text {
    Text::Shown("东坊巷一到夜里就黑，老人接孩子怕摔。能不能装几盏灯？".into())
}

fn answer(nth: i64, late: i64, extended: bool) -> Happened {
    Happened::Answered {
        kind: AnswerKind::Adopt,
        text: "王叔，您说的东坊巷我们晚上去看过，从巷口到祠堂三段确实没灯。先装三盏应急的，整条巷的路灯列入下次会议。".into(),
        reason: String::new(),
        plan: "陈志恒负责，10月20日前装好三盏应急灯。".into(),
        nth,
        late,
        extended,
        prepared: "李慧敏".into(),
    }
}

fn matter(title: Option<&str>, standing: Standing, steps: Vec<Step>) -> Matter {
    let lines = i64::try_from(steps.len()).unwrap_or(0);
    let said = standing.sentence();
    Matter {
        f: frame(title.unwrap_or("一条意见"), "/u/441900121014/m/5d31aa"),
        id: "5d31aa".into(),
        title: title.map(Into::into),
        standing,
        owner: Some("居委会副主任 黎国樑".into()),
        came: vec![],
        glance: Glance {
            received: steps[0].on,
            due: date(2026, 10, 13),
            answered: None,
            lines,
            lagging: 0,
            check: "完整".into(),
            checked: "今天9:12，3个见证方".into(),
        },
        steps,
        may: May::default(),
        qr: qr("/u/441900121014/m/5d31aa", "本事项网址"),
        forward: words::forward("北栅社区", title.unwrap_or("一条意见"), &said, "https://cunwu.example/u/441900121014/m/5d31aa"),
        phone: Some("076985551234".into()),
    }
}

const TITLE: &str = "东坊巷一到夜里就黑，老人接孩子怕摔";

fn answered() -> Matter {
    let first = date(2026, 9, 30);
    let done = date(2026, 10, 12);
    let mut registered = step(first, "", 1142, received(first, lamp(), Some(done)));
    registered.lag = Some(Lag { happened: first, entered: date(2026, 10, 8), days: 8, reason: "国庆放假，10月8日开箱".into() });
    let routed =
        Happened::Routed { body: "居委会".into(), owner: "副主任 黎国樑".into(), why: "公共照明归居委会管。".into() };
    let standing = Standing::Answered { kind: AnswerKind::Adopt, nth: 4, late: 0, extended: false, verdict: Verdict::Accepted };
    let mut page = matter(
        Some(TITLE),
        standing,
        vec![
            registered,
            step(date(2026, 10, 8), "居委会 李慧敏", 1144, Happened::Released { masked: vec![] }),
            step(date(2026, 10, 8), "党工委书记 林伟棠", 1145, routed),
            step(done, "居委会副主任 黎国樑", 1151, answer(4, 0, false)),
            step(date(2026, 10, 15), "", 1157, Happened::Accepted),
        ],
    );
    page.glance.answered = Some(done);
    page.glance.lagging = 1;
    page
}

fn mine() -> Matter {
    let mut page = answered();
    page.steps.pop();
    page.standing = Standing::Answered { kind: AnswerKind::Adopt, nth: 4, late: 0, extended: false, verdict: Verdict::None };
    page.f = resident(page.f);
    page.may = May { judge: true, reopen: true, ..May::default() };
    page
}

fn late() -> Matter {
    let first = date(2026, 11, 12);
    let due = date(2026, 11, 19);
    let text = Text::Masked {
        text: "菜市场对面路口，一下大雨水浸到脚踝，孩子上学要绕路。我住■■■，电话■■■。".into(),
        what: vec!["门牌1处".into(), "电话1处".into()],
    };
    let routed = Happened::Routed { body: "居委会".into(), owner: "副主任 黎国樑".into(), why: String::new() };
    let lapsed = Happened::Lapsed { due, owner: "居委会副主任 黎国樑".into() };
    let mut lapse = step(due, "", 1274, lapsed);
    lapse.time = "24:00".into();
    let mut page = matter(
        Some("北栅路口下雨就积水"),
        Standing::Late { due, today: TODAY, working: -3 },
        vec![
            step(first, "", 1259, received(first, text, None)),
            step(date(2026, 11, 13), "居委会 李慧敏", 1261, Happened::Released { masked: vec!["门牌1处".into(), "电话1处".into()] }),
            step(date(2026, 11, 13), "党工委书记 林伟棠", 1262, routed),
            lapse,
        ],
    );
    page.glance.due = due;
    page.f = cadre(page.f);
    page.may = May { answer: true, route: true, ..May::default() };
    page
}

fn long() -> Matter {
    let first = date(2026, 10, 19);
    let due = date(2026, 10, 26);
    let extended = Happened::Extended {
        old: due,
        why: "要等环保检测报告，10月30日出。".into(),
        interim: "已经请检测公司去测过一次，噪声超标。报告10月30日出来，拿到就答您怎么办。".into(),
        due: derive_again(due, due),
    };
    let declined = Happened::Answered {
        kind: AnswerKind::Decline,
        text: "检测的结果是夜间48分贝，没有超标。厂里同意晚上10点以后不开冲床。".into(),
        reason: "理由：不符合现行规定。".into(),
        plan: String::new(),
        nth: 9,
        late: 0,
        extended: true,
        prepared: String::new(),
    };
    let corrected = Happened::Corrected {
        old: "检测的结果是夜间48分贝，没有超标。".into(),
        new: "检测的结果是夜间53分贝，超过标准3分贝。".into(),
        why: "抄错了检测报告的数字".into(),
    };
    let reopened =
        Happened::Reopened { why: Text::Waiting, owner: "居委会主任 林伟棠".into(), due: derive(date(2026, 11, 20), 5, None) };
    let standing = Standing::Waiting { due: date(2026, 11, 27), today: TODAY, working: 3, extended: false };
    let mut page = matter(
        Some("第二工业区晚上冲床太吵，睡不着"),
        standing,
        vec![
            step(first, "", 1205, received(first, lamp(), None)),
            step(due, "居委会副主任 黎国樑", 1219, extended),
            step(date(2026, 10, 30), "居委会副主任 黎国樑", 1224, declined),
            step(date(2026, 11, 2), "居委会副主任 黎国樑", 1230, corrected),
            step(date(2026, 11, 3), "", 1231, Happened::Disputed { why: Text::Shown("没有说超了3分贝怎么办。".into()) }),
            step(date(2026, 11, 20), "", 1279, reopened),
            step(
                date(2026, 11, 21),
                "居委会 李慧敏",
                1280,
                Happened::Masked { what: vec!["一个孩子的名字".into()], basis: "未成年人保护法第四条".into() },
            ),
        ],
    );
    page.glance.due = date(2026, 11, 27);
    page
}

fn waiting() -> Matter {
    let first = date(2026, 11, 23);
    let standing = Standing::Waiting { due: date(2026, 11, 30), today: TODAY, working: 4, extended: false };
    let mut page = matter(
        None,
        standing,
        vec![Step {
            mark: marked(1284, Seal::Pending),
            ..step(
                first,
                "",
                1284,
                Happened::Received {
                    channel: Channel::Web,
                    slip: String::new(),
                    taker: String::new(),
                    from: "匿名".into(),
                    about: String::new(),
                    text: Text::Waiting,
                    due: derive(first, 5, None),
                },
            )
        }],
    );
    page.owner = None;
    page.glance.due = date(2026, 11, 30);
    page
}

fn erased() -> Matter {
    let mut page = answered();
    let on = date(2026, 11, 2);
    let basis = "个人信息保护法第四十七条，本人要求删除";
    page.title = None;
    page.steps[0].what = received(date(2026, 9, 30), Text::Erased { on, basis: basis.into() }, None);
    page.steps[0].mark.seal = Seal::Erased;
    page.steps[1].mark.seal = Seal::Unknown;
    page.steps.push(step(on, "居委会 李慧敏", 1229, Happened::Erased { basis: basis.into() }));
    page
}

pub fn table() -> Table {
    let cells = |row: [&str; 4]| row.map(String::from).to_vec();
    Table {
        caption: "2026年10月收支".into(),
        heads: cells(["项目", "收入", "支出", "结余"]),
        rows: vec![
            cells(["厂房租金", "¥1,742,306.50", "", ""]),
            cells(["路灯工程首款", "", "¥14,580.00", ""]),
            cells(["合计", "¥1,842,306.50", "¥1,127,918.20", "¥6,918,899.67"]),
        ],
    }
}

fn notice() -> Notice {
    Notice {
        f: cadre(frame("2026年10月财务收支公布", "/u/441900121014/m/f10001")),
        id: "f10001".into(),
        number: "北栅公告〔2026〕14号".into(),
        kind: "财务公开".into(),
        rule: "每月10日前公开上月收支，逐笔公开，贴满15天。".into(),
        clause: "村民委员会组织法第三十五条；本地默认每月一次".into(),
        issuer: "北栅社区居民委员会".into(),
        text: vec![
            "2026年10月，本社区收入¥1,842,306.50，支出¥1,127,918.20，月末结余¥6,918,899.67。逐笔明细附后。".into(),
            "有疑问请向居委会提出，5个工作日内答复。".into(),
        ],
        table: Some(table()),
        posted: date(2026, 11, 9),
        until: date(2026, 11, 23),
        days_up: 16,
        days_due: 15,
        due: Some(date(2026, 11, 10)),
        late: 0,
        mark: mark(1243),
        papers: vec![Paper { place: "社区门口公开栏".into(), on: date(2026, 11, 9), by: "李慧敏".into(), mark: mark(1244) }],
        masked: vec![Masked { what: "3处银行卡号".into(), why: "个人信息，只留后四位".into() }],
        corrections: vec![Correction {
            on: date(2026, 11, 12),
            by: "居委会 李慧敏".into(),
            why: "支出漏了一笔环卫费".into(),
            old: vec!["支出¥1,119,918.20，月末结余¥6,926,899.67。".into()],
            new: vec!["支出¥1,127,918.20，月末结余¥6,918,899.67。".into()],
            mark: mark(1250),
        }],
        lag: None,
        qr: qr("/u/441900121014/m/f10001", "本公告网址"),
        forward: "【北栅社区】2026年10月财务收支公布\nhttps://cunwu.example/u/441900121014/m/f10001".into(),
        aloud: "各位街坊，十月份的账贴出来了，在社区门口公开栏和手机公开栏都能看。".into(),
        may: true,
        phone: Some("076985551234".into()),
    }
}

fn fresh_notice() -> Notice {
    Notice {
        papers: vec![],
        masked: vec![],
        corrections: vec![],
        table: None,
        days_up: 1,
        late: 3,
        posted: TODAY,
        until: date(2026, 12, 8),
        lag: Some(Lag { happened: date(2026, 11, 20), entered: TODAY, days: 4, reason: "经办人外出".into() }),
        aloud: String::new(),
        may: false,
        ..notice()
    }
}

fn notice_form() -> NoticeForm {
    NoticeForm {
        f: cadre(frame("发一份公告", "/u/441900121014/notices/new")),
        corrects: None,
        kinds: choices(&[("finance", "财务公开：每月10日前，贴满15天"), ("event", "事项公开：事后10天内，贴满15天")], "finance"),
        bodies: choices(&[("c", "居委会"), ("p", "党工委")], "c"),
        number: String::new(),
        heading: "停水通知".into(),
        text: "11月26日9:00—17:00停水，请提前存水。\n\n联系人黎国樑。".into(),
        why: String::new(),
        most: 5000,
        preview: None,
        preparing: false,
        prepared: None,
        refused: None,
    }
}

fn notice_prepared() -> NoticeForm {
    NoticeForm { prepared: Some(("9f2c".into(), "李慧敏".into())), ..notice_preview() }
}

fn notice_preview() -> NoticeForm {
    let preview = Preview {
        text: vec!["11月26日9:00—17:00停水，请提前存水。".into(), "联系人何*，电话■■■。".into()],
        masked: vec![
            Masked { what: "“何小妹” → 何*".into(), why: "居民姓名，公开时遮盖".into() },
            Masked { what: "1个手机号".into(), why: "个人信息，公开时去掉".into() },
        ],
        stops: vec![],
        until: date(2026, 12, 8),
        days: 15,
    };
    NoticeForm { preview: Some(preview), ..notice_form() }
}

fn notice_stopped() -> NoticeForm {
    let mut form = notice_preview();
    if let Some(preview) = &mut form.preview {
        preview.stops = vec!["第2段有身份证号，删掉再发。".into(), "低保名单不能写病情，只写户主姓名（遮盖后）和金额。".into()];
    }
    form.corrects = Some(("f10001".into(), 3));
    form.refused = refused("PERSONAL_DATA_IN_PUBLIC_TEXT", "text");
    form.f.title = "没发出：更正公告".into();
    form
}

fn a4_notice() -> A4 {
    A4 {
        f: frame("公告", "/u/441900121014/m/f10001/print"),
        back: "/u/441900121014/m/f10001".into(),
        number: "北栅公告〔2026〕14号".into(),
        heading: "北栅社区居民委员会关于\n2026年10月财务收支的公告".into(),
        to: "全体居民、集体经济组织成员：".into(),
        text: vec![
            "2026年10月，本社区收支情况如下，现予公开。".into(),
            "本公告自2026年11月9日起张贴，不少于15天。有疑问请向居委会提出，5个工作日内答复。".into(),
        ],
        figure: String::new(),
        code: String::new(),
        how: How::Compare,
        quote: String::new(),
        table: Some(table()),
        signed: vec!["北栅社区居民委员会".into()],
        on: date(2026, 11, 9),
        hands: vec!["负责人".into(), "经办人".into()],
        stamp: true,
        mark: Some(mark(1243)),
        digest: "7c1e 90b4 d2f8 36aa".into(),
        qr: qr("/u/441900121014/m/f10001", "核验本公告"),
    }
}

fn a4_reply() -> A4 {
    let text = vec![
        "2026年9月30日收到，2026年10月13日前应当答复。第4个工作日答复，采纳。".into(),
        "2026年10月12日，居委会答复（采纳）：东坊巷我们晚上去看过，从巷口到祠堂三段确实没灯，先装三盏应急的。".into(),
        "陈志恒负责，2026年10月20日前办好。".into(),
    ];
    let quote = "东坊巷一到夜里就黑，老人接孩子怕摔。能不能装几盏灯？（王*强）".into();
    A4 { text, quote, hands: vec!["负责人".into(), "经办人".into()], stamp: true, ..blank("群众意见办理单") }
}

fn blank(heading: &str) -> A4 {
    let qr = qr("/u/441900121014/m/5d31aa", "核验这张纸");
    A4::blank(frame(heading, "/u/441900121014"), "/u/441900121014".into(), heading, qr, Some(mark(1151)))
}

fn a4_key() -> A4 {
    let notice = KeyNotice {
        print: "7c1e 90b4 d2f8 36aa 0b91 55de 4c20 8f7e".into(),
        key: "cunwu.example/441900121014/1+7c1e90b4+AQBt8c2v0q3Jr0Zk1m8Z0b5n3w1p9d8s7f6g5h4j3k2l".into(),
        origin: "cunwu.example/441900121014/1".into(),
        since: date(2026, 3, 2),
        former: vec![super::checks::former()],
    };
    blank("公钥告示").key(&notice, "北栅社区居民委员会")
}
