//! 见证方 The witness: judges a request by C2SP's rules, puts the new checkpoint on the disk, and only then cosigns.
//! One file per log holds the latest checkpoint it saw; requests that show a log's misbehaviour are kept as evidence.

use super::latest_path;
use crate::{Clock, Failure, Keys};
use record::{Checkpoint, Hash, Malformed, Note, Request, Signer, Verdict, Verifier, cosignature, witness};
use std::collections::HashMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Requests kept as evidence at most; more of them say nothing new.
const EVIDENCE: usize = 1_000;

/// A witness with its key, the logs it watches, and the folder that holds what it saw.
pub struct WitnessState {
    signer: Signer,
    logs: HashMap<String, Vec<Verifier>>,
    folder: PathBuf,
    clock: Arc<dyn Clock>,
}

/// An answer: status, content type, body.
pub type Answered = (u16, &'static str, String);

/// Why a witness cannot serve.
#[derive(Debug)]
pub enum WitnessError {
    /// Its folder cannot be read or written.
    Io(io::Error),
    /// A file of its folder is not the checkpoint that it should be.
    Damaged(PathBuf),
    /// A line, from 1, of the list of logs is no verifier key.
    Log(usize, Malformed),
}

impl fmt::Display for WitnessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Damaged(path) => write!(f, "{} is not a checkpoint", path.display()),
            Self::Log(line, error) => write!(f, "line {line} of the list of logs: {error}"),
        }
    }
}

impl std::error::Error for WitnessError {}

impl From<io::Error> for WitnessError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The key of a witness called `name`, from its own seed file; never a house's.
///
/// # Errors
/// [`Failure::Key`] when the name cannot be a key's.
pub fn signer(keys: &Keys, name: &str) -> Result<Signer, Failure> {
    Signer::new(name, &keys.derive("witness")).map_err(|error| Failure::Key { what: format!("{name}: {error}") })
}

/// Reads a list of the logs to watch: a vkey on each line; empty lines and those that begin with `#` are passed over.
///
/// # Errors
/// [`WitnessError::Log`] for the first line that is none of these.
pub fn read_logs(text: &str) -> Result<Vec<Verifier>, WitnessError> {
    let lines = (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(number, line)| Verifier::parse(line).map_err(|error| WitnessError::Log(number, error))).collect()
}

impl WitnessState {
    /// A witness that keeps what it saw in `folder`, which is made if needed. Nobody else may use the folder.
    ///
    /// # Errors
    /// [`WitnessError::Io`] when the folder cannot be made.
    pub fn open(folder: &Path, signer: Signer, logs: Vec<Verifier>, clock: Arc<dyn Clock>) -> Result<Self, WitnessError> {
        fs::create_dir_all(folder.join("latest"))?;
        fs::create_dir_all(folder.join("evidence"))?;
        let mut state = Self { signer, logs: HashMap::new(), folder: folder.to_owned(), clock };
        state.watch(logs);
        Ok(state)
    }

    /// Watches these logs and no others from now on.
    pub fn watch(&mut self, logs: Vec<Verifier>) {
        self.logs.clear();
        for key in logs {
            self.logs.entry(key.name().to_owned()).or_default().push(key);
        }
    }

    /// The key to put into the configuration of the logs.
    pub fn vkey(&self) -> String {
        self.signer.witness_vkey()
    }

    fn add(&self, body: &[u8]) -> Result<Result<Answered, Verdict>, WitnessError> {
        let request = match Request::parse(body) {
            Ok(request) => request,
            Err(error) => return Ok(Err(error.into())),
        };
        let origin = request.checkpoint.text.lines().next().unwrap_or_default();
        let Some(keys) = self.logs.get(origin) else { return Ok(Err(Verdict::UnknownOrigin)) };
        let known = self.known(origin)?;
        match witness::judge(known, &request, keys) {
            Ok(new) => {
                write_durably(&self.path(&new.origin), request.checkpoint.to_text().as_bytes())?;
                let time = self.clock.now().as_second().max(0).cast_unsigned();
                let line = cosignature::cosign(&request.checkpoint.text, time, &self.signer).to_line();
                Ok(Ok((200, "text/plain; charset=utf-8", line)))
            }
            Err(verdict) => {
                if matches!(verdict, Verdict::Split | Verdict::Inconsistent) {
                    self.keep_evidence(body)?;
                }
                Ok(Err(verdict))
            }
        }
    }

    fn path(&self, origin: &str) -> PathBuf {
        self.folder.join(latest_path(origin))
    }

    /// Size and root of the latest checkpoint that was cosigned of this log.
    fn known(&self, origin: &str) -> Result<Option<(u64, Hash)>, WitnessError> {
        let path = self.path(origin);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            bytes => bytes?,
        };
        let checkpoint = Note::parse(&bytes).ok().and_then(|note| Checkpoint::parse(note.text.as_bytes()).ok());
        let checkpoint = checkpoint.filter(|checkpoint| checkpoint.origin == origin).ok_or(WitnessError::Damaged(path))?;
        Ok(Some((checkpoint.size, checkpoint.root)))
    }

    /// A request that a log signed and that contradicts what it signed before. Whoever shows it proves the log's misdeed.
    fn keep_evidence(&self, body: &[u8]) -> Result<(), WitnessError> {
        let folder = self.folder.join("evidence");
        tracing::error!(folder = %folder.display(), "a log contradicts itself; its request is kept");
        match fs::read_dir(&folder)?.count() < EVIDENCE {
            true => Ok(write_durably(&folder.join(law::Digest::of(&[body]).to_string()), body)?),
            false => Ok(()),
        }
    }
}

/// What a witness answers to the body of `POST {prefix}/add-checkpoint`. What it cosigns is on the disk when this returns.
/// One request at a time: `state` is held from looking to writing.
pub fn answer(state: &mut WitnessState, body: &[u8]) -> Answered {
    match state.add(body) {
        Ok(Ok(answered)) => answered,
        Ok(Err(Verdict::Stale(size))) => (409, "text/x.tlog.size", format!("{size}\n")),
        Ok(Err(verdict)) => (verdict.status(), "text/plain; charset=utf-8", format!("{verdict}\n")),
        Err(error) => {
            tracing::error!(%error, "the witness cannot keep what it saw, so it cosigns nothing");
            (500, "text/plain; charset=utf-8", "cannot keep what was seen\n".to_owned())
        }
    }
}

/// What a witness of ours shows at `GET {prefix}/latest/{digest of the origin}`: the latest checkpoint it cosigned.
///
/// # Errors
/// [`WitnessError::Io`] when it cannot be read; none when there is none.
pub fn latest(state: &WitnessState, digest: &str) -> Result<Option<String>, WitnessError> {
    let Some(digest) = law::Digest::parse(digest) else { return Ok(None) };
    match fs::read_to_string(state.folder.join("latest").join(digest.to_string())) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        text => Ok(Some(text?)),
    }
}

/// Writes a file so that after a crash it is there as a whole or as it was before.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    let mut file = File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    settle(&part, path)
}

/// Gives a finished file its name for good.
pub(crate) fn settle(part: &Path, path: &Path) -> io::Result<()> {
    fs::rename(part, path)?;
    match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}
