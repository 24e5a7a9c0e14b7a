//! The pages' wasm in its pieces, and the scripts that load them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::{Bindgen, Output};

use super::Size;
use super::bundle::{PACKAGE, Part};
use super::names::{LINK, OUTPUT, file_name, hash};
use super::split::{Pieces, split};
use crate::trouble::Trouble;

/// What the pages load.
pub(super) struct Glue {
    /// One hash for all of it: a piece works with no other build's, so they share a name.
    pub(super) hash: String,
    pub(super) parts: Vec<Part>,
    /// What comes with each chunk that pages are in: its files.
    pub(super) chunks: BTreeMap<String, Vec<String>>,
}

/// Cuts the wasm, lets wasm-bindgen write the glue, and names everything by the content of all. The page names the
/// main wasm to the glue, which therefore needs no path of its own.
pub(super) fn make(wasm: &Path, size: Size, folder: &Path) -> Result<Glue, Trouble> {
    let Pieces {
        main,
        link,
        files,
        chunks,
    } = split(wasm, size, folder)?;
    let mut output = bind(main, size)?;
    let main = output.wasm_mut().emit_wasm();
    let snippets = snippets(&output);
    let snippet_folder = snippet_folder(&snippets);
    let js = output
        .js()
        .replace("./snippets/", &format!("./{snippet_folder}/"));

    let everything: Vec<u8> = [main.as_slice(), js.as_bytes(), link.as_bytes()]
        .into_iter()
        .chain(files.values().map(Vec::as_slice))
        .flatten()
        .copied()
        .collect();
    let hash = hash(&everything);
    let wasm_of = |file: &String| file_name(file, &hash, "wasm");
    let link = files.keys().fold(link, |link, file| {
        link.replace(&format!("./{file}.wasm"), &format!("./{}", wasm_of(file)))
    });
    // Only what follows `from` is an address; the wasm knows the script's plain name.
    let named = |script: String| {
        [OUTPUT, LINK].into_iter().fold(script, |script, name| {
            let with_hash = file_name(name, &hash, "js");
            script.replace(
                &format!("from \"./{name}.js\""),
                &format!("from \"./{with_hash}\""),
            )
        })
    };

    let package = Path::new(PACKAGE);
    let part = |name: String, content: Vec<u8>| Part {
        path: package.join(name),
        content,
    };
    let mut parts = vec![
        part(file_name(OUTPUT, &hash, "js"), named(js).into_bytes()),
        part(file_name(LINK, &hash, "js"), named(link).into_bytes()),
        part(file_name(OUTPUT, &hash, "wasm"), main),
    ];
    let chunks = chunks
        .into_iter()
        .map(|(chunk, asked)| (chunk, asked.iter().map(wasm_of).collect()))
        .collect();
    parts.extend(
        files
            .into_iter()
            .map(|(file, content)| part(wasm_of(&file), content)),
    );
    parts.extend(snippets.into_iter().map(|snippet| Part {
        path: package.join(&snippet_folder).join(snippet.path),
        content: snippet.content,
    }));
    Ok(Glue {
        hash,
        parts,
        chunks,
    })
}

/// The chunks import from the main module what the linker exports from it, so that is kept.
fn bind(main: Vec<u8>, size: Size) -> Result<Output, Trouble> {
    let small = size == Size::Small;
    Bindgen::new()
        .input_bytes(OUTPUT, main)
        .out_name(OUTPUT)
        .typescript(false)
        .omit_default_module_path(true)
        .keep_lld_exports(true)
        .remove_name_section(small)
        .remove_producers_section(small)
        .web(true)
        .and_then(|bindgen| bindgen.generate_output())
        .map_err(|error| Trouble::failed(format!("wasm-bindgen: {error:#}")))
}

/// JavaScript that crates bring along. The glue imports it by path, so the folder carries the hash.
fn snippets(output: &Output) -> Vec<Part> {
    let inline = output.snippets().iter().flat_map(|(krate, scripts)| {
        scripts
            .iter()
            .enumerate()
            .map(move |(number, script)| Part {
                path: Path::new(krate).join(format!("inline{number}.js")),
                content: script.clone().into_bytes(),
            })
    });
    let modules = output.local_modules().iter().map(|(path, script)| Part {
        path: PathBuf::from(path),
        content: script.clone().into_bytes(),
    });
    let mut parts: Vec<Part> = inline.chain(modules).collect();
    parts.sort_by(|one, other| one.path.cmp(&other.path));
    parts
}

fn snippet_folder(snippets: &[Part]) -> String {
    let all: Vec<u8> = snippets
        .iter()
        .flat_map(|snippet| snippet.content.clone())
        .collect();
    format!("snippets.{}", hash(&all))
}
