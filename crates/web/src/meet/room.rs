//! 会场 The page of one sitting, for the public, a member, and whoever runs it; 东组通〔2015〕33号 二（二）.

use super::{bar, bench, convener, refusal};
use crate::ask::Ask;
use crate::frame;
use crate::look::meet::room::{Act, Chair, Item, ItemState, Minutes, Next, Notify, Phase, Room, Said, Saying, Step};
use crate::look::meet::vote::Paper;
use crate::look::{Choice, Frame, Lag, Place, Qr, Refused, way};
use crate::open::find::broken;
use crate::open::suggestion::mark;
use crate::problem::Problem;
use crate::site::Site;
use crate::words;
use app::read::Reader;
use app::read::meet::{Hand, Room as Read};
use law::meet::ballot::{self, Mode};
use law::meet::sitting::{self, Fact, MINUTES, Phase as Stands, Point, Settled, SittingKind};
use law::meet::{Assembly, Stage};
use law::unit::Unit;
use law::{Actor, AnyAct, DutyState, MatterId, PostKind, limit};

/// What a page of a sitting is made from.
pub struct View<'a> {
    /// The site.
    pub site: &'a Site,
    /// The request.
    pub ask: &'a Ask,
    /// The unit.
    pub unit: &'a Unit,
    /// The sitting.
    pub read: &'a Read,
    /// Who reads.
    pub reader: &'a Reader,
    /// A refused form: of which item, and what was said.
    pub refused: Option<(Option<u32>, Refused)>,
}

/// An act that somebody asked for on the page was refused.
pub type No = Option<(Option<u32>, Refused)>;

/// The page.
pub fn page_of(site: &Site, ask: &Ask, unit: &Unit, read: &Read, reader: &Reader, refused: No) -> Result<Room, Problem> {
    View { site, ask, unit, read, reader, refused }.room()
}

