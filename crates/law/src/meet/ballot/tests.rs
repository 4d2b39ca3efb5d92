//! 表决 Cases of ballots: who votes, where it counts, by hand, on paper, by mandate, in secret; 东组通〔2015〕33号 二（二）.

use super::*;
use crate::meet::hall_tests::{By, Hall, chair, class, convene, id, ids, item, motion};
use crate::meet::sitting::{Advice, Settled};
use crate::meet::{Assembly, Choice, SittingKind};
use crate::{Digest, PersonalRef};
use jiff::civil::date;

const CLERK: By = By::Post(PostKind::Clerk);
const DIRECTOR: By = By::Post(PostKind::Director);

/// A joint sitting in which these persons are there, its one item heard.
fn joint(hall: &mut Hall, persons: impl IntoIterator<Item = u64>) -> MatterId {
    let sitting = hall.joint(vec![item(Stage::Resolve)]);
    hall.turn(date(2026, 9, 21), 15, 0);
    hall.come(sitting, persons).unwrap();
    hall.open(sitting).unwrap();
    hall.talk(sitting, 0);
    sitting
}

/// A members' assembly with these persons there, its one item heard.
fn members(hall: &mut Hall, persons: impl IntoIterator<Item = u64>) -> MatterId {
    hall.motions.get_mut(&motion()).unwrap().class = class(&[Assembly::Members]);
    hall.turn(date(2026, 9, 1), 9, 0);
    let call = convene(SittingKind::Members, date(2026, 9, 21), vec![item(Stage::Resolve)]);
    let sitting = hall.sit(By::Post(PostKind::CollectiveHead), call).unwrap();
    hall.turn(date(2026, 9, 21), 15, 0);
    hall.come(sitting, persons).unwrap();
    hall.open(sitting).unwrap();
    hall.talk(sitting, 0);
    sitting
}

fn cast(hall: &mut Hall, ballot: MatterId, hand: u64, voter: u64, choice: Choice) -> Result<MatterId, Refusal> {
    hall.vote(By::Person(hand), Act::Cast { ballot, voter: id(voter), choice })
}

fn tally(hall: &Hall, ballot: MatterId, assembly: Assembly) -> Tally {
    let counted = hall.ballot(ballot).counted.clone().expect("it is counted");
    counted.tallies.into_iter().find(|tally| tally.bench.assembly == assembly).expect("the assembly sits there")
}

#[test]
fn one_paper_counts_in_every_assembly_that_holds_the_person_and_in_no_other() {
    let mut hall = Hall::village();
    let sitting = joint(&mut hall, (1..=54).chain(101..=104));
    let ballot = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
    assert_eq!(hall.sitting(sitting).running(), Some((0, ballot)), "the sitting knows of it");
    for person in (1..=54).chain(101..=104) {
        let choice = if person <= 20 { Choice::Against } else { Choice::For };
        cast(&mut hall, ballot, person, person, choice).unwrap();
    }
    hall.count(ballot).unwrap();
    let numbers = |assembly| {
        let tally = tally(&hall, ballot, assembly);
        (tally.bench.due, tally.bench.present, tally.in_favour, tally.against, tally.bench.binding, tally.passed)
    };
    assert_eq!(numbers(Assembly::Party), (20, 20, 0, 20, false, false), "the party's vote is heard, it does not decide here");
    assert_eq!(numbers(Assembly::Representatives), (28, 28, 19, 9, true, true));
    assert_eq!(numbers(Assembly::Delegates), (25, 25, 25, 0, true, true));
    assert_eq!(numbers(Assembly::Migrants), (4, 4, 4, 0, false, true));
    let total = hall.ballot(ballot).counted.as_ref().unwrap().total;
    assert_eq!(total, Total { in_favour: 38, against: 20, abstained: 0, spoilt: 0 }, "each person once");
    let settled = &hall.sitting(sitting).point(0).unwrap().settled;
    assert!(matches!(settled, Some(Settled::Ballot { ballot: by, outcomes }) if *by == ballot && outcomes.len() == 4));
}

