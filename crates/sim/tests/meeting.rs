//! 会议 Sittings and ballots from the call to the count, told through the one door for writing on every database, each
//! ending with an audit and a rebuild.

use app::Failure;
use jiff::civil::{Date, date};
use law::lead::person;
use law::meet::ballot::{self, Ballot, Mark, Mode};
use law::meet::motion::{self, Motion, Phase};
use law::meet::resolution::Resolution;
use law::meet::sitting::{self, Ground, Item, Mandate, Minutes, RECONVENE, Sitting, SittingKind, Weekly};
use law::meet::{Assembly, Choice, Stage, Tally, slot};
use law::steer::cadence::{CONGRESS, REPRESENTATIVES, TEAM};
use law::{AnyAct, Audience, Digest, DutyState, Matter, MatterId, Personal, PostKind, Refusal};
use sim::accepted;
use sim::hall::{Hall, daily, item, of, voter};
use sim::scene::on_each;

#[test]
fn the_teams_meet_every_week_in_one_act_and_a_missed_week_stays_a_gap() {
    on_each("meeting_weekly", date(2026, 9, 1), |scene| {
        let cast = Hall::of(&scene.world, &scene.village);
        let set =
            slot::Act::Set {
                kind: SittingKind::Team, weekday: slot::Day::Wednesday, time: "15:00".into(), place: "二楼会议室".into()
            };
        cast.does(&cast.secretary(), AnyAct::Slot(set));
        let line = |title: &str| Weekly {
            title: title.into(),
            report: "保洁员反映三处死角".into(),
            discussion: "都说每周清两次够了".into(),
            resolution: "下周起每周清两次，治保主任负责".into(),
            motion: None,
            version: None,
            scope: None,
        };
        let held = |day: Date, present: Vec<MatterId>| {
            let items = ["保洁", "路灯", "巡逻", "水渠", "值班"].map(line).into();
            AnyAct::Sitting(sitting::Act::HoldWeekly { day, from: "15:00".into(), to: "15:40".into(), present, items })
        };
        scene.turn(date(2026, 9, 2), 16);
        let alone = vec![scene.village.person(PostKind::Secretary)];
        assert_eq!(cast.refuses(&cast.secretary(), held(date(2026, 9, 2), alone)), Refusal::SoleDecision { least: 2 });
        let sitting = cast.does(&cast.secretary(), held(date(2026, 9, 2), cast.team()));
        assert_eq!(cast.period(TEAM, date(2026, 8, 31)).duty().state, DutyState::Met { on: date(2026, 9, 2) });
        let minutes = Minutes::of(&cast.facts::<Sitting>(sitting)).unwrap();
        assert_eq!((minutes.items.len(), minutes.present[0].present, minutes.present[0].due), (5, 4, 5));
        // The next week nobody meets; entered late it shows, and the gap stays once the days are over.
        scene.turn(date(2026, 9, 14), 1);
        let gap = || cast.period(TEAM, date(2026, 9, 7));
        assert_eq!(gap().duty().state, DutyState::Lapsed { on: date(2026, 9, 14) });
        scene.turn(date(2026, 9, 16), 10);
        let late = cast.does(&cast.secretary(), held(date(2026, 9, 9), cast.team()));
        assert_eq!(cast.get::<Sitting>(late).on, date(2026, 9, 16));
        assert_eq!((gap().duty().state, gap().held.len()), (DutyState::Lapsed { on: date(2026, 9, 14) }, 1));
    });
}

