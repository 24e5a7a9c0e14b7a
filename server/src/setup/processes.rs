//! Which other servers work on the same SQLite file, as far as the system tells.

use std::path::Path;

/// How many other processes have the file open and serve; nothing where the system does not tell.
#[cfg(target_os = "linux")]
pub(super) fn serving(file: &Path) -> Option<usize> {
    let wanted = std::fs::canonicalize(file).ok()?;
    let own = std::process::id();
    let processes = std::fs::read_dir("/proc").ok()?.flatten();
    let serving = processes.filter(|entry| {
        let name = entry.file_name();
        let id = name.to_str().and_then(|name| name.parse::<u32>().ok());
        id.is_some_and(|id| id != own) && serves(&entry.path()) && holds(&entry.path(), &wanted)
    });
    Some(serving.count())
}

#[cfg(not(target_os = "linux"))]
pub(super) fn serving(_: &Path) -> Option<usize> {
    None
}

/// Whether the process was started to serve.
#[cfg(target_os = "linux")]
fn serves(process: &Path) -> bool {
    let line = std::fs::read(process.join("cmdline")).unwrap_or_default();
    line.split(|byte| *byte == 0).any(|word| word == b"serve")
}

/// Whether the process has the file open; what belongs to somebody else does not tell.
#[cfg(target_os = "linux")]
fn holds(process: &Path, wanted: &Path) -> bool {
    let Ok(open) = std::fs::read_dir(process.join("fd")) else {
        return false;
    };
    let mut files = open
        .flatten()
        .filter_map(|file| std::fs::read_link(file.path()).ok());
    files.any(|file| file == wanted)
}
