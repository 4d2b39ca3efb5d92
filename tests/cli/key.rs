//! 换密钥 `cunwu key`: said by hand in a shell, and what it says when a seed file is missing, wrong or open to others.

use jiff::civil::date;
use sim::scene::UNIT;
use sim::world::{Store, World};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A house with one village in it, its first seed and its configuration.
fn prepare() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("cunwu-key-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let world = World::new(folder.clone(), &Store::Sqlite, 3, date(2026, 9, 1), true).unwrap();
    world.keys().write(&folder.join("seed")).unwrap();
    world.village(UNIT, ["林伟棠", "黎满堂", "梁玉燕", "陈国强", "陈志恒"], date(2026, 8, 1)).unwrap();
    app::seal::all(&world.house).unwrap();
    std::fs::write(folder.join("cunwu.toml"), format!("data = {folder:?}\nrecord_name = \"demo.invalid/record\"\n")).unwrap();
    folder
}

/// Whether it went well, and what it said.
fn cunwu(folder: &Path, words: &[&str]) -> (bool, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_cunwu")).arg("--config").arg(folder.join("cunwu.toml")).args(words).output().unwrap();
    let said = if ran.status.success() { ran.stdout } else { ran.stderr };
    (ran.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn a_key_is_changed_shown_and_its_files_are_looked_after() {
    let folder = prepare();
    let says = |words: &[&str], well: bool, parts: &[&str]| {
        let (went_well, said) = cunwu(&folder, words);
        assert!(went_well == well && parts.iter().all(|part| said.contains(part)), "{words:?}: {said}");
        said
    };
    let bundle = folder.join("before.jsonl");
    says(&["export", UNIT, "--out", bundle.to_str().unwrap()], true, &[]);
    says(&["key", "change"], true, &["seed.1", "有1个单位", "两把公钥都签", "公钥告示"]);
    let shown = says(&["key", "show"], true, &["# 种子文件", "一直要留着", "正在用它签名", "新旧公钥同签"]);
    let keys = app::witness::read_logs(&shown).expect("what it shows is a list of logs for a witness");
    assert_eq!(keys.len(), 2, "{shown}");
    let after = folder.join("after.jsonl");
    says(&["export", UNIT, "--out", after.to_str().unwrap()], true, &[]);
    says(&["verify", after.to_str().unwrap(), "--key", &keys[1].vkey()], true, &["完整：", "换过的新公钥", "公告栏"]);
    says(&["verify", after.to_str().unwrap(), "--since", bundle.to_str().unwrap()], true, &["换过的新公钥"]);
    says(&["audit"], true, &["逐行相同"]);

    let seed = folder.join("seed.1");
    std::fs::set_permissions(&seed, PermissionsExt::from_mode(0o640)).unwrap();
    says(&["key", "show"], false, &["SEED_OPEN", "chmod 600", "seed.1", "640"]);
    std::fs::set_permissions(&seed, PermissionsExt::from_mode(0o600)).unwrap();
    let whole = std::fs::read(&seed).unwrap();
    std::fs::write(&seed, &whole[..40]).unwrap();
    says(&["audit"], false, &["SEED_MALFORMED", "seed.1"]);
    let other = if whole.starts_with(b"00") { b"11" } else { b"00" };
    std::fs::write(&seed, [other, &whole[2..]].concat()).unwrap();
    says(&["audit"], false, &["SEED_OTHER", "seed.1"]);
    std::fs::remove_file(&seed).unwrap();
    says(&["serve"], false, &["SEED_MISSING", "seed.1", "key change --lost"]);
    says(&["key", "change", "--lost"], true, &["seed.2", "有1个单位"]);
    says(&["key", "show"], true, &["文件不在", "seed.2"]);
    std::fs::rename(folder.join("seed"), folder.join("seed.away")).unwrap();
    says(&["audit"], false, &["SEED_MISSING", "没有种子文件"]);
    std::fs::remove_dir_all(folder).unwrap();
}
