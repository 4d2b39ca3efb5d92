//! 网络 The wire: the one place from which anything is asked of other machines. Addresses come from configuration or from
//! whoever runs the command, never from users of the house.

use std::io::Read;
use std::sync::LazyLock;
use std::time::Duration;

/// A way to ask other machines; tests hand in one that needs no network.
pub trait Wire: Send + Sync {
    /// Asks for what stands at an address.
    ///
    /// # Errors
    /// [`Unreached`] when no answer came. An answer that says no is an answer.
    fn get(&self, url: &str) -> Result<Got, Unreached>;

    /// Hands a text over and takes the answer.
    ///
    /// # Errors
    /// As [`Wire::get`].
    fn post(&self, url: &str, body: &str) -> Result<Got, Unreached>;
}

/// An answer.
pub struct Got {
    /// The HTTP status.
    pub status: u16,
    /// What it holds.
    pub body: Box<dyn Read>,
}

/// No answer came, and why, for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreached(pub String);

impl std::fmt::Display for Unreached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no answer: {}", self.0)
    }
}

impl Got {
    /// The whole answer, when it is at most `most` bytes long.
    ///
    /// # Errors
    /// [`Unreached`] when it broke off or is longer.
    pub fn whole(self, most: u64) -> Result<Vec<u8>, Unreached> {
        let mut bytes = Vec::new();
        self.body.take(most + 1).read_to_end(&mut bytes).map_err(|error| Unreached(error.to_string()))?;
        match bytes.len() as u64 > most {
            true => Err(Unreached(format!("an answer of more than {most} bytes"))),
            false => Ok(bytes),
        }
    }
}

/// The web, by HTTP and HTTPS. Nothing waits for ever: five seconds to connect, ten for a whole exchange with a
/// witness, thirty without a byte of a download.
pub struct Web {
    downloads: ureq::Agent,
    exchanges: ureq::Agent,
}

impl Web {
    /// Ready to ask.
    pub fn new() -> Self {
        let agent = |whole: Option<u64>| {
            let config = ureq::Agent::config_builder()
                .http_status_as_error(false)
                .user_agent("cunwu")
                .max_redirects(if whole.is_some() { 0 } else { 3 })
                .timeout_connect(Some(Duration::from_secs(5)))
                .timeout_per_read(Some(Duration::from_secs(30)))
                .timeout_global(whole.map(Duration::from_secs));
            config.build().new_agent()
        };
        Self { downloads: agent(None), exchanges: agent(Some(10)) }
    }
}

/// The one that is shared, so that connections are used again.
pub fn web() -> &'static Web {
    static WEB: LazyLock<Web> = LazyLock::new(Web::new);
    &WEB
}

impl Default for Web {
    fn default() -> Self {
        Self::new()
    }
}

impl Wire for Web {
    fn get(&self, url: &str) -> Result<Got, Unreached> {
        self.downloads.get(url).call().map(got).map_err(|error| Unreached(error.to_string()))
    }

    fn post(&self, url: &str, body: &str) -> Result<Got, Unreached> {
        self.exchanges.post(url).send(body).map(got).map_err(|error| Unreached(error.to_string()))
    }
}

fn got(response: ureq::http::Response<ureq::Body>) -> Got {
    let status = response.status().as_u16();
    Got { status, body: Box::new(response.into_body().into_reader()) }
}
