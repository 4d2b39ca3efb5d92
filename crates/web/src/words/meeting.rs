//! 会议不能办 What the law of sittings and ballots refuses: what cannot be done, why, and what to do now.

use super::law::{Three, three};
use super::{day, deciding, post};
use law::Refusal;

/// The three sentences; `None` for a refusal of something else.
pub(super) fn sentences(refusal: &Refusal) -> Option<Three> {
    called(refusal).or_else(|| attended(refusal)).or_else(|| sat(refusal)).or_else(|| voted(refusal))
}

/// Calling a sitting.
fn called(refusal: &Refusal) -> Option<Three> {
    Some(match refusal {
        Refusal::NoSuchRoll => three("没登记：这个组织不用另外造名册。", "谁参加，看今天的任职就知道。", "改任职，名单自然就对了。"),
        Refusal::NeedsSitting => three("没记下：开会不能单记一笔。", "开过会，会议的记录本身就是凭据。", "把会议录进来，这一格自动填上。"),
        Refusal::WrongConvener { convener, .. } => (
            "没办成：这个会不归您召集、主持。".into(),
            format!("依规定由{}召集，别人代替不了。", post::kind(*convener)),
            "请召集人来办；签到和记录可以由经办代办。".into(),
        ),
        Refusal::ShortNotice { least, earliest, .. } => (
            "没发出：通知得太晚了。".into(),
            format!("至少提前{least}天通知，今天通知，最早{}开。", day(*earliest)),
            "改一下开会的日子；来不及的，这个机构的票只供参考。".into(),
        ),
        Refusal::SittingBegan => {
            three("没发出：开会的时间已经过了。", "会议要先通知、后开，不能倒着补。", "改成以后的时间；每周的班子会可以用“每周快记”补录。")
        }
        Refusal::EmptyRoll { assembly } => (
            "还不能召集：有一个机构没有名册。".into(),
            format!("{}还没有登记谁参加，定不了应到人数。", deciding::assembly(*assembly)),
            "先把名册登记好。".into(),
        ),
        Refusal::MigrantsShare { have, least, most } => (
            "还不能召集：异地务工人员代表的人数不合适。".into(),
            format!("现在{have}人，按参会人数应当是{least}到{most}人。"),
            "先改名册，再召集。".into(),
        ),
        Refusal::WrongStage => {
            three("没列上：这种会不办这一步。", "班子会商议，联席会议审议、决议，各走各的步骤。", "换一种会，或者换一个步骤。")
        }
        Refusal::NotClosable => three(
            "没列上：这个议题不能不公开。",
            "只有个人隐私、商业秘密、党内人事、涉案可以；要表决的议题一律公开。",
            "改成公开的议题，材料里把隐私遮掉。",
        ),
        Refusal::PapersCommitted { .. } => {
            three("没加上：议程和材料已经发出去了。", "发出以后再加议题，到会的人没有时间看材料。", "留到下一次会；急事按“紧急先办”办。")
        }
        Refusal::NotSeated { assembly } => (
            "没办成：这个会没有这个机构。".into(),
            format!("{}不在这次会议里，或者不用另外通知。", deciding::assembly(*assembly)),
            "看一看这次会议有哪些机构参加。".into(),
        ),
        Refusal::NotAdjourned => {
            three("没接上：原来那次会没有中止，或者已经重开过了。", "只有没开成的会，才需要重新召集。", "当作一次新的会来召集。")
        }
        Refusal::NoSlot => {
            three("没记下：还没有固定会期。", "固定会期就是通知；没有它，每次会都要单独通知。", "先定好每周星期几、几点、在哪里开。")
        }
        Refusal::NotTheSlot { day: slot } => (
            "没记下：那天不是固定的开会日。".into(),
            format!("那一周的固定会期是{}。", day(*slot)),
            "改成会期那天；真的改了日子开的，要先单独通知。".into(),
        ),
        _ => return None,
    })
}

/// Coming, going, standing in.
fn attended(refusal: &Refusal) -> Option<Three> {
    Some(match refusal {
        Refusal::AlreadyPresent => three("没记下：有人已经到了，或者写了两遍。", "一个人同一时间只签到一次。", "看一看名单，去掉重复的。"),
        Refusal::NotPresent => three("没记下：有人不在会场。", "不在会场的人，不能算到会，也不能举手、投票、计票。", "先签到，再办。"),
        Refusal::NoProxyHere => {
            three("没记下：这个会不能替别人开。", "只有集体的成员大会，可以书面委托同一户的成员。", "请本人来；来不了的，就记缺席。")
        }
        Refusal::NoMandate => three("没记下：没有书面委托。", "委托要写在纸上，口头的不算。", "拍下委托书再登记。"),
        Refusal::NotSameHousehold => {
            three("没记下：委托的不是同一户的成员。", "法律只准委托同一户的其他成员。", "换成同一户的成员，或者请本人来。")
        }
        Refusal::NotOnRoll => three("没办成：名册里没有这个人。", "召集时名册就定下来了，后来加的算下一次。", "可以列席，不能投票。"),
        _ => return None,
    })
}

