//! 样页：提意见、回执、我的意见、查询。

use jiff::civil::date;

use super::boards::rows;
use super::{UNIT, bare, choices, derive, frame, leaf, marked, qr, refused, resident};
use crate::look::say::{Lookup, Mine, MineRow, Receipt, Say, SayAct, SayCheck, SenderAct};
use crate::look::suggestion::May;
use crate::look::{Done, Seal};

pub fn all() -> Vec<(&'static str, String)> {
    vec![
        leaf("say", &say()),
        leaf("say-refused", &say_refused()),
        leaf("say-cadre", &Say { cadres: vec!["党工委书记 林伟棠".into()], text: "林书记的亲戚……".into(), ..say() }),
        leaf("say-check", &check()),
        leaf("receipt", &receipt(Seal::Pending)),
        leaf("receipt-sealed", &Receipt { query_code: None, ..receipt(Seal::Whole) }),
        leaf("mine", &mine()),
        leaf("mine-empty", &Mine { rows: vec![], ..mine() }),
        leaf("lookup", &lookup()),
        leaf("say-dispute", &act(SenderAct::Dispute)),
        leaf("say-withdraw", &act(SenderAct::Withdraw)),
    ]
}

const BODIES: &[(&str, &str)] = &[
    ("", "不清楚，请工作人员分"),
    ("committee", "居委会"),
    ("economy", "股份经济联合社"),
    ("party", "党工委"),
    ("watch", "居务监督委员会"),
];

fn say() -> Say {
    Say {
        f: frame("我要提意见", "/u/441900121014/say"),
        text: String::new(),
        most: 2000,
        about: choices(BODIES, ""),
        name: String::new(),
        hide: false,
        contact: String::new(),
        known: false,
        refused: None,
        cadres: vec![],
        days: 5,
        phone: Some("076985551234".into()),
    }
}

fn say_refused() -> Say {
    let mut page = say();
    page.f.title = "没发出：写得太长了".into();
    page.text = "东坊巷一到夜里就黑。".repeat(20);
    page.name = "王志强".into();
    page.contact = "13800000000".into();
    page.hide = true;
    page.refused = refused("TEXT_TOO_LONG", "text");
    page
}

fn check() -> SayCheck {
    SayCheck {
        f: frame("看一遍再发", "/u/441900121014/say"),
        text: "我住东坊巷12号，电话13800000000。巷里夜里黑。".into(),
        shown: "我住■■■，电话■■■。巷里夜里黑。".into(),
        masked: vec!["门牌1处".into(), "电话1处".into()],
        about: ("committee".into(), "居委会".into()),
        name: "王志强".into(),
        hide: false,
        from: "王*强".into(),
        called: "王志强".into(),
        contact: "13800000000".into(),
        due: derive(date(2026, 11, 24), 5, None),
    }
}

fn receipt(seal: Seal) -> Receipt {
    Receipt {
        f: frame("收到了", "/u/441900121014/receipt/20261124-007"),
        number: "BS-1124-007".into(),
        id: "7c1e90".into(),
        mark: marked(1287, seal),
        received: date(2026, 11, 24),
        due: derive(date(2026, 11, 24), 5, None),
        query_code: Some("K7QF 2M9X 4T".into()),
        qr: qr("/u/441900121014/m/7c1e90", "这条意见的网址"),
        url: "https://cunwu.example/u/441900121014/m/7c1e90".into(),
    }
}

fn mine() -> Mine {
    let list = rows();
    let one = |at: usize, answer: &str, may| MineRow {
        unit: UNIT.into(),
        place: "北栅社区".into(),
        row: list[at].clone(),
        answer: answer.into(),
        may,
        step: 4,
    };
    let mut f = resident(bare("我提的意见", "/mine"));
    f.done = Some(Done { said: "已记下：您认可这个答复。".into(), mark: Some(super::mark(1288)) });
    Mine {
        f,
        rows: vec![
            one(0, "", May { withdraw: true, ..May::default() }),
            one(3, "先装三盏应急的，整条巷的路灯列入下次会议。", May { judge: true, reopen: true, ..May::default() }),
        ],
        home: Some((UNIT.into(), "北栅社区".into())),
    }
}

fn lookup() -> Lookup {
    Lookup { f: bare("查我提的意见", "/lookup"), number: "BS-1124-007".into(), refused: refused("LOOKUP_UNKNOWN", "code") }
}

fn act(act: SenderAct) -> SayAct {
    SayAct {
        f: resident(frame("不认可这个答复", "/u/441900121014/m/5d31aa/dispute")),
        id: "5d31aa".into(),
        title: "东坊巷一到夜里就黑，老人接孩子怕摔".into(),
        act,
        answer: "先装三盏应急的，整条巷的路灯列入下次会议。".into(),
        why: String::new(),
        most: 500,
        step: 4,
        days: 5,
        refused: None,
    }
}
