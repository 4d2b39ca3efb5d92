//! 密钥 Keys: everything derives from one seed file of 32 bytes, kept apart from database and backups.

use hkdf::Hkdf;
use law::UnitCode;
use record::Signer;
use sha2::Sha256;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use store::{Failure, SeedFault, Vault};
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
    ///
    /// # Errors
    /// [`Failure::Seed`].
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let wrong = |why| Failure::Seed { path: path.to_owned(), why };
        let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|error| wrong(unreachable(&error)))?);
        let mode = std::fs::metadata(path).map_err(|error| wrong(unreachable(&error)))?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(wrong(SeedFault::Open(mode)));
        }
        law::Digest::parse(text.trim()).map(|seed| Self::new(seed.0)).ok_or_else(|| wrong(SeedFault::Malformed))
    }

    /// Writes a new seed file; never over an existing one.
    ///
    /// # Errors
    /// [`Failure::Seed`].
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        let text = Zeroizing::new(format!("{}\n", law::Digest(*self.seed)));
        let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        let written = file.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
        written.map_err(|error| Failure::Seed { path: path.to_owned(), why: unreachable(&error) })
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

fn unreachable(error: &std::io::Error) -> SeedFault {
    match error.kind() {
        ErrorKind::NotFound => SeedFault::Missing,
        ErrorKind::AlreadyExists => SeedFault::Taken,
        ErrorKind::InvalidData => SeedFault::Malformed,
        _ => SeedFault::Unreachable(error.to_string()),
    }
}