#[test]
fn each_bench_says_whether_it_decides_and_why_not() {
    let mut hall = Hall::village();
    let sitting = joint(&mut hall, (1..=54).chain([101]));
    let ballot = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
    let advice =
        |hall: &Hall, ballot| hall.ballot(ballot).benches.iter().map(|seated| (seated.bench.assembly, seated.advice)).collect::<Vec<_>>();
    let want = [
        (Assembly::Party, Some(Advice::NotCompetent)),
        (Assembly::Representatives, None),
        (Assembly::Delegates, None),
        (Assembly::Migrants, Some(Advice::Invited)),
    ];
    assert_eq!(advice(&hall, ballot), want);
    // Deliberation is the party's; and what was not called by its own convener only advises.
    let mut hall = Hall::village();
    let call = convene(SittingKind::Joint, date(2026, 9, 21), vec![item(Stage::Deliberate), item(Stage::Resolve)]);
    hall.turn(date(2026, 9, 1), 9, 0);
    let sitting = hall.sit(By::Post(PostKind::Secretary), call).unwrap();
    hall.turn(date(2026, 9, 21), 15, 0);
    hall.come(sitting, 1..=54).unwrap();
    hall.open(sitting).unwrap();
    hall.talk(sitting, 0);
    hall.talk(sitting, 1);
    let first = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
    let not_called = Some(Advice::NotCalled);
    let want = [(Assembly::Party, None), (Assembly::Representatives, not_called), (Assembly::Delegates, not_called)];
    assert_eq!(advice(&hall, first)[..3], want);
    assert_eq!(hall.ballot_on(sitting, 1, Mode::Named), Err(Refusal::BallotOpen), "one at a time");
    hall.count(first).unwrap();
    let second = hall.ballot_on(sitting, 1, Mode::Named).unwrap();
    assert!(hall.ballot(second).benches.iter().all(|seated| !seated.bench.binding), "so nobody decides anything today");
}

#[test]
fn it_opens_only_with_the_quorum_of_every_bench_that_decides_and_says_which_is_short() {
    let mut hall = Hall::village();
    // All representatives, and 16 of 25 delegates, of whom 17 are needed.
    let sitting = joint(&mut hall, 1..=45);
    let short = Refusal::NoQuorum { assembly: Assembly::Delegates, needed: 17, present: 16 };
    assert_eq!(hall.ballot_on(sitting, 0, Mode::Named), Err(short));
    hall.come(sitting, [46]).unwrap();
    let ballot = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
    hall.count(ballot).unwrap();
    assert_eq!(hall.ballot_on(sitting, 0, Mode::Named), Err(Refusal::ItemSettled));
    // Quorum lost in mid-meeting.
    let mut hall = Hall::village();
    let sitting = joint(&mut hall, 1..=54);
    hall.go(sitting, 40..=54).unwrap();
    assert!(matches!(hall.ballot_on(sitting, 0, Mode::Named), Err(Refusal::NoQuorum { assembly: Assembly::Delegates, present: 10, .. })));
}

#[test]
fn it_opens_only_on_what_was_heard_in_the_version_that_was_called() {
    let mut hall = Hall::village();
    let sitting = hall.joint(vec![item(Stage::Resolve), item(Stage::Deliberate)]);
    hall.turn(date(2026, 9, 21), 15, 0);
    hall.come(sitting, 1..=54).unwrap();
    assert_eq!(hall.ballot_on(sitting, 0, Mode::Named), Err(Refusal::NotOpen));
    hall.open(sitting).unwrap();
    assert_eq!(hall.ballot_on(sitting, 0, Mode::Named), Err(Refusal::NotReported));
    hall.talk(sitting, 0);
    assert_eq!(hall.ballot_on(sitting, 7, Mode::Named), Err(Refusal::NoSuchItem));
    hall.motions.get_mut(&motion()).unwrap().version = 2;
    assert_eq!(hall.ballot_on(sitting, 0, Mode::Named), Err(Refusal::OldVersion { now: 2 }));
    let motion = hall.motions.get_mut(&motion()).unwrap();
    (motion.version, motion.ready) = (1, Err(Refusal::NotDiscussed));
    assert_eq!(hall.ballot_on(sitting, 0, Mode::Named), Err(Refusal::NotDiscussed), "as the motion says");
    let stranger = hall.vote(By::Post(PostKind::SupervisionHead), Act::Open { sitting, item: 0, mode: Mode::Named });
    assert!(matches!(stranger, Err(Refusal::WrongConvener { .. })), "{stranger:?}");
}