impl View<'_> {
    fn code(&self) -> String {
        self.unit.code.to_string()
    }

    fn id(&self) -> String {
        self.read.state.id.to_string()
    }

    fn place(&self) -> Place {
        frame::place(self.site, self.unit)
    }

    fn actor(&self) -> Result<Actor, Problem> {
        self.ask.visitor.actor(self.site, self.unit.code)
    }

    fn holds(&self, post: PostKind) -> bool {
        self.reader.offices.iter().any(|office| office.unit == self.unit.code && office.kind == post)
    }

    fn calls(&self) -> bool {
        convener(self.site, self.unit, self.read.state.kind.rule()).is_some_and(|post| self.holds(post))
    }

    /// Who called it runs it, or a clerk for him; the supervision committee runs its own.
    fn runs(&self) -> bool {
        self.calls() || self.read.state.kind != SittingKind::Supervision && self.holds(PostKind::Clerk)
    }

    fn is_over(&self) -> bool {
        matches!(self.read.state.phase, Stands::Closed | Stands::Adjourned)
    }

    fn frame(&self, title: String) -> Frame {
        let title = if self.refused.is_some() { format!("没发出：{title}") } else { title };
        frame::of(self.site, self.ask, self.unit, title)
    }

    fn room(&self) -> Result<Room, Problem> {
        let (s, place) = (&self.read.state, self.place());
        let heading = words::room::kind(s.kind, &place);
        let url = self.site.url(&way::matter(&self.code(), &self.id()));
        let (seq, sealed) = self.read.newest;
        let called = self.read.steps.first().filter(|step| matches!(step.fact, Fact::Convened { .. }));
        let lag = i64::from((s.on - s.day).get_days());
        let room = Room {
            f: self.frame(heading.clone()),
            id: self.id(),
            day: s.day,
            time: time(self.read),
            place: s.place.clone(),
            phase: phase(s.phase),
            why: self.why(),
            called: called.map(|step| (step.day, mark(self.unit, step.seq, step.sealed))),
            lag: (lag > 0).then(|| Lag { happened: s.day, entered: s.on, days: lag, reason: String::new() }),
            again: self.again(),
            benches: self.benches(),
            listening: u32::try_from(s.people.keys().filter(|person| s.is_here(**person) && s.seats(**person).list().is_empty()).count())
                .unwrap_or_default(),
            officers: self.read.officers().map(str::to_owned).collect(),
            items: self.items()?,
            paper: self.paper()?,
            notify: self.notify()?,
            chair: if self.runs() { Some(self.chair()?) } else { None },
            minutes: self.minutes(),
            mark: mark(self.unit, seq, sealed),
            qr: Qr::of(&url, "二维码：这次会的网址").map_err(broken)?,
            forward: String::new(),
            refused: self.refused.as_ref().filter(|(item, _)| item.is_none()).map(|(_, no)| no.clone()),
        };
        let state = format!("{}，{}", words::in_year(s.day), room.chip_text());
        Ok(Room { forward: words::forward(self.unit.short_name(), &heading, &state, &url), ..room })
    }

    fn why(&self) -> String {
        let why = self.read.steps.iter().rev().find_map(|step| match &step.fact {
            Fact::Adjourned { reason, .. } | Fact::Cancelled { reason, .. } => Some(reason.clone()),
            _ => None,
        });
        why.unwrap_or_default()
    }

    fn again(&self) -> Option<(String, String)> {
        let to = |id: MatterId| way::matter(&self.code(), &id.to_string());
        let (later, earlier) = (self.read.state.taken_up, self.read.state.again);
        let later = later.map(|id| (to(id), "接着开的那一次".to_owned()));
        later.or_else(|| earlier.map(|id| (to(id), "上次没开完的那一次".to_owned())))
    }

    fn benches(&self) -> Vec<crate::look::meet::Bench> {
        let before = self.read.state.phase == Stands::Called && self.read.state.people.is_empty();
        let place = self.place();
        let one = |seated: &app::read::meet::Seated| {
            let called = &seated.called;
            let advice = called.advice().map(words::room::advice).unwrap_or_default().to_owned();
            let plain = || law::meet::Bench {
                assembly: called.assembly,
                binding: false,
                version: called.version,
                due: called.due,
                present: self.read.state.presence_in(called).present,
                rule: None,
                quorum: None,
                majority: None,
            };
            bench(&seated.bench.clone().unwrap_or_else(plain), called.women, advice, before, &place)
        };
        self.read.seated.iter().map(one).collect()
    }

    fn items(&self) -> Result<Vec<Item>, Problem> {
        let mut titles = self.read.titles.iter();
        let mut first = true;
        let mut items = Vec::new();
        for (n, point) in (0..).zip(&self.read.state.agenda) {
            let closed = point.listed.closed.is_some();
            let title = point.listed.title.clone().or_else(|| titles.next().filter(|_| closed).cloned());
            let next = self.next(n, point, &mut first)?;
            items.push(self.item(n, point, title, next));
        }
        Ok(items)
    }

    fn item(&self, n: u32, point: &Point, title: Option<String>, next: Option<Next>) -> Item {
        let listed = &point.listed;
        let motion = listed.motion.map(|motion| way::matter(&self.code(), &motion.to_string()));
        let version = listed.version.filter(|_| motion.is_some()).map_or_else(String::new, |version| format!(" · 第{version}版"));
        let sum = listed.scope.as_ref().and_then(|scope| scope.figures.amount);
        let sum = sum.map_or_else(String::new, |fen| format!(" · 花{}", words::yuan(fen)));
        let ballot = match &point.settled {
            Some(Settled::Ballot { ballot, .. }) => Some(*ballot),
            _ => point.ballot,
        };
        let hidden = listed.closed.is_some() && !self.reader.is_official();
        Item {
            n,
            title,
            ground: listed.closed.map(words::room::ground).unwrap_or_default().to_owned(),
            stage: format!("{}{version}{sum}", words::room::stage(listed.stage)),
            motion,
            papers: listed.papers.map(|digest| short(&digest.to_string())).unwrap_or_default(),
            said: said(self.read, self.unit, n),
            bars: ballot.map(|ballot| bars(self.read, ballot, &self.place())).unwrap_or_default(),
            ballot: ballot.map(|ballot| way::matter(&self.code(), &ballot.to_string())),
            state: if hidden { ItemState::Shut } else { state(point, self.is_over()) },
            next,
        }
    }

    /// The form that an item needs next; only the first one stands open.
    fn next(&self, n: u32, point: &Point, first: &mut bool) -> Result<Option<Next>, Problem> {
        if !self.runs() || self.read.state.phase != Stands::Open || point.settled.is_some() {
            return Ok(None);
        }
        let refused = self.refused.as_ref().filter(|(item, _)| *item == Some(n)).map(|(_, no)| no.clone());
        let typed = |field: &str| if refused.is_some() { self.ask.field(field) } else { String::new() };
        let step = match (point.ballot, point.reports, point.discussions) {
            (Some(ballot), ..) => Step::Running(way::matter(&self.code(), &ballot.to_string())),
            (None, 0, _) => Step::Report,
            (None, _, 0) => Step::Discuss,
            _ => Step::Decide { agree: self.agree(point), ballot: self.ballot(n)? },
        };
        let who = if matches!(step, Step::Report) { typed("by") } else { typed("speakers") };
        let folded = !std::mem::replace(first, false) && refused.is_none();
        Ok(Some(Next {
            keep: self.frame(String::new()).keep_at(&format!("item{n}"), &self.read.step),
            unit: self.code(),
            sitting: self.id(),
            n,
            step,
            folded,
            text: typed("text"),
            who,
            most: limit::TEXT as i64,
            refused,
        }))
    }

    /// Only the teams and the supervision committee settle anything without a ballot.
    fn agree(&self, point: &Point) -> Result<(), String> {
        let settles = matches!(self.read.state.kind, SittingKind::Team | SittingKind::Supervision);
        match settles && matches!(point.listed.stage, Stage::Daily | Stage::Consult) {
            true => Ok(()),
            false => Err("这个会不能一致同意了事，要表决。".into()),
        }
    }

    fn ballot(&self, item: u32) -> Result<Result<Vec<Choice>, String>, Problem> {
        let act = ballot::Act::Open { sitting: self.read.state.id, item, mode: Mode::Named };
        Ok(match refusal(self.site, self.unit, &self.actor()?, AnyAct::Ballot(act))? {
            Some(no) => Err(format!("{}{}", no.why, no.now)),
            None => Ok(Mode::ALL.into_iter().map(|mode| Choice::new(mode.word(), words::room::mode(mode), mode == Mode::Named)).collect()),
        })
    }

    fn paper(&self) -> Result<Option<Paper>, Problem> {
        let hand = app::read::meet::hand(&self.site.house, self.unit.code, &self.read.state, self.reader)?;
        Ok(hand.and_then(|hand| paper(self, &hand)))
    }

    fn notify(&self) -> Result<Vec<Notify>, Problem> {
        let mut all = Vec::new();
        if self.read.state.phase != Stands::Called {
            return Ok(all);
        }
        for called in self.read.state.called.iter().filter(|called| called.noticed.is_none()) {
            let rule = called.assembly.convening();
            if !rule.and_then(|rule| convener(self.site, self.unit, rule)).is_some_and(|post| self.holds(post)) {
                continue;
            }
            let act = sitting::Act::Notify { sitting: self.read.state.id, assembly: called.assembly };
            let no = refusal(self.site, self.unit, &self.actor()?, AnyAct::Sitting(act))?;
            all.push(Notify {
                keep: self.frame(String::new()).keep_at(&format!("notify-{}", called.assembly.word()), &self.read.step),
                word: called.assembly.word().into(),
                name: words::room::assembly(called.assembly, &self.place()),
                blocked: no.map(|no| format!("{}{}", no.why, no.now)).unwrap_or_default(),
            });
        }
        Ok(all)
    }

    fn button(&self, when: bool, act: sitting::Act) -> Result<Act, Problem> {
        if !when {
            return Ok(Act::No);
        }
        let no = refusal(self.site, self.unit, &self.actor()?, AnyAct::Sitting(act))?;
        Ok(no.map_or(Act::Yes, |no| Act::Blocked(format!("{}{}", no.why, no.now))))
    }

    /// On the day itself, who comes early is told the hour.
    fn opening(&self, when: bool) -> Result<Act, Problem> {
        let s = &self.read.state;
        let early = format!("{:0>5}", words::time(self.site.house.clock.now())) < s.time;
        if when && early && self.site.today() == s.day {
            return Ok(Act::Blocked(format!("这次会定在今天{}，到时候再开。", words::room::clock(&s.time))));
        }
        self.button(when, sitting::Act::Open { sitting: s.id })
    }

    fn chair(&self) -> Result<Chair, Problem> {
        let (s, today) = (&self.read.state, self.site.today());
        let (sitting, calls) = (s.id, self.calls());
        let called = s.phase == Stands::Called;
        let minutes = s.confirmed.is_none() && s.duties.pending(MINUTES).is_some();
        let adds = {
            let policy = self.site.house.policy();
            let rule = policy.rule(s.kind.rule(), self.unit.profile(), today);
            rule.is_some_and(|rule| rule.text("add") == Ok("until_open"))
        };
        Ok(Chair {
            keep: self.frame(String::new()).keep_at("chair", &self.read.step),
            roll: s.phase == Stands::Open || called && today == s.day,
            open: self.opening(called && today >= s.day)?,
            add: called && calls && adds,
            cancel: called && calls,
            adjourn: (called || s.phase == Stands::Open) && today >= s.day && s.running().is_none(),
            close: self.button(s.phase == Stands::Open, sitting::Act::Close { sitting })?,
            amend: minutes,
            confirm: if calls && minutes { Act::Yes } else { Act::No },
        })
    }

    fn minutes(&self) -> Minutes {
        let s = &self.read.state;
        let due = s.duties.all().iter().find(|duty| duty.term.rule == MINUTES);
        let amended = self.read.steps.iter().filter_map(|step| match &step.fact {
            Fact::MinutesAmended { item: None, text, on } => Some((text.clone(), *on)),
            _ => None,
        });
        Minutes {
            due: due.map(|duty| duty.term.due),
            late: due.is_some_and(|duty| matches!(duty.state, DutyState::Lapsed { .. })),
            confirmed: s.confirmed,
            amended: amended.collect(),
        }
    }
}

