//! 样页：议题的整条链、决议、任务、执行台账、谁来定、各张表单。

use jiff::civil::date;

use super::{TODAY, cadre, choices, frame, leaf, mark, qr, refused, resident};
use crate::look::Paging;
use crate::look::chain::{Ahead, Block, Button, Chain, Change, Class, Heard, Stand, Station, Step, Wording, diff};
use crate::look::decree::{Decree, DecreeA4, Paper};
use crate::look::deed::{Deed, Field, Kind};
use crate::look::ledger::{Ledger, Loose, Row, Work};
use crate::look::lists::{Filter, MotionRow, Motions};
use crate::look::meet::Bar;
use crate::look::powers::{Group, Powers, Topic};
use crate::look::rules::Firm;
use crate::look::tasks::{Task, TaskPage};
use crate::look::{Chip, Frame, Lag, Text, Tone};

pub fn all() -> Vec<(&'static str, String)> {
    let page = |title: &str, deed| TaskPage { f: cadre(frame(title, "/u/441900121014/m/aa1274/reply")), task: Task::Deed(deed) };
    vec![
        leaf("motion", &motion()),
        leaf("motion-posted", &posted()),
        leaf("motion-large", &Chain { f: Frame { large: true, ..posted().f }, ..posted() }),
        leaf("work", &work()),
        leaf("decree", &decree()),
        leaf("decree-closed", &closed()),
        leaf("decree-a4", &sheet()),
        leaf("ledger", &ledger()),
        leaf("ledger-empty", &Ledger { rows: vec![], idle: vec![], silent: vec![], ..ledger() }),
        leaf("powers", &powers()),
        leaf("motions", &motions()),
        leaf("deed-propose", &page("提议", propose(false))),
        leaf("deed-propose-check", &page("提议", propose(true))),
        leaf("deed-reply", &page("回应意见", reply())),
        leaf("deed-assembly", &page("没发出：登记法定会议", assembly())),
    ]
}

const STATIONS: [&str; 11] = ["提议", "商议", "公示", "审议", "决议", "公开", "分工", "进展", "验收", "结果", "疑问"];

fn stations(done: usize) -> Vec<Station> {
    let stand = |n| match n {
        n if n < done => Stand::Done,
        n if n == done => Stand::Now,
        _ => Stand::Next,
    };
    STATIONS.iter().enumerate().map(|(n, name)| Station { name, stand: stand(n) }).collect()
}

fn votes() -> Vec<Bar> {
    let mut votes = super::rooms::bars();
    votes.push(Bar { name: "党员大会".into(), ..votes[0].clone() });
    votes
}

fn class() -> Class {
    Class {
        word: "重大事项".into(),
        why: "预算¥52,000.00，达到¥50,000.00。".into(),
        who: "由居民代表会议决定，先经党组织研究讨论。".into(),
        clause: "城市居民委员会组织法第十九条；东组通〔2015〕33号 二（二）".into(),
        challenge: "/u/441900121014/m/aa1156/challenge".into(),
        firm: String::new(),
    }
}

fn wording() -> Wording {
    let (old, new) = (
        "用集体资金在东坊巷加装10盏路灯，预算不超过48000元，由居委会组织施工。",
        "用集体资金在东坊巷加装11盏路灯，预算不超过52000元，由居委会组织施工，居务监督委员会验收。",
    );
    Wording {
        version: 2,
        text: vec![new.into()],
        facts: vec![
            ("理由".into(), "东坊巷三段没有路灯，老人夜里摔过两次。".into()),
            ("依据".into(), "东组通〔2015〕33号 二（二）".into()),
            ("金额".into(), "¥52,000.00（伍万贰仟元整）".into()),
            ("谁来办".into(), "北栅社区居民委员会".into()),
            ("办好的日子".into(), "2026年11月30日".into()),
        ],
        changes: vec![Change {
            version: 2,
            on: date(2026, 10, 23),
            why: "采纳2条意见：祠堂口也要一盏；写明谁验收。".into(),
            diff: diff(old, new),
            also: vec!["金额从¥48,000.00改为¥52,000.00。".into()],
        }],
    }
}

