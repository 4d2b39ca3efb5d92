//! 审计 Audit: fold the record from nothing; it must equal the tables, row for row, and the tree it claims to be.

use crate::texts::{self, Texts};
use crate::{Failure, Hand, House};
use law::{MatterId, UnitCode};
use record::{Frontier, leaf};
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, BTreeSet};
use store::kept::{self, Difference};
use store::record::Stored;
use store::{Kept, Tx, kinds};

/// Entries read at once.
const PAGE: i64 = 5_000;

/// Numbers that are named when many are left out.
const NAMED: usize = 1_000;

/// What an audit found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Lines that were read.
    pub lines: u64,
    /// Lines whose content, number or position is not what the record says: (record number, what).
    pub lines_changed: Vec<(i64, Fault)>,
    /// Rows that differ from what the record makes of them.
    pub rows: Vec<Difference>,
    /// The size that the head claims, where it differs.
    pub head: Option<Fault>,
    /// Entries whose personal texts are not what they refer to: (record number, what).
    pub texts: Vec<(i64, TextFault)>,
}

/// What is wrong with a personal text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextFault {
    /// It does not hash to its reference, or does not open at all.
    Changed,
    /// It is gone, and no line deleted it.
    Missing,
}

/// What is wrong with a line or the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The content does not hash to the line's digest.
    Content,
    /// The line is not the one its columns describe.
    Line,
    /// A number is left out.
    Gap,
    /// The tree over all lines is not the one in the head.
    Root,
    /// The entry cannot be read.
    Unreadable,
    /// It rests on a step that does not come before it.
    Basis,
}

impl Findings {
    /// Whether record and tables are what they should be.
    pub fn is_clean(&self) -> bool {
        self.lines_changed.is_empty() && self.rows.is_empty() && self.head.is_none() && self.texts.is_empty()
    }
}

/// What one kind's entries fold to: state, matter, record number and step.
type Folded<M> = Vec<(M, MatterId, i64, i64)>;

/// Audits a unit's whole record.
pub fn unit(house: &House, unit: UnitCode) -> Result<Findings, Failure> {
    house.read(|tx| audit(tx, unit))
}

/// As [`unit`], within a transaction.
pub fn audit(tx: &mut dyn Tx, unit: UnitCode) -> Result<Findings, Failure> {
    let mut findings = Findings::default();
    let mut reading = Reading { unit, next: 0, frontier: Frontier::new(), steps: BTreeSet::new(), texts: BTreeMap::new() };
    let mut by_kind: BTreeMap<String, Vec<Stored>> = BTreeMap::new();
    let mut from = 0;
    loop {
        let page = store::record::entries(tx, unit, from, PAGE)?;
        let Some(last) = page.last().map(|entry| entry.seq) else { break };
        for entry in page {
            reading.take(&entry, &mut findings);
            by_kind.entry(entry.kind.clone()).or_default().push(entry);
        }
        from = last + 1;
    }
    findings.lines = reading.frontier.size();
    let head = store::record::head(tx, unit)?.map(|head| head.frontier);
    reading.gap(head.as_ref().map_or(0, Frontier::size).cast_signed(), &mut findings);
    if head.map_or(record::EMPTY_ROOT, |head| head.root()) != reading.frontier.root() {
        findings.head = Some(Fault::Root);
    }
    findings.texts = texts_of(tx, unit, &reading.texts)?;
    let mut compare = Compare { tx, unit, by_kind: &by_kind };
    for found in kinds::each(&mut compare) {
        match found {
            Ok(rows) => findings.rows.extend(rows),
            Err(Failure::Unreadable { .. }) => {} // named line by line above
            Err(failure) => return Err(failure),
        }
    }
    Ok(findings)
}

/// What has been read of a record so far.
struct Reading {
    unit: UnitCode,
    next: i64,
    frontier: Frontier,
    steps: BTreeSet<(MatterId, i64)>,
    texts: BTreeMap<MatterId, Texts>,
}

