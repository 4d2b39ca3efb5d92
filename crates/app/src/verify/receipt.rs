//! 收据核验 A receipt: one line, its place in a signed tree, and the entry behind it if that is handed in; C2SP tlog-proof

use super::Options;
use super::keys;
use super::lines::Finished;
use super::report::{Finding, Item, Report, Span, Subject, Why};
use record::{Checkpoint, Line, Receipt, check_inclusion, leaf};

/// Verifies a `.tlog-proof` file whose `extra` holds the line itself.
pub(super) fn verify(bytes: &[u8], options: &Options<'_>) -> Report {
    let receipt = Receipt::parse(bytes).ok();
    let checkpoint = receipt.as_ref().and_then(|receipt| Checkpoint::parse(receipt.checkpoint.text.as_bytes()).ok());
    let (Some(receipt), Some(checkpoint)) = (receipt, checkpoint) else {
        return Report::only(Subject::Unknown, Item::Source, Why::Unreadable);
    };
    let mut report = Report::new(Subject::Receipt);
    report.seq = Some(receipt.index);
    super::seen(&mut report, &receipt.checkpoint, &checkpoint, options);
    report.add(super::signature(&receipt.checkpoint, &checkpoint, None, &[], &Finished::default(), options));
    match receipt.extra.is_empty() {
        true => report.add(Finding::CannotCheck { item: Item::Line, why: Why::NoEntry, count: 1 }),
        false => line(&mut report, &receipt, &checkpoint, options),
    }
    if let Some(since) = options.since.as_ref().map(|since| &since.checkpoint) {
        history(&mut report, since, &checkpoint);
    }
    report.conclude();
    report
}

fn line(report: &mut Report, receipt: &Receipt, checkpoint: &Checkpoint, options: &Options<'_>) {
    let at = Some(Span::one(receipt.index));
    let root = check_inclusion(receipt.index, checkpoint.size, &leaf(&receipt.extra), &receipt.proof, &checkpoint.root);
    report.add(match root {
        Ok(()) => Finding::Intact { item: Item::Tree, count: 1 },
        Err(_) => Finding::Changed { item: Item::Tree, at },
    });
    let line = Line::parse(&receipt.extra).ok().filter(|line| line.seq == receipt.index);
    let Some(line) = line else {
        return report.add(Finding::Changed { item: Item::Line, at });
    };
    report.lines = 1;
    report.unit = line.unit.to_string();
    report.add(Finding::Intact { item: Item::Line, count: 1 });
    report.add(match &options.body {
        None => Finding::CannotCheck { item: Item::Content, why: Why::NotOffered, count: 1 },
        Some(body) if law::Digest::of(&[body.trim_ascii_end()]).0 == *line.digest() => Finding::Intact { item: Item::Content, count: 1 },
        Some(_) => Finding::Changed { item: Item::Content, at },
    });
}

/// A receipt shows one tree only; with an earlier state it can agree or contradict, never prove.
fn history(report: &mut Report, since: &Checkpoint, now: &Checkpoint) {
    let same = keys::epoch_of(&since.origin).map(|(base, _)| base) == keys::epoch_of(&now.origin).map(|(base, _)| base);
    report.add(match (since.size, since.root) {
        _ if !same => Finding::Changed { item: Item::History, at: None },
        (size, root) if size == now.size && since.origin == now.origin => match root == now.root {
            true => Finding::Intact { item: Item::History, count: 1 },
            false => Finding::Changed { item: Item::History, at: None },
        },
        _ => Finding::CannotCheck { item: Item::History, why: Why::NoProof, count: 0 },
    });
}
