//! Every sample renders, is well formed, keeps the content policy and can be sent back.

use std::collections::HashSet;

use super::samples;

/// Elements that have no end tag.
const VOID: [&str; 7] = ["meta", "link", "input", "br", "wbr", "!doctype", "path"];

#[test]
fn every_page_has_one_first_heading_and_its_landmarks() {
    for (name, html) in samples::all() {
        assert_eq!(html.matches("<h1").count(), 1, "{name}: h1");
        assert_eq!(html.matches("<main id=\"main\"").count(), 1, "{name}: main");
        assert!(html.contains("href=\"#main\"") && html.contains("<html lang=\"zh-CN\""), "{name}: skip link, language");
        assert!(!html.contains("<title></title>"), "{name}: title");
    }
}

#[test]
fn the_content_policy_is_kept() {
    for (name, html) in samples::all() {
        for never in [" style=", " onclick=", " onchange=", "<style", "javascript:", "http://", "//cdn", "<script>"] {
            assert!(!html.contains(never), "{name}: {never}");
        }
        assert!(html.len() < 40_000, "{name}: {} bytes", html.len());
    }
}

#[test]
fn every_form_says_its_method_and_carries_its_token() {
    for (name, html) in samples::all() {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            let head = form.split('>').next().unwrap_or_default();
            let search = head.contains("role=\"search\"");
            assert!(search != head.contains("method=\"post\""), "{name}: {head}");
            assert!(search || (form.contains("name=\"csrf\"") && form.contains("name=\"key\"")), "{name}: {head}");
        }
    }
}

#[test]
fn tags_close_in_order_and_names_are_unique() {
    for (name, html) in samples::all() {
        let mut open: Vec<&str> = Vec::new();
        let mut ids = HashSet::new();
        for part in html.split('<').skip(1) {
            let tag = part.split('>').next().unwrap_or_default();
            let word = tag.split([' ', '/']).next().unwrap_or_default();
            if let Some(end) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(end), "{name}: </{end}>");
            } else if !VOID.contains(&word) && !tag.ends_with('/') {
                open.push(word);
            }
            if let Some(id) = tag.split(" id=\"").nth(1).and_then(|rest| rest.split('"').next()) {
                assert!(ids.insert(id.to_owned()), "{name}: id {id} twice");
            }
        }
        assert!(open.is_empty(), "{name}: {open:?} left open");
    }
}

#[test]
fn every_field_has_a_label() {
    for (name, html) in samples::all() {
        for kind in ["<textarea", "<select", "<input"] {
            for field in html.split(kind).skip(1) {
                let head = field.split('>').next().unwrap_or_default();
                if ["type=\"hidden\"", "type=\"radio\"", "type=\"checkbox\"", "aria-label"].iter().any(|ok| head.contains(ok)) {
                    continue;
                }
                let id = head.split(" id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
                assert!(html.contains(&format!("for=\"{id}\"")), "{name}: {head}");
            }
        }
    }
}

#[test]
fn a_resident_s_words_are_escaped() {
    use askama::Template;
    let text = super::Text::Shown("<b onclick=x>路灯</b>".into());
    let html = super::parts::quote(&text, "王*强").render().expect("renders");
    assert!(html.contains("&#60;b onclick=x&#62;") && !html.contains("<b o"));
}
