//! Every dependency of the world's says beside its line why it is here.

use super::{Finding, Text};

const TABLES: [&str; 1] = ["[workspace.dependencies]"];

pub(super) fn check(manifest: &Text) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut is_in_table = false;
    for (number, line) in manifest.content.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            is_in_table = TABLES.contains(&line);
            continue;
        }
        let is_dependency = is_in_table && !line.is_empty() && !line.starts_with('#');
        if is_dependency && !is_ours(line) && !has_comment(line) {
            findings.push(Finding::at(
                &manifest.path,
                number + 1,
                "say at the end of the line, after `#`, why this dependency is here",
            ));
        }
    }
    findings
}

fn is_ours(line: &str) -> bool {
    line.contains("path = ")
}

fn has_comment(line: &str) -> bool {
    line.split_once(" # ")
        .is_some_and(|(_, why)| !why.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_without_a_reason_is_found() {
        let manifest = Text {
            path: "Cargo.toml".to_owned(),
            content: "[workspace.dependencies]\napp = { path = \"app\" }\nserde = \"1\" # borders\nrand = \"0.9\"\n\
                      \n[profile.dev]\ndebug = 1\n"
                .to_owned(),
        };

        let findings = check(&manifest);

        assert_eq!(
            findings
                .iter()
                .map(|finding| finding.line)
                .collect::<Vec<_>>(),
            [4]
        );
    }
}
