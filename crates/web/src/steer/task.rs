//! 任务 The page of a task, and how its facts are told; 东组通〔2015〕33号 二（三）、二（四）“实施结果公开”.

use crate::ask::Ask;
use crate::frame;
use crate::look::chain::{Ahead, Block, Button, Chain, Heard, Step};
use crate::look::{Chip, Qr, Tone, way};
use crate::meet::told::{Numbered, Teller, from, lag, text};
use crate::meet::{deed, resolution as decree};
use crate::open::find::broken;
use crate::problem::Problem;
use crate::site::Site;
use crate::words::{self, decision, yuan};
use app::read::Reader;
use app::read::decisions::{TaskPage, Work};
use app::read::matter::Step as Read;
use law::steer::task::{ACCEPT, FINISH, Fact, INQUIRE, Phase, Question, RESULT, STALE, Task};
use law::unit::Unit;

/// 居委会 陈志恒
pub fn owner(t: &Teller<'_>, task: &Task) -> String {
    t.post(task.owner.post)
}

/// The steps of a task.
pub fn steps(t: &Teller<'_>, work: &Work, reader: &Reader) -> Vec<Numbered> {
    let mut asked = 0;
    let mut steps = Vec::new();
    for read in &work.steps {
        let step = match &read.fact {
            Fact::Asked { .. } => {
                let question = work.state.questions.get(asked).zip(work.questions.get(asked));
                asked += 1;
                question.map(|(question, said)| {
                    let heard = Heard { text: text(said), from: from(said), ..heard(t, &work.state, question, said.mine, reader) };
                    t.step(read, "有人问").with(Block::Voices(vec![heard]))
                })
            }
            other => told(t, work, read, other),
        };
        steps.extend(step.map(|step| (read.seq, step)));
    }
    steps
}

/// A question with every explanation, who owes the next, and what this reader may do about it.
fn heard(t: &Teller<'_>, task: &Task, question: &Question, mine: bool, reader: &Reader) -> Heard {
    let said = question.rounds.iter().filter_map(|round| round.explanation.as_ref());
    let answers: Vec<String> = said
        .map(|one| {
            let name = t.names.posts.values().find(|post| post.person == one.by && post.kind == one.post);
            let name = name.map_or_else(String::new, |post| post.name.clone());
            format!("{} {name}{}解释：{}", words::post::kind(one.post), words::in_year(one.on), one.text)
        })
        .collect();
    let last = question.rounds.last();
    let waits = last.filter(|round| round.explanation.is_none()).and_then(|round| task.duties.get(round.duty));
    let state = match waits {
        Some(duty) => t.chip(duty.term.due),
        None if answers.len() > 1 => Chip::new(Tone::Done, "又解释过"),
        None => Chip::new(Tone::Done, "已解释"),
    };
    let href = |word: &str| format!("{}?n={}", way::act(&t.unit.code.to_string(), &task.id.to_string(), word), question.n);
    let mut acts = Vec::new();
    let explained = last.and_then(|round| round.explanation.as_ref());
    if mine && explained.is_some_and(|one| t.site.today() <= one.verdict_until && one.post != law::PostKind::SupervisionHead) {
        acts.push(Button::new("还不满意", href("unsatisfied")));
    }
    if waits.is_some() && reader.is_official() && question.erased.is_none() {
        acts.push(Button::new("解释", href("clarify")));
    }
    let n = format!("第{}个问题", question.n + 1);
    Heard { n, text: crate::look::Text::Waiting, from: String::new(), on: question.on, state, answers, acts }
}

