//! Puts together what the server serves: glue, wasm, one stylesheet, public files, sounds, the Voice SDK.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::names::{Hashes, hash};
use super::{Size, first_load, glue, press, sounds, voice_sdk};
use crate::trouble::Trouble;

/// Where the parts come from.
pub(super) struct Sources {
    pub(super) wasm: PathBuf,
    pub(super) style: PathBuf,
    pub(super) public: PathBuf,
    pub(super) voice_sdk: PathBuf,
}

/// The folder of the pages' own files.
pub(super) const PACKAGE: &str = "pkg";

/// A file of the site: its path under the root and its content.
pub(super) struct Part {
    pub(super) path: PathBuf,
    pub(super) content: Vec<u8>,
}

/// Writes the site beside its place and swaps it in, so that nothing of an earlier build stays.
/// Hands back a line for a reader for each file.
pub(super) fn make(sources: &Sources, size: Size, site: &Path) -> Result<Vec<String>, Trouble> {
    let glue = glue::make(&sources.wasm, size, &site.with_extension("split"))?;
    let css = stylesheet(&sources.style)?.into_bytes();
    let hashes = Hashes {
        build: glue.hash,
        css: hash(&css),
        chunks: glue.chunks,
    };
    let mut parts = glue.parts;
    parts.push(Part {
        path: Path::new(PACKAGE).join(hashes.css_name()),
        content: css,
    });
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
    let mut sizes = BTreeMap::new();
    for part in &parts {
        let written = write_with_copies(&fresh, part, size)?;
        sizes.insert(part.path.clone(), written.smallest);
        lines.push(written.line);
    }
    lines.extend(first_load::weigh(&hashes, &sizes, size)?);
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

/// A file that lies in its place.
struct Written {
    /// What a reader is told about it.
    line: String,
    /// How many bytes the smallest of its copies has.
    smallest: usize,
}

/// Compressed copies stand beside a file where they are worth it.
fn write_with_copies(root: &Path, part: &Part, size: Size) -> Result<Written, Trouble> {
    let path = root.join(&part.path);
    let failed = |error| at(&path, &error);
    write(&path, &part.content)?;
    let mut line = format!(
        "{:<44} {:>9}",
        part.path.display(),
        kilobytes(part.content.len())
    );
    let mut smallest = part.content.len();
    for (suffix, pressed) in [
        ("br", press::brotli(&part.content, size).map_err(failed)?),
        ("gz", press::gzip(&part.content, size).map_err(failed)?),
    ] {
        if press::pays(&part.content, &pressed) {
            write(&with_suffix(&path, suffix), &pressed)?;
            smallest = smallest.min(pressed.len());
            write!(line, ", {suffix} {:>9}", kilobytes(pressed.len()))
                .expect("a String takes everything");
        }
    }
    Ok(Written { line, smallest })
}

pub(super) fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    fs::read(path).map_err(|error| at(path, &error))
}

fn write(path: &Path, content: &[u8]) -> Result<(), Trouble> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| at(folder, &error))?;
    }
    fs::write(path, content).map_err(|error| at(path, &error))
}

pub(super) fn remove(folder: &Path) -> Result<(), Trouble> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| at(folder, &error))?;
    }
    Ok(())
}

pub(super) fn at(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::failed(format!("{}: {error}", path.display()))
}
