//! 剧本 What is told of a year: matters with their words, sums and days, and what goes wrong. Nothing of it happened.

mod dongfang;
mod hongmei;
mod hongwuguo;
mod weekly;
mod zexu;

pub use weekly::{WEEKLY, Weekly};

use super::sittings::{Sway, Told};
use jiff::civil::Date;
use law::PostKind;
use law::meet::ballot::Mode;
use law::meet::sitting::Ground;
use law::steer::task::Extent;

/// Who reports.
#[derive(Clone, Copy, Debug)]
pub enum Voice {
    /// 书记.
    Secretary,
    /// 主任.
    Director,
    /// 理事长.
    Collective,
}

impl Voice {
    /// The word before the name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Secretary => "书记",
            Self::Director => "主任",
            Self::Collective => "理事长",
        }
    }

    /// The post.
    pub fn post(self) -> PostKind {
        match self {
            Self::Secretary => PostKind::Secretary,
            Self::Director => PostKind::Director,
            Self::Collective => PostKind::CollectiveHead,
        }
    }
}

/// What is said of an item.
#[derive(Clone, Copy, Debug)]
pub struct Talk {
    /// Who reports.
    pub by: Voice,
    /// What is reported.
    pub report: &'static str,
    /// What is said to it.
    pub discussion: &'static str,
    /// What all agree on; empty where a ballot decides or nothing is decided.
    pub resolved: &'static str,
}

/// Which body carries it out.
#[derive(Clone, Copy, Debug)]
pub enum Side {
    /// 村（居）委会.
    Committee,
    /// 集体经济组织.
    Collective,
}

/// Who asked for it.
#[derive(Clone, Copy, Debug)]
pub enum Asker {
    /// The secretary.
    Secretary,
    /// Residents, jointly.
    Petition {
        /// How many.
        names: u32,
        /// What is to be said of the list.
        note: &'static str,
    },
    /// A suggestion.
    Suggestion {
        /// What was said.
        said: &'static str,
        /// How it was accepted.
        answer: &'static str,
    },
}

/// The wording of a matter.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// What is to be decided.
    pub text: &'static str,
    /// Why.
    pub reasons: &'static str,
    /// By what law or rule.
    pub basis: &'static str,
    /// What it costs or brings, in 元.
    pub yuan: Option<i64>,
    /// For how many years.
    pub years: Option<u32>,
    /// How many households.
    pub households: Option<u32>,
    /// To be carried out so many days after the decision.
    pub days: i64,
    /// Number of the party committee's minutes, where it was discussed first.
    pub minute: Option<u32>,
}

/// A step after the decision, each some days after the sitting.
#[derive(Clone, Copy, Debug)]
pub enum Next {
    /// The resolution is published.
    Publish,
    /// It hangs as paper.
    Paper {
        /// Where.
        place: &'static str,
    },
    /// Somebody is to carry it out.
    Assign {
        /// A few words.
        title: &'static str,
        /// Days after the sitting.
        due: i64,
        /// What it may spend, in 元.
        yuan: Option<i64>,
        /// Its parts, with days after the sitting.
        milestones: &'static [(&'static str, i64)],
    },
    /// How far it is.
    Progress {
        /// How far.
        text: &'static str,
        /// Spent this time, in 元.
        yuan: Option<i64>,
        /// The part that is done.
        milestone: Option<u32>,
    },
    /// It is put off.
    Delay {
        /// Why.
        reason: &'static str,
        /// Days after the sitting.
        until: i64,
    },
    /// It is carried out.
    Done {
        /// How much of it.
        extent: Extent,
        /// What came of it.
        text: &'static str,
        /// Spent last, in 元.
        yuan: Option<i64>,
        /// What remains.
        remains: Option<&'static str>,
    },
    /// The supervision committee sends it back.
    Return {
        /// What is missing.
        reason: &'static str,
    },
    /// The supervision committee accepts it.
    Accept {
        /// What was looked at.
        remark: &'static str,
    },
    /// The supervision committee asks why it stands still.
    Inquire {
        /// What was found.
        text: &'static str,
    },
    /// The result is published.
    Result,
    /// A resident asks.
    Ask {
        /// What.
        text: &'static str,
    },
    /// The clerk looks questions through.
    Look,
    /// Whoever sees to it explains.
    Explain {
        /// Number of the question.
        question: u32,
        /// The explanation.
        text: &'static str,
    },
    /// The resident is not satisfied.
    Unsatisfied {
        /// Number of the question.
        question: u32,
    },
    /// The secretary explains once more.
    ExplainAgain {
        /// Number of the question.
        question: u32,
        /// The explanation.
        text: &'static str,
    },
}

/// What 村民会议 decided outside the joint sitting: 应到户、到会户、赞成、反对、弃权、废票.
#[derive(Clone, Copy, Debug)]
pub struct Statutory {
    /// The numbers.
    pub numbers: [u32; 6],
    /// The name of its paper before year and number.
    pub document: &'static str,
}