#[test]
fn nobody_votes_twice_absent_off_the_roll_or_after_closing() {
    let mut hall = Hall::village();
    let sitting = joint(&mut hall, (1..=54).chain([300]));
    let ballot = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
    cast(&mut hall, ballot, 30, 30, Choice::For).unwrap();
    assert_eq!(cast(&mut hall, ballot, 30, 30, Choice::Against), Err(Refusal::VotedAlready));
    let by_staff = Act::CastFor { ballot, voter: id(30), choice: Choice::For };
    assert_eq!(hall.vote(CLERK, by_staff), Err(Refusal::VotedAlready), "not by another door either");
    assert_eq!(cast(&mut hall, ballot, 200, 200, Choice::For), Err(Refusal::NotPresent));
    assert_eq!(cast(&mut hall, ballot, 300, 300, Choice::For), Err(Refusal::NotOnRoll), "he only listens");
    assert_eq!(cast(&mut hall, ballot, 31, 32, Choice::For), Err(Refusal::NotYourVote));
    hall.go(sitting, [33]).unwrap();
    assert_eq!(cast(&mut hall, ballot, 33, 33, Choice::For), Err(Refusal::NotPresent));
    let by_staff = Act::CastFor { ballot, voter: id(33), choice: Choice::For };
    assert_eq!(hall.vote(CLERK, by_staff), Err(Refusal::NotPresent));
    assert!(hall.vote(CLERK, Act::CastFor { ballot, voter: id(34), choice: Choice::For }).is_ok());
    // Officials vote as the persons they are, by no post.
    assert_eq!(hall.vote(By::Law, Act::Cast { ballot, voter: id(1), choice: Choice::For }), Err(Refusal::NoRight { act: "ballot.cast" }));
    let hands = Act::Hands { ballot, against: vec![], abstain: vec![], tellers: ids([1, 2]) };
    assert_eq!(hall.vote(CLERK, hands), Err(Refusal::WrongMode));
    hall.count(ballot).unwrap();
    assert_eq!(cast(&mut hall, ballot, 35, 35, Choice::For), Err(Refusal::VoteClosed));
    assert_eq!(hall.count(ballot), Err(Refusal::VoteClosed));
    let tally = tally(&hall, ballot, Assembly::Delegates);
    assert_eq!((tally.cast(), tally.bench.present, tally.base()), (2, 25, 25), "who walked out stays in the denominator");
}

#[test]
fn late_comers_vote_and_count_as_present() {
    let mut hall = Hall::village();
    let sitting = joint(&mut hall, 1..=50);
    let ballot = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
    hall.go(sitting, [50]).unwrap();
    hall.come(sitting, [51]).unwrap();
    cast(&mut hall, ballot, 51, 51, Choice::For).unwrap();
    hall.go(sitting, [49]).unwrap();
    hall.come(sitting, [49]).unwrap();
    hall.count(ballot).unwrap();
    assert_eq!(tally(&hall, ballot, Assembly::Delegates).bench.present, 22, "thirty to fifty-one, each once");
    assert_eq!(hall.sitting(sitting).voting(Assembly::Delegates).len(), 0, "the next ballot counts anew");
}

#[test]
fn a_mandate_is_written_of_the_same_household_and_for_members_only() {
    let mut hall = Hall::village();
    let sitting = joint(&mut hall, 1..=54);
    assert_eq!(hall.stand_in(sitting, 55, 54), Err(Refusal::NoProxyHere), "no assembly of this sitting knows it");
    let mut hall = Hall::village();
    let sitting = members(&mut hall, (30..=80).filter(|n| n % 2 == 0 || *n < 60));
    assert_eq!(hall.stand_in(sitting, 61, 62), Err(Refusal::NotSameHousehold));
    assert_eq!(hall.stand_in(sitting, 30, 31), Err(Refusal::AlreadyPresent), "he is there himself");
    assert_eq!(hall.stand_in(sitting, 83, 82), Err(Refusal::NotPresent), "the holder is not");
    assert_eq!(hall.stand_in(sitting, 200, 31), Err(Refusal::NotOnRoll));
    let unwritten = crate::meet::sitting::Mandate { principal: id(61), holder: id(60), paper: None };
    let act = crate::meet::sitting::Act::Attend { sitting, arrive: vec![], leave: vec![], proxies: vec![unwritten] };
    assert_eq!(hall.sit(chair(SittingKind::Members), act), Err(Refusal::NoMandate));
    hall.stand_in(sitting, 61, 60).unwrap();
    assert_eq!(hall.stand_in(sitting, 61, 60), Err(Refusal::AlreadyPresent), "once");
}

