//! Finds a Chromium for the browser tests, and installs one where it may.

use std::env;
use std::path::PathBuf;

use crate::program;
use crate::trouble::Trouble;

/// Names the browser to the tests, and to us when somebody has chosen one.
pub(crate) const VARIABLE: &str = "CHROMIUM";

const NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

const MAC: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

pub(crate) fn ensure() -> Result<PathBuf, Trouble> {
    if let Some(chosen) = env::var_os(VARIABLE).map(PathBuf::from) {
        return if chosen.is_file() {
            Ok(chosen)
        } else {
            Err(Trouble::missing(format!(
                "{VARIABLE} names {}, which is no file",
                chosen.display()
            )))
        };
    }
    installed()
        .or_else(|| {
            program::apt_install("chromium").ok()?;
            installed()
        })
        .ok_or_else(|| {
            Trouble::missing("Chromium: install `chromium` with apt, dnf or brew, or set CHROMIUM")
        })
}

fn installed() -> Option<PathBuf> {
    NAMES
        .iter()
        .find_map(|name| program::find(name, &[]))
        .or_else(|| MAC.iter().map(PathBuf::from).find(|path| path.is_file()))
}
