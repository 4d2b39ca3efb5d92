//! 签名文书的检验 Notes, keys, checkpoints: what is read, who is believed

use record::note::{open, sign, verified};
use record::*;

fn signer(name: &str, seed: u8) -> Signer {
    Signer::new(name, &[seed; 32]).unwrap()
}

#[test]
fn malformed_notes_are_refused() {
    let good = sign("text\n", &[&signer("log", 1)]).unwrap().to_text();
    let line = good.strip_prefix("text\n\n").unwrap();
    assert!(Note::parse(good.as_bytes()).is_ok());
    for bad in [
        String::new(),
        "text\n".into(),
        "text\n\n".into(),
        line.into(),
        format!("\n{line}"),
        format!("text\n{line}"),
        format!("text\r\n\r\n{line}"),
        format!("te\u{1}xt\n\n{line}"),
        format!("te\txt\n\n{line}"),
        format!("text\n\n{}", line.trim_end()),
        format!("text\n\n{line}\n"),
        format!("text\n\n{line}{line}x"),
        good.replace("— ", "- "),
        good.replace("— ", "—"),
        good.replace("— log ", "—  "),
        good.replace("— log ", "— l+g "),
        good.replace("— log ", "— l g "),
        good.replace("— log ", "— l\u{3000}g "),
        good.replace("— log ", "— l\u{a0}g "),
        good.replace('=', ""),
        good.replace("=\n", "==\n"),
        "text\n\n— log AAAA\n".into(),
        "text\n\n— log AAAAAA==\n".into(), // an id and no signature
        "text\n\n— log AAAAAAB=\n".into(), // stray bits
        "text\n\n— log AAAAA A=\n".into(),
        "text\n\n— log AAAAA-_=\n".into(),
        "text\n\n— log \n".into(),
    ] {
        assert!(Note::parse(bad.as_bytes()).is_err(), "{bad:?}");
    }
    assert!(Note::parse(b"te\xffxt\n\n\xe2\x80\x94 log AAAAAAA=\n").is_err());
    assert!(Note::parse("text\n\n— log AAAAAAA=\n".as_bytes()).is_ok());
}

#[test]
fn a_text_may_hold_empty_lines_and_even_signatures() {
    let key = signer("log", 1);
    for text in ["\n", "\n\n\n", "a\n\nb\n\n", "a\n\n— log AAAAAAA=\n"] {
        let note = sign(text, &[&key]).unwrap();
        assert_eq!(Note::parse(note.to_text().as_bytes()), Ok(note), "{text:?}");
    }
    for text in ["", "a", "a\nb", "a\r\n", "a\0\n"] {
        assert!(sign(text, &[&key]).is_err(), "{text:?}");
    }
    assert!(sign("a\n", &[]).is_err());
}

#[test]
fn a_note_has_limits() {
    let key = signer("log", 1);
    let mut note = sign("text\n", &[&key; 100]).unwrap();
    assert!(Note::parse(note.to_text().as_bytes()).is_ok());
    note.signatures.push(note.signatures[0].clone());
    assert!(Note::parse(note.to_text().as_bytes()).is_err());
    assert!(sign("text\n", &[&key; 101]).is_err());
    let long = "x".repeat(1 << 20) + "\n";
    assert!(sign(&long, &[&key]).is_err());
    assert!(Note::parse(format!("{long}\n— log AAAAAAA=\n").as_bytes()).is_err());
}

#[test]
fn unknown_keys_are_passed_over_and_known_ones_must_hold() {
    let (log, other) = (signer("log", 1), signer("other", 2));
    let (known, stranger) = (log.verifier(Kind::Plain), other.verifier(Kind::Plain));
    let mut note = sign("text\n", &[&other, &log, &log]).unwrap();
    let names = |note: &Note, keys: &[Verifier]| open(note, keys).map(|all| all.into_iter().map(|one| one.name).collect::<Vec<_>>());
    assert_eq!(names(&note, std::slice::from_ref(&known)), Ok(vec!["log".to_owned()]), "once, though it signed twice");
    assert_eq!(names(&note, &[known.clone(), stranger.clone()]).unwrap().len(), 2);
    assert_eq!(names(&note, &[]), Err(NoteError::Unverified));
    assert_eq!(names(&note, &[signer("third", 3).verifier(Kind::Plain)]), Err(NoteError::Unverified));
    assert_eq!(verified(&note, &[]), Ok(vec![]));
    // The same name with another key is another key; so is the same key as a cosigner.
    assert_eq!(names(&note, &[signer("log", 9).verifier(Kind::Plain)]), Err(NoteError::Unverified));
    assert_eq!(names(&note, &[log.verifier(Kind::Cosignature)]), Err(NoteError::Unverified));
    // A false signature of a stranger is nothing; of a known key it spoils the note, even beside a good one.
    note.signatures[0].bytes[3] ^= 1;
    assert!(names(&note, std::slice::from_ref(&known)).is_ok());
    let false_one = NoteError::BadSignature { name: "other".into(), id: stranger.id() };
    assert_eq!(names(&note, &[known.clone(), stranger]), Err(false_one));
    note.signatures[2].bytes.pop();
    assert!(matches!(names(&note, &[known]), Err(NoteError::BadSignature { .. })));
}

