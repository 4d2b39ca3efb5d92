//! 会场用语 Words of the meeting room: kinds of sitting, assemblies, steps, shares; 东组通〔2015〕33号 二（二）.

use crate::look::Place;
use law::PostKind;
use law::meet::ballot::Mode;
use law::meet::sitting::{Advice, Ground};
use law::meet::{Assembly, Choice, SittingKind, Stage};

const DIGITS: [&str; 11] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// 过半数 · 三分之二以上 · 超过五分之三.
#[must_use]
pub fn share(part: u32, whole: u32, over: bool) -> String {
    let han = |n: u32| DIGITS.get(n as usize).map_or_else(|| n.to_string(), |digit| (*digit).to_owned());
    match (part, whole, over) {
        (1, 2, true) => "过半数".into(),
        (1, 2, false) => "半数以上".into(),
        (_, _, true) => format!("超过{}分之{}", han(whole), han(part)),
        (_, _, false) => format!("{}分之{}以上", han(whole), han(part)),
    }
}

/// What becomes of a file that a form takes.
pub const MARKED: &str = "系统只记下它的指纹，不存文件，原件请放进档案。以后谁拿出这份文件，都对得上是不是当初那一份。";

/// 第3项.
#[must_use]
pub fn nth(item: u32) -> String {
    format!("第{}项", item + 1)
}

/// 15:00 of `15:00`; hours without a leading zero, as people write them.
#[must_use]
pub fn clock(time: &str) -> String {
    time.strip_prefix('0').unwrap_or(time).to_owned()
}

/// 班子联席会议 · 党群联席会议 · 居民代表会议 ….
#[must_use]
pub fn kind(kind: SittingKind, place: &Place) -> String {
    match kind {
        SittingKind::Team => "班子联席会议".into(),
        SittingKind::Joint => "党群联席会议".into(),
        SittingKind::Representatives => format!("{}代表会议", place.people()),
        SittingKind::Delegates => "成员代表大会".into(),
        SittingKind::Members => "成员大会".into(),
        SittingKind::Supervision => format!("{}监督委员会会议", place.affairs()),
    }
}

/// 班子 · 党员大会 · 居民代表会议 ….
#[must_use]
pub fn assembly(assembly: Assembly, place: &Place) -> String {
    match assembly {
        Assembly::Team => "班子".into(),
        Assembly::Party => "党员大会".into(),
        Assembly::Representatives => format!("{}代表会议", place.people()),
        Assembly::Members => "成员大会".into(),
        Assembly::Delegates => "成员代表大会".into(),
        Assembly::Migrants => "异地务工人员代表".into(),
        Assembly::Supervision => format!("{}监督委员会", place.affairs()),
        Assembly::Villagers => format!("{}会议", place.people()),
    }
}

/// 日常事项 · 商议 · 审议 · 决议 · 追认.
#[must_use]
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Daily => "日常事项",
        Stage::Consult => "商议",
        Stage::Deliberate => "审议",
        Stage::Resolve => "决议",
        Stage::Ratify => "追认",
    }
}

/// 个人隐私 · 商业秘密 · 党内人事 · 涉案.
#[must_use]
pub fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::Privacy => "个人隐私",
        Ground::Business => "商业秘密",
        Ground::Party => "党内人事",
        Ground::Case => "涉案",
    }
}

/// Why votes only advise.
#[must_use]
pub fn advice(advice: Advice) -> &'static str {
    match advice {
        Advice::Invited => "应邀参加，听取意见，不算法定票数",
        Advice::NotCalled => "它自己的召集人没有按时通知，票只供参考",
        Advice::NoRule => "现在的规定没有写它要多少票",
        Advice::NotCompetent => "这件事不归它决定，票只供参考",
    }
}

/// 赞成 · 反对 · 弃权.
#[must_use]
pub fn choice(choice: Choice) -> &'static str {
    match choice {
        Choice::For => "赞成",
        Choice::Against => "反对",
        Choice::Abstain => "弃权",
    }
}

/// Reads `for`, `against`, `abstain`.
#[must_use]
pub fn read_choice(word: &str) -> Option<Choice> {
    match word {
        "for" => Some(Choice::For),
        "against" => Some(Choice::Against),
        "abstain" => Some(Choice::Abstain),
        _ => None,
    }
}

/// 手机记名 · 举手 · 记名票 · 无记名.
#[must_use]
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Named => "手机记名",
        Mode::Hands => "举手",
        Mode::Paper => "记名票",
        Mode::Secret => "无记名",
    }
}

/// 党工委书记 · 居委会主任 · 理事长 · 监委会主任: who calls an assembly.
#[must_use]
pub fn convener(post: PostKind, place: &Place) -> String {
    match post {
        PostKind::Secretary => "书记".into(),
        PostKind::Director => format!("{}主任", place.committee()),
        PostKind::SupervisionHead => "监督委员会主任".into(),
        other => super::post::kind(other).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_said_as_the_law_says_them() {
        assert_eq!(share(1, 2, true), "过半数");
        assert_eq!(share(2, 3, false), "三分之二以上");
        assert_eq!(share(3, 5, true), "超过五分之三");
    }

    #[test]
    fn nine_in_the_morning_has_no_zero() {
        assert_eq!((clock("09:30"), clock("15:00")), ("9:30".to_owned(), "15:00".to_owned()));
    }
}