fn opinion(n: &str, said: &str, state: Chip, answers: Vec<String>) -> Heard {
    Heard { n: n.into(), text: Text::Shown(said.into()), from: "王*强".into(), on: date(2026, 10, 19), state, answers, acts: vec![] }
}

fn begun() -> Vec<Step> {
    let agreed = Block::Votes(vec![Bar {
        name: "班子".into(),
        due: 9,
        present: 8,
        yes: 7,
        no: 0,
        abstained: 1,
        majority: None,
        ..votes()[0].clone()
    }]);
    let opinions = Block::Voices(vec![
        opinion("第1条", "祠堂口最黑，也要装一盏。", Chip::new(Tone::Done, "采纳"), vec!["书记 林伟棠10月22日答：加到11盏。".into()]),
        opinion(
            "第2条",
            "为什么不用太阳能的？",
            Chip::new(Tone::No, "不采纳"),
            vec!["书记 林伟棠10月22日答：巷子窄，白天晒不到，存不够电。".into()],
        ),
    ]);
    let lag = Lag { happened: date(2026, 10, 14), entered: date(2026, 10, 16), days: 2, reason: String::new() };
    vec![
        Step { lag: Some(lag), ..Step::new(date(2026, 10, 16), "提议", "党工委书记 林伟棠", Some(mark(1156))) }
            .with(Block::Say("来自一条采纳了的群众意见。".into()))
            .with(Block::Docs(vec![("意见：东坊巷一到夜里就黑".into(), "/u/441900121014/m/aa1142".into())])),
        Step::new(date(2026, 10, 16), "班子商议，同意提交", "", Some(mark(1160)))
            .with(agreed)
            .with(Block::Docs(vec![("第42周班子联席会议，第2项".into(), "/u/441900121014/m/aa1159".into())])),
        Step::new(date(2026, 10, 17), "公示方案，听意见", "书记 林伟棠", Some(mark(1178)))
            .with(Block::Say("10月17日—10月24日，8天。".into()))
            .with(Block::Note("收到2条意见，回应了2条。".into()))
            .with(opinions),
    ]
}