#[test]
fn keys_are_read_as_they_are_written() {
    let key = signer("log.example/1", 1);
    for vkey in [key.vkey(), key.witness_vkey()] {
        let parsed = Verifier::parse(&vkey).unwrap();
        assert_eq!((parsed.vkey(), parsed.name()), (vkey.clone(), "log.example/1"));
        for bad in [
            vkey.replace("log.example/1", "log.example/2"),
            vkey.replace("log.example/1", "log example"),
            vkey.replacen("log.example/1", "", 1),
            vkey.replacen('+', "+0", 1),
            vkey.replacen('+', "", 1),
            vkey[..vkey.len() - 4].to_owned(),
            format!("{vkey}\n"),
            format!("{vkey}AAAA"),
        ] {
            assert!(Verifier::parse(&bad).is_err(), "{bad}");
        }
    }
    assert_eq!(Verifier::parse(&key.vkey()).unwrap().kind(), Kind::Plain);
    assert_eq!(Verifier::parse(&key.witness_vkey()).unwrap().kind(), Kind::Cosignature);
    // ECDSA (0x02) and ML-DSA (0x06) are not spoken here.
    assert!(Verifier::parse("log+00000000+AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").is_err());
    assert!(Verifier::parse("").is_err() && Verifier::parse("++").is_err() && Verifier::parse("a+b+").is_err());
    for name in ["", "a b", "a+b", "a\u{3000}b", "a\nb", "a\0"] {
        assert!(Signer::new(name, &[0; 32]).is_err(), "{name:?}");
    }
    assert!(!format!("{key:?}").contains(&format!("{:?}", [1_u8; 32])), "a secret is never printed");
}

#[test]
fn a_cosignature_holds_for_its_text_moment_and_key_only() {
    let text = "log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    let (witness, other) = (signer("w", 1), signer("v", 2));
    let key = witness.verifier(Kind::Cosignature);
    let latest = u64::MAX >> 1;
    for time in [0, 1, 1_790_000_000, latest] {
        let cosignature = cosignature::cosign(text, time, &witness);
        assert_eq!(cosignature::verify(text, &cosignature, &key), Ok(time));
        let false_one = Err(NoteError::BadSignature { name: "w".into(), id: key.id() });
        assert_eq!(cosignature::verify("log\n", &cosignature, &key), false_one);
        for at in 0..cosignature.bytes.len() {
            let mut bent = cosignature.clone();
            bent.bytes[at] ^= 1;
            assert_eq!(cosignature::verify(text, &bent, &key), false_one);
        }
        let mut short = cosignature.clone();
        short.bytes.truncate(7);
        assert_eq!(cosignature::verify(text, &short, &key), false_one);
        let stranger = other.verifier(Kind::Cosignature);
        assert_eq!(cosignature::verify(text, &cosignature, &stranger), Err(NoteError::Unverified));
    }
    let plain = witness.sign(text);
    assert_eq!(cosignature::verify(text, &plain, &key), Err(NoteError::Unverified));
    assert_eq!(cosignature::verify(text, &plain, &witness.verifier(Kind::Plain)), Err(NoteError::Unverified));
    // Beyond 2⁶³ − 1 even the witness's own word does not hold.
    let late = witness.sign(&format!("cosignature/v1\ntime {}\n{text}", latest + 1)).bytes;
    let bytes = [(latest + 1).to_be_bytes().as_slice(), &late].concat();
    let late = Signature { name: "w".into(), id: key.id(), bytes };
    assert!(cosignature::verify(text, &late, &key).is_err());
}

#[test]
fn checkpoints_are_spelled_one_way() {
    let good = "log.example/1\n20\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n";
    let checkpoint = Checkpoint::parse(good.as_bytes()).unwrap();
    assert_eq!((checkpoint.size, checkpoint.root, checkpoint.extensions.as_slice()), (20, EMPTY_ROOT, &["more".to_owned()][..]));
    assert_eq!(checkpoint.to_text(), good);
    for (from, to) in [
        ("log.example/1", ""),
        ("\n20\n", "\n020\n"),
        ("\n20\n", "\n+20\n"),
        ("\n20\n", "\n20 \n"),
        ("\n20\n", "\n\n"),
        ("\n20\n", "\n18446744073709551616\n"),
        ("47DE", "47DEAAAA"),
        ("SuFU=", "SuFV="),
        ("SuFU=", "SuFU"),
        ("SuFU=", "SuFU=="),
        ("47DEQpj8", ""),
        ("\nmore\n", ""),
        ("\nmore\n", "\nmore"),
        ("\nmore\n", "\n\nmore\n"),
        ("\nmore\n", "\nmore\n\n"),
        ("\nmore\n", "\r\nmore\n"),
        ("\n", "\r\n"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert!(Checkpoint::parse(bad.as_bytes()).is_err(), "{bad:?}");
    }
}