/// The reader's paper for a ballot that is open; none where hands or sheets are counted.
pub fn paper(view: &View<'_>, hand: &Hand) -> Option<Paper> {
    let mode = match hand.ballot.mode {
        Mode::Named => crate::look::meet::vote::Mode::Named,
        Mode::Secret => crate::look::meet::vote::Mode::Secret,
        Mode::Hands | Mode::Paper => return None,
    };
    let person = view.reader.person?;
    let item = view.read.state.point(hand.ballot.item)?;
    let mut voters: Vec<Choice> =
        hand.principals.iter().map(|(id, name)| Choice::new(&id.to_string(), &format!("受{name}委托的一票"), false)).collect();
    let own = hand.here && !hand.given && !hand.seats.is_empty();
    if own {
        voters.insert(0, Choice::new(&person.to_string(), "您自己的一票", true));
    }
    let seats = |seats: &[Assembly]| seats.iter().map(|one| words::room::assembly(*one, &view.place())).collect::<Vec<_>>().join("、");
    let blocked = match (hand.here, hand.given, hand.by_proxy) {
        _ if !voters.is_empty() => "",
        (false, _, true) => "您委托的人已经替您投过了。您到会场签到以后，可以自己投，委托的那一票作废。",
        (false, false, false) => "您还没有签到。到签到的人那里报一声，记上了就能投。",
        _ => "",
    };
    Some(Paper {
        keep: view.frame(String::new()).keep("paper"),
        action: way::act(&view.code(), &hand.ballot.id.to_string(), "vote"),
        title: item.listed.title.clone().unwrap_or_else(|| words::room::nth(hand.ballot.item)),
        stage: words::room::stage(item.listed.stage).to_owned(),
        text: item.listed.motion.map(|motion| way::matter(&view.code(), &motion.to_string())).unwrap_or_default(),
        mode,
        voters,
        seats: if own { seats(&hand.seats) } else { String::new() },
        given: if hand.given { vec!["您已经投过票了，算进去了。".into()] } else { Vec::new() },
        blocked: blocked.into(),
    })
}

