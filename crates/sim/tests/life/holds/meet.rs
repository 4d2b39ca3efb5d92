//! 两联席必须成立 What must hold of sittings, ballots, resolutions and tasks: counted again from the lines, by sums of its own.

use super::{Line, Record, look};
use crate::town::Life;
use jiff::civil::Date;
use law::meet::ballot::Slip;
use law::{MatterId, PersonalRef};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use store::meet::secret;
use store::personal;

/// All of it.
pub fn all(life: &Life, record: &Record) {
    let ballots = Ballots::of(record);
    at_most_one_ballot_is_open_in_a_sitting_and_on_a_motion(record);
    every_count_is_what_the_public_lines_add_up_to(record, &ballots);
    nobodys_paper_counts_twice(life, record, &ballots);
    secret_papers_stay_until_they_are_counted_and_no_longer(life, record, &ballots);
    resolutions_are_numbered_without_a_gap(record);
    nothing_is_carried_out_before_it_is_published(record);
}

/// The lines of each ballot.
struct Ballots<'a>(BTreeMap<MatterId, Vec<&'a Line>>);

impl<'a> Ballots<'a> {
    fn of(record: &'a Record) -> Self {
        let mut ballots: BTreeMap<MatterId, Vec<&Line>> = BTreeMap::new();
        for line in record.lines.iter().filter(|line| line.entry.kind == "ballot") {
            ballots.entry(line.entry.matter).or_default().push(line);
        }
        Self(ballots)
    }

    /// Those that were counted: their first line, those between, the count.
    fn counted(&self) -> impl Iterator<Item = (MatterId, &'a Line, &[&'a Line], &'a Line)> {
        self.0.iter().filter_map(|(id, lines)| match &lines[..] {
            [opened, between @ .., counted] if counted.fact() == "counted" => Some((*id, *opened, between, *counted)),
            _ => None,
        })
    }
}

/// What is said: for, against, abstained, spoilt.
type Sums = [u64; 4];

const SAID: [&str; 4] = ["in_favour", "against", "abstained", "spoilt"];

fn sums(says: &Json) -> Sums {
    SAID.map(|word| says[word].as_u64().expect("a number"))
}

/// Papers of people who count in the same assemblies.
struct Papers {
    seats: Vec<String>,
    sums: Sums,
}

fn seats(says: &Json) -> Vec<String> {
    says["seats"].as_array().expect("assemblies").iter().map(|seat| seat.as_str().expect("a word").to_owned()).collect()
}

fn one(choice: &Json) -> Sums {
    match choice.as_str() {
        Some("for") => [1, 0, 0, 0],
        Some("against") => [0, 1, 0, 0],
        Some("abstain") => [0, 0, 1, 0],
        _ => [0, 0, 0, 1],
    }
}

fn groups(line: &Line) -> Vec<Papers> {
    line.says("groups").as_array().expect("groups").iter().map(|group| Papers { seats: seats(group), sums: sums(group) }).collect()
}

/// The votes that stand: no later one took their place.
fn standing<'a>(between: &[&'a Line]) -> Vec<&'a Line> {
    let cast = || between.iter().copied().filter(|line| line.fact() == "cast");
    let cancelled: BTreeSet<u64> = cast().filter_map(|line| line.says("cancels")["step"].as_u64()).collect();
    cast().filter(|line| !cancelled.contains(&line.stored.step.cast_unsigned())).collect()
}

/// The papers of a ballot, and those that stand for the whole sitting.
fn papers(opened: &Line, between: &[&Line], counted: &Line) -> (Vec<Papers>, Vec<Papers>) {
    let last = |fact| between.iter().rev().find(|line| line.fact() == fact).map(|line| groups(line)).expect("papers before the count");
    let all = match opened.says("mode").as_str().expect("a mode") {
        "named" => {
            let paper = |line: &Line| Papers { seats: seats(&line.entry.fact["cast"]), sums: one(line.says("choice")) };
            standing(between).into_iter().map(paper).collect()
        }
        "hands" => last("handed"),
        "paper" => last("sheeted"),
        _ => {
            let slips = counted.says("slips").as_array().map_or(&[][..], Vec::as_slice);
            let paper = |slip: &Json| Papers {
                seats: slip["assembly"].as_str().map(str::to_owned).into_iter().collect(),
                sums: one(&slip["choice"]),
            };
            let (of_one, whole): (Vec<Papers>, Vec<Papers>) = slips.iter().map(paper).partition(|papers| !papers.seats.is_empty());
            return (of_one, whole);
        }
    };
    let whole = all.iter().map(|papers| Papers { seats: Vec::new(), sums: papers.sums }).collect();
    (all, whole)
}

fn add<'a>(papers: impl Iterator<Item = &'a Papers>) -> Sums {
    papers.fold([0; 4], |sum, papers| std::array::from_fn(|n| sum[n] + papers.sums[n]))
}

