//! 样页：会场、表决、签到、大屏幕、会议记录。

use jiff::civil::date;

use super::meetings::people;
use super::{TODAY, cadre, choices, frame, leaf, mark, qr, resident};
use crate::look::meet::minutes::{self, Minutes};
use crate::look::meet::roll::{Roll, Say};
use crate::look::meet::room::{Act, Chair, Item, ItemState, Minutes as Confirmed, Next, Notify, Phase, Room, Said, Saying, Step};
use crate::look::meet::screen::Screen;
use crate::look::meet::vote::{Given, Mode, Paper, Slip, Staff, Vote};
use crate::look::meet::{Bar, Bench, Need, Of, Verdict};
use crate::look::{Choice, Frame, Keep, Paging};

pub const ROOM: &str = "/u/441900121014/m/aa2001";

pub fn all() -> Vec<(&'static str, String)> {
    let large = |f: Frame| Frame { large: true, ..f };
    vec![
        leaf("room-called", &room_called()),
        leaf("room-chair", &room_chair()),
        leaf("room-member", &room_member()),
        leaf("room-public", &room_public()),
        leaf("room-large", &Room { f: large(room_public().f), ..room_public() }),
        leaf("vote-open", &vote_open(Mode::Named)),
        leaf("vote-hands", &vote_open(Mode::Hands)),
        leaf("vote-paper", &vote_open(Mode::Paper)),
        leaf("vote-counted", &vote_counted()),
        leaf("slip", &slip()),
        leaf("roll", &roll()),
        leaf("meeting-say", &say()),
        leaf("screen-voting", &screen(true)),
        leaf("screen-result", &screen(false)),
        leaf("minutes", &minutes()),
    ]
}

fn keep() -> Keep {
    frame("", "").keep_at("room", &7)
}

fn need(share: (u32, u32, bool), of: Of, base: u32, least: u32) -> Option<Need> {
    let (part, whole, over) = share;
    Some(Need { part, whole, over, of, base, least })
}

fn benches() -> Vec<Bench> {
    let bench = |name: &str, due, present, least| Bench {
        name: name.into(),
        due,
        present,
        quorum: need((1, 2, true), Of::All, due, least),
        women: None,
        advice: String::new(),
        before: false,
    };
    vec![
        bench("党员大会", 86, 61, 44),
        Bench { women: Some(14), quorum: need((2, 3, false), Of::All, 45, 30), ..bench("居民代表会议", 45, 28, 30) },
        Bench {
            advice: "理事长没有按时通知".into(), quorum: need((2, 3, false), Of::All, 51, 34), ..bench("成员代表大会", 51, 30, 34)
        },
        Bench { quorum: None, advice: "应邀参加，听取意见".into(), ..bench("异地务工人员代表", 6, 5, 0) },
    ]
}

pub fn bars() -> Vec<Bar> {
    let bar = |name: &str, due, present, yes, no, abstained| Bar {
        name: name.into(),
        due,
        present,
        yes,
        no,
        abstained,
        spoilt: 0,
        majority: need((1, 2, true), Of::Present, present, present / 2 + 1),
        verdict: Verdict::Passed,
        advice: String::new(),
    };
    vec![
        bar("居民代表会议", 45, 38, 31, 4, 3),
        Bar {
            majority: need((2, 3, false), Of::All, 51, 34),
            verdict: Verdict::Failed,
            spoilt: 1,
            ..bar("成员代表大会", 51, 44, 32, 8, 3)
        },
        Bar {
            majority: None, advice: "应邀参加，听取意见，不算法定票数".into(), ..bar("异地务工人员代表", 6, 5, 5, 0, 0)
        },
    ]
}

fn said(what: Saying, seq: i64) -> Said {
    Said { what, mark: Some(mark(seq)) }
}

