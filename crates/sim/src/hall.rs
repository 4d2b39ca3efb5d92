//! 会场 A hall for stories: a village with its four constituencies on their rolls, and what they do in sittings and ballots.
//! Everything must succeed, or the story ends there.

use crate::world::{Village, World};
use app::{Asked, Done, Failure};
use jiff::civil::{Date, date};
use law::meet::ballot::{self, Ballot, Mode};
use law::meet::motion::{self, Figures, Source, Wording};
use law::meet::sitting::{self, Item, SittingKind};
use law::meet::{Assembly, Stage, Tally};
use law::steer::cadence::Cadence;
use law::{Actor, AnyAct, Digest, MatterId, Personal, PostKind, Refusal, Who};
use store::{Kept, kept};

/// The cadres of a village, and its four constituencies.
pub struct Hall<'a> {
    world: &'a World,
    village: &'a Village,
    /// 村（居）委会委员: members of the teams besides the heads.
    pub members: Vec<MatterId>,
    /// 党员.
    pub party: Vec<MatterId>,
    /// 村（居）民代表.
    pub representatives: Vec<MatterId>,
    /// 成员代表.
    pub delegates: Vec<MatterId>,
    /// 异地务工人员代表.
    pub migrants: Vec<MatterId>,
}

impl<'a> Hall<'a> {
    /// Puts the constituencies of a village on their rolls.
    pub fn of(world: &'a World, village: &'a Village) -> Self {
        let unit = village.code;
        let person = |name: String| world.person(unit, &name, None, None).expect("the story goes on");
        let people = |word: &str, count: usize| (0..count).map(|n| person(format!("{word}{n}"))).collect::<Vec<_>>();
        let members = people("委员", 2);
        for (member, name) in members.iter().zip(["何建军", "李桂芳"]) {
            world.appoint(unit, *member, name, village.committee, PostKind::Member).expect("the story goes on");
        }
        let villagers = people("村民", 30);
        // 党员12人，其中3人也是代表；居民代表12人；成员代表12人，其中4人也是居民代表；异地务工人员代表3人.
        let secretary = village.person(PostKind::Secretary);
        let party = [&[secretary], &villagers[..11]].concat();
        let (representatives, delegates, migrants) = (villagers[8..20].to_vec(), villagers[16..28].to_vec(), people("异地", 3));
        let rolls = [
            (Assembly::Party, &party),
            (Assembly::Representatives, &representatives),
            (Assembly::Delegates, &delegates),
            (Assembly::Migrants, &migrants),
        ];
        for (assembly, persons) in rolls {
            world.seat(unit, assembly, persons).expect("the story goes on");
        }
        Self { world, village, members, party, representatives, delegates, migrants }
    }

