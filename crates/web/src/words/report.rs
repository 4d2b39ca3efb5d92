//! 密封反映的话 Words of sealed reports: what the officer reads, and how a report stands.

use crate::look::{Chip, Tone};

/// What the officer reads: the text with what the sender wrote about whom and about oneself above it.
pub fn letter(about: &str, name: &str, contact: &str, text: &str) -> String {
    let lines = [("反映：", about), ("姓名：", name), ("联系：", contact)];
    let mut head: String = lines.iter().filter(|(_, value)| !value.is_empty()).map(|(label, value)| format!("{label}{value}\n")).collect();
    if !head.is_empty() {
        head.push('\n');
    }
    head + text
}

/// 还没受理 · 受理了 · 不受理, for the sender.
pub fn standing(taken: Option<bool>) -> Chip {
    match taken {
        None => Chip::new(Tone::Doing, "还没受理"),
        Some(true) => Chip::new(Tone::Done, "受理了"),
        Some(false) => Chip::new(Tone::No, "不受理"),
    }
}

/// 没看过 · 看过 · 受理了 · 不受理, for the officer.
pub fn state(taken: Option<bool>, seen: bool) -> Chip {
    match taken {
        None if seen => Chip::new(Tone::Doing, "看过"),
        None => Chip::new(Tone::Soon, "没看过"),
        taken => standing(taken),
    }
}