#[test]
fn four_constituencies_decide_a_real_matter_and_a_stranger_counts_again() {
    on_each("meeting_joint", date(2026, 9, 1), |scene| {
        let cast = Hall::of(&scene.world, &scene.village);
        let motion = cast.drafted(date(2026, 9, 1));
        assert_eq!(cast.get::<Motion>(motion).phase(), Phase::Posted);
        let day = date(2026, 9, 21);
        let sitting = cast.joint(day, vec![item(motion, Stage::Deliberate), item(motion, Stage::Resolve)], None);
        let late = AnyAct::Sitting(sitting::Act::Add { sitting, item: daily("临时动议") });
        assert_eq!(cast.refuses(&cast.secretary(), late), Refusal::PapersCommitted { rule: "meet.congress.convene" });
        cast.open(sitting, day, &cast.all());
        cast.talk(sitting, 0);
        cast.talk(sitting, 1);
        let early = AnyAct::Ballot(ballot::Act::Open { sitting, item: 1, mode: Mode::Named });
        assert_eq!(cast.refuses(&cast.clerk(), early), Refusal::NotDeliberated, "no step is skipped");

        let ballot = cast.ballot(sitting, 0, Mode::Hands);
        let (against, tellers) = (vec![cast.party[5], cast.migrants[0]], cast.members.clone());
        cast.votes(&cast.clerk(), ballot::Act::Hands { ballot, against, abstain: vec![], tellers });
        let tallies = cast.count(ballot);
        assert!(of(&tallies, Assembly::Party).passed && of(&tallies, Assembly::Party).in_favour == 11);
        assert_eq!(cast.get::<Motion>(motion).phase(), Phase::Deliberated);

        let ballot = cast.ballot(sitting, 1, Mode::Named);
        let withdraw = AnyAct::Motion(motion::Act::Withdraw { motion, reason: "再想想".into() });
        assert_eq!(cast.refuses(&cast.secretary(), withdraw), Refusal::BallotOpen, "what is voted on stays as it is");
        for (n, person) in cast.all().into_iter().enumerate() {
            let choice = [Choice::For, Choice::For, Choice::For, Choice::Against][n % 4];
            match n % 5 {
                0 => cast.votes(&cast.clerk(), ballot::Act::CastFor { ballot, voter: person, choice }),
                _ => cast.votes(&voter(person), ballot::Act::Cast { ballot, voter: person, choice }),
            };
        }
        let secretary = scene.village.person(PostKind::Secretary);
        let twice = AnyAct::Ballot(ballot::Act::Cast { ballot, voter: secretary, choice: Choice::For });
        assert_eq!(cast.refuses(&cast.secretary(), twice), Refusal::VotedAlready);
        let tallies = cast.count(ballot);
        assert!(of(&tallies, Assembly::Representatives).bench.binding && !of(&tallies, Assembly::Migrants).bench.binding);
        assert_eq!(recounted(&cast, ballot), tallies, "from what everybody may read");

        let decided = cast.get::<Motion>(motion);
        assert_eq!(decided.phase(), if of(&tallies, Assembly::Representatives).passed { Phase::Resolved } else { Phase::Rejected });
        let resolution = cast.get::<Resolution>(decided.resolution(1));
        assert_eq!(resolution.issue.motion, motion);
        cast.sits(&cast.clerk(), sitting::Act::Close { sitting });
        for (rule, first) in [(CONGRESS, date(2026, 7, 1)), (REPRESENTATIVES, date(2026, 7, 1))] {
            assert_eq!(cast.period(rule, first).duty().state, DutyState::Met { on: day }, "{rule}");
        }
        let amend = sitting::Act::AmendMinutes { sitting, item: Some(1), text: "问的还有电费".into() };
        cast.sits(&cast.clerk(), amend);
        cast.sits(&cast.secretary(), sitting::Act::ConfirmMinutes { sitting });
        accepted::check("follows.meeting.txt", &accepted::follows(&scene.world.house, scene.village.code));
    });
}

/// Counts a ballot by names from its public facts alone.
fn recounted(cast: &Hall<'_>, ballot: MatterId) -> Vec<Tally> {
    let state = cast.get::<Ballot>(ballot);
    let facts = cast.facts::<Ballot>(ballot);
    assert!(facts.iter().all(|fact| state.audience(fact) == Audience::Public));
    let person = cast.all()[0].to_string();
    assert!(!serde_json::to_string(&facts).unwrap().contains(&person), "nobody is named");
    let papers: Vec<_> = facts
        .iter()
        .filter_map(|fact| if let ballot::Fact::Cast { seats, choice, .. } = fact { Some((seats, *choice)) } else { None })
        .collect();
    let bench = |seated: &ballot::Seated| {
        let here = papers.iter().filter(|(seats, _)| seats.contains(&seated.bench.assembly)).map(|(_, choice)| Some(*choice));
        Tally::of(seated.bench.clone(), here)
    };
    state.benches.iter().map(bench).collect()
}

