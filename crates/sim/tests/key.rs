//! 换密钥 A changed key as people see it: on the page, on the paper that is pinned to the wall, and by a stranger's program.

use app::verify::read_keys;
use jiff::civil::date;
use sim::scene::{UNIT, on_each};

#[test]
fn page_and_paper_show_both_keys_with_their_days_and_then_only_the_new_one() {
    on_each("key", date(2026, 9, 30), |scene| {
        let mut browser = scene.stranger();
        let (page, paper) = (format!("/u/{UNIT}/verify"), format!("/u/{UNIT}/verify/print"));
        let before = browser.get(&paper).text();
        let old = read_keys(words(&before).as_bytes()).unwrap();
        assert_eq!(old.len(), 1, "the whole key stands on the paper: {before}");
        assert!(before.contains("2026年9月30日") && !before.contains("公钥换过"), "{before}");

        app::signing::begin(&scene.world.house).unwrap();
        assert_eq!(app::signing::spread(&scene.world.house).unwrap(), 2);
        app::seal::all(&scene.world.house).unwrap();
        let during = browser.get(&paper).text();
        let both = read_keys(words(&during).as_bytes()).unwrap();
        assert_eq!((both.len(), &both[1]), (2, &old[0]), "{during}");
        for shown in [browser.get(&page).text(), during] {
            assert!(shown.contains("公钥换过") && shown.contains("2026年10月30日"), "{shown}");
        }
        assert!(browser.get(&page).shows(&old[0].vkey()));

        scene.world.turn(date(2026, 10, 31), 9, 0);
        let after = browser.get(&paper).text();
        assert_eq!(read_keys(words(&after).as_bytes()).unwrap(), [both[0].clone()], "{after}");
        assert!(!browser.get(&page).shows("公钥换过"));
    });
}

/// The page as a person would copy it: its text, without the marks.
fn words(html: &str) -> String {
    html.replace('<', " <").replace('>', "> ").replace('：', " ")
}
