//! 公钥 Pinned keys: which keys a stranger holds, and whether the record's signature is by one of them. A key that comes
//! with the record proves nothing; one printed on paper or kept from an earlier bundle does.

use super::lines::{Finished, of_this_tree};
use super::report::{Answer, Finding, Item, Report, Why, Witnessed};
use crate::bundle::Reader;
use record::{Checkpoint, Frontier, Hash, Note, Receipt, Verifier, key, leaf, note};
use std::io::{self, BufRead, Read};

/// The longest text that is read for a key, a checkpoint or a receipt.
const MAX_TEXT: u64 = 1 << 20;

/// Reads keys: a vkey, a text with vkeys among its words (as the printed notice has), or an earlier bundle. Words that
/// are no keys are passed over.
///
/// # Errors
/// When the source cannot be read.
pub fn read_keys(mut source: impl BufRead) -> io::Result<Vec<Verifier>> {
    if source.fill_buf()?.first() == Some(&b'{') {
        let manifest = Reader::open(source).map(|(manifest, _)| manifest);
        return Ok(manifest.ok().and_then(|manifest| Verifier::parse(&manifest.vkey).ok()).into_iter().collect());
    }
    let mut bytes = Vec::new();
    source.take(MAX_TEXT).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.split_whitespace().filter_map(|word| Verifier::parse(word).ok()).collect())
}

/// A state of the record that the reader saw earlier.
#[derive(Clone, Debug)]
pub struct Since {
    /// What was signed then.
    pub checkpoint: Checkpoint,
    /// The note that it was signed in.
    pub note: Note,
    /// The key, when it is an earlier bundle.
    pub key: Option<Verifier>,
    /// The leaf hashes of its lines, when it is an earlier bundle: with them a changed line is named by its number.
    pub leaves: Vec<record::Hash>,
}

impl Since {
    /// Reads an earlier bundle, a signed checkpoint, or a receipt (for its checkpoint); none when it is none of these.
    ///
    /// # Errors
    /// When the source cannot be read.
    pub fn read(mut source: impl BufRead) -> io::Result<Option<Self>> {
        if source.fill_buf()?.first() == Some(&b'{') {
            return Ok(Self::bundle(source));
        }
        let mut bytes = Vec::new();
        source.take(MAX_TEXT).read_to_end(&mut bytes)?;
        let Some(note) = signed(&bytes) else { return Ok(None) };
        let checkpoint = Checkpoint::parse(note.text.as_bytes()).ok();
        Ok(checkpoint.map(|checkpoint| Self { checkpoint, note, key: None, leaves: Vec::new() }))
    }

    fn bundle(source: impl BufRead) -> Option<Self> {
        let (manifest, mut rows) = Reader::open(source).ok()?;
        let note = Note::parse(manifest.checkpoint?.as_bytes()).ok()?;
        let checkpoint = Checkpoint::parse(note.text.as_bytes()).ok()?;
        let mut leaves = Vec::new();
        while (leaves.len() as u64) < checkpoint.size
            && let Ok(Some(row)) = rows.next_row()
        {
            leaves.push(leaf(row.line.as_bytes()));
        }
        // Only what was signed then can be held against what is shown now.
        let root = leaves.iter().fold(Frontier::new(), |mut tree, leaf| {
            tree.push(*leaf);
            tree
        });
        if (root.size(), root.root()) != (checkpoint.size, checkpoint.root) {
            leaves.clear();
        }
        Some(Self { checkpoint, note, key: Verifier::parse(&manifest.vkey).ok(), leaves })
    }
}

/// The signed checkpoint of a receipt, or the one that a note is. A receipt has the shape of a note, so it is tried first.
pub(crate) fn signed(bytes: &[u8]) -> Option<Note> {
    Receipt::parse(bytes).map(|receipt| receipt.checkpoint).or_else(|_| Note::parse(bytes)).ok()
}

/// The origin without its last part, and the epoch that this part is: `cunwu.example/record/441900121014` and 0.
pub(super) fn epoch_of(origin: &str) -> Option<(&str, u64)> {
    let (base, epoch) = origin.rsplit_once('/')?;
    Some((base, epoch.parse().ok()?))
}

/// The same key under the record's origin in another epoch. A unit's key outlives its epochs; the name in a vkey does not.
fn renamed(key: &Verifier, origin: &str) -> Option<Verifier> {
    if key.name() == origin {
        return Some(key.clone());
    }
    let ((ours, pinned), (base, epoch)) = (epoch_of(key.name())?, epoch_of(origin)?);
    match ours == base && epoch >= pinned && key.kind() == key::Kind::Plain {
        true => key.under(origin).ok(),
        false => None,
    }
}

/// A line by which another key signs from then on.
#[derive(Clone)]
pub(super) struct Handover {
    seq: u64,
    leaf: Hash,
    was: Option<Verifier>,
    key: Verifier,
}

impl Handover {
    /// From what its entry says; none when that is no key.
    pub fn of(seq: u64, leaf: Hash, was: Option<&str>, key: &str) -> Option<Self> {
        let was = was.map(Verifier::parse).transpose().ok()?;
        Some(Self { seq, leaf, was, key: Verifier::parse(key).ok()? })
    }

    /// The keys it names.
    pub fn keys(&self) -> impl Iterator<Item = &Verifier> {
        self.was.iter().chain(std::iter::once(&self.key))
    }
}