fn motion() -> Chain {
    let mut steps = begun();
    steps.extend([
        Step::new(date(2026, 10, 28), "审议通过", "", Some(mark(1195))).with(Block::Votes(vec![votes()[3].clone()])),
        Step::new(date(2026, 10, 28), "决议通过", "", Some(mark(1197)))
            .with(Block::Votes(votes()[..3].to_vec()))
            .with(Block::Note("整条是应到的人，竖线是通过线。每个有权的机构都通过，决议才成立。".into())),
        Step::new(date(2026, 10, 30), "公开决议", "居委会文员 陈志恒", Some(mark(1203)))
            .with(Block::State(Chip::new(Tone::Done, "按时公开"), "决议后第2个工作日，贴到11月14日".into()))
            .with(Block::Gate("先公开，后实施。".into(), "按本机制的规矩，没有这一步，分工、签合同、付款，系统一律不放行。".into()))
            .with(Block::Docs(vec![("北栅决〔2026〕14号".into(), "/u/441900121014/m/aa1198".into())])),
        Step::new(date(2026, 11, 2), "分工：组织施工", "居委会主任 林伟棠", Some(mark(1215))).with(Block::Facts(vec![
            ("居委会".into(), "陈志恒".into()),
            ("办好的日子".into(), "11月30日".into()),
            ("可以花".into(), "¥52,000.00".into()),
        ])),
        Step { gap: true, ..Step::new(date(2026, 11, 19), "到期没有进展", "", Some(mark(1276))) }
            .with(Block::Say("11月18日24:00到期没有报进展，系统自动记下。负责的是居委会 陈志恒。补报以后，这一条仍然留着。".into())),
        Step::new(date(2026, 11, 20), "验收通过", "监督委员会主任 梁玉燕", Some(mark(1263)))
            .with(Block::Quote("11盏全亮，逐盏看过，照度达标。".into())),
        Step::new(date(2026, 11, 20), "公布结果", "居委会文员 陈志恒", Some(mark(1277))).with(Block::Table(crate::look::notice::Table {
            caption: "计划和实际".into(),
            heads: vec!["项目".into(), "计划".into(), "实际".into()],
            rows: vec![
                vec!["花费".into(), "¥52,000.00".into(), "¥48,600.00".into()],
                vec!["日子".into(), "11月30日".into(), "11月18日".into()],
            ],
        })),
        Step::new(date(2026, 11, 23), "有人问", "", Some(mark(1283))).with(Block::Voices(vec![Heard {
            n: "第1个问题".into(),
            text: Text::Shown("第7盏灯照进我家窗户，能不能调个角度？".into()),
            from: "刘*珍".into(),
            on: date(2026, 11, 23),
            state: Chip::new(Tone::Soon, "等解释，11月30日到期"),
            answers: vec![],
            acts: vec![],
        }])),
    ]);
    Chain {
        f: resident(frame("东坊巷加装11盏路灯", "/u/441900121014/m/aa1156")),
        id: "aa1156".into(),
        kind: "议题 · 公益事业、筹资方案、建设承包方案".into(),
        now: "灯已经装好、验收过了，花了¥48,600.00。刘*珍提了1个问题，居委会要在11月30日前解释。".into(),
        stations: stations(10),
        class: Some(Class { challenge: String::new(), firm: "已经决议，不能再提异议。".into(), ..class() }),
        wording: Some(wording()),
        steps,
        ahead: vec![],
        glance: vec![
            ("谁提的".into(), "书记 林伟棠".into(), "来自群众意见".into()),
            ("谁定的".into(), "居民代表会议".into(), "赞成31，反对4，弃权3".into()),
            ("谁在办".into(), "居委会 陈志恒".into(), String::new()),
            ("花了".into(), "¥48,600.00".into(), "预算¥52,000.00".into()),
            ("记录".into(), "19条".into(), "1条补录".into()),
        ],
        acts: vec![],
        mine: vec![Button::new("不明白，提个问题", "/u/441900121014/m/aa1215/ask".into())],
        qr: qr("/u/441900121014/m/aa1156", "本事项网址"),
        print: String::new(),
        forward: "北栅社区：东坊巷加装11盏路灯，已办成，https://cunwu.example/u/441900121014/m/aa1156".into(),
    }
}

fn posted() -> Chain {
    let clause = "东组通〔2015〕33号 二（二）“党群联席会议”";
    let ahead = |head: &str, why: &str, now: &str, blocked, chip| Ahead {
        head: head.into(),
        why: why.into(),
        now: now.into(),
        clause: clause.into(),
        blocked,
        chip,
        docs: if head == "审议" {
            vec![("12月4日15:00党群联席会议，第1项（已通知）".into(), "/x".into())]
        } else {
            vec![]
        },
    };
    Chain {
        f: cadre(frame("东坊巷加装11盏路灯", "/u/441900121014/m/aa1156")),
        now: "方案正在公示，到11月29日。还有1条意见没回应。".into(),
        stations: stations(2),
        class: Some(class()),
        steps: begun(),
        ahead: vec![
            ahead(
                "公示方案，听意见",
                "公示到11月29日，还有5天。",
                "还有1条意见没回应，书记要在11月26日前回应。",
                false,
                Some(Chip::new(Tone::Soon, "还有2个工作日")),
            ),
            ahead("审议", "还不能审议：公示的日子没满，还有1条意见没回应。", "11月30日起、条条回应以后，才能上会。", true, None),
            ahead("决议", "先审议，再表决。", "", true, None),
            ahead("公开、分工、验收", "决议以后3个工作日内公开；没公开之前，分工、签合同、付款都不能办。", "", true, None),
        ],
        acts: vec![
            Button::new("回应意见", "/u/441900121014/m/aa1156/reply".into()),
            Button::new("修改方案", "/u/441900121014/m/aa1156/revise".into()),
            Button::new("撤回议题", "/u/441900121014/m/aa1156/drop".into()),
        ],
        mine: vec![],
        ..motion()
    }
}