#[test]
fn a_proxy_votes_for_his_principal_and_who_comes_himself_votes_himself() {
    let mut hall = Hall::village();
    let sitting = members(&mut hall, (30..=80).filter(|n| n % 2 == 0 || *n < 60));
    for principal in [61, 63, 65] {
        hall.stand_in(sitting, principal, principal - 1).unwrap();
    }
    let ballot = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
    assert_eq!(hall.ballot(ballot).benches[0].bench.present, 44, "forty-one and three by mandate");
    assert_eq!(cast(&mut hall, ballot, 62, 61, Choice::For), Err(Refusal::NotYourVote), "that is somebody else's mandate");
    assert_eq!(cast(&mut hall, ballot, 61, 61, Choice::For), Err(Refusal::NotPresent), "absent he votes through his proxy");
    for principal in [61, 63] {
        cast(&mut hall, ballot, principal - 1, principal, Choice::For).unwrap();
        assert_eq!(cast(&mut hall, ballot, principal - 1, principal, Choice::For), Err(Refusal::VotedAlready));
        cast(&mut hall, ballot, principal - 1, principal - 1, Choice::For).unwrap();
    }
    assert_eq!(cast(&mut hall, ballot, 61, 61, Choice::Against), Err(Refusal::ProxyVoted));
    // 61 comes himself: his own vote takes the place of his proxy's, and counts once.
    hall.come(sitting, [61]).unwrap();
    assert_eq!(cast(&mut hall, ballot, 60, 61, Choice::For), Err(Refusal::NotYourVote), "the mandate is over");
    cast(&mut hall, ballot, 61, 61, Choice::Against).unwrap();
    assert_eq!(cast(&mut hall, ballot, 61, 61, Choice::For), Err(Refusal::VotedAlready));
    // 65 comes before his proxy has voted.
    hall.come(sitting, [65]).unwrap();
    assert_eq!(cast(&mut hall, ballot, 64, 65, Choice::For), Err(Refusal::NotYourVote));
    assert_eq!(hall.ballot(ballot).votes, 4);
    hall.count(ballot).unwrap();
    let tally = tally(&hall, ballot, Assembly::Members);
    assert_eq!((tally.in_favour, tally.against, tally.cast(), tally.bench.present), (3, 1, 4, 44), "{tally:?}");
}

#[test]
fn who_is_not_named_raised_his_hand_in_favour() {
    let mut hall = Hall::village();
    let sitting = joint(&mut hall, (1..=54).chain([101, 300]));
    let ballot = hall.ballot_on(sitting, 0, Mode::Hands).unwrap();
    let hands = |against: &[u64], abstain: &[u64], tellers: &[u64]| {
        let of = |numbers: &[u64]| ids(numbers.iter().copied());
        Act::Hands { ballot, against: of(against), abstain: of(abstain), tellers: of(tellers) }
    };
    assert_eq!(hall.count(ballot), Err(Refusal::NoPapers));
    assert_eq!(hall.vote(CLERK, hands(&[30], &[], &[1, 1])), Err(Refusal::TwoTellers));
    assert_eq!(hall.vote(CLERK, hands(&[30], &[], &[1, 200])), Err(Refusal::NotPresent));
    assert_eq!(hall.vote(CLERK, hands(&[30], &[30], &[1, 2])), Err(Refusal::VotedAlready));
    assert_eq!(hall.vote(CLERK, hands(&[300], &[], &[1, 2])), Err(Refusal::NotPresent), "he has no hand to raise");
    hall.vote(CLERK, hands(&[30, 31, 101], &[1], &[1, 2])).unwrap();
    assert_eq!(hall.vote(CLERK, hands(&[], &[], &[1, 2])), Err(Refusal::AlreadyExists));
    hall.count(ballot).unwrap();
    let numbers = |assembly| {
        let tally = tally(&hall, ballot, assembly);
        (tally.in_favour, tally.against, tally.abstained)
    };
    assert_eq!((numbers(Assembly::Party), numbers(Assembly::Representatives)), ((19, 0, 1), (25, 2, 1)));
    assert_eq!((numbers(Assembly::Delegates), numbers(Assembly::Migrants)), ((23, 2, 0), (0, 1, 0)));
    let Fact::Handed { groups, .. } = &hall.ballot_facts(ballot)[1] else { panic!() };
    assert_eq!(groups.iter().map(|group| group.in_favour + group.against + group.abstained).sum::<u32>(), 55, "a stranger counts again");
}

