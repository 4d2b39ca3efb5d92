//! 逐行核验 The checker that takes a record line by line: place, content, texts; and at the end the tree and its history.
//! It keeps a hash per line and the references of personal texts, never the lines themselves.

use super::keys::{Handover, epoch_of};
use super::report::{Finding, Item, Report, Span, Why};
use crate::bundle::{For, Row};
use crate::texts::{self, Held, Texts};
use law::lead::mechanism::{Fact, Mechanism};
use law::{Audience, Entry, Matter, MatterId, PersonalRef};
use record::{Body, Checkpoint, Frontier, Hash, Line, leaf};
use std::collections::{BTreeMap, BTreeSet};

/// What the contents of a row are held against.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    /// Rows of a bundle made for these readers.
    Of(For),
    /// Lines alone; contents are checked elsewhere or not offered.
    None,
}

/// The checker.
pub(super) struct Checker<'a> {
    /// Where findings go.
    pub report: &'a mut Report,
    contents: Contents,
    unit: Option<u64>,
    expected: u64,
    leaves: Vec<Hash>,
    /// Whether `leaves` has every line so far.
    whole: bool,
    broken_off: bool,
    /// Leaf hashes that another source gave for the same record, and what a difference means.
    other: Option<(&'a [Hash], Item)>,
    /// Where they differ.
    differ: Vec<u64>,
    texts: BTreeMap<MatterId, Texts>,
    given: BTreeSet<PersonalRef>,
    said_gone: Vec<(u64, PersonalRef, u64)>,
    told: Told,
    /// Whether the contents were read, so that what they tell of the record itself would have been seen.
    informed: bool,
    contents_checked: u64,
    texts_checked: u64,
}

/// What the lines of a record say about the record itself.
#[derive(Default)]
pub(super) struct Told {
    /// That it was reopened.
    pub reopened: Vec<Reopened>,
    /// That another key signs.
    pub handovers: Vec<Handover>,
}

/// What is known of a record once its last row was read; of a receipt, nothing.
#[derive(Default)]
pub(super) struct Finished {
    /// The leaf hashes, up to the first line that is missing.
    pub leaves: Vec<Hash>,
    /// The lines that changed its key; none is missing here if `complete`.
    pub handovers: Vec<Handover>,
    /// Whether every line and its content were read.
    pub complete: bool,
}

/// A line that says that the record was reopened from a backup.
pub(super) struct Reopened {
    seq: u64,
    origin: String,
    size: u64,
    root: Hash,
}

/// A root that the tree must have at some size.
struct Mark {
    of: Of,
    size: u64,
    root: Hash,
    holds: Option<bool>,
}

/// Who says so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// The signed checkpoint.
    Tree,
    /// What the reader saw earlier.
    Since,
    /// The record itself: an earlier signed checkpoint, or the line that reopened it.
    Itself,
}

/// The highest record number that is taken seriously; a line that claims a higher one is nonsense.
const HIGHEST: u64 = u64::MAX >> 1;

/// Differences that are noted; beyond it they are the rule.
const MOST: usize = 10_000;

impl<'a> Checker<'a> {
    pub fn new(report: &'a mut Report, contents: Contents, unit: Option<u64>) -> Self {
        Self {
            report,
            contents,
            unit,
            expected: 0,
            leaves: Vec::new(),
            whole: true,
            broken_off: false,
            other: None,
            differ: Vec::new(),
            texts: BTreeMap::new(),
            given: BTreeSet::new(),
            said_gone: Vec::new(),
            told: Told::default(),
            informed: contents != Contents::None,
            contents_checked: 0,
            texts_checked: 0,
        }
    }

    /// Compares every line with what another source said of it.
    pub fn compare_with(&mut self, leaves: &'a [Hash], item: Item) {
        self.other = Some((leaves, item));
    }

    /// The leaf hashes so far, up to the first line that is missing.
    pub fn leaves(&self) -> &[Hash] {
        &self.leaves
    }

    /// What the lines say about the record itself, as far as contents were read.
    pub fn told(&self) -> &Told {
        &self.told
    }

    /// The same, to be taken away.
    pub fn take_told(&mut self) -> Told {
        std::mem::take(&mut self.told)
    }

    /// Learns from contents that were read elsewhere what the lines say about the record itself.
    pub fn learn(&mut self, told: Told) {
        self.told = told;
        self.informed = true;
    }

    /// The source broke off: what does not come is not missing, it merely cannot be checked here.
    pub fn broke_off(&mut self, why: Why) {
        self.report.add(Finding::CannotCheck { item: Item::Source, why, count: 0 });
        self.broken_off = true;
    }

    /// A row that cannot be read at all.
    pub fn unreadable(&mut self) {
        self.changed(Item::Line, self.expected);
        self.expected += 1;
        self.whole = false;
    }

