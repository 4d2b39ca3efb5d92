//! 必须成立 What must hold, one property after the other, whatever happened: read off the record and the tables by means of its
//! own where there are any.

mod meet;

use crate::ask::Ask;
use crate::town::Life;
use app::texts::{self, Texts};
use app::{audit, clock, seal};
use jiff::civil::Date;
use law::watch::report::Report;
use law::{By, Entry, Matter, MatterId, PersonalRef, UnitCode};
use record::{Checkpoint, Kind, check_consistency, checkpoint, tree};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use store::record::{Stored, Tiles};
use store::{Failure, Row, Tx, dump, personal};

/// All of it, after the clock made its round and what waited was sealed.
pub fn all(life: &mut Life) {
    assert_eq!(calm(clock::round(&life.world.house)).failed, 0, "the clock recorded everything");
    for (unit, outcome) in calm(seal::all(&life.world.house)) {
        assert_ne!(calm(outcome), seal::Outcome::Halted, "nobody touched the tables of {unit}");
    }
    let units = [life.village.code, life.town];
    let records = units.map(|unit| Record::read(life, unit));
    for record in &records {
        life.publish(record.unit);
        every_acknowledged_act_is_in_the_record_once(life, record);
        numbers_are_dense_and_time_never_runs_back(record);
        every_line_is_sealed_and_no_checkpoint_denies_an_earlier_one(life, record);
        the_tables_are_what_the_record_makes_of_them(life, record.unit);
        // The audit above says the same at a third of the price.
        if life.chance(15) {
            rebuilding_changes_nothing(life, record.unit);
        }
        words_are_kept_until_they_are_erased(life, record);
        no_last_day_passes_in_silence(life, record.unit);
    }
    nobody_acted_without_a_right(life, &records);
    every_report_is_kept_until_it_is_filed(life, &records[1]);
    meet::all(life, &records[0]);
}

/// Nothing is amiss while one looks.
fn calm<T>(outcome: Result<T, Failure>) -> T {
    outcome.unwrap_or_else(|failure| panic!("failed with nothing amiss: {failure}"))
}

fn look<T>(life: &Life, work: impl FnOnce(&mut dyn Tx) -> Result<T, Failure>) -> T {
    calm(life.world.house.read(work))
}

/// One line of a record with what stands behind it.
pub struct Line {
    stored: Stored,
    entry: Entry<Json>,
}

impl Line {
    /// The word for its fact, as in `submitted`.
    fn fact(&self) -> &str {
        match &self.entry.fact {
            Json::String(word) => word,
            fact => fact.as_object().and_then(|fact| fact.keys().next()).expect("a fact is a tagged value"),
        }
    }

    /// What the fact says.
    fn says(&self, field: &str) -> &Json {
        &self.entry.fact[self.fact()][field]
    }

    /// The act that makes such a fact, as in `suggestion.submit`.
    fn act(&self) -> String {
        let row = ACTS.iter().find(|(kind, _)| *kind == self.entry.kind).expect("a kind with a row in ACTS");
        let words = row.1.split(' ').find_map(|pair| pair.strip_prefix(self.fact())?.strip_prefix('='));
        let words = words.unwrap_or_else(|| panic!("{} {} has no act in ACTS", row.0, self.fact()));
        let mut acts = words.split('|').map(|word| format!("{}.{word}", row.0));
        // Where several acts make such a fact, it was the one that this actor may do.
        acts.clone().find(|act| may(act, &self.entry.by)).or(acts.next()).expect("a word")
    }
}

/// A unit's whole record.
pub struct Record {
    unit: UnitCode,
    lines: Vec<Line>,
}

impl Record {
    fn read(life: &Life, unit: UnitCode) -> Self {
        let read = |stored: Stored| Line { entry: serde_json::from_slice(&stored.body).expect("an entry"), stored };
        let all = look(life, |tx| store::record::entries(tx, unit, 0, i64::MAX));
        Self { unit, lines: all.into_iter().map(read).collect() }
    }