#[test]
fn two_tellers_read_the_papers_and_must_read_the_same() {
    let mut hall = Hall::village();
    let sitting = joint(&mut hall, 1..=54);
    let ballot = hall.ballot_on(sitting, 0, Mode::Paper).unwrap();
    let marks = |spoilt: u64, against: u64| -> Vec<Mark> {
        let choice = |n| {
            if n == spoilt {
                None
            } else if n <= against {
                Some(Choice::Against)
            } else {
                Some(Choice::For)
            }
        };
        (1..=54).map(|n| Mark { person: id(n), choice: choice(n) }).collect()
    };
    let sheet = |teller, marks| Act::Sheet { ballot, teller: id(teller), marks, scan: Digest([9; 32]) };
    hall.vote(CLERK, sheet(1, marks(54, 5))).unwrap();
    assert_eq!(hall.count(ballot), Err(Refusal::TwoTellers), "one is none");
    hall.vote(CLERK, sheet(1, marks(54, 5))).unwrap();
    assert_eq!(hall.count(ballot), Err(Refusal::TwoTellers), "and the same one twice is one");
    hall.vote(CLERK, sheet(2, marks(53, 6))).unwrap();
    assert_eq!(hall.count(ballot), Err(Refusal::TellersDisagree { papers: 3 }));
    let short = marks(54, 5).split_off(1);
    hall.vote(CLERK, sheet(2, short)).unwrap();
    assert_eq!(hall.count(ballot), Err(Refusal::TellersDisagree { papers: 1 }), "one paper was not read at all");
    assert_eq!(hall.vote(CLERK, sheet(200, marks(54, 5))), Err(Refusal::NotPresent));
    let stuffed = vec![Mark { person: id(200), choice: Some(Choice::For) }];
    assert_eq!(hall.vote(CLERK, sheet(2, stuffed)), Err(Refusal::NotPresent), "no paper of who was not there");
    let twice = [marks(54, 5), marks(54, 5)].concat();
    assert_eq!(hall.vote(CLERK, sheet(2, twice)), Err(Refusal::VotedAlready));
    hall.vote(CLERK, sheet(2, marks(54, 5))).unwrap();
    hall.count(ballot).unwrap();
    let tally = tally(&hall, ballot, Assembly::Delegates);
    assert_eq!((tally.in_favour, tally.against, tally.spoilt, tally.base()), (24, 0, 1, 25), "spoilt papers stay in the denominator");
}

/// Gives a secret paper for every person, as the hall would keep it off the record.
fn in_secret(hall: &mut Hall, sitting: MatterId, ballot: MatterId, person: u64, choice: Choice) -> Vec<Slip> {
    let (state, sits) = (hall.ballot(ballot).clone(), hall.sitting(sitting).clone());
    let mut numbers: Vec<_> = (0..8).map(|_| hall.number()).collect();
    let slips = state.slips(id(person), id(person), choice, false, &sits, || numbers.pop().unwrap()).unwrap();
    hall.slips.extend(slips.clone());
    slips
}