    /// Everybody who may sit in the joint sitting, each once.
    pub fn all(&self) -> Vec<MatterId> {
        let mut all = [&self.party[..], &self.representatives, &self.delegates, &self.migrants, &self.members].concat();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The holder of a post, as the posts of today make him.
    pub fn post(&self, kind: PostKind) -> Actor {
        self.world.official(self.village.code, self.village.person(kind)).expect("the story goes on")
    }

    /// The secretary.
    pub fn secretary(&self) -> Actor {
        self.post(PostKind::Secretary)
    }

    /// The clerk.
    pub fn clerk(&self) -> Actor {
        self.post(PostKind::Clerk)
    }

    /// Asks through the one door.
    pub fn ask(&self, by: &Actor, act: AnyAct) -> Result<Done, Failure> {
        self.world.house.enact(self.village.code, Asked::new(act, by.clone()))
    }

    /// Asks for what must succeed.
    pub fn does(&self, by: &Actor, act: AnyAct) -> MatterId {
        self.ask(by, act.clone()).unwrap_or_else(|failure| panic!("{}: {act:?}: {failure:?}", self.village.code)).matter
    }

    /// Asks for an act of a sitting.
    pub fn sits(&self, by: &Actor, act: sitting::Act) -> MatterId {
        self.does(by, AnyAct::Sitting(act))
    }

    /// Asks for an act of a ballot.
    pub fn votes(&self, by: &Actor, act: ballot::Act) -> MatterId {
        self.does(by, AnyAct::Ballot(act))
    }

    /// What many do at the same time: all of it waits in one queue.
    pub fn all_at_once(&self, acts: impl Iterator<Item = (Actor, AnyAct)>) -> Vec<MatterId> {
        let (house, unit) = (&self.world.house, self.village.code);
        let submit = |(by, act)| house.submit(unit, move |hand| app::enact::enact(hand, Asked::new(act, by))).expect("the story goes on");
        let tickets: Vec<_> = acts.map(submit).collect();
        tickets.into_iter().map(|ticket| ticket.wait().expect("the story goes on").matter).collect()
    }

    /// Asks for what the law must refuse; gives why.
    pub fn refuses(&self, by: &Actor, act: AnyAct) -> Refusal {
        match self.ask(by, act.clone()) {
            Err(Failure::Refused(refusal)) => refusal,
            other => panic!("{}: {act:?}: {other:?}", self.village.code),
        }
    }

    /// A matter as its row says.
    pub fn get<M: Kept>(&self, id: MatterId) -> M {
        self.world.house.read(|tx| kept::get(tx, self.village.code, id)).expect("the story goes on").expect("a row")
    }

    /// All that happened to a matter.
    pub fn facts<M: Kept>(&self, id: MatterId) -> Vec<M::Fact> {
        let entries = self.world.house.read(|tx| kept::entries::<M>(tx, self.village.code, id)).expect("the story goes on");
        entries.into_iter().map(|entry| entry.fact).collect()
    }

    /// The period of a rule that begins on a day.
    pub fn period(&self, rule: &str, first: Date) -> Cadence {
        self.get(Cadence::id_of(rule, first))
    }

    /// Lets persons come in.
    pub fn come(&self, sitting: MatterId, arrive: &[MatterId]) {
        let (arrive, leave, proxies) = (arrive.to_vec(), Vec::new(), Vec::new());
        self.sits(&self.clerk(), sitting::Act::Attend { sitting, arrive, leave, proxies });
    }

    /// Reports on an item and discusses it.
    pub fn talk(&self, sitting: MatterId, item: u32) {
        let report = sitting::Act::Report { sitting, item, by: "林伟棠".into(), text: "方案已经公示，意见都答复了".into() };
        self.sits(&self.clerk(), report);
        let speakers = vec![Personal("何小梅".into()), Personal("王志强".into())];
        self.sits(&self.clerk(), sitting::Act::Discuss { sitting, item, speakers, text: "问了工期和保修".into() });
    }

    /// A sitting called for three in the afternoon of a day.
    pub fn convene(&self, by: PostKind, kind: SittingKind, day: Date, agenda: Vec<Item>, again: Option<MatterId>) -> MatterId {
        let (time, place) = ("15:00".into(), "二楼会议室".into());
        self.sits(&self.post(by), sitting::Act::Convene { kind, day, time, place, agenda, again })
    }

    /// A joint sitting to which every assembly was called by its own convener.
    pub fn joint(&self, day: Date, agenda: Vec<Item>, again: Option<MatterId>) -> MatterId {
        let sitting = self.convene(PostKind::Secretary, SittingKind::Joint, day, agenda, again);
        for (convener, assembly) in [(PostKind::Director, Assembly::Representatives), (PostKind::CollectiveHead, Assembly::Delegates)] {
            self.sits(&self.post(convener), sitting::Act::Notify { sitting, assembly });
        }
        sitting
    }

    /// Opens a sitting at its time with these persons there.
    pub fn open(&self, sitting: MatterId, day: Date, persons: &[MatterId]) {
        self.turn(day, 15);
        self.come(sitting, persons);
        self.sits(&self.clerk(), sitting::Act::Open { sitting });
    }

    /// Opens a ballot on an item.
    pub fn ballot(&self, sitting: MatterId, item: u32, mode: Mode) -> MatterId {
        self.votes(&self.clerk(), ballot::Act::Open { sitting, item, mode })
    }

    /// Counts a ballot; gives what each bench came to.
    pub fn count(&self, ballot: MatterId) -> Vec<Tally> {
        self.votes(&self.clerk(), ballot::Act::Close { ballot });
        self.get::<Ballot>(ballot).counted.expect("it is counted").tallies
    }

    /// Puts a major matter forward.
    pub fn propose(&self) -> MatterId {
        let wording = Wording {
            text: "东坊巷装六盏太阳能路灯，年内装好".into(),
            reasons: "夜里太黑，老人孩子怕摔".into(),
            basis: "城市居民委员会组织法第三十条".into(),
            figures: Figures { amount: Some(9_000_000), years: None, households: Some(60) },
            body: self.village.committee,
            deadline: Some(date(2026, 12, 31)),
            discussed: None,
        };
        let (matter_type, title, wording) = ("engineering".into(), "东坊巷路灯".into(), Box::new(wording));
        let act = motion::Act::Propose { matter_type, title, wording, source: Source::Secretary, occurred_on: None };
        self.does(&self.secretary(), AnyAct::Motion(act))
    }

    /// The teams discuss a motion this afternoon and agree.
    pub fn consult(&self, motion: MatterId, day: Date) -> MatterId {
        let sitting = self.convene(PostKind::Secretary, SittingKind::Team, day, vec![item(motion, Stage::Consult)], None);
        self.open(sitting, day, &self.team());
        self.talk(sitting, 0);
        self.sits(&self.clerk(), sitting::Act::Agree { sitting, item: 0, text: "同意提交党群联席会议".into() });
        self.sits(&self.clerk(), sitting::Act::Close { sitting });
        sitting
    }

    /// The teams (班子).
    pub fn team(&self) -> Vec<MatterId> {
        let heads = [PostKind::Secretary, PostKind::CollectiveHead].map(|kind| self.village.person(kind));
        [&heads[..], &self.members].concat()
    }

    /// A motion that the teams discuss on this day, and whose draft goes up then.
    pub fn drafted(&self, day: Date) -> MatterId {
        let motion = self.propose();
        self.consult(motion, day);
        self.does(&self.clerk(), AnyAct::Motion(motion::Act::PostDraft { motion, until: None }));
        motion
    }

    /// Turns the clock and lets it make its round.
    pub fn turn(&self, day: Date, hour: i8) {
        self.world.turn(day, hour, 0);
        let round = app::clock::round(&self.world.house).expect("a round");
        assert_eq!(round.failed, 0, "the clock recorded everything");
    }
}

/// An item on the first version of a motion.
pub fn item(motion: MatterId, stage: Stage) -> Item {
    let (title, papers) = ("东坊巷路灯".into(), Some(Digest([5; 32])));
    Item { title, stage, motion: Some(motion), version: Some(1), scope: None, closed: None, papers }
}

/// An item of daily work.
pub fn daily(title: &str) -> Item {
    Item { title: title.into(), stage: Stage::Daily, motion: None, version: None, scope: None, closed: None, papers: None }
}

/// Somebody who votes by telephone.
pub fn voter(person: MatterId) -> Actor {
    Actor::new(Who::Resident { person, on_roll: true })
}

/// What an assembly came to.
pub fn of(tallies: &[Tally], assembly: Assembly) -> &Tally {
    tallies.iter().find(|tally| tally.bench.assembly == assembly).expect("it sits there")
}
