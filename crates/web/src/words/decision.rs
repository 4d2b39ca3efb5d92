//! 决策 Words of decisions: assemblies, shares, classes, phases, what was not done in time; 东组通〔2015〕33号 二（二）.

use super::{day, yuan};
use crate::look::{Chip, Tone};
use law::Profile;
use law::meet::motion::{Figures, Phase, Reason};
use law::meet::{Assembly, Stage};
use law::steer::task::{Extent, NewsKind};

/// 村 or 居 put in for 村（居）.
#[must_use]
pub fn here(said: &str, profile: Option<Profile>) -> String {
    let word = if profile == Some(Profile::Village) { "村" } else { "居" };
    said.replace("村（居）", word)
}

/// 居民代表会议 · 班子联席会议 …
#[must_use]
pub fn assembly(assembly: Assembly, profile: Option<Profile>) -> String {
    here(super::deciding::assembly(assembly), profile)
}

/// Several assemblies in a row.
#[must_use]
pub fn assemblies(all: &[Assembly], profile: Option<Profile>) -> String {
    all.iter().map(|one| assembly(*one, profile)).collect::<Vec<_>>().join("、")
}

/// 重大事项 or 日常事项.
#[must_use]
pub fn weight(major: bool) -> &'static str {
    if major { "重大事项" } else { "日常事项" }
}

/// Why a motion is classed so.
#[must_use]
pub fn reason(reason: Reason, mark: &str, figures: &Figures) -> String {
    let yuan_of = |whole: u32| yuan(i64::from(whole) * 100);
    match reason {
        Reason::Listed => format!("规则{mark}写明了，这类事都算重大事项。"),
        Reason::Amount { from } => format!("金额{}，达到{}。", figures.amount.map_or_else(String::new, yuan), yuan_of(from)),
        Reason::Years { over } => format!("要管{}年，超过{over}年。", figures.years.unwrap_or_default()),
        Reason::Households { from } => format!("涉及{}户，达到{from}户。", figures.households.unwrap_or_default()),
        Reason::Below => "金额、年限、户数都没到重大事项的线。".to_owned(),
        Reason::Routine => "规则写明是日常工作。".to_owned(),
        Reason::Changes => "要改的是原来按重大事项定的事，照样按重大事项走。".to_owned(),
        Reason::Judged => "有人提过异议，监督委员会裁定的。".to_owned(),
    }
}

/// 已提议 · 方案公示中 …
#[must_use]
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Proposed => "已提议",
        Phase::Consulted => "已商议",
        Phase::Posted => "公示中",
        Phase::Deliberated => "已审议",
        Phase::Awaiting => "等表决",
        Phase::Resolved => "已决议",
        Phase::Rejected => "没通过",
        Phase::Withdrawn => "已撤回",
        Phase::Emergency => "紧急先办",
    }
}

/// The phase as a chip.
#[must_use]
pub fn phase_chip(at: Phase) -> Chip {
    let tone = match at {
        Phase::Resolved => Tone::Done,
        Phase::Rejected => Tone::No,
        Phase::Withdrawn => Tone::Off,
        Phase::Emergency => Tone::Soon,
        _ => Tone::Doing,
    };
    Chip::new(tone, phase(at))
}

/// 商议 · 审议 · 决议 …
#[must_use]
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Daily => "班子定",
        Stage::Consult => "班子商议",
        Stage::Deliberate => "审议",
        Stage::Resolve => "表决",
        Stage::Ratify => "追认",
    }
}

/// 全部办好 · 办了一部分 · 没办成
#[must_use]
pub fn extent(extent: Extent) -> &'static str {
    match extent {
        Extent::Whole => "全部办好",
        Extent::Part => "办了一部分",
        Extent::Nothing => "没办成",
    }
}

/// 进展 · 延期 …
#[must_use]
pub fn news(kind: NewsKind) -> &'static str {
    match kind {
        NewsKind::Progress => "进展",
        NewsKind::Delay => "延期",
        NewsKind::Done => "报办完",
        NewsKind::Return => "退回",
        NewsKind::Inquiry => "过问",
        NewsKind::Reassignment => "换人办",
    }
}

/// What was not done by its last day, as a heading goes on after 到期没有; the rule tells what it was.
#[must_use]
pub fn undone(rule: &str) -> &'static str {
    use law::meet::{motion, resolution};
    use law::steer::task;
    match rule {
        motion::JUDGE => "裁定归类",
        motion::ANSWER => "回应意见",
        motion::RATIFY => "提交追认",
        motion::RELEASE => "处理原文",
        resolution::PUBLISH | resolution::PUBLISH_DAILY => "公开决议",
        resolution::ASSIGN => "定下谁办",
        law::open::notice::PAPER => "张贴纸质的",
        task::FINISH => "办好",
        task::STALE => "报进展",
        task::INQUIRE => "过问",
        task::ACCEPT => "验收",
        task::RESULT => "公布结果",
        task::EXPLAIN => "解释",
        _ => "办",
    }
}

/// 11月18日24:00到期没有报进展，系统自动记下。
#[must_use]
pub fn silent(rule: &str, due: jiff::civil::Date) -> String {
    format!("{}24:00到期没有{}，系统自动记下。补办以后，这一条仍然留着。", day(due), undone(rule))
}

/// 东组通〔2015〕33号 二（二） · 城市居民委员会组织法 第十九条: a clause as it is cited in a line, by the paper's number or the law's name.
#[must_use]
pub fn cite(source: &str, article: &str) -> String {
    let number = source.split('（').find(|part| part.contains('〔')).and_then(|part| part.split(['，', '）']).next());
    let name = source.split('《').nth(1).and_then(|rest| rest.split('》').next()).map(|name| name.trim_start_matches("中华人民共和国"));
    format!("{} {article}", number.or(name).unwrap_or(source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_cited_short() {
        let seed = "中共东莞市委组织部《关于构建“一二三四五”村级组织运行机制的实施意见》（东组通〔2015〕33号，2015年9月2日）";
        assert_eq!(cite(seed, "二（二）"), "东组通〔2015〕33号 二（二）");
        let law = "《中华人民共和国城市居民委员会组织法》（2025年10月28日修订，2026年1月1日起施行）";
        assert_eq!(cite(law, "第十九条"), "城市居民委员会组织法 第十九条");
        assert_eq!(cite("本平台约定", "一"), "本平台约定 一");
    }

    #[test]
    fn an_assembly_is_called_as_the_unit_is() {
        assert_eq!(assembly(Assembly::Representatives, Some(Profile::Village)), "村民代表会议");
    }
}
