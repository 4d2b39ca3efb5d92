//! 任务各步的表单 The forms of a task's acts, from 派任务 to the explanation of a question; 东组通〔2015〕33号 二（二）、二（四）.

use super::motion::{looking, shown};
use super::{Sheet, buttons as all_buttons, days, holds, maybe_day, money, nth, yuan_typed};
use crate::look::Choice;
use crate::look::chain::Button;
use crate::look::deed::{Field, Kind};
use crate::meet::told;
use crate::open::suggestion::short_body;
use crate::problem::Problem;
use crate::staff::Staff;
use crate::words;
use app::read::Reader;
use app::read::decisions::Work;
use jiff::civil::Date;
use law::lead::body::BodyKind;
use law::meet::resolution::{ASSIGN, Resolution};
use law::open::suggestion::Shown;
use law::steer::task::{ACCEPT, Act, EXPLAIN, Extent, FINISH, INQUIRE, Milestone, Phase, RELEASE, RESULT, STALE, Task};
use law::unit::Unit;
use law::{MatterId, Personal, PostKind, Refusal, limit};

/// An assignment of a resolution, to ask who may make one.
pub fn any_assignment(resolution: MatterId) -> Act {
    Act::Assign {
        resolution,
        body: resolution,
        owner: resolution,
        title: String::new(),
        due: Date::ZERO,
        budget: None,
        milestones: Vec::new(),
    }
}

/// An act like the one that the word means.
pub fn sample(word: &str, task: MatterId) -> Option<Act> {
    let text = String::new();
    Some(match word {
        "reassign" => Act::Reassign { task, owner: task, reason: text },
        "progress" => Act::Progress { task, text, spent: None, milestone: None, occurred_on: None },
        "delay" => Act::Delay { task, reason: text, until: Date::ZERO },
        "finish" => Act::Done { task, extent: Extent::Whole, text, spent: None, remains: None },
        "accept" => Act::Accept { task, remark: text },
        "return" => Act::Return { task, reason: text },
        "result" => Act::PublishResult { task },
        "inquire" => Act::Inquire { task, text },
        "ask" => Act::Ask { task, text: Personal(text) },
        "clarify" => Act::Explain { task, question: 0, text },
        "unsatisfied" => Act::Unsatisfied { task, question: 0 },
        "look" => Act::Release { task, questions: Vec::new(), shown: Shown::Whole },
        _ => return None,
    })
}

/// The acts of office, the due ones first: word and label.
const ALL: [(&str, &str); 10] = [
    ("accept", "验收"),
    ("return", "退回"),
    ("result", "公布结果"),
    ("inquire", "过问"),
    ("clarify", "解释"),
    ("look", "公布提问原文"),
    ("progress", "报进展"),
    ("finish", "报办完"),
    ("delay", "报延期"),
    ("reassign", "换人办"),
];

/// What this office-holder may do about it now.
pub fn buttons(unit: &Unit, task: &Task, reader: &Reader) -> Vec<Button> {
    let may = |word: &str| {
        let held = sample(word, task.id).is_some_and(|act| holds::<Task>(unit, reader, &act));
        held && stands(word, task) && (!matches!(word, "progress" | "finish" | "delay") || is_mine(task, reader))
    };
    all_buttons(unit, task.id, &ALL, may)
}

/// The post that sees to it, or the head of its body.
fn is_mine(task: &Task, reader: &Reader) -> bool {
    reader.offices.iter().any(|office| office.post == task.owner.post || office.body == task.body && office.kind.is_head())
}

/// Whether the state has room for such an act.
fn stands(word: &str, task: &Task) -> bool {
    let phase = task.phase();
    match word {
        "accept" | "return" => phase == Phase::Done,
        "result" => phase == Phase::Accepted && task.published.is_none(),
        "inquire" => task.duties.pending(INQUIRE).is_some(),
        "clarify" => waiting(task).is_some(),
        "look" => unseen(task).is_some(),
        _ => phase == Phase::Doing,
    }
}

/// The first question that waits for an explanation.
pub fn waiting(task: &Task) -> Option<u32> {
    task.questions.iter().find(|one| one.rounds.last().is_some_and(|round| round.explanation.is_none())).map(|one| one.n)
}