fn items() -> Vec<Item> {
    let report = |by: &str, text: &str| Saying::Report { by: by.into(), text: text.into() };
    let item = |n, title: Option<&str>, state| Item {
        n,
        title: title.map(Into::into),
        ground: String::new(),
        stage: "日常事项".into(),
        motion: None,
        papers: String::new(),
        said: vec![],
        bars: vec![],
        ballot: None,
        state,
        next: None,
    };
    let heard = vec![
        said(report("居委会主任 陈志恒", "方案由10盏改为11盏，预算¥52,000.00，公示8天，收到6条意见，都答复了。"), 1301),
        said(
            Saying::Discussion {
                spoke: 4,
                names: vec![],
                text: "有人问电费谁出；理事长答由集体出。有两人担心照进窗户，施工时调角度。".into(),
            },
            1302,
        ),
    ];
    vec![
        Item {
            stage: "审议&nbsp;第2版".replace("&nbsp;", " · "),
            motion: Some("/u/441900121014/m/aa1156".into()),
            papers: "3f1c 90ab 77e2 d0c4".into(),
            said: heard.clone(),
            bars: bars(),
            ballot: Some("/u/441900121014/m/aa2002".into()),
            ..item(0, Some("东坊巷加装11盏路灯"), ItemState::Failed)
        },
        Item { said: heard[..1].to_vec(), ..item(1, Some("冬季防火检查"), ItemState::Reported) },
        Item { ground: "个人隐私".into(), ..item(2, None, ItemState::Shut) },
        item(3, Some("文化楼二楼漏水"), ItemState::Waiting),
    ]
}

fn next(n: u32, step: Step) -> Option<Next> {
    Some(Next {
        keep: keep(),
        unit: super::UNIT.into(),
        sitting: "aa2001".into(),
        n,
        step,
        folded: n > 1,
        text: String::new(),
        who: String::new(),
        most: 500,
        refused: None,
    })
}

fn modes() -> Vec<Choice> {
    choices(&[("named", "手机记名"), ("hands", "举手"), ("paper", "记名票"), ("secret", "无记名")], "named")
}

fn room_public() -> Room {
    Room {
        f: frame("党群联席会议", ROOM),
        id: "aa2001".into(),
        day: date(2026, 11, 24),
        time: "15:00—16:40".into(),
        place: "文化楼一楼礼堂".into(),
        phase: Phase::Closed,
        why: String::new(),
        called: Some((date(2026, 11, 13), mark(1290))),
        lag: None,
        again: None,
        benches: benches(),
        listening: 3,
        officers: vec!["林伟棠".into(), "陈志恒".into(), "黎满堂".into()],
        items: items(),
        paper: None,
        notify: vec![],
        chair: None,
        minutes: Confirmed { due: Some(date(2026, 11, 27)), ..Confirmed::default() },
        mark: mark(1310),
        qr: qr(ROOM, "这次会的网址"),
        forward: "【北栅社区】党群联席会议：11月24日开完，4项议程定了2项\nhttps://cunwu.example/u/441900121014/m/aa2001".into(),
        refused: None,
    }
}

fn chair() -> Chair {
    Chair {
        keep: keep(),
        roll: true,
        open: Act::No,
        add: false,
        cancel: false,
        adjourn: true,
        close: Act::Blocked("第2项还没定。要散会，没定的项目就留到下次。".into()),
        amend: false,
        confirm: Act::No,
    }
}

fn room_chair() -> Room {
    let why = "居民代表会议应到45人，要到30人，现在到了28人，还差2人。".to_owned();
    let mut items = items();
    items[1].next = next(1, Step::Discuss);
    items[3].next = next(3, Step::Report);
    items[2] = Item {
        n: 2,
        title: Some("何柏年家的低保复核".into()),
        state: ItemState::Discussed,
        next: next(2, Step::Decide { agree: Err("党群联席会议不能一致同意了事，要表决。".into()), ballot: Err(why) }),
        ..items[2].clone()
    };
    items[0] = Item {
        state: ItemState::Discussed,
        bars: vec![],
        next: next(0, Step::Decide { agree: Ok(()), ballot: Ok(modes()) }),
        ..items[0].clone()
    };
    Room {
        f: cadre(frame("党群联席会议", ROOM)), phase: Phase::Open, chair: Some(chair()), items, time: "15:00".into(), ..room_public()
    }
}