fn work() -> Chain {
    Chain {
        f: cadre(frame("组织施工", "/u/441900121014/m/aa1215")),
        id: "aa1215".into(),
        kind: "任务 · 北栅决〔2026〕14号".into(),
        now: "正在办。居委会 陈志恒负责，11月30日前办好。".into(),
        stations: vec![],
        class: None,
        wording: None,
        steps: motion().steps[6..8].to_vec(),
        ahead: vec![Ahead {
            head: "办好".into(),
            why: "还有4个工作日。".into(),
            now: String::new(),
            clause: "东组通〔2015〕33号 二（三）".into(),
            blocked: false,
            chip: Some(Chip::new(Tone::Doing, "还有4个工作日")),
            docs: vec![],
        }],
        acts: vec![Button::new("报进展", "/u/441900121014/m/aa1215/progress".into()), Button::new("报办完", "/x".into())],
        mine: vec![],
        ..motion()
    }
}

fn paper() -> Paper {
    Paper {
        head: "北栅社区党群联席会议文件".into(),
        number: "北栅决〔2026〕14号".into(),
        title: "关于东坊巷加装11盏路灯的决议".into(),
        to: "全体居民、集体经济组织成员：".into(),
        opening: "2026年10月28日，北栅社区依规定表决，作出以下决议，现予公开。".into(),
        text: vec!["用集体资金在东坊巷加装11盏路灯，预算不超过52000元，由居委会组织施工，居务监督委员会验收。".into()],
        votes: votes()[..3].to_vec(),
        dissent: "有权表决的机构里，反对9票、弃权6票，都记在上面。".into(),
        orders: vec!["一、由北栅社区居民委员会办，2026年11月30日前办好。".into(), "二、金额不超过¥52,000.00（伍万贰仟元整）。".into()],
        signed: vec!["北栅社区党群联席会议".into()],
        on: date(2026, 10, 28),
        ended: String::new(),
    }
}

fn decree() -> Decree {
    Decree {
        f: frame("关于东坊巷加装11盏路灯的决议", "/u/441900121014/m/aa1198"),
        id: "aa1198".into(),
        paper: paper(),
        motion: "/u/441900121014/m/aa1156".into(),
        now: "10月30日公开，正在办。".into(),
        closed: false,
        steps: motion().steps[5..6].to_vec(),
        tasks: vec![("组织施工".into(), "居委会 陈志恒，11月30日前办好".into(), "/u/441900121014/m/aa1215".into())],
        acts: vec![],
        mark: mark(1203),
        qr: qr("/u/441900121014/m/aa1198", "本决议网址"),
        forward: "北栅社区：关于东坊巷加装11盏路灯的决议".into(),
    }
}

fn closed() -> Decree {
    Decree {
        f: cadre(frame("关于东坊巷加装11盏路灯的决议", "/u/441900121014/m/aa1198")),
        now: "这份决议还没公开，书记要在11月26日前公开。".into(),
        closed: true,
        tasks: vec![],
        acts: vec![Button::new("公开决议", "/u/441900121014/m/aa1198/publish".into())],
        ..decree()
    }
}

fn sheet() -> DecreeA4 {
    DecreeA4 {
        f: frame("打印", "/u/441900121014/m/aa1198/print"),
        back: "/u/441900121014/m/aa1198".into(),
        paper: paper(),
        warning: String::new(),
        up: Some((date(2026, 10, 30), date(2026, 11, 14))),
        mark: Some(mark(1203)),
        digest: "7c1e 90b4 d2f8 36aa".into(),
        qr: qr("/u/441900121014/m/aa1198", "核验这张纸"),
    }
}