fn unseen(task: &Task) -> Option<u32> {
    task.questions.iter().find(|one| one.shown.is_none() && one.erased.is_none()).map(|one| one.n)
}

/// The act that was asked.
///
/// # Errors
/// What is missing in the form.
pub fn act(staff: &Staff<'_>, word: &str, of: &Task) -> Result<Act, Refusal> {
    let (task, ask) = (of.id, staff.ask);
    Ok(match word {
        "reassign" => Act::Reassign { task, owner: owner(staff)?, reason: ask.field("reason") },
        "progress" => Act::Progress {
            task,
            text: ask.field("text"),
            spent: money(staff, "spent")?,
            milestone: ask.maybe("milestones").map(|n| n.parse().map_err(|_| Refusal::Missing { field: "milestones" })).transpose()?,
            occurred_on: maybe_day(staff, "on")?.filter(|day| *day != staff.site.today()),
        },
        "delay" => Act::Delay { task, reason: ask.field("reason"), until: staff.day("until")? },
        "finish" => Act::Done {
            task,
            extent: match ask.field("extent").as_str() {
                "whole" => Extent::Whole,
                "part" => Extent::Part,
                "nothing" => Extent::Nothing,
                _ => return Err(Refusal::Missing { field: "extent" }),
            },
            text: ask.field("text"),
            spent: money(staff, "spent")?,
            remains: ask.maybe("remains"),
        },
        "accept" => Act::Accept { task, remark: ask.field("remark") },
        "return" => Act::Return { task, reason: ask.field("reason") },
        "result" => Act::PublishResult { task },
        "inquire" => Act::Inquire { task, text: ask.field("text") },
        "ask" => Act::Ask { task, text: Personal(ask.field("text")) },
        "clarify" => Act::Explain { task, question: question(nth(staff).or_else(|| waiting(of)))?, text: ask.field("text") },
        "unsatisfied" => Act::Unsatisfied { task, question: question(nth(staff))? },
        _ => Act::Release { task, questions: nth(staff).or_else(|| unseen(of)).into_iter().collect(), shown: shown(staff)? },
    })
}

fn question(n: Option<u32>) -> Result<u32, Refusal> {
    n.ok_or(Refusal::NoSuchNumber { field: "question" })
}

fn owner(staff: &Staff<'_>) -> Result<MatterId, Refusal> {
    MatterId::parse(&staff.ask.field("owner")).ok_or(Refusal::Missing { field: "owner" })
}

/// How many parts the form of an assignment has room for.
const PARTS: [(&str, &str); 3] = [("part1", "part1_due"), ("part2", "part2_due"), ("part3", "part3_due")];

/// The assignment that was asked: the body is the owner's.
///
/// # Errors
/// What is missing in the form.
pub fn assign(staff: &Staff<'_>, resolution: &Resolution) -> Result<Act, Refusal> {
    let ask = staff.ask;
    let owner = owner(staff)?;
    let names = app::read::people::names(&staff.site.house, staff.unit.code).map_err(|_| Refusal::PostNotHeld)?;
    let body = names.posts.get(&owner).ok_or(Refusal::PostNotHeld)?.body;
    let mut milestones = Vec::new();
    for (name, due) in PARTS {
        if let Some(title) = ask.maybe(name) {
            milestones.push(Milestone { title, due: ask.field(due).parse().map_err(|_| Refusal::Missing { field: "milestones" })? });
        }
    }
    Ok(Act::Assign {
        resolution: resolution.id,
        body,
        owner,
        title: ask.field("title"),
        due: staff.day("due")?,
        budget: money(staff, "budget")?,
        milestones,
    })
}

/// Posts of today in bodies of these kinds.
fn doers(staff: &Staff<'_>, kinds: &[BodyKind], picked: &str) -> Result<Vec<Choice>, Problem> {
    let mut all = vec![Choice::new("", "选一个人", picked.is_empty())];
    for staffed in app::read::people::bodies(&staff.site.house, staff.unit.code, staff.site.today())? {
        if !kinds.contains(&staffed.body.kind) {
            continue;
        }
        for (post, _) in staffed.posts.iter().filter(|(post, _)| post.kind != PostKind::SupervisionHead) {
            let label = format!("{}{} {}", short_body(&staffed.body.name), words::post::kind(post.kind), post.name);
            all.push(Choice::new(&post.id.to_string(), &label, post.id.to_string() == picked));
        }
    }
    Ok(all)
}

