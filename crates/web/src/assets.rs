//! 静态文件 Static files, built in; browsers ask again after ten minutes, so that a new release is seen soon.

use crate::ask::{Ask, Reply};
use crate::problem::Problem;
use crate::site::Site;

const FILES: &[(&str, &str, &[u8])] = &[
    ("tokens.css", "text/css", include_bytes!("../static/tokens.css")),
    ("base.css", "text/css", include_bytes!("../static/base.css")),
    ("desk.css", "text/css", include_bytes!("../static/desk.css")),
    ("sheet.css", "text/css", include_bytes!("../static/sheet.css")),
    ("icon.svg", "image/svg+xml", include_bytes!("../static/icon.svg")),
    ("page.js", "text/javascript", include_bytes!("../static/page.js")),
    ("a4.css", "text/css", include_bytes!("../static/a4.css")),
    ("a3.css", "text/css", include_bytes!("../static/a3.css")),
];

/// `/static/{file}`.
pub fn show(_: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let file = FILES.iter().find(|(name, ..)| *name == ask.param("file")).ok_or(Problem::NotFound)?;
    Ok(Reply::of(200, file.1, file.2.to_vec()).cached(600))
}
