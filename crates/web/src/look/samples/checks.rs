//! 样页：规则、怎样核验、一条记录。

use jiff::civil::date;

use super::{UNIT, frame, leaf, mark, marked, qr};
use crate::look::check::{Former, RecordLine, Verify, Witness};
use crate::look::rules::{Firm, Group, Rule, Rules};
use crate::look::{Frame, Seal};

pub fn all() -> Vec<(&'static str, String)> {
    vec![
        leaf("rules", &rules()),
        leaf("verify", &verify()),
        leaf("verify-bare", &Verify { witnesses: vec![], bundle: String::new(), former: vec![], state: Seal::Unknown, ..verify() }),
        leaf("record-whole", &line(Seal::Whole, "")),
        leaf("record-pending", &line(Seal::Pending, "")),
        leaf("record-cut", &line(Seal::Cut, "第2张附件“三家询价记录”和当初记下的不一样，其余6项完整。")),
        leaf("record-gone", &line(Seal::Gone, "应该有1,286条，这里少了第1,204条。")),
        leaf("record-erased", &line(Seal::Erased, "")),
        leaf("record-unknown", &large()),
    ]
}

fn rule(id: &str, sentence: &str, clause: &str, source: &str, standing: Option<Firm>, note: &str) -> Rule {
    Rule {
        id: id.into(),
        sentence: sentence.into(),
        clause: clause.into(),
        source: source.into(),
        standing,
        numbers: vec![],
        since: date(2026, 3, 2),
        until: None,
        note: note.into(),
    }
}

fn rules() -> Rules {
    let seed = "东组通〔2015〕33号";
    let answer = Rule {
        numbers: vec![(Firm::Seed, "5工作日".into()), (Firm::Default, "10字：去掉套话以后，至少还有这么多字".into())],
        ..rule("answer", "收到意见，5个工作日内解释答复。", "二（四）", seed, None, "")
    };
    Rules {
        f: frame("今天适用的规则", "/u/441900121014/rules"),
        groups: vec![
            Group {
                title: "两联席".into(),
                applied: vec![],
                kept: vec![rule("meet", "班子联席会议每周至少一次。", "二（二）", seed, Some(Firm::Seed), "")],
            },
            Group {
                title: "四公开".into(),
                applied: vec![
                    answer,
                    rule(
                        "extend",
                        "答复可以延期一次，最多5个工作日，要写理由、先答一句。",
                        "二（四）",
                        seed,
                        Some(Firm::Default),
                        "文件没说能不能延期。镇里可以改成不许延期。",
                    ),
                    rule(
                        "keep-up",
                        "公告至少贴满15天，之后归档，不删除。",
                        "第三十五条：公布不少于十五日，并归档备查",
                        "村民委员会组织法",
                        Some(Firm::Law),
                        "社区照村的规矩办。",
                    ),
                ],
                kept: vec![],
            },
        ],
        calendars: vec!["2026年放假安排：国务院办公厅通知，内容号7047091".into()],
        adopted: Some((date(2026, 3, 2), mark(3))),
    }
}

pub fn former() -> Former {
    Former {
        print: "11aa 02bd 77f0 9c3e 5d41 20c8 aa01 77e2".into(),
        key: "cunwu.example/441900121014/1+11aa02bd+AVq0p3Jr0Zk1m8Z0b5n3w1p9d8s7f6g5h4j3k2lBt8c2".into(),
        until: date(2026, 12, 1),
    }
}

fn verify() -> Verify {
    Verify {
        f: frame("怎样自己核验", "/u/441900121014/verify"),
        lines: 1286,
        origin: "cunwu.example/441900121014/1".into(),
        key: "cunwu.example/441900121014/1+7c1e90b4+AQBt8c2v0q3Jr0Zk1m8Z0b5n3w1p9d8s7f6g5h4j3k2l".into(),
        print: "7c1e 90b4 d2f8 36aa 0b91 55de 4c20 8f7e".into(),
        since: date(2026, 3, 2),
        former: vec![former()],
        witnesses: vec![
            Witness { name: "虎门镇党建办".into(), lines: 1286, when: "今天9:10".into() },
            Witness { name: "北栅社区居务监督委员会的手机".into(), lines: 1283, when: "昨天20:31".into() },
        ],
        state: Seal::Whole,
        checked: "今天9:12".into(),
        bundle: "4.1 MB".into(),
        url: "https://cunwu.example/u/441900121014".into(),
        qr: qr("/u/441900121014/verify", "核验办法"),
    }
}

fn line(seal: Seal, detail: &str) -> RecordLine {
    RecordLine {
        f: frame("核验№1204", "/u/441900121014/r/1204"),
        mark: marked(1204, seal),
        about: Some(("答复：北栅路口下雨就积水".into(), format!("/u/{UNIT}/m/aa1274"))),
        on: date(2026, 10, 30),
        detail: detail.into(),
        line: "{\"v\":1,\"unit\":\"441900121014\",\"seq\":1204,\"kind\":\"suggestion\",\"matter\":\"aa1274c09b\",\"step\":4,\"day\":\"2026-10-30\",\"audience\":\"public\",\"digest\":\"7c1e90b4d2f836aa0b9155de4c208f7e7c1e90b4d2f836aa0b9155de4c208f7e\"}".into(),
        leaf: "7c1e 90b4 d2f8 36aa".into(),
        steps: vec![
            ("内容和指纹对得上".into(), seal),
            ("在公开记录里的位置对得上".into(), Seal::Whole),
            ("封存的签名是本单位的".into(), if seal == Seal::Unknown { Seal::Unknown } else { Seal::Whole }),
        ],
        witnesses: vec!["虎门镇党建办".into(), "居务监督委员会".into()],
        size: 1286,
        before: Some(1203),
        after: Some(1205),
        command: "cunwu verify https://cunwu.example/u/441900121014 --line 1204".into(),
    }
}

fn large() -> RecordLine {
    let mut page = line(Seal::Unknown, "手机没有联网，拿不到见证方的签名。");
    page.about = None;
    page.witnesses.clear();
    page.f = Frame { large: true, ..page.f };
    page
}
