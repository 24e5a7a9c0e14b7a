//! File names that change with their content, so that a browser may keep them for ever.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// The name under which all files of the pages go.
pub(super) const OUTPUT: &str = "switchboard";

/// What stands in the name: the first sixteen hexadecimal digits of the content's SHA-256.
pub(super) fn hash(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .take(8)
        .fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a String takes everything");
            text
        })
}

/// The hashes of one build.
pub(super) struct Hashes {
    pub(super) js: String,
    pub(super) wasm: String,
    pub(super) css: String,
}

impl Hashes {
    /// What stands in `hash.txt`, as Leptos' `hash_files` reads it. The last line is ours: the hash
    /// of all files together, so that the list changes whenever anything does.
    pub(super) fn text(&self, files: &str) -> String {
        let Self { js, wasm, css } = self;
        format!("js: {js}\nwasm: {wasm}\ncss: {css}\nfiles: {files}\n")
    }

    pub(super) fn js_name(&self) -> String {
        format!("{OUTPUT}.{}.js", self.js)
    }

    pub(super) fn wasm_name(&self) -> String {
        format!("{OUTPUT}.{}.wasm", self.wasm)
    }

    pub(super) fn css_name(&self) -> String {
        format!("{OUTPUT}.{}.css", self.css)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_start_of_the_contents_sha256() {
        assert_eq!(hash(b"abc"), "ba7816bf8f01cfea");
    }

    #[test]
    fn hash_txt_has_a_line_for_each_kind() {
        let hashes = Hashes {
            js: "a1".into(),
            wasm: "b2".into(),
            css: "c3".into(),
        };

        assert_eq!(hashes.text("d4"), "js: a1\nwasm: b2\ncss: c3\nfiles: d4\n");
        assert_eq!(hashes.wasm_name(), "switchboard.b2.wasm");
    }
}
