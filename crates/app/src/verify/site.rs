//! 网站核验 A site: its signed checkpoint, all its lines as entry bundles, and its public bundle for the contents; C2SP tlog-tiles

use super::lines::{Checker, Contents, Finished, Told};
use super::report::{Finding, Item, Report, Span, Subject, Why};
use super::{Options, take_rows};
use crate::bundle::{For, Manifest, Reader, Row};
use crate::wire::{Unreached, Wire};
use record::tile::{decode_entries, decode_hashes, tiles};
use record::{Checkpoint, Frontier, Hash, Level, Note, TilePath, Verifier};
use std::io::{BufReader, Read};

/// The longest checkpoint and the longest tile: 256 lines of 512 bytes with their lengths.
const MAX_NOTE: u64 = 1 << 20;
const MAX_TILE: u64 = 256 * (2 + 65_535);

/// Bundles of entries that may be missing one after the other before the rest is given up.
const GIVE_UP: usize = 3;

/// Where a site keeps what.
struct Place {
    /// Prefix of the record's tiles.
    record: String,
    /// The public bundle; a log that is not a cunwu has none.
    bundle: Option<String>,
}

impl Place {
    fn of(url: &str) -> Self {
        let url = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
        for mark in ["/u/", "/record/"] {
            if let Some((host, code)) = url.rsplit_once(mark)
                && !code.is_empty()
                && code.bytes().all(|byte| byte.is_ascii_digit())
            {
                return Self { record: format!("{host}/record/{code}"), bundle: Some(format!("{host}/u/{code}/bundle")) };
            }
        }
        Self { record: url.to_owned(), bundle: None }
    }
}

/// Verifies what a site shows.
pub(super) fn verify(url: &str, options: &Options<'_>) -> Report {
    let place = Place::of(url);
    let fetched = fetch(options.wire, &format!("{}/checkpoint", place.record), MAX_NOTE);
    let bytes = match fetched {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Report::only(Subject::Site, Item::Source, Why::NotOffered),
        Err(_) => return Report::only(Subject::Site, Item::Source, Why::NoNetwork),
    };
    let note = Note::parse(&bytes).ok();
    let checkpoint = note.as_ref().and_then(|note| Checkpoint::parse(note.text.as_bytes()).ok());
    let (Some(note), Some(checkpoint)) = (note, checkpoint) else {
        return Report::only(Subject::Site, Item::Source, Why::Unreadable);
    };
    let mut report = Report::new(Subject::Site);
    let offered = place.bundle.as_ref().map(|url| open_bundle(options.wire, url));
    let own = match &offered {
        Some(Ok((manifest, _))) => Verifier::parse(&manifest.vkey).ok(),
        _ => None,
    };
    super::seen(&mut report, &note, &checkpoint, options);
    let mut checker = Checker::new(&mut report, Contents::None, None);
    if let Some(since) = &options.since {
        checker.compare_with(&since.leaves, Item::History);
    }
    lines(&mut checker, &place, &checkpoint, options.wire);
    let (mut kept, mut earlier, mut complete) = (Vec::new(), Vec::new(), false);
    let contents = match offered {
        Some(Ok((manifest, mut rows))) => {
            let (found, told, whole) = contents(&manifest, &mut rows, checker.leaves());
            // A bundle may be a little older than the checkpoint.
            complete = whole && found.lines >= checkpoint.size;
            kept = super::kept(&manifest);
            earlier = super::earlier(&kept, own.as_ref(), &told.handovers, options);
            checker.learn(told);
            Ok((manifest, found))
        }
        Some(Err(why)) => Err(why),
        None => Err(Why::NotOffered),
    };
    let read = checker.finish(Some(&checkpoint), options.since.as_ref().map(|since| &since.checkpoint), &earlier);
    if report.is_bad(Item::Tree) {
        narrow(&mut report, &place, &read.leaves, options.wire);
    }
    let read = Finished { complete: complete && read.complete, ..read };
    report.add(super::signature(&note, &checkpoint, own.as_ref(), &kept, &read, options));
    match contents {
        Ok((manifest, found)) => merge(&mut report, &manifest, found, &checkpoint),
        Err(why) => report.add(Finding::CannotCheck { item: Item::Content, why, count: report.lines }),
    }
    report.conclude();
    report
}

/// What stands at an address; none when the site says that there is nothing.
fn fetch(wire: &dyn Wire, url: &str, most: u64) -> Result<Option<Vec<u8>>, Unreached> {
    let got = wire.get(url)?;
    match got.status {
        200 => got.whole(most).map(Some),
        404 | 410 => Ok(None),
        status => Err(Unreached(format!("{url} answered {status}"))),
    }
}

type Rows = Reader<BufReader<Box<dyn Read>>>;

