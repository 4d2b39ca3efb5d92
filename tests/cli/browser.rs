//! 浏览器 A browser at an address: one connection for each request, cookies, the hidden fields of forms.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;

/// An answer as it came.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub status: u16,
    pub path: String,
    pub head: String,
    pub body: Vec<u8>,
}

impl Page {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn shows(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{} gave no JSON ({error}): {}", self.path, self.text()))
    }

    /// The value of the first field of this name.
    pub fn field(&self, name: &str) -> Option<String> {
        self.text().split(&format!("name=\"{name}\" value=\"")).nth(1)?.split('"').next().map(str::to_owned)
    }

    /// The value of the choice that stands right before this label.
    #[track_caller]
    pub fn choice(&self, label: &str) -> String {
        let text = self.text();
        let before = text.split_once(label).unwrap_or_else(|| panic!("“{label}” can be chosen: {text}")).0;
        before.rsplit("value=\"").next().and_then(|rest| rest.split('"').next()).expect("a choice has a value").to_owned()
    }

    fn header<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.head
            .lines()
            .filter_map(move |line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)))
            .map(|(_, value)| value)
    }
}

/// A browser in which nobody is signed in at first.
pub struct Browser {
    address: String,
    cookies: BTreeMap<String, String>,
    /// The page it shows.
    pub page: Page,
}

impl Browser {
    pub fn at(address: &str) -> Self {
        Self { address: address.to_owned(), cookies: BTreeMap::new(), page: Page::default() }
    }

    /// The same browser with its cookies, at another address of the same house.
    pub fn moved(&self, address: &str) -> Self {
        Self { address: address.to_owned(), cookies: self.cookies.clone(), page: Page::default() }
    }

    /// Sends one request; false when the connection broke before an answer came.
    fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> bool {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\n{more}content-length: {}\r\nconnection: close\r\n\r\n",
            self.address,
            cookies.join("; "),
            body.len()
        );
        let mut answer = Vec::new();
        let asked = TcpStream::connect(&self.address).and_then(|mut stream| {
            stream.write_all(head.as_bytes())?;
            stream.write_all(body)?;
            stream.read_to_end(&mut answer)
        });
        let Some(end) = asked.ok().and_then(|_| answer.windows(4).position(|four| four == b"\r\n\r\n")) else { return false };
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        self.page = Page { status, path: path.to_owned(), head, body: answer.split_off(end + 4) };
        let set: Vec<String> = self.page.header("set-cookie").map(str::to_owned).collect();
        for cookie in set {
            if let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        true
    }

    fn follow(&mut self) -> &Page {
        for _ in 0..5 {
            let Some(to) = self.page.header("location").next().map(str::to_owned) else { break };
            assert!(self.send("GET", &to, &[], b""), "{to} gave no answer");
        }
        &self.page
    }

    /// Opens an address, following redirects.
    pub fn get(&mut self, path: &str) -> &Page {
        assert!(self.send("GET", path, &[], b""), "{path} gave no answer");
        self.follow()
    }

    /// Opens an address if anybody answers there.
    pub fn try_get(&mut self, path: &str) -> Option<&Page> {
        self.send("GET", path, &[], b"").then_some(&self.page)
    }

    /// Sends a form with the hidden fields of the page it stands on, following the redirect.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> &Page {
        let hidden = ["csrf", "key", "step"].into_iter().filter_map(|name| Some((name, self.page.field(name)?)));
        let hidden = hidden.filter(|(name, _)| fields.iter().all(|(given, _)| given != name));
        let given = fields.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let all: Vec<String> = given.chain(hidden).map(|(name, value)| format!("{name}={}", encoded(&value))).collect();
        let form = [("content-type", "application/x-www-form-urlencoded")];
        assert!(self.send("POST", path, &form, all.join("&").as_bytes()), "{path} gave no answer");
        self.follow()
    }

    /// Asks for an act over the API with the form token of `form`; none when the connection broke.
    pub fn act(&mut self, unit: &str, token: &str, key: &str, act: &serde_json::Value) -> Option<&Page> {
        let headers = [("content-type", "application/json"), ("x-form-token", token), ("idempotency-key", key)];
        self.send("POST", &format!("/api/v1/u/{unit}/acts"), &headers, act.to_string().as_bytes()).then_some(&self.page)
    }
}

fn encoded(value: &str) -> String {
    value.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