fn paper(mode: Mode) -> Paper {
    Paper {
        keep: keep(),
        action: format!("{ROOM}/vote"),
        title: "东坊巷加装11盏路灯".into(),
        stage: "决议 · 第2版".into(),
        text: "/u/441900121014/m/aa1156".into(),
        mode,
        voters: choices(&[("p7", "您自己的一票")], "p7"),
        seats: "居民代表会议、成员代表大会".into(),
        given: vec![],
        blocked: String::new(),
    }
}

fn room_member() -> Room {
    let mut items = items();
    items[0] = Item { state: ItemState::Voting, bars: vec![], ..items[0].clone() };
    Room {
        f: resident(frame("党群联席会议", ROOM)),
        phase: Phase::Open,
        paper: Some(paper(Mode::Named)),
        items,
        time: "15:00".into(),
        ..room_public()
    }
}

fn room_called() -> Room {
    let before = benches().into_iter().map(|bench| Bench { before: true, present: 0, ..bench }).collect();
    let items =
        items().into_iter().map(|item| Item { said: vec![], bars: vec![], ballot: None, state: ItemState::Waiting, ..item }).collect();
    let notify = Notify { keep: keep(), word: "representatives".into(), name: "居民代表会议".into(), blocked: String::new() };
    let late = Notify {
        word: "delegates".into(),
        name: "成员代表大会".into(),
        blocked: "要提前10天通知，最晚11月14日。现在通知，最早12月4日开。".into(),
        ..notify.clone()
    };
    Room {
        f: cadre(frame("党群联席会议", ROOM)),
        day: date(2026, 12, 1),
        time: "15:00".into(),
        phase: Phase::Called,
        benches: before,
        items,
        notify: vec![notify, late],
        chair: Some(Chair {
            roll: false,
            open: Act::Blocked("12月1日15:00到了才能开。".into()),
            cancel: true,
            adjourn: false,
            close: Act::No,
            ..chair()
        }),
        officers: vec![],
        listening: 0,
        ..room_public()
    }
}

fn vote_open(mode: Mode) -> Vote {
    let staff = Staff {
        keep: keep(),
        persons: people(6, false),
        tellers: people(4, false),
        sheets: if mode == Mode::Paper { vec!["梁玉燕的计票单已录入，№1305。".into()] } else { vec![] },
        blocked: if mode == Mode::Named { String::new() } else { "还没有计票单。".into() },
        missing: "还有7人没投".into(),
    };
    Vote {
        f: cadre(frame("表决：东坊巷加装11盏路灯", "/u/441900121014/m/aa2002")),
        id: "aa2002".into(),
        sitting: (ROOM.into(), "党群联席会议".into()),
        day: TODAY,
        item: "第1项".into(),
        motion: Some("/u/441900121014/m/aa1156".into()),
        stage: "决议 · 第2版".into(),
        mode,
        paper: (mode == Mode::Named).then(|| Paper { given: vec!["您投了赞成，№1304。".into()], voters: vec![], ..paper(mode) }),
        given: 31,
        voters: 38,
        benches: benches(),
        bars: vec![],
        total: None,
        papers: vec![],
        staff: Some(staff),
        root: String::new(),
        mark: mark(1303),
        refused: None,
    }
}