fn open_bundle(wire: &dyn Wire, url: &str) -> Result<(Manifest, Rows), Why> {
    let got = wire.get(url).map_err(|_| Why::NoNetwork)?;
    match got.status {
        200 => Reader::open(BufReader::new(got.body)).map_err(|_| Why::Unreadable),
        404 | 410 => Err(Why::NotOffered),
        _ => Err(Why::NoNetwork),
    }
}

/// Every line the checkpoint covers, from the entry bundles.
fn lines(checker: &mut Checker<'_>, place: &Place, checkpoint: &Checkpoint, wire: &dyn Wire) {
    let mut in_a_row = 0;
    for tile in tiles(checkpoint.size).filter(|tile| tile.level == Level::Entries) {
        match entries(wire, place, tile) {
            Ok(Some(rows)) => {
                in_a_row = 0;
                rows.iter().for_each(|row| checker.take(row));
            }
            Ok(None) => {
                checker.missing(tile.width().into());
                in_a_row += 1;
            }
            Err(why) => return checker.broke_off(why),
        }
        if in_a_row == GIVE_UP {
            return;
        }
    }
}

fn entries(wire: &dyn Wire, place: &Place, tile: TilePath) -> Result<Option<Vec<Row>>, Why> {
    let url = format!("{}/tile/{tile}", place.record);
    let Some(bytes) = fetch(wire, &url, MAX_TILE).map_err(|_| Why::NoNetwork)? else { return Ok(None) };
    let entries = decode_entries(&bytes).ok().filter(|entries| entries.len() == usize::from(tile.width()));
    let row =
        |entry: &&[u8]| Row { line: String::from_utf8_lossy(entry).into_owned(), body: None, personal: Vec::new(), erased: Vec::new() };
    Ok(entries.map(|entries| entries.iter().map(row).collect()))
}

/// The tree is another than was signed: the site's own hashes of full bundles tell in which of them.
fn narrow(report: &mut Report, place: &Place, leaves: &[Hash], wire: &dyn Wire) {
    for (tile, bundles) in (0_u64..).zip(leaves.chunks(256 * 256)) {
        let full = bundles.len() / 256;
        let path = TilePath { level: Level::Hashes(1), index: tile, width: u8::try_from(full).ok() };
        if full == 0 {
            return;
        }
        let Ok(Some(bytes)) = fetch(wire, &format!("{}/tile/{path}", place.record), MAX_TILE) else { return };
        let Ok(hashes) = decode_hashes(&bytes) else { return };
        for (index, (bundle, hash)) in bundles.chunks_exact(256).zip(&hashes).enumerate() {
            let mut tree = Frontier::new();
            bundle.iter().for_each(|leaf| drop(tree.push(*leaf)));
            if tree.root() != *hash {
                let first = tile * 65_536 + index as u64 * 256;
                report.add(Finding::Changed { item: Item::Line, at: Some(Span { first, last: first + 255 }) });
            }
        }
    }
}

/// The contents, from the public bundle, each held against the line that the tree holds; what they tell of the record; and
/// whether all of them were read.
fn contents(manifest: &Manifest, rows: &mut Rows, leaves: &[Hash]) -> (Report, Told, bool) {
    let mut found = Report::new(Subject::Bundle);
    let mut checker = Checker::new(&mut found, Contents::Of(For::Public), Some(manifest.unit.number()));
    checker.compare_with(leaves, Item::Line);
    take_rows(&mut checker, rows);
    let told = checker.take_told();
    let whole = checker.finish(None, None, &[]).complete;
    (found, told, whole)
}

/// Adds what the contents came to.
fn merge(report: &mut Report, manifest: &Manifest, found: Report, checkpoint: &Checkpoint) {
    report.unit = manifest.unit.to_string();
    report.name.clone_from(&manifest.name);
    // A bundle may be a little older than the checkpoint; what it does not hold yet cannot be checked.
    let later = checkpoint.size.saturating_sub(found.lines);
    if later > 0 && !found.is_bad(Item::Line) {
        report.add(Finding::CannotCheck { item: Item::Content, why: Why::NotOffered, count: later });
    }
    let signed = manifest.checkpoint.as_ref().and_then(|note| super::read_note(note));
    let same = |other: &Checkpoint| other.origin == checkpoint.origin && other.size == checkpoint.size;
    if signed.is_some_and(|(_, other)| same(&other) && other.root != checkpoint.root) {
        report.add(Finding::Changed { item: Item::History, at: None }); // two trees at once
    }
    let lines_hold = |finding: &Finding| matches!(finding, Finding::Intact { item: Item::Line, .. });
    found.findings.into_iter().filter(|finding| !lines_hold(finding)).for_each(|finding| report.add(finding));
    report.more += found.more;
}
