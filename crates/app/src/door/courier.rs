//! 短信发送 Couriers: how a telephone code gets to its telephone. Neither ever stands in a log.

use super::limits::SENDING_SECONDS;
use super::{DoorError, Secret};
use crate::House;
use crate::config::Adapter;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::time::Duration;
use ureq::Agent;
use ureq::http::Uri;

/// Brings codes to telephones.
pub trait Courier: Send + Sync {
    /// Sends one code. Never within a transaction.
    ///
    /// # Errors
    /// [`DoorError::NotSent`]; what the log gets holds neither telephone nor code.
    fn send(&self, phone: &str, code: &str) -> Result<(), DoorError>;
}

/// The courier that the configuration names, made once at start.
///
/// # Errors
/// [`DoorError::NoCodes`] without one, [`DoorError::FileOutsideDemo`], or a failure that says what the configuration lacks.
pub fn of(house: &House) -> Result<Box<dyn Courier>, DoorError> {
    let codes = &house.config.codes;
    match codes.adapter {
        Adapter::None => Err(DoorError::NoCodes),
        Adapter::File if !house.demo => Err(DoorError::FileOutsideDemo),
        Adapter::File => Ok(Box::new(File { path: house.config.path("codes.txt".as_ref()) })),
        Adapter::Http => {
            let url = codes.url.clone().ok_or_else(|| wrong("codes.url is missing"))?;
            check_url(&url)?;
            let token = codes.token_file.as_ref().map(|file| read_token(&house.config.path(file))).transpose()?;
            Ok(Box::new(Http { agent: agent(), url, token }))
        }
    }
}

fn wrong(what: impl std::fmt::Display) -> DoorError {
    DoorError::Failure(crate::Failure::Key { what: what.to_string() })
}

/// Telephones and codes travel encrypted, unless the service runs on this very machine.
fn check_url(url: &str) -> Result<(), DoorError> {
    let uri: Uri = url.parse().map_err(|_| wrong("codes.url is no address"))?;
    let here = uri.host().is_some_and(|host| ["localhost", "127.0.0.1", "[::1]"].contains(&host));
    match uri.scheme_str() {
        Some("https") => Ok(()),
        Some("http") if here => Ok(()),
        _ => Err(wrong("codes.url must begin with https://")),
    }
}

fn read_token(path: &std::path::Path) -> Result<Secret, DoorError> {
    let text = std::fs::read_to_string(path).map_err(|error| wrong(format_args!("{}: {error}", path.display())))?;
    match text.trim() {
        "" => Err(wrong(format_args!("{}: empty", path.display()))),
        token => Ok(Secret::new(token.to_owned())),
    }
}

/// Into a file that the operator of a demo reads.
struct File {
    path: PathBuf,
}

impl Courier for File {
    fn send(&self, phone: &str, code: &str) -> Result<(), DoorError> {
        let file = OpenOptions::new().append(true).create(true).mode(0o600).open(&self.path);
        file.and_then(|mut file| writeln!(file, "{phone} {code}")).map_err(|error| {
            tracing::error!(%error, "a telephone code was not written");
            DoorError::NotSent
        })
    }
}

/// To a sending service.
struct Http {
    agent: Agent,
    url: String,
    token: Option<Secret>,
}

/// No redirects, so that nobody but the configured service sees a telephone; no proxy that the surroundings name.
fn agent() -> Agent {
    let config =
        Agent::config_builder().max_redirects(0).proxy(None).timeout_global(Some(Duration::from_secs(SENDING_SECONDS))).user_agent("cunwu");
    config.build().new_agent()
}

impl Courier for Http {
    fn send(&self, phone: &str, code: &str) -> Result<(), DoorError> {
        let body = serde_json::json!({ "phone": phone, "code": code }).to_string();
        let mut request = self.agent.post(&self.url).content_type("application/json");
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {}", token.reveal()));
        }
        match request.send(body) {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => {
                tracing::error!(status = answer.status().as_u16(), "the sending service did not take a telephone code");
                Err(DoorError::NotSent)
            }
            Err(error) => {
                tracing::error!(%error, "the sending service could not be reached");
                Err(DoorError::NotSent)
            }
        }
    }
}
