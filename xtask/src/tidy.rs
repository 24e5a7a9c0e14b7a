//! The rules of the house that the compiler does not know, each as data and a small check.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::repository;
use crate::trouble::Trouble;

mod imports;
mod manifest;
mod metadata;
mod migrations;
mod outside;
mod places;
mod sources;
mod styles;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Writes the checksum of each migration that has none yet into migrations/SEALED
    #[arg(long)]
    seal: bool,
}

/// One breach of a rule: where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    file: String,
    /// From 1; 0 when the whole file is meant.
    line: usize,
    what: String,
}

impl Finding {
    fn at(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            what: what.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.what),
            line => write!(f, "{}:{line}: {}", self.file, self.what),
        }
    }
}

/// A text file of the repository under its path from the root, written with slashes.
struct Text {
    path: String,
    content: String,
}

pub(crate) fn tidy(arguments: &Arguments) -> Result<(), Trouble> {
    if arguments.seal {
        migrations::seal(&repository())?;
    }
    check()
}

/// Runs every check and prints all findings.
pub(crate) fn check() -> Result<(), Trouble> {
    let root = repository();
    let rust = texts(&root, "rs")?;
    let mut findings = Vec::new();
    for file in &rust {
        findings.extend(sources::check(file));
        findings.extend(places::check(file));
    }
    findings.extend(styles::check(&texts(&root, "css")?));
    findings.extend(imports::check(&metadata::members()?));
    findings.extend(manifest::check(&read(&root, "Cargo.toml")?));
    findings.extend(migrations::check(&root)?);
    findings.extend(outside::check(
        &read(&root, "deny.toml")?,
        &metadata::outside()?,
    ));
    outside::run_cargo_deny()?;

    findings.sort();
    for finding in &findings {
        println!("    {finding}");
    }
    match findings.len() {
        0 => Ok(()),
        1 => Err(Trouble::failed("one finding")),
        many => Err(Trouble::failed(format!("{many} findings"))),
    }
}

const NOT_OURS: [&str; 5] = ["target", "node_modules", ".git", "data", "shots"];

/// All files of ours with this extension, in order of their paths.
fn texts(root: &Path, extension: &str) -> Result<Vec<Text>, Trouble> {
    let mut texts = Vec::new();
    for path in walk(root)? {
        if path.extension().is_some_and(|found| found == extension) {
            let inside = path.strip_prefix(root).unwrap_or(&path);
            texts.push(read(root, &inside.to_string_lossy().replace('\\', "/"))?);
        }
    }
    Ok(texts)
}

fn walk(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let failed = |error| Trouble::failed(format!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_ours = path
            .file_name()
            .is_some_and(|name| !NOT_OURS.iter().any(|other| name == *other));
        if path.is_dir() && is_ours {
            found.extend(walk(&path)?);
        } else if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn read(root: &Path, path: &str) -> Result<Text, Trouble> {
    let content = fs::read_to_string(root.join(path))
        .map_err(|error| Trouble::failed(format!("{path}: {error}")))?;
    Ok(Text {
        path: path.to_owned(),
        content,
    })
}
