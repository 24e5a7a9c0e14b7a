//! File names that change with their content, so that a browser may keep them for ever.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// The name under which all files of the pages go.
pub(super) const OUTPUT: &str = "switchboard";

/// The script that fetches the chunks of the wasm.
pub(super) const LINK: &str = "pages";

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

/// A file's name with the hash that it goes by.
pub(super) fn file_name(name: &str, hash: &str, ending: &str) -> String {
    format!("{name}.{hash}.{ending}")
}

/// What the server has to know of one build.
pub(super) struct Hashes {
    /// Of the scripts and the wasm in all its pieces.
    pub(super) build: String,
    pub(super) css: String,
    /// What comes with each chunk that pages are in: its files.
    pub(super) chunks: BTreeMap<String, Vec<String>>,
}

impl Hashes {
    /// What stands in `hash.txt`: a line for each kind of file, and one for each chunk. The last line is the hash of all
    /// files together, so that the list changes whenever anything does.
    pub(super) fn text(&self, files: &str) -> String {
        let Self { build, css, chunks } = self;
        let mut text = format!("build: {build}\ncss: {css}\n");
        for (chunk, files) in chunks {
            writeln!(text, "chunk {chunk}: {}", files.join(" "))
                .expect("a String takes everything");
        }
        writeln!(text, "files: {files}").expect("a String takes everything");
        text
    }

    pub(super) fn css_name(&self) -> String {
        file_name(OUTPUT, &self.css, "css")
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
    fn hash_txt_has_a_line_for_each_kind_and_each_chunk() {
        let hashes = Hashes {
            build: "a1".into(),
            css: "c3".into(),
            chunks: BTreeMap::from([(
                "console".into(),
                vec!["x.a1.wasm".into(), "y.a1.wasm".into()],
            )]),
        };

        assert_eq!(
            hashes.text("d4"),
            "build: a1\ncss: c3\nchunk console: x.a1.wasm y.a1.wasm\nfiles: d4\n"
        );
        assert_eq!(hashes.css_name(), "switchboard.c3.css");
    }
}
