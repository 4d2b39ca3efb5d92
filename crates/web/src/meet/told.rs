//! 议题的经过 How the facts of a motion and of the resolutions it becomes are told on pages, step by step.

use crate::look::chain::{Block, Heard, Step};
use crate::look::meet::Bar;
use crate::look::{Chip, Lag, Text, Tone, way};
use crate::open::suggestion::{derivation, mark, who};
use crate::site::Site;
use crate::words::{self, decision};
use app::read::Names;
use app::read::decisions::{Counted, MotionPage, Resolved, Said};
use app::read::matter::{Step as Read, Text as ReadText};
use jiff::civil::Date;
use law::meet::motion::{About, Count, Fact, Held, Passage, Source, Voice};
use law::meet::resolution;
use law::unit::Unit;
use law::{Duty, DutyState, Term};

/// What the telling needs to know.
pub struct Teller<'a> {
    /// The site.
    pub site: &'a Site,
    /// The unit.
    pub unit: &'a Unit,
    /// Names of bodies and office-holders.
    pub names: &'a Names,
}

/// A step with its record number, by which steps of several matters are put in order.
pub type Numbered = (i64, Step);

/// Words as a page shows them.
pub fn text(said: &Said) -> Text {
    match &said.text {
        ReadText::Whole(text) => Text::Shown(text.clone()),
        ReadText::Edited(text) => Text::Masked { text: text.clone(), what: vec!["个人信息".into()] },
        ReadText::Waiting => Text::Waiting,
        ReadText::Withheld(reason) => Text::Withheld(reason.clone()),
        ReadText::Erased(on) => Text::Erased { on: on.unwrap_or(Date::ZERO), basis: "个人信息保护法第四十七条".into() },
    }
}

/// The masked name, or 匿名.
pub fn from(said: &Said) -> String {
    said.name.clone().unwrap_or_else(|| "匿名".into())
}

/// Entered later than it happened.
pub fn lag(happened: Date, entered: Date) -> Option<Lag> {
    let days = i64::from((entered - happened).get_days());
    (days > 0).then(|| Lag { happened, entered, days, reason: String::new() })
}

impl Teller<'_> {
    /// A step about something that `read` tells.
    pub fn step<F>(&self, read: &Read<F>, head: impl Into<String>) -> Step {
        Step::new(read.day, head, who(self.site, self.names, &read.by), Some(mark(self.unit, read.seq, read.sealed)))
    }

    /// The link to another matter of the unit.
    pub fn matter(&self, id: law::MatterId) -> String {
        way::matter(&self.unit.code.to_string(), &id.to_string())
    }

    /// 居委会 陈志恒: a post with its body.
    pub fn post(&self, id: law::MatterId) -> String {
        self.names.posts.get(&id).map_or_else(String::new, |post| {
            let body = crate::open::suggestion::short_body(self.names.body(post.body));
            format!("{body}{} {}", words::post::kind(post.kind), post.name)
        })
    }

    /// 还有2个工作日 · 逾期3个工作日
    pub fn chip(&self, due: Date) -> Chip {
        crate::open::handling::chip(self.site, due)
    }

    /// A last day that passed, as the system's own step.
    pub fn gap<F>(&self, read: &Read<F>, duty: Option<&Duty>) -> Option<Step> {
        let term = &duty?.term;
        let step = self.step(read, format!("到期没有{}", decision::undone(&term.rule)));
        Some(Step { gap: true, ..step }.with(Block::Say(decision::silent(&term.rule, term.due))))
    }

    /// How a last day came about, if it was counted in working days.
    pub fn due(&self, term: &Term, began: &str, met: Option<Date>) -> Option<Block> {
        (term.days > 0).then(|| Block::Due(derivation(self.site, term, began, met, None, false)))
    }

    /// What the assemblies came to, each as a bar.
    pub fn bars(&self, votes: &[Counted]) -> Vec<Bar> {
        let place = crate::frame::place(self.site, self.unit);
        votes.iter().map(|one| super::bar(one, &place)).collect()
    }

    /// Where a passage took place: the item of its sitting, and the ballot whose papers everybody may count again.
    fn places(&self, passage: &Passage) -> Option<Block> {
        let (sitting, item) = passage.sitting?;
        let (at, nth) = (self.matter(sitting), words::room::nth(item));
        let mut docs = vec![(format!("看这次会（{nth}）"), format!("{at}#p{item}"))];
        docs.extend(passage.ballot.map(|ballot| ("看这次表决，自己数一遍".to_owned(), self.matter(ballot))));
        Some(Block::Docs(docs))
    }

    /// A resident's words on a motion with what became of them.
    fn heard(nth: usize, voice: &Voice, said: &Said) -> Heard {
        let (state, answers) = match (&voice.reply, voice.about) {
            (Some(reply), About::Draft) if reply.taken => (Chip::new(Tone::Done, "采纳"), vec![answered(reply.on, &reply.text)]),
            (Some(reply), About::Draft) => (Chip::new(Tone::No, "不采纳"), vec![answered(reply.on, &reply.text)]),
            (Some(reply), About::Class) => (Chip::new(Tone::Done, "已裁定"), vec![answered(reply.on, &reply.text)]),
            (None, About::Class) => (Chip::new(Tone::Doing, "等裁定"), Vec::new()),
            (None, About::Draft) => (Chip::new(Tone::Doing, "等回应"), Vec::new()),
        };
        let n = if voice.about == About::Draft { format!("第{nth}条") } else { "异议".to_owned() };
        Heard { n, text: text(said), from: from(said), on: voice.on, state, answers, acts: Vec::new() }
    }
}