/// Every bench, and the whole sitting, by the lines of the ballot that everybody may read; how many were there, by the lines of
/// the sitting.
fn every_count_is_what_the_public_lines_add_up_to(record: &Record, ballots: &Ballots<'_>) {
    for (id, opened, between, counted) in ballots.counted() {
        let number = format!("№{} counts the ballot {id}", counted.stored.seq);
        let (of_one, whole) = papers(opened, between, counted);
        assert_eq!(sums(counted.says("total")), add(whole.iter()), "{number}: the whole");
        let there = there(record, opened, counted);
        let (benches, tallies) =
            (opened.says("benches").as_array().expect("benches"), counted.says("tallies").as_array().expect("tallies"));
        assert_eq!(benches.len(), tallies.len(), "{number}");
        for (bench, tally) in benches.iter().zip(tallies) {
            let assembly = bench["assembly"].as_str().expect("a word");
            let sums_here = add(of_one.iter().filter(|papers| papers.seats.iter().any(|seat| seat == assembly)));
            assert_eq!(sums(tally), sums_here, "{number}: {assembly}");
            assert_eq!(
                tally["bench"]["present"].as_u64(),
                Some(there.get(assembly).map_or(0, BTreeSet::len) as u64),
                "{number}: {assembly}"
            );
            for same in ["assembly", "binding", "version", "due", "rule", "quorum", "majority"] {
                assert_eq!(bench[same], tally["bench"][same], "{number}: {assembly} is counted on another bench");
            }
            assert_eq!(tally["passed"].as_bool(), Some(passes(tally, sums_here)), "{number}: {assembly} {tally}");
        }
    }
}

/// Whether so many votes carry it, by the shares that the bench itself names.
fn passes(tally: &Json, [in_favour, against, abstained, spoilt]: Sums) -> bool {
    let bench = &tally["bench"];
    let of = |word: &Json| match word.as_str().expect("a word") {
        "all" => bench["due"].as_u64().expect("a number"),
        "present" => bench["present"].as_u64().expect("a number"),
        _ => in_favour + against + abstained + spoilt,
    };
    let reached = |some: u64, share: &Json| {
        let (part, whole) = (share["part"].as_u64().expect("a number"), share["whole"].as_u64().expect("a number"));
        let (left, right) = (some * whole, of(&share["of"]) * part);
        left > right || left == right && share["over"] == Json::Bool(false)
    };
    match &bench["majority"] {
        Json::Null => in_favour > against,
        majority => {
            let present = bench["present"].as_u64().expect("a number");
            present > 0 && reached(present, &bench["quorum"]) && reached(in_favour, majority)
        }
    }
}

/// Who counts in which assembly as present for a ballot: whoever was in the hall, himself or by mandate, at any time of it.
fn there(record: &Record, opened: &Line, counted: &Line) -> BTreeMap<String, BTreeSet<String>> {
    let mut there: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut here, mut places, mut mandates) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
    let text = |json: &Json| json.as_str().expect("a word").to_owned();
    let list = |line: &Line, field: &str| line.says(field).as_array().expect("a list").clone();
    let sitting = opened.says("sitting").as_str().expect("a sitting");
    let lines = record.lines.iter().take_while(|line| line.stored.seq < counted.stored.seq);
    for line in lines.filter(|line| line.entry.matter.to_string() == sitting || line.stored.seq == opened.stored.seq) {
        if line.fact() == "attended" {
            here = &here - &list(line, "leave").iter().map(text).collect();
            for arrival in list(line, "arrive") {
                let person = text(&arrival["person"]);
                mandates.remove(&person);
                places.insert(person.clone(), seats(&arrival));
                here.insert(person);
            }
            mandates.extend(list(line, "proxies").iter().map(|mandate| (text(&mandate["principal"]), text(&mandate["holder"]))));
        }
        if line.stored.seq < opened.stored.seq {
            continue;
        }
        for (person, seat) in here.iter().flat_map(|person| places[person].iter().map(move |seat| (person, seat))) {
            there.entry(seat.clone()).or_default().insert(person.clone());
        }
        let represented = mandates.iter().filter(|(_, holder)| here.contains(*holder)).map(|(principal, _)| principal.clone());
        there.entry("members".to_owned()).or_default().extend(represented);
    }
    there
}

/// Who gave the votes that stand is told by the texts beside the record.
fn nobodys_paper_counts_twice(life: &Life, record: &Record, ballots: &Ballots<'_>) {
    for (id, lines) in &ballots.0 {
        let mut voters = BTreeSet::new();
        for line in standing(lines) {
            let at: PersonalRef = serde_json::from_value(line.says("voter").clone()).expect("a reference");
            let voter = look(life, |tx| personal::text(tx, record.unit, *id, at)).expect("nobody erases a vote").text;
            assert!(voters.insert(voter), "№{}: somebody's second paper stands in the ballot {id}", line.stored.seq);
        }
    }
}

