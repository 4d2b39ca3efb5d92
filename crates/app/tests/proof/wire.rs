//! Wires that need no network: a house's own pages, a witness in the next room, a cut cable; and one real server.

use crate::place::Village;
use app::House;
use app::bundle::{For, export};
use app::tiles::{self, Served, Unserved};
use app::wire::{Got, Unreached, Wire};
use app::witness::{self, WitnessState};
use law::UnitCode;
use std::io::{Cursor, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

fn got(status: u16, body: impl Into<Vec<u8>>) -> Got {
    Got { status, body: Box::new(Cursor::new(body.into())) }
}

/// Nobody answers.
pub struct Cut;

impl Wire for Cut {
    fn get(&self, _: &str) -> Result<Got, Unreached> {
        Err(Unreached("cut".into()))
    }
    fn post(&self, _: &str, _: &str) -> Result<Got, Unreached> {
        Err(Unreached("cut".into()))
    }
}

/// The pages that a house shows, and how a middleman may spoil them.
pub struct Site {
    house: Arc<House>,
    unit: UnitCode,
    /// Told every path and answer; gives the answer that is sent.
    #[expect(clippy::type_complexity, reason = "a hook of a test")]
    pub middleman: Box<dyn Fn(&str, Option<Vec<u8>>) -> Option<Vec<u8>> + Send + Sync>,
}

impl Site {
    pub fn of(village: &Village) -> Self {
        Self { house: village.house.clone(), unit: village.unit, middleman: Box::new(|_, answer| answer) }
    }

    /// What stands at a path of the site.
    pub fn page(&self, path: &str) -> Option<Vec<u8>> {
        let record = format!("/record/{}/", self.unit);
        let served = |served: Result<Served, Unserved>| served.ok().map(|served| served.bytes);
        let answer = match path.strip_prefix(&record) {
            Some("checkpoint") => served(tiles::checkpoint(&self.house, self.unit)),
            Some(rest) => rest.strip_prefix("tile/").and_then(|tile| served(tiles::tile(&self.house, self.unit, tile))),
            None if path == format!("/u/{}/bundle", self.unit) => {
                let mut bytes = Vec::new();
                export(&self.house, self.unit, For::Public, &mut bytes).ok().map(|_| bytes)
            }
            None => None,
        };
        (self.middleman)(path, answer)
    }
}

impl Wire for Site {
    fn get(&self, url: &str) -> Result<Got, Unreached> {
        let path = url.strip_prefix("https://village.example").ok_or_else(|| Unreached("another host".into()))?;
        Ok(self.page(path).map_or_else(|| got(404, ""), |bytes| got(200, bytes)))
    }
    fn post(&self, _: &str, _: &str) -> Result<Got, Unreached> {
        Ok(got(405, ""))
    }
}

/// A witness one door further.
pub struct NextDoor(pub Mutex<WitnessState>);

impl Wire for NextDoor {
    fn get(&self, url: &str) -> Result<Got, Unreached> {
        let digest = url.rsplit('/').next().unwrap_or_default();
        let latest = witness::latest(&self.0.lock().unwrap(), digest).map_err(|error| Unreached(error.to_string()))?;
        Ok(latest.map_or_else(|| got(404, ""), |text| got(200, text)))
    }
    fn post(&self, url: &str, body: &str) -> Result<Got, Unreached> {
        assert!(url.ends_with("/add-checkpoint"), "{url}");
        let (status, _, answer) = witness::answer(&mut self.0.lock().unwrap(), body.as_bytes());
        Ok(got(status, answer))
    }
}

/// Serves a site over real HTTP on the loopback, for as many requests as are made; gives its address.
pub fn serve(site: Site) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                request.push(byte[0]);
            }
            let request = String::from_utf8_lossy(&request).into_owned();
            let answer = request.split(' ').nth(1).and_then(|path| site.page(path));
            let (status, body) = answer.map_or(("404 Not Found", Vec::new()), |body| ("200 OK", body));
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).ok();
        }
    });
    format!("http://{address}")
}