    /// Lines that are not there.
    pub fn missing(&mut self, count: u64) {
        let at = Span { first: self.expected, last: self.expected + count - 1 };
        self.report.add(Finding::Missing { item: Item::Line, at });
        self.expected += count;
        self.whole = false;
    }

    /// The next row.
    pub fn take(&mut self, row: &Row) {
        let Some(line) = Line::parse(row.line.as_bytes()).ok().filter(|line| line.seq < HIGHEST) else {
            self.push(row);
            return self.changed(Item::Line, self.expected - 1);
        };
        if line.seq < self.expected {
            return self.changed(Item::Line, line.seq); // a number that was there already
        }
        if line.seq > self.expected {
            self.missing(line.seq - self.expected);
        }
        if *self.unit.get_or_insert(line.unit) != line.unit {
            self.changed(Item::Line, line.seq);
        }
        self.push(row);
        if let Contents::Of(readers) = self.contents {
            self.content(&line, row, readers);
        }
    }

    fn push(&mut self, row: &Row) {
        let leaf = leaf(row.line.as_bytes());
        let other = self.other.and_then(|(leaves, _)| leaves.get(usize::try_from(self.expected).ok()?));
        if other.is_some_and(|other| *other != leaf) && self.differ.len() < MOST {
            self.differ.push(self.expected);
        }
        if self.whole {
            self.leaves.push(leaf);
        }
        self.report.lines += 1;
        self.expected += 1;
    }

    fn content(&mut self, line: &Line, row: &Row, readers: For) {
        let Some(body) = &row.body else {
            let public = matches!(&line.body, Body::Open { audience, .. } if audience == Audience::Public.word());
            return match readers == For::Complete || public {
                true => self.report.add(Finding::Missing { item: Item::Content, at: Span::one(line.seq) }),
                false => self.report.add(Finding::CannotCheck { item: Item::Content, why: Why::NotPublic, count: 1 }),
            };
        };
        if law::Digest::of(&[body.as_bytes()]).0 != *line.digest() {
            return self.changed(Item::Content, line.seq);
        }
        self.contents_checked += 1;
        let Ok(said) = texts::read(body.as_bytes()) else {
            return self.report.add(Finding::CannotCheck { item: Item::Content, why: Why::NewerFormat, count: 1 });
        };
        if !agrees(line, &said) {
            self.changed(Item::Line, line.seq);
        }
        if said.kind == Mechanism::KIND {
            self.note_telling(line.seq, leaf(row.line.as_bytes()), body.as_bytes());
        }
        self.take_texts(line.seq, &said, row);
    }

    fn take_texts(&mut self, seq: u64, said: &texts::Said, row: &Row) {
        for text in &row.personal {
            let named = said.effect.refs.iter().any(|(_, at)| *at == text.at);
            match named && PersonalRef::of(&text.salt.0, &text.text) == text.at {
                true => self.texts_checked += 1,
                false => self.changed(Item::Text, seq),
            }
            self.given.insert(text.at);
        }
        self.said_gone.extend(row.erased.iter().map(|gone| (seq, gone.at, gone.seq)));
        let idle = said.effect == texts::Effect::default();
        if !idle {
            self.texts.entry(said.matter).or_default().take(seq, &said.effect);
        }
    }

    fn note_telling(&mut self, seq: u64, leaf: Hash, body: &[u8]) {
        match serde_json::from_slice::<Entry<Fact>>(body).map(|entry| entry.fact) {
            Ok(Fact::Restored { origin, size, root }) => self.told.reopened.push(Reopened { seq, origin, size, root: root.0 }),
            Ok(Fact::KeyChanged { was, key, .. }) => self.told.handovers.extend(Handover::of(seq, leaf, was.as_deref(), &key)),
            _ => {}
        }
    }

    fn changed(&mut self, item: Item, seq: u64) {
        self.report.add(Finding::Changed { item, at: Some(Span::one(seq)) });
    }

    /// After the last row: texts that are not there, the tree, and what came before.
    pub fn finish(mut self, sealed: Option<&Checkpoint>, since: Option<&Checkpoint>, earlier: &[Checkpoint]) -> Finished {
        match sealed.map_or(0, |sealed| sealed.size.saturating_sub(self.expected)) {
            0 => {}
            _ if self.broken_off => self.whole = false,
            missing => self.missing(missing),
        }
        self.absent_texts();
        if let Some(sealed) = sealed {
            self.tree(sealed, since, earlier);
            let waiting = self.expected.saturating_sub(sealed.size);
            if waiting > 0 {
                self.report.add(Finding::CannotCheck { item: Item::Line, why: Why::NotSealed, count: waiting });
            }
        } else {
            self.differences(None);
        }
        for (item, count) in [(Item::Line, self.report.lines), (Item::Content, self.contents_checked), (Item::Text, self.texts_checked)] {
            if count > 0 && !self.report.is_bad(item) {
                self.report.add(Finding::Intact { item, count });
            }
        }
        let complete = self.informed && self.whole && !self.broken_off && !self.report.is_bad(Item::Content);
        Finished { leaves: self.leaves, handovers: self.told.handovers, complete }
    }

