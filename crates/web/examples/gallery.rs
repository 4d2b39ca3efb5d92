//! 样页集 Writes every sample page and the static files into a folder, to be looked at: `cargo run -p web --example gallery -- /tmp/gallery`.

use std::path::Path;
use std::{env, fs, io};
use web::look::way;

/// The samples are written against the crate's own paths.
mod look {
    pub use web::look::*;
}
mod words {
    pub use web::words::*;
}
#[path = "../src/look/samples/mod.rs"]
mod samples;

fn main() -> io::Result<()> {
    let to = env::args().nth(1).unwrap_or_else(|| "gallery".into());
    let to = Path::new(&to);
    fs::create_dir_all(to.join("static"))?;
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("static"))? {
        let file = file?;
        if file.file_type()?.is_file() {
            let name = way::asset(&file.file_name().to_string_lossy());
            fs::copy(file.path(), to.join(name.trim_start_matches('/')))?;
        }
    }
    for (name, html) in samples::all() {
        println!("{name} {}", html.len());
        fs::write(to.join(format!("{name}.html")), html)?;
    }
    Ok(())
}
