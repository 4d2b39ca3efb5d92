//! 配置 Configuration: one TOML file, every key documented here, unknown keys refused, secrets by file.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use record::{Kind, Verifier};
use serde::Deserialize;
use std::fmt::{self, Write as _};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// A configuration file that cannot be followed.
#[derive(Debug)]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong.
    pub fault: ConfigFault,
}

/// What is wrong with a configuration file.
#[derive(Debug)]
pub enum ConfigFault {
    /// It cannot be read.
    Unreadable(io::Error),
    /// A key that there is not, on this line.
    UnknownKey {
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// A key that must be there and is not.
    MissingKey(String),
    /// It is no TOML, or a value is of another sort than its key takes.
    Malformed {
        /// The line, from 1.
        line: usize,
        /// What the reader of the format said.
        what: String,
    },
    /// A value that cannot be; its key as in `web.metrics`.
    Value(&'static str),
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", self.path.display(), self.fault)
    }
}

impl std::error::Error for ConfigError {}

impl ConfigFault {
    /// What the reader of the format said, told apart.
    fn of(text: &str, error: &toml::de::Error) -> Self {
        let quoted = |prefix: &str| Some(error.message().strip_prefix(prefix)?.split('`').next()?.to_owned());
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        if let Some(key) = quoted("unknown field `") {
            return Self::UnknownKey { line, key };
        }
        match quoted("missing field `") {
            Some(key) => Self::MissingKey(key),
            None => Self::Malformed { line, what: error.message().replace('\n', " ") },
        }
    }
}

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The directory that holds everything of this house. Relative paths below start here.
    pub data: PathBuf,
    /// The name under which this house's records are known, as in `cunwu.example/record`. Fixed at `cunwu init`.
    pub record_name: String,
    /// The database: a file, or the name of a file that holds a `postgresql://…` address.
    #[serde(default)]
    pub database: Database,
    /// The seed file; everything secret derives from it. Keep it apart from backups.
    #[serde(default = "seed_file")]
    pub seed_file: PathBuf,
    /// The web.
    #[serde(default)]
    pub web: Web,
    /// How telephone codes are sent.
    #[serde(default)]
    pub codes: Codes,
    /// Who cosigns the records.
    #[serde(default)]
    pub witness: Vec<Witness>,
    /// Logs.
    #[serde(default)]
    pub log: Log,
}

/// Where the tables are.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// The SQLite file.
    #[serde(default = "sqlite_file")]
    pub sqlite: PathBuf,
    /// A file whose one line is a `postgresql://…` address; then `sqlite` is not used.
    pub postgres_file: Option<PathBuf>,
    /// The certificate (PEM) of the authority that vouches for PostgreSQL, or the server's own, as `sslrootcert` in the address.
    pub postgres_ca_file: Option<PathBuf>,
    /// Writers at once; SQLite has one.
    #[serde(default = "four")]
    pub writers: usize,
    /// Readers at once.
    #[serde(default = "four")]
    pub readers: usize,
}

/// The web.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Web {
    /// Where to listen.
    #[serde(default = "listen")]
    pub listen: SocketAddr,
    /// Where `/metrics` listens: loopback only.
    #[serde(default = "metrics")]
    pub metrics: SocketAddr,
    /// The address people type, for links, QR codes and the Origin check.
    #[serde(default)]
    pub public_url: String,
    /// Proxies whose `X-Forwarded-For` is believed.
    #[serde(default)]
    pub trusted_proxies: Vec<std::net::IpAddr>,
}

/// How telephone codes are sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// `none`, `file` (demo only: writes codes where the operator reads them) or `http`.
    #[serde(default)]
    pub adapter: Adapter,
    /// For `http`: the address that takes `{"phone": …, "code": …}`.
    pub url: Option<String>,
    /// For `http`: a file that holds the bearer token.
    pub token_file: Option<PathBuf>,
}

/// The way a code takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Adapter {
    /// No codes: residents cannot sign in by telephone.
    #[default]
    None,
    /// Into a file; refused outside a demo.
    File,
    /// To a sending service.
    Http,
}

/// A witness that cosigns checkpoints (C2SP tlog-witness).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witness {
    /// Its name for people, as in 居务监督委员会.
    pub title: String,
    /// Its verifier key (`name+hash+key`).
    pub key: String,
    /// The prefix before `/add-checkpoint`.
    pub url: String,
}

/// Logs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// A `tracing` filter, as in `info,store=debug`.
    #[serde(default = "info")]
    pub level: String,
    /// One JSON object a line.
    #[serde(default)]
    pub json: bool,
}

