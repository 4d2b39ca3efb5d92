//! 日历订阅 The meetings as a calendar feed (RFC 5545): one event for each sitting, always under the same id, called off when it is.

use crate::ask::{Ask, Reply};
use crate::frame;
use crate::look::way;
use crate::open::board::unit;
use crate::problem::Problem;
use crate::site::Site;
use crate::words;
use jiff::civil::{Date, DateTime, Time};
use law::meet::sitting::{Phase, Sitting, clock_time};
use law::unit::Unit;

/// Days back that a feed holds.
const BACK: i64 = 366;
/// A line may be this long, in bytes; longer ones are folded.
const LINE: usize = 75;

/// `/u/{unit}/meetings.ics`.
pub fn show(site: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let unit = unit(site, ask)?;
    let from = site.today().checked_sub(jiff::Span::new().days(BACK)).unwrap_or(Date::MIN);
    let all = app::read::meet::feed(&site.house, unit.code, from)?;
    let events: String = all.iter().map(|(sitting, step)| event(site, unit, sitting, *step)).collect();
    let name = escaped(&format!("{}会议", unit.short_name()));
    let head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//cunwu//meetings//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-TIMEZONE:Asia/Shanghai",
    ];
    let zone = "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\nTZNAME:CST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    let text = format!("{}\r\n{}{zone}{events}END:VCALENDAR\r\n", head.join("\r\n"), folded(&format!("X-WR-CALNAME:{name}")));
    Ok(Reply::of(200, "text/calendar; charset=utf-8", text).cached(600))
}

fn event(site: &Site, unit: &Unit, s: &Sitting, step: i64) -> String {
    let place = frame::place(site, unit);
    let at = s.day.to_datetime(clock_time(&s.time).unwrap_or(Time::midnight()));
    let code = unit.code.to_string();
    let status = if s.phase == Phase::Cancelled { "CANCELLED" } else { "CONFIRMED" };
    let title = format!("{}{}", unit.short_name(), words::room::kind(s.kind, &place));
    let lines = [
        "BEGIN:VEVENT".to_owned(),
        // The record's name and the matter's id never change, so a calendar knows the sitting again.
        format!("UID:{}@{}", s.id, site.house.origin(unit.code, 1).replace('/', ".")),
        format!("DTSTAMP:{}", stamp(s.on.to_datetime(Time::midnight()))),
        format!("SEQUENCE:{step}"),
        format!("DTSTART;TZID=Asia/Shanghai:{}", local(at)),
        "DURATION:PT1H".to_owned(),
        format!("SUMMARY:{}", escaped(&title)),
        format!("LOCATION:{}", escaped(&s.place)),
        format!("URL:{}", site.url(&way::matter(&code, &s.id.to_string()))),
        format!("STATUS:{status}"),
        "END:VEVENT".to_owned(),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

fn local(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

fn stamp(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text value: backslash, comma, semicolon and line breaks are escaped.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\n', "\\n")
}

/// A line in pieces of at most [`LINE`] bytes, never through a character.
fn folded(line: &str) -> String {
    let (mut out, mut width) = (String::new(), 0);
    for c in line.chars() {
        if width + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let line = format!("SUMMARY:{}", "党群联席会议".repeat(10));
        let out = folded(&line);
        assert!(out.split("\r\n").all(|piece| piece.len() <= LINE), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), line);
    }

    #[test]
    fn values_are_escaped() {
        assert_eq!(escaped("二楼,东;\\西\n"), "二楼\\,东\\;\\\\西\\n");
    }
}
