//! 请求与回应 Ask and reply: a request as handlers see it (plain, owned, synchronous) and what they give back.

use crate::visitor::Visitor;
use axum::body::Bytes;
use std::collections::HashMap;
use std::net::IpAddr;

/// A request.
pub struct Ask {
    /// Whether it is a POST.
    pub post: bool,
    /// Path and query.
    pub path: String,
    /// Parts of the path by name.
    pub params: HashMap<String, String>,
    /// The query.
    pub query: Vec<(String, String)>,
    /// The form, decoded; empty unless it is one.
    pub form: Vec<(String, String)>,
    /// The body as it came.
    pub body: Vec<u8>,
    /// Its content type.
    pub content_type: String,
    /// Headers that handlers ask for.
    pub headers: axum::http::HeaderMap,
    /// From where, behind trusted proxies.
    pub ip: IpAddr,
    /// Who asks.
    pub visitor: Visitor,
}

impl Ask {
    /// A part of the path; empty if the route has no such part.
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }

    /// A value of the query; empty if absent.
    pub fn query(&self, name: &str) -> &str {
        first(&self.query, name)
    }

    /// A form field, line breaks as `\n`, without surrounding space; empty if absent.
    pub fn field(&self, name: &str) -> String {
        first(&self.form, name).replace("\r\n", "\n").trim().to_owned()
    }

    /// A form field exactly as typed: passwords keep their spaces.
    pub fn raw(&self, name: &str) -> String {
        first(&self.form, name).to_owned()
    }

    /// A form field that may be left out.
    pub fn maybe(&self, name: &str) -> Option<String> {
        Some(self.field(name)).filter(|value| !value.is_empty())
    }

    /// The idempotency key of the form, or of the API's header.
    pub fn key(&self) -> Option<String> {
        let header = self.headers.get("idempotency-key").and_then(|value| value.to_str().ok()).map(str::to_owned);
        header.or_else(|| self.maybe("key")).filter(|key| key.len() <= 100)
    }

    /// The step that the page showed.
    pub fn seen(&self) -> Option<u64> {
        first(&self.form, "step").parse().ok()
    }

    /// The page number of a list, from 1.
    pub fn page(&self) -> i64 {
        self.query("page").parse().ok().filter(|page| (1..=10_000).contains(page)).unwrap_or(1)
    }

    /// The request is for JSON.
    pub fn is_api(&self) -> bool {
        self.path.starts_with("/api/")
    }
}

fn first<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// What a handler gives back.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Bytes,
}

impl Reply {
    /// A body of some type.
    pub fn of(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self { status, headers: vec![("content-type", content_type.to_owned())], body: body.into() }
    }

    /// A page.
    pub fn html(body: String) -> Self {
        Self::of(200, "text/html; charset=utf-8", body)
    }

    /// JSON.
    pub fn json(status: u16, value: &impl serde::Serialize) -> Self {
        Self::of(status, "application/json", serde_json::to_vec(value).expect("answers are plain data"))
    }

    /// On to another page, after something was done.
    pub fn see(path: &str) -> Self {
        Self { status: 303, headers: vec![("location", path.to_owned())], body: Bytes::new() }
    }

    /// With one more header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With another status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// May be kept for this many seconds.
    #[must_use]
    pub fn cached(self, seconds: u32) -> Self {
        self.with("cache-control", format!("public, max-age={seconds}"))
    }
}
