//! 议题 The page of a motion with its whole chain, from 提议 to the last question; 东组通〔2015〕33号 二（二）、二（四）“决策过程公开”.

use super::deed;
use super::told::{self, Teller};
use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::chain::{Ahead, Button, Chain, Change, Class, Stand, Station, Wording, diff};
use crate::look::lists::{Filter, MotionRow, Motions};
use crate::look::{Chip, Paging, Qr, page, way};
use crate::open::find::broken;
use crate::open::suggestion::{mark, short_body};
use crate::problem::{self, Problem};
use crate::router::{Route, show};
use crate::site::Site;
use crate::steer::task as work;
use crate::words::{self, capitals, decision, yuan};
use app::read::Reader;
use app::read::decisions::{Listed, MotionPage, Resolved};
use law::meet::motion::{ANSWER, JUDGE, Motion, Phase, Reason, Source, Version};
use law::meet::resolution::{ASSIGN, PUBLISH, PUBLISH_DAILY};
use law::meet::sitting::{Phase as Stands, Point};
use law::meet::{SittingKind, Stage, motion as law_of};
use law::unit::Unit;
use law::{Refusal, steer::task};

/// The list of motions.
pub const ROUTES: &[Route] = &[show("/u/{unit}/motions", list)];

/// What the page of a motion is built from.
struct Page<'a> {
    t: Teller<'a>,
    read: &'a MotionPage,
    reader: &'a Reader,
}

/// The page.
pub fn page_of(site: &Site, ask: &Ask, unit: &Unit, read: &MotionPage, reader: &Reader) -> Result<Chain, Problem> {
    let motion = &read.state;
    let at = Page { t: Teller { site, unit, names: &read.names }, read, reader };
    let (code, id) = (unit.code.to_string(), motion.id.to_string());
    let url = site.url(&way::matter(&code, &id));
    let now = at.now();
    Ok(Chain {
        f: frame::of(site, ask, unit, motion.title.clone()),
        kind: format!("议题 · {}", at.topic()),
        stations: at.stations(),
        class: Some(at.class()),
        wording: Some(at.wording()),
        steps: at.steps(),
        ahead: at.ahead(),
        glance: at.glance(),
        acts: at.calling().into_iter().chain(deed::motion::buttons(unit, motion, reader)).collect(),
        mine: at.mine(),
        qr: Qr::of(&url, "二维码：本事项网址").map_err(broken)?,
        print: String::new(),
        forward: words::forward(unit.short_name(), &motion.title, &now, &url),
        now,
        id,
    })
}

/// The resolution that holds, if one does.
fn in_force(read: &MotionPage) -> Option<&Resolved> {
    let id = read.state.resolution(read.state.in_force?);
    read.resolved.iter().find(|resolved| resolved.state.id == id)
}