/// The form of an assignment.
///
/// # Errors
/// What broke in reading.
pub fn assigning(staff: &Staff<'_>, resolution: &Resolution) -> Result<Sheet, Problem> {
    let issue = &resolution.issue;
    let picked = staff.typed("owner", "");
    let line = |name, label: &str, first: String| Field::must(name, label, Kind::Line(limit::TITLE), staff.typed(name, first));
    let mut fields = vec![
        line("title", "办什么", issue.title.clone()),
        Field::must("owner", "谁办", Kind::Select(doers(staff, &issue.carried_out_by, &picked)?), "")
            .hint("按职能，只列有权办这件事的班子里的人。"),
        Field::must("due", "哪天前办好", Kind::Day, staff.typed("due", issue.deadline.map_or_else(String::new, |day| day.to_string()))),
        Field::may("budget", "可以花多少（元）", Kind::Money, staff.typed("budget", yuan_typed(resolution.left())))
            .hint(resolution.left().map_or_else(String::new, |left| format!("决议还剩{}可以分。", words::yuan(left)))),
    ];
    for (n, (name, due)) in PARTS.into_iter().enumerate() {
        fields.push(Field::may(name, &format!("节点{}", n + 1), Kind::Line(limit::TITLE), staff.typed(name, "")));
        fields.push(Field::may(due, &format!("节点{}哪天前", n + 1), Kind::Day, staff.typed(due, "")));
    }
    Ok(Sheet {
        verb: "派任务".into(),
        fields,
        go: "派出并存证",
        note: format!("派出以后，{}天没有进展要说明；办完由监督委员会验收。", days(staff, STALE)),
        rule: ASSIGN,
        ..Sheet::default()
    })
}

/// The form.
///
/// # Errors
/// Not found when there is no such form; what broke in reading.
pub fn sheet(staff: &Staff<'_>, word: &str, work: &Work) -> Result<Sheet, Problem> {
    let task = &work.state;
    let area = |name, label: &str, hint: &str| Field::must(name, label, Kind::Area(4, limit::TEXT), staff.typed(name, "")).hint(hint);
    let plain = |verb: &str, fields, go, rule| Sheet { verb: verb.to_owned(), fields, go, rule, ..Sheet::default() };
    Ok(match word {
        "progress" => progressing(staff, task),
        "delay" => Sheet {
            lines: vec![format!("现在定的是{}，要在那天以前报延期。", words::day(task.due))],
            ..plain(
                "报延期",
                vec![
                    area("reason", "为什么要延期", "会公开。原来的日子一直看得到。"),
                    Field::must("until", "延到哪天", Kind::Day, staff.typed("until", "")),
                ],
                "报延期并存证",
                FINISH,
            )
        },
        "finish" => finishing(staff),
        "accept" => Sheet {
            lines: reported(work),
            ways: vec![("没办好，退回", "return")],
            ..plain("验收", vec![area("remark", "看了什么、结果怎么样", "会公开。自己办的事，自己不能验收。")], "验收通过", ACCEPT)
        },
        "return" => {
            Sheet { lines: reported(work), ..plain("退回", vec![area("reason", "还差什么", "会公开。")], "退回重办", ACCEPT) }
        }
        "result" => Sheet { lines: reported(work), ..plain("公布结果", Vec::new(), "公布并存证", RESULT) },
        "inquire" => plain("过问", vec![area("text", "问了谁、为什么没动静", "会公开。")], "记下过问", INQUIRE),
        "reassign" => {
            let policy_kinds = [BodyKind::Party, BodyKind::Committee, BodyKind::Collective];
            let choices = doers(staff, &policy_kinds, &staff.typed("owner", ""))?;
            plain(
                "换人办",
                vec![
                    Field::must("owner", "换谁办", Kind::Select(choices), "").hint("要在同一个班子里。"),
                    area("reason", "为什么换", "会公开。"),
                ],
                "换人并存证",
                STALE,
            )
        }
        "ask" => Sheet {
            lines: vec![format!(
                "工作人员看过以后公开，名字遮一个字。{}个工作日内解释；不满意，换一个人再解释一次。",
                days(staff, EXPLAIN)
            )],
            ..plain("提个问题", vec![area("text", "您想问什么", "")], "发出并存证", "")
        },
        "clarify" => {
            let n = nth(staff).or_else(|| waiting(task));
            let said = n.and_then(|n| work.questions.get(n as usize));
            let fields = vec![area("text", "怎么解释", "会公开。“正在处理”不算解释。")];
            Sheet { voice: said.map(|said| (told::text(said), told::from(said))), ..plain("解释", fields, "解释并存证", EXPLAIN) }
        }
        "unsatisfied" => Sheet {
            lines: vec!["对这次解释不满意的，换一个人再解释一次；再不满意，由监督委员会答复。有必要的，按程序调整决定。".into()],
            ..plain("还不满意", Vec::new(), "说一声还不满意", "")
        },
        "look" => Sheet {
            rule: RELEASE,
            ..looking(staff, "公布提问原文", nth(staff).or_else(|| unseen(task)).and_then(|n| work.questions.get(n as usize)))
        },
        _ => return Err(Problem::NotFound),
    })
}