fn told(t: &Teller<'_>, work: &Work, read: &Read<Fact>, fact: &Fact) -> Option<Step> {
    let task = &work.state;
    let spent = |spent: &Option<i64>| spent.filter(|spent| *spent > 0).map(|spent| Block::Say(format!("这次花了{}。", yuan(spent))));
    let plus = |step: Step, block: Option<Block>| match block {
        Some(block) => step.with(block),
        None => step,
    };
    Some(match fact {
        Fact::Assigned { owner, finish, budget, milestones, title, .. } => {
            let mut facts = vec![("谁办".to_owned(), t.post(owner.post)), ("办好的日子".to_owned(), words::day(finish.due))];
            facts.extend(budget.map(|budget| ("可以花".to_owned(), yuan(budget))));
            facts.extend(milestones.iter().map(|part| (part.title.clone(), format!("{}前", words::in_year(part.due)))));
            t.step(read, format!("分工：{title}")).with(Block::Facts(facts))
        }
        Fact::Reassigned { owner, reason, .. } => t.step(read, format!("换{}办", t.post(owner.post))).with(Block::Quote(reason.clone())),
        Fact::Progressed { text, spent: money, milestone, on, entered, .. } => {
            let part = milestone.and_then(|n| task.parts.get(n as usize));
            let head = part.map_or_else(|| "进展".to_owned(), |part| format!("进展：{}办到了", part.milestone.title));
            let step = Step { lag: lag(*on, *entered), ..t.step(read, head) }.with(Block::Quote(text.clone()));
            plus(step, spent(money))
        }
        Fact::Delayed { reason, finish, .. } => t.step(read, "延期").with(Block::Quote(reason.clone())).with(Block::Say(format!(
            "从{}延到{}。",
            words::day(finish.start),
            words::day(finish.due)
        ))),
        Fact::Done { extent, text, spent: money, remains, .. } => {
            let step = t.step(read, format!("报办完：{}", decision::extent(*extent))).with(Block::Quote(text.clone()));
            let step = plus(step, spent(money));
            plus(step, remains.as_ref().map(|remains| Block::Say(format!("还没办的：{remains}"))))
        }
        Fact::Accepted { remark, .. } => t.step(read, "验收通过").with(Block::Quote(remark.clone())),
        Fact::Returned { reason, .. } => t.step(read, "验收没通过，退回").with(Block::Quote(reason.clone())),
        Fact::ResultPublished { until, .. } => {
            let step = t.step(read, "公布结果").with(Block::Table(result(task)));
            step.with(Block::Say(format!(
                "贴到{}。谁都可以提问，{}个工作日内解释。",
                words::day(*until),
                days(t, law::steer::task::EXPLAIN)
            )))
        }
        Fact::Inquired { text, .. } => t.step(read, "监督委员会过问").with(Block::Quote(text.clone())),
        Fact::Stopped { .. } => t.step(read, "停办").with(Block::Say("决议不再执行，这项任务停办。".into())),
        Fact::Erased { basis, .. } => t.step(read, "依法删除").with(Block::Say(format!("一个问题依法删除。依据：{basis}。"))),
        Fact::Lapsed { n, .. } => {
            let gap = t.gap(read, task.duties.get(*n))?;
            gap.with(Block::Say(format!("负责的是{}。", owing(t, task, *n, read.day))))
        }
        _ => return None,
    })
}

/// Who was to do what passed in silence: whoever sees to the work, or the holder of the post that owes it.
fn owing(t: &Teller<'_>, task: &Task, n: u32, day: jiff::civil::Date) -> String {
    let kind = task.duties.get(n).map(|duty| duty.owner.post).filter(|kind| *kind != task.owner.kind);
    let held = |kind: law::PostKind| t.names.posts.values().find(|post| post.kind == kind && post.held(day));
    t.post(kind.and_then(held).map_or(task.owner.post, |post| post.id))
}

/// A number of days as a rule has it today.
fn days(t: &Teller<'_>, rule: &str) -> String {
    let policy = t.site.house.policy();
    policy.rule(rule, t.unit.profile(), t.site.today()).and_then(|rule| rule.int("days").ok()).unwrap_or_default().to_string()
}

/// Plan and result, side by side.
fn result(task: &Task) -> crate::look::notice::Table {
    // Within one year the year goes without saying, and the table fits a telephone.
    let one = task.assigned.year() == task.finish.as_ref().map_or(task.first_due, |finish| finish.on.max(task.first_due)).year();
    let day = |day| if one { words::in_year(day) } else { words::day(day) };
    let done = task.finish.as_ref().map_or_else(|| "—".to_owned(), |finish| day(finish.on));
    let mut rows = vec![vec!["日子".to_owned(), day(task.first_due), done]];
    let budget = task.budget.map_or_else(|| "—".to_owned(), yuan);
    rows.push(vec!["花费".to_owned(), budget, yuan(task.spent)]);
    for part in &task.parts {
        let reached = part.reached.map_or_else(|| "没办到".to_owned(), day);
        rows.push(vec![part.milestone.title.clone(), day(part.milestone.due), reached]);
    }
    crate::look::notice::Table { caption: "计划和实际".into(), heads: vec!["项目".into(), "计划".into(), "实际".into()], rows }
}

