//! 配置 Configuration: one TOML file, every key documented here, unknown keys refused, secrets by file.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use std::fmt::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

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

    /// Reads the file; says which key is wrong.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let config: Self = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        config.check().map_err(|what| format!("{}: {what}", path.display()))?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '_');
        if self.record_name.is_empty() || !self.record_name.chars().all(plain) || self.record_name.ends_with('/') {
            return Err("record_name: letters, digits and . - _ / only, as in cunwu.example/record".into());
        }
        if !self.web.metrics.ip().is_loopback() {
            return Err("web.metrics: must be a loopback address".into());
        }
        if self.database.writers == 0 || self.database.readers == 0 {
            return Err("database: at least one writer and one reader".into());
        }
        if self.codes.adapter == Adapter::Http && self.codes.url.is_none() {
            return Err("codes.url: needed for the http adapter".into());
        }
        Ok(())
    }

    /// A path of this house.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.data.join(path)
    }

    /// What to connect to.
    pub fn database_url(&self) -> Result<String, String> {
        match &self.database.postgres_file {
            None => Ok(format!("sqlite:{}", self.path(&self.database.sqlite).display())),
            Some(file) => {
                let file = self.path(file);
                let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
                let mut url = text.trim().to_owned();
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
