//! 见证 Witnesses: asking those of the configuration to cosign our checkpoints, and cosigning the checkpoints of others; C2SP tlog-witness

mod ask;
mod serve;

pub use ask::{Cosigned, cosign, cosign_over, published};
pub(crate) use serve::settle;
pub use serve::{Answered, WitnessError, WitnessState, answer, latest, read_logs, signer};

use law::Digest;

/// The name under which a witness of ours shows the latest checkpoint it cosigned of a log: the path after its prefix.
/// C2SP leaves open how monitors ask a witness; this is how a restored house learns what it had published.
pub fn latest_path(origin: &str) -> String {
    format!("latest/{}", Digest::of(&[origin.as_bytes()]))
}