impl Page<'_> {
    fn motion(&self) -> &Motion {
        &self.read.state
    }

    fn act(&self, word: &str) -> String {
        way::act(&self.t.unit.code.to_string(), &self.motion().id.to_string(), word)
    }

    /// What its kind is called by the rules of the day it was put forward.
    fn topic(&self) -> String {
        let policy = self.t.site.house.policy();
        let found = policy.topic(&self.motion().matter_type, self.t.unit.profile(), self.motion().proposed_on);
        found.map_or_else(|| self.motion().matter_type.clone(), |(_, topic)| topic.title.clone())
    }

    fn clause(&self, rule: &str) -> String {
        let policy = self.t.site.house.policy();
        policy
            .rule(rule, self.t.unit.profile(), self.t.site.today())
            .map_or_else(String::new, |rule| decision::cite(&rule.source, &rule.article))
    }

    fn steps(&self) -> Vec<crate::look::chain::Step> {
        let mut steps = told::motion(&self.t, self.read);
        for resolved in &self.read.resolved {
            steps.extend(told::resolution(&self.t, resolved, false));
            for one in &resolved.tasks {
                steps.extend(work::steps(&self.t, one, self.reader));
            }
        }
        steps.sort_by_key(|(seq, _)| *seq);
        steps.into_iter().map(|(_, step)| step).collect()
    }

    fn class(&self) -> Class {
        let (motion, profile) = (self.motion(), self.t.unit.profile());
        let class = &motion.class;
        let who = match (class.reserved, class.party_first) {
            (Some(only), _) => format!("依法只有{}能决定，联席会议不能代替。", decision::assembly(only, profile)),
            (None, true) => format!("由{}决定，先经党组织研究讨论。", decision::assemblies(&class.competent, profile)),
            (None, false) => format!("由{}决定。", decision::assemblies(&class.competent, profile)),
        };
        let daily = matches!(motion.end, Some(law_of::End::Resolved { daily: true, .. }));
        let firm = match (motion.end.is_some() && !daily, class.reason) {
            _ if motion.challenge().is_some() => "有人提了异议，等监督委员会裁定。",
            (_, Reason::Listed | Reason::Changes) => "规则写明的，不能改。",
            _ if motion.fixed.is_some() => "已经裁定过。",
            (true, _) => "已经有了结果，不能再提异议。",
            _ => "",
        };
        Class {
            word: decision::weight(class.major).into(),
            why: decision::reason(class.reason, &class.mark, &motion.wording().figures),
            who,
            clause: self.clause(&class.rule),
            challenge: if firm.is_empty() && !self.reader.is_official() { self.act("challenge") } else { String::new() },
            firm: firm.into(),
        }
    }

    fn facts(&self, version: &Version) -> Vec<(String, String)> {
        let wording = &version.wording;
        let figures = &wording.figures;
        let mut facts = vec![("理由".to_owned(), wording.reasons.clone()), ("依据".to_owned(), wording.basis.clone())];
        let mut add = |label: &str, said: Option<String>| facts.extend(said.map(|said| (label.to_owned(), said)));
        add("金额", figures.amount.map(|fen| format!("{}（{}）", yuan(fen), capitals(fen))));
        add("管几年", figures.years.map(|years| format!("{years}年")));
        add("涉及", figures.households.map(|households| format!("{households}户")));
        add("谁来办", Some(self.t.names.body(wording.body).to_owned()));
        add("办好的日子", wording.deadline.map(words::day));
        add("党组织研究", wording.discussed.as_ref().map(|minute| format!("{}，{}", words::day(minute.on), minute.number)));
        facts
    }

    fn wording(&self) -> Wording {
        let versions = &self.motion().versions;
        let changed = |(at, pair): (usize, &[Version])| {
            let [old, new] = pair else { return None };
            let (before, after) = (self.facts(old), self.facts(new));
            let also = after.iter().filter(|fact| !before.contains(fact)).map(|(label, said)| {
                let was = before.iter().find(|(old, _)| old == label).map_or("没有", |(_, said)| said.as_str());
                format!("{label}：从“{was}”改为“{said}”。")
            });
            Some(Change {
                version: u32::try_from(at + 2).unwrap_or(u32::MAX),
                on: new.since,
                why: new.why.clone(),
                diff: diff(&old.wording.text, &new.wording.text),
                also: also.collect(),
            })
        };
        let mut changes: Vec<Change> = versions.windows(2).enumerate().filter_map(changed).collect();
        changes.reverse();
        let now = versions.last();
        Wording {
            version: self.motion().version(),
            text: self.motion().wording().text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
            facts: now.map_or_else(Vec::new, |version| self.facts(version)),
            changes,
        }
    }

    /// How far each of the eleven stations is.
    fn stations(&self) -> Vec<Station> {
        let motion = self.motion();
        let tasks: Vec<&task::Task> =
            in_force(self.read).into_iter().flat_map(|resolved| resolved.tasks.iter().map(|work| &work.state)).collect();
        let goes = tasks.iter().filter(|task| task.phase() != task::Phase::Stopped);
        let all = |yes: fn(&task::Task) -> bool| !tasks.is_empty() && goes.clone().all(|task| yes(task));
        let resolved = motion.phase() == Phase::Resolved || motion.is_emergency();
        let public = in_force(self.read).is_some_and(|resolved| resolved.state.published.is_some());
        let daily = !motion.class.major;
        let done = [
            true,
            motion.consulted.is_some() || resolved,
            motion.draft.is_some_and(|draft| motion.deliberated.is_some() || self.t.site.today() > draft.until),
            motion.deliberated.is_some(),
            resolved,
            public,
            !tasks.is_empty(),
            all(|task| task.phase() != task::Phase::Doing),
            all(|task| task.phase() == task::Phase::Accepted),
            all(|task| task.published.is_some()),
            all(|task| task.published.is_some() && task.questions.iter().all(answered)),
        ];
        const NAMES: [&str; 11] = ["提议", "商议", "公示", "审议", "决议", "公开", "分工", "进展", "验收", "结果", "疑问"];
        let over = matches!(motion.phase(), Phase::Rejected | Phase::Withdrawn);
        let spared = |n: usize| (daily || motion.emergency.is_some()) && matches!(n, 1..=3);
        let now = done.iter().enumerate().position(|(n, done)| !done && !spared(n));
        let stand = |n: usize| match (done[n], spared(n)) {
            (_, true) => Stand::Spared,
            (true, _) => Stand::Done,
            _ if now == Some(n) && over => Stand::Ended,
            _ if now == Some(n) => Stand::Now,
            _ => Stand::Next,
        };
        NAMES.iter().enumerate().map(|(n, name)| Station { name, stand: stand(n) }).collect()
    }

    /// Where it stands, in a sentence or two.
    fn now(&self) -> String {
        let motion = self.motion();
        let mut said = match (motion.phase(), &motion.end) {
            (Phase::Proposed, _) if motion.class.major => "已经提议，等班子商议。".to_owned(),
            (Phase::Proposed, _) => "已经提议，等班子联席会议定。".to_owned(),
            (Phase::Consulted, _) => "班子商议过了，等公示方案。".to_owned(),
            (Phase::Posted, _) => self.posted(),
            (Phase::Deliberated, _) => "审议通过了，等表决。".to_owned(),
            (Phase::Awaiting, _) => match motion.class.reserved {
                Some(only) => format!("待法定会议：等{}表决。", decision::assembly(only, self.t.unit.profile())),
                None => "一部分机构已经通过，等其余有权的机构表决。".to_owned(),
            },
            (Phase::Rejected, Some(law_of::End::Rejected { stage, on })) => {
                format!("{}{}没有通过。", words::in_year(*on), decision::stage(*stage))
            }
            (Phase::Withdrawn, Some(law_of::End::Withdrawn { reason, .. })) => format!("已经撤回：{reason}"),
            (Phase::Emergency, _) => "紧急情况，已经先办，等会议追认。".to_owned(),
            _ => self.carried(),
        };
        if motion.challenge().is_some() {
            said += "有人不同意归类，等监督委员会裁定。";
        }
        said
    }

    fn posted(&self) -> String {
        let (motion, today) = (self.motion(), self.t.site.today());
        let until = motion.draft.map_or(today, |draft| draft.until);
        let head = if today > until {
            format!("方案公示到{}，日子满了。", words::in_year(until))
        } else {
            format!("方案正在公示，到{}。", words::in_year(until))
        };
        match motion.unanswered() {
            0 => head,
            n => format!("{head}还有{n}条意见没回应。"),
        }
    }

    fn carried(&self) -> String {
        let Some(resolved) = in_force(self.read) else { return "决议不再执行。".into() };
        if resolved.state.published.is_none() {
            return "决议通过了，还没公开；没公开之前不能办。".into();
        }
        match resolved.tasks.iter().map(|work| &work.state).collect::<Vec<_>>()[..] {
            [] => "决议已经公开，还没定下谁办。".into(),
            [one] => work::now(&self.t, one),
            ref many => {
                let over = many.iter().filter(|task| matches!(task.phase(), task::Phase::Accepted | task::Phase::Stopped)).count();
                format!("分成{}项任务，办完{over}项。", many.len())
            }
        }
    }

    /// What is still to come: first what the law says of each stage today, then what a resolution owes.
    fn ahead(&self) -> Vec<Ahead> {
        let mut ahead = Vec::new();
        if let Some(duty) = self.motion().duties.pending(JUDGE) {
            ahead.push(self.owed("监督委员会裁定归类", duty, ""));
        }
        for (stage, refusal) in &self.read.gates {
            match (stage, self.motion().consulted.is_some(), self.motion().deliberated.is_some()) {
                (Stage::Consult, true, _) | (Stage::Deliberate, _, true) => {}
                _ => {
                    ahead.extend(self.posting(*stage));
                    ahead.push(self.gate(*stage, refusal.as_ref()));
                }
            }
        }
        match in_force(self.read) {
            Some(resolved) => ahead.extend(self.after(resolved)),
            None if self.read.gates.is_empty() => {}
            None => ahead.push(Ahead {
                head: "公开、分工、验收、结果".into(),
                why: "先公开，后实施：决议没有公开之前，分工、签合同、付款，系统一律不放行。".into(),
                now: String::new(),
                clause: self.clause(PUBLISH),
                blocked: true,
                chip: None,
                docs: Vec::new(),
            }),
        }
        ahead
    }

    /// Before a major matter is deliberated its draft is up.
    fn posting(&self, stage: Stage) -> Option<Ahead> {
        let motion = self.motion();
        if stage != Stage::Deliberate || motion.draft.is_some_and(|draft| self.t.site.today() > draft.until && motion.unanswered() == 0) {
            return None;
        }
        let days = motion.class.draft_days;
        let answer = motion.duties.pending(ANSWER);
        let (why, now) = match motion.draft {
            Some(draft) => (
                format!("公示到{}。", words::day(draft.until)),
                answer.map_or_else(String::new, |duty| format!("有意见没回应，{}前要回应。", words::day(duty.term.due))),
            ),
            None => (format!("方案至少公示{days}天，收到的意见条条要回应。"), String::new()),
        };
        Some(Ahead {
            head: "公示方案，听意见".into(),
            why,
            now,
            clause: self.clause(law_of::DRAFT),
            blocked: motion.consulted.is_none(),
            chip: answer.map(|duty| self.t.chip(duty.term.due)),
            docs: Vec::new(),
        })
    }

    fn gate(&self, stage: Stage, refusal: Option<&Refusal>) -> Ahead {
        let said = refusal.map(|refusal| problem::refused(self.t.site, refusal));
        let profile = self.t.unit.profile();
        let ready = match stage {
            Stage::Consult | Stage::Daily => "可以上班子联席会议了。".to_owned(),
            Stage::Deliberate => "可以上党群联席会议审议了。".to_owned(),
            Stage::Resolve => format!("可以由{}表决了。", decision::assemblies(&self.motion().class.competent, profile)),
            Stage::Ratify => "要提交会议追认。".to_owned(),
        };
        let ratify = self.motion().duties.pending(law_of::RATIFY).filter(|_| stage == Stage::Ratify);
        Ahead {
            head: decision::stage(stage).into(),
            why: said.as_ref().map_or(ready, |no| decision::here(&format!("{}{}", no.what, no.why), profile)),
            now: said.as_ref().map_or_else(String::new, |no| no.now.clone()),
            clause: refusal.and_then(Refusal::rule).map_or_else(String::new, |rule| self.clause(rule)),
            blocked: refusal.is_some(),
            chip: ratify.map(|duty| self.t.chip(duty.term.due)),
            docs: self.places(stage),
        }
    }

    /// Where a step is called for or being taken: the sitting's item, and the ballot that is open on it.
    fn places(&self, stage: Stage) -> Vec<(String, String)> {
        let place = frame::place(self.t.site, self.t.unit);
        let mut docs = Vec::new();
        for sitting in &self.read.sittings {
            let mine = |point: &&Point| point.listed.motion == Some(self.motion().id) && point.listed.stage == stage;
            let Some((n, point)) = (0..).zip(&sitting.agenda).find(|(_, point)| mine(point)) else { continue };
            let (day, kind) = (words::in_year(sitting.day), words::room::kind(sitting.kind, &place));
            let state = if sitting.phase == Stands::Open { "正在开" } else { "已通知" };
            let said = format!("{day}{}{kind}，{}（{state}）", words::room::clock(&sitting.time), words::room::nth(n));
            docs.push((said, format!("{}#p{n}", self.t.matter(sitting.id))));
            docs.extend(point.ballot.map(|ballot| ("正在表决，看投了几人".to_owned(), self.t.matter(ballot))));
        }
        docs
    }

    /// What whoever calls a sitting does next: put this motion before it, if a step can be taken and nobody has called one yet.
    fn calling(&self) -> Option<Button> {
        let calls = super::calendar::calls(self.t.site, self.t.unit, self.reader);
        let motion = self.motion();
        // Notice runs while the draft is up.
        let posted = motion.draft.is_some() && motion.deliberated.is_none();
        let next = self.read.gates.iter().find(|(stage, no)| no.is_none() || *stage == Stage::Deliberate && posted)?.0;
        let stage = Some(next).filter(|stage| *stage != Stage::Resolve || motion.class.reserved.is_none())?;
        let kind = match stage {
            Stage::Daily | Stage::Consult => SittingKind::Team,
            Stage::Deliberate | Stage::Resolve | Stage::Ratify => SittingKind::Joint,
        };
        // One sitting deliberates and resolves.
        let steps = if stage == Stage::Deliberate { &[Stage::Deliberate, Stage::Resolve][..] } else { &[stage] };
        let steps = steps.iter().map(|stage| super::call::stage_word(*stage)).collect::<Vec<_>>().join(".");
        let to = way::meeting_new(&self.t.unit.code.to_string());
        let label = format!("召集{}", words::room::kind(kind, &frame::place(self.t.site, self.t.unit)));
        let open = calls.contains(&kind) && self.places(stage).is_empty();
        open.then(|| Button::new(&label, format!("{to}?kind={}&motion={}&steps={steps}", kind.word(), motion.id)))
    }

    fn owed(&self, head: &str, duty: &law::Duty, why: &str) -> Ahead {
        Ahead {
            head: head.into(),
            why: format!("{why}{}到期。", words::day(duty.term.due)),
            now: String::new(),
            clause: self.clause(&duty.term.rule),
            blocked: false,
            chip: Some(self.t.chip(duty.term.due)),
            docs: Vec::new(),
        }
    }

    fn after(&self, resolved: &Resolved) -> Vec<Ahead> {
        let state = &resolved.state;
        let mut ahead = Vec::new();
        for (rule, head, why) in [
            (PUBLISH, "公开决议", "没公开之前不能办。"),
            (PUBLISH_DAILY, "公开决议", "没公开之前不能办。"),
            (ASSIGN, "分工", "定下谁办、哪天办好。"),
        ] {
            ahead.extend(state.duties.pending(rule).map(|duty| self.owed(head, duty, why)));
        }
        for work in &resolved.tasks {
            let named = |one: Ahead| Ahead { head: format!("{}：{}", work.state.title, one.head), ..one };
            ahead.extend(work::ahead(&self.t, &work.state).into_iter().map(named));
        }
        ahead
    }

    fn glance(&self) -> Vec<(String, String, String)> {
        let motion = self.motion();
        let source = match &motion.source {
            Source::Secretary => "书记提".to_owned(),
            Source::Petition { names, .. } => format!("{names}人联名"),
            Source::Suggestion { .. } => "来自群众意见".to_owned(),
        };
        let heard = motion.voices.iter().filter(|voice| voice.about == law_of::About::Draft).count();
        let answered = heard - motion.unanswered();
        let tasks: Vec<&task::Task> =
            self.read.resolved.iter().flat_map(|resolved| resolved.tasks.iter().map(|work| &work.state)).collect();
        let lines = self.read.steps.len()
            + self
                .read
                .resolved
                .iter()
                .map(|one| one.steps.len() + one.tasks.iter().map(|work| work.steps.len()).sum::<usize>())
                .sum::<usize>();
        let mut glance = vec![
            ("提议".to_owned(), words::day(motion.proposed_on), source),
            (
                "谁来定".to_owned(),
                decision::assemblies(&motion.class.competent, self.t.unit.profile()),
                decision::weight(motion.class.major).to_owned(),
            ),
            ("意见".to_owned(), format!("{heard}条"), format!("回应了{answered}条")),
        ];
        if let Some(task) = tasks.first() {
            let spent: i64 = tasks.iter().map(|task| task.spent).sum();
            glance.push(("谁在办".to_owned(), work::owner(&self.t, task), short_body(self.t.names.body(task.body))));
            glance.push((
                "花了".to_owned(),
                yuan(spent),
                motion.wording().figures.amount.map_or_else(String::new, |amount| format!("定的是{}", yuan(amount))),
            ));
        }
        let lagging = self.steps().iter().filter(|step| step.lag.is_some()).count();
        glance.push(("记录".to_owned(), format!("{lines}条"), if lagging > 0 { format!("{lagging}条补录") } else { String::new() }));
        glance
    }

    /// What somebody who holds no post here may do.
    fn mine(&self) -> Vec<Button> {
        let motion = self.motion();
        if self.reader.is_official() {
            return Vec::new();
        }
        let open = motion.end.is_none() && motion.deliberated.is_none();
        let posted = motion.draft.is_some_and(|draft| open && self.t.site.today() <= draft.until);
        let mut all = Vec::new();
        if posted {
            all.push(Button::new("对方案提意见", self.act("opine")));
        }
        let task = in_force(self.read).and_then(|resolved| resolved.tasks.last());
        all.extend(task.into_iter().flat_map(|work| work::mine(self.t.unit, &work.state, self.reader)));
        all
    }
}