    /// A text may be absent only when these readers may not read it, or when a later line of its matter deleted it.
    fn absent_texts(&mut self) {
        let Contents::Of(readers) = self.contents else { return };
        for texts in self.texts.values() {
            for held in texts.all().iter().filter(|held| !self.given.contains(&held.at)) {
                match held.forgotten {
                    Some(by) => self.report.add(Finding::Erased { at: held.seq, by }),
                    None if readers == For::Complete || held.open => {
                        self.report.add(Finding::Missing { item: Item::Text, at: Span::one(held.seq) });
                    }
                    None => {}
                }
            }
        }
        let held: BTreeMap<PersonalRef, Held> = self.texts.values().flat_map(Texts::all).map(|held| (held.at, *held)).collect();
        for (seq, at, by) in std::mem::take(&mut self.said_gone) {
            let recorded = held.get(&at).is_some_and(|held| held.forgotten == Some(by));
            if !recorded && !self.given.contains(&at) {
                self.report.add(Finding::Missing { item: Item::Text, at: Span::one(seq) });
            }
        }
    }

    fn tree(&mut self, sealed: &Checkpoint, since: Option<&Checkpoint>, earlier: &[Checkpoint]) {
        let reopened = std::mem::take(&mut self.told.reopened);
        let mut marks = vec![Mark::new(Of::Tree, sealed.size, sealed.root)];
        for line in &reopened {
            match line.size > line.seq {
                true => self.report.add(Finding::Lost { at: Span { first: line.seq, last: line.size - 1 }, by: line.seq }),
                false => marks.push(Mark::new(Of::Itself, line.size, line.root)),
            }
        }
        let fits = |checkpoint: &&Checkpoint| checkpoint.origin == sealed.origin && checkpoint.size < sealed.size;
        marks.extend(earlier.iter().filter(fits).map(|checkpoint| Mark::new(Of::Itself, checkpoint.size, checkpoint.root)));
        let lineage = since.map(|since| (since, lineage(since, sealed, self.informed.then_some(&reopened))));
        self.differences(lineage.as_ref().map(|(_, lineage)| lineage));
        if let Some((since, lineage)) = &lineage {
            marks.extend(self.history(since, lineage, sealed));
        }
        compute(&mut marks, &self.leaves);
        self.judge(&marks);
    }

    /// Lines that another source gave otherwise. Numbers beyond a reopening were given twice, and may differ.
    fn differences(&mut self, lineage: Option<&Lineage>) {
        let Some((_, item)) = self.other else { return };
        let limit = match lineage {
            Some(Lineage::Reopened { kept, .. }) => *kept,
            Some(Lineage::Strange | Lineage::Untold) if item == Item::History => 0,
            _ => u64::MAX,
        };
        for seq in std::mem::take(&mut self.differ).into_iter().filter(|seq| *seq < limit) {
            self.changed(item, seq);
        }
    }

    /// What must hold of the tree for it to go on from what was seen earlier.
    fn history(&mut self, since: &Checkpoint, lineage: &Lineage, sealed: &Checkpoint) -> Option<Mark> {
        match *lineage {
            Lineage::Strange => self.report.add(Finding::Changed { item: Item::History, at: None }),
            Lineage::Untold => self.report.add(Finding::CannotCheck { item: Item::History, why: Why::NotOffered, count: 0 }),
            Lineage::Same if since.size > sealed.size => {
                // The same log shows less than it once signed.
                self.report.add(Finding::Missing { item: Item::Line, at: Span { first: sealed.size, last: since.size - 1 } });
            }
            Lineage::Reopened { kept, admitted } if since.size > kept => {
                if since.size > admitted {
                    self.report.add(Finding::Missing { item: Item::History, at: Span { first: admitted, last: since.size - 1 } });
                }
                self.report.add(Finding::CannotCheck { item: Item::History, why: Why::LinesMissing, count: 0 });
            }
            Lineage::Same | Lineage::Reopened { .. } => return Some(Mark::new(Of::Since, since.size, since.root)),
        }
        None
    }