impl Reading {
    fn take(&mut self, entry: &Stored, findings: &mut Findings) {
        self.gap(entry.seq, findings);
        if let Some(fault) = self.fault(entry) {
            findings.lines_changed.push((entry.seq, fault));
        }
        self.frontier.push(leaf(&entry.line));
        self.steps.insert((entry.matter, entry.step));
        self.next = entry.seq + 1;
    }

    /// Names the numbers that are left out before this one.
    fn gap(&mut self, until: i64, findings: &mut Findings) {
        findings.lines_changed.extend((self.next..until).take(NAMED).map(|seq| (seq, Fault::Gap)));
        self.next = self.next.max(until);
    }

    /// What is wrong with one entry, judged by itself and by what came before it.
    fn fault(&mut self, entry: &Stored) -> Option<Fault> {
        let Ok(line) = record::Line::parse(&entry.line) else { return Some(Fault::Line) };
        if line.unit != self.unit.number() || line.seq != entry.seq.cast_unsigned() || !described(&line, entry) {
            return Some(Fault::Line);
        }
        if law::Digest::of(&[&entry.body]).0 != *line.digest() {
            return Some(Fault::Content);
        }
        let envelope = serde_json::from_slice::<law::Entry<IgnoredAny>>(&entry.body);
        let (Ok(envelope), Ok(said)) = (envelope, texts::read(&entry.body)) else { return Some(Fault::Unreadable) };
        if !columns_say(&envelope, self.unit, entry) {
            return Some(Fault::Line);
        }
        if said.effect != texts::Effect::default() {
            self.texts.entry(said.matter).or_default().take(line.seq, &said.effect);
        }
        let own = envelope.relies.iter().filter(|relied| relied.unit == self.unit);
        match own.clone().all(|relied| self.steps.contains(&(relied.matter, relied.step.cast_signed()))) {
            true => None,
            false => Some(Fault::Basis),
        }
    }
}

/// Whether the line says what the columns say.
fn described(line: &record::Line, entry: &Stored) -> bool {
    match &line.body {
        record::Body::Sealed { .. } => entry.audience == "sealed",
        record::Body::Open { kind, matter, step, audience, day, .. } => {
            *kind == entry.kind
                && *matter == entry.matter.to_string()
                && *step == entry.step.cast_unsigned()
                && *audience == entry.audience
                && day_of(entry.at).is_some_and(|at| *day == at)
        }
    }
}

fn day_of(at: i64) -> Option<String> {
    Some(law::moment::civil_day(jiff::Timestamp::from_microsecond(at).ok()?).to_string())
}

/// Whether the columns say what the entry itself says; a sealed line leaves them unproved otherwise.
fn columns_say(envelope: &law::Entry<IgnoredAny>, unit: UnitCode, entry: &Stored) -> bool {
    let place = (envelope.unit, envelope.kind.as_str(), envelope.matter, envelope.step.cast_signed());
    place == (unit, entry.kind.as_str(), entry.matter, entry.step) && envelope.at.as_microsecond() == entry.at
}

/// Personal texts that do not give the reference in their entry, or are gone though no line deleted them.
fn texts_of(tx: &mut dyn Tx, unit: UnitCode, texts: &BTreeMap<MatterId, Texts>) -> Result<Vec<(i64, TextFault)>, Failure> {
    let mut found = Vec::new();
    for held in texts.values().flat_map(Texts::all) {
        let fault = match store::personal::text(tx, unit, held.at) {
            Ok(Some(kept)) if law::PersonalRef::of(&kept.salt, &kept.text) == held.at => continue,
            Ok(None) if held.forgotten.is_some() => continue,
            Ok(None) => TextFault::Missing,
            Ok(Some(_)) | Err(Failure::Key { .. } | Failure::Unreadable { .. }) => TextFault::Changed,
            Err(failure) => return Err(failure),
        };
        found.push((held.seq.cast_signed(), fault));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

struct Compare<'a> {
    tx: &'a mut dyn Tx,
    unit: UnitCode,
    by_kind: &'a BTreeMap<String, Vec<Stored>>,
}

impl kinds::Visit for Compare<'_> {
    type Out = Result<Vec<Difference>, Failure>;

    fn visit<M: Kept>(&mut self) -> Self::Out {
        let folded = fold::<M>(self.by_kind.get(M::KIND).map_or(&[], Vec::as_slice))?;
        kept::compare::<M>(self.tx, self.unit, &folded)
    }
}

