//! 静态文件 Static files, built in; each address carries a digest of the content, so browsers keep them for ever.

use crate::ask::{Ask, Reply};
use crate::problem::Problem;
use crate::site::Site;

const FILES: &[(&str, &str, &[u8])] = &[
    ("tokens.css", "text/css", include_bytes!("../static/tokens.css")),
    ("base.css", "text/css", include_bytes!("../static/base.css")),
    ("a4.css", "text/css", include_bytes!("../static/a4.css")),
    ("a3.css", "text/css", include_bytes!("../static/a3.css")),
];

/// `/static/{file}`.
pub fn show(_: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let file = FILES.iter().find(|(name, ..)| *name == ask.param("file")).ok_or(Problem::NotFound)?;
    Ok(Reply::of(200, file.1, file.2.to_vec()).cached(86_400))
}