/// And while it is open the sitting neither ends nor is broken off.
fn at_most_one_ballot_is_open_in_a_sitting_and_on_a_motion(record: &Record) {
    let mut open: BTreeMap<MatterId, (Json, Json)> = BTreeMap::new();
    for line in &record.lines {
        let number = format!("№{} {}", line.stored.seq, line.act());
        let (matter, fact) = (line.entry.matter, line.fact());
        match (line.entry.kind.as_str(), fact) {
            ("ballot", "opened") => {
                let (sitting, motion) = (line.says("sitting").clone(), line.says("motion").clone());
                for (other_sitting, other_motion) in open.values() {
                    assert_ne!(sitting, *other_sitting, "{number}: a second ballot in one sitting");
                    assert!(motion.is_null() || motion != *other_motion, "{number}: a second ballot on one motion");
                }
                open.insert(matter, (sitting, motion));
            }
            ("ballot", "counted") => assert!(open.remove(&matter).is_some(), "{number}: counted twice"),
            ("ballot", _) => assert!(open.contains_key(&matter), "{number}: after the count"),
            ("sitting", "closed" | "adjourned") => {
                let sitting = Json::String(matter.to_string());
                assert!(open.values().all(|(open_in, _)| *open_in != sitting), "{number}: amid a ballot");
            }
            _ => {}
        }
    }
}

/// A voter who holds a receipt finds his very papers: beside the record until the count, in the count from then on, whatever befell
/// the house. Once it is counted nothing is left beside the record. The clock made its round just now.
fn secret_papers_stay_until_they_are_counted_and_no_longer(life: &Life, record: &Record, ballots: &Ballots<'_>) {
    let counted: BTreeMap<MatterId, &Line> = ballots.counted().map(|(id, .., counted)| (id, counted)).collect();
    let secret = |lines: &[&Line]| lines[0].says("mode") == "secret";
    for (id, _) in ballots.0.iter().filter(|(_, lines)| secret(lines)) {
        let (beside, given) = look(life, |tx| Ok((secret::slips(tx, record.unit, *id)?, secret::given(tx, record.unit, *id)?)));
        let whole = |slips: &[Slip]| slips.iter().filter(|slip| slip.assembly.is_none()).count();
        let kept = match counted.get(id) {
            Some(counted) => {
                assert_eq!((beside.len(), given), (0, 0), "the ballot {id} was counted and left papers behind");
                serde_json::from_value(counted.says("slips").clone()).unwrap_or_default()
            }
            None => {
                assert_eq!(whole(&beside), given as usize, "the ballot {id} has papers without voters, or voters without papers");
                beside
            }
        };
        for slip in life.receipts.get(id).into_iter().flatten() {
            assert!(kept.contains(slip), "a paper of the ballot {id} is gone, and its voter was told that it is kept");
        }
    }
}

fn resolutions_are_numbered_without_a_gap(record: &Record) {
    let mut last: BTreeMap<i64, i64> = BTreeMap::new();
    for line in record.lines.iter().filter(|line| line.entry.kind == "resolution" && line.fact() == "issued") {
        let (year, number) = (line.says("year").as_i64().expect("a year"), line.says("number").as_i64().expect("a number"));
        let last = last.entry(year).or_default();
        assert_eq!((year, number), (law::moment::civil_day(line.entry.at).year().into(), *last + 1), "№{}", line.stored.seq);
        *last = number;
    }
}

/// Nobody is given a resolution to carry out before everybody can read it, unless there was no time; and nothing is found carried
/// out before that, nor while it does not hold.
fn nothing_is_carried_out_before_it_is_published(record: &Record) {
    let (mut published, mut ratified, mut emergencies, mut ended) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut tasks: BTreeMap<MatterId, MatterId> = BTreeMap::new();
    for line in &record.lines {
        let matter = line.entry.matter;
        match (line.entry.kind.as_str(), line.fact()) {
            ("resolution", "issued") if line.says("issue")["emergency"] == Json::Bool(true) => emergencies.extend([matter]),
            ("resolution", "published") => published.extend([(matter, day(line))]),
            ("resolution", "ratified") => ratified.extend([matter]),
            ("resolution", "ended") => ended.extend([matter]),
            ("task", "assigned") => {
                let resolution = line.says("resolution").as_str().and_then(MatterId::parse).expect("a resolution");
                tasks.insert(matter, resolution);
                assert!(published.contains_key(&resolution) || emergencies.contains(&resolution), "№{}", line.stored.seq);
                assert!(!ended.contains(&resolution), "№{}", line.stored.seq);
            }
            ("task", "accepted") => {
                let resolution = tasks[&matter];
                let first = published.get(&resolution);
                assert!(first.is_some_and(|first| *first <= day(line)), "№{}: accepted and never published", line.stored.seq);
                assert!(!emergencies.contains(&resolution) || ratified.contains(&resolution), "№{}: nobody ratified it", line.stored.seq);
                assert!(!ended.contains(&resolution), "№{}: accepted though it holds no longer", line.stored.seq);
            }
            _ => {}
        }
    }
}

fn day(line: &Line) -> Date {
    line.says("on").as_str().and_then(|day| day.parse().ok()).expect("a day")
}
