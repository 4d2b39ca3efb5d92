//! 证明信封 Envelope: proof lines, an empty line and a signed checkpoint, as requests and receipts end; C2SP tlog-witness, tlog-proof

use crate::strict::{self, base64_hash, to_base64};
use crate::{Checkpoint, Hash, Malformed, Note};

/// Reads an envelope of at most `most` proof lines.
pub(crate) fn read(mut rest: &str, most: usize) -> Result<(Vec<Hash>, Note), Malformed> {
    let mut proof = Vec::new();
    loop {
        let (line, after) = strict::line(rest)?;
        rest = after;
        if line.is_empty() {
            let note = Note::parse(rest.as_bytes())?;
            Checkpoint::parse(note.text.as_bytes())?; // of whom and what, is seen when it is opened
            return Ok((proof, note));
        }
        if proof.len() == most {
            return Err(Malformed("too many lines of proof"));
        }
        proof.push(base64_hash(line)?);
    }
}

/// Writes what [`read`] reads.
pub(crate) fn write(proof: &[Hash], checkpoint: &Note) -> String {
    let lines: String = proof.iter().map(|hash| to_base64(hash) + "\n").collect();
    format!("{lines}\n{}", checkpoint.to_text())
}
