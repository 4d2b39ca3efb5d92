//! 群众意见 How a suggestion's facts become what pages show.

use crate::look::suggestion::{Happened, Step};
use crate::look::{DayBox, DayKind, Derivation, Lag, Mark, Moved, Seal, Text, board::SuggestionRow};
use crate::site::Site;
use crate::words::{self, AnswerKind, Channel, Standing, Verdict};
use app::read::board::Listed;
use app::read::matter::{Step as Read, Text as ReadText, Words};
use app::read::{Names, Reader};
use jiff::civil::Date;
use law::open::suggestion as law_of;
use law::open::suggestion::{Fact, Shown, Suggestion};
use law::unit::Unit;
use law::workday::Mark as DayMark;
use law::{By, DutyState, MatterId, Term};

/// The channel in the words of the pages.
pub fn channel(channel: law_of::Channel) -> Channel {
    match channel {
        law_of::Channel::Web => Channel::Web,
        law_of::Channel::Box => Channel::Box,
        law_of::Channel::Hotline => Channel::Hotline,
        law_of::Channel::Visit => Channel::Visit,
        law_of::Channel::Stationed => Channel::Station,
    }
}

/// The kind of answer in the words of the pages.
pub fn answer_kind(kind: law_of::AnswerKind) -> AnswerKind {
    match kind {
        law_of::AnswerKind::Adopt => AnswerKind::Adopt,
        law_of::AnswerKind::Decline => AnswerKind::Decline,
        law_of::AnswerKind::Explain => AnswerKind::Explain,
        law_of::AnswerKind::Refer => AnswerKind::Transfer,
    }
}

/// Which working day after the start a day is.
fn nth(site: &Site, start: Date, day: Date) -> i64 {
    site.house.policy().calendar().working_days_between(start, day).map_or(0, i64::from)
}

/// Where a suggestion stands today.
pub fn standing(site: &Site, s: &Suggestion) -> Standing {
    let (duty, today) = (s.answer_duty(), site.today());
    if s.withdrawn.is_some() {
        return Standing::Withdrawn;
    }
    let due = duty.term.due;
    let done = match duty.state {
        DutyState::Met { on } | DutyState::MetLate { on, .. } => Some(on),
        _ => None,
    };
    match (done, s.answers.last()) {
        (Some(on), Some(answer)) => Standing::Answered {
            kind: answer_kind(answer.kind),
            nth: nth(site, s.received, on),
            late: if on > due { nth(site, due, on).max(1) } else { 0 },
            extended: s.extended.is_some(),
            verdict: s.verdict.as_ref().map_or(Verdict::None, |v| if v.content { Verdict::Accepted } else { Verdict::Disputed }),
        },
        _ if today > due => Standing::Late { due, today, working: site.working(due) },
        _ => Standing::Waiting { due, today, working: site.working(due), extended: s.extended.is_some() },
    }
}

/// The words of a suggestion as far as its reader may see them.
pub fn text(words: &Words) -> Text {
    match &words.text {
        ReadText::Whole(text) => Text::Shown(text.clone()),
        ReadText::Edited(text) => Text::Masked { text: text.clone(), what: vec!["个人信息".into()] },
        ReadText::Waiting => Text::Waiting,
        ReadText::Withheld(reason) => Text::Withheld(reason.clone()),
        ReadText::Erased(on) => Text::Erased { on: on.unwrap_or(Date::ZERO), basis: "个人信息保护法第四十七条".into() },
    }
}

/// First words of the text, when it may be read.
pub fn title(words: &Words) -> Option<String> {
    match &words.text {
        ReadText::Whole(text) | ReadText::Edited(text) => Some(words::cut(text, 32)),
        _ => None,
    }
}

/// The sender's name as the reader may see it.
pub fn from(words: &Words) -> String {
    words.name.clone().unwrap_or_else(|| "匿名".into())
}

/// A mark on a line of this unit.
pub fn mark(unit: &Unit, seq: i64, sealed: bool) -> Mark {
    Mark { seal: if sealed { Seal::Whole } else { Seal::Pending }, ..Mark::whole(&unit.code.to_string(), seq) }
}

/// 居委会 · 黎国樑负责
pub fn owner(site: &Site, s: &Suggestion, names: &Names) -> Option<String> {
    let responsible = s.responsible?;
    let body = short_body(names.body(responsible.body));
    Some(match names.head(responsible.body, site.today()) {
        Some(head) => format!("{body} · {}负责", head.name),
        None => body,
    })
}

