//! 决策不能办 What the law of motions, resolutions and tasks refuses: what cannot be done, why, and what to do now.

use super::law::{Three, three};
use super::{day, yuan};
use law::Refusal;
use law::meet::Assembly;

/// 班子联席会议 · 党员大会 · 村（居）民代表会议 …
#[must_use]
pub fn assembly(assembly: Assembly) -> &'static str {
    match assembly {
        Assembly::Team => "班子联席会议",
        Assembly::Party => "党员大会（党员代表）",
        Assembly::Representatives => "村（居）民代表会议",
        Assembly::Members => "集体经济组织成员大会",
        Assembly::Delegates => "集体经济组织成员代表大会",
        Assembly::Migrants => "异地务工人员代表",
        Assembly::Supervision => "村（居）务监督委员会",
        Assembly::Villagers => "村（居）民会议",
    }
}

/// The three sentences; `None` for a refusal of something else.
pub(super) fn sentences(refusal: &Refusal) -> Option<Three> {
    classed(refusal).or_else(|| stepped(refusal)).or_else(|| voted(refusal)).or_else(|| carried_out(refusal))
}

/// What kind of matter it is.
fn classed(refusal: &Refusal) -> Option<Three> {
    Some(match refusal {
        Refusal::NoSuchTopic => {
            three("没提出：规则里没有这一类事项。", "谁来决定，要看是哪一类事。", "从清单里选一类；都不对的，选“其他”。")
        }
        Refusal::NotAdopted => {
            three("没提出：这条意见没有被采纳。", "只有采纳了的意见，才能作为议题的来源。", "先答复“采纳”，写明列入议题；或者由书记提议。")
        }
        Refusal::LeadersMissing { least } => (
            "不能先办：担责的班子成员不够。".into(),
            format!("除了书记，至少还要{least}名班子成员一起担责，一人只算一次。"),
            "补上名字；人不够的，先开会。".into(),
        ),
        Refusal::ChallengeOpen => {
            three("先等一等：有人对事项的分类提了异议。", "算不算重大事项，要先由村（居）务监督委员会裁定。", "等裁定出来再办。")
        }
        Refusal::NoChallenge => three("没裁定：现在没有人提异议。", "有人提出来，才需要裁定。", "不用再做什么。"),
        Refusal::AlreadyJudged => {
            three("没记下：这件事的分类已经裁定过了。", "同一份方案只裁定一次。", "看一看裁定的理由；方案改了，可以再提。")
        }
        Refusal::ListedMajor => {
            three("不用提：这件事依规则就是重大事项。", "清单列明的、改动重大决议的，谁也不能改成日常事项。", "按四步办就行。")
        }
        Refusal::MajorMatter => {
            three("不能在这里定：这是重大事项。", "重大事项要走提议、商议、审议、决议四步，不能由班子自己定。", "提交党群联席会议。")
        }
        Refusal::NotCompetent { need } => (
            "不能在这里定：到会的组织没有这个权。".into(),
            format!("这件事依规定由{}决定；别的表决只供参考。", need.iter().map(|one| assembly(*one)).collect::<Vec<_>>().join("、")),
            "请有权的组织开会表决。".into(),
        ),
        Refusal::AssemblyOnly { assembly: only } => (
            "不能在联席会议上定：这件事要开法定会议。".into(),
            format!("依法律只有{}自己能决定，代表和联席会议都不能代替。", assembly(*only)),
            "审议以后等法定会议；开完会，把票数登记进来。".into(),
        ),
        _ => return None,
    })
}

/// A step is missing, or the time for one is not come or over.
fn stepped(refusal: &Refusal) -> Option<Three> {
    Some(match refusal {
        Refusal::PartyFirst => three(
            "还不能决议：党组织还没有研究讨论过。",
            "重要事项依法要先经党组织研究讨论。",
            "补上党组织研究的会议记录，或者请党员一起审议。",
        ),
        Refusal::NotConsulted => {
            three("还不能办这一步：班子还没有商议。", "四步要一步一步走：提议、商议、审议、决议。", "先在班子联席会议上商议。")
        }
        Refusal::DraftNotPosted => three("还不能办：方案没有公示。", "重大事项表决以前，要先公示方案、听取意见。", "先把方案贴出来。"),
        Refusal::DraftTooShort { until } => (
            "还不能审议：方案公示的日子不够。".into(),
            format!("至少要公示到{}，第二天起才能审议。", day(*until)),
            "日子满了再开会。".into(),
        ),
        Refusal::DraftOver => {
            three("没记下：方案公示已经结束。", "公示期间提的意见，条条要回应；过了就不再收。", "可以另提一条意见，或者在会上说。")
        }
        Refusal::OpinionsUnanswered { count } => {
            ("还不能审议：有意见没回应。".into(), format!("还有{count}条意见没有说明采纳不采纳。"), "条条回应以后再审议。".into())
        }
        Refusal::AlreadyOpined => three("没记下：您对这份方案已经提过意见了。", "一个人对一份方案提一次。", "方案改了重新公示，可以再提。"),
        Refusal::NotDeliberated => three("还不能决议：这份方案还没有审议。", "审议以后改了文字的，要重新审议。", "先审议，再表决。"),
        Refusal::Decided => three(
            "没办成：这件事已经有决议了，或者已经先办了。",
            "定下来的事，不能再改文字、再表决。",
            "确实要改的，提“调整”，重新走四步、重新表决。",
        ),
        Refusal::NotDecided => three("不能调整：还没有生效的决议。", "有了决议，才谈得上调整。", "还没表决的，直接修改方案。"),
        Refusal::NoEmergency => three("没记下：这件事没有紧急先办。", "只有先办了的，才需要追认。", "按四步办。"),
        _ => return None,
    })
}

