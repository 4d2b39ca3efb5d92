//! 已知答案 Known answers: values that others published, so that we are not right only by our own rule

use crate::log::Log;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use record::cosignature;
use record::tree::root;
use record::*;

fn hash(text: &str) -> Hash {
    BASE64_STANDARD.decode(text).unwrap().try_into().unwrap()
}

fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The eight entries and roots that Certificate Transparency implementations have tested themselves with since 2012.
#[test]
fn roots_of_certificate_transparency() {
    let entries: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut log = Log::default();
    assert_eq!(hex(&log.frontier.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (size, (entry, top)) in (1..).zip(entries.into_iter().zip(roots)) {
        log.push(leaf(entry));
        assert_eq!(hex(&log.frontier.root()), top);
        assert_eq!(hex(&root(&mut log, size).unwrap()), top);
    }
}

/// What Google's log Argon2020 (961,984,011 certificates, shut in 2024) answered about its certificate 10,000 and
/// its own past; the answers are kept by the authors of `tlog_tiles`.
#[test]
fn proofs_of_a_log_of_a_thousand_million() {
    let proof = |lines: &str| lines.lines().map(hash).collect::<Vec<_>>();
    let (size, top) = (961_984_011, hash("AWxD3p811N3m4WTinWRXPvBZHfT9IR9g/R4C7SKLPiU="));
    let leaf = hash("nCs3mfIydh9x4CKyQ+u2xtmpxmFggA5MLymHwNQSlLg=");
    let inclusion = proof(include_str!("argon2020-inclusion.txt"));
    assert_eq!(check_inclusion(10_000, size, &leaf, &inclusion, &top), Ok(()));
    assert_eq!(check_inclusion(10_001, size, &leaf, &inclusion, &top), Err(Broken::Root));
    let before = hash("AuIZ5V6sDUj1vn3Y1K85oOaQ7y+FJJKtyRTl1edIKBQ=");
    let consistency = proof(include_str!("argon2020-consistency.txt"));
    assert_eq!(check_consistency(3_654_490, &before, size, &top, &consistency), Ok(()));
    assert_eq!(check_consistency(3_654_491, &before, size, &top, &consistency), Err(Broken::Length));
}

/// The note with which Go's `sumdb/note` documents itself: Ed25519 leaves no choice, so we must sign it the same.
#[test]
fn the_note_of_peter_neumann() {
    let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    let signed = "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let secret = BASE64_STANDARD.decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").unwrap();
    let signer = Signer::new("PeterNeumann", secret[1..].try_into().unwrap()).unwrap();
    assert_eq!(signer.vkey(), vkey);
    let note = note::sign(text, &[&signer]).unwrap();
    assert_eq!(note.to_text(), format!("{text}{signed}"));
    assert_eq!(note::open(&note, &[Verifier::parse(vkey).unwrap()]).unwrap()[0].id, 0xc74f20a3);
}

/// The examples in the specifications, whose keys we do not have: they must read, and read the same.
#[test]
fn the_examples_of_the_specifications() {
    let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let signatures = "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
        — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
    let whole = format!("{text}\n{signatures}");
    let note = Note::parse(whole.as_bytes()).unwrap();
    assert_eq!(note.to_text(), whole);
    assert_eq!(note.signatures[1].bytes[..8], 1_679_315_147_u64.to_be_bytes());
    let checkpoint = Checkpoint::parse(note.text.as_bytes()).unwrap();
    assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("example.com/behind-the-sofa", 20_852_163));
    assert_eq!(checkpoint.to_text(), text);

    let request = format!(
        "old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\njrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n\
         5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\n{whole}"
    );
    let parsed = Request::parse(request.as_bytes()).unwrap();
    assert_eq!((parsed.old, parsed.proof.len(), &parsed.checkpoint), (20_852_014, 4, &note));
    assert_eq!(parsed.to_text(), request);

    let receipt = format!(
        "c2sp.org/tlog-proof@v1\nextra YWdl\nindex 73894\ngSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=\n\
         B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=\n\n{whole}"
    );
    let parsed = Receipt::parse(receipt.as_bytes()).unwrap();
    assert_eq!((parsed.extra.as_slice(), parsed.index, parsed.proof.len()), (b"age".as_slice(), 73_894, 2));
    assert_eq!(parsed.to_text(), receipt);
}

/// The message a cosignature signs, spelled out as in the specification's example.
#[test]
fn a_cosignature_signs_header_time_and_text() {
    let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let signer = Signer::new("witness.example.com/w1", &[7; 32]).unwrap();
    let cosignature = cosignature::cosign(text, 1_679_315_147, &signer);
    let plain = signer.sign(&format!("cosignature/v1\ntime 1679315147\n{text}"));
    assert_eq!(cosignature.bytes[..8], 1_679_315_147_u64.to_be_bytes());
    assert_eq!(cosignature.bytes[8..], plain.bytes);
    assert_ne!(cosignature.id, plain.id);
}
