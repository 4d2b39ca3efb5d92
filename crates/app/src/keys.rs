//! 密钥 Keys: everything derives from one seed file of 32 bytes, kept apart from database and backups.

use hkdf::Hkdf;
use law::UnitCode;
use record::Signer;
use sha2::Sha256;
use std::path::Path;
use store::{Failure, Vault};
use zeroize::Zeroizing;

/// The seed and what derives from it.
pub struct Keys {
    seed: Zeroizing<[u8; 32]>,
}

impl Keys {
    /// From a seed.
    pub fn new(seed: [u8; 32]) -> Self {
        Self { seed: Zeroizing::new(seed) }
    }

    /// Reads the seed file: 64 hex digits, readable by its owner alone.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let wrong = |what: &str| Failure::Key { what: format!("{}: {what}", path.display()) };
        let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|error| wrong(&error.to_string()))?);
        owner_only(path).map_err(|what| wrong(&what))?;
        let seed = law::Digest::parse(text.trim()).ok_or_else(|| wrong("not 64 hex digits"))?;
        Ok(Self::new(seed.0))
    }

    /// Writes a new seed file; never over an existing one.
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        use std::io::Write;
        use std::os::unix::fs::OpenOptionsExt;
        let text = Zeroizing::new(format!("{}\n", law::Digest(*self.seed)));
        let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        let written = file.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
        written.map_err(|error| Failure::Key { what: format!("{}: {error}", path.display()) })
    }

    /// 32 bytes for one purpose.
    pub fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        let hkdf = Hkdf::<Sha256>::new(Some(b"cunwu"), self.seed.as_slice());
        hkdf.expand(purpose.as_bytes(), key.as_mut_slice()).expect("32 bytes are a valid length");
        key
    }

    /// The keys of personal columns.
    pub fn vault(&self) -> Vault {
        Vault::new(&self.derive("personal/hide"), &self.derive("personal/find"))
    }

    /// The key that signs a unit's checkpoints under `origin`.
    pub fn signer(&self, unit: UnitCode, origin: &str) -> Result<Signer, Failure> {
        let key = self.derive(&format!("checkpoint/{unit}"));
        Signer::new(origin, &key).map_err(|error| Failure::Key { what: format!("{origin}: {error}") })
    }
}

fn owner_only(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_err(|error| error.to_string())?.permissions().mode() & 0o777;
    match mode & 0o077 {
        0 => Ok(()),
        _ => Err(format!("mode {mode:o}; others may read it, it must be 600")),
    }
}
