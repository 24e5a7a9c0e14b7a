//! Puts together what the server serves: glue, wasm, one stylesheet, public files, sounds, the Voice SDK.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use super::names::{Hashes, OUTPUT, hash};
use super::{Size, press, sounds, voice_sdk};
use crate::trouble::Trouble;

/// Where the parts come from.
pub(super) struct Sources {
    pub(super) wasm: PathBuf,
    pub(super) style: PathBuf,
    pub(super) public: PathBuf,
    pub(super) voice_sdk: PathBuf,
}

/// A file of the site: its path under the root and its content.
pub(super) struct Part {
    pub(super) path: PathBuf,
    pub(super) content: Vec<u8>,
}

/// Writes the site beside its place and swaps it in, so that nothing of an earlier build stays.
/// Hands back a line for a reader for each file.
pub(super) fn make(sources: &Sources, size: Size, site: &Path) -> Result<Vec<String>, Trouble> {
    let (hashes, mut parts) = bind(sources, size)?;
    for path in files(&sources.public)? {
        let inside = path
            .strip_prefix(&sources.public)
            .unwrap_or(&path)
            .to_path_buf();
        parts.push(Part {
            path: inside,
            content: read(&path)?,
        });
    }
    parts.extend(voice_sdk::parts(&sources.voice_sdk)?);
    parts.extend(sounds::parts());

    let fresh = site.with_extension("new");
    remove(&fresh)?;
    let mut lines = Vec::new();
    for part in &parts {
        lines.push(write_with_copies(&fresh, part, size)?);
    }
    let everything: Vec<u8> = parts
        .iter()
        .flat_map(|part| part.content.iter().copied())
        .collect();
    write(
        &fresh.join("hash.txt"),
        hashes.text(&hash(&everything)).as_bytes(),
    )?;
    remove(site)?;
    fs::rename(&fresh, site).map_err(|error| at(site, &error))?;
    Ok(lines)
}

/// The files below a folder, in order of their names; none when there is no such folder.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| at(folder, &error))? {
        let path = entry.map_err(|error| at(folder, &error))?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Lets wasm-bindgen write the glue and names everything by its content. The page names the wasm
/// to the glue, which therefore needs no path of its own.
fn bind(sources: &Sources, size: Size) -> Result<(Hashes, Vec<Part>), Trouble> {
    let small = size == Size::Small;
    let mut output = Bindgen::new()
        .input_path(&sources.wasm)
        .out_name(OUTPUT)
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(small)
        .remove_producers_section(small)
        .web(true)
        .and_then(|bindgen| bindgen.generate_output())
        .map_err(|error| Trouble::failed(format!("wasm-bindgen: {error:#}")))?;

    let wasm = output.wasm_mut().emit_wasm();
    let css = stylesheet(&sources.style)?;
    let snippets = snippets(&output);
    let snippet_folder = snippet_folder(&snippets);
    let js = output
        .js()
        .replace("./snippets/", &format!("./{snippet_folder}/"))
        .into_bytes();
    let hashes = Hashes {
        js: hash(&js),
        wasm: hash(&wasm),
        css: hash(css.as_bytes()),
    };

    let package = Path::new("pkg");
    let mut parts = vec![
        Part {
            path: package.join(hashes.js_name()),
            content: js,
        },
        Part {
            path: package.join(hashes.wasm_name()),
            content: wasm,
        },
        Part {
            path: package.join(hashes.css_name()),
            content: css.into_bytes(),
        },
    ];
    parts.extend(snippets.into_iter().map(|snippet| Part {
        path: package.join(&snippet_folder).join(snippet.path),
        content: snippet.content,
    }));
    Ok((hashes, parts))
}

/// JavaScript that crates bring along. The glue imports it by path, so the folder carries the hash.
fn snippets(output: &wasm_bindgen_cli_support::Output) -> Vec<Part> {
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

/// All of style/ in one file: `tokens.css` first, then the others by name.
fn stylesheet(style: &Path) -> Result<String, Trouble> {
    let mut paths = files(style)?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "css"));
    paths.sort_by_key(|path| (!path.ends_with("tokens.css"), path.clone()));
    let mut sheet = String::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| at(&path, &error))?;
        sheet.push_str(text.trim_end());
        sheet.push('\n');
    }
    Ok(sheet)
}

/// Compressed copies stand beside a file where they are worth it.
fn write_with_copies(root: &Path, part: &Part, size: Size) -> Result<String, Trouble> {
    let path = root.join(&part.path);
    let failed = |error| at(&path, &error);
    write(&path, &part.content)?;
    let mut line = format!(
        "{:<44} {:>9}",
        part.path.display(),
        kilobytes(part.content.len())
    );
    for (suffix, pressed) in [
        ("br", press::brotli(&part.content, size).map_err(failed)?),
        ("gz", press::gzip(&part.content, size).map_err(failed)?),
    ] {
        if press::pays(&part.content, &pressed) {
            write(&with_suffix(&path, suffix), &pressed)?;
            write!(line, ", {suffix} {:>9}", kilobytes(pressed.len()))
                .expect("a String takes everything");
        }
    }
    Ok(line)
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    fs::read(path).map_err(|error| at(path, &error))
}

fn write(path: &Path, content: &[u8]) -> Result<(), Trouble> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| at(folder, &error))?;
    }
    fs::write(path, content).map_err(|error| at(path, &error))
}

fn remove(folder: &Path) -> Result<(), Trouble> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| at(folder, &error))?;
    }
    Ok(())
}

fn at(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::failed(format!("{}: {error}", path.display()))
}
