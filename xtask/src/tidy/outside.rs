//! The part of deny.toml that needs no further program: licences, bans and sources.

use std::collections::BTreeMap;
use std::process::Command;

use super::metadata::Package;
use super::{Finding, Text};
use crate::program::{self, repository};
use crate::trouble::Trouble;

/// Packages that may stand in a build once only: they own something outside Rust.
const ONCE: [&str; 2] = ["libsqlite3-sys", "ring"];

pub(super) fn check(deny: &Text, packages: &[Package]) -> Vec<Finding> {
    let allowed = strings(&deny.content, "licenses", "allow");
    let banned = strings(&deny.content, "bans", "deny");
    let registries = strings(&deny.content, "sources", "allow-registry");
    let mut findings = Vec::new();
    let mut refuse = |package: &Package, why: String| {
        let what = format!("{} {}: {why}", package.name, package.version);
        findings.push(Finding::at("Cargo.lock", 0, what));
    };
    for package in packages {
        let licence = package.licence.as_deref().unwrap_or("none named");
        if !is_allowed(licence, &allowed) {
            refuse(
                package,
                format!("the licence `{licence}` is not one that deny.toml allows"),
            );
        }
        if banned.contains(&package.name) {
            refuse(package, "deny.toml bans it, and says why".to_owned());
        }
        if !registries
            .iter()
            .any(|registry| package.source.ends_with(registry.as_str()))
        {
            refuse(
                package,
                format!(
                    "comes from {}, which deny.toml does not list",
                    package.source
                ),
            );
        }
    }
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for package in packages {
        *count.entry(&package.name).or_default() += 1;
    }
    for name in ONCE {
        if count.get(name).is_some_and(|count| *count > 1) {
            findings.push(Finding::at(
                "Cargo.lock",
                0,
                format!("`{name}` twice: bring the versions together"),
            ));
        }
    }
    findings
}

/// cargo-deny also reads what xtask cannot; advisories need the network and are left to people.
pub(super) fn run_cargo_deny() -> Result<(), Trouble> {
    if program::find("cargo-deny", &[]).is_none() {
        println!(
            "    cargo-deny is not installed: licences, bans and sources are read here, advisories by nobody"
        );
        return Ok(());
    }
    program::run(
        Command::new("cargo-deny")
            .current_dir(repository())
            .args(["check", "bans", "licenses", "sources"]),
    )
}

/// The strings of one array in a TOML text laid out as ours: a table, a key, an entry a line or
/// all on one. In entries that are tables themselves the first string counts.
fn strings(toml: &str, table: &str, key: &str) -> Vec<String> {
    let heading = format!("[{table}]");
    let array = toml
        .lines()
        .skip_while(|line| line.trim() != heading)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .skip_while(|line| !is_key(line, key));
    let mut found = Vec::new();
    for line in array {
        let code = line
            .trim()
            .trim_start_matches(key)
            .trim_start_matches([' ', '=']);
        let code = if code.starts_with('#') { "" } else { code };
        let entries: Vec<&str> = code.split('"').skip(1).step_by(2).collect();
        let is_table = code.contains('{');
        found.extend(
            entries
                .iter()
                .take(if is_table { 1 } else { entries.len() })
                .map(|&entry| entry.to_owned()),
        );
        if code.trim_end().ends_with(']') {
            break;
        }
    }
    found
}

fn is_key(line: &str, key: &str) -> bool {
    line.trim()
        .strip_prefix(key)
        .is_some_and(|rest| rest.trim_start().starts_with('='))
}

/// Whether an SPDX expression can be met with the allowed licences. A slash is an old "or".
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any_of(&mut rest, allowed) && rest.is_empty()
}

fn any_of(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut met = all_of(words, allowed);
    while take(words, "OR") {
        met |= all_of(words, allowed);
    }
    met
}

fn all_of(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut met = one(words, allowed);
    while take(words, "AND") {
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut &[&str], allowed: &[String]) -> bool {
    if take(words, "(") {
        let met = any_of(words, allowed);
        return take(words, ")") && met;
    }
    let Some((licence, rest)) = words.split_first() else {
        return false;
    };
    *words = rest;
    if !take(words, "WITH") {
        return allowed.iter().any(|allowed| allowed == licence);
    }
    let Some((exception, rest)) = words.split_first() else {
        return false;
    };
    *words = rest;
    allowed.contains(&format!("{licence} WITH {exception}"))
}

fn take(words: &mut &[&str], word: &str) -> bool {
    match words.split_first() {
        Some((first, rest)) if *first == word => {
            *words = rest;
            true
        }
        Some(_) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DENY: &str = "[licenses]\n# Ours\nallow = [\n    \"MIT\", # short\n    \"Zlib\",\n]\n\n[bans]\ndeny = [\n    \
                        { crate = \"openssl\", reason = \"rustls is here\" },\n]\n\n[sources]\n\
                        allow-registry = [\"https://github.com/rust-lang/crates.io-index\"]\n";

    #[test]
    fn expressions_are_met_as_spdx_means_them() {
        let allowed = ["MIT", "Zlib"].map(str::to_owned);
        let cases = [
            ("MIT", true),
            ("Apache-2.0", false),
            ("Apache-2.0 OR MIT", true),
            ("Apache-2.0/MIT", true),
            ("MIT AND Apache-2.0", false),
            ("(Apache-2.0 OR MIT) AND Zlib", true),
            ("Apache-2.0 WITH LLVM-exception OR Zlib", true),
            ("MIT WITH LLVM-exception", false),
            ("(MIT", false),
            ("none named", false),
        ];

        for (expression, expected) in cases {
            assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
        }
    }

    #[test]
    fn the_lists_are_read_from_deny_toml() {
        assert_eq!(strings(DENY, "licenses", "allow"), ["MIT", "Zlib"]);
        assert_eq!(strings(DENY, "bans", "deny"), ["openssl"]);
        assert_eq!(strings(DENY, "sources", "allow-registry").len(), 1);
    }

    #[test]
    fn a_foreign_licence_a_ban_a_source_and_a_double_are_each_found() {
        let registry = "registry+https://github.com/rust-lang/crates.io-index";
        let packages = [
            package("fine", "MIT", registry),
            package("copyleft", "GPL-3.0-only", registry),
            package("openssl", "MIT", registry),
            package("forked", "MIT", "git+https://example.org/forked"),
            package("ring", "MIT", registry),
            package("ring", "MIT", registry),
        ];

        let findings = check(&deny(), &packages);

        assert_eq!(findings.len(), 4);
    }

    fn deny() -> Text {
        Text {
            path: "deny.toml".to_owned(),
            content: DENY.to_owned(),
        }
    }

    fn package(name: &str, licence: &str, source: &str) -> Package {
        Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: Some(licence.to_owned()),
            source: source.to_owned(),
        }
    }
}
