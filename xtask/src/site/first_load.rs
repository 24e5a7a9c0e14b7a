//! How much a browser loads before a page is alive, and how much that may be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Size;
use super::bundle::{PACKAGE, kilobytes};
use super::names::{Hashes, LINK, OUTPUT, file_name};
use crate::trouble::Trouble;

/// The chunk of the page that people open in the morning and again whenever something is wrong.
const CONSOLE: &str = "console";

/// What its first load may weigh, in bytes as they come compressed: a tenth more than it did when it was last made
/// smaller. Whoever comes to the limit looks for what the console could do without, or load later.
const BUDGET: usize = 720_000;

/// Adds up what the first load of the pages of each chunk takes: what all need, and what comes with the chunk.
/// Hands back a line for each; refuses a console over its budget, where the build is made to be small.
pub(super) fn weigh(
    hashes: &Hashes,
    sizes: &BTreeMap<PathBuf, usize>,
    size: Size,
) -> Result<Vec<String>, Trouble> {
    let weight = |name: &String| sizes.get(&Path::new(PACKAGE).join(name)).unwrap_or(&0);
    let for_all = [
        file_name(OUTPUT, &hashes.build, "js"),
        file_name(LINK, &hashes.build, "js"),
        file_name(OUTPUT, &hashes.build, "wasm"),
        hashes.css_name(),
    ];
    let base: usize = for_all.iter().map(weight).sum();
    let mut lines = vec![line("any page", for_all.len(), base)];
    for (chunk, files) in &hashes.chunks {
        let whole = base + files.iter().map(weight).sum::<usize>();
        lines.push(line(chunk, for_all.len() + files.len(), whole));
        if size == Size::Small && chunk == CONSOLE && whole > BUDGET {
            return Err(Trouble::failed(format!(
                "the first load of the console is {}, over its {} (xtask/src/site/first_load.rs)",
                kilobytes(whole),
                kilobytes(BUDGET)
            )));
        }
    }
    Ok(lines)
}

fn line(chunk: &str, files: usize, bytes: usize) -> String {
    format!(
        "first load of {chunk}: {} in {files} files",
        kilobytes(bytes)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_load_is_what_all_need_and_what_comes_with_the_chunk() {
        let lines = weigh(&hashes(), &sizes(1_000), Size::Small).unwrap();

        assert_eq!(
            lines,
            [
                "first load of any page: 10.0 kB in 4 files",
                "first load of console: 11.0 kB in 5 files",
            ]
        );
    }

    #[test]
    fn a_console_over_its_budget_is_refused_where_the_build_is_to_be_small() {
        let sizes = sizes(BUDGET);

        assert!(weigh(&hashes(), &sizes, Size::Small).is_err());
        assert!(weigh(&hashes(), &sizes, Size::Quick).is_ok());
    }

    fn hashes() -> Hashes {
        Hashes {
            build: "a1".into(),
            css: "c3".into(),
            chunks: BTreeMap::from([(CONSOLE.into(), vec!["split_console.a1.wasm".into()])]),
        }
    }

    fn sizes(of_chunk: usize) -> BTreeMap<PathBuf, usize> {
        [
            ("switchboard.a1.js", 1_000),
            ("pages.a1.js", 1_000),
            ("switchboard.a1.wasm", 7_000),
            ("switchboard.c3.css", 1_000),
            ("split_console.a1.wasm", of_chunk),
            ("split_supervision.a1.wasm", 5_000),
        ]
        .map(|(name, size)| (Path::new(PACKAGE).join(name), size))
        .into()
    }
}