fn answered(on: Date, text: &str) -> String {
    format!("{}答：{text}", words::in_year(on))
}

/// The steps of a motion in order of recording.
pub fn motion(t: &Teller<'_>, read: &MotionPage) -> Vec<Numbered> {
    let mut told = Telling { t, read, steps: Vec::new(), draft: None, voices: 0, opinions: 0, version: 1 };
    for step in &read.steps {
        told.tell(step);
    }
    told.close_draft();
    told.steps
}

/// The telling so far: opinions stand under the draft that they speak to.
struct Telling<'a> {
    t: &'a Teller<'a>,
    read: &'a MotionPage,
    steps: Vec<Numbered>,
    /// The posted draft's step, and what was said to it.
    draft: Option<(usize, Vec<Heard>)>,
    voices: usize,
    opinions: usize,
    version: u32,
}

impl Telling<'_> {
    fn push(&mut self, read: &Read<Fact>, step: Step) {
        self.steps.push((read.seq, step));
    }

    fn voice(&mut self) -> Option<Heard> {
        let (voice, said) = (self.read.state.voices.get(self.voices)?, self.read.voices.get(self.voices)?);
        self.voices += 1;
        self.opinions += usize::from(voice.about == About::Draft);
        Some(Teller::heard(self.opinions, voice, said))
    }

    /// 收到6条意见，回应了6条: what came in and what was answered are the same number in the end.
    fn close_draft(&mut self) {
        let Some((at, heard)) = self.draft.take() else { return };
        let answered = heard.iter().filter(|one| !one.answers.is_empty()).count();
        let count = match heard.len() {
            0 => "还没有人提意见。".to_owned(),
            all => format!("收到{all}条意见，回应了{answered}条。"),
        };
        let step = &mut self.steps[at].1;
        step.what.push(Block::Note(count));
        if !heard.is_empty() {
            step.what.push(Block::Voices(heard));
        }
    }

    fn tell(&mut self, read: &Read<Fact>) {
        let t = self.t;
        match &read.fact {
            Fact::Proposed { source, on, entered, .. } => {
                let step = Step { lag: lag(*on, *entered), ..t.step(read, "提议") };
                self.push(read, sourced(t, step, source));
            }
            Fact::Declared { leaders, ratify, .. } => {
                let names: Vec<String> =
                    t.names.posts.values().filter(|post| leaders.contains(&post.person)).map(|post| post.name.clone()).collect();
                let step = t.step(read, "紧急先办").with(Block::Say(format!("一起担责的班子成员：{}。", names.join("、"))));
                let step =
                    step.with(Block::Gate("先办后补。".into(), format!("{}前要提交会议追认；公开的义务照旧。", words::day(ratify.due))));
                self.push(read, step);
            }
            Fact::Challenged { .. } => {
                let heard = self.voice().into_iter().collect();
                self.push(read, t.step(read, "有人不同意归类").with(Block::Voices(heard)));
            }
            Fact::Judged { major, reason, falls, .. } => {
                let mut step = t.step(read, format!("裁定：{}", decision::weight(*major))).with(Block::Quote(reason.clone()));
                if falls.is_some() {
                    // What falls is put forward again in the same words.
                    self.version += 1;
                    step = step.with(Block::Say("班子没有权定这件事，原来的决定作废，从商议重新走。".into()));
                }
                self.push(read, step);
            }
            Fact::Revised { why, anew, until, .. } => self.reworded(read, "修改方案", why, *anew, *until),
            Fact::Adjusted { why, .. } => {
                self.close_draft();
                self.reworded(read, "提请调整", why, true, None);
            }
            Fact::DraftPosted { since, until, .. } => {
                self.close_draft();
                let said = format!("{}，贴在公开栏。", words::span(*since, *until, t.site.today()));
                self.push(read, t.step(read, "公示方案，听意见").with(Block::Say(said)));
                (self.draft, self.opinions) = (Some((self.steps.len() - 1, Vec::new())), 0);
            }
            Fact::Opined { .. } => {
                let heard = self.voice();
                if let (Some((_, all)), Some(heard)) = (&mut self.draft, heard) {
                    all.push(heard);
                }
            }
            other => self.passed(read, other),
        }
    }

    fn reworded(&mut self, read: &Read<Fact>, head: &str, why: &str, anew: bool, until: Option<Date>) {
        self.version += 1;
        let mut step = self.t.step(read, format!("{head}（第{}版）", self.version)).with(Block::Quote(why.to_owned()));
        if anew {
            step = step.with(Block::Say("改的不只是文字，从商议重新走。".into()));
        }
        if let Some(until) = until {
            step = step.with(Block::Say(format!("改过的方案公示到{}。", words::day(until))));
        }
        self.push(read, step);
    }

    /// What sittings and assemblies did, and how it ended.
    fn passed(&mut self, read: &Read<Fact>, fact: &Fact) {
        let t = self.t;
        let (head, passage) = match fact {
            Fact::Consulted { passage, .. } => ("班子商议，同意提交".to_owned(), passage),
            Fact::Deliberated { passage, .. } => ("审议通过".to_owned(), passage),
            Fact::Awaiting { passage, missing, .. } => {
                let rest = decision::assemblies(missing, t.unit.profile());
                (format!("表决通过，还要{rest}表决"), passage)
            }
            Fact::Resolved { passage, .. } => ("决议通过".to_owned(), passage),
            Fact::Ratified { passage, .. } => ("追认通过".to_owned(), passage),
            Fact::Rejected { passage, .. } => (format!("{}没通过", decision::stage(passage.stage)), passage),
            other => return self.rest(read, other),
        };
        let votes = t.bars(self.read.votes.get(&read.seq).map_or(&[], Vec::as_slice));
        let mut step = Step { lag: lag(passage.on, passage.entered), ..t.step(read, head) };
        step.on = passage.on;
        match passage.outcomes.is_empty() {
            true => step = step.with(Block::Say("到会的都没有异议，一致同意。".into())),
            false => step = step.with(Block::Votes(votes)).with(Block::Note("竖线是通过线。每个有权的机构都通过，才算数。".into())),
        }
        if let Some(held) = &passage.held {
            step = step.with(Block::Facts(outside(held)));
        }
        step.what.extend(t.places(passage));
        self.push(read, step);
    }

    fn rest(&mut self, read: &Read<Fact>, fact: &Fact) {
        let t = self.t;
        match fact {
            Fact::Answered { opinions, taken, .. } => {
                let word = if *taken { "采纳" } else { "不采纳" };
                self.push(read, t.step(read, format!("回应{}条意见：{word}", opinions.len())));
            }
            Fact::Withdrawn { reason, .. } => self.push(read, t.step(read, "撤回议题").with(Block::Quote(reason.clone()))),
            Fact::Erased { basis, .. } => {
                let said = format!("一条意见依法删除。依据：{basis}。记录号和时间保留。");
                self.push(read, t.step(read, "依法删除").with(Block::Say(said)));
            }
            Fact::Lapsed { n, .. } => {
                if let Some(gap) = t.gap(read, self.read.state.duties.get(*n)) {
                    self.push(read, gap);
                }
            }
            _ => {}
        }
    }
}