fn ledger() -> Ledger {
    let row = |number: &str, title: &str, state: Chip, tasks, silent| Row {
        number: number.into(),
        title: title.into(),
        href: "/u/441900121014/m/aa1198".into(),
        decided: date(2026, 10, 28),
        published: Some(date(2026, 10, 30)),
        state,
        tasks,
        silent_days: silent,
    };
    let work = |title: &str, state: Chip, moved| Work {
        title: title.into(),
        href: "/u/441900121014/m/aa1215".into(),
        who: "居委会 陈志恒".into(),
        due: date(2026, 11, 30),
        moved,
        state,
        money: "花了¥14,580.00，可以花¥52,000.00".into(),
    };
    let loose = |title: &str, said: &str| Loose { title: title.into(), href: "/u/441900121014/m/aa1198".into(), said: said.into() };
    Ledger {
        f: frame("执行台账", "/u/441900121014/ledger"),
        year: 2026,
        years: vec![("2026年".into(), String::new()), ("2025年".into(), "/u/441900121014/ledger?year=2025".into())],
        filters: [("全部", 4), ("在办", 2), ("逾期", 1)]
            .iter()
            .enumerate()
            .map(|(at, (label, n))| Filter { label: (*label).into(), n: *n, href: format!("/u/441900121014/ledger?s={at}"), on: at == 0 })
            .collect(),
        rows: vec![
            row(
                "北栅决〔2026〕14号",
                "东坊巷加装11盏路灯",
                Chip::new(Tone::Doing, "在办"),
                vec![work("组织施工", Chip::new(Tone::Doing, "还有4个工作日"), Some(date(2026, 11, 20)))],
                Some(6),
            ),
            row(
                "北栅决〔2026〕13号",
                "市场排水沟改造",
                Chip::new(Tone::Late, "逾期3个工作日"),
                vec![work("招标施工", Chip::new(Tone::Late, "逾期3个工作日"), None)],
                Some(41),
            ),
            row("北栅决〔2026〕12号", "误工补贴标准", Chip::new(Tone::Soon, "还没开始"), vec![], Some(9)),
        ],
        idle: vec![loose("误工补贴标准", "11月15日公开，书记要在11月20日前定下谁办")],
        silent: vec![loose("市场排水沟改造：招标施工", "41天没有消息，居委会 陈志恒负责")],
        stale: 30,
        csv: "/u/441900121014/ledger?year=2026&format=csv".into(),
    }
}

pub fn motion_rows() -> Vec<MotionRow> {
    let row = |title: &str, state, seq| MotionRow {
        href: "/u/441900121014/m/aa1156".into(),
        title: title.into(),
        weight: "重大事项".into(),
        proposed: date(2026, 10, 14),
        state,
        mark: mark(seq),
    };
    vec![row("东坊巷加装11盏路灯", Chip::new(Tone::Done, "已决议"), 1156), row("市场摊位出租", Chip::new(Tone::Doing, "公示中"), 1301)]
}

fn motions() -> Motions {
    Motions {
        f: frame("定过的事、要定的事", "/u/441900121014/motions"),
        filters: vec![Filter { label: "全部".into(), n: 2, href: "/u/441900121014/motions?s=".into(), on: true }],
        rows: motion_rows(),
        paging: Paging { page: 1, pages: 1, base: "/u/441900121014/motions?s=&page=".into() },
    }
}

fn powers() -> Powers {
    let topic = |title: &str, mark: &str, weight: &str, decides: &str, standing| Topic {
        title: title.into(),
        mark: mark.into(),
        weight: weight.into(),
        decides: decides.into(),
        does: "居委会、股份经济联合社办".into(),
        draft: "方案至少公示7天".into(),
        standing,
        note: "法律：居民会议决定，可以授权居民代表会议；默认已经授权".into(),
    };
    Powers {
        f: frame("谁来定、谁来办", "/u/441900121014/powers"),
        groups: vec![Group {
            title: "居民会议决定的事".into(),
            clause: "城市居民委员会组织法第十九条".into(),
            quote: "涉及全体居民利益的重要问题，居民委员会必须提请居民会议讨论决定。".into(),
            topics: vec![
                topic("公益事业、筹资方案、建设承包方案", "（四）", "都算重大", "居民代表会议决定", Firm::Default),
                topic(
                    "集体或者居委会的开支、采购",
                    "",
                    "¥50,000.00以上、超过3年的算重大",
                    "算重大的居民代表会议决定，其余班子联席会议定",
                    Firm::Law,
                ),
            ],
        }],
        bodies: vec![("北栅社区居民委员会".into(), "主任 林伟棠".into(), "办居民自治的事：公共服务、公益事业、调解。".into())],
    }
}