    /// What came after the founding.
    fn lived(&self, life: &Life) -> &[Line] {
        &self.lines[usize::try_from(life.founding[&self.unit]).expect("few")..]
    }
}

/// How often each act was done in this life.
pub fn acts(life: &Life) -> BTreeMap<String, u32> {
    let mut acts = BTreeMap::new();
    for record in [life.village.code, life.town].map(|unit| Record::read(life, unit)) {
        for line in record.lived(life) {
            *acts.entry(line.act()).or_default() += 1;
        }
    }
    acts
}

/// The names of all acts in `accepted/rights.txt`.
pub fn all_acts() -> impl Iterator<Item = &'static str> {
    RIGHTS.lines().filter(|row| !row.starts_with('#')).filter_map(|row| row.split_whitespace().next())
}

/// Whether the table of rights gives an act to such an actor at all.
fn may(act: &str, by: &By) -> bool {
    let row = RIGHTS.lines().find_map(|row| row.strip_prefix(act)?.strip_prefix(' ')).unwrap_or_default();
    row.split_whitespace().any(|holder| match by {
        By::Post { kind, .. } => holder.trim_start_matches("above:") == kind.word(),
        By::Voter { .. } | By::Resident { .. } => matches!(holder, "voter" | "phone" | "roll"),
        By::Law => holder == "law",
        By::Clock => holder == "clock",
        By::Keeper => holder == "keeper",
        By::Bearer => holder == "bearer",
        By::Anyone => holder == "anyone",
    })
}

/// Which act makes which fact, or which acts, each for others: the table that [`nobody_acted_without_a_right`] goes by.
const ACTS: &[(&str, &str)] = &[
    ("mechanism", "started=start adopted=adopt found=incident restored=restore key_changed=change_key"),
    ("body", "founded=found dissolved=dissolve"),
    ("person", "entered=enter changed=change erased=erase"),
    ("post", "appointed=appoint ended=end"),
    ("roll", "changed=change"),
    ("electorate", "seated=seat"),
    ("slot", "set=set"),
    (
        "sitting",
        "convened=convene notified=notify added=add cancelled=cancel reconvened=reconvene opened=open attended=attend reported=report \
         discussed=discuss agreed=agree put=put settled=settle adjourned=adjourn closed=close minutes_amended=amend_minutes \
         minutes_confirmed=confirm_minutes held=hold_weekly lapsed=lapse rescheduled=reschedule",
    ),
    ("ballot", "opened=open cast=cast|cast_for handed=hands sheeted=sheet counted=close"),
    ("cadence", "opened=open done=done held=held explained=explain lapsed=lapse"),
    (
        "motion",
        "proposed=propose declared=emergency challenged=challenge judged=judge revised=revise draft_posted=post_draft opined=opine \
         answered=answer_opinion released=release consulted=note deliberated=note awaiting=note|record_assembly \
         resolved=note|record_assembly ratified=note|record_assembly rejected=note|record_assembly withdrawn=withdraw \
         adjusted=adjust erased=erase lapsed=lapse rescheduled=reschedule",
    ),
    (
        "resolution",
        "issued=issue published=publish paper_posted=post_paper entrusted=entrust ratified=ratify ended=end lapsed=lapse \
         rescheduled=reschedule",
    ),
    (
        "task",
        "assigned=assign reassigned=reassign progressed=progress delayed=delay done=done accepted=accept returned=return \
         result_published=publish_result inquired=inquire asked=ask explained=explain unsatisfied=unsatisfied released=release \
         erased=erase stopped=stop lapsed=lapse rescheduled=reschedule",
    ),
    (
        "suggestion",
        "submitted=submit routed=route answered=answer extended=extend lapsed=lapse rescheduled=reschedule confirmed=confirm \
         disputed=dispute reopened=reopen released=release withdrawn=withdraw erased=erase",
    ),
    ("notice", "published=publish paper_posted=paper_posted corrected=correct archived=archive lapsed=lapse rescheduled=reschedule"),
    ("report", "filed=file blank=file accepted=accept"),
];

