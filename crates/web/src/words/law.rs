//! 法律说不 What a refusal of the law says: what cannot be done, why, and what to do now.

use crate::look::Refused;
use crate::words::{day, deciding, fields, meeting};
use law::Refusal;

/// A refusal as a page or form shows it.
pub fn refused(refusal: &Refusal, clause: Option<String>) -> Refused {
    let (what, why, now) = sentences(refusal);
    Refused { what, why, now, clause, code: refusal.code(), field: field(refusal).map(str::to_owned), way: None }
}

/// The form field that a refusal is about.
fn field(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::Missing { field }
        | Refusal::TextTooLong { field, .. }
        | Refusal::BadText { field }
        | Refusal::BelowZero { field }
        | Refusal::TooMany { field, .. }
        | Refusal::BadCode { field }
        | Refusal::PersonalDataInPublicText { field } => Some(field),
        Refusal::NotSubstantive { .. } => Some("text"),
        Refusal::NoPlan => Some("who"),
        Refusal::LateWithoutReason { .. } => Some("late_reason"),
        Refusal::TwoPersons => Some("second"),
        Refusal::TwoTellers => Some("tellers"),
        Refusal::DayAhead { .. } | Refusal::DayTooOld { .. } => Some("day"),
        _ => None,
    }
}

pub(super) type Three = (String, String, String);

pub(super) fn three(what: &str, why: &str, now: &str) -> Three {
    (what.into(), why.into(), now.into())
}

fn sentences(refusal: &Refusal) -> Three {
    let others = || deciding::sentences(refusal).or_else(|| meeting::sentences(refusal)).unwrap_or_else(|| rest(refusal));
    input(refusal).or_else(|| answering(refusal)).unwrap_or_else(others)
}

/// What was typed cannot be taken.
fn input(refusal: &Refusal) -> Option<Three> {
    Some(match refusal {
        Refusal::Missing { field } => {
            (format!("没发出：{}没有写。", fields::name(field)), "这一项是一定要有的。".into(), "补上再发，别的都还在。".into())
        }
        Refusal::TextTooLong { field, limit, length } => (
            format!("没发出：{}写得太长了。", fields::name(field)),
            format!("最多{limit}个字，现在有{length}个字。"),
            "删短一些再发；详细材料可以交到居（村）委会，由工作人员登记。".into(),
        ),
        Refusal::BadText { field } => (
            format!("没发出：{}里有看不见的怪字符。", fields::name(field)),
            "可能是从别的软件里粘过来的。".into(),
            "把这一段删掉，重新打一遍。".into(),
        ),
        Refusal::BelowZero { field } => {
            (format!("没发出：{}不能是负数。", fields::name(field)), "收和支要分开写。".into(), "改成零或者正数。".into())
        }
        Refusal::TooMany { field, limit } => {
            (format!("没办成：{}一次太多了。", fields::name(field)), format!("一次最多{limit}个。"), "分几次办。".into())
        }
        Refusal::BadCode { field } => {
            (format!("没发出：{}不对。", fields::name(field)), "位数或者校验码对不上。".into(), "对着证件再抄一遍。".into())
        }
        Refusal::PersonalDataInPublicText { .. } => three(
            "还不能公开：文字里有身份证号、手机号或者银行卡号。",
            "公开的文字谁都看得到，个人信息不能写在里面。",
            "把号码删掉或者写成“〔略〕”，再发一次。",
        ),
        Refusal::DayAhead { day: on } => {
            (format!("没发出：{}还没到。", day(*on)), "还没发生的事，不能记成已经发生。".into(), "改成今天或者以前的日子。".into())
        }
        Refusal::DayTooOld { day: on, earliest } => (
            format!("没发出：{}太早了。", day(*on)),
            format!("最早只能补到{}。", day(*earliest)),
            "核对一下日期；确实更早的，写在内容里说明。".into(),
        ),
        Refusal::DaysOutOfOrder { first, then } => {
            ("没发出：两个日子前后颠倒了。".into(), format!("{}在{}前面，这里反了。", day(*first), day(*then)), "改一下日期再发。".into())
        }
        Refusal::StaffChannel => {
            three("没发出：这条路子不对。", "网上的意见由本人提；意见箱、电话、走访收到的，由工作人员登记。", "换到对的那一页再办。")
        }
        Refusal::NoTaker => three("没登记：没写哪天收到、谁记下的。", "工作人员代为登记，要写明这两样。", "补上再登记。"),
        Refusal::LateWithoutReason { days } => (
            "还没登记：没说为什么录得晚。".into(),
            format!("收到以后过了{days}个工作日才录入的，要写一句原因，公开栏上看得到。"),
            "写上原因再登记；答复的期限不变。".into(),
        ),
        Refusal::TwoPersons => three("没记下：开意见箱要有两个人在场。", "一个人开的，说不清。", "写上另一个人的名字。"),
        _ => return None,
    })
}