fn seed_file() -> PathBuf {
    "seed".into()
}
fn sqlite_file() -> PathBuf {
    "cunwu.sqlite".into()
}
fn four() -> usize {
    4
}
fn listen() -> SocketAddr {
    ([127, 0, 0, 1], 8440).into()
}
fn metrics() -> SocketAddr {
    ([127, 0, 0, 1], 9440).into()
}
fn info() -> String {
    "info".into()
}

impl Default for Database {
    fn default() -> Self {
        Self { sqlite: sqlite_file(), postgres_file: None, postgres_ca_file: None, writers: four(), readers: four() }
    }
}

impl Default for Web {
    fn default() -> Self {
        Self { listen: listen(), metrics: metrics(), public_url: String::new(), trusted_proxies: Vec::new() }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self { level: info(), json: false }
    }
}

impl Config {
    /// A house in one directory with everything else as it comes.
    pub fn in_directory(data: &Path, record_name: &str) -> Self {
        Self {
            data: data.to_owned(),
            record_name: record_name.to_owned(),
            database: Database::default(),
            seed_file: seed_file(),
            web: Web::default(),
            codes: Codes::default(),
            witness: Vec::new(),
            log: Log::default(),
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`ConfigError`], which says which key is wrong.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let wrong = |fault| ConfigError { path: path.to_owned(), fault };
        let text = std::fs::read_to_string(path).map_err(|error| wrong(ConfigFault::Unreadable(error)))?;
        let config: Self = toml::from_str(&text).map_err(|error| wrong(ConfigFault::of(&text, &error)))?;
        config.wrong_value().map_or(Ok(config), |key| Err(wrong(ConfigFault::Value(key))))
    }

    /// The first key whose value cannot be.
    fn wrong_value(&self) -> Option<&'static str> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '_');
        let name = &self.record_name;
        let is_witness = |witness: &Witness| Verifier::parse(&witness.key).is_ok_and(|key| key.kind() == Kind::Cosignature);
        [
            ("record_name", name.is_empty() || !name.chars().all(plain) || name.ends_with('/')),
            ("web.metrics", !self.web.metrics.ip().is_loopback()),
            ("database.writers", self.database.writers == 0),
            ("database.readers", self.database.readers == 0),
            ("codes.url", self.codes.adapter == Adapter::Http && self.codes.url.is_none()),
            ("witness.key", !self.witness.iter().all(is_witness)),
        ]
        .into_iter()
        .find_map(|(key, wrong)| wrong.then_some(key))
    }

    /// A path of this house.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.data.join(path)
    }

    /// What to connect to.
    ///
    /// # Errors
    /// [`ConfigFault::Unreadable`] for the file that holds the address of PostgreSQL.
    pub fn database_url(&self) -> Result<String, ConfigError> {
        match &self.database.postgres_file {
            None => Ok(format!("sqlite:{}", self.path(&self.database.sqlite).display())),
            Some(file) => {
                let path = self.path(file);
                let text = std::fs::read_to_string(&path);
                let mut url =
                    text.map(|text| text.trim().to_owned()).map_err(|error| ConfigError { path, fault: ConfigFault::Unreadable(error) })?;
                if let Some(authority) = &self.database.postgres_ca_file {
                    let path = self.path(authority).display().to_string();
                    let join = if url.contains('?') { '&' } else { '?' };
                    let _always = write!(url, "{join}sslrootcert={}", utf8_percent_encode(&path, NON_ALPHANUMERIC));
                }
                Ok(url)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authority_of_the_database_goes_along_with_its_address() {
        let folder = std::env::temp_dir().join(format!("cunwu-config-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut config = Config::in_directory(&folder, "cunwu.example/record");
        config.database.postgres_file = Some("postgres.url".into());
        let url = |config: &Config, text: &str| {
            std::fs::write(folder.join("postgres.url"), text).unwrap();
            config.database_url().unwrap()
        };
        assert_eq!(url(&config, "postgresql://u@db.town/d\n"), "postgresql://u@db.town/d");
        config.database.postgres_ca_file = Some("/etc/a ca.pem".into());
        assert_eq!(url(&config, "postgresql://u@db.town/d"), "postgresql://u@db.town/d?sslrootcert=%2Fetc%2Fa%20ca%2Epem");
        assert!(url(&config, "postgresql://u@db.town/d?sslmode=require").contains("?sslmode=require&sslrootcert="));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
