//! Twilio's Voice SDK: fetched from npm, held against its hash, served from our own address with its licence.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::bundle::Part;
use crate::npm;
use crate::trouble::Trouble;

/// The release that our phone is written for; `xtask/voice-sdk/package.json` names the same.
const VERSION: &str = "2.18.5";

/// The SHA-256 of that release's `dist/twilio.min.js`. Look at what is new in a release before changing it.
const SHA256: &str = "35d3cb1b22e309f9884724a89250aecd2de4f1556ad7b67a7bc5e06c73dcb74a";

const SCRIPT: &str = "node_modules/@twilio/voice-sdk/dist/twilio.min.js";
const LICENCE: &str = "node_modules/@twilio/voice-sdk/LICENSE.md";

/// The script contains this package, too; the SDK's own licence file does not say so.
const LICENCE_OF_EVENTS: &str = "node_modules/events/LICENSE";

/// Sees that the release lies in `folder` and is the one we know; needs the network only where it does not.
pub(super) fn fetch(folder: &Path) -> Result<(), Trouble> {
    npm::install(folder)?;
    script(folder).map(drop)
}

/// What goes into the bundle from `folder`.
pub(super) fn files(folder: &Path) -> [PathBuf; 3] {
    [SCRIPT, LICENCE, LICENCE_OF_EVENTS].map(|file| folder.join(file))
}

/// The script under a name with its version, and all licences in one file.
pub(super) fn parts(folder: &Path) -> Result<[Part; 2], Trouble> {
    let own = read(&folder.join(LICENCE))?;
    let of_events = read(&folder.join(LICENCE_OF_EVENTS))?;
    let licences = [
        own.trim_ascii_end(),
        b"\n\nThe script also contains the package `events`, under this (MIT) licence:\n\n",
        of_events.trim_ascii(),
        b"\n",
    ];
    Ok([
        Part {
            path: PathBuf::from(format!("sdk/twilio-voice-{VERSION}.min.js")),
            content: script(folder)?,
        },
        Part {
            path: PathBuf::from("sdk/LICENSE.md"),
            content: licences.concat(),
        },
    ])
}

fn script(folder: &Path) -> Result<Vec<u8>, Trouble> {
    let path = folder.join(SCRIPT);
    let content = read(&path)?;
    let found = sha256(&content);
    if found == SHA256 {
        Ok(content)
    } else {
        Err(Trouble::failed(format!(
            "{}: its SHA-256 is {found}, not {SHA256}. It is not the file we know; remove {} and try \
             again, or find out who changed it",
            path.display(),
            folder.join("node_modules").display()
        )))
    }
}

fn sha256(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a String takes everything");
            text
        })
}

fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    fs::read(path).map_err(|error| Trouble::failed(format!("{}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    const PACKAGE: &str = include_str!("../../voice-sdk/package.json");
    const LOCK: &str = include_str!("../../voice-sdk/package-lock.json");

    #[test]
    fn package_and_lock_name_the_same_release() {
        let package: Value = serde_json::from_str(PACKAGE).unwrap();
        let lock: Value = serde_json::from_str(LOCK).unwrap();

        assert_eq!(package["dependencies"]["@twilio/voice-sdk"], VERSION);
        assert_eq!(
            lock["packages"]["node_modules/@twilio/voice-sdk"]["version"],
            VERSION
        );
    }

    #[test]
    fn the_lock_file_names_no_registry_and_the_hash_of_every_package() {
        let lock: Value = serde_json::from_str(LOCK).unwrap();
        let packages = lock["packages"].as_object().unwrap();

        for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
            assert!(package["resolved"].is_null(), "{name}");
            assert!(package["integrity"].is_string(), "{name}");
        }
        assert!(!LOCK.contains("://registry"));
    }

    #[test]
    fn a_script_that_we_do_not_know_stops_the_build() {
        let folder = std::env::temp_dir().join(format!("voice-sdk-{}", std::process::id()));
        for (file, content) in files(&folder)
            .iter()
            .zip(["evil()", "theirs\n\n", "\nMIT\n"])
        {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content).unwrap();
        }

        let refused = parts(&folder).err();

        fs::remove_dir_all(&folder).unwrap();
        assert!(matches!(refused, Some(Trouble::Failed(why)) if why.contains(SHA256)));
    }
}