/// 居委会 for 北栅社区居民委员会.
pub fn short_body(name: &str) -> String {
    let known = [
        ("居民委员会", "居委会"),
        ("村民委员会", "村委会"),
        ("工作委员会", "党工委"),
        ("监督委员会", "监督委员会"),
        ("经济联合社", "经联社"),
    ];
    let short = known.iter().find(|(long, _)| name.ends_with(long)).map(|(_, short)| (*short).to_owned());
    short.unwrap_or_else(|| name.to_owned())
}

/// One slip of a list.
pub fn row(site: &Site, unit: &Unit, listed: &Listed, names: &Names, sealed: i64) -> SuggestionRow {
    SuggestionRow {
        id: listed.state.id.to_string(),
        title: title(&listed.words),
        from: from(&listed.words),
        channel: channel(listed.state.channel),
        received: listed.state.received,
        owner: owner(site, &listed.state, names),
        standing: standing(site, &listed.state),
        mark: mark(unit, listed.seq, listed.seq < sealed),
    }
}

/// How a last day came about, day by day. `began` says what happened on day 0, in two characters.
pub fn derivation(site: &Site, term: &Term, began: &str, met: Option<Date>, moved: Option<Moved>, open: bool) -> Derivation {
    let policy = site.house.policy();
    let counted = policy.calendar().derivation(term.start, term.days).unwrap_or_default();
    let day_box = |day: &law::workday::Counted| {
        let (kind, nth) = match &day.mark {
            DayMark::Start => (DayKind::Start, 0),
            DayMark::Works(n) => (DayKind::Work, *n),
            DayMark::MakeUp(n) => (DayKind::Makeup, *n),
            DayMark::Weekend => (DayKind::Weekend, 0),
            DayMark::Holiday(_) => (DayKind::Holiday, 0),
        };
        DayBox { date: day.day, kind, nth, met: met == Some(day.day) }
    };
    let rule = policy.versions(&term.rule).last();
    let basis = rule.map_or_else(String::new, |rule| format!("{} {}；国务院办公厅放假安排", words::source(&rule.source), rule.article));
    Derivation {
        start: term.start,
        began: began.into(),
        due: term.due,
        days: term.days,
        boxes: counted.iter().map(day_box).collect(),
        basis,
        provisional: term.provisional,
        moved,
        open,
        what: "答复期限".into(),
        today: site.today(),
    }
}

/// 居委会主任 林伟棠; empty for residents and the system.
pub fn who(site: &Site, names: &Names, by: &By) -> String {
    let By::Post { post, kind, unit, .. } = by else { return String::new() };
    match names.posts.get(post) {
        Some(post) => format!("{}{} {}", short_body(names.body(post.body)), words::post::kind(*kind), post.name),
        None => format!("{}{}", site.house.units.get(*unit).map_or("", |unit| unit.short_name()), words::post::kind(*kind)),
    }
}

/// What the builder of a chain knows.
pub struct Chain<'a> {
    /// The site.
    pub site: &'a Site,
    /// The unit.
    pub unit: &'a Unit,
    /// The suggestion as it stands now.
    pub state: &'a Suggestion,
    /// Its words.
    pub words: &'a Words,
    /// Names of bodies and office-holders.
    pub names: &'a Names,
    /// Who reads.
    pub reader: &'a Reader,
}