#[test]
fn a_secret_vote_leaves_nothing_but_papers_without_time_or_name() {
    let mut hall = Hall::village();
    let sitting = joint(&mut hall, (1..=54).chain(101..=103));
    let ballot = hall.ballot_on(sitting, 0, Mode::Secret).unwrap();
    let mut receipt = Vec::new();
    for person in (1..=54).chain(101..=103) {
        let choice = if u64::is_multiple_of(person, 4) { Choice::Abstain } else { Choice::For };
        receipt = in_secret(&mut hall, sitting, ballot, person, choice);
    }
    let (state, sits) = (hall.ballot(ballot).clone(), hall.sitting(sitting).clone());
    let again = state.slips(id(5), id(5), Choice::For, true, &sits, || [0; 16]);
    assert_eq!(again, Err(Refusal::VotedAlready));
    assert_eq!(state.slips(id(200), id(200), Choice::For, false, &sits, || [0; 16]), Err(Refusal::NotPresent));
    assert_eq!(cast(&mut hall, ballot, 5, 5, Choice::For), Err(Refusal::WrongMode));
    assert_eq!(hall.ballot_facts(ballot).len(), 1, "nothing before the count: {:?}", hall.ballot_facts(ballot));
    hall.count(ballot).unwrap();
    let Some(Fact::Counted { slips, root, tallies, total, .. }) = hall.ballot_facts(ballot).last() else { panic!() };
    assert!(receipt.iter().all(|slip| slips.contains(slip)), "a receipt shows that the paper is in the count");
    let hashes: Vec<Digest> = slips.iter().map(|slip| slip.hash(ballot)).collect();
    assert!(hashes.is_sorted(), "in the order of their hashes");
    let parts: Vec<&[u8]> = hashes.iter().map(|hash| hash.0.as_slice()).collect();
    assert_eq!(*root, Some(Digest::of(&parts)));
    let (again, whole) = tallied_slips(&hall.ballot(ballot).benches, slips, |assembly| {
        tallies.iter().find(|tally| tally.bench.assembly == assembly).unwrap().bench.present
    });
    assert_eq!((&again, whole), (tallies, *total), "a stranger counts again");
    let after = hall.ballot(ballot).slips(id(5), id(5), Choice::For, false, &sits, || [0; 16]);
    assert_eq!(after, Err(Refusal::VoteClosed));
}

#[test]
fn with_too_few_on_a_bench_a_secret_vote_would_be_none() {
    let mut hall = Hall::village();
    let sitting = joint(&mut hall, (1..=54).chain([101, 102]));
    let few = Refusal::TooFewForSecret { assembly: Assembly::Migrants, least: 3 };
    assert_eq!(hall.ballot_on(sitting, 0, Mode::Secret), Err(few));
    hall.come(sitting, [103]).unwrap();
    assert!(hall.ballot_on(sitting, 0, Mode::Secret).is_ok());
}

#[test]
fn the_teams_vote_on_what_they_do_not_agree_on() {
    let mut hall = Hall::village();
    let call = convene(SittingKind::Team, date(2026, 9, 1), vec![item(Stage::Daily)]);
    let sitting = hall.sit(By::Post(PostKind::Secretary), call).unwrap();
    hall.turn(date(2026, 9, 1), 15, 0);
    hall.come(sitting, 1..=5).unwrap();
    hall.open(sitting).unwrap();
    hall.talk(sitting, 0);
    let ballot = hall.ballot_on(sitting, 0, Mode::Hands).unwrap();
    let close = hall.sit(CLERK, crate::meet::sitting::Act::Close { sitting });
    assert_eq!(close, Err(Refusal::BallotOpen));
    hall.vote(CLERK, Act::Hands { ballot, against: ids([4, 5]), abstain: vec![], tellers: ids([1, 2]) }).unwrap();
    let director = hall.vote(DIRECTOR, Act::Close { ballot });
    assert!(matches!(director, Err(Refusal::WrongConvener { .. })), "{director:?}");
    hall.count(ballot).unwrap();
    let tally = tally(&hall, ballot, Assembly::Team);
    assert!(tally.bench.binding && tally.passed && tally.in_favour == 3, "{tally:?}");
}