/// The sitting itself.
fn sat(refusal: &Refusal) -> Option<Three> {
    Some(match refusal {
        Refusal::NotItsTime { day: on } => {
            ("还不能办：时间没到，或者不是这一天。".into(), format!("这次会定在{}。", day(*on)), "到时候再办。".into())
        }
        Refusal::NotOpen => three("没办成：这次会不在这个阶段。", "没开的会不能记，开完、取消的会不能再改。", "看一看会议现在到了哪一步。"),
        Refusal::SoleDecision { least } => {
            ("不能定：只有一个人在场。".into(), format!("到会不足{least}个人，什么也定不了——不能一个人说了算。"), "等人到了再议。".into())
        }
        Refusal::NoSuchItem => three("没办成：没有这一项议题。", "可能页面旧了，或者编号错了。", "刷新一下，再选一次。"),
        Refusal::NotReported => three("还不能办：这一项还没有报告。", "先报告、再讨论、后决议，跳不过去。", "先记下谁报告了什么。"),
        Refusal::NotDiscussed => three("还不能定：这一项还没有讨论。", "先报告、再讨论、后决议，跳不过去。", "先记下谁说了什么。"),
        Refusal::ItemSettled => three("没再记：这一项已经定了。", "一项议题在一次会上只定一次。", "看一看定的是什么；要改的，下次会再议。"),
        Refusal::NeedsBallot => three("不能这样定：这一项要表决。", "只有班子会和监督委员会的事，可以在一致同意时不表决。", "打开表决。"),
        Refusal::BallotOpen => three("先等一等：正在表决。", "表决的时候，别的都先停下。", "结束表决、计好票再办。"),
        Refusal::MinutesConfirmed => three("不能再改：会议记录已经确认了。", "确认以后的记录，谁也不能改。", "有错的，下次会上更正。"),
        _ => return None,
    })
}

/// Papers and who gives them.
fn voted(refusal: &Refusal) -> Option<Three> {
    Some(match refusal {
        Refusal::VotedAlready => three("没再投：这个人已经投过了。", "一人一票，投了不能改。", "不用再做什么。"),
        Refusal::VoteClosed => three("没投上：表决已经结束。", "计好的票不能再动。", "看一看结果。"),
        Refusal::NotYourVote => three("没投上：这一票不是您的。", "替别人投，要有那个人的书面委托，而且他本人没有到会。", "请本人来投。"),
        Refusal::ProxyVoted => three(
            "没投上：您委托的人已经替您投过了。",
            "人不在会场，票就由受委托的人投。",
            "到会场签到以后，可以自己投，委托的那一票作废。",
        ),
        Refusal::WrongMode => three("没记下：这次表决不是这样投的。", "打开表决的时候，就定好了怎么投。", "按这次表决的办法来投。"),
        Refusal::NoPapers => three("还不能结束：没有计票。", "举手的，要先数清楚。", "记下反对、弃权的人和计票人，再结束。"),
        Refusal::TellersDisagree { papers } => (
            "还不能结束：两个计票人对不上。".into(),
            format!("有{papers}张票，两个人读得不一样。"),
            "两个人一起再数一遍，重新交计票单。".into(),
        ),
        Refusal::TooFewForSecret { assembly, least } => (
            "不能无记名：人太少，猜得出谁投了什么。".into(),
            format!("{}在场的不足{least}人。", deciding::assembly(*assembly)),
            "改成记名表决，或者等人到齐。".into(),
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::law::PostKind;
    use ::law::meet::Assembly;
    use jiff::civil::date;

    #[test]
    fn every_refusal_of_a_sitting_says_what_why_and_what_now() {
        let (assembly, on) = (Assembly::Delegates, date(2026, 9, 21));
        let all = [
            Refusal::NoSuchRoll,
            Refusal::NeedsSitting,
            Refusal::WrongConvener { rule: "meet.team.convene", convener: PostKind::Secretary },
            Refusal::ShortNotice { rule: "meet.team.convene", least: 5, earliest: on },
            Refusal::SittingBegan,
            Refusal::EmptyRoll { assembly },
            Refusal::MigrantsShare { have: 1, least: 3, most: 5 },
            Refusal::WrongStage,
            Refusal::NotClosable,
            Refusal::PapersCommitted { rule: "meet.team.convene" },
            Refusal::NotSeated { assembly },
            Refusal::NotAdjourned,
            Refusal::NoSlot,
            Refusal::NotTheSlot { day: on },
            Refusal::AlreadyPresent,
            Refusal::NotPresent,
            Refusal::NoProxyHere,
            Refusal::NoMandate,
            Refusal::NotSameHousehold,
            Refusal::NotOnRoll,
            Refusal::NotItsTime { day: on },
            Refusal::NotOpen,
            Refusal::SoleDecision { least: 2 },
            Refusal::NoSuchItem,
            Refusal::NotReported,
            Refusal::NotDiscussed,
            Refusal::ItemSettled,
            Refusal::NeedsBallot,
            Refusal::BallotOpen,
            Refusal::MinutesConfirmed,
            Refusal::VotedAlready,
            Refusal::VoteClosed,
            Refusal::NotYourVote,
            Refusal::ProxyVoted,
            Refusal::WrongMode,
            Refusal::NoPapers,
            Refusal::TellersDisagree { papers: 2 },
            Refusal::TooFewForSecret { assembly, least: 3 },
        ];
        for refusal in all {
            let (what, why, now) = sentences(&refusal).unwrap_or_else(|| panic!("{refusal:?} has no words"));
            for text in [what, why, now] {
                assert!(text.ends_with('。') && !text.contains('！'), "{refusal:?}: {text}");
            }
        }
        assert!(sentences(&Refusal::Closed).is_none());
    }
}
