//! 审计 Audit: fold the record from nothing; it must equal the tables, row for row, and the tree it claims to be.

mod sealed;

use crate::texts::{self, Said, Texts};
use crate::{Failure, Hand, House};
use law::{Entry, MatterId, UnitCode};
use record::{Frontier, leaf};
use sealed::Expected;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
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
    /// Kept checkpoints that are not this house's signature under this very tree: (epoch, size).
    pub seals: Vec<(i64, i64)>,
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
    /// The stored hash of the tile that begins here is not the tree's.
    Tile,
}

impl Findings {
    /// Whether record and tables are what they should be.
    pub fn is_clean(&self) -> bool {
        self.lines_changed.is_empty() && self.rows.is_empty() && self.head.is_none() && self.texts.is_empty() && self.seals.is_empty()
    }
}

/// What one kind's entries fold to: state, matter, record number and step.
type Folded<M> = Vec<(M, MatterId, i64, i64)>;

/// Audits a unit's whole record.
pub fn unit(house: &House, unit: UnitCode) -> Result<Findings, Failure> {
    house.read(|tx| audit(house, tx, unit))
}

/// As [`unit`], within a transaction. Each entry is read once and folded at once: what is kept are the matters, not the entries.
pub fn audit(house: &House, tx: &mut dyn Tx, unit: UnitCode) -> Result<Findings, Failure> {
    let mut findings = Findings::default();
    let mut reading = Reading::of(Expected::of(tx, unit)?, unit);
    let mut worlds = Worlds::new();
    worlds.read(tx, unit, |entry, own| reading.take(entry, own, &mut findings))?;
    findings.lines = reading.frontier.size();
    let head = store::record::head(tx, unit)?.map(|head| head.frontier);
    reading.gap(head.as_ref().map_or(0, Frontier::size).cast_signed(), &mut findings);
    if head.map_or(record::EMPTY_ROOT, |head| head.root()) != reading.frontier.root() {
        findings.head = Some(Fault::Root);
    }
    findings.texts = texts_of(tx, unit, &reading.texts)?;
    reading.kept.compare(house, tx, unit, &mut findings)?;
    for world in worlds.0 {
        match world.compare(tx, unit) {
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
    kept: Expected,
    /// The newest step of each matter so far.
    steps: BTreeMap<MatterId, i64>,
    texts: BTreeMap<MatterId, Texts>,
}

impl Reading {
    fn of(kept: Expected, unit: UnitCode) -> Self {
        Self { unit, next: 0, frontier: Frontier::new(), kept, steps: BTreeMap::new(), texts: BTreeMap::new() }
    }

    fn take(&mut self, entry: &Stored, own: Option<&Said>, findings: &mut Findings) {
        self.gap(entry.seq, findings);
        if let Some(fault) = self.fault(entry, own) {
            findings.lines_changed.push((entry.seq, fault));
        }
        let completed = self.frontier.push(leaf(&entry.line));
        self.kept.see(&self.frontier, completed);
        self.steps.insert(entry.matter, entry.step);
        self.next = entry.seq + 1;
    }

    /// Names the numbers that are left out before this one.
    fn gap(&mut self, until: i64, findings: &mut Findings) {
        findings.lines_changed.extend((self.next..until).take(NAMED).map(|seq| (seq, Fault::Gap)));
        self.next = self.next.max(until);
    }

    /// What is wrong with one entry, judged by itself and by what came before it.
    fn fault(&mut self, entry: &Stored, own: Option<&Said>) -> Option<Fault> {
        let Ok(line) = record::Line::parse(&entry.line) else { return Some(Fault::Line) };
        if line.unit != self.unit.number() || line.seq != entry.seq.cast_unsigned() || !described(&line, entry) {
            return Some(Fault::Line);
        }
        if law::Digest::of(&[&entry.body]).0 != *line.digest() {
            return Some(Fault::Content);
        }
        let Some(own) = own else { return Some(Fault::Unreadable) };
        if !columns_say(own, self.unit, entry) {
            return Some(Fault::Line);
        }
        if own.effect != texts::Effect::default() {
            self.texts.entry(own.matter).or_default().take(line.seq, &own.effect);
        }
        let mut here = own.relies.iter().filter(|relied| relied.unit == self.unit);
        match here.all(|relied| self.steps.get(&relied.matter).is_some_and(|newest| relied.step.cast_signed() <= *newest)) {
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
fn columns_say(own: &Said, unit: UnitCode, entry: &Stored) -> bool {
    let place = (own.unit, own.kind.as_str(), own.matter, own.step.cast_signed());
    place == (unit, entry.kind.as_str(), entry.matter, entry.step) && own.at.as_microsecond() == entry.at
}

/// Personal texts that do not give the reference in their entry, or are gone though no line deleted them.
fn texts_of(tx: &mut dyn Tx, unit: UnitCode, texts: &BTreeMap<MatterId, Texts>) -> Result<Vec<(i64, TextFault)>, Failure> {
    let mut found = Vec::new();
    let held = texts.iter().flat_map(|(matter, texts)| texts.all().iter().map(move |held| (*matter, held)));
    for (matter, held) in held {
        let fault = match store::personal::text(tx, unit, matter, held.at) {
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

/// The matters of one kind as the entries so far make them.
trait World {
    fn kind(&self) -> &'static str;
    /// Reads an entry and folds it in; none when it cannot be read.
    fn take(&mut self, entry: &Stored) -> Option<Said>;
    /// What the rows say otherwise.
    fn compare(self: Box<Self>, tx: &mut dyn Tx, unit: UnitCode) -> Result<Vec<Difference>, Failure>;
    /// Writes the rows again.
    fn rewrite(self: Box<Self>, tx: &mut dyn Tx, unit: UnitCode) -> Result<(), Failure>;
}

/// State, record number and step of every matter of a kind; and why they cannot be told, once an entry could not be folded.
struct Folding<M> {
    matters: BTreeMap<MatterId, (Option<M>, i64, i64)>,
    broken: Option<Failure>,
}

impl<M> Default for Folding<M> {
    fn default() -> Self {
        Self { matters: BTreeMap::new(), broken: None }
    }
}

impl<M: Kept> Folding<M> {
    fn evolve(&mut self, entry: &Stored, fact: M::Fact) {
        let (state, seq, step) = self.matters.entry(entry.matter).or_default();
        if state.is_none() && entry.step != 0 {
            self.broken = Some(Failure::unreadable(format_args!("№{} continues a matter that never began", entry.seq)));
            return;
        }
        *state = Some(M::evolve(state.take(), fact, entry.matter));
        (*seq, *step) = (entry.seq, entry.step);
    }

    fn done(self) -> Result<Folded<M>, Failure> {
        match self.broken {
            Some(failure) => Err(failure),
            None => Ok(self.matters.into_iter().filter_map(|(id, (state, seq, step))| Some((state?, id, seq, step))).collect()),
        }
    }
}

impl<M: Kept> World for Folding<M> {
    fn kind(&self) -> &'static str {
        M::KIND
    }

    fn take(&mut self, entry: &Stored) -> Option<Said> {
        let (own, fact) = match kept::read::<M>(&entry.body) {
            Ok(read) => texts::of(read),
            Err(failure) => {
                self.broken.get_or_insert(failure);
                return None;
            }
        };
        if self.broken.is_none() {
            self.evolve(entry, fact);
        }
        Some(own)
    }

    fn compare(self: Box<Self>, tx: &mut dyn Tx, unit: UnitCode) -> Result<Vec<Difference>, Failure> {
        kept::compare::<M>(tx, unit, &self.done()?)
    }

    fn rewrite(self: Box<Self>, tx: &mut dyn Tx, unit: UnitCode) -> Result<(), Failure> {
        kept::rewrite::<M>(tx, unit, &self.done()?)
    }
}

/// All kinds, in the order of the register.
struct Worlds(Vec<Box<dyn World>>);

struct Empty;

impl kinds::Visit for Empty {
    type Out = Box<dyn World>;

    fn visit<M: Kept>(&mut self) -> Self::Out {
        Box::new(Folding::<M>::default())
    }
}

impl Worlds {
    fn new() -> Self {
        Self(kinds::each(&mut Empty))
    }

    /// Reads and folds a whole record, a page at a time; `also` sees every entry with what it says about itself.
    fn read(&mut self, tx: &mut dyn Tx, unit: UnitCode, mut also: impl FnMut(&Stored, Option<&Said>)) -> Result<(), Failure> {
        let mut from = 0;
        loop {
            let page = store::record::entries(tx, unit, from, PAGE)?;
            let Some(last) = page.last() else { return Ok(()) };
            from = last.seq + 1;
            for entry in &page {
                also(entry, self.take(entry).as_ref());
            }
        }
    }

    /// A kind that this program does not know is not folded, only read.
    fn take(&mut self, entry: &Stored) -> Option<Said> {
        match self.0.iter_mut().find(|world| world.kind() == entry.kind) {
            Some(world) => world.take(entry),
            None => serde_json::from_slice::<Entry<IgnoredAny>>(&entry.body).ok().map(|entry| texts::of(entry).0),
        }
    }
}

/// Folds one kind's entries, which are in order, into its matters.
pub fn fold<M: Kept>(entries: &[Stored]) -> Result<Folded<M>, Failure> {
    let mut folding = Folding::<M>::default();
    for entry in entries {
        folding.take(entry);
    }
    folding.done()
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
    let (mut worlds, mut lines) = (Worlds::new(), 0);
    worlds.read(hand.pen.tx, unit, |_, _| lines += 1)?;
    worlds.0.into_iter().try_for_each(|world| world.rewrite(hand.pen.tx, unit))?;
    hand.pen.halt(false);
    Ok(lines)
}