/// What somebody was told is done stands in the record under that number and under no other, and no line stands there that nobody
/// was told of: who got no answer has asked again by now and was answered.
fn every_acknowledged_act_is_in_the_record_once(life: &Life, record: &Record) {
    let told = life.asks.told.iter().filter(|((unit, _), _)| *unit == record.unit);
    let mut told: BTreeMap<i64, &Ask> = told.map(|((_, seq), ask)| (*seq, ask)).collect();
    let keys: BTreeSet<&str> = told.values().map(|ask| ask.key.as_str()).collect();
    assert_eq!(keys.len(), told.len(), "a request was answered with two lines");
    for line in record.lived(life) {
        if matches!(line.entry.by, By::Clock | By::Law) || line.entry.kind == Report::KIND {
            continue;
        }
        let seq = line.stored.seq;
        let ask = told.remove(&seq).unwrap_or_else(|| panic!("№{seq} {} was recorded but never acknowledged", line.act()));
        assert_eq!(ask.name(), line.act(), "№{seq}");
        if let By::Post { person, .. } = line.entry.by {
            assert_eq!(ask.by.person(), Some(person), "№{seq}");
        }
    }
    assert!(told.is_empty(), "acknowledged and gone: {told:?}");
}

/// Record numbers have no gap, steps of a matter neither, and no line is older than the one before it.
fn numbers_are_dense_and_time_never_runs_back(record: &Record) {
    let (mut steps, mut last) = (BTreeMap::<MatterId, i64>::new(), i64::MIN);
    for (n, Line { stored, entry }) in record.lines.iter().enumerate() {
        let step = steps.entry(stored.matter).or_default();
        assert_eq!((stored.seq, stored.step), (i64::try_from(n).expect("few"), *step));
        assert_eq!((entry.unit, entry.matter, entry.at.as_microsecond()), (record.unit, stored.matter, stored.at));
        assert!(stored.at >= last, "№{n} is older than the line before it");
        (*step, last) = (*step + 1, stored.at);
    }
}

impl Life {
    /// Strangers see the latest checkpoint of a unit, and remember it.
    pub fn publish(&mut self, unit: UnitCode) {
        let Some(Some((sealed, note))) = self.look(|tx| seal::latest(tx, unit)) else { return };
        let key = calm(self.world.keys().signer(unit, &self.world.house.origin(unit, sealed.epoch))).verifier(Kind::Plain);
        let seen = checkpoint::open(&note, &[key]).expect("a checkpoint is signed by its log");
        let known = self.published.entry(unit).or_default();
        if known.last() != Some(&seen) {
            known.push(seen);
        }
    }
}

/// The newest checkpoint covers the whole record, and each that strangers ever saw is the beginning of each later one.
fn every_line_is_sealed_and_no_checkpoint_denies_an_earlier_one(life: &Life, record: &Record) {
    let known: &[Checkpoint] = life.published.get(&record.unit).map_or(&[], Vec::as_slice);
    let newest = known.last().map_or(0, |newest| newest.size);
    assert_eq!(newest, record.lines.len() as u64, "{}: lines wait for a seal that does not come", record.unit);
    for pair in known.windows(2) {
        let (old, new) = (&pair[0], &pair[1]);
        assert!(old.size <= new.size && old.origin == new.origin, "{old:?} {new:?}");
        let proof = look(life, |tx| Ok(tree::consistency(&mut Tiles { tx, unit: record.unit }, old.size, new.size)?));
        check_consistency(old.size, &old.root, new.size, &new.root, &proof).expect("a record only grows");
    }
}

fn the_tables_are_what_the_record_makes_of_them(life: &Life, unit: UnitCode) {
    let found = calm(audit::unit(&life.world.house, unit));
    assert!(found.is_clean(), "{unit}: {found:?}");
}

fn rebuilding_changes_nothing(life: &Life, unit: UnitCode) {
    let before = look(life, everything);
    calm(audit::rebuild(&life.world.house, unit));
    for ((table, before), (_, after)) in before.iter().zip(&look(life, everything)) {
        assert_eq!(before, after, "the table {table} is another one when it was rebuilt");
    }
}

