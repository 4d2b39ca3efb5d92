//! 浏览器 A browser without a screen: asks the router as people do, keeps cookies, sends the forms that pages show.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use std::collections::BTreeMap;
use std::sync::Arc;
use tower::ServiceExt;
use web::Site;

/// A page as it came.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// HTTP status.
    pub status: u16,
    /// Where a redirect led.
    pub path: String,
    /// Content type.
    pub content_type: String,
    /// How long it may be kept.
    pub caching: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Page {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether the page shows these words.
    pub fn shows(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// The value of the first field of this name.
    pub fn field(&self, name: &str) -> Option<String> {
        let text = self.text();
        let after = text.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
        after.split('"').next().map(str::to_owned)
    }
}

/// One browser.
pub struct Browser {
    app: Router,
    runtime: tokio::runtime::Runtime,
    cookies: BTreeMap<String, String>,
    /// The page it shows.
    pub page: Page,
}

impl Browser {
    /// A fresh browser at a site.
    pub fn new(site: &Arc<Site>) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { app: web::app(site.clone()), runtime, cookies: BTreeMap::new(), page: Page::default() }
    }

    fn send(&mut self, request: Request<Body>, path: &str) -> Option<String> {
        let app = self.app.clone();
        let (parts, body) = self.runtime.block_on(async {
            let response = app.oneshot(request).await.expect("the router answers");
            let (parts, body) = response.into_parts();
            (parts, axum::body::to_bytes(body, usize::MAX).await.expect("a body"))
        });
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().expect("ASCII").split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("name=value");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let word = |name| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let to = Some(word(header::LOCATION)).filter(|to| !to.is_empty());
        self.page = Page {
            status: parts.status.as_u16(),
            path: path.to_owned(),
            content_type: word(header::CONTENT_TYPE),
            caching: word(header::CACHE_CONTROL),
            body: body.to_vec(),
        };
        to
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder().method(method).uri(path).header(header::HOST, "demo.invalid");
        if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies.join("; ")) }
    }

    /// Opens an address, following redirects.
    pub fn get(&mut self, path: &str) -> &Page {
        let mut path = path.to_owned();
        for _ in 0..5 {
            let request = self.request("GET", &path).body(Body::empty()).expect("a request");
            match self.send(request, &path) {
                Some(to) => path = to,
                None => break,
            }
        }
        &self.page
    }

    /// Sends a form to `path` with the hidden fields of the page it stands on, following the redirect.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> &Page {
        let hidden: Vec<(String, String)> =
            ["csrf", "key", "step"].iter().filter_map(|name| Some(((*name).to_owned(), self.page.field(name)?))).collect();
        let given = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut all: Vec<(String, String)> = given.collect();
        all.extend(hidden.into_iter().filter(|(name, _)| fields.iter().all(|(given, _)| given != name)));
        let body = all.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&");
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        if let Some(to) = self.send(request, path) {
            self.get(&to);
        }
        &self.page
    }

    /// Sends a file with the form that the page shows, as browsers do: the token rides in the address.
    pub fn upload(&mut self, path: &str, name: &str, file: &[u8]) -> &Page {
        let token = self.page.field("csrf").unwrap_or_default();
        let head = format!("--x9\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n");
        let body = [head.as_bytes(), file, b"\r\n--x9--\r\n"].concat();
        let request =
            self.request("POST", &format!("{path}?csrf={token}")).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x9");
        let request = request.body(Body::from(body)).expect("a request");
        if let Some(to) = self.send(request, path) {
            self.get(&to);
        }
        &self.page
    }

    /// Sends a form that carries a file, with the hidden fields of the page it stands on, following the redirect.
    pub fn post_file(&mut self, path: &str, fields: &[(&str, &str)], name: &str, file: &[u8]) -> &Page {
        let hidden = ["csrf", "key", "step"].iter().filter_map(|name| Some(((*name).to_owned(), self.page.field(name)?)));
        let given = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let field = |(name, value)| format!("--x9\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        let head: String = given.chain(hidden).map(field).collect();
        let part = format!("--x9\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"scan.jpg\"\r\n\r\n");
        let body = [head.as_bytes(), part.as_bytes(), file, b"\r\n--x9--\r\n"].concat();
        let request = self.request("POST", path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x9");
        if let Some(to) = self.send(request.body(Body::from(body)).expect("a request"), path) {
            self.get(&to);
        }
        &self.page
    }

    /// Lets the page refresh itself until it no longer wants to.
    pub fn settle(&mut self) -> &Page {
        while self.page.shows("http-equiv=\"refresh\"") {
            let path = self.page.path.clone();
            self.get(&path);
        }
        &self.page
    }

    /// Sends a table to the API.
    pub fn api_table(&mut self, path: &str, token: &str, table: &[u8]) -> &Page {
        let request = self.request("POST", path).header(header::CONTENT_TYPE, "text/csv").header("x-form-token", token);
        let request = request.body(Body::from(table.to_vec())).expect("a request");
        self.send(request, path);
        &self.page
    }

    /// Sends JSON to the API with the form token of the page shown last.
    pub fn api(&mut self, path: &str, token: &str, key: Option<&str>, body: &str) -> &Page {
        let mut request = self.request("POST", path).header(header::CONTENT_TYPE, "application/json").header("x-form-token", token);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        self.send(request, path);
        &self.page
    }
}

fn encode(value: &str) -> String {
    value.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