/// 在办 · 逾期3个工作日 · 待验收 · 已验收 …
pub fn chip(t: &Teller<'_>, task: &Task) -> Chip {
    match task.phase() {
        Phase::Doing => t.chip(task.due),
        Phase::Done => Chip::new(Tone::Doing, "待验收"),
        Phase::Accepted => match task.finish.as_ref().is_some_and(|finish| finish.on > task.first_due) {
            true => Chip::new(Tone::Done, "验收通过，比原定晚"),
            false => Chip::new(Tone::Done, "按时办成"),
        },
        Phase::Stopped => Chip::new(Tone::Off, "已停办"),
    }
}

/// Where it stands, in one sentence.
pub fn now(t: &Teller<'_>, task: &Task) -> String {
    let who = owner(t, task);
    match task.phase() {
        Phase::Doing => format!("正在办。{who}负责，{}前办好。", words::day(task.due)),
        Phase::Done => "报办完了，等监督委员会验收。".into(),
        Phase::Accepted if task.published.is_none() => "验收通过，结果还没公布。".into(),
        Phase::Accepted => format!("办成了，花了{}。", yuan(task.spent)),
        Phase::Stopped => "决议不再执行，停办了。".into(),
    }
}

/// What is still to come.
pub fn ahead(t: &Teller<'_>, task: &Task) -> Vec<Ahead> {
    let owed = [(STALE, "报进展"), (INQUIRE, "监督委员会过问"), (FINISH, "办好"), (ACCEPT, "验收"), (RESULT, "公布结果")];
    let pending = owed.into_iter().filter_map(|(rule, head)| task.duties.pending(rule).map(|duty| (head, duty)));
    let policy = t.site.house.policy();
    let one = |(head, duty): (&str, &law::Duty)| {
        let rule = policy.versions(&duty.term.rule).last();
        Ahead {
            head: head.into(),
            why: format!("{}到期。", words::day(duty.term.due)),
            now: String::new(),
            clause: rule.map_or_else(String::new, |rule| decision::cite(&rule.source, &rule.article)),
            blocked: false,
            chip: Some(t.chip(duty.term.due)),
            docs: Vec::new(),
        }
    };
    pending.map(one).collect()
}

/// The page.
pub fn page_of(site: &Site, ask: &Ask, unit: &Unit, read: &TaskPage, reader: &Reader) -> Result<Chain, Problem> {
    let task = &read.work.state;
    let t = Teller { site, unit, names: &read.names };
    let (code, id) = (unit.code.to_string(), task.id.to_string());
    let number = decree::number(unit, &read.resolution);
    let said = now(&t, task);
    let url = site.url(&way::matter(&code, &id));
    let mut steps = steps(&t, &read.work, reader);
    steps.sort_by_key(|(seq, _)| *seq);
    let mut glance = vec![
        ("谁在办".to_owned(), owner(&t, task), String::new()),
        ("办好的日子".to_owned(), words::day(task.due), moved(task)),
        ("花了".to_owned(), yuan(task.spent), task.budget.map_or_else(String::new, |budget| format!("可以花{}", yuan(budget)))),
    ];
    if let Some(good) = task.qualities() {
        let word = |yes, word: &str, no: &str| if yes { word.to_owned() } else { no.to_owned() };
        let all = [
            word(good.timely, "及时", "不及时"),
            word(good.detailed, "详实", "不详实"),
            word(good.accurate, "没超预算", "超了预算"),
            word(good.complete, "全面", "不全面"),
        ];
        glance.push(("结果公开".to_owned(), all.join("、"), "系统照记录判断".to_owned()));
    }
    Ok(Chain {
        f: frame::of(site, ask, unit, task.title.clone()),
        id,
        kind: format!("任务 · {number} · {}", read.resolution.issue.title),
        now: said.clone(),
        stations: Vec::new(),
        class: None,
        wording: None,
        steps: steps.into_iter().map(|(_, step)| step).collect(),
        ahead: ahead(&t, task),
        glance,
        acts: deed::task::buttons(unit, task, reader),
        mine: mine(unit, task, reader),
        qr: Qr::of(&url, "二维码：本任务网址").map_err(broken)?,
        print: String::new(),
        forward: words::forward(unit.short_name(), &task.title, &said, &url),
    })
}

fn moved(task: &Task) -> String {
    if task.due == task.first_due { String::new() } else { format!("原定{}", words::day(task.first_due)) }
}

/// Whoever does no office work here may ask.
pub fn mine(unit: &Unit, task: &Task, reader: &Reader) -> Vec<Button> {
    match reader.is_official() {
        true => Vec::new(),
        false => vec![Button::new("不明白，提个问题", way::act(&unit.code.to_string(), &task.id.to_string(), "ask"))],
    }
}