fn vote_counted() -> Vote {
    let given = |seats: &str, said: &str, note: &str, seq| Given {
        seats: seats.into(),
        said: said.into(),
        note: note.into(),
        mark: Some(mark(seq)),
    };
    Vote {
        f: frame("表决：东坊巷加装11盏路灯", "/u/441900121014/m/aa2002"),
        bars: bars(),
        total: Some((64, 11, 5, 1)),
        papers: vec![
            given("居民代表会议、成员代表大会", "赞成", "", 1304),
            given("居民代表会议", "反对", "", 1305),
            given("成员代表大会", "赞成", "受委托的人投的", 1306),
        ],
        staff: None,
        paper: None,
        ..vote_open(Mode::Named)
    }
}

fn slip() -> Slip {
    Slip {
        f: resident(frame("投票回执", "/u/441900121014/m/aa2002")),
        back: "/u/441900121014/m/aa2002".into(),
        title: "东坊巷加装11盏路灯".into(),
        slips: vec![("居民代表会议".into(), "3f1c 90ab 77e2 d0c4".into()), ("全场合计".into(), "a04e 5510 9c3d 21f8".into())],
    }
}

fn roll() -> Roll {
    Roll {
        f: cadre(frame("签到", ROOM)),
        id: "aa2001".into(),
        sitting: ("党群联席会议".into(), TODAY),
        keep: keep(),
        benches: benches(),
        rolls: choices(&[("party", "党员大会"), ("representatives", "居民代表会议"), ("delegates", "成员代表大会")], "representatives"),
        absent: people(9, false),
        here: vec![Choice::new("p9", "陈志恒，14:52到", false)],
        paging: Paging { page: 1, pages: 1, base: format!("{ROOM}/roll?roll=representatives&page=") },
        proxies: Some((people(3, false), people(2, false))),
        shown: vec!["王*强委托李*芬".into()],
        refused: None,
    }
}

fn say() -> Say {
    Say {
        f: cadre(frame("人不够，改日再开", ROOM)),
        action: format!("{ROOM}/adjourn"),
        back: ROOM.into(),
        keep: keep(),
        note: "中断以后，10天以内要再开一次，系统会记着。".into(),
        label: "为什么开不下去".into(),
        text: String::new(),
        most: 500,
        pick: vec![],
        pick_label: String::new(),
        sum: None,
        button: "记下，改日再开".into(),
        refused: None,
    }
}

fn screen(voting: bool) -> Screen {
    Screen {
        f: frame("党群联席会议", &format!("{ROOM}/screen")),
        back: ROOM.into(),
        day: TODAY,
        time: "15:00".into(),
        now: String::new(),
        item: Some(("第1项".into(), "东坊巷加装11盏路灯".into(), if voting { "正在表决" } else { "表决结果" }.into())),
        benches: benches(),
        given: voting.then_some((31, 38)),
        bars: if voting { vec![] } else { bars() },
        qr: voting.then(|| qr("/u/441900121014/m/aa2002", "投票的网址")),
        every: 10,
    }
}

fn minutes() -> Minutes {
    let items = items()
        .into_iter()
        .take(3)
        .map(|item| minutes::Item {
            head: format!("第{}项　{}", item.n + 1, item.title.unwrap_or_else(|| "不公开的一项，个人隐私".into())),
            stage: item.stage,
            said: item.said,
            bars: item.bars,
            end: if item.state == ItemState::Failed { "没有通过".into() } else { String::new() },
        })
        .collect();
    Minutes {
        f: frame("党群联席会议记录", &format!("{ROOM}/print")),
        back: ROOM.into(),
        day: TODAY,
        time: "15:00—16:40".into(),
        place: "文化楼一楼礼堂".into(),
        convener: "党工委书记".into(),
        present: vec!["党员大会应到86人，实到61人".into(), "居民代表会议应到45人，实到38人".into()],
        items,
        amended: vec![("第1项讨论里“两人”应为“三人”".into(), date(2026, 11, 25))],
        broken_off: String::new(),
        confirmed: Some(date(2026, 11, 26)),
        mark: Some(mark(1312)),
        digest: "9f02 77aa 10c3 de41".into(),
        qr: qr(ROOM, "核验这张纸"),
    }
}
