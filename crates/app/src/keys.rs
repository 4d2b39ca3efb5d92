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
        match Self::read_noted(path)? {
            (keys, note) if note.is_empty() => Ok(keys),
            _ => Err(wrong(path, SeedFault::Malformed)),
        }
    }

    /// As [`Keys::read`], of a file that says something more below the seed.
    pub(crate) fn read_noted(path: &Path) -> Result<(Self, String), Failure> {
        let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|error| wrong(path, unreachable(&error)))?);
        owner_only(path)?;
        let (seed, note) = text.split_once('\n').unwrap_or((&text, ""));
        let seed = law::Digest::parse(seed.trim()).ok_or_else(|| wrong(path, SeedFault::Malformed))?;
        Ok((Self::new(seed.0), note.trim().to_owned()))
    }

    /// Writes a new seed file; never over an existing one.
    ///
    /// # Errors
    /// [`Failure::Seed`].
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        self.write_noted(path, "")
    }

    /// As [`Keys::write`], with a line below the seed. The file is there as a whole or not at all.
    pub(crate) fn write_noted(&self, path: &Path, note: &str) -> Result<(), Failure> {
        let text = Zeroizing::new(format!("{}\n{note}", law::Digest(*self.seed)));
        let part = path.with_extension("part");
        let written = || {
            if part.exists() {
                std::fs::remove_file(&part)?; // of a process that died here
            }
            let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            // A link, for it refuses where a rename would replace what is there.
            std::fs::hard_link(&part, path)?;
            std::fs::remove_file(&part)?;
            match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                Some(folder) => std::fs::File::open(folder)?.sync_all(),
                None => Ok(()),
            }
        };
        written().map_err(|error| wrong(path, unreachable(&error)))
    }

    /// By this the right seed is known; it tells nothing about the seed.
    pub(crate) fn check(&self) -> law::Digest {
        law::Digest::of(&[&*self.derive("check")])
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

pub(crate) fn wrong(path: &Path, why: SeedFault) -> Failure {
    Failure::Seed { path: path.to_owned(), why }
}

fn unreachable(error: &std::io::Error) -> SeedFault {
    match error.kind() {
        ErrorKind::NotFound => SeedFault::Missing,
        ErrorKind::AlreadyExists => SeedFault::Taken,
        ErrorKind::InvalidData => SeedFault::Malformed,
        _ => SeedFault::Unreachable(error.to_string()),
    }
}

fn owner_only(path: &Path) -> Result<(), Failure> {
    let mode = std::fs::metadata(path).map_err(|error| wrong(path, unreachable(&error)))?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(wrong(path, SeedFault::Open(mode))) }
}
