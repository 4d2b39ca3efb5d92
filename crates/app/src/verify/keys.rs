//! 公钥 Pinned keys: which keys a stranger holds, and whether the record's signature is by one of them. A key that comes
//! with the record proves nothing; one printed on paper or kept from an earlier bundle does.

use super::report::{Answer, Finding, Item, Report, Why, Witnessed};
use crate::bundle::Reader;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use record::{Checkpoint, Frontier, Note, Receipt, Verifier, checkpoint, key, leaf, note};
use sha2::{Digest, Sha256};
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
        let checkpoint = signed(&bytes).and_then(|note| Checkpoint::parse(note.text.as_bytes()).ok());
        Ok(checkpoint.map(|checkpoint| Self { checkpoint, key: None, leaves: Vec::new() }))
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
        Some(Self { checkpoint, key: Verifier::parse(&manifest.vkey).ok(), leaves })
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
    if ours != base || epoch < pinned || key.kind() != key::Kind::Plain {
        return None;
    }
    let material = BASE64_STANDARD.decode(key.vkey().splitn(3, '+').nth(2)?).ok()?;
    let hash = Sha256::new().chain_update(origin).chain_update(b"\n").chain_update(&material).finalize();
    let id: String = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    Verifier::parse(&format!("{origin}+{id}+{}", BASE64_STANDARD.encode(material))).ok()
}

/// Whether the record's signature is genuine: by the keys that were pinned, or else only by the key that came with it.
pub(super) fn signature(note: &Note, origin: &str, pinned: &[Verifier], own: Option<&Verifier>) -> Finding {
    let for_origin = |keys: &[Verifier]| -> Vec<Verifier> { keys.iter().filter_map(|key| renamed(key, origin)).collect() };
    let keys = for_origin(pinned);
    if !keys.is_empty() {
        return match checkpoint::open(note, &keys) {
            Ok(_) => Finding::Intact { item: Item::Signature, count: 1 },
            Err(_) => Finding::Changed { item: Item::Signature, at: None },
        };
    }
    let own: Vec<Verifier> = own.cloned().into_iter().collect();
    let own = for_origin(&own);
    if !own.is_empty() && checkpoint::open(note, &own).is_err() {
        return Finding::Changed { item: Item::Signature, at: None };
    }
    let why = if pinned.is_empty() { Why::NoPinnedKey } else { Why::OtherKey };
    Finding::CannotCheck { item: Item::Signature, why, count: 0 }
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
