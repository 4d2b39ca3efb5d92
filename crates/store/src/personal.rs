//! 个人信息库 The vault for personal texts: encrypted columns, salted references, erasure; 个人信息保护法 第47条、第51条.

use crate::db::{places, text as text_of};
use crate::{Failure, Tx, Value};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use hmac::{Hmac, Mac};
use law::personal::{Forgets, Salt};
use law::{MatterId, PersonalRef, UnitCode};
use sha2::Sha256;

/// The two keys of personal columns: one hides, one finds.
pub struct Vault {
    cipher: Aes256Gcm,
    finder: [u8; 32],
}

impl Vault {
    /// From two keys of 32 bytes each.
    pub fn new(hide: &[u8; 32], find: &[u8; 32]) -> Self {
        Self { cipher: Aes256Gcm::new(hide.into()), finder: *find }
    }

    /// A value by which equal texts are found without being read.
    pub fn mark(&self, label: &str, text: &str) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.finder).expect("HMAC takes any key");
        mac.update(label.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// Hides `text`; `context` must be the same when it is opened, and unique to this text.
    pub fn hide(&self, context: &[u8], text: &[u8]) -> Vec<u8> {
        self.cipher
            .encrypt(&self.nonce(context), Payload { msg: text, aad: context })
            .expect("texts are far smaller than the cipher's limit")
    }

    /// Opens what [`Vault::hide`] hid.
    pub fn open(&self, context: &[u8], hidden: &[u8]) -> Result<Vec<u8>, Failure> {
        let opened = self.cipher.decrypt(&self.nonce(context), Payload { msg: hidden, aad: context });
        opened.map_err(|_| Failure::Key { what: "a personal column does not open with this house's key".into() })
    }

    /// The context is unique to its text, so the nonce made from it never serves two texts.
    fn nonce(&self, context: &[u8]) -> Nonce<aes_gcm::aead::consts::U12> {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.finder).expect("HMAC takes any key");
        mac.update(b"nonce\0");
        mac.update(context);
        let bytes: [u8; 32] = mac.finalize().into_bytes().into();
        Nonce::from(*bytes.first_chunk::<12>().expect("a MAC is longer than a nonce"))
    }
}

/// Labels whose texts may be searched for.
const FOUND_BY: [&str; 3] = ["id_number", "phone", "by"];

/// A personal text with what proves its reference.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// The text.
    pub text: String,
    /// Its salt: with the text it gives the reference.
    pub salt: Salt,
}

/// Keeps texts of one matter, each behind its reference and under its label.
pub fn keep(tx: &mut dyn Tx, unit: UnitCode, matter: MatterId, texts: &[(&str, PersonalRef, Kept)]) -> Result<(), Failure> {
    if texts.is_empty() {
        return Ok(());
    }
    let sql = text_of("personal", texts.len(), || {
        format!(
            "INSERT INTO personal (unit, ref, matter, label, salt, cipher, mac) VALUES {} ON CONFLICT (unit, matter, ref) DO NOTHING",
            places(texts.len(), 7)
        )
    });
    let row = |(label, at, kept): &(&str, PersonalRef, Kept)| -> [Value; 7] {
        let cipher = tx.vault().hide(&at.0.0, kept.text.as_bytes());
        let mark = FOUND_BY.contains(label).then(|| tx.vault().mark(label, &kept.text).to_vec());
        let mark = mark.map_or(Value::Null, Value::Bytes);
        [unit.into(), at.0.into(), matter.into(), (*label).into(), kept.salt.as_slice().into(), Value::Bytes(cipher), mark]
    };
    let args: Vec<Value> = texts.iter().flat_map(row).collect();
    tx.run(&sql, &args).map(|_| ())
}

/// The text of a matter behind a reference; none once it is erased.
pub fn text(tx: &mut dyn Tx, unit: UnitCode, matter: MatterId, at: PersonalRef) -> Result<Option<Kept>, Failure> {
    let sql = "SELECT salt, cipher FROM personal WHERE unit = $1 AND matter = $2 AND ref = $3";
    let Some(row) = tx.row(sql, &[unit.into(), matter.into(), at.0.into()])? else { return Ok(None) };
    let text = tx.vault().open(&at.0.0, row.bytes(1)?)?;
    let salt = row.bytes(0)?.try_into().map_err(|_| Failure::unreadable("a salt of the wrong length"))?;
    Ok(Some(Kept { text: String::from_utf8(text).map_err(Failure::unreadable)?, salt }))
}

/// The texts of a matter behind several references, in their order, without those that were erased.
pub fn words(tx: &mut dyn Tx, unit: UnitCode, matter: MatterId, all: impl Iterator<Item = PersonalRef>) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for at in all {
        found.extend(text(tx, unit, matter, at)?.map(|kept| kept.text));
    }
    Ok(found)
}

/// Matters that hold this very text under this label.
pub fn find(tx: &mut dyn Tx, unit: UnitCode, label: &str, text: &str) -> Result<Vec<MatterId>, Failure> {
    let mark = tx.vault().mark(label, text);
    let rows = tx.rows(
        "SELECT matter FROM personal WHERE unit = $1 AND label = $2 AND mac = $3 ORDER BY matter",
        &[unit.into(), label.into(), (&mark).into()],
    )?;
    rows.iter().map(|row| row.id(0)).collect()
}

/// Erases texts of a matter for good, noting by which line. Proofs stay valid.
pub fn erase(tx: &mut dyn Tx, unit: UnitCode, matter: MatterId, what: Forgets, by: i64) -> Result<(), Failure> {
    let rows = match what {
        Forgets::Nothing => return Ok(()),
        Forgets::Refs(all) => return all.into_iter().try_for_each(|at| erase_one(tx, unit, matter, at, by)),
        Forgets::All => tx.rows("SELECT ref FROM personal WHERE unit = $1 AND matter = $2", &[unit.into(), matter.into()])?,
        Forgets::Label(label) => {
            let sql = "SELECT ref FROM personal WHERE unit = $1 AND matter = $2 AND label = $3";
            tx.rows(sql, &[unit.into(), matter.into(), label.into()])?
        }
    };
    for row in rows {
        let at = row.bytes(0)?.try_into().map_err(|_| Failure::unreadable("a reference of the wrong length"))?;
        erase_one(tx, unit, matter, PersonalRef(law::Digest(at)), by)?;
    }
    Ok(())
}

/// Erases one text for good, noting by which line.
pub fn erase_one(tx: &mut dyn Tx, unit: UnitCode, matter: MatterId, at: PersonalRef, by: i64) -> Result<(), Failure> {
    tx.run("DELETE FROM personal WHERE unit = $1 AND matter = $2 AND ref = $3", &[unit.into(), matter.into(), at.0.into()])?;
    tx.run(
        "INSERT INTO erased (unit, ref, seq) VALUES ($1, $2, $3) ON CONFLICT (unit, ref) DO NOTHING",
        &[unit.into(), at.0.into(), by.into()],
    )?;
    Ok(())
}

/// The line that erased a reference, if one did.
pub fn erased_by(tx: &mut dyn Tx, unit: UnitCode, at: PersonalRef) -> Result<Option<i64>, Failure> {
    let row = tx.row("SELECT seq FROM erased WHERE unit = $1 AND ref = $2", &[unit.into(), at.0.into()])?;
    row.map(|row| row.int(0)).transpose()
}
