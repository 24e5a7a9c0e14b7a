//! Packages of npm that a lock file pins, installed where they are wanted.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{self, run};
use crate::trouble::Trouble;

/// Installs what the folder's lock file names, unless exactly that is installed already.
pub(crate) fn install(folder: &Path) -> Result<(), Trouble> {
    let at = |path: &Path, error| Trouble::failed(format!("{}: {error}", path.display()));
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).map_err(|error| at(&lock, error))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|before| before == wanted) {
        return Ok(());
    }
    ensure()?;
    run(Command::new("npm").current_dir(folder).args([
        "ci",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
    ]))?;
    fs::write(&installed, wanted).map_err(|error| at(&installed, error))
}

/// Sees that Node and npm are here.
pub(crate) fn ensure() -> Result<(), Trouble> {
    for name in ["node", "npm"] {
        program::find(name, &[]).ok_or_else(|| {
            Trouble::missing(format!("`{name}`: install Node 20.10 or later with npm"))
        })?;
    }
    Ok(())
}
