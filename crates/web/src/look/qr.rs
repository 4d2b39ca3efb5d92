//! 二维码 QR: a URL as one SVG path; drawn without scripts or pictures.

use std::fmt::Write as _;

use askama::Template;

/// A QR code ready to draw.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "part/qr.html")]
pub struct Qr {
    /// SVG path over a grid of `size` modules.
    pub path: String,
    /// Modules along one side.
    pub size: usize,
    /// What a screen reader says: 二维码：北栅社区公开栏网址.
    pub label: String,
}

impl Qr {
    /// Draws `text` (a URL or an `otpauth:` address) with medium error correction.
    ///
    /// # Errors
    /// When the text is longer than a QR code holds (2,331 bytes).
    pub fn of(text: &str, label: impl Into<String>) -> Result<Self, qrcode::types::QrError> {
        let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M)?;
        let size = code.width();
        let modules = code.to_colors();
        let mut path = String::new();
        for (y, row) in modules.chunks(size).enumerate() {
            let mut x = 0;
            while x < size {
                let run = row[x..].iter().take_while(|module| **module == qrcode::Color::Dark).count();
                if run > 0 {
                    let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
                }
                x += run.max(1);
            }
        }
        Ok(Self { path, size, label: label.into() })
    }
}

impl askama::filters::HtmlSafe for Qr {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_one_path() {
        let qr = Qr::of("https://cunwu.example/u/441900121014", "二维码：公开栏“网址”<b>").expect("short");
        assert!(qr.size >= 25 && qr.path.starts_with("M0 0h7v1h-7z"));
        let svg = qr.to_string();
        assert!(svg.contains("&#60;b&#62;") && !svg.contains("style="));
    }

    #[test]
    fn a_text_too_long_is_an_error() {
        assert!(Qr::of(&"x".repeat(3000), "").is_err());
    }
}
