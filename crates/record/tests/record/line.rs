//! 公开行的检验 Lines: golden spellings and everything that is not one

use crate::seeded;
use proptest::prelude::*;
use record::line::MAX_LINE;
use record::{Body, Line, leaf};

fn open() -> Line {
    let body = Body::Open {
        kind: "suggestion".into(),
        matter: "0k3x9m2p7q4rt".into(),
        step: 0,
        day: "2026-09-30".into(),
        audience: "public".into(),
        digest: [0x9f; 32],
    };
    Line { unit: 441_900_121_014, seq: 1203, body }
}

const DIGEST: &str = "9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f";

#[test]
fn golden_lines() {
    let text = format!("cunwu1 441900121014 1203 suggestion 0k3x9m2p7q4rt 0 2026-09-30 public {DIGEST}");
    assert_eq!(String::from_utf8(open().to_bytes()).unwrap(), text);
    assert_eq!(Line::parse(text.as_bytes()), Ok(open()));
    let sealed = Line { unit: 441_900_121_014, seq: 0, body: Body::Sealed { digest: [0x9f; 32] } };
    let text = format!("cunwu1 441900121014 0 sealed {DIGEST}");
    assert_eq!(String::from_utf8(sealed.to_bytes()).unwrap(), text);
    assert_eq!(Line::parse(text.as_bytes()), Ok(sealed.clone()));
    assert_eq!(sealed.digest(), open().digest());
}

#[test]
fn other_spellings_are_refused() {
    let good = String::from_utf8(open().to_bytes()).unwrap();
    let swap = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replacen(from, to, 1)
    };
    let long = "m".repeat(MAX_LINE);
    for bad in [
        String::new(),
        swap("cunwu1", "cunwu2"),
        swap("cunwu1", "Cunwu1"),
        swap(" 1203", "  1203"),
        swap(" 1203", "\t1203"),
        swap("1203", "01203"),
        swap("1203", "+1203"),
        swap("1203", "-1"),
        swap("1203", "18446744073709551616"),
        swap("1203", "１２"),
        swap("suggestion", "Suggestion"),
        swap("suggestion", "建议"),
        swap("suggestion", "sealed"),
        swap("suggestion ", " "),
        swap("suggestion ", ""),
        swap("0k3x9m2p7q4rt", "a.b"),
        swap("0k3x9m2p7q4rt", &long),
        swap(" 0 ", " 00 "),
        swap("2026-09-30", "2026-9-30"),
        swap("2026-09-30", "2026/09/30"),
        swap("2026-09-30", "2026-09-3a"),
        swap("public", "pub lic"),
        swap(DIGEST, &DIGEST.to_uppercase()),
        swap(DIGEST, &DIGEST[1..]),
        swap(DIGEST, &format!("{DIGEST}00")),
        format!("{good} "),
        format!(" {good}"),
        format!("{good}\n"),
        format!("cunwu1 1 0 sealed {DIGEST} public"),
        format!("cunwu1 1 0 sealed public {DIGEST}"),
        "cunwu1 1 0 sealed".to_owned(),
    ] {
        assert!(Line::parse(bad.as_bytes()).is_err(), "{bad}");
    }
}

#[test]
fn a_line_that_cannot_be_written_is_found_before_it_is() {
    assert!(open().check().is_ok());
    let with = |change: fn(&mut String, &mut String, &mut String)| {
        let mut line = open();
        if let Body::Open { kind, matter, day, .. } = &mut line.body {
            change(kind, matter, day);
        }
        line.check()
    };
    assert!(with(|kind, _, _| *kind = "sealed".into()).is_err());
    assert!(with(|kind, _, _| kind.clear()).is_err());
    assert!(with(|kind, _, _| kind.push_str(" x")).is_err());
    assert!(with(|_, matter, _| *matter = "m".repeat(MAX_LINE)).is_err());
    assert!(with(|_, _, day| day.push('1')).is_err());
    // Two wrongs that look right together are still another line.
    assert!(with(|kind, matter, _| (*kind, *matter) = ("a b".into(), String::new())).is_err());
}

fn any_line() -> impl Strategy<Value = Line> {
    let word = "[a-z0-9_-]{1,40}";
    let open = (word, word, any::<u64>(), "[0-9]{4}-[0-9]{2}-[0-9]{2}", word, any::<[u8; 32]>())
        .prop_filter("sealed is no kind", |open| open.0 != "sealed")
        .prop_map(|(kind, matter, step, day, audience, digest)| Body::Open { kind, matter, step, day, audience, digest });
    let sealed = any::<[u8; 32]>().prop_map(|digest| Body::Sealed { digest });
    (any::<u64>(), any::<u64>(), prop_oneof![open, sealed]).prop_map(|(unit, seq, body)| Line { unit, seq, body })
}

proptest! {
    #![proptest_config(seeded(256))]

    #[test]
    fn a_line_comes_back_as_it_went(line in any_line()) {
        prop_assert_eq!(Line::parse(&line.to_bytes()), Ok(line));
    }

    #[test]
    fn a_changed_byte_is_another_line_or_none(line in any_line(), at: prop::sample::Index, byte: u8) {
        let good = line.to_bytes();
        let mut bad = good.clone();
        let at = at.index(bad.len());
        bad[at] = byte;
        if bad != good {
            prop_assert_ne!(leaf(&bad), leaf(&good));
            if let Ok(other) = Line::parse(&bad) {
                prop_assert_ne!(&other, &line);
                prop_assert_eq!(other.to_bytes(), bad);
            }
        }
    }
}