/// Every row of every table.
fn everything(tx: &mut dyn Tx) -> Result<Vec<(String, Vec<Row>)>, Failure> {
    let tables = tx.tables()?;
    tables.into_iter().map(|table| Ok((table.name.clone(), dump::rows(tx, &table, None, i64::MAX)?))).collect()
}

/// What somebody wrote is there as it was written, and proves its reference, until a line erases it; then it is gone.
fn words_are_kept_until_they_are_erased(life: &Life, record: &Record) {
    let mut matters: BTreeMap<MatterId, Texts> = BTreeMap::new();
    for line in &record.lines {
        let said = texts::read(&line.stored.body).expect("an entry");
        matters.entry(line.stored.matter).or_default().take(line.stored.seq.cast_unsigned(), &said.effect);
    }
    let all: Vec<(MatterId, &texts::Held)> =
        matters.iter().flat_map(|(matter, texts)| texts.all().iter().map(|held| (*matter, held))).collect();
    let of = |tx: &mut dyn Tx, matter, at| Ok((personal::text(tx, record.unit, matter, at)?, personal::erased_by(tx, record.unit, at)?));
    let rows: Vec<_> = look(life, |tx| all.iter().map(|(matter, held)| of(tx, *matter, held.at)).collect());
    for ((_, held), (kept, erased)) in all.into_iter().zip(rows) {
        assert_eq!(erased.map(i64::cast_unsigned), held.forgotten, "{held:?}");
        assert_eq!(kept.is_none(), held.forgotten.is_some(), "{held:?}");
        let Some(kept) = kept else { continue };
        assert_eq!(PersonalRef::of(&kept.salt, &kept.text), held.at, "{held:?}");
        if let Some(ask) = life.asks.told.get(&(record.unit, held.seq.cast_signed())).filter(|_| held.label != "by") {
            assert!(ask.words().contains(&(held.label, kept.text)), "{held:?} holds other words than were given");
        }
    }
}

/// The clock made its round just now.
fn no_last_day_passes_in_silence(life: &Life, unit: UnitCode) {
    let silent = look(life, |tx| store::duty::silent(tx, unit, life.today()));
    assert!(silent.is_empty(), "{silent:?}");
}

/// From when to when somebody holds a post or stands on a roll, as the lines so far tell.
#[derive(Clone, Debug, Default)]
struct Held {
    person: String,
    kind: String,
    from: Date,
    to: Option<Date>,
}