/// A suggestion is not in the state for this.
fn answering(refusal: &Refusal) -> Option<Three> {
    Some(match refusal {
        Refusal::AlreadyAnswered => {
            three("没发出：这条意见已经答复了。", "一次只有一个正式答复。", "先看已有的答复；本人不满意的，可以再问一次。")
        }
        Refusal::Closed => {
            three("没办成：这件事已经撤回、删除或者归档了。", "不再办理的事，不能再往下办。", "看一看它的经过；要办新的事，另起一件。")
        }
        Refusal::NotRouted => three("还不能答复：还没分派给哪个组织。", "谁负责答复，要先定下来。", "先分派，再答复，已写的字都还在。"),
        Refusal::NotYourBody => {
            three("没发出：这条意见不归您这个组织答复。", "答复的人要是负责的那个组织的负责人。", "请负责的组织答复，或者重新分派。")
        }
        Refusal::NoSuchBody => three("没办成：没有这个组织，或者它已经撤销了。", "只能分给现在还在的组织。", "刷新一下，重新选。"),
        Refusal::BodyWithoutHead => three("没办成：这个组织现在没有负责人。", "没有负责人，就没人能答复。", "先分给别的组织，或者等任命。"),
        Refusal::NotSubstantive { least } => (
            "还不能发出：这不算答复。".into(),
            format!("“已收到、正在处理”只是告知。除去这些话，至少要写{least}个字，说清楚办不办、为什么、怎么办。"),
            "写上谁来办、什么时候办；不办的写理由。".into(),
        ),
        Refusal::NoPlan => {
            three("还不能发出：没说谁来办、什么时候办。", "采纳了就要有着落。", "写上负责的人和办好的日子；不办的，改选“不采纳”并写理由。")
        }
        Refusal::AlreadyExtended => three("不能再延期：已经延过一次了。", "一条意见只能延期一次。", "把现在能说的先答复清楚。"),
        Refusal::ExtendTooLate => three("不能延期：期限已经过了。", "延期要在到期以前提出来。", "直接答复，并说明为什么晚了。"),
        Refusal::ExtendTooLong { most } => ("不能延这么久。".into(), format!("最多延{most}个工作日，最少1个。"), "改一下天数再发。".into()),
        Refusal::NotTheSender => three(
            "没办成：只有提意见的本人能办。",
            "认可不认可、再问、撤回，都由本人说了算。",
            "用提意见时的手机号登录，或者凭回执上的查询码。",
        ),
        Refusal::NotAnswered => {
            three("还不能表态：还没有答复。", "有了答复，才谈得上认可不认可。", "等答复出来；到期没有答复，系统会自动记下。")
        }
        Refusal::VerdictTooLate => three(
            "没记下：表态的日子已经过了，或者已经认可了。",
            "答复以后有一段日子可以表态，过了就不再记。",
            "有新的情况，可以另提一条意见。",
        ),
        Refusal::VerdictGiven => three("没记下：您已经表过态了。", "对同一个答复只记一次。", "还不满意的，可以再问一次。"),
        Refusal::AlreadyReopened => {
            three("不能再问：已经再问过一次了。", "同一条意见只能再问一次。", "还有话说，可以找村（居）务监督委员会，或者另提一条。")
        }
        Refusal::AlreadyReleased => three("没办成：原文已经处理过了。", "公布、遮盖还是不公布，只定一次。", "看一看现在公开的样子。"),
        Refusal::NotYetDue => three("没记下：还没有到期。", "到期以后才会记“没有答复”。", "不用再做什么。"),
        Refusal::AskDiscipline { names } => (
            format!("先问一句：文字里写到了{}。", names.join("、")),
            "如果是反映干部违纪，这封信应当直接交给镇（街道）纪检，村里看不到。".into(),
            "选一下：是反映违纪，还是说工作上的事。".into(),
        ),
        _ => return None,
    })
}