#[test]
fn the_record_of_a_vote_names_nobody_and_a_closed_items_ballot_is_for_officials() {
    let mut hall = Hall::village();
    let sitting = joint(&mut hall, 1..=54);
    let ballot = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
    cast(&mut hall, ballot, 30, 30, Choice::For).unwrap();
    cast(&mut hall, ballot, 31, 31, Choice::For).unwrap();
    let facts = hall.ballot_facts(ballot);
    let voters: Vec<PersonalRef> =
        facts.iter().filter_map(|fact| if let Fact::Cast { voter, .. } = fact { Some(*voter) } else { None }).collect();
    assert_ne!(voters[0], voters[1]);
    let text = serde_json::to_string(facts).unwrap();
    assert!(!text.contains(&id(30).to_string()) && !text.contains(&id(31).to_string()));
    let open = hall.ballot(ballot);
    assert_eq!(open.audience(&facts[0]), Audience::Public);
    assert_eq!(Ballot { closed: true, ..open.clone() }.audience(&facts[0]), Audience::Officials);
}

/// What the motion was told.
fn notes(hall: &Hall) -> Vec<motion::Note> {
    let note = |act: &AnyAct| if let AnyAct::Motion(motion::Act::Note(note)) = act { Some(note.clone()) } else { None };
    hall.followed.iter().filter_map(note).collect()
}

#[test]
fn the_count_tells_the_motion_and_where_nobody_could_resolve_nothing_was_resolved() {
    let mut hall = Hall::village();
    let sitting = joint(&mut hall, 1..=54);
    let ballot = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
    cast(&mut hall, ballot, 30, 30, Choice::For).unwrap();
    hall.count(ballot).unwrap();
    let told = &notes(&hall)[0];
    let who = (told.motion, told.stage, told.version, told.sitting, told.item, told.ballot, told.on);
    assert_eq!(who, (self::motion(), Stage::Resolve, 1, sitting, 0, Some(ballot), date(2026, 9, 21)));
    let binding: Vec<Assembly> = told.outcomes.iter().filter(|outcome| outcome.binding).map(|outcome| outcome.assembly).collect();
    assert_eq!((binding, told.seated.len()), (vec![Assembly::Representatives, Assembly::Delegates], 4));

    let mut hall = Hall::village();
    hall.motions.get_mut(&self::motion()).unwrap().class = class(&[Assembly::Members]);
    let sitting = joint(&mut hall, 1..=54);
    let ballot = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
    hall.count(ballot).unwrap();
    assert!(hall.ballot(ballot).benches.iter().all(|seated| !seated.bench.binding), "it is for the members alone");
    assert_eq!(notes(&hall), []);
}

#[test]
fn who_has_resolved_elsewhere_only_advises_here() {
    let mut hall = Hall::village();
    hall.motions.get_mut(&self::motion()).unwrap().voted = vec![Assembly::Representatives];
    let sitting = joint(&mut hall, 1..=54);
    let ballot = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
    let binding: Vec<Assembly> =
        hall.ballot(ballot).benches.iter().filter(|seated| seated.bench.binding).map(|seated| seated.bench.assembly).collect();
    assert_eq!(binding, [Assembly::Delegates], "so that both have passed it in the end, each once");
}

#[test]
fn a_kind_of_matter_may_ask_for_more_than_the_usual_majority() {
    let mut hall = Hall::village();
    let sitting = members(&mut hall, 30..=89);
    let usual = hall.ballot_on(sitting, 0, Mode::Named).unwrap();
    assert_eq!(hall.ballot(usual).benches[0].bench.majority.unwrap().least(60), 40, "two thirds of all");
    let mut hall = Hall::village();
    let sitting = members(&mut hall, 30..=89);
    hall.motions.get_mut(&self::motion()).unwrap().class.majority = Some("meet.members.outsider".into());
    let ballot = hall.ballot_on(sitting, 0, Mode::Hands).unwrap();
    let bench = &hall.ballot(ballot).benches[0].bench;
    assert_eq!((bench.majority.unwrap().least(60), bench.needed()), (45, 40), "three quarters of all, by the same quorum");
    let against = ids(30..=45);
    hall.vote(CLERK, Act::Hands { ballot, against, abstain: vec![], tellers: ids([50, 51]) }).unwrap();
    hall.count(ballot).unwrap();
    let tally = tally(&hall, ballot, Assembly::Members);
    assert_eq!((tally.in_favour, tally.passed), (44, false));
}