impl Held {
    fn holds(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// Posts by unit and matter, rolls by group and person.
#[derive(Default)]
struct Standing {
    posts: BTreeMap<(UnitCode, MatterId), Held>,
    rolls: BTreeMap<(String, String), Held>,
}

impl Standing {
    fn take(&mut self, line: &Line) {
        let text = |field| line.says(field).as_str().unwrap_or_default().to_owned();
        let day = |field| line.says(field).as_str().and_then(|day| day.parse::<Date>().ok());
        match (line.entry.kind.as_str(), line.fact()) {
            ("post", "appointed") => {
                let held = Held { person: text("person"), kind: text("kind"), from: day("from").expect("a day"), to: day("to") };
                self.posts.insert((line.entry.unit, line.entry.matter), held);
            }
            ("post", _) => self.posts.get_mut(&(line.entry.unit, line.entry.matter)).expect("a post").to = day("on"),
            ("roll", _) => {
                let from = day("from").expect("a day");
                let of = |field| line.says(field).as_array().expect("persons").iter().filter_map(Json::as_str).map(str::to_owned);
                for person in of("leave") {
                    self.rolls.get_mut(&(text("group"), person)).expect("somebody on the roll").to = from.yesterday().ok();
                }
                for person in of("join") {
                    self.rolls.insert((text("group"), person.clone()), Held { person, from, ..Held::default() });
                }
            }
            _ => {}
        }
    }

    fn on_a_roll(&self, person: &str, day: Date) -> bool {
        self.rolls.values().any(|held| held.person == person && held.holds(day))
    }
}

const RIGHTS: &str = include_str!("../../../accepted/rights.txt");

/// Everybody who acted held, on that day and by the lines before, a post or standing that carries the act: judged by
/// `accepted/rights.txt`, which people read, and by nothing of the program.
fn nobody_acted_without_a_right(life: &Life, records: &[Record]) {
    let mut standing = Standing::default();
    let mut lines: Vec<&Line> = records.iter().flat_map(|record| &record.lines).collect();
    lines.sort_by_key(|line| (line.stored.at, line.entry.unit, line.stored.seq));
    for line in lines {
        let (act, day) = (line.act(), law::moment::civil_day(line.entry.at));
        let number = format!("№{} of {}: {act} on {day}", line.stored.seq, line.entry.unit);
        let row = RIGHTS.lines().find_map(|row| row.strip_prefix(&act)?.strip_prefix(' ')).unwrap_or_default();
        let may = |who: &str| row.split_whitespace().any(|holder| holder == who);
        match &line.entry.by {
            By::Post { unit, post, kind, person, .. } => {
                let above = if *unit == line.entry.unit { "" } else { "above:" };
                assert!(may(&format!("{above}{}", kind.word())), "{number} is not for {}", kind.word());
                assert!(above.is_empty() || unit.is_ancestor_of(line.entry.unit), "{number} by a post elsewhere");
                let held = standing.posts.get(&(*unit, *post)).unwrap_or_else(|| panic!("{number} by no post"));
                assert!(held.person == person.to_string() && held.kind == kind.word() && held.holds(day), "{number} by {person}: {held:?}");
            }
            By::Resident { person, on_roll } => {
                assert!(may("phone") || may("voter") || *on_roll && may("roll"), "{number} is not for residents");
                let person = look(life, |tx| personal::text(tx, line.entry.unit, line.stored.matter, *person));
                assert!(!on_roll || person.is_none_or(|person| standing.on_a_roll(&person.text, day)), "{number} by nobody on the roll");
            }
            By::Voter { .. } => assert!(may("voter"), "{number} is not for voters"),
            By::Bearer => assert!(may("bearer"), "{number} is not for bearers"),
            By::Anyone => assert!(may("anyone"), "{number} is not for everybody"),
            By::Clock => assert!(may("clock"), "{number} is not for the clock"),
            By::Keeper => assert!(may("keeper"), "{number} is not for the keeper"),
            By::Law => assert!(may("law") && line.entry.cause.is_some_and(|cause| cause < line.stored.seq.cast_unsigned()), "{number}"),
        }
        standing.take(line);
    }
}

/// A report that its sender was told is kept waits for the day's batch or stands in the record, once. Every day has the same
/// number of lines.
fn every_report_is_kept_until_it_is_filed(life: &Life, town: &Record) {
    let waiting = look(life, |tx| store::watch::report::waiting(tx, town.unit, i64::MAX));
    let waiting = waiting.iter().map(|(_, text)| serde_json::from_str::<Json>(text).expect("what waits")["lodged"]["code"].clone());
    let filed = town.lines.iter().filter(|line| line.act() == "report.file").map(|line| line.says("code").clone());
    let codes: Vec<Json> = filed.chain(waiting).collect();
    for (code, told) in &life.lodged {
        let times = codes.iter().filter(|known| **known == Json::String(code.to_string())).count();
        assert!(times == 1 || times == 0 && !told, "the report {code} is there {times} times");
    }
    let mut days: BTreeMap<Date, usize> = BTreeMap::new();
    for line in town.lines.iter().filter(|line| line.entry.kind == Report::KIND) {
        *days.entry(law::moment::civil_day(line.entry.at)).or_default() += 1;
    }
    let sizes: BTreeSet<&usize> = days.values().collect();
    assert!(sizes.len() <= 1, "the days' batches tell something: {days:?}");
}