/// Everything else: rights, posts, notices, the house itself.
fn rest(refusal: &Refusal) -> Three {
    match refusal {
        Refusal::NoRight { .. } => {
            three("这件事您现在办不了。", "能办什么由职务和名册决定，今天您没有办这件事的职务。", "请有权的人来办，或者换一个账号登录。")
        }
        Refusal::NoSuchMatter => three("没找到这件事。", "可能编号抄错了，或者它不对外公开。", "回公开栏找一找。"),
        Refusal::AlreadyExists => three("没有再办一次：已经有了。", "同一件事只记一次。", "看一看已有的那一条。"),
        Refusal::NotStarted => three(
            "还不能办：这里还没有启用这套机制，或者那一天还没启用。",
            "启用以前的事，系统不计时，也不算迟。",
            "启用的日子写在公开栏上；急事请直接到居（村）委会说。",
        ),
        Refusal::NoMechanism => three("还不能办：这个单位没有公开栏。", "只有村和社区有自己的公开栏。", "找到您的村（社区）再办。"),
        Refusal::NoRule { rule } => (
            "没办成：今天这里没有可用的规则。".into(),
            format!("规则“{rule}”在这一天、这类单位里没有。"),
            "请系统管理员检查规则包。".into(),
        ),
        Refusal::CalendarEnds { day: from } => (
            "没办成：工作日历排不到那么远。".into(),
            format!("从{}算起，超出了现有的日历。", day(*from)),
            "等国务院公布放假安排、导入以后再办。".into(),
        ),
        Refusal::TooManySteps => three("没办成：这件事的记录太多了。", "一件事能记的步数有限。", "另起一件新的事。"),
        Refusal::KeepUp { until } => {
            ("还不能撤下来。".into(), format!("至少要贴到{}。", day(*until)), "贴满日子以后，系统自动转到往期，永远查得到。".into())
        }
        Refusal::AlreadyPosted => three("没再记：这个地方已经贴过了。", "同一个地方只记一次。", "换一个地方，或者不用再做什么。"),
        Refusal::PeriodOver => three("没记下：那一天不在这一周里，或者这一周免开。", "每周的开箱只记在那一周。", "换到对的那一周再记。"),
        Refusal::PostNotHeld => three("没办成：这个职务现在没有人担任。", "已经结束的职务，不能再结束一次。", "看一看任职经过。"),
        Refusal::PostTaken => three("没任命：那几天已经有人担任这个职务。", "一个组织同时只有一个负责人。", "先把原来的任期结束。"),
        Refusal::NoSuchPerson => three("没办成：名册里没有这个人。", "先有人，才能任职、入册。", "先登记这个人。"),
        Refusal::SamePerson => three("没登记：这个身份证号已经登记过了。", "一个人只登记一次。", "找到已有的那个人。"),
        Refusal::PostsIncompatible => three(
            "没任命：这几个职务不能由一个人兼任，或者职务和组织对不上。",
            "监督别人的人，不能同时被自己监督。",
            "换一个人，或者先结束另一个职务。",
        ),
        Refusal::BatchWritten => three("没办成：今天的这一批已经写过了。", "每天只写一批。", "不用再做什么。"),
        Refusal::KeyReused => three(
            "没有再办一次：这一页刚才已经用来办了另一件事。",
            "同一页只能提交一次，免得一件事记两遍。",
            "回到上一页重新打开，再提交。",
        ),
        Refusal::StalePage => {
            three("没发出：您打开这一页以后，这件事又有了新进展。", "按旧的样子办，可能会办错。", "先看最新的样子再发；您写的字还在。")
        }
        Refusal::TooDeep => three("没办成：这件事牵出来的事太多了。", "一次办不了这么多层。", "请系统管理员看一看。"),
        other => unreachable!("{other:?} has its sentences above"),
    }
}