#[test]
fn a_sitting_without_quorum_is_called_again_and_a_closed_item_is_read_by_officials_alone() {
    on_each("meeting_adjourned", date(2026, 9, 1), |scene| {
        let cast = Hall::of(&scene.world, &scene.village);
        let closed = Item { closed: Some(Ground::Privacy), ..daily("某户低保复核") };
        let first = cast.joint(date(2026, 9, 14), vec![daily("季度通报")], None);
        scene.turn(date(2026, 9, 14), 15);
        cast.come(first, &cast.party[..4]);
        let open = AnyAct::Sitting(sitting::Act::Open { sitting: first });
        assert_eq!(cast.refuses(&cast.clerk(), open), Refusal::NoQuorum { assembly: Assembly::Party, needed: 6, present: 4 });
        cast.sits(&cast.clerk(), sitting::Act::Adjourn { sitting: first, reason: "到会党员不够".into() });
        assert_eq!(cast.get::<Sitting>(first).duties.last(RECONVENE).unwrap().term.due, date(2026, 9, 21));
        scene.turn(date(2026, 9, 16), 9);
        let second = cast.joint(date(2026, 9, 28), vec![daily("季度通报"), closed], Some(first));
        assert_eq!(cast.get::<Sitting>(first).taken_up, Some(second));
        cast.open(second, date(2026, 9, 28), &cast.all());
        cast.talk(second, 1);
        let entries = scene.world.house.read(|tx| store::record::of_matter(tx, scene.village.code, second)).unwrap();
        let public = entries.iter().filter(|entry| entry.audience == "public");
        for entry in public {
            let body = String::from_utf8(entry.body.clone()).unwrap();
            assert!(!body.contains("低保") && !body.contains("问了工期"), "{body}");
        }
        cast.sits(&cast.clerk(), sitting::Act::Close { sitting: second });
        // Nobody confirms the minutes: the silence is recorded, and late is not never.
        scene.turn(date(2026, 10, 12), 1);
        let lapsed = cast.get::<Sitting>(second).duties.last(sitting::MINUTES).unwrap().state;
        assert_eq!(lapsed, DutyState::Lapsed { on: date(2026, 10, 12) });
        cast.sits(&cast.secretary(), sitting::Act::ConfirmMinutes { sitting: second });
    });
}

#[test]
fn secret_papers_leave_no_trace_before_the_count_and_a_receipt_finds_its_own() {
    on_each("meeting_secret", date(2026, 9, 1), |scene| {
        let cast = Hall::of(&scene.world, &scene.village);
        let (unit, house, motion) = (scene.village.code, &scene.world.house, cast.drafted(date(2026, 9, 1)));
        let day = date(2026, 9, 21);
        let sitting = cast.joint(day, vec![item(motion, Stage::Deliberate)], None);
        cast.open(sitting, day, &cast.all());
        cast.talk(sitting, 0);
        let ballot = cast.ballot(sitting, 0, Mode::Secret);
        let before = house.read(|tx| store::record::sizes(tx)).unwrap();
        let mut receipts = Vec::new();
        for (n, person) in cast.all().into_iter().enumerate() {
            let choice = if n % 6 == 0 { Choice::Against } else { Choice::For };
            receipts.push(app::meet::ballot::cast(house, unit, &voter(person), ballot, person, choice).unwrap());
        }
        let again = app::meet::ballot::cast(house, unit, &voter(cast.party[1]), ballot, cast.party[1], Choice::For);
        assert!(matches!(again, Err(Failure::Refused(Refusal::VotedAlready))), "{again:?}");
        let other = app::meet::ballot::cast(house, unit, &voter(cast.party[1]), ballot, cast.party[2], Choice::For);
        assert!(matches!(other, Err(Failure::Refused(Refusal::NotYourVote))), "{other:?}");
        assert_eq!(house.read(|tx| store::record::sizes(tx)).unwrap(), before, "the record shows nothing");
        let tallies = cast.count(ballot);
        assert!(of(&tallies, Assembly::Party).passed);
        let facts = cast.facts::<Ballot>(ballot);
        let Some(ballot::Fact::Counted { slips, .. }) = facts.last() else { panic!("{facts:?}") };
        assert!(receipts.iter().flatten().all(|slip| slips.contains(slip)));
        assert_eq!(receipts.iter().flatten().count(), slips.len());
        let late = app::meet::ballot::cast(house, unit, &voter(cast.party[1]), ballot, cast.party[1], Choice::For);
        assert!(matches!(late, Err(Failure::Refused(Refusal::VoteClosed))), "{late:?}");
        scene.turn(date(2026, 9, 22), 1);
        let left = house.read(|tx| store::meet::secret::slips(tx, unit, ballot)).unwrap();
        assert!(left.is_empty(), "what the count has taken is gone from beside the record");
    });
}

