//! 证明 Proof: what the record shows to strangers, told apart by strangers' tools and by ours: tiles, bundles, verification,
//! witnesses, backups.

mod audit;
mod backup;
mod bundle;
mod key;
mod oracle;
mod place;
mod texts;
mod two;
mod verify;
mod wire;
mod witness;
