//! What holds for every Rust file: its first line, its length, its attributes.

use super::{Finding, Text};

/// Lines of code in one file, without blank lines and comments. Past this it is two things.
const CEILING: usize = 500;
const CEILING_OF_TESTS: usize = 700;

pub(super) fn check(file: &Text) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(opening(file));
    findings.extend(length(file));
    findings.extend(attributes(file));
    findings.extend(server_functions(file));
    findings
}

fn opening(file: &Text) -> Option<Finding> {
    let first = file.content.lines().next().unwrap_or_default();
    let says_something = first
        .strip_prefix("//!")
        .is_some_and(|rest| !rest.trim().is_empty());
    (!says_something).then(|| {
        Finding::at(
            &file.path,
            1,
            "open the file with `//!` and one sentence on what it is about",
        )
    })
}

fn length(file: &Text) -> Option<Finding> {
    let ceiling = if file.path.split('/').any(|part| part == "tests") {
        CEILING_OF_TESTS
    } else {
        CEILING
    };
    let lines = file.content.lines().filter(|line| is_code(line)).count();
    (lines > ceiling).then(|| {
        let what = format!(
            "{lines} lines of code, {ceiling} are the most: look for the second thing in it"
        );
        Finding::at(&file.path, 0, what)
    })
}

fn is_code(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with("//")
}

fn attributes(file: &Text) -> impl Iterator<Item = Finding> {
    file.content
        .lines()
        .enumerate()
        .filter_map(|(number, line)| {
            let line = line.trim_start();
            let attribute = line
                .strip_prefix("#![")
                .or_else(|| line.strip_prefix("#["))?;
            let what = if attribute.starts_with("ignore") {
                "a test that does not run is none: mend it or remove it"
            } else if attribute.starts_with("allow(")
                || (attribute.starts_with("cfg_attr(") && attribute.contains("allow("))
            {
                "write `expect(…, reason = \"…\")` in place of `allow`"
            } else {
                return None;
            };
            Some(Finding::at(&file.path, number + 1, what))
        })
}

/// The default address of a server function is hashed; tests and logs want one that can be read.
fn server_functions(file: &Text) -> impl Iterator<Item = Finding> {
    let text = &file.content;
    text.match_indices("#[server").filter_map(|(start, _)| {
        let begins_line = text[..start]
            .rsplit('\n')
            .next()
            .is_some_and(|before| before.trim().is_empty());
        let attribute = text[start..].split(")]").next().unwrap_or_default();
        // That of an argument is no server function's.
        let is_argument = attribute == "#[server(default";
        (begins_line && !is_argument && !attribute.contains("endpoint")).then(|| {
            let line = text[..start].matches('\n').count() + 1;
            Finding::at(
                &file.path,
                line,
                "name the address: `#[server(endpoint = \"…\")]`",
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_keeps_the_rules_has_no_findings() {
        let text = "//! Lines.\n\n#[expect(dead_code, reason = \"soon\")]\nfn f() {}\n\n\
                    #[server(endpoint = \"calls\")]\nasync fn calls(\n    #[server(default)] page: u32,\n) {}\n";

        assert_eq!(check(&file("app/src/lib.rs", text)), []);
    }

    #[test]
    fn each_breach_is_found_with_its_line() {
        let cases = [
            ("fn f() {}\n", 1),
            ("//!\n", 1),
            ("//! Lines.\n    #[ignore]\n", 2),
            ("//! Lines.\n#[ignore = \"slow\"]\n", 2),
            ("//! Lines.\n\n#![allow(dead_code)]\n", 3),
            ("//! Lines.\n#[cfg_attr(test, allow(dead_code))]\n", 2),
            ("//! Lines.\n#[server]\nasync fn f() {}\n", 2),
            (
                "//! Lines.\n\n#[server(\n    prefix = \"/api\",\n)]\nasync fn f() {}\n",
                3,
            ),
        ];

        for (text, line) in cases {
            let lines: Vec<usize> = check(&file("app/src/lib.rs", text))
                .iter()
                .map(|finding| finding.line)
                .collect();
            assert_eq!(lines, [line], "{text}");
        }
    }

    #[test]
    fn a_file_grows_to_the_ceiling_and_no_further() {
        let long = format!("//! Lines.\n{}", "let a = 1;\n\n// why\n".repeat(CEILING));
        let longer = format!("{long}let b = 2;\n");

        assert_eq!(check(&file("server/src/lib.rs", &long)), []);
        assert_eq!(check(&file("server/src/lib.rs", &longer)).len(), 1);
        assert_eq!(check(&file("server/tests/pages.rs", &longer)), []);
    }

    fn file(path: &str, content: &str) -> Text {
        Text {
            path: path.to_owned(),
            content: content.to_owned(),
        }
    }
}
