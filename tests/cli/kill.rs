//! 断电 The power is cut, many times, while people write: what was acknowledged is there, once, and the audit is true.

use crate::browser::Browser;
use crate::people::{self, PHONE};
use crate::place::{On, Place, UNIT};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::mpsc;

/// How often the power is cut.
const CUTS: usize = 8;
/// Acknowledged acts between two cuts, at least.
const ACTS: usize = 25;
const CLIENTS: usize = 4;

/// Writes until the server dies; tells of every acknowledgement.
fn write(mut browser: Browser, token: &str, name: &str, told: &mpsc::Sender<(String, String)>) {
    for n in 0.. {
        let text = format!("第{n}件：{name}");
        match browser.act(UNIT, token, &format!("{name}-{n}"), &people::submit(&text)).cloned() {
            Some(page) if page.status == 201 => {
                let matter = page.json()["matter"].as_str().expect("a matter").to_owned();
                if told.send((matter, text)).is_err() {
                    return;
                }
            }
            Some(page) => panic!("{}: {}", page.status, page.text()),
            None => return,
        }
    }
}

#[test]
fn what_was_acknowledged_survives_the_kill() {
    let (sms, codes) = people::sms();
    let place = Place::new(On::Sqlite).with(&format!("[codes]\nadapter = \"http\"\nurl = \"{sms}\"\n"));
    people::founded(&place);
    let served = place.serve();
    let mut me = people::resident(&served, &codes, PHONE);
    let token = me.page.field("csrf").expect("a form");
    served.stop();
    let mut acknowledged: BTreeMap<String, String> = BTreeMap::new();
    for cut in 0..CUTS {
        let mut served = place.serve();
        let (tell, told) = mpsc::channel();
        std::thread::scope(|scope| {
            for client in 0..CLIENTS {
                let (browser, token, tell) = (me.moved(&served.address), token.as_str(), tell.clone());
                scope.spawn(move || write(browser, token, &format!("{cut}-{client}"), &tell));
            }
            drop(tell);
            // The cut comes in the midst of writing: after some acknowledgements, whatever the others do just then.
            for (heard, (matter, text)) in told.iter().enumerate() {
                acknowledged.insert(matter, text);
                if heard == ACTS + cut {
                    served.cut();
                }
            }
        });
    }
    assert!(acknowledged.len() >= CUTS * ACTS, "enough was written: {}", acknowledged.len());
    let served = place.serve();
    me = me.moved(&served.address);
    for (matter, text) in acknowledged {
        let words = me.get(&format!("/api/v1/u/{UNIT}/m/{matter}")).json()["words"].clone();
        assert_eq!(words, json!({ "shown": "whole", "text": text }), "an acknowledged suggestion is there with its words");
    }
    served.sealed(UNIT);
    served.stop();
    place.run(&["audit"]).well(&["完整：441900121014"]);
}