#[test]
fn tellers_who_disagree_count_again() {
    on_each("meeting_paper", date(2026, 9, 1), |scene| {
        let cast = Hall::of(&scene.world, &scene.village);
        let motion = cast.drafted(date(2026, 9, 1));
        let day = date(2026, 9, 21);
        let sitting = cast.joint(day, vec![item(motion, Stage::Deliberate)], None);
        cast.open(sitting, day, &cast.all());
        cast.talk(sitting, 0);
        let ballot = cast.ballot(sitting, 0, Mode::Paper);
        let marks = |against: usize| -> Vec<Mark> {
            let choice = |n| if n < against { Choice::Against } else { Choice::For };
            cast.all().into_iter().enumerate().map(|(n, person)| Mark { person, choice: Some(choice(n)) }).collect()
        };
        let sheet = |teller: usize, marks| ballot::Act::Sheet { ballot, teller: cast.members[teller], marks, scan: Digest([9; 32]) };
        cast.votes(&cast.clerk(), sheet(0, marks(3)));
        let close = || AnyAct::Ballot(ballot::Act::Close { ballot });
        assert_eq!(cast.refuses(&cast.clerk(), close()), Refusal::TwoTellers);
        cast.votes(&cast.clerk(), sheet(1, marks(4)));
        assert_eq!(cast.refuses(&cast.clerk(), close()), Refusal::TellersDisagree { papers: 1 });
        cast.votes(&cast.clerk(), sheet(1, marks(3)));
        let tallies = cast.count(ballot);
        let total = cast.get::<Ballot>(ballot).counted.unwrap().total;
        assert_eq!((total.in_favour + total.against, total.against), (u32::try_from(cast.all().len()).unwrap(), 3));
        assert!(of(&tallies, Assembly::Party).passed);
    });
}

#[test]
fn a_thousand_members_vote_at_once_in_one_ballot_one_of_them_by_mandate() {
    on_each("meeting_members", date(2026, 9, 1), |scene| {
        let cast = Hall::of(&scene.world, &scene.village);
        let unit = scene.village.code;
        let enter = |n: usize| person::Act::Enter { name: Personal(format!("成员{n}")), id_number: None, phone: None, group: None };
        let keeper = sim::world::keeper();
        let members = cast.all_at_once((0..1_020).map(|n| (keeper.clone(), AnyAct::Person(enter(n)))));
        scene.world.seat(unit, Assembly::Members, &members).unwrap();
        let head = cast.post(PostKind::CollectiveHead);
        let day = date(2026, 9, 21);
        let sitting = cast.convene(PostKind::CollectiveHead, SittingKind::Members, day, vec![daily("经营情况报告")], None);
        scene.turn(day, 15);
        members[..1_009].chunks(law::limit::PERSONS).for_each(|some| cast.come(sitting, some));
        let attend = |principal: usize| {
            let proxies = vec![Mandate { principal: members[principal], holder: members[1_008], paper: Some(Digest([7; 32])) }];
            AnyAct::Sitting(sitting::Act::Attend { sitting, arrive: vec![], leave: vec![], proxies })
        };
        assert_eq!(cast.refuses(&cast.clerk(), attend(1_010)), Refusal::NotSameHousehold);
        cast.does(&cast.clerk(), attend(1_009));
        cast.sits(&head, sitting::Act::Open { sitting });
        cast.talk(sitting, 0);
        let ballot = cast.ballot(sitting, 0, Mode::Named);
        let paper = |voter: MatterId, choice| AnyAct::Ballot(ballot::Act::Cast { ballot, voter, choice });
        let choice = |n: usize| if n.is_multiple_of(3) { Choice::Against } else { Choice::For };
        cast.all_at_once((0..1_009).map(|n| (voter(members[n]), paper(members[n], choice(n)))));
        // The mandate's vote stands until its principal comes and votes himself.
        let (holder, principal) = (members[1_008], members[1_009]);
        cast.does(&voter(holder), paper(principal, Choice::For));
        assert_eq!(cast.refuses(&voter(principal), paper(principal, Choice::Against)), Refusal::ProxyVoted);
        cast.come(sitting, &[principal]);
        cast.does(&voter(principal), paper(principal, Choice::Against));
        assert_eq!(cast.refuses(&voter(holder), paper(principal, Choice::For)), Refusal::NotYourVote);
        let tallies = cast.count(ballot);
        let tally = of(&tallies, Assembly::Members);
        assert_eq!((tally.cast(), tally.against, tally.bench.present, tally.bench.due), (1_010, 338, 1_010, 1_020));
        let row = serde_json::to_string(&cast.get::<Ballot>(ballot)).unwrap();
        assert!(row.len() < 1_500, "votes stand in the record, not in the row: {}", row.len());
        cast.sits(&head, sitting::Act::Close { sitting });
    });
}