/// A matter from its proposal on.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    /// Its name in the village's book; of an adjustment that of what it adjusts.
    pub key: &'static str,
    /// The kind of matter.
    pub kind: &'static str,
    /// A few words.
    pub title: &'static str,
    /// Who asked for it.
    pub asker: Asker,
    /// Who carries it out.
    pub side: Side,
    /// What is to be decided.
    pub words: Words,
    /// Why a decision is changed, for an adjustment.
    pub adjusts: Option<&'static str>,
    /// It is entered so many days after it was put forward.
    pub entered_late: i64,
    /// Why somebody finds it classed wrongly, and what the supervision committee finds.
    pub challenge: Option<(&'static str, &'static str)>,
    /// What the teams say.
    pub team: Talk,
    /// Opinions on the draft, whether each is taken, and the answer.
    pub opinions: &'static [(&'static str, bool, &'static str)],
    /// What is said when it is deliberated.
    pub joint: Talk,
    /// What is said before it is decided.
    pub decided: Talk,
    /// How the deliberation is voted on.
    pub deliberate: Mode,
    /// How it is decided; none where an assembly outside the joint sitting decides.
    pub resolve: Option<Mode>,
    /// How many are against it.
    pub sway: Sway,
    /// That assembly, so many days after the sitting.
    pub statutory: Option<(i64, Statutory)>,
    /// What comes after, by days after the sitting.
    pub after: &'static [(i64, Next)],
}

/// What was done before a sitting could decide.
#[derive(Clone, Copy, Debug)]
pub struct Emergency {
    /// Its name in the village's book.
    pub key: &'static str,
    /// The kind of matter.
    pub kind: &'static str,
    /// A few words.
    pub title: &'static str,
    /// What is done.
    pub words: Words,
    /// What is said when it is ratified.
    pub talk: Talk,
    /// How many are against it.
    pub sway: Sway,
    /// What comes after, by days after the sitting.
    pub after: &'static [(i64, Next)],
}

/// An item that the public does not read: its title, the ground, what is said.
pub type Closed = (&'static str, Ground, Talk);

/// The year of a village. Quarters are counted from the one in which the year begins, 0.
#[derive(Clone, Copy, Debug)]
pub struct Script {
    /// The unit's code.
    pub unit: &'static str,
    /// Where the joint sitting is held.
    pub hall: &'static str,
    /// Where the teams sit.
    pub room: &'static str,
    /// Days after the beginning of a quarter on which it sits.
    pub offset: i64,
    /// Matters of quarters 1 to 4.
    pub courses: [&'static [Course]; 4],
    /// What is reported each quarter, by number of the quarter in the calendar year.
    pub reports: [Talk; 4],
    /// The quarter that is missed, and what is said of it.
    pub misses: Option<(usize, &'static str)>,
    /// The quarter whose sitting lacks a quorum, and what the record says.
    pub broken_off: Option<(usize, &'static str)>,
    /// The closed item of a team sitting.
    pub closed: Option<Closed>,
    /// The quarter of an emergency.
    pub emergency: Option<(usize, &'static Emergency)>,
    /// Weeks without a sitting, counted back from the last day; some are explained.
    pub missed: &'static [(usize, Option<&'static str>)],
    /// The week that is entered afterwards, and why.
    pub late: Option<(usize, &'static str)>,
}

/// Every year that is told.
pub const SCRIPTS: [&Script; 4] = [&dongfang::SCRIPT, &zexu::SCRIPT, &hongmei::SCRIPT, &hongwuguo::SCRIPT];

/// 农村集体经济组织法 and the rules that follow from it.
const COLLECTIVE: &str = "农村集体经济组织法第二十六条、第二十八条";
/// 居民委员会组织法.
const COMMUNITY: &str = "城市居民委员会组织法、东组通〔2015〕33号二（二）";
/// 村民委员会组织法.
const VILLAGE: &str = "村民委员会组织法、东组通〔2015〕33号二（二）";

/// A deliberation or decision in which nothing is agreed without a ballot.
const fn talk(by: Voice, report: &'static str, discussion: &'static str) -> Talk {
    Talk { by, report, discussion, resolved: "" }
}

/// What the teams agreed on.
const fn agreed(report: &'static str, discussion: &'static str, resolved: &'static str) -> Talk {
    Talk { by: Voice::Secretary, report, discussion, resolved }
}

const PLAIN: [Talk; 4] = [
    talk(
        Voice::Secretary,
        "通报一季度工作和集体收支：节后厂房、铺位全部续上，租金按月到账；春节慰问、环卫和治安开支都在预算里。明细贴在公开栏。",
        "问环卫费为什么比去年多，答：春节前后多清运了两周。没有别的意见。",
    ),
    talk(
        Voice::Secretary,
        "通报二季度工作和集体收支：汛期前排水沟、井盖查了一遍，换了坏的；租金收齐，另付了防汛物资和消防器材两笔。明细贴在公开栏。",
        "提出大雨时低洼路段要有人看，书记答应安排治保队轮值。",
    ),
    talk(
        Voice::Secretary,
        "通报三季度工作和集体收支：开学前校门口划线、装减速带；高龄老人敬老金按名册发完；两间空铺重新公开招租。明细贴在公开栏。",
        "问空铺什么时候租出去，答：已挂镇交易平台，月底前有结果。",
    ),
    talk(
        Voice::Secretary,
        "通报四季度工作和集体收支：全年租金收缴率比去年高，年底前清完垃圾死角；明年预算草案下个月先公示再讨论。明细贴在公开栏。",
        "提出明年预算要写清每个项目是谁提的，大家同意。",
    ),
];

/// The report of a quarter that every joint sitting begins with.
pub fn report(script: Option<&'static Script>, community: bool, first: Date) -> Told {
    let quarter = (first.month() - 1) / 3;
    let n = usize::from(quarter.unsigned_abs());
    let affairs = if community { "居务" } else { "村务" };
    let number = ["一", "二", "三", "四"][n];
    let talk = script.map_or(&PLAIN, |script| &script.reports)[n];
    Told::daily(format!("第{number}季度{affairs}、财务通报"), talk)
}