fn answered(question: &task::Question) -> bool {
    question.rounds.last().is_some_and(|round| round.explanation.is_some())
}

const ROWS: i64 = 20;

/// `/u/{unit}/motions`; `?s=` a phase.
fn list(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = crate::open::board::unit(site, ask)?;
    let picked = Phase::ALL.into_iter().find(|phase| phase.word() == ask.query("s"));
    let code = unit.code.to_string();
    let read = app::read::decisions::motions(&site.house, unit.code, picked, (ask.page() - 1) * ROWS, ROWS)?;
    let count = |phase: Phase| read.tally.iter().filter(|(word, ..)| word == phase.word()).map(|(.., n)| n).sum::<i64>();
    let all: i64 = read.tally.iter().map(|(.., n)| n).sum();
    let filter = |label: &str, n, word: &str, on| Filter { label: label.into(), n, href: format!("{}?s={word}", way::motions(&code)), on };
    let mut filters = vec![filter("全部", all, "", picked.is_none())];
    let some = Phase::ALL.into_iter().filter(|phase| count(*phase) > 0);
    filters.extend(some.map(|phase| filter(decision::phase(phase), count(phase), phase.word(), picked == Some(phase))));
    let shown = picked.map_or(all, count);
    let sealed = app::read::record::sealed(&site.house, unit.code)?;
    let list = Motions {
        f: frame::of(site, ask, unit, "定过的事、要定的事"),
        filters,
        rows: read.rows.iter().map(|one| row(unit, one, site.today(), mark(unit, one.seq, one.seq < sealed))).collect(),
        paging: Paging {
            page: ask.page(),
            pages: (shown + ROWS - 1) / ROWS,
            base: format!("{}?s={}&page=", way::motions(&code), ask.query("s")),
        },
    };
    Ok(Reply::html(page(&list).map_err(broken)?))
}

/// One slip of a motion: of what was decided it says how far it is carried out.
pub fn row(unit: &Unit, listed: &Listed, today: jiff::civil::Date, mark: crate::look::Mark) -> MotionRow {
    let motion = &listed.state;
    let state = decision::phase_chip(motion.phase());
    let carried = listed.carried.as_ref().filter(|_| motion.phase() == Phase::Resolved);
    MotionRow {
        href: way::matter(&unit.code.to_string(), &motion.id.to_string()),
        title: motion.title.clone(),
        weight: decision::weight(motion.class.major).into(),
        proposed: motion.proposed_on,
        state: match carried {
            Some(carried) => {
                let stands = crate::steer::ledger::stands(carried, today);
                Chip::new(stands.tone, format!("{} · {}", state.text, stands.text))
            }
            None => state,
        },
        mark,
    }
}
