//! 静态文件 Static files, built in. Pages name each with a digest of its content, so that a browser keeps it for a year and a new
//! release is seen at once; the plain address still answers.

use crate::ask::{Ask, Reply};
use crate::problem::Problem;
use crate::site::Site;
use law::Digest;
use std::sync::LazyLock;

type File = (&'static str, &'static str, &'static [u8]);

const FILES: &[File] = &[
    ("tokens.css", "text/css", include_bytes!("../static/tokens.css")),
    ("base.css", "text/css", include_bytes!("../static/base.css")),
    ("desk.css", "text/css", include_bytes!("../static/desk.css")),
    ("meet.css", "text/css", include_bytes!("../static/meet.css")),
    ("bar.css", "text/css", include_bytes!("../static/bar.css")),
    ("chain.css", "text/css", include_bytes!("../static/chain.css")),
    ("decree.css", "text/css", include_bytes!("../static/decree.css")),
    ("sheet.css", "text/css", include_bytes!("../static/sheet.css")),
    ("icon.svg", "image/svg+xml", include_bytes!("../static/icon.svg")),
    ("page.js", "text/javascript", include_bytes!("../static/page.js")),
    ("a4.css", "text/css", include_bytes!("../static/a4.css")),
    ("a3.css", "text/css", include_bytes!("../static/a3.css")),
];

/// `base.7c1e90b4d2.css` for each of [`FILES`].
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let named = |(name, _, content): &File| {
        let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
        format!("{stem}.{}.{ending}", &Digest::of(&[content]).to_string()[..10])
    };
    FILES.iter().map(named).collect()
});

/// The address under which a page asks for a file.
pub fn address(name: &str) -> String {
    let at = FILES.iter().position(|(known, ..)| *known == name);
    format!("/static/{}", at.map_or(name, |at| &NAMES[at]))
}

/// `/static/{file}`: with the digest of what it holds it never changes; a page of an older or newer release gets what there is.
pub fn show(_: &Site, ask: &Ask) -> Result<Reply, Problem> {
    let asked = ask.param("file");
    if let Some(at) = NAMES.iter().position(|name| name == asked) {
        let (_, kind, content) = FILES[at];
        return Ok(Reply::of(200, kind, content.to_vec()).with("cache-control", "public, max-age=31536000, immutable"));
    }
    let plain = asked.split('.').next().zip(asked.rsplit('.').next()).map(|(stem, ending)| format!("{stem}.{ending}"));
    let (_, kind, content) = FILES.iter().find(|(name, ..)| Some(*name) == plain.as_deref()).ok_or(Problem::NotFound)?;
    Ok(Reply::of(200, kind, content.to_vec()).cached(600))
}