fn phase(phase: Stands) -> Phase {
    match phase {
        Stands::Called => Phase::Called,
        Stands::Open => Phase::Open,
        Stands::Adjourned => Phase::Adjourned,
        Stands::Closed => Phase::Closed,
        Stands::Cancelled => Phase::Cancelled,
    }
}

/// 15:00, or 15:00—15:40 once it is over.
pub fn time(read: &Read) -> String {
    let s = &read.state;
    let quick = read.steps.iter().find_map(|step| match &step.fact {
        Fact::Held { from, to, .. } => Some(format!("{}—{}", words::room::clock(from), words::room::clock(to))),
        _ => None,
    });
    let ran = s.opened.zip(s.ended).map(|(from, to)| format!("{}—{}", words::time(from), words::time(to)));
    quick.or(ran).unwrap_or_else(|| words::room::clock(&s.time))
}

/// `3f1c 90ab 77e2 d0c4`: the first digits of a digest.
pub fn short(hex: &str) -> String {
    hex.as_bytes().chunks(4).take(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

/// How an item stands.
pub fn state(point: &Point, over: bool) -> ItemState {
    match (&point.settled, point.ballot) {
        (Some(Settled::Agreed { .. }), _) => ItemState::Agreed,
        (Some(Settled::Ballot { outcomes, .. }), _) => {
            let mut binding = outcomes.iter().filter(|outcome| outcome.binding).peekable();
            match binding.peek().is_none() {
                true => ItemState::Heard,
                false if binding.all(|outcome| outcome.passed) => ItemState::Passed,
                false => ItemState::Failed,
            }
        }
        (None, Some(_)) => ItemState::Voting,
        (None, None) if over => ItemState::Left,
        _ if point.discussions > 0 => ItemState::Discussed,
        _ if point.reports > 0 => ItemState::Reported,
        _ => ItemState::Waiting,
    }
}

/// What was said and noted of an item, in order.
pub fn said(read: &Read, unit: &Unit, n: u32) -> Vec<Said> {
    let mut all = Vec::new();
    for step in &read.steps {
        let line = || Some(mark(unit, step.seq, step.sealed));
        let what = match &step.fact {
            Fact::Reported { item, by, text } if *item == n => Saying::Report { by: by.clone(), text: text.clone() },
            Fact::Discussed { item, spoke, speakers, text } if *item == n => {
                let names = read.speakers.get(speakers).map(|names| names.lines().map(str::to_owned).collect()).unwrap_or_default();
                Saying::Discussion { spoke: *spoke, names, text: text.clone() }
            }
            Fact::Agreed { item, text, present, .. } if *item == n => Saying::Agreed { text: text.clone(), present: present.present },
            Fact::MinutesAmended { item: Some(item), text, on } if *item == n => Saying::Amended { text: text.clone(), on: *on },
            Fact::Held { items, present, .. } => {
                let Some(item) = items.get(n as usize) else { continue };
                let present = u32::try_from(present.len()).unwrap_or_default();
                let quick = [
                    Saying::Report { by: String::new(), text: item.report.clone() },
                    Saying::Discussion { spoke: 0, names: Vec::new(), text: item.discussion.clone() },
                    Saying::Agreed { text: item.resolution.clone(), present },
                ];
                all.extend(quick.into_iter().map(|what| Said { what, mark: None }));
                continue;
            }
            _ => continue,
        };
        all.push(Said { what, mark: line() });
    }
    all
}

/// What a ballot came to, assembly by assembly.
pub fn bars(read: &Read, ballot: MatterId, place: &Place) -> Vec<crate::look::meet::Bar> {
    let found = read.ballots.iter().filter(|one| one.id == ballot);
    found.flat_map(app::read::decisions::Counted::of).map(|counted| bar(&counted, place)).collect()
}