fn sourced(t: &Teller<'_>, step: Step, source: &Source) -> Step {
    match source {
        Source::Secretary => step,
        Source::Petition { names, note } => step.with(Block::Say(format!("{names}人联名提出。{note}"))),
        Source::Suggestion { matter } => step
            .with(Block::Say("来自一条采纳了的群众意见：您说了，我们办。".into()))
            .with(Block::Docs(vec![("看这条意见".into(), t.matter(*matter))])),
    }
}

/// An assembly outside this record, as two tellers wrote it down.
fn outside(held: &Held) -> Vec<(String, String)> {
    let count = match held.count {
        Count::Adults => "按人数",
        Count::Households => "按户数",
        Count::Representatives => "按小组选的代表",
    };
    let facts = [("会议文号", held.document.clone()), ("怎么数的", count.to_owned()), ("计票人", held.tellers.join("、"))];
    let scan = held.scan.map(|scan| ("扫描件指纹", super::room::short(&scan.to_string())));
    facts.into_iter().chain(scan).map(|(label, said)| (label.to_owned(), said)).collect()
}

/// The steps of a resolution.
pub fn resolution(t: &Teller<'_>, read: &Resolved, page: bool) -> Vec<Numbered> {
    let state = &read.state;
    let number = super::resolution::number(t.unit, state);
    let mut steps = Vec::new();
    for one in &read.steps {
        let link = || Block::Docs(vec![(number.clone(), t.matter(state.id))]);
        let step = match &one.fact {
            resolution::Fact::Issued { .. } if page => t.step(one, "形成决议").with(Block::Say(format!("编号{number}。"))),
            resolution::Fact::Published { until, .. } => {
                let late = state.duties.all().iter().find(|duty| is_publication(duty)).map(|duty| duty.state);
                let chip = match late {
                    Some(DutyState::MetLate { .. }) => Chip::new(Tone::Done, "已公开，晚了"),
                    _ => Chip::new(Tone::Done, "按时公开"),
                };
                let step = t.step(one, "公开决议").with(Block::State(chip, format!("贴到{}", words::day(*until))));
                let gate =
                    Block::Gate("先公开，后实施。".into(), "按本机制的规矩，没有这一步，分工、签合同、付款，系统一律不放行。".into());
                if page { step.with(gate) } else { step.with(gate).with(link()) }
            }
            resolution::Fact::PaperPosted { by, day, place, entered, .. } => {
                let step = t.step(one, "张贴纸质决议").with(Block::Say(format!("{by}贴在{place}。")));
                Step { lag: lag(*day, *entered), ..step }
            }
            resolution::Fact::Ratified { .. } => t.step(one, "已经追认"),
            resolution::Fact::Ended { why, .. } => t.step(one, "不再执行").with(Block::Say(ended(*why))),
            resolution::Fact::Lapsed { n, .. } => match t.gap(one, state.duties.get(*n)) {
                Some(gap) => gap,
                None => continue,
            },
            _ => continue,
        };
        steps.push((one.seq, step));
    }
    steps
}

fn is_publication(duty: &Duty) -> bool {
    matches!(duty.term.rule.as_str(), resolution::PUBLISH | resolution::PUBLISH_DAILY)
}

/// Why a resolution no longer holds.
pub fn ended(why: resolution::End) -> String {
    match why {
        resolution::End::Adjusted { .. } => "已经调整，新的决议代替了它。".into(),
        resolution::End::NotRatified => "会议没有追认，先办的事到此为止。".into(),
        resolution::End::NotCompetent => "裁定为重大事项，班子没有权定，决定作废。".into(),
    }
}