fn deed(title: &str, path: &str, fields: Vec<Field>) -> Deed {
    Deed {
        keep: frame("", "").keep_at("task", &4),
        path: path.into(),
        title: title.into(),
        chip: Some(Chip::new(Tone::Soon, "还有2个工作日")),
        due: Some(date(2026, 11, 26)),
        mark: Some(mark(1178)),
        today: TODAY,
        about: "/u/441900121014/m/aa1156".into(),
        lines: vec![],
        voice: None,
        preview: None,
        fields,
        go: vec![("", "回应并存证")],
        ways: vec![],
        note: String::new(),
        refused: None,
    }
}

fn propose(checked: bool) -> Deed {
    let topics = vec![(
        "居民代表会议决定".to_owned(),
        choices(
            &[("public_works", "公益事业、筹资方案、建设承包方案"), ("allowance", "误工补贴的人员和标准")],
            if checked { "public_works" } else { "" },
        ),
    )];
    let fields = vec![
        Field::must("matter_type", "是哪一类事", Kind::Groups(topics), "").hint("谁来定、算不算重大，由类别和金额定，下一步给您看。"),
        Field::must("title", "标题", Kind::Line(60), if checked { "东坊巷加装路灯" } else { "" }),
        Field::must("text", "方案（表决的就是这几句）", Kind::Area(5, 5000), ""),
        Field::must("reasons", "为什么", Kind::Area(3, 500), ""),
        Field::may("amount", "花多少钱（元）", Kind::Money, if checked { "52000" } else { "" }),
        Field::must(
            "source",
            "谁要求的",
            Kind::Pick(choices(&[("secretary", "书记提"), ("petition", "群众联名"), ("suggestion", "采纳的意见")], "secretary")),
            "",
        ),
    ];
    let said = vec![
        "重大事项：清单列明的。由居民代表会议决定，先经党组织研究讨论。".to_owned(),
        "方案至少公示7天；每条意见都要回应；审议、表决都通过，决议公开以后才能办。".to_owned(),
    ];
    Deed {
        chip: None,
        due: None,
        mark: None,
        about: String::new(),
        preview: checked.then(|| ("归类：重大事项".to_owned(), said)),
        go: if checked {
            vec![("send", "提议并存证"), ("check", "改了，再看归类")]
        } else {
            vec![("check", "先看归哪一类、谁来定")]
        },
        ..deed("提议", "/u/441900121014/motions/new", fields)
    }
}

fn reply() -> Deed {
    let fields = vec![
        Field::must(
            "opinions",
            "回应哪几条",
            Kind::Check(choices(&[("0", "第1条 王*强：祠堂口最黑，也要装一盏。"), ("1", "第2条 何*：为什么不用太阳能的？")], "0")),
            "",
        ),
        Field::must("taken", "采纳吗", Kind::Pick(choices(&[("yes", "采纳"), ("no", "不采纳")], "")), ""),
        Field::must("text", "怎么采纳，或者为什么不采纳", Kind::Area(4, 500), "").hint("会公开。"),
    ];
    Deed {
        note: "条条回应以后才能审议。".into(), ..deed("回应意见：东坊巷加装路灯", "/u/441900121014/m/aa1156/reply", fields)
    }
}

fn assembly() -> Deed {
    let number = |name, label, value: &str| Field::must(name, label, Kind::Number, value);
    let fields = vec![
        Field::must("on", "哪天开的", Kind::Day, "2026-11-20"),
        number("due", "应到", "310"),
        number("present", "实到", "120"),
        number("in_favour", "赞成", "119"),
        number("against", "反对", "1"),
        number("abstained", "弃权", "0"),
        Field::must("teller_a", "计票人一", Kind::Line(40), "陈志恒"),
        Field::must("teller_b", "计票人二", Kind::Line(40), "梁玉燕"),
        Field::may("scan", "会议记录的照片或扫描件", Kind::File, "").hint(crate::words::room::MARKED),
    ];
    Deed { refused: refused("NO_QUORUM", "present"), ..deed("登记居民会议的决定", "/x", fields) }
}
