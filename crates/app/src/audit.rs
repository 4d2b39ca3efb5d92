//! 审计 Audit: fold the record from nothing; it must equal the tables, row for row, and the tree it claims to be.

use crate::{Failure, House};
use law::{MatterId, UnitCode};
use record::{Frontier, leaf};
use std::collections::{BTreeMap, BTreeSet};
use store::kept::{self, Difference};
use store::record::Stored;
use store::{Kept, Tx, kinds};

/// Entries read at once.
const PAGE: i64 = 5_000;

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
        self.lines_changed.is_empty() && self.rows.is_empty() && self.head.is_none()
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
    let mut frontier = Frontier::new();
    let mut by_kind: BTreeMap<String, Vec<Stored>> = BTreeMap::new();
    let mut steps = BTreeSet::new();
    let mut from = 0;
    loop {
        let page = store::record::entries(tx, unit, from, PAGE)?;
        let Some(last) = page.last().map(|entry| entry.seq) else { break };
        for entry in page {
            let expected = i64::try_from(frontier.size()).expect("records are small");
            if let Some(fault) = fault(&entry, unit, expected, &steps) {
                findings.lines_changed.push((entry.seq, fault));
            }
            frontier.push(leaf(&entry.line));
            steps.insert((entry.matter, entry.step));
            by_kind.entry(entry.kind.clone()).or_default().push(entry);
        }
        from = last + 1;
    }
    findings.lines = frontier.size();
    let head = store::record::head(tx, unit)?.map(|head| head.frontier.root());
    if head.is_some_and(|root| root != frontier.root()) || head.is_none() && frontier.size() > 0 {
        findings.head = Some(Fault::Root);
    }
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

/// What is wrong with one entry, judged by itself and by what came before it.
fn fault(entry: &Stored, unit: UnitCode, expected: i64, before: &BTreeSet<(MatterId, i64)>) -> Option<Fault> {
    if entry.seq != expected {
        return Some(Fault::Gap);
    }
    let Ok(line) = record::Line::parse(&entry.line) else { return Some(Fault::Line) };
    if line.unit != unit.number() || line.seq != entry.seq.cast_unsigned() || !described(&line, entry) {
        return Some(Fault::Line);
    }
    if law::Digest::of(&[&entry.body]).0 != *line.digest() {
        return Some(Fault::Content);
    }
    let Ok(envelope) = serde_json::from_slice::<law::Entry<serde_json::Value>>(&entry.body) else { return Some(Fault::Unreadable) };
    let own = envelope.relies.iter().filter(|relied| relied.unit == unit);
    match own.clone().all(|relied| before.contains(&(relied.matter, relied.step.cast_signed()))) {
        true => None,
        false => Some(Fault::Basis),
    }
}

/// Whether the line says what the columns say.
fn described(line: &record::Line, entry: &Stored) -> bool {
    match &line.body {
        record::Body::Sealed { .. } => entry.audience == "sealed",
        record::Body::Open { kind, matter, step, audience, .. } => {
            *kind == entry.kind && *matter == entry.matter.to_string() && *step == entry.step.cast_unsigned() && *audience == entry.audience
        }
    }
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
    house.act(unit, move |hand| {
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
    })
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
