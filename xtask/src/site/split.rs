//! Cuts the pages' wasm: what every page needs stays in one file, what only some need comes with those.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use wasm_split_cli_support::{Options, transform};

use super::Size;
use super::bundle::{at, read, remove};
use super::names::{LINK, OUTPUT};
use crate::trouble::Trouble;

/// The pieces of one compilation; none of them fits to those of another.
pub(super) struct Pieces {
    /// What wasm-bindgen makes its glue for.
    pub(super) main: Vec<u8>,
    /// The script that fetches chunks.
    pub(super) link: String,
    /// The other pieces by their names.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// What comes with each chunk that pages are in: the names of pieces.
    pub(super) chunks: BTreeMap<String, Vec<String>>,
}

/// Cuts `wasm`, which was linked with its relocations kept. `folder` is for what lies about meanwhile.
pub(super) fn split(wasm: &Path, size: Size, folder: &Path) -> Result<Pieces, Trouble> {
    remove(folder)?;
    let whole = read(wasm)?;
    let main = folder.join("main.wasm");
    let link = format!("./{LINK}.js");
    let glue = format!("./{OUTPUT}.js");
    let mut options = Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &link;
    options.main_module = &glue;
    let made = transform(options)
        .map_err(|error| Trouble::failed(format!("{}: {error:#}", wasm.display())))?;

    let mut files = BTreeMap::new();
    for path in &made.split_modules {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let content = read(path)?;
        let content = match size {
            Size::Quick => content,
            Size::Small => without_custom_sections(&content),
        };
        files.insert(name.into_owned(), content);
    }
    let script = folder.join(format!("{LINK}.js"));
    Ok(Pieces {
        main: read(&main)?,
        link: fs::read_to_string(&script).map_err(|error| at(&script, &error))?,
        files,
        chunks: made.prefetch_map.into_iter().collect(),
    })
}

const HEADER: usize = 8;
const CUSTOM: u8 = 0;

/// The same module without names and other remarks. Sections are a kind, a length in LEB128, and the content.
fn without_custom_sections(wasm: &[u8]) -> Vec<u8> {
    let (header, mut rest) = wasm.split_at(HEADER.min(wasm.len()));
    let mut kept = header.to_vec();
    while let Some(end) = section_end(rest) {
        let (section, after) = rest.split_at(end);
        if section[0] != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = after;
    }
    kept.extend_from_slice(rest);
    kept
}

/// Where the first section ends; `None` where there is none, or not the whole of one.
fn section_end(sections: &[u8]) -> Option<usize> {
    let mut length = 0;
    for (place, byte) in sections.iter().skip(1).take(5).enumerate() {
        length |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            let end = place + 2 + length;
            return (end <= sections.len()).then_some(end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_custom_sections_are_left_out() {
        let types = [1, 2, 9, 9];
        let names = [CUSTOM, 0x81, 0x00, 7];
        let code = [10, 1, 5];
        let wasm = [b"\0asm\x01\0\0\0".as_slice(), &types, &names, &code].concat();

        let kept = without_custom_sections(&wasm);

        assert_eq!(
            kept,
            [b"\0asm\x01\0\0\0".as_slice(), &types, &code].concat()
        );
    }

    #[test]
    fn what_is_cut_off_stays_as_it_is() {
        let wasm = b"\0asm\x01\0\0\0\x00\x05ab";

        assert_eq!(without_custom_sections(wasm), wasm);
    }
}