/// Numbers and papers of a vote.
fn voted(refusal: &Refusal) -> Option<Three> {
    Some(match refusal {
        Refusal::OldVersion { now } => (
            "不算数：表决的不是现在这份文字。".into(),
            format!("方案已经改到第{now}版，票只对当时那一版有效。"),
            "请大家看了新的那一版再表决。".into(),
        ),
        Refusal::AlreadyVoted { assembly: which } => {
            (format!("没再记：{}对这一稿已经表决过了。", assembly(*which)), "同一稿只表决一次。".into(), "要再表决，先改方案。".into())
        }
        Refusal::NoQuorum { assembly: which, needed, present } => (
            "不能表决：到会的人数不够。".into(),
            format!("{}至少要{needed}人到会，只到了{present}人。", assembly(*which)),
            "改日再开，人数要求不降低。".into(),
        ),
        Refusal::NumbersDoNotAddUp => {
            three("没登记：人数和票数对不上。", "各种票加起来不能比到会的多，到会的不能比应到的多。", "对着计票单再抄一遍。")
        }
        Refusal::TwoTellers => three("没登记：要有两个人计票。", "一个人数的票，说不清。", "写上另一个计票人的名字。"),
        _ => return None,
    })
}

/// What is decided is being carried out.
fn carried_out(refusal: &Refusal) -> Option<Three> {
    Some(match refusal {
        Refusal::NotPublished => three(
            "还不能办：决议还没有公开。",
            "先公开、后实施：没公开以前，分工、签合同、付款都不能办。",
            "先把决议公开，马上就能往下办。",
        ),
        Refusal::DecisionEnded => {
            three("不能办：这份决议不再执行了。", "决议已经调整、没有追认，或者当时定的人没有权定。", "看一看现在有效的决议。")
        }
        Refusal::NotRatified => three("还不能验收：紧急先办的事还没有追认。", "先办的事，要由有权的会议追认才算数。", "先开会追认。"),
        Refusal::WrongBody => three(
            "没派下去：这件事不归这个组织办。",
            "党组织、自治组织、集体经济组织各办各的事，办的人也要是这个组织的。",
            "换成管这件事的组织和它的人。",
        ),
        Refusal::OverBudget { most } => (
            "没派下去：超过了决议定的钱数。".into(),
            format!("这份决议还剩{}可以安排。", yuan(*most)),
            "改小预算；确实不够的，按程序调整决议。".into(),
        ),
        Refusal::NotTheOwner => three("没记下：这项任务不归您办。", "进展和解释由承办的人，或者那个组织的负责人来写。", "请承办的人来写。"),
        Refusal::OwnWork => three("不能验收：这项任务是您自己承办的。", "办事的人不能验收自己办的事。", "请监督委员会的其他成员验收。"),
        Refusal::NotDone => three("还不能验收：承办的人还没有报办完。", "报了办完，才能验收。", "等承办的人报上来。"),
        Refusal::AlreadyDone => three("没记下：这项任务已经报办完了。", "报办完以后等验收；验收不通过会退回来。", "看一看验收的结果。"),
        Refusal::NotAccepted => three("还不能公布结果：没有验收。", "验收过的结果，才算准确。", "等监督委员会验收。"),
        Refusal::AlreadyPublished => {
            three("没再公布：已经公布过了。", "同一份方案、决议、结果只公布一次。", "不用再做什么；改过的会另外公布。")
        }
        Refusal::NoSuchNumber { .. } => three("没办成：没有这个编号，或者它已经办过了。", "可能页面旧了。", "刷新一下，再选一次。"),
        Refusal::AnotherPerson => {
            three("没发出：这次要换一个人解释。", "对方不满意原来的解释，要由另一个人再说清楚。", "请另一位负责人来解释。")
        }
        Refusal::SupervisionAnswers => {
            three("没发出：这次由村（居）务监督委员会答复。", "两次解释以后还不满意的，由监督委员会答复。", "请监督委员会主任来答复。")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_refusal_of_a_decision_says_what_why_and_what_now() {
        let (one, until) = (Assembly::Representatives, date(2026, 3, 11));
        let all = [
            Refusal::NoSuchTopic,
            Refusal::NotAdopted,
            Refusal::LeadersMissing { least: 2 },
            Refusal::ChallengeOpen,
            Refusal::NoChallenge,
            Refusal::AlreadyJudged,
            Refusal::ListedMajor,
            Refusal::MajorMatter,
            Refusal::NotCompetent { need: vec![one] },
            Refusal::AssemblyOnly { assembly: one },
            Refusal::PartyFirst,
            Refusal::NotConsulted,
            Refusal::DraftNotPosted,
            Refusal::DraftTooShort { until },
            Refusal::DraftOver,
            Refusal::OpinionsUnanswered { count: 2 },
            Refusal::AlreadyOpined,
            Refusal::NotDeliberated,
            Refusal::OldVersion { now: 2 },
            Refusal::AlreadyVoted { assembly: one },
            Refusal::NoQuorum { assembly: one, needed: 20, present: 19 },
            Refusal::NumbersDoNotAddUp,
            Refusal::TwoTellers,
            Refusal::Decided,
            Refusal::NotDecided,
            Refusal::NoEmergency,
            Refusal::NotPublished,
            Refusal::DecisionEnded,
            Refusal::NotRatified,
            Refusal::WrongBody,
            Refusal::OverBudget { most: 200 },
            Refusal::NotTheOwner,
            Refusal::OwnWork,
            Refusal::NotDone,
            Refusal::AlreadyDone,
            Refusal::NotAccepted,
            Refusal::AlreadyPublished,
            Refusal::NoSuchNumber { field: "opinions" },
            Refusal::AnotherPerson,
            Refusal::SupervisionAnswers,
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