/// Folds one kind's entries, which are in order, into its matters.
pub fn fold<M: Kept>(entries: &[Stored]) -> Result<Folded<M>, Failure> {
    let mut world: BTreeMap<MatterId, (M, i64, i64)> = BTreeMap::new();
    for entry in entries {
        let fact = kept::read::<M>(&entry.body)?.fact;
        let before = world.remove(&entry.matter).map(|(state, ..)| state);
        if before.is_none() && entry.step != 0 {
            return Err(Failure::unreadable(format_args!("№{} continues a matter that never began", entry.seq)));
        }
        world.insert(entry.matter, (M::evolve(before, fact, entry.matter), entry.seq, entry.step));
    }
    Ok(world.into_iter().map(|(id, (state, seq, step))| (state, id, seq, step)).collect())
}

/// Compares the matters that these entries touched with their rows: what sealing does.
pub fn touched(tx: &mut dyn Tx, unit: UnitCode, from: i64) -> Result<Vec<(String, MatterId)>, Failure> {
    let mut matters = BTreeMap::new();
    for entry in store::record::entries(tx, unit, from, i64::MAX)? {
        matters.insert(entry.matter, entry.kind);
    }
    let mut differ = Vec::new();
    for (matter, kind) in matters {
        let entries = store::record::of_matter(tx, unit, matter)?;
        let mut one = One { tx, unit, matter, entries: &entries };
        if !kinds::named(&kind, &mut one).unwrap_or(Ok(false))? {
            differ.push((kind, matter));
        }
    }
    Ok(differ)
}

struct One<'a> {
    tx: &'a mut dyn Tx,
    unit: UnitCode,
    matter: MatterId,
    entries: &'a [Stored],
}

impl kinds::Visit for One<'_> {
    type Out = Result<bool, Failure>;

    fn visit<M: Kept>(&mut self) -> Self::Out {
        let folded = fold::<M>(self.entries)?;
        let Some((state, _, seq, step)) = folded.into_iter().next() else { return Ok(false) };
        kept::same(self.tx, self.unit, &state, self.matter, seq, step)
    }
}

/// Throws all rows of a unit away and writes them again from its record.
pub fn rebuild(house: &House, unit: UnitCode) -> Result<u64, Failure> {
    house.act(unit, rebuild_in)
}

/// As [`rebuild`], with the hand that holds the unit.
pub(crate) fn rebuild_in(hand: &mut Hand<'_, '_>) -> Result<u64, Failure> {
    let unit = hand.pen.unit();
    let mut by_kind: BTreeMap<String, Vec<Stored>> = BTreeMap::new();
    let mut lines = 0;
    let mut from = 0;
    loop {
        let page = store::record::entries(hand.pen.tx, unit, from, PAGE)?;
        let Some(last) = page.last().map(|entry| entry.seq) else { break };
        lines += page.len() as u64;
        page.into_iter().for_each(|entry| by_kind.entry(entry.kind.clone()).or_default().push(entry));
        from = last + 1;
    }
    let mut rewrite = Rewrite { tx: hand.pen.tx, unit, by_kind: &by_kind };
    kinds::each(&mut rewrite).into_iter().collect::<Result<(), _>>()?;
    hand.pen.halt(false);
    Ok(lines)
}

struct Rewrite<'a> {
    tx: &'a mut dyn Tx,
    unit: UnitCode,
    by_kind: &'a BTreeMap<String, Vec<Stored>>,
}

impl kinds::Visit for Rewrite<'_> {
    type Out = Result<(), Failure>;

    fn visit<M: Kept>(&mut self) -> Self::Out {
        let folded = fold::<M>(self.by_kind.get(M::KIND).map_or(&[], Vec::as_slice))?;
        kept::rewrite::<M>(self.tx, self.unit, &folded)
    }
}