    fn judge(&mut self, marks: &[Mark]) {
        let holds = |of: Of| marks.iter().find(|mark| mark.of == of).map(|mark| (mark.size, mark.holds));
        let tree = holds(Of::Tree).and_then(|(_, holds)| holds);
        self.report.add(match tree {
            Some(true) => Finding::Intact { item: Item::Tree, count: 1 },
            Some(false) => Finding::Changed { item: Item::Tree, at: between(marks) },
            None => Finding::CannotCheck { item: Item::Tree, why: Why::LinesMissing, count: 0 },
        });
        let up_to = |size: u64| Finding::Changed { item: Item::History, at: size.checked_sub(1).map(|last| Span { first: 0, last }) };
        match holds(Of::Since) {
            Some((_, Some(true))) => self.report.add(Finding::Intact { item: Item::History, count: 1 }),
            Some((_, None)) => self.report.add(Finding::CannotCheck { item: Item::History, why: Why::LinesMissing, count: 0 }),
            // Named by its numbers already, or the tree says it.
            Some((_, Some(false))) if self.report.is_bad(Item::History) || tree == Some(false) => {}
            Some((size, Some(false))) => self.report.add(up_to(size)),
            None => {}
        }
        let contradicts = |mark: &&Mark| mark.of == Of::Itself && mark.holds == Some(false);
        if tree == Some(true)
            && let Some(mark) = marks.iter().filter(contradicts).min_by_key(|mark| mark.size)
        {
            self.report.add(up_to(mark.size)); // two trees, both signed by this record
        }
    }
}

impl Mark {
    fn new(of: Of, size: u64, root: Hash) -> Self {
        Self { of, size, root, holds: None }
    }
}

/// How an earlier checkpoint stands to the one shown now.
enum Lineage {
    /// Of the same log.
    Same,
    /// Of an earlier epoch: its first `kept` lines are still there; the line that reopened the record admits that there
    /// were `admitted`.
    Reopened { kept: u64, admitted: u64 },
    /// Of an earlier epoch; what explains it stands in contents that are not here.
    Untold,
    /// Of another record, or of an epoch that no line of the record explains.
    Strange,
}

/// `reopened` is nothing when contents were not read.
fn lineage(since: &Checkpoint, sealed: &Checkpoint, reopened: Option<&Vec<Reopened>>) -> Lineage {
    if since.origin == sealed.origin {
        return Lineage::Same;
    }
    match (epoch_of(&since.origin), epoch_of(&sealed.origin)) {
        (Some((ours, before)), Some((base, now))) if ours == base && before < now => {}
        _ => return Lineage::Strange,
    }
    let Some(reopened) = reopened else { return Lineage::Untold };
    let line = reopened.iter().find(|line| line.origin == since.origin);
    line.map_or(Lineage::Strange, |line| Lineage::Reopened { kept: line.seq, admitted: line.size.max(line.seq) })
}

/// Whether the line says what its entry says.
fn agrees(line: &Line, said: &texts::Said) -> bool {
    let open = match &line.body {
        Body::Sealed { .. } => true,
        Body::Open { kind, matter, step, day, .. } => {
            *kind == said.kind
                && *matter == said.matter.to_string()
                && *step == said.step
                && *day == law::moment::civil_day(said.at).to_string()
        }
    };
    open && line.unit == said.unit.number()
}

/// Which of these checkpoints are of the tree that the leaves make.
pub(super) fn of_this_tree(checkpoints: &[&Checkpoint], leaves: &[Hash]) -> Vec<bool> {
    let mut marks: Vec<Mark> = checkpoints.iter().map(|checkpoint| Mark::new(Of::Itself, checkpoint.size, checkpoint.root)).collect();
    compute(&mut marks, leaves);
    marks.into_iter().map(|mark| mark.holds == Some(true)).collect()
}

/// Computes the tree's root at the size of every mark that the leaves reach, in one pass.
fn compute(marks: &mut [Mark], leaves: &[Hash]) {
    let mut by_size: BTreeMap<u64, Vec<&mut Mark>> = BTreeMap::new();
    for mark in marks {
        by_size.entry(mark.size).or_default().push(mark);
    }
    let mut tree = Frontier::new();
    for (size, marks) in by_size {
        let Some(next) = usize::try_from(size).ok().and_then(|size| leaves.get(tree.size() as usize..size)) else { return };
        for leaf in next {
            tree.push(*leaf);
        }
        let root = tree.root();
        marks.into_iter().for_each(|mark| mark.holds = Some(mark.root == root));
    }
}

/// The numbers among which the change lies: after the largest root that holds, before the smallest that does not.
fn between(marks: &[Mark]) -> Option<Span> {
    let wrong = marks.iter().filter(|mark| mark.holds == Some(false)).map(|mark| mark.size).min()?;
    let first = marks.iter().filter(|mark| mark.holds == Some(true) && mark.size < wrong).map(|mark| mark.size).max().unwrap_or(0);
    Some(Span { first, last: wrong.checked_sub(1)? })
}
