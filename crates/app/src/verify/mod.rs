//! 核验 Verify: what a stranger checks with nothing but a bundle, a site or a receipt, and keys he holds from elsewhere.
//! Contents are hashed again, not only their digests; every finding is one of the five answers, with its record numbers.

mod keys;
mod lines;
mod receipt;
mod report;
mod site;

pub(crate) use keys::signed;
pub use keys::{Since, read_keys};
pub use report::{Answer, Finding, Item, Report, Span, Subject, Why, Witnessed};

use crate::bundle::{BundleError, Manifest, Reader};
use crate::wire::Wire;
use keys::{Handover, Signed};
use lines::{Checker, Contents, Finished};
use record::{Checkpoint, Note, Verifier, checkpoint};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What to verify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A bundle or a receipt (`.tlog-proof`); which, its first bytes tell.
    File(PathBuf),
    /// A unit's page (`https://host/u/441900121014`) or its record (`https://host/record/441900121014`).
    Url(String),
}

impl Input {
    /// What a word of the command line means.
    pub fn of(word: &str) -> Self {
        match word.starts_with("https://") || word.starts_with("http://") {
            true => Self::Url(word.to_owned()),
            false => Self::File(word.into()),
        }
    }
}

/// What a stranger brings along.
pub struct Options<'a> {
    /// Keys pinned from a printed notice or an earlier bundle; see [`read_keys`].
    pub keys: Vec<Verifier>,
    /// Keys of witnesses that are asked about.
    pub witnesses: Vec<Verifier>,
    /// What was seen earlier; see [`Since::read`].
    pub since: Option<Since>,
    /// For a receipt: the entry behind its line.
    pub body: Option<Vec<u8>>,
    /// How sites are reached.
    pub wire: &'a dyn Wire,
}

impl<'a> Options<'a> {
    /// Nothing brought along.
    pub fn new(wire: &'a dyn Wire) -> Self {
        Self { keys: Vec::new(), witnesses: Vec::new(), since: None, body: None, wire }
    }

    /// The keys that count as pinned: those given, and the one of an earlier bundle.
    fn pinned(&self) -> Vec<Verifier> {
        let earlier = self.since.as_ref().and_then(|since| since.key.clone());
        self.keys.iter().cloned().chain(earlier).collect()
    }
}

/// Verifies a bundle, a site or a receipt. What cannot be read is an answer too.
pub fn verify(input: &Input, options: &Options<'_>) -> Report {
    match input {
        Input::Url(url) => site::verify(url, options),
        Input::File(path) => file(path, options).unwrap_or_else(|error| {
            tracing::debug!(path = %path.display(), %error, "cannot be read");
            Report::only(Subject::Unknown, Item::Source, Why::Unreadable)
        }),
    }
}

fn file(path: &Path, options: &Options<'_>) -> std::io::Result<Report> {
    let mut source = BufReader::new(File::open(path)?);
    match source.fill_buf()?.first() {
        Some(b'{') => Ok(bundle(source, options)),
        _ => {
            let mut bytes = Vec::new();
            source.take(1 << 20).read_to_end(&mut bytes)?;
            Ok(receipt::verify(&bytes, options))
        }
    }
}

/// Verifies a bundle from wherever it is read.
pub fn bundle(source: impl BufRead, options: &Options<'_>) -> Report {
    let mut report = Report::new(Subject::Bundle);
    match Reader::open(source) {
        Ok((manifest, mut rows)) => in_bundle(&mut report, &manifest, &mut rows, options),
        Err(_) => report.add(Finding::CannotCheck { item: Item::Source, why: Why::Unreadable, count: 0 }),
    }
    report.conclude();
    report
}

fn in_bundle(report: &mut Report, manifest: &Manifest, rows: &mut Reader<impl BufRead>, options: &Options<'_>) {
    report.unit = manifest.unit.to_string();
    report.name.clone_from(&manifest.name);
    report.origin.clone_from(&manifest.origin);
    let own = Verifier::parse(&manifest.vkey).ok();
    let signed = manifest.checkpoint.as_ref().map(|note| read_note(note));
    let sealed = match &signed {
        Some(Some((note, checkpoint))) => {
            seen(report, note, checkpoint, options);
            Some((note, checkpoint))
        }
        Some(None) => {
            report.add(Finding::Changed { item: Item::Signature, at: None });
            None
        }
        None => {
            report.add(Finding::CannotCheck { item: Item::Signature, why: Why::NotSealed, count: 0 });
            None
        }
    };
    let mut checker = Checker::new(report, Contents::Of(manifest.audience), Some(manifest.unit.number()));
    if let Some(since) = &options.since {
        checker.compare_with(&since.leaves, Item::History);
    }
    take_rows(&mut checker, rows);
    let kept = kept(manifest);
    let earlier = earlier(&kept, own.as_ref(), &checker.told().handovers, options);
    let read = checker.finish(sealed.map(|(_, checkpoint)| checkpoint), options.since.as_ref().map(|since| &since.checkpoint), &earlier);
    if let Some((note, checkpoint)) = sealed {
        report.add(signature(note, checkpoint, own.as_ref(), &kept, &read, options));
    }
}

/// Hands every row to the checker. A file that breaks off is seen by the lines it lacks.
fn take_rows(checker: &mut Checker<'_>, rows: &mut Reader<impl BufRead>) {
    loop {
        match rows.next_row() {
            Ok(Some(row)) => checker.take(&row),
            Ok(None) => return,
            Err(BundleError::Malformed { .. }) => checker.unreadable(),
            Err(error) => {
                tracing::debug!(%error, "the bundle breaks off");
                return checker.broke_off(Why::Unreadable);
            }
        }
    }
}

fn read_note(note: &str) -> Option<(Note, Checkpoint)> {
    let note = Note::parse(note.as_bytes()).ok()?;
    let checkpoint = Checkpoint::parse(note.text.as_bytes()).ok()?;
    Some((note, checkpoint))
}

/// What the signed checkpoint says for itself.
fn seen(report: &mut Report, note: &Note, checkpoint: &Checkpoint, options: &Options<'_>) {
    report.origin.clone_from(&checkpoint.origin);
    report.sealed = checkpoint.size;
    keys::witnesses(report, note, &options.witnesses);
}

/// Whether the signature is genuine, now that the lines are known.
fn signature(
    note: &Note,
    checkpoint: &Checkpoint,
    own: Option<&Verifier>,
    kept: &[Note],
    read: &Finished,
    options: &Options<'_>,
) -> Finding {
    let others = kept.iter().chain(options.since.as_ref().map(|since| &since.note)).collect();
    Signed { note, checkpoint, pinned: &options.pinned(), own, others }.judge(read)
}

/// The signed checkpoints that a bundle carries.
fn kept(manifest: &Manifest) -> Vec<Note> {
    let texts = manifest.earlier.iter().map(|earlier| &earlier.note).chain(&manifest.checkpoint);
    texts.filter_map(|text| Note::parse(text.as_bytes()).ok()).collect()
}

/// Those of them that a key of the record has signed, as far as its keys are known.
fn earlier(kept: &[Note], own: Option<&Verifier>, handovers: &[Handover], options: &Options<'_>) -> Vec<Checkpoint> {
    let keys = options.pinned().into_iter().chain(own.cloned()).chain(handovers.iter().flat_map(Handover::keys).cloned());
    let keys: Vec<Verifier> = keys.collect();
    kept.iter().filter_map(|note| checkpoint::open(note, &keys).ok()).collect()
}