/// What was reported when it was done.
fn reported(work: &Work) -> Vec<String> {
    let task = &work.state;
    let mut lines: Vec<String> = task
        .finish
        .iter()
        .flat_map(|finish| {
            let head = format!("{}报办完（{}）：{}", words::in_year(finish.on), words::decision::extent(finish.extent), finish.text);
            [Some(head), finish.remains.as_ref().map(|rest| format!("还没办的：{rest}"))].into_iter().flatten()
        })
        .collect();
    let budget = task.budget.map_or_else(String::new, |budget| format!("，可以花{}", words::yuan(budget)));
    lines.push(format!("一共花了{}{budget}。", words::yuan(task.spent)));
    lines
}

fn progressing(staff: &Staff<'_>, task: &Task) -> Sheet {
    let picked = staff.typed("milestones", "");
    let mut parts = vec![Choice::new("", "没有到节点", picked.is_empty())];
    for (n, part) in task.parts.iter().enumerate().filter(|(_, part)| part.reached.is_none()) {
        parts.push(Choice::new(
            &n.to_string(),
            &format!("{}（{}前）", part.milestone.title, words::in_year(part.milestone.due)),
            picked == n.to_string(),
        ));
    }
    let mut fields = vec![
        Field::must("text", "办到哪一步了", Kind::Area(4, limit::TEXT), staff.typed("text", "")).hint("会公开。"),
        Field::may("spent", "这次花了多少（元）", Kind::Money, staff.typed("spent", "")),
        Field::must("on", "哪天的事", Kind::Day, staff.typed("on", staff.site.today().to_string())),
    ];
    if parts.len() > 1 {
        fields.insert(1, Field::may("milestones", "到了哪个节点", Kind::Select(parts), ""));
    }
    let ways = vec![("办完了", "finish"), ("要延期", "delay")];
    Sheet { verb: "报进展".into(), fields, go: "报进展并存证", ways, rule: STALE, ..Sheet::default() }
}

fn finishing(staff: &Staff<'_>) -> Sheet {
    let picked = staff.typed("extent", "");
    let choices = [("whole", "全部办好"), ("part", "办了一部分"), ("nothing", "没办成")];
    Sheet {
        verb: "报办完".into(),
        fields: vec![
            Field::must(
                "extent",
                "办成了吗",
                Kind::Pick(choices.iter().map(|(value, label)| Choice::new(value, label, *value == picked)).collect()),
                "",
            ),
            Field::must("text", "结果怎么样", Kind::Area(4, limit::TEXT), staff.typed("text", ""))
                .hint("会公开。数目、地方、质量，写清楚。"),
            Field::may("spent", "最后这次花了多少（元）", Kind::Money, staff.typed("spent", "")),
            Field::may("remains", "还没办的部分，怎么办", Kind::Area(2, limit::TEXT), staff.typed("remains", "")),
        ],
        go: "报办完并存证",
        note: "报了以后由监督委员会验收。".into(),
        rule: FINISH,
        ..Sheet::default()
    }
}