impl Chain<'_> {
    /// The steps of the chain, in order of happening.
    pub fn steps(&self, steps: &[Read<Fact>]) -> Vec<Step> {
        let mut term: Option<Term> = None;
        let mut chain = Vec::new();
        for read in steps {
            chain.push(self.step(read, term.as_ref()));
            match &read.fact {
                Fact::Submitted { answer, .. } | Fact::Reopened { answer, .. } => term = Some(answer.clone()),
                Fact::Extended { term: longer, .. } => term = Some(longer.clone()),
                Fact::Rescheduled { new, .. } => term = Some(new.clone()),
                _ => {}
            }
        }
        chain
    }

    fn step(&self, read: &Read<Fact>, term: Option<&Term>) -> Step {
        let lag = match &read.fact {
            Fact::Submitted { received, entered, late_reason, .. } if entered > received => Some(Lag {
                happened: *received,
                entered: *entered,
                days: i64::from((*entered - *received).get_days()),
                reason: late_reason.clone().unwrap_or_default(),
            }),
            _ => None,
        };
        Step {
            on: read.day,
            time: words::time(read.at),
            who: who(self.site, self.names, &read.by),
            mark: mark(self.unit, read.seq, read.sealed),
            lag,
            what: self.happened(read, term),
        }
    }

    fn head_of(&self, body: MatterId) -> (String, String) {
        let name = self.names.head(body, self.site.today()).map_or_else(String::new, |post| post.name.clone());
        (short_body(self.names.body(body)), name)
    }

    fn private(&self, text: Option<&String>) -> Text {
        text.map_or(Text::Withheld("只给答复的人看".into()), |text| Text::Shown(text.clone()))
    }

    fn happened(&self, read: &Read<Fact>, term: Option<&Term>) -> Happened {
        match &read.fact {
            Fact::Submitted { channel: way, slip, taken_by, answer, responsible, .. } => Happened::Received {
                channel: channel(*way),
                slip: slip.as_ref().map_or_else(String::new, |slip| format!("第{slip}号纸条")),
                taker: taken_by.clone().unwrap_or_default(),
                from: from(self.words),
                about: responsible.map_or_else(String::new, |r| short_body(self.names.body(r.body))),
                text: text(self.words),
                due: derivation(self.site, answer, "收到", self.answered_on(), None, true),
            },
            Fact::Routed { responsible, .. } => {
                let (body, owner) = self.head_of(responsible.body);
                Happened::Routed { body, owner, why: String::new() }
            }
            Fact::Answered { .. } => self.answered(&read.fact, term, &read.by),
            Fact::Extended { reply, reason, term: longer, .. } => Happened::Extended {
                old: longer.start,
                why: reason.as_deref().unwrap_or_default().trim_end_matches('。').to_owned(),
                interim: reply.clone(),
                due: derivation(self.site, longer, "到期", None, None, false),
            },
            Fact::Lapsed { term: passed, .. } => self.lapsed(passed),
            Fact::Rescheduled { old, new, .. } => Happened::Extended {
                old: old.due,
                why: "国务院调整了放假安排，重新计算".into(),
                interim: String::new(),
                due: derivation(self.site, new, "收到", None, None, false),
            },
            Fact::Confirmed { .. } => Happened::Accepted,
            Fact::Disputed { .. } => Happened::Disputed { why: self.private(self.words.remark.as_ref()) },
            Fact::Reopened { answer, .. } => Happened::Reopened {
                why: self.private(self.words.reason.as_ref()),
                owner: self.state.responsible.map_or_else(String::new, |r| self.head_of(r.body).1),
                due: derivation(self.site, answer, "再问", None, None, false),
            },
            Fact::Released { shown, .. } => match shown {
                Shown::Whole => Happened::Released { masked: Vec::new() },
                Shown::Edited { .. } => Happened::Released { masked: vec!["个人信息".into()] },
                Shown::Withheld { reason } => Happened::Released { masked: vec![format!("全文不公布：{reason}")] },
            },
            Fact::Withdrawn { .. } => Happened::Withdrawn,
            Fact::Erased { basis, .. } => Happened::Erased { basis: basis.clone() },
        }
    }

    fn answered(&self, fact: &Fact, term: Option<&Term>, by: &By) -> Happened {
        let Fact::Answered { kind, text, reason, plan, on, .. } = fact else { unreachable!("an answer is shown") };
        let due = term.map_or(*on, |term| term.due);
        let prepared = match by {
            By::Post { prepared_by: Some(post), .. } => self.names.posts.get(post).map_or_else(String::new, |post| post.name.clone()),
            _ => String::new(),
        };
        Happened::Answered {
            kind: answer_kind(*kind),
            text: text.clone(),
            reason: reason.clone().unwrap_or_default(),
            plan: plan.as_ref().map_or_else(String::new, |plan| format!("{}，{}前办好", plan.who, words::day(plan.by))),
            nth: nth(self.site, self.state.received, *on),
            late: if *on > due { nth(self.site, due, *on).max(1) } else { 0 },
            extended: self.state.extended.as_ref().is_some_and(|longer| longer.due == due),
            prepared,
        }
    }

    fn answered_on(&self) -> Option<Date> {
        self.state.answers.first().map(|answer| answer.on)
    }

    /// What was not done by its last day, and by whom.
    fn lapsed(&self, passed: &Term) -> Happened {
        match (passed.rule.as_str(), self.state.responsible) {
            (law_of::ROUTE, _) => Happened::Missed { due: passed.due, what: "分派" },
            (law_of::RELEASE, _) => Happened::Missed { due: passed.due, what: "处理原文" },
            (_, Some(r)) => {
                let (body, head) = self.head_of(r.body);
                Happened::Lapsed { due: passed.due, owner: format!("{body} {head}") }
            }
            (_, None) => Happened::Lapsed { due: passed.due, owner: String::new() },
        }
    }
}

/// An answer in its own words, after what was picked from lists: why not, or who decides instead.
pub fn said(answer: &law_of::Answer) -> String {
    answer.reason.iter().map(String::as_str).chain([answer.text.as_str()]).collect::<Vec<_>>().join("\n")
}
