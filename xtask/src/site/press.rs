//! Brotli and gzip made beforehand, so that the server only picks a file.

use std::io::{self, Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::Size;

/// Brotli's highest quality is worth its minute when many will download the result.
pub(super) fn brotli(content: &[u8], size: Size) -> io::Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: match size {
            Size::Quick => 5,
            Size::Small => 11,
        },
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut pressed = Vec::new();
    brotli::BrotliCompress(&mut Cursor::new(content), &mut pressed, &parameters)?;
    Ok(pressed)
}

pub(super) fn gzip(content: &[u8], size: Size) -> io::Result<Vec<u8>> {
    let level = match size {
        Size::Quick => Compression::fast(),
        Size::Small => Compression::best(),
    };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(content)?;
    encoder.finish()
}

/// Whether a compressed copy saves enough to be kept: a tenth, and more than a header or two.
pub(super) fn pays(content: &[u8], pressed: &[u8]) -> bool {
    pressed.len() + 64 < content.len() / 10 * 9
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn what_is_pressed_comes_out_again() {
        let content = b"the caller is never lost ".repeat(100);
        let mut from_brotli = Vec::new();
        let mut from_gzip = Vec::new();

        let by_brotli = brotli(&content, Size::Small).unwrap();
        let by_gzip = gzip(&content, Size::Quick).unwrap();
        brotli::BrotliDecompress(&mut Cursor::new(&by_brotli), &mut from_brotli).unwrap();
        flate2::read::GzDecoder::new(by_gzip.as_slice())
            .read_to_end(&mut from_gzip)
            .unwrap();

        assert_eq!(from_brotli, content);
        assert_eq!(from_gzip, content);
        assert!(by_brotli.len() < content.len() / 10);
    }
    #[test]
    fn a_copy_is_kept_where_it_saves_a_tenth() {
        for (before, after, expected) in [
            (10_000, 5_000, true),
            (10_000, 8_990, false),
            (90, 20, false),
        ] {
            assert_eq!(
                pays(&vec![0; before], &vec![0; after]),
                expected,
                "{before} to {after}"
            );
        }
    }
}