/// A signed checkpoint and what a stranger brings to judge its signature.
pub(super) struct Signed<'a> {
    /// The note.
    pub note: &'a Note,
    /// Its text.
    pub checkpoint: &'a Checkpoint,
    /// The keys that are pinned.
    pub pinned: &'a [Verifier],
    /// The key that came with the record.
    pub own: Option<&'a Verifier>,
    /// Other signed checkpoints of the record: whoever signed one of them bore out all its lines.
    pub others: Vec<&'a Note>,
}

impl Signed<'_> {
    /// Whether the record's signature is genuine: by the keys that were pinned, by a key to which the record's own lines
    /// lead from them, or else only by the key that came with it.
    pub fn judge(&self, read: &Finished) -> Finding {
        let for_origin = |key: &Verifier| renamed(key, &self.checkpoint.origin);
        let pinned: Vec<Verifier> = self.pinned.iter().filter_map(for_origin).collect();
        let wrong = Finding::Changed { item: Item::Signature, at: None };
        let cannot = |why| Finding::CannotCheck { item: Item::Signature, why, count: 0 };
        let signed = |key: &Verifier| note::verified(self.note, std::slice::from_ref(key)).is_ok_and(|seen| !seen.is_empty());
        if pinned.is_empty() {
            let own = self.own.and_then(for_origin);
            let why = if self.pinned.is_empty() { Why::NoPinnedKey } else { Why::OtherKey };
            return if own.is_some_and(|own| !signed(&own)) { wrong } else { cannot(why) };
        }
        let Ok(by_pinned) = note::verified(self.note, &pinned) else { return wrong };
        let Some(last) = self.handovers(read).last().cloned() else {
            return match by_pinned.is_empty() {
                false => Finding::Intact { item: Item::Signature, count: 1 },
                // Nothing says that the key was changed: a line of which we may not know, or another hand.
                true if read.complete => wrong,
                true => cannot(Why::OtherSigner),
            };
        };
        let Some(key) = for_origin(&last.key).filter(signed) else { return wrong };
        match pinned.contains(&key) {
            true => Finding::Intact { item: Item::Signature, count: 1 },
            false if self.believed(pinned, read).contains(&key) => Finding::Followed { by: last.seq },
            false => cannot(Why::KeyUnproved),
        }
    }

    /// The changes of the key that the signed tree holds, in order.
    fn handovers<'r>(&self, read: &'r Finished) -> Vec<&'r Handover> {
        let held = |line: &&Handover| line.seq < self.checkpoint.size && leaf_at(read, line.seq) == Some(&line.leaf);
        let mut lines: Vec<&Handover> = read.handovers.iter().filter(held).collect();
        lines.sort_by_key(|line| line.seq);
        lines
    }

    /// The pinned keys, and those that they lead to: the key that a line replaced has signed a tree that holds the line.
    /// Only the key that was then in force can hand on, not one that an earlier line had replaced.
    fn believed(&self, mut keys: Vec<Verifier>, read: &Finished) -> Vec<Verifier> {
        let trees = self.trees(read);
        let (origin, mut in_force) = (&self.checkpoint.origin, None);
        for line in self.handovers(read) {
            let Some(key) = renamed(&line.key, origin) else { continue };
            let was = line.was.as_ref().and_then(|was| renamed(was, origin));
            let follows = was.is_some() && (in_force.is_none() || in_force == was);
            let borne_out =
                |was: &Verifier| trees.iter().any(|(note, checkpoint)| checkpoint.size > line.seq && bears(note, checkpoint, was));
            if follows && was.is_some_and(|was| keys.contains(&was)) && line.was.as_ref().is_some_and(borne_out) {
                keys.push(key.clone());
            }
            in_force = Some(key);
        }
        keys
    }

    /// Every signed checkpoint at hand that is of the tree that was read.
    fn trees(&self, read: &Finished) -> Vec<(&Note, Checkpoint)> {
        let notes = self.others.iter().copied().chain(std::iter::once(self.note));
        let all: Vec<(&Note, Checkpoint)> = notes.filter_map(|note| Some((note, Checkpoint::parse(note.text.as_bytes()).ok()?))).collect();
        let holds = of_this_tree(&all.iter().map(|(_, checkpoint)| checkpoint).collect::<Vec<_>>(), &read.leaves);
        all.into_iter().zip(holds).filter(|(_, holds)| *holds).map(|(tree, _)| tree).collect()
    }
}

/// Whether a checkpoint bears a genuine signature of a key, under the name it had in that epoch.
fn bears(note: &Note, checkpoint: &Checkpoint, key: &Verifier) -> bool {
    renamed(key, &checkpoint.origin).is_some_and(|key| note::verified(note, &[key]).is_ok_and(|seen| !seen.is_empty()))
}

fn leaf_at(read: &Finished, seq: u64) -> Option<&Hash> {
    read.leaves.get(usize::try_from(seq).ok()?)
}

/// Which of the witnesses saw this very tree.
pub(super) fn witnesses(report: &mut Report, note: &Note, witnesses: &[Verifier]) {
    for witness in witnesses {
        let seen = note::verified(note, std::slice::from_ref(witness));
        let (answer, time) = match seen.as_deref() {
            Ok([seen, ..]) => (Answer::Intact, seen.time),
            Ok([]) => (Answer::CannotCheck, None),
            Err(_) => (Answer::Changed, None),
        };
        report.witnesses.push(Witnessed { name: witness.name().to_owned(), answer, time });
    }
}
