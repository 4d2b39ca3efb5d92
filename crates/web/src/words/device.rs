//! 设备 Words for the devices people sign in with.

/// 微信（安卓手机） for a browser's own long description.
pub fn name(agent: &str) -> String {
    let has = |word: &str| agent.contains(word);
    let machine = if has("iPhone") {
        "苹果手机"
    } else if has("iPad") {
        "苹果平板"
    } else if has("Android") {
        "安卓手机"
    } else if has("Windows") {
        "Windows 电脑"
    } else if has("Macintosh") {
        "苹果电脑"
    } else if has("Linux") {
        "Linux 电脑"
    } else {
        "不认得的设备"
    };
    let program = if has("MicroMessenger") {
        "微信"
    } else if has("Edg/") {
        "Edge"
    } else if has("Chrome/") {
        "Chrome"
    } else if has("Firefox/") {
        "Firefox"
    } else if has("Safari/") {
        "Safari"
    } else {
        return machine.to_owned();
    };
    format!("{program}（{machine}）")
}
